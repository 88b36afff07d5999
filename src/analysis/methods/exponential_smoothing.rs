//! Exponential smoothing: a level that follows the series, each step a share of the last error, carried on.

use super::chow::rows;
use super::extrapolation::ahead;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::{distribution, sum};
use crate::finding::Reason;

/// The method.
pub(super) const METHOD: Method = Method {
    name: "exponential_smoothing",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[
        Param::new("alpha", ParamKind::Number(0.0, 1.0), "0"),
        Param::new("horizon", ParamKind::Count(1, 100), "3"),
        Param::new("level", ParamKind::Number(50.0, 99.9), "95"),
    ],
    outputs: &[
        Output::whole("smoothing_alpha", "α = arg min Σe(t)²").flow(),
        Output::whole("smoothing_level", "l(n), l(t) = α · y(t) + (1 − α) · l(t−1), l(1) = y(1)").unit_of("value"),
        Output::whole("smoothing_error", "s = √(Σe(t)² / (n − 1)), e(t) = y(t) − l(t−1)").difference_of("value").flow(),
        Output::row("smoothed", "l(t−1)").unit_of("value"),
        Output::member("smoothing_forecast", "ŷ(n+h) = l(n)").unit_of("value"),
        Output::member("smoothing_forecast_low", "ŷ − z · s · √(1 + (h − 1)α²)").unit_of("value"),
        Output::member("smoothing_forecast_high", "ŷ + z · s · √(1 + (h − 1)α²)").unit_of("value"),
    ],
    run,
};

/// Fewer levels than this leave no errors to choose by.
const LEAST: usize = 4;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values: Vec<f64> = rows(frame)?.into_iter().map(|(_, value)| value).collect();
    if values.len() < LEAST {
        return Err(Reason::TooFew);
    }
    frame.unbroken()?;
    let base = frame.complete("value")?.first().map_or(0.0, |first| first.to_f64());
    let given = frame.number("alpha");
    let squares = |alphas: &[f64; LANES]| squares_of(&values, alphas);
    let trials = squares(&[0.1, 0.2, 0.35, 0.5, 0.6, 0.75, 0.85, 1.0]);
    let open = given == 0.0 && undetermined(&values, &trials);
    if open && trials[LANES - 1] > 0.0 {
        return Err(Reason::Undefined);
    }
    let alpha = if given > 0.0 { given } else { least(squares) };
    let course = course(&values, alpha);
    let error = (course.squares() / (values.len() - 1) as f64).sqrt();
    let chosen = if open { Err(Reason::Undefined) } else { Ok(alpha) };
    let mut found = vec![
        Outcome::whole("smoothing_alpha", chosen),
        Outcome::whole("smoothing_level", base + course.level),
        Outcome::whole("smoothing_error", error),
    ];
    for row in 0..values.len() {
        let before = row.checked_sub(1).and_then(|at| course.foretold.get(at)).map(|level| base + level);
        found.push(Outcome::row("smoothed", row, before.ok_or(Reason::TooFew)));
    }
    found.extend(carried_on(
        frame,
        ["smoothing_forecast", "smoothing_forecast_low", "smoothing_forecast_high"],
        |_| base + course.level,
        |h| error * (1.0 + (h - 1.0) * alpha * alpha).sqrt(),
    ));
    Ok(found)
}

/// Are the errors the same whatever the shares: nothing is left to choose them by? A constant series has none at all, one
/// that leaves its line at the last level alone has always the same.
pub(super) fn undetermined(values: &[f64], squares: &[f64]) -> bool {
    let size = sum(values.iter().map(|value| value * value));
    let (low, high) = squares.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), s| (low.min(*s), high.max(*s)));
    high - low <= 1e-20 * size
}

