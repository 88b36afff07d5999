//! Cli: the program itself on a dummy study: exit codes, formats, and that nothing is lost when something is wrong.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use esep::files::Files;

use crate::study::{dummy, read, scratch, write};

/// Writes the dummy study into a folder of its own.
fn study(name: &str) -> PathBuf {
    let folder = scratch(name);
    write(&folder, &dummy());
    folder
}

fn esep(study: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.args(arguments).arg("--study").arg(study);
    command.output().expect("esep runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Breaks the study in a way that a build finds.
fn spoil(study: &Path) {
    let path = study.join("templates/ru/closing.md");
    let text = fs::read_to_string(&path).expect("a template");
    fs::write(path, text.replace("Литература", "Литература 17")).expect("a template");
}

/// Reads a report but for its pictures, which take long and follow from the rest.
fn report(folder: &Path) -> Files {
    let mut files = Files::default();
    for (path, bytes) in read(folder).iter().filter(|(path, _)| !path.ends_with(".png")) {
        files.insert(path, bytes);
    }
    files
}

#[test]
fn a_clean_study_exits_with_0_and_says_what_it_wrote() {
    let study = study("cli-clean");
    let built = esep(&study, &["build"]);
    assert_eq!((code(&built), errors(&built)), (0, String::new()));
    assert!(String::from_utf8_lossy(&built.stdout).contains("files"));
    assert!(study.join("report/2022/kk/index.html").is_file());
    assert!(study.join("report/2021/figures/rural_lines.ru.png").is_file());
    assert_eq!(code(&esep(&study, &["check"])), 0);
    assert_eq!(code(&esep(&study, &["diff", "2021", "2022"])), 0);
    assert_eq!(code(&esep(&study, &["trace", "rural_balance.value[KZ, last]"])), 0);
}

#[test]
fn problems_exit_with_1_and_wrong_usage_with_2() {
    let study = study("cli-codes");
    assert_eq!(code(&esep(&study, &["build", "--edition", "2012"])), 1);
    assert_eq!(code(&esep(&study, &["trace", "rural_balans.value[KZ, last]"])), 1);
    assert_eq!(code(&esep(&study, &["diff", "2021", "2012"])), 1);
    assert_eq!(code(&esep(&study, &["check"])), 1, "there is no report yet");
    assert_eq!(code(&esep(&study, &["biuld"])), 2);
    assert_eq!(code(&esep(&study, &["build", "--colour"])), 2);
    assert_eq!(code(&esep(&study, &["build", "--format", "xml"])), 2);
    spoil(&study);
    assert_eq!(code(&esep(&study, &["build"])), 1);
}

#[test]
fn warnings_let_a_build_pass_unless_it_is_strict() {
    let study = study("cli-strict");
    let path = study.join("study.yaml");
    let text = fs::read_to_string(&path).expect("study.yaml");
    let unplaced = "  unplaced: {rows: territory, columns: period, of: \"rural_balance.value[all, all]\"}\npages:";
    fs::write(&path, text.replace("pages:", unplaced)).expect("study.yaml");
    for lang in ["ru", "kk"] {
        let path = study.join(format!("templates/{lang}/exhibits.yaml"));
        let text = fs::read_to_string(&path).expect("words");
        fs::write(path, format!("{text}unplaced: {{title: Т, source: redrawn}}\n")).expect("words");
    }
    let built = esep(&study, &["build"]);
    assert_eq!(code(&built), 0, "{}", errors(&built));
    assert!(errors(&built).contains("1 warning"));
    fs::remove_dir_all(study.join("report")).expect("a report");
    assert_eq!(code(&esep(&study, &["build", "--strict"])), 1);
    assert!(!study.join("report").exists());
}

#[test]
fn a_failing_build_leaves_the_previous_report_as_it_was() {
    let study = study("cli-untouched");
    assert_eq!(code(&esep(&study, &["build"])), 0);
    let before = read(&study.join("report"));
    spoil(&study);
    let built = esep(&study, &["build"]);
    assert_eq!(code(&built), 1);
    assert!(errors(&built).contains("`17` belongs to no finding"));
    assert!(before == read(&study.join("report")));
    let leftovers: Vec<String> = fs::read_dir(&study)
        .expect("the study")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("report") && name != "report")
        .collect();
    assert_eq!(leftovers, Vec::<String>::new());
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let study = study("cli-unwritable");
    fs::write(study.join("a-file"), "text").expect("a file");
    let out = study.join("a-file/report");
    let built = esep(&study, &["build", "--out", out.to_str().expect("a path")]);
    assert_eq!(code(&built), 1);
    assert!(errors(&built).contains("error[file/output]"), "{}", errors(&built));
    assert!(errors(&built).contains("a-file/report"), "{}", errors(&built));
    assert_eq!(fs::read_to_string(study.join("a-file")).expect("the file"), "text");
}

#[test]
fn a_folder_that_is_no_report_is_never_replaced() {
    let study = study("cli-precious");
    let out = study.join("letters");
    fs::create_dir(&out).expect("a folder");
    fs::write(out.join("letter.txt"), "dear all").expect("a letter");
    let built = esep(&study, &["build", "--out", out.to_str().expect("a path")]);
    assert_eq!(code(&built), 1);
    assert!(errors(&built).contains("it holds something that is no report"), "{}", errors(&built));
    assert_eq!(read(&out).len(), 1);
}

#[test]
fn a_folder_without_a_study_is_one_problem() {
    let empty = scratch("cli-empty");
    let built = esep(&empty, &["build"]);
    assert_eq!(code(&built), 1);
    assert!(errors(&built).contains("error[file/missing]: there is no such file"), "{}", errors(&built));
    assert!(errors(&built).ends_with("\n1 error\n"), "{}", errors(&built));
    assert!(fs::read_dir(&empty).expect("the folder").next().is_none(), "nothing is written into it");
}

#[test]
fn json_is_for_machines() {
    let study = study("cli-json");
    let parsed = |output: &Output| -> serde_json::Value {
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", errors(output)))
    };
    let built = esep(&study, &["build", "--format", "json"]);
    assert_eq!((code(&built), parsed(&built)), (0, serde_json::json!({"diagnostics": []})));
    assert_eq!(parsed(&esep(&study, &["diff", "2021", "2022", "--format", "json"]))["from"], "2021");
    let traced = esep(&study, &["trace", "rural_balance.value[KZ, last]", "--format", "json"]);
    assert_eq!(parsed(&traced)["value"], "-520");
    spoil(&study);
    let built = esep(&study, &["build", "--format", "json"]);
    let problem = &parsed(&built)["diagnostics"][0];
    assert_eq!(code(&built), 1);
    assert_eq!(problem["code"], "template/unowned-digit");
    assert_eq!(problem["file"], "templates/ru/closing.md");
    assert_eq!((&problem["line"], &problem["column"], &problem["length"]), (&1.into(), &15.into(), &2.into()));
}

#[test]
fn a_reader_that_goes_away_is_harmless() {
    let study = study("cli-pipe");
    spoil(&study);
    for arguments in [["build", "--format=json"], ["build", "--format=human"], ["reference", "--format=human"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        command.args(arguments).arg("--study").arg(&study);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("esep runs");
        // Both pipes are closed before anything is written to them.
        drop(child.stdout.take());
        drop(child.stderr.take());
        let status = child.wait().expect("esep ends");
        assert!(matches!(status.code(), Some(0 | 1)), "{arguments:?}: {status}");
    }
}

#[test]
fn a_path_may_hold_spaces_and_cyrillic() {
    let plain = study("cli-plain");
    let odd = scratch("cli-odd").join("Отчёт о селе (2024) и «қала»");
    write(&odd, &dummy());
    assert_eq!(code(&esep(&plain, &["build"])), 0);
    let built = esep(&odd, &["build"]);
    assert_eq!(code(&built), 0, "{}", errors(&built));
    assert!(report(&plain.join("report")) == report(&odd.join("report")), "the folder's name changes the report");
}

#[test]
fn nothing_but_a_terminal_is_coloured() {
    let study = study("cli-colour");
    spoil(&study);
    for no_colour in [None, Some("1")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        command.arg("build").arg("--study").arg(&study).env_remove("NO_COLOR");
        if let Some(value) = no_colour {
            command.env("NO_COLOR", value);
        }
        let output = command.output().expect("esep runs");
        assert!(!errors(&output).contains('\u{1b}'), "{}", errors(&output));
    }
}

#[test]
fn a_partial_build_leaves_the_rest_as_it_was() {
    let study = study("cli-partial");
    assert_eq!(code(&esep(&study, &["build"])), 0);
    let whole = read(&study.join("report"));
    assert_eq!(code(&esep(&study, &["build", "--edition", "2022", "--lang", "kk"])), 0);
    assert!(whole == read(&study.join("report")));
    assert_eq!(code(&esep(&study, &["check"])), 0);
}

/// Runs `esep eval` in an empty folder, or in a study.
fn eval(folder: &Path, arguments: &[&str], input: &str) -> Output {
    use std::io::Write;
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.arg("eval").args(arguments).current_dir(folder);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("esep runs");
    // A command that reads no input may be gone already.
    let _ = child.stdin.take().expect("an input").write_all(input.as_bytes());
    child.wait_with_output().expect("esep ends")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_text_is_evaluated_without_any_study() {
    let empty = scratch("cli-eval");
    let one = |lang: &str, template: &str| eval(&empty, &["--lang", lang, template], "");
    assert_eq!(text(&one("kk", r#"{{ 28 | number | case("dat") }}"#)), "28-ге\n");
    assert_eq!(text(&one("kk", r#"{{ "5.80" | number }}"#)), "5,80\n");
    assert_eq!(text(&one("ru", r#"{{ "5.80" | number }}"#)), "5,80\n");
    assert_eq!(text(&one("en", r#"{{ 1234567 | number }}"#)), "1,234,567\n");
    assert_eq!(text(&one("ru", r#"В {{ "KZ-71" | region | case("prep") }} 2 парка"#)), "В Астане 2 парка\n");
    let lines = eval(
        &empty,
        &["--lang", "kk", "-"],
        "{{ 6 | number | case(\"dat\") }}\n\n{{ 6 | number | case(\"prep\") }}\n{{ -6 | persons }}\n",
    );
    assert_eq!((code(&lines), text(&lines).as_str()), (1, "6-ға\n\n\n−6\u{a0}адам\n"));
    assert!(errors(&lines).contains("standard input:3"), "{}", errors(&lines));
    let asked = one("ru", r#"{{ q("rural_balance.value[KZ, last]") | persons }}"#);
    assert_eq!((code(&asked), text(&asked)), (1, String::new()));
    assert!(errors(&asked).contains("`q` needs a study"), "{}", errors(&asked));
    assert_eq!(code(&one("ru", "{{ 5 | numbr }}")), 1);
    assert_eq!(code(&one("ru", "{{ 5 | number }")), 1);
    assert_eq!(code(&one("fr", "{{ 5 | number }}")), 2);
    assert_eq!(code(&eval(&empty, &["{{ 5 | number }}"], "")), 2);
    let json = eval(&empty, &["--lang", "kk", "--format", "json", "{{ 5 | number }}"], "");
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(value, serde_json::json!({"lang": "kk", "lines": ["5"], "diagnostics": []}));
}

#[test]
fn a_text_is_evaluated_on_a_study() {
    let study = study("cli-eval-study");
    let empty = scratch("cli-eval-elsewhere");
    let folder = study.to_str().expect("a path");
    let on = |more: &[&str]| eval(&empty, &[&["--lang", "kk", "--study", folder], more].concat(), "");
    let asked = r#"{{ q("rural_balance.value[KZ, last]") | persons | case("acc") }}"#;
    assert_eq!(text(&on(&[asked])), "−520\u{a0}адамды\n");
    assert_ne!(text(&on(&["--edition", "2021", asked])), text(&on(&[asked])));
    assert_eq!(code(&on(&["--edition", "2012", asked])), 1);
    assert_eq!(text(&on(&[r#"{{ "5.8" | percent | case("dat") }}"#])), "5,8%-ға\n");
    assert_eq!(text(&eval(&study, &["--lang", "kk", asked], "")), "−520\u{a0}адамды\n", "the study stands here");
    assert_eq!(code(&eval(&empty, &["--lang", "kk", "--study", "nowhere", "{{ 1 | number }}"], "")), 1);
}

#[test]
fn doubtful_terms_are_listed_for_an_editor() {
    let root = crate::support::root();
    let all = esep(&root, &["terms", "--format", "json"]);
    let unsure = esep(&root, &["terms", "--unsure", "--format", "json"]);
    let list = |output: &Output| -> Vec<serde_json::Value> {
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        value["terms"].as_array().expect("a list").clone()
    };
    assert!(list(&all).len() > list(&unsure).len());
    assert!(!list(&unsure).is_empty() && list(&unsure).iter().all(|term| term["certainty"] == "unsure"));
    let human = esep(&root, &["terms", "--unsure"]);
    assert_eq!(code(&human), 0);
    assert!(text(&human).contains("урбандалу\n    ru урбанизация, en urbanization (unsure)"), "{}", text(&human));
    assert_eq!(code(&esep(&scratch("cli-terms"), &["terms"])), 1);
}
