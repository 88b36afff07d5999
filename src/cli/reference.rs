//! Reference: the commands, codes, methods and functions as Markdown, written from the code.

use clap::CommandFactory;

use super::Cli;
use crate::analysis::METHODS;
use crate::diagnostic::CODES;
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
    out.push_str("\n## Methods\n\n| method | adds | literature |\n|---|---|---|\n");
    for method in METHODS {
        let members: Vec<String> =
            method.members.iter().map(|(name, formula)| format!("`{name}` {}", formula.replace('|', "\\|"))).collect();
        out.push_str(&format!("| `{}` | {} | {} |\n", method.name, members.join("; "), method.literature));
    }
    out.push_str(&templates());
    out.push_str("\n## Diagnostics\n\n| code | meaning |\n|---|---|\n");
    for code in CODES {
        out.push_str(&format!("| `{}` | {} |\n", code.code, code.meaning));
    }
    out
}

/// Writes the functions and filters of templates, the filters with examples that a test runs.
fn templates() -> String {
    let mut out = format!("\n## Templates\n\nFunctions: `{}`.\n", page::FUNCTIONS.join("`, `"));
    out.push_str(
        "\nThe examples use literals, which only `esep eval` allows; a page writes `q(\"…\")` in their place. ",
    );
    out.push_str("`scale=` is thousands, millions or billions.\n");
    out.push_str("\n| filter | meaning | examples |\n|---|---|---|\n");
    let functions = [(page::CHANGES, true)].into_iter();
    for (filter, function) in page::FILTERS.iter().map(|filter| (*filter, false)).chain(functions) {
        let name = match (filter.arguments, function) {
            ("", _) => filter.name.to_owned(),
            (arguments, _) => format!("{}({arguments})", filter.name),
        };
        let examples: Vec<String> = filter
            .examples
            .iter()
            .map(|(lang, template, said)| {
                format!("{lang} `{}` → {}", template.replace('|', "\\|"), said.replace('~', "\u{a0}"))
            })
            .collect();
        out.push_str(&format!(
            "| `{}` | {} | {} |\n",
            name.replace('|', "\\|"),
            filter.meaning.replace('|', "\\|"),
            examples.join("<br>")
        ));
    }
    out
}
