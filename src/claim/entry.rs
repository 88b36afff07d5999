//! Entry: `data/claims/<paper>.yaml` as its author writes it.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, schema_for};
use serde::Deserialize;

use crate::files::{ByLanguage, Spanned};

/// Texts by language code.
pub type Texts = BTreeMap<String, String>;

/// A file of claims.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FileEntry {
    /// What is said of the paper as a whole.
    pub paper: PaperEntry,
    /// How the places that `where` names are called in the other languages.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ByLanguage<String>>")]
    pub places: BTreeMap<String, Texts>,
    /// Classes of numbers that are no claims.
    #[serde(default)]
    pub excluded: Vec<ExcludedEntry>,
    /// Tables whose every cell is a claim.
    #[serde(default)]
    pub tables: Vec<Spanned<TableEntry>>,
    /// What printed names mean that are neither territories nor dates, by the claim that each stands for.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ByLanguage<String>>")]
    pub names: BTreeMap<String, Texts>,
    /// Single claims.
    #[serde(default)]
    pub claims: Vec<Spanned<ClaimEntry>>,
}

/// What is said of a paper as a whole.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaperEntry {
    /// What the report calls it.
    #[schemars(with = "ByLanguage<String>")]
    pub title: Texts,
    /// The language of its text; `ru` where left out.
    #[serde(default)]
    pub language: Option<String>,
    /// Where it was published.
    #[serde(default)]
    pub source: Option<String>,
    /// Vintages of the catalogue that hold the paper's own figures.
    #[serde(default)]
    pub vintages: Vec<String>,
    /// The edition on whose findings it is judged; the last where left out.
    #[serde(default)]
    pub edition: Option<String>,
    /// What the authors answered to the verdicts as a whole.
    #[serde(default)]
    #[schemars(with = "Option<ByLanguage<String>>")]
    pub reply: Option<Texts>,
}

/// A class of numbers that are no claims.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExcludedEntry {
    /// What the numbers are.
    #[schemars(with = "ByLanguage<String>")]
    pub class: Texts,
    /// Why they are not judged.
    #[schemars(with = "ByLanguage<String>")]
    pub reason: Texts,
}

/// A table whose every cell is a claim.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableEntry {
    /// Under which expressions ask for its cells: `moves.value[KZ,2021]`.
    pub id: String,
    /// Where it stands, in the paper's language.
    #[serde(rename = "where")]
    pub place: String,
    /// The unit of its numbers with a scale word: `thousand persons`.
    pub unit: String,
    /// Whom it counts.
    #[serde(default)]
    pub population: Option<String>,
    /// The keys of its columns.
    pub columns: Vec<String>,
    /// The key of the row that the other rows add up to.
    #[serde(default)]
    pub total: Option<String>,
    /// The printed numbers by the keys of rows; `-` where nothing is printed.
    pub rows: BTreeMap<String, Vec<String>>,
    /// What rows and columns are called that are neither territories nor periods.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ByLanguage<String>>")]
    pub names: BTreeMap<String, Texts>,
    /// Where the agency's series has the cells.
    #[serde(default)]
    pub agency: Vec<TableSource>,
    /// Known discrepancies by cell: `KZ,2021`.
    #[serde(default)]
    pub accepted: BTreeMap<String, AcceptedEntry>,
    /// Why nothing judges its cells yet, as the program that drafted it found; said only while nothing derives them.
    #[serde(default)]
    #[schemars(with = "Option<ByLanguage<String>>")]
    pub unjudged: Option<Texts>,
    /// Why cells cannot be judged, where nothing derives them.
    #[serde(default)]
    #[schemars(with = "Option<ByLanguage<String>>")]
    pub remark: Option<Texts>,
    /// In what `agency` reads otherwise than the table speaks, which `remark` explains.
    #[serde(default)]
    pub differs: Vec<Differs>,
}

/// An expression for some rows of a table.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableSource {
    /// The keys of the rows.
    pub rows: Vec<String>,
    /// The expression; `{row}` and `{column}` stand for the keys.
    pub expr: String,
}

