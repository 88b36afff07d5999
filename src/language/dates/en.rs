//! Dates of English: the month before the year.

use crate::finding::Period;
use crate::language::{Case, DateForm, LanguageError, NBSP, month_of};

pub(in crate::language) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(in crate::language) const SHORT_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub(in crate::language) fn period(period: Period) -> String {
    match (period.quarter(), period.month(), period.day()) {
        (Some(quarter), ..) => format!("Q{quarter}{NBSP}{}", period.year()),
        (None, Some(month), None) => month_of(&SHORT_MONTHS, month).to_owned(),
        (None, None, _) => period.year().to_string(),
        (None, Some(_), Some(_)) => period.to_string(),
    }
}

pub(in crate::language) fn date(period: Period, form: DateForm, _case: Case) -> Result<String, LanguageError> {
    Ok(match (period.quarter(), period.month(), period.day(), form) {
        (None, _, _, DateForm::Short) => period.to_string(),
        (Some(quarter), ..) => format!("Q{quarter}{NBSP}{}", period.year()),
        (None, Some(month), Some(day), _) => format!("{day}{NBSP}{} {}", month_of(&MONTHS, month), period.year()),
        (None, Some(month), None, _) => format!("{} {}", month_of(&MONTHS, month), period.year()),
        (None, None, _, _) => period.year().to_string(),
    })
}

pub(in crate::language) fn periods(
    [from, to]: [Period; 2],
    form: DateForm,
    case: Case,
) -> Result<[String; 3], LanguageError> {
    let between = "–".to_owned();
    let spaced = || "\u{a0}– ".to_owned();
    if from.year() != to.year() {
        return Ok([date(from, form, case)?, spaced(), date(to, form, case)?]);
    }
    Ok(match (from.quarter(), from.month(), from.day()) {
        (Some(quarter), ..) => [format!("Q{quarter}"), between, date(to, form, case)?],
        (None, _, Some(day)) if from.month() == to.month() => [day.to_string(), between, date(to, form, case)?],
        (None, Some(month), Some(day)) => {
            [format!("{day}{NBSP}{}", month_of(&MONTHS, month)), spaced(), date(to, form, case)?]
        }
        (None, month, _) => [month_of(&MONTHS, month.unwrap_or(1)).to_owned(), between, date(to, form, case)?],
    })
}
