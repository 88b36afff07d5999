//! Cli: the program itself on a dummy study: exit codes, formats, and that nothing is lost when something is wrong.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use esep::files::Files;
use esep::finding::Reason;

use crate::study::{dummy, read, scratch, write};

/// Writes the dummy study into a folder of its own.
fn study(name: &str) -> PathBuf {
    let folder = scratch(name);
    write(&folder, &dummy());
    folder
}

fn esep(study: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.args(arguments).arg("--study").arg(study).env("ESEP_CACHE", cache(study));
    command.output().expect("esep runs")
}

/// Names the folder of a test's own cache, beside its study.
fn cache(study: &Path) -> PathBuf {
    study.with_extension("cache")
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
    let compared = parsed(&esep(&study, &["diff", "2021", "2022", "--format", "json"]));
    assert_eq!(compared["from"], "2021");
    crate::schemas::fits("diff", &compared);
    let traced = esep(&study, &["trace", "rural_balance.value[KZ, last]", "--format", "json"]);
    assert_eq!(parsed(&traced)["value"], "-520");
    crate::schemas::fits("trace", &parsed(&traced));
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

#[test]
fn a_cache_is_never_believed() {
    let study = study("cli-cache");
    let _ = fs::remove_dir_all(cache(&study));
    assert_eq!(code(&esep(&study, &["build"])), 0);
    let whole = read(&study.join("report"));
    let kept = |files: &Files| files.iter().map(|(path, _)| cache(&study).join(path)).collect::<Vec<_>>();
    let entries = kept(&read(&cache(&study)));
    assert!(entries.len() > 4, "{entries:?}");
    // Entries that are cut, empty or of another content, each with a report that is gone.
    for spoil in
        [|bytes: &[u8]| bytes[..bytes.len() / 2].to_vec(), |_: &[u8]| Vec::new(), |b: &[u8]| [b, b"x"].concat()]
    {
        for path in &entries {
            let bytes = fs::read(path).expect("an entry");
            fs::write(path, spoil(&bytes)).expect("an entry");
        }
        fs::remove_dir_all(study.join("report")).expect("a report");
        assert_eq!(code(&esep(&study, &["build"])), 0);
        assert!(read(&study.join("report")) == whole);
    }
    // A file altered without a trace but its content is found, and so is a picture that is cut with its line mended.
    let page = study.join("report/style.css");
    let text = fs::read_to_string(&page).expect("a style");
    let other = text.replacen(':', ";", 1);
    fs::write(&page, &other).expect("a style");
    for command in [vec!["check"], vec!["verify", "--report"]] {
        assert_eq!(code(&esep(&study, &command)), 1, "{command:?}");
    }
    assert_eq!(code(&esep(&study, &["build"])), 0);
    assert!(read(&study.join("report")) == whole);
    let png = whole.iter().map(|(path, _)| path).find(|path| path.ends_with(".png")).expect("a picture");
    fs::write(study.join("report").join(png), "").expect("a picture");
    let hash = |bytes: &[u8]| esep::files::sha256(bytes);
    let manifest = whole.text("checksums.sha256").expect("a manifest");
    let mended = manifest.replace(&hash(whole.get(png).expect("a picture")), &hash(b""));
    fs::write(study.join("report/checksums.sha256"), mended).expect("a manifest");
    for command in [vec!["check"], vec!["verify", "--report"]] {
        assert_eq!(code(&esep(&study, &command)), 1, "{command:?}");
    }
    assert_eq!(code(&esep(&study, &["build"])), 0);
    assert!(read(&study.join("report")) == whole);
}

#[test]
fn what_stands_beside_and_in_a_report_stays_and_is_named() {
    let study = study("cli-strangers");
    for name in ["report.old", "report.staging"] {
        fs::create_dir(study.join(name)).expect("a folder");
        fs::write(study.join(name).join("mine"), name).expect("a file");
    }
    assert_eq!(code(&esep(&study, &["build"])), 0);
    fs::create_dir(study.join("report/.git")).expect("a folder");
    fs::write(study.join("report/.git/HEAD"), "ref").expect("a file");
    fs::write(study.join("report/notes.txt"), "mine").expect("a file");
    fs::remove_file(study.join("report/index.html")).expect("a page");
    assert_eq!(code(&esep(&study, &["build"])), 0);
    assert!(study.join("report/index.html").is_file() && study.join("report/.git/HEAD").is_file());
    assert_eq!(fs::read_to_string(study.join("report/notes.txt")).expect("a file"), "mine");
    assert!(study.join("report.old/mine").is_file() && study.join("report.staging/mine").is_file());
    let checked = esep(&study, &["check"]);
    assert_eq!(code(&checked), 0, "{}", errors(&checked));
    assert!(errors(&checked).contains("notes.txt") && errors(&checked).contains(".git"), "{}", errors(&checked));
    // What another version wrote is told in one line; what this one did, file by file.
    let manifest = study.join("report/checksums.sha256");
    for page in ["index.html", "style.css"] {
        fs::write(study.join("report").join(page), "other").expect("a page");
    }
    let checked = esep(&study, &["check"]);
    assert_eq!(
        (code(&checked), errors(&checked).matches("error[output/differs]").count()),
        (1, 2),
        "{}",
        errors(&checked)
    );
    let text = fs::read_to_string(&manifest).expect("a manifest");
    fs::write(&manifest, text.replacen(env!("CARGO_PKG_VERSION"), "0.0.9", 1)).expect("a manifest");
    let checked = esep(&study, &["check"]);
    assert!(errors(&checked).contains("was written by esep 0.0.9"), "{}", errors(&checked));
    assert_eq!((code(&checked), errors(&checked).matches("error[").count()), (1, 1), "{}", errors(&checked));
}

#[test]
fn a_foreign_environment_neither_breaks_a_run_nor_speaks_in_it() {
    let study = study("cli-environment");
    for (name, value) in [
        ("RAYON_NUM_THREADS", "999999"),
        ("POLARS_MAX_THREADS", "0"),
        ("POLARS_MAX_THREADS", "many"),
        ("POLARS_VERBOSE", "1"),
        ("POLARS_ASYNC_THREAD_COUNT", "x"),
        ("POLARS_FORCE_STREAMING", "1"),
        ("TZ", ":nowhere"),
        ("LC_ALL", "xx_YY"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        command.args(["trace", "rural_balance.value[KZ, last]", "--study"]).arg(&study).env(name, value);
        let output = command.env_remove("HOME").output().expect("esep runs");
        assert_eq!((code(&output), errors(&output)), (0, String::new()), "{name}={value}");
    }
}

/// Runs a method on a table of a stranger, outside of any study.
fn method(table: &str, arguments: &[&str]) -> Output {
    let folder = scratch(&format!("cli-method-{}", esep::files::sha256(format!("{table}{arguments:?}").as_bytes())));
    fs::write(folder.join("table.csv"), table).expect("a table");
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.current_dir(&folder).args(["method", "run"]).args(arguments).output().expect("esep runs")
}

const SERIES: &str = "region,year,net\nA,2013,\u{2212}39 344\nA,2014,-60937\nA,2015,-63529\nA,2016,-83940\nA,2017,-47006\n\
                      A,2018,-61691\nA,2019,-73415\nA,2020,-81310\nA,2021,-79108\nA,2022,-66850\nB,2013,5\nB,2014,…\nB,2015,7\n";

#[test]
fn a_method_runs_on_any_table_and_its_json_keeps_to_the_schema() {
    let asked =
        ["mann_kendall", "table.csv", "--bind", "value=net", "--by", "region", "--order", "year", "--format", "json"];
    let output = method(SERIES, &asked);
    assert_eq!((code(&output), errors(&output)), (0, String::new()));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let schema: serde_json::Value =
        serde_json::from_slice(&esep(Path::new("."), &["schema", "method-run"]).stdout).expect("JSON");
    let given = schema["$defs"]["RunResult"]["properties"]["reason"]["enum"].as_array().expect("reasons");
    let given: BTreeSet<&str> = given.iter().filter_map(|reason| reason.as_str()).collect();
    assert_eq!(given, Reason::ALL.iter().map(|reason| reason.code()).collect());
    jsonschema::validator_for(&schema).expect("a schema").validate(&json).expect("what the schema says");
    let results = json["results"].as_array().expect("results");
    let find = |key: &str, name: &str| {
        results.iter().find(|result| result["key"] == key && result["name"] == name).expect("a result").clone()
    };
    assert_eq!(find("A", "mann_kendall_s")["value"], -19);
    // Exact by the Mahonian numbers, by scipy's kendalltau(method="exact").
    assert_eq!(find("A", "mann_kendall_p_exact")["value"], 0.10831349206349207);
    assert_eq!(find("B", "mann_kendall_p")["reason"], "missing");
}

#[test]
fn names_that_a_spreadsheet_would_compute_are_texts_in_the_csv_of_a_method() {
    let table = "region,net\n=1+1,5\n@a,6\n-b,7\n+c,8\n-9,9\n";
    let output = method(table, &["total", "table.csv", "--bind", "value=net", "--by", "region", "--format", "csv"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let keys: Vec<&str> = said.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    for key in ["'=1+1", "'@a", "'-b", "'+c", "-9"] {
        assert!(keys.contains(&key), "{key}: {said}{}", errors(&output));
    }
}

#[test]
fn a_selector_that_means_no_row_is_refused() {
    let run = |filter: &str| {
        method(SERIES, &["total", "table.csv", "--bind", "value=net", "--by", "region", "--where", filter])
    };
    assert_eq!(code(&run("region=A|B")), 0);
    for (filter, said) in [
        ("region=A|C", "no row has `C` in the column `region`"),
        ("region!=a", "no row has `a` in the column `region`"),
        ("year=1990..1999", "no row has `1990..1999` in the column `year`"),
    ] {
        let output = run(filter);
        assert_eq!(code(&output), 1, "{filter}");
        assert!(errors(&output).contains(said), "{}", errors(&output));
    }
}

#[test]
fn a_table_may_stand_before_or_behind_the_bindings_and_come_through_a_pipe() {
    let behind =
        method(SERIES, &["total", "--bind", "value=net", "table.csv", "--where", "region=A", "--format", "csv"]);
    assert_eq!(String::from_utf8_lossy(&behind.stdout), "key,name,value,reason,unit\n,total,-657130,,\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.args([
        "method",
        "run",
        "total",
        "-",
        "--bind",
        "value=net",
        "--where",
        "region=A,year=2013..2014",
        "--format",
        "csv",
    ]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("esep runs");
    std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), SERIES.as_bytes()).expect("a table");
    let output = child.wait_with_output().expect("a result");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "key,name,value,reason,unit\n,total,-100281,,\n");
}

#[test]
fn one_column_serves_two_periods_when_it_is_ordered() {
    let table = "unit,year,people\na,2009,561\nb,2009,439\na,2021,612\nb,2021,388\n";
    let asked = [
        "structural_shift",
        "table.csv",
        "--bind",
        "share=people",
        "unit=unit",
        "--order",
        "year",
        "--set",
        "base=first",
    ];
    let output = method(table, &[&asked[..], &["--format", "csv"]].concat());
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("2021,kazinets_linear,0.051,,"), "{text}{}", errors(&output));
    assert!(text.contains("\"2021,a\",share_shift,5.1,,percentage-points"), "{text}");
}

