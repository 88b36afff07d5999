//! Mean change: the mean absolute change, growth factor and rates of a series a period.

use super::growth::growing;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "mean_change",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("mean_absolute_change", "Δ̄ = (y(n) − y(1)) / (t(n) − t(1))").difference_of("value"),
        Output::whole("mean_change_magnitude", "Σ |y(t) − y(t−1)| / (n − 1)").difference_of("value").flow(),
        Output::whole("mean_growth_factor", "K̄ = (y(n) / y(1))^(1 / (t(n) − t(1)))").unit(Unit::Times).level(),
        Output::whole("mean_growth_rate_percent", "T̄ = 100 · (K̄ − 1)").unit(Unit::Percent),
        Output::whole("mean_exponential_rate_percent", "r = 100 · ln(y(n) / y(1)) / (t(n) − t(1))").unit(Unit::Percent),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let times = frame.time()?;
    let (Some(start), Some(end)) = (times.first(), times.last().filter(|_| times.len() > 1)) else {
        return Err(Reason::TooFew);
    };
    let last = times.len() - 1;
    let (from, to) = (frame.at("value", 0)?, frame.at("value", last)?);
    let elapsed = end - start;
    let change = to.minus(from).divided_by(&Amount::Integer(elapsed)).ok_or(Reason::Undefined);
    let rate = logarithm(frame, to, from).map(|logarithm| logarithm / elapsed as f64);
    Ok(vec![
        Outcome::whole("mean_absolute_change", change),
        Outcome::whole("mean_change_magnitude", magnitude(frame)),
        Outcome::whole("mean_growth_factor", rate.map(numeric::exp)),
        Outcome::whole("mean_growth_rate_percent", rate.map(|rate| 100.0 * numeric::exp_m1(rate))),
        Outcome::whole("mean_exponential_rate_percent", rate.map(|rate| 100.0 * rate)),
    ])
}

fn magnitude(frame: &Frame) -> Result<Amount, Reason> {
    let values = frame.complete("value")?;
    frame.unbroken()?;
    let pairs = values.iter().zip(values.iter().skip(1));
    let changes = pairs.fold(Amount::ZERO, |sum, (from, to)| sum.plus(&to.minus(from).magnitude()));
    changes.divided_by(&Amount::Integer(values.len() as i64 - 1)).ok_or(Reason::TooFew)
}

fn logarithm(frame: &Frame, to: &Amount, from: &Amount) -> Result<f64, Reason> {
    growing(Ok(to), Ok(from))?;
    for level in frame.values("value").iter().flatten() {
        match level.signum() {
            0 => return Err(Reason::Undefined),
            -1 => return Err(Reason::MixedSign),
            _ => {}
        }
    }
    let increase = to.minus(from).divided_by(from).ok_or(Reason::ZeroBase)?.to_f64();
    // Near one, the ratio itself would lose the digits of the increase; far from it, ln(1 + x) would.
    let near = (-0.5..1.0).contains(&increase);
    Ok(if near { numeric::ln_1p(increase) } else { numeric::ln(to.divided_by(from).ok_or(Reason::ZeroBase)?.to_f64()) })
}
