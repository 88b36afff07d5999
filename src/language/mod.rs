//! Language: numbers, plurals, cases, dates, names and strings of one language.
//!
//! One file per language holds everything that is said in it; this file holds what a caller asks for.

pub mod aside;
mod beside;
mod change;
mod dates;
mod en;
mod error;
mod form;
mod grammar;
mod hunspell;
mod kk;
mod lang;
mod legend;
mod letter;
mod loose;
mod noun_kk;
mod noun_ru;
mod number;
mod numerals;
mod own;
mod owned_kk;
mod pattern;
mod plain;
mod printing;
pub mod proof;
pub mod quantity;
mod region;
mod romanised;
mod scales;
mod ru;
mod same;
mod sense;
mod spelled;
mod spelling;
mod spoken;
mod stem_kk;
mod suffix_kk;
mod syllables;
pub mod texts;
mod time;
mod vocabulary;
mod western;
#[cfg(test)]
mod tests;
mod unit;
mod worded;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;

pub use beside::{Beside, beside_year};
pub use change::{Balance, ChangeKind, ChangeSpec, Gender, Phrase, Piece, Role};
pub use error::LanguageError;
pub use form::{NumberForm, Scale, Suffix};
pub use lang::Lang;
pub use legend::mark_explained;
pub use letter::{is_letter, small};
pub use loose::loose;
pub use noun_ru::NounSpec;
pub use number::Style;
pub use own::{InPhrase, OwnWords};
pub use pattern::is_of;
pub use romanised::{identifier, is_cyrillic, romanised, unaccented};
pub use same::same_noun;
pub use scales::{Factor, counts_persons, is_power, names_unit, scale_noted, scale_of_column, scale_said};
pub use sense::{Sense, plain};
pub use spelled::{Says, Spelled, is_scale, measure, spelled};
pub use syllables::softened;
pub use time::DateForm;
pub use unit::UnitWords;
pub use vocabulary::{Unknown, Vocabulary};
pub use western::western;
pub use worded::{part, worded};
pub use written::{PERIOD_FORMS, names_half, names_year_end, period, period_said};

use crate::finding::{Amount, Code};
use change::Turn;
use error::{not_in_words, refuse_empty};
use grammar::{BelowZero, Grammar, Nouns, month_of, no_ordinal_of_parts};

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

    /// Makes a language that knows no study: the program's own texts and style, no names.
    pub fn own(lang: Lang) -> Language {
        Language::new(lang, Style::of(lang), BTreeMap::new(), BTreeMap::new())
    }

    /// Returns which language it is.
    pub fn lang(&self) -> Lang {
        self.lang
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
        let own = self.lang.grammar().and;
        // What joins one item with nothing need not be known.
        let and = if own.is_empty() && items.len() > 1 { self.said("and") } else { own };
        region::joined(and, items)
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

    /// Lists the words that were asked for since this was called last and are not there.
    pub fn lacked(&self) -> Vec<String> {
        std::mem::take(&mut *self.lacking.lock().unwrap_or_else(PoisonError::into_inner)).into_iter().collect()
    }

    /// Returns a word where the language has it; that it has not is no fault.
    pub fn optional_word(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str).or_else(|| texts::own(self.lang.code(), key))
    }

    /// Returns a text; a mark where it is lacking, which is an error by then.
    pub fn said(&self, key: &str) -> &str {
        self.word(key).unwrap_or("…")
    }

    /// Returns a text with a dagger where no editor has confirmed it yet.
    pub fn said_with_doubt(&self, key: &str) -> String {
        let mark = if texts::doubt(self.lang.code(), key).is_some() { "\u{a0}†" } else { "" };
        format!("{}{mark}", self.said(key))
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

/// Returns true for a text that begins with the word for year, with which a number before it stays on one line.
pub fn begins_with_year_word(text: &str) -> bool {
    Lang::ALL.iter().flat_map(|lang| lang.grammar().year_words).any(|word| text.starts_with(word))
}

/// Lists the small letters that the texts of reports are written in.
pub fn letters() -> impl Iterator<Item = char> {
    let all: BTreeSet<char> = Lang::ALL.into_iter().flat_map(|lang| lang.grammar().letters.chars()).collect();
    all.into_iter()
}
