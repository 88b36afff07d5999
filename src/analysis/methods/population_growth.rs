//! Population growth: how much a population grew between two dates, and at which rate a year.

use super::urbanisation_tempo::{BASE, log_ratio, years};
use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::{exp_m1, per};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "population_growth",
    group: Group::Demography,
    along: Along::Time,
    roles: &[Role::required("population", Takes::NonNegative)],
    params: &[BASE],
    outputs: &[
        Output::row("population_growth", "P(1) − P(0)").difference_of("population"),
        Output::row("population_growth_percent", "100 · (P(1) / P(0) − 1)").unit(Unit::Percent),
        Output::row("population_growth_linear", "100 · (P(1) / P(0) − 1) / t").unit(Unit::Percent),
        Output::row("population_growth_geometric", "100 · ((P(1) / P(0))^(1/t) − 1)").unit(Unit::Percent),
        Output::row("population_growth_exponential", "100 · ln(P(1) / P(0)) / t").unit(Unit::Percent),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let chain = frame.choice("base") == "previous";
    if !chain && !frame.has_base() {
        return Ok(Vec::new());
    }
    let years = years(frame);
    let row = |row| {
        let base = if chain { row - 1 } else { 0 };
        let pair = frame.unsigned("population", base).and_then(|from| Ok((from, frame.unsigned("population", row)?)));
        let span = pair.and_then(|(from, to)| Ok((from, to, years(base, row)?)));
        let span = span.as_ref().map_err(|reason| *reason);
        let percent = |(from, to): (&Amount, &Amount)| per(100, &to.minus(from), from, Reason::ZeroBase);
        let percent = pair.and_then(percent);
        let linear = span.and_then(|(.., years)| match &percent {
            Ok(percent) => percent.divided_by(years).ok_or(Reason::Undefined),
            Err(reason) => Err(*reason),
        });
        let geometric = span.and_then(|(from, to, years)| match to.is_zero() && !from.is_zero() {
            true => Ok(-100.0),
            false => Ok(100.0 * exp_m1(log_ratio(to, from)? / years.to_f64())),
        });
        let exponential = span.and_then(|(from, to, years)| Ok(100.0 * log_ratio(to, from)? / years.to_f64()));
        [
            Outcome::row("population_growth", row, pair.map(|(from, to)| to.minus(from))),
            Outcome::row("population_growth_percent", row, percent),
            Outcome::row("population_growth_linear", row, linear),
            Outcome::row("population_growth_geometric", row, geometric),
            Outcome::row("population_growth_exponential", row, exponential),
        ]
        .map(|outcome| outcome.on(Basis::Pair(row, base)))
    };
    Ok((1..frame.rows).flat_map(row).collect())
}
