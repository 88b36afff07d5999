//! Examples: the studies of `examples/` are whole: they build, check and judge without one complaint, and owe nothing to the
//! flagship but what it publishes of data.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::study::{read, scratch, write};
use crate::support::{below, root};
use esep::files::Files;

/// Copies an example into a folder of its own, and builds and checks it there.
fn built(name: &str) -> PathBuf {
    let mut files = Files::default();
    below(&root().join("examples").join(name), "", &mut files);
    let folder = scratch(&format!("example-{name}"));
    write(&folder, &files);
    for command in ["build", "check"] {
        let mut esep = Command::new(env!("CARGO_BIN_EXE_esep"));
        let output =
            esep.args([command, "--strict", "--study"]).arg(&folder).env("ESEP_CACHE", "").output().expect("esep runs");
        let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), complaints.as_str()), (Some(0), ""), "{command} {name}");
    }
    folder
}

fn page(folder: &Path, lang: &str) -> String {
    let page = folder.join(format!("report/current/{lang}/report.md"));
    fs::read_to_string(page).expect("a page").replace('\u{a0}', " ")
}

#[test]
fn incomes_are_told_in_russian_and_a_made_up_page_is_judged() {
    let folder = built("incomes");
    let said = page(&folder, "ru");
    for phrase in [
        "В 2024 году самые высокие среднедушевые доходы были в Алматы – 344 454 тенге",
        "в 20 регионах",
        "21 177,5 тыс. тенге",
    ] {
        assert!(said.contains(phrase), "{phrase}\n{said}");
    }
    let invented = fs::read_to_string(folder.join("page.txt")).expect("the page");
    assert!(invented.starts_with("Эта страница вымышлена"));
    let verdicts = fs::read_to_string(folder.join("report/verification/verification.json")).expect("verdicts");
    let verdicts: serde_json::Value = serde_json::from_str(&verdicts).expect("JSON");
    let (confirmed, known) =
        (verdicts.to_string().matches("\"confirmed\"").count(), "Напечатан уровень четвёртого квартала");
    assert!(confirmed >= 6 && verdicts.to_string().contains(known), "{verdicts:#}");
    let claims = fs::read_to_string(folder.join("data/claims/page.yaml")).expect("claims");
    let printed = claims.lines().filter_map(|line| line.split("printed: \"").nth(1)?.split('"').next());
    printed.for_each(|printed| assert!(invented.contains(printed), "{printed}"));
}

#[test]
fn prices_are_told_in_english_and_kazakh_without_territories() {
    let folder = built("prices");
    let (english, kazakh) = (page(&folder, "en"), page(&folder, "kk"));
    for phrase in
        ["All numbers of this page are made up.", "In December 2024 the index of food was 101.7", "in 4 months"]
    {
        assert!(english.contains(phrase), "{phrase}\n{english}");
    }
    for phrase in ["Осы беттегі барлық сан ойдан шығарылған.", "2024 жылғы желтоқсанда", "жылдың 4 айында"]
    {
        assert!(kazakh.contains(phrase), "{phrase}\n{kazakh}");
    }
    assert!(!folder.join("data/territories.yaml").exists());
}

#[test]
fn no_line_of_an_example_is_the_flagships() {
    let mut flagship: Vec<String> = Vec::new();
    for path in ["study.yaml", "data/datapackage.yaml", "data/territories.yaml", "data/references.yaml"] {
        flagship.extend(fs::read_to_string(root().join(path)).expect("a file").lines().map(str::to_owned));
    }
    let mut templates = Files::default();
    below(&root().join("templates"), "templates", &mut templates);
    flagship
        .extend(templates.iter().filter_map(|(path, _)| templates.text(path)).flat_map(str::lines).map(str::to_owned));
    let long = |line: &&str| line.trim().chars().count() > 40;
    for name in ["incomes", "prices"] {
        for (path, bytes) in
            read(&root().join("examples").join(name)).iter().filter(|(path, _)| !path.contains("/raw/"))
        {
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            let taken: Vec<&str> =
                text.lines().filter(long).filter(|line| flagship.iter().any(|own| own == line)).collect();
            assert!(taken.is_empty(), "{name}/{path}: {taken:?}");
        }
    }
}
