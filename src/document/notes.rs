//! Notes: footnotes of a text, each called once, by `[^name]`, and written in a paragraph of its own, `[^name]: …`.

use super::{Block, Inline, each, each_run, look, look_at_runs};

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

/// Returns the length of the mark of a note that a text begins with, and its name.
pub fn mark(text: &str) -> Option<(usize, &str)> {
    let name = text.strip_prefix("[^")?.split(']').next()?;
    let fits = !name.is_empty() && !name.contains(char::is_whitespace) && name.len() + 3 <= text.len();
    fits.then_some((name.len() + 3, name))
}

/// Returns what stands before the marks of notes that a text ends in.
pub fn unmarked(text: &str) -> &str {
    let mut bare = text;
    while let Some((before, name)) = bare.strip_suffix(']').and_then(|rest| rest.rsplit_once("[^")) {
        if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == ']') {
            break;
        }
        bare = before;
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_what_is_none() {
        assert_eq!(mark("[^borders]: x"), Some((10, "borders")));
        for other in ["[^]", "[^a b]", "[a]", "[^open", "x[^a]"] {
            assert_eq!(mark(other), None, "{other}");
        }
        assert_eq!(unmarked("An end.[^a][^b]"), "An end.");
        assert_eq!(unmarked("An end [a]"), "An end [a]");
    }
}
