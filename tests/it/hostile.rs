//! Hostile: a study whose every text tries to run something, and studies that try to write elsewhere. What a stranger
//! sends is safe to build, and its pages are safe to open.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use esep::build::{self, Wanted};
use esep::diagnostic::{self, Diagnostics};
use esep::files::Files;

use crate::study::{dummy, scratch, write};

/// What every text of the study says besides its own: each way in that Markdown, HTML and attributes have.
const ATTACK: &str = "<script>a()</script><img src=x onerror=a()>\" onmouseover=\"a()\" x=\"'</p></td>[и](javascript:a()) \
    [к](java&#10;script:a()) <javascript:a()>и![к](https://spy.example/a.png)";

/// The elements that a page is made of, and the attributes that they may have.
const ELEMENTS: &str = "html head meta title noscript link body a header nav b div main p h1 h2 h3 h4 section ul ol li em strong code \
    data figure img figcaption details summary table caption colgroup thead tbody tr th td sup small span script br q i mark hr \
    blockquote pre \
    aside button label input dl dt dd math mi mn mo mrow mfrac msup msub msqrt mtext munder mover munderover";
const ATTRIBUTES: &str = "lang charset name content http-equiv rel href hreflang class id aria-label aria-labelledby \
    aria-current aria-describedby aria-details tabindex role src loading width height alt scope colspan rowspan span value title download open \
    style data-number data-reference data-sort data-label data-filter data-shown data-alphabet start hidden type autocomplete aria-live data-cite data-copied data-unknown \
    data-search data-none data-found";

/// What pictures within a page are drawn with; no other content, no style and no use of what stands elsewhere.
const DRAWN: &str = "svg path rect circle text title defs pattern picture source";
const DRAWN_WITH: &str = "/ viewBox x y cx cy r d fill fill-rule stroke stroke-width stroke-dasharray stroke-linejoin font-family \
    font-size font-weight text-anchor text-rendering patternUnits patternTransform media srcset";

/// Appends the attack to the texts of a YAML file: every scalar in quotation marks or behind `title:` and the like.
fn poisoned(study: &Files, attack: &str) -> Files {
    let mut files = study.clone();
    let yaml = |text: &str| text.replace('\'', "''");
    let edit = |path: &str, changes: &[(&str, String)], files: &mut Files| {
        let mut text = files.text(path).unwrap_or_else(|| panic!("{path}")).to_owned();
        for (old, new) in changes {
            assert!(text.contains(old), "{path}: {old}");
            text = text.replace(old, new);
        }
        files.insert(path, text);
    };
    // Russian enough for the proof-reader to let it pass.
    let quoted = |text: &str| format!("'{text} и другие данные о переездах людей {}'", yaml(attack));
    edit(
        "study.yaml",
        &[
            ("Пробное исследование переездов", quoted("Пробное исследование")),
            ("name: {ru: Автор А. А.,", format!("name: {{ru: {},", quoted("Автор"))),
            ("affiliation: {ru: организация,", format!("affiliation: {{ru: {},", quoted("организация"))),
            ("ru: издание за 2022 год", format!("ru: {}", quoted("издание"))),
            ("plus_sign: never", format!("plus_sign: never, missing: {{no-data: {}}}", quoted("нет"))),
        ],
        &mut files,
    );
    edit(
        "templates/ru/exhibits.yaml",
        &[
            ("note: [Первые годы – по статье.]", format!("note: [{}]", quoted("Заметка."))),
            ("title: Сальдо миграции сельского населения по областям", format!("title: {}", quoted("Сальдо"))),
            ("series: {value: сальдо}", format!("series: {{value: {}}}", quoted("сальдо"))),
        ],
        &mut files,
    );
    for path in ["ru/results", "ru/closing", "kk/results", "kk/closing"].map(|page| format!("templates/{page}.md")) {
        let text = files.text(&path).expect("a template");
        let exempt = format!("{{% call exempt(\"hostile\") %}}{attack}{{% endcall %}}");
        files.insert(path, format!("{text}\n\n{exempt}\n\n<div onclick=\"a()\">\n<svg onload=a()>\n"));
    }
    let territories = files.text("data/territories.yaml").expect("territories").to_owned();
    let line = territories.lines().find(|line| line.contains("ru: {name:")).expect("names");
    let (before, rest) = line.split_once("table: ").expect("a table form");
    let (name, after) = rest.split_once([',', '}']).expect("its end");
    let sign = &rest[name.len()..=name.len()];
    let hostile = format!("{before}table: {}{sign}{after}", quoted(name));
    files.insert("data/territories.yaml", territories.replacen(line, &hostile, 1));
    edit("data/references.yaml", &[("title: An invented bureau", format!("title: {}", quoted("Работа")))], &mut files);
    files
}

