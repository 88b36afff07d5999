//! Publish: a report takes the place of the one before, and whatever happens one of the two stands whole.
//!
//! A folder that holds nothing but esep's files is exchanged in one step for one written beside it. Where something else
//! stands in it, or where folders cannot be exchanged, the files change places one by one under a journal, which the
//! next command finishes or takes back. Nothing is removed before the new report stands.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::change::Disk;
use super::claim::{self, Claim, gone};
use super::standing::{Standing, holds, is_plain};
use crate::files::{Files, sha256};
use crate::output::{self, MANIFEST};

/// Why a report was not written.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The folder is as it was.
    Unchanged(io::Error),
    /// Its files are partly of one report and partly of the other, until the next command.
    Halfway(io::Error),
    /// Another esep changes it.
    Busy,
}

/// What is to be said of a report that was written.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// Files that no build writes any more and that somebody altered: they stay.
    pub altered: Vec<String>,
    /// What could not be removed behind the change, with the reason.
    pub left: Option<String>,
}

/// Writes a report into a folder, a link to which stays a link. `compose` is given what stands there, and says what shall.
pub(crate) fn publish(
    disk: &dyn Disk,
    out: &Path,
    compose: impl FnOnce(&Standing, &Path) -> io::Result<Files>,
) -> Result<Written, Failure> {
    let folder = followed(out);
    recover_at(disk, &folder)?;
    let made = create_all(disk, &folder).map_err(failure)?;
    let claim = claim::take(disk, &folder);
    let written = claim.map_err(failure).and_then(|claim| {
        let written = replace(disk, &folder, &claim, compose);
        // What is half done is kept under its claim for the next command.
        if !matches!(written, Err(Failure::Halfway(_))) {
            let released = tidy(disk, &claim.own).and_then(|()| claim.release(disk));
            return written.map(|written| written.leaving(released));
        }
        written
    });
    if written.is_err() {
        // Folders that were not there before, innermost first; one that holds something stays.
        made.iter().rev().for_each(|folder| drop(disk.remove_folder(folder)));
    }
    written
}

/// Finishes or takes back what an esep that died has left in a report folder.
pub(crate) fn recover(disk: &dyn Disk, out: &Path) -> Result<(), Failure> {
    recover_at(disk, &followed(out))
}

