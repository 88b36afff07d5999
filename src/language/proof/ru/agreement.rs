//! Agreement: what prepositions govern, what agrees with what.

use std::ops::Range;

use super::super::rules::Words;
use super::super::{Fault, Finding, clauses};
use crate::language::noun_ru::{self, Noun};
use crate::language::ru::Count;
use crate::language::{Case, Gender, Language, NBSP};

/// Prepositions, and the cases that they govern: gen, dat, acc, ins, prep by their first letters.
const GOVERNED: [(&str, &str); 9] = [
    ("без для до из из-за из-под от у около после кроме среди вместо вокруг против возле ради вследствие ввиду", "g"),
    ("к ко благодаря согласно вопреки", "d"),
    ("через про сквозь", "a"),
    ("над перед", "i"),
    ("между", "ig"),
    ("с со", "gi"),
    ("при", "p"),
    ("в во на о об", "ap"),
    ("за под", "ai"),
];

/// Nouns that govern the genitive behind a preposition: «за счёт», «в течение».
const WITH_NOUN: [(&str, &str); 5] = [
    ("за", "счёт счет"),
    ("в", "результате течение ходе рамках пределах"),
    ("на", "основе протяжении"),
    ("по", "мере итогам"),
    ("во", "время"),
];

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
const OTHERWISE: &str = "случая края урожая обычая трамвая много немного строго итого всего сего самого самому крым двое \
     трое потому поэтому почему дорого долго обое моего твоего своего нашего вашего ничего кое гении";

/// Numerals in a case other than the nominative, behind which the noun is plural.
const OBLIQUE: &str = "двух трёх трех четырёх четырех обоих обеих двум трём трем четырём четырем двумя тремя четырьмя пяти \
     шести семи восьми девяти десяти";

/// Verbs whose subject is what a number counts.
const MOVES: [&str; 14] = [
    "переехал",
    "прибыл",
    "выбыл",
    "уехал",
    "приехал",
    "покинул",
    "родил",
    "умер",
    "вернул",
    "переселил",
    "проживал",
    "эмигрировал",
    "иммигрировал",
    "поселил",
];

/// Verbs that say what a measure came to.
const COMES: [&str; 36] = [
    "усилил",
    "ослабил",
    "замедлил",
    "ускорил",
    "сохранил",
    "продолжил",
    "прекратил",
    "показал",
    "подтвердил",
    "отмечен",
    "зафиксирован",
    "обусловлен",
    "рассчитан",
    "получен",
    "включён",
    "исключён",
    "составил",
    "вырос",
    "возрос",
    "увеличил",
    "снизил",
    "сократил",
    "уменьшил",
    "достиг",
    "превысил",
    "повысил",
    "упал",
    "был",
    "стал",
    "оказал",
    "остал",
    "изменил",
    "опустил",
    "поднял",
    "равнял",
    "потерял",
];

/// Nouns that head no sentence in the way measured here: «исключение составили», «первое место заняла».
const NO_SUBJECT: &str = "ряд число часть большинство место раз исключение год группа человек половина треть";

/// Reads a passage for what is governed and what agrees.
pub(super) fn read(language: &Language, text: &str, words: &Words, found: &mut Vec<Finding>) {
    for i in 0..words.len() {
        governed(language, text, words, i, found);
        adjective(language, text, words, i, found);
        counted(language, text, words, i, found);
        moved(language, text, words, i, found);
        between(language, text, words, i, found);
    }
    for clause in clauses(text) {
        let from = words.partition_point(|(at, _)| at.start < clause.start);
        let until = words.partition_point(|(at, _)| at.start < clause.end);
        predicate(language, &words[from..until], found);
    }
}

fn listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|own| own == word)
}

fn nouns(language: &Language) -> impl Iterator<Item = &Noun> {
    noun_ru::known().chain(&language.own.declined).filter(|noun| !noun.is_term())
}

fn letter(case: Case) -> char {
    match case {
        Case::Nom | Case::Abl => 'n',
        Case::Gen => 'g',
        Case::Dat => 'd',
        Case::Acc => 'a',
        Case::Ins => 'i',
        Case::Prep | Case::Loc => 'p',
    }
}

/// Returns true where one space alone parts two words.
fn beside(text: &str, first: &Range<usize>, second: &Range<usize>) -> bool {
    [" ", "\u{a0}", "\n"].contains(&&text[first.end..second.start])
}

