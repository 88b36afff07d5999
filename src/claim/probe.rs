//! Probe: the bench as an expression reads it: which cells it asks for, and what it comes to where some of them are moved.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::worlds::World;
use crate::analysis::Edition;
use crate::expression::{Domain, Interval, Material, Names, Slope, Term};
use crate::finding::{Amount, Cell, Key, Reason, Series, SeriesId, Value};

/// A cell: the name of its series and its key in it.
pub(super) type CellName = (SeriesId, Key);

/// The bench with what is asked of it and what is changed in it.
pub(super) struct Probe<'a> {
    bench: &'a Edition,
    /// How often each cell was read.
    pub reads: RefCell<BTreeMap<CellName, usize>>,
    /// By how much a cell is moved.
    moved: Option<(&'a CellName, Amount)>,
    /// Cells that are taken at one value or in narrower bounds than they were printed in, by their numbers as inputs.
    inputs: Vec<(CellName, Interval)>,
    /// Where all numbers are others.
    world: Option<World>,
}

impl<'a> Probe<'a> {
    /// Makes a probe that only watches.
    pub(super) fn new(bench: &'a Edition) -> Probe<'a> {
        Probe { bench, reads: RefCell::default(), moved: None, inputs: Vec::new(), world: None }
    }

    /// Makes a probe on which all numbers are those of another world.
    pub(super) fn in_world(bench: &'a Edition, world: World) -> Probe<'a> {
        Probe { world: Some(world), ..Probe::new(bench) }
    }

    /// Makes a probe on which a cell is moved.
    pub(super) fn moving(bench: &'a Edition, cell: &'a CellName, by: Amount) -> Probe<'a> {
        Probe { moved: Some((cell, by)), ..Probe::new(bench) }
    }

    /// Makes the same probe with some cells in the bounds given here, before they are moved.
    pub(super) fn within(&self, inputs: Vec<(CellName, Interval)>) -> Probe<'a> {
        Probe { inputs, moved: self.moved.clone(), ..Probe::new(self.bench) }
    }

    /// Returns the number of a cell, before it is moved.
    pub(super) fn exact(&self, cell: &CellName) -> Option<Amount> {
        self.bench.findings.get(&cell.0)?.cells.get(&cell.1)?.value.amount().cloned()
    }

    /// Returns what a cell may stand for, before it is moved.
    pub(super) fn printed(&self, cell: &CellName) -> Option<Interval> {
        let series = self.bench.findings.get(&cell.0)?;
        let found: Cell<Interval> = self.bench.read(series, &cell.1, series.cells.get(&cell.1)?);
        found.value.amount().cloned()
    }

    /// Lists the inputs that were read more than once and are not exact.
    pub(super) fn shared(&self) -> Vec<(CellName, Interval)> {
        let reads = self.reads.borrow();
        let twice = reads.iter().filter(|(cell, times)| **times > 1 && half_unit(self.bench, cell).is_some());
        twice.filter_map(|(cell, _)| Some((cell.clone(), self.printed(cell)?))).collect()
    }

    fn note(&self, name: CellName) {
        *self.reads.borrow_mut().entry(name).or_insert(0) += 1;
    }

    fn shift(&self, name: &CellName) -> Option<&Amount> {
        self.moved.as_ref().filter(|(cell, _)| *cell == name).map(|(_, by)| by)
    }

    fn input(&self, name: &CellName) -> Option<(usize, &Interval)> {
        let at = self.inputs.iter().position(|(cell, _)| cell == name)?;
        Some((at, &self.inputs[at].1))
    }
}

impl Material<Amount> for Probe<'_> {
    fn names(&self) -> &dyn Names {
        self.bench
    }
    // What a named expression rests on is watched and moved too, so it is worked out anew.
    fn answer(&self, _: &str) -> Option<&Term<Amount>> {
        None
    }
    fn read(&self, series: &Series, key: &Key, cell: &Cell) -> Cell {
        let mut cell = cell.clone();
        let name = (series.id.clone(), key.clone());
        if let Value::Amount(amount) = &mut cell.value {
            if let Some(by) = self.shift(&name) {
                *amount = amount.plus(by);
            }
            if let Some(world) = self.world {
                *amount = world.amount(&name, self.bench);
            }
        }
        self.note(name);
        cell
    }
}

impl Material<Interval> for Probe<'_> {
    fn names(&self) -> &dyn Names {
        self.bench
    }
    fn answer(&self, _: &str) -> Option<&Term<Interval>> {
        None
    }
    fn read(&self, series: &Series, key: &Key, cell: &Cell) -> Cell<Interval> {
        let mut cell: Cell<Interval> = self.bench.read(series, key, cell);
        let name = (series.id.clone(), key.clone());
        if let Value::Amount(range) = &mut cell.value {
            if let Some((_, narrowed)) = self.input(&name) {
                *range = narrowed.clone();
            }
            if let Some(by) = self.shift(&name) {
                *range = range.plus(&Interval::exact(by));
            }
        }
        self.note(name);
        cell
    }
}

impl Material<Slope> for Probe<'_> {
    fn names(&self) -> &dyn Names {
        self.bench
    }
    fn answer(&self, _: &str) -> Option<&Term<Slope>> {
        None
    }
    fn read(&self, series: &Series, key: &Key, cell: &Cell) -> Cell<Slope> {
        let cell: Cell<Interval> = self.read(series, key, cell);
        let name = (series.id.clone(), key.clone());
        let value = match cell.value {
            Value::Amount(range) => Value::Amount(match self.input(&name) {
                Some((number, _)) => Slope::input(number, range),
                None => Slope { range, by: BTreeMap::new() },
            }),
            Value::Text(text) => Value::Text(text),
            Value::Truth(truth) => Value::Truth(truth),
            Value::Key(part) => Value::Key(part),
            Value::Missing(reason) => Value::Missing(reason),
            // A list has no slope: nothing is known of it.
            Value::List(_) => Value::Missing(Reason::Undefined),
        };
        Cell { value, status: cell.status, vintages: cell.vintages }
    }
}

/// Returns by how much a printed cell may stand away from its number; an exact cell has none.
pub(super) fn half_unit<'a>(bench: &'a Edition, (path, key): &CellName) -> Option<&'a Amount> {
    bench.findings.get(path)?.half_units.get(key)
}
