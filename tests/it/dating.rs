//! Dating: a series means the same however its years, quarters and months are dated.

use std::collections::BTreeMap;

use esep::analysis::{Along, At, Column, Frame, METHODS, Method, Observations, Observed, Outcome, Pairing, Takes};
use esep::finding::{Amount, Part, Period, Reason, Unit, Value, days_in_month};

/// How many periods are named beyond those of a series, for what methods say of the time after it.
const AHEAD: usize = 8;

/// One way of dating: the period at a place of the series, as it is written.
type Dating = fn(usize) -> String;

fn month_of(at: usize) -> (i32, u8) {
    (2015 + (at / 12) as i32, (at % 12) as u8 + 1)
}

fn last_day((year, month): (i32, u8)) -> String {
    format!("{year}-{month:02}-{:02}", days_in_month(year, month))
}

const YEARS: &[Dating] = &[
    |at| format!("{}", 1999 + at),
    |at| format!("{}-01-01", 1999 + at),
    |at| format!("{}-12-31", 1999 + at),
    |at| format!("{}-06-30", 1999 + at),
    |at| last_day((1999 + at as i32, 2)),
];

const QUARTERS: &[Dating] = &[
    |at| format!("{}-Q{}", 2015 + at / 4, at % 4 + 1),
    |at| format!("{}-{:02}-01", 2015 + at / 4, 3 * (at % 4) + 1),
    |at| last_day((2015 + (at / 4) as i32, 3 * (at % 4) as u8 + 3)),
];

const MONTHS: &[Dating] = &[
    |at| format!("{}-{:02}", month_of(at).0, month_of(at).1),
    |at| format!("{}-{:02}-01", month_of(at).0, month_of(at).1),
    |at| last_day(month_of(at)),
    |at| format!("{}-{:02}-15", month_of(at).0, month_of(at).1),
];

/// A frame of a method over the places kept, dated in one way; each role has its own values.
fn frame(method: &Method, dating: Dating, kept: &[usize], seed: i64, set: &[(&str, &str)]) -> Frame {
    let mut frame = Frame { rows: kept.len(), ..Frame::default() };
    for (i, role) in method.roles.iter().enumerate() {
        assert_ne!(role.takes, Takes::Label, "{}: labels over time are new", method.name);
        let value = |at: &usize| Ok(Amount::Integer(900 + 7 * *at as i64 + (seed + i as i64) * (*at as i64 * 37 % 11)));
        let column = Column::new(role.name, Unit::Persons, kept.iter().map(value).collect());
        frame.numbers.insert(role.name, vec![column]);
    }
    let periods = kept.iter().map(|at| Period::parse(&dating(*at)).expect("a period")).collect();
    frame.periods = Some(periods);
    let given: BTreeMap<String, String> = set.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    frame.set(method, &given).expect("parameters");
    frame
}

/// What a method says, with each period by its place in the series.
fn said(method: &Method, frame: &Frame, dating: Dating, length: usize) -> Result<Vec<String>, Reason> {
    // The longest first, because `2015` stands within `2015-01-01`.
    let named = |text: String| match (0..length + AHEAD).find(|at| dating(*at) == text) {
        Some(at) => format!("#{at}"),
        None => text,
    };
    let part = |part: &Part| named(part.to_string());
    let line = |outcome: &Outcome| {
        let at = match &outcome.at {
            At::Whole => String::new(),
            At::Row(row) => row.to_string(),
            At::Member(member) => part(member),
        };
        let value = match &outcome.value {
            Value::Amount(Amount::Float(float)) => format!("{:x}", float.to_bits()),
            Value::Key(key) => part(key),
            Value::Text(text) => text.split(", ").map(|word| named(word.to_owned())).collect::<Vec<_>>().join(", "),
            Value::Missing(reason) => reason.code().to_owned(),
            value => value.to_string(),
        };
        format!("{}[{at}] = {value}", outcome.name)
    };
    Ok((method.run)(frame)?.iter().map(line).collect())
}

