//! Disk: folders read into memory and written back whole.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::claim::docx;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::{Files, limits, sha256};

/// Reads a study: `study.yaml`, `data/` and `templates/`. Links are not followed out of it.
pub fn read_study(folder: &Path, diagnostics: &mut Diagnostics) -> Files {
    let mut files = Files::default();
    match read_file(&folder.join("study.yaml")) {
        Ok(bytes) => files.insert("study.yaml", bytes),
        // Without it the folder is no study, and what else it lacks is of no interest.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return files,
        Err(error) => {
            let message = format!("cannot be read: {error}");
            diagnostics.push(Diagnostic::error(code::FILE_MISSING, Place::file("study.yaml"), message));
            return files;
        }
    }
    for name in ["data", "templates"] {
        let below = folder.join(name);
        let read = if below.is_symlink() { Err(linked()) } else { read_below(&below, name, &mut files) };
        if let Err(error) = read {
            let message = format!("cannot be read: {error}");
            diagnostics.push(Diagnostic::error(code::FILE_MISSING, Place::file(name), message));
        }
    }
    files
}

/// The largest file of a study: the inputs are megabytes.
const LARGEST: u64 = 256 << 20;

/// Reads a file of a study, which is neither a link out of it nor larger than what memory should hold.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let meta = fs::symlink_metadata(path)?;
    if meta.is_symlink() {
        return Err(linked());
    }
    if meta.len() > LARGEST {
        return Err(io::Error::other(format!("`{}` is larger than {} MiB", path.display(), LARGEST >> 20)));
    }
    fs::read(path)
}

fn linked() -> io::Error {
    io::Error::other("it is a link, which may lead out of the study; put the file itself there")
}

/// Reads a table of anybody's, `-` from standard input.
pub fn read_table(path: &str) -> Result<Vec<u8>, String> {
    given(path).map_err(|error| format!("cannot be read: {error}"))
}

/// Reads the text of a paper, `-` from standard input: a text file, or a Word document by its first bytes or its name.
pub fn read_text(path: &str) -> Result<String, Box<Diagnostic>> {
    let at = || Place::file(path);
    let bytes =
        given(path).map_err(|error| Diagnostic::error(code::FILE_MISSING, at(), format!("cannot be read: {error}")))?;
    let text = if bytes.starts_with(b"PK") || path.to_lowercase().ends_with(".docx") {
        docx::text(&bytes).map_err(|problem| Diagnostic::error(code::CLAIM_DOCUMENT, at(), problem.message()))?
    } else {
        let problem = |_| Diagnostic::error(code::FILE_ENCODING, at(), "is not UTF-8; save it as UTF-8");
        String::from_utf8(bytes).map_err(problem)?
    };
    if text.len() > limits::PAPER_BYTES {
        let message = "is no paper: its text is longer than 8 MiB";
        return Err(Diagnostic::error(code::CLAIM_DOCUMENT, at(), message).into());
    }
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// Reads a file that the command line names, `-` from standard input; no more than a document may hold.
fn given(path: &str) -> io::Result<Vec<u8>> {
    fn within(source: impl io::Read) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut source.take(limits::DOCUMENT_BYTES as u64 + 1), &mut bytes)?;
        if bytes.len() > limits::DOCUMENT_BYTES {
            return Err(io::Error::other(format!("it is larger than {} MiB", limits::DOCUMENT_BYTES >> 20)));
        }
        Ok(bytes)
    }
    if path == "-" { within(io::stdin().lock()) } else { within(fs::File::open(path)?) }
}

/// Reads what numbers and names are printed by: `study.yaml` and the list of territories.
pub fn read_style(folder: &Path, diagnostics: &mut Diagnostics) -> Files {
    let mut files = Files::default();
    for path in ["study.yaml", "data/territories.yaml"] {
        match read_file(&folder.join(path)) {
            Ok(bytes) => files.insert(path, bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                let message = format!("cannot be read: {error}");
                diagnostics.push(Diagnostic::error(code::FILE_MISSING, Place::file(path), message));
            }
        }
    }
    files
}

/// Reads a folder; one that does not exist is empty.
pub fn read_folder(folder: &Path) -> io::Result<Files> {
    let mut files = Files::default();
    if folder.exists() {
        read_below(folder, "", &mut files)?;
    }
    Ok(files)
}

fn read_below(folder: &Path, prefix: &str, files: &mut Files) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        let kind = entry.file_type()?;
        if kind.is_dir() {
            read_below(&entry.path(), &path, files)?;
        } else if kind.is_file() {
            files.insert(path, read_file(&entry.path())?);
        }
    }
    Ok(())
}

