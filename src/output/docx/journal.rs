//! Journal: what a journal asks of an article: its page, its type, what heads it, how long it may be.
//!
//! Profiles are data (`journals/`, or a file of a study's own): each names where its rules were read, and what of them
//! could not be confirmed.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::Diagnostics;
use crate::files::Files;

/// A profile.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Journal {
    /// The journal's name by language.
    pub name: BTreeMap<String, String>,
    /// Where its rules were read.
    pub source: Source,
    /// What could not be confirmed.
    #[serde(default)]
    pub unconfirmed: Vec<String>,
    /// The margins of A4.
    pub page: Margins,
    /// The type of running text.
    pub text: Type,
    /// Which classes head the article, in order.
    pub head: Vec<Class>,
    /// Where titles and abstracts in other languages stand.
    pub others: Place,
    /// How long it may be.
    #[serde(default)]
    pub length: Option<Length>,
    /// What an abstract must be.
    pub r#abstract: Abstract,
    /// How many keywords there may be.
    #[serde(default)]
    pub keywords: Bounds,
    /// What an abstract must speak of.
    #[serde(default)]
    pub abstract_parts: Vec<Section>,
    /// Whether a romanised list stands beside the references.
    #[serde(default)]
    pub romanised: bool,
    /// Which sections there must be.
    pub sections: Vec<Section>,
    /// Whether a line on funding is required.
    #[serde(default)]
    pub funding: Need,
    /// Whether each author must give an ORCID.
    #[serde(default)]
    pub orcid: Need,
    /// The most figures.
    #[serde(default)]
    pub figures: Option<usize>,
    /// The most tables.
    #[serde(default)]
    pub tables: Option<usize>,
}

/// Where rules were read.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The title of the page.
    pub title: String,
    /// Its address.
    #[serde(default)]
    pub address: Option<String>,
    /// When: `2026-11`.
    pub read: String,
}

/// Margins in millimetres.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Margins {
    /// Above.
    pub top_mm: f64,
    /// Below.
    pub bottom_mm: f64,
    /// On the left.
    pub left_mm: f64,
    /// On the right.
    pub right_mm: f64,
}

/// Type of running text.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Type {
    /// The font.
    pub font: String,
    /// Its size in points.
    pub points: f64,
    /// Lines: 1 for single.
    pub spacing: f64,
    /// The indent of a first line in millimetres.
    pub first_line_mm: f64,
}

/// A class that heads an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Of the universal decimal classification.
    Udc,
    /// Of the state rubricator.
    Grnti,
    /// Of the Journal of Economic Literature.
    Jel,
}

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// Before the text.
    Start,
    /// Behind it.
    End,
}

/// Whether something must be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// It may be left out.
    #[default]
    Optional,
    /// It must be there.
    Required,
}

/// From how many to how many.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// The least.
    #[serde(default)]
    pub least: Option<usize>,
    /// The most.
    #[serde(default)]
    pub most: Option<usize>,
}

impl Bounds {
    /// Says by what a count is beyond them: `is 12, at most 10`.
    pub fn broken_by(self, count: usize) -> Option<String> {
        match self {
            Bounds { least: Some(least), .. } if count < least => Some(format!("{count}, at least {least} are asked")),
            Bounds { most: Some(most), .. } if count > most => Some(format!("{count}, at most {most} are allowed")),
            _ => None,
        }
    }
}

/// How long an article may be.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Length {
    /// In pages.
    pub pages: Bounds,
    /// Whether references count.
    pub references: bool,
}

/// What an abstract must be.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Abstract {
    /// In which languages; in those of the study where a profile does not say.
    #[serde(default)]
    pub languages: Vec<String>,
    /// How many words.
    #[serde(default)]
    pub words: Bounds,
    /// Whether it holds neither citations nor formulas.
    #[serde(default)]
    pub plain: bool,
}

/// A section that must be there.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// What it is called in the rules.
    pub name: String,
    /// Beginnings of words, in small letters, one of which its heading holds.
    pub any: Vec<String>,
}

impl Section {
    /// Returns true for a text in which a word begins as one of its words does.
    pub fn is_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let begins = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
        self.any.iter().any(|own| text.match_indices(own.as_str()).any(|(at, _)| begins(at)))
    }
}

/// The profiles of the program.
const PROFILES: [(&str, &str); 6] = [
    ("general", include_str!("../../../journals/general.yaml")),
    ("agrimarket", include_str!("../../../journals/agrimarket.yaml")),
    ("caer", include_str!("../../../journals/caer.yaml")),
    ("enu", include_str!("../../../journals/enu.yaml")),
    ("iuth", include_str!("../../../journals/iuth.yaml")),
    ("kazuefmt", include_str!("../../../journals/kazuefmt.yaml")),
];

/// Names all profiles of the program.
pub fn names() -> impl Iterator<Item = &'static str> {
    PROFILES.iter().map(|(name, _)| *name)
}

/// Returns the path at which a study may keep a profile of its own.
pub fn path(name: &str) -> String {
    format!("data/journals/{name}.yaml")
}

/// Reads a profile: the study's own where it has one of that name, else the program's.
pub fn read(name: &str, files: &Files, diagnostics: &mut Diagnostics) -> Option<Journal> {
    let own = path(name);
    if files.get(&own).is_some() {
        return files.yaml_known(&own, &[], diagnostics);
    }
    let (_, text) = PROFILES.iter().find(|(known, _)| *known == name)?;
    let mut embedded = Files::default();
    let at = format!("journals/{name}.yaml");
    embedded.insert(&at, *text);
    embedded.yaml_known(&at, &[], diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_is_read_and_names_its_source() {
        for name in names() {
            let mut diagnostics = Diagnostics::default();
            let journal = read(name, &Files::default(), &mut diagnostics).expect(name);
            assert!(diagnostics.sorted().is_empty(), "{name}: {:?}", diagnostics.sorted());
            assert!(!journal.source.title.is_empty() && journal.source.read.len() == 7, "{name}");
            for lang in ["ru", "kk", "en"] {
                assert!(journal.name.contains_key(lang), "{name} {lang}");
            }
        }
    }

    #[test]
    fn bounds_say_what_breaks_them() {
        let bounds = Bounds { least: Some(5), most: Some(8) };
        assert_eq!(bounds.broken_by(6), None);
        assert_eq!(bounds.broken_by(4).as_deref(), Some("4, at least 5 are asked"));
        assert_eq!(bounds.broken_by(9).as_deref(), Some("9, at most 8 are allowed"));
    }
}
