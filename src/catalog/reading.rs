//! Reading: what the catalogue says of a file → how it is read. What cannot be honoured is told where it stands.

use std::collections::BTreeMap;

use encoding_rs::Encoding;
use regex::Regex;
use serde::de::DeserializeOwned;

use super::PACKAGE;
use super::entry::{ResourceEntry, TableEntry};
use super::schema::{ConstraintsEntry, DialectEntry, FieldEntry, Labelled, Referred, SchemaEntry};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::{Files, Outline};
use crate::table::decode;
use crate::table::field::{Bound, DateForm, Field, Kind, TextForm};
use crate::table::number::NumberSyntax;
use crate::table::{CATALOGUE, Dialect, MissingMarks};

/// How a file is read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The encoding that is stated.
    pub encoding: Option<&'static Encoding>,
    /// How its text is parted.
    pub dialect: Dialect,
    /// What its columns hold.
    pub fields: Vec<Field>,
    /// How its columns and fields agree.
    pub agreement: Agreement,
    /// The fields that tell rows apart, with `primaryKey` before `uniqueKeys`.
    pub keys: Vec<UniqueKey>,
    /// The fields that other resources know.
    pub foreign: Vec<ForeignKey>,
}

/// How the columns of a file and the fields of its schema agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Agreement {
    /// The same in the same order.
    Exact,
    /// The same.
    #[default]
    Equal,
    /// The file may hold more columns.
    Subset,
    /// The file may hold fewer columns.
    Superset,
    /// Both.
    Partial,
}

/// Fields that together never stand twice.
#[derive(Clone, Debug)]
pub struct UniqueKey {
    /// The fields.
    pub fields: Vec<String>,
    /// Whether they are never missing.
    pub is_primary: bool,
}

/// Fields whose values stand in a resource.
#[derive(Clone, Debug)]
pub struct ForeignKey {
    /// The fields.
    pub fields: Vec<String>,
    /// The resource.
    pub resource: String,
    /// Its fields.
    pub known: Vec<String>,
}

/// The profiles that say no more than the standard does.
const PROFILES: [&str; 4] = ["tabular-data-resource", "data-resource", "tabular-data-package", "data-package"];

/// The profiles of the standard by their addresses.
const PROFILE_ADDRESSES: [&str; 2] = ["https://datapackage.org/profiles/2.0/", "https://datapackage.org/profiles/1.0/"];

/// The types that are read.
const TYPES: [&str; 8] = ["string", "number", "integer", "boolean", "year", "yearmonth", "date", "any"];

/// The types that the standard has and that are not read.
const OTHER_TYPES: [&str; 8] = ["object", "array", "list", "datetime", "time", "duration", "geopoint", "geojson"];

const MATCHES: [(&str, Agreement); 5] = [
    ("exact", Agreement::Exact),
    ("equal", Agreement::Equal),
    ("subset", Agreement::Subset),
    ("superset", Agreement::Superset),
    ("partial", Agreement::Partial),
];

/// A descriptor under way: where it stands, and what is told of it.
struct Told<'a> {
    outline: Outline,
    path: Vec<String>,
    within: String,
    diagnostics: &'a mut Diagnostics,
}

impl Told<'_> {
    /// Tells what cannot be honoured at a key below the descriptor.
    fn refuse(&mut self, keys: &[&str], message: String, hint: Option<String>) {
        let path: Vec<&str> = self.path.iter().map(String::as_str).chain(keys.iter().copied()).collect();
        let place = self.outline.place(&path).within(self.within.clone());
        self.diagnostics.push(Diagnostic::error(code::CATALOG_PROPERTY, place, message).maybe_hint(hint));
    }
}

