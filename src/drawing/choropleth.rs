//! Choropleth: territories within their boundaries, coloured by class, with the number where it has room.

use crate::exhibit::{Area as Land, Mark};
use crate::finding::{Amount, Status};

use super::axis::Axis;
use super::canvas::{Anchor, Fill, Stroke};
use super::element::{Area, Label, Surface, at, set, size};
use super::font::Weight;
use super::head::{Head, Sample};
use super::palette::{self, BLANK, Colour, INK, QUIET, WHITE};
use super::voice::{Voice, any_inferred, number};
use super::{DrawingError, SMALL};

const TALLEST: f64 = 480.0;

/// A measured map.
pub(super) struct Choropleth<'a> {
    voice: Voice<'a>,
    areas: &'a [Land],
    breaks: &'a [Amount],
    /// The westernmost and the northernmost place, and how many units of the canvas a degree takes.
    frame: (f64, f64, f64),
    span: (f64, f64),
    colours: Vec<Colour>,
    head: Head,
}

impl<'a> Choropleth<'a> {
    /// Measures the chart for a width.
    pub(super) fn plan(
        voice: Voice<'a>,
        areas: &'a [Land],
        breaks: &'a [Amount],
        width: f64,
    ) -> Result<Choropleth<'a>, DrawingError> {
        let corners = || areas.iter().flat_map(|area| &area.rings).flatten();
        let least = |take: fn(&(f64, f64)) -> f64| corners().map(take).fold(f64::INFINITY, f64::min);
        let most = |take: fn(&(f64, f64)) -> f64| corners().map(take).fold(f64::NEG_INFINITY, f64::max);
        let (west, east, south, north) = (least(|c| c.0), most(|c| c.0), least(|c| c.1), most(|c| c.1));
        if west >= east || south >= north {
            return Err(DrawingError::Shape(String::from("the boundaries enclose nothing")));
        }
        let scale = ((width - 2.0) / (east - west)).min(TALLEST / (north - south));
        let span = ((east - west) * scale, (north - south) * scale);
        let colours = colours(areas, breaks);
        let head = Head::new(voice.unit()?, legend(&voice, areas, breaks, &colours)?, width)?;
        Ok(Choropleth { voice, areas, breaks, frame: (west, north, scale), span, colours, head })
    }

    /// Returns the height that it needs.
    pub(super) fn height(&self) -> f64 {
        self.head.height() + self.span.1 + 2.0
    }

    /// Draws it.
    pub(super) fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let start = ((size(area).0 - self.span.0) / 2.0, self.head.height() + 1.0);
        let (west, north, scale) = self.frame;
        let place = |(east, up): &(f64, f64)| (start.0 + (east - west) * scale, start.1 + (north - up) * scale);
        let mut labels: Vec<(String, (f64, f64), Colour, &Mark)> = Vec::new();
        for land in self.areas {
            let rings: Vec<Vec<(f64, f64)>> = land.rings.iter().map(|ring| ring.iter().map(place).collect()).collect();
            let colour = class(&land.mark, self.breaks).and_then(|i| self.colours.get(i)).copied().unwrap_or(BLANK);
            let hatched = land.mark.value.is_ok() && land.mark.status == Status::Inferred;
            let fill = if hatched { Fill::Hatched(colour) } else { Fill::Plain(colour) };
            let edge = Stroke { colour: WHITE, width: 1.0, dash: "" };
            let corners = rings.iter().flatten().map(|(x, y)| at(*x, *y)).collect();
            let counts = rings.iter().map(Vec::len).collect();
            area.draw(&Surface { corners, counts, edge, fill, finding: number(&land.mark) })?;
            let text = self.voice.print(&land.mark);
            let width = Weight::Regular.measure(&text, SMALL)?.width;
            if let (false, Some(spot)) = (hatched, middle(&rings, width)) {
                labels.push((text, spot, colour, &land.mark));
            }
        }
        for (text, (x, y), ground, mark) in &labels {
            let ink = if mark.value.is_ok() { ground.ink_on() } else { QUIET };
            let setting = set(SMALL, ink, Anchor::Middle);
            area.draw(&Label { at: [at(*x, *y)], shift: (0.0, 0.0), text, setting, finding: number(mark) })?;
        }
        Ok(Vec::new())
    }
}

/// Returns the class of a value: that of the first break that it does not exceed.
fn class(mark: &Mark, breaks: &[Amount]) -> Option<usize> {
    let value = mark.value.as_ref().ok()?;
    Some(breaks.iter().position(|upper| value <= upper).unwrap_or(breaks.len()))
}

