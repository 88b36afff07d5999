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
/// The distance of a name from a mark that ends early.
const NEAR: f64 = 8.0;

/// Names broken into lines.
pub(super) struct Ends {
    names: Vec<Vec<String>>,
    width: f64,
}

/// Where the mark of a name stands, and how the name looks.
#[derive(Clone, Copy)]
pub(super) struct End<'a> {
    /// The right end of the mark.
    pub(super) x: f64,
    /// Its height.
    pub(super) y: f64,
    /// The colour of the name.
    pub(super) ink: Colour,
    /// The colour of the leader, where one is needed.
    pub(super) colour: Colour,
    /// The finding that stands in place of a name.
    pub(super) finding: Option<&'a str>,
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
        (ends, taken): (&[End<'_>], &[(f64, f64)]),
    ) -> Result<(), DrawingError> {
        let mut others: Vec<usize> = Vec::new();
        for (i, (lines, end)) in self.names.iter().zip(ends).enumerate() {
            match self.beside(lines, end, right, taken)? {
                true => self.put(area, lines, (end.x + NEAR, end.y), end)?,
                false => others.push(i),
            }
        }
        let heights: Vec<f64> = others.iter().map(|i| self.names[*i].len() as f64 * LEADING).collect();
        let wishes: Vec<f64> = others.iter().map(|i| ends[*i].y).collect();
        let places = spread(&wishes, &heights, top - LEADING / 2.0, bottom + LEADING / 2.0);
        for (i, y) in others.into_iter().zip(places) {
            let (lines, end) = (&self.names[i], &ends[i]);
            let x = right + GAP;
            if (y - end.y).abs() > 3.0 || right - end.x > 12.0 {
                let stroke = Stroke { colour: end.colour, width: 0.75, dash: "" };
                let points = vec![at(end.x + 4.0, end.y), at(x - 8.0, y), at(x - 3.0, y)];
                area.draw(&Line { points, stroke })?;
            }
            self.put(area, lines, (x, y), end)?;
        }
        Ok(())
    }

    /// Says whether a name can stand beside its mark, where that ends long before the plane does and nothing else is drawn.
    fn beside(&self, lines: &[String], end: &End<'_>, right: f64, taken: &[(f64, f64)]) -> Result<bool, DrawingError> {
        let width = Weight::Regular.widest(lines, BODY)?;
        let half = lines.len() as f64 * LEADING / 2.0;
        let is_in = |(x, y): &(f64, f64)| {
            (end.x + 2.0..end.x + NEAR + width + 6.0).contains(x) && (y - end.y).abs() < half + 5.0
        };
        Ok(right - end.x > 12.0 && end.x + NEAR + width <= right && !taken.iter().any(is_in))
    }

    fn put(&self, area: &Area<'_>, lines: &[String], (x, y): (f64, f64), end: &End<'_>) -> Result<(), DrawingError> {
        for (i, line) in lines.iter().enumerate() {
            let y = y + (i as f64 - (lines.len() as f64 - 1.0) / 2.0) * LEADING;
            let setting = set(BODY, end.ink, Anchor::Start);
            area.draw(&Label { at: [at(x, y)], shift: (0.0, 0.0), text: line, setting, finding: end.finding })?;
        }
        Ok(())
    }
}
