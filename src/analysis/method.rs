//! Method: what a method is: its roles, parameters and results, and its code. What they are called stands in the files of
//! each language, under the method's name.

use std::collections::BTreeMap;

use super::frame::{Frame, Outcome};
pub(super) use super::role::{Param, ParamKind, Role, Takes};
use crate::finding::{Amount, Class, Period, Reason, Unit, Value};

/// The part of the field that a method belongs to, in the order of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Analysis of time series.
    Retrospective,
    /// Index analysis.
    Index,
    /// Comparison of units.
    Comparative,
    /// Demography and migration.
    Demography,
}

/// What one frame of a method consists of: which dimension of a series runs along its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Along {
    /// The periods of one unit, in order.
    Time,
    /// The units (territories) of one period.
    Units,
    /// The units of two periods: a role `x0` takes the base period's values, `x1` the current one's.
    TwoPeriods,
    /// Origins and destinations of one period: the roles `origin` and `destination` are labels.
    Flows,
    /// Each row stands for itself.
    Rows,
}

/// Which rows of a frame a result belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One value for the frame.
    Whole,
    /// One value for each row.
    Row,
    /// One value for each member of something that the method finds: a group, a class, a lag, a step ahead.
    Member,
}

/// The unit of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultUnit {
    /// That of the values of a role.
    Of(&'static str),
    /// That of their difference: per cent give percentage points.
    DifferenceOf(&'static str),
    /// That of their difference, a year.
    PerYear(&'static str),
    /// Always the same.
    Fixed(Unit),
}

/// One result of a method. Names are unique over all methods, because they become members of an analysis.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    /// Its name: `analysis.name` in expressions.
    pub name: &'static str,
    /// Its formula.
    pub formula: &'static str,
    /// What it belongs to.
    pub scope: Scope,
    /// Its unit.
    pub unit: ResultUnit,
    /// Its class; where none is said, that of the role whose unit it has, or else signed.
    pub class: Option<Class>,
    /// Whether it is a p-value, which is never below [`LEAST_P`].
    pub is_p: bool,
}

/// The least p-value that is told apart: one below it is given as this, which bounds it. Floats hold no less with all
/// their digits, no test on real data is exact so far out, and a p-value of zero would say that something cannot be.
pub const LEAST_P: f64 = 1e-300;

/// A method of the registry.
pub struct Method {
    /// The name in `study.yaml` and on the command line.
    pub name: &'static str,
    /// What it belongs to.
    pub group: Group,
    /// What runs along its rows.
    pub along: Along,
    /// Its inputs.
    pub roles: &'static [Role],
    /// Its parameters.
    pub params: &'static [Param],
    /// Its results.
    pub outputs: &'static [Output],
    /// Computes the results, in any order; an error is a reason that holds for all of them.
    pub run: fn(&Frame) -> Result<Vec<Outcome>, Reason>,
}

impl Group {
    /// All groups, in their order.
    pub const ALL: [Group; 4] = [Group::Retrospective, Group::Index, Group::Comparative, Group::Demography];

    /// Returns the stable name.
    pub fn name(self) -> &'static str {
        match self {
            Group::Retrospective => "retrospective",
            Group::Index => "index",
            Group::Comparative => "comparative",
            Group::Demography => "demography",
        }
    }
}

impl Method {
    /// Returns the key of one of its texts: `title`, `convention`, `roles.value`, `params.base`, `results.gini`.
    pub fn key(&self, what: &str) -> String {
        format!("methods.{}.{what}", self.name)
    }

    /// Runs the method; rows of which it says nothing at all are too few for it, and that is their reason.
    pub fn found(&self, frame: &Frame) -> Result<Vec<Outcome>, Reason> {
        let mut found = (self.run)(frame)?;
        if found.is_empty() && frame.rows > 0 {
            return Err(Reason::TooFew);
        }
        found.iter_mut().filter(|outcome| self.gives_p(outcome.name)).for_each(bound);
        Ok(found)
    }

