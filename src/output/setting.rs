//! Setting: a table spelled once in a language: headings, cells, footnote marks, notes. Formats only add their syntax.

use std::collections::BTreeMap;

use crate::exhibit::{Entry, Label, Mark, Table};
use crate::finding::{Reason, Status, Unit};
use crate::language::{Language, Scale};
use crate::page::{Caption, ExhibitWords};

/// A table in a language, ready for a format.
#[derive(Debug)]
pub struct Setting {
    /// The heading of the first column.
    pub stub: String,
    /// The headings of the other columns, with their units where these differ.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<(String, Vec<Cell>)>,
    /// Notes: the author's, then those that the marks need.
    pub notes: Vec<String>,
}

/// One cell.
#[derive(Debug)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// The footnote mark.
    pub mark: String,
    /// The number's id, where it is one.
    pub number: Option<String>,
    /// The exact value.
    pub value: String,
}

impl Setting {
    /// Returns how many letters its longest cells take side by side, with a gap of two.
    pub fn letters(&self) -> usize {
        let cell = |cell: &Cell| cell.text.chars().count() + cell.mark.chars().count() / 2;
        let column = |i: usize| self.rows.iter().filter_map(|(_, cells)| cells.get(i)).map(cell).max().unwrap_or(0) + 2;
        let stub = self.rows.iter().map(|(stub, _)| stub.chars().count()).max().unwrap_or(0);
        // A stub breaks at its spaces.
        stub.min(16) + (0..self.heads.len()).map(column).sum::<usize>()
    }
}

/// Returns the text of a label.
pub fn label(label: &Label, words: &ExhibitWords, language: &Language) -> String {
    match label {
        Label::Territory(code) => language.territory(code),
        Label::Period(period) => language.period(*period),
        Label::Word(key) => {
            let own = match key.split_once('.') {
                Some(("series", name)) => words.series.get(name),
                Some(("columns", name)) => words.columns.get(name),
                _ => None,
            };
            own.map(String::as_str).or_else(|| language.word(key)).unwrap_or(key).to_owned()
        }
    }
}

/// Spells a table.
pub fn set(table: &Table, words: &ExhibitWords, caption: &Caption, language: &Language) -> Setting {
    let remarks = Remarks::new(table, language);
    let rows = table
        .rows
        .iter()
        .map(|row| {
            let cells = row.entries.iter().zip(&table.columns).map(|(entry, column)| {
                let mark = remarks.mark(entry);
                cell(entry, column.thousands, column.decimals, language, mark)
            });
            (label(&row.label, words, language), cells.collect())
        })
        .collect();
    let units: Vec<Unit> = table.columns.iter().map(|column| column.unit).collect();
    let mixed = units.iter().any(|unit| Some(unit) != units.first());
    let head = |column: &crate::exhibit::Column| {
        let name = label(&column.label, words, language);
        let unit = language.unit(column.unit, scale(column.thousands));
        let counts = matches!(column.unit, Unit::Count | Unit::None | Unit::Year);
        if mixed && !counts && !unit.is_empty() && !name.contains(&unit) { format!("{name}, {unit}") } else { name }
    };
    let mut notes = caption.notes.clone();
    notes.extend(remarks.notes());
    let fallback = match table.rows.first().map(|row| &row.label) {
        Some(Label::Period(_)) => "period",
        _ => "region",
    };
    Setting {
        stub: words.stub.clone().unwrap_or_else(|| language.word(fallback).unwrap_or_default().to_owned()),
        heads: table.columns.iter().map(head).collect(),
        rows,
        notes,
    }
}

/// Returns the scale word of powers of a thousand.
pub fn scale(thousands: u8) -> Scale {
    match thousands {
        0 => Scale::One,
        1 => Scale::Thousand,
        2 => Scale::Million,
        _ => Scale::Billion,
    }
}

