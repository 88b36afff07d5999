//! Planted: faults in a file of claims that must not pass as confirmed or accepted, and firm words at their ends.

use esep::build;
use esep::claim::{self, Class, EXAMPLE, Judged, Summary, Verdict};
use esep::diagnostic::{self, Diagnostics};

use crate::claims::{invented, with_claims};
use crate::study::{scratch, write};

/// What stands before the claims of every text here.
const HEAD: &str = "paper: {title: {ru: А, kk: Ә}, vintages: [own]}\nplaces: {x: {kk: ы}, t: {kk: т}}\n";

/// Judges claims on the dummy study; gives what is wrong with the file, and what is asked of the verdicts.
fn judge<T>(claims: &str, ask: impl Fn(&[Judged], &Summary) -> T) -> (String, T) {
    let files = with_claims(&format!("{HEAD}{claims}"));
    let mut diagnostics = Diagnostics::default();
    let material = build::material(&files, &mut diagnostics).expect("the study is sound");
    let edition = build::edition(&material, None, &mut Diagnostics::default()).expect("it computes");
    let verified = claim::verify(&material.papers, &[&edition], &mut diagnostics).expect("the edition is there");
    let answer = ask(&verified[0].judged, &verified[0].summary);
    (diagnostic::human(&diagnostics.sorted(), &|path| files.text(path), false), answer)
}

/// Writes claims, one a line.
fn lines(claims: &[&str]) -> String {
    let lines = claims.iter().map(|claim| format!("  - {{where: x, phrase: п, {claim}}}\n"));
    std::iter::once("claims:\n".to_owned()).chain(lines).collect()
}

fn verdicts(claims: &[&str]) -> (String, Vec<Verdict>) {
    judge(&lines(claims), |judged, _| judged.iter().map(|one| one.verdict).collect())
}

#[test]
fn claims_derived_from_themselves_are_refused() {
    let remark = "remark: {ru: р, kk: р}";
    for claim in [
        "id: g, printed: \"7\", basis: paper, expr: \"printed.value[g]\"".to_owned(),
        "id: g, printed: \"7\", basis: paper, expr: \"printed.value[g] + printed.value[h] - printed.value[h]\"".to_owned(),
        "id: g, printed: \"7\", kind: same-as, same_as: g".to_owned(),
        "id: g, printed: \"7\", basis: agency, expr: \"population.total[KZ,2021]\", also: [{basis: paper, expr: \"printed.value[g]\"}]".to_owned(),
        "id: g, printed: \"7\", kind: ranking, basis: paper, expr: \"printed.value[g] > 0\"".to_owned(),
    ] {
        let other = format!("id: h, printed: \"3\", {remark}");
        let (said, _) = verdicts(&[&claim, &other]);
        assert!(said.contains("derives it from itself") && said.contains("invented.yaml:4:5"), "{claim}: {said}");
    }
    let bound = "id: g, printed: \"249 000\", unit: persons, kind: ranking, basis: agency, expr: \"printed.value[g] < population.total[KZ,2021]\"";
    assert_eq!(verdicts(&[bound]).0, "", "a statement may compare its own number with others");
}

#[test]
fn claims_that_give_one_another_are_one_check() {
    let pair = lines(&[
        "id: c, printed: \"7\", basis: paper, expr: \"printed.value[d]\"",
        "id: d, printed: \"7\", basis: paper, expr: \"printed.value[c]\"",
        "id: e, printed: \"7\", basis: paper, expr: \"printed.value[c]\"",
    ]);
    let (said, (joined, repeated, confirmed)) = judge(&pair, |judged, summary| {
        let joined: Vec<Option<String>> = judged.iter().map(|one| one.one_check.clone()).collect();
        (joined, summary.repeated, summary.text[0])
    });
    assert_eq!((said.matches("error[claim/cannot-fail]").count(), repeated, confirmed), (2, 1, 3), "{said}");
    assert_eq!(joined, [None, Some("c".to_owned()), None], "the third leans on the pair, which does not lean on it");
}

