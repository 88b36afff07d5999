//! Data: `esep data`: look at what an agency published, and take it in as a vintage.

mod add;
mod carried;
mod changes;
mod connections;
mod database;
mod doubts;
mod entry;
mod inspect;
mod moved;
mod names;
mod plan;
mod pull;
mod remove;
mod taken;
mod written;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use encoding_rs::Encoding;

use super::answers::{self, CellsAccount, CellsShare};
use super::{Common, Format, conclude, disk, misused, print, warn};
use crate::catalog::{self, Catalog, PACKAGE};
use crate::dataset;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::{Files, sha256};
use crate::reshape::draft::{self, Draft};
use crate::reshape::{Account, Share};
use crate::workbook::{self, Stated, Workbook};

/// The arguments of `esep data`.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show the sheets and tables of a file, and draft the layout by which a table of the catalogue reads it.
    Inspect(inspect::Inspect),
    /// Take a file in as a vintage of a table: keep the snapshot, write its entry, run the checks, say what changes.
    Add(Box<taken::Add>),
    /// Take a vintage out again: its entries, and the snapshots that nothing else reads; say what the study lacks without it.
    Remove(remove::Remove),
    /// Run queries of the catalogue where the records are, and keep what they return as a vintage.
    Pull(pull::Pull),
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    match &arguments.command {
        Command::Inspect(inspect) => inspect::run(inspect, common),
        Command::Add(add) => add::run(add, common),
        Command::Remove(remove) => remove::run(remove, common),
        Command::Pull(pull) => pull::run(pull, common),
    }
}

/// A file that the command line names.
struct Opened {
    /// The name under which it is kept.
    name: String,
    bytes: Vec<u8>,
    workbook: Workbook,
    /// The Parquet file of which it is the text, with its size, its hash and its rows.
    stored: Option<(String, usize, String, usize)>,
}

/// Reads a file that the command line names, in the encoding that is stated; one in Parquet as the text that is kept of it.
fn opened(file: &str, encoding: Option<&'static Encoding>) -> Result<Opened, Box<Diagnostic>> {
    let stated = Stated { encoding, ..Stated::default() };
    let missing = |message| Diagnostic::error(code::FILE_MISSING, Place::file(file), message);
    let bytes = disk::read_table(file).map_err(missing)?;
    let path = Path::new(file);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !bytes.starts_with(b"PAR1") {
        let workbook = workbook::read(file, &bytes, &stated)?;
        if encoding.is_some() && !is_text(&workbook) {
            let message = format!("is {}, which has no encoding to state", workbook.format);
            let refused = Diagnostic::error(code::FILE_ENCODING, Place::file(file), message);
            return Err(Box::new(refused.hint("leave --encoding out; it is for delimited text")));
        }
        return Ok(Opened { name, bytes, workbook, stored: None });
    }
    let (text, rows) = parquet_text(path).map_err(|(message, hint)| {
        Box::new(Diagnostic::error(code::FILE_WORKBOOK, Place::file(file), message).hint(hint))
    })?;
    let kept = format!("{}.csv", name.strip_suffix(".parquet").unwrap_or(&name));
    let workbook = workbook::read(&kept, &text, &Stated::default())?;
    let stored = Some((name, bytes.len(), sha256(&bytes), rows));
    Ok(Opened { name: kept, bytes: text, workbook, stored })
}

/// Says whether a file is delimited text.
fn is_text(workbook: &Workbook) -> bool {
    ["CSV, ", "TSV, "].iter().any(|kind| workbook.format.starts_with(kind))
}

/// Writes a Parquet file as text; what is wrong and what to do where that is not to be.
#[cfg(feature = "parquet")]
fn parquet_text(path: &Path) -> Result<(Vec<u8>, usize), (String, String)> {
    let hint = || "write the rows as CSV, or with columns of whole and decimal numbers, texts and dates".to_owned();
    let file = std::fs::File::open(path).map_err(|error| (format!("cannot be read: {error}"), hint()))?;
    crate::pull::parquet::as_text(&file).map_err(|message| (message, hint()))
}

