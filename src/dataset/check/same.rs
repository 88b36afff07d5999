//! Same: one quantity that stands in two places is the same there.

use std::collections::BTreeMap;

use polars::prelude::{LazyFrame, col, lit, when};

use super::frame::{VALUE, YEAR, comparisons, frame, is_country, join, layers, named, split, sum_by};
use super::{Comparison, Tables, Trouble};
use crate::catalog::check::{CheckEntry, Scope};

/// Compares this table's measure, filtered and summed, with the other place's.
pub fn compare(tables: &Tables, table: &str, check: &CheckEntry) -> Result<Vec<Comparison>, Trouble> {
    let CheckEntry::Same {
        measure, vintage, filter, sum_over, scope, from, other, as_vintage, cells, tolerance, ..
    } = check
    else {
        return Ok(Vec::new());
    };
    let mut list = Vec::new();
    let (other_table, other_measure) = split(other)?;
    for layer in layers(tables, table, vintage.as_deref())? {
        if !cells.is_empty() {
            list.extend(cell_by_cell(tables, layer, measure, (other_table, other_measure), cells)?);
            continue;
        }
        let Some(mut found) = frame(tables, table, layer, measure)? else { continue };
        for (dimension, member) in filter {
            found = found.filter(col(dimension.as_str()).eq(lit(member.as_str())));
        }
        let whole = tables[table].entry.dimensions.len() == filter.len() + sum_over.len() + 2;
        if !whole {
            return Err(Trouble::Arguments("`where` and `sum_over` must leave territory and period".to_owned()));
        }
        let keys = ["territory", YEAR];
        found = scoped(sum_by(found, &keys), *scope).filter(col(YEAR).gt_eq(lit(from.unwrap_or(0))));
        for other_layer in layers(tables, other_table, as_vintage.as_deref())? {
            let Some(expected) = frame(tables, other_table, other_layer, other_measure)? else { continue };
            let joined = join(named(found.clone(), &keys, "found"), named(expected, &keys, "expected"), &keys);
            list.extend(comparisons(joined, &keys, None)?);
        }
    }
    for comparison in &mut list {
        comparison.tolerance = *tolerance;
    }
    Ok(list)
}

/// Keeps the territories meant; the country is summed from its regions where it has no row.
fn scoped(frame: LazyFrame, scope: Scope) -> LazyFrame {
    match scope {
        Scope::All => frame,
        Scope::Regions => frame.filter(is_country().not()),
        Scope::Nation => {
            let country = || col(VALUE).filter(is_country());
            let own = country().sum();
            let summed = col(VALUE).filter(is_country().not()).sum();
            frame
                .group_by([col(YEAR)])
                .agg([when(country().count().gt(lit(0))).then(own).otherwise(summed).alias(VALUE)])
                .with_column(lit("KZ").alias("territory"))
        }
    }
}

fn cell_by_cell(
    tables: &Tables,
    layer: &crate::dataset::Layer,
    measure: &str,
    (other_table, other_measure): (&str, &str),
    cells: &BTreeMap<String, String>,
) -> Result<Vec<Comparison>, Trouble> {
    let value_at = |layer: &crate::dataset::Layer, measure: &str, key: &str| {
        let cells = layer.get(measure)?;
        let (_, cell) = cells.iter().find(|(k, _)| k.to_string() == key)?;
        cell.value.as_ref().ok()?.to_i64()
    };
    let mut list = Vec::new();
    for (key, other_key) in cells {
        let found = value_at(layer, measure, key);
        let others = layers(tables, other_table, None)?;
        let expected = others.iter().find_map(|layer| value_at(layer, other_measure, other_key));
        let (Some(found), Some(expected)) = (found, expected) else {
            return Err(Trouble::Arguments(format!("`{key}` or `{other_key}` has no whole number")));
        };
        list.push(Comparison { key: key.clone(), measure: None, expected, found, tolerance: 0 });
    }
    Ok(list)
}
