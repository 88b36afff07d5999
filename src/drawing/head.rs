//! Head: the unit above a figure, and a legend where names cannot stand beside their marks.

use super::canvas::{Anchor, Fill, Stroke};
use super::element::{Area, Bar, Dot, Label, Line, at, set};
use super::font::Weight;
use super::palette::{AXIS, Colour, INK, Look, OUTLINE, QUIET, WHITE};
use super::{BODY, DrawingError, SMALL};

const ROW: f64 = 17.0;
const SAMPLE: f64 = 20.0;
const BETWEEN: f64 = 18.0;

/// What stands before a word of the legend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sample {
    /// A box of the colour.
    Area(Colour),
    /// A box of a pale colour with an edge.
    Outline(Colour),
    /// A hatched box.
    Hatch(Colour),
    /// A line with a hollow point: a total.
    Total,
    /// A dashed rule.
    Break,
    /// A dashed upright rule.
    Upright,
    /// A line in a look.
    Line(Look),
    /// A point in a look, hollow where the colour inside is white.
    Dot(Look, Colour),
    /// A sign that stands beside numbers.
    Sign(&'static str),
}

/// The unit and the entries of the legend, with their places.
pub(super) struct Head {
    unit: String,
    entries: Vec<Entry>,
    rows: usize,
}

struct Entry {
    sample: Sample,
    text: String,
    x: f64,
    row: usize,
}

impl Head {
    /// Places the unit and the entries in a width, beside each other as long as there is room.
    pub(super) fn new(unit: String, legend: Vec<(Sample, String)>, width: f64) -> Result<Head, DrawingError> {
        let unit_width = Weight::Regular.measure(&unit, BODY)?.width;
        let (mut x, mut row) = (if unit.is_empty() { 0.0 } else { unit_width + BETWEEN + 6.0 }, 0);
        let mut entries = Vec::new();
        for (sample, text) in legend {
            let needed = SAMPLE + 6.0 + Weight::Regular.measure(&text, SMALL)?.width;
            if x > 0.0 && x + needed > width {
                (x, row) = (0.0, row + 1);
            }
            entries.push(Entry { sample, text, x, row });
            x += needed + BETWEEN;
        }
        let rows = if unit.is_empty() && entries.is_empty() { 0 } else { row + 1 };
        Ok(Head { unit, entries, rows })
    }

    /// Returns the height with the gap below.
    pub(super) fn height(&self) -> f64 {
        if self.rows == 0 { 6.0 } else { self.rows as f64 * ROW + 8.0 }
    }

    /// Draws it at the top of an area.
    pub(super) fn draw(&self, area: &Area<'_>) -> Result<(), DrawingError> {
        let setting = set(BODY, QUIET, Anchor::Start);
        let unit = Label { at: [at(0.0, ROW / 2.0)], shift: (0.0, 0.0), text: &self.unit, setting, finding: None };
        area.draw(&unit)?;
        for entry in &self.entries {
            let y = (entry.row as f64 + 0.5) * ROW;
            entry.sample.draw(area, entry.x, y)?;
            let setting = set(SMALL, INK, Anchor::Start);
            let place = [at(entry.x + SAMPLE + 6.0, y)];
            area.draw(&Label { at: place, shift: (0.0, 0.0), text: &entry.text, setting, finding: None })?;
        }
        Ok(())
    }
}

impl Sample {
    fn draw(self, area: &Area<'_>, x: f64, y: f64) -> Result<(), DrawingError> {
        let line = |stroke: Stroke| Line { points: vec![at(x, y), at(x + SAMPLE, y)], stroke };
        let corners = [at(x + 4.0, y - 5.0), at(x + SAMPLE, y + 5.0)];
        let dot = |look: Look, inside, edge| Dot {
            at: [at(x + SAMPLE / 2.0, y)],
            shape: look.shape,
            radius: 2.4,
            inside,
            edge,
            finding: None,
        };
        match self {
            Sample::Area(colour) => area.draw(&Bar { corners, fill: Fill::Plain(colour), finding: None })?,
            Sample::Outline(colour) => {
                area.draw(&Bar { corners, fill: Fill::Plain(OUTLINE), finding: None })?;
                let corners = [at(x + 5.0, y - 4.0), at(x + SAMPLE - 1.0, y + 4.0)];
                area.draw(&Bar { corners, fill: Fill::Plain(colour), finding: None })?;
            }
            Sample::Hatch(colour) => area.draw(&Bar { corners, fill: Fill::Hatched(colour), finding: None })?,
            Sample::Total => {
                let edge = Stroke { colour: INK, width: 1.25, dash: "" };
                area.draw(&line(edge))?;
                area.draw(&dot(super::palette::series(0), WHITE, Some(edge)))?;
            }
            Sample::Line(look) => area.draw(&line(Stroke { colour: look.colour, width: 1.75, dash: look.dash }))?,
            Sample::Dot(look, inside) => {
                area.draw(&dot(look, inside, Some(Stroke { colour: look.colour, width: 1.25, dash: "" })))?;
            }
            Sample::Sign(text) => {
                let place = [at(x + SAMPLE, y)];
                let setting = set(SMALL, INK, Anchor::End);
                area.draw(&Label { at: place, shift: (0.0, 0.0), text, setting, finding: None })?;
            }
            Sample::Upright => {
                let points = vec![at(x + SAMPLE / 2.0, y - 7.0), at(x + SAMPLE / 2.0, y + 7.0)];
                area.draw(&Line { points, stroke: Stroke { colour: AXIS, width: 1.0, dash: "3 3" } })?;
            }
            Sample::Break => area.draw(&line(Stroke { colour: AXIS, width: 1.0, dash: "3 3" }))?,
        }
        Ok(())
    }
}
