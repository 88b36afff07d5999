//! Running: a text whose lines are joined: cut words and ranges are whole again, each character knows its line.

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::language::{is_letter, small};

/// A running text. Places in it are counted in characters.
pub(super) struct Running {
    text: String,
    /// The same in small letters, each as many bytes long.
    small: String,
    /// The byte at which each character begins, and the end.
    starts: Vec<u32>,
    /// The place at which each line begins, with its number from 1.
    lines: Vec<(u32, u32)>,
    /// The chunk that was asked for last: its numbers ask for it one after the other.
    chunk: Cell<Chunk>,
    /// The line that was asked for last, likewise.
    line: Cell<usize>,
    /// Whether most letters are Latin.
    english: bool,
}

/// What stands between white space.
#[derive(Clone, Copy, Default)]
pub(super) struct Chunk {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// Whether it is an address of the web or of mail.
    pub address: bool,
}

/// Says whether a character stands between the groups of digits of one number.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Says whether a character is a dash or a minus.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '‒' | '−' | '\u{2011}')
}

impl Running {
    /// Joins lines: a word cut by a hyphen is put together, a range cut behind its dash too, other ends become spaces.
    /// Rows of tables, numbers that stand alone and empty lines keep their distance.
    pub(super) fn join<T>(lines: &[&str], rows: &BTreeMap<usize, T>) -> Running {
        let bytes = lines.iter().map(|line| line.len() + 1).sum();
        let mut running = Running {
            text: String::with_capacity(bytes),
            small: String::with_capacity(bytes),
            starts: vec![0],
            lines: Vec::new(),
            chunk: Cell::default(),
            line: Cell::default(),
            english: false,
        };
        let (mut latin, mut other) = (0, 0);
        for c in lines.iter().flat_map(|line| line.chars()) {
            match c.is_ascii() {
                true => latin += usize::from(c.is_ascii_alphabetic()),
                false => other += usize::from(is_letter(c)),
            }
        }
        running.english = latin > 2 * other;
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
        let Some(last) = self.len().checked_sub(1).map(|at| self.at(at)) else { return };
        let before = self.before(self.len() - 1);
        if apart {
            self.push('\n', line);
        } else if matches!(last, '-' | '\u{ad}' | '–') && before.is_alphabetic() && first.is_lowercase() {
            self.pop();
        } else if !(is_dash(last) && before.is_ascii_digit() && (first.is_ascii_digit() || first.is_lowercase())) {
            self.push(' ', line);
        }
    }

    /// Says whether what has been read goes on: a page may end within a sentence.
    fn is_open(&self) -> bool {
        let last = self.len().checked_sub(1).map(|at| self.at(at));
        last.is_some_and(|c| c.is_alphanumeric() || is_dash(c) || matches!(c, ',' | '\u{ad}'))
    }

    fn push(&mut self, c: char, line: usize) {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        if self.lines.last().is_none_or(|(_, last)| *last != line) {
            self.lines.push((self.len() as u32, line));
        }
        self.text.push(c);
        self.small.push(small(c));
        self.starts.push(self.text.len() as u32);
    }

    fn pop(&mut self) {
        self.starts.pop();
        self.text.pop();
        self.small.pop();
    }

    /// Says whether it is English, where a comma parts groups of digits.
    pub(super) fn is_english(&self) -> bool {
        self.english
    }

