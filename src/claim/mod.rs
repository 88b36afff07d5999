//! Claim: numbers that a published paper prints → verdicts, by evaluating on the data what the paper says it counted.

mod judge;

use serde::Deserialize;

pub use judge::{Judged, Verdict, judge};

use crate::analysis::Edition;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::expression;
use crate::files::Files;
use crate::finding::Amount;

/// Where claims stand.
pub const CLAIMS: &str = "data/claims/";

/// The claims of one paper.
#[derive(Debug)]
pub struct Paper {
    /// The paper's id, as the file is named.
    pub id: String,
    /// Its claims.
    pub claims: Vec<Claim>,
}

/// A number that a paper prints.
///
/// The printed string is a number, and the expression parses.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The id.
    pub id: String,
    /// Where it stands.
    #[serde(rename = "where")]
    pub place: String,
    /// A few words to find it by.
    #[serde(default)]
    pub phrase: Option<String>,
    /// The number as printed, in its own decimals.
    pub printed: String,
    /// One printed unit in units of the finding: 1000 for `тыс.`.
    #[serde(default = "one")]
    pub scale: i64,
    /// The unit as printed.
    pub unit: String,
    /// What derives it; without it the claim is unresolved.
    #[serde(default)]
    pub expr: Option<String>,
    /// What would settle a claim that nothing derives, or why a contradiction is accepted.
    #[serde(default)]
    pub remark: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEntry {
    claims: Vec<Claim>,
}

fn one() -> i64 {
    1
}

/// Reads the claims of all papers.
pub fn read(files: &Files, diagnostics: &mut Diagnostics) -> Vec<Paper> {
    let paths: Vec<String> = files.below(CLAIMS).map(|(path, _)| path.to_owned()).collect();
    let mut papers = Vec::new();
    for path in paths {
        let Some(file) = files.yaml::<FileEntry>(&path, diagnostics) else { continue };
        for claim in &file.claims {
            let place = || Place::file(&path).within(&claim.id);
            if printed(&claim.printed).is_none() {
                let message = format!("`{}` is not a printed number", claim.printed);
                diagnostics.push(Diagnostic::error(code::CLAIM_PRINTED, place(), message));
            }
            if let Some(Err(problem)) = claim.expr.as_deref().map(expression::parse) {
                diagnostics.push(Diagnostic::error(problem.code, place(), problem.message).maybe_hint(problem.hint));
            }
        }
        let id = path.trim_start_matches(CLAIMS).trim_end_matches(".yaml").to_owned();
        papers.push(Paper { id, claims: file.claims });
    }
    papers
}

/// Reports the claims whose expressions ask for what the findings do not hold.
pub fn check(papers: &[Paper], edition: &Edition, diagnostics: &mut Diagnostics) {
    for paper in papers {
        for claim in &paper.claims {
            let problem = claim.expr.as_deref().and_then(|text| expression::ask(text, edition).err());
            if let Some(problem) = problem {
                let place = Place::file(format!("{CLAIMS}{}.yaml", paper.id)).within(&claim.id);
                diagnostics.push(Diagnostic::error(problem.code, place, problem.message).maybe_hint(problem.hint));
            }
        }
    }
}

/// Reads a number as Russian and Kazakh texts print it: its value and its decimals.
pub fn printed(text: &str) -> Option<(Amount, u32)> {
    let plain = text.replace(['\u{a0}', '\u{202f}', ' '], "").replace(['−', '–'], "-").replace(',', ".");
    let decimals = plain.split_once('.').map_or(0, |(_, fraction)| fraction.len() as u32);
    Some((Amount::parse(&plain)?, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_as_papers_print_them() {
        assert_eq!(printed("−39 344"), Some((Amount::Integer(-39344), 0)));
        assert_eq!(printed("12,0"), Some((Amount::Integer(12), 1)));
        assert_eq!(printed("more"), None);
    }
}
