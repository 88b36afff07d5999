//! Docx: the article of a study as a Word document, in the form that a journal asks for.

mod exhibits;
pub mod journal;
mod letter;
mod math;
pub mod names;
mod package;
mod preflight;
mod references;
mod styles;
mod walk;
mod xml;

pub use package::{merged, packed};
pub use styles::CONTINUATION;

use std::collections::BTreeMap;

pub use journal::Journal;
use journal::{Class, Place};
pub use letter::letter;
use package::Relation;
use styles::List;
use walk::Walk;
use xml::{Xml, node};

use super::figures::figures;
use super::{Built, Drawn, Material, Version};
use crate::diagnostic::{self, Diagnostic, Diagnostics, code};
use crate::document::{Block, Matter};
use crate::drawing;
use crate::files::{Files, Kept};
use crate::finding::Jel;
use crate::language::{Lang, Language};
use crate::page::{APPENDIX, Page};
use crate::study::Author;

/// How an article is written.
pub struct Wanted<'a> {
    /// The profile of the journal.
    pub journal: &'a Journal,
    /// The profile's name.
    pub name: &'a str,
    /// True where nothing may tell who wrote it.
    pub anonymous: bool,
    /// True where figures stand in it; what is compared by its text needs none.
    pub drawn: bool,
}

/// The name of the property of a document that tells what it was written of.
pub const ORIGIN: &str = "esep article";

/// What the property of a letter says in the place of an edition.
pub const LETTER: &str = "letter";

/// Writes an article, and says what its journal asks for and it lacks.
pub fn article(
    built: &Built,
    page: &Page,
    material: &Material,
    wanted: &Wanted,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<u8>> {
    let mut svgs = Files::default();
    let drawn = figures(built, page, material, &Kept::default(), &mut svgs, diagnostics);
    let pictures = match wanted.drawn {
        true => pictures(page, &drawn, &svgs, &built.edition.name, diagnostics),
        false => BTreeMap::new(),
    };
    diagnostics.verdict().ok()?;
    let version = Version { built, page, drawn: &drawn, guide: None };
    let parts = Parts::of(page);
    preflight::check(&version, &parts, material, wanted, diagnostics);
    let language = material.language(page.lang)?;
    let keys = material.prose.passages().into_iter().map(|own| (own.anchor, own.key)).collect();
    let mut walk = Walk::new(&version, material, wanted.journal, &pictures, &keys);
    let front = Front { parts: &parts, material, wanted };
    front.head(language, &mut walk);
    if wanted.journal.others == Place::Start {
        front.others(page.lang, &mut walk);
    }
    walk.blocks(&parts.body(page, material));
    front.ending(language, &mut walk);
    references::write(page, material, (language, wanted), &mut walk);
    parts.appendix.iter().for_each(|block| walk.blocks(std::slice::from_ref(*block)));
    if wanted.journal.others == Place::End {
        front.others(page.lang, &mut walk);
    }
    let locale = language.optional_word("locale").unwrap_or(page.lang.code()).to_owned();
    let Walk { mut body, lists, relations, media, notes, note_relations, .. } = walk;
    body.put(styles::section(wanted.journal));
    let document = Xml::from(styles::spaces(node("w:document")).put(node("w:body").put(body.ending_within())));
    let told = (front.core(page.lang), origin(page, wanted));
    let beside = Beside { relations, notes, note_relations, media };
    match package::packed(&parts_of(document, told, wanted.journal, &locale, &lists, beside)) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            let message = format!("the document cannot be packed: {error}");
            let place = diagnostic::Place::file(crate::study::STUDY);
            diagnostics.push(Diagnostic::error(code::FILE_OUTPUT, place, message));
            None
        }
    }
}

/// What a document holds beside its text.
#[derive(Default)]
struct Beside {
    relations: Vec<Relation>,
    notes: Vec<xml::Node>,
    note_relations: Vec<Relation>,
    media: Vec<(String, Vec<u8>)>,
}

