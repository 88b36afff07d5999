//! Data: what `esep data` prints with `--format json`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

/// `esep data inspect`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Inspected {
    /// The file.
    pub file: String,
    /// What it is: `xlsx`, `csv`, …
    pub format: String,
    /// Its sheets.
    pub sheets: Vec<InspectedSheet>,
    /// The table of the catalogue that it is of.
    pub table: Option<String>,
    /// Whether the table is guessed, and not named by `--table`.
    pub table_is_guessed: bool,
    /// The draft of the layout by which the table reads it, in YAML.
    pub layout: Option<String>,
    /// What came of the draft when it was tried.
    pub draft: Option<DraftTried>,
    /// The entry of the table as whose file it may be read; only where `--table` names the table.
    pub like: Option<LikeBefore>,
    /// The entry of the catalogue that `esep data add` would write; only with `--vintage`.
    pub entry: Option<String>,
    /// Names of territories that nothing knows.
    pub unmatched: Vec<UnmatchedName>,
    /// Other tables that would take figures of it.
    pub others: Vec<OtherTable>,
    /// A table of its own, all of which is guessed.
    pub new_table: Option<NewTable>,
}

/// An entry as whose file another may be read.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct LikeBefore {
    /// Its name.
    pub entry: String,
    /// How many figures it reads.
    pub figures: usize,
    /// What does not fit; `esep data add` reads the file so where nothing stands here.
    pub differs: Vec<String>,
    /// Its layout, in YAML; empty where it binds columns.
    pub layout: String,
}

/// `esep data remove`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct VintageRemoved {
    /// The table.
    pub table: String,
    /// The vintage.
    pub vintage: String,
    /// The entries that are gone.
    pub entries: Vec<String>,
    /// How many figures they gave.
    pub figures: usize,
    /// The files that are gone.
    pub files: Vec<String>,
    /// The files that stay, each with the reason.
    pub kept: Vec<KeptFile>,
    /// What the study says without them that it did not before.
    pub lacks: Vec<DraftProblem>,
    /// Whether it was done; where the study would lack something, only with `--force`.
    pub done: bool,
}

/// A file that stays.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct KeptFile {
    /// Its path.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// A sheet of a file.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct InspectedSheet {
    /// Its name; empty for delimited text.
    pub name: String,
    /// Whether it is hidden.
    pub hidden: bool,
    /// The area that holds something: `A1:F20`.
    pub area: Option<String>,
    /// How many cells hold something.
    pub cells: usize,
    /// Its merged areas.
    pub merged: Vec<String>,
    /// How many cells stand in hidden rows or columns.
    pub hidden_cells: usize,
    /// The table that was found in it.
    pub table: Option<FoundTable>,
}

/// A table as it was found in a sheet.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct FoundTable {
    /// The rows of its header, from 1.
    pub header: Vec<u32>,
    /// The letters of its columns of labels.
    pub labels: Vec<String>,
    /// The letters of its columns of data.
    pub data: Vec<String>,
    /// The letters of columns that say the same in every row, or a period once more.
    pub idle: Vec<String>,
    /// What stands over each column.
    pub heads: Vec<FoundHead>,
    /// The first row of data, from 1.
    pub first_row: u32,
    /// The last row of data.
    pub last_row: u32,
    /// The heads of sections between rows of data.
    pub sections: Vec<String>,
    /// The marks that stand in place of numbers, with how often.
    pub missing: BTreeMap<String, usize>,
    /// Texts above the header.
    pub titles: Vec<TextAt>,
    /// Texts that name a unit.
    pub units: Vec<TextAt>,
    /// Texts below the last row.
    pub notes: Vec<TextAt>,
}

/// What stands over a column.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct FoundHead {
    /// The letters of the column.
    pub column: String,
    /// The texts of the header, from above.
    pub texts: Vec<String>,
}

/// A text with the cell in which it stands.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct TextAt {
    /// The cell: `B3`.
    pub cell: String,
    /// The text.
    pub text: String,
}

/// What came of the draft of a layout when it was tried.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct DraftTried {
    /// How many figures it reads.
    pub figures: usize,
    /// How many places wait for its author.
    pub open: usize,
    /// Whether nothing is open and nothing stands against it.
    pub clean: bool,
    /// What stands against it.
    pub problems: Vec<DraftProblem>,
    /// What became of the cells.
    pub account: CellsAccount,
    /// The rules that leave something out.
    pub left_out: Vec<LeftOut>,
}

