//! Find: the table that a sheet seems to hold: its header, its columns of labels and of data, what stands around them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::periods;
use super::super::walk::undated;
use crate::language;
use crate::table::MissingMarks;
use crate::table::number::{NumberSyntax, Unsettled};
use crate::workbook::{At, Cell, Content, Sheet};

/// A table that was found on a sheet.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The rows of its header, counted from 1.
    pub header: Vec<u32>,
    /// Those of them that hold periods, each over the first of its columns alone where they are not merged.
    pub sparse: Vec<u32>,
    /// Its columns of labels.
    pub labels: Vec<u32>,
    /// Its columns of data.
    pub data: Vec<u32>,
    /// Columns that say the same in every row, or a period once more.
    pub idle: Vec<u32>,
    /// The first and the last row of data, counted from 1.
    pub rows: (u32, u32),
    /// The heads of sections between rows of data.
    pub sections: Vec<String>,
    /// The marks that stand in place of numbers, with their number.
    pub marks: BTreeMap<String, usize>,
    /// The letters behind figures by which data bases tell their status.
    pub flags: BTreeSet<char>,
    /// Columns that hold such letters for the figures to their left.
    pub beside: Vec<u32>,
    /// Short texts that stand where numbers would, and whose meaning nobody knows.
    pub strange: BTreeSet<String>,
    /// Texts above the header, with their addresses.
    pub titles: Vec<(At, String)>,
    /// Texts below the last row.
    pub notes: Vec<(At, String)>,
    /// Texts beside the table and in its header that name a unit.
    pub units: Vec<(At, String)>,
}

/// What the cells of one column hold in the rows of data.
#[derive(Default)]
struct Column {
    numbers: usize,
    strange: usize,
    periods: usize,
    all: usize,
    texts: BTreeSet<String>,
}

fn is_number(cell: &Cell) -> bool {
    match &cell.content {
        // What cannot be read is told at its cell; here it stands where a number would.
        Content::Number(_) | Content::Error(_) | Content::Uncounted => true,
        Content::Text(text) => {
            let (text, _) = unflagged(text);
            let text = text.trim_end_matches(['*', '¹', '²', '³']);
            match NumberSyntax::default().settled([text].into_iter()) {
                Ok(syntax) => syntax.read(text).is_ok() || is_misgrouped(text),
                // A number all the same, whichever of two its mark makes it.
                Err(unsettled) => matches!(unsettled, Unsettled::Either(..)) || is_misgrouped(text),
            }
        }
        _ => false,
    }
}

/// Says whether a text holds digits in groups that no number has: `1013 802`. It stands where a number would.
fn is_misgrouped(text: &str) -> bool {
    let mut parts = text.split_whitespace();
    parts.clone().count() > 1 && parts.all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Parts the letters of a status from what stands before them: `12,5 p`, `: c`, `7bep`.
pub fn unflagged(text: &str) -> (&str, &str) {
    const MOST: usize = 3;
    let text = text.trim();
    let body = text.trim_end_matches(|c: char| STATUSES.iter().any(|(flag, _)| *flag == c));
    let flags = &text[body.len()..];
    let is_figure = body.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == ':');
    if is_figure && flags.len() <= MOST { (body.trim_end(), flags) } else { (text, "") }
}

/// What the letters behind figures of a data base say, as statistical offices of Europe use them.
pub const STATUSES: [(char, &str); 10] = [
    ('b', "break"),
    ('c', "Q"),
    ('d', "definition"),
    ('e', "estimated"),
    ('f', "forecast"),
    ('i', "imputed"),
    ('p', "provisional"),
    ('r', "revised"),
    ('s', "estimated"),
    ('u', "unreliable"),
];

/// What stands there in place of a figure.
pub(super) const NOTHING: &str = ":";

fn is_year(cell: &Cell) -> bool {
    let text = cell.text();
    let text = language::western(undated(&text));
    text.trim().len() == 4 && text.trim().parse::<u32>().is_ok_and(|year| (1900..=2100).contains(&year))
}

