//! Functions: the fixed list that expressions may call.

mod order;

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

use order::{at, ends, extreme, rank, signed_part};

use super::evaluate::{kind_name, no_divisor, of_bounded_bits, type_error};
use super::{Domain, Problem, Term};
use crate::diagnostic::{code, did_you_mean};
use crate::finding::expr::FOLDS;
use crate::finding::{Amount, Cell, Class, Dimension, Key, Part, Period, Reason, Role, Unit, Value};

/// One function of the expression language.
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// Its arguments, as the documentation writes them.
    pub arguments: &'static str,
    /// What it returns.
    pub meaning: &'static str,
}

/// The functions that take values one by one and say themselves what a missing one makes of them.
const BY_VALUE: [&str; 8] = ["abs", "share", "growth", "ratio", "index", "per_mille", "points", "missing"];

macro_rules! functions {
    ($($name:literal ($arguments:literal) $meaning:literal => $run:expr;)*) => {
        /// All functions, in the order of the documentation.
        pub const FUNCTIONS: &[Function] = &[$(Function { name: $name, arguments: $arguments, meaning: $meaning }),*];

        /// Calls a function by its name.
        pub(super) fn call<D: Domain>(name: &str, terms: &[Term<D>]) -> Result<Term<D>, Problem> {
            // What the precision of the numbers leaves open stays so, whatever is asked of it.
            if let Some(open) = terms.iter().find(|term| is_open(&term.cell.value)).filter(|_| name != "missing") {
                return Ok(Term { dimensions: Vec::new(), ..open.clone() });
            }
            // Nor does a list that is not known answer anything.
            let unknown = terms.iter().find(|term| matches!(term.cell.value, Value::Missing(_)));
            if let Some(unknown) = unknown.filter(|_| !BY_VALUE.contains(&name)) {
                return Ok(Term { dimensions: Vec::new(), ..unknown.clone() });
            }
            match name {
                $($name => {
                    let wanted = $arguments.split(',').count();
                    if terms.len() != wanted {
                        return Err(type_error(format!("{name}({}) takes {wanted} argument(s), not {}", $arguments, terms.len())));
                    }
                    let run: fn(&[Term<D>]) -> Result<Term<D>, Problem> = $run;
                    run(terms).map_err(|problem| Problem { message: format!("{name}(): {}", problem.message), ..problem })
                })*
                _ => {
                    let hint = did_you_mean(name, FUNCTIONS.iter().map(|f| f.name));
                    Err(Problem::new(code::EXPRESSION_NAME, 0..0, format!("there is no function `{name}`")).about(name).hint(hint))
                }
            }
        }
    };
}

