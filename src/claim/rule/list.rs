//! List: numbers given "respectively": where they do not close in their order, the other orders are tried.

use std::collections::BTreeMap;

use crate::analysis::Edition;
use crate::claim::bench::PRINTED;
use crate::claim::probe::Probe;
use crate::claim::range::range;
use crate::claim::said::numbers;
use crate::claim::verdict::{Detail, Unheld, Verdict};
use crate::claim::{Claim, Paper, Printed};
use crate::expression;
use crate::finding::{Key, Part, VALUE, Value};

/// More orders than this are not tried.
const MOST_ORDERS: usize = 5_000;

/// An order: at each id, the id whose number stands there.
type Order<'a> = BTreeMap<&'a str, &'a str>;

/// Lists the orders of lists, that in which they stand first; none where there are too many to try.
fn orders(lists: &[Vec<String>]) -> Option<Vec<Order<'_>>> {
    let mut orders: Vec<Order> = vec![BTreeMap::new()];
    for list in lists {
        let swaps = permutations(list);
        if orders.len() * swaps.len() > MOST_ORDERS {
            return None;
        }
        orders = orders
            .iter()
            .flat_map(|order| {
                swaps.iter().map(|swap| {
                    let mut order = order.clone();
                    order.extend(list.iter().map(String::as_str).zip(swap.iter().map(|id| id.as_str())));
                    order
                })
            })
            .collect();
    }
    Some(orders)
}

/// Returns what a claim of a paper prints.
fn printed<'a>(id: &str, paper: &'a Paper) -> &'a str {
    paper.claims.iter().find(|claim| claim.id == id).map_or("", |claim| &claim.printed)
}

/// Judges whether lists close in the order in which they stand, and proposes a repair when exactly one other order does.
pub(crate) fn judge(
    lists: &[Vec<String>],
    closes: &[String],
    paper: &Paper,
    bench: &Edition,
) -> Option<(Verdict, Detail)> {
    let orders = orders(lists)?;
    if all_stand(closes, &Probe::new(bench)) {
        return Some((Verdict::Confirmed, Detail::None));
    }
    let closing: Vec<Order> =
        orders.into_iter().skip(1).filter(|order| all_stand(closes, &Probe::new(&swapped(order, bench)))).collect();
    let printed = |id: &str| printed(id, paper).to_owned();
    let detail = match closing.as_slice() {
        [only] => Detail::Repair(
            only.iter().filter(|(at, from)| at != from).map(|(at, from)| ((*at).to_owned(), printed(from))).collect(),
        ),
        several => Detail::NoRepair(several.len()),
    };
    Some((Verdict::Inconsistent, detail))
}

/// Says whether lists close in every order of their numbers, so that closing says nothing of their order.
pub(crate) fn closes_anyhow(lists: &[Vec<String>], closes: &[String], paper: &Paper, bench: &Edition) -> bool {
    let moves = |order: &Order| order.iter().any(|(at, from)| printed(at, paper) != printed(from, paper));
    let others: Vec<Order> = orders(lists).unwrap_or_default().into_iter().filter(moves).collect();
    !others.is_empty() && others.iter().all(|order| all_stand(closes, &Probe::new(&swapped(order, bench))))
}

/// Says what is wrong where the numbers that a claim prints are not those of the claims that it lists, in their order.
pub(crate) fn unlike(claim: &Claim, ids: &[&str], paper: &Paper) -> Option<Unheld> {
    let wanted: Vec<&str> = ids
        .iter()
        .filter_map(|id| paper.claims.iter().find(|one| one.id == *id).map(|one| one.printed.as_str()))
        .collect();
    let own: Vec<Option<Printed>> = wanted.iter().map(|text| Printed::parse(text)).collect();
    let printed: Vec<Option<Printed>> = numbers(&claim.printed).into_iter().map(Some).collect();
    (printed != own).then(|| Unheld {
        message: format!("`{}` is not what the claims print that it lists: {}", claim.printed, wanted.join(", ")),
        hint: "write their numbers as the paper prints them, in the order of the ids",
    })
}

/// Says whether nothing that must hold is refuted; what the printed precision leaves open is not.
pub(crate) fn all_stand(closes: &[String], probe: &Probe) -> bool {
    let stands = |text: &String| {
        let term = expression::parse(text).ok().and_then(|expr| range(&expr, probe));
        term.is_some_and(|term| term.cell.value != Value::Truth(false))
    };
    closes.iter().all(stands)
}

/// Lays the values of a list in another order.
fn swapped(order: &BTreeMap<&str, &str>, bench: &Edition) -> Edition {
    let mut changed = bench.clone();
    let Some(series) = bench.findings.member(PRINTED, VALUE) else { return changed };
    let key = |id: &str| Key(vec![Part::Category(id.into())]);
    let mut own = (**series).clone();
    for (at, from) in order {
        if let Some(cell) = series.cells.get(&key(from)) {
            own.cells.insert(key(at), cell.clone());
        }
        match series.half_units.get(&key(from)) {
            Some(half) => own.half_units.insert(key(at), half.clone()),
            None => own.half_units.remove(&key(at)),
        };
    }
    changed.findings.insert(own);
    changed
}

fn permutations(list: &[String]) -> Vec<Vec<&String>> {
    let Some((first, rest)) = list.split_first() else { return vec![Vec::new()] };
    let mut found = Vec::new();
    for inner in permutations(rest) {
        for at in 0..=inner.len() {
            let mut order = inner.clone();
            order.insert(at, first);
            found.push(order);
        }
    }
    found
}
