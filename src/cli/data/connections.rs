//! Connections: where records are, as the user of this machine has set it up; a study names a connection and nothing of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::disk;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::Files;

/// A place of records.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Connection {
    /// A folder of files.
    #[serde(default)]
    pub folder: Option<PathBuf>,
    /// The shared library of an ADBC driver.
    #[serde(default)]
    pub driver: Option<PathBuf>,
    /// The function of the library that makes the driver, where it is not `AdbcDriverInit`.
    #[serde(default)]
    pub entrypoint: Option<String>,
    /// Where the database is; never printed, for it may hold a password.
    #[serde(default)]
    pub uri: Option<String>,
    /// Further options of the driver, never printed either.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
    /// What the records that a query is `from` are called there: a table, or a query in parentheses.
    #[serde(default)]
    pub tables: BTreeMap<String, String>,
    /// The columns by which they are parted among machines, so that each adds up its own.
    #[serde(default)]
    pub parted: Vec<String>,
}

/// The variable that names the file of connections.
const VARIABLE: &str = "ESEP_CONNECTIONS";

/// Returns where the connections of this user are written.
fn file() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| !path.as_os_str().is_empty());
    let absolute = |name: &str| variable(name).filter(|path| path.is_absolute());
    variable(VARIABLE).or_else(|| {
        let home = || absolute(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
        let base = absolute("XDG_CONFIG_HOME")
            .or_else(|| if cfg!(windows) { absolute("APPDATA") } else { None })
            .or_else(|| home().map(|home| home.join(".config")));
        base.map(|base| base.join("esep").join("connections.yaml"))
    })
}

/// Finds a connection by its name.
pub(super) fn find(name: &str, place: Place) -> Result<Connection, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let fail = |message: String, hint: String, mut diagnostics: Diagnostics| {
        diagnostics.push(Diagnostic::error(code::DATA_PULL, place.clone(), message).hint(hint));
        diagnostics
    };
    let Some(path) = file() else {
        let message = format!("connection `{name}` is not known, because this user has no home folder");
        return Err(fail(message, format!("name the file of connections with {VARIABLE}"), diagnostics));
    };
    let shown = path.display().to_string();
    let lines =
        format!("write `{name}: {{folder: /path/to/the/files}}` into it; a database is told by `driver` and `uri`");
    let text = match disk::read_file(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            return Err(fail(
                format!("connection `{name}` is not known: {shown} cannot be read: {error}"),
                lines,
                diagnostics,
            ));
        }
    };
    let mut files = Files::default();
    files.insert(shown.clone(), text);
    let Some(known) = files.yaml::<BTreeMap<String, Connection>>(&shown, &mut diagnostics) else {
        return Err(unquoted(&diagnostics));
    };
    let Some(found) = known.get(name) else {
        let hint = did_you_mean(name, known.keys().map(String::as_str)).unwrap_or(lines);
        return Err(fail(format!("connection `{name}` is not among those of {shown}"), hint, diagnostics));
    };
    let says = (found.folder.is_some(), found.driver.is_some());
    if says.0 == says.1 {
        let message = format!("connection `{name}` of {shown} has neither or both of `folder` and `driver`");
        return Err(fail(
            message,
            "a connection is a folder of files, or a database with a driver".to_owned(),
            diagnostics,
        ));
    }
    Ok(found.clone())
}

/// Takes out of what is wrong with the file of connections what it quotes of it: where a blank or a quotation mark is
/// missing, a password stands where a key should.
fn unquoted(diagnostics: &Diagnostics) -> Diagnostics {
    let mut told = Diagnostics::default();
    for mut problem in diagnostics.sorted() {
        let parts = problem.message.split('`').enumerate();
        let parts: Vec<&str> = parts.map(|(at, part)| if at % 2 == 1 { "…" } else { part }).collect();
        problem.message = parts.join("`");
        told.push(problem);
    }
    told
}

/// What a pattern means below a folder.
#[derive(Default)]
pub(super) struct Matching {
    /// The files, in the order of their names.
    pub files: Vec<(String, PathBuf)>,
    /// The names of what is none: folders, pipes.
    pub others: Vec<String>,
}

/// Finds what a pattern means below a folder; nothing of it leads out of the folder.
pub(super) fn matching(folder: &Path, pattern: &str) -> std::io::Result<Matching> {
    let base = folder.canonicalize()?;
    let mut found = vec![(String::new(), base.clone())];
    for part in pattern.split('/') {
        let mut next = Vec::new();
        for (name, path) in found.into_iter().filter(|(_, path)| path.is_dir()) {
            for one in named(&path, part)? {
                let below = path.join(&one);
                let is_inside = below.canonicalize().is_ok_and(|real| real.starts_with(&base));
                if is_inside {
                    next.push((if name.is_empty() { one } else { format!("{name}/{one}") }, below));
                } else if below.symlink_metadata().is_ok() {
                    let one = if name.is_empty() { one } else { format!("{name}/{one}") };
                    return Err(std::io::Error::other(format!("{one} leads out of the folder")));
                }
            }
        }
        found = next;
    }
    let (files, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, path)| path.is_file());
    Ok(Matching { files, others: others.into_iter().map(|(name, _)| name).collect() })
}

/// Lists the names in a folder that a part of a pattern means.
fn named(folder: &Path, part: &str) -> std::io::Result<Vec<String>> {
    if !part.contains(['*', '?']) {
        return Ok(vec![part.to_owned()]);
    }
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name();
        if crate::pull::fits(part, &name.to_string_lossy()) {
            let name = name.into_string().map_err(|name| {
                std::io::Error::other(format!("the name {} is no UTF-8 text", name.to_string_lossy()))
            })?;
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
