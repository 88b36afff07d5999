//! Rate: any events per thousand residents.

use super::migration_rates::{END, MEAN, PERIODS, START, mean_population};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::per;
use crate::finding::{Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "rate",
    group: Group::Demography,
    along: Along::Rows,
    roles: &[Role::required("events", Takes::Signed), MEAN, START, END],
    params: &[PERIODS],
    outputs: &[Output::row("crude_rate", "1000 · E / P̄").unit(Unit::PerMille)],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let times = 1000 * frame.count("periods_per_year");
    let rate = |row| per(times, frame.at("events", row)?, &mean_population(frame, row)?, Reason::ZeroBase);
    Ok((0..frame.rows).map(|row| Outcome::each("crude_rate", row, rate(row))).collect())
}
