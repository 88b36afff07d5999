//! Table: rows of numbers in a text, whose groups of digits are told apart by the number of columns.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// One piece of a row between spaces.
#[derive(Clone, Debug)]
struct Piece<'a> {
    text: Cow<'a, str>,
    signed: bool,
}

/// How many cells make a row by themselves, and how many beside another row.
const FEWEST: usize = 4;
const FEWEST_BESIDE: usize = 3;

/// The name of a row has no more words.
const LONGEST_NAME: usize = 6;

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Its cells as printed.
    pub cells: Vec<String>,
    /// Whether its groups of digits may be parted in another way as well.
    pub open: bool,
}

/// Finds the rows of tables among lines.
pub(super) fn rows(lines: &[&str]) -> BTreeMap<usize, Row> {
    let mut pieces: BTreeMap<usize, Vec<Piece<'_>>> =
        lines.iter().enumerate().filter_map(|(i, line)| Some((i, pieces(line)?))).collect();
    let near = |i: usize, all: &BTreeMap<usize, Vec<Piece<'_>>>| all.range(i.saturating_sub(2)..i + 3).count() > 1;
    let alone: BTreeSet<usize> =
        pieces.iter().filter(|(i, row)| row.len() < FEWEST && !near(**i, &pieces)).map(|(i, _)| *i).collect();
    pieces.retain(|i, _| !alone.contains(i));
    let mut found = BTreeMap::new();
    let mut block: Vec<(usize, Vec<Piece<'_>>)> = Vec::new();
    for (i, row) in pieces {
        // Rows that stand far apart belong to different tables, and so does what stands under a head of its own.
        if block.last().is_some_and(|(last, _)| i - last > 12) || is_head(&row) {
            close(&mut block, &mut found);
        }
        block.push((i, row));
    }
    close(&mut block, &mut found);
    found
}

/// Parts the rows of one table by its head, or else by what most of its rows have in common.
fn close(block: &mut Vec<(usize, Vec<Piece<'_>>)>, found: &mut BTreeMap<usize, Row>) {
    let head = block.first().filter(|(_, row)| is_head(row)).map(|(_, row)| row.len());
    let columns = head.unwrap_or_else(|| columns(block.iter().map(|(_, row)| row.as_slice())));
    for (i, row) in block.drain(..) {
        let text = |row: &[Piece<'_>]| row.iter().map(|piece| piece.text.to_string()).collect();
        let row =
            if is_head(&row) { Row { cells: text(&row), open: false } } else { parted(&row, columns, head.is_some()) };
        found.insert(i, row);
    }
}

/// Says whether a row names its columns: years that follow each other, or 1, 2, 3.
fn is_head(row: &[Piece<'_>]) -> bool {
    let years = row.iter().all(|piece| super::form::is_year(&piece.text));
    let rising = row.windows(2).all(|pair| pair[0].text < pair[1].text);
    row.len() > 1 && (years && rising || row.iter().enumerate().all(|(i, piece)| piece.text == (i + 1).to_string()))
}

/// Says whether cells only count the columns: 1, 2, 3 and so on.
pub(super) fn is_header(cells: &[String]) -> bool {
    cells.iter().enumerate().all(|(i, cell)| *cell == (i + 1).to_string())
}

/// Splits a line that is a name followed by nothing but numbers and dashes.
fn pieces(line: &str) -> Option<Vec<Piece<'_>>> {
    // Cells that are marked off need no guess; a space that does not break binds the groups of one number.
    if line.trim().contains('\t') {
        return None;
    }
    let bound = |c: char| matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}');
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
    // A line may be a whole paper: it is read from its end, and no further than a name is long.
    let mut words = line.rsplit(' ').filter(|word| !word.is_empty()).peekable();
    let mut cells: Vec<&str> = std::iter::from_fn(|| words.next_if(is_cell)).collect();
    cells.reverse();
    let name: Vec<&str> = words.take(LONGEST_NAME + 1).collect();
    let digits = cells.iter().filter(|word| word.contains(|c: char| c.is_ascii_digit())).count();
    let fewest = if cells.iter().all(|cell| super::form::is_year(cell)) { 2 } else { FEWEST_BESIDE };
    if cells.len() < fewest || digits == 0 || name.len() > LONGEST_NAME || name.iter().any(is_prose) {
        return None;
    }
    fn piece(word: &str) -> Piece<'_> {
        let plain = if word.contains(['−', '–']) { word.replace(['−', '–'], "-").into() } else { word.into() };
        Piece { text: plain, signed: word.starts_with(['-', '−', '–']) }
    }
    Some(cells.iter().map(|word| piece(word)).collect())
}

/// Says whether two neighbours may be one number: at most three digits, then three more without a sign.
fn may_merge(left: &Piece<'_>, right: &Piece<'_>) -> bool {
    let lead = left.text.trim_start_matches('-');
    (1..=3).contains(&lead.len())
        && lead.chars().all(|c| c.is_ascii_digit())
        && lead != "0"
        && !right.signed
        && right.text.chars().take_while(char::is_ascii_digit).count() == 3
        && (right.text.len() == 3 || right.text[3..].starts_with([',', '.']))
}

/// Guesses the number of columns: what most rows have when one or two digits are joined with the three behind them.
fn columns<'a>(rows: impl Iterator<Item = &'a [Piece<'a>]>) -> usize {
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

/// More ways than this to part one row are not gone through.
const MOST_WAYS: usize = 2_000;

/// Joins as many neighbours as the columns demand: in the way in which the numbers have most alike many groups, and among
/// several such in the one whose leads are shortest; then the row is open.
fn parted(row: &[Piece<'_>], columns: usize, head: bool) -> Row {
    let last = row.len().saturating_sub(1);
    let zero = |at: usize| {
        row[at + 1].text.starts_with("0") && row[at + 1].text.len() >= 3 && !row[at + 1].text.starts_with("0,")
    };
    let places: Vec<usize> = (0..last).filter(|at| may_merge(&row[*at], &row[at + 1])).collect();
    // A group that begins with zero is no number of its own.
    let (forced, free): (Vec<usize>, Vec<usize>) = places.into_iter().partition(|at| zero(*at));
    let missing = row.len().saturating_sub(columns.max(1)).saturating_sub(forced.len()).min(free.len());
    let mut joins = vec![false; row.len()];
    forced.iter().for_each(|at| joins[*at] = true);
    let mut ways: Vec<((usize, usize), Vec<usize>)> = Vec::new();
    let whole = choices(&free, missing, &mut |chosen| {
        let mut trial = joins.clone();
        chosen.iter().for_each(|at| trial[*at] = true);
        let lead = chosen.iter().map(|at| row[*at].text.trim_start_matches('-').len()).sum();
        ways.push(((spread(&trial), lead), chosen.to_vec()));
    });
    let best = ways.iter().min_by_key(|(cost, _)| *cost).cloned();
    let (least, chosen) = best.unwrap_or(((0, 0), free.iter().copied().take(missing).collect()));
    let rivals = ways.iter().filter(|(cost, _)| cost.0 == least.0).count();
    chosen.iter().for_each(|at| joins[*at] = true);
    let mut cells: Vec<String> = Vec::new();
    for (at, piece) in row.iter().enumerate() {
        match (at > 0 && joins[at - 1], cells.last_mut()) {
            (true, Some(last)) => {
                last.push(' ');
                last.push_str(&piece.text);
            }
            _ => cells.push(piece.text.to_string()),
        }
    }
    // Without a head nothing says that groups which could be joined are not.
    let guessed = !head && columns >= row.len() && row.len() > 3 && (2..=3).any(|size| halves(row, size));
    let open = rivals > 1 || !whole || guessed || cells.len() != columns && head;
    cells.retain(|cell| cell.contains(|c: char| c.is_ascii_digit()));
    Row { cells, open }
}

/// Says whether a row may as well be numbers of so many groups each.
fn halves(row: &[Piece<'_>], size: usize) -> bool {
    row.len().is_multiple_of(size)
        && (0..row.len() - 1).all(|at| (at + 1).is_multiple_of(size) || may_merge(&row[at], &row[at + 1]))
}

/// Returns how much the numbers of groups differ in a row so joined.
fn spread(joins: &[bool]) -> usize {
    let (mut sizes, mut size) = ((usize::MAX, 0), 1);
    for joined in joins {
        if *joined {
            size += 1;
        } else {
            sizes = (sizes.0.min(size), sizes.1.max(size));
            size = 1;
        }
    }
    sizes.1 - sizes.0.min(sizes.1)
}

/// Goes through the choices of so many of some places; false where there are too many of them.
fn choices(places: &[usize], count: usize, visit: &mut dyn FnMut(&[usize])) -> bool {
    let mut ways = 1usize;
    for i in 0..count {
        ways = ways.saturating_mul(places.len() - i) / (i + 1);
        if ways > MOST_WAYS {
            return false;
        }
    }
    let mut chosen: Vec<usize> = (0..count).collect();
    loop {
        visit(&chosen.iter().map(|i| places[*i]).collect::<Vec<_>>());
        let Some(at) = (0..count).rev().find(|i| chosen[*i] < places.len() - count + i) else { return true };
        chosen[at] += 1;
        for next in at + 1..count {
            chosen[next] = chosen[next - 1] + 1;
        }
    }
}