functions! {
    "sum" ("list") "The sum of the values; missing where one is missing, and what does not occur adds nothing. `by=` keeps the members of a dimension apart: sum(list, by=period)." => |t| { addable(&t[0])?; summed(&t[0]) };
    "mean" ("list") "The arithmetic mean; with `by=` as in sum." => |t| fold(&t[0], mean);
    "median" ("list") "The middle value, or the mean of the two middle ones; with `by=` as in sum." => |t| fold(&t[0], median);
    "min" ("list") "The smallest value, with `by=` as in sum; of several arguments, min(a, b), the smallest of each key." => |t| fold(&t[0], |a| Ok(D::in_order(a).into_iter().next()));
    "max" ("list") "The largest value, with `by=` as in sum; of several arguments, max(a, b), the largest of each key." => |t| fold(&t[0], |a| Ok(D::in_order(a).into_iter().next_back()));
    "count" ("list") "How many truths are true, or how many numbers there are; undecided where a missing one could change it; with `by=` as in sum." => count;
    "length" ("list") "How many entries a list has." => |t| over_list(&t[0], between(list(&t[0])?.len(), &[]), Unit::Count, Class::Flow);
    "abs" ("x") "The absolute value." => |t| t[0].map(t[0].unit, Class::Flow, |v| numeric(v, |a| Some(a.magnitude())));
    "share" ("part, whole") "The part in per cent of the whole; refused where their signs differ." => |t| quotient(t, Unit::Percent, 100, Reason::ZeroTotal, true);
    "growth" ("from, to") "The rate of increase in per cent; refused on signed measures." => growth;
    "ratio" ("a, b") "How many times a is b." => |t| quotient(t, Unit::Times, 1, Reason::ZeroBase, true);
    "index" ("to, from") "The index of a value on a base of 100; refused on signed measures." => |t| { unsigned(t)?; quotient(t, Unit::Index, 100, Reason::ZeroBase, true) };
    "per_mille" ("events, population") "Events per thousand of the population." => |t| quotient(t, Unit::PerMille, 1000, Reason::ZeroTotal, false);
    "points" ("from, to") "The difference in percentage points." => points;
    "all" ("truths") "Whether all are true." => |t| truth(&t[0], true);
    "any" ("truths") "Whether one is true." => |t| truth(&t[0], false);
    "first" ("list") "Of truths: the first key where true. Of a series: its first period." => |t| edge(&t[0], false);
    "last" ("list") "Of truths: the last key where true. Of a series: its last period." => |t| edge(&t[0], true);
    "keys" ("list") "The keys where true, or of a list of numbers: all its keys in its order." => keys;
    "argmax" ("list") "The key of the largest value; missing where several share it." => |t| extreme(&t[0], true);
    "argmin" ("list") "The key of the smallest value; missing where several share it." => |t| extreme(&t[0], false);
    "top" ("list, n") "The n largest values, largest first; missing where the last of them is equal to the next." => |t| ends(t, true);
    "bottom" ("list, n") "The n smallest values, smallest first; missing where the last of them is equal to the next." => |t| ends(t, false);
    "positive" ("list") "The values above zero." => |t| signed_part(&t[0], Ordering::Greater);
    "negative" ("list") "The values below zero." => |t| signed_part(&t[0], Ordering::Less);
    "rank" ("list, key") "The place of a key from the largest value (1); equal values share the better place." => |t| rank(t, true);
    "rank_low" ("list, key") "The place of a key from the smallest value (1)." => |t| rank(t, false);
    "at" ("list, key") "The value under a key." => at;
    "missing" ("x") "Whether a value is missing." => |t| t[0].map(Unit::None, Class::Level, |v| Ok(Value::Truth(matches!(v, Value::Missing(_)))));
}

/// Finds the dimension whose members a function keeps apart: `sum(list, by=period)`.
pub(super) fn position_by<D: Domain>(name: &str, terms: &[Term<D>]) -> Result<Option<usize>, Problem> {
    let ([term, Term { cell: Cell { value: Value::Key(Part::Category(wanted)), .. }, .. }], true) =
        (terms, FOLDS.contains(&name))
    else {
        return Ok(None);
    };
    let names = || term.dimensions.iter().map(|dimension| dimension.name.as_str());
    let found = names().position(|known| known == &**wanted);
    found.map(Some).ok_or_else(|| {
        let listed = names().collect::<Vec<_>>().join(", ");
        let message = format!("{name}(): the list has no dimension `{wanted}`");
        let hint = did_you_mean(wanted, names()).unwrap_or_else(|| match listed.as_str() {
            "" => "it is a single value".to_owned(),
            listed => format!("it is over {listed}"),
        });
        type_error(message).about(wanted).hint(Some(hint))
    })
}

/// Calls a function for each member of a dimension on what the list holds of it.
pub(super) fn grouped<D: Domain>(name: &str, term: &Term<D>, by: usize) -> Result<Term<D>, Problem> {
    if matches!(term.cell.value, Value::Missing(_)) {
        return call(name, std::slice::from_ref(term));
    }
    let mut groups: BTreeMap<&Part, Vec<(Key, Cell<D>)>> = BTreeMap::new();
    for (key, cell) in list(term)? {
        let Some(part) = key.0.get(by) else { continue };
        let rest = key.0.iter().enumerate().filter(|(at, _)| *at != by).map(|(_, part)| part.clone());
        groups.entry(part).or_default().push((Key(rest.collect()), cell.clone()));
    }
    let without = |dimensions: &[Dimension]| {
        let rest = dimensions.iter().enumerate().filter(|(at, _)| *at != by);
        rest.map(|(_, dimension)| dimension.clone()).collect::<Vec<_>>()
    };
    let (mut unit, mut class, mut items) = (term.unit, term.class, Vec::new());
    for (part, cells) in groups {
        let dimensions = without(&term.dimensions);
        let of = Term { cell: Cell::constant(Value::List(cells)), unit: term.unit, class: term.class, dimensions };
        let folded = call(name, &[of])?;
        (unit, class) = (folded.unit, folded.class);
        items.push((Key(vec![part.clone()]), folded.cell));
    }
    let dimensions = vec![term.dimensions[by].clone()];
    Ok(Term { cell: Cell::constant(Value::List(items)), unit, class, dimensions })
}

