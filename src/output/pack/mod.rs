//! Pack: the folder that a reviewer takes: report, study, data as far as their terms allow, and what is said of them.

mod readme;
mod ro_crate;

use std::collections::BTreeMap;

use super::{Built, MANIFEST, Material, downloads};
use crate::catalog::entry::{LicenseEntry, ResourceEntry};
use crate::files::{Files, sha256};

/// What goes into the folder.
pub struct Packing<'a> {
    /// What all editions share.
    pub material: &'a Material,
    /// The editions.
    pub built: &'a [Built],
    /// The files of the study.
    pub study: &'a Files,
    /// The finished report.
    pub report: &'a Files,
    /// The numbers as workbooks.
    pub workbooks: &'a Files,
    /// The minutes that the build took, rounded up to a step, so that the same study is the same folder.
    pub minutes: u64,
    /// The snapshots that go in on the word of who packs, by their names in the catalogue.
    pub included: &'a [String],
    /// The day on which it is published, where that is told.
    pub published: Option<&'a str>,
    /// The terms of the whole, by their name at SPDX or their address, where they are told.
    pub license: Option<&'a str>,
}

/// Whether a snapshot goes into the folder, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// Its terms allow it.
    Allowed,
    /// Its terms do not, who packs says so.
    Included,
    /// Its terms do not allow it.
    Forbidden,
    /// No terms are stated.
    Silent,
}

impl Passed {
    /// Decides of a snapshot.
    pub fn of(resource: &ResourceEntry, included: &[String]) -> Passed {
        let terms = &resource.licenses;
        if !terms.is_empty() && terms.iter().all(allows) {
            Passed::Allowed
        } else if included.contains(&resource.name) {
            Passed::Included
        } else if terms.is_empty() {
            Passed::Silent
        } else {
            Passed::Forbidden
        }
    }

    /// Returns true where it goes in.
    pub fn is_in(self) -> bool {
        matches!(self, Passed::Allowed | Passed::Included)
    }
}

/// The short names of terms that let anybody pass a file on, as the Open Definition lists them, by how they begin.
const OPEN: [&str; 11] =
    ["cc0", "cc-zero", "cc-by", "odc-", "pddl", "odbl", "ogl", "uk-ogl", "other-open", "other-pd", "other-at"];

/// What takes the leave back.
const CLOSED: [&str; 2] = ["-nc", "-nd"];

fn allows(terms: &LicenseEntry) -> bool {
    let name = terms.name.as_deref().unwrap_or_default().to_ascii_lowercase();
    OPEN.iter().any(|own| name.starts_with(own)) && !CLOSED.iter().any(|own| name.contains(own))
}

/// The file of a snapshot in the study.
fn file_of(resource: &ResourceEntry) -> String {
    format!("data/{}", resource.path)
}

/// Returns true for a file of the study whose cells may go into the folder.
pub fn passes(file: &str, material: &Material, included: &[String]) -> bool {
    let mut resources = material.catalog.resources.iter().filter(|resource| file_of(resource) == file);
    resources.all(|resource| Passed::of(resource, included).is_in())
}

/// Lays the folder out.
pub fn pack(given: &Packing) -> Files {
    let mut files = Files::default();
    let passed: BTreeMap<String, Passed> = given
        .material
        .catalog
        .resources
        .iter()
        .map(|resource| (file_of(resource), Passed::of(resource, given.included)))
        .collect();
    for (path, bytes) in given.study.iter().filter(|(path, _)| passed.get(*path).is_none_or(|own| own.is_in())) {
        files.insert(format!("study/{path}"), bytes);
    }
    for (path, bytes) in given.report.iter() {
        files.insert(format!("study/report/{path}"), bytes);
    }
    for (path, bytes) in given.workbooks.iter() {
        files.insert(format!("numbers/{path}"), bytes);
    }
    files.insert("program/SOURCE.txt", source());
    files.insert("program/THIRD-PARTY.txt", include_str!("../../../THIRD-PARTY.txt"));
    files.insert("CITATION.cff", downloads::citation_file(given.material));
    let size: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    files.extend(readme::files(given, size));
    let described = ro_crate::metadata(given, &files);
    files.insert("ro-crate-metadata.json", described);
    let lines: String = files.iter().map(|(path, bytes)| format!("{}  {path}\n", sha256(bytes))).collect();
    files.insert(MANIFEST, lines);
    files
}

/// Says which program built the report, and where its source is.
fn source() -> String {
    let (version, name) = (super::PROGRAM, env!("CARGO_PKG_NAME"));
    format!(
        "{name} {version}\n{}\n\n\
         Source: the package `{name}` of this version, written in Rust ({} or later).\n\
         In its folder: cargo install --locked --path .\n\
         Licence: {}; what others wrote in it: THIRD-PARTY.txt.\n\
         `{name} --version` says which version stands on a machine.\n",
        env!("CARGO_PKG_DESCRIPTION"),
        env!("CARGO_PKG_RUST_VERSION"),
        env!("CARGO_PKG_LICENSE"),
    )
}
