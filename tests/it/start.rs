//! Start: what a newcomer does in an empty folder: a study is begun in any languages, of a table of anybody's or none, and
//! builds at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use esep::build::{Wanted, build};
use esep::diagnostic::Diagnostics;
use esep::files::Files;
use rust_xlsxwriter::Workbook;

use crate::study::{read, scratch};
use crate::support::root;

const LANGUAGES: [&str; 5] = ["ru", "kk", "en", "ru,kk", "ru,en"];

fn esep(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.args(arguments).env("ESEP_CACHE", "").output().expect("esep runs")
}

fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Begins a study in a folder of its own.
fn begun(name: &str, lang: &str, from: Option<&Path>) -> PathBuf {
    let folder = scratch(name).join("study");
    let mut arguments = vec!["new", folder.to_str().expect("a path"), "--lang", lang];
    arguments.extend(from.into_iter().flat_map(|from| ["--from", from.to_str().expect("a path")]));
    // An encoding that no mark states is a guess, and told as one.
    let guessed = from.filter(|from| from.to_string_lossy().contains(".cp1251."));
    let note = guessed.map(|from| {
        let read = "is read as CSV, windows-1251, delimiter ';'; `--encoding` states another";
        format!("note: {} {read}\n", from.display())
    });
    assert_eq!(said(&esep(&arguments)), (Some(0), note.unwrap_or_default()), "{name} {lang}");
    folder
}

/// Reads what a study is built of, and builds it without one complaint.
fn built(folder: &Path, what: &str) -> Files {
    let mut diagnostics = Diagnostics::default();
    let report = build(&read(folder), &Wanted::default(), &mut diagnostics);
    let list: Vec<String> = diagnostics.sorted().iter().map(|d| format!("{} {}", d.code, d.message)).collect();
    assert_eq!(list, [""; 0], "{what}");
    report.expect("a report")
}

/// Looks at the pages of a report: each language says numbers in ten sentences and lacks no word.
fn look(report: &Files, folder: &Path, langs: &str, sentences: usize) {
    for lang in langs.split(',') {
        let template = fs::read_to_string(folder.join(format!("templates/{lang}/main.md"))).expect("a page");
        let with_numbers = template.lines().filter(|line| line.contains("q(\"") && !line.contains("esep")).count();
        assert!(with_numbers >= sentences, "{langs}: {with_numbers} sentences\n{template}");
        let page = report.text(&format!("current/{lang}/report.md")).expect("a page");
        assert!(!page.contains("[[") && !page.contains("start."), "{page}");
    }
    let study = fs::read_to_string(folder.join("study.yaml")).expect("study.yaml");
    assert!(study.lines().count() < 60, "{study}");
    let catalogue = fs::read_to_string(folder.join("data/datapackage.yaml")).expect("a catalogue");
    assert!(study.contains('#') && catalogue.contains("a guess"));
}

#[test]
fn a_study_of_the_made_up_table_builds_and_checks_in_any_languages() {
    for lang in LANGUAGES {
        let folder = begun("start-made-up", lang, None);
        let report = built(&folder, lang);
        look(&report, &folder, lang, 10);
        let study = fs::read_to_string(folder.join("study.yaml")).expect("study.yaml");
        let told = [("ru", "выдуманный"), ("kk", "ойдан шығарылған"), ("en", "made-up")];
        for (code, word) in told.into_iter().filter(|(code, _)| lang.split(',').any(|lang| lang == *code)) {
            assert!(study.contains(word), "{code}: {study}");
        }
        assert!(!study.contains("TODO"), "{study}");
    }
    // The last one as a newcomer does it.
    let folder = begun("start-made-up", "ru,en", None);
    let study = folder.to_str().expect("a path");
    for command in ["build", "check"] {
        assert_eq!(said(&esep(&[command, "--study", study])), (Some(0), String::new()), "{command}");
    }
    let english =
        fs::read_to_string(folder.join("report/current/en/report.md")).expect("a page").replace('\u{a0}', " ");
    for phrase in ["1,356", "increased by 126", "10.2%", "2.8 times", "Figure 1", "table 1", "(North)"] {
        assert!(english.contains(phrase), "{phrase}\n{english}");
    }
}

#[test]
fn a_study_of_anybodys_table_builds_in_any_languages() {
    let tables = [
        ("births.csv", 10),
        ("wages.cp1251.csv", 9),
        ("growth.tsv", 9),
        ("prices.csv", 9),
        ("products.csv", 7),
        ("towns.csv", 9),
        ("output.kk.csv", 9),
    ];
    for (at, (table, sentences)) in tables.into_iter().enumerate() {
        let from = root().join("tests/material/start").join(table);
        // Each table in two of the languages, and the first in all.
        for lang in (0..LANGUAGES.len()).filter(|lang| at == 0 || lang % 5 == at % 5 || (lang + 2) % 5 == at % 5) {
            let folder = begun("start-from", LANGUAGES[lang], Some(&from));
            let report = built(&folder, table);
            look(&report, &folder, LANGUAGES[lang], sentences);
            let kept = folder.join("data/raw/own/first");
            let kept = fs::read_dir(kept).expect("a folder").flatten().next().expect("the table").path();
            assert_eq!(
                fs::read(kept).expect("the table"),
                fs::read(&from).expect("a table"),
                "a snapshot is never edited"
            );
        }
    }
}

