//! Delimited: text of any encoding and delimiter → one sheet, and a sentence on what it was found to be.

use std::borrow::Cow;
use std::sync::Arc;

use encoding_rs::{Encoding, IBM866, KOI8_R, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252};

use super::{At, Budget, Cell, Content, Sheet, Stated, Unread, Workbook};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::table::{CATALOGUE, Dialect, decode, guessed_delimiter, records};

pub(super) fn read(path: &str, bytes: &[u8], stated: &Stated) -> Result<Workbook, Box<Diagnostic>> {
    let encoding = stated.encoding.or_else(|| detected(bytes));
    let text: Cow<str> = decode::text(path, bytes, encoding, &CATALOGUE)?;
    let guessed;
    let dialect = match stated.dialect {
        Some(dialect) => dialect,
        None => {
            guessed = Dialect { delimiter: guessed_delimiter(&text), ..Dialect::default() };
            &guessed
        }
    };
    let refuse = |unread: Unread| {
        Box::new(Diagnostic::error(code::FILE_WORKBOOK, Place::file(path), unread.message).hint(unread.hint))
    };
    let mut sheet = Sheet::default();
    let mut budget = Budget::default();
    let mut keys = None;
    for record in records(path, &text, dialect) {
        let (line, cells) = record.map_err(Box::new)?;
        let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
        let keys = *keys.get_or_insert_with(|| joined(&cells, dialect));
        for (column, text) in parted(cells, keys).into_iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let at = At { row: (line - 1) as u32, column: column as u32 };
            let cell = Cell::of(Content::Text(Arc::from(text)));
            sheet.put(at, cell, &mut budget).map_err(refuse)?;
        }
    }
    if sheet.cells.is_empty() {
        let place = Place::line(path, 1, 1);
        return Err(Box::new(Diagnostic::error(code::DATA_EMPTY, place, "holds no cells")));
    }
    let name = Encoding::for_bom(bytes).map_or_else(|| encoding.unwrap_or(UTF_8), |(marked, _)| marked).name();
    let kind = if dialect.delimiter == '\t' { "TSV" } else { "CSV" };
    let joined = if keys.is_some_and(|keys| keys > 1) { ", its first column parted at commas" } else { "" };
    let format = format!("{kind}, {name}, delimiter {:?}{joined}", dialect.delimiter);
    Ok(Workbook { format, sheets: vec![sheet] })
}

/// How many keys the first column of a data base joins by commas: `freq,unit,geo\\TIME_PERIOD`, where the heads beside it
/// are members of what stands behind the mark.
fn joined(head: &[&str], dialect: &Dialect) -> usize {
    let first = head.first().filter(|first| dialect.delimiter == '\t' && first.contains(',') && first.contains('\\'));
    first.map_or(1, |first| first.split(',').count())
}

/// Parts the first of some cells into its keys, each a cell of its own; where it holds fewer, the rest are empty.
fn parted(cells: Vec<&str>, keys: usize) -> Vec<&str> {
    let Some((first, rest)) = cells.split_first().filter(|_| keys > 1) else { return cells };
    let mut own: Vec<&str> = first.splitn(keys, ',').map(|key| key.split('\\').next().unwrap_or(key)).collect();
    own.resize(keys, "");
    own.extend(rest);
    own
}

/// Finds the encoding of a text that states none: what a byte order mark shows, UTF-8 where it is that, UTF-16 by its
/// zeros, or the one in which the letters beyond ASCII are most like those of words.
pub(super) fn detected(bytes: &[u8]) -> Option<&'static Encoding> {
    if Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let head = &bytes[..bytes.len().min(1 << 16)];
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    // Delimiters, digits and line ends have a zero beside them, whatever the language.
    if zeros(0) + zeros(1) > head.len() / 20 {
        return Some(if zeros(1) > zeros(0) { UTF_16LE } else { UTF_16BE });
    }
    let known = [WINDOWS_1251, KOI8_R, IBM866, WINDOWS_1252, MACINTOSH];
    let scored = known.map(|encoding| (likeness(&encoding.decode_without_bom_handling(head).0), encoding));
    scored
        .into_iter()
        .max_by(|a, b| a.0.total_cmp(&b.0).then(std::cmp::Ordering::Greater))
        .map(|(_, encoding)| encoding)
}

/// Weighs how much the letters beyond ASCII look like those of words: small ones behind letters, capitals at the start.
fn likeness(text: &str) -> f64 {
    let (mut score, mut count, mut before) = (0.0, 0usize, ' ');
    for c in text.chars() {
        if !c.is_ascii() {
            count += 1;
            let follows = before.is_alphabetic();
            let small = c.to_lowercase().next().unwrap_or(c);
            score += match c {
                _ if !c.is_alphabetic() => -1.0 + f64::from("«»№–—°…\u{a0}".contains(c)) * 1.2,
                _ if c.is_lowercase() && follows && !before.is_ascii() => 0.6,
                _ if c.is_uppercase() && follows && before.is_lowercase() => -1.0,
                _ => 0.3,
            };
            // How often letters stand in Russian tells encodings apart in which small letters and capitals change places.
            score += f64::from("оеаинтсрвлк".contains(small)) - f64::from("ъэщфцхюшжё".contains(small));
        }
        before = c;
    }
    if count == 0 { 0.0 } else { score / count as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_a_data_base_joins_stand_in_columns_of_their_own() {
        let text = "freq,unit,geo\\TIME_PERIOD\t2021 \t2022 \nA,NR,KZ\t1 \t2 p\nA,NR,KZ-10\t: \t: c\n";
        let book = read("f.tsv", text.as_bytes(), &Stated::default()).expect("a table");
        let said = |row, column| book.sheets[0].get(At { row, column }).map(Cell::text).unwrap_or_default();
        let row = |row| (0..5).map(|column| said(row, column).trim().to_owned()).collect::<Vec<_>>().join("|");
        assert_eq!([row(0), row(1), row(2)], ["freq|unit|geo|2021|2022", "A|NR|KZ|1|2 p", "A|NR|KZ-10|:|: c"]);
        assert!(book.format.ends_with("its first column parted at commas"), "{}", book.format);
    }

    #[test]
    fn encodings_of_words_are_found() {
        let text = "Регион;Численность населения, человек\nАкмолинская область;787971\nҚызылорда облысы;1\n";
        let russian = "Регион;Численность населения, человек\nАкмолинская область;787971\nг. Алматы;2161695\n";
        assert_eq!(detected(text.as_bytes()), None);
        for encoding in [WINDOWS_1251, KOI8_R, IBM866] {
            let (bytes, _, lost) = encoding.encode(russian);
            assert!(!lost);
            assert_eq!(detected(&bytes), Some(encoding), "{}", encoding.name());
            let (capitals, ..) = encoding.encode("РЕГИОН\tЧИСЛЕННОСТЬ НАСЕЛЕНИЯ\nАКМОЛИНСКАЯ ОБЛАСТЬ\t787971\n");
            assert_eq!(detected(&capitals), Some(encoding), "{} in capitals", encoding.name());
        }
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(detected(&wide), Some(UTF_16LE));
        let (german, ..) = WINDOWS_1252.encode("Bezirk;Bevölkerung über 15\nThüringen;2108863\nBaden-Württemberg;1\n");
        assert_eq!(detected(&german), Some(WINDOWS_1252));
    }
}
