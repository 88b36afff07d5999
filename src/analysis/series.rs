//! Series: tables of the dataset as leaf findings, and the analyses that pick from them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Edition, part};
use crate::catalog::entry::Time;
use crate::dataset::{DataCell, Dataset, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean, listed};
use crate::expression::Names;
use crate::finding::{
    Amount, Cell, CellRef, Class, Code, Key, Lineage, Part, Period, Reason, Role, Series, SeriesId, Status, VALUE,
    Value, Vintages,
};
use crate::study::{Analysis, Borders, EditionEntry, Span, Text, place_of};

/// The formula of what is added up over the successors of a reform.
pub const MERGED: &str = "Σ over the successors of a reform";

static NO_VINTAGES: Vec<String> = Vec::new();

/// Inserts every measure of every table as a series of leaf findings, each cell in the vintage that the edition
/// prefers most.
pub(super) fn insert_tables(
    edition: &mut Edition,
    dataset: &Dataset,
    entry: &EditionEntry,
    diagnostics: &mut Diagnostics,
) {
    let place = place_of(&entry.vintages, &format!("edition `{}`", edition.name));
    let mut refuse = |message: String, hint: Option<String>| {
        diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place.clone(), message).maybe_hint(hint));
    };
    let chosen = &entry.vintages.value;
    for (name, table) in &dataset.tables {
        let known: Vec<&str> = table.layers.keys().map(String::as_str).collect();
        // Of a table that holds nothing as yet there is nothing to choose.
        let none = known.is_empty().then_some(&NO_VINTAGES);
        let Some(preferred) = chosen.get(name).or(none) else {
            let message = format!("says nothing of the vintages of table `{name}`");
            refuse(message, Some(format!("add: {name}: [{}]", known.join(", "))));
            edition.fail(name, None);
            continue;
        };
        for vintage in preferred.iter().filter(|v| !known.contains(&v.as_str())) {
            let hint = did_you_mean(vintage, known.iter().copied());
            let hint = hint.unwrap_or_else(|| format!("it has: {}", known.join(", ")));
            refuse(format!("table `{name}` has no vintage `{vintage}`"), Some(hint));
            edition.fail(name, None);
        }
        if table.entry.time == Time::Stock {
            edition.stocks.insert(name.clone());
        }
        for (measure, entry) in &table.entry.measures {
            if entry.moves {
                edition.moves.insert(SeriesId::new(name, measure));
            }
            let series = leaf(name, measure, table, preferred);
            edition.findings.insert(series);
        }
        alias_value(name, table, edition);
    }
    for unknown in chosen.keys().filter(|t| !dataset.tables.contains_key(*t)) {
        let hint = did_you_mean(unknown, dataset.tables.keys().map(String::as_str));
        refuse(format!("there is no table `{unknown}`"), hint);
    }
}

/// A table of a single measure can be asked for its `value`.
fn alias_value(name: &str, table: &Table, edition: &mut Edition) {
    let mut measures = table.entry.measures.keys();
    if let (Some(only), None) = (measures.next(), measures.next())
        && only != VALUE
        && let Some(series) = edition.findings.member(name, only)
    {
        let alias = Series { id: SeriesId::of_values(name), ..(**series).clone() };
        edition.findings.insert(alias);
    }
}

fn leaf(name: &str, measure: &str, table: &Table, preferred: &[String]) -> Series {
    let entry = &table.entry.measures[measure];
    let mut cells: BTreeMap<Key, Cell> = BTreeMap::new();
    let mut files: BTreeMap<Key, CellRef> = BTreeMap::new();
    let (mut own_units, mut half_units) = (BTreeMap::new(), BTreeMap::new());
    // Where the vintages of a table hold different things altogether, none of them stands in for another.
    let half = half();
    let dated = table.entry.finding_dimensions().iter().any(|d| d.role == Role::Period);
    for (choice, vintage) in preferred.iter().enumerate() {
        let layer = table.layers.get(vintage).and_then(|layer| layer.get(measure));
        let vintages = Vintages::one(vintage, choice > 0 && dated);
        for (key, cell) in layer.into_iter().flatten().filter(|(key, _)| !cells.contains_key(*key)).collect::<Vec<_>>()
        {
            cells.insert(key.clone(), leaf_cell(cell, &vintages));
            files.insert(key.clone(), cell.source.clone());
            if let Some(unit) = cell.unit {
                own_units.insert(key.clone(), (unit, class_of(cell)));
            }
            // Whole persons are counted, not rounded.
            if cell.half_unit != half {
                half_units.insert(key.clone(), cell.half_unit.clone());
            }
        }
    }
    Series {
        id: SeriesId::new(name, measure),
        dimensions: table.entry.finding_dimensions(),
        unit: entry.unit,
        class: entry.class,
        own_units,
        half_units,
        formula: "cell of the source".to_owned(),
        convention: None,
        cells,
        lineage: Lineage::Files(files),
        members: Default::default(),
    }
}

