//! Claims: an invented paper with one claim of every verdict and judging rule, golden in both languages; laws of rounding;
//! numbers of invented texts, which stand there between marks that say what they are.
//!
//! `BLESS=1 cargo test --test it claims` rewrites what is expected.

use std::fs;
use std::sync::OnceLock;

use esep::analysis::Edition;
use esep::build::{self, Wanted};
use esep::claim::scan::{Sort, scan};
use esep::claim::search::{Sought, search};
use esep::claim::{self, Basis, Claim, Kind, Mode, Paper, Printed, Verdict};
use esep::diagnostic::{self, Diagnostics};
use esep::files::Files;
use esep::finding::Amount;
use proptest::prelude::*;

use crate::study::{dummy, material, scratch, write};

/// Compares a text with what is expected of it.
pub fn golden(name: &str, text: &str) {
    let path = material().join("claims").join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, text).expect("a blessed file");
    } else {
        let standing = fs::read_to_string(&path).unwrap_or_default();
        assert!(standing == text, "{} differs; look at it, then BLESS=1:\n{text}", path.display());
    }
}

/// Lays a file of claims beside the dummy study.
pub fn with_claims(text: &str) -> Files {
    let mut files = dummy();
    files.insert("data/claims/invented.yaml", text);
    files
}

/// Reads the invented paper with the dummy study.
pub fn invented() -> Files {
    with_claims(&fs::read_to_string(material().join("claims/invented.yaml")).expect("the paper"))
}

#[test]
fn claims_of_an_invented_paper_get_the_verdicts_they_always_got() {
    let files = invented();
    let mut diagnostics = Diagnostics::default();
    let report = build::build(&files, &Wanted::default(), &mut diagnostics);
    assert_eq!(diagnostic::human(&diagnostics.sorted(), &|path| files.text(path), false), "");
    let report = report.expect("a report");
    let json = report.text("verification/verification.json").expect("the verdicts");
    golden("verification.json", json);
    let schema: serde_json::Value =
        serde_json::from_str(report.text("verification.schema.json").expect("its schema")).expect("JSON");
    let verdicts: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let problems: Vec<String> = validator.iter_errors(&verdicts).map(|error| error.to_string()).collect();
    assert_eq!(problems, Vec::<String>::new());
    let said = |key: &str| {
        let claims = verdicts["claims"].as_array().expect("claims").iter();
        claims.filter_map(|claim| claim[key].as_str().map(str::to_owned)).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(said("verdict").len(), 5, "every verdict");
    assert_eq!(said("kind").len(), 9, "every judging rule");
    for lang in ["ru", "kk"] {
        golden(
            &format!("report.{lang}.html"),
            report.text(&format!("verification/{lang}/index.html")).expect("a page"),
        );
    }
}

#[test]
fn claims_that_cannot_be_are_named_with_their_lines() {
    let text = "paper:\n  title: {ru: А}\nclaims:\n  - {id: a-b, where: x, printed: more, phrase: один два три четыре пять шесть семь}\n  \
                - {id: c, where: x, printed: \"1\", unit: parsecs, expr: \"population.total[KZ,2021]\"}\n  \
                - {id: c, where: x, printed: \"1\", kind: same-as, same_as: d}\n  \
                - {id: e, where: x, printed: \"250000\", unit: percent, basis: agency, expr: \"population.total[KZ,2021]\"}\n  \
                - {id: f, where: x, printed: \"250000\", unit: persons, basis: agency, expr: \"population.total[KZ,2021]\", accepted: {reason: {ru: а, kk: ә}}}\n";
    let files = with_claims(text);
    let mut diagnostics = Diagnostics::default();
    let _ = build::build(&files, &Wanted::default(), &mut diagnostics);
    let read = diagnostic::human(&diagnostics.sorted(), &|path| files.text(path), false);
    let sound = text.lines().filter(|line| !line.contains("id: c") && !line.contains("id: a-b")).collect::<Vec<_>>();
    let files = with_claims(&sound.join("\n").replace("{ru: А}", "{ru: А, kk: Ә}"));
    let mut diagnostics = Diagnostics::default();
    let _ = build::build(&files, &Wanted::default(), &mut diagnostics);
    golden("faults.txt", &(read + &diagnostic::human(&diagnostics.sorted(), &|path| files.text(path), false)));
}

/// The bench on which literal claims are judged.
fn bench() -> &'static (Paper, Edition) {
    static BENCH: OnceLock<(Paper, Edition)> = OnceLock::new();
    BENCH.get_or_init(|| {
        let mut diagnostics = Diagnostics::default();
        let material = build::material(&invented(), &mut diagnostics).expect("the study is sound");
        let edition = build::edition(&material, None, &mut diagnostics).expect("it computes");
        let paper = material.papers[0].clone();
        let bench = claim::bench::lay(&paper, &edition);
        (paper, bench)
    })
}

