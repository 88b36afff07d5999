//! Words: the words of the exhibits of a language version, and what is wrong with them and with its strings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{References, Terms, strings};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::Files;
use crate::language::proof::{Fault, HIDDEN, Passage};
use crate::language::{Lang, Language, texts};
use crate::study::{ColumnsEntry, RowsEntry, Study, Text};

/// The words of one exhibit. Titles and notes are templates.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExhibitWords {
    /// The title, without a final stop and without the unit, which is that of the numbers.
    pub title: Text,
    /// What a figure shows, in a sentence over it, as long as a condition holds:
    /// `{% if holds("…") %}…{% endif %}`.
    #[serde(default)]
    pub headline: Option<Text>,
    /// Notes.
    #[serde(default)]
    pub note: Vec<Text>,
    /// Redrawn from a source or derived from it.
    pub source: Origin,
    /// The works it rests on.
    #[serde(default)]
    pub references: Vec<Text>,
    /// Names of series.
    #[serde(default)]
    pub series: BTreeMap<String, String>,
    /// The heading of a table's first column.
    #[serde(default)]
    pub stub: Option<String>,
    /// Headings of columns.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Headings over several columns.
    #[serde(default)]
    pub groups: BTreeMap<String, String>,
    /// Headings of named rows.
    #[serde(default)]
    pub rows: BTreeMap<String, String>,
}

/// How an exhibit came from its sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The same figures, drawn or set anew.
    #[default]
    Redrawn,
    /// Computed from the sources.
    Derived,
}

/// Returns where the words of the exhibits of a language stand.
pub fn exhibits_path(lang: Lang) -> String {
    format!("templates/{}/exhibits.yaml", lang.code())
}

/// Reads the words of the exhibits of a language; a study that has none needs no file.
pub fn exhibits(
    lang: Lang,
    is_needed: bool,
    files: &Files,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeMap<String, ExhibitWords>> {
    let path = exhibits_path(lang);
    match files.get(&path) {
        None if !is_needed => Some(BTreeMap::new()),
        _ => files.yaml_known(&path, &[], diagnostics),
    }
}

/// Proof-reads the strings and the labels, and finds what one language has as the other does.
pub fn proofread(
    speech: &BTreeMap<Lang, Arc<Language>>,
    strings: &BTreeMap<Lang, BTreeMap<String, String>>,
    exhibits: &BTreeMap<Lang, BTreeMap<String, ExhibitWords>>,
    terms: &Terms,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    // Where a word stands is asked for only when something is wrong with it.
    let place_of = |file: &str, key: &str| {
        let outline = files.outline(file);
        let whole = outline.find(&[key]).is_some();
        let keys: Vec<&str> = if whole { vec![key] } else { key.splitn(3, '.').collect() };
        outline.place(&keys).within(format!("`{key}`"))
    };
    let labels = |lang: &Lang| -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        for (id, entry) in exhibits.get(lang).into_iter().flatten() {
            let named = entry.series.iter().map(|(key, text)| (format!("{id}.series.{key}"), text));
            let heads = entry.columns.iter().map(|(key, text)| (format!("{id}.columns.{key}"), text));
            let groups = entry.groups.iter().map(|(key, text)| (format!("{id}.groups.{key}"), text));
            let heads = heads.chain(groups);
            let rows = entry.rows.iter().map(|(key, text)| (format!("{id}.rows.{key}"), text));
            let stub = entry.stub.iter().map(|text| (format!("{id}.stub"), text));
            all.extend(named.chain(heads).chain(rows).chain(stub).map(|(key, text)| (key, text.clone())));
        }
        all
    };
    let empty = BTreeMap::new();
    for (lang, language) in speech {
        let own = labels(lang);
        let texts = [(strings::path(*lang), strings.get(lang).unwrap_or(&empty)), (exhibits_path(*lang), &own)];
        for (file, texts) in texts {
            for (key, text) in texts {
                let passage = Passage { text: without_holes(text), ..Passage::default() };
                for variant in terms.forbidden(*lang, &passage.text) {
                    let place = place_of(&file, key);
                    let message = format!("the term base does not allow `{}`", &passage.text[variant.span]);
                    let hint = format!("the term is `{}`", variant.term);
                    diagnostics.push(Diagnostic::error(code::LANGUAGE_TERM, place, message).hint(hint));
                }
                for finding in language.proofread(&passage) {
                    let code = match finding.fault {
                        Fault::MixedScript => code::LANGUAGE_SCRIPT,
                        Fault::DoubledWord => code::LANGUAGE_DOUBLED,
                        Fault::Untranslated => code::LANGUAGE_UNTRANSLATED,
                        // Strings are parts of sentences and may begin and end with anything.
                        _ => continue,
                    };
                    let place = place_of(&file, key);
                    diagnostics.push(Diagnostic::error(code, place, finding.message).hint(finding.hint));
                }
            }
        }
    }
    let own = |lang: Lang| strings.get(&lang).unwrap_or(&empty);
    for language in speech.values() {
        for other in speech.keys().filter(|other| **other != language.lang()) {
            let lang = language.lang();
            left_over(&strings::path(lang), language, (own(lang), *other, own(*other)), &place_of, diagnostics);
            let labels = (&labels(&lang), *other, &labels(other));
            left_over(&exhibits_path(lang), language, labels, &place_of, diagnostics);
        }
    }
}