/// What stands against a draft.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct DraftProblem {
    /// The stable code.
    pub code: String,
    /// The cell.
    pub cell: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

/// A rule that leaves something out.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct LeftOut {
    /// The rule, as the layout states it.
    pub rule: String,
    /// How many rows; 0 where no rows are counted.
    pub rows: usize,
}

/// What became of all cells that hold something.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct CellsAccount {
    /// Values and marks of missing ones.
    pub data: CellsShare,
    /// Titles, headers, labels.
    pub headers: CellsShare,
    /// Notes.
    pub notes: CellsShare,
    /// What a rule leaves out.
    pub left_out: CellsShare,
    /// What nothing reads.
    pub unread: CellsShare,
}

/// Cells of one fate.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct CellsShare {
    /// How many.
    pub cells: usize,
    /// The exact sum of their numbers.
    pub sum: String,
}

/// A name of a territory that nothing knows.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct UnmatchedName {
    /// The name.
    pub name: String,
    /// The cell.
    pub cell: String,
    /// The codes of territories with names like it.
    pub near: Vec<String>,
}

/// Another table that would take figures of a file.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct OtherTable {
    /// The table.
    pub table: String,
    /// What came of its draft.
    pub draft: DraftTried,
}

/// A table that a file may be of, guessed by what stands in it.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct NewTable {
    /// Its dimensions.
    pub dimensions: Vec<NewDimension>,
    /// Its measures.
    pub measures: Vec<NewMeasure>,
    /// Its entry under `esep: tables:` of the catalogue, in YAML.
    pub entry: String,
    /// The draft of the layout, in YAML.
    pub layout: String,
    /// What came of the draft.
    pub draft: DraftTried,
}

/// A dimension of a guessed table.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct NewDimension {
    /// Its name.
    pub name: String,
    /// `territory`, `period` or `category`.
    pub role: String,
    /// Its members, where it is a category.
    pub members: Vec<String>,
}

/// A measure of a guessed table.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct NewMeasure {
    /// Its name.
    pub name: String,
    /// The words of its head.
    pub head: String,
}

/// `esep data add`, and what `esep data pull` changes in a table.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct VintageChanges {
    /// The table.
    pub table: String,
    /// The new vintage.
    pub vintage: String,
    /// How many figures it has.
    pub figures: usize,
    /// The file that is kept.
    pub snapshot: String,
    /// What it says otherwise than each other vintage; the one that shares most figures with it first.
    pub against: Vec<AgainstVintage>,
    /// What became of the cells of the file; absent for a query, and where no layout reads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cells: Option<CellsAccount>,
    /// The entry of the catalogue as whose file it was read; absent where a layout was given or drafted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub like: Option<String>,
}

/// A new vintage against one that stood before.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct AgainstVintage {
    /// The vintage before.
    pub vintage: String,
    /// How many figures are the same.
    pub same: usize,
    /// Figures that differ.
    pub revised: Vec<FigureChange>,
    /// Figures that were not there.
    pub new: Vec<FigureChange>,
    /// Figures in whose place a reason stands now.
    pub withdrawn: Vec<FigureChange>,
    /// Figures whose place is not in the new vintage.
    pub absent: Vec<FigureChange>,
}

/// A figure that is not as it was.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct FigureChange {
    /// `measure[key]`.
    pub figure: String,
    /// The exact value before.
    pub from: Option<String>,
    /// The exact value now, or the reason why there is none.
    pub to: Option<String>,
    /// How large the change is.
    pub size: String,
}

/// `esep data pull`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Pulled {
    /// The vintage.
    pub vintage: String,
    /// What each query returned.
    pub pulled: Vec<PulledQuery>,
    /// What the tables say otherwise now.
    pub changes: Vec<VintageChanges>,
}

/// What a query returned.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct PulledQuery {
    /// The query.
    pub query: String,
    /// The table.
    pub table: String,
    /// What counted, with its version.
    pub engine: String,
    /// How many records were read, where that is known.
    pub read: Option<u64>,
    /// How many of them were counted.
    pub kept: Option<u64>,
    /// How many rows it returned.
    pub rows: usize,
    /// The vintage that holds the same already, so that nothing is kept.
    pub same_as: Option<String>,
    /// The file that is kept.
    pub snapshot: Option<String>,
    /// Records without a number.
    pub lacking: Vec<LackingRecords>,
}

/// Records without a number for a measure; they are not in it.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct LackingRecords {
    /// The measure.
    pub measure: String,
    /// How many.
    pub records: u64,
}
