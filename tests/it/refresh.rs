//! Refresh: a new vintage is one file, one entry of the catalogue and one edition; the diff says what it changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use esep::build::{self, Wanted};
use esep::diagnostic::{Diagnostics, Severity};
use esep::files::{Files, sha256};
use esep::output::ledger;

use crate::study::{dummy, read, scratch, write};
use crate::support::study;

#[test]
fn a_third_edition_takes_one_file_one_entry_and_one_edition() {
    let mut files = study();
    // An invented vintage: the rural balance of 2024 is revised, the total is not, so that the demographic balance holds.
    let rows = "year,total,urban,rural\n2024,16550,127550,-111000\n";
    let path = "raw/bns/2026-10-01/net_migration_2025.csv";
    files.insert(format!("data/{path}"), rows);
    let entry = format!(
        "\n- name: net-migration-2025.bns-2026-10-01\n  path: {path}\n  type: table\n  bytes: {}\n  hash: sha256:{}\n  \
         schema: {{fields: [{{name: year, type: year}}, {{name: total, type: integer}}, {{name: urban, type: integer}}, \
         {{name: rural, type: integer}}], primaryKey: [year]}}\n  esep:\n    table: net_migration\n    vintage: bns-2026\n    \
         publisher: bns\n    retrieved: '2026-10-01'\n    status: published\n    constants: {{territory: KZ}}\n    \
         columns: {{year: year, total: total, urban: urban, rural: rural}}\n",
        rows.len(),
        sha256(rows.as_bytes())
    );
    let catalogue = files.text("data/datapackage.yaml").expect("a catalogue").to_owned() + &entry;
    files.insert("data/datapackage.yaml", catalogue);
    let text = files.text("study.yaml").expect("a study").to_owned();
    let start = text.find("  \"2024\":").expect("the edition 2024");
    let end = start + text[start..].find("  \"2025\":").expect("the edition 2025");
    let mut third = text[start..end]
        .replace("\"2024\"", "\"2026\"")
        .replace("bns-final, article-a]", "bns-2026, bns-final, article-a]");
    third.push_str("    across_vintages: {ru: ряд продолжен, kk: қатар жалғастырылды}\n");
    files.insert("study.yaml", text + &third);

    let mut diagnostics = Diagnostics::default();
    let built = build::material(&files, &mut diagnostics).and_then(|material| {
        let wanted = Wanted { editions: vec!["2024".to_owned(), "2026".to_owned()], languages: Vec::new() };
        Ok((build::editions(&material, &wanted, &mut diagnostics)?, material))
    });
    let errors: Vec<_> = diagnostics.sorted().into_iter().filter(|d| d.severity == Severity::Error).collect();
    assert_eq!(errors, []);
    let (built, material) = built.expect("both editions build");
    let ledgers: Vec<_> = built.iter().map(|edition| ledger::of(edition, &material)).collect();
    let difference = ledger::difference(&ledgers[0], &ledgers[1], (&built[0].edition, &built[1].edition));
    let revised = |from: &str, to: &str| difference.revised.iter().any(|c| c.from.1 == from && c.to.1 == to);
    assert!(revised("-111640", "-111000"), "the rural balance of 2024 is revised");
    assert_eq!(built[1].pages.len(), 2);
}

