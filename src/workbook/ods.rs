//! Ods: a workbook of OpenDocument → sheets.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::value::{self, Shown};
use super::xml::{Piece, Tag, walk};
use super::{Area, At, Budget, Cell, Content, Sheet, Unread, Workbook};
use crate::files::archive::Member;
use crate::files::limits::WORKBOOK_SHEETS;
use crate::language;

pub(super) fn read(members: &[Member], budget: &mut Budget) -> Result<Workbook, Unread> {
    let content = members.iter().find(|member| member.name == "content.xml");
    let content = content.ok_or_else(|| Unread::damaged("its content is not there"))?;
    let manifest = members.iter().find(|member| member.name == "META-INF/manifest.xml");
    let mut is_locked = false;
    if let Some(manifest) = manifest {
        walk(manifest, budget, |piece, _| {
            is_locked |= matches!(&piece, Piece::Open(tag) if tag.name() == "encryption-data");
            Ok(())
        })?;
    }
    if is_locked {
        return Err(Unread { message: "is locked with a password".to_owned(), hint: "save it without one" });
    }
    let mut reader = Reader::default();
    walk(content, budget, |piece, budget| reader.piece(piece, budget))?;
    if !reader.is_spreadsheet {
        return Err(Unread { message: "is a document without sheets".to_owned(), hint: "give a workbook" });
    }
    Ok(Workbook { format: "ODS".to_owned(), sheets: reader.sheets })
}

/// A cell that is open.
#[derive(Default)]
struct Open {
    kind: String,
    value: String,
    is_error: bool,
    is_formula: bool,
    repeated: u32,
    spans: (u32, u32),
    plain: String,
    raised: String,
    paragraphs: usize,
}

#[derive(Default)]
struct Reader {
    sheets: Vec<Sheet>,
    is_spreadsheet: bool,
    /// Styles by name: whether they hide a sheet, whether they raise text.
    hiding: BTreeMap<String, bool>,
    raising: BTreeMap<String, bool>,
    style: String,
    sheet: Option<Sheet>,
    /// Tables within cells are no sheets.
    depth: usize,
    next: At,
    column: u32,
    rows: u32,
    row_cells: Vec<(u32, Cell)>,
    cell: Option<Open>,
    in_text: usize,
    /// Whether each span that is open is raised, and how many are: spans may stand in one another as deep as a file is long.
    raised: Vec<bool>,
    raises: usize,
    /// Notes hang beside a cell and are no part of what it says.
    notes: usize,
}

impl Reader {
    fn piece(&mut self, piece: Piece, budget: &mut Budget) -> Result<(), Unread> {
        match piece {
            Piece::Open(tag) => self.open(&tag, budget),
            Piece::Close(name) => self.close(name, budget),
            Piece::Text(text) => {
                if let Some(cell) = self.cell.as_mut().filter(|_| self.in_text > 0 && self.notes == 0) {
                    budget.text(text.len())?;
                    match self.raises > 0 {
                        true => cell.raised.push_str(&text),
                        false => cell.plain.push_str(&text),
                    }
                }
                Ok(())
            }
        }
    }

