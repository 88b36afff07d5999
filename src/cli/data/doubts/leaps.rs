//! Leaps: single figures that leave the way of the others and of their own past.

use std::collections::BTreeMap;

use super::LEAST;
use super::line::Line;
use crate::catalog::Territories;
use crate::dataset::{low_median, median};
use crate::finding::{Amount, Part, Period};

/// One figure beside the one that it follows or replaces.
struct Pair<'a> {
    at: usize,
    period: Period,
    was: &'a Amount,
    is: &'a Amount,
    is_revision: bool,
}

/// Finds figures that leave the way of the others, with how far, the furthest first.
pub(super) fn leaps(lines: &[Line], territories: &Territories) -> Vec<(f64, String)> {
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
        let spread = low_median(&mut off).unwrap_or(0.0);
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
        let mut sizes: Vec<f64> = values.iter().map(|value| value.abs()).collect();
        let middle = median(&mut sizes).unwrap_or(0.0);
        // All stood on one side of zero and far from it, and this one as far on the other.
        let is_turned = values.len() >= CALM
            && values.iter().all(|value| value.signum() == values[0].signum())
            && is.signum() != values[0].signum()
            && is.abs() > 0.8 * middle
            && sizes[0] > SMALL.max(0.4 * middle);
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
    let is_leap = size.abs() > allowed.max(chance) && (pair.is_revision || is_back() != Some(true));
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
