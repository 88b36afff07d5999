//! Parity: language versions quote the same findings, paragraph by paragraph, in the same form.

use std::collections::BTreeMap;

use super::template::{Call, Template};
use crate::diagnostic::{Diagnostic, Diagnostics, code};

/// Compares two versions of one page.
pub fn compare(left: &Template, right: &Template, diagnostics: &mut Diagnostics) {
    let (a, b) = (paragraphs(left), paragraphs(right));
    if a.len() != b.len() {
        // The first pair that differs is where a paragraph is missing; else it is missing at the end.
        let at = a.iter().zip(&b).take_while(|(a, b)| a.calls == b.calls && a.heading == b.heading).count();
        let (here, there) = (b.get(at).or(b.last()), a.get(at).or(a.last()));
        let place = here.map_or_else(|| right.place(1, 1), |here| right.place(here.line, 1));
        let there = there.map_or(1, |there| there.line);
        let message = format!("has {} paragraphs, {} has {}", b.len(), left.spot(there), a.len());
        let hint = "they part here: each version says the same in the same paragraphs";
        diagnostics.push(Diagnostic::error(code::TEMPLATE_PARITY, place, message).hint(hint));
        return;
    }
    for (a, b) in a.iter().zip(&b) {
        let (only_a, only_b) = (missing_from(&a.calls, &b.calls), missing_from(&b.calls, &a.calls));
        if only_a.is_empty() && only_b.is_empty() && a.heading == b.heading {
            continue;
        }
        let mut parts = Vec::new();
        if a.heading != b.heading {
            parts.push(format!("the heading is {}, there {}", name(&b.heading), name(&a.heading)));
        }
        if !only_b.is_empty() {
            parts.push(format!("only here: {}", only_b.join("; ")));
        }
        if !only_a.is_empty() {
            parts.push(format!("only there: {}", only_a.join("; ")));
        }
        let message = format!("differs from {}: {}", left.spot(a.line), parts.join("; "));
        diagnostics.push(Diagnostic::error(code::TEMPLATE_PARITY, right.place(b.line, 1), message));
    }
}

struct Paragraph {
    line: usize,
    heading: Option<String>,
    calls: BTreeMap<String, usize>,
}

fn name(heading: &Option<String>) -> String {
    heading.as_ref().map_or("none".to_owned(), |id| format!("`{id}`"))
}

fn paragraphs(template: &Template) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut open = false;
    for (i, line) in template.prose.lines().enumerate() {
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        if !open {
            paragraphs.push(Paragraph { line: i + 1, heading: None, calls: BTreeMap::new() });
            open = true;
        }
        let Some(paragraph) = paragraphs.last_mut() else { continue };
        if let Some((_, id)) = line.split_once("{#").filter(|_| line.starts_with('#')) {
            paragraph.heading = Some(id.trim_end().trim_end_matches('}').to_owned());
        }
        for call in template.calls.iter().filter(|call| call.line == i + 1) {
            *paragraph.calls.entry(spelled(call)).or_default() += 1;
        }
    }
    paragraphs
}

/// A call without what belongs to one language: cases, and the spelling of nouns.
fn spelled(call: &Call) -> String {
    let argument: String = call.argument.chars().filter(|c| !c.is_whitespace()).collect();
    let filters = call.filters.iter().filter(|f| !f.starts_with("case(")).map(|filter| match filter.split_once('(') {
        Some(("noun", _)) => "|noun".to_owned(),
        _ => format!("|{filter}"),
    });
    let filters: String = filters.collect();
    format!("{}({argument}){filters}", call.function)
}

fn missing_from(from: &BTreeMap<String, usize>, other: &BTreeMap<String, usize>) -> Vec<String> {
    from.iter()
        .filter(|(call, count)| other.get(*call).copied().unwrap_or(0) < **count)
        .map(|(call, _)| call.clone())
        .collect()
}
