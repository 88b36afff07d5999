//! Page: template + findings + exhibits → the text of a language version, every number in it marked.

mod anchors;
mod branches;
mod calls;
mod change;
mod chapter;
mod context;
mod eval;
mod filters;
mod forms;
mod headings;
mod link;
mod lint;
mod literal;
mod order;
pub mod pairs;
mod parity;
mod passage;
mod periods;
pub mod quote;
mod notes;
mod reading;
pub mod references;
mod reader;
mod rendered;
mod selection;
mod sentence;
mod session;
pub mod speech;
mod spots;
pub mod strings;
mod template;
mod terms;
mod told;
mod unowned;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use chapter::{compose, compose_article, compose_placed, compose_selections};
pub use context::{Asked, Numbering};
pub use eval::{Alone, alone, needs_study};
pub use filters::{CHANGES, FILTERS, Filter};
pub use lint::{code_of, told};
pub use order::Order;
pub use passage::{Branch, Passage, Placed, sentences};
pub use quote::Number;
pub use references::{References, Work};
pub use selection::APPENDIX;
pub use template::FUNCTIONS;
pub use terms::{TERMS, Term, Terms};
pub use unowned::digits as unowned_digits;
pub use words::{ExhibitWords, Origin};

use crate::catalog::{Catalog, PACKAGE};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::document::{Block, Inline};
use crate::files::{Files, Kept};
use crate::language::{ExhibitKind, ExhibitNumber, Lang, Language, Says};
use crate::study::{STUDY, Study};
use pairs::Pair;
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
    /// The term base.
    pub terms: Arc<Terms>,
    /// The languages by code, ready to print.
    pub speech: BTreeMap<Lang, Arc<Language>>,
    /// The words of the exhibits by language.
    pub exhibits: BTreeMap<Lang, BTreeMap<String, ExhibitWords>>,
    templates: Arc<BTreeMap<String, Template>>,
    /// A hash of all that pages rest on but for the text of their chapters; whoever reads a study says it.
    pub origin: String,
    /// The same of what chapters rest on.
    pub chapters: String,
    /// What all pages of the study print.
    whole: Order,
    /// The publishers, by the vintages of their figures.
    publishers: BTreeMap<String, BTreeSet<String>>,
    /// What editions print that choose their pages.
    chosen: BTreeMap<String, Order>,
    pairs: Vec<Pair>,
}

impl Library {
    /// Returns what an edition prints.
    pub fn order(&self, edition: &str) -> &Order {
        self.chosen.get(edition).unwrap_or(&self.whole)
    }

    /// Returns the publisher whose work one is, by its id: `bns`, `bns-workbook`.
    pub fn publisher_of(&self, work: &str) -> Option<&str> {
        let is_of = |own: &&str| work.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        self.publishers.values().flatten().map(String::as_str).filter(is_of).max_by_key(|own| own.len())
    }

    /// Names the exhibits that editions print which choose their pages.
    pub fn choices(&self) -> String {
        self.chosen.iter().map(|(name, order)| format!("{name} {:?}\n", order.exhibits)).collect()
    }

    /// Lists the tables, analyses and findings of which a page and its exhibits speak, themselves or through others.
    pub fn spoken_by(&self, study: &Study, page: &str) -> BTreeSet<String> {
        order::spoken_by(study, page, &self.templates)
    }

    /// Finds the sentence of a template that an anchor of a placed page names.
    pub fn passage(&self, anchor: &str) -> Option<Passage> {
        passage::find(self.templates.values(), anchor)
    }

    /// Returns the sentences of the first language with those of the others that stand for them.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// Lists the sentences of all templates.
    pub fn passages(&self) -> Vec<Placed> {
        self.templates.values().flat_map(passage::all).collect()
    }

    /// Reports the words that a report needed since this was asked last and that a language lacks.
    pub fn lacking(&self, diagnostics: &mut Diagnostics) {
        for lang in &self.languages {
            for key in self.speech.get(lang).map(|language| language.lacked()).unwrap_or_default() {
                let own = ["series.", "columns.", "groups.", "rows."].iter().any(|part| key.starts_with(part));
                let lacks = if own {
                    let message = format!("lacks `{key}`, which the report needs");
                    let place = Place::line(words::exhibits_path(*lang), 1, 1);
                    Diagnostic::error(code::LANGUAGE_WORD, place, message)
                } else {
                    strings::lacks(*lang, &key, Place::line(strings::path(*lang), 1, 1))
                };
                diagnostics.push(lacks);
            }
        }
    }
}

