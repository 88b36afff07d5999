//! Pull: `esep data pull`: run the queries of the catalogue where the records are, and keep what they return as snapshots.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

use super::add::{is_plain, with_entry};
use super::answers::{self, LackingRecords, PulledQuery, say};
use super::changes::Changes;
use super::connections::{self, Connection};
use super::{Common, Format, catalogued, conclude, database, disk, misused, print, told, warn};
use crate::catalog::entry::ResourceEntry;
use crate::catalog::{Catalog, PACKAGE};
use crate::dataset::{self, Choice};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::{Files, sha256};
use crate::pull::entry::QueryEntry;
use crate::pull::{self, Kind, Plan, Returned, Source, Taken};

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
    inputs: Vec<Taken>,
    csv: Vec<u8>,
}

/// Runs the command.
pub(super) fn run(arguments: &Pull, common: &Common) -> ExitCode {
    let study = disk::Real;
    if let Err(failure) = disk::settle_study(&study, &common.study) {
        return told(disk::untouched(&common.study, &failure), common);
    }
    let mut diagnostics = Diagnostics::default();
    let mut files = disk::read_study(&common.study, &mut diagnostics);
    let Some(catalog) = catalogued(&files, &mut diagnostics) else {
        if diagnostics.is_empty() {
            return misused("no catalogue stands here; run it in the folder of a study, or name one with --study");
        }
        return conclude(&diagnostics, &files, common, false);
    };
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
    let Some(pulled) = query(&chosen, &catalog, &files, common, &mut diagnostics) else {
        return conclude(&diagnostics, &files, common, false);
    };
    let standing = dataset::open(&catalog, Vec::new(), &files, &mut Diagnostics::default()).ok();
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
        let mut written = Files::default();
        kept.into_iter().for_each(|(snapshot, bytes)| written.insert(snapshot, bytes));
        written.insert(PACKAGE, package);
        // The entries last: until they stand, nothing reads the snapshots.
        if let Err(failure) = disk::change_study(&study, &common.study, &written, PACKAGE) {
            return told(disk::untouched(&common.study, &failure), common);
        }
    }
    tell(&said, &changes, &vintage, common);
    if common.format == Format::Human {
        warn(&diagnostics.sorted(), &files);
    }
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
    catalog.resources.iter().rev().find(|resource| resource.esep.query.as_ref().is_some_and(|query| query.name == name))
}

/// Runs the queries, those over the same files in one pass.
fn query<'a>(
    chosen: &[(&'a str, &'a QueryEntry)],
    catalog: &Catalog,
    files: &Files,
    common: &Common,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Pulled<'a>>> {
    type Group<'a> = Vec<(&'a str, &'a QueryEntry)>;
    let mut passes: BTreeMap<(Option<&str>, &str, u8), Group<'a>> = BTreeMap::new();
    let mut pulled = Vec::new();
    for (name, entry) in chosen {
        match (&entry.from, entry.delimiter()) {
            (Some(from), Some(delimiter)) => {
                passes.entry((entry.connection.as_deref(), from, delimiter)).or_default().push((name, entry));
            }
            _ => pulled.extend(ask(name, entry, catalog, place(name, files), diagnostics)),
        }
    }
    for ((connection, from, delimiter), group) in passes {
        let place = place(group.first().map_or("", |(name, _)| name), files);
        let folder = match connection.map(|name| connections::find(name, place.clone())) {
            None => common.study.clone(),
            Some(Ok(Connection { folder: Some(folder), .. })) => folder,
            Some(Ok(_)) => {
                let message = "the connection is a database, and the query reads files";
                diagnostics.push(Diagnostic::error(code::DATA_PULL, place, message).hint("ask it with `sql`"));
                continue;
            }
            Some(Err(problems)) => {
                diagnostics.extend(problems);
                continue;
            }
        };
        pulled.extend(over_files(&folder, from, delimiter, &group, &place, diagnostics));
    }
    (pulled.len() == chosen.len() && diagnostics.verdict().is_ok()).then_some(pulled)
}

fn place(name: &str, files: &Files) -> Place {
    files.outline(PACKAGE).place(&["esep", "queries", name]).within(format!("query `{name}`"))
}

