//! Shown: an exhibit of a language version, ready for a format.

use super::setting::{self, Note, Setting};
use super::{Drawn, Material, Version, headings};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::drawing;
use crate::language::{Case, ExhibitKind, ExhibitNumber, Language};
use crate::page::{Caption, ExhibitWords};
use crate::study::{WidthEntry, place_of};

/// An exhibit in a language, ready for a format.
pub(super) struct Shown<'a> {
    /// Figure or table.
    pub kind: ExhibitKind,
    /// `Таблица 1`, `1-сурет`.
    pub label: String,
    /// What stands over it where it goes on: `Продолжение таблицы 1`, `1-кестенің жалғасы`.
    pub continued: String,
    /// Its caption.
    pub caption: Caption,
    /// The unit that its caption ends in, with the comma before it; empty where it has several or none.
    pub unit: String,
    /// Its numbers as a table.
    pub setting: Setting,
    /// Its alternative text, for a figure.
    pub alt: &'a str,
    /// Its description, for a figure.
    pub description: String,
    /// What else a page tells of it, for a figure.
    pub drawn: Option<&'a Drawn>,
    /// Its width and height in whole pixels, for a figure.
    pub size: (f64, f64),
    /// The language.
    pub language: &'a Language,
    /// True for a figure as wide as one column of a journal.
    pub is_single: bool,
    /// True for a figure whose picture prints the signs of what is missing.
    pub prints_gaps: bool,
}

/// Prepares an exhibit for a format.
pub(super) fn exhibit_of<'a>(id: &str, version: &Version<'a>, material: &'a Material) -> Option<Shown<'a>> {
    let (_, kind, number) = version.page.exhibits.iter().find(|(placed, ..)| placed == id)?;
    // What a selection leaves out stands in the whole version only.
    if let ExhibitNumber::Appendix(_) = number {
        return None;
    }
    let language = material.language(version.page.lang)?;
    let caption = version.page.captions.get(id)?.clone();
    let words: &ExhibitWords = material.prose.exhibits.get(&version.page.lang)?.get(id)?;
    let exhibits = &version.built.exhibits;
    let (table, drawn_unit) = match kind {
        ExhibitKind::Table => (exhibits.tables.get(id)?.clone(), None),
        ExhibitKind::Figure => {
            let figure = exhibits.figures.get(id)?;
            (figure.table(), Some(headings::unit_of(figure, language)))
        }
    };
    let drawn = version.drawn.get(id);
    let setting = setting::set(&table, words, &caption, language);
    Some(Shown {
        kind: *kind,
        label: language.caption_label(*kind, *number),
        continued: continued(*kind, *number, language),
        unit: behind_comma(drawn_unit.as_ref().unwrap_or(&setting.unit)),
        setting,
        caption,
        alt: drawn.map(|drawn| drawn.alt.as_str()).unwrap_or_default(),
        description: drawn.map(|drawn| drawing::plain(&drawn.description)).unwrap_or_default(),
        drawn,
        size: drawn.map(|drawn| (f64::from(drawn.size.0), f64::from(drawn.size.1))).unwrap_or_default(),
        language,
        prints_gaps: version.built.exhibits.figures.get(id).is_some_and(drawing::prints_gaps),
        is_single: version.built.exhibits.figures.get(id).is_some_and(|figure| figure.width == WidthEntry::Single),
    })
}

/// Warns of tables that no printed sheet holds across.
pub(super) fn too_wide(version: &Version, material: &Material, diagnostics: &mut Diagnostics) {
    for (id, entry) in &material.study.tables {
        if exhibit_of(id, version, material).is_some_and(|shown| shown.setting.is_too_wide()) {
            let message = "is wider than a sheet of A4 on its side: print cuts it off";
            let hint = "take fewer columns, change rows for columns, or draw it as a heat map";
            let warning = Diagnostic::warning(code::EXHIBIT_WIDE, place_of(entry, id), message);
            diagnostics.push(warning.hint(hint));
        }
    }
}

/// Puts a comma before a unit, where there is one.
pub(super) fn behind_comma(unit: &str) -> String {
    if unit.is_empty() { String::new() } else { format!(", {unit}") }
}

impl Shown<'_> {
    /// Lists the notes that stand under it: under a figure those of the signs that it shows.
    pub(super) fn notes(&self) -> impl Iterator<Item = &Note> {
        self.setting.notes.iter().filter(|note| self.shows(note))
    }

    /// Lists the notes of the signs that the numbers of a figure have and its picture has not.
    pub(super) fn notes_of_data(&self) -> impl Iterator<Item = &Note> {
        self.setting.notes.iter().filter(|note| !self.shows(note))
    }

    /// A picture prints no marks, and signs of what is missing where its kind has room for them.
    fn shows(&self, note: &Note) -> bool {
        self.kind == ExhibitKind::Table || note.sign.is_empty() || note.mark.is_empty() && self.prints_gaps
    }

    /// Returns what stands before the first note.
    pub(super) fn head_of_notes(&self) -> String {
        let key = if self.notes().count() > 1 { "notes" } else { "note" };
        format!("{}: ", self.language.word(key).unwrap_or(key))
    }
}

fn continued(kind: ExhibitKind, number: ExhibitNumber, language: &Language) -> String {
    let exhibit = language.exhibit_ref(kind, number, Some(Case::Gen)).unwrap_or_default();
    language.word("table-continued").unwrap_or("{table}").replace("{table}", &exhibit)
}
