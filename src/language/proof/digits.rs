//! Digits: numbers printed as another language prints them: a decimal point, a million without groups.

use super::rules::{Measure, Rules};
use super::{Fault, Finding, is_letter, units};
use crate::language::{Language, NBSP};

/// From so many digits on a number is grouped.
const GROUPED: usize = 5;

/// Reads a passage.
pub(super) fn read(language: &Language, text: &str, found: &mut Vec<Finding>) {
    let digit = |c: char| c.is_ascii_digit();
    let mut at = 0;
    while let Some(start) = text[at..].find(digit).map(|i| at + i) {
        let length = text[start..].find(|c: char| !digit(c) && c != '.').unwrap_or(text.len() - start);
        let run = text[start..start + length].trim_end_matches('.');
        let end = start + run.len();
        at = start + length;
        let joined = text[..start].ends_with(|c: char| is_letter(c) || ",-–/№_".contains(c) || c == NBSP)
            && !text[..start].ends_with([' ', NBSP]);
        if joined || text[end..].starts_with([',', '-', '–', '/']) {
            continue;
        }
        let (message, hint) = match run.split_once('.') {
            Some((_, part)) if !part.contains('.') && is_measured(language.rules(), &text[end..]) => {
                ("a point stands before decimals", "write a comma, or quote the number")
            }
            None if run.len() >= GROUPED && !run.starts_with('0') && is_counted(language, &text[end..]) => {
                ("the digits are not grouped", "part groups of three by no-break spaces, or quote the number")
            }
            _ => continue,
        };
        let (message, hint) = (message.to_owned(), hint.to_owned());
        found.push(Finding { fault: Fault::Number, span: start..end, message, hint });
    }
}

/// Returns the word behind a number.
fn next(behind: &str) -> &str {
    let word = behind.trim_start_matches([' ', NBSP]);
    let end = word.find([' ', NBSP, '\n', ',', ';', ':', '(', ')', '–', '»']).unwrap_or(word.len());
    &word[..end]
}

/// Says whether a unit stands behind a number.
fn is_measured(rules: &Rules, behind: &str) -> bool {
    units::kind(rules, next(behind)).is_some_and(|kind| kind != Measure::Year)
}

/// Says whether a unit or a noun that is counted stands behind a number.
fn is_counted(language: &Language, behind: &str) -> bool {
    let word = next(behind).trim_end_matches('.');
    behind.starts_with([' ', NBSP]) && (is_measured(language.rules(), behind) || language.vocabulary().lists(word))
}
