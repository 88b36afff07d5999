//! Speech: a language as a study speaks it: its style, its nouns, verbs and units, the names of the territories.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, PACKAGE, Territories};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::Files;
use crate::finding::{Code, Unit, UnitName};
use crate::language::{Case, Gender, Lang, Language, Names, NounSpec, OwnWords, Style, UnitWords, texts};
use crate::study::{Each, NounEntry, PlusSign, Study, UnitEntry};

/// Makes a language out of the study's style, its strings and the names of the territories.
pub fn language(lang: Lang, study: &Study, territories: &Territories, words: BTreeMap<String, String>) -> Language {
    let mut style = Style::of(lang);
    let (own, code) = (&study.style, lang.code());
    style.percent_space = own.percent_space.of(code).copied().unwrap_or(style.percent_space);
    style.group_four_digits = own.group_four_digits.of(code).copied().unwrap_or(style.group_four_digits);
    match &own.decimal_mark {
        // A language with a mark of its own keeps it.
        Each::All(mark) if style.decimal_mark == Style::default().decimal_mark => style.decimal_mark = *mark,
        Each::All(_) => {}
        Each::By(marks) => style.decimal_mark = marks.get(code).copied().unwrap_or(style.decimal_mark),
    }
    style.words_up_to = own.words_up_to.of(code).copied().unwrap_or(style.words_up_to);
    style.signed_plus = own.plus_sign.of(code) == Some(&PlusSign::Signed);
    if let Some(marks) = own.missing.of(code) {
        let marks = [&marks.no_data, &marks.no_phenomenon, &marks.confidential];
        style.missing = marks.map(|mark| mark.clone().unwrap_or_default());
    }
    let names = names(lang, territories, &words);
    Language::new(lang, style, words, names).with_own(own_words(lang, study, &mut Diagnostics::default()))
}

/// Collects the nouns and verbs that the study declares in a language, and reports what is wrong with them.
pub fn own_words(lang: Lang, study: &Study, diagnostics: &mut Diagnostics) -> OwnWords {
    let mut own = OwnWords::default();
    let (mut nouns, mut verbs): (Vec<_>, Vec<_>) = (study.nouns.iter().collect(), study.verbs.iter().collect());
    // In the order of the file, so that a noun may be declined like one before it.
    nouns.sort_by_key(|(_, entry)| (entry.referenced.line(), entry.referenced.column()));
    verbs.sort_by_key(|(_, entry)| (entry.referenced.line(), entry.referenced.column()));
    let mut refuse = |keys: &[&str], message: String, hint: String| {
        diagnostics.push(Diagnostic::error(code::LANGUAGE_FORM, study.place(keys), message).hint(hint));
    };
    for (name, entry) in nouns {
        let Some(noun) = entry.value.get(lang.code()) else { continue };
        let added = spec(noun).and_then(|spec| own.add_noun(lang, name, &spec).map_err(|e| (e.message, e.hint)));
        if let Err((message, hint)) = added {
            refuse(&["nouns", name, lang.code()], message, hint);
        }
    }
    for (name, entry) in verbs {
        let Some(verb) = entry.value.get(lang.code()) else { continue };
        if let Err(error) = own.add_verb(lang, &verb.verb, &verb.past) {
            refuse(&["verbs", name, lang.code()], error.message, error.hint);
        }
    }
    for (name, entry) in &study.units {
        let is_taken = Unit::ALL.iter().any(|unit| unit.name() == name);
        let Some(unit) = UnitName::parse(name).filter(|_| !is_taken) else {
            let (message, hint) = match is_taken {
                true => (format!("`{name}` is a unit of the program"), "declare it under another name"),
                false => {
                    (format!("`{name}` is no name of a unit"), "it has small Latin letters, digits and hyphens: `byn`")
                }
            };
            refuse(&["units", name], message, hint.to_owned());
            continue;
        };
        let Some(words) = entry.value.get(lang.code()) else {
            let message = format!("the unit `{name}` has no words in the language `{}`", lang.code());
            refuse(&["units", name], message, format!("add them: {{{}: …}}", lang.code()));
            continue;
        };
        let words = match words {
            UnitEntry::Label(label) => UnitWords { label: label.clone(), ..UnitWords::default() },
            UnitEntry::Full(full) => UnitWords {
                label: full.label.clone(),
                noun: full.noun.clone(),
                before: full.before.clone(),
                after: full.after.clone(),
            },
        };
        if let Err(error) = own.add_unit(lang, unit, words) {
            refuse(&["units", name, lang.code()], error.message, error.hint);
        }
    }
    own
}

/// Reports a unit that neither the program nor the study knows, where a measure or a figure is in it.
pub fn undeclared(study: &Study, unit: Unit, place: Place, diagnostics: &mut Diagnostics) {
    let Unit::Own(name) = unit else { return };
    if study.units.contains_key(name.as_str()) {
        return;
    }
    let known = Unit::ALL.iter().map(Unit::name).chain(study.units.keys().map(String::as_str));
    let near = did_you_mean(name.as_str(), known).map(|near| format!("{near} ")).unwrap_or_default();
    let words: Vec<String> = study.languages.iter().map(|lang| format!("{lang}: …")).collect();
    let hint = format!(
        "{near}`esep list units` shows those of the program; one of your own stands in study.yaml: units: {{{}: {{{}}}}}",
        name.as_str(),
        words.join(", ")
    );
    let message = format!("the unit `{}` is not known", name.as_str());
    diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).hint(hint));
}

