//! Doubts: what in a new vintage its author should look at, by the figures that its table held before.
//!
//! Nothing here refuses: a figure may be right however it looks. What a check of the catalogue states is told there.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::Territories;
use crate::dataset::{Dataset, Layer};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::finding::{Amount, Class, Key, Part, Period};

/// As many figures are told of each kind; the rest are counted.
const MOST: usize = 8;
/// So many figures, and not all alike, are no chance.
const LEAST: usize = 3;

/// The figures of one measure whose coordinates differ in time alone.
struct Line<'a> {
    measure: &'a str,
    rest: Key,
    is_signed: bool,
    old: BTreeMap<Period, &'a Amount>,
    new: BTreeMap<Period, &'a Amount>,
}

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
    if let Some(said) = scaled(&lines) {
        found.push(tell(
            format!("most of its figures are about {said} what `{table}` held before"),
            "look whether a scale is missing, or is put twice: `scale` in the layout of the entry",
        ));
    }
    let of_time =
        "look at its headings and titles: which periods the file means, and whether they stand over their own figures";
    found.extend(other_times(&lines).into_iter().map(|said| tell(said, of_time)));
    found.extend(
        empty(new, &lines)
            .into_iter()
            .map(|period| tell(format!("it has no figure of `{period}`: all are missing"), of_time)),
    );
    let mut moved = moved(&lines);
    moved.extend(rows_moved(&lines));
    let of_place = "look whether its headings and labels stand beside their own figures";
    found.extend(moved.iter().map(|said| tell(said.clone(), of_place)));
    if found.is_empty() {
        let leaps = leaps(&lines, territories);
        let of_leap = "look at them in the file; `jump` beside the table checks it in every build: `esep list checks`";
        let more = leaps.len().saturating_sub(MOST);
        let more = if more > 0 { format!("; and {more} more, none of them further from it") } else { String::new() };
        let told: Vec<String> = leaps.into_iter().take(MOST).map(|(_, said)| said).collect();
        if !told.is_empty() {
            let message = format!("out of line with the figures before (a guess): {}{more}", told.join("; "));
            found.push(tell(message, of_leap));
        }
    }
    found
}

/// Puts the figures together in time; of what stood before, those of the vintage that shares most with the new one first.
fn lines<'a>(new: &'a Layer, layers: &'a BTreeMap<String, Layer>, is_signed: impl Fn(&str) -> bool) -> Vec<Line<'a>> {
    let mut lines: BTreeMap<(&str, Key), Line> = BTreeMap::new();
    let figures = |layer: &'a Layer| {
        let all = layer.iter().flat_map(|(measure, cells)| cells.iter().map(move |(key, cell)| (measure, key, cell)));
        all.filter_map(|(measure, key, cell)| Some((measure.as_str(), key, cell.value.as_ref().ok()?)))
    };
    for (measure, key, value) in figures(new) {
        let Some(period) = key.period() else { continue };
        let rest = undated(key);
        let line = lines.entry((measure, rest.clone())).or_insert_with(|| Line {
            measure,
            rest,
            is_signed: is_signed(measure),
            old: BTreeMap::new(),
            new: BTreeMap::new(),
        });
        line.new.insert(period, value);
    }
    let shared = |layer: &&'a Layer| {
        let is_shared = |(measure, key, _): &(&str, &Key, &Amount)| lines.contains_key(&(*measure, undated(key)));
        std::cmp::Reverse(figures(layer).filter(is_shared).count())
    };
    let mut order: Vec<&Layer> = layers.values().collect();
    order.sort_by_cached_key(shared);
    for (measure, key, value) in order.into_iter().flat_map(figures) {
        if let (Some(period), Some(line)) = (key.period(), lines.get_mut(&(measure, undated(key)))) {
            line.old.entry(period).or_insert(value);
        }
    }
    let mut lines: Vec<Line> = lines.into_values().collect();
    lines.iter_mut().for_each(|line| line.is_signed |= line.old.values().any(|value| value.signum() < 0));
    lines
}

/// Finds the first period that a vintage is new in, and holds nothing of.
fn empty(new: &Layer, lines: &[Line]) -> Option<Period> {
    let known: BTreeSet<Period> =
        lines.iter().flat_map(|line| line.new.keys().chain(line.old.keys())).copied().collect();
    let periods = new.values().flat_map(BTreeMap::keys).filter_map(Key::period);
    periods.collect::<BTreeSet<Period>>().into_iter().find(|period| !known.contains(period))
}

/// A key without its periods.
fn undated(key: &Key) -> Key {
    Key(key.0.iter().filter(|part| !matches!(part, Part::Period(_))).cloned().collect())
}

