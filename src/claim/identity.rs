//! Identity: claims that are derived from themselves, or from one another and from nothing else.

use std::collections::BTreeMap;

use super::bench::PRINTED;
use super::probe::CellName;
use super::verdict::Judged;
use super::{Basis, Claim};
use crate::analysis::Edition;
use crate::finding::{Key, Part, SeriesId};

/// Says what is wrong with a claim that rests on its own number.
pub(super) fn of_itself(judged: &Judged, bench: &Edition) -> Option<String> {
    let own = name(judged.claim, bench);
    let reads_own = |reads: &[CellName]| match judged.claim.kind().is_number() {
        true => reads.contains(&own),
        // A statement may speak of its own number and of others.
        false => reads == std::slice::from_ref(&own),
    };
    let reading = judged.readings.iter().find(|reading| reads_own(&reading.reads))?;
    Some(format!("`{}` derives it from itself", reading.expr))
}

/// Names the first of each set of claims that give one another, by the paper's own figures, in all the others of the set.
pub(super) fn join(judged: &mut [Judged], bench: &Edition) {
    let at: BTreeMap<CellName, usize> =
        judged.iter().enumerate().map(|(at, one)| (name(one.claim, bench), at)).collect();
    let leads = |one: &Judged| -> Vec<usize> {
        let first = one.first().filter(|reading| reading.basis == Basis::Paper && one.claim.kind().is_number());
        first.map(|reading| reading.reads.iter().filter_map(|cell| at.get(cell).copied()).collect()).unwrap_or_default()
    };
    let edges: Vec<Vec<usize>> = judged.iter().map(leads).collect();
    circles(judged, &edges);
    let reach: Vec<Vec<bool>> = (0..edges.len()).map(|from| reached(from, &edges)).collect();
    for at in 0..judged.len() {
        if let Some(first) = (0..at).find(|first| reach[*first][at] && reach[at][*first]) {
            judged[at].one_check = Some(judged[first].claim.id.clone());
        }
    }
}

/// Finds circles of claims each of which is only said to be what the next one is: nothing decides any of them.
fn circles(judged: &mut [Judged], edges: &[Vec<usize>]) {
    let is_same = |at: usize| {
        let one = &judged[at];
        let reads = one.first().map(|reading| reading.reads.len());
        one.claim.cell.is_none() && reads == Some(1) && edges[at].len() == 1
    };
    let next: Vec<Option<usize>> = (0..judged.len()).map(|at| is_same(at).then(|| edges[at][0])).collect();
    for start in 0..judged.len() {
        let mut way = vec![start];
        while let Some(at) = way.last().and_then(|at| next[*at]).filter(|at| !way.contains(at)) {
            way.push(at);
        }
        let closes = way.len() > 1 && way.last().and_then(|at| next[*at]) == Some(start);
        if closes {
            judged[start].circle = way[1..].iter().map(|at| judged[*at].claim.id.clone()).collect();
        }
    }
}

/// Marks what can be reached from a claim; the claim itself only where it can be come back to.
fn reached(from: usize, edges: &[Vec<usize>]) -> Vec<bool> {
    let mut found = vec![false; edges.len()];
    let mut open: Vec<usize> = edges[from].clone();
    while let Some(at) = open.pop() {
        if !found[at] {
            found[at] = true;
            open.extend(&edges[at]);
        }
    }
    found
}

/// Names the cell of the bench where a claim stands.
pub(super) fn name(claim: &Claim, bench: &Edition) -> CellName {
    let Some(cell) = &claim.cell else {
        return (SeriesId::of_values(PRINTED), Key(vec![Part::Category(claim.id.as_str().into())]));
    };
    let id = SeriesId::of_values(&cell.table);
    let dimensions = bench.findings.get(&id).into_iter().flat_map(|series| &series.dimensions);
    let parts = dimensions.zip([&cell.row, &cell.column]).filter_map(|(dimension, word)| dimension.part(word));
    let key = Key(parts.collect());
    (id, key)
}
