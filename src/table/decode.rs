//! Decode: the bytes of a file → its text, by the encoding that is stated or that a byte order mark shows.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{Ways, line_of, line_starts};
use crate::diagnostic::{Diagnostic, Place, code};

/// The names of encodings that a hint may propose; every label of the WHATWG's standard is read.
pub const NAMES: &[&str] = &[
    "utf-8",
    "utf-16le",
    "utf-16be",
    "windows-1251",
    "windows-1252",
    "koi8-r",
    "koi8-u",
    "ibm866",
    "iso-8859-5",
    "macintosh",
    "x-mac-cyrillic",
    "windows-1250",
    "windows-1254",
    "gb18030",
    "shift_jis",
];

/// Finds an encoding by its name.
pub fn encoding(name: &str) -> Option<&'static Encoding> {
    let name = name.trim();
    // The standard of the web does not know the number by which the code page of DOS is mostly called.
    Encoding::for_label(if name.eq_ignore_ascii_case("cp1251") { b"windows-1251" } else { name.as_bytes() })
}

/// Decodes a file; a byte order mark is taken off, and a byte that the encoding does not have is an error at its line.
pub fn text<'a>(
    path: &str,
    bytes: &'a [u8],
    stated: Option<&'static Encoding>,
    ways: &Ways,
) -> Result<Cow<'a, str>, Box<Diagnostic>> {
    let refuse = |place: Place, message: String, hint: String| {
        Err(Box::new(Diagnostic::error(code::FILE_ENCODING, place, message).hint(hint)))
    };
    let hint = || format!("state its encoding: {}", ways.encoding);
    let marked = Encoding::for_bom(bytes);
    let encoding = match (stated, marked) {
        // `utf-16` alone means either order of bytes, which the mark tells.
        (Some(stated), Some((marked, _))) if stated != marked && !(is_utf16(stated) && is_utf16(marked)) => {
            let message = format!("is {} by its byte order mark, not {}", marked.name(), stated.name());
            return refuse(Place::line(path, 1, 1), message, hint());
        }
        (_, Some((marked, _))) => marked,
        (stated, None) => stated.unwrap_or(UTF_8),
    };
    let body = &bytes[marked.map_or(0, |(_, length)| length)..];
    let text = match sound(body, encoding) {
        Ok(text) => text,
        Err(before) => {
            let line = line_of(&line_starts(&before), before.len());
            let place = Place { line: Some(line), ..Place::file(path) };
            let name = encoding.name();
            let message = format!("is not {name} text: line {line} holds a byte that no {name} text has");
            return refuse(place, message, hint());
        }
    };
    if let Some(at) = text.find('\0') {
        let line = line_of(&line_starts(&text[..at]), at);
        let place = Place { line: Some(line), ..Place::file(path) };
        let hint = format!("a text holds none; it may be in UTF-16: state it, {}", ways.encoding);
        return refuse(place, format!("line {line} holds a NUL character"), hint);
    }
    Ok(text)
}

fn is_utf16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// Decodes bytes, or returns the text before the first that cannot be.
fn sound<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Result<Cow<'a, str>, String> {
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(text);
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    text.reserve(decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len()));
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(Cow::Owned(text)),
        (DecoderResult::Malformed(..) | DecoderResult::OutputFull, _) => Err(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::CATALOGUE;

    #[test]
    fn encodings_are_known_by_their_names_and_by_their_marks() {
        let wanted = "год;Кала\n2020;1\n";
        let read = |bytes: &[u8], name: Option<&str>| {
            let stated = name.map(|name| encoding(name).expect("an encoding"));
            text("a.csv", bytes, stated, &CATALOGUE).map(Cow::into_owned).map_err(|problem| problem.message)
        };
        let utf16 = |big: bool| -> Vec<u8> {
            let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
            wanted.encode_utf16().flat_map(bytes).collect()
        };
        let marked = |mark: &[u8], body: Vec<u8>| [mark, &body].concat();
        assert_eq!(read(wanted.as_bytes(), None).as_deref(), Ok(wanted));
        assert_eq!(read(&marked(b"\xef\xbb\xbf", wanted.into()), Some("utf-8")).as_deref(), Ok(wanted));
        for name in [None, Some("utf-16")] {
            assert_eq!(read(&marked(b"\xff\xfe", utf16(false)), name).as_deref(), Ok(wanted));
            assert_eq!(read(&marked(b"\xfe\xff", utf16(true)), name).as_deref(), Ok(wanted));
        }
        assert_eq!(read(&utf16(false), Some("UTF-16LE")).as_deref(), Ok(wanted));
        assert_eq!(read(&utf16(true), Some("utf-16be")).as_deref(), Ok(wanted));
        assert_eq!(read(b"\xe3\xee\xe4", Some("windows-1251")).as_deref(), Ok("год"));
        assert_eq!(read(b"\xe3\xee\xe4", Some("cp1251")).as_deref(), Ok("год"));
        assert_eq!(read(b"\xc7\xcf\xc4", Some("koi8-r")).as_deref(), Ok("год"));
        for (bytes, name, said) in [
            (&b"a\n\xe3\xee"[..], None, "is not UTF-8 text: line 2 holds a byte that no UTF-8 text has"),
            (&utf16(false)[..], None, "line 1 holds a NUL character"),
            (&marked(b"\xff\xfe", utf16(false))[..], Some("utf-8"), "is UTF-16LE by its byte order mark, not UTF-8"),
            (b"a\r\rb\xff", Some("shift_jis"), "is not Shift_JIS text: line 3 holds a byte that no Shift_JIS text has"),
        ] {
            let found = read(bytes, name);
            assert!(found.as_ref().is_err_and(|message| message == said), "{found:?}");
        }
        assert_eq!(encoding("windows-1215"), None);
    }
}