/// Divides a number for print.
pub fn scaled(amount: &crate::finding::Amount, thousands: u8) -> crate::finding::Amount {
    let divisor = crate::finding::Amount::Integer(1000i64.pow(u32::from(thousands)));
    amount.divided_by(&divisor).unwrap_or_else(|| amount.clone())
}

fn cell(entry: &Entry, thousands: u8, decimals: usize, language: &Language, mark: String) -> Cell {
    match entry {
        Entry::Named { number, part, .. } => {
            let text = match part {
                crate::finding::Part::Territory(code) => language.territory(code),
                crate::finding::Part::Period(period) => match period.month() {
                    Some(month) => language.months(&[month], None).unwrap_or_else(|_| language.period(*period)),
                    None => language.period(*period),
                },
                crate::finding::Part::Category(name) => language.word(name).unwrap_or(name).to_owned(),
            };
            Cell { text, mark, number: Some(number.clone()), value: part.to_string() }
        }
        Entry::Mark(Mark { value: Ok(amount), number, class, .. }) => Cell {
            text: language.number_of(&scaled(amount, thousands), *class, decimals),
            mark,
            number: Some(number.clone()),
            value: amount.to_string(),
        },
        Entry::Mark(Mark { value: Err(reason), .. }) => {
            Cell { text: language.missing(*reason).to_owned(), mark, number: None, value: reason.code().to_owned() }
        }
    }
}

fn reason_key(reason: Reason) -> &'static str {
    match reason {
        Reason::Missing | Reason::Undecided => "missing-no-data",
        Reason::NoPhenomenon => "missing-no-phenomenon",
        Reason::NotApplicable => "missing-territory",
        Reason::OutOfScope => "missing-out-of-scope",
        Reason::Suppressed => "missing-confidential",
        Reason::ZeroBase => "missing-zero-base",
        Reason::NegativeBase => "missing-negative-base",
        Reason::SignChange => "missing-sign-change",
        Reason::MixedSign => "missing-mixed-sign",
        Reason::TooFew => "missing-n-too-small",
        Reason::ZeroVariance => "missing-zero-variance",
        Reason::ZeroTotal => "missing-zero-total",
        Reason::Ties => "missing-ties",
        Reason::TooMany => "missing-n-too-large",
        Reason::Undefined => "missing-undefined",
    }
}

/// What cells of a table have to be remarked on: weak status, another vintage, missing values.
struct Remarks<'a> {
    language: &'a Language,
    marks: BTreeMap<&'static str, String>,
    whole: Vec<&'static str>,
    reasons: BTreeMap<&'a str, Vec<&'static str>>,
}

