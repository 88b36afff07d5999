//! Small numbers, the endings of ordinals and past tenses in Russian.

use super::{Agreement, MOST};
use crate::language::{Case, Gender};

/// Writes a cardinal in words; `None` where the number is larger than [`MOST`].
pub(in crate::language) fn cardinal(number: usize, agreement: Agreement, case: Case) -> Option<String> {
    (number <= MOST).then(|| cardinal_of(number, agreement, case))
}

/// Writes an ordinal in words; `None` for nought and what is larger than [`MOST`].
pub(in crate::language) fn ordinal(number: usize, agreement: Agreement, case: Case) -> Option<String> {
    (1..=MOST).contains(&number).then(|| ordinal_of(number, agreement, case))
}

const UNITS: [&str; 20] = [
    "ноль",
    "один",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
];
const TENS: [&str; 10] =
    ["", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"];

/// Chooses by the case out of nom, gen, dat, ins, prep; the accusative is the nominative of a thing and the genitive of
/// what lives.
fn by_case(case: Case, animate: bool, forms: [&str; 5]) -> &str {
    match case {
        Case::Acc if animate => forms[1],
        Case::Nom | Case::Acc | Case::Abl => forms[0],
        Case::Gen => forms[1],
        Case::Dat => forms[2],
        Case::Ins => forms[3],
        Case::Prep | Case::Loc => forms[4],
    }
}

fn cardinal_of(number: usize, Agreement { gender, animate }: Agreement, case: Case) -> String {
    if number >= 20 {
        let tens = round(number / 10, case);
        // Only a number alone tells what lives: «видел двух мигрантов», «двадцать два мигранта».
        let animate = animate && number % 10 == 1;
        return match number % 10 {
            0 => tens,
            unit => [tens.as_str(), " ", &cardinal_of(unit, Agreement { gender, animate }, case)].concat(),
        };
    }
    let word = match (number, gender) {
        (0, _) => by_case(case, false, ["ноль", "нуля", "нулю", "нулём", "нуле"]),
        (1, Gender::F) if case == Case::Acc => "одну",
        (1, Gender::F) => by_case(case, false, ["одна", "одной", "одной", "одной", "одной"]),
        (1, Gender::N) => by_case(case, false, ["одно", "одного", "одному", "одним", "одном"]),
        (1, Gender::Pl) => by_case(case, animate, ["одни", "одних", "одним", "одними", "одних"]),
        (1, Gender::M) => by_case(case, animate, ["один", "одного", "одному", "одним", "одном"]),
        (2, Gender::F) => by_case(case, animate, ["две", "двух", "двум", "двумя", "двух"]),
        (2, _) => by_case(case, animate, ["два", "двух", "двум", "двумя", "двух"]),
        (3, _) => by_case(case, animate, ["три", "трёх", "трём", "тремя", "трёх"]),
        (4, _) => by_case(case, animate, ["четыре", "четырёх", "четырём", "четырьмя", "четырёх"]),
        (8, _) => by_case(case, false, ["восемь", "восьми", "восьми", "восемью", "восьми"]),
        _ => return in_soft_sign(UNITS[number], case),
    };
    word.to_owned()
}

/// Declines a numeral in a soft sign: пять, пяти, пятью.
fn in_soft_sign(word: &str, case: Case) -> String {
    let stem = word.strip_suffix('ь').unwrap_or(word);
    [stem, by_case(case, false, ["ь", "и", "и", "ью", "и"])].concat()
}

fn round(tens: usize, case: Case) -> String {
    match tens {
        2 | 3 => in_soft_sign(TENS[tens], case),
        4 => by_case(case, false, ["сорок", "сорока", "сорока", "сорока", "сорока"]).to_owned(),
        9 => by_case(case, false, ["девяносто", "девяноста", "девяноста", "девяноста", "девяноста"]).to_owned(),
        // Both parts are declined: пятидесяти, пятьюдесятью.
        _ => {
            let part = cardinal_of(tens, Agreement::default(), case);
            [&part, by_case(case, false, ["десят", "десяти", "десяти", "десятью", "десяти"])].concat()
        }
    }
}

/// Stems of ordinals: of the units below twenty, and of the tens.
const ORDINALS: [&str; 20] = [
    "",
    "перв",
    "втор",
    "трет",
    "четвёрт",
    "пят",
    "шест",
    "седьм",
    "восьм",
    "девят",
    "десят",
    "одиннадцат",
    "двенадцат",
    "тринадцат",
    "четырнадцат",
    "пятнадцат",
    "шестнадцат",
    "семнадцат",
    "восемнадцат",
    "девятнадцат",
];
const ROUND_ORDINALS: [&str; 10] =
    ["", "", "двадцат", "тридцат", "сороков", "пятидесят", "шестидесят", "семидесят", "восьмидесят", "девяност"];

fn ordinal_of(number: usize, agreement: Agreement, case: Case) -> String {
    match (number, number % 10) {
        (20.., 0) => adjective(ROUND_ORDINALS[number / 10], number == 40, agreement, case),
        (20.., unit) => [TENS[number / 10], " ", &ordinal_of(unit, agreement, case)].concat(),
        (3, _) => third(agreement, case),
        _ => adjective(ORDINALS[number], matches!(number, 2 | 6 | 7 | 8), agreement, case),
    }
}

/// Declines an adjective of the hard declension; where the stress lies on the ending it is `-ой`.
fn adjective(stem: &str, stressed: bool, Agreement { gender, animate }: Agreement, case: Case) -> String {
    let nominative = if stressed { "ой" } else { "ый" };
    let ending = match gender {
        Gender::M => by_case(case, animate, [nominative, "ого", "ому", "ым", "ом"]),
        Gender::N => by_case(case, false, ["ое", "ого", "ому", "ым", "ом"]),
        Gender::F if case == Case::Acc => "ую",
        Gender::F => by_case(case, false, ["ая", "ой", "ой", "ой", "ой"]),
        Gender::Pl => by_case(case, animate, ["ые", "ых", "ым", "ыми", "ых"]),
    };
    [stem, ending].concat()
}

/// Declines «третий», the one ordinal with a softened stem.
fn third(Agreement { gender, animate }: Agreement, case: Case) -> String {
    let ending = match gender {
        Gender::M => by_case(case, animate, ["ий", "ьего", "ьему", "ьим", "ьем"]),
        Gender::N => by_case(case, false, ["ье", "ьего", "ьему", "ьим", "ьем"]),
        Gender::F if case == Case::Acc => "ью",
        Gender::F => by_case(case, false, ["ья", "ьей", "ьей", "ьей", "ьей"]),
        Gender::Pl => by_case(case, animate, ["ьи", "ьих", "ьим", "ьими", "ьих"]),
    };
    ["трет", ending].concat()
}

/// Returns the ending of a masculine ordinal written in digits.
pub(in crate::language) fn ordinal_ending(case: Case) -> &'static str {
    match case {
        Case::Nom | Case::Acc | Case::Abl => "й",
        Case::Gen => "го",
        Case::Dat => "му",
        Case::Ins | Case::Prep | Case::Loc => "м",
    }
}

