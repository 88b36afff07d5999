//! Xls: a workbook of Excel before 2007 → sheets.
//!
//! The records are walked before calamine reads them: it lays out whole rectangles in memory, which a few bytes could
//! make as large as a sheet can be, and it tells neither hidden rows and columns nor per cent. It is then given a
//! container written anew around what was walked, because it follows a chain that runs in a circle without end, and
//! takes a sheet for as large as its record of dimensions says.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{Data, Reader, SheetVisible, Xls};

use super::value::{self, Part, Shown};
use super::{Area, At, Budget, Cell, Content, Sheet, Spans, Unread, Workbook};
use crate::files::limits::{WORKBOOK_CELLS, WORKBOOK_SHEETS};

pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Unread> {
    let damaged = || Unread::damaged("its streams are not whole");
    let file = Compound::open(bytes).ok_or_else(damaged)?;
    if file.find("EncryptedPackage").is_some() {
        return Err(locked());
    }
    let Some(stream) = file.find("Workbook").or_else(|| file.find("Book")) else {
        let hint = "give the workbook itself";
        return Err(Unread { message: "is a document without a workbook in it".to_owned(), hint });
    };
    let name = stream.name.clone();
    let mut stream = file.stream(stream).ok_or_else(damaged)?;
    let (known, dimensions) = walk(&stream)?;
    for body in dimensions {
        stream[body].fill(0);
    }
    let anew = container(&name, &stream);
    // What is left of a damaged file after the walk may still run calamine off the end of a record.
    let parsed = catch_unwind(AssertUnwindSafe(|| parsed(&anew, &known)));
    parsed.unwrap_or_else(|_| Err(damaged()))
}

fn locked() -> Unread {
    Unread { message: "is locked with a password".to_owned(), hint: "save it without one" }
}

fn parsed(bytes: &[u8], known: &[Known]) -> Result<Workbook, Unread> {
    let mut book: Xls<_> =
        Xls::new(Cursor::new(bytes)).map_err(|error| Unread::damaged(&error.to_string().to_lowercase()))?;
    let mut budget = Budget::default();
    let mut sheets = Vec::new();
    let nothing = Known::default();
    let is_1904 = book.has_1904_epoch();
    for (at, meta) in book.sheets_metadata().to_vec().into_iter().enumerate() {
        let known = known.get(at).unwrap_or(&nothing);
        let range = book.worksheet_range(&meta.name).map_err(|error| Unread::damaged(&error.to_string()))?;
        let (row, column) = range.start().unwrap_or_default();
        let mut sheet = Sheet {
            name: meta.name.into(),
            is_hidden: meta.visible != SheetVisible::Visible,
            hidden_rows: known.hidden_rows.clone(),
            hidden_columns: known.hidden_columns.clone(),
            ..Sheet::default()
        };
        known.merged.iter().try_for_each(|area| sheet.merge(*area, &mut budget))?;
        for (below, beside, data) in range.used_cells() {
            let at = At { row: row + below as u32, column: column + beside as u32 };
            let shown = known.shown.get(&at).copied().unwrap_or_default();
            if let Some(content) = content(data, shown, is_1904)? {
                if let Content::Text(text) = &content {
                    budget.text(text.len())?;
                }
                sheet.put(
                    at,
                    Cell { left_off: shown.left_off(), is_veiled: shown == Shown::Nothing, ..Cell::of(content) },
                    &mut budget,
                )?;
            }
        }
        sheets.push(sheet);
    }
    Ok(Workbook { format: "XLS".to_owned(), sheets })
}

