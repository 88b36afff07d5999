//! Unit: how captions and headings name what numbers count, and which words of an author name it too.

use std::borrow::Cow;

use super::suffix_kk::write_inflected;
use super::{Case, Lang, Language, LanguageError, NBSP, NumberForm, Scale, Suffix, noun_ru};
use crate::finding::{Decimal, Unit, UnitName};

/// The words of a unit that a study declares, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitWords {
    /// What axes and headings print; in prose too where there is no noun: `руб.`, `BYN`.
    pub label: String,
    /// The noun that prose counts, in its dictionary form.
    pub noun: Option<String>,
    /// What prose says before the number: `айына`.
    pub before: String,
    /// What prose says behind the noun: `в месяц`.
    pub after: String,
}

/// Words that make a unit, and words that only stand beside one.
type Words = (&'static [&'static str], &'static [&'static str]);

const RU: Words = (
    &["чел", "человек", "человека", "тенге", "мрп", "%", "‰", "п", "процентов", "процентах", "проценты", "промилле"],
    &["тыс", "тысяч", "тысячах", "млн", "миллионов", "млрд", "миллиардов", "в", "и", "год", "месяц"],
);
const KK: Words = (
    &["адам", "кісі", "теңге", "аек", "%", "‰", "п", "пайыз", "пайызбен", "промилле"],
    &["мың", "млн", "миллион", "млрд", "миллиард", "және", "мен", "т", "айына", "жылына"],
);
const EN: Words = (
    &["persons", "people", "tenge", "mci", "%", "‰", "p", "percent", "percentage"],
    &["thousand", "million", "billion", "and", "per", "cent", "year", "month", "points", "in"],
);

impl Language {
    /// Returns the label of a unit for axes: `тыс. чел.`.
    pub fn unit(&self, unit: Unit, scale: Scale) -> String {
        let Unit::Own(name) = unit else { return (self.lang.grammar().unit)(self, unit, scale) };
        let scale = (self.lang.grammar().scale)(self, scale);
        [scale, self.label(name)].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("\u{a0}")
    }

    /// Returns the label of a unit of the study: what it gives, or else its noun as it stands behind many.
    fn label(&self, name: UnitName) -> String {
        let Some(words) = self.own.unit(name) else { return name.as_str().to_owned() };
        if !words.label.is_empty() {
            return words.label.clone();
        }
        let noun = words.noun.as_deref().unwrap_or_default();
        let many = match self.lang {
            Lang::Ru => {
                let own = self.own.russian.iter().find(|known| known.lemma() == noun);
                own.or_else(|| noun_ru::find(noun)).map(|known| known.many(Case::Gen))
            }
            Lang::En => super::en::many(self, noun).map(str::to_owned),
            Lang::Kk | Lang::Other(_) => None,
        };
        let parts = [words.before.clone(), many.unwrap_or_else(|| noun.to_owned()), words.after.clone()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\u{a0}")
    }

    /// Returns a form that counts the noun of a unit of the study, where it has one.
    pub(super) fn counted<'a>(&self, form: &'a NumberForm) -> Cow<'a, NumberForm> {
        let noun = if let Suffix::Own(name) = form.suffix { self.own.unit(name) } else { None };
        match noun.and_then(|words| words.noun.clone()) {
            Some(noun) => Cow::Owned(NumberForm { suffix: Suffix::Noun(noun), ..form.clone() }),
            None => Cow::Borrowed(form),
        }
    }

    /// Writes a number in a unit of the study: with its noun, which agrees, or with its label, which does not.
    pub(super) fn say_own(
        &self,
        out: &mut String,
        value: &Decimal,
        form: &NumberForm,
        case: Case,
        name: UnitName,
    ) -> Result<(), LanguageError> {
        let none = UnitWords { label: name.as_str().to_owned(), ..UnitWords::default() };
        let words = self.own.unit(name).unwrap_or(&none);
        if !words.before.is_empty() {
            out.push_str(&words.before);
            out.push(NBSP);
        }
        let say = self.lang.grammar().say;
        if words.noun.is_some() {
            say(self, out, value, &self.counted(form), case)?;
        } else {
            let is_word = words.label.chars().all(char::is_alphabetic) && super::is_cyrillic(&words.label);
            if self.lang == Lang::Kk && case != Case::Nom && !is_word {
                let message = format!("`{}` takes no ending, because nothing says how it is read", words.label);
                let hint = format!("give its noun in study.yaml: units: {{{}: {{kk: {{noun: …}}}}}}", name.as_str());
                return Err(LanguageError::new("unit-case", message, &hint));
            }
            say(self, out, value, &NumberForm { suffix: Suffix::Bare, ..form.clone() }, Case::Nom)?;
            out.push(NBSP);
            match self.lang {
                Lang::Kk => write_inflected(out, &words.label, case),
                _ => out.push_str(&words.label),
            }
        }
        if !words.after.is_empty() {
            out.push(NBSP);
            out.push_str(&words.after);
        }
        Ok(())
    }

    /// Returns the unit as a heading of a table names it; empty where the heading says itself what is counted.
    pub fn unit_in_head(&self, unit: Unit, scale: Scale) -> String {
        match unit {
            Unit::Count | Unit::Year | Unit::None => String::new(),
            // The base of an index is one hundred.
            Unit::Index => self.unit(Unit::Percent, scale),
            Unit::Persons
            | Unit::PersonsPerYear
            | Unit::Percent
            | Unit::PercentagePoints
            | Unit::PerMille
            | Unit::PerMillePoints
            | Unit::Times
            | Unit::TengePerMonth
            | Unit::ThousandTenge
            | Unit::CalculationIndices
            | Unit::Own(_) => self.unit(unit, scale),
        }
    }

    /// Returns the unit as a caption spells it out: `тыс. человек`.
    pub fn unit_in_caption(&self, unit: Unit, scale: Scale) -> String {
        // Of all units only this one has an abbreviation that no caption prints.
        self.unit_in_head(unit, scale).replace("чел.", "человек")
    }

    /// Finds the unit that a title or heading ends in behind a comma or in brackets.
    pub fn typed_unit<'a>(&self, text: &'a str) -> Option<&'a str> {
        let (units, beside) = match self.lang {
            Lang::Ru => RU,
            Lang::Kk => KK,
            Lang::En => EN,
            Lang::Other(_) => return None,
        };
        let (_, last) = text.rsplit_once([',', '('])?;
        let last = last.trim().trim_end_matches(')');
        if self.own.labels().any(|label| label == last) {
            return Some(last);
        }
        let words: Vec<String> =
            last.split([' ', '\u{a0}', '.']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        let known = |word: &String| units.contains(&word.as_str()) || beside.contains(&word.as_str());
        let named = words.iter().any(|word| units.contains(&word.as_str()));
        (named && words.iter().all(known)).then_some(last)
    }
}
