//! BibTeX and BibLaTeX: the file of works that reference managers and typesetters exchange.

use std::collections::BTreeMap;

use biblatex::{Bibliography, Chunks, ChunksExt, Entry, EntryType, ParseError, Person, RawBibliography, Type};

use super::record::{Name, Record};
use super::{BIBTEX, Reading, WorkKind};
use crate::diagnostic::Place;
use crate::files::limits;

/// What an entry may hold and no list of works prints.
const SILENT: [&str; 26] = [
    "abstract",
    "keywords",
    "file",
    "isbn",
    "issn",
    "urldate",
    "month",
    "day",
    "annote",
    "annotation",
    "timestamp",
    "owner",
    "shorttitle",
    "shortjournal",
    "journalsubtitle",
    "copyright",
    "rights",
    "langidopts",
    "date-added",
    "date-modified",
    "bdsk-url-1",
    "bdsk-file-1",
    "citation-key",
    "creationdate",
    "modificationdate",
    "pagetotal",
];

/// What `record` reads.
const READ: [&str; 35] = [
    "author",
    "editor",
    "title",
    "subtitle",
    "title_en",
    "translatedtitle",
    "journal",
    "journaltitle",
    "booktitle",
    "publisher",
    "organization",
    "institution",
    "school",
    "address",
    "location",
    "year",
    "date",
    "volume",
    "number",
    "issue",
    "pages",
    "doi",
    "url",
    "langid",
    "language",
    "series",
    "type",
    "crossref",
    "xdata",
    "hyphenation",
    "eprint",
    "eprinttype",
    "howpublished",
    "maintitle",
    "options",
];

/// Where a work stands; the first of these that an entry has is printed.
const CONTAINERS: &[&str] = &["journaltitle", "journal", "booktitle", "maintitle", "howpublished", "eprint"];

/// Who brought it out; the first of these that an entry has is printed.
const PUBLISHERS: &[&str] = &["publisher", "institution", "school", "organization"];

/// Lists those of several fields that stand beside the one that is printed.
fn beside<'a>(entry: &'a Entry, fields: &'a [&str]) -> impl Iterator<Item = &'a str> {
    fields.iter().copied().filter(|field| entry.get(field).is_some()).skip(1)
}

/// Reads the entries; a file that cannot be parsed is refused with its line.
pub(super) fn read(text: &str, reading: &mut Reading) {
    let line = |at: usize| text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
    let place = |at: usize| Place { line: Some(line(at)), ..Place::file(BIBTEX) };
    if let Some(at) = too_deep(text) {
        return reading.refuse(place(at), "braces stand too deep in one another".to_owned(), None);
    }
    let failed = |error: ParseError| (place(error.span.start), format!("it cannot be read: {}", error.kind));
    let raw = match RawBibliography::parse(text) {
        Ok(raw) => raw,
        Err(error) => {
            let (place, message) = failed(error);
            return reading.refuse(place, message, Some("an entry is `@article{key, title = {…}, author = {…}}`"));
        }
    };
    // Entries follow each other, so that their lines are counted once through the file.
    let (mut lines, mut counted, mut at_line) = (BTreeMap::new(), 0, 1);
    for entry in &raw.entries {
        at_line += text.get(counted..entry.span.start).map_or(0, |between| between.matches('\n').count());
        counted = entry.span.start.max(counted);
        lines.insert(entry.v.key.v.to_owned(), at_line);
    }
    let all = match Bibliography::from_raw(raw) {
        Ok(all) => all,
        Err(error) => {
            let (place, message) = failed(error);
            return reading.refuse(place, message, None);
        }
    };
    for entry in all {
        let within = Some(format!("@{}{{{}}}", entry.entry_type, entry.key));
        let place = Place { line: lines.get(&entry.key).copied(), within, ..Place::file(BIBTEX) };
        let beside: Vec<&str> = [CONTAINERS, PUBLISHERS].iter().flat_map(|fields| beside(&entry, fields)).collect();
        let is_left = |key: &str| !SILENT.contains(&key) && !READ.contains(&key) || beside.contains(&key);
        reading.left(&place, entry.fields.keys().filter(|key| is_left(key)));
        reading.take(record(&entry), BIBTEX, place);
    }
}

/// Finds where braces stand deeper in one another than any name needs: the reader of fields follows them.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().enumerate().find_map(|(at, byte)| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth > limits::BLOCKS).then_some(at)
    })
}

fn record(entry: &Entry) -> Record {
    let text = |keys: &[&str]| {
        let said = keys.iter().filter_map(|key| entry.get(key)).map(|chunks| chunks.format_verbatim());
        said.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).find(|text| !text.is_empty())
    };
    let people = |key: &str| -> Vec<Name> {
        let chunks: Chunks = entry.get(key).map(<[_]>::to_vec).unwrap_or_default();
        let people = Vec::<Person>::from_chunks(&chunks).unwrap_or_default();
        people.into_iter().filter(|person| !person.name.is_empty()).map(name).collect()
    };
    let kind = match entry.entry_type {
        EntryType::Article | EntryType::SuppPeriodical => WorkKind::Article,
        EntryType::InBook
        | EntryType::InCollection
        | EntryType::InReference
        | EntryType::SuppBook
        | EntryType::BookInBook => WorkKind::Chapter,
        EntryType::InProceedings => WorkKind::Paper,
        EntryType::TechReport | EntryType::Report | EntryType::Dataset | EntryType::Manual => WorkKind::Report,
        EntryType::MastersThesis | EntryType::PhdThesis | EntryType::Thesis => WorkKind::Thesis,
        EntryType::Online => WorkKind::Site,
        _ => WorkKind::Book,
    };
    let title = [text(&["title"]), text(&["subtitle"])].into_iter().flatten().collect::<Vec<_>>().join(": ");
    let own_kind = matches!(kind, WorkKind::Report | WorkKind::Thesis).then(|| {
        let parts: Vec<String> = [text(&["type"]), text(&["number"])].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    });
    let eprint = text(&["eprint"]).map(|number| match text(&["eprinttype"]) {
        Some(kind) => format!("{kind}: {number}"),
        None => number,
    });
    Record {
        id: entry.key.clone(),
        kind,
        authors: people("author"),
        editors: people("editor"),
        title,
        title_en: text(&["title_en", "translatedtitle"]),
        within: text(&["journaltitle", "journal", "booktitle", "maintitle"])
            .or(own_kind.flatten())
            .or(text(&["howpublished"]))
            .or(eprint),
        series: text(&["series"]),
        publisher: text(PUBLISHERS),
        city: text(&["location", "address"]),
        year: text(&["date", "year"]).as_deref().and_then(super::year),
        volume: text(&["volume"]),
        issue: if matches!(kind, WorkKind::Report | WorkKind::Thesis) { None } else { text(&["number", "issue"]) },
        pages: text(&["pages"]),
        doi: text(&["doi"]),
        url: text(&["url"]),
        language: text(&["langid", "hyphenation", "language"]).map(|said| own_code(&said)),
    }
}

fn name(person: Person) -> Name {
    let family = [person.prefix, person.name, person.suffix];
    let family = family.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    Name { family, given: person.given_name }
}

/// BibLaTeX names varieties of English by names of their own.
fn own_code(said: &str) -> String {
    let varieties = ["american", "british", "usenglish", "ukenglish", "australian", "canadian", "newzealand"];
    if varieties.contains(&said.to_lowercase().as_str()) { "en".to_owned() } else { said.to_owned() }
}
