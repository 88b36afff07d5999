//! YAML: a file read strictly; all its unknown keys are named in one run.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_yaml::Error;

use super::outline::Outline;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};

/// How many problems of one file are named at most.
const MOST: usize = 50;

/// How many bytes of a file are read again and again for the sake of its further problems.
const WORK: usize = 4 << 20;

/// Reads a text; also returns whether it held nothing but what is known and fits.
///
/// An entry that is wrong is reported, blanked, and the rest is read again, so that one run names all problems of a
/// file. What is missing where something was blanked only follows from that. A value is returned where no more was
/// blanked than unknown keys, and keys on which nothing else rests (`light`).
pub(super) fn read<T: DeserializeOwned>(
    path: &str,
    text: &str,
    light: &[&str],
    diagnostics: &mut Diagnostics,
) -> (Option<T>, bool) {
    attempt(path, text, Some(light), diagnostics)
}

/// Reads a text that lists entries: one that cannot be read is reported, blanked whole, and the others are read.
pub(super) fn read_entries<T: DeserializeOwned>(
    path: &str,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> (Option<T>, bool) {
    attempt(path, text, None, diagnostics)
}

fn attempt<T: DeserializeOwned>(
    path: &str,
    text: &str,
    light: Option<&[&str]>,
    diagnostics: &mut Diagnostics,
) -> (Option<T>, bool) {
    if let Some(kept) = marked(text) {
        diagnostics.push(Diagnostic::error(
            code::FILE_ENCODING,
            Place { line: Some(kept), ..Place::file(path) },
            "holds one of the code points U+FDD0–U+FDEF, which stand for no character",
        ));
        return (None, false);
    }
    let mut text = text.to_owned();
    let mut lost: Vec<Vec<String>> = Vec::new();
    let mut usable = true;
    for round in 0..(WORK / text.len().max(1)).clamp(2, MOST) {
        let options = serde_yaml::options! { strict_booleans: true, with_snippet: false };
        let error = match serde_yaml::from_str_with_options(&text, options) {
            Ok(value) => return (Some(value).filter(|_| usable), round == 0),
            Err(error) => error,
        };
        let mut found = problem(path, &error);
        let is_unknown = matches!(error, Error::SerdeUnknownField { .. });
        let entry = error.location().filter(|_| light.is_none() && !is_unknown);
        if let Some(entry) = entry.and_then(|at| entry_at(&text, at.line() as usize)) {
            diagnostics.push(found);
            text = blanked(&text, entry);
            continue;
        }
        let Some(wrong) = Wrong::of(&text, &error) else {
            let follows = matches!(error, Error::SerdeMissingField { .. }) && lost.iter().any(Vec::is_empty);
            if !follows {
                diagnostics.push(found);
            }
            return (None, false);
        };
        let follows = !wrong.is_unknown && lost.iter().any(|gone| gone.starts_with(&wrong.path));
        if !follows {
            if let Some((line, column, length)) = wrong.place {
                found.place = Place { length, ..Place::line(path, line, column) };
            }
            diagnostics.push(found);
        }
        let key = wrong.path.last().map(String::as_str).unwrap_or_default();
        usable &= wrong.is_unknown || !wrong.is_missing && light.is_some_and(|light| light.contains(&key));
        // The items behind one that is taken out of a list have other numbers.
        lost.retain(|gone| !gone.starts_with(&wrong.path));
        lost.push(wrong.path[..wrong.path.len().saturating_sub(1)].to_vec());
        text = without_entry(&text, wrong.start);
    }
    (None, false)
}

/// Finds the line of a character that holds places in texts under way, as it is or escaped.
fn marked(text: &str) -> Option<usize> {
    let plain = text.find(|c| ('\u{fdd0}'..='\u{fdef}').contains(&c));
    let lower = || {
        ["\\ufdd", "\\uFDD", "\\ufde", "\\uFDE", "\\U0000fdd", "\\U0000FDD", "\\U0000fde", "\\U0000FDE"]
            .iter()
            .find_map(|escaped| text.find(escaped))
    };
    plain.or_else(lower).map(|at| text[..at].matches('\n').count() + 1)
}

/// An entry that is to be blanked.
struct Wrong {
    /// The keys that lead to it, and its own; of one that lacks a key, the keys that lead to its map.
    path: Vec<String>,
    /// Where its key begins.
    start: usize,
    /// The line, the column and the length to show, where the reader's own place is another.
    place: Option<(usize, usize, Option<usize>)>,
    is_unknown: bool,
    is_missing: bool,
}

impl Wrong {
    /// Finds the innermost entry around an error; none where the error leaves nothing to read on.
    fn of(text: &str, error: &Error) -> Option<Wrong> {
        let at = error.location().map(|at| (at.line() as usize, at.column() as usize))?;
        let outline = Outline::read("", text);
        let offset_of = |(line, column)| offset(text, line, column);
        let wrong = |path: Vec<String>, start| Wrong { path, start, place: None, is_unknown: false, is_missing: false };
        match error {
            Error::SerdeUnknownField { field, .. } => {
                let start = key_at(text, field, at.0, at.1)?;
                let (line, column) = position(text, start);
                let entry = outline.iter().find(|entry| (entry.line, entry.column) == (line, column));
                let path = entry.map_or_else(|| vec![field.clone()], |entry| entry.path.clone());
                let place = Some((line, column, Some(field.chars().count())));
                Some(Wrong { place, is_unknown: true, ..wrong(path, start) })
            }
            Error::SerdeMissingField { .. } => {
                // The reader names the last key of the map that lacks one, or the map where it is empty.
                let last = outline.iter().rev().find(|entry| (entry.line, entry.column) <= at)?;
                let is_empty = (last.line, last.column) != at;
                let map = if is_empty { last.path.as_slice() } else { last.path.split_last()?.1 };
                let keys: Vec<&str> = map.iter().map(String::as_str).collect();
                let mut entry = outline.find(&keys)?;
                let mut start = offset_of((entry.line, entry.column))?;
                // An item of a list has no key of its own: it begins at its dash.
                if entry.path.len() < map.len() {
                    let first = outline.iter().find(|other| other.path.starts_with(map))?;
                    let row = offset_of((first.line, 1))?;
                    let before = &text[row..offset_of((first.line, first.column))?];
                    if before.trim() == "-" {
                        (entry, start) = (first, row + before.find('-')?);
                    }
                }
                let place = Some((entry.line, entry.column, None));
                let path = map.to_vec();
                Some(Wrong { is_missing: true, place, ..wrong(path, start) })
            }
            Error::SerdeUnknownVariant { .. }
            | Error::SerdeInvalidType { .. }
            | Error::SerdeInvalidValue { .. }
            | Error::InvalidBooleanStrict { .. }
            | Error::InvalidScalar { .. }
            | Error::Unexpected { .. }
            | Error::Message { .. } => {
                let wanted = offset_of(at)?;
                // What stands around the place is the last entry that begins before it, or one that leads to that.
                let last = outline.iter().rev().find(|entry| (entry.line, entry.column) <= at)?;
                let around = |length| outline.find(&last.path[..length].iter().map(String::as_str).collect::<Vec<_>>());
                let entry = (1..=last.path.len()).rev().filter_map(around).find(|entry| {
                    let start = offset_of((entry.line, entry.column));
                    start.is_some_and(|start| (start..entry_end(text, start)).contains(&wanted))
                })?;
                Some(wrong(entry.path.clone(), offset_of((entry.line, entry.column))?))
            }
            Error::DuplicateMappingKey { .. } => {
                let entry = outline.iter().rev().find(|entry| (entry.line, entry.column) <= at)?;
                Some(wrong(entry.path.clone(), offset_of(at)?))
            }
            _ => None,
        }
    }
}

/// Guesses which key is meant by a word of another language.
fn called(name: &str, known: &[&'static str]) -> Option<String> {
    let all: BTreeMap<String, Vec<String>> = serde_yaml::from_str(include_str!("keys.yaml")).ok()?;
    let small = name.to_lowercase();
    let key = known.iter().find(|key| all.get(**key).is_some_and(|words| words.contains(&small)));
    key.map(|key| format!("did you mean `{key}`?"))
}

/// Names the numbers of a type.
fn number_of(name: &str) -> Option<&'static str> {
    match name {
        "u8" | "u16" | "u32" | "u64" | "usize" => Some("a whole number from 0"),
        "i8" | "i16" | "i32" | "i64" | "isize" => Some("a whole number"),
        "f32" | "f64" => Some("a number"),
        _ => None,
    }
}

/// Describes an error in the author's words.
fn problem(path: &str, error: &Error) -> Diagnostic {
    let place = error
        .location()
        .map_or(Place::line(path, 1, 1), |at| Place::line(path, at.line() as usize, at.column() as usize));
    let listed = |name: &str, known: &[&'static str]| {
        let near = did_you_mean(name, known.iter().copied()).or_else(|| called(name, known));
        near.unwrap_or_else(|| format!("known here: {}", known.join(", ")))
    };
    match error {
        Error::SerdeUnknownField { field, expected, .. } => {
            Diagnostic::error(code::YAML_KEY, place, format!("unknown key `{field}`")).hint(listed(field, expected))
        }
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            Diagnostic::error(code::YAML_VALUE, place, format!("`{variant}` is not known here"))
                .hint(listed(variant, expected))
        }
        Error::SerdeMissingField { field, .. } => {
            // What the whole file lacks is said at its beginning.
            Diagnostic::error(code::YAML_VALUE, Place::line(path, 1, 1), format!("the key `{field}` is missing"))
        }
        Error::DuplicateMappingKey { key, .. } => {
            let key = key.as_ref().map_or(String::new(), |key| format!(" `{key}`"));
            Diagnostic::error(code::YAML_TWICE, place, format!("the key{key} stands here a second time"))
        }
        Error::InvalidBooleanStrict { .. } => {
            Diagnostic::error(code::YAML_VALUE, place, "expected a truth value").hint("write `true` or `false`")
        }
        Error::InvalidScalar { ty, .. } => {
            Diagnostic::error(code::YAML_VALUE, place, format!("expected {}", number_of(ty).unwrap_or("a number")))
        }
        Error::Unexpected { expected, .. } => {
            let expected = match *expected {
                "sequence start" => "a list: [a, b]",
                "mapping start" => "keys with values: {a: 1}",
                "string scalar" | "scalar" => "a text",
                other => other,
            };
            Diagnostic::error(code::YAML_VALUE, place, format!("expected {expected}"))
        }
        Error::SerdeInvalidType { unexpected, expected, .. }
        | Error::SerdeInvalidValue { unexpected, expected, .. } => {
            let expected = number_of(expected).unwrap_or(expected);
            Diagnostic::error(code::YAML_VALUE, place, format!("expected {expected}, found {unexpected}"))
        }
        other => {
            let message = other.to_string();
            let message = message.lines().next().unwrap_or_default().trim_start_matches("error: ");
            let message = message.rsplit_once(" at line ").map_or(message, |(text, _)| text);
            let hint = match message.contains("tabs") {
                true => "indent with spaces",
                false => {
                    "a bracket, brace or quotation mark before this place may not be closed, or a space is missing behind a colon"
                }
            };
            Diagnostic::error(code::YAML_SYNTAX, place, message).hint(hint)
        }
    }
}

