//! Flow map: arrows between tiles, as broad as the moves are large; the way back runs beside the way there.

use crate::exhibit::{Flow, FlowTile, Mark};

use super::axis::Axis;
use super::canvas::{Anchor, Fill, Setting, Stroke};
use super::describe::{Placed, extremes, say};
use super::element::{Area, Bar, Label, Surface, at, set, size};
use super::font::Weight;
use super::head::{Head, Sample};
use super::observe::largest;
use super::palette::{self, BLANK, Colour, INK, WHITE};
use super::placing;
use super::voice::{Voice, number};
use super::{DrawingError, SMALL};
use super::{Paint, Plan};
use crate::exhibit::charts;

/// How far from a tile the number of an arrow is sought.
const CLEAR: f64 = 8.0;
/// Farther from each other than this arrows are never taken for one another.
const ALONE: f64 = 24.0;

const GAP: f64 = 26.0;
const WIDEST: f64 = 96.0;
const SIZES: [f64; 4] = [10.5, 9.5, 8.5, 7.5];
/// The breadth of the largest arrow and of the smallest that is seen.
const BROADEST: f64 = 13.0;
const SLIMMEST: f64 = 1.4;
/// The least length of an arrow.
const LEAST: f64 = 12.0;
/// How far an arrow bends, as shares of its length: the first that passes behind no tile, or behind the least.
const BENDS: [f64; 6] = [0.32, 0.44, 0.56, 0.7, 0.2, 0.86];
/// How far tiles that an arrow passes reach.
const BESIDE: f64 = 3.0;
/// In how many stretches a bend is drawn.
const STRETCHES: usize = 14;

/// A measured map.
struct FlowMap<'a> {
    voice: Voice<'a>,
    chart: &'a charts::FlowMap,
    names: (Vec<Vec<String>>, f64),
    side: f64,
    tall: f64,
    head: Head,
}

