//! Draft: what a sheet seems to hold, and the layout that says so. A draft is tried as it is written, so that what it
//! leaves open is told with it.

mod find;
mod fresh;
mod heads;
mod legend;
mod words;
mod write;

use std::collections::BTreeSet;

pub use find::{Found, STATUSES, find, is_numbering, unflagged};
pub use fresh::{Fresh, fresh};
pub use heads::texts as head;
pub use legend::legend;
use words::{is_foreign, member, shared, stems};

use super::entry::LayoutEntry;
use super::{Account, Reshaped, Target, periods, reshape};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use crate::files::Files;
use crate::finding::{Key, Role};
use crate::workbook::{Sheet, Workbook};

/// A draft of a layout, with what its author must look at.
#[derive(Debug, Default)]
pub struct Draft {
    /// The layout in YAML, without indent.
    pub text: String,
    /// Names of territories that nothing knows, with the addresses where they stand.
    pub unmatched: Vec<(String, String)>,
    /// How many columns of data are given a measure or a period.
    pub fits: usize,
    /// What became of the file, when the draft was tried.
    pub trial: Trial,
    /// How much of a title of the table is said by the sheets that it reads, in thousandths; the caller gives the titles.
    pub said: BTreeSet<String>,
    /// Whether the sheets that it reads tell the whole and no part of it.
    is_whole: bool,
}

/// What a file comes to by a layout.
#[derive(Debug, Default)]
pub struct Trial {
    /// How many figures it gives.
    pub figures: usize,
    /// How many cells stand on the sheets that it reads.
    pub cells: usize,
    /// What stands against it.
    pub problems: Vec<Diagnostic>,
    /// What is to be looked at.
    pub warnings: Vec<Diagnostic>,
    /// What became of the cells of all sheets.
    pub account: Account,
    /// The rules that leave something out, with the number of rows where rows are counted.
    pub left: Vec<(String, usize)>,
}

impl Draft {
    /// How many places its author must fill in.
    pub fn open(&self) -> usize {
        self.text.matches("TODO").count()
    }

    /// Lists the lines that are only guesses, with the reason that each gives.
    pub fn guesses(&self) -> Vec<&str> {
        self.text.lines().filter(|line| line.contains("# a guess") || line.contains("# guesses")).collect()
    }

    /// Says whether it can be taken as it is.
    pub fn is_clean(&self) -> bool {
        self.open() == 0 && self.trial.problems.is_empty() && self.trial.figures > 0
    }

    /// Weighs it against another draft for a table of these titles: the higher fits better.
    pub fn rank<'a>(&self, titles: impl Iterator<Item = &'a str>) -> (bool, bool, bool, usize) {
        let said = titles.map(|title| shared(title, &self.said)).max().unwrap_or(0);
        let share = (self.trial.figures * 1000).checked_div(self.trial.cells).unwrap_or(0);
        (self.trial.figures > 0, self.is_clean(), self.is_whole, said + share)
    }
}

/// Drafts the layout of a workbook for a table: of all sheets and groups of like sheets the one that it reads best.
pub fn draft(workbook: &Workbook, target: &Target) -> Draft {
    let tables: Vec<(&Sheet, Found)> = workbook.sheets.iter().filter_map(|sheet| Some((sheet, find(sheet)?))).collect();
    let mut seen = BTreeSet::new();
    let mut best: Option<Draft> = None;
    for start in 0..tables.len() {
        if seen.contains(&start) {
            continue;
        }
        let group = alike(&tables, start, target);
        seen.extend(group.iter().copied());
        let chosen: Vec<&(&Sheet, Found)> = group.iter().map(|at| &tables[*at]).collect();
        let mut draft = write::write(workbook, &chosen, target);
        draft.trial = tried(workbook, &draft.text, target);
        draft.said = chosen.iter().flat_map(|(sheet, found)| said(sheet, found)).collect();
        draft.is_whole = !chosen.iter().any(|(sheet, _)| is_foreign(target, &sheet.name));
        if best.as_ref().is_none_or(|best| draft.rank(std::iter::empty()) > best.rank(std::iter::empty())) {
            best = Some(draft);
        }
    }
    best.unwrap_or_else(|| {
        let account = Reshaped::default().account(workbook);
        Draft { trial: Trial { account, ..Trial::default() }, ..Draft::default() }
    })
}

