//! Claims: what `esep claims` and the questions of `esep verify` print with `--format json`.

use schemars::JsonSchema;
use serde::Serialize;

/// `esep claims explain`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Explained {
    /// The number as it was asked for.
    pub number: String,
    /// The findings that print so, the most plausible first.
    pub found: Vec<Origin>,
    /// Figures that a judged paper prints itself, which are no origin.
    pub printed_by_papers: Vec<Origin>,
    /// The nearest, none of which prints so; empty where one does.
    pub nearest: Vec<Origin>,
    /// Rows between two of whose dates it lies.
    pub between: Vec<BetweenDates>,
}

/// A finding that a number may come from.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Origin {
    /// The expression that asks for it.
    pub expression: String,
    /// Its exact value.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// What one printed unit stands for: 1000 for thousands.
    pub scale: i64,
    /// What kind of figure it is.
    pub how: String,
    /// The way of rounding by which it prints so.
    pub rounding: String,
    /// The vintages behind it.
    pub vintages: Vec<String>,
    /// The edition.
    pub edition: String,
    /// Where the cells stand that it is made of.
    pub places: Vec<String>,
    /// Whether it prints so without its sign.
    pub sign_left_out: bool,
}

/// A row between two of whose dates a number lies.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct BetweenDates {
    /// The cell before.
    pub from: String,
    /// The cell after.
    pub to: String,
    /// The day on which a straight line reaches it.
    pub day: String,
}

/// A number of a paper; `esep claims scan` prints the list of them.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Scanned {
    /// What it is: `number`, `year`, `reference`, …
    pub sort: String,
    /// As printed, with its sign.
    pub printed: String,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Where that is: `paper.pdf#page=3`, a paragraph, a line.
    pub place: String,
    /// At most six words around it; the name of the row in a table.
    pub phrase: String,
    /// The unit, where the text names one.
    pub unit: Option<String>,
    /// How firmly it is said: `exactly`, `about`, `at-least`, …
    pub says: Option<String>,
    /// Whether it stands in a row of a table.
    pub in_table: bool,
    /// Its digits as a claim states them; null where it is no number.
    pub value: Option<String>,
    /// What one printed unit stands for.
    pub scale: i64,
    /// What it counts, where the text names that.
    pub counts: Option<String>,
    /// What is open about it.
    pub unsure: Option<String>,
}

/// `esep claims accept`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Accepted {
    /// How many proposals were taken over.
    pub taken: usize,
    /// How many claims have proposals left.
    pub left: usize,
}

/// `esep verify --set`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Altered {
    /// What was set.
    pub set: Vec<String>,
    /// The verdicts that are otherwise then.
    pub flips: Vec<Flip>,
    /// Checks of the catalogue that fail on what was set.
    pub checks: Vec<String>,
}

/// A verdict that is otherwise on altered inputs.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Flip {
    /// The paper.
    pub paper: String,
    /// The claim.
    pub id: String,
    /// The verdict on the inputs as they are.
    pub from: &'static str,
    /// The verdict on the altered ones.
    pub to: &'static str,
    /// Whether the discrepancy is accepted, before and after.
    pub accepted: [bool; 2],
    /// The value that is derived from the altered inputs.
    pub derived: Option<String>,
}

/// A question that `esep verify --report` puts to a standing report; it prints the list of them.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Asked {
    /// The question.
    pub question: &'static str,
    /// How much was looked at.
    pub checked: usize,
    /// What is wrong.
    pub problems: Vec<String>,
}
