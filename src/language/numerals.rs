//! Numerals: the words of numbers and of what they count; each language has its own in one file beside, `spelled` reads them.

pub(super) mod en;
pub(super) mod kk;
pub(super) mod plain;
pub(super) mod ru;

use super::lang::GRAMMARS;

/// What a language says numbers with.
pub(super) struct Numerals {
    /// Cardinals: the value, and the forms of all cases and genders.
    pub(super) cardinals: &'static [(u32, &'static str)],
    /// Words that are a part of one where a scale word, a unit or what is counted follows.
    pub(super) fractions: &'static [&'static str],
    /// Words that are one and a part: «полтора».
    pub(super) over_one: &'static [&'static str],
    /// What may stand behind a fraction: "half a".
    pub(super) articles: &'static [&'static str],
    /// A preposition and a fraction that are a quantity together: «на треть».
    pub(super) by: &'static [(&'static str, &'static str)],
    /// The words that add a half to a number: «с половиной».
    pub(super) and_half: &'static [&'static str],
    /// Words that count two of what is known.
    pub(super) both: &'static [&'static str],
    /// Parts of which a cardinal counts several: «две трети», "three quarters".
    pub(super) parts: &'static [&'static str],
    /// Says whether a word is a quantity by itself.
    pub(super) is_alone: fn(&str) -> bool,
    /// Scale words, as they begin.
    pub(super) scales: &'static [&'static str],
    /// How many units one printed unit is, by the word that begins a unit: «тыс. человек», "thousand persons".
    pub(super) factors: &'static [(&'static str, i64)],
    /// What may stand before a unit in a heading: «в процентах».
    pub(super) within: &'static [&'static str],
    /// Words that are units, as they begin.
    pub(super) units: &'static [&'static str],
    /// Units that begin other words too, so that their endings are looked at.
    pub(super) stems: &'static [&'static str],
    /// Says whether a word is one of these with or without an ending.
    pub(super) is_form: fn(&str, &str) -> bool,
    /// Units that are persons, as they begin.
    pub(super) persons: &'static [&'static str],
    /// The two words of percentage points, as they begin.
    pub(super) points: &'static [(&'static str, &'static str)],
    /// A word that multiplies behind a preposition, and counts without it: «в три раза».
    pub(super) times: &'static [(&'static str, &'static str)],
    /// Says whether a word multiplies: "three-fold".
    pub(super) multiplies: fn(&str) -> bool,
    /// Says whether a word is what a study counts: territories, times, people.
    pub(super) is_counted: fn(&str) -> bool,
    /// Says whether a word is such a thing in a plural that other endings follow.
    pub(super) is_many: fn(&str) -> bool,
    /// Says whether a word is a length of time.
    pub(super) is_time: fn(&str) -> bool,
    /// Says whether two words are a part together: «үштен бір».
    pub(super) is_part_of: fn(&str, &str) -> bool,
    /// Says whether a word is a part of what stands before it: «жартысы».
    pub(super) is_part: fn(&str) -> bool,
    /// Says whether a word tells which half is meant: «первая», "the second".
    pub(super) tells_which: fn(&str) -> bool,
    /// Of how many a word names one part, with its forms: `треть` of three.
    pub(super) part_of: &'static [(u32, &'static str)],
    /// Words that multiply, with what they multiply by: `вдвое`.
    pub(super) multiples: &'static [(u32, &'static str)],
    /// Phrases that are a part or a vague number, whatever follows: "half", `десятки тысяч`; a star stands for any ending.
    pub(super) loose: &'static [&'static str],
    /// Phrases that are one of so many: `каждый пятый`.
    pub(super) each: &'static [&'static str],
    /// What stands between so many and of how many: "out of".
    pub(super) out_of: &'static [&'static str],
    /// Whether what a part is of stands before it: `халқының жартысы`.
    pub(super) part_last: bool,
    /// Forms of cardinals that are forms of other words too: «сорока».
    pub(super) homonyms: &'static [&'static str],
    /// Words of order, which make one of the number before them: «двадцать первый»; a star stands for any letters.
    pub(super) ordinals: &'static [&'static str],
    /// Endings of adjectives.
    pub(super) adjectives: &'static [&'static str],
}

impl Numerals {
    /// Returns the value of a cardinal in one word.
    pub(super) fn cardinal(&self, word: &str) -> Option<u32> {
        let is = |forms: &str| forms.split(' ').any(|form| form == word);
        self.cardinals.iter().find(|(_, forms)| is(forms)).map(|(value, _)| *value)
    }
}

/// Returns the numerals of all languages.
pub(super) fn all() -> impl Iterator<Item = &'static Numerals> {
    GRAMMARS.iter().map(|grammar| grammar.numerals)
}

/// Returns a list of all languages.
pub(super) fn every<T>(list: fn(&Numerals) -> &'static [T]) -> impl Iterator<Item = &'static T> {
    all().flat_map(list)
}
