//! Eject: `esep eject`: what the program does by default, written into the study to be edited.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::answers::{Ejected, say};
use super::{Common, Format, conclude, disk, misused, print, schemas};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::Files;
use crate::language::{Lang, texts};
use crate::output;
use crate::page::references::REFERENCES;
use crate::page::{TERMS, strings};
use crate::study::{STUDY, Study};

/// The arguments of `esep eject`.
#[derive(Args)]
pub(super) struct Arguments {
    /// What to write.
    #[arg(value_enum)]
    name: Name,
}

/// What can be written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    /// The frame of the pages: templates/layout.html.
    Layout,
    /// Their style sheet: templates/style.css.
    Style,
    /// What the program says on them, in each language of the study: templates/<language>/strings.yaml.
    Words,
    /// A list of literature, to be filled in: data/references.yaml.
    References,
    /// A base of terms, to be filled in: data/terms.yaml.
    Terms,
    /// JSON Schemas of the files of a study, for editors: schemas/.
    Schemas,
}

const NO_REFERENCES: &str = "# Works that pages cite, as {{ cite(\"smith-2020\") }}, and exhibits, under `references`.\n\
    # - {id: smith-2020, kind: article, authors: [Smith J.], title: A title, container: A journal, year: 2020, pages: 1–10,\n\
    #    language: en, verified_by: \"the journal's page\"}\n\
    references: []\n";

const NO_TERMS: &str = "# Terms in each language, with the words that must not stand in their place: a build finds these.\n\
    # - {kk: …, ru: …, en: …, domain: stat, certainty: sure, forbidden: {ru: [\"…\"]}}\n\
    terms: []\n";

/// Runs the command: writes files that are not there yet, and none in the place of another.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let study = disk::read_style(&common.study, &[], &mut diagnostics);
    if study.get(STUDY).is_none() && diagnostics.verdict().is_ok() {
        return misused("no study stands here; run it in the folder of one, or name one with --study");
    }
    let mut files = Files::default();
    match arguments.name {
        Name::Layout => files.insert(output::LAYOUT, output::OWN_LAYOUT),
        Name::Style => files.insert(output::STYLE, output::OWN_STYLE),
        Name::References => files.insert(REFERENCES, NO_REFERENCES),
        Name::Terms => files.insert(TERMS, NO_TERMS),
        Name::Schemas => schemas::all().into_iter().for_each(|(path, text)| files.insert(path, text)),
        Name::Words => {
            let read = Study::read(&study, &mut diagnostics);
            let langs = read.iter().flat_map(|study| &study.languages).filter_map(|code| Lang::parse(code));
            langs.for_each(|lang| files.insert(strings::path(lang), own_words(lang)));
        }
    }
    for (path, _) in files.iter().filter(|(path, _)| common.study.join(path).symlink_metadata().is_ok()) {
        let taken = Diagnostic::error(code::FILE_OUTPUT, Place::file(path), "stands there already");
        diagnostics.push(taken.hint("it is yours to edit; move it away to have the default in its place"));
    }
    if diagnostics.verdict().is_err() {
        return conclude(&diagnostics, &study, common, false);
    }
    for (path, bytes) in files.iter() {
        if let Err(problem) = disk::write_whole(&disk::Real, &common.study.join(path), bytes) {
            diagnostics.push(*problem);
            return conclude(&diagnostics, &study, common, false);
        }
    }
    let paths: Vec<&str> = files.iter().map(|(path, _)| path).collect();
    match common.format {
        Format::Json => say(&Ejected { files: paths }),
        Format::Human | Format::Csv | Format::Md | Format::Html => {
            paths.iter().for_each(|path| print(&format!("{path}\n")))
        }
    }
    ExitCode::SUCCESS
}

/// Writes what the program says in a language; of one that it does not speak, the English texts are to be translated.
fn own_words(lang: Lang) -> String {
    let keys: Vec<String> = texts::keys(Lang::En.code()).filter(|key| !key.contains('.')).collect();
    let mut out =
        String::from("# What the program says by default. A line that is taken away is said by the program again.\n");
    for key in keys {
        let text = texts::own(lang.code(), &key).or_else(|| texts::own(Lang::En.code(), &key)).unwrap_or_default();
        out.push_str(&format!("{}: {}\n", json!(key), json!(text)));
    }
    out
}
