//! Frame: what one run of a method is given, and what it gives back.
//!
//! The rows of a frame are in a fixed order: by period where there is one, else by the order of the territories or of
//! the file. A method never sees a key; it speaks of rows, and whoever made the frame knows which key each row has.

use std::collections::BTreeMap;

use super::role::Role;
use super::step::Step;
pub use crate::finding::Basis;
use crate::finding::{Amount, Part, Period, Reason, Unit, Value};

/// A column of numbers under a role.
#[derive(Clone, Debug)]
pub struct Column {
    /// What heads it: the column of the file, or the path of the series.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Its values, or why they are missing.
    pub values: Vec<Result<Amount, Reason>>,
}

/// The input of one run.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// How many rows there are.
    pub rows: usize,
    /// The columns of numbers, by role; several only where the role takes many.
    pub numbers: BTreeMap<&'static str, Vec<Column>>,
    /// The labels, by role.
    pub labels: BTreeMap<&'static str, Vec<String>>,
    /// The period of each row, where the rows have one.
    pub periods: Option<Vec<Period>>,
    /// The first period of the series that the frame is cut from, where the frame may begin later.
    pub start: Option<Period>,
    /// The step of that series; where none is said, the periods of the rows decide it.
    pub step: Option<Step>,
    /// The roles of the method that the frame is for: it can ask for no others.
    pub roles: &'static [Role],
    /// The parameters, all of them, as texts that their kinds allow.
    pub params: BTreeMap<&'static str, String>,
}

/// Which row or member a result belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The frame as a whole.
    Whole,
    /// A row.
    Row(usize),
    /// A member: a group, a class, a lag, a period ahead.
    Member(Part),
}

/// One result of a run.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its name: that of one of the method's outputs.
    pub name: &'static str,
    /// What it belongs to.
    pub at: At,
    /// What it says: a number, a key, a text, a truth, or why there is nothing.
    pub value: Value,
    /// What it rests on.
    pub basis: Basis,
}

impl Frame {
    /// Returns the values of a role that takes one column; empty where it is not bound.
    pub fn values(&self, role: &str) -> &[Result<Amount, Reason>] {
        self.column(role).map_or(&[], |column| &column.values)
    }

    /// Returns the column of a role.
    pub fn column(&self, role: &str) -> Option<&Column> {
        self.columns(role).first()
    }

    /// Returns all columns of a role that takes many.
    pub fn columns(&self, role: &str) -> &[Column] {
        self.declared(role);
        self.numbers.get(role).map_or(&[], Vec::as_slice)
    }

    /// Returns true where the role is bound.
    pub fn has(&self, role: &str) -> bool {
        self.declared(role);
        self.numbers.contains_key(role) || self.labels.contains_key(role)
    }

    /// Returns the value of a role in a row, or why it is missing.
    pub fn at(&self, role: &str, row: usize) -> Result<&Amount, Reason> {
        self.values(role).get(row).map_or(Err(Reason::Missing), |value| value.as_ref().map_err(|reason| *reason))
    }

    /// Returns the value of a role in a row where it must not be negative.
    pub fn unsigned(&self, role: &str, row: usize) -> Result<&Amount, Reason> {
        self.at(role, row).and_then(|value| if value.signum() < 0 { Err(Reason::MixedSign) } else { Ok(value) })
    }

    /// Returns all values of a role, or the reason of the first that is missing.
    pub fn complete(&self, role: &str) -> Result<Vec<&Amount>, Reason> {
        self.values(role).iter().map(|value| value.as_ref().map_err(|reason| *reason)).collect()
    }

    /// Returns the rows with their values, or the reason of the first that is missing; a row whose territory did not
    /// exist then is left out.
    pub fn existing(&self, role: &str) -> Result<Vec<(usize, &Amount)>, Reason> {
        let rows = self.values(role).iter().enumerate();
        let exist = rows.filter(|(_, value)| !matches!(value, Err(Reason::NotApplicable)));
        exist.map(|(row, value)| value.as_ref().map(|amount| (row, amount)).map_err(|reason| *reason)).collect()
    }

    /// Returns all values of a role as floats, or the reason of the first that is missing.
    pub fn floats(&self, role: &str) -> Result<Vec<f64>, Reason> {
        Ok(self.complete(role)?.into_iter().map(Amount::to_f64).collect())
    }

    /// Returns how many things a rate counts by: 100 for per cent, 1000 for per mille, else 1.
    pub fn counted_per(&self, role: &str) -> i64 {
        match self.column(role).map(|column| column.unit) {
            Some(Unit::Percent) => 100,
            Some(Unit::PerMille) => 1000,
            _ => 1,
        }
    }

    /// Returns the labels of a role; empty where it is not bound.
    pub fn labels(&self, role: &str) -> &[String] {
        self.declared(role);
        self.labels.get(role).map_or(&[], Vec::as_slice)
    }

    /// Returns the step of the series that the frame is cut from.
    pub fn step(&self) -> Step {
        self.step.unwrap_or_else(|| self.periods.as_deref().map_or(Step::Row, Step::of))
    }

    /// Returns the steps at which the rows stand, as whole numbers that grow by one from a step to the next; where rows
    /// have no period, 1, 2, 3, …
    pub fn time(&self) -> Result<Vec<i64>, Reason> {
        let Some(periods) = &self.periods else { return Ok((1..=self.rows as i64).collect()) };
        let step = self.step();
        periods.iter().map(|period| step.ordinal(*period).ok_or(Reason::Irregular)).collect()
    }

