//! Trend: the least-squares line through a series, exact in rational numbers, with its inference.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::regression::Fit;
use crate::analysis::numeric::{distribution, ln};
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "trend",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("slope", "b = Σ(t − t̄)(y − ȳ) / Σ(t − t̄)²").per_year("value"),
        Output::whole("intercept", "a = ȳ − b · t̄").unit_of("value"),
        Output::whole("r_squared", "R² = [Σ(t − t̄)(y − ȳ)]² / (Σ(t − t̄)² · Σ(y − ȳ)²)").flow(),
        Output::whole("slope_standard_error", "se(b) = s / √Σ(t − t̄)²").per_year("value").flow(),
        Output::whole("intercept_standard_error", "se(a) = s · √(1/n + t̄² / Σ(t − t̄)²)").difference_of("value").flow(),
        Output::whole("slope_t", "t = b / se(b)"),
        Output::whole("slope_p", "p = P(|T(n − 2)| ≥ |t|)").p(),
        Output::whole("slope_low", "b − t(0.975; n − 2) · se(b)").per_year("value"),
        Output::whole("slope_high", "b + t(0.975; n − 2) · se(b)").per_year("value"),
        Output::whole("adjusted_r_squared", "1 − (1 − R²)(n − 1) / (n − 2)"),
        Output::whole("trend_f", "F = R² (n − 2) / (1 − R²)").flow(),
        Output::whole("trend_f_p", "p = P(F(1; n − 2) ≥ F)").p(),
        Output::whole("residual_standard_error", "s = √(Σe² / (n − 2))").difference_of("value").flow(),
        Output::whole("durbin_watson", "DW = Σ(e(t) − e(t−1))² / Σe(t)²").flow(),
        Output::whole("trend_aic", "AIC = n · ln(2πΣe²/n) + n + 2 · 3"),
        Output::whole("trend_bic", "BIC = n · ln(2πΣe²/n) + n + 3 · ln n"),
        Output::row("fitted", "ŷ(t) = a + b · t").unit_of("value"),
        Output::row("residual", "e(t) = y(t) − ŷ(t)").difference_of("value"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let fit = fit(frame, 1)?;
    let (low, high) = interval(&fit, 1, quantile(&fit));
    let mut found = vec![
        Outcome::whole("slope", fit.coefficient(1)),
        Outcome::whole("intercept", fit.coefficient(0)),
        Outcome::whole("r_squared", fit.r_squared()),
        Outcome::whole("slope_standard_error", fit.standard_error(1)),
        Outcome::whole("intercept_standard_error", fit.standard_error(0)),
        Outcome::whole("slope_t", fit.t(1)),
        Outcome::whole("slope_p", fit.p(1)),
        Outcome::whole("slope_low", low),
        Outcome::whole("slope_high", high),
        Outcome::whole("adjusted_r_squared", fit.adjusted_r_squared()),
        Outcome::whole("trend_f", fit.f()),
        Outcome::whole("trend_f_p", fit.f_p()),
        Outcome::whole("residual_standard_error", fit.residual_error()),
        Outcome::whole("durbin_watson", fit.durbin_watson()),
        Outcome::whole("trend_aic", aic(&fit, 1)),
        Outcome::whole("trend_bic", bic(&fit, 1)),
    ];
    for row in 0..frame.rows {
        found.push(Outcome::row("fitted", row, fit.fitted(row)));
        found.push(Outcome::row("residual", row, fit.residual(row)));
    }
    Ok(found)
}

/// n · ln(2πΣe²/n) + n and a penalty for each estimated number: the coefficients of a line and the variance.
pub(super) fn criterion(squares: f64, n: f64, penalty: f64) -> f64 {
    n * ln(2.0 * std::f64::consts::PI * squares / n) + n + 3.0 * penalty
}

/// Returns Akaike's criterion of a polynomial; the variance counts as an estimated number.
pub(super) fn aic(fit: &Fit, degree: usize) -> Result<f64, Reason> {
    penalised(fit, degree, |_| 2.0)
}

/// Returns Schwarz's criterion of a polynomial; the variance counts as an estimated number.
pub(super) fn bic(fit: &Fit, degree: usize) -> Result<f64, Reason> {
    penalised(fit, degree, ln)
}

/// A curve through all points leaves the likelihood no bound, and the criterion no value.
fn penalised(fit: &Fit, degree: usize, penalty: impl Fn(f64) -> f64) -> Result<f64, Reason> {
    let (error, freedom) = (fit.residual_error()?, fit.freedom());
    let n = freedom + degree as f64 + 1.0;
    if error == 0.0 {
        return Err(Reason::Undefined);
    }
    Ok(criterion(error * error * freedom, n, penalty(n)) + (degree as f64 - 1.0) * penalty(n))
}

/// Fits a polynomial to the role `value`.
pub(super) fn fit(frame: &Frame, degree: usize) -> Result<Fit, Reason> {
    Fit::of(&clock(frame)?, &frame.complete("value")?, degree)
}

/// Returns the time of each row: 1 in the first, and as many more as steps have passed since.
pub(super) fn clock(frame: &Frame) -> Result<Vec<i64>, Reason> {
    let times = frame.time()?;
    let first = times.first().copied().unwrap_or_default();
    Ok(times.into_iter().map(|time| time - first + 1).collect())
}

/// Returns how many standard errors a 95 per cent interval reaches to each side.
pub(super) fn quantile(fit: &Fit) -> f64 {
    distribution::student_quantile(0.975, fit.freedom())
}

/// Returns the ends of the interval of a coefficient that reaches so many standard errors to each side.
pub(super) fn interval(fit: &Fit, k: usize, quantile: f64) -> (Result<Amount, Reason>, Result<Amount, Reason>) {
    let bound = |side: f64| {
        let half = fit.standard_error(k)? * quantile;
        let coefficient = fit.coefficient(k)?;
        if half == 0.0 {
            return Ok(coefficient);
        }
        Amount::float(coefficient.to_f64() + side * half).ok_or(Reason::Undefined)
    };
    (bound(-1.0), bound(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Period;

    #[test]
    fn periods_left_out_count() {
        let years = |years: &[&str]| Frame {
            rows: years.len(),
            periods: years.iter().map(|year| Period::parse(year)).collect(),
            ..Frame::default()
        };
        let clock = |periods: &[&str]| clock(&years(periods));
        assert_eq!(clock(&["2013", "2014", "2017"]), Ok(vec![1, 2, 5]));
        assert_eq!(clock(&["2013-11", "2013-12", "2014-02"]), Ok(vec![1, 2, 4]));
        assert_eq!(clock(&["2013-01-01", "2014-01-01", "2017-01-01"]), Ok(vec![1, 2, 5]));
        assert_eq!(clock(&["2013-11-30", "2013-12-31", "2014-02-28"]), Ok(vec![1, 2, 4]));
        assert_eq!(clock(&["2013-01-01", "2013-01-02", "2013-01-03", "2013-01-05"]), Ok(vec![1, 2, 3, 5]));
        assert_eq!(clock(&["2013-01-01", "2013-01-03", "2013-01-08"]), Err(Reason::Irregular));
        assert_eq!(super::clock(&Frame { rows: 3, ..Frame::default() }), Ok(vec![1, 2, 3]));
        assert_eq!(super::clock(&Frame::default()), Ok(Vec::new()));
    }
}
