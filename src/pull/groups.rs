//! Groups: what a query has gathered so far, from records or from what an engine has added up already.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::decimal::Decimal;
use super::plan::{Plan, What};
use super::result::Returned;
use crate::files::limits::{QUERY_GROUPS, QUERY_TEXT};

/// A record: its fields, one behind another.
pub(super) struct Record<'a> {
    pub bytes: &'a [u8],
    /// Where each field ends.
    pub ends: &'a [usize],
    /// How many bytes stand between two fields.
    pub between: usize,
}

impl Record<'_> {
    pub(super) fn count(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn field(&self, at: usize) -> &[u8] {
        let from = if at == 0 { 0 } else { self.ends[at - 1] + self.between };
        &self.bytes[from..self.ends[at]]
    }

    pub(super) fn texts(&self) -> Vec<String> {
        (0..self.count()).map(|at| String::from_utf8_lossy(self.field(at)).trim().to_owned()).collect()
    }
}

/// The groups of a query.
pub(super) struct Groups {
    key: Vec<u8>,
    /// The keys in the order in which they came, and where each stands: nothing reads the order of the table.
    keys: Vec<Vec<u8>>,
    stands: HashTable<usize>,
    /// How long the keys are together.
    length: usize,
    hasher: DefaultHashBuilder,
    cells: Vec<Cell>,
    lacking: Vec<u64>,
    /// Which of the values that a test of the plan lists a record had.
    met: Vec<Vec<bool>>,
    kept: u64,
}

#[derive(Clone, Copy)]
enum Cell {
    Count(u64),
    Number(Option<Decimal>),
}