/// Lists the parts of the package in a fixed order.
fn parts_of(
    document: Xml,
    (core, origin): (Xml, Xml),
    journal: &Journal,
    locale: &str,
    lists: &[List],
    beside: Beside,
) -> Vec<(String, Vec<u8>)> {
    let relation = |id: &str, kind: &'static str, target: &str| Relation {
        id: id.to_owned(),
        kind,
        target: target.to_owned(),
        outside: false,
    };
    let root = [
        relation("rId1", "officeDocument", "word/document.xml"),
        relation("rId2", "core-properties", "docProps/core.xml"),
        relation("rId3", "custom-properties", "docProps/custom.xml"),
    ];
    let mut relations = vec![
        relation("rIdStyles", "styles", "styles.xml"),
        relation("rIdNumbering", "numbering", "numbering.xml"),
        relation("rIdSettings", "settings", "settings.xml"),
        relation("rIdFoot", "footer", "footer1.xml"),
        relation("rIdFonts", "fontTable", "fontTable.xml"),
    ];
    relations.extend(beside.relations);
    let has_notes = !beside.notes.is_empty();
    let mut kinds = vec![
        ("/word/document.xml", "+document.main"),
        ("/word/styles.xml", "+styles"),
        ("/word/numbering.xml", "+numbering"),
        ("/word/settings.xml", "+settings"),
        ("/word/footer1.xml", "+footer"),
        ("/word/fontTable.xml", "+fontTable"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
    ];
    let mut own_parts = Vec::new();
    if has_notes {
        kinds.push(("/word/footnotes.xml", "+footnotes"));
        relations.push(relation("rIdNotes", "footnotes", "footnotes.xml"));
        own_parts.push(("word/footnotes.xml".to_owned(), styles::footnotes(beside.notes)));
        if !beside.note_relations.is_empty() {
            own_parts.push(("word/_rels/footnotes.xml.rels".to_owned(), package::relations(&beside.note_relations)));
        }
    }
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), package::types(&kinds)),
        ("_rels/.rels".to_owned(), package::relations(&root)),
        ("docProps/core.xml".to_owned(), core.part()),
        ("docProps/custom.xml".to_owned(), origin.part()),
        ("word/document.xml".to_owned(), document.part()),
        ("word/_rels/document.xml.rels".to_owned(), package::relations(&relations)),
        ("word/styles.xml".to_owned(), styles::styles(journal, locale)),
        ("word/numbering.xml".to_owned(), styles::numbering(lists)),
        ("word/settings.xml".to_owned(), styles::settings(has_notes)),
        ("word/footer1.xml".to_owned(), styles::foot()),
        ("word/fontTable.xml".to_owned(), styles::font_table(journal)),
    ];
    parts.extend(own_parts);
    parts.extend(beside.media);
    parts
}

/// Writes what the document was written of: edition, language, journal, whether it tells who wrote it.
fn origin(page: &Page, wanted: &Wanted) -> Xml {
    let anonymous = if wanted.anonymous { "; anonymous" } else { "" };
    let said = format!("{}; {}; {}{anonymous}", page.edition, page.lang.code(), wanted.name);
    properties(&said)
}

/// Writes the property of a document's own that tells what it is.
fn properties(said: &str) -> Xml {
    let own = node("property")
        .at("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}")
        .at("pid", "2")
        .at("name", ORIGIN)
        .put(node("vt:lpwstr").text(said));
    node("Properties")
        .at("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties")
        .at("xmlns:vt", "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes")
        .put(own)
        .into()
}

