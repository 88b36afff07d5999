//! Spoken: small numbers in words, as prose prints them: cardinals, ordinals and collectives.

use super::suffix_kk::Sound;
use super::{Case, Gender, Lang};

/// The largest number that is written in words; larger ones are read faster in digits.
pub(super) const MOST: usize = 99;

/// What agrees with a number in words, or with a noun: gender, and whether it lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Agreement {
    /// The gender of the noun.
    pub gender: Gender,
    /// Whether it lives, so that its accusative is the genitive.
    pub animate: bool,
}

impl Default for Agreement {
    /// What stands alone counts things.
    fn default() -> Agreement {
        Agreement { gender: Gender::M, animate: false }
    }
}

/// Writes a cardinal in words; `None` where the number is larger than [`MOST`].
pub(super) fn cardinal(lang: Lang, number: usize, agreement: Agreement, case: Case) -> Option<String> {
    if number > MOST {
        return None;
    }
    Some(match lang {
        Lang::Ru => cardinal_ru(number, agreement, case),
        Lang::Kk => cardinal_kk(number),
        Lang::En => cardinal_en(number),
        Lang::Other(_) => return None,
    })
}

/// Writes an ordinal in words; `None` for nought and what is larger than [`MOST`].
pub(super) fn ordinal(lang: Lang, number: usize, agreement: Agreement, case: Case) -> Option<String> {
    if !(1..=MOST).contains(&number) {
        return None;
    }
    Some(match lang {
        Lang::Ru => ordinal_ru(number, agreement, case),
        Lang::Kk => ordinal_kk(number),
        Lang::En => ordinal_en(number),
        Lang::Other(_) => return None,
    })
}

