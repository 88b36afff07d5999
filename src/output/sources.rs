//! Sources: the rows of source tables at the ends of a derivation, as tables to look at.

use std::collections::{BTreeMap, BTreeSet};

use super::Material;
use super::element::{Html, said, tag};
use super::trace::Step;
use crate::catalog::entry::ResourceEntry;
use crate::claim::words;
use crate::claim::{Speaker, Verified};
use crate::finding::{CellRef, FindingId, Input, Key, Part, Value};

/// Some rows of one source table.
#[derive(Debug)]
pub(super) struct Source {
    /// What the table is called.
    pub title: String,
    /// Its file, within the study.
    pub file: String,
    /// The beginning of the file's hash, where the catalogue has it.
    pub hash: Option<String>,
    /// The heads of the columns.
    pub columns: Vec<String>,
    /// The rows by their keys.
    pub rows: BTreeMap<Key, Row>,
    measures: Vec<String>,
}

/// A row of a source table.
#[derive(Debug)]
pub(super) struct Row {
    label: String,
    quote: Option<String>,
    cells: BTreeMap<String, String>,
    used: Vec<String>,
}

impl Row {
    /// Spells the row; what went into the number is marked.
    pub(super) fn html(&self, source: &Source, paper: &str) -> Html {
        let mut head = tag("th").with("scope", "row").text(&self.label);
        if let Some(quote) = &self.quote {
            head = head.text(": ").put(tag("q").with("lang", paper).text(quote));
        }
        let cell = |measure: &String| {
            let text = self.cells.get(measure).map(String::as_str).unwrap_or_default();
            match self.used.contains(measure) {
                true => tag("td").put(said("b", text)),
                false => tag("td").text(text),
            }
        };
        tag("tr").put(head).all(source.measures.iter().map(cell)).into()
    }
}

/// Gathers the rows at the ends of ways, one table for each file, in the order in which they are met.
pub(super) fn gather(ways: &[Vec<Step>], one: &Verified, speaker: &Speaker, material: &Material) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for steps in ways {
        for step in steps {
            if let Input::Cell(cell, finding) = &step.what {
                put(&mut sources, (cell, finding), step.value.as_ref(), one, speaker, material);
            }
        }
    }
    sources
}

fn put(
    sources: &mut Vec<Source>,
    (cell, finding): (&CellRef, &FindingId),
    value: Option<&Value>,
    one: &Verified,
    speaker: &Speaker,
    material: &Material,
) {
    // A cell of a file is the finding under its key.
    let FindingId::Cell(series, key) = finding else { return };
    let (path, key, own) = (cell.file(), key.clone(), &*series.name);
    let column = match cell {
        CellRef::Keyed { column, .. } => column.to_string(),
        CellRef::Sheet { .. } => series.member.to_string(),
    };
    let resource = material.catalog.resources.iter().find(|resource| *resource.file() == *path);
    let (title, measures) = match resource {
        Some(resource) => of_catalogue(resource, &column, speaker, material),
        None => of_paper(own, &column, one, speaker),
    };
    let file = if resource.is_some() { path.to_string() } else { one.paper.file() };
    let at = sources.iter().position(|source| source.file == file && source.title == title);
    let at = at.unwrap_or_else(|| {
        let hash = resource.map(|resource| resource.hash[..resource.hash.len().min(23)].to_owned());
        let (columns, rows) = (measures.iter().map(|(_, head)| head.clone()).collect(), BTreeMap::new());
        let measures = measures.iter().map(|(name, _)| name.clone()).collect();
        sources.push(Source { title, file, hash, columns, rows, measures });
        sources.len() - 1
    });
    let Some(source) = sources.get_mut(at) else { return };
    let bound = resource.and_then(|resource| resource.esep.columns.get(&column)).unwrap_or(&column);
    let named = [&*series.member, bound].into_iter().find(|name| source.measures.iter().any(|own| own == name));
    let target = named.map(str::to_owned).or_else(|| source.measures.first().cloned()).unwrap_or(column);
    let row = source.rows.entry(key.clone()).or_insert_with(|| match resource {
        Some(resource) => Row {
            label: label(&key, speaker),
            quote: None,
            cells: neighbours(resource, path, &key, &source.measures, speaker),
            used: Vec::new(),
        },
        None => of_claim(own, &key, one, speaker),
    });
    let value = value.and_then(Value::amount).map(|amount| speaker.exact(amount));
    row.cells.entry(target.clone()).or_insert_with(|| value.unwrap_or_default());
    row.used.push(target);
}

