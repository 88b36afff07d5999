//! Undecided: what a missing value could change is neither true nor false; what no value of it could change is decided.

use esep::analysis::Edition;
use esep::build::{self, Wanted};
use esep::diagnostic::{self, Diagnostics};
use esep::expression;
use esep::files::Files;
use esep::finding::Value;

use crate::study::{dummy, rehash};

/// The dummy study with another balance of one oblast in 2022, and without the checks that would notice.
fn with_balance(balance: &str) -> Files {
    let mut files = dummy();
    let path = "data/raw/bureau/net_migration.csv";
    let text = files.text(path).expect("balances").replace("KZ-91,2022,-150,20,", &format!("KZ-91,2022,{balance},20,"));
    files.insert(path, text);
    let catalogue = files.text("data/datapackage.yaml").expect("a catalogue");
    let (before, rest) = catalogue.split_once("    net_migration:\n").expect("the table");
    let (table, after) = rest.split_once("    net_migration_monthly:\n").expect("the next");
    let (entry, _) = table.split_once("      checks:\n").expect("its checks");
    let catalogue = format!("{before}    net_migration:\n{entry}      checks: []\n    net_migration_monthly:\n{after}");
    files.insert("data/datapackage.yaml", catalogue);
    rehash(&mut files);
    files
}

fn edition(balance: &str) -> Edition {
    let mut diagnostics = Diagnostics::default();
    let material = build::material(&with_balance(balance), &mut diagnostics);
    let edition = material.and_then(|material| build::edition(&material, Some("2022"), &mut diagnostics));
    edition.unwrap_or_else(|_| panic!("{}", diagnostic::human(&diagnostics.sorted(), &|_| None, false)))
}

fn answer(expression: &str, edition: &Edition) -> Option<bool> {
    let finding = expression::ask(expression, edition).unwrap_or_else(|problem| panic!("{expression}: {problem:?}"));
    match finding.cell.value {
        Value::Truth(truth) => Some(truth),
        Value::Missing(_) => None,
        other => panic!("{expression}: {other}"),
    }
}

/// Conditions on lists in which one value is missing.
const CONDITIONS: [&str; 17] = [
    "balance.value[KZ-91, 2022] < 0",
    "not (balance.value[KZ-91, 2022] < 0)",
    "balance.value[KZ-91, 2022] < 0 and balance.value[KZ-92, 2022] > 0",
    "balance.value[KZ-91, 2022] < 0 and balance.value[KZ-92, 2022] < 0",
    "balance.value[KZ-91, 2022] < 0 or balance.value[KZ-92, 2022] < 0",
    "count(balance.value[oblasts, 2022] < 0) == 3",
    "count(balance.value[oblasts, 2022] < 0) >= 2",
    "count(balance.value[oblasts, 2022] < 0) == 1",
    "count(balance.value[oblasts, 2022] > 0) > 1",
    "any(balance.value[oblasts, 2022] < -300)",
    "any(balance.value[oblasts, 2022] > 0)",
    "all(balance.value[oblasts, 2022] < 0)",
    "all(balance.value[oblasts, 2022] < -300)",
    "rank(balance.value[regions, 2022], KZ-95) <= 2",
    "rank(balance.value[regions, 2022], KZ-95) == 1",
    "rank(balance.value[regions, 2022], KZ-92) <= 2",
    "balance.value[KZ-92, 2022] < 0",
];

#[test]
fn a_condition_is_undecided_where_the_missing_value_could_change_it_and_only_there() {
    let open = edition("");
    let filled: Vec<Edition> =
        ["-100000", "-401", "-400", "-301", "-150", "-1", "0", "1", "499", "500", "501", "100000"].map(edition).into();
    let mut undecided = 0;
    for condition in CONDITIONS {
        let answers: Vec<Option<bool>> = filled.iter().map(|edition| answer(condition, edition)).collect();
        let first = answers[0].unwrap_or_else(|| panic!("{condition}: nothing is missing"));
        let agreed = answers.iter().all(|answer| *answer == Some(first)).then_some(first);
        assert_eq!(answer(condition, &open), agreed, "{condition}");
        undecided += usize::from(agreed.is_none());
    }
    assert_eq!((undecided, CONDITIONS.len() - undecided), (7, 10));
}

