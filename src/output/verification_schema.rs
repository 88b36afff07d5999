//! Verification schema: the JSON Schema of the verdicts on published papers.

use serde_json::{Value as Json, json};

use super::verification::VERSION;
use crate::claim::{Fair, Kind, Verdict};

/// Schemas that several keys share.
struct Shared {
    text: Json,
    maybe: Json,
    /// A text in each language, or none.
    texts: Json,
    /// A text in each language.
    said: Json,
    integer: Json,
    verdict: Json,
    basis: Json,
    rounding: Json,
    interval: Json,
}

impl Shared {
    fn new() -> Shared {
        let text = json!({"type": "string"});
        Shared {
            maybe: json!({"type": ["string", "null"]}),
            texts: json!({"type": ["object", "null"], "additionalProperties": text}),
            said: json!({"type": "object", "additionalProperties": text, "minProperties": 1}),
            integer: json!({"type": "integer"}),
            verdict: json!({"enum": Verdict::ALL.map(Verdict::name)}),
            basis: json!({"enum": ["paper", "agency", null]}),
            rounding: json!({"enum": ["half-away-from-zero", "half-to-even", "truncated", null]}),
            interval: json!({"type": ["array", "null"], "items": text, "minItems": 2, "maxItems": 2}),
            text,
        }
    }
}

fn list(item: Json) -> Json {
    json!({"type": "array", "items": item})
}

/// Returns the JSON Schema of the verdicts.
pub fn schema() -> String {
    let shared = Shared::new();
    let numbers = Verdict::ALL.map(|verdict| (verdict.name().to_owned(), shared.integer.clone()));
    let counts = json!({
        "type": "object", "properties": Json::Object(numbers.into_iter().collect()), "required": Verdict::ALL.map(Verdict::name),
    });
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:esep:verification:{VERSION}"),
        "$defs": {"counts": counts},
        "title": "esep: verdicts on the numbers that papers print",
        "type": "object",
        "required": ["version", "papers", "claims", "excluded"],
        "properties": {
            "$schema": shared.text,
            "version": {"const": VERSION},
            "papers": list(paper(&shared)),
            "claims": list(claim(&shared)),
            "excluded": list(json!({"type": "object", "required": ["id", "paper", "where", "printed", "reason"]})),
        }
    });
    format!("{schema:#}\n")
}

fn paper(shared: &Shared) -> Json {
    let Shared { text, maybe, texts, said, integer, rounding, .. } = shared;
    let counts = json!({"$ref": "#/$defs/counts"});
    let outlier = json!({"type": "object", "required": ["id", "mode"], "properties": {"id": text, "mode": rounding}});
    let class =
        json!({"type": "object", "required": ["class", "reason"], "properties": {"class": said, "reason": said}});
    json!({
        "type": "object",
        "required": ["id", "title", "edition", "class", "verdicts", "headline", "text", "cells", "checks", "open"],
        "properties": {
            "id": text, "title": said, "source": maybe, "edition": text, "reply": texts,
            "class": {"enum": ["not-judged", "fully", "minor-issues", "partially", "not-reproduced"]},
            "verdicts": counts, "headline": counts, "text": counts, "cells": counts,
            "checks": {"$ref": "#/$defs/counts", "description": "The cells of tables, those that give one another counted as one check."},
            "repeated": {"type": "integer", "description": "Claims of the text that are the same check as another."},
            "contested": integer, "open": integer,
            "unfalsifiable": {"type": "integer", "description": "Claims without an end on one side (`within: any`), where no number can fail them."},
            "rounding": {"type": ["object", "null"], "required": ["mode", "fits", "of", "outliers"], "properties": {
                "mode": rounding, "fits": integer, "of": integer,
                "outliers": list(outlier)
            }},
            "excluded_classes": list(class),
        }
    })
}

