//! Expression: the one small language in which study, templates and claims ask for findings.

mod addends;
mod constant;
mod derive;
mod domain;
mod ends;
mod evaluate;
mod functions;
mod select;
mod settle;
mod slope;
mod syntax;

use std::ops::Range;
use std::sync::Arc;

pub use constant::typed_addend;
pub use derive::{derivation, identify, lacking, typed};
pub use domain::{Domain, Interval, Orders};
pub use ends::{Beyond, End, added_stock, beyond, ends, ends_below, mixed};
pub use evaluate::{Term, comparison, evaluate, kind_name};
pub use functions::FUNCTIONS;
pub use select::{Picked, pick};
pub use settle::settle;
pub use slope::Slope;
pub use syntax::parse;

use crate::diagnostic::code;
pub use crate::finding::expr::{Edge, Expr, Item, Kind, Operator, Path, Selector};
use crate::finding::{Amount, Cell, Code, Finding, Key, Reason, Series};

/// What is wrong with an expression, and at which bytes of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The diagnostic's code.
    pub code: &'static str,
    /// The bytes of the expression's text.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// The word within the span that is to blame, where one is.
    pub culprit: Option<String>,
    /// The name whose problem, reported already, it only follows from.
    pub follows: Option<Box<str>>,
}

/// What expressions can name: series, named expressions, sets.
pub trait Names {
    /// Finds a series by its table or analysis and the member of that.
    fn series(&self, name: &str, member: &str) -> Option<Arc<Series>>;
    /// Says why a series has no cell at a key.
    fn absence(&self, key: &Key) -> Reason;
    /// Says whether the figures of an analysis or table hold on the first day of their period, so that they end the one
    /// before it.
    fn is_stock(&self, name: &str) -> bool;
    /// Finds two territories of a list of which one is counted in the other.
    fn overlap(&self, codes: &[&Code]) -> Option<(Code, Code)>;
    /// Finds a named expression of the study.
    fn named(&self, name: &str) -> Option<&Expr>;
    /// Finds a named set of territories: a group of the catalogue's list, or a set of the study.
    fn set(&self, name: &str) -> Option<&[Code]>;
    /// Lists the names of these sets, for hints.
    fn sets(&self) -> Vec<&str>;
    /// Lists the names that can be asked for, for hints: analyses, tables, named findings, and members of one of them.
    fn known(&self, name: Option<&str>) -> Vec<String>;
    /// For an analysis, table or finding with a problem that was reported: the name that the problem was reported of.
    fn failed(&self, name: &str) -> Option<&str>;
}

/// What expressions speak of, in one domain of numbers.
pub trait Material<D: Domain> {
    /// Returns what can be named of it.
    fn names(&self) -> &dyn Names;
    /// Returns the value of a named expression that has been worked out.
    fn answer(&self, name: &str) -> Option<&Term<D>>;
    /// Returns a cell that stands in a series under a key, in this domain.
    fn read(&self, series: &Series, key: &Key, cell: &Cell) -> Cell<D>;
}

impl Problem {
    /// Describes a problem.
    pub fn new(code: &'static str, span: Range<usize>, message: impl Into<String>) -> Problem {
        Problem { code, span, message: message.into(), hint: None, culprit: None, follows: None }
    }

    /// Adds what to do about it.
    pub fn hint(mut self, hint: Option<String>) -> Problem {
        self.hint = hint;
        self
    }

    /// Names the word that is to blame.
    pub fn about(mut self, culprit: &str) -> Problem {
        self.culprit = Some(culprit.to_owned());
        self
    }

    /// Says that it follows from a problem of this name, where there is one.
    pub fn following(mut self, name: Option<&str>) -> Problem {
        self.follows = self.follows.or_else(|| name.map(Box::from));
        self
    }

    /// Narrows the span to the word that is to blame, now that the text is at hand.
    pub fn narrowed(mut self, text: &str) -> Problem {
        let found = self.culprit.take().and_then(|word| Some((text.get(self.span.clone())?.find(&word)?, word.len())));
        if let Some((at, length)) = found {
            self.span = self.span.start + at..self.span.start + at + length;
        }
        self
    }
}

/// Parses and evaluates an expression to a finding under its resolved name.
pub fn ask(text: &str, material: &dyn Material<Amount>) -> Result<Finding, Problem> {
    let expr = parse(text)?;
    let term = settle(&expr, material).map_err(|problem| problem.narrowed(text))?;
    Ok(Finding { id: identify(&expr, material), cell: term.cell, unit: term.unit, class: term.class })
}

/// Returns the values that a condition compares, each with its text: what to look at where it does not hold.
pub fn operands(text: &str, material: &dyn Material<Amount>) -> Vec<(String, String)> {
    let Ok(expr) = parse(text) else { return Vec::new() };
    let mut found = Vec::new();
    collect(&expr, text, material, &mut found);
    found.dedup();
    found
}

fn collect(expr: &Expr, text: &str, material: &dyn Material<Amount>, found: &mut Vec<(String, String)>) {
    match &expr.kind {
        Kind::Number(_) | Kind::Key(_) => {}
        Kind::Unary(Operator::Not, inner) => collect(inner, text, material, found),
        Kind::Binary(Operator::And | Operator::Or, left, right) => {
            collect(left, text, material, found);
            collect(right, text, material, found);
        }
        Kind::Binary(operator, left, right) if operator.compares() => {
            collect(left, text, material, found);
            collect(right, text, material, found);
        }
        Kind::Call(name, arguments) if name == "all" || name == "any" || name == "missing" => {
            arguments.iter().for_each(|argument| collect(argument, text, material, found));
        }
        Kind::Path(_) | Kind::Call(..) | Kind::Unary(..) | Kind::Binary(..) => {
            if let (Ok(term), Some(own)) = (settle(expr, material), text.get(expr.span.clone())) {
                found.push((own.to_owned(), term.cell.value.to_string()));
            }
        }
    }
}

/// Returns true for an expression that asks for a finding somewhere; what any other says, its author typed.
pub fn asks(expr: &Expr) -> bool {
    !expr.paths().is_empty()
}

/// Parses an expression that must ask for a finding.
pub fn parse_asking(text: &str) -> Result<Expr, Problem> {
    let expr = parse(text)?;
    if asks(&expr) {
        return Ok(expr);
    }
    let hint = "ask for findings: a number that none owns stands in no report".to_owned();
    Err(Problem::new(code::EXPRESSION_LITERAL, expr.span, "asks for no finding").hint(Some(hint)))
}