fn verdict(expr: &str, printed: &Amount, decimals: u32, kind: Kind) -> Verdict {
    let (paper, bench) = bench();
    let claim = Claim {
        id: "drawn".to_owned(),
        printed: printed.round(decimals as usize).to_string(),
        unit: "none".to_owned(),
        kind,
        basis: Some(Basis::Paper),
        expr: Some(expr.to_owned()),
        ..Claim::default()
    };
    claim::judge(paper, &claim, bench).verdict
}

proptest! {
    #[test]
    fn claims_what_was_rounded_holds_the_value_in_every_mode(a in -1_000_000i64..1_000_000, b in 1i64..10_000, decimals in 0u32..5) {
        let value = Amount::ratio(a, b).expect("b is not zero");
        for mode in Mode::ALL {
            let printed = Printed::of(mode.round(&value, decimals), decimals);
            prop_assert!(mode.unround(&printed).contains(&value), "{} {value} {printed:?}", mode.name());
            prop_assert_eq!(mode.round(&printed.value, decimals), printed.value, "rounded once, rounded for good");
        }
    }

    #[test]
    fn claims_with_an_error_of_one_unit_in_the_last_place_are_never_confirmed(
        a in -1_000_000i64..1_000_000, b in 1i64..10_000, decimals in 0u32..4, up in any::<bool>()
    ) {
        let value = Amount::ratio(a, b).expect("b is not zero");
        let unit = Amount::ratio(1, 10i64.pow(decimals)).expect("not zero");
        let right = Mode::HalfAway.round(&value, decimals);
        let wrong = if up { right.plus(&unit) } else { right.minus(&unit) };
        let expr = format!("{a} / {b}").replace('-', "0 - ");
        prop_assert_eq!(verdict(&expr, &right, decimals, Kind::Number), Verdict::Confirmed);
        for kind in [Kind::Number, Kind::Sum] {
            prop_assert_ne!(verdict(&expr, &wrong, decimals, kind), Verdict::Confirmed);
        }
    }
}

/// An invented text in which each number stands between ⟦ and ⟧ with a letter for what it is.
fn labelled(text: &str) -> (String, Vec<(Sort, String)>) {
    let (mut plain, mut labels) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some((before, marked)) = rest.split_once('⟦') {
        let (inner, after) = marked.split_once('⟧').expect("a closing mark");
        let (letter, number) = inner.split_once(':').expect("a letter and a number");
        let sort = match letter {
            "n" => Sort::Number,
            "y" => Sort::Year,
            "r" => Sort::Reference,
            "l" => Sort::Label,
            "i" => Sort::Identifier,
            "s" => Sort::Scale,
            other => panic!("what is `{other}`?"),
        };
        plain.push_str(before);
        plain.push_str(number);
        labels.push((sort, number.split_whitespace().collect::<Vec<_>>().join(" ")));
        rest = after;
    }
    (plain + rest, labels)
}