fn half() -> Amount {
    Amount::ratio(1, 2).unwrap_or(Amount::ZERO)
}

fn class_of(cell: &DataCell) -> Class {
    match &cell.value {
        Ok(amount) if amount.signum() < 0 => Class::Signed,
        _ => Class::Flow,
    }
}

fn leaf_cell(cell: &DataCell, vintages: &Vintages) -> Cell {
    let value = match &cell.value {
        Ok(amount) => Value::Amount(amount.clone()),
        Err(reason) => Value::Missing(*reason),
    };
    Cell { value, status: cell.status, vintages: vintages.observing(cell.observed) }
}

/// Puts an edition's period over the study's: what the edition leaves open stays as it was.
pub(super) fn narrowed(study: &Span, edition: &Span) -> Span {
    Span {
        from: edition.from.clone().or_else(|| study.from.clone()),
        to: edition.to.clone().or_else(|| study.to.clone()),
    }
}

/// Keeps of a series that an expression gives what lies in the period that an edition gives it.
pub(super) fn keep_within(series: &mut Series, own: &Span) -> Result<(), String> {
    let read = |text: &Option<String>| match text {
        Some(text) => Period::parse(text).map(Some).ok_or_else(|| format!("`{text}` is not a period")),
        None => Ok(None),
    };
    let (from, to) = (read(&own.from)?, read(&own.to)?);
    if series.cells.keys().any(|key| key.period().is_none()) {
        return Err("`periods` does nothing for an expression without periods".to_owned());
    }
    let is_within = |period: Period| {
        from.is_none_or(|from| period.first_day() >= from.first_day())
            && to.is_none_or(|to| period.last_day() <= to.last_day())
    };
    series.cells.retain(|key, _| key.period().is_some_and(is_within));
    Ok(())
}

/// Says where the period that an edition gives an analysis ends beyond its table, and what to do.
pub(super) fn beyond(own: &Span, analysis: &Analysis, edition: &Edition) -> Option<(String, String)> {
    let wanted = own.to.as_ref()?;
    let to = Period::parse(wanted)?;
    let table = &analysis.table.as_ref()?.value;
    let measure = analysis.measure.as_ref().map_or(VALUE, |measure| measure.value.as_str());
    let source = edition.findings.member(table, measure)?;
    let dated = source.cells.iter().filter_map(|(key, cell)| Some((key.period()?, cell)));
    let (last, _) = dated.clone().max_by_key(|(period, _)| period.last_day())?;
    if to.first_day() <= last.last_day() {
        return None;
    }
    let vintages: BTreeSet<&str> =
        dated.filter(|(period, _)| *period == last).flat_map(|(_, cell)| cell.vintages.iter()).collect();
    let vintages: Vec<&str> = vintages.into_iter().collect();
    let message =
        format!("the period runs to {wanted}, but table `{table}` ends with {last} (vintage {})", vintages.join(", "));
    let hint =
        format!("let it run to {last}, or name the vintage that holds {wanted} under `vintages: {{{table}: […]}}`");
    Some((message, hint))
}

