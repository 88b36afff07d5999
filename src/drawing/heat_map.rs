//! Heat map: a crossing of rows and columns, each cell coloured by its value and holding it.

use crate::exhibit::{Label as Name, Mark};
use crate::finding::{Amount, Period, Status};

use super::axis::{Axis, Ticks};
use super::canvas::{Anchor, Fill, Setting};
use super::describe::{Placed, extremes, say, signs, span};
use super::element::{Area, Bar, Label, Plane, set, size};
use super::font::Weight;
use super::head::{Head, Sample};
use super::observe::{largest, steady_signs};
use super::palette::{self, BLANK, Colour, INK, QUIET, WHITE};
use super::voice::{Voice, any_inferred, number};
use super::{DrawingError, SMALL, plane};
use super::{Paint, Plan};
use crate::exhibit::charts;

const LEADING: f64 = 12.0;
const WIDEST: f64 = 165.0;
const TALLEST: f64 = 118.0;
const LARGEST: f64 = 10.5;
const SMALLEST: f64 = 7.0;
/// A broader cell would set its number far from its neighbours.
const BROADEST: f64 = 110.0;

/// The figure's parts as the exhibit gives them.
pub(super) struct Given<'a> {
    /// The rows.
    pub(super) rows: &'a [Name],
    /// The columns.
    pub(super) columns: &'a [Name],
    /// The cells by row and column.
    pub(super) cells: &'a [Vec<Mark>],
}

/// A measured heat map.
pub(super) struct HeatMap<'a> {
    voice: Voice<'a>,
    given: Given<'a>,
    rows: Names,
    columns: Names,
    corner: String,
    across: String,
    upright: bool,
    /// The width of a cell.
    cell: f64,
    /// Where each row begins, and where the last ends.
    tops: Vec<f64>,
    number: Option<f64>,
    largest: f64,
    head: Head,
}

/// The names of rows or columns, broken into lines, and the room they take across the cells.
struct Names {
    lines: Vec<Vec<String>>,
    room: f64,
}

