//! Government: the cases that prepositions govern.

use std::ops::Range;

use super::super::rules::Words;
use super::super::{Fault, Finding};
use super::forms::{self, Form};
use super::{beside, listed};
use crate::language::{Case, Gender, Language};

/// Numerals in a case other than the nominative, behind which the noun is plural.
pub(super) const OBLIQUE: &str = "двух трёх трех четырёх четырех обоих обеих двум трём трем четырём четырем двумя тремя четырьмя пяти \
     шести семи восьми девяти десяти";

/// Prepositions, and the cases that they govern: gen, dat, acc, ins, prep by their first letters.
const GOVERNED: [(&str, &str); 10] = [
    (
        "без для до из из-за из-под от у около после кроме среди вместо вокруг против возле ради вследствие ввиду вне внутри вдоль помимо насчёт насчет сверх свыше",
        "g",
    ),
    ("к ко благодаря согласно вопреки наперекор навстречу подобно", "d"),
    ("через про сквозь", "a"),
    ("над перед", "i"),
    ("между", "ig"),
    ("с со", "gi"),
    ("при", "p"),
    ("в во на о об", "ap"),
    ("за под", "ai"),
    ("по", "da"),
];

/// How nouns end that «по» governs in the prepositional: «по окончании», «по приезде».
const BEHIND_PO: [&str; 11] =
    ["ии", "езде", "лёте", "лете", "ходе", "пуске", "зыве", "ыводе", "еводе", "вводе", "рыве"];

/// Words behind a preposition, and what stands there instead: «в течении года» for «в течение года».
const FIXED: [(&str, &str, &str); 27] = [
    ("в", "течении", "в течение"),
    ("в", "следствии", "вследствие"),
    ("в", "следствие", "вследствие"),
    ("в", "продолжении", "в продолжение"),
    ("на", "протяжение", "на протяжении"),
    ("в", "отличии", "в отличие"),
    ("не", "смотря", "несмотря"),
    ("в", "виду", "ввиду"),
    ("в", "последствии", "впоследствии"),
    ("не", "зависимо", "независимо"),
    ("не", "взирая", "невзирая"),
    ("не", "которые", "некоторые"),
    ("не", "которых", "некоторых"),
    ("не", "сколько", "несколько"),
    ("не", "редко", "нередко"),
    ("тоже", "самое", "то же самое"),
    ("в", "тоже", "в то же"),
    ("а", "так", "а также"),
    ("в", "замен", "взамен"),
    ("на", "подобии", "наподобие"),
    ("по", "окончанию", "по окончании"),
    ("по", "завершению", "по завершении"),
    ("по", "истечению", "по истечении"),
    ("по", "прибытию", "по прибытии"),
    ("по", "возвращению", "по возвращении"),
    ("по", "приезду", "по приезде"),
    ("по", "достижению", "по достижении"),
];

/// Nouns that govern the genitive behind a preposition: «за счёт», «в течение».
const WITH_NOUN: [(&str, &str); 7] = [
    ("за", "счёт счет исключением"),
    ("в", "результате течение ходе рамках пределах случае целях силу качестве отношении"),
    ("на", "основе протяжении"),
    ("по", "мере итогам поводу причине мнению оценке оценкам"),
    ("во", "время"),
    ("с", "помощью целью"),
    ("при", "помощи условии"),
];

/// Words behind which «с» governs the instrumental alone: «по сравнению с».
const WITH: &str = "сравнению соответствии связи наряду вместе одновременно согласии сопоставлении";

/// Endings that tell the case of an adjective, a participle or a noun in one of few patterns, the longest first.
const ENDINGS: [(&str, &str); 33] = [
    ("ость", "na"),
    ("ство", "na"),
    ("ция", "n"),
    ("сия", "n"),
    ("огия", "n"),
    ("афия", "n"),
    ("ение", "na"),
    ("ание", "na"),
    ("ения", "gna"),
    ("ания", "gna"),
    ("ению", "d"),
    ("анию", "da"),
    ("ением", "i"),
    ("анием", "i"),
    ("ении", "p"),
    ("ями", "i"),
    ("ях", "p"),
    ("ого", "ga"),
    ("его", "ga"),
    ("ому", "d"),
    ("ему", "d"),
    ("ыми", "i"),
    ("ими", "i"),
    ("ый", "na"),
    ("ая", "n"),
    ("яя", "n"),
    ("ую", "a"),
    ("юю", "a"),
    ("ое", "na"),
    ("ые", "na"),
    ("ие", "na"),
    ("ых", "gap"),
    ("ым", "id"),
];

