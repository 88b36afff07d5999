//! Record: a work as a reference manager keeps it, before it is an entry of the list.

use super::{Work, WorkKind};
use crate::diagnostic::Place;
use crate::finding::{Doi, LanguageCode};
use crate::language::{Lang, texts};

/// A work with the parts of its record apart.
#[derive(Default)]
pub(super) struct Record {
    pub id: String,
    pub kind: WorkKind,
    pub authors: Vec<Name>,
    pub editors: Vec<Name>,
    pub title: String,
    pub title_en: Option<String>,
    /// The journal, the book or the proceedings that it stands in; the kind and number of a report, the kind of a thesis.
    pub within: Option<String>,
    pub series: Option<String>,
    pub publisher: Option<String>,
    pub city: Option<String>,
    pub year: Option<i32>,
    pub volume: Option<String>,
    pub issue: Option<String>,
    pub pages: Option<String>,
    pub doi: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
}

/// A person by family and given names, or a body by the first alone.
pub(super) struct Name {
    pub family: String,
    pub given: String,
}

impl Name {
    /// BibTeX ends a list of names that is not whole with this word.
    fn is_rest(&self) -> bool {
        self.family == "others" && self.given.is_empty()
    }

    /// Writes the name as lists of works do: `Ivanova A. S.`, `Duval J.-P.`.
    fn written(&self) -> String {
        let initials = self.given.split([' ', '.', '\u{a0}']).filter(|part| !part.is_empty()).map(|part| {
            let initial = |piece: &str| piece.chars().next().map(|first| format!("{}.", first.to_uppercase()));
            part.split('-').filter_map(initial).collect::<Vec<_>>().join("-")
        });
        [self.family.clone()].into_iter().chain(initials).collect::<Vec<_>>().join(" ")
    }
}

impl Record {
    /// Returns the language that the record states in a way that is understood.
    pub(super) fn stated_language(&self) -> Option<LanguageCode> {
        self.language.as_deref().and_then(code)
    }

    /// Returns what stands for an identifier of a digital object and is none.
    pub(super) fn wrong_doi(&self) -> Option<&str> {
        self.doi.as_deref().filter(|doi| Doi::parse(bare_doi(doi)).is_none())
    }

    /// Makes an entry of the list; what it says in words, the language of the work decides.
    pub(super) fn work(self, from: &str, at: Place) -> Work {
        let guessed = || LanguageCode::parse(Lang::guessed(&self.title).code());
        let language = self.stated_language().or_else(guessed).unwrap_or_default();
        // A work in a language that the program does not speak is cited as those in English are.
        let said = |key: &str| {
            texts::own(&language, key).or_else(|| texts::own(Lang::En.code(), key)).unwrap_or_default().to_owned()
        };
        let volume = match (&self.volume, &self.issue) {
            (Some(volume), Some(issue)) => {
                Some(said("reference-volume-issue").replace("{volume}", volume).replace("{issue}", issue))
            }
            (Some(volume), None) => Some(said("reference-volume").replace("{volume}", volume)),
            (None, Some(issue)) => Some(said("reference-issue").replace("{issue}", issue)),
            (None, None) => None,
        };
        let names = |names: &[Name]| {
            let written = |name: &Name| match name.is_rest() {
                true => said("reference-others"),
                false => name.written(),
            };
            names.iter().map(written).collect::<Vec<_>>()
        };
        let editors = (!self.editors.is_empty())
            .then(|| said("reference-editors").replace("{names}", &names(&self.editors).join(", ")));
        let series = self.series.map(|series| format!("({series})"));
        let imprint: Vec<String> = [self.city, self.publisher].into_iter().flatten().collect();
        let imprint = (!imprint.is_empty()).then(|| imprint.join(": "));
        let whole: Vec<String> = [self.within, editors, series].into_iter().flatten().collect();
        let container: Vec<String> =
            [(!whole.is_empty()).then(|| whole.join(" ").trim_end_matches('.').to_owned()), imprint]
                .into_iter()
                .flatten()
                .collect();
        Work {
            id: self.id,
            kind: self.kind,
            authors: names(&self.authors),
            title: self.title,
            title_en: self.title_en,
            container: (!container.is_empty()).then(|| container.join(". – ")),
            year: self.year,
            volume,
            pages: self.pages.map(|pages| pages.replace("--", "–").replace('-', "–")),
            first_page: None,
            doi: self.doi.as_deref().map(bare_doi).and_then(Doi::parse),
            udc: None,
            grnti: None,
            url: self.url,
            language,
            verified_by: from.to_owned(),
            at: Some(at),
        }
    }
}

/// Returns the identifier without the address of the service that resolves it.
fn bare_doi(doi: &str) -> &str {
    let start = doi.find("10.").filter(|at| doi[..*at].contains("doi"));
    start.map_or(doi, |at| &doi[at..])
}

/// Reads a language: a code, a code with a country, or its English name.
fn code(said: &str) -> Option<LanguageCode> {
    let said = said.trim().to_lowercase();
    let named = Lang::ALL
        .iter()
        .find(|lang| texts::own(lang.code(), "english-name").is_some_and(|name| name.to_lowercase() == said));
    let short = said.split(['-', '_']).next().filter(|code| code.len() == 2);
    named.map(|lang| lang.code()).or(short).and_then(LanguageCode::parse)
}
