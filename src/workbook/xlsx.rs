//! Xlsx: a packed workbook of Excel → sheets, with what is raised, hidden, merged or not computed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::value::{self, Shown};
use super::xml::{Piece, Tag, walk};
use super::{Area, At, Budget, Cell, Content, Sheet, Unread, Workbook};
use crate::files::archive::Member;
use crate::files::limits::WORKBOOK_SHEETS;
use crate::language;

/// A text with what is raised behind it.
type Raised = (Arc<str>, Option<Arc<str>>);

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    relation: String,
    is_hidden: bool,
}

pub(super) fn read(members: &[Member], budget: &mut Budget) -> Result<Workbook, Unread> {
    let find = |path: &str| members.iter().find(|member| member.name.eq_ignore_ascii_case(path));
    let root = relations(find("_rels/.rels"), "", budget)?;
    let main = root.values().find(|(kind, _)| kind.ends_with("/officeDocument")).map(|(_, target)| target.clone());
    let main = main.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let Some(workbook) = find(&main) else {
        let hint = "give the workbook itself";
        return Err(Unread { message: "is an archive without a workbook in it".to_owned(), hint });
    };
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
    let own = format!("{folder}/_rels/{name}.rels");
    let related = relations(find(own.trim_start_matches('/')), folder, budget)?;
    let of_kind =
        |kind: &str| related.values().find(|(own, _)| own.ends_with(kind)).and_then(|(_, target)| find(target));
    let texts = of_kind("/sharedStrings").map_or(Ok(Vec::new()), |member| shared(member, budget))?;
    let formats = of_kind("/styles").map_or(Ok(Vec::new()), |member| formats(member, budget))?;
    let (listed, is_1904) = sheets(workbook, budget)?;
    let mut found = Vec::new();
    for sheet in listed {
        let Some((kind, target)) = related.get(&sheet.relation) else {
            return Err(Unread::damaged(&format!("the sheet `{}` is not there", sheet.name)));
        };
        // A sheet of a chart alone holds no cells.
        if !kind.ends_with("/worksheet") {
            continue;
        }
        let part = find(target).ok_or_else(|| Unread::damaged(&format!("the sheet `{}` is not there", sheet.name)))?;
        let mut reader = Reader::new(&texts, &formats, is_1904);
        walk(part, budget, |piece, budget| reader.piece(piece, budget))?;
        found.push(Sheet { name: sheet.name.into(), is_hidden: sheet.is_hidden, ..reader.sheet });
    }
    Ok(Workbook { format: "XLSX".to_owned(), sheets: found })
}

/// Reads the relations of a part: id → kind and path.
fn relations(
    member: Option<&Member>,
    folder: &str,
    budget: &mut Budget,
) -> Result<BTreeMap<String, (String, String)>, Unread> {
    let mut found = BTreeMap::new();
    let Some(member) = member else { return Ok(found) };
    walk(member, budget, |piece, _| {
        if let Piece::Open(tag) = piece
            && tag.name() == "Relationship"
            && let (Some(id), Some(kind), Some(target)) = (tag.get("Id"), tag.get("Type"), tag.get("Target"))
        {
            found.insert(id, (kind, resolved(folder, &target)));
        }
        Ok(())
    })?;
    Ok(found)
}

/// Finds the path that a relation leads to from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let joined = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Lists the sheets, and says whether days are counted from 1904.
fn sheets(member: &Member, budget: &mut Budget) -> Result<(Vec<Listed>, bool), Unread> {
    let (mut listed, mut is_1904) = (Vec::new(), false);
    walk(member, budget, |piece, _| {
        let Piece::Open(tag) = piece else { return Ok(()) };
        match tag.name() {
            "workbookPr" => is_1904 = tag.is("date1904"),
            "sheet" if listed.len() == WORKBOOK_SHEETS => {
                return Err(Unread::new(format!("lists more than {WORKBOOK_SHEETS} sheets")));
            }
            "sheet" => listed.push(Listed {
                name: tag.get("name").unwrap_or_default(),
                relation: tag.get("id").unwrap_or_default(),
                is_hidden: tag.get("state").is_some_and(|state| state != "visible"),
            }),
            _ => {}
        }
        Ok(())
    })?;
    Ok((listed, is_1904))
}

