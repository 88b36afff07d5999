//! Every method against vectors: results of named packages, of exact arithmetic and of fifty-digit arithmetic.
//!
//! A file of tests/material/methods holds the cases of one method. A case names where its numbers come from (`from`),
//! binds roles to columns (`numbers`, `labels`, `periods`), sets parameters (`set`), and lists what is expected as
//! `[name, at, value]`: `at` is empty for the whole, the number of a row from 1 on, or a member. A value that is a
//! JSON number is compared at 1e-12 relative, or at the case's `tolerance`; a text is compared exactly (`3/2`, `2014`);
//! `{"reason": "zero_base"}` stands for a missing value.

use std::collections::BTreeMap;
use std::path::Path;

use esep::analysis::{At, Column, Frame, METHODS, Method, Outcome};
use esep::finding::{Amount, Period, Reason, Unit, Value};
use serde_json::Value as Json;

/// Walks the cases of a method with the frames that they give it.
pub(crate) fn frames(method: &Method) -> Vec<(String, Frame)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/material/methods/{}.json", method.name));
    let text = std::fs::read_to_string(path).expect("vectors");
    let file: Json = serde_json::from_str(&text).expect("JSON");
    let cases = file["cases"].as_array().expect("cases").iter();
    cases.filter_map(|case| Some((case["id"].to_string(), frame(method, case).ok()?))).collect()
}

#[test]
fn every_method_agrees_with_its_vectors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/material/methods");
    let mut wrong = Vec::new();
    let mut untested = Vec::new();
    for method in METHODS {
        let path = folder.join(format!("{}.json", method.name));
        let Ok(text) = std::fs::read_to_string(&path) else {
            untested.push(method.name);
            continue;
        };
        let file: Json = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!(file["method"], method.name, "{}", path.display());
        let cases = file["cases"].as_array().expect("cases");
        assert!(!cases.is_empty(), "{} has no case", path.display());
        for case in cases {
            compare(method, case, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong[..wrong.len().min(60)].join("\n"));
    assert!(untested.is_empty(), "no vectors for: {}", untested.join(", "));
}

fn compare(method: &Method, case: &Json, wrong: &mut Vec<String>) {
    let id = format!("{}: {}", method.name, case["id"].as_str().expect("id"));
    assert!(case["from"].is_string(), "{id}: from");
    let results = match frame(method, case).and_then(|frame| method.found(&frame).map_err(|r| r.code().to_owned())) {
        Ok(results) => Ok(found(&results)),
        Err(reason) => Err(reason),
    };
    let tolerance = case["tolerance"].as_f64().unwrap_or(1e-12);
    for expected in case["expect"].as_array().expect("expect") {
        let (name, at) = (expected[0].as_str().expect("name"), expected[1].as_str().expect("at"));
        let got = match &results {
            Ok(found) => found.get(&(name, at.to_owned())).cloned(),
            Err(reason) => Some(Err(reason.clone())),
        };
        let place = format!("{id}: {name}[{at}]");
        match got {
            None => wrong.push(format!("{place}: no such result")),
            Some(got) => {
                if let Some(difference) = differs(&got, &expected[2], tolerance) {
                    wrong.push(format!("{place}: {difference}"));
                }
            }
        }
    }
}

type Found = BTreeMap<(&'static str, String), Result<Value, String>>;

fn found(results: &[Outcome]) -> Found {
    let mut found = Found::new();
    for result in results {
        let at = match &result.at {
            At::Whole => String::new(),
            At::Row(row) => (row + 1).to_string(),
            At::Member(part) => part.to_string(),
        };
        let value = match &result.value {
            Value::Missing(reason) => Err(reason.code().to_owned()),
            value => Ok(value.clone()),
        };
        let again = found.insert((result.name, at.clone()), value);
        assert!(again.is_none(), "{}[{at}] is given twice", result.name);
    }
    found
}

fn differs(got: &Result<Value, String>, expected: &Json, tolerance: f64) -> Option<String> {
    match (got, expected) {
        (Err(reason), Json::Object(wanted)) if wanted["reason"] == **reason => None,
        (Ok(value), Json::String(text)) if value.to_string() == *text => None,
        (Ok(Value::Truth(truth)), Json::Bool(wanted)) if truth == wanted => None,
        (Ok(Value::Amount(amount)), Json::Number(number)) => {
            let (got, wanted) = (amount.to_f64(), number.as_f64()?);
            let off = (got - wanted).abs();
            let near = off <= tolerance * wanted.abs() || (wanted == 0.0 && off <= tolerance);
            (!near).then(|| format!("{got:e} instead of {wanted:e}, off by {:e}", off / wanted.abs()))
        }
        (Ok(value), _) => Some(format!("{value} instead of {expected}")),
        (Err(reason), _) => Some(format!("missing ({reason}) instead of {expected}")),
    }
}

fn frame(method: &Method, case: &Json) -> Result<Frame, String> {
    let mut frame = Frame::default();
    for role in method.roles {
        if let Some(bound) = case["numbers"][role.name].as_array() {
            let many = bound.first().is_some_and(Json::is_array);
            let columns: Vec<&Vec<Json>> =
                if many { bound.iter().filter_map(Json::as_array).collect() } else { vec![bound] };
            let column = |values: &Vec<Json>| Column {
                name: role.name.to_owned(),
                unit: Unit::Persons,
                values: values.iter().map(number).collect(),
            };
            frame.rows = columns.first().map_or(0, |values| values.len());
            frame.numbers.insert(role.name, columns.into_iter().map(column).collect());
        } else if let Some(bound) = case["labels"][role.name].as_array() {
            let labels = bound.iter().map(|label| label.as_str().expect("a label").to_owned());
            frame.rows = bound.len();
            frame.labels.insert(role.name, labels.collect());
        }
    }
    if let Some(periods) = case["periods"].as_array() {
        let parse = |period: &Json| Period::parse(period.as_str().expect("a period")).expect("a period");
        frame.periods = Some(periods.iter().map(parse).collect());
    }
    let given: BTreeMap<String, String> = case["set"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), value.as_str().map_or(value.to_string(), str::to_owned)))
        .collect();
    frame.set(method, &given).map_err(|(_, message)| message)?;
    Ok(frame)
}

fn number(json: &Json) -> Result<Amount, Reason> {
    match json {
        Json::Null => Err(Reason::Missing),
        Json::Number(number) => Ok(exact(&number.to_string())),
        Json::String(text) => Ok(match text.split_once('/') {
            Some((p, q)) => exact(p).divided_by(&exact(q)).expect("a fraction"),
            None => exact(text),
        }),
        other => panic!("{other} is no number"),
    }
}

/// Reads a decimal exactly, with or without an exponent.
fn exact(text: &str) -> Amount {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i32 = exponent.parse().expect("an exponent");
    let power = Amount::parse(&format!("1{}", "0".repeat(exponent.unsigned_abs() as usize))).expect("a power");
    let digits = Amount::parse(digits).unwrap_or_else(|| panic!("{text} is no number"));
    if exponent < 0 { digits.divided_by(&power).expect("a number") } else { digits.times(&power) }
}
