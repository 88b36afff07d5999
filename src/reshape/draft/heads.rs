//! Heads: what the header says of each column of data.

use std::collections::{BTreeMap, BTreeSet};

use super::super::walk::undated;
use super::super::{Target, periods};
use super::find::{Found, is_numbering};
use super::words::{is_run, member};
use crate::finding::{Period, Role};
use crate::workbook::{At, Cell, Sheet};

/// What stands over a column of data.
pub(super) struct Head {
    /// The column.
    pub column: u32,
    /// Its texts, the outer first; a text that is merged over several rows stands once.
    pub texts: Vec<String>,
    /// What the texts say: dimension or `measure` → member.
    pub says: BTreeMap<String, String>,
    /// Whether its innermost text is understood: what stands over a part of a whole is not of the whole.
    pub is_known: bool,
}

/// Reads the texts over a column.
pub fn texts(sheet: &Sheet, found: &Found, column: u32) -> Vec<String> {
    let mut texts: Vec<(At, String)> = (found.header.iter())
        .filter(|row| !is_numbering(sheet, *row - 1))
        .filter_map(|row| over(sheet, found, *row, column))
        .map(|(at, cell)| (at, cell.text()))
        .collect();
    texts.dedup_by(|a, b| a.0 == b.0 || a.1 == b.1);
    texts.into_iter().map(|(_, text)| undated(&text).to_owned()).collect()
}

/// Reads what one row of the header says over a column.
pub(super) fn text(sheet: &Sheet, found: &Found, row: u32, column: u32) -> Option<String> {
    let text = over(sheet, found, row, column)?.1.text();
    Some(undated(&text).to_owned())
}

/// The cell of a row of the header that stands over a column: of a row of years that are written over the first of their
/// columns alone, the last to the left.
fn over<'s>(sheet: &'s Sheet, found: &Found, row: u32, column: u32) -> Option<(At, &'s Cell)> {
    let at = At { row: row - 1, column };
    let is_data = |column: &u32| found.data.binary_search(column).is_ok();
    let fills = found.sparse.contains(&row) && is_data(&column);
    let left = || sheet.before(at).filter(|(left, _)| fills && is_data(&left.column));
    sheet.shown(at).or_else(left)
}

/// Reads what the header says of every column of data.
pub(super) fn heads(sheet: &Sheet, found: &Found, target: &Target) -> Vec<Head> {
    let one = |column: &u32| {
        let texts = texts(sheet, found, *column);
        let mut says = BTreeMap::new();
        for row in &found.header {
            let shown = |column: u32| sheet.shown(At { row: row - 1, column }).map(|(_, cell)| cell.text());
            let own = shown(*column).and_then(|text| member(target, &text));
            // «Of which» over a part goes on with what the column to its left is of.
            let before = || {
                let left = found.data.iter().rev().filter(|left| *left < column);
                left.into_iter().find_map(|left| member(target, &shown(*left)?))
            };
            if let Some((dimension, member)) = own.or_else(before) {
                says.insert(dimension, member);
            }
        }
        let is_known = texts.last().is_some_and(|text| member(target, text).is_some());
        Head { column: *column, texts, says, is_known }
    };
    found.data.iter().map(one).collect()
}

/// What a row of the header stands for: the dimension of which most of its texts are.
pub(super) fn level(sheet: &Sheet, found: &Found, target: &Target, row: u32) -> Option<String> {
    let texts: Vec<String> =
        (sheet.row(row - 1)).filter(|(at, _)| found.data.contains(&at.column)).map(|(_, cell)| cell.text()).collect();
    let period = target.dimensions.iter().find(|own| own.role == Role::Period).map(|own| own.name.clone());
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for text in &texts {
        let known = member(target, text).map(|(dimension, _)| dimension);
        let is_day = || periods::of(std::slice::from_ref(text)).is_some_and(|said| said.period.day().is_some());
        let is_time = periods::is_part(undated(text)) || periods::is_year(text) || is_day();
        let found = known.or_else(|| period.clone().filter(|_| is_time));
        found.into_iter().for_each(|dimension| *counts.entry(dimension).or_default() += 1);
    }
    // Each text holds a year among words that nobody knows: «styczeń–marzec 2005».
    let dated: Vec<Period> = texts.iter().filter_map(|text| periods::lone_year(text)).collect();
    let years: BTreeSet<Period> = dated.iter().copied().collect();
    let has_run = target.dimensions.iter().any(|own| is_run(target, &own.name));
    let are_years = dated.len() == texts.len() || !has_run && dated.len() > 1 && dated.len() * 2 > texts.len();
    if counts.is_empty() && !texts.is_empty() && are_years && (has_run || years.len() == dated.len()) {
        return period;
    }
    let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
    most.filter(|(_, count)| count * 2 >= texts.len()).map(|(dimension, _)| dimension)
}