/// Splits a page as a browser does: the names of its elements with their attributes.
fn elements(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let closing = rest.starts_with('/');
        let name: String = rest.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        if name.is_empty() {
            // `<!DOCTYPE html>` stands once, and nothing else that is no element.
            assert!(rest.starts_with("!DOCTYPE html>"), "a stray `<`: {}", &rest[..rest.len().min(40)]);
            continue;
        }
        rest = &rest[name.len() + usize::from(closing)..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            let key: String = rest.chars().take_while(|c| !"=> \n".contains(*c)).collect();
            rest = &rest[key.len()..];
            let value = match rest.strip_prefix("=\"") {
                Some(after) => {
                    let (value, after) = after.split_once('"').expect("the end of a value");
                    rest = after;
                    value.to_owned()
                }
                None => String::new(),
            };
            attributes.push((key, value));
        }
        if name == "script" && !closing {
            rest = &rest[rest.find("</script").expect("the end of a script")..];
        }
        if !closing {
            found.push((name.to_lowercase(), attributes));
        }
    }
    found
}

fn listed(lists: [&'static str; 2]) -> BTreeSet<&'static str> {
    lists.into_iter().flat_map(str::split_whitespace).collect()
}

#[test]
fn nothing_of_a_hostile_study_runs_in_its_pages() {
    // Where Markdown is read, pictures and addresses that lead nowhere are refused by name.
    let mut diagnostics = Diagnostics::default();
    assert!(build::build(&poisoned(&dummy(), ATTACK), &Wanted::default(), &mut diagnostics).is_err());
    let said = diagnostic::human(&diagnostics.sorted(), &|_| None, false);
    for refused in
        ["a picture from elsewhere", "`javascript:a()` leads neither", "`java\\u{a}script:a()` leads neither"]
    {
        assert!(said.contains(refused), "{refused}: {said}");
    }
    // All else is text.
    let files =
        poisoned(&dummy(), &ATTACK.replace("](", "] (").replace("<javascript", "javascript").replace("&#10;", ""));
    let mut diagnostics = Diagnostics::default();
    let report = build::build(&files, &Wanted::default(), &mut diagnostics);
    let said = diagnostic::human(&diagnostics.sorted(), &|_| None, false);
    let report = report.unwrap_or_else(|_| panic!("{said}"));
    let (allowed, attributes): (BTreeSet<&str>, BTreeSet<&str>) =
        (listed([ELEMENTS, DRAWN]), listed([ATTRIBUTES, DRAWN_WITH]));
    let mut attacked = 0;
    for (path, bytes) in report.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).expect("UTF-8");
        attacked += usize::from(html.contains("a()&lt;/script&gt;"));
        assert_eq!(html.matches("<meta http-equiv=\"Content-Security-Policy\"").count(), 1, "{path}");
        for (name, own) in elements(html) {
            assert!(allowed.contains(name.as_str()), "{path}: an element {name} {own:?}");
            for (key, value) in own {
                assert!(attributes.contains(key.as_str()), "{path}: <{name} {key}={value:?}>");
                let leads = key == "href" || key == "src";
                let start = value.split(['/', '?', '#']).next().unwrap_or_default();
                let harmless = !start.contains(':') || value == "data:," || start == "https:" || start == "http:";
                assert!(!leads || harmless, "{path}: <{name} {key}={value:?}>");
                assert!(name != "img" || key != "src" || value.starts_with("../figures/"), "{path}: {value}");
            }
        }
    }
    assert!(attacked >= 4, "{attacked} pages hold the attack as text");
    for (path, bytes) in report.iter().filter(|(path, _)| path.ends_with(".md")) {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        for (at, _) in text.match_indices('<').filter(|(at, _)| !text[..*at].ends_with('\\')) {
            let rest = &text[at..];
            assert!(
                rest.starts_with("<a id=\"") || rest.starts_with("</a>"),
                "{path}: {}",
                &rest[..rest.len().min(60)]
            );
        }
    }
    for (path, bytes) in report.iter().filter(|(path, _)| path.ends_with(".svg")) {
        let svg = std::str::from_utf8(bytes).expect("UTF-8");
        assert!(!svg.contains("<script") && !svg.contains("<img") && !svg.contains("onmouseover=\""), "{path}");
    }
}

