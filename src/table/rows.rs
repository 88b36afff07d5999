//! Rows: delimited text → headings and cells, by the properties of a CSV Dialect.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{CATALOGUE, Cell, Sheet, Told, line_of, line_starts, line_text, place};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};

/// How a file parts its cells and rows: the CSV Dialect of Data Package v2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between cells.
    pub delimiter: char,
    /// What a row ends in, where it is none of CR LF, LF and CR.
    pub terminator: Option<String>,
    /// What stands around a cell that holds delimiters or line ends.
    pub quote: Option<char>,
    /// Whether a quotation mark within such a cell is written twice.
    pub is_doubled: bool,
    /// What takes the meaning from the sign behind it.
    pub escape: Option<char>,
    /// A cell without a value, as it is written: nothing in it is escaped.
    pub null: Option<String>,
    /// Whether spaces around a cell are no part of it; a dialect that says nothing of them means that.
    pub skips_spaces: bool,
    /// The lines of headings; empty where the file has none, and `None` where it is the first row.
    pub headings: Option<Vec<usize>>,
    /// What joins the headings of several lines.
    pub joint: String,
    /// How a line begins that is a comment.
    pub comment: Option<String>,
    /// The lines that are comments.
    pub comments: Vec<usize>,
}

impl Default for Dialect {
    fn default() -> Dialect {
        Dialect {
            delimiter: ',',
            terminator: None,
            quote: Some('"'),
            is_doubled: true,
            escape: None,
            null: None,
            skips_spaces: true,
            headings: None,
            joint: " ".to_owned(),
            comment: None,
            comments: Vec::new(),
        }
    }
}

/// A row as it is read: its cells, and the byte at which it begins.
struct Record<'a> {
    at: usize,
    cells: Vec<Cell<'a>>,
}

/// What keeps a row from being read.
enum Broken {
    /// A quotation mark is opened here, and never closed.
    Open(usize),
    /// Text stands behind the mark that closes the cell: where the cell begins, where the text stands.
    Behind(usize, usize),
}

impl<'a> Sheet<'a> {
    /// Reads the text of a file. `names` are those of its schema: they head the columns of a file without headings.
    pub fn read(
        path: &str,
        text: &'a str,
        dialect: &Dialect,
        names: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Option<Sheet<'a>> {
        let starts = line_starts(text);
        let mut reader = Reader { text, dialect, at: 0, starts: &starts };
        let mut headed: Vec<Record> = Vec::new();
        let mut told = Told::default();
        let mut sheet: Option<Sheet> = None;
        let mut is_sound = true;
        let last_heading = dialect.headings.as_ref().and_then(|lines| lines.iter().max().copied());
        while let Some(record) = reader.record() {
            if let Some(problem) = sheet.as_ref().and_then(|sheet| sheet.unparted(dialect, names)) {
                diagnostics.push(problem);
                return None;
            }
            let record = match record {
                Ok(record) => record,
                Err(broken) => {
                    is_sound = false;
                    told.push("", broken.diagnostic(path, text, &starts), diagnostics);
                    continue;
                }
            };
            let sheet = match &mut sheet {
                Some(sheet) => sheet,
                none => {
                    let line = line_of(&starts, record.at);
                    let is_heading = dialect.headings.as_ref().is_none_or(|lines| lines.contains(&line));
                    if is_heading {
                        headed.push(record);
                        if last_heading.is_none_or(|last| line >= last) {
                            *none = Some(Sheet::headed(path, text, &starts, dialect, &headed));
                        }
                        continue;
                    }
                    if last_heading.is_some_and(|last| line < last) {
                        continue;
                    }
                    none.insert(match headed.is_empty() {
                        true => Sheet::named(path, text, &starts, names, &record),
                        false => Sheet::headed(path, text, &starts, dialect, &headed),
                    })
                }
            };
            let width = sheet.headings.len();
            if record.cells.len() == width {
                sheet.cells.extend(record.cells);
            } else {
                is_sound = false;
                let message = format!("the row has {} cells, the header {width}", record.cells.len());
                let diagnostic = Diagnostic::error(code::DATA_RAGGED, sheet.line_place(sheet.line(record.at)), message);
                told.push("", diagnostic.hint("every row has one cell for each column"), diagnostics);
            }
        }
        let sheet = match sheet {
            Some(mut sheet) => {
                is_sound = sheet.tidy(is_sound, &mut told, diagnostics);
                Some(sheet)
            }
            None if is_sound => {
                diagnostics.push(Diagnostic::error(code::DATA_EMPTY, Place::line(path, 1, 1), "holds no rows"));
                None
            }
            None => None,
        };
        told.finish(diagnostics);
        sheet.filter(|_| is_sound)
    }

