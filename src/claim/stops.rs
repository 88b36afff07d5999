//! Stops: where the sentences of a text end.

/// A word of so many letters before a full stop is taken for no abbreviation, so that a number behind it begins a sentence.
const WHOLE_WORD: usize = 4;

/// Finds where the sentences of a text end: behind a mark before a capital letter, or before a number where the mark shortens
/// no word; a letter alone is short for a word.
fn stops(text: &str) -> impl Iterator<Item = usize> + '_ {
    let ends = text.match_indices(['.', '!', '?', '\n']).filter(|(at, mark)| {
        let behind = text[at + 1..].trim_start();
        let counts =
            behind.starts_with(|c: char| c.is_ascii_digit()) && text[at + 1..].starts_with(char::is_whitespace);
        let is_whole = text[..*at].chars().rev().take_while(|c| c.is_alphabetic()).count() >= WHOLE_WORD;
        *mark == "\n" || behind.is_empty() || behind.starts_with(char::is_uppercase) || counts && is_whole
    });
    ends.filter(|(at, mark)| *mark == "\n" || text[..*at].chars().rev().take_while(|c| c.is_alphabetic()).count() != 1)
        .map(|(at, _)| at)
}

/// Cuts a text behind its last sentence end, and says whether there is one.
pub(super) fn last_sentence(text: &str) -> (&str, bool) {
    stops(text).last().map_or((text, false), |at| (&text[at + 1..], true))
}

/// Cuts a text at its first sentence end.
pub(super) fn first_sentence(text: &str) -> &str {
    stops(text).next().map_or(text, |at| &text[..at])
}
