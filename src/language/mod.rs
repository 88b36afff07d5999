//! Language: numbers, plurals, cases, dates, names and strings of one language.
//!
//! One file per language holds everything that is said in it; this file holds what a caller asks for.

mod change;
mod en;
mod error;
mod form;
mod hunspell;
mod kk;
mod lang;
mod noun_ru;
mod number;
mod numerals;
mod own;
mod plain;
pub mod proof;
pub mod quantity;
mod region;
mod romanised;
mod ru;
mod same;
mod sense;
mod spelled;
mod spoken;
mod stem_kk;
mod suffix_kk;
mod syllables;
pub mod texts;
mod time;
mod vocabulary;
#[cfg(test)]
mod tests;
mod unit;
mod written;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Deserialize;

pub use change::{Balance, ChangeKind, ChangeSpec, Gender, Phrase, Piece, Role};
pub use error::LanguageError;
pub use form::{NumberForm, Scale, Suffix};
pub use lang::Lang;
pub use noun_ru::NounSpec;
pub use number::Style;
pub use numerals::{names_unit, scale_said};
pub use own::{InPhrase, OwnWords};
pub use romanised::{identifier, is_cyrillic, romanised};
pub use same::same_noun;
pub use sense::{Sense, plain};
pub use spelled::{Says, Spelled, is_scale, measure, spelled};
pub use syllables::softened;
pub use time::DateForm;
pub use unit::UnitWords;
pub use vocabulary::{Unknown, Vocabulary};
pub use written::{PERIOD_FORMS, period};

use crate::finding::{Amount, Class, Code, Decimal, Period, Reason, Unit};
use change::Turn;
use error::{not_in_words, refuse_empty};

/// The space that no line may break at.
const NBSP: char = '\u{a0}';

/// A grammatical case. Each language has some of them and refuses the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// Nominative: the form of dictionaries.
    Nom,
    /// Genitive.
    Gen,
    /// Dative.
    Dat,
    /// Accusative.
    Acc,
    /// Locative (Kazakh).
    Loc,
    /// Ablative (Kazakh).
    Abl,
    /// Instrumental.
    Ins,
    /// Prepositional (Russian).
    Prep,
}

/// The names of a territory in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The full name in the nominative.
    pub name: String,
    /// The form of tables and figures.
    pub table: String,
    /// What it is ordered by, where that is not the form of tables: `Абай` of `область Абай`.
    pub sort: Option<String>,
    /// The full name in other cases: all of them in Russian, exceptions in Kazakh.
    pub cases: BTreeMap<Case, String>,
    /// The same names in another form that the list gives under a word of its own: `short`, `former`.
    pub forms: BTreeMap<String, Names>,
}

/// The number of an exhibit: in the text, or in the appendix that its first letter names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExhibitNumber {
    /// `2`.
    Own(usize),
    /// `А.2`.
    Appendix(usize),
}

impl From<usize> for ExhibitNumber {
    fn from(number: usize) -> ExhibitNumber {
        ExhibitNumber::Own(number)
    }
}

/// What an exhibit is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExhibitKind {
    /// A figure.
    Figure,
    /// A table.
    Table,
}

/// One language with its style, its words and the names of the territories.
///
/// Whatever it returns has no plain space between a number and its unit, no ASCII minus and no signed zero.
#[derive(Debug)]
pub struct Language {
    lang: Lang,
    style: Style,
    words: BTreeMap<String, String>,
    /// Words that were asked for and are not there.
    lacking: Mutex<BTreeSet<String>>,
    territories: BTreeMap<Code, Names>,
    own: OwnWords,
    vocabulary: Option<Arc<Vocabulary>>,
}

/// Writes an ordinal: its number, its noun, its case, and whether in words.
type Ordinal = fn(&Language, usize, Option<&str>, Case, bool) -> Result<String, LanguageError>;

/// Writes the first of two periods, what stands between them, and the last.
type Periods = fn([Period; 2], DateForm, Case) -> Result<[String; 3], LanguageError>;