#[test]
fn a_study_of_a_workbook_knows_codes_names_and_the_whole() {
    let folder = scratch("start-workbook");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Jobs").expect("a name");
    sheet.write(0, 0, "Unemployed by county").expect("a cell");
    for (at, head) in ["Code", "County", "Year", "Unemployed", "Rate, %"].into_iter().enumerate() {
        sheet.write(2, at as u16, head).expect("a cell");
    }
    let rows = [("XY-A", "Alba", 10.0), ("XY-B", "Bara", 20.0), ("XY", "All", 30.0)];
    for (at, (code, name, value)) in rows.into_iter().enumerate() {
        for year in 0..3u32 {
            let row = 3 + at as u32 * 3 + year;
            sheet.write(row, 0, code).expect("a cell");
            sheet.write(row, 1, name).expect("a cell");
            sheet.write(row, 2, 2021 + year).expect("a cell");
            sheet.write(row, 3, value * f64::from(year + 1)).expect("a cell");
            sheet.write(row, 4, value / 4.0).expect("a cell");
        }
    }
    book.add_worksheet().set_name("Notes").expect("a name").write(0, 0, "Made up.").expect("a cell");
    let file = folder.join("jobs.xlsx");
    book.save(&file).expect("a workbook");
    let study = begun("start-workbook-study", "en", Some(&file));
    look(&built(&study, "jobs.xlsx"), &study, "en", 10);
    let list = fs::read_to_string(study.join("data/territories.yaml")).expect("the territories");
    for line in [
        r#"{code: "XY", kind: country, names: {en: {name: "All"}}}"#,
        r#"{code: "XY-A", kind: place, names: {en: {name: "Alba"}}}"#,
    ] {
        assert!(list.contains(line), "{list}");
    }
    let catalogue = fs::read_to_string(study.join("data/datapackage.yaml")).expect("a catalogue");
    for part in ["leave_sheets: {\"Notes\"", "unit: percent", "title: {en: \"Unemployed\"}", "header: [3]"] {
        assert!(catalogue.contains(part), "{part}\n{catalogue}");
    }
}

/// Begins a study of a text in English: how it ended, what was said of it, and the catalogue, where one was written.
fn of_text(name: &str, text: &str) -> (Option<i32>, String, String) {
    let folder = scratch(name);
    let (table, study) = (folder.join("table.csv"), folder.join("study"));
    fs::write(&table, text).expect("a table");
    of_file(&table, &study)
}

fn of_file(table: &Path, study: &Path) -> (Option<i32>, String, String) {
    let path = |path: &Path| path.to_str().expect("a path").to_owned();
    let output = esep(&["new", &path(study), "--lang", "en", "--from", &path(table)]);
    let said = [output.stdout, output.stderr].concat();
    let catalogue = fs::read_to_string(study.join("data/datapackage.yaml")).unwrap_or_default();
    if output.status.success() {
        let mut diagnostics = Diagnostics::default();
        build(&read(study), &Wanted::default(), &mut diagnostics).expect("a report");
    }
    (output.status.code(), String::from_utf8(said).expect("UTF-8"), catalogue)
}