/// Works out how the resource at a place of the catalogue is read.
pub fn of(
    entry: &ResourceEntry,
    number: usize,
    tables: &BTreeMap<String, TableEntry>,
    outline: &Outline,
    files: &Files,
    diagnostics: &mut Diagnostics,
) -> Option<Reading> {
    let within = format!("resource `{}`", entry.name);
    let own = vec!["resources".to_owned(), number.to_string()];
    let before = diagnostics.len();
    let mut told = Told { outline: outline.clone(), path: own.clone(), within: within.clone(), diagnostics };
    let encoding = encoding(entry, &mut told);
    resource(entry, &mut told);
    let mut dialect =
        Dialect { delimiter: if entry.format.as_deref() == Some("tsv") { '\t' } else { ',' }, ..Dialect::default() };
    if let Some(stated) = &entry.dialect
        && let Some((found, mut told)) = referred(stated, "dialect", &own, outline, files, &within, diagnostics)
    {
        parted(&found, &mut dialect, &mut told);
    }
    let (schema, mut told) = referred(&entry.schema, "schema", &own, outline, files, &within, diagnostics)?;
    let agreement = agreement(&schema, &mut told);
    let fields = schema
        .fields
        .iter()
        .enumerate()
        .map(|(at, field)| self::field(field, at, &schema, dialect.null.as_deref(), &mut told));
    let fields: Vec<Field> = fields.collect();
    let keys = keys(&schema, &mut told);
    let foreign = foreign(&schema, &entry.name, &mut told);
    bound(entry, &schema, tables, &mut told);
    (diagnostics.len() == before).then_some(Reading { encoding, dialect, fields, agreement, keys, foreign })
}

/// Refuses a profile that asks for more than the standard.
pub fn profile(name: Option<&str>, address: Option<&str>) -> Option<(&'static str, String)> {
    if let Some(name) = name.filter(|name| !PROFILES.contains(name) && !is_standard(name)) {
        return Some(("profile", format!("the profile `{name}` is not known, so nothing holds the entry to it")));
    }
    let address = address.filter(|address| !is_standard(address))?;
    Some(("$schema", format!("`{address}` is no profile of the standard, so nothing holds the entry to it")))
}

fn is_standard(address: &str) -> bool {
    PROFILE_ADDRESSES.iter().any(|known| address.starts_with(known))
}

/// Reads a descriptor where it stands: in the catalogue, or in a file of its own.
fn referred<'a, T: DeserializeOwned + Clone>(
    entry: &Referred<T>,
    key: &str,
    own: &[String],
    outline: &Outline,
    files: &Files,
    within: &str,
    diagnostics: &'a mut Diagnostics,
) -> Option<(T, Told<'a>)> {
    match entry {
        Referred::Here(found) => {
            let path = own.iter().cloned().chain([key.to_owned()]).collect();
            Some((found.clone(), Told { outline: outline.clone(), path, within: within.to_owned(), diagnostics }))
        }
        Referred::At(path) => {
            let file = format!("data/{path}");
            if files.get(&file).is_none() {
                let keys: Vec<&str> = own.iter().map(String::as_str).chain([key]).collect();
                let place = outline.place(&keys).within(within.to_owned());
                let hint = format!("`{key}` is a map, or the path of a file below data/");
                let message = format!("there is no file `{file}`");
                diagnostics.push(Diagnostic::error(code::FILE_MISSING, place, message).hint(hint));
                return None;
            }
            let found = files.yaml(&file, diagnostics)?;
            Some((
                found,
                Told { outline: files.outline(&file), path: Vec::new(), within: within.to_owned(), diagnostics },
            ))
        }
    }
}

fn encoding(entry: &ResourceEntry, told: &mut Told) -> Option<&'static Encoding> {
    let name = entry.encoding.as_deref()?;
    let found = decode::encoding(name);
    if found.is_none() {
        let hint = did_you_mean(&name.to_lowercase(), decode::NAMES.iter().copied());
        told.refuse(&["encoding"], format!("`{name}` is no encoding that is known"), hint);
    }
    found
}

fn resource(entry: &ResourceEntry, told: &mut Told) {
    if let Some((key, message)) = profile(entry.profile.as_deref(), entry.profile_address.as_deref()) {
        told.refuse(&[key], message, None);
    }
    if let Some(kind) = entry.kind.as_deref().filter(|kind| *kind != "table") {
        told.refuse(&["type"], format!("a resource of type `{kind}` is not read: only `table` is"), None);
    }
    let has_layout = entry.esep.layout.is_some();
    let formats: &[&str] = if has_layout { &["csv", "tsv", "xlsx", "xls", "ods"] } else { &["csv", "tsv"] };
    if let Some(format) = entry.format.as_deref().filter(|format| !formats.contains(format)) {
        let message = match has_layout {
            true => format!("the format `{format}` is not read: known here are {}", formats.join(", ")),
            false => {
                format!("the format `{format}` is not read without a layout: only delimited text is, `csv` or `tsv`")
            }
        };
        told.refuse(&["format"], message, None);
    }
    if let Some(media) = entry.mediatype.as_ref().filter(|_| !has_layout) {
        let mut parts = media.split(';').map(str::trim);
        let known = ["text/csv", "text/tab-separated-values", "text/plain"];
        let base = parts.next().unwrap_or_default();
        if !known.contains(&base) {
            let message = format!("the media type `{base}` is not read: only delimited text is");
            told.refuse(&["mediatype"], message, did_you_mean(base, known));
        }
        for charset in parts.filter_map(|part| part.strip_prefix("charset=")) {
            let stated = entry.encoding.as_deref().unwrap_or("utf-8");
            if decode::encoding(charset.trim_matches('"')) != decode::encoding(stated) {
                let message = format!("it names the encoding `{charset}`, and the resource is read as `{stated}`");
                told.refuse(&["mediatype"], message, Some("state it under `encoding`".to_owned()));
            }
        }
    }
    if entry.path.contains("://") {
        let hint = "keep a snapshot of it below data/raw, with its hash".to_owned();
        told.refuse(&["path"], "an address is not read: nothing is fetched".to_owned(), Some(hint));
    }
}

