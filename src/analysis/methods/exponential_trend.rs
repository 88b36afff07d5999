//! Exponential trend: the least-squares line through the logarithms of a series.

use super::trend;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::exact::non_negative;
use crate::analysis::numeric::{distribution, exp, exp_m1, ln, ln_1p, sum};
use crate::finding::{Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "exponential_trend",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Positive)],
    params: &[],
    outputs: &[
        Output::whole("exponential_growth_factor", "k = exp(b), ln ŷ = ln a + b·t").unit(Unit::Times).level(),
        Output::whole("exponential_start", "a: ŷ = a · k^t").unit_of("value").level(),
        Output::whole("exponential_rate_percent", "(k − 1) · 100").unit(Unit::Percent),
        Output::whole("exponential_r_squared", "R² = 1 − Σ(ln y − ln ŷ)² / Σ(z − z̄)², z = ln y").flow(),
        Output::whole("exponential_p", "p = P(|T(n − 2)| ≥ |b / se(b)|)").p(),
        Output::whole("exponential_slope_standard_error", "se(b) = s / √Σ(t − t̄)², s² = Σ(ln y − ln ŷ)² / (n − 2)")
            .flow(),
        Output::whole("exponential_growth_factor_low", "exp(b − t(0.975; n − 2) · se(b))").unit(Unit::Times).level(),
        Output::whole("exponential_growth_factor_high", "exp(b + t(0.975; n − 2) · se(b))").unit(Unit::Times).level(),
        Output::whole("exponential_rate_percent_low", "(exp(b − t(0.975; n − 2) · se(b)) − 1) · 100")
            .unit(Unit::Percent),
        Output::whole("exponential_rate_percent_high", "(exp(b + t(0.975; n − 2) · se(b)) − 1) · 100")
            .unit(Unit::Percent),
        Output::whole("exponential_aic", "AIC = n · ln(2πΣe²/n) + n + 2 · 3 + 2Σ ln y, e = ln y − ln ŷ"),
        Output::whole("exponential_bic", "BIC = n · ln(2πΣe²/n) + n + 3 · ln n + 2Σ ln y"),
        Output::row("exponential_fitted", "ŷ(t) = a · k^t").unit_of("value").level(),
    ],
    run,
};

/// The share of Σ(ln y − mean)² below which residuals are the rounding of logarithms.
const ROUNDING: f64 = 1e-28;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (times, levels) = levels(frame)?;
    let line = Line::through(&times, &levels)?;
    let (n, half) = (levels.len() as f64, line.half_width());
    let bound = |side: f64| half.map(|half| line.slope + side * half);
    let rate = |side: f64| bound(side).map(|b| 100.0 * exp_m1(b));
    let jacobian = 2.0 * sum(levels.iter().map(|level| ln(*level)));
    let criterion = |penalty: f64| match line.r_squared()? {
        // A curve through all points leaves the likelihood no bound.
        1.0 => Err(Reason::Undefined),
        _ => Ok(trend::criterion(line.unexplained, n, penalty) + jacobian),
    };
    let mut found = vec![
        Outcome::whole("exponential_growth_factor", exp(line.slope)),
        Outcome::whole("exponential_start", levels[0] * exp(line.intercept)),
        Outcome::whole("exponential_rate_percent", 100.0 * exp_m1(line.slope)),
        Outcome::whole("exponential_r_squared", line.r_squared()),
        Outcome::whole("exponential_p", line.p()),
        Outcome::whole("exponential_slope_standard_error", line.standard_error()),
        Outcome::whole("exponential_growth_factor_low", bound(-1.0).map(exp)),
        Outcome::whole("exponential_growth_factor_high", bound(1.0).map(exp)),
        Outcome::whole("exponential_rate_percent_low", rate(-1.0)),
        Outcome::whole("exponential_rate_percent_high", rate(1.0)),
        Outcome::whole("exponential_aic", criterion(2.0)),
        Outcome::whole("exponential_bic", criterion(ln(n))),
    ];
    for (row, time) in times.iter().enumerate() {
        found.push(Outcome::row("exponential_fitted", row, line.level(*time, levels[0])));
    }
    Ok(found)
}

/// Returns the times and the levels, all of them above zero.
fn levels(frame: &Frame) -> Result<(Vec<i64>, Vec<f64>), Reason> {
    let values = frame.complete("value")?;
    non_negative(&[&values])?;
    if values.iter().any(|value| value.is_zero()) {
        return Err(Reason::Undefined);
    }
    if values.len() < 3 {
        return Err(Reason::TooFew);
    }
    Ok((trend::clock(frame)?, values.into_iter().map(|value| value.to_f64()).collect()))
}