impl<'a> FlowMap<'a> {
    fn plan(voice: Voice<'a>, chart: &'a charts::FlowMap, width: f64) -> Result<FlowMap<'a>, DrawingError> {
        let columns = chart.tiles.iter().map(|tile| tile.at.0 + 1).max().unwrap_or(1);
        let gap = gap(width);
        let side = (((width + gap) / f64::from(columns)) - gap).floor().min(WIDEST);
        let names = names(&voice, &chart.tiles, side - 3.0)?;
        let lines = names.0.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let tall = (lines * 12.0 + 8.0).max(0.34 * side);
        let text = voice.word("chart-flow-width")?;
        let head = Head::new(voice.unit()?, vec![(Sample::Area(colour()), text)], width)?;
        Ok(FlowMap { voice, chart, names, side, tall, head })
    }

    /// Returns the left upper corner of each tile in an area of a width.
    fn corners(&self, width: f64) -> Vec<(f64, f64)> {
        let gap = gap(width);
        let columns = f64::from(self.chart.tiles.iter().map(|tile| tile.at.0 + 1).max().unwrap_or(1));
        let start = ((width - columns * (self.side + gap) + gap) / 2.0).floor();
        let corner = |tile: &FlowTile| {
            let top = self.head.height() + f64::from(tile.at.1) * (self.tall + self.between());
            (start + f64::from(tile.at.0) * (self.side + gap), top)
        };
        self.chart.tiles.iter().map(corner).collect()
    }

    /// The gap between rows of tiles.
    fn between(&self) -> f64 {
        (self.side * 0.62).max(30.0)
    }

    /// Lays an arrow between the edges of two tiles, around others where it can.
    fn line(&self, flow: &Flow, corners: &[(f64, f64)], (width, height): (f64, f64)) -> Vec<(f64, f64)> {
        let hidden = |(x, y): &&(f64, f64)| {
            let others = corners.iter().enumerate().filter(|(tile, _)| *tile != flow.from && *tile != flow.to);
            let is_behind = |(left, top): &(f64, f64)| {
                (left - BESIDE..left + self.side + BESIDE).contains(x)
                    && (top - BESIDE..top + self.tall + BESIDE).contains(y)
            };
            let is_outside = *x < BESIDE || *x > width - BESIDE || *y > height - BESIDE;
            is_outside || others.map(|(_, corner)| corner).any(is_behind)
        };
        // Where nothing comes back it may bend to its left as well.
        let is_both_ways = self.chart.flows.iter().any(|other| (other.from, other.to) == (flow.to, flow.from));
        let left = BENDS.iter().filter(|_| !is_both_ways).map(|bend| -bend);
        let lines = BENDS.iter().copied().chain(left).map(|bend| self.bent(flow, corners, bend));
        let counted = lines.map(|line| (line.iter().filter(hidden).count(), line));
        counted.min_by_key(|(count, _)| *count).map(|(_, line)| line).unwrap_or_default()
    }

    /// Lays an arrow that bends so far: the points of its middle line.
    fn bent(&self, flow: &Flow, corners: &[(f64, f64)], bend: f64) -> Vec<(f64, f64)> {
        let middle = |tile: usize| (corners[tile].0 + self.side / 2.0, corners[tile].1 + self.tall / 2.0);
        let (from, to) = (middle(flow.from), middle(flow.to));
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        // Every arrow bends to its right, so that the way back lies on the other side.
        // Where tiles stand close it bends more, to be seen beside them.
        let bend = if self.side < 60.0 { bend * 2.0 } else { bend };
        let control = ((from.0 + to.0) / 2.0 - dy * bend, (from.1 + to.1) / 2.0 + dx * bend);
        let point = |t: f64| {
            let mix = |a: f64, b: f64, c: f64| (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * b + t * t * c;
            (mix(from.0, control.0, to.0), mix(from.1, control.1, to.1))
        };
        let within = |(x, y): (f64, f64), tile: usize| {
            let (left, top) = corners[tile];
            x > left - 2.0 && x < left + self.side + 2.0 && y > top - 2.0 && y < top + self.tall + 2.0
        };
        let steps = || (0..=200_i32).map(|i| f64::from(i) / 200.0);
        let first = steps().find(|t| !within(point(*t), flow.from)).unwrap_or(0.0);
        let last = steps().rfind(|t| !within(point(*t), flow.to)).unwrap_or(1.0).max(first + 0.01);
        // Between tiles that touch an arrow begins and ends within them.
        let length = |a: f64, b: f64| {
            let ((x0, y0), (x1, y1)) = (point(a), point(b));
            (x1 - x0).abs().max((y1 - y0).abs())
        };
        let (mut first, mut last) = (first, last);
        while length(first, last) < LEAST && (first > 0.0 || last < 1.0) {
            (first, last) = ((first - 0.02).max(0.0), (last + 0.02).min(1.0));
        }
        let share = |i: usize| first + (last - first) * i as f64 / STRETCHES as f64;
        (0..=STRETCHES).map(|i| point(share(i))).collect()
    }

    fn breadth(&self, flow: &Flow) -> f64 {
        let value = |flow: &Flow| self.voice.place(&flow.mark).unwrap_or(0.0);
        let most = self.chart.flows.iter().map(value).fold(f64::MIN_POSITIVE, f64::max);
        (BROADEST * value(flow) / most * (self.side / WIDEST).min(1.0)).max(SLIMMEST)
    }

    fn draw_tiles(&self, area: &Area<'_>, corners: &[(f64, f64)]) -> Result<(), DrawingError> {
        for (lines, (left, top)) in self.names.0.iter().zip(corners) {
            let ends = [at(*left, *top), at(left + self.side, top + self.tall)];
            area.draw(&Bar { corners: ends, fill: Fill::Plain(BLANK), finding: None })?;
            for (i, line) in lines.iter().enumerate() {
                let y = top + self.tall / 2.0 + (i as f64 - (lines.len() as f64 - 1.0) / 2.0) * 12.0;
                let setting = set(self.names.1, INK, Anchor::Middle);
                let place = [at(left + self.side / 2.0, y)];
                area.draw(&Label { at: place, shift: (0.0, 0.0), text: line, setting, finding: None })?;
            }
        }
        Ok(())
    }

    fn draw_numbers(
        &self,
        area: &Area<'_>,
        lines: &[Vec<(f64, f64)>],
        corners: &[(f64, f64)],
    ) -> Result<(), DrawingError> {
        let texts: Vec<String> = self.chart.flows.iter().map(|flow| self.voice.print(&flow.mark)).collect();
        let widths = texts.iter().map(|text| Ok(Weight::Bold.measure(text, SMALL)?.width));
        let widths: Vec<f64> = widths.collect::<Result<_, DrawingError>>()?;
        let tiles: Vec<placing::Box> = corners.iter().map(|(x, y)| [*x, *y, x + self.side, y + self.tall]).collect();
        // The middle of an arrow, or what is next to it where a tile hides that.
        let seen = |(x, y): &(f64, f64)| {
            !tiles.iter().any(|tile| {
                (tile[0] - CLEAR..tile[2] + CLEAR).contains(x) && (tile[1] - CLEAR..tile[3] + CLEAR).contains(y)
            })
        };
        let fine: Vec<Vec<(f64, f64)>> = lines.iter().map(|line| finer(line)).collect();
        // There, where no other arrow is near and the number has room beside it.
        let alone = |own: usize, point: &(f64, f64)| -> (bool, i32) {
            let others = fine.iter().enumerate().filter(|(other, _)| *other != own).flat_map(|(_, line)| line);
            let alone = others.map(|other| apart(*point, *other)).fold(ALONE, f64::min);
            let nearest =
                |tile: &placing::Box| apart(*point, (point.0.clamp(tile[0], tile[2]), point.1.clamp(tile[1], tile[3])));
            let has_room = tiles.iter().all(|tile| nearest(tile) > widths[own] + CLEAR);
            (has_room, alone as i32)
        };
        let beside = |(own, line): (usize, &Vec<(f64, f64)>)| {
            let middle = line.len() / 2;
            let outward = (0..=middle).flat_map(|step| [line.get(middle + step), line.get(middle - step)]);
            let best = outward.flatten().filter(|point| seen(point)).rev().max_by_key(|point| alone(own, point));
            best.copied().unwrap_or(line[middle])
        };
        let points: Vec<(f64, f64)> = fine.iter().enumerate().map(beside).collect();
        let over = |line: &Vec<(f64, f64)>| {
            let near = line.iter().map(|(x, y)| [x - 2.0, y - 2.0, x + 2.0, y + 2.0]);
            near.collect::<Vec<placing::Box>>()
        };
        let arrows: Vec<placing::Box> = fine.iter().flat_map(over).collect();
        let (width, height) = size(area);
        let frame = [0.0, self.head.height() - 4.0, width, height];
        // A number is read as that of the arrow that is next to it.
        let is_of = |own: usize, spot: &placing::Spot| {
            let half = placing::TALL / 2.0;
            let nearest = |line: &Vec<(f64, f64)>| {
                let to = |(x, y): &(f64, f64)| {
                    apart((x.clamp(spot.x, spot.x + widths[own]), y.clamp(spot.y - half, spot.y + half)), (*x, *y))
                };
                line.iter().map(to).fold(f64::INFINITY, f64::min)
            };
            let others = fine.iter().enumerate().filter(|(other, _)| *other != own);
            let other = others.map(|(_, line)| nearest(line)).fold(f64::INFINITY, f64::min);
            nearest(&fine[own]) < other
        };
        // Where it is narrow a number without room is left out, those of the smallest moves first.
        let fits = |own: &[usize]| {
            let (points, widths): (Vec<_>, Vec<_>) = own.iter().map(|at| (points[*at], widths[*at])).unzip();
            let is_of = |at: usize, spot: &placing::Spot| is_of(own[at], spot);
            placing::place(&points, &widths, frame, &arrows, &tiles, &is_of)
        };
        let mut shown: Vec<usize> = Vec::new();
        for at in 0..points.len() {
            shown.push(at);
            if fits(&shown).is_none() {
                shown.pop();
            }
        }
        for (spot, own) in fits(&shown).unwrap_or_default().into_iter().zip(shown) {
            let (text, flow) = (&texts[own], &self.chart.flows[own]);
            let setting = Setting { weight: Weight::Bold, ..set(SMALL, INK, Anchor::Start) };
            let finding = number(&flow.mark);
            area.draw(&Label { at: [at(spot.x, spot.y)], shift: (0.0, 0.0), text, setting, finding })?;
        }
        Ok(())
    }
}