#[test]
fn claims_are_accepted_for_one_discrepancy_and_for_no_other() {
    let claim = |printed: &str, known: &str, derived: &str| {
        format!(
            "id: g, printed: \"{printed}\", unit: persons, basis: agency, expr: \"net_migration.total[KZ,2021]\", accepted: {{printed: \"{known}\", derived: \"{derived}\", reason: {{ru: р, kk: р}}}}"
        )
    };
    let open = |text: &str| judge(&lines(&[text]), |judged, summary| (judged[0].accepted().is_some(), summary.open));
    assert_eq!(open(&claim("-110", "−110", "-100")), (String::new(), (true, 0)));
    for other in [claim("-999", "-110", "-100"), claim("-110", "-110", "-101"), claim("-110", "-110", "false")] {
        let (said, answer) = open(&other);
        assert_eq!(answer, (false, 1), "{other}");
        assert!(said.contains("claim/accepted-other") && said.contains("derived: \"-100\""), "{said}");
    }
    let table = |printed: &str| {
        format!(
            "tables:\n  - {{id: m, where: t, unit: persons, columns: [\"2021\"], total: KZ, rows: {{KZ: [\"{printed}\"], KZ-91: [\"-60\"], KZ-92: [\"-50\"]}}, accepted: {{\"KZ,2021\": {{printed: \"-100\", derived: \"-110\", reason: {{ru: р, kk: р}}}}}}}}\n"
        )
    };
    assert_eq!(judge(&table("-100"), |_, summary| summary.open), (String::new(), 0));
    let (said, open) = judge(&table("-999"), |_, summary| summary.open);
    assert!(said.contains("claim/accepted-other") && open == 1, "{said}");
}

