//! Modified Mann–Kendall: the test of trend where a series follows its own past.

use num_bigint::BigInt;

use super::mann_kendall::{LEAST, score, variance_18};
use super::sen_slope::{Slopes, detrended};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::{distribution, mean, order, sum};
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "modified_mann_kendall",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[Param::new("lags", ParamKind::Count(0, 100), "1")],
    outputs: &[
        Output::whole(
            "hamed_rao_correction",
            "n/n* = 1 + 2/(n(n − 1)(n − 2)) · Σ (n − k)(n − k − 1)(n − k − 2) · r(k), |r(k)| > z(0.975)/√n",
        ),
        Output::whole("hamed_rao_z", "z = (S − sgn S) / √(Var(S) · n/n*), r = r(rank(y − b·t))"),
        Output::whole("hamed_rao_p", "p = 2 · [1 − Φ(|z|)]").p(),
        Output::whole("yue_wang_correction", "n/n* = 1 + 2 · Σ (1 − k/n) · r(k), r = r(y − b·t)"),
        Output::whole("yue_wang_z", "z = (S − sgn S) / √(Var(S) · n/n*)"),
        Output::whole("yue_wang_p", "p = 2 · [1 − Φ(|z|)]").p(),
        Output::whole("yue_wang_ar_correction", "n/n* = 1 + 2 · Σ (1 − k/n) · r(1)^k, r = r(y − b·t)"),
        Output::whole("yue_wang_ar_z", "z = (S − sgn S) / √(Var(S) · n/n*)"),
        Output::whole("yue_wang_ar_p", "p = 2 · [1 − Φ(|z|)]").p(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    let n = values.len();
    if n < LEAST {
        return Err(Reason::TooFew);
    }
    frame.unbroken()?;
    let ranks = order::dense_ranks(&values);
    let (s, variance) = (score(&ranks), variance_18(n, &order::ties(&ranks)));
    if variance <= 0 {
        return Err(Reason::ZeroVariance);
    }
    let rest = off_slope(&values).ok_or(Reason::TooFew)?;
    let lags = match frame.count("lags") as usize {
        0 => n - 1,
        lags => lags.min(n - 1),
    };
    let by_rank: Vec<f64> = order::mid_ranks(&order::dense_ranks(&rest));
    let least = rest.iter().min().cloned().unwrap_or_default();
    let span = rest.iter().map(|value| value - &least).max().unwrap_or_default();
    let by_value: Vec<f64> = rest.iter().map(|value| share(&(value - &least), &span)).collect();
    let size = n as f64;
    let reach = distribution::normal_quantile(0.975) / size.sqrt();
    let hamed_rao = autocorrelations(&by_rank, lags).map(|r| {
        let terms = (1..).zip(r).filter(|(_, r)| r.abs() > reach).map(|(k, r)| {
            let left = size - f64::from(k);
            left * (left - 1.0) * (left - 2.0) * r
        });
        1.0 + 2.0 / (size * (size - 1.0) * (size - 2.0)) * sum(terms)
    });
    let yue_wang = autocorrelations(&by_value, lags)
        .map(|r| 1.0 + 2.0 * sum((1..).zip(r).map(|(k, r)| (1.0 - f64::from(k) / size) * r)));
    // A first-order autoregression of the same first autocorrelation, all of whose lags are taken in.
    let autoregressive = autocorrelations(&by_value, 1).map(|r| {
        let first = r.first().copied().unwrap_or_default();
        let powers = std::iter::successors(Some(first), |power| Some(power * first)).take(n - 1);
        1.0 + 2.0 * sum((1..).zip(powers).map(|(k, power)| (1.0 - f64::from(k) / size) * power))
    });
    let z = |correction: Result<f64, Reason>| {
        let corrected = variance as f64 / 18.0 * correction?;
        // A sum of correlations may outweigh the variance itself.
        if corrected > 0.0 { Ok((s - s.signum()) as f64 / corrected.sqrt()) } else { Err(Reason::Undefined) }
    };
    Ok(vec![
        Outcome::whole("hamed_rao_correction", hamed_rao),
        Outcome::whole("hamed_rao_z", z(hamed_rao)),
        Outcome::whole("hamed_rao_p", z(hamed_rao).map(distribution::normal_two_sided)),
        Outcome::whole("yue_wang_correction", yue_wang),
        Outcome::whole("yue_wang_z", z(yue_wang)),
        Outcome::whole("yue_wang_p", z(yue_wang).map(distribution::normal_two_sided)),
        Outcome::whole("yue_wang_ar_correction", autoregressive),
        Outcome::whole("yue_wang_ar_z", z(autoregressive)),
        Outcome::whole("yue_wang_ar_p", z(autoregressive).map(distribution::normal_two_sided)),
    ])
}

/// Returns the values less Sen's slope times their place, times a common denominator: equal ones stay equal.
fn off_slope(values: &[&Amount]) -> Option<Vec<BigInt>> {
    let places: Vec<i64> = (1..=values.len() as i64).collect();
    let slope = Slopes::of(values, &places).median()?;
    Some(detrended(values, &places, &slope).0)
}

/// A part of a whole as a float; nothing of nothing.
fn share(part: &BigInt, whole: &BigInt) -> f64 {
    if *whole == BigInt::ZERO { 0.0 } else { crate::analysis::numeric::whole::simplest(part, whole).to_f64() }
}

/// Returns the autocorrelations at lags from one on, covariances of all lags over n.
fn autocorrelations(values: &[f64], lags: usize) -> Result<Vec<f64>, Reason> {
    let middle = mean(values).ok_or(Reason::TooFew)?;
    let off: Vec<f64> = values.iter().map(|value| value - middle).collect();
    let product = |lag: usize| sum(off.iter().zip(&off[lag..]).map(|(a, b)| a * b));
    let whole = product(0);
    if whole == 0.0 {
        // A straight line: nothing is left that could follow its own past.
        return Ok(vec![0.0; lags]);
    }
    Ok((1..=lags).map(|lag| product(lag) / whole).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_leaves_nothing() {
        let values = [7, 10, 13, 16].map(Amount::Integer);
        let rest = off_slope(&values.iter().collect::<Vec<_>>()).expect("a value");
        assert!(rest.iter().all(|value| *value == rest[0]));
        assert_eq!(autocorrelations(&[2.0; 4], 2), Ok(vec![0.0; 2]));
    }
}