#[test]
fn what_is_guessed_of_a_table_is_told_and_written() {
    let cases = [
        // The first rows hold no number, but marks.
        ("Region;2021;2022\nNorth;x;x\nSouth;10;11\nEast;1010²;12*\n", "", "header: [1]\n"),
        ("Region;2021;2022\nNorth;…;NA\nSouth;10;11\nEast;12;14\n", "", "header: [1]\n"),
        (
            "Region;2021;2022\nNorth;c;c\nSouth;10;11\nEast;12;13\n",
            "`c` is the mark of a missing number",
            "\"c\": missing",
        ),
        (
            "Region;2021;2022\nNorth;:;9\nSouth;10;.\nEast;12;13\n",
            "`.` is the mark of a missing number",
            "\":\": missing",
        ),
        // The columns are numbered.
        (
            "Область;2021;2022;2023\nА;1;2;3\nСевер;10;11;12\nЮг;20;21;22\n",
            "periods in the headings",
            "header: [1, 2]\n        levels: [period, \"-\"]",
        ),
        // A scale is named by a title, by some headings, by a column.
        (
            "Births, thousand;;\nRegion;2021;2022\nNorth;10.5;11.5\nSouth;20.5;21.5\n",
            "guessed: one printed unit is 1000, by A1: `Births, thousand`",
            "scale: 1000   # a guess, by A1: Births, thousand",
        ),
        (
            "Year;Births, thousand;Deaths, persons\n2021;15.5;14000\n2022;15.1;13900\n",
            "one printed unit of column B is 1000, by `Births, thousand`",
            "units: {\"none 1000\": {unit: none, scale: 1000}}",
        ),
        (
            "Indicator;Unit;2022;2023\nPopulation;thousand persons;1000.5;1010.2\nBirths;persons;15000;14900\n",
            "measure population, measure births",
            "labels: {A: measure, B: unit}",
        ),
        // One period is said by the title alone.
        (
            "Births, 2023;;\nRegion;Male;Female\nNorth;10;11\nSouth;20;21\n",
            "all of it is of 2023, by A1",
            "from: {period: A1}",
        ),
        // A heading is read by its year.
        (
            "Region;Average 2022;Average 2023\nNorth;10;11\nSouth;20;21\n",
            "`Average 2022` is read as 2022",
            "levels: [period]",
        ),
        // Months stand beside their year: in a title, in a column, in the headings, in a row of headings above.
        (
            "Births in 2023, persons;;\nRegion;January;February\nNorth;10;11\nSouth;20;21\n",
            "the months of the headings are of 2023, by A1",
            "constants: {period: \"2023\"}",
        ),
        ("Year;January;February\n2022;10;11\n2023;20;21\n", "periods in the headings", "labels: {A: period}"),
        (
            "Year;Month;Births\n2022;January;1\n2022;February;2\n2023;January;3\n2023;February;4\n",
            "periods in column A",
            "labels: {A: period, B: period}",
        ),
        ("Month;2022;2023\nJanuary;10;11\nFebruary;20;21\n", "periods in the headings", "labels: {A: period}"),
        (
            "Births in 2023\nMonth;Births\nJanuary;10\nFebruary;20\n",
            "the months of column A are of 2023, by A1",
            "constants: {period: \"2023\"}",
        ),
        (
            "Region;2022;;2023;\n;January;February;January;February\nNorth;1;2;3;4\nSouth;5;6;7;8\n",
            "periods in the headings",
            "levels: [period, period]",
        ),
        // Years beside other numbers, and a column of other years.
        (
            "Rank;Region;2021;2022;Total\n1;North;10;11;21\n2;South;20;21;41\n",
            "no period stands over it",
            "levels: [period]",
        ),
        (
            "Region;2021;2022;Estimates begin\nNorth;10;11;2022\nSouth;20;21;2021\n",
            "periods in the headings",
            "levels: [period]",
        ),
        // Sections tell rows of one label apart.
        (
            "Region;2022;2023\nTown;;\nNorth;1;2\nSouth;3;4\nCountry;;\nNorth;5;6\nSouth;7;8\n",
            "told apart by the lines between them: Town, Country",
            "labels: {A: [section, territory]}",
        ),
        (
            "Region;2022;2023\nNorth;6;8\nSouth;10;12\nTown;;\nNorth;1;2\nSouth;3;4\n",
            "told apart by the lines between them: total, Town",
            "otherwise: {section: total}",
        ),
        // Stocks of the last day of their years.
        (
            "Population at 31 XII;;\nRegion;2021;2022\nNorth;10;11\nSouth;20;21\n",
            "the numbers hold on the last day of their years, by A1",
            "at_end: true   # a guess, by A1: Population at 31 XII",
        ),
        // A scale is named by a note, by a column.
        (
            "Region;2021;2022\nNorth;10.5;11.5\nSouth;20.5;21.5\n\nNote: figures are given in thousands\n",
            "one printed unit is 1000, by A5: `Note: figures are given in thousands`",
            "scale: 1000",
        ),
        (
            "Region,Year,Scale,Value\nNorth,2021,Thousands,10.5\nNorth,2022,Thousands,11.5\nSouth,2021,Thousands,20.5\n",
            "one printed unit is 1000, by C2: `Thousands`",
            "scale: 1000",
        ),
        // A mark is explained by a note, or is a doubt.
        ("Region;2021;2022\nNorth;10;-\nSouth;20;21\n- no data\n", "periods", "\"-\": missing"),
        ("Region;2021;2022\nNorth;10;-\nSouth;20;21\n", "no note says so", "\"-\": no_phenomenon"),
        ("Region;2021;2022\nNorth;10 e;11\nSouth;20;: c\n", "tell their status", "statuses: {c: Q, e: estimated}"),
        // Digits of every script, groups of two.
        ("Region;٢٠٢١;٢٠٢٢\nNorth;١٢٣٤;٥\nSouth;٢٠;٢١\n", "periods in the headings", "header: [1]"),
        ("State;2001;2011\nNorth;3,18,41,374;12,34,567\nSouth;20;21\n", "periods in the headings", "header: [1]"),
        (
            "Region;民國109年;民國110年;民國111年\nNorth;10;20;30\nSouth;40;50;60\n",
            "the headings differ in a number alone",
            "header: [1]",
        ),
        // What is doubtful is told, and the study stands.
        (
            "Age;Male;Female\n0-4;100;95\n5-9;110;105\nTotal;210;200\n",
            "`Total` is the sum of the others",
            "total: \"Total\"",
        ),
        // One measure that does not close leaves the total to the author.
        ("Age;Male;Female\n0-4;100;95\n5-9;110;105\nTotal;210;201\n", "warning[data/total]", "header: [1]"),
        ("Região;Ano;Nados\nN;2021;1\nS;2021;2\nN;2022;3\nS;2022;4\n", "territories in column A", "role: territory"),
        ("Region;1999;2009;2021\nNorth;147;146;145\nSouth;14;13;12\n", "guessed", "header: [1]"),
    ];
    for (text, told, written) in cases {
        let (code, said, catalogue) = of_text("start-guessed", text);
        assert_eq!(code, Some(0), "{text}\n{said}");
        assert!(said.contains(told), "{told}\n{said}");
        assert!(catalogue.contains(written), "{written}\n{catalogue}");
    }
}

