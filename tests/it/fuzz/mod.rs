//! Fuzz: mutated inputs of every kind that a stranger may send. Nothing may panic, hang, swell, or be refused without
//! saying where.
//!
//! `make fuzz` tries as many as FUZZ_SECONDS allow (60), from FUZZ_SEED (1): the same seed tries the same inputs in the
//! same order. FUZZ_KIND names one kind. Each kind runs in a process of its own, with a limit on its memory, and is
//! watched: what stands still is ended. Inputs that failed lie in `target/tmp/fuzz`; mended ones go to
//! `tests/material/fuzz/failed`, which every run of the tests tries again.

mod data;
mod kinds;
mod mutate;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use kinds::{Kind, kinds};
use mutate::{Chance, mutated, words};

use crate::study::material;

/// How long one input may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// How much memory a process may have, in KiB: 1 GiB for the input, the rest for the program and the stacks of its threads.
const MEMORY: usize = (1 << 20) + (1 << 19);

/// How much of it may be in use, in KiB.
const IN_USE: usize = 1 << 20;

/// After so many different faults of a kind the rest can wait.
const FAULTS: usize = 40;

/// The folder of the fuzzer's material.
pub(crate) fn own() -> PathBuf {
    material().join("fuzz")
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Says whether this process is there to try inputs and for nothing else.
fn is_worker() -> bool {
    std::env::var_os("FUZZ_FOLDER").is_some()
}

/// Tries one input; says what went wrong, a panic by its message and place.
fn attempt(kind: &Kind, bytes: &[u8]) -> Result<(), String> {
    static SAID: Mutex<String> = Mutex::new(String::new());
    std::panic::set_hook(Box::new(|info| {
        if let Ok(mut said) = SAID.lock() {
            *said = info.to_string();
        }
    }));
    let began = spent();
    let tried = catch_unwind(AssertUnwindSafe(|| (kind.attempt)(bytes)));
    let took = spent().saturating_sub(began);
    let _ = std::panic::take_hook();
    match tried {
        Ok(Ok(())) if took > PATIENCE => Err(format!("took {} s", took.as_secs())),
        Ok(said) => said,
        Err(_) => Err(format!("panicked: {}", SAID.lock().map(|said| said.clone()).unwrap_or_default())),
    }
}

/// Returns the time that this process has worked, which other programs on the machine do not lengthen; that of the clock
/// where the system does not tell.
fn spent() -> Duration {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok());
    match (ticks(11), ticks(12)) {
        (Some(own), Some(system)) => Duration::from_millis((own + system) * 10),
        _ => BEGAN.get_or_init(Instant::now).elapsed(),
    }
}

/// Makes the input of a number.
fn input(seed: u64, index: u64, corpus: &[Vec<u8>], words: &[String]) -> Vec<u8> {
    mutated(&mut Chance::new(seed.wrapping_mul(1_000_003) ^ index.wrapping_mul(0x2545_f491_4f6c_dd1d)), corpus, words)
}