/// Refuses what can be no folder, before anything is tried with it.
fn admissible(folder: &Path) -> io::Result<()> {
    let said = match fs::symlink_metadata(folder) {
        Ok(meta) if meta.is_dir() => return Ok(()),
        Ok(meta) if meta.is_symlink() => "it is a link that leads in a circle; take it away",
        Ok(meta) if meta.is_file() => "a file stands there, and a report is a folder; move the file away",
        Ok(_) => "a pipe or a device stands there, and a report is a folder; take it away",
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    Err(io::Error::other(said))
}

fn recover_at(disk: &dyn Disk, folder: &Path) -> Result<(), Failure> {
    admissible(folder).map_err(Failure::Unchanged)?;
    if !folder.exists() && beside(folder).is_empty() {
        return Ok(());
    }
    for claim in claim::left_over(folder).map_err(failure)? {
        settle(disk, folder, &claim.own)?;
        tidy(disk, &claim.own).and_then(|()| claim.release(disk)).map_err(Failure::Unchanged)?;
    }
    claim::sweep(disk, folder).map_err(Failure::Unchanged)?;
    for beside in beside(folder) {
        // A folder without a claim is somebody's own, or empty.
        for claim in claim::left_over(&beside).map_err(failure)? {
            remove_tree(disk, &beside, &claim.own).map_err(Failure::Unchanged)?;
        }
        if beside.is_dir() {
            claim::sweep(disk, &beside).map_err(Failure::Unchanged)?;
            let _ = disk.remove_folder(&beside);
        }
    }
    Ok(())
}

fn replace(
    disk: &dyn Disk,
    folder: &Path,
    claim: &Claim,
    compose: impl FnOnce(&Standing, &Path) -> io::Result<Files>,
) -> Result<Written, Failure> {
    let standing = Standing::read(folder).map_err(Failure::Unchanged)?;
    let files = compose(&standing, folder).map_err(Failure::Unchanged)?;
    standing.admit(folder, &files).map_err(Failure::Unchanged)?;
    let (outdated, altered) = standing.outdated(folder, &files);
    let written = Written { altered, left: None };
    let whole = standing.strangers.is_empty() && written.altered.is_empty();
    match whole.then(|| exchange(disk, folder, claim, &files)) {
        Some(Ok(removed)) => return Ok(written.leaving(removed)),
        Some(Err(error)) if !is_impossible(&error) => return Err(failure(error)),
        Some(Err(_)) | None => {}
    }
    let steps = steps(folder, &standing, &files, outdated);
    prepare(disk, claim, &files, &steps, None).map_err(Failure::Unchanged)?;
    settle(disk, folder, &claim.own)?;
    Ok(written)
}

/// Writes a folder beside and exchanges the two. Returns whether the one before could be removed.
fn exchange(disk: &dyn Disk, folder: &Path, claim: &Claim, files: &Files) -> io::Result<io::Result<()>> {
    let (stage, mark) = stage(disk, folder)?;
    let exchanged = write_tree(disk, &stage, &mark.own, files)
        .and_then(|()| disk.permit(&stage, folder))
        .and_then(|()| disk.sync(&stage))
        .and_then(|()| disk.exchange(&stage, folder));
    if let Err(error) = exchanged {
        let _ = remove_tree(disk, &stage, &mark.own);
        return Err(error);
    }
    // The claims have changed places with their folders.
    let at = |folder: &Path, own: &Path| folder.join(own.file_name().unwrap_or_default());
    let (old, new) = (at(&stage, &claim.own), at(folder, &mark.own));
    let removed = remove_tree(disk, &stage, &old);
    Ok(removed.and_then(|()| tidy(disk, &new)).and_then(|()| claim::release_at(disk, &new)))
}

/// Says whether an error means that folders cannot be exchanged here at all.
fn is_impossible(error: &io::Error) -> bool {
    use io::ErrorKind::{
        CrossesDevices, InvalidInput, PermissionDenied, ReadOnlyFilesystem, ResourceBusy, Unsupported,
    };
    let kinds = [CrossesDevices, InvalidInput, PermissionDenied, ReadOnlyFilesystem, ResourceBusy, Unsupported];
    kinds.contains(&error.kind())
}

/// Makes a folder beside another, under a name that nobody uses, and claims it.
fn stage(disk: &dyn Disk, folder: &Path) -> io::Result<(PathBuf, Claim)> {
    for n in 1..1000 {
        let Some(stage) = sibling(folder, n) else { break };
        match disk.create_folder(&stage) {
            Ok(()) => {
                let mark = claim::take(disk, &stage).inspect_err(|_| drop(disk.remove_folder(&stage)))?;
                return Ok((stage, mark));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::Unsupported.into())
}

fn sibling(folder: &Path, n: usize) -> Option<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(folder.file_name()?);
    name.push(format!(".esep-{n}"));
    Some(folder.with_file_name(name))
}

/// Lists the folders beside that may be left of an exchange.
fn beside(folder: &Path) -> Vec<PathBuf> {
    (1..1000)
        .map_while(|n| sibling(folder, n).filter(|path| path.symlink_metadata().is_ok()))
        .filter(|path| path.is_dir() && !path.is_symlink())
        .collect()
}

/// The file of a claim that lists what is written under it.
const LIST: &str = "list";

/// Writes files into a folder: first what they are, last the manifest, so that none is younger than it.
fn write_tree(disk: &dyn Disk, folder: &Path, own: &Path, files: &Files) -> io::Result<()> {
    disk.write(&own.join(LIST), list(files).as_bytes())?;
    let mut made = BTreeSet::new();
    let last = files.get(MANIFEST).map(|bytes| (MANIFEST, bytes));
    for (path, bytes) in files.iter().filter(|(path, _)| *path != MANIFEST).chain(last) {
        write_at(disk, folder, path, bytes, &mut made)?;
    }
    Ok(())
}

fn list(files: &Files) -> String {
    files.iter().map(|(path, _)| format!("-  {path}\n")).collect()
}

fn write_at(disk: &dyn Disk, folder: &Path, path: &str, bytes: &[u8], made: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    let target = folder.join(path);
    if let Some(parent) = target.parent()
        && made.insert(parent.to_owned())
    {
        create_all(disk, parent)?;
    }
    disk.write(&target, bytes)
}

/// Makes a folder with all above it, and returns those that were not there, outermost first.
fn create_all(disk: &dyn Disk, folder: &Path) -> io::Result<Vec<PathBuf>> {
    let missing: Vec<_> =
        folder.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.is_dir()).collect();
    let mut made = Vec::new();
    for path in missing.into_iter().rev() {
        match disk.create_folder(path) {
            Ok(()) => made.push(path.to_owned()),
            Err(error) => {
                // Looked at once only: whoever made it may take it away between two looks.
                if error.kind() == io::ErrorKind::AlreadyExists {
                    match fs::metadata(path) {
                        Ok(there) if there.is_dir() => continue,
                        Err(gone) if gone.kind() == io::ErrorKind::NotFound => return Err(claim::busy()),
                        _ => {}
                    }
                }
                made.iter().rev().for_each(|path| drop(disk.remove_folder(path)));
                return Err(error);
            }
        }
    }
    Ok(made)
}

/// Removes a folder of which esep wrote everything that its manifest or its claim lists; something else stays, and is an
/// error.
fn remove_tree(disk: &dyn Disk, folder: &Path, own: &Path) -> io::Result<()> {
    remove_listed(disk, folder, &own.join(LIST))?;
    tidy(disk, own)?;
    let alone = super::entries(folder)?.iter().all(|entry| claim::is_claim(&entry.path()));
    claim::release_at(disk, own)?;
    if !alone {
        return Err(io::Error::other("something in it is not esep's; look what it is"));
    }
    // Another that wanted to claim the folder may have left its own there.
    for other in claim::left_over(folder)? {
        other.release(disk)?;
    }
    claim::sweep(disk, folder)?;
    disk.remove_folder(folder)
}

/// Removes the files that a folder's manifest and another list name, then the folders that are empty; last the manifest.
fn remove_listed(disk: &dyn Disk, folder: &Path, list: &Path) -> io::Result<()> {
    let manifest = folder.join(MANIFEST);
    let texts = [&manifest, list].map(|path| fs::read_to_string(path).unwrap_or_default());
    let listed = texts.iter().flat_map(|text| output::listed(text).into_keys());
    let paths: BTreeSet<&str> = listed.filter(|path| is_plain(path) && *path != MANIFEST).collect();
    for path in paths {
        let target = folder.join(path);
        // A file on the way would be no folder of ours, and a link would lead out.
        let inside = target
            .ancestors()
            .skip(1)
            .take_while(|above| *above != folder)
            .all(|above| fs::symlink_metadata(above).is_ok_and(|meta| meta.is_dir()));
        if inside {
            gone(disk.remove_file(&target))?;
        }
    }
    remove_empty(disk, folder)?;
    gone(disk.remove_file(&manifest))
}

/// Removes all empty folders in a folder, but for claims.
fn remove_empty(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    for entry in super::entries(folder)? {
        if entry.file_type()?.is_dir() && !claim::is_name(&entry.file_name().to_string_lossy()) {
            remove_empty(disk, &entry.path())?;
            if super::entries(&entry.path())?.is_empty() {
                gone(disk.remove_folder(&entry.path()))?;
            }
        }
    }
    Ok(())
}

/// One file that changes places.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub path: String,
    /// Whether one stood there before.
    pub old: bool,
    /// Whether one shall.
    pub new: bool,
}

