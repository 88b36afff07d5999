//! Chart: `esep chart list`.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::answers::{ChartListed, ChartOption, Charts, say};
use super::{Common, Format, print};
use crate::exhibit::{Choice, KINDS, SHARED};

/// The arguments of `esep chart`.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// List the kinds with what they take and their options.
    List,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    match (&arguments.what, common.format) {
        (What::List, Format::Json) => {
            let kinds = KINDS.iter().map(|kind| ChartListed {
                name: kind.name,
                shows: kind.shows,
                takes: kind.takes,
                options: kind.options.iter().map(option).collect(),
            });
            say(&Charts { kinds: kinds.collect(), shared: SHARED.iter().map(option).collect() });
        }
        (What::List, Format::Human | Format::Csv | Format::Md | Format::Html) => print(&text()),
    }
    ExitCode::SUCCESS
}

fn option(choice: &Choice) -> ChartOption {
    let default = (!choice.default.is_empty()).then_some(choice.default);
    ChartOption { name: choice.name, takes: choice.takes, default, meaning: choice.meaning }
}

fn text() -> String {
    let line = |choice: &Choice| {
        let default = if choice.default.is_empty() { String::new() } else { format!("; {}", choice.default) };
        format!("    {}: {} ({}{default})\n", choice.name, choice.meaning, choice.takes)
    };
    let mut out = String::new();
    for kind in KINDS {
        out.push_str(&format!("{}\n  {}\n  takes {}\n", kind.name, kind.shows, kind.takes));
        out.extend(kind.options.iter().map(line));
        out.push('\n');
    }
    out.push_str("every kind\n");
    out.extend(SHARED.iter().map(line));
    out
}
