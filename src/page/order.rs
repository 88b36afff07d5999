//! Order: which pages an edition prints, which exhibits they place and refer to, in which order, and the numbers that follow
//! from it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::context::Numbering;
use super::template::Template;
use super::{path_of, periods, selection};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::expression;
use crate::language::{ExhibitKind, ExhibitNumber, Lang};
use crate::study::{Study, place_of};

/// What an edition prints.
#[derive(Debug)]
pub struct Order {
    /// The pages.
    pub(super) pages: Vec<String>,
    /// The exhibits, in the order in which the pages place them.
    pub(super) exhibits: Vec<String>,
    /// The numbers of the exhibits.
    pub(super) numbering: Arc<Numbering>,
    /// How each short selection numbers the exhibits: its own in the text, the others in an appendix.
    pub(super) selections: BTreeMap<String, Arc<Numbering>>,
    /// Whether the edition chooses its pages.
    pub(super) is_chosen: bool,
    /// The exhibits that only other editions place.
    elsewhere: BTreeSet<String>,
    /// The tables, analyses and findings of which the pages speak, themselves or through others.
    spoken: BTreeSet<String>,
}

impl Order {
    /// Returns the numbers of the exhibits.
    pub(super) fn numbering(&self) -> Arc<Numbering> {
        Arc::clone(&self.numbering)
    }

    /// Returns the pages.
    pub fn pages(&self) -> &[String] {
        &self.pages
    }

    /// Says whether an exhibit is made: unless only other editions place it.
    pub fn shows(&self, id: &str) -> bool {
        !self.elsewhere.contains(id)
    }

    /// Says whether a table, an analysis or a finding is told of: where pages are chosen, one of which they speak.
    pub fn speaks_of(&self, name: &str) -> bool {
        !self.is_chosen || self.spoken.contains(name)
    }

    /// Says whether a short selection is printed.
    pub fn selects(&self, name: &str) -> bool {
        self.selections.contains_key(name)
    }

    /// Names all of it that is chosen.
    pub fn choice(&self) -> String {
        format!("{:?} {:?}", self.elsewhere, self.spoken)
    }
}

/// Lists the pages of the study, and those of each edition that chooses its own.
pub(super) fn pages(study: &Study) -> Vec<Vec<&str>> {
    let whole = study.pages.iter().map(String::as_str).collect();
    let chosen = study.editions.iter().filter(|(_, entry)| !entry.pages.is_empty());
    std::iter::once(whole).chain(chosen.map(|(name, _)| study.pages_of(name))).collect()
}

/// Finds what all pages of the study print, and what editions do that choose theirs.
pub(super) fn orders(
    study: &Study,
    languages: &[Lang],
    templates: &BTreeMap<String, Template>,
    diagnostics: &mut Diagnostics,
) -> (Order, BTreeMap<String, Order>) {
    let mut is_complete = true;
    let mut of = |pages: Vec<&str>, is_chosen: bool, diagnostics: &mut Diagnostics| {
        let (exhibits, complete) = placed(study, &pages, languages, templates, diagnostics);
        is_complete &= complete;
        let numbering = numbered(study, &exhibits);
        let pages: Vec<String> = pages.into_iter().map(str::to_owned).collect();
        let selections = selection::numbered(study, is_chosen.then_some(&*pages), &exhibits, &numbering, diagnostics);
        let spoken = if is_chosen { spoken(study, &pages, &exhibits, templates) } else { BTreeSet::new() };
        Order {
            pages,
            exhibits,
            numbering: Arc::new(numbering),
            selections,
            is_chosen,
            elsewhere: BTreeSet::new(),
            spoken,
        }
    };
    let chosen = study.editions.iter().filter(|(_, entry)| !entry.pages.is_empty());
    let mut chosen: BTreeMap<String, Order> =
        chosen.map(|(name, _)| (name.clone(), of(study.pages_of(name), true, diagnostics))).collect();
    let mut whole = of(study.pages.iter().map(String::as_str).collect(), false, diagnostics);
    let all: BTreeSet<String> = chosen.values().chain([&whole]).flat_map(|order| order.exhibits.clone()).collect();
    for order in chosen.values_mut().chain([&mut whole]) {
        order.elsewhere = all.iter().filter(|id| !order.exhibits.contains(id)).cloned().collect();
    }
    if is_complete {
        unplaced(study, &all, diagnostics);
    }
    (whole, chosen)
}

