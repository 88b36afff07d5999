//! Schemas: what `esep schema` prints is what stands in `docs/schemas`, and every file that a study holds fits its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;

use crate::support::root;

/// Which files of studies each is of.
const OF: [(&str, &[&str]); 11] = [
    ("study", &["study.yaml", "examples/incomes/study.yaml", "examples/prices/study.yaml"]),
    (
        "datapackage",
        &["data/datapackage.yaml", "examples/incomes/data/datapackage.yaml", "examples/prices/data/datapackage.yaml"],
    ),
    ("territories", &["data/territories.yaml", "examples/incomes/data/territories.yaml"]),
    ("aliases", &["data/aliases.yaml"]),
    ("tiles", &["data/tiles.yaml"]),
    ("references", &["data/references.yaml"]),
    ("terms", &["data/terms.yaml"]),
    (
        "exhibits",
        &["templates/ru/exhibits.yaml", "templates/kk/exhibits.yaml", "examples/prices/templates/en/exhibits.yaml"],
    ),
    ("words", &["templates/ru/strings.yaml", "templates/kk/strings.yaml"]),
    ("claims", &["data/claims/article_a.yaml", "data/claims/article_b.yaml", "src/claim/example.yaml"]),
    ("journal", &["journals/general.yaml"]),
];

fn esep(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_esep")).args(arguments).output().expect("esep runs")
}

fn printed(name: &str) -> String {
    String::from_utf8(esep(&["schema", name]).stdout).expect("UTF-8")
}

fn names() -> Vec<String> {
    let list: Json = serde_json::from_slice(&esep(&["schema", "--format", "json"]).stdout).expect("JSON");
    let name = |one: &Json| one["name"].as_str().expect("a name").to_owned();
    list["schemas"].as_array().expect("a list").iter().map(name).collect()
}

fn yaml(path: &Path) -> Json {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_yaml::from_str(&text).expect("YAML")
}

/// Visits every map of a file.
fn maps(json: &mut Json, visit: &mut dyn FnMut(&mut serde_json::Map<String, Json>)) {
    match json {
        Json::Object(map) => {
            visit(map);
            map.values_mut().for_each(|value| maps(value, visit));
        }
        Json::Array(list) => list.iter_mut().for_each(|value| maps(value, visit)),
        _ => {}
    }
}

#[test]
fn schemas_stand_in_the_documentation_as_they_are_printed() {
    let folder: PathBuf = root().join("docs/schemas");
    let bless = std::env::var_os("BLESS").is_some();
    for name in names() {
        let (path, text) = (folder.join(format!("{name}.schema.json")), printed(&name));
        if bless {
            fs::create_dir_all(&folder).and_then(|()| fs::write(&path, &text)).expect("a schema");
        }
        assert!(fs::read_to_string(&path).unwrap_or_default() == text, "{}; BLESS=1", path.display());
        jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema");
    }
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), names().len());
}

#[test]
fn schemas_describe_every_key_that_a_study_may_have() {
    for (name, _) in OF {
        let mut schema: Json = serde_json::from_str(&printed(name)).expect("JSON");
        maps(&mut schema, &mut |map| {
            // A word with a value is described as a whole.
            if map.contains_key("description")
                && map.get("properties").and_then(Json::as_object).is_some_and(|keys| keys.len() == 1)
            {
                return;
            }
            for (key, of) in map.get("properties").and_then(Json::as_object).into_iter().flatten() {
                let said = of["description"].as_str().unwrap_or_default();
                assert!(!said.is_empty() || of["const"].is_string(), "{name}: `{key}` is not described");
            }
        });
    }
}

#[test]
fn schemas_are_kept_by_every_file_and_refuse_a_misspelt_key() {
    for (name, files) in OF {
        let validator =
            jsonschema::validator_for(&serde_json::from_str(&printed(name)).expect("JSON")).expect("a schema");
        let found: Vec<PathBuf> = files.iter().map(|path| root().join(path)).filter(|path| path.is_file()).collect();
        assert!(!found.is_empty(), "{name} has a file");
        for path in found {
            let whole = yaml(&path);
            let problems: Vec<String> =
                validator.iter_errors(&whole).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert_eq!(problems, Vec::<String>::new(), "{}", path.display());
            let mut wrong = whole.clone();
            wrong.as_object_mut().expect("a map").insert("misspelt".to_owned(), serde_json::json!([{"colour": 1}]));
            assert!(!validator.is_valid(&wrong), "{}", path.display());
        }
    }
    let claims = jsonschema::validator_for(&serde_json::from_str(&printed("claims")).expect("JSON")).expect("a schema");
    let example = esep::claim::EXAMPLE;
    for wrong in [
        example.replace("phrase:", "phrases:"),
        example.replace("kind: sign,", "kind: signs,"),
        example.replace("derived: \"-200\", ", ""),
    ] {
        assert!(!claims.is_valid(&serde_yaml::from_str(&wrong).expect("YAML")), "{wrong}");
    }
}

#[test]
fn a_schema_that_there_is_not_is_told_with_those_that_there_are() {
    let output = esep(&["schema", "territory"]);
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("`territories`") && said.contains("datapackage"), "{said}");
}

