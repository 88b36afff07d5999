//! Quantity: the words around a number in running text, one file per language: scales, units, bounds, signs, bases, times.
//!
//! A pattern is one word or several: `млн` is that word, `процент*` any that begins so, `процентн* пункт*` two that follow
//! each other. A text may mix languages, so that all tables are looked at together.

pub(super) mod en;
pub(super) mod kk;
pub(super) mod plain;
pub(super) mod ru;

use super::Lang;
use super::lang::GRAMMARS;
use super::pattern::is_of;

/// How a number is bounded by the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// About it, on either side.
    About,
    /// A little below it.
    Almost,
    /// Above it.
    More,
    /// It or above.
    AtLeast,
    /// Below it.
    Less,
    /// It or below.
    AtMost,
}

/// Where a bound before a number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Right before it: «больше 5», while «больше на 5» is a difference.
    Direct,
    /// Also before a preposition: «почти на 5», «более чем в 2 раза».
    Through,
    /// Right before it, and only where nothing goes from one number to another: «до 5», while «вырос до 5» is exact.
    Toward,
}

/// Which ending the word before a bound must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Any.
    Any,
    /// That of what something is compared with: «5 пайыздан жоғары», while «5 пайызға жоғары» is a difference.
    From,
    /// That of a goal: «5 пайызға дейін»; exact where the sentence tells of a change: «5 пайызға дейін өсті».
    Toward,
}

/// Says whether a language bounds a number from behind, over its unit and noun: «5 мың адамнан астам».
pub fn bounds_follow(lang: Lang) -> bool {
    lang.grammar().quantity.bounds_follow
}

/// The words of one language.
pub struct Words {
    /// Scale words with how many thousands they multiply: 1 is a thousand.
    pub scales: &'static [(&'static str, u32)],
    /// Units behind a number with their names; a currency has its own.
    pub units: &'static [(&'static str, &'static str)],
    /// Signs of currencies before a number.
    pub currencies: &'static [(&'static str, &'static str)],
    /// Nouns that name persons: behind a scale word, also with an adjective before them.
    pub persons: &'static [&'static str],
    /// Endings of adjectives.
    pub adjectives: &'static [&'static str],
    /// Bounds before a number.
    pub before: &'static [(&'static str, Bound, Reach)],
    /// Bounds behind a number and its unit.
    pub behind: &'static [(&'static str, Bound, Ending)],
    /// Does a bound usually stand behind, over the unit and the noun?
    pub bounds_follow: bool,
    /// Nouns between a bound and its number: «превысило отметку 20».
    pub marks: &'static [&'static str],
    /// Prepositions between a bound and its number.
    pub prepositions: &'static [&'static str],
    /// Words that tell of a change: what «до» or «дейін» leads to is then no bound.
    pub changes: &'static [&'static str],
    /// Those of them that lead to what was reached and not to how much was added: «достигло 5 тыс.»
    pub reaches: &'static [&'static str],
    /// Words that make a difference of what stands before them: «на 1000 человек больше».
    pub comparatives: &'static [&'static str],
    /// Words that say of a quantity that it is the whole: «общая численность», "in total".
    pub altogether: &'static [&'static str],
    /// Words that hold a time or a value to an earlier one: «по сравнению с», "compared with".
    pub against: &'static [&'static str],
    /// Words of a sign below zero.
    pub minus: &'static [&'static str],
    /// Words behind which a dash on a number is its sign: a balance, a verb.
    pub balances: &'static [&'static str],
    /// Words before the base of a rate.
    pub bases: &'static [&'static str],
    /// Words before the base of a rate or before the size of a change.
    pub bases_or_changes: &'static [&'static str],
    /// Words before the one of a measure that is a base: «на 1 км²», per 1 hectare.
    pub ones_led: &'static [&'static str],
    /// Such measures, behind these words.
    pub ones: &'static [&'static str],
    /// Such measures whose own ending makes a base of them: «1 гектарға».
    pub ones_toward: &'static [&'static str],
    /// Words behind the base of a rate.
    pub bases_behind: &'static [&'static str],
    /// First words of the name of a row that is the sum of others.
    pub totals: &'static [&'static str],
    /// What heads a column that says what the numbers of a row count.
    pub indicators: &'static [&'static str],
    /// What says that a share is of a whole: «от общего числа», of all.
    pub wholes: &'static [&'static str],
    /// Lengths of time and ages.
    pub times: &'static [&'static str],
    /// Words for most of something.
    pub majority: &'static [&'static str],
    /// Words before an age.
    pub ages: &'static [&'static str],
    /// Words near a length of time that is a result: «средний возраст», «продолжительность».
    pub lasting: &'static [&'static str],
    /// What joins two numbers of one unit.
    pub joins: &'static [&'static str],
    /// What leads to the first of two numbers of one unit.
    pub leads: &'static [&'static str],
    /// What a change begins at: «с», from.
    pub from_words: &'static [&'static str],
    /// What a change ends at: «до», to.
    pub to_words: &'static [&'static str],
    /// What leads to a period and bounds time by it: «до 2024», «после 2024», «к 2024».
    pub beyond: &'static [&'static str],
    /// The same behind the period: «2024 жылға дейін».
    pub beyond_behind: &'static [&'static str],
    /// What says that the end of a period is meant.
    pub closing: &'static [&'static str],
    /// What makes another figure of a number than the one that a table holds: a part, a difference, a forecast.
    pub apart: &'static [&'static str],
    /// Words beside a number that make no other quantity of it: of being, of counting, of making, of kinds of places.
    pub neutral: &'static [&'static str],
    /// What puts one above or below all others: «крупнейший», least.
    pub extremes: &'static [&'static str],
    /// What says that something is so many times what it was: «вдвое», doubled.
    pub multiples: &'static [&'static str],
    /// What comes behind a comparison of two: «чем», than.
    pub than: &'static [&'static str],
    /// Places in an order behind a number: who rises there goes to a lower one.
    pub ranks: &'static [&'static str],
    /// What leads to the size of a change: «на», by.
    pub by: &'static [&'static str],
    /// What says that a number tells of the two before it: «то есть на», «рост».
    pub tells: &'static [&'static str],
    /// What turns from the numbers before: «а», but.
    pub turns: &'static [&'static str],
    /// What joins the last of several numbers.
    pub and: &'static [&'static str],
    /// What says that numbers are told of names, each of the one at its place.
    pub in_order: &'static [&'static str],
    /// What leads from a whole to its parts: «в том числе».
    pub openings: &'static [&'static str],
    /// Endings that a number in digits takes as a word of its own.
    pub cases: &'static [&'static str],
    /// Those of them that say «from».
    pub from: &'static [&'static str],
    /// Endings that make an ordinal of a number in digits.
    pub ordinals: &'static [&'static str],
}

