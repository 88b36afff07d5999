//! Ends: the names of series beside their last marks, moved apart where they would collide.

use super::axis::spread;
use super::canvas::{Anchor, Stroke};
use super::element::{Area, Label, Line, at, set};
use super::font::Weight;
use super::palette::Colour;
use super::{BODY, DrawingError};

const LEADING: f64 = 14.0;
const WIDEST: f64 = 132.0;
const GAP: f64 = 14.0;

/// Names broken into lines.
pub(super) struct Ends {
    names: Vec<Vec<String>>,
    width: f64,
}

/// Where the mark of a name stands, and how the name looks.
#[derive(Clone, Copy)]
pub(super) struct End {
    /// The right end of the mark.
    pub(super) x: f64,
    /// Its height.
    pub(super) y: f64,
    /// The colour of the name.
    pub(super) ink: Colour,
    /// The colour of the leader, where one is needed.
    pub(super) colour: Colour,
}

impl Ends {
    /// Breaks names into lines that leave the most of a width to the marks.
    pub(super) fn new(names: &[String], width: f64) -> Result<Ends, DrawingError> {
        let names: Vec<Vec<String>> = names
            .iter()
            .map(|name| Weight::Regular.wrap(name, BODY, WIDEST.min(0.26 * width)))
            .collect::<Result<_, _>>()?;
        let width = Weight::Regular.widest(names.iter().flatten(), BODY)?;
        Ok(Ends { names, width })
    }

    /// Returns the width that they take right of the plane.
    pub(super) fn width(&self) -> f64 {
        if self.names.is_empty() { 6.0 } else { GAP + self.width + 1.0 }
    }

    /// Returns the least height of a plane in which they have room.
    pub(super) fn height(&self) -> f64 {
        self.names.iter().map(|lines| lines.len() as f64 * LEADING).sum()
    }

    /// Draws the names right of a plane that ends at `right` and reaches from `top` to `bottom`.
    pub(super) fn draw(
        &self,
        area: &Area<'_>,
        (right, top, bottom): (f64, f64, f64),
        ends: &[End],
    ) -> Result<(), DrawingError> {
        let heights: Vec<f64> = self.names.iter().map(|lines| lines.len() as f64 * LEADING).collect();
        let wishes: Vec<f64> = ends.iter().map(|end| end.y).collect();
        let places = spread(&wishes, &heights, top - LEADING / 2.0, bottom + LEADING / 2.0);
        for ((lines, end), y) in self.names.iter().zip(ends).zip(places) {
            let x = right + GAP;
            if (y - end.y).abs() > 3.0 || right - end.x > 12.0 {
                let stroke = Stroke { colour: end.colour, width: 0.75, dash: "" };
                let points = vec![at(end.x + 4.0, end.y), at(x - 8.0, y), at(x - 3.0, y)];
                area.draw(&Line { points, stroke })?;
            }
            for (i, line) in lines.iter().enumerate() {
                let y = y + (i as f64 - (lines.len() as f64 - 1.0) / 2.0) * LEADING;
                let setting = set(BODY, end.ink, Anchor::Start);
                area.draw(&Label { at: [at(x, y)], shift: (0.0, 0.0), text: line, setting, finding: None })?;
            }
        }
        Ok(())
    }
}
