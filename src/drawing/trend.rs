//! Trend: points over time with a fitted line, its continuation and the interval around it.

use crate::exhibit::{Mark, Series};
use crate::finding::{Period, Status};

use super::axis::{Axis, Ticks, draw_periods, foot};
use super::canvas::{Fill, Stroke};
use super::describe::{over_time, say};
use super::element::{Area, Dot, Line, Plane, Surface};
use super::font::Weight;
use super::head::{Head, Sample};
use super::lines::range;
use super::palette::{self, BAND, Look, QUIET, WHITE};
use super::voice::{Voice, any_inferred, check, number};
use super::{DrawingError, SMALL, TICKS, plane};
use super::{Paint, Plan};
use crate::exhibit::charts;

const HEIGHT: f64 = 250.0;

/// What is drawn beside the points.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a> {
    /// The fitted line.
    pub(super) fitted: Option<&'a Series>,
    /// Its continuation.
    pub(super) ahead: Option<&'a Series>,
    /// The ends of the interval.
    pub(super) band: Option<&'a [Series; 2]>,
}

/// A measured chart.
pub(super) struct Trend<'a> {
    voice: Voice<'a>,
    periods: &'a [Period],
    value: &'a Series,
    lines: Lines<'a>,
    ticks: Ticks,
    left: f64,
    head: Head,
}

/// The look of the points: that of what they are of.
fn points(voice: &Voice<'_>, value: &Series) -> Look {
    voice.declared(&value.label).map_or_else(|| palette::series(0), |colour| palette::declared(colour, 0))
}

fn fit() -> Look {
    Look { colour: palette::series(1).ink, dash: "", ..palette::series(1) }
}

fn ahead() -> Look {
    Look { dash: "5 3", ..fit() }
}

impl<'a> Trend<'a> {
    /// Measures the chart for a width.
    pub(super) fn plan(
        voice: Voice<'a>,
        (periods, value): (&'a [Period], &'a Series),
        lines: Lines<'a>,
        width: f64,
    ) -> Result<Trend<'a>, DrawingError> {
        let beside: Vec<&Series> =
            lines.fitted.into_iter().chain(lines.ahead).chain(lines.band.into_iter().flatten()).collect();
        let all = || std::iter::once(value).chain(beside.iter().copied());
        for series in all() {
            check(std::slice::from_ref(series), periods.len())?;
        }
        let values: Vec<f64> = all().flat_map(|series| &series.marks).filter_map(|mark| voice.place(mark)).collect();
        let (low, high) = range(&values);
        let ticks = Ticks::around(low, high, TICKS);
        let left = Weight::Regular.widest(&ticks.texts(&voice), SMALL)? + 8.0;
        let look = points(&voice, value);
        let mut legend = vec![(Sample::Dot(look, look.colour), voice.label(&value.label)?)];
        for (series, look) in [(lines.fitted, fit()), (lines.ahead, ahead())] {
            if let Some(series) = series {
                legend.push((Sample::Line(look), voice.label(&series.label)?));
            }
        }
        if lines.band.is_some() {
            legend.push((Sample::Outline(BAND), voice.word("chart-interval")?));
        }
        if any_inferred(&value.marks) {
            legend.push((Sample::Dot(look, WHITE), voice.word("chart-inferred")?));
        }
        let head = Head::new(voice.unit_along(&ticks)?, legend, width)?;
        Ok(Trend { voice, periods, value, lines, ticks, left, head })
    }

    fn places(&self, series: &Series) -> Vec<(f64, f64)> {
        let place = |(i, mark): (usize, &Mark)| Some((i as f64, self.voice.place(mark)?));
        series.marks.iter().enumerate().filter_map(place).collect()
    }

    fn draw_marks(&self, plane: &Plane<'_>, series: &Series, (look, radius): (Look, f64)) -> Result<(), DrawingError> {
        for (i, mark) in series.marks.iter().enumerate() {
            let Some(value) = self.voice.place(mark) else { continue };
            let hollow = mark.status == Status::Inferred;
            let edge = hollow.then_some(Stroke { colour: look.colour, width: 1.0, dash: "" });
            let inside = if hollow { WHITE } else { look.colour };
            let (at, finding) = ([(i as f64, value)], number(mark));
            plane.draw(&Dot { at, shape: palette::Shape::Disc, radius, inside, edge, finding })?;
        }
        Ok(())
    }

    /// Fills the interval over each run of periods that has both ends; a single one becomes a bar.
    fn draw_band(&self, plane: &Plane<'_>, [low, high]: &[Series; 2]) -> Result<(), DrawingError> {
        let ends = |i: usize| Some((self.voice.place(low.marks.get(i)?)?, self.voice.place(high.marks.get(i)?)?));
        let mut run: Vec<(f64, f64, f64)> = Vec::new();
        for i in 0..=self.periods.len() {
            if let Some((low, high)) = ends(i) {
                run.push((i as f64, low, high));
                continue;
            }
            if let [(x, low, high)] = run[..] {
                run = vec![(x - 0.2, low, high), (x + 0.2, low, high)];
            }
            if !run.is_empty() {
                let upper = run.iter().map(|(x, _, high)| (*x, *high));
                let lower = run.iter().rev().map(|(x, low, _)| (*x, *low));
                let corners: Vec<(f64, f64)> = upper.chain(lower).collect();
                let edge = Stroke { colour: QUIET, width: 1.0, dash: "3 2" };
                let counts = vec![corners.len()];
                plane.draw(&Surface { corners, counts, edge, fill: Fill::Plain(BAND), finding: None })?;
            }
            run.clear();
        }
        Ok(())
    }
}