/// Reports words that stand as in another version.
fn left_over(
    file: &str,
    language: &Language,
    (words, other, theirs): (&BTreeMap<String, String>, Lang, &BTreeMap<String, String>),
    place_of: &dyn Fn(&str, &str) -> Place,
    diagnostics: &mut Diagnostics,
) {
    for (key, text) in words.iter().filter(|(key, text)| theirs.get(*key) == Some(*text)) {
        // What the program itself says in a language is of that language.
        let is_own = texts::own(language.lang().code(), key) == Some(text.as_str());
        if !is_own && language.is_left_over(other, text) {
            let place = place_of(file, key);
            let message = format!("`{text}` stands as in the version `{}`", other.code());
            diagnostics.push(Diagnostic::error(code::LANGUAGE_UNTRANSLATED, place, message));
        }
    }
}

/// Takes out what a string leaves open: `{count}`.
fn without_holes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, part) in text.split('{').enumerate() {
        let tail = part.split_once('}').filter(|_| i > 0);
        if tail.is_some() {
            out.push(HIDDEN);
        }
        out.push_str(tail.map_or(part, |(_, tail)| tail));
    }
    out
}

/// Reports titles and headings that type a unit: what is printed is said by the exhibit, whose scale may change.
pub fn typed_units(
    language: &Language,
    words: &BTreeMap<String, ExhibitWords>,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    let path = exhibits_path(language.lang());
    let outline = files.outline(&path);
    for (id, entry) in words {
        let heads = entry.columns.iter().map(|(key, text)| (format!("{id}.columns.{key}"), text));
        let groups = entry.groups.iter().map(|(key, text)| (format!("{id}.groups.{key}"), text));
        let title = std::iter::once((format!("{id}.title"), &entry.title.value));
        for (name, text) in title.chain(heads).chain(groups) {
            let Some(unit) = language.typed_unit(text) else { continue };
            let at = &entry.title.referenced;
            let title = Place::line(&path, at.line() as usize, at.column() as usize);
            let keys: Vec<&str> = name.splitn(3, '.').collect();
            let place = if name.ends_with(".title") { title } else { outline.place(&keys) };
            let message = format!("types the unit `{unit}`");
            let hint = "take it out: captions and headings are given the unit and scale of the numbers in study.yaml";
            diagnostics.push(Diagnostic::error(code::EXHIBIT_UNIT, place.within(name), message).hint(hint));
        }
    }
}

