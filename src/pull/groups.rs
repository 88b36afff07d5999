//! Groups: what a query has gathered so far, from records or from what an engine has added up already.

use std::collections::BTreeMap;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::decimal::Decimal;
use super::plan::{Plan, What};
use super::result::Returned;
use crate::files::limits::{QUERY_GROUPS, QUERY_TEXT};

/// A record: its fields, one behind another.
pub(super) struct Record<'a> {
    pub bytes: &'a [u8],
    /// Where the first begins.
    pub start: usize,
    /// Where each field ends.
    pub ends: &'a [usize],
    /// How many bytes stand between two fields.
    pub between: usize,
}

/// Which bytes of sixteen belong to a field of a length.
const OWN: [u128; 16] = {
    let mut own = [0; 16];
    let mut length = 1;
    while length < 16 {
        own[length] = own[length - 1] << 8 | 0xff;
        length += 1;
    }
    own
};

impl Record<'_> {
    pub(super) fn count(&self) -> usize {
        self.ends.len()
    }

    #[inline]
    fn span(&self, at: usize) -> (usize, usize) {
        let from = if at == 0 { self.start } else { self.ends[at - 1] + self.between };
        (from, self.ends[at])
    }

    #[inline]
    pub(super) fn field(&self, at: usize) -> &[u8] {
        let (from, until) = self.span(at);
        &self.bytes[from..until]
    }

    /// Returns a field of less than sixteen bytes as one number, in whose highest byte its length stands: it is compared, and
    /// its digits read, at once.
    #[inline]
    fn word(&self, at: usize) -> Option<u128> {
        let (from, until) = self.span(at);
        let sixteen = self.bytes.get(from..from + 16)?.try_into().ok()?;
        let own = OWN.get(until - from)?;
        Some(u128::from_le_bytes(sixteen) & own | ((until - from) as u128) << 120)
    }

    pub(super) fn texts(&self) -> Vec<String> {
        (0..self.count()).map(|at| String::from_utf8_lossy(self.field(at)).trim().to_owned()).collect()
    }
}

/// The groups of a query.
pub(super) struct Groups {
    /// What each dimension has been called so far.
    labels: Vec<Labels>,
    /// The labels of each group, by their numbers, and where each group stands: nothing reads the order of the table.
    groups: Vec<u32>,
    stands: HashTable<usize>,
    /// How long the names of all groups are together.
    length: usize,
    hasher: DefaultHashBuilder,
    /// How many records each group has.
    counts: Vec<u64>,
    /// What each aggregate of each group has come to.
    cells: Vec<Option<Decimal>>,
    lacking: Vec<u64>,
    /// Which of the values that a test of the plan lists a record had.
    met: Vec<Vec<bool>>,
    /// For each value of each test, the first field that is its number in other digits, and no such value.
    respelled: BTreeMap<(usize, usize), Vec<u8>>,
    /// What the fields that decide on a record were found to mean.
    known: Vec<Known>,
    /// The labels of the record at hand: their texts, where each ends, and their numbers.
    key: Vec<u8>,
    ends: Vec<usize>,
    own: Vec<u32>,
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

pub(super) const UNREADABLE: &str =
    "look whether the file is whole, is UTF-8 text, and closes what its quotation marks open";

impl Groups {
    pub(super) fn of(plan: &Plan) -> Groups {
        Groups {
            labels: plan.groups.iter().map(|_| Labels::default()).collect(),
            groups: Vec::new(),
            stands: HashTable::new(),
            length: 0,
            hasher: DefaultHashBuilder::default(),
            counts: Vec::new(),
            cells: Vec::new(),
            lacking: vec![0; plan.aggregates.len()],
            respelled: BTreeMap::new(),
            met: plan.tests.iter().map(|(_, test)| vec![false; test.listed().len()]).collect(),
            known: plan.deciding.iter().map(|_| Known::default()).collect(),
            key: Vec::new(),
            ends: Vec::new(),
            own: vec![0; plan.groups.len()],
        }
    }

    /// Takes in a record, whose columns of the plan stand at `columns`.
    #[inline]
    pub(super) fn take(&mut self, plan: &Plan, columns: &[usize], record: &Record) -> Result<(), Refused> {
        let at = match self.recall(plan, columns, record) {
            Some(at) => at,
            None => self.decide(plan, columns, record)?,
        };
        let Some(at) = at else { return Ok(()) };
        self.counts[at] += 1;
        let width = plan.aggregates.len();
        let cells = &mut self.cells[at * width..(at + 1) * width];
        for (column, aggregates) in &plan.added {
            let field = record.field(columns[*column]);
            if plan.missing.iter().any(|mark| mark == field) {
                aggregates.iter().for_each(|(number, _)| self.lacking[*number] += 1);
                continue;
            }
            let short = record.word(columns[*column]).and_then(Decimal::of_digits);
            let Some(new) = short.or_else(|| Decimal::parse(field)) else {
                return Err(refused(plan, *column, field, "is no number as 1234.5"));
            };
            if plan.missing_numbers.iter().any(|mark| mark.compare(new).is_eq()) {
                aggregates.iter().for_each(|(number, _)| self.lacking[*number] += 1);
                continue;
            }
            for (number, what) in aggregates {
                join(&mut cells[*number], new, *what).ok_or_else(|| too_large(&plan.aggregates[*number].name))?;
            }
        }
        Ok(())
    }

