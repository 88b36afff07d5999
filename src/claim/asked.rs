//! Asked: what an expression speaks of and which way it asks, so that it can be held to what a paper says.

use std::collections::BTreeMap;

use super::said::{Name, Said};
use crate::expression::{Edge, Expr, Item, Kind, Operator};
use crate::finding::{Amount, Part, Period};
use crate::language::Sense;

/// Lists the keys that an expression names one by one, in the order in which it first names them.
pub(super) fn mentions(expr: &Expr) -> Vec<Part> {
    let mut found = Vec::new();
    walk(expr, &mut |part| {
        if !found.contains(part) {
            found.push(part.clone());
        }
    });
    found
}

fn walk(expr: &Expr, see: &mut dyn FnMut(&Part)) {
    match &expr.kind {
        Kind::Number(_) => {}
        Kind::Key(part) => see(part),
        Kind::Path(path) => {
            for item in path.selectors.iter().flatten().flatten() {
                match item {
                    Item::Part(part) => see(part),
                    // What means several keys, as a year of months does, is told by its form alone.
                    Item::Word(word) => see(&Part::parse(word)),
                    Item::Span(..) | Item::First | Item::Last | Item::All => {}
                }
            }
        }
        Kind::Call(_, arguments) => arguments.iter().for_each(|one| walk(one, see)),
        Kind::Unary(_, inner) => walk(inner, see),
        Kind::Binary(_, left, right) => {
            walk(left, see);
            walk(right, see);
        }
    }
}

/// Lists the spans of periods for which an expression asks.
pub(super) fn spans(expr: &Expr) -> Vec<(Period, Period)> {
    let span = |item: &Item| match item {
        Item::Span(Edge::At(from), Edge::At(to)) => Some((*from, *to)),
        _ => None,
    };
    match &expr.kind {
        Kind::Number(_) | Kind::Key(_) => Vec::new(),
        Kind::Path(path) => path.selectors.iter().flatten().flatten().filter_map(span).collect(),
        Kind::Call(_, arguments) => arguments.iter().flat_map(spans).collect(),
        Kind::Unary(_, inner) => spans(inner),
        Kind::Binary(_, left, right) => spans(left).into_iter().chain(spans(right)).collect(),
    }
}

/// Finds what a text names of which an expression does not speak: a span has the same ends, a period may lie within one.
pub(super) fn unspoken(expr: &Expr, said: &Said) -> Option<String> {
    let (keys, spans) = (mentions(expr), spans(expr));
    if let Some((first, last)) = said.span.filter(|_| !spans.is_empty()) {
        return (!spans.contains(&(first, last))).then(|| format!("{first}..{last}"));
    }
    let within = |name: &Name| match name {
        Name::Period(period) => {
            spans.iter().any(|(from, to)| from.first_day() <= period.first_day() && period.last_day() <= to.last_day())
        }
        _ => false,
    };
    said.named.iter().find(|name| !keys.iter().any(|key| name.is(key)) && !within(name)).map(ToString::to_string)
}

/// Returns true where an expression holds a constant that a number in words may be: itself, or the part that it makes, of
/// one or of a hundred.
pub(super) fn weighs(expr: &Expr, value: Option<u32>) -> bool {
    let one = Amount::Integer(1);
    let is = |amount: &Amount| match value {
        Some(value) => {
            let value = Amount::Integer(i64::from(value));
            let parts = [&one, &Amount::Integer(100)];
            *amount == value || parts.iter().any(|whole| whole.divided_by(&value).is_some_and(|part| part == *amount))
        }
        None => true,
    };
    match &expr.kind {
        Kind::Number(amount) => is(amount),
        Kind::Key(_) | Kind::Path(_) => false,
        Kind::Call(_, arguments) => arguments.iter().any(|one| weighs(one, value)),
        Kind::Unary(_, inner) => weighs(inner, value),
        Kind::Binary(_, left, right) => weighs(left, value) || weighs(right, value),
    }
}