/// Says whether a text is a year with a month in digits, as data bases print it beside the same period in words.
fn is_month(text: &str) -> bool {
    text.len() == 6 && (text.starts_with("19") || text.starts_with("20")) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_mark(cell: &Cell) -> bool {
    let is_usual = |text: &str| text == NOTHING || MissingMarks::usual().reason(text).is_some();
    matches!(&cell.content, Content::Text(text) if is_usual(text.trim()) || unflagged(text).0 == NOTHING)
}

/// Says whether a row numbers the columns: `А 1 2 3`, `1 2 3 4`, or `А 1 2` below headings, where no other row has a letter
/// for its label.
pub fn is_numbering(sheet: &Sheet, row: u32) -> bool {
    const LEAST: usize = 3;
    let texts: Vec<String> = sheet.row(row).map(|(_, cell)| cell.text().trim().to_owned()).collect();
    let (letters, numbers) = texts.split_at(texts.iter().take_while(|text| text.parse::<u32>().is_err()).count());
    let first = numbers.first().and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
    letters.iter().all(|text| text.chars().count() == 1)
        && (numbers.len() >= LEAST || numbers.len() + 1 == LEAST && letters.len() == 1 && is_lettered(sheet, row))
        && [1, 2].contains(&first)
        && numbers.iter().zip(first..).all(|(text, wanted)| *text == wanted.to_string())
}

/// Says whether a row stands right below headings, and is the only one whose label is a letter.
fn is_lettered(sheet: &Sheet, row: u32) -> bool {
    let Some((first, _)) = sheet.row(row).next() else { return false };
    let letter = |cell: &Cell| cell.text().trim().chars().count() == 1 && !is_number(cell);
    let label = |(at, cell): (&At, &Cell)| at.column == first.column && letter(cell);
    let above: Vec<&Cell> =
        row.checked_sub(1).into_iter().flat_map(|above| sheet.row(above)).map(|(_, cell)| cell).collect();
    above.len() > 1
        && above.iter().all(|cell| !is_number(cell) || is_year(cell))
        && sheet.cells.iter().filter(|cell| label(*cell)).count() == 1
}

/// Says whether a row holds a label and numbers: words, or a period before what is none.
fn is_data(sheet: &Sheet, row: u32) -> bool {
    let cells: Vec<&Cell> = sheet.row(row).map(|(_, cell)| cell).collect();
    if is_numbering(sheet, row) {
        return false;
    }
    let numbers = cells.iter().filter(|cell| is_number(cell)).count();
    let marks = cells.iter().filter(|cell| is_mark(cell)).count();
    let words = cells.len() - numbers - marks;
    let years = cells.iter().filter(|cell| is_year(cell)).count();
    let by_year = cells.first().is_some_and(|cell| is_year(cell)) && years < numbers + marks;
    let figures = cells.iter().filter(|cell| is_number(cell) && !is_year(cell)).count();
    let are_years = years > 0 && figures == 0;
    numbers + marks > 0 && (by_year || words > 0 && !are_years)
}

/// Finds the row above the first of data that is one of data too, though none of its figures can be read: behind a label of its
/// own, under the heading of the labels, stand marks and texts like figures.
fn blurred(sheet: &Sheet, first: u32) -> Option<u32> {
    let row = first.checked_sub(1)?;
    let cells: Vec<(At, &Cell)> = sheet.row(row).collect();
    let ((label, text), figures) = cells.split_first()?;
    let is_label = |cell: &Cell| !cell.text().trim().is_empty() && !is_number(cell) && !is_mark(cell);
    let is_headed = || {
        let head = sheet.get(At { row: row.checked_sub(1)?, column: label.column })?;
        let beside = |column: u32| sheet.shown(At { row: row - 1, column }).is_some();
        Some(is_label(head) && figures.iter().all(|(at, _)| beside(at.column)))
    };
    let is_figure = |cell: &Cell| is_mark(cell) || is_strange(cell) || is_number(cell) || is_figure_like(cell);
    let is_blurred = !figures.is_empty()
        && figures.iter().all(|(_, cell)| is_figure(cell))
        && !figures.iter().any(|(_, cell)| is_year(cell))
        && !is_numbering(sheet, row);
    (is_blurred && is_label(text) && is_headed() == Some(true)).then_some(row)
}

/// Says whether a text may be a figure that cannot be read: `<5`, `10,5%`, `(1,234)`.
fn is_figure_like(cell: &Cell) -> bool {
    const MOST_LETTERS: usize = 2;
    let Content::Text(text) = &cell.content else { return false };
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    text.contains(char::is_numeric) && letters <= MOST_LETTERS && !periods::is_exact(text) && !periods::is_year(text)
}

fn is_flag(c: char) -> bool {
    STATUSES.iter().any(|(flag, _)| *flag == c)
}

/// Says whether a column holds nothing but letters of statuses, and not in every row.
fn is_flags(column: &Column, rows: usize) -> bool {
    column.all < rows && column.texts.iter().all(|text| text.chars().count() <= 3 && text.trim().chars().all(is_flag))
}

/// Says whether a cell holds a short text without a digit, which may stand for a missing value.
fn is_strange(cell: &Cell) -> bool {
    const MOST: usize = 5;
    let Content::Text(text) = &cell.content else { return false };
    let text = text.trim();
    !text.is_empty() && text.chars().count() <= MOST && !text.contains(|c: char| c.is_ascii_digit()) && !is_mark(cell)
}

/// As many empty rows may stand between a header and its data.
const GAP: u32 = 3;

/// Finds the table of a sheet; `None` where no header stands over rows of a label with numbers behind it.
pub fn find(sheet: &Sheet) -> Option<Found> {
    let rows: BTreeSet<u32> = sheet.cells.keys().map(|at| at.row).collect();
    let mut data_rows: Vec<u32> = rows.iter().copied().filter(|row| is_data(sheet, *row)).collect();
    while let Some(row) = data_rows.first().and_then(|first| blurred(sheet, *first)) {
        data_rows.insert(0, row);
    }
    let (first, last) = (*data_rows.first()?, *data_rows.last()?);
    // Columns by what most of their rows hold.
    let mut columns: BTreeMap<u32, Column> = BTreeMap::new();
    let (mut marks, mut flags) = (BTreeMap::new(), BTreeSet::new());
    for (at, cell) in data_rows.iter().flat_map(|row| sheet.row(*row)) {
        let column = columns.entry(at.column).or_default();
        column.all += 1;
        column.numbers += usize::from(is_number(cell) || is_mark(cell));
        column.strange += usize::from(is_strange(cell));
        column.periods += usize::from(is_year(cell));
        let text = cell.text();
        let (body, own) = unflagged(&text);
        if is_mark(cell) {
            *marks.entry(body.to_owned()).or_default() += 1;
        }
        if is_mark(cell) || is_number(cell) {
            flags.extend(own.chars());
        }
        column.texts.insert(cell.text());
    }
    let (mut labels, mut data, mut idle, mut beside) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    // Marks that nobody knows may stand in more cells than figures do.
    let is_marked = |column: &Column| column.numbers > 0 && (column.numbers + column.strange) * 2 >= column.all;
    let is_same = |column: &Column| {
        let alike = column.texts.len() == 1 || column.texts.iter().all(|text| is_month(text));
        data_rows.len() > 3 && column.all == data_rows.len() && alike
    };
    // The export of a data base says words of its own in every row, and levels in digits beside them.
    let is_export = columns.values().any(|column| is_same(column) && column.numbers == 0);
    let varies = columns.values().any(|column| column.numbers * 2 >= column.all && !is_same(column));
    for (at, column) in &columns {
        if data.last().is_some_and(|last| last + 1 == *at) && is_flags(column, data_rows.len()) {
            beside.push(*at);
            flags.extend(column.texts.iter().flat_map(|text| text.chars()).filter(|c| is_flag(*c)));
        } else if is_same(column) && (column.numbers == 0 || is_export && varies) {
            idle.push(*at);
        } else if column.periods == column.all && column.all > 1 && data.is_empty() {
            labels.push(*at);
        } else if column.numbers * 2 >= column.all || is_marked(column) && !data.is_empty() {
            data.push(*at);
        } else {
            labels.push(*at);
        }
    }
    if data.is_empty() || labels.is_empty() && idle.is_empty() {
        return None;
    }
    // Below the table, words may stand beside marks: `: | not available`.
    let is_in = |list: &[u32], at: At| list.binary_search(&at.column).is_ok();
    let holds = |row: u32| {
        let figure = |(at, cell): (At, &Cell)| is_in(&data, at) && (is_number(cell) || is_mark(cell));
        sheet.row(row).any(figure)
    };
    let last = data_rows.iter().rev().copied().find(|row| holds(*row)).unwrap_or(last);
    let strange = data_rows.iter().filter(|row| **row <= last).flat_map(|row| sheet.row(*row));
    let strange = strange.filter(|(at, cell)| is_in(&data, *at) && is_strange(cell));
    let strange = strange.map(|(_, cell)| cell.text().trim().to_owned()).collect();
    let own = |row: u32| sheet.row(row).count();
    let shown = |row: u32| data.iter().filter(|column| sheet.shown(At { row, column: **column }).is_some()).count();
    let is_section = |row: u32| {
        own(row) == 1 && sheet.row(row).next().is_some_and(|(at, _)| labels.binary_search(&at.column).is_ok())
    };
    let is_dated = |text: &str| periods::is_exact(text) || periods::is_year(text);
    let mut header = Vec::new();
    for row in (0..first).rev() {
        if header.is_empty() && (is_section(row) || own(row) == 0 && shown(row) == 0 && first - row <= GAP) {
            continue;
        }
        // A row of periods may name each of them once, over the first of its columns.
        let is_sparse = sheet.row(row).any(|(at, _)| data.binary_search(&at.column).is_ok())
            && !header.is_empty()
            && sheet.row(row).all(|(at, cell)| data.binary_search(&at.column).is_err() || is_dated(&cell.text()));
        // Heads that are merged downwards stand in the rows above.
        if shown(row) * 2 < data.len() && !is_sparse || own(row) == 0 && shown(row) == 0 {
            break;
        }
        // A title is merged over the whole table.
        if own(row) == 1 && data.len() > 1 {
            break;
        }
        header.push(row + 1);
    }
    header.reverse();
    // Texts like figures under a period are figures that cannot be read, and are told at their cells.
    let is_headed = |column: u32| {
        let over = |row: &u32| sheet.shown(At { row: row - 1, column });
        header.iter().rev().find_map(over).is_some_and(|(_, cell)| periods::is_exact(&cell.text()))
    };
    let are_figures = |column: u32| {
        let mut cells = data_rows.iter().filter_map(|row| sheet.get(At { row: *row, column }));
        cells.all(|cell| is_figure_like(cell) || is_number(cell) || is_mark(cell))
    };
    let first_data = data.first().copied();
    let is_unreadable = |at: &u32| first_data.is_some_and(|first| *at > first) && is_headed(*at) && are_figures(*at);
    let unreadable: Vec<u32> = labels.iter().copied().filter(is_unreadable).collect();
    let are_dates = |row: &u32| {
        let mut own = sheet.row(row - 1).filter(|(at, _)| is_in(&data, *at)).peekable();
        own.peek().is_some() && own.all(|(_, cell)| is_dated(&cell.text()))
    };
    let sparse = header.iter().copied().filter(are_dates).collect();
    let top = header.first().copied()? - 1;
    let after_header = header.last().copied()?;
    let text = |at: &At| sheet.get(*at).map(|cell| (*at, cell.text())).filter(|(_, text)| !text.trim().is_empty());
    let titles = sheet.cells.keys().take_while(|at| at.row < top).filter_map(text).collect();
    let notes = sheet.cells.keys().filter(|at| at.row > last).filter_map(text).collect();
    let between = rows.iter().copied().filter(|row| (after_header..last).contains(row) && is_section(*row));
    let sections: Vec<String> =
        between.filter_map(|row| Some(sheet.row(row).next()?.1.text().trim().to_owned())).collect();
    let is_beside = |at: &At| at.row < first;
    let units = sheet.cells.keys().filter(|at| is_beside(at)).filter_map(text);
    let units = units.filter(|(_, text)| text.lines().any(language::names_unit)).collect();
    labels.retain(|at| !unreadable.contains(at));
    data.extend(unreadable);
    data.sort_unstable();
    Some(Found {
        header,
        sparse,
        labels,
        data,
        idle,
        rows: (first + 1, last + 1),
        sections,
        marks,
        flags,
        beside,
        strange,
        titles,
        notes,
        units,
    })
}
