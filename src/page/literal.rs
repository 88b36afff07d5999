//! Literal: what stands in an expression that is evaluated alone in place of a finding; no page prints one.

use super::quote::Quote;
use crate::expression::{Expr, Kind};
use crate::finding::{Amount, Cell, Class, Finding, FindingId, Key, Part, Unit, Value};

/// A literal of a text that is evaluated alone: what it stands for, and how many decimals it was written with.
pub(super) fn literal(value: &Literal) -> Result<(Value, usize), String> {
    match value {
        Literal::Text(text) => Ok(of_text(text)),
        Literal::List(items) => {
            let items = items.iter().map(literal).collect::<Result<Vec<_>, _>>()?;
            let decimals = items.iter().map(|(_, decimals)| *decimals).max().unwrap_or(0);
            let cell = |(value, _)| (Key::default(), Cell::constant(value));
            Ok((Value::List(items.into_iter().map(cell).collect()), decimals))
        }
        Literal::Other(text) => Err(format!("`{text}` is neither a number nor a text nor a list of them")),
    }
}

/// A literal as the engine gives it.
#[derive(Clone, Debug)]
pub(super) enum Literal {
    /// A text, or a number as written.
    Text(String),
    /// A list.
    List(Vec<Literal>),
    /// Anything else.
    Other(String),
}

fn of_text(text: &str) -> (Value, usize) {
    let plain = text.trim().replace(['\u{2212}', '–'], "-").replace(['\u{a0}', '\u{202f}', ' '], "").replace(',', ".");
    if let Some(amount) = Amount::parse(&plain) {
        return (Value::Amount(amount), plain.split_once('.').map_or(0, |(_, fraction)| fraction.len()));
    }
    match Part::parse(text) {
        Part::Category(_) => (Value::Text(text.to_owned()), 0),
        part => (Value::Key(part), 0),
    }
}

impl Quote {
    /// Starts a quote of a literal.
    pub fn of_literal(value: Value, decimals: usize) -> Quote {
        let negative = |value: &Value| matches!(value, Value::Amount(amount) if amount.signum() < 0);
        let class = if negative(&value) { Class::Signed } else { Class::Level };
        let kind = match &value {
            Value::Amount(amount) => Kind::Number(amount.clone()),
            Value::Key(part) => Kind::Key(part.clone()),
            other => Kind::Key(Part::Category(other.to_string().into())),
        };
        let id = FindingId::Expression(std::sync::Arc::new(Expr { kind, span: 0..0 }));
        let finding = Finding { id, cell: Cell::constant(value), unit: Unit::None, class };
        Quote { literal: Some(decimals), ..Quote::new(finding, None) }
    }
}
