//! Manifest: the file that lists what a report consists of, and which version of the program wrote it.

use std::collections::BTreeMap;

use crate::files::{Files, sha256};

/// The file of a report that lists the SHA-256 of all others, as `sha256sum -c` reads it.
pub const MANIFEST: &str = "checksums.sha256";

/// The version of this program.
pub const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// What stands before the version in the first line of a manifest.
const WRITTEN_BY: &str = "# esep ";

/// Lists the files of a report.
pub(super) fn manifest(files: &Files) -> String {
    // Pixels may differ between processors, so the list names the target that its PNG files are valid for.
    let (arch, system) = (std::env::consts::ARCH, std::env::consts::OS);
    let mut text = format!("{WRITTEN_BY}{PROGRAM}\n# PNG files: {arch} {system}\n");
    for (path, bytes) in files.iter().filter(|(path, _)| *path != MANIFEST) {
        text.push_str(&format!("{}  {path}\n", sha256(bytes)));
    }
    text
}

/// Reads which version of the program wrote a manifest, where it says so.
pub fn written_by(manifest: &str) -> Option<&str> {
    manifest.lines().find_map(|line| line.strip_prefix(WRITTEN_BY))
}

/// Reads a manifest: the SHA-256 of each file by its path.
pub fn listed(manifest: &str) -> BTreeMap<&str, &str> {
    let lines = manifest.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once("  ")).map(|(hash, path)| (path, hash)).collect()
}