/// Holds an answer to the schema of its command.
pub(crate) fn fits(schema: &str, answer: &Json) {
    let text = serde_json::from_str(&printed(schema)).expect("JSON");
    let validator = jsonschema::validator_for(&text).expect("a schema");
    let problems: Vec<String> = validator.iter_errors(answer).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert_eq!(problems, Vec::<String>::new(), "{schema}");
}

#[test]
fn answers_of_commands_keep_to_their_schemas() {
    let folder = crate::study::scratch("schemas-answers");
    let study = folder.join("study");
    let (study, cache) = (study.to_str().expect("a path"), folder.join("cache"));
    let run = |arguments: &[&str]| -> Json {
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        let output = command.args(arguments).args(["--format", "json"]).env("ESEP_CACHE", &cache).output();
        let output = output.expect("esep runs");
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
    };
    assert!(esep(&["new", study, "--lang", "ru,kk"]).status.success());
    let broken = folder.join("broken");
    fs::create_dir_all(&broken).and_then(|()| fs::write(broken.join("study.yaml"), "esep: 1\n")).expect("a study");
    run(&["build", "--study", study]);
    let changed = |path: &str, from: &str, to: &str| {
        let path = folder.join("study").join(path);
        let text = fs::read_to_string(&path).expect("a file");
        assert!(text.contains(from), "{path:?}");
        fs::write(&path, text.replace(from, to)).expect("a file");
    };
    changed("study.yaml", "esep: 1\n", "");
    let flagship = root();
    let flagship = flagship.to_str().expect("a path");
    for (schema, arguments) in [
        ("status", &["status", "--why", "--study", study] as &[&str]),
        ("upgrade", &["upgrade", "--study", study]),
        ("eject", &["eject", "terms", "--study", study]),
        ("check", &["check", "--study", study]),
        ("diagnostics", &["build", "--study", broken.to_str().expect("a path")]),
        ("eval", &["eval", "{{ 5 | persons }}", "--lang", "ru"]),
        ("list", &["list", "filters"]),
        ("methods", &["method", "list"]),
        ("charts", &["chart", "list"]),
        ("journals", &["article", "journals"]),
        ("term-list", &["terms", "--study", flagship]),
        ("word-list", &["words", "--missing", "tr"]),
        ("chapters", &["guide"]),
        ("method", &["method", "show", "pettitt"]),
        ("completions", &["completions", "bash"]),
        ("schemas", &["schema"]),
        ("clean", &["clean", "--study", study]),
    ] {
        fits(schema, &run(arguments));
    }
}

#[test]
fn answers_about_data_and_claims_keep_to_their_schemas() {
    let folder = crate::study::scratch("schemas-claims");
    crate::study::write(&folder, &crate::study::dummy());
    let queries = crate::pull::folder("schemas");
    fs::write(queries.0.join("records/moves-1.csv"), crate::pull::text(&crate::pull::records(200))).expect("records");
    let text = "В 2021 году в крае жили 250,0 тыс. человек.\n";
    fs::write(folder.join("paper.txt"), text).expect("a text");
    let rows = "territory;year;total;urban;rural\nKZ;2022;-200;330;-530\nKZ;2023;-10;20;-30\nXX;2023;1;1;1\n";
    fs::write(folder.join("all.csv"), rows).expect("a file");
    fs::write(folder.join("known.csv"), rows.replace("XX;2023;1;1;1\n", "")).expect("a file");
    let beside = folder.join("begun");
    let run = |arguments: &[&str]| -> Json {
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        let study = if arguments.contains(&"pull") { &queries.0 } else { &folder };
        let output =
            command.current_dir(study).args(arguments).args(["--format", "json"]).env("ESEP_CACHE", "").output();
        let output = output.expect("esep runs");
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{arguments:?}: {error} {}", String::from_utf8_lossy(&output.stderr)))
    };
    assert!(esep(&["build", "--study", folder.to_str().expect("a path")]).status.success());
    let stub = folder.join("stub.yaml").display().to_string();
    let scanned = ["claims", "scan", "paper.txt", "--out", &stub, "--study", folder.to_str().expect("a path")];
    let scan = Command::new(env!("CARGO_BIN_EXE_esep")).current_dir(&folder).args(scanned).output().expect("esep runs");
    assert!(scan.status.success(), "{}", String::from_utf8_lossy(&scan.stderr));
    for (schema, arguments) in [
        ("claims-explain", &["claims", "explain", "250,0 тыс"] as &[&str]),
        ("claims-explain", &["claims", "explain", "987654321"]),
        ("claims-scan", &["claims", "scan", "paper.txt"]),
        ("claims-accept", &["claims", "accept", &stub, "--yes", "n001"]),
        ("verification", &["verify"]),
        ("verify-set", &["verify", "--set", "population.total[KZ,2021]=250100"]),
        ("verify-report", &["verify", "--report"]),
        ("data-inspect", &["data", "inspect", "all.csv"]),
        ("data-add", &["data", "add", "known.csv", "--table", "net_migration", "--vintage", "new"]),
        ("data-pull", &["data", "pull", "--all", "--vintage", "v1"]),
        ("new", &["new", beside.to_str().expect("a path"), "--lang", "ru"]),
    ] {
        fits(schema, &run(arguments));
    }
}
