//! Foreign: the values of one snapshot that another must hold.

use std::collections::{BTreeMap, BTreeSet};

use super::csv;
use crate::catalog::Catalog;
use crate::catalog::entry::ResourceEntry;
use crate::dataset::Table;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::Files;
use crate::table::Told;

/// Holds every snapshot to its foreign keys. All of them have been read before, so that nothing else is told.
pub(crate) fn check(catalog: &Catalog, tables: &BTreeMap<String, Table>, files: &Files, diagnostics: &mut Diagnostics) {
    for resource in &catalog.resources {
        for key in &resource.reading.foreign {
            let Some(other) = catalog.resources.iter().find(|other| other.name == key.resource) else { continue };
            let known: BTreeSet<Vec<String>> =
                values(other, &key.known, tables, files).into_iter().map(|(_, v)| v).collect();
            let mut told = Told::default();
            for (place, values) in values(resource, &key.fields, tables, files) {
                if !known.contains(&values) {
                    let names = key.fields.join("`, `");
                    let message = format!("`{names}` is {}, which `{}` does not hold", values.join(", "), other.name);
                    told.push("", Diagnostic::error(code::DATA_CONSTRAINT, place, message), diagnostics);
                }
            }
            told.finish(diagnostics);
        }
    }
}

/// Reads the values of some fields row by row; a row that lacks one is left out.
fn values(
    resource: &ResourceEntry,
    fields: &[String],
    tables: &BTreeMap<String, Table>,
    files: &Files,
) -> Vec<(Place, Vec<String>)> {
    let mut before = Diagnostics::default();
    let Some(table) = tables.get(&resource.esep.table) else { return Vec::new() };
    let Some(text) = csv::text(resource, files, &mut before) else { return Vec::new() };
    let Some(sheet) = csv::sheet(resource, &text, &mut before) else { return Vec::new() };
    let Some(columns) = csv::columns(resource, table, &sheet, &mut before) else { return Vec::new() };
    let places: Vec<usize> = fields.iter().filter_map(|name| sheet.column(name)).collect();
    let value = |at: usize, text: &str| Some(columns.get(at)?.read(text).ok()?.ok()?.to_string());
    let row = |row: crate::table::Row| {
        let values: Option<Vec<String>> = places.iter().map(|at| value(*at, row.text(*at))).collect();
        Some((row.place(places.first().copied().unwrap_or(0)), values?))
    };
    sheet.rows().filter_map(row).collect()
}
