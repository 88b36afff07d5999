//! Factor decomposition: the change of a total split by chain substitution into rates, structure and size.

use super::composition_indices::RATES_AND_WEIGHTS;
use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output};
use crate::analysis::numeric::exact::{dot, non_negative, total};
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "factor_decomposition",
    group: Group::Index,
    along: Along::TwoPeriods,
    roles: RATES_AND_WEIGHTS,
    params: &[],
    outputs: &[
        Output::whole("factor_total_change", "Δ = Σp₁q₁ − Σp₀q₀").difference_of("weight0"),
        Output::whole("factor_due_to_rates", "Σ(p₁ − p₀)q₁").difference_of("weight0"),
        Output::whole("factor_due_to_structure", "Σp₀q₁ − p̄₀Q₁").difference_of("weight0"),
        Output::whole("factor_due_to_size", "p̄₀(Q₁ − Q₀)").difference_of("weight0"),
        Output::row("factor_rate_contribution", "(p₁ − p₀)q₁").difference_of("weight0"),
        Output::row("factor_weight_contribution", "p₀(q₁ − q₀)").difference_of("weight0"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (rate0, rate1) = (frame.complete("rate0")?, frame.complete("rate1")?);
    let (weight0, weight1) = (frame.complete("weight0")?, frame.complete("weight1")?);
    non_negative(&[&weight0, &weight1])?;
    if rate0.is_empty() {
        return Err(Reason::TooFew);
    }
    let per = Amount::Integer(frame.counted_per("rate0"));
    let scaled = |value: Amount| value.divided_by(&per).ok_or(Reason::Undefined);
    let (size0, size1) = (total(weight0.iter().copied()), total(weight1.iter().copied()));
    let (base, standard, current) = (dot(&rate0, &weight0), dot(&rate0, &weight1), dot(&rate1, &weight1));
    let of_size = base.times(&size1.minus(&size0)).divided_by(&size0).ok_or(Reason::ZeroTotal).and_then(scaled);
    let of_weights = scaled(standard.minus(&base))?;
    let mut found = vec![
        Outcome::whole("factor_total_change", scaled(current.minus(&base))),
        Outcome::whole("factor_due_to_rates", scaled(current.minus(&standard))),
        Outcome::whole("factor_due_to_structure", of_size.clone().map(|size| of_weights.minus(&size))),
        Outcome::whole("factor_due_to_size", of_size),
    ];
    for (row, ((p0, p1), (q0, q1))) in rate0.iter().zip(&rate1).zip(weight0.iter().zip(&weight1)).enumerate() {
        let contribution = |name, value| Outcome::row(name, row, scaled(value)).on(Basis::Rows(row, row + 1));
        found.push(contribution("factor_rate_contribution", p1.minus(p0).times(q1)));
        found.push(contribution("factor_weight_contribution", q1.minus(q0).times(p0)));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::composition_indices::tests::of_an_example;
    use super::*;

    #[test]
    fn the_parts_add_up_to_the_change_in_persons() {
        let value = of_an_example(run);
        let parts = value("factor_due_to_rates").plus(&value("factor_due_to_structure"));
        assert_eq!(value("factor_total_change"), parts.plus(&value("factor_due_to_size")));
        // (11·780 + 2·1310 + 9·600 − 12·800 + 3·1200 − 7·640) / 1000.
        assert_eq!(value("factor_total_change").to_string(), "6.12");
    }
}
