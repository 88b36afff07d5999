//! Self-check: four questions put to a report as it stands: data, findings, places, digits.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::{Built, MANIFEST, Material, ledger};
use crate::claim::Printed;
use crate::files::{Files, sha256};
use crate::finding::Amount;
use crate::language::{Lang, Says, spelled};

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

/// Puts the four questions to a standing report; `fresh` is what the build writes now, but for PNG and the manifest.
pub fn check(standing: &Files, fresh: &Files, files: &Files, built: &[Built], material: &Material) -> Vec<Answer> {
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
        recompute(&numbers, &ledger::of(built, material), name, &mut findings);
        for page in &built.pages {
            let path = format!("{name}/{}/index.html", page.lang.code());
            match standing.text(&path) {
                Some(html) => {
                    let written = fresh.text(&path).unwrap_or_default();
                    said(&numbers, (html, written), &path, page.lang.code(), &mut places);
                }
                None => places.problems.push(format!("{path} is missing")),
            }
            if let Some(html) = fresh.text(&path) {
                owned(html, &path, &exempt, &mut digits);
                spelled_out(html, standing.text(&path).unwrap_or_default(), &path, page.lang, files, &mut digits);
            }
        }
        for (path, svg) in below(standing, &format!("{name}/figures/"), ".svg") {
            drawn(&numbers, svg, path, &mut places);
        }
    }
    manifest(standing, fresh, &mut digits);
    for (path, bytes) in standing.iter().filter(|(path, _)| !path.ends_with(".png") && *path != MANIFEST) {
        let text = String::from_utf8_lossy(bytes);
        match (fresh.text(path), fresh.get(path)) {
            (Some(written), _) => stands(&text, written, path, &mut digits),
            (None, Some(written)) if written == bytes => {}
            (None, Some(_)) => digits.problems.push(format!("{path}: is not what a build writes")),
            (None, None) if runs(&text).next().is_some() => {
                digits.problems.push(format!("{path}: no build writes this file"))
            }
            (None, None) => {}
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
    let known: BTreeSet<&str> = list.iter().map(|number| text_of(number, "id")).collect();
    for id in fresh.numbers.keys().filter(|id| !known.contains(id.as_str())) {
        answer.problems.push(format!("{edition}: {id} is missing in numbers.json"));
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Returns an attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).map(unescaped)
}

/// The digits of a text, which stay the same in every case of a noun.
fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The marked numbers of a page by their places: id in the ledger, value, digits.
type Marks = BTreeMap<String, (String, String, String)>;

/// Collects the marked numbers of a page: (id in the ledger, value, digits), by the id of the place where it has one.
fn marks(html: &str) -> (Marks, BTreeSet<(String, String)>) {
    let (mut places, mut cells) = (BTreeMap::new(), BTreeSet::new());
    // A cell says by its address, or by itself where it leads nowhere, which number it shows.
    let (mut cell, mut shown) = (None, None);
    for piece in html.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').unwrap_or((piece, ""));
        if tag.starts_with("td ") {
            cell = attribute(tag, "data-number");
        }
        if tag.starts_with("a ")
            && let Some(value) = shown.take()
        {
            let href = attribute(tag, "href").unwrap_or_default();
            cells.extend(href.split_once('#').map(|(_, id)| (id.to_owned(), value)));
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
            _ => match cell.take() {
                Some(id) => drop(cells.insert((id, value))),
                None => shown = Some(value),
            },
        }
    }
    (places, cells)
}

fn stripped(html: &str) -> String {
    html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect()
}

