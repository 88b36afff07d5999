//! Proof of Kazakh.

mod cases;
mod endings;
mod year;

use super::rules::{Measure, Printed, ReadNumber, Rules, Sentence, Span, Words};
use super::script::{KAZAKH, RUSSIAN, is_cyrillic, is_stray};
use super::{Fault, Finding, plain, words};
use crate::language::{Language, NBSP, suffix_kk};

pub(in crate::language) static RULES: Rules = Rules {
    is_strange: is_stray,
    is_own: is_cyrillic,
    other,
    is_left_over,
    units: &["%", "‰", "ж.", "жж.", "мың", "млн", "млрд", "трлн", "п.", "теңге", "адам", "адамды", "адамға"],
    labels: &["№"],
    points: &["п.", "т."],
    measures: &[
        (Measure::Scale, "мың мыңға мыңнан мыңды млн миллион* млрд миллиард* трлн триллион*"),
        (Measure::Persons, "адам адамды адамға адамнан адамның кісі"),
        (Measure::Percent, "% пайыз пайызы пайызға пайыздан пайызды пайыздың пайызда пайызбен пайызын процент"),
        (Measure::PerMille, "‰ промилле"),
        (Measure::Money, "теңге теңгеге теңгеден тг ₸"),
        (Measure::Year, "ж жж жыл жылы жылғы жылдары жылдан жылға"),
    ],
    guillemets: true,
    directions: [
        &["өсті", "өскен", "артты", "артқан", "көбей", "ұлғайды", "ұлғайған", "жоғарылады", "көтерілді", "молайды"],
        &[
            "төмендеді",
            "төмендеген",
            "азайды",
            "азайған",
            "кеміді",
            "кеміген",
            "қысқарды",
            "қысқарған",
            "құлдырады",
            "түсті",
        ],
    ],
    comparatives: [&["көп", "артық", "жоғары"], &["аз", "кем", "төмен"]],
    growth: &["өсім", "өсімі", "артуы", "көбеюі"],
    stopless: &["млн", "млрд", "трлн"],
    vowels: "аәеёоөұүыіуиэюя",
    again: &["яғни", "немесе"],
    losses: &["кему", "дефицит", "сальдо"],
    scales: &["мың", "млн", "млрд", "трлн"],
    superlatives: [
        &["ең жоғар*", "ең көп", "ең көбі", "ең үлкен*", "ең ірі*", "ең биік*", "барынша көп", "максим*"],
        &["ең төмен*", "ең аз", "ең азы", "ең кіші*", "ең шағын*", "миним*"],
    ],
    adverbs: &["көп", "аз", "көбі", "азы"],
    leads: &[],
    signs: [&["оң"], &["теріс"]],
    gains: [
        &["алған", "алды", "көбей*", "өсті", "өскен", "артты", "артқан", "ұлғай*"],
        &[
            "жоғалт*",
            "азай*",
            "кемі*",
            "кему*",
            "төменде*",
            "қысқар*",
            "айырыл*",
            "дефицит*",
            "шығын*",
            "кетті",
            "кеткен*",
            "теріс",
        ],
    ],
    beside: [&["(", ":", "–"], &["", ":", "–", "("]],
    is_when,
    of_year: &["жылғы"],
    quarters: &["тоқсан*"],
    significant: &["мәнді", "маңызды", "елеулі"],
    latter: &["екінші*", "соңғы*"],
    currencies: &["теңге*", "доллар*", "еуро*", "рубль*", "рубл*", "юань*", "злот*", "фунт*", "иен*", "сом*"],
    endings: &[
        "ға", "ге", "қа", "ке", "на", "не", "да", "де", "та", "те", "дан", "ден", "тан", "тен", "нан", "нен", "ды",
        "ді", "ты", "ті", "ны", "ні", "дың", "дің", "тың", "тің", "ның", "нің", "мен", "бен", "пен",
    ],
    ends,
    negative: &["теріс"],
    balance: &["сальдо", "сальдосы", "айырымы"],
    grows: (&GROWS, |_| true),
    is_share: |word| word.starts_with("үлес"),
    changes: &GROWS,
    is_by,
    is_range,
    year: year::read,
    read,
    ..plain::RULES
};

const GROWS: [&str; 10] =
    ["өсті", "артты", "көбейді", "төмендеді", "азайды", "кеміді", "қысқарды", "ұлғайды", "өскен", "азайған"];

fn other(sentence: &Sentence) -> Option<&'static str> {
    let Sentence { words, latin } = sentence;
    let kazakh = words.iter().filter(|word| word.contains(KAZAKH)).count();
    let russian = words.iter().filter(|word| RUSSIAN.contains(word)).count();
    if latin * 2 > words.len() {
        return Some("English");
    }
    // One Russian word may be a label; two, or a sentence without one Kazakh letter, are Russian.
    (kazakh == 0 && russian > 0 || russian * 6 > words.len() && russian > 1).then_some("Russian")
}

