//! Answer: what `esep diff` prints with `--format json`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

/// `esep diff`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Compared {
    /// The edition or folder before.
    pub from: String,
    /// The edition or folder after.
    pub to: String,
    /// Three numbers first.
    pub summary: ComparedSummary,
    /// Vintages whose numbers of cells changed.
    pub vintages: Vec<ComparedVintage>,
    /// Cells that changed.
    pub cells: Vec<ComparedCell>,
    /// Numbers with another value for the same period.
    pub revised: Vec<ComparedNumber>,
    /// Questions answered for another period.
    pub new_period: Vec<ComparedNumber>,
    /// Numbers that are no longer there.
    pub withdrawn: Vec<LoneNumber>,
    /// Numbers that were not there before.
    pub new: Vec<LoneNumber>,
    /// Conditions that are answered otherwise.
    pub flipped: Vec<Flipped>,
    /// Sentences that changed.
    pub sentences: Vec<ComparedSentence>,
    /// Sections that one side alone prints.
    pub sections: ComparedSections,
    /// Exhibits that changed.
    pub exhibits: Vec<ComparedExhibit>,
    /// Verdicts that changed.
    pub verdicts: Vec<ComparedVerdict>,
    /// The draft of the statement of revisions, by language, paragraph by paragraph.
    pub statement: BTreeMap<String, Vec<String>>,
}

/// How much differs.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ComparedSummary {
    /// Revised numbers.
    pub revised: usize,
    /// Changed sentences.
    pub sentences: usize,
    /// Changed exhibits.
    pub exhibits: usize,
    /// Numbers of a later period.
    pub new_period: usize,
    /// Numbers that are printed no longer.
    pub withdrawn: usize,
    /// Numbers that were not printed before.
    pub new: usize,
}

/// Sections that one side alone prints.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ComparedSections {
    /// Those of the earlier side.
    pub gone: Vec<String>,
    /// Those of the later side.
    pub new: Vec<String>,
}

/// A vintage on both sides.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ComparedVintage {
    /// The table and vintage.
    pub vintage: String,
    /// Cells before.
    pub from: usize,
    /// Cells after.
    pub to: usize,
}

/// A cell on both sides.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ComparedCell {
    /// The cell as a finding.
    pub finding: String,
    /// Its value before.
    pub from: String,
    /// Its value after.
    pub to: String,
}

/// A number as it is shown on one side.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ComparedShown {
    /// The finding.
    pub finding: String,
    /// The exact value.
    pub value: String,
    /// The printed form by language.
    pub printed: BTreeMap<String, String>,
}

/// A number on both sides.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ComparedNumber {
    /// The question, as templates ask it.
    pub expression: String,
    /// Before.
    pub from: Option<ComparedShown>,
    /// After.
    pub to: Option<ComparedShown>,
}

/// A number on one side.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct LoneNumber {
    /// The question, as templates ask it.
    pub expression: String,
    /// The finding.
    pub finding: String,
    /// The exact value.
    pub value: String,
    /// The printed form by language.
    pub printed: BTreeMap<String, String>,
}

/// A condition that is answered otherwise.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Flipped {
    /// The page and line.
    pub place: String,
    /// The condition.
    pub expression: String,
    /// The answer before: true, false or `undecided`.
    pub holds_from: serde_json::Value,
    /// The answer after.
    pub holds_to: serde_json::Value,
}

/// A sentence on one side.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct SentenceShown {
    /// The line of its template.
    pub line: usize,
    /// The text.
    pub text: String,
}

/// A sentence on both sides.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ComparedSentence {
    /// The section.
    pub section: String,
    /// Before.
    pub from: Option<SentenceShown>,
    /// After.
    pub to: Option<SentenceShown>,
    /// Whether another alternative was chosen, beyond other numbers.
    pub reworded: bool,
    /// The conditions that chose it.
    pub conditions: Vec<String>,
}

/// An exhibit on both sides.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ComparedExhibit {
    /// Its id.
    pub id: String,
    /// How many numbers each side shows; null where it does not stand there.
    pub counts: [Option<usize>; 2],
    /// Numbers under the same key that differ.
    pub changed: Vec<ComparedKey>,
    /// Keys that the earlier side alone has.
    pub gone: Vec<String>,
    /// Keys that the later side alone has.
    pub new: Vec<String>,
    /// Territories whose place by the latest period moved.
    pub ranks: Vec<ComparedRank>,
}

/// A number of an exhibit on both sides.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ComparedKey {
    /// Its key.
    pub key: String,
    /// Before.
    pub from: String,
    /// After.
    pub to: String,
}

/// The place of a territory on both sides.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ComparedRank {
    /// The territory.
    pub territory: String,
    /// Its place before.
    pub from: usize,
    /// Its place after.
    pub to: usize,
}

/// A verdict on both sides.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ComparedVerdict {
    /// The paper and the claim.
    pub claim: String,
    /// The verdict before.
    pub from: String,
    /// The verdict after.
    pub to: String,
}
