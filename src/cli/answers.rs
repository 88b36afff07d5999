//! Answers: what commands print with `--format json`, so that `esep schema` can describe it; keys never change their meaning.

mod begun;
mod claims;
mod data;
mod methods;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::print;
use crate::diagnostic::Problem;
use crate::page::Term;

pub(super) use begun::*;
pub(super) use claims::*;
pub(super) use data::*;
pub(super) use methods::*;

/// Prints an answer.
pub(super) fn say(answer: &impl Serialize) {
    // Maps and texts alone: nothing of it can fail to be written.
    print(&format!("{:#}\n", serde_json::to_value(answer).unwrap_or_default()));
}

/// Prints an answer in one line, for a command that goes on.
pub(super) fn say_line(answer: &impl Serialize) {
    print(&format!("{}\n", serde_json::to_value(answer).unwrap_or_default()));
}

/// `esep check`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Checked {
    /// The problems, causes before what follows from them.
    pub diagnostics: Vec<Problem>,
    /// Measures with cells that no check compares with others.
    pub uncompared: Vec<Uncompared>,
}

/// A measure with cells that no check compares.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Uncompared {
    /// The table.
    pub table: String,
    /// The vintage.
    pub vintage: String,
    /// The measure.
    pub measure: String,
    /// How many cells it has.
    pub cells: usize,
    /// The keys of those that no sum and no equality compares.
    pub uncompared: Vec<String>,
    /// The keys of those that no check looks at at all.
    pub unseen: Vec<String>,
}

/// `esep list`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Listed {
    /// What is listed: `units`, `filters`, …
    pub list: String,
    /// The language of titles and examples.
    pub language: String,
    /// The things.
    pub entries: Vec<ListedEntry>,
}

/// A thing that a study may name.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ListedEntry {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub takes: Option<String>,
    /// What it means.
    pub meaning: Option<String>,
    /// Examples.
    pub examples: Vec<ListedExample>,
}

/// An example.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ListedExample {
    /// What is written.
    pub text: String,
    /// What it prints.
    pub says: String,
}

/// `esep trace`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Traced {
    /// The finding.
    pub id: String,
    /// The edition.
    pub edition: String,
    /// The exact value: a decimal, a fraction p/q, a key, a list.
    pub value: String,
    /// The unit.
    pub unit: String,
    /// The way to the cells, depth first.
    pub steps: Vec<TracedStep>,
}

/// A step on the way of a number to its cells.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct TracedStep {
    /// How deep it stands, from 0.
    pub depth: usize,
    /// The finding, or the cell `path#row key:column`; the row key is what the file says in the columns of the table's
    /// dimensions, in their order, and in the one that names what is measured.
    pub what: String,
    /// The exact value.
    pub value: Option<String>,
    /// The value as a decimal, where it is a fraction.
    pub decimal: Option<String>,
    /// The unit.
    pub unit: String,
    /// What it is in words.
    pub name: Option<String>,
    /// Of a cell of delimited text: its line, and what the catalogue says of every row of the file.
    pub row: Option<String>,
    /// How it is reached; null for a cell.
    pub formula: Option<String>,
}

/// `esep eval`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Evaluated {
    /// The language.
    pub lang: &'static str,
    /// What each line renders to.
    pub lines: Vec<String>,
    /// The problems.
    pub diagnostics: Vec<Problem>,
}

/// `esep terms`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct TermsListed<'a> {
    /// The terms in their order.
    pub terms: Vec<&'a Term>,
    /// What the program itself says and no editor has confirmed.
    pub unsure_texts: Vec<UnsureText>,
}

/// A text of the program that waits for an editor.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct UnsureText {
    /// The language of the text.
    pub language: &'static str,
    /// Its key in the files of the language.
    pub key: &'static str,
    /// The text.
    pub text: &'static str,
    /// What is doubted, or could stand instead.
    pub doubt: &'static str,
}

/// `esep words --missing`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct WordsMissing<'a> {
    /// The language.
    pub language: &'a str,
    /// The texts that it lacks.
    pub missing: Vec<WordMissing<'a>>,
}

/// A text that a language lacks.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct WordMissing<'a> {
    /// Its key.
    pub key: String,
    /// What it says in English.
    pub en: &'a str,
    /// What asks for it.
    pub asked_by: AskedBy,
}

