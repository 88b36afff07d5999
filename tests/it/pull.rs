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
    fs::create_dir_all(folder.join("templates/en")).expect("a folder");
    for file in ["study.yaml", "data/datapackage.yaml", "templates/en/main.md", "templates/en/exhibits.yaml"] {
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

/// A command of a study, whose connections stand in it.
pub(crate) fn pulling(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.args(arguments).args(["--study", "."]).current_dir(folder);
    command.env("ESEP_CONNECTIONS", folder.join("connections.yaml"));
    command
}

pub(crate) fn esep(folder: &Path, arguments: &[&str]) -> Output {
    pulling(folder, arguments).output().expect("esep runs")
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Files and what they hold.
pub(crate) type Standing = BTreeMap<String, Vec<u8>>;

/// Returns every file below a folder but the records.
pub(crate) fn standing(folder: &Path) -> Standing {
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
    let output = esep(&study.0, &["build", "--out", "report"]);
    assert!(output.status.success(), "{}", said(&output));
    let report = fs::read_to_string(study.0.join("report/current/en/report.md")).expect("a report");
    let [(_, between), (_, months), (_, ages)] = &wanted;
    let figure = |rows: &str, start: &str| {
        let row = rows.lines().find_map(|row| row.strip_prefix(start)).expect("a row");
        row.split(',').next().expect("a figure").to_owned()
    };
    let to = |region: &str| figure(between, &format!("{region},A,2024,"));
    for line in [
        format!("| A | – | {} | {} | {} | {} |", to("B"), to("C"), to("D"), to("E")),
        format!("| Dec 2024 | {} |", figure(months, "2024-12,")),
        format!("| 65+ | {} | {} |", figure(ages, "65+,male,2024,"), figure(ages, "65+,female,2024,")),
    ] {
        assert!(report.contains(&line), "{line}: {report}");
    }
    fs::remove_dir_all(study.0.join("report")).expect("a report");
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
    fails(&|text| text.replace("publisher: register", "publisher: ../../../elsewhere"), "becomes part of a path");
    fails(&|text| text.replace("by-month:", "../by-month:"), "becomes part of a path");
    fails(&|text| text.replace("*.csv*\n", "*.parquet\n"), "no file is called `records/moves-*.parquet`");
    assert_eq!(tried, 14);
    #[cfg(unix)]
    {
        fs::write(&catalogue, &good).expect("a catalogue");
        std::os::unix::fs::symlink("/etc/hostname", study.0.join("records/moves-2.csv")).expect("a link");
        let output = esep(&study.0, &["data", "pull", "--all"]);
        assert!(said(&output).contains("leads out of the folder"), "{}", said(&output));
    }
}

#[test]
fn records_that_count_twice_or_not_at_all_are_named() {
    let study = folder("twice");
    let moves = records(500);
    let folder = study.0.join("records");
    fs::write(folder.join("moves-1.csv"), text(&moves)).expect("records");
    fs::write(folder.join("moves-2.csv"), text(&moves)).expect("records");
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(text(&moves).as_bytes()).expect("packed");
    fs::write(folder.join("moves-2.csv.gz"), packer.finish().expect("packed")).expect("records");
    fs::write(folder.join("Moves-3.csv"), text(&moves)).expect("records");
    fs::write(folder.join("notes.md"), "of no matter").expect("notes");
    let catalogue = study.0.join("data/datapackage.yaml");
    let good = fs::read_to_string(&catalogue).expect("a catalogue");
    let asked = good.replace("{from: 2020}", "{from: 2020}, sex: [m, f, 007]");
    assert_ne!(asked, good);
    fs::write(&catalogue, &asked).expect("a catalogue");
    let output = esep(&study.0, &["data", "pull", "by-age", "--vintage", "v1"]);
    assert!(output.status.success(), "{}", said(&output));
    for told in [
        "`records/moves-1.csv`; `records/moves-2.csv` hold the same bytes, and their records count twice",
        "`records/moves-2.csv`; `records/moves-2.csv.gz` may hold the same records, which count twice",
        "`records/Moves-3.csv` beside them are not read: `records/moves-*.csv*` does not mean them",
        "`by-age` asks for `007` in column `sex`, and no record that counts has it",
    ] {
        assert!(said(&output).contains(told), "{told}: {}", said(&output));
    }
    assert!(!said(&output).contains("notes.md"), "{}", said(&output));
    // Letters of another encoding equal nothing that is listed, which is told and not passed over.
    fs::write(folder.join("moves-2.csv"), b"person,from,to,month,age,sex\n1,A,B,2021-01,30,\xec\n").expect("records");
    let output = esep(&study.0, &["data", "pull", "by-age", "--vintage", "v2"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("in column `sex` is no UTF-8 text"), "{}", said(&output));
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

/// A stranger's study can name a connection and files below its own folder, and nothing else of the machine.
#[test]
fn a_hostile_study_reaches_nothing() {
    let study = folder("hostile");
    let secret = folder("secret");
    let file = secret.0.join("moves-1.csv");
    fs::write(&file, text(&records(50))).expect("records");
    fs::write(study.0.join("records/moves-1.csv"), text(&records(50))).expect("records");
    let place = secret.0.display().to_string();
    // What a study calls a file of connections is none.
    for own in ["connections.yaml", "esep/connections.yaml", ".config/esep/connections.yaml"] {
        let own = study.0.join(own);
        fs::create_dir_all(own.parent().expect("a folder")).expect("a folder");
        fs::write(own, format!("big: {{folder: '{place}'}}\n")).expect("connections");
    }
    let catalogue = study.0.join("data/datapackage.yaml");
    let good = fs::read_to_string(&catalogue).expect("a catalogue");
    let from = "from: records/moves-*.csv*";
    let cases = [
        (format!("{from}\n      driver: /tmp/x.so"), "driver"),
        (format!("{from}\n      uri: postgresql://h/db"), "uri"),
        (format!("{from}\n      folder: {place}"), "folder"),
        (format!("{from}\n      entrypoint: f"), "entrypoint"),
        (format!("{from}\n      tables: {{moves: secrets}}"), "tables"),
        (format!("{from}\n      connection: {{folder: {place}}}"), "connection"),
        (format!("{from}\n      connection: [big]"), "connection"),
        (format!("{from}\n      connection: big"), "connection `big` is not known"),
        (format!("{from}\n      connection: ../connections.yaml"), "is not known"),
        (format!("{from}\n      connection: {place}"), "is not known"),
        (format!("{from}\n      connection: \"${{ESEP_CONNECTIONS}}\""), "is not known"),
        (format!("from: {place}/moves-1.csv"), "is no path below a folder"),
        ("from: ../moves-1.csv".to_owned(), "is no path below a folder"),
        ("from: records/../../moves-1.csv".to_owned(), "is no path below a folder"),
        ("from: ./records/moves-1.csv".to_owned(), "is no path below a folder"),
        ("from: records//moves-1.csv".to_owned(), "is no path below a folder"),
        (r"from: 'records\moves-1.csv'".to_owned(), "is no path below a folder"),
        (r"from: 'C:\moves-1.csv'".to_owned(), "is no path below a folder"),
        ("from: 'file:///etc/passwd'".to_owned(), "is no path below a folder"),
        ("from: 'https://example.org/moves.csv'".to_owned(), "is no path below a folder"),
        ("from: \"records/moves\\0.csv\"".to_owned(), "is no path below a folder"),
        ("from: ~/moves-1.csv".to_owned(), "no file is called `~/moves-1.csv`"),
        ("from: $HOME/moves-1.csv".to_owned(), "no file is called `$HOME/moves-1.csv`"),
        ("from: ${HOME}/moves-1.csv".to_owned(), "no file is called `${HOME}/moves-1.csv`"),
        ("from: $(ls)/moves-1.csv".to_owned(), "no file is called `$(ls)/moves-1.csv`"),
        ("from: records/[m]oves-1.csv".to_owned(), "no file is called `records/[m]oves-1.csv`"),
        ("from: records/{moves}-1.csv".to_owned(), "no file is called `records/{moves}-1.csv`"),
    ];
    for (change, wanted) in cases {
        fs::write(&catalogue, good.replace(from, &change)).expect("a catalogue");
        let before = standing(&study.0);
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        command.args(["data", "pull", "--all", "--vintage", "v1", "--study", "."]).current_dir(&study.0);
        command.env("HOME", &secret.0).env_remove("ESEP_CONNECTIONS").env_remove("XDG_CONFIG_HOME");
        let output = command.output().expect("esep runs");
        assert_eq!(output.status.code(), Some(1), "{change}: {}", said(&output));
        assert!(said(&output).contains(wanted), "{change}: {wanted}: {}", said(&output));
        assert!(before == standing(&study.0), "{change}: nothing is touched");
    }
}

#[test]
#[cfg(unix)]
fn what_is_no_file_is_named_and_never_waited_for() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let study = folder("nofile");
    let records_folder = study.0.join("records");
    fs::write(records_folder.join("moves-1.csv"), text(&records(500))).expect("records");
    fs::create_dir_all(records_folder.join("moves-2.csv")).expect("a folder");
    fs::write(records_folder.join("moves-2.csv/part-0.csv"), text(&records(10))).expect("records");
    let pipe = Command::new("mkfifo").arg(records_folder.join("moves-3.csv")).status().expect("mkfifo runs");
    assert!(pipe.success());
    let pull = |vintage| esep(&study.0, &["data", "pull", "by-month", "--vintage", vintage]);
    let output = pull("v1");
    assert!(output.status.success(), "{}", said(&output));
    let told = "`records/moves-2.csv`; `records/moves-3.csv` not read: only a file holds records";
    assert!(said(&output).contains(told) && said(&output).contains("500 records read"), "{}", said(&output));
    let catalogue = study.0.join("data/datapackage.yaml");
    let good = fs::read_to_string(&catalogue).expect("a catalogue");
    for (from, wanted) in [
        ("records/moves-3.csv", "no file is called `records/moves-3.csv`; `records/moves-3.csv` is none"),
        ("records/moves-2.csv", "no file is called `records/moves-2.csv`; `records/moves-2.csv` is none"),
        ("records/*/part-*.csv", "10 records read"),
    ] {
        fs::write(&catalogue, good.replace("records/moves-*.csv*", from)).expect("a catalogue");
        assert!(said(&pull("v2")).contains(wanted), "{from}: {}", said(&pull("v3")));
    }
    fs::write(&catalogue, &good).expect("a catalogue");
    for (target, wanted) in [
        ("/etc", "records/moves-4.csv leads out of the folder"),
        ("/etc/hostname", "records/moves-4.csv leads out of the folder"),
        ("../../nowhere", "records/moves-4.csv leads out of the folder"),
        ("moves-4.csv", "records/moves-4.csv leads out of the folder"),
        ("/proc/self/environ", "records/moves-4.csv leads out of the folder"),
        ("moves-1.csv", "hold the same bytes, and their records count twice"),
        ("..", "`records/moves-4.csv` not read"),
    ] {
        let link = records_folder.join("moves-4.csv");
        symlink(target, &link).expect("a link");
        assert!(said(&pull("v4")).contains(wanted), "{target}: {}", said(&pull("v5")));
        fs::remove_file(&link).expect("a link");
        fs::write(&catalogue, &good).expect("a catalogue");
    }
    let strange = records_folder.join(std::ffi::OsStr::from_bytes(b"moves-\xff.csv"));
    fs::write(&strange, text(&records(10))).expect("records");
    assert!(said(&pull("v6")).contains("is no UTF-8 text"), "{}", said(&pull("v6")));
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
fn rows_that_were_exported_elsewhere_keep_their_query() {
    let study = folder("exported");
    let moves = records(2_000);
    let [_, (_, rows), _] = wanted(&moves);
    fs::write(study.0.join("records/moves-1.csv"), text(&moves)).expect("records");
    let output = esep(&study.0, &["data", "pull", "--all", "--vintage", "v0"]);
    assert!(output.status.success(), "{}", said(&output));
    fs::write(study.0.join("export.csv"), rows).expect("an export");
    let query = "select month, count(*) as moves\nfrom moves group by 1";
    let mut add = vec!["data", "add", "export.csv", "--table", "monthly", "--vintage", "v1", "--publisher", "register"];
    let output = esep(&study.0, &[&add[..], &["--query", query]].concat());
    assert_eq!(output.status.code(), Some(2), "a query without its engine: {}", said(&output));
    add.extend(["--query", query, "--engine", "Trino 480"]);
    let output = esep(&study.0, &add);
    assert!(output.status.success(), "{}", said(&output));
    let catalogue = fs::read_to_string(study.0.join("data/datapackage.yaml")).expect("a catalogue");
    let kept = "    query:\n      text: \"select month, count(*) as moves\\nfrom moves group by 1\"\n      engine: \"Trino 480\"\n";
    assert!(catalogue.contains(kept), "{catalogue}");
}

#[test]
fn a_disk_that_fills_leaves_the_study_as_it_was() {
    let study = folder("full");
    fs::write(study.0.join("records/moves-1.csv"), text(&records(2_000))).expect("records");
    let before = standing(&study.0);
    // No file may be longer than one block: what a full disk answers, a shell can be made to answer.
    let output = Command::new("sh")
        .args(["-c", "ulimit -f 1; exec \"$0\" data pull --all --vintage v1", env!("CARGO_BIN_EXE_esep")])
        .current_dir(&study.0)
        .output()
        .expect("sh runs");
    let told = said(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("cannot be changed, and nothing was"), "{told}");
    assert!(before == standing(&study.0), "nothing is touched");
}

#[test]
#[cfg(not(feature = "parquet"))]
fn the_default_program_says_that_it_reads_no_parquet() {
    let study = folder("columns");
    fs::write(study.0.join("records/moves-1.csv.parquet"), "PAR1").expect("records");
    fs::write(study.0.join("rows.parquet"), "PAR1").expect("rows");
    for arguments in [&["data", "pull", "--all"][..], &["data", "inspect", "rows.parquet"][..]] {
        let output = esep(&study.0, arguments);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains("is Parquet, which this esep was built without"), "{}", said(&output));
    }
}

/// Writes records in columns: texts, numbers, a dictionary, days.
#[cfg(feature = "parquet")]
fn columns(moves: &[[String; 6]], months_as_days: bool) -> arrow_array::RecordBatch {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, Date32Array, DictionaryArray, Int64Array, StringArray, types::Int8Type};
    let texts = |at: usize| moves.iter().map(move |record| record[at].as_str());
    let day = |month: &str| {
        let (year, month) = month.split_once('-').expect("a month");
        let (year, month): (i32, i32) = (year.parse().expect("a year"), month.parse().expect("a month"));
        let before = (year - 1970) * 365 + (year - 1969) / 4;
        let lengths = [31, 28 + i32::from(year % 4 == 0), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        before + lengths[..usize::try_from(month - 1).expect("a month")].iter().sum::<i32>()
    };
    let months: ArrayRef = if months_as_days {
        Arc::new(texts(3).map(|month| Some(day(month))).collect::<Date32Array>())
    } else {
        Arc::new(texts(3).map(Some).collect::<StringArray>())
    };
    let ages: Int64Array = texts(4).map(|age| age.parse::<i64>().ok()).collect();
    arrow_array::RecordBatch::try_from_iter([
        ("person", Arc::new(texts(0).map(Some).collect::<StringArray>()) as ArrayRef),
        ("from", Arc::new(texts(1).map(Some).collect::<StringArray>())),
        ("to", Arc::new(texts(2).map(Some).collect::<StringArray>())),
        ("month", months),
        ("age", Arc::new(ages)),
        ("sex", Arc::new(texts(5).collect::<DictionaryArray<Int8Type>>())),
    ])
    .expect("columns of one length")
}

#[cfg(feature = "parquet")]
fn store(path: &Path, batch: &arrow_array::RecordBatch, packed: parquet::basic::Compression) {
    use parquet::arrow::ArrowWriter;
    use parquet::file::properties::WriterProperties;
    let properties =
        WriterProperties::builder().set_compression(packed).set_max_row_group_row_count(Some(3_000)).build();
    let file = fs::File::create(path).expect("a file");
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).expect("a writer");
    writer.write(batch).expect("written");
    writer.close().expect("closed");
}

#[test]
#[cfg(feature = "parquet")]
fn parquet_returns_what_text_does() {
    use parquet::basic::{Compression as Packed, ZstdLevel};
    let moves = records(20_000);
    let study = folder("parquet");
    let catalogue = study.0.join("data/datapackage.yaml");
    let good = fs::read_to_string(&catalogue).expect("a catalogue");
    // Days instead of months are grouped by their months.
    let good = good.replace("group: {month: month}", "group: {month: {column: month, period: month}}");
    fs::write(&catalogue, good.replace("*.csv*\n", "*.parquet\n")).expect("a catalogue");
    store(&study.0.join("records/moves-1.parquet"), &columns(&moves[..7_000], false), Packed::SNAPPY);
    let zstd = Packed::ZSTD(ZstdLevel::try_new(3).expect("a level"));
    store(&study.0.join("records/moves-2.parquet"), &columns(&moves[7_000..], true), zstd);
    let output = esep(&study.0, &["data", "pull", "--all", "--vintage", "v1"]);
    assert!(output.status.success(), "{}", said(&output));
    for (name, rows) in wanted(&moves) {
        let path = study.0.join(format!("data/raw/register/v1/{name}.csv"));
        assert_eq!(fs::read_to_string(path).expect("a snapshot"), rows, "{name}");
    }
    // A file that is cut, one with binary fractions, one that is none: nothing is kept.
    let whole = fs::read(study.0.join("records/moves-2.parquet")).expect("a file");
    let mut spoilt = whole.clone();
    spoilt[whole.len() / 3..whole.len() / 3 + 4_000].fill(0x55);
    let before = standing(&study.0);
    for bytes in [&whole[..whole.len() / 2], &spoilt[..], b"PAR1", b"person,from\n"] {
        fs::write(study.0.join("records/moves-2.parquet"), bytes).expect("a file");
        let output = esep(&study.0, &["data", "pull", "--all", "--vintage", "v2"]);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains("records/moves-2.parquet"), "{}", said(&output));
        assert!(before == standing(&study.0), "nothing is touched");
    }
}

#[test]
#[cfg(feature = "parquet")]
fn rows_in_parquet_are_kept_as_text_with_the_hash_of_their_file() {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, Decimal128Array, StringArray};
    let study = folder("rows");
    fs::write(study.0.join("records/moves-1.csv"), text(&records(2_000))).expect("records");
    store(
        &study.0.join("records/moves-2.csv.parquet"),
        &columns(&records(500), true),
        parquet::basic::Compression::SNAPPY,
    );
    let output = esep(&study.0, &["data", "pull", "by-age", "--vintage", "v0"]);
    assert!(output.status.success(), "{}", said(&output));
    let counts = Decimal128Array::from(vec![120, 90]).with_precision_and_scale(20, 0).expect("decimals");
    let rows =
        [("month", Arc::new(StringArray::from(vec!["2024-01", "2024-02"])) as ArrayRef), ("moves", Arc::new(counts))];
    let batch = arrow_array::RecordBatch::try_from_iter(rows).expect("columns of one length");
    store(&study.0.join("export.parquet"), &batch, parquet::basic::Compression::LZ4_RAW);
    let add = ["data", "add", "export.parquet", "--table", "monthly", "--vintage", "v1", "--publisher", "register"];
    let output = esep(&study.0, &add);
    assert!(output.status.success(), "{}", said(&output));
    let kept = fs::read_to_string(study.0.join("data/raw/register/v1/export.csv")).expect("a snapshot");
    assert_eq!(kept, "month,moves\n2024-01,120\n2024-02,90\n");
    let catalogue = fs::read_to_string(study.0.join("data/datapackage.yaml")).expect("a catalogue");
    let hash = esep::files::sha256(&fs::read(study.0.join("export.parquet")).expect("a file"));
    assert!(catalogue.contains(&format!("hash: sha256:{hash}, rows: 2}}")), "{catalogue}");
}