/// The settings under which a method is tried.
fn settings(method: &Method) -> Vec<Vec<(&'static str, &'static str)>> {
    match method.name {
        "extrapolation" => ["linear", "mean", "drift", "mean_change", "mean_growth"].map(|m| vec![("model", m)]).into(),
        "signed_change" | "urbanisation_tempo" | "population_growth" => {
            ["first", "previous"].map(|base| vec![("base", base)]).into()
        }
        "autocorrelation" => vec![vec![], vec![("lags", "5")]],
        "smoothing" => vec![vec![], vec![("window", "4")]],
        _ => vec![vec![]],
    }
}

#[test]
fn every_method_over_time_says_the_same_however_the_series_is_dated() {
    let (mut compared, mut numbers) = (0, BTreeMap::new());
    for method in METHODS.iter().filter(|method| method.along == Along::Time) {
        for (length, gap) in [(12, None), (12, Some(4)), (30, None), (30, Some(17)), (2, None)] {
            let kept: Vec<usize> = (0..length).filter(|at| Some(*at) != gap).collect();
            for (seed, set) in [1, 4].into_iter().flat_map(|seed| settings(method).into_iter().map(move |s| (seed, s)))
            {
                for datings in [YEARS, QUARTERS, MONTHS] {
                    let of =
                        |dating: &Dating| said(method, &frame(method, *dating, &kept, seed, &set), *dating, length);
                    let wanted = of(&datings[0]);
                    for dating in &datings[1..] {
                        let example = dating(0);
                        assert_eq!(of(dating), wanted, "{} {set:?}, {length} from {example}, gap {gap:?}", method.name);
                        compared += 1;
                    }
                    let found =
                        wanted.iter().flatten().filter(|line| !line.contains("= n_too") && !line.ends_with("missing"));
                    *numbers.entry(method.name).or_insert(0) += found.count();
                }
            }
        }
    }
    assert!(compared > 3000, "{compared}");
    assert!(numbers.values().all(|count| *count > 0), "{numbers:?}");
}

#[test]
fn a_period_left_out_is_a_gap_and_dates_without_a_step_are_said_to_be_so() {
    let change = METHODS.iter().find(|method| method.name == "change").expect("a method");
    let reasons = |periods: &str| {
        let periods: Vec<Period> = periods.split(' ').filter_map(Period::parse).collect();
        let values = (0..periods.len()).map(|at| Ok(Amount::Integer(at as i64))).collect();
        let mut frame = Frame { rows: periods.len(), periods: Some(periods), ..Frame::default() };
        frame.numbers.insert("value", vec![Column::new("value", Unit::Persons, values)]);
        frame.set(change, &BTreeMap::new()).expect("defaults");
        let found = (change.run)(&frame).expect("results");
        let chain = found.iter().filter(|outcome| outcome.name == "change_chain");
        chain.map(|outcome| outcome.value.to_string()).collect::<Vec<_>>().join(" ")
    };
    for years in ["2019 2020 2022", "2019-01-01 2020-01-01 2022-01-01", "2019-12-31 2020-12-31 2022-12-31"] {
        assert_eq!(reasons(years), "1 missing", "{years}");
    }
    for months in ["2020-01 2020-02 2020-04", "2020-01-01 2020-02-01 2020-04-01", "2020-01-31 2020-02-29 2020-04-30"] {
        assert_eq!(reasons(months), "1 missing", "{months}");
    }
    assert_eq!(reasons("2024-02-28 2024-02-29 2024-03-01 2024-03-03"), "1 1 missing");
    assert_eq!(reasons("2024-02-26 2024-03-04 2024-03-18"), "1 missing");
    assert_eq!(reasons("1999-02-25 2009-02-25 2021-09-01"), "irregular_dates irregular_dates");
}

/// Observations of two units at some periods.
fn observations(periods: &[&str]) -> Observations {
    let mut all = Observations::default();
    for (at, text) in periods.iter().enumerate() {
        for unit in ["a", "b"] {
            let unit = Some(Part::Category(unit.into()));
            all.observed.push(Observed { by: Vec::new(), unit, period: Period::parse(text) });
        }
        let values =
            all.numbers.entry("share".to_owned()).or_insert_with(|| vec![Column::new("s", Unit::None, vec![])]);
        values[0].values.extend([30 + 10 * at as i64, 70 - 10 * at as i64].map(|value| Ok(Amount::Integer(value))));
    }
    all
}

