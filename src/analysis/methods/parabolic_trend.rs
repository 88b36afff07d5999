//! Parabolic trend: the least-squares parabola through a series, exact in rational numbers, with its inference.

use super::trend;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::finding::Reason;

/// The method.
pub const METHOD: Method = Method {
    name: "parabolic_trend",
    group: Group::Retrospective,
    title: Bilingual { ru: "Параболический тренд", kk: "Параболалық үрдіс" },
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed, "уровни ряда", "қатардың деңгейлері")],
    params: &[],
    outputs: &[
        Output::whole(
            "parabola_constant",
            "свободный член параболы",
            "параболаның бос мүшесі",
            "a: ŷ = a + b·t + c·t²",
        )
        .unit_of("value"),
        Output::whole(
            "parabola_linear",
            "коэффициент параболы при t",
            "параболаның t жанындағы коэффициенті",
            "b: ŷ = a + b·t + c·t²",
        )
        .per_year("value"),
        Output::whole(
            "parabola_quadratic",
            "коэффициент параболы при t² (половина ускорения)",
            "параболаның t² жанындағы коэффициенті (үдеудің жартысы)",
            "c: ŷ = a + b·t + c·t²",
        )
        .difference_of("value"),
        Output::whole(
            "parabola_constant_standard_error",
            "стандартная ошибка свободного члена параболы",
            "параболаның бос мүшесінің стандарттық қатесі",
            "se = s · √[(X′X)⁻¹](1,1)",
        )
        .difference_of("value")
        .flow(),
        Output::whole(
            "parabola_linear_standard_error",
            "стандартная ошибка коэффициента параболы при t",
            "параболаның t жанындағы коэффициентінің стандарттық қатесі",
            "se = s · √[(X′X)⁻¹](2,2)",
        )
        .per_year("value")
        .flow(),
        Output::whole(
            "parabola_quadratic_standard_error",
            "стандартная ошибка коэффициента параболы при t²",
            "параболаның t² жанындағы коэффициентінің стандарттық қатесі",
            "se = s · √[(X′X)⁻¹](3,3)",
        )
        .difference_of("value")
        .flow(),
        Output::whole(
            "parabola_constant_p",
            "p-значение свободного члена параболы",
            "параболаның бос мүшесінің p-мәні",
            "p = P(|T(n − 3)| ≥ |a / se|)",
        )
        .flow(),
        Output::whole(
            "parabola_linear_p",
            "p-значение коэффициента параболы при t",
            "параболаның t жанындағы коэффициентінің p-мәні",
            "p = P(|T(n − 3)| ≥ |b / se|)",
        )
        .flow(),
        Output::whole(
            "parabola_quadratic_p",
            "p-значение коэффициента параболы при t²",
            "параболаның t² жанындағы коэффициентінің p-мәні",
            "p = P(|T(n − 3)| ≥ |c / se|)",
        )
        .flow(),
        Output::whole(
            "parabola_r_squared",
            "коэффициент детерминации параболы",
            "параболаның детерминация коэффициенті",
            "R² = 1 − Σe² / Σ(y − ȳ)²",
        )
        .flow(),
        Output::whole(
            "parabola_adjusted_r_squared",
            "скорректированный коэффициент детерминации параболы",
            "параболаның түзетілген детерминация коэффициенті",
            "1 − (1 − R²)(n − 1) / (n − 3)",
        ),
        Output::whole(
            "parabola_f",
            "F-статистика параболы",
            "параболаның F-статистикасы",
            "F = (R² / 2) / ((1 − R²) / (n − 3))",
        )
        .flow(),
        Output::whole(
            "parabola_f_p",
            "p-значение F-статистики параболы",
            "параболаның F-статистикасының p-мәні",
            "p = P(F(2; n − 3) ≥ F)",
        )
        .flow(),
        Output::whole(
            "parabola_durbin_watson",
            "статистика Дарбина – Уотсона параболы",
            "параболаның Дарбин – Уотсон статистикасы",
            "DW = Σ(e(t) − e(t−1))² / Σe(t)²",
        )
        .flow(),
        Output::whole(
            "parabola_residual_standard_error",
            "стандартная ошибка остатков параболы",
            "парабола қалдықтарының стандарттық қатесі",
            "s = √(Σe² / (n − 3))",
        )
        .difference_of("value")
        .flow(),
    ],
    convention: Bilingual {
        ru: "Применяется метод наименьших квадратов; нужно не менее четырёх уровней. Время t = 1, 2, … n считается по календарю от первого периода с учётом пропущенных. Для коэффициентов применяется двусторонний критерий Стьюдента с n − 3 степенями свободы; остатки считаются независимыми. Если все точки лежат на параболе, F не определено, а p-значения берутся равными своему пределу – нулю; у постоянного ряда нет R² и критериев.",
        kk: "Ең кіші квадраттар әдісі қолданылады; кемінде төрт деңгей қажет. Уақыт t = 1, 2, … n бірінші кезеңнен бастап күнтізбе бойынша, қалдырылған кезеңдер ескеріле отырып саналады. Коэффициенттер үшін Стьюденттің екіжақты критерийі (еркіндік дәрежесі n − 3) қолданылады; қалдықтар тәуелсіз деп есептеледі. Барлық нүкте параболаның бойында жатса, F анықталмаған, ал p-мәндері өз шегіне – нөлге тең деп алынады; тұрақты қатарда R² пен критерийлер жоқ.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики; Шмойлова Р. А. (ред.) Теория статистики",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let fit = trend::fit(frame, 2)?;
    Ok(vec![
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
    ])
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
        assert_eq!(of(&[1, 4, 9, 17]).map(|found| found.len()), Ok(METHOD.outputs.len()));
    }
}
