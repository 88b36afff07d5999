//! Geometry: what a figure or a table shows, as marks in an order; no words, no pixels.

use std::collections::BTreeMap;
use std::ops::Range;

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

/// What a figure shows. One kind of chart, one variant, one file in `drawing`.
#[derive(Clone, Debug, PartialEq)]
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
    /// Lying bars of shares that add up to one hundred.
    Shares {
        /// The bars, from the top.
        rows: Vec<Label>,
        /// The parts, from the left.
        series: Vec<Series>,
        /// The share of each part, by row and series; none where the row has no whole.
        shares: Vec<Vec<Option<Share>>>,
    },
    /// Small planes of lines on one scale.
    Panels {
        /// The periods along every axis.
        periods: Vec<Period>,
        /// The planes, in their order.
        panels: Vec<Panel>,
        /// Periods that what precedes is not comparable with.
        breaks: Vec<Period>,
    },
    /// Lines between two upright scales.
    Slope {
        /// The lines.
        rows: Vec<Label>,
        /// The two ends.
        ends: [Series; 2],
        /// True where the numbers are places, the first at the top.
        ranked: bool,
    },
    /// Two points on each row.
    Dumbbell {
        /// The rows, from the top.
        rows: Vec<Label>,
        /// The two points.
        ends: [Series; 2],
    },
    /// Lines from zero: sums since the beginning.
    Cumulative {
        /// The periods along the axis.
        periods: Vec<Period>,
        /// The lines.
        series: Vec<Series>,
        /// Periods that what precedes is not comparable with.
        breaks: Vec<Period>,
    },
    /// Cumulated shares of ordered values against the line of equality.
    Lorenz {
        /// The points, from the lowest value.
        points: Vec<LorenzPoint>,
        /// What the units are weighted by.
        weight: Option<Label>,
        /// The Gini coefficient.
        gini: Option<Mark>,
    },
    /// Points of a plane of two measures.
    Scatter {
        /// The points.
        points: Vec<ScatterPoint>,
        /// The horizontal measure.
        x: Column,
        /// The vertical measure.
        y: Column,
        /// The rules that part the plane: upright, lying.
        rules: Box<[Option<Rule>; 2]>,
        /// True where both diagonals through zero are drawn.
        diagonals: bool,
    },
    /// Tiles of equal size in a grid.
    TileMap {
        /// The tiles.
        tiles: Vec<Tile>,
    },
    /// Territories within their boundaries, coloured by class.
    Choropleth {
        /// The territories.
        areas: Vec<Area>,
        /// The upper ends of all classes but the last.
        breaks: Vec<Amount>,
    },
    /// Points over time with a fitted line, its continuation and an interval.
    Trend {
        /// The periods along the axis.
        periods: Vec<Period>,
        /// The points.
        value: Series,
        /// The fitted line.
        fitted: Option<Series>,
        /// Its continuation.
        ahead: Option<Series>,
        /// The lower and the upper end of the interval.
        band: Option<[Series; 2]>,
    },
}

impl Chart {
    /// Returns the periods that what precedes is not comparable with.
    pub fn breaks(&self) -> &[Period] {
        match self {
            Chart::Lines { breaks, .. }
            | Chart::Columns { breaks, .. }
            | Chart::Panels { breaks, .. }
            | Chart::Cumulative { breaks, .. } => breaks,
            Chart::Bars { .. }
            | Chart::HeatMap { .. }
            | Chart::Shares { .. }
            | Chart::Slope { .. }
            | Chart::Dumbbell { .. }
            | Chart::Lorenz { .. }
            | Chart::Scatter { .. }
            | Chart::TileMap { .. }
            | Chart::Choropleth { .. }
            | Chart::Trend { .. } => &[],
        }
    }
}

/// A share of a whole, in per cent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The exact share.
    pub exact: Amount,
    /// The share as it is printed, so that a whole prints as one hundred.
    pub printed: Amount,
    /// True where it is printed otherwise than it would be alone.
    pub adjusted: bool,
}

/// One small plane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    /// Its name.
    pub label: Label,
    /// Its lines.
    pub series: Vec<Series>,
}

/// A point of a Lorenz curve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LorenzPoint {
    /// What it adds.
    pub label: Label,
    /// The value that it adds.
    pub mark: Mark,
    /// The shares up to it, in per cent: of the units or their weights, and of the values.
    pub at: (Amount, Amount),
}

/// A point of a scatter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScatterPoint {
    /// What it is.
    pub label: Label,
    /// Its short name by language, for narrow figures.
    pub short: BTreeMap<String, String>,
    /// The horizontal and the vertical measure.
    pub marks: [Mark; 2],
}

/// A rule that parts a plane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Where it stands.
    pub at: Amount,
    /// What it is; none for zero.
    pub label: Option<Label>,
    /// The finding that owns it; none for zero and for the mean of the points.
    pub mark: Option<Mark>,
}

/// A territory in a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// The territory.
    pub label: Label,
    /// Its short name by language, for narrow tiles.
    pub short: BTreeMap<String, String>,
    /// Its column and row.
    pub at: (u16, u16),
    /// Its value.
    pub mark: Mark,
}

/// A territory within its boundaries.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// The territory.
    pub label: Label,
    /// Its short name by language, where the whole has no room.
    pub short: BTreeMap<String, String>,
    /// Its value.
    pub mark: Mark,
    /// Its rings in the plane of the map: to the east, to the north.
    pub rings: Vec<Vec<(f64, f64)>>,
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
