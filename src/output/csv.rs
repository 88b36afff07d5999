//! CSV: an exhibit's findings with raw values under keys that no language changes.

use super::setting::raw;
use crate::exhibit::{Entry, Label, Table};

/// Writes a table: exact values; a missing one is its reason's code. A column of several units is followed by these.
pub fn table(table: &Table) -> String {
    let mut out = String::new();
    let varied: Vec<bool> = (0..table.columns.len()).map(|at| varies(table, at)).collect();
    let heads = table.columns.iter().zip(&varied).flat_map(|(column, varied)| {
        let key = column.label.key();
        if *varied { vec![key.clone(), format!("{key}_unit")] } else { vec![format!("{key} ({})", column.unit)] }
    });
    let stub = match table.rows.first().map(|row| &row.label) {
        Some(Label::Period(_)) => "period",
        Some(Label::Territory(_)) => "territory",
        Some(Label::Word(_)) | None => "key",
    };
    line(&mut out, std::iter::once(stub.to_owned()).chain(heads));
    for row in &table.rows {
        let cells = row.entries.iter().zip(&varied).flat_map(|(entry, varied)| {
            let unit = match entry {
                Entry::Own { print, .. } => print.unit.name(),
                _ => "",
            };
            std::iter::once(raw(entry)).chain(varied.then(|| unit.to_owned()))
        });
        line(&mut out, std::iter::once(row.label.key()).chain(cells));
    }
    out
}

/// Returns true for a column that holds numbers in units that it does not name.
fn varies(table: &Table, at: usize) -> bool {
    table.rows.iter().any(|row| match row.entries.get(at) {
        Some(Entry::Own { print, .. }) => print.unit != table.columns[at].unit,
        _ => false,
    })
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    let quoted = |cell: String| {
        if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    out.push_str(&cells.map(quoted).collect::<Vec<_>>().join(","));
    out.push('\n');
}