/// Words that end like those and are none.
const OTHERWISE: &str = "тем том той тех сем кем чем ком ней них ним мне всю случая края урожая обычая трамвая много немного строго итого всего сего самого самому крым двое \
     трое потому поэтому почему дорого долго обое моего твоего своего нашего вашего ничего кое гении более менее больше \
     меньше весь вся всё все";

/// Nouns whose second prepositional in -у or -ю is told by no pattern.
const IN_U: &str = "берегу порту саду мосту лесу снегу углу ряду виду краю году часу долгу счету полу бою строю ходу слуху \
     цеху отпуску шкафу плену рынку низу верху";

/// Finds a word in a case that the preposition before it does not govern.
pub(super) fn governed(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    if fixed(text, words, i, found) {
        return;
    }
    let Some((preposition, cases)) = governor(text, words, i) else { return };
    let (at, _) = &words[i];
    let Some((span, next)) = words.get(i + 1).filter(|(next, _)| beside(text, at, next)).cloned() else { return };
    if forms::is_numeral(&next.to_lowercase()) && !cases.contains('a') && !is_fixed(text, &span) {
        return found.push(told(span, &preposition, next));
    }
    let (span, next) = last_part(text, words, i + 1);
    let lower = next.to_lowercase();
    // «в силу после утверждения»: another preposition.
    if self::cases(&lower).is_some() {
        return;
    }
    let is_short =
        lower.chars().count() < 4 && (lower.chars().count() < 3 || forms::of(language, next).nouns.is_empty());
    // «в аэропорту» as «в порту».
    let is_place = || listed(IN_U, &lower) || lower.ends_with("порту");
    // «до минус 31 градуса»: the name of a sign has no cases.
    let is_sign = || {
        let behind = text[span.end..].trim_start_matches([' ', '\u{a0}']);
        ["минус", "плюс"].contains(&lower.as_str()) && behind.starts_with(|c: char| c.is_ascii_digit())
    };
    if is_short || listed(OTHERWISE, &lower) || cases.contains('p') && is_place() || is_sign() {
        return;
    }
    if preposition == "по" && BEHIND_PO.iter().any(|end| lower.ends_with(end)) {
        return;
    }
    let Some(mut own) = cases_of(language, next, &lower) else { return };
    // «по» takes the accusative of what does not live alone.
    if preposition == "по" && own.contains('g') {
        own.retain(|case| case != 'a');
    }
    let is_noun = |at: usize| words.get(at).is_some_and(|(_, word)| !forms::of(language, word).nouns.is_empty());
    // «по одну сторону, по другую»: what is meant may be left out.
    let is_timeless = || {
        preposition == "по"
            && !own.contains(['d', 'p'])
            && (is_noun(i + 1) || is_noun(i + 2) && beside(text, &words[i + 1].0, &words[i + 2].0))
            && !is_until(language, text, words, i)
    };
    if !own.chars().any(|case| cases.contains(case)) || is_timeless() {
        found.push(told(span, &preposition, next));
    } else if let Some((span, noun)) = behind_adjectives(language, text, words, i + 1, cases) {
        found.push(told(span, &preposition, noun));
    }
}

/// Says whether «по» with the accusative says until when or on which side: «по 2020 год», «с пятой по девятую строку».
fn is_until(language: &Language, text: &str, words: &Words, i: usize) -> bool {
    const TIMES: [&str; 41] = [
        "год",
        "ден",
        "дня",
        "дни",
        "числ",
        "месяц",
        "квартал",
        "полугоди",
        "недел",
        "век",
        "вечер",
        "утр",
        "ноч",
        "врем",
        "момент",
        "час",
        "сторон",
        "рук",
        "десятилети",
        "столети",
        "сезон",
        "пор",
        "пояс",
        "горл",
        "груд",
        "колен",
        "плеч",
        "уш",
        "очеред",
        "конец",
        "начал",
        "середин",
        "понедельник",
        "вторник",
        "сред",
        "четверг",
        "пятниц",
        "суббот",
        "воскресен",
        "выпуск",
        "издани",
    ];
    let start = text[..words[i].0.start].rfind(['.', ';', ':', '–']).unwrap_or(0);
    let is_from = words[..i].iter().rev().take_while(|(at, _)| at.start >= start);
    let is_from = is_from.into_iter().any(|(_, word)| listed("с со от начиная", &word.to_lowercase()));
    let behind = words[i + 1..].iter().take(3).map(|(_, word)| word.to_lowercase());
    let is_time = |word: String| {
        TIMES.iter().any(|stem| word.starts_with(stem))
            || language.lang().month(&word).is_some()
            || forms::is_numeral(&word)
    };
    is_from || behind.into_iter().any(is_time)
}

