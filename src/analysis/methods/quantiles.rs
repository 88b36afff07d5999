//! Quantiles: a quantile by any of the nine definitions in use.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "quantiles",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[
        Param::new("p", ParamKind::Number(0.0, 1.0), "0.5"),
        Param::new("type", ParamKind::Choice(&["1", "2", "3", "4", "5", "6", "7", "8", "9"]), "7"),
    ],
    outputs: &[Output::whole("quantile", "Q(p) = x(j) + (h − j)·(x(j+1) − x(j)), h = 1 + (n − 1)·p").unit_of("value")],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let mut sorted: Vec<Amount> = frame.complete("value")?.into_iter().cloned().collect();
    sorted.sort();
    let found = quantile(&sorted, &frame.amount("p"), frame.choice("type")).ok_or(Reason::TooFew)?;
    Ok(vec![Outcome::whole("quantile", found)])
}

/// Returns a quantile of sorted values by a definition from 1 to 9; `None` of nothing.
fn quantile(sorted: &[Amount], p: &Amount, definition: &str) -> Option<Amount> {
    let n = Amount::Integer(sorted.len() as i64);
    let fraction = |a, b| Amount::ratio(a, b).unwrap_or(Amount::ZERO);
    let one = Amount::Integer(1);
    let place = match definition {
        "1" | "2" | "4" => n.times(p),
        "3" => n.times(p).minus(&fraction(1, 2)),
        "5" => n.times(p).plus(&fraction(1, 2)),
        "6" => n.plus(&one).times(p),
        "8" => n.plus(&fraction(1, 3)).times(p).plus(&fraction(1, 3)),
        "9" => n.plus(&fraction(1, 4)).times(p).plus(&fraction(3, 8)),
        _ => n.minus(&one).times(p).plus(&one),
    };
    let below = i64::try_from(place.to_rational().floor().to_integer()).ok()?;
    let part = place.minus(&Amount::Integer(below));
    let share = match (definition, part.is_zero()) {
        ("1", true) => Amount::ZERO,
        ("2", true) => fraction(1, 2),
        ("3", true) if below % 2 == 0 => Amount::ZERO,
        ("1" | "2" | "3", _) => one,
        _ => part,
    };
    let at = |place: i64| sorted.get(usize::try_from(place.clamp(1, sorted.len().max(1) as i64) - 1).ok()?);
    let (low, high) = (at(below)?, at(below + 1)?);
    Some(low.plus(&high.minus(low).times(&share)))
}
