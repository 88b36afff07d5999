//! Derivation: where a value comes from, down to the cells of source files.

use std::fmt;
use std::sync::Arc;

use super::{FindingId, Key};

/// The place of one cell of a source file.
///
/// A CSV cell is named by its row's key, never by its line, because rows may be reordered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellRef {
    /// `path#key:column`.
    Keyed {
        /// The file, relative to the data package.
        path: Arc<str>,
        /// The key of the row.
        key: Key,
        /// The column as the file heads it.
        column: Arc<str>,
    },
    /// `path#sheet!B7`.
    Sheet {
        /// The workbook, relative to the data package.
        path: Arc<str>,
        /// The sheet's name.
        sheet: Arc<str>,
        /// The cell's address.
        address: Arc<str>,
        /// The footnotes of the cell and its labels.
        note: Option<Arc<str>>,
    },
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

    /// Returns the key of the row, where the cell is named by it.
    pub fn key(&self) -> Option<&Key> {
        match self {
            CellRef::Keyed { key, .. } => Some(key),
            CellRef::Sheet { .. } => None,
        }
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CellRef::Keyed { path, key, column } => write!(f, "{path}#{key}:{column}"),
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