    /// Finds the group of a record, or that it does not count, by what its fields meant before; `None` where one is new.
    #[inline]
    fn recall(&mut self, plan: &Plan, columns: &[usize], record: &Record) -> Option<Option<usize>> {
        for (deciding, known) in plan.deciding.iter().zip(&self.known) {
            let label = known.meaning(record.word(columns[deciding.column])?)?;
            if label == OUT {
                return Some(None);
            }
            if let Some(group) = deciding.group {
                self.own[group] = label;
            }
        }
        self.own().map(Some)
    }

    /// Finds the group of a record, or that it does not count.
    fn decide(&mut self, plan: &Plan, columns: &[usize], record: &Record) -> Result<Option<usize>, Refused> {
        for (number, ((column, test), met)) in plan.tests.iter().zip(&mut self.met).enumerate() {
            let field = record.field(columns[*column]);
            if let Some(at) = test.listed().iter().position(|value| value == field) {
                met[at] = true;
                continue;
            }
            if let Some(at) = test.respelled(field) {
                self.respelled.entry((number, at)).or_insert_with(|| field.to_vec());
            }
            if test.holds(field, &plan.missing).map_err(|why| refused(plan, *column, field, why))? {
                continue;
            }
            let own = plan.deciding.iter().zip(&mut self.known).find(|(deciding, _)| deciding.column == *column);
            if let (Some((_, known)), Some(word)) = (own, record.word(columns[*column])) {
                known.remember(word, OUT);
            }
            return Ok(None);
        }
        let at = self.find(plan, |group| record.field(columns[plan.groups[group].column]))?;
        for (deciding, known) in plan.deciding.iter().zip(&mut self.known) {
            if let Some(word) = record.word(columns[deciding.column]) {
                known.remember(word, deciding.group.map_or(0, |group| self.own[group]));
            }
        }
        Ok(Some(at))
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
        self.counts[at] += records;
        let width = plan.aggregates.len();
        for (number, (aggregate, added)) in plan.aggregates.iter().zip(added).enumerate() {
            self.lacking[number] += added.lacking;
            if let Some(new) = added.number {
                let cell = &mut self.cells[at * width + number];
                join(cell, new, aggregate.what).ok_or_else(|| too_large(&aggregate.name))?;
            }
        }
        Ok(())
    }

    /// Finds the group of a record by the fields of its columns.
    fn find<'a>(&mut self, plan: &Plan, field: impl Fn(usize) -> &'a [u8]) -> Result<usize, Refused> {
        self.key.clear();
        self.ends.clear();
        for (number, group) in plan.groups.iter().enumerate() {
            let field = field(number);
            group.how.write(field, &mut self.key).map_err(|why| refused(plan, group.column, field, why))?;
            self.ends.push(self.key.len());
        }
        let mut is_known = true;
        for (at, labels) in self.labels.iter().enumerate() {
            match labels.find(piece(&self.key, &self.ends, at), &self.hasher) {
                Some(label) => self.own[at] = label,
                None => is_known = false,
            }
        }
        match self.own().filter(|_| is_known) {
            Some(at) => Ok(at),
            None => self.open(plan),
        }
    }

    /// Finds the group of the labels at hand.
    #[inline]
    fn own(&self) -> Option<usize> {
        // The labels of a single dimension are its groups.
        if let [label] = self.own[..] {
            return Some(label as usize);
        }
        let width = self.own.len();
        let is_own = |at: &usize| self.groups[at * width..].iter().zip(&self.own).all(|(a, b)| a == b);
        self.stands.find(mixed(&self.own), is_own).copied()
    }

