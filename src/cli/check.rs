//! Check: `esep check`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::disk::{self, Cache};
use super::{Common, conclude, progress};
use crate::build::{self, Wanted};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::{Files, sha256};
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
        let cache = Cache::open(&common.study);
        progress("drawing …");
        let known = cache.pictures(&report);
        output::finish(&mut report, &known, &mut diagnostics);
        let out = arguments.out.clone().unwrap_or_else(|| common.study.join("report"));
        match disk::read_folder(&out) {
            Ok(standing) => compare(&report, &standing, &mut diagnostics),
            Err(error) => {
                let place = Place::file(out.display().to_string());
                diagnostics.push(Diagnostic::error(code::FILE_OUTPUT, place, format!("cannot be read: {error}")));
            }
        }
    }
    conclude(&diagnostics, &files, common, arguments.strict)
}

/// Reports each file of the report folder that is not what a build writes.
///
/// A picture that is not there is no difference: its hash stands in the checksums.
fn compare(built: &Files, standing: &Files, diagnostics: &mut Diagnostics) {
    let hashes = |files: &Files| -> BTreeMap<String, String> {
        files.iter().map(|(path, bytes)| (path.to_owned(), sha256(bytes))).collect()
    };
    let (built, standing) = (hashes(built), hashes(standing));
    let mut differ = |path: &str, message: &str| {
        let place = Place::file(format!("report/{path}"));
        diagnostics.push(Diagnostic::error(code::OUTPUT_DIFFERS, place, message).hint("run `make report`"));
    };
    for (path, hash) in &built {
        match standing.get(path) {
            Some(found) if found == hash => {}
            Some(_) => differ(path, "is not what a build writes"),
            None if path.ends_with(".png") => {}
            None => differ(path, "is missing"),
        }
    }
    for path in standing.keys().filter(|path| !built.contains_key(*path)) {
        differ(path, "is written by no build");
    }
}
