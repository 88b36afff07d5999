//! Standard normal homogeneity: the statistic of a single break in the level of a series.

use num_bigint::BigInt;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::Reason;

use super::buishand::tail;
use super::cusum::{Fraction, Path};
use crate::analysis::numeric::distribution::Break;

/// The method.
pub(super) const METHOD: Method = Method {
    name: "snht",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("snht_statistic", "T₀ = max T(k), T(k) = k · z̄₁² + (n − k) · z̄₂², z = (y − ȳ) / s").flow(),
        Output::whole("snht_period", "arg max T(k)"),
        Output::whole("snht_p", "p = P(T₀(ξ) ≥ T₀), ξ ~ N(0; 1)").p(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    if values.len() < 3 {
        return Err(Reason::TooFew);
    }
    let path = Path::of(&values);
    let n = path.whole.count();
    // T(k) = S²/s² · (1/k + 1/(n − k)) = (n − 1) · n · S² / (k(n − k) · Σd²)
    let likely = |row: usize, sum: &BigInt| Fraction::of_break(row, sum, values.len());
    let (row, greatest) = path.greatest(likely).ok_or(Reason::TooFew)?;
    let numerator = (&n - 1) * &n * greatest.numerator;
    let statistic = path.whole.ratio(numerator, greatest.denominator * &path.squares).ok_or(Reason::ZeroVariance)?;
    // T₀ is (n − 1) · V² with Buishand's V.
    let v = (statistic.to_f64() / (values.len() as f64 - 1.0)).sqrt();
    Ok(vec![
        Outcome::whole("snht_statistic", statistic),
        Outcome::whole("snht_period", frame.part(row)),
        Outcome::whole("snht_p", tail(Break::V, Ok(v), values.len())),
    ])
}
