//! CSV: a snapshot → cells of a table, each with its place, once every cell is what its schema says.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalog::entry::{ResourceEntry, RoleEntry, StatusValue, Time};
use crate::catalog::reading::Agreement;
use crate::catalog::{Catalog, Territories};
use crate::dataset::{DataCell, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::Files;
use crate::finding::{Amount, CellRef, Code, Key, Observations, Part, Reason, RowRef, Said, Status, Unit};
use crate::language;
use crate::table::field::{Field, Kind, Logical};
use crate::table::number::NumberSyntax;
use crate::table::{CATALOGUE, MissingMarks, Row, Sheet, Told, decode, not_a_number};

/// Reads a snapshot into its table, reporting every cell that cannot be read.
pub(crate) fn read(
    resource: &ResourceEntry,
    table: &mut Table,
    catalog: &Catalog,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    let path: Arc<str> = resource.file().into();
    let Some(text) = text(resource, files, diagnostics) else { return };
    let Some(sheet) = sheet(resource, &text, diagnostics) else { return };
    let Some(columns) = columns(resource, table, &sheet, diagnostics) else { return };
    let keys = resource.reading.keys.iter().map(|_| BTreeMap::new()).collect();
    let declared = table.entry.dimensions.iter().filter_map(|dimension| {
        let text = resource.esep.constants.get(&dimension.name)?;
        Some((dimension.name.clone(), text.clone()))
    });
    let declared = declared.collect();
    let mut intake = Intake {
        resource,
        table,
        catalog,
        diagnostics,
        path,
        declared,
        columns,
        told: Told::default(),
        stand: BTreeMap::new(),
        keys,
    };
    for row in sheet.rows() {
        intake.row(row);
    }
    intake.told.finish(intake.diagnostics);
}

/// Returns whether a key dates a territory before it existed; a date after its end is refused with what to do.
pub(crate) fn dated(key: &Key, time: Time, territories: &Territories) -> Result<bool, (String, String)> {
    let Some(period) = key.period() else { return Ok(false) };
    let mut backcast = false;
    for code in key.0.iter().filter_map(Part::territory) {
        let exists = match time {
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
            return Err((message, hint));
        }
        backcast |= !exists;
    }
    Ok(backcast)
}

/// Decodes a snapshot.
pub(crate) fn text<'a>(
    resource: &ResourceEntry,
    files: &'a Files,
    diagnostics: &mut Diagnostics,
) -> Option<Cow<'a, str>> {
    let path = resource.file();
    let Some(bytes) = files.get(&path) else {
        diagnostics.push(Diagnostic::error(code::FILE_MISSING, Place::file(path), "there is no such file"));
        return None;
    };
    match decode::text(&path, bytes, resource.reading.encoding, &CATALOGUE) {
        Ok(text) => Some(text),
        Err(problem) => {
            diagnostics.push(*problem);
            None
        }
    }
}

/// Parts the text of a snapshot into its cells.
pub(crate) fn sheet<'a>(resource: &ResourceEntry, text: &'a str, diagnostics: &mut Diagnostics) -> Option<Sheet<'a>> {
    let names: Vec<String> = resource.reading.fields.iter().map(|field| field.name.clone()).collect();
    Sheet::read(&resource.file(), text, &resource.reading.dialect, &names, diagnostics)
}

/// A column of a snapshot and what is declared of it.
pub(crate) struct Column<'a> {
    name: String,
    field: Cow<'a, Field>,
    /// How it writes numbers; `None` where that is open and was told.
    syntax: Option<NumberSyntax>,
    holds_measure: bool,
}

/// Fits the columns of a snapshot to its schema and to what they are bound to; `None` where they do not.
pub(crate) fn columns<'a>(
    resource: &'a ResourceEntry,
    table: &Table,
    sheet: &Sheet,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Column<'a>>> {
    if !headings_fit(resource, sheet, diagnostics) {
        return None;
    }
    let feed = &resource.esep;
    let measured: Vec<&String> = (feed.columns.iter())
        .filter(|(_, target)| table.entry.measures.contains_key(*target))
        .map(|(column, _)| column)
        .chain(feed.pivot.iter().map(|pivot| &pivot.value))
        .collect();
    let mut column = |(at, name): (usize, &str)| {
        let field = resource.reading.fields.iter().find(|field| field.name == name);
        let field = field.map_or_else(
            || {
                Cow::Owned(Field {
                    name: name.to_owned(),
                    missing: MissingMarks::default().and("", None),
                    ..Field::default()
                })
            },
            Cow::Borrowed,
        );
        let holds_measure = measured.iter().any(|measured| *measured == name);
        let syntax = match field.kind {
            Kind::Number => sheet.number_syntax(at, field.numbers, &field.missing, &CATALOGUE, diagnostics),
            Kind::Any | Kind::Text(_) if holds_measure => {
                sheet.number_syntax(at, field.numbers, &field.missing, &CATALOGUE, diagnostics)
            }
            _ => Some(field.numbers),
        };
        Column { name: name.to_owned(), field, syntax, holds_measure }
    };
    Some(sheet.columns().enumerate().map(&mut column).collect())
}

