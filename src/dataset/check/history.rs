//! History: the series in which a cell stands, what is usual in it, and which of several cells fits its own least.

use std::collections::BTreeMap;

use super::frame::{Bench, Row};
use super::{Comparison, Spot};
use crate::catalog::Territories;
use crate::finding::{Key, Part, Period};

/// The points of one series, in the order of time.
pub(super) struct Line<'a> {
    /// Its key without the period.
    pub key: Vec<&'a Part>,
    /// Its points.
    pub points: Vec<(Period, Row<'a>)>,
}

/// Sorts rows into series.
pub(super) fn lines<'a>(rows: Vec<Row<'a>>) -> Vec<Line<'a>> {
    let mut found: BTreeMap<Vec<&'a Part>, Vec<(Period, Row<'a>)>> = BTreeMap::new();
    for row in rows {
        let Some(period) = row.spot.key.period() else { continue };
        let key = row.spot.key.0.iter().filter(|part| part.period().is_none()).collect();
        found.entry(key).or_default().push((period, row));
    }
    let sorted = |(key, mut points): (Vec<&'a Part>, Vec<(Period, Row<'a>)>)| {
        points.sort_by_key(|(period, _)| (period.ordinal(), *period));
        Line { key, points }
    };
    found.into_iter().map(sorted).collect()
}

/// Returns true where the borders of a territory of a key changed between two periods or within them.
pub(super) fn borders_changed<'a>(
    territories: &Territories,
    mut key: impl Iterator<Item = &'a Part>,
    first: Period,
    last: Period,
) -> bool {
    key.any(|part| part.territory().is_some_and(|code| territories.changed_between(code, first, last)))
}

/// Returns the middle of some numbers, the lower of two for the lower.
pub fn low_median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len().checked_sub(1)? / 2).copied()
}

/// Returns the middle of some numbers.
pub fn median(values: &mut [f64]) -> Option<f64> {
    let low = low_median(values)?;
    let high = values.get(values.len() / 2).copied()?;
    Some((low + high) / 2.0)
}

/// Guesses which part of a sum that fails is to blame: the one whose own neighbours in time would be met by taking the
/// residual off it. Says nothing where several would be met alike.
pub(super) fn suspects(bench: &Bench, comparison: &Comparison) -> Option<String> {
    let residual = comparison.residual().to_f64();
    // Where one cell is all that was expected, it is mended the one way and the others the other; else both are tried.
    let expected = comparison.expected.to_f64();
    let whole = |spot: &Spot| neighbours(bench, spot).is_some_and(|(value, _)| value == expected);
    let sides = comparison.cells.iter().any(whole);
    let mut scores: Vec<(f64, &Spot)> = Vec::new();
    for spot in &comparison.cells {
        let Some((value, usual)) = neighbours(bench, spot) else { continue };
        let off = |value: f64| (value - usual).abs();
        let mended = match (sides, value == expected) {
            (true, true) => off(value + residual),
            (true, false) => off(value - residual),
            (false, _) => off(value - residual).min(off(value + residual)),
        };
        scores.push(((off(value) - mended) / residual.abs(), spot));
    }
    scores.sort_by(|a, b| b.0.total_cmp(&a.0));
    let best = scores.first()?.0;
    let close: Vec<&Spot> = scores.iter().filter(|(score, _)| *score > best - 0.25).map(|(_, spot)| *spot).collect();
    let told = best > 0.5 && close.len() <= 2 && comparison.cells.len() > 1;
    let names: Vec<String> = close.iter().map(|spot| format!("`{}` at {}", spot.measure, spot.key)).collect();
    told.then(|| format!("most out of line with its own history: {} (a guess)", names.join(" or ")))
}

/// Gives a value, and what the periods beside it would have one expect.
fn neighbours(bench: &Bench, spot: &Spot) -> Option<(f64, f64)> {
    let table = bench.tables.get(spot.table)?;
    let at = spot.key.0.iter().position(|part| part.period().is_some())?;
    let period = spot.key.period()?;
    let own = table.layers.get(spot.vintage);
    let number = |key: &Key, alone: bool| {
        let others = table.layers.values().filter(|_| !alone);
        let cell = own.into_iter().chain(others).find_map(|layer| layer.get(spot.measure)?.get(key));
        Some(cell?.value.as_ref().ok()?.to_f64())
    };
    let beside = |other: Period| {
        let (first, last) = if other < period { (other, period) } else { (period, other) };
        if borders_changed(bench.territories, spot.key.0.iter(), first, last) {
            return None;
        }
        let mut key = spot.key.clone();
        key.0[at] = Part::Period(other);
        number(&key, false)
    };
    let found: Vec<f64> = [period.previous(), period.next()].into_iter().filter_map(beside).collect();
    let usual = found.iter().sum::<f64>() / found.len() as f64;
    (!found.is_empty()).then_some((number(spot.key, true)?, usual))
}
