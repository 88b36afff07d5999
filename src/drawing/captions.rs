//! Captions: the name and the number of each territory of a map, within it, or beside it with a leader.

use crate::exhibit::Area as Land;
use crate::finding::{Reason, Status};

use super::canvas::{Anchor, Fill, Setting, Stroke};
use super::element::{Area, Bar, Dot, Label, Line, at, set};
use super::font::Weight;
use super::palette::{Colour, INK, QUIET, Shape, WHITE};
use super::placing::{self, Spot};
use super::voice::Voice;
use super::{DrawingError, SMALL};

/// The rings of a territory in units.
pub(super) type Rings = Vec<Vec<(f64, f64)>>;

/// The sizes of names and numbers within a territory, and half the height of both lines together.
const SIZES: [(f64, f64, f64); 2] = [(9.0, SMALL, 12.5), (8.0, 9.0, 10.5)];
/// The distance of the places that are tried.
const STEP: f64 = 5.0;

/// Where a caption stands.
pub(super) enum Caption {
    /// Within its territory, around a middle.
    Inside { name: String, middle: (f64, f64), sizes: (f64, f64, f64) },
    /// In a line beside it, with a leader to a point of it.
    Beside { name: String, point: (f64, f64), spot: Spot, width: f64 },
}

/// Places the captions of a map of a size; a territory outside the comparison has none.
pub(super) fn captions(
    voice: &Voice<'_>,
    areas: &[Land],
    rings: &[Rings],
    (width, height): (f64, f64),
) -> Result<Vec<Option<Caption>>, DrawingError> {
    let mut captions: Vec<Option<Caption>> = Vec::new();
    let (mut taken, mut beside) = (Vec::new(), Vec::new());
    for (i, (land, rings)) in areas.iter().zip(rings).enumerate() {
        captions.push(None);
        let (true, Some(middle)) = (land.mark.value != Err(Reason::OutOfScope), middle(rings)) else { continue };
        let whole = voice.label(&land.label)?;
        let short = land.short.get(voice.tag()).unwrap_or(&whole).clone();
        let text = voice.print(&land.mark);
        // A number on a hatch could not be read; a number without its name is better than a map under labels.
        let (full, alone) = (&SIZES, (0.0, SIZES[1].1, SIZES[1].1 / 2.0));
        let tries = full.iter().flat_map(|sizes| [(&whole, *sizes), (&short, *sizes)]);
        let none = String::new();
        let tries = tries.chain(std::iter::once((&none, alone))).filter(|_| land.mark.status != Status::Inferred);
        for (name, sizes) in tries {
            let number = Weight::Bold.measure(&text, sizes.1)?.width;
            let half = (Weight::Regular.measure(name, sizes.0)?.width.max(number) / 2.0 + 2.0, sizes.2);
            if let Some(middle) = room(rings, middle, half) {
                taken.push([middle.0 - half.0, middle.1 - half.1, middle.0 + half.0, middle.1 + half.1]);
                captions[i] = Some(Caption::Inside { name: name.clone(), middle, sizes });
                break;
            }
        }
        let number = Weight::Bold.measure(&text, SMALL)?.width;
        if captions[i].is_none() {
            let name = if width < super::DOUBLE - 50.0 { short } else { whole };
            let text = format!("{name}\u{a0}\u{a0}");
            let width = Weight::Regular.measure(&text, SMALL)?.width + number;
            beside.push((i, text, middle, width));
        }
    }
    let points: Vec<(f64, f64)> = beside.iter().map(|(_, _, point, _)| *point).collect();
    let widths: Vec<f64> = beside.iter().map(|(.., width)| *width).collect();
    let frame = [0.0, 0.0, width, height];
    let spots = placing::place(&points, &widths, frame, &[], &taken, &|_, _| true).ok_or_else(|| {
        DrawingError::Shape(String::from("the names of the territories have no room; take a wider figure"))
    })?;
    for ((i, name, point, width), spot) in beside.into_iter().zip(spots) {
        captions[i] = Some(Caption::Beside { name, point, spot, width });
    }
    Ok(captions)
}

