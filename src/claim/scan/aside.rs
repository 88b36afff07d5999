//! Aside: numbers that count nothing of what a text reports: bases of rates, ages, lengths of time, ordinals, decades.

use super::bound::changes_before;
use super::index::{
    self, AGES, BASES, BASES_BEHIND, BASES_OR_CHANGES, COMPARATIVES, ONES, ONES_LED, ONES_TOWARD, PERSONS, TIMES,
};
use super::pattern::{finish, words_ahead, words_back};
use super::running::{Running, is_dash};
use super::{Sort, unit};
use crate::language::aside as words;
use crate::language::quantity::{Words, all};

/// How many words behind a base the word may stand that makes it one.
const BEHIND: usize = 4;

/// How far back a word is looked for that makes a result of a length of time.
const LASTING: usize = 4;

/// Tells what a number is that is no claim; `tail` is behind the second end of a range that it opens.
pub(super) fn aside(running: &Running, at: usize, end: usize, tail: usize) -> Option<Sort> {
    let text = running.text(at, end);
    if !text.chars().all(|c| c.is_ascii_digit() || super::running::is_space(c) || c == ',') {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if text.contains(',') && !running.is_english() {
        return None;
    }
    let plain = text.len() == digits.len();
    if plain && let Some(sort) = ordinal(running, &digits, end) {
        return Some(sort);
    }
    if is_base(running, at, end, &digits) {
        return Some(Sort::Base);
    }
    (plain && digits.len() <= 3 && is_time(running, at, end, tail)).then_some(Sort::Span)
}

/// `3-го`, `21st`, `2-орын`, and the decades `90-х`, `80-жылдар`.
fn ordinal(running: &Running, digits: &str, end: usize) -> Option<Sort> {
    let hyphen = is_dash(running.at(end)) && running.is_letter(end + 1);
    let from = if hyphen { end + 1 } else { end };
    let behind = finish(running, from);
    let word = running.small(from, behind);
    let ordinal = all(|words: &'static Words| words.ordinals).any(|ending| *ending == word);
    if word.is_empty() || !(hyphen || ordinal && word.is_ascii()) {
        return None;
    }
    let tens = digits.len() == 2 && digits.ends_with('0');
    let years = |at: usize| {
        let text = running.small_from(running.skip(at));
        words::begins(text, |own| own.decade_years)
    };
    let decade = words::begins(word, |own| own.decades_alone) || words::is_in(word, |own| own.decades) && years(behind);
    if tens && decade {
        return Some(Sort::Year);
    }
    if ordinal {
        return Some(Sort::Label);
    }
    // A noun behind a hyphen makes a number of a thing; a unit does not.
    let case = all(|words: &'static Words| words.cases).any(|case| *case == word);
    let time = TIMES.is_ahead(running, from);
    let measured = unit::begins(running, from) || PERSONS.is_ahead(running, from);
    (behind - from >= 4 && !case && !time && !measured).then_some(Sort::Label)
}

/// The thousand of «на 1000 человек», «100 мың адамға шаққанда», «per 1,000»; a change by a thousand is none.
fn is_base(running: &Running, at: usize, end: usize, digits: &str) -> bool {
    let next = running.skip(end);
    if digits == "1" {
        let led = ONES.is_ahead(running, next) && ONES_LED.is_before(running, at) && !changes_before(running, at);
        return led || ONES_TOWARD.is_ahead(running, next);
    }
    let round = digits.starts_with('1') && digits[1..].chars().all(|c| c == '0');
    let tail = unit::tail(running, end);
    let measured = tail.measured;
    let enough = measured.steps > 0 || digits.len() > 2;
    if !round || !enough || measured.steps > 2 || !matches!(measured.name, None | Some("persons")) {
        return false;
    }
    let next = running.skip(tail.end + usize::from(measured.steps > 0 && running.at(tail.end) == '.'));
    let noun = running.is_letter(next) || measured.name.is_some();
    let led = BASES.is_before(running, at);
    let more = |start: &usize| COMPARATIVES.is_ahead(running, *start);
    let may_be = BASES_OR_CHANGES.is_before(running, at);
    let changes = || changes_before(running, at) || words_ahead(running, tail.end, BEHIND).iter().any(more);
    // «8,2 на 1000»: what stands right before a preposition is what the base belongs to.
    let start = BASES.before(running, at).or_else(|| BASES_OR_CHANGES.before(running, at));
    let of_number = start.map(|start| running.skip_back(start)).is_some_and(|last| {
        running.before(last).is_ascii_digit() && !super::form::is_year(running.text(last.saturating_sub(4), last))
    });
    if of_number && measured.steps == 0 || noun && (led || may_be && !changes()) {
        return true;
    }
    let base = |start: &usize| BASES_BEHIND.is_ahead(running, *start);
    words_ahead(running, tail.end, BEHIND).iter().any(base)
}

/// A whole number of years, months, days, or an age; a mean of them, and what something took, is a result.
fn is_time(running: &Running, at: usize, end: usize, tail: usize) -> bool {
    let next = if is_dash(running.at(tail)) { tail + 1 } else { running.skip(tail) };
    // «15-ке», «2-х»: the ending of the number stands between.
    let cased = unit::tail(running, tail).end;
    let timed = [next, running.skip(cased)].iter().any(|at| TIMES.is_ahead(running, *at));
    let lasting = || {
        let lasting = |start: &usize| index::LASTING.is_ahead(running, *start);
        words_back(running, at, LASTING).iter().any(lasting)
    };
    let aged = AGES.is_before(running, at);
    timed && !lasting() || aged && unit::tail(running, end).measured.is_bare()
}
