//! Budgets: every line of the house's budgets, measured and printed beside its goal.
//!
//! Times are the best of several runs; those of methods are what the thread was at work. Only PNGs are drawn on several threads. `COLD=1 make bench` also builds from nothing, which takes minutes.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench reads the clock and prints")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use esep::analysis::{Along, Column, Frame, METHODS, Method, Takes};
use esep::build::{self, Wanted};
use esep::diagnostic::Diagnostics;
use esep::exhibit;
use esep::files::{Files, Kept};
use esep::finding::{Amount, Period, Reason, Unit};
use esep::language::{Case, Lang, Language, NumberForm, Scale, Style, Suffix};
use esep::output::{self, Around, Built, Material, Verdicts};
use esep::page;
use esep::{analysis, drawing};

fn main() {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("--peak") => return peak(),
        Some("--scan") => return scanned(&arguments.next().unwrap_or_default()),
        _ => {}
    }
    let material = build::material(&study(), &mut Diagnostics::default()).expect("the flagship is sound");
    println!("{:<66}{:>12}{:>12}", "budget", "goal", "measured");
    line(
        "reading and checking all data",
        None,
        best(10, || build::material(&study(), &mut Diagnostics::default()).is_ok()),
    );
    line("analysis of the flagship, both editions", Some(50), best(20, || analyse(&material).len()));
    let (older, newer) = series_methods();
    line("1 000 series of 100 years through the first series methods", Some(1000), older);
    line("1 000 series of 100 years through those that came later", Some(1000), newer);
    figures(&material);
    line("everything else of one edition in one language", Some(100), everything_else(&material));
    speech();
    scans();
    rebuilds();
    memory();
    cold();
}

fn line(name: &str, goal_ms: Option<u64>, measured: Duration) {
    let goal = goal_ms.map_or(String::new(), |ms| format!("{ms} ms"));
    let flag = if goal_ms.is_some_and(|ms| measured > Duration::from_millis(ms)) { "  over" } else { "" };
    println!("{name:<66}{goal:>12}{:>9.1} ms{flag}", measured.as_secs_f64() * 1000.0);
}

fn best<T>(runs: usize, mut run: impl FnMut() -> T) -> Duration {
    let once = |run: &mut dyn FnMut() -> T| {
        let start = Instant::now();
        std::hint::black_box(run());
        start.elapsed()
    };
    (0..runs).map(|_| once(&mut run)).min().unwrap_or_default()
}

/// How long this thread has been at work, whatever else the machine does; clock time where the system does not tell.
fn busy() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn study() -> Files {
    fn below(folder: &Path, prefix: &str, files: &mut Files) {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = format!("{prefix}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                below(&entry.path(), &path, files);
            } else {
                files.insert(path, fs::read(entry.path()).expect("a file"));
            }
        }
    }
    let mut files = Files::default();
    files.insert("study.yaml", fs::read(root().join("study.yaml")).expect("study.yaml"));
    for folder in ["data", "templates"] {
        below(&root().join(folder), folder, &mut files);
    }
    files
}

fn analyse(material: &Material) -> Vec<analysis::Edition> {
    let study = &material.study;
    let mut editions = Vec::new();
    for (name, entry) in &study.editions {
        let mut diagnostics = Diagnostics::default();
        editions.push(analysis::compute(study, name, entry, &material.catalog, &material.dataset, &mut diagnostics));
    }
    editions
}

/// Methods over time that came after the first budget was set.
const LATER: &[&str] = &[
    "exponential_smoothing",
    "holt",
    "modified_mann_kendall",
    "siegel_slope",
    "cusum_test",
    "chow",
    "sup_f",
    "bai_perron",
    "durbin_watson",
];

/// All methods over time, each on a thousand series of a hundred years; positive numbers, so that none refuses them.
fn series_methods() -> (Duration, Duration) {
    // A linear congruential generator: the same series in every run.
    let mut state = 20_221_231_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as i64 % 90_000 + 10_000
    };
    let years: Vec<Period> = (1925..2025).map(Period::of_year).collect();
    let series: Vec<Vec<Result<Amount, Reason>>> =
        (0..1000).map(|_| (0..100).map(|_| Ok(Amount::Integer(next()))).collect()).collect();
    let methods: Vec<&Method> = METHODS.iter().filter(|method| method.along == Along::Time).collect();
    let mut each: Vec<(Duration, &str)> = Vec::new();
    for method in methods {
        let frame = |i: usize| {
            let mut frame = Frame { rows: 100, periods: Some(years.clone()), ..Frame::default() };
            for (at, role) in method.roles.iter().enumerate().filter(|(_, role)| role.takes != Takes::Label) {
                let values = series[(i + at) % series.len()].clone();
                frame.numbers.insert(role.name, vec![Column::new(role.name, Unit::Persons, values)]);
            }
            frame.set(method, &Default::default()).expect("defaults");
            frame
        };
        let frames: Vec<Frame> = (0..series.len()).map(frame).collect();
        let start = busy();
        std::hint::black_box(frames.iter().filter(|frame| (method.run)(frame).is_ok()).count());
        each.push((busy().saturating_sub(start), method.name));
    }
    each.sort();
    for (time, name) in each.iter().rev().take(10) {
        println!("    {name:<62}{:>21.1} ms", time.as_secs_f64() * 1000.0);
    }
    let (newer, older): (Vec<_>, Vec<_>) = each.into_iter().partition(|(_, name)| LATER.contains(name));
    let sum = |times: Vec<(Duration, &str)>| times.into_iter().map(|(time, _)| time).sum();
    (sum(older), sum(newer))
}

