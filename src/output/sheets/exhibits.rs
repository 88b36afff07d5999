//! Exhibits: each figure and table as a sheet: its numbers as numbers, in the unit and with the decimals of print.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::shown;
use crate::document::plain;
use crate::exhibit::{Entry, Table, scaled};
use crate::language::ExhibitKind;
use crate::output::{Built, Material, Shown, Version, exhibit_of};
use crate::page::Page;

/// Adds a sheet for each exhibit of a version, in the order of the text.
pub(super) fn write(
    book: &mut Workbook,
    built: &Built,
    page: &Page,
    material: &Material,
    taken: &mut BTreeSet<String>,
) -> Result<(), XlsxError> {
    let drawn = std::collections::BTreeMap::new();
    let version = Version { built, page, drawn: &drawn, guide: None };
    for (id, kind, _) in &page.exhibits {
        let Some(own) = exhibit_of(id, &version, material) else { continue };
        let table = match kind {
            ExhibitKind::Table => built.exhibits.tables.get(id).cloned(),
            ExhibitKind::Figure => built.exhibits.figures.get(id).map(|figure| figure.table()),
        };
        if let Some(table) = table {
            exhibit(book.add_worksheet().set_name(name(id, taken))?, &own, &table)?;
        }
    }
    Ok(())
}

/// Names a sheet by its exhibit, in the letters that a name may have, and no name twice.
fn name(id: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = id.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }).collect();
    let names = (1..).map(|number| {
        let ending = if number == 1 { String::new() } else { format!("~{number}") };
        plain.chars().take(31 - ending.len()).collect::<String>() + &ending
    });
    let is_free = |name: &String| !taken.contains(&name.to_lowercase()) && name.to_lowercase() != "history";
    let name = names.into_iter().find(is_free).unwrap_or_default();
    taken.insert(name.to_lowercase());
    name
}

fn exhibit(sheet: &mut Worksheet, own: &Shown, table: &Table) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let title = format!("{} – {}{}", own.label, plain(&own.caption.title), own.unit);
    sheet.write_string_with_format(0, 0, &title, &bold)?;
    let setting = &own.setting;
    for (group, columns) in &setting.groups {
        sheet.write_string_with_format(1, columns.start as u16 + 1, group, &bold)?;
    }
    sheet.write_string_with_format(2, 0, &setting.stub, &bold)?;
    for (column, head) in (1..).zip(&setting.heads) {
        sheet.write_string_with_format(2, column, head, &bold)?;
    }
    let mut at = 3;
    for (line, row) in setting.rows.iter().zip(&table.rows) {
        sheet.write_string(at, 0, format!("{}{}", line.stub, line.mark))?;
        for ((column, cell), (entry, print)) in (1..).zip(&line.cells).zip(row.entries.iter().zip(&table.columns)) {
            let print = if let Entry::Own { print, .. } = entry { print } else { print };
            match entry.mark().map(|mark| &mark.value) {
                Some(Ok(amount)) => {
                    let number = scaled(amount, print.thousands).to_f64();
                    sheet.write_number_with_format(at, column, number, &shown(print.decimals))?
                }
                Some(Err(_)) | None => sheet.write_string(at, column, &cell.text)?,
            };
        }
        at += 1;
    }
    let mut head = own.head_of_notes();
    for note in &setting.notes {
        at += 1;
        sheet.write_string(at, 0, format!("{}{} {}", std::mem::take(&mut head), note.mark, plain(&note.text)))?;
    }
    if !own.caption.source.is_empty() {
        let word = own.language.word("source").unwrap_or("source");
        sheet.write_string(at + 1, 0, format!("{word}: {}", plain(&own.caption.source)))?;
    }
    sheet.set_column_width(0, 36)?;
    sheet.set_freeze_panes(3, 1)?;
    Ok(())
}
