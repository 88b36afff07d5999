//! Aliases: the growing table of what files call territories, members and measures, beside the names of the lists.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, schema_for};
use serde::Deserialize;

use super::Territories;
use super::entry::TableEntry;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::Files;
use crate::finding::Code;
use crate::reshape::names::Names;

/// Where the table of aliases stands; a study need not have one.
pub(super) const ALIASES: &str = "data/aliases.yaml";

/// `data/aliases.yaml`: names as files print them, in every language and spelling.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AliasesEntry {
    /// Code → names.
    #[serde(default)]
    territories: BTreeMap<String, Vec<String>>,
    /// Dimension → member → names.
    #[serde(default)]
    members: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Measure → names.
    #[serde(default)]
    measures: BTreeMap<String, Vec<String>>,
}

/// Returns the schema of the table of aliases.
pub fn schema() -> Schema {
    schema_for!(AliasesEntry)
}

/// Gathers all names that are known: those of the list of territories, the titles of measures, the table of aliases.
pub(super) fn read(
    files: &Files,
    territories: &Territories,
    tables: &BTreeMap<String, TableEntry>,
    diagnostics: &mut Diagnostics,
) -> Option<Names> {
    let mut names = Names::default();
    for territory in territories.iter() {
        names.territory(territory.code.as_str(), &territory.code);
        // The nominatives alone: a case of one name may be the nominative of another.
        let own = territory.names.values().flat_map(|forms| [forms.get("name"), forms.get("table")]);
        own.flatten().for_each(|name| names.territory(name, &territory.code));
        if let Some(whole) = &territory.part_of {
            names.part(&territory.code, whole);
        }
    }
    for (measure, entry) in tables.values().flat_map(|table| &table.measures) {
        entry.title.values().for_each(|title| names.word("measure", title, measure));
    }
    if files.get(ALIASES).is_none() {
        return Some(names);
    }
    let entry: AliasesEntry = files.yaml(ALIASES, diagnostics)?;
    let outline = files.outline(ALIASES);
    for (code, aliases) in &entry.territories {
        let known = Code::parse(code).filter(|code| territories.get(code).is_some());
        let Some(known) = known else {
            let place: Place = outline.place(&["territories", code]);
            let message = format!("`{code}` is not a territory of data/territories.yaml");
            let hint = did_you_mean(code, territories.iter().map(|t| t.code.as_str()));
            diagnostics.push(Diagnostic::error(code::CATALOG_TERRITORY, place, message).maybe_hint(hint));
            continue;
        };
        aliases.iter().for_each(|alias| names.territory(alias, &known));
    }
    for (dimension, members) in &entry.members {
        for (member, words) in members {
            words.iter().for_each(|word| names.word(dimension, word, member));
        }
    }
    for (measure, words) in &entry.measures {
        words.iter().for_each(|word| names.word("measure", word, measure));
    }
    Some(names)
}
