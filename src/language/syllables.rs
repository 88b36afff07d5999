//! Syllables: where words of a language part at the end of a line, for programs that know no patterns of it.

use super::Lang;

/// A break that shows only where a line ends.
const SOFT_HYPHEN: char = '\u{ad}';

/// A word of fewer letters stays whole, and so does what an end of a line would leave of fewer.
const SHORTEST: (usize, usize) = (5, 2);

/// Puts soft hyphens between the syllables of a text, where its language has rules for them here; others know their own.
pub fn softened(text: &str, lang: Lang) -> String {
    (lang.grammar().softened)(text)
}

/// Puts soft hyphens into the words of a Cyrillic text, each syllable of which takes along the consonant before it.
pub(super) fn parted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let end = rest.find(is_word).unwrap_or(rest.len());
        out.push_str(&rest[..end]);
        rest = &rest[end..];
        let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        out.push_str(&word_parted(&rest[..end]));
        rest = &rest[end..];
    }
    out
}

/// Parts a word: each syllable has one vowel and takes along the consonant before it.
fn word_parted(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let lower: Vec<char> = word.to_lowercase().chars().collect();
    let is_plain = letters.len() == lower.len()
        && letters.len() >= SHORTEST.0
        // Abbreviations, codes and words of another script stay whole.
        && letters.iter().skip(1).all(|c| c.is_lowercase())
        && lower.iter().all(|c| ('а'..='ӿ').contains(c));
    if !is_plain {
        return word.to_owned();
    }
    let vowels: Vec<usize> = (0..lower.len()).filter(|at| is_vowel(&lower, *at)).collect();
    let begins = |pair: &[usize]| {
        let between = pair[1] - pair[0] - 1;
        let start = pair[1] - between.min(1);
        // A sign belongs to the consonant before it.
        if between > 0 && matches!(lower[start], 'ь' | 'ъ') { start + 1 } else { start }
    };
    let starts: Vec<usize> = vowels.windows(2).map(begins).collect();
    let mut out = String::with_capacity(word.len());
    let mut last = 0;
    for (at, letter) in letters.iter().enumerate() {
        if starts.contains(&at) && at - last >= SHORTEST.1 && letters.len() - at >= SHORTEST.1 {
            out.push(SOFT_HYPHEN);
            last = at;
        }
        out.push(*letter);
    }
    out
}

/// Behind a vowel `у` is a consonant: `да-уыс`.
fn is_vowel(letters: &[char], at: usize) -> bool {
    match letters[at] {
        'у' => !at.checked_sub(1).is_some_and(|before| is_vowel(letters, before)),
        letter => "аәеёиоөұүыіэюя".contains(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kazakh_words_part_between_their_syllables() {
        let shown = |text| softened(text, Lang::Kk).replace(SOFT_HYPHEN, "-");
        for (text, parted) in [
            ("халықаралық", "ха-лы-қа-ра-лық"),
            ("министрлік", "ми-нистр-лік"),
            ("статистика", "ста-тис-ти-ка"),
            ("дауыстар", "да-уыс-тар"),
            ("суықтар", "су-ық-тар"),
            ("ауылдық", "ауыл-дық"),
            ("көші-қон сальдосы", "көші-қон саль-до-сы"),
            ("халқының өсімі, ҚР ҰСБ", "хал-қы-ның өсі-мі, ҚР ҰСБ"),
            ("KZ-75 2022ж", "KZ-75 2022ж"),
        ] {
            assert_eq!(shown(text), parted);
        }
        assert_eq!(softened("статистика", Lang::Ru), "статистика");
    }
}
