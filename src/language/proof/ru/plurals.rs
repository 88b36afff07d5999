//! Plurals: nouns that do not agree with the number before them.

use super::super::rules::Words;
use super::super::{Fault, Finding};
use super::forms::{self, Form};
use super::{agreement, gender_of, government, listed, predicate};
use crate::language::noun_ru;
use crate::language::ru::Count;
use crate::language::{Case, Gender, Language, NBSP};

/// Words in front of a number that is a name and counts nothing: «таблица 2».
const NUMBERED: [&str; 19] = [
    "таблиц",
    "табл",
    "рисун",
    "рис",
    "стать",
    "статей",
    "ст",
    "пункт",
    "глав",
    "раздел",
    "приложени",
    "част",
    "том",
    "вып",
    "формул",
    "редакци",
    "вариант",
    "издани",
    "с",
];

/// Nouns that digits number as well as count, as they begin, and what ends one of them: «ко 2 кварталу», «в 5 классе».
const ORDERED: [(&str, &[&str]); 11] = [
    ("квартал", ONE),
    ("класс", ONE),
    ("курс", ONE),
    ("этап", ONE),
    ("этаж", ONE),
    ("тур", ONE),
    ("семестр", ONE),
    ("триместр", ONE),
    ("полугоди", &["е", "я", "ю", "ем", "и"]),
    ("мест", &["о", "у", "ом", "е"]),
    ("декад", &["а", "у", "е", "ой"]),
];
const ONE: &[&str] = &["", "а", "у", "ом", "е"];

/// Words behind «годом», «месяц» and the like that tell of a time, so that a number before them counts something else.
const AGO: &str = "назад ранее раньше спустя позже";

/// Parts of the day behind an hour: «в 7 утра».
const HOURS: &str = "утра вечера ночи дня";

/// Verbs behind which a number stands in the nominative or the accusative, as they begin.
const COUNTED: [&str; 31] = [
    "откры",
    "закры",
    "участвовал",
    "работал",
    "действовал",
    "функционировал",
    "появил",
    "возник",
    "построил",
    "отремонтирован",
    "поступил",
    "зарегистрирован",
    "обучал",
    "учил",
    "жил",
    "трудил",
    "опросил",
    "обследовал",
    "прошл",
    "открыт",
    "закрыт",
    "создан",
    "построен",
    "выдан",
    "составил",
    "был",
    "насчитывал",
    "обследован",
    "опрошен",
    "собран",
    "учтен",
];

/// A number in digits before a word.
struct Number<'a> {
    digits: &'a str,
    /// Where it begins.
    first: usize,
    count: Count,
    /// A scale word stands behind it.
    is_scaled: bool,
}

/// Finds Russian nouns that do not agree with the number before them.
pub(super) fn read(language: &Language, text: &str, words: &Words, found: &mut Vec<Finding>) {
    for (i, (span, word)) in words.iter().enumerate() {
        let Some(number) = number(language, text, span.start) else { continue };
        // The stop of an abbreviation may end a sentence as well.
        let is_next = number.is_scaled && word.starts_with(char::is_uppercase);
        let is_time = words.get(i + 1).is_some_and(|(_, next)| listed(AGO, &next.to_lowercase()));
        if is_next
            || is_time
            || is_name(text, words, i, &number)
            || is_ordered(&word.to_lowercase())
            || listed(HOURS, &word.to_lowercase())
            || heads(language, text, words, i, &number)
        {
            continue;
        }
        let digits = number.digits;
        let noun = behind_adjectives(language, text, words, i);
        let (span, word) = &words[noun];
        let (message, hint) = if let Some(right) = misfit(language, text, words, [i, noun], &number) {
            (format!("`{word}` does not agree with {digits}"), format!("write `{right}`, or use `noun`"))
        } else if let Some(noun) = single(language, text, words, i, &number) {
            let hint = "write the adjective in the plural, or use `noun`".to_owned();
            (format!("`{word} {noun}` does not agree with {digits}"), hint)
        } else {
            continue;
        };
        found.push(Finding { fault: Fault::Plural, span: span.clone(), message, hint });
    }
}

