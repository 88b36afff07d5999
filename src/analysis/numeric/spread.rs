//! Spread: means and variances of amounts, exact where the amounts are.

use num_bigint::BigInt;

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
        assert_eq!(variance(&[]), None);
        let mut floats = [0.1, 1e16, -0.3, -1e16, 7.7].map(Amount::Float);
        let once = total(&floats);
        floats.reverse();
        assert_eq!(total(&floats), once);
    }
}
