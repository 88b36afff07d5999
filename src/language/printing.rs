//! Printing: numbers with their words and units, and intervals of two, as a language says them.

use super::error::not_in_words;
use super::grammar::BelowZero;
use super::number;
use super::spoken;
use super::{Case, Language, LanguageError, NBSP, NumberForm, Phrase, Piece, Role, Scale, Suffix};
use crate::finding::{Amount, Class, Decimal, Reason};

impl Language {
    /// Writes a rounded number with its groups and its sign.
    pub fn digits(&self, value: &Decimal, plus: bool) -> String {
        let mut out = String::with_capacity(24);
        self.write_digits(&mut out, value, plus);
        out
    }

    /// Rounds a value and writes it bare, for tables and charts.
    pub fn number(&self, value: &Amount, decimals: usize) -> String {
        self.digits(&number::rounded(value, decimals, Scale::One), false)
    }

    /// Rounds a value of a class and writes it bare: a balance with a plus sign where the style asks for one.
    pub fn number_of(&self, value: &Amount, class: Class, decimals: usize) -> String {
        self.digits(&number::rounded(value, decimals, Scale::One), self.plus_for(class))
    }

    /// Returns true where positive values of a class have a plus sign.
    pub fn plus_for(&self, class: Class) -> bool {
        self.style.signed_plus && class == Class::Signed
    }

    /// Returns what is printed in place of a missing value.
    pub fn missing(&self, reason: Reason) -> &str {
        let own = match reason.sign() {
            "…" => &self.style.missing[0],
            "х" => &self.style.missing[2],
            _ => &self.style.missing[1],
        };
        if own.is_empty() { reason.sign() } else { own }
    }

    /// Rounds a value and writes it with its scale word and unit.
    ///
    /// In Kazakh the case is an ending on the last thing written; in Russian it inflects the noun.
    pub fn print(&self, value: &Amount, form: &NumberForm, case: Option<Case>) -> Result<String, LanguageError> {
        let decimals = if form.suffix == Suffix::Year { 0 } else { form.decimals };
        self.print_decimal(number::rounded(value, decimals, form.scale), form, case)
    }

    /// Writes a literal such as `5.80` with its scale word and unit, keeping every digit of it.
    ///
    /// The digits are what is printed: the scale adds only its word, and the decimals of the form do not matter.
    pub fn print_literal(&self, text: &str, form: &NumberForm, case: Option<Case>) -> Result<String, LanguageError> {
        let value = number::literal(text).ok_or_else(|| {
            LanguageError::new("not-a-number", format!("`{text}` is not a number"), "write it plainly: \"-1234.50\"")
        })?;
        self.print_decimal(value, form, case)
    }

    /// Reads a number as this language prints it; any kind of minus sign and of space is accepted.
    pub fn read(&self, text: &str) -> Option<Decimal> {
        number::read(text, self.style.decimal_mark, (self.lang.grammar().group_mark)(&self.style))
    }

    /// Says whether a text is in some notation the number that this language prints as another.
    pub fn is_notation_of(&self, text: &str, own: &str) -> bool {
        let right = self.read(own).map(|own| own.to_amount());
        let mut marks = [(',', '.'), ('.', ',')].into_iter();
        right.is_some()
            && marks.any(|(mark, group)| number::grouped(text, mark, group).map(|own| own.to_amount()) == right)
    }