fn esep(folder: &std::path::Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_esep"));
    let output = command.args(arguments).arg("--study").arg(folder).output().expect("esep runs");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

#[test]
fn claims_that_are_wrong_cost_themselves_and_no_other() {
    let folder = scratch("claims-stale");
    let stale = "id: g, printed: \"-100\", unit: persons, basis: agency, expr: \"net_migration.total[KZ,2021]\", accepted: {printed: \"-110\", derived: \"-100\", reason: {ru: р, kk: р}}";
    let lost = "id: h, printed: \"5\", unit: persons, basis: agency, expr: \"population.totl[KZ,2021]\"";
    let idle = "id: i, printed: \"2022, отрицательное\", kind: ranking, basis: agency, expr: \"all(net_migration.total[KZ,2021..2022] < 0)\"";
    let sound = "id: j, printed: \"-200\", unit: persons, basis: agency, expr: \"net_migration.total[KZ,2022]\"";
    let known = "id: k, printed: \"-210\", unit: persons, basis: agency, expr: \"net_migration.total[KZ,2022]\", accepted: {printed: \"-210\", derived: \"-200\", reason: {ru: р, kk: р}, by: А. А., on: \"2025-03-01\"}";
    write(&folder, &with_claims(&format!("{HEAD}{}", lines(&[stale, lost, idle, sound, known]))));
    let (code, out, said) = esep(&folder, &["verify", "--format", "json"]);
    assert_eq!(code, 1);
    let all: serde_json::Value = serde_json::from_str(&out).expect("the whole JSON");
    let told: Vec<&str> =
        all["claims"].as_array().expect("claims").iter().filter_map(|one| one["verdict"].as_str()).collect();
    assert_eq!(told, ["confirmed", "unresolved", "confirmed", "confirmed", "contradicted"]);
    let stakes: Vec<&serde_json::Value> =
        all["claims"].as_array().expect("claims").iter().map(|one| &one["stake"]).collect();
    assert_eq!(stakes[2..4], ["idle", "printed"]);
    let last = &all["claims"][4];
    assert_eq!((&last["accepted_by"], &last["accepted_on"]), (&"А. А.".into(), &"2025-03-01".into()));
    for code in ["claim/accepted-gone", "claim/idle-print", "expression/"] {
        assert!(said.contains(code), "{code}: {said}");
    }
    assert!(esep(&folder, &["verify", "--lang", "ru"]).1.contains("Принял(а): А. А., 2025-03-01."));
}

#[test]
fn claims_are_scanned_into_a_file_that_stands_empty_before() {
    let folder = scratch("claims-out");
    write(&folder, &with_claims("# nothing yet\n"));
    let (paper, file) = (folder.join("paper.txt"), folder.join("data/claims/invented.yaml"));
    std::fs::write(&paper, "Население составило 250 000 человек на начало 2021 года.\n").expect("a paper");
    let (paper, out) = (paper.to_str().expect("a path"), file.to_str().expect("a path"));
    let (code, _, said) = esep(&folder, &["verify"]);
    assert!(code == 0 && said.contains("is empty: no claims are read from it"), "{said}");
    // As a shell leaves it that writes to the file what is scanned.
    assert!(esep(&folder, &["claims", "scan", paper]).1.contains("# basis: agency"));
    assert_eq!(esep(&folder, &["claims", "scan", paper, "--out", out]).0, 0);
    let written = std::fs::read_to_string(&file).expect("claims");
    assert!(written.contains("# basis: agency") && written.contains("printed: \"250 000\""), "{written}");
    let (code, _, said) = esep(&folder, &["claims", "scan", paper, "--out", out]);
    assert!(code == 2 && said.contains("holds something already"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).expect("claims"), written);
}

#[test]
fn claims_name_the_true_order_and_the_series_of_the_least_change() {
    let (_, (orders, flips)) = judge(
        &lines(&[
            "id: g, printed: Горная, kind: ranking, basis: agency, expr: \"rank_low(net_migration.total[regions,2022], KZ-92) == 1\"",
            "id: h, printed: \"Горная, Степная\", kind: ranking, basis: agency, expr: \"bottom(net_migration.total[regions,2021], 2)\"",
            "id: i, printed: Степная, kind: ranking, basis: agency, expr: \"argmin(net_migration.total[regions,2022])\"",
        ]),
        |judged, _| {
            let instead = judged.iter().map(|one| match &one.detail {
                claim::Detail::Instead(value) => value.to_string(),
                _ => String::new(),
            });
            let flips = judged.iter().filter_map(|one| match &one.slack {
                claim::Slack::Input(flip) => Some(flip.cell.0.to_string()),
                _ => None,
            });
            (instead.collect::<Vec<_>>(), flips.collect::<Vec<_>>())
        },
    );
    assert!(orders[0].contains("KZ-92") && orders[1].contains("KZ-92") && orders[2].is_empty(), "{orders:?}");
    assert_eq!(flips, ["net_migration.total"]);
}

#[test]
fn claims_said_about_hold_within_their_ends_alone() {
    let about = |printed: &str, unit: &str, value: &str| {
        let claim =
            format!("id: g, printed: \"{printed}\", unit: {unit}, says: about, basis: paper, expr: \"{value}\"");
        verdicts(&[&claim]).1[0]
    };
    for (printed, low, high) in [
        ("50", "45", "55"),
        ("32", "31", "33"),
        ("14 900", "14850", "14950"),
        ("100", "90", "110"),
        ("3", "2.5", "3.5"),
        ("0,7", "0.63", "0.77"),
    ] {
        let past = |end: &str, by: &str| about(printed, "none", &format!("{end} {by}"));
        assert_eq!((past(low, "+ 0"), past(high, "+ 0")), (Verdict::Confirmed, Verdict::Confirmed), "{printed}");
        assert_eq!(
            (past(low, "- 0.01"), past(high, "+ 0.01")),
            (Verdict::Inconsistent, Verdict::Inconsistent),
            "{printed}"
        );
    }
    assert_eq!(about("50", "none", "41"), Verdict::Inconsistent, "41 is not about 50");
}

#[test]
fn claims_of_years_and_counts_have_no_rounding() {
    let years = |text: &str| verdicts(&[&format!("id: g, printed: \"10\", unit: count, kind: period, {text}")]).1[0];
    assert_eq!(years("years: [2013, 2022]"), Verdict::Confirmed);
    assert_eq!(years("years: [2013, 2023], between: true"), Verdict::Confirmed);
    assert_eq!(years("years: [2013, 2023]"), Verdict::Inconsistent);
    assert_eq!(years("years: [2013, 2022], between: true"), Verdict::Inconsistent);
    let one = |text: &str| verdicts(&[&format!("id: g, {text}")]).1[0];
    assert_eq!(one("printed: \"1,6\", basis: paper, expr: \"1.549\""), Verdict::Inconsistent, "nobody rounds upwards");
    assert_eq!(
        one("printed: \"1,5\", basis: paper, expr: \"1.589\""),
        Verdict::Rounding,
        "some cut off, and it is said"
    );
}

#[test]
fn claims_of_a_table_are_counted_apart_and_its_identities_once() {
    let table = |last: &str| {
        format!(
            "tables:\n  - {{id: m, where: t, unit: persons, columns: [\"2021\", \"2022\"], total: KZ, rows: {{KZ: [\"30\", \"30\"], KZ-91: [\"10\", \"10\"], KZ-92: [\"10\", \"10\"], KZ-95: [\"10\", \"{last}\"]}}}}\n{}",
            lines(&["id: g, printed: \"7\", basis: paper, expr: \"3 + 4\""])
        )
    };
    let counts = |last: &str| {
        judge(&table(last), |_, summary| (summary.text[0], summary.cells, summary.checks, summary.class)).1
    };
    assert_eq!(counts("10"), (1, [8, 0, 0, 0, 0], [2, 0, 0, 0, 0], Class::Fully));
    let (text, cells, checks, class) = counts("11");
    assert_eq!((text, cells[3], checks, class), (1, 1, [1, 0, 0, 1, 0], Class::Partially), "one of two columns fails");
}

/// Runs `esep verify` on the invented paper; gives the code and both outputs.
fn verify(folder: &std::path::Path, arguments: &[&str]) -> (i32, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_esep"));
    let output = command.arg("verify").args(arguments).arg("--study").arg(folder).output().expect("esep runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("a code"), text(&output.stdout) + &text(&output.stderr))
}

#[test]
fn claims_are_told_on_a_terminal_by_weight_and_in_a_language() {
    let folder = scratch("planted-terminal");
    write(&folder, &invented());
    let (code, said) = verify(&folder, &["--problems"]);
    assert_eq!(code, 1);
    let first = said.split("does not hold, by weight: ").nth(1).expect("problems").lines().nth(1).expect("a problem");
    assert!(first.starts_with("contradicted agency balance_2022 "), "the headline comes first: {first}");
    assert!(said.contains("holds, but not on another basis: 1") && !said.contains("all claims"), "{said}");
    assert!(said.contains("(accepted with a reason)") && said.contains("Ряд пересмотрен."), "{said}");
    assert!(verify(&folder, &["--lang", "kk"]).1.contains("Қатар қайта қаралды."));
    for (arguments, hint) in [
        (["--edition", "2023"], "did you mean `2021`?"),
        (["--paper", "invent"], "did you mean `invented`?"),
        (["--lang", "kz"], "did you mean `kk`?"),
    ] {
        let (code, said) = verify(&folder, &arguments);
        assert_eq!((code, said.contains(hint)), (2, true), "{said}");
    }
    assert_eq!(verify(&folder, &["--report", "--set", "part=3"]).0, 2);
    assert_eq!(verify(&folder, &["--report", "--paper", "invented"]).0, 2);
    let said = verify(&folder, &["--set", "balance_2021=-999"]).1;
    assert!(said.contains("1 verdict flips") && said.contains("contradicted (accepted) → contradicted,"), "{said}");
    let said = verify(&folder, &["--set", "population.urban[KZ,2022]=1"]).1;
    assert!(said.contains("a check that the catalogue declares fails"), "{said}");
    std::fs::remove_file(folder.join("data/claims/invented.yaml")).expect("no claims");
    assert_eq!(verify(&folder, &[]), (0, said_of_none()));
}

fn said_of_none() -> String {
    "there are no claims: the study has no file in data/claims/; `esep claims scan` begins one from a paper\n"
        .to_owned()
}

#[test]
fn claims_on_an_edition_that_lacks_what_they_ask_for_are_unresolved_there() {
    let (code, said) =
        verify(std::path::Path::new(env!("CARGO_MANIFEST_DIR")), &["--edition", "2023", "--paper", "article_a"]);
    assert_eq!(code, 1, "what can be judged is judged");
    assert!(said.contains("note: 10 claims ask for what edition 2023 does not hold"), "{said}");
    assert!(said.contains("10 unresolved\n") && !said.contains("rests on the paper's own figures"), "{said}");
    assert!(said.lines().any(|line| line.starts_with("unresolved") && line.contains("rural_table.KZ.2021")), "{said}");
}

#[test]
fn claims_are_written_with_words_that_agree_and_are_translated() {
    let page = |lang: &str, name: &str| {
        let path = format!("{}/report/verification/{lang}/{name}.html", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).expect("a page")
    };
    let (ru, kk) = (page("ru", "index"), page("kk", "index"));
    assert!(ru.contains("2,14 раза") && !ru.contains("2,14 раз<") && !ru.contains("2,14 раз;"));
    assert!(page("ru", "derivations").contains("2021, женщины, село"));
    assert!(page("kk", "derivations").contains("2021, әйелдер, ауыл"));
    for text in [ru, kk] {
        assert!(["female", "rural,", "urban,"].iter().all(|word| !text.contains(word)));
    }
}

#[test]
fn claims_that_say_what_cannot_be_are_errors() {
    for (claim, message) in [
        ("id: g, printed: \"1,234\", unit: persons, remark: {ru: р, kk: р}", "has no fraction"),
        ("id: g, printed: \"7\", basis: agency", "`basis` needs `expr`"),
        ("id: g, printed: больше, kind: ranking, basis: paper, expr: \"3 + 4\"", "is no statement"),
        ("id: g, printed: \"7\", years: [2021, 2022]", "`years` says nothing of a claim of the kind `number`"),
        ("id: g, printed: \"7\", kind: sum, lists: [[g]]", "it goes with `kind: list`"),
        ("id: g, printed: больше, kind: ranking, remark: {ru: р, kk: р}, sign: positive", "it goes with `kind: sign`"),
        ("id: g, printed: больше, kind: ranking", "or a `remark` that says what would settle it"),
    ] {
        let (said, _) = verdicts(&[claim]);
        assert!(said.contains(message) && said.contains("invented.yaml:4:5"), "{claim}: {said}");
    }
    let said = judge("claims:\n  - {id: g, where: \"\", printed: \"7\"}\n", |_, _| ()).0;
    assert!(said.contains("`where` is empty"), "{said}");
}

#[test]
fn claims_have_a_reference_whose_example_is_judged_and_has_every_key() {
    let files = with_claims(EXAMPLE);
    let mut diagnostics = Diagnostics::default();
    let material = build::material(&files, &mut diagnostics).expect("the study is sound");
    let edition = build::edition(&material, Some("2022"), &mut diagnostics).expect("it computes");
    let verified = claim::verify(&material.papers, &[&edition], &mut diagnostics).expect("the edition is there");
    assert_eq!(diagnostic::human(&diagnostics.sorted(), &|path| files.text(path), false), "");
    let single = verified[0].judged.iter().filter(|one| one.claim.cell.is_none());
    let others: Vec<(&str, &str)> = single
        .filter(|one| one.verdict != Verdict::Confirmed)
        .map(|one| (one.claim.id.as_str(), one.verdict.name()))
        .collect();
    assert_eq!(others, [("rural_share", "unresolved"), ("negative", "contradicted"), ("balance", "contradicted")]);
    let schema = claim::schema().to_value();
    let entries = schema["$defs"].as_object().expect("entries").values().chain([&schema]);
    for key in entries.clone().flat_map(|entry| entry["properties"].as_object().into_iter().flatten()) {
        assert!(EXAMPLE.contains(&format!("{}:", key.0)), "{}", key.0);
    }
    let kinds = schema["$defs"]["Kind"]["oneOf"].as_array().expect("kinds");
    for kind in kinds.iter().skip(1).map(|kind| kind["const"].as_str().expect("a word")) {
        assert!(EXAMPLE.contains(&format!("kind: {kind},")), "{kind}");
    }
}
