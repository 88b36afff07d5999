//! Anywhere: studies of tables that no country of ours publishes: currencies, headings of two rows, quarters, many columns; and
//! a study in one language, which holds no word of another.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use esep::build::{Wanted, build};
use esep::diagnostic::{Diagnostics, Severity};
use esep::files::Files;
use rust_xlsxwriter::{Format, Workbook};

use crate::study::{read, scratch};

fn esep(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.args(arguments).env("ESEP_CACHE", "").env("LC_ALL", "C").output().expect("esep runs")
}

/// Begins a study of a table and builds it without one complaint.
fn begun(name: &str, lang: &str, table: &Path) -> (PathBuf, Files) {
    let folder = scratch(name).join("study");
    let path = |path: &Path| path.to_str().expect("a path").to_owned();
    let output = esep(&["new", &path(&folder), "--lang", lang, "--from", &path(table)]);
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    let report = built(&read(&folder));
    (folder, report)
}

fn built(files: &Files) -> Files {
    let mut diagnostics = Diagnostics::default();
    let report = build(files, &Wanted::default(), &mut diagnostics);
    let list: Vec<String> =
        diagnostics.sorted().iter().map(|d| format!("{} {} {}", d.place, d.code, d.message)).collect();
    assert_eq!(list, [""; 0]);
    report.expect("a report")
}

/// Returns what is wrong with a study.
fn wrong(files: &Files) -> Vec<String> {
    let mut diagnostics = Diagnostics::default();
    let _ = build(files, &Wanted::default(), &mut diagnostics);
    let errors = diagnostics.sorted().into_iter().filter(|d| d.severity == Severity::Error);
    errors.map(|d| format!("{} {} {}", d.place, d.message, d.hint.unwrap_or_default())).collect()
}

fn saved(name: &str, text: &str) -> PathBuf {
    let file = scratch(&format!("anywhere-table-{name}")).join(format!("{name}.csv"));
    fs::write(&file, text).expect("a table");
    file
}

fn page(report: &Files, lang: &str) -> String {
    report.text(&format!("current/{lang}/report.md")).expect("a page").replace('\u{a0}', " ")
}

/// Quarterly wages in a currency that the program does not know.
fn wages() -> PathBuf {
    let mut text = "Область,Период,\"Средняя зарплата, BYN\"\n".to_owned();
    for (at, place) in ["Брестская область", "Витебская область", "Гомельская область"].into_iter().enumerate()
    {
        for quarter in 0..12 {
            let value = 1200 + 90 * at + 31 * quarter;
            text +=
                &format!("{place},{}-Q{},{value}.{:02}\n", 2021 + quarter / 4, quarter % 4 + 1, (quarter * 7) % 100);
        }
    }
    saved("wages", &text)
}

#[test]
fn a_currency_is_told_from_a_heading_and_declared_with_its_words() {
    let (folder, report) = begun("anywhere-wages", "ru,kk,en", &wages());
    for lang in ["ru", "kk", "en"] {
        assert!(page(&report, lang).contains(" BYN"), "{}", page(&report, lang));
        let axis =
            report.text(&format!("current/figures/over_time.{lang}.svg")).expect("quarters have room on an axis");
        assert!(axis.contains(if lang == "en" { ">Q4<" } else { ">IV<" }), "{lang}");
    }
    // The author gives it a noun, and prose agrees.
    let study = fs::read_to_string(folder.join("study.yaml")).expect("a study");
    let line = study.lines().find(|line| line.starts_with("  byn:")).expect("a unit").to_owned();
    let own = "  byn: {ru: {label: руб. в мес., noun: рубль, after: в месяц}, kk: {label: айына рубль, noun: рубль, before: айына}, \
               en: {label: BYN a month, noun: rouble, after: a month}}\nnouns:\n  rouble: {en: rouble}";
    let mut files = read(&folder);
    files.insert("study.yaml", study.replace(&line, own));
    let report = built(&files);
    let said = [
        ("ru", ": 1 721,77 рубля в месяц.", "руб. в мес."),
        ("kk", ": айына 1 721,77 рубль.", "айына рубль"),
        ("en", "is 1,721.77 roubles a month.", "BYN a month"),
    ];
    for (lang, phrase, label) in said {
        let page = page(&report, lang);
        assert!(page.contains(phrase) && page.contains(label), "{phrase} {label}\n{page}");
    }
    let ledger = report.text("current/numbers.json").expect("the ledger");
    assert!(ledger.contains("\"unit\": \"byn\"") || ledger.contains("\"unit\":\"byn\""));
}

