//! Speaks: whether an expression reads the time and the people of which its claim speaks.

use std::collections::BTreeSet;

use super::bench::PRINTED;
use super::entry::Kind;
use super::probe::CellName;
use super::verdict::{Judged, Outcome};
use super::{Basis, Claim, Differs, Paper};
use crate::analysis::Edition;
use crate::finding::{FindingId, Key, Part, Period, SeriesId, Value};

/// A time from one period to another; the ends of a claim may be left open.
type Span = (Option<Period>, Option<Period>);

/// Says in what an expression reads another time or other people than its claim speaks of, but what the claim says that it
/// may; and what it says that it may and does not.
pub(super) fn elsewhere(judged: &Judged, bench: &Edition) -> Vec<String> {
    let claim = judged.claim;
    if judged.accepted().is_some() {
        return Vec::new();
    }
    let found = [(Differs::Period, period(judged, bench)), (Differs::Population, population(judged, bench))];
    let said = found.into_iter().filter_map(|(what, message)| match (message, claim.differs.contains(&what)) {
        (Some(message), false) => Some(message),
        (Some(message), true) if what == Differs::Period && is_outside(judged) => {
            Some(format!("{message}, all of it outside, which `differs` does not excuse"))
        }
        (None, true) if claim.cell.is_none() => {
            Some(format!("`differs` says {}, and `expr` reads what the claim speaks of", what.name()))
        }
        _ => None,
    });
    said.collect()
}

/// Says whether a claim names no time, so that nothing compares it with that of the agency's figures which it rests on.
pub(super) fn is_undated(judged: &Judged) -> bool {
    let claim = judged.claim;
    let reads = own(judged).filter(|reading| reading.basis == Basis::Agency);
    let is_silent = claim.cell.is_none() && claim.period.is_none() && claim.years().is_none();
    is_silent && reads.is_some_and(|reading| !times(reading, judged.paper).is_empty())
}

fn period(judged: &Judged, bench: &Edition) -> Option<String> {
    let claim = judged.claim;
    if let (Some((first, last)), Some((from, to))) = (claim.years(), spoken(claim)) {
        let named = |period: Option<Period>, year: i32| period.is_none_or(|period| period.year() == year);
        let same = named(from, first) && named(to, last);
        return (!same).then(|| format!("counts the years from {first} to {last} and {}", speaks(claim)));
    }
    other_time(claim, own(judged)?, judged.paper, bench)
}

/// Says whether a reading reads nothing of the time of which its claim speaks.
fn is_outside(judged: &Judged) -> bool {
    let (Some(reading), Some((from, to))) = (own(judged), spoken(judged.claim)) else { return false };
    let read = times(reading, judged.paper);
    let is_before = |period: &Period| from.is_some_and(|from| period.last_day() < from.first_day());
    let is_after = |period: &Period| to.is_some_and(|to| to.last_day() < period.first_day());
    !read.is_empty() && (read.iter().all(is_before) || read.iter().all(is_after))
}

/// The paper's own figures do not tell whom they count; the agency's series of the claim's other readings may.
fn population(judged: &Judged, bench: &Edition) -> Option<String> {
    let own = own(judged)?;
    let is_silent = own.basis == Basis::Paper;
    let others = judged.readings.iter().filter(|reading| is_silent && reading.basis == Basis::Agency);
    let mut readings = std::iter::once(own).chain(others);
    readings.find_map(|reading| other_people(judged.claim, reading, judged.paper, bench))
}

/// Returns the reading that is compared: of a cell, what the agency's series says of it.
fn own<'a>(judged: &'a Judged) -> Option<&'a Outcome> {
    judged.first().filter(|reading| judged.claim.cell.is_none() || reading.basis == Basis::Agency)
}

fn speaks(claim: &Claim) -> String {
    format!("speaks of {}", claim.period.as_deref().unwrap_or_default())
}

/// Reads the period of a claim: `2023`, `2013..2023`, `1991..`; `None` where it is none.
pub(super) fn spoken(claim: &Claim) -> Option<Span> {
    let text = claim.period.as_deref()?;
    let end = |text: &str| match text {
        "" => Some(None),
        text => Period::parse(text).map(Some),
    };
    match text.split_once("..") {
        Some((from, to)) => Some((end(from)?, end(to)?)),
        None => Period::parse(text).map(|period| (Some(period), Some(period))),
    }
}

/// Lists the times that a reading reads: of a printed number, what its own claim says.
fn times(reading: &Outcome, paper: &Paper) -> Vec<Period> {
    let of_cell = |(series, key): &CellName| -> Vec<Period> {
        match printed(series, key, paper) {
            Some(other) => spoken(other).map(|(from, to)| from.into_iter().chain(to).collect()).unwrap_or_default(),
            None => key.period().into_iter().collect(),
        }
    };
    reading.reads.iter().flat_map(of_cell).collect()
}

/// Returns the claim whose printed number a cell is.
fn printed<'a>(series: &SeriesId, key: &Key, paper: &'a Paper) -> Option<&'a Claim> {
    let [Part::Category(id)] = key.0.as_slice() else { return None };
    (*series == SeriesId::of_values(PRINTED)).then(|| paper.claims.iter().find(|claim| *claim.id == **id))?
}

