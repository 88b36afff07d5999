//! Numbers: which figures two editions tell otherwise: revised, of a new period, withdrawn, new; and which conditions flip.

use std::collections::{BTreeMap, BTreeSet};

use super::side::{Number, Side};
use crate::finding::Amount;
use crate::output::ledger::{self, Difference};

/// One side of a number.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    pub finding: String,
    pub value: String,
    /// The name of its unit, and with how many decimals a page prints it.
    pub look: (String, Option<usize>),
    pub printed: BTreeMap<String, String>,
}

/// A number that both sides tell, or one of them.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub question: String,
    pub from: Option<Shown>,
    pub to: Option<Shown>,
}

/// A condition that is answered otherwise: its place, the expression, the answers before and after.
pub(super) type Flip = (String, String, [Option<bool>; 2]);

/// What two sides tell otherwise.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub revised: Vec<Change>,
    pub moved: Vec<Change>,
    pub withdrawn: Vec<Change>,
    pub new: Vec<Change>,
    pub flipped: Vec<Flip>,
    /// Vintages on which another count of printed numbers rests than before.
    pub vintages: BTreeMap<String, [usize; 2]>,
    /// Cells of data that both rest on and that have another value or stand in another file: finding, from, to.
    pub cells: Vec<(String, String, String)>,
}

fn shown(number: &Number) -> Shown {
    let look = (number.unit.clone(), number.decimals);
    Shown { finding: number.finding.clone(), value: number.value.clone(), look, printed: number.printed.clone() }
}

/// Compares two editions of one study, whose questions are known.
pub(super) fn of_editions(from: &Side, to: &Side, told: &Difference) -> Numbers {
    let (before, after) = (from.printed(), to.printed());
    let side = |printed: &BTreeMap<&str, &Number>, (finding, value): &(String, String)| {
        let known = printed.get(finding.as_str()).map(|number| shown(number)).unwrap_or_default();
        Shown { finding: finding.clone(), value: value.clone(), ..known }
    };
    let pairs = |list: &[ledger::Change]| -> Vec<Change> {
        let one = |change: &ledger::Change| Change {
            question: change.expression.clone(),
            from: Some(side(&before, &change.from)),
            to: Some(side(&after, &change.to)),
        };
        list.iter().map(one).collect()
    };
    let alone = |list: &[(String, String, String)], printed: &BTreeMap<&str, &Number>| -> Vec<(String, Shown)> {
        let one = |(question, finding, value): &(String, String, String)| {
            (question.clone(), side(printed, &(finding.clone(), value.clone())))
        };
        list.iter().map(one).collect()
    };
    let mut out = Numbers { revised: pairs(&told.revised), moved: pairs(&told.moved), ..Numbers::default() };
    let gone = alone(&told.withdrawn, &before).into_iter();
    out.withdrawn = gone.map(|(question, shown)| Change { question, from: Some(shown), to: None }).collect();
    let fresh = alone(&told.new, &after).into_iter();
    out.new = fresh.map(|(question, shown)| Change { question, from: None, to: Some(shown) }).collect();
    out.flipped.clone_from(&told.flipped);
    out.rest(from, to);
    out
}

