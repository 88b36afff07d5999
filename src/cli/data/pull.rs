//! Pull: `esep data pull`: run the queries of the catalogue where the records are, and keep what they return as snapshots.

mod queried;
mod remembered;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

use super::answers::{self, LackingRecords, PulledQuery, say};
use super::changes::Changes;
use super::doubts::doubts;
use super::entry::with_entry;
use super::{Common, Format, begun, catalogued, change, conclude, disk, misused, print, warn};
use crate::catalog::entry::ResourceEntry;
use crate::catalog::{Catalog, PACKAGE};
use crate::dataset::{self, Choice};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::{Files, sha256};
use crate::pull::entry::{PulledEntry, QueryEntry};
use crate::pull::{Returned, Taken, is_plain};
use remembered::resource;

/// The arguments of `esep data pull`.
#[derive(Args)]
pub(super) struct Pull {
    /// The queries of the catalogue by name; those that read the same files read them together.
    #[arg(required_unless_present = "all")]
    names: Vec<String>,
    /// Run all queries of the catalogue.
    #[arg(long, conflicts_with = "names")]
    all: bool,
    /// The name of the vintage; the date of today where it is left out.
    #[arg(long)]
    vintage: Option<String>,
}

/// What a query returned, and what the snapshot is to remember of it.
struct Pulled<'a> {
    name: &'a str,
    entry: &'a QueryEntry,
    returned: Returned,
    engine: String,
    text: String,
    /// What an engine was asked for it.
    sql: Option<String>,
    inputs: Vec<Taken>,
    csv: Vec<u8>,
}

/// Runs the command.
pub(super) fn run(arguments: &Pull, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let (mut files, catalog) = match begun(common, &mut diagnostics) {
        Ok(begun) => begun,
        Err(code) => return code,
    };
    let read = files.clone();
    let mut chosen: Vec<(&str, &QueryEntry)> = Vec::new();
    for (name, entry) in &catalog.queries {
        if arguments.all || arguments.names.contains(name) {
            chosen.push((name, entry));
        }
    }
    if let Some(unknown) = arguments.names.iter().find(|name| !catalog.queries.contains_key(*name)) {
        let hint = did_you_mean(unknown, catalog.queries.keys().map(String::as_str));
        let hint = hint.unwrap_or_else(|| format!("declare it under `esep: queries:` of {PACKAGE}"));
        return misused(&format!("the catalogue has no query `{unknown}`; {hint}"));
    }
    if chosen.is_empty() {
        return misused(&format!("the catalogue declares no query under `esep: queries:` of {PACKAGE}"));
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (date, time) = utc(now);
    let vintage = arguments.vintage.clone().unwrap_or_else(|| date.clone());
    if !is_plain(&vintage) {
        return misused("a vintage is a name of letters, digits, `-`, `_` and `.`");
    }
    if diagnostics.verdict().is_err() {
        return conclude(&diagnostics, &files, common, false);
    }
    let Some(pulled) = queried::run(&chosen, &catalog, &files, common, &mut diagnostics) else {
        return conclude(&diagnostics, &files, common, false);
    };
    let standing = dataset::unchecked(&catalog, &files);
    let mut package = files.text(PACKAGE).unwrap_or_default().to_owned();
    let mut kept: Vec<(String, Vec<u8>)> = Vec::new();
    let mut said = Vec::new();
    for one in &pulled {
        let before = last(&catalog, one.name);
        let hash = format!("sha256:{}", sha256(&one.csv));
        if let Some(before) = before.filter(|before| before.hash == hash) {
            said.push((one, Some(before.esep.vintage.clone()), None));
            continue;
        }
        let path = format!("raw/{}/{vintage}/{}.csv", one.entry.publisher, one.name);
        let snapshot = format!("data/{path}");
        if files.get(&snapshot).is_some() {
            let message = format!("holds what `{}` returned before, and it returns something else now", one.name);
            let problem = Diagnostic::error(code::DATA_PULL, Place::file(snapshot), message);
            diagnostics.push(problem.hint("a snapshot is never replaced: name another vintage with --vintage"));
            return conclude(&diagnostics, &files, common, false);
        }
        let entry = resource(one, &vintage, &path, &hash, (&date, &time));
        let Some(longer) = with_entry(&package, &entry) else {
            return misused(&format!(
                "{PACKAGE} does not end with its resources, so that no entry can be put behind them"
            ));
        };
        package = longer;
        files.insert(snapshot.clone(), one.csv.clone());
        said.push((one, None, Some(snapshot.clone())));
        kept.push((snapshot, one.csv.clone()));
    }
    let mut changes = Vec::new();
    if !kept.is_empty() {
        files.insert(PACKAGE, package.clone());
        // A study whose text has faults may take in data; only what is wrong in the data stops it.
        let Some(mut catalog) = catalogued(&files, &mut diagnostics) else {
            return conclude(&diagnostics, &files, common, false);
        };
        // A table whose queries have not run yet holds nothing that its checks could compare.
        let fed: BTreeSet<String> = catalog.resources.iter().map(|resource| resource.esep.table.clone()).collect();
        catalog.tables.retain(|name, _| fed.contains(name));
        let Ok(dataset) = dataset::open(&catalog, vec![newest(&catalog)], &files, &mut diagnostics) else {
            return conclude(&diagnostics, &files, common, false);
        };
        let tables: BTreeSet<&str> = pulled.iter().map(|one| one.entry.table.as_str()).collect();
        changes.extend(tables.iter().map(|table| Changes::of(&dataset, standing.as_ref(), table, &vintage)));
        for table in &tables {
            let doubts = doubts(&dataset, standing.as_ref(), &catalog.territories, (*table, vintage.as_str()), PACKAGE);
            doubts.into_iter().for_each(|doubt| diagnostics.push(doubt));
        }
        let mut written = Files::default();
        kept.into_iter().for_each(|(snapshot, bytes)| written.insert(snapshot, bytes));
        written.insert(PACKAGE, package);
        // The entries last: until they stand, nothing reads the snapshots.
        let changed = disk::Change { read: &read, written: &written, gone: &[], naming: PACKAGE };
        if let Err(code) = change(common, &changed) {
            return code;
        }
    }
    tell(&said, &changes, &vintage, common);
    warn(&diagnostics.sorted(), &files);
    ExitCode::SUCCESS
}

/// Returns the vintages of each table, the one that stands last in the catalogue before all others.
fn newest(catalog: &Catalog) -> Choice {
    let mut choice = Choice::new();
    for resource in catalog.resources.iter().rev() {
        let vintages = choice.entry(resource.esep.table.clone()).or_default();
        if !vintages.contains(&resource.esep.vintage) {
            vintages.push(resource.esep.vintage.clone());
        }
    }
    choice
}

/// Returns the snapshot that a query made last.
fn last<'a>(catalog: &'a Catalog, name: &str) -> Option<&'a ResourceEntry> {
    let is_its = |query: &PulledEntry| query.name.as_deref() == Some(name);
    catalog.resources.iter().rev().find(|resource| resource.esep.query.as_ref().is_some_and(is_its))
}

