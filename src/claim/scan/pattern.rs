//! Pattern: words of the tables of `language::quantity` found behind or before a place of a text.

use super::running::{Running, is_dash, is_space};
use crate::language::is_letter;

/// Returns the place behind a pattern that begins here.
pub(super) fn follows(running: &Running, from: usize, pattern: &str) -> Option<usize> {
    let mut at = from;
    for (i, token) in pattern.split(' ').enumerate() {
        if i > 0 {
            at = gap(running, at);
        }
        at = word(running, at, token)?;
    }
    Some(at)
}

/// Returns the place at which a pattern begins that ends right before this one, but for spaces.
pub(super) fn precedes(running: &Running, at: usize, pattern: &str) -> Option<usize> {
    let mut end = at;
    for (i, token) in pattern.rsplit(' ').enumerate() {
        while end > 0 && (is_space(running.at(end - 1)) || i > 0 && running.at(end - 1) == ',') {
            end -= 1;
        }
        let start = begin(running, end);
        if start == end || word(running, start, token) != Some(end) {
            return None;
        }
        end = start;
    }
    Some(end)
}

/// Returns where the word that ends here begins.
pub(super) fn begin(running: &Running, end: usize) -> usize {
    let mut start = end;
    while start > 0 && running.is_letter(start - 1) {
        start -= 1;
    }
    start
}

/// Returns where the word that begins here ends.
pub(super) fn finish(running: &Running, from: usize) -> usize {
    let mut end = from;
    while running.is_letter(end) {
        end += 1;
    }
    end
}

/// How many characters of a sentence are looked through: it may be a whole book.
const SENTENCE: usize = 200;

/// Lists where the words before a place begin, the nearest first, as far as its sentence and no further than some.
pub(super) fn words_back(running: &Running, at: usize, most: usize) -> Vec<usize> {
    let (mut at, mut found) = (at, Vec::new());
    let far = at.saturating_sub(SENTENCE);
    while at > far && found.len() < most {
        let c = running.at(at - 1);
        if is_letter(c) {
            at = begin(running, at);
            found.push(at);
        } else if c == '\n' || matches!(c, '!' | '?' | ';') || c == '.' && ends_sentence(running, at) {
            break;
        } else {
            at -= 1;
        }
    }
    found
}

/// Lists where the words behind a place begin, likewise.
pub(super) fn words_ahead(running: &Running, at: usize, most: usize) -> Vec<usize> {
    let (mut at, mut found) = (at, Vec::new());
    let far = running.len().min(at + SENTENCE);
    while at < far && found.len() < most {
        let c = running.at(at);
        if is_letter(c) {
            found.push(at);
            at = finish(running, at);
        } else if c == '\n' || matches!(c, '!' | '?' | ';') || c == '.' && ends_sentence(running, at + 1) {
            break;
        } else {
            at += 1;
        }
    }
    found
}

/// No word that a point shortens before a number is longer: «тыс. 650», «табл. 3».
const SHORTENED: usize = 4;

/// Says whether the point before a place ends a sentence: a capital letter follows, and no short word stands before.
pub(super) fn ends_sentence(running: &Running, behind: usize) -> bool {
    let next = running.at(running.skip(behind));
    let apart = behind >= running.len() || is_space(running.at(behind)) || running.at(behind) == '\n';
    let word = behind.saturating_sub(1) - begin(running, behind.saturating_sub(1));
    let opens = next.is_uppercase() || next == '\n' || next.is_ascii_digit() && word > SHORTENED;
    apart && (behind >= running.len() || opens) && word != 1
}

fn gap(running: &Running, mut at: usize) -> usize {
    while at < running.len() && (is_space(running.at(at)) || running.at(at) == '.' || is_dash(running.at(at))) {
        at += 1;
    }
    at
}

/// Returns the place behind one word of a pattern; `*` at its end stands for any letters.
fn word(running: &Running, from: usize, token: &str) -> Option<usize> {
    let (stem, open) = token.strip_suffix('*').map_or((token, false), |stem| (stem, true));
    let rest = running.small_from(from);
    if !rest.starts_with(stem) {
        return None;
    }
    let end = from + stem.chars().count();
    let letters = open || stem.ends_with(is_letter);
    let last = if letters { finish(running, end) } else { end };
    (last == end || open && last > from).then_some(last)
}
