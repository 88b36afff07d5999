//! Headings: what names rows, columns and their units in a language: labels, groups, the unit of a caption.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::exhibit::{Column, Entry, Figure, Label, Table};
use crate::finding::Unit;
use crate::language::{Language, Scale};
use crate::page::ExhibitWords;

/// Returns the text of a label.
pub(super) fn label(label: &Label, words: &ExhibitWords, language: &Language) -> String {
    match label {
        Label::Territory(code) | Label::Country(code) => language.territory(code),
        Label::Period(period) => language.period_in_table(*period),
        Label::Member(member) => {
            let own = [&words.series, &words.columns, &words.rows].into_iter().find_map(|side| side.get(member));
            own.cloned().unwrap_or_else(|| language.member(member))
        }
        Label::Word(key) => {
            let own = match key.split_once('.') {
                Some(("series", name)) => words.series.get(name),
                Some(("columns", name)) => words.columns.get(name),
                Some(("groups", name)) => words.groups.get(name),
                Some(("rows", name)) => words.rows.get(name),
                _ => None,
            };
            own.map(String::as_str).or_else(|| language.word(key)).unwrap_or(key).to_owned()
        }
    }
}

/// The units of a table's numbers, each with the powers of a thousand that they are printed in. Counts and years are
/// none: their headings say what they count.
fn units(table: &Table) -> BTreeSet<(Unit, u8)> {
    // A number in a unit or scale of its own says it itself.
    let told = |entry: &Entry, column: &Column| match entry {
        Entry::Own { print, .. } => !is_alike(print, column),
        Entry::Mark(_) | Entry::Named { .. } | Entry::Listed { .. } | Entry::Truth { .. } => false,
    };
    let number = |entry: &Entry, at: usize| {
        entry.mark().is_some_and(|mark| mark.value.is_ok()) && !told(entry, &table.columns[at])
    };
    let numbers = |at: usize| table.rows.iter().filter_map(|row| row.entries.get(at)).any(|entry| number(entry, at));
    let counted = |column: &Column| matches!(column.unit, Unit::Count | Unit::Year);
    let columns = table.columns.iter().enumerate().filter(|(at, column)| !counted(column) && numbers(*at));
    columns.map(|(_, column)| (column.unit, column.thousands)).collect()
}

/// Returns true for two prints of one unit in one scale.
pub(super) fn is_alike(one: &Column, other: &Column) -> bool {
    (one.unit, one.thousands) == (other.unit, other.thousands)
}

/// Returns the unit that all numbers of a table have, with the powers of a thousand that they are printed in.
pub(super) fn one_unit(table: &Table) -> Option<(Unit, u8)> {
    let units = units(table);
    units.first().copied().filter(|_| units.len() == 1)
}

/// Returns the unit of a figure as its caption spells it out; empty where its axes have several or it draws shares of
/// a whole.
pub(super) fn unit_of(figure: &Figure, language: &Language) -> String {
    let Some((unit, by)) = figure.chart.shape().unit(figure) else { return String::new() };
    language.unit_in_caption(unit, scale(by))
}

/// Returns the headings over several columns and those of each column. Where units differ, each names its own; a group whose
/// columns share one names it for all.
pub(super) fn headings(
    table: &Table,
    words: &ExhibitWords,
    language: &Language,
) -> (Vec<(String, Range<usize>)>, Vec<String>) {
    let mixed = units(table).len() > 1;
    let named = |name: String, unit: Option<(Unit, u8)>| {
        let unit =
            unit.map(|(unit, by)| language.unit_in_head(unit, scale(by))).filter(|unit| mixed && !unit.is_empty());
        unit.map_or(name.clone(), |unit| format!("{name}, {unit}"))
    };
    let unit = |column: &Column| (column.unit, column.thousands);
    let shared = |at: &Range<usize>| {
        let units: BTreeSet<_> = table.columns[at.clone()].iter().map(unit).collect();
        units.first().copied().filter(|_| units.len() == 1)
    };
    let groups = table
        .groups
        .iter()
        .map(|group| (named(label(&group.label, words, language), shared(&group.columns)), group.columns.clone()));
    let heads = table.columns.iter().enumerate().map(|(at, column)| {
        let said = table.groups.iter().any(|group| group.columns.contains(&at) && shared(&group.columns).is_some());
        let before = at.checked_sub(1).and_then(|at| table.columns.get(at)).map(|column| &column.label);
        let name = match (&column.label, before) {
            // Of the months of a year that stand side by side the first names it.
            (Label::Period(own), Some(Label::Period(last))) if own.year() == last.year() => language.period(*own),
            (own, _) => label(own, words, language),
        };
        named(name, (!said).then(|| unit(column)))
    });
    (groups.collect(), heads.collect())
}

/// Returns the scale word of powers of a thousand.
pub(super) fn scale(thousands: u8) -> Scale {
    match thousands {
        0 => Scale::One,
        1 => Scale::Thousand,
        2 => Scale::Million,
        3 => Scale::Billion,
        _ => Scale::Trillion,
    }
}
