//! Build: `esep build`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::cache::Cache;
use super::disk::{self, Real};
use super::{Common, Format, conclude, environment, export, pairs, print, progress};
use crate::build::{self, Wanted};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::Files;
use crate::output;

/// The arguments of `esep build`.
#[derive(Args)]
pub(super) struct Arguments {
    /// Only this edition (may be given several times).
    #[arg(long, value_name = "NAME")]
    edition: Vec<String>,
    /// Only this language (may be given several times).
    #[arg(long, value_name = "CODE")]
    lang: Vec<String>,
    /// Write an export instead of the report.
    #[arg(long, value_enum, value_name = "FORM")]
    to: Option<export::Form>,
    /// The folder to write; `report` in the study where left out, `export` for an export.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The folder for what makes a rebuild fast; `ESEP_CACHE` where left out, or `esep` in the user's own cache folder.
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// Say that sentences of two languages agree as they stand: all, or those of a file or a place (`FILE:LINE:COLUMN`).
    /// Written to `templates/pairs.txt`, beside which a build names what is changed in one language alone.
    #[arg(long, value_name = "PLACE", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    accept_pairs: Option<String>,
    /// Take warnings for errors.
    #[arg(long)]
    strict: bool,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let wanted = Wanted { editions: arguments.edition.clone(), languages: arguments.lang.clone() };
    if let Some(form) = arguments.to {
        let own = export::Asked { form, wanted, out: arguments.out.clone(), strict: arguments.strict };
        return export::run(&own, &Cache::open(arguments.cache.as_deref(), &common.study), common);
    }
    let mut diagnostics = Diagnostics::default();
    let mut files = disk::read_study(&common.study, &mut diagnostics);
    if let Some(at) = &arguments.accept_pairs
        && let Err(code) = pairs::accept(&mut files, at, common, &diagnostics)
    {
        return code;
    }
    let open = || build::open_texts(&files).filter(|open| !open.is_of_an_edition);
    if arguments.strict {
        open().for_each(|open| diagnostics.push(open.told));
    }
    let out = arguments.out.clone().unwrap_or_else(|| common.study.join("report"));
    let whole = wanted.editions.is_empty() && wanted.languages.is_empty();
    let (cache, inputs) = (Cache::open(arguments.cache.as_deref(), &common.study), disk::digest(&files));
    if let Err(failure) = disk::recover(&Real, &out) {
        diagnostics.push(disk::trouble(&out, &failure));
        return conclude(&diagnostics, &files, common, false);
    }
    cache.sweep(&Real);
    if let Some(warnings) = cache.current(&inputs, &out).filter(|told| whole && (told.is_empty() || !arguments.strict))
    {
        progress("nothing has changed");
        warnings.into_iter().for_each(|warning| diagnostics.push(warning));
        return conclude(&diagnostics, &files, common, arguments.strict);
    }
    if let Err(code) = environment::threads() {
        return code;
    }
    progress("checking, computing and composing …");
    let kept = cache.kept();
    let built = build::work(&files, &wanted, &kept, &mut diagnostics).ok().map(|work| work.report);
    let clean = diagnostics.sorted().is_empty();
    if let Some(mut report) = built.filter(|_| clean || !arguments.strict) {
        progress("drawing …");
        let known = cache.pictures(&report);
        output::finish(&mut report, &known, &mut diagnostics);
        if whole {
            cache.keep_pictures(&Real, &report);
            cache.keep(&Real, &kept);
        }
        let warnings = diagnostics.sorted();
        if diagnostics.verdict().is_ok() {
            if write(report, whole, &out, &cache, common, &mut diagnostics) && whole {
                cache.remember_inputs(&Real, &files, &out);
            }
            let open = open().count();
            if common.format == Format::Human && open > 0 && !arguments.strict {
                print(&format!("{open} texts are still TODO; `--strict` names them\n"));
            }
            // What was wrong in writing may be so no more.
            if whole && diagnostics.sorted() == warnings {
                cache.remember(&Real, &inputs, &out, &warnings);
            }
        }
    }
    // The process ends here, and the system takes all of it back at once.
    std::mem::forget(kept);
    conclude(&diagnostics, &files, common, arguments.strict)
}

/// Puts a report into its folder, and says so; returns whether it stands there.
pub(super) fn write(
    report: Files,
    whole: bool,
    out: &Path,
    cache: &Cache,
    common: &Common,
    diagnostics: &mut Diagnostics,
) -> bool {
    let count = report.len();
    let written = disk::publish(&Real, out, |standing, folder| {
        if whole {
            return Ok(report);
        }
        // A partial build leaves the other editions and languages as they are.
        let mut all = standing.files(folder)?;
        let index = all.get("index.html").map(<[u8]>::to_vec);
        all.extend(report);
        if let Some(index) = index {
            all.insert("index.html", index);
        }
        let known = cache.pictures(&all);
        output::finish(&mut all, &known, &mut Diagnostics::default());
        Ok(all)
    });
    let written = match written {
        Ok(written) => written,
        Err(failure) => {
            diagnostics.push(disk::trouble(out, &failure));
            return false;
        }
    };
    if common.format == Format::Human {
        print(&format!("{}: {count} files\n", out.display()));
    }
    let at = |path: &str| Place::file(out.join(path).display().to_string());
    for path in &written.altered {
        let message = "is of an earlier report and was altered since, so it stays";
        let warning = Diagnostic::warning(code::FILE_OUTPUT, at(path), message);
        diagnostics.push(warning.hint("no build writes it any more: take it away"));
    }
    if let Some(left) = &written.left {
        let message = format!("is written, but the report before could not all be removed: {left}");
        let place = Place::file(out.display().to_string());
        let hint =
            "what is left stands in or beside it in a folder whose name holds `.esep-`; the next build removes it";
        diagnostics.push(Diagnostic::warning(code::FILE_OUTPUT, place, message).hint(hint));
    }
    true
}