/// Reads a dialect into the one that is usual where nothing is said.
fn parted(entry: &DialectEntry, dialect: &mut Dialect, told: &mut Told) {
    if let Some((key, message)) = profile(None, entry.schema.as_deref()) {
        told.refuse(&[key], message, None);
    }
    for (key, is_there) in [
        ("property", entry.property.is_some()),
        ("itemType", entry.item_type.is_some()),
        ("itemKeys", entry.item_keys.is_some()),
        ("sheetNumber", entry.sheet_number.is_some()),
        ("sheetName", entry.sheet_name.is_some()),
        ("table", entry.table.is_some()),
    ] {
        if is_there {
            told.refuse(
                &[key],
                format!("`{key}` is of JSON, workbooks or databases, and only delimited text is read"),
                None,
            );
        }
    }
    if entry.case_sensitive_header == Some(false) {
        let message = "headings are compared letter by letter".to_owned();
        told.refuse(&["caseSensitiveHeader"], message, Some("write them in `schema` as the file does".to_owned()));
    }
    let mut letter = |key: &str, text: &str| -> Option<char> {
        let mut letters = text.chars();
        let only = letters.next().filter(|_| letters.next().is_none());
        if only.is_none_or(|c| c == '\n' || c == '\r') {
            let hint = (text == "\\t").then(|| "write a tab within quotation marks: \"\\t\"".to_owned());
            told.refuse(&[key], format!("`{key}` takes one character, not `{text}`"), hint);
        }
        only
    };
    if let Some(text) = &entry.delimiter {
        dialect.delimiter = letter("delimiter", text).unwrap_or(dialect.delimiter);
    }
    if let Some(text) = &entry.quote_char {
        dialect.quote = if text.is_empty() { None } else { letter("quoteChar", text) };
    }
    if let Some(text) = &entry.escape_char {
        dialect.escape = letter("escapeChar", text);
    }
    if dialect.quote == Some(dialect.delimiter) || dialect.escape == Some(dialect.delimiter) {
        told.refuse(&["delimiter"], "the delimiter has another office too".to_owned(), None);
    }
    dialect.null = entry.null_sequence.clone();
    dialect.is_doubled = entry.double_quote.unwrap_or(true);
    dialect.skips_spaces = entry.skip_initial_space.unwrap_or(true);
    dialect.terminator = entry.line_terminator.clone().filter(|end| !["\r\n", "\n", "\r"].contains(&end.as_str()));
    if dialect.terminator.as_deref() == Some("") {
        told.refuse(&["lineTerminator"], "a row ends in something".to_owned(), None);
    }
    dialect.comment = entry.comment_char.clone().filter(|mark| !mark.is_empty());
    dialect.comments = entry.comment_rows.clone();
    dialect.joint = entry.header_join.clone().unwrap_or_else(|| " ".to_owned());
    dialect.headings = match (entry.header, &entry.header_rows) {
        (Some(false), Some(rows)) if !rows.is_empty() => {
            told.refuse(&["headerRows"], "`header: false` says that there are none".to_owned(), None);
            None
        }
        (Some(false), _) => Some(Vec::new()),
        (_, rows) => rows.clone(),
    };
    if entry.header_rows.iter().flatten().chain(&entry.comment_rows).any(|row| *row == 0) {
        told.refuse(&["headerRows"], "rows are counted from 1".to_owned(), None);
    }
}

