//! Proof of Russian.

mod agreement;
mod commas;
mod figures;
mod foreign;
mod forms;
mod government;
mod hyphens;
mod participles;
mod plurals;
mod predicate;
mod verbs;
mod year;

use std::ops::Range;

use super::rules::{Figure, Measure, Rules, Sentence, Span, Words};
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
    abstracts: &[
        "ость",
        "ости",
        "остью",
        "остей",
        "ение",
        "ения",
        "ению",
        "ением",
        "ении",
        "ание",
        "ания",
        "анию",
        "анием",
        "ании",
        "ция",
        "ции",
        "цию",
        "цией",
        "цый",
        "цыя",
        "цыи",
    ],
    weekdays: &["понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень"],
    century: &["век", "вв", "столети", "съезд", "квартал"],
    again: &["то", "т", "или", "на", "иначе"],
    losses: &["убыл", "отток", "потер", "дефицит", "сальдо"],
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
            "пик",
            "пика",
            "пику",
            "пике",
            "рекордн*",
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
    flows: [&["приток*", "прирост*"], &["отток*", "убыл*", "потер*"]],
    balances: &["сальдо"],
    means: &["в среднем", "среднее", "средняя", "средний", "средние", "средней", "средних"],
    medians: &["медиан*", "медианн*"],
    totals: &["в сумме", "в общей сложности", "итого", "суммарн*"],
    heads: &["всего"],
    orders: [
        &["по убыванию", "порядке убывания", "от наибольш* к наименьш*", "от больш* к меньш*"],
        &["по возрастанию", "порядке возрастания", "от наименьш* к наибольш*", "от меньш* к больш*"],
    ],
    than: &["чем"],
    then: &["тогда же", "в том же году", "в тот же год", "в этом же году", "за тот же год"],
    edges: [
        &["первый год", "первом году", "первого года", "первому году"],
        &["последний год", "последнем году", "последнего года", "последнему году"],
    ],
    relative: &[
        "ранее",
        "раньше",
        "прежде",
        "назад",
        "предыдущ*",
        "прошл*",
        "позже",
        "позднее",
        "спустя",
        "затем",
        "начал*",
        "конц*",
    ],
    none: &["ни в одн*", "ни одн*", "нигде"],
    whether: &[
        "ли",
        "если",
        "когда",
        "где",
        "который",
        "которая",
        "которое",
        "которые",
        "которых",
        "может",
        "могут",
        "значит",
        "означает",
        "мог",
        "бы",
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
    paces: [
        &["ускорил", "подорожал", "расширил", "растет", "растёт", "растут", "увелич", "повыша"],
        &["замедлил", "подешевел", "сузил", "снижает", "снижают", "сокраща", "уменьша", "падает", "падают"],
    ],
    turns: [
        &["рост", "прирост", "увеличени", "повышени", "подорожани", "ускорени"],
        &["снижени", "сокращени", "уменьшени", "падени", "удешевлени"],
    ],
    links: &LINKS,
    goes_on: &["составив", "достигнув"],
    ends,
    compared,
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
        government::behind_pronoun(language, text, words, i, found);
        government::measured(language, text, words, i, found);
        agreement::read(language, text, words, i, found);
        verbs::read(language, text, words, i, found);
        hyphens::read(language, text, words, i, found);
        participles::read(language, text, words, i, found);
    }
    commas::read(language, text, words, found);
    // What stands behind a dash may be the rest of a phrase.
    for clause in clauses(text).into_iter().filter(|clause| !text[..clause.start].ends_with('–')) {
        let from = words.partition_point(|(at, _)| at.start < clause.start);
        let until = words.partition_point(|(at, _)| at.start < clause.end);
        predicate::read(language, &words[from..until], found);
    }
    figures::read(language, text, words, found);
    foreign::read(language, text, words, found);
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

