//! Finding: a computed value with its unit, class, vintage, status and derivation.

mod amount;
mod derivation;
pub mod expr;
mod id;
mod identifiers;
mod key;
mod observed;
mod series;
mod sums;
mod unit;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

pub use amount::{Amount, Decimal};
pub use derivation::{CellRef, Derivation, Input, RowRef};
pub use expr::Expr;
pub use id::{FindingId, SeriesId, VALUE, is_later};
pub use identifiers::{Day, Doi, Jel, LanguageCode, Mail, Orcid};
pub use key::{Code, Key, Part, Period, days_in_month};
pub use observed::{Observations, Observed, Said};
pub use series::{Basis, Dimension, Findings, Given, Lineage, Role, Series};
pub use sums::{Sums, sums};
pub use unit::{Class, Unit, UnitName};

/// Why a value is missing. Every missing value has one; nothing is ever a silent zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The publisher gives no figure.
    Missing,
    /// The phenomenon does not occur there.
    NoPhenomenon,
    /// The territory did not exist then, or has no such part.
    NotApplicable,
    /// The publisher keeps the figure confidential.
    Suppressed,
    /// The base of a ratio is zero.
    ZeroBase,
    /// The base of a growth rate is negative.
    NegativeBase,
    /// The value changed sign, so no growth rate exists.
    SignChange,
    /// The parts of a share have different signs.
    MixedSign,
    /// The table does not cover it.
    OutOfScope,
    /// Too few observations.
    TooFew,
    /// All observations are equal.
    ZeroVariance,
    /// An indicator is a linear function of others, so that their parts cannot be told apart.
    Collinear,
    /// The total to divide by is zero.
    ZeroTotal,
    /// The printed precision of the inputs does not decide it.
    Undecided,
    /// Equal values, where an exact distribution needs all of them to differ.
    Ties,
    /// Several have the same value, so that none of them alone is the first.
    Tied,
    /// More observations than the method, or its exact distribution, is worked out for.
    TooMany,
    /// The formula has no value there: the logarithm of zero, a half-life without convergence.
    Undefined,
    /// The data have another form than the method is for: three groups for a test of two, years where months are needed.
    Unsuited,
    /// The dates keep no step of the calendar, so that none of them is the one before another.
    Irregular,
}

/// How a figure came to be in the data, from the firmest to the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// As the publisher printed it.
    Published,
    /// Retyped from a paper.
    Transcribed,
    /// Computed by the person who prepared the file, as the file says.
    Derived,
    /// Carried back by the publisher to a territory that came later.
    Backcast,
    /// Assigned by judgement; kept out of ranks.
    Inferred,
}

/// What a finding says. `D` is the domain of its numbers: exact amounts, or intervals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<D = Amount> {
    /// A number.
    Amount(D),
    /// A word of the study's material.
    Text(String),
    /// Whether something holds.
    Truth(bool),
    /// A territory, period or category: the answer to "which one".
    Key(Part),
    /// Several values, each under the key that tells it apart, in the order of the territories and periods.
    List(Vec<(Key, Cell<D>)>),
    /// Nothing, and why.
    Missing(Reason),
}

/// A value with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<D = Amount> {
    /// What it says.
    pub value: Value<D>,
    /// The weakest status among the cells of source files behind it.
    pub status: Status,
    /// The vintages behind it.
    pub vintages: Vintages,
}

/// The vintages that a value rests on, in order, whether one of them is not the edition's first choice, and what their
/// publishers say of the observations. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Vintages {
    names: Arc<BTreeSet<String>>,
    fallback: bool,
    observed: Observations,
}

/// A value with everything that is known about it. Findings are the only currency downstream of the analyses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding<D = Amount> {
    /// What it is called.
    pub id: FindingId,
    /// What it says and what it rests on.
    pub cell: Cell<D>,
    /// The unit of its numbers.
    pub unit: Unit,
    /// The class of its numbers.
    pub class: Class,
}

