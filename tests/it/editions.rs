//! Editions: what one tells otherwise than another, by name or by what was built.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::study::{dummy, scratch, write};

fn study(name: &str) -> PathBuf {
    let folder = scratch(name);
    write(&folder, &dummy());
    folder
}

fn esep(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.args(arguments).arg("--study").arg(folder).env("ESEP_CACHE", folder.with_extension("cache"));
    command.output().expect("esep runs")
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn json(output: &Output) -> Value {
    serde_json::from_str(&text(output)).expect("JSON")
}

#[test]
fn a_page_tells_what_an_edition_says_otherwise() {
    let study = study("editions-diff");
    text(&esep(&study, &["build"]));
    let (from, to) = (study.join("report/2021"), study.join("report/2022"));
    let (from, to) = (from.to_string_lossy().into_owned(), to.to_string_lossy().into_owned());
    let named = json(&esep(&study, &["diff", "2021", "2022", "--format", "json"]));
    let built = json(&esep(&study, &["diff", &from, &to, "--format", "json"]));
    // What the pages say is the same, whichever way the editions are named.
    for key in ["sentences", "exhibits", "cells", "vintages"] {
        let without = |value: &Value| match key {
            // Which conditions flipped is known by their templates alike; their order within a section too.
            "sentences" => value[key]
                .as_array()
                .map(|list| list.iter().map(|one| (one["from"].clone(), one["to"].clone())).collect::<Vec<_>>()),
            _ => Some(vec![(value[key].clone(), Value::Null)]),
        };
        assert_eq!(without(&named), without(&built), "{key}");
    }
    for key in [
        "summary",
        "revised",
        "new_period",
        "withdrawn",
        "new",
        "flipped",
        "sentences",
        "exhibits",
        "verdicts",
        "statement",
    ] {
        assert!(!named[key].is_null() && !built[key].is_null(), "{key}");
    }
    let sentences = named["sentences"].as_array().expect("a list");
    assert!(sentences.iter().any(|one| one["from"]["text"] != one["to"]["text"]), "{named:#}");
    // Nothing changes against itself.
    let same = json(&esep(&study, &["diff", &to, "2022", "--format", "json"]));
    for key in ["revised", "new_period", "withdrawn", "new", "flipped", "sentences", "exhibits", "cells", "verdicts"] {
        assert_eq!(same[key], Value::Array(Vec::new()), "{key}");
    }
    for lang in ["ru", "kk", "en"] {
        let page = text(&esep(&study, &["diff", "2021", "2022", "--lang", lang, "--format", "html"]));
        assert!(page.starts_with("<!doctype html>") && page.contains(&format!("<html lang=\"{lang}\">")));
        assert!(!page.contains('{') || !page.contains("{from}"), "a place is left open");
        assert_eq!(page.matches("<table>").count(), page.matches("</table>").count());
    }
    let page = text(&esep(&study, &["diff", "2021", "2022", "--lang", "ru", "--format", "md"]));
    let lines: Vec<&str> = page.lines().collect();
    assert_eq!(lines[0], "# Что изменилось: 2021 → 2022");
    assert!(lines[2].starts_with("Чисел пересмотрено: "), "three numbers come first: {}", lines[2]);
    assert!(
        page.contains("## Проект сообщения о пересмотре") && page.contains("## Қайта қарау туралы хабарламаның жобасы")
    );
    // A folder that is none, or holds several editions, is said to be so.
    let report = study.join("report").to_string_lossy().into_owned();
    let none = study.join("data").to_string_lossy().into_owned();
    for folder in [&report, &none] {
        let refused = esep(&study, &["diff", folder, "2022"]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(!refused.stderr.is_empty());
    }
    assert_eq!(esep(&study, &["check", "--format", "html"]).status.code(), Some(2));
}

/// A vintage that holds the whole alone is held to the parts of the one before it, as its edition mixes them.
#[test]
fn what_an_edition_makes_of_its_vintages_is_checked() {
    let mut files = dummy();
    let path = "data/raw/bureau/revised.csv";
    files.insert(path, "territory,year,total,urban,rural\nKZ,2023,254100,204300,49800\n");
    let catalogue = files.text("data/datapackage.yaml").expect("a catalogue").to_owned();
    let (head, rest) = catalogue.split_once("  - name: population\n").expect("an entry");
    let (entry, _) = rest.split_once("  - name: ").expect("another");
    let revised = entry.replace("population.csv", "revised.csv").replace("vintage: bureau", "vintage: revised");
    let catalogue = format!(
        "{head}  - name: population\n{}",
        rest.replacen(entry, &format!("{entry}  - name: revised\n{revised}"), 1)
    );
    files.insert("data/datapackage.yaml", catalogue);
    let own = files.text("study.yaml").expect("a study").to_owned();
    let (before, last) = own.split_once("  \"2022\":").expect("an edition");
    let last = last.replace("population: [bureau]", "population: [revised, bureau]");
    files.insert("study.yaml", format!("{before}  \"2022\":{last}"));
    crate::study::rehash(&mut files);
    let folder = scratch("editions-mixed");
    write(&folder, &files);
    let told = String::from_utf8_lossy(&esep(&folder, &["check"]).stderr).into_owned();
    for wanted in [
        "`total` at KZ,2023: expected 254100, found 254000, residual -100 (vintage bureau, revised)",
        "check `regions`",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
}
