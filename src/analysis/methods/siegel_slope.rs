//! Siegel: the repeated median of slopes, which half of all observations may not lead astray.

use super::mann_kendall::LEAST;
use super::sen_slope::{joint_intercept, mean_of};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::order;
use crate::analysis::numeric::whole::Whole;
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "siegel_slope",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("siegel_slope", "b = Me(i) Me(j≠i) {(y(j) − y(i)) / (t(j) − t(i))}").per_year("value"),
        Output::whole("siegel_intercept_joint", "a = Me{y(t) − b · t}, t = 1 … n").unit_of("value"),
        Output::whole("siegel_intercept", "a = Me(i) Me(j≠i) {(y(i)t(j) − y(j)t(i)) / (t(j) − t(i))}, t = 1 … n")
            .unit_of("value"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    if values.len() < LEAST {
        return Err(Reason::TooFew);
    }
    let (time, year) = frame.calendar()?;
    let first = time.first().copied().unwrap_or_default();
    let clock: Vec<i64> = time.iter().map(|t| t - first + 1).collect();
    let times: Vec<f64> = clock.iter().map(|t| *t as f64).collect();
    let small = Whole::of(&values).floats(clock.iter().copied().max().unwrap_or(1));
    let rise = |i: usize, j: usize| values[j].minus(values[i]);
    let rounded_rise = |i: usize, j: usize| match &small {
        Some(whole) => whole[j] - whole[i],
        None => rise(i, j).to_f64(),
    };
    let slope = repeated(&clock, rise, rounded_rise).ok_or(Reason::ZeroVariance)?;
    let level = |i: usize, j: usize| {
        values[i].times(&Amount::Integer(clock[j])).minus(&values[j].times(&Amount::Integer(clock[i])))
    };
    let rounded_level = |i: usize, j: usize| match &small {
        Some(whole) => whole[i] * times[j] - whole[j] * times[i],
        None => level(i, j).to_f64(),
    };
    let joint = joint_intercept(&values, &time, &slope).ok_or(Reason::TooFew);
    Ok(vec![
        Outcome::whole("siegel_slope", slope.times(&year)),
        Outcome::whole("siegel_intercept_joint", joint),
        Outcome::whole("siegel_intercept", repeated(&clock, level, rounded_level).ok_or(Reason::ZeroVariance)),
    ])
}

/// Returns the median over i of the medians over j of `top(i, j) / (t(j) − t(i))`, exactly; rows of one time have none.
/// `rounded` gives the top as a float but for a factor that all pairs share.
fn repeated(
    clock: &[i64],
    top: impl Fn(usize, usize) -> Amount,
    rounded: impl Fn(usize, usize) -> f64,
) -> Option<Amount> {
    let quotient = |i: usize, j: usize| rounded(i, j) / (clock[j] - clock[i]) as f64;
    let keyed = |i: usize, j: usize| order::key(quotient(i, j));
    let others = |i: usize| (0..clock.len()).filter(move |j| clock[*j] != clock[i]);
    // A correctly rounded quotient never changes places with another, so floats suffice for the order.
    let apart = clock.is_sorted_by(|a, b| a < b);
    let mut row: Vec<i64> = Vec::with_capacity(clock.len());
    let mut medians = Vec::with_capacity(clock.len());
    for i in 0..clock.len() {
        row.clear();
        if apart {
            row.extend((0..i).map(|j| keyed(i, j)));
            row.extend((i + 1..clock.len()).map(|j| keyed(i, j)));
        } else {
            row.extend(others(i).map(|j| keyed(i, j)));
        }
        let (low, high) = order::middle(&mut row, i64::cmp)?;
        medians.push(Middle::of((order::of_key(low), order::of_key(high)), i));
    }
    let mut means: Vec<f64> = medians.iter().map(|middle| middle.mean).collect();
    let (low, high) = order::middle(&mut means, f64::total_cmp)?;
    // What floats may confuse with the middle is put in order exactly.
    let doubt = medians.iter().fold(0.0, |most: f64, m| most.max(m.low.abs()).max(m.high.abs())) * 1e-12;
    let below = medians.iter().filter(|middle| middle.mean < low - doubt).count();
    let near = medians.iter().filter(|middle| middle.mean >= low - doubt && middle.mean <= high + doubt);
    let exactly = |middle: &Middle| {
        let of = |float: f64| {
            let j = others(middle.row).find(|j| quotient(middle.row, *j) == float)?;
            top(middle.row, j).divided_by(&Amount::Integer(clock[j] - clock[middle.row]))
        };
        mean_of(of(middle.low), of(middle.high))
    };
    let mut near: Vec<Amount> = near.map(exactly).collect::<Option<_>>()?;
    near.sort();
    let at = |place: usize| near.get(place - below).cloned();
    mean_of(at((medians.len() - 1) / 2), at(medians.len() / 2))
}

/// The two quotients in the middle of those of a row, and their mean, as floats.
struct Middle {
    row: usize,
    low: f64,
    high: f64,
    mean: f64,
}

impl Middle {
    fn of((low, high): (f64, f64), row: usize) -> Middle {
        Middle { row, low, high, mean: (low + high) / 2.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_observation_gone_astray_changes_nothing() {
        let clock = [1, 2, 3, 4, 5, 6, 7];
        let values = [10, 12, 900, 16, 18, -40, 22];
        let rise = |i: usize, j: usize| Amount::Integer(values[j] - values[i]);
        assert_eq!(repeated(&clock, rise, |i, j| rise(i, j).to_f64()), Some(Amount::Integer(2)));
    }
}
