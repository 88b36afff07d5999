//! Words: the strings of a language version and the words of its exhibits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{References, Terms};
use crate::catalog::{Catalog, PACKAGE, Territories};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean, is_slip};
use crate::files::Files;
use crate::finding::{Code, Unit, UnitName};
use crate::language::proof::{Fault, HIDDEN, Passage};
use crate::language::{Case, Gender, Lang, Language, Names, NounSpec, OwnWords, Style, UnitWords, texts};
use crate::study::{ColumnsEntry, Each, NounEntry, PlusSign, RowsEntry, Study, Text, UnitEntry};

/// The words of one exhibit. Titles and notes are templates.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExhibitWords {
    /// The title, without a final stop and without the unit, which is that of the numbers.
    pub title: Text,
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

/// Returns where the strings of a language stand.
pub fn strings_path(lang: Lang) -> String {
    format!("templates/{}/strings.yaml", lang.code())
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

/// Reads the texts that a study says otherwise than the program does, or that only it has; none where there is no file.
pub fn strings(lang: Lang, files: &Files, diagnostics: &mut Diagnostics) -> Option<BTreeMap<String, String>> {
    let path = strings_path(lang);
    match files.get(&path) {
        None => Some(BTreeMap::new()),
        Some(_) => files.yaml(&path, diagnostics),
    }
}

/// Says that a language has no text where one is needed, and what it says in English.
pub fn lacks(lang: Lang, key: &str, place: Place) -> Diagnostic {
    let message = format!("the language `{}` lacks the text `{key}`, which is needed here", lang.code());
    let said = texts::english(key).filter(|text| !text.is_empty());
    let said = said.map(|text| format!("; in English it is {text:?}")).unwrap_or_default();
    let hint = format!("write it in {}{said}", strings_path(lang));
    Diagnostic::error(code::LANGUAGE_WORD, place, message).hint(hint)
}

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

/// Reports texts of a study that say nothing, or leave out what is put into the program's text of that name.
pub(super) fn check_strings(
    lang: Lang,
    strings: &BTreeMap<String, String>,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    let path = strings_path(lang);
    let outline = files.outline(&path);
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

/// For how many strange keys of a language it is sought what they may be meant for.
const MOST_NEAR: usize = 40;

/// Reports words of the study's own that one language has and another lacks.
pub fn compare_strings(
    strings: &BTreeMap<Lang, BTreeMap<String, String>>,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
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
        let path = strings_path(**lang);
        for key in words.keys().filter(|key| !texts::is_known(key)).take(MOST_NEAR) {
            // A text of the study's own may well be called somewhat alike.
            let Some(meant) = known.iter().find(|known| is_slip(known, key)) else { continue };
            let message = format!("`{key}` is no text of the program");
            let place = files.outline(&path).place(&[key]);
            let hint = format!("did you mean `{meant}`?");
            diagnostics.push(Diagnostic::warning(code::LANGUAGE_WORD, place, message).hint(hint));
        }
    }
    for (lang, words) in strings {
        let path = strings_path(*lang);
        for (key, hint) in words.keys().filter_map(|key| Some((key, near(lang, key)?))) {
            let message = format!("`{key}` is no text of the program, and no other language has it");
            let place = files.outline(&path).place(&[key]);
            let hint = format!("{hint} A text of your own stands in every language.");
            diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, place, message).hint(hint));
        }
        for (other, theirs) in strings.iter().filter(|(other, _)| *other != lang) {
            let odd = words.keys().filter(|key| !theirs.contains_key(*key)).map(String::as_str);
            let lacks = |key: &&String| !words.contains_key(*key) && texts::own(other.code(), key).is_none();
            for key in theirs.keys().filter(lacks).filter(|key| !texts::is_known(key) && near(other, key).is_none()) {
                let message = format!("lacks `{key}`, which {} has", strings_path(*other));
                let hint = did_you_mean(key, odd.clone()).map(|near| format!("{near} Only this file has that key."));
                let place = Place::line(path.as_str(), 1, 1);
                diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, place, message).maybe_hint(hint));
            }
        }
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
        let texts = [(strings_path(*lang), strings.get(lang).unwrap_or(&empty)), (exhibits_path(*lang), &own)];
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
            left_over(&strings_path(lang), language, (own(lang), *other, own(*other)), &place_of, diagnostics);
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
