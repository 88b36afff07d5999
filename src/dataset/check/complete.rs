//! Complete: no gap in a series, no row missing of a territory that existed, none of one that did not.

use std::collections::{BTreeMap, BTreeSet};

use super::frame::{Bench, Stack};
use super::history::{Line, lines};
use super::{Comparison, Found, Trouble};
use crate::catalog::check::Scope;
use crate::catalog::entry::Time;
use crate::finding::{Amount, Code, Key, Part, Period};

/// What a check of completeness asks for.
pub(super) struct Wanted<'b> {
    /// The measures.
    pub measures: &'b [String],
    /// The first year that must be there.
    pub from: Option<i32>,
    /// The last.
    pub until: Option<i32>,
    /// Of which territories.
    pub scope: Scope,
}

/// Compares how often a key stands with how often it should: each vintage between its own ends, what the editions make
/// of them between the years that are named.
pub(super) fn compare<'a>(bench: &Bench<'a>, table: &str, wanted: &Wanted) -> Result<Found<'a>, Trouble> {
    let mut list = Found::default();
    for measure in wanted.measures {
        for layer in bench.layers(table)? {
            one(bench, (table, measure), &layer, wanted, false, &mut list)?;
        }
        if wanted.from.is_some() || wanted.until.is_some() {
            for stack in bench.chosen(&[(table, measure)], None)?.into_iter().flatten() {
                one(bench, (table, measure), &stack, wanted, true, &mut list)?;
            }
        }
    }
    Ok(list)
}

fn one<'a>(
    bench: &Bench<'a>,
    (table, measure): (&str, &str),
    stack: &Stack<'a>,
    wanted: &Wanted,
    to_the_ends: bool,
    list: &mut Found<'a>,
) -> Result<(), Trouble> {
    let entry = bench.entry(table)?;
    let territory = bench.territory_at(table)?;
    let period_at = entry.dimensions.iter().position(|d| d.role == crate::catalog::entry::RoleEntry::Period);
    let Some(period_at) = period_at else {
        return Err(Trouble::Arguments(format!("table `{table}` has no dimension of periods")));
    };
    let code = |line: &Line<'a>| line.key.iter().find_map(|part| part.territory()).filter(|_| territory.is_some());
    let part = |line: &Line<'a>| code(line).is_some_and(|code| bench.territories.whole_of(code).is_some());
    // What is missing beside one line is what others of its kind have: regions of the same sex, say.
    let mut groups: BTreeMap<(bool, Vec<&'a Part>), Vec<Line<'a>>> = BTreeMap::new();
    for line in lines(bench.rows(table, measure, stack)?) {
        let inside = match wanted.scope {
            Scope::All => true,
            Scope::Nation => !part(&line),
            Scope::Regions => part(&line),
        };
        let kind = line.key.iter().copied().filter(|part| territory.is_none() || part.territory().is_none()).collect();
        if inside {
            groups.entry((part(&line), kind)).or_default().push(line);
        }
    }
    for group in groups.into_values() {
        let periods = expected(&group, wanted, to_the_ends);
        let present: BTreeSet<(&Code, Period)> = group
            .iter()
            .flat_map(|line| {
                line.points.iter().filter_map(|(period, _)| Some((code(line)?, *period))).collect::<Vec<_>>()
            })
            .collect();
        for line in &group {
            let exists = |period: Period| {
                code(line).is_none_or(|code| match entry.time {
                    Time::Flow => bench.territories.existed(code, period),
                    Time::Stock => bench.territories.existed_at_start(code, period),
                })
            };
            // Figures are carried back from a territory that ended to what it was divided into.
            let replaced = |period: Period| {
                code(line).is_some_and(|code| {
                    bench.territories.successors(code).any(|next| next != code && present.contains(&(next, period)))
                })
            };
            let own: BTreeMap<Period, _> = line.points.iter().map(|(period, row)| (*period, row.spot)).collect();
            let all: BTreeSet<Period> = periods.iter().chain(own.keys()).copied().collect();
            for period in all {
                let due = exists(period) && (!replaced(period) || own.contains_key(&period));
                let (expected, found) = (i64::from(due), i64::from(own.contains_key(&period)));
                if (expected, found) == (0, 0) {
                    continue;
                }
                let mut parts: Vec<Part> = line.key.iter().map(|part| (*part).clone()).collect();
                parts.insert(period_at.min(parts.len()), Part::Period(period));
                let spots = own.get(&period).copied().into_iter().collect();
                let (expected, found) = (Amount::Integer(expected), Amount::Integer(found));
                let mut one = Comparison::new(Key(parts).to_string(), Some(measure.to_owned()), expected, found, spots);
                if !one.holds {
                    let missing = one.residual().signum() < 0;
                    one.said = Some(if missing {
                        "has no row, though others of its series or period have".to_owned()
                    } else {
                        "has a row, though there was no such territory then".to_owned()
                    });
                }
                list.comparisons.push(one);
            }
        }
    }
    Ok(())
}

/// Lists the periods that a group of series should have: from its first to its last, or between the years named, in
/// the shortest step that occurs.
fn expected(group: &[Line], wanted: &Wanted, to_the_ends: bool) -> Vec<Period> {
    let held: BTreeSet<Period> = group.iter().flat_map(|line| &line.points).map(|(period, _)| *period).collect();
    let (Some(first), Some(last)) = (held.first().copied(), held.last().copied()) else { return Vec::new() };
    let ordinals: Vec<i64> = held.iter().map(|period| period.ordinal()).collect();
    let step = ordinals.windows(2).map(|pair| pair[1] - pair[0]).filter(|step| *step > 0).min().unwrap_or(1);
    let moved = |mut period: Period, by: fn(Period) -> Period| {
        (0..step).for_each(|_| period = by(period));
        period
    };
    // Mixed lengths have no common step, and days none that is theirs.
    if first.day().is_some() || held.iter().any(|p| (p.month(), p.quarter()).0.is_some() != first.month().is_some()) {
        return held.into_iter().collect();
    }
    let (mut first, mut last) = (first, last);
    while to_the_ends && wanted.from.is_some_and(|from| moved(first, Period::previous).year() >= from) {
        first = moved(first, Period::previous);
    }
    while to_the_ends && wanted.until.is_some_and(|until| moved(last, Period::next).year() <= until) {
        last = moved(last, Period::next);
    }
    let mut all = vec![first];
    while let Some(next) = all.last().map(|period| moved(*period, Period::next)).filter(|next| *next <= last) {
        all.push(next);
    }
    all
}