fn over_files<'a>(
    folder: &Path,
    from: &str,
    delimiter: u8,
    group: &[(&'a str, &'a QueryEntry)],
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Vec<Pulled<'a>> {
    let mut fail = |message: String, hint: &str| {
        diagnostics.push(Diagnostic::error(code::DATA_PULL, place.clone(), message).hint(hint));
        Vec::new()
    };
    let found = match connections::matching(folder, from) {
        Ok(found) if found.is_empty() => {
            return fail(
                format!("no file is called `{from}`"),
                "`from` is a path below the study, or below the folder of its `connection`",
            );
        }
        Ok(found) => found,
        Err(error) => {
            return fail(format!("`{from}` cannot be listed: {error}"), "look at the folder and who may read it");
        }
    };
    let plans: Vec<Plan> = group.iter().filter_map(|(name, entry)| Plan::of(name, entry).ok()).collect();
    let open = |(path, at): &(String, PathBuf)| -> io::Result<Source<'static>> {
        let file = File::open(at).map_err(|error| io::Error::other(format!("{path} cannot be opened: {error}")))?;
        Ok(Source { path: path.clone(), bytes: Box::new(file) })
    };
    let mut told = |records: u64| crate::cli::progress(&format!("{records} records"));
    let Some((returned, taken)) = pull::pass(found.iter().map(open), delimiter, &plans, &mut told, diagnostics) else {
        return Vec::new();
    };
    let mut pulled = Vec::new();
    for ((name, entry), returned) in group.iter().zip(returned) {
        if returned.rows.is_empty() {
            let message = format!("`{name}` returned nothing: of {} records none counts", returned.read.unwrap_or(0));
            diagnostics.push(Diagnostic::error(code::DATA_PULL, place.clone(), message).hint("look at `where`"));
            continue;
        }
        let Some(csv) = written(&returned, place, diagnostics) else { continue };
        let text = declared(entry);
        pulled.push(Pulled {
            name,
            entry,
            returned,
            engine: pull::ENGINE.to_owned(),
            text,
            inputs: taken.clone(),
            csv,
        });
    }
    pulled
}

/// Asks a database.
fn ask<'a>(
    name: &'a str,
    entry: &'a QueryEntry,
    catalog: &Catalog,
    place: Place,
    diagnostics: &mut Diagnostics,
) -> Option<Pulled<'a>> {
    let (sql, connection) = (entry.sql.as_deref()?, entry.connection.as_deref()?);
    let connection = match connections::find(connection, place.clone()) {
        Ok(connection) => connection,
        Err(problems) => {
            diagnostics.extend(problems);
            return None;
        }
    };
    let (mut returned, engine) = match database::ask(&connection, sql) {
        Ok(answer) => answer,
        Err((message, hint)) => {
            diagnostics.push(Diagnostic::error(code::DATA_PULL, place, message).hint(hint));
            return None;
        }
    };
    let table = catalog.tables.get(&entry.table)?;
    let names: Vec<&str> = returned.heads.iter().map(|(name, _)| name.as_str()).collect();
    let dimensions = || table.dimensions.iter().map(|d| d.name.as_str());
    let mut problems = Vec::new();
    for head in &names {
        if names.iter().filter(|other| other == &head).count() > 1 {
            problems.push(format!("two columns of the result are called `{head}`"));
        } else if !dimensions().any(|name| name == *head) && !table.measures.contains_key(*head) {
            let known = dimensions().chain(table.measures.keys().map(String::as_str));
            let hint = did_you_mean(head, known).unwrap_or_else(|| "rename it with `as`".to_owned());
            problems.push(format!(
                "the result has a column `{head}`, which is no dimension or measure of `{}`; {hint}",
                entry.table
            ));
        }
    }
    for dimension in dimensions().filter(|name| !names.contains(name) && !entry.constants.contains_key(*name)) {
        problems.push(format!(
            "the result has no column for the dimension `{dimension}`, and `constants` does not name it"
        ));
    }
    if returned.rows.is_empty() {
        problems.push("the database returned no row".to_owned());
    }
    if let Err(message) = returned.settle(|name| table.measures.contains_key(name)) {
        problems.push(message);
    }
    for message in &problems {
        diagnostics.push(Diagnostic::error(code::DATA_PULL, place.clone(), message.clone()));
    }
    let csv = written(&returned, &place, diagnostics)?;
    problems.is_empty().then(|| Pulled { name, entry, returned, engine, text: sql.to_owned(), inputs: Vec::new(), csv })
}

