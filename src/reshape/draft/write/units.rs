//! Units: the unit and the scale that a file names beside its tables, and on which day its stocks hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::super::super::periods;
use super::super::find::Found;
use super::super::words::{line, quoted};
use super::Writer;
use crate::finding::{Role, Unit};
use crate::language::{self, Factor};
use crate::workbook::{At, Content, Sheet};

/// A cell that names the unit of a whole sheet, or none where its name does, with the text and the scale.
type Named<'a> = (Option<At>, &'a str, Factor);

/// Says where a unit is named.
fn place(at: Option<At>) -> String {
    at.map_or_else(|| "the sheet's name".to_owned(), |at| at.to_string())
}

impl Writer<'_> {
    /// Says the scale that titles or the heads of all columns name for whole sheets; from a cell of each, where the sheets
    /// differ.
    pub(super) fn units(&mut self) {
        let between = self.chosen.iter().flat_map(|(_, found)| &found.sections).find(|text| names_unit(text));
        if let Some(text) = between {
            let _ = writeln!(self.out.text, "scale: TODO   # a unit stands between the rows: {}", line(text));
            return;
        }
        let named: Vec<Option<Named>> =
            self.chosen.iter().map(|(sheet, found)| self.printed(unit(sheet, found)?)).collect();
        let scales: BTreeSet<Factor> = named.iter().map(|one| scale_of(*one)).collect();
        match named.first() {
            Some(Some((at, text, Factor::Open))) if scales.len() == 1 => {
                let said = line(text);
                let why = format!("by {}: {said}: 1, or 1000, or what its words say", place(*at));
                let _ = writeln!(self.out.text, "scale: TODO   # {why}");
            }
            Some(Some((at, text, Factor::Of(scale)))) if scales.len() == 1 && *scale > 1 => {
                let _ = writeln!(self.out.text, "scale: {scale}   # a guess, by {}: {}", place(*at), line(text));
            }
            _ if scales.len() > 1 => self.unit_by_sheet(&named),
            _ => {}
        }
    }

    /// How many units of the measures one printed unit is: some are in thousands themselves.
    fn printed<'t>(&self, (at, text, scale): Named<'t>) -> Option<Named<'t>> {
        let own = if self.target.measures.values().all(|unit| unit.is_of_thousands()) { 1_000 } else { 1 };
        let scale = match scale {
            Factor::Of(factor) if factor >= own => Factor::Of(factor / own),
            other => other,
        };
        Some((at, text, scale))
    }

    fn unit_by_sheet(&mut self, named: &[Option<Named>]) {
        let places: BTreeSet<Option<At>> = named.iter().flatten().map(|(at, ..)| *at).collect();
        let units: BTreeSet<Unit> = self.target.measures.values().copied().collect();
        let (Some(at), Some(unit)) = (places.first(), units.first()) else { return };
        let at = at.map_or_else(|| "sheet".to_owned(), |at| at.to_string());
        let factor = |one: &Option<Named<'_>>| match one {
            Some((_, text, Factor::Of(factor))) => Some((line(text), *factor)),
            Some((.., Factor::Open)) | None => None,
        };
        let all: Option<BTreeMap<String, i64>> = named.iter().map(factor).collect();
        let Some(all) = all.filter(|_| places.len() == 1 && units.len() == 1) else {
            self.out.text.push_str("scale: TODO   # the sheets are in several units: read them by several entries\n");
            return;
        };
        self.from.insert("unit".to_owned(), at.clone());
        let one = |(text, scale): (&String, &i64)| format!("{}: {{unit: {unit}, scale: {scale}}}", quoted(text));
        let all: Vec<String> = all.iter().map(one).collect();
        let _ = writeln!(self.out.text, "units: {{{}}}   # a guess, by {at} of each sheet", all.join(", "));
    }

    /// Says that stocks are of the end of their years, where a title does.
    pub(super) fn at_end(&mut self) {
        let by_year =
            |text: &String| periods::of(std::slice::from_ref(text)).is_none_or(|said| said.period.day().is_none());
        let is_stock = self.target.is_stock && self.target.dimensions.iter().any(|own| own.role == Role::Period);
        let said = self.found.titles.iter().find(|(_, text)| text.lines().any(periods::is_year_end));
        match said.filter(|_| is_stock) {
            Some((at, text)) if by_year(text) => {
                let _ = writeln!(self.out.text, "at_end: true   # a guess, by {at}: {}", line(text));
            }
            _ => {}
        }
    }
}

