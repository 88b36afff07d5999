//! Diff: `esep diff`.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{Common, Format, conclude, disk, print};
use crate::build::{self, Wanted};
use crate::diagnostic::Diagnostics;
use crate::finding::Amount;
use crate::output::ledger::{self, Change, Difference};

/// The arguments of `esep diff`.
#[derive(Args)]
pub struct Arguments {
    /// The earlier edition.
    from: String,
    /// The later edition.
    to: String,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    let wanted = Wanted { editions: vec![arguments.from.clone(), arguments.to.clone()], languages: Vec::new() };
    let built = build::material(&files, &mut diagnostics)
        .and_then(|material| Ok((build::editions(&material, &wanted, &mut diagnostics)?, material)));
    let Ok((built, material)) = built else { return conclude(&diagnostics, &files, common, false) };
    let find =
        |name: &str| built.iter().find(|b| b.edition.name == name).map(|b| (ledger::of(b, &material), &*b.edition));
    let (Some(from), Some(to)) = (find(&arguments.from), find(&arguments.to)) else {
        return conclude(&diagnostics, &files, common, false);
    };
    let difference = ledger::difference(&from.0, &to.0, (from.1, to.1));
    match common.format {
        Format::Json => print(&as_json(&difference, arguments)),
        Format::Human | Format::Csv => print(&as_text(&difference, arguments)),
    }
    ExitCode::SUCCESS
}

fn as_text(difference: &Difference, arguments: &Arguments) -> String {
    let mut out = String::new();
    let mut section = |title: &str, changes: &[Change]| {
        out.push_str(&format!("{title}: {}\n", changes.len()));
        for change in changes {
            out.push_str(&format!(
                "  {}\n    {}: {} = {}\n    {}: {} = {}\n",
                change.expression,
                arguments.from,
                change.from.0,
                readable(&change.from.1),
                arguments.to,
                change.to.0,
                readable(&change.to.1)
            ));
        }
        out.push('\n');
    };
    section("Revised (the same number, another value)", &difference.revised);
    section("New period (the same question, a later answer)", &difference.moved);
    for (title, list) in [
        ("Withdrawn (printed before, and no value now)", &difference.withdrawn),
        ("New (printed now, and no value before)", &difference.new),
    ] {
        out.push_str(&format!("{title}: {}\n", list.len()));
        for (expression, finding, value) in list {
            out.push_str(&format!("  {expression}\n    {finding} = {}\n", readable(value)));
        }
        out.push('\n');
    }
    out.push_str(&format!("Sentences that flipped: {}\n", difference.flipped.len()));
    for (place, expression, answers) in &difference.flipped {
        let [before, after] = answers.map(|holds| match holds {
            Some(true) => "holds",
            Some(false) => "does not hold",
            None => "undecided",
        });
        out.push_str(&format!(
            "  {place}\n    {expression}\n    {}: {before}; {}: {after}\n",
            arguments.from, arguments.to
        ));
    }
    out
}

/// Writes a fraction with three decimals; the JSON form keeps it exact.
fn readable(value: &str) -> String {
    let fraction =
        value.split_once('/').and_then(|(above, below)| Amount::parse(above)?.divided_by(&Amount::parse(below)?));
    fraction.map_or_else(|| value.to_owned(), |amount| amount.round(3).to_string())
}

fn as_json(difference: &Difference, arguments: &Arguments) -> String {
    let changes = |list: &[Change]| -> Vec<_> {
        let side = |(id, value): &(String, String)| json!({"finding": id, "value": value});
        list.iter().map(|c| json!({"expression": c.expression, "from": side(&c.from), "to": side(&c.to)})).collect()
    };
    let flipped: Vec<_> = difference
        .flipped
        .iter()
        .map(|(place, expression, [from, to])| json!({"place": place, "expression": expression, "holds_from": ledger::answer(*from), "holds_to": ledger::answer(*to)}))
        .collect();
    let alone = |list: &[(String, String, String)]| -> Vec<_> {
        let one = |(expression, finding, value): &(String, String, String)| json!({"expression": expression, "finding": finding, "value": value});
        list.iter().map(one).collect()
    };
    let value = json!({
        "from": arguments.from,
        "to": arguments.to,
        "revised": changes(&difference.revised),
        "new_period": changes(&difference.moved),
        "withdrawn": alone(&difference.withdrawn),
        "new": alone(&difference.new),
        "flipped": flipped,
    });
    format!("{value:#}\n")
}
