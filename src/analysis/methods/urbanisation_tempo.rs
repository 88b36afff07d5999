//! Urbanisation tempo: how fast the urban share rises, and the difference of urban and rural growth behind it.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::exact::ln_ratio;
use crate::analysis::numeric::per;
use crate::analysis::step::Step;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "urbanisation_tempo",
    group: Group::Demography,
    along: Along::Time,
    roles: &[Role::required("urban", Takes::NonNegative), Role::optional("rural", Takes::NonNegative)],
    params: &[BASE],
    outputs: &[
        Output::row("urban_share_change", "L(1) − L(0)").unit(Unit::PercentagePoints),
        Output::row("urban_share_change_per_year", "(L(1) − L(0)) / t").unit(Unit::PercentagePoints),
        Output::row("level_growth_rate", "100 · ln(L(1) / L(0)) / t").unit(Unit::Percent),
        Output::row("urban_growth_rate", "u = 100 · ln(U(1) / U(0)) / t").unit(Unit::Percent),
        Output::row("rural_growth_rate", "r = 100 · ln(R(1) / R(0)) / t").unit(Unit::Percent),
        Output::row("urban_and_rural_growth_rate", "100 · ln((U(1) + R(1)) / (U(0) + R(0))) / t").unit(Unit::Percent),
        Output::row("urban_rural_growth_difference", "u − r = 100 · ln((U(1) · R(0)) / (U(0) · R(1))) / t")
            .unit(Unit::PercentagePoints),
        Output::row("urbanisation_tempo", "100 · (logit L(1) − logit L(0)) / t").unit(Unit::Percent),
    ],
    run,
};

/// The parameter that says which row a row is compared with.
pub(super) const BASE: Param = Param::new("base", ParamKind::Choice(&["first", "previous"]), "first");

/// The urban and rural parts of a population, of any whole.
struct Parts {
    urban: Amount,
    rural: Amount,
    total: Amount,
    /// In per cent.
    share: Amount,
}

impl Parts {
    fn at(frame: &Frame, row: usize) -> Result<Parts, Reason> {
        let urban = frame.unsigned("urban", row)?.clone();
        let rural = match frame.has("rural") {
            true => frame.unsigned("rural", row)?.clone(),
            false => Amount::Integer(100).minus(&urban),
        };
        if rural.signum() < 0 {
            return Err(Reason::Undefined);
        }
        let total = urban.plus(&rural);
        let share = per(100, &urban, &total, Reason::ZeroTotal)?;
        Ok(Parts { urban, rural, total, share })
    }
}

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let parts: Vec<Result<Parts, Reason>> = (0..frame.rows).map(|row| Parts::at(frame, row)).collect();
    let chain = frame.choice("base") == "previous";
    if !chain && !frame.has_base() {
        return Ok(Vec::new());
    }
    let years = years(frame);
    let mut found = Vec::new();
    for row in 1..parts.len() {
        let base = if chain { row - 1 } else { 0 };
        let years = years(base, row);
        let results = match (&parts[base], &parts[row], &years) {
            (Ok(from), Ok(to), Ok(years)) => compare(from, to, years, frame.has("rural")),
            (Err(reason), ..) | (_, Err(reason), _) | (.., Err(reason)) => compare_none(*reason),
        };
        found.extend(results.into_iter().map(|(name, value)| match value {
            Ok(amount) => Outcome::row(name, row, amount).on(Basis::Pair(row, base)),
            Err(reason) => Outcome::row(name, row, reason).on(Basis::Pair(row, base)),
        }));
    }
    Ok(found)
}