    /// Returns how many characters there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn bytes(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        let to = to.min(self.len());
        self.starts[from.min(to)] as usize..self.starts[to] as usize
    }

    /// Returns the line of a place, from 1; none beyond the end.
    pub(super) fn line(&self, at: usize) -> Option<usize> {
        if at >= self.len() {
            return None;
        }
        let begins = |i: usize| self.lines.get(i).map_or(usize::MAX, |(start, _)| *start as usize);
        let mut i = self.line.get();
        if begins(i) > at || begins(i + 1) <= at {
            i = self.lines.partition_point(|(start, _)| *start as usize <= at).saturating_sub(1);
            self.line.set(i);
        }
        self.lines.get(i).map(|(_, line)| *line as usize)
    }

    /// Returns the character at a place, a space beyond the ends.
    pub(super) fn at(&self, at: usize) -> char {
        let Some(start) = self.starts.get(at).map(|start| *start as usize) else { return ' ' };
        match self.text.as_bytes().get(start) {
            Some(byte) if byte.is_ascii() => char::from(*byte),
            _ => self.text[start..].chars().next().unwrap_or(' '),
        }
    }

    /// Says whether a letter stands at a place.
    pub(super) fn is_letter(&self, at: usize) -> bool {
        is_letter(self.at(at))
    }

    /// Returns the character before a place, a space before the first.
    pub(super) fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or(' ', |at| self.at(at))
    }

    /// Returns a stretch of it.
    pub(super) fn text(&self, from: usize, to: usize) -> &str {
        &self.text[self.bytes(from, to)]
    }

    /// Returns a stretch of it in small letters.
    pub(super) fn small(&self, from: usize, to: usize) -> &str {
        &self.small[self.bytes(from, to)]
    }

    /// Returns what begins at a place, in small letters.
    pub(super) fn small_from(&self, at: usize) -> &str {
        &self.small[self.starts[at.min(self.len())] as usize..]
    }

    /// Returns all of it.
    pub(super) fn whole(&self) -> &str {
        &self.text
    }

    /// Returns the place of the character that begins at a byte of it.
    pub(super) fn place(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| (*start as usize) < byte)
    }

    /// Returns the place behind the last sign that is no space, at or before a place.
    pub(super) fn skip_back(&self, mut at: usize) -> usize {
        while at > 0 && (is_space(self.at(at - 1)) || self.at(at - 1) == '\n') {
            at -= 1;
        }
        at
    }

    /// Returns where the word before a place begins and ends; a point, a number sign and a colon belong to it.
    pub(super) fn word_span(&self, at: usize) -> (usize, usize) {
        let end = self.skip_back(at);
        let mut start = end;
        while start > 0 && (self.is_letter(start - 1) || matches!(self.at(start - 1), '№' | '.' | ':')) {
            start -= 1;
        }
        (start, end)
    }

    /// Returns the word before a place, in small letters.
    pub(super) fn word_before(&self, at: usize) -> &str {
        let (start, end) = self.word_span(at);
        self.small(start, end)
    }

    /// Returns what follows a place, from its first letter or sign, in small letters.
    pub(super) fn after(&self, at: usize) -> &str {
        let from = self.skip(at);
        self.small(from, from + 24)
    }

    /// Returns the place of the first sign at or behind a place that is no space.
    pub(super) fn skip(&self, mut at: usize) -> usize {
        while at < self.len() && is_space(self.at(at)) {
            at += 1;
        }
        at
    }

    /// Returns what stands between white space around a place.
    pub(super) fn chunk(&self, at: usize) -> Chunk {
        let last = self.chunk.get();
        if (last.from..last.to).contains(&at) {
            return last;
        }
        let is_gap = |c: char| c.is_whitespace() || is_space(c);
        let (mut from, mut to) = (at, at);
        while from > 0 && !is_gap(self.at(from - 1)) {
            from -= 1;
        }
        while to < self.len() && !is_gap(self.at(to)) {
            to += 1;
        }
        let own = self.small(from, to);
        let address = own.contains('@') || own.contains(':') && own.contains("://") || own.starts_with("www.");
        let chunk = Chunk { from, to, address };
        self.chunk.set(chunk);
        chunk
    }

    /// Says whether a place is the first of its line.
    pub(super) fn opens_line(&self, at: usize) -> bool {
        let before = self.skip_back(at);
        before == 0 || self.line(before - 1) != self.line(at)
    }

    /// Says whether what stands before a place has come to an end: a sentence, a heading, an empty line.
    pub(super) fn is_closed_before(&self, at: usize) -> bool {
        let before = self.skip_back(at);
        before == 0
            || self.text(before, at).contains('\n')
            || matches!(self.at(before - 1), '.' | ';' | ':' | '!' | '?')
    }
}
