//! Statements: what a paper says in words and not in digits: counts, shares, orders. None passes in silence: each is a claim
//! that waits for an expression.

use serde_json::json;

use super::doubt::Doubt;
use crate::claim::scan::Found;
use crate::claim::source::Source;
use crate::language::quantity::{is_in, is_in_stems};
use crate::language::{Lang, Says, aside, plain, spelled};

/// A line of fewer words is a heading or a cell.
const FEWEST_WORDS: usize = 4;

/// As many words of a sentence are shown.
const SHOWN: usize = 6;

/// Writes a claim for each statement in words.
pub(super) fn statements(source: &Source, found: &[Found]) -> String {
    let mut out = String::new();
    let mut count = 0;
    let mut listed = false;
    for (at, line) in source.text.lines().enumerate() {
        listed = opens(line, |own| own.literature) || listed && !opens(line, |own| own.text_again);
        if listed || line.contains('\t') || line.split_whitespace().count() < FEWEST_WORDS {
            continue;
        }
        let digits =
            found.iter().filter(|one| one.line == at + 1 && !one.printed.contains(|c: char| c.is_ascii_digit()));
        let taken: Vec<&str> = digits.map(|one| one.printed.as_str()).collect();
        for (word, phrase) in said(line, &taken) {
            count += 1;
            out.push_str(&format!(
                "  - {{id: s{count:03}, where: {}, phrase: {}, printed: {}, kind: ranking, unjudged: {}}}\n",
                json!(source.place(at + 1)),
                json!(phrase),
                json!(word),
                Doubt::Words.texts(None)
            ));
        }
    }
    out
}

fn opens(line: &str, heads: fn(&aside::Asides) -> &'static [&'static str]) -> bool {
    let line = line.trim().trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    line.split_whitespace().count() <= FEWEST_WORDS && aside::begins(&line, heads)
}

/// Lists the statements in words of a line: what says it, and the words around; `taken` are numbers in words that are claims.
fn said(line: &str, taken: &[&str]) -> Vec<(String, String)> {
    let mut spans: Vec<(usize, usize)> = spelled(line, &Lang::ALL)
        .into_iter()
        .filter(|found| {
            let text = &line[found.span.clone()];
            // A length of time is no claim: `in two years`.
            let last = text.rsplit(|c: char| !c.is_alphanumeric()).next().map(plain).unwrap_or_default();
            let lasts = is_in_stems(&last, |words| words.times);
            found.says != Says::Scale && !lasts && !taken.iter().any(|own| text.starts_with(*own))
        })
        .map(|found| (found.span.start, found.span.end))
        .collect();
    let words: Vec<(usize, usize)> = places(line);
    let bare = |(from, to): &(usize, usize)| plain(&line[*from..*to]);
    for (at, span) in words.iter().enumerate() {
        let word = bare(span);
        let than = is_in(&word, |words| words.than);
        let compares = (at.saturating_sub(3)..at).rev().find(|own| is_comparative(&bare(&words[*own])));
        let counted = |(from, to): &(usize, usize)| line[*from..*to].contains(|c: char| c.is_ascii_digit());
        // How much more is a number, and a claim of its own: `728 fewer births than in 2018`.
        let by_number = compares.is_some_and(|own| words[own.saturating_sub(3)..own].iter().any(counted));
        let digits = by_number || words.get(at + 1).is_some_and(counted);
        if let Some(own) = compares.filter(|_| than && !digits) {
            spans.push((words[own].0, span.1));
        } else if is_in_stems(&word, |words| words.extremes) || is_in_stems(&word, |words| words.multiples) {
            spans.push(*span);
        }
    }
    spans.sort_unstable();
    spans.dedup_by(|next, last| next.0 < last.1);
    spans.into_iter().map(|(from, to)| (line[from..to].to_owned(), phrase(line, &words, from))).collect()
}

fn is_comparative(word: &str) -> bool {
    is_in(word, |words| words.comparatives) || Lang::ALL.iter().any(|lang| lang.sense(word).is_some())
}

/// Lists where the words of a line begin and end.
fn places(line: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, c) in line.char_indices().filter(|(_, c)| c.is_alphanumeric() || *c == '-') {
        match found.last_mut().filter(|(_, end)| *end == at) {
            Some((_, end)) => *end = at + c.len_utf8(),
            None => found.push((at, at + c.len_utf8())),
        }
    }
    found
}

/// Returns the words around a place.
fn phrase(line: &str, words: &[(usize, usize)], at: usize) -> String {
    let own = words.partition_point(|(_, end)| *end <= at);
    let from = own.saturating_sub(SHOWN / 2).min(words.len().saturating_sub(SHOWN));
    let to = (from + SHOWN).min(words.len());
    words[from..to].iter().map(|(from, to)| &line[*from..*to]).collect::<Vec<_>>().join(" ")
}