fn written(returned: &Returned, place: &Place, diagnostics: &mut Diagnostics) -> Option<Vec<u8>> {
    match returned.csv() {
        Ok(csv) => Some(csv),
        Err(error) => {
            diagnostics.push(Diagnostic::error(code::DATA_PULL, place.clone(), error.to_string()));
            None
        }
    }
}

/// Writes a query over files in one line, whatever the layout of the catalogue.
fn declared(entry: &QueryEntry) -> String {
    let mut out = format!("from {}", entry.from.as_deref().unwrap_or_default());
    if let Some(delimiter) = &entry.delimiter {
        let _ = write!(out, " delimiter {delimiter}");
    }
    let clause = |out: &mut String, word: &str, list: Vec<String>| {
        if !list.is_empty() {
            let _ = write!(out, "; {word} {}", list.join(", "));
        }
    };
    clause(&mut out, "where", entry.tests.iter().map(|(column, test)| format!("{column} {}", test.said())).collect());
    clause(&mut out, "group", entry.group.iter().map(|(name, group)| format!("{name} = {}", group.said())).collect());
    clause(
        &mut out,
        "aggregates",
        entry.aggregates.iter().map(|(name, what)| format!("{name} = {}", what.said())).collect(),
    );
    clause(&mut out, "missing", entry.missing.iter().map(|mark| format!("`{mark}`")).collect());
    out
}

/// Writes the entry of a snapshot as YAML.
fn resource(one: &Pulled, vintage: &str, path: &str, hash: &str, (date, time): (&str, &str)) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut out =
        format!("- name: {}.{vintage}\n  path: {}\n  type: table\n", one.name.replace('_', "-"), quoted(path));
    let _ = writeln!(out, "  bytes: {}\n  hash: {hash}\n  schema:\n    fields:", one.csv.len());
    for (name, kind) in &one.returned.heads {
        let of = match kind {
            Kind::Text => "string",
            Kind::Number => {
                let at = one.returned.heads.iter().position(|(head, _)| head == name).unwrap_or(0);
                let is_whole = one.returned.rows.iter().all(|row| row.get(at).is_none_or(|cell| !cell.contains('.')));
                if is_whole { "integer" } else { "number" }
            }
        };
        let _ = writeln!(out, "    - {{name: {}, type: {of}}}", quoted(name));
    }
    let entry = one.entry;
    let status = entry.status.as_deref().unwrap_or("published");
    let _ = writeln!(out, "  esep:\n    table: {}\n    vintage: {}", entry.table, quoted(vintage));
    let _ = writeln!(out, "    publisher: {}\n    retrieved: {}\n    status: {status}", entry.publisher, quoted(date));
    if !entry.constants.is_empty() {
        let list = entry.constants.iter().map(|(name, value)| format!("{name}: {}", quoted(value)));
        let _ = writeln!(out, "    constants: {{{}}}", list.collect::<Vec<_>>().join(", "));
    }
    let columns = one.returned.heads.iter().map(|(name, _)| format!("{}: {name}", quoted(name)));
    let _ = writeln!(out, "    columns: {{{}}}", columns.collect::<Vec<_>>().join(", "));
    let _ = writeln!(out, "    query:\n      name: {}\n      text: {}", one.name, quoted(&one.text));
    let _ = writeln!(out, "      engine: {}\n      at: {}", quoted(&one.engine), quoted(time));
    let mut rows = Vec::new();
    rows.extend(one.returned.read.map(|count| format!("input: {count}")));
    rows.extend(one.returned.kept.map(|count| format!("kept: {count}")));
    rows.push(format!("output: {}", one.returned.rows.len()));
    let _ = writeln!(out, "      rows: {{{}}}", rows.join(", "));
    if !one.inputs.is_empty() {
        out.push_str("      inputs:\n");
    }
    for input in &one.inputs {
        let path = quoted(&input.path);
        let _ = writeln!(
            out,
            "      - {{path: {path}, bytes: {}, hash: {}, rows: {}}}",
            input.bytes, input.hash, input.rows
        );
    }
    out
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