/// Lists one column of all tables.
pub fn all<T: 'static>(column: impl Fn(&'static Words) -> &'static [T]) -> impl Iterator<Item = &'static T> {
    GRAMMARS.iter().flat_map(move |grammar| column(grammar.quantity).iter())
}

/// Says whether a word is in a column of any table.
pub fn is_in(word: &str, column: impl Fn(&'static Words) -> &'static [&'static str]) -> bool {
    all(column).any(|own| *own == word)
}

/// Says whether a word is in a column of any table, where a star stands for any ending.
pub fn is_in_stems(word: &str, column: impl Fn(&'static Words) -> &'static [&'static str]) -> bool {
    all(column).any(|own| is_of(word, own))
}

/// Says whether a word of a text belongs to a number or says nothing of what it counts: a preposition, a bound, a scale, a
/// unit, a verb of change or of being.
pub fn is_neutral(word: &str) -> bool {
    let fits = |pattern: &str| is_of(word, pattern);
    let in_pattern = |pattern: &str| pattern.split(' ').any(|part| part != "*" && fits(part));
    let stems: [fn(&'static Words) -> &'static [&'static str]; 12] = [
        |words| words.neutral,
        |words| words.against,
        |words| words.changes,
        |words| words.prepositions,
        |words| words.joins,
        |words| words.leads,
        |words| words.from_words,
        |words| words.to_words,
        |words| words.by,
        |words| words.and,
        |words| words.in_order,
        |words| words.cases,
    ];
    stems.into_iter().any(|column| is_in_stems(word, column))
        || all(|words| words.scales).any(|(pattern, _)| fits(pattern))
        || all(|words| words.units).any(|(pattern, _)| in_pattern(pattern))
        || all(|words| words.before).any(|(pattern, ..)| in_pattern(pattern))
        || all(|words| words.behind).any(|(pattern, ..)| in_pattern(pattern))
}

/// Says whether a text names thousands.
pub fn names_thousands(text: &str) -> bool {
    let stems = all(|words| words.scales).filter(|(_, thousands)| *thousands == 1);
    // One letter stands in any text.
    stems.map(|(pattern, _)| pattern.trim_end_matches('*')).any(|stem| stem.chars().count() > 1 && text.contains(stem))
}
