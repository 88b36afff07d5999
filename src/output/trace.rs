//! Trace: a finding followed to the cells of source files.

use std::collections::BTreeSet;

use crate::analysis::Edition;
use crate::expression::{self, Material as Asked};
use crate::finding::{Amount, CellRef, Derivation, Input, Key, Lineage, Series, Value};

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
        && let Lineage::Method(given) = &series.lineage
        && let Some((given, basis)) = given.get(&key)
    {
        return given
            .rows(basis)
            .flat_map(|(source, keys)| keys.into_iter().map(|key| named(source, key)).collect::<Vec<_>>())
            .collect();
    }
    let picked = expression::parse(path).ok().and_then(|expr| expression::pick::<Amount>(&expr, edition).ok()?);
    picked.map_or_else(Vec::new, |picked| picked.cells.iter().map(|(key, _)| named(&picked.series, key)).collect())
}

/// Follows a finding to its cells, each finding once, ranges included.
pub fn trace(id: &str, edition: &Edition) -> Vec<Step> {
    walked(id, edition, true)
}

/// Follows a finding as a page shows it: a range is one step.
pub fn outline(id: &str, edition: &Edition) -> Vec<Step> {
    walked(id, edition, false)
}

fn walked(id: &str, edition: &Edition, into_ranges: bool) -> Vec<Step> {
    let mut walk = Walk { edition, into_ranges, steps: Vec::new(), seen: BTreeSet::new() };
    walk.follow(id, 0);
    walk.steps
}

struct Walk<'a> {
    edition: &'a Edition,
    into_ranges: bool,
    steps: Vec<Step>,
    seen: BTreeSet<String>,
}

impl Walk<'_> {
    fn follow(&mut self, id: &str, depth: usize) {
        if self.steps.len() >= MOST_STEPS {
            return;
        }
        let step = |depth, what| Step { depth, what, value: None, formula: None, cell: None };
        let value = super::ledger::cell_of(id, self.edition).map(|cell| cell.value);
        let value = value.filter(|value| !matches!(value, Value::List(_))).map(|value| value.to_string());
        let known = !self.seen.insert(id.to_owned());
        let derivation = if known { None } else { derivation(id, self.edition) };
        let formula = derivation.as_ref().map(|d| d.formula.clone()).filter(|formula| formula != id);
        self.steps.push(Step { value, formula, ..step(depth, id.to_owned()) });
        for input in derivation.into_iter().flat_map(|d| d.inputs) {
            match input {
                Input::Finding(inner) => self.follow(&inner, depth + 1),
                Input::Cell(cell) => {
                    let what = cell.to_string();
                    self.steps.push(Step { cell: Some(cell), ..step(depth + 1, what) });
                }
                Input::Range { ref path, .. } => {
                    self.steps.push(step(depth + 1, input.to_string()));
                    let inner = if self.into_ranges { covered(id, path, self.edition) } else { Vec::new() };
                    inner.iter().for_each(|inner| self.follow(inner, depth + 2));
                }
            }
        }
    }
}
