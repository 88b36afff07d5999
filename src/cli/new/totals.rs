//! Totals: which territory of a stranger's table is the whole of the others.

use std::collections::{BTreeMap, BTreeSet};

use super::guessed::{Fact, Guess, Place};
use crate::finding::{Amount, Period};

/// Finds the territory that is the whole of all others: its code begins theirs, or its numbers are their sums.
pub(super) fn whole(guess: &Guess) -> Option<usize> {
    let list = &guess.places;
    if list.len() < 3 {
        return None;
    }
    let begins = |one: &Place| {
        let own = |other: &Place| other.code.strip_prefix(one.code.as_str()).is_some_and(|rest| rest.starts_with('-'));
        list.iter().all(|other| other.code == one.code || own(other))
    };
    list.iter().position(begins).or_else(|| sums(guess).into_iter().find(|at| is_sum(guess, *at)))
}

/// Lists the territories that may be the sum of the others: in the first period and for the first members each is half of all.
fn sums(guess: &Guess) -> BTreeSet<usize> {
    let Some(first) = guess.facts.first() else { return BTreeSet::new() };
    let beside: Vec<&Fact> =
        guess.facts.iter().filter(|fact| fact.period == first.period && fact.members == first.members).collect();
    let all = beside.iter().fold(Amount::Integer(0), |sum, fact| sum.plus(&fact.value));
    beside.iter().filter(|fact| fact.value.plus(&fact.value) == all).filter_map(|fact| fact.place).collect()
}

/// Returns true where every number of a territory is the sum of those of the others.
pub(super) fn is_sum(guess: &Guess, whole: usize) -> bool {
    #[derive(Default)]
    struct Sum<'a> {
        whole: Option<&'a Amount>,
        parts: Vec<&'a Amount>,
    }
    let mut sums: BTreeMap<(Option<Period>, &[String]), Sum> = BTreeMap::new();
    for fact in &guess.facts {
        let sum = sums.entry((fact.period, fact.members.as_slice())).or_default();
        if fact.place == Some(whole) {
            sum.whole = Some(&fact.value);
        } else {
            sum.parts.push(&fact.value);
        }
    }
    let total = |parts: &[&Amount]| parts.iter().fold(Amount::Integer(0), |sum, part| sum.plus(part));
    let holds = |sum: &Sum| sum.parts.len() > 1 && sum.whole.is_some_and(|whole| *whole == total(&sum.parts));
    !sums.is_empty() && sums.values().all(holds)
}