#[test]
fn what_is_wrong_with_a_run_is_said_with_its_exit_code() {
    let run = |arguments: &[&str]| method(SERIES, arguments);
    for (arguments, exit, said) in [
        (&["mann_kendal", "table.csv", "--bind", "value=net"][..], 2, "mann_kendall"),
        (&["mann_kendall", "table.csv"][..], 2, "bind role `value`"),
        (&["mann_kendall", "table.csv", "--bind", "valu=net"][..], 2, "value"),
        (&["smoothing", "table.csv", "--bind", "value=net", "--set", "window=1"][..], 2, "2 to 25"),
        (&["mann_kendall", "--bind", "value=net"][..], 2, "name the table"),
        (&["mann_kendall", "nowhere.csv", "--bind", "value=net"][..], 1, "file/missing"),
        (&["mann_kendall", "table.csv", "--bind", "value=nett"][..], 1, "did you mean `net`"),
        (&["mann_kendall", "table.csv", "--bind", "value=region"][..], 1, "data/cell"),
        (&["mann_kendall", "table.csv", "--bind", "value=net", "--order", "year"][..], 1, "--by COLUMN"),
        (&["mann_kendall", "table.csv", "--bind", "value=net", "--where", "region=C"][..], 1, "no row has `C`"),
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), exit, "{arguments:?}: {}", errors(&output));
        assert!(errors(&output).contains(said), "{arguments:?}: {}", errors(&output));
    }
}