#[test]
fn a_unit_that_nobody_declares_is_an_error_with_the_line_to_write() {
    let (folder, _) = begun("anywhere-undeclared", "ru,en", &wages());
    let files = read(&folder);
    let with = |from: &str, to: &str| {
        let (mut files, study) = (files.clone(), files.text("study.yaml").expect("a study").to_owned());
        assert!(study.contains(from), "{study}");
        files.insert("study.yaml", study.replace(from, to));
        wrong(&files)
    };
    let said = with("  byn: {", "  bin: {");
    assert!(said.iter().any(|text| text.contains("the unit `byn` is not known did you mean `bin`?")), "{said:#?}");
    assert!(
        said.iter().any(|text| text.contains("data/datapackage.yaml") && text.contains("units: {byn: {ru: …, en: …}}"))
    );
    for (to, words) in [
        ("  byn: {ru: BYN}\n  persons: {", "`persons` is a unit of the program"),
        ("  byn: {ru: BYN}\n  Nc: {", "`Nc` is no name of a unit"),
        ("  byn: {ru: BYN}\n  nc: {", "the unit `byn` has no words in the language `en`"),
        ("  byn: {ru: {noun: рублик}, en: x}\n  nc: {", "does not know the noun `рублик`"),
    ] {
        let said = with("  byn: {", to);
        assert!(said.iter().any(|text| text.contains(words)), "{words}: {said:#?}");
    }
    // A claim is held to the same list.
    let mut claimed = files.clone();
    let claims = "paper: {title: {ru: А, en: A}, language: en}\nclaims:\n  - {id: a, where: line 1, phrase: w, printed: \"5\", unit: bym, remark: {ru: н, en: n}}\n";
    claimed.insert("data/claims/page.yaml", claims);
    assert!(wrong(&claimed).iter().any(|text| text.contains("there is no unit `bym`")), "{:#?}", wrong(&claimed));
    claimed.insert("data/claims/page.yaml", claims.replace("bym", "byn"));
    assert_eq!(wrong(&claimed), [""; 0]);
}

#[test]
fn headings_of_two_rows_are_read_merged_or_not() {
    for (name, upper, lower, levels) in [
        ("years-over-words", ["2022", "2023"], ["Hombres", "Mujeres"], "levels: [period, group]"),
        ("words-over-years", ["Hombres", "Mujeres"], ["2022", "2023"], "levels: [group, period]"),
    ] {
        for merged in [true, false] {
            let folder = scratch("anywhere-heads");
            let mut book = Workbook::new();
            let sheet = book.add_worksheet();
            let (plain, whole) = (Format::new(), |text: &str| text.parse::<f64>().ok());
            let mut write = |row: u32, column: u16, text: &str| {
                match whole(text) {
                    Some(number) => sheet.write(row, column, number).map(|_| ()),
                    None => sheet.write(row, column, text).map(|_| ()),
                }
                .expect("a cell")
            };
            write(0, 0, "Población por sexo");
            write(2, 0, "Región");
            for (at, head) in upper.iter().enumerate() {
                write(2, 1 + 2 * at as u16, head);
                lower.iter().enumerate().for_each(|(more, head)| write(3, (1 + 2 * at + more) as u16, head));
            }
            for (at, place) in ["Norte", "Sur", "Este", "Oeste"].into_iter().enumerate() {
                write(4 + at as u32, 0, place);
                // Numbers of four digits that could be years.
                (0..4).for_each(|column| {
                    write(4 + at as u32, 1 + column, &(3037 + 1000 * at as u32 + 61 * u32::from(column)).to_string())
                });
            }
            if merged {
                for at in 0..2u16 {
                    let (first, last) = (1 + 2 * at, 2 + 2 * at);
                    sheet.merge_range(2, first, 2, last, "", &plain).expect("a heading");
                    let head = upper[usize::from(at)];
                    match head.parse::<f64>() {
                        Ok(number) => sheet.write(2, first, number).map(|_| ()),
                        Err(_) => sheet.write(2, first, head).map(|_| ()),
                    }
                    .expect("a heading");
                }
            }
            let file = folder.join("heads.xlsx");
            book.save(&file).expect("a workbook");
            let (study, report) = begun(&format!("anywhere-{name}-{merged}"), "en", &file);
            let catalogue = fs::read_to_string(study.join("data/datapackage.yaml")).expect("a catalogue");
            for part in ["header: [3, 4]", levels, "members: [\"Hombres\", \"Mujeres\"]"] {
                assert!(catalogue.contains(part), "{name}: {part}\n{catalogue}");
            }
            assert_eq!(catalogue.contains("fill_right: [3]"), !merged, "{catalogue}");
            let page = page(&report, "en");
            assert!(page.contains("Población por sexo, Hombres"), "what is picked is named: {page}");
        }
    }
}

