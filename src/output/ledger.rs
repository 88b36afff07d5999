//! Ledger: every number of an edition, what it is, how it was reached, and where it is printed.

use std::collections::btree_map::Entry::Vacant;
use std::collections::{BTreeMap, BTreeSet};

use schemars::{JsonSchema, Schema, schema_for};
use serde::{Serialize, Serializer};
use serde_json::json;

use super::lined::lined;
use super::setting::{raw, said};
use super::trace::{Known, Ways, trace};
use super::{Built, Material};
use crate::analysis::Edition;
use crate::exhibit::{Entry, Table, scaled};
use crate::expression;
use crate::finding::{Amount, FindingId, Input, Observed, Period, Unit, Value};
use crate::language::Lang;
use crate::page::{Asked, Page};

/// One number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// The finding; none for a figure from literature.
    #[serde(skip)]
    pub finding: Option<FindingId>,
    /// The exact value: a decimal, a fraction p/q, or a key; of a list that went in whole, how many values it has.
    pub value: String,
    /// The same as a decimal of seventeen digits, where the exact value is a fraction p/q.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("type" = "string"))]
    pub decimal: Option<String>,
    /// The unit.
    pub unit: String,
    /// Decimals as printed; absent where it is no number, or is printed nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("type" = "integer"))]
    pub decimals: Option<usize>,
    /// The printed form by language, in the nominative; absent where it is printed nowhere.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "Option<BTreeMap<String, String>>", extend("type" = "object"))]
    pub printed: BTreeMap<String, String>,
    /// The formula.
    pub formula: String,
    /// What went in: each is the id of another entry, or a cell of a source file, `path#row key:column`: the row key is what
    /// the file says in the columns of the table's dimensions, in their order, and in the one that names what is measured;
    /// what the catalogue says of the whole file stands in the key of the finding alone. Every way along them ends in cells.
    #[serde(serialize_with = "names_of")]
    #[schemars(with = "Vec<String>")]
    pub inputs: Vec<Input>,
    /// The weakest status behind it.
    pub status: String,
    /// The vintages behind it; absent where no file is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Option<Vec<String>>", extend("type" = "array"))]
    pub vintages: Vec<String>,
    /// What publishers say of the observations behind it, as SDMX has it; absent where nothing is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Option<Vec<String>>", extend("type" = "array", "items" = {"enum": Observed::ALL.map(Observed::name)}))]
    pub observed: Vec<&'static str>,
    /// For a figure from literature: the work and the page; absent where it is none.
    #[serde(serialize_with = "work_and_page", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Cited>")]
    pub cited: Option<(String, String)>,
    /// Where it is printed; absent for what only went into other numbers.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    #[schemars(with = "Option<BTreeSet<String>>", extend("type" = "array"))]
    pub places: BTreeSet<String>,
    /// The calls of templates that asked for it: (template and line, expression).
    #[serde(skip)]
    pub calls: BTreeSet<(String, String)>,
}

/// A work of literature and the page in it.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Cited<'a> {
    work: &'a str,
    page: &'a str,
}

/// The numbers of an edition by id, and what was asked of its data.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The edition.
    pub edition: String,
    /// The numbers.
    pub numbers: BTreeMap<String, Line>,
    /// Each `holds` with its answer.
    pub asked: Vec<Asked>,
}

/// Where what opens the report stands, as seen from an edition.
const OPENING: &str = "../index.html";

/// Collects the ledger of an edition.
pub fn of(built: &Built, material: &Material) -> Ledger {
    collect(built, material, &mut Ways::of(&built.edition))
}

