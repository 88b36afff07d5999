//! Dumbbell: two points on each row and the line between them, each with its number outside.

use crate::exhibit::{Label as Name, Series};
use crate::finding::Amount;

use super::axis::{Axis, Ticks};
use super::bars::{Row, rows};
use super::canvas::{Anchor, Stroke};
use super::describe::{say, several};
use super::element::{Area, Dot, Label, Line, Plane, set, size};
use super::font::Weight;
use super::head::{Head, Sample};
use super::lines::range;
use super::palette::{self, GRID, INK, Look, QUIET, WHITE};
use super::voice::{Voice, check, is_country, number};
use super::{DrawingError, SMALL, lying, plane};

const RADIUS: f64 = 3.6;
const GAP: f64 = 7.0;

/// A measured chart.
pub(super) struct Dumbbell<'a> {
    voice: Voice<'a>,
    ends: &'a [Series; 2],
    rows: Vec<Row>,
    left: f64,
    text: f64,
    ticks: Ticks,
    head: Head,
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
        let marks = || ends.iter().flat_map(|end| &end.marks);
        let texts: Vec<String> = marks().map(|mark| voice.print(mark)).collect();
        let text = Weight::Regular.widest(&texts, SMALL)? + GAP + 2.0;
        let (low, high) = range(&marks().filter_map(|mark| voice.place(mark)).collect::<Vec<_>>());
        let ticks = Ticks::across(&voice, low, high, width - left - 2.0 * text)?;
        Ok(Dumbbell { voice, ends, rows, left, text, ticks, head })
    }

    /// Returns the height that it needs.
    pub(super) fn height(&self) -> f64 {
        self.head.height() + self.foot() + 22.0
    }

    fn foot(&self) -> f64 {
        self.rows.last().map_or(0.0, Row::foot)
    }

    /// Draws it.
    pub(super) fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let (top, foot) = (self.head.height(), self.foot());
        let (low, high) = self.ticks.ends();
        let margins = [top, size(area).1 - top - foot, self.left + self.text, self.text];
        let (plane, _) = plane(area, margins, low..high, foot..0.0)?;
        self.ticks.draw_across(&plane, &self.voice)?;
        let axis = lying(area, margins, &(low..high));
        for (place, row) in self.rows.iter().enumerate() {
            let y = row.middle();
            row.draw_name(&plane, low - self.text / axis.step)?;
            self.draw_row(&plane, place, y)?;
        }
        Ok(vec![axis])
    }

    fn draw_row(&self, plane: &Plane<'_>, place: usize, y: f64) -> Result<(), DrawingError> {
        let marks = [0, 1].map(|end| &self.ends[end].marks[place]);
        let values = marks.map(|mark| self.voice.place(mark));
        if let [Some(from), Some(to)] = values {
            let stroke = Stroke { colour: palette::series(3).colour, width: 2.0, dash: "" };
            plane.draw(&Line { points: vec![(from, y), (to, y)], stroke })?;
        } else if values == [None, None] {
            let stroke = Stroke { colour: GRID, width: 0.75, dash: "" };
            let (low, high) = self.ticks.ends();
            plane.draw(&Line { points: vec![(low, y), (high, y)], stroke })?;
            let at = [(low, y)];
            let setting = set(SMALL, QUIET, Anchor::End);
            let text = self.voice.print(marks[1]);
            plane.draw(&Label { at, shift: (-GAP, 0.0), text: &text, setting, finding: None })?;
        }
        for (end, (look, inside)) in looks().into_iter().enumerate() {
            let (Some(value), finding) = (values[end], number(marks[end])) else { continue };
            let edge = Some(Stroke { colour: look.colour, width: 1.25, dash: "" });
            plane.draw(&Dot { at: [(value, y)], shape: look.shape, radius: RADIUS, inside, edge, finding })?;
            // The lower number stands to the left; of two equal ones the earlier.
            let other = values[1 - end].unwrap_or(value);
            let left = value < other || (value == other && end == 0 && values[1].is_some());
            let (shift, anchor) = if left { ((-GAP, 0.0), Anchor::End) } else { ((GAP, 0.0), Anchor::Start) };
            let text = self.voice.print(marks[end]);
            plane.draw(&Label { at: [(value, y)], shift, text: &text, setting: set(SMALL, INK, anchor), finding })?;
        }
        Ok(())
    }
}

/// Describes two values of each row: their extremes, and how many rose and fell.
pub(super) fn describe(
    voice: &Voice<'_>,
    (rows, ends): (&[Name], &[Series; 2]),
    ranked: bool,
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    sentences.push(say(voice, "alt-rows")?.count("count", rows.len()).end());
    let name = |row: &Name| if is_country(row) { Ok(String::new()) } else { voice.name(row) };
    let names: Vec<String> = rows.iter().map(name).collect::<Result<_, _>>()?;
    several(voice, ends, &names, sentences)?;
    let moves = ends[0].marks.iter().zip(&ends[1].marks).filter_map(|(from, to)| {
        let (from, to) = (from.value.as_ref().ok()?, to.value.as_ref().ok()?);
        Some(Amount::signum(&to.minus(from)))
    });
    let moves: Vec<i32> = moves.collect();
    let count = |sign: i32| moves.iter().filter(|move_| move_.signum() == sign).count();
    // Who climbs has a smaller place.
    let (key, up) = if ranked { ("alt-places", -1) } else { ("alt-moves", 1) };
    let sentence = say(voice, key)?.count("up", count(up)).count("down", count(-up));
    sentences.push(sentence.count("same", count(0)).end());
    Ok(())
}
