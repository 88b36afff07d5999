//! Traits: workbooks with what agencies leave in them, each read rightly or refused with sheet and cell; and whole ones
//! made by chance, whose every cell is accounted for, through the command.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use esep::finding::Amount;
use esep::workbook::{self, Content, Stated};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatScript, Formula, Workbook};
use serde_json::Value;

use crate::claims::archive;
use crate::published::{drafted, merge, number, problems, said, same, saved, text};
use crate::study::{dummy, material, read, scratch, write};

/// Two regions in one year, on a sheet that is called `Лист`.
fn base() -> Workbook {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Лист").expect("a name");
    text(sheet, 0, 0, "Регион");
    number(sheet, 0, 1, 2023);
    for (row, place) in ["Абай", "Ұлытау", "г. Астана"].iter().enumerate() {
        text(sheet, row as u32 + 1, 0, place);
        number(sheet, row as u32 + 1, 1, 5 + row as u32);
    }
    book
}

/// Two places in one year as a workbook whose parts are not squeezed, with the inside of its last cell.
fn plain(places: [&str; 2], last: &str) -> Vec<u8> {
    let relations = |kind: &str, target: &str| {
        format!("<Relationships><Relationship Id='r1' Type='x/{kind}' Target='{target}'/></Relationships>")
    };
    let book = "<workbook><sheets><sheet name='Лист' sheetId='1' r:id='r1'/></sheets></workbook>";
    let word = |at: &str, text: &str| format!("<c r='{at}' t='inlineStr'><is><t>{text}</t></is></c>");
    let row = |at: usize, name: &str, inside: &str| {
        format!("<row r='{at}'>{}<c r='B{at}'>{inside}</c></row>", word(&format!("A{at}"), name))
    };
    let rows = row(1, "Регион", "<v>2023</v>") + &row(2, places[0], "<v>5</v>") + &row(3, places[1], last);
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    archive(&[
        ("_rels/.rels", &relations("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", &relations("worksheet", "s.xml")),
        ("xl/s.xml", &sheet),
    ])
}

#[test]
fn errors_and_formulas_that_were_not_worked_out_are_refused_at_their_cells() {
    let with = |formula: Formula| {
        let mut book = base();
        let sheet = book.worksheet_from_index(0).expect("a sheet");
        sheet.write_formula(2, 1, formula).expect("a formula");
        drafted(&saved(book), "migrant_share")
    };
    let error = with(Formula::new("=1/0").set_result("#DIV/0!"));
    assert_eq!(problems(&error), ["Лист!B3: holds the error #DIV/0!"]);
    let open = drafted(&plain(["Абай", "Ұлытау"], "<f>B2*2</f>"), "migrant_share");
    assert_eq!(problems(&open), ["Лист!B3: holds a formula whose value is not kept"]);
    let kept = with(Formula::new("=B2*2").set_result("10"));
    assert_eq!((problems(&kept), kept.trial.figures), (Vec::new(), 3), "{}", kept.text);
}

#[test]
fn digits_in_groups_that_no_number_has_are_refused_at_their_cell_and_make_no_header() {
    for place in 1..4 {
        let mut book = base();
        text(book.worksheet_from_index(0).expect("a sheet"), place, 1, "1013 802");
        let told = problems(&drafted(&saved(book), "migrant_share"));
        let own = format!("Лист!B{}: ", place + 1);
        assert!(told.len() == 1 && told[0].starts_with(&own) && told[0].contains("1013 802"), "{told:?}");
    }
}

#[test]
fn a_second_table_and_what_is_hidden_are_refused_at_their_cells() {
    let mut book = base();
    let sheet = book.worksheet_from_index(0).expect("a sheet");
    for (row, (place, value)) in [("Регион", 2022), ("Абай", 7), ("Ұлытау", 8)].iter().enumerate() {
        text(sheet, row as u32 + 7, 0, place);
        number(sheet, row as u32 + 7, 1, *value);
    }
    let two = drafted(&saved(book), "migrant_share");
    assert!(!two.is_clean() && problems(&two).iter().any(|one| one.starts_with("Лист!B9: ")), "{:?}", problems(&two));
    // Places of its own: the header that stands once more tells it.
    let mut book = base();
    let sheet = book.worksheet_from_index(0).expect("a sheet");
    for (row, (place, value)) in [("Регион", 2023), ("Атырауская", 7), ("Алматинская", 8)].iter().enumerate()
    {
        text(sheet, row as u32 + 7, 0, place);
        number(sheet, row as u32 + 7, 1, *value);
    }
    let two = problems(&drafted(&saved(book), "migrant_share"));
    assert_eq!(two, ["Лист!A8: the header stands here once more"]);
    let mut book = base();
    book.worksheet_from_index(0).expect("a sheet").set_row_hidden(3).expect("hidden");
    let hidden = problems(&drafted(&saved(book), "migrant_share"));
    assert_eq!(hidden, ["Лист!B4: stands in a hidden row or column"]);
}

#[test]
fn a_first_row_of_marks_is_one_of_data() {
    for mark in ["c", "<5", "n.a.", "10,5%", "(1,234)", "x", "…", "1010²"] {
        let mut book = base();
        text(book.worksheet_from_index(0).expect("a sheet"), 1, 1, mark);
        let draft = drafted(&saved(book), "migrant_share");
        assert!(draft.text.starts_with("header: [1]\n"), "{mark}: {}", draft.text);
        // What is no known mark and no number is told at its cell, or is a guess of the draft.
        let is_told = problems(&draft).iter().any(|one| one.starts_with("Лист!B2: "));
        let is_known = draft.trial.figures == 3 || draft.text.contains("missing: {");
        assert!(is_told || is_known, "{mark}: {:?} {}", problems(&draft), draft.text);
    }
}

#[test]
fn words_beside_a_year_are_no_year_or_are_told() {
    let headed = |head: &str| {
        let mut book = base();
        text(book.worksheet_from_index(0).expect("a sheet"), 0, 1, head);
        drafted(&saved(book), "migrant_share").text
    };
    for part in ["wrzesień 2023", "styczeń–wrzesień 2023", "I–IX 2023", "H1 2023", "2023 (9 мес.)", "eylül 2023"]
    {
        assert!(!headed(part).contains("levels: [year]"), "{part}: {}", headed(part));
    }
    for guess in ["Plan 2023", "Change 2023", "mid-2023"] {
        assert!(headed(guess).contains("# a guess: "), "{guess}: {}", headed(guess));
    }
    for year in ["2023", "2023 г.", "2023 r.", "Jahr 2023", "2023*", "2023-yil"] {
        let draft = headed(year);
        assert!(draft.contains("levels: [") && !draft.contains("guess"), "{year}: {draft}");
    }
}

#[test]
fn days_of_a_header_are_read_as_they_are_shown() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    text(sheet, 0, 0, "Регион");
    let day = Format::new().set_num_format("dd.mm.yyyy");
    for (column, year) in [(1, 2022), (2, 2023)] {
        let first = ExcelDateTime::from_ymd(year, 1, 1).expect("a day");
        sheet.write_datetime_with_format(0, column, &first, &day).expect("a date");
        text(sheet, 1, column, "607,5");
        number(sheet, 2, column, 7);
    }
    text(sheet, 1, 0, "Абай");
    text(sheet, 2, 0, "Ұлытау");
    let draft = drafted(&saved(book), "population");
    let draft_text = draft.text.replace("measure: TODO", "measure: total");
    assert!(draft_text.contains("measure: total"), "{draft_text}");
    assert!(!problems(&draft).iter().any(|one| one.contains("period")), "{:?}", problems(&draft));
}

