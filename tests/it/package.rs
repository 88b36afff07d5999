//! Package: the catalogue is a Data Package that a tool of others accepts, and every snapshot has its hash.

use std::process::Command;

use esep::catalog;
use esep::diagnostic::Diagnostics;

use crate::support::{root, study};

#[test]
fn frictionless_accepts_the_catalogue() {
    let output =
        Command::new("frictionless").args(["validate", "data/datapackage.yaml", "--json"]).current_dir(root()).output();
    let Ok(output) = output else {
        eprintln!("skipped: no frictionless on the path");
        return;
    };
    let text = String::from_utf8_lossy(&output.stdout);
    let report: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    assert_eq!(report["valid"], serde_json::Value::Bool(true), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(report["tasks"].as_array().map(Vec::len), Some(16));
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
