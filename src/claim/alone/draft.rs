//! Draft: the numbers of a paper → its claims: tables that close or stand beside it, what one sentence says of its own numbers,
//! what the data propose, and the rest, of which it is said why nothing judges it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::cells::Cells;
use super::doubt::Doubt;
use super::in_all;
use super::line::Line;
use super::own::{self, Left};
use super::sentences::{respectively, sentences, ways};
use super::statements::statements;
use crate::claim::near::Names;
use crate::claim::scan::{Found, Sort};
use crate::claim::search::Hit;
use crate::claim::source::Source;
use crate::claim::{dated, stub, words};
use crate::language::Lang;

/// Claims as a file, and what was left out of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The file of claims.
    pub claims: String,
    /// What could not be taken over.
    pub notes: Vec<String>,
}

/// Writes the claims of a paper.
pub fn draft(
    title: &str,
    source: &Source,
    found: &[Found],
    names: &Names,
    cells: &Cells,
    search: &dyn Fn(&Found) -> Vec<Hit>,
) -> Draft {
    let own = own::tables(source, found, cells);
    let mut draft = Draft { claims: head(title, source), notes: own.left.iter().map(|left| left.said("en")).collect() };
    draft.claims.push_str(&excluded(found, &own.left));
    draft.claims.push_str(&own.written);
    let mut lines: Vec<Line> = Vec::new();
    let dated = found.iter().zip(dated::years(found));
    for (one, year) in dated.filter(|(one, _)| one.sort == Sort::Number && !own.judged.contains(&one.line)) {
        let id = format!("n{:03}", lines.len() + 1);
        let period = stub::period(year);
        let (place, empty) = (source.place(one.line), String::new);
        let (rest, why) = (empty(), empty());
        lines.push(Line { id, found: one, place, period, rest, why, unjudged: Json::Null, nearest: None });
    }
    sentences(&mut lines);
    let hits: Vec<Vec<Hit>> = lines.iter().map(|line| stub::ordered(line.found, names, search(line.found))).collect();
    respectively(&mut lines, &hits, names);
    let mut ways = ways(&lines);
    let undecided = of_cells(&mut lines, cells);
    ways_of_cells(&lines, cells, &mut ways);
    let said = statements(source, found);
    draft.claims.push_str(if lines.is_empty() && said.is_empty() { "\nclaims: []\n" } else { "\nclaims:\n" });
    for (line, hits) in lines.iter_mut().zip(&hits) {
        let proposals = proposals(line, hits, names, undecided.contains(&line.id));
        let rest = match line.rest.as_str() {
            "" => format!(", unjudged: {}", line.unjudged),
            rest => rest.to_owned(),
        };
        let rest = format!("{}{rest}", line.period);
        draft.claims.push_str(&stub::written(&line.id, line.found, &line.place, &rest, &line.why));
        if let Some(way) = ways.get(&line.id) {
            draft.claims.push_str(way);
        }
        if line.rest.is_empty() {
            proposals.iter().for_each(|proposal| draft.claims.push_str(proposal));
        }
    }
    draft.claims.push_str(&said);
    draft
}

/// Writes what stands over the claims.
fn head(title: &str, source: &Source) -> String {
    format!(
        "# Drafted from the paper by `esep verify`. What carries `expr` was decided by the paper itself or found in the tables;\n\
         # the rest waits: take over a proposal with `esep claims accept`, or write `expr`, `remark` or `excluded`, and run the\n\
         # same `esep verify` again, which reads this file as it then is.\n\
         paper:\n  title: {}\n  language: {}\n",
        in_all(&|_| title.to_owned()),
        Lang::guessed(&source.text).code()
    )
}