/// Pronouns of many before a noun, which agree with it.
const OF_MANY: &str = "всех этих тех своих наших двух трёх трех четырёх четырех пяти шести семи восьми девяти десяти одиннадцати \
     двенадцати пятнадцати двадцати тридцати нескольких некоторых многих";

/// Finds a noun in the genitive behind a pronoun and a preposition that does not govern it: «во всех регионов».
pub(super) fn behind_pronoun(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let Some((preposition, cases)) = governor(text, words, i).filter(|(_, cases)| !cases.contains('g')) else { return };
    let [(a, _), (b, pronoun), (c, noun), ..] = &words[i..] else { return };
    if !listed(OF_MANY, &pronoun.to_lowercase()) || !beside(text, a, b) || !beside(text, b, c) {
        return;
    }
    // «в пяти северных регионов».
    let is_adjective = || {
        let own = forms::of(language, noun);
        own.nouns.is_empty() && own.adjectives.iter().any(|form| form.many && form.case == 'p')
    };
    let further = words.get(i + 3).filter(|(next, _)| beside(text, c, next) && is_adjective());
    let (c, noun) = further.map_or((c, noun), |(at, word)| (at, word));
    let forms = forms::of(language, noun).nouns;
    // «в трёх районам»: none of its cases may stand here.
    let is_other = !forms.is_empty() && forms.iter().all(|form| !"gap".contains(form.case));
    if is_other && cases.contains('p') && noun.chars().all(char::is_lowercase) {
        return found.push(told(c.clone(), &preposition, noun));
    }
    let of_many: Vec<&Form> = forms.iter().filter(|form| form.many && "gap".contains(form.case)).collect();
    // Whether it lives, no dictionary tells: «на всех жителей».
    let may_live = cases.contains('a') && of_many.iter().any(|form| form.case == 'a' && form.gender != Gender::N);
    let is_place = listed("в во о об при", &preposition);
    if !of_many.is_empty() && of_many.iter().all(|form| form.case != 'p') && (is_place || !may_live) {
        found.push(told(c.clone(), &preposition, noun));
    }
}

/// Nouns of measures, behind which no dative stands.
const MEASURED: &str = "объём объем доля число численность количество уровень производство площадь стоимость размер сумма рост      снижение темп прирост спад динамика добыча сбор оборот показатель структура индекс экспорт импорт поголовье доходы расходы объёмы темпы запасы поток приток отток";

