//! Math: how a number comes out of its inputs, as mathematics with the numbers filled in.

use std::collections::{BTreeMap, BTreeSet};

use super::super::element::{Html, said, tag};
use super::super::mathml::{filled, fraction, is_filled, number, sign};
use super::names::Namer;
use crate::expression::{Expr, Kind, Operator, identify, pick};
use crate::finding::{Amount, FindingId, Key, Value};

/// More terms than this of a sum become its ends.
const MOST_TERMS: usize = 6;

/// What goes into a number: findings with their values, lists taken apart.
pub(super) struct Inputs<'a> {
    /// The findings and their values.
    pub all: &'a [(FindingId, Option<Value>)],
}

impl Inputs<'_> {
    /// The values that a path picks: those of the finding that it is, or one by one of those that it lists.
    fn of_path(&self, expr: &Expr, namer: &Namer) -> Vec<Value> {
        let id = identify::<Amount>(expr, namer.edition);
        if let Some((_, value)) = self.all.iter().find(|(own, _)| *own == id) {
            return value.iter().cloned().collect();
        }
        // Of what a path picks, what went in: in a series that is worked out key by key, the cell at the key.
        let Ok(Some(picked)) = pick::<Amount>(expr, namer.edition) else { return Vec::new() };
        let keys: BTreeSet<&Key> = picked.cells.iter().map(|(key, _)| key).collect();
        // A cell may have gone in alone and within a list.
        let own = self.all.iter().filter_map(|(own, value)| match own {
            FindingId::Cell(of, key) if *of == picked.series.id && keys.contains(key) => Some((key, value.as_ref()?)),
            _ => None,
        });
        own.collect::<BTreeMap<_, _>>().into_values().cloned().collect()
    }
}

/// Writes an expression with its numbers; none where it holds what mathematics has no signs for.
pub(super) fn expression(expr: &Expr, inputs: &Inputs, namer: &Namer) -> Option<Html> {
    let mut out = Html::default();
    match &expr.kind {
        Kind::Number(amount) => out.put(signed(amount, namer)),
        Kind::Key(part) => out.put(said("mtext", &namer.part(part))),
        Kind::Path(_) => match inputs.of_path(expr, namer).as_slice() {
            [Value::Amount(amount)] => out.put(signed(amount, namer)),
            [Value::Key(part)] => out.put(said("mtext", &namer.part(part))),
            _ => return None,
        },
        Kind::Call(name, arguments) => return call(name, arguments, inputs, namer),
        Kind::Unary(Operator::Minus, inner) => {
            out.put(sign("\u{2212}"));
            out.put(expression(inner, inputs, namer)?);
        }
        Kind::Unary(..) => return None,
        Kind::Binary(Operator::Over, left, right) => {
            out.put(fraction(expression(left, inputs, namer)?, expression(right, inputs, namer)?));
        }
        Kind::Binary(operator, left, right) => {
            let bracketed = |side: &Expr| -> Option<Html> {
                let inner = expression(side, inputs, namer)?;
                let sums = match &side.kind {
                    Kind::Binary(Operator::Plus | Operator::Minus, ..) => true,
                    Kind::Call(name, _) => name == "sum",
                    _ => false,
                };
                let in_brackets = sums && matches!(operator, Operator::Times | Operator::Minus);
                Some(if in_brackets { brackets(inner) } else { inner })
            };
            out.put(bracketed(left)?);
            out.put(sign(&namer.sign(*operator)));
            out.put(bracketed(right)?);
        }
    }
    Some(out)
}

fn brackets(inner: Html) -> Html {
    // At the head of a row of its own a minus is that of the number behind it.
    let inner = if inner.as_str().starts_with("<mo>") { tag("mrow").put(inner).into() } else { inner };
    [sign("("), inner, sign(")")].into_iter().collect()
}

/// A number; one below zero stands in brackets, so that no two signs meet.
fn signed(amount: &Amount, namer: &Namer) -> Html {
    let own = number(&namer.number(amount));
    if amount.signum() < 0 { brackets(own) } else { own }
}

