//! Export: `esep build --to`: a report in another form, never within the report.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;

use super::cache::Cache;
use super::disk::{self, Real};
use super::{Common, Format, conclude, environment, inputs, places, print, progress};
use crate::build::{self, Wanted, Work};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Reported, code};
use crate::files::Files;
use crate::output::{MANIFEST, written_by};

/// The forms of a report beside the report itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// One HTML file a language, with everything within.
    SingleHtml,
    /// Typst files a language, with their form, figures and fonts; `compile.py` beside them makes PDF of them.
    Typst,
    /// A workbook a language: a sheet an exhibit, the numbers of the text as live formulas over source cells.
    Xlsx,
}

impl Form {
    /// The folder among the exports: what consists of several files has one of its own.
    fn folder(self) -> &'static str {
        match self {
            Form::SingleHtml | Form::Xlsx => "",
            Form::Typst => "typst",
        }
    }
}

/// What is asked for.
pub(super) struct Asked {
    /// The form.
    pub(super) form: Form,
    /// Of which editions and languages.
    pub(super) wanted: Wanted,
    /// The folder to write.
    pub(super) out: Option<PathBuf>,
    /// True where warnings are errors.
    pub(super) strict: bool,
}

/// The folder of exports in a study.
pub(super) const FOLDER: &str = "export";

/// Writes an export.
pub(super) fn run(asked: &Asked, cache: &Cache, common: &Common) -> ExitCode {
    if let Err(code) = environment::threads() {
        return code;
    }
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    let out = asked.out.clone().unwrap_or_else(|| common.study.join(FOLDER).join(asked.form.folder()));
    if let Err(problem) = inputs::spare_folder(&out) {
        diagnostics.push(*problem);
        return conclude(&diagnostics, &files, common, asked.strict);
    }
    progress("checking, computing and composing …");
    let work = build::work(&files, &asked.wanted, &cache.kept(), &mut diagnostics);
    let export = work.and_then(|work| written(asked.form, &work, &mut diagnostics));
    if let (Form::Typst, Ok(export)) = (asked.form, &export) {
        places::letters(export, &files, &mut diagnostics);
    }
    let refused = asked.strict && !diagnostics.sorted().is_empty();
    if let Some(export) = export.ok().filter(|_| !refused) {
        for (path, bytes) in export.iter() {
            put(&out.join(path), bytes, common, &mut diagnostics);
        }
    }
    conclude(&diagnostics, &files, common, asked.strict)
}

fn written(form: Form, work: &Work, diagnostics: &mut Diagnostics) -> Result<Files, Reported> {
    match form {
        Form::SingleHtml => build::singles(work, diagnostics),
        Form::Typst => Ok(build::typst(work)),
        Form::Xlsx => build::workbooks(work, &|_| true, diagnostics),
    }
}

/// Writes one file of an export and says where; none into a report, which holds what a build writes and nothing else.
pub(super) fn put(path: &Path, bytes: &[u8], common: &Common, diagnostics: &mut Diagnostics) {
    if let Some(report) = report_above(path) {
        let message =
            format!("lies in the report {}, which holds what a build writes and nothing else", report.display());
        let problem = Diagnostic::error(code::FILE_OUTPUT, Place::file(path.display().to_string()), message);
        diagnostics.push(problem.hint("name another place with --out"));
        return;
    }
    if let Err(problem) = inputs::spare(path) {
        return diagnostics.push(*problem);
    }
    match disk::write_whole(&Real, path, bytes) {
        Ok(()) if common.format == Format::Human => print(&format!("{}\n", path.display())),
        Ok(()) => {}
        Err(problem) => diagnostics.push(*problem),
    }
}

/// Finds the report in which a path lies.
fn report_above(path: &Path) -> Option<PathBuf> {
    let standing = path.ancestors().skip(1).find_map(|folder| match folder.as_os_str().is_empty() {
        true => fs::canonicalize(".").ok(),
        false => fs::canonicalize(folder).ok(),
    })?;
    let is_report = |folder: &&Path| {
        fs::read_to_string(folder.join(MANIFEST)).is_ok_and(|manifest| written_by(&manifest).is_some())
    };
    standing.ancestors().find(is_report).map(Path::to_owned)
}
