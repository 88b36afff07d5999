//! Cumulative: the running sum of a series of flows from its first period.

use std::sync::Arc;

use crate::analysis::method::{Bilingual, Member, Method, lines, up_to, with_period};
use crate::finding::{Amount, Cell, Series, Value};

/// The method.
pub const METHOD: Method = Method {
    name: "cumulative",
    title: Bilingual { ru: "Накопленное сальдо", kk: "Жинақталған сальдо" },
    members: &[("cumulative", "C(t) = Σ y(s), s ≤ t")],
    convention: Bilingual {
        ru: "Пропуск внутри ряда обрывает накопление; у каждой территории свой первый год.",
        kk: "Қатар ішінде дерек болмаса, жинақтау үзіледі; әр аумақтың өз бастапқы жылы бар.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики",
    run,
};

fn run(series: &Arc<Series>) -> Result<Vec<Series>, String> {
    let (name, formula) = METHOD.members[0];
    let mut member = Member::new(series, name, formula, series.unit, series.class, up_to);
    let (at, lines) = lines(series)?;
    for (rest, line) in &lines {
        let mut sum = Value::Amount(Amount::ZERO);
        let mut seen: Vec<&Cell> = Vec::new();
        for (period, cell) in line {
            sum = match (sum, &cell.value) {
                (Value::Amount(sum), Value::Amount(next)) => Value::Amount(sum.plus(next)),
                (Value::Amount(_), Value::Missing(reason)) => Value::Missing(*reason),
                (sum, _) => sum,
            };
            seen.push(cell);
            member.put(with_period(rest, at, *period), sum.clone(), seen.iter().copied());
        }
    }
    Ok(vec![member.done()])
}
