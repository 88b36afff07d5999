//! Rank shift: how many places each unit has moved between two periods.

use super::rank::{from_the_bottom, from_the_top};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "rank_shift",
    group: Group::Comparative,
    along: Along::TwoPeriods,
    roles: &[Role::required("value0", Takes::Signed), Role::required("value1", Takes::Signed)],
    params: &[Param::new("order", ParamKind::Choice(&["descending", "ascending"]), "descending")],
    outputs: &[
        Output::row("rank_base", "R₀(i) = 1 + #{j: y₀(j) > y₀(i)}").unit(Unit::Count).level(),
        Output::row("rank_current", "R₁(i) = 1 + #{j: y₁(j) > y₁(i)}").unit(Unit::Count).level(),
        Output::row("rank_shift", "R₁(i) − R₀(i)").unit(Unit::Count),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let rows = 0..frame.values("value0").len();
    let pair = |row| Ok((frame.at("value0", row)?, frame.at("value1", row)?));
    let pairs: Vec<Result<(&Amount, &Amount), Reason>> = rows.map(pair).collect();
    let mut base: Vec<&Amount> = pairs.iter().flatten().map(|(before, _)| *before).collect();
    let mut current: Vec<&Amount> = pairs.iter().flatten().map(|(_, now)| *now).collect();
    base.sort();
    current.sort();
    let place = if frame.choice("order") == "ascending" { from_the_bottom } else { from_the_top };
    let mut found = Vec::new();
    for (row, pair) in pairs.into_iter().enumerate() {
        let ranks = pair.map(|(before, now)| (place(&base, before), place(&current, now)));
        let shift = ranks.as_ref().map(|(before, now)| now.minus(before)).map_err(|reason| *reason);
        found.push(Outcome::row("rank_base", row, ranks.clone().map(|(before, _)| before)));
        found.push(Outcome::row("rank_current", row, ranks.map(|(_, now)| now)));
        found.push(Outcome::row("rank_shift", row, shift));
    }
    Ok(found)
}