#[test]
fn old_and_open_workbooks_tell_what_new_ones_tell() {
    let cells = |name: &str| {
        let bytes = fs::read(material().join("workbooks").join(name)).expect("a file");
        let book = workbook::read(name, &bytes, &Stated::default()).expect("a workbook");
        let sheet = &book.sheets[0];
        let one = |(at, cell): (&workbook::At, &workbook::Cell)| match &cell.content {
            Content::Error(error) => format!("{at}={error}"),
            _ => format!("{at}={}", cell.text()),
        };
        let told: Vec<String> = sheet.cells.iter().map(one).collect();
        let hides = ["B7", "E4", "B4"].map(|at| sheet.hides(workbook::At::parse(at).expect("an address")));
        (told, hides, sheet.merged.areas().len(), book.sheets[1].is_hidden)
    };
    let old = cells("traits.xls");
    for wanted in ["B3=2022-01-01", "B4=607,5", "B6=12.5", "C5=#DIV/0!", "A9=1) Без закрытых территорий."]
    {
        assert!(old.0.iter().any(|cell| cell == wanted), "{wanted}: {:?}", old.0);
    }
    assert_eq!((old.1, old.2, old.3), ([true, true, false], 1, true));
    // An error stands in an open document as its text.
    let sound = |cells: Vec<String>| cells.into_iter().filter(|cell| !cell.contains('#')).collect::<Vec<_>>();
    let open = cells("traits.ods");
    assert_eq!((sound(open.0), open.1, open.2, open.3), (sound(old.0), old.1, old.2, old.3));
    let draft = drafted(&fs::read(material().join("workbooks/traits.xls")).expect("a file"), "population");
    assert!(problems(&draft).contains(&"Лист!C5: holds the error #DIV/0!".to_owned()), "{:?}", problems(&draft));
}

