//! Rules: what a language says to its proof-reader. Each language has its own in one file beside.

use std::ops::Range;

use super::Finding;
use crate::language::{Language, NBSP};

/// Words of a text with their bytes.
pub(super) type Words<'a> = [(Range<usize>, &'a str)];

/// A number as a text prints it, with what stands behind it.
#[derive(Clone, Debug)]
pub(super) struct Figure<'a> {
    /// The bytes of its digits, with a minus.
    pub(super) span: Range<usize>,
    pub(super) value: f64,
    /// How many thousands its scale word multiplies.
    pub(super) scale: Option<u32>,
    /// Its unit or what it counts; empty where another word stands behind.
    pub(super) unit: &'a str,
    /// What a hyphen joins to its digits.
    pub(super) joined: &'a str,
    /// Where its unit ends.
    pub(super) end: usize,
}

/// Finds two values of a text among its numbers, the former first, by the word that says which way it went or which is more.
pub(super) type Pair = fn(&Language, &str, &[Figure], &Range<usize>) -> Option<(usize, usize)>;

/// A sentence that may be of another language.
pub(super) struct Sentence<'a> {
    /// Its words in small letters.
    pub(super) words: Vec<&'a str>,
    /// How many are of Latin letters alone.
    pub(super) latin: usize,
}

/// What a word behind a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Scale,
    Persons,
    Percent,
    PerMille,
    Money,
    Year,
}

impl Measure {
    /// Says whether it is a unit, which no other may follow.
    pub(super) fn is_unit(self) -> bool {
        !matches!(self, Measure::Scale | Measure::Year)
    }
}

/// Says of a year, by what stands before and behind it, that something is said to have been then, and in which month.
pub(super) type When = for<'a> fn(&'a str, &'a str) -> Option<Option<&'a str>>;

/// A year in digits.
pub(super) struct Year {
    pub(super) span: Range<usize>,
    pub(super) value: u32,
}

/// What stands around two years.
pub(super) struct Span<'a> {
    pub(super) before: &'a str,
    /// The words between them.
    pub(super) between: Vec<&'a str>,
    pub(super) behind: &'a str,
}

