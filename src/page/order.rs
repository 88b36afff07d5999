//! Order: which exhibits the pages place and refer to, in which order, and the numbers that follow from it.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Numbering;
use super::path_of;
use super::template::Template;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::language::{ExhibitKind, ExhibitNumber, Lang};
use crate::study::{Study, place_of};

/// Lists the exhibits in the order in which the pages place them.
pub(super) fn placed(
    study: &Study,
    languages: &[Lang],
    templates: &BTreeMap<String, Template>,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let mut orders: Vec<Vec<String>> = Vec::new();
    let mut complete = true;
    for lang in languages {
        let mut order: Vec<String> = Vec::new();
        for page in &study.pages {
            let Some(template) = templates.get(&path_of(*lang, page)) else {
                complete = false;
                continue;
            };
            complete &= !template.broken;
            for call in template.calls.iter().filter(|call| call.function == "figure" || call.function == "table") {
                let mut refuse = |message: String| {
                    let place = template.place_of(call);
                    diagnostics.push(Diagnostic::error(code::TEMPLATE_REFERENCE, place, message));
                };
                if order.contains(&call.argument) {
                    refuse(format!("places `{}` a second time", call.argument));
                    continue;
                }
                if call.nested && !template.broken {
                    refuse(format!(
                        "places `{}` under a condition: its number would depend on the data",
                        call.argument
                    ));
                }
                // One that the study does not know is perhaps meant to be one that nothing places.
                complete &= study.figures.contains_key(&call.argument) || study.tables.contains_key(&call.argument);
                order.push(call.argument.clone());
            }
        }
        if complete {
            unmentioned(study.pages.iter().filter_map(|page| templates.get(&path_of(*lang, page))), diagnostics);
        }
        orders.push(order);
    }
    let order = orders.into_iter().next().unwrap_or_default();
    let figures = study.figures.iter().map(|(id, entry)| (id, place_of(entry, id)));
    let tables = study.tables.iter().map(|(id, entry)| (id, place_of(entry, id)));
    for (id, place) in figures.chain(tables).filter(|(id, _)| complete && !order.contains(id)) {
        let hint = "place it with {{ figure(\"…\") }} or {{ table(\"…\") }}, or take it out";
        let warning = Diagnostic::warning(code::TEMPLATE_REFERENCE, place, format!("no page places `{id}`"));
        diagnostics.push(warning.hint(hint));
    }
    order
}

/// Warns of exhibits that no sentence of a language version refers to: a reader is not told what they answer.
fn unmentioned<'a>(pages: impl Iterator<Item = &'a Template> + Clone, diagnostics: &mut Diagnostics) {
    let calls = pages.flat_map(|template| template.calls.iter().map(move |call| (template, call)));
    let referred: BTreeSet<&str> =
        calls.clone().filter(|(_, call)| call.function == "ref").map(|(_, call)| call.argument.as_str()).collect();
    for (template, call) in calls.filter(|(_, call)| call.function == "figure" || call.function == "table") {
        if !referred.contains(call.argument.as_str()) {
            let message = format!("no sentence refers to `{}`", call.argument);
            let hint = format!(
                "refer to it where its question is asked, {{{{ ref(\"{}\") }}}}, or take it out",
                call.argument
            );
            let place = template.place_of(call);
            diagnostics.push(Diagnostic::warning(code::EXHIBIT_UNREFERRED, place, message).hint(hint));
        }
    }
}

/// Numbers figures and tables each in the order in which they are placed.
pub(super) fn numbered(study: &Study, order: &[String]) -> Numbering {
    let mut numbering = Numbering::new();
    let ids = |kind| -> Vec<&String> {
        match kind {
            ExhibitKind::Figure => study.figures.keys().collect(),
            ExhibitKind::Table => study.tables.keys().collect(),
        }
    };
    for kind in [ExhibitKind::Figure, ExhibitKind::Table] {
        let known = ids(kind);
        // An exhibit that no page places has no number and cannot be referred to.
        numbering.extend(known.iter().map(|id| ((*id).clone(), (kind, ExhibitNumber::Own(0)))));
        for (number, id) in order.iter().filter(|id| known.contains(id)).enumerate() {
            numbering.insert(id.clone(), (kind, ExhibitNumber::Own(number + 1)));
        }
    }
    numbering
}
