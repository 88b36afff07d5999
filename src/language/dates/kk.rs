//! Dates of Kazakh: the year first, the ending on the last word.

use std::borrow::Cow;

use super::in_digits;
use crate::finding::Period;
use crate::language::suffix_kk::inflected;
use crate::language::{Case, DateForm, Language, LanguageError, NBSP, month_of};

pub(in crate::language) const MONTHS: [&str; 12] = [
    "қаңтар",
    "ақпан",
    "наурыз",
    "сәуір",
    "мамыр",
    "маусым",
    "шілде",
    "тамыз",
    "қыркүйек",
    "қазан",
    "қараша",
    "желтоқсан",
];

pub(in crate::language) const SHORT_MONTHS: [&str; 12] =
    ["қаң.", "ақп.", "нау.", "сәу.", "мам.", "мау.", "шіл.", "там.", "қыр.", "қаз.", "қар.", "жел."];

pub(in crate::language) const QUARTERS: [&str; 4] = ["I", "II", "III", "IV"];

pub(in crate::language) fn years(case: Option<Case>) -> Cow<'static, str> {
    match case {
        None => Cow::Borrowed("\u{a0}жж."),
        // «in the years» is an adverb of its own, as in one year.
        Some(Case::Loc) => Cow::Borrowed("\u{a0}жылдары"),
        Some(case) => Cow::Owned(format!("{NBSP}{}", inflected("жылдар", case))),
    }
}

pub(in crate::language) fn period(period: Period) -> String {
    let year = period.year();
    match (period.quarter(), period.month(), period.day()) {
        (Some(quarter), ..) => format!("{year}{NBSP}ж. {}{NBSP}тоқсан", roman(quarter)),
        (None, Some(month), None) => month_of(&SHORT_MONTHS, month).to_owned(),
        (None, Some(month), Some(day)) => in_digits(year, month, day),
        (None, None, _) => year.to_string(),
    }
}

pub(in crate::language) fn roman(quarter: u8) -> &'static str {
    QUARTERS[usize::from(quarter.clamp(1, 4)) - 1]
}

pub(in crate::language) fn months(language: &Language, months: &[u8], case: Case) -> String {
    let names: Vec<String> = months.iter().map(|month| month_of(&MONTHS, *month).to_owned()).collect();
    match names.as_slice() {
        [only] => inflected(only, case),
        _ if case == Case::Nom || names.is_empty() => language.list(&names),
        // The ending goes on a common word, or it would have to be repeated on every name.
        _ => [language.list(&names).as_str(), " ", &inflected("айлары", case)].concat(),
    }
}

pub(in crate::language) fn date(period: Period, form: DateForm, case: Case) -> Result<String, LanguageError> {
    let year = period.year();
    let whole_year = period.month().is_none() && period.quarter().is_none();
    let abbreviated = form == DateForm::Short || whole_year && form == DateForm::Long;
    if abbreviated && case != Case::Nom {
        let message = format!("an abbreviated date takes no case: {period}");
        return Err(LanguageError::new("date-with-case", message, "write it in full"));
    }
    let of_year = if form == DateForm::Long { "ж." } else { "жылғы" };
    Ok(match (period.quarter(), period.month(), period.day(), form) {
        (_, Some(month), Some(day), DateForm::Short) => in_digits(year, month, day),
        (_, Some(month), None, DateForm::Short) => format!("{month:02}.{year:04}"),
        (Some(quarter), _, _, DateForm::Short) => format!("{year}{NBSP}ж. {}{NBSP}тоқс.", roman(quarter)),
        (None, None, _, DateForm::Short) => year.to_string(),
        (_, Some(month), Some(day), _) => {
            format!("{year}{NBSP}{of_year} {day}{NBSP}{}", inflected(month_of(&MONTHS, month), case))
        }
        (_, Some(month), None, _) => format!("{year}{NBSP}{of_year} {}", inflected(month_of(&MONTHS, month), case)),
        (Some(quarter), _, _, _) => {
            format!("{year}{NBSP}{of_year} {}{NBSP}{}", roman(quarter), inflected("тоқсан", case))
        }
        (None, None, _, DateForm::Long) => format!("{year}{NBSP}ж."),
        // «in the year» is an adverb of its own.
        (None, None, _, DateForm::Prose) if case == Case::Loc => format!("{year}{NBSP}жылы"),
        (None, None, _, DateForm::Prose) => format!("{year}{NBSP}{}", inflected("жыл", case)),
    })
}

pub(in crate::language) fn periods(
    [from, to]: [Period; 2],
    form: DateForm,
    case: Case,
) -> Result<[String; 3], LanguageError> {
    if from.year() != to.year() {
        let whole = [date(from, form, Case::Nom)?, date(to, form, case)?];
        let [from, to] = whole;
        return Ok([from, "\u{a0}– ".to_owned(), to]);
    }
    let of_year = if form == DateForm::Long { "ж." } else { "жылғы" };
    let year = format!("{}{NBSP}{of_year} ", from.year());
    let month = |period: Period, case| inflected(month_of(&MONTHS, period.month().unwrap_or(1)), case);
    let [first, last] = match (from.quarter().zip(to.quarter()), from.day().zip(to.day())) {
        (Some((first, last)), _) => {
            [roman(first).to_owned(), format!("{}{NBSP}{}", roman(last), inflected("тоқсан", case))]
        }
        (None, Some((first, last))) if from.month() == to.month() => {
            [first.to_string(), format!("{last}{NBSP}{}", month(to, case))]
        }
        (None, Some((first, last))) => {
            let from = format!("{first}{NBSP}{}", month(from, Case::Nom));
            return Ok([year + &from, "\u{a0}– ".to_owned(), format!("{last}{NBSP}{}", month(to, case))]);
        }
        (None, None) => [month(from, Case::Nom), month(to, case)],
    };
    Ok([year + &first, "–".to_owned(), last])
}