/// Returns true where an expression asks for no finding, or compares something with itself.
pub(super) fn is_idle(expr: &Expr) -> bool {
    fn asks(expr: &Expr) -> bool {
        match &expr.kind {
            Kind::Number(_) | Kind::Key(_) => false,
            Kind::Path(_) => true,
            Kind::Call(_, arguments) => arguments.iter().any(asks),
            Kind::Unary(_, inner) => asks(inner),
            Kind::Binary(_, left, right) => asks(left) || asks(right),
        }
    }
    fn repeats(expr: &Expr) -> bool {
        match &expr.kind {
            Kind::Number(_) | Kind::Key(_) | Kind::Path(_) => false,
            Kind::Call(_, arguments) => arguments.iter().any(repeats),
            Kind::Unary(_, inner) => repeats(inner),
            Kind::Binary(operator, left, right) => {
                operator.compares() && left.to_string() == right.to_string() || repeats(left) || repeats(right)
            }
        }
    }
    !asks(expr) || repeats(expr)
}

/// Returns true where an expression calls a function.
pub(super) fn calls(expr: &Expr, function: &str) -> bool {
    match &expr.kind {
        Kind::Number(_) | Kind::Key(_) | Kind::Path(_) => false,
        Kind::Call(name, arguments) => name == function || arguments.iter().any(|one| calls(one, function)),
        Kind::Unary(_, inner) => calls(inner, function),
        Kind::Binary(_, left, right) => calls(left, function) || calls(right, function),
    }
}

/// Writes a statement anew with printed names in the places of the keys that it names.
pub(super) fn with_names(expr: &Expr, keys: &[Part], names: &[Name]) -> Expr {
    let swaps: BTreeMap<&Part, Part> = keys.iter().zip(names).map(|(key, name)| (key, name.over(key))).collect();
    let put = |part: &Part| swaps.get(part).unwrap_or(part).clone();
    rewritten(expr, &|kind| match kind {
        Kind::Key(part) => Some(Kind::Key(put(part))),
        Kind::Path(path) => {
            let mut path = path.clone();
            for item in path.selectors.iter_mut().flatten().flatten() {
                let key = match &*item {
                    Item::Part(part) => part.clone(),
                    Item::Word(word) => Part::parse(word),
                    Item::Span(..) | Item::First | Item::Last | Item::All => continue,
                };
                // What is printed is a word that may not occur there, or in other borders.
                if let Some(other) = swaps.get(&key).filter(|other| **other != key) {
                    *item = Item::Word(other.to_string().into());
                }
            }
            Some(Kind::Path(path))
        }
        _ => None,
    })
}

/// Writes a statement anew with a printed place where it compares a rank with a number.
pub(super) fn with_place(expr: &Expr, place: i64) -> Expr {
    let number = |one: &Expr| Expr { kind: Kind::Number(Amount::Integer(place)), span: one.span.clone() };
    rewritten(expr, &|kind| match kind {
        Kind::Binary(Operator::Equal, left, right) if is_rank(left) => {
            Some(Kind::Binary(Operator::Equal, left.clone(), Box::new(number(right))))
        }
        _ => None,
    })
}

/// Returns true for a call that gives a place in an order.
pub(super) fn is_rank(expr: &Expr) -> bool {
    matches!(&expr.kind, Kind::Call(name, _) if name == "rank" || name == "rank_low")
}

/// Counts the comparisons of a rank with a number.
pub(super) fn ranks(expr: &Expr) -> usize {
    match &expr.kind {
        Kind::Binary(Operator::Equal, left, right) if is_rank(left) && matches!(right.kind, Kind::Number(_)) => 1,
        Kind::Binary(_, left, right) => ranks(left) + ranks(right),
        Kind::Unary(_, inner) => ranks(inner),
        Kind::Call(_, arguments) => arguments.iter().map(ranks).sum(),
        Kind::Number(_) | Kind::Key(_) | Kind::Path(_) => 0,
    }
}

/// Writes an expression anew with some of its parts changed.
pub(super) fn rewritten(expr: &Expr, change: &dyn Fn(&Kind) -> Option<Kind>) -> Expr {
    let again = |one: &Expr| rewritten(one, change);
    let kind = change(&expr.kind).unwrap_or_else(|| match &expr.kind {
        Kind::Call(name, arguments) => Kind::Call(name.clone(), arguments.iter().map(again).collect()),
        Kind::Unary(operator, inner) => Kind::Unary(*operator, Box::new(again(inner))),
        Kind::Binary(operator, left, right) => Kind::Binary(*operator, Box::new(again(left)), Box::new(again(right))),
        kind @ (Kind::Number(_) | Kind::Key(_) | Kind::Path(_)) => kind.clone(),
    });
    Expr { kind, span: expr.span.clone() }
}

