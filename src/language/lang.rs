//! Lang: which languages there are, by their codes, their alphabets and their letters.

use std::cmp::Ordering;
use std::fmt;

use icu_collator::Collator;
use icu_collator::options::CollatorOptions;
use icu_locale_core::Locale;

use super::{Grammar, plain};

/// A language that a report is written in, by its code of ISO 639-1. One that is not in the list below has no grammar
/// here and prints in the texts that a study gives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Lang(&'static str);

/// Names languages after the files that fill their grammars, in the order of reports.
macro_rules! languages {
    ($($(#[$doc:meta])* $name:ident $file:ident;)*) => {
        #[allow(non_upper_case_globals, reason = "a language is named as a case of an enumeration is")]
        impl Lang {
    /// Says whether texts of the language part thousands by commas: `95,019`.
    pub fn parts_by_comma(self) -> bool {
        (self.grammar().group_mark)(&(self.grammar().style)()) == ','
    }

            $($(#[$doc])* pub const $name: Lang = Lang(stringify!($file));)*

            /// Every language that the program has a grammar of, in the order of reports.
            pub const ALL: [Lang; [$(stringify!($file)),*].len()] = [$(Lang::$name),*];
        }

        /// The grammars of these languages, in their order.
        pub(super) static GRAMMARS: [&Grammar; Lang::ALL.len()] = [$(&super::$file::GRAMMAR),*];
    };
}

languages! {
    /// Russian.
    Ru ru;
    /// Kazakh in Cyrillic script.
    Kk kk;
    /// English.
    En en;
}

/// The codes of ISO 639-1.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de \
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it \
    iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd \
    ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su \
    sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

impl Lang {
    /// Returns the order of words in the language's alphabet; without its data, that of the code points.
    pub fn alphabetical(self) -> impl Fn(&str, &str) -> Ordering {
        let locale = Locale::try_from_str(self.code()).ok();
        let collator = locale.and_then(|locale| Collator::try_new(locale.into(), CollatorOptions::default()).ok());
        move |a, b| collator.as_ref().map_or(a.cmp(b), |collator| collator.compare(a, b)).then_with(|| a.cmp(b))
    }

    /// Returns the code of ISO 639-1.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// Finds a language by its code.
    pub fn parse(code: &str) -> Option<Lang> {
        CODES.split_whitespace().find(|known| *known == code).map(Lang)
    }

    /// Returns true where the program has a grammar of it.
    pub fn has_grammar(self) -> bool {
        self.place().is_some()
    }

    /// Returns its place among the languages that the program has a grammar of.
    pub(super) fn place(self) -> Option<usize> {
        Lang::ALL.iter().position(|lang| *lang == self)
    }

    pub(super) fn grammar(self) -> &'static Grammar {
        self.place().map_or(&plain::GRAMMAR, |at| GRAMMARS[at])
    }

    /// Tells the language of a text as [`Lang::guessed`] does; what could be either of two is of the one that is known.
    pub fn guessed_among(text: &str, known: &[Lang]) -> Lang {
        match Lang::guessed(text) {
            Lang::Ru if !known.contains(&Lang::Ru) && known.contains(&Lang::Kk) => Lang::Kk,
            lang => lang,
        }
    }

    /// Tells the language of a text: Kazakh has letters of its own, and a text without Cyrillic ones is English.
    pub fn guessed(text: &str) -> Lang {
        let kazakh = text.matches(|c| ['ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'і'].contains(&super::small(c))).count();
        let cyrillic = text.matches(|c: char| ('а'..='я').contains(&c)).count();
        match (kazakh * 20 > cyrillic, cyrillic * 2 > text.matches(|c: char| c.is_ascii_alphabetic()).count()) {
            (_, false) => Lang::En,
            (true, true) => Lang::Kk,
            (false, true) => Lang::Ru,
        }
    }
}

/// The first of the list: that of a paper which names none.
impl Default for Lang {
    fn default() -> Lang {
        Lang::ALL[0]
    }
}

/// Languages with a grammar stand in the order of reports, the others behind them by their codes.
impl Ord for Lang {
    fn cmp(&self, other: &Lang) -> Ordering {
        let order = |lang: &Lang| lang.place().unwrap_or(usize::MAX);
        order(self).cmp(&order(other)).then_with(|| self.0.cmp(other.0))
    }
}

impl PartialOrd for Lang {
    fn partial_cmp(&self, other: &Lang) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.0)
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
