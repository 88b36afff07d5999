//! Tidy: the house keeps to its own rules: who knows whom, what the map says, how files open.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::support::root;

/// Collects the Rust files of `src`, with their paths from there.
pub(crate) fn sources() -> BTreeMap<String, String> {
    fn walk(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else if name.ends_with(".rs") {
                found.insert(name, fs::read_to_string(entry.path()).expect("a source"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&root().join("src"), "", &mut found);
    found
}

/// Reads the table of rooms in ARCHITECTURE.md: room → the rooms that it may know.
fn map() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
        (cells[0].trim_matches('`').to_owned(), names(cells[cells.len() - 1]))
    })
    .collect()
}

fn room_of(path: &str) -> String {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs").to_owned()
}

#[test]
fn a_room_knows_only_its_neighbours() {
    let map = map();
    let mut strangers = Vec::new();
    for (path, text) in sources() {
        let room = room_of(&path);
        if room == "lib" || room == "main" {
            continue;
        }
        let own = map.get(&room).unwrap_or_else(|| panic!("ARCHITECTURE.md does not list room `{room}`"));
        // A name behind `crate::` in code or in a nested use; comments and doc links do not count.
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for mention in code.split("crate::").skip(1) {
            let first =
                mention.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '{')).next().unwrap_or_default();
            let names: Vec<&str> = match mention.strip_prefix('{') {
                Some(list) => list
                    .split('}')
                    .next()
                    .unwrap_or_default()
                    .split(',')
                    .map(|n| n.trim().split("::").next().unwrap_or_default())
                    .collect(),
                None => vec![first],
            };
            for name in names.into_iter().filter(|name| map.contains_key(*name) && **name != room) {
                if !own.contains(name) {
                    strangers.push(format!("{path} knows {name}"));
                }
            }
        }
    }
    strangers.sort();
    strangers.dedup();
    assert!(
        strangers.is_empty(),
        "rooms know rooms that ARCHITECTURE.md does not name beside them:\n{}",
        strangers.join("\n")
    );
}

#[test]
fn the_map_names_exactly_the_rooms_that_exist() {
    let rooms: BTreeSet<String> =
        sources().keys().map(|path| room_of(path)).filter(|room| room != "lib" && room != "main").collect();
    assert_eq!(rooms, map().into_keys().collect());
}

#[test]
fn every_file_opens_with_a_sentence_and_none_unwraps() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let first = text.lines().next().unwrap_or_default();
        if !first.starts_with("//! ") || !first.ends_with('.') && !first.ends_with(';') && !first.contains(':') {
            faults.push(format!("{path} does not open with a sentence"));
        }
        let shipped = text.split("#[cfg(test)]").next().unwrap_or_default();
        let is_test = path.ends_with("tests.rs");
        for (i, line) in shipped.lines().enumerate().filter(|_| !is_test) {
            for banned in [".unwrap()", "todo!(", "unimplemented!(", "dbg!(", "HashMap", "HashSet"] {
                if line.contains(banned) && !line.trim_start().starts_with("//") {
                    faults.push(format!("{path}:{}: {banned}", i + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_reference_is_what_the_code_says() {
    let standing = fs::read_to_string(root().join("docs/reference.md")).unwrap_or_default();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_esep")).arg("reference").output().expect("esep runs");
    let written = String::from_utf8(output.stdout).expect("UTF-8");
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(root().join("docs")).expect("docs");
        fs::write(root().join("docs/reference.md"), &written).expect("docs/reference.md");
    } else {
        assert_eq!(standing, written, "docs/reference.md is stale: run `make bless`");
    }
}

#[test]
fn the_guide_of_methods_is_what_the_code_says_and_leaves_none_out() {
    let named: Vec<&str> = esep::analysis::QUESTIONS.iter().flat_map(|(_, methods)| *methods).copied().collect();
    for method in esep::analysis::METHODS {
        assert_eq!(named.iter().filter(|name| **name == method.name).count(), 1, "{}", method.name);
    }
    assert_eq!(named.len(), esep::analysis::METHODS.len());
    for lang in ["ru", "kk", "en"] {
        let path = root().join(format!("docs/methods.{lang}.md"));
        let output =
            std::process::Command::new(env!("CARGO_BIN_EXE_esep")).args(["method", "guide", "--lang", lang]).output();
        let written = String::from_utf8(output.expect("esep runs").stdout).expect("UTF-8");
        if std::env::var_os("BLESS").is_some() {
            fs::write(path, &written).expect("the guide");
        } else {
            assert_eq!(
                fs::read_to_string(path).unwrap_or_default(),
                written,
                "docs/methods.{lang}.md is stale: run `make bless`"
            );
        }
    }
}

#[test]
fn every_code_is_raised_and_every_raised_code_is_listed() {
    let sources = sources();
    let raised: String = sources
        .iter()
        .filter(|(path, _)| !path.starts_with("diagnostic/codes"))
        .map(|(_, text)| text.as_str())
        .collect();
    let list = &sources["diagnostic/codes.rs"];
    for line in list.lines().filter(|line| line.contains(" = \"") && line.contains("\": \"")) {
        let name = line.trim().split(' ').next().unwrap_or_default();
        assert!(raised.contains(&format!("code::{name}")), "nothing raises {name}");
    }
}

#[test]
fn the_changelog_has_the_version() {
    let text = fs::read_to_string(root().join("CHANGELOG.md")).expect("CHANGELOG.md");
    assert!(text.contains(&format!("## {}", env!("CARGO_PKG_VERSION"))));
}

/// What may hold Russian and Kazakh outside of `language`: the examples of the filters, which a test runs.
const SPEAKS: [&str; 1] = ["page/filters.rs"];

#[test]
fn no_room_but_language_says_anything_in_a_language() {
    let rooms = ["analysis", "claim", "cli", "output", "drawing", "page", "exhibit", "expression", "study"];
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let named = rooms.contains(&room_of(&path).as_str()) && !path.ends_with("tests.rs");
        if !named || SPEAKS.iter().any(|own| path.starts_with(own)) {
            continue;
        }
        let shipped = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (i, line) in shipped.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            if line.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c)) {
                faults.push(format!("{path}:{}: {}", i + 1, line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "texts belong in languages/:\n{}", faults.join("\n"));
}

#[test]
fn no_room_but_language_knows_one_language_from_another() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        if room_of(&path) == "language" || path.ends_with("tests.rs") || SPEAKS.contains(&path.as_str()) {
            continue;
        }
        let shipped = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (i, line) in shipped.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            // English is the language of the program itself.
            if ["Lang::Ru", "Lang::Kk", "\"ru\"", "\"kk\""].iter().any(|own| line.contains(own)) {
                faults.push(format!("{path}:{}: {}", i + 1, line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "what only one language has stands in its file of src/language:\n{}", faults.join("\n"));
}
