//! Disk: folders read into memory, and a report written back so that nothing is lost.

mod begin;
mod change;
mod claim;
mod publish;
mod standing;
mod study;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::Path;

pub(super) use begin::{is_free, write_study};
pub(super) use change::{Disk, Real};
pub(super) use publish::{Failure, followed, publish, recover};
pub(super) use standing::Standing;
pub(super) use study::{Change, change_study, settle_study, untouched};

use crate::claim::pdf;
use crate::claim::source::{Refusal, Source};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::{Files, limits, sha256};
use crate::language::Lang;
use crate::page::strings;

/// Reads a study: `study.yaml`, `data/` and `templates/`. Links are not followed out of it.
pub(super) fn read_study(folder: &Path, diagnostics: &mut Diagnostics) -> Files {
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
    let mut unread = Vec::new();
    for name in ["data", "templates"] {
        let below = folder.join(name);
        let read = if below.is_symlink() { Err(linked()) } else { read_below(&below, name, &mut files, &mut unread) };
        if let Err(error) = read {
            let message = format!("cannot be read: {error}");
            diagnostics.push(Diagnostic::error(code::FILE_MISSING, Place::file(name), message));
        }
    }
    for path in unread {
        let message = "is not read: it is a link, a pipe or a device";
        let warning = Diagnostic::warning(code::FILE_MISSING, Place::file(path), message);
        diagnostics.push(warning.hint("put the file itself there, or take it away"));
    }
    files
}

/// The largest file of a study: the inputs are megabytes.
const LARGEST: u64 = 256 << 20;

/// Reads a file of a study, which is neither a link out of it nor larger than what memory should hold.
pub(super) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let meta = fs::symlink_metadata(path)?;
    if meta.is_symlink() {
        return Err(linked());
    }
    // A pipe has no end, and a device may have none.
    if !meta.is_file() {
        return Err(io::Error::other("it is no file"));
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
pub(super) fn read_table(path: &str) -> Result<Vec<u8>, String> {
    given(path).map_err(|error| format!("cannot be read: {error}"))
}

/// Reads a document that the command line names, `-` from standard input; no more than one may hold.
pub(super) fn read_given(path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    let unread = |error| Diagnostic::error(code::FILE_MISSING, Place::file(path), format!("cannot be read: {error}"));
    given(path).map_err(|error| unread(error).into())
}

/// Reads a paper, `-` from standard input: a PDF, a Word document, a page or a text, by its first bytes or its name.
pub(super) fn read_paper(path: &str) -> Result<Source, Box<Diagnostic>> {
    let at = || Place::file(path);
    let bytes = read_given(path)?;
    // A file that makes a reader of PDFs panic is told as a damaged one.
    let standard = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() != Some(pdf::WORKER) {
            standard(info);
        }
    }));
    Source::read(path, bytes).map_err(|refusal| {
        let unread = |message| Diagnostic::error(code::CLAIM_DOCUMENT, at(), message);
        let diagnostic = match refusal {
            Refusal::Pdf(problem) => unread(problem.message()).hint(problem.hint()),
            Refusal::Word(problem) => unread(problem.message()),
            Refusal::TooLong => unread("is no paper: its text is longer than 8 MiB"),
            Refusal::Encoding => Diagnostic::error(code::FILE_ENCODING, at(), "is not UTF-8; save it as UTF-8"),
        };
        diagnostic.into()
    })
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

