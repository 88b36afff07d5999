//! Data: `esep data`: look at what an agency published, and take it in as a vintage.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use super::{Common, Format, conclude, disk, misused, print, warn};
use crate::build;
use crate::catalog::{self, Catalog, PACKAGE};
use crate::dataset::{self, Dataset};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::{Files, sha256};
use crate::finding::{Amount, Key};
use crate::reshape::draft::{self, Draft, Found};
use crate::workbook::{self, Sheet, Stated, Workbook, letters};

/// The arguments of `esep data`.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show the sheets and tables of a file, and draft the layout by which a table of the catalogue reads it.
    Inspect {
        /// The file: XLSX, XLS, ODS, or delimited text of any encoding.
        file: String,
        /// The table of the catalogue; the one that fits best where it is left out.
        #[arg(long)]
        table: Option<String>,
    },
    /// Take a file in as a vintage of a table: keep the snapshot, write its entry, run the checks, say what changes.
    Add(Add),
}

#[derive(Args)]
struct Add {
    /// The file.
    file: String,
    /// The table of the catalogue.
    #[arg(long)]
    table: String,
    /// The name of the vintage.
    #[arg(long)]
    vintage: String,
    /// A file with the layout, as `esep data inspect` drafts it; without it that draft is tried as it is.
    #[arg(long, value_name = "YAML")]
    layout: Option<PathBuf>,
    /// Who published it, short; that of the table's entry before where it is left out.
    #[arg(long)]
    publisher: Option<String>,
    /// The day on which it was retrieved.
    #[arg(long, default_value = "unknown", value_name = "DATE")]
    retrieved: String,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    match &arguments.command {
        Command::Inspect { file, table } => inspect(file, table.as_deref(), common),
        Command::Add(add) => take_in(add, common),
    }
}

/// Reads a file that the command line names.
fn opened(file: &str) -> Result<(Vec<u8>, Workbook), Box<Diagnostic>> {
    let missing = |message| Diagnostic::error(code::FILE_MISSING, Place::file(file), message);
    let bytes = disk::read_table(file).map_err(missing)?;
    let workbook = workbook::read(file, &bytes, &Stated::default())?;
    Ok((bytes, workbook))
}

fn told(problem: Diagnostic, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(problem);
    conclude(&diagnostics, &Files::default(), common, false)
}

/// Reads the catalogue of the study, where there is one.
fn catalogued(files: &Files, diagnostics: &mut Diagnostics) -> Option<Catalog> {
    files.get(PACKAGE)?;
    catalog::read(files, diagnostics)
}

/// Drafts the layout for the table that is named, or for the one of which most columns are understood.
fn drafted<'a>(workbook: &Workbook, table: Option<&str>, catalog: &'a Catalog) -> Option<(&'a str, Draft)> {
    let constants = BTreeMap::new();
    let mut best: Option<(&str, Draft)> = None;
    for (name, entry) in catalog.tables.iter().filter(|(name, _)| table.is_none_or(|table| table == *name)) {
        let draft = draft::draft(workbook, &dataset::target(entry, &constants, catalog));
        if best.as_ref().is_none_or(|(_, before)| draft.fits > before.fits) {
            best = Some((name, draft));
        }
    }
    best
}