/// Asks cargo for the crates of the default program.
fn tree(arguments: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", said(&output));
    let name = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    String::from_utf8_lossy(&output.stdout).lines().map(name).collect()
}

#[test]
fn the_default_program_has_no_engine_and_nothing_that_reaches_a_network() {
    let crates = tree(&[]);
    assert!(crates.iter().any(|name| name == "polars"), "{crates:?}");
    for banned in [
        "polars-stream",
        "object_store",
        "tonic",
        "reqwest",
        "hyper",
        "rustls",
        "native-tls",
        "curl",
        "ureq",
        "h2",
        "adbc_core",
        "adbc_driver_manager",
        "arrow-array",
        "arrow-flight",
        "datafusion",
        "parquet",
    ] {
        let is_there = crates.iter().any(|name| name == banned);
        assert!(!is_there, "{banned} is in the default program: `cargo tree --invert {banned}`");
    }
    let mut sources = esep::files::Files::default();
    crate::support::below(&root().join("src"), "", &mut sources);
    for (path, bytes) in sources.iter() {
        let text = String::from_utf8_lossy(bytes);
        let opens = ["TcpStream::connect", "UdpSocket", "UnixStream"].into_iter().find(|call| text.contains(call));
        assert_eq!(opens, None, "src/{path} opens a connection");
    }
    // polars brings tokio for reading that is never asked of it; nothing else may bring it, or sockets without it.
    for (brought, by) in [("tokio", "polars"), ("mio", "tokio"), ("socket2", "tokio")] {
        let above = tree(&["--invert", brought, "--depth", "1"]);
        assert!(above.iter().skip(1).all(|name| name.starts_with(by)), "{brought}: {above:?}");
    }
}
