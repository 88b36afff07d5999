//! Analysis: findings from datasets: series, the methods applied to them, and expressions over both.

mod apply;
mod breaks;
mod edition;
mod frame;
mod frames;
mod method;
mod methods;
mod named;
pub mod numeric;
mod questions;
mod role;
mod series;
mod step;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use apply::{Application, Bound};
pub use edition::Edition;
pub use frame::{At, Basis, Column, Frame, Outcome};
pub use frames::{Observations, Observed, Pairing, stem};
pub use method::{Along, Group, LEAST_P, Method, Output, ResultUnit, Scope};
pub use methods::METHODS;
pub use questions::QUESTIONS;
pub use role::{Param, ParamKind, Role as MethodRole, Takes};
pub use series::MERGED;
pub use step::Step;

use crate::catalog::Catalog;
use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean, listed};
use crate::expression::{self, Beyond, End, Expr, Material, Problem};
use crate::finding::{Amount, Cell, Code, Dimension, Key, Lineage, Part, Period, Series, SeriesId, VALUE, Value};
use crate::study::{Analysis, EditionEntry, Study, place_in, place_of};

/// Computes all findings of an edition.
pub fn compute(
    study: &Study,
    name: &str,
    entry: &EditionEntry,
    catalog: &Catalog,
    dataset: &Dataset,
    diagnostics: &mut Diagnostics,
) -> Edition {
    let mut edition = Edition::new(name, catalog, sets(study, catalog, diagnostics));
    edition.across_vintages = entry.across_vintages.is_some();
    edition.breaks = breaks::of(study);
    names_of_their_own(study, dataset, diagnostics);
    series::insert_tables(&mut edition, dataset, entry, diagnostics);
    named::insert(study, &mut edition, diagnostics);
    let mut waiting: BTreeMap<&String, (&Analysis, Place)> = BTreeMap::new();
    for (name, spanned) in &study.analyses {
        let (analysis, place) = (&spanned.value, place_of(spanned, name));
        unknown_methods(name, analysis, diagnostics);
        idle_settings(name, analysis, diagnostics);
        match (&analysis.expr, &analysis.table) {
            (Some(_), None) => {
                for key in analysis.idle_keys() {
                    let message = format!("`{key}` does nothing for an analysis that is an expression");
                    let hint = "select within the expression: `name.value[regions, 2013..2022]`";
                    diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place.clone(), message).hint(hint));
                }
                waiting.insert(name, (analysis, place));
            }
            (None, Some(table)) => {
                if edition.stocks.contains(&table.value) {
                    edition.stocks.insert(name.clone());
                }
                if let Some(measure) = &analysis.measure {
                    edition.measured.insert(name.clone(), SeriesId::new(&table.value, &measure.value));
                }
                let own = entry.periods.get(name).map(|own| series::narrowed(&analysis.period, &own.value));
                let span = own.unwrap_or_else(|| analysis.period.clone());
                match series::from_table(name, analysis, &span, &edition, &place, diagnostics) {
                    Some(series) => {
                        if let Some(own) = entry.periods.get(name)
                            && let Some(ends) = series::beyond(&own.value, analysis, &edition)
                        {
                            let (message, hint) = ends;
                            let message = format!("edition `{}`: {message}", edition.name);
                            let own = place_of(own, name);
                            diagnostics.push(Diagnostic::error(code::STUDY_VALUE, own, message).hint(hint));
                            edition.fail(name, None);
                        }
                        let series = edition.findings.insert(series);
                        apply_methods(&series, name, analysis, false, &mut edition, diagnostics);
                        if !analysis.bind.is_empty() {
                            waiting.insert(name, (analysis, place));
                        }
                    }
                    None => {
                        let table = analysis.table.as_ref().map(|table| table.value.clone());
                        let table = table.filter(|table| edition.failed.contains_key(table));
                        edition.fail(name, table.as_deref());
                    }
                }
            }
            _ => {
                let message = "an analysis has either `table` and `measure` or `expr`";
                diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message));
                edition.fail(name, None);
            }
        }
    }
    expressions(waiting, entry, &mut edition, diagnostics);
    named::check(study, &mut edition, diagnostics);
    edition
}

