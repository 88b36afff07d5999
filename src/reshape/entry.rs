//! Entry: how the tables of a workbook are laid out, as the author of the catalogue declares it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::files::{Spanned, by_form};
use crate::finding::Unit;
use crate::table::number::Brackets;

/// The layout of a file: which cells are data, and what stands for which dimension.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LayoutEntry {
    /// The sheets that are read, by name or pattern (`20*`), each with what it stands for: `{Мужчины: {sex: male}}`.
    /// Left out: the only sheet.
    #[serde(default)]
    pub sheets: BTreeMap<String, BTreeMap<String, String>>,
    /// The sheets that are not read, each with the reason.
    #[serde(default)]
    pub leave_sheets: BTreeMap<String, String>,
    /// The area that is read, `A3:J26`; the whole sheet where it is left out.
    #[serde(default)]
    pub range: Option<String>,
    /// A text in the first row of the header: `header` is counted from there, 1 for that row.
    #[serde(default)]
    pub anchor: Option<String>,
    /// The rows of the header; the first row where it is left out.
    #[serde(default)]
    pub header: Vec<u32>,
    /// What each row of the header stands for: a dimension, `measure`, `unit`, or `-` for words. A period may stand
    /// in two rows, the year over the month.
    #[serde(default)]
    pub levels: Vec<String>,
    /// The columns of labels, by letters or heading: `{A: territory}`; of a heading that is worded in several ways:
    /// `{"Регион | Область": territory}`. Several dimensions may take turns in one column: `{A: [area, territory]}`.
    #[serde(default)]
    pub labels: BTreeMap<String, Labels>,
    /// The columns of data: `{B: total}` for a measure, or `{B: {head: "Все население", measure: total, sex: male}}`,
    /// where the header must hold `head` (`Все население | Всего`: one of these). Left out: every other column.
    #[serde(default)]
    pub columns: BTreeMap<String, ColumnEntry>,
    /// The columns that are not read, each with the reason.
    #[serde(default)]
    pub leave_columns: BTreeMap<String, String>,
    /// The rows that are not read: `rows: 40-52`, `unknown: territory` (names that nothing knows), or `column` with
    /// the texts that it `holds`; `reason`; `count`, which must be right.
    #[serde(default)]
    pub leave_rows: Vec<LeaveRows>,
    /// Words of the file by dimension or `measure`: `{area: {Городское население: urban}}`; `~` leaves out what
    /// stands under a word. Of a period they say what a word of another language means: `{year: {Januar: M1}}`.
    #[serde(default)]
    pub words: BTreeMap<String, BTreeMap<String, Spanned<Option<String>>>>,
    /// Names of territories in this file alone, with their codes; before `data/aliases.yaml` and the names of the
    /// list. A name that meant another territory in other years: `{Южная: [{code: KZ-51, to: 2017}, {code: KZ-61,
    /// from: 2018}]}`.
    #[serde(default)]
    pub names: BTreeMap<String, Spanned<NameEntry>>,
    /// The member of a dimension where nothing names one.
    #[serde(default)]
    pub otherwise: BTreeMap<String, String>,
    /// Where a dimension or `unit` stands outside the table: `sheet` for the sheet's name, or a cell, `A1`.
    #[serde(default)]
    pub from: BTreeMap<String, String>,
    /// The marks of missing values with their reasons: `{"-": no_phenomenon}`; the empty cell is `missing` where it
    /// is not named.
    #[serde(default)]
    pub missing: BTreeMap<String, String>,
    /// What marks behind figures or labels say: `{p: provisional, e: estimated, b: break, c: suppressed}`, by names
    /// or codes of SDMX; a key of four letters or more is looked for in heads, labels and notes: `{предварительн:
    /// provisional}`. A column or a row of the header that holds codes of SDMX is `status` under `labels` or
    /// `levels`.
    #[serde(default)]
    pub statuses: BTreeMap<String, String>,
    /// How many units of the measure one printed unit is: 1000.
    #[serde(default)]
    pub scale: Option<i64>,
    /// The units that the file names: `{тыс. человек: {unit: persons, scale: 1000}}`. One that is not the measure's
    /// is refused.
    #[serde(default)]
    pub units: BTreeMap<String, UnitValue>,
    /// The mark before decimals of numbers stored as text, where the cells leave it open.
    #[serde(default)]
    pub decimal: Option<char>,
    /// `false` where words and signs stand around numbers stored as text: `12.5%`, `USD 5`.
    #[serde(default)]
    pub bare_number: Option<bool>,
    /// What brackets around numbers stored as text say: `negative`, or `plain` where they leave the number as it stands.
    #[serde(default)]
    pub brackets: Option<Brackets>,
    /// `true` where a stock dated by a year, or by 31 December, is of its end: it becomes the stock at the start of
    /// the next year.
    #[serde(default)]
    pub at_end: bool,
    /// The category that tells cumulative periods apart: «январь–сентябрь 2023» is 2023 with the member `01-09`.
    #[serde(default)]
    pub cumulative: Option<String>,
    /// The columns of labels in which a name holds for the empty cells below it. Merged cells need none.
    #[serde(default)]
    pub fill_down: Vec<String>,
    /// The rows of the header in which a name holds for the empty cells to its right. Merged cells need none.
    #[serde(default)]
    pub fill_right: Vec<u32>,
    /// `true` where territories stand above their parts in one column: a name that several have is that of the part.
    #[serde(default)]
    pub nested: bool,
    /// `true` where the marks of a figure stand in the cell to its right, as data bases export them: `12.5 | p`.
    #[serde(default)]
    pub marks_beside: bool,
    /// `true` to read hidden rows and columns, which are refused otherwise.
    #[serde(default)]
    pub hidden: bool,
}

