//! Buishand: statistics of a break in the level of a series, from its cumulative deviations.

use num_bigint::BigInt;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::distribution::{self, Break};
use crate::analysis::numeric::forms;
use crate::finding::{Amount, Reason};

use super::cusum::{Fraction, Path};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "buishand",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("buishand_range", "R = (max S(k) − min S(k)) / (σ · √n)").flow(),
        Output::whole("buishand_q", "Q = max |S(k)| / (σ · √n)").flow(),
        Output::whole("buishand_u", "U = Σ(k<n) (S(k) / σ)² / (n(n + 1))").flow(),
        Output::whole("buishand_v", "V = max |S(k)| / (σ · √(k(n − k)))").flow(),
        Output::whole("buishand_period", "arg max |S(k)|"),
        Output::whole("buishand_range_p", "p = P(R(ξ) ≥ R), ξ ~ N(0; 1)").p(),
        Output::whole("buishand_q_p", "p = P(Q(ξ) ≥ Q), ξ ~ N(0; 1)").p(),
        Output::whole("buishand_u_p", "p = P(Σ (λ(k) − (n + 1)U) · ξ(k)² ≥ 0), λ(k) = 1 / (4 sin²(πk/2n))").p(),
        Output::whole("buishand_v_p", "p = P(V(ξ) ≥ V), ξ ~ N(0; 1)").p(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    if values.len() < 3 {
        return Err(Reason::TooFew);
    }
    let path = Path::of(&values);
    if path.squares == BigInt::ZERO {
        return Err(Reason::ZeroVariance);
    }
    let n = path.whole.count();
    // σ² is Σd²/n, so that with S and d brought to the same scale S²/σ² is n·S²/Σd².
    let root = |numerator: BigInt, denominator: BigInt| {
        path.whole.ratio(numerator, denominator).map(|square| square.to_f64().sqrt()).ok_or(Reason::ZeroVariance)
    };
    let (high, low) = path.extremes().ok_or(Reason::TooFew)?;
    let range = high - low;
    let (row, greatest) = path.greatest(|_, sum| sum * sum).ok_or(Reason::TooFew)?;
    let likely = |row: usize, sum: &BigInt| Fraction::of_break(row, sum, values.len());
    let (_, likelihood) = path.greatest(likely).ok_or(Reason::TooFew)?;
    let squares: BigInt = path.sums.iter().map(|sum| sum * sum).sum();
    let u: Result<Amount, Reason> = path.whole.ratio(squares, (&n + 1) * &path.squares).ok_or(Reason::ZeroVariance);
    let range = root(&range * &range, path.squares.clone());
    let q = root(greatest, path.squares.clone());
    let v = root(&n * likelihood.numerator, &path.squares * likelihood.denominator);
    let count = values.len();
    let p = |of: Break, statistic: Result<f64, Reason>| tail(of, statistic, count);
    Ok(vec![
        Outcome::whole("buishand_range_p", p(Break::Range, range)),
        Outcome::whole("buishand_q_p", p(Break::Q, q)),
        Outcome::whole("buishand_u_p", u.as_ref().map_err(|reason| *reason).and_then(|u| u_upper(u.to_f64(), count))),
        Outcome::whole("buishand_v_p", p(Break::V, v)),
        Outcome::whole("buishand_range", range),
        Outcome::whole("buishand_q", q),
        Outcome::whole("buishand_u", u),
        Outcome::whole("buishand_v", v),
        Outcome::whole("buishand_period", frame.part(row)),
    ])
}

/// Returns the simulated significance of a statistic of a series of so many levels.
pub(super) fn tail(of: Break, statistic: Result<f64, Reason>, count: usize) -> Result<f64, Reason> {
    let reason = if count < 4 { Reason::TooFew } else { Reason::TooMany };
    distribution::break_upper(of, statistic?, count).ok_or(reason)
}

/// Returns the exact significance of U: the sums of deviations have the eigenvalues of a walk that returns to zero.
fn u_upper(u: f64, count: usize) -> Result<f64, Reason> {
    // Three levels at equal steps reach the end of the law itself, which chance never does.
    if count < 4 {
        return Err(Reason::TooFew);
    }
    if count > MOST {
        return Err(Reason::TooMany);
    }
    let half = |k: usize| pxfm::f_sinpi(k as f64 / (2 * count) as f64);
    let lambda: Vec<f64> = (1..count).map(|k| 0.25 / (half(k) * half(k))).collect();
    Ok(forms::ratio_upper(&lambda, u * (count + 1) as f64))
}

/// Beyond this the distributions take too long, or were not simulated.
const MOST: usize = 1000;
