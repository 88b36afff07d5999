//! Source: a paper as it came – PDF, Word document, page, text – and its text, each line of which knows where it stands.

use super::{docx, html, pdf};
use crate::files::limits::PAPER_BYTES;

/// The text of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The text: a paragraph or a printed line is a line, a row of a table is one with tabs between its cells.
    pub text: String,
    /// What of the paper is not in the text, and what is doubtful in it.
    pub notes: Vec<String>,
    /// The part that begins with a line, from 1; rising.
    parts: Vec<(usize, Part)>,
}

/// A part of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The text itself.
    Body,
    /// A page, from 1.
    Page(usize),
    /// The notes at the foot of its pages.
    Footnotes,
    /// The notes at its end.
    Endnotes,
    /// The heads and feet of its pages.
    Edges,
    /// A box beside the text.
    Box,
}

impl Part {
    /// Returns what a place begins with: `page 3`.
    fn name(self) -> Option<String> {
        match self {
            Part::Body => None,
            Part::Page(page) => Some(format!("page {page}")),
            Part::Footnotes => Some("footnotes".to_owned()),
            Part::Endnotes => Some("endnotes".to_owned()),
            Part::Edges => Some("page edges".to_owned()),
            Part::Box => Some("text box".to_owned()),
        }
    }
}

impl Source {
    /// Reads a paper by its first bytes, or a Word document by its name; says what keeps it from being read.
    pub fn read(name: &str, bytes: Vec<u8>) -> Result<Source, Refusal> {
        let mut source = if pdf::is_pdf(&bytes) {
            pdf::read(bytes).map_err(Refusal::Pdf)?
        } else if bytes.starts_with(b"PK") || name.to_lowercase().ends_with(".docx") {
            docx::read(&bytes).map_err(Refusal::Word)?
        } else {
            let is_page = html::is_page(&bytes);
            let text = String::from_utf8(bytes).map_err(|_| Refusal::Encoding)?;
            let text = if is_page { html::text(&text) } else { text };
            Source { text, ..Source::default() }
        };
        if source.text.len() > PAPER_BYTES {
            return Err(Refusal::TooLong);
        }
        if source.text.starts_with('\u{feff}') {
            source.text.remove(0);
        }
        Ok(source)
    }

    /// Begins a part: what is added from here on stands in it.
    pub fn begin(&mut self, part: Part) {
        let line = self.text.matches('\n').count() + 1;
        self.parts.push((line, part));
    }

    /// Returns the part in which a line stands, and its number there.
    pub fn part(&self, line: usize) -> (Part, usize) {
        let at = self.parts.partition_point(|(first, _)| *first <= line);
        match at.checked_sub(1).map(|at| self.parts[at]) {
            // A document counts its lines through; those of a page are counted on it.
            Some((first, part @ Part::Page(_))) => (part, line - first + 1),
            Some((_, part)) => (part, line),
            None => (Part::Body, line),
        }
    }

    /// Says where a line stands, as files of claims do: `line 12`, `page 3, line 4`, `footnotes, line 40`.
    pub fn place(&self, line: usize) -> String {
        let (part, line) = self.part(line);
        match part.name() {
            Some(name) => format!("{name}, line {line}"),
            None => format!("line {line}"),
        }
    }
}

/// Why a paper cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// As a PDF.
    Pdf(pdf::Unreadable),
    /// As a Word document.
    Word(docx::Unreadable),
    /// It is no text in UTF-8.
    Encoding,
    /// Its text is longer than that of a paper.
    TooLong,
}