fn built(material: &Material) -> Vec<Built> {
    build::editions(material, &Wanted::default(), &mut Diagnostics::default()).expect("the flagship computes")
}

/// The slowest figure counts, as SVG and as PNG.
fn figures(material: &Material) {
    let built = built(material);
    let (mut slowest_svg, mut slowest_png, mut sum) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let mut count = 0;
    for built in &built {
        for page in &built.pages {
            let language = material.language(page.lang).expect("a language");
            for (id, figure) in &built.exhibits.figures {
                let words = output::figure_words(id, figure, page, material);
                let svg = drawing::svg(figure, language, &words).expect("an SVG");
                slowest_svg = slowest_svg.max(best(3, || drawing::svg(figure, language, &words).is_ok()));
                let png = best(3, || drawing::png(&svg).is_ok());
                slowest_png = slowest_png.max(png);
                sum += png;
                count += 1;
            }
        }
    }
    line("a figure: its SVG (the slowest)", Some(5), slowest_svg);
    line("a figure: its 300-dpi PNG (the slowest)", Some(40), slowest_png);
    line(&format!("a figure: its 300-dpi PNG (mean of {count})"), Some(40), sum / count);
}

/// Exhibits, prose, HTML, Markdown, tables and ledger: what is neither analysis nor pixels.
fn everything_else(material: &Material) -> Duration {
    let edition = Arc::new(analyse(material).pop().expect("an edition"));
    let lang = material.prose.languages[0];
    best(5, || {
        let mut diagnostics = Diagnostics::default();
        let exhibits = Arc::new(exhibit::build(&material.study, &material.maps, &edition, &|_| true, &mut diagnostics));
        let shown = (&edition, &*exhibits);
        let page = page::compose(&material.prose, &material.study, shown, lang, &Kept::default(), &mut diagnostics);
        let pages = page.into_iter().collect();
        let built = Built { edition: Arc::clone(&edition), exhibits, pages, selections: Vec::new() };
        let kept = Kept::default();
        let drawings = output::draw(&built, material, &kept, &mut diagnostics);
        let around = || Around { others: Vec::new(), verdicts: Verdicts::default() };
        output::edition(&built, &drawings, ("", &around), material, &kept, &mut diagnostics).len()
    })
}

/// Formats and inflects numbers in both languages, as pages do.
fn speech() {
    const COUNT: i64 = 300_000;
    let languages =
        [Lang::Ru, Lang::Kk].map(|lang| Language::new(lang, Style::default(), Default::default(), Default::default()));
    let cases = [None, Some(Case::Gen), Some(Case::Dat), Some(Case::Acc), Some(Case::Ins)];
    let form = |suffix, decimals, scale| NumberForm { suffix, decimals, scale, ..NumberForm::default() };
    let forms = [
        form(Suffix::Bare, 0, Scale::One),
        form(Suffix::Persons, 0, Scale::One),
        form(Suffix::Percent, 1, Scale::One),
        form(Suffix::Persons, 1, Scale::Thousand),
        form(Suffix::Points, 1, Scale::One),
    ];
    let measured = best(5, || {
        let mut letters = 0;
        for n in 0..COUNT {
            let at = n as usize;
            let value = Amount::ratio(n * 7_919 - 1_000_000_000, 100).expect("a ratio");
            let said = languages[at % 2].print(&value, &forms[at / 2 % 5], cases[at / 10 % 5]);
            letters += said.map_or(0, |said| said.len());
        }
        letters
    });
    line("300 000 numbers formatted and inflected", Some(1_000), measured);
}

/// The longest papers that are read, by name: 8 MiB of prose, and of a table.
const PAPERS: [(&str, &str); 2] = [
    (
        "prose",
        "В 2023 году население области выросло на 12,5 тыс. человек, или на 1,8 %, а убыль села составила 4 321 человек. ",
    ),
    ("a table", "Туркестанская область 12 345 6 789 -1 234 56,7 8,9 0,1 234\n"),
];

fn paper(name: &str) -> String {
    let text = PAPERS.iter().find(|(own, _)| *own == name).map(|(_, text)| *text).unwrap_or_default();
    text.repeat((8 << 20) / text.len().max(1))
}

