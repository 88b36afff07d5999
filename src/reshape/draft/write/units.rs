//! Units: the unit and the scale that a file names beside its tables, and on which day its stocks hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::super::super::periods;
use super::super::find::Found;
use super::super::words::{line, quoted};
use super::Writer;
use crate::finding::{Role, Unit};
use crate::language;
use crate::workbook::At;

/// A cell that names the unit of a whole sheet, with its text and its scale.
type Named<'a> = (At, &'a str, i64);

impl Writer<'_> {
    /// Says the scale that titles name for whole sheets; from a cell of each, where the sheets differ.
    pub(super) fn units(&mut self) {
        let named: Vec<Option<Named>> = self.chosen.iter().map(|(_, found)| unit(found)).collect();
        let scales: BTreeSet<i64> = named.iter().map(|one| one.map_or(1, |(.., scale)| scale)).collect();
        match named.first() {
            Some(Some((at, text, scale))) if scales.len() == 1 && *scale > 1 => {
                let _ = writeln!(self.out.text, "scale: {scale}   # a guess, by {at}: {}", line(text));
            }
            _ if scales.len() > 1 => self.unit_by_sheet(&named),
            _ => {}
        }
    }

    fn unit_by_sheet(&mut self, named: &[Option<Named>]) {
        let places: BTreeSet<At> = named.iter().flatten().map(|(at, ..)| *at).collect();
        let units: BTreeSet<Unit> = self.target.measures.values().copied().collect();
        let (Some(at), Some(unit)) = (places.first(), units.first()) else { return };
        if places.len() > 1 || units.len() > 1 || named.iter().any(Option::is_none) {
            self.out.text.push_str("scale: TODO   # the sheets are in several units: read them by several entries\n");
            return;
        }
        self.from.insert("unit".to_owned(), at.to_string());
        let all: BTreeMap<&str, i64> = named.iter().flatten().map(|(_, text, scale)| (*text, *scale)).collect();
        let one = |(text, scale): (&&str, &i64)| format!("{}: {{unit: {unit}, scale: {scale}}}", quoted(&line(text)));
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

/// The first text above the table that names a unit, with its scale; one with a scale before others.
fn unit(found: &Found) -> Option<Named<'_>> {
    let titles: BTreeSet<At> = found.titles.iter().map(|(at, _)| *at).collect();
    let own = found.units.iter().filter(|(at, _)| titles.contains(at));
    let all: Vec<Named> =
        own.map(|(at, text)| (*at, text.as_str(), text.lines().find_map(language::scale_said).unwrap_or(1))).collect();
    all.iter().find(|(.., scale)| *scale > 1).or_else(|| all.first()).copied()
}
