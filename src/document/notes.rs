//! Notes: footnotes of a text, each called once, by `[^name]`, and written in a paragraph of its own, `[^name]: …`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Block, Inline, each, each_run, look, look_at_runs};
use crate::files::limits::CODE_CHARS;

/// Numbers the notes in the order of reading.
pub fn number(blocks: &mut [Block]) {
    let mut last = 0;
    each_run(blocks, &mut |run| {
        each(run, &mut |inline| {
            if let Inline::Note { number, .. } = inline {
                last += 1;
                *number = last;
            }
        });
    });
}

/// Lists the notes in the order of reading: number and text.
pub fn all(blocks: &[Block]) -> Vec<(usize, Vec<Inline>)> {
    let mut found = Vec::new();
    for block in blocks {
        look_at_runs(block, &mut |run| {
            look(run, &mut |inline| {
                if let Inline::Note { number, content } = inline {
                    found.push((*number, content.clone()));
                }
            });
        });
    }
    found
}

/// Returns the length of the mark of a note that a text begins with, and its name. A name is short, so that a text is not
/// searched to its end for each sign that could begin a mark.
pub fn mark(text: &str) -> Option<(usize, &str)> {
    let rest = text.strip_prefix("[^")?;
    let (end, last) = rest.char_indices().take(CODE_CHARS).find(|(_, c)| *c == ']' || c.is_whitespace())?;
    (last == ']' && end > 0).then(|| (end + 3, &rest[..end]))
}

/// Lists the marks of a text: where each stands, and its name.
pub fn marks(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    text.match_indices("[^").filter_map(|(from, _)| {
        let (length, name) = mark(&text[from..])?;
        Some((from..from + length, name))
    })
}

/// Returns what stands before the marks of notes that a text ends in.
pub fn unmarked(text: &str) -> &str {
    let mut bare = text;
    while let Some(inner) = bare.strip_suffix(']') {
        let from = inner.char_indices().rev().take(CODE_CHARS).take_while(|(_, c)| *c != ']' && !c.is_whitespace());
        let from = from.map(|(at, _)| at).find(|at| mark(&bare[*at..]).is_some());
        let Some(from) = from else { break };
        bare = &bare[..from];
    }
    bare
}

/// Puts the texts of notes where they are called. Until then the number of a note is the place of its name among the calls.
pub(super) fn fill(blocks: &mut [Block], calls: &[String], notes: &mut BTreeMap<String, Vec<Inline>>) {
    if calls.is_empty() {
        return;
    }
    each_run(blocks, &mut |run| {
        each(run, &mut |inline| {
            if let Inline::Note { number, content } = inline {
                *content = calls.get(*number).and_then(|name| notes.remove(name)).unwrap_or_default();
                *number = 0;
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_what_is_none() {
        assert_eq!(mark("[^borders]: x"), Some((10, "borders")));
        let long = format!("[^{}]", "a".repeat(1000));
        for other in [long.as_str(), "[^]", "[^a b]", "[a]", "[^open", "x[^a]"] {
            assert_eq!(mark(other), None, "{other}");
        }
        assert_eq!(unmarked("An end.[^a][^b]"), "An end.");
        assert_eq!(unmarked("An end [a]"), "An end [a]");
        assert_eq!(
            marks("a[^b] [^c d] [^e]").map(|(at, name)| (at.start, name)).collect::<Vec<_>>(),
            [(1, "b"), (13, "e")]
        );
    }
}
