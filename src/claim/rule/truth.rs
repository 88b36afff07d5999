//! Truth: a sign that all values have, an order that holds, a name that is the answer: as the paper prints it.

use crate::analysis::Edition;
use crate::claim::asked;
use crate::claim::bench::{self, PRINTED};
use crate::claim::probe::{CellName, Probe};
use crate::claim::range::range;
use crate::claim::said::{Name, Said};
use crate::claim::verdict::{Hold, Outcome, Unheld};
use crate::claim::{Claim, Kind, Measure, Rule, Sign};
use crate::expression::{self, Expr, Material};
use crate::finding::{Amount, Cell, Key, Part, Reason, SeriesId, Unit, Value};
use crate::language::Sense;

/// A statement as it is printed: what is asked, and which answer makes it hold.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    /// What is asked; printed names stand in the places of those that the claim's expression has.
    pub expr: Expr,
    answer: Answer,
}

#[derive(Clone, Debug)]
enum Answer {
    /// Yes.
    True,
    /// All values have the sign.
    Sign(Sign),
    /// These names, in their order or in any.
    Names(Vec<Name>, bool),
    /// A place in an order.
    Place(i64),
}

fn unheld(message: impl Into<String>, hint: &'static str) -> Unheld {
    Unheld { message: message.into(), hint }
}

const READABLE: &str = "write what the paper prints: years, months, territories or names of the file (`names`) parted by commas, or the word that says which way: growth, less, largest, negative, in the language of the paper";

impl Statement {
    /// Makes the statement that a claim prints out of an expression and what it came to.
    pub(crate) fn of(
        claim: &Claim,
        expr: &Expr,
        said: &Said,
        value: &Value,
        bench: &Edition,
    ) -> Result<Statement, Unheld> {
        if let Some(word) = &said.unread {
            return Err(unheld(format!("`{word}` in `{}` cannot be read", claim.printed), READABLE));
        }
        whole(expr, said, value)?;
        if claim.kind() == Kind::Sign {
            return signed(claim, expr, said);
        }
        if said.named.is_empty() && said.sense.is_none() && said.place.is_none() {
            return Err(unheld(format!("`{}` cannot be read", claim.printed), READABLE));
        }
        let statement = match value {
            Value::Truth(_) => Statement { expr: asked(expr, said, bench)?, answer: Answer::True },
            Value::Key(_) | Value::List(_) if said.named.is_empty() => {
                let hint = "print the name, or write a statement that is true or not";
                return Err(unheld(format!("`{}` names nothing, and `expr` gives a name", claim.printed), hint));
            }
            Value::Key(_) | Value::List(_) => {
                let in_order = is_ordered(expr);
                Statement { expr: expr.clone(), answer: Answer::Names(said.named.clone(), in_order) }
            }
            Value::Amount(_) if asked::is_rank(expr) && said.place.is_some() => {
                let names = Said { place: None, ..said.clone() };
                Statement { expr: asked(expr, &names, bench)?, answer: Answer::Place(said.place.unwrap_or_default()) }
            }
            _ => return Err(unheld("`expr` is no statement that is true or not, and gives no name", READABLE)),
        };
        same_way(claim, &statement.expr, said)?;
        Ok(statement)
    }

    /// Says whether a value is the answer that makes the statement hold.
    pub(crate) fn holds(&self, value: &Value) -> Option<bool> {
        match (&self.answer, value) {
            (Answer::True, Value::Truth(truth)) => Some(*truth),
            (Answer::Sign(sign), value) => signs(value, *sign),
            (Answer::Place(place), Value::Amount(amount)) => Some(*amount == Amount::Integer(*place)),
            (Answer::Names(names, _), Value::Key(part)) => Some(matches!(names.as_slice(), [only] if only.is(part))),
            (Answer::Names(names, in_order), Value::List(items)) => Some(are(names, items, *in_order)),
            // Where nothing was found, what is printed was not either.
            (Answer::Names(..), Value::Missing(Reason::NoPhenomenon)) => Some(false),
            _ => None,
        }
    }

    /// Says whether what lies between two numbers may have the sign.
    fn may_hold(&self, low: &Amount, high: &Amount) -> bool {
        match self.answer {
            Answer::Sign(Sign::Positive) => high.signum() > 0,
            Answer::Sign(Sign::Negative) => low.signum() < 0,
            _ => false,
        }
    }

