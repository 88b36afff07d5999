//! Series: tables of the dataset as leaf findings, and the analyses that pick from them.

mod picked;

use std::collections::{BTreeMap, BTreeSet};

use picked::Picked;

use super::Edition;
use crate::catalog::entry::Time;
use crate::dataset::{DataCell, Dataset, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean, listed};
use crate::expression::Names;
use crate::finding::{
    Amount, Cell, Class, Key, Lineage, Part, Period, Reason, Role, Series, SeriesId, VALUE, Value, Vintages,
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
            edition.titles.insert(SeriesId::new(name, measure), entry.title.clone());
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
    // Where the vintages of a table hold different things altogether, none of them stands in for another.
    let half = half();
    let dated = table.entry.finding_dimensions().iter().any(|d| d.role == Role::Period);
    let vintages: Vec<Vintages> =
        preferred.iter().enumerate().map(|(choice, vintage)| Vintages::one(vintage, choice > 0 && dated)).collect();
    let mut chosen: BTreeMap<&Key, (&DataCell, &Vintages)> = BTreeMap::new();
    for (vintage, vintages) in preferred.iter().zip(&vintages).rev() {
        let layer = table.layers.get(vintage).and_then(|layer| layer.get(measure));
        // What is preferred more takes the place of what is preferred less.
        chosen.append(&mut layer.into_iter().flatten().map(|(key, cell)| (key, (cell, vintages))).collect());
    }
    let of = |own: &dyn Fn(&DataCell) -> bool| -> Vec<(Key, &DataCell)> {
        chosen.iter().filter(|(_, (cell, _))| own(cell)).map(|(key, (cell, _))| (Key::clone(key), *cell)).collect()
    };
    let cells = chosen.iter().map(|(key, (cell, vintages))| (Key::clone(key), leaf_cell(cell, vintages))).collect();
    let files = of(&|_| true).into_iter().map(|(key, cell)| (key, cell.source.clone())).collect();
    let own_unit = |(key, cell): (Key, &DataCell)| Some((key, (cell.unit?, class_of(cell))));
    let own_units = of(&|cell| cell.unit.is_some()).into_iter().filter_map(own_unit).collect();
    // Whole persons are counted, not rounded.
    let rounded = of(&|cell| cell.half_unit != half);
    let half_units = rounded.into_iter().map(|(key, cell)| (key, cell.half_unit.clone())).collect();
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
    let mut picked = Picked::new(source, (name, place), span, analysis);
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
