//! Numerals: the words of numbers and of what they count, in each language; `spelled` reads them.

use super::Lang;

/// Cardinals of Russian: the value, and the forms of all cases and genders.
pub(super) const RU: &[(u32, &str)] = &[
    (1, "один одна одно одного одной одному одним одном одну одною"),
    (2, "два две двух двум двумя двое двоих двоим двоими"),
    (3, "три трёх трех трём трем тремя трое троих троим троими"),
    (4, "четыре четырёх четырех четырём четырем четырьмя четверо четверых четверым четверыми"),
    (5, "пять пяти пятью пятеро пятерых"),
    (6, "шесть шести шестью шестеро шестерых"),
    (7, "семь семи семью семеро семерых"),
    (8, "восемь восьми восемью восьмью"),
    (9, "девять девяти девятью"),
    (10, "десять десяти десятью"),
    (11, "одиннадцать одиннадцати одиннадцатью"),
    (12, "двенадцать двенадцати двенадцатью"),
    (13, "тринадцать тринадцати тринадцатью"),
    (14, "четырнадцать четырнадцати четырнадцатью"),
    (15, "пятнадцать пятнадцати пятнадцатью"),
    (16, "шестнадцать шестнадцати шестнадцатью"),
    (17, "семнадцать семнадцати семнадцатью"),
    (18, "восемнадцать восемнадцати восемнадцатью"),
    (19, "девятнадцать девятнадцати девятнадцатью"),
    (20, "двадцать двадцати двадцатью"),
    (30, "тридцать тридцати тридцатью"),
    (40, "сорок сорока"),
    (50, "пятьдесят пятидесяти пятьюдесятью полсотни"),
    (60, "шестьдесят шестидесяти шестьюдесятью"),
    (70, "семьдесят семидесяти семьюдесятью"),
    (80, "восемьдесят восьмидесяти восемьюдесятью восьмьюдесятью"),
    (90, "девяносто девяноста"),
    (100, "сто ста сот"),
    (200, "двести двухсот двумстам двумястами двухстах"),
    (300, "триста трёхсот трехсот трёмстам тремстам тремястами трёхстах трехстах"),
    (400, "четыреста четырёхсот четырехсот четырёмстам четыремстам четырьмястами четырёхстах четырехстах"),
    (500, "пятьсот пятисот пятистам пятьюстами пятистах"),
    (600, "шестьсот шестисот шестистам шестьюстами шестистах"),
    (700, "семьсот семисот семистам семьюстами семистах"),
    (800, "восемьсот восьмисот восьмистам восемьюстами восьмистах"),
    (900, "девятьсот девятисот девятистам девятьюстами девятистах"),
];
/// Cardinals of Kazakh.
pub(super) const KK: &[(u32, &str)] = &[
    (1, "бір"),
    (2, "екі"),
    (3, "үш"),
    (4, "төрт"),
    (5, "бес"),
    (6, "алты"),
    (7, "жеті"),
    (8, "сегіз"),
    (9, "тоғыз"),
    (10, "он"),
    (20, "жиырма"),
    (30, "отыз"),
    (40, "қырық"),
    (50, "елу"),
    (60, "алпыс"),
    (70, "жетпіс"),
    (80, "сексен"),
    (90, "тоқсан"),
    (100, "жүз"),
];
/// Cardinals of English.
pub(super) const EN: &[(u32, &str)] = &[
    (1, "one"),
    (2, "two"),
    (3, "three"),
    (4, "four"),
    (5, "five"),
    (6, "six"),
    (7, "seven"),
    (8, "eight"),
    (9, "nine"),
    (10, "ten"),
    (11, "eleven"),
    (12, "twelve"),
    (13, "thirteen"),
    (14, "fourteen"),
    (15, "fifteen"),
    (16, "sixteen"),
    (17, "seventeen"),
    (18, "eighteen"),
    (19, "nineteen"),
    (20, "twenty"),
    (30, "thirty"),
    (40, "forty"),
    (50, "fifty"),
    (60, "sixty"),
    (70, "seventy"),
    (80, "eighty"),
    (90, "ninety"),
    (100, "hundred"),
];

/// Words that are a fraction where a scale word or a unit follows.
pub(super) const FRACTIONS: [&str; 17] = [
    "полтора",
    "полторы",
    "полутора",
    "половина",
    "половины",
    "половине",
    "половину",
    "половиной",
    "треть",
    "трети",
    "третью",
    "четверть",
    "четверти",
    "четвертью",
    "жарты",
    "жарым",
    "half",
];

/// Words that count two of what is known.
pub(super) const BOTH: [(Lang, &[&str]); 3] = [
    (Lang::Ru, &["оба", "обе", "обоих", "обеих", "обоим", "обеим", "обоими", "обеими"]),
    (Lang::Kk, &["қос"]),
    (Lang::En, &["both"]),
];

