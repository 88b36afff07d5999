//! Scatter: named points of a plane of two measures, parted into quadrants.

use crate::exhibit::{Column, Rule, ScatterPoint};
use crate::finding::{Amount, Status};
use crate::language::Scale;

use super::axis::{Axis, Ticks};
use super::canvas::{Anchor, Setting, Stroke};
use super::describe::{Placed, extremes, say};
use super::element::{Area, Dot, Label, Line, Plane, at, set, size};
use super::font::Weight;
use super::head::{Head, Sample};
use super::palette::{self, AXIS, GRID, INK, QUIET, WHITE};
use super::placing::{Box, Spot, place, strained};
use super::voice::{Voice, any_inferred, number};
use super::{BODY, DrawingError, SMALL, TICKS, lying, plane};
use super::{Paint, Plan};
use crate::exhibit::charts;

/// A narrower plane is named by short names.
const NARROW: f64 = 450.0;
const TRIES: u8 = 12;
const TALLER: f64 = 30.0;

/// The figure's parts: points, the horizontal and the vertical measure.
type Given<'a> = (&'a [ScatterPoint], [&'a Column; 2]);

/// A measured chart.
pub(super) struct Scatter<'a> {
    voice: Voice<'a>,
    given: Given<'a>,
    rules: &'a [Option<Rule>; 2],
    diagonals: bool,
    names: Vec<String>,
    ticks: [Ticks; 2],
    across: Vec<String>,
    left: f64,
    tall: f64,
    spots: Vec<Spot>,
    /// The letters of Webb's types and where they stand in the plane.
    letters: Vec<(&'static str, (f64, f64))>,
    head: Head,
}

/// The types of Webb by the angle at zero, from the east against the clock: the horizontal measure is migration, the
/// vertical one natural increase.
const TYPES: [&str; 8] = ["C", "B", "A", "H", "G", "F", "E", "D"];

/// Returns the type of Webb; none where a component is zero or both are equally large.
fn webb((x, y): (f64, f64)) -> Option<usize> {
    let flat = x.abs() > y.abs();
    let octant = match (x > 0.0, y > 0.0) {
        (true, true) => [1, 0],
        (false, true) => [2, 3],
        (false, false) => [5, 4],
        (true, false) => [6, 7],
    };
    (x != 0.0 && y != 0.0 && x.abs() != y.abs()).then_some(octant[usize::from(flat)])
}

impl<'a> Scatter<'a> {
    /// Measures the chart for a width.
    pub(super) fn plan(
        voice: Voice<'a>,
        given: Given<'a>,
        (rules, diagonals): (&'a [Option<Rule>; 2], bool),
        width: f64,
    ) -> Result<Scatter<'a>, DrawingError> {
        let (points, [x, y]) = given;
        if points.is_empty() {
            return Err(DrawingError::Shape(String::from("there is nothing to draw")));
        }
        let short: Option<Vec<String>> = points.iter().map(|point| point.short.get(voice.tag()).cloned()).collect();
        let names: Vec<String> = match short.filter(|_| width < NARROW) {
            Some(short) => short,
            None => points.iter().map(|point| voice.label(&point.label)).collect::<Result<_, _>>()?,
        };
        let ends = |side: usize, column: &Column| {
            let values = points.iter().filter_map(|point| point.marks[side].value.as_ref().ok());
            let places = values.chain(rules[side].as_ref().map(|rule| &rule.at)).map(|value| scaled(value, column));
            let places: Vec<f64> = places.collect();
            let low = places.iter().copied().fold(f64::INFINITY, f64::min);
            let high = places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            (low, high)
        };
        let ((x_low, x_high), (y_low, y_high)) = (ends(0, x), ends(1, y));
        let upright = Ticks::around(y_low, y_high, TICKS);
        let left = Weight::Regular.widest(&upright.texts(&voice), SMALL)? + 8.0;
        let lying = Ticks::across(&voice, x_low, x_high, width - left)?;
        let across = Weight::Regular.wrap(&title(&voice, x)?, BODY, width - left)?;
        let mut legend = rule_legend(&voice, rules, [x, y])?;
        if any_inferred(points.iter().flat_map(|point| &point.marks)) {
            legend.push((Sample::Dot(palette::series(0), WHITE), voice.word("chart-inferred")?));
        }
        let head = Head::new(title(&voice, y)?, legend, width)?;
        let tall = (0.62 * width).clamp(260.0, 420.0);
        let ticks = [lying, upright];
        let mut scatter = Scatter {
            voice,
            given,
            rules,
            diagonals,
            names,
            ticks,
            across,
            left,
            tall,
            spots: Vec::new(),
            letters: Vec::new(),
            head,
        };
        scatter.settle(width)?;
        Ok(scatter)
    }

    /// Makes the plane as high as its names need: until each is easily followed to its point, or as nearly as it goes.
    fn settle(&mut self, width: f64) -> Result<(), DrawingError> {
        let first = self.tall;
        let mut best: Option<(usize, f64, Vec<Spot>)> = None;
        for step in 0..TRIES {
            self.tall = first + TALLER * f64::from(step);
            self.letters = self.letters(width);
            let Some((strained, spots)) = self.place(width)? else { continue };
            if best.as_ref().is_none_or(|(least, ..)| strained < *least) {
                best = Some((strained, self.tall, spots));
            }
            // A plane grows by half at most for the sake of its leaders.
            if strained == 0 || (self.tall > 1.4 * first && best.is_some()) {
                break;
            }
        }
        let message = "the names of the points have no room; show fewer, or take a wider figure";
        let (_, tall, spots) = best.ok_or_else(|| DrawingError::Shape(String::from(message)))?;
        (self.tall, self.spots) = (tall, spots);
        self.letters = self.letters(width);
        Ok(())
    }

    /// Returns the place of a pair of values within the plane, from its left upper corner.
    fn spot(&self, (x, y): (f64, f64), width: f64) -> (f64, f64) {
        let ((x_low, x_high), (y_low, y_high)) = (self.ticks[0].ends(), self.ticks[1].ends());
        let room = width - self.left - self.right();
        ((x - x_low) / (x_high - x_low) * room, (y_high - y) / (y_high - y_low) * self.tall)
    }

    fn right(&self) -> f64 {
        14.0
    }

    fn value(&self, point: &ScatterPoint) -> (f64, f64) {
        let (_, columns) = self.given;
        let of = |side: usize| point.marks[side].value.as_ref().map_or(0.0, |value| scaled(value, columns[side]));
        (of(0), of(1))
    }

    /// Places the names in a plane of the present height; returns how many are hard to follow, too.
    fn place(&self, width: f64) -> Result<Option<(usize, Vec<Spot>)>, DrawingError> {
        let room = width - self.left - self.right();
        let points: Vec<(f64, f64)> = self.given.0.iter().map(|point| self.spot(self.value(point), width)).collect();
        let measure = |name: &String| Ok(Weight::Regular.measure(name, SMALL)?.width);
        let widths: Vec<f64> = self.names.iter().map(measure).collect::<Result<_, DrawingError>>()?;
        let columns = self.given.1;
        let mut lines: Vec<Box> = Vec::new();
        if let Some(rule) = &self.rules[0] {
            let x = self.spot((scaled(&rule.at, columns[0]), 0.0), width).0;
            lines.push([x - 0.5, 0.0, x + 0.5, self.tall]);
        }
        if let Some(rule) = &self.rules[1] {
            let y = self.spot((0.0, scaled(&rule.at, columns[1])), width).1;
            lines.push([0.0, y - 0.5, room, y + 0.5]);
        }
        let frame = [2.0, 2.0, room + self.right() - 2.0, self.tall - 2.0];
        let letter = |(_, (x, y)): &(&str, (f64, f64))| [x - 6.0, y - 7.0, x + 6.0, y + 7.0];
        let letters: Vec<Box> = self.letters.iter().map(letter).collect();
        let spots = place(&points, &widths, frame, &lines, &letters, &|_, _| true);
        Ok(spots.map(|spots| (strained(&points, &widths, &spots), spots)))
    }

    /// Places the letters of Webb's types along the edge of the plane, each in the middle of what is seen of its sector.
    fn letters(&self, width: f64) -> Vec<(&'static str, (f64, f64))> {
        if !self.diagonals {
            return Vec::new();
        }
        let (right, foot) = (width - self.left - self.right() - 9.0, self.tall - 10.0);
        let share = |i: usize, room: f64| 9.0 + (room - 9.0) * i as f64 / 200.0;
        let along = (0..=200).map(|i| (share(i, right), 10.0)).chain((0..=200).map(|i| (right, share(i, foot))));
        let back = (0..=200).rev().map(|i| (share(i, right), foot));
        let edge: Vec<(f64, f64)> = along.chain(back).chain((0..=200).rev().map(|i| (9.0, share(i, foot)))).collect();
        let ((x_low, x_high), (y_low, y_high)) = (self.ticks[0].ends(), self.ticks[1].ends());
        let value = |(x, y): &(f64, f64)| {
            (x_low + x / (right + 9.0) * (x_high - x_low), y_high - y / self.tall * (y_high - y_low))
        };
        let points: Vec<(f64, f64)> = self.given.0.iter().map(|point| self.spot(self.value(point), width)).collect();
        let free = |(x, y): &(f64, f64)| points.iter().all(|(px, py)| (px - x).abs() > 10.0 || (py - y).abs() > 10.0);
        let letter = |(i, letter): (usize, &'static str)| {
            let seen: Vec<(f64, f64)> = edge.iter().copied().filter(|at| webb(value(at)) == Some(i)).collect();
            // A sliver of a sector has no room for a letter.
            let middle = *seen.get(seen.len() / 2).filter(|_| seen.len() > 12)?;
            let apart = |at: &(f64, f64)| (at.0 - middle.0).abs() + (at.1 - middle.1).abs();
            let best = seen.iter().filter(|at| free(at)).min_by(|a, b| apart(a).total_cmp(&apart(b)))?;
            Some((letter, *best))
        };
        TYPES.into_iter().enumerate().filter_map(letter).collect()
    }

    fn draw_rules(&self, plane: &Plane<'_>) -> Result<(), DrawingError> {
        let (across, up) = (plane.get_x_range(), plane.get_y_range());
        let columns = self.given.1;
        if self.diagonals {
            let stroke = Stroke { colour: GRID, width: 1.0, dash: "" };
            for sign in [1.0, -1.0] {
                let clipped = [across.start, across.end].map(|x| {
                    let y = (sign * x).clamp(up.start, up.end);
                    (sign * y, y)
                });
                if clipped[0] != clipped[1] {
                    plane.draw(&Line { points: clipped.to_vec(), stroke })?;
                }
            }
        }
        for (side, rule) in self.rules.iter().enumerate() {
            let Some(rule) = rule else { continue };
            let value = scaled(&rule.at, columns[side]);
            let points = match side {
                0 => vec![(value, up.start), (value, up.end)],
                _ => vec![(across.start, value), (across.end, value)],
            };
            let dash = if rule.label.is_some() { "3 3" } else { "" };
            plane.draw(&Line { points, stroke: Stroke { colour: AXIS, width: 1.0, dash } })?;
        }
        Ok(())
    }
}

impl Plan for Scatter<'_> {
    fn height(&self) -> f64 {
        self.head.height() + self.tall + 22.0 + 15.0 * self.across.len() as f64
    }

    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let (width, height) = size(area);
        let top = self.head.height();
        let ((x_low, x_high), (y_low, y_high)) = (self.ticks[0].ends(), self.ticks[1].ends());
        let margins = [top, height - top - self.tall, self.left, self.right()];
        let (plane, axis) = plane(area, margins, x_low..x_high, y_low..y_high)?;
        self.ticks[0].draw_across(&plane, &self.voice)?;
        self.ticks[1].draw(&plane, &self.voice)?;
        self.draw_rules(&plane)?;
        for (i, text) in self.across.iter().enumerate() {
            let y = top + self.tall + 27.0 + 15.0 * i as f64;
            let at = [at(width - self.right(), y)];
            let setting = set(BODY, QUIET, Anchor::End);
            area.draw(&Label { at, shift: (0.0, 0.0), text, setting, finding: None })?;
        }
        for (letter, (x, y)) in &self.letters {
            let setting = Setting { weight: Weight::Bold, ..set(BODY, QUIET, Anchor::Middle) };
            let at = [at(self.left + x, top + y)];
            area.draw(&Label { at, shift: (0.0, 0.0), text: letter, setting, finding: None })?;
        }
        let look = palette::series(0);
        for ((point, name), spot) in self.given.0.iter().zip(&self.names).zip(&self.spots) {
            let (x, y) = self.spot(self.value(point), width);
            let (left, y0) = (self.left + spot.x, top + spot.y);
            if spot.far {
                let (px, py) = (self.left + x, top + y);
                let end = spot.end((x, y), Weight::Regular.measure(name, SMALL)?.width);
                let points = vec![at(px, py), at(self.left + end.0, top + end.1)];
                area.draw(&Line { points, stroke: Stroke { colour: QUIET, width: 0.5, dash: "" } })?;
            }
            area.draw(&Label {
                at: [at(left, y0)],
                shift: (0.0, 0.0),
                text: name,
                setting: set(SMALL, INK, Anchor::Start),
                finding: None,
            })?;
        }
        for point in self.given.0 {
            // A ring for the horizontal measure around a disc for the vertical one: each is a number of its own.
            let hollow = point.marks.iter().any(|mark| mark.status == Status::Inferred);
            let inside = if hollow { WHITE } else { look.colour };
            let edge = Some(Stroke { colour: look.colour, width: 0.75, dash: "" });
            let at = [self.value(point)];
            let [x, y] = &point.marks;
            plane.draw(&Dot { at, shape: look.shape, radius: 3.0, inside: WHITE, edge, finding: number(x) })?;
            plane.draw(&Dot { at, shape: look.shape, radius: 2.4, inside, edge: None, finding: number(y) })?;
        }
        Ok(vec![axis, lying(area, margins, &(x_low..x_high))])
    }
}

