//! Tests: a disk that fails, fills up or dies at each single call that changes it, and what stands there afterwards.

use std::cell::Cell;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::change::{Disk, Real};
use super::publish::{Failure, Written, publish, recover};
use super::study::{Change, change_study};
use crate::build::{self, Wanted};
use crate::diagnostic::Diagnostics;
use crate::files::{Files, sha256};
use crate::output::{self, MANIFEST};

/// What happens at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// The call fails, and those behind it do not.
    Once,
    /// The disk is full from there on: what writes fails, after half of it; what removes does not.
    Full,
    /// The program dies there, with half of what it writes.
    Death,
    /// The program dies right behind it.
    DeathBehind,
}

/// A disk that fails at a call, counted from 0.
struct Faulty {
    fault: Fault,
    at: usize,
    calls: Cell<usize>,
    exchanges: bool,
}

impl Faulty {
    fn new(fault: Fault, at: usize, exchanges: bool) -> Faulty {
        Faulty { fault, at, calls: Cell::new(0), exchanges }
    }

    /// A disk that does not fail, and does not wait for the real one.
    fn sound() -> Faulty {
        Faulty::new(Fault::Once, usize::MAX, true)
    }

    fn call<T>(&self, grows: bool, call: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let now = self.calls.replace(self.calls.get() + 1);
        let fails = match self.fault {
            Fault::Once => now == self.at,
            Fault::Full => now >= self.at && grows,
            Fault::Death => now >= self.at,
            Fault::DeathBehind => now > self.at,
        };
        let kind = if self.fault == Fault::Full { io::ErrorKind::StorageFull } else { io::ErrorKind::Other };
        if fails { Err(io::Error::from(kind)) } else { call() }
    }
}

