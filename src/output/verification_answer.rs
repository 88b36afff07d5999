//! Verification answer: what `verification.json` holds, from which its schema is made.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::claim::{Class, Fair, Kind, Mode, Says, Stake, Texts, Verdict};
use crate::finding::Status;

/// The version of the form: a key taken out or read otherwise makes another one.
pub(super) const VERSION: u32 = 2;

/// The verdicts on the numbers that papers print.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "esep: verdicts on the numbers that papers print")]
#[schemars(extend("$id" = format!("urn:esep:verification:{VERSION}")))]
pub(super) struct Answer {
    /// Where the schema stands, from this file.
    #[serde(rename = "$schema")]
    pub(super) schema: &'static str,
    /// The version of the form: a key taken out or read otherwise makes another one.
    #[schemars(extend("const" = VERSION))]
    pub(super) version: u32,
    /// The papers.
    pub(super) papers: Vec<PaperAnswer>,
    /// What they print.
    pub(super) claims: Vec<ClaimAnswer>,
    /// What they print and is not judged.
    pub(super) excluded: Vec<ExcludedAnswer>,
}

/// A paper.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct PaperAnswer {
    pub(super) id: String,
    pub(super) title: Texts,
    pub(super) source: Option<String>,
    /// The edition that it is judged on.
    pub(super) edition: String,
    /// How much of it was reproduced.
    #[schemars(extend("enum" = Class::ALL.map(Class::name)))]
    pub(super) class: &'static str,
    pub(super) verdicts: Counts,
    /// Those that its conclusions rest on.
    pub(super) headline: Counts,
    /// Those of its text.
    pub(super) text: Counts,
    /// Those of the cells of its tables.
    pub(super) cells: Counts,
    /// The cells of tables, those that give one another counted as one check.
    pub(super) checks: Counts,
    /// Claims of the text that are the same check as another.
    pub(super) repeated: usize,
    /// Claims that hold on their basis, and would not on another one that is given.
    pub(super) contested: usize,
    /// Claims without an end on one side (`within: any`), where no number can fail them.
    pub(super) unfalsifiable: usize,
    /// Claims that name no time (`period`), so that nothing compares it with that of the figures they rest on.
    pub(super) undated: Vec<String>,
    /// Tables of which two rows or more are held to their total alone: exchanged, they would add up as well.
    pub(super) swappable: Vec<String>,
    /// Discrepancies that are not accepted with a reason.
    pub(super) open: usize,
    /// How the paper rounds, where that can be told.
    pub(super) rounding: Option<RoundingAnswer>,
    pub(super) excluded_classes: Vec<ExcludedClass>,
    /// What its authors answered.
    pub(super) reply: Option<Texts>,
}

/// How many claims have each verdict.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Counts {
    pub(super) confirmed: usize,
    pub(super) rounding: usize,
    pub(super) contradicted: usize,
    pub(super) inconsistent: usize,
    pub(super) unresolved: usize,
}

/// How a paper rounds.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct RoundingAnswer {
    #[schemars(extend("enum" = Mode::ALL.map(Mode::name)))]
    pub(super) mode: &'static str,
    /// How many numbers it fits.
    pub(super) fits: usize,
    /// Of how many that tell one way from another.
    pub(super) of: usize,
    pub(super) outliers: Vec<Outlier>,
}

/// A number that is rounded otherwise than the rest of its paper.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Outlier {
    pub(super) id: String,
    #[schemars(extend("enum" = Mode::ALL.map(Mode::name)))]
    pub(super) mode: &'static str,
}

/// Numbers of one kind that are not judged.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ExcludedClass {
    pub(super) class: Texts,
    pub(super) reason: Texts,
}

/// A claim that is not judged.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ExcludedAnswer {
    pub(super) id: String,
    pub(super) paper: String,
    /// The place in the paper, in the paper's language.
    #[serde(rename = "where")]
    pub(super) own_place: String,
    /// The place, in each language of the report.
    pub(super) place: Texts,
    /// At most six words to find it by.
    pub(super) phrase: Option<String>,
    pub(super) printed: String,
    pub(super) reason: Texts,
}

