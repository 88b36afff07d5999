//! Form: how a number is printed: decimals, scale word, unit, sign.

use serde::Deserialize;

use crate::finding::{Unit, UnitName};

/// The scale word behind the digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// None.
    #[default]
    One,
    /// Thousands.
    Thousand,
    /// Millions.
    Million,
    /// Milliards.
    Billion,
    /// 10¹².
    Trillion,
}

/// What is printed behind the digits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Suffix {
    /// Nothing.
    #[default]
    Bare,
    /// Persons.
    Persons,
    /// Persons per year.
    PersonsPerYear,
    /// A noun that the language knows, given in its dictionary form.
    Noun(String),
    /// The sign of per cent.
    Percent,
    /// Percentage points.
    Points,
    /// The sign of per mille.
    PerMille,
    /// Points of a rate per thousand.
    PerMillePoints,
    /// Points of an index.
    IndexPoints,
    /// How many times.
    Times,
    /// Nothing, and the digits are never grouped.
    Year,
    /// Tenge.
    Tenge,
    /// Thousand tenge: the scale word is one step higher than the form's.
    ThousandTenge,
    /// Monthly calculation indices.
    CalculationIndices,
    /// The words of a unit that the study declares.
    Own(UnitName),
}

/// How a number is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberForm {
    /// How many digits follow the decimal mark.
    pub decimals: usize,
    /// The scale word; the value is divided by it.
    pub scale: Scale,
    /// What follows the digits.
    pub suffix: Suffix,
    /// Whether a number above zero has an explicit plus sign.
    pub plus: bool,
    /// Whether the sign is dropped.
    pub absolute: bool,
    /// Whether it bears the possessive of the third person: `5-і`, of something said before.
    pub possessive: bool,
    /// Whether it counts persons as one group: `3-еу`, «трое».
    pub collective: bool,
    /// Whether a small number is written in words; none leaves it to the style.
    pub words: Option<bool>,
}

impl Scale {
    /// Finds a scale by the word of templates: `thousands`.
    pub fn parse(name: &str) -> Option<Scale> {
        match name {
            "one" => Some(Scale::One),
            "thousands" => Some(Scale::Thousand),
            "millions" => Some(Scale::Million),
            "billions" => Some(Scale::Billion),
            "trillions" => Some(Scale::Trillion),
            _ => None,
        }
    }

    /// Returns how many times the value is divided by a thousand.
    pub(super) fn steps(self) -> usize {
        self as usize
    }

    /// Returns the divisor.
    pub(super) fn divisor(self) -> i64 {
        [1, 1_000, 1_000_000, 1_000_000_000, 1_000_000_000_000][self.steps()]
    }
}

impl Suffix {
    /// Returns what is printed behind a value of a unit.
    pub fn of(unit: Unit) -> Suffix {
        match unit {
            Unit::Persons => Suffix::Persons,
            Unit::PersonsPerYear => Suffix::PersonsPerYear,
            Unit::Percent => Suffix::Percent,
            Unit::PercentagePoints => Suffix::Points,
            Unit::PerMille => Suffix::PerMille,
            Unit::PerMillePoints => Suffix::PerMillePoints,
            Unit::Times => Suffix::Times,
            Unit::Year => Suffix::Year,
            Unit::TengePerMonth => Suffix::Tenge,
            Unit::ThousandTenge => Suffix::ThousandTenge,
            Unit::CalculationIndices => Suffix::CalculationIndices,
            Unit::Own(name) => Suffix::Own(name),
            Unit::Index | Unit::Count | Unit::None => Suffix::Bare,
        }
    }

    /// Returns true where a scale word can stand before it.
    pub fn takes_scale(&self) -> bool {
        match self {
            Suffix::Bare | Suffix::Persons | Suffix::PersonsPerYear | Suffix::Noun(_) => true,
            Suffix::Tenge | Suffix::ThousandTenge | Suffix::CalculationIndices | Suffix::Own(_) => true,
            Suffix::Percent | Suffix::Points | Suffix::PerMille | Suffix::PerMillePoints => false,
            Suffix::IndexPoints | Suffix::Times | Suffix::Year => false,
        }
    }

    /// Returns true for points of any kind.
    pub(super) fn is_point(&self) -> bool {
        matches!(self, Suffix::Points | Suffix::PerMillePoints | Suffix::IndexPoints)
    }
}