/// Reports names that mean two things: an expression could speak of only one of them.
fn names_of_their_own(study: &Study, dataset: &Dataset, diagnostics: &mut Diagnostics) {
    let table = |name: &String| dataset.tables.contains_key(name).then_some("a table");
    let analysis = |name: &String| study.analyses.contains_key(name).then_some("an analysis");
    let analyses = study.analyses.iter().map(|(name, entry)| (name, place_of(entry, name), table(name)));
    let findings =
        study.findings.iter().map(|(name, text)| (name, place_of(text, name), table(name).or(analysis(name))));
    for (name, place, taken) in analyses.chain(findings) {
        if let Some(taken) = taken {
            let message = format!("`{name}` is the name of {taken} already");
            diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).hint("choose another name"));
        }
    }
}

/// Computes the analyses that are expressions, each once what it speaks of is there.
fn expressions(
    mut waiting: BTreeMap<&String, (&Analysis, Place)>,
    entry: &EditionEntry,
    edition: &mut Edition,
    diagnostics: &mut Diagnostics,
) {
    let named = edition.named.clone();
    let spoken = |analysis: &Analysis| -> BTreeSet<String> {
        let bound = analysis.bind.values().flat_map(|roles| roles.value.values());
        let bound = bound.flat_map(|text| text.value.split(','));
        let own = analysis.expr.iter().map(|text| text.value.as_str());
        let exprs = own.chain(bound).filter_map(|text| expression::parse(text).ok());
        exprs.flat_map(|expr| named::spoken_of(&expr, &named)).collect()
    };
    let mut open: BTreeMap<&String, usize> = BTreeMap::new();
    let mut speakers: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for (name, (analysis, _)) in &waiting {
        let awaited: Vec<String> = spoken(analysis).into_iter().filter(|name| waiting.contains_key(name)).collect();
        open.insert(name, awaited.len());
        awaited.into_iter().for_each(|spoken| speakers.entry(spoken).or_default().push(name));
    }
    let mut ready: Vec<&String> = open.iter().filter(|(_, open)| **open == 0).map(|(name, _)| *name).collect();
    while !waiting.is_empty() {
        if ready.is_empty() {
            for (name, (_, place)) in waiting {
                let message = "waits for what it speaks of, which waits for it";
                diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message));
                edition.fail(name, None);
            }
            return;
        }
        let mut next = Vec::new();
        for name in ready {
            for speaker in speakers.get(name).into_iter().flatten() {
                if let Some(left) = open.get_mut(speaker) {
                    *left -= 1;
                    next.extend((*left == 0).then_some(*speaker));
                }
            }
            let Some((analysis, _)) = waiting.remove(name) else { continue };
            let Some(text) = &analysis.expr else {
                if let Some(series) = edition.findings.member(name, VALUE).cloned() {
                    apply_methods(&series, name, analysis, true, edition, diagnostics);
                }
                continue;
            };
            match from_expression(name, &text.value, edition) {
                Ok(mut series) => {
                    if let Some(own) = entry.periods.get(name)
                        && let Err(message) = series::keep_within(&mut series, &own.value)
                    {
                        diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place_of(own, name), message));
                    }
                    paired(&text.value, place_of(text, name), edition, diagnostics);
                    // What is worked out of stocks alone, a share of them, is of their time.
                    let of = spoken(analysis);
                    if !of.is_empty() && of.iter().all(|spoken| edition.stocks.contains(spoken)) {
                        edition.stocks.insert(name.clone());
                    }
                    let series = edition.findings.insert(series);
                    if let Some(since) = spoken(analysis).iter().find(|name| edition.failed.contains_key(*name)) {
                        edition.fail(name, Some(since));
                    }
                    apply_methods(&series, name, analysis, false, edition, diagnostics);
                    apply_methods(&series, name, analysis, true, edition, diagnostics);
                }
                Err(problem) => {
                    report(&problem, place_in(text, &problem.span, name), &edition.name, diagnostics);
                    edition.fail(name, problem.follows.as_deref());
                }
            }
        }
        next.sort();
        ready = next;
    }
}

