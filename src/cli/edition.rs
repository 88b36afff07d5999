//! Edition: `esep edition new`: the entry of the next edition, with what it lacks listed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{Common, Format, conclude, disk, misused, print};
use crate::build;
use crate::catalog::entry::Time;
use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::files::Files;
use crate::finding::{Code, Part, Period};
use crate::study::{Analysis, STUDY};

/// The arguments of `esep edition`.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the entry of a new edition into study.yaml: vintages inherited, periods moved as far as the tables reach.
    New {
        /// The name of the new edition.
        name: String,
        /// The edition that it continues.
        #[arg(long)]
        from: String,
    },
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let Command::New { name, from } = &arguments.command;
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)) || name.starts_with('.') {
        return misused("an edition is named by letters, digits, `-`, `_` and `.`");
    }
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    let Ok(material) = build::material(&files, &mut diagnostics) else {
        return conclude(&diagnostics, &files, common, false);
    };
    let study = &material.study;
    if study.editions.get(name).is_some() {
        return misused(&format!("the study has an edition `{name}` already"));
    }
    let Some(old) = study.editions.get(from) else {
        let hint = did_you_mean(from, study.editions.keys().map(String::as_str)).unwrap_or_default();
        return misused(&format!("the study has no edition `{from}`; {hint}"));
    };
    // A vintage that no edition names is newer than all that one does.
    let named: BTreeSet<(&str, &str)> = study
        .editions
        .values()
        .flat_map(|edition| &edition.vintages.value)
        .flat_map(|(table, list)| list.iter().map(move |vintage| (table.as_str(), vintage.as_str())))
        .collect();
    let mut vintages = old.vintages.value.clone();
    let mut fresh = BTreeSet::new();
    for resource in &material.catalog.resources {
        let (table, vintage) = (&resource.esep.table, &resource.esep.vintage);
        if !named.contains(&(table.as_str(), vintage.as_str())) {
            fresh.insert(vintage.clone());
            let list = vintages.entry(table.clone()).or_default();
            if !list.contains(vintage) {
                list.insert(0, vintage.clone());
            }
        }
    }
    let mut plan = Plan::default();
    let ends: BTreeMap<&str, String> = study
        .analyses
        .iter()
        .filter_map(|(own, analysis)| {
            let to = old.periods.get(own).and_then(|span| span.value.to.clone());
            Some((own.as_str(), to.or_else(|| analysis.value.period.to.clone())?))
        })
        .collect();
    let time = |analysis: &Analysis| {
        let table = analysis.table.as_ref().and_then(|table| material.catalog.tables.get(&table.value));
        table.map(|table| table.time == Time::Stock)
    };
    for (own, analysis) in study.analyses.iter() {
        let (Some(is_stock), Some(end)) = (time(&analysis.value), ends.get(own.as_str())) else { continue };
        // What ended before the edition did is of a time of its own: the ten years of a paper.
        let latest = (study.analyses.iter())
            .filter(|(_, other)| time(&other.value) == Some(is_stock))
            .filter_map(|(other, _)| ends.get(other.as_str()))
            .filter(|other| other.len() == end.len())
            .max();
        if latest != Some(end) {
            continue;
        }
        match reach(&analysis.value, &vintages, &material.dataset).map(|period| period.to_string()) {
            Some(reach) if reach > *end => drop(plan.moved.insert(own.clone(), reach)),
            _ => drop(plan.waits.insert(own.clone(), end.clone())),
        }
    }
    let mut waiting: Vec<String> = (plan.waits.iter())
        .filter_map(|(own, end)| {
            let analysis = &study.analyses.get(own)?.value;
            let (table, measure) = (analysis.table.as_ref()?, analysis.measure.as_ref()?);
            Some(format!("{own}: table `{}`, measure `{}` ends in {end}", &table.value, &measure.value))
        })
        .collect();
    for (own, analysis) in study.analyses.iter() {
        let Some(expr) = &analysis.value.expr else { continue };
        let words: BTreeSet<&str> = expr.value.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        let moved = words.iter().any(|word| plan.moved.contains_key(*word));
        let lacks: Vec<&str> = words.into_iter().filter(|word| plan.waits.contains_key(*word)).collect();
        if moved && !lacks.is_empty() {
            waiting.push(format!("{own}: waits for {}", lacks.join(", ")));
        }
    }
    let languages: BTreeSet<&str> = study.title.keys().map(String::as_str).collect();
    let entry = entry(
        name,
        &languages,
        &vintages,
        &old.periods.iter().filter_map(|(own, span)| Some((own.clone(), span.value.to.clone()?))).collect(),
        &plan,
    );
    let Some(text) = files.text(STUDY).and_then(|text| with_edition(text, from, &entry)) else {
        return misused(&format!(
            "{STUDY} does not hold the edition in the usual form; put this there yourself:\n\n{entry}"
        ));
    };
    let mut written = Files::default();
    for lang in &study.languages {
        let path = format!("templates/{lang}/strings.yaml");
        let Some(strings) = files.text(&path) else { continue };
        let open = fresh
            .iter()
            .map(|vintage| format!("vintage-{vintage}"))
            .filter(|key| !strings.contains(&format!("{key}:")));
        let lines: String = open.map(|key| format!("{key}: TODO\n")).collect();
        if !lines.is_empty() {
            written.insert(path, format!("{}\n{lines}", strings.trim_end()));
        }
    }
    written.insert(STUDY, text);
    if let Err(failure) = disk::change_study(&disk::Real, &common.study, &written, STUDY) {
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(disk::untouched(&common.study, &failure));
        return conclude(&diagnostics, &Files::default(), common, false);
    }
    match common.format {
        Format::Json => {
            let said = serde_json::json!({"edition": name, "from": from, "vintages": vintages, "moved": plan.moved, "lacking": waiting});
            print(&format!("{said:#}\n"));
        }
        Format::Human | Format::Csv | Format::Md | Format::Html => {
            let mut out = format!("edition {name} stands in {STUDY}; its words are TODO until you write them\n");
            plan.moved.iter().for_each(|(own, end)| out.push_str(&format!("  moved to {end}: {own}\n")));
            let _ = writeln!(out, "lacking: {}", waiting.len());
            waiting.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
            print(&out);
        }
    }
    ExitCode::SUCCESS
}

