//! Proof: `esep proof`.

use std::process::ExitCode;

use clap::Args;

use super::{Common, Format, complain, conclude, disk};
use crate::build::{self, Wanted};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::Files;
use crate::language::proof::{HIDDEN, Passage};
use crate::language::{Lang, Language};
use crate::page;

/// The arguments of `esep proof`.
#[derive(Args)]
pub(super) struct Arguments {
    /// A text or Markdown file in UTF-8; the study where left out.
    #[arg(value_name = "FILE")]
    file: Option<String>,
    /// The language of the file: ru, kk or en; told from its letters where left out.
    #[arg(long, value_name = "CODE", value_parser = super::lang)]
    lang: Option<Lang>,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let mut files = Files::default();
    match &arguments.file {
        Some(path) => match text_of(path) {
            Ok(text) => {
                let language = Language::own(arguments.lang.unwrap_or_else(|| Lang::guessed(&text)));
                for (line, paragraph) in paragraphs(&text) {
                    read(&language, path, (line, &paragraph), &mut diagnostics);
                }
                files.insert(path, text);
            }
            Err(message) => {
                diagnostics.push(Diagnostic::error(code::FILE_MISSING, Place::file(path.as_str()), message));
            }
        },
        None => {
            files = disk::read_study(&common.study, &mut diagnostics);
            // What the build reads of the prose, it proof-reads; whatever else is wrong it says as well.
            let languages = arguments.lang.iter().map(|lang| lang.code().to_owned()).collect();
            let _ = build::build(&files, &Wanted { languages, ..Wanted::default() }, &mut diagnostics);
        }
    }
    if common.format == Format::Human {
        complain(
            "note: no dictionary was consulted: misspelt words that keep the rules of their endings are not found\n",
        );
    }
    conclude(&diagnostics, &files, common, false)
}

/// Reads a text in UTF-8.
fn text_of(path: &str) -> Result<String, String> {
    String::from_utf8(disk::read_table(path)?).map_err(|_| "is no text in UTF-8".to_owned())
}

/// Proof-reads one passage that begins on a line.
pub(super) fn read(language: &Language, file: &str, (first, text): (usize, &str), diagnostics: &mut Diagnostics) {
    let negative = text.match_indices('\u{2212}').map(|(at, sign)| {
        let digits = &text[at + sign.len()..];
        let end = digits.find(|c: char| !c.is_ascii_digit() && c != '\u{a0}' && c != ',').unwrap_or(digits.len());
        at..at + sign.len() + end
    });
    let passage = Passage { text: text.to_owned(), negative: negative.collect(), changes: Vec::new() };
    for finding in language.proofread(&passage) {
        let before = &text[..finding.span.start];
        let line = first + before.matches('\n').count();
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        let length = text[finding.span.clone()].chars().count().max(1);
        let place = Place::line(file, line, column).covering(length);
        diagnostics.push(page::told(finding.fault, place, finding.message).hint(finding.hint));
    }
}

/// Parts a text at empty lines and at items of lists, without code and with marks of Markdown as they are.
fn paragraphs(text: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let (mut open, mut fenced) = (false, false);
    for (i, line) in text.lines().enumerate() {
        let bare = line.trim_start();
        if bare.starts_with("```") {
            fenced = !fenced;
            open = false;
            continue;
        }
        if bare.is_empty() || fenced {
            open = false;
            continue;
        }
        let item = bare.starts_with("- ") || bare.starts_with("* ") || bare.starts_with('#') || bare.starts_with('|');
        let shown = without_code(line);
        match found.last_mut().filter(|_| open && !item) {
            Some((_, paragraph)) => {
                paragraph.push('\n');
                paragraph.push_str(&shown);
            }
            None => found.push((i + 1, shown)),
        }
        open = !bare.starts_with('#');
    }
    found
}

/// Hides what stands between back quotes, one sign for one, so that columns stay.
fn without_code(line: &str) -> String {
    let mut code = false;
    line.chars()
        .map(|letter| {
            let mark = letter == '`';
            code ^= mark;
            if code || mark { HIDDEN } else { letter }
        })
        .collect()
}
