//! Extrapolation: a series carried on by its trend, mean or mean change, with an interval where the model has one.

use super::exponential_trend::Curve;
use super::{growth, trend};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::regression::Fit;
use crate::analysis::numeric::{distribution, pow, spread};
use crate::finding::{Amount, Part, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "extrapolation",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[
        Param::new("model", ParamKind::Choice(MODELS), "linear"),
        Param::new("horizon", ParamKind::Count(1, 100), "3"),
        Param::new("level", ParamKind::Number(50.0, 99.9), "95"),
    ],
    outputs: &[
        Output::member(
            "extrapolated",
            "ŷ(n+h) = a + b·(n+h); a + b·(n+h) + c·(n+h)²; a · k^(n+h); ȳ; y(n) + h·Δ̄; y(n) · K̄^h",
        )
        .unit_of("value"),
        Output::member("extrapolated_low", "ŷ(n+h) − q · se(h); ŷ(n+h) / exp(q · se(h))").unit_of("value"),
        Output::member("extrapolated_high", "ŷ(n+h) + q · se(h); ŷ(n+h) · exp(q · se(h))").unit_of("value"),
    ],
    run,
};

/// What a series may be carried on by.
const MODELS: &[&str] = &["linear", "parabolic", "exponential", "mean", "drift", "mean_change", "mean_growth"];

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let model = Model::of(frame)?;
    let quantile = model.quantile(0.5 + frame.number("level") / 200.0);
    let exact = frame.values("value").iter().flatten().all(Amount::is_exact);
    let printed =
        |level: Amount| if exact { Ok(level) } else { Amount::float(level.to_f64()).ok_or(Reason::Undefined) };
    let mut found = Vec::new();
    for step in 1..=frame.count("horizon") {
        let member = ahead(frame, step);
        let (level, half) = if 3 * step > frame.rows as i64 {
            (Err(Reason::TooFew), Err(Reason::TooFew))
        } else {
            (model.level(step).and_then(printed), model.half_width(step, quantile))
        };
        let bound = |sign: f64| match (&level, &half) {
            (Ok(level), Ok(0.0)) => Ok(level.clone()),
            (Ok(level), Ok(factor)) if model.multiplies() => {
                let level = level.to_f64();
                Amount::float(if sign > 0.0 { level * factor } else { level / factor }).ok_or(Reason::Undefined)
            }
            (Ok(level), Ok(half)) => Amount::float(level.to_f64() + sign * half).ok_or(Reason::Undefined),
            (Err(reason), _) | (_, Err(reason)) => Err(*reason),
        };
        let (low, high) = (bound(-1.0), bound(1.0));
        found.extend([
            Outcome::member("extrapolated", member.clone(), level),
            Outcome::member("extrapolated_low", member.clone(), low),
            Outcome::member("extrapolated_high", member, high),
        ]);
    }
    Ok(found)
}

/// What a series is carried on by.
enum Model {
    /// A line or a parabola fitted by least squares, and the last time.
    Line(Box<Fit>, i64),
    /// A line fitted to the logarithms, and the last time.
    Curve(Box<Curve>, i64),
    /// The mean level, with the standard deviation (divisor n − 1) and the number of levels.
    Mean(Amount, f64, f64),
    /// The last level and the mean change, with the standard deviation (divisor n − 1) and the number of changes.
    Drift(Amount, Amount, f64, f64),
    /// The last level and the mean change.
    Change(Amount, Amount),
    /// The last level, the growth from the first one, and the periods passed.
    Growth(f64, f64, f64),
}

impl Model {
    fn of(frame: &Frame) -> Result<Model, Reason> {
        let read: Vec<Amount> = frame.complete("value")?.into_iter().map(decimal).collect();
        let values: Vec<&Amount> = read.iter().collect();
        let times = trend::clock(frame)?;
        let [first, .., last] = values[..] else { return Err(Reason::TooFew) };
        let passed = times.last().map_or(0, |time| time - 1);
        if values.len() < 3 {
            return Err(Reason::TooFew);
        }
        if passed < 1 {
            return Err(Reason::ZeroVariance);
        }
        let change = || last.minus(first).divided_by(&Amount::Integer(passed)).ok_or(Reason::ZeroVariance);
        match frame.choice("model") {
            "mean" => {
                let (mean, deviation) = moments(&values)?;
                Ok(Model::Mean(mean, deviation, values.len() as f64))
            }
            "drift" => {
                frame.unbroken()?;
                let changes: Vec<Amount> = values.windows(2).map(|pair| pair[1].minus(pair[0])).collect();
                let (mean, deviation) = moments(&changes.iter().collect::<Vec<_>>())?;
                Ok(Model::Drift(last.clone(), mean, deviation, changes.len() as f64))
            }
            "mean_change" => Ok(Model::Change(last.clone(), change()?)),
            "mean_growth" => {
                let (last, first) = growth::growing(Ok(last), Ok(first))?;
                if values.iter().any(|value| value.signum() < 0) {
                    return Err(Reason::MixedSign);
                }
                let growth = last.divided_by(first).ok_or(Reason::ZeroBase)?;
                Ok(Model::Growth(last.to_f64(), growth.to_f64(), passed as f64))
            }
            "exponential" => Ok(Model::Curve(Box::new(Curve::of(frame)?), passed + 1)),
            model => {
                let degree = if model == "parabolic" { 2 } else { 1 };
                Ok(Model::Line(Box::new(Fit::of(&times, &values, degree)?), passed + 1))
            }
        }
    }

