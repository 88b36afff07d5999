//! Own: the nouns and verbs that a study declares beyond those of the program, in one language.

use std::collections::BTreeMap;

use super::noun_ru::{self, Noun, NounSpec};
use super::suffix_kk::{Sound, write_inflected, write_owned};
use super::unit::UnitWords;
use super::{Case, Lang, Language, LanguageError};
use crate::finding::UnitName;

/// Nouns and verbs that a study declares.
#[derive(Clone, Debug, Default)]
pub struct OwnWords {
    pub(super) russian: Vec<Noun>,
    pub(super) kazakh: Vec<NounKk>,
    /// The singular and the plural.
    pub(super) english: Vec<(String, String)>,
    verbs: BTreeMap<String, String>,
    /// Under which name of the study a noun stands.
    names: BTreeMap<String, String>,
    units: BTreeMap<UnitName, UnitWords>,
}

/// A Kazakh noun, with the forms that are not regular.
#[derive(Clone, Debug)]
pub(super) struct NounKk {
    pub word: String,
    plural: Option<String>,
    owned: Option<String>,
}

/// How a noun stands in a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InPhrase {
    /// Its case.
    pub case: Case,
    /// Whether it is plural.
    pub plural: bool,
    /// Whether it bears the possessive of the third person.
    pub owned: bool,
}

impl OwnWords {
    /// Adds a noun under the name that the study has for it in all languages.
    pub fn add_noun(&mut self, lang: Lang, name: &str, spec: &NounSpec) -> Result<(), LanguageError> {
        let refuse = |message: String, hint: &str| LanguageError { code: "noun-forms", message, hint: hint.to_owned() };
        let word = spec.word.trim();
        if word.is_empty() {
            return Err(refuse("a noun has no word".to_owned(), "write it in the dictionary form"));
        }
        if self.names.contains_key(word) {
            return Err(refuse(format!("`{word}` is declared twice"), "drop one of the two"));
        }
        let declined = spec.like.is_some() || !spec.one.is_empty() || spec.place.is_some() || spec.gender.is_some();
        match lang {
            Lang::Ru if spec.owned.is_some() => {
                return Err(refuse(format!("`{word}` has no possessive form in Russian"), "drop `owned`"));
            }
            Lang::Ru => {
                let noun = noun_ru::declared(spec, &self.russian)?;
                self.russian.push(noun);
            }
            Lang::Kk | Lang::En if declined || !spec.many.is_empty() || spec.animate.is_some() => {
                let message = format!("`{word}` has forms that only Russian has");
                return Err(refuse(message, "Kazakh takes `noun`, `plural` and `owned`; English `noun` and `plural`"));
            }
            Lang::En if spec.owned.is_some() => {
                return Err(refuse(format!("`{word}` has no possessive form in English"), "drop `owned`"));
            }
            Lang::Kk => self.kazakh.push(NounKk {
                word: word.to_owned(),
                plural: spec.plural.clone(),
                owned: spec.owned.clone(),
            }),
            Lang::En => {
                let many = spec.plural.clone().unwrap_or_else(|| plural_en(word));
                self.english.push((word.to_owned(), many));
            }
            Lang::Other(code) => {
                let message = format!("the language `{code}` has no grammar here, so it counts no nouns");
                return Err(refuse(message, "take it out"));
            }
        }
        self.names.insert(word.to_owned(), name.to_owned());
        Ok(())
    }

    /// Adds a verb with the forms of its past tense: in Russian masculine, feminine, neuter and plural.
    pub fn add_verb(&mut self, lang: Lang, verb: &str, past: &[String]) -> Result<(), LanguageError> {
        let wanted = if lang == Lang::Ru { 4 } else { 1 };
        if past.len() != wanted || verb.trim().is_empty() {
            let message = format!("`{verb}` has {} forms of the past tense, and {wanted} are needed", past.len());
            let hint = "in Russian they are masculine, feminine, neuter and plural, elsewhere one".to_owned();
            return Err(LanguageError { code: "verb-forms", message, hint });
        }
        self.verbs.insert(verb.to_owned(), past.join(" "));
        Ok(())
    }

    /// Adds a unit with its words. Its noun is one of the language, or was added before.
    pub fn add_unit(&mut self, lang: Lang, name: UnitName, words: UnitWords) -> Result<(), LanguageError> {
        if words.label.is_empty() && words.noun.is_none() {
            let message = format!("the unit `{}` has no words", name.as_str());
            return Err(LanguageError::new(
                "unit-words",
                message,
                "give its `label`, or its `noun`, which prose inflects",
            ));
        }
        if let Some(noun) = &words.noun {
            let known = Language::own(lang).with_own(self.clone());
            if !known.nouns().contains(noun) {
                return Err(known.unknown_noun(noun));
            }
        }
        self.units.insert(name, words);
        Ok(())
    }

