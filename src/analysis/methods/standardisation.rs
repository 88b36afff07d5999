//! Standardisation: values brought to one scale.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::spread;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "standardisation",
    group: Group::Comparative,
    title: Bilingual {
        ru: "Стандартизация показателя", kk: "Көрсеткішті стандарттау"
    },
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed, "значения по территориям", "аумақтар бойынша мәндер")],
    params: &[Param::new(
        "direction",
        ParamKind::Choice(&["higher", "lower"]),
        "higher",
        "какое значение лучше: большее или меньшее",
        "қай мән жақсы: үлкені ме, кішісі ме",
    )],
    outputs: &[
        Output::row("z_score", "стандартизованное значение", "стандартталған мән", "z = (x − x̄) / σ"),
        Output::row(
            "min_max",
            "значение на шкале от наименьшего к наибольшему",
            "ең кішіден ең үлкенге дейінгі шкаладағы мән",
            "m = (x − min) / (max − min)",
        )
        .flow(),
        Output::row(
            "ratio_to_best",
            "отношение к лучшему значению",
            "ең жақсы мәнге қатынасы",
            "r = x / max; r = min / x",
        )
        .unit(Unit::Times)
        .flow(),
    ],
    convention: Bilingual {
        ru: "Полный перечень территорий – генеральная совокупность: стандартное отклонение с делителем n. Если лучше меньшее значение, шкалы перевёрнуты, поэтому большее число всегда означает лучшее положение. Если все значения равны, стандартизация не определена; отношение к лучшему требует неотрицательных значений.",
        kk: "Аумақтардың толық тізімі – бас жиынтық: стандартты ауытқудың бөлгіші n. Кіші мән жақсы болса, шкалалар керісінше бағытталады, сондықтан үлкен сан әрқашан жақсы жағдайды білдіреді. Барлық мән тең болса, стандарттау анықталмаған; ең жақсы мәнге қатынас теріс емес мәндерді қажет етеді.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики; OECD (2008) Handbook on constructing composite indicators",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    let higher = frame.choice("direction") != "lower";
    let (Some(low), Some(high)) = (values.iter().min(), values.iter().max()) else { return Err(Reason::TooFew) };
    let mean = spread::mean(values.iter().copied()).ok_or(Reason::TooFew)?;
    let variance = spread::variance(values.iter().copied()).ok_or(Reason::TooFew)?;
    let mut found = Vec::new();
    for (row, value) in values.iter().enumerate() {
        let off = if higher { value.minus(&mean) } else { mean.minus(value) };
        let squared = spread::square(&off).divided_by(&variance).ok_or(Reason::ZeroVariance);
        let ratio = match (low.signum() < 0, higher) {
            (true, _) => Err(Reason::MixedSign),
            (_, true) => value.divided_by(high).ok_or(Reason::ZeroBase),
            (_, false) => low.divided_by(value).ok_or(Reason::ZeroBase),
        };
        found.push(Outcome::row(
            "z_score",
            row,
            squared.map(|squared| squared.to_f64().sqrt() * f64::from(off.signum())),
        ));
        found.push(Outcome::row("min_max", row, min_max(value, low, high, higher)));
        found.push(Outcome::row("ratio_to_best", row, ratio));
    }
    Ok(found)
}

/// Returns the place of a value between the worst, zero, and the best, one.
pub(super) fn min_max(value: &Amount, low: &Amount, high: &Amount, higher: bool) -> Result<Amount, Reason> {
    let above = if higher { value.minus(low) } else { high.minus(value) };
    above.divided_by(&high.minus(low)).ok_or(Reason::ZeroVariance)
}
