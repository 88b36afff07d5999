//! Article: a Word document of the made-up study: its parts, its numbers, what its journal asks for and it lacks.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::root;

/// A profile in which the made-up study lacks nothing but its authors.
const PROFILE: &str = "name: {ru: Проба, kk: Сынама, en: Trial}
source: {title: Invented rules, read: 2026-11}
page: {top_mm: 20, bottom_mm: 20, left_mm: 20, right_mm: 20}
text: {font: Times New Roman, points: 14, spacing: 1.0, first_line_mm: 10}
head: []
others: start
abstract: {languages: [ru, kk, en]}
sections: []
";

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            assert!(fs::copy(entry.path(), target).is_ok())
        }
    }
}

/// Lays the made-up study with a profile into a folder of its own.
fn study(name: &str, profile: &str) -> PathBuf {
    let folder = root().join("target/tmp/article").join(name);
    let _ = fs::remove_dir_all(&folder);
    copy(&root().join("tests/material/study"), &folder);
    fs::create_dir_all(folder.join("data/journals")).unwrap();
    fs::write(folder.join("data/journals/trial.yaml"), profile).unwrap();
    folder
}

fn write(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.args(["article", "write", "--journal", "trial", "--out"]).arg(folder.join("article.docx"));
    command.args(more).arg("--study").arg(folder);
    command.output().unwrap()
}

/// Lists the codes that a run names, with their messages.
fn told(output: &Output) -> Vec<(String, String)> {
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let list = json["diagnostics"].as_array().or(json.as_array()).unwrap();
    let text = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
    list.iter().map(|one| (text(one, "code"), text(one, "message"))).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Returns what stands between two texts, each time.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    text.split(open).skip(1).map(|rest| rest.split(close).next().unwrap_or_default()).collect()
}