impl<'a> HeatMap<'a> {
    /// Measures the chart for a width.
    pub(super) fn plan(voice: Voice<'a>, given: Given<'a>, width: f64) -> Result<HeatMap<'a>, DrawingError> {
        check(&given)?;
        let large = given.columns.len() > 14;
        let mut rows = row_names(&voice, given.rows, if large { 100.0 } else { WIDEST }.min(0.26 * width))?;
        // Whole units give every cell a sharp edge; what is left over goes to the names.
        let cell = ((width - rows.room) / given.columns.len() as f64).floor();
        if cell <= BROADEST {
            rows.room = width - cell * given.columns.len() as f64;
        }
        let cell = cell.min(BROADEST);
        let names = short_names(&voice, given.columns, cell)?;
        let (columns, upright) = column_names(&names, cell)?;
        let title = |key: &str| voice.words.words.get(key).cloned();
        let corner = title("axis.rows").or_else(|| common_year(&voice, given.columns)).unwrap_or_default();
        let across = title("axis.columns").unwrap_or_default();
        let mut tops = vec![0.0];
        for lines in &rows.lines {
            let height = (lines.len() as f64 * LEADING + 2.0).max(20.0);
            tops.push(tops.last().copied().unwrap_or(0.0) + height);
        }
        let number = number_size(&voice, &given, cell)?;
        let largest = given
            .cells
            .iter()
            .zip(given.rows)
            .filter(|(_, name)| !name.is_country())
            .flat_map(|(row, _)| row.iter().zip(given.columns))
            .filter(|(_, name)| !name.is_country())
            .filter_map(|(mark, _)| voice.place(mark))
            .fold(0.0, |largest: f64, value| largest.max(value.abs()));
        let head = Head::new(voice.unit()?, legend(&voice, &given, largest)?, width)?;
        Ok(HeatMap { voice, given, rows, columns, corner, across, upright, cell, tops, number, largest, head })
    }

    /// Returns where the last row ends, from where the first begins.
    fn foot(&self) -> f64 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    fn top(&self) -> f64 {
        self.head.height() + self.columns.room + if self.across.is_empty() { 0.0 } else { 16.0 }
    }

    fn draw_names(&self, plane: &Plane<'_>) -> Result<(), DrawingError> {
        for (y, (lines, name)) in self.rows.lines.iter().zip(self.given.rows).enumerate() {
            for (i, text) in lines.iter().enumerate() {
                let shift = (-7.0, (i as f64 - (lines.len() as f64 - 1.0) / 2.0) * LEADING);
                let setting = Setting { weight: weight(name), ..set(SMALL, INK, Anchor::End) };
                let at = [(0.0, (self.tops[y] + self.tops[y + 1]) / 2.0)];
                plane.draw(&Label { at, shift, text, setting, finding: None })?;
            }
        }
        for (x, (lines, name)) in self.columns.lines.iter().zip(self.given.columns).enumerate() {
            for (i, text) in lines.iter().enumerate() {
                let setting = Setting { weight: weight(name), ..set(SMALL, INK, Anchor::Middle) };
                let count = lines.len() as f64;
                let (shift, setting) = if self.upright {
                    let across = (i as f64 - (count - 1.0) / 2.0) * LEADING;
                    ((across, -6.0), Setting { anchor: Anchor::Start, upright: true, ..setting })
                } else {
                    ((0.0, -9.0 - (count - 1.0 - i as f64) * LEADING), setting)
                };
                plane.draw(&Label { at: [(x as f64 + 0.5, 0.0)], shift, text, setting, finding: None })?;
            }
        }
        let title = Setting { weight: Weight::Bold, ..set(SMALL, QUIET, Anchor::End) };
        let corner = Label { at: [(0.0, 0.0)], shift: (-7.0, -9.0), text: &self.corner, setting: title, finding: None };
        plane.draw(&corner)?;
        let (shift, setting) = ((2.0, -self.columns.room - 7.0), Setting { anchor: Anchor::Start, ..title });
        plane.draw(&Label { at: [(0.0, 0.0)], shift, text: &self.across, setting, finding: None })?;
        Ok(())
    }

    fn draw_cell(
        &self,
        plane: &Plane<'_>,
        (x, y): (usize, usize),
        (mark, country): (&Mark, bool),
    ) -> Result<(), DrawingError> {
        let (x, top, foot) = (x as f64, self.tops[y], self.tops[y + 1]);
        let colour = match self.voice.place(mark) {
            Some(_) if country && self.number.is_some() => WHITE,
            Some(value) => palette::heat(value, self.largest),
            None => BLANK,
        };
        let finding = number(mark);
        let (fill, ink) = paint(mark, colour);
        let corners = [(x, top), (x + 1.0 - 1.0 / self.cell, foot - 1.0)];
        plane.draw(&Bar { corners, fill, finding })?;
        // A sign of what is missing has room where numbers have none.
        let size = match (self.number, mark.value.is_err()) {
            (Some(size), _) => size,
            (None, true) => SMALLEST,
            (None, false) => return Ok(()),
        };
        let weight = if country { Weight::Bold } else { Weight::Regular };
        let setting = Setting { weight, ..set(size, ink, Anchor::Middle) };
        let text = self.voice.print(mark);
        let at = [(x + 0.5, (top + foot) / 2.0)];
        plane.draw(&Label { at, shift: (0.0, 0.0), text: &text, setting, finding })?;
        Ok(())
    }
}

impl Plan for HeatMap<'_> {
    fn height(&self) -> f64 {
        self.top() + self.foot() + 2.0
    }

    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let columns = self.given.columns.len() as f64;
        let right = size(area).0 - self.rows.room - self.cell * columns;
        let margins = [self.top(), 2.0, self.rows.room, right];
        let (plane, _) = plane(area, margins, 0.0..columns, self.foot()..0.0)?;
        self.draw_names(&plane)?;
        for (y, row) in self.given.cells.iter().enumerate() {
            for (x, mark) in row.iter().enumerate() {
                let country = self.given.rows[y].is_country() || self.given.columns[x].is_country();
                self.draw_cell(&plane, (x, y), (mark, country))?;
            }
        }
        Ok(Vec::new())
    }
}

impl Paint for charts::HeatMap {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError> {
        let Self { rows, columns, cells } = self;
        Ok(Box::new(HeatMap::plan(voice, Given { rows, columns, cells }, room)?))
    }

    fn prints_gaps(&self) -> bool {
        true
    }

    fn kind(&self) -> &'static str {
        "alt-kind-heat-map"
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        crossing(voice, (&self.rows, &self.columns), &self.cells, sentences)
    }
}

