//! Idle: names and words of a layout that nothing in its file says: misspelt, or of a file before it.

use std::collections::BTreeSet;

use super::entry::LayoutEntry;
use super::names::plain;
use super::walk::marked;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::Spanned;
use crate::workbook::Workbook;

/// Warns of each name and word of a layout that stands nowhere in the file.
pub(super) fn tell(workbook: &Workbook, layout: &LayoutEntry, entry: &Place, diagnostics: &mut Diagnostics) {
    let names = layout.names.iter().map(|(name, own)| ("names".to_owned(), name, line(own)));
    let words = layout.words.iter().flat_map(|(dimension, words)| {
        words.iter().map(move |(word, own)| (format!("words: {{{dimension}: …}}"), word, line(own)))
    });
    let all: Vec<(String, &String, (usize, usize))> = names.chain(words).collect();
    if all.is_empty() {
        return;
    }
    let said = said(workbook);
    for (key, name, (line, column)) in all.into_iter().filter(|(_, name, _)| !said.contains(&plain(name))) {
        let place = Place { within: entry.within.clone(), ..Place::line(entry.file.as_str(), line, column) };
        let message = format!("nothing in the file says `{name}`, which its layout reads under `{key}`");
        let hint = did_you_mean(&plain(name), said.iter().map(String::as_str));
        let hint = hint.unwrap_or_else(|| "write it as the file does, or take it out".to_owned());
        diagnostics.push(Diagnostic::warning(code::DATA_LAYOUT, place, message).hint(hint));
    }
}

fn line<T>(own: &Spanned<T>) -> (usize, usize) {
    (own.referenced.line() as usize, own.referenced.column() as usize)
}

/// Lists what a file says: the names of its sheets, its texts, their lines, each with and without the mark of a note.
fn said(workbook: &Workbook) -> BTreeSet<String> {
    let mut said = BTreeSet::new();
    for sheet in &workbook.sheets {
        said.insert(plain(&sheet.name));
        for text in sheet.cells.values().map(|cell| cell.text()) {
            for part in std::iter::once(text.as_str()).chain(text.lines()) {
                said.insert(plain(part));
                said.extend(marked(part).map(|(name, ..)| plain(name)));
            }
        }
    }
    said
}
