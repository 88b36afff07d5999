//! Table: delimited text of anybody's → a sheet of cells that know where they stand. The catalogue and `esep method run`
//! read through it alike: encoding, dialect, marks of missing values, numbers, the order of periods.

pub mod decode;
pub mod field;
mod guess;
mod mark;
pub mod number;
pub mod order;
mod rows;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use guess::guessed_delimiter;
pub use mark::MissingMarks;
pub use rows::{Dialect, records};

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use number::{Fault, NumberSyntax, Unsettled};

/// The most problems of one kind that are told of one file; the rest is counted.
const MOST_TOLD: usize = 20;

/// How an author states what a file alone leaves open: in the catalogue, or on the command line.
#[derive(Clone, Copy, Debug)]
pub struct Ways {
    /// The encoding.
    pub encoding: &'static str,
    /// The delimiter.
    pub delimiter: &'static str,
    /// The mark before decimals.
    pub decimal: &'static str,
    /// The mark between groups of digits.
    pub group: &'static str,
    /// A mark that stands for a missing value.
    pub missing: &'static str,
}

/// The ways of the catalogue.
pub const CATALOGUE: Ways = Ways {
    encoding: "`encoding: windows-1251`, or what it is, in its resource of the catalogue",
    delimiter: "`dialect: {delimiter: \";\"}` in its resource of the catalogue",
    decimal: "`decimalChar` in its field of the schema",
    group: "`groupChar` in its field of the schema",
    missing: "`missingValues` of the schema",
};

/// The ways of the command line.
pub const COMMAND: Ways = Ways {
    encoding: "`--encoding windows-1251`, or what it is",
    delimiter: "`--delimiter \";\"`",
    decimal: "`--decimal`",
    group: "`--group`",
    missing: "`--missing`",
};

/// One cell: its text without the spaces and quotation marks around it, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// What it says.
    pub text: Cow<'a, str>,
    /// Its first byte in the text of the file.
    at: usize,
    /// How many bytes it takes there.
    length: usize,
}

/// A table as text: a heading over each column, and as many cells in each row.
///
/// No two columns have one heading; every heading has a text; no row is of empty cells alone.
#[derive(Debug)]
pub struct Sheet<'a> {
    path: String,
    text: &'a str,
    /// The byte at which each line begins.
    starts: Vec<usize>,
    headings: Vec<(String, Cell<'a>)>,
    cells: Vec<Cell<'a>>,
}

/// One row of a sheet.
#[derive(Clone, Copy, Debug)]
pub struct Row<'s, 'a> {
    sheet: &'s Sheet<'a>,
    at: usize,
}

impl<'a> Sheet<'a> {
    /// Returns the headings in their order.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = &str> {
        self.headings.iter().map(|(name, _)| name.as_str())
    }

    /// Returns the place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.headings.iter().position(|(heading, _)| heading == name)
    }

    /// Returns the heading of a column.
    pub fn heading(&self, column: usize) -> &str {
        self.headings.get(column).map_or("", |(name, _)| name)
    }

    /// Returns the rows.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_, 'a>> {
        (0..self.cells.len() / self.headings.len().max(1)).map(|at| Row { sheet: self, at })
    }

    /// Returns the place of the row of headings, or of one of them.
    pub fn heading_place(&self, column: Option<usize>) -> Place {
        let cell = self.headings.get(column.unwrap_or(0)).map(|(_, cell)| cell);
        match (cell, column) {
            (Some(cell), Some(_)) => self.place(cell),
            (Some(cell), None) => self.line_place(self.line(cell.at)),
            (None, _) => Place::line(&self.path, 1, 1),
        }
    }

    /// Returns the place of a cell.
    pub fn place(&self, cell: &Cell) -> Place {
        place(&self.path, self.text, &self.starts, cell.at, cell.length)
    }

    /// Settles how a column writes its numbers, where `marks` stand for missing values; what is left open is told.
    pub fn number_syntax(
        &self,
        column: usize,
        stated: NumberSyntax,
        marks: &MissingMarks,
        ways: &Ways,
        diagnostics: &mut Diagnostics,
    ) -> Option<NumberSyntax> {
        let texts: Vec<(usize, &str)> = (self.rows().map(|row| row.text(column)).enumerate())
            .filter(|(_, text)| marks.reason(text).is_none())
            .collect();
        let unsettled = match stated.settled(texts.iter().map(|(_, text)| *text)) {
            Ok(syntax) => return Some(syntax),
            Err(unsettled) => unsettled,
        };
        let row = |at: usize| Row { sheet: self, at: texts[at].0 };
        let (at, message) = match unsettled {
            Unsettled::Either(at, mark) => {
                let other = if mark == ',' { "." } else { "," };
                let message = format!(
                    "`{}` may be a number with decimals or in groups: three digits stand behind each `{mark}` of this column; \
                     say which mark parts decimals, `{mark}` or `{other}`",
                    texts[at].1
                );
                (at, message)
            }
            Unsettled::Mixed(one, other) => {
                let message = format!(
                    "`{}` and `{}` on line {} write decimals or groups with different marks in one column",
                    texts[other].1,
                    texts[one].1,
                    row(one).line()
                );
                (other, message)
            }
        };
        let place = row(at).place(column).within(format!("column `{}`", self.heading(column)));
        let hint = format!("state it: {}", ways.decimal);
        diagnostics.push(Diagnostic::error(code::DATA_CELL, place, message).hint(hint));
        None
    }

    fn line(&self, at: usize) -> usize {
        line_of(&self.starts, at)
    }

    fn line_place(&self, line: usize) -> Place {
        let length = line_text(self.text, &self.starts, line).chars().count();
        Place::line(&self.path, line, 1).covering(length.max(1))
    }
}

