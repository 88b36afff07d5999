//! Truth: a sign that all values have, an order that holds.

use super::number::Slack;
use crate::analysis::Edition;
use crate::claim::judge::{Hold, Outcome, wide};
use crate::claim::{Claim, Kind, Sign};
use crate::finding::{Amount, Reason, Value};

/// Says whether a statement holds; one that the inputs' precision leaves open holds within it.
pub fn hold(claim: &Claim, reading: &Outcome, bench: &Edition) -> Option<(Hold, Slack)> {
    let holds = match claim.kind {
        Kind::Sign => signs(&reading.value, claim.sign?)?,
        _ => match reading.value {
            Value::Truth(truth) => truth,
            _ => return None,
        },
    };
    let open = wide(&reading.expr, bench).is_some_and(|term| term.cell.value == Value::Missing(Reason::Undecided));
    let hold = match (holds, open) {
        (true, _) => Hold::Yes,
        (false, true) => Hold::Within,
        (false, false) => Hold::No,
    };
    Some((hold, (nearest(&reading.value), None)))
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
            (!amounts.is_empty()).then(|| amounts.iter().all(|amount| amount.signum() == wanted))
        }
        _ => None,
    }
}

/// Returns how far the value nearest to zero is from losing its sign.
fn nearest(value: &Value) -> Option<Amount> {
    match value {
        Value::Amount(amount) => Some(amount.magnitude()),
        Value::List(items) => items.iter().filter_map(|(_, cell)| Some(cell.value.amount()?.magnitude())).min(),
        _ => None,
    }
}
