//! Determinism: the same bytes whatever the row order, the threads, the place, the time zone and the locale.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use esep::build::{self, Wanted};
use esep::catalog;
use esep::diagnostic::Diagnostics;
use esep::files::{Files, sha256};
use esep::output;

use crate::support::{below, root, study};

/// Builds a study with rows in any order: the hashes were verified on the files as they are.
fn built(original: &Files, data: &Files) -> Files {
    let mut diagnostics = Diagnostics::default();
    let catalog = catalog::read(original, &mut diagnostics);
    let material = build::material_with(catalog, data, &mut diagnostics).expect("the flagship is sound");
    let editions = build::editions(&material, &Wanted::default(), &mut diagnostics).expect("the flagship computes");
    build::write(&material, &editions, &mut diagnostics).expect("the flagship is written")
}

/// Turns the rows of every snapshot round, then swaps neighbours.
fn shuffled(files: &Files) -> Files {
    let mut shuffled = files.clone();
    for (path, bytes) in files.below("data/raw/") {
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        for pair in lines[1..].chunks_exact_mut(2).step_by(3) {
            pair.swap(0, 1);
        }
        shuffled.insert(path, lines.join("\n") + "\n");
    }
    shuffled
}

fn differing(a: &Files, b: &Files) -> Vec<String> {
    let paths: std::collections::BTreeSet<&str> = a.iter().chain(b.iter()).map(|(path, _)| path).collect();
    paths.into_iter().filter(|path| a.get(path).map(sha256) != b.get(path).map(sha256)).map(str::to_owned).collect()
}

/// The report of the study as it stands, without its pictures.
fn plain() -> &'static Files {
    static PLAIN: OnceLock<Files> = OnceLock::new();
    PLAIN.get_or_init(|| built(&study(), &study()))
}

#[test]
fn rows_may_stand_in_any_order() {
    let files = study();
    let mut differing = differing(plain(), &built(&files, &shuffled(&files)));
    // The files of the sources go along as they are; all else in the archive stands beside it.
    differing.retain(|path| !path.contains("/raw/") && !path.ends_with("/edition.zip"));
    assert_eq!(differing, Vec::<String>::new());
}

#[test]
fn building_twice_in_one_process_gives_the_same_bytes() {
    let files = study();
    let twice = [plain().clone(), built(&files, &files)].map(|mut report| {
        output::finish(&mut report, &Default::default(), &mut Diagnostics::default());
        report
    });
    assert_eq!(differing(&twice[0], &twice[1]), Vec::<String>::new());
}

fn copied(to: &Path) {
    let _ = fs::remove_dir_all(to);
    for (path, bytes) in study().iter() {
        let target = to.join(path);
        fs::create_dir_all(target.parent().expect("a parent")).expect("a folder");
        fs::write(target, bytes).expect("a file");
    }
}

#[test]
fn threads_time_zone_locale_and_folder_leave_no_trace() {
    let base = std::env::temp_dir().join(format!("esep-determinism-{}", std::process::id()));
    let mut reports = Vec::new();
    let variants = [("plain", "1", "UTC", "C"), ("қазақ және русский", "2", "Asia/Almaty", "kk_KZ.UTF-8")];
    for (name, threads, zone, locale) in variants {
        let folder = base.join(name);
        copied(&folder);
        let status = Command::new(env!("CARGO_BIN_EXE_esep"))
            .args(["build", "--study"])
            .arg(&folder)
            .env("ESEP_CACHE", "")
            .env("POLARS_MAX_THREADS", threads)
            .env("TZ", zone)
            .env("LC_ALL", locale)
            .output()
            .expect("esep runs");
        assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
        let mut files = Files::default();
        below(&folder.join("report"), "", &mut files);
        reports.push(files);
    }
    let _ = fs::remove_dir_all(&base);
    assert!(reports[0].len() > 100);
    assert_eq!(differing(&reports[0], &reports[1]), Vec::<String>::new());
}

#[test]
fn the_dependencies_keep_out_what_adds_floats_in_any_order() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    for crate_name in ["polars-stream", "reqwest", "openssl", "ring", "tokio-rustls"] {
        assert!(!lock.contains(&format!("name = \"{crate_name}\"")), "{crate_name} came in");
    }
}
