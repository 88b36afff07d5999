//! Build: `esep build`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::disk::{self, Cache};
use super::{Common, Format, conclude, print, progress};
use crate::build::{self, Wanted};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::Files;
use crate::output;

/// The arguments of `esep build`.
#[derive(Args)]
pub struct Arguments {
    /// Only this edition (may be given several times).
    #[arg(long, value_name = "NAME")]
    edition: Vec<String>,
    /// Only this language (may be given several times).
    #[arg(long, value_name = "CODE")]
    lang: Vec<String>,
    /// The folder to write; `report` in the study where left out.
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
    let out = arguments.out.clone().unwrap_or_else(|| common.study.join("report"));
    let wanted = Wanted { editions: arguments.edition.clone(), languages: arguments.lang.clone() };
    let whole = wanted.editions.is_empty() && wanted.languages.is_empty();
    let (cache, inputs) = (Cache::open(&common.study), disk::digest(&files));
    if whole && !arguments.strict && cache.is_current(&inputs, &out) {
        progress("nothing has changed");
        return conclude(&diagnostics, &files, common, false);
    }
    progress("checking, computing and composing …");
    let built = build::build(&files, &wanted, &mut diagnostics).ok();
    let clean = diagnostics.sorted().is_empty();
    if let Some(mut report) = built.filter(|_| clean || !arguments.strict) {
        progress("drawing …");
        let known = cache.pictures(&report);
        output::finish(&mut report, &known, &mut diagnostics);
        if diagnostics.verdict().is_ok() {
            write(report, whole, &out, common, &mut diagnostics);
        }
        // Warnings are said again at the next run.
        if whole && clean && diagnostics.verdict().is_ok() {
            cache.remember(&inputs, &out);
        }
    }
    conclude(&diagnostics, &files, common, arguments.strict)
}

fn write(mut report: Files, whole: bool, out: &std::path::Path, common: &Common, diagnostics: &mut Diagnostics) {
    let cache = Cache::open(&common.study);
    if whole {
        cache.keep_pictures(&report);
    }
    let written = || -> std::io::Result<usize> {
        let count = report.len();
        if !whole {
            // A partial build leaves the other editions and languages as they are.
            let mut all = disk::read_folder(out)?;
            let index = all.get("index.html").map(<[u8]>::to_vec);
            all.extend(std::mem::take(&mut report));
            if let Some(index) = index {
                all.insert("index.html", index);
            }
            let known = cache.pictures(&all);
            output::finish(&mut all, &known, &mut Diagnostics::default());
            report = all;
        }
        disk::replace_folder(out, &report)?;
        Ok(count)
    }();
    match written {
        Ok(count) if common.format == Format::Human => print(&format!("{}: {count} files\n", out.display())),
        Ok(_) => {}
        Err(error) => {
            let place = Place::file(out.display().to_string());
            let message = format!("cannot be written: {error}");
            let hint = "mend the permissions or choose another folder with --out; nothing was changed";
            diagnostics.push(Diagnostic::error(code::FILE_OUTPUT, place, message).hint(hint));
        }
    }
}
