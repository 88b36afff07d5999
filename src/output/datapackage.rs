//! Data package: what stands in the folder of an edition, for machines: its tables, its ledger, the files that it is made of.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::lined::lined;
use super::snapshots::{Left, Snapshot};
use super::{Built, Material, csv};
use crate::document::plain;
use crate::files::sha256;
use crate::language::Language;
use crate::page::Caption;

/// Describes an edition; `ledger` is the text of its numbers.
pub(super) fn of(built: &Built, ledger: &str, material: &Material) -> String {
    let name = &built.edition.name;
    let snapshots: Vec<&Snapshot> = material.snapshots.named_in(ledger).collect();
    let mut resources: Vec<Json> = csv::tables(built, material).iter().map(|table| exhibit(table, built)).collect();
    resources.push(numbers(ledger, material));
    resources.extend(snapshots.iter().filter(|one| one.bytes.is_ok()).map(|one| raw(one, material)));
    let left: Vec<Json> = snapshots.iter().filter_map(|one| left(one, material)).collect();
    let study = &material.study;
    let about = material.prose.languages.iter().filter_map(|lang| study.edition_title(name, lang.code()));
    let title = material.prose.languages.iter().map(|lang| material.title(*lang));
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": format!("edition-{}", name.to_lowercase()), "title": joined(title), "version": name,
        "description": joined(about), "sources": once(&snapshots, "sources", "title"),
        "licenses": once(&snapshots, "licenses", "name"), "resources": resources,
    });
    let authors = study.authors.iter().filter(|author| !author.placeholder);
    let contributors: Vec<Json> =
        authors.map(|author| json!({"title": joined(author.name.values()), "roles": ["author"]})).collect();
    // Neither is named where there is none.
    if !contributors.is_empty() {
        package["contributors"] = json!(contributors);
    }
    if !left.is_empty() {
        package["left_out"] = json!(left);
    }
    for key in ["sources", "licenses"] {
        if package[key].as_array().is_some_and(Vec::is_empty)
            && let Some(keys) = package.as_object_mut()
        {
            keys.remove(key);
        }
    }
    lined(&package)
}

/// Joins what is said in several languages, each thing once.
fn joined<'a>(texts: impl Iterator<Item = impl AsRef<str> + 'a>) -> String {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        let text = text.as_ref();
        if !text.is_empty() && all.iter().all(|own| own != text) {
            all.push(text.to_owned());
        }
    }
    all.join(" / ")
}

/// Gathers what the catalogue says of files under a key, each entry once; what lacks `name` cannot be told apart.
fn once(snapshots: &[&Snapshot], key: &str, name: &str) -> Vec<Json> {
    let mut all: BTreeMap<&str, &Json> = BTreeMap::new();
    for entry in snapshots.iter().flat_map(|one| one.described[key].as_array()).flatten() {
        if let Some(own) = entry[name].as_str() {
            all.entry(own).or_insert(entry);
        }
    }
    // How and when a file was had is said with the file.
    let plainly = |entry: &&Json| {
        let mut entry = (*entry).clone();
        entry.as_object_mut().map(|keys| keys.remove("retrieved"));
        entry
    };
    all.values().map(plainly).collect()
}

fn exhibit(table: &csv::Written, built: &Built) -> Json {
    let captions = || built.pages.iter().filter_map(|page| page.captions.get(&table.id));
    // A source line counts works of the page, which mean nothing here.
    let about = |caption: &Caption| -> String {
        let parts = [&caption.headline, &caption.title].into_iter().chain(&caption.notes).map(|part| plain(part));
        parts
            .map(|part| part.trim_end_matches('.').to_owned())
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(". ")
    };
    json!({
        "name": table.id, "path": table.path, "title": joined(captions().map(|caption| plain(&caption.title))),
        "description": joined(captions().map(about)), "type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "bytes": table.text.len(), "hash": format!("sha256:{}", sha256(table.text.as_bytes())), "schema": table.schema,
    })
}

fn numbers(ledger: &str, material: &Material) -> Json {
    json!({
        "name": "numbers", "path": "numbers.json", "title": voiced(material, "number-trace"),
        "description": voiced(material, "file-numbers"), "type": "json", "format": "json",
        "mediatype": "application/json", "encoding": "utf-8", "bytes": ledger.len(),
        "hash": format!("sha256:{}", sha256(ledger.as_bytes())),
    })
}

fn voiced(material: &Material, key: &'static str) -> String {
    let languages = material.prose.languages.iter().filter_map(|lang| material.language(*lang));
    joined(languages.filter_map(|language: &Language| language.word(key)))
}

fn raw(snapshot: &Snapshot, material: &Material) -> Json {
    let mut own = snapshot.described.clone();
    let table = material.catalog.tables.get(&snapshot.table);
    let titles = material.prose.languages.iter().filter_map(|lang| table?.title.get(lang.code()));
    let about = joined(titles);
    if own["description"].is_null() && !about.is_empty() {
        own["description"] = json!(about);
    }
    own
}

/// Names a source file that does not go along, and why.
fn left(snapshot: &Snapshot, material: &Material) -> Option<Json> {
    let why = match snapshot.bytes {
        Ok(_) => return None,
        Err(Left::Terms) => "terms",
        Err(Left::Size) => "size",
    };
    let own = raw(snapshot, material);
    let told = ["name", "title", "description", "bytes", "hash", "sources", "licenses"];
    let mut entry: serde_json::Map<String, Json> = serde_json::Map::new();
    entry.insert("why".to_owned(), why.into());
    entry.extend(told.into_iter().filter_map(|key| Some((key.to_owned(), own.get(key)?.clone()))));
    Some(Json::Object(entry))
}
