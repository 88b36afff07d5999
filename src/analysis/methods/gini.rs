//! Gini: the Gini coefficient and the Lorenz curve, weighted or not.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::{exact, spread};
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "gini",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::NonNegative), Role::optional("weight", Takes::NonNegative)],
    params: &[],
    outputs: &[
        Output::whole("gini", "G = Σ (2i − n − 1)·x(i) / (n·Σx)").flow(),
        Output::whole("gini_corrected", "G* = G·n / (n − 1)").flow(),
        Output::row("lorenz_population", "P(i) = Σ w(j) / Σ w, x(j) ≤ x(i)").flow(),
        Output::row("lorenz_share", "L(i) = Σ w(j)·x(j) / Σ w·x, x(j) ≤ x(i)").flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = non_negative(frame, "value")?;
    let weights = weights(frame, "weight")?;
    let held: Vec<Amount> = values.iter().zip(&weights).map(|(value, weight)| value.times(weight)).collect();
    let (population, whole) = (spread::total(&weights), spread::total(&held));
    let mut sorted: Vec<usize> = (0..values.len()).collect();
    sorted.sort_by(|a, b| values[*a].cmp(&values[*b]));

    let two = Amount::Integer(2);
    let (mut below, mut share, mut areas) = (Amount::ZERO, Amount::ZERO, Vec::new());
    let mut points = vec![(Amount::ZERO, Amount::ZERO); values.len()];
    for row in sorted {
        below = below.plus(&weights[row]);
        share = share.plus(&held[row]);
        areas.push(held[row].times(&below.times(&two).minus(&weights[row])));
        points[row] = (below.clone(), share.clone());
    }
    let ratio = spread::total(&areas).divided_by(&population.times(&whole)).ok_or(Reason::ZeroTotal)?;
    let gini = ratio.minus(&Amount::Integer(1));
    let corrected = match values.len() as i64 {
        _ if frame.has("weight") => Err(Reason::Undefined),
        n => gini.times(&Amount::Integer(n)).divided_by(&Amount::Integer(n - 1)).ok_or(Reason::TooFew),
    };
    let mut found = vec![Outcome::whole("gini", gini), Outcome::whole("gini_corrected", corrected)];
    for (row, (below, share)) in points.iter().enumerate() {
        let of = |part: &Amount, total: &Amount| part.divided_by(total).ok_or(Reason::ZeroTotal);
        found.push(Outcome::row("lorenz_population", row, of(below, &population)));
        found.push(Outcome::row("lorenz_share", row, of(share, &whole)));
    }
    Ok(found)
}

/// Returns the values of a role, or why no measure of inequality takes them: one is missing, there is none, one is
/// negative, all are zero.
pub(super) fn non_negative(frame: &Frame, role: &str) -> Result<Vec<Amount>, Reason> {
    let values: Vec<Amount> = frame.complete(role)?.into_iter().cloned().collect();
    if values.is_empty() {
        return Err(Reason::TooFew);
    }
    exact::non_negative(&[&values.iter().collect::<Vec<_>>()])?;
    if values.iter().all(Amount::is_zero) {
        return Err(Reason::ZeroTotal);
    }
    Ok(values)
}

/// Returns the weights of a role, or ones where it is not bound.
pub(super) fn weights(frame: &Frame, role: &str) -> Result<Vec<Amount>, Reason> {
    if frame.has(role) { non_negative(frame, role) } else { Ok(vec![Amount::Integer(1); frame.rows]) }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::analysis::Column;
    use crate::finding::{Unit, Value};

    /// A frame of whole numbers under roles, with the parameters of a method.
    pub(crate) fn frame(method: &Method, bound: &[(&'static str, &[i64])]) -> Frame {
        let mut frame = Frame::default();
        for (role, values) in bound {
            frame.rows = values.len();
            let values = values.iter().map(|value| Ok(Amount::Integer(*value))).collect();
            let column = Column { name: (*role).to_owned(), unit: Unit::Persons, values };
            frame.numbers.entry(*role).or_default().push(column);
        }
        frame.set(method, &std::collections::BTreeMap::new()).expect("defaults");
        frame
    }

    /// The number that a method finds for the whole frame.
    pub(crate) fn whole(method: &Method, frame: &Frame, name: &str) -> Amount {
        let found = (method.run)(frame).expect("results");
        match found.into_iter().find(|outcome| outcome.name == name).map(|outcome| outcome.value) {
            Some(Value::Amount(amount)) => amount,
            other => panic!("{name}: {other:?}"),
        }
    }

    #[test]
    fn knows_neither_scale_nor_order() {
        let gini = |values: &[i64]| whole(&METHOD, &frame(&METHOD, &[("value", values)]), "gini");
        let once = gini(&[7, 0, 3, 12, 3]);
        assert_eq!(once, gini(&[3, 12, 3, 7, 0]));
        assert_eq!(once, gini(&[7000, 0, 3000, 12000, 3000]));
        assert_eq!(gini(&[5, 5, 5]), Amount::ZERO);
    }

    #[test]
    fn a_weight_counts_a_unit_several_times() {
        let weighted = frame(&METHOD, &[("value", &[30, 10, 20]), ("weight", &[1, 3, 2])]);
        let repeated = frame(&METHOD, &[("value", &[30, 10, 10, 10, 20, 20])]);
        assert_eq!(whole(&METHOD, &weighted, "gini"), whole(&METHOD, &repeated, "gini"));
    }
}
