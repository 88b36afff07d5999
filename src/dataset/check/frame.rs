//! Frame: cells of a table as a polars frame of integers, and comparisons read back from one.

use polars::prelude::{
    Column, DataFrame, DataType, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, NamedFrom, Series, col, lit,
};

use super::{Comparison, Tables, Trouble};
use crate::dataset::Layer;
use crate::finding::Part;

/// The column that holds the year of a key's period.
pub const YEAR: &str = "_year";
/// The column that holds the values.
pub const VALUE: &str = "_value";

/// Splits `table.measure`.
pub fn split(name: &str) -> Result<(&str, &str), Trouble> {
    name.trim().split_once('.').ok_or_else(|| Trouble::Arguments(format!("`{name}` is not `table.measure`")))
}

/// Finds the layers of a table, one for each vintage, or the one of a vintage.
pub fn layers<'a>(tables: &'a Tables, table: &str, vintage: Option<&str>) -> Result<Vec<&'a Layer>, Trouble> {
    let found = tables.get(table).ok_or_else(|| Trouble::Arguments(format!("there is no table `{table}`")))?;
    let layers: Vec<&Layer> = match vintage {
        Some(vintage) => found.layers.get(vintage).into_iter().collect(),
        None => found.layers.values().collect(),
    };
    if layers.is_empty() {
        return Err(Trouble::Arguments(format!("table `{table}` has no vintage `{}`", vintage.unwrap_or_default())));
    }
    Ok(layers)
}

/// Makes a frame of a measure: one text column for each dimension, the year, the value. Missing cells are left out.
pub fn frame(tables: &Tables, table: &str, layer: &Layer, measure: &str) -> Result<Option<LazyFrame>, Trouble> {
    let entry = &tables[table].entry;
    if !entry.measures.contains_key(measure) {
        return Err(Trouble::Arguments(format!("table `{table}` has no measure `{measure}`")));
    }
    let Some(cells) = layer.get(measure) else { return Ok(None) };
    let rows: Vec<_> = cells.iter().filter_map(|(k, c)| Some((k, c.value.as_ref().ok()?.to_i64()?))).collect();
    let mut columns: Vec<Column> = Vec::new();
    for (at, dimension) in entry.dimensions.iter().enumerate() {
        let texts: Vec<String> = rows.iter().map(|(key, _)| key.0[at].to_string()).collect();
        columns.push(Series::new(dimension.name.as_str().into(), texts).into());
    }
    let years: Vec<i32> =
        rows.iter().map(|(key, _)| key.0.iter().find_map(Part::period).map_or(0, |p| p.year())).collect();
    columns.push(Series::new(YEAR.into(), years).into());
    columns.push(Series::new(VALUE.into(), rows.iter().map(|(_, value)| *value).collect::<Vec<i64>>()).into());
    Ok(Some(DataFrame::new(rows.len(), columns)?.lazy()))
}

/// Returns true on rows of the country.
pub fn is_country() -> Expr {
    col("territory").eq(lit("KZ"))
}

/// Joins two frames on columns that both have.
pub fn join(left: LazyFrame, right: LazyFrame, on: &[&str]) -> LazyFrame {
    let keys: Vec<Expr> = on.iter().map(|name| col(*name)).collect();
    left.join(right, &keys, &keys, JoinArgs::new(JoinType::Inner))
}

/// Adds up the values over all columns but some.
pub fn sum_by(frame: LazyFrame, by: &[&str]) -> LazyFrame {
    let keys: Vec<Expr> = by.iter().map(|name| col(*name)).collect();
    frame.group_by(keys).agg([col(VALUE).sum()])
}

/// Renames the value column.
pub fn named(frame: LazyFrame, keep: &[&str], name: &str) -> LazyFrame {
    let columns: Vec<Expr> = keep.iter().map(|c| col(*c)).chain([col(VALUE).alias(name)]).collect();
    frame.select(columns)
}

/// Reads comparisons from a frame with key columns and the columns `expected` and `found`.
pub fn comparisons(frame: LazyFrame, keys: &[&str], measure: Option<&str>) -> Result<Vec<Comparison>, Trouble> {
    let whole = |name: &str| col(name).cast(DataType::Int64);
    let frame = frame.with_columns([whole("expected"), whole("found")]).collect()?;
    let (expected, found) = (frame.column("expected")?.i64()?.clone(), frame.column("found")?.i64()?.clone());
    let mut list = Vec::new();
    for row in 0..frame.height() {
        let mut parts = Vec::new();
        for key in keys {
            let value = frame.column(key)?.get(row)?;
            parts.push(value.get_str().map_or_else(|| value.to_string(), str::to_owned));
        }
        if let (Some(expected), Some(found)) = (expected.get(row), found.get(row)) {
            let measure = measure.map(str::to_owned);
            list.push(Comparison { key: parts.join(","), measure, expected, found, tolerance: 0 });
        }
    }
    Ok(list)
}