/// Reads what numbers and names are printed by: `study.yaml`, the list of territories, and the texts of some languages.
pub(super) fn read_style(folder: &Path, langs: &[Lang], diagnostics: &mut Diagnostics) -> Files {
    let mut files = Files::default();
    let strings: Vec<String> = langs.iter().map(|lang| strings::path(*lang)).collect();
    for path in ["study.yaml", "data/territories.yaml"].into_iter().chain(strings.iter().map(String::as_str)) {
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

/// Reads a report folder but for what is hidden in it (`.git`); one that does not exist is empty.
pub(super) fn read_report(folder: &Path) -> io::Result<Files> {
    read_parts(folder, &|_| true)
}

/// Reads those files of a report folder that are wanted by their paths, as long as they are no more than a report.
pub(super) fn read_parts(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> io::Result<Files> {
    let (mut files, mut left) = (Files::default(), limits::REPORT_BYTES);
    for entry in entries(folder)?.iter().filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')) {
        read_part(entry, "", wanted, &mut left, &mut files)?;
    }
    Ok(files)
}

fn read_part(
    entry: &fs::DirEntry,
    prefix: &str,
    wanted: &dyn Fn(&str) -> bool,
    left: &mut usize,
    files: &mut Files,
) -> io::Result<()> {
    let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
    let kind = entry.file_type()?;
    if kind.is_dir() {
        let below = format!("{path}/");
        return entries(&entry.path())?.iter().try_for_each(|entry| read_part(entry, &below, wanted, left, files));
    }
    if kind.is_file() && wanted(&path) {
        let length = usize::try_from(entry.metadata()?.len()).unwrap_or(usize::MAX);
        let most = limits::REPORT_BYTES >> 20;
        *left = left.checked_sub(length).ok_or_else(|| io::Error::other(format!("it holds more than {most} MiB")))?;
        files.insert(path, read_file(&entry.path())?);
    }
    Ok(())
}

/// Lists a folder by names; one that does not exist is empty.
fn entries(folder: &Path) -> io::Result<Vec<fs::DirEntry>> {
    let mut entries: Vec<_> = match fs::read_dir(folder) {
        Ok(list) => list.collect::<io::Result<_>>()?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    Ok(entries)
}

fn read_below(folder: &Path, prefix: &str, files: &mut Files, unread: &mut Vec<String>) -> io::Result<()> {
    // A folder that must be there is not empty for want of it.
    fs::metadata(folder)?;
    entries(folder)?.iter().try_for_each(|entry| read_entry(entry, prefix, files, unread))
}

/// Reads a file or all of a folder; what is neither is named. An editor leaves links of its own, with a dot before them.
fn read_entry(entry: &fs::DirEntry, prefix: &str, files: &mut Files, unread: &mut Vec<String>) -> io::Result<()> {
    let name = entry.file_name().to_string_lossy().into_owned();
    let is_hidden = name.starts_with('.');
    let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
    let kind = entry.file_type()?;
    if kind.is_dir() {
        read_below(&entry.path(), &path, files, unread)?;
    } else if kind.is_file() {
        files.insert(path, read_file(&entry.path())?);
    } else if !is_hidden {
        unread.push(path);
    }
    Ok(())
}

/// Says why a report folder could not be written, or finished.
pub(super) fn trouble(out: &Path, failure: &Failure) -> Diagnostic {
    let (message, hint) = match failure {
        Failure::Unchanged(error) => (
            format!("cannot be written: {error}"),
            "mend what the message names or choose another folder with --out; the report before stands as it was",
        ),
        Failure::Halfway(error) => (
            format!("is only partly of the new report: {error}"),
            "mend what the message names and run esep again: it finishes the change, or takes it back",
        ),
        Failure::Busy => {
            ("is being written by another esep".to_owned(), "wait until that one is done, and run esep again")
        }
    };
    Diagnostic::error(code::FILE_OUTPUT, Place::file(out.display().to_string()), message).hint(hint)
}

/// Writes one file whole or not at all, and the folders above it: an export, which is no part of a report.
pub(super) fn write_whole(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    let write = || -> io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let name = path.file_name().ok_or_else(|| io::Error::other("that is no name of a file"))?;
        let beside = folder.join(format!(".esep-{}.{}", std::process::id(), name.to_string_lossy()));
        let written = disk.write(&beside, bytes).and_then(|()| disk.rename(&beside, path));
        if written.is_err() {
            let _ = disk.remove_file(&beside);
        }
        written
    };
    write().map_err(|error| super::inputs::unwritten(path, &error))
}

/// Returns one hash over all files of a study.
pub(super) fn digest(files: &Files) -> String {
    let lines: String = files.iter().map(|(path, bytes)| format!("{path} {}\n", sha256(bytes))).collect();
    sha256(lines.as_bytes())
}
