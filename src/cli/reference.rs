//! Reference: the commands, codes, methods and functions as Markdown, written from the code.

use clap::CommandFactory;

use super::Cli;
use crate::analysis::{Group, METHODS};
use crate::diagnostic::CODES;
use crate::exhibit::{Choice, KINDS, SHARED};
use crate::expression::FUNCTIONS;
use crate::page;

/// Writes the whole reference.
pub fn text() -> String {
    let mut out = String::from(
        "# Reference\n\nWritten from the code by `esep reference`; a test compares the two.\n\n## Commands\n",
    );
    let command = Cli::command();
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        out.push_str(&format!(
            "\n### esep {}\n\n{}\n\n",
            sub.get_name(),
            sub.get_about().map(ToString::to_string).unwrap_or_default()
        ));
        for argument in sub.get_arguments().filter(|a| a.get_id() != "help") {
            let name = match argument.get_long() {
                Some(long) => format!("--{long}"),
                None => argument.get_id().to_string().to_uppercase(),
            };
            out.push_str(&format!(
                "- `{name}`: {}\n",
                argument.get_help().map(ToString::to_string).unwrap_or_default()
            ));
        }
    }
    out.push_str("\nEvery command takes `--study DIR` and `--format human|json`. Exit codes: 0 clean, 1 problems found, 2 wrong usage.\n");
    out.push_str("\n## Expressions\n\n| function | meaning |\n|---|---|\n");
    for function in FUNCTIONS {
        out.push_str(&format!("| `{}({})` | {} |\n", function.name, function.arguments, function.meaning));
    }
    methods(&mut out);
    charts(&mut out);
    out.push_str(&format!(
        "\n## Templates\n\nFunctions: `{}`. Filters: `{}`.\n",
        page::FUNCTIONS.join("`, `"),
        page::FILTERS.join("`, `")
    ));
    out.push_str("\n## Diagnostics\n\n| code | meaning |\n|---|---|\n");
    for code in CODES {
        out.push_str(&format!("| `{}` | {} |\n", code.code, code.meaning));
    }
    out
}

/// Lists the kinds of chart with their options.
fn charts(out: &mut String) {
    let line = |choice: &Choice| {
        let default =
            if choice.default.is_empty() { String::new() } else { format!(", by default {}", choice.default) };
        format!("- `{}`: {} ({}{default})\n", choice.name, choice.meaning, choice.takes)
    };
    out.push_str("\n## Charts\n\nEvery kind takes:\n\n");
    out.extend(SHARED.iter().map(line));
    for kind in KINDS {
        out.push_str(&format!("\n### {}\n\nShows {}. Takes {}.\n", kind.name, kind.shows, kind.takes));
        if !kind.options.is_empty() {
            out.push('\n');
            out.extend(kind.options.iter().map(line));
        }
    }
}

/// Lists the methods by their groups: roles, parameters and results under their fixed names.
fn methods(out: &mut String) {
    out.push_str("\n## Methods\n");
    for group in Group::ALL {
        out.push_str(&format!(
            "\n### {}\n\n| method | roles | parameters | results | literature |\n|---|---|---|---|---|\n",
            group.name()
        ));
        for method in METHODS.iter().filter(|method| method.group == group) {
            let roles: Vec<String> = method
                .roles
                .iter()
                .map(|role| {
                    let (many, optional) = (if role.many { "…" } else { "" }, if role.optional { "?" } else { "" });
                    format!("`{}`{many}{optional}", role.name)
                })
                .collect();
            let params: Vec<String> =
                method.params.iter().map(|param| format!("`{} = {}`", param.name, param.default)).collect();
            let results: Vec<String> = method
                .outputs
                .iter()
                .map(|output| format!("`{}` {}", output.name, output.formula.replace('|', "\\|")))
                .collect();
            out.push_str(&format!(
                "| `{}` | {} | {} | {} | {} |\n",
                method.name,
                roles.join(", "),
                params.join(", "),
                results.join("; "),
                method.literature
            ));
        }
    }
}