impl Vintages {
    /// Makes the set of one vintage; `fallback` where the edition would have preferred another.
    pub fn one(vintage: &str, fallback: bool) -> Vintages {
        Vintages { names: Arc::new(BTreeSet::from([vintage.to_owned()])), fallback, observed: Observations::default() }
    }

    /// Returns the vintages of both.
    pub fn joined(&self, other: &Vintages) -> Vintages {
        let (fallback, observed) = (self.fallback || other.fallback, self.observed.and(other.observed));
        let is_same = Arc::ptr_eq(&self.names, &other.names) || other.names.is_subset(&self.names);
        if is_same || self.names.is_empty() {
            let names = if is_same { &self.names } else { &other.names };
            return Vintages { names: Arc::clone(names), fallback, observed };
        }
        Vintages { names: Arc::new(self.names.union(&other.names).cloned().collect()), fallback, observed }
    }

    /// Returns the same with what is said of an observation.
    pub fn observing(&self, observed: Observations) -> Vintages {
        Vintages { names: Arc::clone(&self.names), fallback: self.fallback, observed: self.observed.and(observed) }
    }

    /// Returns what is said of the observations behind the value.
    pub fn observed(&self) -> Observations {
        self.observed
    }

    /// Returns true where a vintage is not the edition's first choice.
    pub fn is_fallback(&self) -> bool {
        self.fallback
    }

    /// Walks the vintages in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Returns true for a value that rests on no data, such as a constant.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

impl<D> Cell<D> {
    /// Makes a cell that rests on nothing but itself.
    pub fn constant(value: Value<D>) -> Cell<D> {
        Cell { value, status: Status::Published, vintages: Vintages::default() }
    }

    /// Makes a cell that rests on the same material as others.
    pub fn resting_on<'a, E: 'a>(value: Value<D>, others: impl IntoIterator<Item = &'a Cell<E>>) -> Cell<D> {
        others.into_iter().fold(Cell::constant(value), |cell, other| Cell {
            status: cell.status.max(other.status),
            vintages: cell.vintages.joined(&other.vintages),
            ..cell
        })
    }
}

impl Reason {
    /// Every reason, in the order of the list of codes.
    pub const ALL: [Reason; 20] = [
        Reason::Missing,
        Reason::NoPhenomenon,
        Reason::NotApplicable,
        Reason::Suppressed,
        Reason::OutOfScope,
        Reason::ZeroBase,
        Reason::NegativeBase,
        Reason::SignChange,
        Reason::MixedSign,
        Reason::TooFew,
        Reason::ZeroVariance,
        Reason::Collinear,
        Reason::ZeroTotal,
        Reason::Undecided,
        Reason::Ties,
        Reason::Tied,
        Reason::TooMany,
        Reason::Undefined,
        Reason::Unsuited,
        Reason::Irregular,
    ];

    /// Returns the stable code used in the ledger.
    pub fn code(self) -> &'static str {
        match self {
            Reason::Missing => "missing",
            Reason::NoPhenomenon => "no_phenomenon",
            Reason::NotApplicable => "not_applicable_territory",
            Reason::Suppressed => "suppressed",
            Reason::ZeroBase => "zero_base",
            Reason::NegativeBase => "negative_base",
            Reason::SignChange => "sign_change",
            Reason::MixedSign => "mixed_sign",
            Reason::OutOfScope => "out_of_scope",
            Reason::TooFew => "n_too_small",
            Reason::ZeroVariance => "zero_variance",
            Reason::Collinear => "collinear",
            Reason::ZeroTotal => "zero_total",
            Reason::Undecided => "undecided",
            Reason::Ties => "ties",
            Reason::Tied => "tied",
            Reason::TooMany => "n_too_large",
            Reason::Undefined => "undefined",
            Reason::Unsuited => "unsuited",
            Reason::Irregular => "irregular_dates",
        }
    }

