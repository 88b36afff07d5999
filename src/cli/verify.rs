//! Verify: `esep verify`.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{Common, Format, conclude, disk, print};
use crate::build;
use crate::claim::{self, Judged, Verdict};
use crate::diagnostic::Diagnostics;

/// The arguments of `esep verify`.
#[derive(Args)]
pub struct Arguments {
    /// The edition on whose findings claims are judged; the last where left out.
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    let papers = claim::read(&files, &mut diagnostics);
    let edition = build::material(&files, &mut diagnostics)
        .and_then(|material| build::edition(&material, arguments.edition.as_deref(), &mut diagnostics));
    let Ok(edition) = edition else { return conclude(&diagnostics, &files, common, false) };
    claim::check(&papers, &edition, &mut diagnostics);
    if diagnostics.verdict().is_err() {
        return conclude(&diagnostics, &files, common, false);
    }
    let judged: Vec<(&str, &claim::Claim, Judged)> = papers
        .iter()
        .flat_map(|paper| paper.claims.iter().map(|claim| (paper.id.as_str(), claim, claim::judge(claim, &edition))))
        .collect();
    match common.format {
        Format::Json => print(&as_json(&judged, &edition.name)),
        Format::Human | Format::Csv => print(&as_text(&judged, &edition.name)),
    }
    ExitCode::from(u8::from(judged.iter().any(|(_, _, j)| j.verdict == Verdict::Contradicted)))
}

fn as_text(judged: &[(&str, &claim::Claim, Judged)], edition: &str) -> String {
    let mut out = String::new();
    for (paper, claim, judged) in judged {
        let derived = judged.derived.as_ref().map_or("–".to_owned(), |d| d.round(3).to_string());
        out.push_str(&format!(
            "{:<13} {paper}  {:<34} printed {:>12}  derived {derived}\n",
            judged.verdict.name(),
            claim.id,
            claim.printed
        ));
        if judged.verdict > Verdict::Rounding {
            out.push_str(&format!(
                "{:<13}   {}{}\n",
                "",
                claim.place,
                claim.remark.as_ref().map(|r| format!("; {r}")).unwrap_or_default()
            ));
        }
    }
    let count = |verdict| judged.iter().filter(|(_, _, j)| j.verdict == verdict).count();
    let counts = [Verdict::Confirmed, Verdict::Rounding, Verdict::Contradicted, Verdict::Unresolved]
        .map(|v| format!("{} {}", count(v), v.name()));
    out + &format!("\n{} on edition {edition}\n", counts.join(", "))
}

fn as_json(judged: &[(&str, &claim::Claim, Judged)], edition: &str) -> String {
    let claims: Vec<_> = judged
        .iter()
        .map(|(paper, claim, judged)| {
            json!({
                "id": claim.id, "paper": paper, "where": claim.place, "phrase": claim.phrase, "printed": claim.printed,
                "unit": claim.unit, "verdict": judged.verdict.name(), "basis": "agency",
                "derived": judged.derived.as_ref().map(ToString::to_string),
                "distance": judged.distance.as_ref().map(ToString::to_string),
            })
        })
        .collect();
    format!("{:#}\n", json!({"edition": edition, "claims": claims}))
}
