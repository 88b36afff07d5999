//! Axis: round ticks, periods along the foot, and names beside the ends of series.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use crate::finding::{Amount, Period};

use super::canvas::{Anchor, GRAIN, Stroke};
use super::element::{Label, Line, Plane, Tick, set};
use super::font::Weight;
use super::palette::{AXIS, GRID, INK, QUIET};
use super::voice::Voice;
use super::{DrawingError, SMALL, TICKS};

/// A straight scale between values and units of the canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// True where values run upwards, false where they run to the right.
    pub upright: bool,
    /// The place of zero, which may lie outside the canvas.
    pub zero: f64,
    /// How many units of the canvas one printed unit takes; negative upwards.
    pub step: f64,
}

/// Round values between two ends.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ticks {
    /// The values, exact.
    pub(super) values: Vec<Amount>,
    /// The decimals that tell them apart.
    pub(super) decimals: usize,
}

impl Axis {
    /// Returns the value at a place.
    pub fn value_at(&self, place: f64) -> f64 {
        (place - self.zero) / self.step
    }
}

impl Ticks {
    /// Chooses about `count` round values that enclose a range.
    pub(super) fn around(low: f64, high: f64, count: f64) -> Ticks {
        // Beyond these powers of ten the round values around a float are none themselves.
        const MOST: f64 = 1e300;
        const LEAST: f64 = 1e-300;
        let (low, high) = (low.clamp(-MOST, MOST), high.clamp(-MOST, MOST));
        let span = if high > low { high - low } else { high.abs().max(1.0) };
        // Ends that are all but one have no round values between them that a float tells apart.
        let finest = low.abs().max(high.abs()) * 1e-9;
        let (mut unit, mut exponent) = (1.0, 0i32);
        let rough = (span / count).max(finest).max(LEAST);
        while unit * 10.0 <= rough {
            (unit, exponent) = (unit * 10.0, exponent + 1);
        }
        while unit > rough {
            (unit, exponent) = (unit / 10.0, exponent - 1);
        }
        let factor = [1u8, 2, 5].into_iter().find(|f| unit * f64::from(*f) >= rough).unwrap_or(10);
        let ten = |power: i32| BigInt::from(10).pow(power.max(0).unsigned_abs());
        // A step below one is a fraction of whole numbers, so that a tick prints exactly.
        let exact = BigRational::new(BigInt::from(factor) * ten(exponent), ten(-exponent));
        let step = exact.to_f64().unwrap_or(unit);
        let (first, last) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
        let (first, last) = (first.to_i64().unwrap_or(0), last.to_i64().unwrap_or(1));
        let values = (first..=last.max(first + 1))
            .map(|i| Amount::simplest(&exact * BigRational::from(BigInt::from(i))))
            .collect();
        let decimals = if factor == 10 { (-exponent - 1).max(0) } else { (-exponent).max(0) };
        Ticks { values, decimals: decimals as usize }
    }

    /// Returns the lowest and the highest value.
    pub(super) fn ends(&self) -> (f64, f64) {
        let end = |value: Option<&Amount>| value.map_or(0.0, Amount::to_f64);
        (end(self.values.first()), end(self.values.last()))
    }

    /// Returns the values as they are printed.
    pub(super) fn texts(&self, voice: &Voice<'_>) -> Vec<String> {
        self.values.iter().map(|value| voice.language.number(value, self.decimals).to_string()).collect()
    }

    /// Draws a rule at each value, the one at zero darker, and the values to the left of the plane.
    pub(super) fn draw(&self, plane: &Plane<'_>, voice: &Voice<'_>) -> Result<(), DrawingError> {
        let (left, right) = (plane.get_x_range().start, plane.get_x_range().end);
        for (value, text) in self.values.iter().zip(self.texts(voice)) {
            let y = value.to_f64();
            let stroke = Stroke { colour: GRID, width: 0.75, dash: "" };
            plane.draw(&Line { points: vec![(left, y), (right, y)], stroke })?;
            let setting = set(SMALL, QUIET, Anchor::End);
            plane.draw(&Label { at: [(left, y)], shift: (-6.0, 0.0), text: &text, setting, finding: None })?;
        }
        Ok(())
    }

    /// Chooses about six round values for a lying axis, fewer where their texts would not have room.
    pub(super) fn across(voice: &Voice<'_>, low: f64, high: f64, room: f64) -> Result<Ticks, DrawingError> {
        let mut count = TICKS;
        loop {
            let ticks = Ticks::around(low, high, count);
            let widest = Weight::Regular.widest(&ticks.texts(voice), SMALL)?;
            if (widest + 10.0) * ticks.values.len() as f64 <= room || count <= 1.0 {
                return Ok(ticks);
            }
            count -= 1.0;
        }
    }

