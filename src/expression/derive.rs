//! Derive: what an expression rests on, worked out when somebody asks.

use std::collections::BTreeSet;

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
    let mut inputs = Inputs::default();
    inputs.collect(expr, None, material);
    Derivation { formula: canonical(expr, material), convention: None, inputs: inputs.all }
}

/// Works out the derivation of one cell of a series.
pub fn at_key<D: Domain>(series: &Series, key: &Key, material: &dyn Material<D>) -> Derivation {
    let Lineage::Expression(text) = &series.lineage else { return series.derivation(key) };
    let mut inputs = Inputs::default();
    if let Ok(expr) = super::parse(text) {
        let named: Vec<_> =
            series.dimensions.iter().zip(&key.0).map(|(d, part)| (d.name.as_str(), part.clone())).collect();
        inputs.collect(&expr, Some(&named), material);
    }
    Derivation { formula: series.formula.clone(), convention: series.convention.clone(), inputs: inputs.all }
}

/// The findings that the paths of an expression read, each once, in the order of the text.
#[derive(Default)]
struct Inputs {
    all: Vec<Input>,
    seen: BTreeSet<Input>,
    /// The named findings that were gone through: what they read a second time is there already.
    named: BTreeSet<String>,
}

impl Inputs {
    /// Gathers what an expression reads; `at` narrows it to the parts of one key.
    fn collect<D: Domain>(
        &mut self,
        expr: &Expr,
        at: Option<&[(&str, crate::finding::Part)]>,
        material: &dyn Material<D>,
    ) {
        match &expr.kind {
            Kind::Number(_) | Kind::Key(_) => {}
            Kind::Call(_, arguments) => arguments.iter().for_each(|argument| self.collect(argument, at, material)),
            Kind::Unary(_, inner) => self.collect(inner, at, material),
            Kind::Binary(_, a, b) => {
                self.collect(a, at, material);
                self.collect(b, at, material);
            }
            Kind::Path(path) => {
                if let (None, None, Some(named)) = (&path.member, &path.selectors, material.named(&path.name)) {
                    if self.named.insert(path.name.clone()) {
                        self.collect(named, at, material);
                    }
                    return;
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
                let fresh = series.inputs(&keys, selector).into_iter().filter(|input| self.seen.insert(input.clone()));
                self.all.extend(fresh);
            }
        }
    }
}