#[test]
fn a_table_of_many_columns_makes_a_short_study() {
    let heads: Vec<String> = (1..=58).map(|at| format!("indicator {at}")).collect();
    let mut text = format!("region,year,{}\n", heads.join(","));
    for (at, place) in ["North", "South", "East"].into_iter().enumerate() {
        for year in 2019..2025 {
            let cells: Vec<String> =
                (0..58).map(|column| (200 + 7 * column + 31 * at + year % 9).to_string()).collect();
            text += &format!("{place},{year},{}\n", cells.join(","));
        }
    }
    let (folder, report) = begun("anywhere-wide", "ru", &saved("wide", &text));
    let study = fs::read_to_string(folder.join("study.yaml")).expect("a study");
    assert!(study.lines().count() < 60 && study.contains("38 more measures of the table"), "{study}");
    assert!(page(&report, "ru").contains("Последнее значение"));
}

#[test]
fn a_study_in_english_alone_holds_no_word_of_another_language() {
    let births = "Département;Année;Naissances;Taux (‰)\n\
        Ain;2021;6299;10,1\nAin;2022;6277;10,0\nAin;2023;5982;9,6\nAisne;2021;2932;8,1\nAisne;2022;2785;8,0\nAisne;2023;2680;7,9\n\
        Aube;2021;3573;9,9\nAube;2022;3501;9,7\nAube;2023;3344;9,5\n";
    let (folder, _) = begun("anywhere-english", "en", &saved("births", births));
    let mut files = read(&folder);
    let claims = "paper: {title: {en: A page}, language: en}\nclaims:\n\
        \x20 - {id: ain, where: line 1, phrase: Ain had, printed: \"5,982\", unit: none, basis: agency, expr: \"data.naissances[ain,2023]\"}\n\
        \x20 - {id: aube, where: line 2, phrase: Aube had, printed: \"3,444\", unit: none, basis: agency, expr: \"data.naissances[aube,2023]\"}\n";
    files.insert("data/claims/page.yaml", claims);
    let report = built(&files);
    assert!(
        report.get("verification/en/index.html").is_some(),
        "{:?}",
        report.iter().map(|(path, _)| path).collect::<Vec<_>>()
    );
    let mut seen = 0;
    for (path, bytes) in report.iter() {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        // The order of all alphabets, by which a script sorts tables, and what a search folds, are no words.
        let words = text
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| word.chars().any(|c| ('\u{400}'..'\u{530}').contains(&c)));
        let words: Vec<&str> = words
            .filter(|word| word.chars().count() > 1 && ["бвгғ", "ьэюя", "әғқңө"].iter().all(|own| !word.contains(own)))
            .collect();
        assert_eq!(words, [""; 0], "{path}");
        seen += 1;
    }
    assert!(seen > 15, "{seen}");
}

