//! Foreign: Kazakh words in the middle of Russian sentences.

use super::super::rules::Words;
use super::super::script::KAZAKH;
use super::super::{Fault, Finding};
use crate::language::Language;

/// Kazakh words without a letter of their own that no Russian word is spelt like.
const KAZAKH_WORDS: [&str; 24] = [
    "ауыл",
    "облыс",
    "аудан",
    "сурет",
    "мектеп",
    "айырым",
    "жалпы",
    "адам",
    "адамды",
    "адамнан",
    "жыл",
    "жылы",
    "бойынша",
    "туралы",
    "арасында",
    "болды",
    "сайын",
    "алайда",
    "емес",
    "керек",
    "бойы",
    "халыкты",
    "облысы",
    "ауданы",
];

/// Letters that Russian has not, and those that they look or sound like.
const LIKE: [(char, char); 9] =
    [('і', 'и'), ('ң', 'н'), ('қ', 'к'), ('ғ', 'г'), ('ү', 'у'), ('ұ', 'у'), ('ө', 'о'), ('ә', 'а'), ('һ', 'х')];

/// Finds Kazakh words in the middle of Russian sentences.
pub(super) fn read(language: &Language, text: &str, words: &Words, found: &mut Vec<Finding>) {
    for (span, word) in words.iter().filter(|(_, word)| word.chars().skip(1).all(char::is_lowercase)) {
        let quoted = text[..span.start].matches('«').count() > text[..span.start].matches('»').count();
        let is_name = word.starts_with(char::is_uppercase);
        let is_kazakh = !is_name && (word.contains(KAZAKH) || KAZAKH_WORDS.contains(word));
        if let Some(right) = strayed(language, word).filter(|_| !is_name || !quoted) {
            found.push(Finding {
                fault: Fault::MixedScript,
                span: span.clone(),
                message: format!("`{word}` has letters of another alphabet"),
                hint: format!("did you mean `{right}`?"),
            });
        } else if is_kazakh && !quoted && words.len() > 2 {
            found.push(Finding {
                fault: Fault::Untranslated,
                span: span.clone(),
                message: format!("`{word}` is a Kazakh word in a Russian sentence"),
                hint: "translate it, or put a name into quotation marks".to_owned(),
            });
        }
    }
}

/// Returns the Russian word that one with letters of Kazakh stands for, where the dictionary knows it.
fn strayed(language: &Language, word: &str) -> Option<String> {
    if !language.has_dictionary() || !word.to_lowercase().contains(KAZAKH) {
        return None;
    }
    let like = |letter: char| {
        let small = letter.to_lowercase().next().unwrap_or(letter);
        let other = LIKE.iter().find(|(own, _)| *own == small).map(|(_, other)| *other);
        other.map_or(letter, |other| if small == letter { other } else { other.to_uppercase().next().unwrap_or(other) })
    };
    // «Қызылорда» is a name in the other language; one letter alone is a slip.
    let foreign = word.to_lowercase().matches(KAZAKH).count();
    if word.starts_with(char::is_uppercase) && foreign > 1 {
        return None;
    }
    let right: String = word.chars().map(like).collect();
    language.vocabulary().knows(&right).then_some(right)
}
