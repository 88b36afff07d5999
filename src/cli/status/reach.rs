//! Reach: what a changed input reaches: by names, through tables, analyses and findings to what is printed and judged.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::catalog::PACKAGE;
use crate::claim::CLAIMS;
use crate::cli::answers::Reached;
use crate::diagnostic::Diagnostics;
use crate::files::Files;
use crate::page::{self, pairs::PAIRS};
use crate::study::STUDY;

/// What an input reaches.
#[derive(Clone, Debug, Default)]
pub(super) struct Reach {
    /// Where it changed, as far as that is known: lines of prose, entries of a YAML file.
    pub places: Vec<String>,
    /// Whether every page may change.
    pub is_whole: bool,
    /// The name by which each finding is reached.
    pub why: BTreeMap<String, String>,
    editions: BTreeSet<String>,
    findings: BTreeSet<String>,
    sentences: BTreeSet<String>,
    figures: BTreeSet<String>,
    tables: BTreeSet<String>,
    verdicts: BTreeSet<String>,
}

impl Reach {
    /// Lists what is reached, part by part.
    pub(super) fn parts(&self) -> [(&'static str, &BTreeSet<String>); 6] {
        let Reach { editions, findings, sentences, figures, tables, verdicts, .. } = self;
        [
            ("editions", editions),
            ("findings", findings),
            ("sentences", sentences),
            ("figures", figures),
            ("tables", tables),
            ("verdicts", verdicts),
        ]
    }

    /// Tells it to machines.
    pub(super) fn said(&self) -> Reached {
        let [editions, findings, sentences, figures, tables, verdicts] =
            self.parts().map(|(_, names)| names.iter().cloned().collect());
        Reached { editions, findings, sentences, figures, tables, verdicts, every_page: self.is_whole }
    }

    /// Takes in what another input reaches.
    pub(super) fn extend(&mut self, other: &Reach) {
        let Reach { editions, findings, sentences, figures, tables, verdicts, is_whole, .. } = other.clone();
        self.is_whole |= is_whole;
        self.editions.extend(editions);
        self.findings.extend(findings);
        self.sentences.extend(sentences);
        self.figures.extend(figures);
        self.tables.extend(tables);
        self.verdicts.extend(verdicts);
    }
}

/// Who names whom in a study.
#[derive(Debug, Default)]
pub(super) struct Map {
    /// Analyses, findings and sets, each with the names that it names.
    nodes: BTreeMap<String, BTreeSet<String>>,
    /// The file of each snapshot with its table and vintage.
    snapshots: BTreeMap<String, (String, String)>,
    /// The vintages of each table that an edition reads; none where it reads all.
    editions: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Sentences, exhibits and claims, each with what it names.
    sentences: Vec<(String, BTreeSet<String>)>,
    figures: BTreeMap<String, BTreeSet<String>>,
    tables: BTreeMap<String, BTreeSet<String>>,
    verdicts: BTreeMap<String, BTreeSet<String>>,
}

impl Map {
    /// Reads who names whom; what cannot be read names nobody, which a build will say.
    pub(super) fn of(files: &Files) -> Map {
        let read = |path: &str| -> Value { files.yaml(path, &mut Diagnostics::default()).unwrap_or_default() };
        let (study, package) = (read(STUDY), read(PACKAGE));
        let mut map = Map::default();
        for section in ["analyses", "findings", "sets"] {
            map.nodes.extend(named(&study[section]));
        }
        map.figures = named(&study["figures"]);
        map.tables = named(&study["tables"]);
        for resource in package["resources"].as_array().into_iter().flatten() {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let own = (text(&resource["esep"]["table"]), text(&resource["esep"]["vintage"]));
            map.snapshots.insert(format!("data/{}", text(&resource["path"])), own);
        }
        for (name, edition) in study["editions"].as_object().into_iter().flatten() {
            let list = |value: &Value| {
                value.as_array().into_iter().flatten().filter_map(|one| Some(one.as_str()?.to_owned())).collect()
            };
            let vintages = edition["vintages"].as_object().into_iter().flatten();
            map.editions.insert(name.clone(), vintages.map(|(table, own)| (table.clone(), list(own))).collect());
        }
        for (path, _) in files.below("templates/").filter(|(path, _)| path.ends_with(".md")) {
            let mut before = BTreeSet::new();
            for (line, text) in page::sentences(files.text(path).unwrap_or_default()) {
                // A condition at the end is that of the next sentence.
                let (own, next) = text.split_once("{%").unwrap_or((text, ""));
                let mut names = words(own);
                names.append(&mut before);
                before = words(next);
                map.sentences.push((format!("{path}:{line}"), names));
            }
        }
        for (path, _) in files.below(CLAIMS) {
            let paper = path.trim_start_matches(CLAIMS).trim_end_matches(".yaml");
            let claims = read(path);
            for one in ["claims", "tables"].iter().flat_map(|key| claims[*key].as_array()).flatten() {
                let id = one["id"].as_str().unwrap_or_default();
                map.verdicts.insert(format!("{paper}/{id}"), words_of(one));
            }
        }
        map
    }

