//! Setting: a table spelled once in a language: headings, cells, footnote marks, notes. Formats only add their syntax.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::headings::{headings, is_alike, label, one_unit, scale};
use crate::document::{Inline, markdown, plain};
use crate::exhibit::{Column, Entry, Label, Mark, Row, Table, scaled};
use crate::finding::{Amount, Class, Observed, Part, Reason, Status, Unit};
use crate::language::{Language, NumberForm, Suffix};
use crate::page::{Caption, ExhibitWords, Origin};

/// A table in a language, ready for a format.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    /// The heading of the first column.
    pub stub: String,
    /// The unit of all its numbers, spelled out for the caption; empty where they have several or none.
    pub unit: String,
    /// Headings over several columns, with their places.
    pub groups: Vec<(String, Range<usize>)>,
    /// The headings of the other columns, with their units where these differ.
    pub heads: Vec<String>,
    /// Which of these columns hold words: they stand left, numbers right.
    pub texts: Vec<bool>,
    /// The rows.
    pub rows: Vec<Line>,
    /// Notes: the author's, then those that the marks need.
    pub notes: Vec<Note>,
    /// True where it is never parted, whatever its length.
    pub unparted: bool,
}

/// One note.
#[derive(Clone, Debug)]
pub(super) struct Note {
    /// The mark that it explains; empty for what is said of the whole.
    pub mark: String,
    /// What stands in the cells of which it speaks: the mark, or the sign of what is missing; empty as well.
    pub sign: String,
    /// Its text.
    pub text: Vec<Inline>,
}

/// One row.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its heading.
    pub stub: String,
    /// The footnote mark that all numbers of a named row share.
    pub mark: String,
    /// What it is ordered by, where its heading does not say it: `2022-03`.
    pub sort: Option<String>,
    /// True for the country among its regions, which keeps its place however they are ordered.
    pub total: bool,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// The text.
    pub text: String,
    /// True for words, false for numbers and what stands in for them.
    pub is_text: bool,
    /// The footnote mark.
    pub mark: String,
    /// The number's id, where it is one.
    pub number: Option<String>,
    /// The exact value.
    pub value: String,
}

/// A printed sheet of A4: how many letters of a table it holds across, and how many points down.
struct Sheet {
    letters: usize,
    height: usize,
}

const PORTRAIT: Sheet = Sheet { letters: 115, height: 735 };
const LANDSCAPE: Sheet = Sheet { letters: 170, height: 490 };

/// The letters that an upright sheet holds across in small type.
const SNUG: usize = 143;

/// Names the sheet for a table whose columns take so many letters: upright, upright in small type, or on its side.
pub(super) fn sheet(letters: usize) -> &'static str {
    match letters {
        letters if letters <= PORTRAIT.letters => "",
        letters if letters <= SNUG => " wide snug",
        _ => " wide",
    }
}

/// The points that a line of a table takes, what a row adds to its lines, and a line of a note.
const LINE: usize = 11;
const ROW: usize = 3;
const NOTE: usize = 12;

impl Setting {
    /// Returns how many letters its longest cells take side by side, with a gap of two.
    fn letters(&self) -> usize {
        // A stub breaks at its spaces.
        self.stub_letters().min(16) + (0..self.heads.len()).map(|at| self.column_letters(at)).sum::<usize>()
    }

    fn stub_letters(&self) -> usize {
        self.rows.iter().map(|line| line.stub.chars().count()).max().unwrap_or(0)
    }

    fn column_letters(&self, at: usize) -> usize {
        let cell = |cell: &Cell| cell.text.chars().count() + cell.mark.chars().count() / 2;
        let longest = self.rows.iter().filter_map(|line| line.cells.get(at)).map(cell).max().unwrap_or(0);
        // Words break, numbers do not, nor does one word of a heading.
        let cells = if self.texts.get(at).copied().unwrap_or_default() { longest.min(24) } else { longest };
        let word = |head: &String| head.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
        2 + cells.max(self.heads.get(at).map_or(0, word))
    }

