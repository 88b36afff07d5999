//! Article: `esep article write`, `esep article check`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::answers::{JournalListed, Journals, say};
use super::disk;
use super::{Common, Format, conclude, export, lang, places, print, progress, warn};
use crate::build::{self, OPEN, Wanted};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, code, did_you_mean};
use crate::edited::{Checked, Edited, Origin, Today};
use crate::files::Files;
use crate::language::Lang;
use crate::output::Material;
use crate::output::docx::{self, Journal, journal};
use crate::page::{self, Page};

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
    /// Hold an article that was edited in Word or LibreOffice against the study: numbers that were altered, numbers that
    /// belong to nobody, sentences that no longer hold, and where in the templates a change must be carried over.
    Check(Check),
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

/// The arguments of `esep article check`.
#[derive(Args)]
struct Check {
    /// The edited document.
    #[arg(value_name = "EDITED.docx")]
    file: String,
    /// The edition; the one that the document was written of where left out.
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
    /// The language; the one that the document was written in where left out.
    #[arg(long, value_name = "CODE", value_parser = lang)]
    lang: Option<Lang>,
    /// The profile of the journal; the one that the document was written for where left out.
    #[arg(long, value_name = "PROFILE")]
    journal: Option<String>,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    match &arguments.what {
        What::Write(own) => write(own, common),
        What::Check(own) => check(own, common),
        What::Journals => journals(common),
    }
}

fn write(arguments: &Write, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    let mut written = None;
    progress("checking, computing and composing …");
    if let Ok(material) = build::material(&files, &mut diagnostics) {
        let asked = Asked {
            edition: arguments.edition.as_deref(),
            lang: arguments.lang,
            journal: arguments.journal.as_deref(),
            anonymous: arguments.anonymous,
            drawn: true,
        };
        let made = document(&asked, &material, &files, &mut diagnostics);
        if let Some(made) = &made {
            unfinished(made, &files, &mut diagnostics);
        }
        written = made.map(|made| (made.bytes, format!("article.{}.{}.docx", made.edition, made.page.lang.code())));
    }
    let strict = arguments.strict && !diagnostics.sorted().is_empty();
    if let Some((bytes, name)) = written.filter(|_| !strict && diagnostics.verdict().is_ok()) {
        let out = arguments.out.clone().unwrap_or_else(|| common.study.join(export::FOLDER).join(name));
        export::put(&out, &bytes, common, &mut diagnostics);
    }
    conclude(&diagnostics, &files, common, arguments.strict)
}

/// Names the texts that are still to be written and stand in the document.
fn unfinished(made: &Made, files: &Files, diagnostics: &mut Diagnostics) {
    if !Edited::read(&made.bytes).is_ok_and(|written| written.said().contains(OPEN)) {
        return;
    }
    let lang = Some(made.page.lang.code());
    let others = |path: &str| path.strip_prefix("templates/").is_some_and(|own| own.split('/').next() != lang);
    let own = build::open_texts(files).filter(|open| !open.is_of_an_edition && !others(&open.told.place.file));
    own.for_each(|open| diagnostics.push(open.told));
}

/// What a document is asked to be.
struct Asked<'a> {
    edition: Option<&'a str>,
    lang: Option<Lang>,
    journal: Option<&'a str>,
    anonymous: bool,
    drawn: bool,
}

/// A document with the page that it says.
struct Made {
    bytes: Vec<u8>,
    page: Page,
    edition: String,
}