#[test]
fn what_is_no_part_of_one_series_is_left_and_told() {
    let months = "Jan;Feb;Mar;Apr;May;Jun;Jul;Aug;Sep;Oct;Nov;Dec";
    for whole in ["Total", "Year", "Annual average"] {
        let rows = ["2021", "2022"].map(|year| format!("{year};10;11;12;13;14;15;16;17;18;19;20;21;186"));
        let (code, said, catalogue) =
            of_text("start-months", &format!("Births by month\nYear;{months};{whole}\n{}\n", rows.join("\n")));
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains(&format!("not read: column N, {whole}: whole years")), "{said}");
        assert!(catalogue.contains("leave_columns: {N: "), "{catalogue}");
    }
    let (_, said, _) = of_text("start-quarters", ";Q1 2022;Q2 2022;Q3 2022;2022\nNorth;4;8;12;40\nSouth;6;12;18;60\n");
    assert!(said.contains("not read: column E, 2022: whole years"), "{said}");
    let (_, said, catalogue) = of_text("start-numbered", "Staff\n;2021;2022\nА;1;2\nAll;300;310\nNorth;100;105\n");
    assert!(catalogue.contains("header: [2, 3]") && !catalogue.contains('А'), "{said}\n{catalogue}");
    let (_, said, catalogue) =
        of_text("start-corner", "Grain\nthousand tonnes;2021;2022\nAll;16376.1;22031.3\nNorth;6376.1;10031.3\n");
    assert!(said.contains("one printed unit is 1000, by A2"), "{said}\n{catalogue}");
    for head in ["fiscal_year", "year (EC)", "FY"] {
        let (_, said, _) = of_text("start-calendar", &format!("region,{head},births\nN,2021,5\nN,2022,6\nS,2021,7\n"));
        assert!(said.contains("speaks of another calendar or of fiscal years"), "{head}\n{said}");
    }
    let (code, said, _) = of_text("start-marked", "Region;2021;2022*\nNorth;4;8\nSouth;6;12\n* provisional\n");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("`2022*` is read as 2022, and its mark is not kept"), "{said}");
    // What stands among months is none of them, in whichever direction they stand.
    let names = ["January", "February", "March", "April", "May"];
    let rows: String = names.iter().zip(10..).map(|(name, value)| format!("{name};{value};{}\n", value + 1)).collect();
    let (code, said, catalogue) = of_text("start-rows", &format!("Month;2021;2022\n{rows}Total;60;65\n"));
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("not read: row 7, Total: no part of a year among others"), "{said}");
    assert!(catalogue.contains("leave_rows: [{rows: \"7\", reason: "), "{catalogue}");
    let lines = "Region;2021;2022\nAll;30;33\nof which:;;\nNorth;10;11\nSouth;20;22\n";
    let (_, said, catalogue) = of_text("start-lines", lines);
    assert!(said.contains("`of which:` (A3) is a line between rows"), "{said}");
    assert!(catalogue.contains("leave_rows: [{rows: \"3\""), "{catalogue}");
    let folder = scratch("start-indented");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, name) in (0..).zip(["Region", "All", "  North", "    Town", "  South"]) {
        sheet.write(row, 0, name).expect("a name");
        (1..3).for_each(|column| {
            let number = if row == 0 { 2020 + u32::from(column) } else { 10 + row * u32::from(column) };
            sheet.write(row, column, number).expect("a number");
        });
    }
    let (table, study) = (folder.join("table.xlsx"), folder.join("study"));
    fs::write(&table, book.save_to_buffer().expect("a workbook")).expect("a file");
    let (_, said, _) = of_file(&table, &study);
    assert!(said.contains("the labels of column A are indented (A4)"), "{said}");
    // A format that leaves digits off makes a scale.
    let shown = |title: &str, formats: [&str; 2]| {
        let folder = scratch("start-shown");
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, title).expect("a title");
        ["Region", "2021", "2022"].iter().zip(0..).for_each(|(head, column)| {
            sheet.write(1, column, *head).expect("a head");
        });
        for (row, name) in (2..).zip(["North", "South"]) {
            sheet.write(row, 0, name).expect("a name");
            for (column, format) in (1..).zip(formats) {
                let format = rust_xlsxwriter::Format::new().set_num_format(format);
                sheet.write_with_format(row, column, 12_500_000 + row * 1000, &format).expect("a number");
            }
        }
        let (table, study) = (folder.join("table.xlsx"), folder.join("study"));
        fs::write(&table, book.save_to_buffer().expect("a workbook")).expect("a file");
        of_file(&table, &study)
    };
    let millions = ["0.0,,\"M\""; 2];
    let (_, said, catalogue) = shown("Revenue, USD", millions);
    assert!(said.contains("one printed unit is 1000000, by B3: `the format of its cells`"), "{said}");
    assert!(catalogue.contains("scale: 1000000"), "{catalogue}");
    let (_, said, catalogue) = shown("Revenue, million USD", millions);
    assert!(said.contains("one printed unit is 1000000, by A1"), "{said}");
    assert!(catalogue.contains("scale: 1000000"), "{catalogue}");
    let (code, said, _) = shown("Revenue, thousand USD", millions);
    assert!(code == Some(1) && said.contains("B3: its format shows 1000000 units as one, and `Revenue"), "{said}");
    let (code, said, _) = shown("Revenue, USD", ["0", "0.0,"]);
    assert!(code == Some(1) && said.contains("C3"), "{said}");
    // A title of one period is read anew in each further file; one of two is told.
    let (_, said, catalogue) = of_text("start-titled", "Births in 2022;\nRegion;Births\nNorth;10\nSouth;20\n");
    assert!(catalogue.contains("from: {period: A1}"), "{said}\n{catalogue}");
    let (_, said, _) =
        of_text("start-two-years", "Births, 2023 (by the census of 2021);\nRegion;Births\nNorth;10\nSouth;20\n");
    assert!(said.contains("names no one period, and none is taken"), "{said}");
    let index =
        "Prices, in % of the end of the month before;;\nMonth;2021;2022\nJanuary;101.5;102\nFebruary;101;103.5\n";
    let (_, said, catalogue) = of_text("start-ratio", index);
    assert!(!catalogue.contains("at_end"), "{said}\n{catalogue}");
    let (_, said, _) = of_text("start-part", "Exports in January-September\n;2021;2022\nAll;30;31\nNorth;10;15\n");
    assert!(said.contains("speaks of a part of a year"), "{said}");
}

