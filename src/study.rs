//! Study: `study.yaml` as its author writes it: what is computed, shown and printed, and in which editions.

mod article;
mod authors;
mod colours;
mod exhibits;
mod format;
mod names;
mod style;
mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

pub use article::ArticleEntry;
pub use colours::rgb;
pub use format::{FORMAT, upgraded};
pub use names::{is_name, is_own_anchor};
pub use style::{Each, MissingMarks, PlusSign, Style};
pub use words::{NounEntry, NounForms, UnitEntry, UnitForms, VerbEntry};

pub use exhibits::{
    Axis, CellEntry, ColumnEntry, ColumnsEntry, FigureEntry, FigureKind, OrderEntry, OwnCell, RowsEntry, ScaleEntry,
    SelectionEntry, TableEntry, WidthEntry,
};

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::{ByLanguage, Files, Outline, Spanned};
use crate::finding::{Mail, Orcid};

/// Where the study stands.
pub const STUDY: &str = "study.yaml";

/// Keys of figures and tables on whose values nothing else of a study rests.
const LIGHT: [&str; 8] = ["decimals", "scale", "width", "breaks", "class_breaks", "classes", "parallel", "x_decimals"];

/// The edition of a study that names none: all periods of all data.
pub const CURRENT: &str = "current";

/// Texts by language code.
pub type Texts = BTreeMap<String, String>;

/// A text that knows where it stands.
pub type Text = Spanned<String>;

/// The study.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Study {
    /// The format that it is written in; the present one where it does not say.
    #[serde(default)]
    #[schemars(range(min = 1, max = format::FORMAT))]
    pub esep: Option<u32>,
    /// Titles of the report.
    #[schemars(with = "ByLanguage<String>")]
    pub title: Texts,
    /// The class of the universal decimal classification (УДК).
    #[serde(default)]
    pub udc: Option<String>,
    /// The class of the state rubricator (МРНТИ, ГРНТИ).
    #[serde(default)]
    pub grnti: Option<String>,
    /// The authors.
    #[serde(default)]
    pub authors: Vec<Author>,
    /// The languages of whole versions.
    #[schemars(length(min = 1))]
    pub languages: Vec<String>,
    /// The languages of the abstract.
    #[serde(default)]
    pub abstracts: Vec<String>,
    /// House style.
    #[serde(default)]
    pub style: Style,
    /// Nouns beyond those of the program, by a name of the study's own and then by language.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ByLanguage<NounEntry>>")]
    pub nouns: BTreeMap<String, Spanned<BTreeMap<String, NounEntry>>>,
    /// Verbs with their past tense, likewise.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ByLanguage<VerbEntry>>")]
    pub verbs: BTreeMap<String, Spanned<BTreeMap<String, VerbEntry>>>,
    /// Units beyond those of the program, by the name under which measures and figures have them, and then by language.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ByLanguage<UnitEntry>>")]
    pub units: BTreeMap<String, Spanned<BTreeMap<String, UnitEntry>>>,
    /// The colours of what figures show, by the keys of series: one notion has one colour in all figures (`"#1c4e80"`).
    #[serde(default)]
    pub colours: BTreeMap<String, Text>,
    /// Named sets of territories.
    #[serde(default)]
    pub sets: BTreeMap<String, Vec<Text>>,
    /// What is computed.
    pub analyses: BTreeMap<String, Spanned<Analysis>>,
    /// Named expressions.
    #[serde(default)]
    pub findings: BTreeMap<String, Text>,
    /// Figures by id.
    #[serde(default)]
    pub figures: BTreeMap<String, Spanned<FigureEntry>>,
    /// Tables by id.
    #[serde(default)]
    pub tables: BTreeMap<String, Spanned<TableEntry>>,
    /// The sections of the report, in order: `templates/<language>/<page>.md`.
    pub pages: Vec<String>,
    /// Short versions by name, for journals that allow few exhibits.
    #[serde(default)]
    pub selection: BTreeMap<String, Spanned<SelectionEntry>>,
    /// What of it makes an article for a journal.
    #[serde(default)]
    pub article: ArticleEntry,
    /// The editions by name; one of all data where there are none.
    #[serde(default)]
    pub editions: BTreeMap<String, EditionEntry>,
    /// True where it held unknown keys: it can be checked, but not built from.
    #[serde(skip)]
    pub partial: bool,
    /// Where its keys stand, for the places of what is wrong with it.
    #[serde(skip)]
    outline: Outline,
}

/// An author.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Author {
    /// The name by language.
    #[schemars(with = "ByLanguage<String>")]
    pub name: Texts,
    /// The institution by language.
    #[schemars(with = "ByLanguage<String>")]
    pub affiliation: Texts,
    /// True where the name only keeps a place for one.
    #[serde(default)]
    pub placeholder: bool,
    /// The position by language.
    #[serde(default)]
    #[schemars(with = "ByLanguage<String>")]
    pub position: Texts,
    /// The identifier of ORCID: `0000-0002-1825-0097`.
    #[serde(default)]
    pub orcid: Option<Orcid>,
    /// The address for letters.
    #[serde(default)]
    pub email: Option<Mail>,
    /// True for the author who answers letters.
    #[serde(default)]
    pub corresponding: bool,
}