/// Returns the ending of a neuter ordinal written in digits.
pub(in crate::language) fn neuter_ending(case: Case) -> &'static str {
    match case {
        Case::Nom | Case::Acc | Case::Abl => "е",
        Case::Gen | Case::Dat | Case::Ins | Case::Prep | Case::Loc => ordinal_ending(case),
    }
}

/// Writes a Russian collective, which counts persons and what comes in pairs: двое, троих; from two to ten.
pub(in crate::language) fn collective(number: usize, case: Case) -> Option<String> {
    const STEMS: [(&str, bool); 9] = [
        ("дво", true),
        ("тро", true),
        ("четвер", false),
        ("пятер", false),
        ("шестер", false),
        ("семер", false),
        ("восьмер", false),
        ("девятер", false),
        ("десятер", false),
    ];
    let (stem, soft) = STEMS.get(number.checked_sub(2)?)?;
    let forms = if *soft { ["е", "их", "им", "ими", "их"] } else { ["о", "ых", "ым", "ыми", "ых"] };
    Some([stem, by_case(case, true, forms)].concat())
}

/// Returns the past tense that agrees with what is counted: of «переехать» переехал, переехала, переехало, переехали.
///
/// The forms may be given, masculine, feminine, neuter and plural; else the verb follows a pattern, or is one of the
/// irregular ones that a report needs. `None` where it is neither.
pub(in crate::language) fn past(verb: &str, gender: Gender) -> Option<String> {
    let given: Vec<&str> = verb.split([',', ' ']).filter(|form| !form.is_empty()).collect();
    let at = match gender {
        Gender::M => 0,
        Gender::F => 1,
        Gender::N => 2,
        Gender::Pl => 3,
    };
    if let [_, _, _, _] = given.as_slice() {
        return Some(given[at].to_owned());
    }
    let [verb] = given.as_slice() else { return None };
    let (plain, reflexive) = match verb.strip_suffix("ся") {
        Some(plain) => (plain, true),
        None => (*verb, false),
    };
    // Masculine stem, the stem of the rest, and whether the masculine has its -л.
    const IRREGULAR: [(&str, &str, &str); 14] = [
        ("исчезнуть", "исчез", "исчезл"),
        ("никнуть", "ник", "никл"),
        ("гибнуть", "гиб", "гибл"),
        ("выкнуть", "вык", "выкл"),
        ("крепнуть", "креп", "крепл"),
        ("выйти", "вышел", "вышл"),
        ("йти", "шёл", "шл"),
        ("расти", "рос", "росл"),
        ("вести", "вёл", "вел"),
        ("везти", "вёз", "везл"),
        ("нести", "нёс", "несл"),
        ("умереть", "умер", "умерл"),
        ("достигнуть", "достиг", "достигл"),
        ("достичь", "достиг", "достигл"),
    ];
    let known = IRREGULAR.iter().find_map(|(end, masculine, rest)| {
        let before = plain.strip_suffix(end)?;
        // «прийти» and «пройти» part before the ending alike: при|шёл, про|шёл.
        Some((before, *masculine, *rest))
    });
    let ending = ["", "а", "о", "и"][at];
    let past = match known {
        // The prefix takes the stress: вынес, вывез.
        Some(("вы", masculine, _)) if at == 0 => ["вы", &masculine.replace('ё', "е")].concat(),
        Some((before, masculine, _)) if at == 0 => [before, masculine].concat(),
        Some((before, _, rest)) => [before, rest, ending].concat(),
        None => {
            let stem = plain.strip_suffix("ть").filter(|stem| {
                let vowel = stem.chars().next_back().is_some_and(|c| "аеиоуыэюя".contains(c));
                // «переть», «-гнуть» lose their last syllable, which no pattern shows.
                let loses = ["ере", "гну", "хну", "бну", "зну", "кну", "пну"];
                vowel && !loses.iter().any(|end| stem.ends_with(end))
            })?;
            [stem, "л", ending].concat()
        }
    };
    Some(match (reflexive, at) {
        (false, _) => past,
        (true, 0) => past + "ся",
        (true, _) => past + "сь",
    })
}
