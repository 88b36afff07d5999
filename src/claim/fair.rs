//! Fair: the reading under which what a paper prints would be right, where there is one. It is found by trying: a guess, and named so.

use super::asked;
use super::bench;
use super::entry::Way;
use super::said::Said;
use super::verdict::{Fair, Hold, Outcome, Verdict};
use super::{Claim, Mode, Printed};
use crate::analysis::Edition;
use crate::expression::{self, Edge, Expr, Item, Kind as Form, Operator, Path};
use crate::finding::{Amount, Part, Unit, Value};

/// How many periods away another time is looked for.
const AWAY: [i32; 4] = [-1, 1, -2, 2];

/// So many digits must a number have for that another series, or another time, gives it by no mere chance.
const TELLING: usize = 3;

/// What a number is multiplied by to stand in another scale.
const SCALES: [i64; 4] = [10, 100, 1_000, 1_000_000];

/// Finds the reading under which what does not hold would, the simplest first.
pub(super) fn fair(claim: &Claim, readings: &[Outcome], said: &Said, bench: &Edition) -> Option<Fair> {
    let (first, others) = readings.split_first()?;
    if others.iter().any(|other| matches!(other.verdict, Verdict::Confirmed | Verdict::Rounding)) {
        return Some(Fair::Otherwise);
    }
    let trial = Trial { claim, first, said, bench };
    let expr = bench::parse(&first.expr, bench)?;
    match claim.kind().way() {
        Way::Number => {
            let printed = claim.number()?;
            let digits = digits(&printed.value.round(printed.decimals as usize).to_string()).len();
            let away = &AWAY[..if digits < 2 {
                0
            } else if digits < TELLING {
                2
            } else {
                AWAY.len()
            }];
            let other = trial.rounding(&printed).or_else(|| trial.form(&expr, &printed));
            // Among what the paper prints stands the number itself: there anything would be right.
            if other.is_some() || trial.reads_itself(&expr) {
                return other;
            }
            trial.period(&expr, away).or_else(|| {
                let elsewhere = || trial.measure(&expr).or_else(|| trial.population(&expr));
                (digits >= TELLING).then(elsewhere).flatten()
            })
        }
        Way::Statement => trial.turned(&expr).or_else(|| trial.period(&expr, &AWAY[..2])),
        Way::Whole => None,
    }
}

/// A claim that does not hold, on the bench.
struct Trial<'a> {
    claim: &'a Claim,
    first: &'a Outcome,
    said: &'a Said,
    bench: &'a Edition,
}