/// Says whether the largest or smallest of several values is asked for, not of one list.
pub(super) fn is_elementwise<D: Domain>(name: &str, terms: &[Term<D>]) -> bool {
    matches!(name, "min" | "max") && terms.len() > 1
}

/// Returns the largest or smallest of several values, key by key where they are lists.
pub(super) fn of_values<D: Domain>(name: &str, terms: &[Term<D>]) -> Result<Term<D>, Problem> {
    let chosen = |a: &Value<D>, b: &Value<D>| match (a, b) {
        (Value::Amount(one), Value::Amount(other)) => {
            let mut sorted = D::in_order(&[one.clone(), other.clone()]).into_iter();
            let found = if name == "max" { sorted.next_back() } else { sorted.next() };
            Ok(found.map_or(Value::Missing(Reason::TooFew), Value::Amount))
        }
        (a, b) => Err(type_error(format!("{name}() needs numbers, not {} and {}", kind_name(a), kind_name(b)))),
    };
    let (first, rest) = terms.split_first().ok_or_else(|| type_error(format!("{name}() needs values")))?;
    rest.iter().try_fold(first.clone(), |so_far, term| {
        let (a, b) = (so_far.unit, term.unit);
        if a != b && a != Unit::None && b != Unit::None {
            return Err(type_error(format!("{name}() needs one unit, not {a} and {b}")));
        }
        if let (Some(ours), Some(theirs)) = (so_far.items(), term.items())
            && so_far.dimensions == term.dimensions
        {
            let keys = |items: &[(Key, Cell<D>)]| items.iter().map(|(key, _)| key.clone()).collect::<BTreeSet<_>>();
            if let Some(odd) = keys(ours).symmetric_difference(&keys(theirs)).next() {
                let message = format!("{name}() needs the same keys in each list, and only one has {odd}");
                return Err(type_error(message).hint(Some("select the same members in both".to_owned())));
            }
        }
        let unit = if a == Unit::None { b } else { a };
        so_far.zip(term, unit, so_far.class.joined(term.class), &chosen)
    })
}

fn list<D: Domain>(term: &Term<D>) -> Result<&[(Key, Cell<D>)], Problem> {
    term.items().ok_or_else(|| type_error(format!("needs a list, not {}", kind_name(&term.cell.value))))
}

fn numeric<D: Domain>(value: &Value<D>, apply: impl Fn(&D) -> Option<D>) -> Result<Value<D>, Problem> {
    match value {
        Value::Amount(amount) => Ok(apply(amount).map_or(Value::Missing(Reason::ZeroBase), Value::Amount)),
        Value::Missing(reason) => Ok(Value::Missing(*reason)),
        other => Err(type_error(format!("needs numbers, not {}", kind_name(other)))),
    }
}

/// A territory that did not exist then adds nothing; any other gap leaves the result unknown.
const NO_MEMBER: &[Reason] = &[Reason::NotApplicable];

/// Returns the numbers of a list but for what is missing for some reasons, or the reason of the first other that is.
fn amounts<D: Domain>(term: &Term<D>, but: &[Reason]) -> Result<Result<Vec<D>, Reason>, Problem> {
    let mut found = Vec::new();
    for (_, cell) in list(term)? {
        match &cell.value {
            Value::Amount(amount) => found.push(amount.clone()),
            Value::Missing(reason) if but.contains(reason) => {}
            Value::Missing(reason) => return Ok(Err(*reason)),
            other => return Err(type_error(format!("needs numbers, not {}", kind_name(other)))),
        }
    }
    Ok(Ok(found))
}

fn over_list<D: Domain>(term: &Term<D>, value: Value<D>, unit: Unit, class: Class) -> Result<Term<D>, Problem> {
    let cell = Cell::resting_on(value, list(term)?.iter().map(|(_, cell)| cell));
    Ok(Term { cell, unit, class, dimensions: Vec::new() })
}

fn fold<D: Domain>(term: &Term<D>, apply: fn(&[D]) -> Result<Option<D>, Problem>) -> Result<Term<D>, Problem> {
    let value = match amounts(term, NO_MEMBER)? {
        Ok(found) => apply(&found)?.map_or(Value::Missing(Reason::TooFew), Value::Amount),
        Err(reason) => Value::Missing(reason),
    };
    over_list(term, value, term.unit, term.class)
}

