//! Series: findings of one kind under their keys, and the store of all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::{Cell, CellRef, Class, Derivation, Input, Key, Part, Unit};

/// What a dimension tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Territories.
    Territory,
    /// Periods.
    Period,
    /// Anything else.
    Category,
}

/// One dimension of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Its name in the catalogue: `territory`, `year`, `sex`.
    pub name: String,
    /// What it tells apart.
    pub role: Role,
}

/// Whether a cell of a source series, at the second key, goes into the value at the first.
pub type Keep = fn(&Series, &Key, &Key) -> bool;

/// Where the cells of a series come from. Inputs are listed only when somebody asks.
#[derive(Clone, Debug)]
pub enum Lineage {
    /// Cells of source files.
    Files(BTreeMap<Key, Vec<CellRef>>),
    /// Those cells of other series that a rule picks for a key.
    Series(Vec<(Arc<Series>, Keep)>),
    /// An expression over other series, by its text; it is derived where it is evaluated.
    Expression(String),
}

/// Findings of one kind: one unit, one class, one formula, a value for each key.
///
/// Keys have one part for each dimension, and their order is the order of print.
#[derive(Clone, Debug)]
pub struct Series {
    /// The path: `rural_balance.change_chain`.
    pub path: String,
    /// The dimensions of its keys.
    pub dimensions: Vec<Dimension>,
    /// The unit of its numbers; `none` where each cell has its own.
    pub unit: Unit,
    /// The class of its numbers.
    pub class: Class,
    /// Units and classes of single cells, where the rows of the source name their own.
    pub own_units: BTreeMap<Key, (Unit, Class)>,
    /// The formula in words of the field: `y(t) − y(t−1)`.
    pub formula: String,
    /// The convention that the values depend on, if any.
    pub convention: Option<String>,
    /// The values.
    pub cells: BTreeMap<Key, Cell>,
    /// Where they come from.
    pub lineage: Lineage,
    /// The parts that occur along each dimension, once somebody asked.
    pub members: OnceLock<Vec<BTreeSet<Part>>>,
}

/// All findings of an edition, by path.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    series: BTreeMap<String, Arc<Series>>,
}

/// More inputs than this are given as a range.
const MOST_INPUTS: usize = 12;

impl Series {
    /// Returns the position of the first dimension of a role.
    pub fn position(&self, role: Role) -> Option<usize> {
        self.dimensions.iter().position(|d| d.role == role)
    }

    /// Returns the parts that occur along a dimension, in order.
    pub fn members_along(&self, at: usize) -> Option<&BTreeSet<Part>> {
        let along = |at: usize| self.cells.keys().filter_map(|key| key.0.get(at)).cloned().collect();
        self.members.get_or_init(|| (0..self.dimensions.len()).map(along).collect()).get(at)
    }

    /// Returns unit and class of the number at a key.
    pub fn unit_at(&self, key: &Key) -> (Unit, Class) {
        self.own_units.get(key).copied().unwrap_or((self.unit, self.class))
    }

    /// Returns how the value at a key was reached.
    pub fn derivation(&self, key: &Key) -> Derivation {
        let inputs = match &self.lineage {
            Lineage::Files(cells) => cells.get(key).into_iter().flatten().cloned().map(Input::Cell).collect(),
            Lineage::Expression(_) => Vec::new(),
            Lineage::Series(sources) => {
                sources.iter().flat_map(|(source, keep)| source.inputs_for(key, *keep)).collect()
            }
        };
        Derivation { formula: self.formula.clone(), convention: self.convention.clone(), inputs }
    }

    fn inputs_for(&self, key: &Key, keep: Keep) -> Vec<Input> {
        let kept: Vec<&Key> = self.cells.keys().filter(|candidate| keep(self, key, candidate)).collect();
        self.inputs(&kept, &format!("for {key}"))
    }

    /// Lists cells of this series as inputs: one by one, or as one range where they are many.
    pub fn inputs(&self, keys: &[&Key], selector: &str) -> Vec<Input> {
        if keys.len() <= MOST_INPUTS {
            return keys.iter().map(|k| Input::Finding(format!("{}[{k}]", self.path))).collect();
        }
        let lines: String = keys.iter().map(|k| format!("{k}={}\n", self.cells[*k].value)).collect();
        let digest = crate::files::sha256(lines.as_bytes())[..16].to_owned();
        vec![Input::Range { path: format!("{}[{selector}]", self.path), count: keys.len(), digest }]
    }
}

impl Findings {
    /// Adds a series under its path.
    pub fn insert(&mut self, series: Series) -> Arc<Series> {
        let series = Arc::new(series);
        self.series.insert(series.path.clone(), Arc::clone(&series));
        series
    }

    /// Finds a series: `name.member`.
    pub fn get(&self, path: &str) -> Option<&Arc<Series>> {
        self.series.get(path)
    }

    /// Walks all series in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Series>> {
        self.series.values()
    }

    /// Lists the members of an analysis or table: `value`, `change_chain`.
    pub fn members(&self, name: &str) -> Vec<&str> {
        let prefix = format!("{name}.");
        self.series.keys().filter_map(|path| path.strip_prefix(&prefix)).collect()
    }

    /// Lists the names of all analyses and tables.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.series.keys().filter_map(|path| path.split('.').next()).collect();
        names.dedup();
        names
    }
}