    /// Opens a group that no record had before.
    #[cold]
    fn open(&mut self, plan: &Plan) -> Result<usize, Refused> {
        for (at, group) in plan.groups.iter().enumerate() {
            let label = piece(&self.key, &self.ends, at);
            let Ok(text) = std::str::from_utf8(label) else {
                return Err(refused(plan, group.column, label, "is no UTF-8 text"));
            };
            if text.trim().is_empty() || text.chars().any(char::is_control) {
                return Err(refused(plan, group.column, label, "is no name of a group"));
            }
        }
        if self.counts.len() == QUERY_GROUPS {
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
        for (at, labels) in self.labels.iter_mut().enumerate() {
            self.own[at] = labels.number(piece(&self.key, &self.ends, at), &self.hasher);
        }
        let (at, width) = (self.counts.len(), self.own.len());
        self.groups.extend_from_slice(&self.own);
        let groups = &self.groups;
        self.stands.insert_unique(mixed(&self.own), at, |at| mixed(&groups[at * width..(at + 1) * width]));
        self.counts.push(0);
        self.cells.extend(plan.aggregates.iter().map(|_| None));
        Ok(at)
    }

    /// Returns the groups in the order of their keys, of so many records that were read.
    pub(super) fn returned(self, plan: &Plan, read: u64) -> Returned {
        let (labels, width) = (plan.groups.len(), plan.aggregates.len());
        let mut rows: Vec<Vec<String>> = Vec::with_capacity(self.counts.len());
        for (at, count) in self.counts.iter().enumerate() {
            let own = self.labels.iter().zip(&self.groups[at * labels..]);
            let mut row: Vec<String> = own.map(|(labels, number)| labels.text(*number)).collect();
            let cells = plan.aggregates.iter().zip(&self.cells[at * width..]);
            row.extend(cells.map(|(aggregate, cell)| match (aggregate.what, cell) {
                (What::Count, _) => count.to_string(),
                (_, number) => number.map(|number| number.to_string()).unwrap_or_default(),
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
        let respelled = self.respelled.iter().filter_map(|((number, at), field)| {
            let (column, test) = plan.tests.get(*number)?;
            let [listed, found] =
                [test.values().get(*at)?, field].map(|text| String::from_utf8_lossy(text).into_owned());
            Some((plan.columns[*column].clone(), listed, found))
        });
        let respelled = respelled.collect();
        let mut returned = Returned {
            heads: plan.heads(),
            rows,
            read: Some(read),
            kept: Some(self.counts.iter().sum()),
            lacking,
            unmet,
            respelled,
        };
        returned.sort();
        returned
    }
}

/// Returns one of several texts that stand one behind another.
fn piece<'a>(texts: &'a [u8], ends: &[usize], at: usize) -> &'a [u8] {
    &texts[if at == 0 { 0 } else { ends[at - 1] }..ends[at]]
}

#[inline]
fn mixed(labels: &[u32]) -> u64 {
    let mixed = labels.iter().fold(0u64, |mixed, label| (mixed.rotate_left(23) ^ u64::from(*label)).wrapping_mul(ODD));
    mixed ^ (mixed >> 32)
}

/// An odd number whose bits know no rule: what is multiplied by it differs in its upper bits.
const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

/// The labels of a dimension, in the order in which they came, and where each stands.
#[derive(Default)]
struct Labels {
    texts: Vec<Vec<u8>>,
    stands: HashTable<u32>,
}

impl Labels {
    fn find(&self, text: &[u8], hasher: &DefaultHashBuilder) -> Option<u32> {
        self.stands.find(hasher.hash_one(text), |at| self.texts[*at as usize] == text).copied()
    }

    /// Returns the number of a label, which may be new.
    fn number(&mut self, text: &[u8], hasher: &DefaultHashBuilder) -> u32 {
        self.find(text, hasher).unwrap_or_else(|| {
            // There are no more labels than groups.
            let at = self.texts.len() as u32;
            self.texts.push(text.to_vec());
            self.stands
                .insert_unique(hasher.hash_one(text), at, |at| hasher.hash_one(self.texts[*at as usize].as_slice()));
            at
        })
    }

    fn text(&self, number: u32) -> String {
        String::from_utf8_lossy(&self.texts[number as usize]).into_owned()
    }
}

/// What short fields of one column were found to mean: the number of a label, or that their records do not count.
struct Known {
    fields: Vec<u128>,
    meanings: Vec<u32>,
}

/// How many fields are kept: another one that falls into the slot of an older one takes its place.
const SLOTS: usize = 1 << 14;

/// What a field means whose records do not count, and what no field means.
const OUT: u32 = u32::MAX;
const FREE: u32 = u32::MAX - 1;

impl Default for Known {
    fn default() -> Known {
        Known { fields: vec![0; SLOTS], meanings: vec![FREE; SLOTS] }
    }
}

impl Known {
    #[inline]
    fn slot(field: u128) -> usize {
        let half = field as u64 ^ ((field >> 64) as u64).rotate_left(29);
        (half.wrapping_mul(ODD) >> (64 - SLOTS.ilog2())) as usize
    }

    #[inline]
    fn meaning(&self, field: u128) -> Option<u32> {
        let slot = Known::slot(field);
        (self.fields[slot] == field && self.meanings[slot] != FREE).then(|| self.meanings[slot])
    }

    fn remember(&mut self, field: u128, meaning: u32) {
        let slot = Known::slot(field);
        self.fields[slot] = field;
        self.meanings[slot] = meaning;
    }
}

/// Joins a number to what was gathered before it; `None` where a sum grows beyond the type.
#[inline]
fn join(cell: &mut Option<Decimal>, new: Decimal, what: What) -> Option<()> {
    match cell {
        None => *cell = Some(new),
        Some(before) => match what {
            What::Min if new.compare(*before).is_lt() => *before = new,
            What::Max if new.compare(*before).is_gt() => *before = new,
            What::Min | What::Max => {}
            What::Sum | What::Count => before.add(new)?,
        },
    }
    Some(())
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