    /// Says whether the statement holds; one that the inputs' precision leaves open holds within it.
    pub(crate) fn hold(&self, value: &Value, bench: &Edition) -> Option<Hold> {
        let truth = self.holds(value)?;
        let open = || match range(&self.expr, &Probe::new(bench)).map(|term| term.cell.value) {
            Some(Value::Missing(Reason::Undecided)) => true,
            Some(Value::Amount(range)) => range.low < range.high && self.may_hold(&range.low, &range.high),
            Some(Value::List(items)) if matches!(self.answer, Answer::Sign(_)) => items
                .iter()
                .filter_map(|(_, cell)| cell.value.amount())
                .all(|range| self.may_hold(&range.low, &range.high)),
            _ => false,
        };
        Some(match truth {
            true => Hold::Yes,
            false if open() => Hold::Within,
            false => Hold::No,
        })
    }
}

/// Says whether a statement holds as it is printed: of its own number it says only between what others the number lies.
pub(crate) fn hold(
    claim: &Claim,
    reading: &Outcome,
    said: &Said,
    own: &CellName,
    bench: &Edition,
) -> Result<Option<Hold>, Unheld> {
    let Some(expr) = bench::parse(&reading.expr, bench) else { return Ok(None) };
    if reading.reads.iter().any(|cell| cell == own || prints(claim, cell, bench)) {
        let Value::Truth(truth) = reading.value else { return Ok(None) };
        return Ok(Some(if truth { Hold::Within } else { Hold::No }));
    }
    // What is missing decides nothing; that nothing is there is an answer.
    if let Value::Missing(reason) = &reading.value
        && (claim.kind() == Kind::Sign || *reason != Reason::NoPhenomenon)
    {
        return Ok(None);
    }
    let statement = Statement::of(claim, &expr, said, &reading.value, bench)?;
    if statement.expr == expr {
        return Ok(statement.hold(&reading.value, bench));
    }
    let material: &dyn Material<Amount> = bench;
    let value = match expression::evaluate(&statement.expr, material) {
        Ok(term) => term.cell.value,
        Err(problem) => {
            return Err(unheld(format!("what is printed cannot be asked: {}", problem.message), READABLE));
        }
    };
    let hold = statement.hold(&value, bench);
    // Whose order it is, the paper's or only that of the expression, shows where both are written alike.
    let turned = asked::mentions(&statement.expr).iter().all(|key| asked::mentions(&expr).contains(key));
    if hold == Some(Hold::No) && turned && !said.named.is_empty() && reading.value == Value::Truth(true) {
        let message = format!("`{}` names in another order what `expr` says of them", claim.printed);
        return Err(unheld(message, "let `expr` name them first in the order in which they are printed"));
    }
    Ok(hold)
}

/// Says whether an expression gives a list whose order says something: the largest first, or their keys.
fn is_ordered(expr: &Expr) -> bool {
    match &expr.kind {
        expression::Kind::Call(name, _) if name == "top" || name == "bottom" => true,
        expression::Kind::Call(name, arguments) if name == "keys" => arguments.first().is_some_and(is_ordered),
        _ => false,
    }
}

/// Returns true where a cell is another place of the paper that prints the number which a claim prints.
fn prints(claim: &Claim, (series, key): &CellName, bench: &Edition) -> bool {
    let Measure { unit, scale } = claim.measure();
    let Some(printed) = claim.number().filter(|_| unit != Unit::None) else { return false };
    let series = bench.findings.get(series).filter(|series| series.id == SeriesId::of_values(PRINTED));
    let other = series.and_then(|series| series.cells.get(key)).and_then(|cell| cell.value.amount());
    other.is_some_and(|other| *other == printed.value.times(&Amount::Integer(scale)))
}

fn signed(claim: &Claim, expr: &Expr, said: &Said) -> Result<Statement, Unheld> {
    let sign = match said.sense {
        Some(Sense::More) => Sign::Positive,
        Some(Sense::Less) => Sign::Negative,
        _ => return Err(unheld(format!("`{}` does not say which sign", claim.printed), READABLE)),
    };
    if matches!(claim.rule, Rule::Sign { sign: Some(own), .. } if own != sign) {
        let message = format!("`{}` is not the sign that `sign` says", claim.printed);
        return Err(unheld(message, "write the sign that the paper prints"));
    }
    match asked::unspoken(expr, said) {
        Some(name) => Err(unheld(format!("prints {name}, of which `expr` does not speak"), READABLE)),
        None => Ok(Statement { expr: expr.clone(), answer: Answer::Sign(sign) }),
    }
}