impl Trial<'_> {
    /// Says whether an expression gives exactly what is printed.
    fn holds(&self, expr: &str) -> bool {
        let Ok(finding) = expression::ask(expr, self.bench) else { return false };
        let scale = Amount::Integer(self.claim.measure().scale);
        let derived = finding.cell.value.amount().and_then(|amount| amount.divided_by(&scale));
        let other = Outcome {
            expr: expr.to_owned(),
            finding: finding.id,
            value: finding.cell.value,
            derived,
            interval: None,
            ..self.first.clone()
        };
        matches!(other.hold(self.claim, self.said, self.bench), Ok(Some((Hold::Yes, _))))
    }

    fn rounding(&self, printed: &Printed) -> Option<Fair> {
        // What is said as a bound is not rounded to.
        let derived = self.first.derived.as_ref().filter(|_| !self.claim.says.is_bound())?;
        let (step, cut) = (printed.last_place(), Mode::Truncate.round(derived, printed.decimals));
        let up = if derived.signum() < 0 { cut.minus(&step) } else { cut.plus(&step) };
        if printed.value == up && cut != *derived {
            return Some(Fair::Up);
        }
        // `1 200` of 1 234: what is printed ends in zeros that were not counted.
        let mut place = step;
        for _ in 0..3 {
            place = place.times(&Amount::Integer(10));
            let coarse = Mode::HalfAway.round(&derived.divided_by(&place)?, 0).times(&place);
            if coarse == printed.value && coarse.signum() != 0 {
                return Some(Fair::Coarse);
            }
        }
        None
    }

    /// Tries other forms of the same number: its sign, its scale, its digits, what it is a part of.
    fn form(&self, expr: &Expr, printed: &Printed) -> Option<Fair> {
        let derived = self.first.derived.as_ref()?;
        let own = &self.first.expr;
        if derived.signum() != 0 && self.holds(&format!("-({own})")) {
            return Some(Fair::Sign);
        }
        // What only bounds is true of a number in ever so many scales.
        if derived.signum() != 0 && self.claim.end(printed).is_some() {
            for factor in SCALES {
                if self.holds(&format!("({own}) * {factor}")) {
                    return Some(Fair::Scale(Amount::Integer(factor)));
                }
                if self.holds(&format!("({own}) / {factor}")) {
                    return Some(Fair::Scale(Amount::ratio(1, factor)?));
                }
            }
        }
        let round = |amount: &Amount| amount.round(printed.decimals as usize).to_string();
        if is_turned(&round(derived), &round(&printed.value)) {
            return Some(Fair::Digits);
        }
        let holds = |text: String, make: fn(String) -> Fair| self.holds(&text).then(|| make(text));
        let per_cent = self.claim.measure().unit == Unit::Percent;
        let ends = match &expr.kind {
            Form::Call(name, ends) => <&[Expr; 2]>::try_from(ends.as_slice()).ok().map(|[a, b]| (name.as_str(), a, b)),
            Form::Binary(Operator::Minus, to, from) => Some(("-", from.as_ref(), to.as_ref())),
            _ => None,
        };
        let (name, from, to) = ends?;
        let form = match name {
            "growth" => holds(format!("({to}) - ({from})"), Fair::Points),
            "points" | "-" => holds(format!("growth({from}, {to})"), Fair::PerCent),
            "share" if per_cent => holds(format!("100 - ({expr})"), Fair::Rest),
            _ => None,
        };
        form.or_else(|| (name != "-").then(|| holds(format!("{name}({to}, {from})"), Fair::Ends)).flatten())
    }

    /// Turns the two numbers of the paper that a statement compares.
    fn turned(&self, expr: &Expr) -> Option<Fair> {
        let Form::Binary(operator, left, right) = &expr.kind else { return None };
        let is_own = |side: &Expr| side.paths().iter().all(|path| path.name == bench::PRINTED);
        let ends = matches!((&left.kind, &right.kind), (Form::Path(_), Form::Path(_))) && is_own(left) && is_own(right);
        let turned = Expr { kind: Form::Binary(*operator, right.clone(), left.clone()), span: expr.span.clone() };
        let holds = ends
            && expression::ask(&turned.to_string(), self.bench)
                .is_ok_and(|found| found.cell.value == Value::Truth(true));
        holds.then(|| Fair::Ends(turned.to_string()))
    }

    /// Says whether an expression, moved, could come upon the number that it is held to.
    fn reads_itself(&self, expr: &Expr) -> bool {
        let table = self.claim.cell.as_ref().map(|cell| cell.table.as_str());
        expr.paths().iter().any(|path| path.name == bench::PRINTED || Some(path.name.as_str()) == table)
    }

    fn period(&self, expr: &Expr, away: &[i32]) -> Option<Fair> {
        let own = expr.to_string();
        let moved = |by: &i32| (*by, moved(expr, *by).to_string());
        let found = away.iter().map(moved).find(|(_, text)| *text != own && self.holds(text));
        found.map(|(by, text)| Fair::Period(by, text))
    }

    /// Tries the other measures of the same table that are in the same unit.
    fn measure(&self, expr: &Expr) -> Option<Fair> {
        let paths = expr.paths();
        let (table, member) = paths.iter().find_map(|path| Some((path.name.clone(), path.member.clone()?)))?;
        let unit = self.bench.findings.member(&table, &member)?.unit;
        let others = self.bench.findings.members(&table).into_iter().filter(|other| **other != *member);
        others
            .filter(|other| self.bench.findings.member(&table, other).is_some_and(|series| series.unit == unit))
            .map(|other| (other.to_owned(), with_member(expr, &table, &member, other).to_string()))
            .find(|(_, text)| self.holds(text))
            .map(|(other, text)| Fair::Measure(other, text))
    }

    /// Tries the other territories or categories of the series where the expression speaks of one alone.
    fn population(&self, expr: &Expr) -> Option<Fair> {
        let mut named: Vec<Part> = asked::mentions(expr);
        named.retain(|part| !matches!(part, Part::Period(_)));
        let [own] = named.as_slice() else { return None };
        let paths = expr.paths();
        let path = paths.iter().find(|path| names(path, own))?;
        let member = path.member.as_deref().unwrap_or(crate::finding::VALUE);
        let series = self.bench.findings.member(&path.name, member)?;
        let at =
            (0..series.dimensions.len()).find(|at| series.members_along(*at).is_some_and(|all| all.contains(own)))?;
        let others = series.members_along(at)?.iter().filter(|other| *other != own);
        others
            .map(|other| (other.clone(), with_part(expr, own, other).to_string()))
            .find(|(_, text)| self.holds(text))
            .map(|(other, text)| Fair::Population(other, text))
    }
}