/// Text with runs, some of which are raised.
#[derive(Default)]
struct Rich {
    plain: String,
    raised: String,
    is_text: bool,
    is_raised: bool,
    /// Readings of Japanese signs stand beside the text and are no part of it.
    is_reading: bool,
}

impl Rich {
    fn piece(&mut self, piece: &Piece, budget: &mut Budget) -> Result<(), Unread> {
        match piece {
            Piece::Open(tag) => match tag.name() {
                "t" => self.is_text = true,
                "r" => self.is_raised = false,
                "rPh" => self.is_reading = true,
                "vertAlign" => self.is_raised = tag.get("val").as_deref() == Some("superscript"),
                _ => {}
            },
            Piece::Close("t") => self.is_text = false,
            Piece::Close("r") => self.is_raised = false,
            Piece::Close("rPh") => self.is_reading = false,
            Piece::Text(text) if self.is_text && !self.is_reading => {
                budget.text(text.len())?;
                match self.is_raised {
                    true => self.raised.push_str(text),
                    false => self.plain.push_str(text),
                }
            }
            Piece::Close(_) | Piece::Text(_) => {}
        }
        Ok(())
    }

    fn take(&mut self) -> Raised {
        let raised = std::mem::take(&mut self.raised);
        let raised = Some(raised.trim()).filter(|text| !text.is_empty()).map(Arc::from);
        (std::mem::take(&mut self.plain).into(), raised)
    }
}

fn shared(member: &Member, budget: &mut Budget) -> Result<Vec<Raised>, Unread> {
    let mut texts = Vec::new();
    let mut rich = Rich::default();
    walk(member, budget, |piece, budget| {
        rich.piece(&piece, budget)?;
        if let Piece::Close("si") = piece {
            texts.push(rich.take());
        }
        Ok(())
    })?;
    Ok(texts)
}