/// Adds up a list, to which what does not occur adds nothing, as in the checks and under tables.
fn summed<D: Domain>(term: &Term<D>) -> Result<Term<D>, Problem> {
    let value = match amounts(term, &[Reason::NotApplicable, Reason::NoPhenomenon])? {
        Ok(found) => Value::Amount(total(&found)?),
        Err(reason) => Value::Missing(reason),
    };
    over_list(term, value, term.unit, term.class)
}

/// Refuses to add up parts of a whole that is another in each period, and a period with what lies in it.
fn addable<D: Domain>(term: &Term<D>) -> Result<(), Problem> {
    let is_part = matches!(term.unit, Unit::Percent | Unit::PerMille | Unit::Index) && term.class == Class::Level;
    let is_dated = |(key, _): &(Key, Cell<D>)| key.0.iter().any(|part| matches!(part, Part::Period(_)));
    if is_part && list(term)?.iter().skip(1).any(is_dated) {
        let hint = "take the mean() of them, or share() of what adds up";
        return Err(type_error(format!("does not add up {} of several periods", term.unit)).hint(Some(hint.to_owned())));
    }
    let dated = list(term)?.iter().flat_map(|(key, _)| key.0.iter());
    let dated = dated.filter_map(|part| if let Part::Period(period) = part { Some(*period) } else { None });
    let mut periods: Vec<Period> = dated.collect::<BTreeSet<_>>().into_iter().collect();
    periods.sort_by_key(|period| (period.first_day(), Reverse(period.last_day())));
    if let Some([whole, part]) = periods.array_windows().find(|[whole, part]| whole.contains(*part)) {
        let hint = "choose periods of one length, or keep them apart with `by=period`";
        let message = format!("would count {part} twice: it lies in {whole}");
        return Err(type_error(message).hint(Some(hint.to_owned())));
    }
    Ok(())
}

/// Adds up, as long as the sum has a size that is allowed: one of many fractions takes more digits with each.
fn total<D: Domain>(amounts: &[D]) -> Result<D, Problem> {
    amounts.iter().try_fold(D::exact(&Amount::ZERO), |sum, amount| of_bounded_bits(sum.plus(amount)))
}

fn mean<D: Domain>(amounts: &[D]) -> Result<Option<D>, Problem> {
    Ok(total(amounts)?.divided_by(&D::exact(&Amount::Integer(amounts.len() as i64))))
}

fn median<D: Domain>(amounts: &[D]) -> Result<Option<D>, Problem> {
    let sorted = D::in_order(amounts);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        return Ok(sorted.get(middle).cloned());
    }
    let two = middle.checked_sub(1).and_then(|before| sorted.get(before..=middle));
    two.map_or(Ok(None), mean)
}

/// Returns true where the precision of the numbers leaves a value open.
fn is_open<D>(value: &Value<D>) -> bool {
    matches!(value, Value::Missing(Reason::Undecided))
}

/// Returns the reasons of the members that are not known.
fn gaps<D: Domain>(term: &Term<D>) -> Result<Vec<Reason>, Problem> {
    Ok(list(term)?.iter().filter_map(|(_, cell)| cell.value.gap()).collect())
}

/// Returns true for a list of truths; one of which nothing is known is taken for one where it has no unit.
fn is_of_truths<D: Domain>(term: &Term<D>) -> Result<bool, Problem> {
    let items = list(term)?;
    let blank = || term.unit == Unit::None && items.iter().all(|(_, cell)| matches!(cell.value, Value::Missing(_)));
    Ok(items.iter().any(|(_, cell)| matches!(cell.value, Value::Truth(_))) || !items.is_empty() && blank())
}

/// Returns a truth of a list; `None` for what is no member, the reason for what is not known.
fn truth_of<D: Domain>(value: &Value<D>) -> Result<Option<Result<bool, Reason>>, Problem> {
    match value {
        Value::Truth(truth) => Ok(Some(Ok(*truth))),
        Value::Missing(_) => Ok(value.gap().map(Err)),
        other => Err(type_error(format!("needs truths, not {}", kind_name(other)))),
    }
}

