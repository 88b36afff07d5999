//! Schema: what Data Package v2 says of a file, as its author writes it: Table Schema and CSV Dialect.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A descriptor that stands where it is used, or in a file of its own.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug, Default)]
pub struct Several(pub Vec<String>);

/// A value that stands alone, or with a label: a mark of a missing value, a category.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// The value as cells hold it.
    pub value: String,
    /// What it means.
    pub label: Option<String>,
}

/// A Table Schema.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SchemaEntry {
    /// The profile.
    #[serde(default, rename = "$schema")]
    pub schema: Option<String>,
    /// Its name.
    #[serde(default, rename = "name")]
    _name: Option<IgnoredAny>,
    /// Its title.
    #[serde(default, rename = "title")]
    _title: Option<IgnoredAny>,
    /// What it is.
    #[serde(default, rename = "description")]
    _description: Option<IgnoredAny>,
    /// The columns in their order.
    pub fields: Vec<FieldEntry>,
    /// How the columns of the file and the fields are to agree.
    #[serde(default)]
    pub fields_match: Option<Several>,
    /// Cells that stand for a missing value; the empty cell where nothing is said.
    #[serde(default)]
    pub missing_values: Option<Vec<Labelled>>,
    /// The fields that tell rows apart.
    #[serde(default)]
    pub primary_key: Several,
    /// Other fields that tell rows apart.
    #[serde(default)]
    pub unique_keys: Vec<Vec<String>>,
    /// Fields that other resources know.
    #[serde(default)]
    pub foreign_keys: Vec<ForeignKeyEntry>,
}

/// A foreign key.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignKeyEntry {
    /// The fields.
    pub fields: Several,
    /// What knows them.
    pub reference: ReferenceEntry,
}

/// What a foreign key refers to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceEntry {
    /// The resource; empty for the same.
    #[serde(default)]
    pub resource: String,
    /// Its fields.
    pub fields: Several,
}

/// A column.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FieldEntry {
    /// Its heading.
    pub name: String,
    /// Its type.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    /// The form of its type.
    #[serde(default)]
    pub format: Option<String>,
    /// Its title.
    #[serde(default, rename = "title")]
    _title: Option<IgnoredAny>,
    /// What it is.
    #[serde(default, rename = "description")]
    _description: Option<IgnoredAny>,
    /// An example.
    #[serde(default, rename = "example")]
    _example: Option<IgnoredAny>,
    /// What it is to the semantic web.
    #[serde(default, rename = "rdfType")]
    _rdf_type: Option<IgnoredAny>,
    /// What its values keep to.
    #[serde(default)]
    pub constraints: ConstraintsEntry,
    /// Its own marks of missing values.
    #[serde(default)]
    pub missing_values: Option<Vec<Labelled>>,
    /// The values that there are.
    #[serde(default)]
    pub categories: Option<Vec<Labelled>>,
    /// Whether they have an order.
    #[serde(default, rename = "categoriesOrdered")]
    _categories_ordered: Option<IgnoredAny>,
    /// The mark before decimals.
    #[serde(default)]
    pub decimal_char: Option<String>,
    /// The mark between groups of digits.
    #[serde(default)]
    pub group_char: Option<String>,
    /// Whether nothing stands around its numbers.
    #[serde(default)]
    pub bare_number: Option<bool>,
    /// What is true.
    #[serde(default)]
    pub true_values: Option<Vec<String>>,
    /// What is false.
    #[serde(default)]
    pub false_values: Option<Vec<String>>,
    /// The type of the items of a list.
    #[serde(default)]
    pub item_type: Option<IgnoredAny>,
    /// What stands between the items of a list.
    #[serde(default)]
    pub delimiter: Option<IgnoredAny>,
}

