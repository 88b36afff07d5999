//! Rendered: what the engine made of a template, which is text with slots, and the pieces that stand in them.

use crate::document::markdown;
use crate::document::slots::{Piece, last_slot, next_slot};
use crate::document::{Block, Inline, cited};
use crate::language::begins_with_year_word;

/// A text of the engine. It ends here: what leaves is a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Rendered {
    /// Markdown with slots.
    pub(super) text: String,
    /// What stands in the slots.
    pub(super) pieces: Vec<Piece>,
}

impl Rendered {
    /// Reads it as a part of a page.
    pub(super) fn blocks(&self) -> Vec<Block> {
        markdown::blocks(&self.text, &self.pieces)
    }

    /// Reads it as one line.
    pub(super) fn line(&self) -> Vec<Inline> {
        markdown::line(&self.text, &self.pieces)
    }

    /// Binds a year to its word: no line breaks between `2022` and `году`, `жылы`.
    pub(super) fn kept_together(self) -> Rendered {
        let mut out = String::with_capacity(self.text.len());
        let mut rest = self.text.as_str();
        while let Some(at) = rest.find(' ') {
            let (before, after) = rest.split_at(at);
            let is_number = || match last_slot(before).and_then(|index| self.pieces.get(index)) {
                Some(Piece::Inline(Inline::Number { .. })) => true,
                Some(_) => false,
                None => before.ends_with(|c: char| c.is_ascii_digit()),
            };
            let is_year = begins_with_year_word(&after[1..]);
            out.push_str(before);
            out.push(if is_year && is_number() { '\u{a0}' } else { ' ' });
            rest = &after[1..];
        }
        Rendered { text: out + rest, pieces: self.pieces }
    }

    /// Writes it as a line of Markdown.
    pub(super) fn spelled(&self) -> String {
        let (mut out, mut rest) = (String::new(), self.text.as_str());
        while let Some((before, index, after)) = next_slot(rest) {
            out.push_str(before);
            match self.pieces.get(index) {
                Some(Piece::Inline(Inline::Number { text, .. } | Inline::Formula(text) | Inline::Text(text))) => {
                    out.push_str(text);
                }
                Some(Piece::Inline(Inline::Reference { exhibit, text })) => {
                    out.push_str(&format!("[{text}](#{exhibit})"));
                }
                Some(Piece::Inline(cite @ Inline::Cite { work, .. })) => {
                    out.push_str(&format!("[{}](#ref-{work})", cited(cite)));
                }
                Some(Piece::Inline(Inline::Untold(said))) => out.push_str(&format!("[{said}]")),
                Some(Piece::Inline(_) | Piece::Block(_)) | None => {}
            }
            rest = after;
        }
        out + rest
    }
}
