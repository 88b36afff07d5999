//! Evaluate: the tree of an expression → a term: a value with its unit, class and dimensions, or a type error.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::addends;
use super::functions::{call, grouped, is_elementwise, of_values, position_by};
use super::select::{find_series, select};
use super::{Domain, Expr, Kind, Material, Operator, Orders, Path, Problem};
use crate::diagnostic::code;
use crate::files::limits::AMOUNT_BITS;
use crate::finding::{Amount, Cell, Class, Dimension, Key, Part, Reason, Role, Unit, Value};

/// The value of an expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Term<D> {
    /// The value and what it rests on.
    pub cell: Cell<D>,
    /// The unit of its numbers.
    pub unit: Unit,
    /// The class of its numbers.
    pub class: Class,
    /// The dimensions of a list's keys; empty for a single value.
    pub dimensions: Vec<Dimension>,
}

/// What is done to each pair of values.
type Pairwise<'a, D> = &'a dyn Fn(&Value<D>, &Value<D>) -> Result<Value<D>, Problem>;

/// Evaluates an expression on its material.
pub fn evaluate<D: Domain>(expr: &Expr, material: &dyn Material<D>) -> Result<Term<D>, Problem> {
    let at = |problem: Problem| {
        if problem.span.is_empty() { Problem { span: expr.span.clone(), ..problem } } else { problem }
    };
    match &expr.kind {
        Kind::Number(amount) => Ok(Term::literal(amount)),
        Kind::Key(part) => Ok(Term::single(Value::Key(part.clone()), Unit::None, Class::Level)),
        Kind::Path(path) => path_term(path, &expr.span, material),
        Kind::Call(name, arguments) => {
            let terms = arguments.iter().map(|argument| evaluate(argument, material)).collect::<Result<Vec<_>, _>>()?;
            let by = position_by(name, &terms).map_err(at)?;
            once_each(name, &terms, by, material).map_err(at)?;
            let term = match by {
                Some(by) => grouped(name, &terms[0], by),
                None if is_elementwise(name, &terms) => {
                    let measured = |at: usize| arguments.get(at).is_some_and(|one| is_measured(one, material));
                    let sides = terms.iter().enumerate().map(|(at, term)| (term, measured(at)));
                    for (a, b) in sides.clone().zip(sides.skip(1)) {
                        one_unit(&format!("{name}()"), Operator::Plus, a, b).map_err(at)?;
                    }
                    of_values(name, &terms)
                }
                None => call(name, &terms),
            };
            term.and_then(of_bounded_size).map_err(at)
        }
        Kind::Unary(operator, inner) => unary(*operator, &evaluate(inner, material)?).map_err(at),
        Kind::Binary(operator, left, right) => {
            let terms = (evaluate(left, material)?, evaluate(right, material)?);
            let measured = (is_measured(left, material), is_measured(right, material));
            one_unit(operator.sign(), *operator, (&terms.0, measured.0), (&terms.1, measured.1)).map_err(at)?;
            if *operator == Operator::Plus {
                addends::once_each(left, right, material).map_err(at)?;
            }
            let (left, right) = terms;
            binary(*operator, &left, &right).and_then(of_bounded_size).map_err(at)
        }
    }
}

/// Says whether an expression asks for findings; a number that an author types takes any unit.
fn is_measured<D: Domain>(expr: &Expr, material: &dyn Material<D>) -> bool {
    expr.paths().iter().any(|path| match material.names().named(&path.name).filter(|_| path.is_bare()) {
        // What it asks for in its turn need not be walked through.
        Some(named) => !named.paths().is_empty(),
        None => true,
    })
}

/// Refuses to add up or compare what has a unit with a finding that has none.
fn one_unit<D: Domain>(
    sign: &str,
    operator: Operator,
    (a, a_measured): (&Term<D>, bool),
    (b, b_measured): (&Term<D>, bool),
) -> Result<(), Problem> {
    let adds = matches!(operator, Operator::Plus | Operator::Minus) || operator.compares();
    let bare = |term: &Term<D>, measured: bool| measured && term.unit == Unit::None;
    if adds && a.unit != b.unit && (bare(a, a_measured) || bare(b, b_measured)) {
        let message = format!("`{sign}` does not apply to {} and {}", a.unit, b.unit);
        let hint = "one of the two measures has no unit: declare it, or use share(), ratio(), per_mille()".to_owned();
        return Err(type_error(message).hint(Some(hint)));
    }
    Ok(())
}

