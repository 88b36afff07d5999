//! Randomness: four tests of whether the order of a series' values is that of chance.

use num_bigint::BigInt;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::whole::Whole;
use crate::analysis::numeric::{distribution, order};
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "randomness",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("cox_stuart_z", "z = (|S − n/6| − c) / √(n/12)"),
        Output::whole("cox_stuart_p", "p = 2 · [1 − Φ(|z|)]").p(),
        Output::whole("wallis_moore_z", "z = (|h − (2n − 7)/3| − c) / √((16n − 29)/90)"),
        Output::whole("wallis_moore_p", "p = 2 · [1 − Φ(|z|)]").p(),
        Output::whole("bartels_ratio", "RVN = Σ(R(t) − R(t+1))² / Σ(R(t) − R̄)²").flow(),
        Output::whole("bartels_p", "p = P(RVN* ≤ RVN)").p(),
        Output::whole("wald_wolfowitz_z", "z = (R − E R) / √Var R, R = Σ y(t) · y(t+1) + y(n) · y(1)"),
        Output::whole("wald_wolfowitz_p", "p = 2 · [1 − Φ(|z|)]").p(),
    ],
    run,
};

/// Fewer observations than this say nothing.
const LEAST: usize = 4;

/// From more observations on, the correction for continuity is left out.
const SMALL: usize = 30;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    if values.len() < LEAST {
        return Err(Reason::TooFew);
    }
    let ranks = order::dense_ranks(&values);
    if ranks.iter().all(|rank| *rank == 0) {
        return Err(Reason::ZeroVariance);
    }
    let (cox, wallis, wald) = (cox_stuart(&ranks), wallis_moore(&ranks), wald_wolfowitz(&values));
    let ratio = bartels(&ranks);
    let bartels_p = ratio.as_ref().map_err(|reason| *reason).map(|ratio| bartels_p(ratio.to_f64(), ranks.len() as f64));
    Ok(vec![
        Outcome::whole("cox_stuart_z", cox),
        Outcome::whole("cox_stuart_p", distribution::normal_two_sided(cox)),
        Outcome::whole("wallis_moore_z", wallis),
        Outcome::whole("wallis_moore_p", distribution::normal_two_sided(wallis)),
        Outcome::whole("bartels_p", bartels_p),
        Outcome::whole("bartels_ratio", ratio),
        Outcome::whole("wald_wolfowitz_z", wald),
        Outcome::whole("wald_wolfowitz_p", wald.map(distribution::normal_two_sided)),
    ])
}

fn continuity(n: usize) -> f64 {
    if n <= SMALL { 0.5 } else { 0.0 }
}

fn cox_stuart(ranks: &[usize]) -> f64 {
    let (n, third) = (ranks.len(), ranks.len().div_ceil(3));
    let pairs = || ranks.iter().zip(ranks.iter().skip(n - third));
    let rises = pairs().filter(|(before, after)| after > before).count();
    let falls = pairs().filter(|(before, after)| after < before).count();
    let off = (rises.max(falls) as f64 - n as f64 / 6.0).abs() - continuity(n);
    off / (n as f64 / 12.0).sqrt()
}

fn wallis_moore(ranks: &[usize]) -> f64 {
    let n = ranks.len() as f64;
    let mut levels = ranks.to_vec();
    levels.dedup();
    let turns = levels.windows(3).filter(|three| (three[0] < three[1]) != (three[1] < three[2])).count();
    let phases = turns.saturating_sub(1) as f64;
    ((phases - (2.0 * n - 7.0) / 3.0).abs() - continuity(ranks.len())) / ((16.0 * n - 29.0) / 90.0).sqrt()
}

/// Works with twice the mid-ranks, which are whole.
fn bartels(ranks: &[usize]) -> Result<Amount, Reason> {
    let n = ranks.len() as i64;
    let doubled: Vec<i64> = order::mid_ranks(ranks).iter().map(|rank| (2.0 * rank) as i64).collect();
    let steps: i64 = doubled.windows(2).map(|two| (two[0] - two[1]) * (two[0] - two[1])).sum();
    let spread: i64 = doubled.iter().map(|rank| (rank - n - 1) * (rank - n - 1)).sum();
    Amount::ratio(steps, spread).ok_or(Reason::ZeroVariance)
}

fn bartels_p(ratio: f64, n: f64) -> f64 {
    if n >= 100.0 {
        return distribution::normal_upper((2.0 - ratio) / (20.0 / (5.0 * n + 7.0)).sqrt());
    }
    if ratio <= 0.0 {
        return 0.0;
    }
    let shape = 5.0 * n * (n + 1.0) * (n - 1.0) * (n - 1.0) / (2.0 * (n - 2.0) * (5.0 * n * n - 2.0 * n - 9.0)) - 0.5;
    // A beta variable with two equal shapes is below x as often as Fisher's is above (1 − x)/x.
    distribution::fisher_upper((4.0 - ratio) / ratio, 2.0 * shape, 2.0 * shape)
}

/// Exact up to the last root: products of levels leave the small integers soon.
fn wald_wolfowitz(values: &[&Amount]) -> Result<f64, Reason> {
    let whole = Whole::of(values);
    let y = &whole.numbers;
    let n = whole.count();
    let (mut s1, mut s2, mut s3, mut s4) = (BigInt::ZERO, BigInt::ZERO, BigInt::ZERO, BigInt::ZERO);
    for value in y {
        let square = value * value;
        s1 += value;
        s3 += &square * value;
        s4 += &square * &square;
        s2 += square;
    }
    let statistic: BigInt = y.iter().zip(y.iter().cycle().skip(1)).map(|(one, next)| one * next).sum();
    // (n − 1) times the mean, and (n − 1)²(n − 2) times the variance.
    let mean = &s1 * &s1 - &s2;
    let pairs = &s2 * &s2 - &s4;
    let fours = s1.pow(4) - &s1 * &s1 * &s2 * 4 + &s1 * &s3 * 4 + &s2 * &s2 - &s4 * 2;
    let (one, two) = (&n - 1, &n - 2);
    let variance = &pairs * &one * &two + &fours * &one - &mean * &mean * &two;
    let off = statistic * &one - &mean;
    // z² = off² · (n − 2) / variance
    let square = whole.ratio(&off * &off * &two, variance).ok_or(Reason::ZeroVariance)?;
    if square.signum() < 0 {
        return Err(Reason::ZeroVariance);
    }
    let size = square.to_f64().sqrt();
    Ok(if off < BigInt::ZERO { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rising_line_has_the_smallest_ratio() {
        assert_eq!(bartels(&[0, 1, 2, 3]), Ok(Amount::ratio(3, 5).expect("a value")));
        assert_eq!(wallis_moore(&[0, 1, 2, 3]), wallis_moore(&[3, 2, 1, 0]));
    }
}
