//! Begun: what `esep new`, `esep edition new` and what says where something is print with `--format json`.

use std::collections::BTreeMap;
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

/// `esep new`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Begun<'a> {
    /// The folder of the study.
    pub folder: &'a Path,
    /// The files that were written, below it.
    pub files: Vec<&'a str>,
    /// What was taken for what in the table that was given.
    pub guessed: Guessed<'a>,
    /// How many words are not known and stand as TODO.
    pub todo: usize,
}

/// What of a table was taken for what.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Guessed<'a> {
    /// The column of territories: `column A`.
    pub territory: Option<String>,
    /// Where the periods stand: `column B`, `the headings`.
    pub period: Option<String>,
    /// The categories.
    pub categories: Vec<&'a str>,
    /// The measures.
    pub measures: Vec<&'a str>,
    /// What else was guessed, in words: how a heading is read, in which scale numbers are, which sheets are left.
    pub said: Vec<&'a str>,
}

/// `esep edition new`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct EditionBegun<'a> {
    /// The new edition.
    pub edition: &'a str,
    /// The one that it continues.
    pub from: &'a str,
    /// The vintages of each table, the preferred first.
    pub vintages: &'a BTreeMap<String, Vec<String>>,
    /// How many figures come from which vintage.
    pub takes: Vec<Taken<'a>>,
    /// Analyses that go on, each with its new end.
    pub moved: &'a BTreeMap<String, String>,
    /// Expressions that are held at an earlier end, each with that end.
    pub held: &'a BTreeMap<String, String>,
    /// What waits, and for what.
    pub lacking: &'a [String],
    /// The pages that it prints, where the edition before chooses them.
    pub pages: &'a [String],
    /// Pages that speak of nothing new.
    pub idle_pages: &'a [String],
    /// Whether a series would hold figures of several vintages, and nothing says why it may.
    pub across_vintages: bool,
}

/// How many figures of a table come from a vintage.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Taken<'a> {
    /// The table.
    pub table: &'a str,
    /// The vintage.
    pub vintage: &'a str,
    /// Whether no edition named it before.
    pub new: bool,
    /// How many figures.
    pub figures: usize,
    /// Their first and their last period.
    pub periods: Option<[String; 2]>,
}

/// `esep serve`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Served {
    /// Where the report is shown until the command is ended.
    pub url: String,
}

/// `esep completions`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Completed<'a> {
    /// The shell.
    pub shell: String,
    /// The script.
    pub script: &'a str,
}

/// `esep schema`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Schemas {
    /// The schemas.
    pub schemas: Vec<SchemaListed>,
}

/// A schema.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct SchemaListed {
    /// Its name: `esep schema NAME` prints it.
    pub name: &'static str,
    /// What it is of.
    pub of: &'static str,
}
