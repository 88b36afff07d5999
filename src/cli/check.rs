//! Check: `esep check`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::disk::{self, Real, Standing};
use super::{Common, conclude, progress};
use crate::build::{self, Wanted};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::Files;
use crate::output;

/// The arguments of `esep check`.
#[derive(Args)]
pub struct Arguments {
    /// The report folder to compare with; `report` in the study where left out.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Take warnings for errors.
    #[arg(long)]
    strict: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    progress("checking, computing and composing …");
    if let Ok(mut report) = build::build(&files, &Wanted::default(), &mut diagnostics) {
        progress("drawing …");
        // Nothing that an earlier run has kept is believed here.
        output::finish(&mut report, &Default::default(), &mut diagnostics);
        let out = arguments.out.clone().unwrap_or_else(|| common.study.join("report"));
        match disk::recover(&Real, &out) {
            Ok(()) => compare(&report, &out, &mut diagnostics),
            Err(failure) => diagnostics.push(disk::trouble(&out, &failure)),
        }
    }
    conclude(&diagnostics, &files, common, arguments.strict)
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
    let mut differ = |path: &str, message: &str| {
        diagnostics.push(Diagnostic::error(code::OUTPUT_DIFFERS, at(path), message).hint("run `make report`"));
    };
    for (path, bytes) in built.iter() {
        match std::fs::read(out.join(path)) {
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
    for path in standing.strangers.iter().filter(|path| built.get(path).is_none()) {
        let warning = Diagnostic::warning(code::OUTPUT_DIFFERS, at(path), "is not esep's, so it was not compared");
        diagnostics.push(warning.hint("a reader may take it for a part of the report; a build leaves it as it is"));
    }
}