/// Says whether all truths of a list are true, or one is: a gap leaves it open unless a known one decides.
fn truth<D: Domain>(term: &Term<D>, all: bool) -> Result<Term<D>, Problem> {
    let items = list(term)?;
    let mut value = Value::Truth(all);
    for (_, cell) in items {
        match truth_of(&cell.value)? {
            Some(Ok(truth)) if truth != all => {
                value = Value::Truth(!all);
                break;
            }
            Some(Err(reason)) if matches!(value, Value::Truth(_)) => value = Value::Missing(reason),
            _ => {}
        }
    }
    over_list(term, value, Unit::None, Class::Level)
}

/// Returns what lies between a number and that number with all gaps added; missing where that is no one number.
fn between<D: Domain>(least: usize, gaps: &[Reason]) -> Value<D> {
    let (low, high) = (Amount::Integer(least as i64), Amount::Integer((least + gaps.len()) as i64));
    let reason = gaps.first().copied().unwrap_or(Reason::Undecided);
    D::between(&low, &high).map_or(Value::Missing(reason), Value::Amount)
}

fn count<D: Domain>(terms: &[Term<D>]) -> Result<Term<D>, Problem> {
    let term = &terms[0];
    let truths = is_of_truths(term)?;
    let counts = |cell: &Cell<D>| match &cell.value {
        Value::Truth(truth) => *truth,
        Value::Missing(_) => false,
        _ => true,
    };
    let known = list(term)?.iter().filter(|(_, cell)| counts(cell)).count();
    // That a number is missing is known: it is not counted.
    let open: Vec<Reason> = gaps(term)?.into_iter().filter(|reason| truths || *reason == Reason::Undecided).collect();
    over_list(term, between(known, &open), Unit::Count, Class::Flow)
}

fn unsigned<D: Domain>(terms: &[Term<D>]) -> Result<(), Problem> {
    if terms.iter().all(|term| term.class != Class::Signed) {
        return Ok(());
    }
    let hint = "a balance has no growth rate: quote both values, their difference, or the rate per thousand";
    Err(type_error("is not defined on a signed measure").hint(Some(hint.to_owned())))
}

fn quotient<D: Domain>(
    terms: &[Term<D>],
    unit: Unit,
    scale: i64,
    zero: Reason,
    alike: bool,
) -> Result<Term<D>, Problem> {
    let (above, below) = (&terms[0], &terms[1]);
    if alike && above.unit != below.unit && above.unit != Unit::None && below.unit != Unit::None {
        return Err(type_error(format!("needs one unit, not {} and {}", above.unit, below.unit)));
    }
    let zero_amount = D::exact(&Amount::ZERO);
    let divide = |a: &Value<D>, b: &Value<D>| {
        let (Value::Amount(a), Value::Amount(b)) = (a, b) else {
            return Err(type_error(format!("needs numbers, not {} and {}", kind_name(a), kind_name(b))));
        };
        let signs = (a.compare(&zero_amount), b.compare(&zero_amount));
        if let (true, (Some(a), Some(b))) = (alike, signs)
            && a.is_ne()
            && b.is_ne()
            && a != b
        {
            return Ok(Value::Missing(Reason::MixedSign));
        }
        let quotient = a.times(&D::exact(&Amount::Integer(scale))).divided_by(b);
        Ok(quotient.map_or_else(|| Value::Missing(no_divisor(b, zero)), Value::Amount))
    };
    let class = if alike { Class::Level } else { above.class };
    above.zip(below, unit, class, &divide)
}

fn growth<D: Domain>(terms: &[Term<D>]) -> Result<Term<D>, Problem> {
    unsigned(terms)?;
    let ratio = quotient(&[terms[1].clone(), terms[0].clone()], Unit::Percent, 100, Reason::ZeroBase, true)?;
    let less_base = |value: &Value<D>| numeric(value, |a| Some(a.minus(&D::exact(&Amount::Integer(100)))));
    ratio.map(Unit::Percent, Class::Signed, less_base)
}

fn points<D: Domain>(terms: &[Term<D>]) -> Result<Term<D>, Problem> {
    let (from, to) = (&terms[0], &terms[1]);
    if from.unit != to.unit || from.unit.of_difference() == from.unit {
        return Err(type_error(format!("needs two percentages, not {} and {}", from.unit, to.unit)));
    }
    to.zip(from, from.unit.of_difference(), Class::Signed, &|a, b| match (a, b) {
        (Value::Amount(a), Value::Amount(b)) => Ok(Value::Amount(a.minus(b))),
        (a, b) => Err(type_error(format!("needs numbers, not {} and {}", kind_name(a), kind_name(b)))),
    })
}