fn claim(shared: &Shared) -> Json {
    let Shared { text, maybe, texts, said, verdict, basis, rounding, interval, .. } = shared;
    json!({
        "type": "object",
        "required": ["id", "paper", "where", "place", "phrase", "printed", "unit", "verdict", "basis", "derived", "explanation"],
        "properties": {
            "id": {"type": "string", "description": "Unique within its paper: `paper` and `id` together name a claim."},
            "paper": text, "where": {"type": "string", "description": "The place in the paper, in the paper's language."},
            "place": said,
            "phrase": {"type": ["string", "null"], "description": "At most six words to find it by."},
            "printed": {"type": "string", "description": "As printed; its decimals are its precision."},
            "unit": {"type": "string", "description": "The unit with its scale word: `thousand persons`."},
            "period": maybe, "population": maybe,
            "kind": {"enum": Kind::ALL.map(Kind::name)},
            "says": {"enum": ["exact", "about", "more-than", "up-to", "almost", "at-least", "less-than"]},
            "within": maybe,
            "printed_interval": {"type": ["array", "null"], "items": maybe, "minItems": 2, "maxItems": 2,
                "description": "The numbers of which the printed one may speak: by its decimals, or as firmly as it is said; an end that nothing sets is null."},
            "headline": {"type": "boolean", "description": "Whether the paper's conclusions rest on it."},
            "verdict": verdict, "basis": basis,
            "derived": {"type": ["string", "null"], "description": "In printed units."},
            "interval": interval, "distance": maybe, "rounding": rounding,
            "fair": {"type": ["object", "null"], "required": ["reading", "expression"],
                "properties": {"reading": {"enum": Fair::NAMES}, "expression": maybe},
                "description": "The reading under which a discrepancy would be none, where one was found by trying; with the expression that gives what is printed, where it is another one."},
            "slack": {"type": ["object", "null"],
                "properties": {"down": maybe, "up": maybe, "input": maybe, "from": text, "to": text, "step": text, "years": {"type": "integer"}},
                "description": "How far what a confirmed claim rests on could move before it fails: its value, down or up by less than this in printed units; or the least change of one input that fails it, found in steps; or years of a period."},
            "stake": {"enum": ["printed", "unfalsifiable", "far", "idle", "still", null],
                "description": "Whether a confirmed verdict depends on what is printed; `unfalsifiable` of a claim that sets no end on one side; `far` of a bound that holds and lies farther from what is derived than its digits show; `idle` where something else printed would be confirmed too, `still` where anything in the data would confirm it; null where nothing is confirmed."},
            "detail": detail(shared),
            "open": {"type": "boolean", "description": "A discrepancy that is not accepted with a reason."},
            "contested": {"type": "boolean", "description": "Holds on its basis, and would not on another one that is given."},
            "one_check": {"type": ["string", "null"], "description": "The claim of which this one is the same check, as they give one another and rest on nothing else."},
            "readings": list(reading(shared)),
            "remark": texts, "accepted": texts, "accepted_by": maybe, "accepted_on": maybe, "reply": texts,
            "explanation": said,
        }
    })
}

fn detail(shared: &Shared) -> Json {
    let Shared { text, integer, .. } = shared;
    json!({"type": ["object", "null"], "properties": {
        "counted": integer, "difference": integer,
        "totals": {"type": ["array", "null"], "items": text, "description": "The span of the totals that satisfy all shares; null where there is none."},
        "repair": {"type": ["array", "null"], "items": {"type": "object", "required": ["id", "belongs"], "properties": {"id": text, "belongs": text}},
            "description": "The printed number that belongs at each claim of the list whose number is another's; null where no single order closes."},
        "orders": {"type": "integer", "description": "How many other orders close."},
        "instead": {"description": "What holds instead."}
    }})
}

fn reading(shared: &Shared) -> Json {
    let Shared { text, maybe, texts, verdict, basis, rounding, interval, .. } = shared;
    json!({
        "type": "object",
        "required": ["basis", "finding", "vintages", "derived", "verdict"],
        "properties": {
            "basis": basis, "finding": text, "vintages": {"type": "array", "items": text}, "derived": maybe,
            "statuses": {"type": "array", "items": {"enum": ["published", "transcribed", "derived", "backcast", "inferred"]},
                "description": "What the source cells are."},
            "sources": {"type": "array", "items": {"type": "object", "required": ["path", "hash"],
                "properties": {"path": text, "hash": maybe}}, "description": "The files of the source cells; the hash is the catalogue's, null for a file of claims."},
            "exact": maybe, "interval": interval, "distance": maybe, "rounding": rounding, "verdict": verdict, "note": texts,
        }
    })
}
