//! Balance: P(t+1) − P(t) − (births − deaths) − net migration = 0 (the demographic balancing equation).

use polars::prelude::{LazyFrame, col, lit};

use super::frame::{Bench, Stack, VALUE, YEAR, is_country, join, named, split};
use super::{Found, Trouble};
use crate::catalog::check::Scope;

/// Compares the residual of the balancing equation with zero, for each year t that has both populations.
pub(super) fn compare<'a>(
    bench: &Bench<'a>,
    scope: Scope,
    names: [&String; 4],
    vintage: Option<&str>,
    from: Option<i32>,
) -> Result<Found<'a>, Trouble> {
    let mut list = Found::default();
    let names = names.map(|name| split(name));
    let names = names.into_iter().collect::<Result<Vec<_>, _>>()?;
    let keys = bench.common_keys(names[0].0)?;
    for way in bench.chosen(&names, vintage)? {
        let column = |at: usize, alias: &str| -> Result<LazyFrame, Trouble> {
            let ((table, measure), none) = (names[at], Stack::new());
            let rows = bench.rows(table, measure, way.get(at).unwrap_or(&none))?;
            if rows.is_empty() {
                let of = vintage.map_or(String::new(), |vintage| format!(" of vintage `{vintage}`"));
                return Err(Trouble::Arguments(format!("`{table}.{measure}` has no figures{of}")));
            }
            let frame = bench.frame(table, &rows)?;
            let chosen = match scope {
                Scope::Nation if keys.len() > 1 => is_country(),
                Scope::Regions if keys.len() > 1 => is_country().not(),
                _ => lit(true),
            };
            Ok(named(frame.filter(chosen), &keys, alias))
        };
        let end = column(0, "_end")?.with_column((col(YEAR) - lit(1)).alias(YEAR));
        let mut joined = join(column(0, "_start")?, end, &keys);
        for (at, alias) in [(1, "_births"), (2, "_deaths"), (3, "_net")] {
            joined = join(joined, column(at, alias)?, &keys);
        }
        let residual = col("_end") - col("_start") - (col("_births") - col("_deaths")) - col("_net");
        let joined = joined.filter(col(YEAR).gt_eq(lit(from.unwrap_or(0)))).with_columns([
            residual.alias("found"),
            lit(0i64).alias("expected"),
            lit(0i64).alias(VALUE),
        ]);
        list.extend(bench.comparisons(joined, &keys, None)?);
    }
    Ok(list)
}
