//! Motion: two values of one quantity that a text prints, and what its words say of them: from one to the other, one against the
//! other, more than the other.

use std::ops::Range;

use super::rules::{Figure, Measure, Rules};
use super::{clauses, is_letter, units};
use crate::language::{Language, NBSP, is_of};

/// What is said of two values, the former first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moved {
    Up,
    Down,
}

/// Shares of two values beyond which a scale word behind the second is not the first's as well: «с 900 до 1,2 тысячи».
const APART: f64 = 10.0;

/// Words of one unit begin alike for so many letters.
const ALIKE: usize = 3;

/// Lists the numbers of a text that are no years, no days of a month and no names.
pub(super) fn figures<'a>(language: &Language, text: &'a str) -> Vec<Figure<'a>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|i| at + i) {
        let end = end_of_number(text, start);
        at = end;
        found.extend(figure(language, text, start..end));
    }
    found
}

/// Returns where a number ends; a group of three behind a plain space is part of it.
fn end_of_number(text: &str, start: usize) -> usize {
    let is_part = |c: char| c.is_ascii_digit() || [NBSP, '\u{202f}', ','].contains(&c);
    let mut end = start;
    loop {
        end += text[end..].find(|c| !is_part(c)).unwrap_or(text.len() - end);
        end = start + text[start..end].trim_end_matches(|c: char| !c.is_ascii_digit()).len();
        let next = text[end..].strip_prefix([' ', NBSP]).unwrap_or_default();
        let digits = next.len() - next.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let first = text[start..end].rsplit([' ', NBSP, '\u{202f}']).next().unwrap_or_default();
        if digits != 3 || first.len() > 3 || text[start..end].contains(',') || text[end..].starts_with(NBSP) {
            return end;
        }
        end += 1 + digits;
    }
}

fn figure<'a>(language: &Language, text: &'a str, digits: Range<usize>) -> Option<Figure<'a>> {
    let before = &text[..digits.start];
    let is_minus = before.ends_with('\u{2212}');
    let is_name = before.ends_with(|c: char| is_letter(c) || "-–/.№".contains(c)) || before.trim_end().ends_with('№');
    let value = language.read(&text[digits.clone()].replace(' ', "\u{a0}"))?;
    let is_year = value.fraction.is_empty() && digits.len() == 4 && ("1800".."2100").contains(&value.whole.as_str());
    if is_name || is_year {
        return None;
    }
    let plain: f64 = format!("{}.{}", value.whole, value.fraction).parse().ok()?;
    let mut figure = Figure {
        span: digits.start - if is_minus { '\u{2212}'.len_utf8() } else { 0 }..digits.end,
        value: if is_minus { -plain } else { plain },
        scale: None,
        unit: "",
        joined: "",
        end: digits.end,
    };
    if let Some(rest) = text[digits.end..].strip_prefix('-') {
        figure.joined = &rest[..word_length(rest)];
        figure.end += 1 + figure.joined.len();
        return Some(figure);
    }
    let mut is_closed = false;
    if let Some((at, word)) = next_word(text, figure.end)
        && let Some(scale) = scale_of(language, word)
    {
        figure.scale = Some(scale);
        is_closed = take(language, text, &mut figure, at, word);
    }
    if !is_closed && let Some((at, word)) = next_word(text, figure.end).filter(|(_, word)| is_unit(language, word)) {
        figure.unit = word;
        take(language, text, &mut figure, at, word);
        // «кВт·ч».
        if let Some(rest) = text[figure.end..].strip_prefix('·') {
            figure.end += '·'.len_utf8() + word_length(rest);
            let ending = text[figure.end..].strip_prefix('-').map_or(0, |rest| 1 + word_length(rest));
            figure.end += ending;
        }
    }
    Some(figure)
}

/// Takes a word to a number, with the stop of an abbreviation and the ending behind a hyphen; says whether it bears an ending.
fn take(language: &Language, text: &str, figure: &mut Figure, at: usize, word: &str) -> bool {
    figure.end = at + word.len();
    let stop = text[figure.end..].strip_prefix('.').map(str::trim_start);
    figure.end += usize::from(stop.is_some_and(|rest| rest.starts_with(char::is_lowercase)));
    if let Some(rest) = text[figure.end..].strip_prefix('-') {
        figure.end += 1 + word_length(rest);
        return true;
    }
    language.rules().endings.iter().any(|ending| word.ends_with(ending))
}

