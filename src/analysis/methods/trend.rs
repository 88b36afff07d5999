//! Trend: the least-squares line through a series, exact in rational numbers, with its inference.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::distribution;
use crate::analysis::numeric::regression::Fit;
use crate::finding::{Amount, Reason};

/// The method.
pub const METHOD: Method = Method {
    name: "trend",
    group: Group::Retrospective,
    title: Bilingual { ru: "Линейный тренд", kk: "Сызықтық үрдіс" },
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed, "уровни ряда", "қатардың деңгейлері")],
    params: &[],
    outputs: &[
        Output::whole(
            "slope",
            "коэффициент тренда (среднее изменение за период)",
            "үрдіс коэффициенті (бір кезеңдегі орташа өзгеріс)",
            "b = Σ(t − t̄)(y − ȳ) / Σ(t − t̄)²",
        )
        .per_year("value"),
        Output::whole("intercept", "свободный член тренда", "үрдістің бос мүшесі", "a = ȳ − b · t̄").unit_of("value"),
        Output::whole(
            "r_squared",
            "коэффициент детерминации",
            "детерминация коэффициенті",
            "R² = [Σ(t − t̄)(y − ȳ)]² / (Σ(t − t̄)² · Σ(y − ȳ)²)",
        )
        .flow(),
        Output::whole(
            "slope_standard_error",
            "стандартная ошибка коэффициента тренда",
            "үрдіс коэффициентінің стандарттық қатесі",
            "se(b) = s / √Σ(t − t̄)²",
        )
        .per_year("value")
        .flow(),
        Output::whole(
            "intercept_standard_error",
            "стандартная ошибка свободного члена тренда",
            "үрдістің бос мүшесінің стандарттық қатесі",
            "se(a) = s · √(1/n + t̄² / Σ(t − t̄)²)",
        )
        .difference_of("value")
        .flow(),
        Output::whole(
            "slope_t",
            "t-статистика коэффициента тренда",
            "үрдіс коэффициентінің t-статистикасы",
            "t = b / se(b)",
        ),
        Output::whole(
            "slope_p",
            "p-значение коэффициента тренда",
            "үрдіс коэффициентінің p-мәні",
            "p = P(|T(n − 2)| ≥ |t|)",
        )
        .flow(),
        Output::whole(
            "slope_low",
            "нижняя граница 95-процентного доверительного интервала коэффициента тренда",
            "үрдіс коэффициентінің 95 пайыздық сенім аралығының төменгі шегі",
            "b − t(0.975; n − 2) · se(b)",
        )
        .per_year("value"),
        Output::whole(
            "slope_high",
            "верхняя граница 95-процентного доверительного интервала коэффициента тренда",
            "үрдіс коэффициентінің 95 пайыздық сенім аралығының жоғарғы шегі",
            "b + t(0.975; n − 2) · se(b)",
        )
        .per_year("value"),
        Output::whole(
            "adjusted_r_squared",
            "скорректированный коэффициент детерминации",
            "түзетілген детерминация коэффициенті",
            "1 − (1 − R²)(n − 1) / (n − 2)",
        ),
        Output::whole("trend_f", "F-статистика тренда", "үрдістің F-статистикасы", "F = R² (n − 2) / (1 − R²)").flow(),
        Output::whole(
            "trend_f_p",
            "p-значение F-статистики тренда",
            "үрдістің F-статистикасының p-мәні",
            "p = P(F(1; n − 2) ≥ F)",
        )
        .flow(),
        Output::whole(
            "residual_standard_error",
            "стандартная ошибка остатков тренда",
            "үрдіс қалдықтарының стандарттық қатесі",
            "s = √(Σe² / (n − 2))",
        )
        .difference_of("value")
        .flow(),
        Output::whole(
            "durbin_watson",
            "статистика Дарбина – Уотсона",
            "Дарбин – Уотсон статистикасы",
            "DW = Σ(e(t) − e(t−1))² / Σe(t)²",
        )
        .flow(),
        Output::row("fitted", "выровненный уровень", "теңестірілген деңгей", "ŷ(t) = a + b · t").unit_of("value"),
        Output::row("residual", "остаток (отклонение от тренда)", "қалдық (үрдістен ауытқу)", "e(t) = y(t) − ŷ(t)")
            .difference_of("value"),
    ],
    convention: Bilingual {
        ru: "Применяется метод наименьших квадратов; нужно не менее трёх уровней. Время t = 1, 2, … n считается по календарю от первого периода с учётом пропущенных; при отсчёте от середины ряда с шагом в полпериода (n чётное) коэффициент вдвое меньше. Применяются критерии Стьюдента (двусторонний) и Фишера; остатки считаются независимыми. Если все точки лежат на прямой, t и F не определены, а их p-значения берутся равными своему пределу – нулю; у постоянного ряда нет R² и критериев.",
        kk: "Ең кіші квадраттар әдісі қолданылады; кемінде үш деңгей қажет. Уақыт t = 1, 2, … n бірінші кезеңнен бастап күнтізбе бойынша, қалдырылған кезеңдер ескеріле отырып саналады; қатардың ортасынан жарты кезеңдік қадаммен санағанда (n жұп) коэффициент екі есе кем болады. Стьюдент (екіжақты) және Фишер критерийлері қолданылады; қалдықтар тәуелсіз деп есептеледі. Барлық нүкте түзудің бойында жатса, t мен F анықталмаған, ал олардың p-мәндері өз шегіне – нөлге тең деп алынады; тұрақты қатарда R² пен критерийлер жоқ.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики; Durbin J., Watson G. S. (1950, 1951) Testing for serial correlation in least squares regression. Biometrika",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let fit = fit(frame, 1)?;
    let (low, high) = match interval(&fit) {
        Ok((low, high)) => (Ok(low), Ok(high)),
        Err(reason) => (Err(reason), Err(reason)),
    };
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
    ];
    for row in 0..frame.rows {
        found.push(Outcome::row("fitted", row, fit.fitted(row)));
        found.push(Outcome::row("residual", row, fit.residual(row)));
    }
    Ok(found)
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

fn interval(fit: &Fit) -> Result<(Amount, Amount), Reason> {
    let half = fit.standard_error(1)? * distribution::student_quantile(0.975, fit.freedom());
    let slope = fit.coefficient(1)?;
    if half == 0.0 {
        return Ok((slope.clone(), slope));
    }
    let slope = slope.to_f64();
    let bound = |bound: f64| Amount::float(bound).ok_or(Reason::Undefined);
    Ok((bound(slope - half)?, bound(slope + half)?))
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
