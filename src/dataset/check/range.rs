//! Range: a value, or its ratio to another measure, lies between two ends.

use std::collections::{BTreeMap, BTreeSet};

use super::frame::{Bench, Row};
use super::{Comparison, Found, Spot, Trouble};
use crate::catalog::check::CheckEntry;
use crate::finding::{Amount, Code, Key, Part};

/// Compares each value with the end that it passes, or with itself where it passes none.
pub(super) fn compare<'a>(bench: &Bench<'a>, table: &str, check: &CheckEntry) -> Result<Found<'a>, Trouble> {
    let CheckEntry::Range { measure, of, min, max, territories, filter, .. } = check else {
        return Ok(Found::default());
    };
    let columns: Vec<&str> = bench.entry(table)?.dimensions.iter().map(|d| d.name.as_str()).collect();
    if let Some(unknown) = filter.keys().find(|name| !columns.contains(&name.as_str())) {
        return Err(Trouble::Arguments(format!("table `{table}` has no dimension `{unknown}`")));
    }
    let groups = bench.territories.groups();
    let known = |code: &str| bench.territories.iter().any(|t| t.code.as_str() == code);
    if let Some(unknown) = territories.iter().find(|name| !known(name) && !groups.contains_key(*name)) {
        return Err(Trouble::Arguments(format!("there is no territory and no group `{unknown}`")));
    }
    let own = territories.iter().filter_map(|name| groups.get(name)).flatten().map(Code::as_str);
    let named: BTreeSet<&str> = territories.iter().map(String::as_str).chain(own).collect();
    let meant = |row: &Row| {
        let at = |name: &str| columns.iter().position(|column| *column == name).and_then(|at| row.spot.key.0.get(at));
        let is_own = |part: &Part| part.territory().is_some_and(|code| named.contains(code.as_str()));
        (territories.is_empty() || row.spot.key.0.iter().any(is_own))
            && filter.iter().all(|(name, member)| at(name).is_some_and(|part| part.to_string() == *member))
    };
    let mut list = Found::default();
    for layer in bench.layers(table)? {
        let whole: BTreeMap<&Key, (Amount, Spot)> = match of {
            Some(of) => numbers(bench.rows(table, of, &layer)?).map(|(row, v)| (row.spot.key, (v, row.spot))).collect(),
            None => BTreeMap::new(),
        };
        for (row, value) in numbers(bench.rows(table, measure, &layer)?).filter(|(row, _)| meant(row)) {
            // The ends of a ratio become the ends of its numerator, so that all stays a decimal.
            let (unit, spot) = match (of, whole.get(row.spot.key)) {
                (Some(_), None) => continue,
                (Some(_), Some((whole, spot))) => (whole.clone(), Some(*spot)),
                (None, _) => (Amount::Integer(1), None),
            };
            let [low, high] = [min, max].map(|end| end.as_ref().map(|end| end.0.times(&unit)));
            let under = low.filter(|low| value < *low);
            let over = high.filter(|high| value > *high);
            let cells = std::iter::once(row.spot).chain(spot).collect();
            let key = row.spot.key.to_string();
            let passed = under.or(over);
            let mut one = Comparison::new(
                key,
                Some(measure.clone()),
                passed.clone().unwrap_or_else(|| value.clone()),
                value,
                cells,
            );
            one.said = passed.map(|_| format!("is out of the range {}", check.detail()));
            list.comparisons.push(one);
        }
    }
    Ok(list)
}

fn numbers(rows: Vec<Row<'_>>) -> impl Iterator<Item = (Row<'_>, Amount)> {
    rows.into_iter().filter_map(|row| Some((row, row.cell.value.as_ref().ok()?.clone())))
}
