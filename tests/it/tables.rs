//! Tables: the dummy study with tables of other kinds laid over it: sums, named rows, long ones, short selections.

use esep::build::{self, Wanted};
use esep::diagnostic::{self, Diagnostics};
use esep::files::Files;

use crate::study::dummy;

/// Replaces a part of a file that must be there.
fn replace(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = files.text(path).unwrap_or_else(|| panic!("there is no {path}"));
    assert!(text.contains(from), "{path} lacks `{from}`");
    let text = text.replacen(from, to, 1);
    files.insert(path, text);
}

/// Adds a table to the dummy study: its entry, its words by language, its place behind the last one.
fn with_table(id: &str, entry: &str, words: [&str; 2]) -> Files {
    let mut files = dummy();
    replace(&mut files, "study.yaml", "\ntables:\n", &format!("\ntables:\n  {id}:\n{}\n", indented(entry, 4)));
    for ((lang, see), words) in [("ru", "Смотрите:"), ("kk", "Қараңыз:")].into_iter().zip(words) {
        let path = format!("templates/{lang}/exhibits.yaml");
        let text = files.text(&path).expect("words").to_owned();
        let own = format!("{id}:\n  source: derived\n  references: [bureau]\n{}", indented(words, 2));
        files.insert(&path, format!("{text}{own}\n"));
        let path = format!("templates/{lang}/results.md");
        let text = files.text(&path).expect("a page").to_owned();
        files.insert(&path, format!("{text}\n{see} {{{{ ref(\"{id}\") }}}}.\n\n{{{{ table(\"{id}\") }}}}\n"));
    }
    files
}

fn indented(text: &str, by: usize) -> String {
    text.lines().map(|line| format!("{}{line}\n", " ".repeat(by))).collect()
}

/// Builds a study; returns what it writes and what it says.
fn built(files: &Files) -> (Option<Files>, String) {
    let mut diagnostics = Diagnostics::default();
    let report = build::build(files, &Wanted::default(), &mut diagnostics);
    let said = diagnostic::human(&diagnostics.sorted(), &|path| files.text(path), false);
    (report.ok(), said)
}

/// Builds a study about which there is nothing to say.
pub(crate) fn report(files: &Files) -> Files {
    let (report, said) = built(files);
    assert_eq!(said, "");
    report.expect("a report")
}

/// Returns the part of a page that holds an exhibit.
fn exhibit<'a>(report: &'a Files, path: &str, id: &str) -> &'a str {
    let page = report.text(path).unwrap_or_else(|| panic!("there is no {path}"));
    let (_, rest) = page.split_once(&format!("id=\"{id}\">")).unwrap_or_else(|| panic!("{path} lacks `{id}`"));
    rest.split("class=\"files\"").next().unwrap_or(rest)
}

const NOTE: [&str; 2] = [
    "Сумма слагаемых может не совпадать с итогом из-за округления.",
    "Дөңгелектеуге байланысты қосылғыштардың қосындысы жиынтыққа сәйкес келмеуі мүмкін.",
];

#[test]
fn parts_that_miss_their_printed_total_bring_the_note() {
    let words = ["title: Численность", "title: Халық саны"];
    // 50,45 + 80,20 + 121,45 are 252,10 thousand, but 50 + 80 + 121 are not 252. The note comes only where it has to.
    for (decimals, noted) in [(0, true), (2, false)] {
        let entry = format!(
            "rows: territory\ncolumns: period\nof: \"residents.value[all, 2021..2022]\"\nscale: thousands\ndecimals: {decimals}"
        );
        let mut files = with_table("size", &entry, words);
        replace(&mut files, "data/raw/bureau/population.csv", "KZ-91,2022,50300,30200", "KZ-91,2022,50450,30350");
        replace(&mut files, "data/raw/bureau/population.csv", "KZ-95,2022,121600,121600", "KZ-95,2022,121450,121450");
        crate::study::rehash(&mut files);
        let report = report(&files);
        for (lang, note) in ["ru", "kk"].into_iter().zip(NOTE) {
            let own = exhibit(&report, &format!("2022/{lang}/index.html"), "size");
            assert_eq!(own.contains(note), noted, "{decimals} decimals: {own}");
            let markdown = report.text(&format!("2022/{lang}/report.md")).expect("Markdown");
            assert_eq!(markdown.contains(note), noted);
        }
    }
}

