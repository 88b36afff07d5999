//! Published: files as agencies publish them, written here with each trait, and what is drafted, taken in or refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use esep::catalog::{self, Catalog};
use esep::dataset;
use esep::diagnostic::Diagnostics;
use esep::files::Files;
use esep::reshape::draft::{self, Draft};
use esep::workbook::{self, Stated};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::study::{read, scratch, write};
use crate::support::study;

pub(crate) static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| catalog::read(&study(), &mut Diagnostics::default()).expect("a catalogue"));

/// Regions as the lists of an agency print them, in its order.
const REGIONS: [&str; 20] = [
    "Абай",
    "Акмолинская",
    "Актюбинская",
    "Алматинская",
    "Атырауская",
    "Западно-Казахстанская",
    "Жамбылская",
    "Жетісу",
    "Карагандинская",
    "Костанайская",
    "Кызылординская",
    "Мангистауская",
    "Павлодарская",
    "Северо-Казахстанская",
    "Туркестанская",
    "Ұлытау",
    "Восточно-Казахстанская",
    "г. Астана",
    "г. Алматы",
    "г. Шымкент",
];

pub(crate) fn drafted(bytes: &[u8], table: &str) -> Draft {
    let constants = BTreeMap::new();
    let workbook = workbook::read("file", bytes, &Stated::default()).expect("a workbook");
    draft::draft(&workbook, &dataset::target(&CATALOG.tables[table], &constants, &CATALOG))
}

/// The problems of a draft with their cells.
pub(crate) fn problems(draft: &Draft) -> Vec<String> {
    let one = |problem: &esep::diagnostic::Diagnostic| {
        format!("{}: {}", problem.place.within.as_deref().unwrap_or_default(), problem.message)
    };
    draft.trial.problems.iter().map(one).collect()
}

pub(crate) fn text(sheet: &mut Worksheet, row: u32, column: u16, text: &str) {
    sheet.write_string(row, column, text).expect("a text");
}

pub(crate) fn number(sheet: &mut Worksheet, row: u32, column: u16, number: u32) {
    sheet.write_number(row, column, f64::from(number)).expect("a number");
}

pub(crate) fn merge(sheet: &mut Worksheet, from: (u32, u16), to: (u32, u16), text: &str) {
    sheet.merge_range(from.0, from.1, to.0, to.1, text, &Format::new()).expect("merged");
}

pub(crate) fn saved(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().expect("a workbook")
}

/// The export of a data base: one figure a row, numbers in groups as text, levels and periods said twice, towns among regions.
fn exported() -> String {
    let mut out =
        String::from("\u{feff}\"NAM\"\t\"DAT\"\t\"PERIOD\"\t\"TERR\"\t\"LTERR\"\t\"AREA\"\t\"KN\"\t\"VAL\"\n");
    for year in [2021, 2022] {
        for (place, areas) in [
            ("РЕСПУБЛИКА КАЗАХСТАН", &["Всего", "городская местность", "сельская местность"][..]),
            ("ОБЛАСТЬ АБАЙ", &["Всего", "сельская местность"]),
            ("НЕКИЙ РАЙОН", &["Всего"]),
            ("Г.АЛМАТЫ", &["Всего"]),
        ] {
            for area in areas {
                out += &format!(
                    "\"Сальдо миграции по всем потокам(Человек)\"\t\"{year} год\"\t\"{year}12\"\t\"{place}\"\t\"0\"\t\"{area}\"\t\"Всего\"\t\"-1 {}\"\n",
                    200 + out.len() % 700
                );
            }
        }
    }
    out
}

#[test]
fn the_export_of_a_data_base_is_drafted_whole() {
    let draft = drafted(exported().as_bytes(), "net_migration");
    assert_eq!((problems(&draft), draft.open(), draft.trial.figures), (Vec::new(), 0, 12), "{}", draft.text);
    for line in ["  B: year", "  D: territory", "  F: measure", "  H: {head: \"VAL\"}", "count: 2}"] {
        assert!(draft.text.contains(line), "{line}\n{}", draft.text);
    }
}

