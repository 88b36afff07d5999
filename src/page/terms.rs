//! Terms: the term base: one word of each language for each notion, and the variants that are not used.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use schemars::{JsonSchema, Schema};
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::Files;
use crate::language::Lang;

/// Where the term base stands.
pub const TERMS: &str = "data/terms.yaml";

/// The term base.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The terms in their order.
    pub terms: Vec<Term>,
    #[serde(skip)]
    watched: Vec<Watched>,
}

/// What a term forbids in one language, in small letters, as texts are searched.
#[derive(Debug)]
struct Watched {
    term: usize,
    lang: String,
    forbidden: Vec<String>,
    except: Vec<String>,
}

/// How sure a term is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Official sources have it.
    #[default]
    Sure,
    /// A native editor should look.
    Unsure,
}

impl Certainty {
    /// Returns the word of files.
    pub fn name(self) -> &'static str {
        match self {
            Certainty::Sure => "sure",
            Certainty::Unsure => "unsure",
        }
    }
}

/// A term.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(transform = by_code)]
pub struct Term {
    /// The term in each language, by its code.
    #[serde(flatten)]
    pub words: BTreeMap<String, String>,
    /// What it belongs to.
    pub domain: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// A remark.
    #[schemars(default)]
    pub note: Option<String>,
    /// Variants that are not used, by language.
    #[schemars(default)]
    pub forbidden: BTreeMap<String, Vec<String>>,
    /// Phrases in which a forbidden variant is right, by language.
    #[schemars(default)]
    pub except: BTreeMap<String, Vec<String>>,
}

impl Terms {
    /// Reads the term base; none where there is no file.
    pub fn read(files: &Files, diagnostics: &mut Diagnostics) -> Terms {
        let given = files.get(TERMS).and_then(|_| files.yaml(TERMS, diagnostics));
        let mut read: Terms = given.unwrap_or_default();
        let small = |phrases: &Vec<String>| phrases.iter().map(|phrase| phrase.to_lowercase()).collect();
        for (at, term) in read.terms.iter().enumerate() {
            let watched = |(lang, forbidden): (&String, &Vec<String>)| Watched {
                term: at,
                lang: lang.clone(),
                forbidden: small(forbidden),
                except: term.except.get(lang).map(small).unwrap_or_default(),
            };
            read.watched.extend(term.forbidden.iter().map(watched));
        }
        read
    }
}

/// A forbidden variant in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its bytes.
    pub span: Range<usize>,
    /// The term to use.
    pub term: String,
}

/// The keys of a term beside its words.
const KEYS: &[&str] = &["domain", "certainty", "note", "forbidden", "except"];

/// Read by hand, because the words stand beside the other keys, and a key that is neither is refused.
impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Term, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Term;

            fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
                out.write_str("a term: its word in each language, `domain` and `certainty`")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Term, A::Error> {
                let (mut term, mut domain, mut certainty) = (Term::default(), None, None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "domain" => domain = Some(map.next_value()?),
                        "certainty" => certainty = Some(map.next_value()?),
                        "note" => term.note = map.next_value()?,
                        "forbidden" => term.forbidden = map.next_value()?,
                        "except" => term.except = map.next_value()?,
                        code if Lang::parse(code).is_some() => drop(term.words.insert(key, map.next_value()?)),
                        _ => return Err(A::Error::unknown_field(&key, KEYS)),
                    }
                }
                term.domain = domain.ok_or_else(|| A::Error::missing_field("domain"))?;
                term.certainty = certainty.ok_or_else(|| A::Error::missing_field("certainty"))?;
                Ok(term)
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

/// Says of the keys beside the others that they are codes of languages.
fn by_code(schema: &mut Schema) {
    let word = json!({"type": "string", "description": "The term in the language of this code of ISO 639-1."});
    schema.insert("patternProperties".to_owned(), json!({ "^[a-z]{2}$": word }));
    schema.insert("additionalProperties".to_owned(), json!(false));
}

impl Term {
    /// Returns true where a native editor should look.
    pub fn is_unsure(&self) -> bool {
        self.certainty == Certainty::Unsure
    }

    /// Returns the term in a language; empty where the base has none.
    pub fn of(&self, lang: Lang) -> &str {
        self.words.get(lang.code()).map_or("", String::as_str)
    }
}

impl Terms {
    /// Reports the terms that have no word in a language of the study.
    pub(super) fn complete(&self, languages: &[Lang], diagnostics: &mut Diagnostics) {
        for (at, term) in self.terms.iter().enumerate() {
            for lang in languages.iter().filter(|lang| term.of(**lang).is_empty()) {
                let own = lang.code();
                let named = term.words.values().next().map_or_else(|| (at + 1).to_string(), Clone::clone);
                let message = format!("the term `{named}` has no word in the language `{own}`");
                let place = Place::file(TERMS).within(format!("`{named}`"));
                let hint = format!("write it under `{own}`");
                diagnostics.push(Diagnostic::error(code::LANGUAGE_TERM, place, message).hint(hint));
            }
        }
    }

    /// Finds forbidden variants: as whole words, or stems with an ending, outside the phrases that are right.
    pub fn forbidden(&self, lang: Lang, text: &str) -> Vec<Variant> {
        let lower = text.to_lowercase();
        // Letters whose small form has another length would shift the bytes.
        let text = if lower.len() == text.len() { lower.as_str() } else { text };
        let mut found: Vec<Variant> = Vec::new();
        for watched in self.watched.iter().filter(|watched| watched.lang == lang.code()) {
            for span in places(&watched.forbidden, text) {
                let excepted =
                    places(&watched.except, text).any(|right| right.start <= span.start && span.start < right.end);
                let known = found.iter().any(|other| other.span.start <= span.start && span.end <= other.span.end);
                if !excepted && !known {
                    found.push(Variant { span, term: self.terms[watched.term].of(lang).to_owned() });
                }
            }
        }
        found
    }
}

/// How many letters an ending may have.
const ENDING: usize = 6;

fn places<'a>(phrases: &'a [String], text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    phrases.iter().flat_map(move |phrase| {
        text.match_indices(phrase.as_str()).filter_map(move |(at, _)| {
            let whole = !text[..at].ends_with(char::is_alphabetic);
            let end = at + phrase.len();
            let ending = text[end..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - end);
            (whole && text[end..end + ending].chars().count() <= ENDING).then_some(at..end + ending)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_are_found_with_their_endings_and_not_in_what_is_excepted() {
        let mut files = Files::default();
        files.insert(TERMS, include_bytes!("../../data/terms.yaml").as_slice());
        let terms = Terms::read(&files, &mut Diagnostics::default());
        let found = |lang, text: &str| -> Vec<String> {
            terms.forbidden(lang, text).into_iter().map(|v| text[v.span].to_owned()).collect()
        };
        assert_eq!(
            found(Lang::Kk, "Аймақтарда көші-қон, аймақаралық көші-қон."),
            ["аймақаралық көші-қон", "Аймақтарда"]
        );
        assert_eq!(found(Lang::Kk, "Жұмыс күші тапшы аймақтар ғана."), [""; 0]);
        assert_eq!(found(Lang::Ru, "В Улытауской, Жетысу."), ["Жетысу", "Улытауской"]);
        assert_eq!(found(Lang::Ru, "В Жетісу и Ұлытау."), [""; 0]);
        assert!(terms.terms.len() >= 180);
    }
}