/// Returns forecasts with their normal bounds, as far ahead as a third of the series is long.
pub(super) fn carried_on(
    frame: &Frame,
    [middle, low, high]: [&'static str; 3],
    level: impl Fn(f64) -> f64,
    error: impl Fn(f64) -> f64,
) -> Vec<Outcome> {
    let quantile = distribution::normal_quantile(0.5 + frame.number("level") / 200.0);
    let mut found = Vec::new();
    for step in 1..=frame.count("horizon") {
        let of = |side: f64| {
            let h = step as f64;
            if 3 * step > frame.rows as i64 { Err(Reason::TooFew) } else { Ok(level(h) + side * quantile * error(h)) }
        };
        let member = || ahead(frame, step);
        found.extend([
            Outcome::member(middle, member(), of(0.0)),
            Outcome::member(low, member(), of(-1.0)),
            Outcome::member(high, member(), of(1.0)),
        ]);
    }
    found
}

/// What smoothing makes of a series.
struct Course {
    /// The level foretold for each row from the second on.
    foretold: Vec<f64>,
    errors: Vec<f64>,
    level: f64,
}

impl Course {
    fn squares(&self) -> f64 {
        sum(self.errors.iter().map(|e| e * e))
    }
}

fn course(values: &[f64], alpha: f64) -> Course {
    let mut course = Course { foretold: Vec::new(), errors: Vec::new(), level: values[0] };
    for value in &values[1..] {
        let error = value - course.level;
        course.foretold.push(course.level);
        course.errors.push(error);
        course.level += alpha * error;
    }
    course
}

/// How many shares are tried side by side: each step of a series waits for the one before, and eight wait together.
pub(super) const LANES: usize = 8;

/// Adds up the squared errors of some shares as they come: enough to compare shares by.
fn squares_of(values: &[f64], alphas: &[f64; LANES]) -> [f64; LANES] {
    let (mut levels, mut sums) = ([values[0]; LANES], [0.0; LANES]);
    for value in &values[1..] {
        for lane in 0..LANES {
            let error = value - levels[lane];
            sums[lane] += error * error;
            levels[lane] += alphas[lane] * error;
        }
    }
    sums
}

/// Finds the share in (0, 1] with the least sum of squares: the best of a hundred, then closer and closer beside it.
fn least(squares: impl Fn(&[f64; LANES]) -> [f64; LANES]) -> f64 {
    const STEPS: usize = 104;
    const ROUNDS: usize = 18;
    let best_of = |shares: [f64; LANES]| {
        let found = squares(&shares).into_iter().zip(shares);
        found.reduce(|best, next| if next.0 < best.0 { next } else { best }).unwrap_or((f64::INFINITY, 1.0))
    };
    let grid = (0..STEPS / LANES)
        .map(|chunk| best_of(std::array::from_fn(|lane| (chunk * LANES + lane + 1) as f64 / STEPS as f64)));
    let mut best = grid.reduce(|best, next| if next.0 < best.0 { next } else { best }).unwrap_or((f64::INFINITY, 1.0));
    let mut step = 1.0 / STEPS as f64;
    for _ in 0..ROUNDS {
        // From the neighbour on one side to that on the other, both of the round before.
        let (low, high) = ((best.1 - step).max(1e-6), (best.1 + step).min(1.0));
        step = (high - low) / (LANES - 1) as f64;
        let next = best_of(std::array::from_fn(|lane| (low + step * lane as f64).min(high)));
        // An end of the range is not passed over for a point beside it.
        if next.0 < best.0 {
            best = next;
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_needs_all_of_the_last_error() {
        let off = |wanted: f64| move |alphas: &[f64; LANES]| alphas.map(|alpha| (alpha - wanted) * (alpha - wanted));
        assert_eq!(least(off(1.0)), 1.0);
        assert!((least(off(0.237)) - 0.237).abs() < 1e-9);
        assert!(least(off(0.0)) <= 1e-6);
        let course = course(&[2.0, 4.0, 4.0], 0.5);
        assert_eq!((course.foretold, course.errors, course.level), (vec![2.0, 3.0], vec![2.0, 1.0], 3.5));
    }
}