#[test]
fn claims_of_invented_texts_are_found_and_told_apart() {
    for name in ["scan.ru.txt", "scan.kk.txt"] {
        let text = fs::read_to_string(material().join("claims").join(name)).expect("a text");
        let (plain, wanted) = labelled(&text);
        let spaced = |text: &str| text.replace(['−', '–'], "-").split_whitespace().collect::<Vec<_>>().join(" ");
        let found: Vec<(Sort, String)> =
            scan(&plain).into_iter().map(|found| (found.sort, spaced(&found.printed))).collect();
        let wanted: Vec<(Sort, String)> = wanted.into_iter().map(|(sort, text)| (sort, spaced(&text))).collect();
        assert_eq!(found, wanted, "{name}");
    }
}

#[test]
fn claims_found_carry_phrase_unit_and_firmness() {
    let found = scan("Население вырос-\nло более чем на 2,7 млн человек, около 5,8% из них – дети.\n");
    assert_eq!(found.len(), 2);
    assert!(found[0].phrase.contains("чем на 2,7 млн") && found[0].phrase.split_whitespace().count() <= 6);
    assert_eq!((found[0].unit, found[0].line), (Some("million persons"), 2));
    assert_eq!((found[1].unit, found[1].says), (Some("percent"), Some("about")));
    assert!(scan("Халық вырос-\nло 7 есе.").iter().all(|found| found.phrase.starts_with("Халық выросло 7 есе")));
}

#[test]
fn claims_of_our_own_report_are_checked_by_four_questions() {
    let files = dummy();
    let mut diagnostics = Diagnostics::default();
    let material = build::material(&files, &mut diagnostics).expect("the study is sound");
    let built = build::editions(&material, &Wanted::default(), &mut diagnostics).expect("it computes");
    let report = build::write(&material, &built, &mut diagnostics).expect("it is written");
    let written = report.clone();
    let problems = |report: &Files, files: &Files| -> Vec<usize> {
        esep::output::selfcheck::check(report, &written, files, &built, &material)
            .iter()
            .map(|a| a.problems.len())
            .collect()
    };
    assert_eq!(problems(&report, &files), [0, 0, 0, 0]);
    let spoilt = |path: &str, from: &str, to: &str, own: &Files| {
        let mut changed = own.clone();
        let text = own.text(path).expect("a text");
        assert!(text.contains(from), "{path} holds `{from}`");
        changed.insert(path, text.replacen(from, to, 1));
        changed
    };
    let raw = spoilt("data/raw/bureau/vital.csv", "4700", "4701", &files);
    assert_eq!(problems(&report, &raw), [1, 0, 0, 0], "a snapshot is not the catalogued one");
    let ledger = spoilt("2022/numbers.json", "\"value\":\"-", "\"value\":\"-9", &report);
    assert!(problems(&ledger, &files)[1] > 0, "a finding does not recompute");
    let page = spoilt("2022/ru/index.html", "<data value=\"", "<data value=\"7", &report);
    assert!(problems(&page, &files)[2] > 0, "a page does not say what the ledger says");
    let stray = spoilt("2022/kk/index.html", "</h2>", "</h2><p>73</p>", &report);
    assert_eq!(problems(&stray, &files)[3], 1, "a digit has no owner");
}

/// Packs members into an archive as word processors do, but without squeezing them.
fn archive(members: &[(&str, &str)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    let number = |value: usize, length: usize| value.to_le_bytes()[..length].to_vec();
    for (name, text) in members {
        let start = bytes.len();
        let sizes =
            [number(0, 4), number(text.len(), 4), number(text.len(), 4), number(name.len(), 2), number(0, 2)].concat();
        bytes.extend([b"PK\x03\x04".to_vec(), vec![0; 10], sizes.clone(), name.as_bytes().to_vec()].concat());
        bytes.extend(text.as_bytes());
        let tail = [vec![0; 10], number(start, 4)].concat();
        directory.extend([b"PK\x01\x02".to_vec(), vec![0; 12], sizes, tail, name.as_bytes().to_vec()].concat());
    }
    let (at, length) = (bytes.len(), directory.len());
    bytes.extend(directory);
    let counts = [number(members.len(), 2), number(members.len(), 2), number(length, 4), number(at, 4), number(0, 2)];
    bytes.extend([b"PK\x05\x06".to_vec(), vec![0; 4], counts.concat()].concat());
    bytes
}

#[test]
fn claims_of_a_word_document_come_from_text_tables_and_footnotes() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row: String = ["Край", "1 788", "-322", "507", "1 020"].map(cell).concat();
    let body = format!(
        "<w:document><w:p><w:r><w:t>Выросло на 5</w:t></w:r><w:r><w:t>,8% к 2022 году</w:t></w:r></w:p>\
         <w:tbl><w:tr>{row}</w:tr><w:tr>{row}</w:tr></w:tbl></w:document>"
    );
    let notes = "<w:footnotes><w:p><w:r><w:t>Всего 43,2 тыс. человек</w:t></w:r></w:p></w:footnotes>";
    let bytes = archive(&[("word/document.xml", &body), ("word/footnotes.xml", notes)]);
    let text = esep::claim::docx::text(&bytes).expect("a document");
    let found: Vec<String> = scan(&text).into_iter().filter(|f| f.sort == Sort::Number).map(|f| f.printed).collect();
    assert_eq!(found, ["5,8", "1 788", "-322", "507", "1 020", "1 788", "-322", "507", "1 020", "43,2"]);
}

