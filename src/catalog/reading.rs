//! Reading: what the catalogue says of a file → how it is read. What cannot be honoured is told where it stands.

mod fields;

use std::collections::BTreeMap;

use encoding_rs::Encoding;
use serde::de::DeserializeOwned;

use super::PACKAGE;
use super::entry::{ResourceEntry, TableEntry};
use super::schema::{DialectEntry, Referred, SchemaEntry};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::{Files, Outline};
use crate::table::Dialect;
use crate::table::decode;
use crate::table::field::Field;

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
    let agreement = fields::agreement(&schema, &mut told);
    let fields = schema
        .fields
        .iter()
        .enumerate()
        .map(|(at, field)| fields::field(field, at, &schema, dialect.null.as_deref(), &mut told));
    let fields: Vec<Field> = fields.collect();
    let keys = fields::keys(&schema, &mut told);
    let foreign = fields::foreign(&schema, &entry.name, &mut told);
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

/// Refuses a measure in a column whose type holds no numbers.
fn bound(entry: &ResourceEntry, schema: &SchemaEntry, tables: &BTreeMap<String, TableEntry>, told: &mut Told) {
    let feed = &entry.esep;
    let is_measure = |target: &String| tables.get(&feed.table).is_some_and(|table| table.measures.contains_key(target));
    let columns = feed.columns.iter().filter(|(_, target)| is_measure(target)).map(|(column, _)| column);
    for column in columns.chain(feed.pivot.iter().map(|pivot| &pivot.value)) {
        let field = schema.fields.iter().enumerate().find(|(_, field)| field.name == *column);
        let Some((at, kind)) = field.and_then(|(at, field)| Some((at, field.kind.as_deref()?))) else { continue };
        if fields::TYPES.contains(&kind) && !["number", "integer", "string", "any"].contains(&kind) {
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
