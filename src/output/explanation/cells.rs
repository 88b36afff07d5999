//! Cells: numbers that are cells of a source file as they stand: a table of them says all in a row each.

use super::super::element::{Html, classed, said, tag};
use super::super::ledger::Line;
use super::super::setting::capital;
use super::chapters::Told;
use super::entry::Writer;
use super::origins::{of_column, row_of};
use crate::finding::{CellRef, FindingId, Input};
use crate::language::Scale;

/// A number that is a cell, or the sum of none but this.
pub(super) struct Taken<'t> {
    /// The number.
    pub told: &'t Told,
    /// Its line of the ledger.
    pub line: &'t Line,
    finding: &'t FindingId,
    cell: CellRef,
    /// What a table says of all its rows: the measure, the unit, the file and the column.
    pub head: (String, String, String, String),
}

impl Writer<'_, '_, '_> {
    /// Reads a number as a cell, where it is one.
    pub(super) fn taken<'t>(&mut self, told: &'t Told, line: &'t Line) -> Option<Taken<'t>> {
        let finding = line.finding.as_ref().filter(|finding| finding.key().is_some())?;
        let known = self.ways.known(finding);
        let [Input::Cell(cell, _)] = known.derivation.inputs.as_slice() else { return None };
        let name = self.namer.name(finding);
        let language = self.common.language;
        let unit = language.unit_in_caption(told.unit.unwrap_or(known.unit), Scale::One);
        let head = (capital(&name.measure), unit, cell.file().to_owned(), of_column(cell, language));
        Some(Taken { told, line, finding, cell: cell.clone(), head })
    }

    /// Writes cells that share a head.
    pub(super) fn cells(&mut self, taken: &[Taken]) -> Html {
        let Some(first) = taken.first() else { return Html::default() };
        let (language, material) = (self.common.language, self.common.material);
        let (measure, unit, _, column) = &first.head;
        let mut about = vec![measure.clone()];
        about.extend(Some(unit.clone()).filter(|unit| !unit.is_empty()));
        about.push(self.word("edition-named").replace("{name}", &self.common.edition.name));
        let caption =
            tag("caption").text(&format!("{}; ", about.join("; "))).put(self.origins.file(&first.cell, material));
        let caption = caption.text(&format!(", {column}, {}", self.word("row-beside")));
        let mut body = tag("tbody");
        for one in taken {
            let name = self.namer.name(one.finding);
            let known = self.ways.known(one.finding);
            let value = known.cell.as_ref().map(|cell| &cell.value);
            let exact = value.map(|value| self.exact(value)).unwrap_or_default();
            let printed = one.line.printed.get(language.lang().code()).map(String::as_str).unwrap_or_default();
            let mut shown = tag("td").put(tag("a").with("href", &one.told.place).text(&exact));
            if printed != exact {
                shown = shown.text(&format!(" ({} {printed})", self.word("as-printed")));
            }
            let row = tag("tr").with("id", &one.told.id).put(tag("th").with("scope", "row").text(&name.parts()));
            let mut row = row.put(shown).put(said("td", &row_of(&one.cell, language)));
            let mut beside = self.revisions(one.finding, value);
            beside.put(self.claims(one.finding, true));
            if !beside.as_str().is_empty() {
                row = row.put(tag("td").put(beside));
            }
            body = body.put(row);
        }
        let mut html = Html::from(classed("section", "number cells").put(tag("table").put(caption).put(body)));
        html.line();
        html
    }
}