fn agreement(schema: &SchemaEntry, told: &mut Told) -> Agreement {
    if let Some((key, message)) = profile(None, schema.schema.as_deref()) {
        told.refuse(&[key], message, None);
    }
    let Some(said) = &schema.fields_match else { return Agreement::Equal };
    let found = match said.0.as_slice() {
        [one] => MATCHES.iter().find(|(name, _)| name == one),
        _ => None,
    };
    if found.is_none() {
        let said = said.0.join(", ");
        let names = MATCHES.map(|(name, _)| name);
        let hint = did_you_mean(&said, names).unwrap_or_else(|| format!("known here: {}", names.join(", ")));
        told.refuse(&["fieldsMatch"], format!("`{said}` is no way to agree"), Some(hint));
    }
    found.map_or(Agreement::Equal, |(_, agreement)| *agreement)
}

fn field(entry: &FieldEntry, at: usize, schema: &SchemaEntry, null: Option<&str>, told: &mut Told) -> Field {
    let number = at.to_string();
    let mut refuse = |key: &str, message: String, hint: Option<String>| {
        told.refuse(&["fields", &number, key], format!("field `{}`: {message}", entry.name), hint);
    };
    if schema.fields[..at].iter().any(|other| other.name == entry.name) {
        refuse("name", "two fields have this name".to_owned(), None);
    }
    let type_name = entry.kind.as_deref().unwrap_or("any");
    if !TYPES.contains(&type_name) {
        let message = match OTHER_TYPES.contains(&type_name) {
            true => format!("type `{type_name}` is not read"),
            false => format!("`{type_name}` is no type"),
        };
        let hint = did_you_mean(type_name, TYPES).unwrap_or_else(|| format!("known here: {}", TYPES.join(", ")));
        refuse("type", message, Some(hint));
    }
    let kind = kind(entry, type_name, &mut refuse);
    let means_nothing = |key: &str| (key.to_owned(), format!("`{key}` means nothing for type `{type_name}`"));
    let is_number = matches!(kind, Kind::Number | Kind::Integer);
    for (key, is_there, fits) in [
        ("decimalChar", entry.decimal_char.is_some(), kind == Kind::Number),
        ("groupChar", entry.group_char.is_some(), is_number),
        ("bareNumber", entry.bare_number.is_some(), is_number),
        ("trueValues", entry.true_values.is_some(), matches!(kind, Kind::Truth { .. })),
        ("falseValues", entry.false_values.is_some(), matches!(kind, Kind::Truth { .. })),
        ("itemType", entry.item_type.is_some(), type_name == "list"),
        ("delimiter", entry.delimiter.is_some(), type_name == "list"),
    ] {
        if is_there && !fits {
            let (key, message) = means_nothing(key);
            refuse(&key, message, None);
        }
    }
    let mut mark = |key: &str, text: &Option<String>| -> Option<char> {
        let text = text.as_deref()?;
        let mut letters = text.chars();
        let only = letters.next().filter(|c| letters.next().is_none() && !c.is_ascii_digit() && !"+-eE".contains(*c));
        if only.is_none() {
            refuse(key, format!("`{key}` takes one character that is no digit or sign, not `{text}`"), None);
        }
        only
    };
    let (decimal, group) = (mark("decimalChar", &entry.decimal_char), mark("groupChar", &entry.group_char));
    if decimal.is_some() && decimal == group {
        refuse("groupChar", "one mark cannot part decimals and groups".to_owned(), None);
    }
    let numbers = NumberSyntax { decimal, group, is_dressed: entry.bare_number == Some(false) };
    let missing = missing(entry.missing_values.as_deref().or(schema.missing_values.as_deref()), null);
    let own = Field { name: entry.name.clone(), kind, numbers, missing, ..Field::default() };
    constrained(own, entry, type_name, &mut refuse)
}