/// Layouts as statistical offices of other countries publish them, each with as many lines as its author must look at.
#[test]
fn layouts_of_other_offices_are_drafted_with_hardly_a_line_to_edit() {
    let open = |bytes: &[u8], figures: usize, lines: usize, wanted: &[&str]| {
        let draft = drafted(bytes, "population");
        assert!(draft.open() <= lines, "{}", draft.text);
        // What its author fills in, and nothing else.
        let told =
            problems(&draft).into_iter().filter(|one| !one.contains("the measure") && !one.contains("from here on"));
        assert_eq!(told.collect::<Vec<_>>(), Vec::<String>::new(), "{}", draft.text);
        if lines == 0 {
            assert_eq!(draft.trial.figures, figures, "{}", draft.text);
        }
        wanted.iter().for_each(|line| assert!(draft.text.contains(line), "{line}\n{}", draft.text));
    };
    // Groups between regions, raised marks of notes behind a name and a year, a unit in brackets.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("1.1").expect("a name");
    merge(sheet, (1, 0), (1, 3), "ЧИСЛЕННОСТЬ НАСЕЛЕНИЯ ПО РЕГИОНАМ¹⁾");
    merge(sheet, (2, 0), (2, 3), "(оценка на 1 января; тысяч человек)");
    ["2022", "2023", "2024²⁾"].iter().enumerate().for_each(|(at, year)| text(sheet, 4, at as u16 + 1, year));
    let rows = [
        "Республика Казахстан",
        "Северный округ",
        "Абай",
        "Акмолинская¹⁾",
        "Южный округ",
        "Туркестанская",
        "г. Шымкент",
    ];
    for (row, place) in rows.iter().enumerate() {
        text(sheet, row as u32 + 5, 0, place);
        if !place.contains("округ") {
            (1..4).for_each(|at| number(sheet, row as u32 + 5, at, 1000 + row as u32));
        }
    }
    text(sheet, 13, 0, "1) С учетом итогов переписи населения.");
    text(sheet, 14, 0, "2) Предварительные данные.");
    open(&saved(book), 15, 0, &["scale: 1000", "count: 2}", "levels: [year]", "otherwise: {measure: total}"]);
    // A section without a figure, numbers in groups, an old encoding.
    let csv = "Численность по областям (человек);;\r\n;2022 г.;2023 г.\r\nРеспублика Казахстан;19 503 159;19 766 807\r\nОбласти и города:;;\r\nАбай;600 123;601 123\r\nг. Алматы;2 100 456;2 161 902\r\n";
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(csv);
    open(&bytes, 6, 1, &["count: 1}"]);
    // Codes for places, letters behind figures, a colon where there is none.
    let mut tsv = String::from("freq,unit,geo\\TIME_PERIOD\t2022 \t2023 \n");
    for (at, code) in ["KZ", "KZ-10", "KZ-11", "KZ-75", "KZ-79"].iter().enumerate() {
        let last = if at == 2 { ": c".to_owned() } else { format!("{} bp", 124_010 + at * 977) };
        tsv += &format!("A,NR,{code}\t{} \t{last}\n", 123_000 + at * 977);
    }
    let statuses = "statuses: {b: break, c: Q, p: provisional}";
    open(tsv.as_bytes(), 9, 1, &[statuses, "missing: {\":\": missing}", "levels: [year]"]);
    // Years over measures in two languages, names in two languages on both sides.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    merge(sheet, (0, 0), (0, 7), "Халық саны жыл басына\nЧисленность населения на начало года");
    for (at, year) in [(1, "2023"), (4, "2024")] {
        merge(sheet, (2, at), (2, at + 2), year);
        let heads = ["Барлығы\nВсе население", "қала халқы\nгородское население", "ауыл халқы\nсельское население"];
        (0..3).for_each(|own| text(sheet, 3, at + own, heads[usize::from(own)]));
    }
    for (row, [kk, ru]) in
        [["Абай", "Абай"], ["Ақмола", "Акмолинская"], ["Шымкент қаласы", "г. Шымкент"]].iter().enumerate()
    {
        text(sheet, row as u32 + 4, 0, kk);
        text(sheet, row as u32 + 4, 7, ru);
        (1..7).for_each(|at| number(sheet, row as u32 + 4, at, 1000 + u32::from(at)));
    }
    open(&saved(book), 18, 0, &["levels: [year, measure]"]);
}

