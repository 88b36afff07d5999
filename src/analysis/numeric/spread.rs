//! Spread: means and variances of amounts, exact where the amounts are.

use num_bigint::BigInt;
use num_traits::Signed;

pub use super::exact::total;
use super::whole::Whole;
use crate::finding::Amount;

/// Returns the mean; `None` of nothing.
pub fn mean<'a>(values: impl IntoIterator<Item = &'a Amount> + Clone) -> Option<Amount> {
    total(values.clone()).divided_by(&Amount::Integer(values.into_iter().count() as i64))
}

/// Returns the variance with the divisor n; `None` of nothing. What is exact stays whole up to the one division.
pub fn variance<'a>(values: impl IntoIterator<Item = &'a Amount>) -> Option<Amount> {
    let values: Vec<&Amount> = values.into_iter().collect();
    if values.iter().all(|value| value.is_exact()) {
        let whole = Whole::of(&values);
        let (n, sum) = (whole.count(), whole.sum());
        let squares: BigInt = whole.numbers.iter().map(|number| number * number).sum();
        let below = &n * &whole.denominator;
        return whole.ratio(squares * &n - &sum * &sum, &below * &below);
    }
    let n = Amount::Integer(values.len() as i64);
    let sum = total(values.iter().copied());
    let squares: Vec<Amount> = values.iter().map(|value| square(&value.times(&n).minus(&sum))).collect();
    total(&squares).divided_by(&n.times(&n).times(&n))
}

/// Returns the mean distance from the mean; `None` of nothing. What is exact stays whole up to the one division.
pub fn mean_deviation(values: &[Amount]) -> Option<Amount> {
    if values.iter().all(Amount::is_exact) {
        let whole = Whole::of(&values.iter().collect::<Vec<_>>());
        let (n, sum) = (whole.count(), whole.sum());
        let distances: BigInt = whole.numbers.iter().map(|number| (number * &n - &sum).abs()).sum();
        return whole.ratio(distances, &n * &n * &whole.denominator);
    }
    let middle = mean(values)?;
    mean(&values.iter().map(|value| value.minus(&middle).magnitude()).collect::<Vec<_>>())
}

/// Returns the square.
pub fn square(value: &Amount) -> Amount {
    value.times(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_exact_and_knows_no_order() {
        let whole = [1, 2, 3, 4].map(Amount::Integer);
        assert_eq!(mean(&whole), Amount::ratio(5, 2));
        assert_eq!(variance(&whole), Amount::ratio(5, 4));
        assert_eq!(mean_deviation(&whole), Some(Amount::Integer(1)));
        let thirds = [1, 2, 6].map(|n| Amount::ratio(n, 3).expect("a ratio"));
        assert_eq!(variance(&thirds), Amount::ratio(14, 27));
        assert_eq!(mean_deviation(&thirds), Amount::ratio(2, 3));
        assert_eq!((variance(&[]), mean_deviation(&[])), (None, None));
        let mut floats = [0.1, 1e16, -0.3, -1e16, 7.7].map(Amount::Float);
        let once = total(&floats);
        floats.reverse();
        assert_eq!(total(&floats), once);
    }
}
