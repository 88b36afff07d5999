//! Clean: `esep clean`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::answers::{Cleaned, say};
use super::cache::Cache;
use super::{Common, Format, conclude, disk, misused, print};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::Files;
use crate::study::STUDY;

/// The arguments of `esep clean`.
#[derive(Args)]
pub(super) struct Arguments {
    /// The folder of the cache; `ESEP_CACHE` where left out, or `esep` in the user's own cache folder.
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
}

/// Runs the command: removes what was kept to make builds of this study fast. The report stays.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    if !common.study.join(STUDY).is_file() {
        return misused("no study stands here; run it in the folder of one, or name one with --study");
    }
    let cache = Cache::open(arguments.cache.as_deref(), &common.study);
    match cache.clear(&disk::Real) {
        Ok((count, bytes)) => {
            match common.format {
                Format::Json => say(&Cleaned { removed: count, bytes }),
                Format::Human | Format::Csv | Format::Md | Format::Html => {
                    print(&format!("removed {count} files of the cache, {bytes} bytes\n"))
                }
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            let mut diagnostics = Diagnostics::default();
            let message = format!("the cache cannot be removed: {error}");
            diagnostics.push(Diagnostic::error(code::FILE_OUTPUT, Place::file("cache"), message));
            conclude(&diagnostics, &Files::default(), common, false)
        }
    }
}