/// One analysis: a measure of a table, or an expression over other analyses.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Analysis {
    /// The table.
    #[serde(default)]
    pub table: Option<Text>,
    /// Its measure.
    #[serde(default)]
    pub measure: Option<Text>,
    /// Categories to pick.
    #[serde(default, rename = "where")]
    pub filter: BTreeMap<String, String>,
    /// Dimensions to add up.
    #[serde(default)]
    pub sum_over: Vec<String>,
    /// Codes and sets; all where left out.
    #[serde(default)]
    pub territories: Vec<Text>,
    /// First and last period.
    #[serde(default)]
    pub period: Span,
    /// Which borders.
    #[serde(default)]
    pub borders: Borders,
    /// Why figures of several vintages may stand in one series, by language.
    #[serde(default)]
    #[schemars(with = "Option<ByLanguage<String>>")]
    pub across_vintages: Option<Texts>,
    /// Years before which the series is not comparable: reforms, re-basings on a census. What is computed from it has
    /// them too, unless it names its own; every figure over time marks them.
    #[serde(default)]
    pub breaks: Vec<i32>,
    /// The expression, instead of a table.
    #[serde(default)]
    pub expr: Option<Text>,
    /// The methods applied to the series.
    #[serde(default)]
    pub methods: Vec<Text>,
    /// The parameters of its methods: method → parameter → value.
    #[serde(default)]
    pub settings: BTreeMap<String, Spanned<BTreeMap<String, String>>>,
    /// What the other roles of its methods take: method → role → series, several parted by commas where the role takes
    /// many, or sets of territories for a label.
    #[serde(default)]
    pub bind: BTreeMap<String, Spanned<BTreeMap<String, Text>>>,
}

/// First and last period, each open where left out.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The first.
    #[serde(default)]
    pub from: Option<String>,
    /// The last.
    #[serde(default)]
    pub to: Option<String>,
}

/// In which borders territories are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Borders {
    /// As the publisher gives them.
    #[default]
    AsPublished,
    /// Territories that were split are added up to what they were before any reform.
    MergedBack,
    /// The coarsest borders that all periods of the series have in common: only what was split within them is added up.
    CommonDenominator,
}

/// An edition.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditionEntry {
    /// Its title; none of the only edition of a study that names none.
    #[serde(default)]
    #[schemars(with = "ByLanguage<String>")]
    pub title: Texts,
    /// Table → vintages, the preferred first; what is not named is as in the edition before.
    pub vintages: Spanned<BTreeMap<String, Vec<String>>>,
    /// Analysis → period, where it is not the study's.
    #[serde(default)]
    pub periods: BTreeMap<String, Spanned<Span>>,
    /// Why its series may hold figures of several vintages, by language.
    #[serde(default)]
    #[schemars(with = "Option<ByLanguage<String>>")]
    pub across_vintages: Option<Texts>,
    /// The pages that it prints: pages of the study, or templates of its own; all of the study where left out.
    #[serde(default)]
    pub pages: Vec<Text>,
}

