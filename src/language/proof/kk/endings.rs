//! Endings: the singular behind a number, endings in harmony with their noun, what postpositions and verbs govern.

use std::ops::Range;

use super::super::rules::Words;
use super::super::script::KAZAKH;
use super::super::{Fault, Finding};
use crate::language::suffix_kk::{Sound, chains};
use crate::language::{Language, NBSP, kk};

// «бір» says «some» as well.
const NUMERALS: &str = "екі үш төрт бес алты жеті сегіз тоғыз он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан жүз мың \
     бірнеше миллион миллиард";

/// Words that end like a plural and are none, by their beginnings.
const NO_PLURAL: [&str; 16] = [
    "доллар",
    "гектар",
    "центнер",
    "қатар",
    "дәптер",
    "мастер",
    "кластер",
    "лидер",
    "тренер",
    "тендер",
    "ордер",
    "алтар",
    "календар",
    "жылдар",
    "литр",
    "семинар",
];

/// Postpositions and verbs, and the endings that the word before them cannot have.
const GOVERNED: [(&str, &[&str]); 13] = [
    ("дейін", &["дан", "ден", "тан", "тен", "нан", "нен", "да", "де", "та", "те", "ның", "нің", "дың", "дің"]),
    ("кейін", NO_ABLATIVE),
    ("бері", NO_ABLATIVE),
    ("бастап", NO_ABLATIVE),
    ("бойынша", PLAIN),
    ("туралы", PLAIN),
    ("үшін", PLAIN),
    ("сәйкес", &["дан", "ден", "тан", "тен", "нан", "нен", "ның", "нің"]),
    ("қарағанда", &["дан", "ден", "тан", "тен", "нан", "нен", "ның", "нің"]),
    ("құрады", OBLIQUE),
    ("құрайды", OBLIQUE),
    ("құраған", OBLIQUE),
    ("жетті", &["ды", "ді", "ты", "ті", "дан", "ден", "тан", "тен", "нан", "нен"]),
];

/// Cases of a plural or of a possessive, which cannot be the end of a stem.
const PLAIN: &[&str] = &[
    "ларға",
    "лерге",
    "дарға",
    "дерге",
    "тарға",
    "терге",
    "ларда",
    "лерде",
    "дарда",
    "дерде",
    "тарда",
    "терде",
    "лардан",
    "лерден",
    "дардан",
    "дерден",
    "тардан",
    "терден",
    "сына",
    "сіне",
    "сында",
    "сінде",
    "сынан",
    "сінен",
    "лардың",
    "лердің",
    "дардың",
    "дердің",
    "тардың",
    "тердің",
    "сының",
    "сінің",
];
/// What stands behind no word of the ablative: dative, genitive, and plurals and possessives without a case.
const NO_ABLATIVE: &[&str] = &[
    "ға",
    "ге",
    "қа",
    "ке",
    "сына",
    "сіне",
    "ына",
    "іне",
    "сының",
    "сінің",
    "ының",
    "інің",
    "лары",
    "лері",
    "дары",
    "дері",
    "тары",
    "тері",
    "сы",
    "сі",
];
const OBLIQUE: &[&str] = &["ға", "ге", "қа", "ке", "дан", "ден", "нан", "нен", "тен"];

/// Endings that Russian words have and Kazakh words have not.
const RUSSIAN: [&str; 26] = [
    "ение",
    "ения",
    "ению",
    "ением",
    "ание",
    "ания",
    "ность",
    "ности",
    "ться",
    "ется",
    "ился",
    "лась",
    "лось",
    "ций",
    "цию",
    "цией",
    "ского",
    "ской",
    "ских",
    "ском",
    "ские",
    "ская",
    "ский",
    "ого",
    "ому",
    "ыми",
];

/// Russian words of few letters that Kazakh has not.
const SMALL: [&str; 40] = [
    "и",
    "как",
    "это",
    "человек",
    "человека",
    "людей",
    "тысяч",
    "тысячи",
    "года",
    "году",
    "лет",
    "рублей",
    "тенге",
    "данным",
    "населения",
    "области",
    "в",
    "из",
    "для",
    "или",
    "при",
    "по",
    "что",
    "также",
    "согласно",
    "однако",
    "поэтому",
    "который",
    "более",
    "менее",
    "чем",
    "если",
    "после",
    "между",
    "около",
    "против",
    "кроме",
    "вместе",
    "затем",
    "почти",
];

