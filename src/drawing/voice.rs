//! Voice: how a figure speaks: its labels, numbers and unit in one language.

use crate::exhibit::{Column, Figure, Label, Mark, Series};
use crate::finding::{Amount, Period, Status};
use crate::language::{DateForm, Language, Scale};

use super::axis::Ticks;
use super::palette::{self, Look};
use super::{DrawingError, FigureWords};

/// A figure with the language and the words it is drawn in.
#[derive(Clone, Copy)]
pub(super) struct Voice<'a> {
    /// The figure.
    pub(super) figure: &'a Figure,
    /// The language.
    pub(super) language: &'a Language,
    /// The figure's own words.
    pub(super) words: &'a FigureWords,
}

impl Voice<'_> {
    /// Returns the text of a label.
    pub(super) fn label(&self, label: &Label) -> Result<String, DrawingError> {
        match label {
            Label::Territory(code) | Label::Country(code) => Ok(self.language.territory(code).to_string()),
            Label::Period(period) => Ok(self.period(*period)),
            Label::Member(member) => Ok(match self.words.words.get(&format!("series.{member}")) {
                Some(word) => word.clone(),
                None => self.language.member(member),
            }),
            Label::Word(key) => match self.words.words.get(key) {
                Some(word) => Ok(word.clone()),
                None => self.word(key),
            },
        }
    }

    /// Returns the texts of the labels of several series.
    pub(super) fn names(&self, series: &[Series]) -> Result<Vec<String>, DrawingError> {
        series.iter().map(|series| self.label(&series.label)).collect()
    }

    /// Returns a period as an axis prints it.
    pub(super) fn period(&self, period: Period) -> String {
        self.language.period(period).to_string()
    }

    /// Returns a quarter as an axis prints it whose second line names the year.
    pub(super) fn quarter(&self, quarter: u8) -> String {
        self.language.quarter_on_axis(quarter)
    }

    /// Returns a period as a sentence names it: a month with its year.
    pub(super) fn date(&self, period: Period) -> String {
        match period.month() {
            Some(_) => self.language.date(period, DateForm::Long, None).unwrap_or_else(|_| self.period(period)),
            None => self.period(period),
        }
    }

    /// Returns the name of a label in a sentence.
    pub(super) fn name(&self, label: &Label) -> Result<String, DrawingError> {
        match label {
            Label::Period(period) => Ok(self.date(*period)),
            Label::Territory(_) | Label::Country(_) | Label::Member(_) | Label::Word(_) => self.label(label),
        }
    }

    /// Returns a word of the language.
    pub(super) fn word(&self, key: &str) -> Result<String, DrawingError> {
        self.language.word(key).map(str::to_owned).ok_or_else(|| DrawingError::Word(key.to_owned()))
    }

    /// Returns the unit with its scale: `тыс. человек`; empty for numbers without one.
    pub(super) fn unit(&self) -> Result<String, DrawingError> {
        Ok(self.language.unit(self.figure.unit, scale(self.figure.thousands)?).to_string())
    }

    /// Returns the unit of a scale, with a warning where the scale leaves zero out.
    pub(super) fn unit_along(&self, ticks: &Ticks) -> Result<String, DrawingError> {
        let (unit, (low, high)) = (self.unit()?, ticks.ends());
        if low <= 0.0 && 0.0 <= high {
            return Ok(unit);
        }
        let cut = self.word("chart-cut")?;
        Ok(if unit.is_empty() { cut } else { format!("{unit}; {cut}") })
    }

    /// Returns an amount in the scale of the figure.
    pub(super) fn scaled(&self, amount: &Amount) -> Amount {
        let thousand = Amount::Integer(1000);
        (0..self.figure.thousands).fold(amount.clone(), |amount, _| amount.divided_by(&thousand).unwrap_or(amount))
    }

    /// Returns a value as it is printed.
    pub(super) fn number(&self, amount: &Amount) -> String {
        self.language.number(&self.scaled(amount), self.figure.decimals).to_string()
    }

    /// Returns a mark as it is printed: its number, or the sign of what is missing.
    pub(super) fn print(&self, mark: &Mark) -> String {
        match &mark.value {
            Ok(amount) => self.language.number_of(&self.scaled(amount), mark.class, self.figure.decimals),
            Err(reason) => self.language.missing(*reason).to_owned(),
        }
    }

    /// Returns a mark with the unit of its own column, in its scale.
    pub(super) fn whole(&self, mark: &Mark, column: &Column) -> Result<String, DrawingError> {
        let scale = scale(column.thousands)?;
        let thousand = Amount::Integer(1000);
        let text = match &mark.value {
            Ok(amount) => {
                let scaled = (0..column.thousands)
                    .fold(amount.clone(), |amount, _| amount.divided_by(&thousand).unwrap_or(amount));
                self.language.number_of(&scaled, mark.class, column.decimals)
            }
            Err(reason) => return Ok(self.language.missing(*reason).to_owned()),
        };
        let unit = self.language.unit(column.unit, scale);
        let sign = unit.starts_with(['%', '‰']);
        Ok(match unit.is_empty() {
            true => text,
            false if sign => format!("{text}{unit}"),
            false => format!("{text}\u{a0}{unit}"),
        })
    }

    /// Returns a number that a sentence prints, with the id under which the ledger has it; [`super::describe::plain`] takes
    /// that out again.
    pub(super) fn told(&self, mark: &Mark, text: String) -> String {
        match number(mark) {
            Some(id) => format!("{TOLD}{id}{SAID}{text}{END}"),
            None => text,
        }
    }

    /// Returns the look of a series by its place among several: the colour of its notion where the study declares one,
    /// shades by time for periods.
    pub(super) fn look(&self, series: &[Series], place: usize) -> Look {
        let labels = series.iter().map(|series| &series.label);
        let dated = series.len() > 1 && labels.clone().all(|label| matches!(label, Label::Period(_)));
        match series.get(place).and_then(|own| self.declared(&own.label)) {
            Some(colour) => palette::declared(colour, place),
            None if dated => palette::dated(place, series.len()),
            None => palette::series(place),
        }
    }

    /// Returns the colour of what a series is of, where the study declares it.
    pub(super) fn declared(&self, label: &Label) -> Option<[u8; 3]> {
        let of_label = matches!(label, Label::Word(_) | Label::Member(_)).then(|| label.key());
        let notion = self.figure.notion.clone().or(of_label)?;
        self.figure.colours.get(&notion).copied()
    }

    /// Returns the language's tag.
    pub(super) fn tag(&self) -> &str {
        self.language.lang().code()
    }

    /// Returns the value of a mark in the scale of the figure, for placing it.
    pub(super) fn place(&self, mark: &Mark) -> Option<f64> {
        mark.value.as_ref().ok().map(|amount| self.scaled(amount).to_f64())
    }
}

