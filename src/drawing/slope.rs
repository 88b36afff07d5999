//! Slope: lines between two upright scales, named at both ends where there is room.

use std::cmp::Ordering;

use crate::exhibit::{Label as Name, Series};

use super::axis::{Axis, spread};
use super::canvas::{Anchor, Setting, Stroke};
use super::dumbbell::describe;
use super::element::{Area, Dot, Label, Line, at, set, size};
use super::font::Weight;
use super::head::{Head, Sample};
use super::lines::range;
use super::palette::{self, AXIS, GRID, INK, Look, QUIET};
use super::voice::{Voice, check, number};
use super::{BODY, DrawingError, SMALL, plane};
use super::{Paint, Plan};
use crate::exhibit::charts;

const LEADING: f64 = 12.5;
const GAP: f64 = 8.0;
const LEADER: f64 = 12.0;

/// A measured chart.
pub(super) struct Slope<'a> {
    voice: Voice<'a>,
    ends: &'a [Series; 2],
    ranked: bool,
    /// The texts at both ends of each line, broken into lines of text; empty where a line has no such end.
    texts: [Vec<Vec<String>>; 2],
    rooms: [f64; 2],
    heads: [Vec<String>; 2],
    head: Head,
}

impl<'a> Slope<'a> {
    /// Measures the chart for a width.
    pub(super) fn plan(
        voice: Voice<'a>,
        (rows, ends): (&'a [Name], &'a [Series; 2]),
        ranked: bool,
        width: f64,
    ) -> Result<Slope<'a>, DrawingError> {
        check(ends, rows.len())?;
        let unit = if ranked { String::new() } else { voice.unit()? };
        let head = Head::new(unit, legend(&voice, ends, ranked)?, width)?;
        let mut texts = [Vec::new(), Vec::new()];
        for (i, row) in rows.iter().enumerate() {
            let name = voice.label(row)?;
            for (end, texts) in texts.iter_mut().enumerate() {
                let mark = &ends[end].marks[i];
                let number = voice.print(mark);
                let text = match (mark.value.is_ok(), end) {
                    (false, _) => String::new(),
                    (true, 0) => format!("{name}\u{a0}\u{a0}{number}"),
                    (true, _) => format!("{number}\u{a0}\u{a0}{name}"),
                };
                texts.push(if text.is_empty() {
                    Vec::new()
                } else {
                    Weight::Regular.wrap(&text, SMALL, 0.3 * width)?
                });
            }
        }
        let mut rooms = [0.0; 2];
        for (room, texts) in rooms.iter_mut().zip(&texts) {
            *room = Weight::Regular.widest(texts.iter().flatten(), SMALL)? + GAP + LEADER;
        }
        // Each head keeps to its half of what the names leave between the scales.
        let between = (width - rooms[0] - rooms[1]) / 2.0 - 4.0;
        let mut heads = [Vec::new(), Vec::new()];
        for ((head, end), room) in heads.iter_mut().zip(ends).zip(&mut rooms) {
            *head = Weight::Bold.wrap(&voice.label(&end.label)?, BODY, between)?;
            *room = room.max(Weight::Bold.widest(head.iter(), BODY)? / 2.0 + 1.0);
        }
        Ok(Slope { voice, ends, ranked, texts, rooms, heads, head })
    }

    /// Returns the height of the names of both scales.
    fn tops(&self) -> f64 {
        let lines = self.heads.iter().map(Vec::len).max().unwrap_or(0);
        5.5 + lines as f64 * LEADING
    }

    fn tall(lines: &[String]) -> f64 {
        lines.len() as f64 * LEADING + if lines.is_empty() { 0.0 } else { 1.0 }
    }

    fn draw_texts(&self, area: &Area<'_>, axis: Axis, (top, bottom): (f64, f64)) -> Result<(), DrawingError> {
        let width = size(area).0;
        for (end, texts) in self.texts.iter().enumerate() {
            let shown: Vec<usize> = (0..texts.len()).filter(|row| !texts[*row].is_empty()).collect();
            let place = |row: &usize| {
                let value = self.voice.place(&self.ends[end].marks[*row]).unwrap_or(0.0);
                axis.zero + value * axis.step
            };
            let wishes: Vec<f64> = shown.iter().map(place).collect();
            let heights: Vec<f64> = shown.iter().map(|row| Slope::tall(&texts[*row])).collect();
            let places = spread(&wishes, &heights, top - 8.0, bottom + 8.0);
            // To the left of the first scale and to the right of the second.
            let (x, side, anchor) =
                if end == 0 { (self.rooms[0], -1.0, Anchor::End) } else { (width - self.rooms[1], 1.0, Anchor::Start) };
            for ((row, y), wish) in shown.iter().zip(places).zip(wishes) {
                if (y - wish).abs() > 2.0 {
                    let stroke = Stroke { colour: QUIET, width: 0.5, dash: "" };
                    let points = vec![at(x + side * 3.5, wish), at(x + side * (LEADER + GAP - 5.0), y)];
                    area.draw(&Line { points, stroke })?;
                }
                let lines = &texts[*row];
                for (i, text) in lines.iter().enumerate() {
                    let y = y + (i as f64 - (lines.len() as f64 - 1.0) / 2.0) * LEADING;
                    let at = [at(x + side * (LEADER + GAP - 3.0), y)];
                    let mark = &self.ends[end].marks[*row];
                    let setting = set(SMALL, INK, anchor);
                    area.draw(&Label { at, shift: (0.0, 0.0), text, setting, finding: number(mark) })?;
                }
            }
        }
        Ok(())
    }
}