/// Finds a noun in the dative behind one of measure, which governs the genitive: «объём экспорту».
pub(super) fn measured(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    // Verbs that govern a dative of their own, which may stand before them.
    const OF_DATIVE: [&str; 8] = ["принадлеж", "уступа", "доста", "равн", "соответств", "помог", "вред", "угрож"];
    let (_, measure) = &words[i];
    if !listed(MEASURED, &measure.to_lowercase()) {
        return;
    }
    let is_between = |at: &usize| {
        let own = forms::of(language, words[*at].1);
        own.nouns.is_empty() && own.adjectives.iter().any(|form| "dp".contains(form.case))
    };
    let at = i + 1 + (i + 1..words.len()).take(2).take_while(is_between).count();
    let Some((b, noun)) = words.get(at).filter(|(_, noun)| !noun.starts_with(char::is_uppercase)) else { return };
    if !(i..at).all(|at| beside(text, &words[at].0, &words[at + 1].0)) {
        return;
    }
    let own = forms::of(language, noun);
    let is_dative = own.adjectives.is_empty()
        && own.nouns.iter().any(|form| form.case == 'd')
        && own.nouns.iter().all(|form| "dp".contains(form.case));
    // «Уровень безработица»: what is measured stands in the genitive.
    let is_nominative =
        own.adjectives.is_empty() && at == i + 1 && own.nouns.iter().all(|form| form.case == 'n' && !form.many);
    let is_led = i > 0 && cases(&words[i - 1].1.to_lowercase()).is_some();
    // «Снижение уровень бедности»: two subjects at the head of a clause.
    let is_first = i == 0 || text[..words[i].0.start].trim_end().ends_with(['.', ',', ':', ';', '–']);
    let ends = |list: &[&str]| list.iter().any(|end| noun.ends_with(end));
    let is_subject = is_first
        && own.adjectives.is_empty()
        && own.nouns.iter().all(|form| "na".contains(form.case) && !form.many)
        && (listed(MEASURED, noun) || ends(&["ость", "ежь", "ёжь"]));
    let is_nominative = is_nominative || at == i + 1 && is_subject;
    if !own.nouns.is_empty() && is_nominative && !is_led && language.has_dictionary() {
        return found.push(told(b.clone(), measure, noun));
    }
    let governs = |(_, word): &(Range<usize>, &str)| OF_DATIVE.iter().any(|stem| word.to_lowercase().starts_with(stem));
    if is_dative && !words[at + 1..].iter().take(6).any(governs) {
        found.push(told(b.clone(), measure, noun));
    }
}

/// Finds a preposition and a noun that are written another way: «в течении года».
fn fixed(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) -> bool {
    let (at, word) = &words[i];
    let Some((span, next)) = words.get(i + 1).filter(|(next, _)| beside(text, at, next)) else { return false };
    let (lower, next) = (word.to_lowercase(), next.to_lowercase());
    let Some((.., right)) = FIXED.iter().find(|(own, noun, _)| *own == lower && *noun == next) else { return false };
    // «не смотря в зеркало», «в течении реки» and a noun alone may be meant.
    let behind = words.get(i + 2).filter(|(after, _)| beside(text, span, after)).map(|(_, word)| word.to_lowercase());
    let is_meant = match (next.as_str(), behind.as_deref()) {
        ("смотря", behind) => behind != Some("на"),
        ("так", behind) => behind != Some("же"),
        // «имеется в виду».
        ("виду", behind) => behind == Some("что") || i > 0 && words[i - 1].1.to_lowercase().starts_with("име"),
        ("самое" | "тоже" | "редко", _) => false,
        ("отличии", behind) => behind != Some("от"),
        ("течении", Some(behind)) => behind.starts_with("рек") || behind.starts_with("болезн"),
        (_, None) => true,
        _ => false,
    };
    if is_meant {
        return false;
    }
    found.push(Finding {
        fault: Fault::Government,
        span: at.start..span.end,
        message: format!("`{word} {next}` is not how this is written"),
        hint: format!("write `{right}`"),
    });
    true
}

/// Returns the noun behind adjectives that agree with it, which a preposition does not govern: «благодаря ранней диагностики».
fn behind_adjectives<'a>(
    language: &Language,
    text: &str,
    words: &Words<'a>,
    first: usize,
    cases: &str,
) -> Option<(Range<usize>, &'a str)> {
    let mut joint: Option<Vec<Form>> = None;
    for i in first..words.len().min(first + 4) {
        let (span, word) = &words[i];
        if i > first && !beside(text, &words[i - 1].0, span) {
            return None;
        }
        if listed(OBLIQUE, &word.to_lowercase()) {
            return None;
        }
        let own = forms::of(language, word);
        let is_adjective = own.nouns.is_empty() && !own.adjectives.is_empty();
        let list = if is_adjective { own.adjectives } else { own.nouns };
        let fitting: Vec<Form> = match &joint {
            None => list,
            Some(before) if is_adjective => list.into_iter().filter(|form| before.contains(form)).collect(),
            Some(before) => list.into_iter().filter(|noun| before.iter().any(|own| own.fits(*noun))).collect(),
        };
        if !is_adjective {
            let wrong = i > first && !fitting.is_empty() && !fitting.iter().any(|form| cases.contains(form.case));
            return wrong.then(|| (span.clone(), *word));
        }
        joint = Some(fitting);
    }
    None
}