/// A number that a paper prints, or a statement about numbers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimEntry {
    /// Under which expressions ask for it: `printed.value[urban_share]`.
    pub id: String,
    /// Where it stands, in the paper's language.
    #[serde(rename = "where")]
    pub place: String,
    /// At most six words to find it by.
    #[serde(default)]
    pub phrase: Option<String>,
    /// The number as printed, in its own decimals, or the word that states it.
    pub printed: String,
    /// The unit with a scale word: `thousand persons`.
    #[serde(default = "none")]
    pub unit: String,
    /// The date or period it speaks of.
    #[serde(default)]
    pub period: Option<String>,
    /// Whom it counts.
    #[serde(default)]
    pub population: Option<String>,
    /// How it is judged; `number` where left out.
    #[serde(default)]
    pub kind: Kind,
    /// How firmly it is said; «about» and «almost» reach one unit of the last place or half a unit of the last digit
    /// that is not a zero, whichever is more, and no more than a tenth; «more than», «up to», «at least» and «less
    /// than» hold however far, and `within` sets them an end.
    #[serde(default)]
    pub says: Says,
    /// How far a number that is not said exactly may be off, in printed units; `any` for no end.
    #[serde(default)]
    pub within: Option<String>,
    /// What derives it.
    #[serde(default)]
    pub expr: Option<String>,
    /// What that rests on: the paper's own figures or the agency's series.
    #[serde(default)]
    pub basis: Option<Basis>,
    /// Further ways to derive it; without `expr`, what stands near it and decides nothing.
    #[serde(default)]
    pub also: Vec<ReadingEntry>,
    /// For `same-as`: the other claim, or a cell `moves.value[KZ,2021]`.
    #[serde(default)]
    pub same_as: Option<String>,
    /// For `sign`: which.
    #[serde(default)]
    pub sign: Option<Sign>,
    /// For `sign`, `ranking` and `count`: an expression that shows what holds.
    #[serde(default)]
    pub instead: Option<String>,
    /// For `period`: first and last year, both counted.
    #[serde(default)]
    pub years: Option<(i32, i32)>,
    /// For `period`: time between two dates, so that one end counts.
    #[serde(default)]
    pub between: bool,
    /// For `list`: groups of claims that stand in one order.
    #[serde(default)]
    pub lists: Vec<Vec<String>>,
    /// For `list`: what must be possible in the right order.
    #[serde(default)]
    pub closes: Vec<String>,
    /// For `shares-of-one-total`: each share with its part.
    #[serde(default)]
    pub shares: Vec<ShareEntry>,
    /// Whether the paper's conclusions rest on it.
    #[serde(default)]
    pub headline: bool,
    /// What a reader should know; where nothing derives it, what would settle it.
    #[serde(default)]
    #[schemars(with = "Option<ByLanguage<String>>")]
    pub remark: Option<Texts>,
    /// Why nothing judges it yet, as the program that drafted it found; said only while nothing derives it.
    #[serde(default)]
    #[schemars(with = "Option<ByLanguage<String>>")]
    pub unjudged: Option<Texts>,
    /// In what its expression reads otherwise than the claim speaks, which `remark` explains.
    #[serde(default)]
    pub differs: Vec<Differs>,
    /// The discrepancy that is known and does not fail the run.
    #[serde(default)]
    pub accepted: Option<AcceptedEntry>,
    /// Why it is not judged.
    #[serde(default)]
    pub excluded: Option<ReasonEntry>,
    /// What the authors answered.
    #[serde(default)]
    #[schemars(with = "Option<ByLanguage<String>>")]
    pub reply: Option<Texts>,
}

/// A further way to derive a claim.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadingEntry {
    /// What it rests on.
    pub basis: Basis,
    /// The expression.
    pub expr: String,
    /// How it differs from the first, as words in brackets.
    #[serde(default)]
    #[schemars(with = "Option<ByLanguage<String>>")]
    pub note: Option<Texts>,
}

/// A share of an unprinted total.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareEntry {
    /// The part, as an expression.
    pub part: String,
    /// The claim that prints its share.
    pub share: String,
}

/// A discrepancy that is known: what was printed and derived when it was accepted, and why. Any other one is not.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptedEntry {
    /// The printed number or word when it was accepted.
    pub printed: String,
    /// The derived number, in at least the printed decimals; `false` for a statement.
    pub derived: String,
    /// Why; any other discrepancy is an error, and so is one that no longer occurs.
    #[schemars(with = "ByLanguage<String>")]
    pub reason: Texts,
    /// Who accepted it.
    #[serde(default)]
    pub by: Option<String>,
    /// When: a date, `2025-03-01`.
    #[serde(default)]
    pub on: Option<String>,
}

/// Why.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonEntry {
    /// The reason in each language.
    #[schemars(with = "ByLanguage<String>")]
    pub reason: Texts,
}

/// How a claim is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The derived value rounds to the printed one.
    #[default]
    Number,
    /// All values have a sign.
    Sign,
    /// An order holds: a superlative, a rank.
    Ranking,
    /// A count is exact.
    Count,
    /// A number of years fits its first and last year.
    Period,
    /// Parts add up to a printed total.
    Sum,
    /// The same quantity is printed in two places.
    SameAs,
    /// Numbers stand in the order of their subjects.
    List,
    /// Several shares are of one total.
    SharesOfOneTotal,
}

