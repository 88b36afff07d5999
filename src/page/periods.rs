//! Periods: exhibits and sentences that pair different periods under one word, `last` or `first`, and do not say so.

use std::collections::BTreeSet;
use std::ops::Range;

use super::template::{Call, Template};
use super::{Library, Order, words};
use crate::analysis::{Edition, cut_spans, mixed_periods};
use crate::diagnostic::Diagnostics;
use crate::expression::{self, End};
use crate::finding::{Part, Period, Value};
use crate::language::Lang;
use crate::study::{CellEntry, ColumnsEntry, FigureEntry, RowsEntry, Study, TableEntry, place_of};

/// Warns of the sentences of a template whose quotes mean different periods by one word.
pub(super) fn sentences(
    template: &Template,
    reached: &BTreeSet<(String, usize)>,
    edition: &Edition,
    diagnostics: &mut Diagnostics,
) {
    let asked = |at: &usize, call: &Call| {
        matches!(call.function.as_str(), "q" | "holds") && reached.contains(&(template.path.clone(), *at))
    };
    let starts = starts(template);
    let offset = |call: &Call| starts.get(call.line - 1).copied().unwrap_or_default() + call.column - 1;
    let calls = template.calls.iter().enumerate().filter(|(at, call)| asked(at, call));
    // Templates are read in order, and so are their calls.
    let mut calls: Vec<(usize, &Call)> = calls.map(|(_, call)| (offset(call), call)).collect();
    calls.sort_by_key(|(at, _)| *at);
    let prose: Vec<char> = template.prose.chars().collect();
    for sentence in parted(template) {
        let within = |at: usize| calls.partition_point(|(own, _)| *own < at);
        let inside: Vec<&Call> =
            calls[within(sentence.start)..within(sentence.end)].iter().map(|(_, call)| *call).collect();
        if inside.is_empty() {
            continue;
        }
        let own = prose.get(sentence.start..sentence.end.min(prose.len())).unwrap_or_default();
        let said = said(own, &inside, edition);
        let mut all = BTreeSet::new();
        let mut last = None;
        for call in &inside {
            if let Ok(expr) = expression::parse(&call.argument) {
                cut_spans(&expr, &template.place_of(call), edition, diagnostics);
            }
            let ends = ends_of(&call.argument, edition);
            if call.function == "holds" || expression::mixed(&ends).is_some() {
                mixed_periods(&ends, &said, template.place_of(call), edition, diagnostics);
            } else if !ends.is_empty() {
                all.extend(ends);
                last = Some(*call);
            }
        }
        if let Some(call) = last {
            let place = template.place_of(call).within("the sentence");
            mixed_periods(&all, &said, place, edition, diagnostics);
        }
    }
}

/// Warns of the exhibits whose expressions mean different periods by one word, unless their captions say which.
pub(super) fn exhibits(
    library: &Library,
    order: &Order,
    study: &Study,
    lang: Lang,
    edition: &Edition,
    diagnostics: &mut Diagnostics,
) {
    let figures = study.figures.iter().map(|(id, entry)| (id, of_figure(&entry.value), place_of(entry, id)));
    let tables = study.tables.iter().map(|(id, entry)| (id, of_table(&entry.value), place_of(entry, id)));
    for (id, texts, place) in figures.chain(tables).filter(|(id, ..)| order.shows(id)) {
        for expr in texts.iter().filter_map(|text| expression::parse(text).ok()) {
            cut_spans(&expr, &place, edition, diagnostics);
        }
        let ends: BTreeSet<End> = texts.iter().flat_map(|text| ends_of(text, edition)).collect();
        if expression::mixed(&ends).is_none() {
            continue;
        }
        let name = format!("{}: {id}.", words::exhibits_path(lang));
        let captions = library.templates.iter().filter(|(path, _)| path.starts_with(&name));
        let said: BTreeSet<Period> = captions
            .flat_map(|(_, template)| {
                let prose: Vec<char> = template.prose.chars().collect();
                said(&prose, &template.calls.iter().collect::<Vec<_>>(), edition)
            })
            .collect();
        mixed_periods(&ends, &said, place, edition, diagnostics);
    }
}

fn ends_of(text: &str, edition: &Edition) -> BTreeSet<End> {
    expression::parse(text).map(|expr| expression::ends(&expr, edition)).unwrap_or_default()
}

