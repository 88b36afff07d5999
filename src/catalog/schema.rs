//! Schema: what Data Package v2 says of a file, as its author writes it: Table Schema and CSV Dialect.

use std::fmt;
use std::marker::PhantomData;

use crate::files::{Ignored, Written, by_form};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

/// A descriptor that stands where it is used, or in a file of its own.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Referred<T> {
    /// Here.
    Here(T),
    /// In a file, by its path below `data/`.
    At(String),
}

impl<T: Default> Default for Referred<T> {
    fn default() -> Referred<T> {
        Referred::Here(T::default())
    }
}

/// One text or several.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(with = "OneOrMany")]
pub struct Several(pub Vec<String>);

/// A value that stands alone, or with a label: a mark of a missing value, a category.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(with = "PlainOrLabelled")]
pub struct Labelled {
    /// The value as cells hold it.
    pub value: String,
    /// What it means.
    pub label: Option<String>,
}

/// The forms of [`Several`], for its schema.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

/// The forms of [`Labelled`], for its schema.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
enum PlainOrLabelled {
    Plain(String),
    Labelled(LabelledEntry),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LabelledEntry {
    /// The value as cells hold it.
    value: String,
    /// What it means.
    #[serde(default)]
    label: Option<String>,
}

/// A Table Schema.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SchemaEntry {
    /// The profile of the standard.
    #[serde(default, rename = "$schema")]
    pub schema: Option<String>,
    /// For people.
    #[serde(default, rename = "name")]
    _name: Option<Ignored>,
    /// For people.
    #[serde(default, rename = "title")]
    _title: Option<Ignored>,
    /// For people.
    #[serde(default, rename = "description")]
    _description: Option<Ignored>,
    /// The columns.
    pub fields: Vec<FieldEntry>,
    /// `exact`: the columns in this order; `equal`: in any; `subset`: the file may hold more; `superset`: it may hold
    /// fewer; `partial`: both. `equal` where it is left out.
    #[serde(default)]
    pub fields_match: Option<Several>,
    /// Marks of missing values, each alone or as `{value, label}`; the empty cell where it is left out. A label that
    /// is a reason of the list below gives that reason; else `-` says no phenomenon, `x` suppressed, any other mark
    /// missing.
    #[serde(default)]
    pub missing_values: Option<Vec<Labelled>>,
    /// Fields that are never missing and together never stand twice.
    #[serde(default)]
    pub primary_key: Several,
    /// Other fields that together never stand twice.
    #[serde(default)]
    pub unique_keys: Vec<Vec<String>>,
    /// Fields whose values another resource (or this) holds: `fields`, `reference: {resource, fields}`.
    #[serde(default)]
    pub foreign_keys: Vec<ForeignKeyEntry>,
}

/// A foreign key.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForeignKeyEntry {
    /// The fields.
    pub fields: Several,
    /// What knows them.
    pub reference: ReferenceEntry,
}

/// What a foreign key refers to.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferenceEntry {
    /// The resource; empty for the same.
    #[serde(default)]
    pub resource: String,
    /// Its fields.
    pub fields: Several,
}

/// A column.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FieldEntry {
    /// The heading of the column.
    pub name: String,
    /// `string`, `number`, `integer`, `boolean`, `year`, `yearmonth`, `date` or `any`. Other types are refused.
    #[serde(default, rename = "type")]
    #[schemars(extend("enum" = ["string", "number", "integer", "boolean", "year", "yearmonth", "date", "any"]))]
    pub kind: Option<String>,
    /// Of a text `email`, `uri`, `uuid`; of a date `any` or a pattern of `%d`, `%m`, `%Y`, `%B`, `%b`.
    #[serde(default)]
    pub format: Option<String>,
    /// For people.
    #[serde(default, rename = "title")]
    _title: Option<Ignored>,
    /// For people.
    #[serde(default, rename = "description")]
    _description: Option<Ignored>,
    /// For people.
    #[serde(default, rename = "example")]
    _example: Option<Ignored>,
    /// For programs.
    #[serde(default, rename = "rdfType")]
    _rdf_type: Option<Ignored>,
    /// What the values keep to.
    #[serde(default)]
    pub constraints: ConstraintsEntry,
    /// The field's own marks of missing values, in place of the schema's.
    #[serde(default)]
    pub missing_values: Option<Vec<Labelled>>,
    /// The values that there are, each alone or as `{value, label}`.
    #[serde(default)]
    pub categories: Option<Vec<Labelled>>,
    /// For programs; the order of a dimension is that of its `members`.
    #[serde(default, rename = "categoriesOrdered")]
    _categories_ordered: Option<Ignored>,
    /// The mark before decimals. Where it is left out and every mark of the column stands before three digits, the
    /// column is refused.
    #[serde(default)]
    pub decimal_char: Option<String>,
    /// The mark between groups of three digits; where it is left out, spaces of any width and apostrophes.
    #[serde(default)]
    pub group_char: Option<String>,
    /// `false` where words or signs stand around the number.
    #[serde(default)]
    pub bare_number: Option<bool>,
    /// What is true; `true`, `True`, `TRUE`, `1` where it is left out.
    #[serde(default)]
    pub true_values: Option<Vec<String>>,
    /// What is false; `false`, `False`, `FALSE`, `0` where it is left out.
    #[serde(default)]
    pub false_values: Option<Vec<String>>,
    /// The type of the items of a list.
    #[serde(default)]
    #[schemars(skip)]
    pub item_type: Option<Ignored>,
    /// What stands between the items of a list.
    #[serde(default)]
    #[schemars(skip)]
    pub delimiter: Option<Ignored>,
}