#[test]
fn what_cannot_be_read_is_refused_at_its_cell() {
    let part = "is a part of a year, and would be read as the whole of it";
    let of = |heading: &str| format!("Region;{heading} 2022;{heading} 2023\nNorth;10;11\nSouth;20;21\n");
    let heads = ["I-IX", "I–III квартал", "H1", "styczeń–wrzesień", "январь–сентябрь", "9 months", "1. Quartal"];
    let cases = heads.map(|heading| (of(heading), "B1", part)).into_iter().chain(
        [
            ("Region;2022;2023 (9 мес.)\nNorth;10;11\nSouth;20;21\n", "C1", part),
            ("Region;2021;2022\nNorth;(1 234);-55\nSouth;-12;40\n", "B2", "stands among numbers and is none"),
            ("Region;2021;2022\nNorth;12,5%;13%\nSouth;20;21%\n", "B2", "stands among numbers and is none"),
            ("Region;2021;2022\nNorth;110-;5\nSouth;20;21\n", "B2", "stands among numbers and is none"),
            ("Region;01-09.2022;01-09.2023\nNorth;10;11\nSouth;20;21\n", "B1", part),
            ("Region;January;February\nNorth;10;11\nSouth;20;21\n", "B1", "nothing tells of which"),
            ("Region;Jan-22;Feb-22\nNorth;10;11\nSouth;20;21\n", "B1", "tells its year by two digits"),
            ("Region;2021/1;2021/2;2022/1;2022/2\nNorth;1;2;3;4\nSouth;5;6;7;8\n", "B1", "a quarter or half a year"),
            ("Region;2021K1;2021K2\nNorth;1;2\nSouth;3;4\n", "B1", "holds a year, and nobody knows"),
            ("Region;1990-1995;1995-2000\nNorth;10;11\nSouth;20;21\n", "B1", "span of several years"),
            ("Region;2021/2022;2022/2023\nNorth;10;11\nSouth;20;21\n", "B1", "it goes over two years"),
            ("Region;2008/09;2009/10\nNorth;10;11\nSouth;20;21\n", "B1", "it goes over two years"),
            ("Region;2009-10;2010-11\nNorth;10;11\nSouth;20;21\n", "B1", "it goes over two years"),
            (
                "Region,Year,Scale,Value\nNorth,2021,Thousands,10\nNorth,2022,Units,11000\nSouth,2021,Thousands,20\n",
                "C2",
                "names a scale that other rows have not",
            ),
            ("Region;2022;2023, thousand\nNorth;10000;11.5\nSouth;20000;21.5\n", "C1", "names a scale"),
            ("Region;Births;;Share;\n;2021;2022;2021;2022\n;persons;persons;%;%\nNorth;1;2;3;4\n", "B1", "third row"),
            ("Region;Unit;2021\nNorth;persons;1\nSouth;zł;3\n", "B1", "several units"),
            (
                "Stock\n;2021;2021;2022;2022\n;men;women;men;women\n;Number;Number;Number;Number\nAll;1;2;3;4\nNorth;5;6;7;8\n",
                "D2",
                "third row",
            ),
            ("Region;1399;1400\nNorth;10;11\nSouth;20;21\n", "B1", "`1399` is no year of the calendar"),
            ("region,year,births\nN,2563,5\nN,2564,6\nS,2563,7\n", "B2", "`2563` under `year` is no year of the calendar"),
            (
                "REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nFR,2021,10.5,3\nFR,2022,11.5,3\nDE,2021,20500,0\n",
                "D2",
                "names a scale that other rows have not",
            ),
        ]
        .map(|(text, at, words)| (text.to_owned(), at, words)),
    );
    for (text, at, words) in cases {
        let (code, said, _) = of_text("start-refused", &text);
        assert_eq!(code, Some(1), "{text}\n{said}");
        assert!(said.contains(words) && said.contains(&format!(": {at}: ")), "{at} {words}\n{said}");
    }
}