fn inspect(file: &str, table: Option<&str>, common: &Common) -> ExitCode {
    let (_, workbook) = match opened(file) {
        Ok(opened) => opened,
        Err(problem) => return told(*problem, common),
    };
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    let catalog = catalogued(&files, &mut diagnostics);
    if let (Some(table), Some(catalog)) = (table, &catalog)
        && !catalog.tables.contains_key(table)
    {
        let hint = did_you_mean(table, catalog.tables.keys().map(String::as_str)).unwrap_or_default();
        return misused(&format!("the catalogue has no table `{table}`; {hint}"));
    }
    let draft = catalog.as_ref().and_then(|catalog| drafted(&workbook, table, catalog));
    let found: Vec<(&Sheet, Option<Found>)> = workbook.sheets.iter().map(|sheet| (sheet, draft::find(sheet))).collect();
    if common.format == Format::Json {
        let sheets: Vec<_> = found.iter().map(|(sheet, found)| sheet_json(sheet, found.as_ref())).collect();
        let (name, draft) = draft.as_ref().map_or((None, None), |(name, draft)| (Some(name), Some(draft)));
        let unmatched = draft.map(|draft| unmatched_json(draft, catalog.as_ref())).unwrap_or_default();
        let said = json!({
            "file": file, "format": workbook.format, "sheets": sheets, "table": name,
            "layout": draft.map(|draft| &draft.text), "unmatched": unmatched,
        });
        print(&format!("{said:#}\n"));
    } else {
        let mut out = format!("# {file}: {}\n", workbook.format);
        found.iter().for_each(|(sheet, found)| out.push_str(&sheet_text(sheet, found.as_ref())));
        match &draft {
            Some((name, draft)) => {
                let guess = if table.is_some() { "" } else { ", which is a guess: --table names another" };
                let _ = writeln!(out, "#\n# a draft of the layout for table `{name}`{guess}:");
                if !draft.unmatched.is_empty() {
                    let _ = writeln!(out, "# {} names of territories are not known:", draft.unmatched.len());
                    for (name, address) in draft.unmatched.iter().take(MOST_NAMES) {
                        let near = catalog.as_ref().map(|catalog| near(catalog, name)).unwrap_or_default();
                        let _ = writeln!(out, "#   {address} {name}{near}");
                    }
                    if draft.unmatched.len() > MOST_NAMES {
                        let _ = writeln!(out, "#   and {} more", draft.unmatched.len() - MOST_NAMES);
                    }
                }
                out.push_str(&draft.text);
            }
            None => out.push_str("#\n# no study with a catalogue stands here, so that no layout is drafted\n"),
        }
        print(&out);
        warn(&diagnostics.sorted(), &files);
    }
    ExitCode::SUCCESS
}

/// As many unknown names are shown to people; JSON lists all.
const MOST_NAMES: usize = 20;

fn near(catalog: &Catalog, name: &str) -> String {
    let near = catalog.names.near(name);
    let near: Vec<String> = near.iter().map(|(name, code)| format!("{} ({name})", code.as_str())).collect();
    if near.is_empty() { String::new() } else { format!(": it may be {}", near.join(", ")) }
}

fn unmatched_json(draft: &Draft, catalog: Option<&Catalog>) -> Vec<serde_json::Value> {
    let near = |name: &str| -> Vec<&str> {
        catalog
            .map(|catalog| catalog.names.near(name).iter().map(|(_, code)| code.as_str()).collect())
            .unwrap_or_default()
    };
    draft.unmatched.iter().map(|(name, at)| json!({"name": name, "cell": at, "near": near(name)})).collect()
}

fn columns(list: &[u32]) -> String {
    list.iter().map(|column| letters(*column)).collect::<Vec<_>>().join(" ")
}

