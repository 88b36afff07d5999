//! Strings: the texts that a study says otherwise than the program does, or that only it has, and what is wrong with them.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean, is_slip};
use crate::files::Files;
use crate::language::{Lang, texts};
use crate::study::Study;

/// Returns where the strings of a language stand.
pub fn path(lang: Lang) -> String {
    format!("templates/{}/strings.yaml", lang.code())
}

/// Reads the texts that a study says otherwise than the program does, or that only it has; none where there is no file.
pub fn read(lang: Lang, files: &Files, diagnostics: &mut Diagnostics) -> Option<BTreeMap<String, String>> {
    let file = path(lang);
    match files.get(&file) {
        None => Some(BTreeMap::new()),
        Some(_) => files.yaml(&file, diagnostics),
    }
}

/// Says that a language has no text where one is needed, and what it says in English.
pub fn lacks(lang: Lang, key: &str, place: Place) -> Diagnostic {
    let message = format!("the language `{}` lacks the text `{key}`, which is needed here", lang.code());
    let said = texts::english(key).filter(|text| !text.is_empty());
    let said = said.map(|text| format!("; in English it is {text:?}")).unwrap_or_default();
    let hint = format!("write it in {}{said}", path(lang));
    Diagnostic::error(code::LANGUAGE_WORD, place, message).hint(hint)
}

/// Reports texts of a study that say nothing, or leave out what is put into the program's text of that name.
pub(super) fn check(lang: Lang, strings: &BTreeMap<String, String>, files: &Files, diagnostics: &mut Diagnostics) {
    let file = path(lang);
    let outline = files.outline(&file);
    for (key, text) in strings {
        let Some(english) = texts::own(lang.code(), key).or_else(|| texts::english(key)) else { continue };
        let mut refuse = |message: String, hint: String| {
            diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, outline.place(&[key]), message).hint(hint));
        };
        if text.trim().is_empty() && !english.is_empty() {
            refuse(format!("`{key}` says nothing"), format!("the program says {english:?}"));
            continue;
        }
        let (given, known) = (texts::places(text), texts::places(english));
        for place in given.difference(&known) {
            let near = did_you_mean(place, known.iter().copied());
            let all: Vec<String> = known.iter().map(|place| format!("{{{place}}}")).collect();
            let else_known = match all.as_slice() {
                [] => "nothing is put into this text".to_owned(),
                [..] => format!("put into it are {}", all.join(", ")),
            };
            refuse(format!("nothing is put into `{key}` as {{{place}}}"), near.unwrap_or(else_known));
        }
        let lost: Vec<String> = known.difference(&given).map(|place| format!("{{{place}}}")).collect();
        if !lost.is_empty() && given.is_subset(&known) {
            refuse(format!("`{key}` leaves out {}", lost.join(", ")), format!("the program says {english:?}"));
        }
    }
    if let Some(locale) = strings.get("locale").filter(|locale| locale.split('-').next() != Some(lang.code())) {
        let message = format!("the locale `{locale}` is not of the language `{}`", lang.code());
        let hint = format!("write `{0}`, or `{0}-` and a country", lang.code());
        diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, outline.place(&["locale"]), message).hint(hint));
    }
}

/// What a text is called that names an analysis or a finding.
pub const MEASURE: &str = "measure-";

/// Warns of names of what the study does not work out.
pub fn measures(
    strings: &BTreeMap<Lang, BTreeMap<String, String>>,
    study: &Study,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    let known = || study.analyses.keys().chain(study.findings.keys()).map(String::as_str);
    for (lang, words) in strings {
        for (key, name) in words.keys().filter_map(|key| Some((key, key.strip_prefix(MEASURE)?))) {
            if !known().any(|own| own == name) {
                let message = format!("`{key}` names nothing: the study has no analysis or finding `{name}`");
                let place = files.outline(&path(*lang)).place(&[key]);
                let hint = did_you_mean(name, known());
                diagnostics.push(Diagnostic::warning(code::LANGUAGE_WORD, place, message).maybe_hint(hint));
            }
        }
    }
}

/// For how many strange keys of a language it is sought what they may be meant for.
const MOST_NEAR: usize = 40;

/// Reports words of the study's own that one language has and another lacks.
pub fn compare(strings: &BTreeMap<Lang, BTreeMap<String, String>>, files: &Files, diagnostics: &mut Diagnostics) {
    let alone = |lang: &Lang, key: &String| {
        strings.iter().all(|(other, theirs)| other == lang || !theirs.contains_key(key)) && strings.len() > 1
    };
    // A key that only one language has, and that is nearly one of the program's, may be misspelt.
    let known: Vec<String> = texts::all_keys().collect();
    let mut near: BTreeMap<(Lang, &String), String> = BTreeMap::new();
    for (lang, words) in strings {
        let odd = words.keys().filter(|key| !texts::is_known(key) && alone(lang, key)).take(MOST_NEAR);
        near.extend(odd.filter_map(|key| Some(((*lang, key), did_you_mean(key, known.iter().map(String::as_str))?))));
    }
    let near = |lang: &Lang, key: &String| near.get(&(*lang, key)).cloned();
    if let [(lang, words)] = strings.iter().collect::<Vec<_>>().as_slice() {
        let file = path(**lang);
        for key in words.keys().filter(|key| !texts::is_known(key)).take(MOST_NEAR) {
            // A text of the study's own may well be called somewhat alike.
            let Some(meant) = known.iter().find(|known| is_slip(known, key)) else { continue };
            let message = format!("`{key}` is no text of the program");
            let place = files.outline(&file).place(&[key]);
            let hint = format!("did you mean `{meant}`?");
            diagnostics.push(Diagnostic::warning(code::LANGUAGE_WORD, place, message).hint(hint));
        }
    }
    for (lang, words) in strings {
        let file = path(*lang);
        for (key, hint) in words.keys().filter_map(|key| Some((key, near(lang, key)?))) {
            let message = format!("`{key}` is no text of the program, and no other language has it");
            let place = files.outline(&file).place(&[key]);
            let hint = format!("{hint} A text of your own stands in every language.");
            diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, place, message).hint(hint));
        }
        for (other, theirs) in strings.iter().filter(|(other, _)| *other != lang) {
            let odd = words.keys().filter(|key| !theirs.contains_key(*key)).map(String::as_str);
            let lacks = |key: &&String| !words.contains_key(*key) && texts::own(other.code(), key).is_none();
            for key in theirs.keys().filter(lacks).filter(|key| !texts::is_known(key) && near(other, key).is_none()) {
                let message = format!("lacks `{key}`, which {} has", path(*other));
                let hint = did_you_mean(key, odd.clone()).map(|near| format!("{near} Only this file has that key."));
                let place = Place::line(file.as_str(), 1, 1);
                diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, place, message).maybe_hint(hint));
            }
        }
    }
}