/// A yearbook by districts: a cover, a list of contents, heads in two languages over three rows, several of them merged.
fn by_district() -> Vec<u8> {
    let mut book = Workbook::new();
    let cover = book.add_worksheet().set_name("Обложка").expect("a name");
    merge(cover, (2, 0), (4, 5), "Численность населения Республики Казахстан на 1 января 2024 года");
    let contents = book.add_worksheet().set_name("Содержание").expect("a name");
    for (row, region) in REGIONS.iter().enumerate() {
        text(contents, row as u32 + 3, 1, &format!("{region}………………"));
        number(contents, row as u32 + 3, 2, 2);
    }
    for (name, districts) in [("01", false), ("02", true)] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        merge(
            sheet,
            (0, 0),
            (0, 9),
            "2024 жылғы 1 қаңтарға халықтың саны\nЧисленность населения на 1 января 2024 года",
        );
        text(sheet, 1, 0, "адам");
        text(sheet, 1, 9, "человек");
        merge(sheet, (2, 0), (4, 0), " ");
        merge(sheet, (2, 1), (4, 1), "Барлық халық\nВсе население");
        merge(sheet, (2, 2), (2, 9), "соның ішінде:\nв том числе:");
        for (column, said) in [
            (2, "ерлер\nмужчины"),
            (3, "әйелдер\nженщины"),
            (4, "қала халқы\nгородское население"),
            (7, "ауыл халқы\nсельское население"),
        ] {
            merge(sheet, (3, column), (4, column), said);
        }
        for column in [5, 8] {
            merge(sheet, (3, column), (3, column + 1), "соның ішінде:\nв том числе:");
            text(sheet, 4, column, "ерлер\nмужчины");
            text(sheet, 4, column + 1, "әйелдер\nженщины");
        }
        let mut row = 5;
        for region in ["Қазақстан Республикасы", "Абай", "Алматы", "Түркістан", "Алматы қаласы"]
        {
            text(sheet, row, 0, region);
            (1..10).for_each(|column| number(sheet, row, column, 1000 * u32::from(column) + row));
            if region == "Алматы қаласы" {
                (7..10).for_each(|column| text(sheet, row, column, "-"));
            }
            row += 1;
            for district in ["Бірінші ауданы", "Екінші ауданы"].iter().filter(|_| districts) {
                text(sheet, row, 0, district);
                (1..10).for_each(|column| number(sheet, row, column, 10));
                row += 1;
            }
        }
    }
    saved(book)
}

#[test]
fn a_yearbook_by_districts_is_drafted_by_its_regions() {
    let draft = drafted(&by_district(), "population");
    assert_eq!((problems(&draft), draft.open(), draft.trial.figures), (Vec::new(), 0, 14), "{}", draft.text);
    assert!(draft.text.contains("  \"Алматы\": KZ-19\n"), "the city has a name of its own\n{}", draft.text);
    assert!(draft.text.contains("from: {year: A1}"), "{}", draft.text);
    let draft = drafted(&by_district(), "population_structure");
    assert_eq!((problems(&draft), draft.open(), draft.trial.figures), (Vec::new(), 0, 18), "{}", draft.text);
    assert!(draft.text.contains("F: {head: \"ерлер\", area: \"urban\", sex: \"male\"}"), "{}", draft.text);
    // The sheet by districts alone is drafted too, and its districts are counted as left out.
    let layout = drafted(&by_district(), "population")
        .text
        .replace("\"01\": {}", "\"02\": {}")
        .replace("\"02\": not", "\"01\": not");
    assert!(layout.contains("\"02\": {}") && layout.contains("\"01\": not"), "{layout}");
}

/// A workbook of years in columns: a sheet of all, and one a sex with sections by area, with a note on a name.
fn by_year() -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, sections) in [
        ("Все население", &[][..]),
        ("Мужчины", &["Мужчины", "Городское население", "Сельское население"]),
        ("Женщины", &["Женщины", "Городское население", "Сельское население"]),
    ] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        let mut row = 0;
        if !sections.is_empty() {
            merge(sheet, (1, 0), (1, 2), "Численность по регионам Республики Казахстан");
            text(sheet, 4, 2, "человек, на начало года");
            row = 5;
        }
        (0..2).for_each(|at| number(sheet, row, at + 1, 2020 + u32::from(at)));
        for section in sections.iter().map(Some).chain(sections.is_empty().then_some(None)) {
            if let Some(section) = section {
                row += 1;
                merge(sheet, (row, 0), (row, 2), section);
            }
            for place in ["Республика Казахстан ", "Абай", "Туркестанская 1", "г. Шымкент"]
            {
                row += 1;
                text(sheet, row, 0, place);
                for at in 1..3 {
                    match place {
                        "Абай" => text(sheet, row, at, "-"),
                        _ => number(sheet, row, at, 1000),
                    }
                }
            }
        }
        text(sheet, row + 1, 0, "1) Данные за 2000-2016гг. по прежней области.");
    }
    saved(book)
}

