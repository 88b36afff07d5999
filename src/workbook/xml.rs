//! Xml: the parts of a packed workbook, walked tag by tag and never held whole.

use std::io::{self, BufRead, BufReader, Read};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::{Budget, Unread};
use crate::files::archive::Member;
use crate::files::limits::{CELL_BYTES, WORKBOOK_BYTES};

/// What stands in a part: a tag that opens (and closes at once where it is empty), one that closes, text.
pub(super) enum Piece<'e> {
    /// A tag with its attributes.
    Open(Tag<'e>),
    /// The name of a tag that closes.
    Close(&'e str),
    /// Text with its references resolved.
    Text(String),
}

/// A tag that opens; prefixes of names are taken off.
pub(super) struct Tag<'e>(&'e BytesStart<'e>);

impl Tag<'_> {
    /// Returns its name.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Returns an attribute by its name without prefix; the first of that name.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|own| own.key.local_name().into_inner() == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        value.ok().map(|value| value.into_owned())
    }

    /// Returns a whole number.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.parse().ok()
    }

    /// Returns a truth; one that is not there is false.
    pub(super) fn is(&self, name: &str) -> bool {
        matches!(self.get(name).as_deref(), Some("1" | "true" | "on"))
    }
}

/// Walks through a part of a workbook; an empty tag opens and closes.
pub(super) fn walk(
    member: &Member,
    budget: &mut Budget,
    mut visit: impl FnMut(Piece, &mut Budget) -> Result<(), Unread>,
) -> Result<(), Unread> {
    let damaged = || Unread::damaged(&format!("`{}` cannot be unpacked", member.name));
    let source = member.open().ok_or_else(damaged)?;
    let source =
        Guarded { inner: BufReader::with_capacity(1 << 16, source), left: budget.bytes, piece: 0, refused: None };
    let mut reader = Reader::from_reader(source);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(_) => {
                return Err(match reader.get_ref().refused {
                    Some(Refused::Bytes) => Unread::new(format!("unpacks to more than {} MiB", WORKBOOK_BYTES >> 20)),
                    Some(Refused::Piece) => Unread::new("holds a text that is longer than any cell"),
                    None => damaged(),
                });
            }
        };
        match event {
            Event::Start(tag) => visit(Piece::Open(Tag(&tag)), budget)?,
            Event::Empty(tag) => {
                visit(Piece::Open(Tag(&tag)), budget)?;
                visit(Piece::Close(tag.local_name().into_inner()), budget)?;
            }
            Event::End(tag) => visit(Piece::Close(tag.local_name().into_inner()), budget)?,
            Event::Text(text) => visit(Piece::Text(text.xml_content(XmlVersion::Implicit1_0).into_owned()), budget)?,
            Event::CData(text) => visit(Piece::Text(text.to_string()), budget)?,
            Event::GeneralRef(name) => visit(Piece::Text(referred(&name)), budget)?,
            Event::Eof => break,
            // Entities of its own would let a few bytes stand for any number.
            Event::DocType(_) => return Err(Unread::damaged("it declares a document type")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    budget.bytes = reader.get_ref().left;
    Ok(())
}

fn referred(name: &str) -> String {
    let number = |text: &str, radix| u32::from_str_radix(text, radix).ok().and_then(char::from_u32);
    let found = match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match (name.strip_prefix("#x"), name.strip_prefix('#')) {
            (Some(hex), _) => number(hex, 16),
            (None, Some(digits)) => number(digits, 10),
            (None, None) => None,
        },
    };
    found.map_or_else(|| format!("&{name};"), String::from)
}

#[derive(Clone, Copy)]
enum Refused {
    Bytes,
    Piece,
}

/// Lets no more through than a workbook may unpack to, and no piece between two signs of markup that is longer than one.
struct Guarded<R> {
    inner: BufReader<R>,
    left: usize,
    piece: usize,
    refused: Option<Refused>,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(out.len());
        out[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Guarded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let refused = match (self.left, self.piece) {
            (0, _) => Some(Refused::Bytes),
            (_, CELL_BYTES..) => Some(Refused::Piece),
            _ => None,
        };
        if refused.is_some() {
            self.refused = refused;
            return Err(io::Error::other("more than a workbook holds"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        let buffer = self.inner.buffer();
        let taken = &buffer[..length.min(buffer.len())];
        self.piece = match taken.iter().rposition(|byte| matches!(byte, b'<' | b'>')) {
            Some(at) => taken.len() - at,
            None => self.piece + taken.len(),
        };
        self.left = self.left.saturating_sub(length);
        self.inner.consume(length);
    }
}
