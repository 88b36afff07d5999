//! Change: absolute change from the previous and from the first period.

use std::sync::Arc;

use crate::analysis::method::{Bilingual, Member, Method, lines, with_first, with_period, with_previous};
use crate::finding::{Cell, Class, Reason, Series, Value};

/// The method.
pub const METHOD: Method = Method {
    name: "change",
    title: Bilingual {
        ru: "Абсолютный прирост: цепной и базисный", kk: "Абсолюттік өсім: тізбекті және базистік"
    },
    members: &[("change_chain", "Δ(t) = y(t) − y(t−1)"), ("change_base", "Δ(t) = y(t) − y(1)")],
    convention: Bilingual {
        ru: "Определён при любых знаках. Цепной прирост требует соседних периодов; разность процентов измеряется в процентных пунктах.",
        kk: "Кез келген таңбада анықталған. Тізбекті өсім көрші кезеңдерді қажет етеді; пайыздардың айырмасы пайыздық тармақпен өлшенеді.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики",
    run,
};

fn run(series: &Arc<Series>) -> Result<Vec<Series>, String> {
    let unit = series.unit.of_difference();
    let mut chain = Member::new(series, "change_chain", METHOD.members[0].1, unit, Class::Signed, with_previous);
    let mut base = Member::new(series, "change_base", METHOD.members[1].1, unit, Class::Signed, with_first);
    let (at, lines) = lines(series)?;
    let first = lines.values().filter_map(|line| line.first()).map(|(period, _)| *period).min();
    for (rest, line) in &lines {
        for (i, (period, cell)) in line.iter().enumerate() {
            let key = with_period(rest, at, *period);
            if let Some((before, previous)) = i.checked_sub(1).and_then(|j| line.get(j))
                && *before == period.previous()
            {
                chain.put(key.clone(), difference(cell, previous), [*cell, *previous]);
            }
            // A line that starts later than the series has no base.
            if let Some((start, base_cell)) = line.first()
                && Some(*start) == first
            {
                base.put(key, difference(cell, base_cell), [*cell, *base_cell]);
            }
        }
    }
    Ok(vec![chain.done(), base.done()])
}

fn difference(to: &Cell, from: &Cell) -> Value {
    match (&to.value, &from.value) {
        (Value::Amount(to), Value::Amount(from)) => Value::Amount(to.minus(from)),
        (Value::Missing(reason), _) | (_, Value::Missing(reason)) => Value::Missing(*reason),
        _ => Value::Missing(Reason::Missing),
    }
}