/// A map that keeps the author's order.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(with = "BTreeMap<String, T>")]
pub struct Ordered<T>(pub Vec<(String, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Ordered<T> {
        Ordered(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Ordered<T>, D::Error> {
        struct Entries<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Ordered<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Ordered(entries))
            }
        }
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

impl Analysis {
    /// Lists the keys that are given but say something of a table, for an analysis that is an expression.
    pub fn idle_keys(&self) -> Vec<&'static str> {
        let given = [
            ("measure", self.measure.is_some()),
            ("where", !self.filter.is_empty()),
            ("sum_over", !self.sum_over.is_empty()),
            ("territories", !self.territories.is_empty()),
            ("period", self.period.from.is_some() || self.period.to.is_some()),
            ("borders", self.borders != Borders::AsPublished),
            ("across_vintages", self.across_vintages.is_some()),
        ];
        given.into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect()
    }
}

impl Study {
    /// Says whether a selection opens the report.
    pub fn opens(&self, selection: &str) -> bool {
        self.selection.get(selection).is_some_and(|entry| entry.value.opens)
    }

    /// Reads the study, as far as it is known where it holds unknown keys.
    pub fn read(files: &Files, diagnostics: &mut Diagnostics) -> Option<Study> {
        // What an older format calls otherwise is no unknown key.
        if !format::check(files.text(STUDY).unwrap_or_default(), diagnostics) {
            return None;
        }
        let mut unknown = Diagnostics::default();
        let study: Option<Study> = files.yaml_known(STUDY, &LIGHT, &mut unknown);
        let Some(study) = study else {
            diagnostics.extend(unknown);
            return None;
        };
        let mut study = Study { outline: files.outline(STUDY), ..study };
        study.check_names(&mut unknown);
        study.check_languages(&mut unknown);
        study.check_style(&mut unknown);
        study.check_colours(&mut unknown);
        study.partial = unknown.verdict().is_err();
        diagnostics.extend(unknown);
        // Which of two exhibits of one name a template or a word means, nobody can tell.
        if study.tables.keys().any(|id| study.figures.contains_key(id)) {
            return None;
        }
        if study.editions.is_empty()
            && let Ok(entry) = serde_yaml::from_str("{vintages: {}}")
        {
            study.editions.insert(CURRENT.to_owned(), entry);
        }
        study.inherit_vintages();
        for (name, edition) in &study.editions {
            for (analysis, span) in edition.periods.iter().filter(|(a, _)| !study.analyses.contains_key(*a)) {
                let place = place_of(span, &format!("edition `{name}`"));
                let message = format!("dates an analysis `{analysis}` that does not exist");
                let hint = crate::diagnostic::did_you_mean(analysis, study.analyses.keys().map(String::as_str));
                diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).maybe_hint(hint));
            }
        }
        Some(study)
    }

    /// Gives each edition the vintages that it does not name: those of the edition before it, in the order of names.
    fn inherit_vintages(&mut self) {
        let mut before = BTreeMap::new();
        for edition in self.editions.values_mut() {
            for (table, vintages) in &before {
                edition.vintages.value.entry(String::clone(table)).or_insert_with(|| Vec::clone(vintages));
            }
            before.clone_from(&edition.vintages.value);
        }
    }

    /// Returns the title of an edition in a language; `None` of the only one of a study that names none.
    pub fn edition_title(&self, name: &str, lang: &str) -> Option<&str> {
        self.editions.get(name)?.title.get(lang).map(String::as_str)
    }

    /// Returns the pages that an edition prints, in their order.
    pub fn pages_of(&self, edition: &str) -> Vec<&str> {
        match self.editions.get(edition).map(|entry| entry.pages.as_slice()) {
            None | Some([]) => self.pages.iter().map(String::as_str).collect(),
            Some(own) => own.iter().map(|page| page.value.as_str()).collect(),
        }
    }

    /// Returns the pages of the study, and behind them those that only an edition or a selection has.
    pub fn all_pages(&self) -> Vec<&str> {
        let of_editions = self.editions.values().flat_map(|entry| &entry.pages);
        let of_selections = self.selection.values().flat_map(|entry| &entry.value.pages);
        let own = of_editions.chain(of_selections).map(|page| page.value.as_str());
        let mut all: Vec<&str> = self.pages.iter().map(String::as_str).collect();
        for page in own {
            if !all.contains(&page) {
                all.push(page);
            }
        }
        all
    }

    /// Returns true where the study names no editions.
    pub fn has_one_edition(&self) -> bool {
        self.editions.len() == 1 && self.editions.get(CURRENT).is_some_and(|edition| edition.title.is_empty())
    }

    /// Reports titles and names that a language version lacks.
    pub fn complete(&self, languages: &[&str], diagnostics: &mut Diagnostics) {
        for (path, texts) in self.texts() {
            let said = path.iter().map(String::as_str);
            for (lang, _) in texts.iter().filter(|(_, text)| text.trim().is_empty()) {
                let place = self.place(&said.clone().chain([lang.as_str()]).collect::<Vec<_>>());
                let message = format!("`{}` says nothing in the language `{lang}`", path.join("."));
                diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, place, message).hint("write it"));
            }
            for lang in languages.iter().filter(|lang| !texts.contains_key(**lang)) {
                let keys: Vec<&str> = path.iter().map(String::as_str).collect();
                let place = self.place(&keys).within(path.join("."));
                diagnostics.push(Diagnostic::error(code::LANGUAGE_WORD, place, format!("lacks the language `{lang}`")));
            }
        }
    }

    /// Returns the place of a key of the study, or of the last on the way to it that is there.
    pub fn place(&self, keys: &[&str]) -> Place {
        self.outline.place(keys)
    }

    /// Returns the place of a key of an exhibit.
    pub fn place_of_exhibit(&self, id: &str, key: &str) -> Place {
        let map = if self.figures.contains_key(id) { "figures" } else { "tables" };
        self.place(&[map, id, key]).within(id)
    }
}

/// Returns the place of a part of an expression that stands in `study.yaml`.
pub fn place_in(text: &Text, part: &Range<usize>, name: &str) -> Place {
    let (start, length) = (text.referenced.column() as usize, text.value.chars().count());
    // A scalar of one line is as long as its text, or two quotation marks longer; of any other only the beginning is known.
    let quotes = match (text.referenced.span().len() as usize).checked_sub(length) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return place_of(text, name),
    };
    let chars = |range: Range<usize>| text.value.get(range).map_or(0, |text| text.chars().count());
    let place = Place::line(STUDY, text.referenced.line() as usize, start + quotes + chars(0..part.start));
    place.covering(chars(part.clone()).max(1)).within(name)
}

/// Returns the place of an entry of `study.yaml`.
pub fn place_of<T>(entry: &Spanned<T>, name: &str) -> Place {
    Place::line(STUDY, entry.referenced.line() as usize, entry.referenced.column() as usize).within(name)
}
