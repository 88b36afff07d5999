//! Analysis: findings from datasets: series, the methods applied to them, and expressions over both.

mod edition;
mod method;
mod methods;
mod series;

use std::collections::{BTreeMap, BTreeSet};

pub use edition::Edition;
pub use method::{Bilingual, Convention, Method};
pub use methods::METHODS;

use crate::catalog::{Catalog, Kind};
use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::expression::{self, Expr, Kind as ExprKind, Material, Problem};
use crate::finding::{Amount, Cell, Code, Dimension, Key, Lineage, Part, Series, Value};
use crate::study::{Analysis, EditionEntry, STUDY, Study, place_of};

/// Computes all findings of an edition.
pub fn compute(
    study: &Study,
    name: &str,
    entry: &EditionEntry,
    catalog: &Catalog,
    dataset: &Dataset,
    diagnostics: &mut Diagnostics,
) -> Edition {
    let mut edition = Edition::new(name, catalog, sets(study, catalog, diagnostics));
    series::insert_tables(&mut edition, dataset, entry, diagnostics);
    edition.named = named(study, diagnostics);
    let mut waiting: BTreeMap<&String, (&Analysis, Place)> = BTreeMap::new();
    for (name, spanned) in &study.analyses {
        let (analysis, place) = (&spanned.value, place_of(spanned, name));
        match (&analysis.expr, &analysis.table) {
            (Some(_), None) => {
                waiting.insert(name, (analysis, place));
            }
            (None, Some(_)) => {
                let span = entry
                    .periods
                    .get(name)
                    .map_or(analysis.period.clone(), |own| series::narrowed(&analysis.period, own));
                if let Some(series) = series::from_table(name, analysis, &span, &edition, &place, diagnostics) {
                    with_methods(series, analysis, &place, &mut edition, diagnostics);
                }
            }
            _ => {
                let message = "an analysis has either `table` and `measure` or `expr`";
                diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message));
            }
        }
    }
    expressions(waiting, &mut edition, diagnostics);
    edition
}

/// Computes the analyses that are expressions, each once what it speaks of is there.
fn expressions(
    mut waiting: BTreeMap<&String, (&Analysis, Place)>,
    edition: &mut Edition,
    diagnostics: &mut Diagnostics,
) {
    while !waiting.is_empty() {
        let blocked = |analysis: &Analysis| {
            let text = analysis.expr.as_deref().unwrap_or_default();
            let names = expression::parse(text).map(|expr| names(&expr)).unwrap_or_default();
            names.iter().any(|name| waiting.contains_key(name))
        };
        let ready: Vec<&String> = waiting.iter().filter(|(_, (a, _))| !blocked(a)).map(|(name, _)| *name).collect();
        if ready.is_empty() {
            for (name, (_, place)) in waiting {
                let message = format!("`{name}` and what it speaks of wait for one another");
                diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message));
            }
            return;
        }
        for name in ready {
            let Some((analysis, place)) = waiting.remove(name) else { continue };
            match from_expression(name, analysis.expr.as_deref().unwrap_or_default(), edition) {
                Ok(series) => with_methods(series, analysis, &place, edition, diagnostics),
                Err(problem) => diagnostics.push(report(&problem, place)),
            }
        }
    }
}

/// Turns an expression's problem into a diagnostic at the place of the expression.
pub fn report(problem: &Problem, place: Place) -> Diagnostic {
    Diagnostic::error(problem.code, place, problem.message.clone()).maybe_hint(problem.hint.clone())
}

/// Lists the names that an expression speaks of.
fn names(expr: &Expr) -> BTreeSet<String> {
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::Key(_) => BTreeSet::new(),
        ExprKind::Path(path) => BTreeSet::from([path.name.clone()]),
        ExprKind::Call(_, arguments) => arguments.iter().flat_map(names).collect(),
        ExprKind::Unary(_, inner) => names(inner),
        ExprKind::Binary(_, a, b) => names(a).into_iter().chain(names(b)).collect(),
    }
}

fn from_expression(name: &str, text: &str, edition: &Edition) -> Result<Series, Problem> {
    let expr = expression::parse(text)?;
    let material: &dyn Material<Amount> = edition;
    let term = expression::evaluate(&expr, material)?;
    let formula = expression::canonical(&expr, material);
    let (cells, dimensions): (BTreeMap<Key, Cell>, Vec<Dimension>) = match term.cell.value {
        Value::List(items) => (items.into_iter().collect(), term.dimensions),
        _ => (BTreeMap::from([(Key::default(), term.cell)]), Vec::new()),
    };
    Ok(Series {
        path: format!("{name}.value"),
        dimensions,
        unit: term.unit,
        class: term.class,
        own_units: BTreeMap::new(),
        formula,
        convention: None,
        cells,
        lineage: Lineage::Expression(text.to_owned()),
    })
}

/// Adds a series and the members that its methods compute from it.
fn with_methods(
    series: Series,
    analysis: &Analysis,
    place: &Place,
    edition: &mut Edition,
    diagnostics: &mut Diagnostics,
) {
    let series = edition.findings.insert(series);
    for name in &analysis.methods {
        let Some(method) = METHODS.iter().find(|m| m.name == name) else {
            let hint = did_you_mean(name, METHODS.iter().map(|m| m.name));
            let message = format!("there is no method `{name}`");
            diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place.clone(), message).maybe_hint(hint));
            continue;
        };
        match (method.run)(&series) {
            Ok(members) => members.into_iter().for_each(|member| {
                edition.findings.insert(member);
            }),
            Err(refusal) => {
                let message = format!("method `{name}`: {refusal}");
                diagnostics.push(Diagnostic::error(code::EXPRESSION_TYPE, place.clone(), message));
            }
        }
    }
}

fn named(study: &Study, diagnostics: &mut Diagnostics) -> BTreeMap<String, Expr> {
    let mut named = BTreeMap::new();
    for (name, text) in &study.findings {
        match expression::parse(&text.value) {
            Ok(expr) => {
                named.insert(name.clone(), expr);
            }
            Err(problem) => diagnostics.push(report(&problem, place_of(text, name))),
        }
    }
    named
}

/// Collects the sets of territories: those of the catalogue and those of the study.
fn sets(study: &Study, catalog: &Catalog, diagnostics: &mut Diagnostics) -> BTreeMap<String, Vec<Code>> {
    let mut sets = BTreeMap::from([
        ("regions".to_owned(), catalog.territories.of_kinds(&[Kind::Region, Kind::City])),
        ("oblasts".to_owned(), catalog.territories.of_kinds(&[Kind::Region])),
        ("cities".to_owned(), catalog.territories.of_kinds(&[Kind::City])),
    ]);
    for (name, codes) in &study.sets {
        let mut members = Vec::new();
        for text in codes {
            match Code::parse(text).filter(|code| catalog.territories.get(code).is_some()) {
                Some(code) => members.push(code),
                None => {
                    let hint = did_you_mean(text, catalog.territories.iter().map(|t| t.code.as_str()));
                    let message = format!("set `{name}` names `{text}`, which is not a territory");
                    diagnostics
                        .push(Diagnostic::error(code::STUDY_VALUE, Place::file(STUDY), message).maybe_hint(hint));
                }
            }
        }
        sets.insert(name.clone(), members);
    }
    sets
}

/// Returns the part of a key at a position.
fn part(key: &Key, at: usize) -> Option<&Part> {
    key.0.get(at)
}
