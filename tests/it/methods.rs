//! Methods: laws that every method of the registry keeps, on the material of its vectors.

use std::collections::{BTreeMap, BTreeSet};

use esep::analysis::{Along, At, Column, Frame, LEAST_P, METHODS, Method, Outcome, Scope};
use esep::finding::{Amount, Reason, Unit, Value};

use crate::vectors::frames;

/// Results by name and place, values as they are written in full.
fn said(outcomes: &[Outcome], place: impl Fn(usize) -> usize) -> BTreeMap<(&'static str, String), String> {
    let at = |at: &At| match at {
        At::Whole => String::new(),
        At::Row(row) => format!("row {}", place(*row)),
        At::Member(part) => part.to_string(),
    };
    // Which of several reasons is given may turn on what comes first.
    let value =
        |value: &Value| if matches!(value, Value::Missing(_)) { "missing".to_owned() } else { value.to_string() };
    outcomes.iter().map(|outcome| ((outcome.name, at(&outcome.at)), value(&outcome.value))).collect()
}

/// The frame with its rows in another order: the new row i is the old row order[i].
fn reordered(frame: &Frame, order: &[usize]) -> Frame {
    let mut other = frame.clone();
    for columns in other.numbers.values_mut() {
        for Column { values, .. } in columns {
            *values = order.iter().map(|row| values[*row].clone()).collect();
        }
    }
    for labels in other.labels.values_mut() {
        *labels = order.iter().map(|row| labels[*row].clone()).collect();
    }
    other
}

/// Whether a column holds a value twice: which of the two comes first is theirs to say by their order alone.
fn has_ties(frame: &Frame) -> bool {
    let twice = |column: &Column| {
        let values: BTreeSet<String> = column.values.iter().map(|value| format!("{value:?}")).collect();
        values.len() < column.values.len()
    };
    frame.numbers.values().flatten().any(twice)
}

/// Methods whose rows and members are numbered in the order of the rows, as their convention says.
const NUMBERED_BY_ROWS: &[&str] = &["ward"];

#[test]
fn names_of_methods_and_results_are_unique() {
    let mut names = BTreeSet::new();
    let mut results = BTreeSet::new();
    for method in METHODS {
        assert!(names.insert(method.name), "{} twice", method.name);
        assert!(!method.outputs.is_empty(), "{}", method.name);
        for output in method.outputs {
            assert!(results.insert(output.name), "{}: result {} twice", method.name, output.name);
            assert!(!output.formula.is_empty(), "{}: {}", method.name, output.name);
        }
        for param in method.params {
            let mut frame = Frame::default();
            assert_eq!(frame.set(method, &BTreeMap::new()), Ok(()), "{}: default of {}", method.name, param.name);
        }
    }
}

#[test]
fn a_method_gives_what_it_declares_and_each_result_once() {
    for method in METHODS {
        let scopes: BTreeMap<&str, Scope> = method.outputs.iter().map(|output| (output.name, output.scope)).collect();
        let mut given = BTreeSet::new();
        for (id, frame) in frames(method) {
            let Ok(found) = (method.run)(&frame) else { continue };
            for outcome in &found {
                let scope = match outcome.at {
                    At::Whole => Scope::Whole,
                    At::Row(_) => Scope::Row,
                    At::Member(_) => Scope::Member,
                };
                assert_eq!(scopes.get(outcome.name), Some(&scope), "{}, {id}: {}", method.name, outcome.name);
                given.insert(outcome.name);
            }
            assert_eq!(said(&found, |row| row).len(), found.len(), "{}, {id}: a result is given twice", method.name);
        }
        let never: Vec<&str> = scopes.into_keys().filter(|name| !given.contains(name)).collect();
        assert!(never.is_empty(), "{} never gives {never:?}", method.name);
    }
}

