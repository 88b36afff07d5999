//! Kinds: what is fuzzed, from which inputs, and how one input is tried.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::sync::OnceLock;

use esep::analysis::{Edition, METHODS};
use esep::build::{self, Wanted};
use esep::claim::{docx, scan, stub};
use esep::diagnostic::{Diagnostic, Diagnostics};
use esep::expression;
use esep::files::Files;

use super::own;
use crate::claims::{archive, invented};
use crate::study::{material, read, rehash};

/// What is fuzzed.
pub(super) struct Kind {
    /// Its name.
    pub name: &'static str,
    /// How many of a thousand seconds it gets.
    pub share: usize,
    /// What is mutated.
    pub corpus: fn() -> Vec<Vec<u8>>,
    /// Tries one input, and says what is wrong. A panic, an abort or a run without end is seen from outside.
    pub attempt: fn(&[u8]) -> Result<(), String>,
}

/// All kinds; of a study, each file by itself.
pub(super) fn kinds() -> Vec<Kind> {
    let small = [
        Kind { name: "expression", share: 120, corpus: expressions, attempt: expression },
        Kind { name: "method-run", share: 160, corpus: tables, attempt: method_run },
        Kind { name: "paper", share: 120, corpus: papers, attempt: paper },
        Kind { name: "docx", share: 90, corpus: documents, attempt: document },
        Kind { name: "eval", share: 110, corpus: texts, attempt: eval },
        Kind { name: "workbook", share: 110, corpus: workbooks, attempt: workbook },
        Kind { name: "whole-study", share: 90, corpus: studies, attempt: whole },
    ];
    small
        .into_iter()
        .chain(FILES.iter().map(|(name, share, corpus, attempt)| Kind {
            name,
            share: *share,
            corpus: *corpus,
            attempt: *attempt,
        }))
        .collect()
}

type Of = (&'static str, usize, fn() -> Vec<Vec<u8>>, fn(&[u8]) -> Result<(), String>);

macro_rules! files {
    ($($name:literal, $share:literal, $path:literal;)*) => {
        const FILES: &[Of] = &[$(($name, $share, || corpus_of($path), |bytes| built($path, bytes))),*];
    };
}

files! {
    "study", 60, "study.yaml";
    "catalogue", 60, "data/datapackage.yaml";
    "csv", 60, "data/raw/bureau/population.csv";
    "territories", 30, "data/territories.yaml";
    "terms", 15, "data/terms.yaml";
    "references", 15, "data/references.yaml";
    "claims", 60, "data/claims/invented.yaml";
    "exhibits", 25, "templates/ru/exhibits.yaml";
    "strings", 15, "templates/kk/strings.yaml";
    "template", 40, "templates/ru/results.md";
    "layout", 20, "templates/layout.html";
}

/// The dummy study with a paper.
fn base() -> &'static Files {
    static BASE: OnceLock<Files> = OnceLock::new();
    BASE.get_or_init(invented)
}

/// A file of the dummy study, what the folders of errors put in its place, and what is kept for it.
fn corpus_of(path: &str) -> Vec<Vec<u8>> {
    let mut corpus = vec![base().get(path).unwrap_or_default().to_vec()];
    let mut cases: Vec<PathBuf> =
        fs::read_dir(material().join("errors")).expect("cases").flatten().map(|entry| entry.path()).collect();
    cases.sort();
    corpus.extend(cases.iter().filter_map(|case| fs::read(case.join(path)).ok()));
    corpus
}

/// Builds the study with one file replaced.
fn built(path: &str, bytes: &[u8]) -> Result<(), String> {
    let mut files = base().clone();
    files.insert(path, bytes);
    if path.ends_with(".csv") {
        rehash(&mut files);
    }
    let mut diagnostics = Diagnostics::default();
    let report = build::build(&files, &Wanted::default(), &mut diagnostics);
    let list = diagnostics.sorted();
    let _ = esep::diagnostic::human(&list, &|path| files.text(path), false);
    if report.is_err() != diagnostics.verdict().is_err() {
        return Err("neither a report nor an error, or both".to_owned());
    }
    unplaced(&list, &files)
}

