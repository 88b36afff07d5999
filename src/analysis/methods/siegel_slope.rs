//! Siegel: the repeated median of slopes, which half of all observations may not lead astray.

use super::mann_kendall::LEAST;
use super::sen_slope::joint_intercept;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::order;
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "siegel_slope",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("siegel_slope", "b = Me(i) Me(j≠i) {(y(j) − y(i)) / (t(j) − t(i))}").per_year("value"),
        Output::whole("siegel_intercept_joint", "a = Me{y(t) − b · t}, t = 1 … n").unit_of("value"),
        Output::whole("siegel_intercept", "a = Me(i) Me(j≠i) {(y(i)t(j) − y(j)t(i)) / (t(j) − t(i))}, t = 1 … n")
            .unit_of("value"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    if values.len() < LEAST {
        return Err(Reason::TooFew);
    }
    let (time, year) = frame.calendar()?;
    let first = time.first().copied().unwrap_or_default();
    let clock: Vec<i64> = time.iter().map(|t| t - first + 1).collect();
    let rise = |i: usize, j: usize| values[j].minus(values[i]);
    let slope = repeated(&clock, rise).ok_or(Reason::ZeroVariance)?;
    let across = |i: usize, j: usize| {
        values[i].times(&Amount::Integer(clock[j])).minus(&values[j].times(&Amount::Integer(clock[i])))
    };
    let joint = joint_intercept(&values, &time, &slope).ok_or(Reason::TooFew);
    Ok(vec![
        Outcome::whole("siegel_slope", slope.times(&year)),
        Outcome::whole("siegel_intercept_joint", joint),
        Outcome::whole("siegel_intercept", repeated(&clock, across).ok_or(Reason::ZeroVariance)),
    ])
}

/// Returns the median over i of the medians over j of `top(i, j) / (t(j) − t(i))`, exactly; rows of one time have none.
fn repeated(clock: &[i64], top: impl Fn(usize, usize) -> Amount) -> Option<Amount> {
    let mut medians = Vec::with_capacity(clock.len());
    for i in 0..clock.len() {
        let pairs = (0..clock.len()).filter(|j| clock[*j] != clock[i]);
        // A correctly rounded quotient never changes places with another, so floats suffice for the order.
        let mut ordered: Vec<(f64, Amount, i64)> = pairs
            .map(|j| {
                let (top, below) = (top(i, j), clock[j] - clock[i]);
                (top.to_f64() / below as f64, top, below)
            })
            .collect();
        ordered.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let at = |place: usize| ordered.get(place).and_then(|(_, top, below)| top.divided_by(&Amount::Integer(*below)));
        let last = ordered.len().checked_sub(1)?;
        medians.push(super::sen_slope::mean_of(at(last / 2), at(ordered.len() / 2))?);
    }
    medians.sort();
    order::median(&medians)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_observation_gone_astray_changes_nothing() {
        let clock = [1, 2, 3, 4, 5, 6, 7];
        let values = [10, 12, 900, 16, 18, -40, 22];
        let rise = |i: usize, j: usize| Amount::Integer(values[j] - values[i]);
        assert_eq!(repeated(&clock, rise), Some(Amount::Integer(2)));
    }
}
