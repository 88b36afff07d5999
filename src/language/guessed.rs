//! Guessed: the language of a text, told from its letters.

use super::Lang;

impl Lang {
    /// Tells the language of a text: Kazakh has letters of its own, and a text without Cyrillic ones is English.
    pub fn guessed(text: &str) -> Lang {
        let kazakh = text.to_lowercase().matches(['ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'і']).count();
        let cyrillic = text.matches(|c: char| ('а'..='я').contains(&c)).count();
        match (kazakh * 20 > cyrillic, cyrillic * 2 > text.matches(|c: char| c.is_ascii_alphabetic()).count()) {
            (_, false) => Lang::En,
            (true, true) => Lang::Kk,
            (false, true) => Lang::Ru,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_the_language() {
        let texts = [
            ("Сальдо миграции составило", Lang::Ru),
            ("Көші-қон сальдосы болды", Lang::Kk),
            ("Net migration was", Lang::En),
            ("2022", Lang::En),
        ];
        for (text, lang) in texts {
            assert_eq!(Lang::guessed(text), lang, "{text}");
        }
    }
}
