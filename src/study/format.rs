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
pub(super) fn check(text: &str, diagnostics: &mut Diagnostics) -> bool {
    read(text, FORMAT, RENAMED, diagnostics)
}

/// Writes a text of an earlier format in that of this program: its first key, and the names of keys that have new ones.
/// All else stays as its author wrote it.
pub fn upgraded(text: &str) -> Result<String, Box<Diagnostic>> {
    upgrade(text, FORMAT, RENAMED)
}

fn upgrade(text: &str, format: u32, renamed: &[Renamed]) -> Result<String, Box<Diagnostic>> {
    let place = || Place::line(STUDY, 1, 1);
    let head = serde_yaml::from_str::<Head>(text).map_err(|_| {
        let unread = Diagnostic::error(code::STUDY_FORMAT, place(), "cannot be read, so that it is not upgraded");
        Box::new(unread.hint("`esep check` says what is wrong with it"))
    })?;
    let own = head.esep.unwrap_or(format);
    if own > format {
        let message = format!("is written in format {own}, and this esep reads format {format}");
        return Err(Box::new(Diagnostic::error(code::STUDY_FORMAT, place(), message).hint("take a newer esep")));
    }
    let outline = Outline::read(STUDY, text);
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let mut write = |line: usize, column: usize, old: &str, new: &str| {
        let Some(row) = line.checked_sub(1).and_then(|at| lines.get_mut(at)) else { return };
        let from = row.char_indices().nth(column.saturating_sub(1)).map_or(row.len(), |(at, _)| at);
        if let Some(at) = row[from..].find(old) {
            row.replace_range(from + at..from + at + old.len(), new);
        }
    };
    let mut entries: Vec<_> = outline.iter().collect();
    // From the end, so that the places before stay as they are.
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.line, entry.column)));
    for entry in &entries {
        let alike = |(wanted, key): (&&str, &String)| *wanted == "*" || *wanted == key;
        let is_old = |renamed: &&Renamed| {
            let same = renamed.old.len() == entry.path.len() && renamed.old.iter().zip(&entry.path).all(alike);
            renamed.since > own && same
        };
        if let (Some(found), Some(key)) = (renamed.iter().find(is_old), entry.path.last()) {
            write(entry.line, entry.column, key, found.new);
        }
    }
    match (head.esep, outline.find(&["esep"])) {
        (Some(own), Some(entry)) if own < format => {
            write(entry.line, entry.column + "esep".len(), &own.to_string(), &format.to_string());
        }
        // A key without a value, or with the word for none.
        (None, Some(entry)) => {
            if let Some(row) = lines.get_mut(entry.line.saturating_sub(1)) {
                let comment = row.find('#').map(|at| format!(" {}", &row[at..]));
                *row = format!("esep: {format}{}", comment.unwrap_or_else(|| "\n".to_owned()));
            }
        }
        (None, None) if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') => {
            let brace = lines.iter_mut().find(|row| row.contains('{'));
            brace.into_iter().for_each(|row| *row = row.replacen('{', &format!("{{esep: {format}, "), 1));
        }
        (None, None) => {
            let first = outline.iter().map(|entry| entry.line).min().unwrap_or(1);
            lines.insert(first.saturating_sub(1).min(lines.len()), format!("esep: {format}\n"));
        }
        _ => {}
    }
    Ok(lines.concat())
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

    #[test]
    fn a_study_of_an_earlier_format_is_brought_to_todays() {
        const RENAMED: &[Renamed] = &[
            Renamed { since: 2, old: &["charts"], new: "figures" },
            Renamed { since: 3, old: &["charts", "*", "type"], new: "kind" },
        ];
        let upgraded = |text: &str| upgrade(text, 3, RENAMED).map_err(|problem| problem.message);
        let old = "# A study.\nesep: 1\ntitle: {ru: charts}\ncharts:\n  type: {type: lines, of: a} # a type\n";
        let new = "# A study.\nesep: 3\ntitle: {ru: charts}\nfigures:\n  type: {kind: lines, of: a} # a type\n";
        assert_eq!(upgraded(old).as_deref(), Ok(new));
        assert_eq!(upgraded(new).as_deref(), Ok(new));
        // One that says no format is of today's.
        assert_eq!(upgraded("# A study.\n\ntitle: {}\n").as_deref(), Ok("# A study.\n\nesep: 3\ntitle: {}\n"));
        assert!(upgraded("esep: 4\n").is_err_and(|message| message.contains("format 4")));
        assert!(upgraded("title: [\n").is_err());
    }
    #[test]
    fn a_format_is_written_where_the_key_stands_empty_or_the_study_in_braces() {
        let new = |text: &str| upgrade(text, 3, EXAMPLE).expect("it is read");
        assert_eq!(new("esep:\ntitle: {}\n"), "esep: 3\ntitle: {}\n");
        assert_eq!(new("esep: null # ours\ntitle: {}\n"), "esep: 3 # ours\ntitle: {}\n");
        assert_eq!(new("{title: {ru: x}}\n"), "{esep: 3, title: {ru: x}}\n");
        assert_eq!(new("title: {}\n"), "esep: 3\ntitle: {}\n");
    }
}