#[test]
fn signs_around_numbers_are_read_as_they_are_stated() {
    let of = |text: &str, more: &[&str], ask: &str| {
        let folder = scratch("start-signs");
        std::fs::write(folder.join("table.csv"), text).expect("a table");
        let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
        let (table, study) = (path("table.csv"), path("study"));
        let output = esep(&[&["new", &study, "--lang", "en", "--from", &table], more].concat());
        let (code, told) = said(&output);
        let told = format!("{}{told}", String::from_utf8_lossy(&output.stdout));
        if code != Some(0) {
            return told;
        }
        let output = esep(&["trace", ask, "--format", "json", "--study", &study]);
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        format!(
            "{} {} | {told}",
            answer["decimal"].as_str().or(answer["value"].as_str()).unwrap_or("none"),
            answer["unit"].as_str().unwrap_or("none")
        )
    };
    let balance = "Balance\nRegion;2021;2022\nNorth;(1 234);-55\nSouth;12;40\n";
    let ask = "balance.value[north, 2021]";
    let told = of(balance, &[], ask);
    assert!(told.contains(": B3: ") && told.contains("`--brackets negative`"), "{told}");
    assert!(of(balance, &["--brackets", "negative"], ask).starts_with("-1234 "));
    assert!(of(balance, &["--brackets", "plain"], ask).starts_with("1234 "));
    let rate = "Rate\nRegion;2021;2022\nNorth;12,5%;13%\nSouth;20%;…\n";
    let told = of(rate, &[], "rate.value[north, 2021]");
    assert!(told.starts_with("12.5 percent") && told.contains("the sign of per cent behind the numbers"), "{told}");
    let whole = "Output\nRegion;2021;2022\nNorth;1.610;1.632\nSouth;1.758;1.787\n";
    let ask = "output.value[north, 2021]";
    assert!(of(whole, &[], ask).contains("--decimal , or --decimal ."));
    assert!(of(whole, &["--decimal", ","], ask).starts_with("1610 "), "{}", of(whole, &["--decimal", ","], ask));
    assert!(of(whole, &["--decimal", "."], ask).starts_with("1.61 "), "{}", of(whole, &["--decimal", "."], ask));
}

#[test]
fn what_does_not_occur_adds_nothing_to_a_sum() {
    for (notes, wanted) in [("", "21"), ("- нет данных\n", "missing")] {
        let (code, said, _) = of_text("start-sum", &format!("Region;2021;2022\nNorth;10;-\nSouth;20;21\n{notes}"));
        assert_eq!(code, Some(0), "{said}");
        let study = Path::new(env!("CARGO_TARGET_TMPDIR")).join("start-sum/study");
        let output = esep(&[
            "trace",
            "sum(measure.value[all, 2022])",
            "--format",
            "json",
            "--study",
            study.to_str().expect("a path"),
        ]);
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(answer["value"], wanted, "{answer}");
    }
}

