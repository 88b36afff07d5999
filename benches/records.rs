//! Records: ten million of them as text, four aggregates, by `esep data pull` and by a script of polars' streaming engine in turn.
//!
//! `cargo bench --bench records`; without polars in Python (`PYTHON` names another one) its lines are missing. The script counts
//! what the query does and checks less: it hashes nothing, lets a sum overflow, and takes the types from the first records.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench reads the clock and prints")]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const RECORDS: u32 = 10_000_000;
const ROUNDS: usize = 3;

const CATALOGUE: &str = "\
name: moves
esep:
  tables:
    months:
      title: {en: Moves by month}
      dimensions: [{name: month, role: period}]
      time: flow
      measures:
        moves: {unit: persons, class: level, title: {en: Moves}}
        years: {unit: none, class: level, title: {en: Sum of ages}}
        youngest: {unit: none, class: level, title: {en: Least age}}
        oldest: {unit: none, class: level, title: {en: Greatest age}}
  queries:
    months:
      table: months
      publisher: register
      from: records/moves-*.csv
      group: {month: month}
      aggregates: {moves: count, years: {sum: age}, youngest: {min: age}, oldest: {max: age}}
resources: []
";

const SCRIPT: &str = r#"
import polars as pl
age = pl.col("age")
query = pl.scan_csv("records/moves-*.csv").group_by("month").agg(
    pl.len().alias("moves"), age.sum().alias("years"), age.min().alias("youngest"), age.max().alias("oldest"))
rows = query.sort("month").collect(engine="streaming")
rows.select("month", "moves", "oldest", "years", "youngest").write_csv("polars.csv")
"#;

/// Writes moves of a made-up register: person, from, to, month, age, sex.
fn write(folder: &Path) {
    let mut state = 20_261_129_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut text = "person,from,to,month,age,sex\n".to_owned();
    for person in 0..RECORDS {
        let (from, step) = (next(5), 1 + next(4));
        let [from, to] = [from, (from + step) % 5].map(|region| char::from(b'A' + region as u8));
        let (year, month, age, sex) = (2015 + next(10), 1 + next(12), next(90), ["m", "f"][next(2) as usize]);
        writeln!(text, "{person},{from},{to},{year}-{month:02},{age},{sex}").expect("memory");
    }
    fs::create_dir_all(folder.join("records")).expect("a folder");
    fs::write(folder.join("records/moves-1.csv"), text).expect("records");
    fs::create_dir_all(folder.join("templates/en")).expect("a folder");
    fs::write(folder.join("templates/en/main.md"), "# Moves\n").expect("a template");
    fs::write(folder.join("study.yaml"), "esep: 1\ntitle: {en: Moves}\nlanguages: [en]\npages: [main]\n")
        .expect("a study");
}

/// Runs a program; its CPU seconds, and the most memory that it was seen to have, in megabytes. Nothing where it fails.
fn measured(command: &mut Command) -> Option<(f64, u64)> {
    let before = children_cpu();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
    let mut peak = 0;
    let status = loop {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        peak = peak.max(line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1024);
        if let Some(status) = child.try_wait().ok()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    status.success().then(|| (children_cpu() - before, peak))
}

/// Returns the CPU seconds of all children that have ended.
fn children_cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|f| f.parse::<f64>().ok()).unwrap_or_default();
    (ticks(13) + ticks(14)) / 100.0
}

fn main() {
    let folder = std::env::temp_dir().join(format!("esep-records-{}", std::process::id()));
    write(&folder);
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    for round in 1..=ROUNDS {
        let _ = fs::remove_dir_all(folder.join("data"));
        fs::create_dir_all(folder.join("data")).expect("a folder");
        fs::write(folder.join("data/datapackage.yaml"), CATALOGUE).expect("a catalogue");
        let mut pull = Command::new(env!("CARGO_BIN_EXE_esep"));
        pull.args(["data", "pull", "months", "--vintage", "v", "--study", "."]).current_dir(&folder);
        let mut script = Command::new(&python);
        script.args(["-c", SCRIPT]).current_dir(&folder);
        for (name, command) in [("esep data pull", &mut pull), ("polars, streaming", &mut script)] {
            match measured(command) {
                Some((cpu, peak)) => println!("round {round}: {name:<20}{cpu:>8.2} CPU s{peak:>8} MB"),
                None => println!("round {round}: {name:<20}failed, or does not stand here"),
            }
        }
    }
    let of = |path: &str| fs::read_to_string(folder.join(path)).unwrap_or_default();
    let (ours, theirs) = (of("data/raw/register/v/months.csv"), of("polars.csv"));
    println!(
        "{} rows, {}",
        ours.lines().skip(1).count(),
        if ours == theirs { "the same" } else { "not those of the script" }
    );
    let _ = fs::remove_dir_all(&folder);
}