/// What a file of a language provides.
struct Grammar {
    code: &'static str,
    /// The letter of the first appendix.
    appendix: char,
    cases: &'static [Case],
    /// Whether a number can bear the possessive of what it is a part of.
    possessive: bool,
    and: &'static str,
    /// Nouns that are units, before which prose keeps its digits.
    unit_nouns: &'static [&'static str],
    /// Says that no alternative of a sentence is true.
    untold: &'static str,
    outer_quotes: [&'static str; 2],
    inner_quotes: [&'static str; 2],
    heads: &'static [region::Head],
    /// Writes digits, scale word and unit in a case that the language has.
    say: fn(&Language, &mut String, &Decimal, &NumberForm, Case) -> Result<(), LanguageError>,
    name: for<'a> fn(&'a Names, Case) -> Result<Cow<'a, str>, LanguageError>,
    unit: fn(&Language, Unit, Scale) -> String,
    /// The scale word of labels; empty for one.
    scale: fn(&Language, Scale) -> String,
    /// What stands before and between the ends of an interval, one of which may be below zero.
    range: fn(bool) -> [&'static str; 2],
    /// How the ends of an interval are said where one is below zero.
    below_zero: BelowZero,
    /// What stands between groups of three digits.
    group_mark: fn(&Style) -> char,
    /// Words for year, with which a number before them stays on one line.
    year_words: &'static [&'static str],
    /// The small letters of its alphabet.
    letters: &'static str,
    /// Writes a number of several parts before its noun.
    numbered: fn(&Language, &str, Option<&str>, Case) -> Result<String, LanguageError>,
    /// Finds the endings typed behind digits that do not fit how these are read.
    misfits: fn(&str) -> Vec<Misfit>,
    /// What stands behind an interval of years: an abbreviation, or the word in a case.
    years: fn(Option<Case>) -> Cow<'static, str>,
    /// Writes an ordinal in digits or in words, with the noun that it belongs to.
    ordinal: Ordinal,
    /// Writes the past tense of a verb as it agrees with a number that was rounded already.
    past: fn(&Language, &str, &Decimal, &NumberForm) -> Result<String, LanguageError>,
    /// Writes a noun or a phrase that ends in one otherwise than in the nominative singular.
    phrase: fn(&Language, &str, InPhrase) -> Result<String, LanguageError>,
    /// Writes an interval of periods of one kind, the first before the second.
    periods: Periods,
    /// Writes a half of a year.
    half_year: fn(u8, Case) -> String,
    /// Writes one quarter, or several of one year.
    quarters: fn(&[u8], Case) -> String,
    /// A quarter beside its year, in as few letters as can be.
    quarter: fn(u8) -> String,
    /// What stands before and behind quarters of a year.
    of_year: fn(i32) -> [String; 2],
    /// What stands before and behind a month's short name.
    of_year_short: fn(i32) -> [String; 2],
    period: fn(Period) -> String,
    date: fn(Period, DateForm, Case) -> Result<String, LanguageError>,
    /// Names months whose numbers are sound.
    months: fn(&Language, &[u8], Case) -> String,
    /// Names one month in a case that the language has.
    month: fn(u8, Case) -> Cow<'static, str>,
    /// Words that say which way an order, a sign or a change points, parted by spaces; a star stands for any ending.
    senses: &'static [(Sense, &'static str)],
    exhibit: fn(&Language, ExhibitKind, &str, Case) -> String,
    caption: fn(&Language, ExhibitKind, &str) -> String,
    change: fn(&Language, &ChangeSpec, &Turn) -> Result<Phrase, LanguageError>,
    written: written::Written,
}

/// An ending that does not fit its number: where it stands, the whole of it, and how it is right where that is known.
type Misfit = (Range<usize>, String, Option<String>);

/// How the ends of an interval are said where one is below zero.
#[derive(Clone, Copy)]
enum BelowZero {
    /// As others are.
    Alike,
    /// With words that govern this case and take no other: «от … до …».
    Governed(Case),
    /// With endings of these cases where no case is asked for, and a word behind.
    Endings(Case, Case, &'static str),
}

impl Case {
    /// Every case with its short name.
    const NAMES: [(Case, &'static str); 8] = [
        (Case::Nom, "nom"),
        (Case::Gen, "gen"),
        (Case::Dat, "dat"),
        (Case::Acc, "acc"),
        (Case::Loc, "loc"),
        (Case::Abl, "abl"),
        (Case::Ins, "ins"),
        (Case::Prep, "prep"),
    ];

    /// Finds a case by its short name: `gen`.
    pub fn parse(name: &str) -> Option<Case> {
        Case::NAMES.into_iter().find(|(_, known)| *known == name).map(|(case, _)| case)
    }

    /// Returns the short name.
    pub fn name(self) -> &'static str {
        Case::NAMES[self as usize].1
    }
}

impl ExhibitKind {
    /// Returns the kind's word out of a figure's and a table's.
    fn choose<T>(self, figure: T, table: T) -> T {
        match self {
            ExhibitKind::Figure => figure,
            ExhibitKind::Table => table,
        }
    }
}

impl Language {
    /// Makes a language out of its style, its strings and the names of the territories in it.
    pub fn new(
        lang: Lang,
        style: Style,
        words: BTreeMap<String, String>,
        territories: BTreeMap<Code, Names>,
    ) -> Language {
        let (lacking, own) = (Mutex::default(), OwnWords::default());
        Language { lang, style, words, lacking, territories, own, vocabulary: None }
    }

