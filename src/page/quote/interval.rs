//! Interval: two findings, or the periods of one, as a span from one end to the other.

use super::{Manner, Number, Quote, Unprintable, unfit};
use crate::finding::{Finding, Part, Value};
use crate::language::{Case, Language, Piece, Role};

impl Quote {
    /// Prints an interval: words, and numbers with what they stand for.
    pub fn interval(&self, until: &Finding, language: &Language) -> Result<Vec<(String, Option<Number>)>, Unprintable> {
        if let Manner::Date(_) | Manner::Months | Manner::Quarter = self.manner {
            return self.interval_of_periods(until, language);
        }
        let Manner::Number(form) = &self.manner else {
            return Err(Unprintable::Call(
                "`range` follows the filter that prints the numbers: percent, year …".to_owned(),
            ));
        };
        self.bears()?;
        let (form, other) = (self.form_of(form), Quote { finding: until.clone(), until: None, ..self.clone() });
        if self.finding.unit != until.unit {
            let message = format!("`range` needs one unit, not {} and {}", self.finding.unit, until.unit);
            return Err(Unprintable::Unfit(message, None));
        }
        let ends = [self.amount()?, other.amount()?];
        let refuse = |error: crate::language::LanguageError| Unprintable::Language(error.message, Some(error.hint));
        let phrase = language.range_in(&ends[0], &ends[1], &form, self.case).map_err(refuse)?;
        Ok(phrase
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(text) => (text, None),
                Piece::Number { role: Role::From, text } => (text.clone(), Some(self.record(text, Some(&form)))),
                Piece::Number { text, .. } => (text.clone(), Some(other.record(text, Some(&form)))),
            })
            .collect())
    }

    /// Prints an interval of months, quarters or days.
    fn interval_of_periods(
        &self,
        until: &Finding,
        language: &Language,
    ) -> Result<Vec<(String, Option<Number>)>, Unprintable> {
        self.bears()?;
        let refuse = |error: crate::language::LanguageError| Unprintable::Language(error.message, Some(error.hint));
        let other = Quote { finding: until.clone(), until: None, ..self.clone() };
        let ends = [self.period(), other.period()];
        let ([Some(from), Some(to)], Manner::Date(form)) = (ends, &self.manner) else {
            return Err(unfit("an interval of periods is one of dates: date | range(\"2024-09\")"));
        };
        let phrase = language.periods([from, to], *form, self.case).map_err(refuse)?;
        Ok(phrase
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(text) => (text, None),
                Piece::Number { role: Role::From, text } => (text.clone(), Some(self.record(text, None))),
                Piece::Number { text, .. } => (text.clone(), Some(other.record(text, None))),
            })
            .collect())
    }

    /// Writes a list of quarters: by their numbers, or of one year.
    pub(super) fn quarters(&self, language: &Language, case: Option<Case>) -> Result<String, Unprintable> {
        let refuse = |error: crate::language::LanguageError| Unprintable::Language(error.message, Some(error.hint));
        let wrong = || unfit("`quarter` prints quarters: 1 to 4, or \"2023-Q4\"");
        let (mut years, mut numbers) = (Vec::new(), Vec::new());
        for value in self.items()? {
            match value {
                Value::Key(Part::Period(period)) => {
                    numbers.push(period.quarter().ok_or_else(wrong)?);
                    years.push(period.year());
                }
                Value::Amount(amount) if self.literal.is_some() => {
                    numbers.push(amount.to_i64().and_then(|number| u8::try_from(number).ok()).unwrap_or(0));
                }
                _ => return Err(wrong()),
            }
        }
        match years.as_slice() {
            [] => language.quarters(&numbers, case).map_err(refuse),
            [first, rest @ ..] if years.len() == numbers.len() && rest.iter().all(|year| year == first) => {
                language.quarters_of(*first, &numbers, case).map_err(refuse)
            }
            [..] => Err(unfit("a list of quarters is of one year: write each year by itself")),
        }
    }
}
