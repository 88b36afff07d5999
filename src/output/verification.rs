//! Verification: the verdicts on published papers for machines, with their schema.

use std::collections::BTreeSet;

use schemars::{Schema, schema_for};
use serde_json::{Value as Json, json};

use super::Material;
use super::lined::lined;
use super::verification_answer::{
    Answer, Belongs, ClaimAnswer, Counts, DetailAnswer, ExcludedAnswer, ExcludedClass, FairAnswer, Outlier,
    PaperAnswer, ReadingAnswer, RoundingAnswer, SlackAnswer, SourceAnswer, VERSION,
};
use crate::claim::{Claim, Detail, ExcludedEntry, Judged, Mode, Outcome, Slack, Speaker, Texts, Verified};
use crate::expression::Interval;
use crate::finding::{Amount, Cell, Key, Value};
use crate::language::Language;

/// Writes the verdicts as JSON in a stable order, one claim a line.
pub fn json(verified: &[Verified], languages: &[&Language], material: &Material) -> String {
    lined(&answer(verified, languages, material))
}

/// Returns the JSON Schema of the verdicts.
pub fn schema() -> Schema {
    schema_for!(Answer)
}

fn answer(verified: &[Verified], languages: &[&Language], material: &Material) -> Answer {
    let claims =
        |one: &Verified| one.judged.iter().map(|judged| claim(judged, one, languages, material)).collect::<Vec<_>>();
    let excluded = |one: &Verified| {
        let left_out = one.paper.claims.iter().filter_map(|claim| Some((claim, claim.excluded.as_ref()?)));
        let told = left_out.map(|(claim, why)| {
            let (own_place, place) = places(claim, one, languages);
            let (id, paper) = (claim.id.clone(), one.paper.id.clone());
            let (phrase, printed, reason) = (claim.phrase.clone(), claim.printed.clone(), why.reason.clone());
            ExcludedAnswer { id, paper, own_place, place, phrase, printed, reason }
        });
        told.collect::<Vec<_>>()
    };
    Answer {
        schema: "../verification.schema.json",
        version: VERSION,
        papers: verified.iter().map(paper).collect(),
        claims: verified.iter().flat_map(claims).collect(),
        excluded: verified.iter().flat_map(excluded).collect(),
    }
}

fn counts([confirmed, rounding, contradicted, inconsistent, unresolved]: [usize; 5]) -> Counts {
    Counts { confirmed, rounding, contradicted, inconsistent, unresolved }
}

fn paper(one: &Verified) -> PaperAnswer {
    let rounding = one.summary.rounding.as_ref().map(|rounding| {
        let outlier = |(id, mode): &(String, Mode)| Outlier { id: id.clone(), mode: mode.name() };
        let outliers = rounding.outliers.iter().map(outlier).collect();
        RoundingAnswer { mode: rounding.mode.name(), fits: rounding.fits, of: rounding.of, outliers }
    });
    let excluded_class =
        |entry: &ExcludedEntry| ExcludedClass { class: entry.class.clone(), reason: entry.reason.clone() };
    PaperAnswer {
        id: one.paper.id.clone(),
        title: one.paper.entry.title.clone(),
        source: one.paper.entry.source.clone(),
        edition: one.bench.name.clone(),
        class: one.summary.class.name(),
        verdicts: counts(one.summary.counts),
        headline: counts(one.summary.headline),
        text: counts(one.summary.text),
        cells: counts(one.summary.cells),
        checks: counts(one.summary.checks),
        repeated: one.summary.repeated,
        contested: one.summary.contested,
        unfalsifiable: one.summary.unfalsifiable,
        undated: one.summary.undated.clone(),
        swappable: one.summary.swappable.clone(),
        open: one.summary.open,
        rounding,
        excluded_classes: one.paper.excluded.iter().map(excluded_class).collect(),
        reply: one.paper.entry.reply.clone(),
    }
}

