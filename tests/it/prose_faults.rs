//! Prose faults: mistakes planted in sentences, each with what must be said of it, or why nothing can.
//!
//! They stand in `tests/material/prose_faults.yaml`: the sentence in both languages, and the code that some problem in
//! it must have. A sound sentence of the same kind gives none.

use std::collections::BTreeSet;

use esep::build::{self, Wanted};
use esep::diagnostic::Diagnostics;
use serde::Deserialize;

use crate::study::{dummy, material};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    name: String,
    ru: String,
    kk: String,
    /// The code of what is said; where nothing can tell the fault, why.
    #[serde(default)]
    said: Option<String>,
    #[serde(default)]
    out_of_reach: Option<String>,
}

/// A right sentence in both languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Right {
    ru: String,
    kk: String,
}

#[test]
fn right_and_tricky_sentences_are_left_alone() {
    let text = std::fs::read_to_string(material().join("prose_right.yaml")).expect("sentences");
    let list: Vec<Right> = serde_yaml::from_str(&text).expect("a list");
    let page = |of: fn(&Right) -> &str| list.iter().map(of).collect::<Vec<_>>().join("\n\n");
    assert_eq!(problems(&page(|own| &own.ru), &page(|own| &own.kk)), BTreeSet::new());
    assert!(list.len() >= 30);
}

/// Says what is wrong in the dummy study with one more sentence in each language.
fn problems(ru: &str, kk: &str) -> BTreeSet<(String, String)> {
    let mut files = dummy();
    for (lang, sentence) in [("ru", ru), ("kk", kk)] {
        let path = format!("templates/{lang}/closing.md");
        let text = format!("{sentence}\n\n{}", files.text(&path).expect("a page"));
        files.insert(path, text);
    }
    let mut diagnostics = Diagnostics::default();
    let wanted = Wanted { editions: vec!["2022".to_owned()], ..Wanted::default() };
    let _ = build::build(&files, &wanted, &mut diagnostics);
    let list = diagnostics.sorted();
    list.into_iter().filter(|d| d.place.file.contains("closing")).map(|d| (d.code.to_owned(), d.message)).collect()
}

#[test]
fn prose_faults_are_told_or_named_as_out_of_reach() {
    let text = std::fs::read_to_string(material().join("prose_faults.yaml")).expect("faults");
    let faults: Vec<Fault> = serde_yaml::from_str(&text).expect("a list");
    let sound = (
        "Сальдо составило {{ q(\"balance.value[KZ, 2022]\") | persons }}.",
        "Сальдо {{ q(\"balance.value[KZ, 2022]\") | persons }} болды.",
    );
    assert_eq!(problems(sound.0, sound.1), BTreeSet::new());
    let mut wrong = Vec::new();
    for fault in &faults {
        let found = problems(&fault.ru, &fault.kk);
        let as_said = match (&fault.said, &fault.out_of_reach) {
            (Some(said), None) => found.iter().any(|(code, _)| code == said),
            (None, Some(_)) => found.is_empty(),
            _ => false,
        };
        if !as_said {
            wrong.push(format!("{}: {found:?}", fault.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let unseen = faults.iter().filter(|fault| fault.out_of_reach.is_some()).count();
    assert_eq!((faults.len() - unseen, unseen), COUNTS);
}

/// How many are told, and how many are out of reach.
const COUNTS: (usize, usize) = (103, 8);
