//! Draft: what a sheet seems to hold, and the layout that says so. Whatever is guessed is left to the author's eye.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::names::{Names, plain};
use super::{Target, periods};
use crate::finding::Role;
use crate::table::MissingMarks;
use crate::table::number::NumberSyntax;
use crate::workbook::{At, Cell, Content, Sheet, Workbook, letters};

/// A table that was found on a sheet.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The rows of its header, counted from 1.
    pub header: Vec<u32>,
    /// Its columns of labels.
    pub labels: Vec<u32>,
    /// Its columns of data.
    pub data: Vec<u32>,
    /// Columns that say the same in every row, or a period once more.
    pub idle: Vec<u32>,
    /// The first and the last row of data, counted from 1.
    pub rows: (u32, u32),
    /// The heads of sections between rows of data.
    pub sections: Vec<String>,
    /// The marks that stand in place of numbers, with their number.
    pub marks: BTreeMap<String, usize>,
    /// Texts above the header, with their addresses.
    pub titles: Vec<(At, String)>,
    /// Texts below the last row.
    pub notes: Vec<(At, String)>,
}

fn is_number(cell: &Cell) -> bool {
    match &cell.content {
        Content::Number(_) => true,
        Content::Text(text) => {
            let text = text.trim().trim_end_matches(['*', '¹', '²', '³']);
            NumberSyntax::default().settled([text].into_iter()).is_ok_and(|syntax| syntax.read(text).is_ok())
        }
        _ => false,
    }
}

fn is_year(cell: &Cell) -> bool {
    let text = cell.text();
    text.trim().len() == 4 && text.trim().parse::<u32>().is_ok_and(|year| (1900..=2100).contains(&year))
}

/// Finds the table of a sheet; `None` where no row holds a label with numbers behind it.
pub fn find(sheet: &Sheet) -> Option<Found> {
    let usual = MissingMarks::usual();
    let is_mark = |cell: &Cell| matches!(&cell.content, Content::Text(text) if usual.reason(text.trim()).is_some());
    let rows: BTreeSet<u32> = sheet.cells.keys().map(|at| at.row).collect();
    let is_data = |row: u32| {
        let cells: Vec<(At, &Cell)> = sheet.row(row).collect();
        let numbers = cells.iter().filter(|(_, cell)| is_number(cell)).count();
        let marks = cells.iter().filter(|(_, cell)| is_mark(cell)).count();
        let has_label = cells.first().is_some_and(|(_, cell)| !is_number(cell) && !is_mark(cell));
        has_label
            && numbers + marks > 0
            && !(numbers > 0 && cells.iter().all(|(_, cell)| !is_number(cell) || is_year(cell)))
    };
    let data_rows: Vec<u32> = rows.iter().copied().filter(|row| is_data(*row)).collect();
    let (first, last) = (*data_rows.first()?, *data_rows.last()?);
    // Columns by what most of their rows hold.
    let mut columns: BTreeMap<u32, (usize, usize, BTreeSet<String>)> = BTreeMap::new();
    let mut marks = BTreeMap::new();
    for (at, cell) in data_rows.iter().flat_map(|row| sheet.row(*row)) {
        let column = columns.entry(at.column).or_default();
        column.1 += 1;
        if is_number(cell) || is_mark(cell) {
            column.0 += 1;
        }
        if is_mark(cell) {
            *marks.entry(cell.text().trim().to_owned()).or_default() += 1;
        }
        column.2.insert(cell.text());
    }
    let many = data_rows.len() > 3;
    let is_month = |text: &String| {
        text.len() == 6
            && (text.starts_with("19") || text.starts_with("20"))
            && text.bytes().all(|b| b.is_ascii_digit())
    };
    let (mut labels, mut data, mut idle) = (Vec::new(), Vec::new(), Vec::new());
    for (column, (numbers, all, texts)) in &columns {
        if many && *all == data_rows.len() && (texts.len() == 1 || texts.iter().all(is_month)) {
            idle.push(*column);
        } else if numbers * 2 >= *all {
            data.push(*column);
        } else {
            labels.push(*column);
        }
    }
    if data.is_empty() || labels.is_empty() {
        return None;
    }
    let own = |row: u32| sheet.row(row).count();
    let shown = |row: u32| data.iter().filter(|column| sheet.shown(At { row, column: **column }).is_some()).count();
    let is_section =
        |row: u32| own(row) == 1 && sheet.row(row).next().is_some_and(|(at, _)| labels.contains(&at.column));
    let mut header = Vec::new();
    for row in (0..first).rev() {
        if is_section(row) && header.is_empty() {
            continue;
        }
        if shown(row) * 2 < data.len() || own(row) == 0 {
            break;
        }
        // A title is merged over the whole table.
        if own(row) == 1 && data.len() > 1 {
            break;
        }
        header.insert(0, row + 1);
    }
    let top = header.first().map_or(first, |row| row - 1);
    let after_header = header.last().copied().unwrap_or(0);
    let text = |at: &At| sheet.get(*at).map(|cell| (*at, cell.text())).filter(|(_, text)| !text.trim().is_empty());
    let titles = sheet.cells.keys().take_while(|at| at.row < top).filter_map(text).collect();
    let notes = sheet.cells.keys().filter(|at| at.row > last).filter_map(text).collect();
    let between = rows.iter().copied().filter(|row| (after_header..last).contains(row) && is_section(*row));
    let sections = between.filter_map(|row| Some(sheet.row(row).next()?.1.text().trim().to_owned())).collect();
    Some(Found { header, labels, data, idle, rows: (first + 1, last + 1), sections, marks, titles, notes })
}

