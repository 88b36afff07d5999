//! Mean level: the mean of a series of flows, and that of stocks at moments that need not be equally far apart.

use super::average::mean;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "mean_level",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("mean_level_interval", "ȳ = Σ y(i) / n").unit_of("value"),
        Output::whole("mean_level_moment", "ȳ = Σ (y(i) + y(i+1)) / 2 · (t(i+1) − t(i)) / (t(n) − t(1))")
            .unit_of("value"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    Ok(vec![
        Outcome::whole("mean_level_interval", mean(&values)),
        Outcome::whole("mean_level_moment", frame.calendar().and_then(|(times, _)| of_moments(&values, &times))),
    ])
}

fn of_moments(values: &[&Amount], times: &[i64]) -> Result<Amount, Reason> {
    let (Some(start), Some(end)) = (times.first(), times.last().filter(|_| values.len() > 1)) else {
        return Err(Reason::TooFew);
    };
    let doubled =
        values.windows(2).zip(times.windows(2)).fold(Amount::ZERO, |area, (pair, moments)| match (pair, moments) {
            ([left, right], [before, after]) => area.plus(&left.plus(right).times(&Amount::Integer(after - before))),
            _ => area,
        });
    doubled.divided_by(&Amount::Integer(2 * (end - start))).ok_or(Reason::Undefined)
}