/// Finds a word in a case that the preposition before it does not govern.
fn governed(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    let mut preposition = word.to_lowercase();
    if text[..at.start].ends_with('-') {
        if i == 0 || words[i - 1].1.to_lowercase() != "из" {
            return;
        }
        preposition.insert_str(0, "из-");
    }
    let before = i.checked_sub(1).map(|i| &words[i]).filter(|(before, _)| beside(text, before, at));
    let with_noun = before.is_some_and(|(_, before)| {
        let before = before.to_lowercase();
        WITH_NOUN.iter().any(|(own, list)| *own == before && listed(list, &preposition))
    });
    let governor = GOVERNED.iter().find(|(list, _)| listed(list, &preposition)).map(|(_, cases)| *cases);
    let Some(cases) = governor.or(with_noun.then_some("g")) else { return };
    let Some((next, mut first)) = words.get(i + 1).filter(|(next, _)| beside(text, at, next)).cloned() else { return };
    // The last part of a compound is inflected: «Северо-Казахстанская».
    let (mut span, mut j) = (next, i + 1);
    while text[span.end..].starts_with('-')
        && let Some((at, word)) = words.get(j + 1).filter(|(at, _)| at.start == span.end + 1)
    {
        (span, first, j) = (at.clone(), word, j + 1);
    }
    let lower = first.to_lowercase();
    if lower.chars().count() < 4 || listed(OTHERWISE, &lower) {
        return;
    }
    let known: String = nouns(language)
        .filter(|noun| noun.starts(&lower))
        .flat_map(|noun| noun.cases_of(&lower).concat())
        .map(letter)
        .collect();
    let own = if known.is_empty() {
        let ending = ENDINGS.iter().find(|(ending, _)| lower.ends_with(ending));
        let name = first.starts_with(char::is_uppercase) && !lower.contains("ск");
        ending.filter(|_| lower.chars().count() > 4 && !name).map(|(_, cases)| (*cases).to_owned())
    } else {
        Some(known)
    };
    let Some(own) = own else { return };
    if !own.chars().any(|case| cases.contains(case)) {
        let message = format!("`{preposition}` does not govern the case of `{first}`");
        found.push(Finding {
            fault: Fault::Government,
            span,
            message,
            hint: "inflect the word, or use `case`".to_owned(),
        });
    }
}

/// Finds the second of two nouns that «между» governs in another case: «между селом и город».
fn between(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let [(_, first), (a, one), (_, and), (b, two), ..] = &words[i..] else { return };
    let joined = first.to_lowercase() == "между" && *and == "и" && text[a.end..b.start].trim() == "и";
    let cases = |word: &str| -> String {
        let lower = word.to_lowercase();
        let nouns = nouns(language).filter(|noun| noun.starts(&lower));
        nouns.flat_map(|noun| noun.cases_of(&lower).concat()).map(letter).collect()
    };
    let (one, own) = (cases(one), cases(two));
    if joined && one.contains('i') && !own.is_empty() && !own.contains(['i', 'g']) {
        found.push(Finding {
            fault: Fault::Government,
            span: b.clone(),
            message: format!("`между` does not govern the case of `{two}`"),
            hint: "inflect the word, or use `case`".to_owned(),
        });
    }
}

/// Finds an adjective in -ский that does not agree with the noun behind it.
fn adjective(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    use Gender::{F, M, N};
    const FORMS: [(&str, &[Gender], &str); 12] = [
        ("ский", &[M], "na"),
        ("ская", &[F], "n"),
        ("ское", &[N], "na"),
        ("скую", &[F], "a"),
        ("ского", &[M, N], "ga"),
        ("скому", &[M, N], "d"),
        ("ской", &[F, M], "gdipna"),
        ("ском", &[M, N], "p"),
        ("ским", &[M, N], "id"),
        ("ских", &[], "gap"),
        ("скими", &[], "i"),
        ("ские", &[], "na"),
    ];
    let (at, word) = &words[i];
    let lower = word.to_lowercase();
    let Some((_, genders, cases)) = FORMS.iter().find(|(end, ..)| lower.ends_with(end)) else { return };
    let Some((span, next)) = words.get(i + 1).filter(|(next, _)| beside(text, at, next)) else { return };
    let noun = next.to_lowercase();
    let mut known = false;
    for own in nouns(language).filter(|own| own.starts(&noun)) {
        let [one, many] = own.cases_of(&noun);
        known |= !one.is_empty() || !many.is_empty();
        let fits = |list: &[Case]| list.iter().any(|case| cases.contains(letter(*case)));
        // «в Акмолинской и Костанайской областях»: one noun for two adjectives; «два сельских округа»: behind a numeral.
        if fits(&one) && genders.contains(&own.gender())
            || fits(&many)
            || genders.is_empty() && one.contains(&Case::Gen)
        {
            return;
        }
    }
    if known {
        let message = format!("`{word}` does not agree with `{next}`");
        found.push(Finding {
            fault: Fault::Agreement,
            span: span.clone(),
            message,
            hint: "give both one gender, number and case".to_owned(),
        });
    }
}