#[test]
fn workbooks_say_which_sheet_is_read_and_merged_labels_hold_for_their_rows() {
    let folder = scratch("start-sheets");
    let mut book = Workbook::new();
    for year in ["2021", "2022"] {
        let sheet = book.add_worksheet();
        sheet.set_name(year).expect("a name");
        for (at, head) in ["Region", "Sex", "Births"].into_iter().enumerate() {
            sheet.write(0, at as u16, head).expect("a cell");
        }
        let plain = rust_xlsxwriter::Format::new();
        for (at, region) in ["North", "South"].into_iter().enumerate() {
            let row = 1 + 2 * at as u32;
            sheet.merge_range(row, 0, row + 1, 0, region, &plain).expect("a label");
            sheet.write(row, 1, "M").expect("a cell").write(row + 1, 1, "F").expect("a cell");
            sheet.write(row, 2, 1e21).expect("a cell").write(row + 1, 2, 0.25).expect("a cell");
        }
    }
    let file = folder.join("births.xlsx");
    book.save(&file).expect("a workbook");
    let (code, said, catalogue) = of_file(&file, &folder.join("study"));
    assert_eq!(code, Some(0), "{said}");
    for part in ["of the sheets `2021` is read, and left are `2022`", "all of it is of 2021, by the sheet's name"] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert!(catalogue.contains("labels: {A: territory, B: sex}"), "{catalogue}");
}

#[test]
fn nothing_is_overwritten_and_nothing_is_half_written() {
    let folder = scratch("start-taken");
    fs::write(folder.join("mine.txt"), "mine").expect("a file");
    let taken = folder.to_str().expect("a path");
    let (code, message) = said(&esep(&["new", taken]));
    assert_eq!(code, Some(2));
    assert!(message.contains("is not empty"), "{message}");
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 1);
    let dir = folder.join("new");
    let dir = dir.to_str().expect("a path");
    let twice = root().join("tests/material/start/twice.csv");
    let cases = [
        (vec!["--from", twice.to_str().expect("a path")], Some(1), "rows 2 and 3 have the same labels"),
        (vec!["--from", "nowhere.csv"], Some(1), "--from names the table"),
        (vec!["--lang", "xx"], Some(2), "no code of ISO 639-1"),
        (vec!["--lang", "de,en"], Some(2), "esep words --missing de"),
    ];
    for (more, wanted, words) in cases {
        let (code, message) = said(&esep(&[vec!["new", dir], more].concat()));
        assert_eq!(code, wanted, "{message}");
        assert!(message.contains(words), "{message}");
        assert!(!Path::new(dir).exists(), "nothing is left: {message}");
    }
    // An empty folder is free.
    fs::create_dir(dir).expect("a folder");
    assert_eq!(said(&esep(&["new", dir])), (Some(0), String::new()));
}

#[test]
fn what_is_ejected_changes_nothing_until_it_is_edited() {
    let folder = begun("start-eject", "ru,kk", None);
    let before = built(&folder, "before");
    let study = folder.to_str().expect("a path");
    for name in ["layout", "style", "words", "references", "terms"] {
        assert_eq!(said(&esep(&["eject", name, "--study", study])), (Some(0), String::new()), "{name}");
        let (code, message) = said(&esep(&["eject", name, "--study", study]));
        assert!(code == Some(1) && message.contains("stands there already"), "{name}: {message}");
    }
    assert_eq!(built(&folder, "after"), before);
    let strings = folder.join("templates/ru/strings.yaml");
    let words = fs::read_to_string(&strings).expect("the words");
    let line = words.lines().find(|line| line.starts_with("\"back-to-top\"")).expect("a word");
    fs::write(&strings, words.replace(line, "back-to-top: Наверх страницы")).expect("the words");
    let report = built(&folder, "edited");
    assert!(report.text("current/ru/index.html").expect("a page").contains("Наверх страницы"));
    let (code, message) =
        said(&esep(&["eject", "layout", "--study", folder.parent().and_then(Path::to_str).expect("a path")]));
    assert!(code == Some(2) && message.contains("no study stands here"), "{message}");
}

#[test]
fn what_a_study_may_name_is_listed_in_each_language() {
    let wanted = [
        ("units", "percentage-points"),
        ("nouns", ""),
        ("filters", "unit"),
        ("functions", "argmax"),
        ("checks", "regions"),
        ("kinds", "ranked-bars"),
        ("methods", "mann_kendall"),
    ];
    for (what, name) in wanted {
        for lang in ["ru", "kk", "en"] {
            let output = esep(&["list", what, "--lang", lang, "--format", "json"]);
            assert_eq!(said(&output), (Some(0), String::new()));
            let list: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
            let entries = list["entries"].as_array().expect("entries");
            let names: Vec<&str> = entries.iter().filter_map(|entry| entry["name"].as_str()).collect();
            assert!(names.len() > 9 && (name.is_empty() || names.contains(&name)), "{what} {lang}: {names:?}");
            let text = String::from_utf8(esep(&["list", what, "--lang", lang]).stdout).expect("UTF-8");
            assert!(names.iter().all(|name| text.contains(name)), "{text}");
        }
    }
    let folder = begun("start-list", "en", None);
    let study = folder.join("study.yaml");
    let text = fs::read_to_string(&study).expect("a study") + "\nnouns: {loan: {en: loan}}\n";
    fs::write(&study, text).expect("a study");
    let output = esep(&["list", "nouns", "--study", folder.to_str().expect("a path")]);
    assert!(String::from_utf8_lossy(&output.stdout).lines().any(|line| line == "loan"));
}

