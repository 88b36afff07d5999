//! Dumbbell: two points on each row and the line between them, each with its number outside.

use crate::exhibit::{Label as Name, Mark, Series};

use super::axis::{Axis, Ticks};
use super::bars::{Row, rows};
use super::canvas::{Anchor, Fill, Stroke};
use super::describe::{gaps, rows_of, several};
use super::element::{Area, Bar, Dot, Label, Line, Plane, set, size};
use super::font::Weight;
use super::head::{Head, Sample};
use super::lines::range;
use super::observe::{moves, places};
use super::palette::{self, INK, Look, QUIET, WHITE};
use super::voice::{Voice, check, number};
use super::{DrawingError, SMALL, lying, plane};
use super::{Paint, Plan};
use crate::exhibit::charts;

const RADIUS: f64 = 3.6;
const GAP: f64 = 7.0;
/// Half the height that a number keeps clear of the rules.
const CLEAR: f64 = 5.5;

/// A measured chart.
pub(super) struct Dumbbell<'a> {
    voice: Voice<'a>,
    ends: &'a [Series; 2],
    rows: Vec<Row>,
    left: f64,
    /// The values at both edges of the plane, within which every number has room.
    across: (f64, f64),
    ticks: Ticks,
    head: Head,
}

/// A number beside its point: the text, whether it stands to the left, and its width with the gap.
struct Number {
    text: String,
    left: bool,
    width: f64,
}

/// Returns how the earlier and the later point look: hollow and filled.
fn looks() -> [(Look, palette::Colour); 2] {
    let look = palette::series(0);
    [(look, WHITE), (look, look.colour)]
}

impl<'a> Dumbbell<'a> {
    /// Measures the chart for a width.
    pub(super) fn plan(
        voice: Voice<'a>,
        (labels, ends): (&[Name], &'a [Series; 2]),
        width: f64,
    ) -> Result<Dumbbell<'a>, DrawingError> {
        check(ends, labels.len())?;
        let samples = looks().map(|(look, inside)| Sample::Dot(look, inside));
        let legend = samples.into_iter().zip(voice.names(ends)?).collect();
        let head = Head::new(voice.unit()?, legend, width)?;
        let rows = rows(&voice, labels, 1, width)?;
        let left = rows.iter().try_fold(0.0, |left: f64, row| Ok::<f64, DrawingError>(left.max(row.room()?)))?;
        let across = across(&voice, ends, width - left)?;
        let ticks = Ticks::inside(&voice, across, width - left)?;
        Ok(Dumbbell { voice, ends, rows, left, across, ticks, head })
    }

    fn foot(&self) -> f64 {
        self.rows.last().map_or(0.0, Row::foot)
    }

    fn draw_row(&self, plane: &Plane<'_>, place: usize, (y, step): (f64, f64)) -> Result<(), DrawingError> {
        let marks = [0, 1].map(|end| &self.ends[end].marks[place]);
        let values = marks.map(|mark| self.voice.place(mark));
        if values == [None, None] {
            let text = self.voice.print(marks[1]);
            let label = Label {
                at: [(self.across.0, y)],
                shift: (GAP, 0.0),
                text: &text,
                setting: set(SMALL, QUIET, Anchor::Start),
                finding: None,
            };
            return Ok(plane.draw(&label)?);
        }
        let numbers = numbers(&self.voice, marks)?;
        for (value, number) in values.iter().zip(&numbers) {
            // The rules of the scale give way to a number.
            let (Some(value), Some(number)) = (value, number) else { continue };
            let (near, far) = (GAP / 2.0 / step, number.width / step);
            let (from, to) = if number.left { (value - far, value - near) } else { (value + near, value + far) };
            let corners = [(from, y - CLEAR), (to, y + CLEAR)];
            plane.draw(&Bar { corners, fill: Fill::Plain(WHITE), finding: None })?;
        }
        if let [Some(from), Some(to)] = values {
            let stroke = Stroke { colour: palette::series(3).colour, width: 2.0, dash: "" };
            plane.draw(&Line { points: vec![(from, y), (to, y)], stroke })?;
        }
        for (end, (look, inside)) in looks().into_iter().enumerate() {
            let (Some(value), Some(text), finding) = (values[end], &numbers[end], number(marks[end])) else { continue };
            let edge = Some(Stroke { colour: look.colour, width: 1.25, dash: "" });
            plane.draw(&Dot { at: [(value, y)], shape: look.shape, radius: RADIUS, inside, edge, finding })?;
            let (shift, anchor) = if text.left { (-GAP, Anchor::End) } else { (GAP, Anchor::Start) };
            let (at, setting) = ([(value, y)], set(SMALL, INK, anchor));
            plane.draw(&Label { at, shift: (shift, 0.0), text: &text.text, setting, finding })?;
        }
        Ok(())
    }
}