/// Spells the place of a claim in the paper's language and in all of the report's.
fn places(claim: &Claim, one: &Verified, languages: &[&Language]) -> (String, Texts) {
    let spelled = |language: &&Language| {
        let speaker = Speaker { language, edition: &one.bench };
        (speaker.code().to_owned(), speaker.place(one.paper, claim))
    };
    let all: Texts = languages.iter().map(spelled).collect();
    let own = all.get(one.paper.language()).unwrap_or(&claim.place).clone();
    (own, all)
}

fn claim(judged: &Judged, one: &Verified, languages: &[&Language], material: &Material) -> ClaimAnswer {
    let claim = judged.claim;
    let first = judged.first();
    let decimals = claim.number().map_or(0, |printed| printed.decimals as usize);
    let explanation: Texts = languages
        .iter()
        .map(|language| {
            let speaker = Speaker { language, edition: &one.bench };
            (speaker.code().to_owned(), speaker.explain(judged))
        })
        .collect();
    let (own_place, place) = places(claim, one, languages);
    let readings = judged.readings.iter().map(|outcome| reading(outcome, decimals, one, material)).collect();
    let fair = judged.fair.as_ref();
    ClaimAnswer {
        id: claim.id.clone(),
        paper: one.paper.id.clone(),
        own_place,
        place,
        phrase: claim.phrase.clone(),
        printed: claim.printed.clone(),
        unit: claim.unit.clone(),
        period: claim.period.clone(),
        population: claim.population.clone(),
        kind: claim.kind().name(),
        says: claim.says.name(),
        within: claim.within.clone(),
        printed_interval: open(claim, decimals),
        headline: claim.headline,
        verdict: judged.verdict.name(),
        basis: judged.basis().map(|basis| basis.name()),
        derived: first.and_then(|reading| derived(reading, decimals)),
        interval: first.and_then(|reading| interval(reading, decimals)),
        distance: first.and_then(|reading| reading.distance.as_ref()).map(|d| decimal(d, decimals)),
        rounding: first.and_then(|reading| reading.mode).map(|mode| mode.name()),
        fair: fair.map(|fair| FairAnswer { reading: fair.name(), expression: fair.expr().map(str::to_owned) }),
        slack: slack(&judged.slack, decimals),
        stake: judged.stake.name(),
        detail: detail(judged, decimals),
        open: judged.is_open(),
        contested: judged.is_contested(),
        one_check: judged.one_check.clone(),
        readings,
        remark: claim.remark.clone(),
        accepted: judged.accepted().map(|accepted| accepted.reason.clone()),
        accepted_by: judged.accepted().and_then(|accepted| accepted.by.clone()),
        accepted_on: judged.accepted().and_then(|accepted| accepted.on.clone()),
        reply: claim.reply.clone(),
        explanation,
    }
}

fn slack(slack: &Slack, decimals: usize) -> Option<SlackAnswer> {
    let end = |amount: &Option<Amount>| amount.as_ref().map(|amount| decimal(amount, decimals));
    Some(match slack {
        Slack::None => return None,
        Slack::Value { down, up } => SlackAnswer::Value { down: end(down), up: end(up) },
        Slack::Input(flip) => SlackAnswer::Input {
            input: format!("{}[{}]", flip.cell.0, flip.cell.1),
            from: flip.from.to_string(),
            to: flip.to.to_string(),
            step: flip.step.to_string(),
        },
        Slack::Fixed => SlackAnswer::Fixed { input: () },
        Slack::Years => SlackAnswer::Years { years: 1 },
    })
}

/// Returns the numbers of which a claim may speak, as firmly as it is said; an end that nothing sets is none.
fn open(claim: &Claim, decimals: usize) -> Option<[Option<String>; 2]> {
    let bounds = claim.bounds(&claim.number().filter(|_| claim.kind().is_number())?);
    Some([bounds.low, bounds.high].map(|end| end.map(|amount| decimal(&amount, decimals))))
}

