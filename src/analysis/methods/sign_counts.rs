//! Sign counts: how many units are above, at and below zero.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "sign_counts",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("positive_count", "#{i: y(i) > 0}").unit(Unit::Count).flow(),
        Output::whole("negative_count", "#{i: y(i) < 0}").unit(Unit::Count).flow(),
        Output::whole("zero_count", "#{i: y(i) = 0}").unit(Unit::Count).flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.values("value");
    let signs: Vec<i32> = values.iter().flatten().map(Amount::signum).collect();
    if signs.is_empty() {
        return Err(values.iter().find_map(|value| value.as_ref().err().copied()).unwrap_or(Reason::TooFew));
    }
    let count = |sign| signs.iter().filter(|other| **other == sign).count();
    Ok(vec![
        Outcome::whole("positive_count", count(1)),
        Outcome::whole("negative_count", count(-1)),
        Outcome::whole("zero_count", count(0)),
    ])
}