/// Works out what changes. The manifest does always, and last: none is younger than it.
fn steps(folder: &Path, standing: &Standing, files: &Files, outdated: Vec<String>) -> Vec<Step> {
    let differs = files.iter().filter(|(path, bytes)| *path != MANIFEST && !holds(&folder.join(path), bytes));
    let old = |path: &str| folder.join(path).symlink_metadata().is_ok();
    let mut steps: Vec<Step> =
        differs.map(|(path, _)| Step { path: path.to_owned(), old: old(path), new: true }).collect();
    steps.extend(outdated.into_iter().map(|path| Step { path, old: true, new: false }));
    let manifest = standing.listed.contains_key(MANIFEST);
    steps.push(Step { path: MANIFEST.to_owned(), old: manifest, new: true });
    steps
}

const JOURNAL: &str = "journal";

/// Writes the new files and then the journal, from which on the change is carried out. Of a folder that is to be `kept`
/// the files before are copied first, so that each new one takes the place of its own in one step.
pub(super) fn prepare(
    disk: &dyn Disk,
    claim: &Claim,
    files: &Files,
    steps: &[Step],
    kept: Option<&Path>,
) -> io::Result<()> {
    let (own, mut made) = (&claim.own, BTreeSet::new());
    let going = steps.iter().filter(|step| !step.new).map(|step| format!("-  {}\n", step.path));
    disk.write(&own.join(LIST), (list(files) + &going.collect::<String>()).as_bytes())?;
    // What goes is moved away, and stands there before.
    let replaced = steps.iter().filter(|step| step.old && step.new);
    for (step, kept) in replaced.flat_map(|step| kept.map(|kept| (step, kept))) {
        write_at(disk, &own.join("old"), &step.path, &fs::read(kept.join(&step.path))?, &mut made)?;
    }
    for step in steps.iter().filter(|step| step.new) {
        let bytes = files.get(&step.path).unwrap_or_default();
        write_at(disk, &own.join("new"), &step.path, bytes, &mut made)?;
    }
    let mark = |is: bool, letter| if is { letter } else { '-' };
    let lines: String =
        steps.iter().map(|step| format!("{}{} {}\n", mark(step.old, 'o'), mark(step.new, 'n'), step.path)).collect();
    let unsigned = own.join("journal.part");
    disk.write(&unsigned, format!("{lines}{}\n", sha256(lines.as_bytes())).as_bytes())?;
    disk.sync(own)?;
    disk.rename(&unsigned, &own.join(JOURNAL))
}

