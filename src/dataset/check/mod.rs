//! Check: what the catalogue declares must hold, one file for each kind; sums and joins are polars', on
//! scaled integers.

mod balance;
mod complete;
mod equal_flows;
mod frame;
mod history;
mod jump;
mod months;
mod net_of_matrix;
mod parts;
mod range;
mod regions;
mod same;
mod total;

pub use history::{low_median, median};

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::PolarsError;

use super::{Choice, Coverage, Outcome, Table};
use crate::catalog::check::{CheckEntry, Exception};
use crate::catalog::{PACKAGE, Territories};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean, listed};
use crate::finding::{Amount, Key};
use frame::Bench;

/// Where a cell stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'a> {
    /// The table.
    pub table: &'a str,
    /// The vintage.
    pub vintage: &'a str,
    /// The measure.
    pub measure: &'a str,
    /// The key.
    pub key: &'a Key,
    /// What tells it from all other cells.
    pub id: usize,
}

/// One comparison that a check made.
#[derive(Clone, Debug)]
pub(super) struct Comparison<'a> {
    /// The key: `KZ,2022`.
    pub key: String,
    /// The measure, where the check covers several.
    pub measure: Option<String>,
    /// What should stand there.
    pub expected: Amount,
    /// What does.
    pub found: Amount,
    /// Whether the two may stand beside each other.
    pub holds: bool,
    /// What is wrong, where it is more than a difference.
    pub said: Option<String>,
    /// What should stand beside it and does not, where that is known.
    pub absent: Option<String>,
    /// Whether its cells are of several vintages, and no vintage alone compares so.
    pub is_mixed: bool,
    /// The cells that were compared.
    pub cells: Vec<Spot<'a>>,
}

/// A key that could not be compared, because a value is missing there.
#[derive(Clone, Debug)]
pub(super) struct Open {
    /// The key.
    pub key: String,
    /// The measure, where the check covers several.
    pub measure: Option<String>,
}

/// What a check found.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    /// What it compared.
    pub comparisons: Vec<Comparison<'a>>,
    /// What it could not compare.
    pub open: Vec<Open>,
}

impl<'a> Comparison<'a> {
    /// Makes a comparison that holds where both are equal.
    pub(super) fn new(
        key: String,
        measure: Option<String>,
        expected: Amount,
        found: Amount,
        cells: Vec<Spot<'a>>,
    ) -> Self {
        let holds = expected == found;
        let is_mixed = cells.windows(2).any(|two| two[0].vintage != two[1].vintage);
        Comparison { key, measure, expected, found, holds, said: None, absent: None, is_mixed, cells }
    }

    /// Returns what was found less what was expected.
    pub(super) fn residual(&self) -> Amount {
        self.found.minus(&self.expected)
    }
}

impl<'a> Found<'a> {
    /// Takes in what was found elsewhere.
    pub(super) fn extend(&mut self, other: Found<'a>) {
        self.comparisons.extend(other.comparisons);
        self.open.extend(other.open);
    }

    /// Brings the comparisons in order; what two vintages or editions compare alike is one.
    fn sorted(mut self) -> Found<'a> {
        let rank = |a: &Comparison, b: &Comparison| {
            (&a.key, &a.measure, &a.expected, &a.found, a.holds).cmp(&(
                &b.key,
                &b.measure,
                &b.expected,
                &b.found,
                b.holds,
            ))
        };
        self.comparisons.sort_by(rank);
        self.comparisons.dedup_by(|next, kept| {
            let same = rank(next, kept).is_eq();
            if same {
                kept.is_mixed &= next.is_mixed;
                let is_new = |spot: &Spot| kept.cells.iter().all(|own| own.id != spot.id);
                let more: Vec<Spot> = next.cells.drain(..).filter(is_new).collect();
                kept.cells.extend(more);
            }
            same
        });
        self
    }
}

/// Why a check could not be made.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Its arguments name something that is not there.
    Arguments(String),
    /// They name something that is not among what is known: the message, and what is known.
    Unknown(String, String),
    /// polars refused; our own mistake.
    Frame(PolarsError),
}

impl Trouble {
    /// Says that something is not there, and which of what is there may be meant.
    pub(super) fn unknown<'n>(message: String, name: &str, known: impl Iterator<Item = &'n String>) -> Trouble {
        let known: Vec<&str> = known.map(String::as_str).collect();
        let near = did_you_mean(name, known.iter().copied());
        Trouble::Unknown(message, near.unwrap_or_else(|| format!("there are: {}", known.join(", "))))
    }
}

impl From<PolarsError> for Trouble {
    fn from(error: PolarsError) -> Trouble {
        Trouble::Frame(error)
    }
}

type Tables = BTreeMap<String, Table>;