    /// Returns how many letters each column takes, the first one too.
    pub(super) fn widths(&self) -> Vec<usize> {
        let columns = (0..self.heads.len()).map(|at| self.column_letters(at));
        std::iter::once(self.stub_letters().clamp(8, 24)).chain(columns).collect()
    }

    /// Returns true for one that is turned on its side in print.
    pub(super) fn is_wide(&self) -> bool {
        self.letters() > PORTRAIT.letters
    }

    /// Names the sheet that it needs.
    pub(super) fn sheet(&self) -> &'static str {
        sheet(self.letters())
    }

    /// Returns true for one that no sheet holds across.
    pub(super) fn is_too_wide(&self) -> bool {
        self.letters() > LANDSCAPE.letters
    }

    /// Parts the columns into as few parts as there is room for beside the first column, as alike as they can be; `weigh`
    /// says what a column of so many letters takes of the room. What stands under one heading is not parted.
    pub(super) fn beside(&self, room: f64, weigh: impl Fn(usize) -> f64) -> Vec<Setting> {
        let widths: Vec<f64> = self.widths().into_iter().map(weigh).collect();
        let width = |at: &Range<usize>| widths[at.start + 1..at.end + 1].iter().sum::<f64>();
        let units = self.units();
        let parts = |room: f64| {
            let mut parts: Vec<Range<usize>> = Vec::new();
            for unit in &units {
                match parts.last_mut().filter(|last| width(&(last.start..unit.end)) <= room) {
                    Some(last) => last.end = unit.end,
                    None => parts.push(unit.clone()),
                }
            }
            parts
        };
        let room = (room - widths[0]).max(0.0);
        let fewest = parts(room).len();
        if fewest < 2 {
            return vec![self.clone()];
        }
        let mut less = (1..STEPS).map(|step| parts(room * f64::from(step) / f64::from(STEPS)));
        let even = less.find(|parts| parts.len() == fewest).unwrap_or_else(|| parts(room));
        even.iter().map(|own| self.columns(own)).collect()
    }

    /// Lists the columns that stand together: each group, and each column by itself.
    fn units(&self) -> Vec<Range<usize>> {
        let mut units: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while at < self.heads.len() {
            let group = self.groups.iter().find(|(_, group)| group.start == at).map(|(_, group)| group.end);
            let end = group.unwrap_or(at + 1).max(at + 1);
            units.push(at..end);
            at = end;
        }
        units
    }

    /// Returns the same table with some of its columns beside the first one.
    fn columns(&self, own: &Range<usize>) -> Setting {
        let groups = self.groups.iter().filter(|(_, group)| own.start <= group.start && group.end <= own.end);
        let line = |line: &Line| Line { cells: line.cells[own.clone()].to_vec(), ..line.clone() };
        Setting {
            groups: groups.map(|(head, at)| (head.clone(), at.start - own.start..at.end - own.start)).collect(),
            heads: self.heads[own.clone()].to_vec(),
            texts: self.texts[own.clone()].to_vec(),
            rows: self.rows.iter().map(line).collect(),
            ..self.clone()
        }
    }

    /// Returns the same table as one that is never parted.
    pub(super) fn whole(&self) -> Setting {
        Setting { unparted: true, ..self.clone() }
    }

    /// Parts the rows by printed sheets. One part is what fits a sheet with its caption, heading and notes.
    ///
    /// The heights are estimates on the safe side: no browser says where a page of it will end.
    pub(super) fn parts(&self) -> Vec<Range<usize>> {
        let all = 0..self.rows.len();
        let sheet = if self.is_wide() { LANDSCAPE } else { PORTRAIT };
        let lines = |text: &str, letters: usize| text.chars().count().div_ceil(letters.max(6)).max(1);
        let columns: Vec<usize> = (0..self.heads.len()).map(|at| self.column_letters(at)).collect();
        let stub = sheet.letters.saturating_sub(columns.iter().sum()).clamp(16, 40);
        // What the columns do not need goes to them in equal parts, and so their headings break less.
        let spare = sheet.letters.saturating_sub(stub + columns.iter().sum::<usize>()) / columns.len().max(1);
        let heads = self.heads.iter().zip(&columns).map(|(head, column)| lines(head, column + spare));
        let over = self.groups.iter().map(|(head, at)| lines(head, columns[at.clone()].iter().sum()));
        let over = over.max().unwrap_or(0) * LINE;
        let head = heads.max().unwrap_or(1).max(lines(&self.stub, stub)) * LINE + over + ROW;
        let height = |line: &Line| {
            let cells = line.cells.iter().zip(&columns).filter(|(cell, _)| cell.is_text);
            let cells = cells.map(|(cell, column)| lines(&cell.text, column + spare)).max().unwrap_or(1);
            lines(&line.stub, stub).max(cells) * LINE + ROW
        };
        let notes: usize =
            self.notes.iter().map(|note| lines(&plain(&note.text), sheet.letters) * NOTE + 3).sum::<usize>() + 2 * NOTE;
        let caption = 3 * NOTE;
        let numbers = LINE + ROW;
        let rows: usize = self.rows.iter().map(height).sum();
        if self.unparted || caption + head + rows + notes <= sheet.height {
            return std::iter::once(all).collect();
        }
        let room = sheet.height.saturating_sub(numbers + (caption + head).max(2 * LINE + notes)).max(12 * (LINE + ROW));
        let mut parts = Vec::new();
        let (mut start, mut used) = (0, 0);
        for (at, line) in self.rows.iter().enumerate() {
            let own = height(line);
            if used + own > room && at > start {
                parts.push(start..at);
                (start, used) = (at, 0);
            }
            used += own;
        }
        // No part of a row or two.
        if self.rows.len() - start < FEWEST
            && let Some(before) = parts.last_mut()
            && before.len() > 2 * FEWEST
        {
            start = self.rows.len() - FEWEST;
            before.end = start;
        }
        parts.push(start..self.rows.len());
        parts
    }
}

