//! Begin: a new study written into a folder of its own, whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::change::Disk;
use crate::diagnostic::{Diagnostic, Place, code};
use crate::files::Files;

/// Says why a folder cannot take a new study: it holds something, or is none.
pub(crate) fn is_free(folder: &Path) -> Result<(), String> {
    let shown = folder.display();
    if folder.is_symlink() && !folder.exists() {
        return Err(format!("{shown} is a link that leads nowhere; name another folder"));
    }
    match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(format!("{shown} cannot be the folder of a study: {error}")),
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(format!("{shown} is not empty, and nothing in it is overwritten; name another folder")),
        },
    }
}

/// Writes the files of a study into a folder that is free: into one beside it, which is then given its name, so that whatever
/// ends the program leaves the study or nothing under it. In a folder that is there they are written beside their places and
/// then moved, `study.yaml` last. Where anything fails, all that was made is taken away.
pub(crate) fn write_study(disk: &dyn Disk, folder: &Path, files: &Files) -> Result<(), Box<Diagnostic>> {
    let mut made = Made::default();
    let written = match folder.file_name() {
        Some(name) if fs::symlink_metadata(folder).is_err() => {
            let beside = folder.with_file_name(format!(".esep-{}.{}", std::process::id(), name.to_string_lossy()));
            made.write(disk, &beside, files).and_then(|()| disk.rename(&beside, folder))
        }
        _ => made.write(disk, folder, files),
    };
    written.map_err(|error| {
        made.remove(disk);
        let place = Place::file(folder.display().to_string());
        let problem = Diagnostic::error(code::FILE_OUTPUT, place, format!("cannot be written: {error}"));
        Box::new(problem.hint("mend what the message names, or name another folder; nothing was left there"))
    })
}

/// What was made so far, in order.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn write(&mut self, disk: &dyn Disk, folder: &Path, files: &Files) -> io::Result<()> {
        let mut list: Vec<(&str, &[u8])> = files.iter().collect();
        list.sort_by_key(|(path, _)| *path == "study.yaml");
        self.folder(disk, folder)?;
        for (path, bytes) in list {
            let target = folder.join(path);
            self.folder(disk, target.parent().unwrap_or(folder))?;
            let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let beside = target.with_file_name(format!(".esep-{}.{name}", std::process::id()));
            self.files.push(beside.clone());
            disk.write(&beside, bytes)?;
            if fs::symlink_metadata(&target).is_ok() {
                return Err(io::Error::other(format!("{} is there already", target.display())));
            }
            self.files.push(target.clone());
            disk.rename(&beside, &target)?;
        }
        disk.sync(folder)
    }

    fn folder(&mut self, disk: &dyn Disk, folder: &Path) -> io::Result<()> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        if let Some(above) = folder.parent() {
            self.folder(disk, above)?;
        }
        disk.create_folder(folder)?;
        self.folders.push(folder.to_owned());
        Ok(())
    }

    fn remove(&self, disk: &dyn Disk) {
        self.files.iter().rev().filter(|file| file.exists()).for_each(|file| drop(disk.remove_file(file)));
        self.folders.iter().rev().for_each(|folder| drop(disk.remove_folder(folder)));
    }
}
