//! Licences: what the program is made of besides its own code, under which terms, and that nobody else's terms are broken.
//!
//! `THIRD-PARTY.txt` is written from Cargo.lock and the sources of the crates (`BLESS=1`, `make bless`); `esep licences`
//! prints it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::root;

const NOTICES: &str = "THIRD-PARTY.txt";

/// The licences under which the program may take in what others wrote.
const ALLOWED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "OFL-1.1",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// What stands in a package besides its code, with a licence of its own.
const ENCLOSED: [(&str, &str, &str); 1] = [("notosans", "fonts/LICENSE_OFL.txt", "OFL-1.1")];

/// Walks from what Cargo.toml names to all that is compiled into the program or runs when it is compiled.
fn packages() -> BTreeSet<(String, String)> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let mut names = Vec::new();
    let mut is_ours = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            is_ours = line.ends_with("dependencies]") && !line.contains("dev-");
        } else if let Some((name, rest)) = line.split_once(" = ").filter(|(name, _)| is_ours && !name.starts_with('#'))
        {
            let renamed = rest.split_once("package = \"").and_then(|(_, rest)| rest.split('"').next());
            names.push(renamed.unwrap_or(name).to_owned());
        }
    }
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let mut known: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for entry in lock.split("[[package]]").skip(1) {
        let value = |key: &str| {
            let line = entry.lines().find_map(|line| line.strip_prefix(key)).expect("a value");
            line.trim_matches(|c| " =\"".contains(c)).to_owned()
        };
        let needs =
            entry.split_once("dependencies = [").map_or("", |(_, rest)| rest.split(']').next().unwrap_or_default());
        let needs = needs.split('"').skip(1).step_by(2).map(str::to_owned).collect();
        known.insert((value("name"), value("version")), needs);
    }
    let mut found = BTreeSet::new();
    while let Some(name) = names.pop() {
        // Where a name has several versions, Cargo.lock writes the one that is meant behind it.
        let (name, version) =
            name.split_once(' ').map_or((name.as_str(), None), |(name, version)| (name, Some(version)));
        let is_meant = |(own, at): &&(String, String)| own == name && version.is_none_or(|version| version == at);
        for package in known.keys().filter(is_meant) {
            if found.insert(package.clone()) {
                names.extend(known[package].iter().cloned());
            }
        }
    }
    found
}

/// Finds the sources of a package on this machine.
fn sources(name: &str, version: &str) -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))?;
    let registries = fs::read_dir(home.join("registry/src")).ok()?;
    registries.flatten().map(|entry| entry.path().join(format!("{name}-{version}"))).find(|path| path.is_dir())
}

/// Reads the licence that a package states, and the texts that it holds.
fn terms(name: &str, folder: &Path) -> (String, Vec<String>) {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
    let stated = manifest.lines().find_map(|line| line.strip_prefix("license = \"")).unwrap_or_default();
    let mut stated = stated.trim_end_matches('"').replace('/', " OR ");
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a package")
        .flatten()
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|file| {
            let file = file.to_uppercase();
            ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE", "COPYRIGHT"]
                .iter()
                .any(|start| file.starts_with(start))
        })
        .collect();
    names.sort();
    for (_, file, licence) in ENCLOSED.iter().filter(|(own, ..)| *own == name) {
        names.push((*file).to_owned());
        stated = format!("({stated}) AND {licence}");
    }
    let plain =
        |text: String| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned();
    let texts = names
        .iter()
        .map(|file| plain(String::from_utf8_lossy(&fs::read(folder.join(file)).expect("a text")).into_owned()));
    (stated, texts.filter(|text| !text.trim().is_empty()).collect())
}

const RULE: &str = "--------------------------------------------------------------------------------";

/// Writes the notices; `None` where the sources of a package are not on this machine.
fn notices() -> Option<String> {
    let mut list = String::new();
    // One text, known by its words, with those who share it.
    let mut texts: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for (name, version) in packages() {
        let (stated, own) = terms(&name, &sources(&name, &version)?);
        let bare = if own.is_empty() { "; its package holds no text: see those of the others" } else { "" };
        list.push_str(&format!("{name} {version}: {stated}{bare}\n"));
        for text in own {
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let shared = &mut texts.entry(words).or_insert_with(|| (text, Vec::new())).1;
            if !shared.contains(&name) {
                shared.push(name.clone());
            }
        }
    }
    let mut texts: Vec<(String, Vec<String>)> = texts.into_values().collect();
    texts.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
    let mut out = format!(
        "esep holds the work of others. This list is written from Cargo.lock; the texts of the licences stand below it, each\n\
         once, with the packages that hold it. The standard library of Rust is under MIT or Apache-2.0.\n\n{list}"
    );
    for (text, names) in texts {
        out.push_str(&format!("\n{RULE}\n{}\n{RULE}\n\n{text}\n", names.join(", ")));
    }
    Some(out)
}

/// Returns the packages that the notices list with their licences.
fn listed() -> BTreeMap<(String, String), String> {
    let text = fs::read_to_string(root().join(NOTICES)).expect("the notices");
    let list = text.split(RULE).next().unwrap_or_default().split("\n\n").nth(1).unwrap_or_default();
    list.lines()
        .map(|line| {
            let (package, licence) = line.split_once(": ").expect("a licence");
            let (name, version) = package.split_once(' ').expect("a version");
            let licence = licence.split(';').next().unwrap_or_default();
            ((name.to_owned(), version.to_owned()), licence.to_owned())
        })
        .collect()
}

#[test]
fn licences_of_all_that_the_program_holds_stand_in_the_notices() {
    let path = root().join(NOTICES);
    let written = notices();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, written.as_ref().expect("the sources of all packages: cargo fetch")).expect("the notices");
    }
    assert_eq!(listed().into_keys().collect::<BTreeSet<_>>(), packages(), "{NOTICES} is stale: run `make bless`");
    if let Some(written) = written {
        assert!(fs::read_to_string(&path).expect("the notices") == written, "{NOTICES} is stale: run `make bless`");
    }
    assert!(fs::read_to_string(&path).expect("the notices").contains("SIL OPEN FONT LICENSE"));
}

/// Says whether one of the ways to take something is allowed.
fn is_allowed(licence: &str) -> bool {
    let licence = licence.trim();
    let mut depth = 0;
    // The outermost word that joins two terms; OR binds less than AND.
    for joint in [" OR ", " AND "] {
        for (at, letter) in licence.char_indices() {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            if depth == 0 && licence[at..].starts_with(joint) {
                let (left, right) = (is_allowed(&licence[..at]), is_allowed(&licence[at + joint.len()..]));
                return if joint == " OR " { left || right } else { left && right };
            }
        }
    }
    match licence.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => is_allowed(inner),
        None => ALLOWED.contains(&licence),
    }
}

#[test]
fn licences_are_those_that_are_allowed() {
    assert!(is_allowed("(MIT OR GPL-3.0) AND OFL-1.1") && !is_allowed("MIT AND GPL-3.0") && !is_allowed(""));
    let others: Vec<_> = listed().into_iter().filter(|(_, licence)| !is_allowed(licence)).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn licences_are_printed_by_the_program() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_esep")).arg("licences").output().expect("esep runs");
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout) == fs::read_to_string(root().join(NOTICES)).expect("the notices"));
}
