//! Years: ranges that run backwards, and the case of the year behind what governs it.

use std::ops::Range;

use super::rules::{Rules, Span, Year};
use super::{Fault, Finding};
use crate::language::NBSP;

/// Reads a passage.
pub(super) fn read(rules: &Rules, text: &str, found: &mut Vec<Finding>) {
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return;
    }
    let years = years(text);
    for pair in years.windows(2) {
        if let [first, last] = pair
            && first.value > last.value
            && is_range(rules, text, &first.span, &last.span)
        {
            let message = format!("the years run backwards: {} comes after {}", first.value, last.value);
            found.push(Finding {
                fault: Fault::Reversed,
                span: first.span.start..last.span.end,
                message,
                hint: "put the earlier year first".to_owned(),
            });
        }
    }
    for (i, year) in years.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| &years[i]).filter(|before| dashed(text, &before.span, &year.span));
        (rules.year)(text, before, year, found);
    }
}

/// Finds numbers of four digits that may be years, and are no part of a longer number.
pub(super) fn years(text: &str) -> Vec<Year> {
    let digit = |c: char| c.is_ascii_digit();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(digit).map(|i| at + i) {
        let end = text[start..].find(|c| !digit(c)).map_or(text.len(), |i| start + i);
        let (before, after) = (&text[..start], &text[end..]);
        let is_part = |rest: &str, sign: Option<char>| {
            sign.is_some_and(|sign| [',', '.', NBSP, '\u{202f}', '/'].contains(&sign)) && {
                let rest = rest.trim_matches([',', '.', NBSP, '\u{202f}', '/']);
                rest.ends_with(digit) || rest.starts_with(digit)
            }
        };
        let value = text[start..end].parse().unwrap_or(0);
        let joined = is_part(before, before.chars().next_back()) && !before.ends_with(". ")
            || is_part(after.split([' ', '\n']).next().unwrap_or_default(), after.chars().next());
        if end - start == 4 && (1800..=2100).contains(&value) && !joined {
            found.push(Year { span: start..end, value });
        }
        at = end;
    }
    found
}

/// Says whether nothing but a dash stands between two years.
fn dashed(text: &str, first: &Range<usize>, last: &Range<usize>) -> bool {
    let gap = text[first.end..last.start].trim_matches([' ', NBSP]);
    ["–", "—", "-", "\u{2212}"].contains(&gap)
}

/// Says whether two years are the ends of a range: «2010–2024», «с 2010 по 2024 год», «2010 жылдан 2024 жылға дейін».
fn is_range(rules: &Rules, text: &str, first: &Range<usize>, last: &Range<usize>) -> bool {
    let gap = &text[first.end..last.start];
    let between = gap.split([' ', NBSP, '\n']).filter(|word| !word.is_empty()).collect();
    let span = Span { before: &text[..first.start], between, behind: &text[last.end..] };
    dashed(text, first, last) || (rules.is_range)(&span)
}
