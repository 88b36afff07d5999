//! Panels: small planes of lines on one scale, in a grid.

use crate::exhibit::{Label as Name, Mark, Panel};
use crate::finding::{Period, Status};

use super::axis::{Axis, Ticks};
use super::canvas::{Anchor, Setting, Stroke};
use super::describe::{Placed, extremes, say, signs, span};
use super::element::{Area, Dot, Label, Line, Plane, at, set, size};
use super::font::Weight;
use super::head::{Head, Sample};
use super::lines::{break_places, draw_breaks, range};
use super::observe::steady_signs;
use super::palette::{self, INK, QUIET, WHITE};
use super::voice::{Voice, check, number};
use super::{DrawingError, SMALL, plane};
use super::{Paint, Plan};
use crate::exhibit::charts;

const LEADING: f64 = 12.5;
const GAP: f64 = 12.0;
const NARROWEST: f64 = 84.0;
const FOOT: f64 = 18.0;

/// The figure's parts: periods, panels, breaks.
type Given<'a> = (&'a [Period], &'a [Panel], &'a [Period]);

/// Measured panels.
pub(super) struct Panels<'a> {
    voice: Voice<'a>,
    given: Given<'a>,
    breaks: Vec<usize>,
    names: Vec<Vec<String>>,
    columns: usize,
    left: f64,
    side: f64,
    tall: f64,
    ticks: Ticks,
    head: Head,
}

impl<'a> Panels<'a> {
    /// Measures the chart for a width.
    pub(super) fn plan(voice: Voice<'a>, given: Given<'a>, width: f64) -> Result<Panels<'a>, DrawingError> {
        let (periods, panels, breaks) = given;
        let Some(first) = panels.first() else {
            return Err(DrawingError::Shape(String::from("there is nothing to draw")));
        };
        for panel in panels {
            check(&panel.series, periods.len())?;
        }
        let values: Vec<f64> = marks(panels).filter_map(|mark| voice.place(mark)).collect();
        let (low, high) = range(&values);
        let ticks = Ticks::around(low, high, 3.0);
        let left = Weight::Regular.widest(&ticks.texts(&voice), SMALL)? + 8.0;
        let most = ((width - left + GAP) / (NARROWEST + GAP)).floor().max(1.0) as usize;
        // Of the grids with the fewest rows the one with the fewest empty places.
        let places = |count: &usize| (panels.len().div_ceil(*count), panels.len().next_multiple_of(*count));
        let columns = (1..=most.min(6)).rev().min_by_key(places);
        let columns = columns.unwrap_or(1).min(panels.len());
        let side = (width - left + GAP) / columns as f64 - GAP;
        let name = |panel: &Panel| weight(&panel.label).wrap(&voice.label(&panel.label)?, SMALL, side);
        let names: Vec<Vec<String>> = panels.iter().map(name).collect::<Result<_, DrawingError>>()?;
        let mut legend: Vec<(Sample, String)> = Vec::new();
        if first.series.len() > 1 {
            let looks = (0..).map(|i| Sample::Line(palette::strong(voice.look(&first.series, i))));
            legend = looks.zip(voice.names(&first.series)?).collect();
        }
        let breaks = break_places(periods, breaks);
        if !breaks.is_empty() {
            legend.push((Sample::Upright, voice.word("chart-break")?));
        }
        let head = Head::new(voice.unit_along(&ticks)?, legend, width)?;
        let tall = (0.62 * side).clamp(56.0, 150.0);
        Ok(Panels { voice, given, breaks, names, columns, left, side, tall, ticks, head })
    }

    /// Returns where the plane of each row of the grid begins.
    fn tops(&self) -> Vec<f64> {
        let mut y = self.head.height();
        let mut tops = Vec::new();
        for names in self.names.chunks(self.columns) {
            let lines = names.iter().map(Vec::len).max().unwrap_or(1);
            y += lines as f64 * LEADING + 6.0;
            tops.push(y);
            y += self.tall + FOOT;
        }
        tops
    }

    fn draw_ticks(&self, plane: &Plane<'_>, named: bool) -> Result<(), DrawingError> {
        if named {
            return self.ticks.draw(plane, &self.voice);
        }
        let across = plane.get_x_range();
        for value in &self.ticks.values {
            let stroke = Stroke { colour: palette::GRID, width: 0.75, dash: "" };
            let y = value.to_f64();
            plane.draw(&Line { points: vec![(across.start, y), (across.end, y)], stroke })?;
        }
        Ok(())
    }

    fn draw_line(&self, plane: &Plane<'_>, marks: &[Mark], series: usize) -> Result<(), DrawingError> {
        let look = palette::line(series);
        let stroke = Stroke { colour: look.colour, width: 1.4, dash: look.dash };
        let point = |i: usize| self.voice.place(marks.get(i)?).map(|value| (i as f64, value));
        let mut run: Vec<(f64, f64)> = Vec::new();
        for i in 0..=marks.len() {
            if point(i).is_none() || self.breaks.contains(&i) {
                if run.len() > 1 {
                    plane.draw(&Line { points: std::mem::take(&mut run), stroke })?;
                }
                run.clear();
            }
            run.extend(point(i));
        }
        for (i, mark) in marks.iter().enumerate() {
            let Some(at) = point(i) else { continue };
            let hollow = mark.status == Status::Inferred;
            let edge = hollow.then_some(Stroke { colour: look.colour, width: 0.75, dash: "" });
            let (inside, radius) = (if hollow { WHITE } else { look.colour }, if hollow { 1.6 } else { 1.2 });
            plane.draw(&Dot { at: [at], shape: look.shape, radius, inside, edge, finding: number(mark) })?;
        }
        Ok(())
    }

    /// Writes the first and the last year under a panel, or the months where they are of one year.
    fn draw_periods(&self, area: &Area<'_>, (left, y): (f64, f64)) -> Result<(), DrawingError> {
        let (periods, _, _) = self.given;
        let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return Ok(()) };
        let year = |period: &Period| self.voice.period(Period::of_year(period.year()));
        let ends = match (first == last, first.year() == last.year()) {
            (true, _) => vec![(self.voice.period(*first), Anchor::Start, 0.0)],
            (false, false) => vec![(year(first), Anchor::Start, 0.0), (year(last), Anchor::End, self.side)],
            (false, true) => {
                let last = format!("{}\u{a0}{}", self.voice.period(*last), year(last));
                vec![(self.voice.period(*first), Anchor::Start, 0.0), (last, Anchor::End, self.side)]
            }
        };
        for (text, anchor, x) in ends {
            let setting = set(SMALL, QUIET, anchor);
            area.draw(&Label { at: [at(left + x, y)], shift: (0.0, 0.0), text: &text, setting, finding: None })?;
        }
        Ok(())
    }
}

