//! Labels: what the labels of a row make of it: data, the head of a section, a row that is left out.

use std::collections::BTreeMap;

use super::super::names::plain;
use super::{Given, MEASURE, STATUS, Text, UNIT, Walk};
use crate::finding::Role;
use crate::workbook::{At, column};

/// What the labels of a row make of it.
pub(super) enum Taken {
    /// A row of data.
    Row,
    /// The head of a section.
    Section,
    /// A row with a label that nothing knows.
    Unknown(At, String, Option<String>),
}

impl Walk<'_> {
    pub(super) fn left_by_rule(&self, row: u32, labels: &[(u32, Vec<String>)]) -> Option<usize> {
        self.layout.leave_rows.iter().position(|rule| {
            let by_rows = rule.rows.as_ref().is_some_and(|rows| {
                let (from, to) = rows.split_once('-').unwrap_or((rows, rows));
                let number = |text: &str| text.trim().parse::<u32>().ok();
                number(from).zip(number(to)).is_some_and(|(from, to)| (from..=to).contains(&(row + 1)))
            });
            let by_name = rule.unknown.as_ref().filter(|_| row <= self.last_row).is_some_and(|dimension| {
                let own = labels.iter().find(|(_, dimensions)| dimensions.contains(dimension));
                own.is_some_and(|(column, dimensions)| {
                    let cell = self.sheet.shown(At { row, column: *column });
                    cell.is_some_and(|(at, cell)| {
                        let text = Text { said: cell.text(), at };
                        dimensions.iter().all(|dimension| !self.knows(dimension, &text))
                    })
                })
            });
            let by_text = rule.column.as_ref().is_some_and(|name| {
                let at = column(name).or_else(|| {
                    self.header.iter().find_map(|row| {
                        self.sheet
                            .row(*row)
                            .find(|(_, cell)| plain(&cell.text()) == plain(name))
                            .map(|(at, _)| at.column)
                    })
                });
                let cell = at.and_then(|column| self.sheet.shown(At { row, column }));
                cell.is_some_and(|(_, cell)| rule.holds.iter().any(|text| plain(text) == plain(&cell.text())))
            });
            by_rows || by_name || by_text
        })
    }

    /// Reads the labels of a row, by column.
    pub(super) fn row_labels(
        &self,
        row: u32,
        labels: &[(u32, Vec<String>)],
        filled: &mut BTreeMap<u32, Text>,
    ) -> BTreeMap<u32, Vec<Text>> {
        let mut found = BTreeMap::new();
        for (column, _) in labels {
            let at = At { row, column: *column };
            let own = self
                .sheet
                .shown(at)
                .map(|(at, cell)| Text { said: cell.text(), at })
                .filter(|text| !text.said.trim().is_empty());
            let fills = self.layout.fill_down.iter().any(|name| {
                crate::workbook::column(name) == Some(*column)
                    || self.header.iter().any(|row| {
                        self.sheet
                            .get(At { row: *row, column: *column })
                            .is_some_and(|cell| plain(&cell.text()) == plain(name))
                    })
            });
            if let Some(text) = &own {
                filled.insert(*column, text.clone());
            }
            let text = own.or_else(|| filled.get(column).filter(|_| fills).cloned());
            if let Some(text) = text {
                found.insert(*column, vec![text]);
            }
        }
        found
    }

    pub(super) fn take_labels(
        &mut self,
        labels: &[(u32, Vec<String>)],
        label: &BTreeMap<u32, Vec<Text>>,
        state: &mut Given,
        has_data: bool,
    ) -> Taken {
        let mut inner = true;
        let mut dated = false;
        for (column, dimensions) in labels {
            let Some(text) = label.get(column).and_then(|texts| texts.first()) else {
                // An empty label leaves what was said before only where one fills.
                dimensions.iter().for_each(|dimension| drop(state.remove(dimension)));
                continue;
            };
            if let [only] = dimensions.as_slice() {
                if ![MEASURE, UNIT, STATUS].contains(&only.as_str()) && self.is_named(only) && !self.knows(only, text) {
                    let (message, hint) = self.unknown(only, text);
                    return Taken::Unknown(text.at, message, hint);
                }
                self.step_down(only, text);
                // A year may stand in one column, and its month in another.
                let is_period = self.role(only) == Some(Role::Period);
                match state.get_mut(only).filter(|_| is_period && dated) {
                    Some(said) => said.push(text.clone()),
                    None => drop(state.insert(only.clone(), vec![text.clone()])),
                }
                dated |= is_period;
                continue;
            }
            let Some(at) = dimensions.iter().position(|dimension| self.knows(dimension, text)) else {
                let (message, hint) = self.unknown(dimensions.last().map_or("", String::as_str), text);
                return Taken::Unknown(text.at, message, hint);
            };
            dimensions[at..].iter().for_each(|dimension| drop(state.remove(dimension)));
            self.step_down(&dimensions[at], text);
            state.insert(dimensions[at].clone(), vec![text.clone()]);
            inner &= at + 1 == dimensions.len();
        }
        if has_data || inner { Taken::Row } else { Taken::Section }
    }

    /// Keeps the territory of a row above those below it, where territories are nested.
    pub(super) fn step_down(&mut self, dimension: &str, text: &Text) {
        if self.layout.nested
            && self.role(dimension) == Some(Role::Territory)
            && let Ok((code, _)) = self.territory(text)
        {
            let names = self.target.names;
            self.above.retain(|above| names.is_part(&code, above));
            self.above.push(code);
        }
    }
}
