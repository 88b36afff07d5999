//! Parabolic trend: the least-squares parabola through a series, exact in rational numbers, with its inference.

use super::trend;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::Reason;

/// The method.
pub(super) const METHOD: Method = Method {
    name: "parabolic_trend",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("parabola_constant", "a: ŷ = a + b·t + c·t²").unit_of("value"),
        Output::whole("parabola_linear", "b: ŷ = a + b·t + c·t²").per_year("value"),
        Output::whole("parabola_quadratic", "c: ŷ = a + b·t + c·t²").difference_of("value"),
        Output::whole("parabola_constant_standard_error", "se = s · √[(X′X)⁻¹](1,1)").difference_of("value").flow(),
        Output::whole("parabola_linear_standard_error", "se = s · √[(X′X)⁻¹](2,2)").per_year("value").flow(),
        Output::whole("parabola_quadratic_standard_error", "se = s · √[(X′X)⁻¹](3,3)").difference_of("value").flow(),
        Output::whole("parabola_constant_p", "p = P(|T(n − 3)| ≥ |a / se|)").p(),
        Output::whole("parabola_linear_p", "p = P(|T(n − 3)| ≥ |b / se|)").p(),
        Output::whole("parabola_quadratic_p", "p = P(|T(n − 3)| ≥ |c / se|)").p(),
        Output::whole("parabola_r_squared", "R² = 1 − Σe² / Σ(y − ȳ)²").flow(),
        Output::whole("parabola_adjusted_r_squared", "1 − (1 − R²)(n − 1) / (n − 3)"),
        Output::whole("parabola_f", "F = (R² / 2) / ((1 − R²) / (n − 3))").flow(),
        Output::whole("parabola_f_p", "p = P(F(2; n − 3) ≥ F)").p(),
        Output::whole("parabola_durbin_watson", "DW = Σ(e(t) − e(t−1))² / Σe(t)²").flow(),
        Output::whole("parabola_residual_standard_error", "s = √(Σe² / (n − 3))").difference_of("value").flow(),
        Output::whole("parabola_constant_low", "a − t(0.975; n − 3) · se(a)").unit_of("value"),
        Output::whole("parabola_constant_high", "a + t(0.975; n − 3) · se(a)").unit_of("value"),
        Output::whole("parabola_linear_low", "b − t(0.975; n − 3) · se(b)").per_year("value"),
        Output::whole("parabola_linear_high", "b + t(0.975; n − 3) · se(b)").per_year("value"),
        Output::whole("parabola_quadratic_low", "c − t(0.975; n − 3) · se(c)").difference_of("value"),
        Output::whole("parabola_quadratic_high", "c + t(0.975; n − 3) · se(c)").difference_of("value"),
        Output::whole("parabola_aic", "AIC = n · ln(2πΣe²/n) + n + 2 · 4"),
        Output::whole("parabola_bic", "BIC = n · ln(2πΣe²/n) + n + 4 · ln n"),
        Output::row("parabola_fitted", "ŷ(t) = a + b·t + c·t²").unit_of("value"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let fit = trend::fit(frame, 2)?;
    let mut found = vec![
        Outcome::whole("parabola_constant", fit.coefficient(0)),
        Outcome::whole("parabola_linear", fit.coefficient(1)),
        Outcome::whole("parabola_quadratic", fit.coefficient(2)),
        Outcome::whole("parabola_constant_standard_error", fit.standard_error(0)),
        Outcome::whole("parabola_linear_standard_error", fit.standard_error(1)),
        Outcome::whole("parabola_quadratic_standard_error", fit.standard_error(2)),
        Outcome::whole("parabola_constant_p", fit.p(0)),
        Outcome::whole("parabola_linear_p", fit.p(1)),
        Outcome::whole("parabola_quadratic_p", fit.p(2)),
        Outcome::whole("parabola_r_squared", fit.r_squared()),
        Outcome::whole("parabola_adjusted_r_squared", fit.adjusted_r_squared()),
        Outcome::whole("parabola_f", fit.f()),
        Outcome::whole("parabola_f_p", fit.f_p()),
        Outcome::whole("parabola_durbin_watson", fit.durbin_watson()),
        Outcome::whole("parabola_residual_standard_error", fit.residual_error()),
        Outcome::whole("parabola_aic", trend::aic(&fit, 2)),
        Outcome::whole("parabola_bic", trend::bic(&fit, 2)),
    ];
    let ends = [
        ("parabola_constant_low", "parabola_constant_high"),
        ("parabola_linear_low", "parabola_linear_high"),
        ("parabola_quadratic_low", "parabola_quadratic_high"),
    ];
    let quantile = trend::quantile(&fit);
    for (k, (low, high)) in ends.into_iter().enumerate() {
        let bounds = trend::interval(&fit, k, quantile);
        found.extend([Outcome::whole(low, bounds.0), Outcome::whole(high, bounds.1)]);
    }
    found.extend((0..frame.rows).map(|row| Outcome::row("parabola_fitted", row, fit.fitted(row))));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::frame::Column;
    use crate::finding::{Amount, Unit};

    #[test]
    fn a_parabola_needs_a_point_to_spare() {
        let of = |values: &[i64]| {
            let values = values.iter().map(|value| Ok(Amount::Integer(*value))).collect();
            let column = Column { name: "value".into(), unit: Unit::Persons, values };
            run(&Frame { rows: column.values.len(), numbers: [("value", vec![column])].into(), ..Frame::default() })
        };
        assert_eq!(of(&[1, 4, 9]).err(), Some(Reason::TooFew));
        assert_eq!(of(&[1, 4, 9, 17]).map(|found| found.len()), Ok(METHOD.outputs.len() + 3));
    }
}