/// Finds where a key begins: at a place, or first behind it where the reader names only the map.
fn key_at(text: &str, key: &str, line: usize, column: usize) -> Option<usize> {
    let from = offset(text, line, column)?;
    text[from..].match_indices(key).map(|(at, _)| from + at).find(|at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + key.len()..].trim_start_matches(['"', '\'', ' ']);
        before.is_none_or(|c| c.is_whitespace() || "{,\"'".contains(c)) && after.starts_with(':')
    })
}

/// Returns line and column, from 1, of a byte offset.
fn position(text: &str, at: usize) -> (usize, usize) {
    let row = text[..at].rsplit('\n').next().unwrap_or_default();
    (text[..at].matches('\n').count() + 1, row.chars().count() + 1)
}

/// Blanks the entry whose key begins at an offset; every line and column of the rest stays as it was.
fn without_entry(text: &str, start: usize) -> String {
    blanked(text, start..entry_end(text, start))
}

fn blanked(text: &str, bytes: Range<usize>) -> String {
    let blank: String = text[bytes.clone()].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
    [&text[..bytes.start], &blank, &text[bytes.end..]].concat()
}

/// Finds the entry of a list to which a line belongs: from its dash to the next line that is indented no deeper.
fn entry_at(text: &str, line: usize) -> Option<Range<usize>> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let own = depth(lines.get(line.checked_sub(1)?)?);
    let first = (0..line).rev().find(|at| depth(lines[*at]) <= own && lines[*at].trim_start().starts_with("- "))?;
    let indent = depth(lines[first]);
    let ends = |line: &&str| !line.trim().is_empty() && depth(line) <= indent;
    let length = 1 + lines[first + 1..].iter().take_while(|line| !ends(line)).count();
    let start = lines[..first].iter().map(|line| line.len()).sum::<usize>();
    Some(start..start + lines[first..first + length].iter().map(|line| line.len()).sum::<usize>())
}

