//! Id: what series and findings are called. Text is made of it where people read it, and never read again.

use std::fmt;
use std::sync::Arc;

use super::{Expr, Key};

/// The name of a series: the table or analysis, and which of its members.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesId {
    /// The table or analysis: `rural_balance`.
    pub name: Arc<str>,
    /// The measure of the table, or what the analysis finds: `value`, `change_chain`.
    pub member: Arc<str>,
}

/// The member that is meant where none is said.
pub const VALUE: &str = "value";

/// What a finding is called: the cell that it is, or the expression that asks for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingId {
    /// The value of a series under a whole key.
    Cell(SeriesId, Key),
    /// What an expression comes to, with `last` and ranges resolved: the same in every edition.
    Expression(Arc<Expr>),
}

impl SeriesId {
    /// Makes a name.
    pub fn new(name: &str, member: &str) -> SeriesId {
        SeriesId { name: name.into(), member: member.into() }
    }

    /// Makes the name of the values of a table or analysis.
    pub fn of_values(name: &str) -> SeriesId {
        SeriesId::new(name, VALUE)
    }

    /// Reads what a person typed: `name.member`, or `name` for its values.
    pub fn typed(text: &str) -> SeriesId {
        let (name, member) = text.split_once('.').unwrap_or((text, VALUE));
        SeriesId::new(name, member)
    }
}

impl FindingId {
    /// Returns true for the difference of two values of a series, whose sign says which way it went.
    pub fn is_change(&self) -> bool {
        matches!(self, FindingId::Cell(series, _) if &*series.member == "change")
    }

    /// Returns the key, where it is a cell.
    pub fn key(&self) -> Option<&Key> {
        match self {
            FindingId::Cell(_, key) => Some(key),
            FindingId::Expression(_) => None,
        }
    }
}

/// Writes `name.member`.
impl fmt::Display for SeriesId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.name, self.member)
    }
}

/// Writes `rural_balance.value[KZ,2022]`, or the expression: what can be asked again.
impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FindingId::Expression(expr) => expr.fmt(f),
            FindingId::Cell(series, key) => {
                series.fmt(f)?;
                for (at, part) in key.0.iter().enumerate() {
                    f.write_str(if at == 0 { "[" } else { "," })?;
                    part.quoted(f)?;
                }
                f.write_str(if key.0.is_empty() { "" } else { "]" })
            }
        }
    }
}
