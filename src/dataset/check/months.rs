//! Months: the twelve months of a territory add up to its year in another table.

use polars::prelude::{col, len, lit};

use super::frame::{VALUE, YEAR, comparisons, frame, join, layers, named};
use super::{Comparison, Tables, Trouble};

/// Compares the sum of the months with the year.
pub fn compare(
    tables: &Tables,
    (table, measure): (&str, &str),
    (year_table, year_measure): (&str, &str),
    year_vintage: &str,
) -> Result<Vec<Comparison>, Trouble> {
    let mut list = Vec::new();
    let keys = ["territory", YEAR];
    for layer in layers(tables, table, None)? {
        let Some(months) = frame(tables, table, layer, measure)? else { continue };
        let sums = months.group_by([col("territory"), col(YEAR)]).agg([col(VALUE).sum(), len().alias("_months")]);
        let found = named(sums.filter(col("_months").eq(lit(12))), &keys, "found");
        for year_layer in layers(tables, year_table, Some(year_vintage))? {
            let Some(years) = frame(tables, year_table, year_layer, year_measure)? else { continue };
            list.extend(comparisons(join(found.clone(), named(years, &keys, "expected"), &keys), &keys, None)?);
        }
    }
    Ok(list)
}
