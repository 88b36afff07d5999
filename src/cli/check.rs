//! Check: `esep check`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::answers::{Checked, Uncompared, say};
use super::disk::{self, Real, Standing};
use super::{Common, Format, print, progress, verdict, warn};
use crate::build::{self, Wanted};
use crate::dataset::Coverage;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Problems, code, listed};
use crate::files::Files;
use crate::finding::Key;
use crate::output;

/// The arguments of `esep check`.
#[derive(Args)]
pub(super) struct Arguments {
    /// The report folder to compare with; `report` in the study where left out.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Take warnings for errors.
    #[arg(long)]
    strict: bool,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    progress("checking, computing and composing …");
    let material = build::material(&files, &mut diagnostics).ok();
    let report = material.as_ref().and_then(|material| {
        let built = build::editions(material, &Wanted::default(), &mut diagnostics).ok()?;
        build::write(material, &built, &mut diagnostics).ok()
    });
    if let Some(mut report) = report {
        progress("drawing …");
        // Nothing that an earlier run has kept is believed here.
        output::finish(&mut report, &Default::default(), &mut diagnostics);
        let out = arguments.out.clone().unwrap_or_else(|| common.study.join("report"));
        match disk::recover(&Real, &out) {
            Ok(()) => compare(&report, &out, &mut diagnostics),
            Err(failure) => diagnostics.push(disk::trouble(&out, &failure)),
        }
    }
    let coverage = material.as_ref().map(|material| material.dataset.coverage()).unwrap_or_default();
    let list = diagnostics.sorted();
    match common.format {
        Format::Json => {
            let open = coverage.iter().filter(|of| of.compared < of.cells);
            say(&Checked { diagnostics: Problems::of(&list).diagnostics, uncompared: open.map(as_said).collect() });
        }
        Format::Human | Format::Csv | Format::Md | Format::Html => {
            warn(&list, &files);
            print(&uncompared(&coverage));
        }
    }
    verdict(&list, arguments.strict)
}

/// Lists the cells that no sum and no equality compares with others: how many, and those that no check looks at at all.
fn uncompared(coverage: &[Coverage]) -> String {
    let part: Vec<&Coverage> = coverage.iter().filter(|of| of.compared < of.cells).collect();
    let sum = |count: fn(&Coverage) -> usize| coverage.iter().map(count).sum::<usize>();
    let (cells, compared) = (sum(|of| of.cells), sum(|of| of.compared));
    let (open, unseen) = (cells - compared, sum(|of| of.unseen.len()));
    if open == 0 {
        return String::new();
    }
    let mut out = format!(
        "{open} of {cells} cells are compared with no others by any check, {unseen} of them are not looked at in any way:\n"
    );
    for of in part {
        let Coverage { table, measure, vintage, cells, .. } = of;
        out.push_str(&format!("  {table}.{measure} ({vintage}): {} of {cells} cells", of.uncompared.len()));
        if !of.unseen.is_empty() {
            out.push_str(&format!("; not looked at: {}", listed(of.unseen.iter().map(Key::to_string))));
        }
        out.push('\n');
    }
    out
}

fn as_said(of: &Coverage) -> Uncompared {
    let keys = |keys: &[Key]| keys.iter().map(Key::to_string).collect();
    Uncompared {
        table: of.table.clone(),
        vintage: of.vintage.clone(),
        measure: of.measure.clone(),
        cells: of.cells,
        uncompared: keys(&of.uncompared),
        unseen: keys(&of.unseen),
    }
}

/// Reports each file of the report folder that is not what a build writes, and warns of what esep did not write.
///
/// A picture that is not there is no difference: its hash stands in the manifest.
fn compare(built: &Files, out: &Path, diagnostics: &mut Diagnostics) {
    let standing = match Standing::read(&disk::followed(out)) {
        Ok(standing) => standing,
        Err(error) => {
            let place = Place::file(out.display().to_string());
            diagnostics.push(Diagnostic::error(code::FILE_OUTPUT, place, format!("cannot be read: {error}")));
            return;
        }
    };
    let at = |path: &str| Place::file(format!("report/{path}"));
    let mut differing: Vec<(String, String)> = Vec::new();
    let mut differ = |path: &str, message: &str| differing.push((path.to_owned(), message.to_owned()));
    for (path, bytes) in built.iter() {
        match disk::read_file(&out.join(path)) {
            Ok(found) if found == bytes => {}
            Ok(_) => differ(path, "is not what a build writes"),
            Err(error) if error.kind() == ErrorKind::NotFound && path.ends_with(".png") => {}
            Err(error) if error.kind() == ErrorKind::NotFound => differ(path, "is missing"),
            Err(error) => differ(path, &format!("cannot be read: {error}")),
        }
    }
    for path in standing.listed.keys().filter(|path| built.get(path).is_none() && out.join(path).exists()) {
        differ(path, "is written by no build");
    }
    let manifest = std::fs::read_to_string(out.join(output::MANIFEST)).unwrap_or_default();
    match written_otherwise(&manifest).filter(|_| !differing.is_empty()) {
        // What another version writes otherwise is no fault of any of its files.
        Some(writer) => {
            let count = differing.len();
            let files = if count == 1 { "file differs" } else { "files differ" };
            let message = format!("was written by {writer}, and this is esep {}: {count} {files}", output::PROGRAM);
            let hint = "run `esep build`, or check it with the version that wrote it";
            diagnostics.push(Diagnostic::error(code::OUTPUT_VERSION, at(output::MANIFEST), message).hint(hint));
        }
        None => {
            for (path, message) in differing {
                diagnostics.push(Diagnostic::error(code::OUTPUT_DIFFERS, at(&path), message).hint("run `esep build`"));
            }
        }
    }
    for path in standing.strangers.iter().filter(|path| built.get(path).is_none()) {
        let warning = Diagnostic::warning(code::OUTPUT_DIFFERS, at(path), "is not esep's, so it was not compared");
        diagnostics.push(warning.hint("a reader may take it for a part of the report; a build leaves it as it is"));
    }
}

/// Names the program that wrote a manifest, where it is not of this version.
fn written_otherwise(manifest: &str) -> Option<String> {
    match output::written_by(manifest) {
        Some(output::PROGRAM) => None,
        Some(version) => Some(format!("esep {version}")),
        // A manifest that is not there or is cut says nothing of its writer.
        None if output::listed(manifest).is_empty() => None,
        None => Some("a version of esep that did not yet name itself".to_owned()),
    }
}
