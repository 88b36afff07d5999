//! Legend: what a note says of a mark that stands in place of a figure, in the words of many languages.

use super::texts;
use crate::finding::Reason;

/// Says why there is no figure, by the words that explain its mark; nothing where they leave it open whether there is
/// no such thing or no figure.
pub fn mark_explained(words: &str) -> Option<Reason> {
    let words = words.to_lowercase();
    let begins = |phrase: &str| {
        let mut found = words.match_indices(phrase);
        found.any(|(at, _)| !words[..at].ends_with(char::is_alphanumeric))
    };
    let says = |reason: Reason| {
        let phrases = texts::own("", &format!("marks.{}", reason.code())).unwrap_or_default();
        phrases.split('|').map(str::trim_start).any(|phrase| !phrase.is_empty() && begins(phrase))
    };
    match (says(Reason::Suppressed), says(Reason::NoPhenomenon), says(Reason::Missing)) {
        (true, ..) => Some(Reason::Suppressed),
        (_, true, false) => Some(Reason::NoPhenomenon),
        (_, false, true) => Some(Reason::Missing),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_notes_say_of_marks_is_known_in_many_languages() {
        for (words, wanted) in [
            ("явление отсутствует", Some(Reason::NoPhenomenon)),
            ("құбылыс жоқ", Some(Reason::NoPhenomenon)),
            ("nil or negligible", Some(Reason::NoPhenomenon)),
            ("nichts vorhanden (genau null)", Some(Reason::NoPhenomenon)),
            ("zjawisko nie wystąpiło", Some(Reason::NoPhenomenon)),
            ("нет данных", Some(Reason::Missing)),
            ("сведения отсутствуют", Some(Reason::Missing)),
            ("деректер жоқ", Some(Reason::Missing)),
            ("not available", Some(Reason::Missing)),
            ("Daten nicht vorhanden", Some(Reason::Missing)),
            ("данные конфиденциальны", Some(Reason::Suppressed)),
            ("явление отсутствует или нет данных", None),
            ("Данные за 2023 год предварительные", None),
        ] {
            assert_eq!(mark_explained(words), wanted, "{words}");
        }
    }
}
