//! Workbook: what an agency publishes (XLSX, XLS, ODS, CSV, TSV) → sheets of cells with addresses.
//!
//! Nothing is interpreted here: a sheet holds what its cells hold, which of them are merged, and what is hidden.

mod address;
mod delimited;
mod ods;
mod value;
mod xls;
mod xlsx;
mod xml;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use address::{Area, At, Merged, Spans, column, letters};
pub use delimited::detected;

use crate::diagnostic::{Diagnostic, Place, code};
use crate::files::archive;
use crate::files::limits::{WORKBOOK_BYTES, WORKBOOK_CELLS, WORKBOOK_TEXT};
use crate::finding::Period;
use crate::table::Dialect;
use crate::table::number::Number;

/// A workbook, or a file of delimited text, which is a workbook of one sheet without a name.
#[derive(Debug)]
pub struct Workbook {
    /// What the file was found to be: `XLSX`, `CSV, windows-1251, delimiter ";"`.
    pub format: String,
    /// The sheets in their order.
    pub sheets: Vec<Sheet>,
}

/// A sheet: cells that hold something, and what is known of its rows and columns.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its name; empty for delimited text.
    pub name: Arc<str>,
    /// Whether it is not shown.
    pub is_hidden: bool,
    /// The cells that hold something, by row and column.
    pub cells: BTreeMap<At, Cell>,
    /// The areas that are merged into one cell each.
    pub merged: Merged,
    /// The rows that are not shown.
    pub hidden_rows: Spans,
    /// The columns that are not shown.
    pub hidden_columns: Spans,
}

/// A cell that holds something.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What it holds.
    pub content: Content,
    /// What is raised behind its text: the mark of a footnote.
    pub raised: Option<Arc<str>>,
    /// How many digits before the point its format leaves off: 3 where it shows thousands.
    pub left_off: u8,
    /// Whether its format shows nothing of its number.
    pub is_veiled: bool,
}

impl Cell {
    /// Says whether it is a number of one decimal, which may be a year with its first month or with its tenth: a number keeps
    /// no nought at its end.
    pub fn may_be_two_months(&self) -> bool {
        matches!(&self.content, Content::Number(number) if number.decimals == 1)
    }
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A number, as it is shown: `61.2` where 0.612 is formatted as per cent.
    Number(Number),
    /// A text, numbers stored as text included.
    Text(Arc<str>),
    /// A date, as exactly as it is shown.
    Date(Period),
    /// A truth.
    Truth(bool),
    /// An error of a formula: `#DIV/0!`.
    Error(Arc<str>),
    /// A formula whose value is not kept in the file.
    Uncounted,
}

/// How a file of delimited text is stated to be written; what is not stated is found out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stated<'a> {
    /// The encoding.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// How its text is parted.
    pub dialect: Option<&'a Dialect>,
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: &'static str,
}

impl Unread {
    fn new(message: impl Into<String>) -> Unread {
        Unread { message: message.into(), hint: "save it again as XLSX, or get it anew" }
    }

    fn damaged(what: &str) -> Unread {
        Unread::new(format!("is a damaged workbook: {what}"))
    }
}

/// Reads a file of any format that is known, by its bytes and never by its name.
pub fn read(path: &str, bytes: &[u8], stated: &Stated) -> Result<Workbook, Box<Diagnostic>> {
    let refuse = |unread: Unread| {
        Box::new(Diagnostic::error(code::FILE_WORKBOOK, Place::file(path), unread.message).hint(unread.hint))
    };
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archived(bytes).map_err(refuse);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return xls::read(bytes).map_err(refuse);
    }
    if let Some(what) = foreign(bytes) {
        let hint = "open it in a program for spreadsheets and save it as XLSX or CSV";
        return Err(refuse(Unread { message: format!("is {what}, which is not read"), hint }));
    }
    delimited::read(path, bytes, stated)
}

/// Says what a file is that is no workbook and no delimited text, whatever its name says.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    if head.starts_with("%pdf") {
        return Some("a PDF");
    }
    if bytes.starts_with(b"PAR1") {
        return Some("Parquet");
    }
    if head.starts_with("<?xml") && head.contains("spreadsheet") {
        return Some("an XML spreadsheet of 2003");
    }
    let is_page = head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<table");
    is_page.then_some("a web page")
}

fn archived(bytes: &[u8]) -> Result<Workbook, Unread> {
    let members = archive::directory(bytes).ok_or_else(|| Unread::damaged("its archive is not whole"))?;
    let mut budget = Budget::default();
    if members.iter().any(|member| member.name == "content.xml") {
        return ods::read(&members, &mut budget);
    }
    if members.iter().any(|member| member.name.ends_with("workbook.bin")) {
        let hint = "save it as XLSX";
        return Err(Unread { message: "is a binary workbook (XLSB), which is not read".to_owned(), hint });
    }
    xlsx::read(&members, &mut budget)
}