/// Returns the number before a place, with the scale word between; none where it is a year.
fn number<'a>(language: &Language, text: &'a str, at: usize) -> Option<Number<'a>> {
    let before = text[..at].strip_suffix([' ', NBSP, '\n'])?;
    let scale = ["тыс.", "млн", "млрд", "трлн"].iter().find_map(|scale| before.strip_suffix(scale));
    let digits = scale.map_or(before, |rest| rest.trim_end_matches([' ', NBSP]));
    let start = first_digit(digits)?;
    let digits = digits[start..].trim_start_matches([NBSP, ',', '\u{202f}']);
    let value = language.read(&digits.replace(' ', "\u{a0}")).filter(|_| !digits.is_empty())?;
    let is_year = digits.len() == 4
        && value.fraction.is_empty()
        && digits.parse().is_ok_and(|year| (1800..=2100).contains(&year));
    let count = if scale.is_some() { Count::Round } else { Count::of(&value) };
    (!is_year).then_some(Number { digits, first: start, count, is_scaled: scale.is_some() })
}

/// Returns where the number begins in which a text ends; its groups may be parted by plain spaces.
fn first_digit(text: &str) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_digit() || [',', NBSP, '\u{202f}'].contains(&c);
    let back = |text: &str| text.len() - text.trim_end_matches(is_part).len();
    let mut start = text.len() - back(text);
    // «1 204»: a group of three, and digits before it.
    while let Some(left) = text[..start].strip_suffix(' ')
        && text[start..].chars().take_while(char::is_ascii_digit).count() == 3
        && (1..=3).contains(&back(left))
    {
        start = left.len() - back(left);
    }
    (start < text.len()).then_some(start)
}

/// Says whether the number names what the word before it says: «таблица 2».
fn is_name(text: &str, words: &Words, i: usize, number: &Number) -> bool {
    let before = text[..number.first].trim_end_matches([' ', NBSP]);
    // «школа № 12», «COVID-19».
    if before.ends_with('№') || before.strip_suffix('-').is_some_and(|rest| rest.ends_with(char::is_alphabetic)) {
        return true;
    }
    words[..i].iter().rev().find(|(at, _)| at.end <= number.first).is_some_and(|(at, word)| {
        let lower = word.to_lowercase();
        let close = text[at.end..number.first].trim_matches(['.', ' ', NBSP, '№']).is_empty();
        // «с. 5», but «с 5 тысячами».
        let is_sign = lower == "с" && !text[at.end..].starts_with('.');
        close
            && !is_sign
            && NUMBERED.iter().any(|stem| lower == *stem || stem.chars().count() > 3 && lower.starts_with(stem))
    })
}

/// Says whether the noun may be numbered and not counted: «во 2 квартале».
fn is_ordered(lower: &str) -> bool {
    ORDERED.iter().any(|(stem, ends)| lower.strip_prefix(stem).is_some_and(|rest| ends.contains(&rest)))
}

/// Says whether a noun begins what is said behind a phrase that ends in a number: «с 8 часов до 20 нагрузка упала», «в 21 случае из
/// 100 диагноз неверен».
fn heads(language: &Language, text: &str, words: &Words, i: usize, number: &Number) -> bool {
    let before = words[..i].iter().rfind(|(at, _)| at.end <= number.first);
    let is_led = before.is_some_and(|(at, word)| {
        text[at.end..number.first].trim_matches([' ', NBSP]).is_empty()
            && government::cases(&word.to_lowercase()).is_some()
    });
    let own = forms::of(language, words[i].1).nouns;
    let ones: Vec<Gender> = own.iter().filter(|form| form.case == 'n' && !form.many).map(|form| form.gender).collect();
    if !is_led || number.is_scaled || ones.is_empty() {
        return false;
    }
    let stop = text[words[i].0.end..].find([',', '.', ';', ':', '–']).map_or(text.len(), |at| words[i].0.end + at);
    let behind = words[i + 1..].iter().take_while(|(at, _)| at.start < stop).take(4);
    behind.into_iter().any(|(_, word)| ones.iter().any(|gender| says(&word.to_lowercase(), *gender)))
}

