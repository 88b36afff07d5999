//! Doubts: what in a new vintage its author should look at, by the figures that its table held before.
//!
//! Nothing here refuses: a figure may be right however it looks. What a check of the catalogue states is told there.

mod leaps;
mod line;

use std::collections::{BTreeMap, BTreeSet};

use self::leaps::leaps;
use self::line::{Line, is_like, lines};
use crate::catalog::Territories;
use crate::dataset::{Dataset, Layer};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::finding::{Amount, Class, Key, Period};

/// As many figures are told of each kind; the rest are counted.
const MOST: usize = 8;
/// So many figures, and not all alike, are no chance.
const LEAST: usize = 3;

/// What its author should look at in a vintage that is added to a table.
pub(super) fn doubts(
    dataset: &Dataset,
    standing: Option<&Dataset>,
    territories: &Territories,
    (table, vintage): (&str, &str),
    file: &str,
) -> Vec<Diagnostic> {
    let old = standing.and_then(|standing| standing.tables.get(table));
    let (Some(own), Some(old)) = (dataset.tables.get(table), old) else { return Vec::new() };
    let Some(new) = own.layers.get(vintage) else { return Vec::new() };
    let is_signed = |measure: &str| own.entry.measures.get(measure).is_some_and(|own| own.class == Class::Signed);
    let lines = lines(new, &old.layers, is_signed);
    let tell = |message: String, hint: &str| {
        Diagnostic::warning(code::DATA_DOUBT, Place::file(file), message).hint(hint.to_owned())
    };
    let mut found = Vec::new();
    let scaled = scaled(&lines);
    let slipped = slipped(&lines);
    // What explains most figures explains the single ones; nothing else hides them.
    let is_explained = scaled.is_some() || slipped.is_some();
    if let Some(said) = scaled {
        found.push(tell(
            format!("most of its figures are about {said} what `{table}` held before; no single one was looked at"),
            "look whether a scale is missing, or is put twice: `scale` in the layout of the entry",
        ));
    }
    let of_time =
        "look at its headings and titles: which periods the file means, and whether they stand over their own figures";
    let nothing = empty(new, &lines).map(|period| format!("it has no figure of `{period}`: all are missing"));
    let slipped = slipped.map(|said| format!("{said}; no single one was looked at"));
    let times = other_times(&lines).into_iter().chain(turned(&lines)).chain(slipped).chain(nothing);
    found.extend(times.map(|said| tell(said, of_time)));
    let of_place = "look whether its headings and labels stand beside their own figures";
    let moved = moved(&lines).into_iter().chain(rows_moved(&lines));
    found.extend(moved.map(|said| tell(said, of_place)));
    let leaps = if is_explained { Vec::new() } else { leaps(&lines, territories) };
    if !leaps.is_empty() {
        let more = leaps.len().saturating_sub(MOST);
        let more = if more > 0 { format!("; and {more} more, none of them further from it") } else { String::new() };
        let told: Vec<String> = leaps.into_iter().take(MOST).map(|(_, said)| said).collect();
        let message = format!("out of line with the figures before (a guess): {}{more}", told.join("; "));
        let hint = "look at them in the file; `jump` beside the table checks it in every build: `esep list checks`";
        found.push(tell(message, hint));
    }
    found
}

/// Finds the first period that a vintage is new in, and holds nothing of.
fn empty(new: &Layer, lines: &[Line]) -> Option<Period> {
    let known: BTreeSet<Period> =
        lines.iter().flat_map(|line| line.new.keys().chain(line.old.keys())).copied().collect();
    let periods = new.values().flat_map(BTreeMap::keys).filter_map(Key::period);
    periods.collect::<BTreeSet<Period>>().into_iter().find(|period| !known.contains(period))
}

