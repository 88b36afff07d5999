//! Numbers: the page on which a reader follows each number of the prose to its source cells.

use std::collections::BTreeMap;

use minijinja::context;

use super::element::{Html, classed, said, tag};
use super::html::{editions, render, switch};
use super::ledger::Ledger;
use super::trace::{Step, Ways};
use super::{Material, Version};
use crate::diagnostic::Diagnostic;
use crate::finding::{CellRef, Unit};
use crate::language::Scale;

/// More steps than this are for `esep trace`.
const MOST_STEPS: usize = 200;

/// Writes `numbers.html` of a language version.
pub fn page(
    version: &Version,
    ledger: &Ledger,
    ways: &mut Ways,
    material: &Material,
) -> Result<String, Box<Diagnostic>> {
    let page = version.page;
    let Some(language) = material.language(page.lang) else { return Ok(String::new()) };
    let word = |key: &'static str| language.word(key).unwrap_or(key);
    let own = page.numbers.iter().filter(|number| number.cited.is_none());
    let units: BTreeMap<&str, Unit> = own.map(|number| (number.id.as_str(), number.unit)).collect();
    let mut body = said("p", word("numbers-lead"));
    for (id, unit) in units {
        let Some(line) = ledger.numbers.get(id) else { continue };
        let printed = line.printed.get(page.lang.code()).map(String::as_str).unwrap_or_default();
        let unit = match language.unit(unit, Scale::One) {
            unit if unit.is_empty() => unit,
            unit => format!(" {unit}"),
        };
        let head = tag("h2").text(&format!("{printed} ")).put(said("code", id));
        let exact = tag("p").text(&format!("{}: ", word("exact-value"))).put(said("code", &line.value)).text(&unit);
        // What a range covers is for `esep trace`: here its count and digest say enough.
        let steps = ways.outline(&line.finding).into_iter().take(MOST_STEPS);
        let steps = classed("ol", "trace").all(steps.map(|step| spelled(&step, material)));
        let back = tag("a").with("href", &format!("index.html#n-{id}-1")).text(word("back-to-text"));
        let section = classed("section", "number").with("id", id).put(head).put(exact).put(steps);
        body.put(section.put(classed("p", "files").put(back)));
    }
    let values = context! {
        kind => "numbers", title => word("number-trace"), subtitle => material.title(page.lang), body => body.as_str(),
        languages => switch(page.lang, "numbers.html", material),
        editions => editions(&page.edition, page.lang, "numbers.html", material), root => "../..",
    };
    render(material, language, values)
}

fn spelled(step: &Step, material: &Material) -> Html {
    let mut line = tag("li").with("style", &format!("--depth:{}", step.depth)).put(said("code", &step.what));
    if let Some(value) = &step.value {
        line = line.text(" = ").put(said("b", value));
    }
    if let Some(formula) = &step.formula {
        line = line.text(" ").put(said("i", formula));
    }
    if let Some(CellRef::Keyed { path, .. } | CellRef::Sheet { path, .. }) = &step.cell
        && let Some(resource) = material.catalog.resources.iter().find(|resource| *resource.file() == **path)
    {
        line = line.text(" ").put(said("small", &resource.hash[..resource.hash.len().min(23)]));
    }
    line.into()
}
