//! Seasonality: what each month adds to the level or takes from it, over several years.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric;
use crate::analysis::numeric::spread;
use crate::analysis::numeric::whole::Whole;
use crate::analysis::step::Step;
use crate::finding::{Amount, Part, Period, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "seasonality",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::member("seasonal_index", "100 · ȳ(m) / ȳ").unit(Unit::Percent).flow(),
        Output::member("seasonal_deviation", "ȳ(m) − ȳ").difference_of("value"),
        Output::member("seasonal_index_to_trend", "100 · r(m) / r̄, r(m) = Σ y(t) / ŷ(t) / k").unit(Unit::Percent),
        Output::member("seasonal_deviation_from_trend", "d(m) − d̄, d(m) = Σ (y(t) − ŷ(t)) / k").difference_of("value"),
        Output::whole("seasonal_amplitude", "max ȳ(m) − min ȳ(m)").difference_of("value").flow(),
    ],
    run,
};

/// The months of a year.
pub(super) const MONTHS: usize = 12;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    let first = first_month(frame, values.len())?;
    let whole = Whole::of(&values);
    let means = monthly_means(&whole, first);
    let mean = spread::mean(&means).ok_or(Reason::TooFew)?;
    let one_sign = one_sign(&values);
    let mut found = Vec::new();
    for (month, of_month) in means.iter().enumerate() {
        let index =
            one_sign.and_then(|()| of_month.times(&Amount::Integer(100)).divided_by(&mean).ok_or(Reason::ZeroBase));
        found.push(Outcome::member("seasonal_index", member(month), index));
        found.push(Outcome::member("seasonal_deviation", member(month), of_month.minus(&mean)));
    }
    let (to, from) = (one_sign.and_then(|()| to_trend(&values, first)), from_trend(&whole, first));
    for month in 0..MONTHS {
        let index = to.as_ref().map_err(|reason| *reason).map(|found| found[month]);
        found.push(Outcome::member("seasonal_index_to_trend", member(month), index));
        let deviation = from.get(month).cloned().ok_or(Reason::TooFew);
        found.push(Outcome::member("seasonal_deviation_from_trend", member(month), deviation));
    }
    let amplitude = means.iter().max().zip(means.iter().min()).map(|(high, low)| high.minus(low));
    found.push(Outcome::whole("seasonal_amplitude", amplitude.ok_or(Reason::TooFew)));
    Ok(found)
}

/// Returns the month of the first row, from 0 on; refuses what are not two years of months without a gap.
pub(super) fn first_month(frame: &Frame, rows: usize) -> Result<usize, Reason> {
    match frame.step() {
        Step::Row | Step::Month => {}
        Step::Dates | Step::Mixed => return Err(Reason::Irregular),
        Step::Year | Step::Quarter | Step::Week | Step::Day => return Err(Reason::Undefined),
    }
    if rows < 2 * MONTHS {
        return Err(Reason::TooFew);
    }
    frame.unbroken()?;
    let first = frame.periods.as_ref().and_then(|periods| periods.first()).copied().and_then(Period::month);
    Ok(first.map_or(0, |month| usize::from(month) - 1))
}

/// Returns the part of a key for a month, from 0 on: `01` to `12`.
pub(super) fn member(month: usize) -> Part {
    Part::Category(format!("{:02}", month + 1).into())
}

fn one_sign(values: &[&Amount]) -> Result<(), Reason> {
    let has = |sign: i32| values.iter().any(|value| value.signum() == sign);
    match (has(1), has(-1)) {
        (true, true) => Err(Reason::MixedSign),
        (false, false) => Err(Reason::ZeroBase),
        _ => Ok(()),
    }
}

/// Walks the rows of a month of the year.
pub(super) fn rows_of(month: usize, first: usize, rows: usize) -> impl Iterator<Item = usize> {
    ((month + MONTHS - first) % MONTHS..rows).step_by(MONTHS)
}

fn monthly_means(whole: &Whole, first: usize) -> Vec<Amount> {
    let rows = whole.numbers.len();
    let of_month = |month| {
        let count = rows_of(month, first, rows).count();
        let sum = rows_of(month, first, rows).map(|row| &whole.numbers[row]).sum();
        whole.ratio(sum, &whole.denominator * count)
    };
    (0..MONTHS).filter_map(of_month).collect()
}

/// Returns the mean ratio to the centred moving average of each month, in per cent of the mean of all twelve.
fn to_trend(values: &[&Amount], first: usize) -> Result<Vec<f64>, Reason> {
    let whole = Whole::of(values);
    let sums = doubled_sums(&whole);
    let half = MONTHS / 2;
    let ratio = |row: usize| {
        let number = &whole.numbers[row] * (2 * MONTHS);
        whole.ratio(number, sums[row - half].clone()).map(|ratio| ratio.to_f64()).ok_or(Reason::ZeroBase)
    };
    let inner = half..values.len() - half;
    let mut means = Vec::with_capacity(MONTHS);
    for month in 0..MONTHS {
        let rows = rows_of(month, first, values.len()).filter(|row| inner.contains(row));
        let ratios = rows.map(ratio).collect::<Result<Vec<f64>, Reason>>()?;
        means.push(numeric::mean(&ratios).ok_or(Reason::TooFew)?);
    }
    let level = numeric::mean(&means).filter(|level| *level != 0.0).ok_or(Reason::ZeroBase)?;
    Ok(means.into_iter().map(|mean| 100.0 * mean / level).collect())
}

/// Returns the mean distance from the centred moving average of each month, less the mean of all twelve.
fn from_trend(whole: &Whole, first: usize) -> Vec<Amount> {
    let sums = doubled_sums(whole);
    let (half, rows) = (MONTHS / 2, whole.numbers.len());
    let of_month = |month: usize| {
        let inner: Vec<usize> = rows_of(month, first, rows).filter(|row| (half..rows - half).contains(row)).collect();
        let sum = inner.iter().map(|row| &whole.numbers[*row] * (2 * MONTHS) - &sums[row - half]).sum();
        whole.ratio(sum, &whole.denominator * (2 * MONTHS * inner.len()))
    };
    let means: Vec<Amount> = (0..MONTHS).filter_map(of_month).collect();
    let Some(level) = spread::mean(&means) else { return Vec::new() };
    means.iter().map(|mean| mean.minus(&level)).collect()
}

/// Returns twice the sum of the twelve months around each inner row, the two at the ends with half weight each.
fn doubled_sums(whole: &Whole) -> Vec<num_bigint::BigInt> {
    whole.numbers.windows(MONTHS + 1).map(|window| window[..MONTHS].iter().chain(&window[1..]).sum()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_on_a_line_is_found_exactly() {
        let pattern = [5, -5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let values: Vec<Amount> = (0..36).map(|row| Amount::Integer(100 + row + pattern[row as usize % 12])).collect();
        let whole = Whole::of(&values.iter().collect::<Vec<_>>());
        let found = from_trend(&whole, 0);
        assert!((0..12).all(|month| found[month] == Amount::Integer(pattern[month])));
    }

    #[test]
    fn the_rows_of_a_month_follow_the_first_month() {
        assert_eq!(rows_of(0, 3, 30).collect::<Vec<_>>(), [9, 21]);
        assert_eq!(rows_of(3, 3, 30).collect::<Vec<_>>(), [0, 12, 24]);
    }
}