/// Reads what a study says of a noun.
fn spec(entry: &NounEntry) -> Result<NounSpec, (String, String)> {
    let full = match entry {
        NounEntry::Word(word) => return Ok(NounSpec { word: word.clone(), ..NounSpec::default() }),
        NounEntry::Full(full) => full,
    };
    let forms = |name: &str, forms: &BTreeMap<String, String>| {
        let read = |(case, form): (&String, &String)| {
            let known =
                || (format!("`{name}` has no case `{case}`"), "the cases are nom, gen, dat, acc, ins, prep".to_owned());
            Ok((Case::parse(case).ok_or_else(known)?, form.clone()))
        };
        forms.iter().map(read).collect::<Result<BTreeMap<Case, String>, (String, String)>>()
    };
    let gender = |name: &String| {
        let known = || (format!("there is no gender `{name}`"), "the genders are m, f and n".to_owned());
        Gender::parse(name).filter(|gender| *gender != Gender::Pl).ok_or_else(known)
    };
    Ok(NounSpec {
        word: full.noun.clone(),
        like: full.like.clone(),
        one: forms("one", &full.one)?,
        many: forms("many", &full.many)?,
        place: full.place.clone(),
        animate: full.animate,
        gender: full.gender.as_ref().map(gender).transpose()?,
        owned: full.owned.clone(),
        plural: full.plural.clone(),
    })
}

/// Reports names of territories in what is no language.
pub(super) fn unspoken(territories: &Territories, diagnostics: &mut Diagnostics) {
    for territory in territories.iter() {
        let forms = territory.forms.values().flat_map(BTreeMap::keys);
        for code in territory.names.keys().chain(forms).filter(|code| Lang::parse(code).is_none()) {
            let message = format!("has names in `{code}`, which is no language");
            let hint = did_you_mean(code, Lang::ALL.map(Lang::code))
                .unwrap_or_else(|| "a language is named by its code of ISO 639-1".to_owned());
            diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, territory.place(), message).hint(hint));
        }
        let forms = territory.forms.values().flatten();
        for (lang, names) in territory.names.iter().chain(forms) {
            for (form, _) in names.iter().filter(|(_, name)| name.trim().is_empty()) {
                let message = format!("`{form}` says nothing in the language `{lang}`");
                diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, territory.place(), message).hint("write it"));
            }
        }
    }
}

/// Reports tables and measures that a language has no title for.
pub(super) fn titles(languages: &[Lang], catalog: &Catalog, files: &Files, diagnostics: &mut Diagnostics) {
    let outline = files.outline(PACKAGE);
    let tables = catalog.tables.iter().flat_map(|(table, entry)| {
        let own = vec!["esep", "tables", table, "title"];
        let measures = entry.measures.iter();
        let measures =
            measures.map(move |(name, of)| (vec!["esep", "tables", table, "measures", name, "title"], &of.title));
        std::iter::once((own, &entry.title)).chain(measures)
    });
    for (keys, title) in tables {
        for lang in languages {
            let message = match title.get(lang.code()).map(|text| text.trim()) {
                Some("") => format!("says nothing in the language `{}`", lang.code()),
                Some(_) => continue,
                None => format!("lacks the language `{}`", lang.code()),
            };
            let place = outline.place(&keys).within(keys[2..].join("."));
            diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, place, message));
        }
    }
}

/// Reports territories that a language has no name for.
pub fn unnamed(lang: Lang, territories: &Territories, diagnostics: &mut Diagnostics) {
    for territory in territories.iter().filter(|territory| !territory.names.contains_key(lang.code())) {
        let place = territory.place();
        let message = format!("has no name in the language `{}`", lang.code());
        diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, place, message));
    }
}

/// Collects the names of the territories; one in older borders is named with the year until which they held.
pub(super) fn names(lang: Lang, territories: &Territories, words: &BTreeMap<String, String>) -> BTreeMap<Code, Names> {
    let mut names = BTreeMap::new();
    for territory in territories.iter() {
        let Some(entry) = territory.names.get(lang.code()) else { continue };
        let named = |entry: &BTreeMap<String, String>| {
            let name = entry.get("name").cloned().unwrap_or_default();
            let cases = entry.iter().filter_map(|(key, name)| Some((Case::parse(key)?, name.clone()))).collect();
            let table = entry.get("table").unwrap_or(&name).clone();
            Names { name, table, sort: entry.get("sort").cloned(), cases, forms: BTreeMap::new() }
        };
        let forms = territory.forms.iter();
        let forms = forms.filter_map(|(form, names)| Some((form.clone(), named(names.get(lang.code())?)))).collect();
        let own = Names { forms, ..named(entry) };
        for borders in &territory.borders {
            let mut versioned = own.clone();
            let split = territory.until.is_none().then_some(borders.until).flatten();
            if let (Some(until), Some(pattern)) = (
                split,
                words
                    .get("borders-until-year")
                    .map(String::as_str)
                    .or_else(|| texts::own(lang.code(), "borders-until-year")),
            ) {
                versioned.table = pattern.replace("{name}", &own.table).replace("{year}", &until.year().to_string());
            }
            names.insert(borders.id.clone(), versioned);
        }
        names.insert(territory.code.clone(), own);
    }
    names
}
