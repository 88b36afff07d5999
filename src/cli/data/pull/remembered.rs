//! Remembered: what the entry of a snapshot says of the query that made it.

use std::fmt::Write;

use super::Pulled;
use crate::pull::Kind;
use crate::pull::entry::QueryEntry;

/// Writes a query over files in one line, whatever the layout of the catalogue.
pub(super) fn declared(entry: &QueryEntry) -> String {
    let mut out = format!("from {}", entry.from.as_deref().unwrap_or_default());
    if let Some(delimiter) = &entry.delimiter {
        let _ = write!(out, " delimiter {delimiter}");
    }
    let clause = |out: &mut String, word: &str, list: Vec<String>| {
        if !list.is_empty() {
            let _ = write!(out, "; {word} {}", list.join(", "));
        }
    };
    clause(
        &mut out,
        "where",
        entry.tests.iter().map(|(column, test)| format!("{column} {}", test.value.said())).collect(),
    );
    clause(&mut out, "group", entry.group.iter().map(|(name, group)| format!("{name} = {}", group.said())).collect());
    clause(
        &mut out,
        "aggregates",
        entry.aggregates.iter().map(|(name, what)| format!("{name} = {}", what.said())).collect(),
    );
    clause(&mut out, "missing", entry.missing.iter().map(|mark| format!("`{mark}`")).collect());
    out
}

/// Writes the entry of a snapshot as YAML.
pub(super) fn resource(one: &Pulled, vintage: &str, path: &str, hash: &str, (date, time): (&str, &str)) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut out =
        format!("- name: {}.{vintage}\n  path: {}\n  type: table\n", one.name.replace('_', "-"), quoted(path));
    let _ = writeln!(out, "  bytes: {}\n  hash: {hash}\n  schema:\n    fields:", one.csv.len());
    for (name, kind) in &one.returned.heads {
        let of = match kind {
            Kind::Text => "string",
            Kind::Number => {
                let at = one.returned.heads.iter().position(|(head, _)| head == name).unwrap_or(0);
                let is_whole = one.returned.rows.iter().all(|row| row.get(at).is_none_or(|cell| !cell.contains('.')));
                if is_whole { "integer" } else { "number" }
            }
        };
        let _ = writeln!(out, "    - {{name: {}, type: {of}}}", quoted(name));
    }
    let entry = one.entry;
    let status = entry.status.as_deref().unwrap_or("published");
    let _ = writeln!(out, "  esep:\n    table: {}\n    vintage: {}", entry.table, quoted(vintage));
    let _ = writeln!(
        out,
        "    publisher: {}\n    retrieved: {}\n    status: {}",
        quoted(&entry.publisher),
        quoted(date),
        quoted(status)
    );
    if !entry.constants.is_empty() {
        let list = entry.constants.iter().map(|(name, value)| format!("{name}: {}", quoted(value)));
        let _ = writeln!(out, "    constants: {{{}}}", list.collect::<Vec<_>>().join(", "));
    }
    let columns = one.returned.heads.iter().map(|(name, _)| format!("{}: {name}", quoted(name)));
    let _ = writeln!(out, "    columns: {{{}}}", columns.collect::<Vec<_>>().join(", "));
    let _ = writeln!(out, "    query:\n      name: {}\n      text: {}", quoted(one.name), quoted(&one.text));
    if let Some(sql) = &one.sql {
        let _ = writeln!(out, "      asked: {}", quoted(sql));
    }
    let _ = writeln!(out, "      engine: {}\n      at: {}", quoted(&one.engine), quoted(time));
    let mut rows = Vec::new();
    rows.extend(one.returned.read.map(|count| format!("input: {count}")));
    rows.extend(one.returned.kept.map(|count| format!("kept: {count}")));
    rows.push(format!("output: {}", one.returned.rows.len()));
    let _ = writeln!(out, "      rows: {{{}}}", rows.join(", "));
    if !one.inputs.is_empty() {
        out.push_str("      inputs:\n");
    }
    for input in &one.inputs {
        let path = quoted(&input.path);
        let _ = writeln!(
            out,
            "      - {{path: {path}, bytes: {}, hash: {}, rows: {}}}",
            input.bytes, input.hash, input.rows
        );
    }
    out
}