impl Plan for Panels<'_> {
    fn height(&self) -> f64 {
        self.tops().last().copied().unwrap_or(0.0) + self.tall + FOOT
    }

    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let (width, height) = size(area);
        let (periods, panels, _) = self.given;
        let (low, high) = self.ticks.ends();
        let tops = self.tops();
        let mut axes = Vec::new();
        for (i, panel) in panels.iter().enumerate() {
            let (row, column) = (i / self.columns, i % self.columns);
            let left = self.left + column as f64 * (self.side + GAP);
            let margins = [tops[row], height - tops[row] - self.tall, left, width - left - self.side];
            let across = -0.3..periods.len() as f64 - 0.7;
            let (plane, axis) = plane(area, margins, across.clone(), low..high)?;
            self.draw_ticks(&plane, column == 0)?;
            self.ticks.draw_zero(&plane)?;
            draw_breaks(&plane, &self.breaks)?;
            for (i, series) in panel.series.iter().enumerate() {
                self.draw_line(&plane, &series.marks, i)?;
            }
            for (line, text) in self.names[i].iter().enumerate() {
                let y = tops[row] - 9.0 - (self.names[i].len() - 1 - line) as f64 * LEADING;
                let setting = Setting { weight: weight(&panel.label), ..set(SMALL, INK, Anchor::Start) };
                area.draw(&Label { at: [at(left, y)], shift: (0.0, 0.0), text, setting, finding: None })?;
            }
            self.draw_periods(area, (left, tops[row] + self.tall + 9.0))?;
            axes.push(axis);
        }
        Ok(axes)
    }
}

impl Paint for charts::Panels {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError> {
        Ok(Box::new(Panels::plan(voice, (&self.periods, &self.panels, &self.breaks), room)?))
    }

    fn kind(&self) -> &'static str {
        "alt-kind-panels"
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        describe(voice, (&self.periods, &self.panels, &self.breaks), sentences)
    }
}

fn weight(label: &Name) -> Weight {
    if label.is_country() { Weight::Bold } else { Weight::Regular }
}

fn marks(panels: &[Panel]) -> impl Iterator<Item = &Mark> + Clone {
    panels.iter().flat_map(|panel| &panel.series).flat_map(|series| &series.marks)
}

/// Describes all panels together.
pub(super) fn describe(
    voice: &Voice<'_>,
    (periods, panels, breaks): Given<'_>,
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    sentences.extend(span(voice, periods)?);
    sentences.push(say(voice, "alt-panels")?.count("count", panels.len()).end());
    let several = panels.first().filter(|panel| panel.series.len() > 1);
    if let Some(panel) = several {
        let sentence = say(voice, "alt-series")?.count("count", panel.series.len());
        sentences.push(sentence.put("names", voice.language.list(&voice.names(&panel.series)?)).end());
    }
    let mut placed: Vec<Placed<'_>> = Vec::new();
    for panel in panels.iter().filter(|panel| !panel.label.is_country()) {
        for series in &panel.series {
            let mut name = voice.name(&panel.label)?;
            if several.is_some() {
                name = format!("{name}, {}", voice.name(&series.label)?);
            }
            let places = periods.iter().map(|period| format!("{name} – {}", voice.date(*period)));
            placed.extend(places.zip(&series.marks));
        }
    }
    extremes(voice, None, &placed, sentences)?;
    signs(voice, marks(panels), sentences)?;
    let territories = panels.iter().all(|panel| matches!(panel.label, Name::Territory(_)));
    if several.is_none() && territories {
        let mut rows: Vec<(String, Vec<&Mark>)> = Vec::new();
        for panel in panels {
            rows.push((voice.name(&panel.label)?, panel.series.iter().flat_map(|series| &series.marks).collect()));
        }
        sentences.extend(steady_signs(voice, &rows)?);
    }
    if !breaks.is_empty() {
        let names: Vec<String> = breaks.iter().map(|period| voice.date(*period)).collect();
        sentences.push(say(voice, "alt-breaks")?.put("periods", voice.language.list(&names)).end());
    }
    Ok(())
}