    /// Returns true where a result of this name is a p-value.
    pub fn gives_p(&self, name: &str) -> bool {
        self.outputs.iter().any(|output| output.is_p && output.name == name)
    }
}

/// Keeps a p-value between the least that is told apart and one, which sums of floats may miss by their rounding.
fn bound(outcome: &mut Outcome) {
    let Value::Amount(p) = &outcome.value else { return };
    let kept = p.to_f64().clamp(LEAST_P, 1.0);
    if kept != p.to_f64()
        && let Some(kept) = Amount::float(kept)
    {
        outcome.value = Value::Amount(kept);
    }
}

impl Frame {
    /// Makes the frame one for a method: puts in the parameters that are not given; says what is wrong with one that is.
    pub fn set(&mut self, method: &Method, given: &BTreeMap<String, String>) -> Result<(), (String, String)> {
        self.roles = method.roles;
        self.step = Some(self.step());
        if let Some(name) = given.keys().find(|name| !method.params.iter().any(|param| param.name == name.as_str())) {
            return Err((name.clone(), format!("method `{}` has no parameter `{name}`", method.name)));
        }
        for param in method.params {
            let text = given.get(param.name).map_or(param.default, String::as_str);
            let fits = match param.kind {
                ParamKind::Count(low, high) => text.parse::<i64>().is_ok_and(|n| (low..=high).contains(&n)),
                ParamKind::Number(low, high) => Amount::parse(text).is_some_and(|n| (low..=high).contains(&n.to_f64())),
                ParamKind::Choice(words) => words.contains(&text),
                ParamKind::Periods => text.is_empty() || text.split(',').all(|one| Period::parse(one.trim()).is_some()),
            };
            if !fits {
                return Err((param.name.to_owned(), format!("`{}` takes {}, not `{text}`", param.name, param.kind)));
            }
            self.params.insert(param.name, text.to_owned());
        }
        Ok(())
    }
}

impl Along {
    /// Returns the stable name.
    pub fn name(self) -> &'static str {
        match self {
            Along::Time => "time",
            Along::Units => "units",
            Along::TwoPeriods => "two-periods",
            Along::Flows => "flows",
            Along::Rows => "rows",
        }
    }
}

impl Scope {
    /// Returns the stable name.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Whole => "whole",
            Scope::Row => "row",
            Scope::Member => "member",
        }
    }
}

impl Output {
    /// A result for the whole frame.
    pub const fn whole(name: &'static str, formula: &'static str) -> Output {
        Output { name, formula, scope: Scope::Whole, unit: ResultUnit::Fixed(Unit::None), class: None, is_p: false }
    }

    /// A result for each row.
    pub const fn row(name: &'static str, formula: &'static str) -> Output {
        Output { scope: Scope::Row, ..Output::whole(name, formula) }
    }

    /// A result for each member of what the method finds.
    pub const fn member(name: &'static str, formula: &'static str) -> Output {
        Output { scope: Scope::Member, ..Output::whole(name, formula) }
    }

    /// Says in which unit it is.
    pub const fn unit(self, unit: Unit) -> Output {
        Output { unit: ResultUnit::Fixed(unit), ..self }
    }

    /// Says that it has the unit of a role.
    pub const fn unit_of(self, role: &'static str) -> Output {
        Output { unit: ResultUnit::Of(role), ..self }
    }

    /// Says that it is a difference of values of a role.
    pub const fn difference_of(self, role: &'static str) -> Output {
        Output { unit: ResultUnit::DifferenceOf(role), ..self }
    }

    /// Says that it is a difference of values of a role, a year.
    pub const fn per_year(self, role: &'static str) -> Output {
        Output { unit: ResultUnit::PerYear(role), ..self }
    }

    /// Says that it is never negative.
    pub const fn flow(self) -> Output {
        Output { class: Some(Class::Flow), ..self }
    }

    /// Says that it is a p-value.
    pub const fn p(self) -> Output {
        Output { class: Some(Class::Flow), is_p: true, ..self }
    }

    /// Says that it is always above zero.
    pub const fn level(self) -> Output {
        Output { class: Some(Class::Level), ..self }
    }
}
