//! Written: an entry of the catalogue as it stands there, key by key, so that what it says is taken over to the letter.

use std::ops::Range;

use crate::catalog::entry::ResourceEntry;

/// An entry of the catalogue: its lines, without the margin that all share.
pub(super) struct Written {
    lines: Vec<String>,
    /// Its lines in the catalogue, from 0.
    pub(super) span: Range<usize>,
}

impl Written {
    /// Finds an entry in the text of the catalogue.
    pub(super) fn of(text: &str, resource: &ResourceEntry) -> Written {
        let (first, column) = (resource.at.0.saturating_sub(1), resource.at.1.saturating_sub(1));
        let all: Vec<&str> = text.lines().collect();
        let is_own = |line: &&&str| margin(line).is_none_or(|own| own >= column);
        let count = 1 + all.iter().skip(first + 1).take_while(is_own).count();
        let own = all.iter().skip(first).take(count);
        let mut lines: Vec<String> =
            own.map(|line| line.chars().skip(column).collect::<String>().trim_end().to_owned()).collect();
        while lines.last().is_some_and(|line| margin(line).is_none()) {
            lines.pop();
        }
        let span = first..first + lines.len();
        Written { lines, span }
    }

    /// Returns the lines of a key, its own first; none where the entry has it not, or not on a line of its own.
    pub(super) fn key(&self, name: &str) -> Vec<String> {
        block(&self.lines, name)
    }

    /// Returns the lines of a key within another, without their margin.
    pub(super) fn within(&self, outer: &str, name: &str) -> Vec<String> {
        let below: Vec<String> = self.key(outer).into_iter().skip(1).collect();
        let own = below.iter().find_map(|line| margin(line)).unwrap_or(0);
        let bare: Vec<String> = below.iter().map(|line| line.chars().skip(own).collect()).collect();
        block(&bare, name)
    }
}

/// How far a line stands from the left; nothing of a line that holds nothing, or a note.
fn margin(line: &str) -> Option<usize> {
    let own = line.trim_start();
    (!own.is_empty() && !own.starts_with('#')).then(|| line.len() - own.len())
}

fn block(lines: &[String], name: &str) -> Vec<String> {
    let is_key = |line: &String| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(':'));
    let mut own = lines.iter().skip_while(|line| !is_key(line));
    let Some(first) = own.next() else { return Vec::new() };
    // A list may stand below its key without a margin.
    let below = own.take_while(|line| margin(line) != Some(0) || line.starts_with("- "));
    let mut block: Vec<String> = std::iter::once(first).chain(below).cloned().collect();
    while block.last().is_some_and(|line| margin(line).is_none()) {
        block.pop();
    }
    block
}
