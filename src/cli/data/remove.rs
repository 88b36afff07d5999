//! Remove: `esep data remove`: the entries of a vintage and the snapshots that nothing else reads; or nothing at all.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use clap::Args;

use super::answers::{DraftProblem, KeptFile, VintageRemoved, say};
use super::written::Written;
use super::{Common, Diagnostics, Format, begun, catalogued, change, disk, misused, print, unknown_table, warn};
use crate::build::{self, Wanted};
use crate::catalog::entry::ResourceEntry;
use crate::catalog::{Catalog, PACKAGE};
use crate::claim;
use crate::dataset::{self, Dataset};
use crate::diagnostic::{Diagnostic, Place, Severity, code, did_you_mean};
use crate::files::{Files, sha256};
use crate::finding::Key;

#[derive(Args)]
pub(super) struct Remove {
    /// The table of the catalogue.
    #[arg(long)]
    table: String,
    /// The vintage.
    #[arg(long)]
    vintage: String,
    /// One entry of it alone, where several files are of the vintage.
    #[arg(long, value_name = "NAME")]
    entry: Option<String>,
    /// Take it out although the study would lack something without it.
    #[arg(long)]
    force: bool,
}

pub(super) fn run(remove: &Remove, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let (files, catalog) = match begun(common, &mut diagnostics) {
        Ok(begun) => begun,
        Err(code) => return code,
    };
    let going = match going(remove, &catalog) {
        Ok(going) => going,
        Err(problem) => return misused(&problem),
    };
    let package = without(files.text(PACKAGE).unwrap_or_default(), &going);
    let (gone, kept) = snapshots(&going, &catalog, &files);
    let mut after = Files::default();
    files
        .iter()
        .filter(|(path, _)| !gone.iter().any(|own| own == path))
        .for_each(|(path, bytes)| after.insert(path, bytes));
    after.insert(PACKAGE, package.as_str());
    let mut lacks = Diagnostics::default();
    lacking(&files, &after).into_iter().for_each(|one| lacks.push(one));
    let lacks = lacks.sorted();
    let is_done = remove.force || !lacks.iter().any(|one| one.severity == Severity::Error);
    let answer = VintageRemoved {
        table: remove.table.clone(),
        vintage: remove.vintage.clone(),
        entries: going.iter().map(|own| own.name.clone()).collect(),
        figures: figures(&files, &after, &catalog, remove),
        files: gone.clone(),
        kept,
        lacks: lacks.iter().map(problem).collect(),
        done: is_done,
    };
    if is_done {
        let mut written = Files::default();
        written.insert(PACKAGE, package);
        let changed = disk::Change { read: &files, written: &written, gone: &gone, naming: PACKAGE };
        if let Err(code) = change(common, &changed) {
            return code;
        }
    }
    if common.format == Format::Json {
        say(&answer);
        return ExitCode::from(u8::from(!is_done));
    }
    warn(&lacks, &after);
    if !is_done {
        let message = format!(
            "`{}` of `{}` is not taken out: the study would lack what is named above",
            remove.vintage, remove.table
        );
        let hint = "mend study.yaml, the templates and the claims first, or take it out all the same with --force; nothing was changed";
        warn(&[Diagnostic::error(code::DATA_NEEDED, Place::file(PACKAGE), message).hint(hint)], &files);
        return ExitCode::from(1);
    }
    print(&text(&answer));
    ExitCode::SUCCESS
}

/// Finds the entries that are to go, or says what is there in their place.
fn going<'a>(remove: &Remove, catalog: &'a Catalog) -> Result<Vec<&'a ResourceEntry>, String> {
    if let Some(problem) = unknown_table(&remove.table, catalog) {
        return Err(problem);
    }
    let unknown = |what: &str, name: &str, known: BTreeSet<&str>| {
        let all = || format!("it has {}", known.iter().copied().collect::<Vec<_>>().join(", "));
        format!("{what} `{name}`; {}", did_you_mean(name, known.iter().copied()).unwrap_or_else(all))
    };
    let of_table: Vec<&ResourceEntry> = catalog.resources.iter().filter(|own| own.esep.table == remove.table).collect();
    let own: Vec<&ResourceEntry> = of_table.iter().copied().filter(|own| own.esep.vintage == remove.vintage).collect();
    if own.is_empty() {
        let known = of_table.iter().map(|own| own.esep.vintage.as_str()).collect();
        return Err(unknown(&format!("the table `{}` has no vintage", remove.table), &remove.vintage, known));
    }
    let Some(name) = &remove.entry else { return Ok(own) };
    let one: Vec<&ResourceEntry> = own.iter().copied().filter(|own| own.name == *name).collect();
    if one.is_empty() {
        let known = own.iter().map(|own| own.name.as_str()).collect();
        return Err(unknown(&format!("the vintage `{}` has no entry", remove.vintage), name, known));
    }
    Ok(one)
}

/// Takes entries out of the text of the catalogue; all else stays as it stands.
fn without(text: &str, going: &[&ResourceEntry]) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let mut spans: Vec<_> = going.iter().map(|own| Written::of(text, own).span).collect();
    spans.sort_by_key(|span| std::cmp::Reverse(span.start));
    for span in spans {
        // One empty line parts what stands above from what stands below.
        let is_empty = |at: usize| lines.get(at).is_some_and(|line| line.trim().is_empty());
        let below = usize::from(is_empty(span.end) && (span.start == 0 || is_empty(span.start - 1)));
        lines.drain(span.start..span.end + below);
    }
    let holds =
        lines.iter().skip_while(|line| !line.starts_with("resources:")).any(|line| line.trim_start().starts_with("- "));
    let out = lines.join("\n").trim_end().to_owned();
    if holds { out + "\n" } else { out.replacen("\nresources:", "\nresources: []", 1) + "\n" }
}

