//! Derive: what an expression rests on, worked out when somebody asks.

use super::evaluate::find_series;
use super::select::{resolved, select};
use super::{Domain, Expr, Kind, Material, Path};
use crate::finding::{Derivation, Input, Key, Lineage, Series};

/// Writes an expression with `last`, `first` and ranges resolved, so that it means the same in every edition.
pub fn canonical<D: Domain>(expr: &Expr, material: &dyn Material<D>) -> String {
    rewrite(expr, material).to_string()
}

fn rewrite<D: Domain>(expr: &Expr, material: &dyn Material<D>) -> Expr {
    let kind = match &expr.kind {
        Kind::Path(path) => Kind::Path(rewrite_path(path, material)),
        Kind::Call(name, arguments) => {
            Kind::Call(name.clone(), arguments.iter().map(|a| rewrite(a, material)).collect())
        }
        Kind::Unary(operator, inner) => Kind::Unary(*operator, Box::new(rewrite(inner, material))),
        Kind::Binary(operator, a, b) => {
            Kind::Binary(*operator, Box::new(rewrite(a, material)), Box::new(rewrite(b, material)))
        }
        Kind::Number(_) | Kind::Key(_) => expr.kind.clone(),
    };
    Expr { kind, span: expr.span.clone() }
}

fn rewrite_path<D: Domain>(path: &Path, material: &dyn Material<D>) -> Path {
    if path.member.is_none() && path.selectors.is_none() && material.named(&path.name).is_some() {
        return path.clone();
    }
    let member = path.member.clone().or_else(|| Some("value".to_owned()));
    let Some(series) = material.series(&format!("{}.{}", path.name, member.as_deref().unwrap_or_default())) else {
        return path.clone();
    };
    let selectors = path.selectors.as_ref().map(|selectors| resolved(&series, selectors, material));
    Path { name: path.name.clone(), member, selectors }
}

/// Works out the derivation of an expression: its formula and the findings that it reads.
pub fn derive<D: Domain>(expr: &Expr, material: &dyn Material<D>) -> Derivation {
    if let Kind::Path(path) = &expr.kind {
        if let (None, None, Some(named)) = (&path.member, &path.selectors, material.named(&path.name)) {
            return derive(named, material);
        }
        if let Ok(series) = find_series(path, &expr.span, material)
            && let Ok(selection) = select(&series, path, &expr.span, material)
            && let Some(key) = selection.single
        {
            return at_key(&series, &key, material);
        }
    }
    let mut inputs = Vec::new();
    collect(expr, None, material, &mut inputs);
    Derivation { formula: canonical(expr, material), convention: None, inputs }
}

/// Works out the derivation of one cell of a series.
pub fn at_key<D: Domain>(series: &Series, key: &Key, material: &dyn Material<D>) -> Derivation {
    let Lineage::Expression(text) = &series.lineage else { return series.derivation(key) };
    let mut inputs = Vec::new();
    if let Ok(expr) = super::parse(text) {
        let named: Vec<_> =
            series.dimensions.iter().zip(&key.0).map(|(d, part)| (d.name.as_str(), part.clone())).collect();
        collect(&expr, Some(&named), material, &mut inputs);
    }
    Derivation { formula: series.formula.clone(), convention: series.convention.clone(), inputs }
}

/// Gathers the findings that the paths of an expression read; `at` narrows them to the parts of one key.
fn collect<D: Domain>(
    expr: &Expr,
    at: Option<&[(&str, crate::finding::Part)]>,
    material: &dyn Material<D>,
    inputs: &mut Vec<Input>,
) {
    match &expr.kind {
        Kind::Number(_) | Kind::Key(_) => {}
        Kind::Call(_, arguments) => arguments.iter().for_each(|argument| collect(argument, at, material, inputs)),
        Kind::Unary(_, inner) => collect(inner, at, material, inputs),
        Kind::Binary(_, a, b) => {
            collect(a, at, material, inputs);
            collect(b, at, material, inputs);
        }
        Kind::Path(path) => {
            if let (None, None, Some(named)) = (&path.member, &path.selectors, material.named(&path.name)) {
                return collect(named, at, material, inputs);
            }
            let Ok(series) = find_series(path, &expr.span, material) else { return };
            let Ok(selection) = select(&series, path, &expr.span, material) else { return };
            let keep = |key: &&Key| {
                at.is_none_or(|at| {
                    series.dimensions.iter().zip(&key.0).all(|(dimension, part)| {
                        at.iter().all(|(name, wanted)| *name != dimension.name || wanted == part)
                    })
                })
            };
            let keys: Vec<&Key> = selection.cells.iter().map(|(key, _)| *key).filter(keep).collect();
            let selectors = rewrite_path(path, material).to_string();
            let selector = selectors.split_once('[').map_or("all", |(_, rest)| rest.trim_end_matches(']'));
            for input in series.inputs(&keys, selector) {
                if !inputs.contains(&input) {
                    inputs.push(input);
                }
            }
        }
    }
}
