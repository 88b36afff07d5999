//! CSV: a snapshot with a header row → cells of a table, each with its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalog::entry::{ResourceEntry, RoleEntry, StatusValue, Time};
use crate::catalog::{Catalog, PACKAGE};
use crate::dataset::{DataCell, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::Files;
use crate::finding::{Amount, CellRef, Code, Key, Part, Period, Reason, Status, Unit};

/// Reads a snapshot into its table, reporting every cell that cannot be read.
pub fn read(
    resource: &ResourceEntry,
    table: &mut Table,
    catalog: &Catalog,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    let path: Arc<str> = resource.file().into();
    let Some(text) = files.require(&path, diagnostics) else { return };
    if text.lines().filter(|line| !line.trim().is_empty()).count() < 2 {
        let hint = format!("resource `{}` of {PACKAGE} names it", resource.name);
        diagnostics.push(Diagnostic::error(code::DATA_EMPTY, Place::file(&*path), "holds no rows").hint(hint));
        return;
    }
    let mut reader = ::csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headers: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(str::to_owned).collect(),
        Err(error) => {
            diagnostics.push(Diagnostic::error(code::DATA_RAGGED, Place::line(&*path, 1, 1), error.to_string()));
            return;
        }
    };
    let lines = text.lines().collect();
    let mut intake = Intake { resource, table, catalog, diagnostics, path, headers, lines, stand: BTreeMap::new() };
    if !intake.headers_fit() {
        return;
    }
    for record in reader.records() {
        match record {
            Ok(record) => intake.record(&record),
            Err(error) => {
                let line = error.position().map_or(1, |p| p.line() as usize);
                let place = Place::line(&*intake.path, line, 1);
                intake.diagnostics.push(Diagnostic::error(code::DATA_RAGGED, place, error.to_string()));
            }
        }
    }
}

struct Intake<'a> {
    resource: &'a ResourceEntry,
    table: &'a mut Table,
    catalog: &'a Catalog,
    diagnostics: &'a mut Diagnostics,
    path: Arc<str>,
    headers: Vec<String>,
    lines: Vec<&'a str>,
    /// On which line of this file a key of a measure stands.
    stand: BTreeMap<(String, Key), usize>,
}

/// One row: its cells by column, and its line.
struct Row<'a> {
    cells: BTreeMap<&'a str, &'a str>,
    line: usize,
}

