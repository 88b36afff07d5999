//! Frame: cells as a polars frame of scaled integers that remember where they stood, and comparisons read back from one.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use num_traits::ToPrimitive;
use polars::prelude::{
    Column, DataFrame, DataType, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, NamedFrom, Series, col, lit, when,
};

use super::{Comparison, Found, Open, Spot, Tables, Trouble};
use crate::catalog::Territories;
use crate::catalog::check::CheckEntry;
use crate::catalog::entry::{RoleEntry, TableEntry};
use crate::dataset::{Choice, DataCell, Layer};
use crate::finding::{Amount, Code, Key, Part, Reason};

/// The column that holds the year of a key's period.
pub(super) const YEAR: &str = "_year";
/// The column that holds the values; null where one is missing.
pub(super) const VALUE: &str = "_value";
/// The column that holds the territory, where the table has one dimension of them.
pub(super) const TERRITORY: &str = "_territory";
/// The column that holds the territory of which that one is a part; empty for a country.
pub(super) const WHOLE: &str = "_whole";
/// The column that holds which cells a value is made of.
const CELLS: &str = "_cells";

/// Vintages laid over each other, the most wanted first.
pub(super) type Stack<'a> = Vec<(&'a str, &'a Layer)>;

/// One cell under its key, on its way into a frame.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    /// Where it stands.
    pub spot: Spot<'a>,
    /// What stands there.
    pub cell: &'a DataCell,
}

/// What one check works on.
pub(super) struct Bench<'a> {
    /// All tables.
    pub tables: &'a Tables,
    /// The territories.
    pub territories: &'a Territories,
    choices: &'a [Choice],
    /// How many decimals a scaled integer has.
    decimals: u32,
    spots: RefCell<Vec<Spot<'a>>>,
    total: Cell<i128>,
}

fn no_measure(table: &str, measure: &str, entry: &TableEntry) -> Trouble {
    Trouble::unknown(format!("table `{table}` has no measure `{measure}`"), measure, entry.measures.keys())
}

