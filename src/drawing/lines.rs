//! Lines: values over time, named at their ends, with marks where a series breaks.

use crate::exhibit::{Mark, Series};
use crate::finding::{Period, Status};

use super::axis::{Axis, Ticks, draw_periods, foot};
use super::canvas::Stroke;
use super::describe::over_time;
use super::element::{Area, Dot, Line, Plane, size};
use super::ends::{End, Ends};
use super::font::Weight;
use super::head::{Head, Sample};
use super::palette::{self, AXIS, Look, WHITE};
use super::voice::{Voice, check, number};
use super::{DrawingError, SMALL, TICKS, plane};
use super::{Paint, Plan};
use crate::exhibit::charts;

const HEIGHT: f64 = 270.0;
/// How far the first and the last point stand from the edges of the plane.
const EDGE: f64 = 7.0;

/// Where a line starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// At its first value.
    Value,
    /// At zero, before its first value: a sum.
    Zero,
}

/// A measured line chart.
pub(super) struct Lines<'a> {
    voice: Voice<'a>,
    periods: &'a [Period],
    series: &'a [Series],
    breaks: Vec<usize>,
    start: Start,
    ticks: Ticks,
    left: f64,
    foot: f64,
    ends: Ends,
    head: Head,
}

impl<'a> Lines<'a> {
    /// Measures the chart for a width.
    pub(super) fn plan(
        voice: Voice<'a>,
        (periods, series, breaks): (&'a [Period], &'a [Series], &[Period]),
        start: Start,
        width: f64,
    ) -> Result<Lines<'a>, DrawingError> {
        check(series, periods.len())?;
        let mut values: Vec<f64> =
            series.iter().flat_map(|series| &series.marks).filter_map(|mark| voice.place(mark)).collect();
        // A sum starts from zero, and a value that stands alone is seen against it.
        values.extend((start == Start::Zero || periods.len() == 1).then_some(0.0));
        let (low, high) = range(&values);
        let ticks = Ticks::around(low, high, TICKS);
        let left = Weight::Regular.widest(&ticks.texts(&voice), SMALL)? + 8.0;
        let breaks = break_places(periods, breaks);
        let legend = if breaks.is_empty() { Vec::new() } else { vec![(Sample::Upright, voice.word("chart-break")?)] };
        let head = Head::new(voice.unit_along(&ticks)?, legend, width)?;
        let names: Vec<String> = match series {
            [only] => last(only).map(|(_, mark)| voice.print(mark)).into_iter().collect(),
            several => {
                let shown = several.iter().filter(|series| last(series).is_some());
                shown.map(|series| voice.label(&series.label)).collect::<Result<_, _>>()?
            }
        };
        Ok(Lines {
            voice,
            periods,
            series,
            breaks,
            start,
            ticks,
            left,
            foot: foot(periods),
            ends: Ends::new(&names, width)?,
            head,
        })
    }

    /// Returns how many periods wide the edges before the first and behind the last are in a plane of a width.
    fn margins(&self, width: f64) -> (f64, f64) {
        let steps = self.periods.len() as f64 - 1.0;
        match self.start {
            // A sum starts from nothing one period before the first.
            Start::Zero => (1.0, EDGE * (steps + 1.0) / (width - EDGE)),
            Start::Value if steps == 0.0 => (0.5, 0.5),
            Start::Value => (EDGE * steps / (width - 2.0 * EDGE), EDGE * steps / (width - 2.0 * EDGE)),
        }
    }

    fn draw_line(&self, plane: &Plane<'_>, series: &Series, look: Look) -> Result<(), DrawingError> {
        let place = |i: usize| self.voice.place(&series.marks[i]).map(|value| (i as f64, value));
        let mut run: Vec<(f64, f64)> = Vec::new();
        let stroke = Stroke { colour: look.colour, width: 1.75, dash: look.dash };
        if let (Start::Zero, Some(first)) = (self.start, place(0)) {
            plane.draw(&Line { points: vec![(-1.0, 0.0), first], stroke })?;
        }
        for i in 0..=series.marks.len() {
            let point = if i < series.marks.len() { place(i) } else { None };
            if point.is_none() || self.breaks.contains(&i) {
                if run.len() > 1 {
                    plane.draw(&Line { points: std::mem::take(&mut run), stroke })?;
                }
                run.clear();
            }
            run.extend(point);
        }
        let radius = if self.periods.len() > 40 { 1.2 } else { 2.2 };
        for (i, mark) in series.marks.iter().enumerate() {
            let Some(at) = place(i) else { continue };
            let hollow = mark.status == Status::Inferred;
            let edge = hollow.then_some(Stroke { colour: look.colour, width: 1.0, dash: "" });
            let inside = if hollow { WHITE } else { look.colour };
            let finding = number(mark);
            plane.draw(&Dot { at: [at], shape: look.shape, radius, inside, edge, finding })?;
        }
        Ok(())
    }
}

