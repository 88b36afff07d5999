//! Browser: the report as it stands in the repository, opened from disk in a real Chromium, as a reader opens it.
//!
//! `chromedriver` is spoken to over plain HTTP on the loopback. Where there is no Chromium, the tests say so and pass.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::study::{scratch, write};
use crate::support::{below, root};
use crate::tables::{report, with_long_tables};
use esep::files::Files;
use esep::language::Lang;

/// The width and height of a small phone and of a desk.
const PHONE: (u32, u32) = (360, 740);
const DESK: (u32, u32) = (1280, 900);

/// What a page tells of itself.
const SURVEY: &str = r#"
const all = (selector) => [...document.querySelectorAll(selector)];
const short = (element) => element.outerHTML.slice(0, 120);
const ids = all("[id]").map((e) => e.id);
return {
  ids: ids,
  twice: ids.filter((id, i) => ids.indexOf(id) !== i),
  lang: document.documentElement.lang,
  titles: all("h1").length,
  links: all("a[href], link[href]").map((a) => a.href),
  foreign: all("link[hreflang], a[hreflang]").filter((a) => !/^(ru|kk|en)$/.test(a.hreflang)).map(short),
  emptyLinks: all("a").filter((a) => !a.href || !(a.textContent.trim() || a.getAttribute("aria-label"))).map(short),
  brokenImages: all("img").filter((i) => !i.complete || i.naturalWidth === 0).map(short),
  silentImages: all("img").filter((i) => !(i.getAttribute("alt") || "").trim()).map(short),
  images: all("main figure").length,
  // By the standard a head that begins each row of a table without other heads is the row's though it says no scope.
  headsWithoutScope: all("th").filter((th) => !["row", "col", "rowgroup", "colgroup"].includes(th.scope)
    && [...th.closest("table").rows].some((row) => [...row.cells].some((cell, at) => (cell.localName === "th") !== (at === 0)))
  ).map(short),
  namelessTables: all("table").filter((t) => !t.caption && !t.closest("[aria-label], [aria-labelledby]")).map(short),
  // A stop of the tab key where something scrolls, and nowhere else.
  boxesOutOfReach: all(".scroll").filter((box) => box.tabIndex !== 0 && box.scrollWidth > box.clientWidth).map(short),
  idleStops: all(".scroll[tabindex]").filter((box) => box.checkVisibility() && box.scrollWidth <= box.clientWidth).map(short),
  words: (() => {
    // What a script adds or opens for handling is no text of the page.
    const main = document.querySelector("main").cloneNode(true);
    main.querySelectorAll(".filter, aside.panel").forEach((own) => own.remove());
    return main.textContent.split(/\s+/).length;
  })(),
};"#;

/// A running Chromium with its driver; both end with it.
struct Browser {
    driver: Child,
    port: u16,
    session: String,
    profile: PathBuf,
}

impl Browser {
    /// Starts a browser; `None`, said aloud, where there is none.
    fn start() -> Option<Browser> {
        let find = |names: &[&str]| {
            let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
            names.iter().flat_map(|name| folders.iter().map(move |f| f.join(name))).find(|path| path.is_file())
        };
        let found = find(&["chromedriver"]).zip(find(&["chromium", "chromium-browser", "google-chrome"]));
        let Some((driver, chromium)) = found else {
            // Not `eprintln!`, which the test harness keeps to itself.
            writeln!(std::io::stderr(), "skipped: no Chromium").expect("stderr");
            return None;
        };
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let profile = std::env::temp_dir().join(format!("esep-browser-{}-{count}", std::process::id()));
        let driver = Command::new(driver).arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut driver = driver.expect("chromedriver runs");
        // Read, not taken: the driver ends when it cannot speak.
        let lines = BufReader::new(driver.stdout.as_mut().expect("its output")).lines().map_while(Result::ok);
        let mut ports =
            lines.filter_map(|line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok());
        let port = ports.next().expect("chromedriver names its port");
        let mut browser = Browser { driver, port, session: String::new(), profile };
        let profile = format!("--user-data-dir={}", browser.profile.display());
        let mut flags = vec!["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
        flags.extend(["--disable-background-networking", "--disable-component-update", "--disable-sync", &profile]);
        let wanted = json!({
            "goog:chromeOptions": {"binary": chromium, "args": flags},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        });
        let answer =
            browser.send("POST", "/session", &json!({"capabilities": {"alwaysMatch": wanted}})).expect("an answer");
        browser.session = answer["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {answer}")).to_owned();
        browser.size(DESK);
        // What the browser's own first page asks for is not the report's.
        browser.ask("/url", json!({"url": "about:blank"}));
        browser.log("performance");
        Some(browser)
    }

