//! Named: the expressions of the study that have a name, checked before anybody asks for them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Edition, paired, report};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::expression::{self, Expr, Kind, Material};
use crate::files::limits::{CHAIN, OPERATIONS};
use crate::finding::Amount;
use crate::study::{Study, place_in, place_of};

/// Parses the named expressions and inserts those that do not speak of themselves.
pub(super) fn insert(study: &Study, edition: &mut Edition, diagnostics: &mut Diagnostics) {
    let mut named = BTreeMap::new();
    for (name, text) in &study.findings {
        match expression::parse_asking(&text.value) {
            Ok(expr) => {
                named.insert(name.clone(), expr);
            }
            Err(problem) => {
                report(&problem, place_in(text, &problem.span, name), &edition.name, diagnostics);
                edition.fail(name, problem.follows.as_deref());
            }
        }
    }
    let mut refuse = |name: &str, code, message: &str, hint: Option<String>| {
        let place = study.findings.get(name).map(|text| place_of(text, name)).unwrap_or_default();
        diagnostics.push(Diagnostic::error(code, place, message).maybe_hint(hint));
        edition.fail(name, None);
    };
    let Ordered { order, circular } = ordered(&named);
    for name in circular {
        refuse(&name, code::STUDY_VALUE, "speaks of itself, perhaps through another finding", None);
        named.remove(&name);
    }
    for name in oversized(&order, &named) {
        let message = "rests on findings that rest on others, too far or too often to write it out";
        let hint = format!("at most {CHAIN} levels and {OPERATIONS} operations; make one of them an analysis");
        refuse(&name, code::EXPRESSION_SIZE, message, Some(hint));
        named.remove(&name);
    }
    edition.named = named;
}

/// Named expressions in an order in which each comes behind those that it speaks of.
struct Ordered {
    order: Vec<String>,
    /// Those that speak of themselves.
    circular: Vec<String>,
}

/// Orders named expressions; what speaks of itself, and what speaks of that, has no place in the order.
fn ordered(named: &BTreeMap<String, Expr>) -> Ordered {
    let speaks: BTreeMap<&String, BTreeSet<String>> = named.iter().map(|(name, expr)| (name, names(expr))).collect();
    let mut speakers: BTreeMap<&String, Vec<&String>> = BTreeMap::new();
    let mut open: BTreeMap<&String, usize> = BTreeMap::new();
    for (name, spoken) in &speaks {
        let known = spoken.iter().filter(|spoken| named.contains_key(*spoken));
        open.insert(name, known.clone().count());
        known.for_each(|spoken| speakers.entry(spoken).or_default().push(name));
    }
    let mut ready: Vec<&String> = open.iter().filter(|(_, open)| **open == 0).map(|(name, _)| *name).collect();
    let mut order = Vec::new();
    while let Some(name) = ready.pop() {
        open.remove(name);
        order.push(name.clone());
        for speaker in speakers.get(name).into_iter().flatten() {
            if let Some(left) = open.get_mut(speaker) {
                *left -= 1;
                if *left == 0 {
                    ready.push(speaker);
                }
            }
        }
    }
    let rest: BTreeMap<String, Expr> =
        open.keys().filter_map(|name| Some(((*name).clone(), named.get(*name)?.clone()))).collect();
    let speaks_of_itself = |(name, expr): &(&String, &Expr)| spoken_of(expr, &rest).contains(*name);
    let circular = rest.iter().filter(speaks_of_itself).map(|(name, _)| name.clone()).collect();
    Ordered { order, circular }
}

/// Lists what would take too many operations, or nest too deeply, with all that it speaks of written out in it.
fn oversized(order: &[String], named: &BTreeMap<String, Expr>) -> Vec<String> {
    let mut sizes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut found = Vec::new();
    for name in order {
        let Some(expr) = named.get(name) else { continue };
        let size = written_out(expr, &sizes);
        if size.0 > OPERATIONS || size.1 >= CHAIN {
            // What speaks of it is told that there is no such finding, and is not told so twice.
            found.push(name.clone());
        } else {
            sizes.insert(name, size);
        }
    }
    found
}

/// Counts the operations and paths of an expression, and the levels of findings that it rests on.
fn written_out(expr: &Expr, sizes: &BTreeMap<&str, (usize, usize)>) -> (usize, usize) {
    let joined = |parts: &mut dyn Iterator<Item = (usize, usize)>| {
        parts.fold((1_usize, 0), |(count, levels), part| (count.saturating_add(part.0), levels.max(part.1)))
    };
    match &expr.kind {
        Kind::Number(_) | Kind::Key(_) => (1, 0),
        Kind::Path(path) => sizes.get(path.name.as_str()).map_or((1, 0), |(count, levels)| (*count, levels + 1)),
        Kind::Call(_, arguments) => joined(&mut arguments.iter().map(|argument| written_out(argument, sizes))),
        Kind::Unary(_, inner) => joined(&mut [written_out(inner, sizes)].into_iter()),
        Kind::Binary(_, a, b) => joined(&mut [written_out(a, sizes), written_out(b, sizes)].into_iter()),
    }
}

/// Evaluates every named expression once, so that one that nobody asks for yet is checked too.
///
/// A key that an edition does not hold is no problem until somebody asks for it there.
pub(super) fn check(study: &Study, edition: &mut Edition, diagnostics: &mut Diagnostics) {
    // Each behind what it speaks of, so that a failure is told where it arises and nothing is worked out twice.
    for name in ordered(&edition.named).order {
        let (Some(text), Some(expr)) = (study.findings.get(&name), edition.named.get(&name)) else { continue };
        let material: &dyn Material<Amount> = edition;
        match expression::settle(expr, material).map_err(|problem| problem.narrowed(&text.value)) {
            Ok(term) => {
                paired(&text.value, place_of(text, &name), edition, diagnostics);
                Arc::make_mut(&mut edition.answers).insert(name, term);
            }
            Err(problem) if problem.code == code::EXPRESSION_KEY => {}
            Err(problem) => {
                report(&problem, place_in(text, &problem.span, &name), &edition.name, diagnostics);
                edition.fail(&name, problem.follows.as_deref());
            }
        }
    }
}

/// Lists the names that an expression speaks of, itself or through named expressions.
pub(super) fn spoken_of(expr: &Expr, named: &BTreeMap<String, Expr>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut fresh: Vec<String> = names(expr).into_iter().collect();
    while let Some(name) = fresh.pop() {
        if all.insert(name.clone()) {
            fresh.extend(named.get(&name).map(names).unwrap_or_default());
        }
    }
    all
}

/// Lists the names that an expression speaks of itself.
fn names(expr: &Expr) -> BTreeSet<String> {
    expr.paths().into_iter().map(|path| path.name.clone()).collect()
}
