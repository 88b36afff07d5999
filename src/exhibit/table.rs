//! Table: rows and columns decided once; formats only spell them.

use std::collections::{BTreeMap, BTreeSet};

use super::figure::side;
use super::{
    Column, Entry, Group, Label, Mark, Misfit, Print, Row, Table, absent, blank, label, mark, number_id, picked,
};
use crate::analysis::Edition;
use crate::diagnostic::did_you_mean;
use crate::expression::{self, Names, Picked, kind_name};
use crate::files::Spanned;
use crate::finding::{Cell, Code, Finding, Key, Part, Reason, Role, Unit, Value};
use crate::study::{Axis, CellEntry, ColumnEntry, ColumnsEntry, Ordered, RowsEntry, ScaleEntry, TableEntry, Text};

/// Makes a table.
pub(super) fn build(id: &str, entry: &TableEntry, edition: &Edition) -> Result<Table, Misfit> {
    let mut table = match (&entry.rows, &entry.columns, &entry.of) {
        (RowsEntry::Axis(rows), ColumnsEntry::Axis(columns), Some(text)) => crossing(
            id,
            (rows, columns),
            &picked(text, edition)?,
            Print::new(entry.scale, entry.decimals),
            edition,
        ),
        (RowsEntry::Axis(rows), ColumnsEntry::Each(columns), None) => each(id, rows, columns, edition),
        (RowsEntry::Each(rows), ColumnsEntry::Each(columns), None) => named(id, rows, columns, edition),
        _ => Err(Misfit::Shape(
            "a crossing has `of` and an axis as `columns`; else each column has its own `of`, or each named row a cell \
             for each column"
                .to_owned(),
        )),
    }?;
    if table.rows.is_empty() || table.columns.is_empty() {
        return Err(Misfit::Shape("has no rows: what its expressions select is empty".to_owned()));
    }
    table.groups = groups(&entry.groups, &table.columns)?;
    Ok(table)
}

/// Finds the columns of each group.
fn groups(entries: &Ordered<Spanned<Vec<String>>>, columns: &[Column]) -> Result<Vec<Group>, Misfit> {
    let keys: Vec<String> = columns.iter().map(|column| column.label.key()).collect();
    let mut groups: Vec<Group> = Vec::new();
    for (name, members) in &entries.0 {
        let wrong = |message: String, hint: Option<String>| {
            let text = Text::new(name.clone(), members.referenced, members.defined);
            Err(Misfit::Entry(Box::new((text, message, hint))))
        };
        let mut found = Vec::new();
        for member in &members.value {
            match keys.iter().position(|key| key == member) {
                Some(at) => found.push(at),
                None => {
                    let hint = did_you_mean(member, keys.iter().map(String::as_str));
                    return wrong(format!("`groups` names `{member}`, but there is no such column"), hint);
                }
            }
        }
        let start = found.first().copied().unwrap_or_default();
        let range = start..start + found.len();
        let taken = groups.iter().any(|other| other.columns.start < range.end && range.start < other.columns.end);
        if found.len() < 2 || !found.iter().copied().eq(range.clone()) || taken {
            let hint = "list two or more columns in their order, each in one group".to_owned();
            return wrong(format!("the columns of group `{name}` do not stand side by side"), Some(hint));
        }
        groups.push(Group { label: Label::Word(format!("groups.{name}")), columns: range });
    }
    Ok(groups)
}

/// Finds the first varying dimension that an axis means, leaving out one that is taken.
fn position(key: &'static str, source: &Picked, axis: &Axis, taken: Option<usize>) -> Result<usize, Misfit> {
    let (plural, dimensions) = (
        match axis {
            Axis::Territory => "territories",
            Axis::Period => "periods",
            Axis::Named(name) => name,
        },
        &source.series.dimensions,
    );
    let meant = |at: usize| match axis {
        Axis::Territory => dimensions[at].role == Role::Territory,
        Axis::Period => dimensions[at].role == Role::Period,
        Axis::Named(name) => dimensions[at].name == *name,
    };
    source.varying.iter().copied().find(|at| meant(*at) && Some(*at) != taken).ok_or_else(|| {
        let again = if taken.is_some_and(meant) { " twice" } else { "" };
        let path = &source.series.id;
        let over: Vec<&str> = source.varying.iter().map(|at| dimensions[*at].name.as_str()).collect();
        let told = match (axis, over.as_slice()) {
            (Axis::Named(_), []) => ", nor over anything else".to_owned(),
            (Axis::Named(_), over) => format!(", but over {}", over.join(", ")),
            _ => String::new(),
        };
        let message = format!("`{path}` does not vary over {plural}{again}{told}");
        let known = over.iter().copied().chain(["territory", "period"]);
        let near = if let Axis::Named(name) = axis { did_you_mean(name, known) } else { None };
        let hint =
            near.unwrap_or_else(|| format!("`{key}` names a dimension of which the expression keeps several members"));
        Misfit::Key(key, message, hint)
    })
}

