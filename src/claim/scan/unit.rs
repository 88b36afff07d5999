//! Unit: what a text says beside a number: its scale word, what is counted, its sign.

use super::index::{self, BALANCES, MINUS, PERSONS, UNITS};
use super::pattern::{begin, finish, precedes};
use super::running::{Running, is_dash, is_space};
use crate::language::quantity::{Words, all};
use crate::language::{is_letter, small};

/// What a number counts, with its scale word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// How many thousands multiply it: 2 for millions.
    pub steps: u32,
    /// What is counted, where the text names what is known: `persons`, `percent`, a currency.
    pub name: Option<&'static str>,
    /// For a rate: of how many.
    pub per: Option<u32>,
}

/// What follows a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tail {
    /// What it says.
    pub measured: Measured,
    /// Behind what was read: the ending of the number, scale, unit.
    pub end: usize,
    /// Whether the last word of it says «from», as Kazakh endings do.
    pub from: bool,
}

/// The names of scale words, by how many thousands they multiply.
const SCALES: [&str; 5] = ["", "thousand ", "million ", "billion ", "trillion "];

impl Measured {
    /// Says whether nothing is known.
    pub fn is_bare(self) -> bool {
        self == Measured::default()
    }

    /// Returns what one printed unit stands for.
    pub fn scale(self) -> i64 {
        1000i64.pow(self.steps.min(4))
    }

    /// Writes it as files of claims do: `thousand persons`; none where nothing is said.
    ///
    /// What these files have no unit for is `none`; where they count in thousands of something, one thousand is in the unit.
    pub fn unit(self) -> Option<String> {
        if self.is_bare() {
            return None;
        }
        let known = |name: &str| super::super::Measure::parse(name).is_some_and(|measure| measure.own().is_none());
        let scale = |steps: u32| SCALES.get(steps as usize).copied().unwrap_or_default();
        if let Some(per) = self.per {
            return Some(if per == 1000 { "per-mille".to_owned() } else { "none".to_owned() });
        }
        let name = self.name.unwrap_or("none");
        let thousands = format!("thousand-{name}");
        Some(match self.steps.checked_sub(1) {
            _ if known(name) => format!("{}{name}", scale(self.steps)),
            Some(steps) if known(&thousands) => format!("{}{thousands}", scale(steps)),
            _ => format!("{}none", scale(self.steps)),
        })
    }

    /// Says what is counted, in words of ours: `tenge`, `per 100000`; none where nothing is said.
    pub fn counted(self) -> Option<String> {
        match (self.per, self.name) {
            (Some(per), _) => Some(format!("per {per}")),
            (None, name) => name.map(str::to_owned),
        }
    }
}

/// Reads what follows a number: an ending, a scale word, a unit.
pub(super) fn tail(running: &Running, digits_end: usize) -> Tail {
    let (mut end, mut from) = ending(running, digits_end);
    let mut measured = Measured::default();
    if let Some((behind, steps)) = index::SCALES.longest_ahead(running, joined(running, end)) {
        measured.steps = steps;
        from = is_from(running, behind);
        (end, from) = match ending(running, behind) {
            (same, _) if same == behind => (behind, from),
            other => other,
        };
    }
    let mut at = joined(running, end);
    if measured.steps > 0 && running.at(end) == '.' {
        at = running.skip(end + 1);
    }
    let named = UNITS.longest_ahead(running, at).or_else(|| Some((person(running, at)?, "persons")));
    if let Some((behind, name)) = named {
        measured.name = Some(name);
        from = is_from(running, behind);
        (end, from) = match ending(running, behind) {
            (same, _) if same == behind => (behind, from),
            other => other,
        };
    }
    Tail { measured, end, from }
}