    /// Lists the forms of the nouns and verbs.
    pub(super) fn forms(&self) -> Vec<String> {
        let cases = noun_ru::CASES.into_iter().chain([Case::Loc]);
        let russian = self
            .russian
            .iter()
            .flat_map(|noun| cases.clone().flat_map(|case| [noun.one(case).into_owned(), noun.many(case)]));
        let kazakh = self.kazakh.iter().flat_map(|noun| {
            [Some(&noun.word), noun.plural.as_ref(), noun.owned.as_ref()].into_iter().flatten().cloned()
        });
        let english = self.english.iter().flat_map(|(one, many)| [one.clone(), many.clone()]);
        let verbs = self.verbs.values().flat_map(|past| past.split(' ').map(str::to_owned));
        let all = russian.chain(kazakh).chain(english).chain(verbs);
        all.flat_map(|form| form.split([' ', '\u{a0}']).map(str::to_owned).collect::<Vec<_>>()).collect()
    }

    /// Returns the words of a unit of the study.
    pub(super) fn unit(&self, name: UnitName) -> Option<&UnitWords> {
        self.units.get(&name)
    }

    /// Lists the labels of the units of the study.
    pub(super) fn labels(&self) -> impl Iterator<Item = &str> {
        self.units.values().map(|words| words.label.as_str()).filter(|label| !label.is_empty())
    }

    /// Returns the forms that are declared of a verb, or the verb itself.
    pub(super) fn verb<'a>(&'a self, verb: &'a str) -> &'a str {
        self.verbs.get(verb).map_or(verb, String::as_str)
    }

    /// Returns the name under which the study declares a noun.
    pub(super) fn name_of(&self, noun: &str) -> Option<&str> {
        self.names.get(noun).map(String::as_str)
    }
}

impl NounKk {
    /// Writes the noun as it stands in a phrase: `мектептерінде`.
    pub(super) fn inflected(&self, InPhrase { case, plural, owned }: InPhrase) -> String {
        inflected(&self.word, (self.plural.as_deref(), self.owned.as_deref()), InPhrase { case, plural, owned })
    }
}

/// Writes a Kazakh noun as it stands in a phrase.
pub(super) fn inflected(word: &str, irregular: (Option<&str>, Option<&str>), phrase: InPhrase) -> String {
    let mut base = match (phrase.plural, irregular.0) {
        (true, Some(plural)) => plural.to_owned(),
        (true, None) => [word, Sound::plural_of(word)].concat(),
        (false, _) => word.to_owned(),
    };
    let mut out = String::with_capacity(base.len() + 16);
    match (phrase.owned, irregular.1.filter(|_| !phrase.plural)) {
        (true, Some(owned)) => {
            base.clear();
            out.push_str(owned);
            super::suffix_kk::write_ending(&mut out, "", Sound::of(owned).owned(), phrase.case);
        }
        (true, None) => write_owned(&mut out, &base, phrase.case),
        (false, _) => write_inflected(&mut out, &base, phrase.case),
    }
    out
}

/// Returns the regular plural of an English noun.
fn plural_en(word: &str) -> String {
    let before = word.chars().rev().nth(1).unwrap_or('a');
    match word {
        _ if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        _ if word.ends_with('y') && !"aeiou".contains(before) => format!("{}ies", &word[..word.len() - 1]),
        _ => format!("{word}s"),
    }
}

impl Language {
    /// Takes the nouns and verbs of a study.
    pub fn with_own(self, own: OwnWords) -> Language {
        Language { own, ..self }
    }

    /// Returns the name under which the study declares a noun in all languages.
    pub fn declared_as(&self, noun: &str) -> Option<&str> {
        self.own.name_of(noun)
    }

    /// Lists the units that the study declares.
    pub fn own_units(&self) -> impl Iterator<Item = crate::finding::Unit> {
        self.own.units.keys().copied().map(crate::finding::Unit::Own)
    }

    /// Lists the nouns that can be counted, in the order of the alphabet: those of the program and of the study.
    pub fn nouns(&self) -> Vec<String> {
        let mut known: Vec<String> = match self.lang() {
            Lang::Ru => noun_ru::known().chain(&self.own.russian).map(|noun| noun.lemma().to_owned()).collect(),
            Lang::Kk => {
                super::kk::nouns().map(str::to_owned).chain(self.own.kazakh.iter().map(|n| n.word.clone())).collect()
            }
            Lang::En => {
                super::en::nouns().map(str::to_owned).chain(self.own.english.iter().map(|n| n.0.clone())).collect()
            }
            Lang::Other(_) => Vec::new(),
        };
        let order = self.lang().alphabetical();
        known.sort_by(|a, b| order(a, b));
        known
    }

    /// Refuses a noun that is not known, and lists those that are.
    pub(super) fn unknown_noun(&self, noun: &str) -> LanguageError {
        let known = self.nouns();
        let message = format!("the language `{}` does not know the noun `{noun}`", self.lang().code());
        let hint = format!("declare it under `nouns` of study.yaml, or use one of: {}", known.join(", "));
        LanguageError { code: "unknown-noun", message, hint }
    }
}