/// Collects the ledger of an edition, keeping what was found of its findings.
pub(super) fn collect(built: &Built, material: &Material, ways: &mut Ways) -> Ledger {
    let mut ledger = Ledger { edition: built.edition.name.clone(), ..Ledger::default() };
    for page in built.pages.iter().chain(&built.selections) {
        let code = page.lang.code();
        // What opens the report stands above the editions, and its numbers bear no anchors there.
        let opens = page.selection.as_ref().is_some_and(|name| material.study.opens(name));
        let place = |id: &str, count: usize| match opens {
            true => OPENING.to_owned(),
            false => format!("{code}/{}.html#n-{id}-{count}", page.stem("index")),
        };
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for number in &page.numbers {
            let count = counts.entry(&number.id).or_default();
            *count += 1;
            let line = ledger.numbers.entry(number.id.clone()).or_default();
            line.finding.clone_from(&number.finding);
            line.value.clone_from(&number.value);
            line.unit = number.unit.name().to_owned();
            line.decimals = number.decimals;
            line.printed.entry(code.to_owned()).or_insert_with(|| number.printed.clone());
            line.places.insert(place(&number.id, *count));
            line.cited.clone_from(&number.cited);
            if let Some((template, at, expression)) = &number.call {
                line.calls.insert((format!("{template}:{at}"), expression.clone()));
            }
        }
        ledger.asked.extend(page.asked.iter().cloned());
        if page.selection.is_none() {
            exhibits(&mut ledger, built, page, material);
        }
    }
    let mut open: Vec<FindingId> = Vec::new();
    for line in ledger.numbers.values_mut() {
        if let Some(finding) = line.finding.clone() {
            explain(line, &ways.known(&finding), &mut open);
        }
    }
    // What is printed nowhere and went into something that is has a line too, under the name of the finding.
    while let Some(finding) = open.pop() {
        if let Vacant(place) = ledger.numbers.entry(finding.to_string()) {
            let known = ways.known(&finding);
            let value = known.cell.as_ref().map(|cell| summary(&cell.value)).unwrap_or_default();
            let mut line =
                Line { finding: Some(finding), value, unit: known.unit.name().to_owned(), ..Line::default() };
            explain(&mut line, &known, &mut open);
            place.insert(line);
        }
    }
    ledger
}

/// Says how a number was reached, and adds the findings that went in to those that are to be explained.
fn explain(line: &mut Line, known: &Known, open: &mut Vec<FindingId>) {
    line.formula.clone_from(&known.derivation.formula);
    line.inputs.clone_from(&known.derivation.inputs);
    if let Some(cell) = &known.cell {
        line.status = cell.status.name().to_owned();
        line.vintages = cell.vintages.iter().map(str::to_owned).collect();
        line.observed = cell.vintages.observed().iter().map(Observed::name).collect();
        let amount = cell.value.amount().filter(|amount| line.value.contains('/') && amount.to_string() == line.value);
        line.decimal = amount.map(Amount::to_digits);
    }
    open.extend(line.inputs.iter().filter_map(|input| match input {
        Input::Finding(id) => Some(id.clone()),
        Input::Cell(..) => None,
    }));
}

/// Writes a value exactly; of a list, whose values have lines of their own, how many they are.
fn summary(value: &Value) -> String {
    match value {
        Value::List(items) => format!("{} values", items.len()),
        value => value.to_string(),
    }
}

fn exhibits(ledger: &mut Ledger, built: &Built, page: &Page, material: &Material) {
    let (lang, code) = (page.lang, page.lang.code());
    // What no page places is a file of data and stands nowhere else.
    let shown = |id: &String, places: Vec<String>| {
        let is_placed = page.exhibits.iter().any(|(own, ..)| own == id);
        if is_placed { places } else { Vec::new() }
    };
    for (id, table) in &built.exhibits.tables {
        let mut places = shown(id, vec![format!("{code}/index.html#{id}")]);
        places.push(format!("tables/{id}.csv"));
        cells(ledger, table, lang, &places, material);
    }
    for (id, figure) in &built.exhibits.figures {
        let mut places = shown(id, vec![format!("{code}/index.html#{id}"), format!("figures/{id}.{code}.svg")]);
        for table in figure.beside() {
            cells(ledger, &table, lang, &places, material);
        }
        places.push(format!("figures/{id}.csv"));
        cells(ledger, &figure.table(), lang, &places, material);
    }
}

