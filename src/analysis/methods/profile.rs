//! Profile: the course of a monthly series within a year: its parts, its highest and lowest month, its unevenness.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Scope, Takes};
use crate::analysis::numeric::spread;
use crate::analysis::step::Step;
use crate::finding::{Amount, Part, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "profile",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("annual_total", "Σ y(m), m = 1 … 12").unit_of("value"),
        Output::whole("monthly_mean", "ȳ = Σ y(m) / 12").unit_of("value"),
        Output::whole("month_of_maximum", "arg max y(m)"),
        Output::whole("month_of_minimum", "arg min y(m)"),
        Output::whole("amplitude", "max y(m) − min y(m)").difference_of("value").flow(),
        Output::whole("unevenness", "Σ|y(m) − ȳ| / (2 · Σ|y(m)|)").unit(Unit::Times).flow(),
        Output::whole("positive_months", "#{m: y(m) > 0}").unit(Unit::Count).flow(),
        Output::whole("negative_months", "#{m: y(m) < 0}").unit(Unit::Count).flow(),
        Output::member("quarter_total", "Σ y(m), m ∈ q").unit_of("value"),
        Output::member("half_year_total", "Σ y(m), m ∈ h").unit_of("value"),
        Output::row("monthly_deviation", "y(m) − ȳ").difference_of("value"),
        Output::row("monthly_index", "100 · y(m) / ȳ").unit(Unit::Percent).flow(),
    ],
    run,
};

/// The months of a year.
const MONTHS: usize = 12;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    one_year(frame)?;
    let values = frame.values("value");
    let mut found = Vec::new();
    for (name, sign, months) in [("quarter_total", 'Q', 3), ("half_year_total", 'H', 6)] {
        for (at, part) in values.chunks(months).enumerate() {
            let member = Part::Category(format!("{sign}{}", at + 1).into());
            let basis = Basis::Rows(at * months, (at + 1) * months);
            found.push(Outcome::member(name, member, total(part)).on(basis));
        }
    }
    match frame.complete("value") {
        Ok(months) => of_year(frame, &months, &mut found),
        Err(reason) => {
            let whole = METHOD.outputs.iter().filter(|output| output.scope == Scope::Whole);
            found.extend(whole.map(|output| Outcome::whole(output.name, reason)));
            for name in ["monthly_deviation", "monthly_index"] {
                found.extend((0..MONTHS).map(|row| Outcome::row(name, row, reason)));
            }
        }
    }
    Ok(found)
}

/// Refuses everything but the months of one year; rows without periods are taken as January to December.
fn one_year(frame: &Frame) -> Result<(), Reason> {
    if let Some(periods) = &frame.periods {
        match frame.step() {
            Step::Row | Step::Month => {}
            Step::Dates | Step::Mixed => return Err(Reason::Irregular),
            Step::Year | Step::Quarter | Step::Week | Step::Day => return Err(Reason::Unsuited),
        }
        let year = periods.first().map(|period| period.year());
        if periods.iter().any(|period| Some(period.year()) != year) {
            return Err(Reason::Unsuited);
        }
    }
    match frame.values("value").len() {
        MONTHS => Ok(()),
        rows if rows < MONTHS => Err(Reason::TooFew),
        _ => Err(Reason::Unsuited),
    }
}

fn total(values: &[Result<Amount, Reason>]) -> Result<Amount, Reason> {
    let values = values.iter().map(|value| value.as_ref().map_err(|reason| *reason));
    Ok(spread::total(values.collect::<Result<Vec<&Amount>, Reason>>()?))
}

fn of_year(frame: &Frame, months: &[&Amount], found: &mut Vec<Outcome>) {
    let count = |sign: i32| months.iter().filter(|value| value.signum() == sign).count();
    let (positive, negative) = (count(1), count(-1));
    let annual = spread::total(months.iter().copied());
    let mean = annual.divided_by(&Amount::Integer(MONTHS as i64)).unwrap_or(Amount::ZERO);
    let deviations: Vec<Amount> = months.iter().map(|value| value.minus(&mean)).collect();
    let magnitudes: Vec<Amount> = months.iter().map(|value| value.magnitude()).collect();
    let (low, high) = extremes(months);
    found.push(Outcome::whole("annual_total", annual));
    found.push(Outcome::whole("month_of_maximum", frame.part(high)));
    found.push(Outcome::whole("month_of_minimum", frame.part(low)));
    found.push(Outcome::whole("amplitude", months[high].minus(months[low])).on(Basis::Pair(high, low)));
    let off = spread::total(&deviations.iter().map(Amount::magnitude).collect::<Vec<_>>());
    let uneven = off.divided_by(&spread::total(&magnitudes).times(&Amount::Integer(2)));
    found.push(Outcome::whole("unevenness", uneven.ok_or(Reason::ZeroTotal)));
    found.push(Outcome::whole("positive_months", positive));
    found.push(Outcome::whole("negative_months", negative));
    let mixed = positive > 0 && negative > 0;
    for (row, value) in months.iter().enumerate() {
        let index = match mixed {
            true => Err(Reason::MixedSign),
            false => value.times(&Amount::Integer(100)).divided_by(&mean).ok_or(Reason::ZeroBase),
        };
        found.push(Outcome::row("monthly_index", row, index));
    }
    found.push(Outcome::whole("monthly_mean", mean));
    found.extend(deviations.into_iter().enumerate().map(|(row, value)| Outcome::row("monthly_deviation", row, value)));
}

/// Returns the first row of the least value and of the greatest.
fn extremes(values: &[&Amount]) -> (usize, usize) {
    let (mut low, mut high) = (0, 0);
    for (row, value) in values.iter().enumerate() {
        if *value < values[low] {
            low = row;
        }
        if *value > values[high] {
            high = row;
        }
    }
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Period;

    #[test]
    fn equal_extremes_are_the_earlier_ones() {
        let values = [3, 1, 5, 5, 1].map(Amount::Integer);
        assert_eq!(extremes(&values.iter().collect::<Vec<_>>()), (1, 2));
    }

    #[test]
    fn a_part_of_a_year_is_refused() {
        assert_eq!(one_year(&Frame::default()), Err(Reason::TooFew));
        let periods = (1..=12).map(|month| Period::of_month(2022 + i32::from(month) / 12, month)).collect();
        let two_years = Frame { rows: 12, periods: Some(periods), ..Frame::default() };
        assert_eq!(one_year(&two_years), Err(Reason::Unsuited));
    }
}
