//! Regions: the parts of a country that are present add up to it, period by period, in each vintage alone and in what editions
//! make of several.

use std::collections::BTreeSet;

use polars::prelude::{col, lit};

use super::frame::{Bench, TERRITORY, WHOLE, YEAR, join, named, sum_by};
use super::{Comparison, Found, Trouble};
use crate::catalog::Territories;
use crate::catalog::check::CheckEntry;
use crate::catalog::entry::{TableEntry, Time};
use crate::diagnostic::listed;
use crate::finding::{Code, Unit};

/// Compares the sum of the parts of each territory with it.
pub(super) fn compare<'a>(
    bench: &Bench<'a>,
    table: &str,
    measures: &[String],
    from: Option<i32>,
    until: Option<i32>,
) -> Result<Found<'a>, Trouble> {
    let mut list = Found::default();
    bench.territory_at(table)?.ok_or_else(|| {
        Trouble::Arguments(format!(
            "table `{table}` has no one dimension of territories, so nothing is part of another"
        ))
    })?;
    let columns = bench.columns(table)?;
    let rest = columns.iter().map(String::as_str).filter(|name| *name != TERRITORY);
    let keys: Vec<&str> = std::iter::once(TERRITORY).chain(rest.clone()).collect();
    let by: Vec<&str> = std::iter::once(WHOLE).chain(rest).collect();
    for measure in measures {
        // Each vintage alone, and what editions make of several.
        let mixed = bench.chosen(&[(table, measure)], None)?.into_iter().flatten().filter(|stack| stack.len() > 1);
        for layer in bench.layers(table)?.into_iter().chain(mixed) {
            let all = bench.frame(table, &bench.rows(table, measure, &layer)?)?;
            let years = col(YEAR).gt_eq(lit(from.unwrap_or(0))).and(col(YEAR).lt_eq(lit(until.unwrap_or(9999))));
            let all = all.filter(years);
            let parts =
                sum_by(all.clone().filter(col(WHOLE).neq(lit(""))), &by).with_column(col(WHOLE).alias(TERRITORY));
            let joined = join(named(all, &keys, "expected"), named(parts, &keys, "found"), &keys);
            list.extend(bench.comparisons(joined, &keys, Some(measure))?);
        }
    }
    let time = bench.entry(table)?.time;
    for one in list.comparisons.iter_mut().filter(|one| !one.holds) {
        let absent = absent(bench.territories, time, one);
        one.absent = (!absent.is_empty()).then(|| listed(absent.iter().map(|code| code.as_str().to_owned())));
    }
    Ok(list)
}

/// Lists the parts of the territory of a comparison that there were, and of which no row stands beside it.
fn absent<'t>(territories: &'t Territories, time: Time, one: &Comparison) -> Vec<&'t Code> {
    let Some((there, due)) = parts(territories, time, one) else { return Vec::new() };
    due.into_iter().filter(|code| !there.contains(*code)).collect()
}

/// Compares territories with their parts in the measures for which no check is declared that would: only where every
/// part that there was has a row.
///
/// Persons and counts add up. Of all else the numbers tell: where most of them add up, all must.
pub(super) fn undeclared<'a>(bench: &Bench<'a>, name: &str, entry: &'a TableEntry) -> Vec<(&'a str, Found<'a>)> {
    let declared = |measure: &String| {
        let covers =
            |check: &CheckEntry| matches!(check, CheckEntry::Regions { measures, .. } if measures.contains(measure));
        entry.checks.iter().any(|check| covers(&check.value))
    };
    let add_up = |unit, found: &Found| {
        let holding = found.comparisons.iter().filter(|one| one.holds).count();
        matches!(unit, Unit::Persons | Unit::PersonsPerYear | Unit::Count) || 2 * holding > found.comparisons.len()
    };
    let mut list = Vec::new();
    for (measure, of) in entry.measures.iter().filter(|(measure, _)| !declared(measure)) {
        let Ok(mut found) = compare(bench, name, std::slice::from_ref(measure), None, None) else { continue };
        found.comparisons.retain(|one| has_all_parts(bench.territories, entry.time, one));
        if !found.comparisons.is_empty() && add_up(of.unit, &found) {
            list.push((measure.as_str(), found));
        }
    }
    list
}

/// Makes the check that would compare all measures of a table.
pub(super) fn of(entry: &TableEntry) -> CheckEntry {
    let measures = entry.measures.keys().cloned().collect();
    CheckEntry::Regions { measures, from: None, until: None, by_construction: None, accept: Vec::new() }
}

/// Returns true where a comparison rests on a territory and on each of its parts that there was.
fn has_all_parts(territories: &Territories, time: Time, one: &Comparison) -> bool {
    parts(territories, time, one)
        .is_some_and(|(there, due)| due.len() > 1 && due.into_iter().all(|code| there.contains(code)))
}

/// Lists the territories that a comparison rests on, and the parts that the whole among them had at the time.
fn parts<'t>(territories: &'t Territories, time: Time, one: &Comparison) -> Option<(BTreeSet<Code>, Vec<&'t Code>)> {
    let period = one.cells.iter().find_map(|spot| spot.key.period())?;
    let there: BTreeSet<Code> = one.cells.iter().filter_map(|spot| Some(spot.key.territory()?.plain())).collect();
    let was = |code: &Code| match time {
        Time::Flow => territories.existed(code, period),
        Time::Stock => territories.existed_at_start(code, period),
    };
    let is_part = |code: &&Code| territories.whole_of(code).is_some_and(|whole| there.contains(whole));
    let whole = there.iter().find(|code| !is_part(code))?;
    let due = territories.iter().filter(|part| part.part_of.as_ref() == Some(whole) && was(&part.code));
    let due = due.map(|part| &part.code).collect();
    Some((there, due))
}