fn names(path: &Path, part: &Part) -> bool {
    let mut items = path.selectors.iter().flatten().flatten();
    items.any(|item| matches!(item, Item::Part(own) if own == part))
}

fn digits(text: &str) -> Vec<char> {
    text.chars().filter(char::is_ascii_digit).skip_while(|digit| *digit == '0').collect()
}

/// Says whether two numbers differ in two neighbouring digits that changed places; in two digits alone that says nothing.
fn is_turned(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<Vec<char>>();
    let frame = |text: &str| text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>();
    let (a, b) = (digits(one), digits(other));
    let differ: Vec<usize> = (0..a.len().min(b.len())).filter(|at| a[*at] != b[*at]).collect();
    let [x, y] = differ.as_slice() else { return false };
    frame(one) == frame(other) && a.len() >= TELLING && *y == x + 1 && a[*x] == b[*y] && a[*y] == b[*x]
}

/// Moves every period of an expression by so many of its own length.
fn moved(expr: &Expr, by: i32) -> Expr {
    let edge = |edge: &Edge| match edge {
        Edge::At(period) => Edge::At(period.shifted(by)),
        other => other.clone(),
    };
    changed(expr, &mut |path| {
        for item in path.selectors.iter_mut().flatten().flatten() {
            match item {
                Item::Part(Part::Period(period)) => *period = period.shifted(by),
                Item::Span(from, to) => (*from, *to) = (edge(from), edge(to)),
                Item::Part(_) | Item::Word(_) | Item::First | Item::Last | Item::All => {}
            }
        }
    })
}

fn with_part(expr: &Expr, own: &Part, other: &Part) -> Expr {
    changed(expr, &mut |path| {
        for item in path.selectors.iter_mut().flatten().flatten() {
            if matches!(&*item, Item::Part(part) if part == own) {
                *item = Item::Part(other.clone());
            }
        }
    })
}

fn with_member(expr: &Expr, table: &str, member: &str, other: &str) -> Expr {
    changed(expr, &mut |path| {
        if path.name == table && path.member.as_deref() == Some(member) {
            path.member = Some(other.to_owned());
        }
    })
}

/// Copies an expression with its paths changed.
fn changed(expr: &Expr, change: &mut dyn FnMut(&mut Path)) -> Expr {
    let mut copy = expr.clone();
    change_paths(&mut copy, change);
    copy
}

fn change_paths(expr: &mut Expr, change: &mut dyn FnMut(&mut Path)) {
    match &mut expr.kind {
        Form::Path(path) => change(path),
        Form::Call(_, arguments) => arguments.iter_mut().for_each(|one| change_paths(one, change)),
        Form::Unary(_, inner) => change_paths(inner, change),
        Form::Binary(_, left, right) => {
            change_paths(left, change);
            change_paths(right, change);
        }
        Form::Number(_) | Form::Key(_) => {}
    }
}
