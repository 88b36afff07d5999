//! Upgrade: `esep upgrade`.

use std::process::ExitCode;

use clap::Args;

use super::answers::{Upgraded, say};
use super::{Common, Format, conclude, disk, misused, print};
use crate::diagnostic::{Diagnostics, Severity};
use crate::study::{FORMAT, STUDY, upgraded};

/// The arguments of `esep upgrade`.
#[derive(Args)]
pub(super) struct Arguments {
    /// Show the difference and change nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Runs the command: brings `study.yaml` to the format of this program, and shows the difference.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_style(&common.study, &[], &mut diagnostics);
    let Some(text) = files.text(STUDY) else {
        if diagnostics.verdict().is_err() {
            return conclude(&diagnostics, &files, common, false);
        }
        return misused("no study stands here; run it in the folder of one, or name one with --study");
    };
    let new = match upgraded(text) {
        Ok(new) => new,
        Err(problem) => {
            diagnostics.push(*problem);
            return conclude(&diagnostics, &files, common, false);
        }
    };
    let changed = new != text;
    let difference = difference(text, &new);
    if changed
        && !arguments.dry_run
        && let Err(problem) = disk::write_whole(&disk::Real, &common.study.join(STUDY), new.as_bytes())
    {
        diagnostics.push(*problem);
        return conclude(&diagnostics, &files, common, false);
    }
    let written = changed && !arguments.dry_run;
    match common.format {
        Format::Json => {
            say(&Upgraded { format: FORMAT, changed: written, difference });
        }
        _ if !changed => print(&format!("{STUDY} is of format {FORMAT}, which is today's\n")),
        _ => print(&format!("{}\n", difference.join("\n"))),
    }
    let is_error = |list: &Diagnostics| list.sorted().iter().any(|problem| problem.severity == Severity::Error);
    ExitCode::from(u8::from(is_error(&diagnostics)))
}

/// Lists the lines that differ: `-` before one that goes, `+` before one that comes. Lines are changed or added, never moved.
fn difference(old: &str, new: &str) -> Vec<String> {
    let (mut out, mut rest) = (Vec::new(), old.lines().peekable());
    let added = new.lines().count() - old.lines().count().min(new.lines().count());
    let mut more = added;
    for line in new.lines() {
        match rest.peek() {
            Some(own) if *own == line => drop(rest.next()),
            Some(_) if more == 0 => {
                out.extend(rest.next().map(|gone| format!("-{gone}")));
                out.push(format!("+{line}"));
            }
            _ => {
                more = more.saturating_sub(1);
                out.push(format!("+{line}"));
            }
        }
    }
    out
}
