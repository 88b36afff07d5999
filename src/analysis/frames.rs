//! Frames: observations in long form, as a series or a file holds them, cut into the frames that a method runs on.

use std::collections::{BTreeMap, BTreeSet};

use super::frame::{Column, Frame};
use super::method::{Along, Method};
use super::step::Step;
use crate::finding::{Amount, Part, Period, Reason, Unit};

/// What an observation is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Observed {
    /// What tells frames apart.
    pub by: Vec<Part>,
    /// The unit: a territory, a group; rows of two periods are matched by it.
    pub unit: Option<Part>,
    /// The period.
    pub period: Option<Period>,
}

/// Observations in long form. Every column has a value for each of them.
#[derive(Clone, Debug, Default)]
pub struct Observations {
    /// What each is of.
    pub observed: Vec<Observed>,
    /// Columns of numbers, by role; a column under `x` serves both `x0` and `x1`, each at its period.
    pub numbers: BTreeMap<String, Vec<Column>>,
    /// Labels, by role.
    pub labels: BTreeMap<String, Vec<String>>,
}

/// A frame and where its rows come from.
#[derive(Clone, Debug)]
pub struct Slice {
    /// What tells it apart from the others; with the current period, where it joins two.
    pub by: Vec<Part>,
    /// The current period, where it joins two.
    pub period: Option<Period>,
    /// The frame, parameters not yet set.
    pub frame: Frame,
    /// The observation of each row.
    pub rows: Vec<usize>,
    /// The observation of each row in the base period, where the frame joins two periods.
    pub base: Option<Vec<Option<usize>>>,
}

impl Slice {
    /// Says what a method over time passes over in silence: between which periods the series has no row.
    pub fn gaps(&self) -> Vec<String> {
        let of = |periods: &Vec<Period>| {
            let mut distinct = periods.clone();
            distinct.dedup();
            self.frame.step.map(|step| step.gaps(&distinct))
        };
        let gaps = self.frame.periods.as_ref().and_then(of).unwrap_or_default();
        let by: Vec<String> = self.by.iter().map(Part::to_string).collect();
        let by = if by.is_empty() { String::new() } else { format!(" ({})", by.join(",")) };
        gaps.iter().map(|(before, at)| format!("between {before} and {at}{by}")).collect()
    }
}

/// Which period is the base of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pairing {
    /// The period before.
    Previous,
    /// The first period.
    First,
}

impl Pairing {
    /// Reads `previous` or `first`.
    pub fn parse(text: &str) -> Option<Pairing> {
        match text {
            "previous" => Some(Pairing::Previous),
            "first" => Some(Pairing::First),
            _ => None,
        }
    }
}

impl Observations {
    /// Returns true where the method's pairs of roles are to be filled from one column at two periods.
    pub fn joins_periods(&self, method: &Method) -> bool {
        let single = |role: &&str| self.numbers.contains_key(stem(role));
        method.along == Along::TwoPeriods && method.roles.iter().map(|role| role.name).any(|role| single(&role))
    }

    /// Cuts the observations into the frames of a method, in the order of what tells them apart.
    pub fn cut(&self, method: &Method, pairing: Pairing) -> Vec<Slice> {
        let mut groups: BTreeMap<&Vec<Part>, Vec<usize>> = BTreeMap::new();
        for (at, observed) in self.observed.iter().enumerate() {
            groups.entry(&observed.by).or_default().push(at);
        }
        let joins = self.joins_periods(method);
        let days = self.observed.iter().filter_map(|observed| observed.period).filter(|period| period.day().is_some());
        let days = Step::of(&days.collect::<Vec<_>>());
        let mut slices = Vec::new();
        for (by, mut rows) in groups {
            if joins {
                slices.extend(self.pairs(method, by, &rows, (pairing, days)));
                continue;
            }
            // Stable: rows without a period keep the order in which they came.
            rows.sort_by_key(|row| self.observed[*row].period);
            let mut slice = self.slice(method, by, None, rows, None);
            slice.frame.step = slice.frame.periods.as_deref().map(|periods| step(periods, days));
            slices.push(slice);
        }
        slices
    }

