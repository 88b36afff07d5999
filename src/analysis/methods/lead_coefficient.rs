//! Lead coefficient: how much faster one series has grown than another.

use super::growth::{growing, quotient};
use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "lead_coefficient",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Positive), Role::required("other", Takes::Positive)],
    params: &[],
    outputs: &[
        Output::row("lead_coefficient", "(y(t) / y(1)) / (x(t) / x(1))").unit(Unit::Times).flow(),
        Output::row("lead_coefficient_of_increase", "(y(t) / y(1) − 1) / (x(t) / x(1) − 1)").unit(Unit::Times).level(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    if !frame.has_base() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for row in 0..frame.values("value").len() {
        let levels = levels(frame, row);
        let factors =
            levels.and_then(|[to, from, other_to, other_from]| quotient(&to.times(other_from), &from.times(other_to)));
        let on = Basis::Pair(row, 0);
        found.push(Outcome::row("lead_coefficient", row, factors).on(on.clone()));
        let increase = levels.and_then(of_increase);
        found.push(Outcome::row("lead_coefficient_of_increase", row, increase).on(on));
    }
    Ok(found)
}

/// Returns the current and the first level of both series.
fn levels(frame: &Frame, row: usize) -> Result<[&Amount; 4], Reason> {
    let (to, from) = growing(frame.at("value", row), frame.at("value", 0))?;
    let (other_to, other_from) = growing(frame.at("other", row), frame.at("other", 0))?;
    Ok([to, from, other_to, other_from])
}

fn of_increase([to, from, other_to, other_from]: [&Amount; 4]) -> Result<Amount, Reason> {
    let (change, other_change) = (to.minus(from), other_to.minus(other_from));
    match (change.signum(), other_change.signum()) {
        (_, 0) => Err(Reason::ZeroBase),
        (1, 1) => quotient(&change.times(other_from), &other_change.times(from)),
        _ => Err(Reason::Undefined),
    }
}
