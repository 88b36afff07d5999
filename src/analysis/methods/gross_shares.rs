//! Gross shares: the parts of units in the sum of all losses and in the sum of all gains.

use super::average::sum;
use super::share::share;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "gross_shares",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[Param::new("top", ParamKind::Count(1, 1000), "3")],
    outputs: &[
        Output::row("share_of_gross_loss", "100 · y(i) / Σ y(j), y(j) < 0").unit(Unit::Percent).flow(),
        Output::row("share_of_gross_gain", "100 · y(i) / Σ y(j), y(j) > 0").unit(Unit::Percent).flow(),
        Output::whole("gross_loss", "Σ y(j), y(j) < 0").unit_of("value"),
        Output::whole("gross_gain", "Σ y(j), y(j) > 0").unit_of("value").flow(),
        Output::whole("gross_sum", "Σ |y(j)|").unit_of("value").flow(),
        Output::whole("net_to_gross_percent", "100 · Σ y(j) / Σ |y(j)|").unit(Unit::Percent),
        Output::whole("top_share_of_gross_loss", "Σ d(j), j = 1..k").unit(Unit::Percent).flow(),
        Output::whole("top_share_of_gross_gain", "Σ d(j), j = 1..k").unit(Unit::Percent).flow(),
        Output::whole("gross_loss_hhi", "Σ (y(j) / Σ y)², y(j) < 0").level(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let existing = frame.existing("value")?;
    if existing.is_empty() {
        return Err(Reason::TooFew);
    }
    let of_sign = |sign| -> Vec<&Amount> {
        existing.iter().map(|(_, value)| *value).filter(|value| value.signum() == sign).collect()
    };
    let (losses, gains) = (of_sign(-1), of_sign(1));
    let (loss, gain) = (sum(losses.iter().copied()), sum(gains.iter().copied()));
    let mut found = Vec::new();
    for row in 0..frame.values("value").len() {
        let value = frame.at("value", row);
        found.push(Outcome::row("share_of_gross_loss", row, value.and_then(|value| within(value, -1, &loss))));
        found.push(Outcome::row("share_of_gross_gain", row, value.and_then(|value| within(value, 1, &gain))));
    }
    let gross = gain.minus(&loss);
    let top = usize::try_from(frame.count("top")).unwrap_or(0);
    found.extend([
        Outcome::whole("net_to_gross_percent", share(&gain.plus(&loss), &gross)),
        Outcome::whole("top_share_of_gross_loss", largest(losses.clone(), &loss, top)),
        Outcome::whole("top_share_of_gross_gain", largest(gains, &gain, top)),
        Outcome::whole("gross_loss_hhi", concentration(&losses, &loss)),
        Outcome::whole("gross_loss", loss),
        Outcome::whole("gross_gain", gain),
        Outcome::whole("gross_sum", gross),
    ]);
    Ok(found)
}

fn within(value: &Amount, sign: i32, total: &Amount) -> Result<Amount, Reason> {
    if value.signum() == -sign { Err(Reason::MixedSign) } else { share(value, total) }
}

fn largest(mut parts: Vec<&Amount>, total: &Amount, top: usize) -> Result<Amount, Reason> {
    parts.sort_by_key(|part| part.magnitude());
    share(&sum(parts.into_iter().rev().take(top)), total)
}

fn concentration(parts: &[&Amount], total: &Amount) -> Result<Amount, Reason> {
    let squares = parts.iter().fold(Amount::ZERO, |sum, part| sum.plus(&part.times(part)));
    squares.divided_by(&total.times(total)).ok_or(Reason::ZeroTotal)
}