fn with_sentences(guard: &str) -> Files {
    let mut files = with_balance("");
    for (lang, [yes, open, no]) in [
        ("ru", ["Область теряет людей.", "О потерях области ничего не известно.", "Область никого не теряет."]),
        ("kk", ["Облыс халқы азаюда.", "Облыстағы азаю белгісіз.", "Облыс халқы азаймайды."]),
    ] {
        let path = format!("templates/{lang}/closing.md");
        let condition = "balance.value[KZ-91, 2022] < 0";
        let middle = guard.replace("OPEN", open);
        let sentence = format!("{{% if holds(\"{condition}\") %}}{yes}{middle}{{% else %}}{no}{{% endif %}}");
        let text = format!("{}\n{sentence}\n", files.text(&path).expect("a page"));
        files.insert(path, text);
    }
    files
}

fn built(files: &Files) -> (Option<Files>, String) {
    let mut diagnostics = Diagnostics::default();
    let wanted = Wanted { editions: vec!["2022".to_owned()], ..Wanted::default() };
    let report = build::build(files, &wanted, &mut diagnostics).ok();
    (report, diagnostic::human(&diagnostics.sorted(), &|_| None, false))
}

#[test]
fn a_sentence_on_what_is_missing_is_refused_unless_its_author_says_so() {
    let (report, said) = built(&with_sentences(""));
    assert!(report.is_none());
    for part in
        ["error[page/undecided]", "`balance.value[KZ-91, 2022] < 0`", "templates/ru/closing.md:", "kk/closing.md:"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    let guard = "{% elif undecided(\"balance.value[KZ-91,2022]<0\") %}OPEN";
    let (report, said) = built(&with_sentences(guard));
    let report = report.unwrap_or_else(|| panic!("{said}"));
    for (lang, open) in [("ru", "О потерях области ничего не известно."), ("kk", "Облыстағы азаю белгісіз.")]
    {
        let page = report.text(&format!("2022/{lang}/report.md")).expect("a page");
        assert!(page.contains(open), "{lang}");
    }
    assert!(report.text("2022/numbers.json").expect("a ledger").contains("\"holds\":\"undecided\""));
}

/// The dummy study in whose article a year of the country stands with a value, or has no row at all.
fn with_year(row: &str) -> Edition {
    let mut files = dummy();
    let path = "data/raw/article/rural_net_migration.csv";
    let text = files.text(path).expect("the article").replace("KZ,2020,-500\n", row);
    files.insert(path, text);
    let catalogue = files.text("data/datapackage.yaml").expect("a catalogue").to_owned();
    let check =
        catalogue.find("        - check: regions\n          measures: [total, urban, rural]\n").expect("a check");
    let end = catalogue[check..].find("    net_migration_monthly:").expect("the next table") + check;
    files.insert("data/datapackage.yaml", [&catalogue[..check], &catalogue[end..]].concat());
    rehash(&mut files);
    let mut diagnostics = Diagnostics::default();
    let material = build::material(&files, &mut diagnostics);
    let edition = material.and_then(|material| build::edition(&material, Some("2022"), &mut diagnostics));
    edition.unwrap_or_else(|_| panic!("{}", diagnostic::human(&diagnostics.sorted(), &|_| None, false)))
}

/// Conditions on a series in which the row of a year is absent.
const OVER_A_GAP: [&str; 11] = [
    "all(rural_balance.value[KZ, all] < 0)",
    "any(rural_balance.value[KZ, all] < 0)",
    "any(rural_balance.value[KZ, 2019..2021] > 0)",
    "all(rural_balance.value[KZ, 2021..last] < 0)",
    "count(rural_balance.value[KZ, all] < 0) >= 3",
    "count(rural_balance.value[KZ, all] < 0) == 3",
    "sum(rural_balance.value[KZ, all]) < 0",
    "max(rural_balance.value[KZ, all]) < 0",
    "argmin(rural_balance.value[KZ, all]) == first(rural_balance.value[KZ, all])",
    "first(rural_balance.value[KZ, all] < -600) == first(rural_balance.value[KZ, all])",
    "sum(rural_balance.value[KZ, 2021..2022]) < 0",
];

#[test]
fn a_year_without_a_row_is_missing_and_not_passed_over() {
    let open = with_year("");
    let filled = ["-100000", "-700", "-601", "-500", "-1", "0", "1", "100000"];
    let filled: Vec<Edition> = filled.iter().map(|value| with_year(&format!("KZ,2020,{value}\n"))).collect();
    let mut undecided = 0;
    for condition in OVER_A_GAP {
        let answers: Vec<Option<bool>> = filled.iter().map(|edition| answer(condition, edition)).collect();
        let first = answers[0].unwrap_or_else(|| panic!("{condition}: nothing is missing"));
        let agreed = answers.iter().all(|answer| *answer == Some(first)).then_some(first);
        assert_eq!(answer(condition, &open), agreed, "{condition}");
        undecided += usize::from(agreed.is_none());
    }
    assert_eq!((undecided, OVER_A_GAP.len() - undecided), (6, 5));
}