fn esep(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.args(arguments).arg("--study").arg(folder).env("ESEP_CACHE", "").output().expect("esep runs")
}

/// The dummy study with a table that nothing checks, and two districts of one name.
fn loose(name: &str) -> PathBuf {
    let folder = scratch(name);
    let mut files = dummy();
    let package = files.text("data/datapackage.yaml").expect("a catalogue").replacen(
        "  tables:\n",
        "  tables:\n    counted:\n      title: {ru: Жители, kk: Тұрғындар, en: Inhabitants}\n      dimensions: [{name: territory, role: territory}, {name: year, role: period}]\n      time: flow\n      measures:\n        persons: {unit: persons, class: level, title: {ru: жители, kk: тұрғындар, en: inhabitants}}\n      checks: []\n",
        1,
    );
    files.insert("data/datapackage.yaml", package);
    let territories = files.text("data/territories.yaml").expect("territories");
    let district = |code: &str| {
        format!(
            "  - code: {code}\n    kato: null\n    kind: district\n    from: null\n    until: null\n    successor_of: null\n    borders:\n      - {{id: {code}@2000}}\n    names:\n      ru: {{name: Мирный район, table: Мирный, gen: Мирного района, dat: Мирному району, acc: Мирный район, ins: Мирным районом, prep: Мирном районе}}\n      kk: {{name: Мирный ауданы, table: Мирный}}\n      en: {{name: Mirny district, table: Mirny}}\n"
        )
    };
    let districts = district("KZ-911") + &district("KZ-922");
    files.insert("data/territories.yaml", territories.replacen("reforms:\n", &format!("{districts}reforms:\n"), 1));
    write(&folder, &files);
    folder
}