/// What stands before the id of a number in a sentence, before its text, and behind it.
pub(super) const TOLD: char = '\u{2}';
pub(super) const SAID: char = '\u{3}';
pub(super) const END: char = '\u{4}';

/// Returns the id under which the ledger has a mark; a place without a finding has none.
pub(super) fn number(mark: &Mark) -> Option<&str> {
    (!mark.number.is_empty()).then_some(mark.number.as_str())
}

/// Returns true where any of the marks was assigned by judgement.
pub(super) fn any_inferred<'a>(marks: impl IntoIterator<Item = &'a Mark>) -> bool {
    marks.into_iter().any(|mark| mark.status == Status::Inferred && mark.value.is_ok())
}

/// Returns an error unless every series has as many marks as the axis has places.
pub(super) fn check(series: &[Series], places: usize) -> Result<(), DrawingError> {
    match series.iter().find(|series| series.marks.len() != places) {
        _ if places == 0 || series.is_empty() => Err(DrawingError::Shape(String::from("there is nothing to draw"))),
        Some(bad) => {
            let (label, count) = (&bad.label, bad.marks.len());
            Err(DrawingError::Shape(format!("{label:?} has {count} marks for {places} places")))
        }
        None => Ok(()),
    }
}

/// Names the scale of so many powers of a thousand.
fn scale(thousands: u8) -> Result<Scale, DrawingError> {
    match thousands {
        0 => Ok(Scale::One),
        1 => Ok(Scale::Thousand),
        2 => Ok(Scale::Million),
        more => Err(DrawingError::Shape(format!("no unit is scaled by {more} powers of a thousand"))),
    }
}