/// How many rooms are tried for parts of a table that are alike.
const STEPS: u16 = 64;

/// The fewest rows that stand on a sheet of their own.
const FEWEST: usize = 3;

/// Spells a table.
pub(super) fn set(table: &Table, words: &ExhibitWords, caption: &Caption, language: &Language) -> Setting {
    let remarks = Remarks::new(table, words.source, language);
    let country = table.rows.iter().any(|row| row.label.is_country());
    let line = |row: &Row| {
        let mark = remarks.of_row(row, &table.columns);
        let cells = row.entries.iter().zip(&table.columns).map(|(entry, column)| {
            let own = if mark.is_empty() { remarks.mark(entry) } else { String::new() };
            cell(entry, column, language, own)
        });
        let sort = match &row.label {
            Label::Period(period) if period.month().is_some() || period.quarter().is_some() => Some(period.to_string()),
            Label::Territory(code) | Label::Country(code) => language.order_of(code),
            Label::Period(_) | Label::Member(_) | Label::Word(_) => None,
        };
        let total = country && table.rows.len() > 1 && row.label.is_country();
        Line { stub: label(&row.label, words, language), cells: cells.collect(), mark, sort, total }
    };
    let mut rows: Vec<Line> = table.rows.iter().map(line).collect();
    let texts: Vec<bool> = (0..table.columns.len()).map(|at| holds_words(&rows, at)).collect();
    // What is missing among words stands as they do.
    for (cell, text) in rows.iter_mut().flat_map(|line| line.cells.iter_mut().zip(&texts)) {
        cell.is_text |= text;
    }
    let rounding = language.word("rounding-note").filter(|_| table.rounded).map(|note| markdown::line(note, &[]));
    let of_whole = caption.notes.iter().cloned().chain(rounding);
    let mut notes: Vec<Note> = of_whole.map(|text| Note { mark: String::new(), sign: String::new(), text }).collect();
    notes.extend(remarks.notes());
    let fallback = match table.rows.first().map(|row| &row.label) {
        Some(Label::Period(_)) => "period",
        Some(Label::Member(_)) => "stub-category",
        _ => "region",
    };
    let (groups, heads) = headings(table, words, language);
    Setting {
        stub: words.stub.clone().unwrap_or_else(|| language.word(fallback).unwrap_or_default().to_owned()),
        unit: one_unit(table).map(|(unit, by)| language.unit_in_caption(unit, scale(by))).unwrap_or_default(),
        groups,
        heads,
        texts,
        rows,
        notes,
        unparted: false,
    }
}

