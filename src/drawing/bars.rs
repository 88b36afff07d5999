//! Bars: lying bars from a line of zero, ranked or diverging, each with its number outside its end.

use crate::exhibit::{Arrangement, Label as Name, Mark, Series};
use crate::finding::Status;

use super::axis::{Axis, Ticks};
use super::canvas::{Anchor, Fill, GRAIN, Setting, Stroke};
use super::describe::{rows_of, say, several};
use super::element::{Area, Bar, Label, Line, Plane, set, size};
use super::font::Weight;
use super::head::{Head, Sample};
use super::observe::against;
use super::palette::{self, AXIS, Colour, GRID, INK, QUIET, WHITE};
use super::voice::{Voice, any_inferred, check, number};
use super::{BODY, DrawingError, SMALL, TICKS, plane};
use super::{Paint, Plan};
use crate::exhibit::charts;

const LEADING: f64 = 13.0;
const WIDEST: f64 = 190.0;
const GAP: f64 = 5.0;

/// The figure's parts as the exhibit gives them.
pub(super) struct Given<'a> {
    /// The rows.
    pub(super) rows: &'a [Name],
    /// The series.
    pub(super) series: &'a [Series],
    /// How they stand to one another.
    pub(super) arrangement: Arrangement,
    /// A value to compare with, drawn as a rule.
    pub(super) reference: Option<&'a (Name, Mark)>,
}

/// A measured bar chart.
pub(super) struct Bars<'a> {
    voice: Voice<'a>,
    given: Given<'a>,
    rows: Vec<Row>,
    left: f64,
    below: f64,
    above: f64,
    ticks: Option<Ticks>,
    head: Head,
}

/// A row: its name in lines, whether it is the country, and its top and height.
pub(super) struct Row {
    name: Vec<String>,
    weight: Weight,
    /// Where it begins.
    pub(super) top: f64,
    /// Its height.
    pub(super) height: f64,
}

/// A bar or a part of one.
struct Part<'a> {
    series: usize,
    from: f64,
    to: f64,
    mark: &'a Mark,
}

/// A part of a stack that has no room for its number, with the width of that and the number.
type Beside<'a> = (Part<'a>, f64, String);

