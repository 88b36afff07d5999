//! Proof of Russian.

mod agreement;
mod figures;
mod foreign;
mod forms;
mod government;
mod plurals;
mod predicate;
mod year;

use std::ops::Range;

use super::rules::{Measure, Printed, ReadNumber, Rules, Sentence, Span, Words};
use super::script::{KAZAKH, RUSSIAN, is_stray};
use super::{Finding, clauses, plain};
use crate::language::{Gender, Language, NBSP};

pub(in crate::language) static RULES: Rules = Rules {
    is_strange: is_stray,
    is_own: |letter| matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё'),
    lone: &["a", "c", "o", "y"],
    other,
    units: &[
        "%",
        "‰",
        "г.",
        "гг.",
        "тыс.",
        "млн",
        "млрд",
        "трлн",
        "чел.",
        "п.",
        "человек",
        "человека",
        "человеку",
        "человеком",
        "тенге",
        "млн.",
        "млрд.",
    ],
    labels: &["№", "рис.", "табл.", "Рис.", "Табл.", "с.", "С.", "ст."],
    measures: &[
        (Measure::Scale, "тыс тысяч* млн миллион* млрд миллиард* трлн триллион*"),
        (Measure::Persons, "чел человек человека человеку человеком людей"),
        (Measure::Percent, "% процент процента процентов проценту процентом процентам процентами процентах проц"),
        (Measure::PerMille, "‰ промилле"),
        (Measure::Money, "тенге тг ₸"),
        (Measure::Year, "г гг год года году годов годы годах"),
    ],
    guillemets: true,
    directions: [
        &["вырос", "возрос", "увеличил", "повысил", "поднял", "прибавил"],
        &["снизил", "сократил", "уменьшил", "упал", "опустил", "убавил"],
    ],
    comparatives: [&["больше", "выше", "более"], &["меньше", "ниже", "менее"]],
    growth: &["прирост", "рост", "увеличение", "повышение"],
    stopless: &["млн", "млрд", "трлн"],
    stopped: &["тыс", "гг", "чел"],
    vowels: "аеёиоуыэюяй",
    again: &["то", "т", "или", "на", "иначе"],
    losses: &["убыл", "отток", "потер", "дефицит", "сальдо"],
    scales: &["тыс", "млн", "млрд", "трлн"],
    superlatives: [
        &[
            "больше всего",
            "больше всех",
            "выше всего",
            "чаще всего",
            "быстрее всего",
            "сам* высок*",
            "сам* больш*",
            "сам* крупн*",
            "наибольш*",
            "наивысш*",
            "максим*",
            "крупнейш*",
            "высочайш*",
        ],
        &[
            "меньше всего",
            "меньше всех",
            "ниже всего",
            "реже всего",
            "медленнее всего",
            "сам* низк*",
            "сам* мал*",
            "наименьш*",
            "наинизш*",
            "миним*",
            "мельчайш*",
        ],
    ],
    adverbs: &["всего", "всех"],
    leads: &["в", "за"],
    signs: [&["положительн*"], &["отрицательн*"]],
    gains: [
        &["получи*", "приобре*", "прибав*", "выигра*", "вырос*", "увеличил*", "прирос*", "прирост*"],
        &[
            "потер*",
            "теря*",
            "убыл*",
            "убыв*",
            "отток*",
            "лиши*",
            "снизи*",
            "сократи*",
            "уменьши*",
            "упал*",
            "дефицит*",
            "убыт*",
            "уех*",
            "уезж*",
            "выех*",
            "выезж*",
            "выбы*",
            "покин*",
            "покид*",
            "сниж*",
            "сокращ*",
            "паден*",
            "отрицательн*",
        ],
    ],
    beside: [&["в", "во", "у", "(", "–", ":"], &[":", "–", "("]],
    is_when,
    quarters: &["квартал*"],
    significant: &["значим*", "достоверн*"],
    latter: &["втор*", "последн*"],
    currencies: &[
        "тенге",
        "доллар*",
        "евро",
        "рубл*",
        "юан*",
        "злот*",
        "фунт*",
        "иен*",
        "франк*",
        "сум",
        "сумов",
        "лир",
        "лиры",
    ],
    is_below,
    ends,
    negative: &["отрицательн"],
    balance: &["сальдо"],
    grows: (
        &[
            "увеличил",
            "вырос",
            "возрос",
            "снизил",
            "сократил",
            "уменьшил",
            "повысил",
            "упал",
            "рос",
            "растёт",
            "снижа",
            "уменьша",
        ],
        is_neuter,
    ),
    verb_last: false,
    is_share: |word| ["доля", "доли", "долю", "доле", "долей", "вес"].contains(&word),
    changes: &[
        "увеличил",
        "вырос",
        "возрос",
        "снизил",
        "сократил",
        "уменьшил",
        "повысил",
        "упал",
        "рост",
        "увеличен",
        "снижен",
        "сокращен",
        "прирост",
        "повышен",
        "уменьшен",
    ],
    is_by: |before, _, _| before.ends_with(" на"),
    is_range,
    year: year::read,
    read,
    ..plain::RULES
};

