//! Subset: the part of the font that a picture uses, as a font file a browser accepts.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use subsetter::GlyphRemapper;

use super::DrawingError;
use super::font::{FAMILY, Weight};

/// Writes the rule that embeds the glyphs of some characters in an SVG.
pub(super) fn font_face(weight: Weight, letters: &BTreeSet<char>) -> Result<String, DrawingError> {
    let font = STANDARD.encode(cut(weight, letters)?);
    Ok(format!(
        "@font-face{{font-family:'{FAMILY}';font-weight:{};src:url(data:font/ttf;base64,{font}) format('truetype')}}",
        weight.number()
    ))
}

/// Cuts the font down to some characters.
///
/// The subsetter serves PDF, which needs neither a `cmap` nor `OS/2`; browsers refuse a font without them.
fn cut(weight: Weight, letters: &BTreeSet<char>) -> Result<Vec<u8>, DrawingError> {
    let mut remapper = GlyphRemapper::new();
    let mut codes = Vec::new();
    for letter in letters {
        let glyph = weight.glyph(*letter).ok_or_else(|| DrawingError::Glyph(*letter, String::from(*letter)))?;
        codes.push((u32::from(*letter), remapper.remap(glyph)));
    }
    let part =
        subsetter::subset(weight.bytes(), 0, &remapper).map_err(|error| DrawingError::Font(error.to_string()))?;
    let broken = || DrawingError::Font(String::from("a table is missing"));
    let mut tables = tables(&part).ok_or_else(broken)?;
    let whole = self::tables(weight.bytes()).ok_or_else(broken)?;
    tables.insert(*b"OS/2", whole.get(b"OS/2").ok_or_else(broken)?.clone());
    tables.insert(*b"cmap", character_map(&codes));
    // Who made the font is told where it is bundled; a browser asks that the table be there, and for no name in it:
    // format 0, no records, texts behind these six bytes.
    tables.insert(*b"name", vec![0, 0, 0, 0, 0, 6]);
    // The checksum of the whole file is not among the things that browsers look at; zero says that none was made.
    if let Some(sum) = tables.get_mut(b"head").and_then(|head| head.get_mut(8..12)) {
        sum.fill(0);
    }
    Ok(assemble(&tables))
}

/// Reads the tables of a font file.
fn tables(font: &[u8]) -> Option<BTreeMap<[u8; 4], Vec<u8>>> {
    let count = u16::from_be_bytes(font.get(4..6)?.try_into().ok()?);
    let number = |at: usize| Some(u32::from_be_bytes(font.get(at..at + 4)?.try_into().ok()?) as usize);
    let table = |i: usize| {
        let at = 12 + 16 * i;
        let tag: [u8; 4] = font.get(at..at + 4)?.try_into().ok()?;
        let (start, length) = (number(at + 8)?, number(at + 12)?);
        Some((tag, font.get(start..start + length)?.to_vec()))
    };
    (0..usize::from(count)).map(table).collect()
}

/// Writes a `cmap` with one subtable of format 12: a group for each run of characters whose glyphs follow one another.
fn character_map(codes: &[(u32, u16)]) -> Vec<u8> {
    let mut runs: Vec<(u32, u32, u16)> = Vec::new();
    for (code, glyph) in codes {
        match runs.last_mut() {
            Some((first, last, start))
                if *last + 1 == *code && u32::from(*start) + code - *first == u32::from(*glyph) =>
            {
                *last = *code;
            }
            _ => runs.push((*code, *code, *glyph)),
        }
    }
    let groups = runs.len() as u32;
    let mut table = Vec::new();
    // Version 0, one encoding record: Windows (3), full Unicode (10), at offset 12.
    for word in [0u16, 1, 3, 10] {
        table.extend(word.to_be_bytes());
    }
    table.extend(12u32.to_be_bytes());
    // Format 12, reserved, length, language, number of groups.
    table.extend(12u16.to_be_bytes());
    table.extend(0u16.to_be_bytes());
    for long in [16 + 12 * groups, 0, groups] {
        table.extend(long.to_be_bytes());
    }
    for (first, last, glyph) in &runs {
        for long in [*first, *last, u32::from(*glyph)] {
            table.extend(long.to_be_bytes());
        }
    }
    table
}

/// Writes a font file of tables, with its directory and checksums.
fn assemble(tables: &BTreeMap<[u8; 4], Vec<u8>>) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = 15 - count.leading_zeros() as u16;
    let mut font = 0x0001_0000u32.to_be_bytes().to_vec();
    for word in [count, 16 << power, power, 16 * count - (16 << power)] {
        font.extend(word.to_be_bytes());
    }
    let mut body = Vec::new();
    for (tag, table) in tables {
        let start = 12 + 16 * tables.len() + body.len();
        font.extend(tag);
        for long in [checksum(table), start as u32, table.len() as u32] {
            font.extend(long.to_be_bytes());
        }
        body.extend(table);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    font.extend(body);
    font
}

fn checksum(table: &[u8]) -> u32 {
    let long = |chunk: &[u8]| {
        chunk.iter().enumerate().fold(0u32, |sum, (i, byte)| sum | u32::from(*byte) << (24 - 8 * i as u32))
    };
    table.chunks(4).fold(0, |sum: u32, chunk| sum.wrapping_add(long(chunk)))
}

#[cfg(test)]
mod tests {
    use skrifa::{FontRef, MetadataProvider};

    use super::*;

    #[test]
    fn keeps_every_letter_under_its_code() {
        let letters: BTreeSet<char> = "ӘәҒғҚқҢңӨөҰұҮүҺһІі0123456789−\u{a0}«»–…".chars().collect();
        for weight in [Weight::Regular, Weight::Bold] {
            let font = cut(weight, &letters).expect("the font can be cut");
            let font = FontRef::new(&font).expect("the cut font is a font");
            for letter in &letters {
                assert!(font.charmap().map(*letter).is_some_and(|glyph| glyph.to_u32() > 0), "{letter}");
            }
        }
    }
}
