//! Link: a reference to an exhibit, whose number is a link and takes a case.

use std::sync::Arc;

use minijinja::value::Object;

use crate::document::Inline;
use crate::language::{Case, ExhibitKind, ExhibitNumber, Language, LanguageError};

/// A reference, printed in the nominative unless a case follows.
#[derive(Debug)]
pub(super) struct Link {
    /// The id of the exhibit.
    pub id: String,
    /// Figure or table.
    pub kind: ExhibitKind,
    /// Its number.
    pub number: ExhibitNumber,
    /// The number of the call in its template, for diagnostics.
    pub at: Option<usize>,
    text: String,
}

impl Link {
    /// Refers to an exhibit in a case.
    pub(super) fn new(
        language: &Language,
        (id, kind, number): (&str, ExhibitKind, ExhibitNumber),
        case: Option<Case>,
        at: Option<usize>,
    ) -> Result<Link, LanguageError> {
        let text = language.exhibit_ref(kind, number, case)?;
        Ok(Link { id: id.to_owned(), kind, number, at, text })
    }

    /// Returns the reference as a document holds it.
    pub(super) fn inline(&self) -> Inline {
        Inline::Reference { exhibit: self.id.clone(), text: self.text.replace(' ', "\u{a0}") }
    }
}

impl Object for Link {
    fn render(self: &Arc<Self>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}
