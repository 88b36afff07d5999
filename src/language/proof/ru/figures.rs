//! Figures: ordinals in digits, collectives, numerals and the gender of what they count, days of a month.

use std::ops::Range;

use super::super::rules::Words;
use super::super::{Fault, Finding};
use super::forms::{self, known};
use super::{beside, listed};
use crate::language::dates::ru::MONTHS;
use crate::language::noun_ru::Noun;
use crate::language::{Case, Gender, Language, NBSP};

/// What is written behind the digits of an ordinal, and what should be.
const ORDINALS: [(&str, &str); 21] = [
    ("ый", "й"),
    ("ий", "й"),
    ("ой", "й"),
    ("ей", "й"),
    ("ая", "я"),
    ("ья", "я"),
    ("ое", "е"),
    ("ые", "е"),
    ("ие", "е"),
    ("ую", "ю"),
    ("ого", "го"),
    ("его", "го"),
    ("ому", "му"),
    ("ему", "му"),
    ("ым", "м"),
    ("им", "м"),
    ("ом", "м"),
    ("ем", "м"),
    ("ых", "х"),
    ("ыми", "ми"),
    ("их", "х"),
];

const COLLECTIVES: &str = "двое трое четверо пятеро шестеро семеро";

/// Numerals that show a gender: those of the feminine, and those that never stand before one.
const FEMININE: &str = "две обе обеих обеим обеими полторы одна";
const OTHERS: &str = "два оба обоих обоим обоими полтора один одно";

/// Reads a passage.
pub(super) fn read(language: &Language, text: &str, words: &Words, found: &mut Vec<Finding>) {
    for i in 0..words.len() {
        let (at, word) = &words[i];
        let behind = words.get(i + 1).filter(|(next, _)| beside(text, at, next));
        let lower = word.to_lowercase();
        ordinal(text, at, &lower, found);
        cardinal(text, words, i, found);
        from(text, at, &lower, found);
        dated(language, text, words, i, found);
        aged(text, at, &lower, found);
        nominative(text, at, &lower, found);
        if let Some(next) = behind.filter(|_| language.has_dictionary()) {
            spelled(language, &lower, word, next, found);
        }
        if let Some(next) = behind.filter(|_| listed(COLLECTIVES, &lower)) {
            collective(language, word, next, found);
        }
        if behind.is_some() && (listed(FEMININE, &lower) || listed(OTHERS, &lower)) {
            gender(language, text, words, i, found);
        }
    }
}

/// Finds more letters than an ordinal in digits takes: «2-ом», «2022-ому».
fn ordinal(text: &str, at: &Range<usize>, lower: &str, found: &mut Vec<Finding>) {
    let Some((_, right)) = ORDINALS.iter().find(|(ending, _)| *ending == lower) else { return };
    let Some(before) = text[..at.start].strip_suffix('-') else { return };
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    if !digits.is_empty() {
        found.push(Finding {
            fault: Fault::Ending,
            span: before.len() - digits.len()..at.end,
            message: format!("`{digits}-{lower}` bears more letters than an ordinal takes"),
            hint: format!("write `{digits}-{right}`, or use `ordinal`"),
        });
    }
}

/// Finds an ending of a cardinal behind digits, which take none, and one of an ordinal behind a Roman number: «15-ти», «XX-го века».
fn cardinal(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    const CARDINAL: &str = "ти ми мя ю ух ёх ех и";
    const ORDINAL: &str = "й го м му ый ой ого ом ому е ое ая я х ых";
    let (at, word) = &words[i];
    let Some(before) = text[..at.start].strip_suffix('-') else { return };
    let number = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_digits = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    let is_roman = !number.is_empty() && number.chars().all(|c| "IVXLCMХІ".contains(c));
    // «в 2-х районах», but «1990-х годов».
    let is_few = is_digits && *word == "х" && ["2", "3", "4"].contains(&number);
    if is_few || is_digits && listed(CARDINAL, word) || is_roman && listed(ORDINAL, word) {
        found.push(Finding {
            fault: Fault::Ending,
            span: before.len() - number.len()..at.end,
            message: format!("`{number}-{word}` bears an ending that it does not take"),
            hint: if is_roman {
                format!("write `{number}`")
            } else {
                format!("write `{number}`, or the number in words")
            },
        });
    }
}

