//! Columns: upright bars over time, side by side or stacked with the negative parts below zero.

use crate::exhibit::{Arrangement, Mark, Series};
use crate::finding::{Period, Status};

use super::axis::{Axis, Ticks, draw_periods, foot};
use super::canvas::{Anchor, Fill, Stroke};
use super::describe::over_time;
use super::element::{Area, Bar, Dot, Label, Line, Plane, set, size};
use super::ends::{End, Ends};
use super::font::Weight;
use super::head::{Head, Sample};
use super::lines::{break_places, draw_breaks};
use super::palette::{self, Colour, INK, QUIET, Shape, WHITE};
use super::voice::{Voice, any_inferred, check, number};
use super::{DrawingError, SMALL, TICKS, plane};
use super::{Paint, Plan};
use crate::exhibit::charts;

const HEIGHT: f64 = 270.0;
const SHARE: f64 = 0.72;
const WIDEST: f64 = 46.0;
/// The room of a number beyond the end of its column.
const NUMBER: f64 = 17.0;

/// The figure's parts as the exhibit gives them.
pub(super) struct Given<'a> {
    /// The periods.
    pub(super) periods: &'a [Period],
    /// The series.
    pub(super) series: &'a [Series],
    /// How they stand to one another.
    pub(super) arrangement: Arrangement,
    /// Their total, drawn as a line.
    pub(super) total: Option<&'a Series>,
    /// Where they break.
    pub(super) breaks: &'a [Period],
}

/// A measured column chart.
pub(super) struct Columns<'a> {
    voice: Voice<'a>,
    given: Given<'a>,
    breaks: Vec<usize>,
    ticks: Ticks,
    /// The lowest and the highest value of the plane.
    range: (f64, f64),
    left: f64,
    foot: f64,
    ends: Option<Ends>,
    printed: bool,
    head: Head,
}

/// One column or part of one: its place, its ends in values, its look and its mark.
struct Part<'a> {
    place: usize,
    series: usize,
    from: f64,
    to: f64,
    mark: &'a Mark,
}

