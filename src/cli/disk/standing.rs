//! Standing: what stands in a report folder: the files that its manifest lists, and what esep did not write.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path};

use super::claim;
use crate::files::{Files, sha256};
use crate::output::{self, MANIFEST};

/// A report folder by its manifest.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    /// The SHA-256 of each file that esep wrote, by its path.
    pub listed: BTreeMap<String, String>,
    /// What esep did not write, by its path; of a folder only itself is named.
    pub strangers: BTreeSet<String>,
}

impl Standing {
    /// Looks at a folder, which may not be there; refuses one that holds something and is no report.
    pub(crate) fn read(folder: &Path) -> io::Result<Standing> {
        let manifest = folder.join(MANIFEST);
        let is_report = fs::symlink_metadata(&manifest).is_ok_and(|meta| meta.is_file());
        let mut standing = Standing::default();
        if is_report {
            let text = String::from_utf8(fs::read(&manifest)?).unwrap_or_default();
            for (path, hash) in output::listed(&text) {
                if !is_plain(path) {
                    return Err(leads_out(path));
                }
                standing.listed.insert(path.to_owned(), hash.to_owned());
            }
            // Its own hash stands nowhere; what it says is looked at file by file.
            standing.listed.insert(MANIFEST.to_owned(), sha256(text.as_bytes()));
        }
        standing.walk(folder, "")?;
        match standing.strangers.iter().find(|name| !is_report && !name.starts_with('.')) {
            Some(name) => Err(io::Error::other(unlisted(folder, name))),
            None => Ok(standing),
        }
    }

    fn walk(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in super::entries(folder)? {
            let name = entry.file_name().to_string_lossy().into_owned();
            // A claim that gives way may be gone since the folder was listed.
            let gone = || matches!(entry.path().try_exists(), Ok(false));
            if prefix.is_empty() && (claim::is_claim(&entry.path()) || claim::is_name(&name) && gone()) {
                continue;
            }
            let path = format!("{prefix}{name}");
            let below = format!("{path}/");
            let kind = entry.file_type()?;
            let holds = self.listed.range(below.clone()..).next().is_some_and(|(next, _)| next.starts_with(&below));
            if kind.is_symlink() && (holds || self.listed.contains_key(&path)) {
                return Err(leads_out(&path));
            }
            if kind.is_dir() && holds {
                self.walk(&entry.path(), &below)?;
            } else if !kind.is_file() || !self.listed.contains_key(&path) {
                self.strangers.insert(path);
            }
        }
        Ok(())
    }

    /// Reads the files that esep wrote, each as it wrote it. Pictures may be missing: they can be drawn anew.
    pub(crate) fn files(&self, folder: &Path) -> io::Result<Files> {
        let mut files = Files::default();
        for (path, hash) in &self.listed {
            match super::read_file(&folder.join(path)) {
                Ok(bytes) if sha256(&bytes) == *hash => files.insert(path, bytes),
                Err(error) if error.kind() == io::ErrorKind::NotFound && path.ends_with(".png") => {}
                Ok(_) => {
                    return Err(io::Error::other(format!("`{path}` is not what esep wrote; build the whole report")));
                }
                Err(error) => return Err(io::Error::new(error.kind(), format!("`{path}`: {error}"))),
            }
        }
        Ok(files)
    }

    /// Refuses files that would take the place of something that esep did not write.
    pub(crate) fn admit(&self, folder: &Path, files: &Files) -> io::Result<()> {
        for (path, bytes) in files.iter() {
            if !is_plain(path) {
                return Err(leads_out(path));
            }
            let above = path.match_indices('/').map(|(at, _)| &path[..at]);
            let stranger = above.chain([path]).find(|part| self.strangers.contains(*part));
            if let Some(stranger) = stranger
                && !(stranger == path && holds(&folder.join(path), bytes))
            {
                let message = format!("`{stranger}` stands there, which esep did not write; move it away");
                return Err(io::Error::other(message));
            }
        }
        Ok(())
    }

    /// Returns the files of the report before that a build no longer writes: those to take away, and those that somebody
    /// altered, which stay.
    pub(crate) fn outdated(&self, folder: &Path, files: &Files) -> (Vec<String>, Vec<String>) {
        let old = self.listed.iter().filter(|(path, _)| files.get(path).is_none() && folder.join(path).is_file());
        let (own, altered): (Vec<_>, Vec<_>) =
            old.partition(|(path, hash)| fs::read(folder.join(path)).is_ok_and(|bytes| sha256(&bytes) == **hash));
        let paths = |list: Vec<(&String, &String)>| list.into_iter().map(|(path, _)| path.clone()).collect();
        (paths(own), paths(altered))
    }
}

/// Says what is wrong with a folder that holds something and has no manifest, which alone tells esep's files from others.
fn unlisted(folder: &Path, name: &str) -> String {
    let mut below = super::entries(folder).into_iter().flatten();
    match below.any(|entry| entry.path().join("numbers.json").is_file()) {
        true => format!(
            "it holds a report whose {MANIFEST} is gone, which says what of it esep wrote: put that file back, or move the folder away"
        ),
        false => format!("it holds something that is no report: `{name}`, and no {MANIFEST} of esep"),
    }
}

/// Says whether exactly these bytes stand in a file.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> bool {
    let alike = fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == bytes.len() as u64);
    alike && fs::read(path).is_ok_and(|own| own == bytes)
}

/// Says whether a path stays in the folder that it is from.
pub(super) fn is_plain(path: &str) -> bool {
    let parts = Path::new(path).components();
    !path.is_empty() && !path.contains('\\') && parts.clone().all(|part| matches!(part, Component::Normal(_)))
}

fn leads_out(path: &str) -> io::Error {
    io::Error::other(format!("`{path}` of it leads out of it"))
}
