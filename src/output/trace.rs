//! Trace: a finding followed to the cells of source files.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::analysis::Edition;
use crate::expression::{self, Material as Asked};
use crate::finding::{Amount, Cell, CellRef, Derivation, Input, Key, Lineage, Series, Value};

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

/// What is known of a finding: its cell, and how it was reached.
#[derive(Debug)]
pub struct Known {
    /// Its cell.
    pub cell: Option<Cell>,
    /// How it was reached.
    pub derivation: Option<Derivation>,
}

/// What is known of the findings of an edition, each worked out once: many numbers rest on the same ones.
pub struct Ways<'a> {
    edition: &'a Edition,
    known: BTreeMap<String, Rc<Known>>,
}

impl<'a> Ways<'a> {
    /// Starts with nothing worked out.
    pub fn of(edition: &'a Edition) -> Ways<'a> {
        Ways { edition, known: BTreeMap::new() }
    }

    /// Returns what is known of a finding by its id.
    pub fn known(&mut self, id: &str) -> Rc<Known> {
        if let Some(known) = self.known.get(id) {
            return Rc::clone(known);
        }
        let known = Rc::new(Known { cell: cell(id, self.edition), derivation: derivation(id, self.edition) });
        self.known.insert(id.to_owned(), Rc::clone(&known));
        known
    }

    /// Follows a finding to its cells, each finding once, ranges included.
    pub fn follow(&mut self, id: &str) -> Vec<Step> {
        walked(id, self, true)
    }

    /// Follows a finding as a page shows it: a range is one step.
    pub fn outline(&mut self, id: &str) -> Vec<Step> {
        walked(id, self, false)
    }
}

/// Finds the cell that a finding's id names, or asks the expression that it is.
fn cell(id: &str, edition: &Edition) -> Option<Cell> {
    let cell = expression::split_id(id).and_then(|(path, key)| edition.findings.get(path)?.cells.get(&key).cloned());
    cell.or_else(|| Some(expression::ask(id, edition).ok()?.cell))
}

/// Returns the derivation of a finding by its id.
fn derivation(id: &str, edition: &Edition) -> Option<Derivation> {
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
    Ways::of(edition).follow(id)
}

fn walked(id: &str, ways: &mut Ways, into_ranges: bool) -> Vec<Step> {
    let mut walk = Walk { ways, into_ranges, steps: Vec::new(), seen: BTreeSet::new() };
    walk.follow(id, 0);
    walk.steps
}

struct Walk<'a, 'e> {
    ways: &'a mut Ways<'e>,
    into_ranges: bool,
    steps: Vec<Step>,
    seen: BTreeSet<String>,
}

impl Walk<'_, '_> {
    fn follow(&mut self, id: &str, depth: usize) {
        if self.steps.len() >= MOST_STEPS {
            return;
        }
        let step = |depth, what| Step { depth, what, value: None, formula: None, cell: None };
        let known = self.ways.known(id);
        let value = known.cell.as_ref().map(|cell| &cell.value).filter(|value| !matches!(value, Value::List(_)));
        let value = value.map(ToString::to_string);
        let fresh = self.seen.insert(id.to_owned());
        let derivation = known.derivation.as_ref().filter(|_| fresh);
        let formula = derivation.map(|d| &d.formula).filter(|formula| *formula != id).cloned();
        self.steps.push(Step { value, formula, ..step(depth, id.to_owned()) });
        for input in derivation.into_iter().flat_map(|d| &d.inputs) {
            match input {
                Input::Finding(inner) => self.follow(inner, depth + 1),
                Input::Cell(cell) => {
                    self.steps.push(Step { cell: Some(cell.clone()), ..step(depth + 1, cell.to_string()) });
                }
                Input::Range { path, .. } => {
                    self.steps.push(step(depth + 1, input.to_string()));
                    let inner = if self.into_ranges { covered(id, path, self.ways.edition) } else { Vec::new() };
                    inner.iter().for_each(|inner| self.follow(inner, depth + 2));
                }
            }
        }
    }
}