/// What of a report asks for a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum AskedBy {
    /// Any page.
    Page,
    /// The explanations of the methods that analyses of the study name; of all methods where there is no study.
    Method,
    /// The verification of a paper.
    Verification,
    /// Methods that no analysis of the study names.
    OtherMethod,
}

impl AskedBy {
    /// Says it in a comment above the texts.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            AskedBy::Page => "Any page: a build names those of them that it needs",
            AskedBy::Method => "Methods in use, where their results are explained",
            AskedBy::Verification => "The verification of a paper",
            AskedBy::OtherMethod => "Methods that no analysis of this study names: nothing asks for these",
        }
    }
}

/// `esep upgrade`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Upgraded {
    /// Today's format.
    pub format: u32,
    /// Whether study.yaml was written.
    pub changed: bool,
    /// The lines that differ: `-` before one that goes, `+` before one that comes.
    pub difference: Vec<String>,
}

/// `esep eject`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Ejected<'a> {
    /// The files that were written, below the study.
    pub files: Vec<&'a str>,
}

/// `esep clean`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Cleaned {
    /// How many files were removed.
    pub removed: usize,
    /// How many bytes they had.
    pub bytes: u64,
}

/// `esep chart list`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Charts {
    /// The kinds.
    pub kinds: Vec<ChartListed>,
    /// Options that every kind takes.
    pub shared: Vec<ChartOption>,
}

/// A kind of chart.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ChartListed {
    /// Its name in study.yaml.
    pub name: &'static str,
    /// What it shows.
    pub shows: &'static str,
    /// What it takes.
    pub takes: &'static str,
    /// Its own options.
    pub options: Vec<ChartOption>,
}

/// An option of a chart.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ChartOption {
    /// Its key.
    pub name: &'static str,
    /// What it takes.
    pub takes: &'static str,
    /// What holds where it is left out.
    pub default: Option<&'static str>,
    /// What it means.
    pub meaning: &'static str,
}

/// What is a text for people: a chapter of `esep guide`, `esep method guide`, `esep licences`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Printed<'a> {
    /// The text.
    pub text: &'a str,
}

/// `esep guide`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Chapters<'a> {
    /// The chapters in their order.
    pub chapters: Vec<ChapterListed<'a>>,
}

/// A chapter of the guide.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ChapterListed<'a> {
    /// Its name: `esep guide NAME` prints it.
    pub chapter: &'a str,
    /// Its title.
    pub title: &'a str,
}

/// `esep article journals`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Journals {
    /// The profiles.
    pub journals: Vec<JournalListed>,
}

/// A profile of a journal.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct JournalListed {
    /// Its name for `--journal`.
    pub name: String,
    /// The journal's name by language.
    pub title: BTreeMap<String, String>,
    /// The title of the page where its rules were read.
    pub source: String,
    /// The address of that page.
    pub address: Option<String>,
    /// When it was read.
    pub read: String,
    /// What could not be confirmed.
    pub unconfirmed: Vec<String>,
}

/// `esep status`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Status {
    /// Whether no input changed since the last build.
    pub current: bool,
    /// Whether a build of this study is remembered.
    pub remembered: bool,
    /// The inputs that changed.
    pub inputs: Vec<ChangedInput>,
    /// What all of them reach.
    pub reaches: Reached,
}

/// An input that changed.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ChangedInput {
    /// The file.
    pub file: String,
    /// `added`, `changed` or `removed`.
    pub change: String,
    /// Where in it.
    pub places: Vec<String>,
    /// What it reaches.
    pub reaches: Reached,
    /// The name by which each finding is reached, with `--why`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<BTreeMap<String, String>>,
}

/// What a change reaches.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Reached {
    /// Editions.
    pub editions: Vec<String>,
    /// Findings.
    pub findings: Vec<String>,
    /// Sentences, each by its template and line.
    pub sentences: Vec<String>,
    /// Figures.
    pub figures: Vec<String>,
    /// Tables.
    pub tables: Vec<String>,
    /// Verdicts.
    pub verdicts: Vec<String>,
    /// Whether it reaches every page.
    pub every_page: bool,
}
