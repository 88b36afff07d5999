//! Ro crate: what the folder is, for machines: RO-Crate 1.1.

use serde_json::{Value, json};

use super::super::PROGRAM;
use super::{Packing, Passed, file_of};
use crate::files::{Files, sha256};

/// Names the terms of the whole; where nobody tells them, those of each file.
fn terms(license: Option<&str>) -> Value {
    match license {
        Some(address) if address.contains("://") => json!({"@id": address, "@type": "CreativeWork", "name": address}),
        Some(name) => {
            json!({"@id": format!("https://spdx.org/licenses/{name}"), "@type": "CreativeWork", "name": name})
        }
        None => json!({
            "@id": "#terms", "@type": "CreativeWork", "name": "No terms are stated for the whole",
            "description": "Each snapshot has the terms that its entry names; the rest has none stated.",
        }),
    }
}

/// Describes the folder. What the study does not state, a date or an author, is left out.
pub(super) fn metadata(given: &Packing, files: &Files) -> String {
    let material = given.material;
    let first = material.prose.languages.first().map(|lang| lang.code()).unwrap_or_default();
    let title = material.study.title.get(first).cloned().unwrap_or_default();
    let parts: Vec<Value> = files.iter().map(|(path, _)| json!({"@id": id(path)})).collect();
    let mut root = json!({
        "@id": "./", "@type": "Dataset", "name": title,
        "description": "A report with the study and the data that it is built of.",
        "inLanguage": material.study.languages, "hasPart": parts, "mentions": {"@id": "#build"},
    });
    let terms = terms(given.license);
    root["license"] = json!({"@id": terms["@id"]});
    if let Some(date) = given.published {
        root["datePublished"] = json!(date);
    }
    let authors: Vec<Value> = material
        .study
        .authors
        .iter()
        .enumerate()
        .filter(|(_, author)| !author.placeholder)
        .map(|(at, author)| {
            let id =
                author.orcid.as_ref().map_or(format!("#author-{}", at + 1), |id| format!("https://orcid.org/{id}"));
            json!({"@id": id, "@type": "Person", "name": author.name.get(first)})
        })
        .collect();
    if !authors.is_empty() {
        root["author"] = authors.iter().map(|author| json!({"@id": author["@id"]})).collect();
    }
    let descriptor = json!({
        "@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    });
    let program = json!({"@id": "#esep", "@type": "SoftwareApplication", "name": "esep", "softwareVersion": PROGRAM});
    let build = json!({
        "@id": "#build", "@type": "CreateAction", "name": "esep build --study study", "instrument": {"@id": "#esep"},
        "object": {"@id": "study/study.yaml"}, "result": {"@id": "study/report/checksums.sha256"},
    });
    let mut graph = vec![descriptor, root, program, build, terms];
    graph.extend(authors);
    graph.extend(files.iter().map(|(path, bytes)| file(path, bytes, given)));
    let whole = json!({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph});
    format!("{whole:#}\n")
}

/// Writes a path as the reference that it is.
fn id(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn file(path: &str, bytes: &[u8], given: &Packing) -> Value {
    let mut own = json!({
        "@id": id(path), "@type": "File", "name": path, "encodingFormat": format_of(path),
        "contentSize": bytes.len().to_string(), "sha256": sha256(bytes),
    });
    let resources = given.material.catalog.resources.iter();
    let snapshot = resources.clone().find(|resource| path.strip_prefix("study/") == Some(&file_of(resource)));
    if let Some(resource) = snapshot {
        own["description"] = json!(resource.title);
        let terms = resource.licenses.iter().map(|terms| terms.path.clone().unwrap_or_else(|| terms.title.clone()));
        own["license"] = terms.collect();
        own["isBasedOn"] = resource.sources.iter().map(|own| own.path.clone().unwrap_or(own.title.clone())).collect();
        if Passed::of(resource, given.included) == Passed::Included {
            own["conditionsOfAccess"] = json!("included on the word of who packed the folder");
        }
    }
    own
}

fn format_of(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html",
        "css" => "text/css",
        "csv" => "text/csv",
        "md" => "text/markdown",
        "json" => "application/json",
        "yaml" | "cff" => "application/yaml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "zip" => "application/zip",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xls" => "application/vnd.ms-excel",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        _ => "text/plain",
    }
}
