//! Intake: a workbook of fifty megabytes, written here, read, drafted for and laid out; each step is measured and printed.
//!
//! `cargo bench --bench intake`; as a test target (`cargo test --bench intake`) it measures what is not optimised.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench reads the clock and prints")]

use std::collections::BTreeMap;
use std::fs;
use std::time::Instant;

use esep::diagnostic::{Diagnostics, Place};
use esep::files::Files;
use esep::finding::{Code, Dimension, Role, Unit};
use esep::reshape::entry::LayoutEntry;
use esep::reshape::names::Names;
use esep::reshape::{Target, draft, reshape};
use esep::workbook::{self, Stated};
use rust_xlsxwriter::Workbook;

/// Districts of a country by months of thirty-four years: just under the most cells that a workbook may hold.
const ROWS: u32 = 10_000;
const YEARS: std::ops::Range<u32> = 1990..2024;

/// Writes the workbook: months under years, a district a row, figures with decimals that no packing shortens.
fn written() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(2, 0, "District").expect("a head");
    for (at, (year, month)) in YEARS.flat_map(|year| (1..=12).map(move |month| (year, month))).enumerate() {
        sheet.write_string(2, at as u16 + 1, format!("{year}-{month:02}")).expect("a head");
    }
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for row in 0..ROWS {
        sheet.write_string(row + 3, 0, name(row)).expect("a name");
        for column in 0..YEARS.len() as u16 * 12 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let figure = (state % 10_000_000_000_000) as f64 / 1e6;
            sheet.write_number(row + 3, column + 1, figure).expect("a figure");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn name(row: u32) -> String {
    format!("District {row}")
}

fn timed<T>(what: &str, step: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let made = step();
    println!("{what:<40}{:>10.1} s", start.elapsed().as_secs_f64());
    made
}

/// The most memory that the process had so far, in megabytes, where the system tells it.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}

fn main() {
    let file = std::env::temp_dir().join("esep-intake.xlsx");
    if fs::metadata(&file).is_err() {
        fs::write(&file, timed("writing the workbook", written)).expect("a file");
    }
    if std::env::args().any(|argument| argument == "--write") {
        return println!("{}", file.display());
    }
    let bytes = fs::read(&file).expect("the file");
    println!("{:<40}{:>10.1} MB", "the workbook", bytes.len() as f64 / 1e6);
    let mut names = Names::default();
    (0..ROWS).for_each(|row| names.territory(&name(row), &Code::parse(&format!("D-{row}")).expect("a code")));
    let dimension = |name: &str, role| Dimension { name: name.to_owned(), role, total: None };
    let constants = BTreeMap::new();
    let target = Target {
        dimensions: vec![dimension("territory", Role::Territory), dimension("month", Role::Period)],
        members: vec![&[], &[]],
        measures: BTreeMap::from([("figure", Unit::Persons)]),
        is_stock: false,
        constants: &constants,
        names: &names,
    };
    let workbook =
        timed("reading it", || workbook::read("intake.xlsx", &bytes, &Stated::default()).expect("a workbook"));
    println!("{:<40}{:>10}", "its cells", workbook.sheets.iter().map(|sheet| sheet.cells.len()).sum::<usize>());
    let draft = timed("drafting a layout and trying it", || draft::draft(&workbook, &target));
    println!("{:<40}{:>10}", "problems of the draft", draft.trial.problems.len() + draft.open());
    let mut files = Files::default();
    files.insert("layout.yaml", draft.text.as_str());
    let mut diagnostics = Diagnostics::default();
    let layout: LayoutEntry = files.yaml("layout.yaml", &mut diagnostics).expect("a layout");
    let place = Place::file("layout.yaml");
    let laid = timed("laying it out", || {
        reshape("intake.xlsx", &workbook, &layout, &target, &place, &mut diagnostics).cells.len()
    });
    println!("{:<40}{:>10}", "its figures", laid);
    if let Some(peak) = peak() {
        println!("{:<40}{:>10} MB", "the most memory", peak);
    }
}
