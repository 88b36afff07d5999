//! Style: how a house writes numbers, for all languages or for each.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, IntoDeserializer, MapAccess, Visitor};

use super::Study;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::files::ByLanguage;

/// The largest number that a language writes in words.
const MOST_IN_WORDS: usize = 99;

/// House style.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// Whether a no-break space stands before %.
    #[serde(default)]
    pub percent_space: Each<bool>,
    /// Whether numbers of four digits are grouped: `9 344`.
    #[serde(default)]
    pub group_four_digits: Each<bool>,
    /// The decimal mark. One that is given for all languages leaves English its point.
    #[serde(default)]
    pub decimal_mark: Each<char>,
    /// Whether balances carry an explicit plus sign.
    #[serde(default)]
    pub plus_sign: Each<PlusSign>,
    /// Up to which number prose writes the number before a counted noun in words, never before a unit: 9 in most houses.
    #[serde(default)]
    pub words_up_to: Each<usize>,
    /// What is printed in place of a missing value.
    #[serde(default, deserialize_with = "MissingMarks::each")]
    pub missing: Each<MissingMarks>,
}

/// One value for all languages, or one for each.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(inline, untagged)]
pub enum Each<T> {
    /// For all.
    All(T),
    /// By the code of the language.
    By(#[schemars(with = "ByLanguage<T>")] BTreeMap<String, T>),
}

impl<T> Default for Each<T> {
    fn default() -> Each<T> {
        Each::By(BTreeMap::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Each<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Each<T>, D::Error> {
        struct Either<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = Each<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one value for all languages, or one for each: {ru: …, kk: …}")
            }

            fn visit_bool<E: Error>(self, one: bool) -> Result<Each<T>, E> {
                T::deserialize(one.into_deserializer()).map(Each::All)
            }

            fn visit_u64<E: Error>(self, one: u64) -> Result<Each<T>, E> {
                T::deserialize(one.into_deserializer()).map(Each::All)
            }

            fn visit_str<E: Error>(self, one: &str) -> Result<Each<T>, E> {
                T::deserialize(one.into_deserializer()).map(Each::All)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Each<T>, A::Error> {
                BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(Each::By)
            }
        }
        deserializer.deserialize_any(Either(PhantomData))
    }
}

impl MissingMarks {
    const KEYS: [&'static str; 3] = ["no-data", "no-phenomenon", "confidential"];

    /// Reads the marks of all languages, or of each, told apart by their keys.
    fn each<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Each<MissingMarks>, D::Error> {
        struct Marks;

        impl<'de> Visitor<'de> for Marks {
            type Value = Each<MissingMarks>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("marks, or marks of each language: {no-data: …} or {ru: {no-data: …}}")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Each<MissingMarks>, A::Error> {
                let (mut all, mut each) = (MissingMarks::default(), BTreeMap::new());
                while let Some(key) = map.next_key::<String>()? {
                    let mark = match key.as_str() {
                        "no-data" => &mut all.no_data,
                        "no-phenomenon" => &mut all.no_phenomenon,
                        "confidential" => &mut all.confidential,
                        _ if key.len() > LANGUAGE => return Err(Error::unknown_field(&key, &MissingMarks::KEYS)),
                        _ => {
                            each.insert(key, map.next_value()?);
                            continue;
                        }
                    };
                    *mark = Some(map.next_value()?);
                }
                let MissingMarks { no_data, no_phenomenon, confidential } = &all;
                let has_all = [no_data, no_phenomenon, confidential].into_iter().any(Option::is_some);
                match each.is_empty() {
                    true => Ok(Each::All(all)),
                    false if has_all => Err(Error::custom("marks of all languages stand beside those of one")),
                    false => Ok(Each::By(each)),
                }
            }
        }
        deserializer.deserialize_map(Marks)
    }
}

impl<T> Each<T> {
    /// Lists the languages for which it stands apart.
    pub(super) fn languages(&self) -> impl Iterator<Item = &String> {
        let map = if let Each::By(map) = self { Some(map) } else { None };
        map.into_iter().flat_map(BTreeMap::keys)
    }

    /// Lists the values, each with its language where it stands for one.
    pub(super) fn values(&self) -> Vec<(Option<&str>, &T)> {
        match self {
            Each::All(value) => vec![(None, value)],
            Each::By(map) => map.iter().map(|(lang, value)| (Some(lang.as_str()), value)).collect(),
        }
    }

    /// Returns the value of a language.
    pub fn of(&self, lang: &str) -> Option<&T> {
        match self {
            Each::All(value) => Some(value),
            Each::By(map) => map.get(lang),
        }
    }
}

/// How many letters the code of a language has at most.
const LANGUAGE: usize = 3;

/// What is printed in place of a missing value, by the kind of reason.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MissingMarks {
    /// There is no figure: `…`.
    #[serde(default)]
    pub no_data: Option<String>,
    /// There is nothing to give a figure of: `–`.
    #[serde(default)]
    pub no_phenomenon: Option<String>,
    /// The figure is confidential: `х`.
    #[serde(default)]
    pub confidential: Option<String>,
}

/// When a plus sign is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlusSign {
    /// Only where a template asks for it.
    #[default]
    Never,
    /// Before every positive value of a signed measure.
    Signed,
}

impl Study {
    /// Refuses what no number is written with.
    pub(super) fn check_style(&self, diagnostics: &mut Diagnostics) {
        let mut refuse = |key: &str, lang: Option<&str>, message: String, hint: &str| {
            let keys: Vec<&str> = ["style", key].into_iter().chain(lang).collect();
            diagnostics.push(Diagnostic::error(code::STUDY_VALUE, self.place(&keys), message).hint(hint));
        };
        for (lang, most) in self.style.words_up_to.values().into_iter().filter(|(_, most)| **most > MOST_IN_WORDS) {
            let message = format!("numbers up to {most} are not written in words");
            refuse("words_up_to", lang, message, "it is 99 at most; most houses write numbers to 9 in words");
        }
        let is_mark = |mark: char| !mark.is_alphanumeric() && !mark.is_whitespace() && !"-−+%‰".contains(mark);
        for (lang, mark) in self.style.decimal_mark.values().into_iter().filter(|(_, mark)| !is_mark(**mark)) {
            refuse("decimal_mark", lang, format!("`{mark}` is no decimal mark"), "write `,` or `.`");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_of_all_languages_is_not_lost_beside_that_of_one() {
        let read = |text: &str| serde_yaml::from_str::<Style>(text).map(|style| style.missing);
        let no_data = |marks: Each<MissingMarks>, lang| marks.of(lang).and_then(|marks| marks.no_data.clone());
        assert_eq!(read("missing: {no-data: x}").map(|all| no_data(all, "ru")).ok().flatten().as_deref(), Some("x"));
        let each = read("missing: {ru: {no-data: x}}");
        assert_eq!(
            each.map(|each| (no_data(each.clone(), "ru"), no_data(each, "kk"))).ok(),
            Some((Some("x".into()), None))
        );
        let mixed = read("missing: {no-data: x, ru: {no-data: y}}").map_err(|error| error.to_string());
        assert!(mixed.is_err_and(|error| error.contains("marks of all languages stand beside those of one")));
    }
}
