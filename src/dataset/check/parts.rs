//! Parts: urban and rural add up to the total, row by row and vintage by vintage.

use polars::prelude::{col, lit};

use super::frame::{VALUE, comparisons, frame, join, layers, named};
use super::{Comparison, Tables, Trouble};

/// Compares the sum of the parts with the whole wherever a vintage has all of them.
pub fn compare(tables: &Tables, table: &str, whole: &str, parts: &[String]) -> Result<Vec<Comparison>, Trouble> {
    let mut list = Vec::new();
    let keys: Vec<&str> = tables[table].entry.dimensions.iter().map(|d| d.name.as_str()).collect();
    for layer in layers(tables, table, None)? {
        let Some(start) = frame(tables, table, layer, whole)? else { continue };
        let mut joined = named(start, &keys, "expected").with_column(lit(0i64).alias("found"));
        let mut complete = true;
        for part in parts {
            let Some(next) = frame(tables, table, layer, part)? else {
                complete = false;
                break;
            };
            joined = join(joined, named(next, &keys, VALUE), &keys)
                .with_column((col("found") + col(VALUE)).alias("found"))
                .drop(polars::prelude::cols([VALUE]));
        }
        if complete {
            list.extend(comparisons(joined, &keys, None)?);
        }
    }
    Ok(list)
}