/// Reports an expression's problem at the place of the expression, and of which problem it follows.
pub fn report(problem: &Problem, place: Place, edition: &str, diagnostics: &mut Diagnostics) {
    let mut message = problem.message.clone();
    // What one edition does not hold another may.
    if problem.code == code::EXPRESSION_KEY {
        message.push_str(&format!(" (edition {edition})"));
    }
    let diagnostic = Diagnostic::error(problem.code, place, message)
        .maybe_hint(problem.hint.clone())
        .following(problem.follows.as_deref());
    diagnostics.push(diagnostic);
}

fn from_expression(name: &str, text: &str, edition: &Edition) -> Result<Series, Problem> {
    let expr = expression::parse(text)?;
    let material: &dyn Material<Amount> = edition;
    let term = expression::settle(&expr, material).map_err(|problem| problem.narrowed(text))?;
    let formula = expression::identify(&expr, material).to_string();
    let (cells, dimensions): (BTreeMap<Key, Cell>, Vec<Dimension>) = match term.cell.value {
        Value::List(items) => (items.into_iter().collect(), term.dimensions),
        _ => (BTreeMap::from([(Key::default(), term.cell)]), Vec::new()),
    };
    Ok(Series {
        id: SeriesId::of_values(name),
        dimensions,
        unit: term.unit,
        class: term.class,
        own_units: BTreeMap::new(),
        half_units: BTreeMap::new(),
        formula,
        convention: None,
        cells,
        lineage: Lineage::Expression(Arc::new(expr)),
        members: Default::default(),
    })
}

/// Reports methods that there are not.
fn unknown_methods(name: &str, analysis: &Analysis, diagnostics: &mut Diagnostics) {
    let known: Vec<&str> = METHODS.iter().map(|m| m.name).collect();
    for wanted in analysis.methods.iter().filter(|wanted| !known.contains(&wanted.value.as_str())) {
        let hint = did_you_mean(&wanted.value, known.iter().copied());
        let hint = hint.unwrap_or_else(|| format!("there are: {}", known.join(", ")));
        let message = format!("there is no method `{}`", wanted.value);
        let place = place_of(wanted, name).covering(wanted.value.chars().count());
        diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).hint(hint));
    }
}

/// Reports settings and bindings of methods that the analysis does not apply.
fn idle_settings(name: &str, analysis: &Analysis, diagnostics: &mut Diagnostics) {
    let applied = |method: &String| analysis.methods.iter().any(|wanted| wanted.value == *method);
    let settings = analysis.settings.iter().map(|(method, entry)| ("settings", method, place_of(entry, name)));
    let bind = analysis.bind.iter().map(|(method, entry)| ("bind", method, place_of(entry, name)));
    for (key, method, place) in settings.chain(bind).filter(|(_, method, _)| !applied(method)) {
        let message = format!("`{key}` speaks of `{method}`, which is not among the methods of the analysis");
        let hint = did_you_mean(method, analysis.methods.iter().map(|wanted| wanted.value.as_str()));
        diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).maybe_hint(hint));
    }
}

