//! Study: the dummy study of the tests, in memory and on disk.

use std::fs;
use std::path::{Path, PathBuf};

use esep::files::{Files, sha256};

use crate::support::{below, root};

/// Returns the folder of the tests' material.
pub(crate) fn material() -> PathBuf {
    root().join("tests/material")
}

/// Reads all files below a folder, by their paths in it.
pub(crate) fn read(folder: &Path) -> Files {
    let mut files = Files::default();
    below(folder, "", &mut files);
    files
}

/// Reads the dummy study.
pub(crate) fn dummy() -> Files {
    read(&material().join("study"))
}

/// Brings sizes and hashes of the catalogue up to date with the snapshots.
pub(crate) fn rehash(files: &mut Files) {
    let catalogue = files.text("data/datapackage.yaml").expect("a catalogue").to_owned();
    let mut path = String::new();
    let mut out = String::new();
    for line in catalogue.lines() {
        let (key, value) = line.trim().split_once(": ").unwrap_or_default();
        if key == "path" {
            path = format!("data/{value}");
        }
        let bytes = files.get(&path).unwrap_or_default();
        let own = match key {
            "bytes" => format!("    bytes: {}", bytes.len()),
            "hash" => format!("    hash: \"sha256:{}\"", sha256(bytes)),
            _ => line.to_owned(),
        };
        out.push_str(&own);
        out.push('\n');
    }
    files.insert("data/datapackage.yaml", out);
}

/// Makes an empty folder of its own for a test.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

/// Writes files into a folder.
pub(crate) fn write(folder: &Path, files: &Files) {
    for (path, bytes) in files.iter() {
        let target = folder.join(path);
        fs::create_dir_all(target.parent().expect("a parent")).expect("a folder");
        fs::write(target, bytes).expect("a file");
    }
}
