//! Own: the tables of a paper itself → claims of their cells: those whose rows add up to their total, or nearly so, and those
//! whose cells stand in the tables beside the paper.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::cells::Cells;
use super::doubt::Doubt;
use super::sentences::{SumOf, near};
use super::{in_all, key, said, year};
use crate::claim::scan::{Found, Sort, Unsure, names_persons, names_total};
use crate::claim::source::Source;
use crate::finding::Amount;
use crate::language::quantity::names_thousands;
use crate::language::{self};

/// The tables of a paper as a file of claims holds them.
#[derive(Default)]
pub(super) struct Own {
    /// Their entries.
    pub written: String,
    /// The lines whose numbers stand in them.
    pub judged: BTreeSet<usize>,
    /// The tables that were not taken over.
    pub left: Vec<Left>,
}

/// A table that was not taken over.
pub(super) struct Left {
    place: String,
    count: usize,
    why: &'static str,
}

impl Left {
    /// Names it.
    pub(super) fn named(&self, lang: &str) -> String {
        said(lang, "left-table", &[("place", &place_in(lang, &self.place)), ("count", &self.count.to_string())])
    }

    /// Says why.
    pub(super) fn why(&self, lang: &str) -> String {
        said(lang, &format!("left-{}", self.why), &[])
    }

    /// Says both in one sentence.
    pub(super) fn said(&self, lang: &str) -> String {
        format!("{} – {}", self.named(lang), self.why(lang))
    }
}

/// Says a place in a language: `line 12`, `page 3, line 4`.
fn place_in(lang: &str, place: &str) -> String {
    let part = |part: &str| -> String {
        let (name, number) = part.rsplit_once(' ').unwrap_or((part, ""));
        match name {
            "line" | "page" => said(lang, name, &[("line", number), ("page", number)]),
            _ => part.to_owned(),
        }
    };
    place.split(", ").map(part).collect::<Vec<_>>().join(", ")
}

/// The rows of one table: the line of each and its numbers.
type Rows<'a> = Vec<(usize, Vec<&'a Found>)>;

/// A table whose rows have as many numbers each.
struct Table<'a> {
    years: Vec<i32>,
    rows: Rows<'a>,
    names: Vec<String>,
    total: Option<usize>,
}

/// Fewer rows are no table.
const FEWEST: usize = 2;

/// Writes the tables of a paper.
pub(super) fn tables(source: &Source, found: &[Found], cells: &Cells) -> Own {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut own = Own::default();
    for block in blocks(&lines, found) {
        let place = source.place(block[0].0);
        match table(&lines, &block, cells) {
            Ok(Some((table, sources))) => {
                own.judged.extend(table.rows.iter().map(|(line, _)| *line));
                let id = format!("p{}", own.written.matches("\n  - id:").count() + 1);
                let place = source.place(table.rows[0].0);
                own.written.push_str(&written(&id, &place, &table, &lines, &sources));
            }
            Ok(None) => {}
            Err(why) => {
                let count = block.iter().flat_map(|(_, cells)| cells).filter(|cell| cell.sort == Sort::Number).count();
                own.left.push(Left { place, count, why });
            }
        }
    }
    if !own.written.is_empty() {
        own.written = format!("\ntables:{}", own.written);
    }
    own
}

/// Gathers the rows that stand together; a head of years begins a table.
fn blocks<'a>(lines: &[&str], found: &'a [Found]) -> Vec<Rows<'a>> {
    let mut rows: BTreeMap<usize, Vec<&Found>> = BTreeMap::new();
    let tabbed = |line: usize| lines.get(line - 1).is_some_and(|line| line.contains('\t'));
    for one in found.iter().filter(|one| one.in_table || tabbed(one.line)) {
        rows.entry(one.line).or_default().push(one);
    }
    let mut blocks: Vec<Rows> = Vec::new();
    for (line, cells) in rows {
        let heads = cells.iter().all(|cell| cell.sort == Sort::Year);
        match blocks.last_mut() {
            Some(block) if !heads && block.last().is_some_and(|(last, _)| line - last <= 2) => {
                block.push((line, cells))
            }
            _ => blocks.push(vec![(line, cells)]),
        }
    }
    blocks
}

/// Where cells of a table stand in the tables beside the paper: the key of a row, and the expression.
type Sources = Vec<(String, String)>;