/// What a column of labels stands for.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Labels {
    /// One dimension.
    One(String),
    /// Several, the outer before the inner.
    Several(Vec<String>),
}

by_form! {
    Labels: "a dimension, or a list of several";
    text String => Labels::One;
    list Vec<String> => Labels::Several;
}

/// Which territory a name means.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum NameEntry {
    /// Always the same.
    Code(String),
    /// One for some years, another for others.
    Dated(Vec<DatedName>),
}

by_form! {
    NameEntry: "a code, or codes with their years: [{code: …, from: …}]";
    scalar String => NameEntry::Code;
    list Vec<DatedName> => NameEntry::Dated;
}

/// The territory that a name means in some years.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatedName {
    /// Its code.
    pub code: String,
    /// The first year; from the beginning where it is left out.
    #[serde(default)]
    pub from: Option<i32>,
    /// The last year; to the end where it is left out.
    #[serde(default)]
    pub to: Option<i32>,
}

/// What a column of data stands for.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum ColumnEntry {
    /// A measure.
    Measure(String),
    /// Dimensions, `measure`, `unit`; `head` is a text that its header must hold.
    Given(BTreeMap<String, String>),
}

by_form! {
    ColumnEntry: "a measure, or keys: {measure: …, period: …}";
    text String => ColumnEntry::Measure;
    map BTreeMap<String, String> => ColumnEntry::Given;
}

/// Rows that are left out.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveRows {
    /// The rows, `12` or `40-52`.
    #[serde(default)]
    pub rows: Option<String>,
    /// A dimension of labels whose names are not known: `territory`.
    #[serde(default)]
    pub unknown: Option<String>,
    /// A column, and the texts in it.
    #[serde(default)]
    pub column: Option<String>,
    /// The texts.
    #[serde(default)]
    pub holds: Vec<String>,
    /// Why.
    pub reason: String,
    /// How many rows they are; another number is an error.
    #[serde(default)]
    pub count: Option<usize>,
}

/// A unit that a file names.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum UnitValue {
    /// A unit.
    Unit(Unit),
    /// A unit and how many of it one printed unit is.
    Scaled(ScaledUnit),
}

/// A unit of which one printed unit is several.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScaledUnit {
    /// The unit.
    pub unit: Unit,
    /// The factor.
    pub scale: i64,
}

by_form! {
    UnitValue: "a unit, or one with its scale: {unit: …, scale: 1000}";
    text Unit => UnitValue::Unit;
    map ScaledUnit => UnitValue::Scaled;
}

impl UnitValue {
    /// Returns the unit and the factor.
    pub fn parts(&self) -> (Unit, i64) {
        match self {
            UnitValue::Unit(unit) => (*unit, 1),
            UnitValue::Scaled(scaled) => (scaled.unit, scaled.scale),
        }
    }
}

impl LayoutEntry {
    /// Lists the names of dimensions that the layout speaks of.
    pub fn named(&self) -> BTreeSet<String> {
        let labels = self.labels.values().flat_map(|labels| match labels {
            Labels::One(one) => std::slice::from_ref(one),
            Labels::Several(several) => several.as_slice(),
        });
        let columns = self.columns.values().flat_map(|entry| match entry {
            ColumnEntry::Measure(_) => Vec::new(),
            ColumnEntry::Given(map) => map.keys().filter(|key| *key != "head").collect(),
        });
        let sheets = self.sheets.values().flat_map(BTreeMap::keys);
        let maps = self.words.keys().chain(self.otherwise.keys()).chain(self.from.keys()).chain(sheets);
        labels.chain(&self.levels).chain(columns).chain(maps).chain(&self.cumulative).cloned().collect()
    }
}