/// Says whether a word may be the verb of a subject in the singular: of the past, of the present, or a short adjective of few.
fn says(word: &str, gender: Gender) -> bool {
    let ends = |list: &[&str]| word.chars().count() > 3 && list.iter().any(|end| word.ends_with(end));
    let past = match gender {
        Gender::M => ends(&["л", "лся", "ен", "ан", "ёт", "ет", "ит"]),
        Gender::F => ends(&["ла", "лась", "на"]),
        Gender::N => ends(&["ло", "лось", "но"]),
        Gender::Pl => false,
    };
    past || ends(&["ется", "ится", "ает", "яет", "еет", "ует"])
}

/// Returns where the noun stands that a number counts: behind adjectives that go with it in the genitive plural, «32 детских садов».
fn behind_adjectives(language: &Language, text: &str, words: &Words, i: usize) -> usize {
    let is_many = |form: &Form| form.case == 'g' && form.many;
    for at in i..words.len().min(i + 3) {
        let own = forms::of(language, words[at].1);
        let is_beside = at == i || text[words[at - 1].0.end..words[at].0.start].trim_matches([' ', NBSP]).is_empty();
        if !is_beside || own.nouns.is_empty() && !own.adjectives.iter().any(is_many) {
            break;
        }
        if !own.nouns.is_empty() {
            return if own.nouns.iter().any(is_many) { at } else { i };
        }
    }
    i
}

/// Returns what a noun should be behind a number, where it is not. What no list has, the dictionary tells where a case is asked for.
fn misfit(language: &Language, text: &str, words: &Words, [i, noun]: [usize; 2], number: &Number) -> Option<String> {
    let word = words[noun].1;
    let lower = word.to_lowercase();
    let may_number = NUMBERED.iter().any(|stem| stem.chars().count() > 3 && lower.starts_with(stem));
    let asked = asked(language, text, words, i, number.first).filter(|_| !may_number);
    let own = noun_ru::known().chain(&language.own.declined);
    let known = noun_ru::misfit(word, number.count, own, asked.as_deref());
    let is_month = language.lang().month(word).is_some();
    // At the end of a clause it heads nothing else: «в городе 24 поликлиника».
    let is_last =
        text[words[noun].0.end..].trim_start_matches('»').chars().next().is_none_or(|sign| ".,;:!?)".contains(sign));
    let is_told = asked.is_some() || is_last && !may_number;
    if known.is_some() || !is_told || is_month || !language.has_dictionary() || lower.chars().count() < 4 {
        return known;
    }
    if forms::known(language).any(|noun| noun.starts(&lower) && noun.has_form(&lower)) {
        return None;
    }
    let words = language.vocabulary();
    let mut guessed = noun_ru::guessed(&lower, &|lemma| words.enters(lemma), &|form| words.knows(form));
    // Of many, the accusative of what lives is that of what does not.
    let is_object = asked.as_ref().is_some_and(|own| own.contains(&Case::Acc));
    // Behind one stands no plural, whether it lives or not.
    let is_one = |noun: &noun_ru::Noun| number.count == Count::One && noun.cases_of(&lower)[0].is_empty();
    let is_open = !is_object || !matches!(number.count, Count::One | Count::Few);
    guessed.retain(|noun| is_open || is_one(noun) || !may_live(noun));
    noun_ru::misfit(word, number.count, guessed.iter(), asked.as_deref())
}

/// Says whether what a noun names may live, so that its accusative is a genitive: no dictionary tells, but the endings of those who
/// do something are few.
fn may_live(noun: &noun_ru::Noun) -> bool {
    const LIVING: [&str; 29] = [
        "ник", "чик", "щик", "ик", "ок", "як", "ак", "тель", "арь", "ень", "ец", "ист", "ант", "ент", "ач", "тор",
        "сор", "ер", "ёр", "ин", "ян", "лог", "граф", "ица", "ка", "ья", "ша", "иня", "мать",
    ];
    noun.gender() != Gender::N && LIVING.iter().any(|end| noun.lemma().ends_with(end))
}

/// Verbs whose amount stands in the genitive, as they begin, and what denies.
const OF_GENITIVE: [&str; 17] = [
    "лиш",
    "косн",
    "каса",
    "достиг",
    "достич",
    "добил",
    "хват",
    "треб",
    "ожида",
    "избеж",
    "бои",
    "боя",
    "придерж",
    "проси",
    "стои",
    "не",
    "нет",
];

