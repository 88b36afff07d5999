//! Gives the program an id made from its sources and its dependencies, by which it knows its own cache, and the list of
//! the files of `languages/`.
#![allow(clippy::disallowed_methods, reason = "a build script reads the sources")]

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

fn main() {
    let mut hasher = DefaultHasher::new();
    for path in ["Cargo.lock", "Cargo.toml", "build.rs", "src", "languages"] {
        println!("cargo::rerun-if-changed={path}");
        hash(Path::new(path), &mut hasher);
    }
    for variable in ["TARGET", "PROFILE", "OPT_LEVEL"] {
        hasher.write(std::env::var(variable).unwrap_or_default().as_bytes());
    }
    println!("cargo::rustc-env=ESEP_PROGRAM={:016x}", hasher.finish());
    let list = languages();
    let entries: String = list.iter().map(|(lang, name, path)| entry(lang, name, path)).collect();
    let list = format!("/// All files of texts.\nstatic FILES: [File; {}] = [{entries}];\n", list.len());
    let folder = std::env::var("OUT_DIR").expect("cargo names the folder");
    fs::write(Path::new(&folder).join("languages.rs"), list).expect("the folder can be written to");
}

/// Lists the files of texts: language, name, path. What lies beside the folders belongs to no language.
fn languages() -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let mut take = |folder: &Path, lang: &str| {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if path.extension().is_some_and(|end| end == "yaml") {
                let path = fs::canonicalize(&path).unwrap_or(path).to_string_lossy().into_owned();
                found.push((lang.to_owned(), stem, path));
            }
        }
    };
    take(Path::new("languages"), "");
    for folder in fs::read_dir("languages").into_iter().flatten().flatten().map(|entry| entry.path()) {
        take(&folder, &folder.file_name().unwrap_or_default().to_string_lossy());
    }
    found.sort();
    found
}

fn entry(lang: &str, name: &str, path: &str) -> String {
    format!("File {{ lang: {lang:?}, name: {name:?}, text: include_str!({path:?}), read: OnceLock::new() }},\n")
}

/// Takes in a file, or all files of a folder in order, with their names and lengths.
fn hash(path: &Path, hasher: &mut DefaultHasher) {
    if let Ok(list) = fs::read_dir(path) {
        let mut paths: Vec<_> = list.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        return paths.iter().for_each(|path| hash(path, hasher));
    }
    let bytes = fs::read(path).unwrap_or_default();
    for part in [path.as_os_str().as_encoded_bytes(), &bytes] {
        hasher.write_usize(part.len());
        hasher.write(part);
    }
}
