//! Growth: chain and base indices and rates of increase, for measures that are never negative.

use std::sync::Arc;

use crate::analysis::method::{Bilingual, Member, Method, lines, value, with_first, with_period, with_previous};
use crate::finding::{Amount, Cell, Class, Reason, Series, Unit, Value};

/// The method.
pub const METHOD: Method = Method {
    name: "growth",
    title: Bilingual {
        ru: "Индексы и темпы прироста: цепные и базисные",
        kk: "Индекстер мен өсім қарқындары: тізбекті және базистік",
    },
    members: &[
        ("index_chain", "i(t) = 100 · y(t) / y(t−1)"),
        ("index_base", "i(t) = 100 · y(t) / y(1)"),
        ("rate_chain", "T(t) = i(t) − 100, %"),
        ("rate_base", "T(t) = i(t) − 100, %"),
    ],
    convention: Bilingual {
        ru: "Только для показателей, не бывающих отрицательными; для сальдо отказ: темп роста сальдо не имеет смысла. База, равная нулю, даёт пропуск.",
        kk: "Теріс болмайтын көрсеткіштер үшін ғана; сальдоға қолданылмайды: сальдоның өсу қарқынының мәні жоқ. База нөлге тең болса, мән есептелмейді.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики",
    run,
};

fn run(series: &Arc<Series>) -> Result<Vec<Series>, String> {
    if series.class == Class::Signed {
        return Err(format!("`{}` is a signed measure: a growth rate of a balance means nothing", series.path));
    }
    let member =
        |i: usize, unit, class, keep| Member::new(series, METHOD.members[i].0, METHOD.members[i].1, unit, class, keep);
    let mut index_chain = member(0, Unit::Index, Class::Level, with_previous);
    let mut index_base = member(1, Unit::Index, Class::Level, with_first);
    let mut rate_chain = member(2, Unit::Percent, Class::Signed, with_previous);
    let mut rate_base = member(3, Unit::Percent, Class::Signed, with_first);
    let (at, lines) = lines(series)?;
    let first = lines.values().filter_map(|line| line.first()).map(|(period, _)| *period).min();
    for (rest, line) in &lines {
        for (i, (period, cell)) in line.iter().enumerate() {
            let key = with_period(rest, at, *period);
            if let Some((before, previous)) = i.checked_sub(1).and_then(|j| line.get(j))
                && *before == period.previous()
            {
                index_chain.put(key.clone(), index(cell, previous, 0), [*cell, *previous]);
                rate_chain.put(key.clone(), index(cell, previous, 100), [*cell, *previous]);
            }
            if let Some((start, base)) = line.first()
                && Some(*start) == first
            {
                index_base.put(key.clone(), index(cell, base, 0), [*cell, *base]);
                rate_base.put(key, index(cell, base, 100), [*cell, *base]);
            }
        }
    }
    Ok(vec![index_chain.done(), index_base.done(), rate_chain.done(), rate_base.done()])
}

fn index(to: &Cell, from: &Cell, less: i64) -> Value {
    match (&to.value, &from.value) {
        (Value::Amount(to), Value::Amount(from)) => {
            let ratio = to.times(&Amount::Integer(100)).divided_by(from);
            value(ratio.map(|r| r.minus(&Amount::Integer(less))), Reason::ZeroBase)
        }
        (Value::Missing(reason), _) | (_, Value::Missing(reason)) => Value::Missing(*reason),
        _ => Value::Missing(Reason::Missing),
    }
}