const UNITS_RU: [&str; 20] = [
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
const TENS_RU: [&str; 10] =
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

fn cardinal_ru(number: usize, Agreement { gender, animate }: Agreement, case: Case) -> String {
    if number >= 20 {
        let tens = round_ru(number / 10, case);
        // Only a number alone tells what lives: «видел двух мигрантов», «двадцать два мигранта».
        let animate = animate && number % 10 == 1;
        return match number % 10 {
            0 => tens,
            unit => [tens.as_str(), " ", &cardinal_ru(unit, Agreement { gender, animate }, case)].concat(),
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
        _ => return in_soft_sign(UNITS_RU[number], case),
    };
    word.to_owned()
}

/// Declines a numeral in a soft sign: пять, пяти, пятью.
fn in_soft_sign(word: &str, case: Case) -> String {
    let stem = word.strip_suffix('ь').unwrap_or(word);
    [stem, by_case(case, false, ["ь", "и", "и", "ью", "и"])].concat()
}

fn round_ru(tens: usize, case: Case) -> String {
    match tens {
        2 | 3 => in_soft_sign(TENS_RU[tens], case),
        4 => by_case(case, false, ["сорок", "сорока", "сорока", "сорока", "сорока"]).to_owned(),
        9 => by_case(case, false, ["девяносто", "девяноста", "девяноста", "девяноста", "девяноста"]).to_owned(),
        // Both parts are declined: пятидесяти, пятьюдесятью.
        _ => {
            let part = cardinal_ru(tens, Agreement::default(), case);
            [&part, by_case(case, false, ["десят", "десяти", "десяти", "десятью", "десяти"])].concat()
        }
    }
}

/// Stems of ordinals: of the units below twenty, and of the tens.
const ORDINALS_RU: [&str; 20] = [
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
const ROUND_ORDINALS_RU: [&str; 10] =
    ["", "", "двадцат", "тридцат", "сороков", "пятидесят", "шестидесят", "семидесят", "восьмидесят", "девяност"];

fn ordinal_ru(number: usize, agreement: Agreement, case: Case) -> String {
    match (number, number % 10) {
        (20.., 0) => adjective_ru(ROUND_ORDINALS_RU[number / 10], number == 40, agreement, case),
        (20.., unit) => [TENS_RU[number / 10], " ", &ordinal_ru(unit, agreement, case)].concat(),
        (3, _) => third_ru(agreement, case),
        _ => adjective_ru(ORDINALS_RU[number], matches!(number, 2 | 6 | 7 | 8), agreement, case),
    }
}

/// Declines an adjective of the hard declension; where the stress lies on the ending it is `-ой`.
fn adjective_ru(stem: &str, stressed: bool, Agreement { gender, animate }: Agreement, case: Case) -> String {
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
fn third_ru(Agreement { gender, animate }: Agreement, case: Case) -> String {
    let ending = match gender {
        Gender::M => by_case(case, animate, ["ий", "ьего", "ьему", "ьим", "ьем"]),
        Gender::N => by_case(case, false, ["ье", "ьего", "ьему", "ьим", "ьем"]),
        Gender::F if case == Case::Acc => "ью",
        Gender::F => by_case(case, false, ["ья", "ьей", "ьей", "ьей", "ьей"]),
        Gender::Pl => by_case(case, animate, ["ьи", "ьих", "ьим", "ьими", "ьих"]),
    };
    ["трет", ending].concat()
}

/// Writes a Russian collective, which counts persons and what comes in pairs: двое, троих; from two to ten.
pub(super) fn collective_ru(number: usize, case: Case) -> Option<String> {
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

const UNITS_KK: [&str; 10] = ["нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"];
const TENS_KK: [&str; 10] = ["", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"];

fn cardinal_kk(number: usize) -> String {
    match (TENS_KK[number / 10], number % 10) {
        ("", unit) => UNITS_KK[unit].to_owned(),
        (tens, 0) => tens.to_owned(),
        (tens, unit) => [tens, " ", UNITS_KK[unit]].concat(),
    }
}

fn ordinal_kk(number: usize) -> String {
    match number {
        20 => "жиырмасыншы".to_owned(),
        40 => "қырқыншы".to_owned(),
        _ => {
            let word = cardinal_kk(number);
            let ending = Sound::of(&word).ordinal();
            word + ending
        }
    }
}

/// Returns the Kazakh collective of one to seven, whole and as the ending behind digits: екеу and еу.
pub(super) fn collective_kk(number: usize) -> Option<(&'static str, &'static str)> {
    const WORDS: [(&str, &str); 7] = [
        ("біреу", "еу"),
        ("екеу", "еу"),
        ("үшеу", "еу"),
        ("төртеу", "еу"),
        ("бесеу", "еу"),
        ("алтау", "ау"),
        ("жетеу", "еу"),
    ];
    WORDS.get(number.checked_sub(1)?).copied()
}

const UNITS_EN: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS_EN: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn cardinal_en(number: usize) -> String {
    match (number / 10, number % 10) {
        (..=1, _) => UNITS_EN[number].to_owned(),
        (tens, 0) => TENS_EN[tens].to_owned(),
        (tens, unit) => [TENS_EN[tens], "-", UNITS_EN[unit]].concat(),
    }
}

fn ordinal_en(number: usize) -> String {
    let unit = match number {
        1 => "first",
        2 => "second",
        3 => "third",
        5 => "fifth",
        8 => "eighth",
        9 => "ninth",
        12 => "twelfth",
        ..20 => return [UNITS_EN[number], "th"].concat(),
        _ if number.is_multiple_of(10) => {
            return [TENS_EN[number / 10].strip_suffix('y').unwrap_or_default(), "ieth"].concat();
        }
        _ => return [TENS_EN[number / 10], "-", &ordinal_en(number % 10)].concat(),
    };
    unit.to_owned()
}

/// Returns the past tense that agrees with what is counted: of «переехать» переехал, переехала, переехало, переехали.
///
/// The forms may be given, masculine, feminine, neuter and plural; else the verb follows a pattern, or is one of the
/// irregular ones that a report needs. `None` where it is neither.
pub(super) fn past_ru(verb: &str, gender: Gender) -> Option<String> {
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
    const IRREGULAR: [(&str, &str, &str); 9] = [
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
        Some((before, masculine, _)) if at == 0 => [before, masculine].concat(),
        Some((before, _, rest)) => [before, rest, ending].concat(),
        None => {
            let stem = plain.strip_suffix("ть").filter(|stem| {
                let vowel = stem.chars().next_back().is_some_and(|c| "аеиоуыэюя".contains(c));
                // «переть», «-гнуть» lose their last syllable, which no pattern shows.
                vowel && !stem.ends_with("ере") && !stem.ends_with("гну") && !stem.ends_with("хну")
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

/// Returns the past tense of a Kazakh verb, which does not agree: of «көшу» көшті.
///
/// A verb of a vowel stem in -ы, -і, which -у hides, is given in the past itself.
pub(super) fn past_kk(verb: &str) -> Option<String> {
    if ["ды", "ді", "ты", "ті"].iter().any(|end| verb.ends_with(end)) && !verb.contains(' ') {
        return Some(verb.to_owned());
    }
    // Stems in -ы and -і are written with -у alone, and those in -й with -ю.
    const HIDDEN: [(&str, &str); 3] = [("оқу", "оқы"), ("тану", "таны"), ("аршу", "аршы")];
    let hidden = HIDDEN.iter().find(|(infinitive, _)| *infinitive == verb).map(|(_, stem)| (*stem).to_owned());
    let stem = hidden.or_else(|| match verb.strip_suffix('у') {
        Some("") | None => Some(verb.strip_suffix('ю').filter(|stem| !stem.is_empty())?.to_owned() + "й"),
        Some(stem) => Some(stem.strip_suffix('б').map_or_else(|| stem.to_owned(), |rest| rest.to_owned() + "п")),
    })?;
    let ending = Sound::of(&stem).past();
    Some(stem + ending)
}
