//! Page: template + findings + exhibits → the text of a language version, every number in it marked.

mod change;
mod parity;
pub mod quote;
pub mod references;
mod session;
mod template;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use quote::Number;
pub use references::{References, Work};
pub use session::{Asked, BLOCK, CLOSE, MIDDLE, Numbering, OPEN};
pub use template::{FILTERS, FUNCTIONS};
pub use words::{ExhibitWords, Origin};

use crate::analysis::Edition;
use crate::catalog::Territories;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::Files;
use crate::language::{ExhibitKind, Lang, Language};
use crate::study::{STUDY, Study};
use session::Session;
use template::Template;

/// Everything that templates are made of, read once for all editions.
///
/// Every template is free of forbidden statements and unowned digits, and language versions are in step.
#[derive(Debug)]
pub struct Library {
    /// Languages of whole versions.
    pub languages: Vec<Lang>,
    /// Languages of the abstract.
    pub abstracts: Vec<Lang>,
    /// The literature.
    pub references: References,
    /// The languages by code, ready to print.
    pub speech: BTreeMap<Lang, Arc<Language>>,
    /// The words of the exhibits by language.
    pub exhibits: BTreeMap<Lang, BTreeMap<String, ExhibitWords>>,
    templates: Arc<BTreeMap<String, Template>>,
    numbering: Arc<Numbering>,
    order: Vec<String>,
}

/// The caption of an exhibit in one language, its numbers marked.
#[derive(Clone, Debug, Default)]
pub struct Caption {
    /// The title.
    pub title: String,
    /// The notes.
    pub notes: Vec<String>,
    /// The source line, Markdown.
    pub source: String,
}

/// One language version of an edition.
///
/// Numbers stand between marks that hold their index; blocks that the output fills in stand between block marks. A
/// missing value, an unknown name or an unresolved reference never gets this far.
#[derive(Debug)]
pub struct Page {
    /// The language.
    pub lang: Lang,
    /// The edition.
    pub edition: String,
    /// Markdown with marks.
    pub text: String,
    /// The numbers that the marks point to.
    pub numbers: Vec<Number>,
    /// Works cited, in order.
    pub cited: Vec<String>,
    /// Exhibits in the order of the page, with their numbers.
    pub exhibits: Vec<(String, ExhibitKind, usize)>,
    /// The captions of the exhibits.
    pub captions: BTreeMap<String, Caption>,
    /// What was asked of the data.
    pub asked: Vec<Asked>,
}

/// The Markdown that templates may use.
pub fn markdown_options() -> pulldown_cmark::Options {
    use pulldown_cmark::Options;
    Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_FOOTNOTES
}

/// Reads all templates and words, and compares the language versions.
pub fn read(study: &Study, territories: &Territories, files: &Files, diagnostics: &mut Diagnostics) -> Library {
    let languages = langs(&study.languages, diagnostics);
    let abstracts = langs(&study.abstracts, diagnostics);
    let mut all = languages.clone();
    all.extend(abstracts.iter().filter(|lang| !languages.contains(lang)));
    words::compare_strings(&languages, files, diagnostics);
    let speech: BTreeMap<Lang, Arc<Language>> = all
        .iter()
        .map(|lang| (*lang, Arc::new(words::language(*lang, study, territories, files, diagnostics))))
        .collect();
    let exhibits: BTreeMap<Lang, BTreeMap<String, ExhibitWords>> =
        languages.iter().map(|lang| (*lang, words::exhibits(*lang, files, diagnostics))).collect();
    let mut templates = BTreeMap::new();
    for lang in &all {
        for page in study.pages.iter().filter(|page| languages.contains(lang) || *page == "abstract") {
            let path = path_of(*lang, page);
            if let Some(text) = files.require(&path, diagnostics) {
                templates.insert(path.clone(), template::read(&path, text, diagnostics));
            }
        }
    }
    for (lang, words) in &exhibits {
        complete(*lang, words, study, diagnostics);
        for (id, entry) in words {
            for (name, text) in caption_texts(id, entry) {
                let path = format!("templates/{}/exhibits.yaml: {name}", lang.code());
                templates.insert(path.clone(), template::read(&path, text, diagnostics));
            }
        }
    }
    let read: Vec<String> = templates.keys().cloned().collect();
    for path in &read {
        let first = languages.first().map(|lang| lang.code()).unwrap_or_default();
        let Some(rest) = path.strip_prefix(&format!("templates/{first}/")) else { continue };
        for lang in &languages[1.min(languages.len())..] {
            let other = format!("templates/{}/{rest}", lang.code());
            if let (Some(left), Some(right)) = (templates.get(path), templates.get(&other)) {
                parity::compare(left, right, diagnostics);
            }
        }
    }
    let order = placed(study, &languages, &templates, diagnostics);
    let numbering = numbered(study, &order);
    Library {
        languages,
        abstracts,
        references: References::read(files, diagnostics),
        speech,
        exhibits,
        templates: Arc::new(templates),
        numbering: Arc::new(numbering),
        order,
    }
}