impl Caption {
    /// Draws it on a map that begins at a height: the text of its number, the colour of its territory.
    pub(super) fn draw(
        &self,
        area: &Area<'_>,
        top: f64,
        (text, ground): (String, Colour),
        finding: Option<&str>,
    ) -> Result<(), DrawingError> {
        let put = |text: &str, (x, y): (f64, f64), setting: Setting, finding| {
            area.draw(&Label { at: [at(x, top + y)], shift: (0.0, 0.0), text, setting, finding })
        };
        let bold = |setting: Setting| Setting { weight: Weight::Bold, ..setting };
        match self {
            Caption::Inside { name, middle: (x, y), sizes: (small, large, half) } => {
                let ink = ground.ink_on();
                let lines = if name.is_empty() { (0.0, 0.0) } else { (-half * 0.52, half * 0.48) };
                put(name, (*x, y + lines.0), set(*small, ink, Anchor::Middle), None)?;
                put(&text, (*x, y + lines.1), bold(set(*large, ink, Anchor::Middle)), finding)?;
            }
            Caption::Beside { name, point, spot, width } => {
                let (x, y) = *point;
                let end = spot.end(*point, *width);
                let points = vec![at(x, top + y), at(end.0, top + end.1)];
                for stroke in [(WHITE, 2.0), (QUIET, 0.75)].map(|(colour, width)| Stroke { colour, width, dash: "" }) {
                    area.draw(&Line { points: points.clone(), stroke })?;
                }
                let edge = Some(Stroke { colour: WHITE, width: 0.75, dash: "" });
                let (at_point, shape) = ([at(x, top + y)], Shape::Disc);
                area.draw(&Dot { at: at_point, shape, radius: 1.8, inside: INK, edge, finding: None })?;
                let (left, right) = (spot.x - 2.0, spot.x + width + 2.0);
                let corners = [at(left, top + spot.y - 6.0), at(right, top + spot.y + 6.0)];
                area.draw(&Bar { corners, fill: Fill::Plain(WHITE), finding: None })?;
                let put = |text: &str, x: f64, setting: Setting, finding| {
                    area.draw(&Label { at: [at(x, top + spot.y)], shift: (0.0, 0.0), text, setting, finding })
                };
                put(name.trim_end(), spot.x, set(SMALL, INK, Anchor::Start), None)?;
                put(&text, spot.x + width, bold(set(SMALL, INK, Anchor::End)), finding)?;
            }
        }
        Ok(())
    }
}

/// Finds the place nearest to a middle at which a caption, half as wide and as high as said, lies within the rings.
fn room(rings: &Rings, middle: (f64, f64), (half, tall): (f64, f64)) -> Option<(f64, f64)> {
    let ring = largest(rings)?;
    let side = |take: fn(&(f64, f64)) -> f64| {
        let all = || ring.iter().map(take);
        (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max))
    };
    let ((left, right), (top, foot)) = (side(|corner| corner.0), side(|corner| corner.1));
    let steps = |from: f64, to: f64| (0..).map(move |i| from + STEP * f64::from(i)).take_while(move |at| *at < to);
    let grid = steps(left + half, right - half).flat_map(|x| steps(top + tall, foot - tall).map(move |y| (x, y)));
    let apart = |at: &(f64, f64)| (at.0 - middle.0) * (at.0 - middle.0) + (at.1 - middle.1) * (at.1 - middle.1);
    let mut places: Vec<(f64, f64)> = std::iter::once(middle).chain(grid).collect();
    places.sort_by(|a, b| apart(a).total_cmp(&apart(b)));
    places.into_iter().find(|(x, y)| {
        let corners = [(-half, -tall), (0.0, -tall), (half, -tall), (-half, tall), (0.0, tall), (half, tall)];
        let clear = |corner: &(f64, f64)| (corner.0 - x).abs() > half || (corner.1 - y).abs() > tall;
        corners.iter().all(|(dx, dy)| within(rings, (x + dx, y + dy))) && rings.iter().flatten().all(clear)
    })
}

fn largest(rings: &Rings) -> Option<&Vec<(f64, f64)>> {
    rings.iter().max_by(|a, b| extent(a).abs().total_cmp(&extent(b).abs()))
}

/// Finds a point of the territory: the middle of its largest ring, or of a line across it where that lies outside.
fn middle(rings: &Rings) -> Option<(f64, f64)> {
    let ring = largest(rings)?;
    let double = extent(ring);
    if double == 0.0 {
        return None;
    }
    let mut sum = (0.0, 0.0);
    for ((x0, y0), (x1, y1)) in edges(ring) {
        let cross = x0 * y1 - x1 * y0;
        sum = (sum.0 + (x0 + x1) * cross, sum.1 + (y0 + y1) * cross);
    }
    let (x, y) = (sum.0 / (3.0 * double), sum.1 / (3.0 * double));
    if within(rings, (x, y)) {
        return Some((x, y));
    }
    let mut crossings: Vec<f64> = rings
        .iter()
        .flat_map(|ring| edges(ring))
        .filter(|((_, y0), (_, y1))| (*y0 > y) != (*y1 > y))
        .map(|((x0, y0), (x1, y1))| (x1 - x0) * (y - y0) / (y1 - y0) + x0)
        .collect();
    crossings.sort_by(f64::total_cmp);
    let broadest = crossings.chunks_exact(2).max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])));
    Some(broadest.map_or(*ring.first()?, |pair| ((pair[0] + pair[1]) / 2.0, y)))
}

fn edges(ring: &[(f64, f64)]) -> impl Iterator<Item = (&(f64, f64), &(f64, f64))> {
    ring.iter().zip(ring.iter().cycle().skip(1))
}

/// Twice the signed extent of a ring.
fn extent(ring: &[(f64, f64)]) -> f64 {
    edges(ring).map(|((x0, y0), (x1, y1))| x0 * y1 - x1 * y0).sum()
}

/// Returns true for a point that a ray from it proves inside: it crosses the rings an odd number of times.
fn within(rings: &Rings, (x, y): (f64, f64)) -> bool {
    let crossed = |((x0, y0), (x1, y1)): &(&(f64, f64), &(f64, f64))| {
        (*y0 > y) != (*y1 > y) && x < (x1 - x0) * (y - y0) / (y1 - y0) + x0
    };
    rings.iter().flat_map(|ring| edges(ring)).filter(crossed).count() % 2 == 1
}