/// What one fault is known by: its message without the numbers and names in it.
fn nature(said: &str) -> String {
    let plain: String = said.chars().take(300).filter(|c| !c.is_ascii_digit()).collect();
    plain.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

/// Takes away what a fault does not need.
fn minimised(kind: &Kind, bytes: &[u8], said: &str) -> Vec<u8> {
    let (began, mut best) = (Instant::now(), bytes.to_vec());
    let mut length = best.len() / 2;
    while length > 0 && began.elapsed() < Duration::from_secs(4) {
        let mut at = 0;
        while at < best.len() && began.elapsed() < Duration::from_secs(4) {
            let without = [&best[..at], &best[(at + length).min(best.len())..]].concat();
            if attempt(kind, &without).is_err_and(|other| nature(&other) == nature(said)) {
                best = without;
            } else {
                at += length;
            }
        }
        length /= 2;
    }
    best
}

/// The process in which the inputs of one kind are tried; alone it does nothing.
#[test]
#[ignore = "a part of fuzz_for_a_bounded_time"]
fn fuzz_worker() {
    let Some(folder) = std::env::var_os("FUZZ_FOLDER").map(PathBuf::from) else { return };
    let all = kinds();
    let kind = all.iter().find(|kind| std::env::var("FUZZ_KIND").is_ok_and(|name| name == kind.name)).expect("a kind");
    let (seed, from) = (number("FUZZ_SEED", 1), number("FUZZ_FROM", 0));
    let end = Instant::now() + Duration::from_millis(number("FUZZ_MILLISECONDS", 1000));
    let corpus = (kind.corpus)();
    let words = words(&corpus);
    let mut found: BTreeMap<String, ()> = BTreeMap::new();
    let mut index = from;
    // What is under way, so that the watcher knows it when this process is no more.
    let file = fs::File::create(folder.join("index")).expect("the index");
    let under_way = |index: u64, what: &str| {
        let text = format!("{:<40}", format!("{index} {what}"));
        file.write_all_at(text.as_bytes(), 0).expect("the index");
    };
    // What is made once for all inputs counts for none of them.
    under_way(from, "minimising");
    let _ = corpus.first().map(|sound| attempt(kind, sound));
    while Instant::now() < end && found.len() < FAULTS {
        under_way(index, "");
        let bytes = input(seed, index, &corpus, &words);
        let mut tried = attempt(kind, &bytes);
        if tried.is_ok() && index.is_multiple_of(64) && memory() > IN_USE {
            tried = Err(format!("{} MiB are in use", memory() >> 10));
        }
        if let Err(said) = tried
            && found.insert(nature(&said), ()).is_none()
        {
            under_way(index, "minimising");
            let least = minimised(kind, &bytes, &said);
            record(&folder, index, &least, &said);
        }
        index += 1;
    }
    under_way(index, "done");
}

/// Returns how much memory this process has had in use at most, in KiB; nothing where the system does not tell.
fn memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}

/// Keeps an input that failed.
fn record(folder: &Path, index: u64, bytes: &[u8], said: &str) {
    fs::write(folder.join(format!("{index}.input")), bytes).expect("an input");
    fs::write(folder.join(format!("{index}.said")), said).expect("what was said");
}

/// Starts a worker of a kind.
fn worker(kind: &Kind, folder: &Path, seed: u64, from: u64, time: Duration) -> Child {
    let program = std::env::current_exe().expect("this program");
    let quiet = || Stdio::from(fs::File::create(folder.join("output")).expect("a file"));
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"")).arg(program);
    command.args(["--exact", "fuzz::fuzz_worker", "--ignored", "--nocapture", "--test-threads=1"]);
    command.envs([
        ("FUZZ_FOLDER", folder.display().to_string()),
        ("FUZZ_KIND", kind.name.to_owned()),
        ("FUZZ_SEED", seed.to_string()),
        ("FUZZ_FROM", from.to_string()),
        ("FUZZ_MILLISECONDS", time.as_millis().to_string()),
        ("ESEP_CACHE", String::new()),
    ]);
    let _ = fs::remove_file(folder.join("index"));
    command.current_dir(folder).stdin(Stdio::null()).stdout(quiet()).stderr(quiet()).spawn().expect("a worker")
}

