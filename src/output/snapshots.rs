//! Snapshots: the source files of a study as they stand, with what its catalogue says of each, to go along with an edition.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::pack::Passed;
use crate::catalog::entry::ResourceEntry;
use crate::catalog::{Catalog, PACKAGE};
use crate::diagnostic::Diagnostics;
use crate::files::{Files, limits};

/// Source files by their paths in the study.
#[derive(Clone, Debug, Default)]
pub struct Snapshots(BTreeMap<String, Snapshot>);

/// A source file.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    /// Where it stands beside the package of an edition.
    pub path: String,
    /// The table that it feeds.
    pub table: String,
    /// What the catalogue says of it, without the program's own block.
    pub described: Json,
    /// What is in it, or why it does not go along.
    pub bytes: Result<Vec<u8>, Left>,
}

/// Why a source file does not go along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// Its terms do not let anybody pass it on.
    Terms,
    /// It is too large.
    Size,
}

impl Snapshots {
    /// Takes the files that a catalogue names.
    pub fn of(catalog: &Catalog, files: &Files) -> Snapshots {
        // What is wrong with the catalogue was said as it was read.
        let package: Json = files.yaml(PACKAGE, &mut Diagnostics::default()).unwrap_or_default();
        let entries = package["resources"].as_array().map(Vec::as_slice).unwrap_or_default();
        let snapshot = |resource: &ResourceEntry| {
            let entry = entries.iter().find(|entry| entry["name"] == resource.name.as_str())?;
            let file = resource.file();
            let below = file.strip_prefix("data/raw/").or(file.strip_prefix("data/")).unwrap_or(&file);
            let path = format!("raw/{below}");
            let bytes = match files.get(&file)? {
                _ if !Passed::of(resource, &[]).is_in() => Err(Left::Terms),
                bytes if bytes.len() > limits::SNAPSHOT_BYTES => Err(Left::Size),
                bytes => Ok(bytes.to_vec()),
            };
            let described = described(entry, &path, files);
            let table = resource.esep.table.clone();
            Some((file.clone(), Snapshot { path, table, described, bytes }))
        };
        Snapshots(catalog.resources.iter().filter_map(snapshot).collect())
    }

    /// Lists the files that a ledger names as the ends of its ways.
    pub(super) fn named_in<'a>(&'a self, ledger: &'a str) -> impl Iterator<Item = &'a Snapshot> {
        let is_named = |file: &String| ledger.contains(&format!("\"{file}#"));
        self.0.iter().filter(move |(file, _)| is_named(file)).map(|(_, snapshot)| snapshot)
    }
}

/// Returns an entry of the catalogue as any reader takes it: nothing of it stands in another file, nothing is the program's own.
fn described(entry: &Json, path: &str, files: &Files) -> Json {
    let mut own = entry.clone();
    let Some(keys) = own.as_object_mut() else { return own };
    keys.remove("esep");
    keys.insert("path".to_owned(), path.into());
    for key in ["schema", "dialect"] {
        let Some(file) = keys.get(key).and_then(Json::as_str) else { continue };
        let held: Option<Json> = files.yaml(&format!("data/{file}"), &mut Diagnostics::default());
        match held {
            Some(held) => keys.insert(key.to_owned(), held),
            None => keys.remove(key),
        };
    }
    own
}
