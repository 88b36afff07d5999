//! Add: `esep data add`: the snapshot, its entry, the checks, and what it changes; or nothing at all.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::answers::{VintageChanges, say};
use super::changes::Changes;
use super::inspect::{near, unmatched_names};
use super::{
    Common, Diagnostics, Format, Opened, account_of, account_text, catalogued, conclude, disk, drafted, misused,
    opened, print, told, unknown_table, warn,
};
use crate::build;
use crate::catalog::{Catalog, PACKAGE};
use crate::dataset;
use crate::diagnostic::{Diagnostic, Place, code};
use crate::files::{Files, sha256};
use crate::pull::is_plain;
use crate::reshape::Account;
use crate::reshape::draft::{self, Draft};
use crate::workbook::Workbook;

#[derive(Args)]
pub(super) struct Add {
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
    /// Where it was retrieved: an address.
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Who retrieved it.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// How it can be had again: the table, the path of clicks.
    #[arg(long, value_name = "TEXT")]
    how: Option<String>,
    /// The query that made the rows, where they were exported from a database or a cluster, in its own words.
    #[arg(long, value_name = "TEXT", requires = "engine")]
    query: Option<String>,
    /// What ran that query, with its version.
    #[arg(long, value_name = "NAME", requires = "query")]
    engine: Option<String>,
    /// What the publisher says of the figures: `published`, `operative`, `final`, `revised`, `estimated`.
    #[arg(long, default_value = "published")]
    status: String,
}

pub(super) fn run(add: &Add, common: &Common) -> ExitCode {
    let study = disk::Real;
    if let Err(failure) = disk::settle_study(&study, &common.study) {
        return told(disk::untouched(&common.study, &failure), common);
    }
    let Opened { name, bytes, workbook, stored } = match opened(&add.file) {
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
    if let Some(problem) = unknown_table(&add.table, &catalog) {
        return misused(&problem);
    }
    // A paper's own table is no predecessor of what an agency publishes.
    let own = || catalog.resources.iter().rev().filter(|resource| resource.esep.table == add.table);
    let before = own().find(|resource| resource.esep.status == "published").or_else(|| own().next());
    let publisher = add.publisher.clone().or_else(|| before.map(|resource| resource.esep.publisher.clone()));
    let Some(publisher) = publisher else { return misused("name who published it with --publisher") };
    let layout = match &add.layout {
        Some(path) => match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => return misused(&format!("{} cannot be read: {error}", path.display())),
        },
        None => match drafted(&workbook, Some(&add.table), &catalog).pop() {
            Some((_, draft)) => {
                unmatched(&name, &draft, &catalog, &mut diagnostics);
                guessed(&name, &draft, &mut diagnostics);
                draft.text
            }
            None => String::new(),
        },
    };
    let written = add.layout.as_ref().map_or_else(|| DRAFT.to_owned(), |path| path.display().to_string());
    files.insert(written.as_str(), layout.as_str());
    if waiting(add, &written, &layout, &mut diagnostics) {
        return conclude(&diagnostics, &files, common, false);
    }
    if ![&add.vintage, &publisher].iter().all(|text| is_plain(text)) {
        return misused("a vintage and a publisher are names of letters, digits, `-`, `_` and `.`");
    }
    let path = format!("raw/{publisher}/{}/{name}", add.vintage);
    let snapshot = format!("data/{path}");
    if files.get(&snapshot).is_some_and(|standing| standing != bytes) {
        return misused(&format!("{snapshot} holds another file already; a snapshot is never edited"));
    }
    let stem = format!("{}.{publisher}-{}", add.table.replace('_', "-"), add.vintage);
    let is_free = |name: &String| catalog.resources.iter().all(|resource| resource.name != *name);
    let names = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}-{n}")));
    let entry_name = names.take(1000).find(is_free).unwrap_or(stem);
    let text = files.text(PACKAGE).unwrap_or_default();
    let reference = match (add.url.is_some() || add.by.is_some() || add.how.is_some(), before) {
        (false, Some(before)) => reference(text, &before.name, &["sources", "licenses"]),
        (false, None) => String::new(),
        (true, before) => {
            let title = before.and_then(|before| before.sources.first()).map(|source| source.title.clone());
            let licences = before.map(|before| reference(text, &before.name, &["licenses"])).unwrap_or_default();
            source(add, &title.unwrap_or_else(|| publisher.clone())) + &licences
        }
    };
    let entry = entry(add, &entry_name, &publisher, &path, &bytes, &layout, &reference) + &queried(add, stored);
    let Some(package) = with_entry(text, &entry) else {
        return misused(&format!(
            "{PACKAGE} does not end with its resources; put the entry there yourself:\n\n{entry}"
        ));
    };
    let standing = dataset::open(&catalog, Vec::new(), &files, &mut Diagnostics::default()).ok();
    files.insert(snapshot.clone(), bytes.clone());
    files.insert(PACKAGE, package.clone());
    let Ok(material) = build::material(&files, &mut diagnostics) else {
        let told = by_layout(diagnostics, &package, &entry_name, &layout, &written);
        return conclude(&told, &files, common, false);
    };
    let account = accounted(&add.table, &workbook, &layout, &material.catalog);
    let changes = Changes::of(&material.dataset, standing.as_ref(), &add.table, &add.vintage);
    let mut written = Files::default();
    written.insert(snapshot.clone(), bytes);
    written.insert(PACKAGE, package);
    // The entry last: until it stands, nothing reads the snapshot.
    if let Err(failure) = disk::change_study(&study, &common.study, &written, PACKAGE) {
        return told(disk::untouched(&common.study, &failure), common);
    }
    if common.format == Format::Json {
        say(&VintageChanges { cells: Some(account_of(&account)), ..changes.answer(&snapshot) });
        return ExitCode::SUCCESS;
    }
    warn(&diagnostics.sorted(), &files);
    print(&changes.text());
    print(&format!("cells of the file: {}\n", account_text(&account)));
    print(&format!(
        "kept {snapshot} and its entry in {PACKAGE}; an edition reads it when its `vintages` name {}\n",
        add.vintage
    ));
    ExitCode::SUCCESS
}