    fn pairs(&self, method: &Method, by: &[Part], rows: &[usize], (pairing, days): (Pairing, Step)) -> Vec<Slice> {
        let periods: BTreeSet<Period> = rows.iter().filter_map(|row| self.observed[*row].period).collect();
        let step = step(&periods.iter().copied().collect::<Vec<_>>(), days);
        let at = |period: Period| -> BTreeMap<&Option<Part>, usize> {
            let of_period = rows.iter().filter(|row| self.observed[**row].period == Some(period));
            of_period.map(|row| (&self.observed[*row].unit, *row)).collect()
        };
        let Some(first) = periods.first().copied() else { return Vec::new() };
        let mut slices = Vec::new();
        for period in periods.iter().copied().filter(|period| *period != first) {
            let base = match pairing {
                Pairing::Previous => periods.range(..period).next_back().copied().unwrap_or(first),
                Pairing::First => first,
            };
            let comparable = if pairing == Pairing::Previous { step.follows(base, period) } else { Ok(()) };
            let (before, now) = (at(base), at(period));
            let current: Vec<usize> = now.values().copied().collect();
            let of_base = |unit| comparable.and_then(|()| before.get(unit).copied().ok_or(Reason::NotApplicable));
            let earlier = now.keys().map(of_base).collect();
            slices.push(self.slice(method, by, Some(period), current, Some(earlier)));
        }
        slices
    }

    fn slice(
        &self,
        method: &Method,
        by: &[Part],
        period: Option<Period>,
        rows: Vec<usize>,
        base: Option<Vec<Result<usize, Reason>>>,
    ) -> Slice {
        let mut frame = Frame { rows: rows.len(), ..Frame::default() };
        let now: Vec<Result<usize, Reason>> = rows.iter().copied().map(Ok).collect();
        for role in method.roles {
            if let Some(labels) = self.labels.get(role.name) {
                frame.labels.insert(role.name, rows.iter().map(|row| labels[*row].clone()).collect());
            }
            let (columns, from) = match (&base, self.numbers.get(role.name)) {
                (_, Some(columns)) => (columns, &now),
                (Some(base), None) if role.name.ends_with('0') => match self.numbers.get(stem(role.name)) {
                    Some(columns) => (columns, base),
                    None => continue,
                },
                _ => match self.numbers.get(stem(role.name)) {
                    Some(columns) => (columns, &now),
                    None => continue,
                },
            };
            let picked = columns.iter().map(|column| column.picked(from)).collect();
            frame.numbers.insert(role.name, picked);
        }
        let periods: Option<Vec<Period>> = rows.iter().map(|row| self.observed[*row].period).collect();
        if method.along == Along::Time {
            frame.start = self.observed.iter().filter_map(|observed| observed.period).min();
        }
        frame.periods = periods.filter(|_| method.along == Along::Time);
        let base = base.map(|base| base.into_iter().map(Result::ok).collect());
        Slice { by: by.to_vec(), period, frame, rows, base }
    }
}

/// Decides the step of a frame. Dates are looked at together with those of the other frames: one that holds two
/// Januaries of a monthly table has a gap between them, and not the step of a year.
fn step(periods: &[Period], of_all_days: Step) -> Step {
    let days = !periods.is_empty() && periods.iter().all(|period| period.day().is_some());
    if days { of_all_days } else { Step::of(periods) }
}

impl Column {
    /// Picks rows; a row that there is not has no value.
    fn picked(&self, rows: &[Result<usize, Reason>]) -> Column {
        let value = |row: &Result<usize, Reason>| -> Result<Amount, Reason> {
            row.and_then(|row| self.values.get(row).cloned().unwrap_or(Err(Reason::NotApplicable)))
        };
        Column { name: self.name.clone(), unit: self.unit, values: rows.iter().map(value).collect() }
    }

    /// Makes a column.
    pub fn new(name: &str, unit: Unit, values: Vec<Result<Amount, Reason>>) -> Column {
        Column { name: name.to_owned(), unit, values }
    }
}

/// Returns the name of a role without the number of its period.
pub fn stem(role: &str) -> &str {
    role.strip_suffix(['0', '1']).unwrap_or(role)
}