/// In what an expression may read otherwise than its claim speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Differs {
    /// Another time.
    Period,
    /// Other people.
    Population,
}

/// How firmly a number is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Says {
    /// As it stands.
    #[default]
    Exact,
    /// Within one unit of its last place or half a unit of its last digit that is no zero, whichever is more, and a
    /// tenth of it; or as `within` says.
    About,
    /// Above it; no farther than `within` says.
    MoreThan,
    /// It or below; no farther than `within` says.
    UpTo,
    /// Below it by no more than «about» reaches.
    Almost,
    /// It or above; no farther than `within` says.
    AtLeast,
    /// Below it; no farther than `within` says.
    LessThan,
}

/// What a derivation rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The paper's own figures.
    Paper,
    /// The agency's series.
    Agency,
}

/// The sign of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// Above zero.
    Positive,
    /// Below zero.
    Negative,
}

/// Returns the schema of a file of claims.
pub fn schema() -> Schema {
    schema_for!(FileEntry)
}

/// What decides a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A number that its expression gives is held to the printed one.
    Number,
    /// The statement that it prints is true or not.
    Statement,
    /// Its own rule judges what is printed together.
    Whole,
}

impl Basis {
    /// Returns the stable name.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Paper => "paper",
            Basis::Agency => "agency",
        }
    }
}

impl Differs {
    /// Returns the stable name.
    pub fn name(self) -> &'static str {
        match self {
            Differs::Period => "period",
            Differs::Population => "population",
        }
    }
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 9] = [
        Kind::Number,
        Kind::Sign,
        Kind::Ranking,
        Kind::Count,
        Kind::Period,
        Kind::Sum,
        Kind::SameAs,
        Kind::List,
        Kind::SharesOfOneTotal,
    ];

    /// Returns the stable name.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Number => "number",
            Kind::Sign => "sign",
            Kind::Ranking => "ranking",
            Kind::Count => "count",
            Kind::Period => "period",
            Kind::Sum => "sum",
            Kind::SameAs => "same-as",
            Kind::List => "list",
            Kind::SharesOfOneTotal => "shares-of-one-total",
        }
    }

    /// Returns what decides a claim of this kind.
    pub(super) fn way(self) -> Way {
        match self {
            Kind::Number | Kind::Count | Kind::Sum | Kind::SameAs => Way::Number,
            Kind::Sign | Kind::Ranking => Way::Statement,
            Kind::Period | Kind::List | Kind::SharesOfOneTotal => Way::Whole,
        }
    }

    /// Returns true where a claim of this kind prints a number of its own.
    pub fn is_number(self) -> bool {
        !matches!(self, Kind::Sign | Kind::Ranking | Kind::List | Kind::SharesOfOneTotal)
    }
}

impl Kind {
    /// Lists the keys that only claims of this kind have.
    pub(super) fn takes(self) -> &'static [&'static str] {
        match self {
            Kind::Number | Kind::Sum => &[],
            Kind::Count | Kind::Ranking => &["instead"],
            Kind::Sign => &["sign", "instead"],
            Kind::Period => &["years", "between"],
            Kind::SameAs => &["same_as"],
            Kind::List => &["lists", "closes"],
            Kind::SharesOfOneTotal => &["shares"],
        }
    }
}

impl ClaimEntry {
    /// Lists the keys that are given and go with other kinds than its own.
    pub(super) fn strange_keys(&self) -> Vec<&'static str> {
        let given = [
            ("same_as", self.same_as.is_some()),
            ("sign", self.sign.is_some()),
            ("instead", self.instead.is_some()),
            ("years", self.years.is_some()),
            ("between", self.between),
            ("lists", !self.lists.is_empty()),
            ("closes", !self.closes.is_empty()),
            ("shares", !self.shares.is_empty()),
        ];
        let own = self.kind.takes();
        given.into_iter().filter(|(key, given)| *given && !own.contains(key)).map(|(key, _)| key).collect()
    }
}

impl Says {
    /// All, in the order in which they are described.
    pub const ALL: [Says; 7] =
        [Says::Exact, Says::About, Says::MoreThan, Says::UpTo, Says::Almost, Says::AtLeast, Says::LessThan];

    /// Returns true for what bounds a number on one side and leaves it open on the other.
    pub fn is_bound(self) -> bool {
        matches!(self, Says::MoreThan | Says::UpTo | Says::AtLeast | Says::LessThan)
    }

    /// Returns the stable name.
    pub fn name(self) -> &'static str {
        match self {
            Says::Exact => "exact",
            Says::About => "about",
            Says::MoreThan => "more-than",
            Says::UpTo => "up-to",
            Says::Almost => "almost",
            Says::AtLeast => "at-least",
            Says::LessThan => "less-than",
        }
    }
}

fn none() -> String {
    "none".to_owned()
}