pub(super) fn of_figure(entry: &FigureEntry) -> Vec<&str> {
    let lines = [&entry.of, &entry.show, &entry.reference, &entry.gini, &entry.x_line, &entry.y_line];
    let texts = lines.into_iter().flatten().chain(entry.series.0.iter().map(|(_, text)| text));
    texts.map(|text| text.value.as_str()).collect()
}

pub(super) fn of_table(entry: &TableEntry) -> Vec<&str> {
    let mut texts: Vec<&str> = entry.of.iter().map(|text| text.value.as_str()).collect();
    if let ColumnsEntry::Each(columns) = &entry.columns {
        texts.extend(columns.0.iter().filter_map(|(_, column)| Some(column.of.as_ref()?.value.as_str())));
    }
    if let RowsEntry::Each(rows) = &entry.rows {
        texts.extend(rows.0.iter().flat_map(|(_, row)| &row.0).map(|(_, cell)| match &cell.value {
            CellEntry::Plain(text) => text.as_str(),
            CellEntry::Own(own) => own.of.value.as_str(),
        }));
    }
    texts
}

/// Lists the periods that a part of a template prints: years in its prose, and periods that it quotes.
fn said(prose: &[char], calls: &[&Call], edition: &Edition) -> BTreeSet<Period> {
    let words = prose.split(|c| !c.is_ascii_digit()).map(|digits| digits.iter().collect::<String>());
    let mut found: BTreeSet<Period> = words.filter_map(|digits| Period::parse(&digits)).collect();
    for call in calls.iter().filter(|call| call.function == "q") {
        let Ok(finding) = expression::ask(&call.argument, edition) else { continue };
        match &finding.cell.value {
            Value::Key(Part::Period(period)) => {
                found.insert(*period);
            }
            Value::List(items) => found.extend(items.iter().filter_map(|(_, cell)| match &cell.value {
                Value::Key(part) => part.period(),
                _ => None,
            })),
            _ => {}
        }
    }
    found
}

/// Lists where each line begins among the characters of a template.
fn starts(template: &Template) -> Vec<usize> {
    let mut starts = vec![0];
    for line in template.source.split_inclusive('\n') {
        starts.push(starts.last().copied().unwrap_or_default() + line.chars().count());
    }
    starts
}

/// Parts a template into sentences, each as a range of characters: at stops that no abbreviation ends with, at blank
/// lines, at items of lists, cells of tables and headings.
fn parted(template: &Template) -> Vec<Range<usize>> {
    let (prose, source): (Vec<char>, Vec<char>) = (template.prose.chars().collect(), template.source.chars().collect());
    // The next letter or digit behind each place.
    let mut next = vec![None; prose.len() + 1];
    for (at, letter) in prose.iter().enumerate().rev() {
        next[at] = if letter.is_alphanumeric() { Some(*letter) } else { next[at + 1] };
    }
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, letter) in prose.iter().enumerate() {
        let rest = prose.get(at + 1..).unwrap_or_default();
        let stops = match letter {
            '.' | '!' | '?' | '…' => {
                let word = prose[..at].iter().rev().take_while(|c| c.is_alphabetic()).count();
                let next = next[at + 1];
                let tag = source.get(at + 1..).unwrap_or_default().iter().find(|c| !c.is_whitespace()) == Some(&'{');
                rest.first().is_none_or(|c| c.is_whitespace())
                    && (word > SHORT && tag || next.is_none_or(|c| c.is_uppercase()))
            }
            '\n' => matches!(source.get(at + 1), None | Some('\n' | '-' | '#' | '|' | '*')),
            _ => false,
        };
        if stops {
            sentences.push(start..at + 1);
            start = at + 1;
        }
    }
    sentences.push(start..usize::MAX);
    sentences
}

/// The length of the longest abbreviation that a full stop ends.
const SHORT: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_of_stops_is_parted_once() {
        let parted =
            |text: &str| super::parted(&super::super::template::read("t.md", text, &mut Diagnostics::default())).len();
        assert_eq!(parted("Раз, т. е. два. Три! Четыре?"), 4);
        assert_eq!(parted(&". ".repeat(50_000)), 50_001);
    }
}
