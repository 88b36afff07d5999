//! Dated: the year of which a number of a paper is said to be, where its sentence names one.

use super::called::words;
use super::scan::{Found, Sort};
use crate::language::quantity::is_in;

/// As much is kept between two numbers at most: more may hide the end of a sentence.
const KEPT: usize = 140;

/// Returns for each number the year that its sentence names, where it names one alone and says nothing of before or after.
pub(super) fn years(found: &[Found]) -> Vec<Option<&str>> {
    let parted = |at: usize| at == 0 || at == found.len() || is_parted(&found[at - 1], &found[at]);
    let mut years = Vec::with_capacity(found.len());
    let mut from = 0;
    for to in 1..=found.len() {
        if parted(to) {
            let year = only(&found[from..to]);
            years.extend((from..to).map(|_| year));
            from = to;
        }
    }
    years
}

/// Says whether a sentence ends between two numbers, or may do so.
fn is_parted(one: &Found, next: &Found) -> bool {
    // What is kept before a number may begin before a year.
    let before = next.before.trim_end();
    let between = before.rsplit_once(&one.printed).map_or(before, |(_, behind)| behind);
    let ends = |(at, _): (usize, char)| between[at + 1..].trim_start().starts_with(char::is_uppercase);
    one.in_table
        || next.in_table
        || next.line > one.line + 1
        || between.len() > KEPT
        || between.char_indices().filter(|(_, sign)| ".!?".contains(*sign)).any(ends)
        || between.ends_with(['.', '!', '?'])
}

/// Returns the one year of a sentence.
fn only(sentence: &[Found]) -> Option<&str> {
    let mut times = sentence.iter().filter(|one| matches!(one.sort, Sort::Year | Sort::Span));
    let (only, None) = (times.next()?, times.next()) else { return None };
    let before = words(&only.before).pop().unwrap_or_default();
    let behind = words(&only.after);
    let leads = |word: &str| {
        is_in(word, |words| words.from_words)
            || is_in(word, |words| words.to_words)
            || is_in(word, |words| words.beyond)
            || is_in(word, |words| words.closing)
    };
    let follows = |word: &String| is_in(word, |words| words.beyond_behind) || is_in(word, |words| words.closing);
    let is_year =
        only.sort == Sort::Year && only.printed.len() == 4 && only.printed.bytes().all(|b| b.is_ascii_digit());
    (is_year && !leads(&before) && !behind.iter().take(2).any(follows)).then_some(&*only.printed)
}