fn cells(ledger: &mut Ledger, table: &Table, lang: Lang, places: &[String], material: &Material) {
    let Some(language) = material.language(lang) else { return };
    for row in &table.rows {
        for (entry, column) in row.entries.iter().zip(&table.columns) {
            let column = if let Entry::Own { print, .. } = entry { print } else { column };
            let (number, finding, printed, decimals, unit) = match entry {
                Entry::Named { number, finding, .. }
                | Entry::Listed { number, finding, .. }
                | Entry::Truth { number, finding, .. } => (number, finding, said(entry, language), None, Unit::None),
                Entry::Mark(mark) | Entry::Own { mark, .. } => {
                    let Ok(amount) = &mark.value else { continue };
                    let printed = language.number_of(&scaled(amount, column.thousands), mark.class, column.decimals);
                    let Some(finding) = &mark.finding else { continue };
                    (&mark.number, finding, printed, Some(column.decimals), column.unit)
                }
            };
            let value = raw(entry);
            let line = ledger.numbers.entry(number.clone()).or_default();
            line.finding = Some(finding.clone());
            line.value = value;
            line.unit = unit.name().to_owned();
            line.decimals = decimals;
            line.printed.entry(lang.code().to_owned()).or_insert(printed);
            line.places.extend(places.iter().cloned());
        }
    }
}

impl Line {
    /// Writes the name of the finding.
    fn name(&self) -> String {
        self.finding.as_ref().map(ToString::to_string).unwrap_or_default()
    }
}

impl Ledger {
    /// Writes the ledger as JSON in a stable order.
    pub fn json(&self) -> String {
        let holds: BTreeSet<(String, usize, String, Option<bool>)> =
            self.asked.iter().map(|a| (a.template.clone(), a.line, a.expression.clone(), a.holds)).collect();
        let held = |(template, line, expression, holds)| Held {
            place: format!("{template}:{line}"),
            expression,
            holds: answer(holds),
        };
        lined(&Written {
            schema: "../numbers.schema.json",
            edition: &self.edition,
            numbers: self.numbers.iter().map(|(id, line)| Number::of(id, line)).collect(),
            holds: holds.into_iter().map(held).collect(),
        })
    }
}

/// Writes what a condition came to.
pub fn answer(holds: Option<bool>) -> serde_json::Value {
    holds.map_or_else(|| json!("undecided"), |holds| json!(holds))
}

/// The numbers of an edition, and what was asked of its data.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "esep: the ledger of an edition's numbers")]
struct Written<'a> {
    /// Where the schema stands, from this file.
    #[serde(rename = "$schema")]
    schema: &'static str,
    /// The edition.
    edition: &'a str,
    /// The numbers by their ids.
    numbers: Vec<Number<'a>>,
    /// Each `holds` with its answer.
    holds: Vec<Held>,
}

/// A number with its id.
#[derive(Serialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
struct Number<'a> {
    /// Stable readable id. Of a printed number: finding, decimals, scale, as in `a.value.KZ.2022~1k`; of a finding that is
    /// printed nowhere and went into one that is, the finding.
    id: &'a str,
    /// The finding as an expression; absent where it is the id, and for a figure from literature.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("type" = "string"))]
    finding: Option<String>,
    #[serde(flatten)]
    line: &'a Line,
}

impl Number<'_> {
    fn of<'a>(id: &'a str, line: &'a Line) -> Number<'a> {
        Number { id, finding: Some(line.name()).filter(|name| !name.is_empty() && name != id), line }
    }
}

/// What a template asked of the data.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Held {
    /// The template and the line.
    place: String,
    /// The condition.
    expression: String,
    /// The answer.
    #[schemars(extend("enum" = [true, false, "undecided"]))]
    holds: serde_json::Value,
}

fn names_of<S: Serializer>(inputs: &[Input], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(inputs.iter().map(ToString::to_string))
}

fn work_and_page<S: Serializer>(cited: &Option<(String, String)>, serializer: S) -> Result<S::Ok, S::Error> {
    cited.as_ref().map(|(work, page)| Cited { work, page }).serialize(serializer)
}

/// Returns the JSON Schema of the ledger.
pub fn schema() -> Schema {
    schema_for!(Written)
}

