//! Cumulative deviations: the sums of a series' deviations from its mean, which bend where the level changes.

use std::cmp::Ordering;

use num_bigint::BigInt;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::whole::Whole;
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "cusum",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::row("cumulative_deviation", "S(k) = Σ(t≤k) (y(t) − ȳ)").difference_of("value"),
        Output::whole("cumulative_deviation_maximum", "max S(k)").difference_of("value"),
        Output::whole("cumulative_deviation_minimum", "min S(k)").difference_of("value"),
        Output::whole("cumulative_deviation_range", "max S(k) − min S(k)").difference_of("value").flow(),
        Output::whole("cumulative_deviation_period", "arg max |S(k)|"),
    ],
    run,
};

/// A fraction above zero, compared without being simplified.
pub(super) struct Fraction {
    /// What stands above the line.
    pub numerator: BigInt,
    /// What stands below it.
    pub denominator: BigInt,
}

impl Fraction {
    /// Returns S² / (k(n − k)) of the row k, which is greatest where a break in the level is likeliest.
    pub(super) fn of_break(row: usize, sum: &BigInt, count: usize) -> Fraction {
        let k = row + 1;
        Fraction { numerator: sum * sum, denominator: BigInt::from(k * (count - k)) }
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Fraction) -> Ordering {
        (&self.numerator * &other.denominator).cmp(&(&other.numerator * &self.denominator))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Fraction) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

/// The cumulative deviations of a series, times its length and its denominator, with the sum of squared deviations.
pub(super) struct Path {
    /// The cumulative deviations S(k), for each k from 1 to n.
    pub sums: Vec<BigInt>,
    /// The sum of squared deviations, times the square of the same.
    pub squares: BigInt,
    /// The values.
    pub whole: Whole,
}

impl Path {
    /// Adds up the deviations.
    pub(super) fn of(values: &[&Amount]) -> Path {
        let whole = Whole::of(values);
        let (count, total) = (whole.count(), whole.sum());
        let deviations: Vec<BigInt> = whole.numbers.iter().map(|number| number * &count - &total).collect();
        let mut sum = BigInt::ZERO;
        let mut sums = Vec::with_capacity(deviations.len());
        for deviation in &deviations {
            sum += deviation;
            sums.push(sum.clone());
        }
        Path { sums, squares: deviations.iter().map(|deviation| deviation * deviation).sum(), whole }
    }

    /// Returns the first row where a measure of the sum is greatest, the last row left out, and the measure there.
    pub(super) fn greatest<T: Ord>(&self, measure: impl Fn(usize, &BigInt) -> T) -> Option<(usize, T)> {
        let inner = self.sums.len().saturating_sub(1);
        let mut best: Option<(usize, T)> = None;
        for (row, sum) in self.sums.iter().enumerate().take(inner) {
            let found = measure(row, sum);
            if best.as_ref().is_none_or(|(_, greatest)| found > *greatest) {
                best = Some((row, found));
            }
        }
        best
    }

    /// Returns the greatest and the least sum; the last one, zero, counts.
    pub(super) fn extremes(&self) -> Option<(&BigInt, &BigInt)> {
        self.sums.iter().max().zip(self.sums.iter().min())
    }
}

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    if values.len() < 2 {
        return Err(Reason::TooFew);
    }
    let path = Path::of(&values);
    let scale = path.whole.count() * &path.whole.denominator;
    let amount = |sum: &BigInt| path.whole.ratio(sum.clone(), scale.clone()).ok_or(Reason::TooFew);
    let mut found: Vec<Outcome> =
        path.sums.iter().enumerate().map(|(row, sum)| Outcome::row("cumulative_deviation", row, amount(sum))).collect();
    let (high, low) = path.extremes().ok_or(Reason::TooFew)?;
    found.push(Outcome::whole("cumulative_deviation_maximum", amount(high)));
    found.push(Outcome::whole("cumulative_deviation_minimum", amount(low)));
    found.push(Outcome::whole("cumulative_deviation_range", amount(&(high - low))));
    let greatest = path.greatest(|_, sum| sum.magnitude().clone()).filter(|_| path.squares != BigInt::ZERO);
    found.push(match greatest {
        Some((row, _)) => Outcome::whole("cumulative_deviation_period", frame.part(row)),
        None => Outcome::whole("cumulative_deviation_period", Reason::ZeroVariance),
    });
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_return_to_zero() {
        let values = [1, 2, 6].map(Amount::Integer);
        let path = Path::of(&values.iter().collect::<Vec<_>>());
        assert_eq!(path.sums, [-6, -9, 0].map(BigInt::from));
        assert_eq!(path.squares, BigInt::from(126));
        assert_eq!(path.greatest(|_, sum| sum.magnitude().clone()).map(|(row, _)| row), Some(1));
    }
}
