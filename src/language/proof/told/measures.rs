//! Measures: words for what the tables of a study count, against what the numbers beside them count.

use std::ops::Range;

use super::{Told, within};
use crate::language::proof::{Fault, Finding, Passage, words};
use crate::language::quantity::is_neutral;

/// What the measures of a study are called in a language, each table's beside one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// The table, the measure, and the words of its title.
    titles: Vec<(String, String, Vec<String>)>,
}

/// Letters in which two words of one stem begin alike.
const STEM: usize = 4;

/// Says whether a word of a text is of the stem of a word of a title: «умерло» of «умершие».
fn is_of(title: &str, word: &str) -> bool {
    let same = title.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    let (title, said) = (title.chars().count() - same, word.chars().count() - same);
    same >= STEM && title <= STEM + 2 && said <= STEM + 2
}

impl Measures {
    /// Makes the list of a study's measures.
    pub fn new(titles: impl Iterator<Item = (String, String, String)>) -> Measures {
        let words = |title: &str| -> Vec<String> {
            let all = words(title).into_iter().map(|(_, word)| word.to_lowercase());
            all.filter(|word| word.chars().count() >= STEM).collect()
        };
        Measures { titles: titles.map(|(table, measure, title)| (table, measure, words(&title))).collect() }
    }

    /// Says whether a word is one of a title; a verb of being that happens to be of its stem is none.
    pub(super) fn says(&self, word: &str) -> bool {
        let is_whole = |own: &str| own.chars().zip(word.chars()).take_while(|(a, b)| a == b).count() > STEM;
        let mut all = self.titles.iter().flat_map(|(.., words)| words);
        all.any(|own| is_of(own, word) && (is_whole(own) || !is_neutral(word)))
    }

    /// Finds a word of a measure in a text that speaks of others of its table: its bytes, and the measure.
    pub fn strange(&self, own: &[(String, String)], text: &str) -> Option<(Range<usize>, &str)> {
        let list: Vec<(Range<usize>, &str)> =
            words(text).into_iter().filter(|(_, word)| !is_neutral(&word.to_lowercase())).collect();
        self.other(own, &list)
    }

    /// Finds a word of a measure that no number counts, beside numbers that all count another of its table.
    fn other(&self, own: &[(String, String)], list: &[(Range<usize>, &str)]) -> Option<(Range<usize>, &str)> {
        let (table, _) = own.first()?;
        let is_read = |table: &str, measure: &str| own.iter().any(|(one, other)| one == table && other == measure);
        let mine: Vec<&String> = self
            .titles
            .iter()
            .filter(|(table, measure, _)| is_read(table, measure))
            .flat_map(|(.., words)| words)
            .filter(|word| !is_neutral(word))
            .collect();
        let says_own = list.iter().any(|(_, word)| mine.iter().any(|own| is_of(own, &word.to_lowercase())));
        if says_own || own.iter().any(|(other, _)| other != table) {
            return None;
        }
        let others = self.titles.iter().filter(|(other, measure, _)| other == table && !is_read(other, measure));
        let mut found = others.filter_map(|(_, measure, words)| {
            let words = words.iter().filter(|word| !is_neutral(word));
            let mut apart = words.filter(|word| !mine.iter().any(|own| is_of(own, word)));
            let said = apart.find_map(|own| list.iter().find(|(_, word)| is_of(own, &word.to_lowercase())));
            said.map(|(at, _)| (at.clone(), measure.as_str()))
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }
}

/// Finds a word of one measure in a clause all of whose numbers are of another.
pub(super) fn read(passage: &Passage, clause: &Range<usize>, found: &mut Vec<Finding>) {
    let numbers: Vec<&Told> = within(passage, clause).filter(|told| told.keys.is_empty()).collect();
    if numbers.is_empty() || numbers.iter().any(|told| told.measures.is_empty()) {
        return;
    }
    let mut own: Vec<(String, String)> = numbers.iter().flat_map(|told| told.measures.clone()).collect();
    own.sort();
    own.dedup();
    let list = words(&passage.text[clause.clone()]);
    let list: Vec<(Range<usize>, &str)> =
        list.into_iter().filter(|(_, word)| !is_neutral(&word.to_lowercase())).collect();
    if let Some((at, measure)) = passage.measures.other(&own, &list) {
        let span = clause.start + at.start..clause.start + at.end;
        found.push(Finding {
            fault: Fault::OtherMeasure,
            message: format!(
                "`{}` is a word of `{measure}`, and the number beside it counts `{}`",
                &passage.text[span.clone()],
                own[0].1
            ),
            hint: "ask for what the words say, or say what is asked for".to_owned(),
            span,
        });
    }
}
