//! Sources: the cells of a paper's own table, found in the tables beside the paper.

use super::super::called::words;
use super::super::{Mode, Printed};
use super::cells::Cells;
use super::shelf::Shelf;
use crate::finding::Amount;

/// By what the cells of the tables may be multiplied to stand in a paper's table: it may count in thousands of them.
const FACTORS: [(i64, i64); 5] = [(1, 1), (1_000, 1), (1, 1_000), (1_000_000, 1), (1, 1_000_000)];

/// The gap of an expression where the key of the column stands.
const COLUMN: &str = "{column}";

/// The number that stands in a row and a column of a paper's table.
type Value<'a> = dyn Fn(usize, usize) -> Option<Printed> + 'a;

/// How a paper's table stands in a measure: how many of its cells agree, of how many, and the expressions of its rows.
struct Match {
    agree: usize,
    of: usize,
    rows: Vec<(usize, String)>,
}

impl Cells {
    /// Finds the measure in which the rows and columns of a paper's table stand, and returns the expression of each row.
    pub(super) fn sources(
        &self,
        names: &[String],
        columns: &[String],
        value: &Value,
        total: Option<usize>,
    ) -> Option<Vec<(usize, String)>> {
        let all = self.shelves().iter().flat_map(|shelf| shelf.matches(names, columns, value, total));
        // Where most cells disagree, another thing is counted.
        let best = all.filter(|one| 2 * one.agree > one.of).max_by_key(|one| one.agree)?;
        Some(best.rows)
    }
}

impl Shelf {
    /// Holds a paper's table to this measure, in each scale.
    fn matches(&self, names: &[String], columns: &[String], value: &Value, total: Option<usize>) -> Vec<Match> {
        let [one, other] = self.dimensions.as_slice() else { return Vec::new() };
        let (place, member) = match (one.years, other.years) {
            (true, false) => (0, other),
            (false, true) => (1, one),
            _ => return Vec::new(),
        };
        let keys = |member: &str, column: &str| -> Vec<String> {
            let pair = [member.to_owned(), column.to_owned()];
            if place == 1 { pair.to_vec() } else { pair.into_iter().rev().collect() }
        };
        let called = |name: &String| {
            let text = words(name);
            member.members.at(&text).filter(|(_, length)| *length == text.len()).map(|(key, _)| key)
        };
        let rows: Vec<(usize, Vec<String>)> = names
            .iter()
            .enumerate()
            .filter_map(|(at, name)| Some((at, vec![called(name)?])))
            .filter(|(_, key)| columns.iter().all(|column| self.value(&keys(&key[0], column)).is_some()))
            .collect();
        let mut rows = rows;
        if let Some(total) = total.filter(|total| rows.iter().all(|(at, _)| at != total)) {
            let found: Vec<String> = rows.iter().flat_map(|(_, key)| key.clone()).collect();
            let known = |cell: &(Vec<String>, Amount)| found.contains(&cell.0[1 - place]);
            if found.len() + 1 == names.len() && self.cells.iter().all(known) {
                rows.push((total, found));
            }
        }
        let amount = |members: &[String], column: &str| -> Option<Amount> {
            members.iter().try_fold(Amount::ZERO, |sum, member| Some(sum.plus(self.value(&keys(member, column))?)))
        };
        let held = |(times, by): (i64, i64)| -> Option<Match> {
            let factor = Amount::ratio(times, by)?;
            let mut found = Match { agree: 0, of: 0, rows: Vec::new() };
            for (row, members) in &rows {
                for (at, column) in columns.iter().enumerate() {
                    let (own, printed) = amount(members, column).zip(value(*row, at))?;
                    found.of += 1;
                    let is_print = Mode::HalfAway.round(&own.times(&factor), printed.decimals) == printed.value;
                    found.agree += usize::from(is_print);
                }
                let cell = self.name(&keys(&members.join("|"), COLUMN));
                let cell = if members.len() > 1 { format!("sum({cell})") } else { cell };
                found.rows.push((
                    *row,
                    match (times, by) {
                        (1, 1) => cell,
                        (times, 1) => format!("({cell}) * {times}"),
                        (_, by) => format!("({cell}) / {by}"),
                    },
                ));
            }
            Some(found)
        };
        FACTORS.into_iter().filter_map(held).collect()
    }
}
