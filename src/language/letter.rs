//! Letter: what Unicode says of letters, at once for those of Cyrillic, which a search through its tables finds last.

/// Says whether a character is a letter, as [`char::is_alphabetic`] does.
#[inline]
pub fn is_letter(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}') || c.is_alphabetic()
}

/// Returns the small letter of a capital one, where it is one of as many bytes.
#[inline]
pub fn small(c: char) -> char {
    match c {
        'А'..='Я' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        c if is_small(c) => c,
        c => c.to_lowercase().next().filter(|small| small.len_utf8() == c.len_utf8()).unwrap_or(c),
    }
}

/// Says of the letters of which nearly all texts consist whether one is small.
#[inline]
pub(super) fn is_small(c: char) -> bool {
    matches!(c, 'a'..='z' | 'а'..='џ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_what_unicode_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            let lower = c.to_lowercase().next().filter(|lower| lower.len_utf8() == c.len_utf8());
            assert_eq!(small(c), lower.unwrap_or(c), "{c:?}");
            assert!(!is_small(c) || c.to_lowercase().eq([c]), "{c:?}");
        }
    }
}