/// Says which way an expression asks: its subject stands first, and the first of its comparisons speaks for it.
pub(super) fn sense(expr: &Expr) -> Option<Sense> {
    use Operator::{And, AtLeast, AtMost, Equal, Less, More, Not, Or, Unequal};
    match &expr.kind {
        Kind::Binary(And | Or, left, right) => sense(left).or_else(|| sense(right)),
        // A low place in the order from the largest is a large value.
        Kind::Binary(operator, left, _) if is_rank(left) => match operator {
            Equal | Less | AtMost => sense(left),
            More | AtLeast => sense(left).map(Sense::opposite),
            _ => None,
        },
        Kind::Binary(More | AtLeast, ..) => Some(Sense::More),
        Kind::Binary(Less | AtMost, ..) => Some(Sense::Less),
        Kind::Binary(Equal, left, right) => match (end(left), end(right)) {
            (Some(_), Some(_)) | (None, None) => Some(Sense::Same),
            (one, other) => one.or(other),
        },
        Kind::Binary(Unequal, ..) => Some(Sense::Other),
        Kind::Unary(Not, inner) => sense(inner).map(Sense::opposite),
        Kind::Call(name, arguments) => end(expr).or_else(|| match name.as_str() {
            "all" | "any" | "keys" | "first" | "last" | "count" => arguments.first().and_then(sense),
            _ => None,
        }),
        _ => None,
    }
}

/// Says which end of an order a function picks.
fn end(expr: &Expr) -> Option<Sense> {
    let Kind::Call(name, _) = &expr.kind else { return None };
    match name.as_str() {
        "max" | "argmax" | "top" | "rank" | "positive" => Some(Sense::More),
        "min" | "argmin" | "bottom" | "rank_low" | "negative" => Some(Sense::Less),
        _ => None,
    }
}

/// Finds what gives the true order that a statement speaks of: so many first or last of the list that it ranks, or what
/// stands at its end.
pub(super) fn order(expr: &Expr, names: usize) -> Option<Expr> {
    let call = |name: &str, arguments: Vec<Expr>| Expr {
        kind: Kind::Call(name.to_owned(), arguments),
        span: expr.span.clone(),
    };
    let first = |name: &str, list: &Expr| {
        let count = Kind::Number(Amount::Integer(names.max(1) as i64));
        call(name, vec![list.clone(), Expr { kind: count, span: expr.span.clone() }])
    };
    match &expr.kind {
        Kind::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
            ("max" | "argmax", [list]) | ("rank", [list, ..]) => Some(first("top", list)),
            ("min" | "argmin", [list]) | ("rank_low", [list, ..]) => Some(first("bottom", list)),
            ("all" | "any", [inner]) => order(inner, names),
            _ => None,
        },
        Kind::Unary(_, inner) => order(inner, names),
        Kind::Binary(_, left, right) => order(left, names).or_else(|| order(right, names)),
        Kind::Number(_) | Kind::Key(_) | Kind::Path(_) => None,
    }
}

/// Lists what the comparisons of a statement ask to be more than, each of which must hold.
pub(super) fn bounds(expr: &Expr) -> Vec<Amount> {
    match &expr.kind {
        Kind::Binary(Operator::And, left, right) => bounds(left).into_iter().chain(bounds(right)).collect(),
        _ => bound(expr).into_iter().collect(),
    }
}

/// Returns what a comparison asks to be more than, as a part of one: of `a > 0.4 * b` and of `a > 40`, 0.4.
fn bound(expr: &Expr) -> Option<Amount> {
    let Kind::Binary(Operator::More | Operator::AtLeast, _, right) = &expr.kind else { return None };
    let hundred = Amount::Integer(100);
    match &right.kind {
        Kind::Number(amount) if *amount <= Amount::Integer(1) => Some(amount.clone()),
        Kind::Number(amount) => amount.divided_by(&hundred),
        Kind::Binary(Operator::Times, one, other) => match (&one.kind, &other.kind) {
            (Kind::Number(amount), _) | (_, Kind::Number(amount)) => Some(amount.clone()),
            _ => None,
        },
        Kind::Binary(Operator::Over, _, by) => match &by.kind {
            Kind::Number(amount) => Amount::Integer(1).divided_by(amount),
            _ => None,
        },
        _ => None,
    }
}