    /// Says that the header is one cell only because its delimiter is another than the dialect's.
    fn unparted(&self, dialect: &Dialect, names: &[String]) -> Option<Diagnostic> {
        let [(heading, cell)] = self.headings.as_slice() else { return None };
        let other =
            [';', '\t', '|', ','].into_iter().find(|mark| *mark != dialect.delimiter && heading.contains(*mark))?;
        let message = format!("the header holds no {:?}, which parts its cells, but {other:?}", dialect.delimiter);
        let problem = Diagnostic::error(code::DATA_HEADER, self.place(cell), message);
        (names.len() > 1).then(|| problem.hint(format!("state the delimiter: {}", CATALOGUE.delimiter)))
    }

    fn headed(path: &str, text: &'a str, starts: &[usize], dialect: &Dialect, records: &[Record<'a>]) -> Sheet<'a> {
        let width = records.iter().map(|record| record.cells.len()).max().unwrap_or(0);
        let heading = |column: usize| {
            let cells: Vec<&Cell> = records.iter().filter_map(|record| record.cells.get(column)).collect();
            let parts: Vec<&str> = cells.iter().map(|cell| &*cell.text).filter(|text| !text.is_empty()).collect();
            let place = cells.iter().rev().find(|cell| !cell.text.is_empty()).or(cells.last());
            (parts.join(&dialect.joint), place.map_or_else(|| Cell::none(0), |cell| (*cell).clone()))
        };
        let headings = (0..width).map(heading).collect();
        Sheet { path: path.to_owned(), text, starts: starts.to_vec(), headings, cells: Vec::new() }
    }

    /// Heads the columns of a file without headings by the names that are stated, or else by numbers.
    fn named(path: &str, text: &'a str, starts: &[usize], names: &[String], first: &Record<'a>) -> Sheet<'a> {
        let width = if names.is_empty() { first.cells.len() } else { names.len() };
        let name = |at: usize| names.get(at).cloned().unwrap_or_else(|| (at + 1).to_string());
        let headings = (0..width).map(|at| (name(at), Cell::none(first.at))).collect();
        Sheet { path: path.to_owned(), text, starts: starts.to_vec(), headings, cells: Vec::new() }
    }

    /// Takes out columns without heading and cells; refuses what a heading leaves open. Returns whether it is sound.
    fn tidy(&mut self, mut is_sound: bool, told: &mut Told, diagnostics: &mut Diagnostics) -> bool {
        let width = self.headings.len();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, (name, cell)) in self.headings.iter().enumerate().filter(|(_, (name, _))| !name.is_empty()) {
            if let Some(first) = seen.insert(name, at) {
                is_sound = false;
                let message = format!(
                    "the column `{name}` stands twice in the header: as the {} and the {}",
                    nth(first),
                    nth(at)
                );
                let hint = "which of the two is meant is not said: give each its own heading in a copy, or take the whole table";
                diagnostics.push(Diagnostic::error(code::DATA_HEADER, self.place(cell), message).hint(hint));
            }
        }
        let nameless: Vec<usize> = (0..width).filter(|at| self.headings[*at].0.is_empty()).collect();
        for at in &nameless {
            let said = self.rows().find(|row| !row.text(*at).is_empty());
            if let Some(row) = said {
                is_sound = false;
                let message = format!("`{}` stands in a column without a heading, the {}", row.text(*at), nth(*at));
                let hint = "every column that holds something has a heading";
                let diagnostic = Diagnostic::error(code::DATA_HEADER, row.place(*at), message).hint(hint);
                told.push("", diagnostic, diagnostics);
            }
        }
        if is_sound && !nameless.is_empty() {
            let mut at = 0;
            self.cells.retain(|_| {
                at += 1;
                !nameless.contains(&((at - 1) % width))
            });
            let mut at = 0;
            self.headings.retain(|_| {
                at += 1;
                !nameless.contains(&(at - 1))
            });
        }
        if is_sound && self.cells.is_empty() {
            is_sound = false;
            diagnostics.push(Diagnostic::error(code::DATA_EMPTY, Place::line(&self.path, 1, 1), "holds no rows"));
        }
        is_sound
    }
}

