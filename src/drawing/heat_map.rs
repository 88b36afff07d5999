//! Heat map: a crossing of rows and columns, each cell coloured by its value and holding it.

use crate::exhibit::{Label as Name, Mark};
use crate::finding::{Period, Status};

use super::axis::Axis;
use super::canvas::{Anchor, Fill, Setting};
use super::element::{Area, Bar, Label, Plane, set, size};
use super::font::Weight;
use super::head::{Head, Sample};
use super::palette::{self, BLANK, Colour, INK, QUIET, WHITE};
use super::voice::{Voice, any_inferred, is_country, number};
use super::{DrawingError, SMALL, plane};

const LEADING: f64 = 12.0;
const WIDEST: f64 = 165.0;
const TALLEST: f64 = 118.0;
const LARGEST: f64 = 10.5;
const SMALLEST: f64 = 7.0;

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
    height: f64,
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
        rows.room = width - cell * given.columns.len() as f64;
        let names = short_names(&voice, given.columns, cell)?;
        let (columns, upright) = column_names(&names, cell)?;
        let title = |key: &str| voice.words.words.get(key).cloned();
        let corner = title("axis.rows").or_else(|| common_year(&voice, given.columns)).unwrap_or_default();
        let across = title("axis.columns").unwrap_or_default();
        let lines = rows.lines.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let height = (lines * LEADING + 2.0).max(20.0);
        let number = number_size(&voice, &given, cell)?;
        let largest = given
            .cells
            .iter()
            .zip(given.rows)
            .filter(|(_, name)| !is_country(name))
            .flat_map(|(row, _)| row.iter().zip(given.columns))
            .filter(|(_, name)| !is_country(name))
            .filter_map(|(mark, _)| voice.place(mark))
            .fold(0.0, |largest: f64, value| largest.max(value.abs()));
        let head = Head::new(voice.unit()?, legend(&voice, &given, number.is_none(), largest)?, width)?;
        Ok(HeatMap { voice, given, rows, columns, corner, across, upright, height, number, largest, head })
    }

    /// Returns the height that it needs.
    pub(super) fn height(&self) -> f64 {
        self.top() + self.height * self.given.rows.len() as f64 + 2.0
    }

    /// Draws it.
    pub(super) fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let (columns, rows) = (self.given.columns.len() as f64, self.given.rows.len() as f64);
        let margins = [self.top(), 2.0, self.rows.room, 0.0];
        let (plane, _) = plane(area, margins, 0.0..columns, rows..0.0)?;
        let cell = (size(area).0 - self.rows.room) / columns;
        self.draw_names(&plane)?;
        for (y, row) in self.given.cells.iter().enumerate() {
            for (x, mark) in row.iter().enumerate() {
                let country = is_country(&self.given.rows[y]) || is_country(&self.given.columns[x]);
                self.draw_cell(&plane, (x as f64, y as f64), (mark, country), cell)?;
            }
        }
        Ok(Vec::new())
    }

    fn top(&self) -> f64 {
        self.head.height() + self.columns.room + if self.across.is_empty() { 0.0 } else { 16.0 }
    }

    fn draw_names(&self, plane: &Plane<'_>) -> Result<(), DrawingError> {
        for (y, (lines, name)) in self.rows.lines.iter().zip(self.given.rows).enumerate() {
            for (i, text) in lines.iter().enumerate() {
                let shift = (-7.0, (i as f64 - (lines.len() as f64 - 1.0) / 2.0) * LEADING);
                let setting = Setting { weight: weight(name), ..set(SMALL, INK, Anchor::End) };
                let at = [(0.0, y as f64 + 0.5)];
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
        (x, y): (f64, f64),
        (mark, country): (&Mark, bool),
        cell: f64,
    ) -> Result<(), DrawingError> {
        let (dx, dy) = (1.0 / cell, 1.0 / self.height);
        let colour = match self.voice.place(mark) {
            Some(_) if country && self.number.is_some() => WHITE,
            Some(value) => palette::heat(value, self.largest),
            None => BLANK,
        };
        let finding = number(mark);
        let (fill, ink) = paint(mark, colour);
        let corners = [(x, y), (x + 1.0 - dx, y + 1.0 - dy)];
        plane.draw(&Bar { corners, fill, finding })?;
        let Some(size) = self.number else { return Ok(()) };
        let weight = if country { Weight::Bold } else { Weight::Regular };
        let setting = Setting { weight, ..set(size, ink, Anchor::Middle) };
        let text = self.voice.print(mark);
        plane.draw(&Label { at: [(x + 0.5, y + 0.5)], shift: (0.0, 0.0), text: &text, setting, finding })?;
        Ok(())
    }
}

/// Returns the fill of a cell and the ink of its number; a number on a hatch needs a pale ground.
fn paint(mark: &Mark, colour: Colour) -> (Fill, Colour) {
    match (&mark.value, mark.status) {
        (Err(_), _) => (Fill::Plain(colour), QUIET),
        (Ok(_), Status::Inferred) => (Fill::Hatched(Colour(214, 214, 214)), INK),
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
    if is_country(name) { Weight::Bold } else { Weight::Regular }
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
        Name::Territory(_) | Name::Word(_) => None,
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

fn legend(
    voice: &Voice<'_>,
    given: &Given<'_>,
    silent: bool,
    largest: f64,
) -> Result<Vec<(Sample, String)>, DrawingError> {
    let mut legend = Vec::new();
    let marks = || given.cells.iter().flatten();
    if silent {
        let amounts = || marks().filter_map(|mark| mark.value.as_ref().ok());
        for amount in amounts().min().into_iter().chain(amounts().max()) {
            let colour = palette::heat(voice.scaled(amount).to_f64(), largest);
            legend.push((Sample::Area(colour), voice.number(amount)));
        }
    }
    if any_inferred(marks()) {
        legend.push((Sample::Hatch(QUIET), voice.word("chart-inferred")?));
    }
    Ok(legend)
}
