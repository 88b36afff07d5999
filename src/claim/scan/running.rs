//! Running: a text whose lines are joined: cut words and ranges are whole again, each character knows its line.

use std::cell::Cell;
use std::collections::BTreeMap;

/// A running text.
pub struct Running {
    /// Its characters.
    pub chars: Vec<char>,
    /// The line of each, from 1.
    lines: Vec<u32>,
    /// The chunk that was asked for last: its numbers ask for it one after the other.
    chunk: Cell<Chunk>,
}

/// What stands between white space.
#[derive(Clone, Copy, Default)]
pub struct Chunk {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// Whether it is an address of the web or of mail.
    pub address: bool,
}

/// Says whether a character stands between the groups of digits of one number.
pub fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Says whether a character is a dash or a minus.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '‒' | '−')
}

impl Running {
    /// Joins lines: a word cut by a hyphen is put together, a range cut behind its dash too, other ends become spaces.
    /// Rows of tables, numbers that stand alone and empty lines keep their distance.
    pub fn join<T>(lines: &[&str], rows: &BTreeMap<usize, T>) -> Running {
        let mut running = Running { chars: Vec::new(), lines: Vec::new(), chunk: Cell::default() };
        let mut apart = true;
        for (i, line) in lines.iter().enumerate() {
            let line = line.trim();
            let Some(first) = line.chars().next() else {
                apart = apart || !running.is_open();
                continue;
            };
            let alone = rows.contains_key(&i) || line.chars().all(|c| c.is_ascii_digit() || ",.".contains(c));
            running.bridge(first, apart || rows.contains_key(&i), i + 1);
            line.chars().for_each(|c| running.push(c, i + 1));
            apart = alone;
            if alone {
                running.push('\n', i + 1);
            }
        }
        running
    }

    /// Closes the gap between two lines.
    fn bridge(&mut self, first: char, apart: bool, line: usize) {
        let Some(last) = self.chars.last().copied() else { return };
        let before = self.chars.len().checked_sub(2).map_or(' ', |at| self.chars[at]);
        if apart {
            self.push('\n', line);
        } else if matches!(last, '-' | '\u{ad}' | '–') && before.is_alphabetic() && first.is_lowercase() {
            self.chars.pop();
            self.lines.pop();
        } else if !(is_dash(last) && before.is_ascii_digit() && (first.is_ascii_digit() || first.is_lowercase())) {
            self.push(' ', line);
        }
    }

    /// Says whether what has been read goes on: a page may end within a sentence.
    fn is_open(&self) -> bool {
        self.chars.last().is_some_and(|c| c.is_alphanumeric() || is_dash(*c) || matches!(c, ',' | '\u{ad}'))
    }

    fn push(&mut self, c: char, line: usize) {
        // Soft hyphens within a line say nothing.
        self.chars.push(c);
        self.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
    }

    /// Returns the line of a place, from 1; none beyond the end.
    pub fn line(&self, at: usize) -> Option<usize> {
        self.lines.get(at).map(|line| *line as usize)
    }

    /// Returns the character at a place, a space beyond the ends.
    pub fn at(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or(' ')
    }

    /// Returns the character before a place, a space before the first.
    pub fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or(' ', |at| self.at(at))
    }

    /// Returns a stretch of it.
    pub fn text(&self, from: usize, to: usize) -> String {
        self.chars[from.min(self.chars.len())..to.min(self.chars.len())].iter().collect()
    }

    /// Returns the place behind the last sign that is no space, at or before a place.
    pub fn skip_back(&self, mut at: usize) -> usize {
        while at > 0 && (is_space(self.chars[at - 1]) || self.chars[at - 1] == '\n') {
            at -= 1;
        }
        at
    }

    /// Returns where the word before a place begins and ends; a point, a number sign and a colon belong to it.
    pub fn word_span(&self, at: usize) -> (usize, usize) {
        let end = self.skip_back(at);
        let mut start = end;
        while start > 0 && (self.chars[start - 1].is_alphabetic() || matches!(self.chars[start - 1], '№' | '.' | ':'))
        {
            start -= 1;
        }
        (start, end)
    }

    /// Returns the word before a place, in small letters.
    pub fn word_before(&self, at: usize) -> String {
        let (start, end) = self.word_span(at);
        self.text(start, end).to_lowercase()
    }

    /// Returns what follows a place, from its first letter or sign, in small letters.
    pub fn after(&self, at: usize) -> String {
        let mut from = at;
        while is_space(self.at(from)) && from < self.chars.len() {
            from += 1;
        }
        self.text(from, from + 24).to_lowercase()
    }

    /// Returns what stands between white space around a place.
    pub fn chunk(&self, at: usize) -> Chunk {
        let last = self.chunk.get();
        if (last.from..last.to).contains(&at) {
            return last;
        }
        let is_gap = |c: char| c.is_whitespace() || is_space(c);
        let (mut from, mut to) = (at, at);
        while from > 0 && !is_gap(self.chars[from - 1]) {
            from -= 1;
        }
        while to < self.chars.len() && !is_gap(self.chars[to]) {
            to += 1;
        }
        let own = &self.chars[from..to];
        let begins = |text: &str| own.iter().take(4).flat_map(|c| c.to_lowercase()).eq(text.chars());
        let address = own.contains(&'@') || own.windows(3).any(|part| part == [':', '/', '/']) || begins("www.");
        let chunk = Chunk { from, to, address };
        self.chunk.set(chunk);
        chunk
    }

    /// Says whether a place is the first of its line.
    pub fn opens_line(&self, at: usize) -> bool {
        let before = self.skip_back(at);
        before == 0 || self.line(before - 1) != self.line(at)
    }

    /// Says whether what stands before a place has come to an end: a sentence, a heading, an empty line.
    pub fn is_closed_before(&self, at: usize) -> bool {
        let before = self.skip_back(at);
        before == 0
            || self.text(before, at).contains('\n')
            || matches!(self.chars[before - 1], '.' | ';' | ':' | '!' | '?')
    }
}
