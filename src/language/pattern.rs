//! Pattern: a word of a list of words, where a star stands for any ending.

/// Says whether a word is the one of a list, or begins as one that ends in a star.
pub fn is_of(word: &str, pattern: &str) -> bool {
    pattern.strip_suffix('*').map_or(word == pattern, |stem| word.starts_with(stem))
}