fn sheet_text(sheet: &Sheet, found: Option<&Found>) -> String {
    let name = if sheet.name.is_empty() { "the file".to_owned() } else { format!("sheet {}", sheet.name) };
    let hidden = if sheet.is_hidden { ", hidden" } else { "" };
    let area = sheet.used().map_or_else(|| "empty".to_owned(), |area| area.to_string());
    let mut out = format!("# {name}{hidden}: {area}, {} cells, {} merged areas", sheet.cells.len(), sheet.merged.len());
    let unseen = sheet.cells.keys().filter(|at| sheet.hides(**at)).count();
    if unseen > 0 {
        let _ = write!(out, ", {unseen} cells in hidden rows or columns");
    }
    out.push('\n');
    let Some(found) = found else { return out + "#   no table\n" };
    let rows: Vec<String> = found.header.iter().map(u32::to_string).collect();
    let _ = writeln!(
        out,
        "#   a table: header in rows {}, labels in {}, data in {}, rows {} to {}",
        rows.join(" "),
        columns(&found.labels),
        columns(&found.data),
        found.rows.0,
        found.rows.1
    );
    for (what, list) in [("title", &found.titles), ("note", &found.notes)] {
        for (at, text) in list.iter().take(4) {
            let _ = writeln!(out, "#   {what} {at}: {}", text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    if !found.sections.is_empty() {
        let _ = writeln!(out, "#   sections: {}", found.sections.join("; "));
    }
    if !found.marks.is_empty() {
        let marks: Vec<String> = found.marks.iter().map(|(mark, count)| format!("`{mark}` {count} times")).collect();
        let _ = writeln!(out, "#   in place of numbers: {}", marks.join(", "));
    }
    out
}

fn sheet_json(sheet: &Sheet, found: Option<&Found>) -> serde_json::Value {
    let texts = |list: &[(workbook::At, String)]| -> Vec<serde_json::Value> {
        list.iter().map(|(at, text)| json!({"cell": at.to_string(), "text": text})).collect()
    };
    let letters = |list: &[u32]| list.iter().map(|column| letters(*column)).collect::<Vec<_>>();
    let table = found.map(|found| {
        json!({
            "header": found.header, "labels": letters(&found.labels), "data": letters(&found.data),
            "first_row": found.rows.0, "last_row": found.rows.1, "sections": found.sections, "missing": found.marks,
            "titles": texts(&found.titles), "notes": texts(&found.notes),
        })
    });
    json!({
        "name": &*sheet.name, "hidden": sheet.is_hidden, "area": sheet.used().map(|area| area.to_string()),
        "cells": sheet.cells.len(), "merged": sheet.merged.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "table": table,
    })
}

fn take_in(add: &Add, common: &Common) -> ExitCode {
    let (bytes, workbook) = match opened(&add.file) {
        Ok(opened) => opened,
        Err(problem) => return told(*problem, common),
    };
    let mut diagnostics = Diagnostics::default();
    let mut files = disk::read_study(&common.study, &mut diagnostics);
    let Some(catalog) = catalogued(&files, &mut diagnostics) else {
        if diagnostics.is_empty() {
            return misused("no catalogue stands here; run it in the folder of a study, or name one with --study");
        }
        return conclude(&diagnostics, &files, common, false);
    };
    if !catalog.tables.contains_key(&add.table) {
        let hint = did_you_mean(&add.table, catalog.tables.keys().map(String::as_str)).unwrap_or_default();
        return misused(&format!("the catalogue has no table `{}`; {hint}", add.table));
    }
    let before = catalog.resources.iter().rev().find(|resource| resource.esep.table == add.table);
    let publisher = add.publisher.clone().or_else(|| before.map(|resource| resource.esep.publisher.clone()));
    let Some(publisher) = publisher else { return misused("name who published it with --publisher") };
    let layout = match &add.layout {
        Some(path) => match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => return misused(&format!("{} cannot be read: {error}", path.display())),
        },
        None => drafted(&workbook, Some(&add.table), &catalog).map(|(_, draft)| draft.text).unwrap_or_default(),
    };
    let is_plain = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)) && !text.starts_with('.')
    };
    if ![&add.vintage, &publisher].iter().all(|text| is_plain(text)) {
        return misused("a vintage and a publisher are names of letters, digits, `-`, `_` and `.`");
    }
    let name = Path::new(&add.file).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let path = format!("raw/{publisher}/{}/{name}", add.vintage);
    let snapshot = format!("data/{path}");
    if files.get(&snapshot).is_some_and(|standing| standing != bytes) {
        return misused(&format!("{snapshot} holds another file already; a snapshot is never edited"));
    }
    let entry = entry(add, &publisher, &path, &bytes, &layout);
    let Some(package) = files.text(PACKAGE).and_then(|text| with_entry(text, &entry)) else {
        return misused(&format!(
            "{PACKAGE} does not end with its resources; put the entry there yourself:\n\n{entry}"
        ));
    };
    let standing = dataset::open(&catalog, Vec::new(), &files, &mut Diagnostics::default()).ok();
    files.insert(snapshot.clone(), bytes.clone());
    files.insert(PACKAGE, package.clone());
    let Ok(material) = build::material(&files, &mut diagnostics) else {
        return conclude(&diagnostics, &files, common, false);
    };
    warn(&diagnostics.sorted(), &files);
    print(&changes(&material.dataset, standing.as_ref(), &add.table, &add.vintage));
    match write(&common.study, &snapshot, &bytes, &package) {
        Ok(()) => {
            print(&format!(
                "kept {snapshot} and its entry in {PACKAGE}; an edition reads it when its `vintages` name {}\n",
                add.vintage
            ));
            ExitCode::SUCCESS
        }
        Err(error) => {
            let message = format!("cannot be written, and nothing was changed: {error}");
            told(Diagnostic::error(code::FILE_OUTPUT, Place::file(snapshot), message), common)
        }
    }
}

/// Writes the entry of a snapshot as YAML.
fn entry(add: &Add, publisher: &str, path: &str, bytes: &[u8], layout: &str) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let layout: String =
        layout.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("      {line}\n")).collect();
    format!(
        "- name: {}.{publisher}-{}\n  path: {}\n  type: table\n  bytes: {}\n  hash: sha256:{}\n  esep:\n    table: {}\n    vintage: {}\n    \
         publisher: {publisher}\n    retrieved: {}\n    status: published\n    layout:\n{layout}",
        add.table.replace('_', "-"),
        add.vintage,
        quoted(path),
        bytes.len(),
        sha256(bytes),
        add.table,
        quoted(&add.vintage),
        quoted(&add.retrieved),
    )
}

