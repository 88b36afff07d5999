//! Whole: values brought to whole numbers over one denominator, so that sums and powers of them need no fractions.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive};

use crate::finding::Amount;

/// Values as whole numbers over one denominator.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The values times the denominator, in their order.
    pub numbers: Vec<BigInt>,
    /// What all of them are over.
    pub denominator: BigInt,
    exact: bool,
}

impl Whole {
    /// Brings values to one denominator; a float is read as its shortest decimal.
    pub fn of(values: &[&Amount]) -> Whole {
        if let Some(numbers) = values.iter().map(|value| value.to_i64().map(BigInt::from)).collect() {
            return Whole { numbers, denominator: BigInt::one(), exact: true };
        }
        let fractions: Vec<BigRational> = values.iter().map(|value| value.to_rational()).collect();
        let denominator = fractions
            .iter()
            .fold(BigInt::one(), |lcm, value| if value.denom().is_one() { lcm } else { lcm.lcm(value.denom()) });
        let number = |value: &BigRational| value.numer() * (&denominator / value.denom());
        Whole {
            numbers: fractions.iter().map(number).collect(),
            exact: values.iter().all(|value| value.is_exact()),
            denominator,
        }
    }

    /// Returns the sum of the whole numbers.
    pub fn sum(&self) -> BigInt {
        self.numbers.iter().sum()
    }

    /// Returns how many there are.
    pub fn count(&self) -> BigInt {
        BigInt::from(self.numbers.len())
    }

    /// Returns the whole numbers as small ones, where all of them fit.
    pub fn small(&self) -> Option<Vec<i64>> {
        self.numbers.iter().map(ToPrimitive::to_i64).collect()
    }

    /// Returns the whole numbers as floats, where these hold them and their differences exactly, though they be taken so
    /// many times.
    pub fn floats(&self, times: i64) -> Option<Vec<f64>> {
        let most = (1_i64 << 52) / times.max(1);
        let small = |number: &BigInt| number.to_i64().filter(|number| (-most..=most).contains(number));
        self.numbers.iter().map(|number| small(number).map(|number| number as f64)).collect()
    }

    /// Returns a fraction in its simplest form, as a float where a float is among the values; `None` for a division by
    /// zero.
    pub fn ratio(&self, numerator: BigInt, denominator: BigInt) -> Option<Amount> {
        if denominator == BigInt::ZERO {
            return None;
        }
        let amount = simplest(&numerator, &denominator);
        if self.exact { Some(amount) } else { Amount::float(amount.to_f64()) }
    }
}

/// Brings a fraction with a denominator other than zero into its simplest form; fast where both parts are small.
pub fn simplest(numerator: &BigInt, denominator: &BigInt) -> Amount {
    match small(numerator, denominator) {
        Some((n, d)) => Amount::of_terms(n, d),
        None => Amount::simplest(BigRational::new(numerator.clone(), denominator.clone())),
    }
}

/// Returns the nearest float to a fraction with a denominator other than zero.
pub fn nearest(numerator: &BigInt, denominator: &BigInt) -> f64 {
    const WHOLE: i128 = 1 << 53;
    match small(numerator, denominator) {
        // Both are floats without loss, so that their quotient is rounded once.
        Some((n, d)) if n.abs() < WHOLE && d < WHOLE => n as f64 / d as f64,
        _ => simplest(numerator, denominator).to_f64(),
    }
}

/// Returns a fraction as small numbers, the second above zero.
fn small(numerator: &BigInt, denominator: &BigInt) -> Option<(i128, i128)> {
    let (n, d) = (numerator.to_i128().filter(|n| *n != i128::MIN)?, denominator.to_i128().filter(|d| *d != i128::MIN)?);
    Some(if d > 0 { (n, d) } else { (-n, -d) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brings_decimals_to_one_denominator() {
        let values = ["0.5", "-0.25", "3"].map(|text| Amount::parse(text).expect("a value"));
        let whole = Whole::of(&values.iter().collect::<Vec<_>>());
        assert_eq!(whole.small(), Some(vec![2, -1, 12]));
        assert_eq!(whole.ratio(whole.sum(), &whole.denominator * whole.count()), Amount::ratio(13, 12));
    }
}
