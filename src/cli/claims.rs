//! Claims: `esep claims`.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use super::{Common, Format, conclude, disk, misused, print};
use crate::analysis::Edition;
use crate::build;
use crate::claim::scan::{Found, scan};
use crate::claim::search::{Hit, Sought, nearest, search};
use crate::claim::stub::stub;
use crate::diagnostic::Diagnostics;
use crate::files::Files;

/// The arguments of `esep claims`.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Search the findings for what prints as a number does: `19967964`, `14883,6`, `"43,2 тыс"`.
    Explain {
        /// The number as printed, with its scale word where it has one.
        number: String,
    },
    /// Find the numbers of a paper's text (TXT, DOCX) and write a stub of claims with what the findings propose.
    Scan {
        /// The text, or `-` for standard input.
        file: String,
        /// List everything found, years and references too, instead of the stub.
        #[arg(long)]
        all: bool,
    },
}

/// More hits than this are counted, not listed.
const MOST_HITS: usize = 12;

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    match &arguments.command {
        Command::Explain { number } => explain(number, common),
        Command::Scan { file, all } => scan_file(file, *all, common),
    }
}

/// Computes all editions, and names the vintages that are papers' own figures.
fn editions(common: &Common, diagnostics: &mut Diagnostics) -> Option<(Vec<Edition>, Vec<String>)> {
    let files = disk::read_study(&common.study, diagnostics);
    let material = build::material(&files, diagnostics).ok();
    let found = material.as_ref().and_then(|material| {
        let names = material.study.editions.keys();
        let editions =
            names.map(|name| build::edition(material, Some(name), diagnostics).ok()).collect::<Option<Vec<_>>>()?;
        let own = material.papers.iter().flat_map(|paper| paper.entry.vintages.clone()).collect();
        Some((editions, own))
    });
    if found.is_none() {
        conclude(diagnostics, &files, common, false);
    }
    found
}

fn explain(number: &str, common: &Common) -> ExitCode {
    let Some(sought) = Sought::parse(number) else { return misused(&format!("`{number}` is not a number")) };
    let mut diagnostics = Diagnostics::default();
    let Some((editions, own)) = editions(common, &mut diagnostics) else { return ExitCode::from(1) };
    let editions: Vec<&Edition> = editions.iter().collect();
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let hits = search(&sought, &editions, &own);
    let near = if hits.is_empty() { nearest(&sought, &editions, &own) } else { Vec::new() };
    if common.format == Format::Json {
        let list = |hits: &[Hit]| hits.iter().map(as_json).collect::<Vec<_>>();
        print(&format!("{:#}\n", json!({"number": number, "found": list(&hits), "nearest": list(&near)})));
    } else {
        print(&as_text(number, &hits, &near));
    }
    ExitCode::from(u8::from(hits.is_empty()))
}

fn as_json(hit: &Hit) -> serde_json::Value {
    json!({
        "expression": hit.expr, "value": hit.value.to_string(), "unit": hit.unit.name(), "scale": hit.scale,
        "how": hit.how, "rounding": hit.mode.name(), "vintages": hit.vintages, "edition": hit.edition,
        "sign_left_out": hit.unsigned,
    })
}

fn as_text(number: &str, hits: &[Hit], near: &[Hit]) -> String {
    let line = |hit: &Hit| {
        let scale = match hit.scale {
            1 => String::new(),
            scale => format!(", in units of {scale}"),
        };
        let sign = if hit.unsigned { ", printed without its sign" } else { "" };
        let decimals = if hit.value.to_i64().is_some() { 0 } else { 3 };
        format!(
            "  {} = {} {}\n      {}; {}{scale}{sign}; {}\n",
            hit.expr,
            hit.value.round(decimals),
            hit.unit,
            hit.how,
            hit.mode.name(),
            hit.vintages.join(", ")
        )
    };
    let mut out = match hits.len() {
        0 => format!("{number}: not found\n"),
        1 => format!("{number}: one thing prints so\n"),
        count => format!("{number}: {count} things print so\n"),
    };
    out.extend(hits.iter().take(MOST_HITS).map(line));
    if hits.len() > MOST_HITS {
        out.push_str(&format!("  and {} more\n", hits.len() - MOST_HITS));
    }
    if !near.is_empty() {
        out.push_str("nearest, none of which prints so:\n");
        out.extend(near.iter().map(line));
    }
    out
}

fn scan_file(file: &str, all: bool, common: &Common) -> ExitCode {
    let text = match disk::read_text(file) {
        Ok(text) => text,
        Err(problem) => {
            let mut diagnostics = Diagnostics::default();
            diagnostics.push(*problem);
            return conclude(&diagnostics, &Files::default(), common, false);
        }
    };
    let found = scan(&text);
    if common.format == Format::Json || all {
        let one = |f: &Found| {
            json!({
                "sort": f.sort.name(), "printed": f.printed, "line": f.line, "phrase": f.phrase, "unit": f.unit,
                "says": f.says, "in_table": f.in_table,
            })
        };
        print(&format!("{:#}\n", json!(found.iter().map(one).collect::<Vec<_>>())));
        return ExitCode::SUCCESS;
    }
    // Without a study there is nothing to propose, and the stub is as good.
    let mut silent = Diagnostics::default();
    let study = common.study.join("study.yaml").is_file();
    let known = if study { editions(common, &mut silent) } else { None };
    let (editions, own) = known.unwrap_or_default();
    let editions: Vec<&Edition> = editions.iter().collect();
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    print(&stub(&text, &found, &editions, &own));
    ExitCode::SUCCESS
}