#[cfg(not(feature = "parquet"))]
fn parquet_text(_: &Path) -> Result<(Vec<u8>, usize), (String, String)> {
    Err((
        "is Parquet, which this esep was built without".to_owned(),
        "build it with `cargo build --release --features parquet`, or write the rows as CSV".to_owned(),
    ))
}

fn told(problem: Diagnostic, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(problem);
    conclude(&diagnostics, &Files::default(), common, false)
}

/// Reads a study that is to be changed, with its catalogue; what an esep that died has left in it is finished before. What
/// stops it is told.
fn begun(common: &Common, diagnostics: &mut Diagnostics) -> Result<(Files, Catalog), ExitCode> {
    if let Err(failure) = disk::settle_study(&disk::Real, &common.study) {
        return Err(told(disk::untouched(&common.study, &failure), common));
    }
    let files = disk::read_study(&common.study, diagnostics);
    match catalogued(&files, diagnostics) {
        Some(catalog) => Ok((files, catalog)),
        None if diagnostics.is_empty() => {
            Err(misused("no catalogue stands here; run it in the folder of a study, or name one with --study"))
        }
        None => Err(conclude(diagnostics, &files, common, false)),
    }
}

/// Changes files of a study; what stops it is told.
fn change(common: &Common, change: &disk::Change) -> Result<(), ExitCode> {
    disk::change_study(&disk::Real, &common.study, change)
        .map_err(|failure| told(disk::untouched(&common.study, &failure), common))
}

/// Reads the catalogue of the study, where there is one.
fn catalogued(files: &Files, diagnostics: &mut Diagnostics) -> Option<Catalog> {
    files.get(PACKAGE)?;
    catalog::read(files, diagnostics)
}

/// Says what became of the cells of a file: how many have each fate, and the sum of their numbers.
fn account_text(account: &Account) -> String {
    let shares = account.shares().into_iter().filter(|(_, share)| share.cells > 0);
    let one = |(name, share): (&str, &Share)| {
        let sum = if share.sum.is_zero() { String::new() } else { format!(" (sum {})", share.sum) };
        format!("{} {}{sum}", share.cells, name.replace('_', " "))
    };
    shares.map(one).collect::<Vec<_>>().join(", ")
}

/// Tells a machine what became of the cells of a file.
fn account_of(account: &Account) -> CellsAccount {
    let one = |share: &Share| CellsShare { cells: share.cells, sum: share.sum.to_string() };
    let Account { data, headers, notes, left, unread } = account;
    CellsAccount { data: one(data), headers: one(headers), notes: one(notes), left_out: one(left), unread: one(unread) }
}

/// Says that the catalogue has no table of a name, where it has none.
fn unknown_table(table: &str, catalog: &Catalog) -> Option<String> {
    let is_known = catalog.tables.contains_key(table);
    let all = || catalog.tables.keys().map(String::as_str);
    let hint =
        || did_you_mean(table, all()).unwrap_or_else(|| format!("it has {}", all().collect::<Vec<_>>().join(", ")));
    (!is_known).then(|| {
        format!(
            "the catalogue has no table `{table}`; {}; a new one is declared under `esep: tables:` of data/datapackage.yaml: `esep guide \
             territories-and-units` shows how",
            hint()
        )
    })
}

/// Drafts the layout for the table that is named, or for all of the catalogue, the one that fits best first.
fn drafted<'a>(workbook: &Workbook, table: Option<&str>, catalog: &'a Catalog) -> Vec<(&'a str, Draft)> {
    let constants = BTreeMap::new();
    let wanted = catalog.tables.iter().filter(|(name, _)| table.is_none_or(|table| table == *name));
    let mut drafts: Vec<_> = wanted
        .map(|(name, entry)| {
            let draft = draft::draft(workbook, &dataset::target(entry, &constants, catalog));
            let measures = entry.measures.values().flat_map(|measure| measure.title.values());
            let rank = draft.rank(entry.title.values().chain(measures).map(String::as_str));
            (rank, name.as_str(), draft)
        })
        .collect();
    drafts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    drafts.into_iter().map(|(_, name, draft)| (name, draft)).collect()
}
