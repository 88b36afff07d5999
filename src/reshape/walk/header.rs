//! Header: which rows and columns of a sheet stand for what, before any row of data is read.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Left;
use super::super::entry::{ColumnEntry, Labels};
use super::super::names::plain;
use super::notes::behind_number;
use super::{Given, MEASURE, Text, Walk, prefix};
use crate::diagnostic::code;
use crate::table::number::NumberSyntax;
use crate::workbook::{At, Content, column, letters};

impl Walk<'_> {
    pub(super) fn header_rows(&mut self) -> Option<Vec<u32>> {
        let mut base = 0;
        if let Some(anchor) = &self.layout.anchor {
            let wanted = plain(anchor);
            let found: Vec<At> = (self.sheet.cells.iter())
                .filter(|(_, cell)| plain(&cell.text()).contains(&wanted))
                .map(|(at, _)| *at)
                .collect();
            match found.first() {
                Some(at) => base = at.row,
                None => {
                    self.refuse_layout(
                        format!("no cell of sheet `{}` holds the anchor `{anchor}`", self.sheet.name),
                        None,
                    );
                    return None;
                }
            }
        }
        let rows: Vec<u32> = match self.layout.header.as_slice() {
            [] if self.layout.anchor.is_some() => vec![base],
            [] => vec![self.area.first.row],
            rows => rows.iter().map(|row| base + row.saturating_sub(1)).collect(),
        };
        if !self.layout.levels.is_empty() && self.layout.levels.len() != rows.len() {
            self.refuse_layout(
                format!("`levels` names {} rows, and the header has {}", self.layout.levels.len(), rows.len()),
                None,
            );
            return None;
        }
        Some(rows)
    }

    /// Finds a column by its letters or by a text of the header.
    pub(super) fn column_of(&mut self, name: &str) -> Option<u32> {
        // A heading may be worded in several ways.
        let wanted: Vec<String> = std::iter::once(name).chain(name.split(" | ")).map(plain).collect();
        let mut found: BTreeSet<u32> = BTreeSet::new();
        for row in &self.header {
            found.extend(
                self.sheet.row(*row).filter(|(_, cell)| wanted.contains(&plain(&cell.text()))).map(|(at, _)| at.column),
            );
        }
        let lettered = column(name);
        match (found.len(), lettered) {
            (1, _) => found.first().copied(),
            (_, Some(column)) => Some(column),
            (0, None) => {
                self.refuse_layout(format!("sheet `{}` has no column `{name}`", self.sheet.name), None);
                None
            }
            (_, None) => {
                self.refuse_layout(
                    format!(
                        "the heading `{name}` stands over several columns of sheet `{}`: name it by its letters",
                        self.sheet.name
                    ),
                    None,
                );
                None
            }
        }
    }

    pub(super) fn label_columns(&mut self) -> Option<Vec<(u32, Vec<String>)>> {
        let mut columns = Vec::new();
        for (name, labels) in &self.layout.labels {
            let dimensions = match labels {
                Labels::One(one) => vec![one.clone()],
                Labels::Several(several) => several.clone(),
            };
            columns.push((self.column_of(name)?, dimensions));
        }
        columns.sort();
        Some(columns)
    }

    pub(super) fn leave_columns(&mut self) -> BTreeMap<u32, usize> {
        let mut rules = BTreeMap::new();
        for (name, reason) in &self.layout.leave_columns {
            if let Some(column) = self.column_of(name) {
                rules.insert(column, self.out.left.len());
                self.out.left.push(Left { rule: format!("{}column {name}: {reason}", prefix(self.sheet)), rows: 0 });
            }
        }
        rules
    }

    /// Lists the columns of data with what their headers say; `None` beside a column that is left out by a word.
    pub(super) fn data_columns(&mut self, labels: &[(u32, Vec<String>)]) -> Option<Vec<(u32, Option<Given>)>> {
        let mut columns = Vec::new();
        for (name, entry) in &self.layout.columns {
            let column = self.column_of(name)?;
            let mut given: Given = self.header_texts(column);
            let head =
                self.header.iter().rev().find_map(|row| self.sheet.shown(At { row: *row, column })).map(|(at, _)| at);
            let at = head.unwrap_or(At { row: self.header.first().copied().unwrap_or(0), column });
            let mut put = |name: &str, value: &str| {
                given.insert(name.to_owned(), vec![Text { said: value.to_owned(), at }]);
            };
            match entry {
                ColumnEntry::Measure(measure) => put(MEASURE, measure),
                ColumnEntry::Given(map) => {
                    map.iter().filter(|(key, _)| *key != "head").for_each(|(key, value)| put(key, value));
                    if let Some(head) = map.get("head") {
                        let texts: Vec<String> = (self.header.iter())
                            .filter_map(|row| Some(self.sheet.shown(At { row: *row, column })?.1.text()))
                            .collect();
                        let is_said = |head: &str| texts.iter().any(|text| plain(text).contains(&plain(head)));
                        if !is_said(head) && !head.split(" | ").any(is_said) {
                            let message = format!(
                                "the header of column {} does not hold `{head}` but `{}`",
                                letters(column),
                                texts.join("`, `")
                            );
                            self.refuse(code::DATA_HEADER, at, message, None);
                        }
                    }
                }
            }
            columns.push((column, Some(given)));
        }
        if self.layout.columns.is_empty() {
            let left: Vec<u32> = self.layout.leave_columns.keys().filter_map(|name| column(name)).collect();
            let others = self.layout.leave_columns.keys().filter(|name| column(name).is_none());
            let others: Vec<String> = others.cloned().collect();
            let headed: Vec<u32> = others.iter().filter_map(|name| self.column_of(name)).collect();
            // Only columns that hold something: an area may span more than a machine can count.
            let mut filled: BTreeSet<u32> = BTreeSet::new();
            for at in self.sheet.cells.keys().filter(|at| self.area.contains(**at)) {
                if !self.header.contains(&at.row) {
                    filled.insert(at.column);
                }
            }
            let (sheet, rows) = (self.sheet, self.header.clone());
            let head = |column: u32| rows.iter().rev().find_map(|row| sheet.shown(At { row: *row, column }));
            for column in filled {
                let is_label = labels.iter().any(|(label, _)| *label == column);
                // What is merged over a figure and the marks beside it is the head of the figure.
                let goes_on = self.layout.marks_beside
                    && column > 0
                    && head(column).zip(head(column - 1)).is_some_and(|(own, left)| own.0 == left.0);
                let has_head = head(column).is_some() && !goes_on;
                if !is_label && !left.contains(&column) && !headed.contains(&column) && has_head {
                    columns.push((column, Some(self.header_texts(column))));
                }
            }
        }
        columns.sort_by_key(|(column, _)| *column);
        Some(columns)
    }

    /// Reads what the rows of the header say of a column.
    pub(super) fn header_texts(&mut self, column: u32) -> Given {
        let mut given: Given = BTreeMap::new();
        for (row, level) in self.header.clone().iter().zip(&self.layout.levels).filter(|(_, level)| *level != "-") {
            let at = At { row: *row, column };
            let own = self.sheet.shown(at).map(|(at, cell)| Text { said: cell.text(), at });
            let fills = self.layout.fill_right.iter().any(|fill| {
                let base = self.header.first().copied().unwrap_or(0);
                fill.saturating_sub(1) == *row || self.layout.anchor.is_some() && base + fill.saturating_sub(1) == *row
            });
            let before = || {
                let left = self.sheet.before(at);
                left.map(|(at, cell)| Text { said: cell.text(), at })
            };
            if let Some(text) = own.or_else(|| if fills { before() } else { None }) {
                given.entry(level.clone()).or_default().push(text);
            }
        }
        given
    }

    pub(super) fn settle_numbers(&mut self, columns: &[(u32, Option<Given>)], last_header: u32) {
        let mut all: BTreeMap<u32, Vec<(At, String)>> =
            columns.iter().map(|(column, _)| (*column, Vec::new())).collect();
        for (at, cell) in &self.sheet.cells {
            if at.row > last_header
                && self.area.contains(*at)
                && let Some(texts) = all.get_mut(&at.column)
                && let Content::Text(text) = &cell.content
                && self.marks.reason(text.trim()).is_none()
            {
                let parted = self.flagged(text).or_else(|| behind_number(text));
                let text = parted.map_or(text.trim(), |(text, _)| text);
                if self.marks.reason(text).is_none() {
                    texts.push((*at, text.to_owned()));
                }
            }
        }
        for (column, texts) in &all {
            let stated = NumberSyntax {
                decimal: self.layout.decimal,
                is_dressed: self.layout.bare_number == Some(false),
                brackets: self.layout.brackets,
                ..NumberSyntax::default()
            };
            match stated.settled(texts.iter().map(|(_, text)| text.as_str())) {
                Ok(syntax) => {
                    self.syntaxes.insert(*column, syntax);
                }
                Err(unsettled) => {
                    let (at, text) = texts.get(unsettled.at()).cloned().unwrap_or_default();
                    let message = format!("`{text}` may be a number with decimals or in groups");
                    self.refuse(code::DATA_CELL, at, message, Some("state `decimal` in the layout".to_owned()));
                }
            }
        }
    }
}
