//! Doubling time: in how many years a population doubles or halves at a given rate of growth.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "doubling_time",
    group: Group::Demography,
    along: Along::Rows,
    roles: &[Role::required("rate", Takes::Signed)],
    params: &[Param::new("compounding", ParamKind::Choice(&["annual", "continuous"]), "annual")],
    outputs: &[
        Output::row("doubling_time", "ln 2 / ln(1 + r), r > 0; ln 2 / r").unit(Unit::Count).level(),
        Output::row("halving_time", "−ln 2 / ln(1 + r), r < 0; ln 2 / |r|").unit(Unit::Count).level(),
        Output::row("rule_of_70", "70 / (100 · r), r > 0").unit(Unit::Count).level(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let continuous = frame.choice("compounding") == "continuous";
    let mut found = Vec::new();
    for row in 0..frame.values("rate").len() {
        let rate = frame.at("rate", row);
        let force = rate.and_then(|rate| force(rate, continuous));
        let time = |sign: f64| {
            force.and_then(|force| {
                if force * sign > 0.0 { Ok(sign * std::f64::consts::LN_2 / force) } else { Err(Reason::Undefined) }
            })
        };
        found.push(Outcome::each("doubling_time", row, time(1.0)));
        found.push(Outcome::each("halving_time", row, time(-1.0)));
        found.push(Outcome::each("rule_of_70", row, rate.and_then(rule_of_70)));
    }
    Ok(found)
}

/// Returns the continuous rate, as a part of one a year.
fn force(rate: &Amount, continuous: bool) -> Result<f64, Reason> {
    let part = rate.divided_by(&Amount::Integer(100)).ok_or(Reason::Undefined)?;
    if continuous {
        return Ok(part.to_f64());
    }
    let factor = part.plus(&Amount::Integer(1));
    if factor.signum() > 0 { Ok(numeric::ln_1p(part.to_f64())) } else { Err(Reason::Undefined) }
}

fn rule_of_70(rate: &Amount) -> Result<Amount, Reason> {
    let years = Amount::Integer(70).divided_by(rate).filter(|years| years.signum() > 0);
    years.ok_or(Reason::Undefined)
}