#[test]
fn districts_of_one_name_without_their_regions_are_refused_at_their_cell() {
    let folder = loose("traits-districts");
    let file = folder.with_extension("xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Лист").expect("a name");
    for (row, (place, value)) in
        [("Район", 2023), ("Горная", 5), ("Мирный район", 3), ("Степная", 7)].iter().enumerate()
    {
        text(sheet, row as u32, 0, place);
        number(sheet, row as u32, 1, *value);
    }
    fs::write(&file, saved(book)).expect("a file");
    let before = read(&folder);
    let add = ["data", "add", &file.to_string_lossy(), "--table", "counted", "--vintage", "v1", "--publisher", "p"];
    let refused = esep(&folder, &add);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(
        said(&refused).contains("Лист!A3") && said(&refused).contains("`Мирный район` may be KZ-911 or KZ-922"),
        "{}",
        said(&refused)
    );
    same(&before, &read(&folder));
}

#[test]
fn a_vintage_is_held_to_what_came_with_it_and_a_range_to_the_group_that_it_names() {
    let folder = loose("traits-checks");
    let package = folder.join("data/datapackage.yaml");
    // Four persons more than the vintage that the editions read.
    let rows = "KZ;2023;254004;204204;49800\nKZ-91;2023;50504;30404;20100\nKZ-92;2023;60100;40200;19900\nKZ-93;2023;20100;10300;9800\nKZ-95;2023;123300;123300;-\n";
    let population = folder.with_extension("csv");
    let counted = folder.with_extension("txt");
    fs::write(&population, format!("territory;year;total;urban;rural\n{rows}")).expect("a file");
    let add = |file: &Path, table: &str, vintage: &str| {
        esep(
            &folder,
            &["data", "add", &file.to_string_lossy(), "--table", table, "--vintage", vintage, "--publisher", "p"],
        )
    };
    // Checks of a table without a figure would be void.
    let own: String = rows.lines().map(|row| row.split(';').take(3).collect::<Vec<_>>().join(";") + "\n").collect();
    let standing = own.replace("50504", "50500").replace("254004", "254000");
    fs::write(&counted, format!("territory;year;persons\n{standing}")).expect("a file");
    let first = add(&counted, "counted", "v0");
    assert!(first.status.success(), "{}", said(&first));
    let checks = "checks:\n        - {check: same, measure: persons, scope: regions, as: population.total}\n        - {check: range, measure: persons, min: 0, max: 130000, territories: [regions]}\n";
    let text = fs::read_to_string(&package).expect("a catalogue").replacen("checks: []\n", checks, 1);
    fs::write(&package, text).expect("a catalogue");
    let study = folder.join("study.yaml");
    let named = fs::read_to_string(&study)
        .expect("a study")
        .replace("vintages: {population", "vintages: {counted: [v0], population");
    fs::write(&study, named).expect("a study");
    fs::write(&counted, format!("territory;year;persons\n{own}")).expect("a file");
    let alone = add(&counted, "counted", "v1");
    assert_eq!(alone.status.code(), Some(1), "{}", said(&alone));
    assert!(
        said(&alone).contains("KZ-91,2023: expected 50500, found 50504") && !said(&alone).contains("out of the range")
    );
    let with = add(&population, "population", "v1");
    assert!(with.status.success(), "{}", said(&with));
    let held = add(&counted, "counted", "v1");
    assert!(held.status.success(), "{}", said(&held));
    // Regions that a file does not hold are named.
    fs::write(
        &population,
        format!("territory;year;total;urban;rural\n{}", rows.replace("KZ-93;2023;20100;10300;9800\n", "")),
    )
    .expect("a file");
    let absent = add(&population, "population", "v2");
    assert_eq!(absent.status.code(), Some(1), "{}", said(&absent));
    let wanted = "expected 254004, found 233904, residual -20100 (vintage v2); absent: KZ-93";
    assert!(said(&absent).contains(wanted), "{}", said(&absent));
}

