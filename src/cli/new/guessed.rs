//! Guessed: what a stranger's table seems to be, or why nothing can be guessed of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Amount, Period};
use crate::workbook::{At, Sheet};

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    /// In a column of labels.
    Column(u32),
    /// In the headings of the columns of data.
    Header,
    /// Outside the table: all of it is of one period.
    Whole(Period),
}

/// Where the year of months or quarters stands that do not tell their own, or these beside their year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// In a column of labels.
    Column(u32),
    /// Outside the table.
    Whole(Period),
}

/// The heads of sections that stand between the rows and tell them apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Sections {
    /// The column of labels in which they stand.
    pub column: u32,
    /// The name of the dimension.
    pub name: String,
    /// Row → the section that it stands in.
    pub texts: BTreeMap<u32, String>,
    /// Whether rows stand above the first.
    pub has_rows_above: bool,
}

impl Sections {
    /// The member of what stands above the first section.
    pub(super) const ABOVE: &str = "total";
}

/// A territory of the table.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// What the table writes.
    pub said: String,
    /// Its code in the study.
    pub code: String,
    /// Its name, where the table has one.
    pub name: Option<String>,
}

/// A category that tells rows apart.
#[derive(Clone, Debug)]
pub(super) struct Category {
    /// Its column; none where its members stand in the headings.
    pub column: Option<u32>,
    /// What the table calls it.
    pub heading: String,
    /// The name of the dimension.
    pub name: String,
    /// Its members in the order of the table.
    pub members: Vec<String>,
}

/// A measure.
#[derive(Clone, Debug)]
pub(super) struct Measure {
    /// Its column; none where the headings of its columns are periods.
    pub column: Option<u32>,
    /// What the table calls it.
    pub heading: String,
    /// Its name in the study.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Its class.
    pub class: &'static str,
    /// The most decimals that it has in whole units.
    pub decimals: u32,
    /// How many units one printed unit is.
    pub scale: i64,
}

/// A number of the first measure with its labels: territory, categories, period.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    /// The place of its territory in the list.
    pub place: Option<usize>,
    /// Its members.
    pub members: Vec<String>,
    /// Its period.
    pub period: Option<Period>,
    /// The number.
    pub value: Amount,
}

/// The scales that a table names.
#[derive(Clone, Debug, Default)]
pub(super) struct Scales {
    /// That of all of it, with what says so.
    pub whole: Option<(i64, String)>,
    /// Those of single columns.
    pub columns: BTreeMap<u32, i64>,
    /// The texts of a column of units, each with its unit and scale.
    pub rows: BTreeMap<String, (String, i64)>,
    /// What names a scale that the author must state.
    pub open: Vec<String>,
}

/// What a table seems to be.
#[derive(Clone, Debug, Default)]
pub(super) struct Guess {
    /// Whether signs stand around the numbers in their cells.
    pub is_dressed: bool,
    /// The sheets that are not read.
    pub other_sheets: Vec<String>,
    /// The name of the sheet that is.
    pub sheet: String,
    /// The rows of the header, counted from 1.
    pub header: Vec<u32>,
    /// What each of them stands for, where columns of data are told apart by headings.
    pub levels: Vec<String>,
    /// The row of the header whose headings hold for the empty cells to their right.
    pub fill_right: Option<u32>,
    /// Where the territories stand.
    pub place: Option<u32>,
    /// The territories.
    pub places: Vec<Place>,
    /// The one that is the whole of all others; a member of the first category where there are no territories.
    pub whole: Option<usize>,
    /// Where the periods stand.
    pub period: Option<Axis>,
    /// Where the one period of all of it stands: a cell, or `sheet`; none where it is no more than a part of what stands there.
    pub period_from: Option<String>,
    /// What the periods lack where they stand.
    pub beside: Option<Beside>,
    /// Why its numbers are stocks of the last day of their periods.
    pub at_end: Option<String>,
    /// The sections between its rows, where rows are alike without them.
    pub sections: Option<Sections>,
    /// The categories without which two rows would be alike.
    pub categories: Vec<Category>,
    /// The column that names the measure of each row, where there is one.
    pub indicator: Option<u32>,
    /// The measures.
    pub measures: Vec<Measure>,
    /// The columns that are not read, by their letters, with their headings and reasons.
    pub left: Vec<(String, String)>,
    /// The rows that are not read, counted from 1, with the reasons.
    pub left_rows: BTreeMap<u32, String>,
    /// Marks in place of numbers, with their reasons.
    pub marks: BTreeMap<String, &'static str>,
    /// The letters behind numbers that tell their status.
    pub flags: BTreeSet<char>,
    /// The scales that the table names.
    pub scales: Scales,
    /// The column that names the units of the rows.
    pub unit: Option<u32>,
    /// Guesses that a reader must be told, each in words.
    pub said: Vec<String>,
    /// The numbers of the first measure.
    pub facts: Vec<Fact>,
    /// Those of each further measure.
    pub further: Vec<Vec<Fact>>,
}

impl Guess {
    /// Returns the place of what a number is of among what is compared: the territories, or else the members of the first
    /// category; with the members that are left.
    pub(super) fn compared<'f>(&self, fact: &'f Fact) -> (Option<usize>, &'f [String]) {
        if !self.places.is_empty() {
            return (fact.place, &fact.members);
        }
        let Some((first, rest)) = fact.members.split_first() else { return (None, &[]) };
        let members = self.categories.first().map(|own| own.members.as_slice()).unwrap_or_default();
        (members.iter().position(|member| member == first), rest)
    }

    /// Says whether the table has several periods.
    pub(super) fn is_over_time(&self) -> bool {
        matches!(self.period, Some(Axis::Column(_) | Axis::Header))
    }
}

/// Why nothing can be guessed.
#[derive(Debug)]
pub(super) struct Unguessed {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub at: Option<String>,
    /// What to do.
    pub hint: String,
}

impl Unguessed {
    /// Refuses a cell.
    pub(super) fn at(sheet: &Sheet, at: At, message: impl Into<String>, hint: impl Into<String>) -> Unguessed {
        Unguessed { at: Some(sheet.address(at)), ..Unguessed::new(message, hint) }
    }

    pub(super) fn new(message: impl Into<String>, hint: impl Into<String>) -> Unguessed {
        Unguessed { message: message.into(), at: None, hint: hint.into() }
    }

    pub(super) fn too_many(count: usize, what: &str) -> Unguessed {
        let hint = "begin with a part of it, and take in the whole with `esep data add` or `esep data pull`";
        Unguessed::new(
            format!("holds more than {count} {what}: a study begins with a table that can be looked at"),
            hint,
        )
    }
}