/// Adds the members that the methods of an analysis compute: those that other series are bound to, or the rest.
fn apply_methods(
    series: &Arc<Series>,
    name: &str,
    analysis: &Analysis,
    bound: bool,
    edition: &mut Edition,
    diagnostics: &mut Diagnostics,
) {
    for wanted in analysis.methods.iter().filter(|wanted| analysis.bind.contains_key(&wanted.value) == bound) {
        let place = place_of(wanted, name).covering(wanted.value.chars().count());
        let Some(method) = METHODS.iter().find(|m| m.name == wanted.value) else {
            edition.fail(name, None);
            continue;
        };
        let settings = analysis.settings.get(method.name);
        let Some(bound) = bindings(name, analysis, method, edition, diagnostics) else { continue };
        let mut ends = expression::ends_below(series, edition);
        for other in bound.values() {
            if let Bound::Series(several) = other {
                several.iter().for_each(|other| ends.extend(expression::ends_below(other, edition)));
            }
        }
        mixed_periods(&ends, &BTreeSet::new(), place.clone(), edition, diagnostics);
        let application = Application {
            method,
            source: series,
            territories: edition.territories(),
            bound,
            settings: settings.map(|settings| settings.value.clone()).unwrap_or_default(),
            breaks: edition.breaks_of(name).collect(),
        };
        if let Some((one, other)) = application.counted_twice() {
            let message =
                format!("method `{}` would take {one} and {other}, of which one is counted in the other", method.name);
            let hint = "choose under `territories` those that do not overlap: `[regions]` or another group";
            diagnostics.push(Diagnostic::error(code::DATA_OVERLAP, place, message).hint(hint));
            edition.fail(name, None);
            continue;
        }
        match application.members() {
            Ok((members, gaps)) => {
                if !gaps.is_empty() {
                    let message = format!("method `{}` reads a series that has no row {}", method.name, listed(gaps));
                    let hint = "complete the table, choose a `period` without gaps, or say in the text what is missing";
                    diagnostics.push(Diagnostic::warning(code::METHOD_GAP, place.clone(), message).hint(hint));
                }
                if application.refused().is_some() {
                    let message =
                        format!("method `{}` means nothing for a signed measure: its results are missing", method.name);
                    let hint = "a balance has no growth rate, index or share; use its absolute change, or the flows";
                    diagnostics.push(Diagnostic::warning(code::METHOD_CLASS, place, message).hint(hint));
                }
                members.into_iter().for_each(|member| {
                    edition.findings.insert(member);
                });
            }
            Err(wrong) => {
                let set = wrong.name.as_ref().and(settings).map(|settings| place_of(settings, name));
                let message = format!("method `{}`: {}", method.name, wrong.message);
                diagnostics.push(Diagnostic::error(code::METHOD_INPUT, set.unwrap_or(place), message));
                edition.fail(name, None);
            }
        }
    }
}

/// Warns of an expression that pairs different periods under one word.
fn paired(text: &str, place: Place, edition: &Edition, diagnostics: &mut Diagnostics) {
    if let Ok(expr) = expression::parse(text) {
        let ends = expression::ends(&expr, edition);
        cut_spans(&expr, &place, edition, diagnostics);
        mixed_periods(&ends, &BTreeSet::new(), place, edition, diagnostics);
    }
}

/// Warns of the spans of periods of an expression that reach beyond their series, and of stocks that it adds up over time.
pub fn cut_spans(expr: &Expr, place: &Place, edition: &Edition, diagnostics: &mut Diagnostics) {
    for Beyond { span, series, first, last } in expression::beyond(expr, edition) {
        let message =
            format!("`{span}` reaches beyond `{series}`, which holds {first} … {last} (edition {})", edition.name);
        let hint = "name the periods that are there, or leave an end open: `first..2024`, `2013..last`";
        diagnostics.push(Diagnostic::warning(code::EXPRESSION_SPAN, place.clone(), message).hint(hint));
    }
    if let Some(series) = expression::added_stock(expr, edition) {
        let message = format!(
            "`{expr}` adds up `{series}` over several periods, and it is a stock: what stays is counted once a period"
        );
        let hint = "take one period, the mean() of them, or what came and went in them";
        diagnostics.push(Diagnostic::warning(code::EXPRESSION_STOCK, place.clone(), message).hint(hint));
    }
}

