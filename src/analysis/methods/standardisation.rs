//! Standardisation: values brought to one scale.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::spread;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "standardisation",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[Param::new("direction", ParamKind::Choice(&["higher", "lower"]), "higher")],
    outputs: &[
        Output::row("z_score", "z = (x − x̄) / σ"),
        Output::row("min_max", "m = (x − min) / (max − min)").flow(),
        Output::row("ratio_to_best", "r = x / max; r = min / x").unit(Unit::Times).flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    let higher = frame.choice("direction") != "lower";
    let (Some(low), Some(high)) = (values.iter().min(), values.iter().max()) else { return Err(Reason::TooFew) };
    let mean = spread::mean(values.iter().copied()).ok_or(Reason::TooFew)?;
    let variance = spread::variance(values.iter().copied()).ok_or(Reason::TooFew)?;
    let mut found = Vec::new();
    for (row, value) in values.iter().enumerate() {
        let off = if higher { value.minus(&mean) } else { mean.minus(value) };
        let squared = spread::square(&off).divided_by(&variance).ok_or(Reason::ZeroVariance);
        let ratio = match (low.signum() < 0, higher) {
            (true, _) => Err(Reason::MixedSign),
            (_, true) => value.divided_by(high).ok_or(Reason::ZeroBase),
            (_, false) => low.divided_by(value).ok_or(Reason::ZeroBase),
        };
        found.push(Outcome::row(
            "z_score",
            row,
            squared.map(|squared| squared.to_f64().sqrt() * f64::from(off.signum())),
        ));
        found.push(Outcome::row("min_max", row, min_max(value, low, high, higher)));
        found.push(Outcome::row("ratio_to_best", row, ratio));
    }
    Ok(found)
}

/// Returns the place of a value between the worst, zero, and the best, one.
pub(super) fn min_max(value: &Amount, low: &Amount, high: &Amount, higher: bool) -> Result<Amount, Reason> {
    let above = if higher { value.minus(low) } else { high.minus(value) };
    above.divided_by(&high.minus(low)).ok_or(Reason::ZeroVariance)
}