#[test]
fn declared_parts_that_do_not_add_up_are_told_and_not_noted_as_rounding() {
    let entry = "rows: period\n\
                 columns:\n  whole: {of: \"residents.value[KZ, all]\", scale: thousands}\n  \
                 part: {of: \"rural_residents.value[KZ, all]\", scale: thousands}\n  \
                 other: {of: \"balance.value[KZ, all]\", scale: thousands}\n\
                 adds_up: {whole: [part, other]}";
    let words = [
        "title: Части\ncolumns: {whole: всего, part: часть, other: другая}",
        "title: Бөліктер\ncolumns: {whole: барлығы, part: бөлігі, other: басқасы}",
    ];
    let (report, said) = built(&with_table("parts", entry, words));
    assert!(
        said.contains("warning[exhibit/sum]: parts: the parts of `whole` do not add up to it at 2021, whole"),
        "{said}"
    );
    let report = report.expect("a report");
    assert!(!exhibit(&report, "2022/ru/index.html", "parts").contains(NOTE[0]));
}

#[test]
fn named_rows_hold_numbers_names_lists_and_truths() {
    let entry = "rows:\n  \
                   number:\n    value: \"rural_balance.value[KZ, last]\"\n    place: \"argmin(rural_balance.value[oblasts, last])\"\n    worse: \"rural_balance.change_chain[KZ, last] < 0\"\n    all: \"keys(rural_balance.value[oblasts, last])\"\n  \
                   share:\n    value: {of: \"rural_share.value[KZ, last]\", decimals: 1}\n    place: \"argmax(rural_balance.value[KZ, all])\"\n    worse: \"rural_balance.change_chain[KZ, last] > 0\"\n    all: \"keys(rural_balance.value[upland, last])\"\n\
                 columns: {value: {}, place: {}, worse: {}, all: {}}";
    let words = [
        "title: Прочтения\nstub: Показатель\ncolumns: {value: значение, place: где, worse: хуже, all: все}\nrows: {number: по числу, share: по доле}",
        "title: Оқылуы\nstub: Көрсеткіш\ncolumns: {value: мәні, place: қайда, worse: төмен, all: барлығы}\nrows: {number: саны бойынша, share: үлесі бойынша}",
    ];
    let report = report(&with_table("readings", entry, words));
    let csv = report.text("2022/tables/readings.csv").expect("CSV");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "row,row_ru,row_kk,measure,measure_ru,measure_kk,value,unit,value_ru,value_kk,exact");
    assert_eq!(lines[1], "number,по числу,саны бойынша,value,значение,мәні,-520,persons,,,");
    assert_eq!(lines[2], "number,по числу,саны бойынша,place,где,қайда,KZ-92,,Степная,Далалы,");
    assert_eq!(lines[3], "number,по числу,саны бойынша,worse,хуже,төмен,true,,да,иә,");
    assert!(lines[4].ends_with(",KZ-91 KZ-92 KZ-93,,\"Горная, Степная, Озёрная\",\"Таулы, Далалы, Көлді\","), "{csv}");
    // A fraction is a decimal that a spreadsheet reads as a number, as near as any reads it.
    let share = lines[5].split(',').nth(6).expect("a value");
    assert!(share.starts_with("19.") && share.len() == 18 && lines[5].contains(",percent,"), "{csv}");
    assert!(lines[5].rsplit(',').next().is_some_and(|exact| exact.contains('/')), "{csv}");
    let ru = exhibit(&report, "2022/ru/index.html", "readings");
    for said in [
        "<caption>Таблица\u{a0}2 – Прочтения",
        "<th scope=\"row\">по числу</th>",
        "−520\u{a0}чел",
        ">Степная<",
        ">да<",
        ">нет<",
        ">Горная, Степная, Озёрная<",
    ] {
        assert!(ru.contains(said), "lacks `{said}`: {ru}");
    }
    let kk = exhibit(&report, "2022/kk/index.html", "readings");
    for said in ["<caption>2-кесте – Оқылуы", ">иә<", ">жоқ<", ">Далалы<"] {
        assert!(kk.contains(said), "lacks `{said}`: {kk}");
    }
    // Every cell is a number of the ledger.
    let ledger = report.text("2022/numbers.json").expect("the ledger");
    for mark in ru.split("data-number=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(ledger.contains(&format!("\"id\":\"{mark}\"")), "no number `{mark}`");
    }
}