/// What the values of a column keep to.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConstraintsEntry {
    /// Whether none may be missing.
    #[serde(default)]
    pub required: bool,
    /// Whether none stands twice.
    #[serde(default)]
    pub unique: bool,
    /// What they all fit.
    #[serde(default)]
    pub pattern: Option<String>,
    /// What they are among.
    #[serde(default, rename = "enum")]
    pub among: Option<Vec<String>>,
    /// The fewest letters.
    #[serde(default)]
    pub min_length: Option<usize>,
    /// The most letters.
    #[serde(default)]
    pub max_length: Option<usize>,
    /// The least.
    #[serde(default)]
    pub minimum: Option<String>,
    /// The most.
    #[serde(default)]
    pub maximum: Option<String>,
    /// What they are above.
    #[serde(default)]
    pub exclusive_minimum: Option<String>,
    /// What they are below.
    #[serde(default)]
    pub exclusive_maximum: Option<String>,
    /// What JSON in them keeps to.
    #[serde(default)]
    pub json_schema: Option<IgnoredAny>,
}

/// A CSV Dialect.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DialectEntry {
    /// The profile.
    #[serde(default, rename = "$schema")]
    pub schema: Option<String>,
    /// Its name.
    #[serde(default, rename = "name")]
    _name: Option<IgnoredAny>,
    /// Its title.
    #[serde(default, rename = "title")]
    _title: Option<IgnoredAny>,
    /// What it is.
    #[serde(default, rename = "description")]
    _description: Option<IgnoredAny>,
    /// The version of the first standard of dialects.
    #[serde(default, rename = "csvddfVersion")]
    _version: Option<IgnoredAny>,
    /// Whether there are headings.
    #[serde(default)]
    pub header: Option<bool>,
    /// The lines of the headings.
    #[serde(default)]
    pub header_rows: Option<Vec<usize>>,
    /// What joins them.
    #[serde(default)]
    pub header_join: Option<String>,
    /// Whether capital letters matter in headings.
    #[serde(default)]
    pub case_sensitive_header: Option<bool>,
    /// The lines that are comments.
    #[serde(default)]
    pub comment_rows: Vec<usize>,
    /// How a comment begins.
    #[serde(default)]
    pub comment_char: Option<String>,
    /// What stands between cells.
    #[serde(default)]
    pub delimiter: Option<String>,
    /// What a row ends in.
    #[serde(default)]
    pub line_terminator: Option<String>,
    /// What stands around cells.
    #[serde(default)]
    pub quote_char: Option<String>,
    /// Whether it is doubled within them.
    #[serde(default)]
    pub double_quote: Option<bool>,
    /// What takes the meaning from the sign behind it.
    #[serde(default)]
    pub escape_char: Option<String>,
    /// A cell without a value.
    #[serde(default)]
    pub null_sequence: Option<String>,
    /// Whether spaces before a cell are no part of it.
    #[serde(default)]
    pub skip_initial_space: Option<bool>,
    /// Of JSON: where the rows stand.
    #[serde(default)]
    pub property: Option<IgnoredAny>,
    /// Of JSON: what a row is.
    #[serde(default)]
    pub item_type: Option<IgnoredAny>,
    /// Of JSON: the keys of a row.
    #[serde(default)]
    pub item_keys: Option<IgnoredAny>,
    /// Of a workbook: the number of the sheet.
    #[serde(default)]
    pub sheet_number: Option<IgnoredAny>,
    /// Of a workbook: the name of the sheet.
    #[serde(default)]
    pub sheet_name: Option<IgnoredAny>,
    /// Of a database: the table.
    #[serde(default)]
    pub table: Option<IgnoredAny>,
}

/// What a property is of.
pub type Group = (&'static str, &'static [(&'static str, &'static str)]);

/// The properties of the standard that are honoured, by what they are of, with what they do here.
pub const PROPERTIES: &[Group] = &[
    ("a resource", RESOURCE),
    ("`dialect`", DIALECT),
    ("`schema`", SCHEMA),
    ("a field", FIELD),
    ("`constraints`", CONSTRAINTS),
];

