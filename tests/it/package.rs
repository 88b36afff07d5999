//! Package: the catalogue is a Data Package that a tool of others accepts, and every snapshot has its hash.

use std::path::Path;
use std::process::Command;

use esep::catalog;
use esep::diagnostic::Diagnostics;
use esep::files::Files;

use crate::study::{scratch, write};
use crate::support::{below, root, study};

/// Asks frictionless about a package; `None` where there is no frictionless on the path.
fn validated(folder: &Path, package: &str) -> Option<serde_json::Value> {
    let output = Command::new("frictionless").args(["validate", package, "--json"]).current_dir(folder).output();
    let Ok(output) = output else {
        eprintln!("skipped: no frictionless on the path");
        return None;
    };
    let text = String::from_utf8_lossy(&output.stdout);
    let report: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    assert_eq!(report["valid"], serde_json::Value::Bool(true), "{text}{}", String::from_utf8_lossy(&output.stderr));
    Some(report)
}

#[test]
fn frictionless_accepts_the_catalogue() {
    let Some(report) = validated(&root(), "data/datapackage.yaml") else { return };
    assert_eq!(report["tasks"].as_array().map(Vec::len), Some(18));
}

#[test]
fn frictionless_accepts_the_numbers_of_every_edition() {
    let report = crate::tables::report(&crate::study::dummy());
    let folder = scratch("package");
    write(&folder, &report);
    for edition in ["2021", "2022"] {
        let package: serde_json::Value =
            serde_json::from_str(report.text(&format!("{edition}/datapackage.json")).expect("a package"))
                .expect("JSON");
        let resources = package["resources"].as_array().expect("resources");
        let named = |name: &str| resources.iter().filter(|own| own["name"] == name).count();
        assert_eq!(named("numbers"), 1, "the ledger is part of it");
        for resource in resources {
            let path = format!("{edition}/{}", resource["path"].as_str().expect("a path"));
            let bytes = report.get(&path).unwrap_or_else(|| panic!("{path} is there"));
            assert_eq!(resource["hash"], format!("sha256:{}", esep::files::sha256(bytes)), "{path}");
            assert!(!resource["description"].as_str().unwrap_or_default().is_empty(), "{resource}");
        }
        let Some(report) = validated(&folder.join(edition), "datapackage.json") else { return };
        assert_eq!(report["tasks"].as_array().map(Vec::len), Some(resources.len()), "{edition}");
    }
}

/// Returns the example of the guide that walks a number to its cells.
fn example() -> String {
    let guide = std::fs::read_to_string(root().join("docs/guide/publishing.md")).expect("the chapter");
    let (_, rest) = guide.split_once("```python walk.py\n").expect("an example");
    rest.split_once("```").expect("its end").0.to_owned()
}

#[test]
fn the_example_with_pandas_walks_a_number_to_its_cells() {
    let example = example();
    assert_eq!(example.lines().filter(|line| !line.is_empty()).count(), 9, "{example}");
    let has_pandas = Command::new("python3").args(["-c", "import pandas"]).output();
    if !has_pandas.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: no pandas");
        return;
    }
    let walk = |ledger: &Path, name: &str| {
        let output =
            Command::new("python3").arg("-c").arg(&example).arg(ledger).arg(name).output().expect("python3 runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let said = walk(&root().join("report/2024/numbers.json"), "urban_share.value.KZ.2013~1");
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines.first().is_some_and(|line| line.starts_with("urban_share.value.KZ.2013~1 = ")), "{said}");
    let cells = lines.iter().filter(|line| line.trim_start().starts_with("data/raw/")).count();
    assert!(cells >= 2 && lines.iter().all(|line| line.contains(" = ") || line.contains('#')), "{said}");
    let folder = scratch("pandas");
    write(&folder, &crate::tables::report(&crate::study::dummy()));
    let ledger: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("2022/numbers.json")).expect("a ledger")).expect("JSON");
    // What another work printed rests on no cell.
    let rests = |number: &&serde_json::Value| !number["places"].is_null() && number["cited"].is_null();
    for number in ledger["numbers"].as_array().expect("numbers").iter().filter(rests).take(3) {
        let name = number["id"].as_str().expect("a name");
        assert!(walk(&folder.join("2022/numbers.json"), name).contains("data/raw/"), "{name}");
    }
}

