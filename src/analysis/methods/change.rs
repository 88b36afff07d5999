//! Change: absolute change from the previous and from the first period.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "change",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::row("change_chain", "Δ(t) = y(t) − y(t−1)").difference_of("value"),
        Output::row("change_base", "Δ(t) = y(t) − y(1)").difference_of("value"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.values("value");
    let mut found = Vec::new();
    for row in 0..values.len() {
        if let Some(before) = row.checked_sub(1) {
            let value = frame.follows(row).and_then(|()| difference(&values[row], &values[before]));
            found.push(Outcome::row("change_chain", row, value).on(Basis::Pair(row, before)));
        }
        if frame.has_base() {
            let value = difference(&values[row], &values[0]);
            found.push(Outcome::row("change_base", row, value).on(Basis::Pair(row, 0)));
        }
    }
    Ok(found)
}

fn difference(to: &Result<Amount, Reason>, from: &Result<Amount, Reason>) -> Result<Amount, Reason> {
    Ok(to.as_ref().map_err(|reason| *reason)?.minus(from.as_ref().map_err(|reason| *reason)?))
}
