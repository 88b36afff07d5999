//! Numbers: the page on which a reader follows each number of the prose to its source cells.

use std::collections::BTreeMap;

use minijinja::context;

use super::html::{editions, render, switch};
use super::ledger::Ledger;
use super::markup::escape;
use super::told::Teller;
use super::trace::{Step, Ways};
use super::{Material, Version};
use crate::diagnostic::Diagnostic;
use crate::finding::{Input, Unit};
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
    let teller = Teller::new(language, &version.built.edition, material);
    let mut body = format!("<p>{}</p>", escape(word("numbers-lead")));
    for (id, unit) in units {
        let Some(line) = ledger.numbers.get(id) else { continue };
        let printed = line.printed.get(page.lang.code()).map(String::as_str).unwrap_or_default();
        body.push_str(&format!(
            "<section class=\"number\" id=\"{0}\"><h2>{1} <code>{0}</code></h2><p>{2}: <code>{3}</code>{4}</p><ol class=\"trace\">",
            escape(id),
            escape(printed),
            escape(word("exact-value")),
            escape(&line.value),
            escape(&match language.unit(unit, Scale::One) {
                unit if unit.is_empty() => unit,
                unit => format!(" {unit}"),
            }),
        ));
        // What a range covers is for `esep trace`: here its count and digest say enough.
        for step in line.finding.iter().flat_map(|finding| ways.outline(finding)).take(MOST_STEPS) {
            body.push_str(&spelled(&step, &teller, material));
        }
        body.push_str(&format!(
            "</ol><p class=\"files\"><a href=\"index.html#n-{}-1\">{}</a></p></section>",
            escape(id),
            escape(word("back-to-text"))
        ));
    }
    let values = context! {
        kind => "numbers", title => word("number-trace"), subtitle => material.title(page.lang), body => body,
        languages => switch(page.lang, "numbers.html", material),
        editions => editions(&page.edition, page.lang, "numbers.html", material), root => "../..",
    };
    render(material, language, values)
}

fn spelled(step: &Step, teller: &Teller, material: &Material) -> String {
    let value = teller.value(step).map(|value| format!(" = <b>{}</b>", escape(&value))).unwrap_or_default();
    let name = teller.name(step).map(|name| format!(" <span>{}</span>", escape(&name))).unwrap_or_default();
    let formula = step.formula.as_ref().map(|f| format!(" <i>{}</i>", escape(f))).unwrap_or_default();
    let hash = match &step.what {
        Input::Cell(cell, _) => material
            .catalog
            .resources
            .iter()
            .find(|resource| *resource.file() == *cell.file())
            .map(|resource| format!(" <small>{}</small>", escape(&resource.hash[..resource.hash.len().min(23)])))
            .unwrap_or_default(),
        Input::Finding(_) => String::new(),
    };
    format!(
        "<li style=\"--depth:{}\"><code>{}</code>{value}{name}{formula}{hash}</li>",
        step.depth,
        escape(&step.what.to_string())
    )
}