#[test]
fn a_cache_is_cleaned_and_the_report_stays() {
    let folder = begun("start-clean", "en", None);
    let (study, cache) = (folder.to_str().expect("a path"), scratch("start-clean-cache"));
    let cache = cache.to_str().expect("a path");
    assert_eq!(said(&esep(&["build", "--study", study, "--cache", cache])), (Some(0), String::new()));
    let output = esep(&["clean", "--study", study, "--cache", cache, "--format", "json"]);
    let removed: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(removed["removed"].as_u64() > Some(1), "{removed}");
    assert_eq!(fs::read_dir(cache).expect("a folder").count(), 0);
    assert_eq!(said(&esep(&["check", "--study", study])), (Some(0), String::new()));
}

#[test]
fn rows_stand_in_the_order_of_the_list_of_territories() {
    let table = "Region,Year,Births\nNorte,2021,5\nNorte,2022,6\nPortugal,2021,9\nPortugal,2022,11\nAlentejo,2021,4\nAlentejo,2022,5\n";
    let folder = scratch("order");
    let (from, study) = (folder.join("table.csv"), folder.join("study"));
    fs::write(&from, table).expect("a table");
    let (code, said, _) = of_file(&from, &study);
    assert_eq!(code, Some(0), "{said}");
    let report = built(&study, "order");
    let csv = report.text("current/tables/numbers.csv").expect("a table");
    let names: Vec<&str> = csv.lines().skip(1).step_by(2).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(names, ["portugal", "norte", "alentejo"], "{csv}");
}

#[test]
fn measures_in_rows_are_not_compared_with_one_another() {
    let from = root().join("tests/material/start/indicators.csv");
    let folder = begun("start-indicators", "ru,en", Some(&from));
    look(&built(&folder, "indicators"), &folder, "ru,en", 9);
    let catalogue = fs::read_to_string(folder.join("data/datapackage.yaml")).expect("a catalogue");
    assert!(catalogue.contains("C: measure") && catalogue.contains("jobless: {unit:"), "{catalogue}");
}

#[test]
fn files_lead_editors_to_schemas_that_they_fit() {
    let folder = begun("start-schemas", "ru,en", Some(&root().join("tests/material/start/births.csv")));
    let files = read(&folder);
    let schema = |path: &str| -> jsonschema::Validator {
        let text = fs::read_to_string(folder.join(path)).expect("a schema");
        jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema")
    };
    let value = |text: &str| -> serde_json::Value { serde_yaml::from_str(text).expect("YAML") };
    let paths = [
        "study.yaml",
        "data/datapackage.yaml",
        "data/territories.yaml",
        "templates/ru/exhibits.yaml",
        "templates/en/exhibits.yaml",
    ];
    for path in paths {
        let text = files.text(path).expect("a file").to_owned();
        let line = text.lines().next().expect("a line");
        let named = line.strip_prefix("# yaml-language-server: $schema=").expect("the first line names the schema");
        let own = folder.join(path).parent().expect("a folder").join(named);
        assert!(own.is_file(), "{path} names {named}");
        let validator = schema(
            own.strip_prefix(&folder).ok().and_then(Path::to_str).map_or(named, |_| named.trim_start_matches("../")),
        );
        validator.validate(&value(&text)).expect(path);
        assert!(validator.validate(&value(&format!("{text}\nmisspelt: {{colour: 1}}\n"))).is_err(), "{path}");
    }
}

#[test]
fn a_study_is_brought_to_todays_format_and_the_difference_is_shown() {
    let folder = begun("start-upgrade", "en", None);
    let (study, file) = (folder.to_str().expect("a path"), folder.join("study.yaml"));
    let today = fs::read_to_string(&file).expect("a study");
    let text = |arguments: &[&str]| String::from_utf8(esep(arguments).stdout).expect("UTF-8");
    assert!(text(&["upgrade", "--study", study]).contains("which is today's"));
    let old = today.replace("esep: 1\n", "");
    fs::write(&file, &old).expect("a study");
    assert_eq!(text(&["upgrade", "--study", study, "--dry-run"]), "+esep: 1\n");
    assert_eq!(fs::read_to_string(&file).expect("a study"), old);
    assert_eq!(text(&["upgrade", "--study", study]), "+esep: 1\n");
    assert_eq!(fs::read_to_string(&file).expect("a study"), today);
}
