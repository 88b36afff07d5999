//! Exhibits: the figures, tables and selections of `study.yaml` as their author writes them.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, Unexpected, VariantAccess, Visitor};

use super::{Ordered, Text, Texts};
use crate::files::{ByLanguage, Spanned, by_form};
use crate::finding::Unit;

/// The most decimals that a number of an exhibit is printed with.
pub(super) const MOST_DECIMALS: usize = 6;

/// Reads a number of decimals.
fn decimals<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    let given = usize::deserialize(deserializer)?;
    let most = format!("decimals from 0 to {MOST_DECIMALS}");
    let refused = || de::Error::invalid_value(Unexpected::Unsigned(given as u64), &most.as_str());
    (given <= MOST_DECIMALS).then_some(given).ok_or_else(refused)
}

/// Reads a number of decimals that may be left out.
fn own_decimals<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    decimals(deserializer).map(Some)
}

/// A figure.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FigureEntry {
    /// The kind of chart.
    pub kind: FigureKind,
    /// One expression …
    #[serde(default)]
    pub of: Option<Text>,
    /// … or several, by the key of their label.
    #[serde(default)]
    pub series: Ordered<Text>,
    /// Which members it shows of a dimension, where not all that the expressions pick: those of a list,
    /// `top(births.value[regions, last], 5)`.
    #[serde(default)]
    pub show: Option<Text>,
    /// The unit, which must be that of the expressions.
    pub unit: Unit,
    /// Years before which the series is not comparable: reforms, census re-basings.
    #[serde(default)]
    pub breaks: Vec<i32>,
    /// A single value to compare bars with.
    #[serde(default)]
    pub reference: Option<Text>,
    /// The scale of the printed numbers.
    #[serde(default)]
    pub scale: ScaleEntry,
    /// Decimals of the printed numbers.
    #[serde(default, deserialize_with = "decimals")]
    #[schemars(range(max = MOST_DECIMALS))]
    pub decimals: usize,
    /// Which series are the parts of which: total → parts.
    #[serde(default)]
    pub adds_up: Ordered<Spanned<Vec<String>>>,
    /// How many columns of a journal it takes.
    #[serde(default)]
    pub width: WidthEntry,
    /// What its only series is of, where the key of the series does not say that: a key of the study's `colours`.
    #[serde(default)]
    pub notion: Option<Text>,
    /// The order of rows.
    #[serde(default)]
    pub order: OrderEntry,
    /// How many of the largest moves a map of flows shows.
    #[serde(default)]
    pub largest: Option<usize>,
    /// The unit of a scatter's horizontal axis, where it is another than the vertical one's.
    #[serde(default)]
    pub x_unit: Option<Unit>,
    /// The scale of the numbers on a scatter's horizontal axis.
    #[serde(default)]
    pub x_scale: Option<ScaleEntry>,
    /// Decimals of the numbers on a scatter's horizontal axis.
    #[serde(default, deserialize_with = "own_decimals")]
    #[schemars(range(max = MOST_DECIMALS))]
    pub x_decimals: Option<usize>,
    /// Where a scatter's plane is parted from left to right: `zero`, `mean`, or a single value.
    #[serde(default)]
    pub x_line: Option<Text>,
    /// Where a scatter's plane is parted from below to above: `zero`, `mean`, or a single value.
    #[serde(default)]
    pub y_line: Option<Text>,
    /// Whether a scatter has both diagonals through zero, which part the types of Webb.
    #[serde(default)]
    pub diagonals: bool,
    /// The Gini coefficient printed beside a Lorenz curve.
    #[serde(default)]
    pub gini: Option<Text>,
    /// The GeoJSON file of a choropleth's boundaries.
    #[serde(default)]
    pub boundaries: Option<Text>,
    /// The property of its features that holds the code of the territory.
    #[serde(default)]
    pub property: Option<String>,
    /// How many classes a choropleth has, with natural breaks.
    #[serde(default)]
    pub classes: Option<usize>,
    /// The breaks between a choropleth's classes, instead of natural ones.
    #[serde(default)]
    pub class_breaks: Vec<f64>,
    /// The parallel along which a choropleth's map is true to scale.
    #[serde(default)]
    pub parallel: Option<f64>,
}

/// The order of the rows of a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OrderEntry {
    /// That of the catalogue.
    #[default]
    Given,
    /// The largest sum at the top.
    Size,
}

/// How many columns of a journal a figure takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WidthEntry {
    /// One: 85 mm.
    Single,
    /// Two: 175 mm.
    #[default]
    Double,
}

/// The names of the kinds of chart; `exhibit` makes them, and a test holds both lists together.
const KINDS: &[&str] = &[
    "lines",
    "columns",
    "diverging-bars",
    "ranked-bars",
    "heat-map",
    "matrix",
    "components",
    "stacked-bars",
    "stacked-bars-100",
    "small-multiples",
    "slope",
    "dumbbell",
    "cumulative",
    "lorenz",
    "scatter",
    "pyramid",
    "flow-map",
    "tile-map",
    "choropleth",
    "trend",
];

/// The name of a kind of chart; `esep chart list` shows them all.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(transparent)]
pub struct FigureKind(pub String);

/// Read as an enum is, so that a name that is none is told where it stands, not where its key does.
impl<'de> Deserialize<'de> for FigureKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FigureKind, D::Error> {
        struct Kind;
        impl<'de> Visitor<'de> for Kind {
            type Value = FigureKind;

            fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
                out.write_str("the name of a kind of chart")
            }

            fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<FigureKind, A::Error> {
                let (kind, nothing) = access.variant_seed(Name)?;
                nothing.unit_variant()?;
                Ok(kind)
            }
        }
        deserializer.deserialize_enum("FigureKind", KINDS, Kind)
    }
}

