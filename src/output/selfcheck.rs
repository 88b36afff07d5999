//! Self-check: four questions put to a report as it stands: data, findings, places, digits.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::{Built, Material, ledger};
use crate::files::{Files, sha256};

/// One question with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The stable name.
    pub question: &'static str,
    /// How much was looked at.
    pub checked: usize,
    /// What is wrong.
    pub problems: Vec<String>,
}

/// Sections that are written from the catalogue, the term base and the methods: what stands in them is theirs.
const GENERATED: [&str; 4] = ["references", "sources", "abbreviations", "appendix"];

/// Puts the four questions to a standing report.
pub fn check(standing: &Files, files: &Files, built: &[Built], material: &Material) -> Vec<Answer> {
    let mut places = Answer::new("does every page say what the ledger says where it says it");
    let mut findings = Answer::new("do the findings recompute");
    let mut digits = Answer::new("does any digit lack an owner");
    let exempt = exempt_passages(files);
    for built in built {
        let name = &built.edition.name;
        let path = format!("{name}/numbers.json");
        let Some(numbers) = standing.text(&path).and_then(|text| serde_json::from_str::<Json>(text).ok()) else {
            findings.problems.push(format!("{path} is missing or is no JSON"));
            continue;
        };
        let fresh = ledger::of(built, material);
        recompute(&numbers, &fresh, name, &mut findings);
        for page in &built.pages {
            let path = format!("{name}/{}/index.html", page.lang.code());
            match standing.text(&path) {
                Some(html) => {
                    said(&numbers, html, &path, page.lang.code(), &mut places);
                    owned(html, &path, &exempt, &mut digits);
                }
                None => places.problems.push(format!("{path} is missing")),
            }
        }
    }
    vec![data(files, material), findings, places, digits]
}

impl Answer {
    fn new(question: &'static str) -> Answer {
        Answer { question, checked: 0, problems: Vec::new() }
    }
}

/// Is the data the catalogued data? Each snapshot has its hash, and no file stands there that the catalogue does not name.
fn data(files: &Files, material: &Material) -> Answer {
    let mut answer = Answer::new("is the data the catalogued data");
    let known: BTreeSet<String> = material.catalog.resources.iter().map(|resource| resource.file()).collect();
    for resource in &material.catalog.resources {
        answer.checked += 1;
        let found = files.get(&resource.file()).map(|bytes| format!("sha256:{}", sha256(bytes)));
        if found.as_deref() != Some(resource.hash.as_str()) {
            answer.problems.push(format!("{} is not the catalogued file", resource.file()));
        }
    }
    for (path, _) in files.below("data/raw/").filter(|(path, _)| !known.contains(*path)) {
        answer.problems.push(format!("{path} is in no catalogue"));
    }
    answer
}

fn text_of<'a>(number: &'a Json, key: &str) -> &'a str {
    number[key].as_str().unwrap_or_default()
}

fn recompute(numbers: &Json, fresh: &ledger::Ledger, edition: &str, answer: &mut Answer) {
    let list = numbers["numbers"].as_array().map(Vec::as_slice).unwrap_or_default();
    for number in list {
        let id = text_of(number, "id");
        answer.checked += 1;
        match fresh.numbers.get(id) {
            None => answer.problems.push(format!("{edition}: {id} is computed by no build")),
            Some(line) if line.value != text_of(number, "value") => {
                let (now, then) = (&line.value, text_of(number, "value"));
                answer.problems.push(format!("{edition}: {id} is {then} in the report and comes to {now}"));
            }
            Some(_) => {}
        }
    }
    for id in fresh.numbers.keys().filter(|id| !list.iter().any(|number| text_of(number, "id") == id.as_str())) {
        answer.problems.push(format!("{edition}: {id} is missing in numbers.json"));
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The digits of a text, which stay the same in every case of a noun.
fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The marked numbers of a page by their places: id in the ledger, value, digits.
type Marks = BTreeMap<String, (String, String, String)>;

/// Collects the marked numbers of a page: (id in the ledger, value, digits), by the id of the place where it has one.
fn marks(html: &str) -> (Marks, BTreeSet<(String, String)>) {
    let attribute = |tag: &str, name: &str| {
        tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).map(unescaped)
    };
    let (mut places, mut cells) = (BTreeMap::new(), BTreeSet::new());
    let mut cell = None;
    for piece in html.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').unwrap_or((piece, ""));
        if tag.starts_with("td ") {
            cell = attribute(tag, "data-number");
        }
        if !tag.starts_with("data ") {
            continue;
        }
        let value = attribute(tag, "value").unwrap_or_default();
        match (attribute(tag, "id"), attribute(tag, "data-number")) {
            (Some(place), Some(id)) => {
                let inner = html[html.find(piece).unwrap_or(0)..].split("</data>").next().unwrap_or_default();
                let inner = inner.split_once('>').map_or("", |(_, inner)| inner);
                places.insert(place, (id, value, digits_of(&stripped(inner))));
            }
            _ => cells.extend(cell.take().map(|id| (id, value))),
        }
    }
    (places, cells)
}

