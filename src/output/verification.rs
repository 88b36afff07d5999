//! Verification: the verdicts on published papers for machines, with their schema.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::Material;
use crate::claim::{Claim, Detail, Judged, Outcome, Slack, Speaker, Texts, Verified};
use crate::finding::Amount;
use crate::language::Language;

/// The version of the form of `verification.json`: a key taken out or read otherwise makes another one.
pub const VERSION: u32 = 2;

/// Writes the verdicts as JSON in a stable order, one claim a line.
pub fn json(verified: &[Verified], languages: &[&Language], material: &Material) -> String {
    let mut claims = Vec::new();
    let mut excluded = Vec::new();
    let mut papers = Vec::new();
    for one in verified {
        claims.extend(one.judged.iter().map(|judged| claim(judged, one, languages, material)));
        let left_out = one.paper.claims.iter().filter_map(|claim| Some((claim, claim.excluded.as_ref()?)));
        excluded.extend(left_out.map(|(claim, why)| {
            let (own, place) = places(claim, one, languages);
            json!({
                "id": claim.id, "paper": one.paper.id, "where": own, "place": place, "phrase": claim.phrase,
                "printed": claim.printed, "reason": why.reason,
            })
        }));
        papers.push(paper(one));
    }
    let lines = |items: Vec<Json>| items.iter().map(|item| format!("    {item}")).collect::<Vec<_>>().join(",\n");
    format!(
        "{{\n  \"$schema\": \"../verification.schema.json\",\n  \"version\": {VERSION},\n  \"papers\": [\n{}\n  ],\n  \"claims\": [\n{}\n  ],\n  \"excluded\": [\n{}\n  ]\n}}\n",
        lines(papers),
        lines(claims),
        lines(excluded)
    )
}

