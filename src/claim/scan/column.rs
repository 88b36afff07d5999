//! Column: the scale and unit that the head of a column, or the caption of a table, says for all of its cells.

use super::form::is_year;
use super::running::{Running, is_dash, is_space};
use super::{Found, Measured, Sort, is_row, read, unit};
use crate::language::{Factor, scale_noted, scale_said};

/// The heads of a table's columns.
struct Head {
    /// The line of the first row of them.
    top: usize,
    /// The line of the last.
    last: usize,
    /// What stands over each column.
    cells: Vec<String>,
}

/// Gives cells that say nothing of their unit what their head says, and makes years of those that name rows or columns.
pub(super) fn columns(lines: &[&str], found: &mut [Found]) {
    let mut head: Option<Head> = None;
    let mut top: Option<usize> = None;
    let mut at = 0;
    for (i, line) in lines.iter().enumerate() {
        let from = at;
        at += found[from..].iter().take_while(|one| one.line <= i + 1).count();
        if !is_row(line) {
            (head, top) = (None, None);
            continue;
        }
        let top = *top.get_or_insert(i);
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let own = &mut found[from..at];
        let places: Vec<(usize, usize)> = places(&cells, own);
        let heads = places.iter().all(|(cell, _)| *cell == 0 || is_year(cells[*cell]));
        let years = places.iter().filter(|(cell, _)| is_year(cells[*cell])).count();
        let is_rule = cells.iter().all(|cell| cell.chars().all(|c| is_dash(c) || ":=_".contains(c)));
        let goes_on = head.as_ref().is_some_and(|head| head.cells.len() == cells.len());
        let is_dated = heads && (years > 1 || years > 0 && head.is_none());
        if !is_rule && (!holds(own, &places) || is_dated) && (!goes_on || places.is_empty() || years > 1) {
            own.iter_mut().filter(|one| is_year(&one.printed)).for_each(|one| {
                (one.sort, one.measured) = (Sort::Year, Measured::default());
            });
            match &mut head {
                // A head may have several lines.
                Some(head) if goes_on && head.last + 1 == i => {
                    head.last = i;
                    head.cells.iter_mut().zip(&cells).for_each(|(over, cell)| *over = format!("{over} {cell}"));
                }
                Some(_) if goes_on => {}
                _ => {
                    head = Some(Head { top: i, last: i, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() })
                }
            }
            continue;
        }
        // Heads that several columns share stand over none of them alone.
        let over = head.as_ref().filter(|head| head.cells.len() == cells.len());
        let (over, top) = (over.map(|head| head.cells.as_slice()), over.map_or(top, |head| head.top));
        let own_unit = unit_of_row(&cells, &places);
        for (cell, one) in places {
            let one = &mut own[one];
            if one.sort != Sort::Number {
                continue;
            }
            if cell == 0 && is_year(cells[0]) {
                (one.sort, one.measured) = (Sort::Year, Measured::default());
            } else if cell > 0 && one.measured.is_bare() {
                let over = over.map_or("", |over| over[cell].trim());
                let said = own_unit.or_else(|| says(over));
                let caption = || captioned(lines, top, over);
                one.measured = match said {
                    // «Мужчины» under «Население, тыс. человек» are thousands too.
                    Some(said) if said.steps == 0 && said.name == Some("persons") && scale_said(over).is_none() => {
                        let all = over_all(lines, top).filter(|all| matches!(all.name, None | Some("persons")));
                        Measured { steps: all.map_or(0, |all| all.steps), ..said }
                    }
                    Some(said) => said,
                    None => caption().unwrap_or_default(),
                };
            }
        }
    }
}

/// Reads the unit of a row that names it in a cell of its own: `млрд тенге`, `%`.
fn unit_of_row(cells: &[&str], places: &[(usize, usize)]) -> Option<Measured> {
    let words = cells.iter().enumerate().skip(1).filter(|(at, _)| !places.iter().any(|(cell, _)| cell == at));
    let mut read = words.filter_map(|(_, cell)| {
        let whole = read(&format!("1 {cell}")).ok().map(|one| one.measured).filter(|measured| !measured.is_bare());
        whole.or_else(|| scaled(cell))
    });
    read.next().filter(|_| read.next().is_none())
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

/// Reads what a heading says behind its last comma, or in parentheses at its end: «Population, thousand persons»; at least the
/// scale, where nobody here knows the unit: «млрд кВт·ч».
fn says(heading: &str) -> Option<Measured> {
    let heading = heading.trim();
    let inner = heading.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map(|(_, inner)| inner);
    let part = inner.or_else(|| heading.rsplit_once(',').map(|(_, part)| part)).unwrap_or(heading).trim();
    let whole = read(&format!("1 {part}")).ok().map(|one| one.measured).filter(|measured| !measured.is_bare());
    whole.or_else(|| scaled(part))
}

/// Reads the scale of a unit that is not known.
fn scaled(part: &str) -> Option<Measured> {
    let Some(Factor::Of(factor)) = scale_said(part) else { return None };
    let steps = factor.checked_ilog(1000).filter(|steps| *steps > 0 && 1000_i64.checked_pow(*steps) == Some(factor))?;
    Some(Measured { steps, ..super::of_unit(part) })
}

/// Reads what the line over a table says, for a column whose head names nothing of its own.
fn captioned(lines: &[&str], top: usize, head: &str) -> Option<Measured> {
    let running = Running::join(&[head], &std::collections::BTreeMap::<usize, ()>::new());
    let named = (0..running.len()).any(|at| !running.is_letter(at.saturating_sub(1)) && unit::begins(&running, at));
    if named || scale_said(head).is_some() { None } else { over_all(lines, top) }
}

/// Reads what the line over a table says of all of it: behind a comma, in brackets, or alone: «в тысячах тенге».
fn over_all(lines: &[&str], top: usize) -> Option<Measured> {
    const ALONE: usize = 5;
    let over = lines[..top].iter().rev().find(|line| !line.trim().is_empty())?.trim();
    if is_row(over) {
        return None;
    }
    if over.contains([',', '(']) {
        return says(over);
    }
    let words: Vec<&str> = over.split_whitespace().collect();
    let is_alone = words.len() <= ALONE && scale_noted(over).is_some();
    is_alone.then(|| (0..words.len()).find_map(|at| scaled(&words[at..].join(" ")))).flatten()
}
