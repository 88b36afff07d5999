//! Pyramid: bars back to back from one line, each with its number at its end, the names of the rows at the left.

use crate::exhibit::{Label as Name, Series};
use crate::finding::Status;

use super::axis::Axis;
use super::bars::{Row, rows};
use super::canvas::{Anchor, Fill, Setting, Stroke};
use super::describe::{rows_of, several};
use super::element::{Area, Bar, Label, Line, set, size};
use super::font::Weight;
use super::head::{Head, Sample};
use super::palette::{AXIS, INK, QUIET};
use super::voice::{Voice, check, number};
use super::{BODY, DrawingError, SMALL, plane};
use super::{Paint, Plan};
use crate::exhibit::charts;

const THICK: f64 = 12.5;
const GAP: f64 = 5.0;
/// The room of the names of both sides.
const HEADS: f64 = 18.0;

/// A measured pyramid.
struct Pyramid<'a> {
    voice: Voice<'a>,
    sides: &'a [Series; 2],
    rows: Vec<Row>,
    names: Vec<String>,
    left: f64,
    /// How many units of the canvas one printed unit takes.
    scale: f64,
    head: Head,
}

impl<'a> Pyramid<'a> {
    fn plan(
        voice: Voice<'a>,
        (labels, sides): (&'a [Name], &'a [Series; 2]),
        width: f64,
    ) -> Result<Pyramid<'a>, DrawingError> {
        check(sides, labels.len())?;
        let names = voice.names(sides)?;
        let rows = rows(&voice, labels, 1, width)?;
        let left = rows.iter().try_fold(0.0, |left: f64, row| Ok::<f64, DrawingError>(left.max(row.room()?)))?;
        let marks = || sides.iter().flat_map(|side| &side.marks);
        let texts: Vec<String> = marks().map(|mark| voice.print(mark)).collect();
        let beyond = Weight::Regular.widest(&texts, SMALL)? + GAP + 2.0;
        let largest = marks().filter_map(|mark| voice.place(mark)).fold(0.0, f64::max);
        // Where the names have no room over the bars they stand in the legend.
        let fits = Weight::Bold.widest(&names, BODY)? + 10.0 <= (width - left) / 2.0;
        let legend = (0..2).filter(|_| !fits).map(|at| (Sample::Area(voice.look(sides, at).colour), names[at].clone()));
        let head = Head::new(voice.unit()?, legend.collect(), width)?;
        let names = if fits { names } else { Vec::new() };
        let half = (width - left) / 2.0 - beyond;
        if half < 20.0 {
            return Err(DrawingError::Shape(String::from(
                "the bars have no room; take a wider figure or shorter names",
            )));
        }
        let scale = if largest > 0.0 { half / largest } else { 1.0 };
        Ok(Pyramid { voice, sides, rows, names, left, scale, head })
    }

    fn foot(&self) -> f64 {
        self.rows.last().map_or(0.0, Row::foot)
    }
}

impl Plan for Pyramid<'_> {
    fn height(&self) -> f64 {
        self.head.height() + HEADS + self.foot() + 2.0
    }

    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let (width, height) = size(area);
        let (top, foot) = (self.head.height() + HEADS, self.foot());
        let half = (width - self.left) / 2.0 / self.scale;
        let (plane, _) = plane(area, [top, height - top - foot, self.left, 0.0], -half..half, foot..0.0)?;
        for (at, (side, sign)) in self.sides.iter().zip([-1.0, 1.0]).enumerate() {
            let look = self.voice.look(self.sides, at);
            let anchor = if sign < 0.0 { Anchor::End } else { Anchor::Start };
            let setting = Setting { weight: Weight::Bold, ..set(BODY, look.ink, anchor) };
            let name = self.names.get(at).map(String::as_str).unwrap_or_default();
            plane.draw(&Label { at: [(0.0, 0.0)], shift: (sign * 8.0, -9.0), text: name, setting, finding: None })?;
            for (row, mark) in self.rows.iter().zip(&side.marks) {
                let value = self.voice.place(mark).unwrap_or(0.0);
                let (end, middle) = (sign * value, row.middle());
                if mark.value.is_ok() {
                    let is_inferred = mark.status == Status::Inferred;
                    let fill = if is_inferred { Fill::Hatched(look.colour) } else { Fill::Plain(look.colour) };
                    let corners = [(0.0, middle - THICK / 2.0), (end, middle + THICK / 2.0)];
                    plane.draw(&Bar { corners, fill, finding: number(mark) })?;
                }
                let (text, ink) = (self.voice.print(mark), if mark.value.is_ok() { INK } else { QUIET });
                let (shift, setting) = ((sign * GAP, 0.0), set(SMALL, ink, anchor));
                plane.draw(&Label { at: [(end, middle)], shift, text: &text, setting, finding: number(mark) })?;
            }
        }
        for row in &self.rows {
            row.draw_name(&plane, -half)?;
        }
        let stroke = Stroke { colour: AXIS, width: 1.0, dash: "" };
        plane.draw(&Line { points: vec![(0.0, 0.0), (0.0, foot)], stroke })?;
        Ok(vec![Axis { upright: false, zero: self.left + half * self.scale, step: self.scale }])
    }
}

impl Paint for charts::Pyramid {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError> {
        Ok(Box::new(Pyramid::plan(voice, (&self.rows, &self.sides), room)?))
    }

    fn kind(&self) -> &'static str {
        "alt-kind-pyramid"
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        sentences.push(rows_of(voice, &self.rows)?);
        let names: Vec<String> = self.rows.iter().map(|row| voice.name(row)).collect::<Result<_, _>>()?;
        several(voice, &self.sides, &names, sentences)
    }
}
