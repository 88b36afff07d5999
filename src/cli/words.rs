//! Words: `esep words`.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::answers::{WordMissing, WordsMissing, say};
use super::{Common, Format, conclude, disk, print};
use crate::diagnostic::Diagnostics;
use crate::files::Files;
use crate::language::{Lang, texts};
use crate::page;

/// The arguments of `esep words`.
#[derive(Args)]
pub(super) struct Arguments {
    /// The language by its code of ISO 639-1: what a translator must write, key by key, beside the English text.
    #[arg(long, value_name = "LANG", value_parser = lang)]
    missing: Lang,
}

fn lang(code: &str) -> Result<Lang, String> {
    Lang::parse(code).ok_or_else(|| format!("`{code}` is no code of ISO 639-1"))
}

/// Runs the command: prints YAML that `templates/<language>/strings.yaml` may hold once it is translated.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let lang = arguments.missing;
    let mut diagnostics = Diagnostics::default();
    let path = page::words::strings_path(lang);
    let mut files = Files::default();
    if common.study.join(&path).is_file() {
        match disk::read_paper(&common.study.join(&path).display().to_string()) {
            Ok(read) => files.insert(&path, read.text),
            Err(problem) => diagnostics.push(*problem),
        }
    }
    let Some(own) = page::words::strings(lang, &files, &mut diagnostics) else {
        return conclude(&diagnostics, &files, common, false);
    };
    let lacking = texts::needed(lang).filter(|key| !own.contains_key(key));
    let lacking: Vec<(String, &str)> = lacking
        .map(|key| {
            let text = texts::own(Lang::En.code(), &key).unwrap_or_default();
            (key, text)
        })
        .collect();
    match common.format {
        Format::Json => {
            let missing = lacking.iter().map(|(key, en)| WordMissing { key, en }).collect();
            say(&WordsMissing { language: lang.code(), missing });
        }
        Format::Human | Format::Csv | Format::Md | Format::Html => {
            lacking.iter().for_each(|(key, text)| print(&format!("{}: {}\n", json!(key), json!(text))));
        }
    }
    ExitCode::SUCCESS
}