impl Plan for Dumbbell<'_> {
    fn height(&self) -> f64 {
        self.head.height() + self.foot() + 22.0
    }

    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let (top, foot) = (self.head.height(), self.foot());
        let (low, high) = self.across;
        let margins = [top, size(area).1 - top - foot, self.left, 0.0];
        let (plane, _) = plane(area, margins, low..high, foot..0.0)?;
        self.ticks.draw_across(&plane, &self.voice)?;
        let axis = lying(area, margins, &(low..high));
        for (place, row) in self.rows.iter().enumerate() {
            row.draw_name(&plane, low)?;
            self.draw_row(&plane, place, (row.middle(), axis.step))?;
        }
        Ok(vec![axis])
    }
}

impl Paint for charts::Dumbbell {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError> {
        Ok(Box::new(Dumbbell::plan(voice, (&self.rows, &self.ends), room)?))
    }

    fn kind(&self) -> &'static str {
        "alt-kind-dumbbell"
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        describe(voice, (&self.rows, &self.ends), false, sentences)
    }
}

/// Returns the numbers of a row: the lower one to the left; of two equal ones the earlier, and one alone to the right.
fn numbers(voice: &Voice<'_>, marks: [&Mark; 2]) -> Result<[Option<Number>; 2], DrawingError> {
    let values = marks.map(|mark| voice.place(mark));
    let number = |end: usize| -> Result<Option<Number>, DrawingError> {
        let Some(value) = values[end] else { return Ok(None) };
        let left = values[1 - end].is_some_and(|other| value < other || (value == other && end == 0));
        let text = voice.print(marks[end]);
        let width = Weight::Regular.measure(&text, SMALL)?.width + GAP + 2.0;
        Ok(Some(Number { text, left, width }))
    };
    Ok([number(0)?, number(1)?])
}

/// Returns the values at both edges of a plane of a width in which every number has room beside its point.
fn across(voice: &Voice<'_>, ends: &[Series; 2], width: f64) -> Result<(f64, f64), DrawingError> {
    let places: Vec<f64> = ends.iter().flat_map(|end| &end.marks).filter_map(|mark| voice.place(mark)).collect();
    let (low, high) = match range(&places) {
        (low, high) if low < high => (low, high),
        (low, high) => (low.min(0.0), if low < 0.0 { 0.0 } else { high.max(low + 1.0) }),
    };
    // The value and what it needs to its left and to its right.
    let mut needs = vec![(low, 1.0, 1.0), (high, 1.0, 1.0)];
    for (from, to) in ends[0].marks.iter().zip(&ends[1].marks) {
        let marks = [from, to];
        for (mark, number) in marks.iter().zip(numbers(voice, marks)?) {
            let (Some(value), Some(number)) = (voice.place(mark), number) else { continue };
            let room = if number.left { (number.width, RADIUS + 1.0) } else { (RADIUS + 1.0, number.width) };
            needs.push((value, room.0, room.1));
        }
    }
    let left = |scale: f64| needs.iter().map(|(value, room, _)| room - (value - low) * scale).fold(0.0, f64::max);
    let right = |scale: f64| needs.iter().map(|(value, _, room)| room - (high - value) * scale).fold(0.0, f64::max);
    let (mut small, mut large) = (0.0, width / (high - low));
    for _ in 0..40 {
        let scale = (small + large) / 2.0;
        let fits = left(scale) + right(scale) + (high - low) * scale <= width;
        if fits { small = scale } else { large = scale }
    }
    let scale = if small > 0.0 { small } else { large };
    Ok((low - left(scale) / scale, high + right(scale) / scale))
}

/// Describes two values of each row: their extremes, how many rose and fell, and which the most.
pub(super) fn describe(
    voice: &Voice<'_>,
    (rows, ends): (&[Name], &[Series; 2]),
    ranked: bool,
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    sentences.push(rows_of(voice, rows)?);
    let name = |row: &Name| if row.is_country() { Ok(String::new()) } else { voice.name(row) };
    let names: Vec<String> = rows.iter().map(name).collect::<Result<_, _>>()?;
    if ranked {
        sentences.extend(places(voice, &names, ends)?);
        gaps(voice, ends.iter().flat_map(|end| &end.marks), sentences)?;
    } else {
        several(voice, ends, &names, sentences)?;
    }
    sentences.extend(moves(voice, &names, ends, ranked)?);
    Ok(())
}