    /// Sends one request to the driver and returns the `value` of its answer.
    fn send(&self, method: &str, path: &str, body: &Json) -> std::io::Result<Json> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n", self.port);
        write!(stream, "{head}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len())?;
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        for line in reader.by_ref().lines() {
            match line?.to_ascii_lowercase().split_once(':') {
                Some(("content-length", value)) => length = value.trim().parse().unwrap_or(0),
                Some(_) => {}
                None if length > 0 => break,
                None => {}
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer)?;
        let mut answer: Json = serde_json::from_slice(&answer)?;
        Ok(answer["value"].take())
    }

    /// Sends a command of the session.
    fn ask(&self, path: &str, body: Json) -> Json {
        let value = self.send("POST", &format!("/session/{}{path}", self.session), &body).expect("an answer");
        assert!(value.get("error").is_none_or(Json::is_null), "{path}: {value}");
        value
    }

    fn size(&self, (width, height): (u32, u32)) {
        let screen = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.ask("/goog/cdp/execute", json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": screen}));
    }

    fn open(&self, path: &str) {
        self.ask("/url", json!({"url": format!("{}{path}", base())}));
    }

    /// Opens a page that a test wrote.
    fn open_file(&self, path: &Path) {
        self.ask("/url", json!({"url": format!("file://{}", path.display())}));
    }

    /// Types into the first element of a selector, as a reader without a mouse does.
    fn press(&self, selector: &str, keys: &str) {
        let element = self.ask("/element", json!({"using": "css selector", "value": selector}));
        let element = element.as_object().and_then(|e| e.values().next()?.as_str()).expect("an element");
        self.ask(&format!("/element/{element}/value"), json!({"text": keys}));
    }

    /// Surveys a page once its pictures are there: those further down wait until a reader comes near.
    fn survey(&self) -> Json {
        self.run("document.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; })");
        // What watches the sizes of boxes answers a frame or two later.
        sleep(Duration::from_millis(200));
        for _ in 0..50 {
            if self.run("return [...document.images].every((image) => image.complete)") == true {
                break;
            }
            sleep(Duration::from_millis(100));
        }
        self.run(SURVEY)
    }

    fn run(&self, script: &str) -> Json {
        self.ask("/execute/sync", json!({"script": script, "args": []}))
    }

    /// Clicks the first element of a selector and waits for the address to change.
    fn follow(&self, selector: &str) -> String {
        let address = || self.run("return location.href").as_str().unwrap_or_default().to_owned();
        let before = address();
        let element = self.ask("/element", json!({"using": "css selector", "value": selector}));
        let element = element.as_object().and_then(|e| e.values().next()?.as_str()).expect("an element");
        self.ask(&format!("/element/{element}/click"), json!({}));
        for _ in 0..100 {
            if address() != before && self.run("return document.readyState") == "complete" {
                break;
            }
            sleep(Duration::from_millis(50));
        }
        address()
    }

    /// Returns and empties a log: `browser` or `performance`.
    fn log(&self, kind: &str) -> Vec<Json> {
        let entries = self.ask("/se/log", json!({"type": kind}));
        entries.as_array().cloned().unwrap_or_default()
    }

    /// Returns how far below the upper edge of the window an element stands.
    fn top_of(&self, id: &str) -> f64 {
        let script = format!("return document.getElementById({}).getBoundingClientRect().top", json!(id));
        self.run(&script).as_f64().expect("a place")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ending the session ends Chromium; what cannot be ended any more is left.
        if !self.session.is_empty() {
            let _ = self.send("DELETE", &format!("/session/{}", self.session), &Json::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}

/// Returns the address of the report, with `/` at its end; a path may hold spaces and Cyrillic.
fn base() -> String {
    let path = format!("{}/report/", root().display());
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let spell = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    format!("file://{}", path.bytes().map(spell).collect::<String>())
}

/// Returns the pages of the report, by path.
fn pages() -> Vec<String> {
    let mut files = Files::default();
    below(&root().join("report"), "", &mut files);
    files.iter().map(|(path, _)| path.to_owned()).filter(|path| path.ends_with(".html")).collect()
}

/// Returns the language versions: both languages of both editions.
fn versions() -> Vec<String> {
    let versions: Vec<String> = pages().into_iter().filter(|path| path.ends_with("/index.html")).collect();
    assert!(versions.len() >= 4, "{versions:?}");
    versions
}

#[test]
fn every_page_is_whole_and_asks_for_nothing_outside_the_folder() {
    let Some(browser) = Browser::start() else { return };
    let base = base();
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut links: BTreeSet<(String, String)> = BTreeSet::new();
    for path in pages() {
        browser.open(&path);
        let survey = browser.survey();
        for key in [
            "twice",
            "foreign",
            "emptyLinks",
            "brokenImages",
            "silentImages",
            "headsWithoutScope",
            "namelessTables",
            "boxesOutOfReach",
            "idleStops",
        ] {
            assert_eq!(survey[key], json!([]), "{path}: {key}");
        }
        assert_eq!(survey["titles"], 1, "{path}: one h1");
        let lang = path.split('/').nth(1).unwrap_or("ru");
        assert_eq!(survey["lang"], lang, "{path}");
        if path.ends_with("/index.html") && !path.starts_with("verification/") {
            let edition = path.split('/').next().unwrap_or_default();
            let folder = root().join("report").join(edition).join("figures");
            let own = format!(".{lang}.svg");
            let names = fs::read_dir(&folder).expect("figures").filter_map(Result::ok).map(|file| file.file_name());
            let figures = names.filter(|name| name.to_string_lossy().ends_with(&own)).count();
            assert_eq!(survey["images"].as_u64(), Some(figures as u64), "{path}: each figure once");
        }
        let texts = |key: &str| -> Vec<String> {
            survey[key].as_array().expect("a list").iter().filter_map(|t| t.as_str().map(str::to_owned)).collect()
        };
        ids.insert(format!("{base}{path}"), texts("ids").into_iter().collect());
        links.extend(texts("links").into_iter().map(|link| (path.clone(), link)));
        assert_eq!(browser.log("browser"), Vec::<Json>::new(), "{path}: the console");
        for entry in browser.log("performance") {
            let entry: Json = serde_json::from_str(entry["message"].as_str().unwrap_or_default()).expect("JSON");
            let (method, params) = (&entry["message"]["method"], &entry["message"]["params"]);
            let url = params["request"]["url"].as_str().unwrap_or_default();
            let inside = url.starts_with(&base) || url.starts_with("data:");
            assert!(method != "Network.requestWillBeSent" || inside, "{path} asks for {url}");
        }
    }
    // Each link leads to a file of the report and to an id in it; what stands on the web is not asked.
    for (path, link) in links {
        let Some(rest) = link.strip_prefix(&base) else {
            assert!(["https://", "http://", "data:"].iter().any(|s| link.starts_with(s)), "{path}: link {link}");
            continue;
        };
        let (file, id) = rest.split_once('#').unwrap_or((rest, ""));
        let known = root().join("report").join(file).is_file() || file.ends_with(".png");
        assert!(known, "{path}: {link} leads to no file");
        let there = ids.get(&format!("{base}{file}"));
        assert!(id.is_empty() || there.is_some_and(|ids| ids.contains(&decoded(id))), "{path}: {link} leads nowhere");
    }
}

/// Undoes the percent signs of an address.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let code: Option<String> = (byte == b'%').then(|| rest.by_ref().take(2).map(char::from).collect());
        bytes.push(code.map_or(byte, |code| u8::from_str_radix(&code, 16).expect("two hex digits")));
    }
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn pages_fit_a_phone() {
    let Some(browser) = Browser::start() else { return };
    browser.size(PHONE);
    for path in pages() {
        browser.open(&path);
        let width = browser.run("return document.documentElement.scrollWidth");
        assert!(width.as_u64() <= Some(u64::from(PHONE.0)), "{path} is {width} wide on a phone");
    }
}

#[test]
fn the_language_switch_keeps_the_place() {
    let Some(browser) = Browser::start() else { return };
    for path in versions() {
        browser.open(&path);
        let headings =
            browser.run("return [...document.querySelectorAll('main h2[id], main h3[id]')].map((h) => h.id)");
        let headings: Vec<&str> = headings.as_array().expect("headings").iter().filter_map(Json::as_str).collect();
        // At the third and two thirds down: there is text enough below for the heading to reach the upper edge.
        for id in [headings[headings.len() / 3], headings[headings.len() * 2 / 3]] {
            browser.open(&path);
            browser.run(&format!("document.getElementById({}).scrollIntoView()", json!(id)));
            let address = browser.follow("header nav a[hreflang]");
            let other = if path.contains("/ru/") { path.replace("/ru/", "/kk/") } else { path.replace("/kk/", "/ru/") };
            assert_eq!(address, format!("{}{other}#{id}", base()), "from {path}");
            let top = browser.top_of(id);
            assert!((0.0..200.0).contains(&top), "{address}: the heading stands at {top}");
        }
    }
}

#[test]
fn pages_are_complete_without_scripts() {
    let Some(browser) = Browser::start() else { return };
    browser.size(PHONE);
    for path in versions() {
        let scripts = |off: bool| {
            let params = json!({"cmd": "Emulation.setScriptExecutionDisabled", "params": {"value": off}});
            browser.ask("/goog/cdp/execute", params);
            browser.open(&path);
            (browser.run("return document.querySelector('.contents details').open"), browser.survey())
        };
        let ((folded, with), (unfolded, without)) = (scripts(false), scripts(true));
        // The script folds the contents on a phone: that they stay open tells that none ran.
        assert_eq!((folded, unfolded), (json!(false), json!(true)), "{path}");
        let told = |mut survey: Json| {
            // Which boxes scroll is the script's knowledge: without it all of them can be reached.
            survey["idleStops"].take();
            // The script moves the closed panel to the end of the page, and its link with it.
            survey["links"].as_array_mut().expect("links").sort_by_key(Json::to_string);
            survey
        };
        let (with, without) = (told(with), told(without));
        for (what, found) in with.as_object().expect("a survey") {
            assert_eq!(found, &without[what], "{path}: {what}");
        }
        if path.starts_with("verification/") {
            continue;
        }
        // Each heading has its own switch.
        let id = browser
            .run("return [...document.querySelectorAll('main .head:has(a[hreflang]) h2[id]')].slice(0, 5).at(-1).id");
        let id = id.as_str().expect("a heading");
        let address = browser.follow(&format!(".head:has(#{id}) a[hreflang]"));
        assert!(address.ends_with(&format!("index.html#{id}")) && !address.contains(&path), "{path}: {address}");
    }
}

/// The stub and a column of each row of a table that is to be seen, from the top.
const ROWS: &str = r##"
const rows = [...document.querySelectorAll("#rural_by_region tbody tr:not(.print)")].filter((row) => !row.hidden);
return rows.map((row) => row.cells[0].textContent + " " + row.cells[2].textContent.replace("−", "-").replace("*", ""));"##;

#[test]
fn long_tables_sort_and_filter_by_keys_and_come_back() {
    let Some(browser) = Browser::start() else { return };
    let folder = scratch("sorted-tables");
    write(&folder, &report(&with_long_tables()));
    let rows = || -> Vec<String> {
        let rows = browser.run(ROWS);
        rows.as_array().expect("rows").iter().filter_map(|row| row.as_str().map(str::to_owned)).collect()
    };
    let sorted = |column: usize| {
        browser.run(&format!(
            "return document.querySelectorAll('#rural_by_region thead tr:first-child th')[{column}].getAttribute('aria-sort')"
        ))
    };
    for (lang, shown) in [("ru", "Показано строк: 10 из 102"), ("kk", "Көрсетілген жолдар: 10 / 102")]
    {
        browser.size(PHONE);
        browser.open_file(&folder.join(format!("2022/{lang}/index.html")));
        let first = rows();
        assert_eq!(first.len(), 102);
        // The column of a region: four numbers, the rest is missing and stays last in both directions.
        let button = "#rural_by_region thead th:nth-child(3) button";
        browser.press(button, "\u{e007}");
        assert_eq!(sorted(2), "ascending");
        assert_eq!(rows()[..5], ["2019 -200", "2020 -180", "2022 -170", "2021 -150", "1921 …"]);
        browser.press(button, " ");
        assert_eq!(sorted(2), "descending");
        assert_eq!(rows()[..5], ["2021 -150", "2022 -170", "2020 -180", "2019 -200", "1921 …"]);
        browser.press(button, "\u{e007}");
        assert_eq!(sorted(2), Json::Null);
        assert_eq!(rows(), first, "the third time brings back the order of the table");
        // Another column takes over.
        browser.press(button, "\u{e007}");
        browser.press("#rural_by_region thead th:first-child button", "\u{e007}");
        assert_eq!((sorted(0), sorted(2)), (json!("ascending"), Json::Null));
        browser.press("#rural_by_region .filter input", "195");
        assert_eq!(rows().len(), 10);
        assert_eq!(browser.run("return document.querySelector('#rural_by_region output').textContent"), shown);
        // Names and sizes: a field with a label, buttons that a finger hits, nothing wider than the phone.
        let name = browser.run("return document.querySelector('#rural_by_region .filter input').labels[0].textContent");
        assert!(name.as_str().is_some_and(|name| !name.trim().is_empty()));
        let small = browser.run(
            "return [...document.querySelectorAll('.sort, .filter input')].filter((e) => e.checkVisibility() && \
             e.getBoundingClientRect().height < 24).length",
        );
        assert_eq!(small, 0);
        assert_eq!(browser.run("return document.documentElement.scrollWidth"), PHONE.0);
        assert_eq!(browser.log("browser"), Vec::<Json>::new(), "the console");
    }
}

#[test]
fn words_go_by_the_alphabet_of_the_language_and_names_without_their_type() {
    let Some(browser) = Browser::start() else { return };
    for (lang, code, first) in [(Lang::Ru, "ru", "область Абай"), (Lang::Kk, "kk", "Абай")] {
        browser.open(&format!("2024/{code}/index.html"));
        let stubs = || -> Vec<[String; 2]> {
            let script = "return [...document.querySelectorAll('#rural_balance_by_region tbody tr:not(.print, .total) th')] \
                          .map((th) => [th.dataset.sort || th.textContent, th.textContent])";
            serde_json::from_value(browser.run(script)).expect("names")
        };
        browser.press("#rural_balance_by_region thead th:first-child button", "\u{e007}");
        let sorted = stubs();
        let mut expected = sorted.clone();
        let before = lang.alphabetical();
        expected.sort_by(|a, b| before(&a[0], &b[0]));
        assert!(sorted.len() > 12 && sorted == expected, "{sorted:?}");
        assert_eq!(sorted[0][1], first);
    }
}

#[test]
fn a_number_is_found_however_it_is_typed() {
    let Some(browser) = Browser::start() else { return };
    browser.open("2024/ru/index.html");
    let found = |typed: &str| {
        let script = format!(
            "const box = document.querySelector('#rural_balance_by_region'), field = box.querySelector('.filter input'); \
             field.value = {}; field.dispatchEvent(new Event('input')); \
             return [...box.querySelectorAll('tbody tr:not(.print)')].filter((row) => !row.hidden).length",
            json!(typed)
        );
        browser.run(&script).as_u64().expect("a count")
    };
    let cell = browser.run(
        "return [...document.querySelectorAll('#rural_balance_by_region td data')].map((d) => d.textContent) \
         .find((text) => /^\u{2212}\\d{1,2}\\s\\d{3}$/.test(text))",
    );
    let cell = cell.as_str().expect("a number below minus a thousand").to_owned();
    let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
    let (front, back) = digits.split_at(digits.len() - 3);
    for typed in [
        cell.clone(),
        format!("\u{2212}{front} {back}"),
        format!("-{front} {back}"),
        format!("-{digits}"),
        digits.clone(),
    ] {
        assert!(found(&typed) > 0, "`{typed}` of `{cell}`");
    }
    assert_eq!(found("нет такого"), 0);
    // Each field tells which table it filters, and stands below the caption of its table.
    let labels =
        browser.run("return [...document.querySelectorAll('.filter input')].map((i) => i.labels[0].textContent)");
    let labels: Vec<String> = serde_json::from_value(labels).expect("labels");
    let distinct: BTreeSet<&String> = labels.iter().collect();
    assert!(labels.len() > 5 && distinct.len() == labels.len(), "{labels:?}");
}

/// Enters the frame of the panel.
fn within(browser: &Browser) {
    let frame = browser.ask("/element", json!({"using": "css selector", "value": "aside.panel iframe"}));
    browser.ask("/frame", json!({"id": frame}));
}

/// Waits until a script says that something is so.
fn until(browser: &Browser, script: &str) {
    for _ in 0..100 {
        if browser.run(script) == json!(true) {
            return;
        }
        sleep(Duration::from_millis(50));
    }
    panic!("never: {script}");
}

#[test]
fn a_number_opens_its_explanation_beside_the_text() {
    let Some(browser) = Browser::start() else { return };
    for (lang, size) in [("ru", DESK), ("kk", PHONE)] {
        browser.size(size);
        browser.open(&format!("2024/{lang}/index.html"));
        let unlinked = "return document.querySelectorAll('main .exhibit td data:not(:has(a)), main data[data-number]:not(.cited):not(:has(a))').length";
        assert_eq!(browser.run(unlinked), 0, "{lang}: numbers without a link");
        browser.press("main p data a", "\u{e007}");
        until(&browser, "return location.hash.startsWith('#n=') && document.activeElement.id === 'panel-title'");
        let told = browser.run("return document.querySelector('aside.panel [role=status]').textContent");
        assert!(told.as_str().is_some_and(|told| told.contains("2024")), "{told}");
        let id = browser.run("return decodeURIComponent(location.hash.slice(3))");
        within(&browser);
        until(&browser, "return document.querySelector(':target') !== null");
        assert_eq!(browser.run("return document.querySelector(':target').id"), id);
        let seen = "return [...document.querySelectorAll('main .number')].filter((e) => e.checkVisibility()).length";
        assert_eq!(browser.run(seen), 1, "{lang}: one explanation is to be seen");
        browser.ask("/frame", json!({"id": null}));
        browser.press("aside.panel .next", "\u{e007}");
        until(&browser, &format!("return decodeURIComponent(location.hash.slice(3)) !== {id}"));
        browser.press("aside.panel .close", "\u{e00c}");
        until(&browser, "return document.querySelector('aside.panel').hidden && location.hash === ''");
        assert_eq!(browser.run("return document.activeElement.matches('[data-number] a')"), true, "the focus is back");
        assert_eq!(browser.log("browser"), Vec::<Json>::new(), "the console");
    }
}

#[test]
fn numbers_of_charts_and_of_their_descriptions_open_the_panel() {
    let Some(browser) = Browser::start() else { return };
    let shown =
        "return document.querySelector('aside.panel:not([hidden]) iframe') !== null && location.hash.startsWith('#n=')";
    let close = "return document.querySelector('aside.panel').hidden && location.hash === ''";
    for (lang, size, kind) in [("ru", DESK, "wide"), ("kk", PHONE, "narrow")] {
        browser.size(size);
        browser.open(&format!("2024/{lang}/index.html"));
        // A label is hit, and the panel shows the number that it leads to.
        let label = format!("#regional_rate_map svg.{kind} a:has(> text)");
        let click = format!(
            "const own = document.querySelector('{label}'); own.scrollIntoView(); own.dispatchEvent(new MouseEvent('click', {{bubbles: true, cancelable: true}})); return own.getAttribute('href').split('#')[1]"
        );
        let id = browser.run(&click);
        until(&browser, shown);
        assert_eq!(browser.run("return decodeURIComponent(location.hash.slice(3))"), id, "{lang}");
        within(&browser);
        until(&browser, "return document.querySelector(':target') !== null");
        browser.ask("/frame", json!({"id": null}));
        browser.press("aside.panel .close", "\u{e00c}");
        until(&browser, close);
        // One stop of the tab key: an arrow leads to the first number, Enter opens it.
        browser.press(&format!("#regional_rate_map svg.{kind}"), "\u{e015}");
        let first = format!("return document.activeElement === document.querySelector('{label}')");
        until(&browser, &first);
        browser.press(&label, "\u{e007}");
        until(&browser, shown);
        browser.press("aside.panel .close", "\u{e00c}");
        until(&browser, close);
        assert_eq!(browser.run(&first), true, "the focus is back");
        browser.run("document.querySelector('#regional_rate_map details').open = true");
        browser.press("#regional_rate_map .description a", "\u{e007}");
        until(&browser, shown);
        let other = if kind == "wide" { "narrow" } else { "wide" };
        let hidden = format!("return document.querySelector('#regional_rate_map svg.{other}').checkVisibility()");
        assert_eq!(browser.run(&hidden), false, "one rendering is to be seen");
        assert_eq!(browser.log("browser"), Vec::<Json>::new(), "the console");
    }
}

#[test]
fn figures_stand_on_the_ground_of_the_page_in_the_dark_too() {
    let Some(browser) = Browser::start() else { return };
    for scheme in ["light", "dark"] {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        let params = json!({"cmd": "Emulation.setEmulatedMedia", "params": {"features": features}});
        browser.ask("/goog/cdp/execute", params);
        browser.open("2024/ru/index.html");
        let pale = "const light = (c) => { const p = c.match(/[\\d.]+/g).map(Number); return 0.2126*p[0] + 0.7152*p[1] + 0.0722*p[2]; }; \
                    const texts = [...document.querySelectorAll('#regional_balance_bars svg.wide text')]; \
                    return texts.map((text) => light(getComputedStyle(text).fill)).reduce((a, b) => a + b, 0) / texts.length";
        let pale = browser.run(pale).as_f64().expect("a lightness");
        assert!(if scheme == "dark" { pale > 150.0 } else { pale < 100.0 }, "{scheme}: {pale}");
    }
}

#[test]
fn a_deep_link_opens_a_number_and_the_search_finds_one() {
    let Some(browser) = Browser::start() else { return };
    for (lang, word) in [("ru", "Сальдо миграции 111640"), ("kk", "Көші-қон сальдосы 111640")]
    {
        browser.open(&format!("2024/{lang}/index.html#n=balance_rural.value.KZ.2024~0abs"));
        until(&browser, "return document.querySelector('aside.panel:not([hidden]) iframe') !== null");
        within(&browser);
        until(&browser, "return document.querySelector(':target') !== null");
        let row = browser.run("return document.querySelector(':target').textContent");
        assert!(row.as_str().is_some_and(|row| row.contains("640") && row.contains("2024; KZ – ")), "{row}");
        // A number that this edition has not leads to the search, and is named.
        browser.open(&format!("2025/{lang}/index.html#n=no.such.number"));
        until(
            &browser,
            "return document.querySelector('aside.panel:not([hidden]) iframe[src=\"search.html\"]') !== null",
        );
        let told = browser.run("return document.querySelector('aside.panel [role=status]').textContent");
        assert!(told.as_str().is_some_and(|told| told.contains("no.such.number")), "{told}");
        browser.open(&format!("2024/{lang}/search.html"));
        browser.press("#query", word);
        until(&browser, "return document.querySelector('.found a[href*=\"#n=\"]') !== null");
        let bytes = browser.run("return new Blob([document.getElementById('search-index').textContent]).size");
        assert!(bytes.as_u64() <= Some(500_000), "{bytes} bytes of index");
    }
}
