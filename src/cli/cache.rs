//! Cache: what makes a rebuild fast, kept in the user's own cache folder and never needed.
//!
//! Nothing in it is believed: each entry begins with the hash of its name and content, and the folder is of one study and of this
//! very program, whose id is made from its sources when it is compiled.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::disk::{self, Disk, Standing};
use crate::diagnostic::{self, Diagnostic};
use crate::files::{Files, Kept, Lasting, sha256, sha256_of};
use crate::output::MANIFEST;

/// The id of this program.
const PROGRAM: &str = env!("ESEP_PROGRAM");

/// The part of the cache that is a study's.
#[derive(Clone)]
pub(super) struct Cache {
    /// `None` where there is no place for it.
    folder: Option<PathBuf>,
}

impl Cache {
    /// Opens the cache of a study: in `--cache`, `ESEP_CACHE` (empty: no cache), or where the system keeps such things.
    pub(super) fn open(given: Option<&Path>, study: &Path) -> Cache {
        let base = match given {
            Some(given) => Some(given.to_owned()),
            None => chosen(|name| std::env::var_os(name)),
        };
        let study = fs::canonicalize(study).ok();
        let folder = base.zip(study).map(|(base, study)| base.join(short(&study)));
        Cache { folder }
    }

    /// Marks the cache as used now, and removes those of other studies that were not used for long.
    pub(super) fn sweep(&self, disk: &dyn Disk) {
        let Some((folder, base)) = self.folder.as_ref().and_then(|folder| Some((folder, folder.parent()?))) else {
            return;
        };
        self.write(disk, USED, b"");
        for other in fs::read_dir(base).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if other != *folder && is_disused(&other) {
                // A folder that holds something else stays with it.
                let own = fs::read_dir(&other).into_iter().flatten().flatten().filter(is_entry);
                own.for_each(|entry| drop(disk.remove_file(&entry.path())));
                let _ = disk.remove_folder(&other);
            }
        }
    }

    /// Returns the PNGs made before, by the SHA-256 of their SVG.
    pub(super) fn pictures(&self, files: &Files) -> BTreeMap<String, Vec<u8>> {
        let svgs = files.iter().filter(|(path, _)| path.ends_with(".svg")).map(|(_, bytes)| sha256(bytes));
        svgs.filter_map(|hash| Some((hash.clone(), self.read(&picture(&hash))?))).collect()
    }

    /// Keeps the PNGs of a build, and only those.
    pub(super) fn keep_pictures(&self, disk: &dyn Disk, files: &Files) {
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

    /// Returns what builds before have made, and lends it to the next.
    pub(super) fn kept(&self) -> Kept {
        let cache = self.clone();
        Kept::over(move |name| cache.read(&made(name)))
    }

    /// Keeps what a build made, and only that.
    pub(super) fn keep(&self, disk: &dyn Disk, kept: &Kept) {
        let Some(folder) = &self.folder else { return };
        let left: BTreeMap<String, Lasting> =
            kept.left().into_iter().map(|(name, lasting)| (made(&name), lasting)).collect();
        for (name, lasting) in left.iter().filter(|(name, _)| !folder.join(name).exists()) {
            lasting().into_iter().for_each(|bytes| self.write(disk, name, &bytes));
        }
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(MADE) && !left.contains_key(&name) {
                let _ = disk.remove_file(&entry.path());
            }
        }
    }

    /// Remembers the inputs of what stands in a report folder: texts as they were, of all else the hashes.
    pub(super) fn remember_inputs(&self, disk: &dyn Disk, files: &Files, out: &Path) {
        let input = |bytes: &[u8]| Input {
            hash: sha256(bytes),
            text: std::str::from_utf8(bytes).ok().filter(|text| text.len() <= LONGEST).map(str::to_owned),
        };
        let all: BTreeMap<&str, Input> = files.iter().map(|(path, bytes)| (path, input(bytes))).collect();
        if let Ok(bytes) = serde_json::to_vec(&all) {
            self.write(disk, &inputs_of(out), &bytes);
        }
    }

    /// Returns the inputs of the last build into a folder; `None` where none is remembered.
    pub(super) fn inputs(&self, out: &Path) -> Option<BTreeMap<String, Input>> {
        serde_json::from_slice(&self.read(&inputs_of(out))?).ok()
    }

    /// Returns the warnings of the build, when this program built the same inputs into a folder whose files nobody has
    /// touched since.
    pub(super) fn current(&self, inputs: &str, out: &Path) -> Option<Vec<Diagnostic>> {
        let kept = self.read(&record(out)).and_then(|bytes| String::from_utf8(bytes).ok())?;
        let (told, lines) = kept.strip_prefix(&head(inputs))?.split_once('\n')?;
        let told = diagnostic::told(&serde_json::from_str(told).ok()?)?;
        let age = State::of(&out.join(MANIFEST)).map(|manifest| manifest.youngest())?;
        let is_untouched = lines.lines().all(|line| {
            let parts: Vec<&str> = line.splitn(3, ' ').collect();
            let [state, hash, path] = parts[..] else { return false };
            is_untouched(&out.join(path), state, hash, age)
        });
        is_untouched.then_some(told)
    }

    /// Remembers what was built from what, and the warnings that stand.
    pub(super) fn remember(&self, disk: &dyn Disk, inputs: &str, out: &Path, warnings: &[Diagnostic]) {
        let Ok(standing) = Standing::read(&disk::followed(out)) else { return };
        let mut text = head(inputs);
        text.push_str(&format!("{}\n", diagnostic::json(warnings)));
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

    /// Removes the entries; returns how many they were and their bytes. What is not esep's stays.
    pub(super) fn clear(&self, disk: &dyn Disk) -> std::io::Result<(usize, u64)> {
        let Some(folder) = &self.folder else { return Ok((0, 0)) };
        let (mut count, mut bytes) = (0, 0);
        for entry in fs::read_dir(folder).into_iter().flatten().flatten().filter(is_entry) {
            bytes += entry.metadata().map_or(0, |meta| meta.len());
            disk.remove_file(&entry.path())?;
            count += 1;
        }
        let _ = disk.remove_folder(folder);
        Ok((count, bytes))
    }

    fn read(&self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.folder.as_ref()?.join(name)).ok()?;
        let (seal, content) = bytes.split_at_checked(HASH)?;
        if sealed(name, content).as_bytes() != seal {
            return None;
        }
        bytes.drain(..HASH);
        Some(bytes)
    }

    /// Writes an entry whole or not at all; a cache that cannot be written is none.
    fn write(&self, disk: &dyn Disk, name: &str, content: &[u8]) {
        let Some(folder) = &self.folder else { return };
        let part = folder.join(format!("{name}.{}.part", std::process::id()));
        let entry = [sealed(name, content).as_bytes(), content].concat();
        let written = fs::create_dir_all(folder)
            .and_then(|()| disk.write(&part, &entry))
            .and_then(|()| disk.rename(&part, &folder.join(name)));
        if written.is_err() {
            let _ = disk.remove_file(&part);
        }
    }
}

