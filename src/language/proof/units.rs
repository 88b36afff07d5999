//! Units: a unit that stands twice behind a number, and a scale word typed behind a number that was quoted.

use super::rules::{Measure, Rules};
use super::{Fault, Finding, Passage};
use crate::language::{NBSP, is_of};

/// Says what a word behind a number says.
pub(super) fn kind(rules: &Rules, word: &str) -> Option<Measure> {
    // An ending stands behind a hyphen: «5%-ы».
    let bare = word.split('-').next().unwrap_or(word).trim_end_matches('.').to_lowercase();
    let is = |list: &str| list.split(' ').any(|own| is_of(&bare, own));
    rules.measures.iter().find(|(_, list)| is(list)).map(|(kind, _)| *kind)
}

/// Reads a passage.
pub(super) fn read(rules: &Rules, passage: &Passage, found: &mut Vec<Finding>) {
    let text = passage.text.as_str();
    for (at, _) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        let behind = &text[at + 1..];
        if !behind.starts_with(|c: char| c.is_ascii_digit()) {
            twice(rules, text, at + 1, found);
        }
    }
    for number in passage.plain.iter().filter(|own| text[..own.end].ends_with(|c: char| c.is_ascii_digit())) {
        let rest = &text[number.end..];
        let word = rest.trim_start_matches([' ', NBSP]);
        let length = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
        if rest.len() > word.len() && kind(rules, &word[..length]) == Some(Measure::Scale) {
            let start = number.end + rest.len() - word.len();
            found.push(Finding {
                fault: Fault::Scale,
                span: start..start + length,
                message: format!("`{}` is typed behind a number that is printed in units", &word[..length]),
                hint: "let the filter print the scale: `thousands`, `millions`, or `number(scale=…)`".to_owned(),
            });
        }
    }
}

/// Finds a unit that stands twice behind the number that ends at a byte, or a scale word behind the unit.
fn twice(rules: &Rules, text: &str, end: usize, found: &mut Vec<Finding>) {
    let mut said: Vec<Measure> = Vec::new();
    let mut at = end;
    loop {
        let rest = &text[at..];
        let word = rest.trim_start_matches([' ', NBSP]);
        let start = text.len() - word.len();
        let length = word.find([' ', NBSP, '\n', ',', ';', ':', '(', ')', '–', '»']).unwrap_or(word.len());
        let Some(kind) = kind(rules, &word[..length]) else { return };
        let repeated = said.contains(&kind);
        // «5 человек тысяч»: the scale stands before what it counts.
        let late = kind == Measure::Scale && said.iter().any(|said| *said != Measure::Scale);
        if repeated || late {
            found.push(Finding {
                fault: Fault::UnitTwice,
                span: start..start + length,
                message: format!("`{}` stands behind a number that has its unit already", &word[..length]),
                hint: "strike out one of the units: what a filter prints is not typed again".to_owned(),
            });
            return;
        }
        // A sentence ends here: «5 тыс. Тысяча …».
        if word[..length].ends_with('.') && word[length..].trim_start().starts_with(char::is_uppercase) {
            return;
        }
        said.push(kind);
        at = start + length;
        if !text[at..].starts_with([' ', NBSP]) {
            return;
        }
    }
}
