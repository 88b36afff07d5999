//! Limits: how much a stranger may send. What is beyond them is refused with a diagnostic, never cut in silence.
//!
//! Each keeps one way in which a small input could cost much time or memory; `SECURITY.md` lists them for users.

/// The longest text of a paper, in bytes: a longer one is no paper.
pub const PAPER_BYTES: usize = 8 << 20;

/// What a Word document may unpack to, in bytes: a small file may unpack to any size.
pub const DOCUMENT_BYTES: usize = 64 << 20;

/// What is read of a report that is compared or checked, in bytes.
pub const REPORT_BYTES: usize = 256 << 20;

/// How many pairs of words of an edited article and of today's are compared.
pub const EDITED_STEPS: usize = 64 << 20;

/// The longest reference to a character between `&` and `;`: `&#x10FFFF;`.
pub const REFERENCE_BYTES: usize = 16;

/// The most digits that a number may be written with: no quantity has more.
pub const DIGITS: usize = 400;

/// The longest code that a text may hold: an address, a DOI, the number of a project.
pub const CODE_CHARS: usize = 128;

/// The most characters of one word by which a number is found again in its text.
pub const WORD_CHARS: usize = 64;

/// How many places of a text are compared, for each of its words, to see that a phrase stands nowhere else.
pub const PHRASE_STEPS: usize = 64;

/// The most bits of a number that an expression computes, above and below the line of a fraction together.
pub const AMOUNT_BITS: u64 = 1 << 14;

/// How far named findings may rest on one another.
pub const CHAIN: usize = 32;

/// How many operations and paths a named finding may have when those that it speaks of are written out in it.
pub const OPERATIONS: usize = 20_000;

/// What the streams of a PDF may unpack to, in bytes; images, which nobody unpacks, apart.
pub const PDF_BYTES: usize = 256 << 20;

/// The most pages of a PDF.
pub const PDF_PAGES: usize = 2_000;

/// How often a PDF may draw: its forms may draw one another, each many times.
pub const PDF_STEPS: usize = 20_000_000;

/// The most that a study's frame may write around one page, in bytes.
pub const FRAME_BYTES: usize = 1 << 20;

/// The most words and signs of one tag of a template, or of the frame.
pub const TAG_WORDS: usize = 256;

/// The most blocks and alternatives of a template, or of the frame, that stand in one another.
pub const BLOCKS: usize = 64;

/// The most quotations, lists, marks and links of a text that stand in one another.
pub const NESTING: usize = 64;

/// What a workbook may unpack to, in bytes, all parts of it together.
pub const WORKBOOK_BYTES: usize = 1 << 30;

/// The most cells of a workbook that hold something: a table of a statistical office has thousands.
pub const WORKBOOK_CELLS: usize = 4 << 20;

/// The most cells of a table that a study may begin with: a person looks at all that is guessed of it.
pub const START_CELLS: usize = 1 << 17;

/// The most columns of such a table.
pub const START_COLUMNS: usize = 256;

/// The most territories, and the most members of one category, of such a table.
pub const START_NAMES: usize = 2_048;

/// The most sheets of a workbook: those of programs for spreadsheets list hundreds.
pub const WORKBOOK_SHEETS: usize = 4_096;

/// The longest record of a query, in bytes.
pub const RECORD_BYTES: usize = 1 << 20;

/// The most groups of a query's result: a snapshot is a table of thousands.
pub const QUERY_GROUPS: usize = 1 << 20;

/// The names of the groups of a query's result together, in bytes.
pub const QUERY_TEXT: usize = 256 << 20;

/// The longest piece of text between two tags of a workbook: a cell holds 32 767 characters at most.
pub const CELL_BYTES: usize = 1 << 20;

/// The texts of a workbook together, in bytes; one that many cells share, or that is repeated, as often as it is shown.
pub const WORKBOOK_TEXT: usize = 256 << 20;

/// A larger source file does not go along with an edition, which names it alone.
pub const SNAPSHOT_BYTES: usize = 8 << 20;