/// Reports exhibits without words, words without an exhibit, and works that are not in the list.
pub fn complete(
    lang: Lang,
    words: &BTreeMap<String, ExhibitWords>,
    study: &Study,
    members: &BTreeSet<String>,
    works: Option<&References>,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    let path = exhibits_path(lang);
    let outline = files.outline(&path);
    let mut keys: BTreeMap<&String, [BTreeSet<&str>; 4]> = BTreeMap::new();
    for (id, entry) in &study.figures {
        let entry = &entry.value;
        let value = entry.of.iter().map(|_| "value");
        let mut series: BTreeSet<&str> = entry.series.0.iter().map(|(key, _)| key.as_str()).chain(value).collect();
        if series.is_empty() {
            // That a figure shows nothing is said elsewhere; here no name of a series is one too many.
            series.extend(words.get(id).into_iter().flat_map(|words| words.series.keys()).map(String::as_str));
        }
        keys.insert(id, [series, BTreeSet::new(), BTreeSet::new(), BTreeSet::new()]);
    }
    for (id, entry) in &study.tables {
        let columns = match &entry.value.columns {
            ColumnsEntry::Each(columns) => columns.0.iter().map(|(key, _)| key.as_str()).collect(),
            ColumnsEntry::Axis(_) => BTreeSet::new(),
        };
        let rows = match &entry.value.rows {
            RowsEntry::Each(rows) => rows.0.iter().map(|(key, _)| key.as_str()).collect(),
            RowsEntry::Axis(_) => BTreeSet::new(),
        };
        let groups = entry.value.groups.0.iter().map(|(key, _)| key.as_str()).collect();
        keys.insert(id, [BTreeSet::new(), columns, groups, rows]);
    }
    let mut refuse = |keys: &[&str], message: String, hint: Option<String>| {
        diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, outline.place(keys), message).maybe_hint(hint));
    };
    for id in keys.keys().filter(|id| !words.contains_key(**id)) {
        let strange = words.keys().filter(|other| !keys.contains_key(other)).map(String::as_str);
        refuse(&[], format!("has no words for exhibit `{id}`"), did_you_mean(id, strange));
    }
    for (id, entry) in words {
        let Some([series, columns, groups, rows]) = keys.get(id) else {
            refuse(&[id], format!("has words for `{id}`, which study.yaml lacks"), None);
            continue;
        };
        if entry.title.value.trim().is_empty() {
            refuse(&[id, "title"], format!("`{id}` has an empty `title`"), None);
        }
        if entry.headline.as_ref().is_some_and(|headline| !headline.value.contains("holds(")) {
            let hint =
                "put it between `{% if holds(\"…\") %}` and `{% endif %}`: what a figure shows may end".to_owned();
            refuse(&[id, "headline"], format!("the headline of `{id}` stands whatever the data say"), Some(hint));
        }
        if !rows.is_empty() && entry.stub.is_none() {
            refuse(&[id], format!("`{id}` lacks `stub`, the heading of its named rows"), None);
        }
        let sides = [
            ("series", series, &entry.series),
            ("columns", columns, &entry.columns),
            ("groups", groups, &entry.groups),
            ("rows", rows, &entry.rows),
        ];
        if entry.stub.as_ref().is_some_and(|stub| stub.trim().is_empty()) {
            refuse(&[id, "stub"], format!("`{id}` has an empty `stub`"), None);
        }
        for (what, wanted, given) in sides {
            for (key, _) in given.iter().filter(|(_, text)| text.trim().is_empty()) {
                refuse(&[id, what, key], format!("`{id}` has an empty `{what}.{key}`"), None);
            }
            for key in wanted.iter().filter(|key| !given.contains_key(**key)) {
                // A single series is named by the title, and one that is a bar for each period by its period.
                if *key != "value" {
                    let keys = [id.as_str(), what];
                    refuse(
                        &keys,
                        format!("`{id}` lacks `{what}.{key}`"),
                        did_you_mean(key, given.keys().map(String::as_str)),
                    );
                }
            }
            // A member of a category is named where it is a row, a column or a line.
            let strange =
                |key: &&String| !wanted.contains(key.as_str()) && *key != "reference" && !members.contains(*key);
            for key in given.keys().filter(strange) {
                let hint = did_you_mean(key, wanted.iter().copied());
                refuse(&[id, what, key], format!("`{id}` names `{what}.{key}`, which study.yaml lacks"), hint);
            }
        }
    }
    let Some(works) = works else { return };
    for work in words.values().flat_map(|entry| &entry.references) {
        if works.references.iter().all(|known| known.id != work.value) {
            let place = Place::line(&path, work.referenced.line() as usize, work.referenced.column() as usize);
            diagnostics.push(works.unknown(&work.value, place));
        }
    }
}