fn paper(one: &Verified) -> Json {
    let counts = |of: &[usize; 5]| -> Json {
        let pairs = crate::claim::Verdict::ALL.iter().zip(of).map(|(verdict, n)| (verdict.name().to_owned(), json!(n)));
        Json::Object(pairs.collect())
    };
    let rounding = one.summary.rounding.as_ref().map(|rounding| {
        let outliers: Vec<Json> =
            rounding.outliers.iter().map(|(id, mode)| json!({"id": id, "mode": mode.name()})).collect();
        json!({"mode": rounding.mode.name(), "fits": rounding.fits, "of": rounding.of, "outliers": outliers})
    });
    let classes: Vec<Json> =
        one.paper.excluded.iter().map(|entry| json!({"class": entry.class, "reason": entry.reason})).collect();
    json!({
        "id": one.paper.id,
        "title": one.paper.entry.title,
        "source": one.paper.entry.source,
        "edition": one.bench.name,
        "class": one.summary.class.name(),
        "verdicts": counts(&one.summary.counts),
        "headline": counts(&one.summary.headline),
        "text": counts(&one.summary.text),
        "cells": counts(&one.summary.cells),
        "checks": counts(&one.summary.checks),
        "repeated": one.summary.repeated,
        "contested": one.summary.contested,
        "unfalsifiable": one.summary.unfalsifiable,
        "open": one.summary.open,
        "rounding": rounding,
        "excluded_classes": classes,
        "reply": one.paper.entry.reply,
    })
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

fn claim(judged: &Judged, one: &Verified, languages: &[&Language], material: &Material) -> Json {
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
    let (own, place) = places(claim, one, languages);
    let readings: Vec<Json> = judged.readings.iter().map(|outcome| reading(outcome, decimals, one, material)).collect();
    json!({
        "id": claim.id,
        "paper": one.paper.id,
        "where": own,
        "place": place,
        "phrase": claim.phrase,
        "printed": claim.printed,
        "unit": claim.unit,
        "period": claim.period,
        "population": claim.population,
        "kind": claim.kind().name(),
        "says": claim.says.name(),
        "within": claim.within,
        "printed_interval": open(claim, decimals),
        "headline": claim.headline,
        "verdict": judged.verdict.name(),
        "basis": judged.basis().map(|basis| basis.name()),
        "derived": first.and_then(|reading| derived(reading, decimals)),
        "interval": first.and_then(|reading| interval(reading, decimals)),
        "distance": first.and_then(|reading| reading.distance.as_ref()).map(|d| decimal(d, decimals)),
        "rounding": first.and_then(|reading| reading.mode).map(|mode| mode.name()),
        "fair": judged.fair.as_ref().map(|fair| json!({"reading": fair.name(), "expression": fair.expr()})),
        "slack": slack(&judged.slack, decimals),
        "stake": judged.stake.name(),
        "detail": detail(judged, decimals),
        "open": judged.is_open(),
        "contested": judged.is_contested(),
        "one_check": judged.one_check,
        "readings": readings,
        "remark": claim.remark,
        "accepted": judged.accepted().map(|accepted| &accepted.reason),
        "accepted_by": judged.accepted().and_then(|accepted| accepted.by.as_ref()),
        "accepted_on": judged.accepted().and_then(|accepted| accepted.on.as_ref()),
        "reply": claim.reply,
        "explanation": explanation,
    })
}

fn slack(slack: &Slack, decimals: usize) -> Json {
    let end = |amount: &Option<Amount>| amount.as_ref().map(|amount| decimal(amount, decimals));
    match slack {
        Slack::None => Json::Null,
        Slack::Value { down, up } => json!({"down": end(down), "up": end(up)}),
        Slack::Input(flip) => json!({
            "input": format!("{}[{}]", flip.cell.0, flip.cell.1), "from": flip.from.to_string(),
            "to": flip.to.to_string(), "step": flip.step.to_string(),
        }),
        Slack::Fixed => json!({"input": null}),
        Slack::Years => json!({"years": 1}),
    }
}

/// Returns the numbers of which a claim may speak, as firmly as it is said; an end that nothing sets is null.
fn open(claim: &Claim, decimals: usize) -> Option<Json> {
    let bounds = claim.bounds(&claim.number().filter(|_| claim.kind().is_number())?);
    let end = |amount: &Option<Amount>| amount.as_ref().map(|amount| decimal(amount, decimals));
    Some(json!([end(&bounds.low), end(&bounds.high)]))
}

/// Writes what a rule found beside values.
fn detail(judged: &Judged, decimals: usize) -> Json {
    match &judged.detail {
        Detail::None => Json::Null,
        Detail::Years { counted, difference } => json!({"counted": counted, "difference": difference}),
        Detail::Totals(None) => json!({"totals": null}),
        Detail::Totals(Some(range)) => json!({"totals": [decimal(&range.low, 0), decimal(&range.high, 0)]}),
        Detail::Repair(swaps) => {
            let one = |(id, printed): &(String, String)| json!({"id": id, "belongs": printed});
            json!({"repair": swaps.iter().map(one).collect::<Vec<_>>()})
        }
        Detail::NoRepair(orders) => json!({"repair": null, "orders": orders}),
        Detail::Instead(value) => json!({"instead": instead(value, decimals)}),
    }
}

/// Writes what holds instead: a value, or the keys of a list with their values.
fn instead(value: &crate::finding::Value, decimals: usize) -> Json {
    match value {
        crate::finding::Value::Amount(amount) => json!(decimal(amount, decimals)),
        crate::finding::Value::List(items) => {
            let item = |(key, cell): &(crate::finding::Key, crate::finding::Cell)| match &cell.value {
                crate::finding::Value::Key(part) => json!(part.to_string()),
                value => json!({"key": key.to_string(), "value": instead(value, decimals)}),
            };
            Json::Array(items.iter().map(item).collect())
        }
        value => json!(value.to_string()),
    }
}

/// Lists the source files that the cells of a reading stand in, with their hashes, and the statuses of these cells.
fn sources(reading: &Outcome, one: &Verified, material: &Material) -> (Vec<Json>, BTreeSet<&'static str>) {
    let (mut files, mut statuses) = (BTreeSet::new(), BTreeSet::new());
    for (series, key) in &reading.reads {
        let Some(series) = one.bench.findings.get(series) else { continue };
        statuses.extend(series.cells.get(key).map(|cell| cell.status.name()));
        files.extend(series.sources(key).into_iter().map(|cell| cell.file().to_owned()));
    }
    let hash = |path: &str| material.catalog.resources.iter().find(|r| r.file() == path).map(|r| r.hash.to_string());
    let files = files.iter().map(|path| json!({"path": within_data(path), "hash": hash(path)})).collect();
    (files, statuses)
}

/// Writes a path from the study's folder; claims are named within `data`.
fn within_data(path: &str) -> String {
    if path.starts_with("data/") { path.to_owned() } else { format!("data/{path}") }
}

fn reading(reading: &Outcome, decimals: usize, one: &Verified, material: &Material) -> Json {
    let (files, statuses) = sources(reading, one, material);
    json!({
        "basis": reading.basis.name(),
        "finding": reading.finding.to_string(),
        "vintages": reading.vintages,
        "statuses": statuses,
        "sources": files,
        "derived": derived(reading, decimals),
        "exact": reading.derived.as_ref().map(ToString::to_string),
        "interval": interval(reading, decimals),
        "distance": reading.distance.as_ref().map(|distance| decimal(distance, decimals)),
        "rounding": reading.mode.map(|mode| mode.name()),
        "verdict": reading.verdict.name(),
        "note": reading.note,
    })
}

fn derived(reading: &Outcome, decimals: usize) -> Option<String> {
    match (&reading.derived, &reading.value) {
        (Some(amount), _) => Some(decimal(amount, decimals)),
        (None, crate::finding::Value::Missing(_) | crate::finding::Value::List(_)) => None,
        (None, value) => Some(value.to_string()),
    }
}

fn interval(reading: &Outcome, decimals: usize) -> Option<Json> {
    let interval = reading.interval.as_ref()?;
    Some(json!([decimal(&interval.low, decimals), decimal(&interval.high, decimals)]))
}

/// Writes a number in full where it is a finite decimal, else with three decimals more than are printed.
fn decimal(amount: &Amount, printed: usize) -> String {
    let full = amount.to_string();
    if full.contains('/') { amount.round(printed + 3).to_string() } else { full }
}
