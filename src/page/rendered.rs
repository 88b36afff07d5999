//! Rendered: what the engine made of a template, which is text with slots, and the pieces that stand in them.

use crate::document::markdown;
use crate::document::slots::{Piece, last_slot, next_slot};
use crate::document::{Block, Inline, cited};
use crate::language::{Language, begins_with_year_word};

/// The marks around the number of a template's line, which only this room sees.
pub(super) const LINE: (char, char) = ('\u{fdd2}', '\u{fdd3}');
/// The marks around an exempt passage.
pub(super) const EXEMPT: (char, char) = ('\u{fdd4}', '\u{fdd5}');

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

    /// Lets a point that ends an abbreviated unit end the sentence too: `0,3 п. п.`, not `0,3 п. п..`.
    pub(super) fn once_pointed(self) -> Rendered {
        let (mut out, mut rest) = (String::with_capacity(self.text.len()), self.text.as_str());
        while let Some((_, index, after)) = next_slot(rest) {
            out.push_str(&rest[..rest.len() - after.len()]);
            let is_pointed = match self.pieces.get(index) {
                Some(Piece::Inline(Inline::Number { text, .. })) => text.ends_with('.'),
                _ => false,
            };
            let twice = is_pointed && after.starts_with('.') && !after.starts_with("..");
            rest = if twice { &after[1..] } else { after };
        }
        Rendered { text: out + rest, pieces: self.pieces }
    }

    /// Gives a number in words that begins a sentence its capital; `is_prose` says whether the text itself begins one.
    pub(super) fn begun(mut self, language: &Language, is_prose: bool) -> Rendered {
        let mut at = 0;
        while let Some((before, index, after)) = next_slot(&self.text[at..]) {
            let start = at + before.len();
            at = self.text.len() - after.len();
            let Some(Piece::Inline(Inline::Number { text, .. })) = self.pieces.get_mut(index) else { continue };
            let small = text.chars().next().filter(|first| first.is_lowercase());
            if let Some(first) = small.filter(|_| begins(&self.text[..start], language, is_prose)) {
                *text = first.to_uppercase().chain(text.chars().skip(1)).collect();
            }
        }
        self
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

/// Says whether a sentence begins behind a text: at its head, in a new paragraph or heading, behind a sentence that ended.
fn begins(before: &str, language: &Language, is_prose: bool) -> bool {
    let (mut before, mut lines) = (before, 0);
    while let Some(last) = before.chars().next_back() {
        let kept = match last {
            '\n' | ' ' | '*' | '_' | '«' => &before[..before.len() - last.len_utf8()],
            c if c == EXEMPT.0 || c == EXEMPT.1 => &before[..before.len() - last.len_utf8()],
            c if c == LINE.1 => &before[..before.rfind(LINE.0).unwrap_or(0)],
            _ => break,
        };
        lines += usize::from(last == '\n');
        before = kept;
    }
    match before.chars().next_back() {
        None => is_prose,
        Some('#') => true,
        Some(_) if lines > 1 => true,
        Some(stop @ ('.' | '!' | '?')) => language.ends_sentence(&before[..before.len() - stop.len_utf8()]),
        Some(_) => false,
    }
}
