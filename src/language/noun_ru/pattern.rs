//! Pattern: declining a word as a known noun is declined, where its sounds allow the endings.

use std::borrow::Cow;

use super::known::{IN_ETS, IN_YE};
use super::{HUSHING, Noun, find};
use crate::language::Case;

/// Says whether a stem may take the endings of a pattern: some go behind some sounds alone, some call for a vowel that only
/// a dictionary tells.
fn fits(pattern: &Noun, stem: &str) -> bool {
    const HISSING: &str = "жшчщ";
    const CONSONANTS: &str = "бвгджзйклмнпрстфхцчшщ";
    let mut back = stem.chars().rev();
    let last = back.next().unwrap_or_default();
    // Between the two of «кошк» and «окн» a vowel stands where no ending does.
    let before = back.next().filter(|before| *before != last && (CONSONANTS.contains(*before) || *before == 'ь'));
    let broken = |lasts: &str| before.is_some() && lasts.contains(last);
    let vowels = stem.chars().filter(|c| !CONSONANTS.contains(*c) && *c != 'ь').count();
    let [nominative, _, _, _, instrumental, _, genitive, ..] = pattern.endings.each_ref().map(|own| &**own);
    match (nominative, genitive) {
        // «человек», «раз»: no other noun is counted so.
        ("", "") | ("ело", _) => false,
        ("", "ов") => CONSONANTS.contains(last) && !HISSING.contains(last) && !"йц".contains(last),
        // «палец» loses a vowel, «кузнец» does not.
        ("", "ев") => {
            last == 'ц' && (!stem.ends_with("ец") || stem.chars().rev().skip(2).take(2).all(|c| CONSONANTS.contains(c)))
        }
        ("", "ей") => HISSING.contains(last),
        ("а", "") => (instrumental == "ей") == (HISSING.contains(last) || last == 'ц') && !broken("кц"),
        ("о", "") => !broken("кнлмр"),
        ("ло", "ел") => last == 'с',
        ("й", "ёв") => vowels == 1,
        ("я" | "е", "й") => last == 'и',
        ("я", "ь") => CONSONANTS.contains(last),
        _ => true,
    }
}

/// Declines a word as another noun is declined.
pub(super) fn alike(word: &str, pattern: &Noun) -> Option<Noun> {
    let stem = word.strip_suffix(&*pattern.endings[0]).filter(|stem| !stem.is_empty() && fits(pattern, stem))?;
    // A noun whose forms share no stem is a pattern for no other.
    (!pattern.stem.is_empty() && pattern.adjectives.is_empty()).then(|| {
        let mut endings = pattern.endings.clone();
        // «школа – школы», but «клиника – клиники», «дача – дачи».
        if endings[0] == "а" {
            endings[1] = Cow::Borrowed(if stem.ends_with(HUSHING) { "и" } else { "ы" });
        }
        Noun { lemma: Cow::Owned(word.to_owned()), stem: Cow::Owned(stem.to_owned()), endings, ..pattern.clone() }
    })
}

/// Nouns by whose patterns a word may be declined.
const PATTERNS: [&str; 18] = [
    "регион",
    "показатель",
    "случай",
    "месяц",
    "врач",
    "колледж",
    "посёлок",
    "переселенец",
    "школа",
    "республика",
    "больница",
    "тысяча",
    "проверка",
    "область",
    "территория",
    "неделя",
    "место",
    "значение",
];

/// Says whether what looks feminine is a form of a masculine noun that loses its vowel: «угля» of «уголь».
fn is_fleeting(noun: &Noun, is_entry: &dyn Fn(&str) -> bool) -> bool {
    let Some((at, last)) = noun.stem.char_indices().next_back().filter(|_| noun.lemma.ends_with(['а', 'я'])) else {
        return false;
    };
    let signs = if noun.lemma.ends_with('я') { "ь" } else { "" };
    ["о", "е", "ё"].iter().any(|vowel| is_entry(&format!("{}{vowel}{last}{signs}", &noun.stem[..at])))
}