/// Reads how each format of cells shows numbers.
fn formats(member: &Member, budget: &mut Budget) -> Result<Vec<Shown>, Unread> {
    let mut own: BTreeMap<u32, Shown> = BTreeMap::new();
    let mut formats = Vec::new();
    let mut in_cells = false;
    walk(member, budget, |piece, _| {
        match piece {
            Piece::Open(tag) if tag.name() == "numFmt" => {
                if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.get("formatCode")) {
                    own.insert(id, value::shown(&code));
                }
            }
            Piece::Open(tag) if tag.name() == "cellXfs" => in_cells = true,
            Piece::Close("cellXfs") => in_cells = false,
            Piece::Open(tag) if in_cells && tag.name() == "xf" => {
                let id = tag.number("numFmtId").unwrap_or(0);
                formats.push(own.get(&id).copied().unwrap_or_else(|| value::builtin(id)));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(formats)
}

/// Reads a sheet.
struct Reader<'a> {
    texts: &'a [Raised],
    formats: &'a [Shown],
    is_1904: bool,
    sheet: Sheet,
    /// Where the next row and cell stand that do not say it.
    next: At,
    kind: String,
    shown: Shown,
    is_formula: bool,
    in_value: bool,
    value: String,
    rich: Rich,
}

impl<'a> Reader<'a> {
    fn new(texts: &'a [Raised], formats: &'a [Shown], is_1904: bool) -> Reader<'a> {
        Reader {
            texts,
            formats,
            is_1904,
            sheet: Sheet::default(),
            next: At::default(),
            kind: String::new(),
            shown: Shown::Plain,
            is_formula: false,
            in_value: false,
            value: String::new(),
            rich: Rich::default(),
        }
    }

    fn piece(&mut self, piece: Piece, budget: &mut Budget) -> Result<(), Unread> {
        if self.kind == "inlineStr" {
            self.rich.piece(&piece, budget)?;
        }
        match piece {
            Piece::Open(tag) => return self.open(&tag, budget),
            Piece::Close("c") => {
                let at = self.next;
                self.next.column = at.column.saturating_add(1);
                if let Some(cell) = self.cell(budget)? {
                    self.sheet.put(at, cell, budget)?;
                }
                self.kind.clear();
            }
            Piece::Close("row") => self.next = At { row: self.next.row.saturating_add(1), column: 0 },
            Piece::Close("v") => self.in_value = false,
            Piece::Text(text) if self.in_value => {
                budget.text(text.len())?;
                self.value.push_str(&text);
            }
            Piece::Close(_) | Piece::Text(_) => {}
        }
        Ok(())
    }

    fn open(&mut self, tag: &Tag, budget: &mut Budget) -> Result<(), Unread> {
        match tag.name() {
            "row" => {
                let stated = tag.number("r").filter(|row| (1..=1 << 24).contains(row));
                self.next = At { row: stated.map_or(self.next.row, |row| row - 1), column: 0 };
                if tag.is("hidden") {
                    self.sheet.hidden_rows.add(self.next.row, self.next.row);
                }
            }
            "col" if tag.is("hidden") => {
                let (from, to) = (tag.number("min").unwrap_or(1), tag.number("max").unwrap_or(1));
                self.sheet.hidden_columns.add(from.saturating_sub(1), to.saturating_sub(1));
            }
            "c" => {
                if let Some(stated) = tag.get("r") {
                    let wrong = || Unread::damaged(&format!("`{stated}` is no address of a cell"));
                    self.next = At::parse(&stated).ok_or_else(wrong)?;
                }
                self.kind = tag.get("t").unwrap_or_default();
                let format = tag.number("s").unwrap_or(0) as usize;
                self.shown = self.formats.get(format).copied().unwrap_or_default();
                (self.is_formula, self.in_value) = (false, false);
                self.value.clear();
                self.rich = Rich::default();
            }
            "f" => self.is_formula = true,
            "v" => self.in_value = true,
            "mergeCell" => {
                if let Some(area) = tag.get("ref").as_deref().and_then(Area::parse) {
                    self.sheet.merge(area, budget)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn cell(&mut self, budget: &mut Budget) -> Result<Option<Cell>, Unread> {
        let (text, raised) = match self.kind.as_str() {
            "inlineStr" => self.rich.take(),
            "s" => {
                let at: Option<usize> = self.value.trim().parse().ok();
                match (at.and_then(|at| self.texts.get(at)), self.value.is_empty()) {
                    // Kept once, it is read in each cell that shows it.
                    (Some((text, raised)), _) => {
                        budget.text(text.len() + raised.as_ref().map_or(0, |raised| raised.len()))?;
                        (Arc::clone(text), raised.clone())
                    }
                    (None, true) => (Arc::from(""), None),
                    (None, false) => {
                        return Err(Unread::damaged(&format!(
                            "a cell refers to text {}, which is not there",
                            self.value
                        )));
                    }
                }
            }
            _ => (Arc::from(self.value.as_str()), None),
        };
        if text.trim().is_empty() && raised.is_none() {
            let is_open = self.is_formula && !matches!(self.kind.as_str(), "str" | "s");
            return Ok(is_open.then(|| Cell::of(Content::Uncounted)));
        }
        let content = match self.kind.as_str() {
            "s" | "inlineStr" | "str" => Content::Text(text),
            "b" => Content::Truth(text.trim() == "1" || text.trim() == "true"),
            "e" => Content::Error(text),
            "d" => language::period(&text).map_or(Content::Text(text), Content::Date),
            _ => {
                let wrong = || Unread::damaged(&format!("`{text}` stands for a number"));
                let number: f64 = text.trim().parse().map_err(|_| wrong())?;
                let date = match self.shown {
                    Shown::Date(part) => value::dated(number, part, self.is_1904),
                    Shown::Plain | Shown::Power(_) | Shown::Nothing => None,
                };
                match date {
                    Some(period) => Content::Date(period),
                    None => Content::Number(value::number(number, self.shown).ok_or_else(wrong)?),
                }
            }
        };
        let is_number = matches!(content, Content::Number(_));
        let left_off = if is_number { self.shown.left_off() } else { 0 };
        let is_veiled = is_number && self.shown == Shown::Nothing;
        Ok(Some(Cell { content, raised, left_off, is_veiled }))
    }
}