#[test]
fn the_order_of_units_changes_nothing_to_the_last_bit() {
    let mut wrong = Vec::new();
    for method in METHODS.iter().filter(|method| method.along != Along::Time) {
        for (id, frame) in frames(method) {
            let only_whole = has_ties(&frame) || NUMBERED_BY_ROWS.contains(&method.name);
            let Ok(mut before) = (method.run)(&frame) else { continue };
            before.retain(|outcome| outcome.at == At::Whole || !only_whole);
            let before = said(&before, |row| row);
            let rotated: Vec<usize> = (0..frame.rows).map(|row| (row + frame.rows / 3 + 1) % frame.rows).collect();
            for order in [(0..frame.rows).rev().collect(), rotated] {
                let after = (method.run)(&reordered(&frame, &order)).expect("the same rows");
                let after = said(&after, |row| order[row]);
                let differ = before.iter().find(|(at, value)| after.get(at) != Some(value));
                if let Some((at, value)) = differ {
                    wrong.push(format!("{}, {id}: {at:?} {value} → {:?}", method.name, after.get(at)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

/// Frames that nobody would send, but somebody does.
fn strange(method: &Method) -> Vec<Frame> {
    let series: [Vec<Result<Amount, Reason>>; 9] = [
        vec![],
        vec![Ok(Amount::Integer(5))],
        vec![Ok(Amount::Integer(5)), Ok(Amount::Integer(-7))],
        vec![Ok(Amount::ZERO); 6],
        vec![Ok(Amount::Integer(3)); 12],
        vec![Err(Reason::Suppressed); 6],
        (0..12).map(|i| if i == 4 { Err(Reason::Missing) } else { Ok(Amount::Integer(i)) }).collect(),
        [i64::MAX, i64::MIN, 1, -1, 0, i64::MAX - 1].map(|n| Ok(Amount::Integer(n))).to_vec(),
        (1..=40).map(|i| Ok(Amount::ratio(i * i - 300, 7).expect("not zero"))).collect(),
    ];
    series.iter().map(|values| filled(method, values)).collect()
}

/// A frame whose every role takes the same values, each a place later than the role before.
fn filled(method: &Method, values: &[Result<Amount, Reason>]) -> Frame {
    let mut frame = Frame { rows: values.len(), ..Frame::default() };
    for (i, role) in method.roles.iter().enumerate() {
        if role.takes == esep::analysis::Takes::Label {
            let label = |row: usize| ["a", "b", "c"][(row / (i + 1)) % 3].to_owned();
            frame.labels.insert(role.name, (0..values.len()).map(label).collect());
        } else {
            let mut values = values.to_vec();
            let by = i % values.len().max(1);
            values.rotate_right(by);
            let column = Column::new(role.name, Unit::Persons, values);
            frame.numbers.insert(role.name, vec![column; if role.many { 2 } else { 1 }]);
        }
    }
    frame.set(method, &BTreeMap::new()).expect("defaults");
    frame
}

#[test]
fn no_input_gives_a_panic_or_a_number_that_is_none() {
    for method in METHODS {
        for (i, frame) in strange(method).into_iter().enumerate() {
            let Ok(found) = (method.run)(&frame) else { continue };
            for outcome in found {
                if let Value::Amount(Amount::Float(value)) = outcome.value {
                    assert!(value.is_finite(), "{}, frame {i}: {} is {value}", method.name, outcome.name);
                }
                if let At::Row(row) = outcome.at {
                    assert!(row < frame.rows, "{}, frame {i}: row {row}", method.name);
                }
            }
        }
    }
}

/// What any p-value of a method is: above zero, because nothing is impossible, and no more than one.
fn is_share(value: &Value) -> bool {
    match value {
        Value::Amount(p) => (LEAST_P..=1.0).contains(&p.to_f64()),
        Value::Missing(_) => true,
        _ => false,
    }
}

#[test]
fn results_named_p_are_p_values() {
    for output in METHODS.iter().flat_map(|method| method.outputs) {
        let named = output.name.ends_with("_p") || output.name.contains("_p_");
        assert_eq!(output.is_p, named, "{}", output.name);
    }
}

#[test]
fn no_method_gives_a_p_value_of_zero() {
    // Two distant levels, steep lines, jumps and single giants, each with a rest of ones and without it.
    let long = |value: &dyn Fn(i64) -> i64| (0..160).map(|i| Ok(Amount::Integer(value(i)))).collect::<Vec<_>>();
    let steps: [Vec<Result<Amount, Reason>>; 7] = [
        long(&|i| i / 80 * 1_000_000_000),
        long(&|i| i / 80 * 1_000_000_000 + i % 2),
        long(&|i| i * 1_000_000_000),
        long(&|i| i * 1_000_000_000 + i % 3),
        long(&|i| i64::from(i == 7) * 1_000_000_000_000_000),
        long(&|i| i % 2 * 1_000_000_000 + i % 3),
        long(&|i| i * i * i),
    ];
    let (mut seen, mut least) = (BTreeSet::new(), 0);
    for method in METHODS.iter().filter(|method| method.outputs.iter().any(|output| output.is_p)) {
        let own = frames(method).into_iter();
        let strange = strange(method).into_iter().map(|frame| ("strange".to_owned(), frame));
        let steps = steps.iter().map(|values| ("steep".to_owned(), filled(method, &values[..reach(method)])));
        for (id, frame) in own.chain(strange).chain(steps) {
            let Ok(found) = method.found(&frame) else { continue };
            for outcome in found.iter().filter(|outcome| method.gives_p(outcome.name)) {
                assert!(is_share(&outcome.value), "{}, {id}: {} is {}", method.name, outcome.name, outcome.value);
                seen.insert(outcome.name);
                least += usize::from(outcome.value.amount().is_some_and(|p| p.to_f64() == LEAST_P));
            }
        }
    }
    let all = METHODS.iter().flat_map(|method| method.outputs).filter(|output| output.is_p).count();
    assert_eq!(seen.len(), all);
    assert!(least > 20, "{least}");
}

/// How many rows of the steep series a method takes in the time that a test has.
fn reach(method: &Method) -> usize {
    match (method.along, method.name) {
        (Along::Time, "durbin_watson" | "bai_perron") => 100,
        (Along::Time, _) => 160,
        _ => 60,
    }
}

#[test]
fn a_role_that_takes_several_series_is_bound_to_them_in_a_study() {
    let problems = |fit: &str| {
        let mut files = crate::study::dummy();
        let text = files.text("study.yaml").expect("a study").to_owned();
        let of = |measure| format!("{{table: population, measure: {measure}, territories: [KZ, regions]}}");
        let more = format!(
            "\nanalyses:\n  urban: {}\n  rural: {}\n  fit: {{expr: \"residents.value\", {fit}}}\n",
            of("urban"),
            of("rural")
        );
        files.insert("study.yaml", text.replacen("\nanalyses:\n", &more, 1));
        let mut diagnostics = esep::diagnostic::Diagnostics::default();
        let material = esep::build::material(&files, &mut diagnostics).expect("a sound study");
        let _ = esep::build::edition(&material, Some("2022"), &mut diagnostics);
        diagnostics.sorted().into_iter().map(|d| d.message).collect::<Vec<_>>()
    };
    let bound = |x: &str| format!("methods: [regression], bind: {{regression: {{x: \"{x}\"}}}}");
    assert_eq!(problems(&bound("urban.value, rural.value")), Vec::<String>::new());
    let unknown = problems(&bound("urban.value, no_such.value"));
    assert!(unknown.iter().any(|said| said.contains("is not a series")), "{unknown:?}");
    let single = problems("methods: [correlation], bind: {correlation: {y: \"urban.value, rural.value\"}}");
    assert!(single.iter().any(|said| said.contains("its role `y` takes one series")), "{single:?}");
}
