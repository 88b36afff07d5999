//! Doubt: why a number of a paper is not held to the tables beside it, in words of every language.

use super::in_all;
use crate::language::texts;

/// Why nothing is said of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// No table is given.
    NoTable,
    /// Its sentence names no one cell: a place, a year.
    NoCell,
    /// Its sentence does not name what the table counts: these words.
    Unnamed(String),
    /// This word may make another quantity of it.
    Strange(String),
    /// It is in another unit, or in another scale by far.
    Unit,
    /// Several are named, and which is meant is not said.
    Several(String),
    /// It tells of a part, a comparison, a plan, a mean.
    Apart,
    /// It has more digits than the table.
    Finer,
    /// It may be rounded more coarsely than it is printed.
    Coarse,
    /// It stands in a table of the paper whose cells are not in those beside it, and which has no total.
    Cell,
    /// It is a statement in words that is not read as an expression.
    Words,
    /// It is no count of what the table holds: a result of reckoning.
    Reckoned,
}

impl Doubt {
    /// Returns the key of its text, and what stands in its gap.
    fn text(&self) -> (&'static str, &str) {
        match self {
            Doubt::NoTable => ("no-table", ""),
            Doubt::NoCell => ("no-cell", ""),
            Doubt::Unnamed(names) => ("unnamed", names),
            Doubt::Strange(word) => ("strange", word),
            Doubt::Unit => ("unit", ""),
            Doubt::Several(names) => ("several", names),
            Doubt::Apart => ("apart", ""),
            Doubt::Finer => ("finer", ""),
            Doubt::Coarse => ("coarse", ""),
            Doubt::Cell => ("cell", ""),
            Doubt::Words => ("words", ""),
            Doubt::Reckoned => ("reckoned", ""),
        }
    }

    /// Says it in a language; `cell` is the cell that stands nearest, with its value.
    fn said(&self, lang: &str, cell: Option<&(String, String)>) -> String {
        let own = |key: &str| texts::own(lang, &format!("verification.unjudged-{key}")).unwrap_or_default();
        let (key, word) = self.text();
        let why = own(key).replace("{word}", word);
        let beside = cell.map(|(name, value)| own("beside").replace("{name}", name).replace("{value}", value));
        [Some(why), beside].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Says it in all languages, as a file of claims holds it.
    pub(super) fn texts(&self, cell: Option<&(String, String)>) -> serde_json::Value {
        in_all(&|lang| self.said(lang, cell))
    }
}
