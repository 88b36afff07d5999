//! Said: what commands print with `--format json`, so that `esep schema` can describe it; keys never change their meaning.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::print;
use crate::page::Term;

/// Prints an answer.
pub(super) fn say(answer: &impl Serialize) {
    // Maps and texts alone: nothing of it can fail to be written.
    print(&format!("{:#}\n", serde_json::to_value(answer).unwrap_or_default()));
}

/// What is wrong with an input.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "written by `diagnostic::json`; a test holds the two together")]
pub(super) struct Problem {
    /// The stable code: `data/sum`. `esep reference` lists them.
    code: String,
    /// `error` or `warning`.
    severity: Severity,
    /// The file, below the study.
    file: String,
    /// The line, from 1.
    line: Option<usize>,
    /// The column, from 1.
    column: Option<usize>,
    /// How many characters it marks.
    length: Option<usize>,
    /// The claim, cell, figure or finding within the file.
    within: Option<String>,
    /// What is wrong.
    message: String,
    /// What to do.
    hint: Option<String>,
    /// The cause that it follows from; absent for a cause.
    #[serde(skip_serializing_if = "Option::is_none")]
    follows: Option<String>,
}

/// How grave a problem is.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(dead_code, reason = "written by `diagnostic::json`")]
pub(super) enum Severity {
    /// Nothing is written.
    Error,
    /// A report is written.
    Warning,
}

/// Problems, as every command prints them that finds some.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "written by `diagnostic::json`")]
pub(super) struct Problems {
    /// The problems, causes before what follows from them.
    diagnostics: Vec<Problem>,
}

/// `esep check`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "its first part is written by `diagnostic::json`")]
pub(super) struct Checked {
    /// The problems, causes before what follows from them.
    diagnostics: Vec<Problem>,
    /// Measures with cells that no check compares with others.
    uncompared: Vec<Uncompared>,
}

/// A measure with cells that no check compares.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Uncompared {
    /// The table.
    pub table: String,
    /// The vintage.
    pub vintage: String,
    /// The measure.
    pub measure: String,
    /// How many cells it has.
    pub cells: usize,
    /// The keys of those that no sum and no equality compares.
    pub uncompared: Vec<String>,
    /// The keys of those that no check looks at at all.
    pub unseen: Vec<String>,
}

/// `esep list`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Listed {
    /// What is listed: `units`, `filters`, …
    pub list: String,
    /// The language of titles and examples.
    pub language: String,
    /// The things.
    pub entries: Vec<ListedEntry>,
}

/// A thing that a study may name.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ListedEntry {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub takes: Option<String>,
    /// What it means.
    pub meaning: Option<String>,
    /// Examples.
    pub examples: Vec<ListedExample>,
}

/// An example.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ListedExample {
    /// What is written.
    pub text: String,
    /// What it prints.
    pub says: String,
}

/// `esep trace`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Traced {
    /// The finding.
    pub id: String,
    /// The edition.
    pub edition: String,
    /// The exact value: a decimal, a fraction p/q, a key, a list.
    pub value: String,
    /// The unit.
    pub unit: String,
    /// The way to the cells, depth first.
    pub steps: Vec<TracedStep>,
}

/// A step on the way of a number to its cells.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct TracedStep {
    /// How deep it stands, from 0.
    pub depth: usize,
    /// The finding, or the cell `path#row key:column`.
    pub what: String,
    /// The exact value.
    pub value: Option<String>,
    /// The value as a decimal, where it is a fraction.
    pub decimal: Option<String>,
    /// The unit.
    pub unit: String,
    /// What it is in words.
    pub name: Option<String>,
    /// How it is reached; null for a cell.
    pub formula: Option<String>,
}

/// `esep eval`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "its last part is written by `diagnostic::json`")]
pub(super) struct Evaluated {
    /// The language.
    lang: String,
    /// What each line renders to.
    lines: Vec<String>,
    /// The problems.
    diagnostics: Vec<Problem>,
}

/// `esep terms`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct TermsListed<'a> {
    /// The terms in their order.
    pub terms: Vec<TermListed<'a>>,
}

/// A term.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct TermListed<'a> {
    /// Kazakh.
    pub kk: &'a str,
    /// Russian.
    pub ru: &'a str,
    /// English.
    pub en: &'a str,
    /// What it belongs to.
    pub domain: &'a str,
    /// `sure`, or `unsure` where a native editor should look.
    pub certainty: &'a str,
    /// A remark.
    pub note: Option<&'a str>,
    /// Variants that are not used, by language.
    pub forbidden: &'a BTreeMap<String, Vec<String>>,
    /// Phrases in which a forbidden variant is right, by language.
    pub except: &'a BTreeMap<String, Vec<String>>,
}

impl<'a> TermListed<'a> {
    /// Takes what is told of a term.
    pub(super) fn of(term: &'a Term) -> TermListed<'a> {
        let Term { kk, ru, en, domain, certainty, note, forbidden, except } = term;
        TermListed { kk, ru, en, domain, certainty, note: note.as_deref(), forbidden, except }
    }
}

/// `esep words --missing`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct WordsMissing<'a> {
    /// The language.
    pub language: &'a str,
    /// The texts that it lacks.
    pub missing: Vec<WordMissing<'a>>,
}

