//! Tests: workbooks with one trait each, laid out, and what became of their cells.

use proptest::prelude::*;
use rust_xlsxwriter as written;

use super::*;
use crate::finding::{Code, Role};
use crate::workbook::{self, Stated};

fn names() -> Names {
    let mut names = Names::default();
    for (code, all) in [
        ("KZ", &["Республика Казахстан", "Қазақстан"][..]),
        ("KZ-10", &["Абай", "область Абай"]),
        ("KZ-61", &["Туркестанская"]),
        ("KZ-71", &["г. Астана"]),
        ("d1", &["Абай ауданы"]),
        ("d2", &["Абай ауданы"]),
    ] {
        let code = Code::parse(code).expect("a code");
        all.iter().for_each(|name| names.territory(name, &code));
    }
    let code = |text: &str| Code::parse(text).expect("a code");
    names.part(&code("d1"), &code("KZ-10"));
    names.part(&code("d2"), &code("KZ-61"));
    names.word("measure", "Городское население", "urban");
    names.word("sex", "мужчины", "male");
    names.word("sex", "женщины", "female");
    names
}

/// Lays a workbook out for a table of territories, periods and perhaps a category.
fn laid(
    bytes: &[u8],
    layout: &str,
    category: Option<(&str, &[&str])>,
    is_stock: bool,
) -> (Workbook, Reshaped, Vec<String>) {
    let workbook = workbook::read("f.xlsx", bytes, &Stated::default()).expect("a workbook");
    let mut files = crate::files::Files::default();
    files.insert("l.yaml", layout);
    let mut diagnostics = Diagnostics::default();
    let layout: LayoutEntry =
        files.yaml("l.yaml", &mut diagnostics).unwrap_or_else(|| panic!("{:?}", diagnostics.sorted()));
    let members: Vec<String> =
        category.iter().flat_map(|(_, members)| members.iter().map(|member| (*member).to_owned())).collect();
    let (names, constants, none) = (names(), BTreeMap::new(), Vec::new());
    let dimension = |name: &str, role| Dimension { name: name.to_owned(), role, total: None };
    let mut dimensions = vec![dimension("territory", Role::Territory), dimension("year", Role::Period)];
    let mut lists: Vec<&[String]> = vec![&none, &none];
    if let Some((name, _)) = category {
        dimensions.push(dimension(name, Role::Category));
        lists.push(&members);
    }
    let measures = BTreeMap::from([("total", Unit::Persons), ("urban", Unit::Persons)]);
    let target = Target { dimensions, members: lists, measures, is_stock, constants: &constants, names: &names };
    let reshaped = reshape("f.xlsx", &workbook, &layout, &target, &Place::file("entry"), &mut diagnostics);
    let told = diagnostics.sorted().into_iter().map(|found| format!("{}: {}", found.place, found.message)).collect();
    (workbook, reshaped, told)
}

fn said(reshaped: &Reshaped) -> String {
    let cell = |cell: &Placed| {
        let value = match &cell.value {
            Ok((amount, _)) => amount.to_string(),
            Err(reason) => reason.code().to_owned(),
        };
        format!("{}[{}]={value}@{}", cell.measure, cell.key, cell.at)
    };
    reshaped.cells.iter().map(cell).collect::<Vec<_>>().join(" ")
}

fn text(rows: &str, layout: &str, category: Option<(&str, &[&str])>) -> (String, Vec<String>) {
    let (_, reshaped, told) = laid(rows.as_bytes(), layout, category, false);
    (said(&reshaped), told)
}

