//! Entry: the catalogue as its author writes it, before anything is understood.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::check::CheckEntry;
use super::reading::Reading;
use super::schema::{DialectEntry, Referred, SchemaEntry};
use crate::files::{ByLanguage, Ignored, Spanned, by_form};
use crate::finding::{Class, Unit};
use crate::pull::entry::{PulledEntry, QueryEntry};
use crate::reshape::entry::{LayoutEntry, UnitValue};

/// `data/datapackage.yaml`: a Data Package v2 descriptor with esep's own blocks.
///
/// A key that the standard does not have is refused, because it is most likely one that it has, misspelt.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageEntry {
    /// The package's name.
    pub name: String,
    /// The profile.
    #[serde(default, rename = "$schema")]
    pub schema: Option<String>,
    /// The profile of the first standard.
    #[serde(default)]
    pub profile: Option<String>,
    /// Its id.
    #[serde(default, rename = "id")]
    _id: Option<Ignored>,
    /// Its title.
    #[serde(default, rename = "title")]
    _title: Option<Ignored>,
    /// What it is.
    #[serde(default, rename = "description")]
    _description: Option<Ignored>,
    /// Its address.
    #[serde(default, rename = "homepage")]
    _homepage: Option<Ignored>,
    /// Its version.
    #[serde(default, rename = "version")]
    _version: Option<Ignored>,
    /// When it was made.
    #[serde(default, rename = "created")]
    _created: Option<Ignored>,
    /// Its picture.
    #[serde(default, rename = "image")]
    _image: Option<Ignored>,
    /// Its keywords.
    #[serde(default, rename = "keywords")]
    _keywords: Option<Ignored>,
    /// Its terms, which are those of every snapshot that states none.
    #[serde(default)]
    pub licenses: Vec<LicenseEntry>,
    /// Its sources.
    #[serde(default, rename = "sources")]
    _sources: Option<Ignored>,
    /// Who made it.
    #[serde(default, rename = "contributors")]
    _contributors: Option<Ignored>,
    /// Tables, declared once for all resources that feed them.
    pub esep: TablesEntry,
    /// The snapshots.
    pub resources: Vec<Spanned<ResourceEntry>>,
}

/// The package's `esep` block.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TablesEntry {
    /// The tables by name.
    pub tables: BTreeMap<String, TableEntry>,
    /// Queries whose results become snapshots, by name; a build never runs one.
    #[serde(default)]
    pub queries: BTreeMap<String, QueryEntry>,
}

/// One table.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableEntry {
    /// Titles by language.
    #[schemars(with = "ByLanguage<String>")]
    pub title: BTreeMap<String, String>,
    /// The dimensions of its keys, in order.
    pub dimensions: Vec<DimensionEntry>,
    /// Whether its figures are flows during a period or stocks at its start.
    pub time: Time,
    /// Its measures.
    pub measures: BTreeMap<String, MeasureEntry>,
    /// What must hold.
    #[serde(default)]
    pub checks: Vec<Spanned<CheckEntry>>,
}

/// When a figure holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Time {
    /// During the period.
    Flow,
    /// On the first day of the period.
    Stock,
}

/// One dimension.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DimensionEntry {
    /// Its name.
    pub name: String,
    /// What it tells apart.
    pub role: RoleEntry,
    /// The members of a category, in order.
    #[serde(default)]
    pub members: Vec<String>,
    /// The member that is the total of the others, where one is.
    #[serde(default)]
    pub total: Option<Spanned<String>>,
}

/// What a dimension tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RoleEntry {
    /// Territories.
    Territory,
    /// Periods.
    Period,
    /// Categories.
    Category,
}

/// One measure.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureEntry {
    /// Its unit; `none` where each row names its own.
    pub unit: Unit,
    /// Its class.
    pub class: Class,
    /// Whether it counts moves across borders, which do not add up when borders are merged.
    #[serde(default)]
    pub moves: bool,
    /// Titles by language.
    #[schemars(with = "ByLanguage<String>")]
    pub title: BTreeMap<String, String>,
}