impl Paint for charts::Scatter {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<std::boxed::Box<dyn Plan + 'a>, DrawingError> {
        let plan = Scatter::plan(voice, (&self.points, [&self.x, &self.y]), (&self.rules, self.diagonals), room)?;
        Ok(std::boxed::Box::new(plan))
    }

    fn kind(&self) -> &'static str {
        "alt-kind-scatter"
    }

    /// Each measure of a plane is named with its own.
    fn unit(&self, _: &Voice<'_>) -> Result<String, DrawingError> {
        Ok(String::new())
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        describe(voice, (&self.points, [&self.x, &self.y]), (&self.rules, self.diagonals), sentences)
    }
}

/// Returns an amount in the scale of its measure.
fn scaled(amount: &Amount, column: &Column) -> f64 {
    (0..column.thousands).fold(amount.to_f64(), |value, _| value / 1000.0)
}

fn print(voice: &Voice<'_>, amount: &Amount, column: &Column) -> String {
    let thousand = Amount::Integer(1000);
    let amount = (0..column.thousands).fold(amount.clone(), |a, _| a.divided_by(&thousand).unwrap_or(a));
    voice.language.number(&amount, column.decimals).to_string()
}

/// Returns the name of a measure with its unit.
fn title(voice: &Voice<'_>, column: &Column) -> Result<String, DrawingError> {
    let scale = match column.thousands {
        0 => Scale::One,
        1 => Scale::Thousand,
        _ => Scale::Million,
    };
    let (name, unit) = (voice.label(&column.label)?, voice.language.unit(column.unit, scale));
    Ok(if unit.is_empty() { name } else { format!("{name}, {unit}") })
}

