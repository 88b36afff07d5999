//! Index: the patterns of a table of words, by the letters with which they begin and with which their last words do.
//!
//! A text may hold a number in each of its words, and the tables hold hundreds of patterns: of each table only those are
//! tried whose first letter stands there.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::pattern::{begin, follows, precedes};
use super::running::{Running, is_space};
use crate::language::quantity::{Bound, Ending, Reach, Words, all};

/// The patterns of one table, each with what it says.
pub(super) struct Index<T: 'static> {
    first: BTreeMap<char, Vec<(&'static str, T)>>,
    last: BTreeMap<char, Vec<(&'static str, T)>>,
}

impl<T: Copy> Index<T> {
    fn of(patterns: impl Iterator<Item = (&'static str, T)>) -> Index<T> {
        let mut index = Index { first: BTreeMap::new(), last: BTreeMap::new() };
        for (pattern, what) in patterns {
            let last = pattern.rsplit(' ').next().unwrap_or_default();
            for (list, word) in [(&mut index.first, pattern), (&mut index.last, last)] {
                list.entry(word.chars().next().unwrap_or_default()).or_insert_with(Vec::new).push((pattern, what));
            }
        }
        index
    }

    /// Lists the patterns that begin here, each with the place behind it, in the order of their table.
    fn ahead<'a>(&'a self, running: &'a Running, at: usize) -> impl Iterator<Item = (usize, T)> + 'a {
        let letter = running.small_from(at).chars().next();
        let patterns = letter.and_then(|letter| self.first.get(&letter)).into_iter().flatten();
        patterns.filter_map(move |(pattern, what)| Some((follows(running, at, pattern)?, *what)))
    }

    /// Lists the patterns that end right before this place, but for spaces, each with where it begins.
    fn back<'a>(&'a self, running: &'a Running, at: usize) -> impl Iterator<Item = (usize, T)> + 'a {
        let mut end = at;
        while end > 0 && is_space(running.at(end - 1)) {
            end -= 1;
        }
        let letter = running.small_from(begin(running, end)).chars().next();
        let patterns = letter.and_then(|letter| self.last.get(&letter)).into_iter().flatten();
        patterns.filter_map(move |(pattern, what)| Some((precedes(running, at, pattern)?, *what)))
    }

    /// Says whether one of the patterns begins at this place.
    pub(super) fn is_ahead(&self, running: &Running, at: usize) -> bool {
        self.ahead(running, at).next().is_some()
    }

    /// Returns where a pattern begins that ends right before this place.
    pub(super) fn before(&self, running: &Running, at: usize) -> Option<usize> {
        self.back(running, at).next().map(|(start, _)| start)
    }

    /// Says whether one of the patterns ends right before this place.
    pub(super) fn is_before(&self, running: &Running, at: usize) -> bool {
        self.before(running, at).is_some()
    }

    /// Finds what is longest of the patterns that begin here, and where it ends.
    pub(super) fn longest_ahead(&self, running: &Running, at: usize) -> Option<(usize, T)> {
        self.ahead(running, at).reduce(|best, one| if one.0 > best.0 { one } else { best })
    }

    /// Finds what is longest of the patterns that end right before this place, and where it begins.
    pub(super) fn longest_before(&self, running: &Running, at: usize) -> Option<(usize, T)> {
        self.back(running, at).reduce(|best, one| if one.0 < best.0 { one } else { best })
    }
}

fn words(column: fn(&'static Words) -> &'static [&'static str]) -> Index<()> {
    Index::of(all(column).map(|word| (*word, ())))
}

macro_rules! tables {
    ($($name:ident = $column:ident;)*) => {
        $(pub(super) static $name: LazyLock<Index<()>> = LazyLock::new(|| words(|words| words.$column));)*
    };
}

tables! {
    AGES = ages;
    BALANCES = balances;
    BASES = bases;
    BASES_BEHIND = bases_behind;
    BASES_OR_CHANGES = bases_or_changes;
    CHANGES = changes;
    COMPARATIVES = comparatives;
    LASTING = lasting;
    LEADS = leads;
    MARKS = marks;
    MINUS = minus;
    ONES = ones;
    ONES_LED = ones_led;
    ONES_TOWARD = ones_toward;
    PERSONS = persons;
    PREPOSITIONS = prepositions;
    TIMES = times;
}

pub(super) static SCALES: LazyLock<Index<u32>> =
    LazyLock::new(|| Index::of(all(|words: &'static Words| words.scales).copied()));
pub(super) static UNITS: LazyLock<Index<&'static str>> =
    LazyLock::new(|| Index::of(all(|words: &'static Words| words.units).copied()));
pub(super) static BEFORE: LazyLock<Index<(Bound, Reach)>> = LazyLock::new(|| {
    Index::of(all(|words: &'static Words| words.before).map(|(pattern, bound, reach)| (*pattern, (*bound, *reach))))
});
pub(super) static BEHIND: LazyLock<Index<(Bound, Ending)>> = LazyLock::new(|| {
    Index::of(all(|words: &'static Words| words.behind).map(|(pattern, bound, ending)| (*pattern, (*bound, *ending))))
});