/// Makes the series of an analysis that picks from a table; `None` where it says something that cannot be.
pub(super) fn from_table(
    name: &str,
    analysis: &Analysis,
    span: &Span,
    edition: &Edition,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<Series> {
    let table = analysis.table.as_ref()?;
    let measure = analysis.measure.as_ref().map_or(VALUE, |measure| measure.value.as_str());
    let Some(source) = edition.findings.member(&table.value, measure) else {
        if !edition.failed.contains_key(&table.value) {
            diagnostics.push(unknown_source(table, analysis.measure.as_ref(), name, edition));
        }
        return None;
    };
    let mut picked = Picked::new(source, name, place);
    picked.periods(span);
    picked.filter(analysis);
    let territorial = |name: &String| source.dimensions.iter().any(|d| d.name == *name && d.role == Role::Territory);
    let (over_territories, over_others): (Vec<&String>, Vec<&String>) =
        analysis.sum_over.iter().partition(|name| territorial(name));
    picked.sum_over(&over_others, edition);
    if analysis.borders != Borders::AsPublished {
        picked.merge(analysis.borders, edition);
    }
    // Where every territory is added up, the choice says which; otherwise it is of those that remain.
    let some_remain =
        source.dimensions.iter().any(|d| d.role == Role::Territory && !analysis.sum_over.contains(&d.name));
    if !some_remain {
        picked.territories(&analysis.territories, edition);
    }
    picked.sum_over(&over_territories, edition);
    if some_remain {
        picked.territories(&analysis.territories, edition);
    }
    if !analysis.sum_over.is_empty() && picked.formula.is_none() {
        picked.formula = Some(format!("Σ over {}", analysis.sum_over.join(", ")));
    }
    let problems = std::mem::take(&mut picked.problems);
    let series = picked.series(name);
    if problems.is_empty() && series.cells.is_empty() && !edition.failed.contains_key(&table.value) {
        let message = format!("picks nothing from its table in edition {}", edition.name);
        diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place.clone(), message));
    }
    let sound = problems.is_empty() && !series.cells.is_empty();
    problems.into_iter().for_each(|problem| diagnostics.push(problem));
    let vintages: BTreeSet<&str> = series.cells.values().flat_map(|cell| cell.vintages.iter()).collect();
    if vintages.len() > 1 && analysis.across_vintages.is_none() && !edition.across_vintages {
        let names: Vec<&str> = vintages.into_iter().collect();
        let message = format!("draws on several vintages ({})", names.join(", "));
        let hint = "state why they may stand in one series, by language, here or in the edition: `across_vintages`";
        diagnostics.push(Diagnostic::error(code::STUDY_VINTAGE, place.clone(), message).hint(hint));
    }
    thinned(&series, place, edition, diagnostics);
    sound.then_some(series)
}

/// Warns where the last period holds fewer territories than the one before it, all of which existed then: what is said of
/// them all, of the largest or of their number would be said of some.
fn thinned(series: &Series, place: &Place, edition: &Edition, diagnostics: &mut Diagnostics) {
    let at = |role: Role| series.dimensions.iter().position(|dimension| dimension.role == role);
    let (Some(of_territory), Some(of_period)) = (at(Role::Territory), at(Role::Period)) else { return };
    let mut held: BTreeMap<&Part, BTreeSet<&Part>> = BTreeMap::new();
    for (key, _) in series.cells.iter().filter(|(_, cell)| matches!(cell.value, Value::Amount(_))) {
        held.entry(&key.0[of_period]).or_default().insert(&key.0[of_territory]);
    }
    let mut latest = held.iter().rev();
    let (Some((last, now)), Some((_, before))) = (latest.next(), latest.next()) else { return };
    let exists = |part: &&&Part| {
        let mut key = series.cells.keys().next().cloned().unwrap_or_else(|| Key(Vec::new()));
        key.0[of_territory] = (**part).clone();
        key.0[of_period] = (*last).clone();
        edition.absence(&key) != Reason::NotApplicable
    };
    let lacking: Vec<String> = before.difference(now).filter(exists).map(ToString::to_string).collect();
    if !lacking.is_empty() {
        let (count, of) = (before.len() - lacking.len(), before.len());
        let message = format!(
            "`{}` holds {count} of the {of} territories of the period before in {last} (edition {}): {} are lacking",
            series.id,
            edition.name,
            listed(lacking)
        );
        let hint = "end its `period` where all are there, or say in the text of which it speaks";
        diagnostics.push(Diagnostic::warning(code::DATA_THINNED, place.clone(), message).hint(hint));
    }
}

/// Says which of table and measure there is not.
fn unknown_source(table: &Text, measure: Option<&Text>, name: &str, edition: &Edition) -> Diagnostic {
    let members = edition.findings.members(&table.value);
    let (text, message, known) = match measure {
        Some(measure) if !members.is_empty() => {
            (measure, format!("table `{}` has no measure `{}`", table.value, measure.value), members)
        }
        None if !members.is_empty() => {
            (table, format!("table `{}` has several measures: say which", table.value), members)
        }
        _ => (table, format!("there is no table `{}`", table.value), edition.findings.names()),
    };
    let hint = did_you_mean(&text.value, known.iter().copied());
    let hint = hint.unwrap_or_else(|| format!("there are: {}", known.join(", ")));
    let place = place_of(text, name).covering(text.value.chars().count());
    Diagnostic::error(code::STUDY_VALUE, place, message).hint(hint)
}

