//! Walk: one sheet, row by row, below its header.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::entry::{ColumnEntry, Labels, LayoutEntry, UnitEntry};
use super::names::plain;
use super::{Fate, Left, Match, Placed, Reshaped, Target, periods, place};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::finding::{Amount, Code, Key, Part, Period, Reason, Role, Unit};
use crate::table::number::NumberSyntax;
use crate::table::{MissingMarks, Told};
use crate::workbook::{Area, At, Content, Sheet, column, letters};

/// What may be said of data besides the dimensions.
const MEASURE: &str = "measure";
const UNIT: &str = "unit";

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
    syntaxes: BTreeMap<u32, NumberSyntax>,
    marks: MissingMarks,
    /// The codes above the row, innermost last, where territories are nested.
    above: Vec<Code>,
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
        notes: notes(sheet),
        left_rows: Vec::new(),
        syntaxes: BTreeMap::new(),
        marks,
        above: Vec::new(),
    };
    walk.run(constants);
    let told = std::mem::take(&mut walk.told);
    told.finish(walk.diagnostics);
}

/// Finds the notes of a sheet by their marks: `1) Данные за …`.
fn notes(sheet: &Sheet) -> BTreeMap<String, String> {
    let mut notes = BTreeMap::new();
    for cell in sheet.cells.values() {
        let Content::Text(text) = &cell.content else { continue };
        for line in text.lines().map(str::trim) {
            let end = line.find(|c: char| !is_mark(c)).unwrap_or(line.len());
            let (mark, rest) = line.split_at(end);
            let rest = rest.trim_start_matches([')', '.', ' ', '\u{a0}', '-', '–']);
            let is_note =
                !mark.is_empty() && mark.chars().count() <= 3 && rest.chars().filter(|c| c.is_alphabetic()).count() > 5;
            if is_note {
                notes.entry(digits(mark)).or_insert_with(|| line.to_owned());
            }
        }
    }
    notes
}

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

fn is_mark(c: char) -> bool {
    c.is_ascii_digit() || c == '*' || RAISED.contains(c)
}

/// Writes the mark of a note in plain digits.
fn digits(mark: &str) -> String {
    let one = |c: char| RAISED.chars().position(|raised| raised == c).map_or(c, |at| char::from(b'0' + at as u8));
    mark.trim().trim_end_matches(')').chars().map(one).collect()
}

