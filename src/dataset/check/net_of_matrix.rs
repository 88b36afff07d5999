//! Net of matrix: in- less outflow of an origin–destination matrix equals the net of the published flows.

use polars::prelude::col;

use super::frame::{Bench, TERRITORY, YEAR, join, named, split, sum_by};
use super::{Found, Trouble};
use crate::catalog::entry::RoleEntry;

/// Compares the matrix's net with `table.arrivals - table.departures`, territory by territory.
pub(super) fn compare<'a>(bench: &Bench<'a>, table: &str, matrix: &str, net: &str) -> Result<Found<'a>, Trouble> {
    let (arrivals, departures) =
        net.split_once(" - ").ok_or_else(|| Trouble::Arguments(format!("`{net}` is not `table.a - table.b`")))?;
    let flows = [split(arrivals)?, split(departures)?];
    let ends = bench.entry(table)?.dimensions.iter().filter(|d| d.role == RoleEntry::Territory);
    let ends: Vec<&str> = ends.map(|d| d.name.as_str()).collect();
    let [origin, destination] = ends[..] else {
        return Err(Trouble::Arguments(format!("table `{table}` has no two dimensions of territories")));
    };
    let keys = [TERRITORY, YEAR];
    let mut list = Found::default();
    for stack in bench.every(table, matrix)? {
        let moves = bench.rows(table, matrix, &stack)?;
        let side = |dimension: &str, alias: &str| {
            let moves = bench.frame(table, &moves)?.with_column(col(dimension).alias(TERRITORY));
            Ok::<_, Trouble>(named(sum_by(moves, &keys), &keys, alias))
        };
        let found = join(side(destination, "_in")?, side(origin, "_out")?, &keys)
            .with_column((col("_in") - col("_out")).alias("found"));
        for way in bench.chosen(&flows, None)? {
            let published = |at: usize, alias: &str| {
                let ((table, measure), none) = (flows[at], super::frame::Stack::new());
                let rows = bench.rows(table, measure, way.get(at).unwrap_or(&none))?;
                Ok::<_, Trouble>(named(bench.frame(table, &rows)?, &keys, alias))
            };
            let expected = join(published(0, "_arrivals")?, published(1, "_departures")?, &keys)
                .with_column((col("_arrivals") - col("_departures")).alias("expected"));
            list.extend(bench.comparisons(join(found.clone(), expected, &keys), &keys, None)?);
        }
    }
    Ok(list)
}