#[test]
fn years_over_quarters_footnotes_marks_and_notes() {
    let mut book = written::Workbook::new();
    let sheet = book.add_worksheet();
    let plain = written::Format::new();
    let raised = written::Format::new().set_font_script(written::FormatScript::Superscript);
    sheet.write_string(0, 0, "Численность, человек").expect("a title");
    sheet.merge_range(1, 1, 1, 2, "2023", &plain).expect("merged");
    for (column, text) in [(1, "I квартал"), (2, "II квартал")] {
        sheet.write_string(2, column, text).expect("a text");
    }
    sheet.write_string(3, 0, "Туркестанская 1").expect("a text");
    sheet.write_string(3, 1, "1 234").expect("a text");
    sheet.write_string(3, 2, "-").expect("a text");
    sheet.write_rich_string(4, 0, &[(&plain, "Абай"), (&raised, "2")]).expect("rich");
    sheet.write_number(4, 2, 7).expect("a number");
    sheet.write_string(6, 0, "1) Данные по Южно-Казахстанской области.").expect("a note");
    let bytes = book.save_to_buffer().expect("a workbook");
    let layout = "header: [2, 3]\nlevels: [year, year]\nlabels: {A: territory}\notherwise: {measure: total}\nmissing: {\"-\": no_phenomenon}\n";
    let (workbook, reshaped, told) = laid(&bytes, layout, None, false);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(
        said(&reshaped),
        "total[KZ-61,2023-Q1]=1234@B4 total[KZ-61,2023-Q2]=no_phenomenon@C4 total[KZ-10,2023-Q1]=missing@B5 total[KZ-10,2023-Q2]=7@C5"
    );
    assert_eq!(reshaped.cells[0].note.as_deref(), Some("1) Данные по Южно-Казахстанской области."));
    assert_eq!(reshaped.cells[3].note.as_deref(), Some("2"));
    assert_eq!(reshaped.matched["Туркестанская 1"], ("KZ-61".to_owned(), Match::WithoutMark));
    assert_eq!(reshaped.fates.len(), workbook.sheets[0].cells.len());
    assert_eq!((reshaped.count(|fate| fate == Fate::Data), reshaped.count(|fate| fate == Fate::Note)), (3, 1));
}

#[test]
fn statuses_stand_behind_figures_labels_and_in_columns() {
    let told = |rows: &str, layout: &str| {
        let (_, reshaped, told) = laid(rows.as_bytes(), layout, None, false);
        let one = |cell: &Placed| {
            let said = cell.observed.map(|own| own.iter().map(|one| one.code()).collect::<String>());
            let value =
                cell.value.as_ref().map_or_else(|reason| reason.code().to_owned(), |(amount, _)| amount.to_string());
            format!("{value}{}", said.unwrap_or_else(|| "-".to_owned()))
        };
        (reshaped.cells.iter().map(one).collect::<Vec<_>>().join(" "), told)
    };
    let base = "header: [1]\nlabels: {A: territory}\nlevels: [year]\notherwise: {measure: total}\n";
    let flags = format!("{base}missing: {{\":\": missing}}\nstatuses: {{p: provisional, b: B, e: E, c: Q}}\n");
    let (cells, problems) = told("x;2021;2022 p)\nАбай;7 bp;: c\nг. Астана;8;9e\n", &flags);
    assert_eq!((cells.as_str(), problems), ("7PB suppressedP 8- 9PE", Vec::new()));
    // A word is looked for in heads and in the notes to which a mark leads.
    let words = format!("{base}statuses: {{предварительн: provisional}}\n");
    let rows = "x;2021;2022 (предварительные данные)\nАбай;7*;8\nг. Астана;9;5\n\n* Предварительные данные за год\n";
    let (cells, problems) = told(rows, &words);
    assert_eq!((cells.as_str(), problems), ("7P 8P 9- 5P", Vec::new()));
    // A column holds codes; one that nobody knows is refused at its cell.
    let column = "header: [1]\nlabels: {A: territory, B: year, C: status}\ncolumns: {D: total}\n";
    let (cells, _) = told("t;y;OBS_STATUS;v\nАбай;2021;A;7\nАбай;2022;P;8\nАбай;2023;O;\nАбай;2024;;3\n", column);
    assert_eq!(cells, "7 8P missing- 3-");
    let (_, problems) = told("t;y;OBS_STATUS;v\nАбай;2021;Ж;7\n", column);
    assert_eq!(problems, ["f.xlsx (C2): `Ж` is no status of an observation"]);
}