fn crossing(
    id: &str,
    (rows, columns): (&Axis, &Axis),
    source: &Picked,
    print: Print,
    edition: &Edition,
) -> Result<Table, Misfit> {
    let down = position("rows", source, rows, None)?;
    // Rows and columns may be of one kind: origins and destinations.
    let across = position("columns", source, columns, Some(down))?;
    if source.varying.len() > 2 {
        return Err(Misfit::Shape(format!("`{}` varies over more than its rows and columns", source.series.id)));
    }
    let heads = side(source, across, edition);
    let by_place: BTreeMap<(&Part, &Part), (&Key, &Cell)> =
        source.cells.iter().map(|(k, c)| ((&k.0[down], &k.0[across]), (k, c))).collect();
    let rows = side(source, down, edition)
        .iter()
        .map(|row| {
            let at = |head: &Part| match by_place.get(&(row, head)) {
                Some((key, cell)) => entry(source, key, cell, print),
                // Moves inside a territory are not in a table of moves between territories.
                None if row == head => Entry::Mark(blank(Reason::OutOfScope)),
                None => Entry::Mark(absent(edition, &Key(vec![row.clone(), head.clone()]))),
            };
            Row { label: label(row, edition), entries: heads.iter().map(at).collect() }
        })
        .collect();
    let column = |head: &Part| Column {
        label: label(head, edition),
        unit: source.series.unit,
        thousands: print.thousands,
        decimals: print.decimals,
    };
    Ok(Table {
        id: id.to_owned(),
        columns: heads.iter().map(column).collect(),
        rows,
        groups: Vec::new(),
        rounded: false,
    })
}

fn entry(source: &Picked, key: &Key, cell: &Cell, print: Print) -> Entry {
    match &cell.value {
        Value::Key(part) => {
            let finding = source.series.finding(key);
            Entry::Named {
                number: number_id(&finding, Print { thousands: 0, decimals: 0 }, false),
                finding,
                part: part.clone(),
            }
        }
        _ => Entry::Mark(mark(source, key, cell, print)),
    }
}

/// A territory in whatever borders, so that columns over different borders share their rows.
fn plain(part: &Part) -> Part {
    match part {
        Part::Territory(code) => Part::Territory(code.plain()),
        other => other.clone(),
    }
}

/// A column with the cells of its rows, each under its territory in whatever borders.
struct Filled {
    source: Picked,
    /// The dimension that its rows vary over.
    at: usize,
    cells: BTreeMap<Part, (Part, Entry)>,
}

impl Filled {
    /// Says why it has no cell in a row that another column has.
    fn lacks(&self, stub: &Part, edition: &Edition) -> Reason {
        let parts: BTreeSet<&Part> = self.source.cells.iter().map(|(key, _)| &key.0[self.at]).collect();
        let held: Vec<&Code> = parts.into_iter().filter_map(Part::territory).collect();
        let beside = |(key, _): &(Key, Cell)| {
            let mut key = key.clone();
            key.0[self.at] = stub.clone();
            key
        };
        let others: BTreeSet<Key> = self.source.cells.iter().map(beside).collect();
        if stub.territory().is_some_and(|code| !edition.territories().stands_beside(code, &held))
            || others.iter().any(|key| edition.absence(key) == Reason::NotApplicable)
        {
            return Reason::NotApplicable;
        }
        let series = &self.source.series;
        let members = series.members_along(self.at);
        let covered = members.is_some_and(|members| members.iter().any(|part| plain(part) == *stub));
        // What the column leaves out by its own choice is not lacking, nor a territory that its series is not of.
        let chosen = others.iter().any(|key| series.cells.contains_key(key));
        let out = chosen || stub.territory().is_some() && !covered;
        if out { Reason::OutOfScope } else { Reason::Missing }
    }
}

