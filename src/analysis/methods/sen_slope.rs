//! Sen slope: the median of the slopes between all pairs of observations, with its confidence limits.

use num_bigint::BigInt;
use num_integer::Integer;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::order;
use crate::analysis::numeric::whole::{Whole, simplest};
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
    let mut slopes = Slopes::of(&values, &time);
    let count = slopes.count();
    let middle = slopes.median().ok_or(Reason::TooFew)?;
    let mut at = |place: usize| slopes.at(place);
    let (low, high) = limits(&values, count)
        .map_or_else(|reason| (Err(reason), Err(reason)), |(low, high)| (bound(&mut at, low), bound(&mut at, high)));
    let a_year = |slope: Result<Amount, Reason>| slope.map(|slope| slope.times(&year));
    Ok(vec![
        Outcome::whole("sen_slope", middle.times(&year)),
        Outcome::whole("sen_slope_low", a_year(low)),
        Outcome::whole("sen_slope_high", a_year(high)),
        Outcome::whole("sen_intercept", intercept(&values, &time, &middle).ok_or(Reason::TooFew)),
        Outcome::whole("sen_intercept_joint", joint_intercept(&values, &time, &middle).ok_or(Reason::TooFew)),
    ])
}

/// The slopes between all pairs of rows of different times. A correctly rounded quotient never changes places with
/// another, so floats suffice for the order; those asked for are divided anew, exactly.
pub(super) struct Slopes<'a> {
    values: &'a [&'a Amount],
    time: &'a [i64],
    /// The rows between which lines are drawn: each with the others of its group.
    groups: Vec<Vec<usize>>,
    /// The values as floats, where these hold them.
    small: Option<Vec<f64>>,
    /// The keys of the slopes, rounded once, in no order.
    all: Vec<i64>,
}

impl<'a> Slopes<'a> {
    /// Draws a line between each two rows.
    pub(super) fn of(values: &'a [&'a Amount], time: &'a [i64]) -> Slopes<'a> {
        Slopes::within(values, time, vec![(0..values.len()).collect()])
    }

    /// Draws a line between each two rows of a group.
    pub(super) fn within(values: &'a [&'a Amount], time: &'a [i64], groups: Vec<Vec<usize>>) -> Slopes<'a> {
        let mut slopes = Slopes { values, time, groups, small: Whole::of(values).floats(1), all: Vec::new() };
        let mut all = Vec::with_capacity(slopes.groups.iter().map(|rows| rows.len() * rows.len() / 2).sum());
        for rows in &slopes.groups {
            for (at, from) in rows.iter().enumerate() {
                let later = rows[at + 1..].iter().filter(|to| time[**to] > time[*from]);
                all.extend(later.map(|to| order::key(slopes.rounded(*from, *to))));
            }
        }
        slopes.all = all;
        slopes
    }

    /// Returns how many there are.
    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// Returns the slope at a place in their order, from 0 on, exactly, for one step of time.
    pub(super) fn at(&mut self, place: usize) -> Option<Amount> {
        if place >= self.all.len() {
            return None;
        }
        let found = order::of_key(*self.all.select_nth_unstable(place).1);
        // A product is had sooner than a quotient, and rules out nearly all.
        let near = |(from, to): (usize, usize)| match &self.small {
            Some(numbers) => {
                let (rise, run) = (numbers[to] - numbers[from], (self.time[to] - self.time[from]) as f64);
                (rise - found * run).abs() <= rise.abs() * 1e-12
            }
            None => true,
        };
        let (from, to) = self.pairs().find(|pair| near(*pair) && self.rounded(pair.0, pair.1) == found)?;
        let rise = self.values[to].minus(self.values[from]);
        rise.divided_by(&Amount::Integer(self.time[to] - self.time[from]))
    }

    /// Returns the median.
    pub(super) fn median(&mut self) -> Option<Amount> {
        let count = self.all.len();
        mean_of(self.at(count.wrapping_sub(1) / 2), self.at(count / 2))
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.groups.iter().flat_map(|rows| pairs_of(rows)).filter(|(from, to)| self.time[*to] > self.time[*from])
    }

    fn rounded(&self, from: usize, to: usize) -> f64 {
        let run = self.time[to] - self.time[from];
        match &self.small {
            Some(numbers) => (numbers[to] - numbers[from]) / run as f64,
            None => self.values[to].minus(self.values[from]).to_f64() / run as f64,
        }
    }
}

fn pairs_of(rows: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    (0..rows.len()).flat_map(move |at| rows[at + 1..].iter().map(move |to| (rows[at], *to)))
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
fn bound(at: &mut impl FnMut(usize) -> Option<Amount>, place: f64) -> Result<Amount, Reason> {
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
    let moments: Vec<i64> = time.iter().map(|moment| moment - first + 1).collect();
    let (mut rest, scale) = detrended(values, &moments, slope);
    let exact = slope.is_exact() && values.iter().all(|value| value.is_exact());
    rest.sort();
    let twice = &rest[(rest.len() - 1) / 2] + &rest[rest.len() / 2];
    let median = simplest(&twice, &(scale * 2));
    if exact { Some(median) } else { Amount::float(median.to_f64()) }
}

/// Returns the values less a slope times their moments, as whole numbers over one denominator.
pub(super) fn detrended(values: &[&Amount], moments: &[i64], slope: &Amount) -> (Vec<BigInt>, BigInt) {
    let (whole, slope) = (Whole::of(values), slope.to_rational());
    let scale = whole.denominator.lcm(slope.denom());
    let (of_values, of_slope) = (&scale / &whole.denominator, &scale / slope.denom() * slope.numer());
    let rest = whole.numbers.iter().zip(moments).map(|(value, t)| value * &of_values - &of_slope * t).collect();
    (rest, scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_has_one_slope() {
        let values = [7, 10, 13, 19].map(Amount::Integer);
        let values: Vec<&Amount> = values.iter().collect();
        let mut slopes = Slopes::of(&values, &[1, 2, 3, 5]);
        assert!((0..6).all(|place| slopes.at(place) == Some(Amount::Integer(3))));
        assert_eq!(intercept(&values, &[1, 2, 3, 5], &Amount::Integer(3)), Some(Amount::Integer(4)));
    }
}
