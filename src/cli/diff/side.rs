//! Side: one edition as it is built: its numbers, its conditions, its pages and exhibits, the verdicts on papers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::diagnostic::inert;
use crate::files::Files;

/// A number or a finding that went into one, as the ledger tells it.
#[derive(Clone, Debug, Default)]
pub(super) struct Number {
    pub id: String,
    pub finding: String,
    pub value: String,
    pub printed: BTreeMap<String, String>,
    pub inputs: Vec<String>,
    pub vintages: BTreeSet<String>,
    pub is_printed: bool,
}

/// One side of the comparison.
#[derive(Debug, Default)]
pub(super) struct Side {
    pub name: String,
    pub numbers: Vec<Number>,
    /// Conditions by place and expression; none is undecided.
    pub holds: BTreeMap<(String, String), Option<bool>>,
    /// The files of the edition: `ru/report.md`, `tables/….csv`.
    pub files: Files,
    /// The verdict on each claim, with what the paper printed.
    pub verdicts: BTreeMap<String, (String, String)>,
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(inert).collect()
}

/// A text of a folder that anyone may have written, which is printed on a terminal.
fn text(value: &Value) -> String {
    inert(value.as_str().unwrap_or_default())
}

impl Side {
    /// Reads a side from the files of an edition; `None` where no ledger is among them.
    pub(super) fn of(name: &str, files: Files) -> Option<Side> {
        let ledger: Value = serde_json::from_slice(files.get("numbers.json")?).ok()?;
        let mut side = Side { name: name.to_owned(), files, ..Side::default() };
        for entry in ledger["numbers"].as_array()? {
            let printed = entry["printed"].as_object().into_iter().flatten();
            side.numbers.push(Number {
                id: text(&entry["id"]),
                finding: text(&entry["finding"]),
                value: text(&entry["value"]),
                printed: printed.map(|(lang, said)| (lang.clone(), text(said))).collect(),
                inputs: texts(&entry["inputs"]),
                vintages: texts(&entry["vintages"]).into_iter().collect(),
                is_printed: entry["places"].as_array().is_some_and(|places| !places.is_empty()),
            });
        }
        for entry in ledger["holds"].as_array().into_iter().flatten() {
            side.holds.insert((text(&entry["place"]), text(&entry["expression"])), entry["holds"].as_bool());
        }
        Some(side)
    }

    /// Reads a side from a folder that holds a report, or one edition of it.
    pub(super) fn in_folder(folder: &Path) -> Result<Side, String> {
        let read = |path: &Path| {
            super::disk::read_report(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
        };
        let all = read(folder)?;
        let own = |files: &Files, prefix: &str| {
            let mut out = Files::default();
            for (path, bytes) in files.iter() {
                if let Some(path) = path.strip_prefix(prefix) {
                    out.insert(path, bytes);
                }
            }
            out
        };
        let name = folder.display().to_string();
        let mut verification = all.get("verification/verification.json").map(<[u8]>::to_vec);
        let mut side = if all.get("numbers.json").is_some() {
            let beside = folder.join("..").join("verification");
            verification = read(&beside).ok().and_then(|files| files.get("verification.json").map(<[u8]>::to_vec));
            Side::of(&name, all)
        } else {
            let editions: Vec<&str> = all.iter().filter_map(|(path, _)| path.strip_suffix("/numbers.json")).collect();
            match editions.as_slice() {
                [] => return Err(format!("{name} holds no report: there is no numbers.json in it")),
                [one] => Side::of(&name, own(&all, &format!("{one}/"))),
                several => {
                    return Err(format!("{name} holds the editions {}: name the folder of one", several.join(", ")));
                }
            }
        };
        if let Some(side) = &mut side {
            side.verdicts = verification.map(|bytes| verdicts(&bytes)).unwrap_or_default();
        }
        side.ok_or_else(|| format!("{}: numbers.json is no ledger", folder.display()))
    }

    /// The numbers by finding, those that are printed.
    pub(super) fn printed(&self) -> BTreeMap<&str, &Number> {
        let all = self.numbers.iter().filter(|number| number.is_printed && !number.finding.is_empty());
        // Of several forms of one finding the first stands for all.
        let mut out = BTreeMap::new();
        for number in all {
            out.entry(number.finding.as_str()).or_insert(number);
        }
        out
    }

    /// The latest period among the cells that each number rests on, by the id of the number.
    pub(super) fn latest(&self) -> BTreeMap<&str, String> {
        let by_id: BTreeMap<&str, &Number> = self.numbers.iter().map(|number| (number.id.as_str(), number)).collect();
        let mut known: BTreeMap<&str, String> = BTreeMap::new();
        for number in &self.numbers {
            // Depth first, without recursion: a chain of findings may be long.
            let mut open = vec![(number, false)];
            let mut on_way = BTreeSet::new();
            while let Some((number, is_done)) = open.pop() {
                if known.contains_key(number.id.as_str()) {
                    continue;
                }
                let below = || number.inputs.iter().filter_map(|input| by_id.get(input.as_str()).copied());
                if is_done {
                    let rests = number.inputs.iter().any(|input| input.contains('#'));
                    let cells = Some(&number.finding).filter(|_| rests).and_then(|finding| period(finding));
                    let others = below().filter_map(|other| known.get(other.id.as_str()).cloned());
                    let most = cells.into_iter().chain(others).max().unwrap_or_default();
                    known.insert(&number.id, most);
                } else if on_way.insert(&number.id) {
                    open.push((number, true));
                    open.extend(below().map(|other| (other, false)));
                }
            }
        }
        known
    }
}

/// The period in the key of a finding that is a cell: `population.total[KZ,2024]`.
fn period(finding: &str) -> Option<String> {
    let key = finding.rsplit_once('[')?.1;
    let parts = key.split([',', ']']);
    let is_period = |part: &&str| {
        part.len() >= 4
            && part.as_bytes()[..4].iter().all(u8::is_ascii_digit)
            && part[4..].chars().all(|c| "-Q0123456789".contains(c))
    };
    parts.filter(is_period).max().map(str::to_owned)
}

/// Reads the verdicts of a verification.
pub(super) fn verdicts(bytes: &[u8]) -> BTreeMap<String, (String, String)> {
    let Ok(all) = serde_json::from_slice::<Value>(bytes) else { return BTreeMap::new() };
    let claims = all["claims"].as_array().into_iter().flatten();
    claims
        .map(|claim| {
            let name = format!("{}/{}", text(&claim["paper"]), text(&claim["id"]));
            (name, (text(&claim["verdict"]), text(&claim["printed"])))
        })
        .collect()
}