    /// Returns the time of each row by the calendar, in units of which `per_year` make a year: steps, or days where the
    /// dates keep none.
    pub fn calendar(&self) -> Result<(Vec<i64>, Amount), Reason> {
        let step = self.step();
        let times = match (step, &self.periods) {
            (Step::Dates, Some(periods)) => periods.iter().map(|period| period.ordinal()).collect(),
            _ => self.time()?,
        };
        Ok((times, step.per_year().ok_or(Reason::Irregular)?))
    }

    /// Makes sure that the row before is one step before, which a chain indicator needs; else says why it is not.
    pub fn follows(&self, row: usize) -> Result<(), Reason> {
        let before = row.checked_sub(1).ok_or(Reason::Missing)?;
        let Some(periods) = &self.periods else {
            return if row < self.rows { Ok(()) } else { Err(Reason::Missing) };
        };
        let (Some(before), Some(at)) = (periods.get(before), periods.get(row)) else { return Err(Reason::Missing) };
        self.step().follows(*before, *at)
    }

    /// Returns true where the first row is the series' first period: a territory that came later has no base.
    pub fn has_base(&self) -> bool {
        match (self.start, self.periods.as_ref().and_then(|periods| periods.first())) {
            (Some(start), Some(first)) => start == *first,
            _ => true,
        }
    }

    /// Makes sure that no period is left out between the first row and the last.
    pub fn unbroken(&self) -> Result<(), Reason> {
        (1..self.rows).try_for_each(|row| self.follows(row))
    }

    /// Returns the period of a row as the part of a key, or its number from one on.
    pub fn part(&self, row: usize) -> Part {
        match self.periods.as_ref().and_then(|periods| periods.get(row)) {
            Some(period) => Part::Period(*period),
            None => Part::Category((row + 1).to_string().into()),
        }
    }

    /// Returns a parameter that is a whole number.
    pub fn count(&self, param: &str) -> i64 {
        self.params.get(param).and_then(|text| text.parse().ok()).unwrap_or_default()
    }

    /// Returns a parameter that is a number.
    pub fn number(&self, param: &str) -> f64 {
        self.params.get(param).and_then(|text| text.parse().ok()).unwrap_or_default()
    }

    /// Returns a parameter that is a number, exactly.
    pub fn amount(&self, param: &str) -> Amount {
        self.params.get(param).and_then(|text| Amount::parse(text)).unwrap_or(Amount::ZERO)
    }

    /// Returns a parameter that is a word.
    pub fn choice(&self, param: &str) -> &str {
        self.params.get(param).map_or("", String::as_str)
    }

    /// Returns true where a parameter that lists periods names the one of a row.
    pub fn is_listed(&self, param: &str, row: usize) -> bool {
        let at = self.periods.as_ref().and_then(|periods| periods.get(row));
        let listed = self.choice(param).split(',').filter_map(|text| Period::parse(text.trim()));
        at.is_some_and(|at| listed.into_iter().any(|period| period == *at))
    }

    /// A role that a method does not declare would be an empty one for ever.
    fn declared(&self, role: &str) {
        let known = self.roles.is_empty() || self.roles.iter().any(|known| known.name == role);
        assert!(known, "a method asks only for roles that it declares, not for `{role}`");
    }
}

impl Outcome {
    /// A result for the whole frame, which rests on all of it.
    pub fn whole(name: &'static str, value: impl Into<Said>) -> Outcome {
        Outcome { name, at: At::Whole, value: value.into().0, basis: Basis::All }
    }

    /// A result for a row, which rests on all of the frame.
    pub fn row(name: &'static str, row: usize, value: impl Into<Said>) -> Outcome {
        Outcome { name, at: At::Row(row), value: value.into().0, basis: Basis::All }
    }

    /// A result for a row, which rests on that row alone.
    pub fn each(name: &'static str, row: usize, value: impl Into<Said>) -> Outcome {
        Outcome::row(name, row, value).on(Basis::Rows(row, row + 1))
    }

    /// A result for a member, which rests on all of the frame.
    pub fn member(name: &'static str, member: Part, value: impl Into<Said>) -> Outcome {
        Outcome { name, at: At::Member(member), value: value.into().0, basis: Basis::All }
    }

    /// Says that it rests on these rows only.
    pub fn on(self, basis: Basis) -> Outcome {
        Outcome { basis, ..self }
    }
}

/// A value on its way into an outcome: an amount, a float, a count, a part of a key, a text, a truth, or a reason.
pub struct Said(Value);

impl From<Result<Amount, Reason>> for Said {
    fn from(value: Result<Amount, Reason>) -> Said {
        Said(value.map_or_else(Value::Missing, Value::Amount))
    }
}

impl From<Amount> for Said {
    fn from(value: Amount) -> Said {
        Said(Value::Amount(value))
    }
}

impl From<f64> for Said {
    fn from(value: f64) -> Said {
        Said(Amount::float(value).map_or(Value::Missing(Reason::Undefined), Value::Amount))
    }
}

impl From<Result<f64, Reason>> for Said {
    fn from(value: Result<f64, Reason>) -> Said {
        value.map_or_else(Said::from, Said::from)
    }
}

impl From<i64> for Said {
    fn from(value: i64) -> Said {
        Said(Value::Amount(Amount::Integer(value)))
    }
}

impl From<usize> for Said {
    fn from(value: usize) -> Said {
        Said(Value::Amount(Amount::Integer(value as i64)))
    }
}

impl From<Part> for Said {
    fn from(value: Part) -> Said {
        Said(Value::Key(value))
    }
}

impl From<&str> for Said {
    fn from(value: &str) -> Said {
        Said(Value::Text(value.to_owned()))
    }
}

impl From<bool> for Said {
    fn from(value: bool) -> Said {
        Said(Value::Truth(value))
    }
}

impl From<Reason> for Said {
    fn from(value: Reason) -> Said {
        Said(Value::Missing(value))
    }
}
