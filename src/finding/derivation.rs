//! Derivation: where a value comes from, down to the cells of source files.

use std::fmt;
use std::sync::Arc;

use super::FindingId;

/// The place of one cell of a source file.
///
/// A cell of delimited text is named by what its row says, never by its line, because rows may be reordered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellRef {
    /// `path#row key:column`.
    Keyed {
        /// The file, relative to the study.
        path: Arc<str>,
        /// The row.
        row: Arc<RowRef>,
        /// The column as the file heads it.
        column: Arc<str>,
    },
    /// `path#sheet!B7`.
    Sheet {
        /// The workbook, relative to the study.
        path: Arc<str>,
        /// The sheet's name.
        sheet: Arc<str>,
        /// The cell's address.
        address: Arc<str>,
        /// The footnotes of the cell and its labels.
        note: Option<Arc<str>>,
    },
}

/// A row of a source file, as a reader finds it there.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowRef {
    /// What the file says in the columns that tell its rows apart: those of the dimensions of its table, in their order,
    /// and the one that names what is measured.
    pub key: String,
    /// The line on which it begins, from 1; none where its key says enough.
    pub line: Option<usize>,
    /// What no column holds because the catalogue says it of the whole file: each dimension with its member.
    pub declared: Arc<[(String, String)]>,
}

/// One input of a derivation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// Another finding; where many cells of a series went in, the list that they are.
    Finding(FindingId),
    /// A cell of a source file, and the finding that it is in its table.
    Cell(CellRef, FindingId),
}

/// How a value was reached.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Derivation {
    /// The formula with its parameters: an expression, or a method's name and formula.
    pub formula: String,
    /// The convention that the result depends on (population or sample deviation, exact or approximate p), if any.
    pub convention: Option<String>,
    /// What went in, in a fixed order.
    pub inputs: Vec<Input>,
}

impl CellRef {
    /// Returns the file.
    pub fn file(&self) -> &str {
        match self {
            CellRef::Keyed { path, .. } | CellRef::Sheet { path, .. } => path,
        }
    }

    /// Returns the row, where the cell is named by it.
    pub fn row(&self) -> Option<&RowRef> {
        match self {
            CellRef::Keyed { row, .. } => Some(row),
            CellRef::Sheet { .. } => None,
        }
    }
}

impl RowRef {
    /// Writes the texts of a row as its key; one that holds a sign of addresses stands in quotes.
    pub fn key_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
        let is_sign = |c: char| c.is_control() || ",:#'\"".contains(c);
        let word = |text: &'a str| match text.is_empty() || text.trim() != text || text.contains(is_sign) {
            true => format!("'{}'", text.replace('\'', "''")),
            false => text.to_owned(),
        };
        texts.into_iter().map(word).collect::<Vec<_>>().join(",")
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CellRef::Keyed { path, row, column } => write!(f, "{path}#{}:{column}", row.key),
            CellRef::Sheet { path, sheet, address, note } => {
                // Delimited text is a sheet without a name.
                let mark = if sheet.is_empty() { "" } else { "!" };
                write!(f, "{path}#{sheet}{mark}{address}")?;
                note.as_ref().map_or(Ok(()), |note| write!(f, " ({note})"))
            }
        }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Input::Finding(id) => id.fmt(f),
            Input::Cell(cell, _) => cell.fmt(f),
        }
    }
}
