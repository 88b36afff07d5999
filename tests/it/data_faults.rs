//! Data faults: mistakes planted in the flagship's snapshots, each with what must be said of it, or why nothing can.
//!
//! They stand in `tests/material/faults.yaml`: the file, what is done to it, and a text that some error must hold.

use esep::catalog;
use esep::dataset;
use esep::diagnostic::{Diagnostics, Severity};
use esep::files::{Files, sha256};
use esep::study::Study;
use serde::Deserialize;

use crate::study::material;
use crate::support::study;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    name: String,
    file: String,
    /// Lines as they are → as they become; an empty one is taken away.
    #[serde(default)]
    replace: Vec<(String, String)>,
    /// A column, from 0, that is multiplied in all rows.
    #[serde(default)]
    thousandfold: Option<usize>,
    /// Two columns that change places in all rows.
    #[serde(default)]
    swap: Option<(usize, usize)>,
    /// What some error says; where nothing can tell the fault, why.
    #[serde(default)]
    said: Option<String>,
    #[serde(default)]
    out_of_reach: Option<String>,
}

fn planted(fault: &Fault) -> Files {
    let mut files = study();
    let path = format!("data/raw/{}", fault.file);
    let before = files.text(&path).expect("a snapshot").to_owned();
    let mut text = before.clone();
    for (from, to) in &fault.replace {
        let (line, to) = (format!("\n{from}\n"), if to.is_empty() { "\n".to_owned() } else { format!("\n{to}\n") });
        assert!(text.contains(&line), "{}: there is no line `{from}`", fault.name);
        text = text.replacen(&line, &to, 1);
    }
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let each = |text: &str, change: &dyn Fn(&mut Vec<String>)| {
        let changed = |(at, line): (usize, &str)| {
            let mut cells = cells(line);
            if at > 0 {
                change(&mut cells);
            }
            cells.join(",") + "\n"
        };
        text.lines().enumerate().map(changed).collect::<String>()
    };
    if let Some(at) = fault.thousandfold {
        text = each(&text, &|cells| cells[at].push_str("000"));
    }
    if let Some((a, b)) = fault.swap {
        text = each(&text, &|cells| cells.swap(a, b));
    }
    assert_ne!(text, before, "{}", fault.name);
    let catalogue = files.text("data/datapackage.yaml").expect("a catalogue");
    let sizes = |text: &str| (format!("bytes: {}\n", text.len()), sha256(text.as_bytes()));
    let catalogue = catalogue.replace(&sizes(&before).1, &sizes(&text).1).replace(&sizes(&before).0, &sizes(&text).0);
    files.insert("data/datapackage.yaml", catalogue);
    files.insert(path, text);
    files
}

#[test]
fn data_faults_are_told_or_named_as_out_of_reach() {
    let faults: Vec<Fault> =
        serde_yaml::from_str(&std::fs::read_to_string(material().join("faults.yaml")).expect("faults"))
            .expect("a list");
    let known = Study::read(&study(), &mut Diagnostics::default()).expect("a study");
    let choices: Vec<_> = known.editions.values().map(|edition| edition.vintages.value.clone()).collect();
    let mut wrong = Vec::new();
    for fault in &faults {
        let files = planted(fault);
        let mut diagnostics = Diagnostics::default();
        if let Some(catalog) = catalog::read(&files, &mut diagnostics) {
            let _ = dataset::open(&catalog, choices.clone(), &files, &mut diagnostics);
        }
        let errors: Vec<String> =
            diagnostics.sorted().into_iter().filter(|d| d.severity == Severity::Error).map(|d| d.message).collect();
        let as_said = match (&fault.said, &fault.out_of_reach) {
            (Some(said), None) => errors.iter().any(|error| error.contains(said.as_str())),
            (None, Some(_)) => errors.is_empty(),
            _ => false,
        };
        if !as_said {
            wrong.push(format!("{}: {}", fault.name, errors.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let unseen = faults.iter().filter(|fault| fault.out_of_reach.is_some()).count();
    assert_eq!((faults.len() - unseen, unseen), COUNTS);
}

/// How many are told, and how many are out of reach.
const COUNTS: (usize, usize) = (34, 2);