/// The entry whose time says when a cache was used.
const USED: &str = "used";

/// After so long without a build the cache of a study is removed.
const DISUSED: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// Says whether a folder is the cache of a study that was built long ago.
fn is_disused(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let is_own = name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let times = || {
        fs::read_dir(folder).into_iter().flatten().flatten().filter_map(|entry| entry.metadata().ok()?.modified().ok())
    };
    let is_real = fs::symlink_metadata(folder).is_ok_and(|meta| meta.is_dir());
    is_own && is_real && times().max().is_some_and(|last| last.elapsed().is_ok_and(|age| age > DISUSED))
}

/// Says whether a file is an entry of a cache.
fn is_entry(entry: &fs::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy().into_owned();
    name == USED || name.starts_with("record-") || [".png", ".part", MADE].iter().any(|end| name.ends_with(end))
}

/// An input of a build as it was.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Input {
    hash: String,
    /// The text, where it is one that is not long.
    pub text: Option<String>,
}

impl Input {
    /// Says whether it still is what it was.
    pub(super) fn is(&self, bytes: &[u8]) -> bool {
        self.hash == sha256(bytes)
    }
}

/// The longest text that is remembered as it was, in bytes.
const LONGEST: usize = 1 << 20;

fn inputs_of(out: &Path) -> String {
    format!("record-inputs-{}", short(&disk::followed(out)))
}

