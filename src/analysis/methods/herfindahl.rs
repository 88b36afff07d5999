//! Herfindahl: concentration in a few units.

use super::gini::non_negative;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::spread;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "herfindahl",
    group: Group::Comparative,
    title: Bilingual {
        ru: "Индекс Херфиндаля – Хиршмана и коэффициенты концентрации",
        kk: "Херфиндаль – Хиршман индексі және шоғырлану коэффициенттері",
    },
    along: Along::Units,
    roles: &[Role::required("value", Takes::NonNegative, "значения по территориям", "аумақтар бойынша мәндер")],
    params: &[Param::new(
        "k",
        ParamKind::Count(1, 1000),
        "3",
        "число крупнейших единиц в коэффициенте концентрации",
        "шоғырлану коэффициентіндегі ең ірі бірліктердің саны",
    )],
    outputs: &[
        Output::whole(
            "herfindahl",
            "индекс Херфиндаля – Хиршмана",
            "Херфиндаль – Хиршман индексі",
            "HHI = Σ s(i)², s(i) = x(i) / Σx",
        )
        .level(),
        Output::whole(
            "herfindahl_10000",
            "индекс Херфиндаля – Хиршмана по долям в процентах",
            "пайыздық үлестер бойынша Херфиндаль – Хиршман индексі",
            "HHI = Σ (100·s(i))²",
        )
        .level(),
        Output::whole(
            "herfindahl_normalised",
            "нормированный индекс Херфиндаля – Хиршмана",
            "нормаланған Херфиндаль – Хиршман индексі",
            "HHI* = (HHI − 1/n) / (1 − 1/n)",
        )
        .flow(),
        Output::whole("effective_number", "эффективное число единиц", "бірліктердің тиімді саны", "N = 1 / HHI")
            .unit(Unit::Count)
            .level(),
        Output::whole(
            "concentration_ratio_3",
            "доля трёх крупнейших единиц",
            "ең ірі үш бірліктің үлесі",
            "CR3 = 100·Σ s(i), i = 1..3",
        )
        .unit(Unit::Percent)
        .level(),
        Output::whole(
            "concentration_ratio",
            "доля крупнейших единиц",
            "ең ірі бірліктердің үлесі",
            "CR(k) = 100·Σ s(i), i = 1..k",
        )
        .unit(Unit::Percent)
        .level(),
    ],
    convention: Bilingual {
        ru: "Индекс дан в шкале от нуля до единицы и в шкале до десяти тысяч; отрицательные значения не допускаются. Доля крупнейших единиц равна ста процентам, если единиц не больше, чем запрошено; нормировка требует хотя бы двух единиц.",
        kk: "Индекс нөлден бірге дейінгі және он мыңға дейінгі шкалаларда берілген; теріс мәндерге жол берілмейді. Бірліктер саны сұралғаннан аспаса, ең ірі бірліктердің үлесі жүз пайызға тең; нормалау үшін кемінде екі бірлік керек.",
    },
    literature: "Herfindahl O. C. (1950) Concentration in the steel industry; Hirschman A. O. (1964) The paternity of an index. The American Economic Review",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let mut values = non_negative(frame, "value")?;
    values.sort_by(|a, b| b.cmp(a));
    let total = spread::total(&values);
    let squares: Vec<Amount> = values.iter().map(spread::square).collect();
    let index = spread::total(&squares).divided_by(&spread::square(&total)).ok_or(Reason::ZeroTotal)?;
    let (one, n) = (Amount::Integer(1), Amount::Integer(values.len() as i64));
    let normalised = n.times(&index).minus(&one).divided_by(&n.minus(&one)).ok_or(Reason::TooFew);
    let largest = |k: i64| {
        let held = spread::total(values.iter().take(usize::try_from(k).unwrap_or_default()));
        held.times(&Amount::Integer(100)).divided_by(&total).ok_or(Reason::ZeroTotal)
    };
    Ok(vec![
        Outcome::whole("herfindahl", index.clone()),
        Outcome::whole("herfindahl_10000", index.times(&Amount::Integer(10_000))),
        Outcome::whole("herfindahl_normalised", normalised),
        Outcome::whole("effective_number", one.divided_by(&index).ok_or(Reason::ZeroTotal)),
        Outcome::whole("concentration_ratio_3", largest(3)),
        Outcome::whole("concentration_ratio", largest(frame.count("k"))),
    ])
}