/// The caption of an exhibit in one language.
#[derive(Clone, Debug, Default)]
pub struct Caption {
    /// What the exhibit shows, in a sentence over it; empty for none.
    pub headline: Vec<Inline>,
    /// The title.
    pub title: Vec<Inline>,
    /// The notes.
    pub notes: Vec<Vec<Inline>>,
    /// The source line.
    pub source: Vec<Inline>,
}

/// One language version of an edition.
///
/// A missing value, an unknown name or an unresolved reference never gets this far.
#[derive(Debug)]
pub struct Page {
    /// The language.
    pub lang: Lang,
    /// The edition.
    pub edition: String,
    /// The short selection that it is; `None` for the whole.
    pub selection: Option<String>,
    /// What it says.
    pub document: Vec<Block>,
    /// The numbers in it and in the captions, by their index.
    pub numbers: Vec<Number>,
    /// Works cited, in order.
    pub cited: Vec<String>,
    /// Exhibits in the order of the page, with their numbers.
    pub exhibits: Vec<(String, ExhibitKind, ExhibitNumber)>,
    /// The captions of the exhibits.
    pub captions: BTreeMap<String, Caption>,
    /// What was asked of the data.
    pub asked: Vec<Asked>,
    /// A hash of all that it was made of.
    pub origin: String,
}

impl Page {
    /// Returns the name of its files, without what they end in.
    pub fn stem<'a>(&'a self, whole: &'a str) -> &'a str {
        self.selection.as_deref().unwrap_or(whole)
    }
}

