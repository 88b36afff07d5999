//! Balance equation: growth as natural increase, net migration and what they leave unexplained.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "balance_equation",
    group: Group::Demography,
    along: Along::Rows,
    roles: &[
        Role::required("population_start", Takes::NonNegative),
        Role::required("population_end", Takes::NonNegative),
        Role::required("births", Takes::NonNegative),
        Role::required("deaths", Takes::NonNegative),
        Role::optional("arrivals", Takes::NonNegative),
        Role::optional("departures", Takes::NonNegative),
        Role::optional("net", Takes::Signed),
    ],
    params: &[],
    outputs: &[
        Output::row("balance_growth", "P(1) − P(0)").difference_of("population_start"),
        Output::row("balance_natural", "B − D").difference_of("births"),
        Output::row("balance_migration", "N = I − O").difference_of("births"),
        Output::row("balance_residual", "ε = P(1) − P(0) − (B − D) − N").difference_of("population_start"),
        Output::row("residual_net_migration", "N̂ = P(1) − P(0) − (B − D)").difference_of("population_start"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let row = |row| {
        let growth = difference(frame, "population_end", "population_start", row);
        let natural = difference(frame, "births", "deaths", row);
        let net = match frame.has("net") {
            true => frame.at("net", row).cloned(),
            false => difference(frame, "arrivals", "departures", row),
        };
        let less = |whole: &Result<Amount, Reason>, part: &Result<Amount, Reason>| match (whole, part) {
            (Ok(whole), Ok(part)) => Ok(whole.minus(part)),
            (Err(reason), _) | (_, Err(reason)) => Err(*reason),
        };
        let left = less(&growth, &natural);
        [
            Outcome::each("balance_residual", row, less(&left, &net)),
            Outcome::each("residual_net_migration", row, left),
            Outcome::each("balance_growth", row, growth),
            Outcome::each("balance_natural", row, natural),
            Outcome::each("balance_migration", row, net),
        ]
    };
    Ok((0..frame.rows).flat_map(row).collect())
}

fn difference(frame: &Frame, to: &str, from: &str, row: usize) -> Result<Amount, Reason> {
    Ok(frame.unsigned(to, row)?.minus(frame.unsigned(from, row)?))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::analysis::frame::Column;
    use crate::finding::Unit;

    #[test]
    fn the_parts_and_the_residual_make_up_the_growth() {
        let roles = ["population_start", "population_end", "births", "deaths", "arrivals", "departures"];
        let values = |salt: i64| (1..40).map(|i| Ok(Amount::Integer((i * 7919 + salt * 104_729) % 997))).collect();
        let column = |salt| vec![Column { name: String::new(), unit: Unit::Persons, values: values(salt) }];
        let numbers: BTreeMap<_, _> = roles.into_iter().zip((0..).map(column)).collect();
        let found = run(&Frame { rows: 39, numbers, ..Frame::default() }).expect("results");
        let sum = |names: &[&str]| {
            let those = found.iter().filter(|outcome| names.contains(&outcome.name));
            those.filter_map(|outcome| outcome.value.amount()).fold(Amount::ZERO, |sum, value| sum.plus(value))
        };
        let parts = sum(&["balance_natural", "balance_migration", "balance_residual"]);
        assert_eq!(parts, sum(&["balance_growth"]));
        assert_eq!(parts, sum(&["balance_natural", "residual_net_migration"]));
    }
}