/// The functions that add up or rank what a list holds, so that each thing must be in it once.
const ONCE_EACH: [&str; 12] =
    ["sum", "mean", "median", "min", "max", "argmin", "argmax", "count", "top", "bottom", "rank", "rank_low"];

/// Refuses lists in which a territory or a total stands beside its own parts, where they are added up or ranked.
fn once_each<D: Domain>(
    name: &str,
    terms: &[Term<D>],
    by: Option<usize>,
    material: &dyn Material<D>,
) -> Result<(), Problem> {
    let taken = ONCE_EACH.contains(&name) && !(by.is_none() && is_elementwise(name, terms));
    let Some(term) = terms.first().filter(|_| taken) else { return Ok(()) };
    for (at, dimension) in term.dimensions.iter().enumerate().filter(|(at, _)| Some(*at) != by) {
        let mut together: BTreeMap<Vec<&Part>, Vec<&Part>> = BTreeMap::new();
        for (key, _) in term.items().unwrap_or_default() {
            let rest = key.0.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, part)| part).collect();
            together.entry(rest).or_default().extend(key.0.get(at));
        }
        let twice = |parts: &Vec<&Part>| dimension.overlap(parts, |codes| material.names().overlap(codes));
        if let Some((one, other)) = together.values().find_map(twice) {
            let message = format!("{name}() would take {one} and {other}, of which one is counted in the other");
            let hint = match dimension.role {
                Role::Territory => {
                    "choose territories that do not overlap: `[regions]`, another group, or a set of your own"
                        .to_owned()
                }
                _ => {
                    format!("`{one}` is declared the total of `{}`: select the other members, `a|b|c`", dimension.name)
                }
            };
            return Err(Problem::new(code::DATA_OVERLAP, 0..0, message).hint(Some(hint)));
        }
    }
    Ok(())
}

/// Refuses numbers of more digits than anything measured has: exact products and sums of fractions can grow without end.
fn of_bounded_size<D: Domain>(term: Term<D>) -> Result<Term<D>, Problem> {
    let items = term.items().unwrap_or_default().iter().map(|(_, cell)| cell);
    items.chain([&term.cell]).filter_map(|cell| cell.value.amount()).try_for_each(within_bounds)?;
    Ok(term)
}

/// Refuses a number on its way to such a size.
pub(super) fn of_bounded_bits<D: Domain>(amount: D) -> Result<D, Problem> {
    within_bounds(&amount)?;
    Ok(amount)
}

fn within_bounds<D: Domain>(amount: &D) -> Result<(), Problem> {
    if amount.bits() > AMOUNT_BITS {
        let digits = AMOUNT_BITS * 3 / 10;
        let message = format!("gives an exact number of more than {digits} digits");
        let hint = "multiply fewer numbers, or add up before dividing".to_owned();
        return Err(Problem::new(code::EXPRESSION_SIZE, 0..0, message).hint(Some(hint)));
    }
    Ok(())
}