/// One snapshot.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceEntry {
    /// On which line and column of the catalogue it begins.
    #[serde(skip)]
    pub at: (usize, usize),
    /// On which line and column its layout begins.
    #[serde(skip)]
    pub layout_at: Option<(usize, usize)>,
    /// What its dialect, encoding and schema come to.
    #[serde(skip)]
    pub reading: Reading,
    /// What other entries call it.
    pub name: String,
    /// The file, below `data/`. One file; no address.
    pub path: String,
    /// Its title, in the list of sources.
    #[serde(default)]
    pub title: String,
    /// For people.
    #[serde(default, rename = "description")]
    _description: Option<Ignored>,
    /// For people.
    #[serde(default, rename = "homepage")]
    _homepage: Option<Ignored>,
    /// The profile of the standard, 1.0 or 2.0.
    #[serde(default, rename = "$schema")]
    pub profile_address: Option<String>,
    /// `tabular-data-resource` or `data-resource`.
    #[serde(default)]
    pub profile: Option<String>,
    /// `table`, the only one that is read.
    #[serde(default, rename = "type")]
    #[schemars(extend("enum" = ["table"]))]
    pub kind: Option<String>,
    /// `csv`, or `tsv` whose delimiter is a tab.
    #[serde(default)]
    pub format: Option<String>,
    /// `text/csv`, `text/tab-separated-values` or `text/plain`.
    #[serde(default)]
    pub mediatype: Option<String>,
    /// UTF-8 where it is left out; any of the WHATWG's list: `windows-1251`, `utf-16le`, `koi8-r`. A byte order mark
    /// must agree.
    #[serde(default)]
    pub encoding: Option<String>,
    /// How the text is parted; a map, or the path of a file below `data/`.
    #[serde(default)]
    pub dialect: Option<Referred<DialectEntry>>,
    /// `sha256:` and the hash of the file, which must be this.
    pub hash: String,
    /// The size of the file, which must be this.
    pub bytes: u64,
    /// Who published it: `title`, `path`; and how it was had, `retrieved: {on: 2026-10-01, by: who, how: "the table,
    /// the path of clicks"}`.
    #[serde(default)]
    pub sources: Vec<SourceEntry>,
    /// Under which terms: `title`, `name`, `path`.
    #[serde(default)]
    pub licenses: Vec<LicenseEntry>,
    /// What the columns hold; a map, or the path of a file below `data/`.
    #[serde(default)]
    pub schema: Referred<SchemaEntry>,
    /// How it feeds a table.
    pub esep: FeedEntry,
}

/// A source.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceEntry {
    /// Its title.
    pub title: String,
    /// Its address.
    #[serde(default)]
    pub path: Option<String>,
    /// Its address of mail.
    #[serde(default, rename = "email")]
    _email: Option<Ignored>,
    /// Its version.
    #[serde(default, rename = "version")]
    _version: Option<Ignored>,
    /// How it was had.
    #[serde(default)]
    pub retrieved: Option<Retrieval>,
}

/// When, by whom and in what way a file was had from its source.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retrieval {
    /// The day, or `unknown`.
    pub on: String,
    /// Who did.
    #[serde(default)]
    pub by: Option<String>,
    /// How it can be had again: the table, the path of clicks.
    #[serde(default)]
    pub how: Option<String>,
}

/// A licence.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LicenseEntry {
    /// What it allows.
    #[serde(default)]
    pub title: String,
    /// Its short name: `CC-BY-4.0`.
    #[serde(default)]
    pub name: Option<String>,
    /// Its address.
    #[serde(default)]
    pub path: Option<String>,
}

/// A resource's `esep` block.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedEntry {
    /// The table that it feeds.
    pub table: String,
    /// The vintage that its figures are of.
    pub vintage: String,
    /// Who published it, short.
    pub publisher: String,
    /// The publisher's own id of the table.
    #[serde(default)]
    pub element: Option<String>,
    /// When it was retrieved: a date or `unknown`.
    pub retrieved: String,
    /// The status of its rows where nothing else says it.
    pub status: String,
    /// A column that gives the status row by row.
    #[serde(default)]
    pub status_column: Option<StatusColumn>,
    /// Dimensions that the file does not hold.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// How the tables of a workbook are laid out, in place of `columns`.
    #[serde(default)]
    pub layout: Option<LayoutEntry>,
    /// The query that made the snapshot, and when and by what it ran.
    #[serde(default)]
    pub query: Option<PulledEntry>,
    /// File column → dimension or measure.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Columns that are read by people only.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// Long rows whose one column names the measure.
    #[serde(default)]
    pub pivot: Option<Pivot>,
    /// A column that gives the unit row by row.
    #[serde(default)]
    pub unit_column: Option<UnitColumn>,
}

/// How a column gives the status.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusColumn {
    /// The column.
    pub column: String,
    /// Its values.
    pub values: BTreeMap<String, StatusValue>,
}

/// What one value of a status column says.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum StatusValue {
    /// The status of the whole row.
    Row(String),
    /// The status of some measures of the row.
    Measures(StatusOf),
}

/// The status of some measures of a row.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusOf {
    /// The status.
    pub status: String,
    /// The measures.
    pub measures: Vec<String>,
}

by_form! {
    StatusValue: "a status, or the status of some measures: {status: …, measures: […]}";
    text String => StatusValue::Row;
    map StatusOf => StatusValue::Measures;
}

/// Long rows → measures.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pivot {
    /// The column that names the measure.
    pub column: String,
    /// The column that holds the value.
    pub value: String,
    /// Its names → measures.
    pub members: BTreeMap<String, String>,
}

/// How a column gives the unit.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitColumn {
    /// The column.
    pub column: String,
    /// Its values.
    pub values: BTreeMap<String, UnitValue>,
}