/// Parts of which a cardinal counts several: «две трети», «three quarters».
pub(super) const PARTS: [&str; 14] = [
    "треть",
    "трети",
    "третей",
    "третями",
    "четверть",
    "четверти",
    "четвертей",
    "четвертями",
    "пятых",
    "десятых",
    "сотых",
    "thirds",
    "quarters",
    "fifths",
];

/// Words that are a quantity by themselves, as they begin.
pub(super) const ALONE: [&str; 16] = [
    "вдвое",
    "втрое",
    "вчетверо",
    "впятеро",
    "вшестеро",
    "всемеро",
    "ввосьмеро",
    "вдевятеро",
    "вдесятеро",
    "наполовину",
    "удвои",
    "утрои",
    "учетвери",
    "полпроцент",
    "полмиллион",
    "полтысяч",
];
pub(super) const ALONE_EN: [&str; 8] =
    ["twice", "thrice", "doubled", "tripled", "trebled", "quadrupled", "halved", "twofold"];

/// What follows the first part of a compound: «двукратный», «пятипроцентный».
pub(super) const COMPOUNDS: [&str; 5] = ["процентн", "кратн", "тысячн", "миллионн", "миллиардн"];

pub(super) const SCALES: [&str; 13] = [
    "тысяч",
    "тыс",
    "миллион",
    "млн",
    "миллиард",
    "млрд",
    "триллион",
    "трлн",
    "мың",
    "thousand",
    "million",
    "billion",
    "trillion",
];

/// Words that are units, as they begin.
pub(super) const UNITS: [&str; 22] = [
    "%",
    "‰",
    "процент",
    "промилле",
    "пункт",
    "человек",
    "людей",
    "людям",
    "людьми",
    "чел",
    "тенге",
    "доллар",
    "рубл",
    "пайыз",
    "тармақ",
    "адам",
    "percent",
    "per",
    "people",
    "person",
    "tenge",
    "dollar",
];
/// Units of Kazakh that begin other words too: their endings are looked at.
pub(super) const UNITS_KK: [&str; 3] = ["есе", "теңге", "кісі"];

/// What a study counts: territories, times, people.
pub(super) const COUNTED_RU: [&str; 20] = [
    "регион",
    "область",
    "город",
    "район",
    "округ",
    "село",
    "страна",
    "территория",
    "год",
    "месяц",
    "день",
    "квартал",
    "житель",
    "мигрант",
    "иммигрант",
    "эмигрант",
    "кандас",
    "специалист",
    "семья",
    "домохозяйство",
];
pub(super) const COUNTED_KK: [&str; 17] = [
    "өңір",
    "аймақ",
    "облыс",
    "қала",
    "аудан",
    "округ",
    "ауыл",
    "ел",
    "аумақ",
    "жыл",
    "ай",
    "күн",
    "тұрғын",
    "мигрант",
    "қандас",
    "маман",
    "отбасы",
];
pub(super) const COUNTED_EN: [&str; 13] = [
    "region",
    "cities",
    "city",
    "town",
    "district",
    "villages",
    "countries",
    "years",
    "months",
    "quarters",
    "migrant",
    "families",
    "household",
];

/// How many units one printed unit is, by the word that begins a unit: «тыс. человек», «мың адам», «thousand persons».
const FACTORS: [(&str, i64); 9] = [
    ("тыс", 1_000),
    ("мың", 1_000),
    ("thous", 1_000),
    ("млн", 1_000_000),
    ("милли", 1_000_000),
    ("million", 1_000_000),
    ("млрд", 1_000_000_000),
    ("billion", 1_000_000_000),
    ("трлн", 1_000_000_000_000),
];

/// The words of a text that may be a unit alone: a short text, or what stands behind its last comma or in brackets.
fn unit_words(text: &str) -> Option<Vec<String>> {
    const MOST_WORDS: usize = 4;
    let parts = text.split([',', ';', '(', ')', ':']).map(str::trim).filter(|part| !part.is_empty());
    let words = |part: &str| part.split_whitespace().map(|word| word.to_lowercase()).collect::<Vec<_>>();
    let mut found = parts.map(words).filter(|words| words.len() <= MOST_WORDS);
    found.find(|words| {
        let first = words.iter().find(|word| !matches!(word.as_str(), "в" | "in"));
        first.is_some_and(|word| {
            UNITS.iter().chain(FACTORS.iter().map(|(stem, _)| stem)).any(|stem| word.starts_with(stem))
                || UNITS_KK.iter().any(|stem| word == stem)
        })
    })
}

/// Says whether a text of a table names the unit of its figures.
pub fn names_unit(text: &str) -> bool {
    unit_words(text).is_some()
}

/// How many units one printed unit is, where a text names a unit with a scale.
pub fn scale_said(text: &str) -> Option<i64> {
    let words = unit_words(text)?;
    words.iter().find_map(|word| FACTORS.iter().find(|(stem, _)| word.starts_with(stem)).map(|(_, factor)| *factor))
}
