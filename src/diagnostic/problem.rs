//! Problem: a diagnostic as machines read it, and as it is kept between runs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{CODES, Diagnostic, Place, Severity};

/// Problems, as every command prints them that finds some.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Problems {
    /// The problems, causes before what follows from them.
    pub diagnostics: Vec<Problem>,
}

/// What is wrong with an input.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// The stable code: `data/sum`. `esep reference` lists them.
    code: String,
    /// `error` or `warning`.
    severity: Severity,
    /// The file, below the study.
    file: String,
    /// The line, from 1.
    line: Option<usize>,
    /// The column, from 1.
    column: Option<usize>,
    /// How many characters it marks.
    length: Option<usize>,
    /// The claim, cell, figure or finding within the file.
    within: Option<String>,
    /// What is wrong.
    message: String,
    /// What to do.
    hint: Option<String>,
    /// The cause that it follows from; absent for a cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    follows: Option<String>,
}

impl Problems {
    /// Takes problems as they are printed.
    pub fn of(list: &[Diagnostic]) -> Problems {
        Problems { diagnostics: list.iter().map(Problem::of).collect() }
    }
}

impl Problem {
    fn of(diagnostic: &Diagnostic) -> Problem {
        let Diagnostic { place, severity, code, message, hint, follows } = diagnostic.clone();
        let Place { file, line, column, length, within } = place;
        Problem { code: code.to_owned(), severity, file, line, column, length, within, message, hint, follows }
    }

    fn told(self) -> Option<Diagnostic> {
        let Problem { code, severity, file, line, column, length, within, message, hint, follows } = self;
        let code = CODES.iter().find(|known| known.code == code)?.code;
        let place = Place { file, line, column, length, within };
        Some(Diagnostic { place, severity, code, message, hint, follows })
    }
}

/// Writes problems as JSON.
pub fn json(list: &[Diagnostic]) -> Value {
    // Maps and texts alone: nothing of it can fail to be written.
    serde_json::to_value(Problems::of(list)).unwrap_or_default()
}

/// Reads problems that [`json`] wrote; `None` where it did not, or not with these codes.
pub fn told(written: &Value) -> Option<Vec<Diagnostic>> {
    let read = Problems::deserialize(written).ok()?;
    read.diagnostics.into_iter().map(Problem::told).collect()
}
