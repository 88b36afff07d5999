//! Id: what series and findings are called. Text is made of it where people read it, and never read again.

use std::fmt;
use std::sync::Arc;

use super::expr::{Item, Kind, Operator};
use super::{Expr, Key, Part};

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

/// What methods call the change of a series from one period to a later one.
const CHANGES: [&str; 6] =
    ["change_chain", "change_base", "rate_chain", "rate_base", "signed_change_percent", "symmetric_change_percent"];

/// Says whether the first of two values of a series is later than the second; `None` where they differ in more than the period.
pub fn is_later(first: &Expr, second: &Expr) -> Option<bool> {
    let (Kind::Path(first), Kind::Path(second)) = (&first.kind, &second.kind) else { return None };
    let is_one = first.name == second.name && first.member == second.member;
    let (one, other) = (first.selectors.as_ref()?, second.selectors.as_ref()?);
    let mut order = None;
    for (one, other) in one.iter().zip(other) {
        match (one.as_slice(), other.as_slice()) {
            ([Item::Part(Part::Period(one))], [Item::Part(Part::Period(other))]) if one != other => {
                order = Some(one > other)
            }
            _ if one == other => {}
            _ => return None,
        }
    }
    order.filter(|_| is_one && one.len() == other.len())
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
    /// Says of a change whether a value above zero is a rise: of the later value less the earlier one, of a rate of increase
    /// from the earlier to the later; of the earlier less the later, a fall. `None` for what is no change.
    pub fn rises(&self) -> Option<bool> {
        match self {
            FindingId::Cell(series, _) => CHANGES.contains(&&*series.member).then_some(true),
            FindingId::Expression(expr) => match &expr.kind {
                Kind::Binary(Operator::Minus, later, earlier) => is_later(later, earlier),
                Kind::Call(name, ends) if name == "growth" || name == "points" => match ends.as_slice() {
                    [from, to] => is_later(to, from),
                    _ => None,
                },
                Kind::Number(_)
                | Kind::Key(_)
                | Kind::Path(_)
                | Kind::Call(..)
                | Kind::Unary(..)
                | Kind::Binary(..) => None,
            },
        }
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
