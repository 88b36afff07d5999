//! Montgomery: the change of a sum of products by logarithmic means.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::exact::{dot, ln_ratio, log_mean, non_negative};
use crate::analysis::numeric::sum;
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "montgomery",
    group: Group::Index,
    along: Along::TwoPeriods,
    roles: &[
        Role::required("rate0", Takes::Positive),
        Role::required("rate1", Takes::Positive),
        Role::required("weight0", Takes::Positive),
        Role::required("weight1", Takes::Positive),
    ],
    params: &[],
    outputs: &[
        Output::whole("montgomery_change", "Δ = Σp₁q₁ − Σp₀q₀").difference_of("weight0"),
        Output::whole("montgomery_rate", "ΣL(p₁q₁, p₀q₀) · ln(p₁/p₀)").difference_of("weight0"),
        Output::whole("montgomery_weight", "ΣL(p₁q₁, p₀q₀) · ln(q₁/q₀)").difference_of("weight0"),
        Output::row("montgomery_rate_contribution", "L(p₁q₁, p₀q₀) · ln(p₁/p₀)").difference_of("weight0"),
        Output::row("montgomery_weight_contribution", "L(p₁q₁, p₀q₀) · ln(q₁/q₀)").difference_of("weight0"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (rate0, rate1) = (frame.complete("rate0")?, frame.complete("rate1")?);
    let (weight0, weight1) = (frame.complete("weight0")?, frame.complete("weight1")?);
    non_negative(&[&rate0, &rate1, &weight0, &weight1])?;
    if rate0.is_empty() {
        return Err(Reason::TooFew);
    }
    if [&rate0, &rate1, &weight0, &weight1].iter().any(|list| list.iter().any(|value| value.is_zero())) {
        return Err(Reason::Undefined);
    }
    let per = frame.counted_per("rate0");
    let (mut of_rates, mut of_weights, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for (row, ((p0, p1), (q0, q1))) in rate0.iter().zip(&rate1).zip(weight0.iter().zip(&weight1)).enumerate() {
        let mean = log_mean(&p1.times(q1), &p0.times(q0)) / per as f64;
        let (rate, weight) = (mean * ln_ratio(p1, p0), mean * ln_ratio(q1, q0));
        of_rates.push(rate);
        of_weights.push(weight);
        rows.push(Outcome::row("montgomery_rate_contribution", row, rate).on(Basis::Rows(row, row + 1)));
        rows.push(Outcome::row("montgomery_weight_contribution", row, weight).on(Basis::Rows(row, row + 1)));
    }
    let change = dot(&rate1, &weight1).minus(&dot(&rate0, &weight0));
    let mut found = vec![
        Outcome::whole("montgomery_change", change.divided_by(&Amount::Integer(per)).ok_or(Reason::Undefined)),
        Outcome::whole("montgomery_rate", sum(of_rates)),
        Outcome::whole("montgomery_weight", sum(of_weights)),
    ];
    found.append(&mut rows);
    Ok(found)
}