/// Draws the figures that stand in the article.
fn pictures(
    page: &Page,
    drawn: &BTreeMap<String, Drawn>,
    svgs: &Files,
    edition: &str,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Vec<u8>> {
    let mut pictures = BTreeMap::new();
    let stands = |id: &String| page.exhibits.iter().any(|(own, _, number)| own == id && preflight::is_own(number));
    for id in drawn.keys().filter(|id| stands(id)) {
        let Some(svg) = svgs.text(&format!("{edition}/figures/{id}.{}.svg", page.lang.code())) else { continue };
        match drawing::png(&drawing::picture(svg)) {
            Ok(png) => {
                pictures.insert(id.clone(), png);
            }
            Err(error) => {
                let place = diagnostic::Place::file(crate::study::STUDY).within(format!("figure `{id}`"));
                diagnostics.push(Diagnostic::error(code::EXHIBIT_DRAWING, place, error.to_string()));
            }
        }
    }
    pictures
}

/// An article by its parts: abstracts, the text, and the appendix that names what stands elsewhere.
struct Parts<'a> {
    abstracts: Vec<(Lang, &'a [Block])>,
    text: Vec<&'a Block>,
    appendix: Vec<&'a Block>,
}

impl<'a> Parts<'a> {
    fn of(page: &'a Page) -> Parts<'a> {
        let mut parts = Parts { abstracts: Vec::new(), text: Vec::new(), appendix: Vec::new() };
        let begins = |block: &Block| matches!(block, Block::Heading { id: Some(id), .. } if id == APPENDIX);
        for block in &page.document {
            match block {
                Block::Version { lang, content } if parts.text.is_empty() => parts.abstracts.push((*lang, content)),
                block if begins(block) || !parts.appendix.is_empty() => parts.appendix.push(block),
                // The article lists its references itself, and its exhibits not at all.
                Block::Generated(Matter::References | Matter::Exhibits | Matter::Colophon) => {}
                block => parts.text.push(block),
            }
        }
        parts
    }

    /// Returns the abstract of a language, without its heading.
    fn of_lang(&self, lang: Lang) -> Option<(Option<&'a Block>, &'a [Block])> {
        let (_, content) = self.abstracts.iter().find(|(own, _)| *own == lang)?;
        match content {
            [heading @ Block::Heading { .. }, rest @ ..] => Some((Some(heading), rest)),
            content => Some((None, content)),
        }
    }

    /// Returns the text with its generated parts; a heading under which nothing is left is left out.
    fn body(&self, page: &Page, material: &Material) -> Vec<Block> {
        let mut text: Vec<Block> = self.text.iter().map(|block| (*block).clone()).collect();
        super::matter::fill(&mut text, page, material);
        let level = |block: Option<&Block>| match block {
            Some(Block::Heading { level, .. }) => Some(*level),
            Some(_) => None,
            None => Some(0),
        };
        let mut kept: Vec<Block> = Vec::with_capacity(text.len());
        for block in text.into_iter().rev() {
            let own = level(Some(&block));
            // From behind: a heading stands where something other than a heading of its level or above follows.
            match (own, level(kept.last())) {
                (Some(own), Some(next)) if next <= own => {}
                _ => kept.push(block),
            }
        }
        kept.reverse();
        kept
    }
}

/// What heads and ends an article.
struct Front<'a> {
    parts: &'a Parts<'a>,
    material: &'a Material,
    wanted: &'a Wanted<'a>,
}

impl Front<'_> {
    /// Lists the authors who are told.
    fn authors(&self) -> impl Iterator<Item = &Author> {
        let told = !self.wanted.anonymous;
        self.material.study.authors.iter().filter(move |author| told && !author.placeholder)
    }

    /// Writes classes, title, authors and abstract in the article's language.
    fn head(&self, language: &Language, walk: &mut Walk) {
        let (study, word) = (&self.material.study, |key: &'static str| language.word(key).unwrap_or(key));
        for class in &self.wanted.journal.head {
            let (head, codes) = match class {
                Class::Udc => (word("udc"), study.udc.clone()),
                Class::Grnti => (word("grnti"), study.grnti.clone()),
                Class::Jel => ("JEL", (!study.article.jel.is_empty()).then(|| joined(&study.article.jel))),
            };
            if let Some(codes) = codes {
                walk.line("Classes", &format!("{head} {codes}"));
            }
        }
        self.titled(language, walk);
        for author in self.authors() {
            let mail = author.email.as_ref().map(|mail| format!("{}: {mail}", word("email")));
            let orcid = author.orcid.as_ref().map(|orcid| format!("ORCID: {orcid}"));
            let letters = author.corresponding.then(|| word("corresponding-author").to_owned());
            let known: Vec<String> = [orcid, mail, letters].into_iter().flatten().collect();
            if !known.is_empty() {
                let name = author.name.get(language.lang().code()).cloned().unwrap_or_default();
                walk.line("Affiliation", &format!("{name}: {}", known.join("; ")));
            }
        }
        self.summary(language, walk);
    }

    /// Writes the title, and the authors with their institutions.
    fn titled(&self, language: &Language, walk: &mut Walk) {
        let code = language.lang().code();
        walk.line("Title", self.material.title(language.lang()));
        let mut institutions: Vec<&str> = Vec::new();
        let (mut names, mut positions): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let authors: Vec<&Author> = self.authors().collect();
        for author in &authors {
            let own = author.affiliation.get(code).map(String::as_str).unwrap_or_default();
            if !own.is_empty() && !institutions.contains(&own) {
                institutions.push(own);
            }
        }
        for author in authors {
            let name = author.name.get(code).cloned().unwrap_or_default();
            let own = author.affiliation.get(code).and_then(|own| institutions.iter().position(|known| known == own));
            // Which institution is whose is told where there are several.
            let mark = own.filter(|_| institutions.len() > 1).map(|at| raised(at + 1)).unwrap_or_default();
            if let Some(position) = author.position.get(code) {
                positions.push(format!("{name}{mark}, {position}"));
            }
            names.push(format!("{name}{mark}"));
        }
        if !names.is_empty() {
            walk.line("Author", &names.join(", "));
        }
        for (at, institution) in institutions.iter().enumerate() {
            let mark = if institutions.len() > 1 { raised(at + 1) } else { String::new() };
            walk.line("Affiliation", &format!("{mark}{institution}"));
        }
        positions.iter().for_each(|position| walk.line("Affiliation", position));
    }

    /// Writes an abstract.
    fn summary(&self, language: &Language, walk: &mut Walk) {
        let Some((heading, content)) = self.parts.of_lang(language.lang()) else { return };
        match heading {
            Some(Block::Heading { content, .. }) => walk.paragraph("AbstractHead", content),
            _ => walk.line("AbstractHead", language.word("abstract").unwrap_or("abstract")),
        }
        for block in content {
            match block {
                Block::Paragraph(content) => walk.paragraph("Abstract", content),
                other => walk.blocks(std::slice::from_ref(other)),
            }
        }
    }

    /// Writes titles, authors and abstracts in the other languages.
    fn others(&self, own: Lang, walk: &mut Walk) {
        for (lang, _) in self.parts.abstracts.iter().filter(|(lang, _)| *lang != own) {
            if let Some(language) = self.material.language(*lang) {
                walk.speaking(*lang, |walk| {
                    self.titled(language, walk);
                    self.summary(language, walk);
                });
            }
        }
    }

    /// Writes the line on funding and the dates.
    fn ending(&self, language: &Language, walk: &mut Walk) {
        let (entry, word) = (&self.material.study.article, |key: &'static str| language.word(key).unwrap_or(key));
        // Who paid tells who wrote.
        if let Some(funding) = entry.funding.get(language.lang().code()).filter(|_| !self.wanted.anonymous) {
            walk.line("Heading1", word("funding"));
            walk.line("BodyText", funding);
        }
        let dates = [("received", &entry.received), ("revised", &entry.revised), ("accepted", &entry.accepted)];
        for (key, date) in dates {
            if let Some(date) = date {
                walk.line("Note", &format!("{}: {date}", word(key)));
            }
        }
    }

    /// Writes what the package says of itself.
    fn core(&self, lang: Lang) -> Xml {
        let names: Vec<&str> =
            self.authors().filter_map(|author| author.name.get(lang.code())).map(String::as_str).collect();
        core(self.material.title(lang), &names, lang)
    }
}

/// Writes what a package says of itself: title, authors, language; no dates, no program.
fn core(title: &str, names: &[&str], lang: Lang) -> Xml {
    let root = node("cp:coreProperties")
        .at("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties")
        .at("xmlns:dc", "http://purl.org/dc/elements/1.1/");
    let root = root.put(node("dc:title").text(title));
    let root = if names.is_empty() { root } else { root.put(node("dc:creator").text(&names.join("; "))) };
    root.put(node("dc:language").text(lang.code())).into()
}

/// Writes a small number above the line.
fn raised(number: usize) -> String {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number.to_string().chars().filter_map(|c| c.to_digit(10)).filter_map(|d| digits.get(d as usize)).collect()
}

/// Writes classes one after another.
fn joined(classes: &[Jel]) -> String {
    classes.iter().map(|class| &**class).collect::<Vec<_>>().join(", ")
}
