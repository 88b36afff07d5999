//! Gives the program an id made from its sources and its dependencies, by which it knows its own cache.
#![allow(clippy::disallowed_methods, reason = "a build script reads the sources")]

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

fn main() {
    let mut hasher = DefaultHasher::new();
    for path in ["Cargo.lock", "Cargo.toml", "build.rs", "src"] {
        println!("cargo::rerun-if-changed={path}");
        hash(Path::new(path), &mut hasher);
    }
    for variable in ["TARGET", "PROFILE", "OPT_LEVEL"] {
        hasher.write(std::env::var(variable).unwrap_or_default().as_bytes());
    }
    println!("cargo::rustc-env=ESEP_PROGRAM={:016x}", hasher.finish());
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
