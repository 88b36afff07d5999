//! Reading: a claim on one basis: what its expression comes to, and whether that gives what is printed.

use std::collections::BTreeSet;

use super::bench;
use super::entry::Way;
use super::identity;
use super::probe::Probe;
use super::range::range;
use super::rule::truth;
use super::rule::truth::Statement;
use super::said::Said;
use super::verdict::{Hold, Outcome, Slack, Unheld, Verdict};
use super::{Basis, Claim, Paper, ReadingEntry};
use crate::analysis::Edition;
use crate::expression::{self, Domain};
use crate::finding::{Amount, Cell, Value};

/// How far what a reading rests on could move, or why it is not held to what is printed.
pub(super) type Settled = Result<Slack, Unheld>;

impl Outcome {
    /// Evaluates a reading on exact values and on intervals.
    pub(super) fn of(reading: &ReadingEntry, claim: &Claim, paper: &Paper, bench: &Edition) -> Option<Outcome> {
        let finding = expression::ask(&reading.expr, bench).ok()?;
        let vintages = vintages(&finding.cell);
        // The paper's own figures are no agency's series, on whatever edition they stand for it.
        if reading.basis == Basis::Agency && misfit(paper, reading.basis, &vintages).is_some() {
            return None;
        }
        let scale = Amount::Integer(claim.measure().scale);
        let derived = finding.cell.value.amount().and_then(|amount| amount.divided_by(&scale));
        let probe = Probe::new(bench);
        let range = expression::parse(&reading.expr).ok().and_then(|expr| range(&expr, &probe));
        let interval = match range.map(|term| term.cell.value) {
            Some(Value::Amount(wide)) => wide.divided_by(&Domain::exact(&scale)),
            _ => None,
        };
        let printed = claim.number();
        let distance = derived.as_ref().zip(printed.as_ref()).map(|(derived, printed)| derived.minus(&printed.value));
        Some(Outcome {
            basis: reading.basis,
            expr: reading.expr.clone(),
            finding: finding.id,
            vintages,
            value: finding.cell.value,
            derived,
            interval,
            distance,
            mode: None,
            verdict: Verdict::Unresolved,
            note: reading.note.clone(),
            reads: probe.reads.take().into_keys().collect(),
        })
    }

    /// Finds the verdict on this basis, and how far the value could move.
    pub(super) fn settle(&mut self, claim: &Claim, said: &Said, bench: &Edition) -> Settled {
        let Some((hold, slack)) = self.hold(claim, said, bench)? else { return Ok(Slack::None) };
        self.verdict = Verdict::of(&hold, self.basis);
        if let Hold::Mode(mode) = hold {
            self.mode = Some(mode);
        }
        Ok(slack)
    }

    /// Says whether this reading gives what a claim prints; nothing is derived anew but a statement of other names.
    pub fn hold(&self, claim: &Claim, said: &Said, bench: &Edition) -> Result<Option<(Hold, Slack)>, Unheld> {
        // What only stands near a claim is shown and not judged.
        if !claim.is_derived() {
            return Ok(None);
        }
        Ok(match claim.kind().way() {
            Way::Number => claim.rule.hold(claim, self, bench),
            Way::Statement => {
                truth::hold(claim, self, said, &identity::name(claim, bench), bench)?.map(|hold| (hold, Slack::None))
            }
            Way::Whole => None,
        })
    }

    /// Returns the statement that a claim prints.
    pub(super) fn statement(&self, claim: &Claim, said: &Said, bench: &Edition) -> Option<Statement> {
        let expr = bench::parse(&self.expr, bench)?;
        Statement::of(claim, &expr, said, &self.value, bench).ok()
    }
}

/// Lists the vintages behind a value, or behind all values of a list.
pub(super) fn vintages(cell: &Cell) -> Vec<String> {
    let mut found: BTreeSet<String> = cell.vintages.iter().map(str::to_owned).collect();
    if let Value::List(items) = &cell.value {
        found.extend(items.iter().flat_map(|(_, inner)| vintages(inner)));
    }
    found.into_iter().collect()
}

/// Says what is wrong with what a claim is said to rest on.
pub(super) fn misfit(paper: &Paper, basis: Basis, vintages: &[String]) -> Option<String> {
    let of_paper = |vintage: &str| vintage == paper.vintage() || paper.entry.vintages.iter().any(|own| own == vintage);
    match basis {
        Basis::Agency if !vintages.is_empty() && vintages.iter().all(|vintage| of_paper(vintage)) => {
            Some("is said to rest on the agency's series, and rests on the paper's own figures".to_owned())
        }
        Basis::Paper => vintages
            .iter()
            .find(|vintage| !of_paper(vintage))
            .map(|other| format!("is said to rest on the paper's own figures, and rests on `{other}`")),
        Basis::Agency => None,
    }
}