fn crossing(
    voice: &Voice<'_>,
    (rows, columns): (&[Name], &[Name]),
    cells: &[Vec<Mark>],
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    let periods: Vec<Period> = columns
        .iter()
        .filter_map(|column| match column {
            Name::Period(period) => Some(*period),
            Name::Territory(_) | Name::Country(_) | Name::Member(_) | Name::Word(_) => None,
        })
        .collect();
    sentences.push(say(voice, "alt-table")?.count("rows", rows.len()).count("columns", columns.len()).end());
    sentences.extend(span(voice, &periods)?);
    let (mut marks, mut lines): (Vec<Placed<'_>>, Vec<(String, Vec<&Mark>)>) = (Vec::new(), Vec::new());
    for (row, line) in rows.iter().zip(cells) {
        let name = voice.name(row)?;
        if !row.is_country() {
            lines.push((name.clone(), line.iter().collect()));
        }
        for (column, mark) in columns.iter().zip(line).filter(|(column, _)| !row.is_country() && !column.is_country()) {
            marks.push((format!("{name} – {}", voice.name(column)?), mark));
        }
    }
    extremes(voice, None, &marks, sentences)?;
    signs(voice, marks.iter().map(|(_, mark)| *mark), sentences)?;
    match periods.is_empty() {
        true => sentences.extend(largest(voice, &marks)?),
        false if rows.iter().all(|row| row.territory().is_some()) => {
            sentences.extend(steady_signs(voice, &lines)?);
        }
        false => {}
    }
    Ok(())
}

/// Returns the fill of a cell and the ink of its number; a number on a hatch needs a pale ground.
fn paint(mark: &Mark, colour: Colour) -> (Fill, Colour) {
    match (&mark.value, mark.status) {
        (Err(_), _) => (Fill::Plain(colour), QUIET),
        (Ok(_), Status::Inferred) => (Fill::Hatched(palette::GROUND), INK),
        (Ok(_), _) => (Fill::Plain(colour), colour.ink_on()),
    }
}

fn check(given: &Given<'_>) -> Result<(), DrawingError> {
    let crossed =
        given.cells.len() == given.rows.len() && given.cells.iter().all(|row| row.len() == given.columns.len());
    match crossed && !given.rows.is_empty() && !given.columns.is_empty() {
        true => Ok(()),
        false => Err(DrawingError::Shape(String::from("the cells do not cross the rows with the columns"))),
    }
}

fn weight(name: &Name) -> Weight {
    if name.is_country() { Weight::Bold } else { Weight::Regular }
}

fn row_names(voice: &Voice<'_>, rows: &[Name], widest: f64) -> Result<Names, DrawingError> {
    let (mut lines, mut room): (Vec<Vec<String>>, f64) = (Vec::new(), 0.0);
    for name in rows {
        let broken = weight(name).wrap(&voice.label(name)?, SMALL, widest)?;
        room = room.max(weight(name).widest(&broken, SMALL)? + 8.0);
        lines.push(broken);
    }
    Ok(Names { lines, room })
}

/// Returns the names of the columns; months of one year leave the year to the corner, cut short where cells are narrow.
fn short_names(voice: &Voice<'_>, columns: &[Name], cell: f64) -> Result<Vec<String>, DrawingError> {
    if common_year(voice, columns).is_some() {
        let full = |(_, month): (i32, u8)| voice.language.months(&[month], None).ok();
        let full: Vec<String> = columns.iter().filter_map(month_of).filter_map(full).collect();
        if full.len() == columns.len() && Weight::Regular.widest(&full, SMALL)? <= cell - 4.0 {
            return Ok(full);
        }
    }
    columns.iter().map(|name| voice.label(name)).collect()
}

/// Returns the year where the columns are several months of one year.
fn common_year(voice: &Voice<'_>, columns: &[Name]) -> Option<String> {
    let (year, _) = month_of(columns.first()?)?;
    let common = columns.len() > 1 && columns.iter().all(|name| month_of(name).is_some_and(|(of, _)| of == year));
    common.then(|| voice.period(Period::of_year(year)))
}

fn month_of(name: &Name) -> Option<(i32, u8)> {
    match name {
        Name::Period(period) => Some((period.year(), period.month()?)),
        Name::Territory(_) | Name::Country(_) | Name::Member(_) | Name::Word(_) => None,
    }
}

/// Sets the names of columns above them, or upwards where they are wider than a cell.
fn column_names(names: &[String], cell: f64) -> Result<(Names, bool), DrawingError> {
    let wrap = |width: f64| {
        names.iter().map(|name| Weight::Bold.wrap(name, SMALL, width)).collect::<Result<Vec<Vec<String>>, _>>()
    };
    let level = wrap(cell - 4.0)?;
    if Weight::Bold.widest(level.iter().flatten(), SMALL)? <= cell - 4.0 {
        let lines = level.iter().map(Vec::len).max().unwrap_or(1);
        return Ok((Names { lines: level, room: lines as f64 * LEADING + 6.0 }, false));
    }
    // As many lines as a cell has room for; one at least.
    let most = ((cell - 2.0) / LEADING).floor().max(1.0) as usize;
    let mut lines = wrap(TALLEST)?;
    if lines.iter().any(|lines| lines.len() > most) {
        lines = names.iter().map(|name| vec![name.clone()]).collect();
    }
    let room = Weight::Bold.widest(lines.iter().flatten(), SMALL)?.ceil() + 12.0;
    Ok((Names { lines, room }, true))
}

/// Returns the size in which every number fits its cell, or nothing where it could not be read.
fn number_size(voice: &Voice<'_>, given: &Given<'_>, cell: f64) -> Result<Option<f64>, DrawingError> {
    let texts: Vec<String> = given.cells.iter().flatten().map(|mark| voice.print(mark)).collect();
    let widest = Weight::Bold.widest(&texts, 1.0)?.max(f64::MIN_POSITIVE);
    let size = LARGEST.min(((cell - 3.0) / widest * 4.0).floor() / 4.0);
    Ok((size >= SMALLEST).then_some(size))
}

fn legend(voice: &Voice<'_>, given: &Given<'_>, largest: f64) -> Result<Vec<(Sample, String)>, DrawingError> {
    let mut legend = Vec::new();
    let marks = || given.cells.iter().flatten();
    let (own, all) = amounts(voice, given);
    legend.extend(ramp(voice, &own, &all, largest));
    if any_inferred(marks()) {
        legend.push((Sample::Hatch(QUIET), voice.word("chart-inferred")?));
    }
    Ok(legend)
}

/// Returns the amounts that are compared, and all.
fn amounts(voice: &Voice<'_>, given: &Given<'_>) -> (Vec<Amount>, Vec<Amount>) {
    let amount = |mark: &Mark| Some(voice.scaled(mark.value.as_ref().ok()?));
    let rows = given.cells.iter().zip(given.rows).filter(|(_, name)| !name.is_country());
    let cells = rows.flat_map(|(row, _)| row.iter().zip(given.columns)).filter(|(_, name)| !name.is_country());
    let all = given.cells.iter().flatten().filter_map(amount).collect();
    (cells.filter_map(|(mark, _)| amount(mark)).collect(), all)
}

/// Returns the samples of a map's colours: the ends of its values, round ones between, and zero. What lies beyond the
/// values that are compared has their deepest colours.
pub(super) fn ramp(voice: &Voice<'_>, own: &[Amount], all: &[Amount], largest: f64) -> Vec<(Sample, String)> {
    let (Some(low), Some(high)) = (own.iter().min(), own.iter().max()) else { return Vec::new() };
    let mut samples = vec![low.clone(), high.clone()];
    if low.signum() < 0 && high.signum() > 0 {
        samples.push(Amount::ZERO);
    }
    // The colours follow the square root, so half the way to the deepest is a quarter of the value, and a quarter of it a
    // sixteenth: most values are as small.
    for (end, part) in [low, high].into_iter().flat_map(|end| [(end, 4.0), (end, 16.0)]) {
        let round = Ticks::around(0.0, end.to_f64().abs() / part, 1.0).values.into_iter().nth(1);
        let round = round.map(|value| if end.signum() < 0 { value.negated() } else { value });
        samples.extend(round.filter(|value| value > low && value < high));
    }
    samples.sort();
    samples.dedup();
    let decimals = voice.figure.decimals;
    let (below, above) = (all.iter().any(|amount| amount < low), all.iter().any(|amount| amount > high));
    let sample = |amount: &Amount| {
        let bound = if below && amount == low {
            "≤\u{a0}"
        } else if above && amount == high {
            "≥\u{a0}"
        } else {
            ""
        };
        let text = format!("{bound}{}", voice.language.number(amount, decimals));
        (Sample::Area(palette::heat(amount.to_f64(), largest)), text)
    };
    samples.iter().map(sample).collect()
}
