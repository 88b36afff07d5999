//! Words: `esep words`.

use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::answers::{AskedBy, WordMissing, WordsMissing, say};
use super::{Common, Format, complain, conclude, disk, print, warn};
use crate::diagnostic::{Diagnostics, Severity};
use crate::language::{Lang, texts};
use crate::page;
use crate::study::{STUDY, Study};

/// The arguments of `esep words`.
#[derive(Args)]
pub(super) struct Arguments {
    /// The language by its code of ISO 639-1: what a translator must write, key by key, beside the English text.
    #[arg(long, value_name = "LANG", value_parser = super::lang)]
    missing: Lang,
}

/// Runs the command: prints YAML that `templates/<language>/strings.yaml` may hold once it is translated.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let lang = arguments.missing;
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_style(&common.study, &[lang], &mut diagnostics);
    let Some(own) = page::strings::read(lang, &files, &mut diagnostics) else {
        return conclude(&diagnostics, &files, common, false);
    };
    let study = files.get(STUDY).and_then(|_| Study::read(&files, &mut diagnostics));
    let used = study.as_ref().map(methods_of);
    let mut missing: Vec<WordMissing> = texts::needed(lang)
        .filter(|(key, _)| !own.contains_key(key))
        .map(|(key, en)| WordMissing { asked_by: asked_by(&key, used.as_ref()), key, en })
        .collect();
    missing.sort_by_key(|word| word.asked_by);
    match common.format {
        Format::Json => say(&WordsMissing { language: lang.code(), missing }),
        Format::Human | Format::Csv | Format::Md | Format::Html => {
            if missing.is_empty() {
                complain(&format!(
                    "note: the program lacks no word in `{}`; texts of the study that are lacking in it are named by `esep build`\n",
                    lang.code()
                ));
            }
            for part in missing.chunk_by(|a, b| a.asked_by == b.asked_by) {
                print(&format!("# {} ({}).\n", part[0].asked_by.meaning(), part.len()));
                part.iter().for_each(|word| print(&format!("{}: {}\n", json!(word.key), json!(word.en))));
            }
        }
    }
    let list = diagnostics.sorted();
    warn(&list, &files);
    ExitCode::from(u8::from(list.iter().any(|problem| problem.severity == Severity::Error)))
}

fn methods_of(study: &Study) -> BTreeSet<&str> {
    study.analyses.values().flat_map(|entry| &entry.value.methods).map(|method| method.value.as_str()).collect()
}

fn asked_by(key: &str, used: Option<&BTreeSet<&str>>) -> AskedBy {
    match key.split_once('.') {
        Some(("methods", rest)) => {
            let name = rest.split('.').next().unwrap_or_default();
            if used.is_none_or(|used| used.contains(name)) { AskedBy::Method } else { AskedBy::OtherMethod }
        }
        Some(("verification", _)) => AskedBy::Verification,
        _ => AskedBy::Page,
    }
}