#[test]
fn cells_of_named_rows_keep_the_house_style_and_their_names_are_proof_read() {
    let entry = "rows:\n  \
                   signed: {value: \"residents.change_chain[KZ, last]\"}\n  \
                   share: {value: {of: \"rural_share.value[KZ, last]\", decimals: 1}}\n  \
                   none: {value: \"balance.value[KZ, last] / (balance.value[KZ, last] - balance.value[KZ, last])\"}\n\
                 columns: {value: {}}";
    let words = |row: &str| {
        format!(
            "title: Кесте\nstub: Көрсеткіш\ncolumns: {{value: мәні}}\nrows: {{signed: өсім, share: үлес, none: {row}}}"
        )
    };
    let russian = "title: Прочтения\nstub: Показатель\ncolumns: {value: значение}\nrows: {signed: прирост, share: доля, none: начало}";
    let with_style = |kk: &str| {
        let mut files = with_table("styled", entry, [russian, kk]);
        let text = files.text("study.yaml").expect("study.yaml");
        let own = text.lines().find(|line| line.starts_with("style:")).expect("a style").to_owned();
        let style = "style: {percent_space: {ru: true, kk: false}, plus_sign: {ru: signed}, missing: {kk: {no-phenomenon: \"?\"}}}";
        replace(&mut files, "study.yaml", &own, style);
        files
    };
    let report = report(&with_style(&words("басы")));
    let cells = |lang: &str| {
        let own = exhibit(&report, &format!("2022/{lang}/index.html"), "styled").to_owned();
        own.split("<td").skip(1).map(|cell| cell.split("</td>").next().unwrap_or(cell).to_owned()).collect::<Vec<_>>()
    };
    let (ru, kk) = (cells("ru"), cells("kk"));
    assert!(ru[0].contains(">+") && !kk[0].contains('+'), "{ru:?}{kk:?}");
    assert!(ru[1].contains("\u{a0}%<") && !kk[1].contains("\u{a0}%"), "{ru:?}{kk:?}");
    assert!(ru[2].ends_with(">–") && kk[2].ends_with(">?"), "{ru:?}{kk:?}");
    let (_, said) = built(&with_style(&words("начало")));
    assert!(said.contains("`styled.rows.none`: `начало` stands as in the version `ru`"), "{said}");
}

/// The dummy study with a table of many years, and one that is also wide.
pub(crate) fn with_long_tables() -> Files {
    let wide = |words: &str| (0..14).map(|i| format!("c{}: {words}", letter(i))).collect::<Vec<_>>().join(", ");
    let words = |title: &str, head: &str| format!("title: {title}\ncolumns: {{{}}}", wide(head));
    let columns = |of: &str| wide(of).replace("\\", "");
    let entry =
        format!("rows: period\ncolumns: {{{}}}", columns("{of: \"rural_balance.value[KZ, all]\", decimals: 2}"));
    let mut files = with_table("wide", &entry, [&words("Широкая", "сальдо"), &words("Кең кесте", "сальдо")]);
    let path = "data/raw/article/rural_net_migration.csv";
    let years: String = (1921..=2018).map(|year| format!("KZ,{year},{}\n", 1000 - (year * 37) % 901)).collect();
    replace(&mut files, path, "KZ,2019,-601\n", &format!("{years}KZ,2019,-601\n"));
    replace(
        &mut files,
        "study.yaml",
        "rows: territory, columns: period, of: \"rural_balance.value[all, all]\"",
        "rows: period, columns: territory, of: \"rural_balance.value[all, all]\"",
    );
    crate::study::rehash(&mut files);
    // Most cells are the article's, so the table says so.
    for (lang, most, preferred) in [("ru", "по статье", "по Бюро"), ("kk", "мақала бойынша", "Бюро бойынша")]
    {
        let path = format!("templates/{lang}/strings.yaml");
        let text = files.text(&path).expect("strings").to_owned();
        files.insert(&path, format!("{text}vintage-most: {most}\nvintage-preferred: {preferred}\n"));
    }
    for name in ["layout.html", "style.css"] {
        let own = std::fs::read(crate::support::root().join("templates").join(name)).expect("the report's own frame");
        files.insert(format!("templates/{name}"), own);
    }
    files
}