/// Reads the name itself.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = FigureKind;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<FigureKind, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = FigureKind;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("the name of a kind of chart")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<FigureKind, E> {
        let known = KINDS.contains(&name).then(|| FigureKind(name.to_owned()));
        known.ok_or_else(|| E::unknown_variant(name, KINDS))
    }
}

/// The scale of printed numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ScaleEntry {
    /// As they are.
    #[default]
    One,
    /// In thousands.
    Thousands,
    /// In millions.
    Millions,
}

/// A table: rows × columns of one expression, or one expression for each column.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableEntry {
    /// The role of the rows' dimension, or rows by name, each with an expression for each column.
    pub rows: RowsEntry,
    /// The columns.
    pub columns: ColumnsEntry,
    /// The expression of a crossing.
    #[serde(default)]
    pub of: Option<Text>,
    /// Decimals of a crossing.
    #[serde(default, deserialize_with = "decimals")]
    #[schemars(range(max = MOST_DECIMALS))]
    pub decimals: usize,
    /// The scale of a crossing.
    #[serde(default)]
    pub scale: ScaleEntry,
    /// Headings over several columns: group → its columns, which stand side by side.
    #[serde(default)]
    pub groups: Ordered<Spanned<Vec<String>>>,
    /// Which columns, or which rows, are the parts of which: total → parts. That the country is the sum of its regions
    /// is seen from the numbers.
    #[serde(default)]
    pub adds_up: Ordered<Spanned<Vec<String>>>,
}

/// What runs along an axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Territories.
    Territory,
    /// Periods.
    Period,
    /// The dimension of this name.
    Named(String),
}

impl Axis {
    fn of(word: &str) -> Axis {
        match word {
            "territory" => Axis::Territory,
            "period" => Axis::Period,
            name => Axis::Named(name.to_owned()),
        }
    }
}

/// The rows of a table.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum RowsEntry {
    /// A dimension of the expressions.
    Axis(#[schemars(with = "String")] Axis),
    /// Named rows: row → column → cell.
    Each(Ordered<Ordered<Spanned<CellEntry>>>),
}

/// One cell of a named row: an expression, or one with a print of its own.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum CellEntry {
    /// Printed as its column.
    Plain(String),
    /// Printed in its own way.
    Own(OwnCell),
}

/// A cell that is not printed as its column.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnCell {
    /// Its expression.
    pub of: Text,
    /// Decimals of its number.
    #[serde(default, deserialize_with = "own_decimals")]
    #[schemars(range(max = MOST_DECIMALS))]
    pub decimals: Option<usize>,
    /// Scale of its number.
    #[serde(default)]
    pub scale: Option<ScaleEntry>,
}

/// The columns of a table.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum ColumnsEntry {
    /// The other dimension of a crossing.
    Axis(#[schemars(with = "String")] Axis),
    /// One expression for each column.
    Each(Ordered<ColumnEntry>),
}

/// One column.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnEntry {
    /// Its expression, a list over the rows; named rows have their own.
    #[serde(default)]
    pub of: Option<Text>,
    /// Decimals of its numbers.
    #[serde(default, deserialize_with = "decimals")]
    #[schemars(range(max = MOST_DECIMALS))]
    pub decimals: usize,
    /// Scale of its numbers.
    #[serde(default)]
    pub scale: ScaleEntry,
}

/// A short version: the exhibits that it keeps.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelectionEntry {
    /// What it is called.
    #[schemars(with = "ByLanguage<String>")]
    pub title: Texts,
    /// The pages that it is made of: pages of the study, or templates of its own; all of the study where left out.
    #[serde(default)]
    pub pages: Vec<Text>,
    /// The figures that it keeps.
    #[serde(default)]
    pub figures: Vec<Text>,
    /// The tables that it keeps.
    #[serde(default)]
    pub tables: Vec<Text>,
    /// Whether it opens the report: of the newest edition that has it, it stands on the page above the editions and is no
    /// page of its own.
    #[serde(default)]
    pub opens: bool,
}

by_form! {
    RowsEntry: "`territory`, `period`, the name of a dimension, or a map of rows";
    text String => |text| RowsEntry::Axis(Axis::of(&text));
    map Ordered<Ordered<Spanned<CellEntry>>> => RowsEntry::Each;
}

by_form! {
    CellEntry: "an expression, or a map with `of`";
    text String => CellEntry::Plain;
    map OwnCell => CellEntry::Own;
}

by_form! {
    ColumnsEntry: "`territory`, `period`, the name of a dimension, or a map of columns";
    text String => |text| ColumnsEntry::Axis(Axis::of(&text));
    map Ordered<ColumnEntry> => ColumnsEntry::Each;
}

impl FigureEntry {
    /// Lists the keys that are given and that only some kinds of chart take.
    pub fn options(&self) -> Vec<&'static str> {
        let given = [
            ("breaks", !self.breaks.is_empty()),
            ("reference", self.reference.is_some()),
            ("order", self.order != OrderEntry::Given),
            ("largest", self.largest.is_some()),
            ("x_unit", self.x_unit.is_some()),
            ("x_scale", self.x_scale.is_some()),
            ("x_decimals", self.x_decimals.is_some()),
            ("x_line", self.x_line.is_some()),
            ("y_line", self.y_line.is_some()),
            ("diagonals", self.diagonals),
            ("gini", self.gini.is_some()),
            ("boundaries", self.boundaries.is_some()),
            ("property", self.property.is_some()),
            ("classes", self.classes.is_some()),
            ("class_breaks", !self.class_breaks.is_empty()),
            ("parallel", self.parallel.is_some()),
        ];
        given.into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect()
    }
}
