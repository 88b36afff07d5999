//! Edited: an article that a person edited in Word or LibreOffice, held against the article that the study says today:
//! which numbers were altered, which belong to nobody, which sentences no longer hold, and where in the templates of each
//! language a change must be carried over.

mod conditions;
mod copies;
mod digits;
mod drawings;
mod fields;
mod findings;
mod groups;
mod moved;
mod numbers;
mod part;
mod pictures;
mod places;
mod raster;
mod read;
mod references;
mod sentences;
mod strangers;
mod tables;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use findings::{Answer, Checked, Finding, TemplatePlace};
use numbers::Known;
use read::{Document, Stand};
use words::Word;

use crate::files::limits::EDITED_STEPS;
use crate::language::Lang;
use crate::page::{Library, Page, Placed};

/// A document that an editor gave back.
#[derive(Clone, Debug)]
pub struct Edited(Document);

/// What a document was written of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The edition.
    pub edition: String,
    /// The language.
    pub lang: String,
    /// The profile of the journal.
    pub journal: String,
    /// True where nothing tells who wrote it.
    pub anonymous: bool,
}

/// The article as the study says it today.
pub struct Today<'a> {
    /// The document that would be written.
    pub document: &'a [u8],
    /// The page that it says.
    pub page: &'a Page,
    /// Templates and words.
    pub prose: &'a Library,
}

impl Edited {
    /// Reads a document; says what keeps it from being read.
    pub fn read(bytes: &[u8]) -> Result<Edited, String> {
        let document = read::read(bytes)?;
        strangers::letter(&document).map_or(Ok(Edited(document)), Err)
    }

    /// Returns what it says, a paragraph a line.
    pub fn said(&self) -> String {
        let said = |own: &read::Paragraph| own.pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
        self.0.paragraphs.iter().map(said).collect::<Vec<_>>().join("\n")
    }

    /// Returns what it was written of, where it still tells.
    pub fn origin(&self) -> Option<Origin> {
        let mut parts = self.0.origin.as_deref()?.split("; ").map(str::to_owned);
        let (edition, lang, journal) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Origin { edition, lang, journal, anonymous: parts.next().as_deref() == Some("anonymous") })
    }

    /// Holds it against the article of today; says what keeps that from being read.
    pub fn check(&self, today: &Today) -> Result<Checked, String> {
        let own = read::read(today.document)?;
        strangers::told(&self.0, &own, today.prose).map_or(Ok(()), Err)?;
        let mut check = Check::new(own, self.0.clone(), today);
        let told = check.told();
        check.numbers(&told);
        check.tables();
        check.pictures();
        check.text(&told);
        check.references();
        Ok(check.conclude())
    }
}

/// One of the two documents.
struct Side {
    document: Document,
    /// What each owner is known as.
    known: Vec<Option<Known>>,
    /// The words of each paragraph.
    words: Vec<Vec<Word>>,
}

impl Side {
    fn of(document: Document, known: Vec<Option<Known>>) -> Side {
        let name = |owner: usize| known.get(owner)?.as_ref().map(Known::name);
        let paragraphs = document.paragraphs.iter().enumerate();
        let words = paragraphs.map(|(at, paragraph)| words::words(paragraph, at, &name)).collect();
        Side { document, known, words }
    }

    /// Returns the key of a word's sentence.
    fn key(&self, word: &Word) -> Option<&str> {
        self.document.sentences.get(word.sentence?).map(|(key, _)| key.as_str())
    }

    fn stand(&self, paragraph: usize) -> Option<Stand> {
        self.document.paragraphs.get(paragraph).map(|own| own.stand)
    }

    fn is_cell(&self, paragraph: usize) -> bool {
        matches!(self.stand(paragraph), Some(Stand::Cell { .. }))
    }
}

/// A check under way.
struct Check<'a> {
    today: Side,
    edited: Side,
    page: &'a Page,
    prose: &'a Library,
    /// The sentences of all templates by key.
    placed: BTreeMap<String, Placed>,
    /// The keys of those that today's document says.
    today_says: BTreeSet<String>,
    findings: Vec<Finding>,
    /// The numbers of today's document that were found, by their controls or by the text around them.
    found: BTreeSet<usize>,
    by_text: BTreeSet<usize>,
    /// How many figures of today's document were found.
    same_pictures: usize,
    /// How many pairs of words may still be compared.
    steps: usize,
}

impl<'a> Check<'a> {
    fn new(today: Document, edited: Document, own: &Today<'a>) -> Check<'a> {
        let known = numbers::resolve(&edited, &today);
        let ours = numbers::resolve(&today, &today);
        let placed = own.prose.passages().into_iter().map(|placed| (placed.key.clone(), placed)).collect();
        let today_says = today.sentences.iter().map(|(key, _)| key.clone()).collect();
        Check {
            today_says,
            today: Side::of(today, ours),
            edited: Side::of(edited, known),
            page: own.page,
            prose: own.prose,
            placed,
            findings: Vec::new(),
            found: BTreeSet::new(),
            by_text: BTreeSet::new(),
            same_pictures: 0,
            steps: EDITED_STEPS,
        }
    }

    /// Returns the language of a sentence.
    fn lang_of(&self, key: Option<&str>) -> Lang {
        let template = key.and_then(|key| self.placed.get(key)).map(|placed| placed.passage.template.as_str());
        let code = template.and_then(|path| path.strip_prefix("templates/")?.split('/').next());
        code.and_then(Lang::parse).unwrap_or(self.page.lang)
    }

    fn conclude(mut self) -> Checked {
        self.findings.sort_by(|a, b| (a.order, a.code, &a.message).cmp(&(b.order, b.code, &b.message)));
        let Document { pending, comments, ref sentences, .. } = self.edited.document;
        let sentences = sentences.iter().map(|(key, _)| key.as_str()).filter(|key| self.today_says.contains(*key));
        Checked {
            numbers: self.found.len(),
            by_text: self.by_text.difference(&self.found).count(),
            sentences: sentences.collect::<BTreeSet<_>>().len(),
            pictures: self.same_pictures,
            insertions: pending[0],
            deletions: pending[1],
            comments,
            findings: self.findings,
        }
    }
}