fn each(id: &str, rows: &Axis, columns: &Ordered<ColumnEntry>, edition: &Edition) -> Result<Table, Misfit> {
    let mut filled: Vec<Filled> = Vec::new();
    let mut heads = Vec::new();
    for (key, column) in &columns.0 {
        let of = column.of.as_ref().ok_or_else(|| Misfit::Shape(format!("column `{key}` has no expression `of`")))?;
        let source = picked(of, edition)?;
        let at = position("rows", &source, rows, None)?;
        if source.varying.len() > 1 {
            return Err(Misfit::Shape(format!("column `{key}` varies over more than its rows")));
        }
        let print = Print::new(column.scale, column.decimals);
        let cell = |(k, c): &(Key, Cell)| (plain(&k.0[at]), (k.0[at].clone(), entry(&source, k, c, print)));
        heads.push(Column {
            label: Label::Word(format!("columns.{key}")),
            unit: source.series.unit,
            thousands: print.thousands,
            decimals: column.decimals,
        });
        let cells = source.cells.iter().map(cell).collect();
        filled.push(Filled { source, at, cells });
    }
    let stubs: BTreeSet<Part> = filled.iter().flat_map(|column| column.cells.keys().cloned()).collect();
    let stubs = match filled.first() {
        Some(column) => edition.in_order(&column.source.series.dimensions[column.at], stubs),
        None => Vec::new(),
    };
    let table_rows = stubs
        .iter()
        .map(|stub| {
            let names: BTreeSet<&Part> =
                filled.iter().filter_map(|c| c.cells.get(stub)).map(|(part, _)| part).collect();
            // One name for the row: the borders, where all columns agree on them.
            let name = if names.len() == 1 { names.first().copied().unwrap_or(stub) } else { stub };
            let at = |column: &Filled| match column.cells.get(stub) {
                Some((_, entry)) => entry.clone(),
                None => Entry::Mark(blank(column.lacks(stub, edition))),
            };
            Row { label: label(name, edition), entries: filled.iter().map(at).collect() }
        })
        .collect();
    Ok(Table { id: id.to_owned(), columns: heads, rows: table_rows, groups: Vec::new(), rounded: false })
}

/// Named rows: each cell has its own expression, so cells of one column may differ in kind and unit.
fn named(
    id: &str,
    rows: &Ordered<Ordered<Spanned<CellEntry>>>,
    columns: &Ordered<ColumnEntry>,
    edition: &Edition,
) -> Result<Table, Misfit> {
    let wrong = |text: Text, message: String, hint: Option<String>| Misfit::Entry(Box::new((text, message, hint)));
    for (key, column) in &columns.0 {
        if let Some(of) = &column.of {
            let message = format!("column `{key}` has an expression, and so have the cells of the rows");
            return Err(wrong(of.clone(), message, Some("take it out of the column".to_owned())));
        }
    }
    let mut told: Vec<(Label, Vec<(Finding, Print)>)> = Vec::new();
    for (row, cells) in &rows.0 {
        let known = || columns.0.iter().map(|(key, _)| key.as_str());
        if let Some((key, cell)) = cells.0.iter().find(|(key, _)| known().all(|known| known != key)) {
            let message = format!("row `{row}` has a cell `{key}`, but there is no such column");
            return Err(wrong(expression_of(cell).0, message, did_you_mean(key, known())));
        }
        let mut line = Vec::new();
        for (key, column) in &columns.0 {
            let Some((_, cell)) = cells.0.iter().find(|(name, _)| name == key) else {
                return Err(Misfit::Shape(format!("row `{row}` lacks a cell for column `{key}`")));
            };
            let (text, scale, decimals) = expression_of(cell);
            let asked = expression::parse_asking(&text.value).and_then(|_| expression::ask(&text.value, edition));
            let finding = asked.map_err(|problem| Misfit::Expression(Box::new((text.clone(), problem))))?;
            if let Some(kind) = unfit(&finding.cell.value) {
                let hint = "a cell holds a number, a name, a list of names, or a truth";
                return Err(wrong(text, format!("a cell cannot hold {kind}"), Some(hint.to_owned())));
            }
            let print = Print::new(scale.unwrap_or(column.scale), decimals.unwrap_or(column.decimals));
            line.push((finding, print));
        }
        told.push((Label::Word(format!("rows.{row}")), line));
    }
    let heads: Vec<Column> = columns
        .0
        .iter()
        .enumerate()
        .map(|(at, (key, column))| {
            let print = Print::new(column.scale, column.decimals);
            let label = Label::Word(format!("columns.{key}"));
            Column { unit: common_unit(&told, at), thousands: print.thousands, decimals: print.decimals, label }
        })
        .collect();
    let table_rows = told
        .into_iter()
        .map(|(label, line)| {
            let entries = line.into_iter().zip(&heads).map(|((finding, print), head)| told_entry(finding, print, head));
            Row { label, entries: entries.collect() }
        })
        .collect();
    Ok(Table { id: id.to_owned(), columns: heads, rows: table_rows, groups: Vec::new(), rounded: false })
}

