//! Sigma convergence: the dispersion of units in one period, to be followed from period to period.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::exact::{dot, ln_ratio, non_negative, total};
use crate::analysis::numeric::squared_deviations;
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "sigma_convergence",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::Positive)],
    params: &[],
    outputs: &[
        Output::whole("sigma_log_sd", "√(Σ(ln y − mean ln y)² / n)").flow(),
        Output::whole("sigma_cv", "√(Σ(y − ȳ)² / n) / ȳ").flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    non_negative(&[&values])?;
    if values.len() < 2 {
        return Err(Reason::TooFew);
    }
    Ok(vec![Outcome::whole("sigma_log_sd", log_sd(&values)), Outcome::whole("sigma_cv", cv(&values))])
}

fn log_sd(values: &[&Amount]) -> Result<f64, Reason> {
    let Some(first) = values.iter().min() else { return Err(Reason::TooFew) };
    if values.iter().any(|value| value.is_zero()) {
        return Err(Reason::Undefined);
    }
    let logs: Vec<f64> = values.iter().map(|value| ln_ratio(value, first)).collect();
    Ok((squared_deviations(&logs) / logs.len() as f64).sqrt())
}

fn cv(values: &[&Amount]) -> Result<f64, Reason> {
    let (n, sum) = (Amount::Integer(values.len() as i64), total(values.iter().copied()));
    let square = sum.times(&sum);
    let excess = n.times(&dot(values, values)).minus(&square);
    Ok(excess.divided_by(&square).ok_or(Reason::ZeroTotal)?.to_f64().sqrt())
}