    fn open(&mut self, tag: &Tag, budget: &mut Budget) -> Result<(), Unread> {
        match tag.name() {
            "spreadsheet" => self.is_spreadsheet = true,
            "style" => self.style = tag.get("name").unwrap_or_default(),
            "table-properties" if tag.get("display").as_deref() == Some("false") => {
                self.hiding.insert(self.style.clone(), true);
            }
            "text-properties" if tag.get("text-position").is_some_and(|at| at.starts_with("super")) => {
                self.raising.insert(self.style.clone(), true);
            }
            "table" => {
                self.depth += 1;
                if self.sheets.len() == WORKBOOK_SHEETS {
                    return Err(Unread::new(format!("lists more than {WORKBOOK_SHEETS} sheets")));
                }
                if self.depth == 1 {
                    let style = tag.get("style-name").unwrap_or_default();
                    let name: Arc<str> = tag.get("name").unwrap_or_default().into();
                    self.sheet = Some(Sheet { name, is_hidden: self.hiding.contains_key(&style), ..Sheet::default() });
                    (self.next, self.column) = (At::default(), 0);
                }
            }
            "table-column" if self.depth == 1 => {
                let count = tag.number("number-columns-repeated").unwrap_or(1).max(1);
                let from = self.column;
                self.column = from.saturating_add(count);
                if let Some(sheet) = self.sheet.as_mut().filter(|_| is_unseen(tag)) {
                    sheet.hidden_columns.add(from, self.column - 1);
                }
            }
            "table-row" if self.depth == 1 => {
                self.rows = tag.number("number-rows-repeated").unwrap_or(1).max(1);
                self.next.column = 0;
                self.row_cells.clear();
                let from = self.next.row;
                if let Some(sheet) = self.sheet.as_mut().filter(|_| is_unseen(tag)) {
                    sheet.hidden_rows.add(from, from.saturating_add(self.rows - 1));
                }
            }
            "table-cell" | "covered-table-cell" if self.depth == 1 => {
                let number = |name: &str| tag.number(name).unwrap_or(1).max(1);
                let kinds = tag.get("value-type").unwrap_or_default();
                let values = ["value", "date-value", "boolean-value", "string-value", "time-value"];
                let value = values.iter().find_map(|name| tag.get(name)).unwrap_or_default();
                budget.text(value.len())?;
                self.cell = Some(Open {
                    kind: kinds,
                    value,
                    is_formula: tag.get("formula").is_some(),
                    repeated: number("number-columns-repeated"),
                    spans: (number("number-rows-spanned"), number("number-columns-spanned")),
                    ..Open::default()
                });
            }
            "annotation" => self.notes += 1,
            "p" if self.notes == 0 => {
                self.in_text += 1;
                if let Some(cell) = &mut self.cell {
                    if cell.paragraphs > 0 {
                        cell.plain.push('\n');
                    }
                    cell.paragraphs += 1;
                }
            }
            "span" => {
                let style = tag.get("style-name").unwrap_or_default();
                let is_raised = self.raising.contains_key(&style);
                self.raised.push(is_raised);
                self.raises += usize::from(is_raised);
            }
            "s" | "tab" | "line-break" => {
                if let Some(cell) = self.cell.as_mut().filter(|_| self.in_text > 0 && self.notes == 0) {
                    cell.plain.push(if tag.name() == "line-break" { '\n' } else { ' ' });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str, budget: &mut Budget) -> Result<(), Unread> {
        match name {
            "annotation" => self.notes = self.notes.saturating_sub(1),
            "p" if self.notes == 0 => self.in_text = self.in_text.saturating_sub(1),
            "span" => self.raises -= usize::from(self.raised.pop() == Some(true)),
            "table-cell" | "covered-table-cell" if self.depth == 1 => self.cell_closed(budget)?,
            "table-row" if self.depth == 1 => self.row_closed(budget)?,
            "table" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.sheets.extend(self.sheet.take());
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn cell_closed(&mut self, budget: &mut Budget) -> Result<(), Unread> {
        let Some(open) = self.cell.take() else { return Ok(()) };
        let (column, row) = (self.next.column, self.next.row);
        self.next.column = column.saturating_add(open.repeated);
        if open.spans != (1, 1)
            && let Some(sheet) = &mut self.sheet
        {
            let last =
                At { row: row.saturating_add(open.spans.0 - 1), column: column.saturating_add(open.spans.1 - 1) };
            sheet.merge(Area { first: At { row, column }, last }, budget)?;
        }
        let repeated = open.repeated;
        let Some(cell) = open.cell()? else { return Ok(()) };
        let length = cell.length();
        for at in 0..repeated {
            budget.text(if at == 0 { 0 } else { length })?;
            let left = budget.cells.checked_sub(self.row_cells.len() + 1);
            left.ok_or_else(|| Unread::new("repeats a cell more often than a table has cells"))?;
            self.row_cells.push((column.saturating_add(at), cell.clone()));
        }
        Ok(())
    }

    fn row_closed(&mut self, budget: &mut Budget) -> Result<(), Unread> {
        let from = self.next.row;
        self.next = At { row: from.saturating_add(self.rows), column: 0 };
        let Some(sheet) = self.sheet.as_mut().filter(|_| !self.row_cells.is_empty()) else { return Ok(()) };
        // Refused before anything is written down as often.
        let count = (self.rows as usize).saturating_mul(self.row_cells.len());
        budget
            .cells
            .checked_sub(count)
            .ok_or_else(|| Unread::new("repeats a row more often than a table has cells"))?;
        for row in from..from.saturating_add(self.rows) {
            for (column, cell) in &self.row_cells {
                budget.text(if row == from { 0 } else { cell.length() })?;
                sheet.put(At { row, column: *column }, cell.clone(), budget)?;
            }
        }
        Ok(())
    }
}

fn is_unseen(tag: &Tag) -> bool {
    matches!(tag.get("visibility").as_deref(), Some("collapse" | "filter"))
}

impl Open {
    fn cell(mut self) -> Result<Option<Cell>, Unread> {
        let raised = Some(self.raised.trim()).filter(|text| !text.is_empty()).map(Arc::from);
        let text = self.plain.trim();
        self.is_error =
            self.is_formula && (text.starts_with('#') && text.ends_with(['!', '?', 'A']) || text.starts_with("Err:"));
        let wrong = || Unread::damaged(&format!("`{}` stands for a number", self.value));
        let mut left_off = 0;
        let content = match self.kind.as_str() {
            _ if self.is_error => Content::Error(text.into()),
            "float" | "currency" | "percentage" => {
                let number: f64 = self.value.trim().parse().map_err(|_| wrong())?;
                let shown = if self.kind == "percentage" { Shown::Power(2) } else { shown(number, text) };
                left_off = shown.left_off();
                Content::Number(value::number(number, shown).ok_or_else(wrong)?)
            }
            "date" => match language::period(&self.value) {
                Some(day) => Content::Date(shown_date(day, text)),
                None => Content::Text(text.into()),
            },
            "boolean" => Content::Truth(self.value == "true"),
            _ if !text.is_empty() => Content::Text(text.into()),
            _ if !self.value.is_empty() => Content::Text(self.value.as_str().into()),
            "" if self.is_formula => Content::Uncounted,
            _ => return Ok(raised.map(|mark| Cell { raised: Some(mark), ..Cell::of(Content::Text("".into())) })),
        };
        // What no program has shown yet has no paragraph at all.
        let is_veiled = matches!(content, Content::Number(_)) && text.is_empty() && self.paragraphs > 0;
        Ok(Some(Cell { content, raised, left_off, is_veiled }))
    }
}

/// Cuts a date to as much as is shown of it: `2022` of 2022-01-01.
fn shown_date(day: crate::finding::Period, text: &str) -> crate::finding::Period {
    language::period(text).filter(|shown| shown.contains(day)).unwrap_or(day)
}

/// Reads by which power of ten a cell shows its number from what it shows: thousands and millions may be left off.
fn shown(number: f64, text: &str) -> Shown {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
    let Ok(said) = digits.replace('−', "-").parse::<f64>() else { return Shown::Plain };
    let decimals = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let half = (0..decimals.min(15)).fold(0.51, |half, _| half / 10.0);
    let is_said = |by: f64| (number / by - said).abs() <= half;
    match () {
        () if said == 0.0 || is_said(1.0) => Shown::Plain,
        () if is_said(1e3) => Shown::Power(-3),
        () if is_said(1e6) => Shown::Power(-6),
        () => Shown::Plain,
    }
}