const RESOURCE: &[(&str, &str)] = &[
    ("name", "What other entries call it."),
    ("path", "The file, below `data/`. One file; no address."),
    ("title", "Its title, in the list of sources."),
    ("description", "For people."),
    ("homepage", "For people."),
    ("type", "`table`, the only one that is read."),
    ("format", "`csv`, or `tsv` whose delimiter is a tab."),
    ("mediatype", "`text/csv`, `text/tab-separated-values` or `text/plain`."),
    (
        "encoding",
        "UTF-8 where it is left out; any of the WHATWG's list: `windows-1251`, `utf-16le`, `koi8-r`. A byte order mark must agree.",
    ),
    ("bytes", "The size of the file, which must be this."),
    ("hash", "`sha256:` and the hash of the file, which must be this."),
    (
        "sources",
        "Who published it: `title`, `path`; and how it was had, `retrieved: {on: 2026-10-01, by: who, how: \"the table, the path of clicks\"}`.",
    ),
    ("licenses", "Under which terms: `title`, `name`, `path`."),
    ("dialect", "How the text is parted; a map, or the path of a file below `data/`."),
    ("schema", "What the columns hold; a map, or the path of a file below `data/`."),
    ("profile", "`tabular-data-resource` or `data-resource`."),
    ("$schema", "The profile of the standard, 1.0 or 2.0."),
    ("esep", "How it feeds a table."),
];

const DIALECT: &[(&str, &str)] = &[
    ("$schema", "The profile of the standard."),
    ("name", "For people."),
    ("title", "For people."),
    ("description", "For people."),
    ("csvddfVersion", "For programs of the first standard."),
    ("delimiter", "One character between cells, `,` where it is left out."),
    ("lineTerminator", "What a row ends in; CR LF, LF and CR always end one where nothing else is stated."),
    ("quoteChar", "One character around cells, `\"` where it is left out; an empty text for none."),
    ("doubleQuote", "Whether it is written twice within a cell; true where it is left out."),
    ("escapeChar", "One character that takes the meaning from the next."),
    ("header", "Whether there are headings; where not, the fields of the schema name the columns in their order."),
    ("headerRows", "The lines of the headings; what stands above them is passed over."),
    ("headerJoin", "What joins the headings of several lines; a space where it is left out."),
    ("commentRows", "Lines that are comments."),
    ("commentChar", "How a line begins that is a comment."),
    ("nullSequence", "A mark of a missing value in every column."),
    ("skipInitialSpace", "Where it is left out, spaces around a cell are no part of it; `false` keeps them."),
    ("caseSensitiveHeader", "`true`, the only way."),
];

const SCHEMA: &[(&str, &str)] = &[
    ("$schema", "The profile of the standard."),
    ("name", "For people."),
    ("title", "For people."),
    ("description", "For people."),
    ("fields", "The columns."),
    (
        "fieldsMatch",
        "`exact`: the columns in this order; `equal`: in any; `subset`: the file may hold more; `superset`: it may hold fewer; `partial`: both. `equal` where it is left out.",
    ),
    (
        "missingValues",
        "Marks of missing values, each alone or as `{value, label}`; the empty cell where it is left out. A label that is a reason of the list below gives that reason; else `-` says no phenomenon, `x` suppressed, any other mark missing.",
    ),
    ("primaryKey", "Fields that are never missing and together never stand twice."),
    ("uniqueKeys", "Other fields that together never stand twice."),
    ("foreignKeys", "Fields whose values another resource (or this) holds: `fields`, `reference: {resource, fields}`."),
];

