//! References: the literature, and how an entry of the list is printed.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::document::Inline;
use crate::document::markdown::is_harmless;
use crate::files::Files;
use crate::language::texts;

/// Where the literature stands.
pub const REFERENCES: &str = "data/references.yaml";

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
    pub kind: String,
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
    pub doi: Option<String>,
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
    pub language: String,
    /// How the record was verified.
    pub verified_by: String,
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
    /// Reads the literature.
    pub fn read(files: &Files, diagnostics: &mut Diagnostics) -> Option<References> {
        match files.get(REFERENCES) {
            // A study that cites nothing has no list.
            None => Some(References::default()),
            Some(_) => files.yaml_known(REFERENCES, &[], diagnostics),
        }
    }

    /// Describes a reference to a work that is not in the list.
    pub fn unknown(&self, work: &str, place: Place) -> Diagnostic {
        let hint = did_you_mean(work, self.references.iter().map(|known| known.id.as_str()));
        let message = format!("{REFERENCES} has no work `{work}`");
        Diagnostic::error(code::TEMPLATE_REFERENCE, place, message).maybe_hint(hint)
    }
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
            let mark = if self.kind == "article" { " //" } else { ". –" };
            text.push_str(&format!("{mark} {container}"));
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