/// The numbers of the longest papers: the time in which they are found, and the memory in which claims are made of them.
fn scans() {
    for (name, _) in PAPERS {
        let text = paper(name);
        let mut found = 0;
        let measured = best(1, || found = esep::claim::scan::scan(&text).len());
        line(&format!("8 MiB of {name} scanned: {found} numbers"), Some(2_000), measured);
        let start = Instant::now();
        let kib = alone(&["--scan", name]);
        line(&format!("8 MiB of {name}: claims made of it, by itself"), Some(2_000), start.elapsed());
        mebibytes(&format!("8 MiB of {name}: claims made of it, peak memory"), 300, kib);
    }
}

/// Makes claims of a paper and prints the peak memory.
fn scanned(name: &str) {
    use esep::claim::{near::Names, scan::scan, source::Source, stub::stub_by};
    let source = Source::read("paper.txt", paper(name).into_bytes()).expect("a paper");
    let mut written = 0;
    stub_by(&source, &scan(&source.text), &Names::default(), &["ru", "kk"], None, &mut |piece| written += piece.len());
    assert!(written > 8 << 20, "claims are longer than their text");
    println!("{}", own_peak());
}

/// Rebuilds through the program itself, in a copy of the study.
fn rebuilds() {
    let folder = std::env::temp_dir().join(format!("esep-bench-{}", std::process::id()));
    for (path, bytes) in study().iter() {
        let target = folder.join(path);
        fs::create_dir_all(target.parent().expect("a parent")).expect("a folder");
        fs::write(target, bytes).expect("a file");
    }
    let run = || {
        let program = Command::new(env!("CARGO_BIN_EXE_esep"))
            .args(["build", "--study"])
            .arg(&folder)
            .env("ESEP_CACHE", folder.join("cache"))
            .output()
            .expect("esep runs");
        assert!(program.status.success(), "{}", String::from_utf8_lossy(&program.stderr));
    };
    let start = Instant::now();
    run();
    line("a first build, PNGs included", None, start.elapsed());
    line("rebuild with nothing changed", Some(20), best(5, run));
    let page = folder.join("templates/ru/introduction.md");
    let text = fs::read_to_string(&page).expect("a template");
    let mut turn = 0;
    let changed = best(5, || {
        turn += 1;
        fs::write(&page, format!("{text}\nЕщё одно предложение{}.\n", "!".repeat(turn))).expect("a file");
        fs::write(folder.join("templates/kk/introduction.md"), kazakh(turn)).expect("a file");
        run();
    });
    line("rebuild with one sentence changed", Some(150), changed);
    let _ = fs::remove_dir_all(&folder);
}

fn kazakh(turn: usize) -> String {
    let text = fs::read_to_string(root().join("templates/kk/introduction.md")).expect("a template");
    format!("{text}\nТағы бір сөйлем{}.\n", "!".repeat(turn))
}

/// Builds the flagship in a process of its own and prints its peak memory.
fn memory() {
    mebibytes("peak memory of the flagship", 200, alone(&["--peak"]));
}

fn mebibytes(name: &str, goal: u64, kib: u64) {
    let flag = if kib > goal * 1024 { "  over" } else { "" };
    println!("{name:<66}{:>12}{:>9.1} MiB{flag}", format!("{goal} MiB"), kib as f64 / 1024.0);
}

/// Runs this program anew for one figure, which it prints.
fn alone(arguments: &[&str]) -> u64 {
    let own = std::env::current_exe().expect("this program");
    let output = Command::new(own).args(arguments).output().expect("runs");
    String::from_utf8_lossy(&output.stdout).trim().parse().unwrap_or_default()
}

fn peak() {
    let mut diagnostics = Diagnostics::default();
    let mut report = build::build(&study(), &Wanted::default(), &mut diagnostics).expect("the flagship builds");
    output::finish(&mut report, &Default::default(), &mut diagnostics);
    println!("{}", own_peak());
}

/// Returns the peak memory of this process so far, in KiB.
fn own_peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or_default();
    peak.trim().trim_end_matches(" kB").parse().unwrap_or_default()
}

/// CPU time of builds from nothing, compilation included.
fn cold() {
    let goals = [
        ("cold `make report` from a fresh clone", "10 CPU min", "build --locked"),
        ("cold `make test`, compilation included", "40 CPU min", "test --locked"),
    ];
    for (name, goal, verb) in goals {
        if std::env::var_os("COLD").is_none() {
            println!("{name:<66}{goal:>12}   not measured (COLD=1 make bench)");
            continue;
        }
        let target = root().join("target/cold");
        let _ = fs::remove_dir_all(&target);
        let before = children_cpu();
        let status =
            Command::new("cargo").args(verb.split(' ')).arg("--target-dir").arg(&target).current_dir(root()).output();
        let _ = fs::remove_dir_all(&target);
        let failed = if status.is_ok_and(|s| s.status.success()) { "" } else { "  failed" };
        println!("{name:<66}{goal:>12}{:>9.1} min{failed}", (children_cpu() - before) / 60.0);
    }
}

/// Returns the CPU seconds of all children that have ended.
fn children_cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|f| f.parse::<f64>().ok()).unwrap_or_default();
    (ticks(13) + ticks(14)) / 100.0
}