    /// Returns the sign that the agency prints in place of the value.
    pub fn sign(self) -> &'static str {
        match self {
            Reason::Missing | Reason::Undecided | Reason::TooFew => "…",
            Reason::Suppressed => "х",
            Reason::NoPhenomenon
            | Reason::NotApplicable
            | Reason::OutOfScope
            | Reason::ZeroBase
            | Reason::NegativeBase
            | Reason::SignChange
            | Reason::MixedSign
            | Reason::ZeroVariance
            | Reason::Collinear
            | Reason::ZeroTotal
            | Reason::Ties
            | Reason::Tied
            | Reason::TooMany
            | Reason::Undefined
            | Reason::Unsuited
            | Reason::Irregular => "–",
        }
    }

    /// Says in words what the reason is.
    pub fn meaning(self) -> &'static str {
        match self {
            Reason::Missing => "there is no figure",
            Reason::NoPhenomenon => "there is no such thing",
            Reason::NotApplicable => "the territory did not exist then",
            Reason::Suppressed => "the publisher keeps it confidential",
            Reason::ZeroBase => "its base is zero",
            Reason::NegativeBase => "its base is negative",
            Reason::SignChange => "the sign changed",
            Reason::MixedSign => "values are negative or have different signs",
            Reason::OutOfScope => "the table does not cover it",
            Reason::TooFew => "there are too few values",
            Reason::ZeroVariance => "all values are the same",
            Reason::Collinear => "one indicator follows from the others, so that their parts cannot be told apart",
            Reason::ZeroTotal => "its total is zero",
            Reason::Undecided => "the printed precision does not decide it",
            Reason::Ties => "equal values leave the exact distribution without a table",
            Reason::Tied => "several have the same value, so that none of them alone is the first",
            Reason::TooMany => "there are more values than the method, or its exact distribution, is worked out for",
            Reason::Undefined => "the formula has no value there",
            Reason::Unsuited => "the data have another form than the method is for",
            Reason::Irregular => "the dates keep no step: neither years, quarters, months, weeks nor days",
        }
    }
}

impl Status {
    /// All, from the firmest to the weakest.
    pub const ALL: [Status; 5] =
        [Status::Published, Status::Transcribed, Status::Derived, Status::Backcast, Status::Inferred];

    /// Returns the stable name used in the catalogue and the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Status::Published => "published",
            Status::Transcribed => "transcribed",
            Status::Derived => "derived",
            Status::Backcast => "backcast",
            Status::Inferred => "inferred",
        }
    }

    /// Finds a status by its name.
    pub fn parse(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.name() == name)
    }
}

impl<D> Value<D> {
    /// Says why a member of a list is not known; what does not exist is no member and leaves nothing open.
    pub fn gap(&self) -> Option<Reason> {
        match self {
            Value::Missing(Reason::NotApplicable | Reason::NoPhenomenon) => None,
            Value::Missing(reason) => Some(*reason),
            _ => None,
        }
    }

    /// Returns the number, if it is one.
    pub fn amount(&self) -> Option<&D> {
        match self {
            Value::Amount(amount) => Some(amount),
            _ => None,
        }
    }
}

/// Writes a value for machines: exact, without grouping or units.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Amount(amount) => amount.fmt(f),
            Value::Text(text) => f.write_str(text),
            Value::Truth(truth) => truth.fmt(f),
            Value::Key(part) => part.fmt(f),
            Value::Missing(reason) => f.write_str(reason.code()),
            Value::List(items) => {
                for (i, (key, cell)) in items.iter().enumerate() {
                    let gap = if i == 0 { "" } else { "; " };
                    match &cell.value {
                        Value::Key(part) => write!(f, "{gap}{part}")?,
                        value => write!(f, "{gap}{key}={value}")?,
                    }
                }
                Ok(())
            }
        }
    }
}
