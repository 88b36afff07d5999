//! Bennet: the change of a sum of products as an effect of the rates and an effect of the weights.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::exact::half;
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "bennet",
    group: Group::Index,
    along: Along::TwoPeriods,
    roles: &[
        Role::required("rate0", Takes::Signed),
        Role::required("rate1", Takes::Signed),
        Role::required("weight0", Takes::Signed),
        Role::required("weight1", Takes::Signed),
    ],
    params: &[],
    outputs: &[
        Output::whole("bennet_change", "Δ = Σp₁q₁ − Σp₀q₀").difference_of("weight0"),
        Output::whole("bennet_rate", "Σ(p₁ − p₀)(q₀ + q₁)/2").difference_of("weight0"),
        Output::whole("bennet_weight", "Σ(q₁ − q₀)(p₀ + p₁)/2").difference_of("weight0"),
        Output::row("bennet_rate_contribution", "(p₁ − p₀)(q₀ + q₁)/2").difference_of("weight0"),
        Output::row("bennet_weight_contribution", "(q₁ − q₀)(p₀ + p₁)/2").difference_of("weight0"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (rate0, rate1) = (frame.complete("rate0")?, frame.complete("rate1")?);
    let (weight0, weight1) = (frame.complete("weight0")?, frame.complete("weight1")?);
    if rate0.is_empty() {
        return Err(Reason::TooFew);
    }
    let per = Amount::Integer(frame.counted_per("rate0"));
    let scaled = |value: Amount| value.divided_by(&per).ok_or(Reason::Undefined);
    let (mut of_rates, mut of_weights, mut rows) = (Amount::ZERO, Amount::ZERO, Vec::new());
    for (row, ((p0, p1), (q0, q1))) in rate0.iter().zip(&rate1).zip(weight0.iter().zip(&weight1)).enumerate() {
        let rate = scaled(half(&p1.minus(p0).times(&q0.plus(q1))))?;
        let weight = scaled(half(&q1.minus(q0).times(&p0.plus(p1))))?;
        of_rates = of_rates.plus(&rate);
        of_weights = of_weights.plus(&weight);
        rows.push(Outcome::row("bennet_rate_contribution", row, rate).on(Basis::Rows(row, row + 1)));
        rows.push(Outcome::row("bennet_weight_contribution", row, weight).on(Basis::Rows(row, row + 1)));
    }
    let mut found = vec![
        Outcome::whole("bennet_change", of_rates.plus(&of_weights)),
        Outcome::whole("bennet_rate", of_rates),
        Outcome::whole("bennet_weight", of_weights),
    ];
    found.append(&mut rows);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::composition_indices::tests::of_an_example;
    use super::*;

    #[test]
    fn the_parts_add_up_to_the_change_in_persons() {
        let value = of_an_example(run);
        assert_eq!(value("bennet_change"), value("bennet_rate").plus(&value("bennet_weight")));
        assert_eq!(value("bennet_change").to_string(), "6.12");
    }
}