/// Which cells the checks have seen: by a sum or an equality, and in any way; and which of those checks saw a vintage.
#[derive(Default)]
struct Seen<'a> {
    compared: BTreeSet<usize>,
    looked_at: BTreeSet<usize>,
    by: BTreeMap<(&'a str, &'a str, &'a str), BTreeSet<String>>,
}

/// Runs every declared check and judges it by its accepted exceptions; says what they have seen.
pub(super) fn run(
    tables: &Tables,
    territories: &Territories,
    choices: &[Choice],
    diagnostics: &mut Diagnostics,
) -> (Vec<Outcome>, Vec<Coverage>) {
    let (mut outcomes, mut seen) = (Vec::new(), Seen::default());
    for (name, table) in tables {
        let implied = total::implied(tables, name, &table.entry, territories, choices);
        for entry in table.entry.checks.iter().chain(&implied) {
            let check = &entry.value;
            let place = Place::line(PACKAGE, entry.referenced.line() as usize, entry.referenced.column() as usize)
                .within(format!("table `{name}`, check `{}`", check.name()));
            if let Some(empty) = waiting(tables, check, name) {
                let message = format!("nothing is compared as yet: the table `{empty}` has no figures");
                let hint = format!("`esep data add FILE --table {empty}` takes some in");
                diagnostics.push(Diagnostic::warning(code::DATA_CHECK_VOID, place, message).hint(hint));
                continue;
            }
            let bench = Bench::new(tables, territories, choices, check, name);
            match compare(&bench, check, name) {
                Ok(found) => {
                    let found = found.sorted();
                    for spot in found.comparisons.iter().flat_map(|comparison| &comparison.cells) {
                        seen.looked_at.insert(spot.id);
                        if check.closes() {
                            seen.compared.insert(spot.id);
                            let by = seen.by.entry((spot.table, spot.vintage, spot.measure)).or_default();
                            by.insert(format!("`{}` of `{name}` ({})", check.name(), check.detail()));
                        }
                    }
                    outcomes.push(judge(&bench, check, name, &found, &place, diagnostics));
                }
                Err(Trouble::Arguments(message)) => {
                    diagnostics.push(Diagnostic::error(code::DATA_CHECK_VOID, place, message))
                }
                Err(Trouble::Unknown(message, hint)) => {
                    diagnostics.push(Diagnostic::error(code::DATA_CHECK_VOID, place, message).hint(hint))
                }
                Err(Trouble::Frame(error)) => {
                    diagnostics.push(Diagnostic::error(code::DATA_CHECK_VOID, place, error.to_string()));
                }
            }
        }
    }
    for (name, table) in tables {
        let check = regions::of(&table.entry);
        let bench = Bench::new(tables, territories, choices, &check, name);
        for (measure, found) in regions::undeclared(&bench, name, &table.entry) {
            let found = found.sorted();
            let place = Place::file(PACKAGE).within(format!("table `{name}`, measure `{measure}`"));
            unheld(&bench, measure, &found, place, diagnostics);
            let ids = found.comparisons.iter().flat_map(|comparison| &comparison.cells).map(|spot| spot.id);
            seen.looked_at.extend(ids);
        }
    }
    followed(tables, choices, &seen, diagnostics);
    (outcomes, coverage(tables, &seen))
}

fn compare<'a>(bench: &Bench<'a>, check: &CheckEntry, name: &str) -> Result<Found<'a>, Trouble> {
    match check {
        CheckEntry::Parts { whole, parts, .. } => parts::compare(bench, name, whole, parts),
        CheckEntry::Regions { measures, from, until, .. } => regions::compare(bench, name, measures, *from, *until),
        CheckEntry::Months { measure, year_table, year_measure, year_vintage, .. } => {
            months::compare(bench, (name, measure), (year_table, year_measure), year_vintage.as_deref())
        }
        CheckEntry::Balance { scope, population, births, deaths, migration, vintage, from, .. } => {
            balance::compare(bench, *scope, [population, births, deaths, migration], vintage.as_deref(), *from)
        }
        CheckEntry::EqualFlows { arrivals, departures, .. } => equal_flows::compare(bench, name, arrivals, departures),
        CheckEntry::Same { .. } => same::compare(bench, name, check),
        CheckEntry::NetOfMatrix { matrix, net, .. } => net_of_matrix::compare(bench, name, matrix, net),
        CheckEntry::Total { dimension, measures, tolerance, .. } => {
            total::compare(bench, name, dimension, measures, &tolerance.0)
        }
        CheckEntry::Range { .. } => range::compare(bench, name, check),
        CheckEntry::Jump { measures, least, spread, .. } => jump::compare(bench, name, measures, &least.0, *spread),
        CheckEntry::Complete { measures, from, until, scope, .. } => {
            let wanted = complete::Wanted { measures, from: *from, until: *until, scope: *scope };
            complete::compare(bench, name, &wanted)
        }
    }
}