impl Plan for Lines<'_> {
    fn height(&self) -> f64 {
        self.head.height() + HEIGHT.max(self.ends.height()) + self.foot
    }

    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let (width, height) = size(area);
        let (top, right) = (self.head.height(), width - self.ends.width());
        let (low, high) = self.ticks.ends();
        let margins = [top, self.foot, self.left, self.ends.width()];
        let (before, after) = self.margins(right - self.left);
        let across = -before..self.periods.len() as f64 - 1.0 + after;
        let (plane, axis) = plane(area, margins, across.clone(), low..high)?;
        self.ticks.draw(&plane, &self.voice)?;
        self.ticks.draw_zero(&plane)?;
        draw_breaks(&plane, &self.breaks)?;
        draw_periods(&plane, &self.voice, self.periods)?;
        for (i, series) in self.series.iter().enumerate() {
            self.draw_line(&plane, series, palette::strong(self.voice.look(self.series, i)))?;
        }
        let bottom = height - self.foot;
        // A value that stands alone is named beside it.
        let names = if self.periods.len() == 1 { (self.left + right) / 2.0 + EDGE } else { right };
        let room = (right - self.left) / (across.end - across.start);
        let end = |i: usize| {
            let series = &self.series[i];
            let (place, mark) = last(series)?;
            let y = bottom - (self.voice.place(mark)? - low) / (high - low) * (bottom - top);
            let look = palette::strong(self.voice.look(self.series, i));
            let finding = if self.series.len() == 1 { number(mark) } else { None };
            Some(End { x: self.left + (place as f64 + before) * room, y, ink: look.ink, colour: look.colour, finding })
        };
        let ends: Vec<End<'_>> = (0..self.series.len()).filter_map(end).collect();
        // The points of all lines, and the middles between them, leave no room for names.
        let at = |place: f64, value: f64| {
            (self.left + (place + before) * room, bottom - (value - low) / (high - low) * (bottom - top))
        };
        let mut taken = Vec::new();
        for series in self.series {
            let point = |i: usize| self.voice.place(series.marks.get(i)?).map(|value| (i as f64, value));
            for i in 0..series.marks.len() {
                taken.extend(point(i).map(|(x, y)| at(x, y)));
                let between = point(i).zip(point(i + 1));
                taken.extend(between.map(|(a, b)| at((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0)));
            }
        }
        self.ends.draw(area, (names, top, bottom), (&ends, &taken))?;
        Ok(vec![axis])
    }
}

impl Paint for charts::Lines {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError> {
        Ok(Box::new(Lines::plan(voice, (&self.periods, &self.series, &self.breaks), Start::Value, room)?))
    }

    fn kind(&self) -> &'static str {
        "alt-kind-lines"
    }

    fn is_timed(&self) -> bool {
        true
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        over_time(voice, &self.periods, &self.series, None, &self.breaks, sentences)
    }
}

impl Paint for charts::Cumulative {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError> {
        Ok(Box::new(Lines::plan(voice, (&self.periods, &self.series, &self.breaks), Start::Zero, room)?))
    }

    fn kind(&self) -> &'static str {
        "alt-kind-cumulative"
    }

    fn is_timed(&self) -> bool {
        true
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        over_time(voice, &self.periods, &self.series, None, &self.breaks, sentences)
    }
}

/// Returns the places of the axis before which a series breaks.
pub(super) fn break_places(periods: &[Period], breaks: &[Period]) -> Vec<usize> {
    let place = |at: &Period| periods.iter().position(|period| period.last_day() >= at.first_day());
    breaks.iter().filter_map(place).filter(|place| *place > 0).collect()
}

/// Draws a dashed rule before each place where a series breaks.
pub(super) fn draw_breaks(plane: &Plane<'_>, breaks: &[usize]) -> Result<(), DrawingError> {
    let (low, high) = (plane.get_y_range().start, plane.get_y_range().end);
    for place in breaks {
        let x = *place as f64 - 0.5;
        let stroke = Stroke { colour: AXIS, width: 1.0, dash: "3 3" };
        plane.draw(&Line { points: vec![(x, low), (x, high)], stroke })?;
    }
    Ok(())
}

/// Returns the range to show: from zero where that costs little room.
pub(super) fn range(values: &[f64]) -> (f64, f64) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    match (low, high) {
        _ if low > high => (0.0, 1.0),
        (low, high) if low > 0.0 && low < 0.5 * high => (0.0, high),
        (low, high) if high < 0.0 && high > 0.5 * low => (low, 0.0),
        ends => ends,
    }
}

fn last(series: &Series) -> Option<(usize, &Mark)> {
    series.marks.iter().enumerate().rfind(|(_, mark)| mark.value.is_ok())
}
