//! Lang: which languages there are, by their codes, their alphabets and their letters.

use std::cmp::Ordering;

use icu_collator::Collator;
use icu_collator::options::CollatorOptions;
use icu_locale_core::Locale;

use super::{Grammar, en, kk, plain, ru};

/// A language that a report is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// Russian.
    Ru,
    /// Kazakh in Cyrillic script.
    Kk,
    /// English, for abstracts.
    En,
    /// Any other, by its code of ISO 639-1: without a grammar here, in the texts that a study gives.
    Other(&'static str),
}

/// The codes of ISO 639-1.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de \
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it \
    iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd \
    ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su \
    sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

impl Lang {
    /// Every language that the program has a grammar of, in the order of reports.
    pub const ALL: [Lang; 3] = [Lang::Ru, Lang::Kk, Lang::En];

    /// Returns the order of words in the language's alphabet; without its data, that of the code points.
    pub fn alphabetical(self) -> impl Fn(&str, &str) -> Ordering {
        let locale = Locale::try_from_str(self.code()).ok();
        let collator = locale.and_then(|locale| Collator::try_new(locale.into(), CollatorOptions::default()).ok());
        move |a, b| collator.as_ref().map_or(a.cmp(b), |collator| collator.compare(a, b)).then_with(|| a.cmp(b))
    }

    /// Returns the code of ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Other(code) => code,
            Lang::Ru | Lang::Kk | Lang::En => self.grammar().code,
        }
    }

    /// Finds a language by its code.
    pub fn parse(code: &str) -> Option<Lang> {
        let own = Lang::ALL.into_iter().find(|lang| lang.code() == code);
        own.or_else(|| CODES.split_whitespace().find(|known| *known == code).map(Lang::Other))
    }

    pub(super) fn grammar(self) -> &'static Grammar {
        match self {
            Lang::Ru => &ru::GRAMMAR,
            Lang::Kk => &kk::GRAMMAR,
            Lang::En => &en::GRAMMAR,
            Lang::Other(_) => &plain::GRAMMAR,
        }
    }

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
