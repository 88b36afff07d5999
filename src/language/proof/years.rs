//! Years: ranges that run backwards, and the case of the year behind what governs it.

use std::ops::Range;

use super::{Fault, Finding};
use crate::language::{Lang, NBSP};

/// A year in digits.
struct Year {
    span: Range<usize>,
    value: u32,
}

/// Reads a passage.
pub(super) fn read(lang: Lang, text: &str, found: &mut Vec<Finding>) {
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return;
    }
    let years = years(text);
    for pair in years.windows(2) {
        if let [first, last] = pair
            && first.value > last.value
            && is_range(lang, text, &first.span, &last.span)
        {
            let message = format!("the years run backwards: {} comes after {}", first.value, last.value);
            found.push(Finding {
                fault: Fault::Reversed,
                span: first.span.start..last.span.end,
                message,
                hint: "put the earlier year first".to_owned(),
            });
        }
    }
    for (i, year) in years.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| &years[i]).filter(|before| dashed(text, &before.span, &year.span));
        match lang {
            Lang::Ru => russian(text, before, year, found),
            Lang::Kk => kazakh(text, year, found),
            Lang::En | Lang::Other(_) => {}
        }
    }
}

/// Finds numbers of four digits that may be years, and are no part of a longer number.
fn years(text: &str) -> Vec<Year> {
    let digit = |c: char| c.is_ascii_digit();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(digit).map(|i| at + i) {
        let end = text[start..].find(|c| !digit(c)).map_or(text.len(), |i| start + i);
        let (before, after) = (&text[..start], &text[end..]);
        let is_part = |rest: &str, sign: Option<char>| {
            sign.is_some_and(|sign| [',', '.', NBSP, '\u{202f}', '/'].contains(&sign)) && {
                let rest = rest.trim_matches([',', '.', NBSP, '\u{202f}', '/']);
                rest.ends_with(digit) || rest.starts_with(digit)
            }
        };
        let value = text[start..end].parse().unwrap_or(0);
        let joined = is_part(before, before.chars().next_back()) && !before.ends_with(". ")
            || is_part(after.split([' ', '\n']).next().unwrap_or_default(), after.chars().next());
        if end - start == 4 && (1800..=2100).contains(&value) && !joined {
            found.push(Year { span: start..end, value });
        }
        at = end;
    }
    found
}

/// Says whether nothing but a dash stands between two years.
fn dashed(text: &str, first: &Range<usize>, last: &Range<usize>) -> bool {
    let gap = text[first.end..last.start].trim_matches([' ', NBSP]);
    ["–", "—", "-", "\u{2212}"].contains(&gap)
}

/// Says whether two years are the ends of a range: «2010–2024», «с 2010 по 2024 год», «2010 жылдан 2024 жылға дейін».
fn is_range(lang: Lang, text: &str, first: &Range<usize>, last: &Range<usize>) -> bool {
    if dashed(text, first, last) {
        return true;
    }
    let gap = &text[first.end..last.start];
    let between: Vec<&str> = gap.split([' ', NBSP, '\n']).filter(|word| !word.is_empty()).collect();
    let word_before = |at: usize| text[..at].trim_end_matches([' ', NBSP]).rsplit([' ', NBSP, '\n', '(']).next();
    let led = |by: &[&str]| word_before(first.start).is_some_and(|word| by.contains(&word.to_lowercase().as_str()));
    match lang {
        Lang::Ru => {
            let rest: Vec<&str> =
                between.iter().copied().filter(|word| !word.starts_with("год") && *word != "г.").collect();
            led(&["с", "со"]) && matches!(rest.as_slice(), ["по" | "до"] | ["по" | "до", _])
        }
        Lang::Kk => {
            let until = text[last.end..].trim_start_matches([' ', NBSP]);
            matches!(between.as_slice(), ["жылдан"] | ["жылдан", "бастап"]) && until.starts_with("жылға дейін")
        }
        Lang::En => led(&["from", "between"]) && matches!(between.as_slice(), ["to" | "until" | "and"]),
        Lang::Other(_) => false,
    }
}

/// Prepositions and the words that they take of the year behind them; of several years behind a range.
const RUSSIAN: [(&str, &str, &str); 16] = [
    ("в", "году", "годах годы"),
    ("во", "году", "годах годы"),
    ("к", "году", "годам"),
    ("ко", "году", "годам"),
    ("до", "года", "годов"),
    ("от", "года", "годов"),
    ("из", "года", "годов"),
    ("после", "года", "годов"),
    ("около", "года", "годов"),
    ("для", "года", "годов"),
    ("с", "года годом", "годов годами"),
    ("за", "год годом", "годы год годами"),
    ("на", "год", "годы"),
    ("по", "год году", "годы год годам"),
    ("о", "годе году", "годах"),
    ("между", "годом годами", "годами"),
];

