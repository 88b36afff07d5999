//! Extremes: the largest and smallest value of a line and when they occurred.

use std::sync::Arc;

use crate::analysis::method::{Bilingual, Member, Method, lines, numbers, whole_line};
use crate::finding::{Class, Part, Reason, Series, Unit, Value};

/// The method.
pub const METHOD: Method = Method {
    name: "extremes",
    title: Bilingual {
        ru: "Экстремальные уровни ряда", kk: "Қатардың шеткі деңгейлері"
    },
    members: &[
        ("maximum", "max y(t)"),
        ("minimum", "min y(t)"),
        ("year_of_maximum", "arg max y(t)"),
        ("year_of_minimum", "arg min y(t)"),
    ],
    convention: Bilingual {
        ru: "При равных значениях берётся более ранний период.",
        kk: "Мәндер тең болса, ертерек кезең алынады.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики",
    run,
};

fn run(series: &Arc<Series>) -> Result<Vec<Series>, String> {
    let (at, lines) = lines(series)?;
    let member = |i: usize, unit, class| {
        let (name, formula) = METHOD.members[i];
        Member::new(series, name, formula, unit, class, whole_line).without(at)
    };
    let mut members = [
        member(0, series.unit, series.class),
        member(1, series.unit, series.class),
        member(2, Unit::None, Class::Level),
        member(3, Unit::None, Class::Level),
    ];
    for (rest, line) in &lines {
        let found = match numbers(line) {
            Ok(found) => {
                // The first of equals: min_by keeps it, max_by has to see the line backwards.
                let highest = found.iter().rev().max_by(|a, b| a.1.cmp(b.1));
                let lowest = found.iter().min_by(|a, b| a.1.cmp(b.1));
                let amount = |end: Option<&(crate::finding::Period, &crate::finding::Amount)>| {
                    end.map_or(Value::Missing(Reason::TooFew), |(_, amount)| Value::Amount((*amount).clone()))
                };
                let period = |end: Option<&(crate::finding::Period, &crate::finding::Amount)>| {
                    end.map_or(Value::Missing(Reason::TooFew), |(period, _)| Value::Key(Part::Period(*period)))
                };
                [amount(highest), amount(lowest), period(highest), period(lowest)]
            }
            Err(reason) => [(); 4].map(|()| Value::Missing(reason)),
        };
        for (member, value) in members.iter_mut().zip(found) {
            member.put(rest.clone(), value, line.iter().map(|(_, cell)| *cell));
        }
    }
    Ok(members.map(Member::done).to_vec())
}