impl Line<'_> {
    /// The figure that a period is compared with, in either vintage; the new one's own where both have it: that of a year
    /// before where parts of years have seasons, and else the newest before it.
    fn before(&self, period: Period) -> Option<(Period, &Amount)> {
        if let Some(last_year) = a_year_before(period) {
            let own = self.new.get(&last_year).or_else(|| self.old.get(&last_year));
            if let Some(own) = own {
                return Some((last_year, own));
            }
        }
        let is_before =
            |(other, _): &(&Period, &&Amount)| other.ordinal() < period.ordinal() && is_like(**other, period);
        let all = self.old.iter().chain(&self.new).filter(is_before);
        all.max_by_key(|(other, _)| other.ordinal()).map(|(other, value)| (*other, *value))
    }

    /// The changes that the table held before: from a figure to the next, of parts of years to that of the next year.
    fn steps(&self) -> Vec<(f64, f64)> {
        let step = |(period, is): (&Period, &&Amount)| {
            let was = match a_year_before(*period) {
                Some(last_year) => self.old.get(&last_year)?,
                None => self.old.range(..*period).next_back()?.1,
            };
            Some((was.to_f64(), is.to_f64()))
        };
        self.old.iter().filter_map(step).collect()
    }

    /// The periods that stood in the table.
    fn overlap(&self) -> impl Iterator<Item = (Period, &Amount, &Amount)> {
        self.new.iter().filter_map(|(period, is)| Some((*period, *self.old.get(period)?, *is)))
    }

    fn figure(&self, period: Period) -> String {
        let rest = if self.rest.0.is_empty() { String::new() } else { format!("{}, ", self.rest) };
        format!("{}[{rest}{period}]", self.measure)
    }

    fn named(&self, measures: usize) -> String {
        match (self.rest.0.is_empty(), measures > 1) {
            (false, false) => format!("`{}`", self.rest),
            (false, true) => format!("`{}[{}]`", self.measure, self.rest),
            (true, _) => format!("`{}`", self.measure),
        }
    }
}

/// The same month or quarter of the year before; none of years and days.
fn a_year_before(period: Period) -> Option<Period> {
    match (period.day(), period.month(), period.quarter()) {
        (None, Some(_), _) => Some(period.shifted(-12)),
        (None, None, Some(_)) => Some(period.shifted(-4)),
        _ => None,
    }
}

/// Says whether two periods are of one length: two years, two months.
fn is_like(one: Period, other: Period) -> bool {
    let length = |period: Period| (period.day().is_some(), period.month().is_some(), period.quarter().is_some());
    length(one) == length(other)
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
            said.push(format!(
                "`{period}` does not follow `{before}`: {} to {} are lacking",
                before.next(),
                period.previous()
            ));
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
    said.extend(turned(lines));
    said.extend(slipped(lines));
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
        (same > LEAST && same * 5 >= count * 4 && same * 2 > revised)
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

/// One figure beside the one that it follows or replaces.
struct Pair<'a> {
    at: usize,
    period: Period,
    was: &'a Amount,
    is: &'a Amount,
    is_revision: bool,
}

