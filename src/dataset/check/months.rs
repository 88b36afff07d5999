//! Months: the twelve months of a territory add up to its year in another table.

use super::frame::{Bench, join, named, sum_by};
use super::{Found, Trouble};

/// Compares the sum of the months with the year.
pub(super) fn compare<'a>(
    bench: &Bench<'a>,
    (table, measure): (&str, &str),
    (year_table, year_measure): (&str, &str),
    year_vintage: Option<&str>,
) -> Result<Found<'a>, Trouble> {
    let mut list = Found::default();
    let keys = bench.common_keys(table)?;
    let years = bench.chosen(&[(year_table, year_measure)], year_vintage)?;
    for stack in bench.every(table, measure)? {
        let months = bench.rows(table, measure, &stack)?;
        let months: Vec<_> =
            months.iter().filter(|row| row.spot.key.period().is_some_and(|p| p.month().is_some())).copied().collect();
        let whole_years = super::frame::full(&months, 12);
        let found = named(sum_by(bench.frame(table, &whole_years)?, &keys), &keys, "found");
        for year in years.iter().flatten() {
            let years = bench.frame(year_table, &bench.rows(year_table, year_measure, year)?)?;
            list.extend(bench.comparisons(join(found.clone(), named(years, &keys, "expected"), &keys), &keys, None)?);
        }
    }
    Ok(list)
}