impl<'s, 'a> Row<'s, 'a> {
    /// Returns the text of a cell.
    pub fn text(self, column: usize) -> &'s str {
        self.cell(column).map_or("", |cell| &cell.text)
    }

    /// Returns a cell.
    pub fn cell(self, column: usize) -> Option<&'s Cell<'a>> {
        let width = self.sheet.headings.len();
        self.sheet.cells.get(self.at * width + column).filter(|_| column < width)
    }

    /// Returns the line on which the row begins.
    pub fn line(self) -> usize {
        self.cell(0).map_or(1, |cell| self.sheet.line(cell.at))
    }

    /// Returns the place of a cell.
    pub fn place(self, column: usize) -> Place {
        self.cell(column).map_or_else(|| self.whole(), |cell| self.sheet.place(cell))
    }

    /// Returns the place of the row.
    pub fn whole(self) -> Place {
        self.sheet.line_place(self.line())
    }
}

impl Unsettled {
    /// Returns the place in the column of the cell that is to be shown.
    pub fn at(self) -> usize {
        match self {
            Unsettled::Either(at, _) | Unsettled::Mixed(_, at) => at,
        }
    }
}

/// Says why a text is no number of its column, and what to do about it.
pub fn not_a_number(text: &str, fault: Fault, syntax: &NumberSyntax, ways: &Ways) -> (String, String) {
    let plainly = || format!("write a plain number, or declare the mark of a missing value: {}", ways.missing);
    match fault {
        Fault::Form if text.is_empty() => ("holds nothing where a number is wanted".to_owned(), plainly()),
        Fault::Form => (format!("`{text}` is not a number"), plainly()),
        Fault::Groups => (
            format!("`{text}` is not a number: groups of digits are of three, but the first"),
            "a footnote or a second value may stand in the cell".to_owned(),
        ),
        Fault::Length => (format!("`{text}` is not a number: it has too many digits"), plainly()),
        Fault::Mark(mark) => {
            let known = match (syntax.decimal, syntax.group) {
                (Some(decimal), _) => format!("decimals stand behind `{decimal}` in this column"),
                (None, Some(group)) => format!("groups are parted by `{group}` in this column"),
                (None, None) => "no mark parts decimals or groups in this column".to_owned(),
            };
            let hint = format!("state the mark between groups of digits: {}", ways.group);
            (format!("`{text}` is not a number: `{mark}` stands in it, and {known}"), hint)
        }
    }
}

/// Tells problems of one file, of each kind the first; the rest is counted by `finish`, at the first of the rest.
#[derive(Debug, Default)]
pub struct Told(BTreeMap<(&'static str, String), (usize, Place)>);

impl Told {
    /// Takes in a problem of a kind (its code and the column, or nothing).
    pub fn push(&mut self, kind: &str, diagnostic: Diagnostic, diagnostics: &mut Diagnostics) {
        let (count, place) = self.0.entry((diagnostic.code, kind.to_owned())).or_default();
        *count += 1;
        if *count <= MOST_TOLD {
            diagnostics.push(diagnostic);
        } else if *count == MOST_TOLD + 1 {
            *place = diagnostic.place;
        }
    }

    /// Counts what was not told.
    pub fn finish(self, diagnostics: &mut Diagnostics) {
        for ((code, _), (count, place)) in self.0.into_iter().filter(|(_, (count, _))| *count > MOST_TOLD) {
            let message = format!("from here on, {} more problems of this kind", count - MOST_TOLD);
            diagnostics.push(Diagnostic::error(code, place, message));
        }
    }
}

/// Finds where each line begins; a line ends in CR LF, LF or CR.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect()
}

fn line_of(starts: &[usize], at: usize) -> usize {
    starts.partition_point(|start| *start <= at).max(1)
}

fn line_text<'a>(text: &'a str, starts: &[usize], line: usize) -> &'a str {
    let from = starts.get(line - 1).copied().unwrap_or(text.len());
    let to = starts.get(line).copied().unwrap_or(text.len());
    text[from..to].trim_end_matches(['\r', '\n'])
}

fn place(path: &str, text: &str, starts: &[usize], at: usize, length: usize) -> Place {
    let line = line_of(starts, at);
    let column = text[starts[line - 1]..at].chars().count() + 1;
    let own = text[at..at + length].lines().next().unwrap_or_default();
    Place::line(path, line, column).covering(own.chars().count().max(1))
}