fn letter(at: u8) -> char {
    char::from(b'a' + at)
}

#[test]
fn a_table_longer_than_a_sheet_goes_on_under_its_caption_and_the_numbers_of_its_columns() {
    let report = report(&with_long_tables());
    for (lang, continued) in [("ru", "Продолжение таблицы\u{a0}1"), ("kk", "1-кестенің жалғасы")]
    {
        let path = format!("2022/{lang}/index.html");
        let own = exhibit(&report, &path, "rural_by_region");
        let numbers = "<tr class=\"print\"><td>1</td><td>2</td><td>3</td><td>4</td><td>5</td></tr>";
        assert!(own.contains(&format!("{numbers}</thead>")), "{lang}: the numbers stand under the heading");
        let next = format!(
            "<tbody class=\"next\"><tr class=\"print\"><td colspan=\"5\">{continued}</td></tr>{numbers}<tr><th scope=\"row\">"
        );
        assert_eq!(own.matches(&next).count(), 2, "{lang}: {own}");
        // 102 years, each once, and no sheet with a row or two.
        let parts: Vec<usize> = own.split("<tbody").skip(1).map(|part| part.matches("scope=\"row\"").count()).collect();
        assert_eq!(parts.iter().sum::<usize>(), 102, "{parts:?}");
        assert!(parts.iter().all(|rows| (3..=48).contains(rows)), "{parts:?}");
        let page = report.text(&path).expect("a page");
        assert!(page.contains("class=\"exhibit table split\" id=\"rural_by_region\""));
        let wide = page.split(" id=\"wide\"").next().and_then(|before| before.rsplit("class=").next());
        assert!(wide.is_some_and(|class| class.contains("table wide") && class.contains("split")), "{wide:?}");
        // A figure's own table is not printed, so it is never parted.
        assert!(!exhibit(&report, &path, "rural_lines").contains("class=\"next\""));
        assert!(!report.text(&format!("2022/{lang}/report.md")).expect("Markdown").contains(continued));
    }
}

#[test]
fn prose_tables_keep_their_alignment() {
    let mut files = dummy();
    for lang in ["ru", "kk"] {
        let path = format!("templates/{lang}/results.md");
        let text = files.text(&path).expect("a page").to_owned();
        let table = "|а|б|в|\n|---|--:|:-:|\n|г|{{ q(\"rural_balance.value[KZ, last]\") | persons }}|е|\n";
        files.insert(&path, format!("{text}\n{table}"));
    }
    let report = report(&files);
    let page = report.text("2022/ru/index.html").expect("a page");
    let head =
        "<th scope=\"col\">а</th><th scope=\"col\" class=\"right\">б</th><th scope=\"col\" class=\"center\">в</th>";
    assert!(page.contains(head), "{page}");
    assert!(
        page.contains("<th scope=\"row\">г</th><td class=\"right\"><data")
            && page.contains("<td class=\"center\">е</td>")
    );
}

/// The dummy study with a second table, a sentence that refers to both, and a short version that keeps one of them.
fn with_selection() -> Files {
    let entry = "rows: period\ncolumns: {rural: {of: \"rural_residents.value[KZ, all]\"}}";
    let words = ["title: Село\ncolumns: {rural: село}", "title: Ауыл халқы\ncolumns: {rural: ауыл}"];
    let mut files = with_table("village", entry, words);
    let short = "selection:\n  short:\n    title: {ru: Краткий вариант, kk: Қысқаша нұсқа}\n    tables: [village]\n\n";
    replace(&mut files, "study.yaml", "pages: [", &format!("{short}pages: ["));
    for (lang, sentence) in [
        (
            "ru",
            "Подробности – в {{ ref(\"rural_by_region\") | case(\"prep\") }} и {{ ref(\"village\") | case(\"prep\") }}.",
        ),
        ("kk", "Толығырақ {{ ref(\"rural_by_region\") | case(\"loc\") }} және {{ ref(\"village\") | case(\"loc\") }}."),
    ] {
        let path = format!("templates/{lang}/results.md");
        let text = files.text(&path).expect("a page").to_owned();
        files.insert(&path, format!("{text}\n{sentence}\n"));
    }
    files
}

