//! Siegel: the repeated median of slopes, which half of all observations may not lead astray.

use super::mann_kendall::LEAST;
use super::sen_slope::{joint_intercept, mean_of};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::order;
use crate::analysis::numeric::whole::Whole;
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
    let times: Vec<f64> = clock.iter().map(|t| *t as f64).collect();
    let small = Whole::of(&values).floats(clock.iter().copied().max().unwrap_or(1));
    let rise = Pairs {
        exact: &|i, j| values[j].minus(values[i]),
        rounded: &|i, j| match &small {
            Some(whole) => whole[j] - whole[i],
            None => values[j].minus(values[i]).to_f64(),
        },
    };
    let slope = repeated(&clock, &rise).ok_or(Reason::ZeroVariance)?;
    let line = |i: usize, j: usize| {
        values[i].times(&Amount::Integer(clock[j])).minus(&values[j].times(&Amount::Integer(clock[i])))
    };
    let across = Pairs {
        exact: &line,
        rounded: &|i, j| match &small {
            Some(whole) => whole[i] * times[j] - whole[j] * times[i],
            None => line(i, j).to_f64(),
        },
    };
    let joint = joint_intercept(&values, &time, &slope).ok_or(Reason::TooFew);
    Ok(vec![
        Outcome::whole("siegel_slope", slope.times(&year)),
        Outcome::whole("siegel_intercept_joint", joint),
        Outcome::whole("siegel_intercept", repeated(&clock, &across).ok_or(Reason::ZeroVariance)),
    ])
}

/// What is divided by the time between two rows: exactly, and as a float but for a factor that all pairs share.
struct Pairs<'a> {
    exact: &'a dyn Fn(usize, usize) -> Amount,
    rounded: &'a dyn Fn(usize, usize) -> f64,
}

/// Returns the median over i of the medians over j of `top(i, j) / (t(j) − t(i))`, exactly; rows of one time have none.
fn repeated(clock: &[i64], top: &Pairs) -> Option<Amount> {
    // The two in the middle of each row, and their mean as a float.
    let mut medians = Vec::with_capacity(clock.len());
    for (i, from) in clock.iter().enumerate() {
        let others = (0..clock.len()).filter(|j| clock[*j] != *from);
        // A correctly rounded quotient never changes places with another, so floats suffice for the order.
        let mut pairs: Vec<(f64, usize)> =
            others.map(|j| ((top.rounded)(i, j) / (clock[j] - from) as f64, j)).collect();
        let (low, high) = order::middle(&mut pairs, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
        medians.push(((low.0 + high.0) / 2.0, low.0.abs().max(high.0.abs()), i, low.1, high.1));
    }
    let mut means: Vec<f64> = medians.iter().map(|median| median.0).collect();
    let (low, high) = order::middle(&mut means, f64::total_cmp)?;
    // What floats may confuse with the middle is put in order exactly.
    let doubt = medians.iter().fold(0.0, |most: f64, median| most.max(median.1)) * 1e-12;
    let below = medians.iter().filter(|median| median.0 < low - doubt).count();
    let near = medians.iter().filter(|median| median.0 >= low - doubt && median.0 <= high + doubt);
    let exactly = |(_, _, i, low, high): &(f64, f64, usize, usize, usize)| {
        let at = |j: usize| (top.exact)(*i, j).divided_by(&Amount::Integer(clock[j] - clock[*i]));
        mean_of(at(*low), at(*high))
    };
    let mut near: Vec<Amount> = near.map(exactly).collect::<Option<_>>()?;
    near.sort();
    let at = |place: usize| near.get(place - below).cloned();
    mean_of(at((medians.len() - 1) / 2), at(medians.len() / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_observation_gone_astray_changes_nothing() {
        let clock = [1, 2, 3, 4, 5, 6, 7];
        let values = [10, 12, 900, 16, 18, -40, 22];
        let exact = |i: usize, j: usize| Amount::Integer(values[j] - values[i]);
        let rise = Pairs { exact: &exact, rounded: &|i, j| exact(i, j).to_f64() };
        assert_eq!(repeated(&clock, &rise), Some(Amount::Integer(2)));
    }
}
