//! Verify set: `esep verify --set`: what is altered, in the data or in what a paper prints, and which verdicts flip.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;

use super::answers::{Altered, Flip, say};
use super::verify::{Arguments, editions};
use super::{Common, Format, conclude, misused, print};
use crate::analysis::Edition;
use crate::claim::bench::PRINTED;
use crate::claim::{self, Judged, Paper, Printed, Verdict, Verified};
use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::files::Files;
use crate::finding::{Amount, Key, Part};
use crate::output::Material;

/// A claim's paper and id.
type Named = (String, String);

/// A verdict with what was derived; true for a discrepancy that is accepted.
type Said = (Verdict, Option<String>, bool);

/// The verdicts by claim.
pub(super) type Verdicts = BTreeMap<Named, Said>;

/// Lists the verdicts by claim.
pub(super) fn verdicts(verified: &[Verified]) -> Verdicts {
    let one = |judged: &Judged| {
        let derived =
            judged.first().and_then(|reading| reading.derived.as_ref()).map(|amount| amount.round(3).to_string());
        ((judged.paper.id.clone(), judged.claim.id.clone()), (judged.verdict, derived, judged.accepted().is_some()))
    };
    verified.iter().flat_map(|paper| paper.judged.iter().map(one)).collect()
}

/// One cell and its new value: of a table of the data, of a paper's table, or a single claim.
struct Change {
    /// As it was written.
    text: String,
    /// Before the bracket, or the whole name of a claim.
    path: String,
    /// Within the brackets.
    key: Option<String>,
    /// The digits as they would be printed.
    value: String,
}

impl Change {
    /// Reads `net_migration.rural[KZ,2022]=-66850`, `rural_table[KZ,2021]=-79 110`, `share=43,3`.
    fn parse(text: &str) -> Option<Change> {
        let (cell, value) = text.split_once('=')?;
        let (cell, value) = (cell.trim(), value.trim());
        let (path, key) = match cell.split_once('[') {
            Some((path, rest)) => (path, Some(rest.strip_suffix(']')?.trim().to_owned())),
            None => (cell, None),
        };
        Printed::parse(value)?;
        let named = !path.is_empty() && path.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c));
        let known = key.as_ref().is_none_or(|key| !key.is_empty());
        (named && known).then(|| Change { text: text.to_owned(), path: path.to_owned(), key, value: value.to_owned() })
    }

    fn amount(&self) -> Amount {
        Printed::parse(&self.value).map_or(Amount::ZERO, |printed| printed.value)
    }

    /// Returns the id of the claim that is meant: `share`, `printed[share]`, `moves[KZ,2021]`.
    fn claim(&self) -> String {
        let path = self.path.trim_end_matches(".value");
        match &self.key {
            Some(key) if path == PRINTED => key.clone(),
            Some(key) => {
                let parts: Vec<&str> = key.split(',').map(str::trim).collect();
                format!("{path}.{}", parts.join("."))
            }
            None => self.path.clone(),
        }
    }

    /// Makes the change, or says why it cannot be made.
    fn make(&self, material: &mut Material) -> Result<(), String> {
        let id = self.claim();
        let printed: Vec<&mut claim::Claim> = material
            .papers
            .iter_mut()
            .flat_map(|paper| paper.claims.iter_mut())
            .filter(|claim| claim.id == id)
            .collect();
        if printed.len() > 1 {
            return Err(format!("`{id}` stands in {} papers; name one with --paper", printed.len()));
        }
        if let Some(claim) = printed.into_iter().next() {
            if claim.number().is_none() {
                return Err(format!("`{id}` states something and prints no number that could be another"));
            }
            claim.printed.clone_from(&self.value);
            return Ok(());
        }
        match self.set(material) {
            0 => Err(self.unknown(material)),
            _ => Ok(()),
        }
    }

    /// Changes a cell of the data in every vintage that holds it; a table of one measure needs no name of it.
    fn set(&self, material: &mut Material) -> usize {
        let (name, measure) = self.path.split_once('.').map_or((&*self.path, None), |(name, own)| (name, Some(own)));
        let tables = Arc::get_mut(&mut material.dataset).map(|dataset| &mut dataset.tables);
        let (Some(table), Some(key)) = (tables.and_then(|tables| tables.get_mut(name)), &self.key) else { return 0 };
        let dimensions = table.entry.finding_dimensions();
        let words: Vec<&str> = key.split(',').map(str::trim).collect();
        let parts = dimensions.iter().zip(&words).map(|(dimension, word)| dimension.part(word));
        let Some(key) = parts.collect::<Option<Vec<Part>>>().filter(|_| words.len() == dimensions.len()).map(Key)
        else {
            return 0;
        };
        let only = table.entry.measures.len() == 1;
        let mut changed = 0;
        for layer in table.layers.values_mut() {
            for (own, cells) in layer.iter_mut() {
                let meant = measure.map_or(only, |measure| own == measure || (only && measure == "value"));
                if let Some(cell) = cells.get_mut(&key).filter(|_| meant) {
                    cell.value = Ok(self.amount());
                    changed += 1;
                }
            }
        }
        changed
    }

    /// Says what does not exist, and what comes nearest.
    fn unknown(&self, material: &Material) -> String {
        let (cells, names) = known(material);
        let meant = match &self.key {
            Some(key) => format!("{}[{}]", self.path, key.replace(' ', "")),
            None => self.path.clone(),
        };
        let of_table: Vec<&str> = cells
            .iter()
            .map(String::as_str)
            .filter(|cell| cell.split_once('[').is_some_and(|(path, _)| path == self.path))
            .collect();
        let near = match of_table.as_slice() {
            [] => did_you_mean(&self.path, names.iter().map(String::as_str)),
            [first, .., last] => Some(
                did_you_mean(&meant, of_table.iter().copied()).unwrap_or_else(|| format!("there are {first} … {last}")),
            ),
            [only] => Some(format!("there is only {only}")),
        };
        let near = near.map(|near| format!("; {near}")).unwrap_or_default();
        format!("no table, no claim and no table of a paper holds `{meant}`{near}")
    }
}

