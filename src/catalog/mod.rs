//! Catalog: the sources, tables, vintages and hashes of the data, and the territories with their borders.

pub mod aliases;
pub mod check;
pub mod entry;
pub mod reading;
pub mod schema;
pub mod territory;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::{Files, Outline, Spanned, sha256};
use crate::finding::{Day, Dimension, Observed, Part, Role, Said, Status};
use crate::pull::{self, entry::QueryEntry};
use crate::reshape::names::Names;
use entry::{DimensionEntry, PackageEntry, ResourceEntry, RoleEntry, TableEntry, TablesEntry};
pub use territory::TERRITORIES;
pub use territory::{Territories, Territory};

/// Where the catalogue stands.
pub const PACKAGE: &str = "data/datapackage.yaml";

/// The catalogue, read and understood.
///
/// Every resource feeds a declared table; every bound column names a dimension or measure of it; every dimension of
/// the table is bound; every snapshot has the catalogued hash.
#[derive(Debug)]
pub struct Catalog {
    /// The tables by name.
    pub tables: BTreeMap<String, TableEntry>,
    /// The snapshots in the order of the catalogue.
    pub resources: Vec<ResourceEntry>,
    /// The queries by name.
    pub queries: BTreeMap<String, QueryEntry>,
    /// The territories.
    pub territories: Territories,
    /// What files call territories and members.
    pub names: Names,
}

/// Reads the catalogue and verifies the hash of every snapshot.
pub fn read(files: &Files, diagnostics: &mut Diagnostics) -> Option<Catalog> {
    let package: Option<PackageEntry> = files.yaml(PACKAGE, diagnostics);
    let mut package = package?;
    let named = |table: &TableEntry| table.dimensions.iter().any(|d| d.role == RoleEntry::Territory);
    // A study that speaks of no territories has no list of them.
    let needed = package.esep.tables.values().any(named) || files.get(TERRITORIES).is_some();
    let territories = if needed { Territories::read(files, diagnostics)? } else { Territories::default() };
    let mut resources: Vec<ResourceEntry> = package.resources.into_iter().map(placed).collect();
    let outline = files.outline(PACKAGE);
    if let Some((key, message)) = reading::profile(package.profile.as_deref(), package.schema.as_deref()) {
        diagnostics.push(Diagnostic::error(code::CATALOG_PROPERTY, outline.place(&[key]), message));
    }
    let mut are_read = true;
    totals(&package.esep.tables, diagnostics);
    // What a snapshot does not state, the package states of all.
    let silent = resources.iter_mut().filter(|resource| resource.licenses.is_empty());
    silent.for_each(|resource| resource.licenses.clone_from(&package.licenses));
    for (number, resource) in resources.iter_mut().enumerate() {
        verify_hash(resource, number, &outline, files, diagnostics);
        let layout = outline.find(&["resources", &number.to_string(), "esep", "layout"]);
        resource.layout_at = layout.map(|entry| (entry.line, entry.column));
        verify_binding(resource, number, &outline, &package.esep.tables, diagnostics);
        match reading::of(resource, number, &package.esep.tables, &outline, files, diagnostics) {
            Some(reading) => resource.reading = reading,
            None => are_read = false,
        }
    }
    let text = files.text(PACKAGE).unwrap_or_default();
    package.esep.queries.values_mut().for_each(|query| query.take_as_written(text));
    verify_queries(&package.esep, &outline, diagnostics);
    if !are_read {
        return None;
    }
    reading::refer(&resources, &outline, diagnostics);
    let names = aliases::read(files, &territories, &package.esep.tables, diagnostics)?;
    Some(Catalog { tables: package.esep.tables, resources, queries: package.esep.queries, territories, names })
}

/// Refuses queries that cannot run as they are declared.
fn verify_queries(esep: &TablesEntry, outline: &Outline, diagnostics: &mut Diagnostics) {
    for (name, query) in &esep.queries {
        let problems = match esep.tables.get(&query.table) {
            Some(table) => {
                let dimensions: Vec<&str> = table.dimensions.iter().map(|d| d.name.as_str()).collect();
                let measures: Vec<&str> = table.measures.keys().map(String::as_str).collect();
                pull::problems(name, query, &dimensions, &measures)
            }
            None => {
                let hint = did_you_mean(&query.table, esep.tables.keys().map(String::as_str)).unwrap_or_default();
                vec![(vec!["table".to_owned()], format!("there is no table `{}`; {hint}", query.table))]
            }
        };
        for (path, message) in problems {
            let mut keys = vec!["esep", "queries", name];
            keys.extend(path.iter().map(String::as_str));
            while keys.len() > 3 && outline.find(&keys).is_none() {
                keys.pop();
            }
            let place = outline.place(&keys).within(format!("query `{name}`"));
            diagnostics.push(Diagnostic::error(code::DATA_QUERY, place, message));
        }
    }
}

