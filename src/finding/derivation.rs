//! Derivation: where a value comes from, down to the cells of source files.

use std::fmt;
use std::sync::Arc;

use super::Key;

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
        sheet: String,
        /// The cell's address.
        address: String,
    },
}

/// One input of a derivation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// Another finding, by its path: `rural_balance.value[KZ,2022]`.
    Finding(String),
    /// A cell of a source file.
    Cell(CellRef),
    /// More than a dozen findings at once.
    Range {
        /// The path with its selector: `rural_balance.value[all,2022]`.
        path: String,
        /// How many findings it covers.
        count: usize,
        /// SHA-256 over `key=value` lines of them, first 16 hexadecimal digits.
        digest: String,
    },
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

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CellRef::Keyed { path, key, column } => write!(f, "{path}#{key}:{column}"),
            CellRef::Sheet { path, sheet, address } => write!(f, "{path}#{sheet}!{address}"),
        }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Input::Finding(path) => f.write_str(path),
            Input::Cell(cell) => cell.fmt(f),
            Input::Range { path, count, digest } => write!(f, "{path} ({count}, {digest})"),
        }
    }
}