/// Compares what the ledger says of a page with what stands there.
fn said(numbers: &Json, (html, written): (&str, &str), path: &str, lang: &str, answer: &mut Answer) {
    // A number that is printed in several forms has one of them in the ledger.
    let ((marks, cells), (fresh, _)) = (marks(html), marks(written));
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
                    Some((own, there, digits))
                        if own != id
                            || there != value
                            || *digits != printed && fresh.get(anchor) != marks.get(anchor) =>
                    {
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

/// Lists the texts of a folder by the end of their names.
fn below<'a>(files: &'a Files, folder: &str, end: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let paths: Vec<&str> = files.below(folder).map(|(path, _)| path).filter(|path| path.ends_with(end)).collect();
    paths.into_iter().filter_map(|path| Some((path, files.text(path)?)))
}

/// Compares the numbers drawn in a figure with what the ledger says of them.
fn drawn(numbers: &Json, svg: &str, path: &str, answer: &mut Answer) {
    let list = numbers["numbers"].as_array().map(Vec::as_slice).unwrap_or_default();
    let values: BTreeMap<&str, &str> = list.iter().map(|n| (text_of(n, "id"), text_of(n, "value"))).collect();
    for (at, line) in svg.lines().enumerate() {
        for piece in line.split("<text").skip(1) {
            let (tag, rest) = piece.split_once('>').unwrap_or((piece, ""));
            let Some(id) = attribute(tag, "data-number") else { continue };
            let shown = stripped(rest.split("</text>").next().unwrap_or_default());
            answer.checked += 1;
            match values.get(id.as_str()) {
                None => answer.problems.push(format!("{path}:{}: {id} is in no ledger", at + 1)),
                Some(value) if !prints(&shown, value) => {
                    answer
                        .problems
                        .push(format!("{path}:{}: {id} is drawn as {shown}, the ledger says {value}", at + 1));
                }
                Some(_) => {}
            }
        }
    }
}

/// Says whether a drawn number is a ledger's value, rounded, in units, thousands or millions, with its sign or without.
fn prints(shown: &str, value: &str) -> bool {
    let (Some(exact), false) = (exact(value), digits_of(shown).is_empty()) else { return true };
    let text: String = shown.chars().filter(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect();
    let Some(printed) = Printed::parse(&text) else { return true };
    [1, 1_000, 1_000_000].iter().any(|scale| {
        let scaled = exact.magnitude().divided_by(&Amount::Integer(*scale));
        scaled.is_some_and(|scaled| scaled.round(printed.decimals as usize).to_amount() == printed.value)
    })
}

/// Reads a number of the ledger: `-39344`, `61.77`, `24703/400`.
fn exact(value: &str) -> Option<Amount> {
    match value.split_once('/') {
        Some((above, below)) => Amount::parse(above)?.divided_by(&Amount::parse(below)?),
        None => Amount::parse(value),
    }
}

/// Compares the numbers of a file with those that the build puts there: what it does not put there has no owner.
fn stands(text: &str, written: &str, path: &str, answer: &mut Answer) {
    let (own, wanted): (Vec<&str>, Vec<&str>) = (text.lines().collect(), written.lines().collect());
    let alike = |pair: &(&&str, &&str)| numbers_of(pair.0).eq(numbers_of(pair.1));
    let start = own.iter().zip(&wanted).take_while(alike).count();
    let rest = own.len().min(wanted.len()) - start;
    let end = own.iter().rev().zip(wanted.iter().rev()).take(rest).take_while(alike).count();
    answer.checked += own.iter().map(|line| numbers_of(line).count()).sum::<usize>();
    let (own, wanted) = (&own[start..own.len() - end], &wanted[start..wanted.len() - end]);
    for (at, line) in own.iter().enumerate() {
        let other: Vec<&str> =
            wanted.get(at).filter(|_| own.len() == wanted.len()).map(|w| numbers_of(w).collect()).unwrap_or_default();
        let here: Vec<&str> = numbers_of(line).collect();
        for (i, number) in here.iter().enumerate() {
            match other.get(i) {
                Some(right) if right == number => {}
                Some(right) if here.len() == other.len() => {
                    answer
                        .problems
                        .push(format!("{path}:{}: `{number}` stands where the build writes `{right}`", start + at + 1));
                }
                _ if other.contains(number) => {}
                _ => answer.problems.push(format!("{path}:{}: `{number}` has no owner", start + at + 1)),
            }
        }
        if here.len() < other.len() {
            answer.problems.push(format!(
                "{path}:{}: the build writes {} numbers more",
                start + at + 1,
                other.len() - here.len()
            ));
        }
    }
    if own.len() < wanted.len() {
        answer.problems.push(format!("{path}:{}: the build writes {} lines more", start + 1, wanted.len() - own.len()));
    }
}

/// Splits a line into its runs of digits, each with the sign before it.
fn numbers_of(line: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + line[at..].find(|c: char| c.is_ascii_digit())?;
        let end = line[start..].find(|c: char| !c.is_ascii_digit()).map_or(line.len(), |length| start + length);
        at = end;
        let sign = line[..start].chars().next_back().filter(|c| matches!(c, '-' | '−'));
        Some(&line[start - sign.map_or(0, char::len_utf8)..end])
    })
}