/// Finds the end of the entry whose key begins at an offset.
fn entry_end(text: &str, start: usize) -> usize {
    let row = text[..start].rsplit('\n').next().unwrap_or_default();
    let in_block = row.trim_start_matches(['-', ' ']).is_empty();
    if in_block { block_end(text, start, row.chars().count()) } else { flow_end(text, start) }
}

/// Returns the byte offset of a line and column, both from 1.
fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let row: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    Some(row + text[row..].char_indices().nth(column.checked_sub(1)?).map_or(0, |(at, _)| at))
}

/// Finds the end of an entry that begins a line: the first line that is indented no deeper than its key or dash.
fn block_end(text: &str, start: usize, indent: usize) -> usize {
    let is_item = text[start..].starts_with("- ");
    let mut end = start;
    for (i, line) in text[start..].split_inclusive('\n').enumerate() {
        let inner = line.trim_start_matches(' ');
        let depth = line.len() - inner.len();
        let belongs = i == 0
            || inner.trim().is_empty()
            || depth > indent
            || (!is_item && depth == indent && inner.starts_with("- "));
        if !belongs {
            break;
        }
        end += line.len();
    }
    end
}

/// Finds the end of an entry within braces: behind its comma, or before the brace that closes the map.
fn flow_end(text: &str, start: usize) -> usize {
    let (mut depth, mut quote) = (0usize, None);
    for (at, c) in text[start..].char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') if depth == 0 => return start + at,
            (None, '}' | ']') => depth -= 1,
            (None, ',') if depth == 0 => return start + at + 1,
            (None, _) => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_blanked_and_the_rest_keeps_its_place() {
        let blanked = |text: &str, key: &str| without_entry(text, text.find(key).expect("the key"));
        assert_eq!(blanked("a: 1\nb:\n- c\nz: 3", "b:"), "a: 1\n  \n   \nz: 3");
        assert_eq!(blanked("- a: 1\n  b: 2\n", "a:"), "-     \n  b: 2\n");
        assert_eq!(blanked("x:\n- a: 1\n  b: 2\n- c: 3", "- a"), "x:\n      \n      \n- c: 3");
        assert_eq!(blanked("x: {a: [1, 2], b: 3}", "a:"), "x: {           b: 3}");
        assert_eq!(blanked("x: {a: '}', b: 3}", "b:"), "x: {a: '}',     }");
    }
}
