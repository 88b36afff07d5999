//! Analysis: findings from datasets: series, the methods applied to them, and expressions over both.

mod edition;
mod method;
mod methods;
mod named;
mod series;

use std::collections::BTreeMap;

pub use edition::Edition;
pub use method::{Bilingual, Convention, Method};
pub use methods::METHODS;

use crate::catalog::{Catalog, Kind};
use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::expression::{self, Material, Problem};
use crate::finding::{Amount, Cell, Code, Dimension, Key, Lineage, Part, Series, Value};
use crate::study::{Analysis, EditionEntry, STUDY, Study, place_in, place_of};

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
    edition.across_vintages = entry.across_vintages.is_some();
    names_of_their_own(study, dataset, diagnostics);
    series::insert_tables(&mut edition, dataset, entry, diagnostics);
    named::insert(study, &mut edition, diagnostics);
    let mut waiting: BTreeMap<&String, (&Analysis, Place)> = BTreeMap::new();
    for (name, spanned) in &study.analyses {
        let (analysis, place) = (&spanned.value, place_of(spanned, name));
        unknown_methods(name, analysis, diagnostics);
        match (&analysis.expr, &analysis.table) {
            (Some(_), None) => {
                for key in analysis.idle_keys().into_iter().chain(entry.periods.get(name).map(|_| "periods")) {
                    let message = format!("`{key}` does nothing for an analysis that is an expression");
                    let hint = "select within the expression: `name.value[KZ, 2013..2022]`";
                    diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place.clone(), message).hint(hint));
                }
                waiting.insert(name, (analysis, place));
            }
            (None, Some(_)) => {
                let own = entry.periods.get(name).map(|own| series::narrowed(&analysis.period, &own.value));
                let span = own.unwrap_or_else(|| analysis.period.clone());
                match series::from_table(name, analysis, &span, &edition, &place, diagnostics) {
                    Some(series) => with_methods(series, name, analysis, &mut edition, diagnostics),
                    None => {
                        edition.failed.insert(name.clone());
                    }
                }
            }
            _ => {
                let message = "an analysis has either `table` and `measure` or `expr`";
                diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message));
                edition.failed.insert(name.clone());
            }
        }
    }
    expressions(waiting, &mut edition, diagnostics);
    named::check(study, &mut edition, diagnostics);
    edition
}

/// Reports names that mean two things: an expression could speak of only one of them.
fn names_of_their_own(study: &Study, dataset: &Dataset, diagnostics: &mut Diagnostics) {
    let table = |name: &String| dataset.tables.contains_key(name).then_some("a table");
    let analysis = |name: &String| study.analyses.contains_key(name).then_some("an analysis");
    let analyses = study.analyses.iter().map(|(name, entry)| (name, place_of(entry, name), table(name)));
    let findings =
        study.findings.iter().map(|(name, text)| (name, place_of(text, name), table(name).or(analysis(name))));
    for (name, place, taken) in analyses.chain(findings) {
        if let Some(taken) = taken {
            let message = format!("`{name}` is the name of {taken} already");
            diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).hint("choose another name"));
        }
    }
}

/// Computes the analyses that are expressions, each once what it speaks of is there.
fn expressions(
    mut waiting: BTreeMap<&String, (&Analysis, Place)>,
    edition: &mut Edition,
    diagnostics: &mut Diagnostics,
) {
    while !waiting.is_empty() {
        let blocked = |analysis: &Analysis| {
            let expr = analysis.expr.as_ref().and_then(|text| expression::parse(&text.value).ok());
            let names = expr.map(|expr| named::spoken_of(&expr, &edition.named)).unwrap_or_default();
            names.iter().any(|name| waiting.contains_key(name))
        };
        let ready: Vec<&String> = waiting.iter().filter(|(_, (a, _))| !blocked(a)).map(|(name, _)| *name).collect();
        if ready.is_empty() {
            for (name, (_, place)) in waiting {
                let message = "waits for what it speaks of, which waits for it";
                diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message));
                edition.failed.insert(name.clone());
            }
            return;
        }
        for name in ready {
            let Some((analysis, _)) = waiting.remove(name) else { continue };
            let Some(text) = &analysis.expr else { continue };
            match from_expression(name, &text.value, edition) {
                Ok(series) => with_methods(series, name, analysis, edition, diagnostics),
                Err(problem) => {
                    report(&problem, place_in(text, &problem.span, name), &edition.name, diagnostics);
                    edition.failed.insert(name.clone());
                }
            }
        }
    }
}