#[test]
fn a_short_selection_numbers_itself_anew_and_leaves_no_reference_dangling() {
    let report = report(&with_selection());
    for (lang, wanted, whole) in [
        (
            "ru",
            [
                "Подробности – в [таблице\u{a0}А.1](#rural_by_region) и [таблице\u{a0}1](#village).",
                "Рисунок\u{a0}А.1 – Сальдо",
                "([таблица\u{a0}1 полной версии](index.html#rural_by_region))",
                "Таблица\u{a0}1 – Село",
                "(рисунок\u{a0}А.1, ",
            ],
            "в [таблице\u{a0}1](#rural_by_region) и [таблице\u{a0}2](#village)",
        ),
        (
            "kk",
            [
                "Толығырақ [А.1-кестеде](#rural_by_region) және [1-кестеде](#village).",
                "А.1-сурет – ",
                "([толық нұсқадағы 1-кесте](index.html#rural_by_region))",
                "1-кесте – Ауыл халқы",
                "А қосымшасы",
            ],
            "[1-кестеде](#rural_by_region) және [2-кестеде](#village)",
        ),
    ] {
        let markdown = report.text(&format!("2022/{lang}/short.md")).expect("Markdown");
        let plain = markdown.replace("[рисунок\u{a0}А.1](#rural_lines)", "рисунок\u{a0}А.1");
        for text in wanted {
            assert!(plain.contains(text), "{lang}: lacks `{text}`:\n{markdown}");
        }
        assert!(!markdown.contains(".svg"), "a figure left out is not drawn");
        assert!(report.text(&format!("2022/{lang}/report.md")).expect("Markdown").contains(whole));
        let text = |stem: &str| report.text(&format!("2022/{lang}/{stem}.html")).expect("a page");
        let (page, full) = (text("short"), text("index"));
        let links: Vec<&str> = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(links.contains(&"#rural_by_region") && links.contains(&"index.html#rural_by_region"), "{links:?}");
        for link in links {
            let (home, id) = match link.split_once('#') {
                Some(("", id)) => (page, id),
                Some(("index.html", id)) => (full, id),
                _ => continue,
            };
            assert!(home.contains(&format!(" id=\"{id}\"")), "{lang}: {link} leads nowhere");
        }
        assert!(page.contains("<table><caption>") && page.matches("<table>").count() == 1, "one table is left");
        // The other language's short version, not its whole one.
        let other = if lang == "ru" { "kk" } else { "ru" };
        assert!(page.contains(&format!("href=\"../{other}/short.html#results\"")), "{page}");
        assert!(!page.contains("<p></p>"));
    }
    // Nothing is written twice: figures and tables are those of the whole version.
    assert_eq!(report.iter().filter(|(path, _)| path.ends_with("village.csv")).count(), 2);
    assert!(report.text("index.html").expect("a page").contains("2022/ru/short.html"));
}

#[test]
fn origins_and_destinations_cross_without_losing_a_number() {
    let mut files = crate::charts::charts();
    let entry = "{rows: territory, columns: territory, of: \"moves.value[regions, regions, 2024]\"}";
    replace(&mut files, "study.yaml", "\npages:", &format!("\ntables:\n  crossed: {entry}\n\npages:"));
    for (lang, title) in [("ru", "Переезды"), ("kk", "Көшу")] {
        let path = format!("templates/{lang}/exhibits.yaml");
        let text = files.text(&path).expect("words").to_owned();
        files.insert(&path, format!("{text}crossed: {{title: {title}, source: derived}}\n"));
    }
    let raw = files.text("data/raw/invented/flows.csv").expect("moves").to_owned();
    let mut moves: Vec<(String, String)> = Vec::new();
    for line in raw.lines().filter(|line| line.contains(",2024,")) {
        let [from, to, year, count] = line.split(',').collect::<Vec<_>>()[..] else { panic!("{line}") };
        moves.push((format!("moves.value[{from},{to},{year}]"), count.to_owned()));
    }
    assert!(moves.len() > 300, "{}", moves.len());
    let (_, editions) = crate::charts::built(&files);
    let table = &editions[0].exhibits.tables["crossed"];
    let mut seen: Vec<(String, String)> = Vec::new();
    for row in &table.rows {
        for (entry, column) in row.entries.iter().zip(&table.columns) {
            let mark = entry.mark().expect("a number");
            match &mark.value {
                Ok(amount) => seen.push((mark.finding.as_ref().expect("a finding").to_string(), amount.to_string())),
                // Nobody moves within a region: the diagonal is no gap in the data.
                Err(reason) => assert_eq!((&row.label, reason.code()), (&column.label, "out_of_scope")),
            }
        }
    }
    moves.sort();
    seen.sort();
    assert_eq!(seen, moves);
}

