//! Holt: a level and a slope that follow the series, each step a share of the last error, carried on.

use super::chow::rows;
use super::exponential_smoothing::{LANES, carried_on, undetermined};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::finding::Reason;

/// The method.
pub(super) const METHOD: Method = Method {
    name: "holt",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[
        Param::new("alpha", ParamKind::Number(0.0, 1.0), "0"),
        Param::new("beta", ParamKind::Number(0.0, 1.0), "0"),
        Param::new("horizon", ParamKind::Count(1, 100), "3"),
        Param::new("level", ParamKind::Number(50.0, 99.9), "95"),
    ],
    outputs: &[
        Output::whole("holt_alpha", "(α, β) = arg min Σe(t)²").flow(),
        Output::whole("holt_beta", "(α, β) = arg min Σe(t)²").flow(),
        Output::whole("holt_level", "l(n), l(t) = α · y(t) + (1 − α)(l(t−1) + b(t−1)), l(1) = y(1)").unit_of("value"),
        Output::whole("holt_slope", "b(n), b(t) = β(l(t) − l(t−1)) + (1 − β) · b(t−1), b(1) = y(2) − y(1)")
            .per_year("value"),
        Output::whole("holt_error", "s = √(Σe(t)² / (n − 2)), e(t) = y(t) − l(t−1) − b(t−1), t > 2")
            .difference_of("value")
            .flow(),
        Output::row("holt_fitted", "l(t−1) + b(t−1)").unit_of("value"),
        Output::member("holt_forecast", "ŷ(n+h) = l(n) + h · b(n)").unit_of("value"),
        Output::member("holt_forecast_low", "ŷ − z · s · √(1 + Σ(j<h) α²(1 + jβ)²)").unit_of("value"),
        Output::member("holt_forecast_high", "ŷ + z · s · √(1 + Σ(j<h) α²(1 + jβ)²)").unit_of("value"),
    ],
    run,
};

/// Fewer levels than this leave no errors to choose two shares by.
const LEAST: usize = 6;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values: Vec<f64> = rows(frame)?.into_iter().map(|(_, value)| value).collect();
    if values.len() < LEAST {
        return Err(Reason::TooFew);
    }
    frame.unbroken()?;
    let base = frame.complete("value")?.first().map_or(0.0, |first| first.to_f64());
    let given = [frame.number("alpha"), frame.number("beta")].map(|share| (share > 0.0).then_some(share));
    let squares = |[alpha, beta]: [f64; 2]| course(&values, alpha, beta).squares;
    let trials = [[0.1, 0.9], [0.35, 0.6], [0.6, 0.3], [0.85, 0.1], [1.0, 1.0]];
    let trials = trials.map(|[a, b]| squares([given[0].unwrap_or(a), given[1].unwrap_or(b)]));
    let open = given.contains(&None) && undetermined(&values, &trials);
    if open && trials[4] > 1e-20 * values.iter().map(|value| value * value).sum::<f64>() {
        return Err(Reason::Undefined);
    }
    let [alpha, beta] = chosen(&values, given);
    let course = course(&values, alpha, beta);
    let own = |at: usize, share: f64| if open && given[at].is_none() { Err(Reason::Undefined) } else { Ok(share) };
    let error = (course.squares / (values.len() - 2) as f64).sqrt();
    let mut found = vec![
        Outcome::whole("holt_alpha", own(0, alpha)),
        Outcome::whole("holt_beta", own(1, beta)),
        Outcome::whole("holt_level", base + course.level),
        Outcome::whole("holt_slope", course.slope),
        Outcome::whole("holt_error", error),
    ];
    for row in 0..values.len() {
        let before = row.checked_sub(2).and_then(|at| course.foretold.get(at)).map(|level| base + level);
        found.push(Outcome::row("holt_fitted", row, before.ok_or(Reason::TooFew)));
    }
    let spread = |h: f64| {
        let squares = (1..h as i32).map(|j| alpha * (1.0 + f64::from(j) * beta)).map(|c| c * c);
        (1.0 + squares.sum::<f64>()).sqrt()
    };
    found.extend(carried_on(
        frame,
        ["holt_forecast", "holt_forecast_low", "holt_forecast_high"],
        |h| base + course.level + h * course.slope,
        |h| error * spread(h),
    ));
    Ok(found)
}

