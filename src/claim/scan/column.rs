//! Column: the scale and unit that the head of a column, or the caption of a table, says for all of its cells.

use super::form::is_year;
use super::running::{Running, is_dash, is_space};
use super::{Found, Measured, Sort, is_row, read, unit};

/// Gives cells that say nothing of their unit what their head says, and makes years of those that name rows.
pub(super) fn columns(lines: &[&str], found: &mut [Found]) {
    let mut head: Option<usize> = None;
    let mut at = 0;
    for (i, line) in lines.iter().enumerate() {
        let from = at;
        at += found[from..].iter().take_while(|one| one.line <= i + 1).count();
        if !is_row(line) {
            head = None;
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let own = &mut found[from..at];
        let places: Vec<(usize, usize)> = places(&cells, own);
        if head.is_none_or(|head| lines[head].split('\t').count() != cells.len()) && !holds(own, &places) {
            head = Some(i);
            continue;
        }
        let Some(top) = head.filter(|top| lines[*top].split('\t').count() == cells.len()) else { continue };
        let heads: Vec<&str> = lines[top].split('\t').map(str::trim).collect();
        for (cell, one) in places {
            let one = &mut own[one];
            if one.sort != Sort::Number {
                continue;
            }
            if cell == 0 && is_year(cells[0]) {
                (one.sort, one.measured) = (Sort::Year, Measured::default());
            } else if cell > 0 && one.measured.is_bare() {
                one.measured = says(heads[cell]).or_else(|| captioned(lines, top, heads[cell])).unwrap_or_default();
            }
        }
    }
}

/// Says whether a cell behind the first holds a quantity.
fn holds(found: &[Found], places: &[(usize, usize)]) -> bool {
    places.iter().any(|(cell, one)| *cell > 0 && found[*one].sort == Sort::Number)
}

/// Lists the cells that are one number, each with which of the numbers of its line.
fn places(cells: &[&str], found: &[Found]) -> Vec<(usize, usize)> {
    let plain = |text: &str| -> String {
        let signs = text.trim_start_matches(|c: char| is_dash(c) || is_space(c));
        signs.chars().filter(|c| !is_space(*c)).collect()
    };
    let mut next = 0;
    let mut places = Vec::new();
    for (cell, text) in cells.iter().enumerate() {
        let text = plain(text);
        if let Some(one) = (next..found.len()).find(|one| plain(&found[*one].printed) == text) {
            places.push((cell, one));
            next = one + 1;
        }
    }
    places
}

/// Reads what a heading says behind its last comma, or in parentheses at its end: «Population, thousand persons».
fn says(heading: &str) -> Option<Measured> {
    let heading = heading.trim();
    let inner = heading.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map(|(_, inner)| inner);
    let part = inner.or_else(|| heading.rsplit_once(',').map(|(_, part)| part)).unwrap_or(heading);
    let one = read(&format!("1 {}", part.trim())).ok()?;
    Some(one.measured).filter(|measured| !measured.is_bare())
}

/// Reads what the line over a table says, for a column whose head is a period and names nothing of its own.
fn captioned(lines: &[&str], top: usize, head: &str) -> Option<Measured> {
    let running = Running::join(&[head], &std::collections::BTreeMap::<usize, ()>::new());
    let named = (0..running.len()).any(|at| !running.is_letter(at.saturating_sub(1)) && unit::begins(&running, at));
    if named || !head.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let over = lines[..top].iter().rev().find(|line| !line.trim().is_empty())?;
    if is_row(over) || !over.contains([',', '(']) { None } else { says(over) }
}
