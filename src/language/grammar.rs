//! Grammar: what a file of a language provides: the one trait of all languages, as a struct of functions that lies in a static.

use std::borrow::Cow;
use std::ops::Range;

use super::aside::Asides;
use super::change::Turn;
use super::numerals::Numerals;
use super::proof::Rules;
use super::quantity::Words;
use super::region::Head;
use super::spelling::Spelling;
use super::written::Written;
use super::{Case, ChangeSpec, DateForm, ExhibitKind, InPhrase, Language, LanguageError};
use super::{Lang, Names, NounSpec, NumberForm, OwnWords, Phrase, Scale, Sense, Style, UnitWords};
use crate::finding::{Decimal, Period, Unit, UnitName};

/// Writes an ordinal: its number, its noun, its case, and whether in words.
pub(super) type Ordinal = fn(&Language, usize, Option<&str>, Case, bool) -> Result<String, LanguageError>;

/// Writes the first of two periods, what stands between them, and the last.
pub(super) type Periods = fn([Period; 2], DateForm, Case) -> Result<[String; 3], LanguageError>;

/// What a file of a language provides.
pub(super) struct Grammar {
    pub(super) code: &'static str,
    /// The letter of the first appendix.
    pub(super) appendix: char,
    pub(super) cases: &'static [Case],
    /// Whether a number can bear the possessive of what it is a part of.
    pub(super) possessive: bool,
    pub(super) and: &'static str,
    /// Nouns that are units, before which prose keeps its digits.
    pub(super) unit_nouns: &'static [&'static str],
    /// Says that no alternative of a sentence is true.
    pub(super) untold: &'static str,
    pub(super) outer_quotes: [&'static str; 2],
    pub(super) inner_quotes: [&'static str; 2],
    pub(super) heads: &'static [Head],
    /// Writes digits, scale word and unit in a case that the language has.
    pub(super) say: fn(&Language, &mut String, &Decimal, &NumberForm, Case) -> Result<(), LanguageError>,
    pub(super) name: for<'a> fn(&'a Names, Case) -> Result<Cow<'a, str>, LanguageError>,
    pub(super) unit: fn(&Language, Unit, Scale) -> String,
    /// The scale word of labels; empty for one.
    pub(super) scale: fn(&Language, Scale) -> String,
    /// What stands before and between the ends of an interval, one of which may be below zero.
    pub(super) range: fn(bool) -> [&'static str; 2],
    /// How the ends of an interval are said where one is below zero.
    pub(super) below_zero: BelowZero,
    /// What stands between groups of three digits.
    pub(super) group_mark: fn(&Style) -> char,
    /// Words for year, with which a number before them stays on one line.
    pub(super) year_words: &'static [&'static str],
    /// The small letters of its alphabet.
    pub(super) letters: &'static str,
    /// Writes a number of several parts before its noun.
    pub(super) numbered: fn(&Language, &str, Option<&str>, Case) -> Result<String, LanguageError>,
    /// Finds the endings typed behind digits that do not fit how these are read.
    pub(super) misfits: fn(&str) -> Vec<Misfit>,
    /// What stands behind an interval of years: an abbreviation, or the word in a case.
    pub(super) years: fn(Option<Case>) -> Cow<'static, str>,
    /// Writes an ordinal in digits or in words, with the noun that it belongs to.
    pub(super) ordinal: Ordinal,
    /// Writes the past tense of a verb as it agrees with a number that was rounded already.
    pub(super) past: fn(&Language, &str, &Decimal, &NumberForm) -> Result<String, LanguageError>,
    /// What to do about a verb whose past tense is not known.
    pub(super) verb_hint: &'static str,
    /// How many forms the past tense of a verb has.
    pub(super) past_forms: usize,
    pub(super) nouns: Nouns,
    /// Writes the label of a unit of a study in a case.
    pub(super) own_label: fn(&mut String, &UnitWords, UnitName, Case) -> Result<(), LanguageError>,
    /// Words that make a unit in a title, and words that only stand beside one.
    pub(super) typed_units: (&'static [&'static str], &'static [&'static str]),
    /// Abbreviations of units that captions spell out.
    pub(super) spelled_out: &'static [(&'static str, &'static str)],
    pub(super) numerals: &'static Numerals,
    pub(super) asides: &'static Asides,
    pub(super) quantity: &'static Words,
    pub(super) proof: &'static Rules,
    pub(super) spelling: &'static Spelling,
    /// Puts soft hyphens between the syllables of a text, where browsers and readers know no patterns of the language.
    pub(super) softened: fn(&str) -> String,
    /// The usual look of its numbers.
    pub(super) style: fn() -> Style,
    /// Writes a noun or a phrase that ends in one otherwise than in the nominative singular.
    pub(super) phrase: fn(&Language, &str, InPhrase) -> Result<String, LanguageError>,
    /// Writes an interval of periods of one kind, the first before the second.
    pub(super) periods: Periods,
    /// Writes a half of a year.
    pub(super) half_year: fn(u8, Case) -> String,
    /// Writes one quarter, or several of one year.
    pub(super) quarters: fn(&[u8], Case) -> String,
    /// A quarter beside its year, in as few letters as can be.
    pub(super) quarter: fn(u8) -> String,
    /// What stands before and behind quarters of a year.
    pub(super) of_year: fn(i32) -> [String; 2],
    /// What stands before and behind a month's short name.
    pub(super) of_year_short: fn(i32) -> [String; 2],
    pub(super) period: fn(Period) -> String,
    pub(super) date: fn(Period, DateForm, Case) -> Result<String, LanguageError>,
    /// Names months whose numbers are sound.
    pub(super) months: fn(&Language, &[u8], Case) -> String,
    /// Names one month in a case that the language has.
    pub(super) month: fn(u8, Case) -> Cow<'static, str>,
    /// Words that say which way an order, a sign or a change points, parted by spaces; a star stands for any ending.
    pub(super) senses: &'static [(Sense, &'static str)],
    /// What makes another word of a name, an adjective or a noun of people: `Туркестан`, `туркестанский`.
    pub(super) derivations: &'static [&'static str],
    /// The endings of adjectives.
    pub(super) adjectives: &'static [&'static str],
    pub(super) exhibit: fn(&Language, ExhibitKind, &str, Case) -> String,
    pub(super) caption: fn(&Language, ExhibitKind, &str) -> String,
    pub(super) change: fn(&Language, &ChangeSpec, &Turn) -> Result<Phrase, LanguageError>,
    pub(super) written: Written,
}