fn path_term<D: Domain>(path: &Path, span: &Range<usize>, material: &dyn Material<D>) -> Result<Term<D>, Problem> {
    if path.is_bare()
        && let Some(expr) = material.names().named(&path.name)
    {
        if let Some(term) = material.answer(&path.name) {
            return Ok(term.clone());
        }
        return evaluate(expr, material).map_err(|problem| {
            let message = format!("in `{}`: {}", path.name, problem.message);
            let problem = problem.following(material.names().failed(&path.name));
            Problem { span: span.clone(), message, culprit: None, ..problem }
        });
    }
    let series = find_series(path, span, material)?;
    let selection = select(&series, path, span, material)
        .map_err(|problem| problem.following(material.names().failed(&path.name)))?;
    let term = |cell, dimensions| Term { cell, unit: series.unit, class: series.class, dimensions };
    if let Some(key) = selection.single {
        let cell = selection.cells.first().map(|(key, cell)| material.read(&series, key, cell));
        let cell = cell.unwrap_or_else(|| Cell::constant(Value::Missing(material.names().absence(&key))));
        let (unit, class) = series.unit_at(&key);
        return Ok(Term { cell, unit, class, dimensions: Vec::new() });
    }
    let reduced = |key: &Key| Key(selection.varying.iter().map(|at| key.0[*at].clone()).collect());
    let mut items: Vec<(Key, Cell<D>)> =
        selection.cells.iter().map(|(key, cell)| (reduced(key), material.read(&series, key, cell))).collect();
    if !selection.gaps.is_empty() {
        let absent = |key: &Key| Cell::constant(Value::Missing(material.names().absence(key)));
        items.extend(selection.gaps.iter().map(|key| (reduced(key), absent(key))));
        items.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
    let dimensions = selection.varying.iter().map(|at| series.dimensions[*at].clone()).collect();
    Ok(term(Cell::constant(Value::List(items)), dimensions))
}

impl<D: Domain> Term<D> {
    /// Makes a single value that rests on nothing.
    pub fn single(value: Value<D>, unit: Unit, class: Class) -> Term<D> {
        Term { cell: Cell::constant(value), unit, class, dimensions: Vec::new() }
    }

    /// Makes a literal number, which has no unit of its own and takes any.
    pub fn literal(amount: &Amount) -> Term<D> {
        let class = if amount.signum() < 0 { Class::Signed } else { Class::Level };
        Term::single(Value::Amount(D::exact(amount)), Unit::None, class)
    }

    /// Returns the items of a list.
    pub fn items(&self) -> Option<&[(Key, Cell<D>)]> {
        match &self.cell.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// Applies a function to the value, or to each value of a list.
    pub fn map(
        &self,
        unit: Unit,
        class: Class,
        apply: impl Fn(&Value<D>) -> Result<Value<D>, Problem>,
    ) -> Result<Term<D>, Problem> {
        let value = match &self.cell.value {
            Value::List(items) => Value::List(
                items
                    .iter()
                    .map(|(key, cell)| Ok((key.clone(), Cell { value: apply(&cell.value)?, ..cell.clone() })))
                    .collect::<Result<_, Problem>>()?,
            ),
            single => apply(single)?,
        };
        Ok(Term { cell: Cell { value, ..self.cell.clone() }, unit, class, dimensions: self.dimensions.clone() })
    }

    /// Applies a function to two terms value by value: lists are matched by the dimensions that they share, a single
    /// value meets every one.
    pub fn zip(&self, other: &Term<D>, unit: Unit, class: Class, apply: Pairwise<'_, D>) -> Result<Term<D>, Problem> {
        if self.dimensions.len() < other.dimensions.len() {
            return other.zip(self, unit, class, &|b, a| apply(a, b));
        }
        let joined = |left: &Cell<D>, right: &Cell<D>| -> Result<Cell<D>, Problem> {
            let value = match (&left.value, &right.value) {
                // What is false already stays so, whatever the other side turns out to be.
                (Value::Missing(_), Value::Truth(_)) | (Value::Truth(_), Value::Missing(_)) => {
                    apply(&left.value, &right.value)?
                }
                (Value::Missing(reason), _) | (_, Value::Missing(reason)) => Value::Missing(*reason),
                (a, b) => apply(a, b)?,
            };
            Ok(Cell { value, status: left.status.max(right.status), vintages: left.vintages.joined(&right.vintages) })
        };
        let (Some(left), right) = (self.items(), other.items()) else {
            let cell = joined(&self.cell, &other.cell)?;
            return Ok(Term { cell, unit, class, dimensions: Vec::new() });
        };
        let positions = shared_positions(&self.dimensions, &other.dimensions)?;
        let right: Option<BTreeMap<&Key, &Cell<D>>> = right.map(|items| items.iter().map(|(k, c)| (k, c)).collect());
        let mut items = Vec::new();
        for (key, cell) in left {
            let partner = match &right {
                None => Some(&other.cell),
                Some(right) => {
                    let wanted = Key(positions.iter().map(|at| key.0[*at].clone()).collect());
                    right.get(&wanted).copied()
                }
            };
            let cell = match partner {
                Some(partner) => joined(cell, partner)?,
                None => Cell { value: Value::Missing(Reason::Missing), ..cell.clone() },
            };
            items.push((key.clone(), cell));
        }
        Ok(Term { cell: Cell::constant(Value::List(items)), unit, class, dimensions: self.dimensions.clone() })
    }
}

fn shared_positions(wide: &[Dimension], narrow: &[Dimension]) -> Result<Vec<usize>, Problem> {
    let position = |d: &Dimension| {
        wide.iter().position(|w| w.name == d.name).ok_or_else(|| {
            let names = |list: &[Dimension]| list.iter().map(|d| d.name.clone()).collect::<Vec<_>>().join(", ");
            type_error(format!("lists over ({}) and ({}) do not match", names(wide), names(narrow)))
        })
    };
    narrow.iter().map(position).collect()
}

/// Makes a type error whose place the caller fills in.
pub(super) fn type_error(message: impl Into<String>) -> Problem {
    Problem::new(code::EXPRESSION_TYPE, 0..0, message)
}

fn unary<D: Domain>(operator: Operator, term: &Term<D>) -> Result<Term<D>, Problem> {
    let apply = |value: &Value<D>| match (operator, value) {
        (_, Value::Missing(reason)) => Ok(Value::Missing(*reason)),
        (Operator::Not, Value::Truth(truth)) => Ok(Value::Truth(!truth)),
        (Operator::Minus, Value::Amount(amount)) => Ok(Value::Amount(amount.negated())),
        (_, value) => Err(type_error(format!("`{}` does not apply to {}", operator.sign(), kind_name(value)))),
    };
    term.map(term.unit, if operator == Operator::Minus { Class::Signed } else { term.class }, apply)
}

fn binary<D: Domain>(operator: Operator, left: &Term<D>, right: &Term<D>) -> Result<Term<D>, Problem> {
    let (unit, class) = result_type(operator, left, right)?;
    let term = left.zip(right, unit, class, &|a, b| combine(operator, a, b))?;
    let adds = matches!(operator, Operator::Plus | Operator::Minus) && left.dimensions == right.dimensions;
    Ok(if adds { with_partnerless(term, right) } else { term })
}

/// Puts the keys that only the right list has among those of a sum, as missing: none is lost on whichever side it stands.
fn with_partnerless<D: Domain>(mut term: Term<D>, right: &Term<D>) -> Term<D> {
    let (Value::List(items), Some(others)) = (&mut term.cell.value, right.items()) else { return term };
    let known: BTreeSet<&Key> = items.iter().map(|(key, _)| key).collect();
    let alone: Vec<_> = others.iter().filter(|(key, _)| !known.contains(key)).collect();
    let in_order = items.is_sorted_by(|(a, _), (b, _)| a <= b);
    let missing = |cell: &Cell<D>| Cell { value: Value::Missing(Reason::Missing), ..cell.clone() };
    let alone: Vec<_> = alone.into_iter().map(|(key, cell)| (key.clone(), missing(cell))).collect();
    if !alone.is_empty() {
        items.extend(alone);
        if in_order {
            items.sort_by(|(a, _), (b, _)| a.cmp(b));
        }
    }
    term
}

fn combine<D: Domain>(operator: Operator, left: &Value<D>, right: &Value<D>) -> Result<Value<D>, Problem> {
    match (left, right) {
        (Value::Amount(a), Value::Amount(b)) => {
            Ok(arithmetic(operator, a, b).unwrap_or_else(|| comparison(operator, a.orders(b))))
        }
        (Value::Truth(a), Value::Truth(b)) if operator == Operator::And => Ok(Value::Truth(*a && *b)),
        (Value::Truth(a), Value::Truth(b)) if operator == Operator::Or => Ok(Value::Truth(*a || *b)),
        (Value::Truth(known), Value::Missing(_)) | (Value::Missing(_), Value::Truth(known))
            if *known == (operator == Operator::Or) && matches!(operator, Operator::And | Operator::Or) =>
        {
            Ok(Value::Truth(*known))
        }
        (Value::Missing(reason), _) | (_, Value::Missing(reason)) => Ok(Value::Missing(*reason)),
        (Value::Key(a), Value::Key(b)) if is_comparison(operator) => Ok(comparison(operator, Orders::only(a.cmp(b)))),
        (a, b) => {
            Err(type_error(format!("`{}` does not apply to {} and {}", operator.sign(), kind_name(a), kind_name(b))))
        }
    }
}

fn arithmetic<D: Domain>(operator: Operator, a: &D, b: &D) -> Option<Value<D>> {
    match operator {
        Operator::Plus => Some(Value::Amount(a.plus(b))),
        Operator::Minus => Some(Value::Amount(a.minus(b))),
        Operator::Times => Some(Value::Amount(a.times(b))),
        Operator::Over => {
            Some(a.divided_by(b).map_or_else(|| Value::Missing(no_divisor(b, Reason::ZeroBase)), Value::Amount))
        }
        _ => None,
    }
}

/// Says why nothing can be divided by a number: it is zero, or its precision leaves open whether it is.
pub(super) fn no_divisor<D: Domain>(divisor: &D, zero: Reason) -> Reason {
    match divisor.compare(&D::exact(&Amount::ZERO)) {
        None => Reason::Undecided,
        Some(_) => zero,
    }
}

/// Says what a comparison of two values is; open where some of the orders that are possible make it true and some do not.
pub fn comparison<D>(operator: Operator, orders: Orders) -> Value<D> {
    let holds = |order: &Ordering| match operator {
        Operator::Equal => order.is_eq(),
        Operator::Unequal => order.is_ne(),
        Operator::Less => order.is_lt(),
        Operator::AtMost => order.is_le(),
        Operator::More => order.is_gt(),
        _ => order.is_ge(),
    };
    let possible =
        [Ordering::Less, Ordering::Equal, Ordering::Greater].into_iter().filter(|order| orders.may_be(*order));
    let (mut some, mut all) = (false, true);
    for holds in possible.map(|order| holds(&order)) {
        (some, all) = (some || holds, all && holds);
    }
    if some == all { Value::Truth(all) } else { Value::Missing(Reason::Undecided) }
}

fn is_comparison(operator: Operator) -> bool {
    use Operator::{AtLeast, AtMost, Equal, Less, More, Unequal};
    matches!(operator, Equal | Unequal | Less | AtMost | More | AtLeast)
}

/// Decides unit and class of a result, or refuses operands whose units do not go together.
fn result_type<D: Domain>(operator: Operator, left: &Term<D>, right: &Term<D>) -> Result<(Unit, Class), Problem> {
    let (a, b) = (left.unit, right.unit);
    let same = a == b || a == Unit::None || b == Unit::None;
    let unit = if a == Unit::None { b } else { a };
    let refuse = || {
        let message = format!("`{}` does not apply to {a} and {b}", operator.sign());
        Err(type_error(message).hint(Some("bring both to one unit, or use share(), ratio(), per_mille()".to_owned())))
    };
    match operator {
        Operator::And | Operator::Or | Operator::Not => Ok((Unit::None, Class::Level)),
        _ if is_comparison(operator) => {
            if same {
                Ok((Unit::None, Class::Level))
            } else {
                refuse()
            }
        }
        Operator::Plus => {
            if same {
                Ok((unit, left.class.joined(right.class)))
            } else {
                refuse()
            }
        }
        Operator::Minus if same => {
            let difference = if a == b { unit.of_difference() } else { unit };
            Ok((difference, Class::Signed))
        }
        Operator::Times if a == Unit::None || b == Unit::None => Ok((unit, left.class.joined(right.class))),
        Operator::Times if matches!(b, Unit::Times | Unit::Count) => Ok((a, left.class.joined(right.class))),
        Operator::Times if matches!(a, Unit::Times | Unit::Count) => Ok((b, left.class.joined(right.class))),
        Operator::Over if a == b => Ok((if a == Unit::None { a } else { Unit::Times }, left.class.joined(right.class))),
        Operator::Over if matches!(b, Unit::None | Unit::Count | Unit::Times) => {
            Ok((a, left.class.joined(right.class)))
        }
        _ => refuse(),
    }
}

/// Names the kind of a value in messages.
pub fn kind_name<D>(value: &Value<D>) -> &'static str {
    match value {
        Value::Amount(_) => "a number",
        Value::Text(_) => "a text",
        Value::Truth(_) => "a truth",
        Value::Key(_) => "a key",
        Value::List(_) => "a list",
        Value::Missing(_) => "a missing value",
    }
}
