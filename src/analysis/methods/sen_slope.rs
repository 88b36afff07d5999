//! Sen slope: the median of the slopes between all pairs of observations, with its confidence limits.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::order;
use crate::analysis::numeric::whole::Whole;
use crate::finding::{Amount, Reason};

use super::mann_kendall::{LEAST, variance_18};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "sen_slope",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("sen_slope", "b = Me{(y(j) − y(i)) / (t(j) − t(i)), i < j}").per_year("value"),
        Output::whole("sen_slope_low", "b(M₁), M₁ = (N − 1.96 · √Var(S)) / 2").per_year("value"),
        Output::whole("sen_slope_high", "b(M₂ + 1), M₂ = (N + 1.96 · √Var(S)) / 2").per_year("value"),
        Output::whole("sen_intercept", "a = Me(y) − b · Me(t), t = 1 … n").unit_of("value"),
        Output::whole("sen_intercept_joint", "a = Me{y(t) − b · t}, t = 1 … n").unit_of("value"),
    ],
    run,
};

/// The 97.5 % quantile of the standard normal distribution.
const QUANTILE: f64 = 1.959963984540054;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    if values.len() < LEAST {
        return Err(Reason::TooFew);
    }
    let (time, year) = frame.calendar()?;
    let slopes = sorted_slopes(&values, &time);
    let count = slopes.len();
    let at = |place: usize| slopes.get(place).and_then(|pair| pair.exact(&values, &time));
    let middle = mean_of(at(count.wrapping_sub(1) / 2), at(count / 2)).ok_or(Reason::TooFew)?;
    let (low, high) = limits(&values, count)
        .map_or_else(|reason| (Err(reason), Err(reason)), |(low, high)| (bound(at, low), bound(at, high)));
    let a_year = |slope: Result<Amount, Reason>| slope.map(|slope| slope.times(&year));
    Ok(vec![
        Outcome::whole("sen_slope", middle.times(&year)),
        Outcome::whole("sen_slope_low", a_year(low)),
        Outcome::whole("sen_slope_high", a_year(high)),
        Outcome::whole("sen_intercept", intercept(&values, &time, &middle).ok_or(Reason::TooFew)),
        Outcome::whole("sen_intercept_joint", joint_intercept(&values, &time, &middle).ok_or(Reason::TooFew)),
    ])
}

/// The slope between two rows: rounded, for the order, and the rows, for the exact value.
#[derive(Clone, Copy)]
pub(super) struct Slope {
    /// The slope, rounded once.
    pub rounded: f64,
    /// The earlier row.
    pub from: usize,
    /// The later row.
    pub to: usize,
}

impl Slope {
    /// Returns the slope exactly, for one step of time.
    pub(super) fn exact(&self, values: &[&Amount], time: &[i64]) -> Option<Amount> {
        let rise = values.get(self.to)?.minus(values.get(self.from)?);
        rise.divided_by(&Amount::Integer(time.get(self.to)? - time.get(self.from)?))
    }
}

/// Returns the slopes between all pairs of rows of different times, in order. A correctly rounded quotient never
/// changes places with another, so floats suffice for the order.
pub(super) fn sorted_slopes(values: &[&Amount], time: &[i64]) -> Vec<Slope> {
    let mut slopes = slopes(values, time);
    slopes.sort_unstable_by(|a, b| a.rounded.total_cmp(&b.rounded));
    slopes
}

/// Returns the two slopes in the middle of all between pairs of rows of different times; of equal ones that of the
/// earliest rows.
pub(super) fn middle_slopes(values: &[&Amount], time: &[i64]) -> Option<(Slope, Slope)> {
    let by = |a: &Slope, b: &Slope| a.rounded.total_cmp(&b.rounded).then((a.from, a.to).cmp(&(b.from, b.to)));
    order::middle(&mut slopes(values, time), by)
}

/// Returns the slopes between all pairs of rows of different times.
pub(super) fn slopes(values: &[&Amount], time: &[i64]) -> Vec<Slope> {
    let small = Whole::of(values).floats(1);
    let rise = |from: usize, to: usize| match &small {
        Some(numbers) => numbers[to] - numbers[from],
        None => values[to].minus(values[from]).to_f64(),
    };
    let mut slopes = Vec::with_capacity(values.len() * values.len() / 2);
    for from in 0..values.len() {
        for to in from + 1..values.len() {
            let run = time[to] - time[from];
            if run > 0 {
                slopes.push(Slope { rounded: rise(from, to) / run as f64, from, to });
            }
        }
    }
    slopes
}

/// Returns the mean of two amounts: the median of an even number of values from the two in the middle.
pub(super) fn mean_of(a: Option<Amount>, b: Option<Amount>) -> Option<Amount> {
    let (a, b) = (a?, b?);
    if a == b { Some(a) } else { a.plus(&b).divided_by(&Amount::Integer(2)) }
}

/// Returns the places of the confidence limits among the sorted slopes, from 1 on.
fn limits(values: &[&Amount], count: usize) -> Result<(f64, f64), Reason> {
    let variance = variance_18(values.len(), &order::ties(&order::dense_ranks(values)));
    if variance <= 0 {
        return Err(Reason::ZeroVariance);
    }
    let width = QUANTILE * (variance as f64 / 18.0).sqrt();
    let count = count as f64;
    Ok((((count - width) / 2.0).round_ties_even(), ((count + width) / 2.0 + 1.0).round_ties_even()))
}

/// Returns the slope at a place from 1 on; there are too few where the place is outside.
fn bound(at: impl Fn(usize) -> Option<Amount>, place: f64) -> Result<Amount, Reason> {
    if place < 1.0 {
        return Err(Reason::TooFew);
    }
    at(place as usize - 1).ok_or(Reason::TooFew)
}

fn intercept(values: &[&Amount], time: &[i64], slope: &Amount) -> Option<Amount> {
    let first = time.first()?;
    let mut sorted: Vec<Amount> = values.iter().map(|value| (*value).clone()).collect();
    sorted.sort();
    let mut moments: Vec<Amount> = time.iter().map(|moment| Amount::Integer(moment - first + 1)).collect();
    moments.sort();
    Some(order::median(&sorted)?.minus(&slope.times(&order::median(&moments)?)))
}

/// Returns the median of what a slope leaves of the values, with time from one on.
pub(super) fn joint_intercept(values: &[&Amount], time: &[i64], slope: &Amount) -> Option<Amount> {
    let first = time.first()?;
    let left = |(value, moment): (&&Amount, &i64)| value.minus(&slope.times(&Amount::Integer(moment - first + 1)));
    let mut rest: Vec<Amount> = values.iter().zip(time).map(left).collect();
    rest.sort();
    order::median(&rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_has_one_slope() {
        let values = [7, 10, 13, 19].map(Amount::Integer);
        let values: Vec<&Amount> = values.iter().collect();
        let slopes = sorted_slopes(&values, &[1, 2, 3, 5]);
        assert!(slopes.iter().all(|slope| slope.exact(&values, &[1, 2, 3, 5]) == Some(Amount::Integer(3))));
        assert_eq!(intercept(&values, &[1, 2, 3, 5], &Amount::Integer(3)), Some(Amount::Integer(4)));
    }
}
