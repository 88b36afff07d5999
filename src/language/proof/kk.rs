//! Proof of Kazakh.

mod cases;
mod clauses;
mod endings;
mod joints;
mod motion;
mod possessed;
mod year;

use super::rules::{Measure, Rules, Sentence, Span, Words};
use super::script::{KAZAKH, RUSSIAN, is_cyrillic, is_stray};
use super::{Fault, Finding, plain, words};
use crate::language::suffix_kk::Sound;
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
    weekdays: &["дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "сенбі", "жексенбі"],
    century: &["ғасыр", "тоқсан"],
    is_name,
    again: &["яғни", "немесе"],
    losses: &["кему", "дефицит", "сальдо", "тапшылы"],
    superlatives: [
        &[
            "ең жоғар*",
            "ең көп",
            "ең көбі",
            "ең үлкен*",
            "ең ірі*",
            "ең биік*",
            "барынша көп",
            "максим*",
            "шарықтау шег*",
            "шыңы*",
        ],
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
    flows: [&["өсім*", "ағылым*"], &["кему", "кемуі", "кемуінің", "жоғалт*", "шығын*"]],
    balances: &["сальдо", "сальдосы", "айырымы"],
    means: &["орта есеппен", "орташа*"],
    medians: &["медиана*"],
    totals: &["барлығы", "жиынтығы", "жалпы жиыны"],
    heads: &["барлығы"],
    orders: [
        &["кему рет*", "үлкенінен кішісіне", "ең үлкенінен ең кішісіне", "кему тәртіб*"],
        &["өсу рет*", "кішісінен үлкеніне", "ең кішісінен ең үлкеніне", "өсу тәртіб*"],
    ],
    than: &["қарағанда"],
    then: &["сол кезде", "сол жылы", "сол уақытта", "дәл сол жылы"],
    edges: [&["бірінші жылы", "алғашқы жылы", "бірінші жылғы", "алғашқы жылғы"], &["соңғы жылы", "соңғы жылғы"]],
    relative: &["бұрын", "бұрынғы", "алдыңғы", "өткен", "кейін", "кейінгі", "былтыр*", "басын*", "соңын*"],
    none: &["бірде бір", "ешбір", "ешқандай", "еш"],
    whether: &["білдірмейді", "ма", "ме", "ба", "бе", "па", "пе", "егер", "мүмкін", "қайда", "қашан"],
    beside: [&["(", ":", "–"], &["", ":", "–", "("]],
    is_when,
    of_year: &["жылғы"],
    quarters: &["тоқсан*"],
    significant: &["мәнді", "маңызды", "елеулі"],
    latter: &["екінші*", "соңғы*"],
    currencies: &["теңге*", "доллар*", "еуро*", "рубль*", "рубл*", "юань*", "злот*", "фунт*", "иен*", "сом*"],
    signs_of_units: &[
        "кг", "г", "т", "ц", "км", "м", "см", "мм", "га", "л", "мл", "кВт", "МВт", "млн", "млрд", "трлн", "сағ", "мин",
    ],
    endings: &[
        "ға", "ге", "қа", "ке", "на", "не", "да", "де", "та", "те", "дан", "ден", "тан", "тен", "нан", "нен", "ды",
        "ді", "ты", "ті", "ны", "ні", "дың", "дің", "тың", "тің", "ның", "нің", "мен", "бен", "пен",
    ],
    places: &["да", "де", "та", "те", "дан", "ден", "тан", "тен", "нан", "нен", "ға", "ге", "қа", "ке"],
    paces: [
        &[
            "жеделде",
            "үдеді",
            "қымбатта",
            "өсіп",
            "өседі",
            "өсуі",
            "артып",
            "артады",
            "көбейіп",
            "ұлғайып",
            "көтеріліп",
            "жоғарылап",
            "кеңей",
        ],
        &[
            "баяула",
            "арзанда",
            "төмендеп",
            "төмендейді",
            "төмендеуі",
            "азайып",
            "азаяды",
            "азаюы",
            "кеміп",
            "кемиді",
            "қысқарып",
            "қысқарады",
            "қысқаруы",
            "тарылды",
        ],
    ],
    turns: [&["өсім", "артуы", "көбеюі", "ұлғаюы"], &["төмендеу", "азаю", "кемуі", "қысқару"]],
    links: &[
        "дейін",
        "жуық",
        "астам",
        "және",
        "мен",
        "пен",
        "бен",
        "ал",
        "болды",
        "құрады",
        "немесе",
        "көп",
        "аз",
        "кем",
        "артық",
    ],
    converbs: &["ып", "іп", "йп"],
    ends: motion::ends,
    compared: motion::compared,
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

/// Names of countries and towns, which begin with a capital; those that are words as well are left out.
const NAMES: &str = include_str!("../../../languages/kk/names.txt");

/// Returns the name that a word is with endings of a noun, written with a capital.
fn is_name(word: &str) -> Option<String> {
    let is_small = word.chars().all(char::is_lowercase);
    let is = |name: &&str| {
        word.strip_prefix(*name).is_some_and(|rest| rest.is_empty() || Sound::chains_of(name).contains(rest))
    };
    // A star marks a word that is a name before «қаласы» and the like alone.
    NAMES.split_whitespace().filter(|name| is_small && !name.ends_with('*')).find(is)?;
    let mut letters = word.chars();
    Some(letters.next()?.to_uppercase().chain(letters).collect())
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

/// Returns the last word of a text; a comma within a number parts nothing: «38,2%-ға».
fn last_word(text: &str) -> &str {
    let starts = text.char_indices().rev().find(|(at, sign)| {
        let behind = &text[at + sign.len_utf8()..];
        let is_decimal = *sign == ',' && behind.starts_with(|c: char| c.is_ascii_digit());
        [' ', NBSP, '\n', '(', '«', ','].contains(sign) && !is_decimal
    });
    starts.map_or(text, |(at, sign)| &text[at + sign.len_utf8()..])
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
    for i in 0..words.len() {
        cases::read(language, text, words, i, found);
        possessed::owned(language, text, words, i, found);
        possessed::accusative(text, words, i, found);
    }
    for i in 0..words.len() {
        joints::read(text, words, i, found);
        possessed::read(language, text, words, i, found);
    }
    clauses::read(text, words, found);
    cases::dates(language, text, words, found);
    cases::ordinals(text, words, found);
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

/// «5,1%-ға артты», but not «61,2%-ға дейін».
fn is_by(before: &str, after: &str, is_last: bool) -> bool {
    // «70,2%-дан 66,7%-ға төмендеді»: to what it fell.
    if ["-дан", "-ден", "-тан", "-тен", "-нан", "-нен", "пайыздан"].iter().any(|end| before.ends_with(end))
    {
        return false;
    }
    let dative = after.strip_prefix("-ға").or_else(|| after.strip_prefix("-ге"));
    dative.is_some_and(|rest| !rest.trim_start().starts_with("дейін")) && is_last
}

/// «2010 жылдан 2024 жылға дейін».
fn is_range(span: &Span) -> bool {
    let until = span.behind.trim_start_matches([' ', NBSP]);
    matches!(span.between.as_slice(), ["жылдан"] | ["жылдан", "бастап"]) && until.starts_with("жылға дейін")
}
