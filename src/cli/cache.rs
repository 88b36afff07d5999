//! Cache: what makes a rebuild fast, kept in the user's own cache folder and never needed.
//!
//! Nothing in it is believed: each entry begins with the hash of its content, and the folder is of one study and of this
//! very program, whose id is made from its sources when it is compiled.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::disk::{self, Disk, Standing};
use crate::files::{Files, sha256};
use crate::output::MANIFEST;

/// The id of this program.
const PROGRAM: &str = env!("ESEP_PROGRAM");

/// The part of the cache that is a study's.
pub struct Cache {
    /// `None` where there is no place for it.
    folder: Option<PathBuf>,
}

impl Cache {
    /// Opens the cache of a study: in `--cache`, `ESEP_CACHE` (empty: no cache), or where the system keeps such things.
    pub fn open(given: Option<&Path>, study: &Path) -> Cache {
        let base = match given {
            Some(given) => Some(given.to_owned()),
            None => chosen(|name| std::env::var_os(name)),
        };
        let study = fs::canonicalize(study).ok();
        let folder = base.zip(study).map(|(base, study)| base.join(short(&study)));
        Cache { folder }
    }

    /// Returns the PNGs made before, by the SHA-256 of their SVG.
    pub fn pictures(&self, files: &Files) -> BTreeMap<String, Vec<u8>> {
        let svgs = files.iter().filter(|(path, _)| path.ends_with(".svg")).map(|(_, bytes)| sha256(bytes));
        svgs.filter_map(|hash| Some((hash.clone(), self.read(&picture(&hash))?))).collect()
    }

    /// Keeps the PNGs of a build, and only those.
    pub fn keep_pictures(&self, disk: &dyn Disk, files: &Files) {
        let Some(folder) = &self.folder else { return };
        let mut kept = BTreeSet::new();
        for (path, svg) in files.iter().filter(|(path, _)| path.ends_with(".svg")) {
            let name = picture(&sha256(svg));
            if let (Some(png), false) = (files.get(&path.replace(".svg", ".png")), folder.join(&name).exists()) {
                self.write(disk, &name, png);
            }
            kept.insert(name);
        }
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_own = name.ends_with(".png") || name.ends_with(".part");
            if is_own && !kept.contains(&name) {
                let _ = disk.remove_file(&entry.path());
            }
        }
    }

    /// Returns true when this program built the same inputs into a folder whose files nobody has touched since.
    pub fn is_current(&self, inputs: &str, out: &Path) -> bool {
        let Some(kept) = self.read(&record(out)).and_then(|bytes| String::from_utf8(bytes).ok()) else { return false };
        let Some(lines) = kept.strip_prefix(&head(inputs)) else { return false };
        let Some(age) = State::of(&out.join(MANIFEST)).map(|manifest| manifest.youngest()) else { return false };
        lines.lines().all(|line| {
            let parts: Vec<&str> = line.splitn(3, ' ').collect();
            let [state, hash, path] = parts[..] else { return false };
            is_untouched(&out.join(path), state, hash, age)
        })
    }

    /// Remembers what was built from what.
    pub fn remember(&self, disk: &dyn Disk, inputs: &str, out: &Path) {
        let Ok(standing) = Standing::read(&disk::followed(out)) else { return };
        let mut text = head(inputs);
        let Some(age) = State::of(&out.join(MANIFEST)).map(|manifest| manifest.youngest()) else { return };
        for (path, hash) in &standing.listed {
            let target = out.join(path);
            let Some(state) = State::of(&target) else { return };
            let state = state.to_string();
            // What somebody altered while it was written is younger than the manifest.
            if !is_untouched(&target, &state, hash, age) {
                return;
            }
            text.push_str(&format!("{state} {hash} {path}\n"));
        }
        self.write(disk, &record(out), text.as_bytes());
    }

    fn read(&self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.folder.as_ref()?.join(name)).ok()?;
        let content = (bytes.len() >= HASH).then(|| bytes.split_off(HASH))?;
        (sha256(&content).as_bytes() == bytes).then_some(content)
    }

    /// Writes an entry whole or not at all; a cache that cannot be written is none.
    fn write(&self, disk: &dyn Disk, name: &str, content: &[u8]) {
        let Some(folder) = &self.folder else { return };
        let part = folder.join(format!("{name}.{}.part", std::process::id()));
        let entry = [sha256(content).as_bytes(), content].concat();
        let written = fs::create_dir_all(folder)
            .and_then(|()| disk.write(&part, &entry))
            .and_then(|()| disk.rename(&part, &folder.join(name)));
        if written.is_err() {
            let _ = disk.remove_file(&part);
        }
    }
}