#[test]
fn a_name_may_mean_another_territory_in_other_years_and_a_heading_be_worded_otherwise() {
    let layout = "header: [1]\nlabels: {\"Регион | Область\": territory}\nlevels: [year]\notherwise: {measure: total}\n\
                  names: {Южная: [{code: KZ-51, to: 2017}, {code: KZ-61, from: 2018}]}\n";
    for head in ["Регион", "Область"] {
        let (cells, problems) = text(&format!("{head};2017;2018\nЮжная;1;2\n"), layout, None);
        assert_eq!((cells.as_str(), problems), ("total[KZ-51,2017]=1@B2 total[KZ-61,2018]=2@C2", Vec::new()));
    }
    let open = layout.replace(", to: 2017", ", to: 2016");
    let (_, problems) = text("Регион;2017;2018\nЮжная;1;2\n", &open, None);
    assert_eq!(problems, ["f.xlsx (A2): `names` does not say what `Южная` means in 2017"]);
}

#[test]
fn sections_hierarchies_and_cumulative_periods() {
    let rows = ";2022;2023\nАбай;1;2\nГородское население;;\nАбай;3;4\n";
    let layout = "levels: [year]\nlabels: {A: [measure, territory]}\notherwise: {measure: total}\n";
    let wanted = "total[KZ-10,2022]=1@B2 total[KZ-10,2023]=2@C2 urban[KZ-10,2022]=3@B4 urban[KZ-10,2023]=4@C4";
    assert_eq!(text(rows, layout, None), (wanted.to_owned(), Vec::new()));
    let rows = ";2022\nАбай;3\nмужчины;1\nженщины;2\n";
    let layout = "levels: [year]\nlabels: {A: [territory, sex]}\notherwise: {sex: both, measure: total}\n";
    let wanted = "total[KZ-10,2022,both]=3@B2 total[KZ-10,2022,male]=1@B3 total[KZ-10,2022,female]=2@B4";
    assert_eq!(text(rows, layout, Some(("sex", &["both", "male", "female"]))), (wanted.to_owned(), Vec::new()));
    let rows = ";2022\nобласть Абай;3\nАбай ауданы;1\nТуркестанская;5\nАбай ауданы;2\n";
    let layout = "levels: [year]\nlabels: {A: territory}\notherwise: {measure: total}\nnested: true\n";
    let wanted = "total[KZ-10,2022]=3@B2 total[d1,2022]=1@B3 total[KZ-61,2022]=5@B4 total[d2,2022]=2@B5";
    assert_eq!(text(rows, layout, None), (wanted.to_owned(), Vec::new()));
    let rows = "регион;январь–март 2023;январь–сентябрь 2023\nАбай;1;2\n";
    let layout = "levels: [year]\nlabels: {A: territory}\notherwise: {measure: total}\ncumulative: span\n";
    let wanted = "total[KZ-10,2023,01-03]=1@B2 total[KZ-10,2023,01-09]=2@C2";
    assert_eq!(text(rows, layout, Some(("span", &["01-03", "01-09"]))), (wanted.to_owned(), Vec::new()));
}

#[test]
fn stocks_of_31_december_and_units_by_a_cell() {
    let rows = "на 31 декабря 2022 года;тыс. человек\nрегион;всего\nАбай;1,5\n";
    let layout = "header: [2]\nlabels: {A: territory}\ncolumns: {B: {head: всего, measure: total}}\nfrom: {year: A1, unit: B1}\n\
                  units: {тыс. человек: {unit: persons, scale: 1000}}\n";
    let (_, reshaped, told) = laid(rows.as_bytes(), layout, None, true);
    assert_eq!((said(&reshaped), told), ("total[KZ-10,2023]=1.5@B3".to_owned(), Vec::new()));
    assert_eq!(reshaped.cells[0].scale, 1000);
    let other = layout.replace("тыс. человек:", "млн человек:");
    let (_, _, told) = laid(rows.as_bytes(), &other, None, true);
    assert_eq!(told, ["f.xlsx (B1): `тыс. человек` is no unit that the layout knows"]);
}