impl<'a> Columns<'a> {
    /// Measures the chart for a width.
    pub(super) fn plan(voice: Voice<'a>, given: Given<'a>, width: f64) -> Result<Columns<'a>, DrawingError> {
        check(given.series, given.periods.len())?;
        if let Some(total) = given.total {
            check(std::slice::from_ref(total), given.periods.len())?;
        }
        let breaks = break_places(given.periods, given.breaks);
        let ends = if named_at_ends(&given) { Some(names(&voice, &given, width)?) } else { None };
        let head = Head::new(voice.unit()?, legend(&voice, &given, &breaks, ends.is_some())?, width)?;
        let parts = parts(&voice, &given);
        let totals = given.total.iter().flat_map(|total| &total.marks).filter_map(|mark| voice.place(mark));
        let values = || parts.iter().map(|part| part.to).chain(totals.clone());
        let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
        let mut columns = Columns {
            voice,
            breaks,
            ticks: Ticks::around(low, high, TICKS),
            range: (low, high),
            left: 0.0,
            foot: foot(given.periods),
            given,
            ends,
            printed: false,
            head,
        };
        columns.left = Weight::Regular.widest(&columns.ticks.texts(&voice), SMALL)? + 8.0;
        if let ([only], None) = (columns.given.series, columns.given.total) {
            let texts: Vec<String> = only.marks.iter().map(|mark| voice.print(mark)).collect();
            let room = (width - columns.left - columns.right()) / columns.given.periods.len() as f64;
            columns.printed = Weight::Regular.widest(&texts, SMALL)? <= room - 4.0;
        }
        columns.range = columns.ticks.ends();
        if columns.printed && low < high {
            // Where every column says its number a scale would say it again: room for the numbers, none for a scale.
            let ends = [low, high].map(|end| if end == 0.0 { 0.0 } else { NUMBER });
            let unit = (high - low).max(f64::MIN_POSITIVE) / (HEIGHT - ends[0] - ends[1]);
            columns.range = (low - ends[0] * unit, high + ends[1] * unit);
            columns.left = 0.0;
        }
        Ok(columns)
    }

    fn right(&self) -> f64 {
        self.ends.as_ref().map_or(4.0, Ends::width)
    }

    /// Returns the width of a group of columns, as a share of the distance of two periods.
    fn width(&self, area: &Area<'_>) -> f64 {
        let room = (size(area).0 - self.left - self.right()) / (self.given.periods.len() as f64 + 0.1);
        let columns = match self.given.arrangement {
            Arrangement::Stacked => 1.0,
            Arrangement::Grouped => self.given.series.len() as f64,
        };
        SHARE.min(WIDEST * columns / room)
    }

    /// Returns where a column begins and ends on the axis of periods.
    fn sides(&self, place: usize, series: usize, width: f64) -> (f64, f64) {
        match self.given.arrangement {
            Arrangement::Stacked => (place as f64 - width / 2.0, place as f64 + width / 2.0),
            Arrangement::Grouped => {
                let each = width / self.given.series.len() as f64;
                let left = place as f64 - width / 2.0 + each * series as f64;
                (left, left + each)
            }
        }
    }

    fn colour(&self, part: &Part<'_>) -> Colour {
        match self.given.series {
            [only] => match self.voice.declared(&only.label) {
                Some(colour) => palette::declared(colour, 0).colour,
                None => palette::signed(part.to),
            },
            all => self.voice.look(all, part.series).colour,
        }
    }

    fn draw_part(&self, plane: &Plane<'_>, part: &Part<'_>, width: f64) -> Result<(), DrawingError> {
        let (left, right) = self.sides(part.place, part.series, width);
        let colour = self.colour(part);
        let fill = if part.mark.status == Status::Inferred { Fill::Hatched(colour) } else { Fill::Plain(colour) };
        let finding = number(part.mark);
        plane.draw(&Bar { corners: [(left, part.from), (right, part.to)], fill, finding })?;
        if part.from != 0.0 {
            let stroke = Stroke { colour: WHITE, width: 0.75, dash: "" };
            plane.draw(&Line { points: vec![(left, part.from), (right, part.from)], stroke })?;
        }
        if self.printed {
            let shift = (0.0, if part.to < 0.0 { 9.0 } else { -9.0 });
            let (text, setting) = (self.voice.print(part.mark), set(SMALL, INK, Anchor::Middle));
            plane.draw(&Label { at: [((left + right) / 2.0, part.to)], shift, text: &text, setting, finding })?;
        }
        Ok(())
    }

    /// Prints the sign of what is missing where a column would stand.
    fn draw_missing(&self, plane: &Plane<'_>, width: f64) -> Result<(), DrawingError> {
        let alone = self.given.arrangement == Arrangement::Grouped || self.given.series.len() == 1;
        for (i, series) in self.given.series.iter().enumerate() {
            for (place, mark) in series.marks.iter().enumerate().filter(|(_, mark)| alone && mark.value.is_err()) {
                let (left, right) = self.sides(place, i, width);
                let (text, setting) = (self.voice.print(mark), set(SMALL, QUIET, Anchor::Middle));
                let (at, finding) = ([((left + right) / 2.0, 0.0)], number(mark));
                plane.draw(&Label { at, shift: (0.0, -9.0), text: &text, setting, finding })?;
            }
        }
        Ok(())
    }

    fn draw_total(&self, plane: &Plane<'_>) -> Result<(), DrawingError> {
        let Some(total) = self.given.total else { return Ok(()) };
        let stroke = Stroke { colour: INK, width: 1.4, dash: "" };
        let halo = Stroke { colour: WHITE, width: 4.0, dash: "" };
        let points: Vec<Option<(f64, f64)>> =
            total.marks.iter().enumerate().map(|(i, mark)| Some((i as f64, self.voice.place(mark)?))).collect();
        for run in points.split(Option::is_none).filter(|run| run.len() > 1) {
            let points: Vec<(f64, f64)> = run.iter().copied().flatten().collect();
            plane.draw(&Line { points: points.clone(), stroke: halo })?;
            plane.draw(&Line { points, stroke })?;
        }
        for (at, mark) in points.iter().zip(&total.marks) {
            let Some(at) = *at else { continue };
            let (shape, finding) = (Shape::Disc, number(mark));
            plane.draw(&Dot { at: [at], shape, radius: 2.4, inside: WHITE, edge: Some(stroke), finding })?;
        }
        Ok(())
    }

    fn draw_names(&self, area: &Area<'_>, ends: &Ends) -> Result<(), DrawingError> {
        let (width, height) = size(area);
        let (top, bottom, right) = (self.head.height(), height - self.foot, width - self.right());
        let (low, high) = self.range;
        let last = self.given.periods.len() - 1;
        let room = (right - self.left) / (last as f64 + 1.1);
        let y = |value: f64| bottom - (value - low) / (high - low) * (bottom - top);
        let x = |side: f64| self.left + (side + 0.55) * room;
        let edge = x(last as f64 + self.width(area) / 2.0) - 2.0;
        let mut places: Vec<End<'_>> = parts(&self.voice, &self.given)
            .iter()
            .filter(|part| part.place == last)
            .map(|part| {
                let look = self.voice.look(self.given.series, part.series);
                End { x: edge, y: y((part.from + part.to) / 2.0), ink: look.ink, colour: look.colour, finding: None }
            })
            .collect();
        let total = self.given.total.and_then(|total| self.voice.place(total.marks.last()?));
        places.extend(total.map(|value| End { x: x(last as f64), y: y(value), ink: INK, colour: INK, finding: None }));
        ends.draw(area, (right, top, bottom), (&places, &[]))
    }
}