impl Plan for FlowMap<'_> {
    fn height(&self) -> f64 {
        let rows = f64::from(self.chart.tiles.iter().map(|tile| tile.at.1 + 1).max().unwrap_or(1));
        self.head.height() + rows * (self.tall + self.between()) - self.between() + 6.0
    }

    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let corners = self.corners(size(area).0);
        let lines: Vec<Vec<(f64, f64)>> =
            self.chart.flows.iter().map(|flow| self.line(flow, &corners, size(area))).collect();
        for (flow, line) in self.chart.flows.iter().zip(&lines) {
            let outline: Vec<_> = arrow(line, self.breadth(flow)).into_iter().map(|(x, y)| at(x, y)).collect();
            let (counts, edge) = (vec![outline.len()], Stroke { colour: WHITE, width: 0.75, dash: "" });
            let (fill, finding) = (Fill::Plain(colour()), number(&flow.mark));
            area.draw(&Surface { corners: outline, counts, edge, fill, finding })?;
        }
        self.draw_tiles(area, &corners)?;
        self.draw_numbers(area, &lines, &corners)?;
        Ok(Vec::new())
    }
}

impl Paint for charts::FlowMap {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError> {
        Ok(Box::new(FlowMap::plan(voice, self, room)?))
    }

    fn kind(&self) -> &'static str {
        "alt-kind-flow-map"
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        sentences.push(say(voice, "alt-flows")?.count("count", self.flows.len()).end());
        let name = |tile: usize| voice.name(&self.tiles[tile].label);
        let placed = |flow: &'_ Flow| Ok((format!("{} – {}", name(flow.from)?, name(flow.to)?), flow.mark.clone()));
        let marks: Vec<(String, Mark)> = self.flows.iter().map(placed).collect::<Result<_, DrawingError>>()?;
        let marks: Vec<Placed<'_>> = marks.iter().map(|(name, mark)| (name.clone(), mark)).collect();
        extremes(voice, None, &marks, sentences)?;
        sentences.extend(largest(voice, &marks)?);
        Ok(())
    }
}

