//! Serve: `esep serve` and `esep watch` driven as an author does: edit, look, break, mend.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use crate::study::{dummy, read, scratch, write};

const RESULTS: &str = "templates/ru/results.md";

/// A running `esep serve`; it ends with the test.
pub(crate) struct Served {
    child: Child,
    /// The folder of the study.
    pub folder: PathBuf,
    /// Its port on 127.0.0.1.
    pub port: u16,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn esep(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    command.args(arguments).arg("--study").arg(folder).env("ESEP_CACHE", folder.join("cache"));
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("esep runs")
}

impl Served {
    /// Serves the dummy study from a folder of its own.
    pub(crate) fn start(name: &str) -> Served {
        let folder = scratch(name);
        write(&folder, &dummy());
        let mut child = esep(&folder, &["serve", "--port", "0", "--format", "json"]);
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("its output")).read_line(&mut line).expect("a line");
        let said: Json = serde_json::from_str(&line).expect("JSON");
        crate::schemas::fits("serve", &said);
        let url = said["url"].as_str().expect("an address");
        let port = url.trim_end_matches('/').rsplit(':').next().expect("a port").parse().expect("a number");
        // What it says later is not read, and must not hold it up.
        let mut rest = child.stdout.take().expect("its output");
        std::thread::spawn(move || std::io::copy(&mut rest, &mut std::io::sink()));
        Served { child, folder, port }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
        stream
    }

    /// Sends a head as it is and returns the whole answer.
    fn raw(&self, head: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(head.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> (String, String) {
        let answer = self.raw(&format!("GET {path} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port));
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        (head.to_owned(), body.to_owned())
    }

    /// Listens as a page does.
    fn listen(&self) -> Events {
        let mut stream = self.connect();
        write!(stream, "GET /.esep/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").expect("sent");
        Events { lines: BufReader::new(stream) }
    }

    /// Saves a text of the study with something in it changed.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.folder.join(path);
        let text = fs::read_to_string(&path).expect("a text");
        assert!(text.contains(from), "{text}");
        fs::write(path, text.replacen(from, to, 1)).expect("saved");
    }
}

struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// Reads events until one is as wanted.
    fn until(&mut self, wanted: impl Fn(&Json) -> bool) -> Json {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(60) {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).expect("a line") > 0, "the server closed");
            if let Some(event) = line.strip_prefix("data: ").map(serde_json::from_str::<Json>) {
                let event = event.expect("JSON");
                if wanted(&event) {
                    return event;
                }
            }
        }
        panic!("no such event");
    }
}

fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn an_author_edits_breaks_and_mends() {
    let served = Served::start("serve");
    let mut events = served.listen();
    let first = events.until(|event| event["version"].is_string());
    assert_eq!(first["broken"], false);

    // A page holds what an author needs, and its file on disk nothing of it.
    let (head, page) = served.get("/2022/ru/");
    assert!(head.starts_with("HTTP/1.1 200 OK") && head.contains("no-store"), "{head}");
    let version = first["version"].as_str().expect("a version");
    assert!(page.contains(&format!("data-at-work=\"{version}\"")) && page.contains("connect-src 'self'"));
    let anchor = format!("at:{RESULTS}:3:");
    assert!(page.contains(&format!("<span id=\"{anchor}1\">")), "{page}");
    let report = served.folder.join("report/2022/ru/index.html");
    wait_until("it is written", || report.exists());
    let written = fs::read_to_string(&report).expect("a page");
    for own in ["data-at-work", "connect-src", "at:templates", "EventSource"] {
        assert!(!written.contains(own), "{own}");
    }
    // But for that they are one page.
    let mut bare = page.clone();
    while let Some(start) = bare.find("<span id=\"at:") {
        let end = start + bare[start..].find("</span>").expect("an end") + "</span>".len();
        bare.replace_range(start..end, "");
    }
    assert_eq!(text_of(&bare), text_of(&written));

    // A sentence tells where it is from, its branches and the condition.
    let text = fs::read_to_string(served.folder.join(RESULTS)).expect("a template");
    let line = text.lines().nth(2).expect("a line");
    let column = line[..line.find("Убыль не выросла.").expect("a branch")].chars().count() + 1;
    let other = line[..line.find("Убыль выросла.").expect("a branch")].chars().count() + 1;
    let own = if page.contains(&format!("{anchor}{column}\"")) { column } else { other };
    let (_, said) = served.get(&format!("/.esep/passage?page=/2022/ru/&at={anchor}{own}"));
    let said: Json = serde_json::from_str(&said).expect("JSON");
    assert_eq!((said["file"].as_str(), said["line"].as_u64()), (Some(RESULTS), Some(3)));
    let group = &said["groups"][0];
    assert_eq!(group.as_array().map(Vec::len), Some(2));
    let at = usize::from(own == column);
    assert_eq!((&group[at]["chosen"], &group[1 - at]["chosen"]), (&Json::Bool(true), &Json::Bool(false)));
    assert_eq!(group[0]["holds"], Json::Bool(own == other));
    assert!(group[0]["condition"].as_str().is_some_and(|said| said.starts_with("holds(")), "{said}");
    assert!(group[0]["values"][0][1].is_string(), "{said}");

    // An edit is told with its place, and the page is another.
    served.edit(RESULTS, "Больше всего сельских", "Сильнее всего сельских");
    let next = events.until(|event| event["version"] != first["version"]);
    assert_eq!(next["edited"], serde_json::json!([{"file": RESULTS, "line": 3, "column": 1}]));
    let (_, page) = served.get("/2022/ru/index.html");
    assert!(page.contains("Сильнее всего сельских"));
    wait_until("it is written", || fs::read_to_string(&report).is_ok_and(|text| text.contains("Сильнее всего")));

    // What is broken is named with its file and line; the last sound page stands, on disk too.
    served.edit(RESULTS, "q(\"largest_loss\")", "q(\"largest_los\")");
    let broken = events.until(|event| event["broken"] == true);
    assert_eq!(broken["version"], next["version"]);
    let named = |one: &Json| one["file"] == RESULTS && one["line"] == 3 && one["code"] == "expression/unknown-name";
    assert!(broken["diagnostics"].as_array().is_some_and(|list| list.iter().any(named)), "{broken}");
    assert!(served.get("/2022/ru/index.html").1.contains("Сильнее всего сельских"));
    for (path, bytes) in [("study.yaml", "title: [\n"), (RESULTS, "{% if %}"), ("data/datapackage.yaml", "\u{0}")] {
        let before = fs::read(served.folder.join(path)).expect("a file");
        fs::write(served.folder.join(path), bytes).expect("saved");
        let told = |event: &Json| {
            event["diagnostics"]
                .as_array()
                .is_some_and(|list| list.iter().any(|one| one["file"] == path && one["line"].is_u64()))
        };
        events.until(|event| event["broken"] == true && told(event));
        fs::write(served.folder.join(path), before).expect("saved");
    }
    fs::rename(served.folder.join("study.yaml"), served.folder.join("away.yaml")).expect("moved");
    events.until(|event| event["diagnostics"][0]["code"] == "file/missing");
    fs::rename(served.folder.join("away.yaml"), served.folder.join("study.yaml")).expect("moved");

    served.edit(RESULTS, "q(\"largest_los\")", "q(\"largest_loss\")");
    let mended = events.until(|event| event["broken"] == false);
    assert_eq!(mended["version"], next["version"]);
    // Files of every kind, the pictures among them, and nothing from elsewhere.
    let (head, _) = served.get("/2022/figures/rural_lines.ru.svg");
    assert!(head.contains("image/svg+xml"), "{head}");
    assert!(served.get("/2022/figures/rural_lines.ru.png").0.starts_with("HTTP/1.1 200"));
    assert!(served.get("/2022").0.contains("Location: /2022/") || served.get("/2022").0.contains("404"));
    for path in ["/../study.yaml", "/%2e%2e/study.yaml", "/study.yaml", "/2022/../../study.yaml", "/.esep/none"] {
        assert!(served.get(path).0.starts_with("HTTP/1.1 404"), "{path}");
    }
}

#[test]
fn only_this_machine_is_answered() {
    let served = Served::start("serve-hosts");
    let status = |head: &str| served.raw(head).split("\r\n").next().unwrap_or_default().to_owned();
    assert_eq!(status("GET / HTTP/1.1\r\nHost: [::1]:1\r\n\r\n"), "HTTP/1.1 200 OK");
    assert_eq!(status("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"), "HTTP/1.1 403 Forbidden");
    assert_eq!(status("GET / HTTP/1.1\r\n\r\n"), "HTTP/1.1 400 Bad Request");
    assert_eq!(
        status("PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc"),
        "HTTP/1.1 405 Method Not Allowed"
    );
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "a".repeat(20_000));
    assert_eq!(status(&long), "HTTP/1.1 431 Request Header Fields Too Large");
    let head = served.raw("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(head.contains("Content-Length: ") && head.ends_with("\r\n\r\n"), "{head}");
    // A port that is taken is said.
    let port = served.port.to_string();
    let mut second = esep(&served.folder, &["serve", "--port", &port]);
    assert_eq!(second.wait().expect("it ends").code(), Some(1));
}

