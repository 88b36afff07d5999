//! Study: some files of a study are written anew, all of them or none, whenever the power goes.

use std::io;
use std::path::Path;

use super::change::Disk;
use super::claim;
use super::publish::{self, Failure, Step};
use super::standing::holds;
use crate::diagnostic::{Diagnostic, Place, code};
use crate::files::Files;

/// Finishes or takes back what an esep that died has left in a study.
pub(crate) fn settle_study(disk: &dyn Disk, study: &Path) -> Result<(), Failure> {
    for claim in claim::left_over(study).map_err(publish::failure)? {
        publish::settle(disk, study, &claim.own)?;
        publish::tidy(disk, &claim.own).and_then(|()| claim.release(disk)).map_err(Failure::Unchanged)?;
    }
    claim::sweep(disk, study).map_err(Failure::Unchanged)
}

/// What is to become of some files of a study.
pub(crate) struct Change<'a> {
    /// The study as it was read, from which the change was worked out.
    pub read: &'a Files,
    /// What is written.
    pub written: &'a Files,
    /// What is taken out.
    pub gone: &'a [String],
    /// The file that names the others.
    pub naming: &'a str,
}

/// Writes files into a study under a journal, and takes others out. The one that names the others comes behind what is new
/// and before what goes, and takes the place of what stood there in one step: at no time does it name what is not there, or
/// is it away itself.
pub(crate) fn change_study(disk: &dyn Disk, study: &Path, change: &Change) -> Result<(), Failure> {
    settle_study(disk, study)?;
    let claim = claim::take(disk, study).map_err(publish::failure)?;
    let changed = || -> Result<(), Failure> {
        let stands = |path: &str| study.join(path).symlink_metadata().is_ok();
        let differs = change.written.iter().filter(|(path, bytes)| !holds(&study.join(path), bytes));
        let mut steps: Vec<Step> =
            differs.map(|(path, _)| Step { path: path.to_owned(), old: stands(path), new: true }).collect();
        let going = change.gone.iter().filter(|path| stands(path));
        steps.extend(going.map(|path| Step { path: path.clone(), old: true, new: false }));
        steps.sort_by_key(|step| (!step.new, step.path == change.naming));
        // Only under the claim: nobody else may write between this look and the change.
        steps.iter().try_for_each(|step| admit(study, &step.path, change.read)).map_err(Failure::Unchanged)?;
        publish::prepare(disk, &claim, change.written, &steps, Some(study)).map_err(Failure::Unchanged)?;
        publish::settle(disk, study, &claim.own)
    }();
    // What is half done is kept under its claim for the next command.
    if !matches!(changed, Err(Failure::Halfway(_))) {
        let _ = publish::tidy(disk, &claim.own).and_then(|()| claim.release(disk));
    }
    changed
}

/// Refuses a file that is not what it was when the study was read, and one that leads out of the study.
fn admit(study: &Path, path: &str, read: &Files) -> io::Result<()> {
    let above = Path::new(path).ancestors().filter(|part| !part.as_os_str().is_empty());
    if let Some(link) = above.filter(|part| study.join(part).is_symlink()).last() {
        let message =
            format!("`{}` is a link, which may lead out of the study; put the folder itself there", link.display());
        return Err(io::Error::other(message));
    }
    let is_as_read = match read.get(path) {
        Some(bytes) => holds(&study.join(path), bytes),
        None => study.join(path).symlink_metadata().is_err(),
    };
    let message = || format!("`{path}` was changed by somebody else meanwhile; look at it and run this again");
    if is_as_read { Ok(()) } else { Err(io::Error::other(message())) }
}

/// Says why a study could not be changed.
pub(crate) fn untouched(study: &Path, failure: &Failure) -> Diagnostic {
    let (message, hint) = match failure {
        Failure::Unchanged(error) => {
            (format!("cannot be changed, and nothing was: {error}"), "mend what the message names")
        }
        Failure::Halfway(error) => (
            format!("is only partly changed: {error}"),
            "mend what the message names and run it again: it finishes the change",
        ),
        Failure::Busy => ("is being changed by another esep".to_owned(), "wait until that one is done"),
    };
    Diagnostic::error(code::FILE_OUTPUT, Place::file(study.display().to_string()), message).hint(hint)
}
