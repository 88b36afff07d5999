//! Dataset: tables that have passed every check; each cell knows where it stands.

mod check;
mod intake;
mod meaning;
mod totals;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use check::{low_median, median};
pub use intake::workbook::target;

use crate::catalog::entry::{ResourceEntry, TableEntry};
use crate::catalog::{Catalog, Territories};
use crate::diagnostic::{Diagnostics, Reported};
use crate::files::{Files, Kept};
use crate::finding::{Amount, CellRef, Key, Observations, Reason, Status, Unit};

/// One cell of a source file, read.
#[derive(Clone, Debug)]
pub struct DataCell {
    /// The value in the measure's unit, or why there is none.
    pub value: Result<Amount, Reason>,
    /// How it came to be.
    pub status: Status,
    /// What its publisher says of the observation.
    pub observed: Observations,
    /// The unit of this row, where the measure leaves it to the rows.
    pub unit: Option<Unit>,
    /// Half a unit of the last place that the source printed: what the value may be off by.
    pub half_unit: Amount,
    /// Where it stands.
    pub source: CellRef,
}

/// The cells of one vintage of a table: measure → key → cell.
pub type Layer = BTreeMap<String, BTreeMap<Key, DataCell>>;

/// One table: what the catalogue says of it, and its cells by vintage.
#[derive(Debug)]
pub struct Table {
    /// The catalogue's entry.
    pub entry: TableEntry,
    /// Vintage → cells.
    pub layers: BTreeMap<String, Layer>,
}

/// What one declared check found, for the report's appendix.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outcome {
    /// The table it is declared beside.
    pub table: String,
    /// The check's name.
    pub check: String,
    /// What it compares, in the catalogue's names.
    pub detail: String,
    /// How many comparisons it made.
    pub compared: usize,
    /// How many accepted exceptions occurred.
    pub accepted: usize,
    /// Why it holds by construction, where it does.
    pub by_construction: Option<String>,
}

/// Which vintages of each table an edition prefers, the most wanted first.
pub type Choice = BTreeMap<String, Vec<String>>;

/// How much of a measure in one vintage the checks have seen.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// The table.
    pub table: String,
    /// The vintage.
    pub vintage: String,
    /// The measure.
    pub measure: String,
    /// How many cells it holds.
    pub cells: usize,
    /// How many of them a sum or an equality compares with others.
    pub compared: usize,
    /// The keys that none compares, though the range or the history of some may be looked at.
    pub uncompared: Vec<Key>,
    /// Those that no check looks at in any way.
    pub unseen: Vec<Key>,
}

/// All tables.
///
/// No row was dropped: every cell was read or is missing for a reason; keys are unique within a vintage; territories
/// are known and dated; every declared check holds but for its accepted exceptions, all of which occurred.
#[derive(Debug)]
pub struct Dataset {
    /// The tables by name.
    pub tables: BTreeMap<String, Table>,
    /// What the checks found, in the order of the catalogue.
    pub outcomes: Vec<Outcome>,
    territories: Territories,
    choices: Vec<Choice>,
}

impl Dataset {
    /// Runs every check again, on cells that were given other values.
    pub fn check(&self, diagnostics: &mut Diagnostics) {
        check::run(&self.tables, &self.territories, &self.choices, diagnostics);
    }

    /// Says what the checks see and do not see of each measure, by table and vintage: runs them again.
    pub fn coverage(&self) -> Vec<Coverage> {
        check::run(&self.tables, &self.territories, &self.choices, &mut Diagnostics::default()).1
    }
}

/// Reads one snapshot alone, and counts the figures that it gives; what stands against it is told.
pub fn figures_alone(
    resource: &ResourceEntry,
    catalog: &Catalog,
    files: &Files,
    diagnostics: &mut Diagnostics,
) -> usize {
    let Some(entry) = catalog.tables.get(&resource.esep.table) else { return 0 };
    let mut table = Table { entry: entry.clone(), layers: BTreeMap::new() };
    read(resource, &mut table, catalog, files, diagnostics);
    let cells = table.layers.values().flat_map(BTreeMap::values).flat_map(BTreeMap::values);
    cells.filter(|cell| cell.value.is_ok()).count()
}

fn read(resource: &ResourceEntry, table: &mut Table, catalog: &Catalog, files: &Files, diagnostics: &mut Diagnostics) {
    match &resource.esep.layout {
        Some(layout) => intake::workbook::read(resource, layout, table, catalog, files, diagnostics),
        None => intake::csv::read(resource, table, catalog, files, diagnostics),
    }
}

/// Reads every snapshot and runs every check, on the vintages that the editions choose.
pub fn open(
    catalog: &Catalog,
    choices: Vec<Choice>,
    files: &Files,
    diagnostics: &mut Diagnostics,
) -> Result<Dataset, Reported> {
    open_by(catalog, choices, files, (&Kept::default(), &[]), diagnostics)
}

/// Opens as [`open`] does; what the checks found of the same `parts` need not be found again.
pub fn open_by(
    catalog: &Catalog,
    choices: Vec<Choice>,
    files: &Files,
    (kept, parts): (&Kept, &[&str]),
    diagnostics: &mut Diagnostics,
) -> Result<Dataset, Reported> {
    let tables = tables(catalog, files, diagnostics)?;
    let outcomes = kept.lasting("checks", parts, diagnostics, |own| {
        meaning::check(&tables, own);
        totals::check(&tables, own);
        check::run(&tables, &catalog.territories, &choices, own).0
    });
    diagnostics.verdict()?;
    let outcomes = Arc::unwrap_or_clone(outcomes);
    Ok(Dataset { tables, outcomes, territories: catalog.territories.clone(), choices })
}

/// Reads every snapshot and runs no check: what there is, whether it holds or not. Nothing where a file cannot be read.
pub fn unchecked(catalog: &Catalog, files: &Files) -> Option<Dataset> {
    let tables = tables(catalog, files, &mut Diagnostics::default()).ok()?;
    let territories = catalog.territories.clone();
    Some(Dataset { tables, outcomes: Vec::new(), territories, choices: Vec::new() })
}

fn tables(
    catalog: &Catalog,
    files: &Files,
    diagnostics: &mut Diagnostics,
) -> Result<BTreeMap<String, Table>, Reported> {
    let mut tables: BTreeMap<String, Table> = catalog
        .tables
        .iter()
        .map(|(name, entry)| (name.clone(), Table { entry: entry.clone(), layers: BTreeMap::new() }))
        .collect();
    for resource in &catalog.resources {
        if let Some(table) = tables.get_mut(&resource.esep.table) {
            read(resource, table, catalog, files, diagnostics);
        }
    }
    intake::foreign::check(catalog, &tables, files, diagnostics);
    diagnostics.verdict()?;
    Ok(tables)
}