/// Says which snapshots go, and which stay with the reason: what another entry reads, and what is not the file that was taken
/// in.
fn snapshots(going: &[&ResourceEntry], catalog: &Catalog, files: &Files) -> (Vec<String>, Vec<KeptFile>) {
    let (mut gone, mut kept) = (Vec::new(), Vec::new());
    for path in going.iter().map(|own| own.file()).collect::<BTreeSet<_>>() {
        let is_going = |own: &ResourceEntry| going.iter().any(|other| other.name == own.name);
        let other = catalog.resources.iter().find(|own| own.file() == path && !is_going(own));
        let hash = files.get(&path).map(sha256);
        let is_known = going.iter().any(|own| Some(own.hash.trim_start_matches("sha256:")) == hash.as_deref());
        match other {
            Some(other) => kept.push(KeptFile { path, reason: format!("`{}` reads it too", other.name) }),
            None if is_known => gone.push(path),
            None => {
                kept.push(KeptFile {
                    path,
                    reason: "it is not the file that the entry has the hash of; look what it is".to_owned(),
                });
            }
        }
    }
    (gone, kept)
}

/// Lists what is said of a study without some entries that is not said of it with them: by its editions, and by its claims.
fn lacking(before: &Files, after: &Files) -> Vec<Diagnostic> {
    let (was, held) = told_of(before);
    let (is, holds) = told_of(after);
    // What was said of a place before is said of it in other words where a list in it is shorter.
    let key = |one: &Diagnostic| (one.code, one.place.to_string());
    let known: BTreeSet<_> = was.iter().map(key).collect();
    let mut new: Vec<Diagnostic> = is.into_iter().filter(|one| !known.contains(&key(one))).collect();
    for ((paper, claim), verdict) in held.iter().filter(|_| !holds.is_empty()) {
        let now = holds.get(&(paper.clone(), claim.clone())).copied().unwrap_or("gone");
        if now != *verdict {
            let message = format!("the claim `{claim}` is `{verdict}`, and {now} without it");
            new.push(Diagnostic::error(
                code::DATA_NEEDED,
                Place::file(format!("{}{paper}.yaml", claim::CLAIMS)),
                message,
            ));
        }
    }
    new
}

type Verdicts = BTreeMap<(String, String), &'static str>;

/// What a build of all editions says of a study, and the verdicts on the claims.
fn told_of(files: &Files) -> (Vec<Diagnostic>, Verdicts) {
    let mut diagnostics = Diagnostics::default();
    let mut verdicts = Verdicts::new();
    if let Ok(material) = build::material(files, &mut diagnostics)
        && let Ok(built) = build::editions(&material, &Wanted::default(), &mut diagnostics)
    {
        let editions: Vec<_> = built.iter().map(|built| built.edition.as_ref()).collect();
        let verified = claim::verify(&material.papers, &editions, &mut diagnostics).unwrap_or_default();
        for judged in verified.iter().flat_map(|verified| &verified.judged) {
            let key = (judged.paper.id.clone(), judged.claim.id.clone());
            verdicts.insert(key, judged.verdict.name());
        }
    }
    (diagnostics.sorted(), verdicts)
}

/// Counts the figures that go and that no other vintage gives.
fn figures(before: &Files, after: &Files, catalog: &Catalog, remove: &Remove) -> usize {
    let of = |dataset: Option<Dataset>| -> BTreeSet<(String, Key)> {
        let table = dataset.and_then(|mut dataset| dataset.tables.remove(&remove.table));
        let layers = table.into_iter().flat_map(|table| table.layers.into_values()).flatten();
        let cells =
            layers.flat_map(|(measure, cells)| cells.into_iter().map(move |(key, cell)| (measure.clone(), key, cell)));
        cells.filter(|(.., cell)| cell.value.is_ok()).map(|(measure, key, _)| (measure, key)).collect()
    };
    let mut unheard = Diagnostics::default();
    let was = of(dataset::unchecked(catalog, before));
    let is = of(catalogued(after, &mut unheard).and_then(|catalog| dataset::unchecked(&catalog, after)));
    was.difference(&is).count()
}

fn problem(one: &Diagnostic) -> DraftProblem {
    DraftProblem {
        code: one.code.to_owned(),
        cell: one.place.within.clone(),
        message: format!("{}: {}", one.place, one.message),
        hint: one.hint.clone(),
    }
}

fn text(answer: &VintageRemoved) -> String {
    let VintageRemoved { table, vintage, entries, figures, files, kept, .. } = answer;
    let mut out = format!("{table}: {vintage} is taken out: {}\n", entries.join(", "));
    out.push_str(&format!("{figures} figures that no other vintage gives\n"));
    files.iter().for_each(|path| out.push_str(&format!("removed {path}\n")));
    kept.iter().for_each(|kept| out.push_str(&format!("kept {}: {}\n", kept.path, kept.reason)));
    out.push_str("`esep data add` takes it in again\n");
    out
}
