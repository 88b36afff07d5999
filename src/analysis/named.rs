//! Named: the expressions of the study that have a name, checked before anybody asks for them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Edition, report};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::expression::{self, Expr, Kind, Material};
use crate::finding::Amount;
use crate::study::{Study, place_in, place_of};

/// Parses the named expressions and inserts those that do not speak of themselves.
pub fn insert(study: &Study, edition: &mut Edition, diagnostics: &mut Diagnostics) {
    let mut named = BTreeMap::new();
    for (name, text) in &study.findings {
        match expression::parse_asking(&text.value) {
            Ok(expr) => {
                named.insert(name.clone(), expr);
            }
            Err(problem) => {
                report(&problem, place_in(text, &problem.span, name), &edition.name, diagnostics);
                edition.failed.insert(name.clone());
            }
        }
    }
    let circular: Vec<String> = named
        .iter()
        .filter(|(name, expr)| spoken_of(expr, &named).contains(*name))
        .map(|(name, _)| name.clone())
        .collect();
    for name in circular {
        let message = "speaks of itself, perhaps through another finding";
        let place = study.findings.get(&name).map(|text| place_of(text, &name)).unwrap_or_default();
        diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message));
        named.remove(&name);
        edition.failed.insert(name);
    }
    edition.named = named;
}

/// Evaluates every named expression once, so that one that nobody asks for yet is checked too.
///
/// A key that an edition does not hold is no problem until somebody asks for it there.
pub fn check(study: &Study, edition: &mut Edition, diagnostics: &mut Diagnostics) {
    let (mut failed, mut answers) = (Vec::new(), BTreeMap::new());
    for (name, text) in &study.findings {
        let Some(expr) = edition.named.get(name) else { continue };
        let material: &dyn Material<Amount> = edition;
        match expression::settle(expr, material).map_err(|problem| problem.narrowed(&text.value)) {
            Ok(term) => {
                answers.insert(name.clone(), term);
            }
            Err(problem) if problem.code == code::EXPRESSION_KEY => {}
            Err(problem) => {
                report(&problem, place_in(text, &problem.span, name), &edition.name, diagnostics);
                failed.push(name.clone());
            }
        }
    }
    edition.failed.extend(failed);
    edition.answers = Arc::new(answers);
}

/// Lists the names that an expression speaks of, itself or through named expressions.
pub fn spoken_of(expr: &Expr, named: &BTreeMap<String, Expr>) -> BTreeSet<String> {
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
    match &expr.kind {
        Kind::Number(_) | Kind::Key(_) => BTreeSet::new(),
        Kind::Path(path) => BTreeSet::from([path.name.clone()]),
        Kind::Call(_, arguments) => arguments.iter().flat_map(names).collect(),
        Kind::Unary(_, inner) => names(inner),
        Kind::Binary(_, a, b) => names(a).into_iter().chain(names(b)).collect(),
    }
}
