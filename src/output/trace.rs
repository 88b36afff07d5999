//! Trace: a finding followed to the cells of source files.

use std::collections::BTreeSet;

use crate::analysis::Edition;
use crate::expression::{self, Material as Asked};
use crate::finding::{Amount, CellRef, Derivation, Input, Keep, Key, Lineage, Series, Value};

/// One step on the way from a finding to its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// How many steps from the finding asked for.
    pub depth: usize,
    /// The finding, cell or range.
    pub what: String,
    /// Its value, where it is a single one.
    pub value: Option<String>,
    /// Its formula, where it has one.
    pub formula: Option<String>,
    /// The cell, at the end of the way.
    pub cell: Option<CellRef>,
    /// Whether it is, or is behind, one of the findings that a range above covers.
    pub covered: bool,
}

/// More steps than this are cut; a range says how many findings it covers.
const MOST_STEPS: usize = 5000;

/// Returns the derivation of a finding by its id.
pub fn derivation(id: &str, edition: &Edition) -> Option<Derivation> {
    let material: &dyn Asked<Amount> = edition;
    if let Some((path, key)) = expression::split_id(id)
        && let Some(series) = edition.findings.get(path)
        && series.cells.contains_key(&key)
    {
        return Some(expression::at_key(series, &key, material));
    }
    Some(expression::derive(&expression::parse(id).ok()?, material))
}

/// Lists the findings that a range covers: those that a method's rule picks for the id, or those that the path selects.
fn covered(id: &str, path: &str, edition: &Edition) -> Vec<String> {
    let named = |series: &Series, key: &Key| format!("{}[{key}]", series.path);
    if let Some((own, key)) = expression::split_id(id)
        && let Some(series) = edition.findings.get(own)
        && let Lineage::Series(sources) = &series.lineage
    {
        let kept = |(source, keep): &(std::sync::Arc<Series>, Keep)| -> Vec<String> {
            source.cells.keys().filter(|candidate| keep(source, &key, candidate)).map(|k| named(source, k)).collect()
        };
        return sources.iter().flat_map(kept).collect();
    }
    let picked = expression::parse(path).ok().and_then(|expr| expression::pick::<Amount>(&expr, edition).ok()?);
    picked.map_or_else(Vec::new, |picked| picked.cells.iter().map(|(key, _)| named(&picked.series, key)).collect())
}

/// Follows a finding to its cells, each finding once.
pub fn trace(id: &str, edition: &Edition) -> Vec<Step> {
    let mut steps = Vec::new();
    follow(id, (0, false), edition, &mut steps, &mut BTreeSet::new());
    steps
}

fn follow(
    id: &str,
    (depth, covered): (usize, bool),
    edition: &Edition,
    steps: &mut Vec<Step>,
    seen: &mut BTreeSet<String>,
) {
    if steps.len() >= MOST_STEPS {
        return;
    }
    let step = |depth, what| Step { depth, what, value: None, formula: None, cell: None, covered };
    let value = super::ledger::cell_of(id, edition).map(|cell| cell.value);
    let value = value.filter(|value| !matches!(value, Value::List(_))).map(|value| value.to_string());
    let known = !seen.insert(id.to_owned());
    let derivation = if known { None } else { derivation(id, edition) };
    let formula = derivation.as_ref().map(|d| d.formula.clone()).filter(|formula| formula != id);
    steps.push(Step { value, formula, ..step(depth, id.to_owned()) });
    for input in derivation.into_iter().flat_map(|d| d.inputs) {
        match input {
            Input::Finding(inner) => follow(&inner, (depth + 1, covered), edition, steps, seen),
            Input::Cell(cell) => steps.push(Step { cell: Some(cell.clone()), ..step(depth + 1, cell.to_string()) }),
            Input::Range { ref path, .. } => {
                steps.push(step(depth + 1, input.to_string()));
                for inner in self::covered(id, path, edition) {
                    follow(&inner, (depth + 2, true), edition, steps, seen);
                }
            }
        }
    }
}
