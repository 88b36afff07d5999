//! Table: rows and columns decided once; formats only spell them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Column, Entry, Label, Misfit, Print, Row, Table, absent, label, mark, number_id, picked};
use crate::analysis::Edition;
use crate::expression::Picked;
use crate::finding::{Cell, Key, Part, Role, Value};
use crate::study::{Axis, ColumnsEntry, Ordered, TableEntry};

/// Makes a table.
pub fn build(id: &str, entry: &TableEntry, edition: &Edition) -> Result<Table, Misfit> {
    match (&entry.columns, &entry.of) {
        (ColumnsEntry::Axis(columns), Some(text)) => crossing(
            id,
            (entry.rows, *columns),
            &picked(text, edition)?,
            Print::new(entry.scale, entry.decimals),
            edition,
        ),
        (ColumnsEntry::Each(columns), None) => each(id, entry.rows, columns, edition),
        _ => Err(Misfit::Shape(
            "a crossing has `of` and an axis as `columns`; else each column has its own `of`".to_owned(),
        )),
    }
}

fn role(axis: Axis) -> Role {
    match axis {
        Axis::Territory => Role::Territory,
        Axis::Period => Role::Period,
    }
}

fn plural(axis: Axis) -> &'static str {
    match axis {
        Axis::Territory => "territories",
        Axis::Period => "periods",
    }
}

/// Finds the varying dimension of a role.
fn position(source: &Picked, axis: Axis) -> Result<usize, Misfit> {
    let found = source.varying.iter().copied().find(|at| source.series.dimensions[*at].role == role(axis));
    found.ok_or_else(|| Misfit::Shape(format!("`{}` does not vary over {}", source.series.path, plural(axis))))
}

fn crossing(
    id: &str,
    (rows, columns): (Axis, Axis),
    source: &Picked,
    print: Print,
    edition: &Edition,
) -> Result<Table, Misfit> {
    let (down, across) = (position(source, rows)?, position(source, columns)?);
    let side = |at: usize| -> BTreeSet<Part> { source.cells.iter().map(|(k, _)| k.0[at].clone()).collect() };
    let heads = side(across);
    let by_place: BTreeMap<(&Part, &Part), (&Key, &Cell)> =
        source.cells.iter().map(|(k, c)| ((&k.0[down], &k.0[across]), (k, c))).collect();
    let rows = side(down)
        .iter()
        .map(|row| {
            let at = |head: &Part| match by_place.get(&(row, head)) {
                Some((key, cell)) => entry(source, key, cell, print),
                None => Entry::Mark(absent(edition, &Key(vec![row.clone(), head.clone()]))),
            };
            Row { label: label(row), entries: heads.iter().map(at).collect() }
        })
        .collect();
    let column = |head: &Part| Column {
        label: label(head),
        unit: source.series.unit,
        thousands: print.thousands,
        decimals: print.decimals,
    };
    Ok(Table { id: id.to_owned(), columns: heads.iter().map(column).collect(), rows })
}

fn entry(source: &Picked, key: &Key, cell: &Cell, print: Print) -> Entry {
    match &cell.value {
        Value::Key(part) => {
            let finding = format!("{}[{key}]", source.series.path);
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

fn each(
    id: &str,
    rows: Axis,
    columns: &Ordered<crate::study::ColumnEntry>,
    edition: &Edition,
) -> Result<Table, Misfit> {
    let mut filled: Vec<BTreeMap<Part, (Part, Entry)>> = Vec::new();
    let mut heads = Vec::new();
    for (key, column) in &columns.0 {
        let source = picked(&column.of, edition)?;
        let at = position(&source, rows)?;
        if source.varying.len() > 1 {
            return Err(Misfit::Shape(format!("column `{key}` varies over more than its rows")));
        }
        let print = Print::new(column.scale, column.decimals);
        let cell = |(k, c): &(Key, Cell)| (plain(&k.0[at]), (k.0[at].clone(), entry(&source, k, c, print)));
        filled.push(source.cells.iter().map(cell).collect());
        heads.push(Column {
            label: Label::Word(format!("columns.{key}")),
            unit: source.series.unit,
            thousands: print.thousands,
            decimals: column.decimals,
        });
    }
    let stubs: BTreeSet<Part> = filled.iter().flat_map(|column| column.keys().cloned()).collect();
    let table_rows = stubs
        .iter()
        .map(|stub| {
            let names: BTreeSet<&Part> = filled.iter().filter_map(|c| c.get(stub)).map(|(part, _)| part).collect();
            // One name for the row: the borders, where all columns agree on them.
            let name = if names.len() == 1 { names.first().copied().unwrap_or(stub) } else { stub };
            let at = |column: &BTreeMap<Part, (Part, Entry)>| match column.get(stub) {
                Some((_, entry)) => entry.clone(),
                None => Entry::Mark(absent(edition, &Key(vec![stub.clone()]))),
            };
            Row { label: label(name), entries: filled.iter().map(at).collect() }
        })
        .collect();
    Ok(Table { id: id.to_owned(), columns: heads, rows: table_rows })
}
