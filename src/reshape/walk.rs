//! Walk: one sheet, row by row, below its header.

mod header;
mod known;
mod labels;
mod notes;
mod status;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use labels::Taken;
pub use notes::{behind_number, undated};
pub(super) use notes::{digits, marked, notes};

use super::entry::LayoutEntry;
use super::{Fate, Left, Reshaped, Target, periods, place};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::finding::{Code, Reason, Role};
use crate::table::number::NumberSyntax;
use crate::table::{MissingMarks, Told};
use crate::workbook::{Area, At, Content, Sheet, letters};

/// Says what to do with a year of two calendar years.
fn season(text: &str, dimension: &str) -> (String, String) {
    let year = text.chars().take(4).collect::<String>();
    let first = if periods::season(text).is_some() { year } else { format!("{year}-Q1") };
    let what =
        if periods::season(text).is_some() { "it goes over two years" } else { "it may be a quarter or half a year" };
    let message = format!("`{}` is no calendar year and no month: {what}", shortened(text));
    (
        message,
        format!(
            "say which period stands for it under `words: {{{dimension}: {{\"{text}\": \"{first}\"}}}}` of the layout"
        ),
    )
}

/// Says what to do with a year and a month that are kept as one number.
pub fn two_months(text: &str) -> (String, String) {
    let message = format!("`{text}` is kept as a number, and may be the first month of a year or the tenth");
    (message, "write the periods as texts: `2021-10`".to_owned())
}

/// What may be said of data besides the dimensions.
const MEASURE: &str = "measure";
const UNIT: &str = "unit";
const STATUS: &str = "status";

/// A text that stands for a dimension, with the marks of footnotes behind it.
#[derive(Clone, Debug)]
struct Text {
    said: String,
    at: At,
}

/// What is known of a row or column: dimension → texts, or nothing where it is left out.
type Given = BTreeMap<String, Vec<Text>>;

struct Walk<'a> {
    path: &'a str,
    number: usize,
    sheet: &'a Sheet,
    layout: &'a LayoutEntry,
    target: &'a Target<'a>,
    entry: &'a Place,
    out: &'a mut Reshaped,
    diagnostics: &'a mut Diagnostics,
    told: Told,
    area: Area,
    header: Vec<u32>,
    notes: BTreeMap<String, String>,
    left_rows: Vec<usize>,
    /// The last row that holds a figure in a column of data: what stands below under no known label is no row of the
    /// table.
    last_row: u32,
    /// The columns that hold the marks of the figures to their left.
    beside: BTreeSet<u32>,
    syntaxes: BTreeMap<u32, NumberSyntax>,
    marks: MissingMarks,
    /// The codes above the row, innermost last, where territories are nested.
    above: Vec<Code>,
    /// What was read as periods, each with the first cell that says it.
    dated: BTreeMap<String, At>,
}

/// Reads one sheet into what the file comes to.
#[allow(clippy::too_many_arguments, reason = "all of it is one call of the file's own loop")]
pub(super) fn walk(
    path: &str,
    number: usize,
    sheet: &Sheet,
    layout: &LayoutEntry,
    target: &Target,
    constants: &BTreeMap<String, String>,
    entry: &Place,
    out: &mut Reshaped,
    diagnostics: &mut Diagnostics,
) {
    let Some(used) = sheet.used() else { return };
    let mut area = used;
    if let Some(text) = &layout.range {
        match Area::parse(text) {
            Some(range) => area = range,
            None => {
                let message = format!("`range` is `{text}`, which is no area of cells: A3:J26");
                diagnostics.push(Diagnostic::error(code::DATA_LAYOUT, entry.clone(), message));
                return;
            }
        }
    }
    let mut marks = MissingMarks::default().and("", None);
    for (mark, reason) in &layout.missing {
        if !Reason::ALL.iter().any(|known| known.code() == reason) {
            let message = format!("`{reason}` is no reason for a missing value");
            let hint = did_you_mean(reason, Reason::ALL.map(Reason::code));
            diagnostics.push(Diagnostic::error(code::DATA_LAYOUT, entry.clone(), message).maybe_hint(hint));
        }
        marks = marks.and(mark, Some(reason));
    }
    let mut walk = Walk {
        path,
        number,
        sheet,
        layout,
        target,
        entry,
        out,
        diagnostics,
        told: Told::default(),
        area,
        header: Vec::new(),
        notes: notes(sheet).into_iter().map(|(mark, (text, _))| (mark, text)).collect(),
        left_rows: Vec::new(),
        last_row: 0,
        beside: BTreeSet::new(),
        syntaxes: BTreeMap::new(),
        marks,
        above: Vec::new(),
        dated: BTreeMap::new(),
    };
    walk.run(constants);
    let told = std::mem::take(&mut walk.told);
    told.finish(walk.diagnostics);
}