fn stripped(html: &str) -> String {
    html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect()
}

/// Compares what the ledger says of a page with what stands there.
fn said(numbers: &Json, html: &str, path: &str, lang: &str, answer: &mut Answer) {
    let (marks, cells) = marks(html);
    let mut claimed = BTreeSet::new();
    for number in numbers["numbers"].as_array().map(Vec::as_slice).unwrap_or_default() {
        let (id, value) = (text_of(number, "id"), text_of(number, "value"));
        let printed = digits_of(number["printed"][lang].as_str().unwrap_or_default());
        for place in number["places"].as_array().map(Vec::as_slice).unwrap_or_default() {
            let Some((file, anchor)) = place.as_str().and_then(|place| place.split_once('#')) else { continue };
            if file != format!("{lang}/index.html") {
                continue;
            }
            answer.checked += 1;
            if anchor.starts_with("n-") {
                claimed.insert(anchor.to_owned());
                match marks.get(anchor) {
                    None => answer.problems.push(format!("{path}: nothing stands at {anchor}")),
                    Some((own, there, digits)) if own != id || there != value || *digits != printed => {
                        answer.problems.push(format!("{path}: {anchor} says {there}, the ledger {value}"));
                    }
                    Some(_) => {}
                }
            } else if !cells.contains(&(id.to_owned(), value.to_owned())) && !html.contains(&format!("id=\"{anchor}\""))
            {
                answer.problems.push(format!("{path}: the exhibit {anchor} does not show {id}"));
            }
        }
    }
    for place in marks.keys().filter(|place| !claimed.contains(*place)) {
        answer.problems.push(format!("{path}: {place} is in no ledger"));
    }
}

/// Collects the passages that templates exempt with a reason.
fn exempt_passages(files: &Files) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for (_, bytes) in files.below("templates/") {
        let text = String::from_utf8_lossy(bytes);
        for passage in text.split("call exempt(").skip(1) {
            let inner = passage.split_once("%}").map_or("", |(_, rest)| rest);
            out.extend(runs(inner.split("{%").next().unwrap_or_default()).map(str::to_owned));
        }
    }
    out
}

/// Splits a text into its runs of digits.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty())
}

/// Looks for digits that are neither a finding, a year, a label, nor exempt.
fn owned(html: &str, path: &str, exempt: &BTreeSet<String>, answer: &mut Answer) {
    let main = html.split_once("<main").map_or(html, |(_, main)| main);
    let mut section = String::new();
    let mut depth = 0usize;
    let mut text = String::new();
    for piece in main.split('<').skip(1) {
        let (tag, words) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default();
        // What a link, a heading of a table, a caption or a code says is owned by what it names; the numbers of a
        // description are computed from the marks of its figure, which the table below it owns.
        let owning = ["data", "code", "th", "caption", "figcaption", "sup", "script", "a"].contains(&name);
        let owning = owning
            || (name == "p"
                && ["codes", "note", "source", "files", "description"]
                    .iter()
                    .any(|class| tag.contains(&format!("class=\"{class}\""))));
        match (tag.starts_with('/'), owning || (depth > 0 && name == "p")) {
            (true, true) => depth = depth.saturating_sub(1),
            (false, true) => depth += 1,
            _ => {}
        }
        if name == "h2" && !tag.starts_with('/') {
            section = tag.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
        }
        if depth == 0 && !GENERATED.contains(&section.as_str()) && !section.is_empty() {
            text.push_str(words);
        }
        text.push(' ');
    }
    for run in runs(&text) {
        answer.checked += 1;
        let year = run.len() == 4 && run.parse::<u32>().is_ok_and(|year| (1800..=2100).contains(&year));
        if !year && !exempt.contains(run) {
            answer.problems.push(format!("{path}: `{run}` has no owner"));
        }
    }
}
