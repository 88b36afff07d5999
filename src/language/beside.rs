//! Beside: what words beside the number of a year say, in the words of the program's languages and of many others.

use super::pattern::is_of;
use super::texts;
use super::written::{is_part_word, is_year_word};

/// What a word beside the number of a year says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// The year: `года`, `roku`.
    Year,
    /// A part of it: `қаңтар`, `trimestre`, `мес`.
    Part,
    /// Nobody knows.
    Unknown,
}

/// Says what a word beside the number of a year says.
pub fn beside_year(word: &str) -> Beside {
    let word = word.to_lowercase();
    let lists = |key: &str| {
        let words = texts::own("", key).unwrap_or_default();
        words.split_whitespace().any(|own| is_of(&word, own))
    };
    if is_year_word(&word) {
        Beside::Year
    } else if is_part_word(&word) || lists("periods.part") {
        Beside::Part
    } else if lists("periods.year") {
        Beside::Year
    } else {
        Beside::Unknown
    }
}