#[test]
fn a_frame_that_puts_something_before_the_policy_is_refused() {
    for frame in ["<script>a()</script>{{ opening }}", "<!DOCTYPE html><html><body>{{ body|safe }}"] {
        let mut files = dummy();
        files.insert("templates/layout.html", frame);
        let mut diagnostics = Diagnostics::default();
        assert!(build::build(&files, &Wanted::default(), &mut diagnostics).is_err());
        let said = diagnostic::human(&diagnostics.sorted(), &|_| None, false);
        assert!(said.contains("does not begin with `{{ opening }}`"), "{said}");
    }
}

#[test]
fn a_frame_hides_nothing_behind_a_condition() {
    let layout = dummy().text("templates/layout.html").expect("a frame").to_owned();
    assert!(layout.contains("<h1>"));
    for hidden in [
        "{% if body %}<meta http-equiv=\"refresh\" content=\"0\">{% endif %}",
        "{% if body|length > 100 %}<base href=\"https://elsewhere.example/\">{% else %}<form>{% endif %}",
        "<{{ \"object\" }} data=\"a\">",
        "{% if kind == \"index\" %}<div onload=\"a()\">{% endif %}",
    ] {
        let mut files = dummy();
        files.insert("templates/layout.html", layout.replacen("<h1>", &format!("{hidden}<h1>"), 1));
        let mut diagnostics = Diagnostics::default();
        assert!(build::build(&files, &Wanted::default(), &mut diagnostics).is_err(), "{hidden}");
        let said = diagnostic::human(&diagnostics.sorted(), &|_| None, false);
        assert!(said.contains("template/forbidden"), "{hidden}: {said}");
    }
}

#[test]
fn names_that_a_spreadsheet_would_compute_are_texts_in_csv() {
    let mut files = dummy();
    let territories = files.text("data/territories.yaml").expect("territories").to_owned();
    let line = territories.lines().find(|line| line.contains("table: ")).expect("a short name");
    let (_, rest) = line.split_once("table: ").expect("its name");
    let name = rest.split([',', '}']).next().expect("its end");
    let computed = format!("table: '=HYPERLINK(\"https://elsewhere.example\") {name}'");
    let line_of_it = line.replacen(&format!("table: {name}"), &computed, 1);
    files.insert("data/territories.yaml", territories.replacen(line, &line_of_it, 1));
    let mut diagnostics = Diagnostics::default();
    let report = build::build(&files, &Wanted::default(), &mut diagnostics);
    let report = report.unwrap_or_else(|_| panic!("{}", diagnostic::human(&diagnostics.sorted(), &|_| None, false)));
    let mut texts = 0;
    // Files of the sources go along as they are.
    for (path, bytes) in report.iter().filter(|(path, _)| path.ends_with(".csv") && !path.contains("/raw/")) {
        for line in csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes).into_records() {
            for cell in line.expect("a line").iter() {
                texts += usize::from(cell.starts_with("'=HYPERLINK"));
                let computes = cell.starts_with(['=', '@', '+', '-', '\t', '\r']) && cell.parse::<f64>().is_err();
                assert!(!computes, "{path}: {cell}");
            }
        }
    }
    assert!(texts > 0, "the name stands in a table");
}

