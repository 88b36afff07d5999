//! Judge: one claim → its readings and a verdict: confirmed, within rounding, contradicted, inconsistent, unresolved.

use super::asked;
use super::bench;
use super::entry::Way;
use super::fair::fair;
use super::flip;
use super::idle;
use super::reading::Settled;
use super::rule::list;
use super::said::{self, Said};
use super::verdict::{Detail, Judged, Outcome, Slack, Stake, Verdict};
use super::{Basis, Claim, Kind, Paper};
use crate::analysis::Edition;
use crate::expression;
use crate::finding::Value;

/// Judges a claim on the bench of its paper.
pub fn judge<'a>(paper: &'a Paper, claim: &'a Claim, bench: &Edition) -> Judged<'a> {
    let all: Vec<Option<Outcome>> =
        claim.readings().iter().map(|reading| Outcome::of(reading, claim, paper, bench)).collect();
    // Where the data do not hold what decides a claim, nothing else decides it in its place.
    let undecided = claim.is_derived() && all.first().is_some_and(Option::is_none);
    let mut readings: Vec<Outcome> = all.into_iter().flatten().filter(|_| !undecided).collect();
    let mut detail = Detail::None;
    let said = (claim.kind().way() == Way::Statement).then(|| said::read(claim, paper, bench));
    let said = said.unwrap_or_default();
    let settled: Vec<Settled> = readings.iter_mut().map(|reading| reading.settle(claim, &said, bench)).collect();
    let mut unheld = settled.first().and_then(|first| first.as_ref().err().cloned());
    let mut slacks: Vec<Slack> = settled.into_iter().map(Result::unwrap_or_default).collect();
    // What the total leaves a single cell says nothing of that cell when the column does not add up: the total is named.
    if claim.cell.is_some() && claim.kind() == Kind::Number {
        for reading in readings.iter_mut().filter(|r| r.basis == Basis::Paper && r.verdict == Verdict::Inconsistent) {
            reading.verdict = Verdict::Unresolved;
        }
    }
    // A total that the rows of its own table do not give is a discrepancy, whatever the agency's series says.
    if claim.cell.is_some() && claim.kind() == Kind::Sum && readings.first().is_some_and(|r| !r.verdict.is_problem()) {
        readings.sort_by_key(|reading| !reading.verdict.is_problem());
    }
    let ids = claim.listed();
    if !ids.is_empty() {
        unheld = list::unlike(claim, &ids, paper);
    }
    let whole = if unheld.is_none() { claim.rule.judge(claim, paper, bench) } else { None };
    let mut verdict = readings.first().map_or(Verdict::Unresolved, |reading| reading.verdict);
    if let Some((own, found)) = whole {
        (verdict, detail) = (own, found);
    } else if verdict.is_problem()
        && let Some(value) = instead(claim, readings.first(), &said, bench)
    {
        detail = Detail::Instead(value);
    }
    let slack = match (verdict, claim.kind()) {
        (Verdict::Confirmed, Kind::Number | Kind::Sum | Kind::SameAs) => slacks.swap_remove(0),
        (Verdict::Confirmed, Kind::Period) => Slack::Years,
        (Verdict::Confirmed, _) => {
            let statement = readings.first().and_then(|reading| reading.statement(claim, &said, bench));
            flip::nearest(claim, statement, bench).map_or(Slack::Fixed, Slack::Input)
        }
        _ => Slack::None,
    };
    let accused = verdict.is_problem() && unheld.is_none();
    let fair = accused.then(|| fair(claim, &readings, &said, bench)).flatten();
    let mut judged = Judged {
        paper,
        claim,
        verdict,
        readings,
        detail,
        fair,
        slack,
        one_check: None,
        circle: Vec::new(),
        unheld,
        stake: Stake::None,
    };
    judged.stake = idle::stake(&judged, &said, bench);
    judged
}

/// Finds what holds instead of a statement that does not: as the claim asks, or else what its expression gives, or the
/// true order of what it compares.
fn instead(claim: &Claim, first: Option<&Outcome>, said: &Said, bench: &Edition) -> Option<Value> {
    let ask = |text: &str| expression::ask(text, bench).ok().map(|finding| finding.cell.value);
    if let Some(text) = claim.rule.instead() {
        return ask(text);
    }
    let first = first.filter(|_| claim.kind() == Kind::Ranking)?;
    if matches!(first.value, Value::Key(_) | Value::List(_) | Value::Amount(_)) {
        return Some(first.value.clone());
    }
    let order = asked::order(&bench::parse(&first.expr, bench)?, said.named.len())?;
    ask(&order.to_string())
}