fn kind(entry: &FieldEntry, type_name: &str, refuse: &mut impl FnMut(&str, String, Option<String>)) -> Kind {
    let words = |given: &Option<Vec<String>>, usual: [&str; 4]| {
        given.clone().unwrap_or_else(|| usual.iter().map(|word| (*word).to_owned()).collect())
    };
    let format = entry.format.as_deref().unwrap_or("default");
    if let ("date", form) = (type_name, DateForm::parse(format)) {
        return match form {
            Ok(form) => Kind::Date(form),
            Err(message) => {
                refuse("format", message, Some("write it of %d, %m, %Y, %B and %b, or write `any`".to_owned()));
                Kind::Date(DateForm::Any)
            }
        };
    }
    let forms =
        [("default", TextForm::Plain), ("email", TextForm::Email), ("uri", TextForm::Uri), ("uuid", TextForm::Uuid)];
    let form = forms.into_iter().find(|(name, _)| *name == format && (type_name == "string" || *name == "default"));
    if form.is_none() {
        let hint = did_you_mean(format, forms.map(|(name, _)| name));
        refuse("format", format!("the format `{format}` of type `{type_name}` is not read"), hint);
    }
    match type_name {
        "string" => Kind::Text(form.map_or(TextForm::Plain, |(_, form)| form)),
        "number" => Kind::Number,
        "integer" => Kind::Integer,
        "boolean" => Kind::Truth {
            yes: words(&entry.true_values, ["true", "True", "TRUE", "1"]),
            no: words(&entry.false_values, ["false", "False", "FALSE", "0"]),
        },
        "year" => Kind::Year,
        "yearmonth" => Kind::Month,
        _ => Kind::Any,
    }
}

/// The marks of missing values: what is declared, or the empty cell.
fn missing(declared: Option<&[Labelled]>, null: Option<&str>) -> MissingMarks {
    let marks = match declared {
        Some(marks) => {
            marks.iter().fold(MissingMarks::default(), |known, mark| known.and(&mark.value, mark.label.as_deref()))
        }
        None => MissingMarks::default().and("", None),
    };
    null.into_iter().fold(marks, |marks, null| marks.and(null, None))
}

fn constrained(
    mut field: Field,
    entry: &FieldEntry,
    type_name: &str,
    refuse: &mut impl FnMut(&str, String, Option<String>),
) -> Field {
    let ConstraintsEntry { required, pattern, among, min_length, max_length, .. } = &entry.constraints;
    field.is_required = *required;
    if entry.constraints.json_schema.is_some() {
        refuse("constraints", "`jsonSchema` is not read".to_owned(), None);
    }
    if let Some(text) = pattern {
        match Regex::new(&format!("^(?:{text})$")) {
            Ok(fits) => field.pattern = Some((text.clone(), fits)),
            Err(error) => {
                let said = error.to_string();
                let said = said.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                refuse("constraints", format!("the pattern `{text}` cannot be read: {said}"), None);
            }
        }
    }
    let has_letters = matches!(field.kind, Kind::Text(_) | Kind::Any);
    for (key, length) in [("minLength", min_length), ("maxLength", max_length)] {
        if length.is_some() && !has_letters {
            refuse("constraints", format!("`{key}` means nothing for type `{type_name}`"), None);
        }
    }
    field.length = [*min_length, *max_length];
    let has_order = !matches!(field.kind, Kind::Text(_) | Kind::Any | Kind::Truth { .. });
    let constraints = &entry.constraints;
    for (bound, key, text) in [
        (Bound::Least, "minimum", &constraints.minimum),
        (Bound::Most, "maximum", &constraints.maximum),
        (Bound::Above, "exclusiveMinimum", &constraints.exclusive_minimum),
        (Bound::Below, "exclusiveMaximum", &constraints.exclusive_maximum),
    ] {
        let Some(text) = text else { continue };
        if !has_order {
            refuse("constraints", format!("`{key}` means nothing for type `{type_name}`"), None);
            continue;
        }
        match field.named(text, &CATALOGUE) {
            Ok(end) => field.bounds.push((bound, text.clone(), end)),
            Err(misfit) => refuse("constraints", format!("`{key}`: {}", misfit.message), None),
        }
    }
    let listed = among.as_ref().map(|values| ("constraints", values.clone()));
    let categories = entry.categories.as_ref().map(|values| values.iter().map(|one| one.value.clone()).collect());
    for (key, values) in listed.into_iter().chain(categories.map(|values: Vec<String>| ("categories", values))) {
        let mut known = Vec::new();
        for value in values {
            match field.named(&value, &CATALOGUE) {
                Ok(value) => known.push(value),
                Err(misfit) => refuse(key, misfit.message, None),
            }
        }
        field.among = Some(match field.among.take() {
            Some(others) => known.into_iter().filter(|value| others.contains(value)).collect(),
            None => known,
        });
    }
    field
}

