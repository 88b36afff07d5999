//! Capitals: months and days of the week that are written small, and Roman numbers of other letters.

use std::ops::Range;

use super::{Fault, Finding};
use crate::language::{Language, NBSP};

/// Months that are names of people and of feasts as well.
const NAMES: [&str; 7] = ["март", "марта", "май", "мая", "август", "августа", "наурыз"];

/// Letters of the alphabet that look like the digits of Roman numbers, and those.
const ROMAN: [(char, char); 8] =
    [('Х', 'X'), ('І', 'I'), ('С', 'C'), ('М', 'M'), ('V', 'V'), ('I', 'I'), ('X', 'X'), ('L', 'L')];

/// Reads a passage.
pub(super) fn read(language: &Language, text: &str, words: &[(Range<usize>, &str)], found: &mut Vec<Finding>) {
    for (i, (span, word)) in words.iter().enumerate() {
        if is_small(language, word) && is_within(text, span.start) {
            found.push(Finding {
                fault: Fault::Typography,
                span: span.clone(),
                message: format!("`{word}` begins with a capital in the middle of a sentence"),
                hint: "months and days of the week are written small".to_owned(),
            });
        }
        if let Some(name) = (language.rules().is_name)(word).filter(|_| !text[..span.start].ends_with('-')) {
            found.push(Finding {
                fault: Fault::Spelling,
                span: span.clone(),
                message: format!("`{word}` is a name in small letters"),
                hint: format!("write `{name}`"),
            });
        }
        let next = words.get(i + 1).filter(|(next, _)| text[span.end..next.start].trim_matches([' ', NBSP]).is_empty());
        let is_numbered = next
            .is_some_and(|(_, next)| language.rules().century.iter().any(|stem| next.to_lowercase().starts_with(stem)));
        if let Some(right) = roman(word).filter(|_| is_numbered) {
            found.push(Finding {
                fault: Fault::MixedScript,
                span: span.clone(),
                message: format!("`{word}` is a Roman number in other letters than Latin ones"),
                hint: format!("write `{right}` with Latin letters"),
            });
        }
    }
}

/// Says whether a word that begins with a capital is a month or a day of the week.
fn is_small(language: &Language, word: &str) -> bool {
    let mut letters = word.chars();
    let is_name = letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase);
    let lower = word.to_lowercase();
    let is_day = || {
        let rest = language.rules().weekdays.iter().find_map(|day| lower.strip_prefix(day));
        rest.is_some_and(|rest| {
            ["", "а", "у", "ы", "е", "ом", "ой", "ам", "ах", "и", "ю", "ью", "я", "ем"].contains(&rest)
        })
    };
    // A short form of a month is longer than three letters nowhere but in one.
    let is_month = || lower != "сент" && language.lang().month(&lower).is_some();
    is_name && lower.chars().count() > 3 && !NAMES.contains(&lower.as_str()) && (is_month() || is_day())
}

/// Says whether a place stands within a sentence, behind a word in small letters or a number.
fn is_within(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', NBSP]);
    let last = before.rsplit([' ', NBSP, '\n', '(']).next().unwrap_or_default();
    before.len() < at
        && last.ends_with(|c: char| c.is_lowercase() || c == ',' || c.is_ascii_digit())
        && !last.starts_with('«')
}

/// Returns a Roman number in Latin letters, where one is written with others.
fn roman(word: &str) -> Option<String> {
    let right: Option<String> =
        word.chars().map(|c| ROMAN.iter().find(|(own, _)| *own == c).map(|(_, latin)| *latin)).collect();
    right.filter(|right| right != word && !word.chars().any(|c| c.is_ascii_alphabetic()))
}
