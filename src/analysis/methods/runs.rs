//! Runs: stretches of values on one side of the median, and whether there are as many as by chance.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::{distribution, order};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "runs",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("runs", "R").unit(Unit::Count).flow(),
        Output::whole("longest_run", "max L").unit(Unit::Count).flow(),
        Output::whole("runs_expected", "E R = 2n₁n₂ / (n₁ + n₂) + 1").unit(Unit::Count).flow(),
        Output::whole("runs_variance", "Var R = 2n₁n₂(2n₁n₂ − n) / (n²(n − 1)), n = n₁ + n₂").flow(),
        Output::whole("runs_z", "z = (R − E R) / √Var R"),
        Output::whole("runs_p", "p = 2 · [1 − Φ(|z|)]").p(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    let mut sorted: Vec<Amount> = values.iter().map(|value| (*value).clone()).collect();
    sorted.sort();
    let median = order::median(&sorted).ok_or(Reason::TooFew)?;
    if values.len() < 2 {
        return Err(Reason::TooFew);
    }
    let sides: Vec<bool> = values.iter().filter(|value| ***value != median).map(|value| **value > median).collect();
    if sides.is_empty() {
        return Err(Reason::ZeroVariance);
    }
    let lengths: Vec<usize> = sides.chunk_by(|a, b| a == b).map(<[bool]>::len).collect();
    let above = sides.iter().filter(|side| **side).count() as i64;
    let (expected, variance) = moments(above, sides.len() as i64 - above);
    let z = standardised(lengths.len() as i64, &expected, &variance);
    Ok(vec![
        Outcome::whole("runs", lengths.len()),
        Outcome::whole("longest_run", lengths.iter().copied().max().unwrap_or(0)),
        Outcome::whole("runs_expected", expected),
        Outcome::whole("runs_variance", variance),
        Outcome::whole("runs_z", z),
        Outcome::whole("runs_p", z.map(distribution::normal_two_sided)),
    ])
}

/// Returns the expected number of runs and its variance.
fn moments(above: i64, below: i64) -> (Result<Amount, Reason>, Result<Amount, Reason>) {
    let (n, twice) = (above + below, Amount::Integer(2 * above * below));
    let expected = twice.divided_by(&Amount::Integer(n)).map(|mean| mean.plus(&Amount::Integer(1)));
    let product = twice.times(&twice.minus(&Amount::Integer(n)));
    let variance = product.divided_by(&Amount::Integer(n).times(&Amount::Integer(n)).times(&Amount::Integer(n - 1)));
    (expected.ok_or(Reason::TooFew), variance.ok_or(Reason::TooFew))
}

fn standardised(
    runs: i64,
    expected: &Result<Amount, Reason>,
    variance: &Result<Amount, Reason>,
) -> Result<f64, Reason> {
    let (expected, variance) = (expected.as_ref().map_err(|r| *r)?, variance.as_ref().map_err(|r| *r)?);
    if variance.signum() <= 0 {
        return Err(Reason::ZeroVariance);
    }
    Ok(Amount::Integer(runs).minus(expected).to_f64() / variance.to_f64().sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_values_on_each_side_make_three_runs_on_average() {
        let (expected, variance) = moments(2, 2);
        assert_eq!(expected, Ok(Amount::Integer(3)));
        assert_eq!(variance, Ok(Amount::ratio(2, 3).expect("a value")));
    }
}