/// Looks for a diagnostic without a place: its file, and its line where the file is text that is there.
pub(super) fn unplaced(list: &[Diagnostic], files: &Files) -> Result<(), String> {
    for diagnostic in list {
        let (place, message) = (&diagnostic.place, &diagnostic.message);
        let lacks = |what: &str| Err(format!("without {what}: {} at {place}: {message}", diagnostic.code));
        if place.file.is_empty() {
            return lacks("a file");
        }
        if let Some(text) = files.text(&place.file) {
            // A text may end in an empty line, and some of its lines in CR alone.
            let most = 1 + text.matches(['\n', '\r']).count();
            match place.line {
                None => return lacks("a line"),
                Some(line) if line == 0 || line > most => return lacks("a line that is there"),
                Some(_) => {}
            }
        }
    }
    Ok(())
}

/// Writes files as one text, and reads them back: each behind a line that names it.
const FILE: &str = "\u{1}\u{1}";

fn bundle<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    files.flat_map(|(path, bytes)| [FILE.as_bytes(), path.as_bytes(), b"\n", bytes].concat()).collect()
}

fn unbundled(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut list: Vec<(String, Vec<u8>)> = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(FILE.as_bytes()) {
            Some(name) => list.push((String::from_utf8_lossy(name).trim().to_owned(), Vec::new())),
            None => list.iter_mut().last().into_iter().for_each(|(_, bytes)| bytes.extend_from_slice(line)),
        }
    }
    list
}

/// The whole folder of the study, without the words that it shares with every study.
fn studies() -> Vec<Vec<u8>> {
    let files = base().iter().filter(|(path, _)| !path.ends_with("strings.yaml") && !path.ends_with("style.css"));
    vec![bundle(files)]
}

/// Builds a whole folder, each of its files altered, missing or under another name; the hashes are declared anew.
fn whole(bytes: &[u8]) -> Result<(), String> {
    let mut files = Files::default();
    for (path, bytes) in base().iter().filter(|(path, _)| path.ends_with("strings.yaml") || path.ends_with("style.css"))
    {
        files.insert(path, bytes);
    }
    unbundled(bytes).into_iter().for_each(|(path, bytes)| files.insert(path, bytes));
    if files.text("data/datapackage.yaml").is_some() {
        rehash(&mut files);
    }
    let mut diagnostics = Diagnostics::default();
    let report = build::build(&files, &Wanted::default(), &mut diagnostics);
    let list = diagnostics.sorted();
    if report.is_err() != diagnostics.verdict().is_err() {
        return Err("neither a report nor an error, or both".to_owned());
    }
    unplaced(&list, &files)
}

/// Workbooks: packed ones as the texts of their parts, others as they are.
fn workbooks() -> Vec<Vec<u8>> {
    let sheet = "<worksheet><cols><col min=\"3\" max=\"4\" hidden=\"1\"/></cols><sheetData>\n<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
        <c r=\"B1\"><v>2022</v></c><c r=\"C1\"><v>2023</v></c></row>\n<row r=\"2\" hidden=\"1\"><c r=\"A2\" t=\"inlineStr\"><is><r><t>Абай</t></r>\
        <r><rPr><vertAlign val=\"superscript\"/></rPr><t>1</t></r></is></c><c r=\"B2\" s=\"1\"><v>0.612</v></c><c r=\"C2\"><f>1+1</f></c></row>\n\
        </sheetData><mergeCells><mergeCell ref=\"B1:C1\"/></mergeCells></worksheet>\n";
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = format!(
        "<Relationships>\n<Relationship Id=\"a\" Type=\"{kind}/worksheet\" Target=\"s.xml\"/>\n\
         <Relationship Id=\"b\" Type=\"{kind}/sharedStrings\" Target=\"t.xml\"/>\n<Relationship Id=\"c\" Type=\"{kind}/styles\" Target=\"f.xml\"/>\n</Relationships>\n"
    );
    let packed: [(&str, &str); 5] = [
        (
            "xl/workbook.xml",
            "<workbook><workbookPr date1904=\"0\"/><sheets><sheet name=\"Лист\" r:id=\"a\"/></sheets></workbook>\n",
        ),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/t.xml", "<sst><si><t>Регион</t></si></sst>\n"),
        (
            "xl/f.xml",
            "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"0.0%\"/></numFmts><cellXfs><xf/><xf numFmtId=\"170\"/></cellXfs></styleSheet>\n",
        ),
        ("xl/s.xml", sheet),
    ];
    let open = "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Л\">\n<table:table-column table:visibility=\"collapse\"/>\n\
        <table:table-row><table:table-cell table:number-columns-spanned=\"2\" office:value-type=\"string\"><text:p>Регион<text:span>1</text:span></text:p></table:table-cell>\
        <table:covered-table-cell/><table:table-cell office:value-type=\"float\" office:value=\"2022\"/></table:table-row>\n<table:table-row table:number-rows-repeated=\"2\">\
        <table:table-cell office:value-type=\"string\"><text:p>Абай</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"percentage\" office:value=\"0.61\"/>\
        </table:table-row>\n</table:table></office:spreadsheet></office:body></office:document-content>\n";
    let mut corpus = vec![
        bundle(packed.iter().map(|(name, text)| (*name, text.as_bytes()))),
        bundle([("content.xml", open.as_bytes())].into_iter()),
    ];
    corpus.extend(read(&material().join("workbooks")).iter().map(|(_, bytes)| bytes.to_vec()));
    corpus.extend(read(&material().join("start")).iter().map(|(_, bytes)| bytes.to_vec()));
    corpus
}