impl<'a> Bench<'a> {
    /// Makes the bench of a check, with a scale that holds every decimal of what the check reads.
    pub(super) fn new(
        tables: &'a Tables,
        territories: &'a Territories,
        choices: &'a [Choice],
        check: &CheckEntry,
        table: &str,
    ) -> Bench<'a> {
        let layers = check.reads(table).into_iter().flat_map(|(table, measure)| {
            let table = tables.get(table);
            table.into_iter().flat_map(|t| t.layers.values()).filter_map(move |layer| layer.get(measure))
        });
        let amounts = layers.flat_map(BTreeMap::values).filter_map(|cell| cell.value.as_ref().ok());
        let decimals = amounts.map(decimals_of).max().unwrap_or(0);
        Bench { tables, territories, choices, decimals, spots: RefCell::default(), total: Cell::new(0) }
    }

    /// Finds a table's entry.
    pub(super) fn entry(&self, table: &str) -> Result<&'a TableEntry, Trouble> {
        let found = self
            .tables
            .get(table)
            .ok_or_else(|| Trouble::unknown(format!("there is no table `{table}`"), table, self.tables.keys()))?;
        Ok(&found.entry)
    }

    /// Lists the vintages of a table, each alone.
    pub(super) fn layers(&self, table: &str) -> Result<Vec<Stack<'a>>, Trouble> {
        self.entry(table)?;
        let layers = self.tables.get(table).into_iter().flat_map(|table| &table.layers);
        Ok(layers.map(|(vintage, layer)| vec![(vintage.as_str(), layer)]).collect())
    }

    /// Lists what the editions make of the vintages of some measures, each different way once; or the one vintage that
    /// is named.
    pub(super) fn chosen(&self, names: &[(&str, &str)], vintage: Option<&str>) -> Result<Vec<Vec<Stack<'a>>>, Trouble> {
        let none = Choice::new();
        let choices =
            if self.choices.is_empty() || vintage.is_some() { std::slice::from_ref(&none) } else { self.choices };
        let mut ways: Vec<Vec<Stack<'a>>> = Vec::new();
        for choice in choices {
            let stacks = names.iter().map(|(table, measure)| self.stack(table, measure, choice, vintage));
            let stacks = stacks.collect::<Result<Vec<_>, _>>()?;
            if !ways.iter().any(|way| vintages_of(way) == vintages_of(&stacks)) {
                ways.push(stacks);
            }
        }
        Ok(ways)
    }

    /// Lists what the editions make of the vintages of one measure, and each vintage that none of them wants.
    pub(super) fn every(&self, table: &str, measure: &str) -> Result<Vec<Stack<'a>>, Trouble> {
        let mut all: Vec<Stack<'a>> = self.chosen(&[(table, measure)], None)?.into_iter().flatten().collect();
        let used: BTreeSet<&str> = all.iter().flatten().map(|(vintage, _)| *vintage).collect();
        let holds = |stack: &Stack| stack.iter().any(|(v, layer)| !used.contains(v) && layer.contains_key(measure));
        all.extend(self.layers(table)?.into_iter().filter(holds));
        Ok(all)
    }

    fn stack(&self, table: &str, measure: &str, choice: &Choice, vintage: Option<&str>) -> Result<Stack<'a>, Trouble> {
        let entry = self.entry(table)?;
        if !entry.measures.contains_key(measure) {
            return Err(no_measure(table, measure, entry));
        }
        let layers = self.tables.get(table).map(|table| &table.layers);
        if let Some(vintage) = vintage
            && layers.is_none_or(|layers| !layers.contains_key(vintage))
        {
            let message = format!("table `{table}` has no vintage `{vintage}`");
            return Err(Trouble::unknown(message, vintage, layers.into_iter().flat_map(BTreeMap::keys)));
        }
        let found = |name: &str| layers.and_then(|layers| layers.get_key_value(name));
        let all = || layers.into_iter().flatten().collect::<Vec<_>>();
        let picked = match (vintage, choice.get(table)) {
            (Some(vintage), _) => found(vintage).into_iter().collect(),
            (None, Some(wanted)) => wanted.iter().filter_map(|vintage| found(vintage)).collect(),
            (None, None) => all(),
        };
        let holding = picked.into_iter().filter(|(_, layer)| layer.contains_key(measure));
        Ok(holding.map(|(vintage, layer)| (vintage.as_str(), layer)).collect())
    }

    /// Lists the cells of a measure in vintages laid over each other.
    pub(super) fn rows(&self, table: &str, measure: &str, stack: &Stack<'a>) -> Result<Vec<Row<'a>>, Trouble> {
        let found = self.tables.get_key_value(table);
        let entry = found.and_then(|(name, table)| Some((name, table.entry.measures.get_key_value(measure)?.0)));
        let Some((table, measure)) = entry else {
            return Err(no_measure(table, measure, self.entry(table)?));
        };
        let mut rows: BTreeMap<&'a Key, Row<'a>> = BTreeMap::new();
        for (vintage, layer) in stack {
            for (key, cell) in layer.get(measure).into_iter().flatten() {
                let spot = Spot { table, vintage, measure, key, id: std::ptr::from_ref(cell) as usize };
                rows.entry(key).or_insert(Row { spot, cell });
            }
        }
        Ok(rows.into_values().collect())
    }

    /// Says where the only territory of a table's keys stands.
    pub(super) fn territory_at(&self, table: &str) -> Result<Option<usize>, Trouble> {
        let along = |d: &crate::catalog::entry::DimensionEntry| d.role == RoleEntry::Territory;
        let dimensions = &self.entry(table)?.dimensions;
        let mut places = dimensions.iter().enumerate().filter(|(_, d)| along(d)).map(|(at, _)| at);
        Ok(places.next().filter(|_| places.next().is_none()))
    }

    /// Names the columns of a table's dimensions.
    pub(super) fn columns(&self, table: &str) -> Result<Vec<String>, Trouble> {
        let territory = self.territory_at(table)?;
        let name = |(at, d): (usize, &crate::catalog::entry::DimensionEntry)| {
            if Some(at) == territory { TERRITORY.to_owned() } else { d.name.clone() }
        };
        Ok(self.entry(table)?.dimensions.iter().enumerate().map(name).collect())
    }

    /// Names the columns by which tables of different keys are compared: the territory, where there is one, and the year.
    pub(super) fn common_keys(&self, table: &str) -> Result<Vec<&'static str>, Trouble> {
        Ok(self.territory_at(table)?.map(|_| TERRITORY).into_iter().chain([YEAR]).collect())
    }

    /// Makes a frame of rows: a text column for each dimension, the whole, the year, the value, the cells.
    pub(super) fn frame(&self, table: &str, rows: &[Row<'a>]) -> Result<LazyFrame, Trouble> {
        let territory = self.territory_at(table)?;
        let mut columns: Vec<Column> = Vec::new();
        for (at, name) in self.columns(table)?.iter().enumerate() {
            let texts: Vec<String> = rows.iter().map(|row| text_at(row.spot.key, at)).collect();
            columns.push(Series::new(name.as_str().into(), texts).into());
        }
        if let Some(at) = territory {
            let whole = |row: &Row| {
                let code = row.spot.key.0.get(at).and_then(Part::territory);
                code.and_then(|code| self.territories.whole_of(code)).map(Code::to_string).unwrap_or_default()
            };
            columns.push(Series::new(WHOLE.into(), rows.iter().map(whole).collect::<Vec<String>>()).into());
        }
        let years: Vec<i32> = rows.iter().map(|row| row.spot.key.period().map_or(0, |p| p.year())).collect();
        columns.push(Series::new(YEAR.into(), years).into());
        let values = rows.iter().map(|row| self.scaled(row.cell)).collect::<Result<Vec<Option<i64>>, Trouble>>()?;
        columns.push(Series::new(VALUE.into(), values).into());
        let mut spots = self.spots.borrow_mut();
        let first = spots.len();
        spots.extend(rows.iter().map(|row| row.spot));
        let ids: Vec<u32> = (first..spots.len()).map(|id| id as u32).collect();
        columns.push(Series::new(CELLS.into(), ids).into());
        Ok(DataFrame::new(rows.len(), columns)?.lazy())
    }

    /// Gives a value as a scaled integer; a phenomenon that did not occur counts as zero, what is missing as nothing.
    fn scaled(&self, cell: &DataCell) -> Result<Option<i64>, Trouble> {
        let amount = match &cell.value {
            Ok(amount) => amount,
            Err(Reason::NoPhenomenon) => &Amount::ZERO,
            Err(_) => return Ok(None),
        };
        let scaled = 10i64.checked_pow(self.decimals).and_then(|power| amount.times(&Amount::Integer(power)).to_i64());
        let total = scaled.map(|value| self.total.get() + i128::from(value).abs());
        // No sum of all that a check reads, twice over, leaves the integers.
        match (scaled, total) {
            (Some(value), Some(total)) if total < i128::from(i64::MAX / 4) => {
                self.total.set(total);
                Ok(Some(value))
            }
            _ => Err(Trouble::Arguments(format!(
                "`{amount}` and what it is added to are too large to be added up exactly"
            ))),
        }
    }

    fn amount(&self, scaled: i64) -> Amount {
        10i64.checked_pow(self.decimals).and_then(|power| Amount::ratio(scaled, power)).unwrap_or(Amount::ZERO)
    }

    /// Reads comparisons from a frame with key columns and the columns `expected` and `found`.
    pub(super) fn comparisons(
        &self,
        frame: LazyFrame,
        keys: &[&str],
        measure: Option<&str>,
    ) -> Result<Found<'a>, Trouble> {
        let whole = |name: &str| col(name).cast(DataType::Int64);
        let frame = frame.with_columns([whole("expected"), whole("found")]).collect()?;
        let (expected, found) = (frame.column("expected")?.i64()?.clone(), frame.column("found")?.i64()?.clone());
        let cells: Vec<&Column> = frame.columns().iter().filter(|c| c.name().starts_with(CELLS)).collect();
        let spots = self.spots.borrow();
        let mut list = Found::default();
        for row in 0..frame.height() {
            let mut parts = Vec::new();
            for key in keys {
                let value = frame.column(key)?.get(row)?;
                parts.push(value.get_str().map_or_else(|| value.to_string(), str::to_owned));
            }
            let mut of: Vec<Spot<'a>> = Vec::new();
            for column in &cells {
                let ids = match column.dtype() {
                    DataType::List(_) => column.list()?.get_as_series(row),
                    _ => Some(column.as_materialized_series().slice(row as i64, 1)),
                };
                let ids = ids.map(|ids| Ok::<Vec<u32>, Trouble>(ids.u32()?.iter().flatten().collect()));
                of.extend(ids.transpose()?.into_iter().flatten().filter_map(|id| spots.get(id as usize)));
            }
            let (key, measure) = (parts.join(","), measure.map(str::to_owned));
            match (expected.get(row), found.get(row)) {
                (Some(expected), Some(found)) => {
                    let (expected, found) = (self.amount(expected), self.amount(found));
                    list.comparisons.push(Comparison::new(key, measure, expected, found, of));
                }
                _ => list.open.push(Open { key, measure }),
            }
        }
        Ok(list)
    }
}

