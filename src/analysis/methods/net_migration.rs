//! Net migration: arrivals minus departures, and their sum.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::Reason;

/// The method.
pub(super) const METHOD: Method = Method {
    name: "net_migration",
    group: Group::Demography,
    along: Along::Rows,
    roles: &[Role::required("arrivals", Takes::NonNegative), Role::required("departures", Takes::NonNegative)],
    params: &[],
    outputs: &[
        Output::row("net_migration", "N = I − O").difference_of("arrivals"),
        Output::row("migration_turnover", "T = I + O").unit_of("arrivals").flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let pair = |row| Ok((frame.unsigned("arrivals", row)?, frame.unsigned("departures", row)?));
    let row = |row| {
        let pair: Result<_, Reason> = pair(row);
        [
            Outcome::each("net_migration", row, pair.map(|(arrivals, departures)| arrivals.minus(departures))),
            Outcome::each("migration_turnover", row, pair.map(|(arrivals, departures)| arrivals.plus(departures))),
        ]
    };
    Ok((0..frame.rows).flat_map(row).collect())
}
