//! Export: `esep build --to`: a report in another form, never within the report.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;

use super::cache::Cache;
use super::disk::{self, Real};
use super::{Common, Format, conclude, environment, print, progress};
use crate::build::{self, Wanted, Work};
use crate::diagnostic::{Diagnostics, Reported};
use crate::files::Files;

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
    progress("checking, computing and composing …");
    let work = build::work(&files, &asked.wanted, &cache.kept(), &mut diagnostics);
    let export = work.and_then(|work| written(asked.form, &work, &mut diagnostics));
    let refused = asked.strict && !diagnostics.sorted().is_empty();
    if let Some(export) = export.ok().filter(|_| !refused) {
        let out = asked.out.clone().unwrap_or_else(|| common.study.join(FOLDER).join(asked.form.folder()));
        for (path, bytes) in export.iter() {
            let path = out.join(path);
            match disk::write_whole(&Real, &path, bytes) {
                Ok(()) if common.format == Format::Human => print(&format!("{}\n", path.display())),
                Ok(()) => {}
                Err(problem) => diagnostics.push(*problem),
            }
        }
    }
    conclude(&diagnostics, &files, common, asked.strict)
}

fn written(form: Form, work: &Work, diagnostics: &mut Diagnostics) -> Result<Files, Reported> {
    match form {
        Form::SingleHtml => build::singles(work, diagnostics),
        Form::Typst => Ok(build::typst(work)),
        Form::Xlsx => build::workbooks(work, diagnostics),
    }
}
