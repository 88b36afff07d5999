//! Jump: no value leaps out of the history of its own series.

use std::collections::BTreeMap;

use super::frame::Bench;
use super::history::{Line, borders_changed, lines, low_median, median};
use super::{Comparison, Found, Open, Trouble};
use crate::finding::{Amount, Class, Part, Period};

/// How many usual changes a series must have beside the one that is looked at.
const ENOUGH: usize = 3;
/// How many others of the period stand in for a history that is too short.
const PEERS: usize = 4;

/// One change of a series: from a point to the next.
struct Change {
    /// The point that it leads to.
    to: usize,
    /// The factor, or the difference.
    size: f64,
}

/// How the changes of a table's measure are measured.
#[derive(Clone, Copy)]
struct Scale {
    factors: bool,
    least: f64,
    spread: u32,
}

impl Scale {
    fn size(self, before: f64, after: f64) -> f64 {
        if self.factors { after / before } else { after - before }
    }

    /// How far a change is from the usual one: a factor from 1, or an amount from 0.
    fn distance(self, size: f64, usual: f64) -> f64 {
        if self.factors { (size / usual).max(usual / size) } else { (size - usual).abs() }
    }

    /// Returns how far a change may be from the usual one, where those of its series are known.
    ///
    /// The lower middle of the distances holds although one wrong point spoils two changes of few.
    fn allowed(self, usual: f64, others: &[f64]) -> Option<f64> {
        let spread = low_median(&mut others.iter().map(|size| self.distance(*size, usual)).collect::<Vec<_>>())?;
        let times = if self.factors {
            (0..self.spread).fold(1.0, |all, _| all * spread)
        } else {
            f64::from(self.spread) * spread
        };
        Some(times.max(self.least))
    }
}

/// Compares each change with the others of its series; of a series too short, with those of its period.
pub(super) fn compare<'a>(
    bench: &Bench<'a>,
    table: &str,
    measures: &[String],
    least: &Amount,
    spread: u32,
) -> Result<Found<'a>, Trouble> {
    let mut list = Found::default();
    for measure in measures {
        for stack in bench.every(table, measure)? {
            let rows = bench.rows(table, measure, &stack)?.into_iter().filter(|row| row.cell.value.is_ok()).collect();
            let lines = lines(rows);
            let class = bench.entry(table)?.measures.get(measure).map(|measure| measure.class);
            let above = lines.iter().flat_map(|line| &line.points).all(|(_, row)| value(row) > 0.0);
            let factors = class != Some(Class::Signed) && above;
            let scale = Scale { factors, least: least.to_f64(), spread };
            if factors && scale.least < 1.0 {
                return Err(Trouble::Arguments(format!("`least` of `{measure}` is a factor, so it is 1 or more")));
            }
            let changes: Vec<Vec<Change>> = lines.iter().map(|line| changes(bench, line, scale)).collect();
            let peers = by_period(bench, &lines, &changes);
            for (at, line) in lines.iter().enumerate() {
                one_line(measure, line, &changes[at], &peers, at, scale, &mut list);
            }
        }
    }
    Ok(list)
}

fn value(row: &super::frame::Row) -> f64 {
    row.cell.value.as_ref().map_or(0.0, Amount::to_f64)
}

/// Lists the changes between points that follow each other in the same borders.
fn changes(bench: &Bench, line: &Line, scale: Scale) -> Vec<Change> {
    let gap = |at: usize| line.points[at].0.ordinal() - line.points[at - 1].0.ordinal();
    let step = (1..line.points.len()).map(gap).filter(|gap| *gap > 0).min();
    let follows = |at: &usize| {
        let (first, last) = (line.points[at - 1].0, line.points[*at].0);
        Some(gap(*at)) == step && !borders_changed(bench.territories, line.key.iter().copied(), first, last)
    };
    let change = |to: usize| Change { to, size: scale.size(value(&line.points[to - 1].1), value(&line.points[to].1)) };
    (1..line.points.len()).filter(follows).map(change).collect()
}

/// The changes of a period, each with its series.
type Peers<'a> = BTreeMap<Period, Vec<(usize, f64)>>;

fn by_period<'a>(bench: &Bench, lines: &[Line<'a>], changes: &[Vec<Change>]) -> Peers<'a> {
    let mut found = Peers::new();
    for (at, line) in lines.iter().enumerate() {
        // A country is no peer of its parts.
        let part = |part: &&Part| part.territory().is_none_or(|code| bench.territories.whole_of(code).is_some());
        for change in changes[at].iter().filter(|_| line.key.iter().all(part)) {
            found.entry(line.points[change.to].0).or_default().push((at, change.size));
        }
    }
    found
}

fn one_line<'a>(
    measure: &str,
    line: &Line<'a>,
    changes: &[Change],
    peers: &Peers,
    own: usize,
    scale: Scale,
    list: &mut Found<'a>,
) {
    let mut leap_before = None;
    for (at, change) in changes.iter().enumerate() {
        let (period, row) = &line.points[change.to];
        let before = &line.points[change.to - 1].1;
        let spots = vec![row.spot, before.spot];
        let (key, measure) = (row.spot.key.to_string(), Some(measure.to_owned()));
        let history: Vec<f64> =
            changes.iter().enumerate().filter(|(n, _)| n.abs_diff(at) > 1).map(|(_, other)| other.size).collect();
        let others = peers.get(period).into_iter().flatten().filter(|(line, _)| *line != own).map(|(_, size)| *size);
        let (mut among, whose) = match others.collect::<Vec<_>>() {
            _ if history.len() >= ENOUGH => (history, "its own history"),
            others if scale.factors && others.len() >= PEERS => (others, "the others of the period"),
            _ => {
                list.open.push(Open { key, measure });
                continue;
            }
        };
        let Some((usual, allowed)) = median(&mut among).and_then(|usual| Some((usual, scale.allowed(usual, &among)?)))
        else {
            continue;
        };
        let distance = scale.distance(change.size, usual);
        let leaps = distance > allowed;
        // A single wrong point leaps in and out again: it is told once.
        let back = leap_before == Some((change.to - 1, change.size < usual)) && leaps;
        leap_before = leaps.then_some((change.to, change.size > usual));
        let (after, old) = (row.cell.value.as_ref(), before.cell.value.as_ref());
        let (Ok(after), Ok(old)) = (after, old) else { continue };
        let mut one = Comparison::new(key, measure, old.clone(), after.clone(), spots);
        one.holds = !leaps || back;
        if leaps && !back {
            let told = |size: f64| if scale.factors { format!("×{size:.3}") } else { format!("{size:+.1}") };
            one.said = Some(format!(
                "is {after} after {old} ({}), where {whose} has {} and at most {} from it",
                told(change.size),
                told(usual),
                if scale.factors { format!("×{allowed:.3}") } else { format!("{allowed:.1}") },
            ));
        }
        list.comparisons.push(one);
    }
}
