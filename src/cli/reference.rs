//! Reference: the commands, codes, methods and functions as Markdown, written from the code.

mod keys;

use clap::CommandFactory;

use super::Cli;
use crate::analysis::{Group, METHODS, MethodRole};
use crate::diagnostic::CODES;
use crate::exhibit::{Choice, KINDS, SHARED};
use crate::expression::FUNCTIONS;
use crate::finding::Reason;
use crate::language::{Lang, Language, texts};
use crate::page;

/// Writes the whole reference.
pub(super) fn text() -> String {
    let mut out = String::from(
        "# Reference\n\nWritten from the code by `esep reference`; a test compares the two.\n\n## Commands\n",
    );
    let command = Cli::command();
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        commands(&mut out, "esep", sub);
    }
    for (outer, sub) in command.get_subcommands().flat_map(|outer| outer.get_subcommands().map(move |sub| (outer, sub)))
    {
        let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
        out.push_str(&format!("\n### esep {} {}\n\n{about}\n\n", outer.get_name(), sub.get_name()));
        for argument in sub.get_arguments().filter(|a| a.get_id() != "help") {
            let id = argument.get_id().to_string().to_uppercase();
            let name = argument.get_long().map_or(id, |long| format!("--{long}"));
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            out.push_str(&format!("- `{name}`: {help}\n"));
        }
    }
    out.push_str("\nEvery command takes `--study DIR` and `--format human|json`. Exit codes: 0 clean, 1 problems found, 2 wrong usage.\n");
    out.push_str("\n## Expressions\n\n| function | meaning |\n|---|---|\n");
    for function in FUNCTIONS {
        out.push_str(&format!("| `{}({})` | {} |\n", function.name, function.arguments, function.meaning));
    }
    methods(&mut out);
    charts(&mut out);
    out.push_str(&templates());
    out.push_str(&EXHIBITS.replace("{reasons}\n", &reasons()));
    out.push_str(&catalogue());
    out.push_str(&keys::text());
    out.push_str(CHECKS_HEAD);
    for (name, keys, meaning) in crate::catalog::check::CHECKS {
        let keys: Vec<String> = keys.split(", ").map(|key| format!("`{key}`")).collect();
        out.push_str(&format!("| `{name}` | {} | {meaning} |\n", keys.join(", ")));
    }
    out.push_str("\n## Diagnostics\n\n| code | meaning |\n|---|---|\n");
    for code in CODES {
        out.push_str(&format!("| `{}` | {} |\n", code.code, code.meaning));
    }
    out
}

/// How territories are listed, and how the catalogue declares what must hold.
const CHECKS_HEAD: &str = "
## Territories

`data/territories.yaml` lists the territories that the tables speak of; a study whose tables have none needs no such file.

```yaml
territories:
  - {code: US, kind: country, names: {en: {name: United States}}}
  - {code: US-CA, kind: state, names: {en: {name: California}}}
  - {code: school-12, kind: school, part_of: US-CA, names: {en: {name: School No 12}}}
groups: {schools: [school], coasts: [US-CA, US-NY]}
```

A code is at most 23 bytes without spaces, commas, brackets, quotation marks, `=` and `|`; `@` stands before the year of its \
borders (`KZ-63@2022`). `kind` is a word of the list's own. The country is what is of the kind `country`, or else the whole \
that is part of nothing. `part_of` says whose part a territory is; left out, it is the country whose code begins its own, or \
the only country. `groups` names sets by kinds and codes; `regions`, the parts of a country, `cities`, `districts` and \
`oblasts` need no declaring. `borders`, `reforms`, `from`, `until`, `successor_of`, and `table` beside `name`, may be left out.

## Checks of the data

Declared beside a table under `checks`, as `{check: parts, whole: total, parts: [urban, rural]}`. All numbers are exact \
decimals. A sum over the parts of a whole in one row is made in each vintage alone; what stands in several rows or tables is compared in the vintages \
that each edition prefers, unless the check names one. A residual that has a reason is accepted under \
`accept: [{key: \"KZ,2008\", residual: 204887, reason: …}]` and must occur. `–` (no phenomenon) counts as zero; a sum that \
lacks a value is not made, and is warned of.

| check | takes | holds where |
|---|---|---|
";