/// Finds figures that leave the way of the others, with how far, the furthest first.
fn leaps(lines: &[Line], territories: &Territories) -> Vec<(f64, String)> {
    let mut groups: BTreeMap<(&str, Period, bool), Vec<Pair>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        for (period, is) in &line.new {
            let revised = line.old.get(period).map(|was| (*period, *was));
            let is_revision = revised.is_some();
            let Some((before, was)) = revised.or_else(|| line.before(*period)) else { continue };
            let other_borders = line.rest.0.iter().filter_map(Part::territory);
            let mut other_borders = other_borders.filter(|code| territories.changed_between(code, before, *period));
            if other_borders.next().is_none() {
                let pair = Pair { at, period: *period, was, is, is_revision };
                groups.entry((line.measure, *period, is_revision)).or_default().push(pair);
            }
        }
    }
    let mut found: Vec<(f64, String)> = Vec::new();
    for pairs in groups.into_values() {
        let mut sizes: Vec<f64> = pairs.iter().filter_map(factor).collect();
        let usual = median(&mut sizes).unwrap_or(0.0);
        let mut off: Vec<f64> = sizes.iter().map(|size| (size - usual).abs()).collect();
        // The lower middle holds although two of four are exchanged.
        off.sort_by(f64::total_cmp);
        let spread = off.get(off.len().saturating_sub(1) / 2).copied().unwrap_or(0.0);
        // Where few others tell what is usual, or all leap, no change is.
        let usual = if sizes.len() < LEAST || usual.abs() > std::f64::consts::LN_2 { 0.0 } else { usual };
        for pair in &pairs {
            let line = &lines[pair.at];
            let Some(distance) = distance(pair, line, usual, spread) else { continue };
            let figure = line.figure(pair.period);
            let what = if pair.is_revision { "revised " } else { "" };
            if pair.was == pair.is {
                found.push((distance, format!("{figure}: {}, as before", pair.is)));
                continue;
            }
            let mut said = format!("{what}{figure}: {} → {}", pair.was, pair.is);
            if let Some(other) = near(pair, &pairs, usual) {
                said += &format!(", near what {} held", lines[other].named(1));
            }
            found.push((distance, said));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    found
}

/// By how many times a figure is what it was, as a logarithm.
fn factor(pair: &Pair) -> Option<f64> {
    let is_above = pair.was.signum() > 0 && pair.is.signum() > 0;
    is_above.then(|| pxfm::f_log(pair.is.to_f64() / pair.was.to_f64()))
}

/// How much further a figure is from what is usual than it may be, where it is.
fn distance(pair: &Pair, line: &Line, usual: f64, spread: f64) -> Option<f64> {
    // A whole number that small leaps by itself.
    const SMALL: f64 = 30.0;
    // Twice what it was, or half, where little is known of its history; less where that tells how calm it is.
    const TWICE: f64 = std::f64::consts::LN_2;
    const QUARTER: f64 = 0.223;
    const TENTH: f64 = 0.095;
    const CALM: usize = 5;
    let steps = line.steps();
    let is_count = pair.was.is_whole() && pair.is.is_whole();
    let (was, is) = (pair.was.to_f64(), pair.is.to_f64());
    if line.is_signed {
        let values: Vec<f64> = line.old.values().map(|value| value.to_f64()).collect();
        let greatest = steps.iter().map(|(was, is)| (is - was).abs()).fold(0.0, f64::max);
        let reach = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
        let allowed = if pair.is_revision { reach } else { (2.0 * greatest).max(reach) };
        let least = values.iter().map(|value| value.abs()).fold(f64::MAX, f64::min);
        // All stood on one side of zero, and far from it.
        let is_turned = values.len() >= LEAST
            && values.iter().all(|value| value.signum() == values[0].signum())
            && is.signum() != values[0].signum()
            && is.abs() > least / 2.0
            && least > SMALL;
        let is_far = steps.len() >= LEAST && (is - was).abs() > allowed;
        return (is_turned || is_far).then(|| pxfm::f_log((is - was).abs().max(1.0)));
    }
    if pair.is.signum() < 0 {
        return Some(f64::MAX);
    }
    if pair.is.is_zero() || pair.was.is_zero() {
        let is_news = line.old.values().all(|value| value.signum() > 0) && (!is_count || was > SMALL);
        return (is_news && pair.is.is_zero() && was > 0.0).then_some(f64::MAX / 2.0);
    }
    if is_count && was.max(is) < SMALL {
        return None;
    }
    let size = factor(pair)? - usual;
    let own: Vec<f64> =
        steps.iter().filter(|(was, is)| *was > 0.0 && *is > 0.0).map(|(was, is)| pxfm::f_log(is / was)).collect();
    let own_usual = median(&mut own.clone()).unwrap_or(0.0);
    let greatest = own.iter().map(|step| (step - own_usual).abs().max(step.abs())).fold(0.0, f64::max);
    let chance = if is_count { 4.0 * (1.0 / was + 1.0 / is).sqrt() } else { 0.0 };
    // A revision is held to the other revisions, a new figure to its own past as well.
    let allowed = match (pair.is_revision, own.len()) {
        (true, _) => QUARTER.max(6.0 * spread.min(TWICE / 2.0)),
        (false, 0..LEAST) => TWICE.max(6.0 * spread.min(TWICE / 2.0)),
        (false, LEAST..CALM) => QUARTER.max(4.0 * greatest).max(6.0 * spread.min(TWICE / 2.0)),
        (false, _) => TENTH.max(4.0 * greatest).max(6.0 * spread.min(TWICE / 2.0)),
    };
    // What falls back to where it stood before it leapt is no leap of its own.
    let is_back = || {
        let (at, _) = line.before(pair.period)?;
        let (_, earlier) = line.before(at)?;
        Some((pxfm::f_log(is / earlier.to_f64()) - 2.0 * usual).abs() < allowed)
    };
    let is_leap = size.abs() > allowed.max(chance) && !(!pair.is_revision && is_back() == Some(true));
    // A large number is no other's by chance.
    let is_copy = !pair.is_revision
        && pair.was == pair.is
        && (pair.was.to_digits().len() > 3 && was.abs() > 999.0)
        && spread > 0.0;
    (is_leap || is_copy).then_some(if is_copy { 0.0 } else { size.abs() / allowed })
}

/// Finds the one other line whose figure before is near this one.
fn near(pair: &Pair, pairs: &[Pair], usual: f64) -> Option<usize> {
    const NEAR: f64 = 0.05;
    let is = pair.is.to_f64();
    let is_near = |other: &&Pair| {
        let was = other.was.to_f64();
        other.at != pair.at && is > 0.0 && was > 0.0 && (pxfm::f_log(is / was) - usual).abs() < NEAR
    };
    let mut all = pairs.iter().filter(is_near);
    match (all.next(), all.next()) {
        (Some(one), None) => Some(one.at),
        _ => None,
    }
}

fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let low = values.get(values.len().checked_sub(1)? / 2)?;
    Some((low + values.get(values.len() / 2)?) / 2.0)
}
