//! Entry: a query as the author of the catalogue declares it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

pub use crate::files::Written;
use crate::files::{Spanned, by_form};

/// A declared query: where the records are, which of them count, how they are grouped, and what is added up.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QueryEntry {
    /// The table that its snapshots feed.
    pub table: String,
    /// Who keeps the records, short.
    pub publisher: String,
    /// The status of the figures.
    #[serde(default)]
    pub status: Option<String>,
    /// The connection, by the name under which the user of this machine has set it up; without one, the study's folder.
    #[serde(default)]
    pub connection: Option<String>,
    /// The files of records below it: a path whose names may hold `*` and `?`; `.gz` is unpacked.
    #[serde(default)]
    pub from: Option<String>,
    /// What stands between the fields; a comma where it is left out.
    #[serde(default)]
    pub delimiter: Option<String>,
    /// Which records count: each column with what it must be.
    #[serde(default, rename = "where")]
    pub tests: BTreeMap<String, Spanned<TestEntry>>,
    /// The dimensions of the result, each with the column that it comes from.
    #[serde(default)]
    pub group: BTreeMap<String, GroupEntry>,
    /// The measures of the result.
    #[serde(default)]
    pub aggregates: BTreeMap<String, AggregateEntry>,
    /// What stands in place of a number that is missing; such a record is left out of the sum, and counted.
    #[serde(default)]
    pub missing: Vec<String>,
    /// Dimensions of the table that the result does not hold.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// The query of a database, in its own words; its columns bear the names of dimensions and measures.
    #[serde(default)]
    pub sql: Option<String>,
}

impl QueryEntry {
    /// Takes numbers as the file of the query writes them: of `007` its reader makes 7, and another value is none of the
    /// records'.
    pub fn take_as_written(&mut self, text: &str) {
        for test in self.tests.values_mut() {
            let source = test.source(text).map(str::trim);
            let is_number = |source: &&str| source.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
            if let (Some(source), TestEntry::Is(written)) = (source.filter(is_number), &test.value)
                && source != written.0
            {
                test.value = TestEntry::Is(Written(source.to_owned()));
            }
        }
    }

    /// Returns what stands between the fields, where it is one character.
    pub fn delimiter(&self) -> Option<u8> {
        match self.delimiter.as_deref() {
            None => Some(b','),
            Some("tab" | "\t") => Some(b'\t'),
            Some(text) => match text.as_bytes() {
                [one] if one.is_ascii_punctuation() && *one != b'"' => Some(*one),
                _ => None,
            },
        }
    }
}

/// What a column must be for its record to count.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum TestEntry {
    /// One value.
    Is(Written),
    /// One of several values.
    Among(Vec<Written>),
    /// Within bounds or outside a list.
    Bounds(BoundsEntry),
}

by_form! {
    TestEntry: "a value, a list of values, or bounds: {from: …, until: …, except: […]}";
    scalar Written => TestEntry::Is;
    list Vec<Written> => TestEntry::Among;
    map BoundsEntry => TestEntry::Bounds;
}

/// Bounds of a number or a date (both belong to the range), or values that do not count.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BoundsEntry {
    /// The least.
    #[serde(default)]
    pub from: Option<Written>,
    /// The greatest.
    #[serde(default)]
    pub until: Option<Written>,
    /// None of these.
    #[serde(default)]
    pub except: Vec<Written>,
}

/// Where a dimension of the result comes from.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum GroupEntry {
    /// A column as it is.
    Column(Written),
    /// A column that is read in some way.
    Read(ReadEntry),
}

by_form! {
    GroupEntry: "a column, or one that is read in some way: {column: …, bands: […]}";
    scalar Written => GroupEntry::Column;
    map ReadEntry => GroupEntry::Read;
}

/// How a column becomes a dimension.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadEntry {
    /// The column.
    pub column: Written,
    /// Its values → members; a value that is not listed is refused.
    #[serde(default)]
    pub names: BTreeMap<Written, Written>,
    /// The least number of each band, ascending: `[0, 15, 65]` makes `0-14`, `15-64` and `65+`.
    #[serde(default)]
    pub bands: Vec<i64>,
    /// The period that a date or month lies in.
    #[serde(default)]
    pub period: Option<Span>,
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Span {
    /// `2024`
    Year,
    /// `2024-Q3`
    Quarter,
    /// `2024-09`
    Month,
}