#[test]
fn methods_are_listed_and_shown_in_both_languages() {
    let run = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_esep")).arg("method").args(arguments).output().expect("esep runs");
        assert_eq!(code(&output), 0, "{}", errors(&output));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert!(run(&["list"]).contains("pettitt"));
    let listed: serde_json::Value = serde_json::from_str(&run(&["list", "--format", "json"])).expect("JSON");
    assert_eq!(listed["methods"].as_array().map(Vec::len), Some(esep::analysis::METHODS.len()));
    for method in esep::analysis::METHODS {
        let shown: serde_json::Value =
            serde_json::from_str(&run(&["show", method.name, "--lang", "kk", "--format", "json"])).expect("JSON");
        assert_eq!(shown["title"].as_str(), esep::language::texts::own("kk", &method.key("title")));
        assert_eq!(shown["roles"].as_array().map(Vec::len), Some(method.roles.len()));
        assert_eq!(shown["results"].as_array().map(Vec::len), Some(method.outputs.len()));
    }
    assert!(run(&["show", "gini", "--lang", "kk"]).contains("Рөлдері"));
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
    assert_eq!(code(&one("no-language", "{{ 5 | number }}")), 2);
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
    assert!(text(&human).contains("en urbanization, kk урбандалу, ru урбанизация (unsure)"), "{}", text(&human));
    assert_eq!(code(&esep(&scratch("cli-terms"), &["terms"])), 1);
}

