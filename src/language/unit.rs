//! Unit: how captions and headings name what numbers count, and which words of an author name it too.

use super::{Lang, Language, Scale};
use crate::finding::Unit;

/// Words that make a unit, and words that only stand beside one.
type Words = (&'static [&'static str], &'static [&'static str]);

const RU: Words = (
    &["чел", "человек", "человека", "тенге", "мрп", "%", "‰", "п", "процентов", "процентах", "проценты", "промилле"],
    &["тыс", "тысяч", "тысячах", "млн", "миллионов", "млрд", "миллиардов", "в", "и", "год", "месяц"],
);
const KK: Words = (
    &["адам", "кісі", "теңге", "аек", "%", "‰", "п", "пайыз", "пайызбен", "промилле"],
    &["мың", "млн", "миллион", "млрд", "миллиард", "және", "мен", "т", "айына", "жылына"],
);
const EN: Words = (
    &["persons", "people", "tenge", "mci", "%", "‰", "p", "percent", "percentage"],
    &["thousand", "million", "billion", "and", "per", "cent", "year", "month", "points", "in"],
);

impl Language {
    /// Returns the label of a unit for axes: `тыс. чел.`.
    pub fn unit(&self, unit: Unit, scale: Scale) -> String {
        (self.lang.grammar().unit)(self, unit, scale)
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
            | Unit::CalculationIndices => self.unit(unit, scale),
        }
    }

    /// Returns the unit as a caption spells it out: `тыс. человек`.
    pub fn unit_in_caption(&self, unit: Unit, scale: Scale) -> String {
        // Of all units only this one has an abbreviation that no caption prints.
        self.unit_in_head(unit, scale).replace("чел.", "человек")
    }

    /// Finds the unit that a title or heading ends in behind a comma or in brackets.
    pub fn typed_unit<'a>(&self, text: &'a str) -> Option<&'a str> {
        let (units, beside) = match self.lang {
            Lang::Ru => RU,
            Lang::Kk => KK,
            Lang::En => EN,
            Lang::Other(_) => return None,
        };
        let (_, last) = text.rsplit_once([',', '('])?;
        let last = last.trim().trim_end_matches(')');
        let words: Vec<String> =
            last.split([' ', '\u{a0}', '.']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        let known = |word: &String| units.contains(&word.as_str()) || beside.contains(&word.as_str());
        let named = words.iter().any(|word| units.contains(&word.as_str()));
        (named && words.iter().all(known)).then_some(last)
    }
}