/// Reports an expression's problem at the place of the expression; what follows from another problem is left out.
pub fn report(problem: &Problem, place: Place, edition: &str, diagnostics: &mut Diagnostics) {
    if problem.follows {
        return;
    }
    let mut message = problem.message.clone();
    // What one edition does not hold another may.
    if problem.code == code::EXPRESSION_KEY {
        message.push_str(&format!(" (edition {edition})"));
    }
    diagnostics.push(Diagnostic::error(problem.code, place, message).maybe_hint(problem.hint.clone()));
}

fn from_expression(name: &str, text: &str, edition: &Edition) -> Result<Series, Problem> {
    let expr = expression::parse(text)?;
    let material: &dyn Material<Amount> = edition;
    let term = expression::evaluate(&expr, material).map_err(|problem| problem.narrowed(text))?;
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
        members: Default::default(),
    })
}

/// Reports methods that there are not.
fn unknown_methods(name: &str, analysis: &Analysis, diagnostics: &mut Diagnostics) {
    let known: Vec<&str> = METHODS.iter().map(|m| m.name).collect();
    for wanted in analysis.methods.iter().filter(|wanted| !known.contains(&wanted.value.as_str())) {
        let hint = did_you_mean(&wanted.value, known.iter().copied());
        let hint = hint.unwrap_or_else(|| format!("there are: {}", known.join(", ")));
        let message = format!("there is no method `{}`", wanted.value);
        let place = place_of(wanted, name).covering(wanted.value.chars().count());
        diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).hint(hint));
    }
}

/// Adds a series and the members that its methods compute from it.
fn with_methods(series: Series, name: &str, analysis: &Analysis, edition: &mut Edition, diagnostics: &mut Diagnostics) {
    let series = edition.findings.insert(series);
    for wanted in &analysis.methods {
        let place = place_of(wanted, name).covering(wanted.value.chars().count());
        let Some(method) = METHODS.iter().find(|m| m.name == wanted.value) else {
            edition.failed.insert(name.to_owned());
            continue;
        };
        match (method.run)(&series) {
            Ok(members) => members.into_iter().for_each(|member| {
                edition.findings.insert(member);
            }),
            Err(refusal) => {
                let message = format!("method `{}`: {refusal}", wanted.value);
                diagnostics.push(Diagnostic::error(code::EXPRESSION_TYPE, place, message));
                edition.failed.insert(name.to_owned());
            }
        }
    }
}

/// Collects the sets of territories: those of the catalogue and those of the study.
fn sets(study: &Study, catalog: &Catalog, diagnostics: &mut Diagnostics) -> BTreeMap<String, Vec<Code>> {
    let mut sets = BTreeMap::from([
        ("regions".to_owned(), catalog.territories.of_kinds(&[Kind::Region, Kind::City])),
        ("oblasts".to_owned(), catalog.territories.of_kinds(&[Kind::Region])),
        ("cities".to_owned(), catalog.territories.of_kinds(&[Kind::City])),
    ]);
    for (name, codes) in &study.sets {
        if sets.contains_key(name) {
            let place = codes.first().map_or(Place::file(STUDY), |text| place_of(text, name));
            let message = format!("`{name}` is a set that every study has");
            diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).hint("choose another name"));
            continue;
        }
        let mut members = Vec::new();
        for text in codes {
            match Code::parse(&text.value).filter(|code| catalog.territories.get(code).is_some()) {
                Some(code) => members.push(code),
                None => {
                    let place = place_of(text, name).covering(text.value.chars().count());
                    let hint = did_you_mean(&text.value, catalog.territories.iter().map(|t| t.code.as_str()));
                    let message = format!("`{}` is not a territory of data/territories.yaml", text.value);
                    diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).maybe_hint(hint));
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
