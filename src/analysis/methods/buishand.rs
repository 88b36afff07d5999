//! Buishand: statistics of a break in the level of a series, from its cumulative deviations.

use num_bigint::BigInt;
use num_rational::BigRational;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason};

use super::cusum::Path;

/// The method.
pub const METHOD: Method = Method {
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
    let weighted = |row: usize, sum: &BigInt| {
        let k = BigInt::from(row + 1);
        BigRational::new(sum * sum, &k * (&n - &k))
    };
    let (_, likelihood) = path.greatest(weighted).ok_or(Reason::TooFew)?;
    let squares: BigInt = path.sums.iter().map(|sum| sum * sum).sum();
    let u: Option<Amount> = path.whole.ratio(squares, (&n + 1) * &path.squares);
    Ok(vec![
        Outcome::whole("buishand_range", root(&range * &range, path.squares.clone())),
        Outcome::whole("buishand_q", root(greatest, path.squares.clone())),
        Outcome::whole("buishand_u", u.ok_or(Reason::ZeroVariance)),
        Outcome::whole("buishand_v", root(&n * likelihood.numer(), &path.squares * likelihood.denom())),
        Outcome::whole("buishand_period", frame.part(row)),
    ])
}