/// Reads all templates and words, and compares the language versions; `None` where words or literature cannot be read,
/// without which nothing can be composed. `origin` names all that words rest on.
pub fn read(
    study: &Study,
    catalog: &Catalog,
    terms: Terms,
    files: &Files,
    (kept, origin): (&Kept, &str),
    diagnostics: &mut Diagnostics,
) -> Option<Library> {
    let territories = &catalog.territories;
    let members: BTreeSet<String> = catalog.members().into_values().flatten().collect();
    let languages = langs(&study.languages);
    let abstracts = langs(&study.abstracts);
    terms.complete(&languages, diagnostics);
    study.complete(&languages.iter().map(|lang| lang.code()).collect::<Vec<_>>(), diagnostics);
    let mut all = languages.clone();
    all.extend(abstracts.iter().filter(|lang| !languages.contains(lang)));
    let mut templates = BTreeMap::new();
    for lang in &all {
        let pages = study.all_pages().into_iter();
        for page in pages.filter(|page| languages.contains(lang) || *page == "abstract") {
            let path = path_of(*lang, page);
            if files.get(&path).is_none() {
                diagnostics.push(missing(*lang, page, study, files));
            } else if let Some(text) = files.require(&path, diagnostics) {
                let template =
                    kept.made("template", &[&path, text], diagnostics, |own| template::read(&path, text, own));
                notes::check(&template, diagnostics);
                templates.insert(path.clone(), Arc::unwrap_or_clone(template));
            }
        }
    }
    for lang in &languages {
        for pages in order::pages(study) {
            anchors::check(*lang, study, &pages, &templates, diagnostics);
        }
    }
    let references = References::read(files, diagnostics);
    if let Some(works) = &references {
        anchors::check_works(works, files, diagnostics);
    }
    let mut exhibits: BTreeMap<Lang, BTreeMap<String, ExhibitWords>> = BTreeMap::new();
    let shows = !study.figures.is_empty() || !study.tables.is_empty();
    for lang in &languages {
        speech::unnamed(*lang, territories, diagnostics);
        let Some(words) = words::exhibits(*lang, shows, files, diagnostics) else { continue };
        words::complete(*lang, &words, study, &members, references.as_ref(), files, diagnostics);
        headings::names(study, catalog, *lang, &words.iter().collect::<Vec<_>>(), diagnostics);
        captions(*lang, &words, &mut templates, files, diagnostics);
        exhibits.insert(*lang, words);
    }
    let mut strings: BTreeMap<Lang, BTreeMap<String, String>> =
        all.iter().filter_map(|lang| Some((*lang, strings::read(*lang, files, diagnostics)?))).collect();
    let whole = strings.len() == all.len() && exhibits.len() == languages.len();
    let speech: BTreeMap<Lang, Arc<Language>> = all
        .iter()
        .map(|lang| {
            let words = strings.get(lang).cloned().unwrap_or_default();
            let [list, own, affixes] = ["words.txt", "words.dic", "words.aff"].map(|name| {
                let path = format!("templates/{}/{name}", lang.code());
                files.get(&path).and_then(|_| files.require(&path, diagnostics)).unwrap_or_default()
            });
            let dictionaries = [(own, affixes)];
            let dictionaries = if own.is_empty() { &[] } else { &dictionaries[..] };
            let language = speech::language(*lang, study, territories, words).with_words(list, dictionaries);
            (*lang, Arc::new(language))
        })
        .collect();
    strings.retain(|lang, _| languages.contains(lang));
    // Most edits leave all words as they are.
    kept.lasting("words", &[origin], diagnostics, |own| {
        for lang in &all {
            speech::own_words(*lang, study, own);
        }
        units(study, catalog, files, own);
        speech::titles(&languages, catalog, files, own);
        strings.iter().for_each(|(lang, said)| strings::check(*lang, said, files, own));
        strings::compare(&strings, files, own);
        strings::measures(&strings, study, files, own);
        speech::unspoken(territories, own);
        let mut versions = languages.iter().filter_map(|lang| Some((*lang, exhibits.get(lang)?)));
        if let Some(first) = versions.next() {
            versions.for_each(|other| parity::exhibits(first, other, own));
        }
        for (lang, words) in &exhibits {
            speech.get(lang).into_iter().for_each(|language| words::typed_units(language, words, files, own));
        }
        words::proofread(&speech, &strings, &exhibits, &terms, files, own);
    });
    compare(&languages, &templates, &speech, diagnostics);
    for template in templates.values_mut().filter(|template| !template.broken) {
        if let Some(problem) = session::syntax(template) {
            diagnostics.push(problem);
            template.broken = true;
        }
    }
    let pairs = pairs::all(&languages, &abstracts, &templates, &study.findings);
    pairs::check(&pairs, files, diagnostics);
    let (order, chosen) = order::orders(study, &languages, &templates, diagnostics);
    Some(Library {
        languages,
        abstracts,
        references: references.filter(|_| whole)?,
        terms: Arc::new(terms),
        speech,
        exhibits,
        templates: Arc::new(templates),
        origin: String::new(),
        chapters: String::new(),
        publishers: publishers(catalog),
        whole: order,
        chosen,
        pairs,
    })
}

/// Lists the publishers of each vintage.
fn publishers(catalog: &Catalog) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for resource in &catalog.resources {
        found.entry(resource.esep.vintage.clone()).or_default().insert(resource.esep.publisher.clone());
    }
    found
}

/// Reports the units of measures and figures that nobody declares.
fn units(study: &Study, catalog: &Catalog, files: &Files, diagnostics: &mut Diagnostics) {
    let outline = files.outline(PACKAGE);
    for (table, entry) in &catalog.tables {
        for (measure, of) in &entry.measures {
            let place = outline.place(&["esep", "tables", table, "measures", measure, "unit"]);
            speech::undeclared(study, of.unit, place.within(format!("{table}.{measure}")), diagnostics);
        }
    }
    for (id, figure) in &study.figures {
        for (key, unit) in [("unit", Some(figure.value.unit)), ("x_unit", figure.value.x_unit)] {
            let place = study.place_of_exhibit(id, key);
            unit.into_iter().for_each(|unit| speech::undeclared(study, unit, place.clone(), diagnostics));
        }
    }
}

/// Reports what is wrong in templates and words by themselves, where the study around them cannot be read.
pub fn examine(files: &Files, diagnostics: &mut Diagnostics) {
    for lang in Lang::ALL {
        for (path, _) in files.below(&format!("templates/{}/", lang.code())).filter(|(path, _)| path.ends_with(".md")) {
            if let Some(text) = files.require(path, diagnostics) {
                template::read(path, text, diagnostics);
            }
        }
        if files.get(&words::exhibits_path(lang)).is_some()
            && let Some(words) = words::exhibits(lang, true, files, diagnostics)
        {
            captions(lang, &words, &mut BTreeMap::new(), files, diagnostics);
        }
        if files.get(&strings::path(lang)).is_some() {
            strings::read(lang, files, diagnostics);
        }
    }
    References::read(files, diagnostics);
}