/// Reads a passage.
pub(super) fn read(language: &Language, text: &str, words: &Words, found: &mut Vec<Finding>) {
    for i in 0..words.len() {
        plural(text, words, i, found);
        harmony(language, text, words, i, found);
        governed(text, words, i, found);
        foreign(language, text, words, i, found);
    }
}

/// Finds a plural behind a number.
fn plural(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    let lower = word.to_lowercase();
    let is_plural = ["лар", "лер", "дар", "дер", "тар", "тер"].iter().any(|ending| {
        lower.match_indices(ending).any(|(from, _)| {
            let (before, rest) = (&lower[..from], &lower[from + ending.len()..]);
            before.chars().count() > 1 && Sound::plural_of(before) == *ending && chains().contains(rest)
        })
    });
    if !is_plural {
        return;
    }
    let before = text[..at.start].strip_suffix([' ', NBSP, '\n']).unwrap_or_default();
    let part = |text: &'_ str| text.rsplit([' ', NBSP, '\n', '(', '«']).next().map_or(0, str::len);
    let (mut left, word_before) = before.split_at(before.len() - part(before));
    let mut last = word_before.to_lowercase();
    // «12 жаңа мектептер», «12 000 үй шаруашылықтары».
    if is_modifier(&last) {
        let counted = left.trim_end_matches([' ', NBSP]);
        let (further, count) = counted.split_at(counted.len() - part(counted));
        if digits_of(count) && !is_year(count) || ["мың", "млн", "млрд"].contains(&count) {
            (left, last) = (further, count.to_owned());
        }
    }
    if left.trim_end_matches([' ', NBSP]).ends_with('№') {
        return;
    }
    // «2020–2022 жылдары» are dates; «5 жылдар» is a number of years.
    let counts_years = lower.starts_with("жылдар") && (numeral(&last) || digits_of(&last) && last.len() != 4);
    if NO_PLURAL.iter().any(|own| lower.starts_with(own)) && !counts_years {
        return;
    }
    if last.ends_with(',') {
        return;
    }
    let scaled = ["млн", "млрд", "трлн"].contains(&last.as_str());
    if digits_of(&last) || scaled || numeral(&last) {
        found.push(Finding {
            fault: Fault::Plural,
            span: at.clone(),
            message: format!("`{word}` is plural behind a number"),
            hint: "behind a number the noun stands in the singular".to_owned(),
        });
    }
}

/// Words between a number and the noun that it counts, and endings of adjectives.
const MODIFIERS: &str = "үй оқу жаңа ескі ірі шағын жеке қала ауыл тұрғын өнеркәсіп білім емдеу көше мал су жол жер кәсіпкерлік \
     шаруа фермер кен орта бастауыш балалар музыка спорт мәдени туристік";
const ADJECTIVES: [&str; 6] = ["лық", "лік", "дық", "дік", "тық", "тік"];

fn is_modifier(word: &str) -> bool {
    let is_adjective = ADJECTIVES.iter().any(|end| word.ends_with(end)) && !["халық", "жылдық"].contains(&word);
    is_adjective || MODIFIERS.split_whitespace().any(|own| own == word)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse().is_ok_and(|year: u32| (1800..=2100).contains(&year))
}

fn digits_of(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || c == ',')
}

fn numeral(word: &str) -> bool {
    NUMERALS.split_whitespace().any(|numeral| numeral == word)
}

