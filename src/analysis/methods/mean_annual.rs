//! Mean annual: the mean of the stocks at the two ends of each year.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "mean_annual",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::NonNegative)],
    params: &[],
    outputs: &[Output::row("mean_annual", "P̄(t) = (P(t) + P(t+1)) / 2").unit_of("value").level()],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let ends = 1..frame.values("value").len();
    Ok(ends
        .map(|after| {
            let value = frame.follows(after).and_then(|()| half_sum(frame, after - 1, after));
            Outcome::row("mean_annual", after - 1, value).on(Basis::Pair(after - 1, after))
        })
        .collect())
}

fn half_sum(frame: &Frame, start: usize, end: usize) -> Result<Amount, Reason> {
    let both = frame.at("value", start)?.plus(frame.at("value", end)?);
    both.divided_by(&Amount::Integer(2)).ok_or(Reason::Undefined)
}