#[test]
fn watch_writes_after_every_edit_and_outlives_a_mistake() {
    let folder = scratch("watch");
    write(&folder, &dummy());
    let child = esep(&folder, &["watch"]);
    let served = Served { child, folder, port: 0 };
    let page = served.folder.join("report/2022/ru/index.html");
    let holds = |words: &str| fs::read_to_string(&page).is_ok_and(|text| text.contains(words));
    wait_until("the first report", || page.exists());
    served.edit(RESULTS, "Больше всего", "{% if %}Больше всего");
    std::thread::sleep(Duration::from_millis(300));
    served.edit(RESULTS, "{% if %}Больше всего", "Сильнее всего");
    wait_until("the next report", || holds("Сильнее всего"));
    let mut built = read(&served.folder.join("report"));
    // The same bytes as of a build from nothing.
    wait_until("all of it", || {
        let other = served.folder.join("other");
        let mut build = esep(&served.folder, &["build", "--out", &other.display().to_string()]);
        build.wait().expect("it ends");
        built = read(&served.folder.join("report"));
        built == read(&other)
    });
    assert!(built.len() > 10);
}

#[test]
fn status_names_what_changed_and_what_it_reaches() {
    let folder = scratch("status");
    write(&folder, &crate::claims::invented());
    let said = |arguments: &[&str]| {
        let output = esep(&folder, arguments).wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let status = || -> Json { serde_json::from_str(&said(&["status", "--why", "--format", "json"])).expect("JSON") };
    assert_eq!((&status()["remembered"], &status()["current"]), (&Json::Bool(false), &Json::Bool(false)));
    said(&["build"]);
    assert_eq!(status()["current"], true);
    let edit = |path: &str, from: &str, to: &str| {
        let text = fs::read_to_string(folder.join(path)).expect("a text");
        assert!(text.contains(from), "{path}");
        fs::write(folder.join(path), text.replacen(from, to, 1)).expect("saved");
        let told = status();
        let input = told["inputs"].as_array().and_then(|list| list.iter().find(|one| one["file"] == path)).cloned();
        fs::write(folder.join(path), text).expect("saved");
        input.unwrap_or_else(|| panic!("{told}"))
    };
    let names = |input: &Json, what: &str| -> Vec<String> {
        let list = input["reaches"][what].as_array().expect("a list");
        list.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
    };
    // A sentence reaches itself.
    let input = edit(RESULTS, "Больше всего", "Сильнее всего");
    assert_eq!(names(&input, "sentences"), [format!("{RESULTS}:3")]);
    assert_eq!(names(&input, "findings"), Vec::<String>::new());
    assert_eq!(names(&input, "editions"), ["2021", "2022"]);
    // A finding, all that names it.
    let input = edit("study.yaml", "argmin(rural_balance", "argmax(rural_balance");
    assert_eq!(input["places"], serde_json::json!(["findings.largest_loss"]));
    assert_eq!(names(&input, "findings"), ["largest_loss"]);
    assert_eq!(names(&input, "sentences"), ["templates/kk/results.md:3", "templates/ru/results.md:3"]);
    assert_eq!((names(&input, "figures").len(), names(&input, "verdicts").len()), (0, 0));
    // A snapshot, the analyses of its table and what they reach, in the editions that read its vintage.
    let input = edit("data/raw/bureau/net_migration.csv", "-450", "-451");
    assert_eq!(names(&input, "findings"), ["balance", "largest_loss", "rural_balance"]);
    assert_eq!(input["why"]["largest_loss"], "rural_balance");
    assert_eq!(
        (names(&input, "figures"), names(&input, "tables")),
        (vec!["rural_lines".to_owned()], vec!["rural_by_region".to_owned()])
    );
    assert!(names(&input, "verdicts").contains(&"invented/balance_2022".to_owned()), "{input}");
    assert!(!names(&input, "verdicts").contains(&"invented/residents_2021".to_owned()), "{input}");
    // A claim, its verdict; a word of the interface, every page.
    let input = edit("data/claims/invented.yaml", "население составило", "население было");
    assert_eq!(names(&input, "verdicts"), ["invented/residents_2021"]);
    assert_eq!(edit("templates/ru/strings.yaml", "\"Язык\"", "\"Языки\"")["reaches"]["every_page"], true);
    let input = edit("templates/ru/exhibits.yaml", "Первые годы", "Первые два года");
    assert_eq!((names(&input, "figures"), names(&input, "tables")), (vec!["rural_lines".to_owned()], vec![]));
    fs::write(folder.join("templates/ru/results.md"), "Всё.\n").expect("saved");
    assert!(said(&["status"]).starts_with("templates/ru/results.md changed at "));
}

/// Returns what stands in the body of a page, but for what is added behind it.
fn text_of(page: &str) -> &str {
    let from = page.find("<body").expect("a body");
    let to = page.find("<script data-at-work").or_else(|| page.find("</body>")).expect("its end");
    &page[from..to]
}
