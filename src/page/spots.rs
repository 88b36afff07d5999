//! Spots: the lines and columns of the bytes of a text, each counted from the one that was asked for last.

use std::cell::Cell;

/// A text whose bytes are asked for mostly one behind the other.
pub(super) struct Spots<'a> {
    source: &'a str,
    /// The byte that was asked for last, its line and column.
    seen: Cell<(usize, usize, usize)>,
}

impl<'a> Spots<'a> {
    /// Begins at the first byte of a text.
    pub(super) fn of(source: &'a str) -> Spots<'a> {
        Spots { source, seen: Cell::new((0, 1, 1)) }
    }

    /// Returns line and column, from 1, of a byte.
    pub(super) fn at(&self, at: usize) -> (usize, usize) {
        let (from, line, column) = Some(self.seen.get()).filter(|(from, ..)| *from <= at).unwrap_or((0, 1, 1));
        let passed = &self.source[from..at.min(self.source.len())];
        let line = line + passed.matches('\n').count();
        let column = match passed.rsplit_once('\n') {
            Some((_, last)) => last.chars().count() + 1,
            None => column + passed.chars().count(),
        };
        self.seen.set((at.min(self.source.len()), line, column));
        (line, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_the_same_whichever_was_asked_for_before() {
        let source = "аб\nв\n\nгде";
        let places: Vec<usize> = source.char_indices().map(|(at, _)| at).chain([source.len()]).collect();
        let wanted = [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 1), (4, 1), (4, 2), (4, 3), (4, 4)];
        for from in &places {
            for (at, wanted) in places.iter().zip(wanted) {
                let spots = Spots::of(source);
                spots.at(*from);
                assert_eq!(spots.at(*at), wanted, "{at} behind {from}");
            }
        }
    }
}
