//! Durbin–Watson: do the residuals of a trend follow those before them, with the exact significance.

use std::cell::RefCell;
use std::rc::Rc;

use num_traits::ToPrimitive;

use super::exponential_trend::residuals_of_logarithms;
use super::trend;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::{exact, forms, sum};
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "durbin_watson",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[Param::new("model", ParamKind::Choice(&["linear", "parabolic", "exponential", "level"]), "linear")],
    outputs: &[
        Output::whole("durbin_watson_statistic", "d = Σ(e(t) − e(t−1))² / Σe(t)²").flow(),
        Output::whole("durbin_watson_p_positive", "p = P(Σ(λ(i) − d) · ξ(i)² ≤ 0), λ = eig MA").p(),
        Output::whole("durbin_watson_p_negative", "p = P(Σ(λ(i) − d) · ξ(i)² ≥ 0)").p(),
        Output::whole("durbin_watson_p", "2 · min(p₊, p₋)").p(),
        Output::whole("residual_autocorrelation", "r₁ = Σe(t)e(t−1) / Σe(t)²"),
    ],
    run,
};

/// Beyond this the exact distribution takes too long.
const MOST: usize = 1000;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let degree = match frame.choice("model") {
        "level" => 0,
        "parabolic" => 2,
        _ => 1,
    };
    // With one level fewer, levels at equal steps reach the end of the law itself, which chance never does.
    if frame.rows < degree + 4 {
        return Err(Reason::TooFew);
    }
    frame.unbroken()?;
    let residuals = match frame.choice("model") {
        "exponential" => residuals_of_logarithms(frame)?,
        "level" => {
            let values = frame.complete("value")?;
            let total = exact::total(values.iter().copied());
            let count = Amount::Integer(values.len() as i64);
            values.iter().map(|value| value.times(&count).minus(&total).to_f64()).collect()
        }
        _ => trend::fit(frame, degree)?.residuals(),
    };
    let squares = sum(residuals.iter().map(|e| e * e));
    if squares == 0.0 {
        // A trend through all levels leaves nothing to follow.
        let values = frame.complete("value")?;
        let all_equal = values.windows(2).all(|pair| pair[0] == pair[1]);
        return Err(if all_equal { Reason::ZeroVariance } else { Reason::Undefined });
    }
    let pairs = || residuals.iter().zip(&residuals[1..]);
    let statistic = sum(pairs().map(|(before, at)| (at - before) * (at - before))) / squares;
    let along = sum(pairs().map(|(before, at)| before * at)) / squares;
    let (positive, negative) = if residuals.len() > MOST {
        (Err(Reason::TooMany), Err(Reason::TooMany))
    } else {
        let (lower, upper) = forms::ratio_tails(&kept_eigenvalues(residuals.len(), degree), statistic);
        (Ok(lower), Ok(upper))
    };
    let both = positive.and_then(|one| negative.map(|two| 2.0 * one.min(two)));
    Ok(vec![
        Outcome::whole("durbin_watson_statistic", statistic),
        Outcome::whole("durbin_watson_p_positive", positive),
        Outcome::whole("durbin_watson_p_negative", negative),
        Outcome::whole("durbin_watson_p", both),
        Outcome::whole("residual_autocorrelation", along),
    ])
}

thread_local! {
    /// The law turns on the length of a series alone, and many series have one length.
    static LAST: RefCell<(usize, usize, Rc<[f64]>)> = RefCell::new((0, 0, Rc::new([])));
}

fn kept_eigenvalues(n: usize, degree: usize) -> Rc<[f64]> {
    LAST.with_borrow_mut(|last| {
        if (last.0, last.1) != (n, degree) {
            *last = (n, degree, eigenvalues(n, degree).into());
        }
        last.2.clone()
    })
}

/// Returns the eigenvalues of MA but the zeros, for a polynomial over times that follow each other: A sums the squares
/// of differences, and M takes residuals. They are those of D·M·D′ with the differences D: the tridiagonal matrix of
/// second differences, of known eigenvalues and vectors, less g·g′ for each orthonormal polynomial that M takes off,
/// g being its differences.
fn eigenvalues(n: usize, degree: usize) -> Vec<f64> {
    let half = |k: usize| pxfm::f_sinpi(k as f64 / (2 * n) as f64);
    let mut lambda: Vec<f64> = (1..n).map(|k| 4.0 * half(k) * half(k)).collect();
    let mut taken: Vec<Vec<f64>> = differences(n).into_iter().take(degree).collect();
    while !taken.is_empty() {
        let z = taken.remove(0);
        lambda = downdated(&lambda, &z, &mut taken);
        // The polynomial itself has become a zero.
        let least = (0..lambda.len()).min_by(|a, b| lambda[*a].total_cmp(&lambda[*b])).unwrap_or(0);
        lambda.remove(least);
        taken.iter_mut().for_each(|other| {
            other.remove(least);
        });
    }
    lambda
}

/// The differences g of the orthonormal polynomials of first and second degree over 1 … n along the vectors √(2/n) ·
/// sin(πkj/n): a constant is felt by odd k alone, a line by even ones, each by a cotangent.
fn differences(n: usize) -> [Vec<f64>; 2] {
    let count = n as i128;
    // Σ(t − t̄)² = n(n² − 1)/12; Σ((t − t̄)² − (n² − 1)/12)² = n(n² − 1)(n² − 4)/180.
    let first = (count * (count * count - 1)).to_f64().unwrap_or(1.0) / 12.0;
    let second = (count * (count * count - 1) * (count * count - 4)).to_f64().unwrap_or(1.0) / 180.0;
    let scale = (2.0 / n as f64).sqrt();
    let cotangent = |k: usize| {
        let turn = k as f64 / (2 * n) as f64;
        scale * pxfm::f_cospi(turn) / pxfm::f_sinpi(turn)
    };
    let of = |odd: usize, by: f64| (1..n).map(|k| if k % 2 == odd { by * cotangent(k) } else { 0.0 }).collect();
    [of(1, 1.0 / first.sqrt()), of(0, -(n as f64) / second.sqrt())]
}