/// A workbook made by chance, what its numbers add up to, and how many cells hold something.
struct Made {
    bytes: Vec<u8>,
    sum: Amount,
    cells: usize,
}

/// What a workbook is made with.
#[derive(Clone, Debug)]
struct Mix {
    years: u16,
    places: usize,
    spelling: usize,
    values: Vec<(u8, u32)>,
    has_title: bool,
    has_notes: bool,
    has_stranger: bool,
    has_margin: bool,
    other_sheets: usize,
}

/// The places of the dummy study as an agency may spell them.
const PLACES: [[&str; 3]; 5] = [
    ["Республика", "Республика ", "Republic"],
    ["Горная область", "ГОРНАЯ", "Upland"],
    ["Степная", "Степная 1)", "Steppe region"],
    ["Озёрная область", "Озерная", "Lake"],
    ["г. Портовый", "г.Портовый", "Кемежай қаласы"],
];

fn mix() -> impl Strategy<Value = Mix> {
    let traits = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), 0usize..3);
    let values = prop::collection::vec((0u8..8, 0u32..2_000_000), 20..30);
    (1u16..4, 2usize..6, 0usize..3, values, traits).prop_map(
        |(years, places, spelling, values, (has_title, has_notes, has_stranger, has_margin, other_sheets))| Mix {
            years,
            places,
            spelling,
            values,
            has_title,
            has_notes,
            has_stranger,
            has_margin,
            other_sheets,
        },
    )
}

fn made(mix: &Mix) -> Made {
    let mut book = Workbook::new();
    let (mut sum, mut cells) = (Amount::ZERO, 0);
    let sheet = book.add_worksheet().set_name("Данные 1").expect("a name");
    let mut count = |value: u32| sum = sum.plus(&Amount::Integer(i64::from(value)));
    let mut row = 0;
    if mix.has_title {
        merge(sheet, (0, 0), (0, mix.years), "Численность жителей, человек");
        (row, cells) = (2, cells + 1);
    }
    text(sheet, row, 0, "Регион");
    (0..mix.years).for_each(|at| {
        number(sheet, row, at + 1, 2021 + u32::from(at));
        count(2021 + u32::from(at));
    });
    cells += 1 + usize::from(mix.years);
    let mut values = mix.values.iter().cycle();
    let names = PLACES.iter().take(mix.places).map(|names| names[mix.spelling]);
    let names: Vec<&str> = names.chain(mix.has_stranger.then_some("Неведомая волость")).collect();
    for name in names {
        row += 1;
        text(sheet, row, 0, name);
        cells += 1;
        for at in 1..=mix.years {
            let (kind, value) = values.next().expect("a value");
            match kind {
                0 => continue,
                1 => text(sheet, row, at, "-"),
                2 => text(sheet, row, at, "…"),
                // Numbers stored as text are numbers.
                3 => {
                    text(sheet, row, at, &format!("{} {:03}", value % 999 + 1, value / 999 % 1000));
                    count((value % 999 + 1) * 1000 + value / 999 % 1000);
                }
                4 => {
                    count(1234);
                    let (plain, raised) = (Format::new(), Format::new().set_font_script(FormatScript::Superscript));
                    sheet.write_rich_string(row, at, &[(&plain, "1 234"), (&raised, "1")]).expect("rich");
                }
                _ => {
                    number(sheet, row, at, *value);
                    count(*value);
                }
            }
            cells += 1;
        }
    }
    if mix.has_margin {
        text(sheet, row - 1, mix.years + 3, "в стороне");
        cells += 1;
    }
    if mix.has_notes {
        text(sheet, row + 2, 0, "1) Без населения закрытых территорий.");
        cells += 1;
    }
    for at in 0..mix.other_sheets {
        let sheet = book.add_worksheet();
        text(sheet, 0, 0, "О данных");
        number(sheet, 3, 1, at as u32 + 7);
        count(at as u32 + 7);
        cells += 2;
    }
    Made { bytes: saved(book), sum, cells }
}

