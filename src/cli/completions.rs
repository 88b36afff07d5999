//! Completions: `esep completions`.

use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::answers::{Completed, say};
use super::{Cli, Common, Format, print};

/// The arguments of `esep completions`.
#[derive(Args)]
pub(super) struct Arguments {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

/// Runs the command: prints a script that the shell reads, as its own manual says where.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "esep", &mut script);
    let script = String::from_utf8_lossy(&script);
    match common.format {
        Format::Json => {
            say(&Completed { shell: arguments.shell.to_string(), script: &script });
        }
        Format::Human | Format::Csv | Format::Md | Format::Html => print(&script),
    }
    ExitCode::SUCCESS
}
