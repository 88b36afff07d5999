//! Study: `study.yaml` as its author writes it: what is computed, shown and printed, and in which editions.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{self, Deserializer, IntoDeserializer, MapAccess, Visitor};
use serde_yaml::Spanned;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::Files;
use crate::finding::Unit;

/// Where the study stands.
pub const STUDY: &str = "study.yaml";

/// Texts by language code.
pub type Texts = BTreeMap<String, String>;

/// A text that knows where it stands.
pub type Text = Spanned<String>;

/// The study.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Study {
    /// Titles of the report.
    pub title: Texts,
    /// The class of the universal decimal classification (УДК).
    #[serde(default)]
    pub udc: Option<String>,
    /// The class of the state rubricator (МРНТИ, ГРНТИ).
    #[serde(default)]
    pub grnti: Option<String>,
    /// The authors.
    pub authors: Vec<Author>,
    /// The languages of whole versions.
    pub languages: Vec<String>,
    /// The languages of the abstract.
    pub abstracts: Vec<String>,
    /// House style.
    #[serde(default)]
    pub style: Style,
    /// Named sets of territories.
    #[serde(default)]
    pub sets: BTreeMap<String, Vec<Text>>,
    /// What is computed.
    pub analyses: BTreeMap<String, Spanned<Analysis>>,
    /// Named expressions.
    #[serde(default)]
    pub findings: BTreeMap<String, Text>,
    /// Figures by id.
    #[serde(default)]
    pub figures: BTreeMap<String, Spanned<FigureEntry>>,
    /// Tables by id.
    #[serde(default)]
    pub tables: BTreeMap<String, Spanned<TableEntry>>,
    /// The sections of the report, in order: `templates/<language>/<page>.md`.
    pub pages: Vec<String>,
    /// Short versions by name, for journals that allow few exhibits.
    #[serde(default)]
    pub selection: BTreeMap<String, Spanned<SelectionEntry>>,
    /// The editions by name.
    pub editions: BTreeMap<String, EditionEntry>,
    /// True where it held unknown keys: it can be checked, but not built from.
    #[serde(skip)]
    pub partial: bool,
}

/// An author.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Author {
    /// The name by language.
    pub name: Texts,
    /// The institution by language.
    pub affiliation: Texts,
    /// True where the name only keeps a place for one.
    #[serde(default)]
    pub placeholder: bool,
}

/// House style.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// Whether a no-break space stands before %.
    #[serde(default)]
    pub percent_space: Each<bool>,
    /// Whether numbers of four digits are grouped: `9 344`.
    #[serde(default)]
    pub group_four_digits: Each<bool>,
    /// The decimal mark. One that is given for all languages leaves English its point.
    #[serde(default)]
    pub decimal_mark: Each<char>,
    /// Whether balances carry an explicit plus sign.
    #[serde(default)]
    pub plus_sign: Each<PlusSign>,
    /// What is printed in place of a missing value.
    #[serde(default)]
    pub missing: Each<MissingMarks>,
}

/// One value for all languages, or one for each.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Each<T> {
    /// For all.
    All(T),
    /// By the code of the language.
    By(BTreeMap<String, T>),
}

impl<T> Default for Each<T> {
    fn default() -> Each<T> {
        Each::By(BTreeMap::new())
    }
}

impl<T> Each<T> {
    /// Returns the value of a language.
    pub fn of(&self, lang: &str) -> Option<&T> {
        match self {
            Each::All(value) => Some(value),
            Each::By(map) => map.get(lang),
        }
    }
}

/// What is printed in place of a missing value, by the kind of reason.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MissingMarks {
    /// There is no figure: `…`.
    #[serde(default)]
    pub no_data: Option<String>,
    /// There is nothing to give a figure of: `–`.
    #[serde(default)]
    pub no_phenomenon: Option<String>,
    /// The figure is confidential: `х`.
    #[serde(default)]
    pub confidential: Option<String>,
}

/// When a plus sign is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlusSign {
    /// Only where a template asks for it.
    #[default]
    Never,
    /// Before every positive value of a signed measure.
    Signed,
}

