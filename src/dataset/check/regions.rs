//! Regions: the regions present add up to the country, period by period and vintage by vintage.

use polars::prelude::{col, lit};

use super::frame::{YEAR, comparisons, frame, is_country, join, layers, named, sum_by};
use super::{Comparison, Tables, Trouble};

/// Compares the sum of the regions with the country.
pub fn compare(
    tables: &Tables,
    table: &str,
    measures: &[String],
    from: Option<i32>,
    until: Option<i32>,
) -> Result<Vec<Comparison>, Trouble> {
    let mut list = Vec::new();
    let rest: Vec<&str> =
        tables[table].entry.dimensions.iter().map(|d| d.name.as_str()).filter(|d| *d != "territory").collect();
    let mut keys = vec!["territory"];
    keys.extend(&rest);
    for layer in layers(tables, table, None)? {
        for measure in measures {
            let Some(all) = frame(tables, table, layer, measure)? else { continue };
            let years = col(YEAR).gt_eq(lit(from.unwrap_or(0))).and(col(YEAR).lt_eq(lit(until.unwrap_or(9999))));
            let all = all.filter(years);
            let country = named(all.clone().filter(is_country()), &keys, "expected");
            let regions = named(sum_by(all.filter(is_country().not()), &rest), &rest, "found");
            list.extend(comparisons(join(country, regions, &rest), &keys, Some(measure))?);
        }
    }
    Ok(list)
}
