//! Composition indices: the mean rate's change split into that of the rates and that of the weights' structure.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::exact::{dot, non_negative, total};
use crate::finding::{Amount, Reason, Unit};

/// What two periods of a rate over units consist of: the rates and the weights of both.
pub(super) const RATES_AND_WEIGHTS: &[Role] = &[
    Role::required("rate0", Takes::Signed),
    Role::required("rate1", Takes::Signed),
    Role::required("weight0", Takes::NonNegative),
    Role::required("weight1", Takes::NonNegative),
];

/// The method.
pub(super) const METHOD: Method = Method {
    name: "composition_indices",
    group: Group::Index,
    along: Along::TwoPeriods,
    roles: RATES_AND_WEIGHTS,
    params: &[],
    outputs: &[
        Output::whole("mean_rate_base", "p̄₀ = Σp₀q₀ / Σq₀").unit_of("rate0"),
        Output::whole("mean_rate_current", "p̄₁ = Σp₁q₁ / Σq₁").unit_of("rate1"),
        Output::whole("index_variable_composition", "p̄₁ / p̄₀").unit(Unit::Times).flow(),
        Output::whole("index_fixed_composition", "p̄₁ / p̃, p̃ = Σp₀q₁ / Σq₁").unit(Unit::Times).flow(),
        Output::whole("index_structural_shift", "p̃ / p̄₀").unit(Unit::Times).flow(),
        Output::whole("change_of_mean", "Δ = p̄₁ − p̄₀").difference_of("rate0"),
        Output::whole("change_due_to_rates", "p̄₁ − p̃").difference_of("rate0"),
        Output::whole("change_due_to_structure", "p̃ − p̄₀").difference_of("rate0"),
        Output::whole("weight_total_change", "Σq₁ − Σq₀").difference_of("weight0"),
        Output::whole("weight_total_index", "Σq₁ / Σq₀").unit(Unit::Times).flow(),
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
    let (size0, size1) = (total(weight0.iter().copied()), total(weight1.iter().copied()));
    let base = dot(&rate0, &weight0).divided_by(&size0).ok_or(Reason::ZeroTotal);
    let current = dot(&rate1, &weight1).divided_by(&size1).ok_or(Reason::ZeroTotal);
    let standard = dot(&rate0, &weight1).divided_by(&size1).ok_or(Reason::ZeroTotal);
    Ok(vec![
        Outcome::whole("mean_rate_base", base.clone()),
        Outcome::whole("mean_rate_current", current.clone()),
        Outcome::whole("index_variable_composition", index(&current, &base)),
        Outcome::whole("index_fixed_composition", index(&current, &standard)),
        Outcome::whole("index_structural_shift", index(&standard, &base)),
        Outcome::whole("change_of_mean", difference(&current, &base)),
        Outcome::whole("change_due_to_rates", difference(&current, &standard)),
        Outcome::whole("change_due_to_structure", difference(&standard, &base)),
        Outcome::whole("weight_total_change", size1.minus(&size0)),
        Outcome::whole("weight_total_index", size1.divided_by(&size0).ok_or(Reason::ZeroBase)),
    ])
}

type Mean = Result<Amount, Reason>;

fn index(to: &Mean, from: &Mean) -> Mean {
    let (to, from) = (to.as_ref().map_err(|reason| *reason)?, from.as_ref().map_err(|reason| *reason)?);
    match (from.signum(), to.signum()) {
        (0, _) => Err(Reason::ZeroBase),
        (-1, _) => Err(Reason::NegativeBase),
        (_, -1) => Err(Reason::SignChange),
        _ => to.divided_by(from).ok_or(Reason::ZeroBase),
    }
}

fn difference(to: &Mean, from: &Mean) -> Mean {
    Ok(to.as_ref().map_err(|reason| *reason)?.minus(from.as_ref().map_err(|reason| *reason)?))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::analysis::frame::Column;
    use crate::finding::Value;

    /// Runs a method on three units whose rates are per thousand, and returns what it gives by name.
    pub(crate) fn of_an_example(run: fn(&Frame) -> Result<Vec<Outcome>, Reason>) -> impl Fn(&str) -> Amount {
        let column = |unit, values: &[i64]| {
            let values = values.iter().map(|value| Ok(Amount::Integer(*value))).collect();
            vec![Column { name: String::new(), unit, values }]
        };
        let numbers = [
            ("rate0", column(Unit::PerMille, &[12, -3, 7])),
            ("rate1", column(Unit::PerMille, &[11, 2, 9])),
            ("weight0", column(Unit::Persons, &[800, 1200, 640])),
            ("weight1", column(Unit::Persons, &[780, 1310, 600])),
        ];
        let found =
            run(&Frame { rows: 3, numbers: numbers.into_iter().collect(), ..Frame::default() }).expect("a value");
        move |name| match &found.iter().find(|outcome| outcome.name == name).expect("a value").value {
            Value::Amount(amount) => amount.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_index_of_variable_composition_is_the_product_of_the_others() {
        let value = of_an_example(run);
        let product = value("index_fixed_composition").times(&value("index_structural_shift"));
        assert_eq!(value("index_variable_composition"), product);
        assert_eq!(value("change_of_mean"), value("change_due_to_rates").plus(&value("change_due_to_structure")));
    }
}