/// What a language says to its proof-reader; a language without rules has empty lists.
pub(in crate::language) struct Rules {
    /// Says whether a letter may be one of another script.
    pub(super) is_strange: fn(char) -> bool,
    /// Says whether a letter is one of the alphabet, so that a dictionary tells its words.
    pub(super) is_own: fn(char) -> bool,
    /// Letters of another script that are taken for words of this one.
    pub(super) lone: &'static [&'static str],
    /// Names the language that a sentence is in, where that is another one.
    pub(super) other: fn(&Sentence) -> Option<&'static str>,
    /// Says whether a short text that another language has too was left over from it.
    pub(super) is_left_over: fn(&str, &str) -> bool,
    /// Units before which no line breaks.
    pub(super) units: &'static [&'static str],
    /// Labels behind which no line breaks.
    pub(super) labels: &'static [&'static str],
    /// How the second word of percentage points begins: «п. п.».
    pub(super) points: &'static [&'static str],
    /// What the words behind a number say, as they begin: those that end in a star stand for any ending, the others alone or
    /// with a stop.
    pub(super) measures: &'static [(Measure, &'static str)],
    /// Whether quotation marks are « and », and a dash stands between spaces.
    pub(super) guillemets: bool,
    /// Verbs that say up, and verbs that say down, as they begin.
    pub(super) directions: [&'static [&'static str]; 2],
    /// Words that say more and less of what a number before them is the change.
    pub(super) comparatives: [&'static [&'static str]; 2],
    /// Words for growth, of which one below zero is none.
    pub(super) growth: &'static [&'static str],
    /// Abbreviations that take no full stop.
    pub(super) stopless: &'static [&'static str],
    /// Abbreviations that take a full stop.
    pub(super) stopped: &'static [&'static str],
    /// The vowels, in which no abbreviation ends; none where sentences are not read.
    pub(super) vowels: &'static str,
    /// How nouns of what no name is end.
    pub(super) abstracts: &'static [&'static str],
    /// The days of the week, as they begin, where they are written small.
    pub(super) weekdays: &'static [&'static str],
    /// Returns the name that a word in small letters is, where it is one.
    pub(super) is_name: fn(&str) -> Option<String>,
    /// What a Roman number stands before, as it begins.
    pub(super) century: &'static [&'static str],
    /// Words that begin a clause which says once more what the one before it said: «то есть».
    pub(super) again: &'static [&'static str],
    /// Words of a clause in which less is more, as they begin.
    pub(super) losses: &'static [&'static str],
    /// Says whether what follows such a verb is a change below zero: «вырос на −5».
    pub(super) is_below: fn(&str) -> bool,
    /// Words for the largest and the smallest, one or two each; a star stands for any ending here and below.
    pub(super) superlatives: [&'static [&'static str]; 2],
    /// What the phrases among them end in that say how much: «больше всего».
    pub(super) adverbs: &'static [&'static str],
    /// Words before the time in which something was.
    pub(super) leads: &'static [&'static str],
    /// Words beside which such a word says less: "most of", "at least".
    pub(super) vague: &'static [&'static str],
    /// Words for above and below zero.
    pub(super) signs: [&'static [&'static str]; 2],
    /// Words for gains and losses.
    pub(super) gains: [&'static [&'static str]; 2],
    /// Nouns for what comes and what goes, which a balance is one of.
    pub(super) flows: [&'static [&'static str]; 2],
    /// Words for a balance and for nothing else.
    pub(super) balances: &'static [&'static str],
    /// Phrases for a mean, a median and a total.
    pub(super) means: &'static [&'static str],
    pub(super) medians: &'static [&'static str],
    pub(super) totals: &'static [&'static str],
    /// Phrases for a total at the head of a sentence.
    pub(super) heads: &'static [&'static str],
    /// Phrases for an order from the largest, and from the smallest.
    pub(super) orders: [&'static [&'static str]; 2],
    /// Words before, or behind, what something is compared with.
    pub(super) than: &'static [&'static str],
    /// Phrases for the same time as before.
    pub(super) then: &'static [&'static str],
    /// Phrases for the first time of a series, and for the last.
    pub(super) edges: [&'static [&'static str]; 2],
    /// Words that place one time against another.
    pub(super) relative: &'static [&'static str],
    /// Phrases for none of many.
    pub(super) none: &'static [&'static str],
    /// Words by which a sentence only asks, or speaks of what may be.
    pub(super) whether: &'static [&'static str],
    /// What stands between a number and the name of where it was, and between a name and its number.
    pub(super) beside: [&'static [&'static str]; 2],
    /// Says whether a year is when something was.
    pub(super) is_when: When,
    /// Words behind a year of which something is: «2022 жылғы».
    pub(super) of_year: &'static [&'static str],
    /// Words for a quarter of a year.
    pub(super) quarters: &'static [&'static str],
    /// Words that call a result significant.
    pub(super) significant: &'static [&'static str],
    /// Words for the latter of two.
    pub(super) latter: &'static [&'static str],
    /// Words for moneys.
    pub(super) currencies: &'static [&'static str],
    /// Signs of units, which bear their endings behind a hyphen.
    pub(super) signs_of_units: &'static [&'static str],
    /// Endings that are typed behind a hyphen.
    pub(super) endings: &'static [&'static str],
    /// Endings of where, whence and whither, which names bear more often than other words at the head of a sentence.
    pub(super) places: &'static [&'static str],
    /// Verbs that say which way a pace or a price went, as they begin: of values printed beside them.
    pub(super) paces: [&'static [&'static str]; 2],
    /// Nouns for a change, as they begin, where no verb says which way it went.
    pub(super) turns: [&'static [&'static str]; 2],
    /// Words behind a number that are no unit of it.
    pub(super) links: &'static [&'static str],
    /// Words that begin a clause whose verb stands in the one before: «составив».
    pub(super) goes_on: &'static [&'static str],
    /// Endings of a verb at the end of a clause that the next one goes on from: «азайып, …».
    pub(super) converbs: &'static [&'static str],
    /// Finds the two ends of a change that a clause prints.
    pub(super) ends: Pair,
    /// Finds the two values of which a comparative says which is more, what it is said of first.
    pub(super) compared: Pair,
    /// Words that say that a balance is below zero, as they begin.
    pub(super) negative: &'static [&'static str],
    /// Words for a balance.
    pub(super) balance: &'static [&'static str],
    /// Verbs by which a balance is said to grow or fall, as they begin, and whether one agrees with it.
    pub(super) grows: (&'static [&'static str], fn(&str) -> bool),
    /// Whether such a verb stands behind the balance alone.
    pub(super) verb_last: bool,
    /// Says whether a word is a share.
    pub(super) is_share: fn(&str) -> bool,
    /// Words that say that a share changes, as they begin.
    pub(super) changes: &'static [&'static str],
    /// Says whether a number of per cent is what something changes by: what stands before it, behind its sign, and whether
    /// the word of the change stands behind.
    pub(super) is_by: fn(&str, &str, bool) -> bool,
    /// Says whether two years are the ends of a range.
    pub(super) is_range: fn(&Span) -> bool,
    /// Reads what stands around a year: the text, the year that a dash joins to it, and the year.
    pub(super) year: fn(&str, Option<&Year>, &Year, &mut Vec<Finding>),
    /// Reads whatever else: agreement, government, endings.
    pub(super) read: fn(&Language, &str, &Words, &mut Vec<Finding>),
}

impl Span<'_> {
    /// Says whether one of these words stands before the first year.
    pub(super) fn is_led(&self, by: &[&str]) -> bool {
        let word = self.before.trim_end_matches([' ', NBSP]).rsplit([' ', NBSP, '\n', '(']).next();
        word.is_some_and(|word| by.contains(&word.to_lowercase().as_str()))
    }
}
