//! Queried: declared queries, run where their records are: in files, in one pass, or in an engine that a connection leads to.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use super::super::Common;
use super::super::connections::{self, Connection, Matching};
use super::super::database::{Session, Trouble};
use super::Pulled;
use super::remembered::declared;
use crate::catalog::{Catalog, PACKAGE};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean, listed};
use crate::files::Files;
use crate::pull::entry::QueryEntry;
use crate::pull::sql::{self, Asked};
use crate::pull::{self, Bytes, Plan, Returned, Source, Taken, Unopened};

type Query<'a> = (&'a str, &'a QueryEntry);

/// Which files are read together: below which connection, by which pattern, with what between their fields.
type Pass<'a> = (Option<&'a str>, &'a str, u8);

/// Runs queries, those over the same files in one pass; `None` where one fails.
pub(super) fn run<'a>(
    chosen: &[Query<'a>],
    catalog: &Catalog,
    files: &Files,
    common: &Common,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Pulled<'a>>> {
    let mut passes: BTreeMap<Pass, (PathBuf, Vec<Query<'a>>)> = BTreeMap::new();
    let mut pulled = Vec::new();
    for (name, entry) in chosen {
        let place = place(name, files);
        let connection = match entry.connection.as_deref().map(|name| connections::find(name, place.clone())) {
            None => Connection { folder: Some(common.study.clone()), ..Connection::default() },
            Some(Ok(connection)) => connection,
            Some(Err(problems)) => {
                diagnostics.extend(problems);
                continue;
            }
        };
        match (connection.folder.clone(), &entry.sql, &entry.from, entry.delimiter()) {
            (Some(folder), None, Some(from), Some(delimiter)) => {
                let key = (entry.connection.as_deref(), from.as_str(), delimiter);
                passes.entry(key).or_insert((folder, Vec::new())).1.push((name, entry));
            }
            (Some(_), ..) => {
                let message = "the query asks a database in `sql`, and its connection is a folder of files";
                let hint = "declare the query with `from`, or set up another connection under this name";
                diagnostics.push(Diagnostic::error(code::DATA_PULL, place, message).hint(hint));
            }
            (None, Some(sql), ..) => {
                pulled.extend(told_in_sql(name, entry, sql, &connection, catalog, place, diagnostics))
            }
            (None, None, ..) => match in_engine(name, entry, &connection) {
                Ok(one) => pulled.push(one),
                Err((message, hint)) => diagnostics.push(Diagnostic::error(code::DATA_PULL, place, message).hint(hint)),
            },
        }
    }
    for ((_, from, delimiter), (folder, group)) in passes {
        let place = place(group.first().map_or("", |(name, _)| name), files);
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
    group: &[Query<'a>],
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Vec<Pulled<'a>> {
    let mut fail = |message: String, hint: &str| {
        diagnostics.push(Diagnostic::error(code::DATA_PULL, place.clone(), message).hint(hint));
        Vec::new()
    };
    let found = match connections::matching(folder, from) {
        Ok(Matching { files, others }) if files.is_empty() => {
            let what = if others.is_empty() { String::new() } else { format!("; {} is none", named(&others)) };
            return fail(
                format!("no file is called `{from}`{what}"),
                "`from` is a path below the study, or below the folder of its `connection`; the files of a folder are `folder/*`",
            );
        }
        Ok(found) => found,
        Err(error) => {
            return fail(format!("`{from}` cannot be listed: {error}"), "look at the folder and who may read it");
        }
    };
    if !found.others.is_empty() {
        let message = format!("{} not read: only a file holds records", named(&found.others));
        diagnostics.push(Diagnostic::warning(code::DATA_PULL, place.clone(), message).hint(LOOK));
    }
    let found = found.files;
    let plans: Vec<Plan> = group.iter().filter_map(|(name, entry)| Plan::of(name, entry).ok()).collect();
    let open = |(path, at): &(String, PathBuf)| -> Result<Source<'static>, Unopened> {
        let file = File::open(at).map_err(|error| (path.clone(), error))?;
        Ok(Source { path: path.clone(), bytes: Bytes::Lying(file) })
    };
    for message in alike(&found).into_iter().chain(passed_over(folder, from, &found)) {
        diagnostics.push(Diagnostic::warning(code::DATA_PULL, place.clone(), message).hint(LOOK));
    }
    let mut told = |records: u64| crate::cli::progress(&format!("{records} records"));
    let Some((returned, taken)) = pull::pass(found.iter().map(open), delimiter, &plans, &mut told, diagnostics) else {
        return Vec::new();
    };
    for message in twice(&taken) {
        diagnostics.push(Diagnostic::warning(code::DATA_PULL, place.clone(), message).hint(LOOK));
    }
    let mut pulled = Vec::new();
    for ((name, entry), returned) in group.iter().zip(returned) {
        for (column, value) in &returned.unmet {
            let message = format!("`{name}` asks for `{value}` in column `{column}`, and no record that counts has it");
            let hint = "write it under `where` as the records do";
            diagnostics.push(Diagnostic::warning(code::DATA_PULL, place.clone(), message).hint(hint));
        }
        for (column, listed, found) in &returned.respelled {
            let message = format!(
                "column `{column}` holds `{found}`, which is the number of `{listed}` in other digits, and was taken for another value"
            );
            let hint =
                "list it under `where` beside the other where it is meant: text of files is compared as it is written";
            diagnostics.push(Diagnostic::warning(code::DATA_PULL, place.clone(), message).hint(hint));
        }
        let engine = pull::ENGINE.to_owned();
        match finished((name, entry), returned, engine, (declared(entry), None)) {
            Ok(one) => pulled.push(Pulled { inputs: taken.clone(), ..one }),
            Err((message, hint)) => {
                diagnostics.push(Diagnostic::error(code::DATA_PULL, place.clone(), message).hint(hint));
            }
        }
    }
    pulled
}

const LOOK: &str = "look at the files, and name with `from` those that are to be counted";

/// Names files one of which may be the other packed.
fn alike(found: &[(String, PathBuf)]) -> Vec<String> {
    let stem = |name: &str| name.trim_end_matches(".gz").rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let mut stems: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    found.iter().for_each(|(name, _)| stems.entry(stem(name)).or_default().push(name));
    let several = stems.into_values().filter(|names| names.len() > 1);
    several.map(|names| format!("{} may hold the same records, which count twice", named(&names))).collect()
}

/// Names files that hold the same bytes.
fn twice(taken: &[Taken]) -> Vec<String> {
    let mut hashes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    taken.iter().filter(|one| one.rows > 0).for_each(|one| hashes.entry(&one.hash).or_default().push(&one.path));
    let several = hashes.into_values().filter(|names| names.len() > 1);
    several.map(|names| format!("{} hold the same bytes, and their records count twice", named(&names))).collect()
}

/// Names the files of records beside those that a pattern means.
fn passed_over(folder: &Path, from: &str, found: &[(String, PathBuf)]) -> Option<String> {
    let (above, name) = from.rsplit_once('/').unwrap_or(("", from));
    if !name.contains(['*', '?']) {
        return None;
    }
    let beside = connections::matching(folder, &if above.is_empty() { "*".to_owned() } else { format!("{above}/*") });
    let is_of_records = |name: &str| {
        let name = name.to_lowercase();
        let name = name.trim_end_matches(".gz");
        [".csv", ".tsv", ".txt", ".parquet"].iter().any(|end| name.ends_with(end))
    };
    let beside = beside.unwrap_or_default().files;
    let is_left = |name: &&str| is_of_records(name) && found.iter().all(|(own, _)| own != name);
    let left: Vec<&str> = beside.iter().map(|(name, _)| name.as_str()).filter(is_left).collect();
    (!left.is_empty()).then(|| format!("{} beside them are not read: `{from}` does not mean them", named(&left)))
}

/// Lists names of files.
fn named(names: &[impl std::fmt::Display]) -> String {
    listed(names.iter().map(|name| format!("`{name}`")))
}

/// Runs a query that is declared over records in an engine.
fn in_engine<'a>(name: &'a str, entry: &'a QueryEntry, connection: &Connection) -> Result<Pulled<'a>, Trouble> {
    let plain = |message: String| (message, "look at the query, and at the table that the engine has".to_owned());
    let (Ok(plan), Some(from)) = (Plan::of(name, entry), &entry.from) else {
        return Err(plain("the query cannot run as it is declared".to_owned()));
    };
    let mut session = Session::open(connection)?;
    let dialect = session.dialect();
    let source = connection.tables.get(from).cloned().or_else(|| dialect.table(from)).ok_or_else(|| {
        let hint = format!("say it under `tables` of the connection: `tables: {{'{from}': moves}}`");
        (format!("`{from}` is no table of a database, and the connection does not say what it is there"), hint)
    })?;
    let holds = session.holds(&sql::columns(&plan, &source, dialect))?;
    let asked = Asked::of(&plan, (source, &connection.parted), dialect, holds).map_err(plain)?;
    let records = asked.records(&session.rows(&asked.counted())?.1).map_err(plain)?;
    for (column, sql) in asked.dates() {
        asked.are_dates(column, &session.rows(&sql)?.1).map_err(plain)?;
    }
    let returned = asked.returned(&session.rows(&asked.groups())?.1, records)?;
    let remembered = asked.remembered(from);
    finished((name, entry), returned, session.engine().to_owned(), (declared(entry), Some(remembered)))
}

/// Asks a database what the catalogue says in its own words.
fn told_in_sql<'a>(
    name: &'a str,
    entry: &'a QueryEntry,
    sql: &str,
    connection: &Connection,
    catalog: &Catalog,
    place: Place,
    diagnostics: &mut Diagnostics,
) -> Option<Pulled<'a>> {
    let mut fail = |(message, hint): Trouble| {
        diagnostics.push(Diagnostic::error(code::DATA_PULL, place.clone(), message).hint(hint));
    };
    let answer = Session::open(connection).and_then(|mut session| {
        let answer = session.rows(&only_reading(sql))?;
        session.no_money(&only_reading(sql), &answer.0)?;
        Ok((answer, session.engine().to_owned()))
    });
    let ((names, rows), engine) = answer.map_err(&mut fail).ok()?;
    let table = catalog.tables.get(&entry.table)?;
    let heads = names.iter().map(|name| (name.clone(), pull::Kind::Text)).collect();
    let mut returned =
        Returned { heads, rows, read: None, kept: None, lacking: Vec::new(), unmet: Vec::new(), respelled: Vec::new() };
    let dimensions = || table.dimensions.iter().map(|d| d.name.as_str());
    let mut problems = Vec::new();
    for head in &names {
        if names.iter().filter(|other| other == &head).count() > 1 {
            problems.push(format!("two columns of the result are called `{head}`"));
        } else if !dimensions().any(|name| name == *head) && !table.measures.contains_key(head) {
            let known = dimensions().chain(table.measures.keys().map(String::as_str));
            let hint = did_you_mean(head, known).unwrap_or_else(|| "rename it with `as`".to_owned());
            let table = &entry.table;
            problems.push(format!(
                "the result has a column `{head}`, which is no dimension or measure of `{table}`; {hint}"
            ));
        }
    }
    let is_given = |name: &&str| names.iter().any(|head| head == name) || entry.constants.contains_key(*name);
    for dimension in dimensions().filter(|name| !is_given(name)) {
        problems.push(format!(
            "the result has no column for the dimension `{dimension}`, and `constants` does not name it"
        ));
    }
    problems.extend(returned.settle(|name| table.measures.contains_key(name)).err());
    let is_sound = problems.is_empty();
    problems.into_iter().for_each(|message| fail((message, "mend `sql` of the query".to_owned())));
    let finished = finished((name, entry), returned, engine, (sql.to_owned(), None)).map_err(&mut fail).ok()?;
    is_sound.then_some(finished)
}

/// Asks a query as what a `select` is from, where nothing but a query can stand.
fn only_reading(sql: &str) -> String {
    format!("select * from (\n{}\n) pulled", sql.trim_end().trim_end_matches(';'))
}

/// Writes what a query returned as the bytes of a snapshot.
fn finished<'a>(
    (name, entry): Query<'a>,
    returned: Returned,
    engine: String,
    (text, sql): (String, Option<String>),
) -> Result<Pulled<'a>, Trouble> {
    if returned.rows.is_empty() {
        let read = returned.read.map(|read| format!(": of {read} records none counts")).unwrap_or_default();
        return Err((format!("`{name}` returned nothing{read}"), "look at `where`".to_owned()));
    }
    let csv = returned.csv().map_err(|error| (error.to_string(), "look at what the query returns".to_owned()))?;
    Ok(Pulled { name, entry, returned, engine, text, sql, inputs: Vec::new(), csv })
}
