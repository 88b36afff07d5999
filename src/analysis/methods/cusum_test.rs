//! CUSUM tests: do the residuals of a constant level, or its recursive residuals, wander off from zero.

use super::chow::rows;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::segments::{Model, Stretch};
use crate::analysis::numeric::{Sum, distribution, mean, squared_deviations};
use crate::finding::Reason;

/// The method.
pub(super) const METHOD: Method = Method {
    name: "cusum_test",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::row("ols_cusum", "W⁰(k) = Σ(t≤k) (y(t) − ȳ) / (s · √n), s² = Σ(y − ȳ)² / (n − 1)"),
        Output::whole("ols_cusum_statistic", "max |W⁰(k)|").flow(),
        Output::whole("ols_cusum_p", "p = 2 · Σ(j≥1) (−1)^(j−1) · exp(−2j²x²)").p(),
        Output::row(
            "recursive_cusum",
            "W(k) = Σ(t≤k) w(t) / (s(w) · √(n − 1)), w(t) = (y(t) − ȳ(t−1)) / √(1 + 1/(t − 1))",
        ),
        Output::whole("recursive_cusum_statistic", "max |W(k)| / (1 + 2 · (k − 1)/(n − 1))").flow(),
        Output::whole("recursive_cusum_p", "p = P(|W(z)| ≥ x · (1 + 2z), 0 ≤ z ≤ 1)").p(),
    ],
    run,
};

/// Fewer levels than this have no spread of recursive residuals.
const LEAST: usize = 4;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let rows = rows(frame)?;
    let n = rows.len();
    if n < LEAST {
        return Err(Reason::TooFew);
    }
    frame.unbroken()?;
    let values: Vec<f64> = rows.iter().map(|(_, value)| *value).collect();
    let squares = squared_deviations(&values);
    let middle = mean(&values).ok_or(Reason::TooFew)?;
    if squares == 0.0 {
        return Err(Reason::ZeroVariance);
    }
    let mut stretch = Stretch::new(Model::Level);
    let mut steps = Vec::with_capacity(n);
    for (time, value) in &rows {
        steps.extend(stretch.residual(*time, *value));
        stretch.add(*time, *value);
    }
    let count = (n - 1) as f64;
    let ols_scale = (squares / count * n as f64).sqrt();
    let recursive = squared_deviations(&steps) / (count - 1.0);
    let mut found = Vec::new();
    let (mut ols, mut rec) = (0.0_f64, Ok(0.0_f64));
    let (mut deviations, mut residuals) = (Sum::default(), Sum::default());
    for (row, value) in values.iter().enumerate() {
        deviations.add(value - middle);
        let level = if row + 1 == n { 0.0 } else { deviations.rounded() / ols_scale };
        ols = ols.max(level.abs());
        found.push(Outcome::row("ols_cusum", row, level));
        if let Some(before) = row.checked_sub(1) {
            residuals.add(steps[before]);
        }
        let along = if recursive == 0.0 {
            Err(Reason::Undefined)
        } else {
            Ok(residuals.rounded() / (recursive * count).sqrt())
        };
        rec = rec.and_then(|rec| Ok(rec.max(along?.abs() / (1.0 + 2.0 * row as f64 / count))));
        found.push(Outcome::row("recursive_cusum", row, along));
    }
    found.push(Outcome::whole("ols_cusum_statistic", ols));
    found.push(Outcome::whole("ols_cusum_p", distribution::kolmogorov_upper(ols)));
    found.push(Outcome::whole("recursive_cusum_statistic", rec));
    found.push(Outcome::whole("recursive_cusum_p", rec.map(distribution::recursive_boundary_upper)));
    Ok(found)
}
