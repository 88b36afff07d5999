//! Marks: where the bytes of a text stand that part its fields and records, found many at a time.

use fearless_simd::{Level, Simd, dispatch, prelude::*, u8x64};

/// The marks of a piece of text.
pub(super) struct Marks {
    delimiter: u8,
    /// Where they stand, ascending.
    pub list: Vec<usize>,
    level: Level,
}

impl Marks {
    pub(super) fn new(delimiter: u8) -> Marks {
        Marks { delimiter, list: Vec::new(), level: Level::new() }
    }

    /// Finds every delimiter, line end and quotation mark; says whether there are quotation marks.
    pub(super) fn find(&mut self, text: &[u8]) -> bool {
        self.list.clear();
        dispatch!(self.level, simd => find(simd, text, self.delimiter, &mut self.list))
    }
}

#[inline(always)]
fn find<S: Simd>(simd: S, text: &[u8], delimiter: u8, list: &mut Vec<usize>) -> bool {
    let mut quotes = 0;
    let mut block = [0; 64];
    for (number, piece) in text.chunks(64).enumerate() {
        block[..piece.len()].copy_from_slice(piece);
        block[piece.len()..].fill(0);
        let bytes = u8x64::from_slice(simd, &block);
        let quote = bytes.simd_eq(b'"');
        let mut hits = (quote | bytes.simd_eq(delimiter) | bytes.simd_eq(b'\n') | bytes.simd_eq(b'\r')).to_bitmask();
        quotes |= quote.to_bitmask();
        while hits != 0 {
            list.push(number * 64 + hits.trailing_zeros() as usize);
            hits &= hits - 1;
        }
    }
    quotes != 0
}