fn vintages_of<'a>(stacks: &[Stack<'a>]) -> Vec<Vec<&'a str>> {
    stacks.iter().map(|stack| stack.iter().map(|(vintage, _)| *vintage).collect()).collect()
}

fn text_at(key: &Key, at: usize) -> String {
    key.0.get(at).map(ToString::to_string).unwrap_or_default()
}

/// Counts the decimals that write a value in full.
fn decimals_of(amount: &Amount) -> u32 {
    if let Amount::Integer(_) = amount {
        return 0;
    }
    let value = amount.to_rational();
    let whole = |n: &u32| (&value * num_bigint::BigInt::from(10).pow(*n)).is_integer();
    (1..=18).find(whole).and_then(|n| n.to_u32()).unwrap_or(18)
}

/// Splits `table.measure`.
pub(super) fn split(name: &str) -> Result<(&str, &str), Trouble> {
    name.trim().split_once('.').ok_or_else(|| Trouble::Arguments(format!("`{name}` is not `table.measure`")))
}

/// Returns true on rows of what is part of nothing.
pub(super) fn is_country() -> Expr {
    col(WHOLE).eq(lit(""))
}

/// Joins two frames on columns that both have.
pub(super) fn join(left: LazyFrame, right: LazyFrame, on: &[&str]) -> LazyFrame {
    let keys: Vec<Expr> = on.iter().map(|name| col(*name)).collect();
    left.join(right, &keys, &keys, JoinArgs::new(JoinType::Inner))
}

