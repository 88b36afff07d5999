//! Dates of Russian: the month in its case, the year an attribute behind it.

use std::borrow::Cow;

use super::in_digits;
use crate::finding::Period;
use crate::language::noun_ru;
use crate::language::spoken::ru::ordinal_ending;
use crate::language::{Case, DateForm, LanguageError, NBSP, month_of};

pub(in crate::language) const MONTHS: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

pub(in crate::language) const SHORT_MONTHS: [&str; 12] =
    ["янв.", "февр.", "март", "апр.", "май", "июнь", "июль", "авг.", "сент.", "окт.", "нояб.", "дек."];

pub(in crate::language) fn years(case: Option<Case>) -> Cow<'static, str> {
    Cow::Borrowed(match case {
        None => "\u{a0}гг.",
        Some(Case::Gen) => "\u{a0}годов",
        Some(Case::Dat) => "\u{a0}годам",
        Some(Case::Ins) => "\u{a0}годами",
        Some(Case::Prep | Case::Loc) => "\u{a0}годах",
        Some(Case::Nom | Case::Acc | Case::Abl) => "\u{a0}годы",
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
    let of_year = match form {
        DateForm::Long => format!("{}{NBSP}г.", to.year()),
        DateForm::Prose | DateForm::Short => format!("{}{NBSP}года", to.year()),
    };
    Ok(match (from.quarter().zip(to.quarter()), from.day().zip(to.day())) {
        (Some((first, last)), _) => {
            let word = noun_ru::QUARTER.many(case);
            [first.to_string(), between, format!("{last}-{}{NBSP}{word} {of_year}", ordinal_ending(case))]
        }
        (None, Some((first, _))) if from.month() == to.month() => [first.to_string(), between, date(to, form, case)?],
        (None, Some((first, _))) => {
            let month = month_in(from.month().unwrap_or(1), Case::Gen);
            [format!("{first}{NBSP}{month}"), spaced(), date(to, form, case)?]
        }
        (None, None) => [
            month_in(from.month().unwrap_or(1), case).into_owned(),
            between,
            format!("{} {of_year}", month_in(to.month().unwrap_or(1), case)),
        ],
    })
}

pub(in crate::language) fn month_in(month: u8, case: Case) -> Cow<'static, str> {
    let name = month_of(&MONTHS, month);
    let stem = name.strip_suffix(['ь', 'й']);
    let [gen_, dat, ins] = match (stem, month) {
        (None, _) => ["а", "у", "ом"],
        // From April to July the stress stays on the stem.
        (Some(_), 4..=7) => ["я", "ю", "ем"],
        (Some(_), _) => ["я", "ю", "ём"],
    };
    let ending = match case {
        Case::Nom | Case::Acc | Case::Abl => return Cow::Borrowed(name),
        Case::Gen => gen_,
        Case::Dat => dat,
        Case::Ins => ins,
        Case::Prep | Case::Loc => "е",
    };
    Cow::Owned([stem.unwrap_or(name), ending].concat())
}

pub(in crate::language) fn period(period: Period) -> String {
    match (period.quarter(), period.month(), period.day()) {
        (Some(quarter), ..) => format!("{quarter}-й{NBSP}квартал {}{NBSP}г.", period.year()),
        (None, Some(month), None) => month_of(&SHORT_MONTHS, month).to_owned(),
        (None, Some(month), Some(day)) => in_digits(period.year(), month, day),
        (None, None, _) => period.year().to_string(),
    }
}

pub(in crate::language) fn date(period: Period, form: DateForm, case: Case) -> Result<String, LanguageError> {
    let (year, first) = (period.year(), period.first_day());
    // Behind a month or a quarter the year is an attribute in the genitive; alone it takes the case itself.
    let of_year = match form {
        DateForm::Long => format!("{year}{NBSP}г."),
        DateForm::Prose => format!("{year}{NBSP}года"),
        DateForm::Short => String::new(),
    };
    Ok(match (period.quarter(), period.month(), period.day(), form) {
        (_, _, Some(day), DateForm::Short) => in_digits(year, first.1, day),
        (None, Some(month), None, DateForm::Short) => format!("{month:02}.{year:04}"),
        (Some(quarter), _, _, DateForm::Short) => format!("{quarter}{NBSP}кв. {year}"),
        (None, None, None, DateForm::Short) => year.to_string(),
        // The day is an ordinal whose ending is not written, and the month depends on it.
        (_, Some(month), Some(day), _) => format!("{day}{NBSP}{} {of_year}", month_in(month, Case::Gen)),
        (None, Some(month), None, _) => format!("{} {of_year}", month_in(month, case)),
        (Some(quarter), _, _, _) => {
            format!("{quarter}-{}{NBSP}{} {of_year}", ordinal_ending(case), noun_ru::QUARTER.one(case))
        }
        (None, None, _, DateForm::Long) => of_year,
        (None, None, _, DateForm::Prose) => format!("{year}{NBSP}{}", noun_ru::YEAR.one(case)),
    })
}