/// Says what the rules are and where they stand.
fn rule_legend(
    voice: &Voice<'_>,
    rules: &[Option<Rule>; 2],
    columns: [&Column; 2],
) -> Result<Vec<(Sample, String)>, DrawingError> {
    let mut legend = Vec::new();
    for ((rule, column), sample) in rules.iter().zip(columns).zip([Sample::Upright, Sample::Break]) {
        let Some((rule, label)) = rule.as_ref().and_then(|rule| Some((rule, rule.label.as_ref()?))) else { continue };
        legend.push((sample, format!("{}: {}", voice.label(label)?, print(voice, &rule.at, column))));
    }
    Ok(legend)
}

/// Describes both measures and how many points each quadrant has.
pub(super) fn describe(
    voice: &Voice<'_>,
    (points, columns): Given<'_>,
    (rules, diagonals): (&[Option<Rule>; 2], bool),
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    sentences.push(say(voice, "alt-points")?.count("count", points.len()).end());
    for (side, column) in columns.into_iter().enumerate() {
        let figure = crate::exhibit::Figure {
            unit: column.unit,
            thousands: column.thousands,
            decimals: column.decimals,
            ..voice.figure.clone()
        };
        let voice = Voice { figure: &figure, ..*voice };
        let marks: Vec<Placed<'_>> = points
            .iter()
            .map(|point| Ok((voice.name(&point.label)?, &point.marks[side])))
            .collect::<Result<_, DrawingError>>()?;
        extremes(&voice, Some(&title(&voice, column)?), &marks, sentences)?;
    }
    if let [Some(x), Some(y)] = rules {
        let place = |point: &ScatterPoint| {
            let side = |i: usize, rule: &Rule| point.marks[i].value.as_ref().is_ok_and(|value| *value >= rule.at);
            (side(0, x), side(1, y))
        };
        let count = |wanted: (bool, bool)| points.iter().filter(|point| place(point) == wanted).count();
        let sentence = say(voice, "alt-quadrants")?.count("a", count((true, true))).count("b", count((false, true)));
        sentences.push(sentence.count("c", count((false, false))).count("d", count((true, false))).end());
    }
    if diagonals {
        let place = |point: &ScatterPoint| {
            let of = |side: usize| point.marks[side].value.as_ref().map_or(0.0, |value| scaled(value, columns[side]));
            webb((of(0), of(1)))
        };
        let count = |wanted: usize| points.iter().filter(|point| place(point) == Some(wanted)).count();
        let mut types: Vec<(&str, usize)> = TYPES.into_iter().zip((0..TYPES.len()).map(count)).collect();
        types.sort();
        let types =
            types.into_iter().filter(|(_, count)| *count > 0).map(|(letter, count)| format!("{letter}: {count}"));
        let types: Vec<String> = types.collect();
        sentences.push(say(voice, "alt-types")?.put("types", types.join(", ")).end());
    }
    Ok(())
}
