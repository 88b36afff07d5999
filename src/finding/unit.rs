//! Unit: what a number counts, and which arithmetic its measure class allows.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

/// The bytes of the longest name of a unit that a study declares.
const LONGEST: usize = 23;

/// The name of a unit that a study declares: `byn`, `hectares`. It is held in place, ended by zeros, so that units are copied.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitName([u8; LONGEST]);

/// The unit of a quantity. Scale words (thousand, million) belong to print and are no units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// One that the study declares with its words: a currency, an area, a weight.
    Own(UnitName),
}

impl UnitName {
    /// Reads a name: at most 23 small Latin letters, digits and hyphens, a letter first; `None` for anything else.
    pub fn parse(text: &str) -> Option<UnitName> {
        let letter = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
        let whole = text.len() <= LONGEST && text.bytes().next().is_some_and(|first| first.is_ascii_lowercase());
        (whole && text.bytes().all(letter)).then(|| {
            let mut bytes = [0; LONGEST];
            bytes.iter_mut().zip(text.bytes()).for_each(|(byte, letter)| *byte = letter);
            UnitName(bytes)
        })
    }

    /// Returns the name as written.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(LONGEST);
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }
}

impl fmt::Debug for UnitName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Unit {
    /// All units of the program, in the order of the reference.
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

    /// Finds a unit by its name; a plain word that is none of the program's names one of the study.
    pub fn parse(name: &str) -> Option<Unit> {
        let known = Unit::ALL.into_iter().find(|unit| unit.name() == name);
        known.or_else(|| UnitName::parse(name).map(Unit::Own))
    }

    /// Returns the stable name used in the ledger and in `study.yaml`.
    pub fn name(&self) -> &str {
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
            Unit::Own(name) => name.as_str(),
        }
    }

    /// Returns true for a unit that counts in thousands itself.
    pub fn is_of_thousands(self) -> bool {
        self == Unit::ThousandTenge
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

impl JsonSchema for Unit {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Unit".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let known: Vec<&str> = Unit::ALL.iter().map(Unit::name).collect();
        json_schema!({"anyOf": [{"enum": known}, {"type": "string", "pattern": "^[a-z][a-z0-9-]{0,22}$"}]})
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Unit, D::Error> {
        struct Named;
        impl Visitor<'_> for Named {
            type Value = Unit;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "the name of a unit: one of `esep list units`, or one that study.yaml declares under `units`",
                )
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Unit, E> {
                Unit::parse(name).ok_or_else(|| {
                    E::custom(format!(
                        "`{name}` is no name of a unit, which has small Latin letters, digits and hyphens: `byn`, and its \
                         words stand in study.yaml under `units`"
                    ))
                })
            }
        }
        deserializer.deserialize_str(Named)
    }
}

/// The class of a measure, which decides what may be computed from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Never below zero, and mostly above: population, a share of it.
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
