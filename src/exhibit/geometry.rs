//! Geometry: what a figure or a table shows, as marks in an order; no words, no pixels.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Chart;
use crate::finding::{Amount, Class, Code, FindingId, Observations, Part, Period, Reason, Status, Unit};
use crate::study::WidthEntry;

/// A name that a language version supplies when the exhibit is drawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// A territory, by its code.
    Territory(Code),
    /// A member of a category.
    Member(String),
    /// A country, which is no part of a comparison of its territories.
    Country(Code),
    /// A period.
    Period(Period),
    /// A word of the exhibit's own: `series.urban`, `column.share`.
    Word(String),
}

/// One drawn or printed value: the finding it stands for, or the reason that it is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The id of the number in the ledger.
    pub number: String,
    /// The finding; none where there is no value to own.
    pub finding: Option<FindingId>,
    /// The value, or why there is none.
    pub value: Result<Amount, Reason>,
    /// The class of its measure, which decides on a plus sign.
    pub class: Class,
    /// The weakest status of the cells behind it; inferred marks are hatched.
    pub status: Status,
    /// True where it rests on a vintage that the edition prefers less than its first choice.
    pub fallback: bool,
    /// What publishers say of the observations behind it.
    pub observed: Observations,
}

/// A named run of marks, one for each place on the shared axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The name of the series.
    pub label: Label,
    /// The marks in the order of the axis.
    pub marks: Vec<Mark>,
}

/// How the bars of several series stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// Side by side.
    Grouped,
    /// On top of one another, positive and negative parts apart.
    Stacked,
}

/// A figure: its chart and how its numbers are printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The id in `study.yaml`.
    pub id: String,
    /// The chart.
    pub chart: Chart,
    /// The unit of all its numbers.
    pub unit: Unit,
    /// By how many thousands the printed numbers are divided: 0 or 1 or 2 powers of a thousand.
    pub thousands: u8,
    /// Decimals of the printed numbers.
    pub decimals: usize,
    /// True where printed parts miss their printed total by rounding only.
    pub rounded: bool,
    /// How many columns of a journal it takes.
    pub width: WidthEntry,
    /// The colours that the study declares, by what they stand for.
    pub colours: Colours,
    /// What its only series is of, where its key does not say that.
    pub notion: Option<String>,
}

/// Colours by what they stand for: red, green, blue.
pub type Colours = BTreeMap<String, [u8; 3]>;

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub label: Label,
    /// The unit of its numbers.
    pub unit: Unit,
    /// By how many powers of a thousand the printed numbers are divided.
    pub thousands: u8,
    /// Decimals of its numbers.
    pub decimals: usize,
}

/// A heading over several columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its text.
    pub label: Label,
    /// The columns under it.
    pub columns: Range<usize>,
}

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A number or a reason.
    Mark(Mark),
    /// A period, territory or category named by a finding.
    Named {
        /// The id of the number in the ledger.
        number: String,
        /// The finding.
        finding: FindingId,
        /// What it names.
        part: Part,
    },
    /// A number that is not printed as its column.
    Own {
        /// The number.
        mark: Mark,
        /// Its unit, decimals and scale.
        print: Column,
    },
    /// Several periods, territories or categories.
    Listed {
        /// The id of the number in the ledger.
        number: String,
        /// The expression.
        finding: FindingId,
        /// What it lists.
        parts: Vec<Part>,
    },
    /// Whether something holds.
    Truth {
        /// The id of the number in the ledger.
        number: String,
        /// The expression.
        finding: FindingId,
        /// The answer.
        holds: bool,
    },
}

impl Entry {
    /// Returns what it shows.
    pub fn finding(&self) -> Option<&FindingId> {
        match self {
            Entry::Mark(mark) | Entry::Own { mark, .. } => mark.finding.as_ref(),
            Entry::Named { finding, .. } | Entry::Listed { finding, .. } | Entry::Truth { finding, .. } => {
                Some(finding)
            }
        }
    }

    /// Returns the number, or the place where one is missing.
    pub fn mark(&self) -> Option<&Mark> {
        match self {
            Entry::Mark(mark) | Entry::Own { mark, .. } => Some(mark),
            Entry::Named { .. } | Entry::Listed { .. } | Entry::Truth { .. } => None,
        }
    }
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its heading.
    pub label: Label,
    /// One entry for each column.
    pub entries: Vec<Entry>,
}

/// A table: columns and rows decided once; a format only spells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The id in `study.yaml`.
    pub id: String,
    /// The columns, without the stub.
    pub columns: Vec<Column>,
    /// Headings over several columns.
    pub groups: Vec<Group>,
    /// The rows.
    pub rows: Vec<Row>,
    /// True where printed parts miss their printed total by rounding only.
    pub rounded: bool,
}

impl Label {
    /// Returns the key that no language changes: a code, a period, or the last part of a word.
    pub fn key(&self) -> String {
        match self {
            Label::Territory(code) | Label::Country(code) => code.to_string(),
            Label::Period(period) => period.to_string(),
            Label::Member(member) => member.clone(),
            Label::Word(word) => word.rsplit('.').next().unwrap_or(word).to_owned(),
        }
    }

    /// Returns true for a country.
    pub fn is_country(&self) -> bool {
        matches!(self, Label::Country(_))
    }

    /// Returns the code of a territory, the country included.
    pub fn territory(&self) -> Option<&Code> {
        match self {
            Label::Territory(code) | Label::Country(code) => Some(code),
            Label::Period(_) | Label::Member(_) | Label::Word(_) => None,
        }
    }
}

/// Divides a number for print by powers of a thousand.
pub fn scaled(amount: &Amount, thousands: u8) -> Amount {
    let divisor = Amount::Integer(1000i64.pow(u32::from(thousands)));
    amount.divided_by(&divisor).unwrap_or_else(|| amount.clone())
}