fn other(sentence: &Sentence) -> Option<&'static str> {
    let Sentence { words, latin } = sentence;
    let kazakh = words.iter().filter(|word| word.contains(KAZAKH)).count();
    let has_russian = words.iter().any(|word| RUSSIAN.contains(word));
    if latin * 2 > words.len() {
        return Some("English");
    }
    (kazakh * 3 > words.len() && !has_russian).then_some("Kazakh")
}

fn read(language: &Language, text: &str, words: &Words, found: &mut Vec<Finding>) {
    plurals::read(language, text, words, found);
    for i in 0..words.len() {
        government::governed(language, text, words, i, found);
        government::between(language, text, words, i, found);
        agreement::read(language, text, words, i, found);
    }
    // What stands behind a dash may be the rest of a phrase.
    for clause in clauses(text).into_iter().filter(|clause| !text[..clause.start].ends_with('–')) {
        let from = words.partition_point(|(at, _)| at.start < clause.start);
        let until = words.partition_point(|(at, _)| at.start < clause.end);
        predicate::read(language, &words[from..until], found);
    }
    figures::read(language, text, words, found);
    foreign::read(text, words, found);
}

fn listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|own| own == word)
}

/// Returns true where one space alone parts two words.
fn beside(text: &str, first: &Range<usize>, second: &Range<usize>) -> bool {
    [" ", "\u{a0}", "\n"].contains(&&text[first.end..second.start])
}

/// Returns the gender of a verb of the past tense that has one of the stems.
fn gender_of(word: &str, stems: &[&str]) -> Option<Gender> {
    let stem = stems.iter().filter(|stem| word.starts_with(**stem)).max_by_key(|stem| stem.len())?;
    match &word[stem.len()..] {
        "" | "ся" => Some(Gender::M),
        "а" | "ла" | "ась" => Some(Gender::F),
        "о" | "ло" | "ось" => Some(Gender::N),
        "и" | "ы" | "ли" | "ись" => Some(Gender::Pl),
        _ => None,
    }
}

/// «в 2022 году», «за 2022 год», «в ноябре 2022 года», but not «чем в 2022 году» and «созданная в 2022 году».
fn is_when<'a>(before: &'a str, behind: &'a str) -> Option<Option<&'a str>> {
    let year = behind.trim_start_matches([' ', NBSP]);
    let year = &year[..year.find(|c: char| !c.is_alphabetic()).unwrap_or(year.len())];
    let mut ahead = before.split([' ', NBSP, '\n']).rev().filter(|word| !word.is_empty());
    let first = ahead.next()?;
    let lead = |word: &str| ["в", "за"].contains(&word.to_lowercase().as_str());
    let (month, than) = match lead(first) {
        true => (None, ahead.next()),
        false => (Some(first), ahead.next().filter(|word| lead(word)).map(|_| ahead.next())?),
    };
    let is_year = if month.is_some() { year == "года" } else { ["году", "год"].contains(&year) };
    let is_than = than.is_some_and(|word| ["чем", "как", "с", "тем", "было"].contains(&word.to_lowercase().as_str()));
    (is_year && !is_than).then_some(month)
}

/// «вырос на −5».
fn is_below(behind: &str) -> bool {
    let by = behind.trim_start_matches([' ', NBSP]).strip_prefix("на");
    by.is_some_and(|rest| rest.trim_start_matches([' ', NBSP]).starts_with('\u{2212}'))
}

/// «с 56,1% до 61,2%».
fn ends(text: &str, number: &ReadNumber) -> Option<(Printed, Printed)> {
    let at = text.match_indices(" до ").find_map(|(at, _)| Some((at, number(&text[at + " до ".len()..])?)));
    let (at, to) = at?;
    let from = [" с ", " со ", " от "].iter().filter_map(|word| {
        let start = text[..at].rfind(word)? + word.len();
        Some((start, number(&text[start..at])?))
    });
    // The nearest one begins what ends here.
    Some((from.max_by_key(|(start, _)| *start)?.1, to))
}

/// The verb of «сальдо» is neuter or has no gender.
fn is_neuter(verb: &str) -> bool {
    ["ось", "ло", "т", "тся"].iter().any(|ending| verb.ends_with(ending))
}

/// «с 2010 по 2024 год».
fn is_range(span: &Span) -> bool {
    let rest: Vec<&str> =
        span.between.iter().copied().filter(|word| !word.starts_with("год") && *word != "г.").collect();
    span.is_led(&["с", "со"]) && matches!(rest.as_slice(), ["по" | "до"] | ["по" | "до", _])
}
