//! Check: what the catalogue declares must hold, one file for each kind; sums and joins are polars', on integers.

mod balance;
mod equal_flows;
mod frame;
mod months;
mod net_of_matrix;
mod parts;
mod regions;
mod same;

use std::collections::BTreeMap;

use polars::prelude::PolarsError;

use super::{Outcome, Table};
use crate::catalog::PACKAGE;
use crate::catalog::check::{CheckEntry, Exception};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};

/// One comparison that a check made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Comparison {
    /// The key: `KZ,2022`.
    pub key: String,
    /// The measure, where the check covers several.
    pub measure: Option<String>,
    /// What should stand there.
    pub expected: i64,
    /// What does.
    pub found: i64,
    /// By how much they may differ.
    pub tolerance: i64,
}

/// Why a check could not be made.
#[derive(Debug)]
pub enum Trouble {
    /// Its arguments name something that is not there.
    Arguments(String),
    /// polars refused; our own mistake.
    Frame(PolarsError),
}

impl From<PolarsError> for Trouble {
    fn from(error: PolarsError) -> Trouble {
        Trouble::Frame(error)
    }
}

type Tables = BTreeMap<String, Table>;

/// Runs every declared check and judges it by its accepted exceptions.
pub fn run(tables: &Tables, diagnostics: &mut Diagnostics) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (name, table) in tables {
        for entry in &table.entry.checks {
            let check = &entry.value;
            let place = Place::line(PACKAGE, entry.referenced.line() as usize, entry.referenced.column() as usize)
                .within(format!("table `{name}`, check `{}`", check.name()));
            match compare(check, name, tables) {
                Ok(comparisons) => outcomes.push(judge(check, name, comparisons, &place, diagnostics)),
                Err(Trouble::Arguments(message)) => {
                    diagnostics.push(Diagnostic::error(code::DATA_CHECK_VOID, place, message))
                }
                Err(Trouble::Frame(error)) => {
                    diagnostics.push(Diagnostic::error(code::DATA_CHECK_VOID, place, error.to_string()));
                }
            }
        }
    }
    outcomes
}

fn compare(check: &CheckEntry, name: &str, tables: &Tables) -> Result<Vec<Comparison>, Trouble> {
    let mut comparisons = match check {
        CheckEntry::Parts { whole, parts, .. } => parts::compare(tables, name, whole, parts),
        CheckEntry::Regions { measures, from, until, .. } => regions::compare(tables, name, measures, *from, *until),
        CheckEntry::Months { measure, year_table, year_measure, year_vintage, .. } => {
            months::compare(tables, (name, measure), (year_table, year_measure), year_vintage)
        }
        CheckEntry::Balance { scope, population, births, deaths, migration, vintage, from, .. } => {
            balance::compare(tables, *scope, [population, births, deaths, migration], vintage, *from)
        }
        CheckEntry::EqualFlows { arrivals, departures, .. } => equal_flows::compare(tables, name, arrivals, departures),
        CheckEntry::Same { .. } => same::compare(tables, name, check),
        CheckEntry::NetOfMatrix { matrix, net, .. } => net_of_matrix::compare(tables, name, matrix, net),
    }?;
    comparisons.sort();
    Ok(comparisons)
}

fn judge(
    check: &CheckEntry,
    table: &str,
    comparisons: Vec<Comparison>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Outcome {
    if comparisons.is_empty() {
        let hint = "mend the check's arguments, or take it out";
        diagnostics.push(Diagnostic::error(code::DATA_CHECK_VOID, place.clone(), "nothing was compared").hint(hint));
    }
    let matches = |e: &Exception, c: &Comparison| e.key == c.key && (e.measure.is_none() || e.measure == c.measure);
    for comparison in &comparisons {
        let residual = comparison.found - comparison.expected;
        let accepted = check.accepted().iter().any(|e| matches(e, comparison) && e.residual == residual);
        if residual.abs() > comparison.tolerance && !accepted {
            let accepted = check.accepted().iter().find(|e| matches(e, comparison)).map(|e| e.residual);
            let hint = match accepted {
                Some(other) => format!("the exception accepts {other} here, not {residual}"),
                None => "find the wrong cell, or accept the residual with its reason under `accept`".to_owned(),
            };
            let failed = Diagnostic::error(code::DATA_CHECK, place.clone(), describe(comparison, residual));
            diagnostics.push(failed.hint(hint));
        }
    }
    let occurs = |e: &Exception| {
        comparisons.iter().any(|c| {
            let residual = c.found - c.expected;
            matches(e, c) && residual == e.residual && residual.abs() > c.tolerance
        })
    };
    for exception in check.accepted().iter().filter(|e| !occurs(e)) {
        let found = comparisons.iter().find(|c| matches(exception, c)).map(|c| c.found - c.expected);
        let message = format!("the accepted residual {} at {} does not occur", exception.residual, exception.key);
        let hint = match found {
            Some(0) => "the residual is 0 there now: take the exception out".to_owned(),
            Some(residual) => {
                format!("the residual is {residual} there now: find out why before mending the exception")
            }
            None => "nothing is compared there: mend its key, or take it out".to_owned(),
        };
        diagnostics.push(Diagnostic::error(code::DATA_EXCEPTION, place.clone(), message).hint(hint));
    }
    let by_construction = match check {
        CheckEntry::Regions { by_construction, .. } => by_construction.clone(),
        _ => None,
    };
    Outcome {
        table: table.to_owned(),
        check: check.name(),
        detail: check.detail(),
        compared: comparisons.len(),
        accepted: check.accepted().len(),
        by_construction,
    }
}

fn describe(comparison: &Comparison, residual: i64) -> String {
    let measure = comparison.measure.as_ref().map_or(String::new(), |m| format!("`{m}` at "));
    format!(
        "{measure}{}: expected {}, found {}, residual {residual:+}",
        comparison.key, comparison.expected, comparison.found
    )
}
