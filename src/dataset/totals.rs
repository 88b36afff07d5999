//! Totals: members of a category that are the sum of the others, told before anybody adds them to their own parts.

use std::collections::{BTreeMap, BTreeSet};

use super::{DataCell, Table};
use crate::catalog::PACKAGE;
use crate::catalog::entry::RoleEntry;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::finding::{Amount, Key, Part};

/// Warns of each category with a member that equals the sum of all others wherever it stands, unless the catalogue says
/// so.
pub(super) fn check(tables: &BTreeMap<String, Table>, diagnostics: &mut Diagnostics) {
    for (name, table) in tables {
        for (at, dimension) in table.entry.dimensions.iter().enumerate() {
            if dimension.role != RoleEntry::Category || dimension.total.is_some() {
                continue;
            }
            let measures = table.layers.values().flat_map(BTreeMap::values);
            let found: BTreeSet<&Part> = measures.filter_map(|cells| total(cells, at)).collect();
            for member in found {
                let place = Place::file(PACKAGE).within(format!("table `{name}`, dimension `{}`", dimension.name));
                let message = format!("`{member}` equals the sum of all other members wherever it stands");
                let hint = format!(
                    "where it is their total, say so, and nothing adds it to its own parts: `total: {member}` beside the dimension"
                );
                diagnostics.push(Diagnostic::warning(code::DATA_TOTAL, place, message).hint(hint));
            }
        }
    }
}

/// Finds the member along a dimension that is the sum of the others in every group; two parts make the first sum.
fn total(cells: &BTreeMap<Key, DataCell>, at: usize) -> Option<&Part> {
    let mut groups: BTreeMap<Vec<&Part>, BTreeMap<&Part, Option<&Amount>>> = BTreeMap::new();
    for (key, cell) in cells {
        let rest = key.0.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, part)| part).collect();
        groups.entry(rest).or_default().insert(key.0.get(at)?, cell.value.as_ref().ok());
    }
    let sums: Vec<(&BTreeMap<&Part, Option<&Amount>>, Amount)> = groups
        .values()
        .filter(|group| group.len() > 2)
        .map(|group| (group, group.values().flatten().fold(Amount::ZERO, |sum, value| sum.plus(value))))
        .collect();
    let members: BTreeSet<&Part> = sums.iter().flat_map(|(group, _)| group.keys().copied()).collect();
    let is_total = |member: &&Part| {
        let of: Vec<_> = sums.iter().filter_map(|(group, sum)| Some((group.get(member)?, sum))).collect();
        of.iter().any(|(_, sum)| !sum.is_zero())
            && of.iter().all(|(value, sum)| value.is_some_and(|value| value.plus(value) == **sum))
    };
    members.into_iter().find(is_total)
}