/// Says whether a text is a unit and nothing else.
fn names_unit(text: &str) -> bool {
    const MOST_WORDS: usize = 3;
    language::names_unit(text) && text.split_whitespace().count() <= MOST_WORDS
}

/// What nothing names is printed as it is.
fn scale_of(named: Option<Named>) -> Factor {
    named.map_or(Factor::Of(1), |(.., scale)| scale)
}

/// The first text above the table that names a unit, with its scale, one with a scale before others; or the head of a
/// column, where all columns of data say the same scale.
fn unit<'a>(sheet: &'a Sheet, found: &'a Found) -> Option<Named<'a>> {
    let titles: BTreeSet<At> = found.titles.iter().map(|(at, _)| *at).collect();
    let scale = |text: &str| text.lines().find_map(language::scale_said).unwrap_or(Factor::Of(1));
    let one = |(at, text): &'a (At, String)| (Some(*at), text.as_str(), scale(text));
    let all: Vec<Named> = found.units.iter().filter(|(at, _)| titles.contains(at)).map(one).collect();
    let is_scaled = |named: &&Named| named.2 != Factor::Of(1);
    let by_heads = || {
        let of = |column: &u32| {
            let over = |(at, _): &&(At, String)| covers(sheet, found, *at, *column);
            found.units.iter().filter(over).map(one).find(|named| is_scaled(&named))
        };
        let heads: Vec<Option<Named>> = found.data.iter().map(of).collect();
        let scales: BTreeSet<Factor> = heads.iter().map(|one| scale_of(*one)).collect();
        let first = heads.into_iter().flatten().next()?;
        Some(if scales.len() == 1 { first } else { (first.0, first.1, Factor::Open) })
    };
    let by_notes = || {
        let scaled = |text: &str| text.lines().find_map(language::scale_noted);
        let noted = |(at, text): &'a (At, String)| Some((Some(*at), text.as_str(), scaled(text)?));
        found.notes.iter().find_map(noted)
    };
    // A column that says the same in every row may name the scale: `thousands`, `THS_PER`.
    let by_column = || {
        let first = |column: &u32| {
            let at = At { row: found.rows.0 - 1, column: *column };
            let head = found.header.iter().rev().find_map(|row| sheet.shown(At { row: row - 1, ..at }));
            let head = head.map(|(_, cell)| cell.text()).unwrap_or_default();
            let cell = sheet.get(at)?;
            let said = if let Content::Text(text) = &cell.content { &**text } else { "a power of ten" };
            Some((Some(at), said, language::scale_of_column(&head, &cell.text())?))
        };
        found.idle.iter().find_map(first)
    };
    let by_name = || {
        let scale = language::scale_said(&sheet.name).filter(|own| *own != Factor::Of(1))?;
        Some((None, &*sheet.name, scale))
    };
    let named = all.iter().find(is_scaled).copied().or_else(by_heads).or_else(by_column).or_else(by_name);
    named.or_else(by_notes).or_else(|| all.first().copied())
}

/// Says whether a cell of the header stands over a column.
fn covers(sheet: &Sheet, found: &Found, at: At, column: u32) -> bool {
    let over = At { row: at.row, column };
    found.header.contains(&(at.row + 1)) && sheet.shown(over).is_some_and(|(own, _)| own == at)
}