/// Headings and names that are the same in Russian.
const SAME: &str = "диаграмма график карта индекс медиана дисперсия минимум максимум квота глоссарий рейтинг млн млрд алматы \
     астана шымкент павлодар миграция формула файл лицензия термин динамика структура коэффициент тенденция статистика агент \
     бюро сальдо х";

fn is_left_over(other: &str, text: &str) -> bool {
    let known = |word: &str| SAME.split_whitespace().any(|same| same == word.to_lowercase());
    other == "ru"
        && text.chars().any(is_cyrillic)
        && !text.to_lowercase().contains(KAZAKH)
        && !words(text).iter().all(|(_, word)| known(word))
}

fn read(language: &Language, text: &str, words: &Words, found: &mut Vec<Finding>) {
    found.extend(suffix_kk::misfits_in(text).into_iter().map(|(span, wrong, right)| Finding {
        fault: Fault::Ending,
        message: format!("`{wrong}` has not the ending of how it is read"),
        hint:
            right.map_or_else(|| "write it with `case`".to_owned(), |right| format!("write `{right}`, or use `case`")),
        span,
    }));
    endings::read(language, text, words, found);
    (0..words.len()).for_each(|i| cases::read(language, text, words, i, found));
    cases::dates(language, text, words, found);
    cases::ordinals(text, words, found);
}

/// «56,1%-дан 61,2%-ға дейін», or the verb in place of «дейін».
fn ends(text: &str, number: &ReadNumber) -> Option<(Printed, Printed)> {
    let until = text.find("дейін").or_else(|| verb_behind(text))?;
    let before = text[..until].trim_end_matches([' ', NBSP]);
    let starts: Vec<usize> = before
        .char_indices()
        .filter(|(at, c)| {
            let last = before[..*at].chars().next_back();
            c.is_ascii_digit() && last.is_none_or(|c| !c.is_ascii_digit() && c != NBSP && c != ',')
        })
        .map(|(at, _)| if before[..at].ends_with('\u{2212}') { at - '\u{2212}'.len_utf8() } else { at })
        // «2023 жылғы 35,1 мыңнан 2024 жылы 28,0 мыңға дейін»: a year only dates an end.
        .filter(|at| !is_dated(&before[*at..]))
        .collect();
    // «20 өңірдің 5-інде 2013 жылдан 2023 жылға дейін»: years end no change, and 20 is not where 5 began.
    let [.., from, to] = starts.as_slice() else { return None };
    let ends =
        |part: &str, list: [&str; 6]| words(part).iter().any(|(_, word)| list.iter().any(|end| word.ends_with(end)));
    let ablative = ["дан", "ден", "тан", "тен", "нан", "нен"];
    let dative = ["ға", "ге", "қа", "ке", "на", "не"];
    if !ends(&before[*from..*to], ablative) || !ends(&before[*to..], dative) {
        return None;
    }
    Some((number(&before[*from..])?, number(&before[*to..])?))
}

/// «2022 жылы», «2022 жылғы қарашада», but not «2022 жылы құрылған».
fn is_when<'a>(_: &'a str, behind: &'a str) -> Option<Option<&'a str>> {
    let mut words = behind.split([' ', NBSP, '\n', ',']).filter(|word| !word.is_empty());
    let (year, next) = (words.next()?, words.next().unwrap_or_default());
    let is_participle = ["ған", "ген", "қан", "кен"].iter().any(|end| next.ends_with(end));
    match year {
        "жылы" if !is_participle => Some(None),
        "жылғы" if ["да", "де", "та", "те"].iter().any(|end| next.ends_with(end)) => Some(Some(next)),
        _ => None,
    }
}

/// Returns where a verb of a change stands.
fn verb_behind(text: &str) -> Option<usize> {
    let verbs = RULES.directions.iter().flat_map(|stems| stems.iter());
    verbs.filter_map(|verb| text.find(verb)).min()
}

/// Says whether a year stands at the beginning of a text, with its word.
fn is_dated(text: &str) -> bool {
    let word = text.trim_start_matches(|c: char| c.is_ascii_digit());
    text.len() - word.len() == 4 && word.trim_start_matches([' ', NBSP]).starts_with('ж')
}

/// «5,1%-ға артты», but not «61,2%-ға дейін».
fn is_by(_: &str, after: &str, is_last: bool) -> bool {
    let dative = after.strip_prefix("-ға").or_else(|| after.strip_prefix("-ге"));
    dative.is_some_and(|rest| !rest.trim_start().starts_with("дейін")) && is_last
}

/// «2010 жылдан 2024 жылға дейін».
fn is_range(span: &Span) -> bool {
    let until = span.behind.trim_start_matches([' ', NBSP]);
    matches!(span.between.as_slice(), ["жылдан"] | ["жылдан", "бастап"]) && until.starts_with("жылға дейін")
}
