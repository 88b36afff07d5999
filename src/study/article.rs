//! Article: what of the study makes an article for a journal.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Text, Texts};
use crate::files::ByLanguage;
use crate::finding::{Day, Jel};

/// An article: its chapters and exhibits, and what heads and ends it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleEntry {
    /// The profile of the journal; `general` where left out.
    #[serde(default)]
    pub journal: Option<Text>,
    /// The chapters, in order; those of the study where left out.
    #[serde(default)]
    pub pages: Vec<Text>,
    /// The short version whose exhibits it keeps; all where left out.
    #[serde(default)]
    pub selection: Option<Text>,
    /// Classes of the Journal of Economic Literature.
    #[serde(default)]
    pub jel: Vec<Jel>,
    /// The line on funding, by language.
    #[serde(default)]
    #[schemars(with = "ByLanguage<String>")]
    pub funding: Texts,
    /// When it was received: `2026-11-29`.
    #[serde(default)]
    pub received: Option<Day>,
    /// When it was revised.
    #[serde(default)]
    pub revised: Option<Day>,
    /// When it was accepted.
    #[serde(default)]
    pub accepted: Option<Day>,
}
