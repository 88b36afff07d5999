//! Claim: the mark on a folder by which one esep at a time changes it, and the next one finds what was left unfinished.
//!
//! A claim is a folder `.esep-<n>` in the folder that it is on, with a file `lock` that its owner holds locked. Whoever
//! dies lets go of the lock and leaves the rest, so what is not locked is left over. A name that somebody uses for
//! something else is passed over.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::change::Disk;

/// A folder that is ours to change.
#[derive(Debug)]
pub(super) struct Claim {
    /// The claim's own folder, for what is on its way in or out.
    pub own: PathBuf,
    _lock: File,
}

/// Another esep changes the folder.
pub(super) fn busy() -> io::Error {
    io::Error::from(io::ErrorKind::WouldBlock)
}

/// Says whether a name in a folder is a claim's.
pub(super) fn is_name(name: &str) -> bool {
    name.strip_prefix(".esep-").is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Says whether a path is a claim's: by its name, and with a lock or, where its owner died early, with nothing in it.
pub(super) fn is_claim(path: &Path) -> bool {
    let named = path.file_name().is_some_and(|name| is_name(&name.to_string_lossy()));
    let real = path.symlink_metadata().is_ok_and(|meta| meta.is_dir());
    named && real && (path.join("lock").is_file() || super::entries(path).is_ok_and(|entries| entries.is_empty()))
}

/// Removes the claims on a folder whose owners died before they had a lock.
pub(super) fn sweep(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    folders(folder)?.iter().filter(|own| !own.join("lock").exists()).for_each(|own| drop(disk.remove_folder(own)));
    Ok(())
}

/// Lists the folders in a folder whose names are claims'.
fn folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let named = |entry: &fs::DirEntry| is_name(&entry.file_name().to_string_lossy());
    let entries = super::entries(folder)?;
    let real = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
    Ok(entries.iter().filter(|entry| named(entry) && real(entry)).map(fs::DirEntry::path).collect())
}

/// Takes over every claim on a folder that nobody holds any more; refuses where somebody holds one.
pub(super) fn left_over(folder: &Path) -> io::Result<Vec<Claim>> {
    folders(folder)?.into_iter().filter_map(|own| lock(own).transpose()).collect()
}

/// Locks the claim of a folder; `None` where it has none.
fn lock(own: PathBuf) -> io::Result<Option<Claim>> {
    let path = own.join("lock");
    if !fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_file()) {
        return Ok(None);
    }
    let file = match File::options().read(true).write(true).open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(busy()),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    // Its owner may have removed it, or moved it away, between the two calls.
    Ok(is_at(&file, &path).then_some(Claim { own, _lock: file }))
}

/// Claims a folder.
pub(super) fn take(disk: &dyn Disk, folder: &Path) -> io::Result<Claim> {
    let mut n = 0;
    let own = loop {
        n += 1;
        let own = folder.join(format!(".esep-{n}"));
        match disk.create_folder(&own) {
            Ok(()) => break own,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && n < 1000 => {}
            // The folder itself was taken away, by another that made it and gave way.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(busy()),
            Err(error) => return Err(error),
        }
    };
    let path = own.join("lock");
    let file = match disk.create_file(&path) {
        Ok(file) => file,
        // Another has just swept it away, who is at work here, and perhaps claimed the same name.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists) => {
            return Err(busy());
        }
        Err(error) => {
            let _ = disk.remove_folder(&own);
            return Err(error);
        }
    };
    let claim = Claim { own, _lock: file };
    let held = || -> io::Result<()> {
        match claim._lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy()),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // Two that claim at once may both give way, but never both go on: the later look sees the other's lock.
        for other in folders(folder)?.into_iter().filter(|other| *other != claim.own) {
            lock(other)?;
        }
        if is_at(&claim._lock, &path) { Ok(()) } else { Err(busy()) }
    }();
    match held {
        Ok(()) => Ok(claim),
        Err(error) => {
            let _ = claim.release(disk);
            Err(error)
        }
    }
}

impl Claim {
    /// Gives the folder free.
    pub(super) fn release(self, disk: &dyn Disk) -> io::Result<()> {
        release_at(disk, &self.own)
    }
}

/// Removes the claim that stands in a folder of its own, last its lock.
pub(super) fn release_at(disk: &dyn Disk, own: &Path) -> io::Result<()> {
    let lock = own.join("lock");
    gone(disk.remove_file(&lock))?;
    // Without its lock another may have swept it away, and a third claimed the name.
    match gone(disk.remove_folder(own)) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty && lock.exists() => Ok(()),
        removed => removed,
    }
}

/// Takes what is not there any more for removed.
pub(super) fn gone(removed: io::Result<()>) -> io::Result<()> {
    removed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

/// Says whether an open file is the one that stands at a path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let which = |meta: io::Result<fs::Metadata>| meta.ok().map(|meta| (meta.dev(), meta.ino()));
    let there = which(fs::symlink_metadata(path));
    there.is_some() && which(file.metadata()) == there
}

/// Where folders are not exchanged, an open file stays where it is.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}
