//! Findings: what of an edited document is to be mended, for people and for machines.

use schemars::JsonSchema;
use serde::Serialize;

use super::read::Stand;
use super::{Check, Side};
use crate::diagnostic::{Diagnostic, Place};

/// What `esep article check --format json` prints.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Answer<'a> {
    /// The file that was checked.
    document: &'a str,
    /// The edition.
    edition: &'a str,
    /// The language.
    language: &'a str,
    /// What is to be mended, in the order of the document.
    findings: &'a [Finding],
    /// What was known again.
    compared: Compared,
    /// What an editor left open.
    pending: Pending,
    /// How many comments stand in it.
    comments: usize,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Compared {
    /// Numbers that were known again by a control or a bookmark.
    numbers: usize,
    /// Numbers that the text around them alone made known: unsure.
    numbers_by_text: usize,
    /// Sentences that were known again by their bookmarks.
    sentences: usize,
    /// Figures that were held against the study's.
    figures: usize,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Pending {
    /// Insertions that wait to be accepted; they count as text.
    insertions: usize,
    /// Deletions that wait to be accepted; what they strike out is no text.
    deletions: usize,
}

/// A sentence of a template that a finding leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct TemplatePlace {
    /// The code of its language.
    #[serde(rename = "language")]
    pub lang: String,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The sentence as its author wrote it; empty where the place is no sentence.
    pub text: String,
}

/// One thing to be mended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Finding {
    /// The stable code.
    pub code: &'static str,
    /// Where in the document: `paragraph 12`, `table 1, row 3, column 2`.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// The id of the number, where it is about one.
    pub number: Option<String>,
    /// What stands in the document.
    pub printed: Option<String>,
    /// What is right: the number, or the sentence as the study says it.
    pub right: Option<String>,
    /// The condition that no longer holds.
    pub condition: Option<String>,
    /// False where identity did not survive the editor, and text was aligned.
    pub sure: bool,
    /// True for a change that waits to be accepted.
    pub pending: bool,
    /// Where it must be mended in the study, the document's own language first.
    pub template: Vec<TemplatePlace>,
    /// The order of the document.
    #[serde(skip)]
    pub(super) order: usize,
}

/// What a check found, and what it compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// What is to be mended, in the order of the document.
    pub findings: Vec<Finding>,
    /// How many numbers were known again by control or bookmark.
    pub numbers: usize,
    /// How many were known by the text around them alone.
    pub by_text: usize,
    /// How many sentences were known again.
    pub sentences: usize,
    /// How many figures were held against the study's.
    pub pictures: usize,
    /// Insertions that wait to be accepted.
    pub insertions: usize,
    /// Deletions that wait to be accepted.
    pub deletions: usize,
    /// Comments.
    pub comments: usize,
}

impl Checked {
    /// Returns what was found for machines.
    pub fn answer<'a>(&'a self, document: &'a str, edition: &'a str, language: &'a str) -> Answer<'a> {
        let Checked { findings, numbers, by_text, sentences, pictures, insertions, deletions, comments } = self;
        Answer {
            document,
            edition,
            language,
            findings,
            compared: Compared {
                numbers: *numbers,
                numbers_by_text: *by_text,
                sentences: *sentences,
                figures: *pictures,
            },
            pending: Pending { insertions: *insertions, deletions: *deletions },
            comments: *comments,
        }
    }
}

impl Finding {
    /// Returns it as a problem of a document.
    pub fn diagnostic(&self, document: &str) -> Diagnostic {
        let mut advice = Vec::new();
        let places: Vec<String> = self.template.iter().map(|own| format!("{}:{}", own.file, own.line)).collect();
        if !places.is_empty() {
            advice.push(format!("in the study: {}", places.join(", ")));
        }
        if let Some(id) = &self.number {
            advice.push(format!("the number is `{id}`"));
        }
        if self.pending {
            advice.push("it is a change that waits to be accepted".to_owned());
        }
        if !self.sure {
            advice.push("unsure: the editor kept no mark here, and the text was aligned".to_owned());
        }
        let place = Place::file(document).within(self.place.clone());
        let problem = Diagnostic::error(self.code, place, self.message.clone());
        if advice.is_empty() { problem } else { problem.hint(advice.join("; ")) }
    }
}

/// Names a place of a document.
pub(super) fn place(stand: Option<Stand>) -> String {
    match stand {
        Some(Stand::Body(at)) => format!("paragraph {at}"),
        Some(Stand::Cell { table, row, column }) => format!("table {table}, row {row}, column {column}"),
        Some(Stand::Note) => "a note".to_owned(),
        Some(Stand::Edge) => "the head or foot of pages".to_owned(),
        Some(Stand::Box) => "a box".to_owned(),
        None => "the document".to_owned(),
    }
}

impl Side {
    pub(super) fn place(&self, paragraph: usize) -> String {
        place(self.stand(paragraph))
    }
}

impl Check<'_> {
    /// Begins a finding at a paragraph of the edited document.
    pub(super) fn finding(&self, code: &'static str, paragraph: usize, message: String) -> Finding {
        let place = self.edited.place(paragraph);
        Finding { code, place, message, sure: true, order: paragraph, ..Finding::default() }
    }
}

/// Shortens two texts that differ for a message, so that their first difference is seen.
pub(super) fn brief_both(one: &str, other: &str) -> (String, String) {
    const BEFORE: usize = 40;
    let alike = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    if brief(one) != brief(other) || one == other {
        return (brief(one), brief(other));
    }
    let from = |text: &str| {
        let head: String = text.chars().take(alike - BEFORE.min(alike)).collect();
        // A quote begins with a whole word.
        let cut = head.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        brief(&format!("…{}", &text[cut..]))
    };
    (from(one), from(other))
}

/// Shortens a text for a message.
pub(super) fn brief(text: &str) -> String {
    const MOST: usize = 160;
    match text.chars().count() {
        0..=MOST => text.to_owned(),
        _ => format!("{}…", text.chars().take(MOST).collect::<String>()),
    }
}
