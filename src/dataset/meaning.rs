//! Meaning: what the catalogue says a measure is, and cells that it cannot be.

use std::collections::BTreeMap;

use super::{DataCell, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::finding::{Amount, CellRef, Class, Key, Unit};

/// Refuses a level or a flow below zero, and a row that names another unit than its measure is declared in.
pub(super) fn check(tables: &BTreeMap<String, Table>, diagnostics: &mut Diagnostics) {
    for table in tables.values() {
        for (measure, cells) in table.layers.values().flatten() {
            let Some(entry) = table.entry.measures.get(measure) else { continue };
            if entry.class != Class::Signed {
                let below = |cell: &DataCell| cell.value.as_ref().is_ok_and(|value| value.signum() < 0);
                let message = |cell: &DataCell| {
                    let value = cell.value.as_ref().unwrap_or(&Amount::ZERO);
                    format!("`{measure}` is {value}, and a {} is never below zero", entry.class.name())
                };
                tell(
                    cells,
                    below,
                    message,
                    "declare `class: signed` for what is of either sign, or mend the sign",
                    diagnostics,
                );
            }
            if entry.unit != Unit::None {
                let other = |cell: &DataCell| cell.unit.is_some_and(|unit| unit != entry.unit);
                let message = |cell: &DataCell| {
                    let unit = cell.unit.unwrap_or(Unit::None);
                    format!("the row is in `{}`, and `{measure}` in `{}`", unit.name(), entry.unit.name())
                };
                let hint = "bring the row to the unit of its measure with `scale`, or let the measure leave it to the rows: `unit: none`";
                tell(cells, other, message, hint, diagnostics);
            }
        }
    }
}

/// Tells of the first cell that is wrong, in the order of the keys, and how many more are.
fn tell(
    cells: &BTreeMap<Key, DataCell>,
    is_wrong: impl Fn(&DataCell) -> bool,
    message: impl Fn(&DataCell) -> String,
    hint: &str,
    diagnostics: &mut Diagnostics,
) {
    let mut wrong = cells.iter().filter(|(_, cell)| is_wrong(cell));
    let Some((key, first)) = wrong.next() else { return };
    let more = match wrong.count() {
        0 => String::new(),
        more => format!(" ({more} more cells likewise)"),
    };
    let message = format!("{key}: {}{more}", message(first));
    diagnostics.push(Diagnostic::error(code::DATA_CELL, place_of(&first.source), message).hint(hint));
}

fn place_of(source: &CellRef) -> Place {
    match source {
        CellRef::Keyed { path, row, column } => {
            let place = Place { line: row.line, ..Place::file(path.as_ref()) };
            place.within(format!("column {column}"))
        }
        CellRef::Sheet { path, sheet, address, .. } => Place::file(path.as_ref()).within(format!("{sheet}!{address}")),
    }
}
