//! Line: the figures of a vintage and of those before it, put together in time.

use std::collections::BTreeMap;

use crate::dataset::Layer;
use crate::finding::{Amount, Key, Part, Period};

/// The figures of one measure whose coordinates differ in time alone.
pub(super) struct Line<'a> {
    pub(super) measure: &'a str,
    /// The coordinates without the period.
    pub(super) rest: Key,
    /// Whether values below zero belong to it.
    pub(super) is_signed: bool,
    /// What the table held.
    pub(super) old: BTreeMap<Period, &'a Amount>,
    /// What the vintage holds.
    pub(super) new: BTreeMap<Period, &'a Amount>,
}

/// Puts the figures together in time; of what stood before, those of the vintage that shares most with the new one first.
pub(super) fn lines<'a>(
    new: &'a Layer,
    layers: &'a BTreeMap<String, Layer>,
    is_signed: impl Fn(&str) -> bool,
) -> Vec<Line<'a>> {
    let mut lines: BTreeMap<(&str, Key), Line> = BTreeMap::new();
    let figures = |layer: &'a Layer| {
        let all = layer.iter().flat_map(|(measure, cells)| cells.iter().map(move |(key, cell)| (measure, key, cell)));
        all.filter_map(|(measure, key, cell)| Some((measure.as_str(), key, cell.value.as_ref().ok()?)))
    };
    for (measure, key, value) in figures(new) {
        let Some(period) = key.period() else { continue };
        let rest = undated(key);
        let line = lines.entry((measure, rest.clone())).or_insert_with(|| Line {
            measure,
            rest,
            is_signed: is_signed(measure),
            old: BTreeMap::new(),
            new: BTreeMap::new(),
        });
        line.new.insert(period, value);
    }
    let shared = |layer: &&'a Layer| {
        let is_shared = |(measure, key, _): &(&str, &Key, &Amount)| lines.contains_key(&(*measure, undated(key)));
        std::cmp::Reverse(figures(layer).filter(is_shared).count())
    };
    let mut order: Vec<&Layer> = layers.values().collect();
    order.sort_by_cached_key(shared);
    for (measure, key, value) in order.into_iter().flat_map(figures) {
        if let (Some(period), Some(line)) = (key.period(), lines.get_mut(&(measure, undated(key)))) {
            line.old.entry(period).or_insert(value);
        }
    }
    let mut lines: Vec<Line> = lines.into_values().collect();
    lines.iter_mut().for_each(|line| line.is_signed |= line.old.values().any(|value| value.signum() < 0));
    lines
}

/// A key without its periods.
fn undated(key: &Key) -> Key {
    Key(key.0.iter().filter(|part| !matches!(part, Part::Period(_))).cloned().collect())
}

impl Line<'_> {
    /// The figure that a period is compared with, in either vintage; the new one's own where both have it: that of a year
    /// before where parts of years have seasons, and else the newest before it.
    pub(super) fn before(&self, period: Period) -> Option<(Period, &Amount)> {
        if let Some(last_year) = a_year_before(period) {
            let own = self.new.get(&last_year).or_else(|| self.old.get(&last_year));
            if let Some(own) = own {
                return Some((last_year, own));
            }
        }
        let is_before =
            |(other, _): &(&Period, &&Amount)| other.ordinal() < period.ordinal() && is_like(**other, period);
        let all = self.old.iter().chain(&self.new).filter(is_before);
        all.max_by_key(|(other, _)| other.ordinal()).map(|(other, value)| (*other, *value))
    }

    /// The changes that the table held before: from a figure to the next, of parts of years to that of the next year.
    pub(super) fn steps(&self) -> Vec<(f64, f64)> {
        let step = |(period, is): (&Period, &&Amount)| {
            let was = match a_year_before(*period) {
                Some(last_year) => self.old.get(&last_year)?,
                None => self.old.range(..*period).next_back()?.1,
            };
            Some((was.to_f64(), is.to_f64()))
        };
        self.old.iter().filter_map(step).collect()
    }

    /// The periods of both, with the figure that stood there and the one that stands there now.
    pub(super) fn overlap(&self) -> impl Iterator<Item = (Period, &Amount, &Amount)> {
        self.new.iter().filter_map(|(period, is)| Some((*period, *self.old.get(period)?, *is)))
    }

    pub(super) fn figure(&self, period: Period) -> String {
        let rest = if self.rest.0.is_empty() { String::new() } else { format!("{}, ", self.rest) };
        format!("{}[{rest}{period}]", self.measure)
    }

    /// Names it; by its measure too, where the table has several.
    pub(super) fn named(&self, measures: usize) -> String {
        match (self.rest.0.is_empty(), measures > 1) {
            (false, false) => format!("`{}`", self.rest),
            (false, true) => format!("`{}[{}]`", self.measure, self.rest),
            (true, _) => format!("`{}`", self.measure),
        }
    }
}

/// The same month or quarter of the year before; none of years and days.
fn a_year_before(period: Period) -> Option<Period> {
    match (period.day(), period.month(), period.quarter()) {
        (None, Some(_), _) => Some(period.shifted(-12)),
        (None, None, Some(_)) => Some(period.shifted(-4)),
        _ => None,
    }
}

/// Says whether two periods are of one length: two years, two months.
pub(super) fn is_like(one: Period, other: Period) -> bool {
    let length = |period: Period| (period.day().is_some(), period.month().is_some(), period.quarter().is_some());
    length(one) == length(other)
}