/// Names what the list of territories does not know, whose rows are left out.
fn unmatched(file: &str, draft: &Draft, catalog: &Catalog, diagnostics: &mut Diagnostics) {
    for (name, address, rows) in unmatched_names(draft) {
        let place = Place::file(file).within(address);
        let message = format!(
            "`{name}` is no name of a territory, so that {rows} of its rows are left out{}",
            near(catalog, name)
        );
        let hint = "say in data/aliases.yaml what it means, or give the layout that you want with --layout";
        diagnostics.push(Diagnostic::warning(code::DATA_LAYOUT, place, message).hint(hint));
    }
}

/// How a layout is called that stands in no file.
const DRAFT: &str = "the draft of the layout";

/// Names what the draft only guesses, so that nobody takes it for what the file says.
fn guessed(file: &str, draft: &Draft, diagnostics: &mut Diagnostics) {
    for line in draft.guesses() {
        let message = format!("the layout is drafted by a guess: `{}`", line.trim());
        let hint = "look whether it is right; `esep data inspect` prints the draft, and --layout takes another";
        diagnostics.push(Diagnostic::warning(code::DATA_LAYOUT, Place::file(file), message).hint(hint));
    }
}

/// Refuses a layout in which places wait for its author; says whether it did.
fn waiting(add: &Add, name: &str, layout: &str, diagnostics: &mut Diagnostics) -> bool {
    let mut found = false;
    for (number, line) in layout.lines().enumerate() {
        let said = line.split(" #").next().unwrap_or_default();
        let Some(at) = said.find("TODO").filter(|_| !line.starts_with('#')) else { continue };
        found = true;
        let place = Place::line(name, number + 1, said[..at].chars().count() + 1).covering("TODO".len());
        let hint = format!(
            "fill it in: `esep data inspect {} --table {} > layout.yaml` writes the draft, `--layout layout.yaml` takes it",
            add.file, add.table
        );
        let message = format!("`{}` waits for you", said.trim());
        diagnostics.push(Diagnostic::error(code::DATA_LAYOUT, place, message).hint(hint));
    }
    found
}

/// Brings what is told of the layout in the entry, which is not written yet, to the file in which its author has it.
fn by_layout(diagnostics: Diagnostics, package: &str, name: &str, layout: &str, written: &str) -> Diagnostics {
    let head = format!("- name: {name}");
    let lines = package.lines().enumerate().skip_while(|(_, line)| line.trim_start() != head);
    let key = lines.skip(1).find(|(_, line)| line.trim() == "layout:").map(|(number, _)| number + 1);
    let kept: Vec<usize> =
        layout.lines().enumerate().filter(|(_, line)| is_kept(line)).map(|(number, _)| number + 1).collect();
    let own = |place: &Place| {
        let line = place.line.filter(|_| place.file == PACKAGE)?;
        let below = line.checked_sub(key?)?;
        match below {
            0 => Some(Place::file(written)),
            _ => kept.get(below - 1).map(|line| Place::line(written, *line, 1)),
        }
    };
    let mut told = Diagnostics::default();
    for mut one in diagnostics.sorted() {
        if let Some(place) = own(&one.place) {
            let within = one.place.within.take();
            one.place = Place { within, ..place };
        }
        told.push(one);
    }
    told
}

