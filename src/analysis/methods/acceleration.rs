//! Acceleration: the change of the change, and each change as a part of the first level.

use super::growth::{growing, percent};
use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "acceleration",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::row("acceleration_chain", "Δ²(t) = y(t) − 2 · y(t−1) + y(t−2)").difference_of("value"),
        Output::row("increment_rate", "T(t) = 100 · (y(t) − y(t−1)) / y(1)").unit(Unit::Percent),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let mut found = Vec::new();
    for row in 1..frame.values("value").len() {
        if row > 1 {
            let value = acceleration(frame, row);
            found.push(Outcome::row("acceleration_chain", row, value).on(Basis::Rows(row - 2, row + 1)));
        }
        if frame.has_base() {
            found.push(Outcome::row("increment_rate", row, increment(frame, row)).on(Basis::Rows(0, row + 1)));
        }
    }
    Ok(found)
}

fn acceleration(frame: &Frame, row: usize) -> Result<Amount, Reason> {
    let now = chain(frame, row)?;
    Ok(now.minus(&chain(frame, row - 1)?))
}

fn chain(frame: &Frame, row: usize) -> Result<Amount, Reason> {
    let (to, from) = (frame.at("value", row)?, frame.at("value", row - 1)?);
    frame.follows(row).map(|()| to.minus(from))
}

fn increment(frame: &Frame, row: usize) -> Result<Amount, Reason> {
    let change = chain(frame, row)?;
    let base = frame.at("value", 0);
    growing(frame.at("value", row - 1), base)?;
    let (_, base) = growing(frame.at("value", row), base)?;
    percent(&change, base)
}