/// Refuses totals that are no member of their category.
fn totals(tables: &BTreeMap<String, TableEntry>, diagnostics: &mut Diagnostics) {
    for (name, table) in tables {
        for (dimension, total) in table.dimensions.iter().filter_map(|d| Some((d, d.total.as_ref()?))) {
            let members = dimension.members.iter().map(String::as_str);
            if dimension.role == RoleEntry::Category && members.clone().any(|member| member == total.value) {
                continue;
            }
            let at = total.referenced;
            let place = Place::line(PACKAGE, at.line() as usize, at.column() as usize);
            let place = place.within(format!("table `{name}`, dimension `{}`", dimension.name));
            let (message, hint) = match dimension.role {
                RoleEntry::Category => (
                    format!("`total` names `{}`, which is not among the members", total.value),
                    did_you_mean(&total.value, members),
                ),
                _ => ("`total` is of a category; what territories are parts of, their list says".to_owned(), None),
            };
            diagnostics.push(Diagnostic::error(code::CATALOG_TABLE, place, message).maybe_hint(hint));
        }
    }
}

/// Keeps with a resource where it stands.
fn placed(entry: Spanned<ResourceEntry>) -> ResourceEntry {
    let mut resource = entry.value;
    resource.at = (entry.referenced.line() as usize, entry.referenced.column() as usize);
    resource
}

impl Catalog {
    /// Returns the members of the categories by the names of their dimensions, in the order of the catalogue.
    pub fn members(&self) -> BTreeMap<String, Vec<String>> {
        let mut members: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for dimension in self.tables.values().flat_map(|table| &table.dimensions) {
            let known = members.entry(dimension.name.clone()).or_default();
            let new: Vec<String> = dimension.members.iter().filter(|member| !known.contains(member)).cloned().collect();
            known.extend(new);
        }
        members
    }
}

impl TableEntry {
    /// Returns the dimensions in the terms of findings.
    pub fn finding_dimensions(&self) -> Vec<Dimension> {
        let role = |role| match role {
            RoleEntry::Territory => Role::Territory,
            RoleEntry::Period => Role::Period,
            RoleEntry::Category => Role::Category,
        };
        let total = |d: &DimensionEntry| d.total.as_ref().map(|total| Part::Category(total.value.as_str().into()));
        let dimension =
            |d: &DimensionEntry| Dimension { total: total(d), ..Dimension::new(d.name.as_str(), role(d.role)) };
        self.dimensions.iter().map(dimension).collect()
    }
}

impl ResourceEntry {
    /// Returns the path of the snapshot within the study.
    pub fn file(&self) -> String {
        format!("data/{}", self.path)
    }

    /// Returns the place of the resource in the catalogue.
    pub fn place(&self) -> Place {
        Place::line(PACKAGE, self.at.0, self.at.1).within(format!("resource `{}`", self.name))
    }

    /// Returns the place of its layout in the catalogue, or its own where it has none.
    pub fn layout_place(&self) -> Place {
        let (line, column) = self.layout_at.unwrap_or(self.at);
        Place::line(PACKAGE, line, column).within(format!("resource `{}`", self.name))
    }
}

fn verify_hash(
    resource: &ResourceEntry,
    number: usize,
    outline: &Outline,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    let path = resource.file();
    let Some(bytes) = files.get(&path) else {
        let hint = format!("resource `{}` of {PACKAGE} names it", resource.name);
        diagnostics.push(Diagnostic::error(code::FILE_MISSING, Place::file(path), "there is no such file").hint(hint));
        return;
    };
    let found = sha256(bytes);
    let expected = resource.hash.trim_start_matches("sha256:");
    if found != expected || bytes.len() as u64 != resource.bytes {
        let message = format!(
            "`{path}` is not the catalogued snapshot: {} bytes, SHA-256 {found}; catalogued: {} bytes, SHA-256 {expected}",
            bytes.len(),
            resource.bytes
        );
        let key = if found != expected { "hash" } else { "bytes" };
        let place = outline.place(&["resources", &number.to_string(), key]);
        let place = place.within(format!("resource `{}`", resource.name));
        let hint = "a snapshot is never edited: restore it, or catalogue the new state as a new vintage";
        diagnostics.push(Diagnostic::error(code::CATALOG_HASH, place, message).hint(hint));
    }
}