/// How many bytes of an entry are its hash.
const HASH: usize = 64;

fn picture(svg: &str) -> String {
    format!("{svg}-{PROGRAM}.png")
}

fn record(out: &Path) -> String {
    format!("record-{}", short(&disk::followed(out)))
}

fn head(inputs: &str) -> String {
    format!("{PROGRAM} {inputs}\n")
}

fn short(path: &Path) -> String {
    sha256(path.as_os_str().as_encoded_bytes())[..32].to_owned()
}

/// Chooses the folder of caches by the environment: one named for esep, or the system's place in the user's home.
fn chosen(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    if let Some(own) = variable("ESEP_CACHE") {
        return Some(PathBuf::from(own)).filter(|own| !own.as_os_str().is_empty());
    }
    let absolute = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || absolute(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
    let system = match () {
        () if cfg!(windows) => absolute("LOCALAPPDATA"),
        () if cfg!(target_vendor = "apple") => home().map(|home| home.join("Library/Caches")),
        () => None,
    };
    let base = absolute("XDG_CACHE_HOME").or(system).or_else(|| home().map(|home| home.join(".cache")));
    base.map(|base| base.join("esep"))
}

/// What a system says of a file without reading it.
#[derive(Debug, PartialEq, Eq)]
struct State {
    size: u64,
    /// Nanoseconds since 1970 at which its content changed.
    modified: u128,
    /// Nanoseconds at which it changed at all, where the system tells.
    changed: u128,
    inode: u64,
}

impl State {
    fn of(path: &Path) -> Option<State> {
        let meta = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
        let modified = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
        let (changed, inode) = system(&meta);
        Some(State { size: meta.len(), modified, changed, inode })
    }

    fn youngest(&self) -> u128 {
        self.modified.max(self.changed)
    }
}

impl std::fmt::Display for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}/{}", self.size, self.modified, self.changed, self.inode)
    }
}

#[cfg(unix)]
fn system(meta: &fs::Metadata) -> (u128, u64) {
    use std::os::unix::fs::MetadataExt;
    let (seconds, nanoseconds) = (meta.ctime().max(0), meta.ctime_nsec().max(0));
    (seconds as u128 * 1_000_000_000 + nanoseconds as u128, meta.ino())
}

#[cfg(not(unix))]
fn system(_: &fs::Metadata) -> (u128, u64) {
    (0, 0)
}

/// Says whether a file is as it was. One as young as the manifest may have changed within the same tick of the clock, so
/// its content is looked at.
fn is_untouched(path: &Path, state: &str, hash: &str, age: u128) -> bool {
    State::of(path).is_some_and(|now| {
        now.to_string() == state && (now.youngest() < age || fs::read(path).is_ok_and(|bytes| sha256(&bytes) == hash))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cache_lies_in_the_users_own_folder_or_nowhere() {
        let asked = |set: &[(&str, &str)]| {
            let found = chosen(|name| set.iter().find(|(own, _)| *own == name).map(|(_, value)| value.into()));
            found.map(|path| path.display().to_string())
        };
        if cfg!(target_os = "linux") {
            assert_eq!(asked(&[("HOME", "/home/a")]).as_deref(), Some("/home/a/.cache/esep"));
            assert_eq!(asked(&[("HOME", "/home/a"), ("XDG_CACHE_HOME", "/c")]).as_deref(), Some("/c/esep"));
            assert_eq!(asked(&[("HOME", "/home/a"), ("XDG_CACHE_HOME", "c")]).as_deref(), Some("/home/a/.cache/esep"));
            assert_eq!(asked(&[("HOME", "/home/a"), ("ESEP_CACHE", "/c")]).as_deref(), Some("/c"));
            assert_eq!(asked(&[("HOME", "/home/a"), ("ESEP_CACHE", "")]), None);
            assert_eq!(asked(&[("HOME", "here")]), None);
            assert_eq!(asked(&[]), None);
        }
    }
}