impl Plan for Columns<'_> {
    fn height(&self) -> f64 {
        self.head.height() + HEIGHT.max(self.ends.as_ref().map_or(0.0, Ends::height)) + self.foot
    }

    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let across = -0.55..self.given.periods.len() as f64 - 0.45;
        let (low, high) = self.range;
        let margins = [self.head.height(), self.foot, self.left, self.right()];
        let (plane, axis) = plane(area, margins, across, low..high)?;
        if !self.printed {
            self.ticks.draw(&plane, &self.voice)?;
        }
        draw_breaks(&plane, &self.breaks)?;
        for part in parts(&self.voice, &self.given) {
            self.draw_part(&plane, &part, self.width(area))?;
        }
        self.ticks.draw_zero(&plane)?;
        self.draw_missing(&plane, self.width(area))?;
        self.draw_total(&plane)?;
        draw_periods(&plane, &self.voice, self.given.periods)?;
        if let Some(ends) = &self.ends {
            self.draw_names(area, ends)?;
        }
        Ok(vec![axis])
    }
}

impl Paint for charts::Columns {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError> {
        let Self { periods, series, arrangement, total, breaks } = self;
        let given = Given { periods, series, arrangement: *arrangement, total: total.as_ref(), breaks };
        Ok(Box::new(Columns::plan(voice, given, room)?))
    }

    fn prints_gaps(&self) -> bool {
        true
    }

    fn kind(&self) -> &'static str {
        match self.arrangement {
            Arrangement::Stacked => "alt-kind-columns-stacked",
            Arrangement::Grouped => "alt-kind-columns",
        }
    }

    fn is_timed(&self) -> bool {
        true
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        over_time(voice, &self.periods, &self.series, self.total.as_ref(), &self.breaks, sentences)
    }
}

/// Returns true where every series of a stack has a part in the last column, so that names can stand beside it.
fn named_at_ends(given: &Given<'_>) -> bool {
    let ends = |series: &Series| series.marks.last().is_some_and(|mark| mark.value.is_ok());
    given.arrangement == Arrangement::Stacked
        && given.series.len() + usize::from(given.total.is_some()) > 1
        && given.series.iter().chain(given.total).all(ends)
}

fn names(voice: &Voice<'_>, given: &Given<'_>, width: f64) -> Result<Ends, DrawingError> {
    let names: Vec<String> =
        given.series.iter().chain(given.total).map(|series| voice.label(&series.label)).collect::<Result<_, _>>()?;
    Ends::new(&names, width)
}

fn legend(
    voice: &Voice<'_>,
    given: &Given<'_>,
    breaks: &[usize],
    named: bool,
) -> Result<Vec<(Sample, String)>, DrawingError> {
    let mut legend = Vec::new();
    if !named && given.series.len() + usize::from(given.total.is_some()) > 1 {
        for (i, series) in given.series.iter().enumerate() {
            let look = voice.look(given.series, i);
            let colour = if given.series.len() == 1 { palette::POSITIVE } else { look.colour };
            legend.push((Sample::Area(colour), voice.label(&series.label)?));
        }
        if let Some(total) = given.total {
            legend.push((Sample::Total, voice.label(&total.label)?));
        }
    }
    if any_inferred(given.series.iter().flat_map(|series| &series.marks)) {
        legend.push((Sample::Hatch(QUIET), voice.word("chart-inferred")?));
    }
    if !breaks.is_empty() {
        legend.push((Sample::Upright, voice.word("chart-break")?));
    }
    Ok(legend)
}

/// Returns the columns, or the parts of stacks: positive parts upwards from zero, negative ones downwards.
fn parts<'a>(voice: &Voice<'_>, given: &Given<'a>) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    for place in 0..given.periods.len() {
        let (mut up, mut down) = (0.0, 0.0);
        for (i, series) in given.series.iter().enumerate() {
            let mark = &series.marks[place];
            let Some(value) = voice.place(mark) else { continue };
            let base = match (given.arrangement, value < 0.0) {
                (Arrangement::Grouped, _) => 0.0,
                (Arrangement::Stacked, true) => down,
                (Arrangement::Stacked, false) => up,
            };
            parts.push(Part { place, series: i, from: base, to: base + value, mark });
            if value < 0.0 { down += value } else { up += value }
        }
    }
    parts
}
