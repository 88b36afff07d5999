//! Spelling: what a language tells its vocabulary; each language states it in its own file.

use std::collections::BTreeSet;

/// What a language tells its vocabulary.
pub(super) struct Spelling {
    /// Letters that are taken for one another, each with the plainer one.
    pub(super) alike: &'static [(char, char)],
    /// What makes another word of one, before it: its contrary, a kind of it.
    pub(super) prefixes: &'static [&'static str],
    /// The forms of the nouns of the program.
    pub(super) forms: fn() -> Vec<String>,
    /// How words take endings, where that is by rule for any word.
    pub(super) endings: Option<Endings>,
}

/// Says whether a word is known.
pub(super) type Known<'a> = dyn Fn(&str) -> bool + 'a;

/// How any word takes endings.
pub(super) struct Endings {
    /// Lists the endings that some noun takes.
    pub(super) all: fn() -> &'static BTreeSet<String>,
    /// Lists the endings that this noun takes.
    pub(super) of: fn(&str) -> &'static BTreeSet<String>,
    /// Says whether a stem cannot stay as it is before an ending.
    pub(super) is_barred: fn(&str, &str) -> bool,
    /// Returns how such a stem is written there.
    pub(super) changed: fn(&str) -> Option<String>,
    /// Returns the stem of which the last letter is voiced before an ending.
    pub(super) is_voiced: fn(&str, &str) -> Option<String>,
    /// Says whether a word is made of known ones, ending by ending.
    pub(super) is_made: fn(&str, &Known) -> bool,
}