/// Lists what of a paper is not judged: numbers that are no quantities, tables that were not read.
fn excluded(found: &[Found], left: &[Left]) -> String {
    let classes = stub::classes(found).into_iter().filter_map(|(sort, count)| {
        let (class, reason) = words::of_sort(sort)?;
        let class = in_all(&|lang| format!("{}: {count}", class.own(lang)));
        Some((class, in_all(&|lang| reason.own(lang).to_owned())))
    });
    let left = left.iter().map(|left| (in_all(&|lang| left.named(lang)), in_all(&|lang| left.why(lang))));
    let entries: Vec<String> =
        classes.chain(left).map(|(class, reason)| format!("  - class: {class}\n    reason: {reason}\n")).collect();
    if entries.is_empty() { "\nexcluded: []\n".to_owned() } else { format!("\nexcluded:\n{}", entries.concat()) }
}

/// Lists what the data propose for a number that nothing derives yet; one that can be nothing else is taken over.
fn proposals(line: &mut Line, hits: &[Hit], names: &Names, undecided: bool) -> Vec<String> {
    let mut proposals: Vec<String> = line.nearest.iter().cloned().collect();
    for (at, hit) in hits.iter().enumerate() {
        let expr = stub::expression(line.found, hit);
        let named = names.beside(line.found, &hit.expr);
        // A figure as published whose every name stands beside the number is what the number is.
        let whole = hit.how.is_simple() && named.lacks == 0 && !named.words.is_empty();
        if at == 0 && line.rest.is_empty() && !undecided && whole {
            line.rest = format!(", basis: agency, expr: {}", json!(expr));
            line.why = format!("found in the tables: {}; beside it: {}", hit.how.text(), named.words.join(", "));
            continue;
        }
        proposals.push(stub::proposal(line.found, hit, &named));
    }
    proposals
}

/// Writes for a number that its cell gives which way its sentence says that it went, against the year before.
fn ways_of_cells(lines: &[Line], cells: &Cells, ways: &mut BTreeMap<String, String>) {
    let numbers: Vec<&Found> = lines.iter().map(|line| line.found).collect();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.rest.contains("basis: agency")) {
        let Some((word, expr)) = cells.way(&numbers, at) else { continue };
        ways.entry(line.id.clone()).or_insert_with(|| {
            let (place, word, expr) = (json!(line.place), json!(word), json!(expr));
            format!(
                "  - {{id: {}_way, where: {place}, printed: {word}, kind: ranking, basis: agency, expr: {expr}}} # against the year before\n",
                line.id
            )
        });
    }
}

/// Holds each number to the cell of which its sentence speaks; returns those of which it cannot be said that they are wrong.
fn of_cells(lines: &mut [Line], cells: &Cells) -> BTreeSet<String> {
    let numbers: Vec<&Found> = lines.iter().map(|line| line.found).collect();
    let mut undecided = BTreeSet::new();
    for (at, line) in lines.iter_mut().enumerate().filter(|(_, line)| line.rest.is_empty()) {
        let in_table = line.found.in_table || line.found.before.is_empty() && line.found.after.is_empty();
        let (doubt, meant) = match cells.meant(&numbers, at) {
            Ok(meant) if meant.holds || meant.doubt.is_none() => {
                line.rest = format!(", basis: agency, expr: {}", json!(meant.expr));
                line.why = "the cell of which its sentence speaks".to_owned();
                continue;
            }
            Ok(meant) => (meant.doubt.clone().unwrap_or(Doubt::NoCell), Some(meant)),
            Err(_) if in_table => (Doubt::Cell, None),
            Err(doubt) => (doubt, None),
        };
        line.unjudged = doubt.texts(meant.as_ref().map(|meant| &meant.cell));
        if let Some(meant) = meant {
            line.nearest = Some(format!(
                "    # basis: agency, expr: {} – the cell that its sentence may mean\n",
                json!(meant.expr)
            ));
        }
        if !matches!(doubt, Doubt::NoCell | Doubt::Several(_) | Doubt::Cell) {
            undecided.insert(line.id.clone());
        }
    }
    undecided
}