const FIELD: &[(&str, &str)] = &[
    ("name", "The heading of the column."),
    (
        "type",
        "`string`, `number`, `integer`, `boolean`, `year`, `yearmonth`, `date` or `any`. Other types are refused.",
    ),
    ("format", "Of a text `email`, `uri`, `uuid`; of a date `any` or a pattern of `%d`, `%m`, `%Y`, `%B`, `%b`."),
    ("title", "For people."),
    ("description", "For people."),
    ("example", "For people."),
    ("rdfType", "For programs."),
    ("missingValues", "The field's own marks of missing values, in place of the schema's."),
    ("categories", "The values that there are, each alone or as `{value, label}`."),
    ("categoriesOrdered", "For programs; the order of a dimension is that of its `members`."),
    (
        "decimalChar",
        "The mark before decimals. Where it is left out and every mark of the column stands before three digits, the column is refused.",
    ),
    (
        "groupChar",
        "The mark between groups of three digits; where it is left out, spaces of any width and apostrophes.",
    ),
    ("bareNumber", "`false` where words or signs stand around the number."),
    ("trueValues", "What is true; `true`, `True`, `TRUE`, `1` where it is left out."),
    ("falseValues", "What is false; `false`, `False`, `FALSE`, `0` where it is left out."),
    ("constraints", "What the values keep to."),
];

const CONSTRAINTS: &[(&str, &str)] = &[
    ("required", "Whether no value may be missing."),
    ("unique", "Whether no value stands twice."),
    ("pattern", "A regular expression that the whole text fits."),
    ("enum", "The values that may stand only."),
    ("minLength", "The fewest characters of a text."),
    ("maxLength", "The most characters of a text."),
    ("minimum", "The least number or the first period."),
    ("maximum", "The greatest number or the last period."),
    ("exclusiveMinimum", "What every number or period is above."),
    ("exclusiveMaximum", "What every number or period is below."),
];

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

impl<'de> Deserialize<'de> for Several {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Several, D::Error> {
        struct Texts;

        impl<'de> Visitor<'de> for Texts {
            type Value = Several;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Several, E> {
                Ok(Several(vec![text.to_owned()]))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Several, E> {
                Ok(Several(vec![number.to_string()]))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Several, E> {
                Ok(Several(vec![number.to_string()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Several, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = list.next_element()? {
                    texts.push(text);
                }
                Ok(Several(texts))
            }
        }

        deserializer.deserialize_any(Texts)
    }
}

impl<'de> Deserialize<'de> for Labelled {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Labelled, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Entry {
            value: String,
            #[serde(default)]
            label: Option<String>,
        }

        struct Value;

        impl<'de> Visitor<'de> for Value {
            type Value = Labelled;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or {value: …, label: …}")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Labelled, E> {
                Ok(Labelled { value: text.to_owned(), label: None })
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Labelled, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Labelled, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Labelled, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Labelled, A::Error> {
                let entry = Entry::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Labelled { value: entry.value, label: entry.label })
            }
        }

        deserializer.deserialize_any(Value)
    }
}

#[cfg(test)]
mod tests {
    use super::super::entry::ResourceEntry;
    use super::*;

    /// The keys that a map takes, as the reader names them when it meets another.
    fn keys<T: for<'a> Deserialize<'a>>() -> Vec<String> {
        let Err(error) = serde_json::from_str::<T>("{\"?\": 1}") else { panic!("it takes any key") };
        let said = error.to_string();
        let (_, list) = said.split_once("expected one of ").expect("the keys");
        list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn the_reference_names_every_property_that_is_read() {
        // What is known by name only to be refused by a message of its own.
        const REFUSED: &[&str] =
            &["property", "itemType", "itemKeys", "sheetNumber", "sheetName", "table", "jsonSchema", "delimiter"];
        let read = [
            keys::<ResourceEntry>(),
            keys::<DialectEntry>(),
            keys::<SchemaEntry>(),
            keys::<FieldEntry>(),
            keys::<ConstraintsEntry>(),
        ];
        for ((of, properties), read) in PROPERTIES.iter().zip(read) {
            let described: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
            for name in &described {
                assert!(read.iter().any(|known| known == name), "{of}: `{name}` is described and not read");
            }
            for name in &read {
                let known = described.contains(&name.as_str()) || REFUSED.contains(&name.as_str());
                assert!(known, "{of}: `{name}` is read and not described");
            }
        }
    }
}