impl Plan for Trend<'_> {
    fn height(&self) -> f64 {
        self.head.height() + HEIGHT + foot(self.periods)
    }

    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let (low, high) = self.ticks.ends();
        let margins = [self.head.height(), foot(self.periods), self.left, 4.0];
        let (plane, axis) = plane(area, margins, -0.5..self.periods.len() as f64 - 0.5, low..high)?;
        if let Some(band) = self.lines.band {
            self.draw_band(&plane, band)?;
        }
        self.ticks.draw(&plane, &self.voice)?;
        self.ticks.draw_zero(&plane)?;
        draw_periods(&plane, &self.voice, self.periods)?;
        let fitted = self.lines.fitted.map(|series| self.places(series)).unwrap_or_default();
        let mut beyond = self.lines.ahead.map(|series| self.places(series)).unwrap_or_default();
        // The continuation takes off where the fitted line ends.
        if let (Some(last), Some(first)) = (fitted.last(), beyond.first())
            && last.0 < first.0
        {
            beyond.insert(0, *last);
        }
        for (points, look) in [(fitted, fit()), (beyond, ahead())] {
            if points.len() > 1 {
                let stroke = Stroke { colour: look.colour, width: 1.5, dash: look.dash };
                plane.draw(&Line { points, stroke })?;
            }
        }
        let look = ahead();
        for series in self.lines.band.into_iter().flatten() {
            self.draw_marks(&plane, series, (palette::series(3), 1.1))?;
        }
        for (series, radius) in [(self.lines.fitted, 1.2), (self.lines.ahead, 2.2)] {
            if let Some(series) = series {
                self.draw_marks(&plane, series, (look, radius))?;
            }
        }
        self.draw_marks(&plane, self.value, (points(&self.voice, self.value), 2.8))?;
        Ok(vec![axis])
    }
}

impl Paint for charts::Trend {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError> {
        let Self { periods, value, fitted, ahead, band } = self;
        let lines = Lines { fitted: fitted.as_ref(), ahead: ahead.as_ref(), band: band.as_ref() };
        Ok(Box::new(Trend::plan(voice, (periods, value), lines, room)?))
    }

    fn kind(&self) -> &'static str {
        "alt-kind-trend"
    }

    fn is_timed(&self) -> bool {
        true
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        let lines = (self.fitted.as_ref(), self.ahead.as_ref(), self.band.as_ref());
        describe(voice, (&self.periods, &self.value), lines, sentences)
    }
}

/// Describes the points, the direction of the line, where its continuation ends and how wide the interval is there.
pub(super) fn describe(
    voice: &Voice<'_>,
    (periods, value): (&[Period], &Series),
    (fitted, ahead, band): (Option<&Series>, Option<&Series>, Option<&[Series; 2]>),
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    // The points end where the continuation begins; what lies beyond is no gap of theirs.
    let known = value.marks.iter().rposition(|mark| mark.value.is_ok()).map_or(0, |last| last + 1);
    let points = Series { label: value.label.clone(), marks: value.marks[..known].to_vec() };
    over_time(voice, &periods[..known], std::slice::from_ref(&points), None, &[], sentences)?;
    if let Some(fitted) = fitted {
        let known: Vec<_> = fitted.marks.iter().filter_map(|mark| mark.value.as_ref().ok()).collect();
        let slope = known.first().zip(known.last()).map_or(0, |(first, last)| last.minus(first).signum());
        match slope {
            1.. => sentences.push(say(voice, "alt-rising")?.end()),
            0 => {}
            _ => sentences.push(say(voice, "alt-falling")?.end()),
        }
    }
    let last = |series: &Series| {
        let known = |(i, mark): (usize, &Mark)| mark.value.is_ok().then(|| (i, voice.print(mark)));
        series.marks.iter().enumerate().filter_map(known).next_back()
    };
    if let Some((i, text)) = ahead.and_then(last) {
        sentences.push(say(voice, "alt-ahead")?.put("last", text).put("until", voice.date(periods[i])).end());
    }
    if let Some(((i, low), (_, high))) = band.and_then(|[low, high]| last(low).zip(last(high))) {
        let sentence = say(voice, "alt-interval")?.put("low", low).put("high", high);
        sentences.push(sentence.put("until", voice.date(periods[i])).end());
    }
    Ok(())
}