/// Returns the values of each class, the lowest and the highest.
fn ends<'a>(areas: &'a [Land], breaks: &[Amount]) -> Vec<Option<(&'a Amount, &'a Amount)>> {
    let of = |i: usize| {
        let within = areas.iter().filter(|area| class(&area.mark, breaks) == Some(i));
        let values: Vec<&Amount> = within.filter_map(|area| area.mark.value.as_ref().ok()).collect();
        Some((values.iter().copied().min()?, values.iter().copied().max()?))
    };
    (0..=breaks.len()).map(of).collect()
}

/// Colours classes from pale to deep; those below zero have the other colour, deepest at the lowest.
fn colours(areas: &[Land], breaks: &[Amount]) -> Vec<Colour> {
    let count = breaks.len() + 1;
    // A class belongs below zero where all of it does; one without values goes by its upper end.
    let ends = ends(areas, breaks);
    let negative = |i: usize| match (ends[i], breaks.get(i)) {
        (Some((low, high)), _) => low.signum() + high.signum() < 0,
        (None, Some(upper)) => upper.signum() <= 0,
        (None, None) => false,
    };
    let below = (0..count).take_while(|i| negative(*i)).count();
    let colour = |i: usize| match i < below {
        true => palette::class((below - i) as f64 / below as f64, true),
        false if below == 0 => palette::class(i as f64 / (count - 1).max(1) as f64, false),
        false => palette::class((i + 1 - below) as f64 / (count - below) as f64, false),
    };
    (0..count).map(colour).collect()
}

fn legend(
    voice: &Voice<'_>,
    areas: &[Land],
    breaks: &[Amount],
    colours: &[Colour],
) -> Result<Vec<(Sample, String)>, DrawingError> {
    let mut legend = Vec::new();
    for (ends, colour) in ends(areas, breaks).into_iter().zip(colours) {
        let Some((low, high)) = ends else { continue };
        let (from, to) = (voice.number(low), voice.number(high));
        let text = match from == to {
            true => from,
            // A dash beside a minus would be read as one.
            false if low.signum() < 0 => format!("{from}\u{a0}… {to}"),
            false => format!("{from}–{to}"),
        };
        legend.push((Sample::Area(*colour), text));
    }
    if areas.iter().any(|area| area.mark.value.is_err()) {
        legend.push((Sample::Area(BLANK), voice.word("chart-missing")?));
    }
    if any_inferred(areas.iter().map(|area| &area.mark)) {
        legend.push((Sample::Hatch(INK), voice.word("chart-inferred")?));
    }
    Ok(legend)
}

/// Finds the middle of the largest ring, where a text of a width lies within it.
fn middle(rings: &[Vec<(f64, f64)>], width: f64) -> Option<(f64, f64)> {
    let ring = rings.iter().max_by(|a, b| extent(a).abs().total_cmp(&extent(b).abs()))?;
    let double = extent(ring);
    let mut sum = (0.0, 0.0);
    for ((x0, y0), (x1, y1)) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let cross = x0 * y1 - x1 * y0;
        sum = (sum.0 + (x0 + x1) * cross, sum.1 + (y0 + y1) * cross);
    }
    let (x, y) = (sum.0 / (3.0 * double), sum.1 / (3.0 * double));
    let (half, tall) = (width / 2.0 + 2.0, 6.5);
    let corners = [(-half, -tall), (0.0, -tall), (half, -tall), (-half, tall), (0.0, tall), (half, tall)];
    corners.iter().all(|(dx, dy)| within(rings, (x + dx, y + dy))).then_some((x, y))
}

/// Twice the signed extent of a ring.
fn extent(ring: &[(f64, f64)]) -> f64 {
    ring.iter().zip(ring.iter().cycle().skip(1)).map(|((x0, y0), (x1, y1))| x0 * y1 - x1 * y0).sum()
}

/// Returns true for a point that a ray from it proves inside: it crosses the rings an odd number of times.
fn within(rings: &[Vec<(f64, f64)>], (x, y): (f64, f64)) -> bool {
    let crossed = |((x0, y0), (x1, y1)): (&(f64, f64), &(f64, f64))| {
        (*y0 > y) != (*y1 > y) && x < (x1 - x0) * (y - y0) / (y1 - y0) + x0
    };
    let edges =
        |ring: &Vec<(f64, f64)>| ring.iter().zip(ring.iter().cycle().skip(1)).filter(|edge| crossed(*edge)).count();
    rings.iter().map(edges).sum::<usize>() % 2 == 1
}