/// What is wrong, and what to do.
pub(super) type Refused = (String, &'static str);

/// What an engine has added up for one aggregate of one group.
#[derive(Clone, Copy, Debug)]
pub(super) struct Added {
    /// The sum, the least or the greatest; nothing for a count, and where every record lacks its number.
    pub number: Option<Decimal>,
    /// How many records lack their number.
    pub lacking: u64,
}

/// Stands between the parts of a key; no text of a record that is accepted holds it.
const BETWEEN: u8 = 0x1f;

pub(super) const UNREADABLE: &str =
    "look whether the file is whole, is UTF-8 text, and closes what its quotation marks open";

impl Groups {
    pub(super) fn of(plan: &Plan) -> Groups {
        Groups {
            key: Vec::new(),
            keys: Vec::new(),
            stands: HashTable::new(),
            length: 0,
            hasher: DefaultHashBuilder::default(),
            cells: Vec::new(),
            lacking: vec![0; plan.aggregates.len()],
            met: plan.tests.iter().map(|(_, test)| vec![false; test.listed().len()]).collect(),
            kept: 0,
        }
    }

    /// Takes in a record, whose columns of the plan stand at `columns`.
    #[inline]
    pub(super) fn take(&mut self, plan: &Plan, columns: &[usize], record: &Record) -> Result<(), Refused> {
        for ((column, test), met) in plan.tests.iter().zip(&mut self.met) {
            let field = record.field(columns[*column]);
            if let Some(at) = test.listed().iter().position(|value| value == field) {
                met[at] = true;
                continue;
            }
            match test.holds(field, &plan.missing) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(why) => return Err(refused(plan, *column, field, why)),
            }
        }
        let at = self.find(plan, |group| record.field(columns[plan.groups[group].column]))?;
        self.kept += 1;
        let width = plan.aggregates.len();
        // Aggregates of one column read it once.
        let mut parsed: Option<(usize, Decimal)> = None;
        for (number, aggregate) in plan.aggregates.iter().enumerate() {
            let (Some(column), Cell::Number(before)) = (aggregate.column, &mut self.cells[at * width + number]) else {
                self.count(at * width + number, 1);
                continue;
            };
            let field = record.field(columns[column]);
            if plan.missing.iter().any(|mark| mark == field) {
                self.lacking[number] += 1;
                continue;
            }
            let known = parsed.filter(|(of, _)| *of == column).map(|(_, number)| number);
            let Some(new) = known.or_else(|| Decimal::parse(field)) else {
                return Err(refused(plan, column, field, "is no number as 1234.5"));
            };
            parsed = Some((column, new));
            *before = Some(joined(*before, new, aggregate.what).ok_or_else(|| too_large(&aggregate.name))?);
        }
        Ok(())
    }

    /// Takes in a group that an engine has added up: a field for each group of the plan, what was added for each aggregate, and
    /// how many records it holds.
    pub(super) fn merge(
        &mut self,
        plan: &Plan,
        fields: &[&[u8]],
        added: &[Added],
        records: u64,
    ) -> Result<(), Refused> {
        let at = self.find(plan, |group| fields[group])?;
        self.kept += records;
        let width = plan.aggregates.len();
        for (number, (aggregate, added)) in plan.aggregates.iter().zip(added).enumerate() {
            self.lacking[number] += added.lacking;
            match (&mut self.cells[at * width + number], added.number) {
                (Cell::Count(_), _) => self.count(at * width + number, records),
                (Cell::Number(before), Some(new)) => {
                    *before = Some(joined(*before, new, aggregate.what).ok_or_else(|| too_large(&aggregate.name))?);
                }
                (Cell::Number(_), None) => {}
            }
        }
        Ok(())
    }

    #[inline]
    fn count(&mut self, cell: usize, records: u64) {
        if let Cell::Count(count) = &mut self.cells[cell] {
            *count += records;
        }
    }

    /// Finds the group of a record by the fields of its columns.
    #[inline]
    fn find<'a>(&mut self, plan: &Plan, field: impl Fn(usize) -> &'a [u8]) -> Result<usize, Refused> {
        self.key.clear();
        for (number, group) in plan.groups.iter().enumerate() {
            let field = field(number);
            group.how.write(field, &mut self.key).map_err(|why| refused(plan, group.column, field, why))?;
            self.key.push(BETWEEN);
        }
        match self.stands.find(self.hasher.hash_one(&self.key), |at| self.keys[*at] == self.key) {
            Some(at) => Ok(*at),
            None => self.open(plan),
        }
    }

    /// Opens a group that no record had before.
    #[cold]
    fn open(&mut self, plan: &Plan) -> Result<usize, Refused> {
        for (label, group) in self.key.split(|byte| *byte == BETWEEN).zip(&plan.groups) {
            let Ok(text) = std::str::from_utf8(label) else {
                return Err(refused(plan, group.column, label, "is no UTF-8 text"));
            };
            if text.trim().is_empty() || text.chars().any(char::is_control) {
                return Err(refused(plan, group.column, label, "is no name of a group"));
            }
        }
        if self.key.split(|byte| *byte == BETWEEN).count() != plan.groups.len() + 1 {
            return Err(("a field that groups holds a control character".to_owned(), UNREADABLE));
        }
        if self.keys.len() == QUERY_GROUPS {
            let message = format!("`{}` has more than {QUERY_GROUPS} groups", plan.name);
            return Err((
                message,
                "group by fewer columns, or by `bands` or a `period`: a snapshot is a table of thousands",
            ));
        }
        self.length += self.key.len();
        if self.length > QUERY_TEXT {
            let message = format!("the groups of `{}` have names of more than {} MiB", plan.name, QUERY_TEXT >> 20);
            return Err((message, "group by columns of short names"));
        }
        let at = self.keys.len();
        self.keys.push(self.key.clone());
        self.stands.insert_unique(self.hasher.hash_one(&self.key), at, |at| self.hasher.hash_one(&self.keys[*at]));
        let cell = |what| if what == What::Count { Cell::Count(0) } else { Cell::Number(None) };
        self.cells.extend(plan.aggregates.iter().map(|aggregate| cell(aggregate.what)));
        Ok(at)
    }

    /// Returns the groups in the order of their keys, of so many records that were read.
    pub(super) fn returned(self, plan: &Plan, read: u64) -> Returned {
        let width = plan.aggregates.len();
        let mut rows: Vec<Vec<String>> = Vec::with_capacity(self.keys.len());
        for (at, key) in self.keys.iter().enumerate() {
            let labels = key.split(|byte| *byte == BETWEEN).take(plan.groups.len());
            let mut row: Vec<String> = labels.map(|label| String::from_utf8_lossy(label).into_owned()).collect();
            row.extend(self.cells[at * width..(at + 1) * width].iter().map(|cell| match cell {
                Cell::Count(count) => count.to_string(),
                Cell::Number(number) => number.map(|number| number.to_string()).unwrap_or_default(),
            }));
            rows.push(row);
        }
        let lacking = plan.aggregates.iter().zip(self.lacking).filter(|(_, count)| *count > 0);
        let lacking = lacking.map(|(aggregate, count)| (aggregate.name.clone(), count)).collect();
        let unmet = plan.tests.iter().zip(&self.met).flat_map(|((column, test), met)| {
            let unmet = test.listed().iter().zip(met).filter(|(_, met)| !**met);
            unmet.map(|(value, _)| (plan.columns[*column].clone(), String::from_utf8_lossy(value).into_owned()))
        });
        let unmet = unmet.collect();
        let mut returned =
            Returned { heads: plan.heads(), rows, read: Some(read), kept: Some(self.kept), lacking, unmet };
        returned.sort();
        returned
    }
}

/// Joins a number to what was gathered before it; `None` where a sum grows beyond the type.
#[inline]
fn joined(before: Option<Decimal>, new: Decimal, what: What) -> Option<Decimal> {
    let Some(before) = before else { return Some(new) };
    match what {
        What::Min => Some(if new.compare(before).is_lt() { new } else { before }),
        What::Max => Some(if new.compare(before).is_gt() { new } else { before }),
        What::Sum | What::Count => before.plus(new),
    }
}

#[cold]
fn too_large(name: &str) -> Refused {
    (format!("the sum `{name}` grows beyond 38 digits here"), "add up in larger units")
}

#[cold]
fn refused(plan: &Plan, column: usize, field: &[u8], why: &'static str) -> Refused {
    let field: String = String::from_utf8_lossy(field).chars().take(60).collect();
    (format!("`{field}` in column `{}` {why}", plan.columns[column]), hint(why))
}

fn hint(why: &str) -> &'static str {
    match why {
        "is not among the `names`" => "add it to `names`, or leave such records out with `where`",
        "is no number as 1234.5" => "mend the record, or list the mark under `missing`",
        "is no name of a group" => "leave such records out with `where`, or name them with `names: {\"\": unknown}`",
        _ => "mend the record, or leave such records out with `where`",
    }
}
