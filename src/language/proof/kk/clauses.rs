//! Clauses: the commas before conjunctions and behind phrases at the head of a sentence.

use std::ops::Range;

use super::super::rules::Words;
use super::super::{Fault, Finding, is_letter, sentences};
use super::cases::listed;
use super::joints::is_finite;
use crate::language::NBSP;

/// Conjunctions before which a comma always stands, and those before which it stands behind a verb.
const CONJUNCTIONS: &str = "бірақ өйткені алайда";
const BEHIND_VERBS: &str = "себебі сондықтан ал дегенмен әйтсе егер";

/// Phrases at the head of a sentence behind which a comma stands.
const OPENERS: [&str; 18] = [
    "біріншіден",
    "екіншіден",
    "үшіншіден",
    "төртіншіден",
    "сонымен қатар",
    "сонымен бірге",
    "осылайша",
    "мысалы",
    "мәселен",
    "өкінішке қарай",
    "өкінішке орай",
    "демек",
    "бір жағынан",
    "екінші жағынан",
    "бұдан басқа",
    "бұдан бөлек",
    "әрине",
    "қорыта айтқанда",
];

/// How words end behind which a comma stands: whose opinion it is, and what was so although.
const ENDINGS: [&str; 8] =
    ["пікірінше", "айтуынша", "болжамынша", "мәліметінше", "ғанымен", "генімен", "қанымен", "кенімен"];

/// Reads a passage.
pub(super) fn read(text: &str, words: &Words, found: &mut Vec<Finding>) {
    for i in 1..words.len() {
        conjunction(text, words, i, found);
    }
    for i in 0..words.len() {
        behind(text, words, i, found);
    }
    for sentence in sentences(text) {
        opener(text, &sentence, found);
        condition(text, words, &sentence, found);
    }
}

fn lacks(span: Range<usize>, message: String, hint: &str) -> Finding {
    Finding { fault: Fault::Typography, span, message, hint: hint.to_owned() }
}

fn beside(text: &str, first: &Range<usize>, second: &Range<usize>) -> bool {
    matches!(&text[first.end..second.start], " " | "\u{a0}" | "\n")
}

/// Finds a conjunction without the comma before it: «азайды өйткені».
fn conjunction(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let ((before, last), (at, own)) = (&words[i - 1], &words[i]);
    // «алмаған себебі»: a participle, and a reason.
    let is_participle = ["ған", "ген", "қан", "кен"].iter().any(|end| last.ends_with(end));
    let is_verb = is_finite(&last.to_lowercase()) && !(is_participle && *own == "себебі");
    let is_missing = listed(CONJUNCTIONS, own) && !listed("және ал", last) || listed(BEHIND_VERBS, own) && is_verb;
    let goes_on = words.get(i + 1).is_some_and(|(next, _)| beside(text, at, next));
    if is_missing && goes_on && beside(text, before, at) {
        found.push(lacks(
            before.start..at.end,
            format!("no comma stands before `{own}`"),
            "put one there: a clause begins with it",
        ));
    }
}

/// Finds a word of whose opinion something is, or of what was so although, without the comma behind it.
fn behind(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    let Some((next, _)) = words.get(i + 1).filter(|(next, _)| beside(text, at, next)) else { return };
    let lower = word.to_lowercase();
    // «қосылғанымен ерекшеленеді»: by what.
    let rest = &text[at.end..];
    let behind = rest[..rest.find(['.', ',', ';', '!', '?']).unwrap_or(rest.len())].split_whitespace().count();
    if ENDINGS.iter().any(|end| lower.ends_with(end))
        && lower.chars().count() > 7
        && (behind > 2 || lower.ends_with("нше") || lower.ends_with("нша"))
    {
        let hint = "put one there: what it belongs to ends with it";
        found.push(lacks(at.start..next.end, format!("no comma stands behind `{word}`"), hint));
    }
}

/// Finds a phrase at the head of a sentence without the comma behind it.
fn opener(text: &str, sentence: &Range<usize>, found: &mut Vec<Finding>) {
    let own = &text[sentence.clone()];
    let start = sentence.start + own.len() - own.trim_start().len();
    let head: String = text[start..sentence.end].chars().take(24).flat_map(char::to_lowercase).collect();
    let Some(phrase) = OPENERS.iter().find(|phrase| head.starts_with(**phrase)) else { return };
    let rest = &text[start + phrase.len()..sentence.end];
    let Some(next) = rest.strip_prefix([' ', NBSP]).filter(|rest| rest.starts_with(is_letter)) else { return };
    let length = next.find(|c: char| !is_letter(c)).unwrap_or(next.len());
    let end = sentence.end - next.len() + length;
    found.push(lacks(
        start..end,
        format!("no comma stands behind `{}`", &text[start..start + phrase.len()]),
        "put one there: the phrase stands outside the sentence",
    ));
}

/// Finds a condition that no comma closes: «Егер баға өссе сұраныс азаяды».
fn condition(text: &str, words: &Words, sentence: &Range<usize>, found: &mut Vec<Finding>) {
    let own: Vec<&(Range<usize>, &str)> = words.iter().filter(|(at, _)| sentence.contains(&at.start)).collect();
    let is_condition = own.first().is_some_and(|(_, word)| word.to_lowercase() == "егер");
    if !is_condition || text[sentence.clone()].contains([',', '–']) {
        return;
    }
    let ends = |word: &str| ["са", "се", "саң", "сең", "сақ", "сек"].iter().any(|end| word.ends_with(end));
    if let Some(pair) = own.windows(2).find(|pair| ends(pair[0].1)) {
        found.push(lacks(
            pair[0].0.start..pair[1].0.end,
            format!("no comma closes the condition behind `{}`", pair[0].1),
            "put one there",
        ));
    }
}
