//! Dictionaries: those of Hunspell that stand on this machine, for the proof-reader at the command line alone.

use std::fs;
use std::path::{Path, PathBuf};

use crate::language::Lang;
use crate::table::decode;

/// A dictionary of the machine.
pub(super) struct Dictionary {
    /// Where its words stand.
    pub path: PathBuf,
    /// The words.
    pub words: String,
    /// What makes their forms.
    pub affixes: String,
}

/// Where systems keep dictionaries; `DICPATH` stands before them.
const FOLDERS: [&str; 5] = [
    "/usr/share/hunspell",
    "/usr/local/share/hunspell",
    "/usr/share/myspell",
    "/opt/homebrew/share/hunspell",
    "/Library/Spelling",
];

/// Finds the dictionaries of a language, the first folder that has any.
pub(super) fn of(lang: Lang) -> Vec<Dictionary> {
    let own = std::env::var_os("DICPATH").unwrap_or_default();
    let folders = std::env::split_paths(&own).filter(|path| !path.as_os_str().is_empty());
    let mut folders = folders.chain(FOLDERS.map(PathBuf::from));
    folders.find_map(|folder| Some(below(&folder, lang)).filter(|found| !found.is_empty())).unwrap_or_default()
}

/// Reads the dictionaries of a language in a folder, by their names: `ru_RU.dic`, `kk.dic`.
fn below(folder: &Path, lang: Lang) -> Vec<Dictionary> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| is_of(path, lang)).collect();
    paths.sort();
    paths.into_iter().filter_map(read).collect()
}

fn is_of(path: &Path, lang: Lang) -> bool {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let code = stem.split(['_', '-']).next().unwrap_or_default();
    path.extension().is_some_and(|extension| extension == "dic") && code == lang.code() && !stem.starts_with("hyph")
}

fn read(path: PathBuf) -> Option<Dictionary> {
    let bytes = |path: &Path| decode_as(&fs::read(path).ok()?, None);
    let affixes = fs::read(path.with_extension("aff")).unwrap_or_default();
    // The file of affixes says the encoding of both.
    let head = String::from_utf8_lossy(&affixes)
        .lines()
        .find_map(|line| line.trim_start_matches('\u{feff}').strip_prefix("SET ").map(|name| name.trim().to_owned()));
    let affixes = decode_as(&affixes, head.as_deref())?;
    let words = match &head {
        Some(_) => decode_as(&fs::read(&path).ok()?, head.as_deref())?,
        None => bytes(&path)?,
    };
    Some(Dictionary { path, words, affixes })
}

fn decode_as(bytes: &[u8], name: Option<&str>) -> Option<String> {
    match name.and_then(decode::encoding) {
        Some(encoding) => Some(encoding.decode(bytes).0.into_owned()),
        None => String::from_utf8(bytes.to_vec()).ok(),
    }
}