impl Intake<'_> {
    fn refuse(
        &mut self,
        code: &'static str,
        line: usize,
        column: Option<&str>,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        let place = match column.and_then(|name| Some((name, self.cell_place(line, name)?))) {
            Some((name, place)) => place.within(format!("column `{name}`")),
            None => {
                let length = self.lines.get(line.saturating_sub(1)).map_or(1, |text| text.chars().count());
                Place::line(&*self.path, line, 1).covering(length.max(1))
            }
        };
        self.diagnostics.push(Diagnostic::error(code, place, message).maybe_hint(hint));
    }

    /// Finds a cell in the text of its line, by the name of its column.
    fn cell_place(&self, line: usize, column: &str) -> Option<Place> {
        let wanted = self.headers.iter().position(|header| header == column)?;
        let (mut at, mut from, mut quoted) = (0, 0, false);
        let text = self.lines.get(line.checked_sub(1)?)?;
        let mut length = 0;
        for (i, letter) in text.chars().chain([',']).enumerate() {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted && at == wanted => {
                    length = i - from;
                    break;
                }
                ',' if !quoted => (at, from) = (at + 1, i + 1),
                _ => {}
            }
        }
        Some(Place::line(&*self.path, line, from + 1).covering(length.max(1)))
    }

    fn headers_fit(&mut self) -> bool {
        let feed = &self.resource.esep;
        let pivot = feed.pivot.iter().flat_map(|p| [&p.column, &p.value]);
        let others = feed.status_column.iter().map(|c| &c.column).chain(feed.unit_column.iter().map(|c| &c.column));
        let bound: Vec<&String> = feed.columns.keys().chain(pivot).chain(others).chain(&feed.ignore).collect();
        let absent: Vec<String> = bound.iter().filter(|b| !self.headers.contains(b)).map(|b| (*b).clone()).collect();
        let unread: Vec<String> = self.headers.iter().filter(|h| !bound.contains(h)).cloned().collect();
        let declared: Vec<&str> = self.resource.schema.fields.iter().map(|f| f.name.as_str()).collect();
        let undeclared: Vec<String> =
            self.headers.iter().filter(|h| !declared.contains(&h.as_str())).cloned().collect();
        for column in &absent {
            let hint = did_you_mean(column, self.headers.iter().map(String::as_str));
            self.refuse(code::CATALOG_COLUMN, 1, None, format!("the file has no column `{column}`"), hint);
        }
        for column in &unread {
            let name = &self.resource.name;
            let hint = Some(format!("bind it under `columns` of resource `{name}`, or list it under `ignore`"));
            self.refuse(code::CATALOG_COLUMN, 1, Some(column), "nothing reads it", hint);
        }
        for column in &undeclared {
            let hint = Some(format!("add it to `schema.fields` of resource `{}`", self.resource.name));
            let message = "the schema does not declare it";
            self.refuse(code::CATALOG_COLUMN, 1, Some(column), message, hint);
        }
        absent.is_empty() && unread.is_empty() && undeclared.is_empty()
    }

    fn record(&mut self, record: &::csv::StringRecord) {
        let line = record.position().map_or(0, |p| p.line() as usize);
        if record.len() != self.headers.len() {
            let message = format!("the row has {} cells, the header {}", record.len(), self.headers.len());
            let hint = if record.iter().any(|cell| cell.contains('\n')) {
                "a quotation mark is not closed: the lines that follow were read into its cell"
            } else {
                "every row has one cell for each column"
            };
            return self.refuse(code::DATA_RAGGED, line, None, message, Some(hint.to_owned()));
        }
        let headers = self.headers.clone();
        let row = Row { cells: headers.iter().map(String::as_str).zip(record.iter().map(str::trim)).collect(), line };
        let Some((key, backcast)) = self.key(&row) else { return };
        let mut twice = Vec::new();
        for (column, measure) in self.measures(&row) {
            if self.cell(&row, &key, backcast, &column, &measure) {
                twice.push(measure);
            }
        }
        self.refuse_twice(&twice, key, line);
    }

    fn refuse_twice(&mut self, measures: &[String], key: Key, line: usize) {
        let Some(measure) = measures.first() else { return };
        let vintage = &self.resource.esep.vintage;
        let message = format!("the key {key} occurs twice for `{}` in vintage `{vintage}`", measures.join("`, `"));
        let hint = match self.stand.get(&(measure.clone(), key)) {
            Some(first) => format!("it stands on line {first} already"),
            None => "another file of the same vintage holds it".to_owned(),
        };
        self.refuse(code::DATA_KEY, line, None, message, Some(hint));
    }

    /// Reads the key of a row, and whether it was carried back to a territory that came later.
    fn key(&mut self, row: &Row) -> Option<(Key, bool)> {
        let feed = &self.resource.esep;
        let dimensions = self.table.entry.dimensions.clone();
        let mut parts = Vec::new();
        for dimension in &dimensions {
            let column = feed.columns.iter().find(|(_, target)| **target == dimension.name).map(|(column, _)| column);
            let text = match column {
                Some(column) => row.cells.get(column.as_str()).copied()?,
                None => feed.constants.get(&dimension.name)?,
            };
            let (code, problem) = match dimension.role {
                RoleEntry::Territory => match Code::parse(text).filter(|c| self.catalog.territories.get(c).is_some()) {
                    Some(code) => {
                        parts.push(Part::Territory(code));
                        continue;
                    }
                    None => (code::DATA_TERRITORY, format!("`{text}` is not a territory of data/territories.yaml")),
                },
                RoleEntry::Period => match Period::parse(text) {
                    Some(period) => {
                        parts.push(Part::Period(period));
                        continue;
                    }
                    None => (code::DATA_CELL, format!("`{text}` is not a period")),
                },
                RoleEntry::Category if dimension.members.iter().any(|m| m == text) => {
                    parts.push(Part::Category(text.into()));
                    continue;
                }
                RoleEntry::Category => {
                    (code::DATA_MEMBER, format!("`{text}` is not a member of dimension `{}`", dimension.name))
                }
            };
            let hint = self.near(dimension.role, &dimension.members, text);
            self.refuse(code, row.line, column.map(String::as_str), problem, hint);
            return None;
        }
        let key = Key(parts);
        let backcast = self.dated(row, &key)?;
        Some((key, backcast))
    }

    fn near(&self, role: RoleEntry, members: &[String], text: &str) -> Option<String> {
        match role {
            RoleEntry::Territory => did_you_mean(text, self.catalog.territories.iter().map(|t| t.code.as_str())),
            RoleEntry::Category => did_you_mean(text, members.iter().map(String::as_str)),
            RoleEntry::Period => Some("write 2022, 2022-07 or 2022-Q4".to_owned()),
        }
    }

    /// Returns whether the row dates a territory before it existed; a date after its end is refused.
    fn dated(&mut self, row: &Row, key: &Key) -> Option<bool> {
        let Some(period) = key.period() else { return Some(false) };
        let mut backcast = false;
        for code in key.0.iter().filter_map(Part::territory) {
            let territories = &self.catalog.territories;
            let exists = match self.table.entry.time {
                Time::Flow => territories.existed(code, period),
                Time::Stock => territories.existed_at_start(code, period),
            };
            let ended = territories.get(code).and_then(|t| t.until).filter(|end| end.first_day() <= period.first_day());
            if let (false, Some(end)) = (exists, ended) {
                let message = format!("{code} ended on {end}, the row is of {period}");
                let heirs: Vec<&str> = territories.successors(code).map(Code::as_str).collect();
                let hint = match heirs.as_slice() {
                    [] => "use the code of its successor".to_owned(),
                    some => format!("it went into {}", some.join(", ")),
                };
                self.refuse(code::DATA_DATES, row.line, None, message, Some(hint));
                return None;
            }
            backcast |= !exists;
        }
        Some(backcast)
    }

    /// Lists the columns of the row that hold measures, with their measures.
    fn measures(&mut self, row: &Row) -> Vec<(String, String)> {
        let feed = &self.resource.esep;
        let Some(pivot) = &feed.pivot else {
            let is_measure = |target: &String| self.table.entry.measures.contains_key(target);
            return feed.columns.iter().filter(|(_, t)| is_measure(t)).map(|(c, t)| (c.clone(), t.clone())).collect();
        };
        let name = row.cells.get(pivot.column.as_str()).copied().unwrap_or_default();
        match pivot.members.get(name) {
            Some(measure) => vec![(pivot.value.clone(), measure.clone())],
            None => {
                let hint = did_you_mean(name, pivot.members.keys().map(String::as_str));
                let (message, column) = (format!("`{name}` is not among the pivot's members"), pivot.column.clone());
                self.refuse(code::DATA_MEMBER, row.line, Some(&column), message, hint);
                Vec::new()
            }
        }
    }

    /// Reads one cell into the table; returns true where the table holds its key already.
    fn cell(&mut self, row: &Row, key: &Key, backcast: bool, column: &str, measure: &str) -> bool {
        let text = row.cells.get(column).copied().unwrap_or_default();
        let (unit, scale) = match self.unit(row) {
            Ok(found) => found,
            Err(()) => return false,
        };
        let plain = plain_number(text);
        let value = match (self.missing(text), Amount::parse(&plain)) {
            (Some(reason), _) => Err(reason),
            (None, Some(amount)) => Ok(amount.times(&Amount::Integer(scale))),
            (None, None) => {
                let hint = Some("write a plain number, or declare the mark under `missingValues`".to_owned());
                self.refuse(code::DATA_CELL, row.line, Some(column), format!("`{text}` is not a number"), hint);
                return false;
            }
        };
        let decimals = plain.split_once('.').map_or(0, |(_, fraction)| fraction.len() as u32).min(17);
        let status = self.status(row, measure).max(if backcast { Status::Backcast } else { Status::Published });
        let source = CellRef::Keyed { path: Arc::clone(&self.path), key: key.clone(), column: column.into() };
        let half_unit = Amount::ratio(scale, 2 * 10i64.pow(decimals)).unwrap_or(Amount::ZERO);
        let cell = DataCell { value, status, unit, half_unit, source };
        let layer = self.table.layers.entry(self.resource.esep.vintage.clone()).or_default();
        let cells = layer.entry(measure.to_owned()).or_default();
        if cells.contains_key(key) {
            return true;
        }
        cells.insert(key.clone(), cell);
        self.stand.insert((measure.to_owned(), key.clone()), row.line);
        false
    }

    fn missing(&self, text: &str) -> Option<Reason> {
        let declared = self.resource.schema.missing_values.iter().any(|mark| mark == text);
        declared.then_some(match text {
            "-" | "–" => Reason::NoPhenomenon,
            "х" | "x" => Reason::Suppressed,
            _ => Reason::Missing,
        })
    }

    fn status(&self, row: &Row, measure: &str) -> Status {
        let feed = &self.resource.esep;
        let default = Status::parse(&feed.status).unwrap_or(Status::Published);
        let Some(column) = &feed.status_column else { return default };
        let value = row.cells.get(column.column.as_str()).and_then(|text| column.values.get(*text));
        match value {
            Some(StatusValue::Row(status)) => Status::parse(status).unwrap_or(default),
            Some(StatusValue::Measures { status, measures }) if measures.iter().any(|m| m == measure) => {
                Status::parse(status).unwrap_or(default)
            }
            Some(StatusValue::Measures { .. }) | None => default,
        }
    }

    fn unit(&mut self, row: &Row) -> Result<(Option<Unit>, i64), ()> {
        let Some(column) = &self.resource.esep.unit_column else { return Ok((None, 1)) };
        let text = row.cells.get(column.column.as_str()).copied().unwrap_or_default();
        if let Some(value) = column.values.get(text) {
            let (unit, scale) = value.parts();
            return Ok((Some(unit), scale));
        }
        let hint = did_you_mean(text, column.values.keys().map(String::as_str));
        self.refuse(
            code::DATA_MEMBER,
            row.line,
            Some(&column.column),
            format!("`{text}` is not among the units"),
            hint,
        );
        Err(())
    }
}

/// Brings the number formats of spreadsheets to a plain one: a typographic minus, no-break spaces between digits.
fn plain_number(text: &str) -> String {
    text.replace(['−', '–'], "-").replace(['\u{a0}', '\u{202f}'], "")
}
