//! Spelled: numbers in words before a scale word, as the languages know them: `пять тысяч`, `бес мың`.

use super::running::Running;
use crate::language::{Lang, Says, spelled as in_words};

/// A number in words, without its scale word: from where to where, and its value.
pub(super) struct Spelled {
    /// Where it begins.
    pub at: usize,
    /// Behind its scale word.
    pub end: usize,
    /// Where what follows the words begins.
    pub scale: usize,
    /// The value of the words before the scale word.
    pub value: u32,
}

/// Finds the numbers in words of a running text.
pub(super) fn spelled(running: &Running) -> Vec<Spelled> {
    let found = in_words(running.whole(), &Lang::ALL).into_iter().filter(|found| found.says == Says::Scale);
    found
        .filter_map(|found| {
            let value = found.value?;
            let (at, scale, end) =
                (running.place(found.span.start), running.place(found.number.end), running.place(found.span.end));
            Some(Spelled { at, end, scale, value })
        })
        .collect()
}
