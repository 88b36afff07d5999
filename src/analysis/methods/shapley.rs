//! Shapley: the change of a product of several factors, of any signs, shared out among them over all orders.

use crate::analysis::frame::{Basis, Column, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::exact::total;
use crate::finding::{Amount, Part, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "shapley",
    group: Group::Index,
    along: Along::TwoPeriods,
    roles: &[Role::many("factor0", Takes::Signed), Role::many("factor1", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("shapley_total_change", "Δ = ΣΠx₁ − ΣΠx₀"),
        Output::member(
            "shapley_contribution",
            "φ(f) = Σ(S∌f) |S|!(m − |S| − 1)!/m! · [V(S ∪ f) − V(S)], V(S) = ΣΠ(S)x₁·Π(S̄)x₀",
        ),
        Output::row("shapley_row_change", "Πx₁ − Πx₀"),
    ],
    run,
};

/// The most factors whose orders are gone through.
const MOST: usize = 10;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (base, current) = (factors(frame.columns("factor0"))?, factors(frame.columns("factor1"))?);
    let m = base.len();
    if m < 2 || current.len() != m || frame.rows == 0 {
        return Err(Reason::TooFew);
    }
    if m > MOST {
        return Err(Reason::TooMany);
    }
    let product = |row: usize, set: usize| {
        (0..m).fold(Amount::Integer(1), |product, factor| {
            let from = if set & (1 << factor) == 0 { &base } else { &current };
            product.times(from[factor][row])
        })
    };
    // V of every set of factors that have their current values already.
    let values: Vec<Amount> =
        (0..1 << m).map(|set| total(&(0..frame.rows).map(|row| product(row, set)).collect::<Vec<_>>())).collect();
    let factorial = |n: usize| (1..=n as i64).product::<i64>();
    let weight = |size: usize| Amount::ratio(factorial(size) * factorial(m - size - 1), factorial(m));
    let mut found = vec![Outcome::whole("shapley_total_change", values[(1 << m) - 1].minus(&values[0]))];
    for factor in 0..m {
        let without = (0..1_usize << m).filter(|set| set & (1 << factor) == 0);
        let parts: Option<Vec<Amount>> = without
            .map(|set| {
                let gain = values[set | 1 << factor].minus(&values[set]);
                Some(gain.times(&weight(set.count_ones() as usize)?))
            })
            .collect();
        let member = Part::Category((factor + 1).to_string().into());
        found.push(Outcome::member(
            "shapley_contribution",
            member,
            parts.map(|parts| total(&parts)).ok_or(Reason::Undefined),
        ));
    }
    for row in 0..frame.rows {
        let change = product(row, (1 << m) - 1).minus(&product(row, 0));
        found.push(Outcome::row("shapley_row_change", row, change).on(Basis::Rows(row, row + 1)));
    }
    Ok(found)
}

fn factors(columns: &[Column]) -> Result<Vec<Vec<&Amount>>, Reason> {
    let known = |value: &'_ Result<Amount, Reason>| value.as_ref().err().copied();
    match columns.iter().flat_map(|column| &column.values).find_map(known) {
        Some(reason) => Err(reason),
        None => Ok(columns.iter().map(|column| column.values.iter().flatten().collect()).collect()),
    }
}
