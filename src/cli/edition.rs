//! Edition: `esep edition new`: the entry of the next edition, with what it takes from where and what it lacks.

mod plan;
mod text;

use std::fmt::Write;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use self::plan::Plan;
use super::answers::say;
use super::{Common, Format, conclude, disk, misused, print};
use crate::build;
use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::files::Files;
use crate::study::STUDY;

/// The arguments of `esep edition`.
#[derive(Args)]
pub(super) struct Arguments {
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
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let Command::New { name, from } = &arguments.command;
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)) || name.starts_with('.') {
        return misused("an edition is named by letters, digits, `-`, `_` and `.`");
    }
    let untouched = |failure| {
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(disk::untouched(&common.study, &failure));
        conclude(&diagnostics, &Files::default(), common, false)
    };
    if let Err(failure) = disk::settle_study(&disk::Real, &common.study) {
        return untouched(failure);
    }
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    let Ok(material) = build::material(&files, &mut diagnostics) else {
        return conclude(&diagnostics, &files, common, false);
    };
    let study = &material.study;
    if study.editions.contains_key(name) {
        return misused(&format!("the study has an edition `{name}` already"));
    }
    let Some(old) = study.editions.get(from) else {
        let known: Vec<&str> = study.editions.keys().map(String::as_str).collect();
        let hint = did_you_mean(from, known.iter().copied()).unwrap_or_else(|| format!("it has {}", known.join(", ")));
        return misused(&format!("the study has no edition `{from}`; {hint}"));
    };
    let (before, newest) = plan::before_the_newest(old);
    let old = if study.has_one_edition() { &before } else { old };
    let plan = Plan::of(&material, name, old);
    let entry = text::entry(name, study, &plan);
    let standing = study.has_one_edition().then(|| text::standing(from, study, old));
    let Some(written) = files.text(STUDY).and_then(|text| text::with_edition(text, from, standing.as_deref(), &entry))
    else {
        return misused(&format!(
            "{STUDY} does not hold its editions one below another; put this among them yourself:\n\n{entry}"
        ));
    };
    let mut changed = Files::default();
    for lang in &study.languages {
        let path = format!("templates/{lang}/strings.yaml");
        if let Some(strings) = text::with_words(files.text(&path).unwrap_or_default(), &plan.fresh) {
            changed.insert(path, strings);
        }
    }
    changed.insert(STUDY, written);
    let change = disk::Change { read: &files, written: &changed, gone: &[], naming: STUDY };
    if let Err(failure) = disk::change_study(&disk::Real, &common.study, &change) {
        return untouched(failure);
    }
    match common.format {
        Format::Json => say(&plan.answer(name, from)),
        Format::Human | Format::Csv | Format::Md | Format::Html => {
            print(&told(name, &plan));
            // That edition had no entry, and read all there was.
            for (table, vintage) in newest.iter().filter(|_| standing.is_some()) {
                print(&format!(
                    "{from} stays without `{vintage}` of {table}: put it into its entry where it had it before\n"
                ));
            }
        }
    }
    ExitCode::SUCCESS
}

/// Says for people what the edition takes, where it moves and what it lacks.
fn told(name: &str, plan: &Plan) -> String {
    let mut out = format!("edition {name} stands in {STUDY}; its words are TODO until you write them\n");
    out.push_str("takes:\n");
    for takes in &plan.takes {
        let _ = writeln!(out, "  {takes}");
    }
    plan.moved.iter().for_each(|(own, end)| out.push_str(&format!("moved to {end}: {own}\n")));
    plan.held.iter().for_each(|(own, end)| out.push_str(&format!("held at {end}: {own}\n")));
    let _ = writeln!(out, "lacking: {}", plan.lacking.len());
    plan.lacking.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
    if !plan.idle.is_empty() {
        let _ = writeln!(out, "pages that hold nothing new: {}", plan.idle.join(", "));
        out.push_str("  list those that the edition is to print under its `pages`, one of its own among them\n");
    }
    out
}