/// Writes the document.
fn document(asked: &Asked, material: &Material, files: &Files, diagnostics: &mut Diagnostics) -> Option<Made> {
    let lang = asked.lang.or_else(|| material.prose.languages.first().copied())?;
    let (name, profile) = profile(asked.journal, material, files, diagnostics)?;
    let editions: Vec<String> = match asked.edition {
        Some(edition) => vec![edition.to_owned()],
        None => of_article(material).into_iter().collect(),
    };
    let wanted = Wanted { editions, languages: vec![lang.code().to_owned()] };
    let built = build::editions(material, &wanted, diagnostics).ok()?;
    let built = built.first()?;
    let page =
        page::compose_article(&material.prose, &material.study, (&built.edition, &built.exhibits), lang, diagnostics)?;
    let wanted = docx::Wanted { journal: &profile, name: &name, anonymous: asked.anonymous, drawn: asked.drawn };
    let bytes = docx::article(built, &page, material, &wanted, diagnostics)?;
    if asked.anonymous {
        places::names(&bytes, &material.study.authors, files, diagnostics);
    }
    Some(Made { bytes, page, edition: built.edition.name.clone() })
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
    asked: Option<&str>,
    material: &Material,
    files: &Files,
    diagnostics: &mut Diagnostics,
) -> Option<(String, Journal)> {
    let own = material.study.article.journal.as_ref();
    let name = asked.or(own.map(|name| name.value.as_str())).unwrap_or("general");
    if let Some(profile) = journal::read(name, files, diagnostics) {
        return Some((name.to_owned(), profile));
    }
    if diagnostics.verdict().is_ok() {
        let place = match own.filter(|_| asked.is_none()) {
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

/// Reads the edited document and holds it against the article of today.
fn check(arguments: &Check, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    let edited = disk::read_given(&arguments.file).and_then(|bytes| {
        let unread = |message| Diagnostic::error(code::ARTICLE_DOCUMENT, Place::file(&arguments.file), message).into();
        Edited::read(&bytes).map_err(unread)
    });
    let edited = match edited {
        Ok(edited) => edited,
        Err(problem) => {
            diagnostics.push(*problem);
            return conclude(&diagnostics, &files, common, false);
        }
    };
    progress("checking, computing and composing …");
    let Ok(material) = build::material(&files, &mut diagnostics) else {
        return conclude(&diagnostics, &files, common, false);
    };
    let origin = edited.origin();
    let (mut made, mut checked) = (None, None);
    if let Some(own) = today(arguments, origin.as_ref(), &material, &files, &mut diagnostics) {
        let today = Today { document: &own.bytes, page: &own.page, prose: &material.prose };
        match edited.check(&today) {
            Ok(found) => checked = Some(found),
            Err(message) => {
                let hint =
                    "give what `esep article write` wrote of this study in this language, as an editor returned it";
                let problem = Diagnostic::error(code::ARTICLE_DOCUMENT, Place::file(&arguments.file), message);
                diagnostics.push(problem.hint(hint));
            }
        }
        made = Some(own);
    }
    let (Some(made), Some(checked), Ok(())) = (made, checked, diagnostics.verdict()) else {
        return conclude(&diagnostics, &files, common, false);
    };
    if common.format == Format::Json {
        say(&checked.answer(&arguments.file, &made.edition, made.page.lang.code()));
    } else {
        let list: Vec<Diagnostic> = checked.findings.iter().map(|own| own.diagnostic(&arguments.file)).collect();
        warn(&list, &files);
        print(&summary(&checked, origin.is_some(), &made));
    }
    ExitCode::from(u8::from(!checked.findings.is_empty()))
}

/// Writes the article that the study says today; what a journal lacks in it was said when it was written.
fn today(
    arguments: &Check,
    origin: Option<&Origin>,
    material: &Material,
    files: &Files,
    diagnostics: &mut Diagnostics,
) -> Option<Made> {
    let known = |name: &str| material.study.editions.contains_key(name);
    let told = origin.map(|own| own.edition.as_str()).filter(|name| known(name));
    let journal = origin.map(|own| own.journal.as_str());
    let asked = Asked {
        edition: arguments.edition.as_deref().or(told),
        lang: arguments.lang.or_else(|| Lang::parse(&origin?.lang)),
        journal: arguments.journal.as_deref().or(journal),
        anonymous: origin.is_some_and(|own| own.anonymous),
        drawn: true,
    };
    let mut own = Diagnostics::default();
    let made = document(&asked, material, files, &mut own);
    for problem in own.sorted().into_iter().filter(|problem| problem.severity == Severity::Error) {
        diagnostics.push(problem);
    }
    made
}

/// Says what was compared.
fn summary(checked: &Checked, is_told: bool, made: &Made) -> String {
    let Checked { numbers, by_text, sentences, pictures, insertions, deletions, comments, findings } = checked;
    let mut text = format!(
        "edition {}, {}: {numbers} numbers, {sentences} sentences and {pictures} figures known again, {} to be mended\n",
        made.edition,
        made.page.lang.code(),
        findings.len()
    );
    if *by_text > 0 {
        text.push_str(&format!(
            "{by_text} numbers have lost their marks and were found by the text around them: unsure\n"
        ));
    }
    if insertions + deletions > 0 {
        text.push_str(&format!(
            "{insertions} insertions and {deletions} deletions wait to be accepted; they were read as if they were\n"
        ));
    }
    if *comments > 0 {
        text.push_str(&format!("{comments} comments stand in it, which are no text\n"));
    }
    if !is_told {
        text.push_str(
            "the document no longer tells what it was written of; name it by --edition, --lang and --journal\n",
        );
    }
    text + "formulas were compared by their letters and digits alone\n"
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
        list.push(JournalListed {
            name: name.to_owned(),
            title: profile.name,
            source: profile.source.title,
            address: profile.source.address,
            read: profile.source.read,
            unconfirmed: profile.unconfirmed,
        });
    }
    match common.format {
        Format::Json => say(&Journals { journals: list }),
        Format::Human | Format::Csv | Format::Md | Format::Html => print(&text),
    }
    ExitCode::SUCCESS
}
