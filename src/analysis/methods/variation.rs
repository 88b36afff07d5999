//! Variation: how far the units of a set lie apart.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::{order, spread};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "variation",
    group: Group::Comparative,
    title: Bilingual { ru: "Показатели вариации", kk: "Вариация көрсеткіштері" },
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed, "значения по территориям", "аумақтар бойынша мәндер")],
    params: &[],
    outputs: &[
        Output::whole("variation_mean", "среднее значение", "орташа мән", "x̄ = Σx / n").unit_of("value"),
        Output::whole("variation_range", "размах вариации", "вариация құлашы", "R = x(max) − x(min)")
            .difference_of("value")
            .flow(),
        Output::whole(
            "variation_mean_deviation",
            "среднее линейное отклонение",
            "орташа сызықтық ауытқу",
            "d = Σ |x − x̄| / n",
        )
        .difference_of("value")
        .flow(),
        Output::whole("variation_sd", "стандартное отклонение", "стандартты ауытқу", "σ = √(Σ (x − x̄)² / n)")
            .difference_of("value")
            .flow(),
        Output::whole(
            "variation_mad",
            "медианное абсолютное отклонение",
            "медианалық абсолюттік ауытқу",
            "MAD = Me |x − Me(x)|",
        )
        .difference_of("value")
        .flow(),
        Output::whole("variation_coefficient", "коэффициент вариации", "вариация коэффициенті", "V = 100·σ / |x̄|")
            .unit(Unit::Percent)
            .flow(),
        Output::whole(
            "oscillation_coefficient",
            "коэффициент осцилляции",
            "осцилляция коэффициенті",
            "V(R) = 100·R / |x̄|",
        )
        .unit(Unit::Percent)
        .flow(),
        Output::whole("quartile_ratio", "квартильный коэффициент", "квартильдік коэффициент", "K = Q3 / Q1")
            .unit(Unit::Times)
            .flow(),
        Output::whole("decile_ratio", "децильный коэффициент", "децильдік коэффициент", "K = D9 / D1")
            .unit(Unit::Times)
            .flow(),
        Output::whole(
            "max_min_ratio",
            "отношение наибольшего значения к наименьшему",
            "ең үлкен мәннің ең кіші мәнге қатынасы",
            "K = x(max) / x(min)",
        )
        .unit(Unit::Times)
        .flow(),
    ],
    convention: Bilingual {
        ru: "Полный перечень территорий – генеральная совокупность: стандартное отклонение с делителем n. Коэффициенты и отношения не определены, когда значения разных знаков; если все значения отрицательны, берутся их модули. Квантили находятся линейной интерполяцией порядковых статистик (тип 7); если единиц не больше двадцати, децильный коэффициент сильно зависит от определения квантиля, надёжнее квартильный коэффициент и отношение наибольшего значения к наименьшему.",
        kk: "Аумақтардың толық тізімі – бас жиынтық: стандартты ауытқудың бөлгіші n. Мәндердің таңбасы әртүрлі болса, коэффициенттер мен қатынастар анықталмаған; барлық мән теріс болса, олардың модульдері алынады. Квантильдер реттік статистикаларды сызықтық интерполяциялаумен табылады (7-тип); бірліктер саны жиырмадан аспаса, децильдік коэффициент квантильдің анықтамасына қатты тәуелді, квартильдік коэффициент пен ең үлкеннің ең кішіге қатынасы сенімдірек.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики; Hyndman R. J., Fan Y. (1996) Sample quantiles in statistical packages. The American Statistician",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let sorted = sorted(frame.complete("value")?);
    let (Some(low), Some(high)) = (sorted.first(), sorted.last()) else { return Err(Reason::TooFew) };
    let mean = spread::mean(&sorted).ok_or(Reason::TooFew)?;
    let median = order::median(&sorted).ok_or(Reason::TooFew)?;
    let variance = spread::variance(&sorted).ok_or(Reason::TooFew)?;
    let range = high.minus(low);
    let off: Vec<Amount> = sorted.iter().map(|value| value.minus(&median).magnitude()).collect();
    let sizes = if low.signum() < 0 && high.signum() > 0 {
        Err(Reason::MixedSign)
    } else {
        Ok(self::sorted(&sorted.iter().map(Amount::magnitude).collect::<Vec<_>>()))
    };
    let hundred = Amount::Integer(100);
    let relative = |part: &Amount| part.times(&hundred).divided_by(&mean.magnitude()).ok_or(Reason::ZeroBase);
    let ratio = |over: Amount, under: Amount| {
        let sizes = sizes.as_ref().map_err(|reason| *reason)?;
        let at = |p: &Amount| order::quantile(sizes, p).ok_or(Reason::TooFew);
        at(&over)?.divided_by(&at(&under)?).ok_or(Reason::ZeroBase)
    };
    let hundredths = |n: i64| Amount::ratio(n, 100).unwrap_or(Amount::ZERO);
    let squared = variance.times(&hundred).times(&hundred).divided_by(&spread::square(&mean)).ok_or(Reason::ZeroBase);
    let one_sign = sizes.as_ref().map(|_| ()).map_err(|reason| *reason);
    Ok(vec![
        Outcome::whole("variation_range", range.clone()),
        Outcome::whole("variation_mean_deviation", spread::mean_deviation(&sorted).ok_or(Reason::TooFew)),
        Outcome::whole("variation_sd", variance.to_f64().sqrt()),
        Outcome::whole("variation_mad", order::median(&self::sorted(&off)).ok_or(Reason::TooFew)),
        Outcome::whole("variation_coefficient", one_sign.and(squared).map(|squared| squared.to_f64().sqrt())),
        Outcome::whole("oscillation_coefficient", one_sign.and(relative(&range))),
        Outcome::whole("quartile_ratio", ratio(hundredths(75), hundredths(25))),
        Outcome::whole("decile_ratio", ratio(hundredths(90), hundredths(10))),
        Outcome::whole("max_min_ratio", ratio(hundredths(100), hundredths(0))),
        Outcome::whole("variation_mean", mean.clone()),
    ])
}

fn sorted<'a>(values: impl IntoIterator<Item = &'a Amount>) -> Vec<Amount> {
    let mut sorted: Vec<Amount> = values.into_iter().cloned().collect();
    sorted.sort();
    sorted
}
