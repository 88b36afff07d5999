//! Status: `esep status`: which inputs changed since the last build, and what they reach, before anything is built.
//!
//! What reaches what is read from names: a table is what an analysis names, an analysis what a finding, a sentence, an
//! exhibit or a claim names. So nothing is left out, and what is named may turn out to be as it was.

mod reach;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::answers::{ChangedInput, Status, say};
use super::cache::Cache;
use super::disk;
use super::{Common, Format, conclude, print};
use crate::diagnostic::{Diagnostics, listed};
use reach::{Map, Reach};

/// The arguments of `esep status`.
#[derive(Args)]
pub(super) struct Arguments {
    /// Say by which names each finding is reached.
    #[arg(long)]
    why: bool,
    /// The report folder; `report` in the study where left out.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The folder for what makes a rebuild fast; `ESEP_CACHE` where left out, or `esep` in the user's own cache folder.
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    if files.is_empty() {
        let _ = crate::build::material(&files, &mut diagnostics);
        return conclude(&diagnostics, &files, common, false);
    }
    let out = arguments.out.clone().unwrap_or_else(|| common.study.join("report"));
    let cache = Cache::open(arguments.cache.as_deref(), &common.study);
    let before = cache.inputs(&out);
    let map = Map::of(&files);
    let changes: Vec<(String, &str, Reach)> = match &before {
        Some(before) => {
            let all = files.iter().map(|(path, _)| path).chain(before.keys().map(String::as_str));
            let all: std::collections::BTreeSet<&str> = all.collect();
            let change = |path: &str| {
                let how = match (before.get(path), files.get(path)) {
                    (Some(old), Some(new)) if old.is(new) => return None,
                    (Some(_), Some(_)) => "changed",
                    (Some(_), None) => "removed",
                    (None, _) => "added",
                };
                let old = before.get(path).and_then(|old| old.text.as_deref());
                Some((path.to_owned(), how, map.reach(path, old, files.text(path))))
            };
            all.into_iter().filter_map(change).collect()
        }
        None => Vec::new(),
    };
    match common.format {
        Format::Json => {
            let input = |(file, how, reach): &(String, &str, Reach)| ChangedInput {
                file: file.clone(),
                change: (*how).to_owned(),
                places: reach.places.clone(),
                reaches: reach.said(),
                why: arguments.why.then(|| reach.why.clone()),
            };
            let mut whole = Reach::default();
            changes.iter().for_each(|(.., reach)| whole.extend(reach));
            say(&Status {
                current: before.is_some() && changes.is_empty(),
                remembered: before.is_some(),
                inputs: changes.iter().map(input).collect(),
                reaches: whole.said(),
            });
        }
        Format::Human | Format::Csv | Format::Md | Format::Html => {
            print(&told(&changes, before.is_some(), arguments.why))
        }
    }
    ExitCode::SUCCESS
}

fn told(changes: &[(String, &str, Reach)], is_remembered: bool, why: bool) -> String {
    if !is_remembered {
        return "no build of this study is remembered: everything is to be made\n".to_owned();
    }
    if changes.is_empty() {
        return "no input has changed since the last build\n".to_owned();
    }
    let mut out = String::new();
    for (file, how, reach) in changes {
        out.push_str(&format!("{file} {how}"));
        if !reach.places.is_empty() {
            out.push_str(&format!(" at {}", listed(reach.places.iter().cloned())));
        }
        out.push('\n');
        if reach.is_whole {
            out.push_str("  reaches every page\n");
        }
        for (what, names) in reach.parts() {
            if !names.is_empty() {
                out.push_str(&format!("  {what} ({}): {}\n", names.len(), listed(names.iter().cloned())));
            }
        }
        if why {
            for (name, cause) in &reach.why {
                out.push_str(&format!("  {name} names {cause}\n"));
            }
        }
    }
    out
}