/// Finds a noun in the singular behind a numeral in a case.
fn counted(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    if !listed(OBLIQUE, &word.to_lowercase()) || text[..at.start].ends_with('-') {
        return;
    }
    let Some((span, next)) = words.get(i + 1).filter(|(next, _)| beside(text, at, next)) else { return };
    let lower = next.to_lowercase();
    let forms: Vec<[Vec<Case>; 2]> =
        nouns(language).filter(|noun| noun.starts(&lower)).map(|noun| noun.cases_of(&lower)).collect();
    let one = forms.iter().any(|[one, _]| !one.is_empty());
    if one && forms.iter().all(|[_, many]| many.is_empty()) {
        let message = format!("`{next}` stands in the singular behind `{word}`");
        found.push(Finding {
            fault: Fault::Plural,
            span: span.clone(),
            message,
            hint: "write the plural in the same case, or use `noun`".to_owned(),
        });
    }
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

/// Finds a verb that does not agree with the number of those who moved, before it or behind it.
fn moved(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    let Some(verb) = gender_of(&word.to_lowercase(), &MOVES) else { return };
    let behind = || {
        let rest = &text[at.end..];
        let digits = rest.trim_start_matches([' ', NBSP, '\n']);
        let end = digits.find(|c: char| !c.is_ascii_digit() && c != NBSP && c != ',').unwrap_or(digits.len());
        let (noun_at, noun) = words.get(i + 1)?;
        let start = at.end + rest.len() - digits.len();
        (start + end <= noun_at.start && text[start + end..noun_at.start].trim().is_empty())
            .then(|| (digits[..end].trim_matches([NBSP, ',']), *noun))
    };
    let before = || {
        let (noun_at, noun) = words.get(i.checked_sub(1)?)?;
        let left = text[..noun_at.start].trim_end_matches([' ', NBSP]);
        let kept = left.trim_end_matches(|c: char| c.is_ascii_digit() || c == NBSP || c == ',');
        beside(text, noun_at, at).then(|| (left[kept.len()..].trim_matches([NBSP, ',']), *noun))
    };
    for (digits, noun) in behind().into_iter().chain(before()) {
        let lower = noun.to_lowercase();
        let of = nouns(language).find(|own| own.has_form(&lower) && own.lemma() != "год");
        let (Some(value), Some(of)) = (language.read(digits).filter(|_| !digits.is_empty()), of) else { continue };
        let fits = match (Count::of(&value), verb) {
            (Count::One, Gender::N) => true,
            (Count::One, gender) => gender == of.gender(),
            (_, gender) => matches!(gender, Gender::N | Gender::Pl),
        };
        if !fits {
            let message = format!("`{word}` does not agree with {digits} {noun}");
            found.push(Finding {
                fault: Fault::Agreement,
                span: at.clone(),
                message,
                hint: "use `verb`, which agrees with the number".to_owned(),
            });
            return;
        }
    }
}

/// Finds a verb that does not agree with the noun at the head of its clause.
fn predicate(language: &Language, words: &Words, found: &mut Vec<Finding>) {
    let lower: Vec<String> = words.iter().map(|(_, word)| word.to_lowercase()).collect();
    let mut head = 0;
    if lower.len() > 2 && ["в", "за", "к"].contains(&&*lower[0]) && (lower[1].starts_with("год") || lower[1] == "гг")
    {
        head = 2;
    }
    // An adjective in the nominative may stand before the noun.
    for _ in 0..2 {
        let adjective = |word: &String| ["ый", "ий", "ая", "яя", "ое", "ее"].iter().any(|end| word.ends_with(end));
        head += usize::from(lower.get(head).is_some_and(adjective));
    }
    let Some(subject) = lower.get(head) else { return };
    const MORE: [(&str, Gender); 9] = [
        ("данные", Gender::Pl),
        ("результаты", Gender::Pl),
        ("сальдо", Gender::N),
        ("рост", Gender::M),
        ("разница", Gender::F),
        ("количество", Gender::N),
        ("объём", Gender::M),
        ("убыль", Gender::F),
        ("медиана", Gender::F),
    ];
    let known = nouns(language).find(|noun| noun.lemma() == subject.as_str()).map(Noun::gender);
    let more = MORE.iter().find(|(word, _)| word == subject).map(|(_, gender)| *gender);
    let Some(gender) = known.or(more).filter(|_| !listed(NO_SUBJECT, subject)) else { return };
    for (i, word) in lower.iter().enumerate().skip(head + 1).take(6) {
        if ["и", "а", "но", "или", "что", "не", "как", "чем", "где", "это"].contains(&word.as_str())
        {
            return;
        }
        let Some(verb) = gender_of(word, &COMES) else { continue };
        if verb != gender {
            let message = format!("`{}` does not agree with `{}`", words[i].1, words[head].1);
            found.push(Finding {
                fault: Fault::Agreement,
                span: words[i].0.clone(),
                message,
                hint: "give the verb the gender and number of its subject".to_owned(),
            });
        }
        return;
    }
}
