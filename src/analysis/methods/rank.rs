//! Rank: the place of each territory in its period, the country left out.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::method::{Bilingual, Member, Method, same_period, without};
use crate::finding::{Amount, Cell, Class, Key, Part, Role, Series, Status, Unit, Value};

/// The method.
pub const METHOD: Method = Method {
    name: "rank",
    title: Bilingual { ru: "Ранжирование", kk: "Саралау" },
    members: &[("rank", "1 + #{j: y(j) > y(i)}"), ("rank_low", "1 + #{j: y(j) < y(i)}")],
    convention: Bilingual {
        ru: "Равные значения делят лучшее место; страна и предположительно отнесённые значения не ранжируются.",
        kk: "Тең мәндер бірдей, жоғарырақ орын алады; ел мен болжамды түрде жатқызылған мәндер сараланбайды.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики",
    run,
};

fn run(series: &Arc<Series>) -> Result<Vec<Series>, String> {
    let at = series.position(Role::Territory).ok_or("needs a series over territories")?;
    let mut groups: BTreeMap<Key, Vec<(&Key, &Cell, &Amount)>> = BTreeMap::new();
    for (key, cell) in &series.cells {
        let is_country = key.0.get(at).and_then(Part::territory).is_some_and(|code| code.is_country());
        if let (Some(amount), false, true) = (cell.value.amount(), is_country, cell.status != Status::Inferred) {
            groups.entry(without(key, at)).or_default().push((key, cell, amount));
        }
    }
    let member = |i: usize| {
        let (name, formula) = METHOD.members[i];
        Member::new(series, name, formula, Unit::Count, Class::Flow, same_period)
    };
    let (mut high, mut low) = (member(0), member(1));
    for group in groups.values() {
        let cells: Vec<&Cell> = group.iter().map(|(_, cell, _)| *cell).collect();
        for (key, _, amount) in group {
            let place = |better: &dyn Fn(&Amount) -> bool| {
                let ahead = group.iter().filter(|(_, _, other)| better(other)).count();
                Value::Amount(Amount::Integer(ahead as i64 + 1))
            };
            high.put((*key).clone(), place(&|other| other > amount), cells.iter().copied());
            low.put((*key).clone(), place(&|other| other < amount), cells.iter().copied());
        }
    }
    Ok(vec![high.done(), low.done()])
}
