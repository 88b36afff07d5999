//! Watch: `esep watch`, and the rounds of reading, building and writing that `esep serve` makes as well.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::Args;

use super::cache::{Cache, State};
use super::disk::{self, Real};
use super::{Common, Format, build as report, print, warn};
use crate::build::{self, Wanted, Work};
use crate::diagnostic::{self, Diagnostic, Diagnostics};
use crate::files::{Files, Kept};
use crate::output;

/// The arguments of `esep watch`.
#[derive(Args)]
pub(super) struct Arguments {
    /// The folder to write; `report` in the study where left out.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The folder for what makes a rebuild fast; `ESEP_CACHE` where left out, or `esep` in the user's own cache folder.
    #[arg(long, value_name = "DIR")]
    pub cache: Option<PathBuf>,
}

/// Runs the command until somebody ends it.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut bench = Bench::open(arguments, common);
    let mut eye = Eye::open(&common.study);
    loop {
        if let Some(round) = bench.round(eye.read()) {
            let told = bench.publish(round);
            tell(&told, common);
        }
        eye.wait();
    }
}

/// Prints the problems of a round, which end nothing.
pub(super) fn tell(told: &Told, common: &Common) {
    match common.format {
        Format::Json => print(&format!("{}\n", diagnostic::json(&told.list))),
        Format::Human | Format::Csv | Format::Md | Format::Html => warn(&told.list, &told.files),
    }
}

/// What a round found to say.
pub(super) struct Told {
    /// What was read.
    pub files: Arc<Files>,
    /// The problems, sorted.
    pub list: Vec<Diagnostic>,
    /// The report as it is written, where it could be built.
    pub report: Option<Files>,
}

/// One reading and building of a study.
pub(super) struct Round {
    /// What was read.
    pub files: Arc<Files>,
    /// One hash over it.
    pub inputs: String,
    /// The problems so far.
    pub diagnostics: Diagnostics,
    /// What was built, where nothing is wrong.
    pub work: Option<Arc<Work>>,
}

/// Where a study is built again and again.
pub(super) struct Bench<'a> {
    common: &'a Common,
    out: PathBuf,
    cache: Cache,
    /// The hash of what was read last.
    last: Option<String>,
    /// The PNGs of the report before, by the hash of their SVG.
    pictures: BTreeMap<String, Vec<u8>>,
    /// What builds have made.
    kept: Kept,
}

impl<'a> Bench<'a> {
    /// Opens a bench for a study.
    pub(super) fn open(arguments: &Arguments, common: &'a Common) -> Bench<'a> {
        let out = arguments.out.clone().unwrap_or_else(|| common.study.join("report"));
        let cache = Cache::open(arguments.cache.as_deref(), &common.study);
        cache.sweep(&Real);
        let kept = cache.kept();
        Bench { common, out, cache, last: None, pictures: BTreeMap::new(), kept }
    }

    /// Builds what was read; `None` where it is what was read before.
    pub(super) fn round(&mut self, (files, mut diagnostics): (Files, Diagnostics)) -> Option<Round> {
        let inputs = disk::digest(&files);
        if self.last.replace(inputs.clone()).is_some_and(|last| last == inputs) {
            return None;
        }
        let work = build::work(&files, &Wanted::default(), &self.kept, &mut diagnostics).ok().map(Arc::new);
        Some(Round { files: Arc::new(files), inputs, diagnostics, work })
    }

    /// Draws the pictures of a round and writes its report, where it has one.
    pub(super) fn publish(&mut self, round: Round) -> Told {
        let Round { files, inputs, mut diagnostics, work } = round;
        let Some(mut report) = work.map(|work| work.report.clone()) else {
            return Told { files, list: diagnostics.sorted(), report: None };
        };
        if self.pictures.is_empty() {
            self.pictures = self.cache.pictures(&report);
        }
        output::finish(&mut report, &self.pictures, &mut diagnostics);
        self.pictures = pictures(&report);
        self.cache.keep_pictures(&Real, &report);
        self.cache.keep(&Real, &self.kept);
        let warnings = diagnostics.sorted();
        if diagnostics.verdict().is_ok() {
            match disk::recover(&Real, &self.out) {
                Ok(()) => {
                    if report::write(report.clone(), true, &self.out, &self.cache, self.common, &mut diagnostics) {
                        self.cache.remember_inputs(&Real, &files, &self.out);
                    }
                }
                Err(failure) => diagnostics.push(disk::trouble(&self.out, &failure)),
            }
        }
        if diagnostics.verdict().is_ok() && diagnostics.sorted() == warnings {
            self.cache.remember(&Real, &inputs, &self.out, &warnings);
        }
        Told { files, list: diagnostics.sorted(), report: Some(report) }
    }
}

/// Returns the PNGs of a report by the hash of their SVG.
fn pictures(report: &Files) -> BTreeMap<String, Vec<u8>> {
    let svgs = report.iter().filter(|(path, _)| path.ends_with(".svg"));
    let pair = |(path, svg): (&str, &[u8])| {
        Some((crate::files::sha256(svg), report.get(&path.replace(".svg", ".png"))?.to_vec()))
    };
    svgs.filter_map(pair).collect()
}

/// How often the files of a study are looked at.
const PERIOD: Duration = Duration::from_millis(100);

/// How long they must be as they are before they are read: an editor may write several at once.
const REST: Duration = Duration::from_millis(30);

/// Looks at the files of a study again and again.
pub(super) struct Eye {
    folder: PathBuf,
    seen: BTreeMap<PathBuf, State>,
    /// Whether a file was so young when it was read that it may change within the same tick of the clock.
    is_fresh: bool,
}

impl Eye {
    /// Opens an eye on a study.
    pub(super) fn open(folder: &Path) -> Eye {
        Eye { folder: folder.to_owned(), seen: BTreeMap::new(), is_fresh: false }
    }

    /// Reads the study as it stands.
    pub(super) fn read(&mut self) -> (Files, Diagnostics) {
        self.seen = states(&self.folder);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let young = now.saturating_sub(PERIOD.as_nanos());
        self.is_fresh = self.seen.values().any(|state| state.youngest() > young);
        let mut diagnostics = Diagnostics::default();
        (disk::read_study(&self.folder, &mut diagnostics), diagnostics)
    }

    /// Waits until something changes.
    pub(super) fn wait(&mut self) {
        loop {
            std::thread::sleep(PERIOD);
            let mut now = states(&self.folder);
            if now == self.seen && !std::mem::take(&mut self.is_fresh) {
                continue;
            }
            loop {
                std::thread::sleep(REST);
                let next = states(&self.folder);
                if next == std::mem::replace(&mut now, next.clone()) {
                    return;
                }
            }
        }
    }
}

/// Looks at every file of a study without reading it.
fn states(folder: &Path) -> BTreeMap<PathBuf, State> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.join("data"), folder.join("templates")];
    let study = folder.join("study.yaml");
    found.extend(State::of(&study).map(|state| (study, state)));
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(path),
                _ => found.extend(State::of(&path).map(|state| (path, state))),
            }
        }
    }
    found
}