/// How `study.yaml` writes tables and short selections.
const EXHIBITS: &str = include_str!("reference/exhibits.md");

/// Lists the properties of Data Package v2 that the catalogue honours.
fn catalogue() -> String {
    let mut out = String::from(
        "\n## Catalogue\n\n`data/datapackage.yaml` is a Data Package v2. Of the standard it honours what stands here; a key that the \
         standard does not have, and a property or value that cannot be honoured, is an error at its line. A file that is \
         described is read whole: every cell has the type of its field and keeps to its constraints, ignored columns too. The \
         properties stand among the keys below.\n",
    );
    out.push_str(
        "\n### Workbooks\n\nA resource whose `esep` block has a `layout` in place of `columns` is read cell by cell: XLSX, XLS, ODS, \
         or delimited text of any encoding and delimiter, known by their bytes. `esep data inspect` drafts the layout, `esep data \
         add` takes the file in. Each cell that holds something is data, header, note or left out by a rule; one that is none of \
         them is an error at its sheet and cell. Names are compared without regard to capitals and spaces: first the layout's own, \
         then `data/aliases.yaml` (`territories`: code → names; `members`: dimension → member → names; `measures`: measure → \
         names) and the names of `territories.yaml`. The mark of a footnote behind a name is taken off where a note below begins \
         with it, or where it is raised, and kept with the cells. A number is what the file's program shows of it, to 15 \
         digits; per cent is read as shown.\n",
    );
    out.push_str(&format!(
        "\nPeriods stand in a dimension, and in the column of `esep method run --order`, in any of these forms: {}.\n",
        crate::language::PERIOD_FORMS.trim_start_matches("write ")
    ));
    out
}

/// Lists why a number may be missing.
fn reasons() -> String {
    let row = |reason: &Reason| format!("| `{}` | {} |\n", reason.code(), reason.meaning());
    format!("| missing | meaning |\n|---|---|\n{}", Reason::ALL.iter().map(row).collect::<String>())
}

/// Describes a command and those below it.
fn commands(out: &mut String, above: &str, command: &clap::Command) {
    let name = format!("{above} {}", command.get_name());
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    out.push_str(&format!("\n### {name}\n\n{about}\n\n"));
    for argument in command.get_arguments().filter(|a| a.get_id() != "help") {
        let name = match argument.get_long() {
            Some(long) => format!("--{long}"),
            None => argument.get_id().to_string().to_uppercase(),
        };
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        out.push_str(&format!("- `{name}`: {help}\n"));
    }
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        commands(out, &name, sub);
    }
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
    out.push_str("\n## Methods\n\nA `?` marks a role that may be left out, `…` one that takes several columns.\n");
    let words = Language::own(Lang::En);
    for group in Group::ALL {
        out.push_str(&format!("\n### {}\n", words.said(&format!("group-{}", group.name()))));
        for method in METHODS.iter().filter(|method| method.group == group) {
            let role = |role: &MethodRole| {
                let (many, optional) = (if role.many { "…" } else { "" }, if role.optional { "?" } else { "" });
                format!("`{}`{many}{optional}", role.name)
            };
            let roles: Vec<String> = method.roles.iter().map(role).collect();
            let title = words.said(&method.key("title"));
            out.push_str(&format!("\n#### {}\n\n{title}. Roles: {}.", method.name, roles.join(", ")));
            let params: Vec<String> =
                method.params.iter().map(|param| format!("`{} = {}`", param.name, param.default)).collect();
            if !params.is_empty() {
                out.push_str(&format!(" Parameters: {}.", params.join(", ")));
            }
            out.push_str("\n\n");
            for output in method.outputs {
                out.push_str(&format!("- `{}`: {}\n", output.name, output.formula.replace('*', "\\*")));
            }
            out.push_str(&format!("\n{}\n", texts::literature(method.name).unwrap_or_default()));
        }
    }
}

/// Writes the functions and filters of templates, the filters with examples that a test runs.
fn templates() -> String {
    let mut out = format!("\n## Templates\n\nFunctions: `{}`.\n", page::FUNCTIONS.join("`, `"));
    out.push_str(
        "\nThe examples use literals, which only `esep eval` allows; a page writes `q(\"…\")` in their place. ",
    );
    out.push_str("`scale=` is thousands, millions, billions or trillions.\n");
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
