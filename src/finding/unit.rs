//! Unit: what a number counts, and which arithmetic its measure class allows.

use std::fmt;

use serde::Deserialize;

/// The unit of a quantity. Scale words (thousand, million) belong to print and are no units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Persons, or events that happened to persons.
    Persons,
    /// Persons per year: the slope of a trend.
    PersonsPerYear,
    /// Per cent of a whole.
    Percent,
    /// The difference of two percentages.
    PercentagePoints,
    /// Per thousand residents.
    PerMille,
    /// The difference of two rates per thousand.
    PerMillePoints,
    /// An index whose base is 100.
    Index,
    /// How many times one number is another.
    Times,
    /// A plain count: regions, months, years, towns, ranks.
    Count,
    /// A calendar year.
    Year,
    /// Tenge a month, nominal.
    TengePerMonth,
    /// Thousand tenge, nominal.
    ThousandTenge,
    /// Monthly calculation indices, the state's unit of account.
    CalculationIndices,
    /// Things without a unit: keys, texts, truths.
    None,
}

impl Unit {
    /// All units, in the order of the reference.
    pub const ALL: [Unit; 14] = [
        Unit::Persons,
        Unit::PersonsPerYear,
        Unit::Percent,
        Unit::PercentagePoints,
        Unit::PerMille,
        Unit::PerMillePoints,
        Unit::Index,
        Unit::Times,
        Unit::Count,
        Unit::Year,
        Unit::TengePerMonth,
        Unit::ThousandTenge,
        Unit::CalculationIndices,
        Unit::None,
    ];

    /// Returns the stable name used in the ledger and in `study.yaml`.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Persons => "persons",
            Unit::PersonsPerYear => "persons-per-year",
            Unit::Percent => "percent",
            Unit::PercentagePoints => "percentage-points",
            Unit::PerMille => "per-mille",
            Unit::PerMillePoints => "per-mille-points",
            Unit::Index => "index",
            Unit::Times => "times",
            Unit::Count => "count",
            Unit::Year => "year",
            Unit::TengePerMonth => "tenge-per-month",
            Unit::ThousandTenge => "thousand-tenge",
            Unit::CalculationIndices => "calculation-indices",
            Unit::None => "none",
        }
    }

    /// Returns the unit of a difference: per cent minus per cent is percentage points.
    pub fn of_difference(self) -> Unit {
        match self {
            Unit::Percent => Unit::PercentagePoints,
            Unit::PerMille => Unit::PerMillePoints,
            other => other,
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The class of a measure, which decides what may be computed from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Always above zero: population, a share of it.
    Level,
    /// Never below zero: births, arrivals.
    Flow,
    /// Of either sign: a balance, a change. Growth rates, logarithms and shares of it mean nothing.
    Signed,
}

impl Class {
    /// Returns the stable name used in the catalogue and the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Class::Level => "level",
            Class::Flow => "flow",
            Class::Signed => "signed",
        }
    }

    /// Returns the class of a sum or a list of both.
    pub fn joined(self, other: Class) -> Class {
        self.max(other)
    }
}