    /// Writes an interval of two values: `1,5–3,2%`.
    pub fn range(&self, from: &Amount, to: &Amount, form: &NumberForm) -> Result<String, LanguageError> {
        let pieces = self.range_in(from, to, form, None)?;
        Ok(pieces
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(text) | Piece::Number { text, .. } => text,
            })
            .collect())
    }

    /// Says an interval in a case, its two numbers told apart; years are followed by their word.
    pub fn range_in(
        &self,
        from: &Amount,
        to: &Amount,
        form: &NumberForm,
        case: Option<Case>,
    ) -> Result<Phrase, LanguageError> {
        // Digits and words would stand side by side, «3–пять», where one of the two is small.
        let form = &NumberForm { words: form.words.or(Some(false)), ..form.clone() };
        let ends = [from, to].map(|value| number::rounded(value, form.decimals, form.scale));
        let years = form.suffix == Suffix::Year;
        // What both ends are counted in, and what it bears, stands behind the second.
        let bare = NumberForm { suffix: Suffix::Bare, scale: Scale::One, possessive: false, ..form.clone() };
        let first = if years { form } else { &bare };
        let negative = !form.absolute && ends.iter().any(|end| end.negative);
        if !negative && !form.absolute && from.minus(to).signum() > 0 {
            let [from, to] = ends.map(|end| self.digits(&end, false));
            let message = format!("{from} does not stand before {to}");
            return Err(LanguageError::new("interval", message, "give the smaller number first"));
        }
        let [from, to] = ends;
        let [before, between] = (self.lang.grammar().range)(negative);
        // «от … до …» governs the genitive, and nothing else.
        let own = if negative && !years { self.lang.grammar().below_zero } else { BelowZero::Alike };
        let governed = match (own, case) {
            (BelowZero::Governed(own), None) => Some(own),
            (BelowZero::Governed(own), Some(other)) if own != other => {
                let message =
                    format!("an interval below zero is said with «от … до …», which takes no case `{}`", other.name());
                return Err(LanguageError::new(
                    "interval-with-case",
                    message,
                    "drop the case, or print it with `absolute`",
                ));
            }
            (_, case) => case,
        };
        self.checked(case)?;
        // «−66 850-ден −39 344 адамға дейін»: beside a minus sign Kazakh says an interval with endings.
        if let (BelowZero::Endings(of_first, of_last, behind), None) = (own, case) {
            return Ok(vec![
                Piece::Number { role: Role::From, text: self.print_decimal(from, first, Some(of_first))? },
                Piece::Text(" ".to_owned()),
                Piece::Number { role: Role::To, text: self.print_decimal(to, form, Some(of_last))? },
                Piece::Text(behind.to_owned()),
            ]);
        }
        let from = self.print_decimal(from, first, None)?;
        let to = self.print_decimal(to, form, if years { None } else { governed })?;
        let mut phrase = vec![
            Piece::Text(before.to_owned()),
            Piece::Number { role: Role::From, text: from },
            Piece::Text(between.to_owned()),
            Piece::Number { role: Role::To, text: to },
        ];
        if years {
            phrase.push(Piece::Text((self.lang.grammar().years)(case).into_owned()));
        }
        Ok(phrase)
    }

    pub(super) fn print_decimal(
        &self,
        value: Decimal,
        form: &NumberForm,
        case: Option<Case>,
    ) -> Result<String, LanguageError> {
        let mut out = String::with_capacity(48);
        let value = Decimal { negative: value.negative && !form.absolute, ..value };
        self.say(&mut out, &value, form, self.checked(case)?)?;
        Ok(out)
    }

    /// Writes a number that is rounded and scaled already.
    pub(super) fn say(
        &self,
        out: &mut String,
        value: &Decimal,
        form: &NumberForm,
        case: Case,
    ) -> Result<(), LanguageError> {
        if form.scale != Scale::One && !form.suffix.takes_scale() {
            let message = format!("a scale word cannot stand before {:?}", form.suffix);
            return Err(LanguageError::new("scale-without-noun", message, "drop the scale"));
        }
        let grammar = self.lang.grammar();
        if form.possessive && !grammar.possessive {
            return Err(LanguageError::no_possessive(self.lang.code()));
        }
        if form.suffix == Suffix::Year {
            if form.possessive || form.collective || form.words == Some(true) {
                let message = "a year is written in digits and bears no ending".to_owned();
                return Err(LanguageError::new("year-with-case", message, "inflect the word for year behind it"));
            }
            return write_year(out, value, case);
        }
        let words = self.is_in_words(value, form)?;
        if let Suffix::Own(name) = form.suffix {
            return self.say_own(out, value, &NumberForm { words: Some(words), ..form.clone() }, case, name);
        }
        (grammar.say)(self, out, value, &NumberForm { words: Some(words), ..form.clone() }, case)
    }

    /// Says whether a number is written in words: where that is asked for, or by the style where it counts a noun.
    pub(super) fn is_in_words(&self, value: &Decimal, form: &NumberForm) -> Result<bool, LanguageError> {
        let small = number::small(value).filter(|_| form.scale == Scale::One && !form.plus);
        let counts = matches!(form.suffix, Suffix::Bare | Suffix::Noun(_) | Suffix::Persons);
        match (form.words, small) {
            (Some(true), Some(..=spoken::MOST)) if counts => Ok(true),
            (Some(true), Some(..=spoken::MOST)) => {
                let message = "a number before a unit is written in digits".to_owned();
                Err(LanguageError::new("unit-with-words", message, "drop `words`"))
            }
            (Some(true), _) => Err(not_in_words(&self.digits(value, false))),
            (None, Some(number)) => {
                let noun = if let Suffix::Noun(noun) = &form.suffix { noun.as_str() } else { return Ok(false) };
                Ok((1..=self.style.words_up_to.min(spoken::MOST)).contains(&number)
                    && !self.lang.grammar().unit_nouns.contains(&noun))
            }
            (Some(false) | None, _) => Ok(false),
        }
    }

    pub(super) fn write_digits(&self, out: &mut String, value: &Decimal, plus: bool) {
        number::write(out, value, plus, &self.style, (self.lang.grammar().group_mark)(&self.style));
    }

    /// Writes a sign of per cent or per mille as the style spaces it.
    pub(super) fn write_sign(&self, out: &mut String, sign: char) {
        if self.style.percent_space {
            out.push(NBSP);
        }
        out.push(sign);
    }
}

fn write_year(out: &mut String, value: &Decimal, case: Case) -> Result<(), LanguageError> {
    if case != Case::Nom {
        let message = "a year in digits takes no case".to_owned();
        return Err(LanguageError::new(
            "year-with-case",
            message,
            "drop the case and inflect the word for year behind it",
        ));
    }
    if value.negative {
        out.push(number::MINUS);
    }
    out.push_str(&value.whole);
    Ok(())
}