impl<'a> Bars<'a> {
    /// Measures the chart for a width.
    pub(super) fn plan(voice: Voice<'a>, given: Given<'a>, width: f64) -> Result<Bars<'a>, DrawingError> {
        check(given.series, given.rows.len())?;
        let head = Head::new(voice.unit()?, legend(&voice, &given)?, width)?;
        let bars = match given.arrangement {
            Arrangement::Grouped => given.series.len(),
            Arrangement::Stacked => 1,
        };
        let rows = rows(&voice, given.rows, bars, width)?;
        let mut left: f64 = 0.0;
        for row in &rows {
            left = left.max(row.room()?);
        }
        let mut bars = Bars { voice, given, rows, left, below: 0.0, above: 0.0, ticks: None, head };
        let room = width - left - 1.0;
        (bars.below, bars.above) = if bars.printed() { bars.range(room)? } else { bars.scale(room)? };
        Ok(bars)
    }

    /// Returns where the rows end, from where they begin.
    fn foot(&self) -> f64 {
        self.rows.last().map_or(0.0, |row| row.top + row.height)
    }

    /// Returns where the rows begin.
    fn top(&self) -> f64 {
        self.head.height() + if self.given.reference.is_some() { 17.0 } else { 0.0 }
    }

    /// Returns the range of values that leaves room for each number beside its bar.
    fn range(&self, room: f64) -> Result<(f64, f64), DrawingError> {
        // The far end of each bar, and the room that its number takes behind it.
        let mut ends: Vec<(f64, f64)> = vec![(0.0, 0.0)];
        for place in 0..self.rows.len() {
            for part in self.parts(place) {
                let text = if self.printed() { self.voice.print(part.mark) } else { String::new() };
                ends.push((part.to, Weight::Regular.measure(&text, SMALL)?.width + GAP + 1.0));
            }
        }
        if let Some((_, mark)) = self.given.reference {
            ends.extend(self.voice.place(mark).map(|value| (value, 1.0)));
        }
        let reach = |scale: f64, below: bool| {
            let side = ends.iter().filter(|(value, _)| (*value < 0.0) == below);
            side.map(|(value, text)| value.abs() * scale + text).fold(0.0, f64::max)
        };
        let largest = ends.iter().map(|(value, _)| value.abs()).fold(0.0, f64::max);
        let (mut small, mut large) = (0.0, if largest > 0.0 { room / largest } else { 1.0 });
        for _ in 0..40 {
            let scale = (small + large) / 2.0;
            if reach(scale, true) + reach(scale, false) <= room { small = scale } else { large = scale }
        }
        let scale = if small > 0.0 { small } else { 1.0 };
        let below = reach(scale, true);
        Ok((-below / scale, (room - below) / scale))
    }

    /// Chooses round values for stacks, and returns the range that they and the numbers behind their ends need.
    fn scale(&mut self, room: f64) -> Result<(f64, f64), DrawingError> {
        let ends: Vec<f64> = (0..self.rows.len()).flat_map(|place| self.parts(place)).map(|part| part.to).collect();
        let (low, high) = (ends.iter().copied().fold(0.0, f64::min), ends.iter().copied().fold(0.0, f64::max));
        let ticks = Ticks::around(low, high, TICKS);
        let half = Weight::Regular.widest(&ticks.texts(&self.voice), SMALL)? / 2.0;
        let (low, high) = ticks.ends();
        self.ticks = Some(ticks);
        let high = high + (high - low) * half / (room - half);
        let (mut below, mut above): (f64, f64) = (low, high);
        // The more room numbers take behind the ends, the shorter are the bars, and the more of them stand there.
        for _ in 0..3 {
            let scale = room / (above - below);
            for place in 0..self.rows.len() {
                for way in [-1.0, 1.0] {
                    let (end, left) = self.beyond(place, way, scale)?;
                    let wanted: f64 = left.iter().map(|(_, width, _)| width + GAP).sum::<f64>() / scale;
                    if way < 0.0 { below = below.min(end - wanted) } else { above = above.max(end + wanted) }
                }
            }
        }
        Ok((below, above))
    }

    /// Returns where the bars of a stack end on one side of zero, and the numbers that no part of it has room for, with
    /// their widths.
    fn beyond(&self, place: usize, way: f64, scale: f64) -> Result<(f64, Vec<Beside<'a>>), DrawingError> {
        let side = self.parts(place).into_iter().filter(|part| (part.to < part.from) == (way < 0.0));
        let (mut end, mut left): (f64, Vec<_>) = (0.0, Vec::new());
        for part in side {
            end = if way < 0.0 { end.min(part.to) } else { end.max(part.to) };
            let text = self.voice.print(part.mark);
            if self.is_told(&part) && !fits_within((part.to - part.from).abs() * scale, &text)? {
                let width = Weight::Regular.measure(&text, SMALL)?.width;
                left.push((part, width, text));
            }
        }
        Ok((end, left))
    }

    /// Returns true where numbers stand outside the bars; a stack has no outside for its parts.
    fn printed(&self) -> bool {
        self.given.arrangement == Arrangement::Grouped || self.given.series.len() == 1
    }

    fn parts(&self, place: usize) -> Vec<Part<'a>> {
        let (mut up, mut down) = (0.0, 0.0);
        let mut parts = Vec::new();
        for (series, given) in self.given.series.iter().enumerate() {
            let mark = &given.marks[place];
            let value = self.voice.place(mark);
            let from = match (self.printed(), value.is_some_and(|value| value < 0.0)) {
                (true, _) => 0.0,
                (false, true) => down,
                (false, false) => up,
            };
            let to = from + value.unwrap_or(0.0);
            parts.push(Part { series, from, to, mark });
            if to < from { down = to } else { up = to }
        }
        parts
    }

    fn draw_ticks(&self, plane: &Plane<'_>, foot: f64) -> Result<(), DrawingError> {
        let Some(ticks) = &self.ticks else { return Ok(()) };
        for (value, text) in ticks.values.iter().zip(ticks.texts(&self.voice)) {
            let x = value.to_f64();
            let stroke = Stroke { colour: GRID, width: 0.75, dash: "" };
            plane.draw(&Line { points: vec![(x, 0.0), (x, foot)], stroke })?;
            let setting = set(SMALL, QUIET, Anchor::Middle);
            plane.draw(&Label { at: [(x, foot)], shift: (0.0, 11.0), text: &text, setting, finding: None })?;
        }
        Ok(())
    }

    fn draw_row(&self, plane: &Plane<'_>, place: usize) -> Result<(), DrawingError> {
        let row = &self.rows[place];
        let middle = row.middle();
        row.draw_name(plane, self.below)?;
        let count = if self.printed() { self.given.series.len() as f64 } else { 1.0 };
        let thick = self.thickness();
        for part in self.parts(place) {
            let nth = if self.printed() { part.series as f64 } else { 0.0 };
            let top = middle + (nth - count / 2.0) * thick;
            self.draw_part(plane, &part, (top, top + thick - if count > 1.0 { 1.0 } else { 0.0 }))?;
        }
        self.draw_beyond(plane, place)
    }

    fn thickness(&self) -> f64 {
        if self.printed() && self.given.series.len() > 1 { 12.0 } else { 12.5 }
    }

    fn colour(&self, part: &Part<'_>) -> Colour {
        match self.given.series {
            [only] => match self.voice.declared(&only.label) {
                Some(colour) => palette::declared(colour, 0).colour,
                None => palette::signed(part.to),
            },
            all => self.voice.look(all, part.series).colour,
        }
    }

    fn draw_part(&self, plane: &Plane<'_>, part: &Part<'_>, sides: (f64, f64)) -> Result<(), DrawingError> {
        let (top, bottom) = sides;
        let (colour, finding) = (self.colour(part), number(part.mark));
        if part.mark.value.is_ok() {
            let fill = if part.mark.status == Status::Inferred { Fill::Hatched(colour) } else { Fill::Plain(colour) };
            plane.draw(&Bar { corners: [(part.from, top), (part.to, bottom)], fill, finding })?;
            if !self.printed() && part.from != 0.0 {
                draw_seam(plane, part.from, (top, bottom))?;
            }
            if self.is_told(part) {
                let text = self.voice.print(part.mark);
                write_within(plane, (part.from, part.to), (top + bottom) / 2.0, &text, (colour, finding))?;
            }
        }
        if self.printed() {
            let (text, middle) = (self.voice.print(part.mark), (top + bottom) / 2.0);
            let (shift, anchor) = if part.to < 0.0 { ((-GAP, 0.0), Anchor::End) } else { ((GAP, 0.0), Anchor::Start) };
            let ink = if part.mark.value.is_ok() { INK } else { QUIET };
            let (at, setting) = ([(part.to, middle)], set(SMALL, ink, anchor));
            plane.draw(&Label { at, shift, text: &text, setting, finding })?;
        }
        Ok(())
    }

    /// Says whether the number of a part of a stack is printed.
    fn is_told(&self, part: &Part<'_>) -> bool {
        !self.printed() && part.mark.value.is_ok() && part.mark.status != Status::Inferred
    }

    /// Writes the numbers for which parts of a stack have no room behind its ends, in the colours of their series.
    fn draw_beyond(&self, plane: &Plane<'_>, place: usize) -> Result<(), DrawingError> {
        let across = plane.get_x_range();
        let scale = f64::from(plane.dim_in_pixel().0) / GRAIN / (across.end - across.start);
        for way in [-1.0, 1.0] {
            let (end, left) = self.beyond(place, way, scale)?;
            let mut shift = GAP;
            for (part, width, text) in left {
                let ink = self.voice.look(self.given.series, part.series).ink;
                let setting = set(SMALL, ink, if way < 0.0 { Anchor::End } else { Anchor::Start });
                let (at, finding) = ([(end, self.rows[place].middle())], number(part.mark));
                plane.draw(&Label { at, shift: (way * shift, 0.0), text: &text, setting, finding })?;
                shift += width + GAP;
            }
        }
        Ok(())
    }

    fn draw_reference(&self, plane: &Plane<'_>, foot: f64) -> Result<(), DrawingError> {
        let Some((name, mark)) = self.given.reference else { return Ok(()) };
        let Some(value) = self.voice.place(mark) else { return Ok(()) };
        let across = plane.get_x_range();
        let room = f64::from(plane.dim_in_pixel().0) / GRAIN;
        let scale = room / (across.end - across.start);
        let stroke = Stroke { colour: INK, width: 1.0, dash: "4 2.5" };
        for (from, to) in self.clear_of_numbers(value, scale, foot)? {
            plane.draw(&Line { points: vec![(value, from), (value, to)], stroke })?;
        }
        let text = format!("{}: {}", self.voice.label(name)?, self.voice.print(mark));
        let half = Weight::Regular.measure(&text, SMALL)?.width / 2.0;
        let x = (value - across.start) * scale;
        // Near an edge the name moves inwards; to the left it may stand over the names of the rows.
        let shift = (x.min(room - half) - x, -12.0);
        let setting = set(SMALL, INK, Anchor::Middle);
        let finding = number(mark);
        plane.draw(&Label { at: [(value, 0.0)], shift, text: &text, setting, finding })?;
        Ok(())
    }

    /// Returns the stretches of the rule at a value that cross no number.
    fn clear_of_numbers(&self, value: f64, scale: f64, foot: f64) -> Result<Vec<(f64, f64)>, DrawingError> {
        let mut stretches = Vec::new();
        let mut from = -3.0;
        for (place, row) in self.rows.iter().enumerate() {
            let mut crossed = false;
            for part in self.parts(place) {
                let text = if self.printed() { self.voice.print(part.mark) } else { String::new() };
                let width = Weight::Regular.measure(&text, SMALL)?.width + GAP + 2.0;
                let beyond = (value - part.to) * scale * if part.to < 0.0 { -1.0 } else { 1.0 };
                crossed |= self.printed() && (2.0..width).contains(&beyond);
            }
            if crossed {
                stretches.push((from, row.top));
                from = row.top + row.height;
            }
        }
        stretches.push((from, foot));
        Ok(stretches.into_iter().filter(|(from, to)| to - from > 1.0).collect())
    }
}