#[test]
fn what_is_missing_says_why_a_column_has_no_such_row() {
    // A region split off later, one dissolved before, and a country that a column of regions is not of.
    let columns = "rows: territory\ncolumns:\n  \
                   now: {of: \"rural_balance.value[all, last]\"}\n  \
                   before: {of: \"rural_merged.value[all, last]\"}\n  \
                   parts: {of: \"rural_parts.value[all, last]\"}";
    let words = [
        "title: Сальдо\ncolumns: {now: ныне, before: прежде, parts: области}",
        "title: Сальдо мәні\ncolumns: {now: қазір, before: бұрын, parts: облыстар}",
    ];
    let mut files = with_table("lacking", columns, words);
    let more = "\nanalyses:\n  \
                rural_merged: {table: net_migration, measure: rural, territories: [KZ, oblasts], borders: merged-back, period: {from: 2021}}\n  \
                rural_parts: {table: net_migration, measure: rural, territories: [oblasts], period: {from: 2021}}\n";
    replace(&mut files, "study.yaml", "\nanalyses:\n", more);
    for (lang, said) in [("ru", "не охватывает"), ("kk", "қамтылмаған")] {
        let path = format!("templates/{lang}/strings.yaml");
        let text = files.text(&path).expect("strings").to_owned();
        files.insert(&path, format!("{text}missing-out-of-scope: {said}\n"));
    }
    // In the edition before, the rows of the columns end in different years, which is said and is not the matter here.
    let (report, said) = built(&files);
    assert_eq!(said.matches("[exhibit/mixed-periods]").count(), 1, "{said}");
    let report = report.expect("a report");
    let csv = report.text("2022/tables/lacking.csv").expect("CSV");
    let reason = |code: &str, column: &str| {
        let own = |line: &&str| line.starts_with(&format!("{code},")) && line.contains(&format!(",{column},"));
        csv.lines().find(own).and_then(|line| line.rsplit(',').next()).unwrap_or("no line").to_owned()
    };
    assert_eq!(reason("KZ", "parts"), "out_of_scope", "{csv}");
    assert_eq!(reason("KZ-93", "before"), "not_applicable_territory", "{csv}");
    assert_eq!(reason("KZ-91", "parts"), "", "{csv}");
}

/// Columns of one number under another scale each, or the same.
fn scaled_columns(scales: [&str; 2]) -> Files {
    let [a, b] = scales;
    let entry = format!(
        "rows: period\ncolumns:\n  first: {{of: \"residents.value[KZ, all]\", scale: {a}, decimals: 2}}\n  \
         second: {{of: \"rural_residents.value[KZ, all]\", scale: {b}, decimals: 2}}"
    );
    let words = [
        "title: Население\ncolumns: {first: всё, second: сельское}",
        "title: Халық саны\ncolumns: {first: барлығы, second: ауыл}",
    ];
    with_table("scaled", &entry, words)
}