/// What the values of a column keep to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConstraintsEntry {
    /// Whether no value may be missing.
    #[serde(default)]
    pub required: bool,
    /// Whether no value stands twice.
    #[serde(default)]
    pub unique: bool,
    /// A regular expression that the whole text fits.
    #[serde(default)]
    pub pattern: Option<String>,
    /// The values that may stand only.
    #[serde(default, rename = "enum")]
    pub among: Option<Vec<String>>,
    /// The fewest characters of a text.
    #[serde(default)]
    pub min_length: Option<usize>,
    /// The most characters of a text.
    #[serde(default)]
    pub max_length: Option<usize>,
    /// The least number or the first period.
    #[serde(default)]
    pub minimum: Option<String>,
    /// The greatest number or the last period.
    #[serde(default)]
    pub maximum: Option<String>,
    /// What every number or period is above.
    #[serde(default)]
    pub exclusive_minimum: Option<String>,
    /// What every number or period is below.
    #[serde(default)]
    pub exclusive_maximum: Option<String>,
    /// What JSON in them keeps to.
    #[serde(default)]
    #[schemars(skip)]
    pub json_schema: Option<Ignored>,
}

/// A CSV Dialect.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DialectEntry {
    /// The profile of the standard.
    #[serde(default, rename = "$schema")]
    pub schema: Option<String>,
    /// For people.
    #[serde(default, rename = "name")]
    _name: Option<Ignored>,
    /// For people.
    #[serde(default, rename = "title")]
    _title: Option<Ignored>,
    /// For people.
    #[serde(default, rename = "description")]
    _description: Option<Ignored>,
    /// For programs of the first standard.
    #[serde(default, rename = "csvddfVersion")]
    _version: Option<Ignored>,
    /// Whether there are headings; where not, the fields of the schema name the columns in their order.
    #[serde(default)]
    pub header: Option<bool>,
    /// The lines of the headings; what stands above them is passed over.
    #[serde(default)]
    pub header_rows: Option<Vec<usize>>,
    /// What joins the headings of several lines; a space where it is left out.
    #[serde(default)]
    pub header_join: Option<String>,
    /// `true`, the only way.
    #[serde(default)]
    pub case_sensitive_header: Option<bool>,
    /// Lines that are comments.
    #[serde(default)]
    pub comment_rows: Vec<usize>,
    /// How a line begins that is a comment.
    #[serde(default)]
    pub comment_char: Option<String>,
    /// One character between cells, `,` where it is left out.
    #[serde(default)]
    pub delimiter: Option<String>,
    /// What a row ends in; CR LF, LF and CR always end one where nothing else is stated.
    #[serde(default)]
    pub line_terminator: Option<String>,
    /// One character around cells, `"` where it is left out; an empty text for none.
    #[serde(default)]
    pub quote_char: Option<String>,
    /// Whether it is written twice within a cell; true where it is left out.
    #[serde(default)]
    pub double_quote: Option<bool>,
    /// One character that takes the meaning from the next.
    #[serde(default)]
    pub escape_char: Option<String>,
    /// A mark of a missing value in every column.
    #[serde(default)]
    pub null_sequence: Option<String>,
    /// Where it is left out, spaces around a cell are no part of it; `false` keeps them.
    #[serde(default)]
    pub skip_initial_space: Option<bool>,
    /// Of JSON: where the rows stand.
    #[serde(default)]
    #[schemars(skip)]
    pub property: Option<Ignored>,
    /// Of JSON: what a row is.
    #[serde(default)]
    #[schemars(skip)]
    pub item_type: Option<Ignored>,
    /// Of JSON: the keys of a row.
    #[serde(default)]
    #[schemars(skip)]
    pub item_keys: Option<Ignored>,
    /// Of a workbook: the number of the sheet.
    #[serde(default)]
    #[schemars(skip)]
    pub sheet_number: Option<Ignored>,
    /// Of a workbook: the name of the sheet.
    #[serde(default)]
    #[schemars(skip)]
    pub sheet_name: Option<Ignored>,
    /// Of a database: the table.
    #[serde(default)]
    #[schemars(skip)]
    pub table: Option<Ignored>,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Referred<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Referred<T>, D::Error> {
        struct Either<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = Referred<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("keys with values, or the path of a file")
            }

            fn visit_str<E: Error>(self, path: &str) -> Result<Referred<T>, E> {
                Ok(Referred::At(path.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Referred<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Referred::Here)
            }
        }

        deserializer.deserialize_any(Either(PhantomData))
    }
}

by_form! {
    Several: "a text or a list of texts";
    scalar Written => |one| Several(vec![one.0]);
    list Vec<String> => Several;
}

by_form! {
    Labelled: "a text, or {value: …, label: …}";
    scalar Written => |value| Labelled { value: value.0, label: None };
    map LabelledEntry => |entry| Labelled { value: entry.value, label: entry.label };
}