/// One question that two editions answer differently.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The expression as templates ask it.
    pub expression: String,
    /// The finding and value of the earlier edition.
    pub from: (String, String),
    /// The finding and value of the later edition.
    pub to: (String, String),
}

/// How two editions differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The same finding has another value.
    pub revised: Vec<Change>,
    /// The same question is answered for another period.
    pub moved: Vec<Change>,
    /// What the earlier edition prints and the later one has no value for: expression, finding, value.
    pub withdrawn: Vec<(String, String, String)>,
    /// What the later edition prints and the earlier one has no value for.
    pub new: Vec<(String, String, String)>,
    /// A `holds` whose answer changed: place, expression, the earlier and the later answer; none is undecided.
    pub flipped: Vec<(String, String, [Option<bool>; 2])>,
}

/// Finds the latest period among all findings and cells that a finding rests on.
fn latest(finding: &FindingId, edition: &Edition) -> Option<Period> {
    trace(finding, edition).iter().filter_map(|step| step.key()?.period()).max()
}

/// Lists what one edition prints and another neither prints nor has a value for: there stands a dash, or nothing.
fn without(
    own: &BTreeMap<String, Line>,
    others: &BTreeMap<String, Line>,
    edition: &Edition,
) -> Vec<(String, String, String)> {
    let known = |text: &str| {
        expression::ask(text, edition).is_ok_and(|finding| !matches!(finding.cell.value, Value::Missing(_)))
    };
    let mut seen = BTreeSet::new();
    own.iter()
        .filter(|(expression, line)| {
            !others.contains_key(*expression) && !known(expression) && seen.insert(&line.finding)
        })
        .map(|(expression, line)| (expression.clone(), line.name(), line.value.clone()))
        .collect()
}

/// Compares the ledgers of two editions.
pub fn difference(from: &Ledger, to: &Ledger, editions: (&Edition, &Edition)) -> Difference {
    let mut difference = Difference::default();
    // What prose asks goes by the expression as it is written, what exhibits show by their findings.
    let asked = |ledger: &Ledger| -> BTreeMap<String, Line> {
        let named = |line: &Line| -> Vec<(String, Line)> {
            let finding = line.finding.as_ref().filter(|_| line.calls.is_empty());
            let own = finding.map(|finding| (finding.to_string(), line.clone()));
            line.calls.iter().map(|(_, expression)| (expression.clone(), line.clone())).chain(own).collect()
        };
        ledger.numbers.values().filter(|line| !line.places.is_empty()).flat_map(named).collect()
    };
    let (before, after) = (asked(from), asked(to));
    for (expression, to) in &after {
        let Some(from) = before.get(expression).filter(|from| from.value != to.value) else { continue };
        let (Some(earlier), Some(later)) = (&from.finding, &to.finding) else { continue };
        let side = |line: &Line| (line.name(), line.value.clone());
        let change = Change { expression: expression.clone(), from: side(from), to: side(to) };
        // The same finding over the same time has been revised.
        let same = earlier == later && latest(earlier, editions.0) == latest(later, editions.1);
        if same { difference.revised.push(change) } else { difference.moved.push(change) }
    }
    // Prose and exhibits may show the same finding.
    for changes in [&mut difference.revised, &mut difference.moved] {
        let mut seen = BTreeSet::new();
        changes.retain(|change| seen.insert((change.from.0.clone(), change.to.0.clone())));
    }
    difference.revised.sort();
    difference.withdrawn = without(&before, &after, editions.1);
    difference.new = without(&after, &before, editions.0);
    let answers = |ledger: &Ledger| -> BTreeMap<(String, usize, String), Option<bool>> {
        ledger.asked.iter().map(|a| ((a.template.clone(), a.line, a.expression.clone()), a.holds)).collect()
    };
    let (before, after) = (answers(from), answers(to));
    for ((template, line, expression), holds) in &after {
        let old = before.get(&(template.clone(), *line, expression.clone()));
        if let Some(old) = old.filter(|old| *old != holds) {
            difference.flipped.push((format!("{template}:{line}"), expression.clone(), [*old, *holds]));
        }
    }
    difference
}
