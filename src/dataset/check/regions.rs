//! Regions: the parts of a country that are present add up to it, period by period and vintage by vintage.

use polars::prelude::{col, lit};

use super::frame::{Bench, TERRITORY, WHOLE, YEAR, join, named, sum_by};
use super::{Found, Trouble};

/// Compares the sum of the parts of each territory with it.
pub fn compare<'a>(
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
    for layer in bench.layers(table)? {
        for measure in measures {
            let all = bench.frame(table, &bench.rows(table, measure, &layer)?)?;
            let years = col(YEAR).gt_eq(lit(from.unwrap_or(0))).and(col(YEAR).lt_eq(lit(until.unwrap_or(9999))));
            let all = all.filter(years);
            let parts =
                sum_by(all.clone().filter(col(WHOLE).neq(lit(""))), &by).with_column(col(WHOLE).alias(TERRITORY));
            let joined = join(named(all, &keys, "expected"), named(parts, &keys, "found"), &keys);
            list.extend(bench.comparisons(joined, &keys, Some(measure))?);
        }
    }
    Ok(list)
}
