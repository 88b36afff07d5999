//! Reading: each folder of `tests/material/reading` is a table, read by a catalogue, by `esep method run`, or by both.
//!
//! A folder holds `data/` (its `bytes:` and `hash:` are filled in), or `run` (arguments of `esep method run`, one run a
//! line), and what is found or said as `expected.txt`. `BLESS=1 cargo test --test it reading` rewrites what is expected.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use esep::catalog;
use esep::dataset::{self, Dataset};
use esep::diagnostic::{self, Diagnostics};
use esep::files::Files;
use proptest::prelude::*;

use crate::study::{dummy, material, read, rehash, scratch, write};

/// Reads the tables of a catalogue, and what is said of them.
fn opened(files: &Files) -> (Option<Dataset>, String) {
    let mut diagnostics = Diagnostics::default();
    let catalog = catalog::read(files, &mut diagnostics);
    let dataset = catalog.and_then(|catalog| dataset::open(&catalog, Vec::new(), files, &mut diagnostics).ok());
    (dataset, diagnostic::human(&diagnostics.sorted(), &|path| files.text(path), false))
}

/// Lists the cells of a dataset, one a line, with the half unit of their last place.
fn cells(dataset: &Dataset) -> String {
    let mut out = String::new();
    for layer in dataset.tables.values().flat_map(|table| table.layers.values()) {
        for (measure, cells) in layer {
            for (key, cell) in cells {
                let said = match &cell.value {
                    Ok(amount) => format!("{amount} ± {}", cell.half_unit),
                    Err(reason) => reason.code().to_owned(),
                };
                writeln!(out, "{measure} [{key}]: {said}").expect("memory");
            }
        }
    }
    out
}

/// Runs a method in a folder; gives everything that it says.
fn run(folder: &Path, arguments: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.current_dir(folder).args(["method", "run"]).args(arguments.split(' ')).env("NO_COLOR", "1");
    let output = command.output().expect("esep runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let code = output.status.code();
    format!(
        "{}{}exit {}\n",
        text(output.stdout),
        text(output.stderr),
        code.map_or("none".to_owned(), |code| code.to_string())
    )
}

/// Adds the territories that every catalogue needs, and the hashes of its files.
fn completed(mut files: Files) -> Files {
    let territories = "data/territories.yaml";
    files.insert(territories, dummy().get(territories).expect("territories"));
    rehash(&mut files);
    files
}

#[test]
fn reading_says_what_it_always_said() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut cases: Vec<_> =
        fs::read_dir(material().join("reading")).expect("cases").flatten().map(|e| e.path()).collect();
    cases.sort();
    let mut changed = Vec::new();
    for case in &cases {
        let files = read(case);
        let mut said = String::new();
        if files.get("data/datapackage.yaml").is_some() {
            let (dataset, problems) = opened(&completed(files.clone()));
            said.push_str(&problems);
            said.push_str(&dataset.as_ref().map(cells).unwrap_or_default());
        }
        for arguments in files.text("run").unwrap_or_default().lines() {
            write!(said, "\n$ esep method run {arguments}\n{}", run(case, arguments)).expect("memory");
        }
        let path = case.join("expected.txt");
        if bless {
            fs::write(&path, said).expect("a blessed file");
        } else if fs::read_to_string(&path).unwrap_or_default() != said {
            changed.push(format!("{}\n{said}", path.display()));
        }
    }
    assert!(cases.len() > 40, "{}", cases.len());
    assert!(changed.is_empty(), "these differ; look at them, then BLESS=1:\n\n{}", changed.join("\n"));
}

/// A number as a table may write it, or a mark of a missing value.
fn written() -> impl Strategy<Value = String> {
    let number = (0u64..3_000_000, proptest::option::of(0u32..10_000), any::<bool>(), 0usize..4, 0usize..5);
    let number = number.prop_map(|(whole, fraction, negative, decimals, group)| {
        let group = ["", " ", "\u{a0}", "'", ","][group];
        let digits = whole.to_string();
        let mut text = String::from(if negative { "−" } else { "" });
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                text.push_str(group);
            }
            text.push(digit);
        }
        let fraction: Option<String> =
            fraction.map(|fraction| format!("{fraction:04}").chars().take(decimals + 1).collect());
        fraction.map_or(text.clone(), |fraction| format!("{text}.{fraction}"))
    });
    let other = prop::sample::select(vec![
        "-",
        "…",
        "x",
        "",
        "12a",
        "1 2",
        "2 50",
        "1.5e3",
        "*",
        "+4",
        "0,5",
        "1,5",
        "7\u{202f}000",
    ]);
    prop_oneof![8 => number, 1 => other.prop_map(str::to_owned)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// What the catalogue reads of a table is what a method reads of it, and one refuses what the other does.
    #[test]
    fn reading_by_catalogue_and_by_method_is_alike(
        cells in prop::collection::vec(written(), 1..8), delimiter in 0usize..3, stated in 0usize..3,
    ) {
        let delimiter = [",", ";", "\t"][delimiter];
        let decimal = [None, Some("."), Some(",")][stated];
        let mut table = format!("unit{delimiter}value{delimiter}end\n");
        let mut members = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            members.push(format!("u{at}"));
            writeln!(table, "u{at}{delimiter}\"{cell}\"{delimiter}z").expect("memory");
        }
        let entry = format!(
            "name: alike\nesep:\n  tables:\n    t:\n      title: {{}}\n      \
             dimensions: [{{name: unit, role: category, members: [{}]}}]\n      time: flow\n      \
             measures: {{value: {{unit: none, class: signed, title: {{}}}}}}\nresources:\n  - name: t\n    path: raw/t.csv\n    \
             bytes: 0\n    hash: x\n    dialect: {{delimiter: {delimiter:?}}}\n    \
             schema:\n      fields: [{{name: unit, type: string}}, {{name: value, type: number{}}}, {{name: end}}]\n      \
             missingValues: [\"\", \"-\", \"…\", \"x\"]\n    \
             esep: {{table: t, vintage: v, publisher: p, retrieved: unknown, status: published, ignore: [end], columns: {{unit: unit, value: value}}}}\n",
            members.join(", "),
            decimal.map(|mark| format!(", decimalChar: {mark:?}")).unwrap_or_default(),
        );
        let mut files = Files::default();
        files.insert("data/datapackage.yaml", entry);
        files.insert("data/raw/t.csv", table.clone());
        let (dataset, problems) = opened(&completed(files));
        let folder = scratch("reading-alike");
        let mut own = Files::default();
        own.insert("t.csv", table);
        write(&folder, &own);
        let statement = decimal.map(|mark| format!(" --decimal {mark}")).unwrap_or_default();
        let said = run(&folder, &format!("total t.csv --bind value=value --by unit --format csv{statement}"));
        match dataset {
            None => prop_assert!(said.ends_with("exit 1\n"), "{problems}\n{said}"),
            Some(dataset) => {
                prop_assert!(said.ends_with("exit 0\n"), "{problems}\n{said}");
                let layer = dataset.tables["t"].layers.get("v").expect("a vintage");
                for (key, cell) in &layer["value"] {
                    let wanted = match &cell.value {
                        Ok(amount) => format!("{key},total,{},,", amount.to_f64()),
                        Err(reason) => format!("{key},total,,{},", reason.code()),
                    };
                    prop_assert!(said.lines().any(|line| line == wanted), "{wanted}\n{said}");
                }
            }
        }
    }
}