/// Returns the nouns of which a word may be a form: each is an entry of a dictionary, which knows the forms of its declension.
pub(in crate::language) fn guessed(
    word: &str,
    is_entry: &dyn Fn(&str) -> bool,
    is_known: &dyn Fn(&str) -> bool,
) -> Vec<Noun> {
    const TELLING: [Case; 3] = [Case::Dat, Case::Ins, Case::Prep];
    let mut found: Vec<Noun> = Vec::new();
    for pattern in PATTERNS.into_iter().filter_map(find).chain([&IN_YE, &IN_ETS]) {
        let mut endings: Vec<&str> = pattern.endings.iter().map(|own| &**own).collect();
        endings.extend(["и", "ы", "а", "я"]);
        endings.sort_unstable();
        endings.dedup();
        for stem in endings.into_iter().filter_map(|ending| word.strip_suffix(ending)) {
            let lemma = [stem, &*pattern.endings[0]].concat();
            let Some(noun) = alike(&lemma, pattern).filter(|noun| noun.stem.chars().count() > 1) else { continue };
            if !is_entry(&lemma) || is_fleeting(&noun, is_entry) {
                continue;
            }
            let is_new = found.iter().all(|other| other.lemma != noun.lemma);
            let forms = noun.cases_of(word);
            if is_new
                && forms.iter().any(|list| !list.is_empty())
                && TELLING.iter().all(|case| is_known(&noun.one(*case)))
            {
                found.push(noun);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{NounSpec, declared};
    use super::*;

    #[test]
    fn a_word_keeps_the_rule_of_spelling_whatever_it_is_declined_like() {
        let genitive = |word: &str, like: &str| {
            let spec = NounSpec { word: word.to_owned(), like: Some(like.to_owned()), ..NounSpec::default() };
            declared(&spec, &[]).expect("it is declined").one(Case::Gen).into_owned()
        };
        assert_eq!(genitive("клиника", "школа"), "клиники");
        assert_eq!(genitive("книга", "тонна"), "книги");
        assert_eq!(genitive("фирма", "строка"), "фирмы");
        assert_eq!(genitive("фабрика", "республика"), "фабрики");
        assert_eq!(genitive("кузнец", "месяц"), "кузнеца");
    }

    #[test]
    fn a_word_is_declined_like_no_noun_whose_endings_it_cannot_take() {
        for (word, like) in [
            ("музей", "час"),
            ("лагерь", "город"),
            ("колледж", "месяц"),
            ("ножницы", "школа"),
            ("учебник", "раз"),
            ("экзамен", "человек"),
            ("палец", "месяц"),
            ("кошка", "школа"),
            ("дача", "школа"),
            ("овца", "больница"),
            ("окно", "место"),
            ("стекло", "число"),
            ("тело", "село"),
            ("трамвай", "край"),
            ("этаж", "город"),
        ] {
            let spec = NounSpec { word: word.to_owned(), like: Some(like.to_owned()), ..NounSpec::default() };
            let refused = declared(&spec, &[]).expect_err("it is refused");
            assert!(!refused.hint.contains(&format!(" {like},")), "{word}: {}", refused.hint);
        }
        let many = |word: &str, like: &str| {
            let spec = NounSpec { word: word.to_owned(), like: Some(like.to_owned()), ..NounSpec::default() };
            declared(&spec, &[]).expect("it is declined").many(Case::Gen)
        };
        assert_eq!(many("музей", "случай"), "музеев");
        assert_eq!(many("этаж", "врач"), "этажей");
        assert_eq!(many("лицей", "случай"), "лицеев");
        assert_eq!(many("техникум", "город"), "техникумов");
        assert_eq!(many("копейка", "ячейка"), "копеек");
        assert_eq!(many("справка", "проверка"), "справок");
    }

    #[test]
    fn a_word_is_declined_where_the_whole_declension_is_known() {
        let forms = "начало начала началу началом начале угла углу углом угле уголь угля углю углем углей угли углы конец конца концу концом \
             конце жильё жилья жилью жильём жилье";
        let is_known = |form: &str| forms.split(' ').any(|own| own == form);
        let is_entry = |lemma: &str| ["начало", "конец", "уголь", "угол", "жильё"].contains(&lemma);
        let guessed = |word: &str| -> Vec<String> {
            guessed(word, &is_entry, &is_known).iter().map(|noun| noun.lemma().to_owned()).collect()
        };
        assert_eq!(guessed("начала"), ["начало"]);
        assert_eq!(guessed("конце"), ["конец"]);
        for word in ["угла", "угля", "жильё"] {
            assert!(guessed(word).is_empty(), "{word}");
        }
    }
}
