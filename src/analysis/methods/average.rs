//! Average: the mean of a series of flows, or the chronological mean of a series of stocks.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "average",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("average", "ȳ = Σ y(t) / n").unit_of("value"),
        Output::whole("mean_chronological", "ȳ = (y(1)/2 + y(2) + … + y(n)/2) / (n − 1)").unit_of("value"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    Ok(vec![
        Outcome::whole("average", mean(&values)),
        Outcome::whole("mean_chronological", of_moments(&values).ok_or(Reason::TooFew)),
    ])
}

/// Adds up.
pub(super) fn sum<'a>(values: impl IntoIterator<Item = &'a Amount>) -> Amount {
    values.into_iter().fold(Amount::ZERO, |sum, value| sum.plus(value))
}

/// Returns the arithmetic mean.
pub(super) fn mean(values: &[&Amount]) -> Result<Amount, Reason> {
    sum(values.iter().copied()).divided_by(&Amount::Integer(values.len() as i64)).ok_or(Reason::TooFew)
}

fn of_moments(values: &[&Amount]) -> Option<Amount> {
    let ends = values.first()?.plus(values.last()?).divided_by(&Amount::Integer(2))?;
    let inner = values.get(1..values.len() - 1).map_or(Amount::ZERO, |inner| sum(inner.iter().copied()));
    inner.plus(&ends).divided_by(&Amount::Integer(values.len() as i64 - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chronological_mean_halves_the_ends() {
        let values = [10, 20, 40].map(Amount::Integer);
        let values: Vec<&Amount> = values.iter().collect();
        assert_eq!(of_moments(&values), Amount::ratio(45, 2));
        assert_eq!(of_moments(&values[..1]), None);
        assert_eq!(of_moments(&[]), None);
    }
}
