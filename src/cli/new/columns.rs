//! Columns: a column of a stranger's table as its cells show it, and what a text seems to be.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Period;
use crate::language::{Lang, texts};
use crate::reshape::periods;
use crate::table::number::{NumberSyntax, Unsettled};
use crate::workbook::{Cell, Content};

/// A column as its cells show it.
pub(super) struct Column {
    pub at: u32,
    pub heading: String,
    /// Row → text, of the rows of data.
    pub texts: BTreeMap<u32, String>,
    pub is_number: bool,
    pub is_period: bool,
}

impl Column {
    pub(super) fn distinct(&self) -> BTreeSet<&str> {
        self.texts.values().map(String::as_str).collect()
    }

    pub(super) fn text(&self, row: u32) -> &str {
        self.texts.get(&row).map_or("", String::as_str)
    }

    /// Returns true where each text of this column stands beside one text of another only.
    pub(super) fn decides(&self, other: &Column) -> bool {
        let mut beside: BTreeMap<&str, &str> = BTreeMap::new();
        let rows: BTreeSet<u32> = self.texts.keys().chain(other.texts.keys()).copied().collect();
        rows.into_iter().all(|row| *beside.entry(self.text(row)).or_insert(other.text(row)) == other.text(row))
    }
}

/// Says whether a text holds a word that begins as one of a list of `start.yaml`, in any language of the program.
pub(super) fn speaks(text: &str, list: &str) -> bool {
    let small = text.to_lowercase();
    let words: Vec<&str> = small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    Lang::ALL.iter().any(|lang| {
        let stems = texts::own(lang.code(), &format!("start.guess.{list}")).unwrap_or_default();
        stems.split_whitespace().any(|stem| {
            // A stem of two letters is a whole word: `id` is not the beginning of `idle`.
            words.iter().any(|word| if stem.chars().count() < 4 { *word == stem } else { word.starts_with(stem) })
        })
    })
}

pub(super) fn period_of(text: &str) -> Option<Period> {
    periods::of(&[text.to_owned()]).filter(|said| said.span.is_none()).map(|said| said.period)
}

/// Says whether plain numbers that may be years are: of our time, and few are missing between them.
pub(super) fn are_years(cells: &[&Cell]) -> bool {
    // A number that is no period by itself: `2012,5`.
    if cells.iter().any(|cell| number_of(cell) && !periods::is_exact(&cell.text())) {
        return false;
    }
    let years: BTreeSet<i32> = cells.iter().filter_map(|cell| cell.text().trim().parse().ok()).collect();
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return true };
    *first >= 1500 && *last < 2200 && ((last - first) as usize) < 3 * years.len() + 7
}

pub(super) fn number_of(cell: &Cell) -> bool {
    match &cell.content {
        Content::Number(_) => true,
        Content::Text(text) => {
            let settled = NumberSyntax::default().settled([text.trim()].into_iter());
            matches!(settled, Err(Unsettled::Either(..)))
                || settled.is_ok_and(|syntax| syntax.read(text.trim()).is_ok())
        }
        _ => false,
    }
}

pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
