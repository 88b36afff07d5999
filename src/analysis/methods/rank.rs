//! Rank: the place of each unit, from the highest value and from the lowest.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "rank",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::row("rank", "1 + #{j: y(j) > y(i)}").unit(Unit::Count).level(),
        Output::row("rank_low", "1 + #{j: y(j) < y(i)}").unit(Unit::Count).level(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.values("value");
    let mut sorted: Vec<&Amount> = values.iter().flatten().collect();
    sorted.sort();
    let mut found = Vec::new();
    for (row, value) in values.iter().enumerate() {
        let value = value.as_ref().map_err(|reason| *reason);
        found.push(Outcome::row("rank", row, value.map(|value| from_the_top(&sorted, value))));
        found.push(Outcome::row("rank_low", row, value.map(|value| from_the_bottom(&sorted, value))));
    }
    Ok(found)
}

/// Returns the place of a value among sorted ones, the largest being the first.
pub(super) fn from_the_top(sorted: &[&Amount], value: &Amount) -> Amount {
    let others = sorted.partition_point(|other| *other <= value);
    Amount::Integer((sorted.len() - others) as i64 + 1)
}

/// Returns the place of a value among sorted ones, the smallest being the first.
pub(super) fn from_the_bottom(sorted: &[&Amount], value: &Amount) -> Amount {
    Amount::Integer(sorted.partition_point(|other| *other < value) as i64 + 1)
}