/// Reads a table; nothing where it is none, and why where it cannot be judged.
fn table<'a>(lines: &[&str], block: &Rows<'a>, cells: &Cells) -> Result<Option<(Table<'a>, Sources)>, &'static str> {
    let head = block.first().filter(|(_, cells)| cells.iter().all(|cell| cell.sort == Sort::Year));
    let years: Vec<i32> = head.iter().flat_map(|(_, cells)| cells).filter_map(|cell| year(&cell.printed)).collect();
    let rows: Rows =
        block.iter().filter(|(_, cells)| cells.iter().all(|cell| cell.sort == Sort::Number)).cloned().collect();
    let width = rows.first().map_or(0, |(_, cells)| cells.len());
    if rows.len() < FEWEST || width == 0 {
        let numbers = block.iter().filter(|(_, cells)| cells.iter().any(|cell| cell.sort == Sort::Number)).count();
        return if numbers < FEWEST { Ok(None) } else { Err("short") };
    }
    if rows.iter().any(|(_, cells)| cells.len() != width) {
        return Err("ragged");
    }
    if rows.iter().flat_map(|(_, cells)| cells).any(|cell| cell.unsure == Some(Unsure::Columns)) {
        return Err("columns");
    }
    let names: Vec<String> = rows.iter().map(|(line, _)| name(lines, *line)).collect();
    let total = names.iter().position(|name| names_total(name));
    let mut table = Table { years, rows, names, total };
    let columns = table.columns();
    let value = |row: usize, column: usize| table.value(row, column);
    let sources = cells.sources(&table.names, &columns, &value, total).unwrap_or_default();
    let sources: Sources = sources.into_iter().map(|(row, expr)| (table.keys()[row].clone(), expr)).collect();
    match (total, sources.is_empty()) {
        (None, true) => return Err("total"),
        (Some(total), nowhere) if !(0..width).all(|column| table.closes(total, column)) => {
            if nowhere {
                return Err("far");
            }
            table.total = None;
        }
        _ => {}
    }
    Ok(Some((table, sources)))
}

fn name(lines: &[&str], line: usize) -> String {
    let text = lines.get(line - 1).copied().unwrap_or_default();
    text.split(|c: char| c == '\t' || c.is_ascii_digit()).next().unwrap_or_default().trim().to_owned()
}

impl Table<'_> {
    fn width(&self) -> usize {
        self.rows[0].1.len()
    }

    fn value(&self, row: usize, column: usize) -> Option<crate::claim::Printed> {
        self.rows[row].1[column].number()
    }

    /// Says whether the rows add up to the total, or nearly so.
    fn closes(&self, total: usize, column: usize) -> bool {
        let amount = |row: usize| -> Option<Amount> { self.value(row, column).map(|printed| printed.value) };
        let sum = (0..self.rows.len()).filter(|row| *row != total).map(amount).sum_of();
        sum.zip(amount(total)).is_some_and(|(sum, whole)| near(&sum, &whole))
    }

    /// Returns the keys of its columns: years where they stand over it.
    fn columns(&self) -> Vec<String> {
        match self.years.len() == self.width() {
            true => self.years.iter().map(i32::to_string).collect(),
            false => (1..=self.width()).map(|column| format!("c{column}")).collect(),
        }
    }

    /// Returns the keys of its rows, no two alike.
    fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for name in &self.names {
            let own = key(name);
            let stem = |known: &&String| known.trim_end_matches(|c: char| c == '_' || c.is_ascii_digit()) == own;
            let again = keys.iter().filter(stem).count();
            keys.push(if again > 0 { format!("{own}_{}", again + 1) } else { own });
        }
        keys
    }
}

/// Writes the entry of a table.
fn written(id: &str, place: &str, table: &Table, lines: &[&str], sources: &Sources) -> String {
    let first = table.rows[0].0;
    let caption = lines[first.saturating_sub(4)..first].join(" ");
    let cells = || table.rows.iter().flat_map(|(_, cells)| cells);
    let whole = cells().all(|cell| cell.number().is_some_and(|number| number.decimals == 0));
    let unit = if names_persons(&caption) && !names_thousands(&caption) && whole { "persons" } else { "none" };
    let (keys, columns) = (table.keys(), table.columns());
    let mut out =
        format!("\n  - id: {id}\n    where: {}\n    unit: {unit}\n    columns: {}\n", json!(place), json!(columns));
    if let Some(total) = table.total {
        out.push_str(&format!("    total: {}\n", json!(keys[total])));
    }
    if !sources.is_empty() {
        out.push_str("    agency:\n");
        for (row, expr) in sources {
            out.push_str(&format!("      - {{rows: [{}], expr: {}}}\n", json!(row), json!(expr)));
        }
    }
    if table.total.is_none() {
        out.push_str(&format!("    unjudged: {}\n", Doubt::Cell.texts(None)));
    }
    out.push_str("    rows:\n");
    for (key, (_, cells)) in keys.iter().zip(&table.rows) {
        let printed: Vec<String> = cells.iter().map(|cell| cell.plain()).collect();
        out.push_str(&format!("      {}: {}\n", json!(key), json!(printed)));
    }
    out.push_str("    names:\n");
    for (key, name) in keys.iter().zip(&table.names) {
        out.push_str(&format!("      {}: {}\n", json!(key), in_all(&|_| name.clone())));
    }
    if table.years.len() != table.width() {
        for (at, column) in columns.iter().enumerate() {
            let text = |lang: &str| {
                let word = language::texts::own(lang, "column-number").unwrap_or("{number}");
                word.replace("{number}", &(at + 1).to_string())
            };
            out.push_str(&format!("      {column}: {}\n", in_all(&text)));
        }
    }
    out
}
