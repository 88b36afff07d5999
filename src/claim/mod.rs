//! Claim: numbers that a published paper prints → verdicts, by evaluating on the data what the paper says it counted.

pub mod alone;
mod asked;
mod called;
mod check;
pub mod bench;
mod blame;
pub mod candidates;
mod dated;
pub mod docx;
mod entry;
mod explain;
mod fair;
mod flip;
pub mod html;
mod identity;
mod idle;
mod judge;
mod movement;
pub mod near;
mod paper;
pub mod pdf;
mod printed;
mod probe;
pub mod proposed;
mod quoted;
mod range;
mod reading;
mod rule;
mod said;
mod single;
mod speaks;
pub mod scan;
pub mod search;
pub mod source;
mod stops;
pub mod stub;
mod summary;
mod verdict;
pub mod words;
mod worlds;

pub use check::check;
pub use entry::{
    AcceptedEntry, Basis, Differs, ExcludedEntry, Kind, PaperEntry, ReadingEntry, ReasonEntry, Says, ShareEntry, Sign,
    TableEntry, Texts, schema,
};
pub use explain::Speaker;
pub use judge::judge;
pub use paper::{CLAIMS, CellOf, Measure, Paper, check_editions, check_units, complete, is_blank, read};
pub use printed::{Mode, Printed};
pub use range::wide;
pub use rule::Rule;
pub use single::Claim;
pub use summary::{Class, Rounding, Summary, summary};
pub use verdict::{Detail, Fair, Flip, Hold, Judged, Outcome, Slack, Stake, Verdict};

use crate::analysis::Edition;
use crate::diagnostic::{Diagnostic, Diagnostics, code};

/// A paper on which every key and every kind occurs.
pub const EXAMPLE: &str = include_str!("example.yaml");

/// A paper whose claims have been judged.
#[derive(Debug)]
pub struct Verified<'a> {
    /// The paper.
    pub paper: &'a Paper,
    /// The findings of its edition together with what it prints.
    pub bench: Edition,
    /// Its claims with their verdicts, in the order of the file.
    pub judged: Vec<Judged<'a>>,
    /// The verdicts counted.
    pub summary: Summary,
}

/// Says whether a problem is one of a single claim, which costs that claim and no other.
pub fn is_of_claim(problem: &Diagnostic) -> bool {
    problem.code.to_string().starts_with("claim/") && problem.place.within.is_some()
}

/// Judges all papers, each on the edition that it names or else the last; `None` where one of these is not at hand.
pub fn verify<'a>(
    papers: &'a [Paper],
    editions: &[&Edition],
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Verified<'a>>> {
    papers.iter().map(|paper| verify_one(paper, editions, diagnostics)).collect()
}

fn verify_one<'a>(paper: &'a Paper, editions: &[&Edition], diagnostics: &mut Diagnostics) -> Option<Verified<'a>> {
    let edition = match &paper.entry.edition {
        Some(name) => editions.iter().find(|edition| edition.name == *name)?,
        None => editions.last()?,
    };
    let names = edition.findings.names();
    let own = paper.tables.iter().map(|table| table.id.as_str()).chain([bench::PRINTED]);
    for name in own.filter(|name| names.contains(name)) {
        let message = format!("`{name}` is the name of a table or an analysis of the study already");
        diagnostics.push(Diagnostic::error(code::CLAIM_VALUE, paper.place_of(name), message));
    }
    let bench = bench::lay(paper, edition);
    let mut judged: Vec<Judged> = paper.judged().map(|claim| judge(paper, claim, &bench)).collect();
    identity::join(&mut judged, &bench);
    blame::settle(&mut judged);
    check(paper, &bench, &judged, diagnostics);
    let summary = summary(&judged);
    Some(Verified { paper, bench, judged, summary })
}