/// Puts points between those of a line, by which what is next to it is told.
fn finer(line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let between = |pair: &[(f64, f64)]| {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        (0..=4).map(|step| f64::from(step) / 4.0).map(|t| (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)).collect::<Vec<_>>()
    };
    line.windows(2).flat_map(between).collect()
}

/// Returns how far two points are from each other.
fn apart(a: (f64, f64), b: (f64, f64)) -> f64 {
    ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).sqrt()
}

/// The gap between tiles side by side.
fn gap(width: f64) -> f64 {
    if width < 450.0 { GAP * 0.25 } else { GAP }
}

/// The colour of arrows.
fn colour() -> Colour {
    palette::series(3).ink
}

/// Puts breadth on a line and a head at its end.
fn arrow(line: &[(f64, f64)], breadth: f64) -> Vec<(f64, f64)> {
    let head = (breadth * 1.4).max(5.0);
    let tip = line[line.len() - 1];
    // The shaft ends where the head begins.
    let shaft: Vec<(f64, f64)> = line.iter().copied().filter(|point| apart(*point, tip) > head).collect();
    let shaft = if shaft.len() > 1 { shaft } else { line[..2].to_vec() };
    let across = |i: usize| {
        let (before, after) = (shaft[i.saturating_sub(1)], shaft[(i + 1).min(shaft.len() - 1)]);
        let (dx, dy) = (after.0 - before.0, after.1 - before.1);
        let whole = apart(before, after).max(f64::MIN_POSITIVE);
        (-dy / whole, dx / whole)
    };
    let beside = |i: usize, by: f64| (shaft[i].0 + across(i).0 * by, shaft[i].1 + across(i).1 * by);
    let last = shaft.len() - 1;
    let one = (0..shaft.len()).map(|i| beside(i, breadth / 2.0));
    let wings = [beside(last, breadth / 2.0 + 3.0), tip, beside(last, -breadth / 2.0 - 3.0)];
    let other = (0..shaft.len()).rev().map(|i| beside(i, -breadth / 2.0));
    one.chain(wings).chain(other).collect()
}

/// Returns the names that fit a tile: whole ones where all do, else the short ones of the study.
fn names(voice: &Voice<'_>, tiles: &[FlowTile], room: f64) -> Result<(Vec<Vec<String>>, f64), DrawingError> {
    let whole: Vec<String> = tiles.iter().map(|tile| voice.label(&tile.label)).collect::<Result<_, _>>()?;
    let short: Vec<String> =
        tiles.iter().zip(&whole).map(|(tile, whole)| tile.short.get(voice.tag()).unwrap_or(whole).clone()).collect();
    for names in [&whole, &short] {
        for size in SIZES {
            let wrap = |name: &String| Weight::Regular.wrap(name, size, room);
            let lines: Vec<Vec<String>> = names.iter().map(wrap).collect::<Result<_, _>>()?;
            if lines.iter().all(|lines| lines.len() <= 2)
                && Weight::Regular.widest(lines.iter().flatten(), size)? <= room
            {
                return Ok((lines, size));
            }
        }
    }
    let message = "a name has no room in its tile; give it a `short` one in data/tiles.yaml";
    Err(DrawingError::Shape(String::from(message)))
}