/// Returns the eigenvalues of diag(λ) − z·z′ in rising order of where they lie, and turns other vectors into the new
/// eigenvectors (Golub 1973: the roots of Σ z²/(λ − μ) = 1, one below each λ that z touches).
fn downdated(lambda: &[f64], z: &[f64], others: &mut [Vec<f64>]) -> Vec<f64> {
    let all = sum(z.iter().map(|z| z * z));
    let touched: Vec<usize> = (0..z.len()).filter(|k| z[*k] * z[*k] > 1e-26 * all).collect();
    let mut found = lambda.to_vec();
    for (place, k) in touched.iter().enumerate() {
        let low = if place == 0 { lambda[*k] - all } else { lambda[touched[place - 1]] };
        // Distances are measured from the pole above, so that a root close below it keeps its digits.
        let poles: Vec<(f64, f64)> = touched.iter().map(|j| (lambda[*j] - lambda[*k], z[*j] * z[*j])).collect();
        let depth = root(&poles, lambda[*k] - low, place);
        found[*k] = lambda[*k] - depth;
        let vector: Vec<f64> = poles.iter().zip(&touched).map(|((pole, _), j)| z[*j] / (pole + depth)).collect();
        let norm = sum(vector.iter().map(|v| v * v)).sqrt();
        for other in others.iter_mut() {
            let turned = sum(vector.iter().zip(&touched).map(|(v, j)| v * other[*j])) / norm;
            // What z touches of the vector is replaced below, once all roots have read it.
            other.push(turned);
        }
    }
    for other in others.iter_mut() {
        let turned = other.split_off(z.len());
        touched.iter().zip(turned).for_each(|(k, value)| other[*k] = value);
    }
    found
}

/// Finds how far below the pole at zero Σ z²/(pole + depth) = 1, between it and the next one at `width`: by false
/// position with Illinois halving on what is left when both poles are multiplied away.
fn root(poles: &[(f64, f64)], width: f64, place: usize) -> f64 {
    let function = |depth: f64| {
        let (mut rest, mut own, mut below) = (-1.0, 0.0, 0.0);
        for (at, (pole, weight)) in poles.iter().enumerate() {
            match at {
                _ if at == place => own = *weight,
                _ if at + 1 == place => below = *weight,
                _ => rest += weight / (pole + depth),
            }
        }
        // The pole below stands at −width: its term is −weight / (width − depth).
        if place == 0 { rest * depth + own } else { (rest * depth + own) * (width - depth) - below * depth }
    };
    let (mut low, mut high) = (0.0, width);
    let (mut at_low, mut at_high) = (function(low), function(high));
    let mut middle = low;
    for _ in 0..100 {
        if at_high == 0.0 || at_low == at_high {
            return high;
        }
        let next = (low * at_high - high * at_low) / (at_high - at_low);
        if !(next > low && next < high) || (next - middle).abs() <= 1e-16 * width {
            return next.clamp(low, high);
        }
        middle = next;
        let value = function(next);
        if value == 0.0 {
            return next;
        }
        if (value > 0.0) == (at_low > 0.0) {
            (low, at_low) = (next, value);
            at_high /= 2.0;
        } else {
            (high, at_high) = (next, value);
            at_low /= 2.0;
        }
    }
    middle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eigenvalues_have_the_trace_and_the_squares_of_the_matrix() {
        for n in [5_usize, 8, 31] {
            for degree in [0, 1, 2] {
                // M·A·M outright, with M from the orthonormal polynomials.
                let centred: Vec<f64> = (0..n).map(|t| t as f64 - (n as f64 - 1.0) / 2.0).collect();
                let mean_square = centred.iter().map(|t| t * t).sum::<f64>() / n as f64;
                let raw = [vec![1.0; n], centred.clone(), centred.iter().map(|t| t * t - mean_square).collect()];
                let q: Vec<Vec<f64>> = raw[..=degree]
                    .iter()
                    .map(|p| {
                        let norm = p.iter().map(|x| x * x).sum::<f64>().sqrt();
                        p.iter().map(|x| x / norm).collect()
                    })
                    .collect();
                let m = |i: usize, j: usize| f64::from(i == j) - q.iter().map(|q| q[i] * q[j]).sum::<f64>();
                let a = |i: usize, j: usize| match i.abs_diff(j) {
                    0 => {
                        if i == 0 || i + 1 == n {
                            1.0
                        } else {
                            2.0
                        }
                    }
                    1 => -1.0,
                    _ => 0.0,
                };
                let product = |f: &dyn Fn(usize, usize) -> f64, g: &dyn Fn(usize, usize) -> f64| -> Vec<Vec<f64>> {
                    (0..n).map(|i| (0..n).map(|j| (0..n).map(|k| f(i, k) * g(k, j)).sum()).collect()).collect()
                };
                let ma = product(&m, &a);
                let square = product(&|i, j| ma[i][j], &|i, j| ma[i][j]);
                let found = eigenvalues(n, degree);
                assert_eq!(found.len(), n - 1 - degree);
                let trace = (0..n).map(|i| ma[i][i]).sum::<f64>();
                let squares = (0..n).map(|i| square[i][i]).sum::<f64>();
                assert!((found.iter().sum::<f64>() - trace).abs() < 1e-11, "{n} {degree}: {found:?}");
                assert!((found.iter().map(|l| l * l).sum::<f64>() - squares).abs() < 1e-10, "{n} {degree}");
            }
        }
    }
}
