//! Abroad: tables of another country, with decimals, and tables without territories, through every check; and lists of
//! territories of every make.
//!
//! Each folder of `tests/material/abroad` is a catalogue, sound as it is, and `faults.yaml`: what is planted in it.

use std::collections::BTreeSet;

use esep::catalog::{self, Territories};
use esep::dataset;
use esep::diagnostic::{Diagnostics, Severity};
use esep::files::Files;
use esep::finding::Code;
use serde::Deserialize;

use crate::study::{material, read, rehash};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    name: String,
    file: String,
    line: String,
    becomes: String,
    said: String,
}

/// Returns the errors that a catalogue and its tables are met with.
fn errors(mut files: Files) -> Vec<String> {
    rehash(&mut files);
    let mut diagnostics = Diagnostics::default();
    if let Some(catalog) = catalog::read(&files, &mut diagnostics) {
        let choices = catalog.tables.keys().map(|name| (name.clone(), vec!["v".to_owned()])).collect();
        let _ = dataset::open(&catalog, vec![choices], &files, &mut diagnostics);
    }
    diagnostics
        .sorted()
        .into_iter()
        .filter(|d| d.severity == Severity::Error)
        .map(|d| format!("{:?} {}", d.place, d.message))
        .collect()
}

/// Tries the faults of a folder; returns how many there are, and the kinds of checks that it declares.
fn tried(folder: &str) -> (usize, BTreeSet<String>) {
    let whole = read(&material().join("abroad").join(folder));
    assert_eq!(errors(whole.clone()), Vec::<String>::new(), "{folder} is sound");
    let faults: Vec<Fault> = serde_yaml::from_str(whole.text("faults.yaml").expect("faults")).expect("a list");
    for fault in &faults {
        let (mut files, path) = (whole.clone(), format!("data/raw/{}", fault.file));
        let text = files.text(&path).expect("a table").to_owned();
        let becomes = if fault.becomes.is_empty() { String::new() } else { format!("{}\n", fault.becomes) };
        let changed = text.replacen(&format!("{}\n", fault.line), &becomes, 1);
        assert_ne!(text, changed, "{}", fault.name);
        files.insert(path, changed);
        let said = errors(files);
        assert!(said.iter().any(|error| error.contains(&fault.said)), "{}: {said:#?}", fault.name);
    }
    let catalogue = whole.text("data/datapackage.yaml").expect("a catalogue");
    let checks = catalogue.split("{check: ").skip(1).filter_map(|rest| rest.split(',').next()).map(str::to_owned);
    (faults.len(), checks.collect())
}

#[test]
fn tables_of_another_country_pass_every_check_and_faults_in_them_none() {
    let (faults, checks) = tried("states");
    assert_eq!(faults, 11);
    let all =
        ["balance", "complete", "equal_flows", "jump", "months", "net_of_matrix", "parts", "range", "regions", "same"];
    assert_eq!(checks.iter().map(String::as_str).collect::<Vec<_>>(), all);
}

#[test]
fn tables_without_territories_pass_every_check_that_speaks_of_none() {
    let (faults, checks) = tried("ages");
    assert_eq!(faults, 12);
    assert_eq!(
        checks.iter().map(String::as_str).collect::<Vec<_>>(),
        ["complete", "jump", "months", "parts", "range", "same", "total"]
    );
}

/// Reads a list of territories; returns it and what is said of it.
fn listed(yaml: &str) -> (Option<Territories>, Vec<String>) {
    let mut files = Files::default();
    files.insert("data/territories.yaml", yaml);
    let mut diagnostics = Diagnostics::default();
    let territories = Territories::read(&files, &mut diagnostics);
    (territories, diagnostics.sorted().into_iter().map(|d| d.message).collect())
}