/// Adds up the shares of an account: cells and numbers.
fn totals(account: &Value) -> (usize, Amount) {
    let shares = account.as_object().expect("an account").values();
    shares.fold((0, Amount::ZERO), |(cells, sum), share| {
        let own = share["sum"].as_str().and_then(Amount::parse).expect("a sum");
        (cells + share["cells"].as_u64().expect("a count") as usize, sum.plus(&own))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a workbook mixes, each of its cells is data, header, note or left out by a listed rule, or the command
    /// names it; the numbers of all of them add up to those of the file.
    #[test]
    fn no_number_of_a_workbook_is_lost_by_the_command(mix in mix()) {
        let folder = loose("traits-account");
        let file = folder.with_extension("xlsx");
        let made = made(&mix);
        fs::write(&file, &made.bytes).expect("a file");
        let path = file.to_string_lossy().into_owned();
        let inspected = esep(&folder, &["data", "inspect", &path, "--table", "counted", "--format", "json"]);
        prop_assert!(inspected.status.success(), "{}", said(&inspected));
        let told: Value = serde_json::from_slice(&inspected.stdout).expect("JSON");
        let draft = &told["draft"];
        prop_assert_eq!(totals(&draft["account"]), (made.cells, made.sum.clone()), "{:#}", draft);
        let before = read(&folder);
        let added = esep(&folder, &["data", "add", &path, "--table", "counted", "--vintage", "v1", "--publisher", "p", "--format", "json"]);
        if added.status.code() == Some(1) {
            same(&before, &read(&folder));
            prop_assert!(draft["clean"] == false, "{}\n{:#}", said(&added), told);
            return Ok(());
        }
        prop_assert!(added.status.success(), "{}", said(&added));
        let kept: Value = serde_json::from_slice(&added.stdout).expect("JSON");
        prop_assert_eq!(totals(&kept["cells"]), (made.cells, made.sum));
        prop_assert_eq!(&kept["cells"]["unread"]["cells"], &Value::from(0));
        prop_assert_eq!(&kept["figures"], &draft["figures"]);
    }

    /// A workbook that is cut or altered anywhere is taken in whole or not at all.
    #[test]
    fn a_damaged_workbook_never_leaves_half_of_itself(which in 0usize..4, cut in 0.0..1.6f64, hits in prop::collection::vec((0.0..1.0f64, any::<u8>()), 0..4)) {
        let folder = loose("traits-damaged");
        let (mut bytes, end) = match which {
            0 => (saved(base()), "xlsx"),
            2 => (plain(["Горная", "Степная"], "<v>7</v>"), "xlsx"),
            1 => (fs::read(material().join("workbooks/regions.xls")).expect("a file"), "xls"),
            _ => ("Регион;2021;2022\nГорная;1;2\nСтепная;3;4\n".as_bytes().to_vec(), "csv"),
        };
        let length = bytes.len() as f64;
        hits.iter().for_each(|(at, byte)| bytes[(at * length) as usize] ^= byte);
        bytes.truncate((cut * length) as usize);
        let file = folder.with_extension(end);
        fs::write(&file, &bytes).expect("a file");
        let before = read(&folder);
        let added = esep(&folder, &["data", "add", &file.to_string_lossy(), "--table", "counted", "--vintage", "v1", "--publisher", "p"]);
        let after = read(&folder);
        match added.status.code() {
            Some(0) => {
                let name = file.file_name().expect("a name").to_string_lossy().into_owned();
                let kept = after.get(&format!("data/raw/p/v1/{name}"));
                prop_assert_eq!(kept, Some(bytes.as_slice()));
                prop_assert_eq!(after.len(), before.len() + 1);
            }
            Some(1 | 2) => {
                same(&before, &after);
                prop_assert!(!added.stderr.is_empty() || !added.stdout.is_empty());
            }
            other => prop_assert!(false, "{other:?}: {}", said(&added)),
        }
    }
}
