//! Setting: a table spelled once in a language: headings, cells, footnote marks, notes. Formats only add their syntax.

use std::collections::BTreeMap;

use crate::exhibit::{Column, Entry, Label, Mark, Table, scaled};
use crate::finding::{Part, Reason, Status, Unit};
use crate::language::{Language, NumberForm, Scale, Suffix};
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
                Some(("rows", name)) => words.rows.get(name),
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
                cell(entry, column, language, mark)
            });
            (label(&row.label, words, language), cells.collect())
        })
        .collect();
    let units: Vec<Unit> = table.columns.iter().map(|column| column.unit).collect();
    let mixed = units.iter().any(|unit| Some(unit) != units.first());
    let head = |column: &Column| {
        let name = label(&column.label, words, language);
        let unit = language.unit(column.unit, scale(column.thousands));
        let counts = matches!(column.unit, Unit::Count | Unit::None | Unit::Year);
        if mixed && !counts && !unit.is_empty() && !name.contains(&unit) { format!("{name}, {unit}") } else { name }
    };
    let mut notes = caption.notes.clone();
    let rounding = language.word("rounding-note").filter(|_| table.rounded).map(str::to_owned);
    notes.extend(rounding);
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

fn cell(entry: &Entry, column: &Column, language: &Language, mark: String) -> Cell {
    let (column, own) = match entry {
        Entry::Own { print, .. } => (print, print.unit != column.unit),
        _ => (column, false),
    };
    if let Some(number) = entry.mark() {
        let (text, id, value) = match &number.value {
            Ok(amount) => {
                let plain = || language.number(&scaled(amount, column.thousands), column.decimals);
                // A number in a unit that its column does not name says it itself.
                let text = if own { with_unit(amount, column, language).unwrap_or_else(plain) } else { plain() };
                (text, Some(number.number.clone()), amount.to_string())
            }
            Err(reason) => (reason.sign().to_owned(), None, reason.code().to_owned()),
        };
        return Cell { text, mark, number: id, value };
    }
    Cell { text: said(entry, language), mark, number: number_of(entry), value: raw(entry) }
}

fn with_unit(amount: &crate::finding::Amount, column: &Column, language: &Language) -> Option<String> {
    let (suffix, scale) = (Suffix::of(column.unit), scale(column.thousands));
    let form = NumberForm { decimals: column.decimals, scale, suffix, ..NumberForm::default() };
    language.print(amount, &form, None).ok()
}

fn number_of(entry: &Entry) -> Option<String> {
    match entry {
        Entry::Mark(mark) | Entry::Own { mark, .. } => mark.value.is_ok().then(|| mark.number.clone()),
        Entry::Named { number, .. } | Entry::Listed { number, .. } | Entry::Truth { number, .. } => {
            Some(number.clone())
        }
    }
}

/// Returns an entry as data: an exact value, keys, `true`, or the code of a reason.
pub fn raw(entry: &Entry) -> String {
    match entry {
        Entry::Mark(mark) | Entry::Own { mark, .. } => match &mark.value {
            Ok(amount) => amount.to_string(),
            Err(reason) => reason.code().to_owned(),
        },
        Entry::Named { part, .. } => part.to_string(),
        Entry::Listed { parts, .. } => parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        Entry::Truth { holds, .. } => holds.to_string(),
    }
}

/// Says an entry that is no number.
pub fn said(entry: &Entry, language: &Language) -> String {
    let name = |part: &Part| match part {
        Part::Territory(code) => language.territory(code),
        Part::Period(period) => match period.month() {
            Some(month) => language.months(&[month], None).unwrap_or_else(|_| language.period(*period)),
            None => language.period(*period),
        },
        Part::Category(name) => language.word(name).unwrap_or(name).to_owned(),
    };
    match entry {
        Entry::Named { part, .. } => name(part),
        Entry::Listed { parts, .. } => parts.iter().map(name).collect::<Vec<_>>().join(", "),
        Entry::Truth { holds, .. } => {
            let key = if *holds { "yes" } else { "no" };
            language.word(key).unwrap_or(key).to_owned()
        }
        Entry::Mark(_) | Entry::Own { .. } => String::new(),
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
    reasons: BTreeMap<&'static str, Vec<&'static str>>,
}

impl<'a> Remarks<'a> {
    fn new(table: &Table, language: &'a Language) -> Remarks<'a> {
        let marks: Vec<&Mark> = table.rows.iter().flat_map(|row| &row.entries).filter_map(Entry::mark).collect();
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
                let keys = remarks.reasons.entry(reason.sign()).or_default();
                if !keys.contains(&reason_key(*reason)) {
                    keys.push(reason_key(*reason));
                }
            }
        }
        remarks
    }

    fn mark(&self, entry: &Entry) -> String {
        let Some(mark) = entry.mark().filter(|mark| mark.value.is_ok()) else { return String::new() };
        let stars: Vec<&str> = kinds(mark).iter().filter_map(|key| self.marks.get(key)).map(String::as_str).collect();
        stars.join(",\u{a0}")
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