/// Refuses a statement that says less than is printed: of some where all are meant, of no number where one stands in words.
fn whole(expr: &Expr, said: &Said, value: &Value) -> Result<(), Unheld> {
    let of_one = matches!(value, Value::Amount(_)) && !asked::is_rank(expr) && said.place.is_none();
    if said.every && (asked::calls(expr, "any") || of_one) {
        let hint = "say it of all: `all(…)`, or a list of values for a sign";
        return Err(unheld("says that it is so every time or everywhere, and `expr` asks for less", hint));
    }
    if asked::is_idle(expr) {
        return Err(unheld("`expr` compares nothing of the data", "compare what the paper speaks of, by its findings"));
    }
    match &said.number {
        Some((text, value)) if !asked::weighs(expr, *value) => {
            let hint = "compare with that number: `a > 2 * b`, or print it in digits as a claim of its own";
            Err(unheld(format!("`{text}` is a number, and `expr` compares nothing with it"), hint))
        }
        _ => Ok(()),
    }
}

/// Puts the printed names and place into a statement, in the places of as many keys as it names.
fn asked(expr: &Expr, said: &Said, bench: &Edition) -> Result<Expr, Unheld> {
    let mut asked = expr.clone();
    let mentions = asked::mentions(expr);
    if let Some(first) = said.named.first() {
        let has_country = said.named.iter().any(|name| matches!(name, Name::Territory(code) if bench.is_country(code)));
        let code = |key: &Part| match key {
            Part::Category(word) => bench.territory(word),
            key => key.territory().cloned(),
        };
        let is_place = |key: &&Part| has_country || !code(key).is_some_and(|code| bench.is_country(&code));
        let is_number = |key: &&Part| match key {
            Part::Category(id) => {
                let is_member = || bench.categories().values().flatten().any(|member| **member == **id);
                let printed = bench.findings.member(PRINTED, "value");
                code(key).is_some()
                    || is_member()
                    || printed.is_some_and(|series| series.cells.contains_key(&Key(vec![Part::Category(id.clone())])))
            }
            _ => true,
        };
        let keys: Vec<Part> = mentions
            .iter()
            .filter(|key| first.is_like(key, bench))
            .filter(is_place)
            .filter(is_number)
            .cloned()
            .collect();
        let in_kind = said.named.iter().all(|name| keys.first().is_some_and(|key| name.is_like(key, bench)));
        if in_kind && keys.len() == said.named.len() {
            asked = asked::with_names(&asked, &keys, &said.named);
        } else if let Some(name) = asked::unspoken(expr, said) {
            let hint = "let `expr` ask for what is printed: `argmax(…)`, `top(…, 3)`, `first(…)`, or name it there";
            return Err(unheld(format!("prints {name}, of which `expr` does not speak"), hint));
        }
    }
    match said.place {
        Some(place) if asked::ranks(expr) == 1 => Ok(asked::with_place(&asked, place)),
        Some(place) if place > 1 => {
            let message = format!("prints place {place}, and `expr` compares no rank with it");
            Err(unheld(message, "ask for `rank(list, key) == 2`"))
        }
        _ => Ok(asked),
    }
}

/// Refuses a word that points the other way than the statement does.
fn same_way(claim: &Claim, expr: &Expr, said: &Said) -> Result<(), Unheld> {
    let hint = "write the statement with what it speaks of first, and as the paper says it: less is `a < b`";
    match (said.sense, asked::sense(expr)) {
        (None, _) => Ok(()),
        (Some(sense), Some(own)) if sense == own => Ok(()),
        (Some(_), Some(_)) => Err(unheld(format!("`{}` is not what `expr` asks", claim.printed), hint)),
        // A name is compared without its word.
        (Some(_), None) if !said.named.is_empty() => Ok(()),
        (Some(_), None) => Err(unheld(format!("`{}` cannot be held to `expr`", claim.printed), hint)),
    }
}

/// Says whether the keys of a list are the names, in their order or in any.
fn are(names: &[Name], items: &[(Key, Cell)], in_order: bool) -> bool {
    let is = |name: &Name, (key, cell): &(Key, Cell)| match &cell.value {
        Value::Key(part) => name.is(part),
        _ => key.0.iter().any(|part| name.is(part)),
    };
    names.len() == items.len()
        && match in_order {
            true => names.iter().zip(items).all(|(name, item)| is(name, item)),
            false => items.iter().all(|item| names.iter().any(|name| is(name, item))),
        }
}

fn signs(value: &Value, sign: Sign) -> Option<bool> {
    let wanted = match sign {
        Sign::Positive => 1,
        Sign::Negative => -1,
    };
    match value {
        Value::Amount(amount) => Some(amount.signum() == wanted),
        Value::List(items) => {
            let amounts: Vec<&Amount> = items.iter().filter_map(|(_, cell)| cell.value.amount()).collect();
            let all = amounts.iter().all(|amount| amount.signum() == wanted);
            // What is not known may have either sign; what does not exist has none.
            let gap = items.iter().any(|(_, cell)| cell.value.gap().is_some());
            (!(amounts.is_empty() || all && gap)).then_some(all)
        }
        _ => None,
    }
}
