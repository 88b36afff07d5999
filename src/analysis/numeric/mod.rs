//! Numeric: the functions under the methods that leave the rationals, the same to the last bit on every machine.
//!
//! Sums are exact and rounded once, so that the order of rows does not matter; `exp`, `ln` and powers are correctly
//! rounded, so that another correct library would give the same bits.

pub mod distribution;
pub mod exact;
pub mod forms;
mod homogeneity;
pub mod order;
pub mod permutation;
pub mod random;
pub mod ranks;
pub mod regression;
pub mod segments;
mod special;
pub mod spread;
pub mod supremum;
mod supremum_table;
mod twofold;
pub mod whole;

use crate::finding::{Amount, Reason};

/// Adds up without any loss and rounds once, so that the order of the values does not matter.
pub fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sum = Sum::default();
    values.into_iter().for_each(|value| sum.add(value));
    sum.rounded()
}

/// A sum that loses nothing, to which values are added (Shewchuk 1997).
#[derive(Clone, Debug, Default)]
pub struct Sum {
    /// Numbers that do not overlap and whose sum is that of the values so far, the smallest first.
    partials: Vec<f64>,
}

impl Sum {
    /// Adds a value.
    pub fn add(&mut self, value: f64) {
        let partials = &mut self.partials;
        let mut carried = value;
        let mut kept = 0;
        for at in 0..partials.len() {
            let (large, small) =
                if carried.abs() < partials[at].abs() { (partials[at], carried) } else { (carried, partials[at]) };
            carried = large + small;
            let lost = small - (carried - large);
            if lost != 0.0 {
                partials[kept] = lost;
                kept += 1;
            }
        }
        partials.truncate(kept);
        partials.push(carried);
    }

    /// Returns the sum, rounded once.
    pub fn rounded(&self) -> f64 {
        let mut rest = self.partials.iter().rev();
        let mut sum = rest.next().copied().unwrap_or(0.0);
        while let Some(next) = rest.next() {
            let (large, small) = (sum, *next);
            sum = large + small;
            let lost = small - (sum - large);
            if lost != 0.0 {
                // Exactly half a unit is rounded to even only where nothing is left beyond it.
                let beyond = rest.next().copied().unwrap_or(0.0);
                let further = sum + 2.0 * lost;
                if lost * beyond > 0.0 && further - sum == 2.0 * lost {
                    sum = further;
                }
                break;
            }
        }
        sum
    }
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
