//! Equal flows: whoever leaves a region for another arrives there, so arrivals equal departures within the country.

use polars::prelude::{col, lit};

use super::frame::{Bench, TERRITORY, WHOLE, is_country, join, named, sum_by};
use super::{Found, Trouble};

/// Compares the sum of departures with the sum of arrivals over the regions of each country, period by period.
pub(super) fn compare<'a>(
    bench: &Bench<'a>,
    table: &str,
    arrivals: &str,
    departures: &str,
) -> Result<Found<'a>, Trouble> {
    let mut list = Found::default();
    bench.territory_at(table)?.ok_or_else(|| {
        Trouble::Arguments(format!("table `{table}` has no one dimension of territories to add up over"))
    })?;
    let columns = bench.columns(table)?;
    let rest: Vec<&str> = columns.iter().map(String::as_str).filter(|name| *name != TERRITORY).collect();
    let by: Vec<&str> = std::iter::once(WHOLE).chain(rest.iter().copied()).collect();
    // Where there is one country, a key need not name it.
    let keys = if bench.territories.countries().len() > 1 { &by } else { &rest };
    for layer in bench.layers(table)? {
        let side = |measure: &str, alias: &str| {
            let all = bench.frame(table, &bench.rows(table, measure, &layer)?)?;
            Ok::<_, Trouble>(named(sum_by(all.filter(is_country().not()), &by), &by, alias))
        };
        let joined = join(side(arrivals, "expected")?, side(departures, "found")?, &by);
        list.extend(bench.comparisons(joined.filter(col(WHOLE).neq(lit(""))), keys, None)?);
    }
    Ok(list)
}