    /// Adds words to those of the program and of the study: a list, one a line, and a dictionary of Hunspell with its affixes.
    pub fn with_words(mut self, list: &str, dictionaries: &[(&str, &str)]) -> Language {
        let mut known = Vocabulary::of(self.lang);
        let names = self.territories.values().flat_map(|own| std::iter::once(own).chain(own.forms.values()));
        for names in names {
            let all = [&names.name, &names.table].into_iter().chain(names.cases.values());
            all.flat_map(|name| name.split([' ', NBSP, '(', ')', ','])).for_each(|word| known.add(word));
        }
        self.own.forms().iter().for_each(|form| known.add(form));
        known.add_list(list);
        for (words, affixes) in dictionaries {
            known.add_dictionary(words, affixes);
        }
        self.vocabulary = Some(Arc::new(known));
        self
    }

    /// Returns the words that are known.
    fn vocabulary(&self) -> &Vocabulary {
        static OWN: [OnceLock<Vocabulary>; 2] = [OnceLock::new(), OnceLock::new()];
        static NONE: OnceLock<Vocabulary> = OnceLock::new();
        let own = match self.lang {
            Lang::Ru => &OWN[0],
            Lang::Kk => &OWN[1],
            Lang::En | Lang::Other(_) => &NONE,
        };
        self.vocabulary.as_deref().unwrap_or_else(|| own.get_or_init(|| Vocabulary::of(self.lang)))
    }

    /// Returns true where a dictionary tells every word of the language.
    pub fn has_dictionary(&self) -> bool {
        self.vocabulary().is_whole()
    }

    /// Makes a language that knows no study: the program's own texts, no names.
    pub fn own(lang: Lang) -> Language {
        Language::new(lang, Style::default(), BTreeMap::new(), BTreeMap::new())
    }

    /// Returns which language it is.
    pub fn lang(&self) -> Lang {
        self.lang
    }

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
        let ends = [from, to].map(|value| number::rounded(value, form.decimals, form.scale));
        let years = form.suffix == Suffix::Year;
        let bare = NumberForm { suffix: Suffix::Bare, scale: Scale::One, ..form.clone() };
        let first = if years { form } else { &bare };
        let negative = !form.absolute && ends.iter().any(|end| end.negative);
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

    /// Returns the full names of territories as a list in a case, with a common last word merged into one plural.
    pub fn regions(&self, codes: &[Code], case: Option<Case>) -> Result<String, LanguageError> {
        self.regions_as(codes, None, case)
    }

    /// Returns the names of territories in the form that the list has under a word: `short`, `former`.
    pub fn regions_as(&self, codes: &[Code], form: Option<&str>, case: Option<Case>) -> Result<String, LanguageError> {
        let case = self.checked(case)?;
        refuse_empty(codes)?;
        let named = |code| -> Result<&Names, LanguageError> {
            let names = self.names(code)?;
            let Some(form) = form else { return Ok(names) };
            names.forms.get(form).ok_or_else(|| {
                let known = names.forms.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
                let message =
                    format!("the territory {code} has no names `{form}` in the language `{}`", self.lang.code());
                let hint = if known.is_empty() {
                    "give them under `forms` of the list of territories".to_owned()
                } else {
                    format!("it has: {known}")
                };
                LanguageError::new("unnamed-territory", message, &hint)
            })
        };
        let names = codes.iter().map(named).collect::<Result<Vec<_>, _>>()?;
        Ok(self.list(&region::merged(self.lang.grammar(), &names, case)?))
    }

