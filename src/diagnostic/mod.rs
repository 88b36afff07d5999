//! Diagnostic: a problem in the author's material, as data: code, severity, place, message, hint.

mod codes;
mod print;
mod problem;

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use codes::{CODES, Code, code};
pub use print::{Frame, human, human_in};
pub use problem::{Problem, Problems, json, told};

/// How bad it is. Only errors stop a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Something is written, and the author should look.
    Warning,
}

/// Where it is: a file with a line and column, or with a sheet, row key or cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path within the study.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The column in characters, from 1.
    pub column: Option<usize>,
    /// How many characters it covers, where that is known.
    pub length: Option<usize>,
    /// What the place is called in the file's own terms: a row key, a cell, an entry of `study.yaml`.
    pub within: Option<String>,
}

/// Writes what would steer a terminal, or begin a line of its own, as the escape that names it.
pub fn inert(text: &str) -> String {
    let steers =
        |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
    if !text.contains(steers) {
        return text.to_owned();
    }
    text.chars().map(|c| if steers(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where.
    pub place: Place,
    /// How bad.
    pub severity: Severity,
    /// The stable code, `room/what`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The name whose problem, reported as well, it only follows from.
    pub follows: Option<String>,
}

/// The problems of one run, gathered and printed once.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

/// Proof that an error has been reported: only [`Diagnostics::verdict`] and [`Diagnostics::error`] make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported(());

impl Place {
    /// Names a whole file.
    pub fn file(file: impl Into<String>) -> Place {
        Place { file: file.into(), ..Place::default() }
    }

    /// Names a line and column of a file.
    pub fn line(file: impl Into<String>, line: usize, column: usize) -> Place {
        Place { file: file.into(), line: Some(line), column: Some(column), ..Place::default() }
    }

    /// Says how many characters of its line the place covers.
    pub fn covering(mut self, length: usize) -> Place {
        self.length = Some(length);
        self
    }

    /// Adds the name of the place in the file's own terms.
    pub fn within(mut self, what: impl Into<String>) -> Place {
        self.within = Some(what.into());
        self
    }
}

impl Diagnostic {
    /// Makes an error.
    pub fn error(code: &'static str, place: Place, message: impl Into<String>) -> Diagnostic {
        let place = Place { file: inert(&place.file), within: place.within.as_deref().map(inert), ..place };
        Diagnostic { place, severity: Severity::Error, code, message: message.into(), hint: None, follows: None }
    }

    /// Makes a warning.
    pub fn warning(code: &'static str, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, place, message) }
    }

    /// Adds what to do about it.
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hint = Some(hint.into());
        self
    }

    /// Says that it only follows from the problem of a name, where it does.
    pub fn following(mut self, name: Option<&str>) -> Diagnostic {
        self.follows = name.map(str::to_owned).or(self.follows);
        self
    }

    /// Adds what to do about it, where something is known.
    pub fn maybe_hint(mut self, hint: Option<String>) -> Diagnostic {
        self.hint = hint.or(self.hint);
        self
    }
}

impl Diagnostics {
    /// Takes in a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Takes in an error and returns the proof of it.
    pub fn error(&mut self, diagnostic: Diagnostic) -> Reported {
        self.list.push(diagnostic);
        Reported(())
    }

    /// Returns the proof that errors were reported, if any were.
    pub fn verdict(&self) -> Result<(), Reported> {
        if self.list.iter().any(|d| d.severity == Severity::Error) { Err(Reported(())) } else { Ok(()) }
    }

    /// Returns how many problems were taken in.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns true while nothing was taken in.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the problems sorted by place, each once: what two editions or two steps find is one problem.
    pub fn sorted(&self) -> Vec<Diagnostic> {
        let mut list = self.list.clone();
        list.sort();
        list.dedup_by(|next, kept| {
            let same = (&next.place, next.severity, next.code, &next.message)
                == (&kept.place, kept.severity, kept.code, &kept.message);
            if same && kept.hint.is_none() {
                kept.hint = next.hint.take();
            }
            same
        });
        list
    }

    /// Returns the problems that were taken in after the first so many.
    pub fn since(&self, count: usize) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter().skip(count)
    }

    /// Takes in all problems of another run.
    pub fn extend(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
    }
}

/// Writes `file:line:column (within)`, leaving out what is not known.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let (Some(_), Some(column)) = (self.line, self.column) {
            write!(f, ":{column}")?;
        }
        match &self.within {
            Some(within) => write!(f, " ({within})"),
            None => Ok(()),
        }
    }
}

/// The longest name that is compared with others, in characters.
const LONGEST: usize = 64;

/// The most names that one is compared with.
const COMPARED: usize = 2_000;

/// Proposes the known name nearest to an unknown one: "did you mean `series`?".
pub fn did_you_mean<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let length = unknown.chars().count();
    if length > LONGEST {
        return None;
    }
    let allowed = length.div_ceil(3);
    // Each letter more or less is an edit.
    let may_be = |name: &&str| name.chars().take(length + allowed + 1).count().abs_diff(length) <= allowed;
    let near = known.into_iter().take(COMPARED).filter(may_be).map(|name| (distance(unknown, name), name));
    near.min().filter(|(edits, _)| *edits <= allowed).map(|(_, name)| format!("did you mean `{name}`?"))
}

/// Says whether two names differ by one slip of the pen: a letter more, less, another, or two exchanged.
pub fn is_slip(a: &str, b: &str) -> bool {
    let (one, other) = (a.chars().count(), b.chars().count());
    one.max(other) <= LONGEST && one.abs_diff(other) <= 1 && distance(a, b) == 1
}

/// Lists the first few names, and says how many more there are.
pub fn listed(names: impl IntoIterator<Item = String>) -> String {
    const MOST: usize = 8;
    let names: Vec<String> = names.into_iter().collect();
    let more = names.len().saturating_sub(MOST);
    let shown = names.into_iter().take(MOST).collect::<Vec<_>>().join("; ");
    if more > 0 { format!("{shown}; and {more} more") } else { shown }
}

/// Counts the edits (insert, delete, replace, swap two neighbours) between two words.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for (i, x) in a.iter().enumerate() {
        let above = &rows[i];
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (above[j] + usize::from(x != y)).min(row[j] + 1).min(above[j + 1] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(rows[i - 1][j - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proposes_only_what_is_near() {
        assert_eq!(did_you_mean("tabel", ["table", "methods"]).as_deref(), Some("did you mean `table`?"));
        assert_eq!(did_you_mean("knid", ["id", "kind"]).as_deref(), Some("did you mean `kind`?"));
        assert_eq!(did_you_mean("colour", ["table", "methods"]), None);
    }
}