fn content(data: &Data, shown: Shown, is_1904: bool) -> Result<Option<Content>, Unread> {
    let number = |value: f64| {
        let wrong = || Unread::damaged("a number in it is none");
        value::number(value, shown).map(Content::Number).ok_or_else(wrong)
    };
    Ok(Some(match data {
        Data::Empty => return Ok(None),
        Data::Int(value) => number(*value as f64)?,
        Data::Float(value) => number(*value)?,
        Data::String(text) if text.trim().is_empty() => return Ok(None),
        Data::String(text) => Content::Text(Arc::from(text.as_str())),
        Data::Bool(truth) => Content::Truth(*truth),
        Data::DateTime(date) => match value::dated(date.as_f64(), Part::Day, is_1904) {
            Some(day) if date.is_datetime() => Content::Date(day),
            _ => number(date.as_f64())?,
        },
        Data::DateTimeIso(text) | Data::DurationIso(text) => Content::Text(Arc::from(text.as_str())),
        Data::Error(error) => Content::Error(Arc::from(error.to_string())),
    }))
}

/// What the records of a sheet say that calamine does not.
#[derive(Debug, Default)]
struct Known {
    merged: Vec<Area>,
    hidden_rows: Spans,
    hidden_columns: Spans,
    shown: BTreeMap<At, Shown>,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Walks the records from a place to the end of their part, without those of parts within it: kind, place and body.
fn records(stream: &[u8], from: usize) -> impl Iterator<Item = (u16, usize, &[u8])> {
    let mut at = from;
    let mut depth = 0;
    std::iter::from_fn(move || {
        loop {
            let (kind, length) = (u16_at(stream, at)?, u16_at(stream, at.checked_add(2)?)?);
            let place = at.checked_add(4)?;
            let body = stream.get(place..place.checked_add(usize::from(length))?)?;
            at = place + body.len();
            let is_own = depth <= 1;
            match kind {
                0x0809 => depth += 1,
                0x000a if depth > 1 => {
                    depth -= 1;
                    continue;
                }
                0x000a => at = usize::MAX - 4,
                _ => {}
            }
            if is_own {
                return Some((kind, place, body));
            }
        }
    })
}

/// Walks the whole workbook: how large its sheets are, and what each hides, merges and shows multiplied; and where the
/// records stand that say how large they are.
fn walk(stream: &[u8]) -> Result<(Vec<Known>, Vec<Range<usize>>), Unread> {
    let (mut places, mut formats, mut cell_formats) = (Vec::new(), BTreeMap::new(), Vec::new());
    for (kind, _, body) in records(stream, 0) {
        match kind {
            0x002f => return Err(locked()),
            0x0085 => places.extend(u32_at(body, 0)),
            0x041e | 0x001e => {
                // The number of the format and the length of its text stand before it; what counts in it is of one byte.
                let text = body.get(if kind == 0x041e { 5 } else { 3 }..).unwrap_or_default();
                let text: String = text.iter().filter(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
                formats.extend(u16_at(body, 0).map(|id| (id, value::shown(&text))));
            }
            0x00e0 => {
                let id = u16_at(body, 2).unwrap_or_default();
                let shown = formats.get(&id).copied().unwrap_or_else(|| value::builtin(id.into()));
                // Which numbers are dates is found where the cells are read.
                cell_formats.push(if matches!(shown, Shown::Power(_)) { shown } else { Shown::Plain });
            }
            _ => {}
        }
    }
    if places.len() > WORKBOOK_SHEETS {
        return Err(Unread::new(format!("lists more than {WORKBOOK_SHEETS} sheets")));
    }
    let mut left = WORKBOOK_CELLS as u64;
    // Sheets that lie in one another would be read as often as they are listed.
    let mut unwalked = stream.len();
    let (mut sheets, mut dimensions) = (Vec::new(), Vec::new());
    for place in places {
        let mut known = Known::default();
        let mut size = (u64::MAX, 0u64, u64::MAX, 0u64);
        for (kind, at, body) in records(stream, place as usize) {
            let rest = unwalked.checked_sub(4 + body.len());
            unwalked = rest.ok_or_else(|| Unread::damaged("its sheets lie in one another"))?;
            if kind == 0x0200 {
                dimensions.push(at..at + body.len());
            }
            let word = |at: usize| u16_at(body, at);
            let mut cell = |row: u16, column: u16, format: Option<u16>| {
                let (row, column) = (u64::from(row), u64::from(column));
                size = (size.0.min(row), size.1.max(row), size.2.min(column), size.3.max(column));
                let shown = format.and_then(|format| cell_formats.get(usize::from(format)));
                if let Some(shown) = shown.filter(|shown| **shown != Shown::Plain) {
                    known.shown.insert(At { row: row as u32, column: column as u32 }, *shown);
                }
            };
            match (kind, word(0), word(2)) {
                // A formula, a number, a text, a truth or an error, in one cell.
                (0x0006 | 0x0203 | 0x027e | 0x00fd | 0x0204 | 0x00d6 | 0x0205, Some(row), Some(column)) => {
                    cell(row, column, word(4));
                }
                // Several numbers in a row.
                (0x00bd, Some(row), Some(column)) => {
                    for number in 0..(body.len().saturating_sub(6) / 6) as u16 {
                        cell(row, column.saturating_add(number), word(4 + 6 * usize::from(number)));
                    }
                }
                (0x0208, Some(row), _) if word(12).is_some_and(|flags| flags & 0x20 != 0) => {
                    known.hidden_rows.add(row.into(), row.into());
                }
                (0x007d, Some(from), Some(to)) if word(8).is_some_and(|flags| flags & 1 != 0) => {
                    known.hidden_columns.add(from.into(), to.into());
                }
                (0x00e5, Some(count), _) => {
                    let area = |at: usize| {
                        let (top, bottom) = (word(at)?, word(at + 2)?);
                        let (left, right) = (word(at + 4)?, word(at + 6)?);
                        let first = At { row: top.into(), column: left.into() };
                        Some(Area { first, last: At { row: bottom.into(), column: right.into() } })
                    };
                    known.merged.extend((0..usize::from(count)).map_while(|number| area(2 + 8 * number)));
                }
                _ => {}
            }
        }
        if size.0 <= size.1 && size.2 <= size.3 {
            let area = (size.1 - size.0 + 1) * (size.3 - size.2 + 1);
            let rest = left.checked_sub(area);
            left = rest.ok_or_else(|| Unread::new(format!("spans more than {WORKBOOK_CELLS} cells")))?;
        }
        sheets.push(known);
    }
    Ok((sheets, dimensions))
}

/// A compound file: a small file system in which such workbooks are kept.
struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    small_table: Vec<u32>,
    /// The stream in whose parts the small streams lie.
    small: Vec<u8>,
    entries: Vec<Entry>,
}

#[derive(Clone)]
struct Entry {
    name: String,
    start: u32,
    size: usize,
}

/// The size below which a stream is a small one.
const SMALL: usize = 4096;
const SMALL_SECTOR: usize = 64;

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Compound<'a>> {
        let shift = u16_at(bytes, 30).filter(|shift| (9..=12).contains(shift))?;
        let sector = 1usize << shift;
        let mut file = Compound {
            bytes,
            sector,
            table: Vec::new(),
            small_table: Vec::new(),
            small: Vec::new(),
            entries: Vec::new(),
        };
        // The sectors of the table are listed in the head, and behind it in a chain of lists.
        let mut listed: Vec<u32> = (0..109).filter_map(|at| u32_at(bytes, 76 + 4 * at)).collect();
        let mut more = u32_at(bytes, 68)?;
        let most = bytes.len() / sector + 1;
        for _ in 0..most {
            let Some(list) = file.at(more) else { break };
            let words = sector / 4 - 1;
            listed.extend((0..words).filter_map(|at| u32_at(list, 4 * at)));
            more = u32_at(list, 4 * words)?;
        }
        let table = listed.iter().filter_map(|number| file.at(*number)).take(most).flat_map(words).collect();
        file.table = table;
        let small_table = file.chain(u32_at(bytes, 60)?, &file.table, usize::MAX)?;
        file.small_table = words(&small_table).collect();
        let folder = file.chain(u32_at(bytes, 48)?, &file.table, usize::MAX)?;
        file.entries = folder.chunks_exact(128).filter_map(entry).collect();
        let root = file.entries.iter().find(|entry| entry.name == "Root Entry")?.clone();
        file.small = file.chain(root.start, &file.table, usize::MAX)?;
        Some(file)
    }

    fn at(&self, number: u32) -> Option<&'a [u8]> {
        let from = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let to = from.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(from..to).filter(|sector| !sector.is_empty())
    }

    /// Reads a chain of sectors; one that runs in a circle is none.
    fn chain(&self, start: u32, table: &[u32], most: usize) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut number = start;
        let mut steps = 0;
        // No chain is longer than the file, whatever its table says.
        let most_steps = self.bytes.len() / self.sector + 1;
        while let Some(sector) = self.at(number).filter(|_| number < 0xffff_fffa && out.len() < most) {
            out.extend_from_slice(sector);
            number = *table.get(number as usize)?;
            steps += 1;
            if steps > most_steps {
                return None;
            }
        }
        Some(out)
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    fn stream(&self, entry: &Entry) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        if entry.size >= SMALL {
            out = self.chain(entry.start, &self.table, entry.size)?;
        } else {
            let mut number = entry.start as usize;
            while out.len() < entry.size {
                let from = number.checked_mul(SMALL_SECTOR)?;
                out.extend_from_slice(self.small.get(from..from.checked_add(SMALL_SECTOR)?)?);
                number = *self.small_table.get(number)? as usize;
            }
        }
        out.truncate(entry.size);
        Some(out)
    }
}