fn path_of(lang: Lang, page: &str) -> String {
    format!("templates/{}/{page}.md", lang.code())
}

fn langs(codes: &[String], diagnostics: &mut Diagnostics) -> Vec<Lang> {
    let mut found = Vec::new();
    for code in codes {
        match Lang::parse(code) {
            Some(lang) => found.push(lang),
            None => {
                let message = format!("there is no language `{code}`");
                diagnostics.push(Diagnostic::error(code::STUDY_VALUE, Place::file(STUDY), message));
            }
        }
    }
    found
}

fn caption_texts<'a>(id: &str, entry: &'a ExhibitWords) -> Vec<(String, &'a str)> {
    let mut texts = vec![(format!("{id}.title"), entry.title.as_str())];
    texts.extend(entry.note.iter().enumerate().map(|(i, note)| (format!("{id}.note{i}"), note.as_str())));
    texts
}

/// Reports exhibits without words and words without an exhibit.
fn complete(lang: Lang, words: &BTreeMap<String, ExhibitWords>, study: &Study, diagnostics: &mut Diagnostics) {
    let place = || Place::file(format!("templates/{}/exhibits.yaml", lang.code()));
    for id in study.figures.keys().chain(study.tables.keys()).filter(|id| !words.contains_key(*id)) {
        diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, place(), format!("has no words for exhibit `{id}`")));
    }
    for id in words.keys().filter(|id| !study.figures.contains_key(*id) && !study.tables.contains_key(*id)) {
        diagnostics.push(Diagnostic::error(
            code::LANGUAGE_WORD,
            place(),
            format!("has words for `{id}`, which study.yaml lacks"),
        ));
    }
}

/// Lists the exhibits in the order in which the pages place them.
fn placed(
    study: &Study,
    languages: &[Lang],
    templates: &BTreeMap<String, Template>,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let mut order: Vec<String> = Vec::new();
    let Some(lang) = languages.first() else { return order };
    for page in &study.pages {
        let path = path_of(*lang, page);
        for call in templates.get(&path).into_iter().flat_map(|t| &t.calls) {
            if call.function != "figure" && call.function != "table" {
                continue;
            }
            if order.contains(&call.argument) {
                let message = format!("places `{}` a second time", call.argument);
                let place = Place::line(&path, call.line, call.column);
                diagnostics.push(Diagnostic::error(code::TEMPLATE_REFERENCE, place, message));
            }
            order.push(call.argument.clone());
        }
    }
    order
}

fn numbered(study: &Study, order: &[String]) -> Numbering {
    let mut numbering = Numbering::new();
    let ids = |kind| -> Vec<&String> {
        match kind {
            ExhibitKind::Figure => study.figures.keys().collect(),
            ExhibitKind::Table => study.tables.keys().collect(),
        }
    };
    for kind in [ExhibitKind::Figure, ExhibitKind::Table] {
        let known = ids(kind);
        // An exhibit that no page places has no number and cannot be referred to.
        numbering.extend(known.iter().map(|id| ((*id).clone(), (kind, 0))));
        for (number, id) in order.iter().filter(|id| known.contains(id)).enumerate() {
            numbering.insert(id.clone(), (kind, number + 1));
        }
    }
    numbering
}