/// Reads a journal; `None` where there is none, or where it is not whole.
fn journal(own: &Path) -> Option<Vec<Step>> {
    let text = fs::read_to_string(own.join(JOURNAL)).ok()?;
    let (lines, hash) = text.trim_end().rsplit_once('\n').map(|(lines, hash)| (format!("{lines}\n"), hash))?;
    let step = |line: &str| {
        let (marks, path) = line.split_once(' ').filter(|(_, path)| is_plain(path))?;
        Some(Step { path: path.to_owned(), old: marks.starts_with('o'), new: marks.ends_with('n') })
    };
    if sha256(lines.as_bytes()) == hash { lines.lines().map(step).collect() } else { None }
}

/// Carries out what the journal of a claim says, or takes it back where that cannot be.
pub(super) fn settle(disk: &dyn Disk, folder: &Path, own: &Path) -> Result<(), Failure> {
    let Some(steps) = journal(own) else { return Ok(()) };
    if let Err(error) = forward(disk, folder, own, &steps) {
        if backward(disk, folder, own, &steps).and_then(|()| disk.remove_file(&own.join(JOURNAL))).is_err() {
            return Err(Failure::Halfway(error));
        }
        return Err(Failure::Unchanged(error));
    }
    Ok(())
}

/// Where a file stands says how far its step has come, so that both ways can be begun anew.
fn forward(disk: &dyn Disk, folder: &Path, own: &Path, steps: &[Step]) -> io::Result<()> {
    let stands = |path: &Path| path.symlink_metadata().is_ok();
    for Step { path, old, new } in steps {
        let (at, before, after) = (folder.join(path), own.join("old").join(path), own.join("new").join(path));
        let is_due = !new || stands(&after);
        if *old && is_due && !stands(&before) && stands(&at) {
            move_to(disk, &at, &before)?;
        }
        if *new && is_due {
            move_to(disk, &after, &at)?;
        }
    }
    remove_vacated(disk, folder, steps)
}

fn backward(disk: &dyn Disk, folder: &Path, own: &Path, steps: &[Step]) -> io::Result<()> {
    let stands = |path: &Path| path.symlink_metadata().is_ok();
    for Step { path, old, new } in steps.iter().rev() {
        let (at, before, after) = (folder.join(path), own.join("old").join(path), own.join("new").join(path));
        if *new && !stands(&after) && stands(&at) {
            move_to(disk, &at, &after)?;
        }
        if *old && stands(&before) {
            move_to(disk, &before, &at)?;
        }
    }
    remove_vacated(disk, folder, steps)
}

fn move_to(disk: &dyn Disk, from: &Path, to: &Path) -> io::Result<()> {
    to.parent().map_or(Ok(Vec::new()), |parent| create_all(disk, parent))?;
    disk.rename(from, to)
}

/// Removes the folders of the report that a change has left empty.
fn remove_vacated(disk: &dyn Disk, folder: &Path, steps: &[Step]) -> io::Result<()> {
    for step in steps {
        for above in Path::new(&step.path).ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()) {
            let above = folder.join(above);
            if above.is_dir() && super::entries(&above)?.is_empty() {
                gone(disk.remove_folder(&above))?;
            }
        }
    }
    Ok(())
}

/// Removes what stands under a claim and is no longer needed: first the journal, then the files on their way, then lists.
pub(super) fn tidy(disk: &dyn Disk, own: &Path) -> io::Result<()> {
    gone(disk.remove_file(&own.join(JOURNAL)))?;
    for tree in ["new", "old"].map(|name| own.join(name)) {
        if tree.is_dir() && !tree.is_symlink() {
            remove_listed(disk, &tree, &own.join(LIST))?;
            gone(disk.remove_folder(&tree))?;
        }
    }
    ["journal.part", LIST].iter().try_for_each(|name| gone(disk.remove_file(&own.join(name))))
}

/// Follows a link to the folder that it leads to, which need not be there.
pub(crate) fn followed(out: &Path) -> PathBuf {
    let mut folder = out.to_owned();
    // More links than the system itself follows lead nowhere.
    for _ in 0..40 {
        let Ok(target) = fs::read_link(&folder) else { break };
        folder = folder.parent().unwrap_or(Path::new("")).join(target);
    }
    fs::canonicalize(&folder).unwrap_or(folder)
}

pub(super) fn failure(error: io::Error) -> Failure {
    if error.kind() == io::ErrorKind::WouldBlock { Failure::Busy } else { Failure::Unchanged(error) }
}

impl Written {
    fn leaving(mut self, removed: io::Result<()>) -> Written {
        self.left = self.left.or_else(|| removed.err().map(|error| error.to_string()));
        self
    }
}