/// Adds up the values over all columns but some; a sum that lacks a value is null.
pub(super) fn sum_by(frame: LazyFrame, by: &[&str]) -> LazyFrame {
    let keys: Vec<Expr> = by.iter().map(|name| col(*name)).collect();
    let sum = when(col(VALUE).null_count().eq(lit(0))).then(col(VALUE).sum()).otherwise(lit(polars::prelude::NULL));
    frame.group_by(keys).agg([sum.alias(VALUE), col(CELLS)])
}

/// Renames the columns of the value and of its cells.
pub(super) fn named(frame: LazyFrame, keep: &[&str], name: &str) -> LazyFrame {
    let own = [col(VALUE).alias(name), col(CELLS).alias(format!("{CELLS}{name}"))];
    let columns: Vec<Expr> = keep.iter().map(|c| col(*c)).chain(own).collect();
    frame.select(columns)
}

/// Keeps the rows of those years that have a number of periods.
pub(super) fn full<'a>(rows: &[Row<'a>], periods: usize) -> Vec<Row<'a>> {
    let year = |row: &Row<'a>| (row.spot.key.territory().cloned(), row.spot.key.period().map(|p| p.year()));
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(year(row)).or_insert(0) += 1;
    }
    rows.iter().filter(|row| counts.get(&year(row)) == Some(&periods)).copied().collect()
}