    /// Chooses about six round values between the ends of a lying axis, fewer where their texts would not have room.
    pub(super) fn inside(voice: &Voice<'_>, (low, high): (f64, f64), room: f64) -> Result<Ticks, DrawingError> {
        let mut count = TICKS;
        loop {
            let mut ticks = Ticks::around(low, high, count);
            ticks.values.retain(|value| (low..=high).contains(&value.to_f64()));
            let widest = Weight::Regular.widest(&ticks.texts(voice), SMALL)?;
            if (widest + 10.0) * ticks.values.len() as f64 <= room || count <= 1.0 {
                return Ok(ticks);
            }
            count -= 1.0;
        }
    }

    /// Draws a rule at each value of a lying axis, the one at zero darker, and the values below the plane.
    pub(super) fn draw_across(&self, plane: &Plane<'_>, voice: &Voice<'_>) -> Result<(), DrawingError> {
        let (foot, top) = (plane.get_y_range().start, plane.get_y_range().end);
        for (value, text) in self.values.iter().zip(self.texts(voice)) {
            let x = value.to_f64();
            let stroke = Stroke { colour: if value.is_zero() { AXIS } else { GRID }, width: 0.75, dash: "" };
            plane.draw(&Line { points: vec![(x, foot), (x, top)], stroke })?;
            let setting = set(SMALL, QUIET, Anchor::Middle);
            plane.draw(&Label { at: [(x, foot)], shift: (0.0, 11.0), text: &text, setting, finding: None })?;
        }
        Ok(())
    }

    /// Draws the line of zero, or the foot where zero is not in the range.
    pub(super) fn draw_zero(&self, plane: &Plane<'_>) -> Result<(), DrawingError> {
        let (left, right) = (plane.get_x_range().start, plane.get_x_range().end);
        let (low, high) = self.ends();
        let y = if low <= 0.0 && 0.0 <= high { 0.0 } else { low };
        let stroke = Stroke { colour: AXIS, width: 1.0, dash: "" };
        plane.draw(&Line { points: vec![(left, y), (right, y)], stroke })?;
        Ok(())
    }
}

/// Draws the periods under a plane whose x counts them, as many as have room.
pub(super) fn draw_periods(plane: &Plane<'_>, voice: &Voice<'_>, periods: &[Period]) -> Result<(), DrawingError> {
    let bottom = plane.get_y_range().start;
    let width = f64::from(plane.dim_in_pixel().0) / GRAIN;
    let span = plane.get_x_range().end - plane.get_x_range().start;
    let room = width / span;
    let labelled = labelled(voice, periods, room)?;
    for i in 0..periods.len() {
        let x = i as f64;
        let lines =
            labelled.iter().find(|(place, _)| *place == i).map(|(_, lines)| lines.as_slice()).unwrap_or_default();
        let length = if lines.is_empty() { 3.0 } else { 5.0 };
        let stroke = Stroke { colour: AXIS, width: 0.75, dash: "" };
        plane.draw(&Tick { at: [(x, bottom)], length, stroke })?;
        for (i, text) in lines.iter().enumerate() {
            let setting = set(SMALL, INK, Anchor::Middle);
            let shift = (0.0, 13.0 + 13.0 * i as f64);
            plane.draw(&Label { at: [(x, bottom)], shift, text, setting, finding: None })?;
        }
    }
    Ok(())
}

/// Returns the height of the periods under a plane: months and quarters have their years in a second line.
pub(super) fn foot(periods: &[Period]) -> f64 {
    if few_parts(periods) { 37.0 } else { 24.0 }
}

fn few_parts(periods: &[Period]) -> bool {
    let months = periods.iter().all(|period| period.month().is_some());
    periods.len() <= 24 && (months || periods.iter().all(|period| period.quarter().is_some()))
}

/// Returns which periods are labelled, and with which lines: as many, at round distances, as have room.
fn labelled(voice: &Voice<'_>, periods: &[Period], room: f64) -> Result<Vec<(usize, Vec<String>)>, DrawingError> {
    let mut few = Vec::new();
    for stride in [1usize, 2, 5, 4, 10, 20, 50, 100] {
        let mut chosen = Vec::new();
        let mut right = f64::NEG_INFINITY;
        let mut fits = true;
        for (i, period) in periods.iter().enumerate().filter(|(i, period)| is_round(periods, *i, **period, stride)) {
            let lines = period_lines(voice, periods, i, *period);
            let half = Weight::Regular.widest(&lines, SMALL)? / 2.0;
            fits &= i as f64 * room - half >= right + 8.0;
            right = i as f64 * room + half;
            chosen.push((i, lines));
        }
        // Every fourth year says more than two of every fifth.
        match fits {
            true if chosen.len() > 2 || periods.len() < 5 => return Ok(chosen),
            true if chosen.len() > few.len() => few = chosen,
            true | false => {}
        }
    }
    Ok(few)
}