fn call(name: &str, arguments: &[Expr], inputs: &Inputs, namer: &Namer) -> Option<Html> {
    let part = |at: usize| arguments.get(at).and_then(|argument| expression(argument, inputs, namer));
    let quotient = |by: Option<&str>, over: Html, under: Html| -> Html {
        let by = by.into_iter().flat_map(|by| [number(by), sign("·")]);
        by.chain([fraction(over, under)]).collect()
    };
    Some(match name {
        "share" | "index" => quotient(Some("100"), part(0)?, part(1)?),
        "per_mille" => quotient(Some("1000"), part(0)?, part(1)?),
        "ratio" => quotient(None, part(0)?, part(1)?),
        "growth" => {
            let whole: Html = [fraction(part(1)?, part(0)?), sign("\u{2212}"), number("1")].into_iter().collect();
            [number("100"), sign("·"), brackets(whole)].into_iter().collect()
        }
        "points" => [part(1)?, sign("\u{2212}"), part(0)?].into_iter().collect(),
        "abs" => [sign("|"), part(0)?, sign("|")].into_iter().collect(),
        "min" | "max" if arguments.len() > 1 => {
            let mut values = Html::default();
            for at in 0..arguments.len() {
                if at > 0 {
                    values.put(sign(";"));
                }
                values.put(part(at)?);
            }
            [said("mi", name), brackets(values)].into_iter().collect()
        }
        // What is kept apart by the members of a dimension is no one number.
        "sum" | "mean" if arguments.len() > 1 => return None,
        "sum" => sum(&listed(arguments.first()?, inputs, namer)?.iter().collect::<Vec<_>>(), namer),
        "mean" => {
            let values = listed(arguments.first()?, inputs, namer)?;
            let count = number(&values.len().to_string());
            fraction(sum(&values.iter().collect::<Vec<_>>(), namer), count)
        }
        "min" | "max" => {
            let values = listed(arguments.first()?, inputs, namer)?;
            let values: Vec<&Amount> = values.iter().collect();
            [said("mi", name), brackets(series(&values, ";", namer))].into_iter().collect()
        }
        _ => return None,
    })
}

/// The numbers that a path picks.
fn listed(expr: &Expr, inputs: &Inputs, namer: &Namer) -> Option<Vec<Amount>> {
    let Kind::Path(_) = &expr.kind else { return None };
    let values = inputs.of_path(expr, namer);
    let values: Vec<Amount> = values.iter().map(|value| value.amount().cloned()).collect::<Option<_>>()?;
    (values.len() > 1).then_some(values)
}

/// A sum, written out; of a long one its ends.
pub(super) fn sum(values: &[&Amount], namer: &Namer) -> Html {
    series(values, "+", namer)
}

fn series(values: &[&Amount], between: &str, namer: &Namer) -> Html {
    let mut out = Html::default();
    let long = values.len() > MOST_TERMS;
    for (at, value) in values.iter().enumerate() {
        if long && at == MOST_TERMS / 2 {
            out.put(sign(between));
            out.put(sign("…"));
        }
        if long && (MOST_TERMS / 2..values.len() - 1).contains(&at) {
            continue;
        }
        if at > 0 {
            out.put(sign(between));
        }
        out.put(signed(value, namer));
    }
    out
}

/// Writes the formula of a method with the numbers of one result; none where it is no matter of a few numbers.
pub(super) fn method(formula: &str, key: Option<&Key>, inputs: &Inputs, namer: &Namer) -> Option<Html> {
    let (_, right) = formula.split_once(" = ").unwrap_or(("", formula));
    let amounts: Vec<(&FindingId, &Amount)> =
        inputs.all.iter().filter_map(|(id, value)| Some((id, value.as_ref()?.amount()?))).collect();
    let all: Vec<&Amount> = amounts.iter().map(|(_, amount)| *amount).collect();
    match right.split(',').next().unwrap_or_default().trim() {
        "Σ y(t)" | "Σ y(s)" | "Σ y(m)" if all.len() > 1 => return Some(sum(&all, namer)),
        "Σ y(t) / n" if all.len() > 1 => return Some(fraction(sum(&all, namer), number(&all.len().to_string()))),
        _ => {}
    }
    let time = key.and_then(Key::period)?;
    let filling = |_: &str, at: &str| -> Option<String> {
        let wanted = match at {
            "t" => time,
            "t−1" => time.previous(),
            "t+1" => time.next(),
            "1" => amounts.iter().filter_map(|(id, _)| id.key()?.period()).min()?,
            _ => return None,
        };
        let mut found = amounts.iter().filter(|(id, _)| id.key().and_then(Key::period) == Some(wanted));
        let (_, amount) = found.next().filter(|_| found.next().is_none())?;
        let text = namer.number(amount);
        Some(if amount.signum() < 0 { format!("({text})") } else { text })
    };
    is_filled(right, &filling).then(|| filled(right, &filling))
}

/// Puts what a formula comes to behind it.
pub(super) fn equals(formula: Html, value: &Amount, namer: &Namer) -> Html {
    let said = namer.number(value);
    let is_exact = value.round(4).to_amount() == *value;
    let sign = sign(if is_exact { "=" } else { "≈" });
    tag("math").put(formula).put(sign).put(number(&said)).into()
}
