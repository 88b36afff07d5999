//! Numeric: the functions under the methods that leave the rationals, the same to the last bit on every machine.
//!
//! Sums run from the first row to the last and are compensated (Neumaier 1974); `exp`, `ln` and powers are correctly
//! rounded, so that another correct library would give the same bits.

pub mod distribution;
pub mod exact;
pub mod order;
pub mod regression;
pub mod spread;
pub mod whole;

use crate::finding::{Amount, Reason};

/// Adds up from left to right, keeping what rounding loses (Neumaier 1974).
pub fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut lost) = (0.0_f64, 0.0_f64);
    for value in values {
        let next = sum + value;
        lost += if sum.abs() >= value.abs() { (sum - next) + value } else { (value - next) + sum };
        sum = next;
    }
    sum + lost
}

/// Returns the mean; `None` of nothing.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| sum(values.iter().copied()) / values.len() as f64)
}

/// Returns the sum of squared deviations from the mean, in two passes.
pub fn squared_deviations(values: &[f64]) -> f64 {
    let Some(mean) = mean(values) else { return 0.0 };
    sum(values.iter().map(|value| (value - mean) * (value - mean)))
}

/// Returns `times · part / whole`, exactly; or the reason where the whole is zero.
pub fn per(times: i64, part: &Amount, whole: &Amount, zero: Reason) -> Result<Amount, Reason> {
    part.times(&Amount::Integer(times)).divided_by(whole).ok_or(zero)
}

/// The natural logarithm, correctly rounded.
pub fn ln(x: f64) -> f64 {
    pxfm::f_log(x)
}

/// ln(1 + x), correctly rounded.
pub fn ln_1p(x: f64) -> f64 {
    pxfm::f_log1p(x)
}

/// The exponential function, correctly rounded.
pub fn exp(x: f64) -> f64 {
    pxfm::f_exp(x)
}

/// exp(x) − 1, correctly rounded.
pub fn exp_m1(x: f64) -> f64 {
    pxfm::f_expm1(x)
}

/// A power, correctly rounded.
pub fn pow(x: f64, y: f64) -> f64 {
    pxfm::f_pow(x, y)
}

#[cfg(test)]
mod tests;
