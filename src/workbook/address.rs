//! Address: where a cell stands, `B7`, and an area of cells, `B7:F20`.

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
const MOST: (u32, u32) = (1 << 24, 1 << 16);

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