impl Plan for Slope<'_> {
    fn height(&self) -> f64 {
        let column = |texts: &Vec<Vec<String>>| texts.iter().map(|lines| Slope::tall(lines)).sum::<f64>();
        let needed = self.texts.iter().map(column).fold(0.0, f64::max);
        // Places keep even distances; values crowd, and the farther apart they are the shorter are their leaders.
        let (ease, least) = if self.ranked { (1.08, 0.0) } else { (1.3, 200.0) };
        self.head.height() + self.tops() + (needed * ease).max(least) + 12.0
    }

    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let height = size(area).1;
        let values: Vec<f64> =
            self.ends.iter().flat_map(|end| &end.marks).filter_map(|mark| self.voice.place(mark)).collect();
        let (low, high) = if self.ranked {
            (values.iter().copied().fold(1.0, f64::max), 1.0)
        } else {
            let (low, high) = range(&values);
            if low < high { (low, high) } else { (low - 1.0, high + 1.0) }
        };
        let (low, high) = if low == high { (low + 1.0, high) } else { (low, high) };
        let (top, foot) = (self.head.height() + self.tops() + 8.0, 10.0);
        let margins = [top, foot, self.rooms[0], self.rooms[1]];
        let (plane, axis) = plane(area, margins, 0.0..1.0, low..high)?;
        for (end, x) in [(0, 0.0), (1, 1.0)] {
            let stroke = Stroke { colour: if self.ranked { GRID } else { AXIS }, width: 1.0, dash: "" };
            plane.draw(&Line { points: vec![(x, low), (x, high)], stroke })?;
            let setting = Setting { weight: Weight::Bold, ..set(BODY, INK, Anchor::Middle) };
            for (above, text) in self.heads[end].iter().rev().enumerate() {
                let shift = (0.0, -18.0 - above as f64 * LEADING);
                plane.draw(&Label { at: [(x, high)], shift, text, setting, finding: None })?;
            }
        }
        for row in 0..self.ends[0].marks.len() {
            let marks = [0, 1].map(|end| &self.ends[end].marks[row]);
            let values = marks.map(|mark| self.voice.place(mark));
            let look = look(way(values, self.ranked));
            if let [Some(from), Some(to)] = values {
                let stroke = Stroke { colour: look.colour, width: 1.4, dash: look.dash };
                plane.draw(&Line { points: vec![(0.0, from), (1.0, to)], stroke })?;
            }
            for (end, value) in values.into_iter().enumerate() {
                let (Some(value), finding) = (value, number(marks[end])) else { continue };
                let at = [(end as f64, value)];
                let (shape, inside) = (look.shape, look.colour);
                plane.draw(&Dot { at, shape, radius: 2.4, inside, edge: None, finding })?;
            }
        }
        self.draw_texts(area, axis, (top, height - foot))?;
        Ok(vec![axis])
    }
}

impl Paint for charts::Slope {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError> {
        Ok(Box::new(Slope::plan(voice, (&self.rows, &self.ends), self.ranked, room)?))
    }

    fn kind(&self) -> &'static str {
        "alt-kind-slope"
    }

    /// A place has none.
    fn unit(&self, voice: &Voice<'_>) -> Result<String, DrawingError> {
        if self.ranked { Ok(String::new()) } else { voice.unit() }
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        describe(voice, (&self.rows, &self.ends), self.ranked, sentences)
    }
}

/// Returns which way a line goes: up, down or level; nothing for a point alone.
fn way(values: [Option<f64>; 2], ranked: bool) -> Option<Ordering> {
    let [Some(from), Some(to)] = values else { return None };
    // Who climbs has a smaller place.
    Some(if ranked { from.total_cmp(&to) } else { to.total_cmp(&from) })
}

/// Rising lines are dark, falling ones orange and dashed, level ones grey and dotted: in grey print too they are told apart.
fn look(way: Option<Ordering>) -> Look {
    let (rise, fall) = (palette::series(0), palette::series(1));
    match way {
        Some(Ordering::Greater) => rise,
        Some(Ordering::Less) => Look { colour: fall.ink, dash: "5 2.5", ..fall },
        Some(Ordering::Equal) | None => Look { colour: QUIET, ink: QUIET, dash: "1.5 2.5", ..rise },
    }
}

/// Says what the looks mean that occur.
fn legend(voice: &Voice<'_>, ends: &[Series; 2], ranked: bool) -> Result<Vec<(Sample, String)>, DrawingError> {
    let values = |row: usize| [0, 1].map(|end| voice.place(&ends[end].marks[row]));
    let ways: Vec<Ordering> = (0..ends[0].marks.len()).filter_map(|row| way(values(row), ranked)).collect();
    let keys = if ranked {
        ["chart-climbed", "chart-dropped", "chart-held"]
    } else {
        ["chart-rose", "chart-fell", "chart-level"]
    };
    let all = [Ordering::Greater, Ordering::Less, Ordering::Equal].into_iter().zip(keys);
    let shown = all.filter(|(way, _)| ways.contains(way));
    shown.map(|(way, key)| Ok((Sample::Line(look(Some(way))), voice.word(key)?))).collect()
}