/// Fails where an element is not closed in its order.
fn assert_nested(name: &str, xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in between(xml, "<", ">").into_iter().filter(|tag| !tag.starts_with('?') && !tag.ends_with('/')) {
        match tag.strip_prefix('/') {
            Some(end) => assert_eq!(open.pop(), Some(end), "{name}"),
            None => open.push(tag.split(' ').next().unwrap()),
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
}

#[test]
fn an_article_holds_every_number_in_a_control_and_is_the_same_each_time() {
    let folder = study("whole", PROFILE);
    for lang in ["ru", "kk"] {
        let output = write(&folder, &["--lang", lang]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let bytes = fs::read(folder.join("article.docx")).unwrap();
        write(&folder, &["--lang", lang]);
        assert_eq!(bytes, fs::read(folder.join("article.docx")).unwrap());
        for name in [
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/fontTable.xml",
            "word/footer1.xml",
            "word/numbering.xml",
            "word/settings.xml",
            "word/styles.xml",
        ] {
            assert_nested(name, &part(&bytes, name));
        }
        let document = part(&bytes, "word/document.xml");
        let aliases = between(&document, "<w:alias w:val=\"", "\"");
        let tags = between(&document, "<w:tag w:val=\"", "\"");
        // Two in the abstract of each language, two in the text, and the cells of the table.
        assert!(aliases.len() >= 12, "{}", aliases.len());
        assert_eq!(aliases, tags);
        assert!(aliases.iter().any(|alias| alias.starts_with("largest_loss")), "{aliases:?}");
        assert_eq!(document.matches("<w:sdt>").count(), aliases.len());
        for marks in ["<w:bookmarkStart w:id=\"", "w:name=\""] {
            let all = between(&document, marks, "\"");
            let own: BTreeSet<&&str> = all.iter().collect();
            assert_eq!(own.len(), all.len(), "{marks} stands twice");
        }
        let ids = between(&document, "<w:id w:val=\"", "\"");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        // Captions are fields, references to them and to works too, and every field leads to a bookmark.
        assert_eq!(document.matches(" SEQ Figure ").count(), 1);
        assert_eq!(document.matches(" SEQ Table ").count(), 1);
        let named = between(&document, "w:name=\"", "\"");
        for reference in between(&document, " REF ", " ") {
            assert!(named.contains(&reference), "{reference}");
        }
        assert!(document.contains("<w:tblHeader/>") && document.contains(" descr=\""));
        let locale = if lang == "ru" { "ru-RU" } else { "kk-KZ" };
        for locale in [locale, "en-GB"] {
            assert!(document.contains(&format!("<w:lang w:val=\"{locale}\"/>")), "{locale}");
        }
        // What the study does not state is not there.
        assert!(!document.contains("Автор А. А.") && !part(&bytes, "docProps/core.xml").contains("creator"));
    }
}

#[test]
fn what_a_journal_asks_for_and_an_article_lacks_is_told() {
    let breaks = [
        ("head: []", "head: [jel]", "article/lacking", "`jel`"),
        ("head: []", "head: [udc]", "article/lacking", "`udc`"),
        ("sections: []\n", "sections: []\nfunding: required\n", "article/lacking", "funding"),
        ("[ru, kk, en]}", "[ru, kk, en], words: {least: 500}}", "article/abstract", "at least 500"),
        ("[ru, kk, en]}", "[ru, kk, en], words: {most: 3}}", "article/abstract", "at most 3"),
        ("[ru, kk, en]}", "[ru, kk, en], plain: true}", "article/abstract", "citations"),
        ("[ru, kk, en]}", "[ru, kk, en, de]}", "article/abstract", "`de`"),
        (
            "sections: []\n",
            "sections: []\nabstract_parts: [{name: aim, any: [цель]}]\n",
            "article/abstract",
            "does not tell its aim",
        ),
        ("sections: []\n", "sections: []\nkeywords: {least: 3}\n", "article/keywords", "at least 3"),
        ("sections: []", "sections: [{name: methods, any: [метод]}]", "article/section", "`methods`"),
        ("sections: []\n", "sections: []\nfigures: 0\n", "article/exhibits", "1 figures"),
        ("sections: []\n", "sections: []\ntables: 0\n", "article/exhibits", "1 tables"),
        (
            "sections: []\n",
            "sections: []\nlength: {pages: {least: 40}, references: true}\n",
            "article/length",
            "at least 40",
        ),
    ];
    for (at, (old, new, code, said)) in breaks.into_iter().enumerate() {
        assert!(PROFILE.contains(old), "{old}");
        let folder = study(&format!("break-{at}"), &PROFILE.replacen(old, new, 1));
        let output = write(&folder, &["--format", "json"]);
        let told = told(&output);
        let found = told.iter().filter(|(own, message)| own == code && message.contains(said)).count();
        assert!(found > 0, "{new}: {told:?}");
        let others = told.iter().filter(|(_, message)| !message.contains(said));
        // Only that no author is named stands beside it.
        let others: Vec<_> = others.filter(|(_, message)| !message.contains("no author")).collect();
        assert!(others.is_empty(), "{new}: {others:?}");
        assert!(output.status.success() && folder.join("article.docx").is_file());
        // A warning is an error where that is asked, and then nothing is written.
        fs::remove_file(folder.join("article.docx")).unwrap();
        let strict = write(&folder, &["--strict"]);
        assert_eq!(strict.status.code(), Some(1));
        assert!(!folder.join("article.docx").exists());
    }
}

#[test]
fn nothing_tells_who_wrote_an_anonymous_article() {
    let folder = study("anonymous", PROFILE);
    let path = folder.join("study.yaml");
    let text = fs::read_to_string(&path).unwrap().replace("    placeholder: true\n", "    email: a@example.org\n");
    fs::write(&path, text + "\narticle: {funding: {ru: Грант Б, kk: Б гранты}}\n").unwrap();
    let document = |more: &[&str]| {
        let output = write(&folder, more);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let bytes = fs::read(folder.join("article.docx")).unwrap();
        part(&bytes, "word/document.xml") + &part(&bytes, "docProps/core.xml")
    };
    let told = ["Автор А. А.", "a@example.org", "Грант Б", "организация"];
    let (named, anonymous) = (document(&[]), document(&["--anonymous"]));
    for own in told {
        assert!(named.contains(own) && !anonymous.contains(own), "{own}");
    }
}

#[test]
fn an_unknown_journal_chapter_and_selection_are_named() {
    let folder = study("unknown", PROFILE);
    let path = folder.join("study.yaml");
    let text = fs::read_to_string(&path).unwrap();
    for (entry, said) in
        [("article: {pages: [resluts]}", "no `resluts`"), ("article: {selection: shrot}", "no `shrot`")]
    {
        fs::write(&path, format!("{text}\n{entry}\n")).unwrap();
        let output = write(&folder, &["--format", "json"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(told(&output).iter().any(|(code, message)| code == "study/value" && message.contains(said)), "{entry}");
        assert!(!folder.join("article.docx").exists());
    }
    fs::write(&path, text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_esep"))
        .args(["article", "write", "--journal", "genral", "--format", "json", "--study"])
        .arg(&folder)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("did you mean `general`?"));
}

#[test]
fn an_author_without_orcid_and_names_is_told() {
    let folder = study("orcid", &PROFILE.replace("head: []", "head: []\norcid: required"));
    let path = folder.join("study.yaml");
    let text = fs::read_to_string(&path).unwrap().replace("    placeholder: true\n", "    email: a@example.org\n");
    fs::write(&path, text.replace(", en: Author A. A.", "")).unwrap();
    let told = told(&write(&folder, &["--format", "json"]));
    let said: Vec<&str> = told.iter().map(|(_, message)| message.as_str()).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("asks for the ORCID of ") && said[1].contains("is not given in `en`"), "{said:?}");
}

/// Lists the numbers of the works that a document cites, in the order of its text.
fn cited(document: &str) -> Vec<usize> {
    let results = document.split(" REF ref_").skip(1).map(|rest| between(rest, "preserve\">", "</w:t>")[0]);
    results.map(|number| number.parse().unwrap()).collect()
}

#[test]
fn works_are_numbered_as_they_are_met_wherever_abstracts_stand() {
    for place in ["start", "end"] {
        let folder = study(&format!("others-{place}"), &PROFILE.replace("others: start", &format!("others: {place}")));
        assert!(write(&folder, &["--lang", "ru"]).status.success());
        let document = part(&fs::read(folder.join("article.docx")).unwrap(), "word/document.xml");
        let all = cited(&document);
        let mut first: Vec<usize> = Vec::new();
        for number in &all {
            first.extend(Some(*number).filter(|number| !first.contains(number)));
        }
        assert!(all.len() > 4 && first == [1, 2], "{place}: {all:?}");
        let list = document.find("\"Bibliography\"").unwrap();
        assert_eq!(document.find("Көшудің").unwrap() > list, place == "end");
    }
}

#[test]
fn what_the_text_speaks_of_and_does_not_hold_is_named_at_its_end() {
    let folder = study("appendix", PROFILE);
    let path = folder.join("study.yaml");
    let more =
        "\nselection: {few: {title: {ru: кратко, kk: қысқа}, figures: [rural_lines]}}\narticle: {selection: few}\n";
    fs::write(&path, fs::read_to_string(&path).unwrap() + more).unwrap();
    for (lang, label) in [("ru", "Таблица\u{a0}А.1"), ("kk", "А.1-кесте")] {
        let output = write(&folder, &["--lang", lang, "--format", "json"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        let told = told(&output);
        let of =
            |code: &str| told.iter().filter(|(own, _)| own == code).map(|(_, said)| said.as_str()).collect::<Vec<_>>();
        assert_eq!(
            of("article/exhibits"),
            ["the text speaks of 1 figures and tables that do not stand in it: rural_by_region"]
        );
        let document = part(&fs::read(folder.join("article.docx")).unwrap(), "word/document.xml");
        let list = document.find("\"Bibliography\"").unwrap();
        assert!(document[list..].contains(label) && document.matches("<w:tbl>").count() == 0, "{lang}");
    }
}

#[test]
fn each_work_is_spelled_in_its_own_language() {
    let folder = study("works", &PROFILE.replace("sections: []", "sections: []\nromanised: true"));
    let path = folder.join("data/references.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let text =
        text.replace("title: An invented bureau, year: 2023, language: en", "title: Бюро, year: 2023, language: ru");
    fs::write(&path, text).unwrap();
    for lang in ["ru", "kk"] {
        let output = write(&folder, &["--lang", lang]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let document = part(&fs::read(folder.join("article.docx")).unwrap(), "word/document.xml");
        let works = between(&document, "<w:pStyle w:val=\"Bibliography\"/>", "</w:p>");
        let languages = |work: &str| between(work, "<w:lang w:val=\"", "\"").into_iter().map(str::to_owned).collect();
        let spoken: Vec<BTreeSet<String>> = works.iter().map(|work| languages(work)).collect();
        let own = |work: &&str| BTreeSet::from([if work.contains("Бюро") { "ru-RU" } else { "en-GB" }.to_owned()]);
        let wanted: Vec<BTreeSet<String>> = works.iter().map(own).collect();
        assert!(works.len() == 4 && spoken == wanted, "{lang}: {spoken:?}");
        assert_eq!(works.iter().filter(|work| work.contains("Бюро")).count(), 1);
    }
}

#[test]
fn what_is_to_be_done_for_an_abstract_is_said() {
    let hints = |folder: &Path| {
        let output = write(folder, &["--format", "json"]);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let list = json["diagnostics"].as_array().or(json.as_array()).unwrap().clone();
        let own = list.iter().filter(|one| one["code"] == "article/abstract");
        own.map(|one| one["hint"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let folder = study("no-abstract", &PROFILE.replace("[ru, kk, en]", "[ru, kk, de]"));
    assert_eq!(hints(&folder), ["write `templates/de/abstract.md`; list `de` under `abstracts` of study.yaml"]);
    let folder = study("long-abstract", &PROFILE.replace("[ru, kk, en]}", "[kk], words: {most: 3}}"));
    assert_eq!(hints(&folder), ["its text is `templates/kk/abstract.md`; keywords are not counted"]);
}

const LETTERS: [&str; 14] = ["А", "Б", "В", "Г", "Д", "Е", "Ж", "З", "И", "К", "Л", "М", "Н", "О"];

#[test]
fn a_wide_table_stands_in_parts_each_with_its_first_column() {
    let folder = study("wide", PROFILE);
    let change = |path: &str, from: &str, to: &str| {
        let text = fs::read_to_string(folder.join(path)).unwrap();
        assert!(text.contains(from), "{path}: {from}");
        fs::write(folder.join(path), text.replacen(from, to, 1)).unwrap();
    };
    let all = |of: &dyn Fn(usize) -> String| (1..=14).map(of).collect::<Vec<_>>().join(", ");
    let columns = all(&|at| format!("c{at}: {{of: \"rural_balance.value[all, last]\", decimals: 0}}"));
    let by_period = "columns: period, of: \"rural_balance.value[all, all]\"}";
    change("study.yaml", by_period, &format!("columns: {{{columns}}}}}"));
    for (lang, name) in [("ru", "показатель"), ("kk", "көрсеткіш")] {
        let names = all(&|at| format!("c{at}: {name} {}", LETTERS[at - 1]));
        let path = format!("templates/{lang}/exhibits.yaml");
        change(&path, "rural_by_region:\n", &format!("rural_by_region:\n  columns: {{{names}}}\n"));
    }
    let output = write(&folder, &["--lang", "ru"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let document = part(&fs::read(folder.join("article.docx")).unwrap(), "word/document.xml");
    let tables = between(&document, "<w:tbl>", "</w:tbl>");
    assert!(tables.len() > 1, "{}", tables.len());
    assert_eq!(document.matches("Продолжение таблицы").count(), tables.len() - 1);
    let (rows, stub) = (tables[0].matches("<w:tr>").count(), tables[0].matches(">Степная<").count());
    for table in &tables {
        assert_eq!((table.matches("<w:tr>").count(), table.matches(">Степная<").count()), (rows, stub));
    }
    let columns: Vec<&str> = tables.iter().flat_map(|table| between(table, ">показатель ", "<")).collect();
    assert_eq!(columns, LETTERS);
    // Typst has no sheets that lie on their side either.
    let out = folder.join("typst");
    let mut esep = Command::new(env!("CARGO_BIN_EXE_esep"));
    esep.args(["build", "--to", "typst", "--out"]).arg(&out).arg("--study").arg(&folder);
    assert!(esep.output().unwrap().status.success());
    let text = fs::read_to_string(out.join("report.2022.ru.typ")).unwrap();
    let parts = text.matches("#exhibit(\"rural_by_region\"").count();
    assert!(parts > 1 && text.matches("caption: none, heads: 1").count() >= parts - 1, "{parts}");
}

/// LibreOffice keeps bookmarks and plain-text controls, by which numbers are known again.
#[test]
fn numbers_outlive_libreoffice() {
    if Command::new("soffice").arg("--version").output().is_err() {
        eprintln!("skipped: LibreOffice is not installed");
        return;
    }
    let folder = study("office", PROFILE);
    assert!(write(&folder, &[]).status.success());
    let bytes = fs::read(folder.join("article.docx")).unwrap();
    let home = format!("-env:UserInstallation=file://{}", folder.join("home").display());
    let converted = Command::new("soffice")
        .args([&home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"])
        .arg(folder.join("again"))
        .arg(folder.join("article.docx"))
        .output()
        .unwrap();
    assert!(converted.status.success());
    let again = part(&fs::read(folder.join("again/article.docx")).unwrap(), "word/document.xml");
    let document = part(&bytes, "word/document.xml");
    for name in between(&document, "w:name=\"", "\"").iter().filter(|name| name.starts_with("n_")) {
        assert!(again.contains(&format!("w:name=\"{name}\"")), "{name}");
    }
    for alias in between(&document, "<w:alias w:val=\"", "\"") {
        assert!(again.contains(&format!("<w:alias w:val=\"{alias}\"")), "{alias}");
    }
}
