//! Places: where in the files of a study something stands that an export brings to light.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::edited::Edited;
use crate::files::Files;
use crate::output;
use crate::study::{Author, STUDY};

/// The most places of one thing that are named.
const MOST: usize = 5;

/// Lists the lines of a study, but for its snapshots, that hold something, the first few.
fn places(files: &Files, holds: &dyn Fn(&str) -> bool) -> Vec<Place> {
    let is_text = |path: &str| !path.starts_with("data/claims/");
    let texts = files.iter().filter(|(path, _)| is_text(path)).filter_map(|(path, _)| Some((path, files.text(path)?)));
    let lines = texts.flat_map(|(path, text)| text.lines().enumerate().map(move |(at, line)| (path, at + 1, line)));
    lines.filter(|(.., line)| holds(line)).map(|(path, at, _)| Place::line(path, at, 1)).take(MOST).collect()
}

/// Returns true for a text that holds a word, whatever its ending.
fn begins_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

/// Names each place of an anonymous article where a name or an address of an author still stands.
pub(super) fn names(bytes: &[u8], authors: &[Author], files: &Files, diagnostics: &mut Diagnostics) {
    let text = Edited::read(bytes).map(|own| own.said()).unwrap_or_default();
    let told = authors.iter().filter(|author| !author.placeholder).flat_map(Author::told_by);
    for word in told.filter(|word| begins_a_word(&text, word)) {
        let holds = |line: &str| begins_a_word(line, &word);
        let all = places(files, &holds);
        let prose: Vec<Place> = all.iter().filter(|place| place.file.starts_with("templates/")).cloned().collect();
        let mut list = if prose.is_empty() { all } else { prose };
        if list.is_empty() {
            list.push(Place::file(STUDY));
        }
        for place in list {
            let message = format!("`{word}` tells an author of the anonymous article");
            let warning = Diagnostic::warning(code::ARTICLE_NAMED, place, message);
            diagnostics.push(warning.hint("say it without the name, or leave the page out of the article"));
        }
    }
}

/// Names each letter that the font of PDF lacks, with its places.
pub(super) fn letters(export: &Files, files: &Files, diagnostics: &mut Diagnostics) {
    for letter in output::typst_lacks(export) {
        let mut list = places(files, &|line| line.contains(letter));
        if list.is_empty() {
            list.push(Place::file(STUDY));
        }
        for place in list {
            let message =
                format!("`{letter}` (U+{:04X}) is no letter of the font in which PDF is set", u32::from(letter));
            let warning = Diagnostic::warning(code::EXPORT_LETTER, place, message);
            diagnostics.push(warning.hint("write it otherwise, or put a font that has it into fonts/: Typst takes it"));
        }
    }
}