impl Figure<'_> {
    /// Says which way it is from this value to another, where both are of one unit.
    pub(super) fn moved(&self, to: &Figure, language: &Language) -> Option<Moved> {
        let is_percent = |own: &Figure| units::kind(language.rules(), own.unit) == Some(Measure::Percent);
        let fits = match (self.unit, to.unit) {
            ("", _) => true,
            (_, "") => is_percent(self),
            (own, other) => alike(own, other) || is_percent(self) && is_percent(to),
        };
        let power = |scale: Option<u32>| (0..scale.unwrap_or(0)).fold(1.0, |power, _| power * 1000.0);
        let (from, until) = (self.value * power(self.scale), to.value * power(to.scale));
        let from = match (self.scale, to.scale) {
            (None, Some(_)) if self.unit.is_empty() && self.is_near(to) => self.value * power(to.scale),
            (None, Some(_)) | (Some(_), None) => return None,
            _ => from,
        };
        match from.partial_cmp(&until).filter(|_| fits)? {
            std::cmp::Ordering::Less => Some(Moved::Up),
            std::cmp::Ordering::Greater => Some(Moved::Down),
            std::cmp::Ordering::Equal => None,
        }
    }

    fn is_near(&self, to: &Figure) -> bool {
        let share = self.value.abs() / to.value.abs();
        (1.0 / APART..=APART).contains(&share)
    }

    /// Says whether it is a length of time, an age or a place in an order, which is as often a range or a rank.
    pub(super) fn is_range(&self, language: &Language) -> bool {
        let quantity = language.lang.grammar().quantity;
        let is_time = |word: &str| {
            let lower = word.to_lowercase();
            quantity.times.iter().any(|own| is_of(&lower, own)) || language.lang.month(&lower).is_some()
        };
        !self.unit.is_empty() && is_time(self.unit)
    }
}

/// Says whether two words are of one unit: the same, or one with another ending.
fn alike(own: &str, other: &str) -> bool {
    let letters = |word: &str| word.to_lowercase().chars().collect::<Vec<char>>();
    let (own, other) = (letters(own), letters(other));
    own == other || own.len() >= ALIKE && other.len() >= ALIKE && own[..ALIKE] == other[..ALIKE]
}

fn scale_of(language: &Language, word: &str) -> Option<u32> {
    let lower = word.to_lowercase();
    let scales = language.lang.grammar().quantity.scales;
    scales.iter().find(|(own, _)| is_of(&lower, own)).map(|(_, power)| *power)
}

fn is_unit(language: &Language, word: &str) -> bool {
    !word.is_empty() && !language.rules().links.contains(&word.to_lowercase().as_str())
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| !is_letter(c)).unwrap_or(text.len())
}

/// Returns the word or the sign behind a place, where spaces alone part them.
fn next_word(text: &str, at: usize) -> Option<(usize, &str)> {
    let rest = text[at..].trim_start_matches([' ', NBSP, '\n']);
    let start = text.len() - rest.len();
    let length = rest.chars().next().filter(|c| "%‰₸".contains(*c)).map_or(word_length(rest), char::len_utf8);
    (length > 0).then(|| (start, &rest[..length]))
}

/// Says which way the verb of a clause and its two values go, where the clause prints two ends of a change.
pub(super) fn ends(language: &Language, text: &str, verb: &Range<usize>) -> Option<Moved> {
    let figures = figures(language, text);
    let (from, to) = (language.rules().ends)(language, text, &figures, verb)?;
    figures[from].moved(&figures[to], language)
}

/// Says which way it went between two values behind a colon, each of a year: «упала: 4,7% в 2023 году и 5,2% в 2024 году».
pub(super) fn listed(language: &Language, text: &str) -> Option<Moved> {
    let all = figures(language, text);
    let years = super::years::years(text);
    let ([first, second], [early, late]) = (all.as_slice(), years.as_slice()) else { return None };
    let is_paired = first.end <= second.span.start && !first.unit.is_empty();
    if !is_paired || early.value == late.value || !alike(first.unit, second.unit) {
        return None;
    }
    let ordered = if early.value < late.value { (first, second) } else { (second, first) };
    ordered.0.moved(ordered.1, language)
}

/// Finds a comparative beside two values of which the other is more: «12 732 человека, что больше, чем 15 840 человек».
pub(super) fn compared(language: &Language, text: &str) -> Option<Range<usize>> {
    let rules: &Rules = language.rules();
    let all = figures(language, text);
    let parts = clauses(text);
    for (at, word) in super::words(text) {
        let lower = word.to_lowercase();
        let Some(more) = rules.comparatives.iter().position(|list| list.contains(&lower.as_str())) else { continue };
        let Some((first, second)) = (rules.compared)(language, text, &all, &at) else { continue };
        let same =
            parts.iter().any(|part| part.contains(&all[first].span.start) && part.contains(&all[second].span.start));
        let moved = all[second].moved(&all[first], language);
        let is_told = !all[first].unit.is_empty() && !all[second].unit.is_empty();
        if !same && is_told && moved == Some(if more == 0 { Moved::Down } else { Moved::Up }) {
            return Some(at);
        }
    }
    None
}
