//! Pairs: `esep build --accept-pairs`: somebody says that sentences of two languages agree.

use std::process::ExitCode;

use super::disk::{self, Real};
use super::{Common, Format, conclude, environment, misused, print};
use crate::build;
use crate::diagnostic::{Diagnostics, Place};
use crate::files::Files;
use crate::page::pairs::{self, PAIRS, Pair};

/// Accepts the pairs at a place, or all, writes the file that keeps them, and puts it among the inputs.
pub(super) fn accept(files: &mut Files, at: &str, common: &Common, read: &Diagnostics) -> Result<(), ExitCode> {
    environment::threads()?;
    let mut diagnostics = read.clone();
    let material = build::material(files, &mut diagnostics);
    let Ok(material) = material else { return Err(conclude(&diagnostics, files, common, false)) };
    let mut own = Diagnostics::default();
    let Some(accepted) = pairs::accept(material.prose.pairs(), files, at, &mut own) else {
        let place = if at.is_empty() { "no sentence stands beside one of another language" } else { at };
        return Err(misused(&format!("--accept-pairs: {place}: there is no pair of sentences")));
    };
    if let Err(problem) = disk::write_whole(&Real, &common.study.join(PAIRS), accepted.text.as_bytes()) {
        own.push(*problem);
        return Err(conclude(&own, files, common, false));
    }
    if common.format == Format::Human {
        accepted.new.iter().for_each(|pair| print(&said(pair)));
        let (new, count, gone) = (accepted.new.len(), accepted.count, accepted.gone);
        print(&format!("{PAIRS}: {count} pairs, {new} of them new; {gone} are there no more\n"));
    }
    files.insert(PAIRS, accepted.text);
    Ok(())
}

/// Shows both versions of what was accepted, so that whoever says it sees what is said.
fn said(pair: &Pair) -> String {
    let at = |place: &Place| place.to_string();
    let [left, right] = pair.sides();
    format!("{}: {}\n    {}: {}\n", at(&left.place), left.words, at(&right.place), right.words)
}
