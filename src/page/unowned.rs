//! Unowned: the numbers of prose that no finding gives, in digits and in words.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use crate::document::markdown::options;
use crate::language::{Lang, Spelled, loose, spelled};

/// Finds the numbers in Markdown prose that are not years: their byte offsets and texts.
pub fn digits(prose: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (event, span) in Parser::new_ext(prose, options()).into_offset_iter() {
        let text = match event {
            Event::Text(_) | Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => &prose[span.clone()],
            _ => continue,
        };
        let mut at = 0;
        while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|i| at + i) {
            let end = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |i| start + i);
            let year = text[start..end].parse::<u32>().is_ok_and(|n| end - start == 4 && (1800..=2100).contains(&n));
            let fraction =
                text[end..].starts_with([',', '.']) && text[end + 1..].starts_with(|c: char| c.is_ascii_digit());
            let part_of_number =
                text[..start].ends_with([',', '.', '\u{a0}', '−', '-']) && text[..start].len() > 1 && {
                    let before = text[..start].trim_end_matches([',', '.', '\u{a0}', '−', '-']);
                    before.ends_with(|c: char| c.is_ascii_digit()) && !year
                };
            if !year || fraction || part_of_number {
                found.push((span.start + start, text[start..end].to_owned()));
            }
            at = end;
        }
        // «½», «⑤», «٥»; what stands raised or lowered behind a letter is a unit or a formula: «км²».
        for (at, other) in text.char_indices().filter(|(_, c)| c.is_numeric() && !c.is_ascii_digit()) {
            let of_letter = matches!(other, '²' | '³' | '\u{2080}'..='\u{2089}')
                && text[..at].ends_with(|before: char| before.is_alphabetic());
            if !of_letter {
                found.push((span.start + at, other.to_string()));
            }
        }
    }
    found
}

/// Finds the numbers in words of Markdown prose; the ends of lines within a paragraph join words as spaces do.
pub(super) fn words(prose: &str, langs: &[Lang]) -> Vec<Spelled> {
    spelled(&joined(prose), langs)
}

/// Finds the parts and counts in words that are no such number.
pub(super) fn parts(prose: &str, langs: &[Lang]) -> Vec<Range<usize>> {
    loose(&joined(prose), langs)
}

fn joined(prose: &str) -> String {
    let mut text = prose.replace(['*', '_'], " ").into_bytes();
    for at in 1..text.len().saturating_sub(1) {
        if text[at] == b'\n' && text[at - 1] != b'\n' && text[at + 1] != b'\n' {
            text[at] = b' ';
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}
