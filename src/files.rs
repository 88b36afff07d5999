//! Files: a folder held in memory, which is all that a build reads and all that it writes.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};

/// A folder in memory: relative paths with `/`, in order, each with its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// Adds a file or replaces it.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), bytes.into());
    }

    /// Returns the bytes of a file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// Returns a text file without its byte order mark; `None` when it is not there or not UTF-8.
    pub fn text(&self, path: &str) -> Option<&str> {
        let text = std::str::from_utf8(self.get(path)?).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// Returns a text file, reporting where it is missing or not UTF-8.
    pub fn require(&self, path: &str, diagnostics: &mut Diagnostics) -> Option<&str> {
        let problem = match (self.get(path), self.text(path)) {
            (_, Some(text)) => return Some(text),
            (Some(_), None) => Diagnostic::error(code::FILE_ENCODING, Place::file(path), "is not UTF-8 text"),
            (None, None) => Diagnostic::error(code::FILE_MISSING, Place::file(path), "there is no such file"),
        };
        diagnostics.push(problem);
        None
    }

    /// Walks the files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// Walks the files below a folder (`templates/ru/`), in order.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &[u8])> {
        self.iter().filter(move |(path, _)| path.starts_with(folder))
    }

    /// Takes in all files of another folder.
    pub fn extend(&mut self, other: Files) {
        self.0.extend(other.0);
    }

    /// Returns how many files there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns true when there is no file.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads a YAML file strictly: unknown keys, duplicate keys and YAML 1.1 booleans are errors.
    pub fn yaml<T: DeserializeOwned>(&self, path: &str, diagnostics: &mut Diagnostics) -> Option<T> {
        let text = self.require(path, diagnostics)?;
        let options = serde_yaml::options! { strict_booleans: true, with_snippet: false };
        match serde_yaml::from_str_with_options(text, options) {
            Ok(value) => Some(value),
            Err(error) => {
                diagnostics.push(yaml_problem(path, &error));
                None
            }
        }
    }
}

/// Returns the SHA-256 of bytes in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn yaml_problem(path: &str, error: &serde_yaml::Error) -> Diagnostic {
    let place =
        error.location().map_or(Place::file(path), |at| Place::line(path, at.line() as usize, at.column() as usize));
    let message = error.to_string();
    let message = message.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let Some(unknown) = message.split("unknown field `").nth(1).and_then(|rest| rest.split('`').next()) else {
        return Diagnostic::error(code::YAML_SYNTAX, place, message);
    };
    let known: Vec<&str> =
        message.split("expected").skip(1).flat_map(|rest| rest.split('`').skip(1).step_by(2)).collect();
    let hint =
        did_you_mean(unknown, known.iter().copied()).or_else(|| Some(format!("known here: {}", known.join(", "))));
    Diagnostic::error(code::YAML_KEY, place, format!("unknown key `{unknown}`")).maybe_hint(hint)
}