/// Finds a known noun whose endings are not those of its sounds: `облысінде`, `өңірлар`.
fn harmony(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    const VERBS: &str = "қалады салады қалды салды қалған салған балды топты ағынды";
    let (at, word) = &words[i];
    let lower = word.to_lowercase();
    if VERBS.split_whitespace().any(|verb| verb == lower) || text[at.end..].starts_with('-') {
        return;
    }
    let fits = |noun: &&str| noun.chars().count() > 2 && !noun.contains(' ') && lower.starts_with(*noun);
    let own = language.own.nouns.iter().map(|noun| noun.word.as_str()).filter(fits).max_by_key(|noun| noun.len());
    let stem =
        kk::nouns().filter(fits).max_by_key(|noun| noun.len()).into_iter().chain(own).max_by_key(|noun| noun.len());
    let Some(stem) = stem else { return torn(language, at, word, &lower, found) };
    let rest = &lower[stem.len()..];
    let own = Sound::chains_of(stem);
    if rest.is_empty() || own.is_empty() || !chains().contains(rest) || own.contains(rest) {
        return torn(language, at, word, &lower, found);
    }
    found.push(Finding {
        fault: Fault::Ending,
        span: at.clone(),
        message: format!("`{word}` has not the endings that `{stem}` takes"),
        hint: "the ending follows the last vowel and the last sound of the word".to_owned(),
    });
}

/// Endings that no plural of back vowels takes, and none of front ones.
const TORN: [(&[&str], &[&str]); 2] = [
    (&["лар", "дар", "тар"], &["ге", "де", "те", "ден", "тен", "дің", "тің", "ді", "ның", "дын"]),
    (&["лер", "дер", "тер"], &["ға", "да", "та", "дан", "тан", "дың", "тың", "ды", "нің", "дін"]),
];

/// Finds a plural whose case is not in harmony with it, whatever its stem: `деректерға`, `қалаларге`.
fn torn(language: &Language, at: &Range<usize>, word: &str, lower: &str, found: &mut Vec<Finding>) {
    if let Some((stem, right)) = stray(language, word, lower) {
        found.push(Finding {
            fault: Fault::Ending,
            span: at.clone(),
            message: format!("the ending of `{word}` does not fit the vowels of `{stem}`"),
            hint: format!("write `{right}`"),
        });
        return;
    }
    if let Some((stem, right)) = unvoiced(language, lower) {
        found.push(Finding {
            fault: Fault::Ending,
            span: at.clone(),
            message: format!("the ending of `{word}` does not fit the last sound of `{stem}`"),
            hint: format!("write `{right}`"),
        });
        return;
    }
    let is_torn = TORN.iter().any(|(plurals, endings)| {
        let stems = endings.iter().filter_map(|ending| lower.strip_suffix(ending));
        stems.into_iter().any(|stem| {
            let before = plurals.iter().find_map(|plural| stem.strip_suffix(plural));
            before.is_some_and(|before| before.chars().count() > 1)
        })
    });
    if is_torn && !NO_PLURAL.iter().any(|own| lower.starts_with(own)) {
        found.push(Finding {
            fault: Fault::Ending,
            span: at.clone(),
            message: format!("the case of `{word}` does not fit its plural"),
            hint: "the ending follows the vowels of the plural: «деректерге», «қалаларға»".to_owned(),
        });
    }
}

/// Returns the stem whose last sound is voiceless before an ending that begins with a voiced one, and how it is right: «өсды».
fn unvoiced(language: &Language, lower: &str) -> Option<(String, String)> {
    const ENDINGS: [&str; 16] =
        ["ды", "ді", "да", "де", "дан", "ден", "дың", "дің", "ға", "ге", "ған", "ген", "дар", "дер", "дағы", "дегі"];
    let twin = |letter: char| match letter {
        'д' => 'т',
        'ғ' => 'қ',
        'г' => 'к',
        other => other,
    };
    ENDINGS.iter().find_map(|end| {
        let stem = lower.strip_suffix(end)?;
        let is_voiceless = stem.ends_with(['п', 'ф', 'к', 'қ', 'т', 'с', 'ш']) && stem.chars().count() > 1;
        let entered = |word: &str| language.vocabulary().enters(word);
        let mut letters = end.chars();
        let right: String = stem.chars().chain(letters.next().map(twin)).chain(letters).collect();
        (is_voiceless && entered(stem) && !entered(lower)).then(|| (stem.to_owned(), right))
    })
}