    /// Tells what a changed input reaches.
    pub(super) fn reach(&self, path: &str, old: Option<&str>, new: Option<&str>) -> Reach {
        let mut reach = Reach::default();
        let (before, after) = (old.unwrap_or_default(), new.unwrap_or_default());
        reach.editions.extend(self.editions.keys().cloned());
        if path.starts_with("templates/") && path.ends_with(".md") {
            self.prose(path, before, after, &mut reach);
        } else if path.starts_with("templates/") && path.ends_with("/exhibits.yaml") {
            for (id, _) in changed(before, after, 0) {
                reach.places.push(id.clone());
                self.exhibit(&id, &mut reach);
            }
        } else if let Some(paper) = path.strip_prefix(CLAIMS).and_then(|name| name.strip_suffix(".yaml")) {
            self.claims(paper, before, after, &mut reach);
        } else if path == STUDY {
            for (entry, section) in changed(before, after, 1) {
                reach.places.push(format!("{section}.{entry}").trim_end_matches('.').to_owned());
                self.entry(&section, &entry, &mut reach);
            }
        } else if path == PACKAGE {
            for (entry, section) in changed(before, after, 1) {
                reach.places.push(format!("{section}.{entry}").trim_end_matches('.').to_owned());
                let files = [before, after].map(|text| file_of(text, &section, &entry));
                let known: Vec<&String> = files.iter().flatten().collect();
                known.iter().for_each(|file| self.snapshot(file, &mut reach));
                if known.is_empty() {
                    self.everything(&mut reach);
                }
            }
        } else if self.snapshots.contains_key(path) {
            self.snapshot(path, &mut reach);
        } else if path == PAIRS || path.starts_with("templates/") && path.contains("/words.") {
            // Only what a build says of the prose rests on them.
        } else if !path.ends_with("/terms.yaml") || !path.starts_with("data/") {
            // Words, names, the frame: whatever is printed.
            self.everything(&mut reach);
        }
        reach
    }

    fn prose(&self, path: &str, before: &str, after: &str, reach: &mut Reach) {
        let known: BTreeSet<&str> = page::sentences(before).into_iter().map(|(_, text)| text.trim()).collect();
        let all = page::sentences(after);
        let fresh = all.iter().filter(|(_, text)| !known.contains(text.trim()));
        reach.sentences.extend(fresh.map(|(line, _)| format!("{path}:{line}")));
        let left: BTreeSet<&str> = all.iter().map(|(_, text)| text.trim()).collect();
        if reach.sentences.is_empty() && known.iter().any(|text| !left.contains(text)) {
            reach.sentences.insert(path.to_owned());
        }
        reach.places.extend(reach.sentences.iter().cloned());
    }

    fn exhibit(&self, id: &str, reach: &mut Reach) {
        if self.tables.contains_key(id) {
            reach.tables.insert(id.to_owned());
        } else {
            reach.figures.insert(id.to_owned());
        }
    }

    fn claims(&self, paper: &str, before: &str, after: &str, reach: &mut Reach) {
        for (entry, section) in changed(before, after, 1) {
            reach.places.push(format!("{section}.{entry}").trim_end_matches('.').to_owned());
            let own = format!("{paper}/{entry}");
            match section == "claims" || self.verdicts.contains_key(&own) {
                true => drop(reach.verdicts.insert(own)),
                false => {
                    let all = self.verdicts.keys().filter(|id| id.starts_with(&format!("{paper}/")));
                    reach.verdicts.extend(all.cloned());
                }
            }
        }
    }

    fn entry(&self, section: &str, entry: &str, reach: &mut Reach) {
        match section {
            "analyses" | "findings" | "sets" if !entry.is_empty() => self.follow(entry, reach),
            "figures" => drop(reach.figures.insert(entry.to_owned())),
            "tables" => drop(reach.tables.insert(entry.to_owned())),
            _ => self.everything(reach),
        }
    }

    fn snapshot(&self, path: &str, reach: &mut Reach) {
        let Some((table, vintage)) = self.snapshots.get(path) else { return self.everything(reach) };
        let reads = |vintages: &BTreeMap<String, Vec<String>>| {
            vintages.is_empty() || vintages.get(table).is_some_and(|own| own.contains(vintage))
        };
        reach.editions.retain(|name| self.editions.get(name).is_none_or(reads));
        self.follow(table, reach);
    }

