//! Constant: numbers that an author types into an expression beside findings.

use super::evaluate::evaluate;
use super::{Domain, Expr, Kind, Material, Operator, asks};
use crate::finding::{Amount, Unit};

/// Finds a number that an author typed and that is added to what has been counted or measured: nobody knows of whom. The
/// whole of a share, the one of a ratio and the years of a time are no such numbers.
pub fn typed_addend<D: Domain>(expr: &Expr, material: &dyn Material<D>) -> Option<String> {
    match &expr.kind {
        Kind::Binary(operator @ (Operator::Plus | Operator::Minus), left, right) => {
            let of = |typed: &Expr, measured: &Expr| -> Option<String> {
                let Kind::Number(amount) = &typed.kind else { return None };
                let unit = evaluate(measured, material).ok()?.unit;
                let is_whole = match unit {
                    Unit::None | Unit::Times | Unit::Year | Unit::Index => true,
                    Unit::Count => *amount == Amount::Integer(1),
                    Unit::Percent => *amount == Amount::Integer(100),
                    Unit::PerMille => *amount == Amount::Integer(1000),
                    _ => *amount == Amount::ZERO,
                };
                (asks(measured) && !is_whole).then(|| format!("{} {amount}", operator.sign()))
            };
            let found = of(right, left).or_else(|| of(left, right));
            found.or_else(|| typed_addend(left, material)).or_else(|| typed_addend(right, material))
        }
        Kind::Binary(_, left, right) => typed_addend(left, material).or_else(|| typed_addend(right, material)),
        Kind::Unary(_, inner) => typed_addend(inner, material),
        Kind::Call(_, arguments) => arguments.iter().find_map(|one| typed_addend(one, material)),
        Kind::Path(path) if path.is_bare() => typed_addend(material.names().named(&path.name)?, material),
        Kind::Path(_) | Kind::Number(_) | Kind::Key(_) => None,
    }
}