    /// Returns the name of a territory as tables and figures print it; the code itself where it has none.
    pub fn territory(&self, code: &Code) -> String {
        self.names(code).map_or_else(|_| code.as_str().to_owned(), |names| names.table.clone())
    }

    /// Returns what a territory is ordered by, where that is not its name in tables.
    pub fn order_of(&self, code: &Code) -> Option<String> {
        self.names(code).ok()?.sort.clone()
    }

    /// Writes a noun, or a phrase that ends in one, as it stands in a sentence.
    pub fn phrase(&self, text: &str, plural: bool, owned: bool, case: Option<Case>) -> Result<String, LanguageError> {
        match (self.checked(case)?, plural, owned) {
            (Case::Nom, false, false) => Ok(text.to_owned()),
            (case, plural, owned) => (self.lang.grammar().phrase)(self, text, InPhrase { case, plural, owned }),
        }
    }

    /// Writes an ordinal in digits with its noun, `3-е место`, `4-кесте`, or in words: «третье место».
    pub fn ordinal(
        &self,
        number: usize,
        noun: Option<&str>,
        case: Option<Case>,
        words: bool,
    ) -> Result<String, LanguageError> {
        if words && !(1..=spoken::MOST).contains(&number) {
            return Err(not_in_words(&number.to_string()));
        }
        (self.lang.grammar().ordinal)(self, number, noun, self.checked(case)?, words)
    }

    /// Writes a number of several parts before its noun: `2.2-кесте`.
    pub fn numbered(&self, label: &str, noun: Option<&str>, case: Option<Case>) -> Result<String, LanguageError> {
        (self.lang.grammar().numbered)(self, label, noun, self.checked(case)?)
    }

    /// Writes the past tense of a verb as it agrees with a number: переехал, переехала, переехало, переехали.
    ///
    /// After 1, 21, 31 … the verb is singular in the gender of what is counted; after 2 to 4, 22 to 24 … it is plural;
    /// after all others, after scale words and fractions it is singular and neuter. The Kazakh verb does not agree.
    pub fn past(&self, value: &Amount, form: &NumberForm, verb: &str) -> Result<String, LanguageError> {
        let value = number::rounded(value, form.decimals, form.scale);
        (self.lang.grammar().past)(self, verb, &value, &self.counted(form))
    }

    /// Joins items: `A, B и C`.
    pub fn list(&self, items: &[String]) -> String {
        region::joined(self.lang.grammar(), items)
    }

    /// Refers to an exhibit in running text: `таблице 2`, `3-суретте`.
    pub fn exhibit_ref(
        &self,
        kind: ExhibitKind,
        number: impl Into<ExhibitNumber>,
        case: Option<Case>,
    ) -> Result<String, LanguageError> {
        Ok((self.lang.grammar().exhibit)(self, kind, &self.exhibit_number(number.into()), self.checked(case)?))
    }

    fn exhibit_number(&self, number: ExhibitNumber) -> String {
        match number {
            ExhibitNumber::Own(number) => number.to_string(),
            ExhibitNumber::Appendix(number) => format!("{}.{number}", self.lang.grammar().appendix),
        }
    }

    /// Returns the label that opens a caption: `Таблица 1`, `1-кесте`.
    pub fn caption_label(&self, kind: ExhibitKind, number: impl Into<ExhibitNumber>) -> String {
        (self.lang.grammar().caption)(self, kind, &self.exhibit_number(number.into()))
    }

    /// Says how a value changed: a verb with the difference, or for a balance a clause of its own.
    pub fn change(&self, from: &Amount, to: &Amount, spec: &ChangeSpec) -> Result<Phrase, LanguageError> {
        (self.lang.grammar().change)(self, spec, &Turn::of(from, to, spec))
    }

    /// Returns a text: the study's where it has one of its own, or else the program's.
    pub fn word(&self, key: &str) -> Option<&str> {
        let word = self.optional_word(key);
        if word.is_none() {
            self.lacking.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned());
        }
        word
    }

    /// Lists the words that were asked for and are not there.
    pub fn lacking(&self) -> Vec<String> {
        self.lacking.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Returns a word where the language has it; that it has not is no fault.
    pub fn optional_word(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str).or_else(|| texts::own(self.lang.code(), key))
    }

    /// Returns a text; an empty one where it is lacking, which is an error by then.
    pub fn said(&self, key: &str) -> &str {
        self.word(key).unwrap_or_default()
    }

