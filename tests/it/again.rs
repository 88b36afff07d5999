//! Again: a further file of a table that has one already: read as the one before, taken out again, and held to its scale.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rust_xlsxwriter::Workbook;

use crate::study::scratch;

fn esep(study: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.args(arguments).arg("--study").arg(study).env("ESEP_CACHE", "").output().expect("esep runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A workbook as an office publishes it each year: the year in the name of its sheet and its title, the scale in the title.
fn yearly(folder: &Path, year: u16, title: &str, heads: [&str; 2], rows: &[(&str, f64, &str)]) -> String {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(format!("Tabl. {year}")).expect("a sheet");
    sheet.write(0, 0, format!("{title}, {year}")).expect("a title");
    heads.iter().zip(0u16..).for_each(|(head, column)| {
        sheet.write(2, column, *head).expect("a head");
    });
    for (row, (place, value, mark)) in (3u32..).zip(rows) {
        sheet.write(row, 0, *place).expect("a label");
        match mark.is_empty() {
            true => sheet.write(row, 1, *value).expect("a figure"),
            false => sheet.write(row, 1, *mark).expect("a mark"),
        };
    }
    book.add_worksheet().set_name("Uwagi").expect("a sheet").write(0, 0, "dane GUS").expect("a note");
    let path = folder.join(format!("births_{year}.xlsx"));
    fs::write(&path, book.save_to_buffer().expect("a workbook")).expect("a file");
    path.display().to_string()
}

const ROWS: [(&str, f64, &str); 3] = [("Mazowsze", 44.1, ""), ("Łódzkie reg.", 14.8, ""), ("Śląsk", 28.3, "brak")];
const HEADS: [&str; 2] = ["Województwo", "ogółem"];
const LAYOUT: &str = "sheets: {\"Tabl. 2023\": {}}\nleave_sheets: {Uwagi: notes}\nheader: [3]\nlabels: {A: territory}\ncolumns: {B: births}\n\
    from: {period: A1}\nnames: {Mazowsze: maz, \"Łódzkie reg.\": lodz, Śląsk: slask}\nmissing: {brak: missing}\nscale: 1000\n";

/// A study of three places whose births an office publishes in thousands, with the file of 2023 taken in.
fn begun(name: &str) -> PathBuf {
    let folder = scratch(name);
    fs::create_dir_all(&folder).expect("a folder");
    let table = folder.join("births.csv");
    let rows = "region,year,births\nmaz,2021,50000\nmaz,2022,48000\nlodz,2021,17000\nlodz,2022,16000\nslask,2021,34000\nslask,2022,32000\n";
    fs::write(&table, rows).expect("a table");
    let study = folder.join("study");
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    let begun = command.args([
        "new",
        study.to_str().expect("a path"),
        "--lang",
        "en",
        "--from",
        table.to_str().expect("a path"),
    ]);
    assert!(begun.output().expect("esep runs").status.success());
    let package = study.join("data/datapackage.yaml");
    let text = fs::read_to_string(&package)
        .expect("a catalogue")
        .replace("unit: none, class: level", "unit: persons, class: flow");
    fs::write(&package, text).expect("a catalogue");
    let layout = folder.join("layout.yaml");
    fs::write(&layout, LAYOUT).expect("a layout");
    let file = yearly(&folder, 2023, "Urodzenia w tys.", HEADS, &ROWS);
    let added = esep(
        &study,
        &["data", "add", &file, "--table", "data", "--vintage", "v2023", "--layout", layout.to_str().expect("a path")],
    );
    assert!(added.status.success(), "{}", said(&added));
    study
}

#[test]
fn a_yearly_file_is_read_as_the_one_before_with_nothing_to_write() {
    let study = begun("again-yearly");
    let folder = study.parent().expect("a folder");
    let rows = [("Mazowsze", 41.0, ""), ("Łódzkie reg.", 13.6, ""), ("Śląsk", 25.9, "")];
    let file = yearly(folder, 2024, "Urodzenia w tys.", HEADS, &rows);
    let package = study.join("data/datapackage.yaml");
    let before = fs::read_to_string(&package).expect("a catalogue");
    // What inspect shows is what add writes.
    let shown = esep(&study, &["data", "inspect", &file, "--table", "data", "--vintage", "v2024"]);
    assert_eq!(fs::read_to_string(&package).expect("a catalogue"), before);
    let added = esep(&study, &["data", "add", &file, "--table", "data", "--vintage", "v2024"]);
    assert!(added.status.success(), "{}", said(&added));
    let told = said(&added);
    for wanted in [
        "3 figures",
        "read as `data.own-v2023` is",
        "the sheet `Tabl. 2024` is read as `Tabl. 2023` was",
        "births[maz,2024]: 41000",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    // A mark that the file does not use is no name that it lacks.
    assert!(!told.contains("nothing in the file says"), "{told}");
    let after = fs::read_to_string(&package).expect("a catalogue");
    let entry = after.strip_prefix(before.trim_end()).expect("the entry below what stood there");
    let bare = |text: &str| {
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(bare(&said(&shown)), bare(entry));
    assert!(entry.contains("sheets: {\"Tabl. 2024\": {}}") && entry.contains("scale: 1000"), "{entry}");
}

#[test]
fn what_differs_from_the_file_before_is_said_and_nothing_is_touched() {
    let study = begun("again-differs");
    let folder = study.parent().expect("a folder");
    let package = study.join("data/datapackage.yaml");
    let before = fs::read_to_string(&package).expect("a catalogue");
    let rows = [("Mazowsze", 41.0, ""), ("Podlasie", 13.6, "")];
    for (title, heads, rows, wanted) in [
        (
            "Urodzenia, osoby",
            HEADS,
            &ROWS[..2],
            "the file tells the scale none, and data/raw/own/v2023/births_2023.xlsx 1000 (A1)",
        ),
        (
            "Urodzenia w tys.",
            ["Województwo", "kobiety"],
            &ROWS[..],
            "column B is headed `kobiety`, and in data/raw/own/v2023/births_2023.xlsx `ogółem`",
        ),
        ("Urodzenia w tys.", HEADS, &rows[..], "no territory is called `Podlasie`"),
        ("Urodzenia w tys.", HEADS, &[("Mazowsze", 41.0, ""), ("Śląsk", 0.0, "b.d.")], "`b.d.` is not a number"),
    ] {
        let file = yearly(folder, 2024, title, heads, rows);
        let added = esep(&study, &["data", "add", &file, "--table", "data", "--vintage", "v2024"]);
        assert_eq!(added.status.code(), Some(1), "{}", said(&added));
        assert!(said(&added).contains(wanted), "{wanted}: {}", said(&added));
        assert!(said(&added).contains("cannot be read as `data.own-v2023` is"), "{}", said(&added));
        assert_eq!(fs::read_to_string(&package).expect("a catalogue"), before);
        assert!(!study.join("data/raw/own/v2024").exists());
    }
    // Years that a layout states itself are those of its own file.
    let stated = before.replacen("from: {period: A1}", "otherwise: {period: 2023}", 1);
    assert_ne!(stated, before);
    fs::write(&package, &stated).expect("a catalogue");
    let file = yearly(folder, 2024, "Urodzenia w tys.", HEADS, &ROWS);
    let added = esep(&study, &["data", "add", &file, "--table", "data", "--vintage", "v2024"]);
    assert!(said(&added).contains("2024") && !said(&added).contains("births[maz,2023]: 44100 →"), "{}", said(&added));
}

#[test]
fn a_vintage_is_taken_out_again_to_the_letter() {
    let study = begun("again-removed");
    let folder = study.parent().expect("a folder");
    let package = study.join("data/datapackage.yaml");
    let before = fs::read_to_string(&package).expect("a catalogue");
    let file = yearly(folder, 2024, "Urodzenia w tys.", HEADS, &ROWS);
    let snapshot = study.join("data/raw/own/v2024/births_2024.xlsx");
    let add =
        || assert!(esep(&study, &["data", "add", &file, "--table", "data", "--vintage", "v2024"]).status.success());
    add();
    let wrong = esep(&study, &["data", "remove", "--table", "data", "--vintage", "v2024a"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong).contains("did you mean `v2024`?"), "{}", said(&wrong));
    let removed = esep(&study, &["data", "remove", "--table", "data", "--vintage", "v2024", "--format", "json"]);
    assert!(removed.status.success(), "{}", said(&removed));
    let told: serde_json::Value = serde_json::from_slice(&removed.stdout).expect("JSON");
    crate::schemas::fits("data-remove", &told);
    assert_eq!(told["entries"], serde_json::json!(["data.own-v2024"]));
    assert_eq!(told["figures"], 2);
    assert_eq!(fs::read_to_string(&package).expect("a catalogue"), before);
    assert!(!snapshot.exists() && !study.join("data/raw/own/v2024").exists());
    // A file that is not the one that was taken in stays.
    add();
    fs::write(&snapshot, "another").expect("a file");
    let kept = esep(&study, &["data", "remove", "--table", "data", "--vintage", "v2024", "--force"]);
    assert!(
        kept.status.success() && said(&kept).contains("kept data/raw/own/v2024/births_2024.xlsx: it is not"),
        "{}",
        said(&kept)
    );
    assert!(snapshot.exists());
    fs::remove_file(&snapshot).expect("a file");
    // What an edition reads is not taken out in passing.
    add();
    let text = fs::read_to_string(study.join("study.yaml")).expect("a study");
    let editions = "editions:\n  \"2024\": {title: {en: Edition}, vintages: {data: [v2024, v2023, first]}}\npages:";
    let across = "methods: [change], across_vintages: {en: \"one series\"}}";
    let text = text.replacen("\npages:", &format!("\n{editions}"), 1).replacen("methods: [change]}", across, 1);
    fs::write(study.join("study.yaml"), text).expect("a study");
    let held = esep(&study, &["data", "remove", "--table", "data", "--vintage", "v2024"]);
    assert_eq!(held.status.code(), Some(1), "{}", said(&held));
    assert!(said(&held).contains("data/still-needed") && said(&held).contains("v2024"), "{}", said(&held));
    assert!(snapshot.exists());
    let forced = esep(&study, &["data", "remove", "--table", "data", "--vintage", "v2024", "--force"]);
    assert!(forced.status.success() && !snapshot.exists(), "{}", said(&forced));
}

#[test]
fn scales_that_a_file_tells_are_settled_and_idle_names_are_told() {
    let study = begun("again-scales");
    let folder = study.parent().expect("a folder");
    let layout = folder.join("own.yaml");
    let file = yearly(folder, 2024, "Urodzenia w tys.", HEADS, &ROWS);
    let add = |text: &str| {
        fs::write(&layout, text.replace("2023", "2024")).expect("a layout");
        esep(
            &study,
            &[
                "data",
                "add",
                &file,
                "--table",
                "data",
                "--vintage",
                "v2024",
                "--layout",
                layout.to_str().expect("a path"),
            ],
        )
    };
    let open = add(&LAYOUT.replace("scale: 1000\n", ""));
    assert!(
        open.status.code() == Some(1)
            && said(&open).contains("states no scale, and the file may tell one: `scale: 1000"),
        "{}",
        said(&open)
    );
    let idle = add(&LAYOUT.replace("Mazowsze: maz", "Mazowsze: maz, Podlasie: maz"));
    assert!(idle.status.success(), "{}", said(&idle));
    let told = said(&idle);
    assert!(told.contains("nothing in the file says `Podlasie`, which its layout reads under `names`"), "{told}");
    let build = said(&esep(&study, &["build"]));
    let package = fs::read_to_string(study.join("data/datapackage.yaml")).expect("a catalogue");
    let line = package.lines().position(|line| line.contains("Podlasie")).expect("the name") + 1;
    assert!(build.contains(&format!("data/datapackage.yaml:{line}:")), "{build}");
    // Nobody counts half a person without saying so.
    let half = folder.join("half.csv");
    fs::write(&half, "region,year,births\nmaz,2025,41.5\n").expect("a table");
    let half = half.display().to_string();
    let refused = esep(&study, &["data", "add", &half, "--table", "data", "--vintage", "v2025"]);
    assert!(
        refused.status.code() == Some(1) && said(&refused).contains("1 of its figures are none: `41.5`"),
        "{}",
        said(&refused)
    );
}

#[test]
fn words_of_the_command_line_that_nobody_knows_are_guessed_and_listed() {
    let folder = scratch("again-words");
    fs::create_dir_all(&folder).expect("a folder");
    for (arguments, wanted) in [
        (&["edition", "nwe"][..], &["did you mean `new`?", "`esep edition` has: new"][..]),
        (&["biuld"], &["'build'", "`esep` has: new, guide, build"]),
        (&["status", "--wy"], &["did you mean `--why`?", "`esep status` has: --why"]),
        (&["build", "--to", "htlm"], &["[possible values: single-html, typst, xlsx]"]),
        (&["eval", "--lang", "kz", "x"], &["did you mean `kk`?"]),
        (&["data", "inspect", "x.csv", "--encoding", "windos-1250"], &["did you mean `windows-1250`?"]),
    ] {
        let output = esep(&folder, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        wanted.iter().for_each(|one| assert!(said(&output).contains(one), "{arguments:?}: {one}\n{}", said(&output)));
    }
    for (text, wanted) in [
        ("{{ 5 | persons(\"gen\") }}", "a case is asked for by a filter of its own: `persons | case(\"gen\")`"),
        ("{{ 5 | number(decimal=1) }}", "it is used as `number(decimals, scale=)`"),
        ("{{ 5 | persons | case(\"genitive\") }}", "did you mean `gen`?"),
        ("{{ 2020 | year(1) }}", "it is used as `year`"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        let output = command.args(["eval", "--lang", "ru", text]).current_dir(&folder).output().expect("esep runs");
        assert!(said(&output).contains(wanted), "{text}: {wanted}\n{}", said(&output));
    }
}

#[test]
fn a_file_of_another_title_or_scale_is_taken_in_with_a_word_of_it() {
    let study = begun("again-titled");
    let folder = study.parent().expect("a folder").to_owned();
    let add = |file: &str, vintage: &str| esep(&study, &["data", "add", file, "--table", "data", "--vintage", vintage]);
    let alike = yearly(&folder, 2024, "Urodzenia w tys.", HEADS, &ROWS);
    assert!(!said(&add(&alike, "alike")).contains("warning"), "the same title of another year");
    let titled = yearly(&folder, 2025, "Zgony w tys.", HEADS, &ROWS);
    let told = said(&add(&titled, "titled"));
    assert!(told.contains("A1: its title says `Zgony w tys., 2025`, and that of data/raw/own/"), "{told}");
    // The same table a thousandfold, as a file of persons where thousands are meant.
    let swollen: Vec<(&str, f64, &str)> = ROWS.iter().map(|(place, value, _)| (*place, value * 1000.0, "")).collect();
    let swollen = yearly(&folder, 2026, "Urodzenia w tys.", HEADS, &swollen);
    let told = said(&add(&swollen, "swollen"));
    assert!(told.contains("most of its figures are about 1000 times what `data` held before"), "{told}");
}

#[test]
fn columns_that_moved_are_found_by_their_heads_and_said() {
    let folder = scratch("again-moved");
    fs::create_dir_all(&folder).expect("a folder");
    let (from, study) = (folder.join("two.csv"), folder.join("study"));
    fs::write(&from, "Region;Year;Births (thousands);Deaths, A: total\nNorth;2021;5,5;41\nNorth;2022;5,4;43\nSouth;2021;7,5;52\nSouth;2022;7,7;50\n")
        .expect("a table");
    let path = |path: &Path| path.display().to_string();
    let begun = Command::new(env!("CARGO_BIN_EXE_esep"))
        .args(["new", &path(&study), "--lang", "en", "--from", &path(&from)])
        .output()
        .expect("esep runs");
    assert!(begun.status.success(), "{}", said(&begun));
    let package = study.join("data/datapackage.yaml");
    let before = fs::read_to_string(&package).expect("a catalogue");
    let add = |name: &str, text: &str| {
        fs::write(&package, &before).expect("a catalogue");
        let file = folder.join(format!("{name}.csv"));
        fs::write(&file, text).expect("a table");
        let added = esep(&study, &["data", "add", &path(&file), "--table", "data", "--vintage", name]);
        (added.status.code(), said(&added), fs::read_to_string(&package).expect("a catalogue"))
    };
    let rows = "South;51;2022;7,7\nSouth;52;2023;7,8\nNorth;43;2022;5,4\nNorth;44;2023;5,6\n";
    let (code, told, entry) = add("moved", &format!("Region;Deaths, A: total;Year;Births (thousands)\n{rows}"));
    assert_eq!(code, Some(0), "{told}");
    for wanted in [
        "column B is read as D was, by its head",
        "column C is read as B was, by its head",
        "column D is read as C was, by its head",
        "deaths_a_total[south,2022]: 50 → 51",
        "births_thousands[south,2023]: 7800",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    assert!(entry.contains("labels: {A: territory, C: period}"), "{entry}");
    // A head that is new, that stands twice or not at all is for the author to place.
    for (name, heads, wanted) in [
        ("new", "Region;Deaths;Year;Births (thousands)", "column B is headed `Deaths`"),
        ("twice", "Region;Year;Year;Births (thousands)", "column C is headed `Year`"),
        ("bare", "Region;;Year;Births (thousands)", "column C is headed `Year`"),
    ] {
        let (code, told, after) = add(name, &format!("{heads}\n{rows}"));
        assert_eq!((code, told.contains(wanted)), (Some(1), true), "{name}: {told}");
        assert_eq!(after, before, "{name}");
    }
}
