//! Eval: `esep eval`.

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::answers::{Evaluated, say};
use super::{Common, Format, complain, disk, print, warn};
use crate::build;
use crate::catalog::Territories;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Place, Problems, Reported, code};
use crate::files::Files;
use crate::language::Lang;
use crate::page::{self, Alone, strings};
use crate::study::{STUDY, Study};

/// The arguments of `esep eval`.
#[derive(Args)]
pub(super) struct Arguments {
    /// The template, literals allowed: `{{ 28 | number | case("dat") }}`; `-` reads one a line from standard input.
    #[arg(allow_hyphen_values = true)]
    template: String,
    /// The language by its code: ru, kk, en, or one whose texts the study gives.
    #[arg(long, value_name = "CODE", value_parser = super::lang)]
    lang: Lang,
    /// The edition that findings are asked of; the last where left out.
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
    /// Proof-read what is rendered.
    #[arg(long)]
    proof: bool,
}

/// The territories that are known without any study.
const OWN_TERRITORIES: &str = include_str!("../../data/territories.yaml");
const OWN_PATH: &str = "data/territories.yaml";

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let (name, texts) = match read(&arguments.template) {
        Ok(texts) => texts,
        Err(error) => {
            complain(&format!("standard input cannot be read: {error}\n"));
            return ExitCode::from(1);
        }
    };
    let asks = texts.iter().any(|text| page::needs_study(text));
    let mut files = study(&common.study, arguments.lang, asks, &mut diagnostics);
    let lines = rendered(arguments, &files, asks, name, &texts, &mut diagnostics).unwrap_or_default();
    files.insert(name, texts.join("\n"));
    let list = diagnostics.sorted();
    let problems = list.iter().any(|problem| problem.severity == diagnostic::Severity::Error);
    match common.format {
        Format::Json => {
            let diagnostics = Problems::of(&list).diagnostics;
            say(&Evaluated { lang: arguments.lang.code(), lines, diagnostics });
            return ExitCode::from(u8::from(problems));
        }
        Format::Human | Format::Csv | Format::Md | Format::Html => {
            // One line for each line that was read, so that the two can be laid side by side.
            if !problems || arguments.template == "-" {
                print(&lines.iter().map(|line| format!("{line}\n")).collect::<String>());
            }
            warn(&list, &files);
        }
    }
    ExitCode::from(u8::from(problems))
}

fn read(template: &str) -> std::io::Result<(&'static str, Vec<String>)> {
    if template != "-" {
        return Ok(("template", vec![template.to_owned()]));
    }
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(("standard input", text.lines().map(str::to_owned).collect()))
}

/// Reads the study where one is named, or stands here.
fn study(folder: &Path, lang: Lang, asks: bool, diagnostics: &mut Diagnostics) -> Files {
    let named = folder != Path::new(".");
    if !named && !folder.join(STUDY).is_file() {
        return Files::default();
    }
    let files =
        if asks { disk::read_study(folder, diagnostics) } else { disk::read_style(folder, &[lang], diagnostics) };
    if files.get(STUDY).is_none() && diagnostics.verdict().is_ok() {
        let place = Place::file(folder.join(STUDY).display().to_string());
        diagnostics.push(Diagnostic::error(code::FILE_MISSING, place, "there is no such file"));
    }
    files
}

fn rendered(
    arguments: &Arguments,
    files: &Files,
    asks: bool,
    name: &str,
    texts: &[String],
    diagnostics: &mut Diagnostics,
) -> Result<Vec<String>, Reported> {
    diagnostics.verdict()?;
    let strings = strings::read(arguments.lang, files, diagnostics).unwrap_or_default();
    diagnostics.verdict()?;
    if asks && files.get(STUDY).is_some() {
        let material = build::material(files, diagnostics)?;
        let edition = Arc::new(build::edition(&material, arguments.edition.as_deref(), diagnostics)?);
        let alone = Alone {
            lang: arguments.lang,
            study: Some(&material.study),
            strings,
            territories: &material.catalog.territories,
            findings: Some((&material.prose, edition)),
            proof: arguments.proof,
        };
        return Ok(page::alone(&alone, name, texts, diagnostics));
    }
    let study = files.get(STUDY).and_then(|_| Study::read(files, diagnostics));
    let mut own = Files::default();
    own.insert(OWN_PATH, files.get(OWN_PATH).unwrap_or(OWN_TERRITORIES.as_bytes()));
    let territories = Territories::read(&own, diagnostics).unwrap_or_default();
    diagnostics.verdict()?;
    let study = study.as_ref();
    let proof = arguments.proof;
    let alone = Alone { lang: arguments.lang, study, strings, territories: &territories, findings: None, proof };
    Ok(page::alone(&alone, name, texts, diagnostics))
}