/// Tries inputs of one kind for a time, from the first on; returns how many, and how many times a worker had to be ended
/// or died.
fn tried(kind: &Kind, folder: &Path, seed: u64, time: Duration) -> (u64, usize) {
    let end = Instant::now() + time;
    let (mut from, mut deaths) = (0, 0);
    while deaths < FAULTS && Instant::now() < end {
        let left = end.saturating_duration_since(Instant::now());
        let mut child = worker(kind, folder, seed, from, left);
        let (mut last, mut since) = (String::new(), Instant::now());
        let ended = loop {
            if let Some(status) = child.try_wait().expect("a worker") {
                break Some(status);
            }
            let now = fs::read_to_string(folder.join("index")).unwrap_or_default();
            if now != last {
                (last, since) = (now, Instant::now());
            }
            // The first input waits for the program to begin, the minimising for several attempts.
            let patience = if last.is_empty() || last.contains("minimising") { 24 * PATIENCE } else { 8 * PATIENCE };
            if since.elapsed() > patience {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        let now = fs::read_to_string(folder.join("index")).unwrap_or_default();
        let index: u64 = now.split(' ').next().and_then(|text| text.parse().ok()).unwrap_or(from);
        if ended.is_some_and(|status| status.success()) {
            from = index;
            if now.contains("done") {
                break;
            }
        } else {
            deaths += 1;
            let corpus = (kind.corpus)();
            let bytes = input(seed, index, &corpus, &words(&corpus));
            let said = match ended {
                None => "stood still and was ended".to_owned(),
                Some(status) => {
                    let output = fs::read_to_string(folder.join("output")).unwrap_or_default();
                    format!("died: {status}: {}", &output[output.len().saturating_sub(300)..])
                }
            };
            record(folder, index, &bytes, &said);
            from = index + 1;
        }
    }
    (from, deaths)
}

#[test]
#[ignore = "takes FUZZ_SECONDS; `make fuzz`"]
fn fuzz_for_a_bounded_time() {
    let (seconds, seed) = (number("FUZZ_SECONDS", 60), number("FUZZ_SEED", 1));
    let only = std::env::var("FUZZ_KIND").ok();
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    let chosen: Vec<Kind> =
        kinds().into_iter().filter(|kind| only.as_ref().is_none_or(|only| only == kind.name)).collect();
    let whole: usize = chosen.iter().map(|kind| kind.share).sum();
    let mut out = std::io::stdout();
    let (mut faults, mut inputs) = (0, 0);
    for kind in &chosen {
        let folder = home.join(kind.name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        let time = Duration::from_millis(seconds * 1000 * kind.share as u64 / whole as u64);
        let (count, _) = tried(kind, &folder, seed, time);
        let mut said: Vec<(PathBuf, String)> = fs::read_dir(&folder)
            .expect("a folder")
            .flatten()
            .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "said"))
            .map(|entry| (entry.path(), fs::read_to_string(entry.path()).unwrap_or_default()))
            .collect();
        said.sort();
        writeln!(out, "{:12} {count:9} inputs, {} faults", kind.name, said.len()).expect("output");
        for (path, text) in &said {
            writeln!(out, "    {}: {}", path.display(), text.lines().collect::<Vec<_>>().join(" ")).expect("output");
        }
        faults += said.len();
        inputs += count;
    }
    writeln!(out, "seed {seed}: {inputs} inputs, {faults} faults").expect("output");
    assert_eq!(faults, 0, "the inputs lie in {}", home.display());
}

/// Every input that ever failed, by its kind and what it is, and a few new ones of each kind.
#[test]
fn fuzz_of_kept_and_of_a_few_new_inputs_finds_nothing() {
    let mut wrong = Vec::new();
    let all = kinds();
    let failed = crate::study::read(&own().join("failed"));
    for (path, bytes) in failed.iter() {
        let kind = all.iter().find(|kind| path.split('/').next() == Some(kind.name));
        let kind = kind.unwrap_or_else(|| panic!("{path} is of no kind"));
        wrong.extend(attempt(kind, bytes).err().map(|said| format!("{path}: {said}")));
    }
    for kind in &all {
        let corpus = (kind.corpus)();
        let words = words(&corpus);
        let count = if kind.share > 80 { 20 } else { 1 };
        for index in 0..count {
            let bytes = input(20_260_101, index, &corpus, &words);
            wrong.extend(attempt(kind, &bytes).err().map(|said| format!("{} {index}: {said}", kind.name)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