/// The nouns of a language: those of the program, and those that a study declares.
pub(super) struct Nouns {
    /// Takes in a noun of a study, or says why it cannot.
    pub(super) declare: fn(&mut OwnWords, &NounSpec, Lang) -> Result<(), LanguageError>,
    /// Lists all that can be counted, those of the study among them.
    pub(super) known: fn(&OwnWords) -> Vec<String>,
    /// How a noun stands behind many, where that is another form.
    pub(super) many: fn(&Language, &str) -> Option<String>,
}

/// An ending that does not fit its number: where it stands, the whole of it, and how it is right where that is known.
pub(super) type Misfit = (Range<usize>, String, Option<String>);

/// How the ends of an interval are said where one is below zero.
#[derive(Clone, Copy)]
pub(super) enum BelowZero {
    /// As others are.
    Alike,
    /// With words that govern this case and take no other: «от … до …».
    Governed(Case),
    /// With endings of these cases where no case is asked for, and a word behind.
    Endings(Case, Case, &'static str),
}

/// Says that a number of several parts makes no ordinal.
pub(super) fn no_ordinal_of_parts(label: &str) -> LanguageError {
    let message = format!("`{label}` has several parts and makes no ordinal here");
    LanguageError::new("ordinal-of-parts", message, "write the noun first, then the number")
}

/// Returns the word of a month out of twelve.
pub(super) fn month_of(table: &'static [&'static str; 12], month: u8) -> &'static str {
    table[usize::from(month.clamp(1, 12)) - 1]
}
