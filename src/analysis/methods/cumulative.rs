//! Cumulative: the running sum of a series of flows from its first period.

use super::growth::percent;
use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "cumulative",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed), Role::optional("population", Takes::Positive)],
    params: &[],
    outputs: &[
        Output::row("cumulative", "C(t) = Σ y(s), s ≤ t").unit_of("value"),
        Output::row("cumulative_percent", "100 · C(t) / P(1)").unit(Unit::Percent),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let mut found = Vec::new();
    let mut sum = Ok(Amount::ZERO);
    for row in 0..frame.values("value").len() {
        sum = sum.and_then(|sum: Amount| {
            let next = frame.at("value", row)?;
            if row > 0 {
                frame.follows(row)?;
            }
            Ok(sum.plus(next))
        });
        let basis = Basis::Rows(0, row + 1);
        found.push(Outcome::row("cumulative", row, sum.clone()).on(basis.clone()));
        if frame.has("population") {
            let share = sum.clone().and_then(|sum| percent_of_base(frame, &sum));
            found.push(Outcome::row("cumulative_percent", row, share).on(basis));
        }
    }
    Ok(found)
}

fn percent_of_base(frame: &Frame, sum: &Amount) -> Result<Amount, Reason> {
    let base = frame.at("population", 0)?;
    if base.signum() < 0 { Err(Reason::NegativeBase) } else { percent(sum, base) }
}
