//! Totals: which territory or member of a stranger's table is the whole of the others.

use std::collections::{BTreeMap, BTreeSet};

use super::guessed::{Fact, Guess, Place};
use crate::finding::{Amount, Period};

/// Finds what is the whole of all others that are compared: its code begins theirs, or its numbers are their sums.
pub(super) fn whole(guess: &Guess) -> Option<usize> {
    let list = &guess.places;
    if !list.is_empty() && list.len() < 3 {
        return None;
    }
    let begins = |one: &Place| {
        let own = |other: &Place| other.code.strip_prefix(one.code.as_str()).is_some_and(|rest| rest.starts_with('-'));
        list.iter().all(|other| other.code == one.code || own(other))
    };
    // One sum among the members of a category may be chance.
    let is_sure = |at: &usize| {
        let facts = std::iter::once(&guess.facts).chain(&guess.further);
        let groups = facts.flatten().filter(|fact| guess.compared(fact).0 == Some(*at)).count();
        !list.is_empty() || groups > 1
    };
    let mut whole = sums(guess).into_iter().filter(|at| is_sum(guess, &guess.facts, *at) && is_sure(at));
    list.iter().position(begins).or_else(|| whole.next())
}

/// Lists what may be the sum of the others: in the first period and for the first members each is half of all.
fn sums(guess: &Guess) -> BTreeSet<usize> {
    let Some(first) = guess.facts.first() else { return BTreeSet::new() };
    let (_, rest) = guess.compared(first);
    let beside: Vec<&Fact> =
        guess.facts.iter().filter(|fact| fact.period == first.period && guess.compared(fact).1 == rest).collect();
    let all = beside.iter().fold(Amount::Integer(0), |sum, fact| sum.plus(&fact.value));
    beside.iter().filter(|fact| fact.value.plus(&fact.value) == all).filter_map(|fact| guess.compared(fact).0).collect()
}

/// Lists the measures of which the whole is the sum of the others wherever it stands, by their names.
pub(super) fn summed(guess: &Guess) -> Vec<&str> {
    let Some(whole) = guess.whole else { return Vec::new() };
    let facts = std::iter::once(&guess.facts).chain(&guess.further);
    let closed = guess.measures.iter().zip(facts).filter(|(_, facts)| is_sum(guess, facts, whole));
    closed.map(|(measure, _)| measure.name.as_str()).collect()
}

/// Returns true where every number of one is the sum of those of the others.
fn is_sum(guess: &Guess, facts: &[Fact], whole: usize) -> bool {
    #[derive(Default)]
    struct Sum<'a> {
        whole: Option<&'a Amount>,
        parts: Vec<&'a Amount>,
    }
    let mut sums: BTreeMap<(Option<Period>, &[String]), Sum> = BTreeMap::new();
    for fact in facts {
        let (at, rest) = guess.compared(fact);
        let sum = sums.entry((fact.period, rest)).or_default();
        if at == Some(whole) {
            sum.whole = Some(&fact.value);
        } else {
            sum.parts.push(&fact.value);
        }
    }
    let total = |parts: &[&Amount]| parts.iter().fold(Amount::Integer(0), |sum, part| sum.plus(part));
    let holds = |sum: &Sum| sum.parts.len() > 1 && sum.whole.is_some_and(|whole| *whole == total(&sum.parts));
    !sums.is_empty() && sums.values().all(holds)
}
