//! Pull: a declared query over records that are too many for a study → one small table, exact, which becomes a snapshot.
//!
//! A build never runs a query: it knows snapshots only.

#[cfg(feature = "arrow")]
pub mod arrow;
mod decimal;
pub mod entry;
mod groups;
mod marks;
#[cfg(feature = "parquet")]
pub mod parquet;
mod plan;
mod reader;
pub mod records;
pub mod result;
pub mod sql;
#[cfg(test)]
mod tests;

use crate::diagnostic::did_you_mean;
use entry::QueryEntry;
pub use plan::Plan;
pub use records::{Bytes, Source, Taken, Unopened, pass};
pub use result::{Kind, Returned};

/// The problems of a query as it is declared, each with the path of its key below the query; empty where it can run.
///
/// `dimensions` and `measures` are those of the table that it feeds.
pub fn problems(name: &str, entry: &QueryEntry, dimensions: &[&str], measures: &[&str]) -> Vec<(Vec<String>, String)> {
    let mut found: Vec<(Vec<String>, String)> = Vec::new();
    let mut tell = |path: &[&str], message: String| {
        found.push((path.iter().map(|key| (*key).to_owned()).collect(), message));
    };
    let names = [
        (&[][..], name),
        (&["publisher"][..], &entry.publisher),
        (&["status"][..], entry.status.as_deref().unwrap_or("published")),
    ];
    for (path, text) in names.iter().filter(|(_, text)| !is_plain(text)) {
        tell(
            path,
            format!("`{text}` becomes part of a path: write letters, digits, `-`, `_` and `.`, none of `.` first"),
        );
    }
    let of_files = !entry.tests.is_empty() || !entry.group.is_empty() || !entry.aggregates.is_empty();
    match (&entry.from, &entry.sql) {
        (Some(_), Some(_)) => {
            tell(&["sql"], "a query reads files (`from`) or asks a database (`sql`), not both".to_owned())
        }
        (None, None) => tell(&[], "it says neither which files it reads (`from`) nor what it asks (`sql`)".to_owned()),
        (None, Some(_)) => {
            if entry.connection.is_none() {
                tell(
                    &[],
                    "`sql` asks a database: name its `connection`, which the user of a machine sets up".to_owned(),
                );
            }
            if of_files || entry.delimiter.is_some() {
                tell(
                    &["sql"],
                    "`where`, `group`, `aggregates` and `delimiter` are of files; a database is told in `sql`"
                        .to_owned(),
                );
            }
        }
        (Some(from), None) => {
            if let Err(message) = pattern(from) {
                tell(&["from"], message);
            }
            if entry.delimiter().is_none() {
                tell(&["delimiter"], "the delimiter is one character of ASCII, or `tab`".to_owned());
            }
            for name in entry.group.keys().filter(|name| !dimensions.contains(&name.as_str())) {
                let hint = did_you_mean(name, dimensions.iter().copied()).unwrap_or_default();
                tell(&["group", name], format!("`{name}` is no dimension of `{}`; {hint}", entry.table));
            }
            for name in entry.aggregates.keys().filter(|name| !measures.contains(&name.as_str())) {
                let hint = did_you_mean(name, measures.iter().copied()).unwrap_or_default();
                tell(&["aggregates", name], format!("`{name}` is no measure of `{}`; {hint}", entry.table));
            }
            let given = |name: &str| entry.group.contains_key(name) || entry.constants.contains_key(name);
            for name in dimensions.iter().filter(|name| !given(name)) {
                tell(
                    &["group"],
                    format!("nothing gives the dimension `{name}`: group by it, or name it under `constants`"),
                );
            }
            for name in dimensions.iter().filter(|name| entry.group.contains_key(**name)) {
                if entry.constants.contains_key(*name) {
                    tell(&["constants", name], format!("`{name}` is grouped by already"));
                }
            }
            if let Err(problems) = Plan::of("", entry) {
                found.extend(problems);
            }
        }
    }
    found
}

/// Says whether a text can be the name of a query, a vintage or a publisher, and so of a file or folder.
pub fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)) && !text.starts_with('.')
}

/// Refuses a path that leads out of its folder.
fn pattern(from: &str) -> Result<(), String> {
    let is_plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']);
    if from.split('/').all(is_plain) {
        Ok(())
    } else {
        Err(format!("`{from}` is no path below a folder: names and `/`, with `*` and `?` in them"))
    }
}

/// Says whether a name fits a pattern in which `*` stands for any letters and `?` for one.
pub fn fits(pattern: &str, name: &str) -> bool {
    // As in a shell: what is hidden is named, or not meant.
    if name.starts_with('.') && !pattern.starts_with('.') {
        return false;
    }
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut stands, mut star) = (0, 0, None);
    while stands < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, stands));
                at += 1;
            }
            Some(letter) if *letter == '?' || *letter == name[stands] => {
                at += 1;
                stands += 1;
            }
            _ => match star {
                Some((from, taken)) => {
                    at = from + 1;
                    stands = taken + 1;
                    star = Some((from, stands));
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|letter| *letter == '*')
}

/// What ran a query over files.
pub const ENGINE: &str = concat!("esep ", env!("CARGO_PKG_VERSION"), ", one pass over delimited text");
