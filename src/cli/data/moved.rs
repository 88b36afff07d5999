//! Moved: columns that stand elsewhere than in the file before, found by their heads, and the layout that says so.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::files::{Files, Spanned};
use crate::reshape::entry::LayoutEntry;
use crate::reshape::names::{plain, yearless};
use crate::workbook::{At, Sheet, column, letters};

/// The keys of a layout that name columns by their letters.
const NAMING: [&str; 4] = ["labels", "columns", "leave_columns", "fill_down"];

/// Finds where the columns that a layout names by letters stand in another file: every one, by a head that no other has in
/// either. Empty where they stand as they did, or where heads do not tell.
pub(super) fn moved(own: &LayoutEntry, old: &Sheet, new: &Sheet) -> BTreeMap<u32, u32> {
    if own.anchor.is_some() || own.range.is_some() || own.leave_rows.iter().any(|rows| rows.column.is_some()) {
        return BTreeMap::new();
    }
    let head = |sheet: &Sheet, column: u32| -> String {
        let rows = own.header.iter().map(|row| row.saturating_sub(1));
        let texts = rows.filter_map(|row| Some(sheet.shown(At { row, column })?.1.text()));
        texts.map(|text| plain(&yearless(&text))).collect::<Vec<_>>().join("\n")
    };
    let heads = |sheet: &Sheet| -> BTreeMap<String, BTreeSet<u32>> {
        let mut all: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        let columns: BTreeSet<u32> = sheet.cells.keys().map(|at| at.column).collect();
        columns.into_iter().for_each(|column| {
            all.entry(head(sheet, column)).or_default().insert(column);
        });
        all
    };
    let (were, are) = (heads(old), heads(new));
    let alone = |all: &BTreeMap<String, BTreeSet<u32>>, text: &str| match all.get(text) {
        Some(columns) if columns.len() == 1 => columns.first().copied(),
        _ => None,
    };
    let to = |from: u32| {
        let text = head(old, from);
        alone(&were, &text).and_then(|_| alone(&are, &text)).filter(|_| !text.trim().is_empty())
    };
    let named: Vec<u32> = named(own).into_iter().collect();
    let found: Option<BTreeMap<u32, u32>> = named.iter().map(|from| Some((*from, to(*from)?))).collect();
    found.filter(|found| found.iter().any(|(from, to)| from != to)).unwrap_or_default()
}

/// The columns that a layout names by their letters.
fn named(own: &LayoutEntry) -> BTreeSet<u32> {
    let keys = own.labels.keys().chain(own.columns.keys()).chain(own.leave_columns.keys()).chain(&own.fill_down);
    keys.filter_map(|name| column(name)).collect()
}

/// Writes other letters into the lines of a layout; nothing, where the lines hold one that is not found in them.
pub(super) fn rewritten(lines: &[String], own: &LayoutEntry, moves: &BTreeMap<u32, u32>) -> Option<Vec<String>> {
    let mut naming = None;
    let margin = lines.get(1).map_or(0, |line| line.len() - line.trim_start().len());
    let out: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let key = line.trim_start().split(':').next().unwrap_or_default();
            if at > 0 && line.len() - line.trim_start().len() == margin && !key.starts_with('#') {
                naming = NAMING.into_iter().find(|own| *own == key);
            }
            // All but one of them name columns by keys.
            naming.map_or_else(|| line.clone(), |key| lettered(line, key == "fill_down", moves))
        })
        .collect();
    const NAME: &str = "layout.yaml";
    let mut files = Files::default();
    let body: Vec<&str> = out.iter().skip(1).map(|line| line.get(margin..).unwrap_or_default()).collect();
    files.insert(NAME, body.join("\n"));
    let read: Spanned<LayoutEntry> = files.yaml(NAME, &mut Diagnostics::default())?;
    let expected: BTreeSet<u32> = named(own).iter().map(|from| moves.get(from).copied().unwrap_or(*from)).collect();
    (named(&read.value) == expected).then_some(out)
}

/// Writes other letters for those that are a key, or a member of a list, outside quotation marks and comments.
fn lettered(line: &str, is_list: bool, moves: &BTreeMap<u32, u32>) -> String {
    let mut out = String::new();
    let (mut word, mut quote, mut before) = (String::new(), None, ' ');
    let mut is_comment = false;
    for c in line.chars().chain(['\n']) {
        if quote.is_none() && !is_comment && c.is_ascii_uppercase() && (!word.is_empty() || " {[,".contains(before)) {
            word.push(c);
            continue;
        }
        let is_whole = c == ':' || is_list && ",]\n".contains(c);
        match column(&word).filter(|_| is_whole).and_then(|from| moves.get(&from)) {
            Some(to) => out.push_str(&letters(*to)),
            None => out.push_str(&word),
        }
        word.clear();
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(own), c) if own == c => quote = None,
            (None, '#') if before == ' ' => is_comment = true,
            _ => {}
        }
        out.push(c);
        before = c;
    }
    out.pop();
    out
}

#[cfg(test)]
mod tests {
    use super::lettered;

    #[test]
    fn letters_are_written_anew_where_they_name_a_column() {
        let moves = [(0, 2), (2, 0), (26, 3)].into_iter().collect();
        for (line, expected) in [
            ("labels: {A: territory, C: [sex, A]}", "labels: {C: territory, A: [sex, A]}"),
            ("  A: {head: \"A: C, or 'A'\", measure: A}", "  C: {head: \"A: C, or 'A'\", measure: A}"),
            ("  'A': it   # C: no", "  'A': it   # C: no"),
            ("fill_down: [A, AA,B]", "fill_down: [C, D,B]"),
            ("  BA: x, CAB: y", "  BA: x, CAB: y"),
        ] {
            assert_eq!(lettered(line, line.starts_with("fill_down"), &moves), expected);
        }
    }
}