fn esep(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.args(arguments).arg("--study").arg(folder).env("ESEP_CACHE", "").output().expect("esep runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The dummy study with a vintage of net migration beside those that its editions name.
fn with_vintage(name: &str) -> PathBuf {
    let folder = scratch(name);
    write(&folder, &dummy());
    let file = folder.with_extension("csv");
    let rows = "territory;year;total;urban;rural\nKZ;2022;-200;330;-530\nKZ;2023;-10;20;-30\n";
    fs::write(&file, rows).expect("a file");
    let file = file.to_string_lossy().into_owned();
    let add = [
        "data",
        "add",
        &file,
        "--table",
        "net_migration",
        "--vintage",
        "bureau-2024",
        "--retrieved",
        "2024-02-01",
        "--url",
        "https://example.org/t",
        "--by",
        "Ж. А.",
        "--how",
        "table 1",
    ];
    let added = esep(&folder, &add);
    assert!(added.status.success(), "{}", said(&added));
    folder
}

#[test]
fn an_edition_is_written_with_what_it_takes_and_what_it_lacks() {
    let folder = with_vintage("refresh-edition");
    let before = read(&folder);
    let package = before.text("data/datapackage.yaml").expect("a catalogue");
    let had = "retrieved: {on: \"2024-02-01\", by: \"Ж. А.\", how: \"table 1\"}";
    assert!(package.contains(had) && package.contains("title: \"An invented bureau\"\n"), "{package}");
    let wrong = esep(&folder, &["edition", "new", "2023", "--from", "2020"]);
    assert_eq!(wrong.status.code(), Some(2), "{}", said(&wrong));
    assert_eq!(esep(&folder, &["edition", "new", "2022", "--from", "2022"]).status.code(), Some(2));
    assert_eq!(esep(&folder, &["edition", "new", "../x", "--from", "2022"]).status.code(), Some(2));
    let written = esep(&folder, &["edition", "new", "2023", "--from", "2022", "--format", "json"]);
    assert!(written.status.success(), "{}", said(&written));
    let told: serde_json::Value = serde_json::from_slice(&written.stdout).expect("JSON");
    crate::schemas::fits("edition", &told);
    assert_eq!(told["vintages"]["net_migration"], serde_json::json!(["bureau-2024", "bureau", "article"]));
    let new = told["takes"].as_array().expect("a list").iter().find(|one| one["new"] == true).expect("a new vintage");
    assert_eq!((&new["vintage"], &new["figures"]), (&"bureau-2024".into(), &6.into()));
    assert_eq!(new["periods"], serde_json::json!(["2022", "2023"]));
    let after = read(&folder);
    let (old, text) = (before.text("study.yaml").expect("a study"), after.text("study.yaml").expect("a study"));
    let entry = text.strip_prefix(old.trim_end()).expect("what stood there stands there still, and the entry below it");
    for line in [
        "  \"2023\":\n    title: {en: TODO, kk: TODO, ru: TODO}\n",
        "      net_migration: [bureau-2024, bureau, article]\n",
        "    across_vintages: {kk: TODO, ru: TODO}\n",
    ] {
        assert!(entry.contains(line), "{line}\n{entry}");
    }
    for lang in ["ru", "kk"] {
        let words = after.text(&format!("templates/{lang}/strings.yaml")).expect("words");
        assert_eq!(words.lines().last(), Some("vintage-bureau-2024: TODO"));
    }
    // Nothing is asked, and nothing is published before its words are written.
    let mut diagnostics = Diagnostics::default();
    let Ok(material) = build::material(&after, &mut diagnostics) else { panic!("{:?}", diagnostics.sorted()) };
    let open = diagnostics.sorted().into_iter().filter(|problem| problem.message.contains("TODO"));
    let open: Vec<String> = open.map(|problem| problem.place.to_string()).collect();
    assert!(open.iter().any(|place| place.starts_with("study.yaml")), "{open:?}");
    assert!(open.iter().any(|place| place.starts_with("templates/kk/strings.yaml")), "{open:?}");
    assert!(material.study.editions.contains_key("2023"));
    let strict = esep(
        &folder,
        &["build", "--strict", "--edition", "2023", "--out", &folder.with_extension("out").to_string_lossy()],
    );
    assert_eq!(strict.status.code(), Some(1), "{}", said(&strict));
    assert!(said(&strict).contains("a text is still to be written"), "{}", said(&strict));
}

#[test]
fn what_a_publisher_says_of_its_figures_reaches_tables_ledgers_and_pages() {
    let mut files = dummy();
    let path = "data/datapackage.yaml";
    let text = files.text(path).expect("a catalogue").to_owned();
    let (before, after) = text.split_once("  - name: net-migration\n").expect("the entry");
    let told =
        format!("{before}  - name: net-migration\n{}", after.replacen("status: published", "status: operative", 1));
    files.insert(path, told.as_str());
    let mut diagnostics = Diagnostics::default();
    let report = build::build(&files, &Wanted::default(), &mut diagnostics)
        .unwrap_or_else(|_| panic!("{:?}", diagnostics.sorted()));
    let table = report.text("2022/tables/rural_by_region.csv").expect("a table");
    assert!(table.lines().next().is_some_and(|head| head.contains("obs_status")), "{table}");
    assert!(table.contains(",P"), "{table}");
    assert!(report.text("2022/numbers.json").expect("a ledger").contains("\"observed\":[\"provisional\"]"));
    for (lang, word) in [("ru", "предварительн"), ("kk", "алдын ала деректер")] {
        let page = report.text(&format!("2022/{lang}/report.md")).expect("a page").to_lowercase();
        assert!(page.contains(word), "{lang}");
        // Prose says it of a number when it is pointed at, and the explanation of the number in its text.
        let prose = report.text(&format!("2022/{lang}/index.html")).expect("a page").to_lowercase();
        assert!(prose.contains(&format!("title=\"{word}")), "{lang}");
        let told = report.iter().filter(|(path, _)| path.starts_with(&format!("2022/{lang}/numbers-")));
        let told: String = told.map(|(_, bytes)| String::from_utf8_lossy(bytes).to_lowercase()).collect();
        assert!(told.contains(&format!("; {word}")), "{lang}");
    }
    // What nobody knows is no status.
    files.insert(path, told.replacen("status: operative", "status: hearsay", 1));
    let mut diagnostics = Diagnostics::default();
    assert!(build::material(&files, &mut diagnostics).is_err());
    assert!(diagnostics.sorted().iter().any(|problem| problem.message == "`hearsay` is not a status"));
}

/// The dummy study with an edition that has a page of its own, which places a figure that no other page does.
fn with_news(pages: &str, news: [&str; 2]) -> Files {
    let mut files = dummy();
    let figure = "  rural_lines: {kind: lines";
    let study = files.text("study.yaml").expect("a study").to_owned();
    let study = study
        .replacen(figure, &format!("  news_lines: {{kind: lines, of: \"residents.value[KZ, all]\", unit: persons}}\n{figure}"), 1)
        .replacen("\neditions:\n", "\nselection:\n  short: {title: {ru: кратко, kk: қысқаша}, pages: [abstract, closing], figures: [rural_lines]}\n\neditions:\n", 1);
    let title = "{ru: новое, kk: жаңа, en: new}";
    files.insert(
        "study.yaml",
        format!("{}\n  \"2023\": {{title: {title}, vintages: {{}}, pages: {pages}}}\n", study.trim_end()),
    );
    for (lang, (text, title)) in ["ru", "kk"].iter().zip(news.iter().zip(["Население", "Халық"])) {
        files.insert(format!("templates/{lang}/news.md"), *text);
        let path = format!("templates/{lang}/strings.yaml");
        let words = files.text(&path).expect("words").to_owned();
        files.insert(path, format!("{}\npublisher-bureau: {title}\nvintage-bureau: {title}\n", words.trim_end()));
        let path = format!("templates/{lang}/exhibits.yaml");
        let words = files.text(&path).expect("words").to_owned();
        let own = format!(
            "news_lines:\n  title: {title}\n  source: redrawn\n  references: [bureau]\n  series: {{value: {title}}}\n"
        );
        files.insert(path, format!("{}\n{own}", words.trim_end()));
    }
    files
}

const NEWS: [&str; 2] = [
    "## Новое {#news}\n\nНа начало {{ q(\"last(residents.value[KZ, all])\") | year }} года в стране жило {{ q(\"residents.value[KZ, last]\") | persons }} ({{ ref(\"news_lines\") }}).\n\n{{ figure(\"news_lines\") }}\n\n{{ sources_table() }}\n\n{{ methods_appendix() }}\n",
    "## Жаңа {#news}\n\n{{ q(\"last(residents.value[KZ, all])\") | year }} жылдың басында елде {{ q(\"residents.value[KZ, last]\") | persons }} тұрды ({{ ref(\"news_lines\") }}).\n\n{{ figure(\"news_lines\") }}\n\n{{ sources_table() }}\n\n{{ methods_appendix() }}\n",
];

#[test]
fn an_edition_prints_the_pages_that_it_chooses() {
    let mut diagnostics = Diagnostics::default();
    let report = build::build(&with_news("[news, closing]", NEWS), &Wanted::default(), &mut diagnostics);
    let Ok(report) = report else { panic!("{:#?}", diagnostics.sorted()) };
    let told: Vec<String> = diagnostics.sorted().into_iter().map(|problem| problem.message).collect();
    assert!(!told.iter().any(|message| message.starts_with("no page places")), "{told:?}");
    let has = |path: &str| report.get(path).is_some();
    // Exhibits, numbers, sources, methods and selections follow the pages.
    assert!(has("2023/figures/news_lines.ru.svg") && has("2022/figures/rural_lines.ru.svg"));
    assert!(!has("2022/figures/news_lines.csv") && !has("2023/figures/rural_lines.csv"));
    assert!(!has("2023/tables/rural_by_region.csv"));
    let text = |path: &str| report.text(path).unwrap_or_else(|| panic!("{path}"));
    let page = text("2023/ru/report.md");
    assert!(
        page.contains("## Новое")
            && page.contains("](../figures/news_lines.ru.svg)")
            && !page.contains("## Результаты"),
        "{page}"
    );
    assert!(page.contains("population.csv") && !page.contains("net_migration"), "{page}");
    assert!(page.contains("цепн") || page.to_lowercase().contains("прирост"), "{page}");
    assert!(!text("2022/ru/report.md").contains("## Новое"));
    assert!(!text("2023/numbers.json").contains("rural_share"));
    assert!(has("2022/ru/short.html") && !has("2023/ru/short.html"));
    assert!(!text("2023/ru/index.html").contains("short.html"));
    assert!(!text("2022/ru/short.html").contains("2023/ru/short.html"));
    assert!(!text("index.html").contains("2023/ru/short.html"));
    // What such an edition asks for and its pages do not hold is told.
    let told = |files: &Files| {
        let mut diagnostics = Diagnostics::default();
        assert!(build::build(files, &Wanted::default(), &mut diagnostics).is_err());
        let one = |problem: esep::diagnostic::Diagnostic| format!("{}: {}", problem.place, problem.message);
        diagnostics.sorted().into_iter().map(one).collect::<Vec<_>>()
    };
    let missing = told(&with_news("[newz, closing]", NEWS));
    assert!(missing.iter().any(|one| one == "templates/ru/newz.md: there is no such file"), "{missing:?}");
    let refers = NEWS.map(|text| text.replace("ref(\"news_lines\")", "ref(\"rural_lines\")"));
    let refers = told(&with_news("[news, closing]", [&refers[0], &refers[1]]));
    assert!(refers.iter().any(|one| one.contains("no page places `rural_lines`, so it has no number")), "{refers:?}");
}

#[test]
fn the_edition_of_2025_holds_no_section_without_a_figure_of_2025() {
    let mut diagnostics = Diagnostics::default();
    let wanted = Wanted { editions: vec!["2024".to_owned(), "2025".to_owned()], languages: Vec::new() };
    let built = build::material(&study(), &mut diagnostics)
        .and_then(|material| Ok((build::editions(&material, &wanted, &mut diagnostics)?, material)));
    let Ok((built, material)) = built else { panic!("{:#?}", diagnostics.sorted()) };
    let ledgers: Vec<_> = built.iter().map(|edition| ledger::of(edition, &material)).collect();
    let difference = ledger::difference(&ledgers[0], &ledgers[1], (&built[0].edition, &built[1].edition));
    // Its page says so.
    assert_eq!(difference.revised, Vec::new());
    assert!(difference.new.iter().any(|(question, ..)| question == "births.value[KZ, 2025]"), "{:?}", difference.new);
    let files = esep::output::compared(&built[1], &ledgers[1], &material);
    for lang in ["ru", "kk"] {
        let page = files.text(&format!("{lang}/report.md")).expect("a page");
        // Behind its text stand the lists of sources, checks and works.
        let text = page.split("<a id=\"sources\">").next().unwrap_or_default();
        let sections: Vec<&str> = text.split("\n## ").flat_map(|part| part.split("\n### ")).skip(1).collect();
        assert_eq!(sections.len(), 4, "{lang}: {sections:?}");
        let bare: Vec<&str> = sections.into_iter().filter(|section| !section.contains("2025")).collect();
        assert!(bare.is_empty(), "{lang}: {bare:?}");
    }
}