/// Names a table that a check reads and that has no file as yet.
fn waiting<'t>(tables: &Tables, check: &'t CheckEntry, table: &'t str) -> Option<&'t str> {
    let read = check.reads(table).into_iter().map(|(name, _)| name).chain([table]);
    read.filter(|name| tables.get(*name).is_some_and(|table| table.layers.is_empty())).min()
}

fn judge(
    bench: &Bench,
    check: &CheckEntry,
    table: &str,
    found: &Found,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Outcome {
    let comparisons = &found.comparisons;
    if comparisons.is_empty() {
        let hint = "mend the check's arguments, or take it out";
        diagnostics.push(Diagnostic::error(code::DATA_CHECK_VOID, place.clone(), "nothing was compared").hint(hint));
    }
    // A row that should not be there has one reason, whatever the categories that follow its territory and year.
    let begins = matches!(check, CheckEntry::Complete { .. });
    let at_key = |e: &Exception, key: &str| {
        let rest = key.strip_prefix(e.key.as_str());
        rest.is_some_and(|rest| rest.is_empty() || begins && rest.starts_with(','))
    };
    let matches = |e: &Exception, c: &Comparison| at_key(e, &c.key) && (e.measure.is_none() || e.measure == c.measure);
    for comparison in comparisons.iter().filter(|comparison| !comparison.holds) {
        let residual = comparison.residual();
        let mut known = check.accepted().iter().filter(|e| matches(e, comparison));
        if known.clone().any(|e| e.residual.0 == residual) {
            continue;
        }
        let hint = match known.next() {
            Some(other) => format!("the exception accepts {} here, not {residual}", other.residual.0),
            None => "find the wrong cell, or accept the residual with its reason under `accept`".to_owned(),
        };
        // A whole that was revised before its parts is no wrong cell.
        if matches!(check, CheckEntry::Regions { .. }) && comparison.is_mixed {
            let message = format!(
                "a whole and its parts are of several vintages, and do not add up: {}",
                describe(bench, comparison)
            );
            let hint =
                "take in the parts of the newer vintage too, or accept the residual with its reason under `accept`";
            diagnostics.push(Diagnostic::warning(code::DATA_VINTAGE, place.clone(), message).hint(hint));
            continue;
        }
        let failed = Diagnostic::error(code::DATA_CHECK, place.clone(), describe(bench, comparison));
        diagnostics.push(failed.hint(hint));
    }
    let occurs = |e: &Exception| comparisons.iter().any(|c| !c.holds && matches(e, c) && c.residual() == e.residual.0);
    for exception in check.accepted().iter().filter(|e| !occurs(e)) {
        let there = comparisons.iter().find(|c| matches(exception, c));
        let message = format!("the accepted residual {} at {} does not occur", exception.residual.0, exception.key);
        let hint = match there.map(|c| (c.holds, c.residual())) {
            Some((true, _)) if !check.closes() => "nothing is wrong there now: take the exception out".to_owned(),
            Some((_, residual)) if residual.is_zero() => {
                "the residual is 0 there now: take the exception out".to_owned()
            }
            Some((_, residual)) => {
                format!("the residual is {residual} there now: find out why before mending the exception")
            }
            None => "nothing is compared there: mend its key, or take it out".to_owned(),
        };
        diagnostics.push(Diagnostic::error(code::DATA_EXCEPTION, place.clone(), message).hint(hint));
    }
    if check.closes() && !found.open.is_empty() {
        let named = |open: &Open| open.measure.as_ref().map_or(open.key.clone(), |m| format!("`{m}` at {}", open.key));
        let keys: BTreeSet<String> = found.open.iter().map(named).collect();
        let message =
            format!("{} of {} keys are not compared: {}", keys.len(), keys.len() + comparisons.len(), listed(keys));
        let hint =
            "a value is missing there, so its sum is not known: complete the snapshot, or live without the check there";
        diagnostics.push(Diagnostic::warning(code::DATA_CHECK_PARTIAL, place.clone(), message).hint(hint));
    }
    let by_construction = match check {
        CheckEntry::Regions { by_construction, .. } => by_construction.clone(),
        _ => None,
    };
    Outcome {
        table: table.to_owned(),
        check: check.name().to_owned(),
        detail: check.detail(),
        compared: comparisons.len(),
        accepted: check.accepted().len(),
        by_construction,
    }
}

/// Warns of a territory that is not the sum of its parts, where no check is declared that says it should be.
fn unheld(bench: &Bench, measure: &str, found: &Found, place: Place, diagnostics: &mut Diagnostics) {
    let apart: Vec<String> =
        found.comparisons.iter().filter(|one| !one.holds).map(|one| describe(bench, one)).collect();
    if apart.is_empty() {
        return;
    }
    let (times, all) = (apart.len(), found.comparisons.len());
    let message = format!(
        "a territory and all its parts stand there, and do not add up {times} of {all} times: {}",
        listed(apart)
    );
    let hint = format!(
        "find the wrong cell; where they need not add up, declare `{{check: regions, measures: [{measure}]}}` and accept the residual with its reason"
    );
    diagnostics.push(Diagnostic::warning(code::DATA_WHOLE, place, message).hint(hint));
}

/// Warns of a vintage that an edition is the first to want and that fewer checks compare than the one before it.
fn followed(tables: &Tables, choices: &[Choice], seen: &Seen, diagnostics: &mut Diagnostics) {
    let none = BTreeSet::new();
    for (at, choice) in choices.iter().enumerate().skip(1) {
        for (name, wanted) in choice {
            let Some(table) = tables.get(name) else { continue };
            let before = choices[..at].iter().flat_map(|earlier| earlier.get(name)).flatten();
            let old: BTreeSet<&String> = before.collect();
            for vintage in wanted.iter().filter(|vintage| !old.contains(vintage)) {
                let Some(layer) = table.layers.get(vintage) else { continue };
                let mut lost: BTreeSet<String> = BTreeSet::new();
                for measure in layer.keys() {
                    let holds = |v: &&String| table.layers.get(*v).is_some_and(|layer| layer.contains_key(measure));
                    let previous = choices[at - 1].get(name).into_iter().flatten().find(holds);
                    let Some(previous) = previous else { continue };
                    let old = seen.by.get(&(name, previous, measure)).unwrap_or(&none);
                    let new = seen.by.get(&(name, vintage, measure)).unwrap_or(&none);
                    lost.extend(old.difference(new).map(|check| format!("{measure}: {check}")));
                }
                if !lost.is_empty() {
                    let first = table.entry.checks.first().map(|check| &check.referenced);
                    let (line, column) = first.map_or((1, 1), |at| (at.line() as usize, at.column() as usize));
                    let place = Place::line(PACKAGE, line, column);
                    let place = place.within(format!("table `{name}`"));
                    let message = format!(
                        "vintage `{vintage}` is compared by fewer checks than the one before it: {}",
                        listed(lost)
                    );
                    let hint = "complete its snapshot, or take the fixed vintage out of the check, so that it follows the editions";
                    diagnostics.push(Diagnostic::warning(code::DATA_VINTAGE, place, message).hint(hint));
                }
            }
        }
    }
}

fn coverage(tables: &Tables, seen: &Seen) -> Vec<Coverage> {
    let mut list = Vec::new();
    for (name, table) in tables {
        for (vintage, layer) in &table.layers {
            for (measure, cells) in layer {
                let id = |cell: &super::DataCell| std::ptr::from_ref(cell) as usize;
                let without = |set: &BTreeSet<usize>| -> Vec<Key> {
                    cells.iter().filter(|(_, cell)| !set.contains(&id(cell))).map(|(key, _)| key.clone()).collect()
                };
                let uncompared = without(&seen.compared);
                list.push(Coverage {
                    table: name.clone(),
                    vintage: vintage.clone(),
                    measure: measure.clone(),
                    cells: cells.len(),
                    compared: cells.len() - uncompared.len(),
                    uncompared,
                    unseen: without(&seen.looked_at),
                });
            }
        }
    }
    list
}

fn describe(bench: &Bench, comparison: &Comparison) -> String {
    let measure = comparison.measure.as_ref().map_or(String::new(), |m| format!("`{m}` at "));
    let place = format!("{measure}{}", comparison.key);
    let residual = comparison.residual();
    let sign = if residual.signum() < 0 { "" } else { "+" };
    // Where there are several vintages, one has to know which of them fails.
    let several = |spot: &&Spot| bench.tables.get(spot.table).is_some_and(|table| table.layers.len() > 1);
    let vintages: BTreeSet<&str> = comparison.cells.iter().filter(several).map(|spot| spot.vintage).collect();
    let vintages = vintages.into_iter().collect::<Vec<_>>().join(", ");
    let vintages = if vintages.is_empty() { vintages } else { format!(" (vintage {vintages})") };
    if let Some(said) = &comparison.said {
        return format!("{place} {said}, residual {sign}{residual}{vintages}");
    }
    let suspects = history::suspects(bench, comparison).map_or(String::new(), |guess| format!("; {guess}"));
    let absent = comparison.absent.as_ref().map_or(String::new(), |names| format!("; absent: {names}"));
    let (expected, found) = (&comparison.expected, &comparison.found);
    format!("{place}: expected {expected}, found {found}, residual {sign}{residual}{vintages}{absent}{suspects}")
}