impl Pulled<'_> {
    fn answer(&self, same: &Option<String>, kept: &Option<String>) -> PulledQuery {
        let lacking = self.returned.lacking.iter();
        PulledQuery {
            query: self.name.to_owned(),
            table: self.entry.table.clone(),
            engine: self.engine.clone(),
            read: self.returned.read,
            kept: self.returned.kept,
            rows: self.returned.rows.len(),
            same_as: same.clone(),
            snapshot: kept.clone(),
            lacking: lacking.map(|(name, count)| LackingRecords { measure: name.clone(), records: *count }).collect(),
        }
    }
}

fn tell(said: &[(&Pulled, Option<String>, Option<String>)], changes: &[Changes], vintage: &str, common: &Common) {
    if common.format == Format::Json {
        let one = |(one, same, kept): &(&Pulled, Option<String>, Option<String>)| one.answer(same, kept);
        let snapshot = |changes: &Changes| {
            let of = said.iter().filter(|(one, ..)| one.entry.table == changes.table);
            of.filter_map(|(_, _, kept)| kept.clone()).collect::<Vec<_>>().join(" ")
        };
        let changes = changes.iter().map(|changes| changes.answer(&snapshot(changes))).collect();
        say(&answers::Pulled { vintage: vintage.to_owned(), pulled: said.iter().map(one).collect(), changes });
        return;
    }
    let mut out = String::new();
    for (one, same, kept) in said {
        let read = one.returned.read.map(|count| format!("{count} records read, ")).unwrap_or_default();
        let counted = one.returned.kept.map(|count| format!("{count} counted, ")).unwrap_or_default();
        let _ = write!(out, "{}: {read}{counted}{} rows", one.name, one.returned.rows.len());
        match (same, kept) {
            (Some(same), _) => {
                let _ = writeln!(out, "; the same as of vintage {same}, so that nothing is kept");
            }
            (_, Some(path)) => {
                let _ = writeln!(out, "; kept as {path}");
            }
            _ => out.push('\n'),
        }
        for (name, count) in &one.returned.lacking {
            let _ = writeln!(out, "  {count} records lack a number for {name} and are not in it");
        }
    }
    changes.iter().for_each(|changes| out.push_str(&changes.text()));
    if said.iter().any(|(_, _, kept)| kept.is_some()) {
        let _ = writeln!(out, "an edition reads them when its `vintages` name {vintage}");
    }
    print(&out);
}

/// Returns the date and the time of a moment in UTC.
fn utc(seconds: u64) -> (String, String) {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Days from 1 March of year 0: a leap day is the last of its year then.
    let days = days + 719_468;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{date}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60);
    (date, time)
}

#[cfg(test)]
mod tests {
    #[test]
    fn moments_have_their_dates() {
        for (seconds, wanted) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_251_199, "2024-02-29T23:59:59Z"),
            (1_798_761_599, "2026-12-31T23:59:59Z"),
        ] {
            assert_eq!(super::utc(seconds).1, wanted);
        }
    }
}
