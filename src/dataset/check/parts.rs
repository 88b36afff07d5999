//! Parts: urban and rural add up to the total, row by row and vintage by vintage.

use polars::prelude::{col, lit};

use super::frame::{Bench, VALUE, join, named};
use super::{Found, Trouble};

/// Compares the sum of the parts with the whole wherever a vintage has all of them.
pub(super) fn compare<'a>(bench: &Bench<'a>, table: &str, whole: &str, parts: &[String]) -> Result<Found<'a>, Trouble> {
    let mut list = Found::default();
    let columns = bench.columns(table)?;
    let keys: Vec<&str> = columns.iter().map(String::as_str).collect();
    for layer in bench.layers(table)? {
        let start = bench.frame(table, &bench.rows(table, whole, &layer)?)?;
        let mut joined = named(start, &keys, "expected").with_column(lit(0i64).alias("found"));
        for (at, part) in parts.iter().enumerate() {
            let (next, alias) = (bench.frame(table, &bench.rows(table, part, &layer)?)?, format!("{VALUE}{at}"));
            joined =
                join(joined, named(next, &keys, &alias), &keys).with_column((col("found") + col(alias)).alias("found"));
        }
        list.extend(bench.comparisons(joined, &keys, None)?);
    }
    Ok(list)
}