/// A measure of the result.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AggregateEntry {
    /// How many records there are.
    Count,
    /// The exact sum of a column.
    Sum(String),
    /// The least of a column.
    Min(String),
    /// The greatest of a column.
    Max(String),
}

impl TestEntry {
    /// Says it in one line.
    pub fn said(&self) -> String {
        let list = |list: &[Written]| list.iter().map(|w| w.0.as_str()).collect::<Vec<_>>().join(" | ");
        match self {
            TestEntry::Is(one) => format!("= {}", one.0),
            TestEntry::Among(several) => format!("= {}", list(several)),
            TestEntry::Bounds(bounds) => {
                let mut parts = Vec::new();
                parts.extend(bounds.from.as_ref().map(|from| format!(">= {}", from.0)));
                parts.extend(bounds.until.as_ref().map(|until| format!("<= {}", until.0)));
                if !bounds.except.is_empty() {
                    parts.push(format!("<> {}", list(&bounds.except)));
                }
                parts.join(" and ")
            }
        }
    }
}

impl GroupEntry {
    /// Says it in one line.
    pub fn said(&self) -> String {
        match self {
            GroupEntry::Column(column) => column.0.clone(),
            GroupEntry::Read(read) => {
                let mut out = read.column.0.clone();
                if !read.names.is_empty() {
                    let pairs: Vec<String> =
                        read.names.iter().map(|(from, to)| format!("{}: {}", from.0, to.0)).collect();
                    out.push_str(&format!(" by names {{{}}}", pairs.join(", ")));
                }
                if !read.bands.is_empty() {
                    out.push_str(&format!(" by bands {:?}", read.bands));
                }
                if let Some(span) = read.period {
                    out.push_str(match span {
                        Span::Year => " by year",
                        Span::Quarter => " by quarter",
                        Span::Month => " by month",
                    });
                }
                out
            }
        }
    }
}

impl AggregateEntry {
    /// Says it in one line.
    pub fn said(&self) -> String {
        match self {
            AggregateEntry::Count => "count".to_owned(),
            AggregateEntry::Sum(column) => format!("sum {column}"),
            AggregateEntry::Min(column) => format!("min {column}"),
            AggregateEntry::Max(column) => format!("max {column}"),
        }
    }

    /// Returns the column that it reads.
    pub fn column(&self) -> Option<&str> {
        match self {
            AggregateEntry::Count => None,
            AggregateEntry::Sum(column) | AggregateEntry::Min(column) | AggregateEntry::Max(column) => Some(column),
        }
    }
}

/// What a snapshot remembers of the query that made it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PulledEntry {
    /// The name of the query in the catalogue; none where the rows were exported elsewhere.
    #[serde(default)]
    pub name: Option<String>,
    /// The query as it is declared, or as its author gave it.
    pub text: String,
    /// What an engine was asked for it, where it is declared over records.
    #[serde(default)]
    pub asked: Option<String>,
    /// What ran it, with its version.
    pub engine: String,
    /// When it ran, in UTC, where that is known.
    #[serde(default)]
    pub at: Option<String>,
    /// How many rows it read, where the engine says so, and how many it returned.
    #[serde(default)]
    pub rows: Option<PulledRows>,
    /// The files that it read.
    #[serde(default)]
    pub inputs: Vec<PulledInput>,
}

/// The numbers of rows.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PulledRows {
    /// Records that were read; unknown where a database does not say.
    #[serde(default)]
    pub input: Option<u64>,
    /// Records that counted.
    #[serde(default)]
    pub kept: Option<u64>,
    /// Rows of the result.
    pub output: u64,
}

/// A file of records.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PulledInput {
    /// Its path below the connection.
    pub path: String,
    /// Its size, packed as it lies there.
    pub bytes: u64,
    /// `sha256:` and 64 hexadecimal digits.
    pub hash: String,
    /// Its records.
    pub rows: u64,
}
