//! Formats: one page with every kind of block and inline, and what each format makes of it.
//!
//! `tests/material/formats` holds the study and beside it a golden file a format; `BLESS=1 cargo test --test it formats`
//! rewrites them.

use std::fs;
use std::io::{Cursor, Read};
use std::process::Command;

use esep::build::{self, Wanted};
use esep::diagnostic::Diagnostics;
use esep::files::{Files, Kept};

use crate::study::{material, read, scratch, write};

/// Returns what a page says, without the frame around it.
fn main_of(page: &str) -> String {
    let body = page.split_once("<main").and_then(|(_, rest)| rest.split_once("<aside class=\"panel\""));
    format!("<main{}", body.expect("a page").0)
}

/// Writes the study as an article, and returns the body of the document, an element a line where one begins.
fn docx(files: &Files) -> String {
    let folder = scratch("formats");
    write(&folder, files);
    let out = folder.join("article.docx");
    let mut esep = Command::new(env!("CARGO_BIN_EXE_esep"));
    let output = esep.args(["article", "write", "--out"]).arg(&out).arg("--study").arg(&folder).output().expect("esep");
    assert!(out.is_file(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(out).expect("a document"))).expect("a package");
    let mut text = String::new();
    archive.by_name("word/document.xml").expect("a part").read_to_string(&mut text).expect("text");
    let begins = ["w:p", "w:tbl", "w:tr", "w:r", "w:sdt", "w:hyperlink", "w:bookmarkStart"];
    for tag in begins {
        text = text
            .replace(&format!("<{tag}>"), &format!("\n<{tag}>"))
            .replace(&format!("<{tag} "), &format!("\n<{tag} "));
    }
    text
}

#[test]
fn every_format_holds_every_form() {
    let folder = material().join("formats");
    let files = read(&folder.join("study"));
    let mut diagnostics = Diagnostics::default();
    let work = build::work(&files, &Wanted::default(), &Kept::default(), &mut diagnostics);
    assert_eq!(diagnostics.sorted(), []);
    let work = work.expect("a report");
    let text = |path: &str| work.report.text(path).expect("a page").to_owned();
    let written = [
        ("page.md", text("current/en/report.md")),
        ("page.html", main_of(&text("current/en/index.html"))),
        ("page.typ", build::typst(&work).text("report.current.en.typ").expect("a page").to_owned()),
        ("page.docx.xml", docx(&files)),
    ];
    for (name, text) in written {
        let text = text.trim_end().to_owned() + "\n";
        if std::env::var_os("BLESS").is_some() {
            fs::write(folder.join(name), &text).expect("a golden file");
        }
        let golden = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert_eq!(text, golden, "{name}");
    }
    // A link holds no other, whatever stands in it.
    let html = main_of(&text("current/en/index.html"));
    for link in html.split("<a ").skip(1) {
        assert!(!link.split("</a>").next().unwrap_or_default().contains("<a "), "{link}");
    }
    assert_eq!(html.matches("<h1").count(), 1);
}
