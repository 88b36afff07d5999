//! Same: one quantity printed in two places: the finer number rounds to the coarser one.

use super::number::{self, rounded};
use crate::analysis::Edition;
use crate::claim::range::meets;
use crate::claim::range::wide;
use crate::claim::verdict::{Hold, Outcome, Slack};
use crate::claim::{Claim, Printed, Says};
use crate::expression::Interval;
use crate::finding::{Amount, Value};

/// Says whether two places print the same quantity, and how far the finer of the two numbers could move.
pub(crate) fn hold(claim: &Claim, reading: &Outcome, bench: &Edition) -> Option<(Hold, Slack)> {
    let (other, printed) = (reading.derived.as_ref()?, claim.number()?);
    let scale = Amount::Integer(claim.measure().scale);
    // How exactly the other place prints it, in this place's units.
    let width = wide(&reading.expr, bench).and_then(|term| match term.cell.value {
        Value::Amount(wide) => wide.high.minus(&wide.low).divided_by(&scale),
        _ => None,
    });
    let coarser = width.filter(|width| *width > printed.last_place());
    let (hold, finer, open) = match &coarser {
        // The other place is the coarser one: this number has to round to it.
        Some(width) => {
            let whole = |amount: &Amount| amount.divided_by(width);
            let target = whole(other)?;
            let half = width.divided_by(&Amount::Integer(2))?;
            let open = Interval { low: other.minus(&half), high: other.plus(&half) };
            let held = match target.to_i64() {
                Some(_) => rounded(&whole(&printed.value)?, &Printed::of(target, 0)),
                // «About» rounds to nothing: it holds what lies within it.
                None if open.contains(&printed.value) => Hold::Yes,
                None => Hold::No,
            };
            (held, &printed.value, open)
        }
        None if claim.says == Says::Exact => (rounded(other, &printed), other, printed.interval()),
        None => return number::hold(claim, reading),
    };
    let hold = match hold {
        Hold::No if reading.interval.as_ref().is_some_and(|wide| meets(wide, &printed.interval())) => Hold::Within,
        hold => hold,
    };
    Some((hold, Slack::Value { down: Some(finer.minus(&open.low)), up: Some(open.high.minus(finer)) }))
}