fn headings_fit(resource: &ResourceEntry, sheet: &Sheet, diagnostics: &mut Diagnostics) -> bool {
    let feed = &resource.esep;
    let headings: Vec<&str> = sheet.columns().collect();
    let fields: Vec<&str> = resource.reading.fields.iter().map(|field| field.name.as_str()).collect();
    let before = diagnostics.len();
    let mut refuse = |column: Option<&str>, message: String, hint: Option<String>| {
        let place = sheet.heading_place(column.and_then(|name| sheet.column(name)));
        let place = match column {
            Some(name) => place.within(format!("column `{name}`")),
            None => place,
        };
        diagnostics.push(Diagnostic::error(code::CATALOG_COLUMN, place, message).maybe_hint(hint));
    };
    let pivot = feed.pivot.iter().flat_map(|p| [&p.column, &p.value]);
    let others = feed.status_column.iter().map(|c| &c.column).chain(feed.unit_column.iter().map(|c| &c.column));
    let bound: Vec<&str> =
        feed.columns.keys().chain(pivot).chain(others).chain(&feed.ignore).map(String::as_str).collect();
    let agreement = resource.reading.agreement;
    let may_lack = matches!(agreement, Agreement::Superset | Agreement::Partial);
    let may_add = matches!(agreement, Agreement::Subset | Agreement::Partial);
    for column in bound.iter().filter(|column| !headings.contains(column)) {
        let hint = did_you_mean(column, headings.iter().copied());
        refuse(None, format!("the file has no column `{column}`"), hint);
    }
    for column in headings.iter().filter(|column| !bound.contains(column)) {
        let name = &resource.name;
        let hint = format!("bind it under `columns` of resource `{name}`, or list it under `ignore`");
        refuse(Some(column), "nothing reads it".to_owned(), Some(hint));
    }
    for column in headings.iter().filter(|column| !may_add && !fields.contains(column)) {
        let hint = format!("add it to `schema.fields` of resource `{}`", resource.name);
        refuse(Some(column), "the schema does not declare it".to_owned(), Some(hint));
    }
    for field in fields.iter().filter(|field| !may_lack && !headings.contains(field) && !bound.contains(field)) {
        let hint = format!("take it out of `schema.fields` of resource `{}`", resource.name);
        refuse(None, format!("the file has no column `{field}`, which the schema declares"), Some(hint));
    }
    if agreement == Agreement::Partial && !fields.iter().any(|field| headings.contains(field)) {
        refuse(None, "the file has no column that the schema declares".to_owned(), None);
    }
    let is_same = fields.len() == headings.len() && fields.iter().all(|field| headings.contains(field));
    if agreement == Agreement::Exact && is_same && headings != fields {
        let at = headings.iter().zip(&fields).position(|(heading, field)| heading != field).unwrap_or(0);
        let message = format!("stands where the schema has `{}`", fields.get(at).copied().unwrap_or_default());
        let hint = "put the fields in the order of the file, or state `fieldsMatch: equal`".to_owned();
        refuse(headings.get(at).copied(), message, Some(hint));
    }
    diagnostics.len() == before
}

struct Intake<'a> {
    resource: &'a ResourceEntry,
    table: &'a mut Table,
    catalog: &'a Catalog,
    diagnostics: &'a mut Diagnostics,
    path: Arc<str>,
    /// What the catalogue says of every row.
    declared: Arc<[(String, String)]>,
    columns: Vec<Column<'a>>,
    told: Told,
    /// On which line of this file a key of a measure stands.
    stand: BTreeMap<(String, Key), usize>,
    /// On which line the values of each unique key stand.
    keys: Vec<BTreeMap<Vec<String>, usize>>,
}

/// A value of a row as its field reads it, or why it is missing.
type Read = Result<Logical, Reason>;

