//! Side: one edition as it is built: its numbers, its conditions, its pages and exhibits, the verdicts on papers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::told;
use crate::diagnostic::{Diagnostic, Place, code};
use crate::files::Files;

/// A number or a finding that went into one, as the ledger tells it.
#[derive(Clone, Debug, Default)]
pub(super) struct Number {
    pub id: String,
    pub finding: String,
    pub value: String,
    /// The name of its unit.
    pub unit: String,
    pub decimals: Option<usize>,
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

/// Why a folder is no side of a comparison.
pub(super) enum Unread {
    /// It is no report, or not of one edition.
    Folder(String),
    /// A file of it is not as esep writes it, or is larger than one.
    File(Box<Diagnostic>),
}

/// The files of a report that are compared, by their paths in the folder of an edition or of all.
fn is_compared(path: &str) -> bool {
    let exhibit = ["tables/", "figures/"].iter().any(|folder| path.split_inclusive('/').rev().nth(1) == Some(folder));
    path.ends_with("numbers.json")
        || path.ends_with("report.md")
        || path.ends_with("verification.json")
        || exhibit && path.ends_with(".csv")
}

impl Side {
    /// Reads a side from the files of an edition, which hold a ledger, under the path that they are known by.
    pub(super) fn of(name: &str, at: &str, files: Files) -> Result<Side, Box<Diagnostic>> {
        let (numbers, holds) =
            told::ledger(&format!("{at}numbers.json"), files.get("numbers.json").unwrap_or_default())?;
        Ok(Side { name: name.to_owned(), numbers, holds, files, ..Side::default() })
    }

    /// Reads a side from a folder that holds a report, or one edition of it.
    pub(super) fn in_folder(folder: &Path) -> Result<Side, Unread> {
        let name = folder.display().to_string();
        let read = |path: &Path| {
            let unread = |error| Unread::Folder(format!("{} cannot be read: {error}", path.display()));
            super::disk::read_parts(path, &is_compared).map_err(unread)
        };
        let all = read(folder)?;
        if let Some((path, _)) = all.iter().find(|(path, _)| all.text(path).is_none()) {
            let place = Place::file(format!("{name}/{path}"));
            return Err(Unread::File(Diagnostic::error(code::FILE_ENCODING, place, "is not UTF-8").into()));
        }
        let own = |files: &Files, prefix: &str| {
            let mut out = Files::default();
            for (path, bytes) in files.iter() {
                if let Some(path) = path.strip_prefix(prefix) {
                    out.insert(path, bytes);
                }
            }
            out
        };
        let mut verification =
            ("verification/verification.json", all.get("verification/verification.json").map(<[u8]>::to_vec));
        let side = if all.get("numbers.json").is_some() {
            let beside = read(&folder.join("..").join("verification"))?;
            verification = ("../verification/verification.json", beside.get("verification.json").map(<[u8]>::to_vec));
            Side::of(&name, &format!("{name}/"), all)
        } else {
            let editions: Vec<&str> = all.iter().filter_map(|(path, _)| path.strip_suffix("/numbers.json")).collect();
            match editions.as_slice() {
                [] => return Err(Unread::Folder(format!("{name} holds no report: there is no numbers.json in it"))),
                [one] => Side::of(&name, &format!("{name}/{one}/"), own(&all, &format!("{one}/"))),
                several => {
                    let several = several.join(", ");
                    return Err(Unread::Folder(format!("{name} holds the editions {several}: name the folder of one")));
                }
            }
        };
        let mut side = side.map_err(Unread::File)?;
        if let (path, Some(bytes)) = verification {
            side.verdicts = told::verdicts(&format!("{name}/{path}"), &bytes).map_err(Unread::File)?;
        }
        Ok(side)
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
