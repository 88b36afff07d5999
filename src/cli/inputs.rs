//! Inputs: what no export may be written over: the files that a study is read from.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Place, code};
use crate::study::STUDY;

/// What a study is read from.
const READ: [&str; 3] = [STUDY, "data", "templates"];

/// Returns a path as it stands on the disk, as far as it stands there.
fn whole(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    let standing = absolute.ancestors().find(|own| own.exists())?;
    let rest = absolute.strip_prefix(standing).ok()?;
    // A part that leads up again leads from where the rest would stand.
    let mut out = fs::canonicalize(standing).ok()?;
    for part in rest.components() {
        match part {
            std::path::Component::ParentDir => drop(out.pop()),
            part => out.push(part),
        }
    }
    Some(out)
}

/// Finds the input of a study, this one's or another's, that a path is or lies in.
fn input(path: &Path) -> Option<PathBuf> {
    let own = whole(path)?;
    let studies = own.ancestors().filter(|folder| folder.join(STUDY).is_file());
    let mut inputs = studies.flat_map(|folder| READ.map(|name| folder.join(name)));
    inputs.find(|input| own.starts_with(input))
}

fn refused(path: &Path, message: String, hint: &str) -> Box<Diagnostic> {
    let problem = Diagnostic::error(code::FILE_OUTPUT, Place::file(path.display().to_string()), message);
    Box::new(problem.hint(hint))
}

/// Refuses a file to write that is, or lies in, what a study is read from.
pub(super) fn spare(path: &Path) -> Result<(), Box<Diagnostic>> {
    let Some(input) = input(path) else { return Ok(()) };
    let message = format!("is or lies in {}, which a study is read from", input.display());
    Err(refused(path, message, "name another place with --out: a study's own is `export/`"))
}

/// Refuses a folder to write several files into that holds a study, or lies in what one is read from.
pub(super) fn spare_folder(path: &Path) -> Result<(), Box<Diagnostic>> {
    spare(path)?;
    if path.join(STUDY).is_file() {
        let hint = "name a folder of its own with --out: `export/`, or one beside the study";
        return Err(refused(
            path,
            format!("holds a study ({STUDY}), among whose files the export would be strewn"),
            hint,
        ));
    }
    Ok(())
}

/// Says what went wrong with a file to write, and what to do.
pub(super) fn unwritten(path: &Path, error: &io::Error) -> Box<Diagnostic> {
    use io::ErrorKind::{
        AlreadyExists, FileTooLarge, InvalidFilename, IsADirectory, NotADirectory, PermissionDenied,
        ReadOnlyFilesystem, StorageFull,
    };
    let is_folder = path.is_dir();
    let (said, hint) = match error.kind() {
        IsADirectory | AlreadyExists if is_folder => {
            ("it is a folder".to_owned(), "name a file with --out, in that folder or in another")
        }
        NotADirectory | AlreadyExists => (
            "a part of the path is a file and no folder".to_owned(),
            "name a place with --out whose folders are folders",
        ),
        PermissionDenied => {
            ("the system does not let you write there".to_owned(), "name a place with --out that is yours to write")
        }
        ReadOnlyFilesystem => ("the disk can only be read".to_owned(), "name a place on another disk with --out"),
        FileTooLarge => ("the system grants no file so long".to_owned(), "raise `ulimit -f`"),
        StorageFull => ("the disk is full".to_owned(), "make room, or name a place on another disk with --out"),
        InvalidFilename => {
            ("the system takes no such name, or none so long".to_owned(), "name a shorter, plain name with --out")
        }
        _ => (error.to_string(), "mend what the message names, or choose another file with --out"),
    };
    refused(path, format!("cannot be written: {said}"), hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_place_is_said_with_a_remedy() {
        for kind in [io::ErrorKind::NotADirectory, io::ErrorKind::PermissionDenied, io::ErrorKind::StorageFull] {
            let told = unwritten(Path::new("a/b"), &io::Error::from(kind));
            assert!(told.hint.as_deref().is_some_and(|hint| hint.contains("--out")), "{told:?}");
            assert!(!told.message.contains("os error"), "{told:?}");
        }
    }
}