/// Cells picked from a source series, each with the source keys that went into it.
struct Picked<'a> {
    source: &'a Arc<Series>,
    name: &'a str,
    place: &'a Place,
    problems: Vec<Diagnostic>,
    dimensions: Vec<crate::finding::Dimension>,
    cells: BTreeMap<Key, (Cell, Vec<&'a Key>)>,
    formula: Option<String>,
}

impl<'a> Picked<'a> {
    fn new(source: &'a Arc<Series>, name: &'a str, place: &'a Place) -> Picked<'a> {
        let cells = source.cells.iter().map(|(k, c)| (k.clone(), (c.clone(), vec![k]))).collect();
        let dimensions = source.dimensions.clone();
        Picked { source, name, place, problems: Vec::new(), dimensions, cells, formula: None }
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

    fn periods(&mut self, span: &Span) {
        let Some(at) = self.position(Role::Period) else { return };
        for text in [&span.from, &span.to].into_iter().flatten().filter(|text| Period::parse(text).is_none()) {
            self.refuse(
                format!("`period`: `{text}` is not a period"),
                Some("write 2022, 2022-07 or 2022-Q4".to_owned()),
            );
        }
        let edge = |text: &Option<String>| Period::parse(text.as_ref()?);
        let (from, to) = (edge(&span.from), edge(&span.to));
        self.cells.retain(|key, _| {
            part(key, at).and_then(Part::period).is_some_and(|p| {
                from.is_none_or(|from| from.first_day() <= p.first_day())
                    && to.is_none_or(|to| p.last_day() <= to.last_day())
            })
        });
    }

    fn filter(&mut self, analysis: &Analysis) {
        for (name, member) in &analysis.filter {
            let Some(at) = self.dimensions.iter().position(|d| d.name == *name) else {
                self.no_dimension("where", name);
                continue;
            };
            let wanted = |key: &Key| matches!(part(key, at), Some(Part::Category(name)) if **name == **member);
            let occurs = |key: &Key| wanted(key) || part(key, at).is_some_and(|part| part.to_string() == *member);
            if !self.cells.keys().any(occurs) {
                let members: BTreeSet<String> =
                    self.cells.keys().filter_map(|k| Some(part(k, at)?.to_string())).collect();
                let listed = format!("it has: {}", members.iter().cloned().collect::<Vec<_>>().join(", "));
                let hint = did_you_mean(member, members.iter().map(String::as_str)).unwrap_or(listed);
                self.refuse(format!("`where`: dimension `{name}` has no member `{member}`"), Some(hint));
                continue;
            }
            self.cells.retain(|key, _| wanted(key));
            self.drop_dimension(at);
        }
    }

    fn sum_over(&mut self, names: &[&String], edition: &Edition) {
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
            together.entry(super::apply::without(key, at)).or_default().push(code);
        }
        let pair = together.values().find_map(|codes| edition.territories().overlapping(codes))?;
        Some((pair.0.clone(), pair.1.clone()))
    }

    /// Drops a dimension and adds up what falls together.
    fn drop_dimension(&mut self, at: usize) {
        self.dimensions.remove(at);
        let cells = std::mem::take(&mut self.cells);
        for (key, (cell, sources)) in cells {
            self.add(super::apply::without(&key, at), cell, sources);
        }
    }

    fn add(&mut self, key: Key, cell: Cell, sources: Vec<&'a Key>) {
        let Some((sum, all)) = self.cells.get_mut(&key) else {
            self.cells.insert(key, (cell, sources));
            return;
        };
        let value = match (&sum.value, &cell.value) {
            (Value::Amount(a), Value::Amount(b)) => Value::Amount(a.plus(b)),
            (Value::Missing(reason), _) | (_, Value::Missing(reason)) => Value::Missing(*reason),
            _ => Value::Missing(Reason::Missing),
        };
        *sum = Cell::resting_on(value, [&*sum, &cell]);
        all.extend(sources);
    }

    /// Adds up what was split by reforms. What adds up are persons and events that happened to them; moves do not,
    /// because a move between parent and daughter was none before the split. Where the moves are told apart by origin
    /// and destination, those between the parts are left out, and the rest adds up.
    fn merge(&mut self, borders: Borders, edition: &Edition) {
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
        let holds = |cell: &Cell| !cell.value.amount().is_some_and(Amount::is_zero);
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

    fn territories(&mut self, wanted: &[Text], edition: &Edition) {
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

    fn series(self, name: &str) -> Series {
        let (mut cells, mut sums) = (BTreeMap::new(), BTreeMap::new());
        for (key, (cell, sources)) in self.cells {
            sums.insert(key.clone(), sources.into_iter().cloned().collect());
            cells.insert(key, cell);
        }
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