/// Puts an entry behind the resources, where nothing stands behind them in the file.
fn with_entry(text: &str, entry: &str) -> Option<String> {
    let from = text.find("\nresources:")? + 1;
    let mut below = text[from..].lines().skip(1);
    let is_last = below.all(|line| line.is_empty() || line.starts_with([' ', '-', '#']));
    is_last.then(|| format!("{}\n\n{entry}", text.trim_end()))
}

/// As many changes of each kind are shown, the largest first.
const MOST_CHANGES: usize = 10;

/// Says what a vintage changes against all that the table held before.
fn changes(dataset: &Dataset, standing: Option<&Dataset>, table: &str, vintage: &str) -> String {
    let Some(new) = dataset.tables.get(table).and_then(|table| table.layers.get(vintage)) else { return String::new() };
    let old = standing.and_then(|standing| standing.tables.get(table));
    let cells: usize = new.values().map(BTreeMap::len).sum();
    let mut out = format!("{table}, vintage {vintage}: {cells} cells\n");
    let Some(old) = old else { return out };
    for (before, layer) in old.layers.iter().filter(|(name, _)| *name != vintage) {
        let (mut same, mut fresh, mut gone) = (0, 0, 0);
        let mut revised: Vec<(Amount, String, Amount, String)> = Vec::new();
        let mut withdrawn: Vec<(Amount, String, Amount, String)> = Vec::new();
        let nothing = BTreeMap::new();
        let measures: BTreeSet<&String> = new.keys().chain(layer.keys()).collect();
        for measure in measures {
            let (cells, earlier) = (new.get(measure).unwrap_or(&nothing), layer.get(measure).unwrap_or(&nothing));
            let name = |key: &Key| format!("{measure}[{key}]");
            for (key, cell) in cells {
                match (earlier.get(key).map(|cell| &cell.value), &cell.value) {
                    (Some(Ok(was)), Ok(is)) if was != is => {
                        revised.push((is.minus(was).magnitude(), name(key), was.clone(), is.to_string()));
                    }
                    (Some(Ok(was)), Err(reason)) => {
                        withdrawn.push((was.magnitude(), name(key), was.clone(), reason.code().to_owned()));
                    }
                    // A place that was empty and holds a number now is new, though its key is not.
                    (None | Some(Err(_)), Ok(_)) => fresh += 1,
                    (Some(_), _) => same += 1,
                    (None, Err(_)) => {}
                }
            }
            gone += earlier.iter().filter(|(key, cell)| cell.value.is_ok() && !cells.contains_key(key)).count();
        }
        let _ = writeln!(
            out,
            "against {before}: {} revised, {} withdrawn, {same} as before, {fresh} new, {gone} that it does not hold",
            revised.len(),
            withdrawn.len()
        );
        for (what, mut list) in [("revised", revised), ("withdrawn", withdrawn)] {
            list.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            for (_, name, was, is) in list.iter().take(MOST_CHANGES) {
                let _ = writeln!(out, "  {what} {name}: {was} → {is}");
            }
            if list.len() > MOST_CHANGES {
                let _ = writeln!(out, "  and {} smaller ones {what}", list.len() - MOST_CHANGES);
            }
        }
    }
    out
}

/// Writes the snapshot, then the catalogue in one step: until that step nothing reads the snapshot, and what was made
/// for it is taken away where the step fails.
fn write(study: &Path, snapshot: &str, bytes: &[u8], package: &str) -> io::Result<()> {
    let target = study.join(snapshot);
    let folder = target.parent().unwrap_or(study).to_owned();
    let missing: Vec<PathBuf> = folder.ancestors().take_while(|path| !path.exists()).map(Path::to_owned).collect();
    let is_new = !target.exists();
    let catalogue = study.join(PACKAGE);
    let waiting = catalogue.with_extension("yaml.new");
    let written = fs::create_dir_all(&folder).and_then(|()| {
        if is_new {
            let part = target.with_extension("part");
            fs::write(&part, bytes)?;
            fs::File::open(&part)?.sync_all()?;
            fs::rename(&part, &target)?;
        }
        fs::write(&waiting, package)?;
        fs::File::open(&waiting)?.sync_all()?;
        fs::rename(&waiting, &catalogue)
    });
    if written.is_err() {
        let _ = fs::remove_file(&waiting);
        let _ = fs::remove_file(target.with_extension("part"));
        if is_new {
            let _ = fs::remove_file(&target);
        }
        missing.iter().for_each(|folder| drop(fs::remove_dir(folder)));
    }
    written
}
