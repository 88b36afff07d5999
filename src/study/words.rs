//! Words: the nouns, verbs and units that a study declares beyond those of the program.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::files::by_form;

/// A noun in one language.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum NounEntry {
    /// Its dictionary form, where all else is regular: `мектеп`.
    Word(String),
    /// With what is not.
    Full(Box<NounForms>),
}

/// The words of a unit in one language.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum UnitEntry {
    /// What is printed everywhere: `BYN`, `га`.
    Label(String),
    /// With a noun that prose inflects.
    Full(UnitForms),
}

by_form! {
    NounEntry: "a word, or its forms: {noun: …, plural: …}";
    text String => NounEntry::Word;
    map Box<NounForms> => NounEntry::Full;
}

by_form! {
    UnitEntry: "a label, or words: {label: …, noun: …}";
    text String => UnitEntry::Label;
    map UnitForms => UnitEntry::Full;
}

/// A unit with its words: `{label: руб. в месяц, noun: рубль, after: в месяц}`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct UnitForms {
    /// What axes and headings print.
    pub label: String,
    /// The noun that prose counts: of the program, or of `nouns`.
    pub noun: Option<String>,
    /// What prose says before the number.
    pub before: String,
    /// What prose says behind the noun.
    pub after: String,
}

/// A noun with its forms: `{noun: школа, like: страна}`, `{noun: халық, owned: халқы}`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NounForms {
    /// The dictionary form.
    pub noun: String,
    /// In Russian, a noun that is declined alike.
    pub like: Option<String>,
    /// In Russian, all forms of the singular by case.
    pub one: BTreeMap<String, String>,
    /// In Russian, all forms of the plural by case.
    pub many: BTreeMap<String, String>,
    /// In Russian, the form of a place, where it is not the prepositional: `краю`.
    pub place: Option<String>,
    /// In Russian, whether it lives.
    pub animate: Option<bool>,
    /// In Russian, the gender: m, f, n.
    #[schemars(extend("enum" = ["m", "f", "n"]))]
    pub gender: Option<String>,
    /// In Kazakh, the possessive of the third person.
    pub owned: Option<String>,
    /// The nominative of the plural.
    pub plural: Option<String>,
}

/// A verb in one language: `{verb: уйти, past: [ушёл, ушла, ушло, ушли]}`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerbEntry {
    /// The infinitive.
    pub verb: String,
    /// The past tense: in Russian masculine, feminine, neuter and plural.
    pub past: Vec<String>,
}