fn nth(at: usize) -> String {
    let number = at + 1;
    let ending = match (number % 10, number % 100) {
        (1, n) if n != 11 => "st",
        (2, n) if n != 12 => "nd",
        (3, n) if n != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

impl Cell<'_> {
    /// A cell that stands nowhere, at the line of a byte.
    fn none(at: usize) -> Cell<'static> {
        Cell { text: Cow::Borrowed(""), at, length: 0 }
    }
}

impl Broken {
    fn diagnostic(&self, path: &str, text: &str, starts: &[usize]) -> Diagnostic {
        let (at, message, hint) = match *self {
            Broken::Open(at) => {
                (at, "a quotation mark is opened here and not closed".to_owned(), "close it, or write it twice")
            }
            Broken::Behind(from, at) if line_of(starts, from) < line_of(starts, at) => {
                let message = format!(
                    "the quotation mark that is opened here is closed on line {} only, with text behind it",
                    line_of(starts, at)
                );
                (from, message, "close it on its line")
            }
            Broken::Behind(_, at) => {
                let hint = "a quotation mark within a cell is written twice; one that belongs to the text needs marks around the cell";
                (at, "text stands behind the quotation mark that closes the cell".to_owned(), hint)
            }
        };
        let line = line_of(starts, at);
        let rest = line_text(text, starts, line).chars().count();
        let place = place(path, text, starts, at, 0);
        let length = (rest + 1).saturating_sub(place.column.unwrap_or(1)).max(1);
        Diagnostic::error(code::DATA_RAGGED, place.covering(length), message).hint(hint)
    }
}

/// Walks through a text record by record.
struct Reader<'a, 'd> {
    text: &'a str,
    dialect: &'d Dialect,
    at: usize,
    starts: &'d [usize],
}