/// Returns the one part of a key that a list of a single dimension has.
fn only_part(key: &Key) -> Result<Part, Problem> {
    match key.0.as_slice() {
        [part] => Ok(part.clone()),
        _ => Err(type_error("needs a list over one dimension; select the others")),
    }
}

fn edge<D: Domain>(term: &Term<D>, last: bool) -> Result<Term<D>, Problem> {
    let items = list(term)?;
    if is_of_truths(term)? {
        let mut items: Vec<_> = items.iter().collect();
        if last {
            items.reverse();
        }
        for (key, cell) in items {
            match truth_of(&cell.value)? {
                Some(Ok(true)) => {
                    return over_list(term, Value::Key(only_part(key)?), Unit::None, Class::Level);
                }
                Some(Err(reason)) => return over_list(term, Value::Missing(reason), Unit::None, Class::Level),
                Some(Ok(false)) | None => {}
            }
        }
        return over_list(term, Value::Missing(Reason::NoPhenomenon), Unit::None, Class::Level);
    }
    if items.iter().any(|(_, cell)| is_open(&cell.value)) {
        return over_list(term, Value::Missing(Reason::Undecided), Unit::None, Class::Level);
    }
    let found: Vec<Part> = {
        let at = term.dimensions.iter().position(|d| d.role == Role::Period);
        let at = at.ok_or_else(|| type_error("needs truths, or a series over periods"))?;
        let mut periods: Vec<Part> = items.iter().map(|(key, _)| key.0[at].clone()).collect();
        periods.sort();
        periods
    };
    let part = if last { found.last() } else { found.first() };
    over_list(
        term,
        part.map_or(Value::Missing(Reason::NoPhenomenon), |p| Value::Key(p.clone())),
        Unit::None,
        Class::Level,
    )
}

fn keys<D: Domain>(terms: &[Term<D>]) -> Result<Term<D>, Problem> {
    let term = &terms[0];
    let mut found = Vec::new();
    let truths = is_of_truths(term)?;
    let open = gaps(term)?.into_iter().find(|reason| truths || *reason == Reason::Undecided);
    if let Some(reason) = open {
        return over_list(term, Value::Missing(reason), Unit::None, Class::Level);
    }
    for (key, cell) in list(term)? {
        let kept = match &cell.value {
            Value::Truth(truth) => *truth,
            Value::Missing(_) => false,
            _ => true,
        };
        if kept {
            found.push((key.clone(), Cell { value: Value::Key(only_part(key)?), ..cell.clone() }));
        }
    }
    let cell = Cell::constant(Value::List(found));
    Ok(Term { cell, unit: Unit::None, class: Class::Level, dimensions: term.dimensions.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_that_takes_more_digits_with_each_fraction_is_refused_on_its_way() {
        let fraction =
            |n: i64| Amount::Integer(1).divided_by(&Amount::Integer((1 << 60) + 2 * n + 1)).expect("a fraction");
        let few: Vec<Amount> = (0..20).map(fraction).collect();
        assert!(total(&few).is_ok() && mean(&few).is_ok_and(|mean| mean.is_some()));
        let many: Vec<Amount> = (0..2000).map(fraction).collect();
        assert!(total(&many).is_err_and(|problem| problem.code == code::EXPRESSION_SIZE));
        assert!(mean(&many).is_err());
    }

    #[test]
    fn a_period_is_not_added_to_what_lies_in_it() {
        let list = |periods: &[&str]| -> Term<Amount> {
            let key = |text: &&str| Key(vec![Part::Period(Period::parse(text).expect("a period"))]);
            let items = periods.iter().map(|text| (key(text), Cell::constant(Value::Amount(Amount::Integer(1)))));
            let cell = Cell::constant(Value::List(items.collect()));
            Term { cell, unit: Unit::Persons, class: Class::Flow, dimensions: Vec::new() }
        };
        for apart in [&["2023", "2024-Q1", "2024-Q2"][..], &["2023", "2024"], &["2024-01", "2024-Q2", "2024-12"]] {
            assert!(addable(&list(apart)).is_ok(), "{apart:?}");
        }
        for twice in [&["2023", "2024", "2024-Q1"][..], &["2024-12", "2024-Q4"], &["2024-Q1", "2025", "2025-03-31"]] {
            let problem = addable(&list(twice)).expect_err("a refusal");
            assert!(problem.message.contains("twice"), "{twice:?}: {}", problem.message);
        }
    }
}
