//! Stops: full stops twice, stops of abbreviations, small letters behind them, brackets.

use std::ops::Range;

use super::rules::Rules;
use super::{Fault, Finding, is_letter, words};
use crate::language::{Language, NBSP};

/// Reads a passage.
pub(super) fn read(language: &Language, text: &str, found: &mut Vec<Finding>) {
    twice(text, found);
    abbreviations(language.rules(), text, found);
    begins_small(language, text, found);
    brackets(text, found);
}

fn told(span: Range<usize>, message: String, hint: &str) -> Finding {
    Finding { fault: Fault::Typography, span, message, hint: hint.to_owned() }
}

/// Finds a full stop behind another: that of an abbreviation ends the sentence too.
fn twice(text: &str, found: &mut Vec<Finding>) {
    for (at, _) in text.match_indices("..") {
        let is_alone = !text[..at].ends_with(['.', '?', '!', '/']) && !text[at + 2..].starts_with(['.', '/']);
        let behind = text[at + 2..].chars().next();
        if is_alone && text[..at].ends_with(is_letter) && behind.is_none_or(|c| c.is_whitespace() || ")»".contains(c))
        {
            found.push(told(
                at..at + 2,
                "two full stops stand in a row".to_owned(),
                "write one: it ends the abbreviation and the sentence",
            ));
        }
    }
}

/// Finds abbreviations behind a number with a stop that they have not, and without the one that they have.
fn abbreviations(rules: &Rules, text: &str, found: &mut Vec<Finding>) {
    for (span, word) in words(text) {
        let before = &text[..span.start];
        let number = before.trim_end_matches([' ', NBSP]);
        if number.len() == before.len() || !number.ends_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let behind = &text[span.end..];
        let goes_on = |rest: &str| {
            let next = rest.trim_start_matches([' ', NBSP]);
            next.len() < rest.len() && next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
        };
        if rules.stopless.contains(&word) && behind.strip_prefix('.').is_some_and(goes_on) {
            found.push(told(span.start..span.end + 1, format!("`{word}` takes no full stop"), "strike it out"));
        } else if rules.stopped.contains(&word) && !behind.starts_with(['.', '-', '/']) {
            found.push(told(span.clone(), format!("`{word}` lacks its full stop"), "put one behind it"));
        }
    }
}

/// Finds a sentence that begins with a small letter, behind a stop that is none of an abbreviation.
fn begins_small(language: &Language, text: &str, found: &mut Vec<Finding>) {
    for (at, sign) in text.match_indices(['.', '!', '?']) {
        let rest = &text[at + sign.len()..];
        let next = rest.trim_start_matches(' ');
        let is_small =
            rest.len() > next.len() && next.starts_with(|c: char| c.is_lowercase() && (language.rules().is_own)(c));
        if !is_small || !language.ends_sentence(&text[..at]) {
            continue;
        }
        let start = text.len() - next.len();
        let length = next.find(|c: char| !is_letter(c)).unwrap_or(next.len());
        let word = &next[..length];
        found.push(told(
            start..start + length,
            format!("`{word}` begins a sentence with a small letter"),
            "write a capital, or a comma before it",
        ));
    }
}

/// Finds a bracket that is not closed, and one that nothing parts from the word before it.
fn brackets(text: &str, found: &mut Vec<Finding>) {
    let mut open = Vec::new();
    for (at, sign) in text.match_indices(['(', ')']) {
        if sign == ")" {
            open.pop();
            continue;
        }
        open.push(at);
        let inner = &text[at + 1..];
        let length = inner.find(')').unwrap_or(inner.len());
        let first = inner.split([' ', NBSP, ')']).next().unwrap_or_default();
        // «автор(ы)», «f(x)», «stat(kz)».
        let is_phrase = inner[..length].contains(' ') && first.chars().all(|c| is_letter(c) && !c.is_ascii());
        let word = text[..at].rsplit(|c: char| !is_letter(c)).next().unwrap_or_default();
        if is_phrase && word.chars().count() > 3 && !word.is_ascii() {
            let message = "no space stands before a bracket".to_owned();
            found.push(Finding { fault: Fault::Spaces, span: at..at + 1, message, hint: "put one there".to_owned() });
        }
    }
    if let [at, ..] = open.as_slice() {
        found.push(told(*at..at + 1, "a bracket is not closed".to_owned(), "close it"));
    }
}
