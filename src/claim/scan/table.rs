//! Table: rows of numbers in a text, whose groups of digits are told apart by the number of columns.

use std::collections::{BTreeMap, BTreeSet};

/// One piece of a row between spaces.
#[derive(Clone, Debug)]
struct Piece {
    text: String,
    signed: bool,
}

/// How many cells make a row by themselves, and how many beside another row.
const FEWEST: usize = 4;
const FEWEST_BESIDE: usize = 3;

/// Finds the rows of tables among lines: line → its cells as printed.
pub fn rows(lines: &[&str]) -> BTreeMap<usize, Vec<String>> {
    let mut pieces: BTreeMap<usize, Vec<Piece>> =
        lines.iter().enumerate().filter_map(|(i, line)| Some((i, pieces(line)?))).collect();
    let near = |i: usize, all: &BTreeMap<usize, Vec<Piece>>| all.range(i.saturating_sub(2)..i + 3).count() > 1;
    let alone: BTreeSet<usize> =
        pieces.iter().filter(|(i, row)| row.len() < FEWEST && !near(**i, &pieces)).map(|(i, _)| *i).collect();
    pieces.retain(|i, _| !alone.contains(i));
    let mut found = BTreeMap::new();
    let mut block: Vec<usize> = Vec::new();
    let close = |block: &mut Vec<usize>, found: &mut BTreeMap<usize, Vec<String>>| {
        let columns = columns(block.iter().map(|i| pieces[i].as_slice()));
        for i in block.drain(..) {
            found.insert(i, cells(&pieces[&i], columns));
        }
    };
    for i in pieces.keys().copied() {
        // Rows that stand far apart belong to different tables.
        if block.last().is_some_and(|last| i - last > 12) {
            close(&mut block, &mut found);
        }
        block.push(i);
    }
    close(&mut block, &mut found);
    found
}

/// Says whether cells only count the columns: 1, 2, 3 and so on.
pub fn is_header(cells: &[String]) -> bool {
    cells.iter().enumerate().all(|(i, cell)| *cell == (i + 1).to_string())
}

/// Splits a line that is a name followed by nothing but numbers and dashes.
fn pieces(line: &str) -> Option<Vec<Piece>> {
    // Cells that are marked off need no guess; a space that does not break binds the groups of one number.
    if line.trim().contains('\t') {
        return None;
    }
    let bound = |c: char| matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}');
    let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
    let is_cell = |word: &&str| {
        let plain = word.trim_start_matches(['-', '−', '–']);
        word.chars().all(|c| matches!(c, '-' | '–' | '—' | '…' | '−'))
            || !plain.is_empty()
                && plain.starts_with(|c: char| c.is_ascii_digit())
                && plain.chars().all(|c| c.is_ascii_digit() || bound(c) || ",.".contains(c))
                && !plain.ends_with(['.', ','])
    };
    // A name may be shortened, `г.`, but is no sentence.
    let is_prose = |word: &&str| word.contains(',') || word.contains('.') && word.chars().count() > 3;
    let from = words.iter().rposition(|word| !is_cell(word)).map_or(0, |at| at + 1);
    let (name, cells) = words.split_at(from);
    let digits = cells.iter().filter(|word| word.contains(|c: char| c.is_ascii_digit())).count();
    if cells.len() < FEWEST_BESIDE || digits == 0 || name.len() > 6 || name.iter().any(is_prose) {
        return None;
    }
    let piece =
        |word: &&str| Piece { text: word.replace(['−', '–'], "-"), signed: word.starts_with(['-', '−', '–']) };
    Some(cells.iter().map(piece).collect())
}

/// Says whether two neighbours may be one number: at most three digits, then three more without a sign.
fn may_merge(left: &Piece, right: &Piece) -> bool {
    let lead = left.text.trim_start_matches('-');
    (1..=3).contains(&lead.len())
        && lead.chars().all(|c| c.is_ascii_digit())
        && lead != "0"
        && !right.signed
        && right.text.chars().take_while(char::is_ascii_digit).count() == 3
        && (right.text.len() == 3 || right.text[3..].starts_with([',', '.']))
}

/// Guesses the number of columns: what most rows have when one or two digits are joined with the three behind them.
fn columns<'a>(rows: impl Iterator<Item = &'a [Piece]>) -> usize {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        let mut count = 0;
        let mut at = 0;
        while at < row.len() {
            let short = row[at].text.trim_start_matches('-').len() <= 2;
            at += if short && row.get(at + 1).is_some_and(|next| may_merge(&row[at], next)) { 2 } else { 1 };
            count += 1;
        }
        *counts.entry(count).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(columns, rows)| (*rows, *columns)).map_or(0, |(columns, _)| columns)
}

/// Joins as many neighbours as the columns demand: first where a group begins with zero, then behind the shortest lead.
fn cells(row: &[Piece], columns: usize) -> Vec<String> {
    let mut joins = vec![false; row.len()];
    let mut missing = row.len().saturating_sub(columns.max(1));
    let rank = |at: usize| match row[at + 1].text.starts_with('0') {
        true => 0,
        false => row[at].text.trim_start_matches('-').len(),
    };
    let mut places: Vec<usize> =
        (0..row.len().saturating_sub(1)).filter(|at| may_merge(&row[*at], &row[at + 1])).collect();
    places.sort_by_key(|at| (rank(*at), *at));
    // Two groups first; a third only where the columns still do not come out.
    for chained in [false, true] {
        for at in &places {
            let touches = joins[*at] || at.checked_sub(1).is_some_and(|left| joins[left]) || joins[at + 1];
            if missing > 0 && !joins[*at] && (chained || !touches) {
                joins[*at] = true;
                missing -= 1;
            }
        }
    }
    let mut out: Vec<String> = Vec::new();
    for (at, piece) in row.iter().enumerate() {
        match (at > 0 && joins[at - 1], out.last_mut()) {
            (true, Some(last)) => *last = format!("{last} {}", piece.text),
            _ => out.push(piece.text.clone()),
        }
    }
    out.retain(|cell| cell.contains(|c: char| c.is_ascii_digit()));
    out
}