type Named = (&'static str, Result<Amount, Reason>);

fn compare(from: &Parts, to: &Parts, years: &Amount, counted: bool) -> Vec<Named> {
    let change = to.share.minus(&from.share);
    let yearly =
        |logarithm: Result<f64, Reason>| Amount::float(100.0 * logarithm? / years.to_f64()).ok_or(Reason::Undefined);
    let rate = |from: &Amount, to: &Amount| yearly(log_ratio(to, from));
    let of_counts = |rate: Result<Amount, Reason>| if counted { rate } else { Err(Reason::Missing) };
    // The ratio of the shares, over one denominator.
    let level = rate(&from.urban.times(&to.total), &to.urban.times(&from.total));
    // The odds of the shares are those of the counts, so that both ways to the tempo meet in this ratio.
    let tempo = match (from.urban.is_zero() || from.rural.is_zero(), to.rural.is_zero()) {
        (true, _) => Err(Reason::ZeroBase),
        (_, true) => Err(Reason::Undefined),
        _ => rate(&from.urban.times(&to.rural), &to.urban.times(&from.rural)),
    };
    vec![
        ("urban_share_change_per_year", change.divided_by(years).ok_or(Reason::Undefined)),
        ("urban_share_change", Ok(change)),
        ("level_growth_rate", level),
        ("urban_growth_rate", of_counts(rate(&from.urban, &to.urban))),
        ("rural_growth_rate", of_counts(rate(&from.rural, &to.rural))),
        ("urban_and_rural_growth_rate", of_counts(rate(&from.total, &to.total))),
        ("urban_rural_growth_difference", tempo.clone()),
        ("urbanisation_tempo", tempo),
    ]
}

fn compare_none(reason: Reason) -> Vec<Named> {
    METHOD.outputs.iter().map(|output| (output.name, Err(reason))).collect()
}

/// Returns ln(to / from), or why there is none.
pub(super) fn log_ratio(to: &Amount, from: &Amount) -> Result<f64, Reason> {
    match (from.signum(), to.signum()) {
        (0, _) => Err(Reason::ZeroBase),
        (1, 1) => Ok(ln_ratio(to, from)),
        _ => Err(Reason::Undefined),
    }
}

/// Returns how many years lie between two rows.
pub(super) fn years(frame: &Frame) -> impl Fn(usize, usize) -> Result<Amount, Reason> {
    let calendar = calendar(frame);
    move |from, to| {
        let (times, year) = calendar.as_ref().map_err(|reason| *reason)?;
        match (times.get(from), times.get(to)) {
            (Some(from), Some(to)) if to > from => Amount::Integer(to - from).divided_by(year).ok_or(Reason::Undefined),
            (Some(_), Some(_)) => Err(Reason::Undefined),
            _ => Err(Reason::Missing),
        }
    }
}

fn calendar(frame: &Frame) -> Result<(Vec<i64>, Amount), Reason> {
    let (times, year) = frame.calendar()?;
    // Demographers count four years as 1461 days.
    let year = match frame.step() {
        Step::Day | Step::Dates => Amount::ratio(1461, 4).unwrap_or(year),
        Step::Week => Amount::ratio(1461, 28).unwrap_or(year),
        Step::Row | Step::Year | Step::Quarter | Step::Month | Step::Mixed => year,
    };
    Ok((times, year))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::analysis::frame::Column;

    #[test]
    fn shares_alone_give_the_difference_of_growth_rates() {
        for seed in 1..40_i64 {
            let draw = |salt: i64| (seed * 7919 + salt * 104_729) % 9973 + 100;
            let (urban, rural) = ([draw(1), draw(2)], [draw(3), draw(4)]);
            let column = |values: Vec<Amount>| {
                let values = values.into_iter().map(Ok).collect();
                vec![Column { name: String::new(), unit: Unit::Persons, values }]
            };
            let counts = |values: [i64; 2]| column(values.map(Amount::Integer).to_vec());
            let shares =
                urban.iter().zip(&rural).map(|(u, r)| Amount::ratio(100 * u, u + r).expect("people")).collect();
            let by_counts = BTreeMap::from([("urban", counts(urban)), ("rural", counts(rural))]);
            let by_shares = BTreeMap::from([("urban", column(shares))]);
            let get = |numbers: &BTreeMap<&'static str, Vec<Column>>, name: &str| {
                let found = run(&Frame { rows: 2, numbers: numbers.clone(), ..Frame::default() }).expect("results");
                found
                    .iter()
                    .find(|outcome| outcome.name == name)
                    .expect(name)
                    .value
                    .amount()
                    .map(Amount::to_f64)
                    .expect("a number")
            };
            let difference = get(&by_counts, "urban_rural_growth_difference");
            assert_eq!(difference, get(&by_shares, "urbanisation_tempo"));
            let rates = get(&by_counts, "urban_growth_rate") - get(&by_counts, "rural_growth_rate");
            assert!((difference - rates).abs() < 1e-9, "{difference} {rates}");
        }
    }
}
