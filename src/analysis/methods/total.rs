//! Total: the sum of a series of flows over its periods.

use std::sync::Arc;

use crate::analysis::method::{Bilingual, Member, Method, lines, numbers, whole_line};
use crate::finding::{Amount, Series, Value};

/// The method.
pub const METHOD: Method = Method {
    name: "total",
    title: Bilingual { ru: "Сумма за период", kk: "Кезең қосындысы" },
    members: &[("total", "Σ y(t)")],
    convention: Bilingual {
        ru: "Складываются только потоки и сальдо; пропуск в ряду делает сумму неизвестной.",
        kk: "Тек ағындар мен сальдолар қосылады; қатарда дерек болмаса, қосынды белгісіз болады.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики",
    run,
};

fn run(series: &Arc<Series>) -> Result<Vec<Series>, String> {
    let (at, lines) = lines(series)?;
    let (name, formula) = METHOD.members[0];
    let mut member = Member::new(series, name, formula, series.unit, series.class, whole_line).without(at);
    for (rest, line) in &lines {
        let sum = match numbers(line) {
            Ok(found) => Value::Amount(found.iter().fold(Amount::ZERO, |sum, (_, a)| sum.plus(a))),
            Err(reason) => Value::Missing(reason),
        };
        member.put(rest.clone(), sum, line.iter().map(|(_, cell)| *cell));
    }
    Ok(vec![member.done()])
}