/// Reads a file of numbers as any reader of RFC 4180 does.
fn records(text: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "{text}");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|record| record.expect("a record")).collect()
}

#[test]
fn numbers_of_every_exhibit_are_tidy_and_say_what_their_marks_say() {
    let mut seen = 0;
    // Files of the sources go along as they are.
    let is_own = |path: &str| path.ends_with(".csv") && !path.contains("/raw/");
    for (path, bytes) in below_report().iter().filter(|(path, _)| is_own(path)) {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let records = records(text);
        assert!(!records.is_empty(), "{path}");
        for record in &records {
            assert!(
                record.keys().all(|key| key.chars().all(|c| c.is_ascii_lowercase() || c == '_')),
                "{path}: {record:?}"
            );
            let (value, missing) = (&record["value"], record.get("missing").map_or("", String::as_str));
            assert_eq!(value.is_empty(), !missing.is_empty(), "{path}: {record:?}");
            let number = value.is_empty() || value.parse::<f64>().is_ok() && !value.contains(['e', '/']);
            assert!(number || !record["value_ru"].is_empty() && !record["value_kk"].is_empty(), "{path}: {record:?}");
            for side in ["territory", "origin", "destination", "row"] {
                let named = |lang: &str| record.get(&format!("{side}_{lang}")).is_some_and(|name| !name.is_empty());
                assert!(!record.contains_key(side) || named("ru") && named("kk"), "{path}: {record:?}");
            }
            seen += 1;
        }
    }
    assert!(seen > 4000, "{seen}");
    let text = below_report().text("2024/tables/headline_measures.csv").expect("a table").to_owned();
    let abai = records(&text).into_iter().find(|record| record["territory"] == "KZ-10" && record["measure"] == "rate");
    let abai = abai.expect("a rate");
    assert_eq!((abai["status"].as_str(), abai["vintage"].as_str()), ("backcast", "other"));
    assert_eq!((abai["value"].as_str(), abai["unit"].as_str()), ("-23.057644110275689", "per-mille"));
}

/// Reads the report as it stands.
fn below_report() -> Files {
    let mut files = Files::default();
    below(&root().join("report"), "", &mut files);
    files
}

#[test]
fn every_snapshot_is_catalogued_once() {
    let files = study();
    let mut diagnostics = Diagnostics::default();
    let catalog = catalog::read(&files, &mut diagnostics).expect("a catalogue");
    assert_eq!(diagnostics.sorted(), []);
    let mut catalogued: Vec<String> = catalog.resources.iter().map(|resource| resource.file()).collect();
    catalogued.sort();
    let raw: Vec<String> = files.below("data/raw/").map(|(path, _)| path.to_owned()).collect();
    assert_eq!(catalogued, raw);
}

#[test]
fn the_program_is_made_of_files_of_its_package_alone() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let line = manifest.lines().find(|line| line.starts_with("exclude = ")).expect("what is left out");
    let left: Vec<_> =
        line.split('"').skip(1).step_by(2).map(|path| root().join(path.trim_start_matches('/'))).collect();
    assert!(left.len() == 2 && left.iter().all(|path| path.exists()), "{line}");
    let mut files = Files::default();
    below(&root().join("src"), "src", &mut files);
    let mut seen = 0;
    for (path, _) in files.iter().filter(|(path, _)| path.ends_with(".rs") && !path.ends_with("tests.rs")) {
        let text = files.text(path).expect("a source").split("#[cfg(test)]").next().unwrap_or_default();
        for call in text.split("include_str!(\"").chain(text.split("include_bytes!(\"")).skip(1) {
            let Some((named, _)) = call.split_once('"').filter(|(named, _)| named.len() < 80 && !named.contains('\n'))
            else {
                continue;
            };
            let Some(whole) = root().join(path).parent().map(|folder| folder.join(named)) else { continue };
            let Ok(whole) = whole.canonicalize() else { continue };
            assert!(left.iter().all(|left| !whole.starts_with(left)), "{path} needs {named}");
            seen += 1;
        }
    }
    assert!(seen > 15, "{seen}");
}
