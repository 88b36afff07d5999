//! Range: what an expression may come to on numbers of printed precision, each input counted once however often it occurs.

use super::probe::{CellName, Probe};
use crate::analysis::Edition;
use crate::expression::{self, Domain, Expr, Interval, Kind, Material, Operator, Slope, Term};
use crate::finding::{Amount, Reason, Value};

/// Evaluates an expression on what its printed inputs may stand for.
///
/// The bounds hold whatever the inputs are. They are the least ones where the result only rises or only falls with each
/// input that occurs more than once.
pub fn wide(text: &str, bench: &Edition) -> Option<Term<Interval>> {
    range(&expression::parse(text).ok()?, &Probe::new(bench))
}

/// Evaluates an expression on what its printed inputs may stand for, as a probe shows them.
pub(super) fn range(expr: &Expr, probe: &Probe) -> Option<Term<Interval>> {
    let material: &dyn Material<Interval> = probe;
    let mut term = expression::evaluate(expr, material).ok()?;
    let shared = probe.shared();
    if shared.is_empty() {
        return Some(term);
    }
    match (&term.cell.value, &expr.kind) {
        (Value::Amount(_), _) => term.cell.value = Value::Amount(narrowed(expr, &shared, probe)?),
        // Two sides that share an input are compared by their difference.
        (Value::Missing(Reason::Undecided), Kind::Binary(operator, left, right)) if operator.compares() => {
            let kind = Kind::Binary(Operator::Minus, left.clone(), right.clone());
            let difference = Expr { kind, span: expr.span.clone() };
            if let Some(range) = narrowed(&difference, &shared, probe) {
                let zero = Interval::exact(&Amount::ZERO);
                term.cell.value = expression::comparison(*operator, range.orders(&zero));
            }
        }
        _ => {}
    }
    Some(term)
}

/// Takes each shared input at the end that makes the result least and greatest, where it moves it one way only.
fn narrowed(expr: &Expr, inputs: &[(CellName, Interval)], probe: &Probe) -> Option<Interval> {
    let free = probe.within(inputs.to_vec());
    let sloped: &dyn Material<Slope> = &free;
    let Value::Amount(slope) = expression::evaluate(expr, sloped).ok()?.cell.value else { return None };
    let still = Interval::exact(&Amount::ZERO);
    let at = |least: bool| -> Option<Interval> {
        let taken = inputs.iter().enumerate().map(|(number, (cell, range))| {
            let by = slope.by.get(&number).unwrap_or(&still);
            let end = match (by.low.signum() >= 0, by.high.signum() <= 0) {
                (false, false) => return (cell.clone(), range.clone()),
                (rises, _) if rises == least => &range.low,
                _ => &range.high,
            };
            (cell.clone(), Interval::exact(end))
        });
        let taken = probe.within(taken.collect());
        let material: &dyn Material<Interval> = &taken;
        expression::evaluate(expr, material).ok()?.cell.value.amount().cloned()
    };
    Some(Interval { low: at(true)?.low, high: at(false)?.high })
}

/// Says whether two intervals have more than an end in common, or one that is a single number lies in the other.
pub(super) fn meets(a: &Interval, b: &Interval) -> bool {
    let single = a.low == a.high || b.low == b.high;
    if single { a.low <= b.high && b.low <= a.high } else { a.low < b.high && b.low < a.high }
}