impl Plan for Bars<'_> {
    fn height(&self) -> f64 {
        self.top() + self.foot() + 2.0 + if self.ticks.is_some() { 20.0 } else { 0.0 }
    }

    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let (width, height) = size(area);
        let foot = self.foot();
        let margins = [self.top(), height - self.top() - foot, self.left, 1.0];
        let (plane, _) = plane(area, margins, self.below..self.above, foot..0.0)?;
        self.draw_ticks(&plane, foot)?;
        for place in 0..self.rows.len() {
            self.draw_row(&plane, place)?;
        }
        let stroke = Stroke { colour: AXIS, width: 1.0, dash: "" };
        plane.draw(&Line { points: vec![(0.0, 0.0), (0.0, foot)], stroke })?;
        self.draw_reference(&plane, foot)?;
        let step = (width - self.left - 1.0) / (self.above - self.below);
        Ok(vec![Axis { upright: false, zero: self.left - self.below * step, step }])
    }
}

impl Paint for charts::Bars {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError> {
        let Self { rows, series, arrangement, reference } = self;
        let given = Given { rows, series, arrangement: *arrangement, reference: reference.as_ref() };
        Ok(Box::new(Bars::plan(voice, given, room)?))
    }

    fn kind(&self) -> &'static str {
        match self.arrangement {
            Arrangement::Stacked => "alt-kind-bars-stacked",
            Arrangement::Grouped => "alt-kind-bars",
        }
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        sentences.push(rows_of(voice, &self.rows)?);
        // A country's row has no name here: the largest of its regions is asked for, not their sum.
        let name = |row: &Name| if row.is_country() { Ok(String::new()) } else { voice.name(row) };
        let names: Vec<String> = self.rows.iter().map(name).collect::<Result<_, _>>()?;
        several(voice, &self.series, &names, sentences)?;
        if let Some((name, mark)) = &self.reference {
            let sentence = say(voice, "alt-reference")?.put("series", voice.name(name)?);
            sentences.push(sentence.put("value", voice.print(mark)).end());
            sentences.extend(against(voice, &self.series, mark)?);
        }
        Ok(())
    }
}