/// Returns the residuals of the line through the logarithms.
pub(super) fn residuals_of_logarithms(frame: &Frame) -> Result<Vec<f64>, Reason> {
    let (times, levels) = levels(frame)?;
    let line = Line::through(&times, &levels)?;
    if line.r_squared()? == 1.0 {
        return Err(Reason::Undefined);
    }
    let fitted = |time: i64| line.intercept + line.slope * time as f64;
    Ok(times.iter().zip(&levels).map(|(time, level)| log_ratio(*level, levels[0]) - fitted(*time)).collect())
}

/// A curve carried on: its level at a time, and how far the logarithm of a new observation may be from it.
pub(super) struct Curve {
    line: Line,
    first: f64,
}

impl Curve {
    /// Fits the curve.
    pub(super) fn of(frame: &Frame) -> Result<Curve, Reason> {
        let (times, levels) = levels(frame)?;
        Ok(Curve { line: Line::through(&times, &levels)?, first: levels[0] })
    }

    /// Returns the level at a time.
    pub(super) fn level(&self, time: i64) -> f64 {
        self.line.level(time, self.first)
    }

    /// Returns a quantile of the distribution of the logarithms' residuals.
    pub(super) fn quantile(&self, share: f64) -> f64 {
        distribution::student_quantile(share, self.line.freedom)
    }

    /// Returns the factor by which the bounds of a new observation stand off, for a quantile.
    pub(super) fn factor(&self, time: i64, quantile: f64) -> f64 {
        let line = &self.line;
        let off = time as f64 - line.time;
        let leverage = 1.0 + 1.0 / (line.freedom + 2.0) + off * off / line.squares;
        let error = (line.unexplained / line.freedom * leverage).sqrt();
        exp(quantile * error)
    }
}

/// A line through the logarithms of levels over the first level, which are more exact than logarithms of levels.
struct Line {
    slope: f64,
    intercept: f64,
    freedom: f64,
    explained: f64,
    unexplained: f64,
    /// The mean time, and Σ(t − t̄)².
    time: f64,
    squares: f64,
}

impl Line {
    fn through(times: &[i64], levels: &[f64]) -> Result<Line, Reason> {
        let first = levels.first().copied().ok_or(Reason::TooFew)?;
        let logs: Vec<f64> = levels.iter().map(|level| log_ratio(*level, first)).collect();
        let n = times.len() as i64;
        let total: i64 = times.iter().sum();
        // n(t − t̄), which is whole.
        let weights: Vec<f64> = times.iter().map(|time| (n * time - total) as f64).collect();
        let n = n as f64;
        let squares = sum(weights.iter().map(|w| w * w));
        if squares == 0.0 {
            return Err(Reason::ZeroVariance);
        }
        let slope = n * sum(weights.iter().zip(&logs).map(|(w, z)| w * z)) / squares;
        let mean = sum(logs.iter().copied()) / n;
        let residual = |(w, z): (&f64, &f64)| (z - mean) - slope * w / n;
        Ok(Line {
            slope,
            intercept: mean - slope * total as f64 / n,
            freedom: n - 2.0,
            explained: slope * slope * squares / (n * n),
            unexplained: sum(weights.iter().zip(&logs).map(residual).map(|e| e * e)),
            time: total as f64 / n,
            squares: squares / (n * n),
        })
    }

    fn r_squared(&self) -> Result<f64, Reason> {
        match self.explained + self.unexplained {
            0.0 => Err(Reason::ZeroVariance),
            all if self.unexplained <= ROUNDING * all => Ok(1.0),
            all => Ok(self.explained / all),
        }
    }

    fn level(&self, time: i64, first: f64) -> f64 {
        first * exp(self.intercept + self.slope * time as f64)
    }

    fn standard_error(&self) -> Result<f64, Reason> {
        let exact = self.r_squared()? == 1.0;
        Ok(if exact { 0.0 } else { (self.unexplained / self.freedom / self.squares).sqrt() })
    }

    fn half_width(&self) -> Result<f64, Reason> {
        Ok(distribution::student_quantile(0.975, self.freedom) * self.standard_error()?)
    }

    fn p(&self) -> Result<f64, Reason> {
        match self.r_squared()? {
            1.0 => Ok(0.0),
            _ => {
                let t = (self.explained * self.freedom / self.unexplained).sqrt();
                Ok(distribution::student_two_sided(t, self.freedom))
            }
        }
    }
}

fn log_ratio(level: f64, first: f64) -> f64 {
    let change = (level - first) / first;
    if change.abs() < 0.5 { ln_1p(change) } else { ln(level / first) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubling_is_found_without_a_rest() {
        let line = Line::through(&[1, 2, 3, 4], &[3.0, 6.0, 12.0, 24.0]).expect("a value");
        assert!((exp(line.slope) - 2.0).abs() < 1e-15);
        assert_eq!((line.r_squared(), line.p()), (Ok(1.0), Ok(0.0)));
        assert!(Line::through(&[1, 2, 3], &[5.0; 3]).expect("a value").r_squared().is_err());
        assert_eq!(log_ratio(5.0, 5.0), 0.0);
    }
}
