//! Trace: a finding followed to the cells of source files.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::analysis::Edition;
use crate::expression::{self, Material, Names};
use crate::finding::{Amount, Cell, Derivation, FindingId, Input, Key, Unit, Value};

/// One step on the way from a finding to its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// How many steps from the finding asked for.
    pub depth: usize,
    /// The finding, or the cell at the end of the way.
    pub what: Input,
    /// What it says.
    pub value: Option<Value>,
    /// The unit of that.
    pub unit: Unit,
    /// How the finding was reached, where it is told here.
    pub formula: Option<String>,
}

/// More steps than this are cut.
const MOST_STEPS: usize = 5000;

/// What is known of a finding: its cell with its unit, and how it was reached.
#[derive(Debug)]
pub(super) struct Known {
    /// Its cell.
    pub cell: Option<Cell>,
    /// The unit of its numbers.
    pub unit: Unit,
    /// How it was reached.
    pub derivation: Derivation,
}

/// What is known of the findings of an edition, each worked out once: many numbers rest on the same ones.
pub(super) struct Ways<'a> {
    edition: &'a Edition,
    known: BTreeMap<FindingId, Rc<Known>>,
}

impl<'a> Ways<'a> {
    /// Starts with nothing worked out.
    pub(super) fn of(edition: &'a Edition) -> Ways<'a> {
        Ways { edition, known: BTreeMap::new() }
    }

    /// Returns what is known of a finding.
    pub(super) fn known(&mut self, id: &FindingId) -> Rc<Known> {
        if let Some(known) = self.known.get(id) {
            return Rc::clone(known);
        }
        let material: &dyn Material<Amount> = self.edition;
        let (cell, unit) = said(id, self.edition);
        let known = Rc::new(Known { cell, unit, derivation: expression::derivation(id, material) });
        self.known.insert(id.clone(), Rc::clone(&known));
        known
    }

    /// Follows a finding to its cells, each finding once, lists included.
    pub(super) fn follow(&mut self, id: &FindingId) -> Vec<Step> {
        let mut walk = Walk { ways: self, steps: Vec::new(), seen: BTreeSet::new() };
        walk.follow(id, 0);
        walk.steps
    }
}

/// Returns what a finding says, and in which unit.
fn said(id: &FindingId, edition: &Edition) -> (Option<Cell>, Unit) {
    match id {
        FindingId::Cell(series, key) => match edition.findings.get(series) {
            Some(series) => {
                let absent = || Cell::constant(Value::Missing(edition.absence(key)));
                (Some(series.cells.get(key).cloned().unwrap_or_else(absent)), series.unit_at(key).0)
            }
            None => (None, Unit::None),
        },
        FindingId::Expression(expr) => match expression::settle(expr, edition) {
            Ok(term) => (Some(term.cell), term.unit),
            Err(_) => (None, Unit::None),
        },
    }
}

/// Follows a finding to its cells, each finding once, lists included.
pub fn trace(id: &FindingId, edition: &Edition) -> Vec<Step> {
    Ways::of(edition).follow(id)
}

impl Step {
    /// Returns the key of what it is, where it has one.
    pub fn key(&self) -> Option<&Key> {
        match &self.what {
            Input::Finding(id) | Input::Cell(_, id) => id.key(),
        }
    }

    /// Returns true for a cell of a source file.
    pub fn is_end(&self) -> bool {
        matches!(self.what, Input::Cell(..))
    }
}

struct Walk<'a, 'e> {
    ways: &'a mut Ways<'e>,
    steps: Vec<Step>,
    seen: BTreeSet<FindingId>,
}

impl Walk<'_, '_> {
    fn follow(&mut self, id: &FindingId, depth: usize) {
        if self.steps.len() >= MOST_STEPS {
            return;
        }
        let known = self.ways.known(id);
        let fresh = self.seen.insert(id.clone());
        let value = known.cell.as_ref().map(|cell| cell.value.clone());
        // What was told before, or says no more than its name, is not told.
        let formula = Some(&known.derivation.formula).filter(|formula| fresh && **formula != id.to_string()).cloned();
        self.steps.push(Step { depth, what: Input::Finding(id.clone()), value, unit: known.unit, formula });
        if !fresh {
            return;
        }
        for input in &known.derivation.inputs {
            match input {
                Input::Finding(inner) => self.follow(inner, depth + 1),
                Input::Cell(_, finding) => {
                    let known = self.ways.known(finding);
                    let value = known.cell.as_ref().map(|cell| cell.value.clone());
                    self.steps.push(Step {
                        depth: depth + 1,
                        what: input.clone(),
                        value,
                        unit: known.unit,
                        formula: None,
                    });
                }
            }
        }
    }
}