/// Reads a workbook, and drafts a layout of each sheet.
fn workbook(bytes: &[u8]) -> Result<(), String> {
    let parts = unbundled(bytes);
    let texts: Vec<(String, String)> =
        parts.into_iter().map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned())).collect();
    let list: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let bytes = if list.is_empty() { bytes.to_vec() } else { archive(&list) };
    match esep::workbook::read("a.xlsx", &bytes, &esep::workbook::Stated::default()) {
        Ok(workbook) => {
            let _ = esep::reshape::draft::fresh(&workbook, &esep::reshape::names::Names::default(), &[]);
            workbook.sheets.iter().for_each(|sheet| drop(esep::reshape::draft::find(sheet)));
            Ok(())
        }
        Err(problem) if problem.place.file.is_empty() => Err(format!("without a file: {}", problem.message)),
        Err(_) => Ok(()),
    }
}

fn edition() -> &'static Edition {
    static EDITION: OnceLock<Edition> = OnceLock::new();
    EDITION.get_or_init(|| {
        let mut diagnostics = Diagnostics::default();
        let material = build::material(base(), &mut diagnostics).expect("the study is sound");
        build::edition(&material, None, &mut diagnostics).expect("it computes")
    })
}

fn expressions() -> Vec<Vec<u8>> {
    let list = fs::read_to_string(own().join("expressions.txt")).expect("expressions");
    list.lines().filter(|line| !line.is_empty()).map(|line| line.as_bytes().to_vec()).collect()
}

fn expression(bytes: &[u8]) -> Result<(), String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
    let Err(problem) = expression::ask(text, edition()) else { return Ok(()) };
    let sound = problem.span.end <= text.len() && text.get(problem.span.clone()).is_some();
    if sound { Ok(()) } else { Err(format!("{:?} is no part of it: {}", problem.span, problem.message)) }
}

/// A line of arguments and a table, for each method its roles bound to columns of the table.
fn tables() -> Vec<Vec<u8>> {
    let table = "region,sex,year,a,b,c\nKZ-91,m,2013,12,1.5,-3\nKZ-91,f,2014,15,2.5,4\nKZ-92,m,2015,\"1 100\",3,…\nKZ-92,f,2016,-,0.25,7\n\
                 KZ-95,m,2017,19,4.75,9\nKZ-95,f,2018,21,6,-1\n";
    let mut corpus: Vec<Vec<u8>> = METHODS
        .iter()
        .map(|method| {
            let columns = ["a", "b", "c"];
            let bound = method.roles.iter().enumerate();
            let bound: String = bound.map(|(i, role)| format!(" --bind {}={}", role.name, columns[i % 3])).collect();
            format!("{}{bound} --order year\n{table}", method.name).into_bytes()
        })
        .collect();
    for (path, bytes) in read(&own().join("tables")).iter() {
        assert!(path.ends_with(".csv"));
        corpus.push(bytes.to_vec());
    }
    corpus
}