#[test]
fn captions_and_headings_say_the_unit_and_scale_that_are_printed() {
    let own = |files: &Files, lang: &str| {
        let report = report(files);
        let page = exhibit(&report, &format!("2022/{lang}/index.html"), "scaled").to_owned();
        (page, report.text(&format!("2022/{lang}/report.md")).expect("Markdown").to_owned())
    };
    for (scale, ru, kk) in [
        ("one", "человек", "адам"),
        ("thousands", "тыс.\u{a0}человек", "мың\u{a0}адам"),
        ("millions", "млн\u{a0}человек", "млн\u{a0}адам"),
    ] {
        let files = scaled_columns([scale, scale]);
        for (lang, caption, head) in [
            ("ru", format!("Таблица\u{a0}2 – Население, {ru}"), "<th scope=\"col\">всё</th>"),
            ("kk", format!("2-кесте – Халық саны, {kk}"), "<th scope=\"col\">барлығы</th>"),
        ] {
            let (page, markdown) = own(&files, lang);
            assert!(page.contains(&format!("<caption>{caption}</caption>")) && page.contains(head), "{page}");
            assert!(markdown.contains(&format!("{caption}\n")), "{markdown}");
        }
    }
    // Thousands beside millions: each heading says its own, and the caption neither.
    let (page, markdown) = own(&scaled_columns(["thousands", "millions"]), "ru");
    assert!(page.contains("<caption>Таблица\u{a0}2 – Население</caption>"), "{page}");
    for head in ["всё, тыс.\u{a0}чел.", "сельское, млн\u{a0}чел."] {
        assert!(page.contains(&format!("<th scope=\"col\">{head}</th>")) && markdown.contains(head), "{page}");
    }
    // A figure says it in its caption and over the numbers that it is drawn from, with its title.
    let mut files = dummy();
    replace(&mut files, "study.yaml", "unit: persons}", "unit: persons, scale: thousands, decimals: 2}");
    let report = report(&files);
    let figure = exhibit(&report, "2022/ru/index.html", "rural_lines");
    assert!(figure.contains("года, тыс.\u{a0}человек</figcaption>"), "{figure}");
    assert!(figure.contains("года, тыс.\u{a0}человек. Данные рисунка</caption>"), "{figure}");
}

#[test]
fn cells_in_another_scale_than_their_column_say_so() {
    let entry = "rows:\n  \
                   all: {value: \"residents.value[KZ, last]\"}\n  \
                   rural: {value: {of: \"rural_residents.value[KZ, last]\", scale: thousands, decimals: 1}}\n\
                 columns: {value: {}}";
    let words = [
        "title: Население\nstub: Показатель\ncolumns: {value: значение}\nrows: {all: всё, rural: село}",
        "title: Халық саны\nstub: Көрсеткіш\ncolumns: {value: мәні}\nrows: {all: барлығы, rural: ауыл}",
    ];
    let report = report(&with_table("cells", entry, words));
    let page = exhibit(&report, "2022/ru/index.html", "cells");
    assert!(page.contains("Население, человек</caption>") && page.contains("49,8\u{a0}тыс.\u{a0}человек"), "{page}");
}

#[test]
fn headings_over_several_columns_are_read_with_them() {
    let entry = "rows: territory\ncolumns:\n  \
                   whole: {of: \"residents.value[KZ-91|KZ-95, last]\"}\n  \
                   change: {of: \"residents.change_chain[KZ-91|KZ-95, last]\"}\n  \
                   growth: {of: \"residents.rate_chain[KZ-91|KZ-95, last]\", decimals: 1}\n\
                 groups: {since: [change, growth]}";
    let words = [
        "title: Население\ncolumns: {whole: всё, change: число, growth: доля}\ngroups: {since: Изменение}",
        "title: Халық саны\ncolumns: {whole: барлығы, change: саны, growth: үлесі}\ngroups: {since: Өзгерісі}",
    ];
    let report = report(&with_table("grouped", entry, words));
    let page = exhibit(&report, "2022/ru/index.html", "grouped");
    let wanted = "<colgroup span=\"1\"></colgroup><colgroup span=\"1\"></colgroup><colgroup span=\"2\"></colgroup><thead><tr>\
                  <th scope=\"col\" rowspan=\"2\" class=\"stub\">регион</th>\
                  <th scope=\"col\" rowspan=\"2\">всё, чел.</th>\
                  <th scope=\"colgroup\" colspan=\"2\">Изменение</th></tr>\
                  <tr><th scope=\"col\">число, чел.</th><th scope=\"col\">доля, %</th></tr></thead>";
    assert!(page.to_lowercase().contains(&wanted.to_lowercase()), "{page}");
    let markdown = report.text("2022/kk/report.md").expect("Markdown");
    assert!(markdown.contains("| Өзгерісі: саны, адам | Өзгерісі: үлесі, % |"), "{markdown}");
}

