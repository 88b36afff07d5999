//! Support: the study of this repository read into memory, as the command line reads it.

use std::fs;
use std::path::{Path, PathBuf};

use esep::files::Files;

/// Returns the root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Reads the flagship study.
pub(crate) fn study() -> Files {
    let mut files = Files::default();
    files.insert("study.yaml", fs::read(root().join("study.yaml")).expect("study.yaml"));
    for folder in ["data", "templates"] {
        below(&root().join(folder), folder, &mut files);
    }
    files
}

/// Reads all files below a folder.
pub(crate) fn below(folder: &Path, prefix: &str, files: &mut Files) {
    let mut entries: Vec<_> = fs::read_dir(folder).expect("a folder").flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if entry.path().is_dir() {
            below(&entry.path(), &path, files);
        } else {
            files.insert(path, fs::read(entry.path()).expect("a file"));
        }
    }
}