/// Reads the ending of a number or a sign, `-ға`, `-х`; returns the place behind it and whether it says «from».
fn ending(running: &Running, end: usize) -> (usize, bool) {
    if !is_dash(running.at(end)) || !running.is_letter(end + 1) {
        return (end, false);
    }
    let behind = finish(running, end + 1);
    let text = running.small(end + 1, behind);
    if !all(|words: &'static Words| words.cases).any(|case| *case == text) {
        return (end, false);
    }
    (behind, all(|words: &'static Words| words.from).any(|case| *case == text))
}

/// Says whether the word that ends here has an ending that says «from».
pub(super) fn is_from(running: &Running, end: usize) -> bool {
    let start = begin(running, end);
    let text = running.small(start, end);
    all(|words: &'static Words| words.from).any(|case| text.len() > case.len() && text.ends_with(case))
        || all(|words: &'static Words| words.from).any(|case| *case == text) && is_dash(running.before(start))
}

/// Returns where the next word begins, over spaces or one hyphen.
fn joined(running: &Running, end: usize) -> usize {
    if is_dash(running.at(end)) && running.is_letter(end + 1) { end + 1 } else { running.skip(end) }
}

/// Finds a noun that names persons, also behind one or two adjectives; returns the place behind it.
fn person(running: &Running, from: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..3 {
        if let Some((end, ())) = PERSONS.longest_ahead(running, at) {
            return Some(end);
        }
        let end = finish(running, at);
        let text = running.small(at, end);
        let adjective = |ending: &str| text.len() > ending.len() + 3 && text.ends_with(ending);
        if end == at || !all(|words: &'static Words| words.adjectives).any(|ending| adjective(ending)) {
            return None;
        }
        at = running.skip(end);
    }
    None
}

/// Finds the sign of a currency before a number: its name, and where it begins.
pub(super) fn currency(running: &Running, at: usize) -> Option<(&'static str, usize)> {
    let mut last = at;
    while is_space(running.before(last)) && last > 0 {
        last -= 1;
    }
    let last = small(running.before(last));
    let mut near = all(|words: &'static Words| words.currencies).filter(|(sign, _)| sign.ends_with(last));
    near.find_map(|(sign, name)| {
        let is_word = sign.starts_with(is_letter) && sign.ends_with(is_letter);
        if is_word {
            return precedes(running, at, sign).map(|start| (*name, start));
        }
        let end = at - usize::from(at > 0 && is_space(running.before(at)));
        let start = end.checked_sub(sign.chars().count())?;
        (running.small(start, end) == *sign).then_some((*name, start))
    })
}

/// The sign of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// None is printed.
    None,
    /// A minus, as a mark or a word.
    Minus,
    /// A mark that is a minus or a dash.
    Unsure,
}

/// Reads the sign before a number, and where what belongs to the number begins.
pub(super) fn sign(running: &Running, at: usize) -> (Sign, usize) {
    let at = currency(running, at).map_or(at, |(_, start)| start);
    if let Some(start) = MINUS.before(running, at) {
        return (Sign::Minus, start);
    }
    let (glued, mark) = match running.before(at) {
        c if is_dash(c) => (true, at - 1),
        c if is_space(c) && at > 1 && is_dash(running.at(at - 2)) => (false, at - 2),
        _ => return (Sign::None, at),
    };
    let dash = running.at(mark);
    let ahead = running.before(mark);
    let apart = ahead.is_whitespace() || is_space(ahead);
    if !apart && !matches!(ahead, '(' | '[' | '«' | '=' | '<' | '>' | '≤' | '≥' | '≈' | '~') {
        return (Sign::None, at);
    }
    let last = running.skip_back(mark);
    let previous = running.before(last);
    let opens = last == 0 || running.text(last, mark).contains('\n');
    let balance = BALANCES.is_before(running, last);
    let minus = matches!(dash, '-' | '−' | '\u{2011}');
    match (glued, minus) {
        (true, true) => (Sign::Minus, mark),
        (true, false)
            if !apart || opens || balance || previous == '\t' || matches!(previous, ',' | ';' | ':' | '(' | '=') =>
        {
            (Sign::Minus, mark)
        }
        (true, false) if is_dash(previous) => (Sign::Minus, mark),
        (true, false) => (Sign::Unsure, at),
        // A dash, and then a minus: «беру – - 6,5».
        (false, true) if is_dash(previous) && last < mark => (Sign::Minus, mark),
        (false, _) if opens || previous.is_ascii_digit() => (Sign::None, at),
        (false, true) if dash == '−' => (Sign::Minus, mark),
        (false, true) => (Sign::Unsure, at),
        (false, false) if balance => (Sign::Unsure, at),
        (false, false) => (Sign::None, at),
    }
}

/// Returns whether a unit or a scale word begins here.
pub(super) fn begins(running: &Running, at: usize) -> bool {
    UNITS.is_ahead(running, at) || index::SCALES.is_ahead(running, at)
}
