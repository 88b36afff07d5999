//! Picked: the cells of a source series that an analysis takes, added up, merged and narrowed as it says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::MERGED;
use crate::analysis::{Edition, part};
use crate::diagnostic::{Diagnostic, Place, code, did_you_mean};
use crate::finding::{Amount, Cell, Code, Key, Lineage, Part, Period, Reason, Role, Series, SeriesId, Status, Value};
use crate::study::{Analysis, Borders, Span, Text, place_of};

/// Cells picked from a source series, each with the source keys that went into it.
pub(super) struct Picked<'a> {
    source: &'a Arc<Series>,
    name: &'a str,
    place: &'a Place,
    pub(super) problems: Vec<Diagnostic>,
    dimensions: Vec<crate::finding::Dimension>,
    cells: BTreeMap<Key, (Cell, Vec<&'a Key>)>,
    pub(super) formula: Option<String>,
}

impl<'a> Picked<'a> {
    /// Picks the cells of the periods and members that an analysis names.
    pub(super) fn new(
        source: &'a Arc<Series>,
        (name, place): (&'a str, &'a Place),
        span: &Span,
        analysis: &Analysis,
    ) -> Picked<'a> {
        let (dimensions, cells) = (source.dimensions.clone(), BTreeMap::new());
        let mut picked = Picked { source, name, place, problems: Vec::new(), dimensions, cells, formula: None };
        // Most analyses take little of a large table, so nothing is copied before that is known.
        let mut taken: Vec<(&Key, &Cell)> = source.cells.iter().collect();
        picked.periods(span, &mut taken);
        let left = picked.filter(analysis, &mut taken);
        let bare = |key: &Key| Key(left.iter().filter_map(|at| part(key, *at).cloned()).collect());
        picked.cells = taken.into_iter().map(|(key, cell)| (bare(key), (cell.clone(), vec![key]))).collect();
        picked
    }

    fn refuse(&mut self, message: String, hint: Option<String>) {
        self.problems.push(Diagnostic::error(code::STUDY_VALUE, self.place.clone(), message).maybe_hint(hint));
    }

    fn no_dimension(&mut self, key: &str, name: &str) {
        let names: Vec<&str> = self.dimensions.iter().map(|d| d.name.as_str()).collect();
        let hint = did_you_mean(name, names.iter().copied()).unwrap_or_else(|| format!("it has: {}", names.join(", ")));
        self.refuse(format!("`{key}`: the table has no dimension `{name}`"), Some(hint));
    }

    fn position(&self, role: Role) -> Option<usize> {
        self.dimensions.iter().position(|d| d.role == role)
    }

    fn periods(&mut self, span: &Span, taken: &mut Vec<(&Key, &Cell)>) {
        let Some(at) = self.position(Role::Period) else { return };
        for text in [&span.from, &span.to].into_iter().flatten().filter(|text| Period::parse(text).is_none()) {
            self.refuse(
                format!("`period`: `{text}` is not a period"),
                Some("write 2022, 2022-07 or 2022-Q4".to_owned()),
            );
        }
        let edge = |text: &Option<String>| Period::parse(text.as_ref()?);
        let (from, to) = (edge(&span.from), edge(&span.to));
        taken.retain(|(key, _)| {
            part(key, at).and_then(Part::period).is_some_and(|p| {
                from.is_none_or(|from| from.first_day() <= p.first_day())
                    && to.is_none_or(|to| p.last_day() <= to.last_day())
            })
        });
    }

    /// Keeps the members that an analysis names, and returns which dimensions of the source remain.
    fn filter(&mut self, analysis: &Analysis, taken: &mut Vec<(&Key, &Cell)>) -> Vec<usize> {
        let mut left: Vec<usize> = (0..self.dimensions.len()).collect();
        for (name, member) in &analysis.filter {
            let Some(position) = self.dimensions.iter().position(|d| d.name == *name) else {
                self.no_dimension("where", name);
                continue;
            };
            let at = left[position];
            let wanted = |key: &Key| matches!(part(key, at), Some(Part::Category(name)) if **name == **member);
            let occurs = |key: &Key| wanted(key) || part(key, at).is_some_and(|part| part.to_string() == *member);
            if !taken.iter().any(|(key, _)| occurs(key)) {
                let members: BTreeSet<String> =
                    taken.iter().filter_map(|(key, _)| Some(part(key, at)?.to_string())).collect();
                let listed = format!("it has: {}", members.iter().cloned().collect::<Vec<_>>().join(", "));
                let hint = did_you_mean(member, members.iter().map(String::as_str)).unwrap_or(listed);
                self.refuse(format!("`where`: dimension `{name}` has no member `{member}`"), Some(hint));
                continue;
            }
            taken.retain(|(key, _)| wanted(key));
            self.dimensions.remove(position);
            left.remove(position);
        }
        left
    }

    pub(super) fn sum_over(&mut self, names: &[&String], edition: &Edition) {
        for name in names {
            let Some(at) = self.dimensions.iter().position(|d| d.name == **name) else {
                self.no_dimension("sum_over", name);
                continue;
            };
            if let Some((one, other)) = self.counted_twice(at, edition) {
                let message =
                    format!("`sum_over: [{name}]` would add {one} and {other}, of which one is counted in the other");
                let hint = "choose under `territories` those that do not overlap: `[regions]`, or a group of data/territories.yaml";
                let place = self.place.clone();
                self.problems.push(Diagnostic::error(code::DATA_OVERLAP, place, message).hint(hint));
                continue;
            }
            let dimension = &self.dimensions[at];
            let members: BTreeSet<&Part> = self.cells.keys().filter_map(|key| part(key, at)).collect();
            if let Some(total) = members.iter().find(|part| dimension.is_total(part)).filter(|_| members.len() > 1) {
                let message =
                    format!("`sum_over: [{name}]` would add `{total}`, which is the total of the others, to them");
                let hint = format!("take the total: `where: {{{name}: {total}}}`");
                let place = self.place.clone();
                self.problems.push(Diagnostic::error(code::DATA_OVERLAP, place, message).hint(hint));
                continue;
            }
            self.drop_dimension(at);
        }
    }

    /// Finds two territories along a dimension that would be added up though one is counted in the other.
    fn counted_twice(&self, at: usize, edition: &Edition) -> Option<(Code, Code)> {
        let mut together: BTreeMap<Key, Vec<&Code>> = BTreeMap::new();
        for key in self.cells.keys() {
            let code = part(key, at).and_then(Part::territory)?;
            together.entry(crate::analysis::apply::without(key, at)).or_default().push(code);
        }
        let pair = together.values().find_map(|codes| edition.territories().overlapping(codes))?;
        Some((pair.0.clone(), pair.1.clone()))
    }

    /// Drops a dimension and adds up what falls together.
    fn drop_dimension(&mut self, at: usize) {
        self.dimensions.remove(at);
        let cells = std::mem::take(&mut self.cells);
        for (key, (cell, sources)) in cells {
            self.add(crate::analysis::apply::without(&key, at), cell, sources);
        }
    }

    fn add(&mut self, key: Key, cell: Cell, sources: Vec<&'a Key>) {
        let Some((sum, all)) = self.cells.get_mut(&key) else {
            self.cells.insert(key, (cell, sources));
            return;
        };
        let value = match (&sum.value, &cell.value) {
            (Value::Amount(a), Value::Amount(b)) => Value::Amount(a.plus(b)),
            // What does not occur adds nothing.
            (Value::Missing(Reason::NoPhenomenon), other) | (other, Value::Missing(Reason::NoPhenomenon)) => {
                other.clone()
            }
            (Value::Missing(reason), _) | (_, Value::Missing(reason)) => Value::Missing(*reason),
            _ => Value::Missing(Reason::Missing),
        };
        *sum = Cell::resting_on(value, [&*sum, &cell]);
        all.extend(sources);
    }

    /// Adds up what was split by reforms. What adds up are persons and events that happened to them; moves do not,
    /// because a move between parent and daughter was none before the split. Where the moves are told apart by origin
    /// and destination, those between the parts are left out, and the rest adds up.
    pub(super) fn merge(&mut self, borders: Borders, edition: &Edition) {
        let along = |(at, d): (usize, &crate::finding::Dimension)| (d.role == Role::Territory).then_some(at);
        let axes: Vec<usize> = self.dimensions.iter().enumerate().filter_map(along).collect();
        let Some(at) = axes.first().copied() else { return };
        if edition.moves.contains(&self.source.id) && axes.len() < 2 {
            let path = &self.source.id;
            let message = format!("`{path}` does not add up over merged borders: moves between them would be counted");
            self.refuse(message, Some("take the balance, or the table of origins and destinations".to_owned()));
            return;
        }
        let start = self.cells.keys().filter_map(Key::period).min();
        let territories = edition.territories();
        let root = |code: &Code| match (borders, start) {
            (Borders::CommonDenominator, Some(start)) => territories.merged_to(code, start),
            _ => territories.merged(code),
        };
        let code_at = |key: &Key, at: usize| part(key, at).and_then(Part::territory).cloned();
        // One that never holds anything, as a city holds no rural population, is not missed where it has no row.
        let holds = |cell: &Cell| match &cell.value {
            Value::Missing(reason) => *reason != Reason::NoPhenomenon,
            value => !value.amount().is_some_and(Amount::is_zero),
        };
        let occurring: BTreeSet<Code> =
            self.cells.iter().filter(|(_, (c, _))| holds(c)).filter_map(|(k, _)| code_at(k, at)).collect();
        let cells = std::mem::take(&mut self.cells);
        for (key, (cell, sources)) in cells {
            let mut merged = key.clone();
            for at in &axes {
                if let Some(code) = code_at(&key, *at) {
                    merged.0[*at] = Part::Territory(root(&code));
                }
            }
            let ends: BTreeSet<&Part> = axes.iter().filter_map(|at| merged.0.get(*at)).collect();
            if axes.len() > 1 && ends.len() == 1 && merged != key {
                continue;
            }
            // The sum is in the old borders: the publisher carried nothing back.
            let status = if cell.status == Status::Backcast { Status::Published } else { cell.status };
            self.add(merged, Cell { status, ..cell }, sources);
        }
        self.formula = Some(MERGED.to_owned());
        if axes.len() == 1 {
            self.void_incomplete(at, &occurring, &root, edition);
        }
    }

    /// A sum that lacks a successor which existed then is unknown.
    fn void_incomplete(
        &mut self,
        at: usize,
        occurring: &BTreeSet<Code>,
        merged: &dyn Fn(&Code) -> Code,
        edition: &Edition,
    ) {
        for (key, (cell, sources)) in &mut self.cells {
            let (Some(Part::Territory(root)), Some(period)) = (key.0.get(at), key.period()) else { continue };
            let present: BTreeSet<&Code> =
                sources.iter().filter_map(|k| k.0.get(at).and_then(Part::territory)).collect();
            let territories = edition.territories();
            let replaced = |code: &Code| {
                let successors = present
                    .iter()
                    .filter(|p| territories.get(p).is_some_and(|t| t.successor_of.as_ref() == Some(code)));
                territories.get(code).is_some_and(|t| t.until.is_some()) && successors.count() > 0
            };
            let lacks = occurring.iter().any(|code| {
                merged(code) == *root
                    && territories.existed_at_start(code, period)
                    && !present.contains(code)
                    // The publisher carries figures back from a territory that ended to its successors.
                    && !replaced(code)
            });
            if lacks {
                cell.value = Value::Missing(Reason::Missing);
            }
        }
    }

    pub(super) fn territories(&mut self, wanted: &[Text], edition: &Edition) {
        let Some(at) = self.position(Role::Territory).filter(|_| !wanted.is_empty()) else { return };
        let mut codes: BTreeSet<Code> = BTreeSet::new();
        for text in wanted {
            match (edition.sets.get(&text.value), edition.territory(&text.value)) {
                (Some(set), _) => codes.extend(set.iter().cloned()),
                (None, Some(code)) => {
                    codes.insert(code);
                }
                (None, None) => {
                    let hint = did_you_mean(&text.value, edition.sets.keys().map(String::as_str));
                    let message = format!("`{}` is neither a territory nor a set", text.value);
                    let place = place_of(text, self.name).covering(text.value.chars().count());
                    self.problems.push(Diagnostic::error(code::STUDY_VALUE, place, message).maybe_hint(hint));
                }
            }
        }
        self.cells.retain(|key, _| {
            part(key, at)
                .and_then(Part::territory)
                .is_some_and(|code| codes.contains(code) || codes.contains(&code.plain()))
        });
    }

    pub(super) fn series(self, name: &str) -> Series {
        let of =
            |(key, (_, sources)): (&Key, &(Cell, Vec<&Key>))| (key.clone(), sources.iter().copied().cloned().collect());
        let sums = self.cells.iter().map(of).collect();
        let cells = self.cells.into_iter().map(|(key, (cell, _))| (key, cell)).collect();
        Series {
            id: SeriesId::of_values(name),
            dimensions: self.dimensions,
            unit: self.source.unit,
            class: self.source.class,
            own_units: BTreeMap::new(),
            half_units: BTreeMap::new(),
            formula: self.formula.unwrap_or_else(|| self.source.id.to_string()),
            convention: None,
            cells,
            lineage: Lineage::Sums(Arc::clone(self.source), sums),
            members: Default::default(),
        }
    }
}
