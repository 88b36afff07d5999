//! Autocorrelation: how a series goes with its own past, exact in rational numbers, and the Ljung–Box test.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Zero;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::distribution;
use crate::analysis::numeric::regression::simplest;
use crate::analysis::numeric::whole::Whole;
use crate::finding::{Amount, Part, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "autocorrelation",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[Param::new("lags", ParamKind::Count(1, 100), "1")],
    outputs: &[
        Output::member("autocorrelation", "r(k) = Σ(t>k) (y(t) − ȳ)(y(t−k) − ȳ) / Σ(y(t) − ȳ)²"),
        Output::whole("ljung_box_statistic", "Q = n(n + 2) · Σ(k≤m) r(k)² / (n − k)").flow(),
        Output::whole("ljung_box_p", "p = P(χ²(m) ≥ Q)").p(),
    ],
    run,
};

/// Fewer levels than this say nothing.
const LEAST: usize = 8;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    let n = values.len();
    if n < LEAST {
        return Err(Reason::TooFew);
    }
    frame.unbroken()?;
    let whole = Whole::of(&values);
    let sum = whole.sum();
    let deviations: Vec<BigInt> = whole.numbers.iter().map(|y| y * n - &sum).collect();
    let product =
        |lag: usize| -> BigInt { deviations.iter().zip(deviations.iter().skip(lag)).map(|(a, b)| a * b).sum() };
    let variance = product(0);
    if variance.is_zero() {
        return Err(Reason::ZeroVariance);
    }
    let lags = frame.count("lags") as usize;
    let products: Vec<BigInt> = (1..=lags.min(n - 1)).map(product).collect();
    let exact = values.iter().all(|value| value.is_exact());
    let amount = |numerator: &BigInt, denominator: &BigInt| {
        let amount = simplest(numerator, denominator);
        if exact { Ok(amount) } else { Amount::float(amount.to_f64()).ok_or(Reason::Undefined) }
    };
    let mut found = Vec::new();
    for lag in 1..=lags {
        let value = products.get(lag - 1).ok_or(Reason::TooFew).and_then(|product| amount(product, &variance));
        found.push(Outcome::member("autocorrelation", Part::Category(lag.to_string().into()), value));
    }
    let statistic = if lags < n {
        let (numerator, denominator) = ljung_box(&products, n);
        amount(&numerator, &(denominator * &variance * &variance))
    } else {
        Err(Reason::TooFew)
    };
    let p = statistic.as_ref().map(|q| distribution::chi_squared_upper(q.to_f64(), lags as f64)).map_err(|r| *r);
    found.push(Outcome::whole("ljung_box_statistic", statistic));
    found.push(Outcome::whole("ljung_box_p", p));
    Ok(found)
}

/// n(n + 2) · Σ c(k)² / (n − k) as a fraction.
fn ljung_box(products: &[BigInt], n: usize) -> (BigInt, BigInt) {
    let divisors = || (1..).zip(products).map(|(lag, product)| (BigInt::from(n - lag), product));
    let common = divisors().fold(BigInt::from(1), |lcm, (divisor, _)| lcm.lcm(&divisor));
    let sum: BigInt = divisors().map(|(divisor, product)| product * product * (&common / divisor)).sum();
    (sum * n * (n + 2), common)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statistic_weighs_each_lag_by_its_pairs() {
        let (numerator, denominator) = ljung_box(&[BigInt::from(2), BigInt::from(-3)], 8);
        // 8 · 10 · (4/7 + 9/6)
        assert_eq!(simplest(&numerator, &denominator), Amount::ratio(8 * 10 * (8 + 21), 14).expect("a value"));
    }
}