/// Returns the stem of a name, or of a word of the dictionary, whose endings are of the other vowels, and how it is right: «Алматыден»,
/// «Өскеменда», «банктардың».
fn stray(language: &Language, word: &str, lower: &str) -> Option<(String, String)> {
    const TWINS: [(char, char); 4] = [('а', 'е'), ('ы', 'і'), ('ғ', 'г'), ('қ', 'к')];
    const BACK: &str = "аоұы";
    const FRONT: &str = "әөүіе";
    let twin = |letter: char| {
        let other = TWINS.iter().find_map(|(back, front)| match letter {
            _ if letter == *back => Some(*front),
            _ if letter == *front => Some(*back),
            _ => None,
        });
        other.unwrap_or(letter)
    };
    let is_vowel = |c: char| "аәеоөұүыіуиэюя".contains(c);
    let is_name = word.starts_with(char::is_uppercase);
    // A family name keeps the vowels of its root: «Сәтбаевта».
    let keeps = |stem: &str| stem.ends_with("ев") || lower.ends_with("стан");
    lower.char_indices().skip(4).map(|(at, _)| lower.split_at(at)).find_map(|(stem, rest)| {
        if !chains().contains(rest) || keeps(stem) || !is_name && !language.vocabulary().enters(stem) {
            return None;
        }
        let own = Sound::chains_of(stem);
        let other: String = rest.chars().map(twin).collect();
        // «жұмысге»: both the vowels and the first sound are of another word.
        let other = match other.chars().next() {
            Some(first) if !own.contains(&other) => {
                let voiceless = match first {
                    'ғ' => 'қ',
                    'г' => 'к',
                    'д' => 'т',
                    other => other,
                };
                format!("{voiceless}{}", &other[first.len_utf8()..])
            }
            _ => other,
        };
        let is_front = rest.contains(['а', 'ы']);
        let vowels = if is_front { FRONT } else { BACK };
        // Where the last sounds are a vowel, or one consonant behind it, no other reading of them gives the other vowels.
        let last: Vec<char> = stem.chars().rev().take(3).collect();
        let cluster = is_front && !is_vowel(last[0]) && !is_vowel(last[1]) && vowels.contains(last[2]);
        let is_plain = vowels.contains(last[0]) || vowels.contains(last[1]) && !"ьъ".contains(last[0]);
        let is_told = is_plain || cluster || is_front && Sound::is_told(stem);
        (is_told && own.contains(&other) && !own.contains(rest))
            .then(|| (word[..stem.len()].to_owned(), [&word[..stem.len()], other.as_str()].concat()))
    })
}

/// Finds a word in a case that the postposition or verb behind it does not take.
fn governed(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    let lower = word.to_lowercase();
    let Some((_, wrong)) = GOVERNED.iter().find(|(own, _)| *own == lower) else { return };
    let before = text[..at.start].strip_suffix([' ', NBSP, '\n']).unwrap_or_default();
    let last = super::last_word(before);
    let small = last.to_lowercase();
    let name = last.starts_with(char::is_uppercase) && small.ends_with("стан");
    // «баға кейін өсті»: a word that ends like a dative and is none.
    const WHOLE: [&str; 8] = ["баға", "жаға", "өлке", "қысқа", "басқа", "ірге", "арқа", "сөреке"];
    if WHOLE.contains(&small.as_str()) {
        return;
    }
    let ends = wrong
        .iter()
        .any(|end| small.ends_with(end) && (small.chars().count() > end.chars().count() + 1 || small.contains('-')));
    if ends && !name && !small.is_empty() {
        found.push(Finding {
            fault: Fault::Government,
            span: before.len() - last.len()..before.len(),
            message: format!("`{word}` does not take the case of `{last}`"),
            hint: "give the word before it the case that it takes, or use `case`".to_owned(),
        });
    }
}

/// Finds a Russian word in the middle of a sentence.
fn foreign(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    let quoted = text[..at.start].matches('«').count() > text[..at.start].matches('»').count();
    let small = word.chars().all(|c| c.is_lowercase() && !KAZAKH.contains(&c));
    let russian = word.chars().count() > 5 && RUSSIAN.iter().any(|end| word.ends_with(end)) || SMALL.contains(word);
    let is_known = || language.vocabulary().lists(word);
    if small && russian && !quoted && words.len() > 2 && !is_known() {
        found.push(Finding {
            fault: Fault::Untranslated,
            span: at.clone(),
            message: format!("`{word}` is a Russian word in a Kazakh sentence"),
            hint: "translate it, or put a name into quotation marks".to_owned(),
        });
    }
}
