//! Verification: the verdicts on published papers for machines, with their schema.

use serde_json::{Value as Json, json};

use crate::claim::{Judged, Outcome, Slack, Speaker, Texts, Verified};
use crate::finding::Amount;
use crate::language::Language;

/// Writes the verdicts as JSON in a stable order, one claim a line.
pub fn json(verified: &[Verified], languages: &[&Language]) -> String {
    let mut claims = Vec::new();
    let mut excluded = Vec::new();
    let mut papers = Vec::new();
    for one in verified {
        claims.extend(one.judged.iter().map(|judged| claim(judged, one, languages)));
        let left_out = one.paper.claims.iter().filter_map(|claim| Some((claim, claim.excluded.as_ref()?)));
        excluded.extend(left_out.map(|(claim, why)| {
            json!({
                "id": claim.id, "paper": one.paper.id, "where": claim.place, "phrase": claim.phrase,
                "printed": claim.printed, "reason": why.reason,
            })
        }));
        papers.push(paper(one));
    }
    let lines = |items: Vec<Json>| items.iter().map(|item| format!("    {item}")).collect::<Vec<_>>().join(",\n");
    format!(
        "{{\n  \"$schema\": \"../verification.schema.json\",\n  \"papers\": [\n{}\n  ],\n  \"claims\": [\n{}\n  ],\n  \"excluded\": [\n{}\n  ]\n}}\n",
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
        "open": one.summary.open,
        "rounding": rounding,
        "excluded_classes": classes,
        "reply": one.paper.entry.reply,
    })
}

fn claim(judged: &Judged, one: &Verified, languages: &[&Language]) -> Json {
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
    let readings: Vec<Json> = judged.readings.iter().map(|outcome| reading(outcome, decimals)).collect();
    json!({
        "id": claim.id,
        "paper": one.paper.id,
        "where": claim.place,
        "phrase": claim.phrase,
        "printed": claim.printed,
        "unit": claim.unit,
        "period": claim.period,
        "population": claim.population,
        "kind": claim.kind.name(),
        "says": claim.says.name(),
        "headline": claim.headline,
        "verdict": judged.verdict.name(),
        "basis": judged.basis().map(|basis| basis.name()),
        "derived": first.and_then(|reading| derived(reading, decimals)),
        "interval": first.and_then(|reading| interval(reading, decimals)),
        "distance": first.and_then(|reading| reading.distance.as_ref()).map(|d| decimal(d, decimals)),
        "rounding": first.and_then(|reading| reading.mode).map(|mode| mode.name()),
        "slack": slack(&judged.slack, decimals),
        "readings": readings,
        "remark": claim.remark,
        "accepted": claim.accepted.as_ref().map(|accepted| &accepted.reason),
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

fn reading(reading: &Outcome, decimals: usize) -> Json {
    json!({
        "basis": reading.basis.name(),
        "finding": reading.finding,
        "vintages": reading.vintages,
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

/// Returns the JSON Schema of the verdicts.
pub fn schema() -> String {
    let text = json!({"type": "string"});
    let maybe = json!({"type": ["string", "null"]});
    let texts = json!({"type": ["object", "null"], "additionalProperties": text});
    let verdict = json!({"enum": ["confirmed", "rounding", "contradicted", "inconsistent", "unresolved"]});
    let basis = json!({"enum": ["paper", "agency", null]});
    let interval = json!({"type": ["array", "null"], "items": text, "minItems": 2, "maxItems": 2});
    let rounding = json!({"enum": ["half-away-from-zero", "half-to-even", "truncated", "away-from-zero", null]});
    let reading = json!({
        "type": "object",
        "required": ["basis", "finding", "vintages", "derived", "verdict"],
        "properties": {
            "basis": basis, "finding": text, "vintages": {"type": "array", "items": text}, "derived": maybe,
            "exact": maybe, "interval": interval, "distance": maybe, "rounding": rounding, "verdict": verdict, "note": texts,
        }
    });
    let claim = json!({
        "type": "object",
        "required": ["id", "paper", "where", "phrase", "printed", "unit", "verdict", "basis", "derived", "explanation"],
        "properties": {
            "id": text, "paper": text, "where": {"type": "string", "description": "The place in the paper."},
            "phrase": {"type": ["string", "null"], "description": "At most six words to find it by."},
            "printed": {"type": "string", "description": "As printed; its decimals are its precision."},
            "unit": {"type": "string", "description": "The unit with its scale word: `thousand persons`."},
            "period": maybe, "population": maybe,
            "kind": {"enum": ["number", "sign", "ranking", "count", "period", "sum", "same-as", "list", "shares-of-one-total"]},
            "says": {"enum": ["exact", "about", "more-than", "up-to", "almost"]},
            "headline": {"type": "boolean", "description": "Whether the paper's conclusions rest on it."},
            "verdict": verdict, "basis": basis,
            "derived": {"type": ["string", "null"], "description": "In printed units."},
            "interval": interval, "distance": maybe, "rounding": rounding,
            "slack": {"type": ["object", "null"],
                "properties": {"down": maybe, "up": maybe, "input": maybe, "from": text, "to": text, "step": text, "years": {"type": "integer"}},
                "description": "How far what a confirmed claim rests on could move before it fails: its value, down or up by less than this in printed units; or the least change of one input that fails it, found in steps; or years of a period."},
            "readings": {"type": "array", "items": reading},
            "remark": texts, "accepted": texts, "reply": texts,
            "explanation": {"type": "object", "additionalProperties": text, "required": ["ru", "kk"]},
        }
    });
    let list = |item: Json| json!({"type": "array", "items": item});
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "esep: verdicts on the numbers that papers print",
        "type": "object",
        "required": ["papers", "claims", "excluded"],
        "properties": {
            "$schema": text,
            "papers": list(json!({
                "type": "object",
                "required": ["id", "title", "edition", "class", "verdicts"],
                "properties": {"class": {"enum": ["fully", "minor-issues", "partially", "not-reproduced"]}}
            })),
            "claims": list(claim),
            "excluded": list(json!({"type": "object", "required": ["id", "paper", "where", "printed", "reason"]})),
        }
    });
    format!("{schema:#}\n")
}
