//! Order: the functions that ask which values of a list are the largest, and what stands where.

use std::cmp::Ordering;

use super::{between, gaps, list, only_part, over_list};
use crate::expression::evaluate::{kind_name, type_error};
use crate::expression::{Domain, Problem, Term};
use crate::finding::{Amount, Cell, Class, Dimension, Key, Part, Reason, Unit, Value};

/// An item of a list that has a number.
type Sized<D> = (Key, Cell<D>, D);

/// Returns the items with numbers, largest or smallest first; equal values stay in the order of their keys.
fn by_size<D: Domain>(term: &Term<D>, largest_first: bool) -> Result<Vec<Sized<D>>, Problem> {
    let mut sized: Vec<_> = list(term)?
        .iter()
        .filter_map(|(key, cell)| Some((key.clone(), cell.clone(), cell.value.amount()?.clone())))
        .collect();
    let middle = |item: &Sized<D>| item.2.middle();
    sized.sort_by(|a, b| if largest_first { middle(b).cmp(&middle(a)) } else { middle(a).cmp(&middle(b)) });
    Ok(sized)
}

/// Returns true where the numbers leave open which of the items are the first `n`.
fn is_contested<D: Domain>(items: &[Sized<D>], n: usize) -> bool {
    let (first, rest) = items.split_at(n.min(items.len()));
    first.iter().any(|(_, _, a)| rest.iter().any(|(_, _, b)| a.compare(b).is_none()))
}

/// Returns true where the last of the first `n` items is equal to the next, so that the cut between them is by chance.
fn is_tied<D: Domain>(items: &[Sized<D>], n: usize) -> bool {
    let last = n.checked_sub(1).and_then(|last| items.get(last)).map(|(_, _, amount)| amount);
    last.zip(items.get(n)).is_some_and(|(last, (_, _, next))| last.compare(next) == Some(Ordering::Equal))
}

pub(super) fn extreme<D: Domain>(term: &Term<D>, largest: bool) -> Result<Term<D>, Problem> {
    let sized = by_size(term, largest)?;
    let open = gaps(term)?.first().copied();
    let value = match (sized.first(), open) {
        // Nothing is known to be the largest where one is not known.
        (Some(_), Some(reason)) => Value::Missing(reason),
        (Some(_), None) if is_contested(&sized, 1) => Value::Missing(Reason::Undecided),
        (Some(_), None) if is_tied(&sized, 1) => Value::Missing(Reason::Tied),
        (Some((key, ..)), None) => Value::Key(only_part(key)?),
        (None, _) => Value::Missing(Reason::TooFew),
    };
    over_list(term, value, Unit::None, Class::Level)
}

pub(super) fn ends<D: Domain>(terms: &[Term<D>], largest: bool) -> Result<Term<D>, Problem> {
    let n = terms[1].cell.value.amount().and_then(|a| a.middle().to_i64()).and_then(|n| usize::try_from(n).ok());
    let n = n.ok_or_else(|| type_error("needs a whole number of entries"))?;
    if let Some(reason) = gaps(&terms[0])?.first() {
        return over_list(&terms[0], Value::Missing(*reason), terms[0].unit, terms[0].class);
    }
    let sized = by_size(&terms[0], largest)?;
    let reason = match () {
        () if is_contested(&sized, n) => Some(Reason::Undecided),
        () if is_tied(&sized, n) => Some(Reason::Tied),
        () => None,
    };
    if let Some(reason) = reason {
        return over_list(&terms[0], Value::Missing(reason), terms[0].unit, terms[0].class);
    }
    let items = sized.into_iter().take(n).map(|(key, cell, _)| (key, cell)).collect();
    Ok(Term { cell: Cell::constant(Value::List(items)), ..terms[0].clone() })
}

pub(super) fn signed_part<D: Domain>(term: &Term<D>, sign: Ordering) -> Result<Term<D>, Problem> {
    let zero = D::exact(&Amount::ZERO);
    let order = |cell: &Cell<D>| cell.value.amount().map(|amount| amount.compare(&zero));
    let items = list(term)?;
    let contested = items.iter().any(|(_, cell)| order(cell) == Some(None)).then_some(Reason::Undecided);
    if let Some(reason) = gaps(term)?.first().copied().or(contested) {
        return over_list(term, Value::Missing(reason), term.unit, term.class);
    }
    let items = items.iter().filter(|(_, cell)| order(cell) == Some(Some(sign))).cloned().collect();
    Ok(Term { cell: Cell::constant(Value::List(items)), ..term.clone() })
}

/// Returns the word by which a key is meant.
fn wanted_key<D: Domain>(term: &Term<D>) -> Result<String, Problem> {
    match &term.cell.value {
        Value::Key(part) => Ok(part.to_string()),
        // A bare year is lexed as a number outside brackets.
        Value::Amount(amount) => Ok(amount.middle().to_string()),
        other => Err(type_error(format!("needs a key, not {}", kind_name(other)))),
    }
}

/// Returns true when a list's key is the part meant, as its dimension reads the word; a bare code means the territory in
/// any borders.
fn is_key(key: &Key, dimensions: &[Dimension], wanted: &str) -> bool {
    let ([part], [dimension]) = (key.0.as_slice(), dimensions) else { return false };
    match (part, dimension.part(wanted)) {
        (Part::Territory(code), Some(Part::Territory(wanted))) => *code == wanted || code.plain() == wanted,
        (part, wanted) => wanted.as_ref() == Some(part),
    }
}

pub(super) fn rank<D: Domain>(terms: &[Term<D>], largest: bool) -> Result<Term<D>, Problem> {
    let wanted = wanted_key(&terms[1])?;
    let dimensions = terms[0].dimensions.as_slice();
    let sized = by_size(&terms[0], largest)?;
    let own = list(&terms[0])?.iter().find(|(key, _)| is_key(key, dimensions, &wanted)).map(|(_, cell)| &cell.value);
    let value = match (sized.iter().find(|(key, ..)| is_key(key, dimensions, &wanted)), own) {
        (Some((own, _, amount)), _) => {
            let ahead = if largest { Ordering::Greater } else { Ordering::Less };
            let others = sized.iter().filter(|(key, ..)| key != own).map(|(_, _, other)| other.orders(amount));
            let mut open = gaps(&terms[0])?;
            let mut better = 0;
            for orders in others {
                match orders.decided() {
                    Some(order) => better += usize::from(order == ahead),
                    None if orders.may_be(ahead) => open.push(Reason::Undecided),
                    None => {}
                }
            }
            between(better + 1, &open)
        }
        (None, Some(Value::Missing(reason))) => Value::Missing(*reason),
        (None, _) => Value::Missing(Reason::Missing),
    };
    over_list(&terms[0], value, Unit::Count, Class::Flow)
}

pub(super) fn at<D: Domain>(terms: &[Term<D>]) -> Result<Term<D>, Problem> {
    let part = wanted_key(&terms[1])?;
    let items = list(&terms[0])?;
    let cell = items.iter().find(|(key, _)| is_key(key, &terms[0].dimensions, &part)).map(|(_, cell)| cell.clone());
    let cell = cell.unwrap_or_else(|| Cell::constant(Value::Missing(Reason::Missing)));
    Ok(Term { cell, dimensions: Vec::new(), ..terms[0].clone() })
}
