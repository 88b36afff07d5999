//! Equal flows: whoever leaves a region for another arrives there, so arrivals equal departures within the country.

use super::frame::{comparisons, frame, is_country, join, layers, named, sum_by};
use super::{Comparison, Tables, Trouble};

/// Compares the sum of departures with the sum of arrivals over the regions, period by period.
pub fn compare(tables: &Tables, table: &str, arrivals: &str, departures: &str) -> Result<Vec<Comparison>, Trouble> {
    let mut list = Vec::new();
    let rest: Vec<&str> =
        tables[table].entry.dimensions.iter().map(|d| d.name.as_str()).filter(|d| *d != "territory").collect();
    for layer in layers(tables, table, None)? {
        let (Some(a), Some(d)) = (frame(tables, table, layer, arrivals)?, frame(tables, table, layer, departures)?)
        else {
            continue;
        };
        let expected = named(sum_by(a.filter(is_country().not()), &rest), &rest, "expected");
        let found = named(sum_by(d.filter(is_country().not()), &rest), &rest, "found");
        list.extend(comparisons(join(expected, found, &rest), &rest, None)?);
    }
    Ok(list)
}