/// Lists the cells that can be changed, and the names before their brackets.
fn known(material: &Material) -> (Vec<String>, Vec<String>) {
    let (mut cells, mut names) = (Vec::new(), Vec::new());
    for (name, table) in &material.dataset.tables {
        let measures: std::collections::BTreeSet<&String> =
            table.layers.values().flat_map(|layer| layer.keys()).collect();
        for measure in measures {
            names.push(format!("{name}.{measure}"));
            for layer in table.layers.values() {
                let keys = layer.get(measure).into_iter().flat_map(|cells| cells.keys());
                cells.extend(keys.map(|key| format!("{name}.{measure}[{key}]")));
            }
        }
    }
    for claim in material.papers.iter().flat_map(|paper: &Paper| &paper.claims) {
        match &claim.cell {
            Some(cell) => cells.push(format!("{}[{},{}]", cell.table, cell.row, cell.column)),
            None => {
                names.push(claim.id.clone());
                cells.push(format!("{PRINTED}[{}]", claim.id));
            }
        }
    }
    names.extend(material.papers.iter().flat_map(|paper| paper.tables.iter().map(|table| table.id.clone())));
    names.push(PRINTED.to_owned());
    cells.sort();
    cells.dedup();
    (cells, names)
}

/// Calls a verdict by its name, with whether it is accepted.
fn called(said: &Said) -> String {
    format!("{}{}", said.0.name(), if said.2 { " (accepted)" } else { "" })
}

/// Judges again on altered inputs, and lists the verdicts that flip.
pub(super) fn run(
    before: &Verdicts,
    mut material: Material,
    files: &Files,
    arguments: &Arguments,
    common: &Common,
) -> ExitCode {
    for text in &arguments.set {
        let Some(change) = Change::parse(text) else {
            let forms = "table.measure[key]=value, table_of_a_paper[row,column]=value or claim=value";
            return misused(&format!("`--set {text}` is not of the form {forms}"));
        };
        if let Err(problem) = change.make(&mut material) {
            return misused(&format!("--set {}: {problem}", change.text));
        }
    }
    let mut broken = Diagnostics::default();
    material.dataset.check(&mut broken);
    let mut diagnostics = Diagnostics::default();
    let Ok(editions) = editions(&material, arguments, &mut diagnostics) else {
        return conclude(&diagnostics, files, common, false);
    };
    let all: Vec<&Edition> = editions.iter().collect();
    // An accepted discrepancy may be gone now: that is what is asked.
    let verified = claim::verify(&material.papers, &all, &mut Diagnostics::default()).unwrap_or_default();
    let after = verdicts(&verified);
    let flips: Vec<(&Named, &Said, &Said)> = before
        .iter()
        .filter_map(|(id, old)| Some((id, old, after.get(id)?)))
        .filter(|(_, old, new)| (old.0, old.2) != (new.0, new.2))
        .collect();
    let notes: Vec<String> = broken.sorted().into_iter().map(|one| one.message).collect();
    if common.format == Format::Json {
        let one = |((paper, id), old, new): &(&Named, &Said, &Said)| Flip {
            paper: paper.clone(),
            id: id.clone(),
            from: old.0.name(),
            to: new.0.name(),
            accepted: [old.2, new.2],
            derived: new.1.clone(),
        };
        say(&Altered { set: arguments.set.clone(), flips: flips.iter().map(one).collect(), checks: notes });
        return ExitCode::SUCCESS;
    }
    let verdicts =
        if flips.len() == 1 { "1 verdict flips".to_owned() } else { format!("{} verdicts flip", flips.len()) };
    print(&format!("with {}: {verdicts}\n", arguments.set.join(", ")));
    for note in notes {
        print(&format!("  note: a check that the catalogue declares fails on these data: {note}\n"));
    }
    for ((paper, id), old, new) in flips {
        let derived = new.1.as_deref().map(|derived| format!(", derived {derived}")).unwrap_or_default();
        print(&format!("  {paper} {id}: {} → {}{derived}\n", called(old), called(new)));
    }
    ExitCode::SUCCESS
}
