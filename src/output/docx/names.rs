//! Names: by what the numbers and sentences of a document are known again when an editor gives it back.
//!
//! Editors drop one or another of tag, alias, id and bookmark, so each of them tells which number it is; the name of a
//! bookmark also tells what was printed when the document was written.

use crate::files::sha256;

/// What the name of a bookmark tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A number: its id in short, which of its places this is, and in short what was printed.
    Number {
        /// The id in short.
        id: String,
        /// Which of its places, from 1.
        count: usize,
        /// What was printed, in short; empty where the name does not tell.
        said: String,
    },
    /// A sentence of a template.
    Sentence {
        /// The key of its passage.
        key: String,
        /// What was printed, in short; empty where the name does not tell.
        said: String,
    },
    /// The number of an exhibit: its id in short.
    Exhibit(String),
}

impl Mark {
    /// Marks a place of a number.
    pub(super) fn number(id: &str, count: usize, text: &str) -> Mark {
        Mark::Number { id: short(id), count, said: short(&bare(text)) }
    }

    /// Marks a sentence.
    pub(super) fn sentence(key: &str, text: &str) -> Mark {
        Mark::Sentence { key: key.to_owned(), said: short(&bare(text)) }
    }

    /// Returns the name of a picture: the id of its figure, its place, and in short its bytes as they were written.
    pub fn picture(id: &str, at: usize, bytes: &[u8]) -> String {
        format!("{id} {at} {}", in_short(bytes))
    }

    /// Says of a picture by its name whether its bytes are as they were written.
    pub fn is_as_written(name: &str, bytes: &[u8]) -> bool {
        name.ends_with(&format!(" {}", in_short(bytes)))
    }

    /// Returns the name of the bookmark: at most 40 letters, digits and lines, as Word wants it.
    pub fn name(&self) -> String {
        match self {
            Mark::Number { id, count, said } => format!("n_{id}_{count}_{said}"),
            Mark::Sentence { key, said } => format!("s_{key}_{said}"),
            Mark::Exhibit(id) => format!("ex_{id}"),
        }
    }

    /// Reads the name of a bookmark; `None` for one that the program did not give.
    pub fn read(name: &str) -> Option<Mark> {
        let mut parts = name.split('_');
        let is_short = |text: &&str| text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let kind = parts.next()?;
        let id = parts.next().filter(is_short)?.to_owned();
        match kind {
            "n" => {
                let count = parts.next()?.parse().ok()?;
                Some(Mark::Number { id, count, said: parts.next().filter(is_short).unwrap_or_default().to_owned() })
            }
            "s" => Some(Mark::Sentence { key: id, said: parts.next().filter(is_short).unwrap_or_default().to_owned() }),
            "ex" => Some(Mark::Exhibit(id)),
            _ => None,
        }
    }
}

/// Eight hexadecimal digits that tell a text from others.
pub fn short(text: &str) -> String {
    in_short(text.as_bytes())
}

fn in_short(bytes: &[u8]) -> String {
    sha256(bytes).chars().take(8).collect()
}

/// Returns what of a text is compared: no blanks and soft hyphens, one dash for all, one quotation mark for all.
pub fn bare(text: &str) -> String {
    let one = |letter: char| match letter {
        c if c.is_whitespace() => None,
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => None,
        '-' | '‐' | '\u{2011}' | '‒' | '–' | '—' | '−' => Some('-'),
        '«' | '»' | '“' | '”' | '„' | '‟' => Some('"'),
        '‘' | '’' | '‚' => Some('\''),
        c => Some(c),
    };
    text.chars().filter_map(one).collect()
}

/// Names the control of a number: its id, and which of its places this is; at most 64 letters.
pub fn control_name(id: &str, count: usize) -> String {
    let whole = format!("{id}#{count}");
    match whole.chars().count() {
        0..=64 => whole,
        _ => format!("{}~{}#{count}", id.chars().take(44).collect::<String>(), short(id)),
    }
}

/// Returns the number of a control, which follows from its name.
pub fn control_id(name: &str) -> u32 {
    // Word takes what is above for less than nothing.
    u32::from_str_radix(&short(name), 16).unwrap_or(1) & 0x7fff_ffff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_short_as_word_wants_them() {
        let id = "x.".repeat(80);
        assert!(Mark::number(&id, usize::MAX, "−1 234 чел.").name().len() <= 40);
        assert!(control_name(&id, 1234).chars().count() <= 64);
        assert_eq!(control_name("a", 2), "a#2");
    }

    #[test]
    fn a_name_is_read_as_it_was_given() {
        for mark in [Mark::number("a.b", 3, "−1 234"), Mark::sentence("0123abcd", "Да."), Mark::Exhibit(short("t"))]
        {
            assert_eq!(Mark::read(&mark.name()), Some(mark));
        }
        for other in ["_GoBack", "n_", "ref_0123abcd", "s_section", "n_0123abcd_x", ""] {
            assert_eq!(Mark::read(other), None, "{other}");
        }
    }

    #[test]
    fn what_an_editor_corrects_by_itself_is_no_change() {
        assert_eq!(bare("«−1\u{a0}234»,\u{ad} да"), bare("\"-1 234\",да"));
        assert_ne!(bare("12,5"), bare("12.5"));
    }
}