fn path_of(lang: Lang, page: &str) -> String {
    format!("templates/{}/{page}.md", lang.code())
}

/// Describes a page without a template: perhaps its name is misspelt.
fn missing(lang: Lang, page: &str, study: &Study, files: &Files) -> Diagnostic {
    let folder = format!("templates/{}/", lang.code());
    let names = files.below(&folder).filter_map(|(path, _)| path.strip_prefix(&folder)?.strip_suffix(".md"));
    let near = did_you_mean(page, names.filter(|name| study.all_pages().iter().all(|page| page != name)));
    let hint = near.unwrap_or_else(|| format!("`pages` of {STUDY} names it"));
    Diagnostic::error(code::FILE_MISSING, Place::file(path_of(lang, page)), "there is no such file").hint(hint)
}

/// Reads the titles and notes of exhibits, which are templates too.
fn captions(
    lang: Lang,
    words: &BTreeMap<String, ExhibitWords>,
    templates: &mut BTreeMap<String, Template>,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    let file = words::exhibits_path(lang);
    let outline = files.outline(&file);
    for (id, entry) in words {
        let notes = entry.note.iter().enumerate().map(|(i, note)| (format!("{id}.note{i}"), note));
        let headline = entry.headline.iter().map(|headline| (format!("{id}.headline"), headline));
        for (name, text) in [(format!("{id}.title"), &entry.title)].into_iter().chain(headline).chain(notes) {
            let path = format!("{file}: {name}");
            templates.insert(path.clone(), template::read_scalar(&path, &file, text, diagnostics));
        }
        let stub = entry.stub.iter().map(|label| (vec!["stub"], label));
        let sides =
            [("series", &entry.series), ("columns", &entry.columns), ("groups", &entry.groups), ("rows", &entry.rows)];
        let labels =
            sides.iter().flat_map(|(side, map)| map.iter().map(|(key, label)| (vec![*side, key.as_str()], label)));
        for (path, label) in labels.chain(stub) {
            for (_, digits) in unowned::digits(label) {
                let message = format!("`{digits}` belongs to no finding");
                let keys: Vec<&str> = std::iter::once(id.as_str()).chain(path.iter().copied()).collect();
                let place = outline.place(&keys).within(format!("`{id}`, label `{label}`"));
                diagnostics.push(Diagnostic::error(code::TEMPLATE_DIGIT, place, message));
            }
            let quantities = unowned::words(label, &[lang]).into_iter().filter(|words| words.says != Says::Count);
            for words in quantities {
                let message = format!("`{}` is a number in words that belongs to no finding", &label[words.span]);
                let keys: Vec<&str> = std::iter::once(id.as_str()).chain(path.iter().copied()).collect();
                let place = outline.place(&keys).within(format!("`{id}`, label `{label}`"));
                diagnostics.push(Diagnostic::error(code::TEMPLATE_WORD, place, message));
            }
        }
    }
}

/// Compares every template of the first language with those of the others.
fn compare(
    languages: &[Lang],
    templates: &BTreeMap<String, Template>,
    speech: &BTreeMap<Lang, Arc<Language>>,
    diagnostics: &mut Diagnostics,
) {
    let [first, others @ ..] = languages else { return };
    for (path, left) in templates {
        let Some(rest) = path.strip_prefix(&format!("templates/{}/", first.code())) else { continue };
        for lang in others {
            if let Some(right) = templates.get(&format!("templates/{}/{rest}", lang.code()))
                && !left.broken
                && !right.broken
            {
                let (Some(a), Some(b)) = (speech.get(first), speech.get(lang)) else { continue };
                parity::compare(left, right, (a, b), diagnostics);
            }
        }
    }
}

/// Finds languages by their codes; that one is none was said where the study was read.
fn langs(codes: &[String]) -> Vec<Lang> {
    codes.iter().filter_map(|code| Lang::parse(code)).collect()
}