/// What a workbook may still cost.
#[derive(Debug)]
struct Budget {
    bytes: usize,
    cells: usize,
    text: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { bytes: WORKBOOK_BYTES, cells: WORKBOOK_CELLS, text: WORKBOOK_TEXT }
    }
}

impl Budget {
    fn text(&mut self, length: usize) -> Result<(), Unread> {
        let left = self.text.checked_sub(length);
        self.text = left.ok_or_else(|| Unread::new(format!("holds more than {} MiB of text", WORKBOOK_TEXT >> 20)))?;
        Ok(())
    }

    fn cells(&mut self, count: usize) -> Result<(), Unread> {
        let left = self.cells.checked_sub(count);
        self.cells = left.ok_or_else(|| Unread::new(format!("holds more than {WORKBOOK_CELLS} cells")))?;
        Ok(())
    }
}

impl Sheet {
    /// Puts a cell into the sheet; of two at one place the first stays.
    fn put(&mut self, at: At, cell: Cell, budget: &mut Budget) -> Result<(), Unread> {
        budget.cells(1)?;
        if at.row >= address::MOST.0 || at.column >= address::MOST.1 {
            let (rows, columns) = address::MOST;
            return Err(Unread::new(format!("holds a cell beyond row {rows} or column {columns}")));
        }
        self.cells.entry(at).or_insert(cell);
        Ok(())
    }

    /// Returns a cell.
    pub fn get(&self, at: At) -> Option<&Cell> {
        self.cells.get(&at)
    }

    /// Merges an area; each of its rows counts as a cell.
    fn merge(&mut self, area: Area, budget: &mut Budget) -> Result<(), Unread> {
        budget.cells(area.height())?;
        self.merged.add(area);
        Ok(())
    }

    /// Returns the cell that is shown at a place: of a merged area its first.
    pub fn shown(&self, at: At) -> Option<(At, &Cell)> {
        let own = self.cells.get(&at).map(|cell| (at, cell));
        own.or_else(|| {
            let first = self.merged.of(at)?.first;
            Some((first, self.cells.get(&first)?))
        })
    }

    /// Returns the area that all cells which hold something lie in; `None` of an empty sheet.
    pub fn used(&self) -> Option<Area> {
        let (first, last) = (self.cells.keys().next()?, self.cells.keys().next_back()?);
        let columns = self.cells.keys().map(|at| at.column);
        let (left, right) = columns.fold((u32::MAX, 0), |(low, high), column| (low.min(column), high.max(column)));
        Some(Area { first: At { row: first.row, column: left }, last: At { row: last.row, column: right } })
    }

    /// Returns the cells of a row in their order.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (At, &Cell)> {
        let ends = At { row, column: 0 }..=At { row, column: u32::MAX };
        self.cells.range(ends).map(|(at, cell)| (*at, cell))
    }

    /// Returns the nearest cell to the left that holds something.
    pub fn before(&self, at: At) -> Option<(At, &Cell)> {
        self.cells.range(At { column: 0, ..at }..at).next_back().map(|(at, cell)| (*at, cell))
    }

    /// Returns true where a cell is not shown, though its sheet may be.
    pub fn hides(&self, at: At) -> bool {
        self.hidden_rows.contains(at.row) || self.hidden_columns.contains(at.column)
    }

    /// Says of the numbers that the file holds and their formats do not show: the first, and how many more.
    pub fn veiled(&self) -> Option<(At, String)> {
        let mut cells = self.cells.iter().filter(|(_, cell)| cell.is_veiled);
        let (at, cell) = cells.next()?;
        let more = match cells.count() {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        Some((*at, format!("holds `{}`, which its format does not show{more}: it is read", cell.text())))
    }

    /// Names a cell in the file's own terms: `Sheet!B7`.
    pub fn address(&self, at: At) -> String {
        if self.name.is_empty() { at.to_string() } else { format!("{}!{at}", self.name) }
    }
}

impl Cell {
    fn of(content: Content) -> Cell {
        Cell { content, raised: None, left_off: 0, is_veiled: false }
    }

    /// How many units one shown unit is.
    pub fn shown_unit(&self) -> i64 {
        10_i64.pow(self.left_off.min(18).into())
    }

    /// Returns how many bytes of text it holds.
    fn length(&self) -> usize {
        let text = match &self.content {
            Content::Text(text) | Content::Error(text) => text.len(),
            _ => 0,
        };
        text + self.raised.as_ref().map_or(0, |raised| raised.len())
    }

    /// Returns what the cell says, without what is raised behind it.
    pub fn text(&self) -> String {
        match &self.content {
            Content::Number(number) => value::spelled(number),
            Content::Text(text) | Content::Error(text) => text.to_string(),
            Content::Date(period) => period.to_string(),
            Content::Truth(truth) => truth.to_string(),
            Content::Uncounted => String::new(),
        }
    }
}

#[cfg(test)]
mod tests;