/// Returns true for a period that is labelled when every so manieth is; of many months only the Januaries are, and of quarters the first.
fn is_round(periods: &[Period], i: usize, period: Period, stride: usize) -> bool {
    let year = || period.year().rem_euclid(stride as i32) == 0;
    match period.month().or(period.quarter()) {
        Some(part) if !few_parts(periods) => part == 1 && year(),
        None if period == Period::of_year(period.year()) => year(),
        Some(_) | None => i.is_multiple_of(stride),
    }
}

fn period_lines(voice: &Voice<'_>, periods: &[Period], i: usize, period: Period) -> Vec<String> {
    let year = || voice.period(Period::of_year(period.year()));
    let named = || period.quarter().map_or_else(|| voice.period(period), |quarter| voice.quarter(quarter));
    match period.month().or(period.quarter()) {
        None => vec![voice.period(period)],
        Some(_) if !few_parts(periods) => vec![year()],
        Some(part) if i == 0 || part == 1 => vec![named(), year()],
        Some(_) => vec![named()],
    }
}

/// Moves boxes of given heights along a line so that none overlap, each as near to its wish as possible.
///
/// Neighbours that would overlap are joined into one block around the mean of their wishes (pooled adjacent violators).
pub(super) fn spread(wishes: &[f64], heights: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| wishes[*a].total_cmp(&wishes[*b]).then(a.cmp(b)));
    // A block: its members, its height, and the sum of where each member would have the block's top.
    let mut blocks: Vec<(Vec<usize>, f64, f64)> = Vec::new();
    let top = |block: &(Vec<usize>, f64, f64)| {
        let wish = block.2 / block.0.len() as f64;
        wish.min(high - block.1).max(low)
    };
    for i in order {
        let mut block = (vec![i], heights[i], wishes[i] - heights[i] / 2.0);
        while let Some(before) = blocks.last() {
            if top(before) + before.1 <= top(&block) {
                break;
            }
            let (members, height, sum) = blocks.pop().unwrap_or_default();
            let moved = block.2 - height * block.0.len() as f64;
            block = ([members, block.0].concat(), height + block.1, sum + moved);
        }
        blocks.push(block);
    }
    let mut places = vec![0.0; wishes.len()];
    for block in &blocks {
        let mut y = top(block);
        for i in &block.0 {
            places[*i] = y + heights[*i] / 2.0;
            y += heights[*i];
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever the range, there are few ticks, each above the one before, and they enclose it.
        #[test]
        fn ticks_are_few_and_enclose_any_range(one in any::<f64>(), other in any::<f64>(), near in 0u8..3, count in 1u8..8) {
            prop_assume!(one.is_finite() && other.is_finite());
            let other = match near {
                0 => other,
                1 => one + one.abs() * f64::EPSILON * (other.abs() % 9.0),
                _ => one,
            };
            let (low, high) = (one.min(other), one.max(other));
            let ticks = Ticks::around(low, high, f64::from(count));
            prop_assert!((2..=12).contains(&ticks.values.len()), "{low:e} {high:e}: {}", ticks.values.len());
            prop_assert!(ticks.values.windows(2).all(|pair| pair[0] < pair[1]));
            let (first, last) = ticks.ends();
            let room = (last - first) * 1e-6;
            prop_assert!(first <= low.max(-1e300) + room && high.min(1e300) <= last + room, "{low:e} {high:e}: {ticks:?}");
        }
    }

    #[test]
    fn ticks_are_round_and_enclose_the_range() {
        let texts = |low, high| {
            let ticks = Ticks::around(low, high, 5.0);
            ticks.values.iter().map(|v| v.round(ticks.decimals).to_string()).collect::<Vec<_>>()
        };
        assert_eq!(texts(-111_640.0, 128_190.0), ["-150000", "-100000", "-50000", "0", "50000", "100000", "150000"]);
        assert_eq!(texts(0.0, 0.07), ["0.00", "0.02", "0.04", "0.06", "0.08"]);
        assert_eq!(texts(14.9, 20.3), ["14", "16", "18", "20", "22"]);
        assert_eq!(texts(5.0, 5.0), ["5", "6"]);
        assert_eq!(texts(0.0, 5.0), ["0", "1", "2", "3", "4", "5"]);
    }

    #[test]
    fn labels_are_spread_without_overlap_and_stay_inside() {
        let places = spread(&[10.0, 11.0, 12.0, 90.0, 99.0], &[12.0; 5], 0.0, 100.0);
        let mut sorted = places.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 12.0 - 1e-9), "{places:?}");
        assert!(sorted[0] >= 6.0 && sorted[4] <= 94.0, "{places:?}");
        assert_eq!(spread(&[50.0], &[12.0], 0.0, 100.0), [50.0]);
    }
}