/// What smoothing makes of a series.
struct Course {
    /// The level foretold for each row from the third on.
    foretold: Vec<f64>,
    squares: f64,
    level: f64,
    slope: f64,
}

fn course(values: &[f64], alpha: f64, beta: f64) -> Course {
    let mut course = Course { foretold: Vec::new(), squares: 0.0, level: values[1], slope: values[1] - values[0] };
    for value in &values[2..] {
        let foretold = course.level + course.slope;
        let error = value - foretold;
        course.foretold.push(foretold);
        course.squares += error * error;
        course.level = foretold + alpha * error;
        course.slope += alpha * beta * error;
    }
    course
}

/// Returns the sums of squared errors of several pairs of shares.
fn squares_of(values: &[f64], shares: &[[f64; 2]; LANES]) -> [f64; LANES] {
    let alphas = shares.map(|[alpha, _]| alpha);
    let products = shares.map(|[alpha, beta]| alpha * beta);
    let mut levels = [values[1]; LANES];
    let mut slopes = [values[1] - values[0]; LANES];
    let mut sums = [0.0; LANES];
    for value in &values[2..] {
        for lane in 0..LANES {
            let error = value - levels[lane] - slopes[lane];
            sums[lane] += error * error;
            levels[lane] += slopes[lane] + alphas[lane] * error;
            slopes[lane] += products[lane] * error;
        }
    }
    sums
}

/// The ways from a pair of shares to those around it.
const WAYS: [[f64; 2]; LANES] =
    [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0], [1.0, 1.0], [-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0]];

/// Finds the shares with the least sum of squares: the best of a grid, then smaller and smaller steps from it to the best
/// around, so that every machine takes the same.
fn chosen(values: &[f64], given: [Option<f64>; 2]) -> [f64; 2] {
    const STEPS: i32 = 20;
    let mut best = (f64::INFINITY, [1.0, 0.0]);
    let mut tried = |shares: [[f64; 2]; LANES]| {
        let before = best.0;
        for (found, shares) in squares_of(values, &shares).into_iter().zip(shares) {
            if found < best.0 {
                best = (found, shares);
            }
        }
        (best.0 < before, best.1)
    };
    let grid = |given: Option<f64>, from: i32| -> Vec<f64> {
        given.map_or_else(|| (from..=STEPS).map(|k| f64::from(k) / f64::from(STEPS)).collect(), |share| vec![share])
    };
    let betas = grid(given[1], 0);
    let pairs: Vec<[f64; 2]> =
        grid(given[0], 1).into_iter().flat_map(|alpha| betas.iter().map(move |beta| [alpha, *beta])).collect();
    let mut at = pairs[0];
    for some in pairs.chunks(LANES) {
        at = tried(std::array::from_fn(|lane| some[lane.min(some.len() - 1)])).1;
    }
    let mut step = 1.0 / f64::from(STEPS);
    while step > 1e-10 {
        let moved = |by: [f64; 2], which: usize, least: f64| match given[which] {
            Some(share) => share,
            None => (at[which] + by[which] * step).clamp(least, 1.0),
        };
        let (better, next) = tried(WAYS.map(|by| [moved(by, 0, 1e-6), moved(by, 1, 0.0)]));
        if better { at = next } else { step /= 2.0 }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_carried_on_without_an_error() {
        let course = course(&[3.0, 5.0, 7.0, 9.0], 0.3, 0.1);
        assert_eq!((course.squares, course.level, course.slope), (0.0, 9.0, 2.0));
        let values = [3.0, 5.0, 4.0, 8.0, 9.0, 7.0, 12.0];
        let [alpha, beta] = chosen(&values, [None, None]);
        let least = super::course(&values, alpha, beta).squares;
        for (a, b) in [(0.1, 0.1), (0.5, 0.2), (0.9, 0.9), (alpha + 1e-4, beta), (alpha, (beta + 1e-4).min(1.0))] {
            assert!(super::course(&values, a, b).squares >= least - 1e-12, "{a} {b}");
        }
        assert_eq!(chosen(&values, [Some(0.4), Some(0.2)]), [0.4, 0.2]);
    }
}
