//! Exact: sums and products of amounts, and the logarithms of their exact ratios.

use super::{ln, ln_1p};
use crate::finding::{Amount, Reason};

/// Adds up: what is exact stays so, floats are added without loss; the order does not matter.
pub fn total<'a>(values: impl IntoIterator<Item = &'a Amount>) -> Amount {
    let (mut exact, mut floats) = (Amount::ZERO, Vec::new());
    for value in values {
        match value {
            Amount::Float(float) => floats.push(*float),
            value => exact = exact.plus(value),
        }
    }
    if floats.is_empty() { exact } else { exact.plus(&Amount::Float(super::sum(floats))) }
}

/// Adds up the products of pairs.
pub fn dot(a: &[&Amount], b: &[&Amount]) -> Amount {
    let products: Vec<Amount> = a.iter().zip(b).map(|(a, b)| a.times(b)).collect();
    total(&products)
}

/// Returns a half.
pub fn half(value: &Amount) -> Amount {
    value.divided_by(&Amount::Integer(2)).unwrap_or(Amount::ZERO)
}

/// Returns ln(a / b) of positive amounts, without the loss of digits where they are close.
pub fn ln_ratio(a: &Amount, b: &Amount) -> f64 {
    let excess = a.minus(b).over(b);
    if excess.abs() < 0.5 { ln_1p(excess) } else { ln(a.over(b)) }
}

/// Returns the logarithmic mean (a − b) / ln(a/b) of positive amounts, which is a where they are equal.
pub fn log_mean(a: &Amount, b: &Amount) -> f64 {
    if a == b { a.to_f64() } else { a.minus(b).to_f64() / ln_ratio(a, b) }
}

/// Refuses lists that hold a negative number: as `NegativeBase` where no number is positive, else as `MixedSign`.
pub fn non_negative(lists: &[&[&Amount]]) -> Result<(), Reason> {
    let has = |sign: i32| lists.iter().any(|list| list.iter().any(|value| value.signum() == sign));
    match (has(-1), has(1)) {
        (false, _) => Ok(()),
        (true, false) => Err(Reason::NegativeBase),
        (true, true) => Err(Reason::MixedSign),
    }
}