/// Writes a folder whole: into a staging folder beside it, which takes its place at the end.
///
/// A folder that is no report is never replaced: whatever stands in it would be lost.
pub fn replace_folder(folder: &Path, files: &Files) -> io::Result<()> {
    let is_report = folder.join("index.html").is_file() && folder.join("numbers.schema.json").is_file();
    if folder.exists() && !is_report && fs::read_dir(folder)?.next().is_some() {
        return Err(io::Error::other("it holds something that is no report"));
    }
    let beside = |suffix: &str| {
        let mut name = folder.file_name().unwrap_or_default().to_os_string();
        name.push(suffix);
        folder.with_file_name(name)
    };
    let (staging, old) = (beside(".staging"), beside(".old"));
    for leftover in [&staging, &old] {
        if leftover.exists() {
            fs::remove_dir_all(leftover)?;
        }
    }
    let written = write_below(&staging, files).and_then(|()| {
        if folder.exists() {
            fs::rename(folder, &old)?;
        }
        fs::rename(&staging, folder)
    });
    if let Err(error) = written {
        // Whatever went wrong, the previous report stands where it stood.
        if !folder.exists() && old.exists() {
            fs::rename(&old, folder)?;
        }
        let _ = fs::remove_dir_all(&staging);
        return Err(error);
    }
    if old.exists() { fs::remove_dir_all(&old) } else { Ok(()) }
}

fn write_below(folder: &Path, files: &Files) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (path, bytes) in files.iter() {
        // Whatever a study calls its parts, nothing of it is written elsewhere.
        let mut parts = Path::new(path).components();
        if !parts.all(|part| matches!(part, Component::Normal(_))) {
            return Err(io::Error::other(format!("`{path}` leads out of it")));
        }
        let target = folder.join(path);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(target, bytes)?;
    }
    Ok(())
}

/// What makes a rebuild fast, kept beside the study in `.esep/` and never needed.
pub struct Cache {
    folder: PathBuf,
    stamp: String,
}

impl Cache {
    /// Opens the cache of a study for this very program.
    pub fn open(study: &Path) -> Cache {
        let program = std::env::current_exe().ok().and_then(|path| fs::metadata(path).ok());
        let folder = study.join(".esep");
        // What a cache holds is written and thrown away: one that leads elsewhere is not used.
        let leads_elsewhere = ["", "png", "manifest"].iter().any(|name| folder.join(name).is_symlink());
        let program = program.filter(|_| !leads_elsewhere && !folder.is_symlink());
        let stamp = program.map_or_else(String::new, |meta| format!("{}-{}", meta.len(), changed(&meta)));
        Cache { folder, stamp }
    }

    /// Returns the PNGs made before, by the SHA-256 of their SVG.
    pub fn pictures(&self, files: &Files) -> std::collections::BTreeMap<String, Vec<u8>> {
        let svgs = files.iter().filter(|(path, _)| path.ends_with(".svg"));
        svgs.filter_map(|(_, bytes)| {
            let hash = sha256(bytes);
            Some((hash.clone(), read_file(&self.picture(&hash)).ok().filter(|_| !self.stamp.is_empty())?))
        })
        .collect()
    }

    /// Keeps the PNGs of a build, and only those.
    pub fn keep_pictures(&self, files: &Files) {
        let folder = self.folder.join("png");
        if self.stamp.is_empty() || fs::create_dir_all(&folder).is_err() {
            return;
        }
        let mut kept = std::collections::BTreeSet::new();
        for (path, svg) in files.iter().filter(|(path, _)| path.ends_with(".svg")) {
            let target = self.picture(&sha256(svg));
            if let (Some(png), false) = (files.get(&path.replace(".svg", ".png")), target.exists()) {
                let _ = fs::write(&target, png);
            }
            kept.insert(target);
        }
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if !kept.contains(&entry.path()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn picture(&self, hash: &str) -> PathBuf {
        self.folder.join("png").join(format!("{hash}-{}.png", self.stamp))
    }

    /// Returns true when the same program built the same inputs into a folder that nobody has touched since.
    pub fn is_current(&self, inputs: &str, output: &Path) -> bool {
        let kept = fs::read_to_string(self.folder.join("manifest")).unwrap_or_default();
        !self.stamp.is_empty() && kept == self.manifest(inputs, output)
    }

    /// Remembers what was built from what.
    pub fn remember(&self, inputs: &str, output: &Path) {
        if self.stamp.is_empty() {
            return;
        }
        let _ = fs::create_dir_all(&self.folder);
        let _ = fs::write(self.folder.join("manifest"), self.manifest(inputs, output));
    }

    fn manifest(&self, inputs: &str, output: &Path) -> String {
        let mut lines = format!("{}\n{inputs}\n", self.stamp);
        list(output, &mut lines);
        lines
    }
}

/// Lists sizes and times of change below a folder.
fn list(folder: &Path, lines: &mut String) {
    let mut entries: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let Ok(meta) = entry.metadata() else { continue };
        if meta.is_dir() {
            list(&entry.path(), lines);
        } else {
            lines.push_str(&format!("{} {} {}\n", entry.path().display(), meta.len(), changed(&meta)));
        }
    }
}

fn changed(meta: &fs::Metadata) -> u128 {
    meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |since| since.as_nanos())
}

/// Returns one hash over all files of a study.
pub fn digest(files: &Files) -> String {
    let lines: String = files.iter().map(|(path, bytes)| format!("{path} {}\n", sha256(bytes))).collect();
    sha256(lines.as_bytes())
}
