//! Print: diagnostics for people, with the source line, and for machines, as JSON.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Diagnostic, Severity};
/// Looks up the text of a file, for the excerpt.
pub type Source<'a> = &'a dyn for<'b> Fn(&'b str) -> Option<&'a str>;

/// How often one problem is shown in full.
const FEW: usize = 3;

/// Writes the problems for a person: source excerpt, caret, hint, and a closing count.
pub fn human<'a>(list: &'a [Diagnostic], source: Source<'a>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    let said = |d: &'a Diagnostic| (d.code, d.severity, d.message.as_str(), d.hint.as_deref());
    let mut groups: BTreeMap<_, Vec<&Diagnostic>> = BTreeMap::new();
    let mut following: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in list {
        if let Some(name) = &diagnostic.follows {
            *following.entry(name).or_default() += 1;
            continue;
        }
        groups.entry(said(diagnostic)).or_default().push(diagnostic);
    }
    for diagnostic in list {
        let Some(alike) = groups.get(&said(diagnostic)) else { continue };
        // What is said often is said once, with the places where it holds as well.
        let folded = alike.len() > FEW;
        if folded && alike.first().is_some_and(|first| first.place != diagnostic.place) {
            continue;
        }
        out.push_str(&renderer.render(&[group(diagnostic, source)]));
        if folded {
            let places: Vec<String> = alike[1..].iter().take(FEW).map(|other| other.place.to_string()).collect();
            let more = if alike.len() - 1 > FEW { ", …" } else { "" };
            out.push_str(&format!("\n   = the same {} times more: {}{more}", alike.len() - 1, places.join(", ")));
        }
        let within = diagnostic.place.within.as_deref().filter(|_| diagnostic.severity == Severity::Error);
        if let Some(count) = within.and_then(|name| following.remove(name)) {
            out.push_str(&format!("\n   = {}", follow(count, "this")));
        }
        out.push_str("\n\n");
    }
    // What failed may have been reported under the name of an edition or a file.
    for (name, count) in following {
        out.push_str(&format!("{} `{name}`\n\n", follow(count, "what is said of")));
    }
    let count = |severity| list.iter().filter(|d| d.severity == severity && d.follows.is_none()).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let counts: Vec<String> = [(errors, "error"), (warnings, "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect();
    if !counts.is_empty() {
        out.push_str(&format!("{}\n", counts.join(", ")));
    }
    out
}

/// Says how many problems only follow from another.
fn follow(count: usize, cause: &str) -> String {
    format!("{count} more follow{} from {cause}", if count == 1 { "s" } else { "" })
}

/// Writes the problems as JSON: `{"diagnostics": [{code, severity, file, line, column, length, within,
/// message, hint}]}`, with `follows` where a problem only follows from that of a name.
pub fn json(list: &[Diagnostic]) -> Value {
    let items: Vec<_> = list
        .iter()
        .map(|d| {
            let mut item = json!({
                "code": d.code,
                "severity": severity_name(d.severity),
                "file": d.place.file,
                "line": d.place.line,
                "column": d.place.column,
                "length": d.place.length,
                "within": d.place.within,
                "message": d.message,
                "hint": d.hint,
            });
            if let Some(name) = &d.follows {
                item["follows"] = json!(name);
            }
            item
        })
        .collect();
    json!({ "diagnostics": items })
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn group<'a>(diagnostic: &'a Diagnostic, source: Source<'a>) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = match &diagnostic.place.within {
        Some(within) => format!("{within}: {}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let mut group = Group::with_title(level.primary_title(title).id(diagnostic.code));
    let text = source(&diagnostic.place.file).filter(|text| diagnostic.place.line.is_some() && !has_lone_returns(text));
    group = match (text, diagnostic.place.line) {
        (Some(text), Some(line)) => {
            let (start, row) = line_at(text, line);
            let column = diagnostic.place.column.unwrap_or(1).max(1);
            let from = row.char_indices().nth(column - 1).map_or(row.len(), |(i, _)| i);
            let length = diagnostic.place.length.unwrap_or_else(|| word_length(&row[from..]));
            let to = row[from..].char_indices().nth(length).map_or(row.len(), |(i, _)| from + i);
            let mark = AnnotationKind::Primary.span(start + from..start + to);
            group.element(Snippet::source(text).path(diagnostic.place.file.as_str()).annotation(mark))
        }
        _ => {
            let origin = annotate_snippets::Origin::path(diagnostic.place.file.as_str());
            group.element(match diagnostic.place.line {
                Some(line) => origin.line(line),
                None => origin,
            })
        }
    };
    match &diagnostic.hint {
        Some(hint) => group.element(Level::HELP.message(hint.as_str())),
        None => group,
    }
}

/// Counts the characters of the word at the beginning of a text; a sign is a word of its own.
fn word_length(text: &str) -> usize {
    text.chars().take_while(|c| c.is_alphanumeric() || "_-./@".contains(*c)).count().max(1)
}

/// Returns true for a text whose lines the excerpt would count otherwise: some end in CR alone.
fn has_lone_returns(text: &str) -> bool {
    text.match_indices('\r').any(|(at, _)| !text[at + 1..].starts_with('\n'))
}

/// Finds a line by its number: its byte offset and its text.
fn line_at(text: &str, number: usize) -> (usize, &str) {
    let mut start = 0;
    for (i, line) in text.split_inclusive('\n').enumerate() {
        if i + 1 == number {
            return (start, line.trim_end_matches(['\n', '\r']));
        }
        start += line.len();
    }
    (text.len(), "")
}