/// Verbs and nouns of motion from one time to another, behind which «в» takes the accusative.
const MOTION: [&str; 8] = ["перен", "переход", "переш", "перей", "вступ", "вош", "перебр", "сдвин"];

/// Words that a year in the genitive belongs to.
const OF_YEAR: &str = "январь январе января феврале февраля февраль март марте марта апрель апреле апреля май мае мая июнь июне июня \
     июль июле июля август августе августа сентябрь сентябре сентября октябрь октябре октября ноябрь ноябре ноября декабрь декабре \
     декабря начало начале начала началу конец конце конца концу середине середины итогам итоги";

/// Finds the word «год» in a case that the preposition before the year does not take.
fn russian(text: &str, before: Option<&Year>, year: &Year, found: &mut Vec<Finding>) {
    let rest = &text[year.span.end..];
    let word_at = rest.trim_start_matches([' ', NBSP]);
    let length = word_at.find(|c: char| !c.is_alphabetic()).unwrap_or(word_at.len());
    let word = &word_at[..length];
    const FORMS: &str = "год года году годом годе годы годов годам годами годах";
    let gap = rest.len() - word_at.len();
    if gap == 0 || !FORMS.split(' ').any(|form| form == word) {
        return;
    }
    let first = before.map_or(year.span.start, |before| before.span.start);
    let left = text[..first].trim_end_matches([' ', NBSP]);
    let governor = left.rsplit([' ', NBSP, '\n', '(', '«', '-']).next().unwrap_or_default().to_lowercase();
    let (one, many) = match RUSSIAN.iter().find(|(own, ..)| *own == governor) {
        Some((_, one, many)) => (*one, *many),
        None if OF_YEAR.split_whitespace().any(|own| own == governor) => ("года", "годов"),
        None => return,
    };
    // «в 2020–2021 году»: a year of schools or of accounts.
    let seasons = before.is_some_and(|before| before.value + 1 == year.value);
    let fits = |list: &str| list.split(' ').any(|own| own == word);
    let clause = left.rsplit(['.', ';', '!', '?']).next().unwrap_or_default().to_lowercase();
    let moves = governor == "в" && word.starts_with("год") && MOTION.iter().any(|stem| clause.contains(stem));
    let right = if before.is_some() { many } else { one };
    if fits(right) || seasons && fits(one) || moves {
        return;
    }
    let right = right.split(' ').next().unwrap_or(right);
    let start = year.span.end + gap;
    found.push(Finding {
        fault: Fault::Government,
        span: start..start + length,
        message: format!("`{governor}` does not govern `{word}` behind a year"),
        hint: format!("write `{right}`"),
    });
}

/// Finds the word «жыл» without the case that the postposition behind it takes, and a hyphen before it.
fn kazakh(text: &str, year: &Year, found: &mut Vec<Finding>) {
    let rest = &text[year.span.end..];
    if rest.starts_with("-жыл") || rest.starts_with("-ж.") {
        found.push(Finding {
            fault: Fault::Typography,
            span: year.span.start..year.span.end + 1,
            message: "a hyphen stands between a year and its word".to_owned(),
            hint: "write a no-break space: «2022 жылы»".to_owned(),
        });
        return;
    }
    let mut words = rest.split([' ', NBSP]).filter(|word| !word.is_empty());
    let (Some(word), next) = (words.next(), words.next().unwrap_or_default()) else { return };
    let next = next.trim_end_matches([',', '.', ';', ')']);
    let right = match (word, next) {
        ("жыл" | "жылы" | "жылда" | "жылды", "дейін" | "қарай") => "жылға",
        ("жыл" | "жылы" | "жылда" | "жылды" | "жылға", "бастап" | "бері" | "кейін") => {
            "жылдан"
        }
        ("жыл" | "жылы" | "жылдан", "қарағанда") => "жылға",
        ("жылда", _) => "жылы",
        _ => return,
    };
    // What the words of postpositions say of endings is not said twice.
    let said = found.iter().any(|other| other.fault == Fault::Government && text[other.span.clone()].ends_with(word));
    if said {
        return;
    }
    let start = year.span.end + rest.find(word).unwrap_or(0);
    found.push(Finding {
        fault: Fault::Government,
        span: start..start + word.len(),
        message: format!("`{word}` is not the form of a year that stands here"),
        hint: format!("write `{right}`"),
    });
}
