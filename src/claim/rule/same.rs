//! Same: one quantity printed in two places: the finer number rounds to the coarser one.

use super::number::{Slack, rounded};
use crate::analysis::Edition;
use crate::claim::judge::{Hold, Outcome, meets};
use crate::claim::{Claim, Printed};
use crate::finding::Amount;

/// Says whether two places print the same quantity.
pub fn hold(claim: &Claim, reading: &Outcome, bench: &Edition) -> Option<(Hold, Slack)> {
    let (other, printed) = (reading.derived.as_ref()?, claim.number()?);
    let scale = Amount::Integer(claim.measure().scale);
    // How exactly the other place prints it, in this place's units.
    let half = super::super::judge::wide(&reading.expr, bench).and_then(|term| match term.cell.value {
        crate::finding::Value::Amount(wide) => wide.high.minus(&wide.low).divided_by(&scale),
        _ => None,
    });
    let own = printed.last_place();
    let coarser = half.filter(|width| *width > own);
    let hold = match &coarser {
        // The other place is the coarser one: this number has to round to it.
        Some(width) => {
            let decimals = (0..=17).find(|d| Amount::ratio(1, 10i64.pow(*d)).is_some_and(|unit| unit <= *width));
            rounded(&printed.value, &Printed { value: other.clone(), decimals: decimals.unwrap_or(0) })
        }
        None => rounded(other, &printed),
    };
    let hold = match hold {
        Hold::No if reading.interval.as_ref().is_some_and(|wide| meets(wide, &printed.interval())) => Hold::Within,
        hold => hold,
    };
    let open = printed.interval();
    Some((hold, (Some(other.minus(&open.low)), Some(open.high.minus(other)))))
}