fn group(territories: &Territories, name: &str) -> String {
    let codes = territories.groups().get(name).cloned().unwrap_or_default();
    codes.iter().map(Code::as_str).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_code_is_any_short_word_and_the_country_is_what_the_list_says() {
    let (list, said) = listed(
        "territories:\n\
         - {code: Q801, kind: country}\n\
         - {code: KZ-ALA, kind: region}\n\
         - {code: Школа-12, kind: school, part_of: KZ-ALA}\n\
         - {code: '017', kind: city}\n\
         groups: {schools: [school], chosen: ['017', Школа-12]}\n",
    );
    let list = list.expect("a list");
    assert_eq!(said, Vec::<String>::new());
    let code = |text: &str| Code::parse(text).expect("a code");
    assert!(list.is_country(&code("Q801")) && list.is_country(&code("Q801@2001")));
    assert!(!list.is_country(&code("KZ-ALA")) && !list.is_country(&code("XX")));
    assert_eq!(group(&list, "regions"), "KZ-ALA 017");
    assert_eq!((group(&list, "schools"), group(&list, "chosen")), ("Школа-12".into(), "Школа-12 017".into()));
    assert_eq!((group(&list, "cities"), group(&list, "oblasts")), ("017".into(), "KZ-ALA".into()));
    for bad in ["", "a b", "a,b", "a[b", "(a)", "a|b", "'a'", "2013..2022", "XX@20", "a-code-longer-than-all-codes"] {
        assert_eq!(Code::parse(bad), None, "{bad}");
    }
}

#[test]
fn a_list_says_what_is_wrong_with_its_codes_and_groups() {
    let (_, said) = listed("territories: [{code: 'New York', kind: state}]\ngroups: {states: [stat]}\n");
    assert!(said.iter().any(|text| text.contains("`New York` is no code")), "{said:?}");
    assert!(said.iter().any(|text| text.contains("holds `stat`, which is neither a kind nor a code")), "{said:?}");
    let (list, said) = listed("territories: [{code: A}, {code: B}]\n");
    let list = list.expect("a list");
    assert_eq!((said.len(), list.countries().len(), list.groups().len()), (0, 0, 0), "nothing is a part of anything");
}

/// Sources that hold tests, or examples for the reference.
const EXAMPLES: [&str; 3] = ["tests.rs", "filters.rs", "reference.rs"];

#[test]
fn no_source_knows_a_country() {
    let mut found = Vec::new();
    let mut open = vec![crate::support::root().join("src")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            // Words of languages, tests and the examples of the reference may.
            if path.is_dir() && name != "language" {
                open.push(path);
            } else if name.ends_with(".rs") && !EXAMPLES.contains(&name.as_str()) {
                let text = std::fs::read_to_string(&path).expect("a source");
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
                let knows = |line: &&str| line.contains("\"KZ") || line.contains("oblast");
                found.extend(lines.filter(knows).map(|line| format!("{name}: {}", line.trim())));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

/// Three regions that add up to their country in two years, without any check.
const WHOLE: &str = "territory,year,people,rate\nKZ,2022,60,5\nKZ-91,2022,10,5\nKZ-92,2022,20,4\nKZ-93,2022,30,6\n\
                     KZ,2023,66,5\nKZ-91,2023,11,5\nKZ-92,2023,22,4\nKZ-93,2023,33,6\n";

/// Says what a table without checks is warned of.
fn unheld(table: &str) -> Vec<String> {
    let mut files = Files::default();
    let list = "territories:\n  - {code: KZ, names: {en: {name: Country}}}\n  - {code: KZ-91, part_of: KZ, names: {en: {name: A}}}\n  \
                - {code: KZ-92, part_of: KZ, names: {en: {name: B}}}\n  - {code: KZ-93, part_of: KZ, names: {en: {name: C}}}\n";
    let catalogue = "name: t\ntitle: T\nesep:\n  tables:\n    t:\n      title: {en: T}\n      \
                     dimensions: [{name: territory, role: territory}, {name: year, role: period}]\n      time: flow\n      \
                     measures:\n        people: {unit: persons, class: level, title: {en: people}}\n        \
                     rate: {unit: percent, class: level, title: {en: rate}}\n      checks: []\nresources:\n  - name: t\n    \
                     path: raw/t.csv\n    title: T\n    type: table\n    format: csv\n    encoding: utf-8\n    bytes: 1\n    \
                     hash: \"sha256:0\"\n    sources: [{title: S}]\n    schema:\n      fields:\n        \
                     - {name: territory, type: string}\n        - {name: year, type: year}\n        - {name: people, type: integer}\n        \
                     - {name: rate, type: number}\n    esep:\n      table: t\n      vintage: v\n      publisher: p\n      \
                     retrieved: unknown\n      status: published\n      \
                     columns: {territory: territory, year: year, people: people, rate: rate}\n";
    files.insert("data/territories.yaml", list);
    files.insert("data/datapackage.yaml", catalogue);
    files.insert("data/raw/t.csv", table);
    rehash(&mut files);
    let mut diagnostics = Diagnostics::default();
    let catalog = catalog::read(&files, &mut diagnostics).expect("a catalogue");
    let _ = dataset::open(&catalog, Vec::new(), &files, &mut diagnostics);
    let list = diagnostics.sorted().into_iter().filter(|d| d.code == "data/whole");
    list.map(|d| format!("{} {}: {}", d.code, d.place.within.unwrap_or_default(), d.message)).collect()
}

#[test]
fn a_whole_is_held_to_its_parts_though_no_check_is_declared() {
    assert_eq!(unheld(WHOLE), Vec::<String>::new());
    let apart = unheld(&WHOLE.replace("KZ,2023,66", "KZ,2023,67"));
    assert_eq!(apart.len(), 1, "{apart:#?}");
    assert!(apart[0].starts_with("data/whole table `t`, measure `people`"), "{apart:#?}");
    assert!(apart[0].contains("1 of 2 times: `people` at KZ,2023: expected 67, found 66, residual -1"), "{apart:#?}");
    // Where a part has no row, nothing tells what the others should come to.
    assert_eq!(
        unheld(&WHOLE.replace("KZ-93,2023,33,6\n", "").replace("KZ,2023,66", "KZ,2023,67")),
        Vec::<String>::new()
    );
}