/// Words behind a number that it does not count.
const LINKS: [&str; 45] = [
    "в",
    "во",
    "на",
    "за",
    "и",
    "а",
    "но",
    "или",
    "до",
    "по",
    "с",
    "со",
    "против",
    "при",
    "у",
    "к",
    "из",
    "о",
    "об",
    "от",
    "для",
    "что",
    "чем",
    "как",
    "где",
    "это",
    "не",
    "же",
    "годом",
    "ранее",
    "раньше",
    "назад",
    "больше",
    "меньше",
    "выше",
    "ниже",
    "соответственно",
    "между",
    "после",
    "перед",
    "около",
    "среди",
    "через",
    "то",
    "том",
];

/// Units of places in an order, where up is less.
const RANKS: [&str; 4] = ["мест", "строч", "позици", "ранг"];

/// The most words between the first end of a change and «до»: «в 2023 году».
const MOST_BETWEEN: usize = 5;

/// «с 56,1% до 61,2%», «составила 8,6% против 9,8%».
fn ends(language: &Language, text: &str, figures: &[Figure], verb: &Range<usize>) -> Option<(usize, usize)> {
    against(text, figures)
        .or_else(|| (1..figures.len()).find(|to| is_change(language, text, figures, *to, verb)).map(|to| (to - 1, to)))
}

fn is_change(language: &Language, text: &str, figures: &[Figure], to: usize, verb: &Range<usize>) -> bool {
    let [from, to] = [&figures[to - 1], &figures[to]];
    let (lead, start) = last_word(&text[..from.span.start]);
    let before = text[..start].trim_end_matches([' ', NBSP, '\n']);
    let is_beside = before.len() == verb.end;
    let is_led = matches!(lead, "с" | "со" | "С" | "Со") || lead == "от" && is_beside;
    let between = super::words(&text[from.end..to.span.start]).len();
    let is_rank =
        [from, to].iter().any(|own| !own.joined.is_empty() || RANKS.iter().any(|stem| own.unit.starts_with(stem)));
    let is_month = [from, to].iter().any(|own| !own.unit.is_empty() && language.lang().month(own.unit).is_some());
    let is_range = (from.is_range(language) || to.is_range(language)) && !is_beside;
    // «с 56,1% до 61,2% выросла доля»; hours and ages stand there as well.
    let is_ahead = from.span.start < verb.start && to.unit != "%";
    is_led
        && last_word(&text[..to.span.start]).0 == "до"
        && between <= MOST_BETWEEN
        && !is_rank
        && !is_month
        && !is_range
        && !is_ahead
}

/// «8,6% против 9,8% годом ранее», but not «на 5% против 3%».
fn against(text: &str, figures: &[Figure]) -> Option<(usize, usize)> {
    let to = (0..figures.len().saturating_sub(1))
        .find(|at| text[figures[*at].end..figures[at + 1].span.start].trim() == "против")?;
    let is_size = matches!(last_word(&text[..figures[to].span.start]).0, "на" | "в");
    (!is_size).then_some((to + 1, to))
}

/// «12 732 человека, что больше, чем 15 840 человек годом ранее».
fn compared(_: &Language, text: &str, figures: &[Figure], at: &Range<usize>) -> Option<(usize, usize)> {
    let rest = text[at.end..].strip_prefix(',').unwrap_or_default().trim_start();
    let is_led = |own: &Figure| {
        let word = last_word(&text[..own.span.start]).0.to_lowercase();
        super::ru::government::cases(&word).is_some() && word != "до"
    };
    let behind: Vec<usize> = (0..figures.len()).filter(|i| figures[*i].span.start >= at.end).collect();
    let before: Vec<usize> =
        (0..figures.len()).filter(|i| figures[*i].end <= at.start && !is_led(&figures[*i])).collect();
    match (before.as_slice(), behind.as_slice()) {
        ([first], [second]) if rest.starts_with("чем ") && !is_led(&figures[*second]) => Some((*first, *second)),
        _ => None,
    }
}

/// Returns the last word of a text and where it begins.
fn last_word(text: &str) -> (&str, usize) {
    let text = text.trim_end_matches([' ', NBSP, '\n']);
    let start = text
        .rfind([' ', NBSP, '\n', '(', '«'])
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    (&text[start..], start)
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
