//! Pull: records of a made-up register become the tables of a study by declarations alone, and nothing is touched where that fails.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::root;

/// A folder that goes when the test does.
pub(crate) struct Folder(pub PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Copies the study of moves into a folder of its own.
pub(crate) fn folder(name: &str) -> Folder {
    let folder = std::env::temp_dir().join(format!("esep-pull-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("data")).expect("a folder");
    fs::create_dir_all(folder.join("records")).expect("a folder");
    fs::create_dir_all(folder.join("templates")).expect("a folder");
    for file in ["study.yaml", "data/datapackage.yaml"] {
        fs::copy(root().join("tests/material/pull").join(file), folder.join(file)).expect("a copy");
    }
    Folder(folder)
}

/// Records that are the same each time: person, from, to, month, age, sex.
pub(crate) fn records(count: u64) -> Vec<[String; 6]> {
    let mut state: u64 = 20_261_129;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let region = |n: u64| ["A", "B", "C", "D", "E"][usize::try_from(n).expect("a region")].to_owned();
    (0..count)
        .map(|person| {
            let from = next(5);
            let to = (from + 1 + next(4)) % 5;
            let month = format!("{}-{:02}", 2015 + next(10), 1 + next(12));
            let sex = if next(2) == 0 { "m" } else { "f" };
            [person.to_string(), region(from), region(to), month, next(90).to_string(), sex.to_owned()]
        })
        .collect()
}

pub(crate) fn text(records: &[[String; 6]]) -> String {
    let lines = records.iter().map(|record| record.join(",") + "\n");
    format!("person,from,to,month,age,sex\n{}", lines.collect::<String>())
}

pub(crate) fn esep(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.args(arguments).args(["--study", "."]).current_dir(folder);
    command.env("ESEP_CONNECTIONS", folder.join("connections.yaml")).output().expect("esep runs")
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Returns every file below a folder but the records.
pub(crate) fn standing(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = esep::files::Files::default();
    crate::support::below(folder, "", &mut files);
    files.iter().filter(|(path, _)| !path.starts_with("records/")).map(|(p, b)| (p.to_owned(), b.to_vec())).collect()
}

/// Adds up the records by another route, and writes what the three queries must return.
pub(crate) fn wanted(records: &[[String; 6]]) -> [(&'static str, String); 3] {
    let (mut moves, mut monthly) = (BTreeMap::<_, u64>::new(), BTreeMap::<_, u64>::new());
    let mut ages = BTreeMap::<_, (u64, u64)>::new();
    for [_, from, to, month, age, sex] in records {
        *moves.entry((to, from, &month[..4])).or_default() += 1;
        *monthly.entry(month).or_default() += 1;
        let years: u64 = age.parse().expect("an age");
        let band = if years < 15 {
            "0-14"
        } else if years < 65 {
            "15-64"
        } else {
            "65+"
        };
        if month.as_str() >= "2020-01" {
            let sex = if sex == "m" { "male" } else { "female" };
            let cell = ages.entry((band, sex, &month[..4])).or_default();
            *cell = (cell.0 + 1, cell.1 + years);
        }
    }
    let moves = moves.iter().map(|((to, from, year), n)| format!("{to},{from},{year},{n}\n"));
    let monthly = monthly.iter().map(|(month, n)| format!("{month},{n}\n"));
    let ages = ages.iter().map(|((band, sex, year), (n, years))| format!("{band},{sex},{year},{n},{years}\n"));
    [
        ("origin-destination", format!("destination,origin,year,moves\n{}", moves.collect::<String>())),
        ("by-month", format!("month,moves\n{}", monthly.collect::<String>())),
        ("by-age", format!("age,sex,year,moves,years_lived\n{}", ages.collect::<String>())),
    ]
}

#[test]
fn tables_of_a_report_come_from_records_by_declarations_alone() {
    let records = records(20_000);
    let wanted = wanted(&records);
    let study = folder("tables");
    fs::write(study.0.join("records/moves-1.csv"), text(&records)).expect("records");
    let output = esep(&study.0, &["data", "pull", "--all", "--vintage", "v1"]);
    assert!(output.status.success(), "{}", said(&output));
    for (name, rows) in &wanted {
        let snapshot =
            fs::read_to_string(study.0.join(format!("data/raw/register/v1/{name}.csv"))).expect("a snapshot");
        assert_eq!(&snapshot, rows, "{name}");
    }
    let catalogue = fs::read_to_string(study.0.join("data/datapackage.yaml")).expect("a catalogue");
    for told in [
        "rows: {input: 20000, kept: 20000, output: 120}",
        "hash: sha256:",
        "engine: \"esep ",
        "path: \"records/moves-1.csv\"",
    ] {
        assert!(catalogue.contains(told), "{told}");
    }
    // The same records turned round, in two files of which one is packed: the same snapshots, so that nothing is kept.
    let before = standing(&study.0);
    let mut turned = records.clone();
    turned.reverse();
    fs::write(study.0.join("records/moves-1.csv"), text(&turned[..7_000])).expect("records");
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(text(&turned[7_000..]).as_bytes()).expect("packed");
    fs::write(study.0.join("records/moves-2.csv.gz"), packer.finish().expect("packed")).expect("records");
    let output = esep(&study.0, &["data", "pull", "--all", "--vintage", "v2"]);
    assert_eq!(
        said(&output).matches("the same as of vintage v1, so that nothing is kept").count(),
        3,
        "{}",
        said(&output)
    );
    assert!(before == standing(&study.0), "nothing is touched");
    // One more move: three cells are revised, and told.
    let more = text(&turned[..7_000]) + "x,A,B,2024-01,30,m\n";
    fs::write(study.0.join("records/moves-1.csv"), more).expect("records");
    let output = esep(&study.0, &["data", "pull", "--all", "--vintage", "v2"]);
    let told = said(&output);
    assert!(output.status.success(), "{told}");
    for line in ["revised moves[A,B,2024]", "revised moves[2024-01]", "revised years_lived[2024,15-64,male]"] {
        assert!(told.contains(line), "{line}: {told}");
    }
}

#[test]
fn a_pull_that_fails_touches_nothing() {
    let study = folder("failing");
    let file = study.0.join("records/moves-1.csv");
    fs::write(&file, text(&records(500))).expect("records");
    let catalogue = study.0.join("data/datapackage.yaml");
    let good = fs::read_to_string(&catalogue).expect("a catalogue");
    let mut tried = 0;
    let mut fails = |change: &dyn Fn(&str) -> String, wanted: &str| {
        fs::write(&catalogue, change(&good)).expect("a catalogue");
        let before = standing(&study.0);
        let output = esep(&study.0, &["data", "pull", "--all", "--vintage", "v1"]);
        assert_eq!(output.status.code(), Some(1), "{wanted}: {}", said(&output));
        assert!(said(&output).contains(wanted), "{wanted}: {}", said(&output));
        assert!(before == standing(&study.0), "{wanted}: nothing is touched");
        tried += 1;
    };
    fails(&|text| text.replace("max: 100000", "max: 1"), "error[data/check-failed]");
    fails(&|text| text.replace("[A, B, C, D, E]", "[A, B, C, D]"), "error[data/unknown-member]");
    fails(&|text| text.replace("m: male, ", ""), "`m` in column `sex` is not among the `names`");
    fails(&|text| text.replace("sum: age", "sum: sex"), "in column `sex` is no number as 1234.5");
    fails(&|text| text.replace("origin: from", "origin: form"), "no column is called `form`");
    fails(&|text| text.replace("moves-*.csv*", "nothing-*.csv"), "no file is called `records/nothing-*.csv`");
    fails(&|text| text.replace("records/moves", "../moves"), "is no path below a folder");
    fails(&|text| text.replace("records/moves", "/etc/moves"), "is no path below a folder");
    fails(
        &|text| text.replace("from: records", "connection: big\n      from: records"),
        "connection `big` is not known",
    );
    fails(&|text| text.replace("{from: 2020}", "{from: 2030}"), "`by-age` returned nothing");
    fails(&|text| text.replace("aggregates: {moves: count}", "aggregates: {movs: count}"), "did you mean `moves`?");
    assert_eq!(tried, 11);
    #[cfg(unix)]
    {
        fs::write(&catalogue, &good).expect("a catalogue");
        std::os::unix::fs::symlink("/etc/hostname", study.0.join("records/moves-2.csv")).expect("a link");
        let output = esep(&study.0, &["data", "pull", "--all"]);
        assert!(said(&output).contains("leads out of the folder"), "{}", said(&output));
    }
}

#[test]
fn only_the_user_says_where_a_connection_leads() {
    let study = folder("connection");
    let elsewhere = folder("elsewhere");
    fs::write(elsewhere.0.join("records/moves-1.csv"), text(&records(500))).expect("records");
    let catalogue = study.0.join("data/datapackage.yaml");
    let text = fs::read_to_string(&catalogue).expect("a catalogue");
    fs::write(&catalogue, text.replace("from: records/", "connection: big\n      from: ")).expect("a catalogue");
    let place = elsewhere.0.join("records").display().to_string();
    fs::write(study.0.join("connections.yaml"), format!("big: {{folder: '{place}'}}\n")).expect("connections");
    let output = esep(&study.0, &["data", "pull", "by-month", "--vintage", "v1"]);
    assert!(output.status.success(), "{}", said(&output));
    let told = fs::read_to_string(&catalogue).expect("a catalogue");
    assert!(
        told.contains("path: \"moves-1.csv\"") && !told.contains(&place),
        "the entry holds no path of this machine"
    );
}

#[test]
fn nothing_of_a_connection_is_printed_however_it_is_mistyped() {
    let study = folder("mistyped");
    let catalogue = study.0.join("data/datapackage.yaml");
    let text = fs::read_to_string(&catalogue).expect("a catalogue");
    fs::write(&catalogue, text.replace("from: records/", "connection: big\n      from: ")).expect("a catalogue");
    for line in [
        "big: \"postgres://u:s3cret@h\"",
        "big: {driver: /x, uri: [postgres://u:s3cret@h]}",
        "big: {driver: /x, uri: a, options: s3cret}",
        "big: {driver: /x, uri: a, s3cret}",
        "big:\n  driver: /x\n  password:s3cret: 1",
        "big: {driver: /x, uri: \"s3cret",
        "big: {driver: /x, uri: s3cret, uri: s3cret}",
        "big: {driver: /s3cret, folder: s3cret}",
        "s3cret: {folder: /x}",
    ] {
        fs::write(study.0.join("connections.yaml"), line).expect("connections");
        let output = esep(&study.0, &["data", "pull", "by-month"]);
        assert_eq!(output.status.code(), Some(1), "{line}");
        assert!(!said(&output).contains("s3cret"), "{line}: {}", said(&output));
    }
}

#[test]
fn the_default_program_has_no_engine_and_nothing_that_reaches_a_network() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let tree = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && tree.contains("polars v0.55.2"), "{}", said(&output));
    for banned in [
        "polars-stream",
        "object_store",
        "reqwest",
        "hyper",
        "rustls",
        "native-tls",
        "curl",
        "ureq",
        "h2",
        "adbc_core",
        "arrow-flight",
        "parquet",
    ] {
        let is_there = tree.lines().any(|line| line.split(' ').next() == Some(banned));
        assert!(!is_there, "{banned} is in the default program: `cargo tree --invert {banned}`");
    }
}
