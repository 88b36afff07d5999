//! Support: the study of this repository read into memory, as the command line reads it.

use std::fs;
use std::path::PathBuf;

use esep::files::Files;

use crate::study::read;

/// Returns the root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Reads the flagship study.
pub fn study() -> Files {
    let mut files = Files::default();
    files.insert("study.yaml", fs::read(root().join("study.yaml")).expect("study.yaml"));
    for folder in ["data", "templates"] {
        for (path, bytes) in read(&root().join(folder)).iter() {
            files.insert(format!("{folder}/{path}"), bytes);
        }
    }
    files
}
