//! Docx: the text of a Word document as it is printed: paragraphs, rows of tables, notes, heads, boxes, without what was struck out.

use super::source::{Part, Source};
use crate::files::archive::{self, Member, directory};
use crate::files::limits::{DOCUMENT_BYTES, PAPER_BYTES, REFERENCE_BYTES};

/// What keeps a document from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no archive, or its directory is damaged.
    NoArchive,
    /// It is an archive without the text of a document.
    NoDocument,
    /// A part of it is damaged.
    Damaged,
    /// It unpacks to more than a paper can hold.
    TooLarge,
    /// Its text is longer than that of a paper.
    TooLong,
}

impl Unreadable {
    /// Says what is wrong.
    pub fn message(self) -> &'static str {
        match self {
            Unreadable::NoArchive => "is no Word document: it is not a whole ZIP archive",
            Unreadable::NoDocument => "is no Word document: the archive holds no `word/document.xml`",
            Unreadable::Damaged => "is a damaged Word document: a part of it cannot be unpacked",
            Unreadable::TooLarge => "is no paper: it unpacks to more than 64 MiB",
            Unreadable::TooLong => "is no paper: its text is longer than 8 MiB",
        }
    }
}

/// Reads the text of a document: its body first, then notes, then what stands at the heads and feet of its pages.
pub fn read(bytes: &[u8]) -> Result<Source, Unreadable> {
    let members = directory(bytes).ok_or(Unreadable::NoArchive)?;
    let rank = |member: &Member| match member.name.strip_prefix("word/")? {
        "document.xml" => Some(0),
        "footnotes.xml" => Some(1),
        "endnotes.xml" => Some(2),
        name if name.ends_with(".xml") && (name.starts_with("header") || name.starts_with("footer")) => Some(3),
        _ => None,
    };
    let mut parts: Vec<(u8, &Member)> = members.iter().filter_map(|member| Some((rank(member)?, member))).collect();
    parts.sort_by_key(|(rank, member)| (*rank, member.name.clone()));
    if parts.first().is_none_or(|(rank, _)| *rank > 0) {
        return Err(Unreadable::NoDocument);
    }
    let mut left = DOCUMENT_BYTES;
    let mut source = Source::default();
    for (rank, member) in parts {
        let xml = unpacked(member, left)?;
        left -= xml.len();
        let part = match rank {
            0 => Part::Body,
            1 => Part::Footnotes,
            2 => Part::Endnotes,
            _ => Part::Edges,
        };
        source.begin(part);
        let plain = Plain::of(&xml);
        source.text.push_str(&plain.out);
        if !plain.boxed.is_empty() {
            source.text.push_str("\n\n");
            source.begin(Part::Box);
            source.text.push_str(&plain.boxed);
        }
        if source.text.len() > PAPER_BYTES {
            return Err(Unreadable::TooLong);
        }
        // What stands in another part goes on from nothing.
        source.text.push_str("\n\n");
    }
    Ok(source)
}

/// Unpacks a member; one byte more than may be is too much.
fn unpacked(member: &Member, most: usize) -> Result<String, Unreadable> {
    let data = member.open().ok_or(Unreadable::Damaged)?;
    match archive::read_within(data, most) {
        Ok(Some(out)) => String::from_utf8(out).map_err(|_| Unreadable::Damaged),
        Ok(None) => Err(Unreadable::TooLarge),
        Err(_) => Err(Unreadable::Damaged),
    }
}

/// Elements whose text is not printed: what was struck out or moved away, the second writing of a box, codes of fields.
const UNSEEN: [&str; 6] = ["w:del", "w:moveFrom", "mc:Fallback", "w:instrText", "w:delText", "w:delInstrText"];

/// Text that is being taken out of markup.
#[derive(Default)]
struct Plain {
    out: String,
    /// The texts of boxes, which stand beside the paragraph that they hang on.
    boxed: String,
    /// What was read before a box began, with how deep in tables that was.
    around: Vec<(String, usize)>,
    /// How deep in tables: the cells of an inner one belong to a cell of the outer.
    tables: usize,
    cells: usize,
    /// The elements above whose text is not printed.
    unseen: usize,
    in_text: bool,
    hidden: bool,
    raised: bool,
}

impl Plain {
    /// Takes the text out of the markup: a paragraph is a line, a row of a table is one with tabs between its cells.
    fn of(xml: &str) -> Plain {
        let mut plain = Plain::default();
        for piece in xml.split('<').skip(1) {
            let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
            let empty = tag.ends_with('/');
            let name = tag.trim_end_matches('/').split_whitespace().next().unwrap_or_default();
            if name.strip_prefix('/').is_some_and(|closed| UNSEEN.contains(&closed)) {
                plain.unseen = plain.unseen.saturating_sub(1);
            } else if UNSEEN.contains(&name) {
                plain.unseen += usize::from(!empty);
            }
            if plain.unseen > 0 {
                continue;
            }
            plain.element(name, tag, empty);
            if plain.in_text && !plain.hidden {
                let text = unescaped(text);
                plain.out.push_str(&if plain.raised { raised(&text) } else { text });
            }
        }
        plain
    }

