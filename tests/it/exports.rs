//! Exports: one HTML file, files for Typst, workbooks of numbers, the folder of a reviewer: each whole, inert and the same
//! each time.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use esep::files::{Files, sha256};

use crate::support::{below, root};

/// A text that every format would read otherwise, if it read it at all.
const HOSTILE: &str = "=1+1 #panic() $x$ \\u{41} <b>[y](z) @ref // */ `c`";

/// Lays a study into a folder of its own.
pub(crate) fn laid(name: &str, from: &str) -> PathBuf {
    let folder = root().join("target/tmp/exports").join(name);
    let _ = fs::remove_dir_all(&folder);
    let mut files = Files::default();
    for part in ["data", "templates"] {
        below(&root().join(from).join(part), part, &mut files);
    }
    files.insert("study.yaml", fs::read(root().join(from).join("study.yaml")).unwrap());
    write(&folder, &files);
    folder
}

fn write(folder: &Path, files: &Files) {
    for (path, bytes) in files.iter() {
        fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
        fs::write(folder.join(path), bytes).unwrap();
    }
}

pub(crate) fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.args(arguments).arg("--study").arg(folder).output().unwrap()
}

/// Writes an export twice and returns its files, which are the same each time.
fn export(folder: &Path, form: &str) -> Files {
    let mut read = Vec::new();
    for time in ["first", "second"] {
        let out = folder.join(time);
        let output = run(folder, &["build", "--to", form, "--out", out.to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut files = Files::default();
        below(&out, "", &mut files);
        read.push(files);
    }
    assert_eq!(read[0], read[1]);
    assert!(!folder.join("report").exists(), "an export writes no report");
    read.remove(0)
}

fn made_up(name: &str) -> PathBuf {
    let folder = laid(name, "tests/material/study");
    edit(&folder.join("study.yaml"), "ru: Пробное исследование переездов", &format!("ru: '{HOSTILE}'"));
    folder
}

/// Lists the values of an attribute in markup outside of scripts.
fn values(markup: &str, key: &str) -> Vec<String> {
    let bare: String = markup.split("<script").map(|part| part.split_once("</script>").map_or(part, |p| p.1)).collect();
    let open = format!(" {key}=\"");
    let value = |rest: &str| rest.split('"').next().unwrap_or_default().replace("&amp;", "&").replace("&gt;", ">");
    bare.split(&open).skip(1).map(|rest| value(rest).replace("&lt;", "<").replace("&quot;", "\"")).collect()
}

#[test]
fn a_single_file_leads_nowhere_but_into_itself() {
    let files = export(&made_up("single"), "single-html");
    let names: Vec<&str> = files.iter().map(|(path, _)| path).collect();
    let wanted = ["2021.kk", "2021.ru", "2022.kk", "2022.ru"].map(|name| format!("report.{name}.html"));
    assert_eq!(names, wanted);
    for (name, bytes) in files.iter() {
        let text = std::str::from_utf8(bytes).unwrap();
        let ids = values(text, "id");
        let places: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(places.len(), ids.len(), "{name}: a place stands twice");
        let mut explained = 0;
        for href in values(text, "href") {
            match href.strip_prefix('#') {
                Some(place) => {
                    assert!(places.contains(&place.to_owned()), "{name}: {href}");
                    explained += usize::from(place.starts_with('x'));
                }
                None => assert!(href.starts_with("https://") || href == "data:,", "{name}: {href}"),
            }
        }
        assert!(explained > 10, "{name}: {explained} links to explanations");
        let pictures = values(text, "src");
        assert!(pictures.iter().all(|src| src.starts_with("data:image/svg+xml;base64,")), "{name}: {pictures:?}");
        assert!(text.contains("<svg") || !pictures.is_empty(), "{name} shows no figure");
        // What may run and load is named by its hash, and nothing else.
        let policy = &values(text, "content")[0];
        assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
        assert!(policy.contains("style-src 'sha256-") && !policy.contains("'self'") && !policy.contains("file:"));
        assert!(!text.contains("<link rel=\"stylesheet\"") && text.contains("<style>"));
    }
}

#[test]
fn what_a_stranger_writes_is_no_code_of_typst() {
    let files = export(&made_up("typst"), "typst");
    for part in ["form.typ", "compile.py", "fonts/NotoSans-Regular.ttf", "fonts/OFL.txt"] {
        assert!(files.get(part).is_some_and(|bytes| !bytes.is_empty()), "{part}");
    }
    assert!(files.text("fonts/OFL.txt").unwrap().contains("SIL OPEN FONT LICENSE"));
    let text = files.text("report.2022.ru.typ").unwrap();
    assert!(text.contains("title: \"=1+1 #panic() $x$ \\\\u{41} <b>[y](z) @ref // */ `c`\""), "{}", &text[..600]);
    for figure in text.split("#chart(\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(files.get(figure).is_some(), "{figure}");
    }
    let kazakh = files.text("report.2022.kk.typ").unwrap();
    // Where words are parted, the language itself says.
    assert!(kazakh.contains('\u{ad}') && kazakh.contains("continued: ["));
    assert!(text.contains("continued: ["));
}

/// Sets the files of a folder by Typst, where it stands on this machine.
fn set(folder: &Path, out: &Path) -> Option<Output> {
    let python = root().join("target/typst/bin/python");
    if !python.exists() {
        eprintln!("no typst in target/typst: the test of PDF is skipped; `make pdf` sets it up");
        return None;
    }
    Some(Command::new(python).arg(folder.join("compile.py")).arg(out).output().unwrap())
}

#[test]
fn typst_sets_the_same_tagged_pdf_each_time() {
    let folder = made_up("pdf");
    export(&folder, "typst");
    let mut read = Vec::new();
    for time in ["first", "second"] {
        let out = folder.join(time).join("pdf");
        let Some(output) = set(&folder.join(time), &out) else { return };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut files = Files::default();
        below(&out, "", &mut files);
        read.push(files);
    }
    assert_eq!(read[0], read[1]);
    assert_eq!(read[0].len(), 4);
    for (_, bytes) in read[0].iter() {
        let has = |text: &[u8]| bytes.windows(text.len()).any(|own| own == text);
        assert!(bytes.starts_with(b"%PDF") && has(b"/StructTreeRoot") && has(b"/Lang"));
    }
}

pub(crate) fn unpacked(bytes: &[u8]) -> Files {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = Files::default();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let (name, mut bytes) = (entry.name().unwrap().into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).unwrap();
        files.insert(name, bytes);
    }
    files
}

#[test]
fn an_unpacked_folder_builds_to_the_same_bytes() {
    let folder = laid("pack", "examples/incomes");
    let mut packs = Vec::new();
    for name in ["a.zip", "b.zip"] {
        let out = folder.join(name);
        let output = run(&folder, &["pack", "--published", "2026-11-29", "--out", out.to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        packs.push(fs::read(out).unwrap());
    }
    assert_eq!(packs[0], packs[1]);
    let files = unpacked(&packs[0]);
    let manifest = files.text("checksums.sha256").unwrap();
    let listed: BTreeMap<&str, &str> =
        manifest.lines().filter_map(|line| line.split_once("  ")).map(|(hash, path)| (path, hash)).collect();
    for (path, bytes) in files.iter().filter(|(path, _)| *path != "checksums.sha256") {
        assert_eq!(listed.get(path), Some(&sha256(bytes).as_str()), "{path}");
    }
    assert_eq!(listed.len() + 1, files.len());
    for part in ["README.md", "README.ru.md", "CITATION.cff", "program/SOURCE.txt", "numbers/numbers.current.ru.xlsx"] {
        assert!(files.get(part).is_some(), "{part}: {:?}", files.iter().map(|(path, _)| path).collect::<Vec<_>>());
    }
    let readme = files.text("README.md").unwrap();
    for said in ["## Data availability", "study/study.yaml:", "other-at", "less than a minute", "Nothing is left out"] {
        assert!(readme.contains(said), "{said}: {readme}");
    }
    assert!(!readme.contains("[["), "{readme}");
    let metadata: serde_json::Value = serde_json::from_str(files.text("ro-crate-metadata.json").unwrap()).unwrap();
    let graph = metadata["@graph"].as_array().unwrap();
    let ids: BTreeSet<&str> = graph.iter().filter_map(|own| own["@id"].as_str()).collect();
    let root_of = graph.iter().find(|own| own["@id"] == "./").unwrap();
    assert_eq!(root_of["datePublished"], "2026-11-29");
    let parts = root_of["hasPart"].as_array().unwrap();
    assert!(parts.len() > 20 && parts.iter().all(|part| ids.contains(part["@id"].as_str().unwrap())));
    let again = folder.join("unpacked");
    write(&again, &files);
    let output = run(&again.join("study"), &["check"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_no_terms_let_pass_stays_out_and_is_named() {
    let folder = laid("silent", "tests/material/study");
    let terms = "licenses: [{name: CC0-1.0, title: Public domain}]\n";
    edit(&folder.join("data/datapackage.yaml"), terms, "");
    let pack = |more: &[&str]| {
        let out = folder.join("pack.zip");
        let arguments = [&["pack", "--format", "json", "--out", out.to_str().unwrap()], more].concat();
        let output = run(&folder, &arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let list = said["diagnostics"].as_array().or(said.as_array()).unwrap();
        let left = list.iter().filter(|own| own["code"] == "pack/left-out").count();
        let files = unpacked(&fs::read(out).unwrap());
        let books = files.iter().filter(|(path, _)| path.ends_with(".xlsx"));
        let shown = books.filter(|(_, bytes)| unpacked(bytes).text("xl/workbook.xml").unwrap().contains("\"source1\""));
        assert_eq!(shown.count() > 0, !more.is_empty(), "{more:?}");
        let raw = files.iter().filter(|(path, _)| path.starts_with("study/data/raw/")).count();
        (left, raw, files.text("README.md").unwrap().to_owned())
    };
    let (left, raw, readme) = pack(&[]);
    assert!(left > 1 && raw == 0 && readme.contains("no terms are stated"), "{left} {raw} {readme}");
    let catalogue = fs::read_to_string(folder.join("data/datapackage.yaml")).unwrap();
    let resources = catalogue.split("\nresources:").nth(1).unwrap();
    let name = resources.split("name: ").nth(1).unwrap().split(['\n', ',']).next().unwrap();
    let (fewer, one, readme) = pack(&["--include", name]);
    assert_eq!((fewer, one), (left - 1, 1));
    assert!(readme.contains("on the word of who packed"), "{readme}");
}

/// Returns the parts of a workbook that hold its cells.
fn sheets(book: &Files) -> Vec<&str> {
    let cells = book.iter().filter(|(path, _)| path.starts_with("xl/worksheets/sheet"));
    cells.map(|(_, bytes)| std::str::from_utf8(bytes).unwrap()).collect()
}

#[test]
fn numbers_are_live_formulas_and_texts_are_texts() {
    let folder = made_up("numbers");
    edit(&folder.join("templates/ru/exhibits.yaml"), "title: ", "title: =A+B ");
    let files = export(&folder, "xlsx");
    assert_eq!(files.len(), 4);
    for (name, bytes) in files.iter() {
        let book = unpacked(bytes);
        let formulas: usize = sheets(&book).iter().map(|sheet| sheet.matches("<f>").count()).sum();
        assert!(formulas > 10, "{name}: {formulas}");
        assert!(sheets(&book).iter().all(|sheet| !sheet.contains("<f>A+B")), "{name}: a text became a formula");
    }
    let book = unpacked(files.get("numbers.2022.ru.xlsx").unwrap());
    assert!(book.text("xl/sharedStrings.xml").unwrap().contains("=A+B"));
}

/// Takes what a workbook says its formulas come to out of it, so that they are worked out anew.
fn emptied(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in unpacked(bytes).iter() {
        archive.start_file(path, zip::write::SimpleFileOptions::default()).unwrap();
        let text = String::from_utf8_lossy(bytes);
        let empty = |part: &str| {
            part.split_once("</v>").filter(|_| part.starts_with("<v>")).map_or(part.to_owned(), |p| p.1.to_owned())
        };
        let parts: Vec<String> = text
            .split("</f>")
            .enumerate()
            .map(|(at, part)| if at == 0 { part.to_owned() } else { empty(part) })
            .collect();
        archive
            .write_all(
                if path.contains("worksheets/") { parts.join("</f>").into_bytes() } else { bytes.to_vec() }.as_slice(),
            )
            .unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Sentences over several territories at once, in every language of the made-up study.
fn with_territories(folder: &Path) {
    let asked = [
        "sum(rural_balance.value[oblasts, last])",
        "mean(rural_balance.value[oblasts, last])",
        "max(rural_balance.value[oblasts, all])",
        "count(rural_balance.value[oblasts, last] < 0)",
        "rural_balance.value[KZ-91, last] - rural_balance.value[KZ-92, last]",
        "share(residents.value[KZ-91, last], residents.value[KZ, last])",
        "sum(balance.value[regions, last]) - balance.value[KZ, last]",
    ];
    for lang in ["ru", "kk"] {
        let path = folder.join(format!("templates/{lang}/results.md"));
        let said: Vec<String> = asked.iter().map(|own| format!("{{{{ q(\"{own}\") | number(1) }}}}")).collect();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{text}\n{}.\n", said.join("; "))).unwrap();
    }
}

#[test]
fn what_libreoffice_works_out_is_what_the_ledger_says() {
    if Command::new("soffice").arg("--version").output().is_err() {
        eprintln!("no soffice here: the recalculation of workbooks is skipped");
        return;
    }
    for (from, edition) in [("tests/material/study", "2022"), ("examples/incomes", "current")] {
        let folder = laid(&format!("office-{edition}"), from);
        let is_made_up = from.starts_with("tests");
        if is_made_up {
            with_territories(&folder);
        }
        let files = export(&folder, "xlsx");
        let path = folder.join("book.xlsx");
        fs::write(&path, emptied(files.get(&format!("numbers.{edition}.ru.xlsx")).unwrap())).unwrap();
        let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
        let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,1";
        let mut office = Command::new("soffice");
        office.args([profile.as_str(), "--headless", "--convert-to", filter, "--outdir"]).arg(&folder).arg(&path);
        assert!(office.output().unwrap().status.success());
        let csv = fs::read_dir(&folder).unwrap().flatten().map(|entry| entry.path());
        let csv = csv.into_iter().find(|path| path.extension().is_some_and(|end| end == "csv"));
        let Some(csv) = csv else {
            eprintln!("skipped: this LibreOffice works out no sheets (its Calc is not installed)");
            return;
        };
        let table = fs::read(csv).unwrap();
        let mut reader = csv_reader(&table);
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).skip(5).collect();
        let ledger = run(&folder, &["build", "--out", folder.join("report").to_str().unwrap()]);
        assert!(ledger.status.success());
        let path = folder.join(format!("report/{edition}/numbers.json"));
        let ledger: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let values: BTreeMap<&str, &str> = ledger["numbers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|own| (own["id"].as_str().unwrap(), own["value"].as_str().unwrap()))
            .collect();
        let mut live = 0;
        for row in rows.iter().filter(|row| !row[4].is_empty()) {
            assert!(matches!(&row[4], "TRUE" | "1"), "{row:?}");
            let said = values[&row[0]];
            let number = |text: &str| match text.split_once('/') {
                Some((a, b)) => a.parse::<f64>().unwrap() / b.parse::<f64>().unwrap(),
                None => text.parse().unwrap_or(f64::NAN),
            };
            let (here, there) = (number(&row[2]), number(said));
            let same = (here - there).abs() <= 1e-9 * there.abs().max(1.0) || &row[2] == said;
            assert!(same, "{row:?} {said}");
            live += 1;
        }
        assert!(live > if is_made_up { 8 } else { 3 }, "{live} live formulas in {from}");
        let over = |row: &&csv::StringRecord| row[0].contains("oblasts") || row[0].contains("regions");
        let stands = rows.iter().filter(over).filter(|row| !row[4].is_empty()).count();
        assert!(!is_made_up || stands >= 5, "{stands} live formulas over several territories");
    }
}

fn csv_reader(bytes: &[u8]) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes)
}

#[test]
fn nothing_is_exported_into_a_report() {
    let study = laid("into-report", "examples/prices");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        command.current_dir(&study).env("ESEP_CACHE", "").args(arguments).output().unwrap()
    };
    assert!(run(&["build"]).status.success());
    let mut before = Files::default();
    below(&study.join("report"), "", &mut before);
    for arguments in [
        &["build", "--to", "single-html", "--out", "report"] as &[&str],
        &["build", "--to", "xlsx", "--out", "report/current/numbers"],
        &["article", "write", "--out", "./report/article.docx"],
        &["pack", "--out", "report/pack.zip"],
    ] {
        let output = run(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("which holds what a build writes and nothing else"), "{arguments:?}: {said}");
    }
    let mut after = Files::default();
    below(&study.join("report"), "", &mut after);
    assert_eq!(before, after);
    let mut inputs = Files::default();
    below(&study, "", &mut inputs);
    for (arguments, said) in [
        (&["pack", "--out", "study.yaml"] as &[&str], "which a study is read from"),
        (&["article", "write", "--out", "data/../templates/article.docx"], "which a study is read from"),
        (&["build", "--to", "xlsx", "--out", "data/numbers"], "which a study is read from"),
        (&["build", "--to", "typst", "--out", "."], "holds a study"),
        (&["pack", "--out", "report"], "name a file with --out"),
    ] {
        let output = run(arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}");
        assert!(told.contains(said) && !told.contains("os error"), "{arguments:?}: {told}");
    }
    let mut left = Files::default();
    below(&study, "", &mut left);
    assert_eq!(inputs, left);
}