/// Composes a language version of an edition.
pub fn compose(
    library: &Library,
    study: &Study,
    edition: &Arc<Edition>,
    lang: Lang,
    diagnostics: &mut Diagnostics,
) -> Option<Page> {
    let mut session = session_in(library, edition, lang)?;
    let mut text = String::new();
    for page in &study.pages {
        text.push_str(session.render(&path_of(lang, page)).trim_end());
        text.push_str("\n\n");
        if page == "abstract" {
            for other in library.abstracts.iter().filter(|other| **other != lang) {
                text.push_str(&foreign_abstract(library, edition, *other, &session, diagnostics));
            }
        }
    }
    let captions =
        library.order.iter().filter_map(|id| Some((id.clone(), caption(library, lang, id, &mut session)?))).collect();
    let record = session.finish();
    diagnostics.extend(record.diagnostics);
    let exhibits = record
        .placed
        .iter()
        .filter_map(|id| library.numbering.get(id).map(|(kind, number)| (id.clone(), *kind, *number)))
        .collect();
    if record.placed != library.order {
        let message = "an exhibit is placed under a condition; its number would depend on the data";
        diagnostics.push(Diagnostic::error(
            code::TEMPLATE_REFERENCE,
            Place::file(format!("templates/{}", lang.code())),
            message,
        ));
    }
    Some(Page {
        lang,
        edition: edition.name.clone(),
        text,
        numbers: record.numbers,
        cited: record.cited,
        exhibits,
        captions,
        asked: record.asked,
    })
}

fn session_in(library: &Library, edition: &Arc<Edition>, lang: Lang) -> Option<Session> {
    let works = library.references.references.iter().map(|work| work.id.clone()).collect();
    let language = Arc::clone(library.speech.get(&lang)?);
    let (numbering, templates) = (Arc::clone(&library.numbering), Arc::clone(&library.templates));
    Some(Session::new(Arc::clone(edition), language, numbering, Arc::new(works), templates))
}

/// Renders the abstract of another language, its numbers marked among those of this version.
fn foreign_abstract(
    library: &Library,
    edition: &Arc<Edition>,
    other: Lang,
    session: &Session,
    diagnostics: &mut Diagnostics,
) -> String {
    let Some(mut theirs) = session_in(library, edition, other) else { return String::new() };
    let text = theirs.render(&path_of(other, "abstract"));
    let mut record = theirs.finish();
    diagnostics.extend(std::mem::take(&mut record.diagnostics));
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, marked)) = rest.split_once(OPEN) {
        out.push_str(before);
        let Some((index, tail)) = marked.split_once(MIDDLE) else { break };
        let Some((printed, tail)) = tail.split_once(CLOSE) else { break };
        if let Some(number) = index.parse::<usize>().ok().and_then(|i| record.numbers.get(i)) {
            out.push_str(&session.mark(number.clone(), printed));
        }
        rest = tail;
    }
    out.push_str(rest);
    // Works are numbered by this version's order of citation.
    for (i, work) in record.cited.iter().enumerate() {
        if let Some(number) = session.cite(work) {
            out = out.replace(&format!("[[{}]](#ref-{work})", i + 1), &format!("[[{number}]](#ref-{work})"));
        }
    }
    let code = other.code();
    let out = out.replace("{#abstract}", &format!("{{#abstract-{code}}}"));
    format!("{}lang:{code}{}\n\n{}\n\n{}/lang{}\n\n", BLOCK.0, BLOCK.1, out.trim(), BLOCK.0, BLOCK.1)
}

fn caption(library: &Library, lang: Lang, id: &str, session: &mut Session) -> Option<Caption> {
    let entry = library.exhibits.get(&lang)?.get(id)?;
    let path = |name: &str| format!("templates/{}/exhibits.yaml: {name}", lang.code());
    let title = session.render(&path(&format!("{id}.title")));
    let notes = (0..entry.note.len()).map(|i| session.render(&path(&format!("{id}.note{i}")))).collect();
    let language = library.speech.get(&lang)?;
    let key = match entry.source {
        Origin::Redrawn => "compiled-by-authors",
        Origin::Derived => "calculated-by-authors",
    };
    let cites: Vec<String> =
        entry.references.iter().filter_map(|work| Some(format!("[[{}]](#ref-{work})", session.cite(work)?))).collect();
    let source = language.word("source-line").unwrap_or("{how} {works}");
    let source = source.replace("{how}", language.word(key).unwrap_or_default()).replace("{works}", &cites.join(", "));
    Some(Caption { title, notes, source })
}
