//! Address: where a cell stands, `B7`, and an area of cells, `B7:F20`.

use std::collections::BTreeMap;
use std::fmt;

/// The place of a cell, both counted from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The row.
    pub row: u32,
    /// The column.
    pub column: u32,
}

/// An area of cells, its last row and column included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The first cell.
    pub first: At,
    /// The last cell.
    pub last: At,
}

/// The rows and columns that a sheet of any program may have.
pub(super) const MOST: (u32, u32) = (1 << 24, 1 << 16);

/// Rows or columns in spans that do not touch: however many are added, one is found at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans(BTreeMap<u32, u32>);

impl Spans {
    /// Adds all from the first to the last.
    pub fn add(&mut self, first: u32, last: u32) {
        let (mut from, mut to) = (first, last.max(first));
        while let Some((start, end)) =
            self.0.range(..=to.saturating_add(1)).next_back().map(|(start, end)| (*start, *end))
            && end.saturating_add(1) >= from
        {
            self.0.remove(&start);
            (from, to) = (from.min(start), to.max(end));
        }
        self.0.insert(from, to);
    }

    /// Returns true where one is among them.
    pub fn contains(&self, number: u32) -> bool {
        self.0.range(..=number).next_back().is_some_and(|(_, last)| number <= *last)
    }
}

/// Areas that are merged into one cell each, found by any of their cells; of two that overlap the first stays.
#[derive(Clone, Debug, Default)]
pub struct Merged {
    areas: Vec<Area>,
    /// The first cell of an area in each of its rows, with the area.
    rows: BTreeMap<At, Area>,
}

impl Merged {
    /// Adds an area.
    pub fn add(&mut self, area: Area) {
        self.areas.push(area);
        for row in area.first.row..=area.last.row {
            let end = At { row, column: area.last.column };
            let before = self.rows.range(At { row, column: 0 }..=end).next_back();
            if before.is_none_or(|(_, other)| other.last.column < area.first.column) {
                self.rows.insert(At { row, column: area.first.column }, area);
            }
        }
    }

    /// Finds the area that a cell lies in.
    pub fn of(&self, at: At) -> Option<Area> {
        let found = self.rows.range(At { row: at.row, column: 0 }..=at).next_back();
        found.map(|(_, area)| *area).filter(|area| area.contains(at))
    }

    /// Lists the areas as the file does.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }
}

impl At {
    /// Reads `B7`, with `$` before either part or without.
    pub fn parse(text: &str) -> Option<At> {
        let text = text.replace('$', "");
        let split = text.find(|c: char| c.is_ascii_digit())?;
        let (letters, digits) = text.split_at(split);
        let row: u32 = digits.parse().ok().filter(|row| (1..=MOST.0).contains(row))?;
        Some(At { row: row - 1, column: column(letters)? })
    }
}

impl Area {
    /// Reads `B7:F20`; a cell alone is an area.
    pub fn parse(text: &str) -> Option<Area> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let (one, other) = (At::parse(first)?, At::parse(last)?);
        let first = At { row: one.row.min(other.row), column: one.column.min(other.column) };
        Some(Area { first, last: At { row: one.row.max(other.row), column: one.column.max(other.column) } })
    }

    /// Returns how many rows it covers.
    pub fn height(&self) -> usize {
        (self.last.row - self.first.row) as usize + 1
    }

    /// Returns true where a cell lies in the area.
    pub fn contains(&self, at: At) -> bool {
        (self.first.row..=self.last.row).contains(&at.row)
            && (self.first.column..=self.last.column).contains(&at.column)
    }
}

/// Reads the letters of a column: `A` is 0.
pub fn column(letters: &str) -> Option<u32> {
    let is_sound = (1..=4).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase());
    let number = letters.bytes().filter(|_| is_sound).fold(0u32, |sum, b| sum * 26 + u32::from(b - b'A') + 1);
    number.checked_sub(1).filter(|column| *column < MOST.1)
}

/// Writes the letters of a column.
pub fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.push(b'A' + ((left - 1) % 26) as u8);
        left = (left - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", letters(self.column), self.row + 1)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { self.first.fmt(f) } else { write!(f, "{}:{}", self.first, self.last) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_touch_are_one() {
        let mut spans = Spans::default();
        for (first, last) in [(5, 6), (9, 9), (1, 2), (3, 3), (u32::MAX, u32::MAX), (7, 20), (8, 8)] {
            spans.add(first, last);
        }
        assert_eq!(spans.0, BTreeMap::from([(1, 3), (5, 20), (u32::MAX, u32::MAX)]));
        assert_eq!(
            [0, 1, 3, 4, 5, 20, 21, u32::MAX].map(|n| spans.contains(n)),
            [false, true, true, false, true, true, false, true]
        );
    }

    #[test]
    fn a_merged_area_is_found_by_any_of_its_cells() {
        let mut merged = Merged::default();
        let area = |text| Area::parse(text).expect("an area");
        ["B2:C3", "D2:D9", "C3:F4", "A1"].into_iter().for_each(|text| merged.add(area(text)));
        let found = |text| At::parse(text).and_then(|at| merged.of(at)).map(|area| area.to_string());
        assert_eq!(
            ["B2", "C3", "D4", "A1"].map(found).map(Option::unwrap_or_default),
            ["B2:C3", "B2:C3", "D2:D9", "A1"]
        );
        // What a later area overlaps in one row is the first one's; its other rows are its own.
        assert_eq!(["A2", "E2", "C4", "E4"].map(found), [None, None, None, None]);
        assert_eq!(merged.areas().len(), 4);
    }

    #[test]
    fn addresses_are_read_and_written_alike() {
        for text in ["A1", "Z9", "AA10", "XFD1048576", "B7:F20"] {
            assert_eq!(Area::parse(text).map(|area| area.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Area::parse("$F$20:B7").map(|area| area.to_string()).as_deref(), Some("B7:F20"));
        for wrong in ["", "7", "B", "B0", "b7", "B7x", "BBBBB1", "Я7", "B99999999999"] {
            assert_eq!(At::parse(wrong), None, "{wrong}");
        }
    }
}