#[test]
fn machines_are_answered_in_json_whatever_is_asked() {
    let empty = scratch("cli-json-full");
    fs::create_dir_all(&empty).expect("a folder");
    fs::write(empty.join("file"), "").expect("a file");
    let full = empty.display().to_string();
    let asked: [&[&str]; 11] = [
        &["method", "guide"],
        &["licences"],
        &["guide", "first-study"],
        &["guide", "nothing"],
        &["method", "show", "zz"],
        &["claims", "explain", "foo"],
        &["new", &full],
        &["frobnicate"],
        &["build", "--frob"],
        &["eval", "--lang", "zz", "x"],
        &["method", "list"],
    ];
    for words in asked {
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        let output = command.args(words).args(["--format", "json"]).output().expect("esep runs");
        let said: serde_json::Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{words:?}: {error}: {}", String::from_utf8_lossy(&output.stdout)));
        let is_refused = output.status.code() == Some(2);
        assert_eq!(is_refused, said["diagnostics"][0]["code"] == "cli/usage", "{words:?}\n{said}");
    }
    // The terminal's language is none of the study's.
    let list = |lang: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        command.args(["method", "list"]).env("LC_ALL", lang).output().expect("esep runs").stdout
    };
    assert!(String::from_utf8_lossy(&list("C")).contains("Absolute change"));
    assert_ne!(list("ru_RU.UTF-8"), list("C"));
}