/// How many bytes of an entry are its hash.
const HASH: usize = 64;

/// Returns the hash that an entry begins with: of its name too, so that one under the name of another is none.
fn sealed(name: &str, content: &[u8]) -> String {
    sha256_of([name.as_bytes(), b"\n", content])
}

/// What the names of entries end in that hold what a step of a build made.
const MADE: &str = ".made";

fn made(name: &str) -> String {
    format!("{name}-{PROGRAM}{MADE}")
}

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    size: u64,
    /// Nanoseconds since 1970 at which its content changed.
    modified: u128,
    /// Nanoseconds at which it changed at all, where the system tells.
    changed: u128,
    inode: u64,
}

impl State {
    /// Looks at a file; `None` where there is none.
    pub(super) fn of(path: &Path) -> Option<State> {
        let meta = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
        let modified = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
        let (changed, inode) = system(&meta);
        Some(State { size: meta.len(), modified, changed, inode })
    }

    /// Returns the nanoseconds since 1970 at which it last changed in any way.
    pub(super) fn youngest(&self) -> u128 {
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
    fn a_cache_that_was_not_used_for_long_is_removed_and_nothing_else() {
        let base = std::env::temp_dir().join(format!("esep-sweep-{}", std::process::id()));
        let old = std::time::SystemTime::now() - DISUSED - Duration::from_secs(60);
        let make = |folder: &str, name: &str, is_old: bool| {
            let path = base.join(folder).join(name);
            fs::create_dir_all(base.join(folder)).expect("a folder");
            let file = fs::File::create(&path).expect("a file");
            if is_old {
                file.set_modified(old).expect("a time");
            }
            path
        };
        let (gone, fresh, foreign) = ("0".repeat(32), "1".repeat(32), "2".repeat(32));
        let removed = make(&gone, "a.png", true);
        let kept = [
            make(&fresh, "a.png", true),
            make(&fresh, USED, false),
            make(&foreign, "notes.txt", true),
            make("somebody", "a.png", true),
        ];
        let cache = Cache { folder: Some(base.join("3".repeat(32))) };
        cache.sweep(&disk::Real);
        assert!(!removed.exists() && !base.join(&gone).exists());
        assert!(kept.iter().all(|path| path.exists()), "{kept:?}");
        fs::remove_dir_all(&base).expect("removed");
    }

    #[test]
    fn an_entry_that_is_cut_altered_or_of_another_name_is_none() {
        let folder = std::env::temp_dir().join(format!("esep-sealed-{}", std::process::id()));
        let cache = Cache { folder: Some(folder.clone()) };
        let (own, other) = (made("html-a"), made("html-b"));
        cache.write(&disk::Real, &own, b"<p>1</p>");
        cache.write(&disk::Real, &other, b"<p>2</p>");
        assert_eq!(cache.read(&own).as_deref(), Some(&b"<p>1</p>"[..]));
        let whole = fs::read(folder.join(&own)).expect("an entry");
        fs::copy(folder.join(&other), folder.join(&own)).expect("a copy");
        assert_eq!(cache.read(&own), None);
        let altered: Vec<u8> = whole[..whole.len() - 1].iter().chain(b"q").copied().collect();
        for lying in [&whole[..whole.len() - 1], &whole[..HASH], &whole[..3], b"", altered.as_slice()] {
            fs::write(folder.join(&own), lying).expect("an entry");
            assert_eq!(cache.read(&own), None);
        }
        // What an earlier program kept has another name.
        assert!(own.contains(PROGRAM) && picture("a").contains(PROGRAM));
        fs::remove_dir_all(&folder).expect("removed");
    }

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
