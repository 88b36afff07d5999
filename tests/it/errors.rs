//! Errors: each folder of `tests/material/errors` breaks the dummy study in one way; its diagnostics are golden.
//!
//! A folder holds the files that differ from the study, and beside them `expected.txt` and `expected.json`.
//! It may hold `delete` (files to take away, one a line), `rehash` (the catalogue's hashes follow the changed snapshots),
//! `windows` (every text file gets a byte order mark and CRLF) and `wanted` (`edition NAME` or `language CODE`, one a
//! line). `BLESS=1 cargo test --test it errors` rewrites what is expected.

use std::fs;
use std::path::{Path, PathBuf};

use esep::build::{self, Wanted};
use esep::diagnostic::{self, Diagnostics};
use esep::files::Files;

use crate::study::{dummy, material, read, rehash};

const OWN: [&str; 6] = ["expected.txt", "expected.json", "delete", "rehash", "windows", "wanted"];

fn cases() -> Vec<PathBuf> {
    let folder = material().join("errors");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(folder).expect("cases").map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    cases
}

/// Lays a case over the dummy study.
fn overlaid(case: &Path) -> (Files, Wanted) {
    let (study, own) = (dummy(), read(case));
    let lines = |name: &str| own.text(name).unwrap_or_default().lines().map(str::to_owned).collect::<Vec<_>>();
    let delete = lines("delete");
    let mut files = Files::default();
    let changed = own.iter().filter(|(path, _)| !OWN.contains(path));
    for (path, bytes) in study.iter().chain(changed).filter(|(path, _)| !delete.iter().any(|gone| gone == path)) {
        files.insert(path, bytes);
    }
    if own.get("windows").is_some() {
        let texts: Vec<(String, String)> =
            files.iter().map(|(path, bytes)| (path.to_owned(), String::from_utf8_lossy(bytes).into_owned())).collect();
        for (path, text) in texts {
            files.insert(path, format!("\u{feff}{}", text.replace('\n', "\r\n")));
        }
    }
    if own.get("rehash").is_some() {
        rehash(&mut files);
    }
    let mut wanted = Wanted::default();
    for line in lines("wanted") {
        match line.split_once(' ') {
            Some(("edition", name)) => wanted.editions.push(name.to_owned()),
            Some(("language", code)) => wanted.languages.push(code.to_owned()),
            _ => panic!("{}: `{line}` is not wanted", case.display()),
        }
    }
    (files, wanted)
}

#[test]
fn errors_say_what_they_always_said() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut changed = Vec::new();
    for case in cases() {
        let (files, wanted) = overlaid(&case);
        let mut diagnostics = Diagnostics::default();
        let built = build::build(&files, &wanted, &mut diagnostics);
        assert_eq!(
            built.is_err(),
            diagnostics.verdict().is_err(),
            "{}: an error and a report, or neither",
            case.display()
        );
        let list = diagnostics.sorted();
        let said = [
            ("expected.txt", diagnostic::human(&list, &|path| files.text(path), false)),
            ("expected.json", format!("{:#}\n", diagnostic::json(&list))),
        ];
        for (name, text) in said {
            let path = case.join(name);
            if bless {
                fs::write(&path, text).expect("a blessed file");
            } else if fs::read_to_string(&path).unwrap_or_default() != text {
                changed.push(format!("{}\n{text}", path.display()));
            }
        }
    }
    assert!(changed.is_empty(), "these differ; look at them, then BLESS=1:\n\n{}", changed.join("\n"));
}

#[test]
fn errors_are_none_in_the_dummy_study() {
    let files = dummy();
    let mut diagnostics = Diagnostics::default();
    let _ = build::build(&files, &Wanted::default(), &mut diagnostics);
    assert_eq!(diagnostic::human(&diagnostics.sorted(), &|path| files.text(path), false), "");
}

/// How the torn study is torn: each mutation of a text at a line.
const TEARS: [fn(&str, usize) -> String; 4] = [
    |text, at| text.lines().enumerate().filter(|(i, _)| *i != at).map(|(_, line)| format!("{line}\n")).collect(),
    |text, at| text.lines().take(at).map(|line| format!("{line}\n")).collect(),
    |text, at| with_line(text, at, |line| line.chars().rev().collect()),
    |text, at| with_line(text, at, |line| line.chars().take(line.chars().count() / 2).collect()),
];

fn with_line(text: &str, at: usize, change: fn(&str) -> String) -> String {
    let changed = |(i, line): (usize, &str)| if i == at { change(line) } else { line.to_owned() };
    text.lines().enumerate().map(changed).map(|line| line + "\n").collect()
}

#[test]
fn errors_are_said_and_nothing_panics_however_the_study_is_torn() {
    // TEAR_EVERY=1 tears at every line, which takes half a minute.
    let every: usize = std::env::var("TEAR_EVERY").ok().and_then(|n| n.parse().ok()).unwrap_or(11);
    let study = dummy();
    for (path, bytes) in study.iter().filter(|(path, _)| !path.ends_with("strings.yaml")) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        for (way, tear) in TEARS.iter().enumerate() {
            for at in (way..text.lines().count()).step_by(every) {
                let mut files = study.clone();
                files.insert(path, tear(&text, at));
                if path.ends_with(".csv") {
                    rehash(&mut files);
                }
                let mut diagnostics = Diagnostics::default();
                let built = build::build(&files, &Wanted::default(), &mut diagnostics);
                let said = diagnostic::human(&diagnostics.sorted(), &|path| files.text(path), false);
                assert_eq!(built.is_err(), diagnostics.verdict().is_err(), "{path}, tear {way} at line {at}:\n{said}");
            }
        }
    }
}

#[test]
fn errors_of_alternatives_are_marked_on_the_page_with_their_values() {
    let mut files = dummy();
    for (lang, said) in
        [("ru", "{% else %}Убыль не выросла.{% endif %}"), ("kk", "{% else %}Кему өскен жоқ.{% endif %}")]
    {
        let path = format!("templates/{lang}/results.md");
        let text = files.text(&path).expect("a template").replace(said, "{% endif %}");
        let text = text.replace("change_chain[KZ, last] < 0", "change_chain[KZ, last] == 0.5");
        files.insert(path, text);
    }
    let mut diagnostics = Diagnostics::default();
    let report = build::build(&files, &Wanted::default(), &mut diagnostics).expect("a warning stops nothing");
    let warnings = diagnostic::human(&diagnostics.sorted(), &|_| None, false);
    assert!(warnings.contains("== 0.5 (rural_balance.change_chain[KZ, last] = "), "{warnings}");
    for (lang, said) in [("ru", "не верен ни один из вариантов"), ("kk", "бірде-бір нұсқасы дұрыс емес")]
    {
        let html = report.text(&format!("2022/{lang}/index.html")).expect("a page");
        let mark = html.split("<mark class=\"untold\">").nth(1).and_then(|rest| rest.split("</mark>").next());
        assert!(mark.is_some_and(|mark| mark.contains(said)), "{lang}");
        assert!(report.text(&format!("2022/{lang}/report.md")).expect("a page").contains(said));
    }
}
