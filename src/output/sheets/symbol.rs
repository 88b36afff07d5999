//! Symbol: a number that remembers how it was reached, so that a spreadsheet can be told.

use std::rc::Rc;

use crate::analysis::Edition;
use crate::expression::{Domain, Material, Names, Orders, Term};
use crate::finding::{Amount, Cell, FindingId, Key, Reason, Series, Value};

/// How a number was reached.
#[derive(Debug)]
pub(super) enum Tree {
    /// It is a finding.
    Finding(FindingId),
    /// It stands in the expression.
    Exact(Amount),
    /// A sum.
    Plus(Rc<Tree>, Rc<Tree>),
    /// A product.
    Times(Rc<Tree>, Rc<Tree>),
    /// A quotient.
    Over(Rc<Tree>, Rc<Tree>),
    /// The number with the other sign.
    Negated(Rc<Tree>),
    /// The absolute value.
    Magnitude(Rc<Tree>),
}

/// A number with the way to it.
#[derive(Clone, Debug)]
pub(super) struct Symbol {
    value: Amount,
    /// How it was reached.
    pub tree: Rc<Tree>,
}

impl Symbol {
    fn new(value: Amount, tree: Tree) -> Symbol {
        Symbol { value, tree: Rc::new(tree) }
    }
}

impl PartialEq for Symbol {
    fn eq(&self, other: &Symbol) -> bool {
        self.value == other.value
    }
}

impl Domain for Symbol {
    fn exact(amount: &Amount) -> Symbol {
        Symbol::new(amount.clone(), Tree::Exact(amount.clone()))
    }
    fn plus(&self, other: &Symbol) -> Symbol {
        // A sum begins with nothing.
        match (&*self.tree, &*other.tree) {
            (Tree::Exact(zero), _) if zero.is_zero() => other.clone(),
            _ => Symbol::new(self.value.plus(&other.value), Tree::Plus(Rc::clone(&self.tree), Rc::clone(&other.tree))),
        }
    }
    fn times(&self, other: &Symbol) -> Symbol {
        Symbol::new(self.value.times(&other.value), Tree::Times(Rc::clone(&self.tree), Rc::clone(&other.tree)))
    }
    fn divided_by(&self, other: &Symbol) -> Option<Symbol> {
        let value = self.value.divided_by(&other.value)?;
        Some(Symbol::new(value, Tree::Over(Rc::clone(&self.tree), Rc::clone(&other.tree))))
    }
    fn negated(&self) -> Symbol {
        Symbol::new(self.value.negated(), Tree::Negated(Rc::clone(&self.tree)))
    }
    fn magnitude(&self) -> Symbol {
        Symbol::new(self.value.magnitude(), Tree::Magnitude(Rc::clone(&self.tree)))
    }
    fn orders(&self, other: &Symbol) -> Orders {
        Orders::only(self.value.cmp(&other.value))
    }
    fn middle(&self) -> Amount {
        self.value.clone()
    }
    fn in_order(numbers: &[Symbol]) -> Vec<Symbol> {
        let mut sorted = numbers.to_vec();
        sorted.sort_by(|a, b| a.value.cmp(&b.value));
        sorted
    }
    fn between(low: &Amount, high: &Amount) -> Option<Symbol> {
        (low == high).then(|| Symbol::exact(low))
    }
    fn bits(&self) -> u64 {
        self.value.bits()
    }
}

/// The findings of an edition as symbols.
pub(super) struct Symbols<'a>(pub &'a Edition);

impl Material<Symbol> for Symbols<'_> {
    fn names(&self) -> &dyn Names {
        self.0
    }
    fn answer(&self, _: &str) -> Option<&Term<Symbol>> {
        None
    }
    fn read(&self, series: &Series, key: &Key, cell: &Cell) -> Cell<Symbol> {
        let value = match &cell.value {
            Value::Amount(amount) => Value::Amount(Symbol::new(amount.clone(), Tree::Finding(series.finding(key)))),
            Value::Text(text) => Value::Text(text.clone()),
            Value::Truth(truth) => Value::Truth(*truth),
            Value::Key(part) => Value::Key(part.clone()),
            Value::Missing(reason) => Value::Missing(*reason),
            // No cell of a series holds a list.
            Value::List(_) => Value::Missing(Reason::Undefined),
        };
        Cell { value, status: cell.status, vintages: cell.vintages.clone() }
    }
}
