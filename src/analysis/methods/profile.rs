//! Profile: the course of a monthly series within a year: its sum, its highest and lowest month, their distance.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::method::{Bilingual, Member, Method, lines, numbers, whole_line};
use crate::finding::{Amount, Cell, Class, Key, Part, Period, Reason, Series, Unit, Value};

/// The method.
pub const METHOD: Method = Method {
    name: "profile",
    title: Bilingual {
        ru: "Внутригодовая неравномерность", kk: "Жыл ішіндегі әркелкілік"
    },
    members: &[
        ("annual_total", "Σ y(m), m = 1 … 12"),
        ("month_of_maximum", "arg max y(m)"),
        ("month_of_minimum", "arg min y(m)"),
        ("amplitude", "max y(m) − min y(m)"),
    ],
    convention: Bilingual {
        ru: "Один год показывает ход внутри года, а не сезонность; неполный год не суммируется.",
        kk: "Бір жыл маусымдылықты емес, жыл ішіндегі барысты көрсетеді; толық емес жыл қосылмайды.",
    },
    literature: "Шмойлова Р. А. (ред.) Теория статистики",
    run,
};

fn run(series: &Arc<Series>) -> Result<Vec<Series>, String> {
    let (at, lines) = lines(series)?;
    let year_of = |line: &[(Period, &Cell)]| line.first().map(|(period, _)| period.year());
    let years: Vec<Option<i32>> = lines.values().map(|line| year_of(line)).collect();
    let one_year = lines
        .values()
        .flatten()
        .all(|(p, _)| p.month().is_some() && Some(p.year()) == years.first().copied().flatten());
    if !one_year {
        return Err("needs the months of one year".to_owned());
    }
    let member = |i: usize, unit, class| {
        let (name, formula) = METHOD.members[i];
        Member::new(series, name, formula, unit, class, whole_line).without(at)
    };
    let mut members = [
        member(0, series.unit, series.class),
        member(1, Unit::None, Class::Level),
        member(2, Unit::None, Class::Level),
        member(3, series.unit, Class::Flow),
    ];
    for (rest, line) in &lines {
        let values = match numbers(line) {
            Ok(found) if found.len() == 12 => of_year(&found),
            Ok(_) => [(); 4].map(|()| Value::Missing(Reason::TooFew)),
            Err(reason) => [(); 4].map(|()| Value::Missing(reason)),
        };
        for (member, value) in members.iter_mut().zip(values) {
            member.put(rest.clone(), value, line.iter().map(|(_, cell)| *cell));
        }
    }
    Ok(members.map(Member::done).to_vec())
}

fn of_year(months: &[(Period, &Amount)]) -> [Value; 4] {
    let mut sorted: BTreeMap<(&Amount, Key), Period> = BTreeMap::new();
    for (month, amount) in months {
        sorted.insert((amount, Key(vec![Part::Period(*month)])), *month);
    }
    let (lowest, highest) = (sorted.first_key_value(), sorted.last_key_value());
    let (Some(((low, _), low_at)), Some(((high, _), high_at))) = (lowest, highest) else {
        return [(); 4].map(|()| Value::Missing(Reason::TooFew));
    };
    let total = months.iter().fold(Amount::ZERO, |sum, (_, amount)| sum.plus(amount));
    [
        Value::Amount(total),
        Value::Key(Part::Period(*high_at)),
        Value::Key(Part::Period(*low_at)),
        Value::Amount(high.minus(low)),
    ]
}
