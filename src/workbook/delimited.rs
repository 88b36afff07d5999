//! Delimited: text of any encoding and delimiter → one sheet, and a sentence on what it was found to be.

use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::sync::Arc;

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, IBM866, ISO_8859_2, KOI8_R, MACINTOSH, SHIFT_JIS, UTF_8, UTF_16BE,
    UTF_16LE, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1254,
};

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
/// zeros, or the one in which what stands beyond ASCII is most like words and the marks of print.
pub fn detected(bytes: &[u8]) -> Option<&'static Encoding> {
    if Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let head = &bytes[..bytes.len().min(1 << 16)];
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    // Delimiters, digits and line ends have a zero beside them, whatever the language.
    if zeros(0) + zeros(1) > head.len() / 20 {
        return Some(if zeros(1) > zeros(0) { UTF_16LE } else { UTF_16BE });
    }
    let narrow = ENCODINGS
        .iter()
        .map(|(encoding, letters)| (likeness(&encoding.decode_without_bom_handling(head).0, letters), *encoding));
    let wide = WIDE.iter().filter_map(|(encoding, common)| Some((wide(bytes, encoding, common)?, *encoding)));
    narrow
        .chain(wide)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(std::cmp::Ordering::Greater))
        .map(|(_, encoding)| encoding)
}

/// The encodings of one byte a letter, the commonest first, each with the letters beyond ASCII that the languages written
/// in it use most; of Cyrillic ones the letters tell words from what only looks like them.
const ENCODINGS: [(&Encoding, &str); 8] = [
    (WINDOWS_1251, ""),
    (KOI8_R, ""),
    (IBM866, ""),
    (WINDOWS_1252, "äöüßéèêàâçñáíóúîôûëïãõåøæ"),
    (WINDOWS_1250, "ąćęłńóśźżáčďéěíňřšťúůýžäöüßőűô"),
    (ISO_8859_2, "ąćęłńóśźżáčďéěíňřšťúůýžäöüßőűô"),
    (WINDOWS_1254, "çğıöşüâîé"),
    (MACINTOSH, "äöüßéèêàâçñáíóúîôûëïãõåøæ"),
];

/// The encodings of two bytes a letter, each with the first bytes of the letters that are used most: kana, Hangul, the first
/// level of its Chinese characters.
const WIDE: [(&Encoding, &[RangeInclusive<u8>]); 5] = [
    (SHIFT_JIS, &[0x81..=0x83, 0x88..=0x97]),
    (EUC_KR, &[0xa1..=0xa3, 0xb0..=0xc8]),
    (EUC_JP, &[0xa1..=0xa5, 0xb0..=0xcf]),
    (GB18030, &[0xa1..=0xa3, 0xb0..=0xd7]),
    (BIG5, &[0xa1..=0xc6]),
];

/// Weighs how common the letters of a text of two bytes a letter are; nothing where it is none: in other texts a word of an
/// odd number of letters takes the delimiter behind it for half a letter.
fn wide(bytes: &[u8], encoding: &'static Encoding, common: &[RangeInclusive<u8>]) -> Option<f64> {
    const MOST: f64 = 0.9;
    encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let (mut score, mut count) = (0.0, 0usize);
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        if byte.is_ascii() {
            continue;
        }
        // Half of a katakana stands alone.
        if encoding != SHIFT_JIS || !(0xa1..=0xdf).contains(byte) {
            rest.next();
        }
        count += 1;
        score += if common.iter().any(|range| range.contains(byte)) { MOST } else { -1.0 };
    }
    (count > 0).then(|| score / count as f64)
}

/// Weighs how much what stands beyond ASCII looks like words: small letters behind letters, capitals at the start, Cyrillic
/// letters among their like, others among those of ASCII, and signs that print uses.
fn likeness(text: &str, letters: &str) -> f64 {
    let (mut score, mut count, mut before) = (0.0, 0usize, ' ');
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if !c.is_ascii() {
            count += 1;
            let after = rest.peek().copied().unwrap_or(' ');
            score += match c {
                _ if !c.is_alphabetic() => f64::from("«»„“”’№–—…°€\u{a0}".contains(c)) * 2.2 - 1.2,
                _ if c.is_uppercase() && before.is_lowercase() => -1.0,
                _ if is_cyrillic(c) => cyrillic(c, before, after),
                _ => latin(c, before, after, letters),
            };
        }
        before = c;
    }
    if count == 0 { 0.0 } else { score / count as f64 }
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..'\u{530}').contains(&c)
}

/// How often letters stand in Russian tells encodings apart in which small letters and capitals change places.
fn cyrillic(c: char, before: char, after: char) -> f64 {
    if before.is_ascii_alphabetic() || after.is_ascii_alphabetic() {
        return -1.0;
    }
    let small = c.to_lowercase().next().unwrap_or(c);
    let often = f64::from("оеаинтсрвлк".contains(small)) - f64::from("ъэщфцхюшжё".contains(small));
    often + if c.is_lowercase() && is_cyrillic(before) { 0.6 } else { 0.3 }
}

/// Letters beyond ASCII stand alone or in twos among those of ASCII.
fn latin(c: char, before: char, after: char, letters: &str) -> f64 {
    let small = c.to_lowercase().next().unwrap_or(c);
    let among = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
    // A small letter before a capital is a sign of another table: the dash of `January–March`.
    let joins = c.is_lowercase() && before.is_alphabetic() && after.is_uppercase();
    f64::from(letters.contains(small)) * 1.3 - f64::from(!among) * 0.7 - f64::from(joins) - 0.2
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
    fn encodings_of_two_bytes_a_letter_are_found() {
        for (encoding, text) in [
            (SHIFT_JIS, "都道府県,2020年,2021年\n北海道,5224614,5182794\n東京都,14047594,14010238\nさいたま市,1,2\n"),
            (EUC_JP, "都道府県,人口総数,2021年\n北海道,5224614,5182794\nさいたま市,14047594,14010238\n"),
            (GB18030, "地区,2020年,2021年\n北京市,2189,2189\n内蒙古自治区,2403,2400\n单位：万人\n"),
            (EUC_KR, "행정구역,2020년,2021년\n서울특별시,9668465,9509458\n경기도,13427014,13565450\n"),
            (BIG5, "區域別,109年,110年\n新北市,4030954,4008113\n臺北市,2602418,2524393\n單位：人\n"),
        ] {
            let (bytes, ..) = encoding.encode(text);
            assert_eq!(detected(&bytes).map(Encoding::name), Some(encoding.name()), "{text}");
        }
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
        for (encoding, text) in [
            (WINDOWS_1252, "Bezirk;Bevölkerung über 15\nThüringen;2108863\nBaden-Württemberg;1\n"),
            (WINDOWS_1250, "Województwo;Ludność\nŁódzkie;2378483\nWARMIŃSKO-MAZURSKIE;1\nŚląskie;2\n"),
            (ISO_8859_2, "Województwo;Ludność\nŁódzkie;2378483\nWARMIŃSKO-MAZURSKIE;1\nŚląskie;2\n"),
            (WINDOWS_1254, "İl;Nüfus\nIğdır;203594\nŞanlıurfa;2170110\nMuğla;1\n"),
            (WINDOWS_1251, "Region;January–March 2005\nOslo;5\n"),
            (WINDOWS_1251, "Объём, млн. руб.;2022–2023\n№ 1;«Алтай»\n"),
            (MACINTOSH, "Région;Population à l'été\nÎle-de-France;1\nRhône-Alpes;2\n"),
        ] {
            assert_eq!(detected(&encoding.encode(text).0), Some(encoding), "{text}");
        }
    }
}
