//! Works: what reference managers write, as the list of works prints it.

use std::fmt::Write as _;

use esep::diagnostic::Diagnostics;
use esep::document::Inline;
use esep::files::Files;
use esep::page::references::{BIBTEX, CSL, REFERENCES, References};

use crate::claims::golden;
use crate::support::root;

fn said(files: &Files) -> String {
    let mut diagnostics = Diagnostics::default();
    let read = References::read(files, &mut diagnostics);
    let mut out = String::new();
    for work in read.iter().flat_map(|read| &read.references) {
        let entry: String = work.entry().iter().map(text).collect();
        let kind = format!("{:?}", work.kind).to_lowercase();
        let english = work.title_en.iter().map(|title| format!(" [{title}]")).collect::<String>();
        writeln!(out, "{} ({}, {}){english}\n    {entry}", work.id, kind, work.language).unwrap();
    }
    for problem in diagnostics.sorted() {
        writeln!(out, "{} {}: {}", problem.code, problem.place, problem.message).unwrap();
    }
    out
}

fn text(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) => text.clone(),
        Inline::Link { content, .. } => content.iter().map(text).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn works_of_reference_managers_are_printed_as_those_of_the_study() {
    let folder = root().join("tests/material/works");
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let mut files = Files::default();
    files.insert(BIBTEX, read("references.bib"));
    files.insert(CSL, read("references.json"));
    golden("../works/expected.txt", &said(&files));
}

#[test]
fn works_that_cannot_be_read_are_refused_where_they_stand() {
    let deep = format!("@book{{a, title = {}x{}}}", "{".repeat(50_000), "}".repeat(50_000));
    let cases: [(&str, &str, &str); 9] = [
        (BIBTEX, "@article{a, title = {One}\n\n@book{b, title = {Two}}", "line 3"),
        (BIBTEX, "@book{a, title = {One}}\n@book{a, title = {Two}}", "line 2"),
        (BIBTEX, "@book{a, author = {Nobody}}", "has not a title"),
        (BIBTEX, "@book{a, title = unheard}", "unheard"),
        (BIBTEX, &deep, "too deep"),
        (CSL, "[{\"id\": \"a\", \"type\": \"book\"}]", "has not a title"),
        (CSL, "[{\"type\": \"book\", \"title\": \"One\"}]", "id"),
        (CSL, "{\"id\": \"a\"}", "a list of items"),
        (CSL, "[\n{\"id\":", "line 2"),
    ];
    for (path, text, wanted) in cases {
        let mut files = Files::default();
        files.insert(path, text);
        let mut diagnostics = Diagnostics::default();
        assert!(References::read(&files, &mut diagnostics).is_none(), "{text:.40}");
        let told: Vec<String> = diagnostics
            .sorted()
            .iter()
            .map(|problem| {
                format!(
                    "{} {}, line {}: {} {}",
                    problem.code,
                    problem.place.file,
                    problem.place.line.unwrap_or_default(),
                    problem.message,
                    problem.hint.clone().unwrap_or_default()
                )
            })
            .collect();
        assert!(
            told.iter().any(|told| told.contains("references/entry") && told.contains(wanted)),
            "{text:.60}: {told:?}"
        );
    }
    // A work of the study's own list and one of the same id beside it.
    let mut files = Files::default();
    files
        .insert(REFERENCES, "references:\n  - {id: a, kind: book, title: One, language: en, verified_by: its cover}\n");
    files.insert(BIBTEX, "@book{a, title = {Two}}");
    assert!(said(&files).contains("`a` is the id of another work in data/references.yaml"), "{}", said(&files));
}