impl<'a> Reader<'a, '_> {
    /// Reads the next row that holds something; a row that is broken is passed over to the end of its first line.
    fn record(&mut self) -> Option<Result<Record<'a>, Broken>> {
        loop {
            if self.at >= self.text.len() {
                return None;
            }
            let from = self.at;
            let line = line_of(self.starts, from);
            let is_comment = self.dialect.comments.contains(&line)
                || self.dialect.comment.as_ref().is_some_and(|mark| self.text[from..].starts_with(mark.as_str()));
            if is_comment {
                self.skip_line(from);
                continue;
            }
            let mut cells = Vec::new();
            let read = loop {
                match self.cell(&mut cells) {
                    Ok(true) => {}
                    Ok(false) => break Ok(()),
                    Err(broken) => break Err(broken),
                }
            };
            match read {
                Ok(()) if cells.iter().all(|cell| cell.text.is_empty()) => {}
                Ok(()) => return Some(Ok(Record { at: from, cells })),
                Err(broken) => {
                    let (Broken::Open(at) | Broken::Behind(at, _)) = broken;
                    self.skip_line(at);
                    return Some(Err(broken));
                }
            }
        }
    }

    fn skip_line(&mut self, at: usize) {
        let line = line_of(self.starts, at);
        self.at = self.starts.get(line).copied().unwrap_or(self.text.len());
    }

    /// Reads a cell and what ends it; returns whether another follows in the row.
    fn cell(&mut self, cells: &mut Vec<Cell<'a>>) -> Result<bool, Broken> {
        let from = self.at;
        let open = from + self.spaces(from);
        let quote = self.dialect.quote.filter(|quote| self.text[open..].starts_with(*quote));
        let (text, end) = match quote {
            Some(quote) => self.quoted(quote, open)?,
            None => self.plain(from),
        };
        let text = match self.dialect.skips_spaces {
            true => trimmed(text),
            false => text,
        };
        let raw = &self.text[from..end];
        let inner = if self.dialect.skips_spaces { raw.trim() } else { raw };
        let text = if self.dialect.null.as_deref() == Some(inner) { Cow::Borrowed(inner) } else { text };
        let at = from + inner.as_ptr() as usize - raw.as_ptr() as usize;
        cells.push(Cell { text, at, length: inner.len() });
        let (length, follows) = self.ending(end).unwrap_or((0, false));
        self.at = end + length;
        Ok(follows)
    }

    /// Counts the bytes of the spaces that are no part of a cell.
    fn spaces(&self, at: usize) -> usize {
        let is_space = |c: &char| matches!(c, ' ' | '\t' | '\u{a0}') && *c != self.dialect.delimiter;
        let skips = self.dialect.skips_spaces;
        self.text[at..].chars().take_while(|c| skips && is_space(c)).map(char::len_utf8).sum()
    }

    /// Finds what ends a cell at a byte: how long it is, and whether another cell follows; `None` where nothing ends there.
    fn ending(&self, at: usize) -> Option<(usize, bool)> {
        let rest = &self.text[at..];
        if rest.starts_with(self.dialect.delimiter) {
            return Some((self.dialect.delimiter.len_utf8(), true));
        }
        match &self.dialect.terminator {
            Some(terminator) => rest.starts_with(terminator.as_str()).then_some((terminator.len(), false)),
            None if rest.starts_with("\r\n") => Some((2, false)),
            None => rest.starts_with(['\r', '\n']).then_some((1, false)),
        }
        .or(rest.is_empty().then_some((0, false)))
    }

    /// Reads a cell without marks around it; returns its text and where it ends.
    fn plain(&self, from: usize) -> (Cow<'a, str>, usize) {
        let mut at = from;
        let mut escaped = String::new();
        let mut kept = from;
        while self.ending(at).is_none() {
            let letter = self.text[at..].chars().next().map_or(1, char::len_utf8);
            if self.dialect.escape.is_some_and(|escape| self.text[at..].starts_with(escape)) {
                escaped.push_str(&self.text[kept..at]);
                kept = at + letter;
                at = kept + self.text[kept..].chars().next().map_or(0, char::len_utf8);
            } else {
                at += letter;
            }
        }
        match kept == from {
            true => (Cow::Borrowed(&self.text[from..at]), at),
            false => (Cow::Owned(escaped + &self.text[kept..at]), at),
        }
    }

    /// Reads a cell within marks that are opened at a byte; returns its text and where it ends.
    fn quoted(&self, quote: char, open: usize) -> Result<(Cow<'a, str>, usize), Broken> {
        let body = open + quote.len_utf8();
        let (mut at, mut kept) = (body, body);
        let mut text = String::new();
        loop {
            let Some(letter) = self.text[at..].chars().next() else { return Err(Broken::Open(open)) };
            let next = at + letter.len_utf8();
            let is_doubled = self.dialect.is_doubled && letter == quote && self.text[next..].starts_with(quote);
            if is_doubled || self.dialect.escape == Some(letter) {
                text.push_str(&self.text[kept..at]);
                kept = next;
                at = next + self.text[next..].chars().next().map_or(0, char::len_utf8);
            } else if letter == quote {
                let text = match kept == body {
                    true => Cow::Borrowed(&self.text[body..at]),
                    false => Cow::Owned(text + &self.text[kept..at]),
                };
                let end = next + self.spaces(next);
                return if self.ending(end).is_some() { Ok((text, end)) } else { Err(Broken::Behind(open, end)) };
            } else {
                at = next;
            }
        }
    }
}