/// A draft of a layout, with what its author must look at.
#[derive(Debug, Default)]
pub struct Draft {
    /// The layout in YAML, without indent.
    pub text: String,
    /// Names of territories that nothing knows, with the addresses where they stand.
    pub unmatched: Vec<(String, String)>,
    /// How many columns of data are given a measure or a period.
    pub fits: usize,
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn member(names: &Names, target: &Target, text: &str) -> Option<(String, String)> {
    let texts = || std::iter::once(text).chain(text.lines());
    let measure = texts().find_map(|text| {
        let own = target.measures.keys().find(|measure| plain(measure) == plain(text)).map(|own| (*own).to_owned());
        own.or_else(|| names.member("measure", text).map(str::to_owned))
            .filter(|name| target.measures.contains_key(name.as_str()))
    });
    if let Some(measure) = measure {
        return Some(("measure".to_owned(), measure));
    }
    let categories =
        target.dimensions.iter().zip(&target.members).filter(|(dimension, _)| dimension.role == Role::Category);
    categories.into_iter().find_map(|(dimension, members)| {
        let own = texts().find_map(|text| {
            let own = members.iter().find(|member| plain(member) == plain(text)).cloned();
            own.or_else(|| names.member(&dimension.name, text).map(str::to_owned))
        });
        own.map(|member| (dimension.name.clone(), member))
    })
}

/// Drafts the layout of a workbook for a table.
pub fn draft(workbook: &Workbook, target: &Target) -> Draft {
    let names = target.names;
    let mut out = Draft::default();
    let of = |role| {
        target.dimensions.iter().find(|dimension| dimension.role == role).map(|dimension| dimension.name.as_str())
    };
    let (territory, period) = (of(Role::Territory), of(Role::Period));
    let tables: Vec<(&Sheet, Found)> = workbook.sheets.iter().filter_map(|sheet| Some((sheet, find(sheet)?))).collect();
    let named = |sheet: &Sheet| member(names, target, &sheet.name).filter(|(dimension, _)| dimension != "measure");
    let any_named = tables.iter().any(|(sheet, _)| named(sheet).is_some());
    let mut chosen: Vec<&(&Sheet, Found)> =
        tables.iter().filter(|(sheet, _)| !any_named || named(sheet).is_some()).collect();
    let Some((first, found)) = chosen.first().map(|(sheet, found)| (*sheet, found.clone())) else { return out };
    let alike = |other: &Found| other.header == found.header && other.data == found.data;
    let by_year = |sheet: &Sheet| periods::of(&[sheet.name.to_string()]).is_some();
    chosen.retain(|(sheet, other)| {
        alike(other) && (std::ptr::eq(*sheet, first) || any_named || by_year(sheet) && by_year(first))
    });
    if workbook.sheets.len() > 1 {
        out.text.push_str("sheets:\n");
        for (sheet, _) in &chosen {
            let given = named(sheet).map(|(dimension, member)| format!("{dimension}: {member}")).unwrap_or_default();
            let _ = writeln!(out.text, "  {}: {{{given}}}", quoted(&sheet.name));
        }
        let rest = workbook
            .sheets
            .iter()
            .filter(|sheet| !sheet.cells.is_empty() && !chosen.iter().any(|(own, _)| std::ptr::eq(*own, *sheet)));
        let rest: Vec<&Sheet> = rest.collect();
        if !rest.is_empty() {
            out.text.push_str("leave_sheets:\n");
            for sheet in rest {
                let _ = writeln!(out.text, "  {}: not of this table", quoted(&sheet.name));
            }
        }
    }
    let rows: Vec<String> = found.header.iter().map(u32::to_string).collect();
    let _ = writeln!(out.text, "header: [{}]", rows.join(", "));
    let head = |column: u32| -> Vec<String> {
        let mut texts: Vec<String> =
            (found.header.iter()).filter_map(|row| Some(first.shown(At { row: row - 1, column })?.1.text())).collect();
        texts.dedup();
        texts
    };
    let mut has_period = false;
    let mut has_measure = false;
    // Labels.
    let mut labels = Vec::new();
    let mut idle: Vec<(u32, &str)> = found.idle.iter().map(|column| (*column, "the same in every row")).collect();
    let mut words: BTreeMap<String, BTreeMap<String, Option<String>>> = BTreeMap::new();
    let mut unknown_rows = 0;
    for column in &found.labels {
        let cells: Vec<(At, String)> = (found.rows.0 - 1..found.rows.1)
            .filter_map(|row| {
                first.get(At { row, column: *column }).map(|cell| (At { row, column: *column }, cell.text()))
            })
            .filter(|(_, text)| !found.sections.contains(&text.trim().to_owned()))
            .collect();
        let distinct: BTreeSet<&str> = cells.iter().map(|(_, text)| text.trim()).collect();
        let bare = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit() || " )*¹²³".contains(c)).to_owned();
        let known = |text: &str| !names.codes(text).is_empty() || !names.codes(&bare(text)).is_empty();
        let (places, times) = (
            distinct.iter().filter(|text| known(text)).count(),
            distinct.iter().filter(|text| periods::of(&[(**text).to_owned()]).is_some()).count(),
        );
        let members: Vec<(String, String)> = distinct.iter().filter_map(|text| member(names, target, text)).collect();
        let has_place = labels.iter().any(|(_, name): &(u32, String)| Some(name.as_str()) == territory);
        if let Some(territory) = territory.filter(|_| !has_place && (places > 1 || places == distinct.len())) {
            for (at, text) in &cells {
                if !known(text.trim()) {
                    unknown_rows += 1;
                    out.unmatched.push((line(text), first.address(*at)));
                }
            }
            labels.push((*column, territory.to_owned()));
        } else if let Some(period) = period.filter(|_| times == distinct.len() && !has_period) {
            has_period = true;
            labels.push((*column, period.to_owned()));
        } else if let Some((dimension, _)) = members.first() {
            has_measure |= dimension == "measure";
            labels.push((*column, dimension.clone()));
            let unknown = distinct.iter().filter(|text| member(names, target, text).is_none());
            let own: Vec<String> = unknown.map(|text| (*text).to_owned()).collect();
            own.into_iter().for_each(|text| drop(words.entry(dimension.clone()).or_default().insert(text, None)));
        } else {
            idle.push((*column, "words that no dimension takes"));
        }
    }
    // Sections in the first column of labels.
    let mut otherwise = String::new();
    let sections: Vec<(String, String)> =
        found.sections.iter().filter_map(|text| member(names, target, text)).collect();
    let mut section = None;
    if let Some((dimension, _)) = sections.first() {
        has_measure |= dimension == "measure";
        section = Some(dimension.clone());
        for text in found.sections.iter().filter(|text| member(names, target, text).is_none()) {
            words.entry(dimension.clone()).or_default().insert(text.clone(), None);
        }
        let free = target.measures.keys().find(|measure| !sections.iter().any(|(_, member)| member == *measure));
        if let Some(free) = free.filter(|_| dimension == "measure") {
            otherwise = format!("otherwise: {{measure: {free}}}   # a guess: the rows above the first section\n");
        }
    }
    out.text.push_str("labels:\n");
    for (at, (column, name)) in labels.iter().enumerate() {
        let _ = match section.as_ref().filter(|_| at == 0) {
            Some(section) => writeln!(out.text, "  {}: [{section}, {name}]", letters(*column)),
            None => writeln!(out.text, "  {}: {name}", letters(*column)),
        };
    }
    // Data.
    let heads: Vec<(u32, Vec<String>)> = found.data.iter().map(|column| (*column, head(*column))).collect();
    let dated = heads.iter().filter(|(_, texts)| periods::of(texts).is_some()).count();
    let mut columns = String::new();
    match period.filter(|_| dated * 2 > heads.len() && !has_period) {
        Some(period) => {
            has_period = true;
            out.fits += dated;
            let _ = writeln!(out.text, "levels: [{}]", vec![period; found.header.len()].join(", "));
            heads
                .iter()
                .filter(|(_, texts)| periods::of(texts).is_none())
                .for_each(|(column, _)| idle.push((*column, "no period stands over it")));
        }
        None => {
            for (column, texts) in &heads {
                let said = texts.last().map(String::as_str).unwrap_or_default();
                // What stands over a part of a whole is that of the whole.
                let own = member(names, target, said)
                    .filter(|(dimension, _)| dimension == "measure" && !columns_taken(&columns, said, names, target));
                match own {
                    Some((_, measure)) => {
                        out.fits += 1;
                        let own = said.lines().next().unwrap_or_default();
                        let _ = writeln!(
                            columns,
                            "  {}: {{head: {}, measure: {measure}}}",
                            letters(*column),
                            quoted(&line(own))
                        );
                        has_measure = true;
                    }
                    None if heads.len() == 1 => {
                        out.fits += 1;
                        let _ = writeln!(columns, "  {}: {{head: {}}}", letters(*column), quoted(&line(said)));
                    }
                    None => idle.push((*column, "not of this table")),
                }
            }
        }
    }
    if !columns.is_empty() {
        let _ = write!(out.text, "columns:\n{columns}");
    }
    if !idle.is_empty() {
        idle.sort_unstable();
        out.text.push_str("leave_columns:\n");
        for (column, why) in idle {
            let said = head(column).into_iter().map(|text| line(&text)).collect::<Vec<_>>().join(" / ");
            let _ = writeln!(out.text, "  {}: {}", letters(column), quoted(&format!("{said}: {why}")));
        }
    }
    if unknown_rows > 0 {
        let territory = territory.unwrap_or_default();
        let _ = writeln!(
            out.text,
            "leave_rows:\n  - {{unknown: {territory}, reason: names that no list of territories has, count: {unknown_rows}}}"
        );
    }
    if !words.is_empty() {
        out.text.push_str("words:\n");
        for (dimension, words) in &words {
            let words: Vec<String> = words.keys().map(|word| format!("{}: ~", quoted(&line(word)))).collect();
            let _ = writeln!(out.text, "  {dimension}: {{{}}}", words.join(", "));
        }
    }
    out.text.push_str(&otherwise);
    if let Some(period) = period.filter(|_| !has_period) {
        let title =
            found.titles.iter().find(|(_, text)| text.lines().any(|line| periods::of(&[line.to_owned()]).is_some()));
        let _ = match title {
            _ if by_year(first) => writeln!(out.text, "from: {{{period}: sheet}}"),
            Some((at, _)) => writeln!(out.text, "from: {{{period}: {at}}}"),
            None => writeln!(out.text, "otherwise: {{{period}: TODO}}"),
        };
    }
    if !has_measure && otherwise.is_empty() && target.measures.len() > 1 {
        let measures: Vec<&str> = target.measures.keys().copied().collect();
        let _ = writeln!(out.text, "otherwise: {{measure: TODO}}   # {}", measures.join(", "));
    }
    if !found.marks.is_empty() {
        let usual = MissingMarks::usual();
        let one = |mark: &String| Some(format!("{}: {}", quoted(mark), usual.reason(mark)?.code()));
        let marks: Vec<String> = found.marks.keys().filter_map(one).collect();
        let _ = writeln!(out.text, "missing: {{{}}}", marks.join(", "));
    }
    out
}

/// Says whether a measure has its column already.
fn columns_taken(columns: &str, said: &str, names: &Names, target: &Target) -> bool {
    member(names, target, said).is_some_and(|(_, measure)| columns.contains(&format!("measure: {measure}}}")))
}