/// Measures the names of rows in a width, each high enough for its bars.
pub(super) fn rows(voice: &Voice<'_>, labels: &[Name], bars: usize, width: f64) -> Result<Vec<Row>, DrawingError> {
    let mut top = 0.0;
    let mut rows = Vec::new();
    for label in labels {
        let weight = if label.is_country() { Weight::Bold } else { Weight::Regular };
        let name = weight.wrap(&voice.label(label)?, BODY, WIDEST.min(0.36 * width))?;
        let least = if bars > 1 { bars as f64 * 12.0 + 8.0 } else { 17.5 };
        let height = (name.len() as f64 * LEADING + 4.0).max(least);
        rows.push(Row { name, weight, top, height });
        top += height;
    }
    Ok(rows)
}

impl Row {
    /// Returns the width of the name with its gap.
    pub(super) fn room(&self) -> Result<f64, DrawingError> {
        Ok(self.weight.widest(&self.name, BODY)? + 9.0)
    }

    /// Returns the middle of the row.
    pub(super) fn middle(&self) -> f64 {
        self.top + self.height / 2.0
    }

    /// Returns where the row ends.
    pub(super) fn foot(&self) -> f64 {
        self.top + self.height
    }

    /// Writes the name to the left of a place.
    pub(super) fn draw_name(&self, plane: &Plane<'_>, x: f64) -> Result<(), DrawingError> {
        for (i, line) in self.name.iter().enumerate() {
            let y = self.middle() + (i as f64 - (self.name.len() as f64 - 1.0) / 2.0) * LEADING;
            let setting = Setting { weight: self.weight, ..set(BODY, INK, Anchor::End) };
            plane.draw(&Label { at: [(x, y)], shift: (-8.0, 0.0), text: line, setting, finding: None })?;
        }
        Ok(())
    }
}

