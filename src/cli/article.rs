//! Article: `esep article write`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::disk::{self, Real};
use super::{Common, Format, conclude, lang, print, progress};
use crate::build::{self, Wanted};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::language::Lang;
use crate::output::docx::{self, Journal, journal};
use crate::page;

/// The arguments of `esep article`.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Write the article of the study as a Word document, and say what its journal asks for and it lacks.
    Write(Write),
    /// List the profiles of journals, each with the source of its rules and what could not be confirmed.
    Journals,
}

/// The arguments of `esep article write`.
#[derive(Args)]
struct Write {
    /// The edition; the last where left out.
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
    /// The language; the first of the study where left out.
    #[arg(long, value_name = "CODE", value_parser = lang)]
    lang: Option<Lang>,
    /// The profile of the journal; that of the study, or `general`, where left out.
    #[arg(long, value_name = "PROFILE")]
    journal: Option<String>,
    /// Leave out whatever tells who wrote it.
    #[arg(long)]
    anonymous: bool,
    /// The file to write; `export/article.<edition>.<lang>.docx` in the study where left out.
    #[arg(long, value_name = "FILE.docx")]
    out: Option<PathBuf>,
    /// Take warnings for errors.
    #[arg(long)]
    strict: bool,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    match &arguments.what {
        What::Write(own) => write(own, common),
        What::Journals => journals(common),
    }
}

fn write(arguments: &Write, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    let mut written = None;
    progress("checking, computing and composing …");
    if let Ok(material) = build::material(&files, &mut diagnostics) {
        written = document(arguments, &material, &files, &mut diagnostics);
    }
    let strict = arguments.strict && !diagnostics.sorted().is_empty();
    if let Some((bytes, name)) = written.filter(|_| !strict && diagnostics.verdict().is_ok()) {
        let out = arguments.out.clone().unwrap_or_else(|| common.study.join("export").join(name));
        match disk::write_whole(&Real, &out, &bytes) {
            Ok(()) if common.format == Format::Human => print(&format!("{}\n", out.display())),
            Ok(()) => {}
            Err(problem) => diagnostics.push(*problem),
        }
    }
    conclude(&diagnostics, &files, common, arguments.strict)
}

/// Writes the document, and names its file.
fn document(
    arguments: &Write,
    material: &crate::output::Material,
    files: &crate::files::Files,
    diagnostics: &mut Diagnostics,
) -> Option<(Vec<u8>, String)> {
    let lang = arguments.lang.or_else(|| material.prose.languages.first().copied())?;
    let (name, profile) = profile(arguments, material, files, diagnostics)?;
    let editions: Vec<String> = match &arguments.edition {
        Some(edition) => vec![edition.clone()],
        None => of_article(material).into_iter().collect(),
    };
    let wanted = Wanted { editions, languages: vec![lang.code().to_owned()] };
    let built = build::editions(material, &wanted, diagnostics).ok()?;
    let built = built.first()?;
    let page = page::compose_article(&material.prose, &material.study, &built.edition, lang, diagnostics)?;
    let wanted = docx::Wanted { journal: &profile, name: &name, anonymous: arguments.anonymous };
    let bytes = docx::article(built, &page, material, &wanted, diagnostics)?;
    Some((bytes, format!("article.{}.{}.docx", built.edition.name, lang.code())))
}

/// Finds the last edition that prints all pages of the article.
fn of_article(material: &crate::output::Material) -> Option<String> {
    let pages = &material.study.article.pages;
    let prints = |name: &&String| pages.iter().all(|page| material.prose.order(name).pages().contains(&page.value));
    let names = || material.study.editions.keys().rev();
    names().find(prints).or_else(|| names().next()).cloned()
}

/// Reads the profile that is asked for.
fn profile(
    arguments: &Write,
    material: &crate::output::Material,
    files: &crate::files::Files,
    diagnostics: &mut Diagnostics,
) -> Option<(String, Journal)> {
    let own = material.study.article.journal.as_ref();
    let name = arguments.journal.as_deref().or(own.map(|name| name.value.as_str())).unwrap_or("general");
    if let Some(profile) = journal::read(name, files, diagnostics) {
        return Some((name.to_owned(), profile));
    }
    if diagnostics.verdict().is_ok() {
        let place = match own.filter(|_| arguments.journal.is_none()) {
            Some(text) => crate::study::place_of(text, "article"),
            None => Place::file(crate::study::STUDY),
        };
        let known = || {
            format!(
                "there are {}; one of your own is {}",
                journal::names().collect::<Vec<_>>().join(", "),
                journal::path(name)
            )
        };
        let hint = did_you_mean(name, journal::names()).unwrap_or_else(known);
        let message = format!("there is no profile of a journal `{name}`");
        diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).hint(hint));
    }
    None
}

fn journals(common: &Common) -> ExitCode {
    let (mut text, mut list) = (String::new(), Vec::new());
    for name in journal::names() {
        let Some(profile) = journal::read(name, &crate::files::Files::default(), &mut Diagnostics::default()) else {
            continue;
        };
        let address = profile.source.address.as_deref().unwrap_or_default();
        let title = profile.name.get("en").map(String::as_str).unwrap_or_default();
        text.push_str(&format!("{name}: {title}\n    {}, {address} ({})\n", profile.source.title, profile.source.read));
        profile.unconfirmed.iter().for_each(|own| text.push_str(&format!("    not confirmed: {own}\n")));
        list.push(serde_json::json!({
            "name": name, "title": profile.name, "source": profile.source.title, "address": profile.source.address,
            "read": profile.source.read, "unconfirmed": profile.unconfirmed,
        }));
    }
    match common.format {
        Format::Json => print(&format!("{:#}\n", serde_json::json!({ "journals": list }))),
        Format::Human | Format::Csv | Format::Md | Format::Html => print(&text),
    }
    ExitCode::SUCCESS
}