fn other_time(claim: &Claim, reading: &Outcome, paper: &Paper, bench: &Edition) -> Option<String> {
    let (from, to) = spoken(claim)?;
    // What answers with a time says it, wherever it was looked for.
    if let Value::Key(Part::Period(answer)) = &reading.value {
        let after = from.is_none_or(|from| from.first_day() <= answer.first_day());
        let before = to.is_none_or(|to| answer.last_day() <= to.last_day());
        if !after || !before {
            return Some(format!("{} and `expr` gives {answer}", speaks(claim)));
        }
        return short(claim, (from?, to?), reading, bench);
    }
    let read = times(reading, paper);
    let first = read.iter().min_by_key(|period| period.first_day())?;
    let last = read.iter().max_by_key(|period| period.last_day())?;
    let told = |kind: fn(&Period) -> bool| read.iter().chain(&from).chain(&to).all(kind);
    let (by_month, by_quarter) = (told(is_month), told(|period| period.quarter().is_some()));
    let number = |period: &Period| if by_month || by_quarter { period.ordinal() } else { i64::from(period.year()) };
    let is_part = |period: &Period| is_month(period) || period.quarter().is_some();
    let is_stock = reading.reads.iter().any(|(series, key)| is_stock(series, key, bench, paper));
    let years: BTreeSet<i32> = read.iter().map(|period| period.year()).collect();
    // A stock stands at the start of the year after, or is the mean of two; a growth begins at the year before.
    let (before, after) = match (by_month || by_quarter, is_stock) {
        (true, _) => (0, 0),
        (false, true) => (1, 1),
        (false, false) => (i64::from(years.len() == 2), 0),
    };
    let begins = from.is_none_or(|from| (number(&from) - before..=number(&from) + after).contains(&number(first)));
    let ends = to.is_none_or(|to| (number(&to)..=number(&to) + after).contains(&number(last)));
    // A figure of a year is none of its quarter, whatever the year.
    let finer = !is_stock && from.iter().chain(&to).any(is_part) && !read.iter().any(is_part);
    let read = if first == last { first.to_string() } else { format!("{first}..{last}") };
    (!begins || !ends || finer).then(|| format!("{} and `expr` reads {read}", speaks(claim)))
}

/// Says that what answers with a time looked for it in less of the claim's time than its series has.
fn short(claim: &Claim, (from, to): (Period, Period), reading: &Outcome, bench: &Edition) -> Option<String> {
    let (series, key) = reading.reads.first()?;
    let own = reading.reads.iter().filter(|(other, _)| other == series).filter_map(|(_, key)| key.period());
    let read: BTreeSet<Period> = own.collect();
    let without = |key: &Key| key.0.iter().filter(|part| part.period().is_none()).cloned().collect::<Vec<Part>>();
    let alike = |one: &Period, other: &Period| {
        (one.month(), one.day()).eq(&(other.month(), other.day())) || is_month(one) && is_month(other)
    };
    let is_within = |period: &Period| from.first_day() <= period.first_day() && period.last_day() <= to.last_day();
    let cells = &bench.findings.get(series)?.cells;
    let known = cells.iter().filter(|(other, cell)| without(other) == without(key) && cell.value.amount().is_some());
    let left = known
        .filter_map(|(key, _)| key.period())
        .find(|period| is_within(period) && !read.contains(period) && read.iter().any(|own| alike(own, period)))?;
    Some(format!("{} and `expr` leaves out {left}", speaks(claim)))
}

fn is_month(period: &Period) -> bool {
    period.month().is_some() && period.day().is_none()
}

/// Says whether a cell is a stock, or a number of the paper, of which nobody says what it is.
fn is_stock(series: &SeriesId, key: &Key, bench: &Edition, paper: &Paper) -> bool {
    bench.stocks.contains(&*series.name) || printed(series, key, paper).is_some()
}

fn other_people(claim: &Claim, reading: &Outcome, paper: &Paper, bench: &Edition) -> Option<String> {
    let whom = claim.population.as_deref()?;
    let mut other = None;
    for (series, key) in &reading.reads {
        if let Some(same) = printed(series, key, paper) {
            let theirs = same.population.as_deref().filter(|theirs| *theirs != whom && claim.kind() == Kind::SameAs);
            other = other.or(theirs.map(str::to_owned));
            continue;
        }
        let is_whom = |part: &Part| matches!(part, Part::Category(name) if **name == *whom);
        if *series.member == *whom || key.0.iter().any(is_whom) {
            return None;
        }
        let has_measure = bench.findings.member(&series.name, whom).is_some();
        let has_category = || {
            bench.findings.get(series).is_some_and(|series| series.cells.keys().any(|key| key.0.iter().any(is_whom)))
        };
        if has_measure || has_category() {
            other = other.or_else(|| Some(FindingId::Cell(series.clone(), key.clone()).to_string()));
        }
    }
    other.map(|other| format!("counts `{whom}` and `expr` reads {other}"))
}
