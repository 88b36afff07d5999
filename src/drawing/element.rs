//! Element: the plotters elements that figures are made of; they know findings, hatches and real type.

use std::slice::Iter;

use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Drawable, PointCollection};
use plotters_backend::{BackendCoord, DrawingErrorKind};

use super::DrawingError;
use super::canvas::{Anchor, Canvas, Fill, GRAIN, Setting, Stroke};
use super::font::Weight;
use super::palette::{Colour, Shape};

/// A part of the canvas, measured in grains.
pub(super) type Area<'a> = DrawingArea<Canvas<'a>, Shift>;

/// A part of the canvas with two numeric axes.
pub(super) type Plane<'a> = DrawingArea<Canvas<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// A filled rectangle between two corners.
pub(super) struct Bar<'f, C> {
    /// Two opposite corners.
    pub(super) corners: [C; 2],
    /// How it is filled.
    pub(super) fill: Fill,
    /// The finding it shows.
    pub(super) finding: Option<&'f str>,
}

/// A line through points.
pub(super) struct Line<C> {
    /// The points.
    pub(super) points: Vec<C>,
    /// How it is drawn.
    pub(super) stroke: Stroke,
}

/// A short stroke downwards from a point.
pub(super) struct Tick<C> {
    /// The point.
    pub(super) at: [C; 1],
    /// How long it is.
    pub(super) length: f64,
    /// How it is drawn.
    pub(super) stroke: Stroke,
}

/// A surface between rings.
pub(super) struct Surface<'f, C> {
    /// The corners of all rings, one ring after the other.
    pub(super) corners: Vec<C>,
    /// How many corners each ring has.
    pub(super) counts: Vec<usize>,
    /// Its edge.
    pub(super) edge: Stroke,
    /// How it is filled.
    pub(super) fill: Fill,
    /// The finding it shows.
    pub(super) finding: Option<&'f str>,
}

/// A point of a series.
pub(super) struct Dot<'f, C> {
    /// Where it is.
    pub(super) at: [C; 1],
    /// Its shape.
    pub(super) shape: Shape,
    /// Half its width.
    pub(super) radius: f64,
    /// The colour inside.
    pub(super) inside: Colour,
    /// Its edge.
    pub(super) edge: Option<Stroke>,
    /// The finding it shows.
    pub(super) finding: Option<&'f str>,
}

/// A line of text beside a point.
pub(super) struct Label<'f, C> {
    /// The point.
    pub(super) at: [C; 1],
    /// How far to the right and down from it, in units.
    pub(super) shift: (f64, f64),
    /// The text.
    pub(super) text: &'f str,
    /// How it is set.
    pub(super) setting: Setting,
    /// The finding it prints.
    pub(super) finding: Option<&'f str>,
}

/// Returns the place of units in an area.
pub(super) fn at(x: f64, y: f64) -> BackendCoord {
    ((x * GRAIN).round() as i32, (y * GRAIN).round() as i32)
}

/// Returns the setting of plain text.
pub(super) fn set(size: f64, colour: Colour, anchor: Anchor) -> Setting {
    Setting { size, weight: Weight::Regular, colour, anchor, upright: false }
}

/// Returns the width and height of an area in units.
pub(super) fn size(area: &Area<'_>) -> (f64, f64) {
    let (width, height) = area.dim_in_pixel();
    (f64::from(width) / GRAIN, f64::from(height) / GRAIN)
}

impl<'a, C: 'a> PointCollection<'a, C> for &'a Bar<'_, C> {
    type Point = &'a C;
    type IntoIter = Iter<'a, C>;

    fn point_iter(self) -> Iter<'a, C> {
        self.corners.iter()
    }
}

impl<'a, C: 'a> PointCollection<'a, C> for &'a Line<C> {
    type Point = &'a C;
    type IntoIter = Iter<'a, C>;

    fn point_iter(self) -> Iter<'a, C> {
        self.points.iter()
    }
}

impl<'a, C: 'a> PointCollection<'a, C> for &'a Surface<'_, C> {
    type Point = &'a C;
    type IntoIter = Iter<'a, C>;

    fn point_iter(self) -> Iter<'a, C> {
        self.corners.iter()
    }
}

