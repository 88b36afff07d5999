//! Reshape: a workbook and the layout that its catalogue entry declares → cells under keys, with an account of every cell.
//!
//! Each cell that holds something is data, header, note or left out by a rule that is listed; one that is none of them is
//! an error, so that nothing is lost in silence.

pub mod draft;
pub mod entry;
mod idle;
pub mod names;
pub mod periods;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use entry::LayoutEntry;
use names::Names;
pub use walk::{behind_number, shortened, two_months, undated};

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::finding::{Amount, Dimension, Key, Observations, Reason, Unit};
use crate::table::number::NumberSyntax;
use crate::workbook::{At, Content, Sheet, Workbook};

/// What the cells of a file are to become.
#[derive(Debug)]
pub struct Target<'a> {
    /// The dimensions of the table, in the order of its keys.
    pub dimensions: Vec<Dimension>,
    /// The members of each, where it is a category.
    pub members: Vec<&'a [String]>,
    /// The measures, each with its unit.
    pub measures: BTreeMap<&'a str, Unit>,
    /// Whether its figures are stocks.
    pub is_stock: bool,
    /// Dimensions that the file does not hold.
    pub constants: &'a BTreeMap<String, String>,
    /// What is known of names.
    pub names: &'a Names,
}

/// One cell of data.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Its key.
    pub key: Key,
    /// Its measure.
    pub measure: String,
    /// The value as printed with its decimals, or why there is none.
    pub value: Result<(Amount, u32), Reason>,
    /// What the file says of the observation, where it says anything.
    pub observed: Option<Observations>,
    /// The unit that the file names.
    pub unit: Option<Unit>,
    /// How many units one printed unit is.
    pub scale: i64,
    /// The sheet.
    pub sheet: Arc<str>,
    /// Where it stands.
    pub at: At,
    /// The footnotes of the cell and its labels.
    pub note: Option<Arc<str>>,
}

/// What became of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// A value or the mark of a missing one.
    Data,
    /// A title, a header, a label.
    Header,
    /// A note below or beside the table.
    Note,
    /// Left out by a rule, by its place in the account.
    Left(usize),
}

/// A rule that leaves cells out.
#[derive(Clone, Debug)]
pub struct Left {
    /// What it leaves out, and why.
    pub rule: String,
    /// How many rows it left out; of sheets and columns none are counted.
    pub rows: usize,
}

/// How the names of a file were understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// By the layout's own names.
    Layout,
    /// By the list of territories or the table of aliases.
    Known,
    /// So, once the mark of a footnote was taken off.
    WithoutMark,
}

/// What a file came to.
#[derive(Debug, Default)]
pub struct Reshaped {
    /// The cells of data.
    pub cells: Vec<Placed>,
    /// What became of each cell that holds something, by sheet.
    pub fates: BTreeMap<(usize, At), Fate>,
    /// The rules that left something out.
    pub left: Vec<Left>,
    /// The names of territories, with the code of each and how it was found.
    pub matched: BTreeMap<String, (String, Match)>,
}

impl Reshaped {
    /// Counts the cells of one fate.
    pub fn count(&self, is: impl Fn(Fate) -> bool) -> usize {
        self.fates.values().filter(|fate| is(**fate)).count()
    }

    /// Accounts for the cells of a workbook: how many have each fate, and what their numbers add up to, those stored as
    /// text among them, but for texts of headers and notes.
    pub fn account(&self, workbook: &Workbook) -> Account {
        let mut account = Account::default();
        let placed: BTreeMap<(&str, At), &Amount> = (self.cells.iter())
            .filter_map(|cell| Some(((&*cell.sheet, cell.at), cell.value.as_ref().ok().map(|(amount, _)| amount)?)))
            .collect();
        for (number, sheet) in workbook.sheets.iter().enumerate() {
            let spelled = spelled(sheet, |at| !placed.contains_key(&(&*sheet.name, at)));
            for (at, cell) in &sheet.cells {
                let share = match self.fates.get(&(number, *at)) {
                    Some(Fate::Data) => &mut account.data,
                    Some(Fate::Header) => &mut account.headers,
                    Some(Fate::Note) => &mut account.notes,
                    Some(Fate::Left(_)) => &mut account.left,
                    None => &mut account.unread,
                };
                share.cells += 1;
                let amount = match &cell.content {
                    Content::Number(number) => Some(&number.amount),
                    _ => placed.get(&(&*sheet.name, *at)).copied().or_else(|| spelled.get(at)),
                };
                share.sum = amount.map_or(share.sum.clone(), |amount| share.sum.plus(amount));
            }
        }
        account
    }
}

/// Reads the numbers of open cells that are stored as text, each in the way in which its column writes them.
fn spelled(sheet: &Sheet, is_open: impl Fn(At) -> bool) -> BTreeMap<At, Amount> {
    let mut columns: BTreeMap<u32, Vec<(At, &str)>> = BTreeMap::new();
    for (at, cell) in sheet.cells.iter().filter(|(at, _)| is_open(**at)) {
        if let Content::Text(text) = &cell.content {
            columns.entry(at.column).or_default().push((*at, text.trim()));
        }
    }
    let read = |texts: Vec<(At, &str)>| {
        let syntax = NumberSyntax::default().settled(texts.iter().map(|(_, text)| *text)).unwrap_or_default();
        texts.into_iter().filter_map(move |(at, text)| Some((at, syntax.read(text).ok()?.amount))).collect::<Vec<_>>()
    };
    columns.into_values().flat_map(read).collect()
}

/// How many cells share a fate, and the sum of their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The cells.
    pub cells: usize,
    /// The sum of their numbers.
    pub sum: Amount,
}

