//! Year: the case of «год» behind what governs it.

use super::super::rules::Year;
use super::super::{Fault, Finding};
use crate::language::NBSP;

/// Prepositions and the words that they take of the year behind them; of several years behind a range.
const GOVERNED: [(&str, &str, &str); 16] = [
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
pub(super) fn read(text: &str, before: Option<&Year>, year: &Year, found: &mut Vec<Finding>) {
    let rest = &text[year.span.end..];
    let word_at = rest.trim_start_matches([' ', NBSP]);
    let length = word_at.find(|c: char| !c.is_alphabetic()).unwrap_or(word_at.len());
    let word = &word_at[..length];
    abbreviated(text, before, year, word, found);
    const FORMS: &str = "год года году годом годе годы годов годам годами годах";
    let gap = rest.len() - word_at.len();
    if gap == 0 || !FORMS.split(' ').any(|form| form == word) {
        return;
    }
    let first = before.map_or(year.span.start, |before| before.span.start);
    let left = text[..first].trim_end_matches([' ', NBSP]);
    let governor = left.rsplit([' ', NBSP, '\n', '(', '«', '-']).next().unwrap_or_default().to_lowercase();
    let (one, many) = match GOVERNED.iter().find(|(own, ..)| *own == governor) {
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

/// Finds «г» without its stop, and «гг.» behind one year: «в 2020 г население», «в 2020 гг.».
fn abbreviated(text: &str, before: Option<&Year>, year: &Year, word: &str, found: &mut Vec<Finding>) {
    let rest = &text[year.span.end..];
    let start = text.len() - rest.trim_start_matches([' ', NBSP]).len();
    let behind = &text[start + word.len()..];
    let left = text[..year.span.start].trim_end_matches([' ', NBSP]);
    let is_listed =
        before.is_some() || left.ends_with([',', '–', '—', '-']) || left.ends_with(" и") || left.ends_with("\u{a0}и");
    let (message, hint) = match word {
        "г" if start > year.span.end && !behind.starts_with(['.', '-', '/']) => {
            ("`г` lacks its full stop", "write «г.»")
        }
        "гг" if !is_listed && ["в", "за", "на"].contains(&left.rsplit([' ', NBSP]).next().unwrap_or_default()) => {
            ("`гг.` stands behind one year", "write «г.»")
        }
        _ => return,
    };
    found.push(Finding {
        fault: Fault::Typography,
        span: start..start + word.len(),
        message: message.to_owned(),
        hint: hint.to_owned(),
    });
}
