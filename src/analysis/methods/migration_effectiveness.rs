//! Migration effectiveness: how far the flows of a unit are one-sided.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "migration_effectiveness",
    group: Group::Demography,
    along: Along::Rows,
    roles: &[Role::required("arrivals", Takes::NonNegative), Role::required("departures", Takes::NonNegative)],
    params: &[],
    outputs: &[
        Output::row("migration_effectiveness", "100 · (I − O) / (I + O)").unit(Unit::Percent),
        Output::row("arrivals_per_100_departures", "100 · I / O").unit(Unit::Persons).flow(),
        Output::row("departures_per_1000_arrivals", "1000 · O / I").unit(Unit::Persons).flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let row = |row| {
        let pair: Result<(&Amount, &Amount), Reason> =
            frame.unsigned("arrivals", row).and_then(|arrivals| Ok((arrivals, frame.unsigned("departures", row)?)));
        let effectiveness = pair.and_then(|(i, o)| per(100, &i.minus(o), &i.plus(o), Reason::ZeroTotal));
        let arrivals = pair.and_then(|(i, o)| per(100, i, o, Reason::ZeroBase));
        let departures = pair.and_then(|(i, o)| per(1000, o, i, Reason::ZeroBase));
        [
            Outcome::each("migration_effectiveness", row, effectiveness),
            Outcome::each("arrivals_per_100_departures", row, arrivals),
            Outcome::each("departures_per_1000_arrivals", row, departures),
        ]
    };
    Ok((0..frame.rows).flat_map(row).collect())
}