impl Disk for Faulty {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.call(true, || Real.create_folder(path))
    }

    fn create_file(&self, path: &Path) -> io::Result<File> {
        self.call(true, || Real.create_file(path))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let first = self.calls.get() == self.at;
        let written = self.call(true, || Real.write(path, bytes));
        if written.is_err() && (first || self.fault == Fault::Full) {
            let _ = fs::write(path, &bytes[..bytes.len() / 2]);
        }
        written
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call(true, || Real.rename(from, to))
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        match self.exchanges {
            true => self.call(false, || Real.exchange(one, other)),
            false => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    fn permit(&self, folder: &Path, like: &Path) -> io::Result<()> {
        self.call(false, || Real.permit(folder, like))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.call(false, || Real.remove_file(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.call(false, || Real.remove_folder(path))
    }

    fn sync(&self, _: &Path) -> io::Result<()> {
        self.call(true, || Ok(()))
    }
}

/// Two reports of the study of the tests: the later lacks files of the earlier, has others and says something else.
fn reports() -> (Files, Files) {
    let mut study = Files::default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/material/study");
    super::read_below(&root, "", &mut study, &mut Vec::new()).expect("the study of the tests");
    let built = build::build(&study, &Wanted::default(), &mut Diagnostics::default()).expect("a report");
    let pictures = |files: &Files| {
        let svgs = files.iter().filter(|(path, _)| path.ends_with(".svg"));
        svgs.map(|(_, bytes)| (sha256(bytes), b"a picture".to_vec())).collect()
    };
    let (mut old, mut new) = (built.clone(), Files::default());
    for (path, bytes) in built.iter().filter(|(path, _)| !path.starts_with("2021/tables")) {
        new.insert(path, if path.ends_with(".html") { [bytes, b"<!-- later -->"].concat() } else { bytes.to_vec() });
    }
    new.insert("2023/ru/index.html", "later");
    for files in [&mut old, &mut new] {
        let known = pictures(files);
        output::finish(files, &known, &mut Diagnostics::default());
    }
    (old, new)
}

fn scratch(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("esep-disk-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn write(disk: &dyn Disk, out: &Path, files: &Files) -> Result<Written, Failure> {
    publish(disk, out, |_, _| Ok(files.clone()))
}

/// Everything below a folder; a link by where it leads.
fn all(folder: &Path) -> Files {
    fn walk(folder: &Path, prefix: &str, files: &mut Files) {
        for entry in super::entries(folder).expect("a folder") {
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().expect("a kind");
            if kind.is_dir() {
                files.insert(format!("{path}/"), "");
                walk(&entry.path(), &format!("{path}/"), files);
            } else if kind.is_symlink() {
                files.insert(path, fs::read_link(entry.path()).expect("a link").display().to_string());
            } else {
                files.insert(path, fs::read(entry.path()).expect("a file"));
            }
        }
    }
    let mut files = Files::default();
    walk(folder, "", &mut files);
    files
}

/// A report in memory with its folders, beside what else stands in the scene.
fn scene(report: Option<&Files>, strangers: &Files) -> Files {
    let mut files = Files::default();
    let inside =
        report.into_iter().flat_map(|report| report.iter().map(|(path, bytes)| (format!("report/{path}"), bytes)));
    let own = strangers.iter().map(|(path, bytes)| (path.to_owned(), bytes));
    for (path, bytes) in inside.chain(own) {
        for (at, _) in path.match_indices('/') {
            files.insert(&path[..=at], "");
        }
        files.insert(path, bytes);
    }
    files
}

fn strangers(paths: &[&str]) -> Files {
    let mut files = Files::default();
    paths.iter().for_each(|path| files.insert(*path, format!("mine: {path}")));
    files
}

fn lay(folder: &Path, scene: &Files) {
    for (path, bytes) in scene.iter() {
        match path.strip_suffix('/') {
            Some(below) => fs::create_dir_all(folder.join(below)).expect("a folder"),
            None => fs::write(folder.join(path), bytes).expect("a file"),
        }
    }
}

/// What stands beside a report and looks like what a program may want to make there.
const BESIDE: [&str; 5] =
    ["report.old/a", "report.staging/b", ".report.esep-1/c", ".report.esep-2/checksums.sha256", ".esep/d"];

const INSIDE: [&str; 5] =
    ["report/.git/HEAD", "report/notes.txt", "report/2022/mine.md", "report/.esep-1/e", "report/2021/tables/mine.csv"];

#[test]
fn whatever_fails_one_of_the_two_reports_stands_whole_and_the_message_is_true() {
    every_fault((0, 17));
}

#[test]
#[ignore = "takes minutes; `make test-faults` runs it"]
fn at_every_single_call_whatever_fails_one_of_the_two_reports_stands_whole() {
    every_fault((0, 1));
}

/// Lets a publication fail in each way at calls from the first on, by steps.
fn every_fault(every: (usize, usize)) {
    let (old, new) = reports();
    let inside: Vec<&str> = BESIDE.iter().chain(&INSIDE).copied().collect();
    let mut calls = 0;
    for (name, before, own, exchanges) in [
        ("fresh", None, strangers(&BESIDE), true),
        ("whole", Some(&old), strangers(&BESIDE), true),
        ("shared", Some(&old), strangers(&inside), true),
        ("old-disk", Some(&old), strangers(&BESIDE), false),
    ] {
        let folder = scratch(name);
        let out = folder.join("report");
        let (was, is) = (scene(before, &own), scene(Some(&new), &own));
        for fault in [Fault::Once, Fault::Full, Fault::Death, Fault::DeathBehind] {
            for at in (every.0..).step_by(every.1) {
                let _ = fs::remove_dir_all(&folder);
                fs::create_dir_all(&folder).expect("a folder");
                lay(&folder, &was);
                let disk = Faulty::new(fault, at, exchanges);
                let result = write(&disk, &out, &new);
                let place = format!("{name}, {fault:?} at {at}: {result:?}");
                // What is said holds at once, whoever died.
                let stands = report_of(&out, &own);
                match &result {
                    Ok(_) => assert!(stands == new, "{place}"),
                    Err(Failure::Unchanged(_)) if matches!(fault, Fault::Once | Fault::Full) => {
                        assert!(stands == before.cloned().unwrap_or_default(), "{place}");
                    }
                    Err(Failure::Busy) => panic!("{place}"),
                    Err(_) => {}
                }
                // The next command finds one of the two, and leaves nothing but it.
                recover(&Faulty::sound(), &out).unwrap_or_else(|error| panic!("{place}: {error:?}"));
                let now = all(&folder);
                let empty = {
                    let mut empty = was.clone();
                    empty.insert("report/", "");
                    empty
                };
                assert!(
                    now == is || now == was || before.is_none() && now == empty,
                    "{place}: {:?}",
                    odd(&now, &was, &is)
                );
                write(&Faulty::sound(), &out, &new).unwrap_or_else(|error| panic!("{place}: {error:?}"));
                assert!(all(&folder) == is, "{place}");
                calls += 1;
                if disk.calls.get() <= at {
                    assert!(at > 60, "{name} takes {at} calls");
                    break;
                }
            }
        }
        let _ = fs::remove_dir_all(&folder);
    }
    assert!(calls * every.1 > 1000, "{calls} faults");
}

/// The files of the report that stand in a folder, without strangers and claims.
fn report_of(out: &Path, strangers: &Files) -> Files {
    let mut files = Files::default();
    if out.exists() {
        let stands = all(out);
        let mine = |path: &str| strangers.get(&format!("report/{path}")).is_some();
        let own = stands.iter().filter(|(path, _)| !path.ends_with('/') && !mine(path) && !path.starts_with(".esep-"));
        own.for_each(|(path, bytes)| files.insert(path, bytes));
    }
    files
}

fn odd(now: &Files, was: &Files, is: &Files) -> Vec<String> {
    let differs = |path: &str| now.get(path) != was.get(path) && now.get(path) != is.get(path);
    now.iter().chain(was.iter()).map(|(path, _)| path).filter(|path| differs(path)).map(str::to_owned).collect()
}

#[test]
fn what_esep_did_not_write_stays_and_is_never_overwritten() {
    let (old, new) = reports();
    let folder = scratch("strangers");
    let out = folder.join("report");
    write(&Faulty::sound(), &out, &old).expect("a report");
    // Where a page shall stand, somebody has put a file.
    fs::create_dir_all(out.join("2023/ru")).expect("a folder");
    fs::write(out.join("2023/ru/index.html"), "mine").expect("a file");
    let before = all(&folder);
    let refused = write(&Faulty::sound(), &out, &new);
    assert!(matches!(&refused, Err(Failure::Unchanged(error)) if error.to_string().contains("`2023`")), "{refused:?}");
    assert!(all(&folder) == before);
    fs::remove_dir_all(out.join("2023")).expect("moved away");
    // A file that no build writes any more, and that somebody altered.
    let altered = old.iter().map(|(path, _)| path).find(|path| path.starts_with("2021/tables")).expect("a table");
    fs::write(out.join(altered), "mine").expect("a file");
    let written = write(&Faulty::sound(), &out, &new).expect("a report");
    assert_eq!(written.altered, [altered]);
    assert_eq!(fs::read_to_string(out.join(altered)).expect("it stays"), "mine");
    // A folder that is no report is not written into, one with `.git` alone is.
    for (name, goes) in [("letters/letter.txt", false), ("pages/.git", true)] {
        let out = folder.join(name.split('/').next().expect("a name"));
        lay(&folder, &scene(None, &strangers(&[name])));
        assert_eq!(write(&Faulty::sound(), &out, &new).is_ok(), goes, "{name}");
        assert_eq!(fs::read_to_string(folder.join(name)).expect("it stays"), format!("mine: {name}"));
    }
    let _ = fs::remove_dir_all(&folder);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_through_a_link_or_a_manifest_that_leads_out() {
    use std::os::unix::fs::symlink;
    let (old, new) = reports();
    let folder = scratch("links");
    let real = folder.join("elsewhere/real");
    fs::create_dir_all(&real).expect("a folder");
    let out = folder.join("report");
    symlink("elsewhere/real", &out).expect("a link");
    for report in [&old, &new] {
        write(&Faulty::sound(), &out, report).expect("a report");
        assert_eq!(fs::read_link(&out).expect("still a link"), Path::new("elsewhere/real"));
        assert!(report_of(&real, &Files::default()) == *report);
    }
    let secret = folder.join("secret");
    fs::write(&secret, "secret").expect("a file");
    let manifest = fs::read_to_string(real.join(MANIFEST)).expect("a manifest");
    for path in ["../../secret", secret.to_str().expect("a path"), "2022/../../../secret"] {
        fs::write(real.join(MANIFEST), format!("{manifest}{}  {path}\n", sha256(b"secret"))).expect("a manifest");
        let refused = write(&Faulty::sound(), &out, &old);
        assert!(
            matches!(&refused, Err(Failure::Unchanged(error)) if error.to_string().contains("leads out")),
            "{refused:?}"
        );
    }
    fs::write(real.join(MANIFEST), &manifest).expect("a manifest");
    fs::rename(real.join("2022"), folder.join("moved")).expect("moved");
    symlink(folder.join("moved"), real.join("2022")).expect("a link");
    let before = all(&folder);
    assert!(write(&Faulty::sound(), &out, &old).is_err());
    assert!(all(&folder) == before);
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn of_many_builds_at_once_each_writes_a_whole_report_or_says_that_another_does() {
    let (old, new) = reports();
    let folder = scratch("at-once");
    let out = folder.join("report");
    let mut written = 0;
    for strangers in [false, true] {
        if strangers {
            fs::write(out.join("notes.txt"), "mine").expect("a file");
        }
        for round in 0..40 {
            let results: Vec<_> = std::thread::scope(|scope| {
                let start = |i: usize| {
                    scope.spawn({
                        let (out, report) = (&out, [&old, &new][i % 2]);
                        move || write(&Faulty::sound(), out, report)
                    })
                };
                let all: Vec<_> = (0..2 + round % 3).map(start).collect();
                all.into_iter().map(|one| one.join().expect("no panic")).collect()
            });
            for result in &results {
                assert!(matches!(result, Ok(Written { left: None, .. }) | Err(Failure::Busy)), "{result:?}");
                written += usize::from(result.is_ok());
            }
            recover(&Faulty::sound(), &out).expect("nothing is left");
            if out.join(MANIFEST).exists() {
                let mut stands = report_of(&out, &Files::default());
                if strangers {
                    let mut own = Files::default();
                    stands
                        .iter()
                        .filter(|(path, _)| *path != "notes.txt")
                        .for_each(|(path, bytes)| own.insert(path, bytes));
                    stands = own;
                }
                assert!(stands == old || stands == new, "round {round}");
            }
        }
    }
    assert!(written > 40, "{written} were written");
    assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 1);
    let _ = fs::remove_dir_all(&folder);
}

/// Whatever fails while a study is changed, and whoever dies there: its files are those before or those after, the one that
/// names the others at no time names what is not there, and the next change finds a study that is whole.
#[test]
fn a_study_is_changed_whole_or_not_at_all() {
    let folder = std::env::temp_dir().join(format!("esep-change-{}", std::process::id()));
    let (list, snapshot) = ("data/list.yaml", "data/raw/a/b/file.csv");
    let (mut read, mut files) = (Files::default(), Files::default());
    read.insert(list, "names nothing");
    files.insert(snapshot, "new");
    files.insert(list, "names file.csv");
    let change = Change { read: &read, written: &files, gone: &[], naming: list };
    let look = || {
        let text = fs::read_to_string(folder.join(list)).expect("the list is at no time away");
        let there = fs::read(folder.join(snapshot)).ok();
        match text.as_str() {
            "names file.csv" => assert_eq!(there.as_deref(), Some(&b"new"[..]), "what is named stands there"),
            text => assert_eq!(text, "names nothing"),
        }
        text == "names file.csv"
    };
    for fault in [Fault::Once, Fault::Full, Fault::Death, Fault::DeathBehind] {
        for at in 0.. {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(folder.join("data")).expect("a folder");
            fs::write(folder.join(list), "names nothing").expect("a list");
            let disk = Faulty::new(fault, at, true);
            let changed = change_study(&disk, &folder, &change);
            let is_over = disk.calls.get() <= at;
            let is_new = look();
            match &changed {
                Ok(()) => assert!(is_new, "{fault:?} at {at}"),
                Err(Failure::Unchanged(_)) if !matches!(fault, Fault::Death | Fault::DeathBehind) => {
                    assert!(!is_new, "{fault:?} at {at}");
                    assert!(!folder.join(snapshot).exists(), "{fault:?} at {at}: nothing is left of it");
                }
                Err(_) => {}
            }
            change_study(&Faulty::sound(), &folder, &change).expect("the next change");
            assert!(look(), "{fault:?} at {at}");
            let left: Vec<_> = super::entries(&folder).expect("a folder").iter().map(fs::DirEntry::file_name).collect();
            assert_eq!(left, ["data"], "{fault:?} at {at}");
            if is_over {
                break;
            }
        }
    }
    let _ = fs::remove_dir_all(&folder);
}

/// Whatever call fails, and wherever the power goes, a file that leaves a study is there as long as anything names it.
#[test]
fn what_leaves_a_study_is_named_by_nothing_before_it_goes() {
    let folder = std::env::temp_dir().join(format!("esep-leave-{}", std::process::id()));
    let (list, snapshot) = ("data/list.yaml", "data/raw/a/b/file.csv");
    let gone = [snapshot.to_owned()];
    let (mut read, mut files) = (Files::default(), Files::default());
    read.insert(list, "names file.csv");
    read.insert(snapshot, "old");
    files.insert(list, "names nothing");
    let change = Change { read: &read, written: &files, gone: &gone, naming: list };
    let look = || {
        let text = fs::read_to_string(folder.join(list)).expect("the list is at no time away");
        let there = fs::read(folder.join(snapshot)).ok();
        assert!(text == "names nothing" || there.as_deref() == Some(&b"old"[..]), "what is named stands there");
        (text == "names nothing", there.is_some())
    };
    for fault in [Fault::Once, Fault::Full, Fault::Death, Fault::DeathBehind] {
        for at in 0.. {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(folder.join("data/raw/a/b")).expect("folders");
            fs::write(folder.join(list), "names file.csv").expect("a list");
            fs::write(folder.join(snapshot), "old").expect("a file");
            let disk = Faulty::new(fault, at, true);
            let changed = change_study(&disk, &folder, &change);
            let is_over = disk.calls.get() <= at;
            let now = look();
            match &changed {
                Ok(()) => assert_eq!(now, (true, false), "{fault:?} at {at}"),
                Err(Failure::Unchanged(_)) if !matches!(fault, Fault::Death | Fault::DeathBehind) => {
                    assert_eq!(now, (false, true), "{fault:?} at {at}");
                }
                Err(_) => {}
            }
            change_study(&Faulty::sound(), &folder, &change).expect("the next change");
            assert_eq!(look(), (true, false), "{fault:?} at {at}");
            let left: Vec<_> = super::entries(&folder).expect("a folder").iter().map(fs::DirEntry::file_name).collect();
            assert_eq!(left, ["data"], "{fault:?} at {at}");
            assert!(!folder.join("data/raw").exists(), "{fault:?} at {at}: no empty folder is left");
            if is_over {
                break;
            }
        }
    }
    let _ = fs::remove_dir_all(&folder);
}

/// Of two that worked out their changes from the same study, the later is refused: what the other wrote is not lost.
#[test]
fn a_study_that_somebody_changed_meanwhile_is_left_as_it_is() {
    let folder = std::env::temp_dir().join(format!("esep-meanwhile-{}", std::process::id()));
    let list = "data/list.yaml";
    let text = |text: &str| {
        let mut files = Files::default();
        files.insert(list, text);
        files
    };
    let (read, nothing) = (text("a"), Files::default());
    let changes = [(&read, text("a b"), true), (&read, text("a c"), false), (&nothing, text("d"), false)];
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("data")).expect("a folder");
    fs::write(folder.join(list), "a").expect("a list");
    for (read, written, is_done) in changes {
        let change = Change { read, written: &written, gone: &[], naming: list };
        let changed = change_study(&Faulty::sound(), &folder, &change);
        assert_eq!(changed.is_ok(), is_done, "{changed:?}");
        assert_eq!(fs::read_to_string(folder.join(list)).expect("the list"), "a b");
    }
    // What is there already as it shall be is no change.
    let written = text("a b");
    let change = Change { read: &read, written: &written, gone: &[], naming: list };
    change_study(&Faulty::sound(), &folder, &change).expect("nothing to do");
    let _ = fs::remove_dir_all(&folder);
}

/// A folder of a study that leads out of it is not written into.
#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_of_a_study() {
    let folder = std::env::temp_dir().join(format!("esep-through-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    for name in ["study/data", "outside"] {
        fs::create_dir_all(folder.join(name)).expect("a folder");
    }
    let study = folder.join("study");
    std::os::unix::fs::symlink("../../outside", study.join("data/raw")).expect("a link");
    let mut files = Files::default();
    files.insert("data/raw/file.csv", "new");
    let change = Change { read: &Files::default(), written: &files, gone: &[], naming: "data/list.yaml" };
    let failure = change_study(&Faulty::sound(), &study, &change).expect_err("a refusal");
    assert!(
        matches!(&failure, Failure::Unchanged(error) if error.to_string().contains("`data/raw` is a link")),
        "{failure:?}"
    );
    assert_eq!(fs::read_dir(folder.join("outside")).expect("the folder").count(), 0);
    let _ = fs::remove_dir_all(&folder);
}