#[test]
fn every_limit_is_told_to_users_with_its_value() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).expect("a text");
    let (told, limits) = (read("SECURITY.md"), read("src/files/limits.rs"));
    let number = |text: &str| text.replace('_', "").parse::<u64>().expect("a number");
    let grouped = |value: u64| {
        let digits = value.to_string();
        let groups: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
        String::from_utf8(groups.join(&b' ')).expect("digits")
    };
    let mut names = 0;
    for declared in limits.lines().filter_map(|line| line.strip_prefix("pub const ")) {
        let (name, rest) = declared.split_once(": ").expect("a type");
        let value = rest.split_once(" = ").and_then(|(_, value)| value.strip_suffix(';')).expect("a value");
        let value = value.split_once(" << ").map_or_else(|| number(value), |(n, by)| number(n) << number(by));
        let written = match value >> 20 {
            mebibytes if name.ends_with("_BYTES") && mebibytes > 0 => format!("{} MiB", grouped(mebibytes)),
            mebibytes if name.ends_with("_TEXT") => format!("{mebibytes} MiB"),
            _ => grouped(value),
        };
        let row = told.lines().find(|line| line.ends_with(&format!("| `{name}` |")));
        let row = row.unwrap_or_else(|| panic!("SECURITY.md says nothing of {name}"));
        let cell = row.split('|').nth(2).expect("a cell").trim();
        assert!(cell == written || cell.starts_with(&format!("{written} bits")), "{name} is {written}: {row}");
        names += 1;
    }
    assert!(names > 15, "{names} limits");
}

#[test]
fn a_template_too_deep_or_too_long_is_refused_before_it_is_read() {
    let holds = "holds(\"rural_balance.change_chain[KZ, last] < 0\")";
    for hostile in [
        format!("{{% if {holds} %}}а{}{{% endif %}}", format!("{{% elif {holds} %}}а").repeat(20_000)),
        format!("{}а{}", format!("{{% if {holds} %}}").repeat(20_000), "{% endif %}".repeat(20_000)),
        format!("{{{{ q(\"rural_share.value[KZ, last]\"){} }}}}", "|percent(1)".repeat(20_000)),
        // Each of these would be a step down for whoever reads the page.
        format!("{} а", ">".repeat(30_000)),
        format!("{}а", "- ".repeat(30_000)),
        format!("{}а{}", "*".repeat(30_000), "*".repeat(30_000)),
        format!("{{% call exempt(\"закон\") %}}\n\n{} а\n\n{{% endcall %}}", ">".repeat(30_000)),
    ] {
        let mut files = dummy();
        let text = files.text("templates/ru/results.md").expect("a template").to_owned();
        files.insert("templates/ru/results.md", format!("{text}\n\n{hostile}\n"));
        let mut diagnostics = Diagnostics::default();
        assert!(build::build(&files, &Wanted::default(), &mut diagnostics).is_err());
        let said = diagnostic::human(&diagnostics.sorted(), &|_| None, false);
        assert!(said.contains("error[template/forbidden]: ") && said.contains("more than"), "{said}");
    }
}