#[test]
fn claims_are_explained_by_what_prints_so_or_not_at_all() {
    let (_, bench) = bench();
    let found = |text: &str| -> Vec<String> {
        let sought = Sought::parse(text).expect("a number");
        search(&sought, &[bench], &[], &["invented"]).into_iter().filter(|hit| !hit.own).map(|hit| hit.expr).collect()
    };
    assert!(found("250,0 тыс").contains(&"population.total[KZ,2021]".to_owned()));
    let mean = found("251050");
    assert!(mean.contains(&"(population.total[KZ,2021] + population.total[KZ,2022]) / 2".to_owned()), "{mean:?}");
    assert!(found("80,17%").iter().any(|expr| expr.starts_with("share(population.urban[KZ,2022]")));
    assert_eq!(found("987654321"), Vec::<String>::new());
    assert_eq!(Sought::parse("many"), None);
}

#[test]
fn claims_end_the_command_with_the_code_that_they_deserve() {
    let folder = scratch("claims-codes");
    write(&folder, &invented());
    let run = |arguments: &[&str]| {
        let output =
            std::process::Command::new(env!("CARGO_BIN_EXE_esep")).args(arguments).arg("--study").arg(&folder).output();
        let output = output.expect("esep runs");
        (output.status.code().expect("a code"), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (code, table) = run(&["verify"]);
    assert_eq!(code, 1, "discrepancies that nobody accepted");
    assert!(table.contains("contradicted agency balance_2022"), "{table}");
    let (_, json) = run(&["verify", "--format", "json"]);
    golden("verification.json", &json);
    assert_eq!(run(&["verify", "--paper", "other"]).0, 2);
    assert_eq!(run(&["verify", "--set", "population.total"]).0, 2);
    let (code, flips) = run(&["verify", "--set", "population.total[KZ,2021]=250100"]);
    assert_eq!(code, 0);
    assert!(flips.contains("residents_2021: confirmed → contradicted, derived 250.100"), "{flips}");
    assert!(!flips.contains("urban_share:"), "{flips}");
    assert_eq!(run(&["claims", "explain", "250,0 тыс"]).0, 0);
    let (code, nothing) = run(&["claims", "explain", "987654321"]);
    assert_eq!((code, nothing.contains("not found")), (1, true));
    let sound: String = fs::read_to_string(material().join("claims/invented.yaml"))
        .expect("the paper")
        .lines()
        .filter(|line| {
            !line.starts_with("  - {id:")
                || ["residents_2021", "balance_2022", "balance_2021"]
                    .iter()
                    .any(|id| line.contains(&format!("{{id: {id},")))
        })
        .map(|line| {
            format!("{}\n", line.replace("printed: \"-210\"", "printed: \"-200\"").replace("\"360\"", "\"350\""))
        })
        .collect();
    fs::write(folder.join("data/claims/invented.yaml"), sound).expect("a file of claims");
    assert_eq!(run(&["verify"]).0, 0, "what is accepted with a reason does not fail");
}
