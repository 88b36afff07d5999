//! Geometry: what a figure or a table shows, as marks in an order; no words, no pixels.

use crate::finding::{Amount, Code, Part, Period, Reason, Status, Unit};

/// A name that a language version supplies when the exhibit is drawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// A territory, by its code.
    Territory(Code),
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
    /// The path of the finding: `rural_balance.value[KZ-11,2022]`.
    pub finding: String,
    /// The value, or why there is none.
    pub value: Result<Amount, Reason>,
    /// The weakest status of the cells behind it; inferred marks are hatched.
    pub status: Status,
    /// True where it rests on a vintage that the edition prefers less than its first choice.
    pub fallback: bool,
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

/// What a figure shows. One kind of chart, one variant, one file in `drawing`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chart {
    /// Lines over time with direct labels; `breaks` are periods where the series is not comparable with what precedes.
    Lines {
        /// The periods along the axis.
        periods: Vec<Period>,
        /// The lines.
        series: Vec<Series>,
        /// Periods that what precedes is not comparable with.
        breaks: Vec<Period>,
    },
    /// Upright bars over time.
    Columns {
        /// The periods along the axis.
        periods: Vec<Period>,
        /// The bars of each period.
        series: Vec<Series>,
        /// How they stand to one another.
        arrangement: Arrangement,
        /// Their sum, drawn as a line.
        total: Option<Series>,
        /// Periods that what precedes is not comparable with.
        breaks: Vec<Period>,
    },
    /// Lying bars from a zero line, one group a row, in the order given.
    Bars {
        /// The groups of bars, from the top.
        rows: Vec<Label>,
        /// The bars of each group.
        series: Vec<Series>,
        /// How they stand to one another.
        arrangement: Arrangement,
        /// A value to compare all with.
        reference: Option<(Label, Mark)>,
    },
    /// A crossing of rows and columns, each cell coloured by its value and holding it.
    HeatMap {
        /// The rows, from the top.
        rows: Vec<Label>,
        /// The columns, from the left.
        columns: Vec<Label>,
        /// The cells, row by row.
        cells: Vec<Vec<Mark>>,
    },
}

/// A figure: its chart and how its numbers are printed.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

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

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A number or a reason.
    Mark(Mark),
    /// A period, territory or category named by a finding.
    Named {
        /// The id of the number in the ledger.
        number: String,
        /// The path of the finding.
        finding: String,
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
        finding: String,
        /// What it lists.
        parts: Vec<Part>,
    },
    /// Whether something holds.
    Truth {
        /// The id of the number in the ledger.
        number: String,
        /// The expression.
        finding: String,
        /// The answer.
        holds: bool,
    },
}

impl Entry {
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
    /// The rows.
    pub rows: Vec<Row>,
    /// True where printed parts miss their printed total by rounding only.
    pub rounded: bool,
}

impl Label {
    /// Returns the key that no language changes: a code, a period, or the last part of a word.
    pub fn key(&self) -> String {
        match self {
            Label::Territory(code) => code.to_string(),
            Label::Period(period) => period.to_string(),
            Label::Word(word) => word.rsplit('.').next().unwrap_or(word).to_owned(),
        }
    }

    /// Returns true for a country.
    pub fn is_country(&self) -> bool {
        matches!(self, Label::Territory(code) if code.plain().is_country())
    }
}

/// Divides a number for print by powers of a thousand.
pub fn scaled(amount: &Amount, thousands: u8) -> Amount {
    let divisor = Amount::Integer(1000i64.pow(u32::from(thousands)));
    amount.divided_by(&divisor).unwrap_or_else(|| amount.clone())
}
