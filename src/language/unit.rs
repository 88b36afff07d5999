//! Unit: how captions and headings name what numbers count, and which words of an author name it too.

use std::borrow::Cow;

use super::{Case, Language, LanguageError, NBSP, NumberForm, Scale, Suffix};
use crate::finding::{Amount, Decimal, Unit, UnitName};

/// The words of a unit that a study declares, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitWords {
    /// What axes and headings print; in prose too where there is no noun: `руб.`, `BYN`.
    pub label: String,
    /// The noun that prose counts, in its dictionary form.
    pub noun: Option<String>,
    /// What prose says before the number: `айына`.
    pub before: String,
    /// What prose says behind the noun: `в месяц`.
    pub after: String,
}

impl Language {
    /// Returns the label of a unit for axes: `тыс. чел.`.
    pub fn unit(&self, unit: Unit, scale: Scale) -> String {
        let Unit::Own(name) = unit else { return (self.lang.grammar().unit)(self, unit, scale) };
        let scale = (self.lang.grammar().scale)(self, scale);
        [scale, self.label(name)].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("\u{a0}")
    }

    /// Lists the words by which a unit is printed, in small letters.
    pub(super) fn unit_words(&self, unit: Unit) -> Vec<String> {
        let form = NumberForm { suffix: Suffix::of(unit), ..NumberForm::default() };
        let said = self.print(&Amount::Integer(5), &form, None).unwrap_or_default();
        let label = self.unit(unit, Scale::One);
        let words = [said, label].join(" ").to_lowercase();
        words.split([' ', NBSP, '.']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }

    /// Returns the label of a unit of the study: what it gives, or else its noun as it stands behind many.
    fn label(&self, name: UnitName) -> String {
        let Some(words) = self.own.unit(name) else { return name.as_str().to_owned() };
        if !words.label.is_empty() {
            return words.label.clone();
        }
        let noun = words.noun.as_deref().unwrap_or_default();
        let many = (self.lang.grammar().nouns.many)(self, noun);
        let parts = [words.before.clone(), many.unwrap_or_else(|| noun.to_owned()), words.after.clone()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\u{a0}")
    }

    /// Returns a form that counts the noun of a unit of the study, where it has one.
    pub(super) fn counted<'a>(&self, form: &'a NumberForm) -> Cow<'a, NumberForm> {
        let noun = if let Suffix::Own(name) = form.suffix { self.own.unit(name) } else { None };
        match noun.and_then(|words| words.noun.clone()) {
            Some(noun) => Cow::Owned(NumberForm { suffix: Suffix::Noun(noun), ..form.clone() }),
            None => Cow::Borrowed(form),
        }
    }

    /// Writes a number in a unit of the study: with its noun, which agrees, or with its label, which does not.
    pub(super) fn say_own(
        &self,
        out: &mut String,
        value: &Decimal,
        form: &NumberForm,
        case: Case,
        name: UnitName,
    ) -> Result<(), LanguageError> {
        let none = UnitWords { label: name.as_str().to_owned(), ..UnitWords::default() };
        let words = self.own.unit(name).unwrap_or(&none);
        if !words.before.is_empty() {
            out.push_str(&words.before);
            out.push(NBSP);
        }
        let grammar = self.lang.grammar();
        if words.noun.is_some() {
            (grammar.say)(self, out, value, &self.counted(form), case)?;
        } else {
            (grammar.say)(self, out, value, &NumberForm { suffix: Suffix::Bare, ..form.clone() }, Case::Nom)?;
            out.push(NBSP);
            (grammar.own_label)(out, words, name, case)?;
        }
        if !words.after.is_empty() {
            out.push(NBSP);
            out.push_str(&words.after);
        }
        Ok(())
    }

    /// Returns the unit as a heading of a table names it; empty where the heading says itself what is counted.
    pub fn unit_in_head(&self, unit: Unit, scale: Scale) -> String {
        match unit {
            Unit::Count | Unit::Year | Unit::None => String::new(),
            // The base of an index is one hundred.
            Unit::Index => self.unit(Unit::Percent, scale),
            Unit::Persons
            | Unit::PersonsPerYear
            | Unit::Percent
            | Unit::PercentagePoints
            | Unit::PerMille
            | Unit::PerMillePoints
            | Unit::Times
            | Unit::TengePerMonth
            | Unit::ThousandTenge
            | Unit::CalculationIndices
            | Unit::Own(_) => self.unit(unit, scale),
        }
    }

    /// Returns the unit as a caption spells it out: `тыс. человек`.
    pub fn unit_in_caption(&self, unit: Unit, scale: Scale) -> String {
        let short = self.unit_in_head(unit, scale);
        let spelled_out = self.lang.grammar().spelled_out.iter();
        spelled_out.fold(short, |text, (short, whole)| text.replace(short, whole))
    }

    /// Finds the unit that a title or heading ends in behind a comma or in brackets.
    pub fn typed_unit<'a>(&self, text: &'a str) -> Option<&'a str> {
        let (units, beside) = self.lang.grammar().typed_units;
        if units.is_empty() {
            return None;
        }
        let (_, last) = text.rsplit_once([',', '('])?;
        let last = last.trim().trim_end_matches(')');
        if self.own.labels().any(|label| label == last) {
            return Some(last);
        }
        let words: Vec<String> =
            last.split([' ', '\u{a0}', '.']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        let known = |word: &String| units.contains(&word.as_str()) || beside.contains(&word.as_str());
        let named = words.iter().any(|word| units.contains(&word.as_str()));
        (named && words.iter().all(known)).then_some(last)
    }
}