/// Parts the mark of a footnote from the end of a text: the text, the mark, and whether it can be nothing else.
fn marked(text: &str) -> Option<(&str, String, bool)> {
    let bare = text.trim_end().trim_end_matches(')');
    let name = bare.trim_end_matches(is_mark);
    let mark = &bare[name.len()..];
    let is_sure = mark.contains(|c: char| !c.is_ascii_digit());
    let name = name.trim_end();
    (!mark.is_empty() && !name.is_empty() && mark.chars().count() <= 3).then(|| (name, digits(mark), is_sure))
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
            if let Some(rule) = self.left_by_rule(row, &labels) {
                self.left_rows[rule] += 1;
                self.out.left[first_rule + rule].rows += 1;
                unmarked(self).into_iter().for_each(|at| self.mark(at, Fate::Left(first_rule + rule)));
                continue;
            }
            let full: Vec<&(u32, Option<Given>)> =
                columns.iter().filter(|(column, _)| self.sheet.get(At { row, column: *column }).is_some()).collect();
            let label = self.row_labels(row, &labels, &mut filled);
            if label.is_empty() && !labels.is_empty() {
                if let Some((column, _)) = full.first() {
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
                Taken::Unknown(at, message, hint) if full.is_empty() => {
                    let _ = (at, message, hint);
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
                let message = format!("nothing reads `{said}`: its column has no header and is no label");
                let hint = format!("name column {} under `labels`, `columns` or `leave_columns`", letters(at.column));
                self.refuse(code::DATA_LAYOUT, at, message, Some(hint));
                self.mark(at, Fate::Header);
            }
        }
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

    fn header_rows(&mut self) -> Option<Vec<u32>> {
        let mut base = 0;
        if let Some(anchor) = &self.layout.anchor {
            let wanted = plain(anchor);
            let found: Vec<At> = (self.sheet.cells.iter())
                .filter(|(_, cell)| plain(&cell.text()).contains(&wanted))
                .map(|(at, _)| *at)
                .collect();
            match found.first() {
                Some(at) => base = at.row,
                None => {
                    self.refuse_layout(
                        format!("no cell of sheet `{}` holds the anchor `{anchor}`", self.sheet.name),
                        None,
                    );
                    return None;
                }
            }
        }
        let rows: Vec<u32> = match self.layout.header.as_slice() {
            [] if self.layout.anchor.is_some() => vec![base],
            [] => vec![self.area.first.row],
            rows => rows.iter().map(|row| base + row.saturating_sub(1)).collect(),
        };
        if !self.layout.levels.is_empty() && self.layout.levels.len() != rows.len() {
            self.refuse_layout(
                format!("`levels` names {} rows, and the header has {}", self.layout.levels.len(), rows.len()),
                None,
            );
            return None;
        }
        Some(rows)
    }

    /// Finds a column by its letters or by a text of the header.
    fn column_of(&mut self, name: &str) -> Option<u32> {
        let wanted = plain(name);
        let mut found: BTreeSet<u32> = BTreeSet::new();
        for row in &self.header {
            found.extend(
                self.sheet.row(*row).filter(|(_, cell)| plain(&cell.text()) == wanted).map(|(at, _)| at.column),
            );
        }
        let lettered = column(name);
        match (found.len(), lettered) {
            (1, _) => found.first().copied(),
            (_, Some(column)) => Some(column),
            (0, None) => {
                self.refuse_layout(format!("sheet `{}` has no column `{name}`", self.sheet.name), None);
                None
            }
            (_, None) => {
                self.refuse_layout(
                    format!(
                        "the heading `{name}` stands over several columns of sheet `{}`: name it by its letters",
                        self.sheet.name
                    ),
                    None,
                );
                None
            }
        }
    }

    fn label_columns(&mut self) -> Option<Vec<(u32, Vec<String>)>> {
        let mut columns = Vec::new();
        for (name, labels) in &self.layout.labels {
            let dimensions = match labels {
                Labels::One(one) => vec![one.clone()],
                Labels::Several(several) => several.clone(),
            };
            columns.push((self.column_of(name)?, dimensions));
        }
        columns.sort();
        Some(columns)
    }

    fn leave_columns(&mut self) -> BTreeMap<u32, usize> {
        let mut rules = BTreeMap::new();
        for (name, reason) in &self.layout.leave_columns {
            if let Some(column) = self.column_of(name) {
                rules.insert(column, self.out.left.len());
                self.out.left.push(Left { rule: format!("{}column {name}: {reason}", prefix(self.sheet)), rows: 0 });
            }
        }
        rules
    }

    /// Lists the columns of data with what their headers say; `None` beside a column that is left out by a word.
    fn data_columns(&mut self, labels: &[(u32, Vec<String>)]) -> Option<Vec<(u32, Option<Given>)>> {
        let mut columns = Vec::new();
        for (name, entry) in &self.layout.columns {
            let column = self.column_of(name)?;
            let mut given: Given = self.header_texts(column);
            let head =
                self.header.iter().rev().find_map(|row| self.sheet.shown(At { row: *row, column })).map(|(at, _)| at);
            let at = head.unwrap_or(At { row: self.header.first().copied().unwrap_or(0), column });
            let mut put = |name: &str, value: &str| {
                given.insert(name.to_owned(), vec![Text { said: value.to_owned(), at }]);
            };
            match entry {
                ColumnEntry::Measure(measure) => put(MEASURE, measure),
                ColumnEntry::Given(map) => {
                    map.iter().filter(|(key, _)| *key != "head").for_each(|(key, value)| put(key, value));
                    if let Some(head) = map.get("head") {
                        let texts: Vec<String> = (self.header.iter())
                            .filter_map(|row| Some(self.sheet.shown(At { row: *row, column })?.1.text()))
                            .collect();
                        if !texts.iter().any(|text| plain(text).contains(&plain(head))) {
                            let message = format!(
                                "the header of column {} does not hold `{head}` but `{}`",
                                letters(column),
                                texts.join("`, `")
                            );
                            self.refuse(code::DATA_HEADER, at, message, None);
                        }
                    }
                }
            }
            columns.push((column, Some(given)));
        }
        if self.layout.columns.is_empty() {
            let left: Vec<u32> = self.layout.leave_columns.keys().filter_map(|name| column(name)).collect();
            let headed: Vec<u32> = self
                .layout
                .leave_columns
                .keys()
                .cloned()
                .filter(|name| column(name).is_none())
                .collect::<Vec<_>>()
                .iter()
                .filter_map(|name| self.column_of(name))
                .collect();
            for column in self.area.first.column..=self.area.last.column {
                let is_label = labels.iter().any(|(label, _)| *label == column);
                let has_head = self.header.iter().any(|row| self.sheet.shown(At { row: *row, column }).is_some());
                let has_data = self
                    .sheet
                    .cells
                    .keys()
                    .any(|at| at.column == column && !self.header.contains(&at.row) && self.area.contains(*at));
                if !is_label && !left.contains(&column) && !headed.contains(&column) && has_head && has_data {
                    columns.push((column, Some(self.header_texts(column))));
                }
            }
        }
        columns.sort_by_key(|(column, _)| *column);
        Some(columns)
    }

    /// Reads what the rows of the header say of a column.
    fn header_texts(&mut self, column: u32) -> Given {
        let mut given: Given = BTreeMap::new();
        for (row, level) in self.header.clone().iter().zip(&self.layout.levels).filter(|(_, level)| *level != "-") {
            let at = At { row: *row, column };
            let own = self.sheet.shown(at).map(|(at, cell)| Text { said: cell.text(), at });
            let fills = self.layout.fill_right.iter().any(|fill| {
                let base = self.header.first().copied().unwrap_or(0);
                fill.saturating_sub(1) == *row || self.layout.anchor.is_some() && base + fill.saturating_sub(1) == *row
            });
            let before = || {
                let mut cells: Vec<(At, String)> = self
                    .sheet
                    .row(*row)
                    .filter(|(at, _)| at.column < column)
                    .map(|(at, cell)| (at, cell.text()))
                    .collect();
                cells.pop().map(|(at, said)| Text { said, at })
            };
            if let Some(text) = own.or_else(|| if fills { before() } else { None }) {
                given.entry(level.clone()).or_default().push(text);
            }
        }
        given
    }

    fn settle_numbers(&mut self, columns: &[(u32, Option<Given>)], last_header: u32) {
        for (column, _) in columns {
            let mut texts = Vec::new();
            for (at, cell) in &self.sheet.cells {
                if at.column == *column
                    && at.row > last_header
                    && self.area.contains(*at)
                    && let Content::Text(text) = &cell.content
                    && self.marks.reason(text.trim()).is_none()
                {
                    let text = marked(text).filter(|(.., is_sure)| *is_sure).map_or(text.trim(), |(text, ..)| text);
                    texts.push((*at, text.to_owned()));
                }
            }
            let stated = NumberSyntax { decimal: self.layout.decimal, ..NumberSyntax::default() };
            match stated.settled(texts.iter().map(|(_, text)| text.as_str())) {
                Ok(syntax) => {
                    self.syntaxes.insert(*column, syntax);
                }
                Err(unsettled) => {
                    let (at, text) = texts.get(unsettled.at()).cloned().unwrap_or_default();
                    let message = format!("`{text}` may be a number with decimals or in groups");
                    self.refuse(code::DATA_CELL, at, message, Some("state `decimal` in the layout".to_owned()));
                }
            }
        }
    }

    fn left_by_rule(&self, row: u32, labels: &[(u32, Vec<String>)]) -> Option<usize> {
        self.layout.leave_rows.iter().position(|rule| {
            let by_rows = rule.rows.as_ref().is_some_and(|rows| {
                let (from, to) = rows.split_once('-').unwrap_or((rows, rows));
                let number = |text: &str| text.trim().parse::<u32>().ok();
                number(from).zip(number(to)).is_some_and(|(from, to)| (from..=to).contains(&(row + 1)))
            });
            let by_name = rule.unknown.as_ref().is_some_and(|dimension| {
                let own = labels.iter().find(|(_, dimensions)| dimensions.contains(dimension));
                own.is_some_and(|(column, dimensions)| {
                    let cell = self.sheet.shown(At { row, column: *column });
                    cell.is_some_and(|(at, cell)| {
                        let text = Text { said: cell.text(), at };
                        dimensions.iter().all(|dimension| !self.knows(dimension, &text))
                    })
                })
            });
            let by_text = rule.column.as_ref().is_some_and(|name| {
                let at = column(name).or_else(|| {
                    self.header.iter().find_map(|row| {
                        self.sheet
                            .row(*row)
                            .find(|(_, cell)| plain(&cell.text()) == plain(name))
                            .map(|(at, _)| at.column)
                    })
                });
                let cell = at.and_then(|column| self.sheet.shown(At { row, column }));
                cell.is_some_and(|(_, cell)| rule.holds.iter().any(|text| plain(text) == plain(&cell.text())))
            });
            by_rows || by_name || by_text
        })
    }

    /// Reads the labels of a row, by column.
    fn row_labels(
        &self,
        row: u32,
        labels: &[(u32, Vec<String>)],
        filled: &mut BTreeMap<u32, Text>,
    ) -> BTreeMap<u32, Vec<Text>> {
        let mut found = BTreeMap::new();
        for (column, _) in labels {
            let at = At { row, column: *column };
            let own = self
                .sheet
                .shown(at)
                .map(|(at, cell)| Text { said: cell.text(), at })
                .filter(|text| !text.said.trim().is_empty());
            let fills = self.layout.fill_down.iter().any(|name| {
                crate::workbook::column(name) == Some(*column)
                    || self.header.iter().any(|row| {
                        self.sheet
                            .get(At { row: *row, column: *column })
                            .is_some_and(|cell| plain(&cell.text()) == plain(name))
                    })
            });
            if let Some(text) = &own {
                filled.insert(*column, text.clone());
            }
            let text = own.or_else(|| filled.get(column).filter(|_| fills).cloned());
            if let Some(text) = text {
                found.insert(*column, vec![text]);
            }
        }
        found
    }

    fn take_labels(
        &mut self,
        labels: &[(u32, Vec<String>)],
        label: &BTreeMap<u32, Vec<Text>>,
        state: &mut Given,
        has_data: bool,
    ) -> Taken {
        let mut inner = true;
        for (column, dimensions) in labels {
            let Some(text) = label.get(column).and_then(|texts| texts.first()) else {
                // An empty label leaves what was said before only where one fills.
                dimensions.iter().for_each(|dimension| drop(state.remove(dimension)));
                continue;
            };
            if let [only] = dimensions.as_slice() {
                if only != MEASURE && only != UNIT && self.is_named(only) && !self.knows(only, text) {
                    let (message, hint) = self.unknown(only, text);
                    return Taken::Unknown(text.at, message, hint);
                }
                self.step_down(only, text);
                state.insert(only.clone(), vec![text.clone()]);
                continue;
            }
            let Some(at) = dimensions.iter().position(|dimension| self.knows(dimension, text)) else {
                let (message, hint) = self.unknown(dimensions.last().map_or("", String::as_str), text);
                return Taken::Unknown(text.at, message, hint);
            };
            dimensions[at..].iter().for_each(|dimension| drop(state.remove(dimension)));
            self.step_down(&dimensions[at], text);
            state.insert(dimensions[at].clone(), vec![text.clone()]);
            inner &= at + 1 == dimensions.len();
        }
        if has_data || inner { Taken::Row } else { Taken::Section }
    }

    /// Keeps the territory of a row above those below it, where territories are nested.
    fn step_down(&mut self, dimension: &str, text: &Text) {
        if self.layout.nested
            && self.role(dimension) == Some(Role::Territory)
            && let Ok((code, _)) = self.territory(text)
        {
            let names = self.target.names;
            self.above.retain(|above| names.is_part(&code, above));
            self.above.push(code);
        }
    }

    fn role(&self, dimension: &str) -> Option<Role> {
        self.target.dimensions.iter().find(|own| own.name == dimension).map(|own| own.role)
    }

    /// Says whether a label must be known for its row to be data: a period is looked at with what else says it.
    fn is_named(&self, dimension: &str) -> bool {
        matches!(self.role(dimension), Some(Role::Territory | Role::Category))
    }

    fn leaves_out(&self, given: &Given) -> bool {
        given.iter().any(|(dimension, texts)| texts.iter().any(|text| self.word(dimension, text) == Some(None)))
    }

    /// Returns what the layout's own words say of a text: a member, or nothing for what is left out.
    fn word(&self, dimension: &str, text: &Text) -> Option<Option<&str>> {
        let words = self.layout.words.get(dimension)?;
        // A cell may say the same in two languages, one a line.
        let said: Vec<String> = std::iter::once(plain(&text.said)).chain(text.said.lines().map(plain)).collect();
        let found = words.iter().find(|(word, _)| said.contains(&plain(word)));
        found.map(|(_, member)| member.as_deref())
    }

    fn knows(&self, dimension: &str, text: &Text) -> bool {
        if self.word(dimension, text).is_some() {
            return true;
        }
        match self.role(dimension) {
            Some(Role::Territory) => !matches!(self.territory(text), Err(found) if found.is_empty()),
            Some(Role::Category) => self.member(dimension, text).is_some(),
            Some(Role::Period) => periods::of(&[text.said.clone()]).is_some(),
            None if dimension == MEASURE => self.measure(text).is_some(),
            None => self.layout.units.keys().any(|unit| plain(unit) == plain(&text.said)),
        }
    }

    fn unknown(&self, dimension: &str, text: &Text) -> (String, Option<String>) {
        match self.role(dimension) {
            Some(Role::Territory) => {
                let near: Vec<String> = (self.target.names.near(&text.said).into_iter())
                    .map(|(name, code)| format!("{code:?} ({name})").replace('"', ""))
                    .collect();
                let hint = match near.is_empty() {
                    true => {
                        "name it in data/aliases.yaml or under `names`, or leave it out under `leave_rows`".to_owned()
                    }
                    false => format!("name it in data/aliases.yaml or under `names`; it may be {}", near.join(", ")),
                };
                (format!("no territory is called `{}`", shortened(&text.said)), Some(hint))
            }
            _ => {
                let hint = format!("name it under `words: {{{dimension}: …}}` of the layout");
                (format!("`{}` is no member of `{dimension}`", shortened(&text.said)), Some(hint))
            }
        }
    }

    /// Finds the territory of a name, or all that it may be.
    fn territory(&self, text: &Text) -> Result<(Code, Match), Vec<Code>> {
        let known = &self.target.names;
        let local = |name: &str| {
            let found = self.layout.names.iter().find(|(own, _)| plain(own) == plain(name));
            found.and_then(|(_, code)| Code::parse(code))
        };
        let mut tried = vec![(text.said.as_str(), false)];
        tried.extend(text.said.lines().filter(|line| line.len() < text.said.len()).map(|line| (line, false)));
        if let Some((name, mark, is_sure)) = marked(&text.said)
            && (is_sure || self.notes.contains_key(&mark))
        {
            tried.push((name, true));
        }
        for (name, is_bare) in tried {
            if let Some(code) = local(name) {
                return Ok((code, Match::Layout));
            }
            let mut codes: Vec<Code> = known.codes(name).into_iter().cloned().collect();
            if codes.len() > 1 && self.layout.nested {
                let parts: Vec<Code> = codes
                    .iter()
                    .filter(|code| self.above.iter().any(|above| known.is_part(code, above)))
                    .cloned()
                    .collect();
                // The innermost territory above decides; a name that is no part of it stands beside it.
                if !parts.is_empty() {
                    codes = parts;
                }
            }
            match codes.len() {
                0 => {}
                1 => return Ok((codes.remove(0), if is_bare { Match::WithoutMark } else { Match::Known })),
                _ => return Err(codes),
            }
        }
        Err(Vec::new())
    }

    fn member(&self, dimension: &str, text: &Text) -> Option<String> {
        let at = self.target.dimensions.iter().position(|own| own.name == dimension)?;
        let members = self.target.members.get(at)?;
        if let Some(Some(member)) = self.word(dimension, text) {
            return Some(member.to_owned());
        }
        let known = |name: &str| {
            let own = members.iter().find(|member| plain(member) == plain(name)).cloned();
            own.or_else(|| self.target.names.member(dimension, name).map(str::to_owned))
        };
        known(&text.said).or_else(|| text.said.lines().find_map(known)).filter(|member| members.contains(member))
    }

    fn measure(&self, text: &Text) -> Option<String> {
        if let Some(Some(measure)) = self.word(MEASURE, text) {
            return Some(measure.to_owned());
        }
        let known = |name: &str| {
            let own = self.target.measures.keys().find(|measure| plain(measure) == plain(name));
            own.map(|own| (*own).to_owned()).or_else(|| self.target.names.member(MEASURE, name).map(str::to_owned))
        };
        let found = known(&text.said).or_else(|| text.said.lines().find_map(known));
        found.filter(|measure| self.target.measures.contains_key(measure.as_str()))
    }

    /// Reads one cell of data under what is said of it.
    fn value(&mut self, at: At, base: &Given, column: &Given, row: &Given) {
        let mut given: Given = base.clone();
        for (name, texts) in column.iter().chain(row) {
            given.entry(name.clone()).or_default().extend(texts.iter().cloned());
        }
        self.mark(at, Fate::Data);
        if self.sheet.hides(at) && !self.layout.hidden {
            self.refuse(
                code::DATA_LAYOUT,
                at,
                "stands in a hidden row or column".to_owned(),
                Some("show it in the file's own program and look why it is hidden; `hidden: true` reads it".to_owned()),
            );
            return;
        }
        let Some((value, mark)) = self.content(at) else { return };
        let (measure, unit, scale) = match self.measured(at, &given) {
            Some(found) => found,
            None => return,
        };
        let Some(key) = self.key(at, &given) else { return };
        let raised = self.sheet.get(at).and_then(|cell| cell.raised.as_ref()).map(|mark| digits(mark));
        let label_marks = given.values().flatten().filter_map(|text| {
            let own = self.sheet.get(text.at).and_then(|cell| cell.raised.as_ref()).map(|mark| digits(mark));
            own.or_else(|| marked(&text.said).map(|(_, mark, _)| mark).filter(|mark| self.notes.contains_key(mark)))
        });
        let marks: BTreeSet<String> = mark.into_iter().chain(raised).chain(label_marks).collect();
        let notes: Vec<String> = marks.into_iter().map(|mark| self.notes.get(&mark).cloned().unwrap_or(mark)).collect();
        let note = (!notes.is_empty()).then(|| Arc::from(notes.join("; ")));
        let sheet = Arc::clone(&self.sheet.name);
        self.out.cells.push(Placed { key, measure, value, unit, scale, sheet, at, note });
    }

    #[allow(clippy::type_complexity, reason = "a value or a reason, and the mark of a note")]
    fn content(&mut self, at: At) -> Option<(Result<(Amount, u32), Reason>, Option<String>)> {
        let Some(cell) = self.sheet.get(at) else {
            return Some((Err(self.marks.reason("").unwrap_or(Reason::Missing)), None));
        };
        match cell.content.clone() {
            Content::Number(number) => Some((Ok((number.amount, number.decimals)), None)),
            Content::Text(text) => {
                let text = text.trim().to_owned();
                if let Some(reason) = self.marks.reason(&text) {
                    return Some((Err(reason), None));
                }
                let syntax = self.syntaxes.get(&at.column)?;
                let parted = marked(&text).filter(|(.., is_sure)| *is_sure);
                let (body, mark) = parted.map_or((text.as_str(), None), |(body, mark, _)| (body, Some(mark)));
                match syntax.read(body) {
                    Ok(number) => Some((Ok((number.amount, number.decimals)), mark)),
                    Err(_) => {
                        let hint =
                            "mend the layout, or declare the mark of a missing value under `missing` with its reason";
                        self.refuse(
                            code::DATA_CELL,
                            at,
                            format!("`{}` is not a number", shortened(&text)),
                            Some(hint.to_owned()),
                        );
                        None
                    }
                }
            }
            Content::Date(period) => {
                self.refuse(code::DATA_CELL, at, format!("the date {period} stands where a number is wanted"), None);
                None
            }
            Content::Truth(truth) => {
                self.refuse(code::DATA_CELL, at, format!("`{truth}` stands where a number is wanted"), None);
                None
            }
            Content::Error(error) => {
                let hint = "ask the publisher, or leave the row or column out with the reason".to_owned();
                self.refuse(code::DATA_CELL, at, format!("holds the error {error}"), Some(hint));
                None
            }
            Content::Uncounted => {
                let hint =
                    "open the file in a program for spreadsheets and save it: then it keeps its values".to_owned();
                self.refuse(code::DATA_CELL, at, "holds a formula whose value is not kept".to_owned(), Some(hint));
                None
            }
        }
    }

    fn measured(&mut self, at: At, given: &Given) -> Option<(String, Option<Unit>, i64)> {
        let texts = given.get(MEASURE).cloned().unwrap_or_default();
        let measure = match texts.last() {
            Some(text) => self.measure(text),
            None => self.layout.otherwise.get(MEASURE).cloned().or_else(|| {
                let mut all = self.target.measures.keys();
                all.next().filter(|_| self.target.measures.len() == 1).map(|only| (*only).to_owned())
            }),
        };
        let Some(measure) = measure.filter(|name| self.target.measures.contains_key(name.as_str())) else {
            let said = texts.last().map_or_else(
                || "nothing names the measure".to_owned(),
                |text| format!("`{}` is no measure", shortened(&text.said)),
            );
            let hint = "name it under `words: {measure: …}`, `columns` or `otherwise` of the layout".to_owned();
            self.refuse(code::DATA_LAYOUT, texts.last().map_or(at, |text| text.at), said, Some(hint));
            return None;
        };
        let own = self.target.measures.get(measure.as_str()).copied().unwrap_or(Unit::None);
        let base = self.layout.scale.unwrap_or(1);
        let Some(text) = given.get(UNIT).and_then(|texts| texts.last()).cloned() else {
            return Some((measure, None, base));
        };
        let found = self.layout.units.iter().find(|(name, _)| plain(name) == plain(&text.said));
        let Some((unit, scale)) = found.map(|(_, entry)| match entry {
            UnitEntry::Unit(unit) => (*unit, base),
            UnitEntry::Scaled { unit, scale } => (*unit, *scale),
        }) else {
            let message = format!("`{}` is no unit that the layout knows", shortened(&text.said));
            self.refuse(code::DATA_LAYOUT, text.at, message, Some("name it under `units` of the layout".to_owned()));
            return None;
        };
        if own != Unit::None && unit != own {
            let message = format!("`{}` is {unit}, and `{measure}` is in {own}", shortened(&text.said));
            self.refuse(code::DATA_LAYOUT, text.at, message, None);
            return None;
        }
        Some((measure, (own == Unit::None).then_some(unit), scale))
    }

    fn key(&mut self, at: At, given: &Given) -> Option<Key> {
        let mut parts = Vec::new();
        let mut span = None;
        let dimensions = self.target.dimensions.clone();
        for dimension in &dimensions {
            if self.layout.cumulative.as_deref() == Some(dimension.name.as_str()) {
                parts.push(None);
                continue;
            }
            let mut texts = given.get(&dimension.name).cloned().unwrap_or_default();
            if texts.is_empty() {
                texts.extend(self.layout.otherwise.get(&dimension.name).map(|said| Text { said: said.clone(), at }));
            }
            let Some(last) = texts.last().cloned() else {
                let message = format!("nothing says which `{}` it is of", dimension.name);
                let hint = "name a column, a row of the header, `from` or `otherwise` for it".to_owned();
                self.refuse(code::DATA_LAYOUT, at, message, Some(hint));
                return None;
            };
            let part = match dimension.role {
                Role::Territory => match self.territory(&last) {
                    Ok((code, how)) => {
                        self.out.matched.insert(last.said.trim().to_owned(), (code.as_str().to_owned(), how));
                        Part::Territory(code)
                    }
                    Err(codes) if codes.is_empty() => {
                        let found = Code::parse(&last.said).map(Part::Territory);
                        match found {
                            Some(part) => part,
                            None => {
                                let (message, hint) = self.unknown(&dimension.name, &last);
                                self.refuse(code::DATA_TERRITORY, last.at, message, hint);
                                return None;
                            }
                        }
                    }
                    Err(codes) => {
                        let codes: Vec<&str> = codes.iter().map(Code::as_str).collect();
                        let message = format!("`{}` may be {}", shortened(&last.said), codes.join(" or "));
                        let hint = "say which under `names`; where the territories that they are parts of stand above them, state `nested: true`";
                        self.refuse(code::DATA_TERRITORY, last.at, message, Some(hint.to_owned()));
                        return None;
                    }
                },
                Role::Period => {
                    let said: Vec<String> = texts.iter().map(|text| text.said.clone()).collect();
                    match periods::of(&said) {
                        Some(said) => {
                            span = said.span;
                            let whole = said.period.month().is_some() || said.period.quarter().is_some();
                            let is_open = said.span.is_some_and(|(from, to)| (from, to) != (1, 12)) && !whole;
                            if is_open && self.layout.cumulative.is_none() {
                                let message = format!("`{}` is a cumulative period", shortened(&last.said));
                                let hint = "name the category that tells such periods apart: `cumulative`".to_owned();
                                self.refuse(code::DATA_LAYOUT, last.at, message, Some(hint));
                                return None;
                            }
                            let year = Period::of_year(said.period.year());
                            let period =
                                if span.is_some() && self.layout.cumulative.is_some() { year } else { said.period };
                            Part::Period(if self.target.is_stock { self.stock(period) } else { period })
                        }
                        None => {
                            let message = format!("`{}` is not a period", shortened(&said.join("`, `")));
                            self.refuse(
                                code::DATA_CELL,
                                last.at,
                                message,
                                Some(crate::language::PERIOD_FORMS.to_owned()),
                            );
                            return None;
                        }
                    }
                }
                Role::Category => match self.member(&dimension.name, &last) {
                    Some(member) => Part::Category(member.as_str().into()),
                    None => {
                        let (message, hint) = self.unknown(&dimension.name, &last);
                        self.refuse(code::DATA_MEMBER, last.at, message, hint);
                        return None;
                    }
                },
            };
            parts.push(Some(part));
        }
        let months = span.map_or_else(|| "01-12".to_owned(), |(from, to)| format!("{from:02}-{to:02}"));
        Some(Key(parts
            .into_iter()
            .map(|part| part.unwrap_or_else(|| Part::Category(months.as_str().into())))
            .collect()))
    }

    /// Dates a stock by the period on whose first day it holds.
    fn stock(&self, period: Period) -> Period {
        let (year, month, day) = period.first_day();
        match (period.day(), self.layout.at_end) {
            (Some(_), _) if (month, day) == (12, 31) => Period::of_year(year + 1),
            (Some(_), _) if (month, day) == (1, 1) => Period::of_year(year),
            (None, true) => period.next(),
            _ => period,
        }
    }
}

/// What the labels of a row make of it.
enum Taken {
    /// A row of data.
    Row,
    /// The head of a section.
    Section,
    /// A row with a label that nothing knows.
    Unknown(At, String, Option<String>),
}

fn prefix(sheet: &Sheet) -> String {
    if sheet.name.is_empty() { String::new() } else { format!("sheet {}, ", sheet.name) }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MOST { text } else { format!("{}…", text.chars().take(MOST).collect::<String>()) }
}