fn keys(schema: &SchemaEntry, told: &mut Told) -> Vec<UniqueKey> {
    let primary = Some(&schema.primary_key.0).filter(|fields| !fields.is_empty());
    let primary = primary.map(|fields| UniqueKey { fields: fields.clone(), is_primary: true });
    let others = schema.unique_keys.iter().map(|fields| UniqueKey { fields: fields.clone(), is_primary: false });
    // A field that is the primary key is unique by that.
    let own = (schema.fields.iter())
        .filter(|field| field.constraints.unique && schema.primary_key.0 != [field.name.as_str()]);
    let own = own.map(|field| UniqueKey { fields: vec![field.name.clone()], is_primary: false });
    let keys: Vec<UniqueKey> = primary.into_iter().chain(others).chain(own).collect();
    for key in &keys {
        known(schema, &key.fields, if key.is_primary { "primaryKey" } else { "uniqueKeys" }, told);
    }
    keys
}

fn foreign(schema: &SchemaEntry, own: &str, told: &mut Told) -> Vec<ForeignKey> {
    let mut keys = Vec::new();
    for entry in &schema.foreign_keys {
        known(schema, &entry.fields.0, "foreignKeys", told);
        if entry.fields.0.len() != entry.reference.fields.0.len() {
            let message = "a foreign key has as many fields here as in what it refers to".to_owned();
            told.refuse(&["foreignKeys"], message, None);
        }
        let resource = if entry.reference.resource.is_empty() { own } else { &entry.reference.resource };
        keys.push(ForeignKey {
            fields: entry.fields.0.clone(),
            resource: resource.to_owned(),
            known: entry.reference.fields.0.clone(),
        });
    }
    keys
}

/// Refuses names of fields that the schema does not have.
fn known(schema: &SchemaEntry, names: &[String], key: &str, told: &mut Told) {
    let fields: Vec<&str> = schema.fields.iter().map(|field| field.name.as_str()).collect();
    for name in names.iter().filter(|name| !fields.contains(&name.as_str())) {
        told.refuse(&[key], format!("the schema has no field `{name}`"), did_you_mean(name, fields.iter().copied()));
    }
}

/// Refuses a measure in a column whose type holds no numbers.
fn bound(entry: &ResourceEntry, schema: &SchemaEntry, tables: &BTreeMap<String, TableEntry>, told: &mut Told) {
    let feed = &entry.esep;
    let is_measure = |target: &String| tables.get(&feed.table).is_some_and(|table| table.measures.contains_key(target));
    let columns = feed.columns.iter().filter(|(_, target)| is_measure(target)).map(|(column, _)| column);
    for column in columns.chain(feed.pivot.iter().map(|pivot| &pivot.value)) {
        let field = schema.fields.iter().enumerate().find(|(_, field)| field.name == *column);
        let Some((at, kind)) = field.and_then(|(at, field)| Some((at, field.kind.as_deref()?))) else { continue };
        if TYPES.contains(&kind) && !["number", "integer", "string", "any"].contains(&kind) {
            let message = format!("field `{column}`: it holds a measure, and type `{kind}` holds no numbers");
            told.refuse(&["fields", &at.to_string(), "type"], message, None);
        }
    }
}

/// Refuses foreign keys that lead to no resource or to none of its fields.
pub fn refer(resources: &[ResourceEntry], outline: &Outline, diagnostics: &mut Diagnostics) {
    for (number, resource) in resources.iter().enumerate() {
        for key in &resource.reading.foreign {
            let (message, hint) = match resources.iter().find(|other| other.name == key.resource) {
                None => {
                    let hint = did_you_mean(&key.resource, resources.iter().map(|other| other.name.as_str()));
                    (format!("a foreign key refers to `{}`, which is no resource", key.resource), hint)
                }
                Some(other) => {
                    let fields = || other.reading.fields.iter().map(|field| field.name.as_str());
                    match key.known.iter().find(|name| !fields().any(|field| field == name.as_str())) {
                        Some(name) => {
                            let message = format!("a foreign key refers to `{name}`, no field of `{}`", key.resource);
                            (message, did_you_mean(name, fields()))
                        }
                        None => continue,
                    }
                }
            };
            let place = outline.place(&["resources", &number.to_string(), "schema", "foreignKeys"]);
            let place = Place { file: PACKAGE.to_owned(), ..place }.within(format!("resource `{}`", resource.name));
            diagnostics.push(Diagnostic::error(code::CATALOG_PROPERTY, place, message).maybe_hint(hint));
        }
    }
}
