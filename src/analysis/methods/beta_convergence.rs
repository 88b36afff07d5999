//! Beta convergence: whether units that start lower grow faster.

use std::f64::consts::LN_2;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::distribution::student_two_sided;
use crate::analysis::numeric::exact::{dot, ln_ratio, non_negative, total};
use crate::analysis::numeric::{ln, ln_1p, mean, squared_deviations, sum};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "beta_convergence",
    group: Group::Comparative,
    along: Along::TwoPeriods,
    roles: &[Role::required("value0", Takes::Signed), Role::required("value1", Takes::Signed)],
    params: &[Param::new("years", ParamKind::Count(1, 200), "1")],
    outputs: &[
        Output::whole("beta_constant", "a: ln(y₁/y₀)/T = a + b · ln y₀"),
        Output::whole("beta", "b: ln(y₁/y₀)/T = a + b · ln y₀"),
        Output::whole("beta_p", "P(|t| > |b| / se(b)), n − 2").p(),
        Output::whole("beta_r_squared", "R²").flow(),
        Output::whole("beta_lambda", "λ = −ln(1 + bT) / T").level(),
        Output::whole("beta_half_life", "ln 2 / λ").unit(Unit::Count).level(),
        Output::whole("linear_beta_constant", "a: (y₁ − y₀)/T = a + b · y₀").per_year("value0"),
        Output::whole("linear_beta", "b: (y₁ − y₀)/T = a + b · y₀"),
        Output::whole("linear_beta_p", "P(|t| > |b| / se(b)), n − 2").p(),
        Output::whole("linear_beta_r_squared", "R²").flow(),
    ],
    run,
};

type Numbers = Result<f64, Reason>;

/// A fitted line: its constant, its slope, the slope's p and the share of variance that it explains.
struct Line {
    constant: Numbers,
    slope: Numbers,
    p: Numbers,
    r_squared: Numbers,
}

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (base, current) = (frame.complete("value0")?, frame.complete("value1")?);
    let years = frame.count("years").max(1);
    let log = log_line(&base, &current, years as f64);
    let lambda = log.slope.and_then(|slope| speed(slope, years as f64));
    let mut found = vec![
        Outcome::whole("beta_constant", log.constant),
        Outcome::whole("beta", log.slope),
        Outcome::whole("beta_p", log.p),
        Outcome::whole("beta_r_squared", log.r_squared),
        Outcome::whole("beta_lambda", lambda),
        Outcome::whole("beta_half_life", lambda.map(|lambda| LN_2 / lambda)),
    ];
    found.extend(linear(&base, &current, years));
    Ok(found)
}

impl Line {
    fn none(reason: Reason) -> Line {
        Line { constant: Err(reason), slope: Err(reason), p: Err(reason), r_squared: Err(reason) }
    }
}

fn log_line(base: &[&Amount], current: &[&Amount], years: f64) -> Line {
    let Some(least) = base.iter().min() else { return Line::none(Reason::TooFew) };
    if let Err(reason) = non_negative(&[base, current]) {
        return Line::none(reason);
    }
    if base.iter().chain(current).any(|value| value.is_zero()) {
        return Line::none(Reason::Undefined);
    }
    // Levels and growth are taken against the least, which keeps the digits of their differences.
    let x: Vec<f64> = base.iter().map(|value| ln_ratio(value, least)).collect();
    let growth: Vec<Amount> = base.iter().zip(current).filter_map(|(base, to)| to.divided_by(base)).collect();
    let Some(least_growth) = growth.iter().min() else { return Line::none(Reason::TooFew) };
    let y: Vec<f64> = growth.iter().map(|growth| ln_ratio(growth, least_growth) / years).collect();
    let (Some(mean_x), Some(mean_y)) = (mean(&x), mean(&y)) else { return Line::none(Reason::TooFew) };
    let (xx, yy) = (squared_deviations(&x), squared_deviations(&y));
    let xy = sum(x.iter().zip(&y).map(|(x, y)| (x - mean_x) * (y - mean_y)));
    if x.len() < 2 {
        return Line::none(Reason::TooFew);
    }
    if base.iter().all(|value| value == least) {
        return Line::none(Reason::ZeroVariance);
    }
    let slope = xy / xx;
    let least_y = ln_ratio(least_growth, &Amount::Integer(1)) / years;
    let constant = least_y + mean_y - slope * (mean_x + ln(least.to_f64()));
    let residual = sum(x.iter().zip(&y).map(|(x, y)| {
        let rest = (y - mean_y) - slope * (x - mean_x);
        rest * rest
    }));
    Line {
        constant: Ok(constant),
        slope: Ok(slope),
        // What is left of an exact line is rounding, and no variance.
        p: p_value(slope * slope * xx, if residual > 1e-28 * yy { residual } else { 0.0 }, x.len()),
        r_squared: if yy > 0.0 { Ok((slope * xy / yy).min(1.0)) } else { Err(Reason::ZeroVariance) },
    }
}

