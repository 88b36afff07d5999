//! Migration rates: arrivals, departures, net migration and turnover per thousand residents.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "migration_rates",
    group: Group::Demography,
    along: Along::Rows,
    roles: &[
        Role::required("arrivals", Takes::NonNegative),
        Role::required("departures", Takes::NonNegative),
        MEAN,
        START,
        END,
    ],
    params: &[PERIODS],
    outputs: &[
        Output::row("mean_population", "P̄ = (P(0) + P(1)) / 2").unit(Unit::Persons).flow(),
        Output::row("arrival_rate", "1000 · I / P̄").unit(Unit::PerMille).flow(),
        Output::row("departure_rate", "1000 · O / P̄").unit(Unit::PerMille).flow(),
        Output::row("net_migration_rate", "1000 · (I − O) / P̄").unit(Unit::PerMille),
        Output::row("turnover_rate", "1000 · (I + O) / P̄").unit(Unit::PerMille).flow(),
    ],
    run,
};

/// The role of the mean population.
pub(super) const MEAN: Role = Role::optional("population", Takes::NonNegative);

/// The role of the population at the start.
pub(super) const START: Role = Role::optional("population_start", Takes::NonNegative);

/// The role of the population at the end.
pub(super) const END: Role = Role::optional("population_end", Takes::NonNegative);

/// The parameter that brings the rates of a part of a year to a year.
pub(super) const PERIODS: Param = Param::new("periods_per_year", ParamKind::Choice(&["1", "4", "12"]), "1");

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let times = 1000 * frame.count("periods_per_year");
    let row = |row| {
        let (arrivals, departures) = (frame.unsigned("arrivals", row), frame.unsigned("departures", row));
        let population = mean_population(frame, row);
        let rate = |events: Result<Amount, Reason>| {
            per(times, &events?, population.as_ref().map_err(|reason| *reason)?, Reason::ZeroBase)
        };
        let both = |f: fn(&Amount, &Amount) -> Amount| Ok(f(arrivals?, departures?));
        [
            Outcome::each("arrival_rate", row, rate(arrivals.cloned())),
            Outcome::each("departure_rate", row, rate(departures.cloned())),
            Outcome::each("net_migration_rate", row, rate(both(Amount::minus))),
            Outcome::each("turnover_rate", row, rate(both(Amount::plus))),
            Outcome::each("mean_population", row, population),
        ]
    };
    Ok((0..frame.rows).flat_map(row).collect())
}

/// Returns the mean population of a row: the one given, or half of both ends, or the one end that is given.
pub(super) fn mean_population(frame: &Frame, row: usize) -> Result<Amount, Reason> {
    let at = |role| frame.unsigned(role, row).cloned();
    match (frame.has("population"), frame.has("population_start"), frame.has("population_end")) {
        (true, ..) => at("population"),
        (_, true, true) => {
            let sum = at("population_start")?.plus(&at("population_end")?);
            per(1, &sum, &Amount::Integer(2), Reason::Undefined)
        }
        (_, true, false) => at("population_start"),
        _ => at("population_end"),
    }
}