    /// Returns the name of a member of a category: the word under `category-` and the member, or else the member itself.
    pub fn member(&self, member: &str) -> String {
        let word = self.optional_word(&format!("category-{member}")).or_else(|| self.optional_word(member));
        word.map_or_else(|| member.to_owned(), str::to_owned)
    }

    /// Says on the page that no alternative of a sentence is true.
    pub fn untold(&self) -> &'static str {
        self.lang.grammar().untold
    }

    /// Puts a text into quotation marks; those inside it become the inner ones.
    pub fn quote(&self, text: &str) -> String {
        let grammar = self.lang.grammar();
        let ([open, close], [inner_open, inner_close]) = (grammar.outer_quotes, grammar.inner_quotes);
        [open, &text.replace(open, inner_open).replace(close, inner_close), close].concat()
    }

    /// Returns the numbers of a text whose typed ending does not fit how the number is read.
    pub fn misfit_endings(&self, text: &str) -> Vec<String> {
        (self.lang.grammar().misfits)(text).into_iter().map(|(_, wrong, _)| wrong).collect()
    }

    fn print_decimal(&self, value: Decimal, form: &NumberForm, case: Option<Case>) -> Result<String, LanguageError> {
        let mut out = String::with_capacity(48);
        let value = Decimal { negative: value.negative && !form.absolute, ..value };
        self.say(&mut out, &value, form, self.checked(case)?)?;
        Ok(out)
    }

    /// Writes a number that is rounded and scaled already.
    fn say(&self, out: &mut String, value: &Decimal, form: &NumberForm, case: Case) -> Result<(), LanguageError> {
        if form.scale != Scale::One && !form.suffix.takes_scale() {
            let message = format!("a scale word cannot stand before {:?}", form.suffix);
            return Err(LanguageError::new("scale-without-noun", message, "drop the scale"));
        }
        let grammar = self.lang.grammar();
        if form.possessive && !grammar.possessive {
            return Err(LanguageError::no_possessive(grammar.code));
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
    fn is_in_words(&self, value: &Decimal, form: &NumberForm) -> Result<bool, LanguageError> {
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

    fn write_digits(&self, out: &mut String, value: &Decimal, plus: bool) {
        number::write(out, value, plus, &self.style, (self.lang.grammar().group_mark)(&self.style));
    }

    /// Writes a sign of per cent or per mille as the style spaces it.
    fn write_sign(&self, out: &mut String, sign: char) {
        if self.style.percent_space {
            out.push(NBSP);
        }
        out.push(sign);
    }

    fn names(&self, code: &Code) -> Result<&Names, LanguageError> {
        self.territories.get(code).or_else(|| self.territories.get(&code.plain())).ok_or_else(|| {
            let message = format!("the territory {code} has no name in the language `{}`", self.lang.code());
            LanguageError::new("unnamed-territory", message, "name it in the list of territories")
        })
    }

    fn checked(&self, case: Option<Case>) -> Result<Case, LanguageError> {
        let case = case.unwrap_or(Case::Nom);
        let grammar = self.lang.grammar();
        if grammar.cases.contains(&case) {
            return Ok(case);
        }
        let known = grammar.cases.iter().map(|case| case.name()).collect::<Vec<_>>().join(", ");
        let message = format!("the language `{}` has no case `{}`", self.lang.code(), case.name());
        Err(LanguageError::new("unknown-case", message, &format!("its cases are {known}")))
    }
}

/// Says that a number of several parts makes no ordinal.
fn no_ordinal_of_parts(label: &str) -> LanguageError {
    let message = format!("`{label}` has several parts and makes no ordinal here");
    LanguageError::new("ordinal-of-parts", message, "write the noun first, then the number")
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

/// Returns true for a text that begins with the word for year, with which a number before it stays on one line.
pub fn begins_with_year_word(text: &str) -> bool {
    Lang::ALL.iter().flat_map(|lang| lang.grammar().year_words).any(|word| text.starts_with(word))
}

/// Lists the small letters that the texts of reports are written in.
pub fn letters() -> impl Iterator<Item = char> {
    let all: BTreeSet<char> = Lang::ALL.into_iter().flat_map(|lang| lang.grammar().letters.chars()).collect();
    all.into_iter()
}

/// Returns the word of a month out of twelve.
fn month_of(table: &'static [&'static str; 12], month: u8) -> &'static str {
    table[usize::from(month.clamp(1, 12)) - 1]
}