#[test]
fn messages_are_in_the_language_that_is_asked_for_and_json_in_none() {
    let (folder, _) = begun(
        "anywhere-messages",
        "en",
        &saved("messages", "region,year,births\nA,2023,1\nB,2023,2\nA,2024,3\nB,2024,5\n"),
    );
    let study = folder.to_str().expect("a path");
    let file = folder.join("study.yaml");
    let text = fs::read_to_string(&file).expect("a study");
    for (key, asked) in [("titel", "title"), ("название", "title"), ("атауы", "title"), ("heading", "title")]
    {
        fs::write(&file, text.replace("title: {en", &format!("{key}: {{en"))).expect("a study");
        let said = |lang: &str| {
            let output = esep(&["build", "--study", study, "--ui-lang", lang]);
            assert_eq!(output.status.code(), Some(1));
            String::from_utf8_lossy(&output.stderr).into_owned()
        };
        for (lang, words) in [
            ("en", [format!("error[yaml/unknown-key]: unknown key `{key}`"), format!("help: did you mean `{asked}`?")]),
            (
                "ru",
                [
                    format!("ошибка[yaml/unknown-key]: неизвестный ключ `{key}`"),
                    format!("совет: возможно, имелось в виду `{asked}`?"),
                ],
            ),
            (
                "kk",
                [format!("қате[yaml/unknown-key]: белгісіз кілт `{key}`"), format!("кеңес: бәлкім, `{asked}` болар?")],
            ),
        ] {
            let said = said(lang);
            assert!(words.iter().all(|words| said.contains(words)), "{words:?}\n{said}");
        }
    }
    let json = |lang: &str| esep(&["build", "--study", study, "--ui-lang", lang, "--format", "json"]).stdout;
    assert_eq!(json("ru"), json("en"));
    let output = esep(&["build", "--study", study, "--ui-lang", "fr"]);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_vintage_is_taken_in_and_claims_are_begun_in_a_study_that_was_just_begun() {
    let table = saved(
        "norland",
        "region,year,births\nNorland,2023,50\nHills,2023,30\nIsles,2023,20\nNorland,2024,48\nHills,2024,29\nIsles,2024,19\n",
    );
    let (folder, _) = begun("anywhere-refresh", "en", &table);
    let study = folder.to_str().expect("a path");
    let next = saved("next", "region,year,births\nNorland,2025,47\nHills,2025,29\nIsles,2025,18\n");
    let next = next.to_str().expect("a path");
    let output = esep(&["data", "add", next, "--table", "data", "--vintage", "second", "--study", study]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let paper = saved("paper", "In 2024 48 children were born in Norland, 29 of them in Hills.\n");
    let out = folder.join("data/claims/page.yaml");
    let (paper, out) = (paper.to_str().expect("a path"), out.to_str().expect("a path"));
    let output = esep(&["claims", "scan", paper, "--out", out, "--study", study]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // What was written is read as it stands.
    let said = wrong(&read(&folder));
    assert!(said.iter().all(|text| !text.contains("has no `en`")), "{said:#?}");
}

#[test]
fn a_further_language_is_added_by_a_folder_alone() {
    let table =
        saved("doğumlar", "region,year,births\nAlba,2023,1050\nBara,2023,2070\nAlba,2024,1090\nBara,2024,2110\n");
    let (folder, _) = begun("anywhere-further", "en", &table);
    let missing = esep(&["words", "--missing", "tr", "--study", folder.to_str().expect("a path")]);
    let mut files = read(&folder);
    let page = "## Sayılar {#main}\n\nToplam {{ q(\"sum(births.value[places, last])\") | number }}, yıl {{ q(\"last(births)\") | year }}: \
        {{ ref(\"over_time\") }}, {{ ref(\"ranking\") }}, {{ ref(\"numbers\") }}.\n\n{{ figure(\"over_time\") }}\n\n{{ figure(\"ranking\") }}\n\n\
        {{ table(\"numbers\") }}\n";
    files.insert("templates/tr/main.md", page);
    files.insert(
        "templates/en/main.md",
        page.replace("Sayılar", "Numbers").replace("Toplam", "Total").replace("yıl", "year"),
    );
    let exhibits = files.text("templates/en/exhibits.yaml").expect("words").to_owned();
    files.insert("templates/tr/exhibits.yaml", exhibits);
    // What a translator is asked for, with some of it translated.
    let words = String::from_utf8(missing.stdout)
        .expect("UTF-8")
        .replace("\"Table\"", "\"Tablo\"")
        .replace("\"Region\"", "\"Bölge\"")
        .replace("\"en-GB\"", "\"tr-TR\"");
    files.insert("templates/tr/strings.yaml", words.clone());
    for (path, from, to) in [
        ("study.yaml", "languages: [en]", "languages: [en, tr]"),
        ("study.yaml", "the title of the report\"}", "the title of the report\", tr: \"Doğumlar\"}"),
        ("data/datapackage.yaml", "{en: \"Births\"}", "{en: \"Births\", tr: \"Doğumlar\"}"),
        ("data/territories.yaml", "{en: {name: \"Alba\"}}", "{en: {name: \"Alba\"}, tr: {name: \"Alba\"}}"),
        ("data/territories.yaml", "{en: {name: \"Bara\"}}", "{en: {name: \"Bara\"}, tr: {name: \"Bara\"}}"),
    ] {
        let text = files.text(path).expect("a file").to_owned();
        assert!(text.contains(from), "{path}: {text}");
        files.insert(path, text.replace(from, to));
    }
    let said = page_of(&files);
    assert!(
        said.contains("Toplam 3\u{a0}200, yıl 2024") && said.contains("Tablo") && said.contains("| Bölge |"),
        "{said}"
    );
    // What is wrong with a translation is said of it, at its line.
    for (key, text, told) in [
        ("alt-title", "{knd}: {title}.", "nothing is put into `alt-title` as {knd}: did you mean `kind`?"),
        ("alt-title", "{title}.", "`alt-title` leaves out {kind}: the program says \"{kind}: {title}.\""),
        ("total", " ", "`total` says nothing: the program says \"Total\""),
        ("locale", "en-GB", "the locale `en-GB` is not of the language `tr`: write `tr`, or `tr-` and a country"),
    ] {
        let line = words.lines().position(|line| line.starts_with(&format!("{key:?}: "))).expect("a key");
        let mut lines: Vec<String> = words.lines().map(str::to_owned).collect();
        lines[line] = format!("{key:?}: {text:?}");
        files.insert("templates/tr/strings.yaml", lines.join("\n"));
        let said = wrong(&files);
        let [said] = said.as_slice() else { panic!("{said:#?}") };
        assert!(said.starts_with(&format!("templates/tr/strings.yaml:{}:", line + 1)), "{said}");
        assert!(told.split(": ").all(|part| said.contains(part)), "{said}");
    }
    files.insert("templates/tr/strings.yaml", words.replace("\"figure\":", "\"figur\":"));
    let said = wrong(&files);
    let [lacking, misspelt] = said.as_slice() else { panic!("{said:#?}") };
    assert!(
        misspelt.contains("`figur` is no text of the program") && misspelt.contains("did you mean `figure`?"),
        "{misspelt}"
    );
    assert!(
        lacking.contains("lacks the text `figure`") && lacking.contains("in English it is \"Figure\""),
        "{lacking}"
    );
}

#[test]
fn a_text_of_a_study_is_printed_without_a_page() {
    let table = saved("doğumlar-2", "region,year,births\nAlba,2023,1050\nBara,2023,2070\n");
    let (folder, _) = begun("anywhere-eval", "en", &table);
    let study = folder.to_str().expect("a path");
    let eval = |text: &str| {
        let output = esep(&["eval", text, "--lang", "tr", "--study", study]);
        let [said, told] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).expect("UTF-8"));
        (output.status.success(), said, told)
    };
    let (fine, said, told) = eval("{{ 5000000 | millions }}");
    assert!(
        !fine && said.is_empty() && told.contains("`tr` lacks the text `persons`") && told.contains("`scale-million`"),
        "{told}"
    );
    let strings = "persons: kişi\nscale-million: milyon\nand: ve\n";
    std::fs::create_dir_all(folder.join("templates/tr")).expect("a folder");
    std::fs::write(folder.join("templates/tr/strings.yaml"), strings).expect("a file");
    assert_eq!(eval("{{ 5000000 | millions }}").1, "5,00\u{a0}milyon\u{a0}kişi\n");
    assert_eq!(eval("{{ [\"A\", \"B\", \"C\"] | list }}").1, "A, B ve C\n");
    for refused in ["{{ 5 | number | words }}", "{{ 3 | number | collective }}", "{{ 3 | persons | case(\"gen\") }}"] {
        let (fine, said, _) = eval(refused);
        assert!(!fine && said.is_empty(), "{refused}: {said}");
    }
}

#[test]
fn a_table_is_declared_before_its_file_is_had() {
    let table = saved("births-3", "region,year,births\nAlba,2023,1050\nBara,2023,2070\n");
    let (folder, _) = begun("anywhere-declared", "en", &table);
    let package = folder.join("data/datapackage.yaml");
    let text = fs::read_to_string(&package).expect("a catalogue");
    let declared = "    grants:\n      title: {en: \"Grants\"}\n      dimensions: [{name: territory, role: territory}, {name: period, role: period}]\n      \
        time: flow\n      measures: {grants: {unit: none, class: level, title: {en: \"Grants\"}}}\n      \
        checks: [{check: range, measure: grants, min: 0}]\nresources:";
    fs::write(&package, text.replacen("resources:", declared, 1)).expect("a catalogue");
    let build = |more: &[&str]| {
        let output = esep(&[&["build", "--study", folder.to_str().expect("a path")], more].concat());
        (output.status.success(), String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let told = "the table `grants` has no figures";
    for (more, wanted) in [(&[][..], true), (&["--strict"][..], false)] {
        let (fine, said) = build(more);
        assert!(fine == wanted && said.contains(told) && said.contains("esep data add FILE --table grants"), "{said}");
    }
    let grants = saved("grants", "region,year,grants\nAlba,2023,10\nBara,2023,20\n");
    let (grants, study) = (grants.to_str().expect("a path"), folder.to_str().expect("a path"));
    let output = esep(&[
        "data",
        "add",
        grants,
        "--table",
        "grants",
        "--vintage",
        "first",
        "--publisher",
        "own",
        "--study",
        study,
    ]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!build(&[]).1.contains(told));
}

#[test]
fn members_are_kept_apart_compared_and_chosen() {
    let rows = "region,year,births\nAlba,2023,1050\nAlba,2024,1090\nBara,2023,2070\nBara,2024,2110\nCora,2023,30\nCora,2024,40\n";
    let (folder, _) = begun("anywhere-chosen", "en", &saved("births-4", rows));
    let study = folder.to_str().expect("a path");
    let traced = |text: &str| {
        let output = esep(&["trace", text, "--study", study]);
        let [said, told] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).expect("UTF-8"));
        said.lines().chain(told.lines()).next().unwrap_or_default().to_owned()
    };
    for (text, wanted) in [
        ("births.value[period=2024, territory=bara]", "2110 "),
        ("births.value[period=last]", "alba (Alba) = 1090; bara (Bara) = 2110; cora (Cora) = 40 "),
        ("sum(births.value[places, all], by=period)", "2023 = 3150; 2024 = 3240 "),
        ("mean(births.value[places, all], by=territory)", "alba (Alba) = 1070; bara (Bara) = 2090; cora (Cora) = 35 "),
        ("count(births.value[places, all] > 1060, by=period)", "2023 = 1; 2024 = 2 "),
        ("top(sum(births.value[places, all], by=territory), 1)", "bara (Bara) = 4180 "),
        ("max(births.value[alba, all], births.value[cora, all] * 27)", "2023 = 1050; 2024 = 1090 "),
        ("min(births.value[alba, last], 100, births.value[cora, last])", "40 "),
        ("sum(births.value[places, 2024..2023])", "error[expression/unknown-key]: `2024..2023` runs backwards"),
        ("sum(births.value[places, 1999..2001])", "error[expression/unknown-key]: `1999..2001` holds no period"),
        (
            "max(births.value[alba, 2023..2024], births.value[bara, 2024..2024])",
            "error[expression/type]: max() needs the same keys",
        ),
        ("births.value[year=last]", "error[expression/unknown-key]: `births.value` has no dimension `year`"),
        (
            "births.value[territory=alba, 2024]",
            "error[expression/syntax]: some parts of a key are named, and others are not",
        ),
        ("sum(births.value[places, all], by=sex)", "error[expression/type]: sum(): the list has no dimension `sex`"),
        ("max(births.value[alba, all], births.growth_chain[alba, all])", "error["),
    ] {
        let said = traced(text);
        assert!(said.starts_with(wanted), "{text}: {said}");
    }
    let path = folder.join("study.yaml");
    let entry = fs::read_to_string(&path).expect("a study");
    let shown = |list: &str| {
        let with = entry.replace("kind: ranked-bars,", &format!("kind: ranked-bars, show: \"{list}\","));
        assert_ne!(with, entry);
        fs::write(&path, with).expect("a study");
        wrong(&read(&folder))
    };
    assert_eq!(shown("top(births.value[places, last], 2)"), [""; 0]);
    let csv = built(&read(&folder)).text("current/figures/ranking.csv").expect("the data of the chart").to_owned();
    assert!(csv.contains("2110") && csv.contains("1090") && !csv.contains(",40"), "{csv}");
    let apart = entry.replace(
        "kind: ranked-bars, of: \"births.value[places, last]\"",
        "kind: ranked-bars, show: \"top(births.value[places, last], 3)\", of: \"births.value[alba|bara, last]\"",
    );
    assert_ne!(apart, entry);
    fs::write(&path, apart).expect("a study");
    let said = wrong(&read(&folder));
    assert!(said.iter().any(|text| text.contains("`cora` is not among what the expressions pick")), "{said:#?}");
    for (list, told) in [
        ("top(births.value[places, last], 0)", "the list of what is shown is empty"),
        ("births.value[alba, last]", "a number does not say which members are shown"),
        ("top(births.value[alba, all], 1)", "does not vary over period"),
    ] {
        let said = shown(list);
        assert!(said.iter().any(|text| text.contains(told)), "{list}: {said:#?}");
    }
}

fn page_of(files: &Files) -> String {
    built(files).text("current/tr/report.md").expect("a page").to_owned()
}