    /// Follows a name to all that names it, and so on.
    fn follow(&self, name: &str, reach: &mut Reach) {
        let mut reached = BTreeSet::from([name.to_owned()]);
        let mut open = vec![name.to_owned()];
        while let Some(cause) = open.pop() {
            for (node, _) in self.nodes.iter().filter(|(_, names)| names.contains(&cause)) {
                if reached.insert(node.clone()) {
                    reach.why.insert(node.clone(), cause.clone());
                    open.push(node.clone());
                }
            }
        }
        let names = |own: &BTreeSet<String>| !own.is_disjoint(&reached);
        let own = |map: &BTreeMap<String, BTreeSet<String>>| -> Vec<String> {
            map.iter().filter(|(_, own)| names(own)).map(|(id, _)| id.clone()).collect()
        };
        reach.findings.extend(reached.iter().filter(|name| self.nodes.contains_key(*name)).cloned());
        reach.sentences.extend(self.sentences.iter().filter(|(_, own)| names(own)).map(|(place, _)| place.clone()));
        reach.figures.extend(own(&self.figures));
        reach.tables.extend(own(&self.tables));
        reach.verdicts.extend(own(&self.verdicts));
    }

    fn everything(&self, reach: &mut Reach) {
        reach.is_whole = true;
        reach.findings.extend(self.nodes.keys().cloned());
        reach.sentences.extend(self.sentences.iter().map(|(place, _)| place.clone()));
        reach.figures.extend(self.figures.keys().cloned());
        reach.tables.extend(self.tables.keys().cloned());
        reach.verdicts.extend(self.verdicts.keys().cloned());
    }
}

/// Returns the entries of a section with what each names.
fn named(section: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let entries = section.as_object().into_iter().flatten();
    entries.map(|(name, entry)| (name.clone(), words_of(entry))).collect()
}

/// Collects the words that could be names in all texts of a value.
fn words_of(value: &Value) -> BTreeSet<String> {
    match value {
        Value::String(text) => words(text),
        Value::Array(items) => items.iter().flat_map(words_of).collect(),
        Value::Object(map) => map.values().flat_map(words_of).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => BTreeSet::new(),
    }
}

fn words(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Lists the entries of a YAML text that differ, each with the section that it stands in: at depth 0 the sections
/// themselves. What stands in a section before its entries has no name.
fn changed(before: &str, after: &str, depth: usize) -> Vec<(String, String)> {
    let (old, new) = (blocks(before, depth), blocks(after, depth));
    let names: BTreeSet<&(String, String)> = old.keys().chain(new.keys()).collect();
    names.into_iter().filter(|name| old.get(*name) != new.get(*name)).cloned().collect()
}

/// Parts a YAML text into its entries: (entry, section) → lines.
fn blocks(text: &str, depth: usize) -> BTreeMap<(String, String), String> {
    let mut found: BTreeMap<(String, String), String> = BTreeMap::new();
    let (mut section, mut entry, mut inner) = (String::new(), String::new(), None);
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        let indent = line.len() - line.trim_start().len();
        let is_item = line.trim_start().starts_with("- ");
        if indent == 0 && !is_item {
            (section, entry, inner) = (key(line), String::new(), None);
        } else if depth > 0 && *inner.get_or_insert(indent) == indent {
            entry = if is_item { item(line) } else { key(line) };
        }
        let name = if depth > 0 { (entry.clone(), section.clone()) } else { (section.clone(), String::new()) };
        let block = found.entry(name).or_default();
        block.push_str(line);
        block.push('\n');
    }
    found
}

fn key(line: &str) -> String {
    line.trim().split(':').next().unwrap_or_default().trim_matches(['"', '\'']).to_owned()
}

/// Names an item of a list by its `id` or `name`, or else by its line.
fn item(line: &str) -> String {
    let value = |key: &str| {
        let rest = &line[line.find(key)? + key.len()..];
        Some(rest.trim_start().split([',', '}', ' ']).next()?.trim_matches(['"', '\'']).to_owned())
    };
    value("id:").or_else(|| value("name:")).unwrap_or_else(|| line.trim().to_owned())
}

/// Returns the file that an entry of the catalogue catalogues.
fn file_of(text: &str, section: &str, entry: &str) -> Option<String> {
    let blocks = blocks(text, 1);
    let block = blocks.get(&(entry.to_owned(), section.to_owned())).filter(|_| section == "resources")?;
    let path = block.lines().find_map(|line| line.trim().trim_start_matches("- ").strip_prefix("path:"))?;
    Some(format!("data/{}", path.trim().trim_matches(['"', '\''])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_differ_are_named() {
        let before = "a:\n  x: 1\n  y: {z: 2}\nb: [1]\nl:\n  - {id: m, v: 1}\n  - name: n\n    path: raw/n.csv\n";
        let after = before.replace("z: 2", "z: 3").replace("v: 1", "v: 2").replace("raw/n", "raw/o");
        let own =
            |names: &[(&str, &str)]| names.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
        assert_eq!(changed(before, &after, 1), own(&[("m", "l"), ("n", "l"), ("y", "a")]));
        assert_eq!(changed(before, &after, 0), own(&[("a", ""), ("l", "")]));
        assert_eq!(file_of(before, "resources", "n"), None);
        assert_eq!(
            file_of("resources:\n  - name: n\n    path: raw/n.csv\n", "resources", "n").as_deref(),
            Some("data/raw/n.csv")
        );
    }
}
