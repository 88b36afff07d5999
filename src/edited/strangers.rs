//! Strangers: documents that are none of the article, which no list of what they lack would describe.

use std::collections::BTreeSet;

use super::numbers::resolve;
use super::read::Document;
use crate::output::docx::LETTER;
use crate::page::Library;

/// Of how many marks or turns of phrase at most one is the article's in a stranger.
const FEW: usize = 10;

/// Says of a letter to an editor that it is one.
pub(super) fn letter(edited: &Document) -> Option<String> {
    let is_letter = edited.origin.as_deref().and_then(|own| own.split("; ").next()) == Some(LETTER);
    is_letter.then(|| "is a letter that `esep verify --letter` wrote, and no article".to_owned())
}

/// Says what a document is that cannot be held against the article of today; none for one that can.
pub(super) fn told(edited: &Document, today: &Document, prose: &Library) -> Option<String> {
    let keys: BTreeSet<String> = prose.passages().into_iter().map(|placed| placed.key).collect();
    let sentences = edited.sentences.iter().map(|(key, _)| keys.contains(key));
    let numbers = resolve(edited, today).into_iter().flatten().map(|known| known.printed);
    let marks: Vec<bool> = sentences.chain(numbers).collect();
    let own = marks.iter().filter(|is_own| **is_own).count();
    if !marks.is_empty() {
        let is_strange = own * FEW < marks.len();
        return is_strange.then(|| {
            format!(
                "is the article of another study: of {} numbers and sentences marked in it, {own} are of this one",
                marks.len()
            )
        });
    }
    let (ours, theirs) = (turns(today), turns(edited));
    let shared = theirs.intersection(&ours).count();
    (shared * FEW < theirs.len()).then(|| {
        format!("is not this article: of {} turns of four words in it, {shared} are the article's", theirs.len())
    })
}

/// Lists each four words that follow one another in a paragraph.
fn turns(document: &Document) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for paragraph in &document.paragraphs {
        let text: String = paragraph.pieces.iter().map(|piece| piece.text.as_str()).collect();
        let words: Vec<String> =
            text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        found.extend(words.windows(4).map(|own| own.join(" ")));
    }
    found
}