    fn level(&self, step: i64) -> Result<Amount, Reason> {
        let on = |last: &Amount, change: &Amount| last.plus(&change.times(&Amount::Integer(step)));
        match self {
            Model::Line(fit, last) => fit.level(last + step),
            Model::Curve(curve, last) => Amount::float(curve.level(last + step)).ok_or(Reason::Undefined),
            Model::Mean(mean, ..) => Ok(mean.clone()),
            Model::Drift(last, change, ..) | Model::Change(last, change) => Ok(on(last, change)),
            Model::Growth(last, growth, passed) => {
                Amount::float(last * pow(*growth, step as f64 / passed)).ok_or(Reason::Undefined)
            }
        }
    }

    /// Says whether the bounds stand off by a factor.
    fn multiplies(&self) -> bool {
        matches!(self, Model::Curve(..))
    }

    /// Returns the quantile at `share` of the distribution that an interval is made with.
    fn quantile(&self, share: f64) -> f64 {
        match self {
            Model::Line(fit, _) => distribution::student_quantile(share, fit.freedom()),
            Model::Curve(curve, _) => curve.quantile(share),
            Model::Mean(_, _, n) => distribution::student_quantile(share, n - 1.0),
            Model::Drift(..) | Model::Change(..) | Model::Growth(..) => distribution::normal_quantile(share),
        }
    }

    /// Returns half the width of the interval for a quantile, or the factor by which the bounds stand off.
    fn half_width(&self, step: i64, quantile: f64) -> Result<f64, Reason> {
        let h = step as f64;
        match self {
            Model::Line(fit, last) => Ok(quantile * fit.prediction_error(last + step)?),
            Model::Curve(curve, last) => Ok(curve.factor(last + step, quantile)),
            Model::Mean(_, deviation, n) => Ok(quantile * deviation * (1.0 + 1.0 / n).sqrt()),
            Model::Drift(_, _, deviation, n) => Ok(quantile * deviation * (h * (1.0 + h / n)).sqrt()),
            Model::Change(..) | Model::Growth(..) => Err(Reason::Undefined),
        }
    }
}

/// Reads a float as its shortest decimal, so that equal values have no deviations.
fn decimal(value: &Amount) -> Amount {
    if value.is_exact() { value.clone() } else { Amount::simplest(value.to_rational()) }
}

/// Returns the mean and the standard deviation with the divisor n − 1.
fn moments(values: &[&Amount]) -> Result<(Amount, f64), Reason> {
    let n = values.len();
    let mean = spread::mean(values.iter().copied()).ok_or(Reason::TooFew)?;
    let variance = spread::variance(values.iter().copied()).ok_or(Reason::TooFew)?;
    let sample = variance.times(&Amount::Integer(n as i64)).divided_by(&Amount::Integer(n as i64 - 1));
    Ok((mean, sample.ok_or(Reason::TooFew)?.to_f64().sqrt()))
}

/// Returns the key of a step ahead: the period that it falls on, or its number where rows have no periods.
pub(super) fn ahead(frame: &Frame, steps: i64) -> Part {
    let period = frame.periods.as_deref().and_then(|periods| frame.step().ahead(periods, i32::try_from(steps).ok()?));
    period.map_or_else(|| Part::Category(steps.to_string().into()), Part::Period)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Period;

    #[test]
    fn steps_are_keyed_by_the_periods_that_follow() {
        let keys = |periods: &[&str]| {
            let periods = periods.iter().map(|period| Period::parse(period)).collect();
            let frame = Frame { periods, ..Frame::default() };
            [1, 2].map(|steps| ahead(&frame, steps).to_string()).join(" ")
        };
        assert_eq!(keys(&["2021", "2022"]), "2023 2024");
        assert_eq!(keys(&["2022-10", "2022-11"]), "2022-12 2023-01");
        assert_eq!(keys(&["2021-01-01", "2022-01-01"]), "2023-01-01 2024-01-01");
        assert_eq!(keys(&["2021-01-01", "2021-01-02"]), "2021-01-03 2021-01-04");
        assert_eq!(keys(&[]), "1 2");
    }
}
