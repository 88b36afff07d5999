//! Figures: ordinals in digits, collectives, numerals and the gender of what they count, days of a month.

use std::ops::Range;

use super::super::rules::Words;
use super::super::{Fault, Finding};
use super::forms::{self, known};
use super::{beside, listed};
use crate::language::dates::ru::MONTHS;
use crate::language::noun_ru::Noun;
use crate::language::{Case, Gender, Language, NBSP};

/// What is written behind the digits of an ordinal, and what should be.
const ORDINALS: [(&str, &str); 21] = [
    ("ый", "й"),
    ("ий", "й"),
    ("ой", "й"),
    ("ей", "й"),
    ("ая", "я"),
    ("ья", "я"),
    ("ое", "е"),
    ("ые", "е"),
    ("ие", "е"),
    ("ую", "ю"),
    ("ого", "го"),
    ("его", "го"),
    ("ому", "му"),
    ("ему", "му"),
    ("ым", "м"),
    ("им", "м"),
    ("ом", "м"),
    ("ем", "м"),
    ("ых", "х"),
    ("ыми", "ми"),
    ("их", "х"),
];

const COLLECTIVES: &str = "двое трое четверо пятеро шестеро семеро";

/// Numerals that show a gender: those of the feminine, and those that never stand before one.
const FEMININE: &str = "две обе обеих обеим обеими полторы одна";
const OTHERS: &str = "два оба обоих обоим обоими полтора один одно";

/// Reads a passage.
pub(super) fn read(language: &Language, text: &str, words: &Words, found: &mut Vec<Finding>) {
    for i in 0..words.len() {
        let (at, word) = &words[i];
        let behind = words.get(i + 1).filter(|(next, _)| beside(text, at, next));
        let lower = word.to_lowercase();
        ordinal(text, at, &lower, found);
        nominative(text, at, &lower, found);
        if let Some(next) = behind.filter(|_| listed(COLLECTIVES, &lower)) {
            collective(language, word, next, found);
        }
        if behind.is_some() && (listed(FEMININE, &lower) || listed(OTHERS, &lower)) {
            gender(language, text, words, i, found);
        }
    }
}

/// Finds more letters than an ordinal in digits takes: «2-ом», «2022-ому».
fn ordinal(text: &str, at: &Range<usize>, lower: &str, found: &mut Vec<Finding>) {
    let Some((_, right)) = ORDINALS.iter().find(|(ending, _)| *ending == lower) else { return };
    let Some(before) = text[..at.start].strip_suffix('-') else { return };
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    if !digits.is_empty() {
        found.push(Finding {
            fault: Fault::Ending,
            span: before.len() - digits.len()..at.end,
            message: format!("`{digits}-{lower}` bears more letters than an ordinal takes"),
            hint: format!("write `{digits}-{right}`, or use `ordinal`"),
        });
    }
}

/// Finds a month in the nominative behind a day: «1 январь».
fn nominative(text: &str, at: &Range<usize>, lower: &str, found: &mut Vec<Finding>) {
    if !MONTHS.contains(&lower) {
        return;
    }
    let before = text[..at.start].trim_end_matches([' ', NBSP]);
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    let alone = before.len() < at.start && !before[..before.len() - digits.len()].ends_with([',', '.', '/', '-', '–']);
    if alone && digits.parse().is_ok_and(|day: u8| (1..=31).contains(&day)) {
        found.push(Finding {
            fault: Fault::Government,
            span: at.clone(),
            message: format!("`{lower}` stands in the nominative behind a day"),
            hint: "write the genitive, or use `date`".to_owned(),
        });
    }
}

/// Finds a collective before what does not live, or before women: «трое области».
fn collective(language: &Language, word: &str, (span, next): &(Range<usize>, &str), found: &mut Vec<Finding>) {
    let lower = next.to_lowercase();
    let is_form = |noun: &&Noun| noun.starts(&lower) && noun.cases_of(&lower).iter().any(|list| !list.is_empty());
    let Some(noun) = known(language).find(is_form) else { return };
    let counted = noun.is_animate() && noun.gender() != Gender::F;
    if !counted || noun.many(Case::Gen) != lower {
        found.push(told(
            span,
            format!("`{word}` does not count `{next}`"),
            "a collective counts men, children and people in general, in the genitive plural; write the numeral",
        ));
    }
}

/// Finds a numeral of one gender before a noun of another: «два области», «в обоих областях».
fn gender(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (_, word) = &words[i];
    let lower = word.to_lowercase();
    let mut at = i + 1;
    let is_adjective = |word: &str| {
        let form = forms::of(language, word);
        !form.adjectives.is_empty() && form.nouns.is_empty()
    };
    while at < i + 3
        && is_adjective(words[at].1)
        && words.get(at + 1).is_some_and(|(next, _)| beside(text, &words[at].0, next))
    {
        at += 1;
    }
    let (span, noun) = &words[at];
    let nouns = forms::of(language, noun).nouns;
    let fits = |own: Gender| match lower.as_str() {
        _ if listed(FEMININE, &lower) => own == Gender::F,
        "один" => own == Gender::M,
        "одно" => own == Gender::N,
        _ => own != Gender::F,
    };
    if !nouns.is_empty() && !nouns.iter().any(|form| fits(form.gender)) {
        found.push(told(
            span,
            format!("`{word}` does not agree with `{noun}`"),
            "give the numeral the gender of the noun",
        ));
    }
}

fn told(span: &Range<usize>, message: String, hint: &str) -> Finding {
    Finding { fault: Fault::Agreement, span: span.clone(), message, hint: hint.to_owned() }
}
