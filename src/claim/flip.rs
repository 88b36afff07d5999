//! Flip: the least change of one input that would change a confirmed verdict which rests on an order, a count, a sign.

use super::bench;
use super::probe::{CellName, Probe, half_unit};
use super::rule::truth::Statement;
use super::rule::{list, shares};
use super::verdict::Flip;
use super::{Claim, Rule, ShareEntry};
use crate::analysis::Edition;
use crate::expression::{self, Expr, Material};
use crate::finding::{Amount, Class, Unit, Value};

/// What makes a claim hold.
enum Held<'a> {
    /// A count.
    Count(Amount, Expr),
    /// A statement.
    Statement(Statement),
    /// Statements that must not be refuted.
    Closing(&'a [String]),
    /// Shares that some total satisfies.
    Shares(&'a [ShareEntry]),
}

impl<'a> Held<'a> {
    fn of(claim: &'a Claim, statement: Option<Statement>, bench: &Edition) -> Option<Held<'a>> {
        match &claim.rule {
            Rule::Count { .. } => {
                let first = claim.readings().into_iter().next()?;
                Some(Held::Count(claim.number()?.value, bench::parse(&first.expr, bench)?))
            }
            Rule::Sign { .. } | Rule::Ranking { .. } => statement.map(Held::Statement),
            Rule::List { closes, .. } => Some(Held::Closing(closes)),
            Rule::SharesOfOneTotal { shares } => Some(Held::Shares(shares)),
            // Of any other the slack of its own numbers tells.
            _ => None,
        }
    }

    fn holds(&self, probe: &Probe) -> bool {
        match self {
            Held::Count(printed, expr) => {
                value(expr, probe).is_some_and(|count| count == Value::Amount(printed.clone()))
            }
            Held::Statement(statement) => {
                value(&statement.expr, probe).is_some_and(|value| statement.holds(&value) == Some(true))
            }
            Held::Closing(closes) => list::all_stand(closes, probe),
            Held::Shares(shares) => matches!(shares::total(shares, probe), Some(Some(_))),
        }
    }
}

fn value(expr: &Expr, probe: &Probe) -> Option<Value> {
    let material: &dyn Material<Amount> = probe;
    Some(expression::evaluate(expr, material).ok()?.cell.value)
}

/// Finds the least change of one cell that changes the verdict of a claim that holds.
///
/// Cells are moved one at a time. What holds is taken to hold on one stretch of each cell's values, as orders, counts and
/// signs do.
pub(super) fn nearest(claim: &Claim, statement: Option<Statement>, bench: &Edition) -> Option<Flip> {
    let rule = Held::of(claim, statement, bench)?;
    let watched = Probe::new(bench);
    if !rule.holds(&watched) {
        return None;
    }
    let cells: Vec<CellName> = watched.reads.take().into_keys().collect();
    let amounts: Vec<(&CellName, Amount)> =
        cells.iter().filter_map(|cell| Some((cell, watched.exact(cell)?))).collect();
    let all = amounts.iter().fold(Amount::Integer(1), |sum, (_, amount)| sum.plus(&amount.magnitude()));
    let reach = all.times(&Amount::Integer(2));
    let mut best: Option<Flip> = None;
    for (cell, from) in &amounts {
        let step = step(cell, from, bench);
        for sign in [1, -1] {
            let by = |steps: i64| step.times(&Amount::Integer(sign * steps));
            let flips = |steps: i64| !rule.holds(&Probe::moving(bench, cell, by(steps)));
            // Only what is nearer than the nearest so far is of interest.
            let limit = best.as_ref().map_or(reach.clone(), |best| best.change().magnitude());
            // What cannot be below zero is not moved there.
            let floor = from.plus(&step);
            let limit = if sign < 0 && !signed(cell, bench) { limit.min(floor) } else { limit };
            let Some(steps) = least(steps_below(&limit, &step), best.is_none(), flips) else { continue };
            let unit = bench.findings.get(&cell.0).map_or(Unit::None, |series| series.unit_at(&cell.1).0);
            let to = from.plus(&by(steps));
            best = Some(Flip { cell: (*cell).clone(), unit, from: from.clone(), to, step: step.clone() });
        }
    }
    best
}

fn signed((path, key): &CellName, bench: &Edition) -> bool {
    bench.findings.get(path).is_none_or(|series| series.unit_at(key).1 == Class::Signed)
}

/// Returns the least number of steps, at most `most`, that flips; from nothing known, by doubling.
fn least(most: i64, widening: bool, flips: impl Fn(i64) -> bool) -> Option<i64> {
    let mut high = if widening { 1 } else { most };
    while high <= most && high > 0 && !flips(high) {
        if !widening {
            return None;
        }
        high *= 2;
    }
    if high > most || high < 1 {
        return None;
    }
    let mut low = if widening { high / 2 } else { 0 };
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if flips(middle) { high = middle } else { low = middle }
    }
    Some(high)
}

/// Returns the greatest number of steps that stays below a distance.
fn steps_below(distance: &Amount, step: &Amount) -> i64 {
    let steps = distance
        .divided_by(step)
        .map_or(0, |steps| Amount::simplest(steps.to_rational().ceil()).to_i64().unwrap_or(i64::MAX / 4));
    steps - 1
}

/// Returns the step of a cell: its last printed place; one where it is a whole number; a millionth part of it otherwise.
fn step(cell: &CellName, value: &Amount, bench: &Edition) -> Amount {
    let one = Amount::Integer(1);
    match half_unit(bench, cell) {
        Some(half) => power_below(&half.times(&Amount::Integer(2))),
        None if value.to_i64().is_some() => one,
        None => power_below(&value.magnitude().divided_by(&Amount::Integer(1_000_000)).unwrap_or(one)),
    }
}

/// Returns the greatest power of ten that is not above a number.
fn power_below(number: &Amount) -> Amount {
    let powers = (0..=9).rev().map(|n| Amount::Integer(10i64.pow(n)));
    let parts = (1..=12).filter_map(|n| Amount::ratio(1, 10i64.pow(n)));
    let mut found = powers.chain(parts).skip_while(|power| power > number);
    found.next().or_else(|| Amount::ratio(1, 1_000_000_000_000)).unwrap_or(Amount::Integer(1))
}