impl<'a, C: 'a> PointCollection<'a, C> for &'a Tick<C> {
    type Point = &'a C;
    type IntoIter = Iter<'a, C>;

    fn point_iter(self) -> Iter<'a, C> {
        self.at.iter()
    }
}

impl<'a, C: 'a> PointCollection<'a, C> for &'a Dot<'_, C> {
    type Point = &'a C;
    type IntoIter = Iter<'a, C>;

    fn point_iter(self) -> Iter<'a, C> {
        self.at.iter()
    }
}

impl<'a, C: 'a> PointCollection<'a, C> for &'a Label<'_, C> {
    type Point = &'a C;
    type IntoIter = Iter<'a, C>;

    fn point_iter(self) -> Iter<'a, C> {
        self.at.iter()
    }
}

impl<C> Drawable<Canvas<'_>> for Bar<'_, C> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        canvas: &mut Canvas<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DrawingError>> {
        if let [(x0, y0), (x1, y1)] = units(points)[..] {
            canvas.0.rect([x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)], self.fill, self.finding);
        }
        Ok(())
    }
}

impl<C> Drawable<Canvas<'_>> for Line<C> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        canvas: &mut Canvas<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DrawingError>> {
        canvas.0.path(&units(points), Some(self.stroke), None, None);
        Ok(())
    }
}

impl<C> Drawable<Canvas<'_>> for Surface<'_, C> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        canvas: &mut Canvas<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DrawingError>> {
        let mut corners = units(points).into_iter();
        let rings: Vec<Vec<_>> = self.counts.iter().map(|count| corners.by_ref().take(*count).collect()).collect();
        canvas.0.surface(&rings, self.edge, self.fill, self.finding);
        Ok(())
    }
}

impl<C> Drawable<Canvas<'_>> for Tick<C> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        canvas: &mut Canvas<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DrawingError>> {
        for (x, y) in units(points) {
            canvas.0.path(&[(x, y), (x, y + self.length)], Some(self.stroke), None, None);
        }
        Ok(())
    }
}

impl<C> Drawable<Canvas<'_>> for Dot<'_, C> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        canvas: &mut Canvas<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DrawingError>> {
        let (r, fill) = (self.radius, Fill::Plain(self.inside));
        for (x, y) in units(points) {
            let corners = match self.shape {
                Shape::Disc => {
                    canvas.0.circle((x, y), r, self.edge, fill, self.finding);
                    continue;
                }
                // The factors give all shapes about the area of the disc.
                Shape::Square => vec![(-0.89, -0.89), (0.89, -0.89), (0.89, 0.89), (-0.89, 0.89)],
                Shape::Diamond => vec![(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
                Shape::Triangle => vec![(0.0, -1.35), (1.17, 0.68), (-1.17, 0.68)],
            };
            let corners: Vec<_> = corners.iter().map(|(dx, dy)| (x + dx * r, y + dy * r)).collect();
            canvas.0.path(&corners, self.edge, Some(fill), self.finding);
        }
        Ok(())
    }
}

impl<C> Drawable<Canvas<'_>> for Label<'_, C> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        canvas: &mut Canvas<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DrawingError>> {
        for (x, y) in units(points) {
            let at = (x + self.shift.0, y + self.shift.1);
            canvas.0.text(self.text, at, self.setting, self.finding).map_err(DrawingErrorKind::DrawingError)?;
        }
        Ok(())
    }
}

fn units(points: impl Iterator<Item = BackendCoord>) -> Vec<(f64, f64)> {
    points.map(|(x, y)| (f64::from(x) / GRAIN, f64::from(y) / GRAIN)).collect()
}

impl From<DrawingAreaErrorKind<DrawingError>> for DrawingError {
    fn from(error: DrawingAreaErrorKind<DrawingError>) -> DrawingError {
        match error {
            DrawingAreaErrorKind::BackendError(DrawingErrorKind::DrawingError(error)) => error,
            other => DrawingError::Canvas(other.to_string()),
        }
    }
}
