//! Data: each number of the dummy study altered in each way, its hash declared anew: what changes the report is said.

use std::collections::BTreeMap;

use esep::build::{self, Wanted};
use esep::diagnostic::Diagnostics;
use esep::files::Files;

use crate::study::{dummy, rehash};

/// What is done to a table: to a cell, or to its row.
type Way = fn(&mut Vec<Vec<String>>, usize, usize);
const WAYS: [(&str, Way); 11] = [
    ("one more", |rows, row, column| number(rows, row, column, |n| n + 1)),
    ("a digit", |rows, row, column| {
        let cell = &mut rows[row][column];
        let last = cell.pop().and_then(|c| c.to_digit(10)).unwrap_or_default();
        cell.push_str(&((last + 3) % 10).to_string());
    }),
    ("two digits exchanged", |rows, row, column| {
        let mut letters: Vec<char> = rows[row][column].chars().collect();
        let last = letters.len().saturating_sub(1);
        if last > 0 {
            letters.swap(last - 1, last);
        }
        rows[row][column] = letters.into_iter().collect();
    }),
    ("the other sign", |rows, row, column| number(rows, row, column, |n| -n)),
    ("tenfold", |rows, row, column| number(rows, row, column, |n| n * 10)),
    ("a thousandfold", |rows, row, column| number(rows, row, column, |n| n * 1000)),
    ("empty", |rows, row, column| rows[row][column].clear()),
    ("the cell beside", |rows, row, column| {
        let other = if column + 1 < rows[row].len() { column + 1 } else { column - 1 };
        rows[row].swap(column, other);
    }),
    ("the cell below", |rows, row, column| {
        let other = if row + 1 < rows.len() { row + 1 } else { row - 1 };
        let cell = rows[row][column].clone();
        rows[row][column] = std::mem::replace(&mut rows[other][column], cell);
    }),
    ("no row", |rows, row, _| drop(rows.remove(row))),
    ("the row twice", |rows, row, _| rows.insert(row, rows[row].clone())),
];

fn number(rows: &mut [Vec<String>], row: usize, column: usize, change: fn(i64) -> i64) {
    let cell = &mut rows[row][column];
    if let Ok(n) = cell.parse() {
        *cell = change(n).to_string();
    }
}

/// The numbers that a report prints: what it says of files and hashes changes with every file.
fn numbers(report: &Files) -> BTreeMap<&str, &[u8]> {
    let holds = |path: &str| path.ends_with(".csv") || path.ends_with("numbers.json") || path.ends_with(".svg");
    report.iter().filter(|(path, _)| holds(path)).collect()
}

#[test]
fn fuzz_of_data_that_changes_the_report_is_said() {
    let mut study = dummy();
    // A row of the country that goes missing at an end is no gap: only a check that names the ends sees it.
    const SUMS: &str = "        - {check: regions, measures: [total, urban, rural]}\n";
    const ENDS: &str = "        - {check: complete, measures: [total], scope: nation, from: 2021, until: 2023}\n";
    let catalogue =
        study.text("data/datapackage.yaml").expect("a catalogue").replacen(SUMS, &format!("{SUMS}{ENDS}"), 1);
    assert!(catalogue.contains(ENDS));
    study.insert("data/datapackage.yaml", catalogue);
    let build = |files: &Files| {
        let mut diagnostics = Diagnostics::default();
        let report = build::build(files, &Wanted::default(), &mut diagnostics).ok();
        (report, diagnostics.is_empty())
    };
    let (standing, _) = build(&study);
    let standing = standing.expect("a report");
    // Every number of these tables is in a sum that a check of the catalogue closes.
    let tables = [("population", 2..5), ("net_migration", 2..5), ("net_migration_monthly", 2..3)];
    let (mut silent, mut tried) = (Vec::new(), 0);
    for (at, (table, columns)) in tables.into_iter().enumerate() {
        let path = format!("data/raw/bureau/{table}.csv");
        let text = study.text(&path).expect("a snapshot");
        let rows: Vec<Vec<String>> = text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
        let cells: Vec<(usize, usize)> =
            (1..rows.len()).flat_map(|row| columns.clone().map(move |column| (row, column))).collect();
        for (way, (name, change)) in WAYS.iter().enumerate() {
            // FUZZ_EVERY=1 tries every cell.
            let every = super::number("FUZZ_EVERY", 23) as usize;
            for (row, column) in cells.iter().skip((at + way) % every).step_by(every) {
                let mut altered = rows.clone();
                change(&mut altered, *row, *column);
                if altered == rows {
                    continue;
                }
                let mut files = study.clone();
                files.insert(&path, altered.iter().map(|row| row.join(",") + "\n").collect::<String>());
                rehash(&mut files);
                let (report, is_silent) = build(&files);
                tried += 1;
                if is_silent && report.is_some_and(|report| numbers(&report) != numbers(&standing)) {
                    silent.push(format!("{path}:{} column {}: {name}", row + 1, column + 1));
                }
            }
        }
    }
    assert!(tried > 30, "{tried} were tried");
    assert!(silent.is_empty(), "{} of {tried} change the report in silence:\n{}", silent.len(), silent.join("\n"));
}