#[test]
fn years_in_columns_are_drafted_with_sections_and_sheets() {
    let draft = drafted(&by_year(), "population");
    assert_eq!((problems(&draft), draft.open(), draft.trial.figures), (Vec::new(), 0, 6), "{}", draft.text);
    let draft = drafted(&by_year(), "population_structure");
    assert_eq!((problems(&draft), draft.open(), draft.trial.figures), (Vec::new(), 0, 24), "{}", draft.text);
    assert!(
        draft.text.contains("A: [area, territory]") && draft.text.contains("\"Мужчины\": {sex: \"male\"}"),
        "{}",
        draft.text
    );
}

#[test]
fn other_traits_are_drafted() {
    // Years merged over quarters, a unit with a scale, rows by names of another language.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    text(sheet, 0, 0, "Net migration");
    text(sheet, 1, 0, "тыс. человек");
    for (at, year) in [(1u16, "2022"), (5, "2023")] {
        merge(sheet, (2, at), (2, at + 3), year);
        (0..4).for_each(|q| {
            text(sheet, 3, at + q, ["I квартал", "II квартал", "III квартал", "IV квартал"][usize::from(q)])
        });
    }
    for (row, place) in ["Kazakhstan", "Abai Region", "Almaty city"].iter().enumerate() {
        text(sheet, row as u32 + 4, 0, place);
        (1..9).for_each(|at| text(sheet, row as u32 + 4, at, "1 234,5"));
    }
    let draft = drafted(&saved(book), "net_migration_monthly");
    assert_eq!((problems(&draft), draft.open(), draft.trial.figures), (Vec::new(), 0, 24), "{}", draft.text);
    assert!(draft.text.contains("levels: [month, month]") && draft.text.contains("scale: 1000"), "{}", draft.text);
    // Years in rows, a place for all in the title.
    let rows =
        "Республика Казахстан;;\nгод;все население;городское население\n2021;10;5\n2022;11;6\n2023;12;7\n2024;13;8\n";
    let draft = drafted(rows.as_bytes(), "population");
    assert_eq!((problems(&draft), draft.open(), draft.trial.figures), (Vec::new(), 0, 8), "{}", draft.text);
    assert!(draft.text.contains("otherwise: {territory: KZ}"), "{}", draft.text);
    // The year in the name of each sheet.
    let mut book = Workbook::new();
    for year in ["2022", "2023"] {
        let sheet = book.add_worksheet().set_name(year).expect("a name");
        text(sheet, 0, 0, "Регион");
        text(sheet, 0, 1, "все население");
        text(sheet, 0, 2, "сельское население");
        for (row, place) in ["Абай", "Ұлытау"].iter().enumerate() {
            text(sheet, row as u32 + 1, 0, place);
            (1..3).for_each(|at| number(sheet, row as u32 + 1, at, 5));
        }
    }
    let draft = drafted(&saved(book), "population");
    assert_eq!((problems(&draft), draft.open(), draft.trial.figures), (Vec::new(), 0, 8), "{}", draft.text);
    assert!(draft.text.contains("from: {year: sheet}"), "{}", draft.text);
}