fn expression_of(cell: &Spanned<CellEntry>) -> (Text, Option<ScaleEntry>, Option<usize>) {
    match &cell.value {
        CellEntry::Plain(text) => (Text::new(text.clone(), cell.referenced, cell.defined), None, None),
        CellEntry::Own(own) => (own.of.clone(), own.scale, own.decimals),
    }
}

/// Names what cannot stand in a cell.
fn unfit(value: &Value) -> Option<String> {
    match value {
        Value::Text(_) => Some(kind_name(value).to_owned()),
        Value::List(items) if items.iter().any(|(_, cell)| !matches!(cell.value, Value::Key(_))) => {
            Some("a list of values".to_owned())
        }
        _ => None,
    }
}

/// The unit of a column whose numbers have all the same one.
fn common_unit(told: &[(Label, Vec<(Finding, Print)>)], at: usize) -> Unit {
    let numbers = told.iter().map(|(_, line)| &line[at].0).filter(|f| matches!(f.cell.value, Value::Amount(_)));
    let units: BTreeSet<Unit> = numbers.map(|finding| finding.unit).collect();
    if units.len() == 1 { units.first().copied().unwrap_or(Unit::None) } else { Unit::None }
}

fn told_entry(finding: Finding, print: Print, head: &Column) -> Entry {
    let number = |print: Print| number_id(&finding.id, print, false);
    let name = Print { thousands: 0, decimals: 0 };
    let mark = |value| Mark {
        number: number(print),
        finding: Some(finding.id.clone()),
        value,
        class: finding.class,
        status: finding.cell.status,
        fallback: finding.cell.vintages.is_fallback(),
        observed: finding.cell.vintages.observed(),
    };
    match &finding.cell.value {
        Value::Key(part) => Entry::Named { number: number(name), finding: finding.id.clone(), part: part.clone() },
        Value::Truth(holds) => Entry::Truth { number: number(name), finding: finding.id.clone(), holds: *holds },
        Value::List(items) if items.is_empty() => Entry::Mark(mark(Err(Reason::NoPhenomenon))),
        Value::List(items) => {
            let part = |(_, cell): &(Key, Cell)| match &cell.value {
                Value::Key(part) => Some(part.clone()),
                _ => None,
            };
            let parts = items.iter().filter_map(part).collect();
            Entry::Listed { number: number(name), finding: finding.id.clone(), parts }
        }
        Value::Amount(amount) => {
            let mark = mark(Ok(amount.clone()));
            if finding.unit == head.unit && print.decimals == head.decimals && print.thousands == head.thousands {
                return Entry::Mark(mark);
            }
            let (label, thousands, decimals) = (head.label.clone(), print.thousands, print.decimals);
            Entry::Own { mark, print: Column { label, unit: finding.unit, thousands, decimals } }
        }
        Value::Missing(reason) => Entry::Mark(mark(Err(*reason))),
        Value::Text(_) => Entry::Mark(mark(Err(Reason::Missing))),
    }
}
