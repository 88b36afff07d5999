//! Format: which version of the format `study.yaml` is written in, and what its keys were called in earlier ones.

use serde::Deserialize;

use super::STUDY;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::Outline;

/// The format that this program reads.
pub const FORMAT: u32 = 1;

/// A key that another format calls otherwise.
struct Renamed {
    /// The format since which it has its new name.
    since: u32,
    /// The keys that lead to the old one, and it itself; `*` is any name that the author gave.
    old: &'static [&'static str],
    /// The new key.
    new: &'static str,
}

/// Keys that were renamed, oldest first. Whoever renames a key raises [`FORMAT`] and adds a line.
const RENAMED: &[Renamed] = &[];

/// The one key that is read before all others.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    esep: Option<u32>,
}

/// Returns true for a text in the format of this program; of any other it is told which, and the new name of each old key.
pub fn check(text: &str, diagnostics: &mut Diagnostics) -> bool {
    read(text, FORMAT, RENAMED, diagnostics)
}

fn read(text: &str, format: u32, renamed: &[Renamed], diagnostics: &mut Diagnostics) -> bool {
    // What cannot be read at all is told by whoever reads all of it.
    let Ok(head) = serde_yaml::from_str::<Head>(text) else { return true };
    let outline = Outline::read(STUDY, text);
    let Some(own) = head.esep else {
        let message = "does not say in which format it is written";
        let hint = format!("write `esep: {format}` on its first line; it is read as that");
        diagnostics.push(Diagnostic::warning(code::STUDY_FORMAT, Place::line(STUDY, 1, 1), message).hint(hint));
        return true;
    };
    if own == format {
        return true;
    }
    let place = outline.place(&["esep"]);
    if own > format {
        let message = format!("is written in format {own}, and this esep reads format {format}");
        diagnostics.push(Diagnostic::error(code::STUDY_FORMAT, place, message).hint("take a newer esep"));
        return false;
    }
    let message = format!("is written in format {own}, and this esep reads format {format}");
    let hint = format!("rename the keys named here, if any, and write `esep: {format}`");
    diagnostics.push(Diagnostic::error(code::STUDY_FORMAT, place, message).hint(hint));
    for entry in outline.iter() {
        let is_old = |renamed: &&Renamed| {
            let alike = |(wanted, key): (&&str, &String)| *wanted == "*" || *wanted == key;
            renamed.since > own
                && renamed.old.len() == entry.path.len()
                && renamed.old.iter().zip(&entry.path).all(alike)
        };
        if let (Some(found), Some(key)) = (renamed.iter().find(is_old), entry.path.last()) {
            let message = format!("`{key}` is called `{}` since format {}", found.new, found.since);
            let place = Place::line(STUDY, entry.line, entry.column).covering(key.chars().count());
            diagnostics.push(Diagnostic::error(code::STUDY_FORMAT, place, message));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &[Renamed] = &[
        Renamed { since: 2, old: &["sets"], new: "groups" },
        Renamed { since: 3, old: &["analyses", "*", "table"], new: "of" },
    ];

    fn told(text: &str) -> Vec<String> {
        let mut diagnostics = Diagnostics::default();
        read(text, 3, EXAMPLE, &mut diagnostics);
        diagnostics.sorted().iter().map(|d| format!("{}: {}", d.place, d.message)).collect()
    }

    #[test]
    fn an_older_format_is_told_the_new_name_of_each_old_key() {
        let study = "esep: 1\nsets: {}\nanalyses:\n  balance: {table: moves, sets: x}\n  table: {measure: net}\n";
        assert_eq!(
            told(study),
            [
                "study.yaml:1:1: is written in format 1, and this esep reads format 3",
                "study.yaml:2:1: `sets` is called `groups` since format 2",
                "study.yaml:4:13: `table` is called `of` since format 3",
            ]
        );
        assert_eq!(told(&study.replace("esep: 1", "esep: 2")).len(), 2, "`sets` was renamed before");
        assert!(told(&study.replace("esep: 1", "esep: 3")).is_empty());
    }

    #[test]
    fn a_newer_format_and_none_are_told_what_to_do() {
        assert_eq!(told("esep: 4\n"), ["study.yaml:1:1: is written in format 4, and this esep reads format 3"]);
        assert_eq!(told("title: {}\n"), ["study.yaml:1:1: does not say in which format it is written"]);
        assert!(told("title: [\n").is_empty());
    }
}
