//! References: the literature, and how an entry of the list is printed.

mod bibtex;
mod csl;
mod record;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::document::Inline;
use crate::document::markdown::is_harmless;
use crate::files::Files;
use crate::finding::{Doi, LanguageCode};
use crate::language::texts;
use record::Record;

/// Where the literature stands.
pub const REFERENCES: &str = "data/references.yaml";

/// Where works stand as a reference manager writes them: BibTeX or BibLaTeX.
pub const BIBTEX: &str = "data/references.bib";

/// Where works stand as a reference manager writes them: CSL-JSON.
pub const CSL: &str = "data/references.json";

/// All files of the literature.
pub const FILES: [&str; 3] = [REFERENCES, BIBTEX, CSL];

/// The literature.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct References {
    /// Works whose record is sure.
    #[serde(default)]
    pub references: Vec<Work>,
    /// What an article cites without enough data to verify it.
    #[serde(default)]
    pub unverified: Vec<Unverified>,
}

/// A work.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Work {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: WorkKind,
    /// Its authors.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Its title.
    pub title: String,
    /// Its title in English, where it has one in another language.
    #[serde(default)]
    pub title_en: Option<String>,
    /// The journal, book or series.
    #[serde(default)]
    pub container: Option<String>,
    /// The year.
    #[serde(default)]
    pub year: Option<i32>,
    /// The volume and issue.
    #[serde(default)]
    pub volume: Option<String>,
    /// The pages.
    #[serde(default)]
    pub pages: Option<String>,
    /// The first page, where the last is not known.
    #[serde(default)]
    pub first_page: Option<i32>,
    /// The digital object identifier.
    #[serde(default)]
    pub doi: Option<Doi>,
    /// The class of the universal decimal classification.
    #[serde(default)]
    pub udc: Option<String>,
    /// The class of the state rubricator.
    #[serde(default)]
    pub grnti: Option<String>,
    /// The address.
    #[serde(default)]
    pub url: Option<String>,
    /// The language.
    pub language: LanguageCode,
    /// How the record was verified.
    pub verified_by: String,
    /// Where it stands, where a reference manager wrote it.
    #[serde(skip)]
    #[schemars(skip)]
    pub at: Option<Place>,
}

/// What a work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WorkKind {
    /// A part of a journal.
    Article,
    /// A part of a book.
    Chapter,
    /// A part of proceedings.
    Paper,
    /// A book of its own.
    #[default]
    Book,
    /// A report of an institution.
    Report,
    /// A thesis.
    Thesis,
    /// A law or another act.
    Law,
    /// A set of data.
    Database,
    /// A page or a site.
    Site,
}

impl WorkKind {
    /// Returns true for a part of a larger whole, which its container names.
    fn is_part(self) -> bool {
        matches!(self, WorkKind::Article | WorkKind::Chapter | WorkKind::Paper)
    }
}

/// A work that could not be verified.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unverified {
    /// As the article prints it.
    pub as_printed: String,
    /// What is missing.
    pub why: String,
}

impl References {
    /// Reads the literature: what the study writes itself, and what a reference manager wrote beside it.
    pub fn read(files: &Files, diagnostics: &mut Diagnostics) -> Option<References> {
        let mut all = match files.get(REFERENCES) {
            // A study that cites nothing has no list.
            None => References::default(),
            Some(_) => files.yaml_known(REFERENCES, &[], diagnostics)?,
        };
        let mut reading = Reading::default();
        for (path, read) in [(BIBTEX, bibtex::read as fn(&str, &mut Reading)), (CSL, csl::read)] {
            if files.get(path).is_some() {
                read(files.require(path, diagnostics)?, &mut reading);
            }
        }
        let readable = reading.problems.is_empty();
        std::mem::take(&mut reading.problems).into_iter().for_each(|problem| diagnostics.push(problem));
        reading.tell_left(diagnostics);
        let file = |work: &Work| work.at.as_ref().map_or(REFERENCES.to_owned(), |at| at.file.clone());
        let mut ids: BTreeMap<String, String> =
            all.references.iter().map(|work| (work.id.clone(), file(work))).collect();
        for work in reading.works {
            if let Some(first) = ids.get(&work.id) {
                let place = work.at.clone().unwrap_or_default();
                let message = format!("`{}` is the id of another work in {first}", work.id);
                diagnostics.push(Diagnostic::error(code::REFERENCES_ENTRY, place, message));
            } else {
                ids.insert(work.id.clone(), file(&work));
                all.references.push(work);
            }
        }
        readable.then_some(all)
    }

    /// Describes a reference to a work that is not in the list.
    pub fn unknown(&self, work: &str, place: Place) -> Diagnostic {
        let hint = did_you_mean(work, self.references.iter().map(|known| known.id.as_str()));
        let read: Vec<&str> =
            self.references.iter().filter_map(|work| work.at.as_ref()).map(|at| at.file.as_str()).collect();
        let others = [BIBTEX, CSL].into_iter().filter(|file| read.contains(file));
        let searched = [REFERENCES].into_iter().chain(others).collect::<Vec<_>>().join(", ");
        let message = format!("{searched}: no work `{work}`");
        Diagnostic::error(code::TEMPLATE_REFERENCE, place, message).maybe_hint(hint)
    }
}