impl<'a> Remarks<'a> {
    fn new(table: &Table, language: &'a Language) -> Remarks<'a> {
        let marks: Vec<&Mark> = table
            .rows
            .iter()
            .flat_map(|row| &row.entries)
            .filter_map(|entry| match entry {
                Entry::Mark(mark) => Some(mark),
                Entry::Named { .. } => None,
            })
            .collect();
        let filled: Vec<&&Mark> = marks.iter().filter(|mark| mark.value.is_ok()).collect();
        let mut remarks = Remarks { language, marks: BTreeMap::new(), whole: Vec::new(), reasons: BTreeMap::new() };
        for key in ["status-inferred", "status-backcast", "status-derived", "vintage-other"] {
            let count = filled.iter().filter(|mark| kinds(mark).contains(&key)).count();
            if count == 0 {
                continue;
            }
            if count == filled.len() {
                remarks.whole.push(key);
            } else if key == "vintage-other" && count * 2 > filled.len() {
                // Where most figures are of the other vintage, the few of the preferred one are marked.
                remarks.whole.push("vintage-most");
                let stars = "*".repeat(remarks.marks.len() + 1);
                remarks.marks.insert("vintage-preferred", stars);
            } else {
                let stars = "*".repeat(remarks.marks.len() + 1);
                remarks.marks.insert(key, stars);
            }
        }
        for mark in marks {
            if let Err(reason) = &mark.value {
                let keys = remarks.reasons.entry(language.missing(*reason)).or_default();
                if !keys.contains(&reason_key(*reason)) {
                    keys.push(reason_key(*reason));
                }
            }
        }
        remarks
    }

    fn mark(&self, entry: &Entry) -> String {
        match entry {
            Entry::Mark(mark) if mark.value.is_ok() => {
                let stars: Vec<&str> =
                    kinds(mark).iter().filter_map(|key| self.marks.get(key)).map(String::as_str).collect();
                stars.join(",\u{a0}")
            }
            Entry::Mark(_) | Entry::Named { .. } => String::new(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let word = |key: &str| self.language.word(key).unwrap_or(key).to_owned();
        let mut starred: Vec<(&String, &&str)> = self.marks.iter().map(|(key, stars)| (stars, key)).collect();
        starred.sort();
        let mut notes: Vec<String> =
            starred.iter().map(|(stars, key)| format!("{} {}.", stars.replace('*', "\\*"), word(key))).collect();
        notes.extend(self.whole.iter().map(|key| format!("{}.", capital(&word(key)))));
        for (sign, keys) in &self.reasons {
            let texts: Vec<String> = keys.iter().map(|key| word(key)).collect();
            notes.push(format!("{sign} {}.", texts.join("; ")));
        }
        notes
    }
}

fn kinds(mark: &Mark) -> Vec<&'static str> {
    let mut kinds = Vec::new();
    match mark.status {
        Status::Published | Status::Transcribed => {}
        Status::Derived => kinds.push("status-derived"),
        Status::Backcast => kinds.push("status-backcast"),
        Status::Inferred => kinds.push("status-inferred"),
    }
    kinds.push(if mark.fallback { "vintage-other" } else { "vintage-preferred" });
    kinds
}

/// Returns a text with its first letter in capitals.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Lays the data of a figure out as a table: rows × series.
pub fn of_figure(figure: &crate::exhibit::Figure) -> Table {
    use crate::exhibit::{Chart, Column, Row, Series};
    let column = |label: &Label| Column {
        label: label.clone(),
        unit: figure.unit,
        thousands: figure.thousands,
        decimals: figure.decimals,
    };
    let by_series = |labels: Vec<Label>, series: Vec<&Series>| {
        let entry = |i: usize| series.iter().map(|s| Entry::Mark(s.marks[i].clone())).collect();
        let rows = labels.into_iter().enumerate().map(|(i, label)| Row { label, entries: entry(i) }).collect();
        Table { id: figure.id.clone(), columns: series.iter().map(|s| column(&s.label)).collect(), rows }
    };
    match &figure.chart {
        Chart::Lines { periods, series, .. } | Chart::Cumulative { periods, series, .. } => {
            by_series(periods.iter().map(|p| Label::Period(*p)).collect(), series.iter().collect())
        }
        Chart::Columns { periods, series, total, .. } => {
            by_series(periods.iter().map(|p| Label::Period(*p)).collect(), series.iter().chain(total).collect())
        }
        Chart::Bars { rows, series, reference, .. } => {
            let mut table = by_series(rows.clone(), series.iter().collect());
            if let Some((label, mark)) = reference {
                table.rows.push(Row { label: label.clone(), entries: vec![Entry::Mark(mark.clone())] });
            }
            table
        }
        Chart::HeatMap { rows, columns, cells } => Table {
            id: figure.id.clone(),
            columns: columns.iter().map(column).collect(),
            rows: rows
                .iter()
                .zip(cells)
                .map(|(label, marks)| Row {
                    label: label.clone(),
                    entries: marks.iter().cloned().map(Entry::Mark).collect(),
                })
                .collect(),
        },
        Chart::Shares { rows, series, .. } => by_series(rows.clone(), series.iter().collect()),
        Chart::Slope { rows, ends, .. } | Chart::Dumbbell { rows, ends } => {
            by_series(rows.clone(), ends.iter().collect())
        }
        Chart::Panels { periods, panels, .. } => panels_of(figure, periods, panels),
        Chart::Lorenz { points, .. } => of_each(
            figure,
            vec![column(&Label::Word("series.value".to_owned()))],
            points.iter().map(|point| (&point.label, vec![&point.mark])),
        ),
        Chart::Scatter { points, x, y, .. } => of_each(
            figure,
            vec![x.clone(), y.clone()],
            points.iter().map(|point| (&point.label, point.marks.iter().collect())),
        ),
        Chart::TileMap { tiles } => of_each(
            figure,
            vec![column(&Label::Word("series.value".to_owned()))],
            tiles.iter().map(|tile| (&tile.label, vec![&tile.mark])),
        ),
        Chart::Choropleth { areas, .. } => of_each(
            figure,
            vec![column(&Label::Word("series.value".to_owned()))],
            areas.iter().map(|area| (&area.label, vec![&area.mark])),
        ),
        Chart::Trend { periods, value, fitted, ahead, band } => by_series(
            periods.iter().map(|p| Label::Period(*p)).collect(),
            std::iter::once(value).chain(fitted).chain(ahead).chain(band.iter().flatten()).collect(),
        ),
    }
}

/// Returns the numbers that stand beside the data of a figure: a coefficient, the rules of a plane; a table each.
pub fn beside(figure: &crate::exhibit::Figure) -> Vec<Table> {
    use crate::exhibit::{Chart, Column};
    let one = |column: Column, mark: &Mark| {
        let label = column.label.clone();
        of_each(figure, vec![column], std::iter::once((&label, vec![mark])))
    };
    match &figure.chart {
        Chart::Lorenz { gini: Some(mark), .. } => {
            let label = Label::Word("chart-gini".to_owned());
            vec![one(Column { label, unit: Unit::None, thousands: 0, decimals: crate::exhibit::GINI_DECIMALS }, mark)]
        }
        Chart::Scatter { x, y, rules, .. } => {
            let given = rules.iter().zip([x, y]);
            given.filter_map(|(rule, column)| Some(one(column.clone(), rule.as_ref()?.mark.as_ref()?))).collect()
        }
        Chart::Lorenz { gini: None, .. }
        | Chart::Lines { .. }
        | Chart::Columns { .. }
        | Chart::Bars { .. }
        | Chart::HeatMap { .. }
        | Chart::Shares { .. }
        | Chart::Panels { .. }
        | Chart::Slope { .. }
        | Chart::Dumbbell { .. }
        | Chart::Cumulative { .. }
        | Chart::TileMap { .. }
        | Chart::Choropleth { .. }
        | Chart::Trend { .. } => Vec::new(),
    }
}

/// Lays out one row for each territory.
fn of_each<'a>(
    figure: &crate::exhibit::Figure,
    columns: Vec<crate::exhibit::Column>,
    rows: impl Iterator<Item = (&'a Label, Vec<&'a Mark>)>,
) -> Table {
    let entries = |marks: Vec<&Mark>| marks.into_iter().cloned().map(Entry::Mark).collect();
    let row =
        |(label, marks): (&Label, Vec<&Mark>)| crate::exhibit::Row { label: label.clone(), entries: entries(marks) };
    Table { id: figure.id.clone(), columns, rows: rows.map(row).collect() }
}

/// Lays small planes out as territories × periods; several series of one territory stand below each other.
fn panels_of(
    figure: &crate::exhibit::Figure,
    periods: &[crate::finding::Period],
    panels: &[crate::exhibit::Panel],
) -> Table {
    let crate::exhibit::Figure { unit, thousands, decimals, .. } = *figure;
    let column = |period: &crate::finding::Period| crate::exhibit::Column {
        label: Label::Period(*period),
        unit,
        thousands,
        decimals,
    };
    let rows =
        panels.iter().flat_map(|panel| panel.series.iter().map(|series| (&panel.label, series.marks.iter().collect())));
    of_each(figure, periods.iter().map(column).collect(), rows)
}
