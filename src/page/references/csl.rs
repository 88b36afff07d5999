//! CSL-JSON: the list of works that reference managers exchange, <https://docs.citationstyles.org>.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

use super::record::{Name, Record};
use super::{CSL, Reading, WorkKind};
use crate::diagnostic::Place;

/// An item. What is printed has a field; the rest is kept by name, so that it can be told.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Item {
    id: Json,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    translated_title: Option<String>,
    #[serde(default)]
    author: Vec<Person>,
    #[serde(default)]
    editor: Vec<Person>,
    container_title: Option<String>,
    collection_title: Option<String>,
    genre: Option<String>,
    number: Option<Json>,
    publisher: Option<String>,
    publisher_place: Option<String>,
    issued: Option<Date>,
    volume: Option<Json>,
    issue: Option<Json>,
    page: Option<Json>,
    #[serde(rename = "DOI")]
    doi: Option<String>,
    #[serde(rename = "URL")]
    url: Option<String>,
    language: Option<String>,
    #[serde(flatten)]
    rest: BTreeMap<String, Json>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Person {
    #[serde(default)]
    family: String,
    #[serde(default)]
    given: String,
    #[serde(default)]
    literal: String,
    #[serde(default)]
    suffix: String,
    #[serde(default)]
    dropping_particle: String,
    #[serde(default)]
    non_dropping_particle: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Date {
    #[serde(default)]
    date_parts: Vec<Vec<Json>>,
    raw: Option<String>,
    literal: Option<String>,
}

/// What an item may hold and no list of works prints.
const SILENT: [&str; 24] = [
    "abstract",
    "keyword",
    "accessed",
    "ISBN",
    "ISSN",
    "title-short",
    "container-title-short",
    "journalAbbreviation",
    "shortTitle",
    "source",
    "archive",
    "archive_location",
    "archive-place",
    "call-number",
    "citation-key",
    "citation-label",
    "categories",
    "license",
    "PMID",
    "PMCID",
    "custom",
    "number-of-pages",
    "references",
    "system_id",
];

/// Reads the items; one that cannot be read costs itself alone.
pub(super) fn read(text: &str, reading: &mut Reading) {
    let list: Vec<Json> = match serde_json::from_str(text) {
        Ok(list) => list,
        Err(error) => {
            let place = Place { line: Some(error.line()), column: Some(error.column()), ..Place::file(CSL) };
            let hint = "CSL-JSON is a list of items: `[{\"id\": …, \"type\": …, \"title\": …}, …]`";
            return reading.refuse(place, format!("it cannot be read: {error}"), Some(hint));
        }
    };
    for (i, item) in list.into_iter().enumerate() {
        let place = Place { within: Some(format!("item {}", i + 1)), ..Place::file(CSL) };
        match serde_json::from_value::<Item>(item) {
            Ok(item) => {
                reading.left(&place, item.rest.keys().filter(|key| !SILENT.contains(&key.as_str())));
                reading.take(item.record(), CSL, place);
            }
            Err(error) => reading.refuse(place, format!("the item cannot be read: {error}"), None),
        }
    }
}

impl Item {
    fn record(self) -> Record {
        let kind = match self.kind.as_str() {
            "article-journal" | "article-magazine" | "article-newspaper" | "article" => WorkKind::Article,
            "chapter" | "entry-encyclopedia" | "entry-dictionary" | "entry" => WorkKind::Chapter,
            "paper-conference" => WorkKind::Paper,
            "report" | "dataset" | "standard" => WorkKind::Report,
            "thesis" => WorkKind::Thesis,
            "legislation" | "bill" | "legal_case" | "regulation" | "treaty" => WorkKind::Law,
            "webpage" | "post" | "post-weblog" => WorkKind::Site,
            _ => WorkKind::Book,
        };
        let number = self.number.as_ref().and_then(plain);
        let kind_of_report = matches!(kind, WorkKind::Report | WorkKind::Thesis | WorkKind::Law).then(|| {
            let parts: Vec<String> = [self.genre.clone(), number].into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        });
        Record {
            id: plain(&self.id).unwrap_or_default(),
            kind,
            authors: self.author.into_iter().map(Person::name).collect(),
            editors: self.editor.into_iter().map(Person::name).collect(),
            title: self.title,
            title_en: self.translated_title,
            within: self.container_title.or(kind_of_report.flatten()),
            series: self.collection_title,
            publisher: self.publisher,
            city: self.publisher_place,
            year: self.issued.as_ref().and_then(Date::year),
            volume: self.volume.as_ref().and_then(plain),
            issue: self.issue.as_ref().and_then(plain),
            pages: self.page.as_ref().and_then(plain),
            doi: self.doi,
            url: self.url,
            language: self.language,
        }
    }
}

impl Person {
    fn name(self) -> Name {
        if !self.literal.is_empty() {
            return Name { family: self.literal, given: String::new() };
        }
        let family = [self.non_dropping_particle, self.dropping_particle, self.family, self.suffix];
        let family = family.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        Name { family, given: self.given }
    }
}

impl Date {
    /// Returns the first year of four digits that the date says.
    fn year(&self) -> Option<i32> {
        let first = self.date_parts.first().and_then(|date| date.first()).and_then(plain);
        let said = [first.as_deref(), self.raw.as_deref(), self.literal.as_deref()];
        said.into_iter().flatten().find_map(super::year)
    }
}

/// Returns a text or number as text.
fn plain(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
