//! Verify: `esep verify`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{Common, Format, conclude, disk, print, verify_set};
use crate::analysis::Edition;
use crate::build::{self, Wanted};
use crate::claim::{self, Judged, Verdict, Verified};
use crate::diagnostic::{Diagnostics, Reported};
use crate::files::Files;
use crate::language::Language;
use crate::output::selfcheck::{self, Answer};
use crate::output::{Material, verification};

/// The arguments of `esep verify`.
#[derive(Args)]
pub struct Arguments {
    /// The edition on whose findings claims are judged, whatever the papers name.
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
    /// Only the claims of this paper.
    #[arg(long, value_name = "ID")]
    paper: Option<String>,
    /// Only the claims that are not confirmed.
    #[arg(long)]
    problems: bool,
    /// Give a cell of the data, a cell of a paper's table or a claim another value, and list the verdicts that flip:
    /// `net_migration.rural[KZ,2022]=-66851`, `rural_table[KZ,2021]=-79110`, `kandas_higher=12,4`.
    #[arg(long, value_name = "CELL=VALUE")]
    pub set: Vec<String>,
    /// Check our own report instead: data, findings, places, digits.
    #[arg(long)]
    report: bool,
    /// The report folder for --report; `report` in the study where left out.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    // What is wrong with claims does not keep the rest from being computed: one run names all of it.
    let mut later = Diagnostics::default();
    let judged = build::material(&files, &mut diagnostics)
        .and_then(|material| Ok((editions(&material, arguments, &mut later)?, material)));
    diagnostics.extend(later);
    let Ok((editions, mut material)) = judged else { return conclude(&diagnostics, &files, common, false) };
    if let Some(name) = &arguments.paper {
        if !material.papers.iter().any(|paper| paper.id == *name) {
            let known: Vec<&str> = material.papers.iter().map(|paper| paper.id.as_str()).collect();
            return super::misused(&format!("there is no paper `{name}`; there are: {}", known.join(", ")));
        }
        material.papers.retain(|paper| paper.id == *name);
    }
    if arguments.edition.is_some() {
        material.papers.iter_mut().for_each(|paper| paper.entry.edition = None);
    }
    if arguments.report {
        return self_check(&files, &material, arguments, common);
    }
    let all: Vec<&Edition> = editions.iter().collect();
    let verified = claim::verify(&material.papers, &all, &mut diagnostics).unwrap_or_default();
    if diagnostics.verdict().is_err() {
        return conclude(&diagnostics, &files, common, false);
    }
    if !arguments.set.is_empty() {
        let before = verify_set::verdicts(&verified);
        drop(verified);
        return verify_set::run(&before, material, &files, arguments, common);
    }
    let languages: Vec<&Language> =
        material.prose.languages.iter().filter_map(|lang| material.language(*lang)).collect();
    match common.format {
        Format::Json => print(&verification::json(&verified, &languages, &material)),
        Format::Human | Format::Csv => print(&as_text(&verified, arguments.problems)),
    }
    ExitCode::from(u8::from(verified.iter().any(|one| one.summary.open > 0)))
}

/// Asks the four questions of the report as it stands.
fn self_check(files: &Files, material: &Material, arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let Ok(built) = build::editions(material, &Wanted::default(), &mut diagnostics) else {
        return conclude(&diagnostics, files, common, false);
    };
    let out = arguments.out.clone().unwrap_or_else(|| common.study.join("report"));
    let standing = match disk::read_folder(&out) {
        Ok(standing) => standing,
        Err(error) => return super::misused(&format!("{} cannot be read: {error}", out.display())),
    };
    let Ok(fresh) = build::write(material, &built, &mut diagnostics) else {
        return conclude(&diagnostics, files, common, false);
    };
    let answers = selfcheck::check(&standing, &fresh, files, &built, material);
    if common.format == Format::Json {
        let one = |a: &Answer| json!({"question": a.question, "checked": a.checked, "problems": a.problems});
        print(&format!("{:#}\n", json!(answers.iter().map(one).collect::<Vec<_>>())));
    } else {
        for answer in &answers {
            let found = answer.problems.len();
            print(&format!("{}? {} checked, {found} problems\n", answer.question, answer.checked));
            answer.problems.iter().take(MOST_PROBLEMS).for_each(|problem| print(&format!("  {problem}\n")));
        }
    }
    ExitCode::from(u8::from(answers.iter().any(|answer| !answer.problems.is_empty())))
}

/// More problems of one question than this are counted, not listed.
const MOST_PROBLEMS: usize = 20;

/// Computes the editions on which the papers are judged.
pub fn editions(
    material: &Material,
    arguments: &Arguments,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Edition>, Reported> {
    let names: Vec<String> = match &arguments.edition {
        Some(name) => vec![name.clone()],
        None => material.study.editions.keys().cloned().collect(),
    };
    names.iter().map(|name| build::edition(material, Some(name), diagnostics)).collect()
}

/// Writes the table for a terminal.
pub fn as_text(verified: &[Verified], problems: bool) -> String {
    let mut out = String::new();
    for one in verified {
        for judged in one.judged.iter().filter(|judged| !problems || judged.verdict != Verdict::Confirmed) {
            out.push_str(&line(judged));
        }
        let counts: Vec<String> = Verdict::ALL
            .iter()
            .zip(one.summary.counts)
            .map(|(verdict, count)| format!("{count} {}", verdict.name()))
            .collect();
        out.push_str(&format!(
            "{} on edition {}: {}; {} not accepted; {}\n",
            one.paper.id,
            one.bench.name,
            counts.join(", "),
            one.summary.open,
            one.summary.class.name()
        ));
        if let Some(rounding) = &one.summary.rounding {
            let (mode, fits, of) = (rounding.mode.name(), rounding.fits, rounding.of);
            out.push_str(&format!("{} rounds {mode}: {fits} of {of} numbers\n", one.paper.id));
            for (id, mode) in &rounding.outliers {
                out.push_str(&format!("  but {id}: {}\n", mode.name()));
            }
        }
        out.push('\n');
    }
    out
}

fn line(judged: &Judged) -> String {
    let claim = judged.claim;
    let first = judged.first();
    let decimals = claim.number().map_or(0, |printed| printed.decimals as usize) + 2;
    let derived = match first {
        Some(reading) => match &reading.derived {
            Some(amount) if amount.to_i64().is_some() => amount.to_string(),
            Some(amount) => amount.round(decimals).to_string(),
            None => reading.value.to_string().chars().take(12).collect(),
        },
        None => "–".to_owned(),
    };
    let basis = judged.basis().map_or("–", |basis| basis.name());
    let mut out = format!(
        "{:<12} {:<6} {:<34} printed {:>12}  derived {derived}\n",
        judged.verdict.name(),
        basis,
        claim.id,
        claim.printed
    );
    if judged.verdict.is_problem() {
        let known = if claim.accepted.is_some() { " (accepted with a reason)" } else { "" };
        out.push_str(&format!("{:<12} {}{known}\n", "", claim.place));
    }
    out
}
