//! Western: digits of other scripts, read as the ten that the program knows.

use std::borrow::Cow;

/// The noughts of the scripts in which tables are published, behind each of which stand its other nine digits.
const NOUGHTS: [char; 14] = ['٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '០', '０'];

/// Writes a text with digits of the program's own, and with marks of its own between those of Arabic.
pub fn western(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(|c| digit(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let one = |c: char| match c {
        '٫' => '.',
        // It parts groups and nothing else.
        '٬' => '’',
        '．' => '.',
        '，' => ',',
        _ => digit(c).unwrap_or(c),
    };
    Cow::Owned(text.chars().map(one).collect())
}

fn digit(c: char) -> Option<char> {
    let value = |nought: char| (c as u32).checked_sub(nought as u32).filter(|value| *value < 10);
    NOUGHTS.into_iter().find_map(value).and_then(|value| char::from_digit(value, 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_are_read() {
        for (text, wanted) in [
            ("١٬٢٣٤٫٥", "1’234.5"),
            ("۱۴۰۰", "1400"),
            ("१२३", "123"),
            ("২০২১", "2021"),
            ("２０２１年", "2021年"),
            ("๒๕๖๔", "2564"),
            ("12,5", "12,5"),
            ("Абай", "Абай"),
        ] {
            assert_eq!(western(text), wanted, "{text}");
        }
    }
}
