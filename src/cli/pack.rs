//! Pack: `esep pack`: the folder that a reviewer takes, as one file.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::{Common, conclude, disk, export, progress};
use crate::build::{self, Wanted};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::{Files, Kept};
use crate::output::{self, Material, Packing, Passed, docx};

/// The arguments of `esep pack`.
#[derive(Args)]
pub(super) struct Arguments {
    /// The file to write; `export/pack.zip` in the study where left out.
    #[arg(long, value_name = "FILE.zip")]
    out: Option<PathBuf>,
    /// A snapshot that goes in though its terms do not say that it may (may be given several times).
    #[arg(long, value_name = "SNAPSHOT")]
    include: Vec<String>,
    /// The day on which the folder is published, for its description.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    published: Option<String>,
    /// The terms of the whole folder: their name at SPDX (`CC-BY-4.0`) or their address.
    #[arg(long, value_name = "TERMS", value_parser = terms)]
    license: Option<String>,
    /// Take warnings for errors.
    #[arg(long)]
    strict: bool,
}

fn day(text: &str) -> Result<String, String> {
    let period = crate::finding::Period::parse(text).filter(|period| period.day().is_some());
    period.map(|_| text.to_owned()).ok_or_else(|| "a day is written 2026-11-29".to_owned())
}

fn terms(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-.+".contains(c);
    let is_address = text.starts_with("https://") && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    let is_name = !text.is_empty() && text.chars().all(plain);
    (is_name || is_address)
        .then(|| text.to_owned())
        .ok_or_else(|| "terms are `CC-BY-4.0` or an https address".to_owned())
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    progress("checking, computing, composing and drawing …");
    let packed = packed(arguments, &files, &mut diagnostics);
    let refused = arguments.strict && !diagnostics.sorted().is_empty();
    if let Some(bytes) = packed.filter(|_| !refused && diagnostics.verdict().is_ok()) {
        let out = arguments.out.clone().unwrap_or_else(|| common.study.join(export::FOLDER).join("pack.zip"));
        export::put(&out, &bytes, common, &mut diagnostics);
    }
    conclude(&diagnostics, &files, common, arguments.strict)
}

/// Builds everything anew, so that the time told is that of a build from nothing.
fn packed(arguments: &Arguments, files: &Files, diagnostics: &mut Diagnostics) -> Option<Vec<u8>> {
    let start = Instant::now();
    let work = build::work(files, &Wanted::default(), &Kept::default(), diagnostics).ok()?;
    let mut report = work.report.clone();
    output::finish(&mut report, &Default::default(), diagnostics);
    let minutes = steps(start.elapsed().as_secs());
    let workbooks = {
        let passes = |file: &str| output::passes(file, &work.material, &arguments.include);
        build::workbooks(&work, &passes, diagnostics).ok()?
    };
    known(&arguments.include, &work.material, diagnostics);
    left_out(&work.material, &arguments.include, diagnostics);
    unstated(arguments, diagnostics);
    unsigned(&work.material, diagnostics);
    diagnostics.verdict().ok()?;
    let folder = output::pack(&Packing {
        material: &work.material,
        built: &work.built,
        study: files,
        report: &report,
        workbooks: &workbooks,
        minutes,
        included: &arguments.include,
        published: arguments.published.as_deref(),
        license: arguments.license.as_deref(),
    });
    let parts: Vec<(String, Vec<u8>)> = folder.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
    docx::packed(&parts).map_err(|error| diagnostics.push(unpacked(&error))).ok()
}

fn unpacked(error: &str) -> Diagnostic {
    Diagnostic::error(code::FILE_OUTPUT, Place::file("pack.zip"), format!("cannot be packed: {error}"))
}

/// Rounds a time up to a step of minutes, which a second run keeps.
fn steps(seconds: u64) -> u64 {
    [1, 10, 60, 600].into_iter().find(|minutes| seconds < minutes * 60).unwrap_or(6000)
}

/// Names what is to go in and is no snapshot.
fn known(included: &[String], material: &Material, diagnostics: &mut Diagnostics) {
    let names = || material.catalog.resources.iter().map(|resource| resource.name.as_str());
    for name in included.iter().filter(|name| !names().any(|own| own == name.as_str())) {
        let message = format!("the catalogue has no snapshot `{name}`");
        let hint = did_you_mean(name, names())
            .unwrap_or_else(|| format!("it has: {}", names().collect::<Vec<_>>().join(", ")));
        let place = Place::file("data/datapackage.yaml");
        diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).hint(hint));
    }
}

/// Names what RO-Crate asks of the folder's description and nobody told.
fn unstated(arguments: &Arguments, diagnostics: &mut Diagnostics) {
    let asked = [
        (arguments.published.is_none(), "the day on which it is published", "--published YYYY-MM-DD"),
        (arguments.license.is_none(), "the terms of the whole", "--license CC-BY-4.0"),
    ];
    for (_, what, option) in asked.iter().filter(|(is_lacking, ..)| *is_lacking) {
        let message = format!("the description of the folder does not tell {what}, which RO-Crate asks for");
        let warning = Diagnostic::warning(code::PACK_UNSTATED, Place::file("ro-crate-metadata.json"), message);
        diagnostics.push(warning.hint(format!("state it: `{option}`")));
    }
}

/// Says that a citation file without authors, who are never invented, is not what its format asks for.
fn unsigned(material: &Material, diagnostics: &mut Diagnostics) {
    if material.study.authors.iter().all(|author| author.placeholder) {
        let message = "the citation file names no author, whom its format, CFF 1.2, asks for";
        let warning = Diagnostic::warning(code::PACK_UNSTATED, Place::file("CITATION.cff"), message);
        diagnostics.push(warning.hint("name who signs the report under `authors` of study.yaml"));
    }
}

/// Names each snapshot that stays out.
fn left_out(material: &Material, included: &[String], diagnostics: &mut Diagnostics) {
    for resource in &material.catalog.resources {
        let passed = Passed::of(resource, included);
        if passed.is_in() {
            continue;
        }
        let why = match passed {
            Passed::Silent => "no terms are stated".to_owned(),
            _ => {
                let own =
                    |terms: &crate::catalog::entry::LicenseEntry| terms.name.clone().unwrap_or(terms.title.clone());
                let terms: Vec<String> = resource.licenses.iter().map(own).collect();
                format!("its terms (`{}`) do not say that it may be passed on", terms.join("`, `"))
            }
        };
        let message = format!("`{}` is left out: {why}; without it the folder builds nothing", resource.name);
        let hint = format!(
            "state its terms under `licenses` (`CC-BY-4.0`, `other-at`), or take it in on your own word: `--include {}`",
            resource.name
        );
        let place = Place::line("data/datapackage.yaml", resource.at.0, resource.at.1);
        diagnostics.push(Diagnostic::warning(code::PACK_LEFT_OUT, place, message).hint(hint));
    }
}