/// Tells what a rule found beside values.
fn detail(judged: &Judged, decimals: usize) -> Option<DetailAnswer> {
    Some(match &judged.detail {
        Detail::None => return None,
        Detail::Years { counted, difference } => DetailAnswer::Years { counted: *counted, difference: *difference },
        Detail::Totals(totals) => {
            let span = |span: &Interval| [decimal(&span.low, 0), decimal(&span.high, 0)];
            DetailAnswer::Totals { totals: totals.as_ref().map(span) }
        }
        Detail::Repair(swaps) => {
            let one = |(id, printed): &(String, String)| Belongs { id: id.clone(), belongs: printed.clone() };
            DetailAnswer::Repair { repair: swaps.iter().map(one).collect() }
        }
        Detail::NoRepair(orders) => DetailAnswer::NoRepair { repair: (), orders: *orders },
        Detail::Instead(value) => DetailAnswer::Instead { instead: instead(value, decimals) },
    })
}

/// Writes what holds instead: a value, or the keys of a list with their values.
fn instead(value: &Value, decimals: usize) -> Json {
    match value {
        Value::Amount(amount) => json!(decimal(amount, decimals)),
        Value::List(items) => {
            let item = |(key, cell): &(Key, Cell)| match &cell.value {
                Value::Key(part) => json!(part.to_string()),
                value => json!({"key": key.to_string(), "value": instead(value, decimals)}),
            };
            Json::Array(items.iter().map(item).collect())
        }
        value => json!(value.to_string()),
    }
}

/// Lists the source files that the cells of a reading stand in, with their hashes, and the statuses of these cells.
fn sources(reading: &Outcome, one: &Verified, material: &Material) -> (Vec<SourceAnswer>, BTreeSet<&'static str>) {
    let (mut files, mut statuses) = (BTreeSet::new(), BTreeSet::new());
    for (series, key) in &reading.reads {
        let Some(series) = one.bench.findings.get(series) else { continue };
        statuses.extend(series.cells.get(key).map(|cell| cell.status.name()));
        files.extend(series.sources(key).into_iter().map(|cell| cell.file().to_owned()));
    }
    let hash = |path: &str| material.catalog.resources.iter().find(|r| r.file() == path).map(|r| r.hash.to_string());
    let source = |path: &String| SourceAnswer { path: within_data(path), hash: hash(path) };
    (files.iter().map(source).collect(), statuses)
}

/// Writes a path from the study's folder; claims are named within `data`.
fn within_data(path: &str) -> String {
    if path.starts_with("data/") { path.to_owned() } else { format!("data/{path}") }
}

fn reading(reading: &Outcome, decimals: usize, one: &Verified, material: &Material) -> ReadingAnswer {
    let (sources, statuses) = sources(reading, one, material);
    ReadingAnswer {
        basis: reading.basis.name(),
        finding: reading.finding.to_string(),
        vintages: reading.vintages.clone(),
        statuses: statuses.into_iter().collect(),
        sources,
        derived: derived(reading, decimals),
        exact: reading.derived.as_ref().map(ToString::to_string),
        interval: interval(reading, decimals),
        distance: reading.distance.as_ref().map(|distance| decimal(distance, decimals)),
        rounding: reading.mode.map(|mode| mode.name()),
        verdict: reading.verdict.name(),
        note: reading.note.clone(),
    }
}

fn derived(reading: &Outcome, decimals: usize) -> Option<String> {
    match (&reading.derived, &reading.value) {
        (Some(amount), _) => Some(decimal(amount, decimals)),
        (None, Value::Missing(_) | Value::List(_)) => None,
        (None, value) => Some(value.to_string()),
    }
}

fn interval(reading: &Outcome, decimals: usize) -> Option<[String; 2]> {
    let interval = reading.interval.as_ref()?;
    Some([decimal(&interval.low, decimals), decimal(&interval.high, decimals)])
}

/// Writes a number in full where it is a finite decimal, else with three decimals more than are printed.
fn decimal(amount: &Amount, printed: usize) -> String {
    let full = amount.to_string();
    if full.contains('/') { amount.round(printed + 3).to_string() } else { full }
}
