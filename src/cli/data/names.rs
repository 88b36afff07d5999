//! Names: what a draft found that no list of territories knows, and what it may be.

use std::collections::BTreeMap;

use crate::catalog::Catalog;
use crate::reshape::draft::Draft;

/// Lists the unknown names of a draft in their order, each once, with its first cell and in how many rows it stands.
pub(super) fn unmatched_names(draft: &Draft) -> Vec<(&str, &str, usize)> {
    let mut names: Vec<(&str, &str, usize)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, address) in &draft.unmatched {
        let at = *places.entry(name).or_insert(names.len());
        match names.get_mut(at) {
            Some((.., times)) => *times += 1,
            None => names.push((name, address, 1)),
        }
    }
    names
}

/// Says which territories a name may mean.
pub(super) fn near(catalog: &Catalog, name: &str) -> String {
    let near = catalog.names.near(name);
    let near: Vec<String> = near.iter().map(|(name, code)| format!("{} ({name})", code.as_str())).collect();
    if near.is_empty() { String::new() } else { format!(": it may be {}", near.join(", ")) }
}