/// Writes a compound file that holds one stream.
pub(super) fn container(name: &str, stream: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 4096;
    const END: u32 = 0xffff_fffe;
    const FREE: u32 = 0xffff_ffff;
    // A stream below the least size would be a small one.
    let length = stream.len().max(SMALL);
    let data = length.div_ceil(SECTOR);
    let tables = (1..).find(|tables| tables * (SECTOR / 4) > data + tables).unwrap_or(1);
    let mut out = vec![0; SECTOR];
    let mut put = |at: usize, bytes: &[u8]| out[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    [(24, 0x3e_u16), (26, 4), (28, 0xfffe), (30, 12), (32, 6)]
        .iter()
        .for_each(|(at, word)| put(*at, &word.to_le_bytes()));
    let words = [(44, tables as u32), (48, data as u32), (56, SMALL as u32), (60, END), (64, 0), (68, END), (72, 0)];
    words.iter().for_each(|(at, word)| put(*at, &word.to_le_bytes()));
    (0..109).for_each(|at| put(76 + 4 * at, &if at < tables { (data + 1 + at) as u32 } else { FREE }.to_le_bytes()));
    out.extend_from_slice(stream);
    out.resize(SECTOR + data * SECTOR, 0);
    for (name, kind, child, size) in [("Root Entry", 5, 1, 0), (name, 2, FREE, length)] {
        let mut entry = [0; 128];
        let units: Vec<u8> = name.encode_utf16().take(31).flat_map(u16::to_le_bytes).collect();
        entry[..units.len()].copy_from_slice(&units);
        entry[64..66].copy_from_slice(&(units.len() as u16 + 2).to_le_bytes());
        (entry[66], entry[67]) = (kind, 1);
        [(68, FREE), (72, FREE), (76, child)]
            .iter()
            .for_each(|(at, word)| entry[*at..at + 4].copy_from_slice(&word.to_le_bytes()));
        entry[120..128].copy_from_slice(&(size as u64).to_le_bytes());
        out.extend_from_slice(&entry);
    }
    out.resize(SECTOR * (data + 2), 0);
    let chain = (0..data).map(|at| if at + 1 < data { at as u32 + 1 } else { END });
    let table = chain.chain([END]).chain(std::iter::repeat_n(0xffff_fffd, tables)).chain(std::iter::repeat(FREE));
    table.take(tables * SECTOR / 4).for_each(|word| out.extend_from_slice(&word.to_le_bytes()));
    out
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|word| u32_at(word, 0))
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?).checked_sub(2)?;
    let units: Vec<u16> = bytes.get(..length)?.chunks_exact(2).filter_map(|unit| u16_at(unit, 0)).collect();
    let name = String::from_utf16_lossy(&units);
    Some(Entry { name, start: u32_at(bytes, 116)?, size: u32_at(bytes, 120)? as usize })
}
