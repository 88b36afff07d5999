//! Truth: a sign that all values have, an order that holds.

use crate::analysis::Edition;
use crate::claim::judge::{Hold, Outcome};
use crate::claim::range::wide;
use crate::claim::{Claim, Kind, Sign};
use crate::finding::{Amount, Reason, Value};

/// Says whether a statement holds; one that the inputs' precision leaves open holds within it.
pub fn hold(claim: &Claim, reading: &Outcome, bench: &Edition) -> Option<Hold> {
    let truth = holds(claim, &reading.value)?;
    let open = || match wide(&reading.expr, bench).map(|term| term.cell.value) {
        Some(Value::Missing(Reason::Undecided)) => true,
        Some(Value::Amount(range)) => range.low < range.high && may_be(claim.sign, &range.low, &range.high),
        Some(Value::List(items)) => items
            .iter()
            .filter_map(|(_, cell)| cell.value.amount())
            .all(|range| may_be(claim.sign, &range.low, &range.high)),
        _ => false,
    };
    Some(match truth {
        true => Hold::Yes,
        false if open() => Hold::Within,
        false => Hold::No,
    })
}

/// Says whether a value is true, or has the sign that a claim speaks of.
pub fn holds(claim: &Claim, value: &Value) -> Option<bool> {
    match (claim.kind, value) {
        (Kind::Sign, value) => signs(value, claim.sign?),
        (_, Value::Truth(truth)) => Some(*truth),
        _ => None,
    }
}

/// Says whether something between two numbers has a sign.
fn may_be(sign: Option<Sign>, low: &Amount, high: &Amount) -> bool {
    match sign {
        Some(Sign::Positive) => high.signum() > 0,
        Some(Sign::Negative) => low.signum() < 0,
        None => false,
    }
}

fn signs(value: &Value, sign: Sign) -> Option<bool> {
    let wanted = match sign {
        Sign::Positive => 1,
        Sign::Negative => -1,
    };
    match value {
        Value::Amount(amount) => Some(amount.signum() == wanted),
        Value::List(items) => {
            let amounts: Vec<&Amount> = items.iter().filter_map(|(_, cell)| cell.value.amount()).collect();
            let all = amounts.iter().all(|amount| amount.signum() == wanted);
            // What is not known may have either sign; what does not exist has none.
            let gap = items.iter().any(|(_, cell)| cell.value.gap().is_some());
            (!(amounts.is_empty() || all && gap)).then_some(all)
        }
        _ => None,
    }
}