impl Column<'_> {
    /// Reads a cell; what is wrong with it is told.
    pub(crate) fn read(&self, text: &str) -> Result<Read, Box<Diagnostic>> {
        let fault = |code, message: String, hint: Option<String>| {
            Box::new(Diagnostic::error(code, Place::default(), message).maybe_hint(hint))
        };
        // How numbers are written is open, which was told of the column.
        let Some(syntax) = self.syntax else { return Ok(Err(Reason::Undecided)) };
        let value = self.field.read(text, &syntax, &CATALOGUE).map_err(|misfit| {
            let code = if misfit.is_constraint { code::DATA_CONSTRAINT } else { code::DATA_CELL };
            fault(code, misfit.message, misfit.hint)
        })?;
        match value {
            Ok(Logical::Text(text)) if self.holds_measure => match syntax.read(&text) {
                Ok(number) => Ok(Ok(Logical::Number(number.amount, number.decimals))),
                Err(wrong) => {
                    let (message, hint) = not_a_number(&text, wrong, &syntax, &CATALOGUE);
                    Err(fault(code::DATA_CELL, message, Some(hint)))
                }
            },
            other => Ok(other),
        }
    }
}

impl Intake<'_> {
    fn refuse(&mut self, code: &'static str, row: Row, column: Option<&str>, message: String, hint: Option<String>) {
        let at = column.and_then(|name| self.columns.iter().position(|column| column.name == name));
        let place = match (at, column) {
            (Some(at), Some(name)) => row.place(at).within(format!("column `{name}`")),
            _ => row.whole(),
        };
        let diagnostic = Diagnostic::error(code, place, message).maybe_hint(hint);
        self.told.push(column.unwrap_or_default(), diagnostic, self.diagnostics);
    }

    /// Returns the text of a cell by the heading of its column.
    fn cell_text<'s>(&self, row: Row<'s, '_>, column: &str) -> &'s str {
        self.columns.iter().position(|known| known.name == column).map_or("", |at| row.text(at))
    }

    fn row(&mut self, row: Row) {
        let Some(values) = self.values(row) else { return };
        if !self.keys_fit(row, &values) {
            return;
        }
        let Some((key, backcast)) = self.key(row) else { return };
        let source = Arc::new(self.reference(row));
        let mut twice = Vec::new();
        for (column, measure) in self.measures(row) {
            let at = self.columns.iter().position(|known| known.name == column);
            let value = at.and_then(|at| values.get(at)).cloned().unwrap_or(Err(Reason::Missing));
            if self.cell((row, &source), &key, backcast, (&column, &measure), value) {
                twice.push(measure);
            }
        }
        self.refuse_twice(&twice, key, row);
    }

    /// Reads all cells of a row by what their fields declare; `None` where some are not that, which is told.
    fn values(&mut self, row: Row) -> Option<Vec<Read>> {
        let mut values = Vec::with_capacity(self.columns.len());
        for (at, column) in self.columns.iter().enumerate() {
            match column.read(row.text(at)) {
                Ok(value) => values.push(value),
                Err(mut wrong) => {
                    wrong.place = row.place(at).within(format!("column `{}`", column.name));
                    self.told.push(&column.name, *wrong, self.diagnostics);
                }
            }
        }
        let is_sound = values.len() == self.columns.len() && self.columns.iter().all(|column| column.syntax.is_some());
        is_sound.then_some(values)
    }

    /// Holds a row to the keys that tell rows apart.
    fn keys_fit(&mut self, row: Row, values: &[Read]) -> bool {
        let resource = self.resource;
        let mut is_sound = true;
        for (at, key) in resource.reading.keys.iter().enumerate() {
            let place = |name: &String| self.columns.iter().position(|column| column.name == *name);
            let parts: Vec<Option<String>> =
                (key.fields.iter()).map(|name| Some(values.get(place(name)?)?.as_ref().ok()?.to_string())).collect();
            let (name, names) = (if key.is_primary { "primary key" } else { "unique key" }, key.fields.join("`, `"));
            if key.is_primary
                && let Some(lacks) = parts.iter().position(Option::is_none)
            {
                let message = "is missing, and the primary key needs it".to_owned();
                self.refuse(code::DATA_CONSTRAINT, row, Some(&key.fields[lacks]), message, None);
                is_sound = false;
                continue;
            }
            let Some(parts) = parts.into_iter().collect::<Option<Vec<String>>>() else { continue };
            let said = parts.join(", ");
            if let Some(first) = self.keys[at].insert(parts, row.line()) {
                let message = format!("the {name} `{names}` has the value {said} a second time");
                self.refuse(
                    code::DATA_CONSTRAINT,
                    row,
                    None,
                    message,
                    Some(format!("it stands on line {first} already")),
                );
                is_sound = false;
            }
        }
        is_sound
    }

    fn refuse_twice(&mut self, measures: &[String], key: Key, row: Row) {
        let Some(measure) = measures.first() else { return };
        let vintage = &self.resource.esep.vintage;
        let message = format!("the key {key} occurs twice for `{}` in vintage `{vintage}`", measures.join("`, `"));
        let hint = match self.stand.get(&(measure.clone(), key)) {
            Some(first) => format!("it stands on line {first} already"),
            None => "another file of the same vintage holds it".to_owned(),
        };
        self.refuse(code::DATA_KEY, row, None, message, Some(hint));
    }

    /// Names a row by what the file says in it.
    fn reference(&self, row: Row) -> RowRef {
        let feed = &self.resource.esep;
        let of = |name: &String| feed.columns.iter().find(|(_, target)| *target == name).map(|(column, _)| column);
        let dimensions = self.table.entry.dimensions.iter().filter_map(|dimension| of(&dimension.name));
        let columns = dimensions.chain(feed.pivot.iter().map(|pivot| &pivot.column));
        let key = RowRef::key_of(columns.map(|column| self.cell_text(row, column)));
        RowRef { key, line: Some(row.line()), declared: Arc::clone(&self.declared) }
    }

    /// Reads the key of a row, and whether it was carried back to a territory that came later.
    fn key(&mut self, row: Row) -> Option<(Key, bool)> {
        let feed = &self.resource.esep;
        let mut parts = Vec::with_capacity(self.table.entry.dimensions.len());
        let mut wrong = None;
        for dimension in &self.table.entry.dimensions {
            let column = feed.columns.iter().find(|(_, target)| **target == dimension.name).map(|(column, _)| column);
            let text = match column {
                Some(column) => self.cell_text(row, column),
                None => feed.constants.get(&dimension.name)?,
            };
            let found = match dimension.role {
                RoleEntry::Territory => Code::parse(text)
                    .filter(|code| self.catalog.territories.get(code).is_some())
                    .map(Part::Territory)
                    .ok_or((code::DATA_TERRITORY, format!("`{text}` is not a territory of data/territories.yaml"))),
                RoleEntry::Period => (self.period(column, text).map(Part::Period))
                    .ok_or((code::DATA_CELL, format!("`{text}` is not a period"))),
                RoleEntry::Category if dimension.members.iter().any(|member| member == text) => {
                    Ok(Part::Category(text.into()))
                }
                RoleEntry::Category => {
                    Err((code::DATA_MEMBER, format!("`{text}` is not a member of dimension `{}`", dimension.name)))
                }
            };
            match found {
                Ok(part) => parts.push(part),
                Err((code, message)) => {
                    let hint = self.near(dimension.role, &dimension.members, text);
                    wrong = Some((code, column.cloned(), message, hint));
                    break;
                }
            }
        }
        if let Some((code, column, message, hint)) = wrong {
            self.refuse(code, row, column.as_deref(), message, hint);
            return None;
        }
        let key = Key(parts);
        let backcast = self.dated(row, &key)?;
        Some((key, backcast))
    }

    /// Reads a period as its field declares it, or as tables write periods.
    fn period(&self, column: Option<&String>, text: &str) -> Option<crate::finding::Period> {
        let column = column.and_then(|name| self.columns.iter().find(|column| column.name == *name));
        match column.map(|column| column.read(text)) {
            Some(Ok(Ok(Logical::Period(period)))) => Some(period),
            _ => language::period(text),
        }
    }

    fn near(&self, role: RoleEntry, members: &[String], text: &str) -> Option<String> {
        match role {
            RoleEntry::Territory => did_you_mean(text, self.catalog.territories.iter().map(|t| t.code.as_str())),
            RoleEntry::Category => did_you_mean(text, members.iter().map(String::as_str)),
            RoleEntry::Period => Some(language::PERIOD_FORMS.to_owned()),
        }
    }

    /// Returns whether the row dates a territory before it existed; a date after its end is refused.
    fn dated(&mut self, row: Row, key: &Key) -> Option<bool> {
        match dated(key, self.table.entry.time, &self.catalog.territories) {
            Ok(backcast) => Some(backcast),
            Err((message, hint)) => {
                self.refuse(code::DATA_DATES, row, None, message, Some(hint));
                None
            }
        }
    }

    /// Lists the columns of the row that hold measures, with their measures.
    fn measures(&mut self, row: Row) -> Vec<(String, String)> {
        let feed = &self.resource.esep;
        let Some(pivot) = &feed.pivot else {
            let is_measure = |target: &String| self.table.entry.measures.contains_key(target);
            return feed.columns.iter().filter(|(_, t)| is_measure(t)).map(|(c, t)| (c.clone(), t.clone())).collect();
        };
        let name = self.cell_text(row, &pivot.column);
        match pivot.members.get(name) {
            Some(measure) => vec![(pivot.value.clone(), measure.clone())],
            None => {
                let hint = did_you_mean(name, pivot.members.keys().map(String::as_str));
                let (message, column) = (format!("`{name}` is not among the pivot's members"), pivot.column.clone());
                self.refuse(code::DATA_MEMBER, row, Some(&column), message, hint);
                Vec::new()
            }
        }
    }

    /// Puts one value into the table; returns true where the table holds its key already.
    fn cell(
        &mut self,
        (row, source): (Row, &Arc<RowRef>),
        key: &Key,
        backcast: bool,
        (column, measure): (&str, &str),
        value: Read,
    ) -> bool {
        let (unit, scale) = match self.unit(row) {
            Ok(found) => found,
            Err(()) => return false,
        };
        let (value, decimals) = match value {
            Ok(Logical::Number(amount, decimals)) => (Ok(amount.times(&Amount::Integer(scale))), decimals.min(17)),
            Ok(_) => (Err(Reason::Missing), 0),
            Err(reason) => (Err(reason), 0),
        };
        let status = self.status(row, measure).max(if backcast { Status::Backcast } else { Status::Published });
        let source = CellRef::Keyed { path: Arc::clone(&self.path), row: Arc::clone(source), column: column.into() };
        let half_unit = Amount::ratio(scale, 2 * 10i64.pow(decimals)).unwrap_or(Amount::ZERO);
        let (observed, nothing) = self.observed(row, measure);
        let value = match (value, nothing) {
            (Err(Reason::Missing), Some(reason)) => Err(reason),
            (value, _) => value,
        };
        let cell = DataCell { value, status, observed, unit, half_unit, source };
        let layer = self.table.layers.entry(self.resource.esep.vintage.clone()).or_default();
        let cells = layer.entry(measure.to_owned()).or_default();
        if cells.contains_key(key) {
            return true;
        }
        cells.insert(key.clone(), cell);
        self.stand.insert((measure.to_owned(), key.clone()), row.line());
        false
    }

    /// Returns what is said of an observation: of the whole vintage and of the row; and why there is none, where the row says so.
    fn observed(&self, row: Row, measure: &str) -> (Observations, Option<Reason>) {
        let feed = &self.resource.esep;
        let said = feed.status_column.as_ref().and_then(|column| {
            let text = self.cell_text(row, &column.column);
            match column.values.get(text) {
                Some(StatusValue::Row(status)) => Said::parse(status),
                Some(StatusValue::Measures(of)) if of.measures.iter().any(|own| own == measure) => {
                    Said::parse(&of.status)
                }
                Some(StatusValue::Measures(_)) => None,
                None => Said::parse(text),
            }
        });
        let whole = match Said::parse(&feed.status) {
            Some(Said::Figure(observed)) => observed,
            Some(Said::Nothing(_)) | None => Observations::default(),
        };
        match said {
            // What is said of a row is said in place of what is said of all.
            Some(Said::Figure(observed)) => (observed, None),
            Some(Said::Nothing(reason)) => (whole, Some(reason)),
            None => (whole, None),
        }
    }

    fn status(&self, row: Row, measure: &str) -> Status {
        let feed = &self.resource.esep;
        let default = Status::parse(&feed.status).unwrap_or(Status::Published);
        let Some(column) = &feed.status_column else { return default };
        let value = column.values.get(self.cell_text(row, &column.column));
        match value {
            Some(StatusValue::Row(status)) => Status::parse(status).unwrap_or(default),
            Some(StatusValue::Measures(of)) if of.measures.iter().any(|m| m == measure) => {
                Status::parse(&of.status).unwrap_or(default)
            }
            Some(StatusValue::Measures(_)) | None => default,
        }
    }

    fn unit(&mut self, row: Row) -> Result<(Option<Unit>, i64), ()> {
        let Some(column) = &self.resource.esep.unit_column else { return Ok((None, 1)) };
        let text = self.cell_text(row, &column.column);
        if let Some(value) = column.values.get(text) {
            let (unit, scale) = value.parts();
            return Ok((Some(unit), scale));
        }
        let hint = did_you_mean(text, column.values.keys().map(String::as_str));
        let (message, column) = (format!("`{text}` is not among the units"), column.column.clone());
        self.refuse(code::DATA_MEMBER, row, Some(&column), message, hint);
        Err(())
    }
}