/// Returns by how many times most figures differ from those before, where that is a hundred at least.
fn scaled(lines: &[Line]) -> Option<String> {
    const GREATEST: i32 = 12;
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    let mut all = 0;
    for line in lines {
        for (period, is) in &line.new {
            let was = line.old.get(period).copied().or_else(|| line.before(*period).map(|(_, was)| was));
            let is_other = |was: &&Amount| !was.is_zero() && !is.is_zero() && was != is;
            let Some(was) = was.filter(is_other) else { continue };
            let power = pxfm::f_log10((is.to_f64() / was.to_f64()).abs()).round();
            *counts.entry(power.clamp(-99.0, 99.0) as i32).or_default() += 1;
            all += 1;
        }
    }
    let (power, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let is_most = count >= LEAST && count * 2 > all && (2..=GREATEST).contains(&power.abs());
    let times = 10_i64.pow(power.unsigned_abs().min(GREATEST.unsigned_abs()));
    is_most.then(|| if power > 0 { format!("{times} times") } else { format!("a {times}th of") })
}

/// Finds periods that do not follow those before: of another length, or far behind; and periods whose figures are those of
/// another.
fn other_times(lines: &[Line]) -> Vec<String> {
    let all = |of: fn(&Line) -> Vec<Period>| -> BTreeSet<Period> { lines.iter().flat_map(of).collect() };
    let old: BTreeSet<Period> = all(|line| line.old.keys().copied().collect());
    let new: BTreeSet<Period> = all(|line| line.new.keys().filter(|at| !line.old.contains_key(at)).copied().collect());
    let mut said = Vec::new();
    let added: Vec<Period> = new.into_iter().filter(|period| !old.contains(period)).collect();
    if let (Some(last), Some(other)) =
        (old.last(), added.iter().find(|period| !old.iter().any(|own| is_like(*own, **period))))
    {
        said.push(format!(
            "`{other}` is no period like those before, which end with `{last}`: both would stand in one series"
        ));
    }
    let mut last: BTreeMap<bool, Period> = BTreeMap::new();
    let steps =
        old.iter().zip(old.iter().skip(1)).filter(|(a, b)| is_like(**a, **b)).map(|(a, b)| b.ordinal() - a.ordinal());
    let usual = steps.max().unwrap_or(1);
    for period in old.iter().chain(&added).collect::<BTreeSet<_>>() {
        let key = period.quarter().is_some() || period.month().is_some();
        let before = last.insert(key, *period).filter(|before| is_like(*before, *period));
        let Some(before) = before.filter(|_| added.contains(period)) else { continue };
        if period.ordinal() - before.ordinal() > usual {
            let (first, last) = (before.next(), period.previous());
            let lacking =
                if first == last { format!("{first} is lacking") } else { format!("{first} to {last} are lacking") };
            said.push(format!("`{period}` does not follow `{before}`: {lacking}"));
        }
    }
    let mut all: Vec<(&Amount, &Amount)> = Vec::new();
    for period in &added {
        let pairs: Vec<(&Amount, &Amount, Period)> = lines
            .iter()
            .filter_map(|line| {
                let (at, was) = line.before(*period)?;
                Some((was, *line.new.get(period)?, at))
            })
            .collect();
        let values: BTreeSet<&Amount> = pairs.iter().map(|(_, is, _)| *is).collect();
        if let Some((.., at)) = pairs.first().filter(|_| values.len() >= LEAST)
            && pairs.iter().all(|(was, is, _)| was == is)
        {
            said.push(format!("each of its figures of `{period}` is that of `{at}`"));
        } else {
            all.extend(pairs.iter().map(|(was, is, _)| (*was, *is)));
        }
    }
    if all.iter().map(|(_, is)| is).collect::<BTreeSet<_>>().len() >= LEAST && all.iter().all(|(was, is)| was == is) {
        said.push("each of its new figures is that of the year before".to_owned());
    }
    said
}

/// Finds figures that are those before with the other sign.
fn turned(lines: &[Line]) -> Option<String> {
    let mut found: Vec<String> = Vec::new();
    for line in lines {
        for (period, was, is) in line.overlap() {
            if !was.is_zero() && was.negated() == *is {
                found.push(format!("{}: {was} → {is}", line.figure(period)));
            }
        }
    }
    let first = found.first()?;
    let more = if found.len() > 1 { format!(", and {} more", found.len() - 1) } else { String::new() };
    Some(format!("it has the other sign before the same digits: {first}{more}"))
}

/// Finds figures that stood in the period beside.
fn slipped(lines: &[Line]) -> Option<String> {
    let revised = lines.iter().flat_map(Line::overlap).filter(|(_, was, is)| was != is).count();
    [-1_i64, 1].into_iter().find_map(|step| {
        let (mut same, mut count) = (0, 0);
        for line in lines {
            for (period, was, is) in line.overlap() {
                let beside = line.old.iter().filter(|(other, _)| is_like(**other, period));
                let beside = match step {
                    1 => beside
                        .filter(|(other, _)| other.ordinal() > period.ordinal())
                        .min_by_key(|(at, _)| at.ordinal()),
                    _ => beside
                        .filter(|(other, _)| other.ordinal() < period.ordinal())
                        .max_by_key(|(at, _)| at.ordinal()),
                };
                let Some((_, other)) = beside.filter(|(_, other)| **other != was) else { continue };
                count += 1;
                same += usize::from(is == *other);
            }
        }
        let side = if step == 1 { "after" } else { "before" };
        // Where the last column became the first, its figures are those of no neighbour.
        (same > LEAST && same * 4 >= count * 3 && same * 2 > revised)
            .then(|| format!("{same} of {count} figures are those that the period {side} them held"))
    })
}

/// Finds lines that hold what another held: names or headings that are exchanged, rows that slipped.
fn moved(lines: &[Line]) -> Vec<String> {
    let shape = |line: &Line, is_new: bool| -> Vec<(Period, Amount)> {
        line.overlap().map(|(period, was, is)| (period, if is_new { is.clone() } else { was.clone() })).collect()
    };
    let mut held: BTreeMap<Vec<(Period, Amount)>, Vec<usize>> = BTreeMap::new();
    let is_told = |shape: &Vec<(Period, Amount)>| shape.iter().any(|(_, value)| !value.is_zero());
    for (at, line) in lines.iter().enumerate() {
        held.entry(shape(line, false)).or_default().push(at);
    }
    let from = |at: usize| {
        let own = shape(&lines[at], true);
        let one = held.get(&own).filter(|_| is_told(&own) && own != shape(&lines[at], false))?;
        (one.len() == 1).then(|| (one[0], own.len()))
    };
    let found: BTreeMap<usize, (usize, usize)> = (0..lines.len()).filter_map(|at| Some((at, from(at)?))).collect();
    // One figure may be another's by chance, unless that is the first's too.
    let is_sure = |at: &usize, (other, length): &(usize, usize)| {
        *length > 1 || found.get(other).is_some_and(|(back, _)| back == at) || found.len() > LEAST
    };
    let sure: Vec<(usize, usize)> =
        found.iter().filter(|(at, to)| is_sure(at, to)).map(|(at, (other, _))| (*at, *other)).collect();
    let measures = lines.iter().map(|line| line.measure).collect::<BTreeSet<_>>().len();
    let mut said: Vec<String> = sure
        .iter()
        .take(MOST)
        .map(|(at, other)| format!("{} holds what {} held", lines[*at].named(measures), lines[*other].named(measures)))
        .collect();
    if sure.len() > MOST {
        said.push(format!("{} more lines hold what others held", sure.len() - MOST));
    }
    said
}

/// Finds periods most of whose figures are near what others held before, and far from their own.
fn rows_moved(lines: &[Line]) -> Vec<String> {
    const NEAR: f64 = 0.05;
    const FAR: f64 = 0.2;
    // Line, figure before, figure.
    type Three = (usize, f64, f64);
    let mut groups: BTreeMap<(&str, Period), Vec<Three>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        for (period, is) in line.new.iter().filter(|(period, _)| !line.old.contains_key(period)) {
            let was = line.before(*period).map(|(_, was)| was).filter(|was| was.signum() > 0 && is.signum() > 0);
            if let Some(was) = was {
                groups.entry((line.measure, *period)).or_default().push((at, was.to_f64(), is.to_f64()));
            }
        }
    }
    let mut said = Vec::new();
    for ((_, period), pairs) in groups {
        let off = |was: f64, is: f64| pxfm::f_log(is / was).abs();
        let other = |(at, was, is): &Three| {
            let mut near = pairs.iter().filter(|(_, other, _)| off(*other, *is) < NEAR);
            let one = near.next().filter(|_| off(*was, *is) > FAR && near.next().is_none())?;
            Some((*at, one.0))
        };
        let found: Vec<(usize, usize)> = pairs.iter().filter_map(other).collect();
        if found.len() < LEAST || found.len() * 2 < pairs.len() {
            continue;
        }
        let named = found
            .iter()
            .take(LEAST)
            .map(|(at, other)| format!("{} is near what {} held", lines[*at].figure(period), lines[*other].named(1)));
        let named: Vec<String> = named.collect();
        said.push(format!(
            "{} of {} figures of `{period}` are near what others held before, and far from their own (a guess): {}",
            found.len(),
            pairs.len(),
            named.join("; ")
        ));
    }
    said
}