/// Finds the ending of an ordinal behind digits that the noun behind it makes needless: «1-го января», «в 2015-м году».
fn dated(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    const ENDINGS: &str = "го й м му е";
    let (at, word) = &words[i];
    let Some(before) = text[..at.start].strip_suffix('-').filter(|_| listed(ENDINGS, word)) else { return };
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    let Some((_, next)) = words.get(i + 1).filter(|(next, _)| beside(text, at, next)) else { return };
    let is_year = digits.len() == 4 && ["год", "года", "году", "годом"].contains(next);
    let is_day = digits.len() < 3 && language.lang().month(next).is_some() && !MONTHS.contains(next);
    if !digits.is_empty() && (is_year || is_day) {
        found.push(Finding {
            fault: Fault::Ending,
            span: before.len() - digits.len()..at.end,
            message: format!("`{digits}-{word}` bears an ending that `{next}` makes needless"),
            hint: format!("write `{digits} {next}`"),
        });
    }
}

/// Finds the second part of an adjective that a hyphen joins to its number: «5 летнего возраста».
fn aged(text: &str, at: &Range<usize>, lower: &str, found: &mut Vec<Finding>) {
    const PARTS: &str = "летний летнего летнему летняя летней летнюю месячный месячного дневный дневного дневной дневная этажный этажного \
         этажных этажные кратный кратного кратное кратный комнатный комнатных комнатные";
    let before = text[..at.start].trim_end_matches([' ', NBSP]);
    if before.len() < at.start && before.ends_with(|c: char| c.is_ascii_digit()) && listed(PARTS, lower) {
        let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        found.push(Finding {
            fault: Fault::Spelling,
            span: before.len() - digits.len()..at.end,
            message: format!("`{digits} {lower}` lacks its hyphen"),
            hint: format!("write `{digits}-{lower}`"),
        });
    }
}

/// Finds a noun that does not go with a numeral in words before it: «три районов», «пять тысячи», «одна школ».
fn spelled(
    language: &Language,
    lower: &str,
    word: &str,
    (span, next): &(Range<usize>, &str),
    found: &mut Vec<Finding>,
) {
    const FEW: &str = "два две три четыре полтора полторы";
    let form = forms::of(language, next);
    let is_noun = !form.nouns.is_empty() && form.adjectives.is_empty() && next.chars().all(char::is_lowercase);
    if !is_noun {
        return;
    }
    let fits = |form: &forms::Form| match lower {
        "один" | "одна" | "одно" => !form.many && "na".contains(form.case),
        _ if listed(FEW, lower) => form.case == 'g' && !form.many,
        _ => form.case == 'g' && form.many,
    };
    const MANY: &str = "много мало немало несколько столько множество";
    // «несколько район», «много мигранты».
    if listed(MANY, lower) && form.nouns.iter().all(|form| "na".contains(form.case)) {
        return found.push(Finding {
            fault: Fault::Plural,
            span: span.clone(),
            message: format!("`{next}` does not go with `{word}`"),
            hint: "write the genitive plural".to_owned(),
        });
    }
    let is_numeral = forms::is_numeral(lower) && !["оба", "обе"].contains(&lower)
        || listed(FEW, lower)
        || ["один", "одна", "одно"].contains(&lower);
    if is_numeral && !form.nouns.iter().any(fits) {
        found.push(Finding {
            fault: Fault::Plural,
            span: span.clone(),
            message: format!("`{next}` does not go with `{word}`"),
            hint: "give the noun the number and case that the numeral asks for, or use `noun`".to_owned(),
        });
    }
}