/// A text that a language lacks.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct WordMissing<'a> {
    /// Its key.
    pub key: &'a str,
    /// What it says in English.
    pub en: &'a str,
}

/// `esep upgrade`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Upgraded {
    /// Today's format.
    pub format: u32,
    /// Whether study.yaml was written.
    pub changed: bool,
    /// The lines that differ: `-` before one that goes, `+` before one that comes.
    pub difference: Vec<String>,
}

/// `esep eject`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Ejected<'a> {
    /// The files that were written, below the study.
    pub files: Vec<&'a str>,
}

/// `esep clean`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Cleaned {
    /// How many files were removed.
    pub removed: usize,
    /// How many bytes they had.
    pub bytes: u64,
}

/// `esep chart list`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Charts {
    /// The kinds.
    pub kinds: Vec<ChartListed>,
    /// Options that every kind takes.
    pub shared: Vec<ChartOption>,
}

/// A kind of chart.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ChartListed {
    /// Its name in study.yaml.
    pub name: &'static str,
    /// What it shows.
    pub shows: &'static str,
    /// What it takes.
    pub takes: &'static str,
    /// Its own options.
    pub options: Vec<ChartOption>,
}

/// An option of a chart.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ChartOption {
    /// Its key.
    pub name: &'static str,
    /// What it takes.
    pub takes: &'static str,
    /// What holds where it is left out.
    pub default: Option<&'static str>,
    /// What it means.
    pub meaning: &'static str,
}

/// `esep method list`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Methods<'a> {
    /// The methods, group by group.
    pub methods: Vec<MethodListed<'a>>,
}

/// A method.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct MethodListed<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its group.
    pub group: &'a str,
    /// Its title in the language that is asked for.
    pub title: &'a str,
}

/// `esep guide`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Chapters<'a> {
    /// The chapters in their order.
    pub chapters: Vec<ChapterListed<'a>>,
}

/// A chapter of the guide.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ChapterListed<'a> {
    /// Its name: `esep guide NAME` prints it.
    pub chapter: &'a str,
    /// Its title.
    pub title: &'a str,
}

/// `esep diff`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Compared {
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
pub(super) struct ComparedSummary {
    /// Revised numbers.
    pub revised: usize,
    /// Changed sentences.
    pub sentences: usize,
    /// Changed exhibits.
    pub exhibits: usize,
}

/// Sections that one side alone prints.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ComparedSections {
    /// Those of the earlier side.
    pub gone: Vec<String>,
    /// Those of the later side.
    pub new: Vec<String>,
}

/// A vintage on both sides.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ComparedVintage {
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
pub(super) struct ComparedCell {
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
pub(super) struct ComparedShown {
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
pub(super) struct ComparedNumber {
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
pub(super) struct LoneNumber {
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
pub(super) struct Flipped {
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
pub(super) struct SentenceShown {
    /// The line of its template.
    pub line: usize,
    /// The text.
    pub text: String,
}

/// A sentence on both sides.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ComparedSentence {
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
pub(super) struct ComparedExhibit {
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
pub(super) struct ComparedKey {
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
pub(super) struct ComparedRank {
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
pub(super) struct ComparedVerdict {
    /// The paper and the claim.
    pub claim: String,
    /// The verdict before.
    pub from: String,
    /// The verdict after.
    pub to: String,
}

/// `esep article journals`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Journals {
    /// The profiles.
    pub journals: Vec<JournalListed>,
}

/// A profile of a journal.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct JournalListed {
    /// Its name for `--journal`.
    pub name: String,
    /// The journal's name by language.
    pub title: BTreeMap<String, String>,
    /// The title of the page where its rules were read.
    pub source: String,
    /// The address of that page.
    pub address: Option<String>,
    /// When it was read.
    pub read: String,
    /// What could not be confirmed.
    pub unconfirmed: Vec<String>,
}

/// `esep status`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Status {
    /// Whether no input changed since the last build.
    pub current: bool,
    /// Whether a build of this study is remembered.
    pub remembered: bool,
    /// The inputs that changed.
    pub inputs: Vec<ChangedInput>,
    /// What all of them reach.
    pub reaches: Reached,
}

/// An input that changed.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ChangedInput {
    /// The file.
    pub file: String,
    /// `added`, `changed` or `removed`.
    pub change: String,
    /// Where in it.
    pub places: Vec<String>,
    /// What it reaches.
    pub reaches: Reached,
    /// The name by which each finding is reached, with `--why`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<BTreeMap<String, String>>,
}

/// What a change reaches.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Reached {
    /// Editions.
    pub editions: Vec<String>,
    /// Findings.
    pub findings: Vec<String>,
    /// Sentences, each by its template and line.
    pub sentences: Vec<String>,
    /// Figures.
    pub figures: Vec<String>,
    /// Tables.
    pub tables: Vec<String>,
    /// Verdicts.
    pub verdicts: Vec<String>,
    /// Whether it reaches every page.
    pub every_page: bool,
}
