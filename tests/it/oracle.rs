//! Oracle: what the study asks, answered by an evaluator written apart from the product (material/oracle/recompute.py).

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use esep::analysis::{self, Edition};
use esep::build;
use esep::diagnostic::Diagnostics;
use esep::expression::{self, Domain, Interval, Material};
use esep::finding::{Part, Value};
use serde_json::Value as Json;

use crate::support::{root, study};

fn editions() -> Vec<Edition> {
    let mut diagnostics = Diagnostics::default();
    let material = build::material(&study(), &mut diagnostics).expect("the flagship is sound");
    let editions = material.study.editions.iter();
    editions
        .map(|(name, entry)| {
            analysis::compute(&material.study, name, entry, &material.catalog, &material.dataset, &mut diagnostics)
        })
        .collect()
}

/// Writes a value as the oracle does.
fn spelled(value: &Value) -> Json {
    match value {
        Value::Amount(amount) => match amount.to_i64() {
            Some(whole) => Json::from(whole.to_string()),
            None => Json::from(amount.round(12).to_string()),
        },
        Value::Truth(truth) => Json::from(*truth),
        Value::Key(part) => Json::from(part.to_string().split('@').next().unwrap_or_default()),
        Value::Text(text) => Json::from(text.as_str()),
        Value::Missing(reason) => Json::from(reason.code()),
        Value::List(items) if items.iter().all(|(_, cell)| matches!(cell.value, Value::Key(_))) => {
            items.iter().map(|(_, cell)| spelled(&cell.value)).collect()
        }
        list @ Value::List(_) => keyed(list),
    }
}

/// Writes a list with its keys; borders are left out, missing values too.
fn keyed(value: &Value) -> Json {
    let Value::List(items) = value else { return spelled(value) };
    let part = |part: &Part| part.to_string().split('@').next().unwrap_or_default().to_owned();
    let there = items.iter().filter(|(_, cell)| !matches!(cell.value, Value::Missing(_)));
    there.map(|(key, cell)| (key.0.iter().map(part).collect::<Vec<_>>().join("|"), spelled(&cell.value))).collect()
}

#[test]
fn every_expression_of_the_study_has_the_value_that_an_independent_evaluator_finds() {
    let text = fs::read_to_string(root().join("tests/material/oracle/expected.json")).expect("the oracle");
    let expected: BTreeMap<String, BTreeMap<String, Json>> = serde_json::from_str(&text).expect("JSON");
    let (mut compared, mut wrong) = (0, Vec::new());
    for edition in editions() {
        for (expression, value) in &expected[&edition.name] {
            compared += 1;
            match expression::ask(expression, &edition) {
                Ok(finding) => {
                    let found =
                        if value.is_object() { keyed(&finding.cell.value) } else { spelled(&finding.cell.value) };
                    if found != *value {
                        wrong.push(format!("{}: {expression}\n  expected {value}\n  found    {found}", edition.name));
                    }
                }
                Err(problem) => wrong.push(format!("{}: {expression}\n  {}", edition.name, problem.message)),
            }
        }
    }
    assert!(compared > 500, "only {compared} expressions were compared");
    assert!(wrong.is_empty(), "{} of {compared} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_independent_evaluator_still_finds_what_it_found() {
    let again = std::env::temp_dir().join(format!("esep-oracle-{}.json", std::process::id()));
    let script = root().join("tests/material/oracle/recompute.py");
    let python = Command::new("python3").args(["-c", "import yaml"]).output();
    if !python.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: no python3 with PyYAML on the path");
        return;
    }
    let output = Command::new("python3").arg(script).arg(&again).output().expect("it runs");
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
    let found = fs::read_to_string(&again).expect("what it wrote");
    fs::remove_file(&again).expect("the file goes");
    let known = fs::read_to_string(root().join("tests/material/oracle/expected.json")).expect("the oracle");
    assert!(found == known, "expected.json is not what recompute.py writes: run it, and read the difference");
}

#[test]
fn intervals_contain_what_exact_values_say() {
    let text = fs::read_to_string(root().join("tests/material/oracle/expected.json")).expect("the oracle");
    let expected: BTreeMap<String, BTreeMap<String, Json>> = serde_json::from_str(&text).expect("JSON");
    let mut compared = 0;
    for edition in editions() {
        let material: &dyn Material<Interval> = &edition;
        for expression in expected[&edition.name].keys() {
            let Ok(expr) = expression::parse(expression) else { continue };
            let (Ok(exact), Ok(wide)) = (expression::ask(expression, &edition), expression::evaluate(&expr, material))
            else {
                continue;
            };
            if let (Value::Amount(exact), Value::Amount(wide)) = (&exact.cell.value, &wide.cell.value) {
                compared += 1;
                assert!(wide.contains(exact), "{expression}: {exact} is not in {wide:?}");
            }
        }
    }
    assert!(compared > 300, "only {compared} were compared");
    // A share printed to one decimal is half a tenth uncertain, a count of persons is not.
    let edition = &editions()[0];
    let material: &dyn Material<Interval> = edition;
    let width = |text: &str| {
        let term = expression::evaluate(&expression::parse(text).expect("parses"), material).expect("evaluates");
        term.cell.value.amount().map(|i| i.high.minus(&i.low).to_string())
    };
    assert_eq!(width("article_figures.value[a_urban_share_2023]").as_deref(), Some("0.1"));
    assert_eq!(width("population.total[KZ, 2023]").as_deref(), Some("0"));
    assert_eq!(
        Interval::exact(&esep::finding::Amount::Integer(1))
            .compare(&Interval::exact(&esep::finding::Amount::Integer(2))),
        Some(std::cmp::Ordering::Less)
    );
}

/// The distances are a snapshot that was derived: by the haversine formula on a sphere of 6371.0088 km, in whole kilometres.
#[test]
fn distances_of_the_catalogue_follow_from_its_coordinates() {
    let table = |name: &str| -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(root().join("data/raw/geonames/3.0.2").join(name)).expect("a snapshot");
        text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
    };
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let centres: BTreeMap<String, [f64; 2]> = table("regional_centres.csv")
        .into_iter()
        .map(|row| (row[0].clone(), [number(&row[3]).to_radians(), number(&row[4]).to_radians()]))
        .collect();
    let distances = table("distances.csv");
    assert_eq!(distances.len(), centres.len() * (centres.len() - 1));
    for row in distances {
        let ([one, from], [other, to]) = (centres[&row[0]], centres[&row[1]]);
        let half = ((other - one) / 2.0).sin().powi(2) + one.cos() * other.cos() * ((to - from) / 2.0).sin().powi(2);
        let kilometres = 2.0 * 6371.0088 * half.sqrt().asin();
        assert_eq!(kilometres.round(), number(&row[3]), "{row:?}");
    }
}
