//! Words: the strings of a language version and the words of its exhibits.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::catalog::Territories;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::Files;
use crate::finding::Code;
use crate::language::{Case, Lang, Language, Names, Style};
use crate::study::Study;

/// The words of one exhibit. Titles and notes are templates.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExhibitWords {
    /// The title, without a final stop, with the unit.
    pub title: String,
    /// Notes.
    #[serde(default)]
    pub note: Vec<String>,
    /// Redrawn from a source or derived from it.
    pub source: Origin,
    /// The works it rests on.
    #[serde(default)]
    pub references: Vec<String>,
    /// Names of series.
    #[serde(default)]
    pub series: BTreeMap<String, String>,
    /// The heading of a table's first column.
    #[serde(default)]
    pub stub: Option<String>,
    /// Headings of columns.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
}

/// How an exhibit came from its sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The same figures, drawn or set anew.
    #[default]
    Redrawn,
    /// Computed from the sources.
    Derived,
}

/// Reads the words of the exhibits of a language.
pub fn exhibits(lang: Lang, files: &Files, diagnostics: &mut Diagnostics) -> BTreeMap<String, ExhibitWords> {
    files.yaml(&format!("templates/{}/exhibits.yaml", lang.code()), diagnostics).unwrap_or_default()
}

/// Makes a language out of the study's style, its strings and the names of the territories.
pub fn language(
    lang: Lang,
    study: &Study,
    territories: &Territories,
    files: &Files,
    diagnostics: &mut Diagnostics,
) -> Language {
    let path = format!("templates/{}/strings.yaml", lang.code());
    let words: BTreeMap<String, String> = files.yaml(&path, diagnostics).unwrap_or_default();
    let mut style = if lang == Lang::En { Style::english() } else { Style::default() };
    style.percent_space = study.style.percent_space.get(lang.code()).copied().unwrap_or(style.percent_space);
    if let (Some(mark), true) = (study.style.decimal_mark, lang != Lang::En) {
        style.decimal_mark = mark;
    }
    let names = names(lang, territories, &words);
    Language::new(lang, style, words, names)
}

/// Collects the names of the territories; one in older borders is named with the year until which they held.
fn names(lang: Lang, territories: &Territories, words: &BTreeMap<String, String>) -> BTreeMap<Code, Names> {
    let mut names = BTreeMap::new();
    for territory in territories.iter() {
        let Some(entry) = territory.names.get(lang.code()) else { continue };
        let text = |key: &str| entry.get(key).cloned().unwrap_or_default();
        let cases = entry.iter().filter_map(|(key, name)| Some((Case::parse(key)?, name.clone()))).collect();
        let own = Names { name: text("name"), table: text("table"), cases };
        for borders in &territory.borders {
            let mut versioned = own.clone();
            let split = territory.until.is_none().then_some(borders.until).flatten();
            if let (Some(until), Some(pattern)) = (split, words.get("borders-until-year")) {
                versioned.table = pattern.replace("{name}", &own.table).replace("{year}", &until.year().to_string());
            }
            names.insert(borders.id.clone(), versioned);
        }
        names.insert(territory.code.clone(), own);
    }
    names
}

/// Reports words that one language has and another lacks.
pub fn compare_strings(languages: &[Lang], files: &Files, diagnostics: &mut Diagnostics) {
    let read = |lang: &Lang, diagnostics: &mut Diagnostics| -> (String, BTreeMap<String, String>) {
        let path = format!("templates/{}/strings.yaml", lang.code());
        let words = files.yaml(&path, diagnostics).unwrap_or_default();
        (path, words)
    };
    let all: Vec<(String, BTreeMap<String, String>)> = languages.iter().map(|lang| read(lang, diagnostics)).collect();
    for (path, words) in &all {
        for (other, theirs) in all.iter().filter(|(other, _)| other != path) {
            for key in theirs.keys().filter(|key| !words.contains_key(*key)) {
                let message = format!("lacks `{key}`, which {other} has");
                diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, Place::file(path), message));
            }
        }
    }
}
