//! Offices: the manners in which statistical offices of many countries lay out their tables, each drafted rightly, with
//! every figure under its key.

use std::collections::BTreeMap;

use esep::catalog::Catalog;
use esep::dataset;
use esep::diagnostic::{Diagnostics, Place};
use esep::finding::{Dimension, Role, Unit};
use esep::reshape::draft::{self, Draft};
use esep::reshape::entry::LayoutEntry;
use esep::reshape::names::Names;
use esep::reshape::{Target, reshape};
use esep::workbook::{self, Stated};

use crate::published::CATALOG;

/// A table of the catalogue, or one that tells runs of months.
enum Of {
    Table(&'static str),
    Runs,
}

/// Drafts a layout, fills in what it leaves open, and reads the file by it.
fn read(text: &[u8], of: &Of, edits: &[(&str, &str)]) -> (Draft, Vec<String>, Vec<String>) {
    let catalog: &Catalog = &CATALOG;
    let constants = BTreeMap::new();
    let (members, nothing): (Vec<String>, Vec<String>) =
        ((1..=12).map(|month| format!("01-{month:02}")).collect(), Vec::new());
    let dimension = |name: &str, role| Dimension { name: name.to_owned(), role, total: None };
    let names: &Names = &catalog.names;
    let target = match of {
        Of::Table(name) => dataset::target(&catalog.tables[*name], &constants, catalog),
        Of::Runs => Target {
            dimensions: vec![
                dimension("territory", Role::Territory),
                dimension("year", Role::Period),
                dimension("months", Role::Category),
            ],
            members: vec![&nothing, &nothing, &members],
            measures: BTreeMap::from([("births", Unit::Persons)]),
            is_stock: false,
            constants: &constants,
            names,
        },
    };
    let workbook = workbook::read("file", text, &Stated::default()).expect("a workbook");
    let draft = draft::draft(&workbook, &target);
    let mut layout = draft.text.clone();
    for (from, to) in edits {
        assert!(layout.contains(from), "{from}\n{layout}");
        layout = layout.replacen(from, to, 1);
    }
    let mut files = esep::files::Files::default();
    files.insert("layout.yaml", layout.as_str());
    let mut diagnostics = Diagnostics::default();
    let entry = files.yaml::<LayoutEntry>("layout.yaml", &mut diagnostics).expect("a layout");
    let reshaped = reshape("file", &workbook, &entry, &target, &Place::file("layout.yaml"), &mut diagnostics);
    let value = |cell: &esep::reshape::Placed| match &cell.value {
        Ok((amount, _)) => amount.to_string(),
        Err(reason) => reason.code().to_owned(),
    };
    let figures = reshaped.cells.iter().map(|cell| format!("{}[{}]={}", cell.measure, cell.key, value(cell))).collect();
    let told = diagnostics.sorted().iter().map(|one| format!("{}: {}", one.place, one.message)).collect();
    (draft, figures, told)
}

/// Reads a file whose draft needs as many edited lines as are given, and finds figures in it.
fn holds(text: &str, of: Of, edits: &[(&str, &str)], count: usize, wanted: &[&str]) {
    let (draft, figures, told) = read(text.as_bytes(), &of, edits);
    assert!(told.is_empty(), "{told:?}\n{}", draft.text);
    assert_eq!(figures.len(), count, "{figures:?}\n{}", draft.text);
    wanted.iter().for_each(|one| assert!(figures.iter().any(|own| own == one), "{one}: {figures:?}\n{}", draft.text));
}

const POPULATION: Of = Of::Table("population");
const SHARE: Of = Of::Table("migrant_share");

#[test]
fn heads_without_merged_cells_and_words_over_parts() {
    let text = "Регион;2022 r.;;;2023 r.;;\n;всего;в том числе:;;всего;в том числе:;\n;;городское население;сельское население;;городское население;сельское население\nА;1;2;3;4;5;6\nАбай;30;10;20;31;11;20\nҰлытау;50;20;30;51;20;31\n";
    holds(text, POPULATION, &[], 12, &["urban[KZ-10,2022]=10", "rural[KZ-62,2023]=31", "total[KZ-10,2023]=31"]);
}

#[test]
fn months_of_a_language_that_nobody_knows_are_read_by_their_order() {
    let months = "Januar;Februar;März;April;Mai;Juni;Juli;August;September;Oktober;November;Dezember";
    let row = |from: u32| (from..from + 12).map(|n| n.to_string()).collect::<Vec<_>>().join(";");
    let text = format!("Land;2022;;;;;;;;;;;\n;{months}\nАбай;{}\nҰлытау;{}\n", row(1), row(21));
    let (draft, figures, told) = read(text.as_bytes(), &SHARE, &[]);
    assert!(told.is_empty() && figures.len() == 24, "{told:?}\n{}", draft.text);
    assert!(figures.iter().any(|one| one.ends_with("[KZ-62,2022-10]=30")), "{figures:?}");
    assert!(draft.guesses().iter().any(|line| line.contains("months or quarters by their order")), "{}", draft.text);
    let text = "Land;2022;;;\n;1. Quartal;2. Quartal;3. Quartal;4. Quartal\nАбай;1;2;3;4\nҰлытау;5;6;7;8\n";
    let (draft, figures, told) = read(text.as_bytes(), &SHARE, &[]);
    assert!(
        told.is_empty() && figures.iter().any(|one| one.ends_with("[KZ-62,2022-Q3]=7")),
        "{told:?}\n{}",
        draft.text
    );
}

#[test]
fn runs_of_months_keep_what_they_span() {
    let text = "Родившиеся;;\nРегион;январь–март 2023 г.;январь–сентябрь 2023 г.\nАбай;1;2\nҰлытау;3;4\n";
    holds(text, Of::Runs, &[], 4, &["births[KZ-62,2023,01-09]=4", "births[KZ-10,2023,01-03]=1"]);
    let text = "Births in January–June 2023;\n;\nRegion;births\nАбай;1\nҰлытау;3\n";
    holds(text, Of::Runs, &[], 2, &["births[KZ-62,2023,01-06]=3"]);
    // What nobody knows is no year.
    let text = "yanvar-sentabr 2023;\n;\nRegion;births\nАбай;1\nҰлытау;3\n";
    let (draft, figures, told) = read(text.as_bytes(), &Of::Runs, &[]);
    assert!(
        figures.is_empty() && told[0].contains("may be the whole year or a part of it"),
        "{told:?}\n{}",
        draft.text
    );
}

#[test]
fn words_take_turns_with_territories_in_one_column() {
    let within = "Регион;2022;2023\nАбай;30;31\n  городское население;10;11\n  сельское население;20;20\nҰлытау;50;51\n  городское население;20;20\n  сельское население;30;31\n";
    holds(within, POPULATION, &[], 12, &["total[KZ-62,2023]=51", "rural[KZ-10,2022]=20"]);
    // The head of a section holds the figures of the country.
    let over = "Регион;2022;2023\nГородское население;30;31\nАбай;10;11\nҰлытау;20;20\nСельское население;50;51\nАбай;20;20\nҰлытау;30;31\n";
    holds(over, POPULATION, &[], 12, &["urban[KZ,2022]=30", "rural[KZ-62,2023]=31"]);
    // Words that share those that are known are a guess; others are left to the author.
    let near = "Регион;2022\nГородское (оценка);\nАбай;10\nҰлытау;20\nПрочее;\nАбай;20\nҰлытау;30\n";
    let (draft, ..) = read(near.as_bytes(), &POPULATION, &[]);
    assert!(draft.text.contains("\"Прочее\": TODO"), "{}", draft.text);
}

#[test]
fn leading_points_numbered_columns_and_marks_that_nobody_knows() {
    let text = "Area,2022,2023\n.Абай,1,(X)\n..Ұлытау,3,4\n";
    let (draft, figures, told) = read(text.as_bytes(), &SHARE, &[]);
    assert!(told.is_empty() && figures.len() == 4, "{told:?}\n{}", draft.text);
    assert!(draft.text.contains("missing: {\"(X)\": missing}   # a guess"), "{}", draft.text);
    let text = "Region\t2022\t\t2023\t\nАбай\t1\tp\t2\t\nҰлытау\t3\t\t:\tc\n\nSpecial value\n:\tnot available\n";
    let (draft, figures, told) = read(text.as_bytes(), &SHARE, &[]);
    assert!(told.is_empty() && figures.len() == 4, "{told:?}\n{}", draft.text);
    assert!(draft.text.contains("marks_beside: true"), "{}", draft.text);
    assert!(figures.iter().any(|one| one.ends_with("[KZ-62,2023]=suppressed")), "{figures:?}");
}

#[test]
fn stocks_of_the_end_of_a_year_and_scales_in_digits() {
    for title in ["Численность населения на 31 декабря", "31 желтоқсанға халық саны", "Stand: 31.12."]
    {
        let text = format!("{title};\n;\nРегион;2022\nАбай;5\nҰлытау;6\n");
        let (draft, ..) = read(text.as_bytes(), &POPULATION, &[]);
        let edits = [("measure: TODO", "measure: total")];
        holds(&text, POPULATION, &edits[..draft.open()], 2, &["total[KZ-10,2023]=5"]);
    }
    let text = "Bevölkerung in 1 000;\n;\nRegion;2022\nАбай;5,5\nҰлытау;6,1\n";
    let (draft, ..) = read(text.as_bytes(), &POPULATION, &[("measure: TODO", "measure: total")]);
    assert!(draft.text.contains("scale: 1000"), "{}", draft.text);
    let text = "ming kishi;\n;\nRegion;2022\nАбай;5,5\nҰлытау;6\n";
    let (draft, _, told) = read(text.as_bytes(), &POPULATION, &[("measure: TODO", "measure: total")]);
    assert!(told.is_empty() && draft.text.contains("scale: 1000"), "{told:?}\n{}", draft.text);
}

#[test]
fn what_a_mark_means_is_told_by_a_note_or_is_a_doubt() {
    let text = "Регион;2022;2023\nАбай;30;-\nҰлытау;50;51\n";
    let (draft, figures, told) = read(text.as_bytes(), &SHARE, &[]);
    assert!(told.is_empty() && figures.iter().any(|one| one.ends_with("[KZ-10,2023]=no_phenomenon")), "{figures:?}");
    assert!(draft.guesses().iter().any(|line| line.contains("no note says what `-` means")), "{}", draft.text);
    for (note, wanted) in [
        ("- нет данных", "missing"),
        ("«-» – явление отсутствует", "no_phenomenon"),
        ("Условные обозначения: - құбылыс жоқ; … деректер жоқ", "no_phenomenon"),
        ("-;not available", "missing"),
    ] {
        let (draft, figures, told) = read(format!("{text}{note}\n").as_bytes(), &SHARE, &[]);
        let is_own = |one: &String| one.ends_with(&format!("[KZ-10,2023]={wanted}"));
        assert!(told.is_empty() && figures.iter().any(is_own), "{note}: {figures:?}\n{}", draft.text);
        assert!(draft.guesses().is_empty(), "{note}\n{}", draft.text);
    }
}

#[test]
fn the_year_of_a_title_is_a_guess_and_stands_beside_months() {
    let text = "Доля в 2023 году, %;;\nРегион;январь;февраль\nАбай;1;2\nҰлытау;3;4\n";
    let (draft, figures, told) = read(text.as_bytes(), &SHARE, &[]);
    assert!(told.is_empty() && figures.len() == 4, "{told:?}\n{}", draft.text);
    assert!(figures.iter().any(|one| one.ends_with("[KZ-62,2023-02]=4")), "{figures:?}");
    assert!(draft.guesses().iter().any(|line| line.starts_with("from: {")), "{}", draft.text);
    let years = "Год;январь;февраль\n2022;1;2\n2023;3;4\n";
    let months = "Месяц;2022;2023\nянварь;1;3\nфевраль;2;4\n";
    let both = "Год;Месяц;Доля\n2022;январь;1\n2022;февраль;2\n2023;январь;3\n2023;февраль;4\n";
    for text in [years, months, both] {
        let (draft, figures, told) = read(text.as_bytes(), &SHARE, &[("territory: TODO", "territory: KZ")]);
        assert!(told.is_empty() && figures.len() == 4, "{told:?}\n{}", draft.text);
        for one in ["[KZ,2022-02]=2", "[KZ,2023-01]=3"] {
            assert!(figures.iter().any(|own| own.ends_with(one)), "{one}: {figures:?}\n{}", draft.text);
        }
    }
}

#[test]
fn a_name_holds_for_the_empty_cells_below_it_by_a_guess() {
    let text = "Регион;Год;Доля\nАбай;2022;1\n;2023;2\nҰлытау;2022;3\n;2023;4\n";
    let (draft, figures, told) = read(text.as_bytes(), &SHARE, &[]);
    assert!(told.is_empty() && figures.iter().any(|one| one.ends_with("[KZ-62,2023]=4")), "{told:?}\n{}", draft.text);
    assert!(draft.guesses().iter().any(|line| line.starts_with("fill_down: [A]")), "{}", draft.text);
}

#[test]
fn what_is_no_calendar_year_and_what_cannot_be_read_is_told_at_its_cell() {
    for (text, wanted) in [
        ("Регион;2008/09;2009/10\nАбай;1;2\nҰлытау;3;4\n", "`2008/09` is no calendar year and no month"),
        ("Регион;2009-10;2010-11\nАбай;1;2\nҰлытау;3;4\n", "`2009-10` is no calendar year and no month"),
        ("Регион;2022;2023\nАбай;1;2-\nҰлытау;3;4-\n", "`2-` is not a number"),
    ] {
        let (draft, _, told) = read(text.as_bytes(), &SHARE, &[]);
        assert!(told.iter().any(|one| one.contains(wanted)), "{told:?}\n{}", draft.text);
    }
    let (draft, figures, told) = read("Регион;2009-10;2009-11\nАбай;1;2\nҰлытау;3;4\n".as_bytes(), &SHARE, &[]);
    assert!(
        told.is_empty() && figures.iter().any(|one| one.ends_with("[KZ-10,2009-10]=1")),
        "{told:?}\n{}",
        draft.text
    );
}

#[test]
fn scales_stand_in_columns_of_data_bases_in_notes_and_in_names_of_sheets() {
    let rows = "A,KZ-10,2022,3,1.5\nA,KZ-10,2023,3,1.6\nA,KZ-62,2022,3,2.5\nA,KZ-62,2023,3,2.6\n";
    let coded = format!("FREQ,REF_AREA,TIME_PERIOD,UNIT_MULT,OBS_VALUE\n{rows}");
    let worded = coded.replace("UNIT_MULT", "SCALAR_FACTOR").replace(",3,", ",thousands,");
    let noted = "Регион;2022;2023\nАбай;1,5;1,6\nҰлытау;2,5;2,6\n\nДанные приведены в тысячах человек.\n".to_owned();
    for text in [coded, worded, noted] {
        let (draft, ..) = read(text.as_bytes(), &POPULATION, &[("measure: TODO", "measure: total")]);
        assert!(draft.text.contains("scale: 1000   # a guess, by"), "{}", draft.text);
    }
}

#[test]
fn a_note_that_names_another_territory_for_some_years_is_read() {
    let text = "Регион;2015;2016;2017\nТуркестанская1);5;6;7\nАбай;1;2;3\n\n1) Данные за 2000-2016 гг. по Южно-Казахстанской области.\n";
    let (draft, figures, told) = read(text.as_bytes(), &POPULATION, &[("measure: TODO", "measure: total")]);
    assert!(told.is_empty(), "{told:?}\n{}", draft.text);
    for one in ["total[KZ-51,2016]=6", "total[KZ-61,2017]=7"] {
        assert!(figures.iter().any(|own| own == one), "{one}: {figures:?}\n{}", draft.text);
    }
}
