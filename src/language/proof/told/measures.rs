//! Measures: words for what the tables of a study count, against what the numbers beside them count.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Told, begins, within};
use crate::finding::SeriesId;
use crate::language::plain;
use crate::language::proof::rules::Rules;
use crate::language::proof::{Fault, Finding, Passage, words};
use crate::language::quantity::is_neutral;

/// What the measures of a study's tables are called in a language: the words of each title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measures(Vec<(SeriesId, Vec<String>)>);

/// Letters in which two words of one stem begin alike.
const STEM: usize = 4;

/// The most letters that a word has behind its stem.
const TAIL: usize = 6;

/// Says in how many letters two words begin alike, and how many each has behind them.
fn apart(title: &str, word: &str) -> (usize, [usize; 2]) {
    let alike = title.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    (alike, [title, word].map(|own| own.chars().count() - alike))
}

/// Says whether a word of a text is of the stem of a word of a title: «умерло» of «умершие», «городах» of «городского»;
/// «город» is a place, and so is «қалаларға».
fn is_of(title: &str, word: &str) -> bool {
    let (alike, [title, said]) = apart(title, word);
    let is_form = alike >= STEM && (title > 0 && (2..=TAIL).contains(&said) || title < 2 && said < 2);
    title <= TAIL && (is_form || alike == STEM - 1 && said == 2)
}

/// Says whether words of two titles are of one stem, so that they tell neither measure from the other.
fn is_shared(one: &str, other: &str) -> bool {
    let (alike, behind) = apart(one, other);
    alike >= STEM && behind.into_iter().all(|tail| tail <= STEM)
}

impl Measures {
    /// Reads the titles in a language, by its code.
    pub fn of(titles: &BTreeMap<SeriesId, BTreeMap<String, String>>, lang: &str) -> Measures {
        let of_title = |title: &String| -> Vec<String> {
            let all = words(title).into_iter().map(|(_, word)| plain(word));
            all.filter(|word| word.chars().count() >= STEM).collect()
        };
        Measures(titles.iter().filter_map(|(id, texts)| Some((id.clone(), of_title(texts.get(lang)?)))).collect())
    }

    /// Says whether a word is one of a title; a verb of being that happens to be of its stem is none.
    pub(super) fn says(&self, word: &str) -> bool {
        let word = &plain(word);
        let all = || self.0.iter().flat_map(|(_, words)| words);
        all().any(|own| is_of(own, word) && (apart(own, word).0 > STEM || !is_neutral(word)))
    }

    /// Finds a word of a measure in a text that speaks of others of its table: its bytes, and the measure. Where the text
    /// has words of its own measures, or of several others, it says nothing.
    pub fn strange(&self, own: &[SeriesId], text: &str) -> Option<(Range<usize>, &SeriesId)> {
        let table = &own.first()?.name;
        if own.iter().any(|id| id.name != *table) {
            return None;
        }
        let of_table = || self.0.iter().filter(|(id, _)| id.name == *table);
        let mine: Vec<&String> = of_table().filter(|(id, _)| own.contains(id)).flat_map(|(_, words)| words).collect();
        let said: Vec<(Range<usize>, String)> =
            words(text).into_iter().map(|(at, word)| (at, plain(word))).filter(|(_, word)| !is_neutral(word)).collect();
        let mut found = of_table().filter(|(id, _)| !own.contains(id)).filter_map(|(id, theirs)| {
            let tells = |words: &[&String], than: &[&String]| {
                let mut apart = words.iter().filter(|word| !than.iter().any(|own| is_shared(own, word)));
                apart.find_map(|own| said.iter().find(|(_, word)| is_of(own, word)))
            };
            let theirs: Vec<&String> = theirs.iter().collect();
            let (at, _) = tells(&theirs, &mine)?;
            tells(&mine, &theirs).is_none().then(|| (at.clone(), id))
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }
}

/// Finds a word of one measure in a clause all of whose numbers are of another. A word for the total at its head says that
/// the number is of all: «Барлығы 11 облыс».
pub(super) fn read(rules: &Rules, passage: &Passage, clause: &Range<usize>, found: &mut Vec<Finding>) {
    let numbers: Vec<&Told> = within(passage, clause).filter(|told| told.keys.is_empty()).collect();
    if numbers.iter().any(|told| told.measures.is_empty()) {
        return;
    }
    let own: Vec<SeriesId> = numbers.iter().flat_map(|told| told.measures.clone()).collect();
    let list = words(&passage.text[clause.clone()]);
    let head = rules.heads.iter().find_map(|phrase| begins(&list, phrase));
    let start = clause.start + head.map_or(0, |count| list[count - 1].0.end);
    if let Some((at, measure)) = passage.measures.strange(&own, &passage.text[start..clause.end]) {
        let span = start + at.start..start + at.end;
        found.push(Finding {
            fault: Fault::OtherMeasure,
            message: format!(
                "`{}` is a word of `{}`, and the number beside it counts `{}`",
                &passage.text[span.clone()],
                measure.member,
                own[0].member
            ),
            hint: "ask for what the words say, or say what is asked for".to_owned(),
            span,
        });
    }
}
