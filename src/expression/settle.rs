//! Settle: what an expression comes to whatever the values are that it lacks.

use super::{Domain, Expr, Interval, Material, Names, Problem, Term, evaluate};
use crate::finding::{Amount, Cell, Key, Series, Value};

/// Exact material as intervals, which can leave open how many are true.
struct Open<'a>(&'a dyn Material<Amount>);

impl Material<Interval> for Open<'_> {
    fn names(&self) -> &dyn Names {
        self.0.names()
    }
    // What a named expression leaves open is worked out anew.
    fn answer(&self, _: &str) -> Option<&Term<Interval>> {
        None
    }
    fn read(&self, series: &Series, key: &Key, cell: &Cell) -> Cell<Interval> {
        exact(&self.0.read(series, key, cell))
    }
}

fn exact(cell: &Cell) -> Cell<Interval> {
    let value = match &cell.value {
        Value::Amount(amount) => Value::Amount(Interval::exact(amount)),
        Value::Text(text) => Value::Text(text.clone()),
        Value::Truth(truth) => Value::Truth(*truth),
        Value::Key(part) => Value::Key(part.clone()),
        Value::Missing(reason) => Value::Missing(*reason),
        Value::List(items) => Value::List(items.iter().map(|(key, cell)| (key.clone(), exact(cell))).collect()),
    };
    Cell { value, status: cell.status, vintages: cell.vintages.clone() }
}

/// Evaluates an expression; a result that no missing value could change is none that is missing.
pub fn settle(expr: &Expr, material: &dyn Material<Amount>) -> Result<Term<Amount>, Problem> {
    let mut term = evaluate(expr, material)?;
    let lacks = |value: &Value| matches!(value, Value::Missing(_));
    if !lacks(&term.cell.value) && !term.items().is_some_and(|items| items.iter().any(|(_, cell)| lacks(&cell.value))) {
        return Ok(term);
    }
    let open: &dyn Material<Interval> = &Open(material);
    let Ok(found) = evaluate(expr, open) else { return Ok(term) };
    match (&mut term.cell.value, &found.cell.value) {
        (Value::List(items), Value::List(found)) if items.len() == found.len() => {
            items.iter_mut().zip(found).for_each(|((_, cell), (_, found))| decide(&mut cell.value, &found.value));
        }
        (value, found) => decide(value, found),
    }
    Ok(term)
}

/// Puts what is decided in the place of what is missing.
fn decide(value: &mut Value, found: &Value<Interval>) {
    match (&value, found) {
        (Value::Missing(_), Value::Truth(truth)) => *value = Value::Truth(*truth),
        (Value::Missing(_), Value::Amount(range)) if range.low == range.high => {
            *value = Value::Amount(range.low.clone());
        }
        _ => {}
    }
}
