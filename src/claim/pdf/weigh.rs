//! Weigh: what the streams of a PDF unpack to, before anyone unpacks them to keep: images, which nobody unpacks, apart.

use std::io::Read;

use super::Unreadable;
use crate::files::limits::PDF_BYTES;

/// How far before `stream` its dictionary is looked at.
const HEAD: usize = 2048;

/// How much a stream grows at most, however it is packed.
const MOST: usize = 1032;

/// Names of filters that do not pack, or of images alone.
const PLAIN: [&[u8]; 4] = [b"/DCT", b"/JPX", b"/CCITT", b"/JBIG2"];

/// Refuses a PDF that unpacks to more than a paper can hold. A stream whose packing cannot be seen counts for the worst.
pub(super) fn weigh(bytes: &[u8]) -> Result<(), Unreadable> {
    if find(bytes, b"/Encrypt", 0).is_some_and(|at| bytes.get(at + 8).is_none_or(|c| !c.is_ascii_alphabetic())) {
        return Err(Unreadable::Encrypted);
    }
    let (mut at, mut weight, mut before, mut end) = (0, 0usize, 0, 0);
    while let Some(found) = find(bytes, b"stream", at) {
        at = found + 6;
        let begins = !bytes[..found].ends_with(b"end");
        let data = match bytes.get(at..) {
            Some([b'\r', b'\n', rest @ ..]) | Some([b'\n' | b'\r', rest @ ..]) if begins => rest,
            _ => continue,
        };
        let head = &bytes[found.saturating_sub(HEAD).max(before)..found];
        if end < at {
            end = find(bytes, b"endstream", at).unwrap_or(bytes.len());
        }
        let length = end - at;
        weight = weight.saturating_add(match packing(head) {
            Packing::None => length,
            Packing::Unknown => length.saturating_mul(MOST),
            Packing::Flate => {
                let (size, read) = inflated(data, PDF_BYTES.saturating_sub(weight));
                at += read;
                size
            }
        });
        before = at;
        if weight > PDF_BYTES {
            return Err(Unreadable::TooLarge);
        }
    }
    Ok(())
}

enum Packing {
    /// None, or that of an image.
    None,
    /// Flate alone.
    Flate,
    /// Another, several, or one that stands elsewhere.
    Unknown,
}

/// Tells from what stands before a stream how it is packed.
fn packing(head: &[u8]) -> Packing {
    let Some(from) = rfind(head, b"obj") else { return Packing::Unknown };
    let head = &head[from..];
    let has = |word: &[u8]| find(head, word, 0).is_some();
    let (flate, filters) = (count(head, b"/Fl"), count(head, b"Decode") - count(head, b"DecodeParms"));
    if head.contains(&b'#') {
        return Packing::Unknown;
    }
    match (flate, filters) {
        _ if has(b"/Image") || PLAIN.iter().any(|name| has(name)) => Packing::None,
        (0, 0) if !has(b"/Filter") => Packing::None,
        (1, 0 | 1) => Packing::Flate,
        _ => Packing::Unknown,
    }
}

/// Counts what a packed stream unpacks to, one byte more than may be at most, and how much of the file it is.
fn inflated(data: &[u8], most: usize) -> (usize, usize) {
    let mut reader = flate2::read::ZlibDecoder::new(data).take(most as u64 + 1);
    let (mut sum, mut piece) = (0, [0; 1 << 14]);
    while let Ok(length @ 1..) = reader.read(&mut piece) {
        sum += length;
    }
    (sum, reader.get_ref().total_in() as usize)
}

fn find(bytes: &[u8], word: &[u8], from: usize) -> Option<usize> {
    let first = *word.first()?;
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == first)?;
        if bytes[at..].starts_with(word) {
            return Some(at);
        }
        at += 1;
    }
}

fn rfind(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|window| window == word)
}

fn count(bytes: &[u8], word: &[u8]) -> usize {
    bytes.windows(word.len()).filter(|window| *window == word).count()
}
