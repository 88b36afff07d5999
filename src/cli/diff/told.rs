//! Told: what the files of a report tell, which anybody may have written: read as strictly as they are written.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::side::Number;
use crate::diagnostic::{Diagnostic, Place, code, inert};

/// The ledger of an edition.
#[derive(Deserialize)]
struct Ledger {
    numbers: Vec<Entry>,
    holds: Vec<Asked>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    #[serde(default)]
    finding: String,
    value: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    decimals: Option<usize>,
    #[serde(default)]
    printed: BTreeMap<String, String>,
    inputs: Vec<String>,
    #[serde(default)]
    vintages: Vec<String>,
    #[serde(default)]
    places: Vec<String>,
}

#[derive(Deserialize)]
struct Asked {
    place: String,
    expression: String,
    holds: Answer,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(untagged)]
enum Answer {
    Known(bool),
    Open(Undecided),
}

#[derive(Clone, Copy, Deserialize)]
enum Undecided {
    #[serde(rename = "undecided")]
    Undecided,
}

/// The verdicts on papers.
#[derive(Deserialize)]
struct Verification {
    claims: Vec<Judged>,
}

#[derive(Deserialize)]
struct Judged {
    paper: String,
    id: String,
    verdict: String,
    printed: String,
}

/// No page prints more.
const MOST_DECIMALS: usize = 20;

/// Conditions by place and expression; none is undecided.
type Holds = BTreeMap<(String, String), Option<bool>>;

/// Reads the numbers and conditions of a ledger. Every text of it is freed of what would steer a terminal.
pub(super) fn ledger(path: &str, bytes: &[u8]) -> Result<(Vec<Number>, Holds), Box<Diagnostic>> {
    let ledger: Ledger = read(path, bytes)?;
    whole(path, &ledger)?;
    let texts = |list: &[String]| list.iter().map(|text| inert(text)).collect::<Vec<_>>();
    let number = |entry: Entry| Number {
        id: inert(&entry.id),
        // What is called by its finding does not say it twice; what rests on nothing is from literature.
        finding: inert(if entry.finding.is_empty() && !entry.inputs.is_empty() { &entry.id } else { &entry.finding }),
        value: inert(&entry.value),
        unit: entry.unit.clone(),
        // A ledger may be anybody's.
        decimals: entry.decimals.map(|decimals| decimals.min(MOST_DECIMALS)),
        printed: entry.printed.iter().map(|(lang, said)| (lang.clone(), inert(said))).collect(),
        inputs: texts(&entry.inputs),
        vintages: texts(&entry.vintages).into_iter().collect(),
        is_printed: !entry.places.is_empty(),
    };
    let holds = ledger.holds.into_iter().map(|asked| {
        let answer = match asked.holds {
            Answer::Known(holds) => Some(holds),
            Answer::Open(Undecided::Undecided) => None,
        };
        ((inert(&asked.place), inert(&asked.expression)), answer)
    });
    let holds = holds.collect();
    Ok((ledger.numbers.into_iter().map(number).collect(), holds))
}

/// Refuses a ledger in which one name has two entries, or a way does not end in cells.
fn whole(path: &str, ledger: &Ledger) -> Result<(), Box<Diagnostic>> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for entry in &ledger.numbers {
        if !known.insert(&entry.id) {
            return Err(refused(Place::file(path).within(inert(&entry.id)), "has an entry twice".to_owned()));
        }
    }
    for entry in &ledger.numbers {
        let lost = entry.inputs.iter().find(|input| !input.contains('#') && !known.contains(input.as_str()));
        if let Some(lost) = lost {
            let message = format!("rests on `{}`, which is neither an entry nor a cell", inert(lost));
            return Err(refused(Place::file(path).within(inert(&entry.id)), message));
        }
    }
    Ok(())
}

/// Reads the verdict on each claim, with what the paper printed.
pub(super) fn verdicts(path: &str, bytes: &[u8]) -> Result<BTreeMap<String, (String, String)>, Box<Diagnostic>> {
    let all: Verification = read(path, bytes)?;
    let one = |claim: Judged| {
        (inert(&format!("{}/{}", claim.paper, claim.id)), (inert(&claim.verdict), inert(&claim.printed)))
    };
    Ok(all.claims.into_iter().map(one).collect())
}

fn read<T: for<'de> Deserialize<'de>>(path: &str, bytes: &[u8]) -> Result<T, Box<Diagnostic>> {
    serde_json::from_slice(bytes).map_err(|error| {
        let said = error.to_string();
        // The line stands in the place.
        let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
        refused(
            Place::line(path, error.line().max(1), error.column().max(1)),
            format!("cannot be read: {}", inert(said)),
        )
    })
}

fn refused(place: Place, message: String) -> Box<Diagnostic> {
    let hint = "build that report anew, or name another";
    Box::new(Diagnostic::error(code::OUTPUT_LEDGER, place, message).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        let entry = "{\"id\": \"a\", \"value\": \"1\", \"printed\": {}, \"inputs\": [], \"places\": []}";
        let text = text.replace("ENTRY", entry);
        ledger("numbers.json", text.as_bytes())
            .err()
            .map_or_else(String::new, |d| format!("{}: {}", d.place, d.message))
    }

    #[test]
    fn a_ledger_that_is_not_as_it_is_written_is_refused_at_its_line() {
        assert_eq!(problem("{\"numbers\": [ENTRY], \"holds\": []}"), "");
        for (text, wanted) in [
            ("", "numbers.json:1:1: cannot be read"),
            ("{\n\"numbers\": [],\n\"holds\": 5}", "numbers.json:3:"),
            ("{\"numbers\": [{\"id\": \"a\"}], \"holds\": []}", "missing field `value`"),
            ("{\"numbers\": [ENTRY, ENTRY], \"holds\": []}", "numbers.json (a): has an entry twice"),
            (
                "{\"numbers\": [], \"holds\": [{\"place\": \"\", \"expression\": \"\", \"holds\": \"maybe\"}]}",
                "did not match",
            ),
        ] {
            let said = problem(text);
            assert!(said.contains(wanted), "{text}: {said}");
        }
        let lost = "{\"numbers\": [{\"id\": \"a\", \"value\": \"1\", \"printed\": {}, \"inputs\": [\"b\"], \"places\": []}], \"holds\": []}";
        assert!(problem(lost).contains("`b`, which is neither"), "{}", problem(lost));
        assert!(problem(&"[".repeat(100_000)).starts_with("numbers.json:1:"));
        assert!(problem(&format!("{{\"x\": {}", "[".repeat(100_000))).starts_with("numbers.json:1:"));
    }
}