/// Names a catalogued table and the measures that the file gives of it.
fn of_catalogue(
    resource: &ResourceEntry,
    column: &str,
    speaker: &Speaker,
    material: &Material,
) -> (String, Vec<(String, String)>) {
    let Some(table) = material.catalog.tables.get(&resource.esep.table) else {
        return (resource.title.clone(), vec![(column.to_owned(), column.to_owned())]);
    };
    let said = |titles: &BTreeMap<String, String>, else_: &str| {
        titles.get(speaker.code()).map_or(else_, String::as_str).to_owned()
    };
    let laid_out = resource.esep.layout.is_some();
    let pivoted = resource.esep.pivot.iter().flat_map(|pivot| pivot.members.values());
    let bound: BTreeSet<&String> = resource.esep.columns.values().chain(pivoted).collect();
    let given = |name: &&String| laid_out || bound.contains(name);
    let measures = table.measures.keys().filter(given);
    let mut measures: Vec<(String, String)> =
        measures.map(|name| (name.clone(), said(&table.measures[name].title, name))).collect();
    if measures.is_empty() {
        measures.push((column.to_owned(), column.to_owned()));
    }
    (said(&table.title, &resource.esep.table), measures)
}

/// Names what the paper prints: a table or its text.
fn of_paper(own: &str, column: &str, one: &Verified, speaker: &Speaker) -> (String, Vec<(String, String)>) {
    let table = one.paper.tables.iter().find(|table| table.id == own);
    let place = table.map(|table| speaker.spelled(one.paper, &table.place));
    let title = place.unwrap_or_else(|| speaker.say(words::OF_TEXT).to_owned());
    (title, vec![(column.to_owned(), speaker.say(words::PRINTED).to_owned())])
}

fn of_claim(own: &str, key: &Key, one: &Verified, speaker: &Speaker) -> Row {
    let name = |part: &Part| match one.paper.tables.iter().find(|table| table.id == own) {
        Some(table) => speaker.label(&part.to_string(), table),
        None => part.to_string(),
    };
    let claim = match key.0.as_slice() {
        [Part::Category(id)] => one.paper.claims.iter().find(|claim| claim.id.as_str() == &**id),
        _ => None,
    };
    let label = match claim {
        Some(claim) => speaker.place(one.paper, claim),
        None => key.0.iter().map(name).collect::<Vec<_>>().join(", "),
    };
    let quote = claim.and_then(|claim| claim.phrase.clone());
    Row { label, quote, cells: BTreeMap::new(), used: Vec::new() }
}

/// Names a row of a source by the parts of its key.
fn label(key: &Key, speaker: &Speaker) -> String {
    let name = |part: &Part| speaker.value(&Value::Key(part.clone()));
    key.0.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Returns the cells of a row that the same file gives.
fn neighbours(
    resource: &ResourceEntry,
    path: &str,
    key: &Key,
    measures: &[String],
    speaker: &Speaker,
) -> BTreeMap<String, String> {
    let cell = |measure: &String| {
        let series = speaker.edition.findings.member(&resource.esep.table, measure)?;
        series.sources(key).iter().any(|cell| cell.file() == path).then_some(())?;
        let amount = series.cells.get(key)?.value.amount()?;
        Some((measure.clone(), speaker.exact(amount)))
    };
    measures.iter().filter_map(cell).collect()
}