/// Compares two folders: a question is a finding, or one that differs by its periods alone.
pub(super) fn of_folders(from: &Side, to: &Side) -> Numbers {
    let mut out = Numbers::default();
    let (before, after) = (from.printed(), to.printed());
    let (last_before, last_after) = (from.latest(), to.latest());
    for (finding, now) in &after {
        let Some(was) = before.get(finding).filter(|was| was.value != now.value) else { continue };
        let change = Change { question: (*finding).to_owned(), from: Some(shown(was)), to: Some(shown(now)) };
        let is_same = last_before.get(was.id.as_str()) == last_after.get(now.id.as_str());
        if is_same { out.revised.push(change) } else { out.moved.push(change) }
    }
    // What is left is paired by what it asks, but for its periods; the latest with the latest.
    let mut open: BTreeMap<String, [Vec<&Number>; 2]> = BTreeMap::new();
    for (own, other, at) in [(&before, &after, 0), (&after, &before, 1)] {
        for (finding, number) in own.iter().filter(|(finding, _)| !other.contains_key(*finding)) {
            open.entry(masked(finding)).or_default()[at].push(number);
        }
    }
    for (question, [gone, fresh]) in open {
        let pairs = gone.len().min(fresh.len());
        for (was, now) in gone.iter().rev().zip(fresh.iter().rev()) {
            out.moved.push(Change { question: question.clone(), from: Some(shown(was)), to: Some(shown(now)) });
        }
        let alone =
            |list: &[&Number]| -> Vec<Shown> { list[..list.len() - pairs].iter().map(|one| shown(one)).collect() };
        for one in alone(&gone) {
            out.withdrawn.push(Change { question: one.finding.clone(), from: Some(one), to: None });
        }
        for one in alone(&fresh) {
            out.new.push(Change { question: one.finding.clone(), from: None, to: Some(one) });
        }
    }
    for ((place, expression), holds) in &to.holds {
        if let Some(was) = from.holds.get(&(place.clone(), expression.clone())).filter(|was| *was != holds) {
            out.flipped.push((place.clone(), expression.clone(), [*was, *holds]));
        }
    }
    out.rest(from, to);
    out
}

/// Takes the digits of years and months out of a finding.
fn masked(finding: &str) -> String {
    finding.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

impl Numbers {
    fn rest(&mut self, from: &Side, to: &Side) {
        // Undecided before flipped: nobody can tell what such a sentence says.
        self.flipped.sort_by_key(|(place, expression, holds)| (holds[1].is_some(), place.clone(), expression.clone()));
        for list in [&mut self.revised, &mut self.moved] {
            list.sort_by(|a, b| weight(b).cmp(&weight(a)).then_with(|| a.question.cmp(&b.question)));
        }
        let mut vintages: BTreeMap<String, [usize; 2]> = BTreeMap::new();
        for (at, side) in [from, to].into_iter().enumerate() {
            let all = side.numbers.iter().filter(|number| number.is_printed).flat_map(|number| &number.vintages);
            all.for_each(|vintage| vintages.entry(vintage.clone()).or_default()[at] += 1);
        }
        vintages.retain(|_, [before, after]| before != after);
        self.vintages = vintages;
        let cells = |side: &Side| -> BTreeMap<String, (String, String)> {
            let is_cell = |number: &&Number| matches!(number.inputs.as_slice(), [one] if one.contains('#'));
            let all = side.numbers.iter().filter(is_cell);
            all.map(|number| (number.finding.clone(), (number.value.clone(), number.inputs[0].clone()))).collect()
        };
        let (before, after) = (cells(from), cells(to));
        let mut seen = BTreeSet::new();
        for (finding, (now, file)) in &after {
            let changed = before.get(finding).filter(|(was, old)| was != now || old != file);
            if let Some((was, old)) = changed.filter(|_| seen.insert(file.clone())) {
                self.cells.push((finding.clone(), format!("{was} ({old})"), format!("{now} ({file})")));
            }
        }
    }
}

/// How much a number changed, as a share of what it was, in millionths: the largest first.
fn weight(change: &Change) -> i64 {
    let amount = |side: &Option<Shown>| {
        let value = &side.as_ref()?.value;
        match value.split_once('/') {
            Some((above, below)) => Amount::parse(above)?.divided_by(&Amount::parse(below)?),
            None => Amount::parse(value),
        }
    };
    let (Some(from), Some(to)) = (amount(&change.from), amount(&change.to)) else { return 0 };
    let share = to.minus(&from).magnitude().times(&Amount::Integer(1_000_000)).divided_by(&from.magnitude());
    share.and_then(|share| share.round(0).to_string().parse().ok()).unwrap_or(i64::MAX)
}