/// What was read of the files of reference managers.
#[derive(Default)]
struct Reading {
    works: Vec<Work>,
    problems: Vec<Diagnostic>,
    /// What stands in entries and in no list of works: file, field, the first entry that has it, how many have it.
    left: BTreeMap<(String, String), (Place, usize)>,
    /// Whose language no entry states, though its letters are shared by several.
    guessed: Vec<Diagnostic>,
}

impl Reading {
    fn refuse(&mut self, place: Place, message: String, hint: Option<&str>) {
        let problem = Diagnostic::error(code::REFERENCES_ENTRY, place, message);
        self.problems.push(problem.maybe_hint(hint.map(str::to_owned)));
    }

    /// Takes an entry that has what the list cannot do without.
    fn take(&mut self, record: Record, from: &str, place: Place) {
        for (what, lacks) in [("an id", record.id.is_empty()), ("a title", record.title.is_empty())] {
            if lacks {
                self.refuse(place.clone(), format!("the entry has not {what}"), None);
            }
        }
        if let Some(doi) = record.wrong_doi() {
            let hint = "an identifier begins with 10. and a number, and has a name behind a stroke";
            self.refuse(place.clone(), format!("`{doi}` is no DOI"), Some(hint));
        }
        let stated = record.stated_language().is_some();
        let work = record.work(from, place.clone());
        if !stated
            && work.title.chars().any(|c| c.is_alphabetic() && !c.is_ascii() && !('\u{c0}'..='\u{24f}').contains(&c))
        {
            let message =
                format!("the entry states no known language: `{}` is guessed from its letters", work.language);
            let guess = Diagnostic::warning(code::REFERENCES_GUESS, place, message);
            self.guessed.push(guess.hint("state it as `langid` (BibLaTeX) or `language` (CSL-JSON)"));
        }
        self.works.push(work);
    }

    /// Remembers fields that no list of works prints.
    fn left<'a>(&mut self, place: &Place, fields: impl Iterator<Item = &'a String>) {
        for field in fields {
            self.left.entry((place.file.clone(), field.clone())).or_insert_with(|| (place.clone(), 0)).1 += 1;
        }
    }

    /// Names what was passed over, once a field, and what was guessed.
    fn tell_left(&mut self, diagnostics: &mut Diagnostics) {
        for ((_, field), (place, count)) in std::mem::take(&mut self.left) {
            let entries = if count == 1 { "this entry".to_owned() } else { format!("this and {} more", count - 1) };
            let message = format!("`{field}` of {entries} is not printed in the list of works");
            let warning = Diagnostic::warning(code::REFERENCES_LEFT, place, message);
            diagnostics.push(
                warning.hint("take the field out, or write the entry in data/references.yaml as it is to be printed"),
            );
        }
        std::mem::take(&mut self.guessed).into_iter().for_each(|guess| diagnostics.push(guess));
    }
}

/// Returns the first four digits that stand alone: `2019`, `2019-05`, `May 2019`.
fn year(text: &str) -> Option<i32> {
    text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 4).and_then(|run| run.parse().ok())
}

impl Work {
    /// Writes the entry in the order of GOST R 7.0.5: authors, title, container, year, volume, pages, address.
    pub fn entry(&self) -> Vec<Inline> {
        let mut text = String::new();
        if !self.authors.is_empty() {
            text.push_str(&self.authors.join(", "));
            text.push_str(if self.authors.iter().all(|a| a.ends_with('.')) { " " } else { ". " });
        }
        text.push_str(&self.title);
        if let Some(container) = &self.container {
            // A part of a whole stands behind two strokes, a book's own place and publisher behind a dash.
            let mark = if self.kind.is_part() { " //" } else { ". –" };
            text.push_str(&format!("{mark} {}", container.trim_end_matches('.')));
        }
        let pages = self.pages.clone().or_else(|| self.first_page.map(|page| format!("{page}–…")));
        // A work in a language that the program does not speak is cited as those in English are.
        let page_word = texts::own(&self.language, "reference-page").unwrap_or("P.");
        let parts = [
            self.year.map(|year| year.to_string()),
            self.volume.clone(),
            pages.map(|pages| format!("{page_word}\u{a0}{pages}")),
            self.doi.as_ref().map(|doi| format!("DOI {doi}")),
        ];
        for part in parts.into_iter().flatten() {
            text.push_str(&format!(". – {}", part.trim_end_matches('.')));
        }
        match self.url.as_ref().filter(|_| self.doi.is_none()) {
            Some(url) => {
                text.push_str(". – URL: ");
                let address = Inline::text(url.as_str());
                let address = if is_harmless(url) { Inline::link(url.as_str(), vec![address]) } else { address };
                vec![Inline::Text(text), address, Inline::text(".")]
            }
            None => vec![Inline::Text(text + ".")],
        }
    }
}