#[test]
fn what_is_not_read_is_refused_at_its_cell() {
    let layout = "levels: [year]\nlabels: {A: territory}\notherwise: {measure: total}\n";
    for (rows, wanted) in [
        (";2022\nАбай;1\nНигде;2\n", "f.xlsx (A3): no territory is called `Нигде`"),
        (
            ";2022\nАбай;1\n\n;2023\nТуркестанская;5\n",
            "f.xlsx (B4): `2023` stands in a column of data, and no label beside it",
        ),
        (";2022;\nАбай;1;9\n", "f.xlsx (C2): nothing reads `9`: its column has no header and is no label"),
        (";2022\nАбай;нет\n", "f.xlsx (B2): `нет` is not a number"),
        (";2022\nАбай ауданы;1\n", "f.xlsx (A2): `Абай ауданы` may be d1 or d2"),
        (
            ";2022\nАбай;1\nсловами\nТуркестанская;5\n",
            "f.xlsx (A3): `словами` stands between rows of data, and is neither a label nor a section",
        ),
    ] {
        assert_eq!(text(rows, layout, None).1, [wanted], "{rows}");
    }
    let left = format!("{layout}leave_rows: [{{unknown: territory, reason: districts, count: 1}}]\n");
    assert_eq!(text(";2022\nАбай;1\nНигде;2\n", &left, None), ("total[KZ-10,2022]=1@B2".to_owned(), Vec::new()));
    // A note below the table is no row of it.
    let noted = ";2022\nАбай;1\nНигде;2\n\n1) Без закрытых территорий.\n";
    assert_eq!(text(noted, &left, None), ("total[KZ-10,2022]=1@B2".to_owned(), Vec::new()));
    assert_eq!(text(";2022\nАбай;1\n", &left, None).1, ["entry: `leave_rows` (districts) leaves out 0 rows, not 1"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Every cell that holds something has one fate, and the sum of all numbers is that of data, words and what is left out.
    #[test]
    fn nothing_is_lost(cells in prop::collection::vec((0u32..9, 0u16..6, 0usize..9), 1..60), rows in 0u32..9) {
        let mut book = written::Workbook::new();
        let sheet = book.add_worksheet();
        let mut sum = Amount::ZERO;
        let mut seen = BTreeMap::new();
        for (row, column, what) in cells {
            if seen.insert((row, column), ()).is_some() {
                continue;
            }
            match what {
                0 => sheet.write_string(row, column, "Абай"),
                // A number that is stored as text is a number.
                1 => {
                    sum = sum.plus(&Amount::Integer(2022));
                    sheet.write_string(row, column, "2022")
                }
                2 => sheet.write_string(row, column, "-"),
                3 => sheet.write_string(row, column, "Городское население"),
                4 => sheet.write_string(row, column, "1) всё о ячейках таблицы"),
                number => {
                    sum = sum.plus(&Amount::Integer(number as i64));
                    sheet.write_number(row, column, number as f64)
                }
            }.expect("written");
        }
        let bytes = book.save_to_buffer().expect("a workbook");
        let layout = format!(
            "header: [1]\nlevels: [year]\nlabels: {{A: [measure, territory]}}\notherwise: {{measure: total}}\nmissing: {{\"-\": missing}}\nleave_columns: {{C: not wanted}}\nleave_rows: [{{rows: \"{}\", reason: so}}]\n",
            rows + 2
        );
        let (workbook, reshaped, _) = laid(&bytes, &layout, None, false);
        let account = reshaped.account(&workbook);
        let shares = account.shares().map(|(_, share)| share);
        prop_assert_eq!(shares.iter().map(|share| share.cells).sum::<usize>(), seen.len());
        prop_assert_eq!(account.unread.cells, 0);
        prop_assert_eq!(shares.iter().fold(Amount::ZERO, |all, share| all.plus(&share.sum)), sum);
    }
}