#[test]
fn what_may_be_refused_is_refused_with_sheet_and_cell() {
    let base = || {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("Лист").expect("a name");
        text(sheet, 0, 0, "Регион");
        number(sheet, 0, 1, 2023);
        for (row, place) in ["Абай", "Ұлытау", "г. Астана"].iter().enumerate() {
            text(sheet, row as u32 + 1, 0, place);
            number(sheet, row as u32 + 1, 1, 5 + row as u32);
        }
        book
    };
    let told = |mut book: Workbook, spoil: &dyn Fn(&mut Worksheet)| {
        spoil(book.worksheet_from_index(0).expect("a sheet"));
        let draft = drafted(&saved(book), "migrant_share");
        assert!(!draft.is_clean(), "{}\n{:?}", draft.text, draft.trial);
        problems(&draft)
    };
    let starts =
        |list: Vec<String>, cell: &str| assert!(list.iter().any(|one| one.starts_with(cell)), "{cell}: {list:?}");
    starts(
        told(base(), &|sheet| {
            sheet.set_row_hidden(2).expect("hidden");
        }),
        "Лист!B3: stands in a hidden row",
    );
    starts(
        told(base(), &|sheet| {
            sheet.set_column_hidden(1).expect("hidden");
        }),
        "Лист!B2: stands in a hidden row",
    );
    starts(
        told(base(), &|sheet| {
            text(sheet, 6, 0, "Регион");
            number(sheet, 6, 1, 2022);
            text(sheet, 7, 0, "Абай");
            number(sheet, 7, 1, 5);
        }),
        "Лист!",
    );
    starts(told(base(), &|sheet| text(sheet, 2, 1, "#н/д")), "Лист!B3: ");
    // What stands beside the table is left out by name.
    let mut book = base();
    text(book.worksheet_from_index(0).expect("a sheet"), 2, 3, "в стороне");
    assert!(
        drafted(&saved(book), "migrant_share").text.contains("  D: \"without a head: words that no dimension takes\"")
    );
    // A hidden sheet with data is no part of the draft, and the draft says that it is hidden.
    let mut book = base();
    let sheet = book.add_worksheet().set_name("Тайный").expect("a name");
    text(sheet, 0, 0, "Регион");
    number(sheet, 1, 0, 7);
    sheet.set_hidden(true);
    let draft = drafted(&saved(book), "migrant_share");
    assert!(draft.text.contains("\"Тайный\": not of this table, and hidden"), "{}", draft.text);
}

/// Copies the flagship study into a folder of its own.
fn flagship(name: &str) -> PathBuf {
    let folder = scratch(name);
    write(&folder, &study());
    folder
}

