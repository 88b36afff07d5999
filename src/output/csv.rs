//! CSV: an exhibit's findings with raw values under keys that no language changes.

use crate::exhibit::{Entry, Label, Table};

/// Writes a table: exact values; a missing one is its reason's code.
pub fn table(table: &Table) -> String {
    let mut out = String::new();
    let heads: Vec<String> = table.columns.iter().map(|c| format!("{} ({})", key(&c.label), c.unit)).collect();
    let stub = match table.rows.first().map(|row| &row.label) {
        Some(Label::Period(_)) => "period",
        Some(Label::Territory(_)) => "territory",
        Some(Label::Word(_)) | None => "key",
    };
    line(&mut out, std::iter::once(stub.to_owned()).chain(heads));
    for row in &table.rows {
        line(&mut out, std::iter::once(key(&row.label)).chain(row.entries.iter().map(raw)));
    }
    out
}

fn key(label: &Label) -> String {
    match label {
        Label::Territory(code) => code.to_string(),
        Label::Period(period) => period.to_string(),
        Label::Word(word) => word.rsplit('.').next().unwrap_or(word).to_owned(),
    }
}

fn raw(entry: &Entry) -> String {
    match entry {
        Entry::Named { part, .. } => part.to_string(),
        Entry::Mark(mark) => match &mark.value {
            Ok(amount) => amount.to_string(),
            Err(reason) => reason.code().to_owned(),
        },
    }
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    let quoted = |cell: String| {
        if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    out.push_str(&cells.map(quoted).collect::<Vec<_>>().join(","));
    out.push('\n');
}