/// One analysis: a measure of a table, or an expression over other analyses.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Analysis {
    /// The table.
    #[serde(default)]
    pub table: Option<Text>,
    /// Its measure.
    #[serde(default)]
    pub measure: Option<Text>,
    /// Categories to pick.
    #[serde(default, rename = "where")]
    pub filter: BTreeMap<String, String>,
    /// Dimensions to add up.
    #[serde(default)]
    pub sum_over: Vec<String>,
    /// Codes and sets; all where left out.
    #[serde(default)]
    pub territories: Vec<Text>,
    /// First and last period.
    #[serde(default)]
    pub period: Span,
    /// Which borders.
    #[serde(default)]
    pub borders: Borders,
    /// Why figures of several vintages may stand in one series, by language.
    #[serde(default)]
    pub across_vintages: Option<Texts>,
    /// The expression, instead of a table.
    #[serde(default)]
    pub expr: Option<Text>,
    /// The methods applied to the series.
    #[serde(default)]
    pub methods: Vec<Text>,
    /// The parameters of its methods: method → parameter → value.
    #[serde(default)]
    pub settings: BTreeMap<String, Spanned<BTreeMap<String, String>>>,
    /// What the other roles of its methods take: method → role → expression, or sets of territories for a label.
    #[serde(default)]
    pub bind: BTreeMap<String, Spanned<BTreeMap<String, Text>>>,
}

/// First and last period, each open where left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The first.
    #[serde(default)]
    pub from: Option<String>,
    /// The last.
    #[serde(default)]
    pub to: Option<String>,
}

/// In which borders territories are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Borders {
    /// As the publisher gives them.
    #[default]
    AsPublished,
    /// Territories that were split are added up to what they were before any reform.
    MergedBack,
    /// The coarsest borders that all periods of the series have in common: only what was split within them is added up.
    CommonDenominator,
}

/// A figure.
#[derive(Clone, Debug, Deserialize)]
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
    #[serde(default)]
    pub decimals: usize,
    /// Which series are the parts of which: total → parts.
    #[serde(default)]
    pub adds_up: Ordered<Spanned<Vec<String>>>,
    /// How many columns of a journal it takes.
    #[serde(default)]
    pub width: WidthEntry,
    /// The unit of a scatter's horizontal axis, where it is another than the vertical one's.
    #[serde(default)]
    pub x_unit: Option<Unit>,
    /// The scale of the numbers on a scatter's horizontal axis.
    #[serde(default)]
    pub x_scale: Option<ScaleEntry>,
    /// Decimals of the numbers on a scatter's horizontal axis.
    #[serde(default)]
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

/// How many columns of a journal a figure takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WidthEntry {
    /// One: 85 mm.
    Single,
    /// Two: 175 mm.
    #[default]
    Double,
}

/// The kinds of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureKind {
    /// Lines over time.
    Lines,
    /// Upright bars over time.
    Columns,
    /// Lying bars by territory in the agency's order.
    DivergingBars,
    /// Lying bars by territory in the order of size.
    RankedBars,
    /// Rows × columns with colours and values.
    HeatMap,
    /// Origins × destinations.
    Matrix,
    /// Stacked components of a change over time, with their sum.
    Components,
    /// Lying bars of parts that add up to a whole.
    StackedBars,
    /// Lying bars of the parts' shares of a whole.
    #[serde(rename = "stacked-bars-100")]
    StackedBars100,
    /// One small plane of lines for each territory, on one scale.
    SmallMultiples,
    /// Two periods beside each other, each territory a line between its places or values.
    Slope,
    /// Two values of each territory as two points on one line.
    Dumbbell,
    /// Sums since the beginning as a line from zero.
    Cumulative,
    /// The share of the whole that the lowest territories have together.
    Lorenz,
    /// Two measures of each territory as a point of a plane.
    Scatter,
    /// Territories as tiles of equal size.
    TileMap,
    /// Territories within their boundaries.
    Choropleth,
    /// Values over time with a fitted line, its continuation and an interval.
    Trend,
}