fn built(folder: &std::path::Path) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    let output = command.current_dir(folder).env("ESEP_CACHE", "").arg("build").output().expect("esep runs");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn links_do_not_lead_a_build_out_of_the_study() {
    let home = scratch("hostile-links");
    let (study, secret) = (home.join("study"), home.join("secret"));
    write(&study, &dummy());
    fs::create_dir_all(secret.join("png")).expect("a folder");
    fs::write(secret.join("png/kept.txt"), "kept").expect("a file");
    // What lies in a study is no cache: it is neither read nor written nor swept.
    symlink(&secret, study.join(".esep")).expect("a link");
    let (code, said) = built(&study);
    assert_eq!(code, 0, "{said}");
    assert_eq!(fs::read_to_string(secret.join("png/kept.txt")).expect("still there"), "kept");
    assert_eq!(fs::read_dir(secret.join("png")).expect("a folder").count(), 1);
    assert!(!secret.join("manifest").exists());
    // A template, the study itself or a whole folder that is a link is not read.
    fs::write(secret.join("closing.md"), "A secret.").expect("a file");
    let page = study.join("templates/ru/closing.md");
    fs::remove_file(&page).expect("a file");
    symlink(secret.join("closing.md"), &page).expect("a link");
    let (code, said) = built(&study);
    assert!(code == 1 && said.contains("templates/ru/closing.md") && !said.contains("A secret"), "{said}");
    fs::rename(study.join("templates"), secret.join("templates")).expect("moved");
    symlink(secret.join("templates"), study.join("templates")).expect("a link");
    let (code, said) = built(&study);
    assert!(code == 1 && said.contains("which may lead out of the study"), "{said}");
}

#[test]
fn a_pipe_in_a_study_or_a_report_is_no_file_and_keeps_nobody_waiting() {
    let home = scratch("hostile-pipes");
    let pipe = |path: &std::path::Path| {
        let _ = fs::remove_file(path);
        assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo runs").success());
    };
    let run = |study: &std::path::Path, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        let output = command.current_dir(study).env("ESEP_CACHE", "").args(arguments).output().expect("esep runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    for (place, arguments, code) in [
        ("study.yaml", &["build"][..], 1),
        ("data/territories.yaml", &["eval", "--lang", "ru", "x"], 1),
        ("data/raw/bureau/vital.csv", &["build"], 1),
        ("data/raw/bureau/more.csv", &["build"], 0),
    ] {
        let study = home.join("study");
        let _ = fs::remove_dir_all(&study);
        write(&study, &dummy());
        pipe(&study.join(place));
        let (ended, said) = run(&study, arguments);
        assert_eq!(ended, Some(code), "{place}: {said}");
        assert!(said.contains(place), "{place}: {said}");
    }
    let study = home.join("study");
    pipe(&study.join("report/index.html"));
    for (arguments, code) in [(&["check"][..], 1), (&["verify", "--report"], 1), (&["build"], 1)] {
        assert_eq!(run(&study, arguments).0, Some(code), "{arguments:?}");
    }
}

#[test]
fn what_stands_in_the_place_of_a_report_is_named() {
    let home = scratch("hostile-places");
    let study = home.join("study");
    write(&study, &dummy());
    let report = study.join("report");
    let refused = |wanted: &str| {
        let (code, said) = built(&study);
        assert!(code == 1 && said.contains(wanted), "{wanted}: {said}");
    };
    fs::write(&report, "own").expect("a file");
    refused("a file stands there, and a report is a folder");
    assert_eq!(fs::read_to_string(&report).expect("still there"), "own");
    fs::remove_file(&report).expect("a file");
    assert!(Command::new("mkfifo").arg(&report).status().expect("mkfifo runs").success());
    refused("a pipe or a device stands there");
    fs::remove_file(&report).expect("a pipe");
    symlink(&report, &report).expect("a link");
    refused("a link that leads in a circle");
    fs::remove_file(&report).expect("a link");
    // Without its manifest nobody can tell what of a report esep wrote.
    fs::create_dir_all(report.join("2022")).expect("a folder");
    fs::write(report.join("2022/numbers.json"), "{}").expect("a file");
    refused("put that file back, or move the folder away");
    fs::remove_dir_all(&report).expect("a folder");
    fs::create_dir(&report).expect("a folder");
    fs::write(report.join("own.txt"), "own").expect("a file");
    refused("it holds something that is no report: `own.txt`");
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    let output = command.current_dir(&study).args(["build", "--cache", ""]).output().expect("esep runs");
    assert!(output.status.code() == Some(2) && String::from_utf8_lossy(&output.stderr).contains("--cache"));
}