fn esep(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.args(arguments).arg("--study").arg(folder).env("ESEP_CACHE", folder.with_extension("cache"));
    command.output().expect("esep runs")
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

pub(crate) fn same(one: &Files, other: &Files) {
    let list = |files: &Files| {
        files.iter().map(|(path, bytes)| format!("{path} {}", esep::files::sha256(bytes))).collect::<Vec<_>>()
    };
    assert_eq!(list(one), list(other), "nothing is touched");
}

/// A vintage of births and deaths: one revised, one withdrawn, two new; the balance of the country holds as before.
fn births(revised: &str) -> String {
    format!(
        "Год;Число родившихся;Число умерших\n2023;{revised};131 068\n2024;365 923;…\n2025;335 005;134 735\n2026;330 000;135 000\n"
    )
}

#[test]
fn a_file_is_taken_in_with_its_entry_or_nothing_is_touched() {
    let folder = flagship("published-add");
    let file = folder.with_extension("csv");
    let before = read(&folder);
    let old = &before.text("data/raw/bns/unknown/births_deaths_national_2000_2025.csv").expect("the series").to_owned();
    let births_2023: i64 =
        old.lines().find_map(|line| line.strip_prefix("2023,")?.split(',').next()?.parse().ok()).expect("2023");
    let layout = folder.with_extension("yaml");
    fs::write(&file, births(&births_2023.to_string())).expect("a file");
    let path = file.to_string_lossy().into_owned();
    let inspected = esep(&folder, &["data", "inspect", &path, "--table", "vital"]);
    assert!(inspected.status.success(), "{}", said(&inspected));
    let draft = String::from_utf8_lossy(&inspected.stdout).replace("territory: TODO", "territory: KZ");
    fs::write(&layout, draft).expect("a layout");
    let layout = layout.to_string_lossy().into_owned();
    let add = [
        "data",
        "add",
        &path,
        "--table",
        "vital",
        "--vintage",
        "bns-2027",
        "--layout",
        &layout,
        "--retrieved",
        "2027-02-01",
        "--format",
        "json",
    ];
    // A figure that breaks the demographic balance is refused, and everything stands as it stood.
    fs::write(&file, births("999 999")).expect("a file");
    let refused = esep(&folder, &add);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    same(&before, &read(&folder));
    // So is a layout that is not finished, a truncated file, and a table that is not there.
    fs::write(&file, births(&births_2023.to_string())).expect("a file");
    let draft = fs::read_to_string(&layout).expect("a layout");
    fs::write(&layout, draft.replace("territory: KZ", "territory: TODO")).expect("a layout");
    assert_eq!(esep(&folder, &add).status.code(), Some(1));
    fs::write(&layout, draft).expect("a layout");
    same(&before, &read(&folder));
    let broken = folder.with_extension("xlsx");
    let bytes = by_year();
    fs::write(&broken, &bytes[..bytes.len() / 2]).expect("a file");
    let cut = esep(&folder, &["data", "add", &broken.to_string_lossy(), "--table", "population", "--vintage", "x"]);
    assert_eq!(cut.status.code(), Some(1), "{}", said(&cut));
    assert_eq!(esep(&folder, &["data", "add", &path, "--table", "vitals", "--vintage", "x"]).status.code(), Some(2));
    same(&before, &read(&folder));
    // What holds is kept, with what it changes, the largest first.
    let added = esep(&folder, &add);
    assert!(added.status.success(), "{}", said(&added));
    let told: serde_json::Value = serde_json::from_slice(&added.stdout).expect("JSON");
    let against = &told["against"][0];
    assert_eq!((&told["figures"], &against["vintage"]), (&7.into(), &"bns-final".into()));
    let names = |list: &str| -> Vec<String> {
        against[list]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| one["figure"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(names("new"), ["births[KZ,2026]", "deaths[KZ,2026]"]);
    assert_eq!(names("withdrawn"), ["deaths[KZ,2024]"]);
    let after = read(&folder);
    let name = file.file_name().expect("a name").to_string_lossy().into_owned();
    let snapshot = format!("data/raw/bns/bns-2027/{name}");
    assert_eq!(after.get(&snapshot), Some(fs::read(&file).expect("the file").as_slice()), "the snapshot is the file");
    let package = after.text("data/datapackage.yaml").expect("a catalogue");
    let entry = package.split_once("- name: vital.bns-bns-2027\n").expect("the entry").1;
    for line in [
        &format!("  path: \"raw/bns/bns-2027/{name}\"\n"),
        &format!("  hash: sha256:{}\n", esep::files::sha256(&fs::read(&file).expect("the file"))),
        "Bureau of National Statistics",
        "    retrieved: \"2027-02-01\"\n",
    ] {
        assert!(entry.contains(line), "{line}\n{entry}");
    }
    assert_eq!(after.len(), before.len() + 1);
    // The same name for another file is refused, and the same file again has its figures already.
    fs::write(&file, births("1")).expect("a file");
    assert_eq!(esep(&folder, &add).status.code(), Some(2));
    same(&after, &read(&folder));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// A workbook that is cut or altered anywhere is read, drafted for and tried, or refused; never more.
    #[test]
    fn a_damaged_workbook_is_refused_or_read(cut in 0usize..8000, flips in prop::collection::vec((0usize..8000, any::<u8>()), 0..4), is_cut in any::<bool>()) {
        static BYTES: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| [by_year(), exported().into_bytes()]);
        let mut bytes = BYTES[cut % 2].clone();
        let length = bytes.len();
        flips.iter().for_each(|(at, byte)| bytes[at % length] ^= byte);
        if is_cut {
            bytes.truncate(cut % length);
        }
        if let Ok(workbook) = workbook::read("file", &bytes, &Stated::default()) {
            let constants = BTreeMap::new();
            let draft = draft::draft(&workbook, &dataset::target(&CATALOG.tables["population"], &constants, &CATALOG));
            prop_assert!(draft.trial.figures <= workbook.sheets.iter().map(|sheet| sheet.cells.len()).sum());
            let _ = draft::fresh(&workbook, &CATALOG.names, &[]);
        }
    }
}