/// Says whether a line of a layout goes into its entry.
fn is_kept(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with('#')
}

/// Accounts for the cells of a file that was taken in.
fn accounted(table: &str, workbook: &Workbook, layout: &str, catalog: &Catalog) -> Account {
    let constants = BTreeMap::new();
    let target = catalog.tables.get(table).map(|entry| dataset::target(entry, &constants, catalog));
    target.map(|target| draft::tried(workbook, layout, &target).account).unwrap_or_default()
}

/// Writes the entry of a snapshot as YAML.
fn entry(add: &Add, name: &str, publisher: &str, path: &str, bytes: &[u8], layout: &str, reference: &str) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let layout: String = layout.lines().filter(|line| is_kept(line)).map(|line| format!("      {line}\n")).collect();
    format!(
        "- name: {name}\n  path: {}\n  type: table\n  bytes: {}\n  hash: sha256:{}\n{reference}  esep:\n    table: {}\n    vintage: {}\n    \
         publisher: {publisher}\n    retrieved: {}\n    status: {}\n    layout:\n{layout}",
        quoted(path),
        bytes.len(),
        sha256(bytes),
        add.table,
        quoted(&add.vintage),
        quoted(&add.retrieved),
        quoted(&add.status),
    )
}

/// Writes which query made the rows, and of which file they are the text.
fn queried(add: &Add, stored: Option<(String, usize, String, usize)>) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let (text, engine) = match (&add.query, &add.engine, &stored) {
        (Some(query), Some(engine), _) => (query.clone(), engine.clone()),
        (_, _, Some((name, ..))) => (format!("all rows of {name}"), WRITER.to_owned()),
        _ => return String::new(),
    };
    let mut out = format!("    query:\n      text: {}\n      engine: {}\n", quoted(&text), quoted(&engine));
    if let Some((name, bytes, hash, rows)) = stored {
        let path = quoted(&name);
        out += &format!("      inputs:\n      - {{path: {path}, bytes: {bytes}, hash: sha256:{hash}, rows: {rows}}}\n");
    }
    out
}

/// What wrote the text of a Parquet file.
const WRITER: &str = concat!("esep ", env!("CARGO_PKG_VERSION"), ", Parquet as text");

/// Writes the source of a snapshot, with when, from where, by whom and how it was had.
fn source(add: &Add, title: &str) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let path = add.url.iter().map(|url| format!("    path: {}\n", quoted(url))).collect::<String>();
    let more = [("by", &add.by), ("how", &add.how)];
    let more = more.iter().filter_map(|(key, text)| Some(format!(", {key}: {}", quoted(text.as_ref()?))));
    let more: String = more.collect();
    format!("  sources:\n  - title: {}\n{path}    retrieved: {{on: {}{more}}}\n", quoted(title), quoted(&add.retrieved))
}

/// Copies keys of an entry, as they stand in the catalogue: the reference that a publisher asks for.
fn reference(text: &str, name: &str, wanted: &[&str]) -> String {
    let margin = " ".repeat(margin(text));
    let own = text.lines().map(|line| line.strip_prefix(margin.as_str()).unwrap_or(line));
    let mut lines = own.skip_while(|line| *line != format!("- name: {name}")).skip(1).peekable();
    let mut out = String::new();
    let mut is_taken = false;
    while let Some(line) = lines.next_if(|line| !line.starts_with("- ")) {
        let is_key = line.starts_with("  ") && !line[2..].starts_with([' ', '-']);
        if is_key {
            is_taken = wanted.iter().any(|key| line[2..].strip_prefix(key).is_some_and(|rest| rest.starts_with(':')));
        }
        if is_taken && !line.trim().is_empty() {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Puts an entry behind the resources, where nothing stands behind them in the file.
pub(super) fn with_entry(text: &str, entry: &str) -> Option<String> {
    if let Some(before) = text.trim_end().strip_suffix("\nresources: []") {
        return Some(format!("{before}\nresources:\n\n{entry}"));
    }
    let from = text.find("\nresources:")? + 1;
    let mut below = text[from..].lines().skip(1);
    let is_last = below.all(|line| line.is_empty() || line.starts_with([' ', '-', '#']));
    let margin = " ".repeat(margin(text));
    let line = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("{margin}{line}\n") };
    is_last.then(|| format!("{}\n\n{}", text.trim_end(), entry.lines().map(line).collect::<String>()))
}

/// How far the entries of the catalogue stand from its margin.
fn margin(text: &str) -> usize {
    let entries = text.split("\nresources:").nth(1).unwrap_or_default().lines();
    let first = entries.map(|line| (line, line.trim_start())).find(|(_, own)| own.starts_with("- "));
    first.map_or(0, |(line, own)| line.len() - own.len())
}
