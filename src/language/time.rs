//! Time: periods, dates and their intervals, as a language says them.

use super::{Case, Language, LanguageError, Phrase, Piece, Role, refuse_empty};
use crate::finding::Period;

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateForm {
    /// With the month's name and the year's abbreviation: `7 октября 2023 г.`.
    Long,
    /// With the word for year in full, as in running text: `7 октября 2023 года`.
    Prose,
    /// In digits: `07.10.2023`.
    Short,
}

impl Language {
    /// Writes an interval of years with the abbreviation of the word: `2013–2022 гг.`.
    pub fn years(&self, from: i32, to: i32) -> String {
        format!("{from}–{to}{}", (self.lang.grammar().years)(None))
    }

    /// Returns a short label of a period: `2022`, `янв.`, `4-й квартал 2023 г.`, `07.10.2023`.
    pub fn period(&self, period: Period) -> String {
        (self.lang.grammar().period)(period)
    }

    /// Returns the names of months as a list in a case.
    pub fn months(&self, months: &[u8], case: Option<Case>) -> Result<String, LanguageError> {
        let case = self.checked(case)?;
        refuse_empty(months)?;
        match months.iter().find(|month| !(1..=12).contains(*month)) {
            Some(wrong) => {
                Err(LanguageError::new("not-a-month", format!("there is no month {wrong}"), "months are 1 to 12"))
            }
            None => Ok((self.lang.grammar().months)(self, months, case)),
        }
    }

    /// Writes a period as a date.
    pub fn date(&self, period: Period, form: DateForm, case: Option<Case>) -> Result<String, LanguageError> {
        (self.lang.grammar().date)(period, form, self.checked(case)?)
    }

    /// Returns a period as a table prints it, where nothing beside it names the year of a month.
    pub fn period_in_table(&self, period: Period) -> String {
        match (period.month(), period.day()) {
            (Some(_), None) => {
                let [before, behind] = (self.lang.grammar().of_year_short)(period.year());
                [before, self.period(period), behind].concat()
            }
            _ => self.period(period),
        }
    }

    /// Writes a quarter below an axis that names its year: `IV`, `Q4`.
    pub fn quarter_on_axis(&self, quarter: u8) -> String {
        (self.lang.grammar().quarter)(quarter)
    }

    /// Writes quarters: `4-й квартал`, `IV тоқсан`, `1-й и 3-й кварталы`.
    pub fn quarters(&self, quarters: &[u8], case: Option<Case>) -> Result<String, LanguageError> {
        let case = self.checked(case)?;
        refuse_empty(quarters)?;
        if let Some(quarter) = quarters.iter().find(|quarter| !(1..=4).contains(*quarter)) {
            let message = format!("there is no quarter {quarter}");
            return Err(LanguageError::new("not-a-quarter", message, "quarters are 1 to 4"));
        }
        Ok((self.lang.grammar().quarters)(quarters, case))
    }

    /// Writes several quarters of one year: `1-й и 3-й кварталы 2024 года`.
    pub fn quarters_of(&self, year: i32, quarters: &[u8], case: Option<Case>) -> Result<String, LanguageError> {
        let [before, behind] = (self.lang.grammar().of_year)(year);
        Ok([before, self.quarters(quarters, case)?, behind].concat())
    }

    /// Writes half of a year: `1-е полугодие`, `I жартыжылдық`.
    pub fn half_year(&self, half: u8, case: Option<Case>) -> Result<String, LanguageError> {
        let case = self.checked(case)?;
        if !(1..=2).contains(&half) {
            let message = format!("there is no half-year {half}");
            return Err(LanguageError::new("not-a-half-year", message, "half-years are 1 and 2"));
        }
        Ok((self.lang.grammar().half_year)(half, case))
    }

    /// Writes an interval of months, quarters or days, its two ends told apart: `январь–сентябрь 2024 года`.
    pub fn periods(&self, ends: [Period; 2], form: DateForm, case: Option<Case>) -> Result<Phrase, LanguageError> {
        let kind = |period: Period| (period.quarter().is_some(), period.month().is_some(), period.day().is_some());
        let wrong = |message: String, hint: &str| Err(LanguageError::new("interval-of-periods", message, hint));
        if kind(ends[0]) != kind(ends[1]) {
            return wrong(
                format!("{} and {} are periods of two kinds", ends[0], ends[1]),
                "give two months, quarters or days",
            );
        }
        if kind(ends[0]) == (false, false, false) {
            return wrong(
                "an interval of years is one of numbers".to_owned(),
                "print the years with `year` before `range`",
            );
        }
        if form == DateForm::Short {
            return wrong("an interval of periods is not written in digits".to_owned(), "use date or date(\"long\")");
        }
        if ends[0].first_day() >= ends[1].first_day() {
            return wrong(format!("{} does not stand before {}", ends[0], ends[1]), "give the earlier period first");
        }
        let [from, between, to] = (self.lang.grammar().periods)(ends, form, self.checked(case)?)?;
        Ok(vec![
            Piece::Number { role: Role::From, text: from },
            Piece::Text(between),
            Piece::Number { role: Role::To, text: to },
        ])
    }
}
