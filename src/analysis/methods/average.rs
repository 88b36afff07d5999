//! Average: the mean of a series of flows, or the chronological mean of a series of stocks.

use std::sync::Arc;

use crate::analysis::method::{Bilingual, Member, Method, lines, numbers, value, whole_line};
use crate::finding::{Amount, Reason, Series, Value};

/// The method.
pub const METHOD: Method = Method {
    name: "average",
    title: Bilingual { ru: "Средний уровень ряда", kk: "Қатардың орта деңгейі" },
    members: &[("average", "ȳ = Σ y(t) / n"), ("mean_chronological", "ȳ = (y(1)/2 + y(2) + … + y(n)/2) / (n − 1)")],
    convention: Bilingual {
        ru: "Интервальный ряд – простая средняя; моментный ряд с равными промежутками – средняя хронологическая.",
        kk: "Интервалдық қатар үшін – жай орташа; аралықтары тең моменттік қатар үшін – хронологиялық орташа.",
    },
    literature: "Шмойлова Р. А. (ред.) Теория статистики",
    run,
};

fn run(series: &Arc<Series>) -> Result<Vec<Series>, String> {
    let (at, lines) = lines(series)?;
    let member = |i: usize| {
        let (name, formula) = METHOD.members[i];
        Member::new(series, name, formula, series.unit, series.class, whole_line).without(at)
    };
    let (mut average, mut chronological) = (member(0), member(1));
    for (rest, line) in &lines {
        let cells = || line.iter().map(|(_, cell)| *cell);
        let (mean, moments) = match numbers(line) {
            Ok(found) => {
                let amounts: Vec<&Amount> = found.iter().map(|(_, amount)| *amount).collect();
                (value(mean(&amounts), Reason::TooFew), value(of_moments(&amounts), Reason::TooFew))
            }
            Err(reason) => (Value::Missing(reason), Value::Missing(reason)),
        };
        average.put(rest.clone(), mean, cells());
        chronological.put(rest.clone(), moments, cells());
    }
    Ok(vec![average.done(), chronological.done()])
}

fn sum(amounts: &[&Amount]) -> Amount {
    amounts.iter().fold(Amount::ZERO, |sum, a| sum.plus(a))
}

fn mean(amounts: &[&Amount]) -> Option<Amount> {
    sum(amounts).divided_by(&Amount::Integer(amounts.len() as i64))
}

fn of_moments(amounts: &[&Amount]) -> Option<Amount> {
    let ends = amounts.first()?.plus(amounts.last()?).divided_by(&Amount::Integer(2))?;
    let inner = amounts.get(1..amounts.len().saturating_sub(1)).map_or(Amount::ZERO, sum);
    inner.plus(&ends).divided_by(&Amount::Integer(amounts.len() as i64 - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chronological_mean_halves_the_ends() {
        let values: Vec<Amount> = [10, 20, 40].map(Amount::Integer).to_vec();
        let amounts: Vec<&Amount> = values.iter().collect();
        assert_eq!(of_moments(&amounts), Amount::ratio(45, 2));
        assert_eq!(of_moments(&amounts[..1]), None);
    }
}
