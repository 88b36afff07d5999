//! YAML: a file read strictly; all its unknown keys are named in one run.

use serde::de::DeserializeOwned;
use serde_yaml::Error;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};

/// How many unknown keys of one file are named at most.
const MOST: usize = 50;

/// Reads a text; also returns whether it held nothing but what is known.
///
/// A key that nothing reads is reported, blanked, and the rest is read again. Whatever else is wrong after that may
/// come of the blanking, so it is left to the next run.
pub fn read<T: DeserializeOwned>(path: &str, text: &str, diagnostics: &mut Diagnostics) -> (Option<T>, bool) {
    attempt(path, text, false, diagnostics)
}

/// Reads a text that lists entries: one that cannot be read is reported, blanked whole, and the others are read.
pub fn read_entries<T: DeserializeOwned>(path: &str, text: &str, diagnostics: &mut Diagnostics) -> (Option<T>, bool) {
    attempt(path, text, true, diagnostics)
}

fn attempt<T: DeserializeOwned>(
    path: &str,
    text: &str,
    entries: bool,
    diagnostics: &mut Diagnostics,
) -> (Option<T>, bool) {
    let mut text = text.to_owned();
    for unknown in 0..MOST {
        let options = serde_yaml::options! { strict_booleans: true, with_snippet: false };
        let error = match serde_yaml::from_str_with_options(&text, options) {
            Ok(value) => return (Some(value), unknown == 0),
            Err(error) => error,
        };
        let Error::SerdeUnknownField { field, .. } = &error else {
            let entry = error.location().filter(|_| entries).and_then(|at| entry_at(&text, at.line() as usize));
            if let Some(entry) = entry {
                diagnostics.push(problem(path, &error));
                text = blanked(&text, entry);
                continue;
            }
            if unknown == 0 {
                diagnostics.push(problem(path, &error));
            }
            return (None, false);
        };
        let span = error.location().and_then(|at| key_at(&text, field, at.line() as usize, at.column() as usize));
        let mut found = problem(path, &error);
        if let Some(start) = span {
            let (line, column) = position(&text, start);
            found.place = Place::line(path, line, column).covering(field.chars().count());
        }
        diagnostics.push(found);
        let Some(start) = span else { return (None, false) };
        text = without_entry(&text, start);
    }
    (None, false)
}

/// Describes an error in the author's words.
fn problem(path: &str, error: &Error) -> Diagnostic {
    let place =
        error.location().map_or(Place::file(path), |at| Place::line(path, at.line() as usize, at.column() as usize));
    let listed = |name: &str, known: &[&'static str]| {
        did_you_mean(name, known.iter().copied()).unwrap_or_else(|| format!("known here: {}", known.join(", ")))
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
            // What the whole file lacks stands on no line of it.
            let place = if place.column == Some(1) { Place::file(path) } else { place };
            Diagnostic::error(code::YAML_VALUE, place, format!("the key `{field}` is missing"))
        }
        Error::DuplicateMappingKey { key, .. } => {
            let key = key.as_ref().map_or(String::new(), |key| format!(" `{key}`"));
            Diagnostic::error(code::YAML_TWICE, place, format!("the key{key} stands here a second time"))
        }
        Error::InvalidBooleanStrict { .. } => {
            Diagnostic::error(code::YAML_VALUE, place, "expected a truth value").hint("write `true` or `false`")
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
    let row = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum::<usize>();
    let from = row + text[row..].char_indices().nth(column.checked_sub(1)?).map_or(0, |(at, _)| at);
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
    let row = text[..start].rsplit('\n').next().unwrap_or_default();
    let in_block = row.trim_start_matches(['-', ' ']).is_empty();
    let end = if in_block { block_end(text, start, row.chars().count()) } else { flow_end(text, start) };
    blanked(text, start..end)
}

fn blanked(text: &str, bytes: std::ops::Range<usize>) -> String {
    let blank: String = text[bytes.clone()].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
    [&text[..bytes.start], &blank, &text[bytes.end..]].concat()
}

/// Finds the entry of a list to which a line belongs: from its dash to the next line that is indented no deeper.
fn entry_at(text: &str, line: usize) -> Option<std::ops::Range<usize>> {
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

/// Finds the end of an entry that begins a line: the first line that is indented no deeper than its key.
fn block_end(text: &str, start: usize, indent: usize) -> usize {
    let mut end = start;
    for (i, line) in text[start..].split_inclusive('\n').enumerate() {
        let inner = line.trim_start_matches(' ');
        let depth = line.len() - inner.len();
        let belongs =
            i == 0 || inner.trim().is_empty() || depth > indent || (depth == indent && inner.starts_with("- "));
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
    fn the_entry_of_a_line_ends_before_the_next_one() {
        let text = "a:\n  - {x: 1}\n  - x: 2\n    y: 3\n  - {x: 4}\nb: 1\n";
        let entry = |line| entry_at(text, line).map(|range| &text[range]);
        assert_eq!(entry(2), Some("  - {x: 1}\n"));
        assert_eq!(entry(4), Some("  - x: 2\n    y: 3\n"));
        assert_eq!(entry(6), None);
    }

    #[test]
    fn an_entry_is_blanked_and_the_rest_keeps_its_place() {
        let blanked = |text: &str, key: &str| without_entry(text, text.find(key).expect("the key"));
        assert_eq!(blanked("a: 1\nb:\n- c\nz: 3", "b:"), "a: 1\n  \n   \nz: 3");
        assert_eq!(blanked("- a: 1\n  b: 2\n", "a:"), "-     \n  b: 2\n");
        assert_eq!(blanked("x: {a: [1, 2], b: 3}", "a:"), "x: {           b: 3}");
        assert_eq!(blanked("x: {a: '}', b: 3}", "b:"), "x: {a: '}',     }");
    }
}
