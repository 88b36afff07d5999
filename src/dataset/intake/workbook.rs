//! Workbook: a snapshot with a layout → cells of a table, each with its address.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::csv::dated;
use crate::catalog::Catalog;
use crate::catalog::entry::{ResourceEntry, TableEntry, Time};
use crate::dataset::{DataCell, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::Files;
use crate::finding::{Amount, CellRef, Observations, Reason, Said, Status};
use crate::reshape::entry::LayoutEntry;
use crate::reshape::{self, Placed, Target};
use crate::table::Told;
use crate::workbook::{self, Stated};

/// Says what the cells of a file are to become.
pub fn target<'a>(entry: &'a TableEntry, constants: &'a BTreeMap<String, String>, catalog: &'a Catalog) -> Target<'a> {
    Target {
        dimensions: entry.finding_dimensions(),
        members: entry.dimensions.iter().map(|dimension| dimension.members.as_slice()).collect(),
        measures: entry.measures.iter().map(|(name, measure)| (name.as_str(), measure.unit)).collect(),
        is_stock: entry.time == Time::Stock,
        constants,
        names: &catalog.names,
    }
}

/// Reads a workbook into its table, reporting every cell that cannot be read.
pub(crate) fn read(
    resource: &ResourceEntry,
    layout: &LayoutEntry,
    table: &mut Table,
    catalog: &Catalog,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    let path = resource.file();
    let Some(bytes) = files.get(&path) else { return };
    let has_dialect = resource.dialect.is_some() || resource.format.as_deref() == Some("tsv");
    let stated = Stated {
        encoding: resource.reading.encoding,
        dialect: Some(&resource.reading.dialect).filter(|_| has_dialect),
    };
    let workbook = match workbook::read(&path, bytes, &stated) {
        Ok(workbook) => workbook,
        Err(problem) => {
            diagnostics.push(*problem);
            return;
        }
    };
    let entry = table.entry.clone();
    let reshaped = {
        let target = target(&entry, &resource.esep.constants, catalog);
        reshape::reshape(&path, &workbook, layout, &target, &resource.layout_place(), diagnostics)
    };
    let mut intake =
        Intake { resource, table, catalog, path: path.as_str().into(), told: Told::default(), stand: BTreeMap::new() };
    for placed in reshaped.cells {
        intake.cell(placed, diagnostics);
    }
    intake.told.finish(diagnostics);
    if reshaped.fates.values().all(|fate| *fate != reshape::Fate::Data) && diagnostics.verdict().is_ok() {
        let hint = "look at the columns and rows that the layout leaves out, and at its `header`; `esep data inspect` shows \
                    the tables of the file";
        let empty = Diagnostic::error(code::DATA_EMPTY, Place::file(path), "holds no data where its layout looks");
        diagnostics.push(empty.hint(hint));
    }
}

struct Intake<'a> {
    resource: &'a ResourceEntry,
    table: &'a mut Table,
    catalog: &'a Catalog,
    path: Arc<str>,
    told: Told,
    /// In which cell of this file a key of a measure stands.
    stand: BTreeMap<(String, crate::finding::Key), String>,
}

impl Intake<'_> {
    fn cell(&mut self, placed: Placed, diagnostics: &mut Diagnostics) {
        let address = placed.at.to_string();
        let spot = if placed.sheet.is_empty() { address.clone() } else { format!("{}!{address}", placed.sheet) };
        let place = || Place::file(&*self.path).within(spot.clone());
        let feed = &self.resource.esep;
        let backcast = match dated(&placed.key, self.table.entry.time, &self.catalog.territories) {
            Ok(backcast) => backcast,
            // A territory that is over has no figure, and a dash says so.
            Err(_) if placed.value.is_err() => return,
            Err((message, hint)) => {
                let diagnostic = Diagnostic::error(code::DATA_DATES, place(), message).hint(hint);
                return self.told.push("", diagnostic, diagnostics);
            }
        };
        // A dash before a territory began says that it was not there, which no row says elsewhere.
        if backcast && matches!(placed.value, Err(Reason::NoPhenomenon | Reason::Missing)) {
            return;
        }
        let default = Status::parse(&feed.status).unwrap_or(Status::Published);
        let whole = match Said::parse(&feed.status) {
            Some(Said::Figure(observed)) => observed,
            Some(Said::Nothing(_)) | None => Observations::default(),
        };
        let (value, decimals) = match placed.value {
            Ok((amount, decimals)) => (Ok(amount.times(&Amount::Integer(placed.scale))), decimals.min(17)),
            Err(reason) => (Err(reason), 0),
        };
        let cell = DataCell {
            value,
            observed: placed.observed.unwrap_or(whole),
            status: default.max(if backcast { Status::Backcast } else { Status::Published }),
            unit: placed.unit,
            half_unit: Amount::ratio(placed.scale, 2 * 10i64.pow(decimals)).unwrap_or(Amount::ZERO),
            source: CellRef::Sheet {
                path: Arc::clone(&self.path),
                sheet: Arc::clone(&placed.sheet),
                address: address.as_str().into(),
                note: placed.note,
            },
        };
        let layer = self.table.layers.entry(feed.vintage.clone()).or_default();
        let cells = layer.entry(placed.measure.clone()).or_default();
        if cells.contains_key(&placed.key) {
            let message =
                format!("the key {} occurs twice for `{}` in vintage `{}`", placed.key, placed.measure, feed.vintage);
            let hint = match self.stand.get(&(placed.measure.clone(), placed.key.clone())) {
                Some(first) => format!("it stands in {first} already"),
                None => "another file of the same vintage holds it".to_owned(),
            };
            let diagnostic = Diagnostic::error(code::DATA_KEY, place(), message).hint(hint);
            return self.told.push("", diagnostic, diagnostics);
        }
        self.stand.insert((placed.measure, placed.key.clone()), spot);
        cells.insert(placed.key, cell);
    }
}