/// Warns of exhibits that no page places.
fn unplaced(study: &Study, placed: &BTreeSet<String>, diagnostics: &mut Diagnostics) {
    let figures = study.figures.iter().map(|(id, entry)| (id, place_of(entry, id)));
    let tables = study.tables.iter().map(|(id, entry)| (id, place_of(entry, id)));
    for (id, place) in figures.chain(tables).filter(|(id, _)| !placed.contains(*id)) {
        let hint = "place it with {{ figure(\"…\") }} or {{ table(\"…\") }}, or take it out";
        let warning = Diagnostic::warning(code::TEMPLATE_REFERENCE, place, format!("no page places `{id}`"));
        diagnostics.push(warning.hint(hint));
    }
}

/// Lists the tables, analyses and findings of which one page and what it places speak.
pub(super) fn spoken_by(study: &Study, page: &str, templates: &BTreeMap<String, Template>) -> BTreeSet<String> {
    let is_page = |path: &str| path.ends_with(&format!("/{page}.md"));
    let calls = templates.iter().filter(|(path, _)| is_page(path)).flat_map(|(_, template)| &template.calls);
    let places = calls.filter(|call| call.function == "figure" || call.function == "table");
    let exhibits: Vec<String> = places.map(|call| call.argument.clone()).collect();
    spoken(study, &[page.to_owned()], &exhibits, templates)
}

/// Lists the tables, analyses and findings of which pages and their exhibits speak, themselves or through others.
fn spoken(
    study: &Study,
    pages: &[String],
    exhibits: &[String],
    templates: &BTreeMap<String, Template>,
) -> BTreeSet<String> {
    let is_page = |path: &str| pages.iter().any(|page| path.ends_with(&format!("/{page}.md")));
    let is_caption = |path: &str| exhibits.iter().any(|id| path.contains(&format!(": {id}.")));
    let own = templates.iter().filter(|(path, _)| is_page(path) || is_caption(path));
    let asked = own.flat_map(|(_, template)| &template.calls);
    let asked = asked.filter(|call| ["q", "holds", "undecided"].contains(&call.function.as_str()));
    let figures =
        exhibits.iter().filter_map(|id| study.figures.get(id)).flat_map(|entry| periods::of_figure(&entry.value));
    let tables =
        exhibits.iter().filter_map(|id| study.tables.get(id)).flat_map(|entry| periods::of_table(&entry.value));
    let texts = asked.map(|call| call.argument.as_str()).chain(figures).chain(tables);
    let mut open: Vec<String> = texts.flat_map(names).collect();
    let mut all = BTreeSet::new();
    while let Some(name) = open.pop() {
        if all.contains(&name) {
            continue;
        }
        open.extend(study.findings.get(&name).into_iter().flat_map(|text| names(&text.value)));
        if let Some(analysis) = study.analyses.get(&name).map(|entry| &entry.value) {
            let bound =
                analysis.bind.values().flat_map(|roles| roles.value.values()).flat_map(|text| text.value.split(','));
            open.extend(analysis.expr.iter().map(|text| text.value.as_str()).chain(bound).flat_map(names));
            all.extend(analysis.table.iter().map(|table| table.value.clone()));
        }
        all.insert(name);
    }
    all
}

/// Lists the names of which an expression speaks itself.
fn names(text: &str) -> Vec<String> {
    let expr = expression::parse(text).ok();
    expr.iter().flat_map(|expr| expr.paths()).map(|path| path.name.clone()).collect()
}

/// Lists the exhibits in the order in which pages place them, and says whether all of them could be read.
fn placed(
    study: &Study,
    pages: &[&str],
    languages: &[Lang],
    templates: &BTreeMap<String, Template>,
    diagnostics: &mut Diagnostics,
) -> (Vec<String>, bool) {
    let mut orders: Vec<Vec<String>> = Vec::new();
    let mut complete = true;
    for lang in languages {
        let mut order: Vec<String> = Vec::new();
        for page in pages {
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
            unmentioned(pages.iter().filter_map(|page| templates.get(&path_of(*lang, page))), diagnostics);
        }
        orders.push(order);
    }
    (orders.into_iter().next().unwrap_or_default(), complete)
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
fn numbered(study: &Study, order: &[String]) -> Numbering {
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