#[test]
fn two_periods_are_joined_by_the_step_and_a_gap_between_them_is_said() {
    let shift = METHODS.iter().find(|method| method.name == "structural_shift").expect("a method");
    let results = |periods: &[&str]| {
        let slices = observations(periods).cut(shift, Pairing::Previous);
        let said = slices.into_iter().map(|mut slice| {
            slice.frame.set(shift, &BTreeMap::new()).expect("defaults");
            match (shift.run)(&slice.frame) {
                Ok(found) => found.iter().map(|o| format!("{}={}", o.name, o.value)).collect::<Vec<_>>().join(" "),
                Err(reason) => reason.code().to_owned(),
            }
        });
        said.collect::<Vec<_>>()
    };
    let years = results(&["2020", "2021", "2023"]);
    assert_eq!((years.len(), years[1].as_str()), (2, "missing"), "{years:?}");
    assert!(years[0].contains("=1/10") || years[0].contains("=10"), "{years:?}");
    assert_eq!(results(&["2020-01-01", "2021-01-01", "2023-01-01"]), years);
    assert_eq!(results(&["2020-12-31", "2021-12-31", "2023-12-31"]), years);
    assert_eq!(results(&["2020-01-31", "2020-02-29", "2020-04-30"]), years);
    assert_eq!(results(&["2020-01-31", "2020-02-09", "2020-04-30"]), ["irregular_dates"; 2]);
}

#[test]
fn a_unit_with_two_januaries_of_a_monthly_table_has_a_gap_between_them() {
    let change = METHODS.iter().find(|method| method.name == "change").expect("a method");
    let mut all = Observations::default();
    let of = [("a", "2023-01-01"), ("a", "2024-01-01"), ("b", "2023-01-01"), ("b", "2023-02-01"), ("b", "2023-03-01")];
    for (unit, day) in of {
        all.observed.push(Observed { by: vec![Part::Category(unit.into())], unit: None, period: Period::parse(day) });
    }
    let values = (0..of.len()).map(|value| Ok(Amount::Integer(value as i64))).collect();
    all.numbers.insert("value".to_owned(), vec![Column::new("v", Unit::None, values)]);
    let chain = |mut slice: Vec<Outcome>| {
        slice.retain(|outcome| outcome.name == "change_chain");
        slice.into_iter().map(|outcome| outcome.value.to_string()).collect::<Vec<_>>().join(" ")
    };
    let found = all.cut(change, Pairing::Previous).into_iter().map(|mut slice| {
        slice.frame.set(change, &BTreeMap::new()).expect("defaults");
        chain((change.run)(&slice.frame).expect("results"))
    });
    assert_eq!(found.collect::<Vec<_>>(), ["missing", "1 1"]);
}

#[test]
fn the_calendar_has_its_days_and_no_others() {
    for text in ["2023-02-31", "2023-02-29", "1900-02-29", "2023-04-31", "2023-00-10", "2023-13-01", "2023-01-00"] {
        assert_eq!(Period::parse(text), None, "{text}");
    }
    for text in ["2024-02-29", "2000-02-29", "2023-12-31"] {
        assert!(Period::parse(text).is_some(), "{text}");
    }
    assert_eq!(Period::of_day(2023, 2, 29), None);
    let period = |text: &str| Period::parse(text).expect("a period");
    assert_eq!(period("2024-03-01").previous(), period("2024-02-29"));
    assert_eq!(period("2023-03-01").previous(), period("2023-02-28"));
    assert_eq!(period("2023-12-31").next(), period("2024-01-01"));
    assert_eq!(period("2023-Q1").previous(), period("2022-Q4"));
    assert_eq!(period("2023-02").last_day(), (2023, 2, 28));
    assert_eq!(period("2024-Q2").last_day(), (2024, 6, 30));
    // Every day of eight centuries is the day after the one before, and they are numbered one by one.
    let (mut day, end) = (period("1599-12-31"), period("2400-01-01"));
    let mut count = 0;
    while day != end {
        let next = day.next();
        assert_eq!((next.ordinal(), next.previous()), (day.ordinal() + 1, day));
        (day, count) = (next, count + 1);
    }
    assert_eq!(count, 2 * 146_097 + 1);
}
