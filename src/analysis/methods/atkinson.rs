//! Atkinson: inequality with an aversion to it.

use super::gini::{non_negative, weights};
use super::theil::{NEAR, Spread};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric;
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "atkinson",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::NonNegative), Role::optional("weight", Takes::NonNegative)],
    params: &[Param::new("epsilon", ParamKind::Number(0.0, 10.0), "0.5")],
    outputs: &[Output::whole("atkinson", "A = 1 − (Σ (x/μ)^(1−ε) / n)^(1/(1−ε)); ε = 1: A = 1 − Π (x/μ)^(1/n)").flow()],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = non_negative(frame, "value")?;
    let spread = Spread::of(values.iter().zip(weights(frame, "weight")?.iter()));
    let power = Amount::Integer(1).minus(&frame.amount("epsilon"));
    let index = match spread.l() {
        Err(Reason::Undefined) if power.signum() <= 0 => 1.0,
        mean if power.is_zero() => -numeric::exp_m1(-mean?),
        _ => {
            let power = power.to_f64();
            // What is left of the mean of powers when one and the linear terms, which add up to zero, are taken off.
            let excess = spread.mean(|ratio, excess| Some(beyond_linear(ratio, excess, power)))?;
            -numeric::exp_m1(numeric::ln_1p(excess) / power)
        }
    };
    Ok(vec![Outcome::whole("atkinson", index)])
}

/// Returns r^a − 1 − a·(r − 1), near one by its expansion.
fn beyond_linear(ratio: f64, excess: f64, power: f64) -> f64 {
    if excess.abs() >= NEAR {
        return numeric::pow(ratio, power) - 1.0 - power * excess;
    }
    let term = |(k, term): (f64, f64)| (k + 1.0, term * excess * (power - k) / (k + 1.0));
    let terms = std::iter::successors(Some((1.0, power * excess)), |last| Some(term(*last)));
    numeric::sum(terms.skip(1).take(24).map(|(_, term)| term))
}
