//! Texts: what the program itself says in each language: the files of `languages/`, embedded and read once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::{Lang, plain};
use serde::de::{Deserializer, MapAccess, Visitor};

/// Texts by key; keys of maps in maps are joined by dots.
pub type Texts = BTreeMap<String, String>;

/// A file of texts. Its keys stand behind the name of the file, those of `words.yaml` alone.
struct File {
    /// The language; empty for what all languages share.
    lang: &'static str,
    name: &'static str,
    text: &'static str,
    read: OnceLock<Texts>,
}

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// A text, or texts by key.
#[derive(Debug)]
enum Entry {
    Text(String),
    Texts(BTreeMap<String, Entry>),
}

/// Read by hand, because serde keeps what it has yet to choose by, and then takes the key `y` for a truth.
impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entry, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Entry;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("a text, or texts by key")
            }

            fn visit_str<E>(self, text: &str) -> Result<Entry, E> {
                Ok(Entry::Text(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entry, A::Error> {
                let mut texts = BTreeMap::new();
                while let Some((key, entry)) = map.next_entry::<String, Entry>()? {
                    texts.insert(key, entry);
                }
                Ok(Entry::Texts(texts))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// Finds a text of the program's own: `skip-to-text`, `methods.gini.title`.
pub fn own(lang: &str, key: &str) -> Option<&'static str> {
    let of_language = || FILES.iter().filter(|file| file.lang == lang);
    let prefixed =
        key.split_once('.').and_then(|(name, rest)| Some((of_language().find(|file| file.name == name)?, rest)));
    let (file, key) = match prefixed {
        Some(found) => found,
        None => (of_language().find(|file| file.name == "words")?, key),
    };
    file.texts().get(key).map(String::as_str)
}

/// Says whether a text is one of the program's, which a language without grammar code may have to say itself.
pub fn is_known(key: &str) -> bool {
    own(Lang::En.code(), key).is_some() || plain::english(key).is_some()
}

/// Returns where a method is described.
pub fn literature(method: &str) -> Option<&'static str> {
    let shared = FILES.iter().find(|file| file.lang.is_empty() && file.name == "literature");
    shared?.texts().get(method).map(String::as_str)
}

/// Returns what is doubted of a text of the program's own, where no editor has confirmed it yet.
pub fn doubt(lang: &str, key: &str) -> Option<&'static str> {
    doubts().get(&format!("{lang}.{key}")).map(String::as_str)
}

/// Says whether an editor's word is lacking for one of the names of a method.
pub fn is_doubted(lang: &str, method: &str) -> bool {
    let within = format!("{lang}.methods.{method}.");
    doubts().keys().any(|key| key.starts_with(&within))
}

/// Lists the texts that no editor has confirmed yet: language, key, what is doubted.
pub fn all_doubts() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    doubts().iter().filter_map(|(key, doubt)| key.split_once('.').map(|(lang, key)| (lang, key, doubt.as_str())))
}

fn doubts() -> &'static Texts {
    static NONE: Texts = Texts::new();
    FILES.iter().find(|file| file.lang.is_empty() && file.name == "unsure").map_or(&NONE, File::texts)
}

/// Lists the keys of the texts that a language of the program's own has.
pub fn keys(lang: &str) -> impl Iterator<Item = String> {
    FILES.iter().filter(move |file| file.lang == lang).flat_map(|file| {
        let prefix = if file.name == "words" { String::new() } else { format!("{}.", file.name) };
        file.texts().keys().map(move |key| format!("{prefix}{key}"))
    })
}

/// Lists the keys that a language needs and the program has no text for, with what English says; one without a grammar
/// needs some more.
pub fn needed(lang: Lang) -> impl Iterator<Item = (String, &'static str)> {
    let more = if lang.has_grammar() { &[] } else { plain::KEYS.as_slice() };
    // What only commands say that speak to their user no report needs.
    let of_commands = ["start.", "questions.", "diff.", "pack."];
    let all = keys(Lang::En.code()).filter(move |key| !of_commands.iter().any(|name| key.starts_with(name)));
    let all = all.map(|key| {
        let text = own(Lang::En.code(), &key).unwrap_or_default();
        (key, text)
    });
    let all = more.iter().map(|(key, text)| ((*key).to_owned(), *text)).chain(all);
    all.filter(move |(key, _)| own(lang.code(), key).is_none())
}

/// Lists the keys of all texts that a report may need in any language.
pub fn all_keys() -> impl Iterator<Item = String> {
    keys(Lang::En.code()).chain(plain::KEYS.iter().map(|(key, _)| (*key).to_owned()))
}

/// Returns what English says where the program has a text, or a language without grammar must say one.
pub fn english(key: &str) -> Option<&'static str> {
    own(Lang::En.code(), key).or_else(|| plain::english(key))
}

/// Lists the places of a text that something is put into: `{name}`.
pub fn places(text: &str) -> BTreeSet<&str> {
    let opened = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    let is_name =
        |place: &&str| !place.is_empty() && place.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    opened.filter(is_name).collect()
}

/// Reads texts as an editor writes them; what is no text stands under no key.
pub fn read(text: &str) -> Option<Texts> {
    let entries: BTreeMap<String, Entry> = serde_yaml::from_str(text).ok()?;
    let mut texts = Texts::new();
    flatten(String::new(), entries, &mut texts);
    Some(texts)
}

fn flatten(prefix: String, entries: BTreeMap<String, Entry>, texts: &mut Texts) {
    for (key, entry) in entries {
        match entry {
            Entry::Text(text) => drop(texts.insert(format!("{prefix}{key}"), text)),
            Entry::Texts(inner) => flatten(format!("{prefix}{key}."), inner, texts),
        }
    }
}

impl File {
    /// That every embedded file can be read, a test says.
    fn texts(&self) -> &Texts {
        self.read.get_or_init(|| read(self.text).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_can_be_read() {
        for file in &FILES {
            let read = serde_yaml::from_str::<BTreeMap<String, Entry>>(file.text);
            assert!(
                read.as_ref().is_ok_and(|texts| !texts.is_empty()),
                "{}/{}: {:?}",
                file.lang,
                file.name,
                read.err()
            );
        }
    }

    #[test]
    fn all_languages_say_the_same() {
        // Messages of the terminal are English in the code.
        let said = |lang| keys(lang).filter(|key| !key.starts_with("messages.")).collect::<Vec<_>>();
        let all = ["ru", "kk", "en"].map(said);
        let lacks = |of: usize, from: usize| all[from].iter().filter(|key| !all[of].contains(key)).collect::<Vec<_>>();
        for (of, from) in [(0, 1), (1, 0), (2, 0), (0, 2)] {
            assert!(lacks(of, from).is_empty(), "{of} lacks of {from}: {:?}", lacks(of, from));
        }
    }
}
