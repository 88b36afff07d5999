//! Mann–Kendall: does a series rise or fall, whatever the form of its course.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::{distribution, order, permutation};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "mann_kendall",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("mann_kendall_n", "n").unit(Unit::Count).flow(),
        Output::whole("mann_kendall_s", "S = Σ(i<j) sgn(y(j) − y(i))"),
        Output::whole("mann_kendall_variance", "Var(S) = [n(n − 1)(2n + 5) − Σ g(g − 1)(2g + 5)] / 18").flow(),
        Output::whole("mann_kendall_z", "z = (S − sgn S) / √Var(S)"),
        Output::whole("mann_kendall_p", "n < 50: #{π: |S(π)| ≥ |S|} / n!; n ≥ 50: 2 · [1 − Φ(|z|)]").p(),
        Output::whole("mann_kendall_p_exact", "p = #{π: |S(π)| ≥ |S|} / n!").p(),
        Output::whole("mann_kendall_p_normal", "p = 2 · [1 − Φ(|z|)]").p(),
        Output::whole("mann_kendall_z_uncorrected", "z = S / √Var(S)"),
        Output::whole("mann_kendall_p_uncorrected", "p = 2 · [1 − Φ(|S| / √Var(S))]").p(),
        Output::whole("mann_kendall_tau", "τ-b = S / √(m · (m − Σ g(g − 1) / 2)), m = n(n − 1) / 2"),
        Output::whole("mann_kendall_direction", "p ≤ 0.05: sgn S"),
    ],
    run,
};

/// Fewer observations than this say nothing.
pub(super) const LEAST: usize = 4;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    let n = values.len();
    if n < LEAST {
        return Err(Reason::TooFew);
    }
    let ranks = order::dense_ranks(&values);
    let ties = order::ties(&ranks);
    let (s, variance) = (score(&ranks), variance_18(n, &ties));
    let z = standardised(s, variance);
    let plain = z.map(|_| s as f64 / (variance as f64 / 18.0).sqrt());
    let normal = z.map(distribution::normal_two_sided);
    let exact = z.and_then(|_| permutation::kendall(s, &vec![1; n], &order::groups(&ranks)));
    let normal_p = normal.and_then(|p| Amount::float(p).ok_or(Reason::Undefined));
    let p = exact.clone().or_else(|_| normal_p.clone());
    let direction = p.clone().map(|p| direction(s, &p));
    Ok(vec![
        Outcome::whole("mann_kendall_n", n),
        Outcome::whole("mann_kendall_s", s),
        Outcome::whole("mann_kendall_variance", Amount::ratio(variance, 18).ok_or(Reason::Undefined)),
        Outcome::whole("mann_kendall_z", z),
        Outcome::whole("mann_kendall_p", p),
        Outcome::whole("mann_kendall_p_exact", exact),
        Outcome::whole("mann_kendall_p_normal", normal_p),
        Outcome::whole("mann_kendall_z_uncorrected", plain),
        Outcome::whole("mann_kendall_p_uncorrected", plain.map(distribution::normal_two_sided)),
        Outcome::whole("mann_kendall_tau", tau(s, n, &ties)),
        match direction {
            Ok(word) => Outcome::whole("mann_kendall_direction", word),
            Err(reason) => Outcome::whole("mann_kendall_direction", reason),
        },
    ])
}

/// Returns S: how many pairs rise less how many fall.
pub(super) fn score(ranks: &[usize]) -> i64 {
    let mut s = 0;
    for (i, before) in ranks.iter().enumerate() {
        s += ranks.iter().skip(i + 1).map(|after| i64::from(after > before) - i64::from(after < before)).sum::<i64>();
    }
    s
}

/// Returns eighteen times the variance of S, corrected for groups of equal values.
pub(super) fn variance_18(n: usize, ties: &[usize]) -> i64 {
    let term = |size: usize| {
        let size = size as i64;
        size * (size - 1) * (2 * size + 5)
    };
    term(n) - ties.iter().map(|size| term(*size)).sum::<i64>()
}

/// Returns S over its standard deviation, with the correction for continuity.
pub(super) fn standardised(s: i64, variance_18: i64) -> Result<f64, Reason> {
    if variance_18 <= 0 {
        return Err(Reason::ZeroVariance);
    }
    Ok((s - s.signum()) as f64 / (variance_18 as f64 / 18.0).sqrt())
}

/// Says in a word where a series goes at the level of 5 %.
pub(super) fn direction(s: i64, p: &Amount) -> &'static str {
    match Amount::ratio(1, 20) {
        Some(level) if *p <= level && s > 0 => "rising",
        Some(level) if *p <= level && s < 0 => "falling",
        _ => "none",
    }
}

fn tau(s: i64, n: usize, ties: &[usize]) -> Result<Amount, Reason> {
    let pairs = |size: usize| (size as i64) * (size as i64 - 1) / 2;
    let (all, tied) = (pairs(n), ties.iter().map(|size| pairs(*size)).sum::<i64>());
    if tied == 0 {
        return Amount::ratio(s, all).ok_or(Reason::ZeroVariance);
    }
    if tied == all {
        return Err(Reason::ZeroVariance);
    }
    Amount::float(s as f64 / ((i128::from(all) * i128::from(all - tied)) as f64).sqrt()).ok_or(Reason::Undefined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_take_from_the_variance() {
        assert_eq!(variance_18(10, &[]), 125 * 18);
        assert_eq!(standardised(0, variance_18(5, &[5])), Err(Reason::ZeroVariance));
    }
}