/// The two-sided p of a slope from the explained and the residual sum of squares.
fn p_value(explained: f64, residual: f64, n: usize) -> Numbers {
    if n < 3 {
        return Err(Reason::TooFew);
    }
    if residual <= 0.0 {
        return if explained > 0.0 { Ok(0.0) } else { Err(Reason::ZeroVariance) };
    }
    let df = (n - 2) as f64;
    Ok(student_two_sided((explained * df / residual).sqrt(), df))
}

/// How fast the gap closes, a year (Barro and Sala-i-Martin).
fn speed(slope: f64, years: f64) -> Numbers {
    if slope < 0.0 && 1.0 + slope * years > 0.0 { Ok(-ln_1p(slope * years) / years) } else { Err(Reason::Undefined) }
}

/// The change a year on the level, exactly.
fn linear(base: &[&Amount], current: &[&Amount], years: i64) -> Vec<Outcome> {
    let names = ["linear_beta_constant", "linear_beta", "linear_beta_p", "linear_beta_r_squared"];
    match fit(base, current, &Amount::Integer(years)) {
        Ok(values) => names.into_iter().zip(values).map(|(name, value)| Outcome::whole(name, value)).collect(),
        Err(reason) => names.into_iter().map(|name| Outcome::whole(name, reason)).collect(),
    }
}

fn fit(base: &[&Amount], current: &[&Amount], years: &Amount) -> Result<[Result<Amount, Reason>; 4], Reason> {
    if base.len() < 2 {
        return Err(Reason::TooFew);
    }
    let changes: Vec<Amount> = base.iter().zip(current).map(|(base, current)| current.minus(base)).collect();
    let changes: Vec<&Amount> = changes.iter().collect();
    let n = Amount::Integer(base.len() as i64);
    let (sum_x, sum_y) = (total(base.iter().copied()), total(changes.iter().copied()));
    // The sums of squares and products about the means, each times n.
    let xx = n.times(&dot(base, base)).minus(&sum_x.times(&sum_x));
    let yy = n.times(&dot(&changes, &changes)).minus(&sum_y.times(&sum_y));
    let xy = n.times(&dot(base, &changes)).minus(&sum_x.times(&sum_y));
    let slope = xy.divided_by(&xx).ok_or(Reason::ZeroVariance)?;
    let constant = sum_y.minus(&slope.times(&sum_x)).divided_by(&n.times(years)).ok_or(Reason::TooFew);
    let explained = slope.times(&xy);
    let p = p_value(explained.to_f64(), yy.minus(&explained).to_f64(), base.len());
    let p = p.and_then(|p| Amount::float(p).ok_or(Reason::Undefined));
    let r_squared = explained.divided_by(&yy).ok_or(Reason::ZeroVariance);
    Ok([constant, slope.divided_by(years).ok_or(Reason::Undefined), p, r_squared])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_speed_has_the_years_under_the_logarithm() {
        assert!((speed(-0.02, 2.0).expect("a value") / 0.020410997260127583 - 1.0).abs() < 1e-15);
        assert_eq!(speed(0.0, 2.0), Err(Reason::Undefined));
        assert_eq!(speed(-0.5, 2.0), Err(Reason::Undefined));
    }
}