/// Names what a status may be that is none.
fn statuses_like(status: &str) -> Option<String> {
    let own = Status::ALL.map(Status::name);
    let observed = Observed::ALL.map(Observed::name);
    let known = || own.into_iter().chain(["final", "operative"]).chain(observed);
    did_you_mean(status, known()).or_else(|| {
        let all = known().collect::<Vec<_>>().join(", ");
        Some(format!("known are {all}, codes of SDMX such as P, and reasons of what is missing"))
    })
}

fn verify_binding(
    resource: &ResourceEntry,
    number: usize,
    outline: &Outline,
    tables: &BTreeMap<String, TableEntry>,
    diagnostics: &mut Diagnostics,
) {
    let feed = &resource.esep;
    let number = number.to_string();
    let mut refuse = |keys: &[&str], message: String, hint: Option<String>| {
        let path = [&["resources", number.as_str(), "esep"], keys].concat();
        let place = outline.place(&path).within(format!("resource `{}`", resource.name));
        diagnostics.push(Diagnostic::error(code::CATALOG_TABLE, place, message).maybe_hint(hint));
    };
    let Some(table) = tables.get(&feed.table) else {
        let hint = did_you_mean(&feed.table, tables.keys().map(String::as_str));
        return refuse(&["table"], format!("there is no table `{}`", feed.table), hint);
    };
    let names: Vec<&str> =
        table.dimensions.iter().map(|d| d.name.as_str()).chain(table.measures.keys().map(String::as_str)).collect();
    let pivoted = feed.pivot.iter().flat_map(|p| &p.members);
    let targets = (feed.columns.iter().map(|(column, target)| (vec!["columns", column.as_str()], target)))
        .chain(feed.constants.keys().map(|target| (vec!["constants", target.as_str()], target)))
        .chain(pivoted.map(|(column, target)| (vec!["pivot", "members", column.as_str()], target)));
    for (keys, target) in targets.filter(|(_, target)| !names.contains(&target.as_str())) {
        let hint = did_you_mean(target, names.iter().copied());
        refuse(&keys, format!("table `{}` has no dimension or measure `{target}`", feed.table), hint);
    }
    let statuses = feed.status_column.iter().flat_map(|c| c.values.values()).map(|value| match value {
        entry::StatusValue::Row(status) => status,
        entry::StatusValue::Measures(of) => &of.status,
    });
    let is_day = Day::parse(&feed.retrieved).is_some();
    if !is_day && feed.retrieved != "unknown" {
        let hint = "write the day, `2026-10-01`, or `unknown`".to_owned();
        refuse(&["retrieved"], format!("`{}` is no day on which a file is retrieved", feed.retrieved), Some(hint));
    }
    for status in statuses.chain([&feed.status]) {
        if Status::parse(status).is_none() && Said::parse(status).is_none() {
            let key = if *status == feed.status { "status" } else { "status_column" };
            refuse(&[key], format!("`{status}` is not a status"), statuses_like(status));
        }
    }
    if let Some(layout) = &feed.layout {
        for (mark, status) in layout.statuses.iter().filter(|(_, status)| Said::parse(status).is_none()) {
            let keys = ["layout", "statuses", mark];
            refuse(&keys, format!("`{status}` is not a status"), statuses_like(status));
        }
        let target = |name: &String| {
            !names.contains(&name.as_str()) && !["measure", "unit", "status", "-"].contains(&name.as_str())
        };
        for name in layout.named().into_iter().filter(target) {
            let hint = did_you_mean(&name, names.iter().copied());
            refuse(&["layout"], format!("table `{}` has no dimension `{name}`", feed.table), hint);
        }
        return;
    }
    for dimension in &table.dimensions {
        let bound = feed.columns.values().chain(feed.constants.keys()).any(|target| *target == dimension.name);
        if !bound {
            let hint = "name its column under `columns`, or its member under `constants`; a workbook needs a `layout`";
            refuse(&["columns"], format!("nothing gives dimension `{}`", dimension.name), Some(hint.to_owned()));
        }
    }
}
