//! Net of matrix: in- less outflow of an origin–destination matrix equals the net of the published flows.

use polars::prelude::{LazyFrame, col};

use super::frame::{VALUE, YEAR, comparisons, frame, join, layers, named, split};
use super::{Comparison, Tables, Trouble};

/// Compares the matrix's net with `table.arrivals - table.departures`, territory by territory.
pub fn compare(tables: &Tables, table: &str, matrix: &str, net: &str) -> Result<Vec<Comparison>, Trouble> {
    let (arrivals, departures) =
        net.split_once(" - ").ok_or_else(|| Trouble::Arguments(format!("`{net}` is not `table.a - table.b`")))?;
    let keys = ["territory", YEAR];
    let mut list = Vec::new();
    for layer in layers(tables, table, None)? {
        let Some(moves) = frame(tables, table, layer, matrix)? else { continue };
        let side = |dimension: &str, alias: &str| {
            let renamed = moves.clone().select([col(dimension).alias("territory"), col(YEAR), col(VALUE)]);
            named(super::frame::sum_by(renamed, &keys), &keys, alias)
        };
        let found = join(side("destination", "_in"), side("origin", "_out"), &keys)
            .with_column((col("_in") - col("_out")).alias("found"));
        let published = |name: &str, alias: &str| -> Result<LazyFrame, Trouble> {
            let (table, measure) = split(name)?;
            let layer = layers(tables, table, None)?[0];
            let found = frame(tables, table, layer, measure)?;
            let found = found.ok_or_else(|| Trouble::Arguments(format!("`{name}` has no figures")))?;
            Ok(named(found, &keys, alias))
        };
        let expected = join(published(arrivals, "_arrivals")?, published(departures, "_departures")?, &keys)
            .with_column((col("_arrivals") - col("_departures")).alias("expected"));
        list.extend(comparisons(join(found, expected, &keys), &keys, None)?);
    }
    Ok(list)
}
