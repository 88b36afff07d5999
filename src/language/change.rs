//! Change: how a value moved between two moments, before any language says it.

use serde::Deserialize;

use super::number::rounded;
use super::{Case, Language, LanguageError, NumberForm, Suffix};
use crate::finding::{Amount, Class, Decimal, Unit};

/// What kind of quantity changes; it decides the verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// A number of persons or things.
    #[default]
    Count,
    /// A share, a rate, a level.
    Share,
    /// A flow during a period.
    Flow,
}

/// The gender of the subject, which the Russian verb agrees with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// Masculine.
    #[default]
    M,
    /// Feminine.
    F,
    /// Neuter.
    N,
    /// Plural.
    Pl,
}

/// Which balance a signed value is; it decides the subject of the clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Balance {
    /// Arrivals less departures.
    #[default]
    Migration,
    /// Births less deaths.
    Natural,
}

/// What has to be known of a quantity to say how it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeSpec {
    /// The unit of both values.
    pub unit: Unit,
    /// The class of both values.
    pub class: Class,
    /// The kind of quantity.
    pub kind: ChangeKind,
    /// The gender of the subject in the template; a balance brings its own subject.
    pub gender: Gender,
    /// The balance that is meant, where the class is signed.
    pub balance: Balance,
    /// How the values are printed; the suffix of a difference follows from it.
    pub form: NumberForm,
}

/// Which of the numbers of a change a printed number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The earlier value.
    From,
    /// The later value.
    To,
    /// What lies between them.
    Difference,
}

/// A part of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A number with its unit.
    Number {
        /// Which number it is.
        role: Role,
        /// The number as printed.
        text: String,
    },
}

/// Words and numbers in the order of the sentence.
pub type Phrase = Vec<Piece>;

/// Which way the printed value moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Movement {
    Up,
    Down,
    Same,
}

/// What happened to the printed values. A reader sees rounded numbers, so they decide.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// A value that is never negative moved by a difference.
    Plain { movement: Movement, difference: Decimal },
    /// A balance stayed on its side of zero; the sizes are without a sign, and so is their movement.
    Balance { gain: bool, movement: Movement, from: Decimal, to: Decimal },
    /// A balance crossed zero.
    Crossing { from: Decimal, to: Decimal },
    /// A balance was and is zero.
    Nil,
}

impl Gender {
    /// Finds a gender by the letter of templates: `f`.
    pub fn parse(name: &str) -> Option<Gender> {
        match name {
            "m" => Some(Gender::M),
            "f" => Some(Gender::F),
            "n" => Some(Gender::N),
            "pl" => Some(Gender::Pl),
            _ => None,
        }
    }
}

impl ChangeKind {
    /// Finds a kind by the word of templates: `share`.
    pub fn parse(name: &str) -> Option<ChangeKind> {
        match name {
            "count" => Some(ChangeKind::Count),
            "share" => Some(ChangeKind::Share),
            "flow" => Some(ChangeKind::Flow),
            _ => None,
        }
    }
}

impl Movement {
    fn of(signum: i32) -> Movement {
        match signum {
            0 => Movement::Same,
            s if s > 0 => Movement::Up,
            _ => Movement::Down,
        }
    }

    /// Returns what belongs to the way of the movement.
    pub(super) fn choose<T>(self, up: T, down: T, same: T) -> T {
        match self {
            Movement::Up => up,
            Movement::Down => down,
            Movement::Same => same,
        }
    }
}

impl Turn {
    /// Works out what happened.
    pub(super) fn of(from: &Amount, to: &Amount, spec: &ChangeSpec) -> Turn {
        let round = |value: &Amount| rounded(value, spec.form.decimals, spec.form.scale);
        match spec.class {
            Class::Level | Class::Flow => {
                let difference = round(&to.minus(from));
                let movement = Movement::of(difference.to_amount().signum());
                Turn::Plain { movement, difference: unsigned(difference) }
            }
            Class::Signed => {
                let (from, to) = (round(from), round(to));
                let (before, after) = (from.to_amount(), to.to_amount());
                match (before.signum(), after.signum()) {
                    (0, 0) => Turn::Nil,
                    (a, b) if a * b < 0 => Turn::Crossing { from, to },
                    (a, b) => {
                        let movement = Movement::of(after.magnitude().minus(&before.magnitude()).signum());
                        Turn::Balance { gain: a + b > 0, movement, from: unsigned(from), to: unsigned(to) }
                    }
                }
            }
        }
    }
}

impl ChangeSpec {
    /// Returns the form of a value within the phrase, where the words tell the sign.
    pub(super) fn value_form(&self) -> NumberForm {
        NumberForm { plus: false, absolute: false, ..self.form.clone() }
    }

    /// Returns the form of a difference: per cent become points.
    pub(super) fn difference_form(&self) -> NumberForm {
        let suffix = match (&self.form.suffix, self.unit) {
            (Suffix::Percent, _) => Suffix::Points,
            (Suffix::PerMille, _) => Suffix::PerMillePoints,
            (Suffix::Bare, Unit::Index) => Suffix::IndexPoints,
            (other, _) => other.clone(),
        };
        NumberForm { suffix, ..self.value_form() }
    }
}

/// Makes a piece of a number that is rounded and scaled already.
pub(super) fn said(
    language: &Language,
    role: Role,
    value: &Decimal,
    form: &NumberForm,
    case: Case,
) -> Result<Piece, LanguageError> {
    let mut text = String::with_capacity(48);
    language.say(&mut text, value, form, case)?;
    Ok(Piece::Number { role, text })
}

/// Makes a piece of words.
pub(super) fn text(words: &str) -> Piece {
    Piece::Text(words.to_owned())
}

fn unsigned(value: Decimal) -> Decimal {
    Decimal { negative: false, ..value }
}