/// Which analyses go on, and which wait for figures, each with its end.
#[derive(Default)]
struct Plan {
    moved: BTreeMap<String, String>,
    waits: BTreeMap<String, String>,
}

/// The last period for which a table holds the figures of an analysis in some vintages: those of its one territory, or of
/// at least half as many keys as its fullest period.
fn reach(analysis: &Analysis, vintages: &BTreeMap<String, Vec<String>>, dataset: &Dataset) -> Option<Period> {
    let (table, measure) = (analysis.table.as_ref()?, analysis.measure.as_ref()?);
    let own = dataset.tables.get(&table.value)?;
    let alone = match analysis.territories.as_slice() {
        [one] => Code::parse(&one.value),
        _ => None,
    };
    let mut counts: BTreeMap<Period, usize> = BTreeMap::new();
    for cells in vintages.get(&table.value)?.iter().filter_map(|vintage| own.layers.get(vintage)?.get(&measure.value)) {
        for (key, _) in cells.iter().filter(|(_, cell)| cell.value.is_ok()) {
            let is_own = |code: &Code| key.0.contains(&Part::Territory(code.clone()));
            if let Some(period) = key.period().filter(|_| alone.as_ref().is_none_or(is_own)) {
                *counts.entry(period).or_default() += 1;
            }
        }
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().filter(|(_, count)| count * 2 >= most).map(|(period, _)| period).max()
}

fn entry(
    name: &str,
    languages: &BTreeSet<&str>,
    vintages: &BTreeMap<String, Vec<String>>,
    before: &BTreeMap<String, String>,
    plan: &Plan,
) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let titles: Vec<String> = languages.iter().map(|lang| format!("{lang}: TODO")).collect();
    let mut out = format!("  {}:\n    title: {{{}}}\n    vintages:\n", quoted(name), titles.join(", "));
    for (table, list) in vintages {
        let _ = writeln!(out, "      {table}: [{}]", list.join(", "));
    }
    let mut periods = before.clone();
    periods.extend(plan.moved.clone());
    if periods.is_empty() {
        out.push_str("    periods: {}\n");
    } else {
        out.push_str("    periods:\n");
        periods.iter().for_each(|(own, end)| out.push_str(&format!("      {own}: {{to: {end}}}\n")));
    }
    out
}

/// Puts an edition behind another.
fn with_edition(text: &str, from: &str, entry: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let head = lines.iter().position(|line| *line == "editions:")?;
    let is_own = |line: &str| {
        [format!("  \"{from}\":"), format!("  '{from}':"), format!("  {from}:")].iter().any(|own| line == own)
    };
    let start = (head..lines.len()).find(|at| is_own(lines[*at]))?;
    let is_inside = |line: &str| line.starts_with("    ") || line.trim().is_empty();
    let end = (start + 1..lines.len()).find(|at| !is_inside(lines[*at])).unwrap_or(lines.len());
    let (before, after) = (lines[..end].join("\n"), lines[end..].join("\n"));
    let after = if after.is_empty() { String::new() } else { after + "\n" };
    Some(format!("{}\n{entry}{after}", before.trim_end()))
}