/// The scale of printed numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
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
#[derive(Clone, Debug, Deserialize)]
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
    #[serde(default)]
    pub decimals: usize,
    /// The scale of a crossing.
    #[serde(default)]
    pub scale: ScaleEntry,
    /// Which columns, or which rows, are the parts of which: total → parts. That the country is the sum of its regions
    /// is seen from the numbers.
    #[serde(default)]
    pub adds_up: Ordered<Spanned<Vec<String>>>,
}

/// What runs along an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Axis {
    /// Territories.
    Territory,
    /// Periods.
    Period,
}

/// The rows of a table.
#[derive(Clone, Debug)]
pub enum RowsEntry {
    /// A dimension of the expressions.
    Axis(Axis),
    /// Named rows: row → column → cell.
    Each(Ordered<Ordered<Spanned<CellEntry>>>),
}

/// One cell of a named row: an expression, or one with a print of its own.
#[derive(Clone, Debug)]
pub enum CellEntry {
    /// Printed as its column.
    Plain(String),
    /// Printed in its own way.
    Own(OwnCell),
}

/// A cell that is not printed as its column.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnCell {
    /// Its expression.
    pub of: Text,
    /// Decimals of its number.
    #[serde(default)]
    pub decimals: Option<usize>,
    /// Scale of its number.
    #[serde(default)]
    pub scale: Option<ScaleEntry>,
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub enum ColumnsEntry {
    /// The other dimension of a crossing.
    Axis(Axis),
    /// One expression for each column.
    Each(Ordered<ColumnEntry>),
}

/// One column.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnEntry {
    /// Its expression, a list over the rows; named rows have their own.
    #[serde(default)]
    pub of: Option<Text>,
    /// Decimals of its numbers.
    #[serde(default)]
    pub decimals: usize,
    /// Scale of its numbers.
    #[serde(default)]
    pub scale: ScaleEntry,
}

/// A short version: the exhibits that it keeps.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelectionEntry {
    /// What it is called.
    pub title: Texts,
    /// The figures that it keeps.
    #[serde(default)]
    pub figures: Vec<Text>,
    /// The tables that it keeps.
    #[serde(default)]
    pub tables: Vec<Text>,
}

/// An edition.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionEntry {
    /// Its title.
    pub title: Texts,
    /// Table → vintages, the preferred first.
    pub vintages: Spanned<BTreeMap<String, Vec<String>>>,
    /// Analysis → period, where it is not the study's.
    #[serde(default)]
    pub periods: BTreeMap<String, Spanned<Span>>,
    /// Why its series may hold figures of several vintages, by language.
    #[serde(default)]
    pub across_vintages: Option<Texts>,
}