#[test]
fn a_report_of_anybodys_that_is_compared_is_read_as_it_is_written_or_refused() {
    let home = scratch("hostile-diff");
    let compared = |ledger: &[u8], more: u64| {
        for side in ["a", "b"] {
            let folder = home.join(side);
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(folder.join("tables")).expect("a folder");
            fs::write(folder.join("numbers.json"), ledger).expect("a ledger");
            for n in 0..more {
                // Holes: as large as it says and nothing on the disk.
                let file = fs::File::create(folder.join(format!("tables/{n}.csv"))).expect("a file");
                file.set_len(200 << 20).expect("a hole");
            }
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        let output =
            command.current_dir(&home).args(["diff", "./a", "./b", "--format", "md"]).output().expect("esep runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), format!("{}{said}", String::from_utf8_lossy(&output.stdout)))
    };
    let entry = |id: &str, inputs: &str, value: &str| {
        format!(
            "{{\"id\": \"{id}\", \"finding\": \"{id}\", \"value\": {value}, \"printed\": {{\"en\": \"<b>1|2</b>\"}}, \
             \"inputs\": [{inputs}], \"places\": [\"en/index.html\"], \"vintages\": [\"<i>v</i>\"]}}"
        )
    };
    let ledger = |entries: &[String]| format!("{{\n\"numbers\": [\n{}\n],\n\"holds\": []}}", entries.join(",\n"));
    let sound = ledger(&[entry("a", "", "\"1\"")]);
    let (code, said) = compared(sound.as_bytes(), 0);
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = compared(sound.as_bytes(), 3);
    assert!(code == Some(2) && said.contains("holds more than 256 MiB"), "{said}");
    for (ledger, wanted) in [
        (ledger(&[entry("a", "", "1")]), "numbers.json:3"),
        (ledger(&[entry("a", "", "\"1\""), entry("a", "", "\"2\"")]), "has an entry twice"),
        (ledger(&[entry("a", "\"b\"", "\"1\"")]), "neither an entry nor a cell"),
        ("[".repeat(100_000), "output/ledger"),
        ("{\"numbers\": []}".to_owned(), "output/ledger"),
    ] {
        let (code, said) = compared(ledger.as_bytes(), 0);
        assert!(code == Some(1) && said.contains("error[output/ledger]") && said.contains(wanted), "{wanted}: {said}");
    }
}

#[test]
fn a_file_of_very_many_faults_names_the_first_of_them() {
    let mut files = dummy();
    let many: String = (0..3000).map(|n| format!("unknown{n}: 1\n")).collect();
    let text = format!("{}{many}", files.text("study.yaml").expect("a study"));
    files.insert("study.yaml", text);
    let mut diagnostics = Diagnostics::default();
    assert!(build::build(&files, &Wanted::default(), &mut diagnostics).is_err());
    assert!((2..=60).contains(&diagnostics.len()), "{}", diagnostics.len());
    let said = diagnostic::human(&diagnostics.sorted(), &|path| files.text(path), false);
    assert!(said.contains("unknown key `unknown0`"), "{said}");
}

#[test]
fn nothing_of_a_study_steers_a_terminal() {
    let mut files = dummy();
    let text = files.text("study.yaml").expect("a study").to_owned();
    files.insert("study.yaml", format!("{text}\n\"\\e]0;a\\a\\u202e\": 1\n"));
    let mut diagnostics = Diagnostics::default();
    assert!(build::build(&files, &Wanted::default(), &mut diagnostics).is_err());
    let list = diagnostics.sorted();
    assert!(list.iter().any(|problem| problem.message.contains('\u{1b}')), "{list:?}");
    let said = diagnostic::human(&list, &|path| files.text(path), false);
    assert!(!said.contains(|c: char| c.is_control() && c != '\n') && !said.contains('\u{202e}'), "{said:?}");
}

#[test]
fn no_name_is_one_that_some_system_keeps_for_a_device() {
    for (kept, message) in
        [("nul", true), ("com1", true), ("con", true), ("com", false), ("null", false), ("lpt12", false)]
    {
        let mut files = dummy();
        let text = files.text("study.yaml").expect("a study").replace("\"2022\":\n", &format!("{kept}:\n"));
        files.insert("study.yaml", text);
        let mut diagnostics = Diagnostics::default();
        let _ = build::build(&files, &Wanted::default(), &mut diagnostics);
        let said = diagnostic::human(&diagnostics.sorted(), &|_| None, false);
        assert_eq!(said.contains("cannot be the name of a file everywhere"), message, "{kept}: {said}");
    }
}

#[test]
fn what_cannot_be_printed_is_a_problem_and_a_foreign_size_of_stacks_is_none() {
    let study = scratch("hostile-output");
    write(&study, &dummy());
    let full = fs::File::options().write(true).open("/dev/full").expect("a full disk");
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    let output = command.args(["method", "list"]).stdout(full).output().expect("esep runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be written"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    let output = command.current_dir(&study).args(["trace", "residents.value[KZ, last]"]).env("RUST_MIN_STACK", "1");
    let output = output.output().expect("esep runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_system_that_grants_little_is_answered_with_a_report_or_a_message() {
    let study = scratch("hostile-limits");
    write(&study, &dummy());
    for limit in ["ulimit -v 250000", "ulimit -v 300000", "ulimit -v 450000", "ulimit -s 256", "ulimit -s 64"] {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{limit}; exec \"$0\" build"), env!("CARGO_BIN_EXE_esep")]);
        let output = command.current_dir(&study).env("ESEP_CACHE", "").output().expect("sh runs");
        let said = String::from_utf8_lossy(&output.stderr);
        let is_told = output.status.code() == Some(1) && said.contains("raise `ulimit");
        assert!(output.status.code() == Some(0) || is_told, "{limit}: {}: {said}", output.status);
        assert!(!said.contains("panicked"), "{limit}: {said}");
    }
}

#[test]
fn a_study_of_a_strangers_table_runs_nothing_and_too_large_a_table_is_refused() {
    let home = scratch("hostile-table");
    let esep = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        let output = command.current_dir(&home).env("ESEP_CACHE", "").args(arguments).output().expect("esep runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let names = ["=HYPERLINK(a)", "a;=b", "-inf", "＝cmd", "</script><script>a()", "{{ q(1) }}", "x: [y"];
    let rows: String = names.iter().map(|name| format!("\"{name}\",2020,1\n\"{name}\",2021,2\n")).collect();
    fs::write(home.join("names.csv"), format!("region,year,visits\n{rows}")).expect("a table");
    let begun = esep(&["new", "of-names", "--from", "names.csv"]);
    assert_eq!(begun.0, Some(0), "{}", begun.1);
    let built = esep(&["build", "--study", "of-names"]);
    assert_eq!(built.0, Some(0), "{}", built.1);
    let mut cells = 0;
    for (path, bytes) in crate::study::read(&home.join("of-names/report")).iter() {
        let text = String::from_utf8_lossy(bytes);
        assert!(!path.ends_with(".html") || !text.contains("<script>a()"), "{path}");
        if path.ends_with(".csv") {
            cells += text.matches("a;'=b").count();
            assert!(!text.contains(";=b") && !text.contains(",＝cmd") && !text.contains(",-inf"), "{path}: {text}");
        }
    }
    assert!(cells > 0, "the names stand in tables");
    let places: String = (0..3000).map(|number| format!("place {number},2020,{number}\n")).collect();
    fs::write(home.join("places.csv"), format!("region,year,visits\n{places}")).expect("a table");
    let wide: String = (0..300).map(|number| format!(",of {number}")).collect();
    fs::write(home.join("wide.csv"), format!("region{wide}\na{}\nb{}\n", ",1".repeat(300), ",2".repeat(300)))
        .expect("a table");
    for (table, wanted) in [("places.csv", "more than 2048 territories"), ("wide.csv", "more than 256 columns")] {
        let (code, said) = esep(&["new", "none", "--from", table]);
        assert!(code == Some(1) && said.contains(wanted) && !home.join("none").exists(), "{table}: {said}");
    }
}
