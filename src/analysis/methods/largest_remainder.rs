//! Largest remainder: shares rounded so that they add up to one hundred.

use super::average::sum;
use super::share::share;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::exact::non_negative;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "largest_remainder",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::NonNegative)],
    params: &[Param::new("decimals", ParamKind::Count(0, 9), "1")],
    outputs: &[
        Output::row("rounded_share", "⌊d(i)⌋ + {0, 10⁻ᵏ}").unit(Unit::Percent).flow(),
        Output::row("rounded_share_independent", "round(100 · y(i) / Σ y)").unit(Unit::Percent).flow(),
        Output::whole("rounded_share_sum", "Σ round(100 · y(i) / Σ y)").unit(Unit::Percent).flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let existing = frame.existing("value")?;
    non_negative(&[&existing.iter().map(|(_, value)| *value).collect::<Vec<_>>()])?;
    if existing.is_empty() {
        return Err(Reason::TooFew);
    }
    let values: Vec<Amount> = existing.iter().map(|(_, value)| Amount::simplest(value.to_rational())).collect();
    let decimals = usize::try_from(frame.count("decimals")).unwrap_or(0);
    let total = sum(&values);
    let exact: Vec<Amount> = values.iter().map(|value| share(value, &total)).collect::<Result<_, _>>()?;
    let alone: Vec<Amount> = exact.iter().map(|share| share.round(decimals).to_amount()).collect();
    let adjusted = adjusted(&values, &exact, decimals);
    let mut found = vec![Outcome::whole("rounded_share_sum", sum(&alone))];
    let mut rounded = adjusted.into_iter().zip(alone);
    for row in 0..frame.values("value").len() {
        let pair = frame.at("value", row).and_then(|_| rounded.next().ok_or(Reason::Missing));
        found.push(Outcome::row("rounded_share", row, pair.clone().map(|(adjusted, _)| adjusted)));
        found.push(Outcome::row("rounded_share_independent", row, pair.map(|(_, alone)| alone)));
    }
    Ok(found)
}

/// Rounds shares that add up to one hundred so that they still do.
fn adjusted(values: &[Amount], shares: &[Amount], decimals: usize) -> Vec<Amount> {
    let scale = Amount::Integer((0..decimals).fold(1, |scale, _| scale * 10));
    let scaled: Vec<Amount> = shares.iter().map(|share| share.times(&scale)).collect();
    let mut units: Vec<Amount> = scaled.iter().map(|share| Amount::simplest(share.to_rational().floor())).collect();
    let left: Vec<Amount> = scaled.iter().zip(&units).map(|(share, whole)| share.minus(whole)).collect();
    let missing = scale.times(&Amount::Integer(100)).minus(&sum(&units));
    let mut order: Vec<usize> = (0..values.len()).collect();
    // Stable: of equal remainders and values, the earlier row comes first.
    order.sort_by(|a, b| (&left[*b], &values[*b]).cmp(&(&left[*a], &values[*a])));
    for row in order.into_iter().take(missing.to_i64().and_then(|missing| usize::try_from(missing).ok()).unwrap_or(0)) {
        units[row] = units[row].plus(&Amount::Integer(1));
    }
    units.iter().filter_map(|unit| unit.divided_by(&scale)).collect()
}