/// Lists the cases that the word before a number asks for, where it stands beside it; at the head of a sentence the nominative.
fn asked(language: &Language, text: &str, words: &Words, i: usize, first: usize) -> Option<Vec<Case>> {
    let start = text[..first].rfind(['.', '!', '?', ':', '\n']).map_or(0, |at| at + 1);
    let stop = text[first..].find(['.', '!', '?', ',', ';', '–', '\n']).map_or(text.len(), |at| first + at);
    let governs =
        |word: &str| OF_GENITIVE.iter().any(|stem| if stem.len() < 5 { word == *stem } else { word.starts_with(stem) });
    if text[start..first].trim().is_empty() {
        let behind = words[i..].iter().take_while(|(at, _)| at.end <= stop);
        let is_subject = behind.into_iter().all(|(_, word)| !governs(&word.to_lowercase()));
        return is_subject.then(|| vec![Case::Nom]);
    }
    let before = words[..i].iter().rposition(|(at, _)| at.end < first)?;
    let (at, word) = &words[before];
    if !text[at.end..first].trim_matches([' ', NBSP]).is_empty() {
        return None;
    }
    let lower = word.to_lowercase();
    if let Some(cases) = government::cases(&lower) {
        return Some(cases.chars().flat_map(|letter| government::of_letter(letter).iter().copied()).collect());
    }
    // «На ферме 1 204 коров.»: where something is, and nothing else.
    let place = forms::of(language, word).nouns;
    let is_place = !place.is_empty() && place.iter().all(|form| "dp".contains(form.case));
    let is_whole = words[..=before].iter().filter(|(at, _)| at.start >= start).count() == 2
        && words.get(i + 1).is_none_or(|(at, _)| at.start >= stop);
    if is_place && is_whole && ["в", "на"].contains(&words[before - 1].1.to_lowercase().as_str()) {
        return Some(vec![Case::Nom]);
    }
    let is_denied = before.checked_sub(1).is_some_and(|at| words[at].1.to_lowercase() == "не");
    let is_verb = [&agreement::MOVES[..], &COUNTED[..]]
        .iter()
        .any(|stems| gender_of(lower.trim_end_matches("ся"), stems).is_some() || gender_of(&lower, stems).is_some())
        || agreement::of_counted(&lower).is_some();
    if is_verb && !is_denied {
        return Some(vec![Case::Nom, Case::Acc]);
    }
    // Whatever a verb governs, but the few that are listed, it is no genitive.
    let is_open = language.has_dictionary() && !governs(&lower) && !is_denied;
    if is_open && predicate::done(language, &lower).is_some() {
        return Some(vec![Case::Nom]);
    }
    let reflexive = ["ся", "сь"].iter().find_map(|end| lower.strip_suffix(end));
    let is_any = |own: &str| predicate::present(language, own).is_some() || predicate::past(language, own).is_some();
    match reflexive {
        Some(own) if is_open && is_any(own) => Some(vec![Case::Nom, Case::Dat, Case::Ins]),
        None if is_open && is_any(&lower) => Some(vec![Case::Nom, Case::Acc, Case::Dat, Case::Ins]),
        _ => None,
    }
}

/// Returns the noun where a number stands before an adjective and a noun in the singular: «2 процентный пункт».
fn single<'a>(language: &Language, text: &str, words: &Words<'a>, i: usize, number: &Number) -> Option<&'a str> {
    if number.count == Count::One || number.is_scaled {
        return None;
    }
    let (at, word) = &words[i];
    let (_, noun) =
        words.get(i + 1).filter(|(next, _)| text[at.end..next.start].trim_matches([' ', NBSP]).is_empty())?;
    let is_one = |form: &Form| form.case == 'n' && !form.many && form.gender == Gender::M;
    let adjective = forms::of(language, word);
    let is_adjective = adjective.nouns.is_empty() && adjective.adjectives.iter().any(is_one);
    (is_adjective && forms::of(language, noun).nouns.iter().any(is_one)).then_some(*noun)
}