/// A claim with its verdict.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ClaimAnswer {
    /// Unique within its paper: `paper` and `id` together name a claim.
    pub(super) id: String,
    pub(super) paper: String,
    /// The place in the paper, in the paper's language.
    #[serde(rename = "where")]
    pub(super) own_place: String,
    /// The place, in each language of the report.
    pub(super) place: Texts,
    /// At most six words to find it by.
    pub(super) phrase: Option<String>,
    /// As printed; its decimals are its precision.
    pub(super) printed: String,
    /// The unit with its scale word: `thousand persons`.
    pub(super) unit: String,
    pub(super) period: Option<String>,
    /// Whom it counts.
    pub(super) population: Option<String>,
    /// How it is judged.
    #[schemars(extend("enum" = Kind::ALL.map(Kind::name)))]
    pub(super) kind: &'static str,
    /// How firmly it is said.
    #[schemars(extend("enum" = Says::ALL.map(Says::name)))]
    pub(super) says: &'static str,
    /// How far a bound or an «about» reaches.
    pub(super) within: Option<String>,
    /// The numbers of which the printed one may speak: by its decimals, or as firmly as it is said; an end that nothing
    /// sets is null.
    pub(super) printed_interval: Option<[Option<String>; 2]>,
    /// Whether the paper's conclusions rest on it.
    pub(super) headline: bool,
    #[schemars(extend("enum" = Verdict::ALL.map(Verdict::name)))]
    pub(super) verdict: &'static str,
    /// What the first reading rests on: the paper's own figures, or the agency's series.
    #[schemars(extend("enum" = ["paper", "agency", null]))]
    pub(super) basis: Option<&'static str>,
    /// In printed units.
    pub(super) derived: Option<String>,
    /// What is derived, from what the inputs may be by their own precision.
    pub(super) interval: Option<[String; 2]>,
    pub(super) distance: Option<String>,
    /// The way of rounding that gives what is printed.
    #[schemars(extend("enum" = maybe(Mode::ALL.map(Mode::name))))]
    pub(super) rounding: Option<&'static str>,
    /// The reading under which a discrepancy would be none, where one was found by trying.
    pub(super) fair: Option<FairAnswer>,
    /// How far what a confirmed claim rests on could move before it fails.
    pub(super) slack: Option<SlackAnswer>,
    /// Whether a confirmed verdict depends on what is printed; `unfalsifiable` of a claim that sets no end on one side; `far`
    /// of a bound that holds and lies farther from what is derived than its digits show; `idle` where something else printed
    /// would be confirmed too, `still` where anything in the data would confirm it; null where nothing is confirmed.
    #[schemars(extend("enum" = maybe(Stake::NAMES)))]
    pub(super) stake: Option<&'static str>,
    /// What the rule found beside values.
    pub(super) detail: Option<DetailAnswer>,
    /// A discrepancy that is not accepted with a reason.
    pub(super) open: bool,
    /// Holds on its basis, and would not on another one that is given.
    pub(super) contested: bool,
    /// The claim of which this one is the same check, as they give one another and rest on nothing else.
    pub(super) one_check: Option<String>,
    pub(super) readings: Vec<ReadingAnswer>,
    pub(super) remark: Option<Texts>,
    /// Why a discrepancy is accepted.
    pub(super) accepted: Option<Texts>,
    pub(super) accepted_by: Option<String>,
    pub(super) accepted_on: Option<String>,
    /// What its authors answered.
    pub(super) reply: Option<Texts>,
    /// The verdict in words.
    pub(super) explanation: Texts,
}

/// A reading under which a discrepancy would be none.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct FairAnswer {
    #[schemars(extend("enum" = Fair::NAMES))]
    pub(super) reading: &'static str,
    /// The expression that gives what is printed, where it is another one.
    pub(super) expression: Option<String>,
}

/// How far what a claim rests on could move.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum SlackAnswer {
    /// Its value: down or up by less than this in printed units; null without end.
    Value { down: Option<String>, up: Option<String> },
    /// The least change of one input that fails it, found in steps.
    Input { input: String, from: String, to: String, step: String },
    /// No change of an input that was tried fails it: null.
    Fixed { input: () },
    /// Years of a period.
    Years { years: u8 },
}

/// What a rule found beside values.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum DetailAnswer {
    /// The years of a period: both ends counted, and their difference.
    Years { counted: i64, difference: i64 },
    /// The span of the totals that satisfy all shares; null where there is none.
    Totals { totals: Option<[String; 2]> },
    /// The printed number that belongs at each claim of the list whose number is another's.
    Repair { repair: Vec<Belongs> },
    /// No single order closes; how many do.
    NoRepair { repair: (), orders: usize },
    /// What holds instead: a value, or a list of keys or of keys with values.
    Instead { instead: Json },
}

/// The number that belongs at a claim.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Belongs {
    pub(super) id: String,
    pub(super) belongs: String,
}

/// A claim on one basis.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ReadingAnswer {
    #[schemars(extend("enum" = ["paper", "agency"]))]
    pub(super) basis: &'static str,
    /// The finding as an expression.
    pub(super) finding: String,
    pub(super) vintages: Vec<String>,
    /// What the source cells are.
    #[schemars(extend("items" = {"enum": Status::ALL.map(Status::name)}))]
    pub(super) statuses: Vec<&'static str>,
    /// The files of the source cells.
    pub(super) sources: Vec<SourceAnswer>,
    /// In printed units.
    pub(super) derived: Option<String>,
    /// The exact value.
    pub(super) exact: Option<String>,
    pub(super) interval: Option<[String; 2]>,
    pub(super) distance: Option<String>,
    #[schemars(extend("enum" = maybe(Mode::ALL.map(Mode::name))))]
    pub(super) rounding: Option<&'static str>,
    #[schemars(extend("enum" = Verdict::ALL.map(Verdict::name)))]
    pub(super) verdict: &'static str,
    pub(super) note: Option<Texts>,
}

/// A file of source cells.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct SourceAnswer {
    pub(super) path: String,
    /// The catalogue's; null for a file of claims.
    pub(super) hash: Option<String>,
}

/// Adds null to names.
fn maybe<const N: usize>(names: [&str; N]) -> Vec<Json> {
    names.into_iter().map(|name| json!(name)).chain([Json::Null]).collect()
}
