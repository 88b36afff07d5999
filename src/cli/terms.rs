//! Terms: `esep terms`.

use std::process::ExitCode;

use clap::Args;

use super::answers::{TermsListed, UnsureText, say};
use super::{Common, Format, conclude, disk, print};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::language::texts;
use crate::page::{TERMS, Term, Terms};

/// The arguments of `esep terms`.
#[derive(Args)]
pub(super) struct Arguments {
    /// Only the terms that wait for a Kazakh editor, and the texts of the program that do.
    #[arg(long)]
    unsure: bool,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    if files.get(TERMS).is_none() && diagnostics.verdict().is_ok() {
        let missing = Diagnostic::error(code::FILE_MISSING, Place::file(TERMS), "there is no such file");
        diagnostics.push(missing.hint("name the study's folder with --study"));
    }
    if diagnostics.verdict().is_err() {
        return conclude(&diagnostics, &files, common, false);
    }
    let terms = Terms::read(&files, &mut diagnostics);
    if diagnostics.verdict().is_err() {
        return conclude(&diagnostics, &files, common, false);
    }
    let unsure_texts: Vec<UnsureText> = texts::all_doubts()
        .map(|(language, key, doubt)| {
            let text = texts::own(language, key).unwrap_or_default();
            UnsureText { language, key, text, doubt }
        })
        .collect();
    let chosen: Vec<&Term> = terms.terms.iter().filter(|term| !arguments.unsure || term.is_unsure()).collect();
    match common.format {
        Format::Json => {
            say(&TermsListed { terms: chosen, unsure_texts });
        }
        Format::Human | Format::Csv | Format::Md | Format::Html => {
            for term in &chosen {
                let note = term.note.as_ref().map(|note| format!("    {note}\n")).unwrap_or_default();
                let forbidden: Vec<String> =
                    term.forbidden.iter().map(|(lang, list)| format!("{lang}: {}", list.join(", "))).collect();
                let forbidden =
                    if forbidden.is_empty() { String::new() } else { format!("    not {}\n", forbidden.join("; ")) };
                let words: Vec<String> = term.words.iter().map(|(lang, word)| format!("{lang} {word}")).collect();
                print(&format!("{} ({})\n{note}{forbidden}", words.join(", "), term.certainty.name()));
            }
            let unsure = terms.terms.iter().filter(|term| term.is_unsure()).count();
            print(&format!("\n{} terms, {unsure} unsure\n", terms.terms.len()));
            if arguments.unsure {
                print(&format!("\nTexts of the program: {} unsure\n\n", unsure_texts.len()));
                for UnsureText { language, key, text, doubt } in &unsure_texts {
                    print(&format!("{text}\n    {language} {key}\n    {doubt}\n"));
                }
            }
        }
    }
    ExitCode::SUCCESS
}