impl Walk<'_> {
    fn refuse(&mut self, code: &'static str, at: At, message: String, hint: Option<String>) {
        let diagnostic = Diagnostic::error(code, place(self.path, self.sheet, at), message).maybe_hint(hint);
        self.told.push("", diagnostic, self.diagnostics);
    }

    fn refuse_layout(&mut self, message: String, hint: Option<String>) {
        let place = self.entry.clone();
        self.diagnostics.push(Diagnostic::error(code::DATA_LAYOUT, place, message).maybe_hint(hint));
    }

    fn mark(&mut self, at: At, fate: Fate) {
        if self.sheet.get(at).is_some() {
            self.out.fates.insert((self.number, at), fate);
        }
    }

    fn run(&mut self, constants: &BTreeMap<String, String>) {
        let Some(header) = self.header_rows() else { return };
        self.header = header;
        let last_header = self.header.last().copied().unwrap_or(0);
        let first_header = self.header.first().copied().unwrap_or(0);
        // What stands above is a title.
        let above: Vec<At> = self.sheet.cells.keys().filter(|at| at.row < first_header).copied().collect();
        above.into_iter().for_each(|at| self.mark(at, Fate::Header));
        let header_cells: Vec<At> =
            self.sheet.cells.keys().filter(|at| (first_header..=last_header).contains(&at.row)).copied().collect();
        let area = self.area;
        header_cells.into_iter().filter(|at| area.contains(*at)).for_each(|at| self.mark(at, Fate::Header));
        let mut base: Given = BTreeMap::new();
        for (name, value) in self.target.constants.iter().chain(constants) {
            base.entry(name.clone()).or_default().push(Text { said: value.clone(), at: At::default() });
        }
        for (name, from) in &self.layout.from {
            let text = if from == "sheet" {
                Some(Text { said: self.sheet.name.to_string(), at: At::default() })
            } else {
                let cell = At::parse(from).and_then(|at| self.sheet.shown(at));
                cell.map(|(at, cell)| Text { said: cell.text(), at })
            };
            match text {
                Some(text) => base.entry(name.clone()).or_default().push(text),
                None => {
                    self.refuse_layout(format!("`from` reads `{name}` out of `{from}`, where nothing stands"), None)
                }
            }
        }
        let Some(labels) = self.label_columns() else { return };
        let Some(columns) = self.data_columns(&labels) else { return };
        let rule_of_column = self.leave_columns();
        self.settle_numbers(&columns, last_header);
        let of_data: BTreeSet<u32> = columns.iter().map(|(column, _)| *column).collect();
        if self.layout.marks_beside {
            let read = of_data.iter().chain(rule_of_column.keys()).copied();
            let read: BTreeSet<u32> = read.chain(labels.iter().map(|(column, _)| *column)).collect();
            self.beside = of_data.iter().map(|column| column + 1).filter(|own| !read.contains(own)).collect();
        }
        let is_data = |at: &&At| area.contains(**at) && of_data.contains(&at.column);
        self.last_row = (self.sheet.cells.keys().filter(is_data))
            .filter(|at| at.row > last_header && self.is_figure(**at))
            .map(|at| at.row)
            .max()
            .unwrap_or(0);
        self.left_rows = vec![0; self.layout.leave_rows.len()];
        let first_rule = self.out.left.len();
        for rule in &self.layout.leave_rows {
            self.out.left.push(Left { rule: format!("{}rows: {}", prefix(self.sheet), rule.reason), rows: 0 });
        }
        let words_rule = self.out.left.len();
        self.out.left.push(Left {
            rule: format!("{}what stands under a word that `words` leaves out", prefix(self.sheet)),
            rows: 0,
        });
        let mut state: Given = BTreeMap::new();
        let mut filled: BTreeMap<u32, Text> = BTreeMap::new();
        let mut pending: Vec<At> = Vec::new();
        let rows: BTreeSet<u32> = self.sheet.cells.keys().map(|at| at.row).filter(|row| *row > last_header).collect();
        for row in rows {
            let cells: Vec<At> = self.sheet.row(row).map(|(at, _)| at).collect();
            if row > self.area.last.row || row < self.area.first.row {
                pending.extend(cells);
                continue;
            }
            for at in &cells {
                if let Some(rule) = rule_of_column.get(&at.column) {
                    self.mark(*at, Fate::Left(*rule));
                }
            }
            let unmarked = |own: &Self| -> Vec<At> {
                cells.iter().filter(|at| !own.out.fates.contains_key(&(own.number, **at))).copied().collect()
            };
            let rule = self.left_by_rule(row, &labels);
            let is_meant = rule.is_some_and(|rule| self.layout.leave_rows[rule].unknown.is_none());
            if !is_meant && let Some(at) = self.repeated_header(row, &labels, &of_data) {
                let hint = "another table may begin here: give this one a `range`; where this one goes on, leave the row out under `leave_rows`";
                self.refuse(
                    code::DATA_LAYOUT,
                    at,
                    "the header stands here once more".to_owned(),
                    Some(hint.to_owned()),
                );
            }
            if let Some(rule) = rule {
                self.left_rows[rule] += 1;
                self.out.left[first_rule + rule].rows += 1;
                unmarked(self).into_iter().for_each(|at| self.mark(at, Fate::Left(first_rule + rule)));
                continue;
            }
            let full: Vec<&(u32, Option<Given>)> =
                columns.iter().filter(|(column, _)| self.sheet.get(At { row, column: *column }).is_some()).collect();
            let label = self.row_labels(row, &labels, &mut filled);
            if label.is_empty() && !labels.is_empty() {
                if let Some((column, _)) = full.first().filter(|_| row <= self.last_row) {
                    let at = At { row, column: *column };
                    let said = self.sheet.get(at).map(|cell| cell.text()).unwrap_or_default();
                    let message = format!("`{said}` stands in a column of data, and no label beside it");
                    let hint = "another table may begin here: give this one a `range`; or leave the row out under `leave_rows`";
                    self.refuse(code::DATA_LAYOUT, at, message, Some(hint.to_owned()));
                    unmarked(self).into_iter().for_each(|at| self.mark(at, Fate::Header));
                } else {
                    pending.extend(unmarked(self));
                }
                continue;
            }
            match self.take_labels(&labels, &label, &mut state, !full.is_empty()) {
                Taken::Unknown(..) if full.is_empty() || row > self.last_row => {
                    pending.extend(unmarked(self));
                    continue;
                }
                Taken::Unknown(at, message, hint) => {
                    self.refuse(code::DATA_TERRITORY, at, message, hint);
                    unmarked(self).into_iter().for_each(|at| self.mark(at, Fate::Header));
                    continue;
                }
                Taken::Section => {
                    unmarked(self).into_iter().for_each(|at| self.mark(at, Fate::Header));
                    self.flush(&mut pending);
                    continue;
                }
                Taken::Row => self.flush(&mut pending),
            }
            let is_left = |given: &Given| self.leaves_out(given);
            if is_left(&state) || is_left(&base) {
                self.out.left[words_rule].rows += 1;
                unmarked(self).into_iter().for_each(|at| self.mark(at, Fate::Left(words_rule)));
                continue;
            }
            for (at, _) in label.values().flatten().map(|text| (text.at, ())) {
                self.mark(at, Fate::Header);
            }
            for (column, given) in &columns {
                let at = At { row, column: *column };
                match given {
                    Some(given) if !self.leaves_out(given) => self.value(at, &base, given, &state),
                    _ => self.mark(at, Fate::Left(words_rule)),
                }
            }
            for at in unmarked(self) {
                let said = self.sheet.get(at).map(|cell| cell.text()).unwrap_or_default();
                let over =
                    self.header.iter().rev().find_map(|row| self.sheet.shown(At { row: *row, column: at.column }));
                let over = over.map(|(_, cell)| cell.text()).filter(|text| !text.trim().is_empty());
                let message = match over {
                    Some(over) => format!("nothing reads `{said}`, which stands under `{}`", shortened(&over)),
                    None => format!("nothing reads `{said}`: its column has no header and is no label"),
                };
                let hint = format!("name column {} under `labels`, `columns` or `leave_columns`", letters(at.column));
                self.refuse(code::DATA_LAYOUT, at, message, Some(hint));
                self.mark(at, Fate::Header);
            }
        }
        self.tell_seasons();
        // What stands below the last row of data and holds none is a note.
        pending.into_iter().for_each(|at| self.mark(at, Fate::Note));
        for (at, rule) in self.layout.leave_rows.iter().enumerate() {
            let found = self.left_rows[at];
            if let Some(count) = rule.count.filter(|count| *count != found) {
                let message = format!(
                    "{}`leave_rows` ({}) leaves out {found} rows, not {count}",
                    prefix(self.sheet),
                    rule.reason
                );
                self.refuse_layout(message, Some("look which rows they are, and state their number".to_owned()));
            }
        }
        let rest: Vec<At> =
            self.sheet.cells.keys().filter(|at| !self.out.fates.contains_key(&(self.number, **at))).copied().collect();
        for at in rest {
            let said = self.sheet.get(at).map(|cell| cell.text()).unwrap_or_default();
            self.refuse(code::DATA_LAYOUT, at, format!("nothing reads `{said}`, which stands beside the table"), None);
        }
    }

    /// Refuses periods that only look like months.
    fn tell_seasons(&mut self) {
        let dated = std::mem::take(&mut self.dated);
        let Some(said) = periods::no_month(dated.keys().map(String::as_str)) else { return };
        let Some(dimension) = self.target.dimensions.iter().find(|own| own.role == Role::Period) else { return };
        let (message, hint) = season(said, &dimension.name);
        self.refuse(code::DATA_CELL, dated[said], message, Some(hint));
    }

    /// Finds the label of a row that says what the header says, over the labels and over every figure.
    fn repeated_header(&self, row: u32, labels: &[(u32, Vec<String>)], data: &BTreeSet<u32>) -> Option<At> {
        let said = |row: u32, column: u32| {
            let text = self.sheet.get(At { row, column })?.text();
            Some(text.trim().to_owned()).filter(|text| !text.is_empty())
        };
        let is_head =
            |column: u32, text: &String| self.header.iter().any(|head| said(*head, column).as_ref() == Some(text));
        let label = labels.iter().find_map(|(column, _)| {
            said(row, *column).filter(|text| is_head(*column, text)).map(|_| At { row, column: *column })
        })?;
        let figures: Vec<(u32, String)> =
            data.iter().filter_map(|column| Some((*column, said(row, *column)?))).collect();
        let all = !figures.is_empty() && figures.iter().all(|(column, text)| is_head(*column, text));
        all.then_some(label)
    }

    /// Says whether a cell holds what stands for a figure: a number, the mark of a missing one, what cannot be worked out.
    fn is_figure(&self, at: At) -> bool {
        let text = match self.sheet.get(at).map(|cell| &cell.content) {
            Some(Content::Text(text)) => text.trim(),
            other => return other.is_some(),
        };
        let body = self.flagged(text).or_else(|| behind_number(text)).map_or(text, |(body, _)| body);
        let is_mark = |text: &str| self.marks.reason(text).is_some();
        let is_number = |syntax: &NumberSyntax| syntax.read(body).is_ok();
        is_mark(text) || is_mark(body) || self.syntaxes.get(&at.column).is_some_and(is_number)
    }

    /// Refuses rows that were taken for notes, when data follow them.
    fn flush(&mut self, pending: &mut Vec<At>) {
        let mut rows = BTreeSet::new();
        for at in std::mem::take(pending) {
            self.mark(at, Fate::Note);
            if rows.insert(at.row) {
                let said = self.sheet.get(at).map(|cell| cell.text()).unwrap_or_default();
                let message =
                    format!("`{}` stands between rows of data, and is neither a label nor a section", shortened(&said));
                let hint = "name it under `words` or `names`, or leave the row out under `leave_rows`".to_owned();
                self.refuse(code::DATA_LAYOUT, at, message, Some(hint));
            }
        }
    }
}

fn prefix(sheet: &Sheet) -> String {
    if sheet.name.is_empty() { String::new() } else { format!("sheet {}, ", sheet.name) }
}

/// Brings a text of a file into one line that is read at once.
pub fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MOST { text } else { format!("{}…", text.chars().take(MOST).collect::<String>()) }
}