/// A column holds words where it holds any, and no number.
fn holds_words(rows: &[Line], at: usize) -> bool {
    let cells = || rows.iter().filter_map(|line| line.cells.get(at)).filter(|cell| cell.number.is_some());
    cells().next().is_some() && cells().all(|cell| cell.is_text)
}

fn cell(entry: &Entry, column: &Column, language: &Language, mark: String) -> Cell {
    let (column, own) = match entry {
        Entry::Own { print, .. } => (print, !is_alike(print, column)),
        _ => (column, false),
    };
    if let Some(number) = entry.mark() {
        let (text, id, value) = match &number.value {
            Ok(amount) => {
                let plain = || language.number_of(&scaled(amount, column.thousands), number.class, column.decimals);
                // A number in a unit that its column does not name says it itself.
                let text =
                    if own { with_unit(amount, number.class, column, language).unwrap_or_else(plain) } else { plain() };
                (text, Some(number.number.clone()), amount.to_string())
            }
            Err(reason) => (language.missing(*reason).to_owned(), None, reason.code().to_owned()),
        };
        return Cell { text, is_text: false, mark, number: id, value };
    }
    // A year stands as a number does, a month as a word.
    let is_text = !matches!(entry, Entry::Named { part: Part::Period(period), .. } if period.month().is_none());
    Cell { text: said(entry, language), is_text, mark, number: number_of(entry), value: raw(entry) }
}

fn with_unit(amount: &Amount, class: Class, column: &Column, language: &Language) -> Option<String> {
    let (suffix, scale) = (Suffix::of(column.unit), scale(column.thousands));
    let plus = language.plus_for(class);
    let form = NumberForm { decimals: column.decimals, scale, suffix, plus, ..NumberForm::default() };
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
pub(super) fn raw(entry: &Entry) -> String {
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
pub(super) fn said(entry: &Entry, language: &Language) -> String {
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
        Reason::Collinear => "missing-collinear",
        Reason::ZeroTotal => "missing-zero-total",
        Reason::Ties => "missing-ties",
        Reason::Tied => "missing-tied",
        Reason::TooMany => "missing-n-too-large",
        Reason::Unsuited => "missing-unsuited",
        Reason::Undefined | Reason::Irregular => "missing-undefined",
    }
}

/// What stands between two footnote marks.
pub(super) const BETWEEN: &str = ",\u{a0}";

/// What cells of a table have to be remarked on: weak status, another vintage, missing values.
struct Remarks<'a> {
    language: &'a Language,
    marks: BTreeMap<&'static str, String>,
    whole: Vec<&'static str>,
    /// What is said of most figures, with the mark of those of which it is not.
    turned: BTreeMap<Observed, String>,
    reasons: BTreeMap<&'a str, Vec<&'static str>>,
}