/// Walks through a text row by row: the line on which each begins, and its cells. Rows need not be of one length; one
/// that is broken ends the walk.
pub fn records<'a>(
    path: &'a str,
    text: &'a str,
    dialect: &'a Dialect,
) -> impl Iterator<Item = Result<(usize, Vec<Cow<'a, str>>), Diagnostic>> {
    let starts = line_starts(text);
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut reader = Reader { text, dialect, at, starts: &starts };
        let record = reader.record()?;
        at = reader.at;
        Some(match record {
            Ok(record) => Ok((line_of(&starts, record.at), record.cells.into_iter().map(|cell| cell.text).collect())),
            Err(broken) => {
                at = text.len();
                Err(broken.diagnostic(path, text, &starts))
            }
        })
    })
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, dialect: &Dialect) -> Result<Vec<Vec<String>>, Vec<String>> {
        let mut diagnostics = Diagnostics::default();
        let sheet = Sheet::read("a.csv", text, dialect, &["a".to_owned(), "b".to_owned()], &mut diagnostics);
        let list = diagnostics.sorted();
        assert_eq!(sheet.is_none(), !list.is_empty(), "{list:?}");
        let Some(sheet) = sheet else {
            return Err(list.iter().map(|found| format!("{}: {}", found.place, found.message)).collect());
        };
        let rows = sheet.rows().map(|row| (0..sheet.headings.len()).map(|at| row.text(at).to_owned()).collect());
        Ok(std::iter::once(sheet.columns().map(str::to_owned).collect()).chain(rows).collect())
    }

    fn sound(text: &str, dialect: &Dialect) -> String {
        let rows = read(text, dialect).unwrap_or_else(|said| panic!("{text:?}: {said:?}"));
        rows.iter().map(|row| row.join("|")).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_text_is_parted_as_its_dialect_says() {
        let own = Dialect::default();
        let semicolon = Dialect { delimiter: ';', ..own.clone() };
        for (text, dialect, wanted) in [
            ("x,y\n1,2\n", &own, "x|y\n1|2"),
            ("x,y\r\n1,2\r\n\r\n , \r\n3,4", &own, "x|y\n1|2\n3|4"),
            ("x,y\r1,2\r3,4\r", &own, "x|y\n1|2\n3|4"),
            ("x,y,\n1,2,\n3,4,\n", &own, "x|y\n1|2\n3|4"),
            ("x;y\n1,5;\"a;\"\"b\"\"\n c\"\n", &semicolon, "x|y\n1,5|a;\"b\"\n c"),
            ("x,y\n 1 , \"2\" \nТОО \"А\",3\n", &own, "x|y\n1|2\nТОО \"А\"|3"),
            ("x,y\n\"a\\\"b\",c\\,d\n", &Dialect { escape: Some('\\'), ..own.clone() }, "x|y\na\"b|c,d"),
            ("x,y\n'a,b',c\n", &Dialect { quote: Some('\''), ..own.clone() }, "x|y\na,b|c"),
            ("x,y\n\"a,b\n", &Dialect { quote: None, ..own.clone() }, "x|y\n\"a|b"),
            ("# note\nx,y\n#1,2\n3,4\n", &Dialect { comment: Some("#".to_owned()), ..own.clone() }, "x|y\n3|4"),
            ("note\nx,y\n1,2\n", &Dialect { comments: vec![1], ..own.clone() }, "x|y\n1|2"),
            ("title\n\nx,y\nm,\n1,2\n", &Dialect { headings: Some(vec![3, 4]), ..own.clone() }, "x m|y\n1|2"),
            ("1,2\n3,4\n", &Dialect { headings: Some(Vec::new()), ..own.clone() }, "a|b\n1|2\n3|4"),
            ("x,y!1,2\n!3,4!", &Dialect { terminator: Some("!".to_owned()), ..own.clone() }, "x|y\n1|2\n3|4"),
            ("x,y\n a,b \n", &Dialect { skips_spaces: false, ..own.clone() }, "x|y\n a|b "),
        ] {
            assert_eq!(sound(text, dialect), wanted, "{text:?}");
        }
    }

    #[test]
    fn what_is_broken_is_told_where_it_begins() {
        let own = Dialect::default();
        for (text, said) in [
            ("x,y\n1,\"2\n3,4\n5,6\n", &["a.csv:2:3: a quotation mark is opened here and not closed"][..]),
            (
                "x,y\n1,\"2\n3,4\n5,\"6\"\n7\n",
                &[
                    "a.csv:2:3: the quotation mark that is opened here is closed on line 4 only, with text behind it",
                    "a.csv:5:1: the row has 1 cells, the header 2",
                ],
            ),
            ("x,y\n1,\"2\"3\n", &["a.csv:2:6: text stands behind the quotation mark that closes the cell"]),
            (
                "x,y\n1,2,3\n1\n",
                &["a.csv:2:1: the row has 3 cells, the header 2", "a.csv:3:1: the row has 1 cells, the header 2"],
            ),
            ("x,y, x\n1,2,3\n", &["a.csv:1:6: the column `x` stands twice in the header: as the 1st and the 3rd"]),
            ("x,,y\n1,,2\n3,4,5\n", &["a.csv:3:3: `4` stands in a column without a heading, the 2nd"]),
            ("x,y\n", &["a.csv:1:1: holds no rows"]),
            ("", &["a.csv:1:1: holds no rows"]),
            (",\n1,\n", &["a.csv:1:1: holds no rows"]),
        ] {
            let found = read(text, &own);
            let wanted: Vec<String> = said.iter().map(|text| (*text).to_owned()).collect();
            assert_eq!(found, Err(wanted), "{text:?}");
        }
    }

    #[test]
    fn problems_beyond_the_first_are_counted() {
        let text = format!("x,y\n{}", "1\n".repeat(50));
        let said = read(&text, &Dialect::default()).expect_err("short rows");
        assert_eq!((said.len(), said[20].as_str()), (21, "a.csv:22:1: from here on, 30 more problems of this kind"));
    }
}
