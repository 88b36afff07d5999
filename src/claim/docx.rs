//! Docx: the text of a Word document: paragraphs, rows of tables, footnotes.

use std::io::Read;

/// The parts of a document that hold text, in the order of reading.
const PARTS: [&str; 3] = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"];

/// More than this is no paper: a small file may unpack to any size.
const MOST_BYTES: u64 = 64 << 20;

/// Reads the text of a document; `None` where the bytes are none.
pub fn text(bytes: &[u8]) -> Option<String> {
    let parts: Vec<String> = PARTS.iter().filter_map(|name| member(bytes, name)).map(|xml| plain(&xml)).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let slice = bytes.get(at..at.checked_add(length)?)?;
    Some(slice.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
}

/// Unpacks one member of a ZIP archive, found in its directory at the end.
fn member(bytes: &[u8], name: &str) -> Option<String> {
    let end = bytes.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let (count, mut at) = (number(bytes, end + 10, 2)?, number(bytes, end + 16, 4)?);
    for _ in 0..count {
        if bytes.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        let [method, packed, name_length, extra, comment, local] =
            [(10, 2), (20, 4), (28, 2), (30, 2), (32, 2), (42, 4)].map(|(offset, n)| number(bytes, at + offset, n));
        let (name_length, local) = (name_length?, local?);
        if bytes.get(at + 46..at + 46 + name_length)? == name.as_bytes() {
            let start = local + 30 + number(bytes, local + 26, 2)? + number(bytes, local + 28, 2)?;
            let data = bytes.get(start..start.checked_add(packed?)?)?;
            let mut text = String::new();
            match method? {
                0 => data.take(MOST_BYTES).read_to_string(&mut text).ok()?,
                8 => flate2::read::DeflateDecoder::new(data).take(MOST_BYTES).read_to_string(&mut text).ok()?,
                _ => return None,
            };
            return Some(text);
        }
        at += 46 + name_length + extra? + comment?;
    }
    None
}

/// Takes the text out of the markup: a paragraph is a line, a row of a table too.
fn plain(xml: &str) -> String {
    let mut out = String::new();
    let mut in_row = false;
    let mut keep = false;
    for piece in xml.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.trim_end_matches('/').split_whitespace().next().unwrap_or_default();
        match name {
            "w:tr" => in_row = true,
            "/w:tr" => {
                in_row = false;
                out.push('\n');
            }
            "w:tab" | "/w:tc" => out.push(' '),
            "w:br" | "w:cr" => out.push('\n'),
            "/w:p" => out.push(if in_row { ' ' } else { '\n' }),
            "w:noBreakHyphen" => out.push('-'),
            "w:softHyphen" => out.push('\u{ad}'),
            _ => {}
        }
        keep = match name {
            "w:t" => !tag.ends_with('/'),
            _ => keep && !name.starts_with("/w:t"),
        };
        if keep {
            out.push_str(&unescaped(text));
        }
    }
    out
}

fn unescaped(text: &str) -> String {
    let mut out = text.to_owned();
    for (code, plain) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#160;", "\u{a0}"), ("&amp;", "&")]
    {
        out = out.replace(code, plain);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_paragraphs_become_lines() {
        let xml = "<w:p><w:r><w:t>Доля &lt; 5</w:t></w:r><w:r><w:t xml:space=\"preserve\">,8 %</w:t></w:r></w:p>\
                   <w:tr><w:tc><w:p><w:t>KZ</w:t></w:p></w:tc><w:tc><w:p><w:t>1</w:t></w:p></w:tc></w:tr>";
        assert_eq!(plain(xml), "Доля < 5,8 %\nKZ  1  \n");
    }

    #[test]
    fn what_is_no_document_has_no_text() {
        assert_eq!(text(b""), None);
        assert_eq!(text(b"PK\x05\x06 and nothing more of an archive behind it"), None);
    }
}
