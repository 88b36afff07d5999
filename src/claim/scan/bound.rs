//! Bound: how firmly a number is said, from the words and signs before and behind it.

use super::index::{BEFORE, BEHIND, CHANGES, LEADS, MARKS, PREPOSITIONS};
use super::pattern::{finish, words_ahead, words_back};
use super::running::{Running, is_dash};
use super::unit::is_from;
use crate::language::quantity::{Bound, Ending, Reach};

/// How many words may stand between a number and a bound behind it.
const BETWEEN: usize = 3;

/// How far back or ahead in its sentence a change is looked for.
const SENTENCE: usize = 12;

/// Reads the bound of a number: from where it begins, its sign included, to behind its unit.
///
/// `led` says that the number is the second of two between which something moves, so that what leads to it is no bound.
pub(super) fn bound(running: &Running, at: usize, end: usize, led: bool) -> Option<(Bound, usize, usize)> {
    before(running, at, led)
        .map(|(bound, start)| (bound, start, end))
        .or_else(|| behind(running, end, led).map(|(bound, end)| (bound, at, end)))
}

fn before(running: &Running, at: usize, led: bool) -> Option<(Bound, usize)> {
    let last = running.skip_back(at);
    let sign = match running.before(last) {
        '>' => Some(Bound::More),
        '<' => Some(Bound::Less),
        '≥' | '⩾' => Some(Bound::AtLeast),
        '≤' | '⩽' => Some(Bound::AtMost),
        '≈' | '~' | '∼' | '≃' => Some(Bound::About),
        _ => None,
    };
    if let Some(bound) = sign {
        return Some((bound, last - 1));
    }
    if let Some((start, (bound, reach))) = BEFORE.longest_before(running, at) {
        let moves = led || reach == Reach::Toward && changes_before(running, start);
        return (reach != Reach::Toward || !moves).then_some((bound, start));
    }
    // «почти на 5», «превысило отметку в 20».
    let preposition = PREPOSITIONS.before(running, at);
    let mark = MARKS.before(running, preposition.unwrap_or(at));
    if let Some((start, (bound, reach))) = mark.and_then(|start| BEFORE.longest_before(running, start)) {
        return (reach != Reach::Toward).then_some((bound, start));
    }
    let (start, (bound, reach)) = BEFORE.longest_before(running, preposition?)?;
    (reach == Reach::Through).then_some((bound, start))
}

fn behind(running: &Running, end: usize, led: bool) -> Option<(Bound, usize)> {
    let mut last = end;
    for _ in 0..=BETWEEN {
        let at = running.skip(last);
        if !running.is_letter(at) {
            return None;
        }
        if let Some((behind, (bound, ending))) = BEHIND.longest_ahead(running, at) {
            let fits = match ending {
                Ending::Any => true,
                Ending::From => is_from(running, last),
                Ending::Toward => !led && !changes_ahead(running, behind) && !changes_before(running, at),
            };
            return fits.then_some((bound, behind));
        }
        last = finish(running, at);
        if is_dash(running.at(last)) && running.is_letter(last + 1) {
            last = finish(running, last + 1);
        }
    }
    None
}

/// Says whether the sentence tells of a change before a place.
pub(super) fn changes_before(running: &Running, at: usize) -> bool {
    words_back(running, at, SENTENCE).iter().any(|start| CHANGES.is_ahead(running, *start))
}

fn changes_ahead(running: &Running, at: usize) -> bool {
    words_ahead(running, at, SENTENCE).iter().any(|start| CHANGES.is_ahead(running, *start))
}

/// Says whether a number is led to as the first of two: «с 5», «от 5», «between 5».
pub(super) fn is_first(running: &Running, at: usize) -> bool {
    LEADS.is_before(running, at)
}