/// Compares the manifest with the files that stand there, and looks for a line on each that the build writes.
fn manifest(standing: &Files, fresh: &Files, answer: &mut Answer) {
    let text = standing.text(MANIFEST).unwrap_or_default();
    let listed = super::listed(text);
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, (_, path)) in text.lines().enumerate().filter_map(|(at, line)| Some((at, line.split_once("  ")?))) {
        lines.entry(path).or_insert(at + 1);
    }
    for (path, hash) in &listed {
        // PNG files are drawn anew on each machine and need not stand here.
        let wrong = match standing.get(path) {
            Some(bytes) if path.ends_with(".png") && !is_picture(bytes) => Some("is no whole picture"),
            Some(bytes) if sha256(bytes) == *hash => None,
            Some(_) => Some("has another checksum"),
            None if path.ends_with(".png") => continue,
            None => Some("is missing"),
        };
        answer.checked += 1;
        if let Some(wrong) = wrong {
            let line = lines.get(path).unwrap_or(&1);
            answer.problems.push(format!("{MANIFEST}:{line}: {path} {wrong}"));
        }
    }
    // A report in memory, which is not finished, has no manifest yet.
    if standing.get(MANIFEST).is_some() {
        let png = |path: &str| path.strip_suffix(".svg").map(|stem| format!("{stem}.png"));
        let written = fresh.iter().flat_map(|(path, _)| [Some(path.to_owned()), png(path)]).flatten();
        for path in written.filter(|path| !listed.contains_key(path.as_str())) {
            answer.problems.push(format!("{MANIFEST}: {path} is not listed"));
        }
    }
}

/// Says whether a PNG has both its ends.
fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.ends_with(b"IEND\xae\x42\x60\x82")
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

/// Looks for quantities in words on a standing page that neither its templates exempt nor the build writes.
fn spelled_out(fresh: &str, standing: &str, path: &str, lang: Lang, files: &Files, answer: &mut Answer) {
    let quantities = |html: &str| -> Vec<String> {
        // A tag parts words, so that no number of the page is read together with the words around it.
        let text: String = html
            .split('<')
            .map(|piece| ["\u{fffc}", piece.split_once('>').map_or(piece, |(_, text)| text)].concat())
            .collect();
        let found = spelled(&text, &[lang]).into_iter().filter(|found| found.says != Says::Count);
        found.map(|found| text[found.span].to_owned()).collect()
    };
    let mut written = quantities(fresh);
    let exempt: Vec<String> = files
        .below(&format!("templates/{}/", lang.code()))
        .flat_map(|(_, bytes)| exempt_texts(&String::from_utf8_lossy(bytes)))
        .collect();
    for words in quantities(standing) {
        answer.checked += 1;
        match written.iter().position(|own| *own == words) {
            Some(at) => {
                written.swap_remove(at);
            }
            None if exempt.iter().any(|passage| passage.contains(&words)) => {}
            None => answer.problems.push(format!("{path}: `{words}` is a number in words without an owner")),
        }
    }
}

/// Lists the passages of a template that are exempt.
fn exempt_texts(template: &str) -> Vec<String> {
    let passages = template.split("call exempt(").skip(1);
    passages.filter_map(|passage| Some(passage.split_once("%}")?.1.split("{%").next()?.to_owned())).collect()
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
    let mut in_work = false;
    let mut text = String::new();
    for piece in main.split('<').skip(1) {
        let (tag, words) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default();
        // What a link, a heading of a table, a caption or a code says is owned by what it names, what stands in a picture by
        // its axes and marks, which are looked at where they are drawn; the numbers of a
        // description are computed from the marks of its figure, which the table below it owns.
        let owning = ["data", "code", "th", "caption", "figcaption", "sup", "script", "svg", "a"].contains(&name);
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
        // What is printed of a work is its own.
        in_work = !tag.starts_with("/li") && (in_work || tag.contains("id=\"ref-"));
        if depth == 0 && !in_work && !GENERATED.contains(&section.as_str()) && !section.is_empty() {
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
