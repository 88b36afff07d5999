//! Own: the nouns and verbs that a study declares beyond those of the program, in one language.

use std::collections::BTreeMap;

use super::noun_ru::{self, Noun, NounSpec};
use super::unit::UnitWords;
use super::{Case, Lang, Language, LanguageError};
use crate::finding::UnitName;

/// Nouns and verbs that a study declares.
#[derive(Clone, Debug, Default)]
pub struct OwnWords {
    /// Nouns whose forms a pattern of declension gives.
    pub(super) declined: Vec<Noun>,
    /// Nouns whose forms follow from the word, but for those that are given.
    pub(super) nouns: Vec<OwnNoun>,
    verbs: BTreeMap<String, String>,
    /// Under which name of the study a noun stands.
    names: BTreeMap<String, String>,
    units: BTreeMap<UnitName, UnitWords>,
}

/// A noun with the forms that are not regular.
#[derive(Clone, Debug)]
pub(super) struct OwnNoun {
    pub(super) word: String,
    pub(super) plural: Option<String>,
    /// With the possessive of the third person.
    pub(super) owned: Option<String>,
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
        let word = spec.word.trim();
        if word.is_empty() {
            return Err(refused("a noun has no word".to_owned(), "write it in the dictionary form"));
        }
        if self.names.contains_key(word) {
            return Err(refused(format!("`{word}` is declared twice"), "drop one of the two"));
        }
        (lang.grammar().nouns.declare)(self, spec, lang)?;
        self.names.insert(word.to_owned(), name.to_owned());
        Ok(())
    }

    /// Adds a verb with the forms of its past tense: in Russian masculine, feminine, neuter and plural.
    pub fn add_verb(&mut self, lang: Lang, verb: &str, past: &[String]) -> Result<(), LanguageError> {
        let wanted = lang.grammar().past_forms;
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
        let declined = self
            .declined
            .iter()
            .flat_map(|noun| cases.clone().flat_map(|case| [noun.one(case).into_owned(), noun.many(case)]));
        let nouns = self.nouns.iter().flat_map(|noun| {
            [Some(&noun.word), noun.plural.as_ref(), noun.owned.as_ref()].into_iter().flatten().cloned()
        });
        let verbs = self.verbs.values().flat_map(|past| past.split(' ').map(str::to_owned));
        let all = declined.chain(nouns).chain(verbs);
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

impl OwnNoun {
    /// Takes over what a study declares.
    pub(super) fn of(spec: &NounSpec) -> OwnNoun {
        OwnNoun { word: spec.word.trim().to_owned(), plural: spec.plural.clone(), owned: spec.owned.clone() }
    }
}

/// Refuses the forms of a noun.
pub(super) fn refused(message: String, hint: &str) -> LanguageError {
    LanguageError { code: "noun-forms", message, hint: hint.to_owned() }
}

/// Refuses what only a pattern of declension needs.
pub(super) fn refuse_declined(spec: &NounSpec) -> Result<(), LanguageError> {
    let declined = spec.like.is_some() || !spec.one.is_empty() || spec.place.is_some() || spec.gender.is_some();
    if declined || !spec.many.is_empty() || spec.animate.is_some() {
        let message = format!("`{}` has forms that only Russian has", spec.word.trim());
        return Err(refused(message, "Kazakh takes `noun`, `plural` and `owned`; English `noun` and `plural`"));
    }
    Ok(())
}

/// Refuses a possessive form in a language without one.
pub(super) fn refuse_owned(spec: &NounSpec, language: &str) -> Result<(), LanguageError> {
    match spec.owned {
        Some(_) => {
            let message = format!("`{}` has no possessive form in {language}", spec.word.trim());
            Err(refused(message, "drop `owned`"))
        }
        None => Ok(()),
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
        let mut known = (self.lang().grammar().nouns.known)(&self.own);
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
