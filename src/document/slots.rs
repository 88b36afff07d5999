//! Slots: the places that what a program says holds in a text which is yet to be read.

use super::{Block, Inline};

/// The marks around the index of a piece. Unicode keeps these two for use within a program; nothing that a study says
/// holds them, and no document does.
const SLOT: (char, char) = ('\u{fdd0}', '\u{fdd1}');

/// What a program puts into a text that is yet to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// What stands in a line.
    Inline(Inline),
    /// What stands alone.
    Block(Block),
}

/// Holds the place of a piece in a text that is yet to be read.
pub fn slot(index: usize) -> String {
    format!("{}{index}{}", SLOT.0, SLOT.1)
}

/// Splits a text at its first slot: what stands before it, its piece, what stands behind it.
pub fn next_slot(text: &str) -> Option<(&str, usize, &str)> {
    let (before, rest) = text.split_once(SLOT.0)?;
    let (index, after) = rest.split_once(SLOT.1)?;
    Some((before, index.parse().ok()?, after))
}

/// Returns the piece that a text begins with, and what stands behind it.
pub fn first_slot(text: &str) -> Option<(usize, &str)> {
    let (index, after) = text.strip_prefix(SLOT.0)?.split_once(SLOT.1)?;
    Some((index.parse().ok()?, after))
}

/// Returns the piece that a text ends in.
pub fn last_slot(text: &str) -> Option<usize> {
    text.strip_suffix(SLOT.1)?.rsplit_once(SLOT.0)?.1.parse().ok()
}
