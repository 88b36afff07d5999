//! Romanised: Cyrillic in Latin letters, one for one, as ISO 9:1995 (GOST 7.79, system A) has it, Kazakh letters included.

use std::collections::BTreeSet;

/// The small letters with their Latin ones; capitals follow from them.
const LETTERS: [(char, &str); 42] = [
    ('а', "a"),
    ('ә', "a\u{30b}"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('ғ', "ġ"),
    ('д', "d"),
    ('е', "e"),
    ('ё', "ë"),
    ('ж', "ž"),
    ('з', "z"),
    ('и', "i"),
    ('й', "j"),
    ('к', "k"),
    ('қ', "ķ"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('ң', "ņ"),
    ('о', "o"),
    ('ө', "ô"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ұ', "u\u{307}"),
    ('ү', "ù"),
    ('ф', "f"),
    ('х', "h"),
    ('һ', "ḥ"),
    ('ц', "c"),
    ('ч', "č"),
    ('ш', "š"),
    ('щ', "ŝ"),
    ('ъ', "ʺ"),
    ('ы', "y"),
    ('і', "ì"),
    ('ь', "ʹ"),
    ('э', "è"),
    ('ю', "û"),
    ('я', "â"),
];

/// Latin letters with marks, and what stands for them in a name.
const PLAIN: [(&str, &str); 23] = [
    ("àâáäãåāąă", "a"),
    ("èêéëėęěē", "e"),
    ("ìîíïıīį", "i"),
    ("ôòóöõøőō", "o"),
    ("ûùúüūůűų", "u"),
    ("ýÿ", "y"),
    ("žźż", "z"),
    ("čçćċ", "c"),
    ("šŝśşș", "s"),
    ("đďð", "d"),
    ("ġğģ", "g"),
    ("ḥħ", "h"),
    ("ķ", "k"),
    ("łľĺļ", "l"),
    ("ñńňņ", "n"),
    ("řŕ", "r"),
    ("ťţț", "t"),
    ("ŵ", "w"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ß", "ss"),
    ("þ", "th"),
    ("ə", "a"),
];

/// Writes small Latin letters without their marks; what is none stays as it is.
pub fn unaccented(text: &str) -> String {
    let plain = |letter: char| PLAIN.iter().find(|(all, _)| all.contains(letter)).map(|(_, plain)| *plain);
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match plain(letter) {
            Some(own) => out.push_str(own),
            None => out.push(letter),
        }
    }
    out
}

/// Makes a name of small Latin letters and digits out of a text, of at most 20 letters, which is not yet taken.
pub fn identifier(text: &str, otherwise: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = String::new();
    for letter in romanised(&text.to_lowercase()).chars().flat_map(char::to_lowercase) {
        let plain = PLAIN.iter().find(|(all, _)| all.contains(letter)).map(|(_, plain)| *plain);
        match letter {
            _ if letter.is_ascii_alphanumeric() => name.push(letter),
            _ if plain.is_some() => name.push_str(plain.unwrap_or_default()),
            _ if letter.is_alphanumeric() || "ʹʺ\u{30b}\u{307}'’".contains(letter) => {}
            _ if name.is_empty() || name.ends_with('_') => {}
            _ => name.push('_'),
        }
    }
    name.truncate(20);
    let name = name.trim_end_matches('_').to_owned();
    let name = if name.starts_with(|c: char| c.is_ascii_lowercase()) { name } else { format!("{otherwise}_{name}") };
    let name = name.trim_end_matches('_').to_owned();
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or(name);
    taken.insert(free.clone());
    free
}

/// Writes a text in Latin letters. What is no Cyrillic letter of Russian or Kazakh stays as it is.
pub fn romanised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let small = letter.to_lowercase().next().unwrap_or(letter);
        match LETTERS.iter().find(|(own, _)| *own == small) {
            Some((_, latin)) if letter == small => out.push_str(latin),
            Some((_, latin)) => out.extend(latin.chars().flat_map(char::to_uppercase)),
            None => out.push(letter),
        }
    }
    out
}

/// Returns true for a text that holds a Cyrillic letter.
pub fn is_cyrillic(text: &str) -> bool {
    text.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_turned_one_for_one() {
        for (text, latin) in [
            ("Бейсенгалиев Б. Т.", "Bejsengaliev B. T."),
            ("Вестник Казахского университета экономики", "Vestnik Kazahskogo universiteta èkonomiki"),
            ("Қазақстандағы ауыл халқының көші-қоны", "Ķazaķstandaġy auyl halķynyņ kôšì-ķony"),
            ("Щука, объём, ночь", "Ŝuka, obʺëm, nočʹ"),
            ("Әйел үй һәм ұл", "A\u{30b}jel ùj ḥa\u{30b}m u\u{307}l"),
            ("No 5 (2023), стр.", "No 5 (2023), str."),
        ] {
            assert_eq!(romanised(text), latin);
        }
    }

    #[test]
    fn two_letters_are_never_one() {
        for (at, (letter, latin)) in LETTERS.iter().enumerate() {
            assert!(LETTERS[at + 1..].iter().all(|(own, other)| own != letter && other != latin), "{letter}");
        }
    }
}