/// What a sheet says of itself: its name, titles, heads, and the words of columns that say the same in every row.
fn said(sheet: &Sheet, found: &Found) -> BTreeSet<String> {
    let mut out = stems(&sheet.name);
    found.titles.iter().for_each(|(_, text)| out.extend(stems(text)));
    let is_said = |at: &crate::workbook::At| {
        found.header.contains(&(at.row + 1)) || at.row + 1 == found.rows.0 && found.idle.contains(&at.column)
    };
    sheet.cells.iter().filter(|(at, _)| is_said(at)).for_each(|(_, cell)| out.extend(stems(&cell.text())));
    out
}

/// Lists the tables that are laid out as one and differ by what the names of their sheets say: a member, a place, a year.
fn alike(tables: &[(&Sheet, Found)], start: usize, target: &Target) -> Vec<usize> {
    let (first, found) = &tables[start];
    let Some(of_first) = named(first, target) else { return vec![start] };
    let is_alike = |(sheet, other): &(&Sheet, Found)| {
        other.header == found.header
            && other.data == found.data
            && named(sheet, target).is_some_and(|(dimension, _)| dimension == of_first.0)
    };
    (start..tables.len()).filter(|at| *at == start || is_alike(&tables[*at])).collect()
}

/// What the name of a sheet says: a member, a territory, or a period, which stands there for all.
fn named(sheet: &Sheet, target: &Target) -> Option<(String, Option<String>)> {
    if let Some((dimension, member)) = member(target, &sheet.name).filter(|(dimension, _)| dimension != "measure") {
        return Some((dimension, Some(member)));
    }
    let of = |role| target.dimensions.iter().find(|own| own.role == role).map(|own| own.name.clone());
    if let (Some(dimension), [code]) = (of(Role::Territory), target.names.codes(&sheet.name).as_slice()) {
        return Some((dimension, Some(code.as_str().to_owned())));
    }
    let is_period = periods::of(&[sheet.name.to_string()]).is_some();
    of(Role::Period).filter(|_| is_period).map(|dimension| (dimension, None))
}

/// Reads a workbook by a layout as the intake would, and tells what comes of it.
pub fn tried(workbook: &Workbook, layout: &str, target: &Target) -> Trial {
    const NAME: &str = "layout.yaml";
    let mut files = Files::default();
    files.insert(NAME, layout);
    let mut diagnostics = Diagnostics::default();
    let mut trial = Trial::default();
    let Some(layout) = files.yaml::<LayoutEntry>(NAME, &mut diagnostics) else {
        trial.problems = diagnostics.sorted();
        return trial;
    };
    let reshaped = reshape("", workbook, &layout, target, &Place::file(NAME), &mut diagnostics);
    trial.figures = reshaped.cells.iter().filter(|cell| cell.value.is_ok()).count();
    let read: BTreeSet<usize> = (reshaped.fates.iter())
        .filter(|(_, fate)| !matches!(fate, super::Fate::Left(_)))
        .map(|((sheet, _), _)| *sheet)
        .collect();
    trial.cells = read.iter().map(|sheet| workbook.sheets[*sheet].cells.len()).sum();
    trial.account = reshaped.account(workbook);
    trial.left = reshaped.left.iter().map(|left| (left.rule.clone(), left.rows)).collect();
    (trial.problems, trial.warnings) =
        diagnostics.sorted().into_iter().partition(|told| told.severity == Severity::Error);
    let mut keys: BTreeSet<(&str, &Key)> = BTreeSet::new();
    for cell in &reshaped.cells {
        if !keys.insert((&cell.measure, &cell.key)) && cell.value.is_ok() {
            let at = if cell.sheet.is_empty() { cell.at.to_string() } else { format!("{}!{}", cell.sheet, cell.at) };
            let message = format!("the key {} occurs twice for `{}`", cell.key, cell.measure);
            trial.problems.push(Diagnostic::error(
                crate::diagnostic::code::DATA_KEY,
                Place::file("").within(at),
                message,
            ));
        }
    }
    trial
}