/// Finds one end of a range that a dash joins to the other: «от 5–7 процентов», «с 2010–2015 годов».
fn from(text: &str, at: &Range<usize>, lower: &str, found: &mut Vec<Finding>) {
    let rest = text[at.end..].trim_start_matches([' ', NBSP]);
    let length = rest.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(rest.len());
    let Some(second) = rest[length..].strip_prefix('–').filter(|_| length > 0) else { return };
    let digits = second.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(second.len());
    let behind = second[digits..].trim_start_matches([' ', NBSP]);
    let clause = &behind[..behind.find(['.', ',', ';', ':']).unwrap_or(behind.len())];
    let goes_on = clause.split([' ', NBSP]).any(|word| word == "до" || word == "по");
    let is_year = ["годов", "гг", "годы"].iter().any(|own| behind.starts_with(own));
    if digits > 0 && !goes_on && (lower == "от" || lower == "между" || ["с", "со"].contains(&lower) && is_year)
    {
        let start = text.len() - rest.len();
        found.push(Finding {
            fault: Fault::Government,
            span: start..start + length + '–'.len_utf8() + digits,
            message: format!("`{lower}` begins a range that a dash joins"),
            hint: "write «от 5 до 7», «с 2010 по 2015», or leave the preposition out".to_owned(),
        });
    }
}

/// Finds a month in the nominative behind a day: «1 январь».
fn nominative(text: &str, at: &Range<usize>, lower: &str, found: &mut Vec<Finding>) {
    if !MONTHS.contains(&lower) {
        return;
    }
    let before = text[..at.start].trim_end_matches([' ', NBSP]);
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    let alone = before.len() < at.start && !before[..before.len() - digits.len()].ends_with([',', '.', '/', '-', '–']);
    if alone && digits.parse().is_ok_and(|day: u8| (1..=31).contains(&day)) {
        found.push(Finding {
            fault: Fault::Government,
            span: at.clone(),
            message: format!("`{lower}` stands in the nominative behind a day"),
            hint: "write the genitive, or use `date`".to_owned(),
        });
    }
}

/// Finds a collective before what does not live, or before women: «трое области».
fn collective(language: &Language, word: &str, (span, next): &(Range<usize>, &str), found: &mut Vec<Finding>) {
    let lower = next.to_lowercase();
    let is_form = |noun: &&Noun| noun.starts(&lower) && noun.cases_of(&lower).iter().any(|list| !list.is_empty());
    let Some(noun) = known(language).find(is_form) else { return };
    let counted = noun.is_animate() && noun.gender() != Gender::F;
    if !counted || noun.many(Case::Gen) != lower {
        found.push(told(
            span,
            format!("`{word}` does not count `{next}`"),
            "a collective counts men, children and people in general, in the genitive plural; write the numeral",
        ));
    }
}

/// Finds a numeral of one gender before a noun of another: «два области», «в обоих областях».
fn gender(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (_, word) = &words[i];
    let lower = word.to_lowercase();
    let mut at = i + 1;
    let is_adjective = |word: &str| {
        let form = forms::of(language, word);
        !form.adjectives.is_empty() && form.nouns.is_empty()
    };
    while at < i + 3
        && is_adjective(words[at].1)
        && words.get(at + 1).is_some_and(|(next, _)| beside(text, &words[at].0, next))
    {
        at += 1;
    }
    let (span, noun) = &words[at];
    let nouns = forms::of(language, noun).nouns;
    let fits = |own: Gender| match lower.as_str() {
        _ if listed(FEMININE, &lower) => own == Gender::F,
        "один" => own == Gender::M,
        "одно" => own == Gender::N,
        _ => own != Gender::F,
    };
    if !nouns.is_empty() && !nouns.iter().any(|form| fits(form.gender)) {
        found.push(told(
            span,
            format!("`{word}` does not agree with `{noun}`"),
            "give the numeral the gender of the noun",
        ));
    }
}

fn told(span: &Range<usize>, message: String, hint: &str) -> Finding {
    Finding { fault: Fault::Agreement, span: span.clone(), message, hint: hint.to_owned() }
}
