//! Edited: where the texts of a study were changed between two readings.

use serde::Serialize;

use crate::files::Files;

/// A place of a text that was edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// The file.
    pub file: String,
    /// The line from 1, and the column from 1 in characters, of the first sign that is another; none in data.
    pub place: Option<(usize, usize)>,
}

impl Edit {
    /// Returns it for the page.
    pub(super) fn told(&self) -> Edited {
        let (line, column) = self.place.unzip();
        Edited { file: self.file.clone(), line, column }
    }
}

/// A place of a text that was edited, as the page is told of it.
#[derive(Serialize)]
pub(super) struct Edited {
    file: String,
    line: Option<usize>,
    column: Option<usize>,
}

/// Lists the files that differ, each with the first place where it does.
pub(super) fn between(old: &Files, new: &Files) -> Vec<Edit> {
    let changed = new.iter().filter(|(path, bytes)| old.get(path) != Some(*bytes)).map(|(path, _)| path);
    let gone = old.iter().map(|(path, _)| path).filter(|path| new.get(path).is_none());
    let edit = |path: &str| Edit {
        file: path.to_owned(),
        place: old.text(path).zip(new.text(path)).map(|(old, new)| first(old, new)),
    };
    changed.chain(gone).map(edit).collect()
}

/// Finds the first sign of a new text that the old one does not have there.
fn first(old: &str, new: &str) -> (usize, usize) {
    let (mut line, mut column) = (1, 1);
    for (_, letter) in old.chars().zip(new.chars()).take_while(|(old, new)| old == new) {
        (line, column) = if letter == '\n' { (line + 1, 1) } else { (line, column + 1) };
    }
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_is_where_the_first_sign_differs() {
        let files = |texts: &[(&str, &str)]| {
            let mut files = Files::default();
            texts.iter().for_each(|(path, text)| files.insert(*path, *text));
            files
        };
        let old = files(&[("a", "раз\nдва три\n"), ("b", "то же"), ("c", "было")]);
        let new = files(&[("a", "раз\nдва четыре\n"), ("b", "то же"), ("d", "стало")]);
        let edit = |file: &str, place| Edit { file: file.to_owned(), place };
        assert_eq!(between(&old, &new), [edit("a", Some((2, 5))), edit("d", None), edit("c", None)]);
        assert_eq!(first("а", "аб"), (1, 2));
    }
}
