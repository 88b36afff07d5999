//! Signs: how many regions and years are above and below zero, how long, and how often the sign changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::method::{Bilingual, Member, Method, lines, numbers, same_period, whole_line};
use crate::finding::{Amount, Cell, Class, Key, Part, Period, Role, Series, Unit, Value};

/// The method.
pub const METHOD: Method = Method {
    name: "signs",
    title: Bilingual { ru: "Устойчивость знака", kk: "Таңбаның тұрақтылығы" },
    members: &[
        ("positive_count", "#{i: y(i,t) > 0}"),
        ("negative_count", "#{i: y(i,t) < 0}"),
        ("positive_years", "#{t: y(t) > 0}"),
        ("negative_years", "#{t: y(t) < 0}"),
        ("longest_negative_run", "max n: y(t), …, y(t+n−1) < 0"),
        ("sign_changes", "#{t: y(t−1) · y(t) < 0}"),
    ],
    convention: Bilingual {
        ru: "Нуль не считается ни положительным, ни отрицательным; страна в счёт регионов не входит.",
        kk: "Нөл оң да, теріс те болып саналмайды; ел өңірлер санына кірмейді.",
    },
    literature: "Kendall M. G., Stuart A. The Advanced Theory of Statistics",
    run,
};

fn run(series: &Arc<Series>) -> Result<Vec<Series>, String> {
    let (at, lines) = lines(series)?;
    let mut all = per_period(series, at);
    let member = |i: usize| {
        let (name, formula) = METHOD.members[i];
        Member::new(series, name, formula, Unit::Count, Class::Flow, whole_line).without(at)
    };
    let mut members = [member(2), member(3), member(4), member(5)];
    for (rest, line) in &lines {
        let counts = match numbers(line) {
            Ok(found) => {
                let signs: Vec<i32> = found.iter().map(|(_, amount)| amount.signum()).collect();
                let count = |sign| signs.iter().filter(|s| **s == sign).count();
                let changes = signs.windows(2).filter(|pair| pair[0] * pair[1] < 0).count();
                [count(1), count(-1), longest_run(&signs), changes].map(|n| Value::Amount(Amount::Integer(n as i64)))
            }
            Err(reason) => [(); 4].map(|()| Value::Missing(reason)),
        };
        for (member, value) in members.iter_mut().zip(counts) {
            member.put(rest.clone(), value, line.iter().map(|(_, cell)| *cell));
        }
    }
    all.extend(members.map(Member::done));
    Ok(all)
}

fn longest_run(signs: &[i32]) -> usize {
    signs.split(|sign| *sign >= 0).map(<[i32]>::len).max().unwrap_or(0)
}

/// Counts over the territories, where the series has that dimension.
fn per_period(series: &Arc<Series>, at: usize) -> Vec<Series> {
    let Some(territory) = series.position(Role::Territory) else { return Vec::new() };
    let mut cells: BTreeMap<Period, Vec<&Cell>> = BTreeMap::new();
    for (key, cell) in &series.cells {
        let is_country = key.0.get(territory).and_then(Part::territory).is_some_and(|code| code.is_country());
        if let (Some(Part::Period(period)), false) = (key.0.get(at), is_country) {
            cells.entry(*period).or_default().push(cell);
        }
    }
    let count = |i: usize, sign: i32| {
        let (name, formula) = METHOD.members[i];
        let member = Member::new(series, name, formula, Unit::Count, Class::Flow, same_period);
        let mut member = member.over(vec![series.dimensions[at].clone()]);
        for (period, cells) in &cells {
            let found = cells.iter().filter(|cell| cell.value.amount().is_some_and(|a| a.signum() == sign)).count();
            let key = Key(vec![Part::Period(*period)]);
            member.put(key, Value::Amount(Amount::Integer(found as i64)), cells.iter().copied());
        }
        member.done()
    };
    vec![count(0, 1), count(1, -1)]
}

#[cfg(test)]
mod tests {
    use super::longest_run;

    #[test]
    fn a_zero_ends_a_run() {
        assert_eq!(longest_run(&[-1, -1, 0, -1]), 2);
        assert_eq!(longest_run(&[1, 1]), 0);
        assert_eq!(longest_run(&[]), 0);
    }
}
