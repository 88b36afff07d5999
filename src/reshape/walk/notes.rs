//! Notes: the marks of footnotes and the notes that they stand for.

use std::collections::BTreeMap;

use super::super::periods;
use crate::workbook::{At, Content, Sheet};

/// Finds the notes of a sheet by their marks: `1) Данные за …`, each with its cell.
pub(in crate::reshape) fn notes(sheet: &Sheet) -> BTreeMap<String, (String, At)> {
    let mut notes = BTreeMap::new();
    for (at, cell) in &sheet.cells {
        let Content::Text(text) = &cell.content else { continue };
        for line in text.lines().map(str::trim) {
            let end = line.find(|c: char| !is_mark(c)).unwrap_or(line.len());
            let (mark, rest) = line.split_at(end);
            let rest = rest.trim_start_matches([')', '⁾', '.', ' ', '\u{a0}', '-', '–']);
            let is_note =
                !mark.is_empty() && mark.chars().count() <= 3 && rest.chars().filter(|c| c.is_alphabetic()).count() > 5;
            if is_note {
                notes.entry(digits(mark)).or_insert_with(|| (line.to_owned(), *at));
            }
        }
    }
    notes
}

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

fn is_mark(c: char) -> bool {
    c.is_ascii_digit() || c == '*' || RAISED.contains(c)
}

/// Writes the mark of a note in plain digits.
pub(in crate::reshape) fn digits(mark: &str) -> String {
    let one = |c: char| RAISED.chars().position(|raised| raised == c).map_or(c, |at| char::from(b'0' + at as u8));
    mark.trim().trim_end_matches([')', '⁾']).chars().map(one).collect()
}

/// Parts the mark of a footnote from the end of a text: the text, the mark, and whether it can be nothing else.
pub(in crate::reshape) fn marked(text: &str) -> Option<(&str, String, bool)> {
    let bare = text.trim_end().trim_end_matches([')', '⁾']);
    let is_closed = bare.len() < text.trim_end().len() && !text.contains('(');
    // Digits before a raised mark are the name's own: `2024²⁾`.
    let raised = bare.trim_end_matches(|c: char| c == '*' || RAISED.contains(c));
    let name = if raised.len() < bare.len() { raised } else { bare.trim_end_matches(is_mark) };
    // A year has four digits: `20242)`.
    let year = bare.get(..4).filter(|year| is_closed && name.is_empty() && year.bytes().all(|b| b.is_ascii_digit()));
    let name = year.unwrap_or(name);
    let mark = &bare[name.len()..];
    let is_sure = is_closed || mark.contains(|c: char| !c.is_ascii_digit());
    let name = name.trim_end();
    (!mark.is_empty() && !name.is_empty() && mark.chars().count() <= 3).then(|| (name, digits(mark), is_sure))
}

/// Returns a period without the mark of a footnote behind it, where the mark can be nothing else.
pub fn undated(text: &str) -> &str {
    let body = marked(text).filter(|(.., is_sure)| *is_sure).map(|(body, ..)| body);
    body.filter(|body| periods::is_exact(body)).unwrap_or(text)
}

/// Parts the mark of a footnote from the end of a number: `7*`, `7¹`, `7 1)`; a digit that stands alone is the number's.
pub fn behind_number(text: &str) -> Option<(&str, String)> {
    let text = text.trim();
    let body = text.trim_end_matches(|c: char| c == '*' || RAISED.contains(c));
    if body.len() < text.len() {
        let mark = &text[body.len()..];
        return (!body.trim().is_empty()).then(|| (body.trim_end(), digits(mark)));
    }
    let (body, mark) = text.rsplit_once(char::is_whitespace)?;
    let own = mark.strip_suffix(')')?;
    let is_short = !own.is_empty() && own.len() <= 2 && own.bytes().all(|byte| byte.is_ascii_digit());
    is_short.then(|| (body.trim_end(), own.to_owned()))
}
