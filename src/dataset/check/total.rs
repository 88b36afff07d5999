//! Total: the members of a category add up to the one that is declared their total, row by row and vintage by vintage.

use polars::prelude::{col, lit};

use super::frame::{Bench, join, named, sum_by};
use super::{Choice, Found, Tables, Trouble};
use crate::catalog::Territories;
use crate::catalog::check::{CheckEntry, Exact};
use crate::catalog::entry::TableEntry;
use crate::files::Spanned;
use crate::finding::{Amount, Unit};

/// Compares the sum of the other members with the declared total wherever both stand.
pub(super) fn compare<'a>(
    bench: &Bench<'a>,
    table: &str,
    dimension: &str,
    measures: &[String],
    tolerance: &Amount,
) -> Result<Found<'a>, Trouble> {
    let declared = bench.entry(table)?.dimensions.iter().find(|d| d.name == dimension);
    let total = declared.and_then(|d| d.total.as_ref()).ok_or_else(|| {
        Trouble::Arguments(format!("no dimension `{dimension}` of table `{table}` declares its `total`"))
    })?;
    let mut list = Found::default();
    let columns = bench.columns(table)?;
    let keys: Vec<&str> = columns.iter().map(String::as_str).collect();
    let rest: Vec<&str> = keys.iter().copied().filter(|name| *name != dimension).collect();
    let is_total = || col(dimension).eq(lit(total.value.as_str()));
    for layer in bench.layers(table)? {
        for measure in measures {
            let all = bench.frame(table, &bench.rows(table, measure, &layer)?)?;
            let members = sum_by(all.clone().filter(is_total().not()), &rest);
            let members = members.with_column(lit(total.value.as_str()).alias(dimension));
            let whole = named(all.filter(is_total()), &keys, "expected");
            list.extend(bench.comparisons(join(whole, named(members, &keys, "found"), &keys), &keys, Some(measure))?);
        }
    }
    for comparison in &mut list.comparisons {
        comparison.holds = comparison.residual().magnitude() <= *tolerance;
    }
    Ok(list)
}

/// Returns the checks that declared totals ask for where the catalogue has none of its own for them.
///
/// Persons and counts add up. Of a measure whose unit says nothing, the numbers tell: where most of them add up, all
/// must. Rates, shares and indices do not.
pub(super) fn implied(
    tables: &Tables,
    name: &str,
    entry: &TableEntry,
    territories: &Territories,
    choices: &[Choice],
) -> Vec<Spanned<CheckEntry>> {
    let own = |wanted: &str| {
        let speaks = |check: &Spanned<CheckEntry>| matches!(&check.value, CheckEntry::Total { dimension, .. } if dimension == wanted);
        entry.checks.iter().any(speaks)
    };
    let adds_up = |dimension: &str, measure: &String, unit: Unit| match unit {
        Unit::Persons | Unit::PersonsPerYear | Unit::Count => true,
        Unit::None | Unit::Own(_) => {
            let check = of(dimension, vec![measure.clone()]);
            let bench = Bench::new(tables, territories, choices, &check, name);
            let found = compare(&bench, name, dimension, std::slice::from_ref(measure), &Amount::ZERO);
            found.is_ok_and(|found| 2 * found.comparisons.iter().filter(|c| c.holds).count() > found.comparisons.len())
        }
        _ => false,
    };
    let declared = entry.dimensions.iter().filter(|d| !own(&d.name));
    let check = |(dimension, total): (&String, &Spanned<String>)| {
        let measures = entry.measures.iter().filter(|(measure, of)| adds_up(dimension, measure, of.unit));
        let measures: Vec<String> = measures.map(|(measure, _)| measure.clone()).collect();
        let check = (!measures.is_empty()).then(|| of(dimension, measures))?;
        Some(Spanned::new(check, total.referenced, total.defined))
    };
    declared.filter_map(|d| Some((&d.name, d.total.as_ref()?))).filter_map(check).collect()
}

fn of(dimension: &str, measures: Vec<String>) -> CheckEntry {
    CheckEntry::Total { dimension: dimension.to_owned(), measures, tolerance: Exact::default(), accept: Vec::new() }
}