/// Finds what the roles of a method are bound to: series by their paths, several parted by commas, labels by sets of
/// territories; `None` where one is bound to nothing, which is reported.
fn bindings(
    name: &str,
    analysis: &Analysis,
    method: &Method,
    edition: &mut Edition,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeMap<String, Bound>> {
    let mut bound = Some(BTreeMap::new());
    for (role, text) in analysis.bind.get(method.name).iter().flat_map(|roles| &roles.value) {
        let label = method.roles.iter().any(|known| known.name == role && known.takes == Takes::Label);
        let found = if label {
            let sets = text.value.split(',').map(str::trim);
            let sets: Option<Vec<_>> = sets.map(|set| Some((set.to_owned(), edition.sets.get(set)?.clone()))).collect();
            sets.map(Bound::Sets)
        } else {
            let series = |path: &str| edition.findings.get(&SeriesId::typed(path.trim())).cloned();
            text.value.split(',').map(series).collect::<Option<_>>().map(Bound::Series)
        };
        match found {
            Some(found) => {
                if let Some(bound) = &mut bound {
                    bound.insert(role.clone(), found);
                }
            }
            None => {
                let what = if label { "a list of sets of territories" } else { "a series: `analysis.member`" };
                let message = format!("`{}` is not {what}", text.value);
                let names =
                    if label { edition.sets.keys().map(String::as_str).collect() } else { edition.findings.names() };
                let hint = did_you_mean(&text.value, names);
                let place = place_of(text, name).covering(text.value.chars().count());
                diagnostics.push(Diagnostic::error(code::METHOD_INPUT, place, message).maybe_hint(hint));
                edition.fail(name, None);
                bound = None;
            }
        }
    }
    bound
}

/// Collects the sets of territories: those of the catalogue and those of the study.
fn sets(study: &Study, catalog: &Catalog, diagnostics: &mut Diagnostics) -> BTreeMap<String, Vec<Code>> {
    let mut sets = catalog.territories.groups().clone();
    for (name, codes) in &study.sets {
        if sets.contains_key(name) {
            let place = codes.first().map_or_else(|| study.place(&["sets", name]), |text| place_of(text, name));
            let message = format!("`{name}` is a group of data/territories.yaml");
            diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).hint("choose another name"));
            continue;
        }
        let mut refuse = |message: String, hint: &str| {
            let place = study.place(&["sets", name]);
            diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).hint(hint));
        };
        if catalog.territories.iter().any(|territory| territory.code.as_str() == name) {
            refuse(format!("`{name}` is the code of a territory, which the word means then"), "choose another name");
        }
        if codes.is_empty() {
            refuse(format!("the set `{name}` holds nothing"), "name its territories, or take it out");
        }
        let mut known = BTreeSet::new();
        if let Some(text) = codes.iter().find(|text| !known.insert(text.value.as_str())) {
            refuse(format!("`{}` stands twice in the set `{name}`", text.value), "take one away");
        }
        let mut members = Vec::new();
        for text in codes {
            match Code::parse(&text.value).filter(|code| catalog.territories.get(code).is_some()) {
                Some(code) => members.push(code),
                None => {
                    let place = place_of(text, name).covering(text.value.chars().count());
                    let hint = did_you_mean(&text.value, catalog.territories.iter().map(|t| t.code.as_str()));
                    let message = format!("`{}` is not a territory of data/territories.yaml", text.value);
                    diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).maybe_hint(hint));
                }
            }
        }
        sets.insert(name.clone(), members);
    }
    sets
}

/// Returns the part of a key at a position.
fn part(key: &Key, at: usize) -> Option<&Part> {
    key.0.get(at)
}

/// Warns where one word, `last` or `first`, means different periods and the reader is not told them.
pub fn mixed_periods(
    ends: &BTreeSet<End>,
    said: &BTreeSet<Period>,
    place: Place,
    edition: &Edition,
    diagnostics: &mut Diagnostics,
) {
    let told = |end: &End| said.iter().any(|period| period.contains(end.period) || end.period.contains(*period));
    let Some((one, other)) = expression::mixed(ends) else { return };
    if ends.iter().all(told) {
        return;
    }
    let message = format!(
        "pairs different periods: `{}` is {} in `{}` and {} in `{}` (edition {})",
        one.word, one.period, one.series, other.period, other.series, edition.name
    );
    let hint =
        "select one period in both, write the period meant in place of the word, or print both periods beside them";
    diagnostics.push(Diagnostic::warning(code::EXHIBIT_MIXED_PERIODS, place, message).hint(hint));
}