/// Returns the cases that a preposition governs, by their first letters.
pub(super) fn cases(preposition: &str) -> Option<&'static str> {
    GOVERNED.iter().find(|(list, _)| listed(list, preposition)).map(|(_, cases)| *cases)
}

/// Returns the cases of a letter.
pub(super) fn of_letter(letter: char) -> &'static [Case] {
    match letter {
        'g' => &[Case::Gen],
        'd' => &[Case::Dat],
        'a' => &[Case::Acc],
        'i' => &[Case::Ins],
        'p' => &[Case::Prep, Case::Loc],
        _ => &[Case::Nom],
    }
}

/// Returns what governs behind a word, and the cases that it governs.
fn governor(text: &str, words: &Words, i: usize) -> Option<(String, &'static str)> {
    let (at, word) = &words[i];
    let mut preposition = word.to_lowercase();
    if text[..at.start].ends_with('-') {
        if i == 0 || words[i - 1].1.to_lowercase() != "из" {
            return None;
        }
        preposition.insert_str(0, "из-");
    }
    let before = i.checked_sub(1).map(|i| &words[i]).filter(|(before, _)| beside(text, before, at));
    let before = before.map(|(_, before)| before.to_lowercase()).unwrap_or_default();
    let with_noun = WITH_NOUN.iter().any(|(own, list)| *own == before && listed(list, &preposition));
    let cases = match cases(&preposition) {
        _ if listed(WITH, &before) && ["с", "со"].contains(&preposition.as_str()) => "i",
        Some(cases) => cases,
        None if with_noun => "g",
        None => return None,
    };
    Some((preposition, cases))
}

/// Returns a word, of a compound the last part, which is inflected: «Северо-Казахстанская».
fn last_part<'a>(text: &str, words: &Words<'a>, mut i: usize) -> (Range<usize>, &'a str) {
    while text[words[i].0.end..].starts_with('-')
        && let Some((at, _)) = words.get(i + 1)
        && at.start == words[i].0.end + 1
    {
        i += 1;
    }
    words[i].clone()
}

/// Lists the cases that a word may stand in, by their first letters; `None` where nothing tells.
fn cases_of(language: &Language, word: &str, lower: &str) -> Option<String> {
    if lower == "данных" {
        return Some("gp".to_owned());
    }
    let forms = forms::of(language, word);
    let all: String = forms.nouns.iter().chain(&forms.adjectives).map(|form| form.case).collect();
    if !all.is_empty() {
        return Some(all);
    }
    let ending = ENDINGS.iter().find(|(ending, _)| lower.ends_with(ending));
    let name = word.starts_with(char::is_uppercase) && !lower.contains("ск");
    ending.filter(|_| lower.chars().count() > 4 && !name).map(|(_, cases)| (*cases).to_owned())
}

/// «от двух до пяти» is inflected; «от 5 до десять» is not said; a fraction with a hyphen is a word of its own.
fn is_fixed(text: &str, span: &Range<usize>) -> bool {
    text[span.end..].starts_with('-')
}

fn told(span: Range<usize>, governor: &str, word: &str) -> Finding {
    Finding {
        fault: Fault::Government,
        span,
        message: format!("`{governor}` does not govern the case of `{word}`"),
        hint: "inflect the word, or use `case`".to_owned(),
    }
}

/// Finds the second of two nouns that «между» governs in another case: «между селом и город».
pub(super) fn between(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let [(_, first), (a, one), (_, and), (b, two), ..] = &words[i..] else { return };
    let joined = first.to_lowercase() == "между" && *and == "и" && text[a.end..b.start].trim() == "и";
    if !joined {
        return;
    }
    let [first, second] = [one, two].map(|word| forms::of(language, word).nouns);
    // The genitive is said of several alone: «между строк».
    let is = |list: &[Form]| list.iter().any(|form| form.case == 'i' || form.case == 'g' && form.many);
    let instrumental = |list: &[Form]| list.iter().any(|form| form.case == 'i');
    if !first.is_empty() && !is(&first) {
        found.push(told(a.clone(), "между", one));
    } else if instrumental(&first) && !second.is_empty() && !is(&second) {
        found.push(told(b.clone(), "между", two));
    }
}
