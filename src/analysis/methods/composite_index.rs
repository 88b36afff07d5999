//! Composite index: several indicators in one number, and the rank by it.

use super::standardisation::min_max;
use crate::analysis::frame::{Column, Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::{self, spread};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "composite_index",
    group: Group::Comparative,
    title: Bilingual { ru: "Интегральный индекс", kk: "Интегралдық индекс" },
    along: Along::Units,
    roles: &[
        Role::many(
            "indicator",
            Takes::Signed,
            "показатели-стимуляторы: чем больше, тем лучше",
            "стимулятор көрсеткіштер: неғұрлым көп болса, соғұрлым жақсы",
        ),
        Role {
            optional: true,
            ..Role::many(
                "adverse_indicator",
                Takes::Signed,
                "показатели-дестимуляторы: чем меньше, тем лучше",
                "дестимулятор көрсеткіштер: неғұрлым аз болса, соғұрлым жақсы",
            )
        },
    ],
    params: &[],
    outputs: &[
        Output::row(
            "composite_arithmetic",
            "интегральный индекс, средний арифметический",
            "интегралдық индекс, арифметикалық орта",
            "I(i) = Σ m(i,j) / k",
        )
        .flow(),
        Output::row(
            "composite_geometric",
            "интегральный индекс, средний геометрический",
            "интегралдық индекс, геометриялық орта",
            "I(i) = (Π (0.01 + 0.99·m(i,j)))^(1/k)",
        )
        .level(),
        Output::row(
            "composite_rank",
            "ранг по индексу – среднему арифметическому",
            "арифметикалық орта түріндегі индекс бойынша ранг",
            "r(i) = 1 + #{I(j) > I(i)}",
        )
        .unit(Unit::Count)
        .level(),
    ],
    convention: Bilingual {
        ru: "Показатели равного веса приводятся к шкале от нуля (худшее значение) до единицы (лучшее); для среднего геометрического – от 0,01 до 1, чтобы нуль одного показателя не обнулил индекс. Показатель с одинаковыми значениями не допускается. Первый ранг получает лучшая территория; равные значения получают одинаковый ранг, следующие за ним пропускаются.",
        kk: "Салмағы тең көрсеткіштер нөлден (ең нашар мән) бірге (ең жақсы мән) дейінгі шкалаға келтіріледі; геометриялық орта үшін – 0,01-ден 1-ге дейінгі шкалаға, бір көрсеткіштің нөлі индексті нөлге айналдырмауы үшін. Барлық мәні бірдей көрсеткішке жол берілмейді. Бірінші ранг ең жақсы аумаққа беріледі; тең мәндер бірдей ранг алады, одан кейінгі рангілер бос қалады.",
    },
    literature: "OECD (2008) Handbook on constructing composite indicators: methodology and user guide",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let better = frame.columns("indicator").iter().map(|column| scale(column, true));
    let worse = frame.columns("adverse_indicator").iter().map(|column| scale(column, false));
    let scaled = better.chain(worse).collect::<Result<Vec<Vec<Amount>>, Reason>>()?;
    let of_row = |row: usize| scaled.iter().filter_map(move |column| column.get(row));
    let rows = 0..frame.rows;
    let indices = rows.map(|row| spread::mean(of_row(row).collect::<Vec<_>>()).ok_or(Reason::TooFew));
    let indices = indices.collect::<Result<Vec<Amount>, Reason>>()?;
    let hundredths = |n| Amount::ratio(n, 100).unwrap_or(Amount::ZERO);
    let log = |place: &Amount| numeric::ln(hundredths(1).plus(&place.times(&hundredths(99))).to_f64());
    let mut ranked = indices.clone();
    ranked.sort();
    let mut found = Vec::new();
    for (row, index) in indices.iter().enumerate() {
        let rank = 1 + ranked.len() - ranked.partition_point(|other| other <= index);
        let geometric = numeric::exp(numeric::sum(of_row(row).map(log)) / scaled.len() as f64);
        found.push(Outcome::row("composite_arithmetic", row, index.clone()));
        found.push(Outcome::row("composite_geometric", row, geometric));
        found.push(Outcome::row("composite_rank", row, rank));
    }
    Ok(found)
}

/// Brings an indicator to the scale from zero, the worst, to one, the best.
fn scale(column: &Column, higher: bool) -> Result<Vec<Amount>, Reason> {
    let values = column.values.iter().map(|value| value.as_ref().map_err(|reason| *reason));
    let values = values.collect::<Result<Vec<&Amount>, Reason>>()?;
    let (Some(low), Some(high)) = (values.iter().min(), values.iter().max()) else { return Err(Reason::TooFew) };
    values.iter().map(|value| min_max(value, low, high, higher)).collect()
}