#[test]
fn the_first_mark_of_a_kind_leads_to_its_note_and_back() {
    let report = report(&with_long_tables());
    for lang in ["ru", "kk"] {
        let page = report.text(&format!("2022/{lang}/index.html")).expect("a page");
        let after = |text: &'static str| page.split(text).skip(1).filter_map(|rest| rest.split('"').next());
        let mut notes: Vec<&str> = after("<p class=\"note\" id=\"").collect();
        let links = page.split("role=\"doc-noteref\"").collect::<Vec<_>>();
        let (_, links) = links.split_last().expect("a page");
        let mut marks: Vec<&str> =
            links.iter().filter_map(|before| before.rsplit("href=\"#").next()?.split('"').next()).collect();
        notes.sort_unstable();
        marks.sort_unstable();
        // Each note is led to once, from its first mark; the others, which may stand in every cell, are text.
        assert!(notes.len() > 2, "{lang}: {notes:?}");
        assert_eq!(marks, notes, "{lang}");
        assert!(page.matches("<sup>").count() > 10 * marks.len(), "{lang}: most cells bear a mark");
        assert!(page.contains("<a href=\"#rural_by_region\" role=\"doc-backlink\""), "{lang}");
    }
}

#[test]
fn a_table_wider_than_a_sheet_is_told_of() {
    let wide = |words: &str| (0..20).map(|i| format!("c{}: {words}", letter(i))).collect::<Vec<_>>().join(", ");
    let words = |title: &str, head: &str| format!("title: {title}\ncolumns: {{{}}}", wide(head));
    let entry = format!("rows: period\ncolumns: {{{}}}", wide("{of: \"rural_balance.value[KZ, all]\"}"));
    // The numbers are short, but a heading of one word cannot be broken.
    for (head, told) in [(["село", "ауыл"], false), (["многоэтажность", "көпқабаттылық"], true)]
    {
        let files = with_table("broad", &entry, [&words("Широкая", head[0]), &words("Кең кесте", head[1])]);
        let (_, said) = built(&files);
        assert_eq!(said.contains("warning[exhibit/wide]: broad: is wider than a sheet"), told, "{said}");
    }
}

#[test]
fn a_short_selection_lists_no_kind_that_it_keeps_none_of() {
    let mut files = with_selection();
    for lang in ["ru", "kk"] {
        let path = format!("templates/{lang}/results.md");
        let text = files.text(&path).expect("a page").to_owned();
        files.insert(&path, format!("{text}\n{{{{ exhibits_list() }}}}\n"));
    }
    let report = report(&files);
    for (lang, figures, tables) in
        [("ru", "**Список рисунков**", "**Список таблиц**"), ("kk", "**Суреттер тізімі**", "**Кестелер тізімі**")]
    {
        let (whole, short) = (format!("2022/{lang}/report.md"), format!("2022/{lang}/short.md"));
        let (whole, short) = (report.text(&whole).expect("Markdown"), report.text(&short).expect("Markdown"));
        assert!(whole.contains(figures) && whole.contains(tables), "{whole}");
        assert!(!short.contains(figures) && short.contains(tables), "{short}");
    }
}

#[test]
fn marks_of_what_is_computed_stand_where_they_tell_something() {
    // A row of counts is marked once, at its name; that a computed exhibit is computed, its source line says.
    let entry = "rows:\n  \
                   here: {negative: \"count(rural_balance.value[oblasts, 2021])\", all: \"count(rural_balance.value[regions, 2021])\"}\n  \
                   there: {negative: \"count(rural_balance.value[KZ, 2019..2020])\", all: \"count(rural_balance.value[KZ, 2019..2020] < 0)\"}\n\
                 columns: {negative: {}, all: {}}";
    let words = [
        "title: Счёт\nstub: Показатель\ncolumns: {negative: часть, all: все}\nrows: {here: здесь, there: там}",
        "title: Санау\nstub: Көрсеткіш\ncolumns: {negative: бөлігі, all: барлығы}\nrows: {here: осында, there: сонда}",
    ];
    let report = report(&with_table("counted", entry, words));
    let page = exhibit(&report, "2022/ru/index.html", "counted");
    assert!(page.contains("<th scope=\"row\">там<sup><a href=\"#note-counted-1\""), "{page}");
    assert_eq!(page.matches("doc-noteref").count(), 1, "{page}");
}
