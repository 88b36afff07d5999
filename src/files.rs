//! Files: a folder held in memory, which is all that a build reads and all that it writes.

pub mod archive;
mod forms;
mod kept;
pub mod limits;
mod outline;
mod spanned;
mod yaml;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

pub(crate) use forms::by_form;
pub use forms::{ByLanguage, Written};
pub use kept::{Kept, Lasting};
pub use outline::Outline;
pub use spanned::{Ignored, Spanned};

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};

/// A folder in memory: relative paths with `/`, in order, each with its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files(BTreeMap<String, Content>);

/// What a file holds. A report is held by what is kept of it as well, and by whoever shows it: all share its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content(Arc<Vec<u8>>);

impl Content {
    /// Returns the text; none where it is no text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl From<String> for Content {
    fn from(text: String) -> Content {
        Content(Arc::new(text.into_bytes()))
    }
}

/// Writes a text; what is none cannot be written down.
impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        std::str::from_utf8(&self.0).map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Content, D::Error> {
        String::deserialize(deserializer).map(Content::from)
    }
}

/// What files of a study are for, by the ends of their paths, and how to get one.
const PURPOSES: [(&str, &str); 3] = [
    (
        "data/datapackage.yaml",
        "it is the catalogue: the tables, and the file, hash and layout of each snapshot. `esep new` writes a study with one",
    ),
    (
        "data/territories.yaml",
        "a table has a dimension of territories, and this is their list with codes and names: `esep new --from TABLE` writes it",
    ),
    (
        "exhibits.yaml",
        "it holds the words of figures and tables: `figure_id: {title: …, source: redrawn}`; a study without them needs none",
    ),
];

impl Files {
    /// Adds a file or replaces it.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), Content(Arc::new(bytes.into())));
    }

    /// Adds a file that others hold too, or replaces it.
    pub fn share(&mut self, path: impl Into<String>, content: &Content) {
        self.0.insert(path.into(), content.clone());
    }

    /// Returns the bytes of a file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(|content| content.0.as_slice())
    }

    /// Returns a text file without its byte order mark; `None` when it is not there or not UTF-8.
    pub fn text(&self, path: &str) -> Option<&str> {
        let text = std::str::from_utf8(self.get(path)?).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// Returns a text file, reporting where it is missing or not UTF-8.
    pub fn require(&self, path: &str, diagnostics: &mut Diagnostics) -> Option<&str> {
        if let Some(text) = self.text(path) {
            return Some(text);
        }
        diagnostics.push(match self.get(path).map(std::str::from_utf8) {
            Some(Err(error)) => {
                let sound = self.get(path).unwrap_or_default().iter().take(error.valid_up_to());
                let line = sound.filter(|byte| **byte == b'\n').count() + 1;
                let place = Place { line: Some(line), ..Place::file(path) };
                let message = format!("is not UTF-8 text: line {line} holds a byte that no UTF-8 text has");
                Diagnostic::error(code::FILE_ENCODING, place, message).hint("save the file as UTF-8")
            }
            Some(Ok(_)) | None => {
                let missing = Diagnostic::error(code::FILE_MISSING, Place::file(path), "there is no such file");
                let purpose = PURPOSES.iter().find(|(end, _)| path.ends_with(end)).map(|(_, purpose)| *purpose);
                missing.maybe_hint(purpose.map(str::to_owned))
            }
        });
        None
    }

    /// Walks the files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, content)| (path.as_str(), content.0.as_slice()))
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
        let (value, whole) = yaml::read(path, self.require(path, diagnostics)?, &[], diagnostics);
        value.filter(|_| whole)
    }

    /// Reads as `yaml` does, but returns what is known of a file that holds unknown keys, or wrong values under keys on
    /// which nothing else rests (`light`), so that the rest of the study can still be checked.
    pub fn yaml_known<T: DeserializeOwned>(
        &self,
        path: &str,
        light: &[&str],
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        yaml::read(path, self.require(path, diagnostics)?, light, diagnostics).0
    }

    /// Reads where the keys of a YAML file stand.
    pub fn outline(&self, path: &str) -> Outline {
        Outline::read(path, self.text(path).unwrap_or_default())
    }

    /// Reads as `yaml_known` does, and passes over the entries of lists that cannot be read; also returns whether
    /// nothing was passed over.
    pub fn yaml_entries<T: DeserializeOwned>(&self, path: &str, diagnostics: &mut Diagnostics) -> Option<(T, bool)> {
        let (value, whole) = yaml::read_entries(path, self.require(path, diagnostics)?, diagnostics);
        Some((value?, whole))
    }
}

/// Returns the SHA-256 of bytes in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    sha256_of([bytes])
}

/// Returns the SHA-256 of bytes that stand one behind the other.
pub fn sha256_of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    parts.into_iter().for_each(|part| hash.update(part));
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default();
    hash.finalize().iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
