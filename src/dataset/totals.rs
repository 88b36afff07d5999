//! Totals: members of a category that are the sum of the others, told before anybody adds them to their own parts.

use std::collections::{BTreeMap, BTreeSet};

use super::{DataCell, Table};
use crate::catalog::PACKAGE;
use crate::catalog::entry::RoleEntry;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::finding::{Amount, Key, Part, Sums, sums};

/// Warns of each category with a member that equals the sum of all others, unless the catalogue says so, and names where
/// it does not.
pub(super) fn check(tables: &BTreeMap<String, Table>, diagnostics: &mut Diagnostics) {
    for (name, table) in tables {
        for (at, dimension) in table.entry.dimensions.iter().enumerate() {
            if dimension.role != RoleEntry::Category || dimension.total.is_some() {
                continue;
            }
            let all = table
                .layers
                .iter()
                .flat_map(|(vintage, layer)| layer.iter().map(move |(own, cells)| (vintage, own, cells)));
            let all: Vec<(String, Vec<Group>)> = all
                .map(|(vintage, measure, cells)| (format!("{measure}, vintage {vintage}"), groups(cells, at)))
                .collect();
            let found: BTreeSet<&Part> = all.iter().filter_map(|(_, groups)| total(groups)).collect();
            for member in found {
                let is_rounded = |group: &Group<'_>| group.sums(member) == Some(Sums::Rounded);
                let is_exact = !all.iter().flat_map(|(_, groups)| groups).any(is_rounded);
                let off = all.iter().filter_map(|(said, groups)| {
                    Some((said, off(groups, member).next()?, off(groups, member).count()))
                });
                let off: Vec<String> = off
                    .map(|(said, group, count)| {
                        let value = group.values.get(member).copied().flatten().unwrap_or(&Amount::ZERO);
                        let more = if count > 1 { format!(", and {} times more", count - 1) } else { String::new() };
                        format!(
                            "at {} ({said}) it is {value}, and they are {}{more}",
                            group.rest,
                            group.sum.minus(value)
                        )
                    })
                    .collect();
                let place = Place::file(PACKAGE).within(format!("table `{name}`, dimension `{}`", dimension.name));
                let (message, hint) = match off.is_empty() {
                    true if !is_exact => (
                        format!("`{member}` equals the sum of all other members wherever it stands, but for rounding"),
                        format!(
                            "where it is their total, say so, and nothing adds it to its own parts: `total: {member}` beside the \
                             dimension, and a check `total` with the `tolerance` that rounding asks for"
                        ),
                    ),
                    true => (
                        format!("`{member}` equals the sum of all other members wherever it stands"),
                        format!(
                            "where it is their total, say so, and nothing adds it to its own parts: `total: {member}` beside the dimension"
                        ),
                    ),
                    false => (
                        format!(
                            "`{member}` equals the sum of all other members in one vintage or measure, and not in another: {}",
                            off.join("; ")
                        ),
                        format!(
                            "look for the wrong cell; where it is their total, say so, and every build checks it: `total: {member}` beside the dimension"
                        ),
                    ),
                };
                diagnostics.push(Diagnostic::warning(code::DATA_TOTAL, place, message).hint(hint));
            }
        }
    }
}

/// The members that share all other coordinates, with their sum; two parts and a whole at least.
struct Group<'a> {
    rest: Key,
    values: BTreeMap<&'a Part, Option<&'a Amount>>,
    sum: Amount,
}

fn groups(cells: &BTreeMap<Key, DataCell>, at: usize) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<Key, BTreeMap<&Part, Option<&Amount>>> = BTreeMap::new();
    for (key, cell) in cells {
        let rest = key.0.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, part)| part.clone()).collect();
        let Some(member) = key.0.get(at) else { continue };
        groups.entry(Key(rest)).or_default().insert(member, cell.value.as_ref().ok());
    }
    let mut found = Vec::new();
    for (rest, values) in groups.into_iter().filter(|(_, values)| values.len() > 2) {
        let sum = values.values().flatten().fold(Amount::ZERO, |sum, value| sum.plus(value));
        found.push(Group { rest, values, sum });
    }
    found
}

impl Group<'_> {
    /// Says whether all its values are known, this member's among them.
    fn is_known(&self, member: &Part) -> bool {
        self.values.contains_key(member) && self.values.values().all(Option::is_some)
    }

    /// Says how a member is the sum of the others, where all are known.
    fn sums(&self, member: &Part) -> Option<Sums> {
        let value = self.values.get(member).copied().flatten().filter(|_| self.is_known(member))?;
        sums(self.values.values().flatten().copied(), value)
    }
}

/// The groups in which a member has a value that is not the sum of the others, all of which are known.
fn off<'g, 'a>(groups: &'g [Group<'a>], member: &'g Part) -> impl Iterator<Item = &'g Group<'a>> {
    groups.iter().filter(move |group| group.is_known(member) && group.sums(member).is_none())
}

/// Finds the member that is the sum of the others in every group of which all is known.
fn total<'a>(groups: &[Group<'a>]) -> Option<&'a Part> {
    let members: BTreeSet<&Part> = groups.iter().flat_map(|group| group.values.keys().copied()).collect();
    let is_total = |member: &&Part| {
        let of: Vec<&Group<'_>> = groups.iter().filter(|group| group.is_known(member)).collect();
        of.iter().any(|group| !group.sum.is_zero()) && of.iter().all(|group| group.sums(member).is_some())
    };
    members.into_iter().find(is_total)
}
