//! Same: one quantity that stands in two places is the same there.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{LazyFrame, col, lit};

use super::frame::{Bench, Row, Stack, TERRITORY, WHOLE, YEAR, join, named, split, sum_by};
use super::{Comparison, Found, Trouble};
use crate::catalog::check::{CheckEntry, Scope};
use crate::finding::{Amount, Code, Part};

/// Compares this table's measure, filtered and summed, with the other place's.
pub(super) fn compare<'a>(bench: &Bench<'a>, table: &str, check: &CheckEntry) -> Result<Found<'a>, Trouble> {
    let CheckEntry::Same {
        measure, vintage, filter, sum_over, scope, from, other, as_vintage, cells, tolerance, ..
    } = check
    else {
        return Ok(Found::default());
    };
    let mut list = Found::default();
    let (other_table, other_measure) = split(other)?;
    let own = match vintage {
        Some(_) => bench.chosen(&[(table, measure)], vintage.as_deref())?.into_iter().flatten().collect(),
        None => bench.every(table, measure)?,
    };
    let others = bench.chosen(&[(other_table, other_measure)], as_vintage.as_deref())?;
    let at = bench.territory_at(table)?;
    let columns = bench.columns(table)?;
    if cells.is_empty() && columns.len() != filter.len() + sum_over.len() + 1 + usize::from(at.is_some()) {
        return Err(Trouble::Arguments("`where` and `sum_over` must leave territory and period".to_owned()));
    }
    let unknown = filter.keys().chain(sum_over).find(|name| !columns.contains(name));
    if let Some(unknown) = unknown {
        return Err(Trouble::Arguments(format!(
            "`where` and `sum_over` cannot speak of `{unknown}`: there is no such category"
        )));
    }
    let wanted = bench.chosen(&[(table, measure)], None)?.into_iter().flatten().flatten();
    let wanted: BTreeSet<&str> = wanted.map(|(vintage, _)| vintage).collect();
    for stack in own {
        if !cells.is_empty() {
            for other in others.iter().flatten() {
                list.extend(cell_by_cell(bench, (table, measure, &stack), (other_table, other_measure, other), cells)?);
            }
            continue;
        }
        let picked = |row: &Row| {
            filter.iter().all(|(name, member)| {
                let at = columns.iter().position(|column| column == name);
                at.and_then(|at| row.spot.key.0.get(at)).is_some_and(|part| part.to_string() == *member)
            })
        };
        let rows: Vec<Row> = bench.rows(table, measure, &stack)?.into_iter().filter(|row| picked(row)).collect();
        let keys = bench.common_keys(table)?;
        let found =
            sum_by(scoped(bench, table, rows, *scope, at)?, &keys).filter(col(YEAR).gt_eq(lit(from.unwrap_or(0))));
        // A vintage that no edition reads yet is held to what came with it, where the other table has that.
        let lone = stack.first().filter(|(vintage, _)| as_vintage.is_none() && !wanted.contains(vintage));
        let beside = lone.and_then(|(own, _)| bench.tables.get(other_table)?.layers.get_key_value(*own));
        let beside = beside.filter(|(_, layer)| layer.contains_key(other_measure));
        for other in others.iter().flatten() {
            let other: Vec<_> = beside
                .map(|(vintage, layer)| (vintage.as_str(), layer))
                .into_iter()
                .chain(other.iter().copied())
                .collect();
            let other = &other;
            let expected = bench.frame(other_table, &bench.rows(other_table, other_measure, other)?)?;
            let joined = join(named(found.clone(), &keys, "found"), named(expected, &keys, "expected"), &keys);
            list.extend(bench.comparisons(joined, &keys, None)?);
        }
    }
    for comparison in &mut list.comparisons {
        comparison.holds = comparison.residual().magnitude() <= tolerance.0;
    }
    Ok(list)
}

/// Keeps the territories meant; a country is summed from its regions where it has no row of the period.
fn scoped<'a>(
    bench: &Bench<'a>,
    table: &str,
    rows: Vec<Row<'a>>,
    scope: Scope,
    at: Option<usize>,
) -> Result<LazyFrame, Trouble> {
    let code = |row: &Row<'a>| row.spot.key.0.get(at?).and_then(Part::territory).cloned();
    let whole = |row: &Row<'a>| code(row).and_then(|code| bench.territories.whole_of(&code).cloned());
    let frame = |rows: &[Row<'a>]| bench.frame(table, rows);
    match scope {
        _ if at.is_none() => frame(&rows),
        Scope::All => frame(&rows),
        Scope::Regions => frame(&rows.into_iter().filter(|row| whole(row).is_some()).collect::<Vec<_>>()),
        Scope::Nation => {
            let period = |row: &Row<'a>| row.spot.key.period();
            let own: BTreeSet<(Option<Code>, _)> =
                rows.iter().filter(|row| whole(row).is_none()).map(|row| (code(row), period(row))).collect();
            let kept = |row: &Row<'a>| whole(row).is_none_or(|whole| !own.contains(&(Some(whole), period(row))));
            let rows: Vec<Row> = rows.into_iter().filter(kept).collect();
            let country = polars::prelude::when(col(WHOLE).eq(lit(""))).then(col(TERRITORY)).otherwise(col(WHOLE));
            Ok(frame(&rows)?.with_column(country.alias(TERRITORY)))
        }
    }
}

fn cell_by_cell<'a>(
    bench: &Bench<'a>,
    (table, measure, stack): (&str, &str, &Stack<'a>),
    (other_table, other_measure, other): (&str, &str, &Stack<'a>),
    cells: &BTreeMap<String, String>,
) -> Result<Found<'a>, Trouble> {
    let (own, others) = (bench.rows(table, measure, stack)?, bench.rows(other_table, other_measure, other)?);
    let at = |rows: &[Row<'a>], key: &str| -> Option<(Row<'a>, Amount)> {
        let row = rows.iter().find(|row| row.spot.key.to_string() == key)?;
        Some((*row, row.cell.value.as_ref().ok()?.clone()))
    };
    let mut list = Found::default();
    for (key, other_key) in cells {
        let (Some((own, found)), Some((other, expected))) = (at(&own, key), at(&others, other_key)) else {
            return Err(Trouble::Arguments(format!("`{key}` or `{other_key}` has no number")));
        };
        list.comparisons.push(Comparison::new(key.clone(), None, expected, found, vec![own.spot, other.spot]));
    }
    Ok(list)
}
