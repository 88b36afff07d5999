//! Blame: a column of a paper's table that does not add up, where the agency's series says which of its cells is at fault.

use std::collections::BTreeSet;

use super::verdict::{Judged, Verdict};
use super::{Basis, Kind};

/// Takes a total out of blame that the agency's series gives, where a cell of its column is what that series contradicts.
pub(super) fn settle(judged: &mut [Judged]) {
    let column = |one: &Judged| one.claim.cell.as_ref().map(|cell| (cell.table.clone(), cell.column.clone()));
    let is_part = |one: &&Judged| one.claim.kind() != Kind::Sum && one.verdict == Verdict::Contradicted;
    let wrong: BTreeSet<(String, String)> = judged.iter().filter(is_part).filter_map(column).collect();
    for one in judged.iter_mut().filter(|one| one.claim.kind() == Kind::Sum && one.verdict == Verdict::Inconsistent) {
        let held = |verdict: Verdict| matches!(verdict, Verdict::Confirmed | Verdict::Rounding);
        let agency = one.readings.iter().position(|own| own.basis == Basis::Agency && held(own.verdict));
        if let Some(at) = agency.filter(|_| column(one).is_some_and(|own| wrong.contains(&own))) {
            let own = one.readings.remove(at);
            one.verdict = own.verdict;
            one.fair = None;
            one.readings.insert(0, own);
        }
    }
}
