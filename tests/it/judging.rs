//! Judging: laws of the rules: intervals against brute force, slack against the verdict itself, words that are not exact, altered
//! inputs, faults planted in a report.

use std::sync::OnceLock;

use esep::analysis::Edition;
use esep::build::{self, Wanted};
use esep::claim::near::Names;
use esep::claim::scan;
use esep::claim::search::{Sought, between, nearest, search};
use esep::claim::stub::ordered;
use esep::claim::{self, Basis, Claim, Judged, Kind, Paper, Printed, Rule, Says, Slack, Verdict, Verified};
use esep::diagnostic::Diagnostics;
use esep::expression;
use esep::files::Files;
use esep::finding::{Amount, Key, Series, SeriesId, Value};
use esep::output::Material;

use crate::claims::{golden, invented, with_claims};
use crate::study::{dummy, scratch, write};
use crate::support::study;

/// A paper that prints three numbers and a table.
const PRINTED: &str = "paper: {title: {ru: А, kk: А}}
tables:
  - {id: t, where: x, unit: thousand persons, columns: [\"2021\"], rows: {KZ-91: [\"1,2\"], KZ-92: [\"1,3\"], KZ-95: [\"1,2\"]}}
  - {id: s, where: x, unit: thousand persons, columns: [\"2021\"], rows: {KZ-91: [\"0,0\"], KZ-92: [\"-0,1\"], KZ-95: [\"0,2\"]}}
claims:
  - {id: a, where: x, printed: \"12,0\", unit: thousand persons}
  - {id: b, where: x, printed: \"7,1\", unit: thousand persons}
  - {id: c, where: x, printed: \"-3,4\", unit: thousand persons}
  - {id: z, where: x, printed: \"0,0\", unit: thousand persons}
";

fn read(files: &Files) -> (Material, Vec<Edition>) {
    let mut diagnostics = Diagnostics::default();
    let material = build::material(files, &mut diagnostics).expect("the study is sound");
    let names: Vec<String> = material.study.editions.keys().cloned().collect();
    let editions =
        names.iter().map(|name| build::edition(&material, Some(name), &mut diagnostics).expect("it computes"));
    let editions = editions.collect();
    (material, editions)
}

/// What an expression comes to exactly, once every number is known.
fn exact(text: &str, bench: &Edition) -> Value {
    expression::ask(text, bench).unwrap_or_else(|problem| panic!("{text}: {}", problem.message)).cell.value
}

/// Prints the paper with other digits: each of its numbers anywhere within what its last place leaves open.
fn elsewhere(paper: &Paper, names: &[&str], digits: &[i64]) -> Paper {
    let mut other = paper.clone();
    for (name, digit) in names.iter().zip(digits) {
        let claim = other.claims.iter_mut().find(|claim| claim.id == *name).expect("a claim");
        let value = claim.number().expect("a number").value.plus(&Amount::ratio(*digit, 1000).expect("a part"));
        claim.printed = value.round(3).to_string();
    }
    other
}

/// Lists all choices of one of some digits for each name.
fn grid(names: usize) -> Vec<Vec<i64>> {
    let digits = [-50, -49, -17, 0, 23, 50];
    (0..names).fold(vec![Vec::new()], |all, _| {
        all.iter().flat_map(|chosen| digits.map(|digit| [chosen.as_slice(), &[digit]].concat())).collect()
    })
}

/// Compares what intervals say of expressions with all exact values on a grid; returns how often an end was reached.
fn against_brute_force(names: &[&str], expressions: &[&str]) -> Vec<(bool, bool)> {
    let (material, editions) = read(&with_claims(PRINTED));
    let paper = &material.papers[0];
    let bench = claim::bench::lay(paper, &editions[0]);
    let benches: Vec<Edition> = grid(names.len())
        .iter()
        .map(|digits| claim::bench::lay(&elsewhere(paper, names, digits), &editions[0]))
        .collect();
    let mut reached = Vec::new();
    for text in expressions {
        let values: Vec<Value> = benches.iter().map(|bench| exact(text, bench)).collect();
        let wide = claim::wide(text, &bench).expect("a term").cell.value;
        let ends = match &wide {
            Value::Amount(wide) => {
                let amounts: Vec<&Amount> = values.iter().filter_map(Value::amount).collect();
                assert!(amounts.iter().all(|amount| wide.contains(amount)), "{text}: {wide:?}");
                (amounts.contains(&&wide.low), amounts.contains(&&wide.high))
            }
            Value::Truth(truth) => {
                assert!(values.iter().all(|value| *value == Value::Truth(*truth)), "{text}: always {truth}");
                (true, true)
            }
            Value::Key(part) => {
                assert!(values.iter().all(|value| *value == Value::Key(part.clone())), "{text}: always {part}");
                (true, true)
            }
            // What is left open must come out in more than one way, or not at all.
            Value::Missing(_) => {
                let ways: std::collections::BTreeSet<String> = values.iter().map(ToString::to_string).collect();
                (ways.len() > 1, ways.len() > 1)
            }
            other => panic!("{text}: {other:?}"),
        };
        reached.push(ends);
    }
    reached
}

#[test]
fn claims_on_intervals_hold_every_exact_value_and_reach_their_ends() {
    let (a, b, c) = ("printed.value[a]", "printed.value[b]", "printed.value[c]");
    let expressions: Vec<String> = [
        "A + B - C",
        "A - A",
        "A - B + A",
        "share(B, A + B)",
        "share(A, A + B + abs(C))",
        "growth(B, A)",
        "ratio(A, B)",
        "A / B - B / A",
        "(A - B) / (A + B)",
        "A * 3 - A",
        "abs(C) / A",
        "abs(C - C)",
        "per_mille(B, A + B)",
        "C * (B / A)",
        "A > B",
        "A + B > A",
        "A - A == 0",
        "A - B == 4900",
        "share(B, A + B) > 37",
        "share(B, A + B) > 38",
        "not (A < B)",
        "A > B and B > A",
        "A > B or B > 7100",
    ]
    .iter()
    .map(|text| text.replace('A', a).replace('B', b).replace('C', c))
    .collect();
    let expressions: Vec<&str> = expressions.iter().map(String::as_str).collect();
    for (text, reached) in expressions.iter().zip(against_brute_force(&["a", "b", "c"], &expressions)) {
        assert_eq!(reached, (true, true), "{text} is no wider than it must be");
    }
    // Where an input moves the result both ways, the bounds hold and need not be the least ones.
    let turning = [
        "printed.value[z] * ratio(printed.value[z], printed.value[b])",
        "abs(printed.value[z])",
        "ratio(printed.value[b], printed.value[z])",
    ];
    against_brute_force(&["z", "b"], &turning);
    against_brute_force(&["a", "b"], &["printed.value[a] * (printed.value[b] / printed.value[a])"]);
}

#[test]
fn claims_on_lists_of_intervals_hold_every_exact_value() {
    let (t, s) = ("t.value[KZ-91|KZ-92|KZ-95,2021]", "s.value[KZ-91|KZ-92|KZ-95,2021]");
    let of = |names: [&'static str; 3], list: &str, forms: &[&str]| {
        let expressions: Vec<String> = forms.iter().map(|form| form.replace('L', list)).collect();
        let expressions: Vec<&str> = expressions.iter().map(String::as_str).collect();
        for (text, reached) in expressions.iter().zip(against_brute_force(&names, &expressions)) {
            assert_eq!(reached, (true, true), "{text}");
        }
    };
    let sizes = [
        "min(L)",
        "max(L)",
        "median(L)",
        "mean(L)",
        "sum(L)",
        "rank(L, KZ-91)",
        "rank_low(L, KZ-92)",
        "rank(L, KZ-92) == 1",
        "argmax(L)",
        "argmin(L)",
        "argmax(L) == KZ-92",
        "count(L > 1200)",
        "all(L > 1000)",
        "any(L > 1400)",
        "any(L > 1260)",
        "all(L > 1210)",
        "length(L)",
        "count(L > 1000) == 3",
        "at(L, KZ-91)",
    ];
    of(["t.KZ-91.2021", "t.KZ-92.2021", "t.KZ-95.2021"], t, &sizes);
    let signs = [
        "count(positive(L))",
        "any(L > 0)",
        "all(L < 0)",
        "count(negative(L))",
        "keys(L > 0)",
        "first(L > 0)",
        "sum(top(L, 1))",
    ];
    of(["s.KZ-91.2021", "s.KZ-92.2021", "s.KZ-95.2021"], s, &signs);
}

/// The invented paper and the two real ones, judged.
fn papers() -> &'static Vec<(Material, Vec<Edition>)> {
    static PAPERS: OnceLock<Vec<(Material, Vec<Edition>)>> = OnceLock::new();
    PAPERS.get_or_init(|| vec![read(&invented()), read(&study())])
}

fn judged(material: &'static Material, editions: &'static [Edition]) -> Vec<Verified<'static>> {
    let all: Vec<&Edition> = editions.iter().collect();
    claim::verify(&material.papers, &all, &mut Diagnostics::default()).expect("their editions")
}

/// Returns a bench with one cell at another value.
fn with_cell(bench: &Edition, (series, key): &(SeriesId, Key), value: &Amount) -> Edition {
    let mut other = bench.clone();
    let mut series: Series = (**bench.findings.get(series).expect("a series")).clone();
    series.cells.get_mut(key).expect("a cell").value = Value::Amount(value.clone());
    other.findings.insert(series);
    other
}

/// Writes a number as an expression that adds it.
fn added(expr: &str, amount: &Amount) -> String {
    let exact = amount.magnitude().to_rational();
    let sign = if amount.signum() < 0 { "-" } else { "+" };
    format!("({expr}) {sign} {} / {}", exact.numer(), exact.denom())
}

#[test]
fn claims_that_are_confirmed_stand_within_their_slack_and_fail_beyond_it() {
    let (mut values, mut inputs) = (0, 0);
    for (material, editions) in papers() {
        for verified in judged(material, editions) {
            for one in verified.judged.iter().filter(|one| one.verdict == Verdict::Confirmed) {
                let again = |claim: &Claim, bench: &Edition| claim::judge(verified.paper, claim, bench).verdict;
                match &one.slack {
                    Slack::None => panic!("{} says nothing", one.claim.id),
                    Slack::Input(flip) => {
                        inputs += 1;
                        let sign = Amount::Integer(i64::from(flip.change().signum()));
                        let short = flip.to.minus(&sign.times(&flip.step));
                        let (fails, stands) = (
                            with_cell(&verified.bench, &flip.cell, &flip.to),
                            with_cell(&verified.bench, &flip.cell, &short),
                        );
                        assert_ne!(again(one.claim, &fails), Verdict::Confirmed, "{} fails", one.claim.id);
                        assert_eq!(again(one.claim, &stands), Verdict::Confirmed, "{} stands", one.claim.id);
                    }
                    Slack::Value { down, up } => {
                        values += 1;
                        moved_value(one, down, up, &again, &verified.bench);
                    }
                    Slack::Years => {
                        for (first, last) in [(-1, 0), (1, 0), (0, -1), (0, 1)] {
                            let Rule::Period { years: Some((from, to)), between } = one.claim.rule else {
                                panic!("years")
                            };
                            let rule = Rule::Period { years: Some((from + first, to + last)), between };
                            let other = Claim { rule, ..one.claim.clone() };
                            assert_ne!(again(&other, &verified.bench), Verdict::Confirmed, "{}", one.claim.id);
                        }
                    }
                    Slack::Fixed => {}
                }
            }
        }
    }
    assert!(values > 450 && inputs > 20, "{values} values, {inputs} inputs");
}

/// Moves what a claim is derived from, to just within its slack and just beyond.
fn moved_value(
    one: &Judged,
    down: &Option<Amount>,
    up: &Option<Amount>,
    again: &impl Fn(&Claim, &Edition) -> Verdict,
    bench: &Edition,
) {
    let reading = one.first().expect("a reading");
    let scale = Amount::Integer(one.claim.measure().scale);
    let coarse = one.claim.kind() == Kind::SameAs
        && reading
            .interval
            .as_ref()
            .is_some_and(|w| w.high.minus(&w.low) > one.claim.number().expect("a number").last_place());
    if coarse {
        return;
    }
    for (end, sign) in [(down, -1), (up, 1)] {
        let Some(end) = end else { continue };
        assert!(end.signum() >= 0, "{}: {end}", one.claim.id);
        for (part, stands) in [(999, true), (1001, false)] {
            // Of nothing, a part is nothing: then the least move fails.
            let by = match end.is_zero() {
                true if stands => continue,
                true => Amount::ratio(sign, 1_000_000).expect("a part"),
                false => end.times(&Amount::ratio(sign * part, 1000).expect("a part")),
            };
            let expr = added(&reading.expr, &by.times(&scale));
            let moved = Claim { expr: Some(expr), basis: Some(reading.basis), also: Vec::new(), ..one.claim.clone() };
            let verdict = again(&moved, bench);
            assert_eq!(verdict == Verdict::Confirmed, stands, "{} moved by {by}: {verdict:?}", one.claim.id);
        }
    }
}

#[test]
fn claims_name_the_least_change_of_an_input_that_there_is() {
    let (material, editions) = &papers()[0];
    let mut looked = 0;
    for verified in judged(material, editions) {
        for one in &verified.judged {
            let Slack::Input(flip) = &one.slack else { continue };
            if flip.unit != esep::finding::Unit::Persons || one.claim.kind() == Kind::SharesOfOneTotal {
                continue;
            }
            let least = flip.change().magnitude().divided_by(&flip.step).and_then(|n| n.to_i64()).expect("steps");
            let series = verified.bench.findings.get(&flip.cell.0).expect("a series");
            let near = [1, least / 2, least - 1];
            for (key, cell) in &series.cells {
                let Some(value) = cell.value.amount() else { continue };
                for steps in near.into_iter().filter(|steps| *steps > 0 && *steps < least).flat_map(|n| [n, -n]) {
                    let by = flip.step.times(&Amount::Integer(steps));
                    let name = (flip.cell.0.clone(), key.clone());
                    let bench = with_cell(&verified.bench, &name, &value.plus(&by));
                    let verdict = claim::judge(verified.paper, one.claim, &bench).verdict;
                    assert_eq!(verdict, Verdict::Confirmed, "{}: {key} by {by}", one.claim.id);
                    looked += 1;
                }
            }
        }
    }
    assert!(looked > 50, "{looked}");
}

#[test]
fn claims_that_are_not_exact_have_the_bounds_that_their_words_set() {
    let bounds = |says: Says, printed: &str, within: Option<&str>| {
        let claim = Claim { says, within: within.map(str::to_owned), ..Claim::default() };
        claim.bounds(&Printed::parse(printed).expect("a number"))
    };
    let cases = [
        (Says::MoreThan, "100", None, &["100.01", "200.01", "5000000"][..], &["100", "99"][..]),
        (Says::MoreThan, "2,7", None, &["2.75", "2.81"], &["2.7"]),
        (Says::MoreThan, "-100", None, &["-101", "-201"], &["-100", "-99", "101"]),
        (Says::MoreThan, "100", Some("any"), &["101", "5000000"], &["100", "3"]),
        (Says::MoreThan, "100", Some("20"), &["120"], &["121"]),
        (Says::UpTo, "50", None, &["50", "39"], &["51"]),
        (Says::UpTo, "50", Some("any"), &["50", "1"], &["51"]),
        (Says::Almost, "50", None, &["45", "49.9"], &["50", "44.9", "40"]),
        (Says::About, "50", None, &["45", "55"], &["44.9", "55.1"]),
        (Says::About, "183,0", None, &["182.9", "183.1"], &["183.2"]),
        (Says::About, "2", None, &["1.5", "2.5"], &["1.4", "2.6"]),
        (Says::Exact, "-0,0", None, &["-0.04", "0"], &["0.04"]),
    ];
    for (says, printed, within, inside, outside) in cases {
        let bounds = bounds(says, printed, within);
        let value = |text: &&str| Amount::parse(text).expect("a decimal");
        assert!(inside.iter().all(|text| bounds.holds(&value(text))), "{} {printed}: {bounds:?}", says.name());
        assert!(!outside.iter().any(|text| bounds.holds(&value(text))), "{} {printed}: {bounds:?}", says.name());
    }
}

#[test]
fn claims_flip_when_what_a_paper_prints_is_altered() {
    let folder = scratch("claims-set");
    write(&folder, &invented());
    let run = |set: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_esep"));
        command.arg("verify").arg("--study").arg(&folder);
        set.iter().for_each(|set| {
            command.args(["--set", set]);
        });
        let output = command.output().expect("esep runs");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        (output.status.code().expect("a code"), text(output.stdout) + &text(output.stderr))
    };
    let (code, text) = run(&["part=24,0"]);
    assert_eq!(code, 0);
    assert!(text.contains("part_of_whole: rounding → inconsistent"), "{text}");
    let (code, table) = run(&["moves[KZ,2022]=-190"]);
    assert_eq!(code, 0);
    assert!(table.contains("invented moves.KZ.2022: "), "{table}");
    assert_eq!(
        run(&["printed[part]=24,0"]).1.lines().skip(1).collect::<Vec<_>>(),
        text.lines().skip(1).collect::<Vec<_>>()
    );
    assert!(run(&["part=24,0", "whole=69,8"]).1.contains("part_of_whole: "));
    for (set, hint) in [
        ("moves[KZ,2032]=-190", "did you mean `moves[KZ,2022]`?"),
        ("move[KZ,2022]=-190", "did you mean `moves`?"),
        ("parts=2", "did you mean `part`?"),
        ("net_migration.total[KZ,2002]=5", "did you mean `net_migration.total[KZ,2022]`?"),
        ("part", "is not of the form"),
        ("part=many", "is not of the form"),
        ("moves[=5", "is not of the form"),
        ("stably_negative=5", "prints no number"),
    ] {
        let (code, said) = run(&[set]);
        assert_eq!((code, said.contains(hint)), (2, true), "{set}: {said}");
    }
}

#[test]
fn claims_of_our_own_report_find_a_wrong_digit_in_every_kind_of_file() {
    let files = dummy();
    let mut diagnostics = Diagnostics::default();
    let material = build::material(&files, &mut diagnostics).expect("the study is sound");
    let built = build::editions(&material, &Wanted::default(), &mut diagnostics).expect("it computes");
    let report = build::write(&material, &built, &mut diagnostics).expect("it is written");
    let mut kinds = std::collections::BTreeSet::new();
    for (path, _) in report.iter() {
        let Some(text) = report.text(path).filter(|text| text.contains(|c: char| c.is_ascii_digit())) else { continue };
        let kind = path.rsplit('.').next().expect("a kind").to_owned();
        // The last digit of a file, and one in its middle.
        let digits: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
        for at in [digits[digits.len() / 2], digits[digits.len() - 1]] {
            let digit = text.as_bytes()[at] - b'0';
            let wrong = format!("{}{}{}", &text[..at], (digit + 1) % 10, &text[at + 1..]);
            let line = text[..at].lines().count() + usize::from(text[..at].ends_with('\n') || at == 0);
            let mut spoilt = report.clone();
            spoilt.insert(path, wrong);
            let answers = esep::output::selfcheck::check(&spoilt, &report, &files, &built, &material);
            let place = format!("{path}:{}: ", line.max(1));
            let found = answers.iter().flat_map(|answer| &answer.problems).any(|problem| problem.starts_with(&place));
            assert!(found, "{place}{:?}", answers.iter().flat_map(|a| &a.problems).collect::<Vec<_>>());
        }
        kinds.insert(kind);
    }
    for kind in ["html", "md", "csv", "svg", "json"] {
        assert!(kinds.contains(kind), "{kind}");
    }
    let mut stray = report.clone();
    stray.insert("2022/figures/of_nobody.csv", "territory,value\nKZ,73\n");
    let answers = esep::output::selfcheck::check(&stray, &report, &files, &built, &material);
    assert_eq!(answers[3].problems, ["2022/figures/of_nobody.csv: no build writes this file"]);
    let svg = report.iter().map(|(path, _)| path.to_owned()).find(|path| path.ends_with(".svg")).expect("a figure");
    let text = report.text(&svg).expect("a text");
    let id = text.split("data-number=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a number is drawn");
    let mut drawn = report.clone();
    drawn.insert(&svg, text.replace("</svg>", &format!("<text data-number=\"{id}\">987654</text></svg>")));
    let answers = esep::output::selfcheck::check(&drawn, &report, &files, &built, &material);
    assert!(answers[2].problems.iter().any(|problem| problem.contains("is drawn as")), "{:?}", answers[2].problems);
}

#[test]
fn claims_are_explained_by_dates_means_flows_and_sums_of_the_real_data() {
    let (material, editions) = &papers()[1];
    let editions: Vec<&Edition> = editions.iter().collect();
    let own: Vec<&str> =
        material.papers.iter().flat_map(|paper| paper.entry.vintages.iter().map(String::as_str)).collect();
    let sought = |text: &str| Sought::parse(text).expect("a number");
    let hits = |text: &str| search(&sought(text), &editions, &[], &own);
    let first = |text: &str| hits(text).into_iter().find(|hit| !hit.own).map(|hit| hit.expr);
    let of_papers = |text: &str| hits(text).into_iter().filter(|hit| hit.own).map(|hit| hit.expr).collect::<Vec<_>>();
    assert_eq!(first("14883,6").as_deref(), Some("(population.total[KZ,2000] + population.total[KZ,2001]) / 2"));
    assert_eq!(first("43,2 тыс").as_deref(), Some("net_migration.total[KZ-75,2023]"));
    assert_eq!(first("61,8%").as_deref(), Some("share(population.urban[KZ,2023], population.total[KZ,2023])"));
    assert_eq!(first("-33 801").as_deref(), Some("sum(balance_total.value[KZ,2004..2019])"));
    assert_eq!(first("5,78 ‰").map(|expr| expr.starts_with("per_mille(vital.deaths[KZ-75,2022], (")), Some(true));
    let mixed = "growth((population.total[KZ,2020] + population.total[KZ,2021]) / 2, population.total[KZ,2024])";
    assert!(hits("6,8 %").iter().any(|hit| hit.expr == mixed && hit.national));
    assert!(hits("2,6 раза").iter().all(|hit| hit.unit == esep::finding::Unit::Times));
    assert!(of_papers("9344").contains(&"sum(net_migration_monthly.total[KZ,2023])".to_owned()));
    assert!(of_papers("-79108").contains(&"sum(net_migration.rural[oblasts,2021])".to_owned()));
    for (text, day) in [("19967964", "2023-10-02"), ("12387957", "2023-09-27")] {
        assert_eq!(first(text), None);
        let near = nearest(&sought(text), &editions, &own);
        assert!(!near.is_empty() && near.iter().all(|hit| !hit.own), "{text}");
        assert_eq!(between(&sought(text), &editions).iter().map(|b| b.day.as_str()).collect::<Vec<_>>(), [day]);
    }
}

#[test]
fn claims_of_a_stranger_show_all_that_is_wrong_with_them_in_one_run() {
    let folder = scratch("claims-stranger");
    let paper = "paper:\n  title: {ru: А, kk: Ә}\nclaims:\n  \
        - {id: a, where: x, printed: \"1\", colour: red}\n  - {id: b, where: x, printed: \"1\", kind: guess}\n  \
        - {id: c, printed: \"1\"}\n  - {id: d, where: x, printed: \"many\"}\n  \
        - {id: e, where: x, printed: \"250000\", unit: percent, basis: agency, expr: \"population.total[KZ,2021]\"}\n  \
        - {id: f, where: x, printed: \"5\", unit: persons, basis: agency, expr: \"population.totl[KZ,2021]\"}\n  \
        - {id: g, where: x, printed: \"5\", within: \"2\", kind: same-as, same_as: b}\n  - id: h\n    where: x\n    printed: [1, 2]\n  \
        - {id: i, where: x, printed: \"5\", says: more-than, within: some, unit: persons}\n";
    write(&folder, &with_claims(paper));
    let run = |format: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_esep"));
        let output = command.args(["verify", "--format", format, "--study"]).arg(&folder).output().expect("esep runs");
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8_lossy(if format == "json" { &output.stdout } else { &output.stderr }).into_owned()
    };
    golden("stranger.txt", &run("human"));
    golden("stranger.json", &run("json"));
}

#[test]
fn claims_that_fail_are_told_under_which_reading_they_would_hold() {
    let planted = "paper: {title: {ru: А, kk: А}}
claims:
  - {id: whole, where: x, printed: \"35,0\", unit: thousand persons}
  - {id: part, where: x, printed: \"12,0\", unit: thousand persons}
  - {id: before, where: x, printed: \"20,00\", unit: percent}
  - {id: after, where: x, printed: \"24,50\", unit: percent}
";
    let cases = [
        // 12,0 of 35,0 is 34,2857… per cent.
        ("36,1", "percent", "share(A, W)", None),
        ("65,7", "percent", "share(A, W)", Some("rest-of-whole")),
        ("50,0", "thousand persons", "W + A", Some("rounded-coarsely")),
        ("43,29", "percent", "share(A, W)", Some("digits-swapped")),
        ("291,7", "percent", "share(A, W)", Some("ends-swapped")),
        ("47,0", "thousand persons", "W + A", None),
        ("-47,0", "thousand persons", "W + A", Some("other-sign")),
        ("47,0", "million persons", "W + A", Some("other-scale")),
        ("74,0", "thousand persons", "W + A", Some("digits-swapped")),
        ("4,5", "percent", "growth(B, C)", Some("points")),
        ("22,5", "percent", "points(B, C)", Some("per-cent")),
    ];
    let names = [("A", "part"), ("W", "whole"), ("B", "before"), ("C", "after")];
    let spelled = |expr: &str| {
        let one = |text: String, (short, id): &(&str, &str)| text.replace(short, &format!("printed.value[{id}]"));
        names.iter().fold(expr.to_owned(), one)
    };
    let claim = |(at, (printed, unit, expr, _)): (usize, &(&str, &str, &str, Option<&str>))| {
        let expr = spelled(expr);
        format!("  - {{id: c{at}, where: x, printed: \"{printed}\", unit: {unit}, basis: paper, expr: \"{expr}\"}}\n")
    };
    let (material, editions) =
        read(&with_claims(&(planted.to_owned() + &cases.iter().enumerate().map(claim).collect::<String>())));
    let all: Vec<&Edition> = editions.iter().collect();
    let verified = claim::verify(&material.papers, &all, &mut Diagnostics::default()).expect("their editions");
    for (at, (printed, _, expr, expected)) in cases.iter().enumerate() {
        let judged = verified[0].judged.iter().find(|one| one.claim.id == format!("c{at}")).expect("a claim");
        assert_eq!(
            judged.fair.as_ref().map(claim::Fair::name),
            *expected,
            "{printed} for {expr}: {:?}",
            judged.verdict
        );
    }
    // Nothing that holds is excused.
    let all = verified[0].judged.iter();
    assert!(all.clone().all(|one| one.fair.is_none() || one.verdict.is_problem()));
}

#[test]
fn claims_of_the_real_papers_that_fail_name_their_fair_readings() {
    let (material, editions) = &papers()[1];
    let mut said = String::new();
    for one in judged(material, editions) {
        for judged in one.judged.iter().filter(|judged| judged.verdict.is_problem()) {
            let fair = judged.fair.as_ref();
            let (name, expr) = (fair.map_or("none", claim::Fair::name), fair.and_then(claim::Fair::expr).unwrap_or(""));
            said.push_str(format!("{} {}: {name} {expr}", one.paper.id, judged.claim.id).trim_end());
            said.push('\n');
        }
    }
    golden("fair.txt", &said);
}

/// What the claims of both papers rest on, against what is proposed for their numbers by the words and the year beside them.
#[test]
#[allow(clippy::print_stdout, reason = "`make recall` shows the scores")]
fn claims_proposed_for_both_papers_name_what_they_rest_on() {
    let (material, editions) = &papers()[1];
    let all: Vec<&Edition> = editions.iter().collect();
    let own: Vec<&str> =
        material.papers.iter().flat_map(|paper| paper.entry.vintages.iter().map(String::as_str)).collect();
    let names = Names::of(editions);
    let (mut places, mut missed) = (Vec::new(), Vec::new());
    for one in judged(material, editions).iter().flat_map(|one| &one.judged) {
        let claim = one.claim;
        let first = one.first().filter(|first| first.basis == Basis::Agency && !first.expr.contains("printed."));
        let (Some(first), Some(value)) = (first, first.and_then(|first| first.value.amount())) else { continue };
        let unit = match claim.unit.as_str() {
            "percent" => "%",
            "persons" => "человек",
            "thousand persons" => "тыс. человек",
            _ => continue,
        };
        if claim.cell.is_some() || one.verdict != Verdict::Confirmed {
            continue;
        }
        let mut found = scan::read(&format!("{} {unit}", claim.printed)).expect("a number");
        found.phrase = claim.phrase.clone().unwrap_or_default().into();
        found.before = claim.period.clone().unwrap_or_default().into();
        let Some(sought) = Sought::of(&found).filter(|sought| sought.digits() >= 3) else { continue };
        let hits = ordered(&found, &names, search(&sought, &all, &[], &own));
        let place = hits.iter().position(|hit| hit.value.magnitude() == value.magnitude());
        if place != Some(0) {
            let named: Vec<&str> = hits.iter().map(|hit| hit.expr.as_str()).collect();
            missed.push(format!("  {} {} is {}: {named:?}", claim.id, claim.printed, first.expr));
        }
        places.push(place);
    }
    let among = |first: usize| places.iter().filter(|place| place.is_some_and(|place| place < first)).count();
    println!("proposals: {} of {} right as the first, {} among three", among(1), places.len(), among(3));
    missed.iter().for_each(|one| println!("{one}"));
    assert!(places.len() >= 10, "{}", places.len());
    assert!(among(1) * 4 >= places.len() * 3, "{}", missed.join("\n"));
}