impl<'a> Remarks<'a> {
    fn new(table: &Table, source: Origin, language: &'a Language) -> Remarks<'a> {
        let marks: Vec<&Mark> = table.rows.iter().flat_map(|row| &row.entries).filter_map(Entry::mark).collect();
        let filled: Vec<&&Mark> = marks.iter().filter(|mark| mark.value.is_ok()).collect();
        let mut remarks = Remarks {
            language,
            marks: BTreeMap::new(),
            whole: Vec::new(),
            turned: BTreeMap::new(),
            reasons: BTreeMap::new(),
        };
        for key in ["status-inferred", "status-backcast", "status-derived", "vintage-other"] {
            let count = filled.iter().filter(|mark| kinds(mark).contains(&key)).count();
            // That numbers of a computed exhibit are computed, its source line says of all of them.
            if count == 0 || key == "status-derived" && source == Origin::Derived {
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
        for one in Observed::ALL {
            let count = filled.iter().filter(|mark| mark.observed.has(one)).count();
            if count == 0 {
                continue;
            }
            if count == filled.len() {
                remarks.whole.push(one.word());
                continue;
            }
            let stars = "*".repeat(remarks.marks.len() + 1);
            // Where most figures are so, the few that are not are marked.
            if count * 2 > filled.len() {
                remarks.whole.push(one.most());
                remarks.turned.insert(one, stars.clone());
                remarks.marks.insert(one.turned(), stars);
            } else {
                remarks.marks.insert(one.word(), stars);
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
        self.stars(entry).join(BETWEEN)
    }

    fn stars(&self, entry: &Entry) -> Vec<&str> {
        let Some(mark) = entry.mark().filter(|mark| mark.value.is_ok()) else { return Vec::new() };
        let own = kinds(mark).into_iter().filter_map(|key| self.marks.get(key));
        let turned = self.turned.iter().filter(|(one, _)| !mark.observed.has(**one)).map(|(_, stars)| stars);
        own.chain(turned).map(String::as_str).collect()
    }

    /// The mark that stands once at the name of a named row: what its numbers share, or all marks of a row of counts,
    /// which are no weaker than what they count.
    fn of_row(&self, row: &Row, columns: &[Column]) -> String {
        let is_number = |entry: &Entry| entry.mark().is_some_and(|mark| mark.value.is_ok());
        let numbers: Vec<(&Entry, &Column)> =
            row.entries.iter().zip(columns).filter(|(entry, _)| is_number(entry)).collect();
        let counts = numbers.iter().all(|(entry, column)| match entry {
            Entry::Own { print, .. } => print.unit == Unit::Count,
            Entry::Mark(_) | Entry::Named { .. } | Entry::Listed { .. } | Entry::Truth { .. } => {
                column.unit == Unit::Count
            }
        });
        let marks: BTreeSet<Vec<&str>> = numbers.iter().map(|(entry, _)| self.stars(entry)).collect();
        if !matches!(row.label, Label::Word(_) | Label::Member(_)) || marks.len() > 1 && !counts {
            return String::new();
        }
        let all: BTreeSet<&str> = marks.into_iter().flatten().collect();
        all.into_iter().collect::<Vec<_>>().join(BETWEEN)
    }

    fn notes(&self) -> Vec<Note> {
        let word = |key: &str| self.language.word(key).unwrap_or(key).to_owned();
        let mut starred: Vec<(&String, &&str)> = self.marks.iter().map(|(key, stars)| (stars, key)).collect();
        starred.sort();
        let note = |mark: &str, sign: &str, text: String| Note {
            mark: mark.to_owned(),
            sign: sign.to_owned(),
            text: markdown::line(&text, &[]),
        };
        let starred = starred.iter().map(|(stars, key)| note(stars, stars, format!("{}.", word(key))));
        let mut notes: Vec<Note> = starred.collect();
        notes.extend(self.whole.iter().map(|key| note("", "", format!("{}.", capital(&word(key))))));
        for (sign, keys) in &self.reasons {
            let texts: Vec<String> = keys.iter().map(|key| word(key)).collect();
            notes.push(note("", sign, format!("{sign} {}.", texts.join("; "))));
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
    kinds.extend(mark.observed.iter().map(Observed::word));
    kinds.push(if mark.fallback { "vintage-other" } else { "vintage-preferred" });
    kinds
}

/// Returns a text with its first letter in capitals.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