/// Runs a command line; its exit code must be one that is promised. What it prints is in the way of other tests, so a
/// process of its own prints it, but where very many are run.
fn answered(arguments: &[&str]) -> Result<(), String> {
    if !super::is_worker() {
        let output = Command::new(env!("CARGO_BIN_EXE_esep")).args(arguments).output().expect("esep runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let promised = output.status.code().is_some_and(|code| code <= 2) && !said.contains("panicked");
        return if promised { Ok(()) } else { Err(format!("{}: {said}", output.status)) };
    }
    let all = ["esep"].iter().chain(arguments).map(|text| (*text).into());
    let code = esep::cli::answer(all);
    let code = [0, 1, 2].into_iter().find(|known| format!("{code:?}") == format!("{:?}", ExitCode::from(*known)));
    if code.is_none() {
        return Err("an exit code other than 0, 1 and 2".to_owned());
    }
    Ok(())
}

fn kept(name: &str, bytes: &[u8]) -> String {
    let path = std::env::temp_dir().join(format!("esep-fuzz-{}-{name}", std::process::id()));
    fs::write(&path, bytes).expect("a file");
    path.display().to_string()
}

fn method_run(bytes: &[u8]) -> Result<(), String> {
    let at = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let line = String::from_utf8_lossy(&bytes[..at]).into_owned();
    let mut words = line.split(' ').filter(|word| !word.is_empty());
    let path = kept("table.csv", bytes.get(at + 1..).unwrap_or_default());
    let method = words.next().unwrap_or_default();
    let rest: Vec<&str> = words.collect();
    let arguments = [&["method", "run", method, path.as_str(), "--format", "json"], rest.as_slice()].concat();
    answered(&arguments)
}

fn papers() -> Vec<Vec<u8>> {
    let mut corpus: Vec<Vec<u8>> = read(&material().join("claims/scan"))
        .iter()
        .map(|(_, bytes)| bytes[..bytes.len().min(3000)].to_vec())
        .collect();
    corpus.extend(["stranger.txt", "faults.txt"].map(|name| {
        let bytes = fs::read(material().join("claims").join(name)).expect("a text");
        bytes[..bytes.len().min(3000)].to_vec()
    }));
    corpus
}

fn paper(bytes: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(bytes);
    let found = scan::scan(&text);
    let lines = text.lines().count();
    if let Some(beyond) = found.iter().find(|found| found.line == 0 || found.line > lines) {
        return Err(format!("`{}` at line {} of {lines}", beyond.printed, beyond.line));
    }
    let Ok(source) = esep::claim::source::Source::read("paper.txt", text.as_bytes().to_vec()) else { return Ok(()) };
    let file = stub::stub(&source, &found, &esep::claim::near::Names::default(), &["ru", "kk"], &|_| Vec::new());
    let mut files = Files::default();
    files.insert("data/claims/a.yaml", file);
    let mut diagnostics = Diagnostics::default();
    let _ = esep::claim::read(&files, &mut diagnostics);
    match diagnostics.sorted().first() {
        Some(first) => Err(format!("the stub is not read: {} {}", first.place, first.message)),
        None => Ok(()),
    }
}

const DOCUMENT: &str = "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\
    <w:p><w:r><w:t xml:space=\"preserve\">В 2022 г. выбыло 43,2&#160;тыс. </w:t></w:r><w:r><w:tab/><w:br/><w:t>чел. &amp; &lt;</w:t></w:r></w:p>\
    <w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:ins><w:r><w:t>12</w:t></w:r></w:ins>\
    <w:del><w:r><w:delText>13</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc>\
    <w:p><w:r><w:t>2,5</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:footnoteReference w:id=\"2\"/></w:body></w:document>";
const NOTES: &str = "<w:footnotes xmlns:w=\"a\"><w:footnote w:id=\"2\"><w:p><w:r><w:t>17 чел.</w:t></w:r></w:p></w:footnote></w:footnotes>";

fn documents() -> Vec<Vec<u8>> {
    vec![
        DOCUMENT.as_bytes().to_vec(),
        archive(&[("word/document.xml", DOCUMENT)]),
        archive(&[("word/document.xml", DOCUMENT), ("word/footnotes.xml", NOTES), ("[Content_Types].xml", "")]),
    ]
}

/// An archive as it is; anything else as the text of a document in a sound archive.
fn document(bytes: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(bytes);
    let packed = if bytes.starts_with(b"PK") {
        bytes.to_vec()
    } else {
        archive(&[("word/document.xml", &text), ("word/footnotes.xml", NOTES)])
    };
    let Ok(source) = docx::read(&packed) else { return Ok(()) };
    paper(source.text.as_bytes())
}

fn texts() -> Vec<Vec<u8>> {
    let list = fs::read_to_string(own().join("eval.txt")).expect("texts");
    list.lines().filter(|line| !line.is_empty()).map(|line| line.as_bytes().to_vec()).collect()
}

fn eval(bytes: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(bytes).replace('\0', " ");
    // What asks for a study is tried as a template of one.
    if esep::page::needs_study(&text) {
        return Ok(());
    }
    let lang = ["ru", "kk", "en"][bytes.len() % 3];
    answered(&["eval", "--lang", lang, "--format", "json", "--", &text])
}
