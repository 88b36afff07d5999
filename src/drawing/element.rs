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

/// What figures are made of: marks between points of an area or of a plane.
pub(super) enum Element<'f, C> {
    /// A filled rectangle between two corners.
    Bar {
        /// Two opposite corners.
        corners: [C; 2],
        /// How it is filled.
        fill: Fill,
        /// The finding it shows.
        finding: Option<&'f str>,
    },
    /// A line through points.
    Line {
        /// The points.
        points: Vec<C>,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A short stroke downwards from a point.
    Tick {
        /// The point.
        at: [C; 1],
        /// How long it is.
        length: f64,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A surface between rings.
    Surface {
        /// The corners of all rings, one ring after the other.
        corners: Vec<C>,
        /// How many corners each ring has.
        counts: Vec<usize>,
        /// Its edge.
        edge: Stroke,
        /// How it is filled.
        fill: Fill,
        /// The finding it shows.
        finding: Option<&'f str>,
    },
    /// A point of a series.
    Dot {
        /// Where it is.
        at: [C; 1],
        /// Its shape.
        shape: Shape,
        /// Half its width.
        radius: f64,
        /// The colour inside.
        inside: Colour,
        /// Its edge.
        edge: Option<Stroke>,
        /// The finding it shows.
        finding: Option<&'f str>,
    },
    /// A line of text beside a point.
    Label {
        /// The point.
        at: [C; 1],
        /// How far to the right and down from it, in units.
        shift: (f64, f64),
        /// The text.
        text: &'f str,
        /// How it is set.
        setting: Setting,
        /// The finding it prints.
        finding: Option<&'f str>,
    },
}

pub(super) use Element::{Bar, Dot, Label, Line, Surface, Tick};

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

impl<'a, C: 'a> PointCollection<'a, C> for &'a Element<'_, C> {
    type Point = &'a C;
    type IntoIter = Iter<'a, C>;

    fn point_iter(self) -> Iter<'a, C> {
        match self {
            Bar { corners, .. } => corners.iter(),
            Line { points, .. } => points.iter(),
            Surface { corners, .. } => corners.iter(),
            Tick { at, .. } | Dot { at, .. } | Label { at, .. } => at.iter(),
        }
    }
}

impl<C> Drawable<Canvas<'_>> for Element<'_, C> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        canvas: &mut Canvas<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DrawingError>> {
        let (points, canvas) = (units(points), &mut canvas.0);
        match (self, points.as_slice()) {
            (Bar { fill, finding, .. }, [(x0, y0), (x1, y1)]) => {
                canvas.rect([x0.min(*x1), y0.min(*y1), x0.max(*x1), y0.max(*y1)], *fill, *finding);
            }
            (Line { stroke, .. }, points) => canvas.path(points, Some(*stroke), None, None),
            (Surface { counts, edge, fill, finding, .. }, points) => {
                let mut corners = points.iter().copied();
                let rings: Vec<Vec<_>> = counts.iter().map(|count| corners.by_ref().take(*count).collect()).collect();
                canvas.surface(&rings, *edge, *fill, *finding);
            }
            (Tick { length, stroke, .. }, [(x, y)]) => {
                canvas.path(&[(*x, *y), (*x, y + length)], Some(*stroke), None, None);
            }
            (Dot { shape: Shape::Disc, radius, inside, edge, finding, .. }, [at]) => {
                canvas.circle(*at, *radius, *edge, Fill::Plain(*inside), *finding);
            }
            (Dot { shape, radius, inside, edge, finding, .. }, [(x, y)]) => {
                let corner = |(dx, dy): &(f64, f64)| (x + dx * radius, y + dy * radius);
                let corners: Vec<_> = corners_of(*shape).iter().map(corner).collect();
                canvas.path(&corners, *edge, Some(Fill::Plain(*inside)), *finding);
            }
            (Label { shift, text, setting, finding, .. }, [(x, y)]) => {
                let at = (x + shift.0, y + shift.1);
                canvas.text(text, at, *setting, *finding).map_err(DrawingErrorKind::DrawingError)?;
            }
            // What plotters gives has as many points as went in.
            _ => {}
        }
        Ok(())
    }
}

/// Lists the corners of a shape about the area of a disc of radius 1.
fn corners_of(shape: Shape) -> &'static [(f64, f64)] {
    match shape {
        Shape::Disc => &[],
        Shape::Square => &[(-0.89, -0.89), (0.89, -0.89), (0.89, 0.89), (-0.89, 0.89)],
        Shape::Diamond => &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
        Shape::Triangle => &[(0.0, -1.35), (1.17, 0.68), (-1.17, 0.68)],
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