impl Default for Share {
    fn default() -> Share {
        Share { cells: 0, sum: Amount::ZERO }
    }
}

/// What became of all cells of a workbook that hold something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Values and marks of missing ones.
    pub data: Share,
    /// Titles, headers, labels.
    pub headers: Share,
    /// Notes.
    pub notes: Share,
    /// What a rule leaves out.
    pub left: Share,
    /// What nothing reads, each cell of which was told.
    pub unread: Share,
}

impl Account {
    /// Lists its shares by name.
    pub fn shares(&self) -> [(&'static str, &Share); 5] {
        [
            ("data", &self.data),
            ("headers", &self.headers),
            ("notes", &self.notes),
            ("left_out", &self.left),
            ("unread", &self.unread),
        ]
    }
}

/// Lays a workbook out as its entry says. Whatever is open is told; what is returned then is not whole.
pub fn reshape(
    path: &str,
    workbook: &Workbook,
    layout: &LayoutEntry,
    target: &Target,
    entry: &Place,
    diagnostics: &mut Diagnostics,
) -> Reshaped {
    let mut reshaped = Reshaped::default();
    let mut seen: BTreeSet<&String> = BTreeSet::new();
    let only = workbook.sheets.len() == 1 && layout.sheets.is_empty();
    for (number, sheet) in workbook.sheets.iter().enumerate() {
        if sheet.cells.is_empty() {
            continue;
        }
        let nothing = BTreeMap::new();
        let read = layout.sheets.iter().find(|(pattern, _)| fits(pattern, &sheet.name));
        let left = layout.leave_sheets.iter().find(|(pattern, _)| fits(pattern, &sheet.name));
        let constants = match (read, left) {
            (Some((pattern, constants)), _) => {
                seen.insert(pattern);
                constants
            }
            (None, Some((pattern, reason))) => {
                seen.insert(pattern);
                let rule = reshaped.left.len();
                reshaped.left.push(Left { rule: format!("sheet {}: {reason}", sheet.name), rows: 0 });
                reshaped.fates.extend(sheet.cells.keys().map(|at| ((number, *at), Fate::Left(rule))));
                continue;
            }
            (None, None) if only => &nothing,
            (None, None) => {
                let hidden = if sheet.is_hidden { "hidden " } else { "" };
                let message = format!(
                    "the {hidden}sheet `{}` holds {} cells, and nothing reads it",
                    sheet.name,
                    sheet.cells.len()
                );
                let place = Place::file(path).within(sheet.name.to_string());
                let hint = "name it under `sheets` of the layout, or under `leave_sheets` with the reason";
                diagnostics.push(Diagnostic::error(code::DATA_LAYOUT, place, message).hint(hint));
                continue;
            }
        };
        walk::walk(path, number, sheet, layout, target, constants, entry, &mut reshaped, diagnostics);
    }
    fractions(path, layout, target, &reshaped, diagnostics);
    idle::tell(workbook, layout, entry, diagnostics);
    for pattern in layout.sheets.keys().chain(layout.leave_sheets.keys()).filter(|pattern| !seen.contains(pattern)) {
        let names: Vec<&str> = workbook.sheets.iter().map(|sheet| &*sheet.name).collect();
        let message = format!("the file has no sheet `{pattern}` that holds something");
        let hint = crate::diagnostic::did_you_mean(pattern, names.iter().copied())
            .unwrap_or_else(|| format!("it has {}", names.join(", ")));
        diagnostics.push(Diagnostic::error(code::DATA_LAYOUT, entry.clone(), message).hint(hint));
    }
    reshaped
}

/// Names persons and counts that are no whole numbers: the file may name a scale that nobody has read. Where the layout
/// says nothing of it, it must.
fn fractions(path: &str, layout: &LayoutEntry, target: &Target, reshaped: &Reshaped, diagnostics: &mut Diagnostics) {
    if layout.scale == Some(1) {
        return;
    }
    let is_open = layout.scale.is_none() && layout.units.is_empty();
    let told = if is_open { Diagnostic::error } else { Diagnostic::warning };
    let is_whole = |unit: Option<&Unit>| matches!(unit, Some(Unit::Persons | Unit::Count));
    let mut found: BTreeMap<(&Arc<str>, &str), (At, String, usize)> = BTreeMap::new();
    for cell in reshaped.cells.iter().filter(|cell| is_whole(target.measures.get(cell.measure.as_str()))) {
        let Ok((amount, _)) = &cell.value else { continue };
        if !amount.times(&Amount::Integer(cell.scale)).is_whole() {
            let first = || (cell.at, amount.to_string(), 0);
            found.entry((&cell.sheet, &cell.measure)).or_insert_with(first).2 += 1;
        }
    }
    for ((sheet, measure), (at, said, count)) in found {
        let address = if sheet.is_empty() { at.to_string() } else { format!("{sheet}!{at}") };
        let message = format!("`{measure}` counts whole things, and {count} of its figures are none: `{said}`");
        let hint = "where the file counts in thousands, state `scale: 1000` in the layout, or name its `units`; where its \
                    figures are fractions indeed, state `scale: 1`";
        diagnostics.push(told(code::DATA_LAYOUT, Place::file(path).within(address), message).hint(hint));
    }
}

/// Says whether a name fits a pattern, in which `*` stands for anything.
fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.trim(), name.trim());
    let mut parts = pattern.split('*');
    let Some(rest) = name.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut rest = rest;
    let mut is_exact = true;
    for part in parts {
        is_exact = false;
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.is_empty() || !is_exact && pattern.ends_with('*')
}

/// The place of a cell, for a diagnostic.
fn place(path: &str, sheet: &Sheet, at: At) -> Place {
    Place::file(path).within(sheet.address(at))
}

#[cfg(test)]
mod tests;
