//! Foreign: Kazakh words in the middle of Russian sentences.

use super::super::rules::Words;
use super::super::script::KAZAKH;
use super::super::{Fault, Finding};

/// Kazakh words without a letter of their own that no Russian word is spelt like.
const KAZAKH_WORDS: [&str; 7] = ["ауыл", "облыс", "аудан", "сурет", "мектеп", "айырым", "жалпы"];

/// Finds Kazakh words in the middle of Russian sentences.
pub(super) fn read(text: &str, words: &Words, found: &mut Vec<Finding>) {
    for (span, word) in words.iter().filter(|(_, word)| word.chars().all(char::is_lowercase)) {
        let quoted = text[..span.start].matches('«').count() > text[..span.start].matches('»').count();
        let is_kazakh = word.contains(KAZAKH) || KAZAKH_WORDS.contains(word);
        if is_kazakh && !quoted && words.len() > 2 {
            found.push(Finding {
                fault: Fault::Untranslated,
                span: span.clone(),
                message: format!("`{word}` is a Kazakh word in a Russian sentence"),
                hint: "translate it, or put a name into quotation marks".to_owned(),
            });
        }
    }
}
