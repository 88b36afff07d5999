//! Balance: P(t+1) − P(t) − (births − deaths) − net migration = 0 (the demographic balancing equation).

use polars::prelude::{LazyFrame, col, lit};

use super::frame::{VALUE, YEAR, comparisons, frame, is_country, join, layers, named, split};
use super::{Comparison, Tables, Trouble};
use crate::catalog::check::Scope;

/// Compares the residual of the balancing equation with zero, for each year t that has both populations.
pub fn compare(
    tables: &Tables,
    scope: Scope,
    [population, births, deaths, migration]: [&String; 4],
    vintage: &str,
    from: Option<i32>,
) -> Result<Vec<Comparison>, Trouble> {
    let keys = ["territory", YEAR];
    let column = |name: &str, alias: &str| -> Result<LazyFrame, Trouble> {
        let (table, measure) = split(name)?;
        let layer = layers(tables, table, Some(vintage))?[0];
        let found = frame(tables, table, layer, measure)?;
        let found =
            found.ok_or_else(|| Trouble::Arguments(format!("`{name}` has no figures of vintage `{vintage}`")))?;
        Ok(named(found, &keys, alias))
    };
    let start = column(population, "_start")?;
    let end = column(population, "_end")?.with_column((col(YEAR) - lit(1)).alias(YEAR));
    let mut joined = join(start, end, &keys);
    for (name, alias) in [(births, "_births"), (deaths, "_deaths"), (migration, "_net")] {
        joined = join(joined, column(name, alias)?, &keys);
    }
    let chosen = match scope {
        Scope::Nation => is_country(),
        Scope::Regions => is_country().not(),
        Scope::All => lit(true),
    };
    let residual = col("_end") - col("_start") - (col("_births") - col("_deaths")) - col("_net");
    let joined = joined.filter(chosen.and(col(YEAR).gt_eq(lit(from.unwrap_or(0))))).with_columns([
        residual.alias("found"),
        lit(0i64).alias("expected"),
        lit(0i64).alias(VALUE),
    ]);
    comparisons(joined, &keys, None)
}