/// A map that keeps the author's order.
#[derive(Clone, Debug)]
pub struct Ordered<T>(pub Vec<(String, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Ordered<T> {
        Ordered(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Ordered<T>, D::Error> {
        struct Entries<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Ordered<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Ordered(entries))
            }
        }
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

impl<'de> Deserialize<'de> for RowsEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RowsEntry, D::Error> {
        struct Rows;
        impl<'de> Visitor<'de> for Rows {
            type Value = RowsEntry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`territory`, `period`, or a map of rows")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<RowsEntry, E> {
                Axis::deserialize(text.into_deserializer()).map(RowsEntry::Axis)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RowsEntry, A::Error> {
                Ordered::deserialize(de::value::MapAccessDeserializer::new(map)).map(RowsEntry::Each)
            }
        }
        deserializer.deserialize_any(Rows)
    }
}

impl<'de> Deserialize<'de> for CellEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CellEntry, D::Error> {
        struct Cell;
        impl<'de> Visitor<'de> for Cell {
            type Value = CellEntry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an expression, or a map with `of`")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<CellEntry, E> {
                Ok(CellEntry::Plain(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<CellEntry, A::Error> {
                OwnCell::deserialize(de::value::MapAccessDeserializer::new(map)).map(CellEntry::Own)
            }
        }
        deserializer.deserialize_any(Cell)
    }
}

impl<'de> Deserialize<'de> for ColumnsEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ColumnsEntry, D::Error> {
        struct Columns;
        impl<'de> Visitor<'de> for Columns {
            type Value = ColumnsEntry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`territory`, `period`, or a map of columns")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<ColumnsEntry, E> {
                Axis::deserialize(text.into_deserializer()).map(ColumnsEntry::Axis)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ColumnsEntry, A::Error> {
                Ordered::deserialize(de::value::MapAccessDeserializer::new(map)).map(ColumnsEntry::Each)
            }
        }
        deserializer.deserialize_any(Columns)
    }
}

impl FigureEntry {
    /// Lists the keys that are given and that only some kinds of chart take.
    pub fn options(&self) -> Vec<&'static str> {
        let given = [
            ("breaks", !self.breaks.is_empty()),
            ("reference", self.reference.is_some()),
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

impl Analysis {
    /// Lists the keys that are given but say something of a table, for an analysis that is an expression.
    pub fn idle_keys(&self) -> Vec<&'static str> {
        let given = [
            ("measure", self.measure.is_some()),
            ("where", !self.filter.is_empty()),
            ("sum_over", !self.sum_over.is_empty()),
            ("territories", !self.territories.is_empty()),
            ("period", self.period.from.is_some() || self.period.to.is_some()),
            ("borders", self.borders != Borders::AsPublished),
            ("across_vintages", self.across_vintages.is_some()),
        ];
        given.into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect()
    }
}

impl Study {
    /// Reads the study, as far as it is known where it holds unknown keys.
    pub fn read(files: &Files, diagnostics: &mut Diagnostics) -> Option<Study> {
        let mut unknown = Diagnostics::default();
        let study: Option<Study> = files.yaml_known(STUDY, &mut unknown);
        let partial = unknown.verdict().is_err();
        diagnostics.extend(unknown);
        let study = Study { partial, ..study? };
        for (name, edition) in &study.editions {
            for (analysis, span) in edition.periods.iter().filter(|(a, _)| !study.analyses.contains_key(*a)) {
                let place = place_of(span, &format!("edition `{name}`"));
                let message = format!("dates an analysis `{analysis}` that does not exist");
                let hint = crate::diagnostic::did_you_mean(analysis, study.analyses.keys().map(String::as_str));
                diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).maybe_hint(hint));
            }
        }
        Some(study)
    }

    /// Reports titles and names that a language version lacks.
    pub fn complete(&self, languages: &[&str], diagnostics: &mut Diagnostics) {
        let mut texts: Vec<(String, &Texts)> = vec![("title".to_owned(), &self.title)];
        for (name, edition) in &self.editions {
            texts.push((format!("title of edition `{name}`"), &edition.title));
        }
        for (name, selection) in &self.selection {
            texts.push((format!("title of selection `{name}`"), &selection.value.title));
        }
        for (i, author) in self.authors.iter().enumerate() {
            texts.push((format!("name of author {}", i + 1), &author.name));
            texts.push((format!("affiliation of author {}", i + 1), &author.affiliation));
        }
        for (what, texts) in texts {
            for lang in languages.iter().filter(|lang| !texts.contains_key(**lang)) {
                let place = Place::file(STUDY).within(what.as_str());
                diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, place, format!("lacks the language `{lang}`")));
            }
        }
    }
}

/// Returns the place of a part of an expression that stands in `study.yaml`.
pub fn place_in(text: &Text, part: &Range<usize>, name: &str) -> Place {
    let (start, length) = (text.referenced.column() as usize, text.value.chars().count());
    // A scalar of one line is as long as its text, or two quotation marks longer; of any other only the beginning is known.
    let quotes = match (text.referenced.span().len() as usize).checked_sub(length) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return place_of(text, name),
    };
    let chars = |range: Range<usize>| text.value.get(range).map_or(0, |text| text.chars().count());
    let place = Place::line(STUDY, text.referenced.line() as usize, start + quotes + chars(0..part.start));
    place.covering(chars(part.clone()).max(1)).within(name)
}

/// Returns the place of an entry of `study.yaml`.
pub fn place_of<T>(entry: &Spanned<T>, name: &str) -> Place {
    Place::line(STUDY, entry.referenced.line() as usize, entry.referenced.column() as usize).within(name)
}