/// Draws the seam between two parts of a bar, which tells them apart in grey as well.
pub(super) fn draw_seam(plane: &Plane<'_>, x: f64, (top, bottom): (f64, f64)) -> Result<(), DrawingError> {
    let stroke = Stroke { colour: WHITE, width: 0.75, dash: "" };
    Ok(plane.draw(&Line { points: vec![(x, top), (x, bottom)], stroke })?)
}

/// Writes a number into its part of a bar, where it has room there.
pub(super) fn write_within(
    plane: &Plane<'_>,
    (from, to): (f64, f64),
    middle: f64,
    text: &str,
    (ground, finding): (Colour, Option<&str>),
) -> Result<(), DrawingError> {
    let across = plane.get_x_range();
    let room = f64::from(plane.dim_in_pixel().0) / GRAIN / (across.end - across.start) * (to - from).abs();
    if fits_within(room, text)? {
        let setting = set(SMALL, ground.ink_on(), Anchor::Middle);
        let at = [((from + to) / 2.0, middle)];
        plane.draw(&Label { at, shift: (0.0, 0.0), text, setting, finding })?;
    }
    Ok(())
}

/// Says whether a number has room in its part of a bar.
fn fits_within(room: f64, text: &str) -> Result<bool, DrawingError> {
    Ok(Weight::Regular.measure(text, SMALL)?.width + 5.0 <= room)
}

fn legend(voice: &Voice<'_>, given: &Given<'_>) -> Result<Vec<(Sample, String)>, DrawingError> {
    let mut legend = Vec::new();
    if given.series.len() > 1 {
        for (i, name) in voice.names(given.series)?.into_iter().enumerate() {
            legend.push((Sample::Area(voice.look(given.series, i).colour), name));
        }
    }
    let marks = given.series.iter().flat_map(|series| &series.marks);
    if any_inferred(marks) {
        legend.push((Sample::Hatch(palette::POSITIVE), voice.word("chart-inferred")?));
    }
    Ok(legend)
}