    fn element(&mut self, name: &str, tag: &str, empty: bool) {
        let off = tag.contains("\"0\"") || tag.contains("\"false\"");
        match name {
            "w:t" | "m:t" => self.in_text = !empty,
            "/w:t" | "/m:t" => self.in_text = false,
            "w:r" | "/w:r" => (self.hidden, self.raised) = (false, false),
            "w:vanish" => self.hidden = !off,
            "w:vertAlign" => self.raised = tag.contains("superscript"),
            "w:tbl" if !empty => self.tables += 1,
            "/w:tbl" => self.tables = self.tables.saturating_sub(1),
            "w:tr" if self.tables < 2 => self.cells = 0,
            "w:tc" if self.tables < 2 => {
                if self.cells > 0 {
                    self.out.push('\t');
                }
                self.cells += 1;
            }
            "/w:tr" => self.out.push(if self.tables < 2 { '\n' } else { ' ' }),
            "w:tab" | "/w:tc" => self.out.push(' '),
            "w:br" | "w:cr" | "/w:p" => self.out.push(if self.tables > 0 { ' ' } else { '\n' }),
            "w:txbxContent" if !empty => {
                let around = (std::mem::take(&mut self.out), std::mem::take(&mut self.tables));
                self.around.push(around);
            }
            "/w:txbxContent" => {
                if let Some((out, tables)) = self.around.pop() {
                    self.boxed.push_str(&std::mem::replace(&mut self.out, out));
                    self.boxed.push('\n');
                    self.tables = tables;
                }
            }
            "w:noBreakHyphen" => self.out.push('-'),
            "w:softHyphen" => self.out.push('\u{ad}'),
            _ => {}
        }
    }
}

/// Writes raised digits as such, so that a power or the mark of a note is no part of the number before it.
pub(super) fn raised(text: &str) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let one = |c: char| match c {
        '-' | '−' | '–' => '⁻',
        c => c.to_digit(10).and_then(|digit| RAISED.get(digit as usize)).copied().unwrap_or(c),
    };
    text.chars().map(one).collect()
}

/// Puts characters in the place of their references.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let reference = referenced(after);
        rest = match reference {
            Some((c, behind)) => {
                out.push(c);
                behind
            }
            None => {
                out.push('&');
                after
            }
        };
    }
    out + rest
}

/// Reads a reference whose `&` stands before; only so far as one reaches, since any number of `&` may follow.
fn referenced(after: &str) -> Option<(char, &str)> {
    let end = after.bytes().take(REFERENCE_BYTES).position(|byte| byte == b';')?;
    Some((character(&after[..end])?, &after[end + 1..]))
}

fn character(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "amp" => Some('&'),
        "nbsp" => Some('\u{a0}'),
        "thinsp" => Some('\u{2009}'),
        "shy" => Some('\u{ad}'),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "minus" => Some('−'),
        "laquo" => Some('«'),
        "raquo" => Some('»'),
        "le" => Some('≤'),
        "ge" => Some('≥'),
        "asymp" => Some('≈'),
        "euro" => Some('€'),
        "permil" => Some('‰'),
        "deg" => Some('°'),
        "plusmn" => Some('±'),
        _ => {
            let code = name.strip_prefix('#')?;
            let value = match code.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => code.parse().ok()?,
            };
            char::from_u32(value)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> String {
        format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    }

    #[test]
    fn rows_and_paragraphs_become_lines() {
        let cell = |text: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run(text));
        let xml = format!(
            "<w:p>{}{}</w:p><w:tbl><w:tr>{}{}</w:tr></w:tbl>",
            run("Доля &lt; 5"),
            run(",8&#xA0;%"),
            cell("KZ"),
            cell("1")
        );
        assert_eq!(Plain::of(&xml).out, "Доля < 5,8\u{a0}%\nKZ  \t1  \n");
    }

    #[test]
    fn what_was_struck_out_moved_or_written_twice_is_not_printed() {
        let xml = format!(
            "<w:p>{}<w:del><w:r><w:delText>7</w:delText></w:r></w:del><w:ins>{}</w:ins><w:moveFrom>{}</w:moveFrom>\
             <mc:AlternateContent><mc:Choice><w:txbxContent><w:p>{}</w:p></w:txbxContent></mc:Choice>\
             <mc:Fallback><w:txbxContent><w:p>{}</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>\
             <w:r><w:instrText>PAGE 9</w:instrText></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>11</w:t></w:r></w:p>",
            run("всего "),
            run("8"),
            run("6"),
            run("в рамке 5"),
            run("в рамке 5")
        );
        let plain = Plain::of(&xml);
        assert_eq!((plain.out.as_str(), plain.boxed.as_str()), ("всего 8\n", "в рамке 5\n\n"));
    }

    #[test]
    fn raised_digits_are_no_part_of_a_number() {
        let xml = format!(
            "<w:p>{}<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>6</w:t></w:r>{}</w:p>",
            run("10"),
            run(" и 7")
        );
        assert_eq!(Plain::of(&xml).out, "10⁶ и 7\n");
    }

    #[test]
    fn what_is_no_document_says_so() {
        assert_eq!(read(b""), Err(Unreadable::NoArchive));
        assert_eq!(read(b"PK\x05\x06 and nothing more of an archive behind it"), Err(Unreadable::NoArchive));
        assert_eq!(read(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), Err(Unreadable::NoDocument));
    }
}
